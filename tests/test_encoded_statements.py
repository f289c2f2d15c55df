"""Statements by the encoder and the rules together: spans joined to drafts, signatures, confidence, hard texts."""

import importlib
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from newslab.attribution.combined import candidates, chance, combined
from newslab.attribution.drafts import Draft
from newslab.attribution.joins import CUE_FACTS, SOURCE_FACTS
from newslab.attribution.tagged import spans, tagged_drafts, whole_phrase
from newslab.encoder import NAMES, ROLES, Reading, first_pieces, pieces
from newslab.parsing import load_model
from newslab.tree import tree

room = importlib.import_module("newslab.statements")
POLNEAR = Path(__file__).parents[2] / "shared" / "eval" / "polnear"


@pytest.fixture(scope="module")
def nlp():
    return load_model()


def made(doc, **parts):
    """A reading that is sure of the words given for each role."""
    p = pieces(doc.text)
    chances = np.full((len(p.ids), 1 + 2 * len(ROLES)), 0.01)
    chances[:, 0] = 0.9
    for k, role in enumerate(ROLES):
        for words in parts.get(role, []):
            start = doc.text.index(words)
            inside = [i for i, a in enumerate(p.starts) if start <= a < start + len(words)]
            chances[inside, 0] = 0.01
            chances[inside[0], 1 + 2 * k] = 0.9
            chances[inside[1:], 2 + 2 * k] = 0.9
    names = np.zeros((len(p.ids), 1 + 2 * len(NAMES)))
    return Reading(p, np.log(chances), names)


def words_of(t, ranges):
    return [t.text[t.starts[a] : t.ends[b - 1]] for a, b in ranges]


def test_spans_of_the_encoder_become_one_draft_for_each_cue_with_a_content(nlp):
    doc = nlp("The mayor said the bridge is safe, and residents doubt that it will last.")
    parts = {"source": ["The mayor", "residents"], "cue": ["said", "doubt"],
             "content": ["the bridge is safe", "that it will last"]}  # fmt: skip
    t = tree(doc)
    found = tagged_drafts(t, spans(t, made(doc, **parts), []))
    assert [(d.lemma, words_of(t, [d.source]), words_of(t, d.content)) for d, *_ in found] == [
        ("say", ["The mayor"], ["the bridge is safe"]),
        ("doubt", ["residents"], ["that it will last"]),
    ]


def test_one_source_speaks_for_two_cues(nlp):
    doc = nlp("Ann Lee called the plan reckless and said that it would fail.")
    parts = {"source": ["Ann Lee"], "cue": ["called", "said"], "content": ["the plan reckless", "that it would fail"]}
    t = tree(doc)
    found = tagged_drafts(t, spans(t, made(doc, **parts), []))
    assert [words_of(t, [item.draft.source]) for item in found] == [["Ann Lee"], ["Ann Lee"]]


def test_a_cue_without_a_content_is_no_attribution(nlp):
    doc = nlp("Ann Lee spoke on Monday.")
    t = tree(doc)
    assert tagged_drafts(t, spans(t, made(doc, source=["Ann Lee"], cue=["spoke"]), [])) == []


def test_a_draft_of_the_rules_with_the_same_cue_is_not_told_twice(nlp):
    doc = nlp("The mayor said the bridge is safe.")
    t = tree(doc)
    reading = made(doc, source=["The mayor"], cue=["said"], content=["the bridge is safe"])
    rule = Draft(2, "say", "speech", "that", (2,), [(3, 7)], (0, 2), 1)
    assert [c.by for c in candidates(t, reading, [rule], [], lambda *_: 0.8)] == ["tagged", "rule"]
    assert len(combined(t, reading, [rule], [], lambda *_: 0.8)) == 1


def test_confidence_grows_with_what_the_encoder_is_sure_of(nlp):
    doc = nlp("The mayor said the bridge is safe.")
    t = tree(doc)
    fit = json.loads(files("newslab.models").joinpath("encoder.json").read_text())["statements"]
    sure = made(doc, source=["The mayor"], cue=["said"], content=["the bridge is safe"])
    unsure = sure._replace(roles=np.log(0.5 * np.exp(sure.roles) + 0.5 / sure.roles.shape[1]))
    chances = [chance(candidates(t, r, [], [], lambda *_: 0.5)[0], fit) for r in (unsure, sure)]
    assert chances[0] < chances[1]


def test_the_fitted_weights_have_a_number_for_every_fact():
    facts = json.loads(files("newslab.models").joinpath("encoder.json").read_text())
    assert len(facts["joins"]["content"]) == len(CUE_FACTS)
    assert len(facts["joins"]["source"]) == len(SOURCE_FACTS)
    assert 0 < facts["statements"]["least"] < 1


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Mayor Ann Lee said on Friday that the ferry would sail.", "Ann Lee", "that the ferry would sail"),
        ("\u201cThe ferry will sail,\u201d Ann Lee said.", "Ann Lee", "\u201cThe ferry will sail,\u201d"),
        ("''We lost it all,'' said farmer Omar Haddad.", "Omar Haddad", "''We lost it all,''"),
        ("Residents fear that the repairs will drag on into winter.", "residents", "that the repairs will drag on"),
        ("According to the coast guard, nine boats sank.", "coast guard", "nine boats sank"),
    ],
)
def test_who_says_what_in_plain_news_sentences(nlp, text, speaker, content):
    from newslab.entities import entities

    doc = nlp(text)
    (row,) = room.statements(doc, entities=entities(doc))
    assert row.speaker == speaker
    assert row.content_text.startswith(content)
    assert 0 < row.confidence <= 1


def test_a_quotation_over_paragraphs_is_one_statement(nlp):
    text = (
        "\u201cWe tried to call for help all night,\u201d Ann Lee said. \u201cNobody came at all in the end.\n\n"
        "\u201cThen it rained for a week.\u201d"
    )
    rows = room.statements(nlp(text))
    assert len(rows) == 1
    assert rows[0].content_text.endswith("\u201cThen it rained for a week.\u201d")


def test_a_quotation_is_by_who_signs_it_in_the_line_below(nlp):
    text = "\u201cWe waited four hours and nobody came.\u201d\n\n- Ann Lee, nurse\n\nThe road is shut."
    (row,) = room.statements(nlp(text))
    assert (row.source_text, row.quote_type) == ("Ann Lee, nurse", "direct")


def test_a_name_below_a_quotation_is_no_signature_unless_the_page_does_it_again(nlp):
    first = "\u201cWe waited four hours and nobody came.\u201d\n\nAnn Lee\n\n"
    second = "\u201cThe road was shut when we came back.\u201d\n\nOmar Haddad\n\n"
    assert [row.found_by for row in room.statements(nlp(first + "It rained.")) if "signed" in row.found_by] == []
    twice = room.statements(nlp(first + second + "It rained."))
    assert [row.source_text for row in twice] == ["Ann Lee", "Omar Haddad"]


def test_without_weights_only_rules_speak():
    rows = room.statements(load_model(weights="none")("The mayor said the bridge is safe."), weights="none")
    assert [row.found_by for row in rows] == ["rules:that"]


@pytest.mark.parametrize(
    "text", ["\u201c\u201d\"'" * 200, "said " * 400, "\n\n\n", "\u201c" + "word " * 900, "- A\n" * 300]
)
def test_odd_texts_give_an_answer(nlp, text):
    for row in room.statements(nlp(text)):
        assert all(text[a:b].strip() for a, b in row.content)


@pytest.mark.skipif(not POLNEAR.exists(), reason="PolNeAR is not beside the project")
def test_a_statement_is_as_long_as_its_spans(nlp):
    rows = [json.loads(line) for line in (POLNEAR / "train.jsonl").read_text().splitlines()[:3]]
    for row in rows:
        for s in room.statements(nlp(row["text"])):
            spans_of = [*s.content, *s.cue, *s.source]
            assert s.start == min(a for a, _ in spans_of)
            assert s.end == max(b for _, b in spans_of)
            assert row["text"][s.start : s.end] == s.text


def test_tokens_without_a_piece_break_no_span(nlp):
    doc = nlp("Ann Lee said:\n\n\u201cIt is over.  We lost.\u201d")
    reading = made(doc, source=["Ann Lee"], cue=["said"], content=["\u201cIt is over.  We lost.\u201d"])
    t = tree(doc)
    assert -1 in first_pieces(reading, t.starts, t.ends)
    (item,) = tagged_drafts(t, spans(t, reading, []))
    assert words_of(t, item.draft.content) == ["\u201cIt is over.  We lost.\u201d"]


def test_no_statement_is_sought_outside_the_prose_of_a_page(nlp):
    from newslab.records import Segment

    text = "Editor Ann Lee said the site is free.\n\nThe mayor said the bridge is safe."
    cut = text.index("The mayor")
    rows = [(0, cut - 2, "furniture"), (cut, len(text), "body")]
    parts = [
        Segment(start=a, end=b, text=text[a:b], found_by="test", segment_id=f"g{a}", part=part, paragraph=None)
        for a, b, part in rows
    ]
    assert [row.source_text for row in room.statements(nlp(text), segments=parts)] == ["The mayor"]


@pytest.mark.parametrize(
    ("text", "tagged", "whole"),
    [
        ("The Lee campaign said so.", "The Lee", "The Lee campaign"),
        ("Yesterday Virginia Gov. Ann Lee said so.", "Ann Lee", "Virginia Gov. Ann Lee"),
        ("A clerk, because she feared for her job, said so.", "A clerk, because she", "A clerk"),
        ("The mayor said so.", "The mayor", "The mayor"),
    ],
)
def test_a_source_that_the_encoder_cuts_off_is_made_whole(text, tagged, whole, nlp):
    doc = nlp(text)
    span = doc.char_span(text.index(tagged), text.index(tagged) + len(tagged))
    verb = next(token.i for token in doc if token.text == "said")
    first, last = whole_phrase(tree(doc), (span.start, span.end), lambda i: i != verb)
    assert doc[first:last].text == whole
