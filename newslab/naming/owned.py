"""Names with a possessive in them or at their end: `Tanner's`, a firm; `St Ann's`; the `Irish Tenants' Forum`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from newslab import rules
from newslab.naming.extents import ARTICLES, DATES, GUILDS, MOST_TOKENS, Stretch, capital
from newslab.naming.growing import office_of
from newslab.naming.lists import EITHER, acronym, bodies, demonyms, gazetteer, nouns, organisations

if TYPE_CHECKING:
    from newslab.naming.words import Title, Words

_SINGULAR = frozenset({"'s", "’s"})
_PLURAL = frozenset({"'", "’"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PROPER = frozenset({"NNP", "NNPS"})
_SAINT = frozenset({"St", "St."})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "pobj"})


def owned(w: Words, spans: Sequence[Stretch], title_at: Mapping[int, Title]) -> list[Stretch]:
    """The names, in order, with those that a possessive cuts or ends made whole."""
    holder = {k: span for span in spans for k in range(span.first, span.last)}
    named = {last for first, last, _ in w.ents if last - 1 not in title_at}  # the Ottawa Senators' captain
    counts = Counter(w.text)
    # what the text also names without a possessive: Lee's said to be ill; Lee left
    bare = {text for text, after in pairwise(w.text) if after not in _SINGULAR}
    added: list[Stretch] = []
    for i in range(1, len(w.text) - 1):
        text = w.text[i]
        if (text not in _SINGULAR and text not in _PLURAL) or not w.part[i] or w.sent[i] in w.headings:
            continue
        if not capital(w.text[i - 1]) or w.sent[i - 1] != w.sent[i + 1] or (added and i < added[-1].last):
            continue
        if text in _SINGULAR:
            found = _saint(w, i) or _firm(w, i, holder, title_at, bare) or _shop(w, i, counts, named)
        else:
            found = None if i in named else _guild(w, i)
        if found and not (added and found.first < added[-1].last):
            added.append(_with_ends(found, holder.get(found.first), holder.get(found.last - 1)))
    inside = {k for span in added for k in range(span.first, span.last)}
    return sorted([*added, *(span for span in spans if not inside & set(range(span.first, span.last)))])


def _with_ends(found: Stretch, begins: Stretch | None, ends: Stretch | None) -> Stretch:
    """With what a body's name already begins and ends with: the `Congress of` Weavers' Unions `of the South`."""
    first = begins.first if begins and begins.label == "organisation" else found.first
    last = ends.last if ends and ends.label == "organisation" else found.last
    return found._replace(first=min(first, found.first), last=max(last, found.last))


def _saint(w: Words, i: int) -> Stretch | None:
    """A school, hospital or church called after a saint, without its noun: `St Ann's` said; not St Albans's mayor."""
    first = i - 2
    if first < 0 or w.text[first] not in _SAINT or capital(w.text[i + 1]):
        return None
    name = f"st. {w.lower[i - 1]}"
    if name in gazetteer():
        return None
    return Stretch(first, i + 1, "place" if f"{name}'s" in gazetteer() else "organisation", "rules:body")


def _firm(
    w: Words, i: int, holder: Mapping[int, Stretch], title_at: Mapping[int, Title], bare: Container[str]
) -> Stretch | None:
    """A firm called after its founder, which owns nothing here: `Tanner's` said; the grocer `Tanner's`, which fell."""
    name = i - 1
    held = holder.get(name)
    first = held.first if held else name
    titled = name in title_at or (first - 1 in title_at and w.lower[first - 1] not in EITHER)
    alone = i - first == 1 and w.tag[name] in _PROPER and not titled
    # "Lee's said to be ill" is short for "is"
    someone = w.text[name] in bare or w.text[name] in _public() or w.lower[i + 2 : i + 3] == ["to"]
    if not alone or someone or w.lower[name] in demonyms() or w.lower[name] in gazetteer():
        return None
    subject = w.dep[name] in _SUBJECT and w.tag[i + 1] in _FINITE and w.text[i + 1].islower() and w.head[i + 1] != name
    noun = first > 0 and w.sent[first - 1] == w.sent[i] and w.lower[first - 1] in bodies() | EITHER
    told = (noun or w.dep[name] == "appos") and w.text[i + 1] in (",", ".", "of")
    return Stretch(first, i + 1, "organisation", "rules:body") if subject or told else None


def _shop(w: Words, i: int, counts: Mapping[str, int], named: set[int]) -> Stretch | None:
    """A firm by its founder and its trade, where the text never has the one alone: `Tanner's Kitchen` said."""
    owner, trade, last = w.text[i - 1], w.text[i + 1], i + 2
    begins = i == 1 or w.sent[i - 2] != w.sent[i] or w.lower[i - 2] in bodies() | EITHER
    if not begins or last >= len(w.text) or not capital(trade) or w.tag[i + 1] not in ("NNP", "NN"):
        return None
    known = last in named or any(_known(w, k, k + 1) for k in (i - 1, i + 1)) or trade in nouns("party")
    known |= acronym(trade) or nouns("head").get(trade, "organisation") != "organisation"
    if known or counts[owner] > counts[trade] or w.tag[last] not in _FINITE or owner in _public():
        return None
    return Stretch(i - 1, last, "organisation", "rules:body")


@cache
def _public() -> frozenset[str]:
    """Last names of people in the news, whose own things are no firms."""
    return frozenset(row["name"].split()[-1] for row in rules.read("people"))


def _guild(w: Words, i: int) -> Stretch | None:
    """A body by its members, with all before and after them: the `East African Drivers' Congress`."""
    owner = w.text[i - 1]
    close = w.start[i] == w.start[i - 1] + len(owner)
    if not close or owner[-1] != "s" or w.tag[i - 1] not in ("NNP", "NNPS", "NNS") or w.lower[i - 1] in DATES:
        return None
    last = i + 1
    while last < len(w.text) and last - i < MOST_TOKENS and w.sent[last] == w.sent[i] and capital(w.text[last]):
        if w.tag[last] not in ("NNP", "NNPS", "NN", "NNS", "JJ") or w.lower[last] in DATES:
            break
        last += 1
    if last == i + 1 or not _is_body(w.text[last - 1]):
        return None
    first = i - 1
    while first and i - first < MOST_TOKENS and w.sent[first - 1] == w.sent[i] and _modifier(w, first - 1):
        first -= 1
    if _known(w, first, i):
        return None  # the United States' Coast Guard
    last = last + 1 if w.lower[last : last + 1] == ["party"] else office_of(w, first, last, ())
    return Stretch(first, last, "organisation", "rules:body")


def _known(w: Words, first: int, last: int) -> bool:
    """Whether some words name a place or a body by themselves, so that they are an owner and no members."""
    return any(
        name in gazetteer() or name in organisations() or name in demonyms()
        for name in (" ".join(w.lower[k:last]) for k in range(first, last))
    )


def _modifier(w: Words, i: int) -> bool:
    """Whether a word with a capital may stand before the members of a body: `East African` Drivers' Congress."""
    fit = capital(w.text[i]) and w.tag[i] in (*_PROPER, "JJ") and w.lower[i] not in ARTICLES
    return fit and w.lower[i] not in DATES and w.lower[i] not in organisations()


def _is_body(text: str) -> bool:
    return nouns("head").get(text) == "organisation" or text in nouns("cause") or text in GUILDS
