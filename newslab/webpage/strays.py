"""Stretches among the body's lines that are none of it: boxes of other matter, quotations set large."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any

from newslab import rules
from newslab.layout.credits import is_name_like
from newslab.layout.lines import furniture_kind, is_about, look, normal
from newslab.webpage.tree import Page, names_of, words_for

STRAY = 0.2  # share of the body below which a box that is named as something else (a sign-up) is none of it
LONG_QUOTE = 60  # words; a longer quotation is text
BARE = 30  # words of a quotation that is no sentence
REPEATED = 4  # words of a quotation from which it is known as one that is repeated
ASKED = 500  # characters of a box with a field in it
BETWEEN = 8  # lines that part a stretch below the body from it
EDGE = 3  # lines at the body's beginning that may belong to a box above it
FIELDS = 200  # fields of a page that are looked at
QUOTES = 100  # quotations of a page that are looked at
NEAR = 5  # elements between a line and the box of the quotation that it stands in
_SOURCES = frozenset(("cite", "footer", "figcaption"))

_REACH = re.compile(
    r"(?:You can )?(?:contact|reach|e-?mail|follow|call|write to) (?:him|her|them|us|[A-Z]\w+)\b.{0,60}(?:@| at | on )",
    re.I,
)
_ASKS = re.compile(  # Questions or tips? Write to us at post@dubna.example.
    r"[^\W\d_][^.?!]{2,60}\? (?:please )?(?:contact|reach|e-?mail|call|write|send|drop|get in touch)\b[^?!]{0,80}@",
    re.I,
)
_SOURCE = re.compile(r"(?:Sources?|Quellen?|Fuentes?|Fontes?|Fonti|Bron(?:nen)?|Źródło): ?(?=[^\W\d_])")
_POSTED = re.compile(r"[—–-]\s.{1,80}\(@\w{1,30}\)")  # below what somebody posted: — Dubna Rovers (@dubna)


Found = list[tuple[int | None, str]]


@cache
def _about() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands behind a writer's name in a line about the writer, and a note on how an article was made."""
    forms: dict[str, list[str]] = {}
    for row in rules.read("about_lines"):
        forms.setdefault(row["kind"], []).append(re.escape(row["form"]))
    works, texts, made = ("|".join(forms[kind]) for kind in ("writer", "text", "made"))
    return (
        re.compile(rf"(?:\W*\w+){{0,2}}?\W*\b(?:{works})\b", re.IGNORECASE),
        re.compile(rf"this (?:{texts}) (?:was|is|has been) (?:{made})\b", re.IGNORECASE),
    )


def without_boxes(page: Page, found: Found, body: list[int]) -> Found:
    """The body without lines in boxes that hold something else; `body` is changed to the lines that are left."""
    return _without(found, body, _boxed(page, found, body))


def without_quotes(page: Page, found: Found, body: list[int]) -> Found:
    """The body without quotations that are set large; `body` is changed to the lines that are left."""
    return _without(found, body, _displayed(page, found, body))


def is_about_writer(text: str, names: Iterable[str]) -> bool:
    """Whether a line tells of one of an article's writers, as papers print it at the foot.

    >>> is_about_writer("Ana Vries covers rivers.", ["Ana Vries"]), is_about_writer("Ana Vries swam.", ["Ana Vries"])
    (True, False)
    """
    if len(text) > 600 or any(mark in text for mark in '"“”„«'):
        return False
    low = text.casefold()
    named = (text[len(name) :] for name in names if low.startswith(name.casefold()))
    if _REACH.match(text) or _ASKS.match(text):
        return True
    return any(_about()[0].match(rest) for rest in named)


def is_source(text: str) -> bool:
    """Whether a line says only whom a report is from, as some print it at the foot.

    >>> is_source("Source: Dubna Post and agencies"), is_source("Source: it was he who told us.")
    (True, False)
    """
    label = _SOURCE.match(text)
    names = re.sub(r"\b(?:and|with|news|agenc(?:y|ies))\b", "", text[label.end() :]).strip() if label else ""
    return len(names.split()) <= 8 and is_name_like(names)


def _without(found: Found, body: list[int], gone: set[int]) -> Found:
    body[:] = [i for i in body if i not in gone]
    return [(i, text) for i, text in found if i not in gone]


def _boxed(page: Page, found: Found, body: list[int]) -> set[int]:
    """Lines in boxes that are named or headed as something else and hold little of the body."""
    held: dict[Any, int] = {}
    for i, text in found:
        for box in page.lines[i].outside if i is not None else ():
            held[box] = held.get(box, 0) + len(text)
    whole = sum(len(text) for _, text in found)
    stray = {box for box, size in held.items() if size < STRAY * whole}
    gone = {i for i in body if stray.intersection(page.lines[i].outside)}
    headed = _headed(page, whole) | _asking(page, whole) | _offering(page, body, whole)
    gone |= _far_below(page, body)
    gone |= {i for i in body if _is_pointer(page, i)} | {
        i for i in [*body[:EDGE], *body[-EDGE:]] if _about()[1].match(page.lines[i].text)
    }
    return gone | {i for i in body if headed and any(e in headed for e in page.lines[i].element.iterancestors())}


def common_box(page: Page, body: list[int]) -> Any:
    """The smallest element that holds most of the body, or None where there is none."""
    if not body:
        return None
    counts: dict[Any, int] = {}
    for i in body[:200]:
        for element in page.lines[i].element.iterancestors():
            counts[element] = counts.get(element, 0) + 1
    need = 0.8 * min(len(body), 200)
    return next((e for e in page.lines[body[len(body) // 2]].element.iterancestors() if counts.get(e, 0) >= need), None)


def _far_below(page: Page, body: list[int]) -> set[int]:
    """The last lines where they stand outside the box with the body, and much that is none of it lies between."""
    box = common_box(page, body)
    gone: set[int] = set()
    for last, i in zip(reversed(body[:-1]), reversed(body), strict=False):
        if box is None or any(e is box for e in page.lines[i].element.iterancestors()) or i in body[:EDGE]:
            break
        if i - last > BETWEEN:
            gone = {k for k in body if k >= i}
    return gone


def _is_pointer(page: Page, i: int) -> bool:
    """Whether a line is a label and a link: `Also see: The ferry that never sailed`."""
    line = page.lines[i]
    label = next((piece.start for piece in line.pieces if piece.linked), 0)
    head, link = line.text[:label].strip(), line.text[label:]
    alone = all(piece.linked for piece in line.pieces if piece.start >= label)
    return alone and head.endswith(":") and len(head.split()) <= 3 and len(link.split()) >= 4 and link[-1] != "."


def _headed(page: Page, whole: int) -> set[Any]:
    """Small boxes whose first line says that they hold something else: comments, about the author, related topics."""
    found: set[Any] = set()
    for line in page.lines:
        box = line.element.getparent()
        if line.pieces[0].element.getparent() is line.element and len(line.element) > 1:
            box = line.element  # a heading in no block of its own
        elif line.element.getprevious() is not None:
            continue
        if box is None or box.tag in ("body", "html", "main", "article", "p", "li"):
            continue
        seen = look(line.text)
        facts = (
            line.element.tag in ("h2", "h3", "h4") and box is not line.element and names_of(box) & words_for("fact box")
        )
        if not facts and furniture_kind(seen) not in ("end", "box") and not is_about(seen):
            continue
        if page.sizes.get(box, (whole, 0))[0] < STRAY * whole:
            found.add(box)
    return found


def _offering(page: Page, body: list[int], whole: int) -> set[Any]:
    """Small boxes of which one line is furniture (`Unlock the newsletter`) and another was kept as body."""
    boxes = {page.lines[i].element.getparent() for i in body[:EDGE]}
    boxes = {
        box
        for box in boxes
        if box is not None and box.tag not in ("body", "html", "main", "article", "tr", "ul", "ol")
        if page.sizes.get(box, (whole, 0))[0] < min(ASKED, STRAY * whole)
    }
    found: set[Any] = set()
    for line in page.lines[: body[-1]] if boxes and body else ():
        box = line.element.getparent()
        if box in boxes and furniture_kind(look(line.text)) == "line" and len(line.text.split()) >= 4:
            found.add(box)
    return found


def _asking(page: Page, whole: int) -> set[Any]:
    """Small boxes with a field to be filled in: sign-ups for newsletters, by whatever name."""
    found: set[Any] = set()
    for field in islice(page.root.iter("form", "input"), FIELDS):
        if field.tag == "input" and field.get("type") not in ("email", "text", None):
            continue
        box = None
        for parent, _ in zip([field, *islice(field.iterancestors(), NEAR)], range(NEAR + 1), strict=False):
            if parent.tag in ("body", "html", "main", "article", "td"):
                break
            if page.sizes.get(parent, (whole, 0))[0] >= min(ASKED, STRAY * whole):
                break
            box = parent
        if box is not None:
            found.add(box)
    return found


def _displayed(page: Page, found: Found, body: list[int]) -> set[int]:
    """Lines of quotations that are set large beside the text: named so, signed, or said again in a paragraph."""
    boxes: dict[Any, list[int]] = {}
    for i in body:
        if (box := _quote_box(page.lines[i].element)) is not None:
            boxes.setdefault(box, []).append(i)
    if not boxes:
        return set()
    inside = {i for lines in boxes.values() for i in lines}
    told = " ".join(f" {normal(text)} " for i, text in found if i not in inside)
    gone: set[int] = set()
    for box, lines in islice(boxes.items(), QUOTES):
        words = [normal(page.lines[i].text) for i in lines]
        if sum(len(said.split()) for said in words) > LONG_QUOTE:
            continue
        names = names_of(box)
        again = all(len(said.split()) >= REPEATED and f" {said} " in told for said in words)
        before = page.lines[lines[0] - 1].text.rstrip() if lines[0] else ""
        signed = _is_signed(box) and "quote" in names and not before.endswith(":")
        # a few words without a full stop, between two paragraphs, that nobody introduces
        bare = (
            len(lines) == 1
            and any(e.tag == "blockquote" for e in (box, *islice(box, 3)))
            and not look(page.lines[lines[0]].text).terminal
        )
        bare = bare and len(words[0].split()) <= BARE and before[-1:] in tuple(".!?”»")
        posted = _waits(box) and any(_POSTED.match(page.lines[i].text) for i in lines)
        if posted or names & words_for("display quote") or again or signed or bare:
            gone.update(lines)
    return gone


def _quote_box(element: Any) -> Any:
    """The outermost of the elements round a line that is named or tagged as a quotation, or None."""
    found = None
    for parent, _ in zip([element, *element.iterancestors()], range(NEAR), strict=False):
        if parent.tag in ("body", "html", "main", "article"):
            break
        names = names_of(parent)
        if parent.tag == "blockquote" or names & words_for("display quote") or "quote" in names:
            found = parent
    return found


def _waits(box: Any) -> bool:
    """Whether a box is shown only to those who consent to it, as posts on other sites are: a notice is beside it."""
    above = box.getparent()
    around = [*islice(box, 10), *(islice(above, 10) if above is not None else ())]
    return any(e is not box and "consent" in names_of(e) for e in around)


def _is_signed(box: Any) -> bool:
    """Whether a quotation has its speaker in an element of its own."""
    return any(e.tag in _SOURCES or names_of(e) & words_for("credit") for e in box.iterdescendants() if e.tag != "p")
