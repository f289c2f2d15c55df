"""A parsed text as columns, and the titles in it: what all that is done with names starts from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslab import rules
from newslab.layout.credits import first_names
from newslab.naming.lists import is_town, nouns
from newslab.naming.trades import addressed, trade_at
from newslab.records import PROSE, Segment

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPEN = (" of", " to", " in", " for", " familiar", " close", " briefed", " knowledge")  # no titles by themselves
_RETIRED = frozenset({"rtd", "retd", "ret", "retired", "res", "emeritus"})
_RANKS_AND_NAMES = frozenset({"col", "dean", "earl", "duke", "major", "marshal", "bishop"})
HEADLINE_TOKENS = 30
_NO_NAMES = frozenset({"VB", "PR", "IN", "TO", "RB", "MD"})  # tags of words that no name is made of
_NOUN = frozenset({"NNP", "NN"})
_STOPS = frozenset({".", "!", "?", "”", '"', ":"})


class Words(NamedTuple):
    """A parsed text's tokens as columns, read once: reading token by token costs more than all the rest."""

    string: str
    text: list[str]
    lower: list[str]
    start: list[int]
    tag: list[str]
    dep: list[str]
    lemma: list[str]
    head: list[int]
    sent: list[int]  # number of the sentence
    flow: list[int]  # number of the sentence among those of its part, so that captions do not interrupt the body
    part: list[str]  # part of the page; "" for what is not prose
    ents: list[tuple[int, int, str]]  # the parse's own names: first token, last (not included), spaCy's label
    plain: frozenset[str]  # words that the text writes small
    headings: frozenset[int]  # sentences in which capitals say nothing


class Title(NamedTuple):
    """A title, rank or office word in the text: tokens `first` to `last` (not included)."""

    first: int
    last: int
    kind: str
    gender: str


def words(doc: Doc, segments: Sequence[Segment] | None = None) -> Words:
    """The columns of a parsed text that finding names needs."""
    import numpy as np
    from spacy.attrs import DEP, HEAD, LEMMA, ORTH, SENT_START, SPACY, TAG  # type: ignore[attr-defined]

    n = len(doc)
    table = doc.to_array([ORTH, SPACY, TAG, DEP, HEAD, SENT_START, LEMMA]).reshape(n, 7).astype("int64")
    store = doc.vocab.strings
    known: dict[int, str] = {0: ""}

    def strings(column: int) -> list[str]:
        codes = table[:, column].tolist()
        for code in set(codes) - known.keys():
            known[code] = store[code % 2**64]
        return [known[code] for code in codes]

    texts = strings(0)
    spaces = table[:, 1] != 0
    string = "".join([text + " " if space else text for text, space in zip(texts, spaces.tolist(), strict=True)])
    lengths = np.fromiter(map(len, texts), "int64", n)
    starts = (np.cumsum(lengths + spaces) - lengths - spaces).tolist()
    heads = (table[:, 4] + np.arange(n)).tolist()
    lower = [text.casefold() for text in texts]
    begins = table[:, 5] == 1
    begins[:1] = False
    for i in np.flatnonzero(begins).tolist():  # "Maj." ends no sentence
        before = lower[i - 1] if lower[i - 1] != "." or i < 2 else f"{lower[i - 2]}."
        begins[i] = before not in _abbreviations() and not _bracketed(lower, i)
    sents = np.cumsum(begins).tolist()
    parts = _parts(starts, segments)
    flow: list[int] = []
    reached: Counter[str] = Counter()
    for i, part in enumerate(parts):
        if i and sents[i] != sents[i - 1]:
            reached[part] += 1
        flow.append(reached[part])
    ents = [(span.start, span.end, span.label_) for span in doc.ents]
    tags = strings(2)
    return Words(
        string, texts, lower, starts, tags, strings(3), strings(6), heads, sents, flow, parts, ents,
        frozenset(filter(str.islower, texts)), _headings(texts, tags, sents, parts),
    )  # fmt: skip


def _bracketed(lower: Sequence[str], i: int) -> bool:
    """Whether "(ret.)" stands right before a token: its point ends no sentence."""
    opened = [k for k in (i - 3, i - 4) if k >= 0 and lower[k] == "("]
    return lower[i - 1] == ")" and any(lower[k + 1].rstrip(".") in _RETIRED for k in opened)


def _parts(starts: Sequence[int], segments: Sequence[Segment] | None) -> list[str]:
    """Part of the page that each token lies in; all is body where there are no segments."""
    n = len(starts)
    if segments is None:
        return ["body"] * n
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
    return parts


def _headings(texts: Sequence[str], tags: Sequence[str], sents: Sequence[int], parts: Sequence[str]) -> frozenset[int]:
    """Sentences in which most words are capitalised: headlines, subheads, lines in capitals."""
    found = set()
    i, n = 0, len(texts)
    while i < n:
        j = i + 1
        while j < n and sents[j] == sents[i]:
            j += 1
        headline = parts[i] in ("headline", "subhead")
        opens = i == 0 or "\n" in texts[i - 1] or sents[i - 1] in found
        closed = texts[j - 1] in _STOPS or texts[j - 1].isspace()
        if headline or not closed or (opens and _title_case(texts[i:j], tags[i:j])):
            long = [text for text in texts[i:j] if len(text) > 3 and text.isalpha()]
            upper = sum(text[0].isupper() for text in long)
            shouted = headline and all(text.isupper() for text in texts[i:j] if text.isalpha())
            goes_on = (
                headline and i > 0 and parts[i - 1] == parts[i] and sents[i - 1] in found
            )  # cut in two by the parse
            least = 1 if goes_on else 3 if headline else 5
            if shouted or (len(long) >= least and upper >= 0.65 * len(long)):
                found.add(sents[i])
        i = j
    return frozenset(found)


def _title_case(texts: Sequence[str], tags: Sequence[str]) -> bool:
    """Whether a sentence is written like a headline, also with a point: "Mayor Says Her Rivals Spend Too Much."."""
    pairs = list(zip(texts, tags, strict=True))
    long = [text for text, tag in pairs if len(text) > 3 and text.isalpha() and (tag != "IN" or text[0].isupper())]
    no_names = any(text.istitle() and text != "I" and tag[:2] in _NO_NAMES for text, tag in pairs[1:])
    return len(long) >= 5 and len(texts) < HEADLINE_TOKENS and no_names and all(text[0].isupper() for text in long)


@cache
def _abbreviations() -> frozenset[str]:
    titles = [row["title"].casefold() for row in rules.read("titles")]
    return frozenset(word for title in titles for word in title.split() if word.endswith("."))


@cache
def _titles() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """Titles by their first word, lower-cased, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    rows = [(row["title"], row["kind"], row["gender"]) for row in rules.read("titles")]
    known = {title.casefold() for title, _, _ in rows}
    # offices and trades of several words ("district judge") that actors.csv tells the kind of
    rows += [
        (row["phrase"], "job", "")
        for row in rules.read("actors")
        if row["kind"] == "person" and " " in row["phrase"] and row["phrase"].casefold() not in known
        and not row["phrase"].endswith(_OPEN)
    ]  # fmt: skip
    for title, kind, gender in rows:
        parts = tuple(re.findall(r"[^\s-]+|-", title.casefold()))
        table.setdefault(parts[0], []).append((parts, kind, gender))
    for found in table.values():
        found.sort(key=lambda item: -len(item[0]))
    return table


def titles(w: Words) -> list[Title]:
    """All titles, ranks, offices and occupations of the text, the longest at each place."""
    table = _titles()
    found = []
    called: set[str] = set()
    lower = w.lower
    i, n = 0, len(lower)
    while i < n:
        word = lower[i]
        choices = table.get(word)
        if choices is None and word.endswith("s") and w.tag[i] in ("NNS", "NNPS"):
            choices = table.get(word[:-1])
            choices = [c for c in choices if len(c[0]) == 1] if choices else None
        if choices is None and len(word) > 3 and word.endswith(("s.", "s")) and f"{word.rstrip('.')[:-1]}." in table:
            # "Sens. Ann Lee and Bo Diaz"
            dotted = word.endswith(".") or (w.text[i + 1 : i + 2] == ["."] and w.sent[i + 1] == w.sent[i])
            choices = [c for c in table[f"{word.rstrip('.')[:-1]}."] if dotted and len(c[0]) == 1]
        if choices and w.part[i] and addressed(w, i, called):
            for parts, kind, gender in choices:
                if len(parts) == 1 or tuple(lower[i : i + len(parts)]) == parts:
                    end = _whole_title(w, i, i + len(parts), kind)
                    found.append(Title(i, end, kind, gender))
                    i = end - 1
                    break
        elif not choices and w.tag[i] in _NOUN and w.part[i] and trade_at(w, i):
            found.append(Title(i, i + 1, "job", ""))
        i += 1
    return _without_first_names(w, [title for title in found if not _of_longer_name(w, title)])


def _of_town(w: Words, title: Title) -> bool:
    """Whether a title is what a town calls its team: Ottawa `Senators`; not Leeds `Councillors` Ann Lee and Bo Diaz."""
    i, n = title.first, len(w.text)
    if title.last - i > 1 or not w.text[i][:1].isupper() or (title.last < n and w.text[title.last][:1].isupper()):
        return False
    before = [" ".join(w.text[k:i]) for k in (i - 1, i - 2) if k >= 0 and w.sent[k] == w.sent[i]]
    return any(name[:1].isupper() and is_town(name) for name in before)


def _is_built(w: Words, i: int, royal: bool) -> bool:
    """Whether a token is the noun of a street, a hospital or an island, and nobody's last name."""
    known = nouns("head").get(w.text[i]) in ("facility", "place") or w.text[i] in ("University", "College", "School")
    return known and w.text[i] not in nouns("last name") and (royal or w.text[i] not in nouns("after office"))


def _capitals(w: Words, i: int) -> Sequence[int]:
    """The one or two tokens with capitals that follow a token with one."""
    same = [k for k in range(i, min(i + 3, len(w.text))) if w.sent[k] == w.sent[i] and w.text[k][:1].isupper()]
    return [k for k in same if k - i < len(same)][1:]


def _of_longer_name(w: Words, title: Title) -> bool:
    """Whether a title is a word of a name: `General` Assembly, `St.` Louis, Ottawa `Senators`; not Gen. Ann Lee."""
    i = title.last
    if w.tag[i - 1] == "NNPS" and _of_town(w, title):
        return True
    if i >= len(w.text) or w.sent[i] != w.sent[title.first] or not w.text[title.first][:1].isupper():
        return False
    word = title.last - title.first == 1 and len(w.text[i - 1]) > 3 and not w.text[i - 1].endswith(".")  # not Mr Street
    royal = w.text[title.first] in nouns("royal")
    if word and any(_is_built(w, k, royal) for k in (i, *_capitals(w, i))):
        return True  # King Street, Queen Ann Hospital; not Mayor Ann Street
    if w.tag[i - 1] in ("NNS", "NNPS") and nouns("head").get(w.text[i]) == "organisation":
        return w.text[i] not in nouns("after office")  # Dockers Union
    if title.kind == "rank" and title.last - title.first == 1 and w.text[i] not in nouns("after office"):
        if w.lower[i - 2] == "of" and i > 2 and nouns("head").get(w.text[i - 3]) == "organisation":
            return w.text[i] not in first_names()  # the College of General Dentistry
        more = w.lower[i - 1] == "general" and w.text[i] not in first_names()
        head = {nouns("head").get(w.text[k]) for k in (i, *_capitals(w, i))[: 1 + more]}
        return "organisation" in head or w.text[i] in nouns("after rank")  # General Statistics Bureau, General Staff
    saint = w.lower[title.first].rstrip(".") == "st"
    return saint and w.text[i][:1].isupper() and is_town(f"St. {w.text[i]}")


def _without_first_names(w: Words, found: list[Title]) -> list[Title]:
    """Titles but those that are a first name in this text: `Col` Berg, of "the farmer Col Berg" and "Col said"."""
    single = [title for title in found if w.lower[title.first] in _RANKS_AND_NAMES and title.last == title.first + 1]
    if not single:
        return found
    jobs = {title.last for title in found if title.kind == "job" and not w.lower[title.last - 1].startswith("spokes")}
    called = set()
    for i, last, *_ in single:
        after = w.text[last : last + 2]
        one = len(after) == 2 and after[0][:1].isupper() and not after[1][:1].isupper()
        alone = w.text[i][:1].isupper() and w.tag[last : last + 1] and w.tag[last][:2] == "VB"
        alone = alone and i > 0 and w.lower[i - 1] not in ("the", "a", "this", "that", "his", "her")
        if (one and i in jobs) or (alone and w.dep[i] == "nsubj"):
            called.add(w.lower[i])
    return [title for title in found if not (w.lower[title.first] in called and title in single)]


def _whole_title(w: Words, first: int, end: int, kind: str) -> int:
    """Where a title ends: with its point, with "(Rtd)", with its department: Minister of `Health` Ann Lee."""
    table, word = _titles(), w.lower[end - 1]
    if w.text[end : end + 1] == ["."] and end - first == 1 and (f"{word}." in table or f"{word[:-1]}." in table):
        end += (
            w.start[end] == w.start[first] + len(word) and w.sent[end] == w.sent[first]
        )  # "Col" and "." as two tokens
    if (
        kind != "honorific"
        and w.text[end : end + 1] == ["("]
        and "".join(w.lower[end + 1 : end + 2]).rstrip(".") in _RETIRED
    ):
        close = next((i for i in range(end + 2, min(end + 4, len(w.text))) if w.text[i] == ")"), end - 1)
        end = close + 1
    return _department(w, end) if kind != "honorific" and w.text[first][:1].isupper() else end


def _department(w: Words, end: int) -> int:
    """The end of the department behind an office, where a name follows: Minister for `Water and Roads` Ann Lee."""
    i = end + 1
    if i >= len(w.text) or w.lower[end] not in ("of", "for"):
        return end
    i += w.lower[i] == "the"
    begin = i
    while i + 1 < len(w.text) and w.sent[i + 1] == w.sent[end]:
        linked = i > begin and w.lower[i] in ("and", "&", ",") and w.lower[i + 1] in departments()
        if not linked and not (w.text[i][:1].isupper() and w.lower[i] in departments()):
            break
        i += 1 + linked
    named = i > begin and i < len(w.text) and w.tag[i] == "NNP" and w.text[i][:1].isupper() and w.text[i].isalpha()
    return i if named and w.sent[i] == w.sent[end] else end


@cache
def departments() -> frozenset[str]:
    """What ministries and courts are for, lower-cased: health, appeal."""
    return frozenset(row["word"].casefold() for row in rules.read("name_nouns") if row["position"] == "department")


def titles_near(w: Words, first: int, last: int, title_at: Mapping[int, Title]) -> set[str]:
    """Titles across a comma: the mayor, `Ann Lee`; `Ann Lee`, the mayor."""
    seen = set()
    i = first - 2
    if i >= 0 and w.text[i + 1] == "," and w.sent[i] == w.sent[first]:
        if i not in title_at:  # the governor of Ohio, `Ann Lee`
            while first - i < 8 and i > 1 and w.tag[i] in ("NNP", "NNPS") and w.lower[i] not in ("of", "for"):
                i -= 1
            i -= w.lower[i] in ("of", "for")
        if i in title_at:
            seen.add("title:before comma")
    if w.text[last : last + 1] == [","]:
        for i in range(last + 1, min(last + 7, len(w.text))):
            if w.sent[i] != w.sent[first] or w.text[i] in (",", ".", ";") or w.tag[i] in ("VBD", "VBZ", "VBP", "MD"):
                break
            if i in title_at:
                if title_at[i].last < len(w.text) and w.tag[title_at[i].last] != "NNP":
                    seen.add("title:after comma")
                break
    return seen
