"""The line of an archive's export that says when an article was published, in any of several languages.

Month names come from `rules/months.csv` and never from the process's locale: the interface's language sets them,
and it is not the article's. What is left of the line after date, weekday, time and zone is the edition.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from typing import NamedTuple

from newslab import rules
from newslab.dates import zones

MAX_LINE = 400  # characters; a longer line is no date line
_WORD = r"[^\W\d_]{3,12}"
_YEAR = r"(?:1[6-9]|20)\d\d"
_LAST = r"(?:\s?[-–/]\s?(?P<last>\d{1,2})\.?)?"  # day of an issue for a weekend: 3./4. Mai
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_LAST},?\s+(?P<year>{_YEAR})\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|ª)?{_LAST}\s+(?:de\s+|of\s+)?(?P<month>{_WORD})\.?,?"
        rf"\s+(?:de\s+|del\s+)?(?P<year>{_YEAR})\b",
        rf"(?P<year>{_YEAR})\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日",
        rf"\b(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<second>\d{{1,2}})(?P=mark)(?P<year>{_YEAR})\b",
        rf"(?P<month>{_WORD})\.?(?:\s?[/-]\s?{_WORD}\.?)?,?\s+(?:de\s+)?(?P<year>{_YEAR})\b",
    )
)
_TIME = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"|\s*(?P<half_alone>[ap])\.?m\b\.?)(?:\s*(?:Uhr|heures)\b)?"
    r"(?:\s*-\s*\d\d?:\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\s*(?P<name>[A-Za-z]+(?: (?:Standard |Daylight )?Time)?)(?P<plus>\s?[+-]\d{1,2}(?::?\d\d)?)?\b")
_EDGES = " \t\n\r\u00a0,;:.-–—|·"


class Dated(NamedTuple):
    """A date as it was found in a line."""

    published: str | None  # ISO 8601; only a year and month, or a year, where no more is said
    problem: str | None  # why `published` is less than what stands there
    rest: str  # the line without the date, weekday, time and zone: an edition, mostly
    start: int  # where the date stands in the line
    end: int


def fold(word: str) -> str:
    """A word in small letters without accents, umlauts written out or not: for looking it up.

    >>> fold("Février"), fold("MÄRZ"), fold("Maerz")
    ('fevrier', 'marz', 'marz')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")


@cache
def _months() -> dict[str, int]:
    return {fold(row["form"]): int(row["month"]) for row in rules.read("months")}


@cache
def _weekdays() -> re.Pattern[str]:
    forms = sorted((re.escape(row["form"]) for row in rules.read("weekdays")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b\.?", re.IGNORECASE)


SEASONS = frozenset(("spring", "summer", "autumn", "fall", "winter"))


def read_date_line(line: str) -> Dated | None:
    """The date in a line, with its time if there is one; None if no date stands in it.

    Parameters
    ----------
    line
        One line of an export's header, such as an archive prints below the name of the outlet.

    Examples
    --------
    >>> read_date_line("March 1, 2018, Thursday,, FINAL EDITION")[:3]
    ('2018-03-01', None, 'FINAL EDITION')
    >>> read_date_line("26. Februar 2018 Montag 9:50 PM GMT+1").published
    '2018-02-26T21:50:00+01:00'
    >>> read_date_line("Summer, 2018").published
    '2018'
    """
    if len(line) > MAX_LINE:
        return None
    found = next(_dates(line), None)
    if found is None:
        return None
    day, problem, start, end = found
    rest = line[:start] + " " + line[end:]
    for _, _, a, b in list(_dates(rest))[::-1]:  # printed once more, in another language
        rest = rest[:a] + " " + rest[b:]
    clock, zone, rest = _time(rest)
    rest = _weekdays().sub(" ", rest)
    rest = re.sub(r"(?:\s*[,;]\s*)+", lambda m: "; " if ";" in m[0] or "\n" in m[0] else ", ", rest)
    rest = " ".join(rest.replace("\n", "; ").split()).strip(_EDGES)
    if day and clock and len(day) == 10:
        day = _moment(day, clock, zone)
    return Dated(day, problem, re.sub(r"(?:; )+", "; ", rest), start, end)


def _dates(line: str) -> Iterator[tuple[str | None, str | None, int, int]]:
    """Date, problem, start and end of each date, the most exact form first and each stretch once."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        position = 0
        while match := form.search(line, position):
            read = _read(match.groupdict())
            if read and all(match.end() <= a or b <= match.start() for a, b in taken):
                taken.append(match.span())
                yield (*read, *match.span())
                position = match.end()
            else:
                position = match.start() + 1


def _read(parts: dict[str, str | None]) -> tuple[str | None, str | None] | None:
    """What the parts of a match stand for: a date and a problem, or None if they are no date."""
    year = int(parts["year"] or 0)
    if first := parts.get("first"):
        return _numeric(int(first), int(parts["second"] or 0), year)
    name = parts.get("month") or ""
    month = int(name) if name.isdecimal() else _months().get(fold(name), 0)
    if not month:
        if "day" not in parts and fold(name) in SEASONS:
            return str(year), None
        return None
    day = parts.get("day")
    if day is None:
        return f"{year}-{month:02d}", None
    if (last := parts.get("last")) and not int(day) < int(last) <= int(day) + 7:
        return None
    try:
        return date(year, month, int(day)).isoformat(), None
    except ValueError:
        return None, "which is no day"


def _numeric(first: int, second: int, year: int) -> tuple[str | None, str | None]:
    readings = set()
    for day, month in ((first, second), (second, first)):
        try:
            readings.add(date(year, month, day))
        except ValueError:
            continue
    if len(readings) == 1:
        return readings.pop().isoformat(), None
    return None, "which can be read in two ways" if readings else "which is no day"


def _time(rest: str) -> tuple[time | None, str, str]:
    """Time, zone and what is left of a line without them."""
    match = _TIME.search(rest)
    if not match:
        return None, "", rest
    half = match["half"] or match["half_alone"]
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if half:
        hour = hour % 12 + 12 * (half.lower() == "p")
    end, zone = match.end(), ""
    after = _ZONE.match(rest, end)
    if after:
        name = after["name"].casefold()
        if name in zones():
            zone, end = _offset(zones()[name], after["plus"]), after.end()
        elif name.split()[0] in zones():
            zone, end = zones()[name.split()[0]], after.start("name") + len(name.split()[0])
    return time(hour % 24, minute, int(match["second"] or 0)), zone, rest[: match.start()] + " " + rest[end:]


def _offset(zone: str, plus: str | None) -> str:
    """A zone moved on by what stands behind it: GMT+1 is +01:00."""
    if not plus or zone != "+00:00":
        return zone
    sign, digits = plus.strip()[0], plus.strip()[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return f"{sign}{int(hours):02d}:{int(minutes):02d}" if int(hours) < 15 and int(minutes) < 60 else zone


def _moment(day: str, clock: time, zone: str) -> str:
    moment = datetime.combine(date.fromisoformat(day), clock)
    if "/" in zone:
        from dateutil import tz

        return moment.replace(tzinfo=tz.gettz(zone)).isoformat()
    return moment.isoformat() + zone


def read_time(text: str) -> str | None:
    """A time of day alone, as archives print it in a field of its own, as ISO 8601.

    >>> read_time("06:15"), read_time("9:40 PM GMT"), read_time("3")
    ('06:15:00', '21:40:00+00:00', None)
    """
    clock, zone, rest = _time(text[:MAX_LINE])
    if clock is None or rest.strip(_EDGES):
        return None
    return clock.isoformat() + (zone if "/" not in zone else "")
