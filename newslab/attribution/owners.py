"""Whose an office is: the body that "its chairwoman", "the group's director" and "a spokesman" go back to.

That is the body of which the text speaks: the subject of the sentences before rather than a body that stands
nearer ("Amber sued the council. Its director, Ann Lee"), also where a noun stands for it ("The firm lost").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslab.attribution.actors import actor_type, is_organisation, is_person
from newslab.records import Entity
from newslab.tree import Range, Tree

if TYPE_CHECKING:
    from newslab.attribution.cast import Profile

CREW = dict.fromkeys(("group", "movement", "network", "organisation", "organization"), "NGO")
CREW |= dict.fromkeys(("company", "firm"), "business")
# nouns for bodies of any kind: "the agency" may be a charity, a ministry or one of the United Nations
ANY_BODY = {
    "agency", "alliance", "association", "body", "brigade", "brigades", "charity", "club", "coalition", "commission",
    "faction", "federation", "foundation", "front", "fund", "institute", "league", "organiser", "outfit", "programme",
    "program", "service", "society", "trust", *CREW,
}  # fmt: skip
COMPANIONS = {"assistant", "colleague", "aide", "co-author", "teammate", "team-mate", "successor", "predecessor"}
AIDES = {"adviser", "advisor", "aide", "spokesman", "spokeswoman", "spokesperson", "strategist", "manager", "surrogate"}
CHILDREN = {"son", "daughter", "wife", "husband", "daughter-in-law", "son-in-law"}  # who speak in a campaign for theirs
OWNERS = {"its", "their"}
SUBJECTS = {"nsubj", "nsubjpass"}
BODIES = {"business", "NGO", "party", "armed group", "international organisation", "government", "military", "police"}
POLLS = {"poll", "survey"}
NOBODY = {"person", "nationality", "place"}
BACK = 90  # tokens looked back over for whose director a director is
OFTEN = 4  # names of a person


class Article(NamedTuple):
    """A text, the mention of each token, and who they are by entity id."""

    t: Tree
    at: Sequence[Entity | None]
    found: Mapping[str, Profile]

    def profile(self, token: int) -> Profile | None:
        entity = self.at[token]
        return self.found[entity.entity_id] if entity is not None else None


def spoken_of(s: Article, token: int) -> tuple[str, Profile | None] | None:
    """The kind of the body that the text speaks of at a token, and its profile if it has a name."""
    t, near = s.t, None
    sentence = t.sentence[token]
    acted: tuple[str, Profile | None] | None = None
    for i in _outside_quotes(t, token):
        if t.sentence[i] != sentence and acted is not None:
            break
        sentence = t.sentence[i]
        body = body_at(s, i)
        if body is None:
            continue
        near = near or body
        if _acts(s, i):
            acted = body  # of two the first: "Amber said the union was wrong"
    return acted or near


def _outside_quotes(t: Tree, token: int) -> Iterator[int]:
    """The tokens before one, backwards, without those in quotation marks: what somebody says is not the text's."""
    inside = False
    for i in range(token - 1, max(-1, token - BACK), -1):
        if "\n" in t.text[t.starts[i] : t.starts[i + 1]]:
            inside = False  # a paragraph that opens a quotation anew closes none
        mark = t.text[t.starts[i] : t.ends[i]]
        if mark in ('"', "''", "``"):
            inside = not inside
        elif mark in ("\u201d", "\u201c"):
            inside = mark == "\u201d"
        elif not inside:
            yield i


def _acts(s: Article, i: int) -> bool:
    """Whether a token is in the subject of a clause, or the source of one: "according to Amber"."""
    t = s.t
    top = i
    while s.at[i] is not None and t.heads[top] != top and s.at[t.heads[top]] is s.at[i]:
        top = t.heads[top]
    if t.deps[top] == "appos":
        top = t.heads[top]  # "the developer, Amber Living, says"
    if t.deps[top] in SUBJECTS:
        return True
    return t.deps[top] == "pobj" and t.words[t.heads[top]] == "to" and t.words[t.heads[top] - 1] == "according"


def body_at(s: Article, i: int) -> tuple[str, Profile | None] | None:
    """The body that a token names or stands for."""
    t, profile = s.t, s.profile(i)
    if profile is not None:
        if not profile.kind or profile.label in NOBODY or profile.kind in ("media", "document"):
            return None  # the outlet that somebody talked to, or that wrote it
        if profile.kind == "party" and not _acts(s, i) and t.tags[i] not in ("NNP", "NN"):
            return None  # "Republican aides"
        return profile.kind, profile
    noun = t.words[i]
    if noun in POLLS and t.deps[i] in SUBJECTS:
        return "expert", None  # "An Amber poll found so. Its director, Ann Lee, ..."
    if t.tags[i] != "NN" or is_person(noun) or not is_organisation(noun):
        return None
    beside = i + 1 < len(t) and s.at[i + 1] is not None
    if not (t.deps[i] in SUBJECTS or beside):
        return None
    kind = actor_type([noun])
    if t.words[t.left[i]] in ("the", "this") and not beside:
        meant = _meant(s, i, noun, kind)
        if meant is not None and meant.kind:
            return meant.kind, None
    return (kind, None) if kind in BODIES else None


def _meant(s: Article, i: int, noun: str, kind: str | None) -> Profile | None:
    """The named body that "the agency" or "the firm" stands for: the last that fits it."""
    for k in range(i - 1, max(-1, i - BACK), -1):
        profile = s.profile(k)
        if profile is None or not profile.kind or profile.label in NOBODY:
            continue
        if profile.kind == kind or noun in profile.words or (noun in ANY_BODY and kind != "business" and _acts(s, k)):
            return profile
    return None


def owner(s: Article, profile: Profile, beside: Sequence[Range]) -> str | None:
    """The kind of the body that "its chairwoman, Ann Lee" and "the group's director, Ann Lee" go back to."""
    t = s.t
    for a, b in beside:
        whose = next((i for i in range(a + 2, b) if t.words[i - 2 : i] == ["of", "the"] and t.words[i] in CREW), None)
        if whose is not None and any(is_person(t.words[i]) for i in range(a, whose)):
            return _of_crew(s, profile, whose)
        owned = next((i for i in range(max(0, a - 2), b) if t.words[i] in OWNERS | {"'s"}), 0)
        if not owned or not any(is_person(t.words[i]) for i in range(owned, b)):
            continue
        if t.words[owned] in OWNERS:
            return held_at(s, profile, owned)
        if t.words[owned - 1] in CREW:
            return _of_crew(s, profile, owned - 1)
        return actor_type([t.words[owned - 1]]) if is_organisation(t.words[owned - 1]) else None
    return None


def _of_crew(s: Article, profile: Profile, token: int) -> str:
    """The kind of the body that "the firm" or "the group" stands for at a token: a firm is one of business."""
    kind = CREW[s.t.words[token]]
    meant = _meant(s, token, s.t.words[token], kind)
    if meant is None:
        return kind if kind == "business" else held_at(s, profile, token) or kind
    profile.affiliation = profile.affiliation or meant.name
    return meant.kind or kind


def held_at(s: Article, profile: Profile, token: int) -> str | None:
    """The kind of the body spoken of at a token, where a person's office is held."""
    body = spoken_of(s, token)
    if body is None:
        return None
    if profile.affiliation is None and body[1] is not None:
        profile.affiliation = body[1].name
    return body[0]


def body_before(s: Article, profile: Profile) -> str | None:
    """The kind of the body spoken of where a person is first named."""
    body = spoken_of(s, profile.spans[0][0]) if profile.spans else None
    return body[0] if body is not None else None


def employer(s: Article, profile: Profile, beside: Sequence[Range], by_name: Mapping[str, Profile]) -> str | None:
    """The kind of the body that the text names as a person's."""
    bodies = [by_name.get(profile.affiliation or "")]
    bodies += [s.profile(i) for a, b in beside for i in range(a, b)]
    for body in bodies:
        if body is None or body.label in ("person", "nationality") or (body.label == "place" and body.settled):
            continue
        if body.kind:
            return body.kind
    return actor_type(profile.affiliation.split()) if profile.affiliation else None


def aide(s: Article, beside: Sequence[Range], *, race: bool) -> str | None:
    """The kind of the person whose adviser somebody is: "Lee's adviser Bo Diaz"; in a race also of whose son."""
    t = s.t
    for a, b in beside[:OFTEN]:
        owned = next((i for i in range(max(1, a), b) if t.words[i] == "'s"), 0)
        whose = s.profile(owned - 1) if owned else None
        if whose is None or whose.label != "person":
            continue
        nouns = {t.words[i] for i in range(owned, b)}
        if whose.kind in ("party", "government") and not nouns.isdisjoint(AIDES | CHILDREN if race else AIDES):
            return "party" if race else whose.kind
    return None


def companion(s: Article, beside: Sequence[Range]) -> str | None:
    """The kind of the person whose assistant or colleague somebody is: "her colleague Ann Lee"."""
    t = s.t
    for a, b in beside[:OFTEN]:
        if not COMPANIONS.isdisjoint(t.words[a:b]) and not {"his", "her"}.isdisjoint(t.words[max(0, a - 2) : b]):
            near = (one for i in range(a - 1, max(-1, a - BACK), -1) if (one := s.profile(i)) is not None)
            return next((one.kind for one in near if one.label == "person" and one.kind not in (None, "citizen")), None)
    return None
