"""Interviews and transcripts: who takes which turn, and what is no conversation."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.entities import entities
from newslab.layout.turns import turns
from newslab.parsing import load_model, parse
from newslab.segments import segments, sentences
from newslab.statements import statements

TRANSCRIPT = """Harbour mayor on the bridge

COOPER: Mayor Lee, thank you for joining us. Is the bridge safe?

MAYOR ANN LEE, NORTHPORT: It is safe. We checked every bolt twice.

(CROSSTALK)

COOPER (voice-over): But residents say it shakes?

LEE: All bridges move in the wind. "Let them," my father said.

I know that people worry.

COOPER: When will it reopen?

LEE: On Friday, if the weather holds.
"""
INTERVIEW = """Ann Lee on bolts

By Tom Reed

Ann Lee has been mayor of Northport for nine years. Lee spoke to us about the bridge there.

{q} Is the bridge safe?

{a} It is safe. We checked every bolt twice last week.

{q} But residents say it shakes. Do you worry?

{a} All bridges move in the wind.
"""
LISTS = [
    "Time: 7pm\nPlace: Town hall\nCost: free\nBring: shoes",
    "Clinton: 1,812 delegates\nSanders: 1,520 delegates\nClinton: 13 states\nSanders: 9 states",
    "Photo: Ann Lee\nPhoto: Tom Reed\nPhoto: Ann Lee\nPhoto: Tom Reed",
    "Rovers: Won 2-1 at home.\nUnited: Lost the ball in midfield.\nRovers: Scored late.\nUnited: Sent a man off.",
]


@pytest.fixture(scope="module")
def nlp():
    return load_model()


def found(nlp, text):
    parts = segments(text)
    doc = next(iter(parse(nlp, [(text, parts)])))
    return statements(doc, entities=entities(doc, segments=parts), segments=parts)


def test_each_turn_of_a_transcript_is_a_direct_statement_of_its_speaker(nlp):
    rows = found(nlp, TRANSCRIPT)
    assert [(r.speaker, r.quote_type, r.found_by) for r in rows] == [
        (name, "direct", "rules:turn") for name in ("Cooper", "Ann Lee") * 3
    ]
    assert rows[3].content_text.startswith("All bridges") and rows[3].content_text.endswith("worry.")
    assert all(r.cue for r in rows) and rows[2].source_text == "COOPER"
    assert "CROSSTALK" not in rows[1].content_text
    assert [r.actor_type for r in rows[:2]] == ["media", "government"]


@pytest.mark.parametrize(("q", "a"), [("Q:", "A:"), ("Q.", "A."), ("The Post:", "Ann Lee:"), ("ANNA REED:", "LEE:")])
def test_question_and_answer_are_whoever_the_introduction_names(q, a, nlp):
    rows = [r for r in found(nlp, INTERVIEW.format(q=q, a=a)) if r.found_by == "rules:turn"]
    assert len(rows) == 4
    assert {r.speaker for r in rows[1::2]} == {"Ann Lee"}
    assert {r.actor_type for r in rows[::2]} == {"media"}
    assert {r.speaker for r in rows[::2]} <= {"Tom Reed", "Post", "Anna Reed", "ANNA REED"}


def test_lines_of_a_transcript_are_body_however_short_and_no_datelines():
    parts = [s.part for s in segments(TRANSCRIPT)]
    assert parts[0] == "headline"
    assert set(parts[1:]) == {"body"}


def test_what_a_turn_says_is_in_a_quoted_voice(nlp):
    parts = segments(TRANSCRIPT)
    rows = sentences(next(iter(parse(nlp, [(TRANSCRIPT, parts)]))), segments=parts)
    assert {r.voice for r in rows if r.text.startswith(("It is safe", "I know", "On Friday"))} <= {"quoted", "mixed"}
    assert "quoted" in {r.voice for r in rows}


@pytest.mark.parametrize("text", LISTS)
def test_lists_of_facts_are_no_conversation(text):
    assert turns(text) == ()


LABELS = st.sampled_from(
    ["Q: ", "A: ", "ANN LEE: ", "Lee (off): ", "The Post: ", "(laughs)", "Time: 7", "I said: ", ""]
)
LINES = st.lists(st.tuples(LABELS, st.sampled_from(["Are you sure?", "I am.", "", "\u2028", "x" * 90])), max_size=20)


@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_turns_lie_in_the_text_in_order_and_begin_lines(parts, between):
    text = between.join(a + b for a, b in parts)
    last = 0
    for turn in turns(text):
        assert last <= turn.start < turn.label_end <= turn.mark < turn.said < turn.end <= len(text)
        assert turn.start == 0 or text[: turn.start].splitlines(keepends=True)[-1][-1:].isspace()
        assert text[turn.mark] in ":."
        last = turn.end


@pytest.mark.parametrize(
    "line", ["A" * 90 + " ", "Of the and de " * 7, "Q: I?\nA: I.\n", "(" * 80, "Lee, Lee, Lee, Lee "]
)
def test_long_texts_of_labels_take_linear_time(line):
    begun = time.process_time()
    turns((line + "\n") * 20_000)
    assert time.process_time() - begun < 3
