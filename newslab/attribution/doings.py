"""What an article says that a person does, owns or was chosen for, and what kind of actor that tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.attribution.actors import TRADE, is_organisation, weighed
from newslab.attribution.bodies import deeds_of, described, forms, is_habit
from newslab.records import Entity
from newslab.tree import Tree

if TYPE_CHECKING:
    from newslab.attribution.cast import Profile

Scene = tuple[Tree, Sequence["Entity | None"], Mapping[str, "Profile"]]  # a text, its mentions, and who they are
Weighed = tuple[int, str]  # how surely (`actors.weighed`), and the kind of actor
STUDIES = {"teach", "study", "research", "lecture"}
HIGHER = {"university", "college", "institute", "faculty", "law", "medicine", "economics", "politics"}
RUNS = {"run", "own", "found", "head", "chair", "lead", "manage", "represent", "edit", "co-found", "direct", "start"}
MAKES = {"build", "establish", "launch", "create"}  # a body that has a name
CHOSEN = {"elect", "appoint", "name", "choose", "promote", "re-elect", "reelect", "nominate"}
LED = dict.fromkeys(("campaign", "camp", "supporters", "backers", "delegates", "candidacy"), "party")
LED["administration"] = "government"
PLEADS = {"prosecuting", "defending", "mitigating", "sentencing"}
CLIENTS = {
    "company",
    "firm",
    "defendant",
    "accused",
    "defence",
    "defense",
    "prosecution",
    "crown",
    "claimant",
    "family",
}
ALIKE = 40  # mentions that tell of one
OFTEN = 4  # names of a person
AFTER = 8  # tokens behind a verb that say what somebody runs


def doings(t: Tree, at: Sequence[Entity | None], found: Mapping[str, Profile]) -> dict[str, list[Weighed]]:
    """What each person's verbs tell, by entity id: "Ann Lee runs a bakery", "she was elected mayor"."""
    out: dict[str, list[Weighed]] = {}
    scene = (t, at, found)
    for i, entity in enumerate(at):
        if entity is None or entity.label != "person" or t.deps[i] not in ("nsubj", "nsubjpass"):
            continue
        seen = out.setdefault(entity.entity_id, [])
        if len(seen) < ALIKE:
            seen += _act(scene, t.heads[i], passive=t.deps[i] == "nsubjpass", named=entity.mention == "name")
    return out


def _act(scene: Scene, verb: int, *, passive: bool, named: bool) -> list[Weighed]:
    """What one verb with a person for its subject tells."""
    t, at, found = scene
    lemma, behind = t.lemmas[verb], t.words[verb + 1 : verb + 2]
    if any(t.deps[k] == "neg" for k in t.children[verb][:8]):
        return []
    if (
        lemma == "use" and behind == ["to"] and (did := t.child(verb, "xcomp")) is not None
    ):  # "the firm she used to run"
        return _owned(t, did, verb)
    if passive:
        if lemma not in CHOSEN:
            return []
        return _trade(t, verb + 1 + (behind == ["as"]))
    if lemma in STUDIES - {"study"}:
        learned = not HIGHER.isdisjoint(t.words[verb + 1 : verb + 2 * AFTER])
        return [(TRADE, "expert" if learned else "citizen")]
    if lemma in RUNS or (lemma in MAKES and (made := t.child(verb, "dobj")) is not None and at[made] is not None):
        what = t.child(verb, "dobj")
        if what is None or not verb < what < verb + AFTER:
            return _owned(t, verb, verb)
        body = found.get(entity.entity_id) if (entity := at[what]) is not None else None
        kind = body.kind if body is not None else described(forms(t, verb + 1, what + 1))
        if kind == "other" and "hospital" in t.words[verb + 1 : what + 1]:
            kind = "expert"  # a doctor, most often
        return [(TRADE, kind)] if kind not in (None, "other") else []
    if lemma in ("work", "volunteer") and {"at", "for", "as", "in"} & set(behind):
        trade = weighed(tuple(forms(t, verb + 2, min(len(t), verb + AFTER))), role=True)
        return [trade if trade and behind == ["as"] else (TRADE, "citizen")]
    if lemma in ("serve", "become") and not named:
        return _trade(t, verb + 1 + (behind == ["as"]))
    return []


def _trade(t: Tree, first: int) -> list[Weighed]:
    """What the noun phrase from a token on tells of who has that office."""
    last = first
    while last < min(len(t), first + AFTER) and t.pos[last] not in ("PUNCT", "VERB", "AUX", "SPACE"):
        last += 1
    trade = weighed(tuple(forms(t, first, last)), role=True)
    return [trade] if trade else []


def _owned(t: Tree, verb: int, top: int) -> list[Weighed]:
    """The kind of the body that a clause behind its noun tells that somebody ran: "the firm she founded"."""
    noun = t.heads[top]
    if t.lemmas[verb] not in RUNS | MAKES or t.deps[top] != "relcl" or not is_organisation(t.words[noun]):
        return []
    kind = described(forms(t, t.left[noun], noun + 1))
    return [(TRADE, kind)] if kind not in (None, "other") else []


def clauses(t: Tree, profile: Profile, at: Sequence[Entity | None], found: Mapping[str, Profile]) -> list[Weighed]:
    """What the clauses behind a person's names tell: "Ann Lee, who sells shoes, ..."."""
    out: list[Weighed] = []
    for _, b in profile.spans[:ALIKE]:
        if b + 2 < len(t) and t.words[b : b + 2] == [",", "who"]:
            verb = next((i for i in range(b + 2, min(b + 6, len(t))) if t.pos[i] == "VERB"), b + 2)
            if t.lemmas[verb] in deeds_of("person") and is_habit(t, verb):
                out.append((TRADE, deeds_of("person")[t.lemmas[verb]]))
            out += _act((t, at, found), verb, passive=False, named=True)
    return out


def pleads(t: Tree, profile: Profile, at: Sequence[Entity | None]) -> list[Weighed]:
    """Who speaks in court for somebody: "For Lee, Bo Diaz said", "Sentencing him, Bo Diaz", "Bo Diaz, for Lee,"."""
    for a, b in profile.spans[:OFTEN]:
        first = t.sentence[a]
        while first < a and t.pos[first] == "SPACE":
            first += 1
        if first < a - 1 and t.words[a - 1] == "," and a - first < AFTER:
            client = at[first + 1]
            named = t.words[first] == "for" and client is not None and client.label == "person"
            if named or t.words[first] in PLEADS:
                return [(TRADE, "court")]
        k = b + 2 if b < len(t) and t.text[t.starts[b] : t.ends[b]] in ("KC", "QC", "SC") else b + 1
        if k + 2 < len(t) and t.words[k - 1 : k + 1] == [",", "for"]:
            client = at[k + 1]
            if (client is not None and client.label == "person") or t.words[k + 2] in CLIENTS:
                return [(TRADE + 1, "court")]
    return []


def led(t: Tree, profile: Profile) -> str | None:
    """What the noun behind a person's name tells: "the Lee campaign", "Lee's supporters", "the Lee administration"."""
    for _, b in profile.spans[:ALIKE]:
        behind = t.words[b + (t.words[b] == "'s") : b + 2][:1] if b < len(t) else []
        if behind and behind[0] in LED:
            return LED[behind[0]]
    return None


def seat(t: Tree, profile: Profile) -> str | None:
    """The kind of somebody behind whose name a party and a state stand: "Ann Lee (D-Ohio)"."""
    for _, b in profile.spans[:OFTEN]:
        party = t.words[b + 1] if b + 2 < len(t) and t.words[b] == "(" else ""
        alone = len(party) == 1 and t.words[b + 2] in ("-", ".")
        capital = bool(party) and t.text[t.starts[b + 1]].isupper()  # not "(d. 1954)"
        if capital and party[0] in ("d", "r", "i") and (alone or party[1:2] == "-"):
            return "government"
    return None


def speaks_for(t: Tree, profile: Profile, at: Sequence[Entity | None], found: Mapping[str, Profile]) -> str | None:
    """The kind of the body of whose doings somebody speaks: the firm, of "Chairman Ann Lee said the firm would go"."""
    for _, b in profile.spans[:OFTEN]:
        for i in range(b, min(b + 2 * AFTER, len(t) - 1)):
            if t.sentence[i] != t.sentence[b - 1]:
                break
            if t.deps[i] not in ("nsubj", "nsubjpass", "poss") or i < b + 1:
                continue
            entity = at[i]
            if entity is not None:
                body = found[entity.entity_id]
                if body.label == "organisation" and body.kind not in (None, "media", "government", "court"):
                    return body.kind
            elif t.words[i - 1] in ("the", "our") and is_organisation(t.words[i]):
                kind = weighed((t.words[i],))
                if kind and kind[1] in ("business", "NGO", "party", "armed group", "international organisation"):
                    return kind[1]
    return None
