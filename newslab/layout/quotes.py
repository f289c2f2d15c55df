"""Stretches between quotation marks: double ones, or single curly ones where an outlet quotes with those."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import zip_longest

from newslab.records import Span

_MARK = re.compile(r"[\"“”„‟«»″]|''|``")
_SINGLE_OPEN = re.compile(r"(?<![\w’‘.,])‘(?=[\w“£$€\[(…])")
_SINGLE_CLOSE = re.compile(r"’(?!\w)")


def quoted_spans(text: str) -> list[Span]:
    """Stretches within quotation marks, the marks included, in order and without overlap.

    Marks may be straight, curly, low, doubled (`''` and two backticks) or guillemets. A quotation that
    is left open ends with its paragraph (a line that no small letter continues); one that goes on is
    opened anew there. A mark that closes what nobody opened is passed over, and so are marks round nothing.
    Single curly marks count where a text opens more quotations with them than with double ones, as many
    British papers do; in other texts they stand within quotations or round a word.

    Examples
    --------
    >>> text = 'He said "no". “We left,” she said.'
    >>> [text[start:end] for start, end in quoted_spans(text)]
    ['"no"', '“We left,”']
    >>> text = "‘The workers’ pay is fine,’ she said."
    >>> [text[start:end] for start, end in quoted_spans(text)]
    ['‘The workers’ pay is fine,’']
    """
    double = _double(text)
    if "‘" not in text:
        return double
    single = _single(text)
    if len(outermost(single, double)) <= len(outermost(double, single)):
        return double
    spans: list[Span] = []
    for start, end in sorted([*single, *double], key=lambda span: (span[0], -span[1])):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def outermost(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The spans that lie in none of the others."""
    starts = [start for start, _ in others]
    places = [bisect_right(starts, start) - 1 for start, _ in spans]
    return [span for span, i in zip(spans, places, strict=True) if i < 0 or others[i][1] < span[1]]


def _single(text: str) -> list[Span]:
    """Stretches between single curly marks, told from apostrophes by what stands around them."""
    spans: list[Span] = []
    position = 0
    raws = text.splitlines(keepends=True)
    for raw, below in zip_longest(raws, raws[1:], fillvalue=""):
        line = raw.rstrip()
        opens = [match.start() for match in _SINGLE_OPEN.finditer(line)]
        for start, limit in zip_longest(opens, opens[1:], fillvalue=len(line)):
            close = _single_close(line, start + 1, limit)
            # one that nothing closes goes on in the next paragraph, or is no quotation
            if close is None and limit == len(line) and (below.lstrip()[:1] == "‘" or not below.strip()):
                close = len(line)
            if close is not None and close > start + 2:
                spans.append((position + start, position + close))
        position += len(raw)
    return spans


def _single_close(line: str, start: int, limit: int) -> int | None:
    """Where a quotation ends that was opened before `start`: behind a stop or comma if there is one there."""
    marks = [match.start() for match in _SINGLE_CLOSE.finditer(line, start, limit)]
    behind_stop = [at for at in marks if line[at - 1] in ".,?!…—–:;"]
    no_genitive = [at for at in marks if not (line[at - 1] == "s" and re.match(r"’ [a-z]", line[at : at + 3]))]
    best = (behind_stop or no_genitive or marks)[:1]
    return best[0] + 1 if best else None


def _double(text: str) -> list[Span]:
    """Stretches between double marks."""
    spans: list[Span] = []
    opened: int | None = None
    position = 0
    raws = text.splitlines(keepends=True)
    for raw, below in zip_longest(raws, raws[1:], fillvalue=""):
        line = raw.rstrip()
        for match in _MARK.finditer(line):
            if opened is None:
                if _opens(line, match):
                    opened = position + match.start()
            elif _closes(line, match):
                spans.append((opened, position + match.end()))
                opened = None
        # a line that was wrapped goes on below with a small letter
        if opened is not None and not below[:1].islower():
            if position + len(line) > opened + 1:
                spans.append((opened, position + len(line)))
            opened = None
        position += len(raw)
    return [(start, end) for start, end in spans if any(c.isalnum() for c in text[start:end])]


def _around(line: str, match: re.Match[str]) -> tuple[str, str, str]:
    """A mark, the character before and the one after it, empty at the line's ends."""
    start, end = match.span()
    return match[0], line[max(0, start - 1) : start], line[end : end + 1]


def _opens(line: str, match: re.Match[str]) -> bool:
    """Whether a mark outside a quotation opens one."""
    mark, before, after = _around(line, match)
    if mark in "“„‟«" or mark == "``":
        return (bool(after) and not after.isspace()) or mark == "«"
    if mark == "”":
        return False
    # a straight mark opens before a word and not behind one; 6'2" and a stray closing mark do neither
    if not after or after.isspace() or before.isalnum():
        return False
    return not (before and before in ".,!?;)…" and not after.isalnum())


def _closes(line: str, match: re.Match[str]) -> bool:
    """Whether a mark within a quotation closes it: any that does not clearly open one."""
    mark, before, after = _around(line, match)
    if mark in "„‟«" or mark == "``":
        return False
    if mark == "“":  # closes in German, opens a quotation within one in English
        return bool(before) and not before.isspace() and not after.isalnum()
    return not (mark in "\"″''" and before.isspace() and after.isalnum())


def voice(text: str, start: int, end: int, quotes: Sequence[Span], starts: Sequence[int]) -> str:
    """Whose words a stretch has: `quoted` if all lie within quotation marks, `mixed` if some, else `outlet`.

    >>> text = '"We left," she said.'
    >>> voice(text, 0, len(text), [(0, 10)], [0]), voice(text, 0, 10, [(0, 10)], [0])
    ('mixed', 'quoted')
    """
    inside = outside = False
    position = start
    i = max(0, bisect_right(starts, start) - 1)
    while i < len(quotes) and quotes[i][0] < end:
        a, b = max(quotes[i][0], start), min(quotes[i][1], end)
        if b > a:
            outside = outside or any(c.isalnum() for c in text[position:a])
            inside = inside or any(c.isalnum() for c in text[a:b])
            position = b
        i += 1
    outside = outside or any(c.isalnum() for c in text[position:end])
    return "mixed" if inside and outside else "quoted" if inside else "outlet"
