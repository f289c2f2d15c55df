"""Source attribution: who said what, which words show it, and through whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newslab import quotations as quoting
from newslab.cues import SOURCELESS, Frame, Range, antecedent, cues, lexicon, source_head, source_range
from newslab.quotations import LONG, Quotation
from newslab.records import PROSE, Entity, Segment, Span, Statement, local_id
from newslab.speakers import mentions, speaker, via
from newslab.tree import Tree, tree

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Draft:
    """An attribution in the making, in token numbers."""

    verb: int
    lemma: str
    act: str
    rule: str
    cue: tuple[int, ...]
    content: list[Range]
    source: Range | None = None
    head: int | None = None
    end: int = field(default=0)  # the token after the sentence of its cue

    @property
    def size(self) -> int:
        return sum(b - a for a, b in self.content)


def statements(
    doc: Doc,
    *,
    entities: Sequence[Entity] = (),
    segments: Sequence[Segment] | None = None,
    weights: str = "default",
) -> list[Statement]:
    """Find who said what: quotations, indirect speech, and attitudes that the text gives somebody.

    Parameters
    ----------
    doc
        A parsed text, with tags and dependencies.
    entities
        Mentions of the text (`newslab.entities`), which settle who a pronoun or a title is. Without
        them the speaker is the source's own words.
    segments
        The text's segments; statements are sought in prose only, and get their `part` from it.
    weights
        "none", "default" or "best". No trained weights ship so far, so all three are the rules alone.

    Returns
    -------
    list of Statement
        In reading order. A statement within another's content is left out: only the outermost
        counts. `tone` is None; `annotate` fills it.

    Raises
    ------
    ValueError
        If `weights` is none of the three.

    Examples
    --------
    >>> from newslab.parsing import load_model
    >>> doc = load_model()('The mayor said the bridge is safe. "We checked it," she told reporters.')
    >>> [(s.source_text, s.cue_lemma, s.content_text) for s in statements(doc)]
    [('The mayor', 'say', 'the bridge is safe'), ('she', 'tell', '"We checked it,"')]

    Source
    ------
    What counts as an attribution, and its spans, follow PolNeAR (Newell et al., LREC 2018).
    """
    if weights not in ("none", "default", "best"):
        raise ValueError(f"statements(weights={weights!r}): write 'none', 'default' or 'best'.")
    from newslab.segments import quoted_spans

    text = doc.text
    t = tree(doc)
    if not len(t):
        return []
    parts = _parts(t, segments)
    outside = [part is None for part in parts]
    quotes = quoting.quotations(t, quoted_spans(text), skip=outside)
    skip = list(outside)
    for q in quotes:
        if q.words >= LONG:
            skip[q.first : q.last] = [True] * (q.last - q.first)
    drafts = _accept(t, _from_frames(t, skip), quotes, outside)
    return _records(t, text, drafts, parts, entities)


def _parts(t: Tree, segments: Sequence[Segment] | None) -> list[str | None]:
    """The part of the page of each token; None outside prose."""
    if segments is None:
        return ["body"] * len(t)
    parts: list[str | None] = [None] * len(t)
    i = 0
    for segment in segments:
        while i < len(t) and t.starts[i] < segment.start:
            i += 1
        while i < len(t) and t.ends[i] <= segment.end:
            parts[i] = segment.part if segment.part in PROSE else None
            i += 1
    return parts


def _from_frames(t: Tree, skip: list[bool]) -> list[Draft]:
    """One draft a cue, from the first of its frames that has content."""
    drafts = []
    seen = set()
    for frame in cues(t, skip=skip):
        if frame.verb in seen:
            continue
        seen.add(frame.verb)
        drafts.append(_draft(t, frame))
    return drafts


def _draft(t: Tree, frame: Frame) -> Draft:
    head = source_head(t, frame)
    source = source_range(t, head, frame.verb) if head is not None else None
    content = [r for r in frame.content if r[1] > r[0]]
    return Draft(frame.verb, frame.lemma, frame.act, frame.pattern, frame.cue, content, source, head)


def _accept(t: Tree, frames: list[Draft], quotes: list[Quotation], outside: list[bool]) -> list[Draft]:
    """Link quotations, then take indirect statements, the outermost first, that no other holds."""
    n = len(t)
    taken: list[Draft | None] = [None] * n  # the draft whose content a token is
    by_verb: dict[int, Draft] = {}
    kept: list[Draft] = []

    def keep(draft: Draft) -> None:
        kept.append(draft)
        for a, b in draft.content:
            taken[a:b] = [draft] * (b - a)
        if draft.verb >= 0:
            by_verb[draft.verb] = draft

    held = {draft.verb: draft for draft in frames}
    inside = [-1] * n  # the number of the quotation that a token is in
    for number, q in enumerate(quotes):
        inside[q.first : q.last] = [number] * (q.last - q.first)
    last: Draft | None = None
    for number, q in enumerate(quotes):
        floor = quotes[number - 1].last if number else 0
        ceiling = quotes[number + 1].first if number + 1 < len(quotes) else n
        before, after = quoting.gap_before(t, q, floor), quoting.gap_after(t, q, ceiling)
        if taken[q.first] is not None:
            continue
        found = quoting.link(t, q, before, after)
        if found is None:
            if last is not None and q.words >= LONG and before[0] == before[1] and _follows(t, last, q):
                _extend(last, q, taken, after[1])
            continue
        if found.verb in by_verb:
            last = by_verb[found.verb]
            _extend(last, q, taken, after[1])
            continue
        frame = held.get(found.verb)
        holds = frame is not None and any(a < q.first - 1 and q.first < b for a, b in frame.content)
        if frame is not None and holds and found.side == "before" and frame.source is not None:
            frame.content = [_grow(r, inside, quotes) for r in frame.content]
            last = frame
            last.end = after[1]
            keep(last)
            continue
        last = _quoted(t, q, found, frame)
        last.end = after[1] if found.side == "after" else q.last
        keep(last)
    for draft in sorted(frames, key=lambda d: (-d.size, d.verb)):
        if draft.verb in by_verb or taken[draft.verb] is not None or not draft.content:
            continue
        if draft.source is None and draft.rule not in SOURCELESS:
            continue
        draft.content = [_grow(r, inside, quotes) for r in draft.content]
        if any(taken[a] or taken[b - 1] for a, b in draft.content):
            continue
        keep(draft)
    return kept


def _quoted(t: Tree, q: Quotation, found: quoting.Link, frame: Draft | None) -> Draft:
    """The draft of a quotation and the cue beside it."""
    v = found.verb
    source = source_range(t, found.source, v) if found.source is not None else None
    head = found.source
    if source is None and frame is not None:
        source, head = frame.source, frame.head
    lemma = t.lemmas[v] if v >= 0 else ":"
    act = lexicon("verb").get(lemma, ("speech",))[0]
    cue = frame.cue if frame else (v,) if v >= 0 else (q.first - 1,)
    return Draft(v, lemma, act, f"quote-{found.side}", cue, [(q.first, q.last)], source, head)


def _extend(draft: Draft, q: Quotation, taken: list[Draft | None], end: int) -> None:
    """Add a quotation to a statement that it carries on."""
    draft.content.append((q.first, q.last))
    taken[q.first : q.last] = [draft] * (q.last - q.first)
    draft.end = max(draft.end, end)


def _follows(t: Tree, last: Draft, q: Quotation) -> bool:
    """Whether nothing but the end of a sentence and white space stands between a statement and `q`."""
    return all(t.pos[i] in ("PUNCT", "SPACE") for i in range(last.end, q.first)) and q.first - last.end < 9


def _grow(r: Range, inside: list[int], quotes: list[Quotation]) -> Range:
    """The range with the whole of a quotation at its end, where the parse cut it short."""
    a, b = r
    if inside[b - 1] >= 0 and quotes[inside[b - 1]].first >= a:
        b = max(b, quotes[inside[b - 1]].last)
    return a, b


def _records(
    t: Tree, text: str, drafts: list[Draft], parts: list[str | None], entities: Sequence[Entity]
) -> list[Statement]:
    found = []
    at = mentions(t, entities)
    roles: dict[str, str] = {}
    for entity in entities:
        if entity.role:
            roles.setdefault(entity.entity_id, entity.role)
    quoted = _quoted_tokens(t, text)
    for draft in drafts:
        content = tuple(s for r in draft.content if (s := _chars(t, text, r)))
        if not content:
            continue
        cue = _pieces(t, draft.cue)
        source = tuple(s for s in [_chars(t, text, draft.source) if draft.source else None] if s)
        head = antecedent(t, draft.head, draft.verb) if draft.head is not None and draft.verb >= 0 else draft.head
        phrase = draft.source if head == draft.head or head is None else source_range(t, head, draft.verb)
        who = speaker(t, text, head, phrase, at, roles)
        spans = sorted((*content, *cue, *source))
        start, end = spans[0][0], max(e for _, e in spans)
        content_text = " ".join(text[a:b] for a, b in content)
        found.append(
            Statement(
                start=start,
                end=end,
                text=text[start:end],
                found_by=f"rules:{draft.rule}",
                statement_id=local_id("s", start, end),
                content=content,
                cue=cue,
                source=source,
                content_text=content_text,
                cue_lemma=draft.lemma or None,
                source_text=" ".join(text[a:b] for a, b in source) or None,
                act=draft.act,
                quote_type=_quote_type(t, draft.content, quoted),
                speaker=who.speaker,
                entity_ids=who.entity_ids,
                naming=who.naming,
                actor_type=who.actor_type,
                role=who.role,
                affiliation=who.affiliation,
                via=via(t, draft.verb, at),
                part=parts[draft.content[0][0]] or "body",
                words=len(content_text.split()),
            )
        )
    return sorted(found, key=lambda s: (s.start, s.end))


def _quoted_tokens(t: Tree, text: str) -> list[bool]:
    """Whether each token lies within double quotation marks."""
    from newslab.segments import quoted_spans

    inside = [False] * len(t)
    for q in quoting.quotations(t, quoted_spans(text), skip=inside):
        inside[q.first : q.last] = [True] * (q.last - q.first)
    return inside


def _quote_type(t: Tree, content: list[Range], quoted: list[bool]) -> str:
    words = [quoted[i] for a, b in content for i in range(a, b) if t.words[i][:1].isalnum()]
    return "direct" if words and all(words) else "mixed" if any(words) else "indirect"


def _chars(t: Tree, text: str, r: Range) -> Span | None:
    """A token range as characters, without white space and commas at its ends."""
    a, b = r
    while a < b and (t.pos[a] == "SPACE" or t.words[a] in EDGES):
        a += 1
    while b > a and (t.pos[b - 1] == "SPACE" or t.words[b - 1] in EDGES):
        b -= 1
    return (t.starts[a], t.ends[b - 1]) if b > a else None


EDGES = {",", ".", ";", ":", "-", "--", "\u2014", "\u2013"}


def _pieces(t: Tree, tokens: tuple[int, ...]) -> tuple[Span, ...]:
    """Tokens as character spans, neighbours joined."""
    spans: list[list[int]] = []
    for previous, i in zip((-9, *tokens), tokens, strict=False):
        if i == previous + 1 and spans:
            spans[-1][1] = t.ends[i]
        else:
            spans.append([t.starts[i], t.ends[i]])
    return tuple((a, b) for a, b in spans)
