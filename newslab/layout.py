"""What the lines of a page copy look like, and between which of them the article lies.

A browser's copy has lost every tag: what is left of a menu is a run of short lines without a full
stop, what is left of an article is a run of long ones with it. So each line is weighed by its form,
and the article is the stretch of lines with the largest sum (Bentley's maximum subarray), in which a
short line costs a little and a phrase that opens the part after an article costs much. Weights are
blind to the language; the phrases are a help where they are known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newslab import rules

_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_TERMINAL = re.compile(r"[.!?…。！？؟।][\"'”’»)\]）」』]*\Z")
_WORD = re.compile(r"[^\W\d_]+")
_KEEP = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Line:
    """A line that is not blank, without the blanks around it, and how it looks."""

    start: int
    end: int
    text: str
    gap: bool  # a blank line, or the start of the text, before it
    words: float
    terminal: bool  # ends as a sentence does
    lower: float  # share of words that begin with a small letter
    key: str  # letters and digits alone, small: equal for lines that a reader would call the same


def lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank.

    >>> [(line.text, line.gap, line.words) for line in lines("Share\\n\\n It rained. \\nMore")]
    [('Share', True, 1), ('It rained.', True, 2), ('More', False, 1)]
    """
    found = []
    position = 0
    gap = True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            found.append(look(stripped, start, gap))
        gap = not stripped
        position += len(raw)
    return found


def look(text: str, start: int, gap: bool) -> Line:
    """One stripped line and its form."""
    tokens = text.split()
    initials = [token[0] for token in tokens if token[0].isalpha()]
    wide = len(_WIDE.findall(text)) if not text.isascii() else 0
    words = max(len(tokens), wide * 0.6)
    lower = sum(c.islower() or not c.isupper() for c in initials) / len(tokens)
    return Line(
        start=start,
        end=start + len(text),
        text=text,
        gap=gap,
        words=words,
        terminal=_TERMINAL.search(text[-8:]) is not None,
        lower=lower,
        key=normal(text),
    )


def normal(text: str) -> str:
    """Letters and digits of a text, small, blanks between words: for comparing.

    >>> normal("The Bridge,  on Monday. ")
    'the bridge on monday'
    """
    return _KEEP.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


@cache
def _phrases() -> tuple[dict[str, str], tuple[str, ...]]:
    """Whole-line furniture phrases by kind, and phrases that furniture begins with."""
    whole: dict[str, str] = {}
    begin = []
    for row in rules.read("furniture"):
        if row["kind"] == "start":
            begin.append(row["phrase"].casefold())
        else:
            whole.setdefault(normal(row["phrase"]), row["kind"])
    return whole, tuple(begin)


def furniture_kind(line: Line) -> str | None:
    """`end` for a line that opens what follows an article, `line` for other furniture by its words.

    >>> furniture_kind(look("Related Stories", 0, True)), furniture_kind(look("Share", 0, True))
    ('end', 'line')
    """
    whole, begin = _phrases()
    if line.words <= 6:
        key = re.sub(r"^\d+ | \d+$", "", line.key)
        if key in whole:
            return whole[key]
    if line.words <= 45 and line.text.casefold().startswith(begin):
        return "line"
    return None


def weight(line: Line, kind: str | None) -> float:
    """How much a line looks like a paragraph of an article: above 0 if more like one than not."""
    words = line.words
    if kind == "end":
        return -12.0 if words > 1 else -6.0
    if kind == "line":
        return -1.5
    if words >= 4 and line.lower < 0.35 and not line.terminal:
        return -1.5
    if line.terminal:
        if words >= 8:
            return min(2.0 + words / 8, 9.0)
        return 0.5 if words >= 3 else -0.5
    if words >= 25:
        return 2.5
    if words >= 12:
        return 0.0
    return -1.0


def article_range(weights: Sequence[float]) -> tuple[int, int]:
    """First and last index, the last not included, of the largest sum; (0, 0) if none is above 0.

    >>> article_range([-1, 3, -1, 4, -9, 5])
    (1, 4)
    """
    best, best_range = 0.0, (0, 0)
    total, first = 0.0, 0
    for i, value in enumerate(weights):
        if total <= 0:
            total, first = 0.0, i
        total += value
        if total > best:
            best, best_range = total, (first, i + 1)
    return best_range
