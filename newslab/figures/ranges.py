"""Amounts that belong together: `8 to 10`, `from 9 to 2`, `eight or nine euros`, `six feet two inches`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newslab.figures.ages import OLDEST
from newslab.figures.amounts import Amount, amount, is_figure
from newslab.figures.not_figures import is_date_or_time, is_label, is_part_of_word, is_score, is_year
from newslab.figures.numbers import Number

_NEARLY = (
    r"(?:(?:about|around|nearly|almost|roughly|as many as|as much as|over|more than|just|only|a record|up to)"
    r"[ \u00a0])?"
)
_DASH = re.compile(r"[ \u00a0]?[-–—‒−][ \u00a0]?")
_TO = re.compile(rf"[ \u00a0-](?:up )?to[ \u00a0-]{_NEARLY}", re.I)
_TO_BEFORE = re.compile(rf"[ \u00a0]to[ \u00a0]{_NEARLY}$", re.I)
_AND = re.compile(rf"[ \u00a0]and[ \u00a0]{_NEARLY}", re.I)
_OR = re.compile(r"[ \u00a0]or[ \u00a0](?:(?:even|maybe|perhaps|possibly)[ \u00a0])?", re.I)
_BETWEEN = re.compile(r"\bbetween[ \u00a0]$", re.I)
_FROM = re.compile(r"\bfrom[ \u00a0](?:(?:just|only|a low of|a high of)[ \u00a0])?$", re.I)
_ENDS = re.compile(r"\s*(?:[.,;:!?)]\B|$)")
_COUNTED = re.compile(r"[ \u00a0](?:[a-z]{2,}s|people|men|women|children)\b")
_LISTED = re.compile(r", (?:and |or )?| and | or ", re.I)
_LISTED_UNITS = ("length", "area", "volume", "mass", "temperature", "percent", "power", "energy", "speed", "money")
_NO_NOUN = re.compile(r"[,.;:)]|$| (?:and|or)\b")
_STOP = re.compile(r"[.;]\s")
SUBUNITS = {
    ("USD", "cent"): 100, ("EUR", "cent"): 100, ("GBP", "penny"): 100, ("foot", "inch"): 12, ("pound", "ounce"): 16,
    ("hour", "minute"): 60, ("stone", "pound"): 14, ("minute", "second"): 60,
}  # fmt: skip


def amounts(text: str, found: Sequence[Number]) -> list[Amount]:
    """The amounts of a text, in order, without dates, names and other numbers that are no figures.

    >>> from newslab.figures.numbers import numbers
    >>> text = "It took 10 to 12 weeks and cost about $5m."
    >>> [(text[a.start : a.end], a.low, a.high, a.unit) for a in amounts(text, numbers(text))]
    [('10 to 12 weeks', 10.0, 12.0, 'week'), ('about $5m', None, None, 'USD')]
    """
    made: list[Amount] = []
    for number in found:
        end = made[-1].end if made else 0
        if number.start >= end:  # not inside what was taken: cm2, per 100,000
            made.append(amount(text, number, end))
    made = _without_tables(text, made)
    _share_in_lists(text, made)
    out: list[Amount] = []
    i = 0
    while i < len(made):
        kept, used = _next(text, made, i, out[-1] if out else None)
        out.extend(kept)
        i += used
    return out


def _without_tables(text: str, made: list[Amount]) -> list[Amount]:
    """Amounts without the cells of a pasted table: three or more bare numbers with only blanks between them."""
    kept: list[Amount] = []
    row: list[Amount] = []
    for a in made:
        bare = a.unit is None and a.bound == "=" and a.number.kind == "exact" and text[a.number.start].isdecimal()
        if row and not (bare and text[row[-1].end : a.start].isspace()):
            kept += row if len(row) < 3 else []
            row = []
        if bare:
            row.append(a)
        else:
            kept.append(a)
    return kept + (row if len(row) < 3 else [])


def _share_in_lists(text: str, made: Sequence[Amount]) -> None:
    """Give the bare numbers of a list the unit of its last one: `two, three and four metres`."""
    for i in range(len(made) - 2, -1, -1):
        one, two = made[i], made[i + 1]
        gap = text[one.end : two.start]
        last = gap in (" and ", ", and ")
        if not last and not (gap == ", " and i + 2 < len(made) and made[i + 2].unit == two.unit is not None):
            continue
        if one.unit is not None or two.unit is None or two.signed or two.dimension not in _LISTED_UNITS:
            continue
        if one.bound != "=" or two.bound != "=" or one.number.kind != "exact" or two.number.kind != "exact":
            continue
        number = one.number
        if _BETWEEN.search(text, max(0, one.start - 9), one.start):
            continue
        if text[number.start].isdigit() != text[two.number.start].isdigit():
            continue
        if is_year(text, number) or is_label(text, number) or is_date_or_time(text, number) or not is_figure(text, one):
            continue
        _share(one, two)


def _next(text: str, made: Sequence[Amount], i: int, previous: Amount | None) -> tuple[list[Amount], int]:
    """The figures that amount i starts: none, one, or two that belong together; and how many amounts they take."""
    first = made[i]
    if first.number.kind == "unreadable":
        return [], 1
    second = made[i + 1] if i + 1 < len(made) else None
    if second is not None and second.number.kind != "unreadable" and second.core - first.end <= 40:
        joined = _join(text, first, second)
        if joined is not None:
            return joined, 2
    if _FROM.search(text, max(0, first.start - 20), first.start):
        for k in range(i + 1, min(i + 5, len(made))):
            gap = text[first.end : made[k].core]
            if len(gap) > 60 or _STOP.search(gap):
                break
            ends = _TO_BEFORE.search(gap) and _same_kind(first, made[k])
            if ends and is_figure(text, first) and is_figure(text, made[k]):
                bracketed = [a for a in made[i + 1 : k] if text[a.start - 1] in "([" and is_figure(text, a)]
                return [*_from_to(first, made[k]), *bracketed], k - i + 1
    if previous is not None and previous.role == "to" and _TO.fullmatch(text[previous.end : first.core]):
        first.role = "to"
        _share(previous, first)
    if previous is not None and _is_listed_age(text, previous, first):
        first.unit, first.dimension = previous.unit, "age"
    return ([first] if is_figure(text, first) else []), 1


def _is_listed_age(text: str, previous: Amount, a: Amount) -> bool:
    """Whether a bare number is one more age of a list: `aged four, seven and 11`."""
    if previous.dimension != "age" or previous.role != "number" or previous.end != previous.number.end:
        return False
    bare = a.unit is None and a.number.kind == "exact" and (a.value or OLDEST) < OLDEST
    return bare and bool(_LISTED.fullmatch(text[previous.end : a.start]) and _NO_NOUN.match(text, a.end))


def _join(text: str, first: Amount, second: Amount) -> list[Amount] | None:
    """Two neighbours as a range, the ends of a change, one amount in two units, or nothing; None if they stay apart."""
    one, two = first.number, second.number
    gap, before = text[first.end : second.core], text[max(0, first.start - 20) : first.start]
    bare = first.unit is None and second.unit is None
    if _DASH.fullmatch(gap):
        plain = bare and one.scale == two.scale == 1
        if plain and (is_score(text, one, two) or is_year(text, one) or is_date_or_time(text, one)):
            return []
        if _same_kind(first, second) and _ordered(first, second):
            return [_range(text, first, second)] if is_figure(text, first, pair=True) else []
        return [] if first.unit is None and second.unit is None and not is_part_of_word(text, one) else None
    to = _TO.fullmatch(gap)
    if to or (_AND.fullmatch(gap) and _BETWEEN.search(before)):
        return _span(text, first, second, to=bool(to), changing=bool(_FROM.search(before)))
    if _OR.fullmatch(gap) and bare and _either(text, first, second):
        return [_range(text, first, second)]
    alternative = _OR.fullmatch(gap) and first.unit is None and second.unit is not None and one.kind == "exact"
    if alternative and not (one.plain and (is_year(text, one) or is_label(text, one))):
        _share(first, second)
    listed = gap == ", " and first.dimension == "duration"  # 24 hours, 39 minutes, and 35 seconds
    if gap in (" and ", " ", ", ", "") and not listed and _smaller_unit(text, first, second, gap):
        return [first]
    return None


def _either(text: str, first: Amount, second: Amount) -> bool:
    """Whether two bare numbers with "or" between them are a rough count: `40 or 50 jobs`, `2 or even 3 times`."""
    if first.value is None or second.value is None or first.number.kind != "exact" or second.bound != "=":
        return False
    near = first.value < second.value <= 2 * first.value and _COUNTED.match(text, second.end)
    return bool(near) and is_figure(text, first, pair=True) and is_figure(text, second, pair=True)


def _smaller_unit(text: str, first: Amount, second: Amount, gap: str) -> bool:
    """Whether the second amount belongs to the first, and add it: `six feet two inches`, `fifteen dollars fifty`."""
    if first.value is None or second.value is None or first.value % 1 or first.bound not in ("=", "about"):
        return False
    if first.unit == "hour" and second.unit == "metre" and gap in (" ", "") and text[second.end - 1] == "m":
        second.unit, second.dimension = "minute", "duration"  # 2h 15m
    per = SUBUNITS.get((first.unit or "", second.unit or ""), 0)
    if first.dimension == "money" and not first.signed and second.unit is None and gap in (" and ", " "):
        coins = second.value >= 10 and second.number.scale == 1 and second.end - second.start > 1
        per = 100 if coins and _ENDS.match(text, second.end) else 0
    if not 0 <= second.value < per:
        return False
    first.value += second.value / per
    first.low, first.high = (first.value if side is not None else None for side in (first.low, first.high))
    first.end = second.end
    return True


def _span(text: str, first: Amount, second: Amount, *, to: bool, changing: bool) -> list[Amount] | None:
    """Two amounts with `to` between them, or after `between`."""
    one, two = first.number, second.number
    bare = first.unit is None and second.unit is None
    twice = to and first.unit is not None and second.unit is not None
    if bare and is_year(text, one) and is_year(text, two) and (one.value or 0) >= 1500:
        return []
    if to and bare and (first.value or 0) > (second.value or 0) and is_score(text, one, two):
        return []
    if not (is_figure(text, first, pair=True) and is_figure(text, second, pair=True)):
        return None
    if changing:
        return _from_to(first, second)
    # `rose $5bn to $90bn` is a change and a level
    apart = to and first.unit is not None and (second.unit is None or (second.value or 0) > 3 * (first.value or 0))
    together = (first.dimension == "age" and second.unit is None) or not apart
    together = together and second.bound in ("=", "about", "up to") and _same_kind(first, second)
    if together and _ordered(first, second):
        if twice:
            first.upper, first.lower_end = second, first.end
        return [_range(text, first, second)]
    falling = first.dimension in ("other", "rate", "temperature", "length") and (first.value or 0) > (second.value or 0)
    if to and first.unit is not None and first.unit == second.unit and falling:
        return _from_to(first, second)  # 1.3 volts to 0.9
    return None


def _same_kind(first: Amount, second: Amount) -> bool:
    if first.value is None or second.value is None or first.number.kind != "exact" or second.number.kind != "exact":
        return False
    return first.unit is None or second.unit is None or first.unit == second.unit


def _ordered(first: Amount, second: Amount) -> bool:
    """Whether the two can be the ends of a range, the scale of the second shared if need be."""
    _share(first, second)
    return first.value is not None and second.value is not None and first.value < second.value


def _share(first: Amount, second: Amount) -> None:
    """Give the first number the scale and unit that only the second one has."""
    scale = second.number.scale
    shared = first.number.scale == 1 and scale > 1
    if shared and first.value is not None and second.value is not None and first.value < second.value / scale:
        first.value *= scale
        first.low = first.low and first.low * scale
        first.high = first.high and first.high * scale
    if first.unit is None and second.unit is not None:
        first.unit, first.dimension, first.rate = second.unit, second.dimension, second.rate
    elif second.unit is None and first.signed:
        second.unit, second.dimension = first.unit, first.dimension
    if first.unit == second.unit and second.rate:
        first.rate = second.rate


def _range(text: str, first: Amount, second: Amount) -> Amount:
    first.low, first.high, first.value = first.value, second.value, None
    if second.unit is not None:
        first.unit, first.dimension, first.rate = second.unit, second.dimension, second.rate
    first.end, first.bound = second.end, "range"
    between = _BETWEEN.search(text, max(0, first.start - 9), first.start)
    if between:
        first.start = between.start()
    return first


def _from_to(first: Amount, second: Amount) -> list[Amount]:
    if _same_kind(first, second):
        _share(first, second)
        if second.unit is None:
            second.unit, second.dimension = first.unit, first.dimension
    first.role, second.role = "from", "to"
    return [first, second]
