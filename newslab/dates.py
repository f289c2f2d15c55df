"""Written dates as ISO 8601, or the reason why they cannot be read."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from newslab import rules

NEAR = timedelta(days=3)  # between two dates that a page gives of one article
_BAD = "which is not a date. Write it as YYYY-MM-DD, or leave it empty."
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?([+-]\d{2}:?\d{2}|Z|UTC))?)?")
_MONTH = re.compile(r"(?:1\d|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
_AHEAD = re.compile(r"\b(?:GMT|UTC) ?([+-])(0?\d|1[0-4])(?::?([0-5]\d))?\b")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}|\d\s*[ap]\.?m\b", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"\b((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})\b")
_WORDS = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?:\s+de)?\s+([^\W\d_]{3,12})\.?,?(?:\s+de)?\s+((?:19|20)\d\d)"
    r"|([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d))\b"
)
_CLOCK = re.compile(r"(?<![\d./])([012]?\d)[:.h]([0-5]\d)(?:[:.][0-5]\d)?(?![\d/]|\.\d)\s*([ap]\.?m\b)?", re.IGNORECASE)
_OFFSETS = {"GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "EST": -5, "EDT": -4, "PST": -8, "PDT": -7,
            "MSK": 3, "AEST": 10, "AEDT": 11, "EAT": 3, "SAST": 2, "WAT": 1, "CDT": -5, "MDT": -6, "PKT": 5, "SGT": 8,
            "HKT": 8, "WIB": 7, "JST": 9, "KST": 9, "NZST": 12, "NZDT": 13}  # fmt: skip
_ZONE = re.compile(rf"(?:\b(?:{'|'.join(_OFFSETS)})\b)|(?<=\d)\s*[+-]\d\d:?\d\d\b")
_CHANGED = re.compile(
    r"\b(?:last )?(?:updated|modified|edited|amended|aktualisiert|geändert|mis à jour|modifié|actualizad[oa]|aggiornato"
    r"|atualizad[oa]|bijgewerkt|oppdatert|uppdaterad|opdateret|обновлено|изменено)",
    re.IGNORECASE,
)


def read_date(
    written: str, *, day_first: bool | None = None, near: Sequence[date] = ()
) -> tuple[str | None, str | None]:
    """A written date as ISO 8601, as exactly as it was given, or None and what is wrong with it.

    Parameters
    ----------
    written
        The date, with or without a time.
    day_first
        Which of day and month comes first in figures, where other dates of the same file tell.
    near
        Other dates of the same article; of two readings, the one that is near one of them is meant.

    Examples
    --------
    >>> read_date("12 March 2025")
    ('2025-03-12', None)
    >>> read_date("2025-03-12T08:30:00+01:00")[0]
    '2025-03-12T08:30:00+01:00'
    >>> read_date("31/02/2021")[1]
    'which is not a date. Write it as YYYY-MM-DD, or leave it empty.'
    >>> read_date("03/04/2021", near=[date(2021, 4, 3)])[0]
    '2021-04-03'
    """
    text = " ".join(written.split())
    if not text or len(text) > 100:
        return None, _BAD
    if _ISO.fullmatch(text):
        return _iso(text)
    if _MONTH.fullmatch(text):  # of a magazine: as exact as it is
        return text, None
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _numeric(numbers, day_first, near)
    if not re.search(r"\d{4}", text):
        return None, "which names no year. Write it as YYYY-MM-DD, or leave it empty."
    from dateutil import parser

    # the parser takes GMT+2 for two hours behind, as POSIX does; papers mean two hours ahead
    text = _AHEAD.sub(lambda m: f"{m[1]}{int(m[2]):02d}:{m[3] or '00'}", text)
    try:
        with warnings.catch_warnings():
            # CST may be Chicago's or China's: a time with it is given without a zone
            warnings.simplefilter("ignore", parser.UnknownTimezoneWarning)
            # two defaults that share no field: what differs was not written but filled in
            one = parser.parse(text, default=datetime(2000, 1, 1), tzinfos=_named_zones())
            two = parser.parse(text, default=datetime(2004, 2, 29), tzinfos=_named_zones())
    except (ValueError, OverflowError, TypeError):
        return _spelt(text)
    if one.date() != two.date():
        return None, "which names no day. Write it as YYYY-MM-DD, or leave it empty."
    numbers = _NUMBERS.search(text)
    if numbers:  # the parser would take the month for the first
        day, problem = _numeric(numbers, day_first, near)
        if day is None:
            return None, problem
        one = datetime.combine(date.fromisoformat(day), one.timetz())
    try:
        return (one.isoformat() if _TIME.search(text) else one.date().isoformat()), None
    except ValueError:  # an offset of a day or more
        return None, _BAD


@cache
def zones() -> dict[str, str]:
    """Names of time zones in lower case, each with its offset from UTC or its place in the zone database."""
    return {row["form"]: row["zone"] for row in rules.read("time_zones")}


@cache
def _named_zones() -> dict[str, Any]:
    """Time zones as dates print them: EST, PT."""
    from dateutil import tz

    named = {form.upper(): zone for form, zone in zones().items() if " " not in form}
    offsets = {form: datetime.fromisoformat(f"2000-01-01T00:00{z}").tzinfo for form, z in named.items() if "/" not in z}
    return offsets | {form: tz.gettz(zone) for form, zone in named.items() if "/" in zone}


def _iso(text: str) -> tuple[str | None, str | None]:
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat(), None
        moment = datetime.fromisoformat(text.replace("UTC", "Z").replace(" +", "+").replace(" Z", "Z"))
        # a table's midnight stands for the day alone
        return (moment.date().isoformat() if " 00:00:00" in text and len(text) <= 19 else moment.isoformat()), None
    except ValueError:
        return None, _BAD


def _numeric(numbers: re.Match[str], day_first: bool | None, near: Sequence[date]) -> tuple[str | None, str | None]:
    """A date in figures; of two readings the one that the sign between them or other dates speak for."""
    first, second, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
    readings = {}
    for is_first, (day, month) in ((True, (first, second)), (False, (second, first))):
        try:
            readings[is_first] = date(year, month, day)
        except ValueError:
            continue
    if not readings:
        return None, _BAD
    if len(set(readings.values())) == 1:
        return next(iter(readings.values())).isoformat(), None
    close = {r for r in readings.values() if any(abs(r - other) <= NEAR for other in near)}
    if len(close) == 1:
        return close.pop().isoformat(), None
    if numbers[2] == ".":  # points part day and month where the day comes first
        day_first = True
    if day_first is not None:
        return readings[day_first].isoformat(), None
    told = " or ".join(sorted(f"{d:%-d %B}" for d in readings.values()))
    return None, f"which can be read as {told}. Write it as YYYY-MM-DD."


def day_first(written: str) -> bool | None:
    """Whether a date in figures has the day first, None where it does not tell.

    >>> day_first("13/04/2021"), day_first("04/13/2021"), day_first("03/04/2021")
    (True, False, None)
    """
    numbers = _NUMBERS.search(written[:100])
    if numbers is None:
        return None
    first, second = int(numbers[1]), int(numbers[3])
    return True if 12 < first <= 31 and second <= 12 else False if 12 < second <= 31 and first <= 12 else None


def days_in(text: str) -> list[date]:
    """Days that a text or a web address names so that only one reading is possible.

    >>> days_in("https://dubnapost.example/2021/04/03/ice"), days_in("Updated 3 April 2021, 7:40 pm")
    ([datetime.date(2021, 4, 3)], [datetime.date(2021, 4, 3)])
    """
    found = []
    text = text[:2000]
    written = [(m[1], m[2], m[3]) for m in _IN_ADDRESS.finditer(text)]
    for match in _WORDS.finditer(text):
        month = _months().get((match[2] or match[4]).casefold())
        if month:
            written.append((match[3] or match[6], str(month), match[1] or match[5]))
    for year, month_number, day in written:
        try:
            found.append(date(int(year), int(month_number), int(day)))
        except ValueError:  # a number of another kind
            continue
    return found


@cache
def _months() -> dict[str, int]:
    return {row["form"]: int(row["month"]) for row in rules.read("months")}


def _spelt(text: str) -> tuple[str | None, str | None]:
    """A date with a month's name in one of the languages of `rules/months.csv`."""
    days = days_in(text)
    return (days[0].isoformat(), None) if len(set(days)) == 1 else (None, _BAD)


def is_change(label: str) -> bool:
    """Whether what stands before and in a printed time says that it is that of a change, and says so first.

    >>> is_change("Updated 3 March 2025"), is_change("Posted: 3 March 2025 | Last updated: 4 March")
    (True, False)
    """
    changed = _CHANGED.search(label)
    return changed is not None and not any(c.isdigit() for c in label[: changed.start()])


def stamped(lines: Iterable[str]) -> dict[str, str]:
    """When a page was published and modified, by the lines of date and time that it prints, as ISO 8601 or figures.

    A time keeps its zone if it is one that is the same everywhere. A line without a year says nothing.

    >>> stamped(["Published 12:04 GMT, 3 March 2025", "Updated: 4 March 2025"])
    {'published': '2025-03-03T12:04:00+00:00', 'modified': '2025-03-04'}
    """
    found: dict[str, str] = {}
    for line in lines:
        changed = _CHANGED.search(line)
        cut = changed.start() if changed else len(line)
        for name, part in (("published", line[:cut]), ("modified", line[cut:])):
            moment = _moment(part)
            if moment:
                found.setdefault(name, moment)
    return found


def _moment(text: str) -> str | None:
    """The day in a text, with its time and zone where these are printed; a date in figures as it is written."""
    iso = _ISO.search(text)
    if iso:
        return _iso(iso[0])[0]
    numbers = _NUMBERS.search(text)
    days = days_in(text)
    if not days and numbers is None:
        return None
    rest = text.replace(numbers[0], " ") if numbers and not days else _WORDS.sub(" ", text)
    day = days[0] if days else None
    if day is None and numbers is not None:
        read, _ = _numeric(numbers, None, ())
        if read is None:
            return numbers[0]
        day = date.fromisoformat(read)
    clock = _CLOCK.search(rest)
    if day is None or clock is None:
        return day.isoformat() if day else None
    hour = int(clock[1])
    if clock[3]:
        hour = hour % 12 + 12 * (clock[3][0] in "pP")
    if hour > 23:
        return day.isoformat()
    zone = _ZONE.search(rest)
    moment = datetime(day.year, day.month, day.day, hour, int(clock[2]), tzinfo=_offset(zone[0]) if zone else None)
    return moment.isoformat()


def _offset(zone: str) -> timezone | None:
    name = zone.strip()
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    hours, minutes = int(name[1:3]), int(name[-2:])
    sign = -1 if name[0] == "-" else 1
    return timezone(sign * timedelta(hours=hours, minutes=minutes)) if hours < 15 and minutes < 60 else None
