"""Who a source is: the speaker behind the words, named or not, of what kind, in what role, told to whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newslab import rules
from newslab.attribution.actors import TRADE, actor_type, body_type, is_organisation, is_person, weighed
from newslab.attribution.documents import POLLS, issuer
from newslab.attribution.inside import APART, BODY_LABELS, mention_of
from newslab.records import Entity
from newslab.tree import Range, Tree

ARTICLES = {"the", "a", "an"}
PLURAL_TAGS = {"NNS", "NNPS"}
PLURAL_WORDS = {
    "they", "we", "many", "some", "others", "most", "several", "few", "both", "all", "these", "those", "people",
    "police", "staff", "none", "dozens", "hundreds", "thousands", "more", "us", "them", "everyone", "everybody",
    "percent", "cent", "%", "group", "majority", "number", "half", "third", "quarter", "crowd", "public", "team",
    "panel", "pair", "couple", "handful", "dozen", "minority", "coalition", "delegation", "crew", "family", "audience",
}  # fmt: skip
AMOUNTS = {
    "dozens", "hundreds", "thousands", "millions", "scores", "tens", "many", "some", "most", "several", "few", "half",
    "majority", "number", "handful", "dozen", "minority", "third", "quarter", "both", "all", "none", "percent", "cent",
    "rest",
}  # fmt: skip
PARTS = {"of", "in", "from", "among", "at", "within", "on"}
FINITE = {"VBD", "VBZ", "VBP", "MD"}
LONG = 10  # tokens of what hangs on a noun that stand in a speaker's name
ASIDES = {"who", "whose", "whom", "which", "that", "(", "--", "\u2014", "and"}  # where a source's name and title end
TELLING = {"tell", "inform", "say", "speak", "talk", "write", "email", "explain", "confirm", "add", "assure"}
PLAIN = {"man", "woman", "person", "boy", "girl", "child", "voice", "lady", "gentleman", "guy", "teenager"}  # no roles
EMPTY = {"person", "people", "member"}  # who tells nothing without what hangs on it
TELLS = {
    "of", "in", "at", "from", "with", "on", "close", "near", "inside", "familiar", "briefed", "aware", "under", "for",
    "present", "involved",
}  # fmt: skip
SOME = {"some", "many", "most", "several", "few", "other", "all", "any", "both", "these", "those", "no"}
NO_ROLE = {"source", "witness", "resident", "eyewitness", "bystander", "passerby"}  # what anybody may be
WITHIN = {"at", "in", "inside", "within", "close", "near", "familiar", "with"}  # what makes a role of being a source
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
    days = _days()
    for entity in sorted(entities, key=lambda e: (e.start, -e.end)):
        if entity.text.casefold() in days:
            continue  # "Tuesday" is nobody
        while i < len(t) and t.ends[i] <= entity.start:
            i += 1
        k = i
        while k < len(t) and t.starts[k] < entity.end:
            found[k] = found[k] or entity
            k += 1
    return found


@cache
def _days() -> frozenset[str]:
    return frozenset(row["form"] for row in rules.read("weekdays") if row["language"] == "en")


def speaker(t: Tree, head: int | None, source: Range | None, at: list[Entity | None], roles: dict[str, str]) -> Speaker:
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
    row = _row(t, head, source, at)
    heads = row or _conjuncts(t, head, source)
    if (whole := at[heads[-1]]) is not None and at[head] is whole:
        heads = heads[-1:]  # a name with "&" in it, which the parse took apart
    if len(heads) > 1 and (name := at[heads[-1]]) is not None and name.mention == "name" and name.label == "person":
        trades = [t.tags[h] in ("NN", "NNP") and is_person(t.words[h]) and _bare(t, h, source) for h in heads[:-1]]
        if all(trades) and t.tags[head] == "NN":
            heads = heads[-1:]  # "actor and director Ann Lee", "president and CEO Dr. Ann Lee"
    people = [_one(t, h, source, at, roles) for h in heads]
    if len(people) == 1:
        return people[0]
    names = list(dict.fromkeys(p.speaker for p in people if p.speaker))
    if len(names) == 1 and len(people) == 2 and people[0].entity_ids == people[1].entity_ids:
        return people[0]  # a name with "and" in it, which the parse took apart
    kinds = {p.actor_type for p in people} - {"other"}
    namings = [p.naming for p in people]
    last = " & " if t.words[heads[-1] - 1] == "&" else " and "
    return Speaker(
        last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or None,
        tuple(dict.fromkeys(i for p in people for i in p.entity_ids)),
        "named" if "named" in namings else "collective",
        kinds.pop() if len(kinds) == 1 else people[0].actor_type,
    )


def _row(t: Tree, head: int, source: Range, at: list[Entity | None]) -> list[int]:
    """The persons whom one plural title names: "Sens. Ann Lee (Ohio) and Bo Diaz"."""
    if at[head] is not None or not is_person(t.words[head]) or not (t.words[head].rstrip(".").endswith("s")):
        return []
    first = head + 1 + (t.words[head + 1 : head + 2] == ["."])
    if first >= source[1] or (here := at[first]) is None or here.label != "person" or here.mention != "name":
        return []
    near = range(first, min(source[1], first + 3 * APART))
    return [i for i in near if (e := at[i]) is not None and e.label == "person" and e is not at[i - 1]]


def _bare(t: Tree, head: int, source: Range) -> bool:
    """Whether a noun stands without article or owner."""
    return not any(t.tags[k] in ("DT", "PRP$", "CD") for k in t.children[head][:8] if source[0] <= k < head)


def _conjuncts(t: Tree, head: int, source: Range) -> list[int]:
    found = [head]
    for _ in range(6):
        conj = t.child(found[-1], "conj")
        if conj is None or conj >= source[1] or t.pos[conj] not in ("NOUN", "PROPN", "PRON"):
            break
        found.append(conj)
    return found


def _one(t: Tree, head: int, source: Range, at: list[Entity | None], roles: dict[str, str]) -> Speaker:
    if t.words[head + 1 : head + 2] == ["-"] and head + 2 < source[1] and t.words[head] in ("ex", "co", "vice", "half"):
        head += 2  # "the ex-wife of Ann Lee", which the parse takes apart
    mention = mention_of(t, head, source, at)
    if mention is not None and _members(t, head, source, mention):
        return _crowd(t, head, source)
    if mention is not None and _member(t, head, mention):
        who = _crowd(t, head, source)
        return who._replace(speaker=(who.speaker or "").removeprefix("one "), naming="unnamed")
    if mention is not None:
        return _named(t, mention, (max(source[0], t.left[head]), head, source[1]), roles)
    by = issuer(t, head, source, at)
    if by is not None:
        whose = at[by]
        if whose is not None:
            return _named(t, whose, (head, head, source[1]), roles)
        return _one(t, by, (t.left[by], by + 1), at, roles)._replace(naming="named")
    first = _without_article(t, head, source)
    words = _forms(t, first, head + 1)
    rest = _forms(t, head + 1, source[1])
    orgs = [e for i in range(*source) if (e := at[i]) is not None and e.label == "organisation" and e.mention == "name"]
    kind = _kind(words, _forms(t, head + 1, _phrase_end(t, head, source)), orgs)
    if kind == "expert" and rest[:1] == ["at"]:  # an engineer at an authority speaks for it
        employer = _forms(t, head + 2, _phrase_end(t, head, source))
        kind = actor_type(employer, role=True) or kind
    if t.lemmas[head] in POLLS and kind is not None:  # "a Harbour Wire poll"
        named = any(t.pos[i] == "PROPN" for i in range(first, head))
        return Speaker(" ".join(words), (), "named" if named else "unnamed", "document")
    person = is_person(words[-1])
    end = min(source[1], t.hyphened(head, head + 1)[1])  # "nuncio-designate"
    more = _forms(t, end, _complement(t, head, source, person=person))
    # "the Syrian army", "the Lee campaign": one that has a name in all but capitals
    indefinite = any(t.words[i] in ("a", "an") for i in range(max(source[0], t.left[head]), head))
    institution = at[first] is not None and t.tags[head] == "NN" and is_organisation(words[-1]) and not indefinite
    words = _forms(t, first, end)
    if not person and (t.pos[head] == "PROPN" or institution):
        return Speaker(" ".join([*words, *more]), (), "named", kind or "other")
    many = t.words[head] in PLURAL_WORDS and t.words[max(0, head - 1)] != "-"  # not a centre-half
    plural = t.tags[head] in PLURAL_TAGS or many or t.pos[head] == "NUM"
    if head > 0 and t.words[head - 1] in ("neither", "both", "either"):
        plural, words = True, [t.text[t.starts[head - 1] : t.ends[head - 1]], *words]
    body = t.pos[head] == "NOUN" and not person and actor_type(words[-1:]) not in (None, "document")
    plain = t.pos[first] != "PROPN" and at[first] is None and words[0] != "I" and actor_type(words[:1]) != "party"
    if first == t.sentence[head] and plain:
        words[0] = words[0].lower() if words[0][1:].islower() or len(words[0]) == 1 else words[0]
    label = " ".join([*words, *more])
    role = None
    anybody = t.words[head] in PLAIN | NO_ROLE
    alone = person and not plural and kind != "media" and not anybody
    if plural or (anybody and not orgs and (not rest or rest[0] not in WITHIN)):
        pass
    elif alone or actor_type(rest, role=True) or any(e.start > t.starts[head] for e in orgs):
        # "an officer in the army" has a role, and "an officer in Rome" a place
        role = " ".join([*words, *_forms(t, end, _phrase_end(t, head, source))]).rstrip(" ,;:")
    return Speaker(
        label,
        (),
        "collective" if plural or body else "unnamed",
        kind or "other",
        role if alone or role != " ".join(words) else None,
        orgs[0].name if orgs else None,
    )


def _complement(t: Tree, head: int, source: Range, *, person: bool) -> int:
    """The end of what tells which body or how many of whom: "the press service of the council", "hundreds of fans"."""
    end = head + 1
    if t.words[head] in EMPTY and not any(t.deps[k] in ("amod", "compound") for k in t.children[head][:6] if k < head):
        return _told_of(t, head, source)
    if person or end >= source[1]:
        title = " ".join(t.words[head : head + 3])
        return head + 3 if title in _offices() and head + 3 <= source[1] else end
    amount = t.words[head] in AMOUNTS or (t.pos[head] == "NUM" and t.words[end] == "of")
    body = t.tags[head] in ("NN", "NNP") and any(t.words[k] == "the" for k in t.children[head][:8] if k < head)
    if t.words[end] not in (PARTS if amount else {"of", "under"}) or not (amount or body):
        return end
    noun = t.child(end, "pobj")
    if noun is None or t.pos[noun] == "PRON":
        return end
    last = end
    while last < min(source[1], _phrase_end(t, head, source), end + LONG) and (
        t.pos[last] not in ("VERB", "AUX", "SCONJ") or t.words[last - 1] in ("the", "-")
    ):
        last += 1  # "two of the accused"
    last = min(source[1], t.hyphened(last - 1, last)[1])
    return last if last > end + 1 else end


@cache
def _offices() -> frozenset[str]:
    """Offices of three words: "chief of staff", "secretary of state"."""
    persons = (row["phrase"] for row in rules.read("actors") if row["kind"] == "person")
    return frozenset(phrase for phrase in persons if phrase.split()[1:2] == ["of"] and len(phrase.split()) == 3)


def _told_of(t: Tree, head: int, source: Range) -> int:
    """The end of what tells of a noun that tells nothing itself: "a person briefed on the talks"."""
    last = head + 1
    if last >= source[1] or t.words[last] not in TELLS:
        return last
    end = min(source[1], _phrase_end(t, head, source), head + LONG)
    while last < end and t.pos[last] not in ("AUX", "SCONJ", "PUNCT", "SPACE"):
        last += 1
    return last


def noun_of(name: str) -> str:
    """The head of an unnamed speaker's noun phrase: "person" of "person briefed on the talks"."""
    words = name.casefold().split()
    end = next((i for i, word in enumerate(words) if i and word in TELLS), len(words))
    return words[end - 1] if words else ""


def _members(t: Tree, head: int, source: Range, mention: Entity) -> bool:
    """Whether a plural name stands for people, not for their body: "two Democrats", "Republicans", not "the Greens"."""
    if t.tags[head] != "NNPS" or mention.label == "person" or (" " in mention.text and "," not in mention.text):
        return False
    word = t.text[t.starts[head] : t.ends[head]]
    if not any(is_person(form) for form in (word, word.removesuffix("s"))):
        return False
    kids = [k for k in t.children[head] if source[0] <= k < head and t.pos[k] != "PUNCT"]
    return all(t.pos[k] in ("NUM", "ADJ", "ADV", "NOUN", "VERB") or t.words[k] in SOME for k in kids)


def _member(t: Tree, head: int, mention: Entity) -> bool:
    """Whether a name is of one member, not of the body: "one Democrat", "a Liberal"."""
    one = any(t.words[k] in ("a", "an", "one", "another") for k in t.children[head][:6] if k < head)
    return one and t.tags[head] == "NNP" and mention.label != "person" and is_person(t.words[head])


def _crowd(t: Tree, head: int, source: Range) -> Speaker:
    first = _without_article(t, head, source)
    words = _forms(t, first, head + 1)
    if first == t.sentence[head] and first < head:
        words[0] = words[0].lower()
    return Speaker(" ".join(words), (), "collective", actor_type(words[-1:]) or "other")


def _kind(words: Sequence[str], rest: list[str], orgs: Sequence[Entity]) -> str | None:
    """The kind of an unnamed source: its own, or that of the body behind it where all bodies have such people."""
    own = weighed(words)
    if own is not None and "and" in rest:
        rest = rest[: rest.index("and")]  # of two kinds the first counts
    known = weighed([words[-1], *rest[:3]])  # "people familiar with the talks"
    if known is not None and known[0] > TRADE and (own is None or known[0] > own[0]):
        return known[1]
    if own is not None and own[0] >= TRADE:
        return own[1]
    behind = weighed(rest, role=True)
    if behind is not None and (behind[0] > 0 or own is None):
        return behind[1]
    body = body_type(orgs[0].name) if orgs else None
    return body[1] if body else own[1] if own else None


def _without_article(t: Tree, head: int, source: Range) -> int:
    """Where the noun phrase of `head` starts, without its article or owner."""
    first = max(source[0], t.hyphened(t.left[head], head)[0])  # "vice-president"
    for k in range(first, head):  # "a man, who ..., said": nothing before the last comma names the head
        if t.words[k] == "," and t.deps[k] == "punct" and t.pos[k - 1] not in ("ADJ", "NUM"):
            first = k + 1
    while source[0] < first == t.left[head] and t.tags[head] == "NNS" and t.pos[first - 1] in ("ADJ", "NOUN", "PROPN"):
        first -= 1  # "Kyrgyz doctors", which the parse takes apart
    while first < head and (
        t.tags[first] in ("DT", "PRP$", "CC", "POS")
        or t.pos[first] in ("PUNCT", "SPACE")
        or t.words[first] in ARTICLES
        or (t.words[first] == "one" and t.tags[head] == "NN")
    ):
        first += 1
    return first


def _forms(t: Tree, a: int, b: int) -> list[str]:
    """Tokens as they are printed, those that stand together joined: "Lima-based", "Lee's"."""
    return t.text[t.starts[a] : t.ends[b - 1]].split() if b > a else []


def _phrase_end(t: Tree, head: int, source: Range) -> int:
    """The end of a noun phrase before its first comma or relative clause."""
    for i in range(head + 1, source[1]):
        spaced = t.starts[i] > t.ends[i - 1]
        if t.words[i] in (",", "-", *ASIDES - {"and"}) and (spaced or t.words[i] != "-"):
            return i
    return source[1]


def _named(t: Tree, mention: Entity, span: tuple[int, int, int], roles: dict[str, str]) -> Speaker:
    """The speaker that a mention names; `span` holds start, head and end of the source."""
    start, head, end = span
    if mention.label == "person":
        kind = None
        for words in (mention.role, roles.get(mention.entity_id), mention.affiliation):
            kind = kind or (actor_type(words.split(), role=True) if words else None)
        name = set(mention.name.split())
        told = next((i for i in range(head + 1, end) if t.words[i] in ASIDES), end)
        around = [w for w in (*_forms(t, start, head), *_forms(t, head + 1, told)) if w not in name]
        kind = kind or actor_type(around, role=True)
    elif mention.label == "place":
        kind = "government"
    elif mention.label in ("work", "law"):
        kind = "document"
    else:
        kind = actor_type(mention.name.split()) or actor_type(_forms(t, start, head + 1))
    held = (mention.role, mention.affiliation) if mention.label in ("person", "other") else (None, None)
    return Speaker(mention.name, (mention.entity_id,), "named", kind or "other", *held)


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
            found = body_type(entity.name)
            # "she told the Lakeside Echo": of whom nothing tells that they are no outlet
            outlet = found is None and t.lemmas[verb] == "tell" and t.words[i - 1] == "the" and i == listener
            if (found and found[1] == "media") or (outlet and entity.label in BODY_LABELS):
                return entity.name
    return None
