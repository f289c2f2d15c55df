"""Figures in sentences: our own cases, class by class, and the contract of a finder."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from newslab.parsing import load_model
from newslab.quantities import conversion_problems, quantities
from newslab.records import BOUNDS, DIMENSIONS, Segment, Statement

SHARED = Path(__file__).parents[2] / "shared" / "example"


@cache
def found(text):
    return tuple(quantities(load_model()(text)))


def only(text):
    (row,) = found(text)
    return row


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "bound"),
    [
        ("The storm destroyed 12 barns.", 12, 12, 12, "="),
        ("At least 17 hikers were rescued.", 17, 17, None, "at least"),
        ("No fewer than 17 hikers were rescued.", 17, 17, None, "at least"),
        ("More than 600 farmers marched.", 600, 600, None, "more than"),
        ("Over 600 farmers marched.", 600, 600, None, "more than"),
        ("Fewer than 30 voters turned up.", 30, None, 30, "less than"),
        ("Up to 30 voters turned up.", 30, None, 30, "up to"),
        ("As many as 30 voters turned up.", 30, None, 30, "up to"),
        ("Nearly 900 lambs died.", 900, None, None, "about"),
        ("Some 900 lambs died.", 900, None, None, "about"),
        ("An estimated 900 lambs died.", 900, None, None, "about"),
        ("The dig will last 8-10 months.", None, 8, 10, "range"),
        ("The dig will last between 8 and 10 months.", None, 8, 10, "range"),
        ("The dig will last 8 to 10 months.", None, 8, 10, "range"),
        ("Dozens of lambs died.", None, 12, 120, "dozens"),
        ("Hundreds of lambs died.", None, 100, 1000, "hundreds"),
        ("Tens of thousands of lambs died.", None, 10000, 100000, "tens of thousands"),
        ("A few thousand lambs died.", None, 1000, 10000, "thousands"),
        ("No one was hurt.", 0, 0, 0, "="),
        ("Two dozen lambs died.", 24, 24, 24, "="),
        ("Half a million lambs died.", 500000, 500000, 500000, "="),
    ],
)
def test_values_and_bounds(text, value, low, high, bound):
    row = only(text)
    assert (row.value, row.low, row.high, row.bound) == (value, low, high, bound)


@pytest.mark.parametrize(
    "text",
    [
        "The pact was signed on 3 May 2011.",
        "He was born in 1962.",
        "Doors open at 7:45 p.m. on Friday.",
        "A Cessna 172 landed at Gate 12.",
        "They met in Room 14 under Article 370.",
        "Rovers won 3-1 at home.",
        "Call 020 7946 0991 for help.",
        "She lives at 14 Orchard Street.",
        "The G20 will meet in Delhi.",
        "He finished 3rd.",
    ],
)
def test_numbers_that_are_no_figures(text):
    assert found(text) == ()


def example():
    if not SHARED.exists():
        pytest.skip("the example article is not here")
    gold = json.loads((SHARED / "gold.json").read_text(encoding="utf-8"))
    text = next(SHARED.glob("*.txt")).read_text(encoding="utf-8")
    segments = [
        Segment(
            start=s["start"], end=s["end"], text=s["text"], found_by="gold", segment_id=f"g{s['start']}", part=s["part"]
        )
        for s in gold["segments"]
    ]
    statements = [
        Statement(
            start=s["content"][0][0], end=s["content"][-1][1], text=text[s["content"][0][0] : s["content"][-1][1]],
            found_by="gold", statement_id=f"t{s['content'][0][0]}", content=tuple(map(tuple, s["content"])),
            content_text=" ".join(s["content_text"]), speaker=s["speaker"],
        )
        for s in gold["statements"]
    ]  # fmt: skip
    return gold, text, segments, statements


def test_example_article():
    from newslab.parsing import make_doc

    gold, text, segments, statements = example()
    nlp = load_model()
    doc = make_doc(nlp, text, segments)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    rows = quantities(doc, statements=statements, segments=segments)
    by_id = {row.quantity_id: row for row in rows}
    by_start = {row.start: row for row in rows}
    wanted = ("text", "value", "unit", "dimension", "bound", "counted", "action", "claimed_by", "part")
    for figure in gold["figures"]:
        row = by_start[figure["start"]]
        assert {k: getattr(row, k) for k in wanted} == {k: figure.get(k) for k in wanted}
        if "converts" in figure:
            assert by_id[row.converts].text == figure["converts"]
    spans = [m.span() for words in gold["not_figures"] for m in re.finditer(re.escape(words), text)]
    assert not [row.text for row in rows for start, end in spans if start < row.end and row.start < end]
    assert conversion_problems(rows) == []
    assert {row.bound for row in rows} <= set(BOUNDS) and {row.dimension for row in rows} <= set(DIMENSIONS)
