"""Interviews and transcripts: each turn is a statement of the one whose name, or Q or A, stands before it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from newslab.attribution.cast import Profile
from newslab.attribution.drafts import Draft
from newslab.attribution.phrases import Scene, profiled
from newslab.attribution.speakers import Speaker
from newslab.layout.turns import Turn
from newslab.tree import Range, Tree

TURN = "turn"
SURE = 0.97  # 31 of 32 on the articles of PolNeAR train whose annotators marked turns; in one of 40 turns nobody did
ASKS = 0.6  # share of an interviewer's turns that end with a question


def spoken_drafts(t: Tree, turns: Sequence[Turn], parts: Sequence[str | None]) -> list[Draft]:
    """A draft for each turn of the body, from the `parts` of the page that its tokens are in."""
    out = []
    for turn in turns:
        first, said = bisect_left(t.starts, turn.start), bisect_left(t.starts, turn.said)
        last = bisect_left(t.starts, turn.end)
        name = [i for i in range(first, said) if t.starts[i] < turn.label_end and t.words[i][:1].isalnum()]
        content = _stretches(range(said, last), parts)
        if name and content and parts[first] == "body":
            cue = tuple(i for i in range(first, said) if t.starts[i] <= turn.mark < t.ends[i] and i not in name)
            aside = next((i for i in range(first, name[-1]) if t.words[i] in ("(", "[")), said)
            name = [i for i in name if i < aside] or name
            comma = next((i for i in range(first, name[-1]) if t.words[i] == ","), said)
            head = max((i for i in name if i < comma), default=name[-1])
            out.append(Draft(-1, ":", "speech", TURN, cue, content, (first, name[-1] + 1), head, sure=SURE))
    return out


def _stretches(tokens: range, parts: Sequence[str | None]) -> list[Range]:
    """Runs of tokens of the body."""
    out: list[Range] = []
    for i in tokens:
        if parts[i] != "body":
            continue
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return out


def beside(t: Tree, found: Sequence[Draft], spoken: Sequence[Draft]) -> list[Draft]:
    """The drafts that lie in no turn, and the turns: of what stands within a statement, the outer one counts."""
    taken = [False] * len(t)
    for draft in spoken:
        for a, b in (*draft.content, draft.source or (0, 0)):
            taken[a:b] = [True] * (b - a)
    free = [d for d in found if not any(taken[i] for i in d.cue) and not any(True in taken[a:b] for a, b in d.content)]
    return [*free, *spoken]


def in_turn(s: Scene, who: Speaker, start: int, turns: Sequence[Turn]) -> Speaker:
    """The speaker of the turn whose label is at `start`: who Q and A are, and that who only asks is a journalist."""
    key = next((turn.key for turn in turns if turn.start == start), "")
    if key == "a":
        person = _introduced(s, turns[0].start)
        return profiled(person, start) if person is not None else Speaker(None, (), "unnamed")
    if key == "q":
        one = s.cast.authors[0] if s.cast.authors else None
        return Speaker(one.name, (one.entity_id,), "named", "media") if one else Speaker(None, (), "unnamed", "media")
    return who._replace(actor_type="media") if who.role is None and key == _asker(s.t.text, turns) else who


def _asker(text: str, turns: Sequence[Turn]) -> str | None:
    """The key of the one who asks, if one does and the others do not."""
    said, asked = Counter(turn.key for turn in turns), Counter[str]()
    for turn in turns:
        asked[turn.key] += "?" in text[turn.said : turn.end]
    likely = [key for key, n in said.items() if n > 1 and asked[key] >= ASKS * n]
    return likely[0] if len(likely) == 1 else None


def _introduced(s: Scene, first: int) -> Profile | None:
    """The person whom a text names most before its first turn, its author aside."""
    authors = {profile.entity_id for profile in s.cast.authors}
    named: Counter[str] = Counter()
    for i, mention in enumerate(s.at):
        if s.t.starts[i] >= first:
            break
        if mention is not None and mention.label == "person" and mention is not s.at[i - 1]:
            named[mention.entity_id] += mention.entity_id not in authors
    best = max(named, key=lambda k: named[k], default=None)
    return s.cast.profiles.get(best) if best is not None else None
