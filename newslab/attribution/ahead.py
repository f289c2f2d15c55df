"""Whom a headline or lead announces: "Envoy says", "the jury's president called it", "union rejects offer".

Who is named only further down is told by the same office there, or by the same quoted words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newslab.attribution.actors import actor_type, is_organisation, is_person
from newslab.attribution.anaphors import other_titles, so_called
from newslab.attribution.cast import ALIKE, Profile
from newslab.records import Statement

if TYPE_CHECKING:
    from newslab.attribution.phrases import Scene

LEAD = 6  # statements in headline and lead, which announce whom the text names later
SOON = 200  # tokens in which a body that a headline announces is named
DEPUTIES = {"deputy", "vice", "former", "assistant", "acting"}
SIDES = {"prosecution", "defence", "defense"}  # each is many
TOP = {"headline", "standfirst"}
QUOTED = re.compile('[\u2018\u201c"\'](?=\\w)([^\u2018\u201c\u201d"\n]{8,200}?)[\u2019\u201d"\'](?!\\w)')
ECHO = 3  # quoted words of a headline that tell whose they are
WORD = re.compile(r"\w+(?:['\u2019]\w+)*")


def announced(s: Scene, words: Sequence[str], head: int) -> Profile | None:
    """The one person or body of the article whom a lead announces: "A MUM told last night", "Minister says"."""
    if len(s.order) > LEAD:
        return None
    noun = words[-1]
    if noun in SIDES:
        return None
    if is_person(noun) or actor_type([noun]) == "citizen":
        return _person(s, words)
    return _body(s, words, head) if s.parts[head] in TOP and is_organisation(noun) else None


def _person(s: Scene, words: Sequence[str]) -> Profile | None:
    titles = other_titles(words[-1])
    alike = [p for title in titles for p in s.cast.called.get(title, ())[:ALIKE]]
    rest = set(words[:-1])
    for one in ((words[-1],), titles):  # those who are called just so before those who hold another such office
        fitting = [s.cast.person(p.name) or p for p in alike if p.label == "person" and rest <= p.words]
        fitting = [p for p in fitting if p.words.isdisjoint(DEPUTIES) and not p.words.isdisjoint(one)]
        if fitting:
            return fitting[0] if len({p.entity_id for p in fitting}) == 1 else None
    return None


def _body(s: Scene, words: Sequence[str], head: int) -> Profile | None:
    """The one body that bears a noun, or is called so, where a text names it soon after its headline."""
    noun, kind = words[-1], actor_type([words[-1]])
    found: dict[str, Profile] = {}
    for profile in (*s.cast.called.get(noun, ())[:ALIKE], *s.cast.called.get(kind or "", ())[:ALIKE]):
        known = profile.words | set(profile.name.casefold().split())
        named = noun in known or (profile.kind == kind and so_called(noun, profile))
        if profile.label == "organisation" and named and known.issuperset(words[:-1]):
            found[profile.entity_id] = profile
    one = next(iter(found.values())) if len(found) == 1 else None
    return one if one is not None and head < one.spans[0][0] < head + SOON else None


def echoed(rows: Sequence[Statement]) -> list[Statement]:
    """The statements, those of a headline given to the one who says the words that it quotes: "Envoy: 'no way out'"."""
    if not any(_open(row) for row in rows):
        return list(rows)
    said = [
        (f" {' '.join(_words(row.content_text))} ", row) for row in rows if row.naming == "named" and row.entity_ids
    ]
    return [_echo(row, said) if _open(row) else row for row in rows]


def _open(row: Statement) -> bool:
    """Whether a statement is of a headline and by nobody whom it names."""
    if row.part not in TOP or row.entity_ids or row.naming not in ("unnamed", "none"):
        return False
    return any(len(_words(quote)) >= ECHO for quote in QUOTED.findall(row.content_text))


def _echo(row: Statement, said: Sequence[tuple[str, Statement]]) -> Statement:
    quotes = [f" {' '.join(_words(quote))} " for quote in QUOTED.findall(row.content_text)]
    who = [one for text, one in said if any(quote in text for quote in quotes if len(quote.split()) >= ECHO)]
    if len({one.entity_ids for one in who}) != 1:
        return row
    one = who[0]
    return replace(
        row,
        speaker=one.speaker,
        entity_ids=one.entity_ids,
        naming="named",
        actor_type=one.actor_type,
        role=row.role or one.role,
        affiliation=one.affiliation,
    )


def _words(text: str) -> list[str]:
    return [word.casefold().replace("\u2019", "'") for word in WORD.findall(text)]
