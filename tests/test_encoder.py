"""The encoder: wordpieces, windows, tags without a broken span, and a reading of a text."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab import encoder
from newslab.encoder import best_tags, first_pieces, pieces, read, shape, target_row, windows

NEWS = "The mayor said the bridge is safe.\n\n\u201cWe checked it twice,\u201d Ann Lee told the BBC on Monday."


def legal(tags, breaks):
    """Whether no span begins with "inside" (an even number)."""
    before = [0 if start else tag for tag, start in zip([0, *tags], breaks, strict=False)]
    return all(tag % 2 or not tag or last in (tag, tag - 1) for last, tag in zip(before, tags, strict=True))


@given(st.text(alphabet="Ab é.\n\u201c\U0001f600\u0000 ", max_size=80))
def test_every_piece_stands_where_it_says_and_in_order(text):
    p = pieces(text)
    assert all(0 <= a < b <= len(text) for a, b in zip(p.starts, p.ends, strict=True))
    assert p.starts == sorted(p.starts)
    assert not any(text[a:b].isspace() for a, b in zip(p.starts, p.ends, strict=True))


def test_only_the_stretches_asked_for_are_read():
    p = pieces(NEWS, [(4, 9), (len(NEWS) - 7, len(NEWS) - 1)])
    assert [NEWS[a:b] for a, b in zip(p.starts, p.ends, strict=True)] == ["mayor", "Monday"]
    assert p.breaks == [True, True]


@given(st.lists(st.sampled_from(["word", "End.", "\n\n", "\u201cOh!\u201d"]), max_size=900))
@settings(max_examples=25, deadline=None)
def test_windows_cover_every_piece_once_and_none_is_too_long(words):
    text = " ".join(words)
    p = pieces(text)
    found = windows(text, p)
    assert [k for w in found for k in range(w.first, w.last)] == list(range(len(p.ids)))
    assert all(w.left <= w.first < w.last and w.last - w.left + 2 <= encoder.WINDOW for w in found)


def test_a_window_ends_with_a_paragraph_where_one_ends_in_its_second_half():
    text = "\n\n".join(["one two three four five six seven eight nine ten."] * 40)
    p = pieces(text)
    assert all(p.breaks[w.first] for w in windows(text, p))


@pytest.mark.parametrize(("word", "expected"), [("ferry", 0), ("A", 1), ("O'Neil", 3), ("EU", 2), ("3rd", 4), ("", 4)])
def test_shape_tells_how_a_word_is_capitalised(word, expected):
    assert shape(word) == expected


def best_by_trying_all(chances):
    kinds = range(chances.shape[1])
    paths = [p for p in itertools.product(kinds, repeat=len(chances)) if legal(p, [True] + [False] * (len(p) - 1))]
    return max(paths, key=lambda path: sum(chances[i, tag] for i, tag in enumerate(path)))


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_best_tags_are_the_best_of_all_legal_ones(lengths, seed):
    chances = np.random.default_rng(seed).normal(size=(sum(lengths), 5))
    breaks, expected, at = [], [], 0
    for length in lengths:
        breaks += [True] + [False] * (length - 1)
        expected += best_by_trying_all(chances[at : at + length])
        at += length
    assert best_tags(chances, breaks).tolist() == expected


def test_a_text_without_a_word_has_no_tags():
    reading = read(" \n ")
    assert reading.roles.shape == (0, 7)
    assert best_tags(reading.roles, reading.pieces.breaks).tolist() == []


def test_a_reading_gives_probabilities_for_every_piece():
    reading = read(NEWS)
    for logs in (reading.roles, reading.names):
        assert len(logs) == len(reading.pieces.ids)
        assert np.allclose(np.exp(logs).sum(1), 1, atol=1e-4)


def test_what_is_read_in_a_window_does_not_depend_on_the_windows_beside_it():
    first = "It rained. " * 60 + "The mayor said so."
    alone, beside = read(first), read(first + "\n\n" + "It snowed. " * 400)
    last = windows(first, alone.pieces)[0].last
    assert windows(first + "\n\n" + "It snowed. " * 400, beside.pieces)[0].last == last
    assert np.array_equal(alone.roles[:last], beside.roles[:last])


def test_first_pieces_leaves_out_white_space_and_what_was_not_read():
    text = "Ann  left.\nShare this\nBob stayed."
    reading = read(text, [(0, 10), (22, len(text))])
    words = [(0, 3), (3, 5), (5, 9), (11, 21), (22, 25)]
    found = first_pieces(reading, [a for a, _ in words], [b for _, b in words])
    assert [k if k < 0 else reading.pieces.starts[k] for k in found] == [0, -1, 5, -1, 22]


def test_a_target_is_marked_in_its_sentence():
    ids, shapes, inside = target_row("Critics hate Reed a lot", 13, 17)
    assert len(ids) == len(shapes)
    assert ids[inside[0] - 1] == encoder.TARGET
    assert ids[inside[-1] + 1] == encoder.TARGET_END


def test_a_target_far_into_an_endless_sentence_is_kept():
    text = "so " * 500 + "Reed left" + " so" * 500
    ids, _, inside = target_row(text, 1500, 1504)
    assert len(ids) <= encoder.WINDOW
    assert inside
    assert ids[inside[0] - 1] == encoder.TARGET
