"""What belongs together among the spans that the encoder tags: each content finds its cue, each cue its source.

The encoder tags spans well; which of them make one attribution the order of words and the parse tell
better. Two conditional logits weigh them, fitted by `benchmarks/fit_statements.py`.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from newslab.attribution.cues import is_passive, source_range, subject
from newslab.tree import Range, Tree

if TYPE_CHECKING:
    import numpy as np

NEAR = 80  # tokens between a cue and what belongs to it
COLON = 12  # tokens before a colon among which its noun is sought
GAP = 20  # tokens looked at between two spans
# what speaks for a cue as that of a content; the last is the weight of having none
CUE_FACTS = ("distance", "same sentence", "paragraphs", "before", "cues between", "next to it", "governs",
             "governed", "sure", "tagged", "none")  # fmt: skip
# what speaks for a source as that of a cue; the last three are of having none
SOURCE_FACTS = ("sure", "tagged", "distance", "same sentence", "paragraphs", "before", "sources between",
                "cues between", "understood", "not understood", "governed", "next to it", "within its content",
                "none", "none, passive", "none, nobody understood")  # fmt: skip


class Span(NamedTuple):
    """A stretch of tokens of one role, and how probable the encoder finds it."""

    first: int
    last: int
    sure: float
    tagged: bool  # by the encoder; else by the rules alone


class Cue(NamedTuple):
    """A cue, with its head and who is its source by the parse alone."""

    span: Span
    verb: int
    understood: int | None


def logit(p: float) -> float:
    """Log odds of a probability, within those of one in a thousand."""
    p = min(max(p, 0.001), 0.999)
    return math.log(p / (1 - p))


def understood(t: Tree, verb: int, first: int) -> int | None:
    """The head of a cue's source by the parse alone; None where nobody is understood.

    A colon (`verb` is -1), at token `first`, belongs to the noun before it.
    """
    if verb < 0:
        start = max(t.sentence[first], first - COLON)
        nouns = [i for i in range(start, first) if t.pos[i] in ("PROPN", "NOUN", "PRON")]
        tops = [i for i in nouns if not start <= t.heads[i] < first or t.heads[i] == i]
        return (tops or nouns)[-1] if nouns else None
    if t.words[verb] == "according" and verb + 1 < len(t):
        return t.child(verb + 1, "pobj")
    if t.pos[verb] not in ("VERB", "AUX"):
        return t.child(verb, "poss")
    agent = t.child(verb, "agent")
    if is_passive(t, verb):
        return t.child(agent, "pobj") if agent is not None else None
    return subject(t, verb)


def understood_range(t: Tree, cue: Cue) -> Range | None:
    """The noun phrase of who is understood to be a cue's source."""
    head = cue.understood
    if head is None or t.words[head] == "it" or abs(head - cue.span.first) > NEAR:
        return None
    first, last = source_range(t, head, max(cue.verb, cue.span.first))
    return (first, min(last, cue.span.first)) if cue.verb < 0 else (first, last)


def _between(a: Span, b: Span) -> tuple[int, int]:
    return (a.last, b.first) if a.last <= b.first else (b.last, a.first)


def _breaks(t: Tree, low: int, high: int) -> int:
    return min(2, sum("\n" in t.words[i] for i in range(low, min(high, low + GAP))))


def cue_choices(t: Tree, content: Span, head: int, cues: list[Cue]) -> tuple[range, np.ndarray]:
    """The cues near a content, and what speaks for each (choices and none x CUE_FACTS)."""
    import numpy as np

    starts = [cue.span.first for cue in cues]
    low, high = bisect_left(starts, content.first - NEAR), bisect_right(starts, content.last + NEAR)
    split = bisect_left(starts, content.first)
    out = np.zeros((high - low + 1, len(CUE_FACTS)))
    for k in range(low, high):
        span, verb, _ = cues[k]
        a, b = _between(span, content)
        here = t.sentence[span.first]
        out[k - low, :10] = (
            math.log1p(max(0, b - a)),
            here in (t.sentence[content.first], t.sentence[content.last - 1]),
            _breaks(t, a, b),
            span.first < content.first,
            split - k - 1 if k < split else k - split,
            b - a < GAP and t.count(a, max(a, b)) == 0,
            verb >= 0 and (t.heads[head] == verb or span.first <= t.heads[head] < span.last),
            verb >= 0 and content.first <= t.heads[verb] < content.last,
            logit(span.sure),
            span.tagged,
        )
    out[-1, -1] = 1
    return range(low, high), out


def source_choices(
    t: Tree, cue: Cue, contents: list[Range], sources: list[Span], cues: list[int]
) -> tuple[range, np.ndarray]:
    """The sources near a cue, and what speaks for each (choices and none x SOURCE_FACTS).

    `cues` are the first tokens of all cues, in order.
    """
    import numpy as np

    span, verb, who = cue
    starts = [source.first for source in sources]
    low, high = bisect_left(starts, span.first - NEAR), bisect_right(starts, span.last + NEAR)
    split = bisect_left(starts, span.first)
    out = np.zeros((high - low + 1, len(SOURCE_FACTS)))
    for k in range(low, high):
        source = sources[k]
        a, b = _between(source, span)
        its = who is not None and source.first <= who < source.last
        out[k - low, :13] = (
            logit(source.sure),
            source.tagged,
            math.log1p(max(0, b - a)),
            t.sentence[source.first] == t.sentence[span.first],
            _breaks(t, a, b),
            source.first < span.first,
            split - k - 1 if k < split else k - split,
            bisect_left(cues, b) - bisect_left(cues, a),
            its,
            who is not None and not its,
            verb >= 0 and source.first <= t.heads[verb] < source.last,
            b - a < GAP and t.count(a, max(a, b)) == 0,
            any(p <= source.first < q for p, q in contents),
        )
    out[-1, -3:] = 1, verb >= 0 and is_passive(t, verb), who is None
    return range(low, high), out


def best(facts: np.ndarray, weights: np.ndarray) -> tuple[int, float]:
    """The most probable row, and how probable it is."""
    import numpy as np

    scores = facts @ weights
    shares = np.exp(scores - scores.max())
    k = int(shares.argmax())
    return k, float(shares[k] / shares.sum())
