"""Who several are, and who one of several is: "both", "the two ministers", "one of them", "the other"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newslab.attribution.actors import actor_type, is_person
from newslab.attribution.cast import Profile
from newslab.attribution.phrases import STEPS, Scene, elsewhere, full_person, own
from newslab.attribution.speakers import AMOUNTS, PLURAL_TAGS, SOME, Speaker

FAR = 6  # sentences that "both" and "one of them" look back over
NUMBERS = {"both": 2, "two": 2, "pair": 2, "duo": 2, "couple": 2, "three": 3, "trio": 3, "four": 4}
SUBJECTS = {"nsubj", "nsubjpass"}
ANYBODY = {"man", "woman", "person", "people"}  # whom a noun does not tell from others
SINGULAR = {"people": "person"}
ONE = {"one", "another", "other"}


def joint(people: Sequence[Profile]) -> Speaker:
    """Persons who speak together."""
    names = [person.name for person in people]
    return Speaker(
        " and ".join([", ".join(names[:-1]), names[-1]]),
        tuple(person.entity_id for person in people),
        "named",
        people[0].kind or "other",
    )


def pair(s: Scene, k: int) -> list[Profile]:
    """Two persons who are one subject: "Ann Lee and Bo Diaz left"."""
    other = s.t.child(k, "conj")
    people = [_person(s, i) for i in (k, other) if i is not None]
    found = [person for person in people if person is not None]
    return found if len(found) == 2 and found[0] is not found[1] else []


def _person(s: Scene, k: int) -> Profile | None:
    entity = s.at[k]
    profile = s.cast.profiles.get(entity.entity_id) if entity is not None else None
    return full_person(s, profile, k) if profile is not None and profile.label == "person" else None


def several(s: Scene, head: int) -> Speaker | None:
    """Whom "both", "the pair" or "the two ministers" stands for: those named last, or a group that spoke before."""
    t, word = s.t, s.t.words[head]
    number = NUMBERS.get(word, 0)
    noun = None
    if not number and t.tags[head] == "NNS":
        number = next((NUMBERS.get(t.words[k], 0) for k in t.children[head][:6] if t.deps[k] == "nummod"), 0)
        noun = SINGULAR.get(word, t.lemmas[head])
    definite = word == "both" or any(t.words[k] in ("the", "these") for k in t.children[head][:6] if k < head)
    if not number or not definite or t.child(head, "prep", "relcl", "acl") is not None:
        return None
    return _together(s, head, number, noun)


def _together(s: Scene, head: int, number: int, noun: str | None) -> Speaker | None:
    """The last persons, as many as told, who are such as a noun says, or the last group of as many."""
    found: dict[str, Profile] = {}
    for k in range(head - 1, max(-1, head - STEPS), -1):
        if s.quoted[k] or elsewhere(s, k, head):
            continue
        if s.sentence[head] - s.sentence[k] > FAR:
            break
        old = s.known.get(k)
        if old is not None and old.speaker and (len(old.entity_ids) == number or _counted(s, k) == number > 1):
            return old
        people = pair(s, k)
        if len(people) == number and all(_such(person, noun) for person in people):
            return joint(people)
        person = _person(s, k) if old is not None or s.t.deps[k] in SUBJECTS else None
        if person is not None and _such(person, noun):
            found.setdefault(person.entity_id, person)
        if len(found) == number:
            return joint(list(reversed(found.values())))
    return None


def met(s: Scene, head: int) -> Speaker | None:
    """A group that spoke before by its fuller phrase: "the aides" for "two aides familiar with the talks"."""
    t = s.t
    if t.tags[head] not in PLURAL_TAGS or [t.words[k] for k in t.children[head][:4] if k < head] != ["the"]:
        return None
    if t.child(head, "prep", "relcl", "acl", "appos") is not None:
        return None
    earlier = (k for k in _groups(s, head) if t.words[k] == t.words[head])
    return next((s.known[k] for k in earlier), None)


def _counted(s: Scene, k: int) -> int:
    """How many a plural source is of: 2 of "two aides"."""
    words = [s.t.words[c] for c in s.t.children[k][:6] if s.t.deps[c] == "nummod"]
    return NUMBERS.get(words[0], 0) if words and s.t.tags[k] in PLURAL_TAGS else 0


def _such(person: Profile, noun: str | None) -> bool:
    kind = actor_type([noun]) if noun else None
    return noun is None or noun in ANYBODY or noun in person.words or (kind is not None and kind == person.kind)


def single(s: Scene, head: int) -> Speaker | None:
    """Who one of many is: "another, a nurse, said", or "one of them", of those who spoke or acted before."""
    t = s.t
    noun = t.child(head, "appos")
    of = next((k for k in t.children[head] if t.words[k] == "of" and k > head), None)
    among = t.child(of, "pobj") if of is not None else None
    if noun is not None and is_person(t.words[noun]) and t.tags[noun] == "NN":
        return Speaker(own(s, noun), (), "unnamed", actor_type(own(s, noun).split()) or "other")
    if among is not None and t.pos[among] != "PRON":
        the = any(t.words[k] == "the" for k in t.children[among][:6])
        again = [k for k in _groups(s, head) if t.words[k] == t.words[among]] if the else []
        return _one_of(s, again[0]) if again else None
    return next((_one_of(s, k) for k in _groups(s, head)), None)


def _groups(s: Scene, head: int) -> Iterator[int]:
    """Plural nouns of people that were sources before, the last first."""
    t = s.t
    for k in reversed(s.order[-6:]):
        old = s.known[k]
        if k >= head:
            continue
        if s.sentence[head] - s.sentence[k] > FAR:
            return
        if old.naming == "collective" and old.speaker and t.tags[k] == "NNS" and is_person(t.words[k]):
            yield k


def _one_of(s: Scene, k: int) -> Speaker:
    """One of a group that was a source: "person familiar with the talks" of "two people familiar with the talks"."""
    old, word = s.known[k], s.t.words[k]
    told = (old.speaker or "").split()
    place = next((i for i, form in enumerate(told) if form.casefold() == word), len(told) - 1)
    plain = [w for w in told[:place] if w.casefold() not in AMOUNTS | SOME | NUMBERS.keys() and not w[0].isdecimal()]
    plain = plain[plain.index("and") + 1 :] if "and" in plain else plain  # "current and former employees"
    text = " ".join([*plain, SINGULAR.get(word, s.t.lemmas[k]), *told[place + 1 :]])
    return old._replace(speaker=text, naming="unnamed")
