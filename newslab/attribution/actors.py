"""Kinds of actor: government, court, armed group ..., by the words that tell of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from newslab import rules
from newslab.attribution.actor_words import Kind, match, singulars
from newslab.attribution.actor_words import is_organisation as is_organisation
from newslab.attribution.actor_words import is_person as is_person
from newslab.naming.names import key

KINDS = {"sport": "other", "university": "other"}  # of the list of organisations, and what they are here
TRADE = 2  # the weight from which a word tells what somebody is, whoever the employer
MARKS = {"'", "\u2019", "'s", "\u2019s"}
OWNING = ("'s", "\u2019s", "s'", "s\u2019")
SEATS = {  # that stand for a government alone, and before an office for where it is held
    "Ankara", "Beijing", "Brussels", "Damascus", "Jerusalem", "Kiev", "Moscow", "Pyongyang", "Tehran", "Washington",
}  # fmt: skip
OF_STATE = {"Department", "Ministry", "Directorate", "Inspectorate"}
STATE = {"government", "police", "court", "military"}
STATE_BODIES = {"Institute", "Agency", "Office", "Bureau", "Service", "Authority", "Administration"}
# words that begin another group of a phrase: what somebody belongs to, or what a noun does, where and about what
BEHIND = {"at", "of", "for", "with", "in", "from", "to", "on", "and", "who", "whose"}
CLAUSE = {
    "that", "which", "where", "by", "behind", "into", "between", "against", "over", "about", "under", "near", "outside",
    "inside", "turned", "as", "through", "during", "after", "before", "among", "because", "when",
}  # fmt: skip
TOPICS = {"on", "over", "about", "against"}
# what follows a participle behind a noun, and participles that do not end in -ed: "a note left in the car"
OWN = {"the", "a", "an", "his", "her", "their", "its", "out", "up", "down", "last", "this"}
DONE = {"found", "seen", "sent", "written", "held", "made", "left", "led", "heard", "shown", "given", "taken", "drawn"}
NOUNS = {"person", "organisation", "document"}
ANYBODYS = {  # bodies of doctors, of shopkeepers or of a state
    "committee", "council", "group", "network", "congress", "forum", "front", "fund", "association", "federation",
    "confederation", "alliance", "coalition", "lobby", "society", "guild",
}  # fmt: skip
# persons that tell nothing of a public body for them, and those whose council or fund is an association
CLIENTS = {"citizen", "expert", "other"}
PEOPLE = CLIENTS | {"court", "military", "police", "media"}
EMPLOYED = {"at", "for", "with", "from"}
ARMED = {"military", "armed group"}
# bodies that have experts and chaplains of their own; what ties a noun to whoever stands behind "by"
OWNERS = {"military", "police", "international organisation", "NGO"}
HIRED = {"appointed", "employed", "hired", "owned", "paid", "run", "funded", "controlled"}
TRADES = {  # of persons, and the bodies that they speak for when they work for them
    "citizen": {"NGO", "international organisation"} | ARMED,
    "expert": {"NGO", "international organisation", "government"} | ARMED,
    "court": {"NGO", "international organisation"},
    "NGO": {"international organisation"},
}


class Reading(NamedTuple):
    """An entry of the list where a phrase has it."""

    start: int
    stop: int
    kind: Kind

    def of_kind(self, actor_type: str) -> Reading:
        return self._replace(kind=self.kind._replace(actor_type=actor_type, weight=max(self.kind.weight, TRADE)))


class Group(NamedTuple):
    """A noun of a phrase with what stands before it, and the entries in it."""

    start: int
    stop: int
    inside: list[Reading]


class Phrase(NamedTuple):
    """Words to weigh, as printed and without marks, and how they are weighed."""

    words: tuple[str, ...]
    plain: list[str]
    role: bool
    people: bool


def actor_type(words: Sequence[str], *, role: bool = False) -> str | None:
    """What kind of actor a phrase tells of; None if none.

    Its noun tells before what stands by it ("Justice Minister", "army widow", "police ministry"), unless it is an
    office of any body ("army spokesman", "head of the union"): then the surest word does, and among these the last.
    A document counts only as the noun ("a poll of voters", not "poll workers"), and not at all in a person's `role`
    ("author of a report").

    >>> actor_type("Defence Ministry spokesman".split()), actor_type("rebel commander".split())
    ('military', 'armed group')
    >>> actor_type("Justice Minister".split()), actor_type("a nurse with the charity".split())
    ('government', 'NGO')
    """
    found = weighed(words, role=role)
    return found[1] if found else None


def weighed(words: Sequence[str], *, role: bool = False, people: bool = True) -> tuple[int, str] | None:
    """What `actor_type` finds, with how surely: 0 and 1 are offices that bodies of many kinds have.

    The employer behind a trade does not count where it is a firm ("analyst at a bank"), and of two trades the first
    does ("teacher and councillor").

    >>> weighed("president of the union".split(), role=True), weighed(["president"])
    ((2, 'NGO'), (1, 'government'))
    """
    joined: list[str] = []
    for word in words:
        if joined and word in MARKS:  # as a parser cuts "the doctors' association"
            joined[-1] += word
        else:
            joined.append(word)
    return _weighed(tuple(joined), role, people)


@lru_cache(maxsize=20_000)  # the same sources speak again and again
def _weighed(words: tuple[str, ...], role: bool, people: bool) -> tuple[int, str] | None:
    phrase = Phrase(words, [w.replace(".", "").rstrip(",;:'\u2019") for w in words], role, people)
    groups = _groups(phrase, _readings(phrase.plain))
    best: Reading | None = None
    for n, group in enumerate(groups):
        if best is not None and _apart(phrase.plain[group.start : group.start + 2], best):
            break
        found = _of_group(phrase, groups, n)
        best = found if best is None or (found is not None and _surer(found, best)) else best
        if best is not None and best.kind.weight >= TRADE and phrase.plain[best.start] not in SEATS:
            best = (_employer(phrase, best, groups) or best) if n == 0 else best
            break
    for r in [r for group in groups[:2] for r in group.inside]:  # "shadow minister", "a judge | running for office"
        if r.kind.of == "word" and r.kind.weight > TRADE and r.start <= groups[0].stop:
            best = r if best is None or r.kind.weight >= best.kind.weight else best
    return (best.kind.weight, best.kind.actor_type) if best is not None else None


def _readings(plain: Sequence[str]) -> list[Reading]:
    """Entries of the list in a phrase, in order."""
    found, i = [], 0
    while i < len(plain):
        kind = match(plain, i)
        if kind is not None:
            found.append(Reading(i, i + len(kind.words), kind))
        i += len(kind.words) if kind is not None else 1
    return found


def _groups(phrase: Phrase, told: Sequence[Reading]) -> list[Group]:
    """The nouns of a phrase, each with what stands before it: "army widow | in the capital | who waits"."""
    ends = {r.stop: r for r in told}
    starts = {r.start: r for r in told}
    inside = {i for r in told for i in range(r.start + 1, r.stop)}
    out = [Group(0, 0, [])]
    linked = True  # "of the union" is one
    for i, word in enumerate(phrase.plain):
        last = ends.get(i)
        if i not in inside and not linked and (_splits(phrase, i, last) or _open(last)):
            out.append(Group(i, i, []))
            linked = True
        out[-1] = out[-1]._replace(stop=i + 1)
        if i in starts:
            out[-1].inside.append(starts[i])
        linked = linked and (word in BEHIND or not word)
    return out


def _splits(phrase: Phrase, i: int, last: Reading | None) -> bool:
    """Whether a new group begins at a word, `last` the entry that ends before it."""
    words, plain = phrase.words, phrase.plain
    if plain[i] == "and":
        names = words[i - 1][:1].isupper() and words[i + 1 : i + 2] and words[i + 1][:1].isupper()
        # no "the Police and Firefighters' List", "the Justice and Equality Movement"
        return last is not None and last.kind.of == "person" and not words[i - 1].endswith(OWNING) and not names
    if plain[i] in BEHIND | CLAUSE or not plain[i] or words[i - 1].endswith((",", ";", ":")):
        return True
    after = plain[i + 1 : i + 2]  # "a contractor | based in the port", but "the youth wing of"
    doing = plain[i].endswith(("ed", "ing")) or plain[i] in DONE
    return last is not None and doing and (not after or after[0] in (BEHIND | CLAUSE | OWN) - {"of"})


def _open(last: Reading | None) -> bool:
    """Whether an entry ends in the word that begins another group: "counsel for | the minister"."""
    return last is not None and len(last.kind.words) > 1 and last.kind.words[-1] in BEHIND


def _apart(links: Sequence[str], best: Reading) -> bool:
    """Whether a group that some words begin tells of something else: "who met the rebels", "on armed forces"."""
    link = links[0]
    if link in HIRED or link == "by":
        return "by" not in links  # "investigators | appointed | by the state"
    if link in TOPICS:
        return best.kind.weight > 0
    return bool(link) and link not in BEHIND - {"who", "whose"}


def _surer(found: Reading, best: Reading) -> bool:
    """Whether one entry tells more than another before it."""
    # "the council's finance director": an office that any body has yields to the body
    office = found.kind.of == "person" and found.kind.weight == 1 and best.kind.of == "organisation"
    # "the promoter of the festival", but "the president of the club"
    trade = best.kind.of == "person" and best.kind.actor_type in ("citizen", "business", "expert")
    place = trade and (found.kind.of, found.kind.actor_type) == ("organisation", "other")
    return found.kind.weight > best.kind.weight or (found.kind.weight == best.kind.weight and not office and not place)


def _of_group(phrase: Phrase, groups: Sequence[Group], n: int) -> Reading | None:
    """What one group tells: by its last noun where this tells something, else by the surest and last."""
    stop, inside = groups[n].stop, groups[n].inside
    counted = [r for r in inside if r.kind.actor_type and _counts(r, phrase, stop, first=n == 0)]
    head = inside[-1] if inside and inside[-1].stop == stop and inside[-1].kind.of in NOUNS else None
    if head is not None:
        own = _of_people(phrase, head, inside[:-1], groups[n + 1 : n + 2])
        if own is not None:
            return own
        if head in counted and head.kind.weight >= TRADE:
            return _owned(head, inside[:-1]) or head
        if head.kind.of == "organisation" and head.kind.weight:  # "consumer protection bureau"
            counted = [r for r in counted if r.kind.of != "person" or r.kind.actor_type not in CLIENTS]
    best: Reading | None = None
    for r in counted:
        best = r if best is None or _surer(r, best) else best
    return best


def _counts(r: Reading, phrase: Phrase, stop: int, *, first: bool) -> bool:
    """Whether an entry tells anything where it stands, in a group that ends at `stop`."""
    kind, i, words, plain, role = r.kind, r.stop, phrase.words, phrase.plain, phrase.role
    if kind.actor_type == "document" and (role or i != stop or not first):
        return False
    if (kind.of == "person" and not phrase.people) or (kind.of == "name" and role):
        return False
    if role and plain[r.start] in SEATS and i < len(plain) and is_person(plain[i]):
        return False  # "the Washington director of a charity"
    private = kind.of == "person" and kind.actor_type == "citizen"
    if private and i < len(plain) and _is_body(match(plain, i)):
        return False  # of a "passenger watchdog" not the passengers
    if role and private and r.start and words[r.start][:1].isupper():
        return False  # of "president of Citizens United" not the citizens
    return kind.words != ("American",) or i == stop  # no "American officials"


def _of_people(phrase: Phrase, head: Reading, before: Sequence[Reading], behind: Sequence[Group]) -> Reading | None:
    """A body by whose it is: "the doctors' committee", "an association of shopkeepers"."""
    if head.kind.of != "organisation" or head.kind.words[-1] not in ANYBODYS:
        return None
    of = [g.inside[-1] for g in behind if phrase.plain[g.start] == "of" and g.inside and g.inside[-1].stop == g.stop]
    whose = before[-1] if before else of[0] if of else None
    if whose is None:
        return None
    kind = whose.kind
    if kind.actor_type == "business" and kind.of in NOUNS and kind.words[0].islower():
        return head.of_kind("business") if kind.of == "organisation" or kind.weight >= TRADE else None
    many = kind.weight >= TRADE or phrase.words[whose.stop - 1].endswith(("s", "s'", "s\u2019"))
    people = kind.of == "person" and kind.actor_type in PEOPLE and many
    return head.of_kind("NGO") if before and people else None


def _owned(head: Reading, before: Sequence[Reading]) -> Reading | None:
    """The body whose expert or chaplain somebody is: "battalion medic", "a World Bank economist"."""
    if head.kind.of != "person" or head.kind.actor_type not in ("expert", "other"):
        return None
    bodies = (r for r in reversed(before) if r.kind.of == "organisation" and r.kind.weight > TRADE)
    return next((r for r in bodies if r.kind.actor_type in OWNERS), None)


def _employer(phrase: Phrase, head: Reading, groups: Sequence[Group]) -> Reading | None:
    """The body for which somebody works at a trade: "a nurse with the charity", "a pilot in the brigade"."""
    link = phrase.plain[groups[1].start] if len(groups) > 1 else ""
    # "an aid worker with", but "a campaigner for"
    paid = link != "for" if head.kind.actor_type == "NGO" else head.kind.weight <= TRADE
    if head.kind.of != "person" or not link or not paid:
        return None
    kinds = TRADES.get(head.kind.actor_type, set()) if link in EMPLOYED else ARMED if link == "in" else set()
    body = _of_group(phrase, groups, 1)
    if body is None or body.kind.of != "organisation" or body.kind.weight < TRADE:
        return None
    return body if body.kind.actor_type in kinds else None


def _is_body(kind: Kind | None) -> bool:
    return kind is not None and kind.of == "organisation" and bool(kind.actor_type)


@cache
def _listed() -> dict[str, str]:
    """Kinds of actor of the organisations that `rules/organisations.csv` names, by their key."""
    return {key(row["name"]): KINDS.get(row["kind"], row["kind"]) for row in rules.read("organisations")}


@cache
def _people() -> dict[str, str]:
    return {_plain(row["name"]): row["actor_type"] for row in rules.read("people")}


def _plain(name: str) -> str:
    """A name without accents and middle initials."""
    letters = unicodedata.normalize("NFD", name.casefold().replace("\u2019", "'"))
    words = "".join(c for c in letters if not unicodedata.combining(c)).split()
    return " ".join(w for i, w in enumerate(words) if i in (0, len(words) - 1) or len(w.rstrip(".")) > 1)


def known_person(name: str) -> str | None:
    """What kind of actor somebody is whom texts need not introduce; "candidate" in a campaign, else in office.

    >>> known_person("Donald J. Trump"), known_person("Ann Lee")
    ('candidate', None)
    """
    return _people().get(_plain(name))


def body_type(name: str) -> tuple[int, str] | None:
    """What kind of actor an organisation is by its name, and how surely.

    >>> body_type("Reuters"), body_type("Leeds Tenants' Union"), body_type("Ivo Foods Ltd")
    ((3, 'media'), (2, 'NGO'), (2, 'business'))
    """
    found, listed = weighed(name.split(), people=False), _listed().get(key(name))
    if found is None and (by_people := weighed(name.split())) is not None and by_people[1] != "citizen":
        found = by_people  # a Doctors' Forum, but no American Legion
    if found is not None and found[0] <= TRADE and found[1] not in STATE and _of_state(name.split()):
        found = (TRADE, "government")
    if found is not None and found[1] == "document":  # an Institute of Polar Studies
        found = weighed([word for word in name.split() if actor_type([word]) != "document"])
    return (3, listed) if listed and (found is None or found[0] < 3) else found


def _of_state(words: Sequence[str]) -> bool:
    """Whether a name is one of a state's offices, whatever it is for: "Department of Primary Industries"."""
    if words[0] in OF_STATE and words[1:2] in (["of"], ["for"]):
        return True
    return len(words) > 3 and words[0] == "Federal" and words[1] in STATE_BODIES and words[2] in ("of", "for")


def is_kin(word: str) -> bool:
    """Whether a noun tells of somebody's family or home, and so of a private person: "mum", "neighbours"."""
    return any(actor_type([form]) == "citizen" for form in singulars(word)[:2])
