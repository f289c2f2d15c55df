"""Who speaks in whole articles, as a reader labelled it: see speakers/README.md."""

import importlib.util
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from newslab.attribution.anaphors import evidence
from newslab.records import ACTOR_TYPES, NAMINGS

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "fit_speakers.py"
FLOORS = {  # what is right of the statements found
    "sample": {"found": 0.98, "speaker": 0.915, "naming": 0.91},
    "invented": {"found": 0.92, "speaker": 0.88, "naming": 0.88},
    "unread": {"found": 0.93, "speaker": 0.87, "naming": 0.895},  # whose errors nobody reads
}


@cache
def script():
    spec = importlib.util.spec_from_file_location("fit_speakers", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def tallies() -> dict[str, Counter[str]]:
    articles = script().labelled(tuple(FLOORS))
    return script().shares(articles, [rows for rows, _ in script().found_in(articles)])


@pytest.mark.slow
@pytest.mark.parametrize("group", FLOORS)
def test_speakers_of_whole_articles(group):
    tally, floors = tallies()[group], FLOORS[group]
    assert tally["found"] / tally["all"] >= floors["found"]
    assert {c: tally[c] / tally["found"] >= floors[c] for c in ("speaker", "naming")} == {
        "speaker": True,
        "naming": True,
    }


@pytest.mark.parametrize("group", FLOORS)
def test_labels_are_sound(group):
    for article in script().labelled((group,)):
        for row in article.gold:
            spans = [*row["content"], *row["cue"], *row["source"]]
            assert row["content"] and all(0 <= a < b <= len(article.text) for a, b in spans), article.name
            assert row["naming"] in NAMINGS and (row["actor_type"] or "other") in ACTOR_TYPES
            assert (row["speaker"] is None) <= (row["naming"] == "none")


def test_a_fit_finds_what_tells_the_right_one_and_nothing_in_what_tells_nothing():
    fit = script()
    names = ["last source", "opens"]
    made = [
        fit.Choice("a", "pronoun", [{"last source": 1.0, "opens": k % 2}, {"opens": k // 2 % 2}], [0])
        for k in range(20)
    ]
    weights = dict(zip(names, fit.fit([(fit.table(c, names), c.right) for c in made], fit.np.zeros(2)), strict=True))
    assert weights["last source"] > 1 > abs(weights["opens"]) * 4


def test_every_fact_has_its_weight_and_only_facts_have():
    known = {name for column in script().COLUMNS for name in evidence(column)}
    assert {"nobody", "last source", "named"} <= known
    assert all(script().START[column].keys() <= evidence(column).keys() for column in script().COLUMNS)
