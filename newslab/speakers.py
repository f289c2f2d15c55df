"""Who a source is: the speaker behind the words, named or not, of what kind, in what role, told to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newslab.actors import actor_type, is_group, is_person
from newslab.records import Entity
from newslab.tree import Range, Tree

ARTICLES = {"the", "a", "an"}
SPECIFIC = ("person", "organisation", "place", "facility")
NAME_LABELS = {*SPECIFIC, "work", "law", "product", "event", "other"}
PLURAL_TAGS = {"NNS", "NNPS"}
PLURAL_WORDS = {
    "they", "we", "many", "some", "others", "most", "several", "few", "both", "all", "these", "those", "people",
    "police", "staff", "none", "dozens", "hundreds", "thousands", "more", "us", "them", "everyone", "everybody",
}  # fmt: skip
PRONOUNS = {"he", "she", "it", "i", "you", "him", "her", "his", "their", "its", "my", "our", "your"}
TELLING = {"tell", "inform", "say", "speak", "talk", "write", "email", "explain", "confirm", "add", "assure"}
ABOUT = {"to", "with", "on"}  # "in an interview with", "in a statement to", "said on"


class Speaker(NamedTuple):
    """The columns of a statement that say who is speaking."""

    speaker: str | None = None
    entity_ids: tuple[str, ...] = ()
    naming: str = "none"
    actor_type: str = "other"
    role: str | None = None
    affiliation: str | None = None


def mentions(t: Tree, entities: Sequence[Entity]) -> list[Entity | None]:
    """The mention that covers each token, or None."""
    found: list[Entity | None] = [None] * len(t)
    i = 0
    for entity in sorted(entities, key=lambda e: (e.start, -e.end)):
        while i < len(t) and t.ends[i] <= entity.start:
            i += 1
        k = i
        while k < len(t) and t.starts[k] < entity.end:
            found[k] = found[k] or entity
            k += 1
    return found


def speaker(
    t: Tree, text: str, head: int | None, source: Range | None, at: list[Entity | None], roles: dict[str, str]
) -> Speaker:
    """Who speaks, from the token that heads the source.

    Parameters
    ----------
    head, source
        The head of the source's noun phrase and its token range; None where the text gives no source.
    at
        The mention of each token (`mentions`).
    roles
        Roles that the whole article gives, by entity id, for the kind of actor only.
    """
    if head is None or source is None:
        return Speaker()
    people = [_one(t, text, h, source, at, roles) for h in _conjuncts(t, head)]
    if len(people) == 1:
        return people[0]
    names = [p.speaker for p in people if p.speaker]
    kinds = {p.actor_type for p in people} - {"other"}
    namings = [p.naming for p in people]
    return Speaker(
        " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or None,
        tuple(dict.fromkeys(i for p in people for i in p.entity_ids)),
        "named" if "named" in namings else "collective",
        kinds.pop() if len(kinds) == 1 else people[0].actor_type,
    )


def _conjuncts(t: Tree, head: int) -> list[int]:
    found = [head]
    for _ in range(6):
        conj = t.child(found[-1], "conj")
        if conj is None or t.pos[conj] not in ("NOUN", "PROPN", "PRON"):
            break
        found.append(conj)
    return found


def _one(
    t: Tree, text: str, head: int, source: Range, at: list[Entity | None], roles: dict[str, str]
) -> Speaker:
    mention = _mention(t, head, source, at)
    start = max(source[0], t.left[head])
    if mention is not None:
        return _named(t, text, mention, (start, head + 1), roles)
    first = start
    while first < head and (t.words[first] in ARTICLES or t.tags[first] in ("DT", "PRP$", "CC", ",", "_SP", "``")):
        first += 1
    while first < head and (t.pos[first] in ("PUNCT", "SPACE") or t.tags[first] == "POS"):
        first += 1
    for k in range(first, head):  # "a man, who ..., said": nothing before the last comma names the head
        if t.words[k] == "," and t.left[head] < k and t.deps[k] == "punct" and t.pos[k - 1] not in ("ADJ", "NUM"):
            first = k + 1
    words = [text[t.starts[i] : t.ends[i]] for i in range(first, head + 1)]
    name = text[t.starts[first] : t.ends[head]]
    orgs = [e for i in range(*source) if (e := at[i]) is not None and e.label == "organisation" and e.mention == "name"]
    rest = [text[t.starts[i] : t.ends[i]] for i in range(head + 1, source[1])]
    kind = actor_type(words) or actor_type(rest) or (actor_type(orgs[0].name.split()) if orgs else None)
    nationality = any((e := at[i]) is not None and e.label == "nationality" for i in range(first, head))
    proper = t.pos[head] == "PROPN"
    institution = nationality and is_group(words[-1]) and t.tags[head] in ("NN", "NNP")
    person = institution and is_person(words[-1])
    if proper or (institution and not person):
        return Speaker(name, (), "named", kind or "other", None, None)
    plural = t.tags[head] in PLURAL_TAGS or t.words[head] in PLURAL_WORDS or t.pos[head] == "NUM"
    group = not plural and t.pos[head] == "NOUN" and not is_person(words[-1]) and actor_type(words[-1:]) not in (
        None, "document")  # fmt: skip
    role = None
    named_after = any(e.start > t.starts[head] for e in orgs)
    if named_after or actor_type(rest):  # "a guard in Rome" has a place there, and no role
        role = text[t.starts[first] : t.ends[_phrase_end(t, head, source) - 1]]
        role = " ".join(role.split()).rstrip(" ,;:")
    return Speaker(
        " ".join(name.split()),
        (),
        "collective" if plural or group else "unnamed",
        kind or ("citizen" if t.words[head] in PLURAL_WORDS else "other"),
        role if role and role != name else None,
        orgs[0].name if orgs else None,
    )


def _phrase_end(t: Tree, head: int, source: Range) -> int:
    """The end of a noun phrase before its first comma or relative clause."""
    for i in range(head + 1, source[1]):
        spaced = t.starts[i] > t.ends[i - 1]
        if t.words[i] in (",", "(", "who", "which", "that") or (t.words[i] in ("-", "--", "\u2014") and spaced):
            return i
    return source[1]


def _mention(t: Tree, head: int, source: Range, at: list[Entity | None]) -> Entity | None:
    """The mention that is the source: at its head, in apposition to it, or in a name it heads."""
    here = at[head]
    if here is not None and here.label in NAME_LABELS and (here.mention != "name" or here.end >= t.ends[head]):
        return here
    appos = t.child(head, "appos")
    beside = at[appos] if appos is not None else None
    if beside is not None and beside.label == "person" and beside.mention == "name":
        return beside
    if t.pos[head] == "PROPN":
        for k in range(head + 1, min(source[1], head + 6)):
            if t.words[k] == ",":
                break
            beside = at[k]
            if beside is not None and beside.label == "person":
                return beside
    return None


def _named(t: Tree, text: str, mention: Entity, before: Range, roles: dict[str, str]) -> Speaker:
    phrase = [text[t.starts[i] : t.ends[i]] for i in range(*before)]
    if mention.label == "person":
        kind = None
        for words in (mention.role, roles.get(mention.entity_id), mention.affiliation):
            kind = kind or (actor_type(words.split()) if words else None)
        own = set(mention.name.split())
        kind = kind or actor_type([w for w in phrase if w not in own])
    elif mention.label == "place":
        kind = "government"
    elif mention.label in ("work", "law"):
        kind = "document"
    else:
        kind = actor_type(mention.name.split()) or actor_type(phrase)
    return Speaker(
        mention.name, (mention.entity_id,), "named", kind or "other", mention.role, mention.affiliation
    )  # fmt: skip


def via(t: Tree, verb: int, at: list[Entity | None]) -> str | None:
    """The outlet that was told: "told Reuters", "in an interview with the Times"; None for others."""
    if verb < 0:
        return None
    listeners = [k for k in t.children[verb] if t.deps[k] in ("dobj", "dative") and t.lemmas[verb] in TELLING]
    preps = [k for k in t.children[verb] if t.deps[k] in ("prep", "dative")]
    for p in list(preps):
        noun = t.child(p, "pobj")
        if noun is not None and t.words[p] == "in":
            preps += [k for k in t.children[noun] if t.deps[k] == "prep"]
    listeners += [noun for p in preps if t.words[p] in ABOUT and (noun := t.child(p, "pobj")) is not None]
    for listener in listeners:
        for i in (listener, *(k for k in t.children[listener] if t.deps[k] in ("poss", "compound", "appos"))):
            entity = at[i]
            if entity is None or entity.mention != "name" or entity.label in ("person", "place"):
                continue
            if actor_type(entity.name.split()) == "media":
                return entity.name
    return None
