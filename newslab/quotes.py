"""Stretches between double quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from newslab.records import Span

_MARK = re.compile(r"[\"“”„‟«»″]|''|``")


def quoted_spans(text: str) -> list[Span]:
    """Stretches within double quotation marks, the marks included, in order and without overlap.

    Marks may be straight, curly, low, doubled (`''` and two backticks) or guillemets. A quotation that
    is left open ends with its paragraph (a line); one that goes on is opened anew there. A mark that
    closes what nobody opened is passed over.

    Examples
    --------
    >>> text = 'He said "no". “We left,” she said.'
    >>> [text[start:end] for start, end in quoted_spans(text)]
    ['"no"', '“We left,”']
    """
    spans: list[Span] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        line = raw.rstrip()
        opened: int | None = None
        for match in _MARK.finditer(line):
            if opened is None:
                if _opens(line, match):
                    opened = match.start()
            elif _closes(line, match):
                spans.append((position + opened, position + match.end()))
                opened = None
        if opened is not None and len(line) > opened + 1:
            spans.append((position + opened, position + len(line)))
        position += len(raw)
    return spans


def _around(line: str, match: re.Match[str]) -> tuple[str, str, str]:
    """A mark, the character before and the one after it, empty at the line's ends."""
    start, end = match.span()
    return match[0], line[max(0, start - 1) : start], line[end : end + 1]


def _opens(line: str, match: re.Match[str]) -> bool:
    """Whether a mark outside a quotation opens one."""
    mark, before, after = _around(line, match)
    if mark in "“„‟«" or mark == "``":
        return bool(after) and not after.isspace() or mark == "«"
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
    if mark in "\"″''" and before.isspace() and after.isalnum():
        return False
    return True


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
