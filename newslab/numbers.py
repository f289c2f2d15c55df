"""Numbers as news writes them, found in plain text: `1,206`, `1.2bn`, `two and a half million`, `one in five`.

This module knows how numbers are written, and nothing of units or of what is counted. Word values
are in `rules/number_words.csv`. One pass of one regular expression finds the atoms (a run of digits,
a number word); a second pass joins neighbours into numbers. Both are linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newslab import rules

MAX_DIGITS = 25  # a longer run of digits is an identifier or noise, and says nothing about how many
SPACES = " \u00a0\u202f\u2009"


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
    word: str | None = None  # the vague word or verb: "tens of thousands", "doubled"


class _Atom(NamedTuple):
    start: int
    end: int
    kind: str
    value: float
    text: str


_FRACTION_SIGNS = "".join(
    chr(c) for c in range(0x00BC, 0x2190) if unicodedata.decomposition(chr(c))[:10] == "<fraction>"
)
_ARTICLE = re.compile(r"(?<![\w'’])(?:an?|one)[ \u00a0-]$", re.I)
_POWER = re.compile(r"[ ]?[×x][ ]?10\^?([-−–⁻]?(?:\d{1,3}|[⁰¹²³⁴-⁹]{1,3}))(?!\d)")
_SUPERSCRIPT = {ord(a): b for a, b in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---", strict=True)}
_VAGUE = re.compile(r"(?<!\w)(?:a few|several|few|many|a couple|couple|a couple of)[ \u00a0]$", re.I)
_SUFFIX = re.compile(r"[ \u00a0]?([A-Za-z]{1,3})(?![\w'’]|-\w)\.?")
_PLURAL_NEXT = re.compile(r"[ \u00a0-](?:people|children|men|women|[a-z]{3,}s)\b")
_MONEY_BEFORE = re.compile(r"(?:[^\W\d_]{0,3}[$€£¥₹₽₩₺₪₴₦₱฿₫]|\b(?:[A-Z]{3}|Rs\.?|RM|PS|Y=))[ \u00a0]?$")
_RATIO = re.compile(r"[ \u00a0-](?:in|out of|in every|out of every|of every)[ \u00a0-]\Z", re.I)
_RATIO_AFTER = re.compile(
    r"[ \u00a0-](?:day|week|month|year|hour|minute|second|decade|inning|game|match|season|start)s?\b", re.I
)
_HALF = re.compile(r"(?:[ \u00a0]of)?[ \u00a0-](?:an?[ \u00a0])?\Z", re.I)
_HALF_BEFORE = re.compile(
    r"\b(?:first|second|last|latter|other|this|each|either|better|top|bottom|final|opening)[ \u00a0-]$", re.I
)
_OF_WHOLE = re.compile(
    r"[ \u00a0-](?:of|the|an?|its|his|her|their|our|my|your|that|this|these|those|all|as|less|more|fewer|higher|lower|full)\b",
    re.I,
)


@cache
def _words() -> dict[str, tuple[str, float]]:
    return {row["word"]: (row["kind"], float(row["value"])) for row in rules.read("number_words")}


@cache
def _pattern() -> re.Pattern[str]:
    words = [re.escape(word) for word, (kind, _) in _words().items() if "suffix" not in kind]
    listed = "|".join(sorted(words, key=len, reverse=True)).replace(r"\ ", r"[ \u00a0]")
    # digits come first: a run with its separators is one atom, however it is written
    return re.compile(
        rf"\d+(?:[.,٫٬，．'’]\d+)*|[{_FRACTION_SIGNS}]|(?<![^\W_])(?:{listed})(?![^\W_]|['’](?!s?\b))", re.I
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


def _atoms(text: str) -> list[_Atom]:
    words = _words()
    atoms = []
    for match in _pattern().finditer(text):
        found = match.group()
        start, end = match.span()
        if found[0].isdecimal():
            value = digits(found)
            kind = "digits" if value is not None else "unreadable"
            atoms.append(_Atom(start, end, kind, value or 0.0, found))
        elif found in _FRACTION_SIGNS:
            atoms.append(_Atom(start, end, "sign", unicodedata.numeric(found), found))
        else:
            word = found.lower().replace("\u00a0", " ")
            kind, value = words[word]
            atoms.append(_Atom(start, end, kind, value, word))
    return atoms


def numbers(text: str) -> list[Number]:
    """All numbers of a text, in order and without overlaps, whatever they are used for.

    Dates, years and numbers in names are numbers, too; `quantities` sorts them out.

    Parameters
    ----------
    text
        Any string. Digits of all scripts are read.

    Returns
    -------
    list of Number
        A run of digits that cannot be read in one way (`1,5`, `1.2.3`) has kind `unreadable` and no value.

    Examples
    --------
    >>> [n.value for n in numbers("twenty-eight thousand six hundred, 1.2bn, 12 lakh, two and a half million")]
    [28600.0, 1200000000.0, 1200000.0, 2500000.0]
    >>> [(n.low, n.high) for n in numbers("tens of thousands")]
    [(10000.0, 100000.0)]
    """
    return list(_numbers(text, _atoms(text)))


def _numbers(text: str, atoms: list[_Atom]) -> Iterator[Number]:
    i = 0
    while i < len(atoms):
        number, following = _number(text, atoms, i)
        if number is not None:
            ratio, after = _ratio(text, atoms, number, following)
            if ratio is not None:
                number, following = ratio, after
            yield number
        i = max(following, i + 1)


def _gap(text: str, left: _Atom, right: _Atom) -> str | None:
    """What stands between two atoms, lower-cased, if it is short enough to join them."""
    return text[left.end : right.start].lower() if right.start - left.end <= 7 else None


def _number(text: str, atoms: list[_Atom], i: int) -> tuple[Number | None, int]:
    atom = atoms[i]
    kind = atom.kind
    if kind in ("digits", "sign"):
        return _from_digits(text, atoms, i)
    if kind in ("unit", "tens"):
        return _from_words(text, atoms, i)
    if kind in ("hundred", "scale"):
        before = text[max(0, atom.start - 12) : atom.start]
        vague = _VAGUE.search(before)
        if vague:
            return _vague(text, atoms, i, atom.start - len(before) + vague.start(), atom.value)
        article = _ARTICLE.search(before)
        if article:
            number, j = _from_words(text, atoms, i)
            return number and number._replace(start=atom.start - len(before) + article.start()), j
        return None, i + 1
    if kind == "plural":
        return _vague(text, atoms, i, atom.start, atom.value)
    if kind == "denominator":
        return _fraction(text, atoms, i)
    if kind == "zero":
        return Number(atom.start, atom.end, 0.0, 0.0, 0.0, "zero", word=atom.text), i + 1
    if kind in ("multiple", "fold"):
        return Number(atom.start, atom.end, atom.value, atom.value, atom.value, "multiple", word=atom.text), i + 1
    return Number(atom.start, atom.end, None, kind="unreadable"), i + 1


def _exact(start: int, end: int, value: float, scale: float = 1.0, plain: bool = False) -> Number:
    return Number(start, end, value, value, value, scale=scale, plain=plain)


def _from_digits(text: str, atoms: list[_Atom], i: int) -> tuple[Number | None, int]:
    first = atoms[i]
    value, end, j = first.value, first.end, i + 1
    plain = first.text.isascii() and first.text.isdigit()
    if plain and len(first.text) <= 3 and first.text[0] != "0":
        j, value = _spaced_groups(text, atoms, i, value)
        plain, end = plain and j == i + 1, atoms[j - 1].end
    # 2 1/2, 2½, 1/2
    if j < len(atoms) and atoms[j].kind == "sign" and _gap(text, atoms[j - 1], atoms[j]) in ("", " "):
        value, end, j, plain = value + atoms[j].value, atoms[j].end, j + 1, False
    elif plain and j + 1 < len(atoms) and atoms[j].kind == atoms[j + 1].kind == "digits":
        top, bottom = atoms[j], atoms[j + 1]
        if text[end : top.start] in (" ", "-") and text[top.end : bottom.start] == "/" and _is_vulgar(top, bottom):
            value, end, j, plain = value + top.value / bottom.value, bottom.end, j + 2, False
    if plain and j < len(atoms) and atoms[j].kind == "digits" and text[end : atoms[j].start] == "/":
        bottom = atoms[j]
        if _is_vulgar(first, bottom) and _OF_WHOLE.match(text, bottom.end):
            part = first.value / bottom.value
            return Number(first.start, bottom.end, part, part, part, "fraction"), j + 1
    power = _POWER.match(text, end)
    if power:
        exponent = int(power[1].translate(_SUPERSCRIPT))
        while j < len(atoms) and atoms[j].start < power.end():
            j += 1
        return (_exact(first.start, power.end(), value * 10.0**exponent) if abs(exponent) < 100 else None), j
    half, j = _and_a_half(text, atoms, j)
    value, end = value + half, atoms[j - 1].end
    scaled, scale, j = _scales(text, atoms, j, value)
    if scale != 1.0:
        return _exact(first.start, atoms[j - 1].end, scaled, scale), j
    suffix = _SUFFIX.match(text, end)
    if suffix:
        kind, times = _words().get(suffix[1].lower(), ("", 1.0))
        if (kind == "suffix" and not (suffix[1] == "MM")) or (
            kind == "money_suffix" and _is_scale(text, first.start, suffix)
        ):
            return _exact(first.start, suffix.end(1), value * times, times), j
    if first.kind == "sign" and end == first.end:
        return Number(first.start, end, value, value, value, "fraction"), j
    return _exact(first.start, end, value, plain=plain), j


def _is_vulgar(top: _Atom, bottom: _Atom) -> bool:
    return top.value < bottom.value and bottom.value in (2, 3, 4, 5, 6, 8, 10, 16, 32)


def _is_scale(text: str, start: int, suffix: re.Match[str]) -> bool:
    """Whether the m of `12m` is million: beside money, or before a plural (`12.3m tonnes`), or a capital."""
    letters = suffix[1]
    if _MONEY_BEFORE.search(text, max(0, start - 5), start):
        return True
    if _PLURAL_NEXT.match(text, suffix.end(1)):
        return suffix.start(1) == suffix.start()
    return letters == "M" and suffix.start(1) == suffix.start()


def _spaced_groups(text: str, atoms: list[_Atom], i: int, value: float) -> tuple[int, float]:
    """Thousands set apart by spaces, `1 250 000`."""
    j = i + 1
    while j < len(atoms) and atoms[j].kind == "digits":
        gap = text[atoms[j - 1].end : atoms[j].start]
        if (gap not in SPACES and not (gap == ", " and atoms[j].text == "000")) or len(atoms[j].text) != 3:
            break
        if not gap or not atoms[j].text.isdecimal():
            break
        value, j = value * 1000 + atoms[j].value, j + 1
    last = atoms[j - 1].end
    if j > i + 1 and (
        text[last : last + 1] in ("-", "/") or j - i > 6 or re.match(r"[ ]\d|[.,]\d", text[last : last + 2])
    ):
        return i + 1, atoms[i].value
    return j, value


def _and_a_half(text: str, atoms: list[_Atom], j: int) -> tuple[float, int]:
    """The half of `two and a half`, `2 and a quarter`, if it follows atom j - 1."""
    if (
        j < len(atoms)
        and atoms[j].kind == "denominator"
        and _gap(text, atoms[j - 1], atoms[j]) in (" and a ", "-and-a-")
    ):
        return 1 / atoms[j].value, j + 1
    if j + 1 < len(atoms) and atoms[j].kind == "unit" and atoms[j + 1].kind == "denominator":
        top, bottom = atoms[j], atoms[j + 1]
        if _gap(text, atoms[j - 1], top) in (" and ", "-and-") and _gap(text, top, bottom) in (" ", "-"):
            if 0 < top.value < bottom.value:
                return top.value / bottom.value, j + 2
    return 0.0, j


def _scales(text: str, atoms: list[_Atom], j: int, value: float) -> tuple[float, float, int]:
    """Multiply by the scale words that follow: `3 million`, `1 lakh crore`, `5 hundred thousand`."""
    scale = 1.0
    while j < len(atoms) and _gap(text, atoms[j - 1], atoms[j]) in ("", " ", "-", "\u00a0"):
        if atoms[j].kind not in ("hundred", "scale") and not (
            atoms[j].kind == "plural" and atoms[j].text not in ("tens", "scores")
        ):
            break
        if atoms[j].kind == "plural" and re.match(r" of (?:thousand|million)s", text[atoms[j].end : atoms[j].end + 14]):
            break
        times = _words()[atoms[j].text.rstrip("s")][1]
        scale, j = scale * times, j + 1
        if scale > 1e18:
            break
    return value * scale, scale, j


def _from_words(text: str, atoms: list[_Atom], i: int) -> tuple[Number | None, int]:
    """A cardinal in words: units, tens, hundreds, scales."""
    total, current, scale, least = 0.0, None, 1.0, float("inf")
    j = i
    while j < len(atoms):
        atom = atoms[j]
        gap = "" if j == i else _gap(text, atoms[j - 1], atom)
        joined = gap in ("", " ", "-", "\u00a0") or (
            gap in (" and ", "-and-") and atoms[j - 1].kind in ("hundred", "scale") and atom.kind in ("unit", "tens")
        )
        if not joined or (gap == "" and j > i):
            break
        if atom.kind in ("unit", "tens") and _fits(current, atom) and total % least == total % least:
            if current is None and total and atom.value >= least:
                break
            current = (current or 0.0) + atom.value
        elif atom.kind == "hundred" and ((current is None and j == i) or (current is not None and 0 < current < 100)):
            current = (1.0 if current is None else current) * 100
        elif atom.kind in ("scale", "plural") and atom.text not in ("tens", "scores", "hundreds"):
            if atom.kind == "plural" and (
                j == i or (re.match(r" of ", text[atom.end : atom.end + 4]) and atom.text == "dozens")
            ):
                break
            times = _words()[atom.text.rstrip("s")][1]
            if current is None and j > i:
                if atoms[j - 1].kind != "scale":
                    break
                total, scale = total * times, scale * times  # 1 lakh crore
            elif times >= least:
                break
            else:
                total, current, scale, least = total + (1.0 if current is None else current) * times, None, times, times
        else:
            break
        j += 1
    if j == i:
        return None, i + 1
    value = total + (current or 0.0)
    if atoms[i].kind == "unit" and j == i + 1 and j < len(atoms) and atoms[j].kind == "denominator":
        fraction, after = _fraction(text, atoms, j)
        if fraction is not None and fraction.start == atoms[i].start:
            return fraction, after
    half, j = _and_a_half(text, atoms, j)
    if half and scale > 1:
        value += half * scale  # a million and a half
    elif half:
        value, scale, j = _scales(text, atoms, j, value + half)
    return _exact(atoms[i].start, atoms[j - 1].end, value, scale), j


def _fits(current: float | None, atom: _Atom) -> bool:
    if current is None:
        return True
    if current >= 100 and current % 100 == 0:
        return atom.value > 0
    return atom.kind == "unit" and current % 10 == 0 and current % 100 >= 20 and 1 <= atom.value <= 9


def _vague(text: str, atoms: list[_Atom], i: int, start: int, low: float) -> tuple[Number | None, int]:
    """`hundreds`, `tens of thousands`, `several thousand`: from one of them to ten."""
    j, word = i + 1, atoms[i].text
    if atoms[i].text == "scores" and not text.startswith(" of", atoms[i].end):
        return None, i + 1
    while j < len(atoms) and atoms[j].kind in ("plural", "scale") and atoms[j].text not in ("dozens", "tens", "scores"):
        gap = _gap(text, atoms[j - 1], atoms[j])
        if gap not in (" of ", " "):
            break
        if gap == " of ":
            word = f"{word} of {atoms[j].text}"
        else:
            word = f"{word} {atoms[j].text}"
        low, j = low * _words()[atoms[j].text.rstrip("s")][1], j + 1
    if word == "tens" and not text.startswith(" of", atoms[i].end):
        return None, i + 1
    return Number(start, atoms[j - 1].end, None, low, low * 10, "vague", word=word), j


def _fraction(text: str, atoms: list[_Atom], i: int) -> tuple[Number | None, int]:
    """`half of`, `two-thirds`, `a quarter of a million`, with i at the denominator."""
    atom, top, start = atoms[i], 1.0, atoms[i].start
    nothing = (None, i + 1)
    before = text[max(0, start - 10) : start]
    numerator = None
    if i and atoms[i - 1].kind in ("unit", "digits") and _gap(text, atoms[i - 1], atom) in (" ", "-", "\u00a0"):
        numerator = atoms[i - 1]
    article = _ARTICLE.search(before)
    plural = atom.text.endswith("s")
    if numerator is not None and (plural or numerator.value == 1) and 0 < numerator.value < atom.value <= 1000:
        top, start = numerator.value, numerator.start
        hyphen = text[atom.start - 1] == "-"
        if not hyphen and atom.text != "half" and not re.match(r" of\b|[ ]?[,.;)]", text[atom.end : atom.end + 4]):
            return nothing
    elif plural or numerator is not None:
        return nothing
    elif article:
        start = start - len(before) + article.start()
    elif atom.text not in ("half", "quarter") or _HALF_BEFORE.search(text, max(0, atom.start - 12), atom.start):
        return nothing
    value, j = top / atom.value, i + 1
    # a quarter of a million, half a dozen
    if j < len(atoms) and atoms[j].kind in ("scale", "hundred"):
        if _HALF.fullmatch(text[atom.end : atoms[j].start]) and atoms[j].start - atom.end < 8:
            value, scale, j = _scales_after(text, atoms, j, value)
            return _exact(start, atoms[j - 1].end, value, scale), j
    if (
        numerator is None
        and (atom.text != "half" or article)
        and not re.match(r"[ -](?:of|as)\b", text[atom.end : atom.end + 4])
    ):
        return nothing
    if atom.text == "half" and not _OF_WHOLE.match(text, atom.end) and numerator is None:
        return nothing
    return Number(start, atom.end, value, value, value, "fraction"), j


def _scales_after(text: str, atoms: list[_Atom], j: int, value: float) -> tuple[float, float, int]:
    scale = atoms[j].value
    value, more, j = _scales(text, atoms, j + 1, value * scale)
    return value, scale * more, j


def _ratio(text: str, atoms: list[_Atom], left: Number, j: int) -> tuple[Number | None, int]:
    """`one in five`, `nine out of 10`, `1 in 20,000`: one number, the share."""
    if left.kind != "exact" or left.value is None or left.value % 1 or not 0 < left.value < 1000 or j >= len(atoms):
        return None, j
    if atoms[j].start - left.end > 14 or not _RATIO.fullmatch(text[left.end : atoms[j].start]):
        return None, j
    right, after = _number(text, atoms, j)
    if right is None or right.kind != "exact" or right.value is None or right.value <= left.value:
        return None, j
    bare_in = text[left.end + 1 : left.end + 3].lower() == "in" and "every" not in text[left.end : right.start].lower()
    if bare_in and (
        (right.plain and 1500 <= right.value <= 2100)
        or (right.value % 5 and right.value > 10)
        or _RATIO_AFTER.match(text, right.end)
    ):
        return None, j
    share = left.value / right.value
    return Number(left.start, right.end, share, share, share, "ratio"), after


def write(number: int) -> str:
    """A whole number in English words, up to the trillions; `numbers` reads it back.

    >>> write(28642)
    'twenty-eight thousand six hundred and forty-two'
    """
    if not 0 <= number < 10**15:
        raise ValueError(f"write({number}): only whole numbers from 0 to 999 trillion have words here.")
    names = {value: word for word, (kind, value) in _words().items() if kind in ("unit", "tens") and word != "fourty"}

    def below_thousand(n: int) -> str:
        hundreds, rest = divmod(n, 100)
        tail = names.get(rest) if rest in names else f"{names[rest - rest % 10]}-{names[rest % 10]}"
        if not hundreds:
            return str(tail)
        return f"{names[hundreds]} hundred" + (f" and {tail}" if rest else "")

    parts = []
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        count, number = divmod(number, size)
        if count:
            parts.append(f"{below_thousand(count)} {word}")
    if number or not parts:
        parts.append(("and " if parts and number < 100 else "") + below_thousand(number))
    return " ".join(parts)
