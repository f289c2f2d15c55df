"""The atoms of written numbers: runs of digits and number words, and how to read each.

Word values are in `rules/number_words.csv`. One pass of one regular expression over the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from newslab import rules

MAX_DIGITS = 25  # a longer run of digits is an identifier or noise, and says nothing about how many
MAX_VALUE = 1e21
_FRACTION_SIGNS = "".join(
    chr(c) for c in range(0x00BC, 0x2190) if unicodedata.decomposition(chr(c))[:10] == "<fraction>"
)


class Number(NamedTuple):
    """One number in a text: `value`, or for vague words (`hundreds`) `low` and `high`."""

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    kind: str = "exact"  # exact, vague, fraction, ratio (one in five), zero (nobody), multiple (doubled), unreadable
    scale: float = 1.0  # the million of "3 million", for a neighbour that shares it
    plain: bool = False  # nothing but ASCII digits, as years and numbers in names are written
    word: str | None = None  # the vague word or verb: "tens of thousands", "doubled"; the noun of "one train in five"


class Atom(NamedTuple):
    """A run of digits, a fraction sign or a number word: its kind (as in the list) and value."""

    start: int
    end: int
    kind: str
    value: float
    text: str  # lower case


@cache
def words() -> dict[str, tuple[str, float]]:
    """Number words -> kind and value."""
    return {row["word"]: (row["kind"], float(row["value"])) for row in rules.read("number_words")}


def any_of(listed: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first, sharing beginnings so that it fails fast.

    >>> any_of(["ten", "tens", "two"])
    't(?:en(?:s)?|wo)'
    """
    trie: dict[str, Any] = {}
    for word in listed:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}

    def branch(node: dict[str, Any]) -> str:
        options = []
        for letter, below in sorted(node.items()):
            rest = ""
            run = letter
            while len(below) == 1 and "" not in below:
                ((following, below),) = below.items()
                run += following
            if below and set(below) != {""}:
                rest = branch(below)
            options.append(re.escape(run).replace(r"\ ", "[ \u00a0]") + rest) if letter else None
        text = "|".join(options)
        many = len(options) > 1 or "" in node
        return (f"(?:{text})" if many else text) + ("?" if "" in node else "")

    return branch(trie)


@cache
def _pattern() -> re.Pattern[str]:
    listed = any_of(word for word, (kind, _) in words().items() if "suffix" not in kind)
    # digits come first: a run with its separators is one atom, however it is written
    return re.compile(
        rf"\d+(?:[.,٫٬，．'’]\d+)*|[{_FRACTION_SIGNS}]|(?<![^\W\d_]){listed}(?![^\W_]|['’](?!s?\b))", re.I
    )


def digits(run: str) -> float | None:
    """The value of a run of digits with its separators, or None if it cannot be read in one way.

    >>> digits("1,234.56"), digits("1.234,56"), digits("12,34,567"), digits("٣٤٫٥"), digits("1,5")
    (1234.56, 1234.56, 1234567.0, 34.5, None)
    """
    if not run.isascii():
        zeros = {ord(c) - unicodedata.decimal(c) for c in run if c.isdecimal()}
        if len(zeros) > 1:
            return None  # digits of two scripts
        run = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in run)
        run = run.translate({0x066B: ".", 0x066C: ",", 0xFF0C: ",", 0xFF0E: ".", 0x2019: "'"})
    if len(run) > MAX_DIGITS:
        return None
    if run.isdigit():
        return float(run)
    marks = set(run) - set("0123456789")
    if marks == {".", ","}:  # the one that comes last marks the decimals
        decimal = max(marks, key=run.rfind)
        whole, _, decimals = run.rpartition(decimal)
        thousands = "," if decimal == "." else "."
        if decimal in whole or not _grouped(whole.split(thousands)):
            return None
        return float(whole.replace(thousands, "") + "." + decimals)
    if len(marks) > 1:
        return None
    (mark,) = marks
    groups = run.split(mark)
    if mark == "." and len(groups) == 2:
        return float(run)
    return float("".join(groups)) if _grouped(groups) and run[0] != "0" else None


def _grouped(groups: list[str]) -> bool:
    """Groups of three, or Indian ones: 12,34,567."""
    if len(groups[0]) > 3 or len(groups[-1]) != 3:
        return False
    middle = {len(group) for group in groups[1:-1]}
    return middle <= {3} or (middle == {2} and len(groups[0]) <= 2)


def atoms(text: str) -> list[Atom]:
    """All atoms of a text, in order."""
    known = words()
    found = []
    for match in _pattern().finditer(text):
        written = match.group()
        start, end = match.span()
        if written[0].isdecimal():
            value = digits(written)
            kind = "digits" if value is not None else "unreadable"
            found.append(Atom(start, end, kind, value or 0.0, written))
        elif written in _FRACTION_SIGNS:
            found.append(Atom(start, end, "sign", unicodedata.numeric(written), written))
        else:
            word = written.lower().replace("\u00a0", " ")
            if word in known:  # small letters may differ from the pattern's, as in the Kelvin sign
                kind, value = known[word]
                found.append(Atom(start, end, kind, value, word))
    return found


def gap(text: str, left: Atom, right: Atom) -> str | None:
    """What stands between two atoms, lower-cased, if it is short enough to join them."""
    return text[left.end : right.start].lower() if right.start - left.end <= 7 else None


def exact(start: int, end: int, value: float, scale: float = 1.0, plain: bool = False) -> Number:
    """A number with one value."""
    if value > MAX_VALUE:
        return Number(start, end, None, kind="unreadable")
    return Number(start, end, value, value, value, scale=scale, plain=plain)


def times(atom: Atom) -> float:
    """What a scale word multiplies by, its plural too: `millions`."""
    return words()[atom.text.rstrip("s")][1]


def scaled(text: str, found: list[Atom], j: int, value: float) -> tuple[float, float, int]:
    """A value times the scale words from atom j on, the scale, and where they end: `3 million`, `1 lakh crore`."""
    scale, first = 1.0, j
    while j < len(found) and j - first < 3 and gap(text, found[j - 1], found[j]) in ("", " ", "-", "\u00a0"):
        atom = found[j]
        if atom.kind not in ("hundred", "scale") and not (
            atom.kind == "plural" and atom.text not in ("tens", "scores")
        ):
            break
        if atom.kind == "plural" and re.match(r" of (?:thousand|million)s", text[atom.end : atom.end + 14]):
            break
        scale, j = scale * times(atom), j + 1
    return value * scale, scale, j
