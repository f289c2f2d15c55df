"""Names grown over the words beside them that belong to them: capitals, hyphens, the departments of an office."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from newslab.layout.credits import first_names
from newslab.naming.extents import DATES, PARTICLES, Stretch, capital, day, epithet, second_half
from newslab.naming.lists import acronym, bodies, context, demonyms, gazetteer, is_country, nouns, organisations
from newslab.naming.names import POSTNOMINALS, key
from newslab.naming.words import Title, Words

_INITIAL = re.compile(r"[A-Z]\.")
_HEADS = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "appos", "conj", "ROOT", "attr"})
NAME_TOKENS = 12  # a longer run of capitals is a heading, not a name
_QUARTERS = frozenset({"North", "South", "East", "West", "Interior", "Isles"})
# before a place, a part of it
_PARTS = frozenset(
    ("Upper", "Lower", "Inner", "Outer", "Greater", "Central", "Downtown", "Uptown", "Midtown", "Metro", "Metropolitan",
     "Mainland", "Rural", "Old", "New", "Little", "Occupied", "Suburban", "Northern", "Southern", "Eastern", "Western")
)  # fmt: skip


def proper(w: Words, i: int) -> bool:
    """Whether a token reads as part of a name: tagged so, and capitalised."""
    return w.tag[i] in ("NNP", "NNPS") and bool(w.part[i]) and capital(w.text[i]) and w.lower[i] not in DATES


def grow(w: Words, spans: Sequence[Stretch], title_at: Mapping[int, Title]) -> list[Stretch]:
    """Names with the capitals beside them that the parse left out, and offices with their lower-case heads."""
    taken = {i for span in spans for i in range(span.first, span.last)}
    out: list[Stretch] = []
    for first, last, label, source in sorted(spans):
        if out and out[-1].last > first:
            continue
        sent, end = w.sent[first], last

        def free(i: int, sent: int = sent) -> bool:
            inside = i not in taken and w.sent[i] == sent and i not in title_at
            return inside and proper(w, i) and w.text[i] not in POSTNOMINALS

        if last - first > 1 or w.lower[first] not in demonyms():
            while last < len(w.text) and last - end < NAME_TOKENS and (free(last) or hyphen(w, last, taken)):
                if label != "person" and initial_of_next(w, last):
                    break
                last += 1 if w.text[last] != "-" else 2
        if label == "organisation" and not any(w.lower[k] in ("of", "for") for k in range(first, last)):
            last = office_of(w, first, last, taken)
        if label == "person" and second_half(w, last):
            last += 2
        begin = first
        while first and begin - first < NAME_TOKENS and not (out and out[-1].last >= first):
            if free(first - 1):
                person = label == "person" and last - first > 1 and w.text[last - 1] not in nouns("head")
                if person and _first_word(w, first - 1):
                    break
                first -= 1
            elif first > 2 and hyphen(w, first - 1, taken):
                first -= 2
            else:
                break
        first -= day(w, first, last)
        if first > 1 and w.text[first - 1] == "-" and w.lower[first - 2] in PARTICLES and w.sent[first - 2] == sent:
            first -= 2
        if last - first == 1 and label != "person" and (w.lower[first] in demonyms() or acronym(w.text[first])):
            office = office_at(w, first)
            if office:
                last, label, source = office, "organisation", "rules:office"
        if last - first == 1 and epithet(w, first - 1) and w.text[first] in nouns("head") and first - 1 not in taken:
            first, label = first - 1, "organisation"
        out.append(Stretch(first, last, label, source))
    return out


def initial_of_next(w: Words, i: int) -> bool:
    """Whether a token is the initial of whom the next names: chair of the Audit Board `A.` Lee."""
    following = i + 1 < len(w.text) and w.sent[i + 1] == w.sent[i] and proper(w, i + 1)
    return following and _INITIAL.fullmatch(w.text[i]) is not None


def _first_word(w: Words, i: int) -> bool:
    """Whether a token begins a sentence and is no first name, but what somebody is: `Substitute` Ann Lee."""
    begins = i == 0 or w.sent[i - 1] != w.sent[i]
    return begins and w.text[i] not in first_names() and not _INITIAL.fullmatch(w.text[i])


def hyphen(w: Words, i: int, taken: Container[int] = ()) -> bool:
    """Whether token i is a hyphen inside a name: `Kara-Suu`; not `US-Russia`, two names."""
    if w.text[i] != "-" or not 0 < i < len(w.text) - 1 or (i - 1 in taken and i + 1 in taken):
        return False
    close = w.start[i] == w.start[i - 1] + len(w.text[i - 1]) and w.start[i + 1] == w.start[i] + 1
    return (
        close
        and w.sent[i - 1] == w.sent[i + 1]
        and capital(w.text[i - 1])
        and capital(w.text[i + 1])
        and not ({w.lower[i - 1], w.lower[i + 1]} & demonyms().keys())
        and not (is_country(key(w.text[i - 1])) or is_country(key(w.text[i + 1])))
    )


def join(w: Words, spans: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours that are one name: `Swiss` and `Defense Ministry`, `Ana` and `Paula Reis`."""
    heads = nouns("head")
    out: list[Stretch] = []
    for span in spans:
        first, last, label = span[:3]
        if label == "place" and last - first == 2 and _branch(w, span._replace(last=last - 1), last - 1, last):
            span = Stretch(first, last, "organisation", "rules:body")
        if not out or w.sent[out[-1].first] != w.sent[first] or last - out[-1].first > NAME_TOKENS:
            out.append(span)
            continue
        before = out[-1]
        gap = w.lower[before.last : first]
        if not gap:
            owner = key(_between(w, before.first, before.last))
            country = owner in demonyms() or is_country(owner) or acronym(w.text[before.first])
            country = country and label in ("organisation", "facility")
            unknown = owner not in gazetteer() and owner not in organisations() and not acronym(w.text[before.first])
            cut = before.label == label == "organisation" and before.last - before.first == 1 and unknown
            split = before.label == label == "organisation" and before.last - before.first == 1
            split = split and before.last > 1 and w.lower[before.first - 1] == "and"  # `Wear` and `Joint Board`
            if label == "place" and before.last - before.first == 1 and w.text[before.first] in _PARTS:
                out[-1] = Stretch(before.first, last, "place", "rules:join")  # Upper Egypt
                continue
            if label == "place" and _branch(w, before, first, last):
                out[-1] = Stretch(before.first, last, "organisation", "rules:body")
                continue
            if ((country or split or cut) and w.text[last - 1] in heads) or label == before.label == "person":
                out[-1] = Stretch(before.first, last, label, "spacy" if label == "person" else "rules:join")
                continue
            if _letters_first(w, before, span):
                out[-1] = Stretch(before.first, last, "organisation", "rules:body")
                continue
        elif gap == ["-"] and _double(w, before, span):
            out[-1] = Stretch(before.first, last, "person", "spacy")
            continue
        elif gap == ["and"] and label == "organisation" and before.label != "person" and w.text[last - 1] in heads:
            many = w.text[before.last - 1].endswith("s") and w.text[before.last - 1] not in heads
            if many and last - first > 1 and w.lower[before.first - 1 : before.first] == ["the"]:
                out[-1] = Stretch(before.first, last, label, "rules:join")  # the `Officers` and `Ratings Union`
                continue
        elif before.label == "organisation" and "for" in w.lower[before.first : before.last]:  # a town is its seat
            country = gap == ["in"] and is_country(key(_between(w, first, last)))
            if country or (gap == ["in", "the"] and before.first <= w.head[before.last] < before.last):
                out[-1] = Stretch(before.first, last, before.label, "rules:join")
                continue
        elif (gap == ["of"] or (gap == ["of", "the"] and w.text[first] in _QUARTERS)) and before.label == heads.get(
            w.text[before.last - 1]
        ) == "organisation":
            out[-1] = Stretch(before.first, last, before.label, "spacy")
            continue
        out.append(span)
    return out


def _letters_first(w: Words, before: Stretch, span: Stretch) -> bool:
    """Whether letters begin the name of a body: `EU` `NAVFOR` said, `MKB` `Norra` said; not the `EU` `Brexit` talks."""
    letters, (first, last) = w.text[before.first], span[:2]
    if before.last - before.first > 1 or not acronym(letters) or "." in letters or letters in POSTNOMINALS:
        return False
    known = is_country(w.lower[before.first]) or w.lower[before.first] in demonyms() or w.lower[first] in demonyms()
    someone = last - first > 1 or w.text[first] in first_names() or w.lower[before.first] in organisations()
    if known or (span.label == "person" and someone):
        return False  # the FIFA of `Ann Lee`
    top = next((i for i in range(first, last) if not before.first <= w.head[i] < last), last - 1)
    behind = last < len(w.text) and w.sent[last] == w.sent[first] and w.tag[last] in ("NN", "NNS", "NNP", "NNPS", "POS")
    return w.dep[top] in _HEADS and before.first <= w.head[before.first] < last and not behind


def _double(w: Words, before: Stretch, span: Stretch) -> bool:
    """Whether a hyphen joins two halves of one person's name: `Ann Diaz`-`Cruz`, `Kelly`-`Ann Stubbs`."""
    first, last = before.last - 1, span.first
    close = w.start[first + 1] == w.start[first] + len(w.text[first]) and w.start[last] == w.start[first + 1] + 1
    if not close or not (capital(w.text[first]) and capital(w.text[last])):
        return False
    sizes = before.last - before.first, span.last - span.first
    if sizes[0] > 1 and sizes[1] == 1:
        return before.label == "person" and not is_country(w.lower[last])
    return sizes[0] == 1 < sizes[1] and span.label == "person" and w.text[first] in first_names()


def _branch(w: Words, before: Stretch, first: int, last: int) -> bool:
    """Whether a place is the last word of a body's name: `Rentwatch Leeds`, whose members met; not Downtown `Leeds`."""
    name, place = key(_between(w, before.first, before.last)), key(_between(w, first, last))
    if before.label == "person" or place not in gazetteer() or last + 1 >= len(w.text) or w.lower[first] in w.plain:
        return False
    own = (
        name in gazetteer()
        or name in demonyms()
        or name in context("before")
        or w.text[before.last - 1] in _PARTS | _QUARTERS
    )
    if own or w.lower[before.last - 1] in w.plain or w.tag[before.last - 1] not in ("NNP", "NNPS"):
        return False
    told = before.first > 0 and w.sent[before.first - 1] == w.sent[first] and w.lower[before.first - 1] in bodies()
    clause = w.text[last] == "," and w.lower[last + 1] in ("which", "whose", "a", "an", "the")
    return told or clause or (w.tag[last] in ("VBD", "VBZ", "VBP", "MD") and w.text[last].islower())


def _between(w: Words, first: int, last: int) -> str:
    return w.string[w.start[first] : w.start[last - 1] + len(w.text[last - 1])]


def office_at(w: Words, i: int) -> int:
    """End of an office with a head in lower case that token i begins: `Swiss finance ministry`; else 0."""
    for j in range(i + 1, min(i + 5, len(w.text))):
        if w.text[j] in nouns("lower-case head"):
            return j + 1 if j - i > 1 else 0
        if not w.text[j].islower() or w.tag[j] not in ("NN", "NNS", "NNP", "JJ") or w.sent[j] != w.sent[i]:
            break
    return 0


def office_of(w: Words, first: int, last: int, taken: Container[int]) -> int:
    """End of a name that goes on after its head: `Centre for Peace`, `Ministry of Roads and Rails`; else `last`."""
    if nouns("head").get(w.text[last - 1]) != "organisation":
        return last
    end = last
    for link in (("of", "for"), ("and", "&")):
        i = end
        if i < len(w.text) and w.lower[i] in link:
            i += 1 + (w.lower[i + 1 : i + 2] == ["the"])
            begin = i
            while i < len(w.text) and i not in taken and i - first < NAME_TOKENS and w.sent[i] == w.sent[first]:
                if not proper(w, i):
                    break
                i += 1
            end = i if i > begin else end
        if end == last:
            break
    return end
