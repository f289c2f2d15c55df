"""Stretches of a text that may be names, each with the evidence for what it names.

spaCy's names are a proposal: their ends are repaired, neighbouring capitals are joined to them and names
it missed are added. What each of them names, `newslab.entities` settles over the whole article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from newslab import rules
from newslab.layout.credits import first_names
from newslab.naming.bodies import bodies, has_noun, of_lands
from newslab.naming.campaigns import campaigns
from newslab.naming.chains import chains
from newslab.naming.evidence import weigh
from newslab.naming.extents import DATES, PARTICLES, Stretch, capital, common_word, day, described, whole
from newslab.naming.growing import NAME_TOKENS, grow, hyphen, initial_of_next, join, office_at, office_of, proper
from newslab.naming.lists import acronym, demonyms, gazetteer, nouns
from newslab.naming.names import LABEL_OF, POSTNOMINALS, SUFFIXES, Name, key, make_name
from newslab.naming.owned import owned
from newslab.naming.wholes import wholes
from newslab.naming.words import Title, Words, titles_near

JOINERS = frozenset({"of", "for", "and", "&", "the", "on", "in", "to"})
# first names as often as titles: a title only where a whole name follows
FIRST_NAMES = frozenset(
    {"dean", "earl", "duke", "king", "prince", "major", "marshal", "bishop", "baron", "count", "oba", "malam"}
)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "'S", "’S"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "and", "but"})
_NAME_TAGS = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "CD", "FW", "HYPH", "", "DT", "IN", "``", "SYM", "ADD"})


def names(w: Words, titles: Sequence[Title]) -> list[Name]:
    """Stretches that may be names, in order and without overlap, with the evidence for their labels.

    Headings are left out, since there every word is capitalised: what the body names is found there later.
    """
    title_at = {i: title for title in titles for i in range(title.first, title.last)}
    found = grow(w, _proposals(w, title_at), title_at)
    found = described(w, join(w, sorted(found + _runs(w, found, title_at))))
    found = of_lands(w, bodies(w, whole(w, chains(w, found, title_at))))
    found = owned(w, campaigns(w, wholes(w, found, title_at), title_at), title_at)
    out: list[Name] = []
    for first, last, label, source in found:
        name = make_name(w, first, last, source)
        if name is None or _letters(w, first, last) or (out and out[-1].last > first):
            continue
        name.ner = label if source == "spacy" else ""
        title = _title_before(w, first, out, title_at)
        name.gender = title.gender if title else ""
        weigh(w, name, title.kind if title else None)
        name.evidence |= titles_near(w, first, last, title_at)
        if source in ("rules:described", "rules:body"):
            name.evidence |= {"left:kind of body", "told:body"}
        if not common_word(w, name):
            out.append(name)
    return out


def _title_before(w: Words, first: int, out: Sequence[Name], title_at: Mapping[int, Title]) -> Title | None:
    """The title right before a name, also with whose it is between: governor of Ohio Ann Lee."""
    i = first - 1
    if i in title_at or not out or out[-1].last != first:
        return title_at[i] if i in title_at and w.sent[i] == w.sent[first] else None
    i = out[-1].first - 1
    i -= i > 0 and w.lower[i] == "the"
    return title_at.get(i - 1) if i > 0 and w.lower[i] == "of" and w.sent[i] == w.sent[first] else None


def _trim(w: Words, first: int, last: int) -> tuple[int, int]:
    """Without articles, quotation marks, possessives, dates and small words at the ends."""
    if last - first > 2 and w.lower[first] in PARTICLES and w.text[first + 1] == "-":
        return first, _trim(w, first + 2, last)[1]
    while first < last:
        text = w.text[first]
        digit = text[:1].isdigit() and last - first > 1
        if (capital(text) or digit) and not (w.lower[first] in _ARTICLES and last - first > 1):
            break
        first += 1
    while last > first:
        text = w.text[last - 1]
        more = last - first > 1
        if more and w.lower[last - 1] in DATES:
            last -= 1
            continue
        if capital(text) or (more and (text[:1].isdigit() or text in nouns("lower-case head"))):
            break
        hyphened = last - first > 2 and w.text[last - 2] == "-" and w.start[last - 1] == w.start[last - 2] + 1
        if hyphened and w.tag[last - 1] in ("NN", "NNP") and text.isalpha() and capital(w.text[last - 3]):
            break  # Kim Min-jun
        if text == ")" and "(" in w.text[first:last]:
            break
        last -= 1
    return first, last


def _letters(w: Words, first: int, last: int) -> bool:
    """Whether a stretch is only the letters behind a person's name: Ann Potter `KC`."""
    return last - first == 1 and w.text[first] in POSTNOMINALS and first > 0 and capital(w.text[first - 1])


def _proposals(w: Words, title_at: Mapping[int, Title]) -> list[Stretch]:
    """spaCy's names with their ends repaired and titles cut off."""
    out: list[Stretch] = []
    for begin, end, spacy_label in w.ents:
        label = LABEL_OF.get(spacy_label)
        if label is None or not w.part[begin] or w.sent[begin] in w.headings or _letters(w, begin, end):
            continue
        for first, last in _pieces(w, begin, min(end, begin + NAME_TOKENS), label, title_at):
            while label == "person" and last - first > 1 and w.tag[first] not in _NAME_TAGS:
                first += 1  # "Meeting Ann Lee"
            if label != "person" and last - first > 1 and initial_of_next(w, last - 1):
                last -= 1
            first, last = _cut_titles(w, first, last, title_at, label)
            first, last = _trim(w, first, last)
            if last - first > 2 and label == "person" and w.text[last - 1] in POSTNOMINALS:
                last -= 1
            if first < last:
                out.append(Stretch(first, last, label, "spacy"))
    return out


@cache
def _listed() -> frozenset[str]:
    return frozenset(row["name"] for row in rules.read("organisations"))


def _pieces(w: Words, first: int, last: int, label: str, title_at: Mapping[int, Title]) -> list[tuple[int, int]]:
    """Parts of a name at an inner possessive or comma: `Chad's Lake Fitri`; not `St. John's University`."""
    if first > 1 and w.lower[first - 1] == "of" and first - 2 in title_at:
        for i in range(first + 1, last - 2):  # governor of `Batken Region` `Ann Lee`
            if w.text[i] in nouns("head") and all(proper(w, j) and j not in title_at for j in range(i + 1, last)):
                return [(first, i + 1), (i + 1, last)]
    for i in range(first + 1, last - 1):
        if w.text[i] in _POSSESSIVE:
            owner = key(w.string[w.start[first] : w.start[i]])
            if owner in demonyms() or gazetteer().get(owner) in ("country", "state") or not capital(w.text[i + 1]):
                return [(first, i), *_pieces(w, i + 1, last, label, title_at)]
        elif w.text[i] == "," and label not in ("work", "law") and w.lower[i + 1] not in SUFFIXES:
            series = "and" in w.text[i:last] and "of" in w.text[first:i]  # the Office of Roads, Rails and Ports
            if not series:
                return [(first, i), *_pieces(w, i + 1, last, label, title_at)]
        elif w.text[i] == "and" and label == "organisation" and " ".join(w.text[i + 1 : last]) in _listed():
            return [(first, i), (i + 1, last)]  # the `Department for Education` and `Ofsted`
        elif w.text[i] in ("at", "as") and label not in ("work", "law", "event") and not has_noun(w, first, i):
            return [(first, i), *_pieces(w, i + 1, last, label, title_at)]  # `Ann Lee` at `Leeds Hall`
    return [(first, last)]


def _cut_titles(w: Words, first: int, last: int, title_at: Mapping[int, Title], label: str) -> tuple[int, int]:
    """Without titles: `Defense Secretary Ann Lee` -> `Ann Lee`; nothing of `Secretary of State`."""
    head = w.text[last - 1] in nouns("head") and last - 1 not in title_at
    house = last - first > 2 and w.text[last - 1] not in nouns("last name") and w.lower[first] in FIRST_NAMES
    if head and last - first > 1 and (label == "organisation" or house):
        return first, last  # Prince Ivo Hospital, whatever the parse takes it for
    cut = first
    for i in range(first, last):
        title = title_at.get(i)
        if title is None or title.last >= last or w.lower[title.last] in SUFFIXES | JOINERS:
            continue
        if label == "person" and w.lower[i] in FIRST_NAMES and i == first and last - title.last < 2:
            continue
        cut = max(cut, title.last)
    title = title_at.get(last - 1)
    named = last < len(w.text) and proper(w, last) and w.sent[last] == w.sent[first]
    office = named and title is not None and (title.kind == "office" or w.text[last] in first_names())
    if title and label == "person" and title.first > cut and office and w.text[first] not in first_names():
        return cut, cut  # Sales Manager, before Ann Lee; not Ann Potter, before KC
    if title and title.first <= cut:
        if title.last > last:  # Assistant Commissioner, of "Assistant Commissioner of Police"
            return cut, cut
        alone = title.kind == "job" and label == "person" and not named
        return (cut, last) if alone else (cut, cut)
    of_them = title is not None and title.first > cut + 1 and w.lower[title.first - 1] in JOINERS  # the House of Lords
    if title and title.kind == "office" and label != "person" and not of_them:
        last = title.first
    while label == "person" and last - cut > 1 and w.lower[cut] in demonyms():
        cut += 1
    return cut, last


def _runs(w: Words, spans: Sequence[Stretch], title_at: Mapping[int, Title]) -> list[Stretch]:
    """Names that the parse missed: runs of capitals, demonyms, and ministries in lower case."""
    taken = {i for span in spans for i in range(span.first, span.last)}
    for begin, end, spacy_label in w.ents:
        if spacy_label not in LABEL_OF:
            taken.update(range(begin, end))
    out: list[Stretch] = []
    i, n = 0, len(w.text)
    while i < n:
        if not capital(w.text[i]) or i in taken or not w.part[i] or w.sent[i] in w.headings:
            i += 1
            continue
        if w.lower[i] in demonyms():
            office = office_at(w, i)
            if office:
                out.append(Stretch(i, office, "organisation", "rules:office"))
            else:
                out.append(Stretch(i, i + 1, "nationality", "rules:list"))
            i = office or i + 1
            continue
        j = i
        while j < n and j - i < NAME_TOKENS and j not in taken and w.sent[j] == w.sent[i]:
            if proper(w, j):
                j += 1
            elif j > i and hyphen(w, j) and j + 1 not in taken:
                j += 2
            else:
                break
        if j > i:
            j = office_of(w, i, j, taken)
            label = nouns("head").get(w.text[j - 1]) or ("person" if 2 <= j - i <= 3 else "organisation")
            if "of" in w.lower[i:j] or "for" in w.lower[i:j]:
                label = "organisation"
            first, last = _trim(w, *_cut_titles(w, i, j, title_at, label))
            first -= day(w, first, last)
            if all(w.text[k].isupper() and w.lower[k] in w.plain for k in range(first, last)):
                i = j  # WORDS SHOUTED, which the text also writes small
                continue
            letter = last - first == 1 and len(w.text[first]) < 3 and not acronym(w.text[first])
            office = all(k in title_at and title_at[k].kind != "job" for k in range(first, last))
            if first < last and not letter and not office:
                out.append(Stretch(first, last, label, "rules:capitals"))
        i = max(j, i + 1)
    return out
