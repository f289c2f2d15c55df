"""Shares and vague numbers: `two-thirds`, `half a million`, `one in five`, `tens of thousands`."""

from __future__ import annotations

import re

from newslab.figures.atoms import Atom, Number, exact, gap, scaled, times

ARTICLE = re.compile(r"(?<![\w'’])(?:an?|one)[ \u00a0-]$", re.I)
_IN = re.compile(r"[ \u00a0-](?:in|out of|in every|out of every|of every)[ \u00a0-]", re.I)
_NOUN_IN = re.compile(r"[ ]([a-z]{3,})[ ](?:in|out of)[ ](?:every[ ])?")
_PERIOD_AFTER = re.compile(
    r"[ \u00a0-](?:day|week|month|year|hour|minute|second|decade|inning|game|match|season|start)s?\b", re.I
)
_PLURAL_AFTER = re.compile(r"[ \u00a0-](?!(?:is|was|has|does|says|gets|lives|suffers)\b)[a-z]+s\b|%|-")
_BY = re.compile(
    r"\b(?:by|(?:cut|rise|fall|drop|increase|decrease|decline|reduction|growth|gain|loss|jump|majority|error) of)[ ]"
    r"(?:(?:more than|less than|about|around|nearly|almost|over|at least|up to|roughly)[ ])?$",
    re.I,
)
_PAST = re.compile(r"[ -]past\b", re.I)
_OF_A = re.compile(r"(?:[ \u00a0]of)?[ \u00a0-](?:an?[ \u00a0])?", re.I)
_WHICH_HALF = re.compile(
    r"\b(?:first|second|last|latter|other|this|each|either|better|top|bottom|final|opening)[ \u00a0-]$", re.I
)
OF_WHOLE = re.compile(
    r"[ \u00a0-](?:of|the|an?|its|his|her|their|our|my|your|that|this|these|those|all|as|less|more|fewer|higher|lower"
    r"|full)\b",
    re.I,
)
_OF = re.compile(r"[ -](?:of|as)\b")
_ENDS = re.compile(r" of\b|[ ]?[,.;)]")


def and_a_half(text: str, atoms: list[Atom], j: int) -> tuple[float, int]:
    """The half of `two and a half`, `2 and a quarter`, if it follows atom j - 1; and where it ends."""
    if j >= len(atoms):
        return 0.0, j
    between = gap(text, atoms[j - 1], atoms[j])
    if atoms[j].kind == "denominator" and between in (" and a ", "-and-a-"):
        return 1 / atoms[j].value, j + 1
    if j + 1 < len(atoms) and atoms[j].kind == "unit" and atoms[j + 1].kind == "denominator":
        top, bottom = atoms[j], atoms[j + 1]
        if between in (" and ", "-and-") and gap(text, top, bottom) in (" ", "-") and 0 < top.value < bottom.value:
            return top.value / bottom.value, j + 2
    return 0.0, j


def vague(text: str, atoms: list[Atom], i: int, start: int) -> tuple[Number | None, int]:
    """`hundreds`, `tens of thousands`, `several thousand`: from one of them to ten. Atom i is the first such word."""
    low, j, word = atoms[i].value, i + 1, atoms[i].text
    if word in ("scores", "tens") and not text.startswith(" of", atoms[i].end):
        return None, i + 1
    while j < len(atoms) and j - i < 4 and atoms[j].kind in ("plural", "scale"):
        between = gap(text, atoms[j - 1], atoms[j])
        if between not in (" of ", " ") or atoms[j].text in ("dozens", "tens", "scores"):
            break
        word += f"{between}{atoms[j].text}"
        low, j = low * times(atoms[j]), j + 1
    if word == "tens":
        return None, i + 1
    return Number(start, atoms[j - 1].end, None, low, low * 10, "vague", word=word), j


def fraction(text: str, atoms: list[Atom], i: int) -> tuple[Number | None, int]:
    """`half of`, `two-thirds`, `a quarter of a million`, with atom i the denominator."""
    atom, top, start = atoms[i], 1.0, atoms[i].start
    nothing = (None, i + 1)
    numerator = None
    if i and atoms[i - 1].kind in ("unit", "digits") and gap(text, atoms[i - 1], atom) in (" ", "-", "\u00a0"):
        numerator = atoms[i - 1]
    article = ARTICLE.search(text, max(0, start - 6), start)
    plural = atom.text.endswith("s")
    if numerator is not None:
        if not (plural or numerator.value == 1) or not 0 < numerator.value < atom.value:
            return nothing
        top, start = numerator.value, numerator.start
        if text[atom.start - 1] != "-" and atom.text != "half" and not _ENDS.match(text, atom.end):
            return nothing  # two quarters, one third man
    elif plural:
        return nothing
    elif article:
        start = article.start()
    elif atom.text not in ("half", "quarter") or _WHICH_HALF.search(text, max(0, start - 12), start):
        return nothing
    value, j = top / atom.value, i + 1
    big = j < len(atoms) and atoms[j].kind in ("scale", "hundred") and atoms[j].start - atom.end < 8
    if big and _OF_A.fullmatch(text, atom.end, atoms[j].start):  # a quarter of a million, half a dozen
        value, scale, j = scaled(text, atoms, j + 1, value * atoms[j].value)
        return exact(start, atoms[j - 1].end, value, scale * atoms[i + 1].value), j
    if _BY.search(text, max(0, start - 32), start) and not _PAST.match(text, atom.end):
        return Number(start, atom.end, value, value, value, "fraction"), j  # cut by half
    if numerator is None and (atom.text != "half" or article) and not _OF.match(text, atom.end):
        return nothing
    if numerator is None and atom.text == "half" and not OF_WHOLE.match(text, atom.end):
        return nothing
    return Number(start, atom.end, value, value, value, "fraction"), j


def ratio(text: str, left: Number, right: Number) -> Number | None:
    """Two neighbours as a share: `one in five`, `nine out of 10`, `1 in 20,000`, `one train in five`."""
    if left.value is None or right.value is None or left.value % 1 or not 0 < left.value < min(1000, right.value):
        return None
    between = text[left.end : right.start]
    noun = None
    if _IN.fullmatch(between):
        if between.strip(" -\u00a0").lower() == "in":
            year = right.plain and 1500 <= right.value <= 2100
            if year or (right.value % 5 and right.value > 10) or _PERIOD_AFTER.match(text, right.end):
                return None
    else:
        named = _NOUN_IN.fullmatch(between)
        if not named or left.value > 9 or right.value not in (3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000):
            return None
        if named[1].endswith("s") != (left.value > 1) or _PLURAL_AFTER.match(text, right.end) or right.plain:
            return None
        noun = named[1]
    share = left.value / right.value
    return Number(left.start, right.end, share, share, share, "ratio", word=noun)
