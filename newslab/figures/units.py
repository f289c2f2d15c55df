"""Units and currencies: what stands beside a number (`km`, `$`, `per cent`).

Names and spellings are in `rules/units.csv` and `rules/currencies.csv`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newslab import rules
from newslab.figures.figure_words import figure_words


class Unit(NamedTuple):
    """A unit found beside a number: its name, what it measures, and where it stands."""

    name: str
    dimension: str
    start: int
    end: int


# Codes that are written in small letters, too; the others in capitals only (`ALL`, `TRY` are words)
_ANY_CASE = {"usd", "eur", "gbp", "jpy", "cny", "rmb", "aud", "hkd", "chf", "inr", "btc", "nzd", "sgd", "krw"}
_WORD = re.compile(r"[^\W\d_][\w.]{0,30}(?:['’][a-z]+)?|%|°")
_RUN_ON = re.compile(r"[a-z]{3}\.[A-Z][a-z]")
_PER = re.compile(
    r"[ \u00a0](?:per|each|every)[ \u00a0]|[ \u00a0]?/[ \u00a0]?|[ ]?-[ ]?(?:an?|per)[ ]?-[ ]?|[ \u00a0]an?[ \u00a0]",
    re.I,
)
_PER_BARE = re.compile(r"(100|1,?000|10,?000|100,?000|(?:a |one )?(?:hundred|thousand|million))(?![\w,]|\.\d)", re.I)
_DENOMINATOR = re.compile(
    r"(?:(?:1[0.,]?00|10|1,000|10,000|100,000|1,000,000|100 000|a?[ ]?(?:hundred|thousand|million))"
    r"(?:[ \u00a0](?:thousand|million))?[ \u00a0])?",
    re.I,
)
_STONES = re.compile(r"(?:\D?[02-9]|11|.?1(?=st[ ]?\d{1,2}[ ]?lb))st|\d[02-9]st")  # 12st, but 21st
_SYMBOL = re.compile(r"[ \u00a0]?([^\s\d,;:()\[\]\"“”]{1,8}[23]?)")
_THEN = re.compile(r"[ \u00a0](?:earlier|ago|before|later|after|on|from now|or (?:so|more|two))\b", re.I)
_LETTERS = re.compile(r"[^\W\d_]{1,40}")
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
        if _RUN_ON.search(match.group()):  # 12 minutes.Photo: a full stop without its blank
            stop = match.start() + match.group().index(".")
            candidate = candidate[: len(candidate) - (match.end() - stop)]
        for form in (candidate, candidate.rstrip(".")):
            if form in words and not (glued and len(form) == 1):
                if text[stop - 1] == "." and form != candidate:
                    found = Unit(*words[form], position, stop - 1)
                else:
                    found = Unit(*words[form], position, stop)
                break
        if stop < len(text) and text[stop] in " \u00a0-" and stop + 1 < len(text):
            if text[stop] == "-":
                hyphened = _WORD.match(text, stop + 1)
                last = hyphened.group().lower().rstrip(".") if hyphened else ""
                joined = next((f for f in (f"{candidate}-{last}", f"{candidate} {last}") if f in words), None)
                if hyphened and joined:  # kilowatt-hour, 60-square-metre
                    return Unit(*words[joined], position, hyphened.start() + len(last))
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
        if piece == "st" and not (glued and _STONES.match(text, max(0, end - 2))):
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
    elif mark in ("a", "an", "-a-", "-an-", "each", "every"):
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
        if not word and mark == "per" and (bare := _PER_BARE.match(text, per.end())):
            return bare[1], bare.end()  # 40 deaths per 100,000.
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
