"""Whom a definite noun phrase stands for: "the company", "the 41-year-old teacher", "the Romanian", "the operator".

A writer who calls somebody "the expert" need not have said before that she is one. So everybody whom the text
has named is weighed as the one meant: by what the text calls them, by how lately and how often it spoke of
them, and by what the phrase itself tells; against all of these stands that the phrase names "nobody" known.
The weights are in `rules/speaker_evidence.csv`, a conditional logit that `benchmarks/fit_speakers.py` fits on
news whose speakers readers have told.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from newslab import rules
from newslab.attribution.actors import actor_type, is_organisation, is_person
from newslab.attribution.cast import ALIKE, Profile

if TYPE_CHECKING:
    from newslab.attribution.phrases import Scene

STEPS = 160  # tokens looked back over for somebody whom the text does not call by the noun
OTHERWISE = 0.6  # what another title of the same office tells, beside the noun itself
NEW = {  # what tells the reader more about somebody known
    "former", "ex", "elected", "veteran", "retired", "then", "past", "outgoing", "incoming", "ousted", "famed", "late",
}  # fmt: skip
GONE, PAST = {"former", "ex"}, {"was", "were", "served", "left", "quit", "resigned"}
OFFICES = {
    "president", "chairman", "chairwoman", "chair", "judge", "captain", "mayor", "minister", "secretary", "governor",
    "spokesman", "spokeswoman", "spokesperson", "prosecutor", "coach", "manager", "director", "chief", "head",
    "leader", "king", "queen", "prince", "pope", "speaker", "referee", "driver", "pilot", "helmsman", "suspect",
    "official", "officer", "source", "witness", "owner", "commissioner", "ambassador", "principal", "editor",
}  # fmt: skip
BODIES_SO_CALLED = {"business", "party", "armed group"}
ANY_BODY = {
    "NGO": {"union", "charity", "organisation", "organization", "association", "group"},
    "government": {"regulator", "watchdog", "agency", "authority"},
    "media": {"newspaper", "broadcaster", "magazine"},
    "expert": {"institute", "university"},
}
GROUPS = {"group", "organisation", "organization", "movement", "network", "alliance", "club", "outfit", "federation"}
GROUPS |= {"lobby"}
NO_GROUPS = {"media", "government", "police"}
SUBJECTS = {"nsubj", "nsubjpass"}
WOMEN = ("woman", "mother", "daughter", "girl", "wife", "sister", "actress", "waitress")  # also "spokeswoman"
WOMEN_ALONE = {"mum", "mom", "widow", "aunt", "niece", "lady", "girlfriend", "barmaid", "nun", "queen", "princess"}
MEN = ("man", "father", "boy", "husband", "brother")
MEN_ALONE = {"son", "grandson", "stepson", "dad", "widower", "uncle", "nephew", "boyfriend", "lad", "king", "prince"}
EITHER = {"german", "roman", "human", "norman", "ottoman"}  # of either gender, for all their ending


def gender_of(noun: str) -> str:
    """What a noun in lower case tells of who is called so: "f", "m" or nothing.

    >>> [gender_of(noun) for noun in ("spokeswoman", "chairman", "spokesperson")]
    ['f', 'm', '']
    """
    if noun.endswith(WOMEN) or noun in WOMEN_ALONE:
        return "f"
    return "m" if (noun.endswith(MEN) and noun not in EITHER) or noun in MEN_ALONE else ""


class Phrase:
    """A definite noun phrase, and what it tells of the one it stands for."""

    def __init__(self, s: Scene, head: int, words: Sequence[str], *, person: bool, owned: bool, tail: bool) -> None:
        self.head, self.words, self.noun = head, words, words[-1]
        self.person, self.owned, self.tail = person, owned, tail
        self.kind = actor_type(words) or actor_type([self.noun])  # "central bank" is no business
        self.titles = other_titles(self.noun) if person else frozenset((self.noun,))
        self.old = any(w == "old" or w.endswith("-old") for w in words)
        self.new = not NEW.isdisjoint(words)
        inside = [k for k in range(s.t.left[head], head) if s.t.pos[k] == "PROPN" and s.t.words[k] in words]
        self.names = {s.t.words[k] for k in inside}  # "trump" of "the Trump campaign"
        self.of = {e.entity_id for k in inside if (e := s.at[k]) is not None and e.label == "person"}
        self.others = {e.entity_id for k in _apart(s, head) if (e := s.at[k]) is not None and e.label == "person"}
        first = s.first_of.get(self.noun, head)
        self.before = first < head and not self.old


def _apart(s: Scene, head: int) -> Iterator[int]:
    """Tokens of those whom a phrase tells apart from the one it stands for: Ann Lee, of "the father of Ann Lee"."""
    for child in s.t.children[head]:
        if s.t.deps[child] in ("poss", "prep"):
            noun = child if s.t.deps[child] == "poss" else s.t.child(child, "pobj")
            yield from range(s.t.left[child], (child if noun is None else noun) + 1)


@cache
def evidence(column: str) -> dict[str, float]:
    """How much each fact speaks for somebody as the one meant by a "pronoun", by a noun for a "person" or a "body"."""
    return {row["evidence"]: float(row[column]) for row in rules.read("speaker_evidence") if row[column]}


def antecedent_of(s: Scene, phrase: Phrase) -> tuple[float, Profile] | None:
    """The one whom a phrase most probably stands for, and by how much that beats its standing for itself."""
    weights = evidence("person" if phrase.person else "body")
    best: tuple[float, Profile] | None = None
    if phrase.kind == "document":
        return None
    for profile in candidates(s, phrase):
        score = sum(weights[name] * value for name, value in facts(s, phrase, profile).items()) - weights["nobody"]
        if best is None or score > best[0]:
            best = score, profile
    return best if best is not None and best[0] > 0 else None


def candidates(s: Scene, phrase: Phrase) -> Iterator[Profile]:
    """Who was named before a phrase and may be meant by it: those called so, and those near."""
    seen: set[str] = set()
    kind = phrase.kind
    near: list[Profile] = []
    for k in range(phrase.head - 1, max(-1, phrase.head - STEPS), -1):
        entity = s.at[k]
        if entity is not None and s.parts[k] is not None and entity.entity_id in s.cast.profiles:
            near.append(s.cast.profiles[entity.entity_id])
    called = s.cast.called
    so = [profile for title in (*sorted(phrase.titles), kind or "") for profile in called.get(title, ())[:ALIKE]]
    for profile in [*near, *so]:
        if profile.entity_id in seen:
            continue
        seen.add(profile.entity_id)
        if profile.name in _carriers() and all(_carries(s, b - 1) for _, b in profile.spans[:ALIKE]):
            continue
        if profile.entity_id in s.told and profile.last(phrase.head) >= 0 and _fits(phrase, profile):
            yield profile


def _carries(s: Scene, k: int) -> bool:
    """Whether a name is only where something was said: "in a Facebook post", "on Facebook"."""
    return s.t.deps[k] == "compound" or (s.t.deps[k] == "pobj" and s.t.words[s.t.heads[k]] in ("on", "via"))


def _fits(phrase: Phrase, profile: Profile) -> bool:
    if profile.name.casefold() == phrase.noun or profile.label == "nationality":
        return False
    if phrase.person:
        if profile.label != "person" and not (profile.label == "other" and phrase.noun in profile.words):
            return False
        wanted = gender_of(phrase.noun)
        if profile.entity_id in phrase.others:
            return False  # nobody is "the father of Ann Lee" himself
        if (phrase.owned or phrase.others) and phrase.noun not in profile.words:
            return False  # "her daughter"
        return not wanted or profile.gender in ("", wanted)
    if profile.label == "person" or (profile.label == "place" and profile.settled):
        return False
    named = phrase.noun in profile.words or phrase.noun in profile.name.casefold()
    known = profile.words | set(profile.name.casefold().split())
    if not named and (not phrase.names <= known or (phrase.of and profile.entity_id not in phrase.of)):
        return False  # "the Lee campaign" is no Lee Tower, and "the Amber campaign" no other party
    return not phrase.owned or named or so_called(phrase.noun, profile)  # not "his department"


def facts(s: Scene, phrase: Phrase, profile: Profile) -> dict[str, float]:
    """What speaks for and against an entity as the one meant."""
    head, noun = phrase.head, phrase.noun
    name = set(profile.name.casefold().replace("\u2019", "'").split())
    known = profile.words | name
    last = profile.last(head)
    away = s.sentence[head] - s.sentence[last]
    source = next((k for k in reversed(s.order[-3:]) if k < head), None)
    spoke = next((k for k in reversed(s.order[-6:]) if k < head and profile.entity_id in s.known[k].entity_ids), None)
    if spoke is not None:
        away = min(away, s.sentence[head] - s.sentence[spoke])
    alike = next((k for k in reversed(s.order[-40:]) if k < head and s.t.words[k] == noun), None)
    again = alike is not None and profile.entity_id in s.known[alike].entity_ids
    same = phrase.kind is not None and profile.kind == phrase.kind
    rest = [w for w in phrase.words[:-1] if w.isalpha() and w not in NEW]
    if same and phrase.kind != actor_type([noun]):  # "central" of "the central bank" is of its kind, no name
        rest = [w for w in rest if w in known or actor_type([w, noun]) != phrase.kind]
    told = sum(w in known for w in rest)
    called = noun not in name and (noun in profile.words or OTHERWISE * (not profile.words.isdisjoint(phrase.titles)))
    if not GONE.isdisjoint(phrase.words) and profile.words.isdisjoint(GONE) and not _over(s, profile):
        called = False  # who is minister is not the former one
    return {
        "named": noun in name,
        "called": called,
        "told": told,
        "untold": len(rest) - told,
        "another": noun in name and bool(rest) and not told,  # "the weather bureau" is no safety bureau
        "kind": same,
        "other kind": phrase.kind is not None and profile.kind not in (None, "other", phrase.kind),
        "so called": not phrase.person and same and so_called(noun, profile),
        "source": spoke is not None and spoke == source and away <= 2,
        "subject": s.t.deps[last] in SUBJECTS and away <= 2,
        "sentences": math.log1p(min(20, away)),
        "often": math.log(max(1, bisect_right(profile.spans, (head, -1)))),
        "paragraph": "\n" not in s.t.text[s.t.ends[last] : s.t.starts[head]],
        "new": phrase.new,
        "aged": phrase.old,
        "owned": phrase.owned,
        "again": again,
        "before": phrase.before and not called and not again,
        "office": noun in OFFICES,
        "tail": phrase.tail,
        "body": profile.label == "organisation",
        "group": noun in GROUPS and profile.label == "organisation" and away <= 2 and profile.kind not in NO_GROUPS,
        "bare": len(phrase.words) == 1,
    }


def _over(s: Scene, profile: Profile) -> bool:
    """Whether what somebody was is told as over: "Ann Lee, who was mayor from 2001 to 2010"."""
    return any(not PAST.isdisjoint(s.t.words[b : b + 4]) for _, b in profile.spans[:ALIKE])


@cache
def _carriers() -> frozenset[str]:
    """Networks on which others speak."""
    return frozenset(row["name"] for row in rules.read("agencies") if row["kind"] == "social")


@cache
def _titles() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for row in rules.read("other_titles"):
        out.setdefault(row["noun"], {row["noun"]}).add(row["title"])
    return {noun: frozenset(titles) for noun, titles in out.items()}


def other_titles(noun: str) -> frozenset[str]:
    """A noun for somebody, and the titles that those whom one calls so may have: "gov." for "governor"."""
    return _titles().get(noun, frozenset((noun,)))


def so_called(noun: str, profile: Profile) -> bool:
    """Whether a body may be called by a noun of its kind: a firm "the company"; a ministry not "the council"."""
    if profile.kind in BODIES_SO_CALLED:
        return True
    return profile.label == "organisation" and (noun in ANY_BODY.get(profile.kind or "", ()))


def of_person(noun: str) -> bool:
    """Whether a noun is one of people."""
    return is_person(noun) and not is_organisation(noun)
