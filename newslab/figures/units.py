"""Units and currencies: what stands beside a number (`km`, `$`, `per cent`), and conversion with pint.

Names, spellings and what pint calls them are in `rules/units.csv` and `rules/currencies.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslab import rules
from newslab.figures.figure_words import figure_words

if TYPE_CHECKING:
    import pandas as pd
    import pint


class Unit(NamedTuple):
    """A unit found beside a number: its name, what it measures, and where it stands."""

    name: str
    dimension: str
    start: int
    end: int


# Codes that are written in small letters, too; the others in capitals only (`ALL`, `TRY` are words)
_ANY_CASE = {"usd", "eur", "gbp", "jpy", "cny", "rmb", "aud", "hkd", "chf", "inr", "btc", "nzd", "sgd", "krw"}
_WORD = re.compile(r"[^\W\d_][\w.]*(?:['’][a-z]+)?|%|°")
_PER = re.compile(
    r"[ \u00a0](?:per|each|every)[ \u00a0]|[ \u00a0]?/[ \u00a0]?|[ ]?-[ ]?(?:a|per)[ ]?-[ ]?|[ \u00a0]an?[ \u00a0]",
    re.I,
)
_DENOMINATOR = re.compile(
    r"(?:(?:1[0.,]?00|10|1,000|10,000|100,000|1,000,000|100 000|a?[ ]?(?:hundred|thousand|million))"
    r"(?:[ \u00a0](?:thousand|million))?[ \u00a0])?",
    re.I,
)
_SYMBOL = re.compile(r"[ \u00a0]?([^\s\d,;:()\[\]\"“”]{1,8}[23]?)")
_THEN = re.compile(r"[ \u00a0](?:earlier|ago|before|later|after|on|from now|or (?:so|more|two))\b", re.I)
_LETTERS = re.compile(r"[^\W\d_]+")
_MARK_AFTER = re.compile(r"[ \u00a0-]?")


@cache
def _forms() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]], int]:
    """Spelled-out forms (lower case, plurals too), symbols (as written), and the most words of a form."""
    words: dict[str, tuple[str, str]] = {}
    symbols: dict[str, tuple[str, str]] = {}

    def add(name: str, dimension: str, spelled: str, signs: str) -> None:
        for form in filter(None, spelled.split("|")):
            for variant in (form, *plurals(form)):
                words.setdefault(variant, (name, dimension))
        for sign in filter(None, signs.split("|")):
            symbols.setdefault(sign, (name, dimension))

    for row in rules.read("units"):
        add(row["unit"], row["dimension"], row["words"], row["symbols"])
    for row in rules.read("currencies"):
        add(row["code"], "money", row["words"], "")
    longest = max(len(form.split()) for form in words)
    return words, symbols, longest


def plurals(form: str) -> tuple[str, ...]:
    """Plural spellings of a unit's name: `miles`, `feet per second` is not made here."""
    if not form[-1].isalpha() or form.endswith("s") or len(form) < 3:
        return ()
    if " per " in form:
        head, _, rest = form.partition(" per ")
        return tuple(f"{plural} per {rest}" for plural in plurals(head))
    if form.endswith(("inch", "h")) and form.endswith("ch"):
        return (form + "es",)
    return (form + "s",)


@cache
def _signs() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Currency signs and codes -> ISO 4217 code, and patterns for one before and one after a number."""
    codes: dict[str, str] = {}
    for row in rules.read("currencies"):
        for sign in filter(None, row["signs"].split("|")):
            codes.setdefault(sign.lower(), row["code"])
            if sign.isalpha() and sign.isupper() and len(sign) == 3:
                codes.setdefault(sign.lower() + "$", row["code"])
    ordered = sorted(codes, key=len, reverse=True)
    # letters alone must be written as listed: `Rs 500`, but not `rs 500` or `all 500`
    loose = [sign for sign in ordered if not sign.replace(".", "").replace(" ", "").isalpha() or sign in _ANY_CASE]
    exact = [s for row in rules.read("currencies") for s in row["signs"].split("|") if s and s.lower() not in loose]
    listed = "|".join(re.escape(s).replace(r"\ ", r"[ \u00a0]") for s in sorted(exact, key=len, reverse=True))
    any_case = "|".join(re.escape(s).replace(r"\ ", r"[ \u00a0]") for s in loose)
    before = re.compile(rf"(?<![\w$'’])(?:(?i:{any_case})|{listed})[ \u00a0]?$")
    after = re.compile(rf"[ \u00a0]?(?:(?i:{any_case})|{listed})(?![\w])")
    return codes, before, after


def currency_before(text: str, start: int, *, after: int = 0) -> Unit | None:
    """The currency sign or code right before position `start`: `US$`, `EUR `, `Rs. `, none of it before `after`."""
    window = text[max(after, start - 7) : start]
    if not window or (window[-1].isspace() and len(window) > 1 and window[-2].isspace()):
        return None
    codes, before, _ = _signs()
    match = before.search(window)
    if not match:
        return None
    sign = match.group().strip().replace("\u00a0", " ").lower()
    return Unit(codes[sign], "money", start - len(window) + match.start(), start)


def unit_after(text: str, end: int, *, single: bool = False) -> Unit | None:
    """The unit that starts right at `end`, after at most a space or hyphen: ` kilometres`, `kW`, `-year`.

    Parameters
    ----------
    text, end
        The text, and the end of a number in it.
    single
        Whether a one-letter symbol may stand after a space (`5 W`).
    """
    if end >= len(text):
        return None
    words, _, longest = _forms()
    position = _MARK_AFTER.match(text, end).end()  # type: ignore[union-attr]
    glued = position == end
    found = None
    candidate, at = "", position
    for count in range(longest):
        match = _WORD.match(text, at)
        if match is None:
            break
        candidate = f"{candidate} {match.group().lower()}" if count else match.group().lower()
        stop = match.end()
        for form in (candidate, candidate.rstrip(".")):
            if form in words and not (glued and len(form) == 1):
                if text[stop - 1] == "." and form != candidate:
                    found = Unit(*words[form], position, stop - 1)
                else:
                    found = Unit(*words[form], position, stop)
                break
        if stop < len(text) and text[stop] in " \u00a0-" and stop + 1 < len(text):
            if text[stop] == "-":
                candidate = candidate  # `light-year`, `kilowatt-hour` are joined below
                hyphened = _WORD.match(text, stop + 1)
                joined = f"{candidate}-{hyphened.group().lower()}" if hyphened else ""
                if hyphened and joined in words:
                    return Unit(*words[joined], position, hyphened.end())
                break
            at = stop + 1
        else:
            break
    symbol = _symbol(text, end, position, glued, single)
    if symbol is not None and (found is None or symbol.end > found.end):
        return symbol
    if found is not None:
        return found
    codes, _, after = _signs()
    money = after.match(text, end)
    if money:
        sign = money.group().strip().replace("\u00a0", " ").lower()
        return Unit(codes[sign], "money", money.start(), money.end())
    return None


def _symbol(text: str, end: int, position: int, glued: bool, single: bool) -> Unit | None:
    _, symbols, _ = _forms()
    match = _SYMBOL.match(text, end)
    if not match:
        return None
    run = match[1]
    for size in range(len(run), 0, -1):
        piece = run[:size]
        if piece not in symbols:
            continue
        stop = match.start(1) + size
        following = text[stop : stop + 1]
        if piece[-1].isalpha() and following and (following.isalnum() or following in "'’&"):
            continue
        if len(piece) == 1 and piece.isalpha() and not glued and not single:
            continue
        if piece == "in" and (not glued or not text[end - 1].isdigit()):
            continue  # a 2in gap, but 2 in five
        if text[end : end + 1] == "-" and len(piece) == 1:
            continue
        return Unit(*symbols[piece], match.start(1), stop)
    return None


def rate_after(text: str, end: int) -> tuple[str, int] | None:
    """A rate's denominator at `end`: (`day`, end) for ` a day`, (`100,000 inhabitants`, end) for ` per ...`."""
    per = _PER.match(text, end)
    if not per:
        return None
    _, symbols, _ = _forms()
    mark = per.group().strip().lower().replace(" ", "")
    size = _DENOMINATOR.match(text, per.end())
    at = size.end() if size and mark in ("per", "-per-") else per.end()
    amount = text[per.end() : at].strip()
    unit = unit_after(" " + text[at : at + 40], 0) if at < len(text) else None
    if unit is not None and unit.dimension not in ("money", "percent", "other", "ratio"):
        name, stop = unit.name, at + unit.end - 1
        if unit.dimension == "duration" and unit.name == "second" and mark in ("a", "an"):
            return None  # "a second" is more often the next one
    elif mark in ("a", "an", "-a-", "each", "every"):
        word = _LETTERS.match(text, at)
        if not word or word.group().lower() not in figure_words("each"):
            return None
        name, stop = word.group().lower(), word.end()
    elif mark == "/":
        symbol = symbols.get((_SYMBOL.match(text, at) or ["", ""])[1])
        if symbol is None:
            return None
        name, stop = symbol[0], at + len(_SYMBOL.match(text, at)[1])  # type: ignore[index]
    else:
        word = _LETTERS.match(text, at)
        if not word:
            return None
        name, stop = word.group().lower(), word.end()
        if name in ("annum", "year"):
            name = "year"
        elif name == "capita":
            name = "person"
    if mark in ("a", "an") and _THEN.match(text, stop):
        return None  # 5 million a year earlier
    return (f"{amount} {name}".strip(), stop)


def dimension_of(unit: str) -> str:
    """What a unit measures, one of `records.DIMENSIONS`: `kilometre per hour` is a speed."""
    for row in rules.read("units"):
        if row["unit"] == unit:
            return row["dimension"]
    return "rate" if " per " in unit or unit.startswith("per ") else "other"


@cache
def currency_codes() -> frozenset[str]:
    """Codes of all currencies that can be a unit."""
    return frozenset(row["code"] for row in rules.read("currencies"))


def currency_name(code: str) -> str:
    """The English name of a currency code.

    >>> currency_name("SEK")
    'Swedish krona'
    """
    return next((row["name"] for row in rules.read("currencies") if row["code"] == code), code)


@cache
def _registry() -> pint.UnitRegistry:
    import pint

    registry: pint.UnitRegistry = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    registry.define("basis_point = 0.01 percent")
    registry.define("million_btu = 1e6 Btu")
    registry.define("ppb = 1e-9")
    return registry


@cache
def pint_name(unit: str) -> str | None:
    """What pint calls a unit of ours, or None where it has no single meaning."""
    for row in rules.read("units"):
        if row["unit"] == unit:
            return row["pint"] or None
    for row in rules.read("units"):
        if unit in row["words"].split("|"):
            return row["pint"] or None  # metric ton, kilometer
    top, per, bottom = unit.partition(" per ")
    if per:
        above, below = pint_name(top), pint_name(bottom)
        return f"({above}) / ({below})" if above and below else None
    return None


def ambiguous(unit: str | None) -> str | None:
    """Why a unit has no single meaning (ton, gallon, pint), or None if it has one."""
    for row in rules.read("units"):
        if unit in (row["unit"], row["unit"] + "s"):
            note = row["source"]
            return note.removeprefix("newslab: ") if not row["pint"] and "ambiguous" in note else None
    return None


def factor(unit: str, to: str) -> tuple[float, float] | None:
    """Slope and offset that turn an amount in `unit` into one in `to`; None if they measure different things.

    >>> factor("mile", "kilometre")
    (1.609344, 0.0)
    """
    import pint

    source, target = pint_name(unit), pint_name(to) or to
    if source is None:
        return None
    registry = _registry()
    try:
        offset = registry.Quantity(0.0, source).to(target).magnitude
        one = registry.Quantity(1.0, source).to(target).magnitude
    except (pint.errors.DimensionalityError, pint.errors.UndefinedUnitError, pint.errors.OffsetUnitCalculusError):
        return None
    return round(one - offset, 12), round(offset, 12)


def convert(quantities: pd.DataFrame, to: str, *, meaning: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The rows that measure what `to` measures, with `value`, `low` and `high` in that unit.

    Parameters
    ----------
    quantities
        A table with columns `value`, `low`, `high` and `unit`, such as `notes.quantities`.
    to
        A unit: one of `rules/units.csv` ("kilometre", "hectare"), or any that pint knows ("furlong").
        Or a currency code: rows in that currency come back as they are, since no rate of exchange is kept here.
    meaning
        What ambiguous units mean in these articles, such as `{"ton": "short ton", "gallon": "litre"}`.
        "ton" may be short (907 kg), long (1,016 kg) or metric; "gallon" US (3.785 l) or imperial (4.546 l).

    Returns
    -------
    pandas.DataFrame
        A new table; rows of other dimensions are left out.

    Raises
    ------
    ValueError
        If `to` is no unit, or is ambiguous, or if rows have an ambiguous unit and `meaning` does not say which.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"value": [10.0], "low": [10.0], "high": [10.0], "unit": ["mile"]})
    >>> float(convert(rows, to="kilometre").value.iloc[0])
    16.09344
    """

    meaning = dict(meaning or {})
    codes = {row["code"] for row in rules.read("currencies")}
    if to in codes:
        return quantities[quantities["unit"] == to].copy()
    if ambiguous(to):
        raise ValueError(
            f"convert(to={to!r}): this unit is {ambiguous(to)}."
            " Name one of them, such as 'tonne', 'short ton' or 'litre'."
        )
    target = pint_name(to) or to
    try:
        wanted = _registry().Quantity(1.0, target).dimensionality
    except Exception as error:  # pint has many kinds of error for a string that is no unit
        raise ValueError(
            f"convert(to={to!r}): there is no such unit. Use a name from rules/units.csv, such as 'kilometre'."
        ) from error
    kept = []
    slopes: dict[str, tuple[float, float]] = {}
    unclear: dict[str, str] = {}
    for unit in quantities["unit"].dropna().unique():
        known = meaning.get(unit, unit)
        why = ambiguous(known)
        if why:
            row_dimension = dimension_of(unit)
            if any(
                pint_name(row["unit"])
                and row["dimension"] == row_dimension
                and _registry().Quantity(1.0, pint_name(row["unit"])).dimensionality == wanted
                for row in rules.read("units")
            ):
                unclear[unit] = why
            continue
        slope = factor(known, target)
        if slope is not None:
            slopes[unit] = slope
            kept.append(unit)
    if unclear:
        listed = "; ".join(f"{unit} is {why}" for unit, why in unclear.items())
        raise ValueError(
            f"convert(to={to!r}): {listed}."
            f" Say which with meaning={{{next(iter(unclear))!r}: ...}}, or drop these rows."
        )
    out = quantities[quantities["unit"].isin(kept)].copy()
    for column in ("value", "low", "high"):
        by = out["unit"].map(lambda unit: slopes[unit][0]), out["unit"].map(lambda unit: slopes[unit][1])
        out[column] = out[column].astype(float) * by[0].astype(float) + by[1].astype(float)
    out["unit"] = to
    return out
