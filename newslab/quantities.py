"""Numeric figures of a text: how much or how many, of what, with which bound, and on whose word.

`numbers` finds how numbers are written, `units` what stands beside them, `not_figures` sorts out dates
and names, `amounts` joins them, and `counted` reads the parse for what is counted and what happened to it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newslab.figures import units
from newslab.figures.amounts import Amount
from newslab.figures.atoms import MAX_DIGITS, Atom, atoms
from newslab.figures.conversion import DIFFERENCE, convert, factor
from newslab.figures.counted import fill
from newslab.figures.figure_words import any_word
from newslab.figures.kinds import confidence
from newslab.figures.numbers import Number, numbers
from newslab.figures.ranges import SUBUNITS, amounts
from newslab.figures.topics import topics
from newslab.records import PROSE, Quantity, Segment, Statement, local_id
from newslab.tree import text_of, tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["conversion_problems", "convert", "number_problems", "quantities"]

_NO_COUNT = re.compile(
    r"\b[Nn]o[ ](?:(?:reported|immediate|further|known|serious|new|other|confirmed|civilian|military|major)[ ]){0,2}"
    rf"{any_word('casualty')}\b"
)
_REPEATS = re.compile(
    r"[ \u00a0]?[(\[][ ]?(?:or |equal to |equivalent to |the equivalent of |i\.e\. |that is )?$|, or $| \($|[ ]?/[ ]?$"
)


def quantities(
    doc: Doc, *, statements: Sequence[Statement] = (), segments: Sequence[Segment] | None = None
) -> list[Quantity]:
    """Find the numbers in a text that say how much or how many, each with its unit and what it counts.

    Written-out numbers ("two dozen"), scaled ones ("$1.2bn") and vague ones ("hundreds of") count;
    dates, clock times, scores, telephone numbers, names and list markers do not.

    Parameters
    ----------
    doc
        A parsed text. Tags and dependencies are used for what is counted and what happened to it;
        without them the numbers and units are still found.
    statements
        Statements of the same text: a figure in the content of one gets its `statement_id` and speaker.
    segments
        The text's segments: figures are looked for in prose only, and get their `part`.

    Returns
    -------
    list of Quantity
        In reading order, never overlapping. `value`, `low` and `high` are in `unit`; 4 per cent is
        4.0 "percent", not 0.04. `converts` holds the id of the figure that one in brackets repeats;
        `confidence` is how often figures of its kind were right where that was measured.

    Examples
    --------
    >>> from newslab.parsing import load_model
    >>> doc = load_model()("Profit fell 4% to $1.2bn.")
    >>> [(q.text, q.value, q.unit, q.change) for q in quantities(doc)]
    [('4%', 4.0, 'percent', 'down'), ('$1.2bn', 1200000000.0, 'USD', None)]

    Source
    ------
    Value, unit, change and noun counted, as in Almasian et al., CQE, EMNLP 2023.
    """
    text = text_of(doc)
    found = _with_nothing(text, numbers(text))
    if segments is not None:
        found = _in_prose(found, segments)
    if not found:
        return []
    made = amounts(text, found)
    if not made:
        return []
    made = fill(text, tree(doc), made)
    _conversions(text, made)
    rows = _records(text, made, statements, segments)
    about, names = topics(doc, rows), _full_names(statements)
    return [_finished(row, about[row.quantity_id] or None, names) for row in rows]


_UNCOUNTED = ("money", "temperature", "speed")


def _finished(row: Quantity, topic: str | None, names: Mapping[str, str | None]) -> Quantity:
    """A row with its confidence and topic; of money, heat and speed nothing is counted: what has them is the topic."""
    counted = (row.counted or "").partition("\n")[0].strip() or None
    priced = row.dimension == "rate" and (row.unit or "").partition(" per ")[0] in units.currency_codes()
    if row.dimension in _UNCOUNTED or priced:
        row = replace(row, topic=topic or counted, counted=None)
    else:
        if row.dimension == "age" and counted:
            counted = names.get(counted) or counted
        row = replace(row, topic=topic, counted=counted)
    return replace(row, confidence=confidence(row))


def _full_names(statements: Sequence[Statement]) -> dict[str, str | None]:
    """The full name of each speaker by its first and last word; None where two speakers share one."""
    names: dict[str, str | None] = {}
    for full in {s.speaker for s in statements if s.speaker and s.naming == "named" and " " in s.speaker}:
        for part in {full.split()[0], full.split()[-1]}:
            names[part] = None if part in names else full
    return names


def _with_nothing(text: str, found: list[Number]) -> list[Number]:
    """Add the "no casualties" of a text to its numbers."""
    if "no " not in text and "No " not in text:
        return found
    nothing = [
        Number(m.start(), m.start() + 2, 0.0, 0.0, 0.0, "zero", word="no casualties") for m in _NO_COUNT.finditer(text)
    ]
    return sorted([*found, *nothing], key=lambda number: number.start) if nothing else found


def _in_prose(found: list[Number], segments: Sequence[Segment]) -> list[Number]:
    prose = sorted((s.start, s.end) for s in segments if s.part in PROSE)
    starts = [start for start, _ in prose]
    kept = []
    for number in found:
        i = bisect_right(starts, number.start) - 1
        if i >= 0 and number.end <= prose[i][1]:
            kept.append(number)
    return kept


def _conversions(text: str, made: list[Amount]) -> None:
    """Mark the amounts that give the one before them again: `8 hectares (about 20 acres)`."""
    for first, second in pairwise(made):
        original = first.converts or first
        if not first.unit or not second.unit or original.unit == second.unit or original.dimension != second.dimension:
            continue
        if second.dimension not in (
            "money",
            "length",
            "area",
            "volume",
            "mass",
            "speed",
            "temperature",
            "power",
            "energy",
            "other",
            "rate",
        ):
            continue
        if (first.rate is None) != (second.rate is None) or (original.unit, second.unit) in SUBUNITS:
            continue
        gap = text[first.end : second.start]
        if len(gap) <= 24 and (_REPEATS.fullmatch(gap)) and (first.converts is None) == ("/" not in gap):
            second.converts = original
            second.counted = original.counted or second.counted
            if original.action:
                second.action, second.action_text = original.action, original.action_text
            second.change = second.change or original.change
            if second.dimension == "temperature":
                second.role = original.role  # a difference, where the first one is
            rate = units.rate_after(text, second.end + 1) if second.rate is None and text[second.end] == ")" else None
            if rate is not None and original.rate is None:
                second.rate = original.rate = rate[0]  # 9bn shekels ($2.4bn) a year


def _records(
    text: str, made: Sequence[Amount], statements: Sequence[Statement], segments: Sequence[Segment] | None
) -> list[Quantity]:
    contents = sorted(
        ((start, end, s) for s in statements for start, end in s.content),
        key=lambda c: (c[0], -c[1], c[2].statement_id),
    )
    parts = sorted((s.start, s.end, s.part) for s in segments or ())
    part_starts = [start for start, _, _ in parts]
    open_contents: list[tuple[int, int, Statement]] = []
    next_content = 0
    records = []
    ids = {id(a): local_id("q", a.start, a.end) for a in made}
    last_end = 0
    for a in made:
        if a.start < last_end:
            continue
        last_end = a.end
        while next_content < len(contents) and contents[next_content][0] <= a.start:
            open_contents.append(contents[next_content])
            next_content += 1
        while open_contents and open_contents[-1][1] < a.end:
            open_contents.pop()
        said = min((c for c in open_contents[-8:] if c[1] >= a.end), key=lambda c: c[1] - c[0], default=None)
        part = "body"
        if parts:
            i = bisect_right(part_starts, a.start) - 1
            part = parts[i][2] if i >= 0 and a.start < parts[i][1] else "body"
        unit, dimension = a.unit, a.dimension
        if a.rate is not None:
            unit = f"{unit} per {a.rate}" if unit else f"per {a.rate}"
            dimension = units.dimension_of(unit)
        if unit == "time":
            unit = None  # a ratio: three times as many
        if a.number.kind == "ratio" or (a.number.kind == "fraction" and a.unit is None):
            dimension = "fraction"
        records.append(
            Quantity(
                quantity_id=ids[id(a)], start=a.start, end=a.end, text=text[a.start : a.end],
                value=a.value, low=a.low, high=a.high, unit=unit, dimension=dimension, bound=a.bound,
                change=a.change, counted=a.counted, action=a.action, action_text=a.action_text,
                place=a.place, time=a.time,
                statement_id=said[2].statement_id if said else None,
                claimed_by=_claimant(text, said[2]) if said else None,
                converts=ids[id(a.converts)] if a.converts is not None else None,
                part=part, found_by=f"rules:{'age' if a.role == 'apposed' else a.role}",
            )
        )  # fmt: skip
    return records


_NOT = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bneither\b.{0,30}|\b(?:declin|refus)\w+ to)[ ](?:yet |been |be |have )*(?:say|said|tell"
    r"|told|confirm|disclos|reveal|specif|stat|announc|mention|explain|acknowledg|admit|den[yi]|refut|disput|rebut|disown)",
    re.I,
)
_DENY = re.compile(r"\b(?:den(?:y|ies|ied|ying)|refut\w+|disput\w+|rebut\w*|disown\w*|disavow\w*)\b", re.I)


def _claimant(text: str, statement: Statement) -> str | None:
    """Who claims what a statement says: nobody where it is denied or was not said; `did not deny` claims it."""
    cue = " ".join(text[start:end] for start, end in statement.cue)
    return None if bool(_NOT.search(cue)) != bool(_DENY.search(cue)) else statement.speaker


def number_problems(text: str) -> list[str]:
    """Say which runs of digits were left out of a text because they cannot be read, or can in two ways.

    Returns
    -------
    list of str
        At most one sentence for each reason, with how many there are and the first, for `notes.problems`.

    Examples
    --------
    >>> number_problems("Sales of 1,5 and 12,34 were listed.")
    ["2 numbers left out, since their marks can be read in two ways; the first is '1,5' at 9"]
    """
    reasons: dict[str, list[Atom]] = {}
    for atom in atoms(text):
        if atom.kind != "unreadable":
            continue
        if sum(c.isdecimal() for c in atom.text) > MAX_DIGITS:
            reason = f"they have more than {MAX_DIGITS} digits"
        elif len({ord(c) - unicodedata.decimal(c) for c in atom.text if c.isdecimal()}) > 1:
            reason = "they mix digits of two scripts"
        elif "," in atom.text and atom.text.count(".") <= 1:
            reason = "their marks can be read in two ways"
        else:
            continue  # a version, a date, an address: 1.2.3
        reasons.setdefault(reason, []).append(atom)
    return [
        f"{len(found)} number{'s' * (len(found) > 1)} left out, since {reason}; the first is"
        f" {found[0].text[:40]!r} at {found[0].start}"
        for reason, found in reasons.items()
    ]


_MEANINGS = {"ounce": ("ounce", "troy ounce")}  # precious metals are weighed in troy ounces without saying so


def conversion_problems(quantities: Sequence[Quantity]) -> list[str]:
    """Say where a figure and the one that gives it again in another unit disagree by more than rounding explains.

    Each number stands for all that round to it as printed (8 hectares for 7.5 to 8.5, 200 km for 150 to
    250). Money is left out, since a rate of exchange is no fact of the text.

    Returns
    -------
    list of str
        One sentence for each pair, for `notes.problems`.

    Examples
    --------
    >>> from newslab.parsing import load_model
    >>> conversion_problems(quantities(load_model()("It burned 8 hectares (about 30 acres).")))
    ["'about 30 acres' at 22 repeats '8 hectares', which is 18.5 to 21 acre"]
    """
    by_id = {q.quantity_id: q for q in quantities}
    problems = []
    for second in quantities:
        first = by_id.get(second.converts or "")
        if first is None or first.unit is None or second.unit is None or "money" in (first.dimension, second.dimension):
            continue
        slopes = [factor(unit, second.unit) for unit in _MEANINGS.get(first.unit, (first.unit,))]
        ours, theirs = _stands_for(first), _stands_for(second)
        spans = []
        for slope in slopes:
            if slope is None or ours is None or theirs is None:
                continue
            offsets = (slope[1], 0.0) if first.dimension == "temperature" else (slope[1],)
            offsets = (0.0,) if first.found_by == DIFFERENCE else offsets  # a difference of temperatures has none
            spans += [(ours[0] * slope[0] + offset, ours[1] * slope[0] + offset) for offset in offsets]
        if spans and theirs and not any(low <= theirs[1] and theirs[0] <= high for low, high in spans):
            low, high = spans[0]
            problems.append(
                f"{second.text!r} at {second.start} repeats {first.text!r},"
                f" which is {low:.3g} to {high:.3g} {second.unit}"
            )
    return problems


def _stands_for(q: Quantity) -> tuple[float, float] | None:
    """All numbers that are written as this one when rounded to the digits it shows."""
    low = q.low if q.value is None else q.value
    high = q.high if q.value is None else q.value
    if low is None or high is None:
        return None
    shares = [_rounding(low, q.text), _rounding(high, q.text)]
    return low - shares[0], high + shares[1]


def _rounding(value: float, written: str) -> float:
    """Half of the last place that a value shows: 0.5 for 8, 5 for 130, 50 for 200, 0.05 for 1.5."""
    if not value:
        return 0.5
    digits = f"{abs(value):.6g}"
    if "e" in digits:
        digits = f"{abs(value):.0f}"
    if "." in digits:
        return 0.5 * 10.0 ** -len(digits.partition(".")[2])
    return 0.5 * 10.0 ** (len(digits) - len(digits.rstrip("0")))
