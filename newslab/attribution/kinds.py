"""What kind of actor each person and organisation of an article is, by all that the article says of it.

A name's own words tell it ("Tenants' Union"), or the words beside it ("the housing charity Bright Path"), or what
the text calls it later ("the charity said"). A person has the kind of the office or trade, and where bodies of all
kinds have such an office ("its director", "spokeswoman Ann Lee"), the kind of the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslab.attribution.actors import TRADE, actor_type, body_type, is_kin, is_organisation, is_person, weighed
from newslab.attribution.bodies import called_later, coined, deeds, deeds_of, described, forms, is_habit, settle_body
from newslab.records import Entity
from newslab.tree import Range, Tree

if TYPE_CHECKING:
    from newslab.attribution.cast import Profile

STUDIES = {"teach", "study", "research", "lecture"}
RUNS = {"run", "own", "found", "head", "chair", "lead", "manage", "represent", "edit"}
LIVES = {"live", "lose", "flee", "see", "survive", "witness", "escape", "grow", "stay", "sell", "rent", "commute"}
HONORIFICS = {
    "dr": "expert", "prof": "expert", "professor": "expert", "coun": "government", "cllr": "government",
    "councillor": "government", "councilor": "government",
}  # fmt: skip
CREW = dict.fromkeys(("group", "movement", "network", "organisation", "organization"), "NGO")
CREW |= dict.fromkeys(("company", "firm"), "business")
LED = dict.fromkeys(("campaign", "camp", "supporters", "backers", "delegates", "candidacy"), "party")
LED["administration"] = "government"
COMPANIONS = {"assistant", "colleague", "aide", "co-author", "teammate", "team-mate", "successor", "predecessor"}
PLEADS = {"prosecuting", "defending", "mitigating", "sentencing"}
COURTS = {"court", "judge", "jury", "trial", "tribunal", "magistrates", "jailed", "sentenced", "barrister", "verdict"}
# football has campaigns, rivals, rallies and supporters, too
VOTES = {"ballot", "ballots", "candidate", "candidates", "caucus", "caucuses", "election", "primaries", "voters"}
OWNERS = {"its", "their"}
PAST = {"retired", "former", "ex"}  # offices and trades that yield to what somebody is now
BACK = 60  # tokens looked back over for whose director a director is
AFTER = 8  # tokens behind a verb that say what somebody runs
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
    court: bool


def _about(t: Tree) -> About:
    counts = Counter(t.words)
    beside = sum(counts[word] for word in _campaign())
    votes = sum(counts[word] for word in VOTES) > 1
    return About(votes, votes and beside > 3 and beside * RACE > len(t), not COURTS.isdisjoint(counts))


def settle_kinds(
    t: Tree,
    found: Mapping[str, Profile],
    beside: Mapping[str, Sequence[Range]],
    at: Sequence[Entity | None],
    headline: Set[str] = frozenset(),
) -> None:
    """Fill in the kind of each profile, and the nouns that tell of it.

    Parameters
    ----------
    t, at
        The parse, and the mention of each token.
    found, beside
        Profiles by entity id, and the stretches beside their names that may say what they are.
    headline
        The words of the headline, in lower case.
    """
    bodies = [profile for profile in found.values() if profile.label != "person"]
    for profile in bodies:
        settle_body(t, profile, beside.get(profile.entity_id, ()))
    called_later(t, found, at)
    for profile in bodies:
        if profile.kind is None:
            profile.kind = deeds(t, profile)
        if profile.kind is None and profile.label == "organisation" and coined(profile.name):
            profile.kind = "business"  # a name without a word that tells what it names is most often a firm's
    by_name = {profile.name: profile for profile in bodies}
    about = _about(t)
    for profile in found.values():
        if profile.label == "person":
            _settle_person(t, profile, beside.get(profile.entity_id, ()), at, found, by_name, headline, about)
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
    headline: Set[str],
    about: About,
) -> None:
    """The kind of a person: of the trade, of the body whose office it is, or of an office alone."""
    starts = {a for a, _ in profile.spans}
    # "at the parish coffee morning Ann Lee said": what stands right before a name and is nobody's office is not hers
    beside = [(a, b) for a, b in beside if b not in starts or t.heads[b - 1] >= b or _office(t.words[a:b])]
    stretches = [forms(t, a, b) for a, b in beside]
    told = [words for words in stretches if actor_type(words, role=True) or any(is_person(w) for w in words)]
    profile.words |= {w.casefold() for words in told for w in words}
    seen = [weight for _, role in profile.roles if (weight := weighed(role.split(), role=True))]
    for (a, _), words in zip(beside, stretches, strict=True):
        seen += _told(t, a, words, at, found)
    seen += _does(t, profile) + (_pleads(t, profile, at) if about.court else [])
    seen += [(TRADE, HONORIFICS[title]) for title in _titles(t, profile) if title in HONORIFICS]
    trades = [kind for weight, kind in seen if weight >= TRADE]
    office = next((kind for weight, kind in seen if weight == 1), None)
    # a president who is somebody's husband, too, is a president
    status = "citizen" if trades and office in (None, "citizen") else None
    trade = next((kind for kind in trades if kind != "citizen"), status)
    owner = _owner(t, profile, beside, at, found)
    generic = [role for _, role in profile.roles] or [" ".join(words) for words in told]
    profile.kind = (
        trade
        or _employer(profile, beside, at, found, by_name)
        or owner
        or _led(t, profile)
        or office
        or (_body_before(t, profile, at, found) if generic else None)
        or next((kind for _, kind in seen), None)
        or _seat(t, profile)
        or _companion(t, beside, at, found)
        or ("citizen" if _private(t, profile, stretches, at) else None)
        or ("party" if about.votes and not profile.aged and _campaigns(t, profile) else None)
        or ("party" if any("leader" in role.casefold().split() for role in generic) else None)
        or (body[1] if not profile.gender and (body := body_type(profile.name)) and body[0] > TRADE else None)
        or (("party" if about.race else "citizen" if _introduced(profile, headline) else None) if not generic else None)
    )


def _office(words: Sequence[str]) -> bool:
    return any(is_person(word) or word in ("'s", "s") for word in words)


def _does(t: Tree, profile: Profile) -> list[tuple[int, str]]:
    """What a sentence says that a person does: "Ann Lee teaches law in Leeds", "Ann Lee runs a bakery"."""
    out: list[tuple[int, str]] = []
    for a, b in profile.spans[:ALIKE]:
        top = next((i for i in range(a, b) if not a <= t.heads[i] < b), a)
        verb = t.heads[top]
        if b + 2 < len(t) and t.words[b : b + 2] == [",", "who"]:
            verb = next((i for i in range(b + 2, min(b + 6, len(t))) if t.pos[i] == "VERB"), b + 2)
            if t.lemmas[verb] in deeds_of("person") and is_habit(t, verb):
                out.append((TRADE, deeds_of("person")[t.lemmas[verb]]))
        elif t.deps[top] != "nsubj" or verb < b:
            continue
        if t.lemmas[verb] in STUDIES - {"study"}:
            out.append((TRADE, "expert"))
        elif t.lemmas[verb] in RUNS and (what := t.child(verb, "dobj")) is not None and verb < what < verb + AFTER:
            kind = described(forms(t, verb + 1, what + 1))
            out += [(TRADE, kind)] if kind not in (None, "other") else []
        elif t.lemmas[verb] in ("work", "volunteer") and {"at", "for", "as", "in"} & set(t.words[verb + 1 : verb + 2]):
            trade = weighed(forms(t, verb + 2, min(len(t), verb + AFTER)), role=True)
            out.append(trade if trade and t.words[verb + 1] == "as" else (TRADE, "citizen"))
    return out


def _pleads(t: Tree, profile: Profile, at: Sequence[Entity | None]) -> list[tuple[int, str]]:
    """Who speaks in court for somebody: "For Lee, Bo Diaz said", "Sentencing him, Bo Diaz said"."""
    for a, _ in profile.spans[:OFTEN]:
        first = t.sentence[a]
        while first < a and t.pos[first] == "SPACE":
            first += 1
        if first < a - 1 and t.words[a - 1] == "," and a - first < AFTER:
            client = at[first + 1]
            named = t.words[first] == "for" and client is not None and client.label == "person"
            if named or t.words[first] in PLEADS:
                return [(TRADE, "court")]
    return []


def _led(t: Tree, profile: Profile) -> str | None:
    """What the noun behind a person's name tells: "the Lee campaign", "Lee's supporters", "the Lee administration"."""
    for _, b in profile.spans[:ALIKE]:
        behind = t.words[b + (t.words[b] == "'s") : b + 2][:1] if b < len(t) else []
        if behind and behind[0] in LED:
            return LED[behind[0]]
    return None


def _seat(t: Tree, profile: Profile) -> str | None:
    """The kind of somebody behind whose name a party and a state stand: "Ann Lee (D-Ohio)"."""
    for _, b in profile.spans[:OFTEN]:
        party = t.words[b + 1] if b + 2 < len(t) and t.words[b] == "(" else ""
        alone = len(party) == 1 and t.words[b + 2] in ("-", ".")
        capital = bool(party) and t.text[t.starts[b + 1]].isupper()  # not "(d. 1954)"
        if capital and party[0] in ("d", "r", "i") and (alone or party[1:2] == "-"):
            return "government"
    return None


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


def _introduced(profile: Profile, headline: Set[str]) -> bool:
    """Whether a person without any office is introduced by full name, once or a few times: most often a private one.

    Readers need not be told who is in the headline, or who fills the article.
    """
    words = profile.name.split()
    told = len(words) > 1 or bool(profile.gender)  # one word alone is as often a body that was taken for a person
    if len(profile.spans) > OFTEN or (profile.spans[:1] and profile.spans[0][1] - profile.spans[0][0] < len(words)):
        return False
    return bool(profile.spans) and told and words[-1].casefold() not in headline and not profile.name.isupper()
