"""Kinds of figures, and how often each kind was right where it was measured: the `confidence` of a figure."""

from __future__ import annotations

import re
from functools import cache

from newslab import rules
from newslab.records import Quantity

_ONE = re.compile(r"\bone\b", re.I)
_OF_MEASURE = ("length", "area", "mass", "volume", "speed", "temperature", "power", "energy", "data")
_SHARES = ("fraction", "ratio")


def kind(figure: Quantity) -> str:
    """What kind of figure it is, by how it is written and what it measures.

    >>> plain = {"start": 0, "end": 2, "found_by": "rules:number", "quantity_id": "q"}
    >>> kind(Quantity(text="12", value=12.0, counted="goats", **plain))
    'count in digits'
    """
    if figure.converts is not None:
        return "repeated"
    if figure.dimension == "count" and figure.value == 1 and _ONE.search(figure.text):
        return "one"
    if figure.bound == "range":
        return "range"
    if figure.value is None:
        return "vague"
    if figure.dimension == "age":
        return "age" if figure.counted else "age of nobody named"
    if figure.dimension in ("count", "other", "rate"):
        if figure.unit is not None:
            return "rate" if figure.dimension == "rate" else "other unit"
        if figure.dimension == "other" or not figure.counted:
            return "count of nothing named"
        return "count in digits" if re.search(r"\d", figure.text) else "count in words"
    if figure.dimension in _SHARES:
        return "share"
    return "measure" if figure.dimension in _OF_MEASURE else figure.dimension


@cache
def _measured() -> dict[str, float]:
    return {row["kind"]: float(row["precision"]) for row in rules.read("figure_confidence")}


def confidence(figure: Quantity) -> float | None:
    """How often figures of this kind were right, 0 to 1: a figure at all, with its value, bound and unit.

    Measured on annotated articles and on sentences of our own (`benchmarks/figure_confidence.py`; the table is
    `rules/figure_confidence.csv`). A kind that was rare there has the precision of all rare ones together.
    """
    table = _measured()
    return table.get(kind(figure), table.get("other"))
