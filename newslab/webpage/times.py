"""When a page was published and changed, by the times that it prints with a machine's reading beside them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from newslab.dates import is_change, read_date
from newslab.webpage.facts import Facts
from newslab.webpage.tree import Page, names_of

_CHANGED = frozenset(("modified", "updated", "update", "datemodified"))


def add_printed(facts: Facts, page: Page, lines: Iterable[int]) -> None:
    """Fill in the dates that the data of a page do not give, from the `<time datetime>` of its lines with a time."""
    if facts.published and facts.modified:
        return
    for i in sorted(lines):
        line = page.lines[i]
        known: set[Any] = set()
        for piece in line.pieces:
            for element in [*(e for role, e in piece.marks if role == "time"), piece.element]:
                value = _moment(element)
                if element in known or value is None:
                    continue
                known.add(element)
                before = line.text[max(0, piece.start - 40) : piece.start + 30]
                changed = bool(names_of(element) & _CHANGED) or is_change(before)
                name = "modified" if changed else "published"
                if getattr(facts, name) is None:
                    setattr(facts, name, value)


def _moment(element: Any) -> str | None:
    """The date in an element's attributes or in those of the elements right below it, as ISO 8601."""
    for inside in islice(element.iter(), 5):
        value = inside.get("datetime") or inside.get("data-datetime") or ""
        if value[:4].isdigit() and read_date(value)[0]:
            return str(value)
    return None
