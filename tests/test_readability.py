"""Reading ease and grade: against the formulas by hand, offline, and missing where they say nothing."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab.readability import readability

EASY = "The cat sat on the mat and then it ran off. " * 12
HARD = (
    "Parliamentary negotiators provisionally acknowledged considerable constitutional disagreements "
    "regarding international agricultural subsidisation, notwithstanding governmental reservations. "
) * 10


def test_agrees_with_flesch_and_kincaid_by_hand():
    # 11 words a sentence, one syllable each
    expected_ease = 206.835 - 1.015 * 11 - 84.6 * 1
    expected_grade = 0.39 * 11 + 11.8 * 1 - 15.59
    assert readability(EASY) == {
        "reading_ease": pytest.approx(expected_ease, abs=0.01),
        "grade_level": pytest.approx(expected_grade, abs=0.01),
    }


def test_long_words_in_long_sentences_are_harder():
    easy, hard = readability(EASY), readability(HARD)
    assert hard["reading_ease"] < 0 < 90 < easy["reading_ease"]
    assert easy["grade_level"] < 5 < 20 < hard["grade_level"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One two three.",
        "word " * 99 + ".",
        "... !!! ??? " * 200,
        "\U0001f600 " * 300,
        "word " * 5000,  # no full stop anywhere
        "Министр сказал, что расходы вырастут. " * 40,
    ],
)
def test_where_the_formulas_say_nothing_both_are_missing(text):
    assert readability(text) == {"reading_ease": None, "grade_level": None}


def test_a_hundred_words_are_enough():
    assert readability("Ten short words make up one line of this text. " * 10)["reading_ease"] is not None


def test_needs_no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("readability() opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    # a fresh load of its word lists, as in a new process
    from textstat.backend.utils._get_cmudict import get_cmudict

    get_cmudict.cache_clear()
    assert readability("Zebras wandered across the quiet valley. " * 30)["grade_level"] is not None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=2000) | st.lists(st.sampled_from(["said", ".", "\n", "'", "-", "a1"])).map(" ".join))
def test_any_string_gives_two_finite_numbers_or_none(text):
    found = readability(text)
    assert list(found) == ["reading_ease", "grade_level"]
    assert all(value is None or abs(value) < 1e6 for value in found.values())
