"""Source attribution: who said what, which words show it, and through whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslab import rules
from newslab.attribution.actor_reader import read_actors
from newslab.attribution.actors import TRADE, weighed
from newslab.attribution.ahead import echoed
from newslab.attribution.cast import cast
from newslab.attribution.combined import combined
from newslab.attribution.cues import source_range
from newslab.attribution.drafts import EVIDENCE, Draft, drafts
from newslab.attribution.inside import antecedent, last_noun, spoken_to, unsaid
from newslab.attribution.phrases import Scene, scene
from newslab.attribution.quotations import quotations
from newslab.attribution.referents import settle
from newslab.attribution.speakers import Speaker, mentions, speaker, via
from newslab.attribution.spoken import TURN, beside, in_turn, spoken_drafts
from newslab.encoder import reading
from newslab.records import PROSE, Entity, Segment, Span, Statement, local_id
from newslab.tree import Range, Tree, tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from newslab.layout.turns import Turn

SEEMING = {"purport", "depict", "appear", "seem"}  # what pictures do, beside showing
EDGES = frozenset({",", ".", ";", ":", "-", "--", "\u2014", "\u2013"})


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
        "default": the encoder's spans, joined to the rules', and kinds of actors as a second network reads them.
        "best" is the same so far. "none": rules alone.

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
    from newslab.segments import quoted_spans, turns

    t = tree(doc)
    if not len(t):
        return []
    parts = _parts(t, segments)
    outside = [part is None for part in parts]
    quotes = quotations(t, quoted_spans(t.text), skip=outside)
    quoted = [False] * len(t)
    talk = turns(t.text)
    spoken = spoken_drafts(t, talk, parts)
    for first, last in [*((q.first, q.last) for q in quotes), *(r for draft in spoken for r in draft.content)]:
        quoted[first:last] = [True] * (last - first)
    at = mentions(t, entities)
    page = _Page(t, parts, quoted, at, _roles(entities), talk)
    told = scene(t, at, quoted, cast(t, entities, at, segments, quoted), parts)
    # a short form stands for somebody before it, so the text's order
    made = drafts(t, quotes, outside=outside)
    if weights != "none":
        prose = None if segments is None else tuple((s.start, s.end) for s in segments if s.part in PROSE)
        made = combined(t, reading(doc, prose), made, quotes, rule_precision)
    ordered = sorted(beside(t, made, spoken), key=lambda d: d.cue[0] if d.head is None else d.head)
    found = [row for draft in ordered if (row := _statement(page, told, draft))]
    found.sort(key=lambda s: (s.start, s.end))
    rows = _known_actors(echoed(found))
    return _unique(rows if weights == "none" else read_actors(t.text, rows, entities))


class _Page(NamedTuple):
    """What is known of each token, and the roles that the whole text gives, by entity id."""

    t: Tree
    parts: list[str | None]
    quoted: list[bool]
    mentions: list[Entity | None]
    roles: dict[str, str]
    talk: Sequence[Turn]


def _roles(entities: Sequence[Entity]) -> dict[str, str]:
    roles: dict[str, str] = {}
    for entity in entities:
        if entity.role:
            roles.setdefault(entity.entity_id, entity.role)
    return roles


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


def _statement(page: _Page, told: Scene, draft: Draft) -> Statement | None:
    """The record of a draft; None if no word of its content is left."""
    t, text = page.t, page.t.text
    if draft.cue and page.parts[draft.cue[0]] == "caption" and draft.lemma in EVIDENCE | SEEMING:
        return None  # what a picture shows is nobody's statement
    edges = frozenset[str]() if draft.rule == TURN else EDGES  # a turn has its full stop
    content = tuple(sorted(s for r in draft.content if (s := _chars(t, r, edges))))
    if not content:
        return None
    cue = _pieces(t, draft.cue)
    source = tuple(s for s in [_chars(t, draft.source) if draft.source else None] if s)
    head, phrase = draft.head, draft.source
    if head is not None and draft.verb >= 0:
        meant = spoken_to(t, antecedent(t, head, draft.verb, page.mentions), draft.verb, draft.lemma)
        if meant is not None and head > meant:  # "idealists who hoped ..., and bankers"
            head, phrase = meant, (source_range(t, meant, draft.verb)[0], head)
        elif meant != head:
            head, phrase = meant, source_range(t, meant, draft.verb) if meant is not None else None
    if head is None and (seat := unsaid(t, draft.verb, draft.act == "attitude", page.mentions)) is not None:
        head, phrase = seat, (t.left[seat], seat + 1)
    if head is not None and phrase is not None:
        head = last_noun(t, head, phrase, page.mentions)
    who = settle(told, speaker(t, head, phrase, page.mentions, page.roles), head, phrase)
    if draft.rule == TURN and draft.source:
        who = in_turn(told, who, t.starts[draft.source[0]], page.talk)
    if who == Speaker():
        source = ()  # "it is feared"
    spans = (*content, *cue, *source)
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    content_text = " ".join(text[a:b] for a, b in content)
    words = [page.quoted[i] for a, b in draft.content for i in range(a, b) if t.words[i][:1].isalnum()]
    return Statement(
        start=start,
        end=end,
        text=text[start:end],
        found_by=f"model:{draft.rule}" if draft.rule == "encoder" else f"rules:{draft.rule}",
        statement_id=local_id("s", start, end),
        content=content,
        cue=cue,
        source=source,
        content_text=content_text,
        cue_lemma=draft.lemma or None,
        source_text=" ".join(text[a:b] for a, b in source) or None,
        act=draft.act,
        quote_type="direct" if words and all(words) else "mixed" if any(words) else "indirect",
        **who._asdict(),
        via=via(t, draft.verb, page.mentions),
        part=page.parts[draft.content[0][0]] or "body",
        words=len(content_text.split()),
        confidence=draft.sure if draft.sure is not None else confidence(*draft.kind(t)),
    )


def _known_actors(rows: list[Statement]) -> list[Statement]:
    """The rows, with the kind of actor filled in where another statement of the same speaker tells it."""
    seen: dict[tuple[str, ...], Counter[str]] = {}
    called: dict[tuple[str, ...], str] = {}
    for row in rows:
        if not row.entity_ids:
            continue
        if row.actor_type != "other":
            seen.setdefault(row.entity_ids, Counter())[row.actor_type] += 1
        words = (row.source_text or "").split()
        kind = weighed(words[1:], role=True) if words[1:] and words[0] in ("the", "The") else None
        if kind is not None and kind[0] >= TRADE and kind[1] != "citizen":
            called.setdefault(row.entity_ids, kind[1])  # "the trade minister", whose name the text gives without it
    out = []
    for row in rows:
        known = called.get(row.entity_ids) if row.actor_type in ("other", "citizen") else None
        if known is None and row.actor_type == "other" and row.entity_ids in seen:
            known = seen[row.entity_ids].most_common(1)[0][0]
        out.append(replace(row, actor_type=known) if known else row)
    return out


def _unique(rows: list[Statement]) -> list[Statement]:
    """The rows, with the cue's offsets in the id of one that covers the same stretch as another."""
    seen: set[str] = set()
    out = []
    for row in rows:
        if row.statement_id in seen:
            row = replace(row, statement_id=local_id(f"{row.statement_id}c", *(row.cue or row.content)[0]))
        seen.add(row.statement_id)
        out.append(row)
    return out


@cache
def _measured() -> dict[tuple[str, ...], float]:
    return {
        tuple(v for v in (row["rule"], row["clause"], row["content"]) if v): float(row["precision"])
        for row in rules.read("statement_confidence")
    }


def confidence(rule: str, clause: str, content: str) -> float | None:
    """How often a statement of this kind was right on training data; that of the rule where it was rare.

    Right: content matched (Dice at least one half) and source overlapping, on PolNeAR train
    (`benchmarks/statement_confidence.py` measures it; the table is `rules/statement_confidence.csv`).
    """
    table = _measured()
    return table.get((rule, clause, content)) or table.get((rule,)) or table.get(("other",))


def rule_precision(t: Tree, draft: Draft) -> float:
    """How often a draft of the rules was right on training data; one half where nothing is known."""
    return confidence(*draft.kind(t)) or 0.5


def _chars(t: Tree, r: Range, edges: Set[str] = EDGES) -> Span | None:
    """A token range as characters, without white space and what is no part of it (`edges`) at its ends."""
    a, b = r
    while a < b and (t.pos[a] == "SPACE" or t.words[a] in edges):
        a += 1
    while b > a and (t.pos[b - 1] == "SPACE" or t.words[b - 1] in edges):
        b -= 1
    return (t.starts[a], t.ends[b - 1]) if b > a else None


def _pieces(t: Tree, tokens: tuple[int, ...]) -> tuple[Span, ...]:
    """Tokens as character spans, neighbours joined."""
    spans: list[list[int]] = []
    for previous, i in zip((-9, *tokens), tokens, strict=False):
        if i == previous + 1 and spans:
            spans[-1][1] = t.ends[i]
        else:
            spans.append([t.starts[i], t.ends[i]])
    return tuple((a, b) for a, b in spans)
