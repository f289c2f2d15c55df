"""The whole name of a body that the parse cuts short: Court for the `9th Circuit`, `Tin and` Glass Union `Local 4`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newslab.naming.extents import ARTICLES, DATES, MOST_TOKENS, Stretch, capital
from newslab.naming.lists import PARTISANS, acronym, demonyms, gazetteer, is_country, nouns, organisations, unions
from newslab.naming.words import Words, departments

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_OWNERS = ("men", "women", "people", "children", "folk")  # plurals whose owner is written "'s"
_LANDS = frozenset({"republic", "kingdom", "federation", "emirate", "state", "commonwealth"})
_COURTS = frozenset({"Court", "Tribunal", "Commission", "Chamber"})  # for a place
_FOR = frozenset({"of", "for", "on", "to"})
_TOPICS = frozenset({"Committee", "Subcommittee", "Commission", "Council", "Panel", "Conference", "Congress", "Forum"})
_AND = frozenset({"and", "&"})
MOST_TRADES = 5  # tokens before a body's name that may be its first trade, with "and"


def bodies(w: Words, spans: Sequence[Stretch]) -> list[Stretch]:
    """Names, in order, with bodies grown over what belongs to them; names that lie within are taken in."""
    out: list[Stretch] = []
    for i, span in enumerate(spans):
        if out and span.first < out[-1].last:
            continue
        before = out[-1].last if out else 0
        last = _end(w, span)
        first = _begin(w, span._replace(last=last), before, out[-1:])
        if (first, last) == span[:2]:
            out.append(span)
            continue
        following = next((other for other in spans[i + 1 : i + MOST_TOKENS] if other.last > last), None)
        if following and following.first < last:  # a name that lies half inside
            last = max(span.last, following.first)
        while out and out[-1].first >= first:
            out.pop()
        out.append(Stretch(first, last, "organisation", "rules:body"))
    return out


def _is_body(w: Words, i: int) -> bool:
    return nouns("head").get(w.text[i]) == "organisation" or w.text[i] in nouns("head before")


def has_noun(w: Words, first: int, last: int) -> bool:
    """Whether one of some tokens is the noun of a body, as in `University` of Texas."""
    return any(nouns("head").get(text) == "organisation" for text in w.text[first:last])


def _any_body(w: Words, first: int, last: int) -> bool:
    """Whether a name is that of a body by its noun, at its end or before "of", or of a numbered branch."""
    branch = last - first > 1 and w.text[last - 1].isdigit() and w.text[last - 2] in nouns("numbered branch")
    return branch or any(_is_body(w, k) for k in range(first, last) if k == last - 1 or w.lower[k + 1] in _FOR)


def _end(w: Words, span: Stretch) -> int:
    """Where a body's name ends: after its purpose, the place of its court, its number."""
    first, last = span[:2]
    if not w.part[first] or w.sent[first] in w.headings:
        return last
    small = next((k for k in range(first + 1, last) if w.lower[k] in _FOR), last)
    core = small - 1
    if not _is_body(w, core):
        return _numbered(w, first, last)
    if small == last or w.lower[small] not in ("for", "on"):
        last = _purpose(w, core, last)
    if last == span.last == small:
        last = _aim(w, last)
    last = _more(w, first, last) if last > small else last
    return last if last > span.last else _numbered(w, first, last)


def _capitals(w: Words, i: int, sent: int) -> int:
    """End of the run of capitals from a token on; an ordinal may begin it: `9th Circuit`."""
    j = i
    if j + 1 < len(w.text) and _ORDINAL.fullmatch(w.text[j]):
        j += 1
    while j < len(w.text) and j - i < MOST_TOKENS and w.sent[j] == sent and w.part[j] and capital(w.text[j]):
        if w.tag[j] not in ("NNP", "NNPS", "NNS", "NN", "JJ"):
            break
        j += 1
    return j if j > i and capital(w.text[j - 1]) else i


def _purpose(w: Words, core: int, last: int) -> int:
    """The end of "for ..." behind a body's name, if the parse ties it to that: Department for `Roads`."""
    i, n = last, len(w.text)
    tied = i + 1 < n and w.sent[i + 1] == w.sent[core] and core <= w.head[i] < last
    if not tied or w.lower[i] not in _behind(w, core):
        return last
    i += 1 + (w.lower[i + 1] in ARTICLES)
    if i >= n:
        return last  # a text that ends with "for the"
    if (w.lower[i] in gazetteer() and w.text[core] not in _COURTS) or w.lower[i] in DATES:
        return last  # "left the Foreign Office for Paris", "told the Committee on Friday"
    end = _capitals(w, i, w.sent[core])
    if end < n - 1 and end > i and w.lower[end] == "of" and w.sent[end + 1] == w.sent[i] and capital(w.text[end + 1]):
        end = _capitals(w, end + 1, w.sent[i])  # for the Southern District of New York
    return end if end > i else last


def _behind(w: Words, core: int) -> tuple[str, ...]:
    """The words that may tie a purpose to a body's noun; none for its members: "Democrats for Ann Lee"."""
    if w.text[core] in _TOPICS:
        return ("for", "on")
    return () if w.lower[core].removesuffix("s") in PARTISANS else ("for",)


def _aim(w: Words, last: int) -> int:
    """The end of an aim in capitals behind a body's noun: Committee to `Protect Journalists`."""
    i = last
    if w.lower[i : i + 1] != ["to"] or not capital((*w.text[i + 1 : i + 2], "")[0]) or w.tag[i + 1][:2] != "VB":
        return last
    end = _capitals(w, i + 2, w.sent[last - 1])
    return end if end > i + 2 else last


def _more(w: Words, first: int, last: int) -> int:
    """The end of a purpose with what is joined to it by "and": Department for Roads `and Bridges`."""
    while last + 1 < len(w.text) and w.lower[last] in _AND and w.sent[last + 1] == w.sent[first]:
        end = _capitals(w, last + 1, w.sent[first])
        if end == last + 1 or end - last > 4 or not _purpose_word(w, first, last, end):
            break
        last = end
    return last


def _purpose_word(w: Words, first: int, last: int, end: int) -> bool:
    """Whether what follows "and" is one more purpose of the body, and no body or place of its own."""
    name = " ".join(w.lower[last + 1 : end])
    if w.lower[end - 1] in departments():
        return True
    own = acronym(w.text[end - 1]) or name in gazetteer() or name in organisations() or name in demonyms()
    if own or any(_is_body(w, k) for k in range(last + 1, end)):
        return False
    top = next((k for k in range(last + 1, end) if not last < w.head[k] < end), end - 1)
    small = next(k for k in range(first, last) if w.lower[k] in _FOR)
    return small < w.head[top] < last and w.tag[end - 1] in ("NNS", "NNPS")


def _numbered(w: Words, first: int, last: int) -> int:
    """The end of the number of a branch: Dockers `Local 12`."""
    beside = first > 0 and w.sent[first - 1] == w.sent[first] and w.tag[first - 1] in ("NNP", "NNPS")
    local = w.text[last - 1] if last - first > 1 or beside else ""
    same = last < len(w.text) and w.sent[last] == w.sent[first]
    if same and local in nouns("numbered branch") and w.text[last].isdigit():
        return last + 1
    more = w.text[last : last + 2]
    if len(more) == 2 and more[0] in nouns("numbered branch") and more[1].isdigit() and same:
        return last + 2
    return last


def _begin(w: Words, span: Stretch, before: int, held: Sequence[Stretch]) -> int:
    """Where a body's name begins: with whose it is, and with the first of two trades in it."""
    first = span.first
    if not w.part[first] or w.sent[first] in w.headings or not _any_body(w, first, span.last):
        return first
    first = _trades(w, first, span.last, before)
    owner = _owner(w, first)
    if owner >= before or (held and held[0].last == first - 1 and owner >= held[0].first):
        first = owner
    label = held[0].label if held and held[0].last == first - 1 else "other"
    return _two_trades(w, first, span.last, label)


def _trades(w: Words, first: int, last: int, before: int) -> int:
    """Where the trades before a numbered branch begin: `Dock Workers` Local 4."""
    while first > before and last - first < MOST_TOKENS and w.text[last - 1].isdigit():
        if w.tag[first - 1] not in ("NNP", "NNPS") or w.sent[first - 1] != w.sent[first]:
            break
        first -= 1
    return first


def _two_trades(w: Words, first: int, last: int, label: str) -> int:
    """Where the first of two trades of a body begins: the `Tin and` Glass Union, the `Flood Risk and` Roads Board."""
    if first < 3 or w.lower[first - 1] not in _AND or w.sent[first - 3] != w.sent[first] or last - first < 2:
        return first
    begin = first - 1
    while (
        begin > 1 and first - begin < MOST_TRADES and capital(w.text[begin - 1]) and w.sent[begin - 1] == w.sent[first]
    ):
        if w.lower[begin - 1] in ARTICLES:
            break
        begin -= 1
    if begin == first - 1 or w.lower[begin - 1] != "the" or _is_own(w, begin, first - 1):
        return first
    of_it = w.dep[first - 2] in ("nmod", "compound") and first <= w.head[first - 2] < last
    alone = begin == first - 2 and label in ("other", "work") and w.lower[begin] not in gazetteer()
    return begin if of_it or alone else first


def _is_own(w: Words, first: int, last: int) -> bool:
    """Whether some words before "and" name something by themselves: the Pentagon, Ukraine, NASA, the Senate."""
    name = " ".join(w.lower[first:last])
    known = is_country(name) or name in demonyms() or name in organisations()
    return known or any(_is_body(w, k) or acronym(w.text[k]) for k in range(first, last))


def _owner(w: Words, first: int) -> int:
    """Where the plural owner before a guild begins: `All-India Fishermen's` Federation; else `first`."""
    begin = first
    if first > 1 and w.text[first - 1] in ("'s", "’s") and w.lower[first - 2].endswith(_OWNERS):
        begin = first - 2 if capital(w.text[first - 2]) and w.sent[first - 2] == w.sent[first] else first
    elif w.text[first - 1 : first] != ["-"]:
        return first
    i = begin
    while i and w.sent[i - 1] == w.sent[first] and first - i < MOST_TOKENS:
        hyphen = w.text[i - 1] == "-" and w.start[i] == w.start[i - 1] + 1
        if not hyphen and (not capital(w.text[i - 1]) or w.lower[i - 1] in ARTICLES):
            break
        i -= 1
    return i if capital(w.text[i]) else begin


def of_lands(w: Words, spans: Sequence[Stretch]) -> list[Stretch]:
    """Names, in order, with a body's land or union as a part of it: the Ministry of Health `of Ghana`."""
    out: list[Stretch] = []
    for span in spans:
        before = out[-1] if out else span
        gap = w.lower[before.last : span.first]
        near = span.last - before.first <= MOST_TOKENS
        tied = near and gap in (["of"], ["of", "the"]) and w.sent[before.first] == w.sent[span.first]
        # not "he told the Union of the Ghana vote"
        tied = tied and before.first <= w.head[before.last] < before.last and w.head[span.last - 1] == before.last
        if tied and has_noun(w, before.first, before.last) and _is_land(w, span) and before.label == "organisation":
            out[-1] = Stretch(before.first, span.last, "organisation", "rules:body")
        else:
            out.append(span)
    return out


def _is_land(w: Words, span: Stretch) -> bool:
    """Whether a name is a country's, a republic's or a union's: bodies carry these after "of"."""
    words = w.lower[span.first : span.last]
    land = is_country(" ".join(words)) or " ".join(words) in unions()
    of = words[0] in _LANDS and words[1:2] in ([], ["of"])  # the Republic of Ghana; not the State Bank
    return land or of or (words[-1] in _LANDS and words[0] in demonyms())
