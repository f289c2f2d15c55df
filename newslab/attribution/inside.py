"""Which name stands in a source, and whose its "who" is: "its head, Col. Ann Lee", "a clerk who gave the name Ann"."""

from __future__ import annotations

from collections.abc import Iterator

from newslab.attribution.actors import actor_type, is_organisation, is_person
from newslab.attribution.cues import RELATIVE
from newslab.naming.names import POSTNOMINALS
from newslab.records import Entity
from newslab.tree import Range, Tree

NAME_LABELS = {"person", "organisation", "place", "facility", "work", "law", "product", "event", "other"}
BODY_LABELS = {"organisation", "other", "product"}
APART = 12  # tokens between an office and the name of who holds it
TITLES = 6  # tokens between the comma of an apposition and the name in it
CALLED = {
    "name", "named", "identified", "identify", "calling", "called", "calls", "known", "goes", "styles", "nickname",
    "nom", "pseudonym",
}  # fmt: skip
AS = {
    "as", "name", "only", "simply", "just", "called", "being", "nickname", "pseudonym", "guerre", "himself",
    "herself", "itself", "themselves",
}  # fmt: skip
STOPS = {",", "--", "\u2014", "\u2013", ".", ")", ":", ";"}
OPENS = {",", "--", "\u2014", "\u2013", "("}
RUNS = {"operator", "owner", "agent", "maker", "sponsor", "developer", "publisher", "employer", "landlord", "seller"}
RUNS_IT = {"manager", "charterer", "builder", "supplier", "insurer", "carrier", "contractor", "broker", "lender"}
SEATS = {"government", "military", "police", "court", "business", "party", "NGO", "international organisation"}
TOLD = {"tell", "warn", "ask", "press", "inform", "advise", "brief", "notify", "remind", "urge", "question", "assure"}
SELF = {"one", "another", "source", "someone", "somebody"}


def mention_of(t: Tree, head: int, source: Range, at: list[Entity | None]) -> Entity | None:
    """The mention that a source is: at its head, in apposition to it, or in a name that it heads."""
    beside = _apposed(t, head, source, at)
    if beside is not None:
        return beside
    here = at[head]
    if here is None and t.text[t.starts[head] : t.ends[head]] in POSTNOMINALS and head > source[0]:
        here = at[head - 1]  # "Ann Lee KC"
        head -= 1
    if here is not None and here.label in NAME_LABELS and (here.mention != "name" or here.end >= t.ends[head]):
        return here
    if here is None or here.mention != "name":
        beside = _alias(t, head, source, at)
        if beside is not None:
            return beside
    if t.tags[head] == "NN" and head + 1 < source[1]:
        beside = at[head + 1]
        labels = BODY_LABELS if is_organisation(t.words[head]) else {"person"}
        if beside is not None and beside.mention == "name" and beside.label in labels:
            return beside  # "the fans' group Amber Voices said", "her brother Bo Diaz said"
    if t.pos[head] == "PROPN":
        for k in range(head + 1, min(source[1], head + 6)):
            if t.words[k] == ",":
                break
            beside = at[k]
            if beside is not None and beside.label == "person":
                return beside
    return None


def _apposed(t: Tree, head: int, source: Range, at: list[Entity | None]) -> Entity | None:
    """The name that explains a noun, up to the next comma: "the governor of Ohio, Ann Lee,", "the farm, Amber Fields,".

    The source may end before it: a name between two commas right behind belongs to it.
    """
    word, here = t.words[head], at[head]
    office = here is not None and here.label in BODY_LABELS and is_person(word)  # "the Acting Mayor, Ann Lee,"
    if here is not None and here.mention == "name" and not office:
        return None
    body = not is_person(word) and (actor_type([word]) not in (None, "document") or is_organisation(word))
    body = body or word == "body"  # "the referees' body, the Officials Board,"
    someone = is_person(word) or word in SELF
    labels = BODY_LABELS if body else {"person", "other"} if someone else {"person"}
    if word in RUNS or (word in RUNS_IT and t.child(head, "prep") is None):
        labels = labels | BODY_LABELS
    found = None
    for comma in _openings(t, head, source):
        for k in range(comma + 1, min(len(t), comma + 2 + TITLES + 3 * (comma < source[1]))):
            beside = at[k]
            if beside is None or beside.mention != "name" or at[k - 1] is beside:
                if beside is None and t.pos[k] in ("VERB", "AUX", "SCONJ", "PRON"):
                    break
                continue
            last = k
            while last < len(t) and at[last] is beside:
                last += 1
            if last < source[1] and (t.pos[last] == "NOUN" or t.words[last] == "-"):
                continue  # "Leeds teacher Ann Lee", "Leeds-based Amber Line"
            closed = (
                last <= source[1] or last >= len(t) or t.words[last] in STOPS or (not body and at[last] is not None)
            )
            between = (
                body
                and k == comma + 1
                and beside.label not in ("place", "nationality")
                and t.words[last : last + 1] == [","]
            )
            if (beside.label in labels or between) and closed and _heads(t, comma + 1, k, at):
                if beside.label == "person" or not someone:
                    return beside
                found = found or beside  # "the nominee -- the Republican Ann Lee --"
    if found is not None:
        return found
    appos = t.child(head, "appos")
    beside = at[appos] if appos is not None else None
    return beside if beside is not None and beside.mention == "name" and beside.label in labels else None


def _openings(t: Tree, head: int, source: Range) -> Iterator[int]:
    """Commas and dashes within a source or right behind it, behind which a name may stand."""
    for k in range(head + 1, min(len(t), source[1] + 1, head + APART)):
        if t.words[k] in OPENS and (k < source[1] or t.words[k] == ","):
            yield k


def _heads(t: Tree, first: int, name: int, at: list[Entity | None]) -> bool:
    """Whether an apposition is of its name, with nothing but titles before it: not "an aide to Mayor Ann Lee"."""
    k, mention = name, at[name]
    if t.words[k - 2 : k] == ["-", "based"] and k - first <= 5:
        return True  # "Leeds-based Amber Line"
    while (
        k > first
        and at[k - 1] is None
        and (is_person(t.words[k - 1]) or t.pos[k - 1] in ("ADJ", "PROPN") or t.words[k - 1] == ".")
    ):
        k -= 1
    if k == first:
        return True
    if t.words[k - 1] in ("the", "a", "an") or t.pos[k - 1] == "DET":
        return k - 1 == first
    if mention is None or mention.label != "person":
        return k - 1 == first + 1 and t.pos[k - 1] == "NOUN"  # "the operator, the company Amber Line,"
    return t.pos[k - 1] in ("NOUN", "PROPN") and any(is_person(t.words[i]) for i in range(first, k))


def _alias(t: Tree, head: int, source: Range, at: list[Entity | None]) -> Entity | None:
    """The name that a source gave: "a clerk who gave her name as Ann", "a man identified only as Bo"."""
    for k in range(head + 2, min(source[1], head + APART)):
        beside = at[k]
        if beside is None or beside.mention != "name" or beside.label == "place":
            continue
        named = t.words[k - 1] == "named" and t.words[k - 2] not in ("who", "which", "that", "has", "had")
        if not named and t.words[k - 1] not in AS and t.words[k - 2 : k] != ["goes", "by"]:
            continue
        last = k
        while last < len(t) and at[last] is beside:
            last += 1
        owns = t.words[last : last + 1] in (["'s"], ["\u2019s"])  # "who called himself Ann Lee's son"
        if not owns and not CALLED.isdisjoint(t.words[max(head, k - 5) : k]):
            return beside
    return None


def antecedent(t: Tree, head: int, verb: int, at: list[Entity | None]) -> int:
    """Whom a relative pronoun stands for: of "an official in Osh, who ...," the official; any other head itself."""
    if t.words[head] not in RELATIVE:
        return head
    for v in (t.heads[head], verb):
        for _ in range(4):
            if t.deps[v] == "relcl":
                return _whose(t, t.heads[v], at) if t.words[head] == "who" else t.heads[v]
            v = t.heads[v]
    return head


def _whose(t: Tree, noun: int, at: list[Entity | None]) -> int:
    """The person that a noun hangs on, if it is none: a "who" is nobody's place or file."""
    k = (
        t.heads[noun] if t.deps[noun] == "appos" and at[t.heads[noun]] is not None else noun
    )  # "Ann Lee, the mayor, who"
    for _ in range(3):
        entity = at[k]
        someone = entity.label == "person" if entity is not None else is_person(t.words[k]) or t.words[k] in SELF
        if someone:
            return k
        up = t.heads[k]
        if t.deps[k] == "pobj" and t.deps[t.heads[up]] in ("acl", "amod") and t.pos[up] == "ADP":
            up = t.heads[up]  # "a person briefed on the talks, who"
        elif t.deps[k] not in ("pobj", "conj") or t.pos[up] not in ("ADP", "NOUN"):
            break
        k = up if t.pos[up] in ("NOUN", "PROPN") else t.heads[up]
    return noun


def spoken_to(t: Tree, head: int, verb: int, lemma: str) -> int | None:
    """Who speaks where the subject was told or asked: "she was told by the judge that ..."; None if nobody."""
    if t.deps[head] != "nsubjpass" or t.heads[head] != verb or lemma not in TOLD:
        return head
    agent = t.child(verb, "agent")
    return t.child(agent, "pobj") if agent is not None else None


def unsaid(t: Tree, verb: int, attitude: bool, at: list[Entity | None]) -> int | None:
    """Who speaks where a verb has no subject of its own: where it was said, or who does what goes with it."""
    if verb < 0:
        return None
    seat = place_said(t, verb, at)
    return seat if seat is not None else _doer(t, verb, attitude)


def _doer(t: Tree, verb: int, attitude: bool) -> int | None:
    """Ann Lee, of "After bragging that it was easy, Ann Lee ...", or "warning of a storm and hinting at more"."""
    if t.tags[verb] != "VBG" and not (attitude and t.tags[verb] in ("VBN", "JJ") and t.deps[verb] == "advcl"):
        return None
    up = verb
    for _ in range(4):
        if t.deps[up] not in ("advcl", "pcomp", "conj", "prep"):
            return None
        if t.deps[up] == "conj" and t.tags[t.heads[up]] != t.tags[verb]:
            return None
        up = t.heads[up]
        if (subject := t.child(up, "nsubj")) is not None:
            return subject if t.pos[subject] == "PROPN" else None
    return None


def place_said(t: Tree, verb: int, at: list[Entity | None]) -> int | None:
    """The body at which something was said by nobody in particular: "it was noted at the ministry that ..."."""
    if verb < 0 or t.child(verb, "nsubjpass") is None or t.child(verb, "agent") is not None:
        return None
    for prep in t.children[verb]:
        noun = t.child(prep, "pobj") if t.words[prep] == "at" else None
        if noun is not None and (_is_body(t, noun, at)):
            return noun
    where = next((k for k in t.children[verb] if t.words[k] == "where"), None)
    noun = t.heads[verb] if where is not None and t.deps[verb] == "relcl" else None
    return noun if noun is not None and _is_body(t, noun, at) else None


def _is_body(t: Tree, noun: int, at: list[Entity | None]) -> bool:
    entity = at[noun]
    if entity is not None:
        return entity.label == "organisation"
    return is_organisation(t.words[noun]) and actor_type([t.words[noun]]) in SEATS


def last_noun(t: Tree, head: int, source: Range, at: list[Entity | None]) -> int:
    """The noun that a parse takes for something else: of "Kyrgyz doctors say" the doctors, of "one diplomat" him."""
    if t.words[head] == "one" and t.deps[head] == "nummod" and head < t.heads[head] < source[1]:
        return t.heads[head]
    while head + 1 < source[1] and t.pos[head] in ("NOUN", "PROPN", "ADJ") and t.tags[head] not in ("NNS", "NNPS"):
        if (
            t.pos[head + 1] != "NOUN"
            or not t.words[head + 1].isalpha()
            or at[head + 1] is not None
            or t.heads[head + 1] == head
        ):
            break
        head += 1
    return head
