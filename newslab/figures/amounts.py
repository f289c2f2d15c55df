"""Amounts: a number with its currency sign, unit, rate and bound, read from the text around it.

This is the half of `quantities` that needs no parse: `numbers` gives the numbers, and what is here joins
each with the words beside it. `ranges` joins them with each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newslab.figures import units
from newslab.figures.ages import AGED, OLD, is_age, is_apposed
from newslab.figures.bounds import bound_after, bound_before, vague_bound
from newslab.figures.not_figures import (
    is_clock_word,
    is_code,
    is_date_or_time,
    is_decade,
    is_label,
    is_part_of_word,
    is_year,
)
from newslab.figures.numbers import Number

_MINUS = re.compile(r"(?:(?<![\w)\d.,%])[-−]|\bminus[ -]|\bnegative[ ])$", re.I)
_PLUS = re.compile(r"(?<![\w)])\+$")
_PLUS_OR = re.compile(r"\bplus[ ](?:or|and)[ ]$|\+/$", re.I)
_MAGNITUDE = re.compile(r"\bmagnitude(?: of)?[ -]$", re.I)
_MAGNITUDE_AFTER = re.compile(r"[ -]magnitude\b|[ ]on the Richter scale\b", re.I)
_HALF_UNIT = re.compile(r"(?:[ ]of)?[ ]an?(?=[ ])", re.I)
# After `times`, where nothing is said that the number multiplies: met three times in a week
_TIMES_OVER = re.compile(
    r"[ ]?(?:[.,;:!?)”\"’]|$|\n)|[ ](?:in|to|and|or|since|last|this|on|at|by|during|before|after|for|from|with|but|when"
    r"|while|until|because|already|now|today|yesterday|over|between|he|she|they|it|we|I)\b"
)
_OF = re.compile(r"[ ]of(?=[ ])")
_PER = re.compile(r" per ", re.I)
_COUNTRY_AFTER = re.compile(r"[ ](US|U\.S\.|USD|Canadian|CAD|AUD|Australian)(?![\w])(?![ -][A-Za-z]+s?[ ]dollars)")
_COUNTRY_CODES = {"canadian": "CAD", "cad": "CAD", "aud": "AUD", "australian": "AUD"}
_ADJECTIVE = re.compile(
    r"[ \u00a0](?:more|additional|extra|further|consecutive|straight|successive|full|whole|long|short|previous|past"
    r"|calendar)(?=[ ])",
    re.I,
)
_PAID = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|costs?|costing|worth|earn\w*|spen[dt]\w*|prices?|priced|fine[ds]?|rais(?:e[ds]?|ing)"
    r"|sold|bought|salary|wages?|fees?|bills?|owe[ds]?|charge[ds]?|saved?|saving|budgets?|debts?|money|funds?|funding"
    r"|donat\w*|invest\w*)\b",
    re.I,
)
_LOST = re.compile(r"\blos[ets]\w*\b", re.I)
_MONEY_AFTER = re.compile(
    r" (?:sterling|\(\$|(?:an?|per) (?:day|week|month|year|head|person)|in (?:fines|fees|cash|penalties|damages)"
    r"|before tax)"
)
_MASS_AFTER = re.compile(r" (?:of|per|in weight|heavier|lighter)\b", re.I)


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
    token: int = 0  # of the number, in the parse
    verb: int | None = None  # token of the verb that `action` is of
    place: str | None = None
    time: str | None = None
    converts: Amount | None = None
    upper: Amount | None = None  # of a range that gives its unit twice: its second amount as it was by itself
    lower_end: int = 0  # and where its first one ended
    core: int = 0  # where it starts without its bound words


def amount(text: str, number: Number, after: int) -> Amount:
    """One number with what stands beside it, and none of what ends before position `after`."""
    a = Amount(number, number.start, number.end, number.value, number.low, number.high, core=number.start)
    if number.kind == "multiple":
        a.dimension, a.unit = "ratio", "time"
        _set_bound(text, a)  # more than doubled
    if number.kind in ("unreadable", "zero", "multiple"):
        return a
    money = units.currency_before(text, number.start, after=after)
    if money is None and number.kind != "ratio":  # 35 out of 40 marks
        _set_unit(text, a)
    elif money is not None:
        a.unit, a.dimension, a.start, a.signed = money.name, "money", money.start, True
        _set_country(text, a)
    if a.dimension != "age" and number.kind in ("exact", "vague"):
        rate = units.rate_after(text, a.end)
        if rate is not None and (a.unit is not None or _PER.match(text, a.end)):
            a.rate, a.end = rate
    _set_sign(text, a)
    a.core = a.start
    _set_bound(text, a)
    return a


def _set_country(text: str, a: Amount) -> None:
    """The country or name that follows signed money: `$76 US`, `€5 euros`."""
    country = _COUNTRY_AFTER.match(text, a.number.end)
    if country:
        a.unit, a.end = _COUNTRY_CODES.get(country[1].lower(), a.unit), country.end()
        return
    spelled = units.unit_after(text, a.number.end)
    if spelled is not None and spelled.dimension == "money" and spelled.name not in ("cent", "penny"):
        a.end = spelled.end
        if spelled.name != "USD":
            a.unit = spelled.name


def _set_unit(text: str, a: Amount) -> None:
    number, at = a.number, a.number.end
    if number.kind == "fraction" or number.value == 0.5:
        half = _HALF_UNIT.match(text, at)  # half a mile
        at = half.end() if half else at
    written_in_digits = number.kind == "exact" and text[number.start].isdigit()
    unit = units.unit_after(text, at, single=written_in_digits)
    of = _OF.match(text, at) if unit is None else None
    if of and number.kind == "vague":  # tens of millions of dollars, hundreds of miles
        unit = units.unit_after(text, of.end())
    elif of and number.scale > 1:
        unit = units.unit_after(text, of.end())
        unit = unit if unit is not None and unit.dimension == "money" else None
    elif unit is None:
        adjective = _ADJECTIVE.match(text, at)  # three consecutive years
        unit = units.unit_after(text, adjective.end()) if adjective else None
        unit = unit if unit is not None and unit.dimension in ("duration", "length", "percent") else None
    if unit is None:
        magnitude = _MAGNITUDE.search(text, max(0, number.start - 14), number.start)
        after = _MAGNITUDE_AFTER.match(text, number.end)
        if magnitude or after:
            a.unit, a.dimension = "magnitude", "other"
            a.start, a.end = magnitude.start() if magnitude else a.start, after.end() if after else a.end
        return
    name, dimension, end = unit.name, unit.dimension, unit.end
    if name == "KRW" and (number.value or 1e9) < 100:
        return  # 15 won
    if (name == "time" and number.value == 1) or (name == "second" and number.kind == "fraction"):
        return
    if name == "pound" and text[unit.start : unit.start + 5].lower() == "pound" and _is_sterling(text, number, end):
        name, dimension = "GBP", "money"
    if name == "time" and text[unit.start : end].lower() == "times" and _TIMES_OVER.match(text, end):
        return  # met three times: a count, but three times as many
    old = OLD.match(text, end)
    if dimension == "duration" and old:
        dimension, end = "age", old.end()
    elif dimension == "duration" and AGED.search(text, max(0, number.start - 24), number.start):
        dimension = "age"
    a.unit, a.dimension, a.end = name, dimension, end


def _is_sterling(text: str, number: Number, end: int) -> bool:
    """Whether `pounds` are money, by the words around them."""
    if _MASS_AFTER.match(text, end):
        return False
    if number.scale >= 1000 or _MONEY_AFTER.match(text, end):
        return True
    if _PAID.search(text, max(0, number.start - 60), number.start):
        return True
    return (number.value or 0) >= 100 and bool(_LOST.search(text, max(0, number.start - 40), number.start))


def _set_sign(text: str, a: Amount) -> None:
    minus = _MINUS.search(text, max(0, a.start - 10), a.start)
    if minus and _PLUS_OR.search(text, max(0, minus.start() - 10), minus.start()):
        return
    if minus and a.value is not None:
        a.value = a.low = a.high = -a.value
        a.start = minus.start()
    elif _PLUS.search(text, max(0, a.start - 2), a.start):
        a.start -= 1
        a.change = "up"


def _set_bound(text: str, a: Amount) -> None:
    start = a.start
    if a.dimension == "age":
        aged = AGED.search(text, max(0, start - 24), start)
        start = aged.start() if aged and aged.group().startswith("the ") else start  # under the age of 5
    found = bound_before(text, start, a.number, a.dimension, bare=a.unit is None)
    if a.number.kind == "vague":
        a.bound = vague_bound(a.number)
        if found is not None and found[0] in ("at least", "about"):
            a.start = found[1]
        return
    if found is not None:
        a.bound, a.start = found
    else:
        found = bound_after(text, a.end)
        if found is not None:
            a.bound, a.end = found
    if a.bound in ("more than", "at least", "about"):
        a.high = None
    if a.bound in ("less than", "up to", "about"):
        a.low = None


def is_figure(text: str, a: Amount, *, pair: bool = False) -> bool:
    """Whether an amount is a figure at all; marks ages. One of a pair is not taken for a year."""
    number = a.number
    if a.signed or number.kind in ("vague", "fraction", "ratio", "zero", "multiple"):
        return True
    if a.unit is not None:
        if text[number.end : number.end + 1] in ("x", "×") and text[number.end + 1 : number.end + 2].isdigit():
            return False  # a 4x100m relay
        before = text[number.start - 1 : number.start]
        if before.isalpha() or before == "_" or is_date_or_time(text, number):
            return False
        if a.end - number.end == 1 and (is_label(text, number) or is_decade(text, number)):
            return False  # the 5s of Channel 5's, the 1990s
        return not (a.unit in ("year", "month") and is_year(text, number))
    if is_age(text, number):
        a.unit, a.dimension = "year", "age"
        if a.bound == "=":
            _set_bound(text, a)  # an age above five
        return True
    if is_part_of_word(text, number):
        return False
    if not text[number.start].isdigit():
        if is_clock_word(text, number):
            return False
        return number.scale > 1 or (number.value or 0) > 99 or not is_label(text, number)
    if is_date_or_time(text, number) or is_code(text, number):
        return False
    if number.scale > 1:
        return True
    if is_apposed(text, number):
        a.role = "apposed"  # an age, if what it is apposed to is a person
        return True
    return (pair or not is_year(text, number)) and not is_label(text, number)
