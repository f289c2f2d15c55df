"""Where names begin and end that the parse cuts short or runs together: numbers, lower-case nouns, owners."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newslab.naming.lists import context, demonyms, gazetteer, is_country, is_town, nouns

if TYPE_CHECKING:
    from newslab.naming.names import Name
    from newslab.naming.words import Words

_NUMBER = frozenset({"no", "no.", "nr", "nr.", "№"})
_POSSESSIVE = frozenset({"'s", "’s"})
_PLURAL_POSSESSIVE = frozenset({"'", "’"})
GUILDS = frozenset(
    ("Association", "Union", "Federation", "League", "Guild", "Society", "Alliance", "Council", "Assembly", "Party",
     "Committee", "Club", "Cooperative", "Confederation", "Front", "Forum", "Movement", "Trust")
)  # fmt: skip
_SHARED = frozenset({"Joint", "Combined", "District", "Regional", "County"})  # before the head of a body of two places
_SERVICES = frozenset({"Police", "Constabulary", "Brigade"})  # of two places


# lower-case words that stand inside names: nobiliary particles
PARTICLES = frozenset(
    ("al", "el", "bin", "bint", "ibn", "abu", "ben", "von", "van", "der", "den", "de", "del", "della", "di", "da",
     "do", "dos", "das", "du", "la", "le", "ter", "ten", "zu", "af", "av", "y", "e")
)  # fmt: skip
DATES = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
     "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan.", "feb.", "mar.",
     "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec.", "gmt", "utc", "est", "edt", "pst")
)  # fmt: skip
ARTICLES = frozenset({"the", "a", "an"})
BODIES = frozenset({"body", "lobby", "campaign", "association", "society", "trust", "alliance", "initiative"})
_BETWEEN = frozenset({"in", "for", "of", "and", "to", "on", "against", "without"})
_NO_SYLLABLE = frozenset({"era", "like", "led", "run", "wing", "born", "made", "man", "age", "type", "plus"})
MOST_TOKENS = 12
_ADJECTIVE = ("ic", "an", "ive", "al", "ist")  # of parties: Democratic, Liberal; not Labour


class Stretch(NamedTuple):
    """Tokens `first` to `last` (not included), the label they came with, and what found them."""

    first: int
    last: int
    label: str
    found_by: str


@lru_cache(maxsize=1 << 16)  # asked of every token several times
def capital(text: str) -> bool:
    """Whether a token is written as a name is: `Lee`, `al-Haddad`, `d'Arcy`; not `said`, `3rd`."""
    if text[:1].isupper():
        return True
    if text[:2] in ("d'", "d’"):
        return text[2:3].isupper()  # d'Arcy
    head, _, tail = text.partition("-")
    return bool(tail) and tail[:1].isupper() and head in PARTICLES


def described(w: Words, spans: Sequence[Stretch]) -> list[Stretch]:
    """The names, with those that read as a clause and are followed by what they name: `Keep Leeds Moving`, a group."""
    added: list[Stretch] = []
    named = {i for first, last, _ in w.ents for i in range(first, last)}
    # Ann Lee of Amber, a charity
    persons = {k for span in spans if span.label == "person" for k in range(span.first, span.last)}
    for i in range(len(w.text) - 4):
        if not capital(w.text[i]) or (i and w.sent[i - 1] == w.sent[i]) or not w.part[i] or w.sent[i] in w.headings:
            continue
        j = i + 1
        while j < len(w.text) - 3 and j - i < MOST_TOKENS and w.sent[j] == w.sent[i]:
            goes_on = w.lower[j] in _BETWEEN and j - 1 not in persons and _goes_on(w, j + 1, named)
            if not capital(w.text[j]) and not goes_on:
                break
            j += 1
        if j - i < 2 or w.text[j] != "," or w.lower[j + 1] not in ("a", "an", "the"):
            continue
        told = [k for k in range(j + 2, min(j + 6, len(w.text))) if w.sent[k] == w.sent[i]]
        body = next((k for k in told if w.lower[k] in nouns("noun after") or w.lower[k] in BODIES), -1)
        modifier = body + 1 in told and w.tag[body + 1] in ("NN", "NNS")  # Ann Lee, a campaign spokeswoman
        if body > 0 and not modifier and not any(capital(w.text[k]) or w.text[k] == "," for k in range(j + 2, body)):
            added.append(Stretch(i + (w.lower[i] in ARTICLES), j, "organisation", "rules:described"))
    inside = {k for span in added for k in range(span.first, span.last)}
    return sorted([*added, *(span for span in spans if not inside & set(range(span.first, span.last)))])


def _goes_on(w: Words, i: int, named: Container[int]) -> bool:
    """Whether a token goes on a name after a small word: Swimmers in `Need`; not Ann Lee of `Leeds`."""
    return capital(w.text[i]) and i not in named and w.lower[i] not in gazetteer()


def second_half(w: Words, i: int) -> bool:
    """Whether a hyphen at token i goes on a person's name in lower case: Kim Min`-jun`."""
    if not 0 < i < len(w.text) - 1 or w.text[i] != "-" or not w.text[i + 1].islower():
        return False
    short = len(w.text[i - 1]) < 6 and len(w.text[i + 1]) < 5 and w.text[i + 1] not in _NO_SYLLABLE
    short = short and w.tag[i + 1] in ("NN", "UH") and w.tag[i - 2 : i - 1] == ["NNP"]
    if w.tag[i + 1] != "NNP" and not short:
        return False
    return w.start[i] == w.start[i - 1] + len(w.text[i - 1]) and w.start[i + 1] == w.start[i] + 1


def day(w: Words, first: int, last: int) -> bool:
    """Whether the day before a name belongs to it: the `Sunday` Herald."""
    if first < 2 or last - first > 1 or w.lower[first - 1] not in DATES or w.sent[first - 2] != w.sent[first]:
        return False
    return w.lower[first - 2] == "the" and w.text[first] in nouns("head")


def epithet(w: Words, i: int) -> bool:
    """Whether token i is an adjective in capitals behind "the" that belongs to a name: the `Free` Democrats."""
    return i > 0 and w.tag[i] in ("JJ", "VBN") and capital(w.text[i]) and w.lower[i - 1] == "the" and bool(w.part[i])


def whole(w: Words, spans: Sequence[Stretch]) -> list[Stretch]:
    """Names, in order, with their true ends."""
    people = {w.lower[last - 1] for first, last, label in w.ents if label == "PERSON"}
    people |= {w.lower[last - 2] for first, last, label in w.ents if label == "PERSON" and last - first > 1}
    out: list[Stretch] = []
    for i, span in enumerate(spans):
        for piece in _owned(w, _bare(w, span), people):
            grown = _with_guild(w, _with_noun(w, _with_number(w, piece)))
            following = spans[i + 1].first if i + 1 < len(spans) else len(w.text)
            if grown.last > following and grown.last > spans[i + 1].last:
                grown = piece
            if out and _one_town(w, out[-1], grown):
                out[-1] = out[-1]._replace(last=grown.last, label="place")
            elif out and _one_body(w, out[-1], grown):
                out[-1] = grown._replace(first=out[-1].first)
            elif out and piece.first >= out[-1].last > grown.first:  # `India Farmers` and its Union
                out[-1] = grown._replace(first=min(out[-1].first, grown.first))
            elif not out or grown.first >= out[-1].last:
                out.append(grown)
    return out


def common_word(w: Words, name: Name) -> bool:
    """Whether what the parse took for a name is a word with a capital: at a sentence's start, or SHOUTED."""
    i, text = name.first, name.text
    listed = any(evidence.startswith(("gazetteer", "list", "title")) for evidence in name.evidence)
    if _creed(w, name):
        return True
    if name.last - i > 1 or listed or not text.isalpha() or name.key in demonyms():
        return False
    proper = w.tag[i] in ("NNP", "NNPS")
    if text.isupper() and len(text) > 3:
        return not proper or w.lower[i] in w.plain or (i > 0 and w.tag[i - 1] == "PRP$")
    return not proper and "left:start" in name.evidence and w.tag[i] in ("NN", "NNS", "JJ", "RB", "VB", "VBG", "VBN")


def _creed(w: Words, name: Name) -> bool:
    """Whether a name is the adjective of a party, which names nobody: `Democratic` voters; not the Democratic Party."""
    adjective = name.last - name.first == 1 and name.text in nouns("party") and name.text.endswith(_ADJECTIVE)
    adjective = adjective and w.tag[name.first] == "JJ"
    after = adjective and name.last < len(w.text) and w.sent[name.last] == w.sent[name.first]
    return bool(after) and w.tag[name.last] in ("NN", "NNS") and w.text[name.last].islower()


def _bare(w: Words, span: Stretch) -> Stretch:
    """Without what a sentence begins with: `Between` Leeds; `Brave` Ann."""
    first = span.first
    while span.last - first > 1 and (first == 0 or w.sent[first - 1] != w.sent[first]):
        epithet = span.label == "person" and w.lower[first] in context("epithet")
        if not epithet and w.tag[first] != "IN":
            break
        first += 1
    if first and first == span.first and w.text[first - 1] in nouns("first") and w.sent[first - 1] == w.sent[first]:
        first -= 1  # `Storm` Ivo, tagged as a noun where a sentence begins with it
    return span._replace(first=first)


def _owned(w: Words, span: Stretch, people: set[str]) -> list[Stretch]:
    """An owner and what is owned: `Lee` and `Reform Party` of "Lee's Reform Party"; not `St. John's University`."""
    for i in range(span.first + 1, span.last - 2):
        if w.text[i] not in _POSSESSIVE or w.lower[i - 1] not in people or i - span.first > 2:
            continue
        if w.text[span.last - 1] in nouns("head") and w.text[span.first] not in ("St", "St.", "Saint"):
            owner = span._replace(last=i, label="person", found_by="rules:owner")
            return [owner, span._replace(first=i + 1, found_by="rules:owner")]
    return [span]


def _with_number(w: Words, span: Stretch) -> Stretch:
    """With its number: `School No. 17`."""
    last, n = span.last, len(w.text)
    if last - span.first > 1 and w.lower[last - 1] in _NUMBER:
        last -= 1
    if w.text[last - 1] not in nouns("numbered") or last >= n or w.lower[last] not in _NUMBER:
        return span
    last += 1
    if last < n and w.text[last] == ".":
        last += 1
    if last < n and w.text[last].isdigit():
        return span._replace(last=last + 1, label="facility", found_by="rules:number")
    return span


def _with_noun(w: Words, span: Stretch) -> Stretch:
    """With the lower-case noun without which it names something else: `Alai valley`, `Khyber pass`."""
    i = span.last
    if i >= len(w.text) or w.sent[i] != w.sent[span.first] or w.lower[i] not in nouns("lower-case part"):
        return span
    name = w.string[w.start[span.first] : w.start[i - 1] + len(w.text[i - 1])].casefold()
    office = i + 1 < len(w.text) and w.text[i + 1] in nouns("lower-case head")
    known = gazetteer().get(name) or name in demonyms()
    if not w.text[i].islower() or office or len(name.split()) > 1 or known:
        return span
    return span._replace(last=i + 1, label="place", found_by="rules:noun")


def _with_guild(w: Words, span: Stretch) -> Stretch:
    """With whose body it is: `Writers' Guild`."""
    i = span.first
    if i < 2 or w.text[i] not in GUILDS or w.text[i - 1] not in _PLURAL_POSSESSIVE:
        return span
    owner = w.text[i - 2]
    if (
        owner[:1].isupper()
        and owner[-1] == "s"
        and w.tag[i - 2] in ("NNS", "NNPS", "NNP")
        and w.sent[i - 2] == w.sent[i]
    ):
        return span._replace(first=i - 2, label="organisation", found_by="rules:owner")
    return span


def _one_town(w: Words, before: Stretch, span: Stretch) -> bool:
    """Whether neighbours are the words of one town's name: `Newton` and `Abbot`."""
    near = before.last == span.first and w.sent[before.first] == w.sent[span.first]
    if not near or span.last - before.first > 3 or before.label not in ("place", "person"):
        return False
    return is_town(w.string[w.start[before.first] : w.start[span.last - 1] + len(w.text[span.last - 1])])


def _one_body(w: Words, before: Stretch, span: Stretch) -> bool:
    """Whether two places share a body: `Tyne` and `Wear Joint Board`."""
    if w.lower[before.last : span.first] != ["and"] or w.sent[before.first] != w.sent[span.first]:
        return False
    words = w.text[span.first : span.last]
    shared = len(words) > 2 and words[-2] in _SHARED and nouns("head").get(words[-1]) == "organisation"
    police = (
        len(words) > 1
        and words[-1] in _SERVICES
        and all(name in gazetteer() and not is_country(name) for name in (w.lower[before.first], words[0].casefold()))
    )
    return (shared or police) and before.last - before.first == 1  # whatever the parse made of so short a name
