"""Ages that no unit marks: `aged 45`, `children under five`, `Kim Lee, 45,`."""

from __future__ import annotations

import re
from functools import cache

from newslab.figures.atoms import Number
from newslab.figures.figure_words import any_word

OLDEST = 120
AGED = re.compile(
    r"\b(?:aged?|ages|(?:the )?ages? of|turn(?:s|ed|ing)?)[ ]"
    r"(?:(?:just|only|between|from|above|over|under|below)[ ])?$",
    re.I,
)
OLD = re.compile(r"(?:[ -](?:old|of[ -]age)\b|[ -]olds\b)", re.I)
_GOES_ON = re.compile(
    r"[ -](?!(?:were|was|are|is|have|had|and|or|in|who|at|to|from|by|with|can|will|on|for|as|died|may)\b)[a-z]", re.I
)
_AGE_LEVEL = re.compile(
    r"\b(?:life expectancy|(?:average|mean|median|typical|minimum|maximum|retirement|pension|voting) age)\b"
    r"[^.;:,\d]{0,40}\b(?:is|was|at|of|to|from|be|reached)[ ](?:(?:about|around|nearly|over|under|only|just)[ ]){0,2}$",
    re.I,
)
_PLURAL_NOUN = re.compile(r"[ \u00a0-](?:[a-z]+[a-rt-z]s|people|men|women|children)\b")
_APPOSED = re.compile(r"[^\W\d_]{2,}['’.]?,[ ]$")
_APPOSED_AFTER = re.compile(r",(?!\d)|[.;)](?!\d)")


@cache
def _older() -> re.Pattern[str]:
    return re.compile(rf"\b{any_word('older')}(?: aged?)? (?:under|over|above|below|older than|younger than) $", re.I)


@cache
def _person_of() -> re.Pattern[str]:
    return re.compile(rf"\b{any_word('person')} of $", re.I)


def is_age(text: str, number: Number) -> bool:
    """Whether the words before a bare number make it an age."""
    if number.value is None or number.value >= OLDEST or number.scale > 1:
        return False
    start = max(0, number.start - 32)
    if AGED.search(text, start, number.start):
        return True
    if number.value >= 15 and _person_of().search(text, start, number.start):
        return True  # a woman of 22, but not a father of three
    if _AGE_LEVEL.search(text, max(0, number.start - 90), number.start) and not _PLURAL_NOUN.match(text, number.end):
        return True
    return bool(_older().search(text, start, number.start)) and not _GOES_ON.match(text, number.end)


def is_apposed(text: str, number: Number) -> bool:
    """Whether a bare number stands between commas after a word, as the age of a person does."""
    if not number.plain or number.value is None or not 1 <= number.value < OLDEST:
        return False
    before = _APPOSED.search(text, max(0, number.start - 24), number.start)
    return bool(before and _APPOSED_AFTER.match(text, number.end))
