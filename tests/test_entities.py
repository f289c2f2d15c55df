"""Names, their labels and folding, their roles, and what refers to them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newslab.entities import entities
from newslab.parsing import load_model, parse
from newslab.records import LABELS, MENTIONS
from newslab.segments import segments

SHARED = Path(__file__).resolve().parents[2] / "shared"
WORDS = st.sampled_from(
    """Ann Lee Mr Mrs Dr President minister the The of , . " “ ” ' 's said told he She his herself in Paris France
    French UN U.S. (AFP) AFP Ministry Defense group Reuters Smith-Jones al-Haddad van der Berg AND 45 1,000 and a nurse
    Credit: \n \n\n – \t @ 💥 é Ł spokesman who - based""".split(" ")
)


def find(text: str):
    return entities(load_model()(text))


def page(text: str):
    """Entities of a text as annotate finds them, by way of its segments."""
    parts = segments(text)
    (doc,) = parse(load_model(), [(text, parts)])
    return entities(doc, segments=parts)


def check(text: str, found) -> None:
    """The contract of finders, and one name and label for each entity."""
    assert [e.text for e in found] == [text[e.start : e.end] for e in found]
    assert all(e.text and e.text == e.text.strip() for e in found)
    assert all(one.end <= two.start for one, two in zip(found, found[1:], strict=False))
    assert len({e.mention_id for e in found}) == len(found)
    assert all(e.label in LABELS and e.mention in MENTIONS and e.name for e in found)
    assert len({(e.entity_id, e.name, e.label) for e in found}) == len({e.entity_id for e in found})
    named = {e.entity_id for e in found if e.mention == "name"}
    assert {e.entity_id for e in found} == named, "a pronoun or title stands for an entity that is named"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=200))
def test_any_string_gives_clean_spans(text):
    check(text, find(text))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_words_of_news_give_clean_spans(text):
    check(text, find(text))
    check(text, page(text))


def test_example_names():
    gold_file = SHARED / "example" / "gold.json"
    if not gold_file.exists():
        pytest.skip("no ../shared/example here")
    text = next(gold_file.parent.glob("*.txt")).read_text(encoding="utf-8")
    found = page(text)
    check(text, found)
    names = [e for e in found if e.mention == "name"]
    wrong = []
    for entity in json.loads(gold_file.read_text(encoding="utf-8"))["entities"]:
        mine = [e for e in names if e.text in entity["forms"]]
        if {(e.name, e.label) for e in mine} != {(entity["name"], entity["label"])}:
            wrong.append((entity, {(e.name, e.label) for e in mine}))
        if {e.text for e in mine} != set(entity["forms"]) or len({e.entity_id for e in mine}) != 1:
            wrong.append((entity, {(e.text, e.entity_id) for e in mine}))
    assert not wrong
