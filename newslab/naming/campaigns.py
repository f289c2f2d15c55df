"""Names that read as a clause or a phrase: `Save Oak Wood`, `Fair Rents Now`, `Women in Farming`, `Tenant Voice`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.layout.credits import first_names
from newslab.naming.evidence import BODIES, OPEN, PARTISANS, demonyms, gazetteer, nouns, people
from newslab.naming.extents import ARTICLES, DATES, MOST_TOKENS, Stretch, capital

if TYPE_CHECKING:
    from newslab.naming.words import Title, Words

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SMALL = frozenset({"the", "our", "of", "and", "for", "in", "from", "to"})
_BETWEEN = frozenset({"in", "for", "of", "on", "against", "without"})
_ABOUT = frozenset({"for", "against", "in"})
_SPEAKS_FOR = frozenset({"for", "by", "from", "with", "group", "charity", "campaign", "of", "at"})
QUARTERS = frozenset({"North", "South", "East", "West", "UK", "International"})
_PARTS = frozenset({"Midlands", "Highlands", "Islands", "Borders", "Southwest", "Southeast", "Northwest", "Northeast"})
_ACROSS = frozenset({"without", "across", "beyond", "on", "over", "against", "under", "behind", "before", "for", "in"})
_SAYS = frozenset({"say", "warn", "announce", "confirm", "add", "deny", "insist", "reject", "decline", "admit"})
_NUMBERS = frozenset({"first", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_REACH = 4  # tokens of a trade's body: Passenger Focus North East


def campaigns(w: Words, spans: Sequence[Stretch], title_at: Mapping[int, Title]) -> list[Stretch]:
    """The names, in order, with those that read as a clause or a phrase in place of their parts."""
    persons = {i for span in spans if span.label == "person" for i in range(span.first, span.last)}
    unsure = {i for span in spans if span.found_by == "rules:capitals" for i in range(span.first, span.last)}
    full = {i for span in spans if span.label == "person" and span.last - span.first > 1 for i in range(*span[:2])}
    full -= unsure
    named = {i for first, last, _ in w.ents for i in range(first, last)}
    begun = {i for span in spans for i in range(span.first + 1, span.last)}  # inside of a name that begins before
    added: list[Stretch] = []
    for i, text in enumerate(w.text):
        if not capital(text) or not w.part[i] or w.sent[i] in w.headings or i in begun:
            continue
        if added and i < added[-1].last:
            continue
        first, following = i, w.lower[i + 1] if i + 1 < len(w.text) else ""
        last = _imperative(w, i) or _slogan(w, i)
        if following in _ABOUT and not last:
            last = _members(w, i, persons, named, unsure) or _for_a_land(w, i)
        last = last or _trade_body(w, i, title_at) or _told(w, i, named) or _counted(w, i, full, title_at)
        if following in _ACROSS and not last:
            last = _across(w, i)
        if following == "of" and not last and i not in full:
            first, last = _fellowship(w, i, full, persons, title_at)
        if last:
            added.append(Stretch(first, last, "organisation", "rules:body"))
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


def _members(w: Words, i: int, persons: set[int], named: set[int], unsure: set[int]) -> int:
    """The end of the name of a group of people by what they are for or in: `Parents for Clean Rivers`; else 0."""
    if i + 2 >= len(w.text) or w.lower[i + 1] not in _ABOUT:
        return 0
    if w.tag[i] not in ("NNS", "NNPS") and not (w.tag[i] == "NNP" and w.text[i].endswith("s") and i not in named):
        return 0
    if w.lower[i].removesuffix("s") in PARTISANS or not (_starts(w, i) or _introduced(w, i)):
        return 0
    last = i + 2
    while last < len(w.text) and capital(w.text[last]) and w.sent[last] == w.sent[i] and last - i < MOST_TOKENS:
        last += 1
    inside = set(range(i + 2, last))
    many = w.text[last - 1].endswith("s") and not inside & named and w.text[i + 2] not in first_names()  # Small Classes
    if last == i + 2 or inside & (persons - unsure if many else persons) or w.lower[i + 2] in DATES:
        return 0
    end = w.lower[last - 1]
    cause = end.capitalize() in {**nouns("department"), **nouns("slogan"), **nouns("cause")}
    many = w.lower[i + 1] != "in" and w.tag[last - 1] in ("NNS", "NNPS") and end not in demonyms()
    many |= last - i > 3 and not named & set(range(i + 2, last))  # words that the parse takes for no name
    place = " ".join(w.lower[i + 2 : last]) in gazetteer()
    return last if (cause or many) and not place and (_goes_on(w, i, last) or _introduced(w, i)) else 0


def _across(w: Words, i: int) -> int:
    """The end of a name with a small word in capitals: `Nurses Across Frontiers`; else 0."""
    small = i + 2 < len(w.text) and w.lower[i + 1] in _ACROSS and w.text[i + 1].istitle() and w.tag[i][:2] == "NN"
    if not small or not capital(w.text[i + 2]) or w.sent[i + 2] != w.sent[i]:
        return 0
    last = _capitals(w, i + 2)
    return last if _goes_on(w, i, last) or _introduced(w, i) else 0


def _capitals(w: Words, i: int) -> int:
    """The end of the capitals from a token on, but for dates."""
    last = i
    while last < len(w.text) and last - i < MOST_TOKENS and capital(w.text[last]) and w.sent[last] == w.sent[i]:
        if w.lower[last] in DATES:
            break
        last += 1
    return last


def _for_a_land(w: Words, i: int) -> int:
    """The end of a service's name by its land: `Transport for the North` said; else 0."""
    begin = i + 2 + (w.lower[i + 2 : i + 3] == ["the"])
    if w.lower[i + 1 : i + 2] != ["for"] or begin >= len(w.text) or w.sent[begin] != w.sent[i]:
        return 0
    last = _capitals(w, begin)
    land = " ".join(w.lower[begin:last])
    known = w.text[i] in nouns("department") and (w.text[begin] in QUARTERS | _PARTS or land in gazetteer())
    says = last < len(w.text) and w.lemma[last] in _SAYS
    return last if last > begin and known and (says or not _starts(w, i)) and w.tag[i][:2] == "NN" else 0


def _counted(w: Words, i: int, persons: set[int], title_at: Mapping[int, Title]) -> int:
    """The end of a name that begins with a number: `Five Wells` said; not Five Danes said; else 0."""
    if w.lower[i] not in _NUMBERS or not (_starts(w, i) or w.lower[i - 1] in _SPEAKS_FOR):
        return 0
    last = _capitals(w, i + 1)
    if last < i + 2 + (w.lower[i] == "first") or not _goes_on(w, i, last) or w.sent[i + 1] != w.sent[i]:
        return 0
    rest = range(i + 1, last)
    those = any(w.lower[k].removesuffix("s") in PARTISANS or w.lower[k] in demonyms() for k in rest)
    those |= w.lower[last - 1].removesuffix("s") in people() or w.lower[last - 1] in people()
    return (
        0
        if those or any(k in persons or k in title_at for k in rest) or " ".join(w.lower[i + 1 : last]) in gazetteer()
        else last
    )


def _fellowship(w: Words, i: int, full: set[int], persons: set[int], title_at: Mapping[int, Title]) -> tuple[int, int]:
    """A group's name by whose friends or sons they are: the `Friends of Oak Wood`; else two zeros."""
    begin = i + 2 + (w.lower[i + 2 : i + 3] == ["the"])
    if w.text[i] not in nouns("fellowship") or w.lower[i + 1 : i + 2] != ["of"] or begin >= len(w.text):
        return 0, 0
    last = _capitals(w, begin) if w.sent[begin] == w.sent[i] else begin
    one = _starts(w, i) and begin == i + 2 and begin in persons  # Friends of Lee; but the Friends of Lee
    if last == begin or one or any(k in full or k in title_at for k in range(begin, last)):
        return 0, 0  # Friends of Mr Lee
    first = i
    while (
        first and capital(w.text[first - 1]) and w.sent[first - 1] == w.sent[i] and w.lower[first - 1] not in ARTICLES
    ):
        first -= 1
    return (first, last) if not _starts(w, i) or _goes_on(w, i, last) else (0, 0)


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
