"""How figures that answer one question stand to each other: whom a source agrees with, and what it revises."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Hashable, Mapping, Sequence
from itertools import groupby
from typing import Any

Row = Mapping[str, Any]
Span = tuple[float, float]
ABOUT = 0.1  # "about 400" stands for 360 to 440
ROUNDED = 1000.0  # from here on a number stands for all that round to it as it is written


def spans(row: Row) -> Span | None:
    """The lowest and the highest number that a claim allows; None without a number.

    >>> spans({"value": 41.0, "low": 41.0, "high": None, "bound": "at least"})
    (41.0, inf)
    >>> spans({"value": 4000.0, "low": 4000.0, "high": 4000.0, "bound": "="})
    (3500.0, 4500.0)
    """
    value, low, high = (None if row[name] is None or row[name] != row[name] else row[name] for name in _NUMBERS)
    if value is None:
        return None if low is None or high is None else (low, high)
    if row["bound"] == "about":
        return tuple(sorted((value * (1 - ABOUT), value * (1 + ABOUT))))  # type: ignore[return-value]
    if row["bound"] in ("more than", "at least"):
        return value, math.inf
    if row["bound"] in ("less than", "up to"):
        return -math.inf, value
    share = _half_of_last_place(value) if abs(value) >= ROUNDED else 0.0
    return value - share, value + share


_NUMBERS = ("value", "low", "high")


def _half_of_last_place(value: float) -> float:
    digits = f"{abs(value):.0f}"
    return 0.5 * 10.0 ** (len(digits) - len(digits.rstrip("0")))


def standing(rows: Sequence[Row], questions: Sequence[Hashable]) -> list[tuple[int | None, int, int]]:
    """For each claim, which earlier one it revises, and how many other sources agree and disagree with it.

    Parameters
    ----------
    rows
        Claims, with `when` (comparable, None if unknown), `source`, `value`, `low`, `high` and `bound`.
    questions
        For each row the question that it answers; only answers to one question are compared.

    Returns
    -------
    list of tuple
        The number of the row that this one revises: the last of the same source, from an earlier date,
        where no number fits both; else None. Then how many other sources' last figures, up to the same
        date, share a number with this one, and how many do not. A row without date or number has zeros.

    Examples
    --------
    >>> rows = [{"when": day, "source": who, "value": n, "low": n, "high": n, "bound": "="}
    ...     for day, who, n in [(1, "police", 9.0), (1, "union", 30.0), (2, "police", 11.0), (3, "paper", 11.0)]]
    >>> standing(rows, ["dead"] * 4)
    [(None, 0, 1), (None, 0, 1), (0, 0, 1), (None, 1, 1)]
    """
    out: list[tuple[int | None, int, int]] = [(None, 0, 0)] * len(rows)
    known = [(i, s) for i, row in enumerate(rows) if row["when"] is not None and (s := spans(row)) is not None]
    by_question: dict[Hashable, list[tuple[int, Span]]] = {}
    for i, span in known:
        by_question.setdefault(questions[i], []).append((i, span))
    for answers in by_question.values():
        answers.sort(key=lambda answer: rows[answer[0]]["when"])
        last: dict[Hashable, tuple[int, Span]] = {}  # of each source
        lows: list[float] = []
        highs: list[float] = []
        for _, day in groupby(answers, key=lambda answer: rows[answer[0]]["when"]):
            today = list(day)
            before = dict.fromkeys((rows[i]["source"] for i, _ in today))
            before = {source: last.get(source) for source in before}
            for i, span in today:
                old = last.get(rows[i]["source"])
                if old is not None:
                    lows.pop(bisect_left(lows, old[1][0]))
                    highs.pop(bisect_left(highs, old[1][1]))
                last[rows[i]["source"]] = i, span
                insort(lows, span[0])
                insort(highs, span[1])
            for i, span in today:
                own, old = last[rows[i]["source"]][1], before[rows[i]["source"]]
                apart = bisect_left(highs, span[0]) + len(lows) - bisect_right(lows, span[1])
                apart -= not _meet(own, span)
                revised = old[0] if old is not None and not _meet(old[1], span) else None
                out[i] = revised, len(lows) - 1 - apart, apart
    return out


def _meet(a: Span, b: Span) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]
