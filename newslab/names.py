"""Stretches of a text that may be names, each with the evidence for what it names.

spaCy's names are a proposal: their ends are repaired, neighbouring capitals are joined to them, names
it missed are added, and every stretch collects votes for a label from the words around it. What a name
is in the end, `newslab.entities` settles over the whole article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslab import rules
from newslab.evidence import acronym, demonyms, gazetteer, is_country, nouns, weigh
from newslab.records import PROSE, Segment

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABEL_OF = {
    "PERSON": "person", "PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "facility",
    "NORP": "other", "EVENT": "event", "WORK_OF_ART": "work", "LAW": "law", "PRODUCT": "product",
    "LANGUAGE": "other", "MISC": "other",
}  # fmt: skip
# lower-case words that stand inside names: nobiliary particles, and small words of organisations
PARTICLES = frozenset(
    "al el bin bint ibn abu ben von van der den de del della di da do dos das du la le ter ten zu af av y e".split()
)
JOINERS = frozenset({"of", "for", "and", "&", "the", "on", "in", "to"})
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
DATES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. gmt utc est edt pst am pm""".split()
)
NAME_TOKENS = 12  # a longer run of capitals is a heading, not a name
_STOPS = frozenset({".", "!", "?", "”", '"', ":"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "'S", "’S"})


class Words(NamedTuple):
    """A parsed text's tokens as columns, read once: reading token by token costs more than all the rest."""

    text: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    sent: list[int]  # number of the sentence
    flow: list[int]  # number of the sentence among those of its part, so that captions do not interrupt the body
    part: list[str]  # part of the page; "" for what is not prose
    string: str


@dataclass(slots=True)
class Name:
    """A stretch that may be a name: tokens `first` to `last` (not included), and votes for its label."""

    first: int
    last: int
    start: int
    end: int
    text: str
    found_by: str
    ner: str = ""  # label of the parse's own names; "" for a name that a rule found
    evidence: set[str] = field(default_factory=set)
    key: str = ""
    part: str = "body"


class Title(NamedTuple):
    """A title, rank or office word in the text: tokens `first` to `last` (not included)."""

    first: int
    last: int
    kind: str
    gender: str


def words(doc: Doc, segments: Sequence[Segment] | None = None) -> Words:
    """The columns of a parsed text that finding names needs."""
    from spacy.attrs import DEP, HEAD, SENT_START, TAG  # type: ignore[attr-defined]

    n = len(doc)
    texts = [token.text for token in doc]
    starts = [token.idx for token in doc]
    table = doc.to_array([TAG, DEP, HEAD, SENT_START]).astype("int64") if n else []
    store = doc.vocab.strings
    known: dict[int, str] = {}

    def string(code: int) -> str:
        if code not in known:
            known[code] = store[code % 2**64] if code else ""
        return known[code]

    tags, deps, heads, sents = [], [], [], []
    sent = 0
    for i, (tag, dep, head, begins) in enumerate(table.tolist() if n else []):
        tags.append(string(tag))
        deps.append(string(dep))
        heads.append(i + head)
        sent += begins == 1 and i > 0
        sents.append(sent)
    parts = ["body"] * n
    if segments is not None:
        parts = [""] * n
        i = 0
        for segment in segments:
            if segment.part not in PROSE:
                continue
            while i < n and starts[i] < segment.start:
                i += 1
            while i < n and starts[i] < segment.end:
                parts[i] = segment.part
                i += 1
    flow: list[int] = []
    reached: Counter[str] = Counter()
    for i in range(n):
        if i and sents[i] != sents[i - 1]:
            reached[parts[i]] += 1
        flow.append(reached[parts[i]])
    return Words(texts, tags, deps, heads, starts, sents, flow, parts, doc.text)


@cache
def _titles() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """Titles by their first word, lower-cased, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for row in rules.read("titles"):
        parts = tuple(re.findall(r"[^\s-]+|-", row["title"].casefold()))
        table.setdefault(parts[0], []).append((parts, row["kind"], row["gender"]))
    for found in table.values():
        found.sort(key=lambda item: -len(item[0]))
    return table


def titles(w: Words) -> list[Title]:
    """All titles, ranks, offices and occupations of the text, the longest at each place."""
    table = _titles()
    found = []
    lower = [text.casefold() for text in w.text]
    i, n = 0, len(lower)
    while i < n:
        word = lower[i]
        choices = table.get(word)
        if choices is None and word.endswith("s") and w.tag[i] in ("NNS", "NNPS"):
            choices = table.get(word[:-1])
            choices = [c for c in choices if len(c[0]) == 1] if choices else None
        if choices and w.part[i]:
            for parts, kind, gender in choices:
                if len(parts) == 1 or tuple(lower[i : i + len(parts)]) == parts:
                    found.append(Title(i, i + len(parts), kind, gender))
                    i += len(parts) - 1
                    break
        i += 1
    return found


def key(text: str) -> str:
    """What two spellings of one name have in common: `"the U.S. Defence Ministry's"` -> `"us defense ministry"`."""
    out = text.casefold().replace("’", "'").replace("defence", "defense").replace("centre", "center")
    out = out.removeprefix("the ")
    for ending in ("'s", "'"):
        out = out.removesuffix(ending)
    if "." in out:
        out = out.replace(".", "")
    return " ".join(out.split())


def capital(text: str) -> bool:
    """Whether a token is written as a name is: `Kerry`, `al-Hawoz`, `iPhone`; not `said`, `3rd`."""
    if text[:1].isupper():
        return True
    head, _, tail = text.partition("-")
    return bool(tail) and tail[:1].isupper() and head in PARTICLES


def headings(w: Words) -> set[int]:
    """Sentences in which most words are capitalised, so that capitals say nothing: headlines, lines in capitals."""
    total, upper = Counter[int](), Counter[int]()
    headline, ends = set(), {}
    for i, text in enumerate(w.text):
        if not w.part[i]:
            continue
        ends[w.sent[i]] = text if not text.isspace() else ends.get(w.sent[i], "")
        if len(text) > 3 and text.isalpha():
            total[w.sent[i]] += 1
            upper[w.sent[i]] += text[0].isupper()
        if w.part[i] in ("headline", "subhead"):
            headline.add(w.sent[i])
    return {
        sent
        for sent, n in total.items()
        if n >= 3 and upper[sent] >= 0.65 * n and (sent in headline or n >= 5 and ends[sent] not in _STOPS)
    }


def _trim(w: Words, first: int, last: int) -> tuple[int, int]:
    """Without articles, quotation marks, possessives and small words at the ends of tokens first to last."""
    if last - first > 2 and w.text[first].casefold() in PARTICLES and w.text[first + 1] == "-":
        return first, _trim(w, first + 2, last)[1]
    while first < last and not (capital(w.text[first]) or w.text[first][:1].isdigit() and last - first > 1):
        first += 1
    if last - first > 1 and w.text[first] in ("The", "A", "An", "This", "That", "These", "And", "But"):
        return _trim(w, first + 1, last)
    while last > first:
        text = w.text[last - 1]
        if capital(text) or text[:1].isdigit() and last - first > 1:
            break
        if text in nouns("lower-case head") and last - first > 1 or text in (")", "."):
            break
        last -= 1
    if last > first and w.text[last - 1] == ")" and "(" not in w.text[first:last]:
        last -= 1
    if last > first and w.text[last - 1] == ".":
        last -= 1
    return first, last




def names(doc: Doc, w: Words, found_titles: Sequence[Title]) -> list[Name]:
    """Stretches that may be names, in order and without overlap, each with its votes.

    Names in headings are kept only if the body has them or a list knows them, since in a heading every
    word is capitalised.
    """
    heads = headings(w)
    title_at = {i: title for title in found_titles for i in range(title.first, title.last)}
    spans = _proposals(doc, w, heads, title_at)
    spans = _join(w, spans, title_at)
    spans += _runs(doc, w, spans, heads, title_at)
    spans.sort()
    out: list[Name] = []
    for first, last, label, source in spans:
        name = make_name(w, first, last, source)
        if name is None or out and out[-1].last > first:
            continue
        name.ner = label if source == "spacy" else ""
        title = title_at.get(first - 1)
        weigh(w, name, title.kind if title and w.sent[first - 1] == w.sent[first] else None)
        out.append(name)
    return out


def make_name(w: Words, first: int, last: int, source: str) -> Name | None:
    """A name of the tokens first to last (not included), or None if there is nothing in it."""
    start, end = w.start[first], w.start[last - 1] + len(w.text[last - 1])
    text = w.string[start:end]
    if not any(c.isalnum() for c in text) or text != text.strip() or "\n" in text:
        return None
    return Name(first, last, start, end, text, source, key=key(text), part=w.part[first])


Span4 = tuple[int, int, str, str]  # first, last (not included), label, what found it


def _proposals(doc: Doc, w: Words, heads: set[int], title_at: dict[int, Title]) -> list[Span4]:
    """spaCy's names with their ends repaired and titles cut off."""
    out: list[Span4] = []
    for span in doc.ents:
        label = LABEL_OF.get(span.label_)
        if label is None or not w.part[span.start] or w.sent[span.start] in heads:
            continue
        for first, last in _pieces(w, span.start, min(span.end, span.start + NAME_TOKENS)):
            first, last = _cut_titles(w, first, last, title_at, label)
            first, last = _trim(w, first, last)
            if first < last:
                out.append((first, last, label, "spacy"))
    return out


def _pieces(w: Words, first: int, last: int) -> list[tuple[int, int]]:
    """Parts of a name at an inner possessive: `Syria's opposition`; not `St. John's University`."""
    for i in range(first + 1, last - 1):
        if w.text[i] in _POSSESSIVE:
            owner = key(w.string[w.start[first] : w.start[i]])
            if owner in demonyms() or gazetteer().get(owner) in ("country", "state") or not capital(w.text[i + 1]):
                return [(first, i), *_pieces(w, i + 1, last)]
    return [(first, last)]


def _cut_titles(
    w: Words, first: int, last: int, title_at: dict[int, Title], label: str
) -> tuple[int, int]:
    """Without titles: `Defense Secretary Ann Lee` -> `Ann Lee`; nothing of `Secretary of State`."""
    if label == "organisation" and last - first > 2 and w.text[last - 1] in nouns("head"):
        return first, last
    cut = first
    for i in range(first, last):
        title = title_at.get(i)
        if title and title.last < last and w.text[title.last].casefold() not in SUFFIXES | JOINERS:
            cut = max(cut, title.last)
    title = title_at.get(last - 1)
    if title and title.first <= cut:
        return (cut, cut) if title.kind != "job" or label != "person" else (cut, last)
    if title and title.first > cut and title.kind == "office" and label != "person":
        last = title.first
    if label == "person":
        while last - cut > 1 and w.text[cut].casefold() in demonyms():
            cut += 1
    return cut, last


def _join(w: Words, spans: list[Span4], title_at: dict[int, Title]) -> list[Span4]:
    """Neighbours that are one name: `Russian` + `Defense Ministry`, `Jaish` + `al-Mujahideen`."""
    heads = nouns("head")
    taken = {i for first, last, *_ in spans for i in range(first, last)}
    grown: list[Span4] = []
    for first, last, label, source in sorted(spans):
        sent = w.sent[first]
        if w.text[first].casefold() not in demonyms() or last - first > 1:
            while last < len(w.text) and last not in taken and w.sent[last] == sent and _proper(w, last) and last not in title_at:
                last += 1
        if grown and grown[-1][1] > first:
            continue
        while first and first - 1 not in taken and w.sent[first - 1] == sent and (
            _proper(w, first - 1) and first - 1 not in title_at
        ):
            if grown and grown[-1][1] >= first:
                break
            first -= 1
        if first > 1 and w.text[first - 1] == "-" and w.text[first - 2].casefold() in PARTICLES and w.sent[first - 2] == sent:
            first -= 2
        single = last - first == 1 and (w.text[first].casefold() in demonyms() or acronym(w.text[first]))
        if single and label != "person" and _office(w, first):
            last, label, source = _office(w, first), "organisation", "rules:office"
        grown.append((first, last, label, source))
    out: list[Span4] = []
    for span in grown:
        first, last, label, source = span
        if out and w.sent[out[-1][0]] == w.sent[first]:
            f, l, before, _ = out[-1]
            owner = key(w.string[w.start[f] : w.start[l - 1] + len(w.text[l - 1])])
            known = owner in demonyms() or is_country(owner) or acronym(w.text[f])
            if l == first and known and label in ("organisation", "facility") and w.text[last - 1] in heads:
                out[-1] = (f, last, label, "join")
                continue
            # the Centre for Peace in Mali: a country or region is the scope of an office, not its seat
            gap = [text.casefold() for text in w.text[l:first]]
            scope = is_country(key(w.string[w.start[first] : w.start[last - 1] + len(w.text[last - 1])]))
            if before == "organisation" and "for" in w.text[f:l] and gap in (["in"], ["in", "the"]) and scope:
                out[-1] = (f, last, before, "join")
                continue
        out.append(span)
    return out


def _office(w: Words, i: int) -> int:
    """End of an office with a head in lower case that token i begins: `Swiss finance ministry`; else 0."""
    for j in range(i + 1, min(i + 5, len(w.text))):
        if w.text[j] in nouns("lower-case head"):
            return j + 1 if j - i > 1 else 0
        if not w.text[j].islower() or w.tag[j] not in ("NN", "NNS", "NNP", "JJ") or w.sent[j] != w.sent[i]:
            break
    return 0


def _proper(w: Words, i: int) -> bool:
    """Whether a token reads as part of a name: tagged so, and capitalised."""
    text = w.text[i]
    return (
        w.tag[i] in ("NNP", "NNPS") and bool(w.part[i]) and capital(text) and text.casefold() not in DATES
    )


def _runs(
    doc: Doc, w: Words, spans: list[Span4], heads: set[int], title_at: dict[int, Title]
) -> list[Span4]:
    """Names spaCy missed: runs of capitals, demonyms, and ministries in lower case."""
    taken = {i for first, last, *_ in spans for i in range(first, last)}
    for span in doc.ents:
        if span.label_ not in LABEL_OF:
            taken.update(range(span.start, span.end))
    out: list[Span4] = []
    tagged = any(w.tag)
    i, n = 0, len(w.text)
    while i < n:
        if i in taken or not w.part[i] or w.sent[i] in heads or not capital(w.text[i]):
            i += 1
            continue
        if w.text[i].casefold() in demonyms():
            office = _office(w, i)
            if office:
                out.append((i, office, "organisation", "rules:office"))
            else:
                out.append((i, i + 1, "nationality", "rules:list"))
            i = office or i + 1
            continue
        j = i
        while j < n and j not in taken and w.sent[j] == w.sent[i] and _proper(w, j) and j - i < NAME_TOKENS:
            j += 1
        if tagged and j > i:
            label = "organisation" if j - i == 1 or not 2 <= j - i <= 3 else "person"
            first, last = _trim(w, *_cut_titles(w, i, j, title_at, label))
            lone = last - first == 1 and (len(w.text[first]) < 3 and not acronym(w.text[first]))
            if first < last and not lone and not all(k in title_at for k in range(first, last)):
                out.append((first, last, label, "rules:capitals"))
        i = max(j, i + 1)
    return out
