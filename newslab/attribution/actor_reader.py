"""What kind of actor speaks, as a small network reads it: the words for the speaker, and those around their name.

The rules know thousands of words for actors, and what they say goes in as a word among the others. Where no word
tells ("Ruth Amadi, whose two lorries were seized"), what stands around the name does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from newslab.attribution.actors import weighed
from newslab.encoder import CLS, SEP, TARGET, TARGET_END, pieces, run
from newslab.records import ACTOR_TYPES, Entity, Span, Statement

NETWORK = "kinds"
SELF = 24  # pieces of what a speaker is called and is
AROUND = 48  # pieces of the text around their names, or around the phrase that stands for them
NAMES = 2  # names whose surroundings are read
BEFORE, AFTER, LONG = 90, 130, 120  # characters before and after a name, and of a name
SURE = 3  # weight of a word for an actor that settles it alone
TRUST = 1.0  # log odds that the rules' kind has before others
ARMED = "armed group"
SHORT_FORMS = {"he", "she", "it", "they", "who"}
SHAPE_OF_MARK = 4

Row = tuple[list[int], list[int]]


class Told(NamedTuple):
    """What a text tells of one speaker."""

    speaker: str
    kind: str | None  # by the rules; None in training, where they are not to be leant on
    role: str | None
    affiliation: str | None
    called: str | None  # as the source of a statement
    spans: Sequence[Span]  # names in the text, else the source


def read_actors(text: str, rows: Sequence[Statement], entities: Iterable[Entity]) -> list[Statement]:
    """The statements of a text, with the kind of actor that the network reads for each speaker beside the rules.

    Parameters
    ----------
    text
        The text that the offsets count in.
    rows
        Its statements, with the kinds by rules.
    entities
        Its names.
    """
    import numpy as np

    found: dict[int, str] = {}
    for theirs, told in speakers(rows, entities):
        if settled(told):
            continue
        (scores,) = run([network_row(text, told)], NETWORK)
        if told.kind:
            scores[ACTOR_TYPES.index(told.kind)] += TRUST
        if told.kind != ARMED and not (told.role or told.affiliation) and theirs[0].entity_ids:
            scores[ACTOR_TYPES.index(ARMED)] = -np.inf  # what a name sounds like makes nobody a fighter
        found |= dict.fromkeys(map(id, theirs), ACTOR_TYPES[int(np.argmax(scores))])
    return [replace(row, actor_type=found[id(row)]) if id(row) in found else row for row in rows]


def speakers(rows: Sequence[Statement], entities: Iterable[Entity]) -> list[tuple[list[Statement], Told]]:
    """The statements of each speaker of a text, told apart by names, else by the words for them."""
    names: dict[str, list[Span]] = {}
    for entity in entities:
        if entity.mention == "name":
            names.setdefault(entity.entity_id, []).append((entity.start, entity.end))
    found: dict[object, list[Statement]] = {}
    for row in rows:
        if row.speaker:
            unnamed = (row.speaker.casefold(), row.role, row.affiliation, row.actor_type)  # one official or another
            found.setdefault(row.entity_ids or unnamed, []).append(row)
    return [(theirs, _told(theirs, names)) for theirs in found.values()]


def _told(rows: Sequence[Statement], names: dict[str, list[Span]]) -> Told:
    first = rows[0]
    spans = sorted(span for entity_id in first.entity_ids for span in names.get(entity_id, ()))[:NAMES]
    phrases = [row.source_text for row in rows if row.source_text and row.source_text.casefold() not in SHORT_FORMS]
    return Told(
        speaker=first.speaker or "",
        kind=Counter(row.actor_type for row in rows).most_common(1)[0][0],
        role=next((row.role for row in rows if row.role), None),
        affiliation=next((row.affiliation for row in rows if row.affiliation), None),
        called=phrases[0] if phrases else None,
        spans=spans or first.source[:1] or ((first.start, first.start + 1),),
    )


def settled(told: Told) -> bool:
    """Whether a word in what a speaker is called settles the kind, so that nothing needs to be read."""
    seen = (weighed(phrase.split(), role=True) for phrase in (told.role, told.called) if phrase)
    return any(one is not None and one[0] >= SURE and one[1] == told.kind for one in seen)


def network_row(text: str, told: Told) -> Row:
    """What the network reads of a speaker: piece numbers and shapes."""
    words = [f"{told.kind} : {told.speaker}" if told.kind else told.speaker]
    if told.role and told.role.casefold() not in told.speaker.casefold():
        words.append(told.role)
    if told.affiliation:
        words.append(f"of {told.affiliation}")
    if told.called and told.called.casefold() not in (told.speaker.casefold(), *SHORT_FORMS):
        words.append(told.called[:150])
    ids, shapes = _row(" ; ".join(words))
    out: Row = ([CLS, *ids[:SELF], SEP], [SHAPE_OF_MARK, *shapes[:SELF], SHAPE_OF_MARK])
    near = _surroundings(text, told.spans)
    for stretch in near:
        for whole, new in zip(out, _marked(*stretch, AROUND // len(near)), strict=True):
            whole.extend(new)
    return out


def _row(text: str) -> Row:
    p = pieces(" ".join(text.split()))
    return p.ids, [shape % 5 for shape in p.shapes]  # where a paragraph starts tells nothing here


def _surroundings(text: str, spans: Sequence[Span]) -> list[tuple[str, str, str]]:
    """The text before, in and after each span, none of it twice."""
    out = []
    last = 0
    for start, end in spans:
        if start < last:
            continue
        end = min(end, start + LONG)
        before = text[max(last, start - BEFORE) : start].rpartition("\n")[2]  # the paragraph before is about others
        out.append((before, text[start:end], text[end : end + AFTER]))
        last = end + AFTER
    return out


def _marked(before: str, name: str, after: str, size: int) -> Row:
    """A name with marks around it, and as much of what is before and after as there is room for."""
    (a, shapes_a), (b, shapes_b), (c, shapes_c) = _row(before), _row(name), _row(after)
    room = max(0, size - len(b) - 3)
    kept = min(len(a), max(0, room // 2 - 4 if len(c) > room // 2 else room - len(c)))
    a, shapes_a = a[len(a) - kept :], shapes_a[len(a) - kept :]
    c, shapes_c = c[: room - kept], shapes_c[: room - kept]
    mark = [SHAPE_OF_MARK]
    ids = [*a, TARGET, *b, TARGET_END, *c, SEP]
    return ids, [*shapes_a, *mark, *shapes_b, *mark, *shapes_c, *mark]
