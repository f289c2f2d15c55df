"""Numbers as news writes them, found in plain text: `1,206`, `1.2bn`, `two and a half million`, `one in five`.

This module knows how numbers are written, and nothing of units or of what is counted. `atoms` finds
runs of digits and number words; here neighbours are joined into numbers. Both are linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslab.figures.atoms import Atom, Number, atoms, digits, exact, gap, scaled, times, words
from newslab.figures.fractions import ARTICLE, OF_WHOLE, and_a_half, fraction, ratio, vague

__all__ = ["Number", "digits", "numbers", "write"]

_SPACES = (" ", "\u00a0", "\u202f", "\u2009")
_POWER = re.compile(r"[ ]?[×x][ ]?10(?:\^(?=[-−–\d])|(?=[-−–⁰¹²³⁴-⁹⁻]))([-−–⁻]?(?:\d{1,3}|[⁰¹²³⁴-⁹]{1,3}))(?!\d)")
_SUPERSCRIPT = {ord(a): b for a, b in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---", strict=True)}
_FEW = re.compile(r"(?<!\w)(?:a few|several|few|many|a couple|couple|a couple of)[ \u00a0]$", re.I)
_SUFFIX = re.compile(r"[ \u00a0]?([A-Za-z]{1,3})(?![\w'’]|-\w)\.?")
_POWERS = (10.0, 100.0, 1e3, 1e4, 1e5, 1e6)
_PLURAL_NEXT = re.compile(r"[ \u00a0-](?:people|children|men|women|[A-Za-z][a-z]{2,}s)\b")
_MONEY_BEFORE = re.compile(r"(?:[^\W\d_]{0,3}[$€£¥₹₽₩₺₪₴₦₱฿₫]|\b(?:[A-Z]{3}|Rs\.?|RM|PS|Y=))[ \u00a0]?$")
_NOUN_NEXT = re.compile(r"[ -](?:inch|mile|cup|teaspoon|tablespoon|pound|ounce|pint|yard|acre|hour|cent|point)")
_TRACK = re.compile(
    r"[ \u00a0-](?:hurdles|heats|finals|semi|sprints|races|runners|relays|champions|titles|medals|swims|swimmers|trials"
    r"|dashes|splits|qualifiers|records|times)\b"
)  # of a 400m race
_FOLD = re.compile(r"[ ]?-?fold\b", re.I)
_ROUND = re.compile(r"['’]?s[ \u00a0]of\b")
_HEADS = re.compile(
    r"[ \u00a0](?:people|children|men|women|tonnes|barrels|homes|households|jobs|workers|users|customers|viewers|voters"
    r"|pupils|patients|doses|residents|refugees|shares)\b"
)
_DIGIT_NEXT = re.compile(r"[ ]\d|[.,]\d|[-/]")


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
    return list(_with_ratios(text, _numbers(text, atoms(text))))


def _with_ratios(text: str, found: Iterator[Number]) -> Iterator[Number]:
    left: Number | None = None
    for number in found:
        if left is not None:
            share = None
            if left.kind == number.kind == "exact" and number.start - left.end <= 28:
                share = ratio(text, left, number)
            if share is not None:
                left = share
                continue
            yield left
        left = number
    if left is not None:
        yield left


def _numbers(text: str, found: list[Atom]) -> Iterator[Number]:
    i = 0
    while i < len(found):
        number, following = _number(text, found, i)
        if number is not None:
            yield number
        i = max(following, i + 1)


def _number(text: str, found: list[Atom], i: int) -> tuple[Number | None, int]:
    """The number that atom i starts, and the atom after it."""
    atom = found[i]
    match atom.kind:
        case "digits" | "sign":
            return _from_digits(text, found, i)
        case "unit" | "tens":
            return _from_words(text, found, i)
        case "hundred" | "scale":
            few = _FEW.search(text, max(0, atom.start - 13), atom.start)
            if few:
                return vague(text, found, i, few.start())
            article = ARTICLE.search(text, max(0, atom.start - 6), atom.start)
            if not article:
                return None, i + 1
            number, j = _from_words(text, found, i)
            return number and number._replace(start=article.start()), j
        case "plural":
            return vague(text, found, i, atom.start)
        case "denominator":
            return fraction(text, found, i)
        case "zero":
            return Number(atom.start, atom.end, 0.0, 0.0, 0.0, "zero", word=atom.text), i + 1
        case "multiple" | "fold":
            return Number(atom.start, atom.end, atom.value, atom.value, atom.value, "multiple", word=atom.text), i + 1
    return Number(atom.start, atom.end, None, kind="unreadable"), i + 1


def _from_digits(text: str, found: list[Atom], i: int) -> tuple[Number | None, int]:
    first = found[i]
    value, j = first.value, i + 1
    plain = first.text.isascii() and first.text.isdigit()
    if plain and len(first.text) <= 3 and first.text[0] != "0":
        j, value = _spaced_groups(text, found, i)
        plain = j == i + 1
    value, j, mixed = _mixed(text, found, j, value, plain)
    end = found[j - 1].end
    over = plain and not mixed and j < len(found) and found[j].kind == "digits" and text[end : found[j].start] == "/"
    whole = over and (OF_WHOLE.match(text, found[j].end) or _NOUN_NEXT.match(text, found[j].end))
    if whole and _is_vulgar(first, found[j]):
        part = first.value / found[j].value
        return Number(first.start, found[j].end, part, part, part, "fraction"), j + 1
    power = _POWER.match(text, end)
    if power:
        exponent = int(power[1].translate(_SUPERSCRIPT))
        while j < len(found) and found[j].start < power.end():
            j += 1
        return (exact(first.start, power.end(), value * 10.0**exponent) if abs(exponent) <= 20 else None), j
    half, j = and_a_half(text, found, j)
    value, scale, j = scaled(text, found, j, value + half)
    end = found[j - 1].end
    if scale > 1:
        value, j = _smaller_scales(text, found, j, value, scale)
        return exact(first.start, found[j - 1].end, value, scale), j
    fold = _FOLD.match(text, end) if plain else None
    if fold and value > 1:
        return Number(first.start, fold.end(), value, value, value, "multiple", word="fold"), j
    if value in _POWERS and j == i + 1 and _ROUND.match(text, end):
        end += 2 if text[end] in "'’" else 1  # 100s of dogs
        return Number(first.start, end, None, value, value * 10, "vague", word=text[first.start : end]), j
    suffix = _SUFFIX.match(text, end)
    kind, by = words().get(suffix[1].lower(), ("", 1.0)) if suffix else ("", 1.0)
    if suffix and (kind == "suffix" or (kind == "money_suffix" and _is_scale(text, first.start, suffix))):
        return exact(first.start, suffix.end(1), value * by, by), j
    if first.kind == "sign" and end == first.end:
        return Number(first.start, end, value, value, value, "fraction"), j
    return exact(first.start, end, value, plain=plain and not mixed and not half), j


def _mixed(text: str, found: list[Atom], j: int, value: float, plain: bool) -> tuple[float, int, bool]:
    """Add the fraction of a mixed number to its whole: `2½`, `2 1/2`."""
    end = found[j - 1].end
    if j < len(found) and found[j].kind == "sign" and text[end : found[j].start] in ("", " "):
        return value + found[j].value, j + 1, True
    if plain and j + 1 < len(found) and found[j].kind == found[j + 1].kind == "digits":
        top, bottom = found[j], found[j + 1]
        if text[end : top.start] in (" ", "-") and text[top.end : bottom.start] == "/" and _is_vulgar(top, bottom):
            return value + top.value / bottom.value, j + 2, True
    return value, j, False


def _is_vulgar(top: Atom, bottom: Atom) -> bool:
    return top.value < bottom.value and bottom.value in (2, 3, 4, 5, 6, 8, 10, 16, 32)


def _is_scale(text: str, start: int, suffix: re.Match[str]) -> bool:
    """Whether the m of `12m` is million: beside money, before a plural (`12.3m tonnes`), or a capital."""
    if _MONEY_BEFORE.search(text, max(0, start - 5), start):
        return True
    if suffix.start(1) > suffix.start():
        return suffix[1] == "m" and bool(_HEADS.match(text, suffix.end(1)))  # 5 m people
    if suffix[1] == "M":
        return True
    return bool(_PLURAL_NEXT.match(text, suffix.end(1))) and not _TRACK.match(text, suffix.end(1))


def _spaced_groups(text: str, found: list[Atom], i: int) -> tuple[int, float]:
    """Thousands set apart by spaces, `1 250 000`: where they end, and the value."""
    value, j, start = found[i].value, i + 1, found[i].start
    while j < len(found) and j - i < 7 and found[j].kind == "digits" and len(found[j].text) == 3:
        between = text[found[j - 1].end : found[j].start]
        if (between not in _SPACES and (between, found[j].text) != (", ", "000")) or not found[j].text.isdecimal():
            break
        value, j = value * 1000 + found[j].value, j + 1
    telephone = text[start - 1 : start] in (" ", ")", "-") and text[start - 2 : start - 1].isdigit()
    if j > i + 1 and (telephone or j - i > 5 or _DIGIT_NEXT.match(text, found[j - 1].end)):
        return i + 1, found[i].value
    return j, value


def _smaller_scales(text: str, found: list[Atom], j: int, value: float, scale: float) -> tuple[float, int]:
    """Add what follows in smaller scales: `6 thousand 240`, `2 million 100 thousand`."""
    while j < len(found) and found[j].kind == "digits" and text[found[j - 1].end : found[j].start] == " ":
        if len(found[j].text) > 3 or not found[j].text.isdigit() or scale < 1000:
            break
        more, smaller, after = scaled(text, found, j + 1, found[j].value)
        if more >= scale or smaller not in (1.0, 1e3, 1e6, 1e9):
            break
        value, scale, j = value + more, smaller, after
    return value, j


def _from_words(text: str, found: list[Atom], i: int) -> tuple[Number | None, int]:
    """A cardinal in words: units, tens, hundreds, scales; `total` of the scales done, `current` below the next."""
    total, current, scale, least = 0.0, None, 1.0, float("inf")
    j = i
    while j < len(found) and j - i < 30:
        atom, last = found[j], found[j - 1]
        between = "" if j == i else gap(text, last, atom)
        if j > i and between not in (" ", "-", "\u00a0"):
            joins = last.kind in ("hundred", "scale") and atom.kind in ("unit", "tens")
            if not (joins and between in (" and ", "-and-")):
                break
        if atom.kind in ("unit", "tens") and _fits(current, atom):
            if current is None and atom.value >= least:
                break
            current = (current or 0.0) + atom.value
        elif atom.kind == "hundred" and (j == i or (current is not None and 0 < current < 100)):
            current = (current or 1.0) * 100
        elif atom.kind in ("scale", "plural") and atom.text not in ("tens", "scores", "hundreds"):
            if atom.kind == "plural" and (j == i or (atom.text == "dozens" and text.startswith(" of", atom.end))):
                break
            by = times(atom)
            if current is None and j > i:
                if last.kind != "scale":
                    break
                total, scale = total * by, scale * by  # 1 lakh crore
            elif by >= least:
                break
            else:
                total, current, scale, least = total + (current or 1.0) * by, None, by, by
        else:
            break
        j += 1
    if j == i:
        return None, i + 1
    value = total + (current or 0.0)
    if found[i].kind == "unit" and j == i + 1 and j < len(found) and found[j].kind == "denominator":
        part, after = fraction(text, found, j)
        if part is not None and part.start == found[i].start:
            return part, after
    if scale == 1 and found[j - 1].kind == "hundred":
        scale = 100.0
    half, j = and_a_half(text, found, j)
    if half and scale > 1:
        value += half * scale  # a million and a half
    elif half:
        value, scale, j = scaled(text, found, j, value + half)
    return exact(found[i].start, found[j - 1].end, value, scale), j


def _fits(current: float | None, atom: Atom) -> bool:
    """Whether a unit or a ten can follow: `forty-two`, `hundred five`."""
    if current is None:
        return True
    if current >= 100 and current % 100 == 0:
        return atom.value > 0
    return atom.kind == "unit" and current % 10 == 0 and current % 100 >= 20 and 1 <= atom.value <= 9


def write(number: int) -> str:
    """A whole number in English words, up to the trillions; `numbers` reads it back.

    >>> write(28642)
    'twenty-eight thousand six hundred and forty-two'
    """
    if not 0 <= number < 10**15:
        raise ValueError(f"write({number}): only whole numbers from 0 to 999 trillion have words here.")
    names = {value: word for word, (kind, value) in words().items() if kind in ("unit", "tens") and word != "fourty"}

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
