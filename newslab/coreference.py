"""Pronouns and titles: which entity of the text "she" and "the minister" stand for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslab.names import Name, Title, Words, headings

if TYPE_CHECKING:
    from newslab.entities import Group
    from newslab.roles import Role

Reference = tuple[int, int, str, Name]  # start, end, "pronoun" or "title", a name of its entity
GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
RECENT = 30  # mentions that a pronoun looks back over
REACH = 8  # sentences
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SPEAK = frozenset(
    """said says say told tells added adds asked asks explained explains replied replies wrote writes argued argues
    stated states claimed claims noted notes continued insisted insists warned warns recalled announced""".split()
)


class Mention(NamedTuple):
    """A place where a person was mentioned: what scoring a pronoun's candidates needs."""

    token: int
    sent: int
    group: int
    name: Name
    subject: bool
    quote: int
    kind: str
    speaks: bool


def references(
    w: Words,
    found: Sequence[Name],
    by_name: Mapping[int, Group],
    given: Mapping[int, Role],
    genders: dict[int, str],
    titles: Sequence[Title],
) -> list[Reference]:
    """Pronouns and titles that stand for an entity of the text, in reading order."""
    quotes = _quotes(w)
    people = [name for name in found if name.first >= 0 and by_name[id(name)].label == "person"]
    if not people:
        return []
    heads = headings(w)
    counts = Counter(id(by_name[id(name)]) for name in people)
    mentions = []
    for name in people:
        subject = any(w.dep[i] in _SUBJECTS for i in range(name.first, name.last))
        quote = _inside(quotes, w.start[name.first])
        speaks = subject and w.text[_verb(w, name.last - 1)].casefold() in _SPEAK
        group = id(by_name[id(name)])
        mentions.append(Mention(name.last - 1, w.sent[name.first], group, name, subject, quote, "name", speaks))
    pronouns = [i for i, text in enumerate(w.text) if w.part[i] and text.casefold() in GENDER and w.sent[i] not in heads]
    spoken = [i for i in pronouns if _inside(quotes, w.start[i]) >= 0]
    outside = sorted(set(pronouns) - set(spoken))
    out: list[Reference] = []
    solved = _solve(w, mentions, outside, genders, counts, quotes, {})
    speakers = _speakers(w, quotes, mentions + solved)
    solved = _solve(w, mentions + solved, spoken, genders, counts, quotes, speakers) + solved
    for mention in solved:
        start = w.start[mention.token]
        out.append((start, start + len(w.text[mention.token]), "pronoun", mention.name))
    out += _titles(w, found, by_name, given, titles)
    return sorted(out, key=lambda item: item[:2])


def _quotes(w: Words) -> list[tuple[int, int]]:
    from newslab.segments import quoted_spans

    return list(quoted_spans(w.string))


def _inside(quotes: Sequence[tuple[int, int]], offset: int) -> int:
    """Number of the quotation that an offset lies in, or -1."""
    i = bisect_right(quotes, (offset, 1 << 62)) - 1
    return i if i >= 0 and quotes[i][0] <= offset < quotes[i][1] else -1


def _speakers(w: Words, quotes: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> dict[int, int]:
    """Who speaks each quotation: the person nearest to it that is the subject of a verb of speech."""
    out: dict[int, int] = {}
    speaking = sorted(
        (w.start[m.token], m.group)
        for m in mentions
        if m.quote < 0 and m.speaks
    )
    starts = [start for start, _ in speaking]
    for number, (begin, end) in enumerate(quotes):
        i = bisect_right(starts, begin)
        near = []
        if i < len(speaking):
            gap = w.string[end : starts[i]]
            if len(gap) < 120 and "\n" not in gap:
                near.append((len(gap), speaking[i][1]))
        if i:
            gap = w.string[starts[i - 1] : begin]
            if len(gap) < 120 and "\n" not in gap:
                near.append((len(gap) + 20, speaking[i - 1][1]))
        if near:
            out[number] = min(near)[1]
    return out


def _verb(w: Words, token: int) -> int:
    """The verb that a subject belongs to: the head outside the name."""
    i = token
    for _ in range(6):
        if w.dep[i] in _SUBJECTS:
            return w.head[i]
        if w.head[i] == i:
            break
        i = w.head[i]
    return i


def _solve(
    w: Words,
    mentions: Sequence[Mention],
    pronouns: Sequence[int],
    genders: dict[int, str],
    counts: Counter[int],
    quotes: Sequence[tuple[int, int]],
    speakers: Mapping[int, int],
) -> list[Mention]:
    """Pronouns resolved from left to right; each one that is resolved is a mention for the next."""
    waiting = sorted(mentions, key=lambda mention: mention.token)
    recent: list[Mention] = []
    out: list[Mention] = []
    position = 0
    for i in pronouns:
        while position < len(waiting) and waiting[position].token < i:
            recent.append(waiting[position])
            position += 1
        gender = GENDER[w.text[i].casefold()]
        quote = _inside(quotes, w.start[i])
        scores: dict[int, tuple[float, Mention]] = {}
        for mention in recent[-RECENT:]:
            score = _score(w, i, gender, quote, mention, genders, counts, speakers)
            if score is not None and (mention.group not in scores or score >= scores[mention.group][0]):
                scores[mention.group] = (score, mention)
        if not scores and position < len(waiting) and waiting[position].sent == w.sent[i]:
            ahead = waiting[position]  # "When she left, Ann Lee ..."
            if genders.get(ahead.group, gender) == gender and w.dep[i] != "dobj":
                scores[ahead.group] = (0.0, ahead)
        if not scores:
            continue
        best = max(scores.values(), key=lambda item: item[0])[1]
        if len(scores) == 1:
            genders.setdefault(best.group, gender)
        subject = w.dep[i] in _SUBJECTS
        speaks = subject and w.text[w.head[i]].casefold() in _SPEAK
        found = Mention(i, w.sent[i], best.group, best.name, subject, quote, "pronoun", speaks)
        out.append(found)
        recent.append(found)
    return out


def _score(
    w: Words,
    i: int,
    gender: str,
    quote: int,
    mention: Mention,
    genders: Mapping[int, str],
    counts: Counter[int],
    speakers: Mapping[int, int],
) -> float | None:
    """How well a mention fits a pronoun; None if it cannot be."""
    known = genders.get(mention.group)
    if known and known != gender:
        return None
    part, there = w.part[i], w.part[mention.token]
    if part != there and "caption" in (part, there):  # a caption stands between two paragraphs of the body
        return None
    distance = w.flow[i] - w.flow[mention.token]
    if distance > REACH:
        return None
    if quote < 0 <= mention.quote and distance == 0 and w.dep[i] in _SUBJECTS and w.text[w.head[i]].casefold() in _SPEAK:
        return None  # nobody speaks of himself by name
    if quote >= 0 and speakers.get(quote) == mention.group:
        return None
    word = w.text[i].casefold()
    same = distance == 0 and _verb(w, mention.token) == w.head[i] and mention.subject
    if word.endswith("self"):
        if distance:
            return None
        return 5.0 if same else 0.0
    if same and w.dep[i] in ("dobj", "iobj", "dative"):
        return None
    score = -0.7 * distance
    score += 0.9 if mention.subject else 0.0
    score += 0.5 if mention.speaks else 0.0
    score += 0.5 if known else 0.0
    score += min(counts[mention.group], 6) * 0.1
    score += 0.4 if mention.kind == "pronoun" else 0.0
    if mention.quote >= 0 and mention.quote != quote:
        score -= 0.8
    if distance == 0 and quote == mention.quote:
        score += 0.2
    return score


def _titles(
    w: Words,
    found: Sequence[Name],
    by_name: Mapping[int, Group],
    given: Mapping[int, Role],
    titles: Sequence[Title],
) -> list[Reference]:
    """`the minister` where a minister was named before: the last person with that word in the role."""
    holders: dict[str, Name] = {}
    out: list[Reference] = []
    names = sorted((name for name in found if name.first >= 0), key=lambda name: name.first)
    firsts = {name.first for name in names}
    position = 0
    for title in titles:
        while position < len(names) and names[position].first < title.first:
            role = given.get(id(names[position]), (None, None))[0]
            for word in (role or "").casefold().replace("-", " ").split():
                holders[word] = names[position]
            position += 1
        i = title.first - 1
        if i < 0 or w.text[i].casefold() != "the" or title.kind == "honorific" or title.last in firsts:
            continue
        if w.sent[i] != w.sent[title.first] or w.tag[title.last - 1] in ("NNS", "NNPS"):
            continue
        after = title.last
        if after < len(w.text) and (w.text[after] in ("of", "for", "-", "'s", "’s") or w.tag[after].startswith("NN")):
            continue
        holder = holders.get(w.text[title.last - 1].casefold())
        if holder is not None and by_name[id(holder)].label == "person":
            end = w.start[title.last - 1] + len(w.text[title.last - 1])
            out.append((w.start[i], end, "title", holder))
    return out
