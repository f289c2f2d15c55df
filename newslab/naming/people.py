"""The people of a text, wherever it mentions them: what "she" and "he" may stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslab import rules
from newslab.naming.lists import first_names
from newslab.records import Span

if TYPE_CHECKING:
    from newslab.naming.folding import Group
    from newslab.naming.names import Name
    from newslab.naming.words import Title, Words

NEAR = 120  # characters between a quotation and who speaks it
DOUBT = 1.0  # what the scores for a person must be ahead of all others, for a name to be surely one
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "iobj", "dative"})
_STANDING = SUBJECTS | OBJECTS | {"pobj", "poss", "conj"}  # where a noun brings somebody up
_PEOPLE = frozenset({"man", "woman", "boy", "girl", "somebody", "someone", "person", "victim", "suspect", "child"})


class Reference(NamedTuple):
    """A stretch of text that stands for an entity."""

    start: int
    end: int
    kind: str  # "pronoun" or "title"
    name: Name  # one of its entity
    confidence: float | None = None


class Mention(NamedTuple):
    """A place where a person was mentioned: what judging a pronoun's candidates needs."""

    token: int
    key: str  # of the entity
    name: Name | None  # None for somebody unnamed
    dep: str
    verb: int  # that it is the subject of, or -1
    quote: int  # number of the quotation it stands in, or -1
    kind: str  # "name", "title", "noun" or "pronoun"
    top: int  # the token of it that hangs on a word outside it

    @property
    def pronoun(self) -> bool:
        return self.kind == "pronoun"


class Scene(NamedTuple):
    """What stays the same while a text's pronouns are resolved."""

    w: Words
    quotes: Sequence[Span]
    lines: Sequence[int]  # where paragraphs end
    counts: Mapping[str, int]  # names of each person
    most: int  # names of the person named most
    genders: Mapping[str, str]  # known by titles
    likely: Mapping[str, str]  # genders that first names suggest
    doubtful: frozenset[str]  # what may be no person
    guesses: dict[str, Counter[str]]  # how often each person was "he" and "she", but for the pronoun in question
    speakers: Mapping[int, str]  # of a quotation, by its number
    noticed: dict[tuple[int, int, str], set[str] | None]  # of a pronoun and a mention (token, kind)


def stage(
    w: Words,
    found: Sequence[Name],
    entity_of: Mapping[int, Group],
    genders: Mapping[str, str],
    called: Sequence[Reference] = (),
    titles: Sequence[Title] = (),
) -> tuple[Scene, list[Mention]]:
    """The scene of a text, and the mentions of its persons by name, by title and by a noun, where those are given."""
    from newslab.segments import quoted_spans

    people = [name for name in found if name.first >= 0 and entity_of[id(name)].label == "person"]
    counts = Counter(entity_of[id(name)].key for name in people)
    likely: dict[str, str] = {}
    for name in people:
        gender = first_names().get(name.text.split()[0].rstrip("."), "")
        if gender and (" " in name.text or counts[entity_of[id(name)].key] == 1):
            likely.setdefault(entity_of[id(name)].key, gender)
    doubtful = {entity_of[id(name)].key for name in people if _doubtful(entity_of[id(name)])} - likely.keys()
    scene = Scene(
        w, list(quoted_spans(w.string)), [i for i, c in enumerate(w.string) if c == "\n"], counts,
        max(counts.values(), default=0), genders, likely, frozenset(doubtful - genders.keys()), {}, {}, {},
    )  # fmt: skip
    mentions = [mention_at(scene, name, (name.first, name.last), entity_of[id(name)].key, "name") for name in people]
    for start, end, _, name, _ in called:
        if entity_of[id(name)].key in counts:
            inside = (bisect_left(w.start, start), bisect_left(w.start, end))
            mentions.append(mention_at(scene, name, inside, entity_of[id(name)].key, "title"))
    told = dict(genders)
    for mention, gender in _unnamed(scene, found, called, titles):
        mentions.append(mention)
        if gender:
            told[mention.key] = gender
    return scene._replace(genders=told), mentions


def _unnamed(
    scene: Scene, found: Sequence[Name], called: Sequence[Reference], titles: Sequence[Title]
) -> Iterator[tuple[Mention, str]]:
    """People whom the text does not name, each with the gender that the noun tells: a spokeswoman, her brother."""
    w = scene.w
    names = {i for name in found if name.first >= 0 for i in range(name.first, name.last)}
    taken = {bisect_left(w.start, end) - 1 for _, end, *_ in called}
    genders = {title.last - 1: title.gender for title in titles}
    for i, tag in enumerate(w.tag):
        if tag != "NN" or i in names or i in taken or not w.part[i] or w.dep[i] not in _STANDING:
            continue
        word = w.lower[i]
        if i not in genders and word not in _person_nouns():
            continue
        if w.lower[i - 1 : i] == [","] or names & {i + 1, i + 2} or w.head[i] in names:
            continue  # "the mayor, Ann Lee"
        gender = genders.get(i) or ("f" if word.endswith("woman") else "m" if word.endswith("man") else "")
        yield mention_at(scene, None, (i, i + 1), f"noun {i}", "noun"), gender


@cache
def _person_nouns() -> frozenset[str]:
    rows = rules.read("actors")
    return frozenset(row["phrase"] for row in rows if row["kind"] == "person" and row["phrase"].isalpha()) | _PEOPLE


def _doubtful(group: Group) -> bool:
    """Whether other evidence comes near to what says that a name is a person's."""
    person = group.scores.get("person", 0.0)
    return person - max((score for label, score in group.scores.items() if label != "person"), default=-DOUBT) < DOUBT


def mention_at(scene: Scene, name: Name | None, inside: tuple[int, int], key: str, kind: str) -> Mention:
    w = scene.w
    first, last = inside
    top = next((i for i in range(first, last) if not first <= w.head[i] < last or w.head[i] == i), last - 1)
    owner = w.head[top] if w.dep[top] == "appos" else top  # "her brother, Bo Diaz, left"
    verb = w.head[owner] if w.dep[owner] in SUBJECTS else -1
    return Mention(last - 1, key, name, w.dep[top], verb, inside_of(scene.quotes, w.start[last - 1]), kind, top)


def inside_of(quotes: Sequence[Span], offset: int) -> int:
    """Number of the quotation that an offset lies in, or -1."""
    i = bisect_right(quotes, (offset, 1 << 62)) - 1
    return i if i >= 0 and quotes[i][0] <= offset < quotes[i][1] else -1


@cache
def speech_verbs() -> frozenset[str]:
    return frozenset(
        row["lemma"] for row in rules.read("reporting_verbs") if row["pos"] == "verb" and "quote" in row["patterns"]
    )


def speaks(w: Words, mention: Mention) -> bool:
    return mention.verb >= 0 and mention.quote < 0 and w.lemma[mention.verb] in speech_verbs()


def speakers(scene: Scene, mentions: Sequence[Mention]) -> dict[int, str]:
    """Who speaks each quotation, by its number: the subject of a verb of speech that is nearest to it."""
    w = scene.w
    speaking = sorted((w.start[m.token], m.key) for m in mentions if speaks(w, m))
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
