"""Words that bound a figure: `at least`, `nearly`, `up to`, `or more`. They are in `rules/bounds.csv`."""

from __future__ import annotations

import re
from functools import cache

from newslab import rules
from newslab.figures.atoms import Number, any_of

LONGEST = 32  # characters that bound words take at most
_AFTER = re.compile(r"[ ](?:or (more|so|less|fewer)\b)|(\+)(?!\w)|[ ]and (?:above|over|up|older)\b", re.I)
_OVER_PERIOD = re.compile(r"\bover (?:the |a )?$", re.I)
_FOR_OVER = re.compile(r"\b(?:for|in|after|took|take|takes|lasted|last|just|well|of|spent|is|was)[ ]over[ ]$", re.I)
_SPATIAL = re.compile(r"(?:over|under|above|below|beyond) ", re.I)
_THE = re.compile(r"\b(?!(?:all|about|than) )\w+ the $", re.I)
# `owns up to 30 cases`, `a statement about 30 cases`: the words belong to what stands before them
_PHRASAL = re.compile(r"\b(?:(?:own|add|sign)(?:s|ed|ing)?|fac(?:e|es|ed|ing))[ ]$", re.I)
_ON_A_SUBJECT = re.compile(
    r"\b(?:statements?|talks?|talk(?:ed|ing)|questions?|rumou?rs?|stor(?:y|ies)|concerns?|worr(?:y|ies|ied)|information"
    r"|news|speak(?:s|ing)?|spoke|complain(?:s|ed|ing)?|complaints?|details|books?|films?|articles?|thinking)[ ]$",
    re.I,
)
# By the size of the first word that a vague number starts with, largest first
_VAGUE = (
    ("billions", 1e9), ("millions", 1e6), ("hundreds of thousands", 1e5), ("tens of thousands", 1e4),
    ("thousands", 1e3), ("hundreds", 100.0), ("dozens", 0.0),
)  # fmt: skip


@cache
def _phrases() -> tuple[dict[str, str], re.Pattern[str]]:
    phrases = {row["phrase"]: row["bound"] for row in rules.read("bounds")}
    pattern = re.compile(
        rf"(?<![\w'’-])({any_of(phrases)})[ \u00a0-]?(?:(?:another|an? estimated|an? additional|the|as many as) ?)?$",
        re.I,
    )
    return phrases, pattern


def bound_before(text: str, start: int, number: Number, dimension: str, *, bare: bool) -> tuple[str, int] | None:
    """The bound that the words right before `start` give, and where they start.

    Parameters
    ----------
    number, dimension, bare
        The number they bound, what it measures, and whether it has no unit: `over two days` is during
        them, and `fighting over one road` is about it.
    """
    phrases, pattern = _phrases()
    match = pattern.search(text, max(0, start - LONGEST), start)
    if match is None:
        return None
    phrase = match[1].lower().replace("\u00a0", " ")
    if phrase == "within" and (bare or dimension not in ("duration", "length")):
        return None
    apart = {"up to": _PHRASAL, "about": _ON_A_SUBJECT}.get(phrase)
    if apart is not None and apart.search(text, max(0, match.start() - 16), match.start()):
        return None
    before = text[max(0, match.start() - 12) : start]
    if dimension == "duration" and _OVER_PERIOD.search(before) and not _FOR_OVER.search(before):
        return None
    if bare and _SPATIAL.match(match.group()) and number.kind == "exact" and (number.value or 0) <= 10:
        return None
    if match.group().endswith("the ") and _THE.search(match.group()):
        return None
    return phrases[phrase], match.start()


def bound_after(text: str, end: int) -> tuple[str, int] | None:
    """The bound that the words right after `end` give, and where they end: `or more`, `50+`."""
    match = _AFTER.match(text, end)
    if match is None:
        return None
    return {"more": "at least", "so": "about"}.get((match[1] or "more").lower(), "up to"), match.end()


def vague_bound(number: Number) -> str:
    """The bound's name for a vague number: `tens of thousands`, `several dozen` -> `dozens`."""
    size = number.low or 0.0
    return next(bound for bound, least in _VAGUE if size >= least)
