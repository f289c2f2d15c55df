"""Written dates as ISO 8601, or the reason why they cannot be read."""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?([+-]\d{2}:?\d{2}|Z|UTC))?)?")
_MONTH = re.compile(r"(?:1\d|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}|\d\s*[ap]\.?m\b", re.IGNORECASE)


def read_date(written: str) -> tuple[str | None, str | None]:
    """A written date as ISO 8601, as exactly as it was given, or None and what is wrong with it.

    >>> read_date("12 March 2025")
    ('2025-03-12', None)
    >>> read_date("2025-03-12T08:30:00+01:00")[0]
    '2025-03-12T08:30:00+01:00'
    >>> read_date("31/02/2021")[1]
    'which is not a date. Write it as YYYY-MM-DD, or leave it empty.'
    """
    text = " ".join(written.split())
    bad = "which is not a date. Write it as YYYY-MM-DD, or leave it empty."
    if not text or len(text) > 100:
        return None, bad
    if _ISO.fullmatch(text):
        return _iso(text, bad)
    if _MONTH.fullmatch(text):  # of a magazine: as exact as it is
        return text, None
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _numeric(int(numbers[1]), int(numbers[3]), int(numbers[4]), bad)
    if not re.search(r"\d{4}", text):
        return None, "which names no year. Write it as YYYY-MM-DD, or leave it empty."
    from dateutil import parser

    try:
        # two defaults that share no field: what differs was not written but filled in
        one = parser.parse(text, default=datetime(2000, 1, 1))
        two = parser.parse(text, default=datetime(2004, 2, 29))
    except (ValueError, OverflowError, TypeError):
        return None, bad
    if one.date() != two.date():
        return None, "which names no day. Write it as YYYY-MM-DD, or leave it empty."
    return (one.isoformat() if _TIME.search(text) else one.date().isoformat()), None


def _iso(text: str, bad: str) -> tuple[str | None, str | None]:
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat(), None
        moment = datetime.fromisoformat(text.replace("UTC", "Z").replace(" +", "+").replace(" Z", "Z"))
        # a table's midnight stands for the day alone
        return (moment.date().isoformat() if " 00:00:00" in text and len(text) <= 19 else moment.isoformat()), None
    except ValueError:
        return None, bad


def _numeric(first: int, second: int, year: int, bad: str) -> tuple[str | None, str | None]:
    readings = set()
    for day, month in ((first, second), (second, first)):
        try:
            readings.add(date(year, month, day))
        except ValueError:
            continue
    if not readings:
        return None, bad
    if len(readings) > 1:
        told = " or ".join(sorted(f"{d:%-d %B}" for d in readings))
        return None, f"which can be read as {told}. Write it as YYYY-MM-DD."
    return readings.pop().isoformat(), None
