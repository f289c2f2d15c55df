"""What kind of actor each person and organisation of an article is, by all that the article says of it.

A name's own words tell it ("Tenants' Union"), or the words beside it ("the housing charity Bright Path"), or what
the text calls it later ("the charity said"). A person has the kind of the office or trade, and where bodies of all
kinds have such an office ("its director", "spokeswoman Ann Lee"), the kind of the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslab.attribution.actors import (
    TRADE,
    actor_type,
    body_type,
    is_kin,
    is_person,
    known_person,
    weighed,
)
from newslab.attribution.bodies import (
    called_later,
    coined,
    deeds,
    described,
    forms,
    possessions,
    settle_body,
    shortened,
)
from newslab.attribution.campaigns import PAST, About, about, campaigns, in_office, seeks_votes
from newslab.attribution.doings import STUDIES, Weighed, clauses, doings, led, pleads, seat, speaks_for
from newslab.attribution.owners import CREW, Article, aide, body_before, companion, employer, owner
from newslab.naming.folding import first_names
from newslab.records import Entity
from newslab.tree import Range, Tree

if TYPE_CHECKING:
    from newslab.attribution.cast import Profile

LIVES = {"live", "lose", "flee", "see", "survive", "witness", "escape", "grow", "stay", "sell", "rent", "commute"}
HONORIFICS = {
    "dr": "expert", "prof": "expert", "professor": "expert", "coun": "government", "cllr": "government",
    "councillor": "government", "councilor": "government",
}  # fmt: skip
OFFICERS = {"chairman", "chairwoman", "chair", "ceo", "owner", "director", "spokesman", "spokeswoman", "spokesperson"}
OFFICERS |= {"president", "chief", "chairperson", "founder", "co-founder", "manager", "executive"}
BACK = 60  # tokens looked back over for whose convoys "its convoys" are
ALIKE = 40  # mentions that tell of one


class Told(NamedTuple):
    """All that is told of one person beside the names."""

    beside: list[Range]
    stretches: list[list[str]]  # their words
    roles: list[str]  # that stand beside the name
    seen: list[Weighed]
    generic: list[str]  # roles or nouns that may be an office of any body
    doctor: bool  # or professor


def settle_kinds(
    t: Tree,
    found: Mapping[str, Profile],
    beside: Mapping[str, Sequence[Range]],
    at: Sequence[Entity | None],
) -> None:
    """Fill in the kind of each profile, and the nouns that tell of it.

    Parameters
    ----------
    t, at
        The parse, and the mention of each token.
    found, beside
        Profiles by entity id, and the stretches beside their names that may say what they are.
    """
    s, article = Article(t, at, found), about(t)
    bodies = [profile for profile in found.values() if profile.label != "person"]
    _settle_bodies(s, bodies, beside)
    firsts = [(profile.name.partition(" ")[0], profile) for profile in bodies if profile.label == "organisation"]
    shared = Counter(first for first, _ in firsts)  # "Department" is nobody's name
    by_name = {first: profile for first, profile in firsts if shared[first] == 1}
    by_name |= {profile.name: profile for profile in bodies}
    done = doings(t, at, found)
    people = [profile for profile in found.values() if profile.label == "person"]
    for profile in people:
        near = beside.get(profile.entity_id, ())
        told = _told_of(s, profile, near, done.get(profile.entity_id, []), article)
        profile.kind = next(filter(None, _reasons(s, profile, told, article, by_name)), "citizen")
    for profile in people:
        if profile.kind in ("expert", "citizen", "business", "government"):
            profile.kind = aide(s, beside.get(profile.entity_id, ()), race=article.race) or profile.kind


def _settle_bodies(s: Article, bodies: Sequence[Profile], beside: Mapping[str, Sequence[Range]]) -> None:
    for profile in bodies:
        settle_body(s.t, profile, beside.get(profile.entity_id, ()))
    called_later(s.t, s.found, s.at)
    for profile in bodies:
        if profile.kind is None:
            profile.kind = deeds(s.t, profile) or possessions(s.t, profile)
    shortened(bodies)
    for profile in bodies:
        if profile.kind is None and profile.label == "organisation" and coined(profile.name):
            profile.kind = "business"  # a name without a word that tells what it names is most often a firm's


def _told_of(s: Article, profile: Profile, beside: Sequence[Range], acts: Sequence[Weighed], article: About) -> Told:
    """What the text tells of a person beside the names, in clauses, and by what the person does."""
    t = s.t
    starts = {a for a, _ in profile.spans}
    # "at the parish coffee morning Ann Lee said": what stands right before a name and is nobody's office is not hers
    kept = [(a, b) for a, b in beside if b not in starts or t.heads[b - 1] >= b or _office(t.words[a:b])]
    stretches = [forms(t, a, b) for a, b in kept]
    told = [words for words in stretches if actor_type(words, role=True) or any(is_person(w) for w in words)]
    profile.words |= {w.casefold() for words in told for w in words}
    roles = [role for _, role in profile.roles if role not in profile.apart]
    seen = pleads(t, profile, s.at) if article.court else []
    seen += [weight for role in roles if (weight := weighed(role.split(), role=True))]
    for (a, _), words in zip(kept, stretches, strict=True):
        seen += _told(t, a, words, s.at, s.found)
    seen += [*clauses(t, profile, s.at, s.found), *acts]
    titles = [HONORIFICS[title] for title in _titles(t, profile) if title in HONORIFICS]
    seen += [(TRADE, kind) for kind in titles if kind != "expert"]
    if article.fire and not article.court:  # fire brigades and prisons have officers and superintendents, too
        seen = [one for one in seen if one != (1, "police")]
    seen += _glued(profile.name)
    generic = [role for _, role in profile.roles] or [" ".join(words) for words in told if not _private_noun(words)]
    return Told(kept, stretches, roles, seen, generic, "expert" in titles)


def _private_noun(words: Sequence[str]) -> bool:
    """Whether words name no office: "Ann Lee, whose son fell ill"."""
    return not any(is_person(word) and not is_kin(word) for word in words)


def _glued(name: str) -> list[Weighed]:
    """What an office tells that is printed as part of a name: "Moderator Ann Lee"."""
    first, _, more = name.partition(" ")
    if " " not in more or not is_person(first) or first in first_names() or known_person(name):
        return []
    weight = weighed([first], role=True)
    return [weight] if weight else []


def _reasons(
    s: Article, profile: Profile, told: Told, article: About, by_name: Mapping[str, Profile]
) -> Iterator[str | None]:
    """The kinds that there are reasons to think a person is of, the surest first."""
    t, seen = s.t, told.seen
    known = known_person(profile.name)
    office = next((kind for weight, kind in seen if weight == 1), None)
    whose = owner(s, profile, told.beside)
    trade = _trade(s, profile, told, article, known, whose)
    if known in ("candidate", "government"):
        # without an office of theirs, in a campaign they speak for it
        known = "party" if seeks_votes(t, profile, article, known) else "government"
    yield trade if trade != "citizen" else None
    if told.doctor:  # "its director, Dr Ann Lee"
        yield whose
        yield "expert"
    yield trade
    where = employer(s, profile, told.beside, by_name)
    yield "expert" if where == "other" and not told.generic and _scholar(profile.affiliation or "") else where
    yield whose
    yield led(t, profile)
    if article.sport and office in (None, "business", "other") and not known:
        yield "citizen"
    yield office
    yield known
    if told.generic:
        yield speaks_for(t, profile, s.at, s.found)
        yield body_before(s, profile) if not profile.affiliation else None
    yield next((kind for _, kind in seen), None)
    yield seat(t, profile)
    yield companion(s, told.beside)
    yield _misread(profile)
    if profile.name in by_name and not profile.gender and not told.generic:
        yield by_name[profile.name].kind  # "Amber", of Amber Foods
    if _private(t, profile, told.stretches, s.at):
        yield "citizen"
    leads = any("leader" in role.casefold().split() for role in told.generic)
    if leads or article.race or (article.votes and not profile.aged and campaigns(t, profile)):
        yield "party"


def _trade(
    s: Article, profile: Profile, told: Told, article: About, known: str | None, whose: str | None
) -> str | None:
    """The kind that a person's trade tells, which holds whoever the employer is; None without one."""
    trades = [kind for weight, kind in told.seen if weight >= TRADE]
    office = next((kind for weight, kind in told.seen if weight == 1), None)
    # a president who is somebody's husband, too, is a president
    status = "citizen" if trades and office in (None, "citizen") else None
    trade = next((kind for kind in trades if kind != "citizen"), None if known else status)
    trade = in_office(trade, told.seen, [*(role.split() for role in told.roles), *told.stretches])
    runs = article.race and seeks_votes(s.t, profile, article, known)
    if (
        known == "candidate"
        and trade
        and article.campaign
        and (trade != "government" or runs or led(s.t, profile) == "party")
    ):
        trade = "party"
    if (trade == "military" and whose == "armed group") or (trade == "business" and whose and _runs(told)):
        trade = whose  # "its military spokesman", "its co-founder"
    if (trade == "other" or (trade is None and profile.affiliation)) and any(map(_scholar, told.roles)):
        trade = "expert"
    if article.sport and trade == "other":  # of a club: who runs it is its, and who plays or trains is a citizen
        trade = "business" if _runs(told) else "citizen"
    return trade


def _runs(told: Told) -> bool:
    """Whether somebody has an office in a body."""
    return any(not OFFICERS.isdisjoint(role.casefold().split()) for role in told.generic)


def _scholar(role: str) -> bool:
    """Whether a role is one at a university, and not that of speaking for it."""
    words = role.casefold().split()
    return "university" in words and not words[0].startswith("spokes") and "student" not in words


def _office(words: Sequence[str]) -> bool:
    return any(is_person(word) or word in ("'s", "s") for word in words)


def _titles(t: Tree, profile: Profile) -> list[str]:
    """The words right before a person's names, without a full stop."""
    spans = [a for a, _ in profile.spans if a > 1]
    return [t.words[a - 1].rstrip(".") if t.words[a - 1] != "." else t.words[a - 2] for a in spans]


def _told(
    t: Tree, a: int, words: Sequence[str], at: Sequence[Entity | None], found: Mapping[str, Profile]
) -> list[tuple[int, str]]:
    """What a stretch beside a person's name tells, with its weight."""
    if not (a > 0 and t.words[a - 1] in ("who", "whose")):
        weight = weighed(words, role=True)
        if weight and weight[1] != "citizen" and not PAST.isdisjoint(w.casefold() for w in words):
            weight = (min(weight[0], 1), weight[1])
        if (
            (weight is None or weight[0] == 0)
            and words[-1:]
            and words[-1].casefold() in CREW
            and any(map(is_person, words))
        ):
            return [(TRADE, CREW[words[-1].casefold()])]  # "chairwoman of the Save Our Green group"
        if weight is None and words[:1] and words[0] in ("of", "from", "for", "with"):  # ", of the group Amber,"
            kind = described(words)
            return [(TRADE, kind)] if kind else []
        return [weight] if weight else []
    kind = described(words)
    out = [] if kind in (None, "citizen", "expert", "other") else [(TRADE, kind)]
    if t.lemmas[a] in STUDIES:
        out.append((TRADE, "expert"))
    if "its" in words[1:2]:  # "its convoys": those of the organisation before
        own_of = (found[e.entity_id].kind for i in range(a, max(0, a - BACK), -1) if (e := at[i]) is not None)
        out += [(TRADE, kind) for kind in own_of if kind in ("NGO", "business", "party")][:1]
    if not {"votes", "seats", "deputies"}.isdisjoint(words):
        out.append((TRADE, "party"))
    return [(weight, kind) for weight, kind in out if kind]


def _private(t: Tree, profile: Profile, stretches: Sequence[Sequence[str]], at: Sequence[Entity | None]) -> bool:
    """Whether the text introduces somebody as a private person: by age, family, home, or what happened to them."""
    if profile.aged or any(is_kin(w) for words in stretches for w in words):
        return True
    for _, b in profile.spans[:1]:
        near = t.words[b : b + 3]
        if near[:1] == [","] and len(near) == 3:
            entity = at[b + 2]
            home = entity is not None and entity.label == "place" and near[1] in ("from", "of")
            if home or (near[1] == "who" and t.lemmas[b + 2] in LIVES):
                return True
    return False


def _misread(profile: Profile) -> str | None:
    """The kind of a body that was taken for a person: "Tarn Homes", "Health Canada"."""
    body = body_type(profile.name) if not profile.gender and not profile.aged and not profile.roles else None
    if body is None or (body[0] <= TRADE and (" " not in profile.name or profile.name.split()[0] in first_names())):
        return None
    return body[1] if body[1] not in ("citizen", "document") else None
