"""Boxes beside the text of a saved page that hold one of its pictures, and nothing else."""

from __future__ import annotations

from itertools import islice
from typing import Any

from newslab.webpage.tree import OUTSIDE_TAGS, Page, PageLine, leads_away, names_of, words_for

LINES = 4  # of a picture's caption and credit


def let_in_figures(page: Page) -> None:
    """Forget boxes with a picture and its caption alone: `aside` or `promo-image` to some systems."""
    lines: dict[Any, list[PageLine]] = {}
    for line in page.lines:
        for box in line.outside:
            lines.setdefault(box, []).append(line)
    boxes = {box for box, held in lines.items() if len(held) <= LINES and _is_figure(page, box, held)}
    for line in page.lines if boxes else ():
        line.outside = tuple(box for box in line.outside if box not in boxes)


def _is_figure(page: Page, box: Any, held: list[PageLine]) -> bool:
    names = names_of(box) & words_for("outside")
    if (box.tag in OUTSIDE_TAGS and box.tag != "aside") or not names <= words_for("beside"):
        return False
    said = all(role in ("caption", "credit") for line in held for role in _first_roles(line))
    named = any(line.marked("caption") is not None for line in held)
    return said and named and page.sizes[box][1] == 1 and not any(map(leads_away, islice(box.iter("a"), 10)))


def _first_roles(line: PageLine) -> list[str]:
    """The role of each of a line's pieces: that of the caption or credit which it is in, if it is in one."""
    return [next((r for r, _ in piece.marks if r in ("caption", "credit")), "") for piece in line.pieces]
