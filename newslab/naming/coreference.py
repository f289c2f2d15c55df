"""Pronouns and titles: which entity of the text "she" and "the minister" stand for.

A pronoun's candidates are the persons mentioned before it that its gender, its clause and the quotation it
stands in allow; what else speaks for one of them weighs as `rules/pronoun_evidence.csv` says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslab import rules
from newslab.naming.evidence import nouns
from newslab.naming.folding import first_names
from newslab.naming.names import Name
from newslab.naming.words import Title, Words
from newslab.records import Span

if TYPE_CHECKING:
    from newslab.naming.folding import Group
    from newslab.naming.roles import Role

Reference = tuple[int, int, str, Name]  # start, end, "pronoun" or "title", a name of its entity
GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
RECENT = 16  # mentions that a pronoun looks back over
REACH = 10  # sentences
NEAR = 120  # characters between a quotation and who speaks it
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "iobj", "dative"})
_INSIDE = frozenset({"poss", "compound", "nmod"})


class Mention(NamedTuple):
    """A place where a person was mentioned: what judging a pronoun's candidates needs."""

    token: int
    key: str  # of the entity
    name: Name
    dep: str
    verb: int  # that it is the subject of, or -1
    quote: int  # number of the quotation it stands in, or -1
    kind: str  # "name", "title" or "pronoun"
    top: int  # the token of it that hangs on a word outside it

    @property
    def pronoun(self) -> bool:
        return self.kind == "pronoun"


class Scene(NamedTuple):
    """What stays the same while a text's pronouns are resolved."""

    w: Words
    quotes: Sequence[Span]
    counts: Mapping[str, int]  # names of each person
    most: int  # names of the person named most
    genders: Mapping[str, str]  # known by titles
    likely: Mapping[str, str]  # genders that first names suggest
    guesses: dict[str, Counter[str]]  # how often each person was "he" and "she" so far
    speakers: Mapping[int, str]  # of a quotation, by its number


def references(
    w: Words,
    found: Sequence[Name],
    entity_of: Mapping[int, Group],
    given: Mapping[int, Role],
    genders: Mapping[str, str],
    titles: Sequence[Title],
) -> list[Reference]:
    """Pronouns and titles that stand for an entity of the text, in reading order."""
    out = called(w, found, entity_of, given, titles)
    pronouns = [i for i, word in enumerate(w.lower) if word in GENDER and w.part[i] and w.sent[i] not in w.headings]
    if pronouns:
        scene, mentions = stage(w, found, entity_of, genders, out)
        for mention in resolve(scene, mentions, pronouns):
            start = w.start[mention.token]
            out.append((start, start + len(w.text[mention.token]), "pronoun", mention.name))
    return sorted(out, key=lambda item: item[:2])


def stage(
    w: Words,
    found: Sequence[Name],
    entity_of: Mapping[int, Group],
    genders: Mapping[str, str],
    called: Sequence[Reference] = (),
) -> tuple[Scene, list[Mention]]:
    """The scene of a text, and the mentions of its persons by name, and by title where those are given."""
    from newslab.segments import quoted_spans

    people = [name for name in found if name.first >= 0 and entity_of[id(name)].label == "person"]
    counts = Counter(entity_of[id(name)].key for name in people)
    likely: dict[str, str] = {}
    for name in people:
        gender = first_names().get(name.text.split()[0].rstrip("."), "")
        if gender and (" " in name.text or counts[entity_of[id(name)].key] == 1):
            likely.setdefault(entity_of[id(name)].key, gender)
    scene = Scene(w, list(quoted_spans(w.string)), counts, max(counts.values(), default=0), genders, likely, {}, {})
    mentions = [_mention(scene, name, (name.first, name.last), entity_of[id(name)].key, "name") for name in people]
    for start, end, _, name in called:
        if entity_of[id(name)].key in counts:
            inside = (bisect_left(w.start, start), bisect_left(w.start, end))
            mentions.append(_mention(scene, name, inside, entity_of[id(name)].key, "title"))
    return scene, mentions


def _mention(scene: Scene, name: Name, inside: tuple[int, int], key: str, kind: str) -> Mention:
    w = scene.w
    first, last = inside
    top = next((i for i in range(first, last) if not first <= w.head[i] < last or w.head[i] == i), last - 1)
    verb = w.head[top] if w.dep[top] in _SUBJECTS else -1
    return Mention(last - 1, key, name, w.dep[top], verb, _inside(scene.quotes, w.start[last - 1]), kind, top)


def _inside(quotes: Sequence[Span], offset: int) -> int:
    """Number of the quotation that an offset lies in, or -1."""
    i = bisect_right(quotes, (offset, 1 << 62)) - 1
    return i if i >= 0 and quotes[i][0] <= offset < quotes[i][1] else -1


@cache
def _speech_verbs() -> frozenset[str]:
    return frozenset(
        row["lemma"] for row in rules.read("reporting_verbs") if row["pos"] == "verb" and "quote" in row["patterns"]
    )


def _speaks(w: Words, mention: Mention) -> bool:
    return mention.verb >= 0 and mention.quote < 0 and w.lemma[mention.verb] in _speech_verbs()


def speakers(scene: Scene, mentions: Sequence[Mention]) -> dict[int, str]:
    """Who speaks each quotation, by its number: the subject of a verb of speech that is nearest to it."""
    w = scene.w
    speaking = sorted((w.start[m.token], m.key) for m in mentions if _speaks(w, m))
    starts = [start for start, _ in speaking]
    out: dict[int, str] = {}
    for number, (begin, end) in enumerate(scene.quotes):
        i = bisect_right(starts, begin)
        near = []
        if i < len(starts) and starts[i] - end < NEAR and "\n" not in w.string[end : starts[i]]:
            near.append((starts[i] - end, speaking[i][1]))
        if i and begin - starts[i - 1] < NEAR and "\n" not in w.string[starts[i - 1] : begin]:
            near.append((begin - starts[i - 1] + 20, speaking[i - 1][1]))  # what follows a quotation is surer
        if near:
            out[number] = min(near)[1]
    return out


def resolve(scene: Scene, mentions: Sequence[Mention], pronouns: Sequence[int]) -> list[Mention]:
    """Pronouns as mentions of the persons they stand for; first those outside quotations, to know who speaks."""
    outside = [i for i in pronouns if _inside(scene.quotes, scene.w.start[i]) < 0]
    spoken = sorted(set(pronouns) - set(outside))
    solved = list(walk(scene, mentions, outside, choose))
    known = [*mentions, *solved]
    return solved + list(walk(scene._replace(speakers=speakers(scene, known)), known, spoken, choose))


Choice = Callable[[Scene, int, list[tuple[Mention, set[str]]]], Mention | None]


def walk(scene: Scene, mentions: Sequence[Mention], pronouns: Sequence[int], choice: Choice) -> Iterator[Mention]:
    """Resolve pronouns from left to right by `choice`; each one resolved is a mention for the next."""
    waiting = sorted(mentions, key=lambda mention: mention.token)
    recent: deque[Mention] = deque(maxlen=RECENT)
    position = 0
    for i in pronouns:
        while position < len(waiting) and waiting[position].token < i:
            recent.append(waiting[position])
            position += 1
        ahead = waiting[position] if position < len(waiting) else None
        best = choice(scene, i, candidates(scene, i, list(recent)[::-1], ahead))
        if best is not None:
            found = _mention(scene, best.name, (i, i + 1), best.key, "pronoun")
            recent.append(found)
            yield found


def candidates(
    scene: Scene, i: int, latest: Sequence[Mention], ahead: Mention | None
) -> list[tuple[Mention, set[str]]]:
    """Mentions that a pronoun may stand for, each with what speaks for it; `latest` has the last one first."""
    w = scene.w
    gender, quote = GENDER[w.lower[i]], _inside(scene.quotes, w.start[i])
    speaks = quote < 0 and w.dep[i] in _SUBJECTS and w.lemma[w.head[i]] in _speech_verbs()
    # nobody speaks of himself by name
    spoken_of = {m.key for m in latest if speaks and m.quote >= 0 and w.flow[m.token] == w.flow[i] and m.kind == "name"}
    out = []
    order: dict[str, int] = {}
    for mention in latest:
        known = scene.genders.get(mention.key)
        if (known and known != gender) or mention.key in spoken_of or not _possible(scene, i, quote, mention):
            continue
        seen = _evidence(scene, i, quote, mention)
        seen.add(f"nearness:{min(order.setdefault(mention.key, len(order) + 1), 4)}")
        guess = scene.guesses.get(mention.key)
        if known:
            seen.add("gender known")
        elif guess:
            seen.add("gender as before" if guess[gender] * 2 > guess.total() else "gender against before")
        if not known and mention.key in scene.likely:
            seen.add("first name agrees" if scene.likely[mention.key] == gender else "first name against")
        out.append((mention, seen))
    if w.lower[i].endswith("self"):  # the subject of its own verb, where that is a candidate
        out = [item for item in out if item[0].verb == w.head[i]] or out
    if not out and ahead is not None and w.sent[ahead.token] == w.sent[i] and w.dep[i] not in _OBJECTS:
        fits = scene.genders.get(ahead.key, gender) == gender and _possible(scene, i, quote, ahead)
        out = [(ahead, {"ahead"})] if fits else []  # "When she left, Ann Lee ..."
    return out


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


def _possible(scene: Scene, i: int, quote: int, mention: Mention) -> bool:
    """Whether part of the page, distance, clause and quotation let a pronoun stand for a mention's person."""
    w = scene.w
    part, there = w.part[i], w.part[mention.token]
    if part != there and "caption" in (part, there):  # a caption stands between two paragraphs of the body
        return False
    distance = _distance(w, i, mention.token)
    if distance > REACH or (quote >= 0 and scene.speakers.get(quote) == mention.key):
        return False
    same_clause = mention.verb >= 0 and mention.verb == w.head[i]
    if w.lower[i].endswith("self"):
        return distance == 0
    return not (same_clause and w.dep[i] in _OBJECTS)


def _evidence(scene: Scene, i: int, quote: int, mention: Mention) -> set[str]:
    """What is seen of a pronoun and the last mention of a person."""
    w = scene.w
    word = w.lower[i]
    distance = _distance(w, i, mention.token)
    case = "subject" if w.dep[i] in _SUBJECTS else "possessive" if w.dep[i] == "poss" else "object"
    seen = {f"sentences:{min(distance, 4)}"}
    if mention.verb >= 0:
        seen |= {"subject", f"subject of {case}"}
        if mention.verb == w.head[i] or mention.verb == w.head[w.head[i]]:
            seen.add("reflexive" if word.endswith("self") else f"own verb of {case}")
    elif mention.dep in _INSIDE:
        seen.add("inside a phrase")
    elif mention.dep in _OBJECTS:
        seen.add("object")
    elif mention.dep == "pobj":
        seen.add("after a preposition")
    if mention.pronoun:
        seen |= {"pronoun", f"pronoun of {case}"}
    elif mention.kind == "title":
        seen.add("title")
    if mention.verb >= 0 and w.dep[mention.verb] == "ROOT":
        seen.add("main subject")
    around = _around(w, i, mention) if distance == 0 else None
    if around:
        seen.add(f"in its {around} as {case}")
    if mention.quote != quote:
        seen.add("in a quotation" if mention.quote >= 0 else "outside the quotation")
    if _speaks(w, mention):
        seen.add("speaks")
    names = scene.counts[mention.key]
    seen.add("names:1" if names == 1 else "names:2" if names < 4 else "names:4")
    if names == scene.most:
        seen.add("most named")
    first = mention.name.first if mention.kind == "name" else mention.top
    if first == 0 or w.sent[first - 1] != w.sent[first]:
        seen.add("opens its sentence")
    if w.lower[mention.token + 1 : mention.token + 2] == ["and"]:
        seen.add("one of several")
    return seen


@cache
def pronoun_weights() -> dict[str, float]:
    """What each piece of evidence weighs for a pronoun's candidate."""
    return {row["evidence"]: float(row["weight"]) for row in rules.read("pronoun_evidence")}


def choose(scene: Scene, i: int, offered: list[tuple[Mention, set[str]]]) -> Mention | None:
    """The candidate that most speaks for; its gender is a guess from then on."""
    if not offered:
        return None
    weights = pronoun_weights()
    best, _ = max(offered, key=lambda item: sum(weights.get(evidence, 0.0) for evidence in item[1]))
    scene.guesses.setdefault(best.key, Counter())[GENDER[scene.w.lower[i]]] += 1
    return best


def called(
    w: Words,
    found: Sequence[Name],
    entity_of: Mapping[int, Group],
    given: Mapping[int, Role],
    titles: Sequence[Title],
) -> list[Reference]:
    """`the minister`, `the ministry`: the last one so called, of those the text has named up to there."""
    holders: dict[str, Name] = {}
    offices: dict[str, dict[str, Name]] = {}
    out: list[Reference] = []
    named = sorted((name for name in found if name.first >= 0), key=lambda name: name.first)
    firsts = {name.first for name in named}
    of_title = {title.first: title for title in titles}
    position = 0
    for i, word in enumerate(w.lower[:-1]):
        if word != "the" or not w.part[i] or w.sent[i + 1] != w.sent[i]:
            continue
        while position < len(named) and named[position].first < i:
            name = named[position]
            group = entity_of[id(name)]
            if group.label == "person":
                role = given.get(id(name), (None, None))[0] or ""
                holders.update(dict.fromkeys(role.casefold().replace("-", " ").split(), name))
            elif group.label == "organisation":
                for noun in _called(w, name):
                    offices.setdefault(noun, {})[group.key] = name
            position += 1
        title = of_title.get(i + 1)
        last = title.last if title else i + 2
        if last in firsts or i + 1 in firsts or w.tag[last - 1] in ("NNS", "NNPS") or _goes_on(w, last):
            continue
        holder: Name | None = None
        if title and title.kind != "honorific":
            holder = holders.get(w.lower[last - 1])
        elif len(offices.get(w.lower[i + 1], ())) == 1:
            (holder,) = offices[w.lower[i + 1]].values()
        if holder is not None:
            out.append((w.start[i], w.start[last - 1] + len(w.text[last - 1]), "title", holder))
    return out


def _called(w: Words, name: Name) -> list[str]:
    """Nouns that an organisation may be called by: its head, and the noun after it (`the Amber group`)."""
    out = [word for word in name.key.split() if word in nouns("noun after") or word in nouns("lower-case head")]
    out += [word for word in w.lower[name.last : name.last + 2] if word in nouns("noun after")][:1]
    return out


def _goes_on(w: Words, i: int) -> bool:
    """Whether a noun phrase goes on after its noun, so that it may be somebody else: `the head of`."""
    if i >= len(w.text):
        return False
    return w.lower[i] in ("of", "for", "-", "'s", "’s", "in", "at") or w.tag[i].startswith("NN")
