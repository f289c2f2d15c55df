"""Names that read as a clause or a phrase: `Save Oak Wood`, `Fair Rents Now`, `Women in Farming`, `Tenant Voice`.

Most phrases with capitals are no names, so that each rule asks for more than the words: that a noun of a group
stands before them or is told of them behind, or that they say something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslab.layout.credits import first_names
from newslab.naming.extents import ARTICLES, DATES, MOST_TOKENS, Stretch, capital
from newslab.naming.lists import BODIES, CLOSED, OPEN, PARTISANS, demonyms, gazetteer, nouns, people

if TYPE_CHECKING:
    from newslab.naming.words import Title, Words

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PLURAL = frozenset({"NNS", "NNPS"})
_SMALL = frozenset({"the", "our", "of", "and", "for", "in", "from", "to"})
_BETWEEN = frozenset({"in", "for", "of", "on", "against", "without"})
_ABOUT = frozenset({"for", "against", "in"})
_SPEAKS_FOR = frozenset({"for", "by", "from", "with", "of", "at"})
QUARTERS = frozenset({"North", "South", "East", "West", "UK", "International"})
_PARTS = frozenset({"Midlands", "Highlands", "Islands", "Borders", "Southwest", "Southeast", "Northwest", "Northeast"})
_ACROSS = frozenset({"without", "across", "beyond", "on", "over", "against", "under", "behind", "before", "for", "in"})
_SAYS = frozenset({"say", "warn", "announce", "confirm", "add", "deny", "insist", "reject", "decline", "admit"})
_ANSWERS = frozenset({"no", "yes", "so", "nothing", "that", "it", "they", "there"})  # what is said; not who says it
_NUMBERS = frozenset({"first", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
# words before a slogan that begin a sentence rather than a name: `When` Leeds United lost; `Even` Now
_BEGINS = frozenset({"IN", "CC", "RB", "RBR", "RBS", "WRB", "WP", "WDT", "DT", "PDT", "PRP", "PRP$", "VBG", "EX", "MD"})
_WHEN = frozenset({"yesterday", "today", "tomorrow", "tonight"})


class _Seen(NamedTuple):
    """What is known of the tokens before the rules here: titles and the names found so far."""

    titles: Mapping[int, Title]
    persons: set[int]
    full: set[int]  # of persons with a first and a last name that the parse knows
    named: set[int]  # the parse's own names
    unsure: set[int]  # names by their capitals only
    bodies: dict[int, int]  # where organisations' names end, and where they begin


def _seen(w: Words, spans: Sequence[Stretch], title_at: Mapping[int, Title]) -> _Seen:
    unsure = {i for span in spans if span.found_by == "rules:capitals" for i in range(span.first, span.last)}
    persons = [span for span in spans if span.label == "person"]
    full = {i for span in persons if span.last - span.first > 1 for i in range(*span[:2])}
    named = {i for first, last, _ in w.ents for i in range(first, last)}
    ends = {span.last: span.first for span in spans if span.label == "organisation"}
    return _Seen(title_at, {i for span in persons for i in range(*span[:2])}, full - unsure, named, unsure, ends)


def campaigns(w: Words, spans: Sequence[Stretch], title_at: Mapping[int, Title]) -> list[Stretch]:
    """The names, in order, with those that read as a clause or a phrase in place of their parts."""
    seen = _seen(w, spans, title_at)
    begun = {i for span in spans for i in range(span.first + 1, span.last)}  # inside of a name that begins before
    added: list[Stretch] = []
    for i, text in enumerate(w.text):
        if not capital(text) or not w.part[i] or w.sent[i] in w.headings or i in begun:
            continue
        if added and i < added[-1].last:
            continue
        first, last = _group(w, i, seen)
        if last:
            added.append(Stretch(first, last, "organisation", "rules:body"))
    inside = {k for span in added for k in range(span.first, span.last)}
    spans = [span for span in spans if not _is_topic(w, span, seen)]
    return sorted([*added, *(span for span in spans if not inside & set(range(span.first, span.last)))])


def _group(w: Words, i: int, seen: _Seen) -> tuple[int, int]:
    """Where the name of a group begins and ends that a token is the first word of, by any rule; else ends in 0."""
    following = w.lower[i + 1] if i + 1 < len(w.text) else ""
    last = _imperative(w, i, seen) or _slogan(w, i, seen)
    if following in _ABOUT and not last:
        last = _members(w, i, seen) or _for_a_land(w, i)
    last = last or _trade_body(w, i, seen) or _told(w, i, seen) or _counted(w, i, seen)
    if following in _ACROSS and not last:
        last = _across(w, i, seen)
    return _fellowship(w, i, seen) if following == "of" and not last and i not in seen.full else (i, last)


def _starts(w: Words, i: int) -> bool:
    """Whether a sentence or a quotation begins with a token."""
    return i == 0 or w.sent[i - 1] != w.sent[i] or w.text[i - 1] in OPEN


def _is_group(w: Words, i: int, last: int) -> bool:
    """Whether the words beside a name tell of a group: the `group` Oak Wood; Oak Wood, which `campaigns`."""
    if not _starts(w, i) and (w.lower[i - 1] in BODIES or _member_before(w, i)):
        return True
    if last + 2 >= len(w.text) or w.text[last] != "," or w.sent[last + 2] != w.sent[i]:
        return False
    told = list(range(last + 2, min(last + 7, len(w.text))))
    end = next((k for k in told if w.text[k] in (",", ".") or w.sent[k] != w.sent[i]), told[-1] + 1)
    if w.lower[last + 1] in ("which", "whose"):
        return any(w.lower[k] in nouns("of a group") for k in range(last + 2, end))
    noun = next((k for k in range(last + 2, end) if w.lower[k] in BODIES), end)
    modifier = noun + 1 < end and w.tag[noun + 1] in ("NN", "NNS")  # Ann Lee, a campaign spokeswoman
    return w.lower[last + 1] in ARTICLES and noun < end and not modifier


def _member_before(w: Words, i: int) -> bool:
    """Whether a member stands before a group's name: a `spokesman for` Oak Wood; not activists for Free Speech."""
    if i < 2 or w.lower[i - 1] not in _SPEAKS_FOR or w.lower[i - 2] not in nouns("member of a group"):
        return False
    return w.lower[i - 1] != "for" or w.lower[i - 2].startswith("spokes")


def _says(w: Words, i: int, last: int) -> bool:
    """Whether a name says something: Save Oak Wood `said no`; not "Save Oak Wood said the mayor"."""
    if last + 1 >= len(w.text) or w.sent[last + 1] != w.sent[i] or w.lemma[last] not in _SAYS:
        return False
    if w.tag[last] not in _FINITE or not w.text[last].islower():
        return False
    if w.lower[last + 1] in _ANSWERS or w.tag[last + 1] in ("IN", "RB") or w.lower[last + 1] in DATES:
        return True
    for k in range(last + 1, min(last + 1 + MOST_TOKENS, len(w.text))):
        if w.sent[k] != w.sent[i] or w.text[k] in (",", ".", ";", "–", "—", "-") or w.tag[k] in ("WDT", "WP"):
            return False  # said the mayor, who left
        if w.tag[k] in _FINITE:
            return True
    return False


def _said_by(w: Words, i: int, last: int) -> bool:
    """Whether a name stands behind what it says and the verb: “They lied,” `said` Oak Wood."""
    if i < 2 or w.lemma[i - 1] not in _SAYS or w.text[i - 2] not in CLOSED | {","} or w.sent[i - 1] != w.sent[i]:
        return False
    return last >= len(w.text) or w.text[last] in (".", ",") or w.sent[last] != w.sent[i]


def _speaks(w: Words, i: int, last: int) -> bool:
    """Whether a name speaks, or the words beside it tell of a group."""
    return (_starts(w, i) and _says(w, i, last)) or _said_by(w, i, last) or _is_group(w, i, last)


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


def _imperative(w: Words, i: int, seen: _Seen) -> int:
    """The end of a name that begins with what the group wants done: `Stop the Quarry Now`; else 0."""
    if w.text[i] not in nouns("aim"):
        return 0
    run = list(_run(w, i))
    last = run[-1] + 1
    if len(run) < 2 or run[1] - i > 2 or w.lower[run[1] - 1] not in ("the", "our", w.lower[i]):
        return 0
    bare = run[1] == i + 1
    if _titled(w, run, seen) or (bare and (w.text[i + 1] in nouns("head") or w.text[i + 1] == "State")):
        return 0  # Free State Premier Ann Lee; Save Street
    twofold = bare and w.text[i] in nouns("in other names")
    return last if (_is_group if twofold else _speaks)(w, i, last) else 0


def _titled(w: Words, inside: Sequence[int], seen: _Seen) -> bool:
    """Whether one of some tokens is somebody's title: Free State `Premier`; not Free the Hostages."""
    return any(k in seen.titles and w.tag[k] not in _PLURAL for k in inside)


def _slogan(w: Words, i: int, seen: _Seen) -> int:
    """The end of a name that ends with a word of slogans: `Fair Rents Now`; not Ann Strong; else 0."""
    if not _starts(w, i) or w.tag[i] in _BEGINS or w.lower[i] in ARTICLES | DATES | _WHEN:
        return 0
    last = _capitals(w, i)
    if last - i < 2 or w.text[last - 1] not in nouns("slogan") or seen.bodies.get(last, i) > i:
        return 0
    if w.text[i] in first_names() or _titled(w, range(i, last), seen):
        return 0
    return last if (_is_group if w.text[last - 1] in nouns("in other names") else _speaks)(w, i, last) else 0


def _members(w: Words, i: int, seen: _Seen) -> int:
    """The end of the name of a group of people by what they are for or in: `Parents for Clean Rivers`; else 0."""
    if w.tag[i] not in _PLURAL and not (w.tag[i] == "NNP" and w.text[i].endswith("s") and i not in seen.named):
        return 0
    acting = (
        w.text[i] in nouns("acts for others")
        or w.text[i].isupper()
        or w.text[i].endswith("Ps")
        or i in seen.persons - seen.unsure
    )
    if (
        acting
        or w.lower[i].removesuffix("s") in PARTISANS
        or (w.lower[i + 1] == "in" and w.text[i] not in nouns("group by kin"))
    ):
        return 0
    last = _capitals(w, i + 2) if i + 2 < len(w.text) and w.sent[i + 2] == w.sent[i] else i + 2
    if last == i + 2 or _is_somebody(w, i + 2, last, seen):
        return 0
    if last > i + 3 and not set(range(i + 2, last)) & seen.named and _is_group(w, i, last):
        return last  # whatever they are for
    return last if _is_cause(w, i + 2, last, seen) and _speaks(w, i, last) else 0


def _is_somebody(w: Words, first: int, last: int, seen: _Seen) -> bool:
    """Whether capitals hold the name of a place, a person or a body: lawyers for `Just Stop Oil`."""
    listed = any(first <= seen.bodies.get(end, -1) < end - 1 for end in range(first + 1, last + 1))
    known = any(k in seen.titles or k in seen.full for k in range(first, last)) or w.text[first] in first_names()
    return listed or known or " ".join(w.lower[first:last]) in gazetteer()


def _is_cause(w: Words, first: int, last: int, seen: _Seen) -> bool:
    """Whether capitals are what a group is for: Parents for `Clean Rivers`; not for Boeing Workers, in Kano State."""
    if w.text[last - 1] in nouns("cause") and last == first + 1:
        return True
    many = w.lower[first - 1] != "in" and w.tag[last - 1] in _PLURAL and w.lower[last - 1] not in demonyms()
    known = any(k in seen.named or k in seen.persons - seen.unsure for k in range(first, last))
    return many and not known and w.text[last - 1] not in nouns("people of others")


def _across(w: Words, i: int, seen: _Seen) -> int:
    """The end of a name with a small word in capitals: `Nurses Across Frontiers`; else 0."""
    if (
        i + 2 >= len(w.text)
        or not w.text[i + 1].istitle()
        or w.tag[i] not in _PLURAL
        or w.text[i] in nouns("acts for others")
    ):
        return 0
    if not capital(w.text[i + 2]) or w.sent[i + 2] != w.sent[i] or w.lower[i + 2] in DATES:
        return 0
    last = _capitals(w, i + 2)
    place = " ".join(w.lower[i + 2 : last]) in gazetteer() or any(k in seen.full for k in range(i + 2, last))
    return last if not place and _speaks(w, i, last) else 0


def _capitals(w: Words, i: int) -> int:
    """The end of the capitals from a token on, but for dates."""
    last = i
    while last < len(w.text) and last - i < MOST_TOKENS and capital(w.text[last]) and w.sent[last] == w.sent[i]:
        if w.lower[last] in DATES:
            break
        last += 1
    return last


def _for_a_land(w: Words, i: int) -> int:
    """The end of a service's name by its land: `Transport for the North` said; not the Minister of Health for Wales."""
    begin = i + 2 + (w.lower[i + 2 : i + 3] == ["the"])
    if w.lower[i + 1 : i + 2] != ["for"] or begin >= len(w.text) or w.sent[begin] != w.sent[i]:
        return 0
    last = _capitals(w, begin)
    land = " ".join(w.lower[begin:last])
    known = w.text[i] in nouns("department") and (w.text[begin] in QUARTERS | _PARTS or land in gazetteer())
    if last == begin or not known or w.tag[i][:2] != "NN":
        return 0
    if w.text[i] not in ("Transport", "Sport", "Rail"):
        return last if _is_group(w, i, last) else 0  # Power for Lebanon said nobody
    return last if _says(w, i, last) or (not _starts(w, i) and not _office(w, i)) else 0


def _office(w: Words, i: int) -> bool:
    """Whether a token is what an office before it is for: Minister of `Transport` for Wales."""
    return i > 1 and w.lower[i - 1] in ("of", "for", "and") and capital(w.text[i - 2])


def _counted(w: Words, i: int, seen: _Seen) -> int:
    """The end of a name that begins with a number: `Three Oaks Bakery` said; not Five Danes, Ten Downing Street."""
    if w.lower[i] not in _NUMBERS or i + 1 >= len(w.text) or w.sent[i + 1] != w.sent[i]:
        return 0
    last = _capitals(w, i + 1)
    rest = range(i + 1, last)
    if last < i + 2 or any(k in seen.full or k in seen.titles for k in rest) or "Nations" in w.text[i + 1 : last]:
        return 0
    if _is_group(w, i, last):
        return last
    those = any(w.lower[k].removesuffix("s") in people() | PARTISANS or w.lower[k] in demonyms() for k in rest)
    many = w.lower[i] != "first" and (w.text[last - 1].endswith("s") or w.tag[last - 1] in _PLURAL)  # a count
    other = nouns("head").get(w.text[last - 1], "organisation") != "organisation"  # First World War
    other |= any(nouns("head").get(w.text[k]) in ("law", "event") for k in rest)  # First Amendment Rights
    if last < i + 3 or those or many or other or " ".join(w.lower[i + 1 : last]) in gazetteer():
        return 0
    return last if _speaks(w, i, last) else 0


def _fellowship(w: Words, i: int, seen: _Seen) -> tuple[int, int]:
    """A group's name by whose friends or sons they are: the `Friends of Oak Wood`; else two zeros."""
    begin = i + 2 + (w.lower[i + 2 : i + 3] == ["the"])
    if w.text[i] not in nouns("fellowship") or w.lower[i + 1 : i + 2] != ["of"] or begin >= len(w.text):
        return 0, 0
    last = _capitals(w, begin) if w.sent[begin] == w.sent[i] else begin
    one = _starts(w, i) and begin == i + 2 and begin in seen.persons  # Friends of Lee; but the Friends of Lee
    if last == begin or one or any(k in seen.full or k in seen.titles for k in range(begin, last)):
        return 0, 0  # Friends of Mr Lee
    first = i
    while (
        first and capital(w.text[first - 1]) and w.sent[first - 1] == w.sent[i] and w.lower[first - 1] not in ARTICLES
    ):
        first -= 1
    the = first > 0 and w.lower[first - 1] == "the" and w.sent[first - 1] == w.sent[i]
    said = the and _says(w, i, last)
    plain = w.text[i] not in nouns("in other names").keys() | {"Voice"}  # the Movement of Goods
    land = not the and " ".join(w.lower[begin:last]) in gazetteer()  # Friends of Israel, without "the"
    sure = said or _is_group(w, first, last) or (plain and not land and (the or _speaks(w, first, last)))
    return (first, last) if sure else (0, 0)


def _trade_body(w: Words, i: int, seen: _Seen) -> int:
    """The end of a body's name that begins with a trade: `Passenger Voice North`; not Actress Joy Power; else 0."""
    title = seen.titles.get(i)
    alone = title is not None and title.kind == "job" and title.last == i + 1
    if not alone or i + 1 >= len(w.text) or not (w.text[i + 1] in nouns("cause") or _is_head(w, i + 1)):
        return 0
    if i and capital(w.text[i - 1]) and w.sent[i - 1] == w.sent[i]:
        return 0
    last = _capitals(w, i + 1)
    land = all(w.text[k] in QUARTERS or w.lower[k] in gazetteer() for k in range(i + 2, last))
    if last == i + 1 or not land:
        return 0
    return last if (_is_group if w.text[i + 1] in nouns("in other names") else _speaks)(w, i, last) else 0


def _told(w: Words, i: int, seen: _Seen) -> int:
    """The end of a phrase that a body's noun stands before: the group `Swimmers in Need`; else 0."""
    beside = 0 < i < len(w.text) - 2 and w.sent[i - 1] == w.sent[i + 2] == w.sent[i] and w.lower[i - 1] in BODIES
    if not beside or w.lower[i + 1] not in _BETWEEN or not capital(w.text[i + 2]):
        return 0
    if w.tag[i] not in _PLURAL or w.lower[i + 2] in DATES or i + 2 in seen.named or w.lower[i + 2] in gazetteer():
        return 0  # the alliance Wednesday on Trade; the campaign Trump on Truth Social ran
    return _capitals(w, i + 2)


def _is_topic(w: Words, span: Stretch, seen: _Seen) -> bool:
    """Whether a cause behind a trade names nobody: Worker `Safety` was at risk; but Teacher Hope left."""
    title = seen.titles.get(span.first - 1)
    cause = span.last - span.first == 1 and w.text[span.first] in nouns("cause").keys() - nouns("in other names").keys()
    return cause and title is not None and title.kind == "job" and _starts(w, title.first)


def _is_head(w: Words, i: int) -> bool:
    return nouns("head").get(w.text[i]) == "organisation" and w.text[i] not in nouns("after office")
