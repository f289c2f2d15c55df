"""Interviews and transcripts: lines that begin with who is speaking, turn after turn.

A list of facts ("Time: 7pm") has such lines, too. What tells a conversation is that its labels come again, that
at least two of them take turns, and that people ask, or say I and you.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

LEAST = 4  # turns of a conversation
APART = 12  # lines without a label, between two turns, after which a conversation is over
LABEL = 90  # characters of the longest label
_ASIDE = re.compile(r"\s*[(\[][^()\[\]\n\d]{1,40}[)\]]")
_LETTER = re.compile(r"([QA])[:.][ \t]+(?=\S)")
_LINKS = r"of|the|and|de|van|for|&"  # small words of a label
_UPPER = "[A-Z\u00c0-\u00de]"
_NAMED = re.compile(
    rf"((?:{_UPPER}[\w.'’\-]*|{_LINKS})(?:,? (?:(?:{_UPPER}|[(\[])[\w.'’)\]\-]*|{_LINKS})){{0,11}})"
    rf"((?:{_ASIDE.pattern})?):[ \t]+(?=[^\s/])"
)
_TALK = re.compile(r"\?|\b(?:I|you|we|us|me|my|your|our|yes|no|thanks?|okay|well)\b(?!\.)", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[].*[)\]]\.?\Z")


class Turn(NamedTuple):
    """What one speaker says at one time; offsets count characters of the text."""

    start: int  # of the label
    label_end: int
    mark: int  # of the colon or full stop behind the label
    said: int  # where what is said begins
    end: int  # where the last line of it ends
    key: str  # the same for all turns of a speaker: a last name, or "q" and "a"


@lru_cache(maxsize=8)  # segments, sentences and statements ask of the same text, one after the other
def turns(text: str) -> tuple[Turn, ...]:
    """The turns of an interview or a transcript, in order; none where a text is no conversation.

    A turn goes on to the next one; of the last, only its own line is known. Stage directions in brackets
    at its end are left out.

    Examples
    --------
    >>> text = "Q: Is it safe?\\n\\nA: It is.\\n\\nQ: Are you sure?\\n\\nA: We looked.\\n\\nTwice."
    >>> [(turn.key, text[turn.said : turn.end]) for turn in turns(text)][:2]
    [('q', 'Is it safe?'), ('a', 'It is.')]
    >>> turns("Time: 7pm\\nPlace: Town hall\\nCost: free\\nBring: shoes")
    ()
    """
    if text.count("\n") < LEAST - 1:
        return ()
    found: list[tuple[int, re.Match[str]]] = []  # number of the line, and its label
    spans: list[tuple[int, int]] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            label = _LETTER.match(text, start) or _NAMED.match(text, start, start + LABEL + 8)
            if label and label.end(1) - label.start(1) <= LABEL and label.end() < start + len(stripped):
                found.append((len(spans), label))
            spans.append((start, start + len(stripped)))
        position += len(raw)
    run = _conversation(found)
    out = []
    for k, (line, label) in enumerate(run):
        last = run[k + 1][0] - 1 if k + 1 < len(run) else line
        while last > line and _BRACKETED.match(text, *spans[last]):
            last -= 1
        mark = label.end(1 if label.re is _LETTER else 2)
        out.append(Turn(label.start(), label.end(1), mark, label.end(), spans[last][1], _key(label)))
    talk = sum(_TALK.search(text, turn.said, turn.end) is not None for turn in out)
    return tuple(out) if 2 * talk >= len(out) else ()


def _conversation(found: list[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """The longest run of labels, none far from the next, in which at least two speakers take turns."""
    runs: list[list[tuple[int, re.Match[str]]]] = []
    for item in found:
        if runs and item[0] - runs[-1][-1][0] <= APART:
            runs[-1].append(item)
        else:
            runs.append([item])
    best = max(runs, key=len, default=[])
    counts = Counter(_key(label) for _, label in best)
    while best and counts[_key(best[0][1])] == 1 and not best[0][1][1].isupper():
        del best[0]  # "Transcript: ..."
    while best and counts[_key(best[-1][1])] == 1 and not best[-1][1][1].isupper():
        del best[-1]
    again = [key for key, n in counts.items() if n > 1]
    alternate = sum(_key(a[1]) != _key(b[1]) for a, b in pairwise(best))
    enough = len(best) >= LEAST and len(again) >= 2 and sum(counts[key] for key in again) >= 0.6 * len(best)
    return best if enough and 2 * alternate >= len(best) - 1 else []


def _key(label: re.Match[str]) -> str:
    """The last word of a label, without an office behind a comma or an aside in brackets."""
    name = _ASIDE.sub("", label[1]).split(",")[0].split()
    return name[-1].casefold().strip(".") if name else ""
