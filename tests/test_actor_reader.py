"""What kind of actor speaks, as the network reads it: short news of our own, whose words alone do not tell."""

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab.attribution.actor_reader import AROUND, LONG, SELF, Told, network_row, speakers
from newslab.encoder import CLS, TARGET, TARGET_END
from newslab.entities import entities
from newslab.parsing import load_model, parse
from newslab.records import ACTOR_TYPES
from newslab.segments import segments
from newslab.statements import statements
from tests.made_statements import found_in

FOLDER = Path(__file__).parent / "speakers"
PASSAGES = sorted((FOLDER / "passages").glob("*.jsonl"))
HELD = "europe"  # which the network was not trained on
LEAST = 0.78


def kinds(text, **how):
    doc = load_model()(text)
    return {row.speaker: row.actor_type for row in statements(doc, entities=entities(doc), **how)}


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("Ruth Tembo, whose two bakeries supply the camp, said flour had doubled in price.", "Ruth Tembo", "business"),
        ("Dana Ruiz, who has studied the glacier for 20 years, said it would be gone by 2050.", "Dana Ruiz", "expert"),
        ("Omar Sule, whose house burned down, said nobody had come to help.", "Omar Sule", "citizen"),
        ("Ivo Hanak, who presides over the trial, said the case would be heard in May.", "Ivo Hanak", "court"),
        ("Open Table, which feeds rough sleepers in Leith, said donations had halved.", "Open Table", "NGO"),
    ],
)
def test_what_stands_around_a_name_tells_the_kind(text, speaker, kind):
    assert kinds(text)[speaker] == kind


def test_without_weights_the_rules_alone_decide():
    text = "Ivo Hanak, who presides over the trial, said the case would be heard in May."
    assert kinds(text, weights="none")["Ivo Hanak"] != "court"


def test_all_statements_of_a_speaker_have_one_kind():
    text = "Ann Lee, a nurse, said it rained. The ward was full, Lee said. She said that she was tired."
    doc = load_model()(text)
    rows = statements(doc, entities=entities(doc))
    assert [row.speaker for row in rows] == ["Ann Lee"] * 3
    assert len({row.actor_type for row in rows}) == 1


def test_what_is_read_of_one_speaker_does_not_depend_on_the_others():
    one = "Ruth Tembo, whose two bakeries supply the camp, said flour had doubled in price."
    other = "Omar Sule, whose house burned down, said nobody had come to help."
    assert kinds(f"{one}\n\n{other}") == {**kinds(one), **kinds(other)}


@given(
    st.text(alphabet="Ab é.\n\u201c\U0001f600\u0000 ", max_size=200),
    st.text(alphabet="Abc ,;", max_size=2 * LONG),
    st.lists(st.tuples(st.integers(0, 180), st.integers(1, 200)), min_size=1, max_size=2),
)
@settings(max_examples=60, deadline=None)
def test_what_the_network_reads_is_bounded_and_marks_the_name(text, name, at):
    spans = sorted((min(a, len(text)), min(a + n, len(text))) for a, n in at)
    ids, shapes = network_row(text, Told(name, "media", name, name, name, spans))
    assert len(ids) == len(shapes) and set(shapes) <= set(range(5))
    assert ids[0] == CLS and ids.count(TARGET) == ids.count(TARGET_END) >= 1
    assert len(ids) <= SELF + 2 + 2 * LONG + AROUND + 8


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_labels_of_passages_are_sound(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len({row["text"] for row in rows}) in (250, 300)
    assert {speaker["kind"] for row in rows for speaker in row["speakers"]} == set(ACTOR_TYPES)
    assert all(row["speakers"] and 25 <= len(row["text"].split()) <= 110 for row in rows)


def test_labels_of_public_articles_hold_offsets_and_kinds_only():
    with (FOLDER / "polnear.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 3_000 and all(row.keys() == {"article", "start", "actor_type"} for row in rows)
    assert all(row["actor_type"] in ACTOR_TYPES and int(row["start"]) >= 0 for row in rows)


@cache
def right(weights):
    """Of the speakers of the held passages who were found: all, and those with the right kind."""
    lines = (FOLDER / "passages" / f"{HELD}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    pages = [(row["text"], segments(row["text"])) for row in rows]
    tally = Counter()
    for row, (_, page), doc in zip(rows, pages, parse(load_model(), pages), strict=True):
        names = entities(doc, segments=page)
        gold = {speaker["speaker"].casefold(): speaker["kind"] for speaker in row["speakers"]}
        for theirs, told in speakers(statements(doc, entities=names, segments=page, weights=weights), names):
            if told.speaker.casefold() in gold:
                tally["all"] += 1
                tally["right"] += theirs[0].actor_type == gold[told.speaker.casefold()]
    return tally


@pytest.mark.slow
def test_kinds_of_passages_that_nobody_trained_on_are_right_more_often_than_by_rules():
    read, rules = right("default"), right("none")
    assert read["all"] > 350
    assert read["right"] / read["all"] >= LEAST
    assert read["right"] / read["all"] > rules["right"] / rules["all"] + 0.03


def test_unnamed_speakers_of_two_bodies_are_two():
    rows = found_in("An official from the army said it was late. An official from Oxfam said it was sad.")
    assert [row.actor_type for row in rows] == ["military", "NGO"]


@pytest.mark.parametrize("name", ["Rafiq Islam", "Mohammed Islam", "Omar Farouk", "Nasrin Akter"])
def test_what_a_name_sounds_like_makes_nobody_a_fighter(name):
    assert kinds(f"{name} said the shop was shut.")[name] != "armed group"
