"""Names that read as a clause or a phrase: `Save Oak Wood`, `Fair Rents Now`, `Women in Farming`, `Tenant Voice`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.layout.credits import first_names
from newslab.naming.evidence import BODIES, OPEN, PARTISANS, demonyms, gazetteer, nouns
from newslab.naming.extents import ARTICLES, DATES, MOST_TOKENS, Stretch, capital

if TYPE_CHECKING:
    from newslab.naming.words import Title, Words

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SMALL = frozenset({"the", "our", "of", "and", "for", "in", "from", "to"})
_BETWEEN = frozenset({"in", "for", "of", "on", "against", "without"})
_ABOUT = frozenset({"for", "against", "in"})
_SPEAKS_FOR = frozenset({"for", "by", "from", "with", "group", "charity", "campaign", "of", "at"})
QUARTERS = frozenset({"North", "South", "East", "West", "UK", "International"})
_REACH = 4  # tokens of a trade's body: Passenger Focus North East


def campaigns(w: Words, spans: Sequence[Stretch], title_at: Mapping[int, Title]) -> list[Stretch]:
    """The names, in order, with those that read as a clause or a phrase in place of their parts."""
    persons = {i for span in spans if span.label == "person" for i in range(span.first, span.last)}
    named = {i for first, last, _ in w.ents for i in range(first, last)}
    begun = {i for span in spans for i in range(span.first + 1, span.last)}  # inside of a name that begins before
    added: list[Stretch] = []
    for i, text in enumerate(w.text):
        if not capital(text) or not w.part[i] or w.sent[i] in w.headings or i in begun:
            continue
        if added and i < added[-1].last:
            continue
        last = _imperative(w, i) or _slogan(w, i) or _members(w, i, persons, named) or _trade_body(w, i, title_at)
        last = last or _told(w, i, named)
        if last:
            added.append(Stretch(i, last, "organisation", "rules:body"))
    inside = {k for span in added for k in range(span.first, span.last)}
    return sorted([*added, *(span for span in spans if not inside & set(range(span.first, span.last)))])


def _starts(w: Words, i: int) -> bool:
    """Whether a sentence or a quotation begins with a token."""
    return i == 0 or w.sent[i - 1] != w.sent[i] or w.text[i - 1] in OPEN


def _goes_on(w: Words, i: int, last: int) -> bool:
    """Whether a verb in the indicative or a clause follows a name: Save Oak Wood `said`; Save Oak Wood`, whose`."""
    if last + 1 >= len(w.text) or w.sent[last] != w.sent[i]:
        return False
    clause = w.text[last] == "," and w.lower[last + 1] in ("which", "whose")
    return clause or (w.tag[last] in _FINITE and w.text[last].islower())


def _introduced(w: Words, i: int) -> bool:
    """Whether the word before a token is one that bodies stand behind: a spokesman `for` Save Oak Wood."""
    return not _starts(w, i) and (w.lower[i - 1] in _SPEAKS_FOR or w.tag[i - 1] in _FINITE)


def _run(w: Words, i: int) -> Iterator[int]:
    """Tokens with capitals from one on, also behind small words that such names have between them."""
    gap = 0
    for k in range(i, min(i + MOST_TOKENS, len(w.text))):
        if w.sent[k] != w.sent[i] or not w.part[k] or gap > 2:
            return
        if capital(w.text[k]) and w.lower[k] not in DATES:
            gap = 0
            yield k
        elif w.lower[k] in _SMALL:
            gap += 1
        else:
            return


def _imperative(w: Words, i: int) -> int:
    """The end of a name that begins with what the group wants done: `Stop the Quarry Now`; else 0."""
    if w.text[i] not in nouns("aim"):
        return 0
    run = list(_run(w, i))
    last = run[-1] + 1
    near = len(run) > 1 and run[1] - i < 3 and w.lower[run[1] - 1] in ("the", "our", w.lower[i])
    return last if near and (_goes_on(w, i, last) or _introduced(w, i)) else 0


def _slogan(w: Words, i: int) -> int:
    """The end of a name that ends with a word of slogans: `Fair Rents Now`; else 0."""
    if not _starts(w, i) or w.lower[i] in ARTICLES:
        return 0
    last = i + 1
    while last < len(w.text) and last - i < MOST_TOKENS and capital(w.text[last]) and w.sent[last] == w.sent[i]:
        last += 1
    return last if last - i > 1 and w.text[last - 1] in nouns("slogan") and _goes_on(w, i, last) else 0


def _members(w: Words, i: int, persons: set[int], named: set[int]) -> int:
    """The end of the name of a group of people by what they are for or in: `Parents for Clean Rivers`; else 0."""
    if w.tag[i] not in ("NNS", "NNPS") or i + 2 >= len(w.text) or w.lower[i + 1] not in _ABOUT:
        return 0
    if w.lower[i].removesuffix("s") in PARTISANS or not (_starts(w, i) or _introduced(w, i)):
        return 0
    last = i + 2
    while last < len(w.text) and capital(w.text[last]) and w.sent[last] == w.sent[i] and last - i < MOST_TOKENS:
        last += 1
    if last == i + 2 or persons & set(range(i + 2, last)) or w.lower[i + 2] in DATES:
        return 0
    end = w.lower[last - 1]
    cause = end.capitalize() in {**nouns("department"), **nouns("slogan"), **nouns("cause")}
    many = w.lower[i + 1] != "in" and w.tag[last - 1] in ("NNS", "NNPS") and end not in demonyms()
    many |= last - i > 3 and not named & set(range(i + 2, last))  # words that the parse takes for no name
    place = " ".join(w.lower[i + 2 : last]) in gazetteer()
    return last if (cause or many) and not place and (_goes_on(w, i, last) or _introduced(w, i)) else 0


def _trade_body(w: Words, i: int, title_at: Mapping[int, Title]) -> int:
    """The end of a body's name that begins with a trade: `Passenger Voice North`; else 0."""
    title = title_at.get(i)
    alone = title is not None and title.kind == "job" and title.last == i + 1
    if not alone or (i and capital(w.text[i - 1]) and w.sent[i - 1] == w.sent[i]):
        return 0
    last = i + 1
    while last < len(w.text) and capital(w.text[last]) and w.sent[last] == w.sent[i] and last - i <= _REACH:
        last += 1
    head = last - 1
    while head > i + 1 and (w.text[head] in QUARTERS or w.lower[head] in gazetteer()):
        head -= 1
    person = w.text[i + 1 : i + 2] and w.text[i + 1] in first_names()  # Engineer Ann Power
    return last if head > i and not person and (w.text[head] in nouns("cause") or _is_head(w, head)) else 0


def _told(w: Words, i: int, named: set[int]) -> int:
    """The end of a phrase that a body's noun stands before: the group `Swimmers in Need`; else 0."""
    beside = 0 < i < len(w.text) - 2 and w.sent[i - 1] == w.sent[i + 2] == w.sent[i] and w.lower[i - 1] in BODIES
    goes_on = beside and w.lower[i + 1] in _BETWEEN and capital(w.text[i + 2]) and i + 2 not in named
    return i + 3 if goes_on and w.lower[i + 2] not in gazetteer() else 0


def _is_head(w: Words, i: int) -> bool:
    return nouns("head").get(w.text[i]) == "organisation" and w.text[i] not in nouns("after office")
