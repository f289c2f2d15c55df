"""The body of a saved page: which lines trafilatura keeps, and where on the page they stand."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from newslab.layout.lines import normal
from newslab.webpage.tree import Page

WINDOW = 12  # lines below the last one that was found among which a piece of a line is looked for
LONGEST = 10_000  # letters of a line in which pieces are looked for
COVER = 0.6  # share of a line's letters that must be kept for all of it to be
WRAPPERS = 3  # boxes round a stretch of an article's text that hold nothing else
BEGIN = 40  # letters by which a line that was joined or cut is known
_LAYOUT = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "img", "form", "ul", "ol", "center", "blockquote", "hr")
)
_TEXT = re.compile(r"body|text|content|paragraph|story", re.IGNORECASE)  # in the names of boxes with text
_CELLS = re.compile(r"\s*\|\s*")
_ITEM = re.compile(r"^(?:[-*•]|\d{1,2}\.)\s+")


def unflattened(root: Any) -> Any:
    """A copy of a page in which tables that only place things are boxes, so that no paragraph becomes a cell."""
    root = deepcopy(root)
    for table in list(root.iter("table")):
        cells = [cell for row in table.iter("tr") for cell in row if cell.tag in ("td", "th")]
        rows = sum(1 for _ in table.iter("tr"))
        places = table.get("role") in ("presentation", "none") or len(cells) <= rows
        places = places or any(child.tag in _LAYOUT for cell in cells[:200] for child in cell.iterdescendants())
        if places or any(len("".join(cell.itertext())) > 300 for cell in cells[:200]):
            table.tag = "div"
            for part in list(table.iter("tr", "td", "th", "tbody", "thead", "tfoot", "caption")):
                part.tag = "div"
    for part in list(root.iter("tr", "td", "th", "tbody")):  # of tables that the page never opened
        if not any(parent.tag == "table" for parent in part.iterancestors()):
            part.tag = "div"
    return root


def _in_one_box(root: Any) -> Any:
    """A page with an article's text in one box that is set in several of one name, between pictures and quotations.

    Trafilatura takes the first box that is named as the text.
    """
    first = next((e for e in root.iter("div", "section") if e.get("itemprop") == "articleBody"), None)
    for _ in range(WRAPPERS):  # each may stand in a box of its own
        if first is None or first.getparent() is None or not _TEXT.search(first.get("class") or ""):
            return root
        alike = [e for e in first.itersiblings(first.tag) if e.get("class") == first.get("class")]
        if any(next(e.iter("p"), None) is not None for e in alike):
            break
        first = first.getparent() if len(first.getparent()) == 1 else None
    else:
        return root
    place = root.getroottree().getpath(first)
    root = deepcopy(root)
    first = root.getroottree().xpath(place)[0]
    last = [e for e in first.itersiblings(first.tag) if e.get("class") == first.get("class")][-1]
    for element in list(first.itersiblings()):
        first.append(element)
        if element is last:
            break
    return root


def body_lines(root: Any) -> list[str]:
    """The lines that trafilatura keeps: in its exact mode, else in the one that leaves least out."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    tree = unflattened(root) if next(root.iter("table"), None) is not None else root
    tree = _in_one_box(tree)
    for exact, greedy in ((True, False), (False, False), (False, True)):
        found = bare_extraction(
            deepcopy(tree), favor_precision=exact, favor_recall=greedy, with_metadata=False, include_comments=False
        )
        lines = (found.text or "").splitlines() if isinstance(found, Document) else []
        if kept := [line.strip() for line in lines if any(c.isalnum() for c in line)]:
            return kept
    return []


def located(page: Page, kept: list[str]) -> list[tuple[int | None, str]]:
    """Each body line with the page's line that it is, or None where it is none; in the page's words then."""
    keys = [normal(line.text) for line in page.lines]
    places: dict[str, list[int]] = {}
    begins: dict[str, int] = {}
    for i, key in enumerate(keys):
        places.setdefault(key, []).append(i)
        if len(key) >= BEGIN:
            begins.setdefault(key[:BEGIN], i)
    found: list[tuple[int | None, str]] = []
    last = -1
    for text in _split_cells(kept, places):
        key = normal(_ITEM.sub("", text))
        at = places.get(key) or places.get(normal(text))
        if at:
            # of a line that is printed twice, a caption's printing is not the paragraph
            plain = [i for i in at if page.lines[i].marked("caption") is None] or at
            i = next((i for i in plain if i > last), plain[0])
            found.append((i, page.lines[i].text))
            last = i
        else:
            begun = begins.get(key[:BEGIN]) if len(key) >= BEGIN else None
            found.append((begun, text))
            last = last if begun is None else max(last, begun)
    return _whole(page, keys, found)


def _whole(page: Page, keys: list[str], found: list[tuple[int | None, str]]) -> list[tuple[int | None, str]]:
    """The body with lines put together that trafilatura has cut where a word in them is marked."""
    held: dict[int, int] = {}  # line of the page -> letters of it that were kept as lines of their own
    owner: dict[int, int] = {}
    last = -1
    for n, (i, text) in enumerate(found):
        if i is not None:
            last = max(last, i)
        elif key := normal(text):
            near = range(max(0, last), min(len(keys), last + WINDOW))
            at = next((j for j in near if len(keys[j]) <= LONGEST and key in keys[j]), None)
            if at is not None:
                owner[n] = last = at
                held[at] = held.get(at, 0) + len(key)
    for i, text in found:
        if i in held:
            held[i] += len(normal(text))
    out: list[tuple[int | None, str]] = []
    done: set[int] = set()
    for n, (i, text) in enumerate(found):
        at = i if i in held else owner.get(n)
        if at is None or held[at] < COVER * len(keys[at]):
            out.append((i, text))
        elif at not in done:
            out.append((at, page.lines[at].text))
            done.add(at)
    return out


def _split_cells(kept: list[str], places: dict[str, list[int]]) -> list[str]:
    """Rows of tables: the cells of a row that are lines of prose by themselves, else the row with tabs between."""
    out: list[str] = []
    for text in kept:
        cells = [cell for cell in _CELLS.split(text) if cell] if "|" in text else []
        if len(cells) > 0 and (text.startswith("|") or text.endswith("|")) and normal(text) not in places:
            whole = all(normal(cell) in places for cell in cells) and any(len(cell.split()) >= 8 for cell in cells)
            cells = [cell for cell in cells if any(c.isalnum() for c in cell)]
            out += cells if whole else ["\t".join(cells)] * bool(cells)
        else:
            out.append(text)
    return out
