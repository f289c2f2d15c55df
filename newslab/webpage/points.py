"""Points that sum a report up above its text, on a saved page: in a list with a label or a name that says so."""

from __future__ import annotations

from itertools import islice
from typing import Any

from newslab.layout.points import is_point, is_points_label
from newslab.webpage.tree import Page, PageLine, names_of, words_for

AHEAD = 4  # lines of the body above which points may begin
AROUND = 4  # elements round a line, among which its list and the box with the list's name are
SHARE = 0.3  # of a page's characters; a larger box is no list of points
NOTE = 15  # words of a line that closes their box
MANY = 12  # points


def find_points(page: Page, top: int | None, body: list[int]) -> tuple[list[int], set[int]]:
    """The lines that are points between headline and text, and the lines of their label.

    Those of a list that no label and no name explains are left: below a headline they are its standfirst, in the
    text they are text.
    """
    if top is None or not body:
        return [], set()
    end = body[min(AHEAD, len(body) - 1)]
    for i in range(top + 1, end + 1):
        line = page.lines[i]
        labels: set[int] = set()
        if is_points_label(line.text):
            labels.add(i)
            box = line.element.getparent()
            points = _run(page, i + 1, [_list(page, i + 1), box])
        elif line.outside or not is_point(line.text):
            continue
        else:
            box = _list(page, i)
            points = _run(page, i, [box]) if box is not None and _is_named(page, box) else []
            if not points:
                points, labels = _paragraphs(page, i)
        if 1 < len(points) < MANY and any(k > points[-1] for k in body):
            return points, labels | _notes(page, points[-1], box if labels else None)
    return [], set()


def _notes(page: Page, last: int, box: Any) -> set[int]:
    """The lines that close a labelled box of points: `Summary by a machine`, `Was this helpful?`."""
    whole = page.sizes.get(page.root, (0, 0))[0]
    found: set[int] = set()
    if box is None or page.sizes.get(box, (whole, 0))[0] > SHARE * whole:
        return found
    for i in range(last + 1, min(len(page.lines), last + AROUND)):
        line = page.lines[i]
        if box not in (line.element, *line.element.iterancestors()) or len(line.text.split()) > NOTE:
            break
        found.add(i)
    return found


def _run(page: Page, start: int, boxes: list[Any]) -> list[int]:
    """The lines from one on that stand in the first of some boxes that is small, if all of them could be points."""
    for box in boxes:
        if box is None or box.tag in ("body", "html", "main", "article"):
            continue
        if page.sizes.get(box, (0, 0))[0] > SHARE * page.sizes.get(page.root, (0, 0))[0]:
            continue
        found: list[int] = []
        for i in range(start, min(len(page.lines), start + MANY)):
            if not any(e is box for e in page.lines[i].element.iterancestors()):
                break
            found.append(i)
        lines = [page.lines[i] for i in found]
        if len(found) > 1 and all(_fits(line) for line in lines):
            return found
    return []


def _fits(line: PageLine) -> bool:
    return is_point(line.text) and not line.linked and line.marked("caption") is None


def _paragraphs(page: Page, i: int) -> tuple[list[int], set[int]]:
    """Points in paragraphs of a small box that is named after them, and the headings between them."""
    above = islice(page.lines[i].element.iterancestors(), AROUND)
    box = next((e for e in above if names_of(e) & (words_for("points") - {"summary"})), None)
    if box is None or not _is_named(page, box):
        return [], set()
    start = i - 1 if page.lines[i - 1].element.getparent() is box else i
    lines = [k for k in range(start, min(len(page.lines), i + MANY)) if box in page.lines[k].element.iterancestors()]
    heads = {k for k in lines if page.lines[k].element.tag in ("h2", "h3", "h4")}
    points = [k for k in lines if k not in heads]
    return (points, heads) if heads and all(_fits(page.lines[k]) for k in points) else ([], set())


def _list(page: Page, i: int) -> Any:
    """The list that a line is an item of, or None."""
    if i >= len(page.lines):
        return None
    element = page.lines[i].element
    around = [element, *islice(element.iterancestors(), AROUND)]
    if not any(e.tag == "li" for e in around):
        return None
    return next((e for e in around if e.tag in ("ul", "ol")), None)


def _is_named(page: Page, box: Any) -> bool:
    """Whether a list, or a small box round it, is named after points that sum up."""
    whole = page.sizes.get(page.root, (0, 0))[0]
    for element in [box, *islice(box.iterancestors(), AROUND - 1)]:
        if element.tag in ("body", "html", "main", "article") or page.sizes.get(element, (0, 0))[0] > SHARE * whole:
            return False
        if names_of(element) & words_for("points") or is_points_label(element.get("aria-label") or ""):
            return True
    return False
