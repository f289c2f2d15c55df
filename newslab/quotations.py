"""Quotations of a text and the cues beside them: before, behind, between, or carried on from the last."""

from __future__ import annotations

from typing import NamedTuple

from newslab.cues import CLOSING, EXPLETIVE, RELATIVE, SUBJECTS, Range, lexicon
from newslab.tree import Tree

LONG = 5  # words from which a quotation is speech, not a title, a nickname or a scare quote
GAP = 60  # tokens beside a quotation in which its cue is sought
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
    i = 0
    for start, end in spans:
        while i < len(t) and t.ends[i] <= start:
            i += 1
        first = i
        while i < len(t) and t.starts[i] < end:
            i += 1
        while i > first and t.pos[i - 1] == "SPACE":
            i -= 1
        if i > first and not any(skip[first:i]):
            found.append(Quotation(first, i, sum(t.words[k][:1].isalnum() for k in range(first, i))))
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
    while start > max(limit, q.first - GAP) and not _breaks(t, start - 1):
        start -= 1
    return start, q.first


def _breaks(t: Tree, i: int) -> bool:
    return t.words[i] in STOPS or "\n" in t.words[i]


def link(t: Tree, q: Quotation, before: Range, after: Range) -> Link | None:
    """The cue beside a quotation: behind it if the quotation ends in a comma, else before it."""
    inner = q.last - 2 if t.words[q.last - 1] in CLOSING else q.last - 1
    last = t.words[max(q.first, inner)]
    start, end = after
    open_end = last in PAUSES or last in ("?", "!") or last[-1:] in ",?!"
    if end > start and (open_end or t.words[start] in PAUSES):
        found = _cue_in(t, start, end, quoting=t.words[start] not in PAUSES and last not in PAUSES)
        if found:
            return Link(*found, "after")
    start, end = before
    if end <= start:
        return None
    closes = t.words[end - 1]
    found = _cue_in(t, start, end, quoting=closes not in (",", ":"), backwards=True)
    if found and (closes in (",", ":") or end - found[0] <= 3):
        return Link(*found, "before")
    if closes == ":":
        heads = [i for i in range(start, end) if t.pos[i] in ("PROPN", "NOUN")]
        if heads and end - start <= 12 and not any(t.pos[i] == "VERB" for i in range(start, end)):
            return Link(-1, heads[-1] if t.heads[heads[-1]] not in heads else _top(t, heads), "before")
    return None


def _top(t: Tree, nodes: list[int]) -> int:
    known = set(nodes)
    return next((i for i in nodes if t.heads[i] not in known or t.heads[i] == i), nodes[-1])


def _cue_in(
    t: Tree, start: int, end: int, *, quoting: bool, backwards: bool = False
) -> tuple[int, int | None] | None:
    """The verb of saying between two tokens, with its subject there; any verb if `quoting` is not asked."""
    verbs = lexicon("verb")
    order = range(end - 1, start - 1, -1) if backwards else range(start, end)
    other = None
    for i in order:
        if t.pos[i] not in ("VERB", "AUX"):
            continue
        says = "quote" in verbs.get(t.lemmas[i], ("", frozenset()))[1]
        source = _speaker_in(t, i, start, end)
        if source is None and not (says and backwards):
            continue
        if says:
            return i, source
        if other is None and t.deps[i] not in ("aux", "auxpass") and t.pos[i] == "VERB":
            other = (i, source)
    return None if quoting else other


def _speaker_in(t: Tree, v: int, start: int, end: int) -> int | None:
    """Who says it, between two tokens: by the parse, or where that fails by the order of words."""
    node = v
    for _ in range(5):
        for kid in t.children[node]:
            if t.deps[kid] in SUBJECTS and start <= kid < end and t.words[kid] not in EXPLETIVE:
                if t.words[kid] in RELATIVE and t.deps[node] == "relcl" and start <= t.heads[node] < end:
                    return t.heads[node]
                return kid
        if t.deps[node] not in ("conj", "advcl", "xcomp", "acl", "prep", "pcomp"):
            break
        if t.deps[node] == "acl" and start <= t.heads[node] < end:
            return t.heads[node]
        node = t.heads[node]
    inverted = t.child(v, "dobj", "dative", "attr", "npadvmod", "ccomp", "oprd")
    if inverted is not None and v < inverted < end and t.pos[inverted] in ("NOUN", "PROPN", "PRON") and inverted - v < 8:
        return inverted
    return None
