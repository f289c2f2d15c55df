"""What kind of actor an organisation or place of an article is: by its name, the words beside it, and what it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from newslab import rules
from newslab.attribution.actors import STATE, TRADE, actor_type, body_type, is_organisation, is_person, weighed
from newslab.records import Entity
from newslab.tree import Range, Tree

if TYPE_CHECKING:
    from newslab.attribution.cast import Profile

PARTISAN = {"leader", "candidate", "candidates", "list", "manifesto", "supporters", "supporter", "activists", "faction"}
# what a body has, not what it is
PARTS = {"board", "line", "campaign", "website", "committee", "office", "page", "team", "department", "branch", "panel"}
FOR_GAIN = {"business", "expert", "media", "party", "armed group"}
OF_STATE = {"agency", "regulator", "watchdog", "authority", "commission", "ministry", "service", "tribunal", "force"}
STREETS = {"street", "road", "avenue", "lane", "close", "crescent", "terrace", "boulevard", "drive"}
ALIKE = 40  # mentions that tell of one
HAS = 24  # tokens behind a name in which "its" is the body's
NEAR = 8  # bodies that "the company" may stand for


@cache
def deeds_of(what: str) -> dict[str, str]:
    """Kinds of actor by what they do, where no word for them tells: "Amber, which makes hearing aids"."""
    return {row["phrase"]: row["actor_type"] for row in rules.read("deeds") if row["of"] == what}


def forms(t: Tree, a: int, b: int) -> list[str]:
    return [t.text[t.starts[i] : t.ends[i]] for i in range(a, b)]


def is_street(name: str) -> bool:
    return name.rpartition(" ")[2].casefold() in STREETS


def coined(name: str) -> bool:
    """Whether a name is one made-up word, or has a firm's "&"."""
    words = name.split()
    return "&" in words or (len(words) == 1 and name.isalpha() and not name.isupper())


def deeds(t: Tree, profile: Profile) -> str | None:
    """The kind of a body by what the clause behind its name says that it does: "Amber, which makes hearing aids"."""
    for _, b in profile.spans[:ALIKE]:
        if b + 3 < len(t) and t.words[b] == "," and t.words[b + 1] in ("which", "who", "that"):
            verb = next((i for i in range(b + 2, min(b + 6, len(t))) if t.pos[i] == "VERB"), b + 2)
            kind = deeds_of("organisation").get(t.lemmas[verb])
            # a firm is one for what it once built; "which opposed the plan" and "which was attacked" tell nothing
            if kind is not None and (is_habit(t, verb) or (kind == "business" and t.tags[verb] == "VBD")):
                return kind
    return None


def possessions(t: Tree, profile: Profile) -> str | None:
    """The kind of a body by what is said to be its own: "its fighters", "its shareholders", "Amber's passengers"."""
    kinds = Counter(
        kind
        for _, b in profile.spans[:ALIKE]
        for i in range(b, min(b + HAS, len(t) - 1))
        if (t.words[i] in ("its", "their") or (i == b and t.words[i] in ("'s", "\u2019s")))
        and t.sentence[i] == t.sentence[b - 1]
        and (kind := deeds_of("own").get(t.lemmas[i + 1]))
    )
    return kinds.most_common(1)[0][0] if kinds else None


def is_habit(t: Tree, verb: int) -> bool:
    """Whether a verb says what somebody does for good: "makes", "has made", and not "made" or "was made"."""
    if t.tags[verb] == "VBN":
        return any(t.lemmas[c] == "have" for c in t.children[verb][:8]) and t.child(verb, "auxpass") is None
    return t.tags[verb] in ("VBZ", "VBP", "VBG")


def settle_body(t: Tree, profile: Profile, beside: Sequence[Range]) -> None:
    """The kind of a body or place: by its name if that is sure, else by the words beside it."""
    own = profile.name.split()
    profile.words |= {
        t.words[i] for a, b in beside[:ALIKE] for i in range(a, b) if t.pos[i] in ("NOUN", "ADJ", "PROPN")
    }
    profile.words |= {word.casefold() for word in own}
    place = profile.label == "place"
    street = is_street(profile.name)
    named = body_type(profile.name) if street or not place else None
    told = next((kind for a, b in beside[:ALIKE] if (kind := described(forms(t, a, b)))), None)
    followers = _by_followers(t, profile)
    if place and "party" in (told, followers):
        profile.kind, profile.settled = "party", False
    elif place and (plain := actor_type([profile.name.casefold()])) in STATE - {"government"}:
        profile.kind = plain  # there is a town called Police
    elif place and profile.settled and not street:
        profile.kind = "government"
    elif named == (TRADE, "NGO") and told in FOR_GAIN:
        profile.kind = told  # "the trade body Amber Federation"
    elif named is not None and (named[0] >= TRADE or told is None):
        profile.kind = named[1]
    else:
        profile.kind = told or followers


def described(words: Sequence[str]) -> str | None:
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


def called_later(t: Tree, found: Mapping[str, Profile], at: Sequence[Entity | None]) -> None:
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
        if kind is None or is_person(t.words[i]) or not is_organisation(t.words[i]) or t.words[i] in PARTS:
            continue
        if kind in STATE and t.words[i] not in OF_STATE:
            continue  # "the government" and "the court" stand for themselves
        if last[-1].kind is None and not any(profile.kind == kind for profile in last[-3:]):
            votes.setdefault(last[-1].entity_id, Counter())[kind] += 1
    for entity_id, kinds in votes.items():
        found[entity_id].kind = kinds.most_common(1)[0][0]
