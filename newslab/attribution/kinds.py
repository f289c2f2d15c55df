"""What kind of actor each person and organisation of an article is, by all that the article says of it.

A name's own words tell it ("Tenants' Union"), or the words beside it ("the housing charity Bright Path"), or what
the text calls it later ("the charity said"). A person has the kind of the office or trade, and where bodies of all
kinds have such an office ("its director", "spokeswoman Ann Lee"), the kind of the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslab.attribution.actors import (
    TRADE,
    actor_type,
    body_type,
    is_kin,
    is_organisation,
    is_person,
    known_person,
    weighed,
)
from newslab.attribution.bodies import (
    called_later,
    coined,
    deeds,
    deeds_of,
    described,
    forms,
    possessions,
    settle_body,
)
from newslab.attribution.doings import STUDIES, Weighed, clauses, doings, led, pleads, seat, speaks_for
from newslab.naming.lists import first_names
from newslab.records import Entity
from newslab.tree import Range, Tree

if TYPE_CHECKING:
    from newslab.attribution.cast import Profile

LIVES = {"live", "lose", "flee", "see", "survive", "witness", "escape", "grow", "stay", "sell", "rent", "commute"}
HONORIFICS = {
    "dr": "expert", "prof": "expert", "professor": "expert", "coun": "government", "cllr": "government",
    "councillor": "government", "councilor": "government",
}  # fmt: skip
CREW = dict.fromkeys(("group", "movement", "network", "organisation", "organization"), "NGO")
CREW |= dict.fromkeys(("company", "firm"), "business")
COMPANIONS = {"assistant", "colleague", "aide", "co-author", "teammate", "team-mate", "successor", "predecessor"}
COURTS = {"court", "judge", "jury", "trial", "tribunal", "magistrates", "jailed", "sentenced", "barrister", "verdict"}
# football has campaigns, rivals, rallies and supporters, too
VOTES = {"ballot", "ballots", "candidate", "candidates", "caucus", "caucuses", "election", "primaries", "voters"}
RUNNING = VOTES | {"campaign", "campaigning", "nominee", "nomination", "front-runner", "frontrunner", "primary", "gop"}
OWNERS = {"its", "their"}
PAST = {"retired", "former", "ex"}  # offices and trades that yield to what somebody is now
AIDES = {"adviser", "advisor", "aide", "spokesman", "spokeswoman", "spokesperson", "strategist", "manager", "surrogate"}
CHILDREN = {"son", "daughter", "wife", "husband", "daughter-in-law", "son-in-law"}  # who speak in a campaign for theirs
FIRES = {"fire", "fires", "bushfire", "bushfires", "wildfire", "blaze", "firefighters", "prison", "inmates", "jail"}
POLICE = {"police", "policing", "detective", "detectives", "constable", "sheriff", "constabulary", "sheriff's"}
SEATED = {"MP", "MPP", "MEP", "MSP", "MLA", "MNA", "TD", "councillor", "Councillor", "lawmaker", "legislator"}
OFFICERS = {"chairman", "chairwoman", "chair", "ceo", "owner", "director", "spokesman", "spokeswoman", "spokesperson"}
RULERS = ("president", "vice president", "prime minister", "chancellor")  # who speak as such in a campaign, too
BACK = 60  # tokens looked back over for whose director a director is
MATCH = 5  # words of sport that an article on sport has
RACE = 80  # words of an article about a campaign, for each word of a campaign
ALIKE = 40  # mentions that tell of one
OFTEN = 4  # names of a person
NEAR = 8  # words beside a name
BODIES = {"business", "NGO", "party", "armed group", "international organisation", "government", "military", "police"}


@cache
def _campaign() -> frozenset[str]:
    """Words of election campaigns: beside whom they stand time and again seeks votes."""
    return frozenset(deeds_of("word"))


class About(NamedTuple):
    """What an article is about, as far as it tells who is who."""

    votes: bool
    race: bool  # votes, and little else
    campaign: bool  # speaks of a campaign at least
    court: bool
    sport: bool
    fire: bool  # or a prison, and no police


def _about(t: Tree) -> About:
    counts = Counter(t.words)
    beside = sum(counts[word] for word in _campaign())
    votes = sum(counts[word] for word in VOTES) > 1
    race = votes and beside > 3 and beside * RACE > len(t)
    sport = sum(word in counts for word in deeds_of("sport")) >= MATCH
    campaign, court, police, fire = (not words.isdisjoint(counts) for words in (RUNNING, COURTS, POLICE, FIRES))
    return About(votes, race, campaign, court, sport, fire and not police)


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
    bodies = [profile for profile in found.values() if profile.label != "person"]
    for profile in bodies:
        settle_body(t, profile, beside.get(profile.entity_id, ()))
    called_later(t, found, at)
    for profile in bodies:
        if profile.kind is None:
            profile.kind = deeds(t, profile) or possessions(t, profile)
        if profile.kind is None and profile.label == "organisation" and coined(profile.name):
            profile.kind = "business"  # a name without a word that tells what it names is most often a firm's
    by_name = {profile.name: profile for profile in bodies}
    about, done = _about(t), doings(t, at, found)
    for profile in found.values():
        if profile.label == "person":
            acts = done.get(profile.entity_id, [])
            _settle_person(t, profile, beside.get(profile.entity_id, ()), at, found, by_name, acts, about)
    for profile in found.values():
        if profile.label == "person" and profile.kind in ("expert", "citizen", "business", "government"):
            profile.kind = _aide(t, beside.get(profile.entity_id, ()), at, found, race=about.race) or profile.kind
    for profile in found.values():  # whose aide an aide is
        if profile.label == "person" and profile.kind is None:
            near = (at[i] for a, b in beside.get(profile.entity_id, ())[:ALIKE] for i in range(a, b))
            whose = (found[e.entity_id] for e in near if e is not None and e.entity_id != profile.entity_id)
            profile.kind = next((one.kind for one in whose if one.label == "person" and one.kind), None)


def _settle_person(
    t: Tree,
    profile: Profile,
    beside: Sequence[Range],
    at: Sequence[Entity | None],
    found: Mapping[str, Profile],
    by_name: Mapping[str, Profile],
    acts: Sequence[Weighed],
    about: About,
) -> None:
    """The kind of a person: of the trade, of the body whose office it is, or of an office alone."""
    starts = {a for a, _ in profile.spans}
    # "at the parish coffee morning Ann Lee said": what stands right before a name and is nobody's office is not hers
    beside = [(a, b) for a, b in beside if b not in starts or t.heads[b - 1] >= b or _office(t.words[a:b])]
    stretches = [forms(t, a, b) for a, b in beside]
    told = [words for words in stretches if actor_type(words, role=True) or any(is_person(w) for w in words)]
    profile.words |= {w.casefold() for words in told for w in words}
    beside_name = [role for _, role in profile.roles if role not in profile.apart]
    seen = [weight for role in beside_name if (weight := weighed(role.split(), role=True))]
    seen = (pleads(t, profile, at) if about.court else []) + seen
    for (a, _), words in zip(beside, stretches, strict=True):
        seen += _told(t, a, words, at, found)
    seen += [*clauses(t, profile, at, found), *acts]
    seen += [(TRADE, HONORIFICS[title]) for title in _titles(t, profile) if title in HONORIFICS]
    if about.fire and not about.court:  # fire brigades and prisons have officers and superintendents, too
        seen = [one for one in seen if one != (1, "police")]
    known = known_person(profile.name)
    first, _, more = profile.name.partition(" ")
    if (
        not known
        and " " in more
        and is_person(first)
        and first not in first_names()
        and (glued := weighed([first], role=True))
    ):
        seen.append(glued)  # "Moderator Ann Lee"
    trades = [kind for weight, kind in seen if weight >= TRADE]
    office = next((kind for weight, kind in seen if weight == 1), None)
    # a president who is somebody's husband, too, is a president
    status = "citizen" if trades and office in (None, "citizen") else None
    trade = next((kind for kind in trades if kind != "citizen"), None if known else status)
    if trade == "party" and "government" in trades and (3, "party") not in seen:
        trade = "government"  # "a Republican who chairs the committee"
    if trade == "party" and any(_seated(role) for role in beside_name):
        trade = "government"  # "NDP health critic and Leeds MPP"
    owner = _owner(t, profile, beside, at, found)
    if known in ("candidate", "government") and not trade:
        # without an office of theirs, in a campaign they speak for it
        runs = about.race or (about.votes and _campaigns(t, profile)) or (known == "candidate" and about.campaign)
        ruling = any(role.casefold().startswith(RULERS) for _, role in profile.roles)
        known = "party" if runs and not ruling else "government"
    elif known == "candidate" and about.campaign and (trade != "government" or led(t, profile) == "party"):
        trade = "party"
    if trade == "military" and owner == "armed group":
        trade = owner  # "its military spokesman"
    generic = [role for _, role in profile.roles] or [" ".join(words) for words in told]
    if (trade == "other" or (trade is None and profile.affiliation)) and any(map(_scholar, beside_name)):
        trade = "expert"
    if about.sport and trade == "other":  # of a club: who runs it is its, and who plays or trains is a citizen
        runs_it = any(not OFFICERS.isdisjoint(role.casefold().split()) for role in generic)
        trade = "business" if runs_it else "citizen"
    profile.kind = (
        trade
        or _employer(profile, beside, at, found, by_name)
        or owner
        or led(t, profile)
        or ("citizen" if about.sport and office in (None, "business", "other") and not known else None)
        or office
        or known
        or ((speaks_for(t, profile, at, found) or _body_before(t, profile, at, found)) if generic else None)
        or next((kind for _, kind in seen), None)
        or seat(t, profile)
        or _companion(t, beside, at, found)
        or _misread(profile)
        or ("citizen" if _private(t, profile, stretches, at) else None)
        or ("party" if about.votes and not profile.aged and _campaigns(t, profile) else None)
        or ("party" if any("leader" in role.casefold().split() for role in generic) else None)
        or ("party" if about.race else "citizen")
    )


def _aide(
    t: Tree, beside: Sequence[Range], at: Sequence[Entity | None], found: Mapping[str, Profile], *, race: bool
) -> str | None:
    """The kind of the person whose adviser somebody is: "Lee's adviser Bo Diaz"; in a race also of whose son."""
    for a, b in beside[:OFTEN]:
        owned = next((i for i in range(max(1, a), b) if t.words[i] == "'s"), 0)
        entity = at[owned - 1] if owned else None
        if entity is None or entity.label != "person":
            continue
        nouns = {t.words[i] for i in range(owned, b)}
        kind = found[entity.entity_id].kind
        if kind in ("party", "government") and not nouns.isdisjoint(AIDES | CHILDREN if race else AIDES):
            return "party" if race else kind
    return None


def _scholar(role: str) -> bool:
    """Whether a role is one at a university, and not that of speaking for it."""
    words = role.casefold().split()
    return "university" in words and not words[0].startswith("spokes") and "student" not in words


def _seated(role: str) -> bool:
    """Whether a role names a seat in a parliament or council: "Green Party MP"."""
    return any(word.rstrip("s.") in SEATED for word in role.split())


def _office(words: Sequence[str]) -> bool:
    return any(is_person(word) or word in ("'s", "s") for word in words)


def _campaigns(t: Tree, profile: Profile) -> bool:
    """Whether somebody is named time and again beside words of an election campaign."""
    beside = 0
    for a, b in profile.spans[:ALIKE]:
        first = max(t.sentence[a], a - NEAR)
        beside += not _campaign().isdisjoint(t.words[first : b + NEAR])
    return beside > 1 and 3 * beside >= len(profile.spans[:ALIKE])


def _companion(
    t: Tree, beside: Sequence[Range], at: Sequence[Entity | None], found: Mapping[str, Profile]
) -> str | None:
    """The kind of the person whose assistant or colleague somebody is: "her colleague Ann Lee"."""
    for a, b in beside[:OFTEN]:
        if not COMPANIONS.isdisjoint(t.words[a:b]) and not {"his", "her"}.isdisjoint(t.words[max(0, a - 2) : b]):
            near = (found[e.entity_id] for i in range(a - 1, max(-1, a - BACK), -1) if (e := at[i]) is not None)
            return next((one.kind for one in near if one.label == "person" and one.kind not in (None, "citizen")), None)
    return None


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


def _employer(
    profile: Profile,
    beside: Sequence[Range],
    at: Sequence[Entity | None],
    found: Mapping[str, Profile],
    by_name: Mapping[str, Profile],
) -> str | None:
    """The kind of the body that the text names as a person's."""
    bodies = [by_name.get(profile.affiliation or "")]
    bodies += [found[e.entity_id] for a, b in beside for i in range(a, b) if (e := at[i]) is not None]
    for body in bodies:
        if body is None or body.label in ("person", "nationality") or (body.label == "place" and body.settled):
            continue
        if body.kind:
            return body.kind
    return actor_type(profile.affiliation.split()) if profile.affiliation else None


def _owner(
    t: Tree, profile: Profile, beside: Sequence[Range], at: Sequence[Entity | None], found: Mapping[str, Profile]
) -> str | None:
    """The kind of the body that "its chairwoman, Ann Lee" and "the group's director, Ann Lee" go back to."""
    for a, b in beside:
        whose = next((i for i in range(a + 2, b) if t.words[i - 2 : i] == ["of", "the"] and t.words[i] in CREW), None)
        if whose is not None and any(is_person(t.words[i]) for i in range(a, whose)):
            return _body_before(t, profile, at, found, whose, own=True) or CREW[t.words[whose]]
        owned = next((i for i in range(max(0, a - 2), b) if t.words[i] in OWNERS | {"'s"}), 0)
        if not owned or not any(is_person(t.words[i]) for i in range(owned, b)):
            continue
        if t.words[owned] in OWNERS:
            return _body_before(t, profile, at, found, owned, own=True)
        if t.words[owned - 1] in CREW:
            return _body_before(t, profile, at, found, owned - 1, own=True) or CREW[t.words[owned - 1]]
        return actor_type([t.words[owned - 1]]) if is_organisation(t.words[owned - 1]) else None
    return None


def _body_before(
    t: Tree,
    profile: Profile,
    at: Sequence[Entity | None],
    found: Mapping[str, Profile],
    token: int | None = None,
    *,
    own: bool = False,
) -> str | None:
    """The kind of the last body before a person is named: a name, or a noun that acts ("the charity said").

    With `own` it is the one that "its director" or "the firm's director" names, and so where the office is held.
    """
    if not profile.spans:
        return None
    start = profile.spans[0][0] if token is None else token
    for i in range(start - 1, max(-1, start - BACK), -1):
        entity = at[i]
        if entity is None:
            acts = t.tags[i] == "NN" and (t.deps[i] in ("nsubj", "nsubjpass") or (i + 1 < start and at[i + 1]))
            if acts and is_organisation(t.words[i]) and not is_person(t.words[i]):
                kind = actor_type([t.words[i]])
                if kind in BODIES:
                    return kind
            continue
        body = found[entity.entity_id]
        if not body.kind or body.label in ("person", "nationality", "place"):
            continue
        if body.kind != "media":  # the outlet that somebody talked to, or that wrote it
            if own and profile.affiliation is None:
                profile.affiliation = body.name
            return body.kind
    return None


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
