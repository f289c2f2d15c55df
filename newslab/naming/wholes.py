"""Names that the words themselves hold together: the Labour party, Ann "Red" Lee, the People's Republic of China."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from newslab import rules
from newslab.layout.credits import first_names
from newslab.naming.extents import ARTICLES, PARTICLES, Stretch, capital
from newslab.naming.lists import CLOSED, OPEN, nouns

if TYPE_CHECKING:
    from newslab.naming.words import Title, Words

_POSSESSIVE = frozenset({"'s", "’s"})
_PROPER = frozenset({"NNP", "NNPS"})
_LINKS = frozenset({"for", "of", "the", "and", "&", "without", "to", "in", "matter", "stop", "sans", "against"})
NICKNAME_TOKENS = 3


def wholes(w: Words, spans: Sequence[Stretch], title_at: Mapping[int, Title]) -> list[Stretch]:
    """The names, in order, with those that the words hold together in place of their parts."""
    added: list[Stretch] = []
    for i, word in enumerate(w.lower):
        if not w.part[i] or w.sent[i] in w.headings:
            continue
        rule = _BY_WORD.get(word)
        found = rule(w, i) if rule else None
        if w.text[i] in OPEN:
            found = _nicknamed(w, i, title_at)
        if found and not (added and found.first < added[-1].last):
            added.append(found)
    inside = {k for span in added for k in range(span.first, span.last)}
    holder = {k: span for span in spans for k in range(span.first, span.last)}
    for span in _listed(w):
        around = holder.get(span.first)
        longer = around is not None and around[:2] != span[:2] and around.last >= span.last
        if not longer and not inside & set(range(span.first, span.last)):
            added.append(span)
            inside |= set(range(span.first, span.last))
    return sorted([*added, *(span for span in spans if not inside & set(range(span.first, span.last)))])


def _listed(w: Words) -> Iterator[Stretch]:
    """Well-known bodies with a word in their name that ends other names: `Doctors Without Borders`."""
    for i, word in enumerate(w.text):
        for name in _known().get(word, ()):
            last = i + len(name)
            if tuple(w.text[i:last]) == name and w.part[i] and w.sent[i] == w.sent[last - 1]:
                yield Stretch(i, last, "organisation", "rules:list")
                break


@cache
def _known() -> dict[str, list[tuple[str, ...]]]:
    """Names of several words with a small one or a verb in them, by the first word, the longest first."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for row in rules.read("organisations"):
        name = tuple(row["name"].split())
        if len(name) > 2 and "'" not in row["name"] and (_LINKS & {word.casefold() for word in name}):
            out.setdefault(name[0], []).append(name)
    for names in out.values():
        names.sort(key=len, reverse=True)
    return out


def _back(w: Words, i: int) -> Iterator[int]:
    """Tokens with capitals that stand right before a token, the nearest first."""
    for k in range(i - 1, -1, -1):
        if w.sent[k] != w.sent[i] or not capital(w.text[k]) or w.lower[k] in ARTICLES:
            return
        yield k


def _party(w: Words, i: int) -> Stretch | None:
    """A party written small behind its creed: the `Social Democratic party`."""
    first = i
    for k in _back(w, i):
        if w.text[k] not in nouns("party"):
            break
        first = k
    return Stretch(first, i + 1, "organisation", "rules:body") if first < i and w.text[i] == "party" else None


def _republic(w: Words, i: int) -> Stretch | None:
    """A people's republic: the `People's Republic of China`, the `Donetsk People's Republic`."""
    if i < 2 or w.text[i - 1] not in _POSSESSIVE or w.text[i - 2] not in ("People", "Peoples"):
        return None
    first, last = min([*_back(w, i - 2), i - 2]), i + 1
    if last + 1 < len(w.text) and w.lower[last] == "of" and capital(w.text[last + 1]):
        last += 2
    return Stretch(first, last, "place", "spacy")


def _chamber(w: Words, i: int) -> Stretch | None:
    """A chamber of a parliament: the `House of Commons`; the words after "House of" stand in `rules/name_nouns.csv`."""
    whole = w.lower[i + 1 : i + 2] == ["of"] and w.text[i + 2 : i + 3] and w.text[i + 2] in nouns("chamber")
    return Stretch(i, i + 3, "organisation", "rules:body") if whole and w.text[i] == "House" else None


def _of_saint(w: Words, i: int) -> Stretch | None:
    """What is called after a saint: `St. Mary's Church`, `St James's Park`."""
    if i + 2 >= len(w.text) or not capital(w.text[i + 1]) or w.text[i + 2] not in _POSSESSIVE:
        return None
    last = i + 3
    while last < len(w.text) and w.text[last] in nouns("head") and w.sent[last] == w.sent[i]:
        last += 1
    return Stretch(i, last, nouns("head")[w.text[last - 1]], "spacy") if last > i + 3 else None


_BY_WORD = {"party": _party, "republic": _republic, "house": _chamber, "st.": _of_saint, "st": _of_saint}


def _nicknamed(w: Words, i: int, title_at: Mapping[int, Title]) -> Stretch | None:
    """A person with a nickname in quotation marks between the names: Ann `"Red" Lee`; token i opens them."""
    close = next((k for k in range(i + 2, i + 2 + NICKNAME_TOKENS) if k < len(w.text) and w.text[k] in CLOSED), -1)
    after = close + 1
    if close < 0 or i < 1 or after >= len(w.text) or w.sent[after] != w.sent[i - 1]:
        return None
    nickname = [w.text[k] for k in range(i + 1, close)]
    if not all(capital(text) or text == "the" for text in nickname) or i - 1 in title_at or after in title_at:
        return None
    while w.lower[after] in PARTICLES and after - close < 3 and after + 1 < len(w.text):
        after += 1  # Ann "Red" de la Cruz
    if not all(w.tag[k] in _PROPER and capital(w.text[k]) and w.text[k].isalpha() for k in (i - 1, after)):
        return None
    first, last = i - 1, after + 1
    before = next(_back(w, first), None)
    alone = before is None or before in title_at
    if not alone or w.text[first] not in first_names() or w.text[after] in nouns("head"):
        return None  # Fans of Taylor Swift's "Eras" Tour
    while last < len(w.text) and last - after < 3 and w.tag[last] in _PROPER and w.sent[last] == w.sent[first]:
        if not capital(w.text[last]):
            break
        last += 1
    return Stretch(first, last, "person", "spacy")
