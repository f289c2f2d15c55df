"""What kind of actor each person and organisation of an article is, by all that the article says of it.

A name's own words tell it ("Tenants' Union"), or the words beside it ("the housing charity Bright Path"), or what
the text calls it later ("the charity said"). A person has the kind of the office or trade, and where bodies of all
kinds have such an office ("its director", "spokeswoman Ann Lee"), the kind of the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from newslab.attribution.actors import TRADE, actor_type, body_type, is_kin, is_organisation, is_person, weighed
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
PARTISAN = {"leader", "candidate", "candidates", "list", "manifesto", "supporters", "supporter", "activists", "faction"}
LED = dict.fromkeys(("campaign", "camp", "supporters", "backers", "delegates", "candidacy"), "party")
LED["administration"] = "government"
OWNERS = {"its", "their"}
PAST = {"retired", "former", "ex"}  # offices and trades that yield to what somebody is now
BACK = 60  # tokens looked back over for whose director a director is
AFTER = 8  # tokens behind a verb that say what somebody runs
ALIKE = 40  # mentions that tell of one
OFTEN = 4  # names of a person
NEAR = 8  # bodies that "the company" may stand for
BODIES = {"business", "NGO", "party", "armed group", "international organisation", "government", "military", "police"}


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
        _settle_body(t, profile, beside.get(profile.entity_id, ()))
    _called_later(t, found, at)
    for profile in bodies:
        if profile.kind is None and profile.label == "organisation" and _coined(profile.name):
            profile.kind = "business"  # a name without a word that tells what it names is most often a firm's
    by_name = {profile.name: profile for profile in bodies}
    for profile in found.values():
        if profile.label == "person":
            _settle_person(t, profile, beside.get(profile.entity_id, ()), at, found, by_name, headline)
    for profile in found.values():  # whose aide an aide is
        if profile.label == "person" and profile.kind is None:
            near = (at[i] for a, b in beside.get(profile.entity_id, ())[:ALIKE] for i in range(a, b))
            whose = (found[e.entity_id] for e in near if e is not None and e.entity_id != profile.entity_id)
            profile.kind = next((one.kind for one in whose if one.label == "person" and one.kind), None)


def _forms(t: Tree, a: int, b: int) -> list[str]:
    return [t.text[t.starts[i] : t.ends[i]] for i in range(a, b)]


def _coined(name: str) -> bool:
    """Whether a name is one made-up word, or has a firm's "&"."""
    words = name.split()
    return "&" in words or (len(words) == 1 and name.isalpha() and not name.isupper())


def _settle_body(t: Tree, profile: Profile, beside: Sequence[Range]) -> None:
    """The kind of a body or place: by its name if that is sure, else by the words beside it."""
    own = profile.name.split()
    profile.words |= {
        t.words[i] for a, b in beside[:ALIKE] for i in range(a, b) if t.pos[i] in ("NOUN", "ADJ", "PROPN")
    }
    profile.words |= {word.casefold() for word in own}
    place = profile.label == "place"
    named = body_type(profile.name) if not place else None
    told = next((kind for a, b in beside[:ALIKE] if (kind := _described(_forms(t, a, b)))), None)
    followers = _by_followers(t, profile)
    if place and "party" in (told, followers):
        profile.kind, profile.settled = "party", False
    elif place and profile.settled:
        profile.kind = "government"
    elif named is not None and (named[0] >= TRADE or told is None):
        profile.kind = named[1]
    else:
        profile.kind = told or followers


def _described(words: Sequence[str]) -> str | None:
    """The kind that words beside an organisation tell: "ferry operator", "a group based in Leeds"."""
    found = weighed(words, role=True, people=False)
    kind = found[1] if found else None
    return kind or ("NGO" if not {"group", "movement", "network"}.isdisjoint(w.casefold() for w in words) else None)


def _by_followers(t: Tree, profile: Profile) -> str | None:
    """The kind that the noun behind a name tells: "Amber candidates"; "the Amber flight" tells nothing."""
    for _, b in profile.spans[:ALIKE]:
        if b < len(t) and t.pos[b] == "NOUN":
            if t.words[b] in PARTISAN:
                return "party"
            kind = actor_type([t.words[b]])
            if kind in ("party", "armed group") or (kind and is_organisation(t.words[b])):
                return kind
    return None


def _called_later(t: Tree, found: Mapping[str, Profile], at: Sequence[Entity | None]) -> None:
    """Give a body whose name tells nothing the kind by which the text speaks of it next: "the company said"."""
    votes: dict[str, Counter[str]] = {}
    last: list[Profile] = []  # bodies named so far, the last at the end
    for i, entity in enumerate(at):
        if entity is not None:
            profile = found[entity.entity_id]
            if entity.mention == "name" and profile.label not in ("person", "nationality", "place"):
                if profile in last[-NEAR:]:
                    last.remove(profile)
                last[:-NEAR] = []
                last.append(profile)
            continue
        if t.pos[i] != "NOUN" or t.tags[i] != "NN" or not i or t.words[i - 1] != "the" or not last:
            continue
        kind = actor_type([t.words[i]])
        if kind is None or is_person(t.words[i]) or not is_organisation(t.words[i]):
            continue
        if last[-1].kind is None and not any(profile.kind == kind for profile in last[-3:]):
            votes.setdefault(last[-1].entity_id, Counter())[kind] += 1
    for entity_id, kinds in votes.items():
        found[entity_id].kind = kinds.most_common(1)[0][0]


def _settle_person(
    t: Tree,
    profile: Profile,
    beside: Sequence[Range],
    at: Sequence[Entity | None],
    found: Mapping[str, Profile],
    by_name: Mapping[str, Profile],
    headline: Set[str],
) -> None:
    """The kind of a person: of the trade, of the body whose office it is, or of an office alone."""
    stretches = [_forms(t, a, b) for a, b in beside]
    told = [words for words in stretches if actor_type(words, role=True) or any(is_person(w) for w in words)]
    profile.words |= {w.casefold() for words in told for w in words}
    seen = [weight for _, role in profile.roles if (weight := weighed(role.split(), role=True))]
    for (a, _), words in zip(beside, stretches, strict=True):
        seen += _told(t, a, words, at, found)
    seen += _does(t, profile)
    seen += [(TRADE, HONORIFICS[title]) for title in _titles(t, profile) if title in HONORIFICS]
    trades = [kind for weight, kind in seen if weight >= TRADE]
    office = next((kind for weight, kind in seen if weight == 1), None)
    # a president who is somebody's husband, too, is a president
    status = "citizen" if trades and office in (None, "citizen") else None
    trade = next((kind for kind in trades if kind != "citizen"), status)
    generic = [role for _, role in profile.roles] or [" ".join(words) for words in told]
    profile.kind = (
        trade
        or _employer(profile, beside, at, found, by_name)
        or (_owner(t, profile, beside, at, found))
        or _led(t, profile)
        or office
        or (_body_before(t, profile, at, found) if generic else None)
        or next((kind for _, kind in seen), None)
        or ("party" if any("leader" in role.casefold().split() for role in generic) else None)
        or (body[1] if not profile.gender and (body := body_type(profile.name)) and body[0] > TRADE else None)
        or (
            "citizen"
            if _private(t, profile, stretches, at) or (not generic and _introduced(profile, headline))
            else None
        )
    )


def _does(t: Tree, profile: Profile) -> list[tuple[int, str]]:
    """What a sentence says that a person does: "Ann Lee teaches law in Leeds", "Ann Lee runs a bakery"."""
    out: list[tuple[int, str]] = []
    for a, b in profile.spans[:ALIKE]:
        top = next((i for i in range(a, b) if not a <= t.heads[i] < b), a)
        verb = t.heads[top]
        if t.deps[top] != "nsubj" or verb < b:
            continue
        if t.lemmas[verb] in STUDIES - {"study"}:
            out.append((TRADE, "expert"))
        elif t.lemmas[verb] in RUNS and (what := t.child(verb, "dobj")) is not None and verb < what < verb + AFTER:
            kind = _described(_forms(t, verb + 1, what + 1))
            out += [(TRADE, kind)] if kind else []
        elif t.lemmas[verb] in ("work", "volunteer") and t.words[verb + 1 : verb + 2] in (
            ["at"],
            ["for"],
            ["as"],
            ["in"],
        ):
            trade = weighed(_forms(t, verb + 2, min(len(t), verb + AFTER)), role=True)
            out.append(trade if trade and t.words[verb + 1] == "as" else (TRADE, "citizen"))
    return out


def _led(t: Tree, profile: Profile) -> str | None:
    """What the noun behind a person's name tells: "the Lee campaign", "Lee's supporters", "the Lee administration"."""
    for _, b in profile.spans[:ALIKE]:
        behind = t.words[b + (t.words[b] == "'s") : b + 2][:1] if b < len(t) else []
        if behind and behind[0] in LED:
            return LED[behind[0]]
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
    kind = _described(words)
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
            return _body_before(t, profile, at, found, owned)
        if t.words[owned - 1] in CREW:
            return _body_before(t, profile, at, found, owned) or CREW[t.words[owned - 1]]
        return actor_type([t.words[owned - 1]]) if is_organisation(t.words[owned - 1]) else None
    return None


def _body_before(
    t: Tree, profile: Profile, at: Sequence[Entity | None], found: Mapping[str, Profile], token: int | None = None
) -> str | None:
    """The kind of the last body before a person is named: a name, or a noun that acts ("the charity said")."""
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
