"""Attributions as the encoder tags them: spans of sources, cues and contents, joined to drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslab.attribution.cues import LEMMA_SLIPS, lexicon
from newslab.attribution.drafts import Draft
from newslab.attribution.joins import Cue, Span, best, cue_choices, source_choices, understood, understood_range
from newslab.encoder import ROLES, best_tags, facts, first_pieces, stretches
from newslab.tree import Range, Tree

if TYPE_CHECKING:
    from newslab.encoder import Reading

SOURCE, CUE, CONTENT = range(len(ROLES))
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
LEFT_OF_NOUN = ("compound", "nmod", "amod")
TITLES = ("compound", "amod", "nummod", "predet", "quantmod", "neg")
UNFINISHED = ("DT", "PRP", "PRP$", "IN")  # what something has to follow
STEPS = 4


class Found(NamedTuple):
    """A draft of the encoder, with its probabilities of cue, content and source and of their links."""

    draft: Draft
    cue: float
    content: float
    content_link: float
    source: float
    source_link: float


class Spans(NamedTuple):
    """What may be part of an attribution, in reading order, with each token's probabilities of ROLES."""

    sources: list[Span]
    cues: list[Cue]
    contents: list[Span]
    chances: list[list[float]]  # empty for a token that was not read


def spans(t: Tree, reading: Reading, ruled: list[Draft]) -> Spans:
    """The encoder's spans, and the cues and sources of the rules and the parse where it has none."""
    import numpy as np

    piece = first_pieces(reading, t.starts, t.ends)
    begin_or_inside = np.exp(reading.roles)
    each = (begin_or_inside[:, 1::2] + begin_or_inside[:, 2::2]).tolist()
    chances = [each[k] if k >= 0 else [] for k in piece]
    tags = best_tags(reading.roles, reading.pieces.breaks).tolist()
    found = stretches(tags, piece)

    def span(first: int, last: int, role: int, tagged: bool) -> Span:
        seen = [chances[i][role] for i in range(first, last) if chances[i]]
        return Span(first, last, sum(seen) / len(seen) if seen else 0.0, tagged)

    sources, cues, contents = ([span(a, b, k, True) for k, a, b in found if k == role] for role in range(len(ROLES)))
    taken = {i for cue in cues for i in range(cue.first, cue.last)}
    for draft in ruled:
        if draft.cue and taken.isdisjoint(draft.cue):
            first = next((i for i in draft.cue if i == draft.verb), draft.cue[0])
            cues.append(span(first, first + 1, CUE, False))
            taken.update(draft.cue)
    cues.sort()
    known = []
    for cue in cues:
        verb = cue_head(t, cue.first, cue.last)[0]
        known.append(Cue(cue, verb, understood(t, verb, cue.first)))
    taken = {i for source in sources for i in range(source.first, source.last)}
    for one in known:
        r = understood_range(t, one)
        if r is not None and taken.isdisjoint(range(*r)):
            sources.append(span(*r, SOURCE, False))
            taken.update(range(*r))
    return Spans(sorted(sources), known, contents, chances)


def tagged_drafts(t: Tree, found: Spans) -> list[Found]:
    """A draft for each cue that has a content."""
    weights = facts()["joins"]
    said: dict[int, list[tuple[Span, float]]] = {}
    for content in found.contents:
        choices, table = cue_choices(t, content, head_of(t, (content.first, content.last)), found.cues)
        k, sure = best(table, weights["content"])
        if k < len(choices):
            said.setdefault(choices[k], []).append((content, sure))
    starts = [cue.span.first for cue in found.cues]
    out = []
    for number in sorted(said):
        cue, contents = found.cues[number], [(c.first, c.last) for c, _ in said[number]]
        choices, table = source_choices(t, cue, contents, found.sources, starts)
        k, sure = best(table, weights["source"])
        source = found.sources[choices[k]] if k < len(choices) else None
        free = _free(cue, contents)
        by = whole_phrase(t, (source.first, source.last), free) if source else None
        verb, lemma, act = cue_head(t, cue.span.first, cue.span.last)
        head = head_of(t, by) if by else None
        draft = Draft(verb, lemma, act, "encoder", tuple(range(cue.span.first, cue.span.last)), contents, by, head)
        least, link = min(c.sure for c, _ in said[number]), min(p for _, p in said[number])
        out.append(Found(draft, cue.span.sure, least, link, source.sure if source else 0.0, sure))
    return out


def _free(cue: Cue, contents: Sequence[Range]) -> Callable[[int], bool]:
    """Tells of a token whether it is in none of these."""
    taken = [(cue.span.first, cue.span.last), *contents]
    return lambda i: not any(a <= i < b for a, b in taken)


def whole_phrase(t: Tree, r: Range, free: Callable[[int], bool]) -> Range:
    """A source's range with the noun that it belongs to, and without a clause that it breaks off.

    The encoder now and then stops within a name ("Ann Lee's campaign | manager") or behind the first words
    of a clause ("a clerk, because she | feared").
    """
    a, b = r
    head = head_of(t, r)
    for _ in range(STEPS):  # "the firm's chief | spokesman": what stands to the left of a noun has its head there
        above = t.heads[head]
        if t.deps[head] not in LEFT_OF_NOUN or above < b or above - b > STEPS or t.pos[above] not in NOMINAL:
            break
        if not all(free(i) and t.words[i][:1].isalnum() for i in range(b, above + 1)):
            break
        head, b = above, above + 1
    while a > 0 and free(a - 1) and t.deps[a - 1] in TITLES and a <= t.heads[a - 1] < b:
        a -= 1
    whole = t.hyphened(a, b)  # "two co | -workers"
    if all(free(i) for i in range(*whole)):
        a, b = whole
    last = b - 1
    if t.tags[last] in UNFINISHED and last != head and t.heads[last] >= b and free(t.heads[last]):
        b = next((i for i in range(last, head, -1) if t.words[i] == ","), b)
    return a, b


def cue_head(t: Tree, first: int, last: int) -> tuple[int, str, str]:
    """The head of a cue (-1 for a colon), its lemma and its act."""
    inside = range(first, last)
    if all(t.pos[i] == "PUNCT" for i in inside):
        return -1, t.words[first], "speech"
    if "according" in t.words[first:last]:
        return t.words.index("according", first), "according to", "speech"
    verb = next((i for i in inside if t.pos[i] == "VERB" and t.deps[i] not in ("aux", "auxpass")), None)
    if verb is None:
        verb = next((i for i in inside if t.pos[i] in ("NOUN", "ADJ", "AUX")), first)
    lemma = LEMMA_SLIPS.get(t.lemmas[verb], t.lemmas[verb])
    kinds = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}
    act = lexicon(kinds.get(t.pos[verb], "verb")).get(lemma, ("speech",))[0]
    return verb, lemma, act


def head_of(t: Tree, r: Range) -> int:
    """The token that heads a stretch, a noun if there is one."""
    first, last = r
    tops = [i for i in range(first, last) if not first <= t.heads[i] < last or t.heads[i] == i]
    nouns = [i for i in tops if t.pos[i] in NOMINAL] or [i for i in range(first, last) if t.pos[i] in NOMINAL]
    return nouns[0] if nouns else (tops or [first])[0]
