"""Points that sum a report up above its text: `Summary`, `Key points`, `Das Wichtigste in Kürze`.

They are no standfirst, and each says again what a paragraph says. So they are kept as furniture, which is not
parsed, and what somebody says in the report counts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from newslab import rules
from newslab.layout.lines import Line, normal

LEAST, MOST = 4, 45  # words of a point
AHEAD = 4  # lines of the body above which a label of points may stand
_BULLETS = "•●▪◦‣*–-·"


@cache
def _labels() -> frozenset[str]:
    return frozenset(normal(row["form"]) for row in rules.read("points_labels"))


def is_points_label(text: str) -> bool:
    """Whether a line is what stands above points that sum a report up.

    >>> is_points_label("Key points:"), is_points_label("Key points of the treaty")
    (True, False)
    """
    return len(text) <= 60 and normal(text) in _labels()


def is_point(text: str) -> bool:
    """Whether a line is as long as a point."""
    return LEAST <= len(text.split()) <= MOST


def label_points(page: Sequence[Line], parts: list[str | None], kinds: list[str | None], top: int, free: int) -> None:
    """Label the points of a page copy, up to a few lines below the first paragraph (`free`), and what stands above."""
    for i in range(top, min(len(page), free + AHEAD)):
        if not is_points_label(page[i].text) or parts[i] is not None:
            continue
        end = i + 1
        while end < len(page) and parts[end] is None and kinds[end] is None and is_point(page[end].text):
            line = page[end]
            listed = line.text[0] in _BULLETS or not line.terminal
            if not listed or (line.gap and end > i + 1 and line.text[0] not in _BULLETS):
                break
            end += 1
        if end > i + 2:
            kinds[i] = "line"
            parts[i + 1 : end] = ["furniture"] * (end - i - 1)
            return
