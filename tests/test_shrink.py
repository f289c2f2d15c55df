"""What stays of a network that is made smaller."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from shrink import LEAST, PIECES, SHARE, STEP, kept, shuffled

HEADS, NEURONS = 12, 1536


@given(st.integers(1, 6), st.integers(0, 10_000))
def test_the_shares_stay_and_every_layer_keeps_the_least(layers, seed):
    draw = np.random.default_rng(seed)
    found = [(draw.random(HEADS) ** 4, draw.random(NEURONS) ** 8) for _ in range(layers)]
    parts = kept(found)
    assert sum(len(part.heads) for part in parts) == pytest.approx(SHARE[0] * HEADS * layers, abs=1)
    neurons = sum(len(part.neurons) for part in parts)
    assert SHARE[1] * NEURONS * layers <= neurons < SHARE[1] * NEURONS * layers + STEP
    for part, (heads, of) in zip(parts, found, strict=True):
        assert len(part.heads) >= LEAST[0]
        assert len(part.neurons) >= LEAST[1]
        gone = sorted(set(range(NEURONS)) - set(part.neurons))
        assert not gone or of[part.neurons].min() >= of[gone].max()
        out = sorted(set(range(HEADS)) - set(part.heads))
        assert not out or heads[part.heads].min() >= heads[out].max()


def test_a_layer_that_matters_more_keeps_more():
    little, much = np.full(NEURONS, 1.0), np.full(NEURONS, 9.0)
    first, second = kept([(np.ones(HEADS), little), (np.ones(HEADS), much)])
    assert len(first.neurons) == LEAST[1]
    assert len(second.neurons) == SHARE[1] * NEURONS * 2 - LEAST[1]


def test_a_batch_holds_windows_or_sentences_with_a_target_and_every_row_once():
    texts = [{"ids": [0] * (20 + i % 140)} for i in range(500)]
    tones = [{"ids": [0] * (20 + i % 40), "tone": 1} for i in range(200)]
    queue = shuffled(texts + tones)
    assert sorted(id(row) for some in queue for row in some) == sorted(map(id, texts + tones))
    for some in queue:
        assert len({"tone" in row for row in some}) == 1
        assert len(some) * max(len(row["ids"]) for row in some) <= PIECES


def test_no_sentences_with_a_target_are_no_batch():
    assert shuffled([{"ids": [0, 1]}]) == [[{"ids": [0, 1]}]]
