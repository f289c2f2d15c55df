"""Quotations of a text and the cues beside them: before, behind, between, or carried on from the last."""

from __future__ import annotations

from typing import NamedTuple

from newslab.attribution.cues import CLOSING, EXPLETIVE, RELATIVE, SUBJECTS, TIMES, lexicon
from newslab.tree import Range, Tree

LONG = 5  # words from which a quotation is speech, not a title, a nickname or a scare quote
GAP = 60  # tokens beside a quotation in which its cue is sought
HEADLINE = 10  # tokens that may stand before a headline's colon
STOPS = {".", "?", "!"}
PAUSES = {",", "-", "--", "\u2014", "\u2013", "..."}


class Quotation(NamedTuple):
    """A stretch within quotation marks: tokens, marks included, and how many words it has."""

    first: int
    last: int  # the token after the closing mark
    words: int


class Link(NamedTuple):
    """A quotation's cue in the words beside it; `verb` is -1 for a colon alone."""

    verb: int
    source: int | None
    side: str  # after, before


def quotations(t: Tree, spans: list[tuple[int, int]], *, skip: list[bool]) -> list[Quotation]:
    """Character spans within quotation marks as token ranges; those outside prose are left out."""
    found = []
    i, n = 0, len(t)
    starts, ends = t.starts, t.ends
    for start, end in spans:
        while i < n and ends[i] <= start:
            i += 1
        first = i
        while i < n and starts[i] < end:
            i += 1
        last = i
        while last > first and t.pos[last - 1] == "SPACE":
            last -= 1
        if last > first and True not in skip[first:last]:
            found.append(Quotation(first, last, sum(word[:1].isalnum() for word in t.words[first:last])))
    return found


def gap_after(t: Tree, q: Quotation, limit: int) -> Range:
    """Tokens from the quotation's end to the sentence's, as far as the next quotation at `limit`."""
    end = q.last
    while end < min(limit, q.last + GAP) and not _breaks(t, end):
        end += 1
    return q.last, end


def gap_before(t: Tree, q: Quotation, limit: int) -> Range:
    """Tokens of the same sentence before the quotation, back to the last quotation's end at `limit`."""
    start = q.first
    if start > limit and t.pos[start - 1] == "SPACE" and t.words[max(0, start - 2)] == ":":
        start -= 1  # "She said:", and the quotation in a paragraph of its own
    while start > max(limit, q.first - GAP) and not _breaks(t, start - 1):
        start -= 1
    return start, q.first - (q.first > start and t.pos[q.first - 1] == "SPACE")


def _breaks(t: Tree, i: int) -> bool:
    return t.words[i] in STOPS or "\n" in t.words[i]


def link(t: Tree, q: Quotation, before: Range, after: Range) -> Link | None:
    """The cue beside a quotation: behind it if the quotation ends in a comma, else before it."""
    inner = q.last - 2 if t.words[q.last - 1] in CLOSING else q.last - 1
    while inner > q.first and t.words[inner] in ("'", "\u2019"):
        inner -= 1  # a quotation within the quotation ends here, too
    last = t.words[max(q.first, inner)]
    start, end = after
    pause = end > start and t.words[start] in PAUSES
    if end > start and (pause or last in PAUSES or last[-1:] in ",?!"):
        found = _cue_behind(t, start + pause, end)
        if found:
            return Link(*found, "after")
    start, end = before
    if end <= start:
        return None
    closes = t.words[end - 1]
    last_verb = _cue_before(t, start, end)
    embedded = after[1] > after[0] and not pause and t.words[after[0]] not in ("and", "or", "but", ";", ")", "]")
    if last_verb and (closes in (",", ":") or (end - last_verb[0] <= 3 and not embedded)):
        return Link(*last_verb, "before")
    if closes == ":" and end - start <= 12 and not any(t.pos[i] == "VERB" for i in range(start, end)):
        heads = [i for i in range(start, end) if t.pos[i] in ("PROPN", "NOUN")]
        if heads:
            return Link(-1, _top(t, heads), "before")
    return None


def colon(t: Tree, i: int) -> Link | None:
    """Who speaks in a headline such as "Mayor: bridge is safe", from its colon at token `i`."""
    start = i
    while start > max(0, i - HEADLINE) and "\n" not in t.words[start - 1]:
        start -= 1
    end = i + 1
    while end < min(len(t), i + 3 * HEADLINE) and "\n" not in t.words[end]:
        end += 1
    if (start and "\n" not in t.words[start - 1]) or (end < len(t) and "\n" not in t.words[end]):
        return None
    if end - i < 4 or start == i or not all(t.pos[k] in ("PROPN", "NOUN", "ADJ", "DET") for k in range(start, i)):
        return None
    return Link(-1, i - 1, "before") if t.pos[i - 1] == "PROPN" else None


def _top(t: Tree, nodes: list[int]) -> int:
    known = set(nodes)
    return next((i for i in nodes if t.heads[i] not in known or t.heads[i] == i), nodes[-1])


def _cue_behind(t: Tree, start: int, end: int) -> tuple[int, int] | None:
    """The verb behind a quotation with its subject, which must be the first thing there.

    Verbs that are not in the list count, too: whatever a speaker does behind a quotation, "he laughed",
    is how it was said.
    """
    verbs = lexicon("verb")
    for i in range(start, end):
        if t.pos[i] not in ("VERB", "AUX") or t.deps[i] in ("aux", "auxpass"):
            continue
        says = "quote" in verbs.get(t.lemmas[i], ("", frozenset()))[1]
        source = _speaker_in(t, i, start, end)
        if source is None or (t.pos[i] == "AUX" and not says):
            continue
        if t.words[source] in RELATIVE:
            return None
        if min(i, t.left[source]) <= start + (3 if says else 0):
            return i, source
        if not says:
            return None
    return None


def _cue_before(t: Tree, start: int, end: int) -> tuple[int, int | None] | None:
    """The last verb of saying before a quotation with its subject, else the last verb that has a subject."""
    verbs = lexicon("verb")
    other = None
    for i in range(end - 1, start - 1, -1):
        if t.pos[i] not in ("VERB", "AUX"):
            continue
        source = _speaker_in(t, i, start, end)
        if "quote" in verbs.get(t.lemmas[i], ("", frozenset()))[1]:
            return i, source
        if other is None and source is not None and t.pos[i] == "VERB":
            other = (i, source)
    return other


def _speaker_in(t: Tree, v: int, start: int, end: int) -> int | None:
    """Who says it, between two tokens: by the parse, or where that fails by the order of words."""
    node = v
    for _ in range(5):
        for kid in t.children[node]:
            if t.deps[kid] in SUBJECTS and start <= kid < end and t.words[kid] not in EXPLETIVE:
                return kid
        if t.deps[node] not in ("conj", "advcl", "xcomp", "acl", "prep", "pcomp"):
            break
        if t.deps[node] == "acl" and start <= t.heads[node] < end:
            return t.heads[node]
        node = t.heads[node]
    inverted = t.child(v, "dobj", "dative", "attr", "npadvmod", "ccomp", "oprd")
    nominal = ("NOUN", "PROPN", "PRON")
    if inverted is not None and t.pos[inverted] in nominal and t.words[inverted] not in TIMES:
        return inverted if v < inverted < min(end, v + 8) else None
    k = v - 1
    while k >= start and t.pos[k] in ("PUNCT", "ADV", "AUX"):
        k -= 1
    if t.tags[v] not in ("VBD", "VBZ", "VBP") or k < start or t.pos[k] not in nominal:
        return None
    while t.heads[k] != k and start <= t.heads[k] < v and t.pos[t.heads[k]] in nominal:
        k = t.heads[k]
    return k
