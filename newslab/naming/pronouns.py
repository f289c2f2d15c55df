"""Whom "she" and "he" stand for: candidates, what speaks for each of them, and how sure the choice is.

A pronoun's candidates are the persons mentioned around it that its gender, its clause and the quotation it
stands in allow; what else speaks for one of them weighs as `rules/pronoun_evidence.csv` says. A text is gone
through twice: the first time tells what else was "she" and "he" in it, the second time takes that into account.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from math import exp, fsum, log
from typing import TYPE_CHECKING, NamedTuple

from newslab import rules
from newslab.naming.people import (
    OBJECTS,
    SUBJECTS,
    Mention,
    Scene,
    inside_of,
    mention_at,
    speakers,
    speaks,
    speech_verbs,
)

if TYPE_CHECKING:
    from newslab.naming.words import Words

GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
RECENT = 24  # mentions that a pronoun looks back over
REACH = 10  # sentences
CALIBRATION = ("confidence: shift", "confidence: scale")  # rows of the table that are no evidence
SURE = 0.6  # a pronoun that is surer than this tells the gender of its person
UNNAMED = 0.85  # how probable somebody unnamed must be to be preferred to everybody named
_ARTICLE = {"a": "a", "an": "a", "the": "the", "his": "his", "her": "his", "another": "a"}
_APART = frozenset({"attr", "appos", "conj", "ROOT"})
_INSIDE = frozenset({"poss", "compound", "nmod"})


class Offer(NamedTuple):
    """A mention that a pronoun may stand for, and what was seen of both."""

    mention: Mention
    seen: set[str]


class Solved(NamedTuple):
    """A pronoun as a mention of the person that it stands for, and how probable that person is among those offered."""

    mention: Mention
    chance: float


Choice = Callable[[Scene, int, list[Offer]], tuple[Mention, float] | None]


def resolve(scene: Scene, mentions: Sequence[Mention], pronouns: Sequence[int], choice: Choice) -> list[Solved]:
    """Pronouns as mentions of the persons they stand for; the second time round is the one that counts."""
    first = _once(scene, mentions, pronouns, choose, {})
    guesses: dict[str, Counter[str]] = {}
    sure = {solved.mention.token: solved.mention.key for solved in first if solved.chance > SURE}
    for i, key in sure.items():
        guesses.setdefault(key, Counter())[GENDER[scene.w.lower[i]]] += 1
    return _once(scene._replace(guesses=guesses), mentions, pronouns, choice, sure)


def _once(
    scene: Scene, mentions: Sequence[Mention], pronouns: Sequence[int], choice: Choice, before: Mapping[int, str]
) -> list[Solved]:
    """Pronouns outside quotations first, to know who speaks."""
    outside = [i for i in pronouns if inside_of(scene.quotes, scene.w.start[i]) < 0]
    spoken = sorted(set(pronouns) - set(outside))
    solved = list(_walk(scene, mentions, outside, choice, before))
    known = [*mentions, *(one.mention for one in solved)]
    scene = scene._replace(speakers=speakers(scene, known))
    return solved + list(_walk(scene, known, spoken, choice, before))


def _walk(
    scene: Scene, mentions: Sequence[Mention], pronouns: Sequence[int], choice: Choice, before: Mapping[int, str]
) -> Iterator[Solved]:
    """Resolve pronouns from left to right by `choice`; each one resolved is a mention for the next."""
    w = scene.w
    waiting = sorted(mentions, key=lambda mention: mention.token)
    recent: deque[Mention] = deque(maxlen=RECENT)
    position = 0
    for i in pronouns:
        while position < len(waiting) and waiting[position].token < i:
            recent.append(waiting[position])
            position += 1
        gender, own = GENDER[w.lower[i]], before.get(i)
        if own is not None:
            scene.guesses[own][gender] -= 1  # what it was taken for itself says nothing
        offered = candidates(scene, i, list(recent)[::-1], waiting[position : position + 1])
        chosen = choice(scene, i, offered)
        if own is not None:
            scene.guesses[own][gender] += 1
        if chosen is not None:
            found = mention_at(scene, chosen[0].name, (i, i + 1), chosen[0].key, "pronoun")
            recent.append(found)
            yield Solved(found, chosen[1])


def candidates(scene: Scene, i: int, latest: Sequence[Mention], ahead: Sequence[Mention]) -> list[Offer]:
    """Mentions that a pronoun may stand for, each with what speaks for it; `latest` has the last one first."""
    w = scene.w
    gender, quote = GENDER[w.lower[i]], inside_of(scene.quotes, w.start[i])
    speaker = scene.speakers.get(quote) if quote >= 0 else None
    speaks = quote < 0 and w.dep[i] in SUBJECTS and w.lemma[w.head[i]] in speech_verbs()
    # nobody speaks of himself by name
    spoken_of = {m.key for m in latest if speaks and m.quote >= 0 and w.flow[m.token] == w.flow[i] and m.kind == "name"}
    chain = next((m.key for m in latest if m.pronoun and GENDER[w.lower[m.token]] == gender), "")
    out = []
    order: dict[str, int] = {}
    of_person: dict[str, set[str]] = {}
    for mention in latest:
        known = scene.genders.get(mention.key)
        if (known and known != gender) or mention.key in spoken_of or mention.key == speaker:
            continue
        noticed = _noticed(scene, i, quote, mention)
        if noticed is None:
            continue
        if mention.key not in of_person:
            of_person[mention.key] = _person(scene, gender, mention.key)
        seen = noticed | of_person[mention.key]
        seen.add(f"nearness:{min(order.setdefault(mention.key, len(order) + 1), 4)}")
        if mention.key == chain:
            seen.add("last so called")
        out.append(Offer(mention, seen))
    if w.lower[i].endswith("self"):  # the subject of its own verb, where that is a candidate
        out = [offer for offer in out if offer.mention.verb == w.head[i]] or out
    for mention in ahead:  # "When she left, Ann Lee ..."
        fits = scene.genders.get(mention.key, gender) == gender and w.dep[i] not in OBJECTS
        fits = fits and w.sent[mention.token] == w.sent[i] and not any(w.sent[m.token] == w.sent[i] for m in latest)
        if fits and mention.verb >= 0 and mention.key != speaker and _possible(scene, i, mention):
            out.append(Offer(mention, {"ahead", *_person(scene, gender, mention.key)}))
    return out


def _person(scene: Scene, gender: str, key: str) -> set[str]:
    """What is known of a person, wherever it is mentioned."""
    seen = set()
    known, guess = scene.genders.get(key), scene.guesses.get(key)
    if known:
        seen.add("gender known")
    elif guess and guess.total() > 0:
        much = "often " if guess.total() > 2 and max(guess.values()) > 3 * min(guess["m"], guess["f"]) else ""
        seen.add(f"{much}as before" if guess[gender] * 2 > guess.total() else f"{much}against before")
    if not known and key in scene.likely:
        seen.add("first name agrees" if scene.likely[key] == gender else "first name against")
    if key in scene.doubtful:
        seen.add("may be no person")
    names = scene.counts.get(key, 0)
    if not names:
        return seen | {"unnamed"}
    seen.add("names:1" if names == 1 else "names:2" if names < 4 else "names:4")
    if names == scene.most:
        seen.add("most named")
    return seen


def _distance(w: Words, i: int, before: int) -> int:
    """Sentences between two tokens; captions do not count within the body."""
    count = w.flow if w.part[i] == w.part[before] else w.sent
    return max(0, count[i] - count[before])


def _around(w: Words, i: int, mention: Mention) -> str | None:
    """The part of a mention's own phrase that a pronoun lies in: Ann Lee, `her brother`; Ann Lee, `who said he`."""
    k = i
    for _ in range(6):
        if w.head[k] == k:
            return None
        if w.head[k] == mention.top:
            return w.dep[k] if w.dep[k] in ("appos", "relcl") else None
        k = w.head[k]
    return None


def _noticed(scene: Scene, i: int, quote: int, mention: Mention) -> set[str] | None:
    """What is seen of a pronoun and a mention that it may stand for, else None: the same the second time."""
    both = (i, mention.token, mention.kind)
    if both not in scene.noticed:
        scene.noticed[both] = _evidence(scene, i, quote, mention) if _possible(scene, i, mention) else None
    return scene.noticed[both]


def _possible(scene: Scene, i: int, mention: Mention) -> bool:
    """Whether part of the page, distance and clause let a pronoun stand for a mention's person."""
    w = scene.w
    part, there = w.part[i], w.part[mention.token]
    if part != there and "caption" in (part, there):  # a caption stands between two paragraphs of the body
        return False
    distance = _distance(w, i, mention.token)
    if distance > REACH:
        return False
    same_clause = mention.verb >= 0 and mention.verb == w.head[i]
    if w.lower[i].endswith("self"):
        return distance == 0
    if same_clause and w.dep[i] in SUBJECTS:
        return mention.kind != "noun"  # "A former architect, she ..."
    return not (same_clause and w.dep[i] in OBJECTS)


def _evidence(scene: Scene, i: int, quote: int, mention: Mention) -> set[str]:
    """What is seen of a pronoun and the last mention of a person."""
    w = scene.w
    word = w.lower[i]
    distance = _distance(w, i, mention.token)
    case = "subject" if w.dep[i] in SUBJECTS else "possessive" if w.dep[i] == "poss" else "object"
    seen = {f"sentences:{min(distance, 4)}"}
    if mention.verb >= 0:
        seen |= {"subject", f"subject of {case}"}
        if mention.verb == w.head[i] or mention.verb == w.head[w.head[i]]:
            seen.add("reflexive" if word.endswith("self") else f"own verb of {w.dep[i] if case == 'object' else case}")
    elif mention.dep in _INSIDE:
        seen.add("inside a phrase")
    elif mention.dep in OBJECTS:
        seen |= {"object", f"object of {case}"}
    elif mention.dep == "pobj":
        seen.add("after a preposition")
    elif mention.dep in _APART:
        seen.add(f"as {mention.dep}")
    if mention.pronoun:
        seen |= {"pronoun", f"pronoun of {case}"}
    elif mention.kind != "name":
        before = w.lower[mention.token - 1] if mention.token else ""
        seen.add(mention.kind if mention.kind == "title" else f"noun after {_ARTICLE.get(before, 'another word')}")
    if mention.verb >= 0 and w.dep[mention.verb] == "ROOT":
        seen.add("main subject")
    around = _around(w, i, mention) if distance == 0 else None
    if around:
        seen.add(f"in its {around} as {case}")
    if mention.quote != quote:
        seen.add("in a quotation" if mention.quote >= 0 else "outside the quotation")
    if speaks(w, mention):
        seen.add("speaks")
        if case == "subject" and w.lemma[w.head[i]] in speech_verbs():
            seen.add("both speak")
    if bisect_right(scene.lines, w.start[i]) == bisect_right(scene.lines, w.start[mention.token]):
        seen.add("same paragraph")
    first = mention.name.first if mention.name and mention.kind == "name" else mention.top
    if first == 0 or w.sent[first - 1] != w.sent[first]:
        seen.add("opens its sentence")
    if w.lower[mention.token + 1 : mention.token + 2] == ["and"]:
        seen.add("one of several")
    return seen


@cache
def pronoun_weights() -> dict[str, float]:
    """What each piece of evidence weighs for a pronoun's candidate."""
    return {row["evidence"]: float(row["weight"]) for row in rules.read("pronoun_evidence")}


def chances(offered: Sequence[Offer], weights: Mapping[str, float]) -> dict[str, float]:
    """How probable each person is, by key, if it is one of those offered."""
    # exact sums: a plain one hangs on the order of a set, and with it, where two are alike, the choice
    scores = [fsum([weights.get(evidence, 0.0) for evidence in offer.seen]) for offer in offered]
    most = max(scores, default=0.0)
    powers: dict[str, float] = {}
    for offer, score in zip(offered, scores, strict=True):
        powers[offer.mention.key] = max(powers.get(offer.mention.key, 0.0), exp(score - most))
    total = sum(powers.values())
    return {key: power / total for key, power in powers.items()}


def best(offered: Sequence[Offer], weights: Mapping[str, float]) -> tuple[Mention, float]:
    """A mention of the person that most speaks for, and how probable it is; unnamed people only where that is sure."""
    by_key = chances(offered, weights)
    chosen = max(by_key, key=lambda key: by_key[key])
    named = {offer.mention.key for offer in offered if offer.mention.name}
    if named and chosen not in named and by_key[chosen] < UNNAMED:
        chosen = max(named, key=lambda key: by_key[key])
    return next(offer.mention for offer in offered if offer.mention.key == chosen), by_key[chosen]


def choose(scene: Scene, i: int, offered: list[Offer]) -> tuple[Mention, float] | None:
    """The choice of the weights that ship."""
    return best(offered, pronoun_weights()) if offered else None


def log_odds(chance: float) -> float:
    """The logarithm of the odds of a probability, within bounds: a sole candidate is not certain."""
    bounded = min(max(chance, 0.02), 0.98)
    return log(bounded / (1 - bounded))


def confidence(chance: float) -> float:
    """How often a pronoun that is as sure as this stands for its person; also a sole candidate is wrong at times."""
    shift, scale = (pronoun_weights()[name] for name in CALIBRATION)
    return round(1 / (1 + exp(-shift - scale * log_odds(chance))), 3)
