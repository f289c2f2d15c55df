"""The forms in which one name may be written: short forms, other spellings, nicknames, abbreviations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from newslab import rules
from newslab.naming.extents import PARTICLES
from newslab.naming.gazetteer import key as town_key
from newslab.naming.lists import ALIASES, gazetteer, is_country, nouns, unions

SMALL = frozenset({"of", "for", "the", "and", "&", "in", "on", "to", "a"})
_OF = frozenset({"of", "for"})
_LANDS_OF = frozenset(
    {"city", "republic", "kingdom", "state", "island", "isle", "province", "county", "emirate", "town", "village"}
)
_LANDS = frozenset({"city", "island", "islands", "republic"})
# letters that do not decompose
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae"})
_BRITISH = {
    "harbor": "harbour", "labor": "labour", "theater": "theatre", "program": "programme", "&": "and",
    "organization": "organisation",
}  # fmt: skip


def short_forms(parts: Sequence[str], label: str) -> list[tuple[int, str]]:
    """Short forms of one full name, each with its rank: 0 is the surest."""
    if label == "person":
        return _of_person(parts)
    if label == "place":
        return _of_place(parts)
    if label == "event":  # Ivo, of Storm Ivo
        return [(0, " ".join(parts[1:]))] if nouns("first").get(parts[0].capitalize()) == "event" else []
    return _of_body(parts) if label in ("organisation", "facility") else []


def _of_person(parts: Sequence[str]) -> list[tuple[int, str]]:
    n, out = len(parts), []
    for i in range(1, n):
        rank = 0 if i == n - 1 or parts[i] in PARTICLES else 1
        tail = " ".join(parts[i:])
        out += [(rank, tail), (rank, bare(tail)), (rank, f"al-{bare(parts[-1])}")]
        if i < n - 1 and len(parts[i]) > 2:
            out += [(2, parts[i]), (1, f"{parts[i]} {parts[-1]}")]  # Otto Berg, of Jens Otto Harry Berg
    return [*out, (0, f"{parts[0][0]} {parts[-1]}"), (3, parts[0])]


def _of_body(parts: Sequence[str]) -> list[tuple[int, str]]:
    n, out = len(parts), []
    for i in range(1, n):
        # Congress is not the Library of Congress, nor Mali the Government of the Republic of Mali
        other = i == n - 1 and parts[i - 1] in _OF and nouns("head").get(parts[i].capitalize()) == "organisation"
        other = other or (parts[i] in _LANDS_OF and parts[i + 1 : i + 2] == ["of"])
        begin, end = " ".join(parts[:i]), " ".join(parts[i:])
        if parts[i] not in SMALL and not other and end not in unions() and not is_country(end):
            out.append((1, end))
        own = is_country(begin) or (begin in unions() and parts[i] not in SMALL)
        if parts[i - 1] not in SMALL and not own:
            out.append((0, begin))
    return out


def _of_place(parts: Sequence[str]) -> list[tuple[int, str]]:
    begin, out = " ".join(parts[:-1]), []
    # New York is the city, but Mexico is not Mexico City
    if parts[-1] in _LANDS and (begin == "new york" or gazetteer().get(begin) not in ("country", "state")):
        out.append((0, begin))
    if parts[-1] == "islands":
        out.append((0, f"{begin}s" if begin[-1:] != "y" else f"{begin[:-1]}ies"))  # the Falklands, the Canaries
    if parts[0] == "river":
        out.append((0, " ".join(parts[1:])))
    if parts[1] == "of" and len(parts) > 2 and parts[0] in _LANDS_OF:  # not the Gulf of Mexico
        out.append((0, " ".join(parts[2:])))
    if is_facility(parts[-1]):
        out.append((0, begin))
    return out


def is_letters(text: str) -> bool:
    """Whether a name reads as letters that stand for a longer one: PKK, AfD."""
    return text.isalpha() and len(text) < 8 and sum(c.isupper() for c in text) > 1


def is_facility(word: str) -> bool:
    """Whether a name's last word is that of something built: Arena, Square."""
    return nouns("head").get(word.capitalize()) == "facility"


def bare(word: str) -> str:
    return word.removeprefix("al-").removeprefix("el-")


def plain(key: str) -> str:
    """A name's key without accents and hyphens.

    >>> plain("taşkın"), plain("saint-étienne")
    ('taskin', 'saint etienne')
    """
    return town_key(key.translate(_LETTERS))


def spelled(key: str) -> str:
    """What spellings of one name have in common: no accents or hyphens, the country in full, British words.

    >>> spelled("us-led théâtre"), spelled("sydney harbor") == spelled("sydney harbour")
    ('united states led theatre', True)
    """
    first, _, rest = plain(key).partition(" ")
    parts = [ALIASES.get(first, first) if rest else first, *rest.split()]
    return " ".join(_BRITISH.get(part, part) for part in parts)


@cache
def nicknames() -> dict[str, list[str]]:
    """First names that a nickname may be short for, all lower-cased."""
    rows = [row for row in rules.read("first_names") if row["short_of"]]
    return {row["name"].casefold(): row["short_of"].casefold().split() for row in rows}


def middles_agree(one: str, two: str) -> bool:
    """Whether middle names could be the same: `J`, `James` and none agree; `James` and `Walker` do not."""
    return all(a[0] == b[0] for a, b in zip(one.split()[1:-1], two.split()[1:-1], strict=False))
