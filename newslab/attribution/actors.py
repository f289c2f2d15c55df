"""Kinds of actor: government, court, armed group ..., by the words that tell of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from newslab import rules
from newslab.naming.names import key

KINDS = {"sport": "other", "university": "other"}  # of the list of organisations, and what they are here
TRADE = 2  # the weight from which a word tells what somebody is, whoever the employer
OWNING = ("'s", "\u2019s", "s'", "s\u2019")
SEATS = {  # that stand for a government alone, and before an office for where it is held
    "Ankara", "Beijing", "Brussels", "Damascus", "Jerusalem", "Kiev", "Moscow", "Pyongyang", "Tehran", "Washington",
}  # fmt: skip
OF_STATE = {"Department", "Ministry", "Directorate", "Inspectorate"}
STATE = {"government", "police", "court", "military"}
STATE_BODIES = {"Institute", "Agency", "Office", "Bureau", "Service", "Authority", "Administration"}
BEHIND = {"at", "of", "for", "with", "in", "from", "to", "on", "and", "who", "whose"}


class Kind(NamedTuple):
    """An entry of `rules/actors.csv`: its words, what actor it tells of, how surely (0 to 4), and of what."""

    words: tuple[str, ...]
    actor_type: str
    weight: int
    of: str  # a person, an organisation, a document, a name (a word that tells something in names only), or a word


@cache
def _actors() -> dict[str, list[Kind]]:
    """Entries of the list by their first word in lower case, longest first."""
    table: dict[str, list[Kind]] = {}
    for row in rules.read("actors"):
        words = tuple(row["phrase"].replace(".", "").split())
        kind = Kind(words, row["actor_type"], int(row["weight"]), row["kind"])
        table.setdefault(words[0].lower(), []).append(kind)
    for kinds in table.values():
        kinds.sort(key=lambda kind: -len(kind.words))
    return table


def actor_type(words: Sequence[str], *, role: bool = False) -> str | None:
    """What kind of actor a phrase tells of, by its surest word and among these the last; None if none.

    A document counts only as the last word ("a poll", not "poll workers"), and not at all in a
    person's `role` ("author of a report").

    >>> actor_type("Defence Ministry spokesman".split()), actor_type("rebel commander".split())
    ('military', 'armed group')
    """
    found = weighed(words, role=role)
    return found[1] if found else None


def weighed(words: Sequence[str], *, role: bool = False, people: bool = True) -> tuple[int, str] | None:
    """What `actor_type` finds, with how surely: 0 and 1 are offices that bodies of many kinds have.

    In a `role` that names a trade the employer behind it counts no more ("analyst at a bank"), and of two
    trades the first does ("teacher and councillor").

    >>> weighed("president of the union".split(), role=True), weighed(["president"])
    ((2, 'NGO'), (1, 'government'))
    """
    return _weighed(tuple(words), role, people)


@lru_cache(maxsize=20_000)  # the same sources speak again and again
def _weighed(words: tuple[str, ...], role: bool, people: bool) -> tuple[int, str] | None:
    if (
        role
        and (owner := next((k for k in range(len(words) - 2, -1, -1) if words[k].endswith(OWNING)), None)) is not None
    ):
        own = _weighed(words[owner + 1 :], True, people)
        if own is not None and own[0] >= TRADE and own[1] in ("expert", "citizen", "court"):
            return own  # "the prosecution's geologist"
    best: tuple[int, str] | None = None
    trade = body = False
    i = 0
    plain = [w.replace(".", "").rstrip(",;:'\u2019") for w in words]
    while i < len(plain):
        if trade and plain[i] in BEHIND:
            break
        kind = _match(plain, i)
        if kind is None:
            i += 1
            continue
        start, i = i, i + len(kind.words)
        if kind.actor_type == "document" and (role or i < len(plain)):
            continue
        if (kind.of == "person" and not people) or (kind.of == "name" and role):
            continue
        if role and plain[start] in SEATS and i < len(plain) and is_person(plain[i]):
            continue  # "the Washington director of a charity"
        if (kind.of, kind.actor_type) == ("person", "citizen") and i < len(plain) and _is_body(_match(plain, i)):
            continue  # of a "passenger watchdog" not the passengers
        if role and start and kind.actor_type == "citizen" and kind.of == "person" and words[start][:1].isupper():
            continue  # of "president of Citizens United" not the citizens
        if role and kind.words == ("American",) and words[i : i + 1] and words[i][:1].isupper():
            continue  # "American Bridge President"
        # "the council's finance director": an office that any body has yields to the body
        office = kind.of == "person" and kind.weight == 1
        if kind.actor_type and (
            best is None or kind.weight > best[0] or (kind.weight == best[0] and not (office and body))
        ):
            best, body = (kind.weight, kind.actor_type), kind.of == "organisation"
            trade = role and kind.of == "person" and kind.weight >= TRADE
    return best


def _is_body(kind: Kind | None) -> bool:
    return kind is not None and kind.of == "organisation" and bool(kind.actor_type)


def _match(words: Sequence[str], i: int) -> Kind | None:
    """The longest entry at word `i`; one with a capital letter needs it in the text, too."""
    for form in _singulars(words[i]):
        for kind in _actors().get(form.lower(), ()):
            found = (form, *words[i + 1 : i + len(kind.words)])
            if len(kind.words) > 1:
                found = (*found[:-1], *_singulars(found[-1])[-1:]) if found[-1] != kind.words[-1] else found
            if found == kind.words or (
                kind.words == tuple(w.lower() for w in kind.words) and tuple(w.lower() for w in found) == kind.words
            ):
                return kind
    return None


def _singulars(word: str) -> list[str]:
    """The word and what it may be the plural or possessive of."""
    forms = [word]
    for mark in ("'s", "\u2019s"):
        if word.endswith(mark):
            word = word[: -len(mark)]
            forms.append(word)
    low = word.lower()
    if low.endswith("men") and len(low) > 3:
        forms.append(word[:-2] + "an")
    elif low.endswith("ies"):
        forms.append(word[:-3] + "y")
    elif low.endswith("s") and not low.endswith("ss"):
        forms.append(word[:-1])
    return forms


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


@cache
def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(row["phrase"].replace(".", "").lower() for row in rules.read("actors") if row["kind"] == kind)


def is_person(word: str) -> bool:
    """Whether a noun or title is one of people: "spokesmen", "Maj."."""
    return any(form.lower() in _of_kind("person") for form in _singulars(word.replace(".", "")))


def is_organisation(word: str) -> bool:
    """Whether a noun is one of organisations: "army", "campaign"."""
    return any(form.lower() in _of_kind("organisation") for form in _singulars(word))


def is_kin(word: str) -> bool:
    """Whether a noun tells of somebody's family or home, and so of a private person: "mum", "neighbours"."""
    return any(actor_type([form]) == "citizen" for form in _singulars(word)[:2])
