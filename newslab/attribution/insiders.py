"""What kind of actor a source without a name is by the body it belongs to: "a spokesman", "people familiar with it".

The phrase itself may tell the body ("a source close to the regulator"), or the text around it: the body that it speaks
of there, or else the one that the article is about.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslab.attribution.actors import actor_type, is_organisation, is_person
from newslab.attribution.bodies import PARTS
from newslab.attribution.campaigns import about
from newslab.attribution.owners import BODIES, Article, body_at, spoken_of
from newslab.records import Statement
from newslab.tree import Range, Tree

if TYPE_CHECKING:
    from newslab.attribution.phrases import Scene

SPEAKERS = {"spokesman", "spokeswoman", "spokesperson", "aide", "staffer", "staff", "insider", "source"}
WHERE = {"at", "in", "for", "of", "from"}
EMPLOYED = {"employee", "engineer", "executive", "manager"}
PARTISANS = {"democrat", "republican", "aide", "member", "lawmaker", "staffer", "spokesman", "spokeswoman"}
UNSURE = {"other", "citizen"}
MAIN = 3  # times that the body an article is about is named at least


def settle_insiders(scene: Scene, rows: Sequence[Statement]) -> dict[str, str]:
    """The kinds of the statements whose unnamed source belongs to a body that the article tells, by statement id."""
    s, article = Article(scene.t, scene.at, scene.cast.profiles), about(scene.t)
    unnamed = [row for row in rows if row.source and not row.entity_ids and row.naming in ("unnamed", "collective")]
    main = _main(s) if unnamed else None
    last: str | None = None  # of the people in the know who spoke before
    out: dict[str, str] = {}
    for row in unnamed:
        phrase = _tokens(s.t, row)
        head = _head(s.t, phrase)
        noun = s.t.lemmas[head]
        if row.actor_type == "party" and article.parliament and noun in PARTISANS:
            out[row.statement_id] = "government"  # "Republican aides said the bill was dead"
        if row.actor_type not in UNSURE and not (noun in EMPLOYED and row.actor_type == "expert"):
            continue
        if _belongs(s.t, head, phrase):
            last = _belonging(s, head, phrase, main) or row.actor_type
            out[row.statement_id] = last
        elif last is not None and noun == "source" and s.t.words[phrase[0]] == "one":
            out[row.statement_id] = last  # "one of the sources"
    return out


def _belonging(s: Article, head: int, phrase: Range, main: str | None) -> str | None:
    """The kind of the body that somebody belongs to, if the phrase or the text around it tells it."""
    within = _within(s, head, phrase)
    behind = s.t.words[head + 1] if head + 1 < phrase[1] else ""
    if within is not None or behind in WHERE or "close" in s.t.words[head : phrase[1]]:
        return within  # "a source close to the board": whose board, nobody says
    around = _around(s, head)
    if s.t.lemmas[head] == "source" and around is not None and around != main:
        return None  # of talks between two sides, whose source it is is not told
    return around or main


def _tokens(t: Tree, row: Statement) -> Range:
    """The tokens of a source."""
    start, end = row.source[0][0], row.source[-1][1]
    return bisect_left(t.starts, start), max(bisect_left(t.starts, start) + 1, bisect_left(t.starts, end))


def _head(t: Tree, phrase: Range) -> int:
    """The token that heads a source: of "one of the people" the people."""
    head = next((i for i in range(*phrase) if not phrase[0] <= t.heads[i] < phrase[1]), phrase[0])
    of = t.child(head, "prep") if t.words[head] in ("one", "two", "some", "several") else None
    noun = t.child(of, "pobj") if of is not None and t.words[of] == "of" else None
    return noun if noun is not None and noun < phrase[1] else head


def _belongs(t: Tree, head: int, phrase: Range) -> bool:
    """Whether a noun names somebody by the body that it belongs to."""
    noun, words = t.lemmas[head], t.words[phrase[0] : phrase[1]]
    if noun == "member":
        return t.tags[head] == "NN"
    if noun in EMPLOYED:  # who tells of a firm from within
        return not {"former", "current"}.isdisjoint(words)
    return noun in SPEAKERS


def _within(s: Article, head: int, phrase: Range) -> str | None:
    """The kind of the body or person that the phrase names: "Obama aides", "a source close to the regulator"."""
    for i in [*range(head + 1, phrase[1]), *range(head - 1, phrase[0] - 1, -1)]:
        profile = s.profile(i)
        if profile is not None and profile.kind and profile.label not in ("place", "nationality"):
            if profile.label == "person" and profile.kind == "citizen" and i > head:
                return None if s.t.words[head + 1] == "for" else "citizen"  # "a spokesman for Amber"
            return profile.kind
        noun = s.t.words[i]
        if noun in PARTS:
            continue  # "the board": of whom, it does not tell
        if profile is None and s.t.pos[i] == "NOUN" and (is_organisation(noun) or (is_person(noun) and i > head)):
            kind = actor_type([noun])
            if kind in BODIES or (kind == "citizen" and i > head):
                return kind
    return None


def _around(s: Article, head: int) -> str | None:
    body = spoken_of(s, head)
    return body[0] if body is not None and body[0] in BODIES else None


def _main(s: Article) -> str | None:
    """The kind of the bodies that an article speaks of most, if it does so time and again."""
    counts = Counter(body[0] for i in range(len(s.t)) if (body := body_at(s, i)) is not None and body[0] in BODIES)
    (kind, times), *_ = counts.most_common(1) or [("", 0)]
    return kind if times >= MAIN else None
