"""Cells and rows of the tables in words, as tooltips, pages and plots print them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

# What is worth reading of a row, by the id column that tells its table: (label, column)
FACTS: dict[str, tuple[tuple[str, str], ...]] = {
    "quantity_id": (
        ("bound", "bound"), ("value", "value"), ("from", "low"), ("to", "high"), ("unit", "unit"),
        ("change", "change"), ("counted", "counted"), ("action", "action"), ("place", "place"),
        ("time", "time"), ("claimed by", "claimed_by"), ("confidence", "confidence"),
    ),
    "statement_id": (
        ("speaker", "speaker"), ("naming", "naming"), ("actor type", "actor_type"), ("role", "role"),
        ("affiliation", "affiliation"), ("told to", "via"), ("quotation", "quote_type"), ("cue", "cue_lemma"),
        ("act", "act"), ("confidence", "confidence"),
    ),
    "photo_id": (
        ("photographer", "photographer"), ("agency", "agency"), ("provenance", "provenance"),
        ("date", "date"), ("place", "place"), ("people", "people"),
    ),
    "mention_id": (
        ("name", "name"), ("label", "label"), ("mention", "mention"), ("role", "role"),
        ("country", "country"),
    ),
    "sentence_id": (("part", "part"), ("voice", "voice"), ("tone", "tone")),
    "segment_id": (("part", "part"), ("paragraph", "paragraph")),
}  # fmt: skip
_USUAL = {("act", "speech"), ("mention", "name")}  # what goes without saying


def given(value: Any) -> Any:
    """The value of a table's cell, or None where it is missing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str):
        return value if value.strip() else None
    if hasattr(value, "__len__"):
        return value if len(value) else None
    return None if type(value).__name__ in ("NAType", "NaTType") else value


def in_words(value: Any) -> str:
    """A cell in words: numbers with thousands set apart, lists with commas, nothing where it is missing.

    >>> in_words(12345.0), in_words(2.5), in_words(["a", "b"]), in_words(None)
    ('12,345', '2.5', 'a, b', '')
    """
    value = given(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if hasattr(value, "__len__"):
        return ", ".join(map(str, value))
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.6g}"


def count(n: int, noun: str) -> str:
    """A count with its noun.

    >>> count(1, "article"), count(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def id_column(row: Mapping[Any, Any]) -> str:
    """The id column that tells which table a row is of; empty where there is none."""
    return next((key for key in FACTS if key in row), "")


def facts(row: Mapping[Any, Any], *, limit: int = 400) -> str:
    """What a row says, in one line: `speaker: Ana Kovač; naming: named`."""
    plain = given(row.get("value")) is not None  # low and high then repeat the value
    words = []
    for label, name in FACTS.get(id_column(row), ()):
        value = " ".join(in_words(row.get(name)).split())
        if value and (name, value) not in _USUAL and not (plain and name in ("low", "high")):
            words.append(f"{label}: {value}")
    line = "; ".join(words)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def amount(row: Mapping[Any, Any]) -> str:
    """A figure's value with its bound and unit: `at least 41`, `30 to 50`, `hundreds (100 to 1,000)`."""
    bound, unit = in_words(row.get("bound")), in_words(row.get("unit"))
    low, high = in_words(row.get("low")), in_words(row.get("high"))
    words = in_words(row.get("value"))
    if words:
        words = words if bound in ("", "=") else f"{bound} {words}"
    elif low or high:
        between = " to ".join(x for x in (low, high) if x)
        words = between if bound in ("", "=", "range") else f"{bound} ({between})"
    return f"{words} {unit}".strip()


def spans(value: Any) -> list[tuple[int, int]]:
    """The `[start, end]` pairs of a list column, none where it is missing."""
    return [(int(start), int(end)) for start, end in (given(value) if given(value) is not None else ())]
