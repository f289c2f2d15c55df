"""Saved pages by writers who had not read the code: parts, authors, dates, addresses; see pages/README.md."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from newslab.articles import load_articles
from newslab.layout.bylines import is_role, is_sign_off
from newslab.segments import segments

FOLDER = Path(__file__).parent / "pages"
GOLD = json.loads((FOLDER / "gold.json").read_text(encoding="utf-8"))
LEAST = {"headline": 0.99, "standfirst": 0.98, "byline": 0.99, "caption": 0.99, "credit": 0.99}


@cache
def loaded():
    return load_articles([FOLDER / name for name in GOLD]).set_index("article_id")


def words(text):
    return " ".join(text.split())


def found_in(name, part):
    """The parts of a page as its writer counts them."""
    row = loaded().loc[name.removesuffix(".html")]
    texts = [words(s.text) for s in segments(row["text"], markup=row["markup"]) if s.part == part]
    if part == "credit":
        texts = [text.strip("()[] ").removeprefix("Credit...") for text in texts]
    if part == "byline":
        people = [person.casefold() for person in GOLD[name]["authors"]]
        texts = [
            text for text in texts
            if text in GOLD[name]["byline"]
            or not (is_sign_off(text) or (is_role(text) and not any(p in text.casefold() for p in people)))
        ]  # fmt: skip
    return Counter(texts)


@pytest.mark.parametrize("part", LEAST)
def test_parts_are_found(part):
    right = found = gold = 0
    for name, held in GOLD.items():
        told = held[part] if isinstance(held[part], list) else [held[part]]
        wanted = Counter(words(text).strip("()[] ") if part == "credit" else words(text) for text in told)
        have = found_in(name, part)
        right, found, gold = right + sum((wanted & have).values()), found + have.total(), gold + wanted.total()
    assert 2 * right / (found + gold) >= LEAST[part]


@pytest.mark.parametrize("name", GOLD)
def test_what_pages_say_of_themselves(name):
    row, held = loaded().loc[name.removesuffix(".html")], GOLD[name]
    assert row["language"] == held["language"]
    assert row["url"] == held["url"] if held["url"] else pd.isna(row["url"])
    if isinstance(row["published"], str) and held["published"]:
        ours, theirs = pd.Timestamp(row["published"]), pd.Timestamp(held["published"])
        assert ours.date() == theirs.date() if ours.tz is None or theirs.tz is None else ours == theirs


@pytest.mark.parametrize("name", GOLD)
def test_the_body_is_whole(name):
    row = loaded().loc[name.removesuffix(".html")]
    pieces = segments(row["text"], markup=row["markup"])
    body = words(" ".join(s.text for s in pieces if s.part in ("body", "subhead")))
    assert words(GOLD[name]["begins"]) in body
    assert words(GOLD[name]["ends"]) in body


def test_little_else_stands_in_the_body():
    stray = asked = 0
    for name, held in GOLD.items():
        row = loaded().loc[name.removesuffix(".html")]
        body = words(" ".join(s.text for s in segments(row["text"], markup=row["markup"]) if s.part == "body"))
        stray, asked = stray + sum(words(text) in body for text in held["not_body"]), asked + len(held["not_body"])
    assert stray <= 0.01 * asked


def test_writers_are_found():
    wrong = [
        name
        for name, held in GOLD.items()
        if {a.casefold() for a in held["authors"]}
        != {a.casefold() for a in loaded().loc[name.removesuffix(".html"), "authors"]}
    ]
    assert len(wrong) <= 1, wrong
