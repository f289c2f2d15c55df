"""Source attribution: who said what, which words show it, and through whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslab import quotations as quoting
from newslab.cues import Range, antecedent, cues, source_range
from newslab.drafts import EVIDENCE, Draft, drafts
from newslab.quotations import LONG
from newslab.records import PROSE, Entity, Segment, Span, Statement, local_id
from newslab.speakers import mentions, speaker, via
from newslab.tree import Tree, tree

if TYPE_CHECKING:
    from spacy.tokens import Doc


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
    return _records(t, text, drafts(t, cues(t, skip=skip), quotes), parts, entities)


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


def _records(
    t: Tree, text: str, found: list[Draft], parts: list[str | None], entities: Sequence[Entity]
) -> list[Statement]:
    rows = []
    at = mentions(t, entities)
    roles: dict[str, str] = {}
    for entity in entities:
        if entity.role:
            roles.setdefault(entity.entity_id, entity.role)
    quoted = _quoted_tokens(t, text)
    for draft in found:
        if parts[draft.cue[0]] == "caption" and draft.lemma in EVIDENCE:
            continue  # what a picture shows is nobody's statement
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
        rows.append(
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
    return sorted(rows, key=lambda s: (s.start, s.end))


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
