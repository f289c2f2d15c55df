"""Amounts: a number with its currency sign, unit, rate, bound and range, read from the text around it.

This is the half of `quantities` that needs no parse: `numbers` gives the numbers, `not_figures` says
which to leave out, and what is here joins the rest with the words beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newslab import units
from newslab.not_figures import is_clock_word, is_code, is_date_or_time, is_label, is_part_of_word, is_score, is_year
from newslab.numbers import Number

BOUND_WORDS = {
    "more than": r"(?:(?:well|just|slightly|far|a little|little|a lot|significantly) )?(?:more than|over|above|greater"
    r" than|higher than|exceeding|in excess of|upwards of|north of|beyond)|>",
    "at least": r"at least|no fewer than|no less than|as few as|as little as|not less than|not fewer than|a minimum of|minimum(?: of)?|≥|>=",
    "less than": r"(?:(?:well|just|slightly|far|a little|little) )?(?:less than|fewer than|lower than|smaller than|"
    r"under|below)|just shy of|sub[- ]|<",
    "up to": r"up to|as many as|as much as|as high as|as long as|as far as|at most|no more than|not more than|"
    r"a maximum of|maximum(?: of)?|≤|<=",
    "about": r"about|around|some|roughly|approximately|approx\.?|nearly|almost|an estimated|estimated|close to|nearing|"
    r"circa|ca?\.|somewhere around|in the region of|just about|barely|virtually|practically|perhaps|~|≈",
}
_BOUND = re.compile(
    r"(?<![\w'’-])(?:" + "|".join(f"(?P<b{i}>{words})" for i, words in enumerate(BOUND_WORDS.values())) + r")[ \u00a0]?"
    r"(?:(?:another|an? estimated|an? additional|the|as many as) ?)?$",
    re.I,
)  # fmt: skip
_BOUND_NAMES = tuple(BOUND_WORDS)
_BOUND_AFTER = re.compile(r"[ ](?:or (more|so|less|fewer)\b)|(\+)(?!\w)|[ ]and (?:above|over|up|older)\b", re.I)
_VAGUE_NAMES = ("tens of thousand", "hundreds of thousand", "dozen", "hundred", "thousand", "million", "billion")
_DASH = re.compile(r"[ \u00a0]?[-–—‒−][ \u00a0]?")
_NEARLY = r"(?:(?:about|around|nearly|almost|roughly|as many as|as much as|over|more than|just|only|a record|up to)[ \u00a0])?"
_TO = re.compile(rf"[ \u00a0-](?:up )?to[ \u00a0-]{_NEARLY}", re.I)
_TO_BEFORE = re.compile(rf"[ \u00a0]to[ \u00a0]{_NEARLY}$", re.I)
_AND = re.compile(rf"[ \u00a0]and[ \u00a0]{_NEARLY}", re.I)
_OR = re.compile(r"[ \u00a0]or[ \u00a0](?:(?:even|maybe|perhaps|possibly)[ \u00a0])?", re.I)
_BETWEEN = re.compile(r"\bbetween[ \u00a0]$", re.I)
_FROM = re.compile(r"\bfrom[ \u00a0](?:(?:just|only|a low of|a high of)[ \u00a0])?$", re.I)
_MINUS = re.compile(r"(?:(?<![\w)\d.,%])[-−]|\bminus[ -]|\bnegative[ ])$", re.I)
_PLUS = re.compile(r"(?<![\w)])\+$")
_OLD = re.compile(r"(?:[ -](?:old|of[ -]age)\b|[ -]olds\b)", re.I)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|(?:the )?ages? of|turn(?:s|ed|ing)?)[ ](?:(?:just|only|between|from)[ ])?$", re.I
)
_PEOPLE_OLDER = re.compile(
    r"\b(?:children|kids|people|adults|women|men|those|anyone|everyone|residents|patients|workers|boys|girls|persons|pupils|"
    r"infants|voters|minors)(?: aged?)? (?:under|over|above|below|older than|younger than) $",
    re.I,
)
_NOUN_AFTER = re.compile(
    r"[ -](?!were\b|was\b|are\b|is\b|have\b|had\b|and\b|or\b|in\b|who\b|at\b|to\b|from\b|by\b|with\b|can\b|will\b|on\b|for\b|as\b|died\b|may\b)[a-z]",
    re.I,
)
_APPOSED = re.compile(r"[^\W\d_]{2,}['’.]?,[ ]$")
_APPOSED_AFTER = re.compile(r",(?!\d)|[.;)](?!\d)")
_HALF_UNIT = re.compile(r"(?:[ ]of)?[ ]an?(?=[ ])", re.I)
_COUNTRY_AFTER = re.compile(r"[ ](US|U\.S\.|USD|Canadian|CAD|AUD|Australian)(?![\w])(?![ -][A-Za-z]+s?[ ]dollars)")
_COUNTRY_CODES = {"canadian": "CAD", "cad": "CAD", "aud": "AUD", "australian": "AUD"}
_OVER_PERIOD = re.compile(r"\bover (?:the |a )?$", re.I)
_FOR_OVER = re.compile(r"\b(?:for|in|after|took|take|takes|lasted|last|just|well|of|spent|is|was)[ ]over[ ]$", re.I)
_ADJECTIVE = re.compile(
    r"[ \u00a0](?:more|additional|extra|further|consecutive|straight|successive|full|whole|long|short|previous|past|calendar)(?=[ ])",
    re.I,
)
_SPATIAL = re.compile(r"(?:over|under|above|below|beyond) ", re.I)
_PAID = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|costs?|costing|worth|earn\w*|spen[dt]\w*|prices?|priced|fine[ds]?|rais(?:e[ds]?|ing)|sold|bought|salary|"
    r"wages?|fees?|bills?|owe[ds]?|charge[ds]?|saved?|saving|los[te]\w*|budgets?|debts?|money|funds?|funding|donat\w*|invest\w*)\b",
    re.I,
)
_MONEY_AFTER = re.compile(r" (?:sterling|\(\$|an? (?:day|week|month|year|head|person)|per (?:day|week|month|year)|in (?:fines|fees|cash|penalties|damages)|before tax)")
_PER = re.compile(r" per ", re.I)
_MASS_AFTER = re.compile(r" (?:of|per|in weight|heavier|lighter)\b", re.I)
SUBUNITS = {
    ("USD", "cent"): 100, ("EUR", "cent"): 100, ("GBP", "penny"): 100, ("foot", "inch"): 12, ("pound", "ounce"): 16,
}  # fmt: skip


@dataclass(slots=True)
class Amount:
    """A figure in the making: `start, end` cover bound words, sign, number, unit and rate."""

    number: Number
    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    unit: str | None = None
    dimension: str = "count"
    bound: str = "="
    signed: bool = False  # a currency sign stands before the number
    rate: str | None = None
    role: str = "number"  # from, to: the two ends of a change; or how the figure was found
    change: str | None = None
    counted: str | None = None
    action: str | None = None
    action_text: str | None = None
    place: str | None = None
    time: str | None = None
    converts: Amount | None = None
    core: int = 0  # where it starts without its bound words


def amounts(text: str, found: Sequence[Number]) -> list[Amount]:
    """The amounts of a text, in order, without dates, names and other numbers that are no figures.

    >>> from newslab.numbers import numbers
    >>> text = "It took 10 to 12 weeks and cost about $5m."
    >>> [(text[a.start : a.end], a.low, a.high, a.unit) for a in amounts(text, numbers(text))]
    [('10 to 12 weeks', 10.0, 12.0, 'week'), ('about $5m', None, None, 'USD')]
    """
    made: list[Amount] = []
    for number in found:
        end = made[-1].end if made else 0
        if number.start >= end:  # not inside what was taken: cm2, per 100,000
            made.append(_amount(text, number, end))
    out: list[Amount] = []
    i = 0
    while i < len(made):
        kept, used = _next(text, made, i, out[-1] if out else None)
        out.extend(kept)
        i += used
    return out


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
            if len(gap) > 60 or re.search(r"[.;]\s", gap):
                break
            if (
                _TO_BEFORE.search(gap)
                and _same_kind(first, made[k])
                and _is_figure(text, first)
                and _is_figure(text, made[k])
            ):
                return _from_to(first, made[k]), k - i + 1
    if previous is not None and previous.role == "to" and _TO.fullmatch(text[previous.end : first.core]):
        first.role = "to"
        _share(previous, first)
    return ([first] if _is_figure(text, first) else []), 1


def _join(text: str, first: Amount, second: Amount) -> list[Amount] | None:
    """Two neighbours as a range, the ends of a change, one amount in two units, or nothing; None if they stay apart."""
    one, two = first.number, second.number
    gap, before = text[first.end : second.core], text[max(0, first.start - 20) : first.start]
    bare = first.unit is None and second.unit is None
    if _DASH.fullmatch(gap):
        if bare and not (one.scale > 1 or two.scale > 1):
            if is_score(text, one, two) or is_year(text, one) or is_date_or_time(text, one):
                return []
        if _same_kind(first, second) and _ordered(first, second):
            return [_range(text, first, second)] if _is_figure(text, first, pair=True) else []
        return [] if first.unit is None and second.unit is None and not is_part_of_word(text, one) else None
    to = _TO.fullmatch(gap)
    if to or (_AND.fullmatch(gap) and _BETWEEN.search(before)):
        if bare and is_year(text, one) and is_year(text, two) and (one.value or 0) >= 1500:
            return []
        if not (_is_figure(text, first, pair=True) and _is_figure(text, second, pair=True)):
            return None
        if _FROM.search(before):
            return _from_to(first, second)
        apart = to and (
            first.unit is not None and (second.unit is None or (second.value or 0) > 3 * (first.value or 0))
        )
        if first.dimension == "age" and second.unit is None or not apart:
            if second.bound in ("=", "about", "up to") and _same_kind(first, second) and _ordered(first, second):
                return [_range(text, first, second)]
        if to and first.unit == second.unit is not None and (first.value or 0) > (second.value or 0):
            return _from_to(first, second)  # from 1.3 volts to 0.9, without the "from"
    if _OR.fullmatch(gap) and first.unit is None and second.unit is not None and one.kind == "exact":
        if not (one.plain and (is_year(text, one) or is_label(text, one))):
            _share(first, second)
    if first.unit and (first.unit, second.unit) in SUBUNITS and gap in (" and ", " ", ", ", ""):
        per = SUBUNITS[first.unit, second.unit or ""]
        if second.value is not None and second.value < per and first.value is not None and not (one.value or 0.5) % 1:
            first.value += second.value / per
            first.low, first.high = (first.value if side is not None else None for side in (first.low, first.high))
            first.end = second.end
            return [first]
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
    if first.number.scale == 1 and scale > 1 and first.value is not None and second.value is not None:
        if first.value < second.value / scale:
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


def _amount(text: str, number: Number, after: int) -> Amount:
    """One number with what stands beside it, and none of what the amount before it took."""
    start, end = number.start, number.end
    amount = Amount(number, start, end, number.value, number.low, number.high, core=start)
    if number.kind == "unreadable":
        return amount
    if number.kind in ("zero", "multiple"):
        if number.kind == "multiple":
            amount.dimension, amount.unit = "ratio", "time"
        return amount
    money = units.currency_before(text, start, after=after)
    if money is not None:
        amount.unit, amount.dimension, amount.start, amount.signed = money.name, "money", money.start, True
        country = _COUNTRY_AFTER.match(text, end)
        if country:
            amount.end = country.end()
            amount.unit = _COUNTRY_CODES.get(country[1].lower(), amount.unit)
        else:
            spelled = units.unit_after(text, end)
            if spelled is not None and spelled.dimension == "money" and spelled.name not in ("cent", "penny"):
                amount.unit, amount.end = spelled.name if spelled.name != "USD" else amount.unit, spelled.end
    else:
        _unit(text, amount)
    if amount.dimension != "age" and number.kind in ("exact", "vague"):
        rate = units.rate_after(text, amount.end)
        if rate is not None and (amount.unit is not None or _PER.match(text, amount.end)):
            amount.rate, amount.end = rate
    sign = _MINUS.search(text, max(0, amount.start - 10), amount.start)
    if sign and amount.value is not None and (number.end - number.start < 12):
        amount.value = amount.low = amount.high = -amount.value
        amount.start = sign.start()
    elif _PLUS.search(text, max(0, amount.start - 2), amount.start):
        amount.start -= 1
        amount.change = "up"
    amount.core = amount.start
    _bound(text, amount)
    return amount


def _unit(text: str, amount: Amount) -> None:
    number = amount.number
    at = number.end
    if number.kind == "fraction" or number.value == 0.5:
        half = _HALF_UNIT.match(text, at)
        at = half.end() if half else at
    unit = units.unit_after(
        text, at, single=number.value is not None and number.kind == "exact" and text[number.start].isdigit()
    )
    if unit is None and number.kind == "vague":
        of = re.compile(r"[ ]of(?=[ ])").match(text, at)
        unit = units.unit_after(text, of.end()) if of else None
    if unit is None and number.scale > 1 and text.startswith(" of ", at):
        unit = units.unit_after(text, at + 3)
        unit = unit if unit is not None and unit.dimension == "money" else None
    if unit is None:
        adjective = _ADJECTIVE.match(text, at)
        unit = units.unit_after(text, adjective.end()) if adjective else None
        unit = unit if unit is not None and unit.dimension in ("duration", "length", "percent") else None
    if unit is None:
        return
    name, dimension, end = unit.name, unit.dimension, unit.end
    if name == "pound" and text[unit.start : unit.start + 5].lower() == "pound" and not _MASS_AFTER.match(text, end):
        paid = _PAID.search(text, max(0, number.start - 60), number.start)
        if number.scale >= 1000 or _MONEY_AFTER.match(text, end) or paid:
            name, dimension = "GBP", "money"
    if name in ("KRW",) and (number.value or 1e9) < 100:
        return
    if (name == "time" and number.value == 1) or (name == "second" and number.kind == "fraction"):
        return
    old = _OLD.match(text, end)
    if old and dimension == "duration":
        dimension, end = "age", old.end()
    elif dimension == "duration" and _AGE_BEFORE.search(text, max(0, number.start - 24), number.start):
        dimension = "age"
    amount.unit, amount.dimension, amount.end = name, dimension, end


def _bound(text: str, amount: Amount) -> None:
    number = amount.number
    if number.kind == "vague":
        word = number.word or ""
        amount.bound = next((f"{name}s" for name in _VAGUE_NAMES if word.startswith(name)), "")
        if not amount.bound:
            size = number.low or 1.0
            amount.bound = next(
                b
                for b, low in (
                    ("billions", 1e9),
                    ("millions", 1e6),
                    ("hundreds of thousands", 1e5),
                    ("tens of thousands", 1e4),
                    ("thousands", 1e3),
                    ("hundreds", 100),
                    ("dozens", 0),
                )
                if size >= low
            )
        if " of million" in word:
            amount.bound = "millions"
        elif " of billion" in word:
            amount.bound = "billions"
        match = _BOUND.search(text, max(0, amount.start - 32), amount.start)
        if match and match.lastgroup in ("b1", "b4"):
            amount.start = match.start()
        return
    start = amount.start
    if amount.dimension == "age":
        age = _AGE_BEFORE.search(text, max(0, start - 24), start)
        start = age.start() if age and age.group().startswith("the ") else start
    match = _BOUND.search(text, max(0, start - 32), start)
    if match and match.lastgroup:
        bound = _BOUND_NAMES[int(match.lastgroup[1:])]
        before = text[max(0, match.start() - 12) : amount.start]
        if amount.dimension == "duration" and _OVER_PERIOD.search(before) and not _FOR_OVER.search(before):
            bound = ""  # "over two days" is during them
        elif _SPATIAL.match(match.group()) and amount.unit is None and (number.value or 0) <= 10 and number.kind == "exact":
            bound = ""  # fighting over one road
        elif re.search(r"\bthe $", match.group()) and not re.search(r"\b(?:all|about|than) the $", match.group()):
            bound = ""
        if bound:
            amount.bound, amount.start = bound, match.start()
    else:
        after = _BOUND_AFTER.match(text, amount.end)
        if after:
            amount.end = after.end()
            word = (after[1] or "more").lower()
            amount.bound = {"more": "at least", "so": "about"}.get(word, "up to")
    if amount.value is None:
        return
    if amount.bound in ("more than", "at least"):
        amount.high = None
    elif amount.bound in ("less than", "up to"):
        amount.low = None
    elif amount.bound == "about":
        amount.low = amount.high = None


def _is_figure(text: str, amount: Amount, *, pair: bool = False) -> bool:
    """Whether an amount is a figure at all; marks ages. One of a pair is not taken for a year."""
    number = amount.number
    if amount.unit is not None and amount.signed:
        return True
    if amount.unit is not None:
        if number.plain or number.kind == "exact":
            before = text[number.start - 1 : number.start]
            if before.isalpha() or before == "_":
                return False
            if amount.end - number.end == 1 and is_label(text, number):
                return False  # the 5s of Channel 5's
            if is_date_or_time(text, number) or (
                is_year(text, number) and amount.end - number.end > 3 and amount.unit in ("year", "month")
            ):
                return False
        return True
    if number.kind in ("vague", "fraction", "ratio", "zero", "multiple"):
        return number.word not in ("double", "triple", "treble") or True
    start = max(0, number.start - 32)
    if number.value is not None and number.value < 120 and number.scale == 1:
        if _AGE_BEFORE.search(text, start, number.start) or (
            _PEOPLE_OLDER.search(text, start, number.start) and not _NOUN_AFTER.match(text, number.end)
        ):
            amount.unit, amount.dimension = "year", "age"
            return True
    if not text[number.start].isdigit():
        if is_part_of_word(text, number) or is_clock_word(text, number):
            return False
        return number.scale > 1 or (number.value or 0) > 99 or not is_label(text, number)
    if is_part_of_word(text, number) or is_date_or_time(text, number) or is_code(text, number):
        return False
    if number.scale > 1:
        return True
    if number.value is not None and number.value < 120 and number.plain:
        if (
            number.value >= 1
            and _APPOSED.search(text, max(0, number.start - 24), number.start)
            and _APPOSED_AFTER.match(text, number.end)
        ):
            amount.role = "apposed"  # an age, if what it is apposed to is a person
            return True
    return (pair or not is_year(text, number)) and not is_label(text, number)
