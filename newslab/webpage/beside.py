"""What stands beside a writer's name in elements of its own: work, place, outlet, address, time, who took pictures."""

from __future__ import annotations

import re
from typing import Any

from newslab.layout.bylines import is_byline, is_personal, is_role, is_sign_off, is_timestamp, without_by
from newslab.layout.credits import is_name_like, is_organisation
from newslab.layout.lines import furniture_kind, look, normal
from newslab.webpage.facts import Facts
from newslab.webpage.tree import PageLine, Piece, names_of, words_for
from newslab.webpage.writers import is_crew, writers

EDGES = " ,|·•–—-/"
GOES_ON = re.compile(r"(?:,|&|\s(?:and|und|et|y|e|en|og|och))\Z")
_JOINED = re.compile(r"\s*(?:,|&|\||/|·|•|(?:and|und|et|y|e|en|og|och)\b)", re.IGNORECASE)
_APART = re.compile(r"\s*[,&|/·•]\s*|\s(?:and|und|et|y|e|en|og|och)\s")
_PLACED = re.compile(r"(?:reporting |writing )?(?:in|from|at|aus|à|en|de|da|da[ln]) (?=[^\W\d_])", re.IGNORECASE)
_WRITERS = re.compile(
    r"/(?:authors?|autore?[ns]?|autores|auteurs?|by|people|person|profiles?|staff|writers?|contributors?|journalists?"
    r"|reporters?|redakt\w+|firmas?|team|bio|@\w+)(?:[/-]|\Z)",
    re.IGNORECASE,
)
_DASHES = "-–—"
_PAIRED = re.compile(r"\s+(?=,)|(?<=,)\s*,")


def are_personal(text: str) -> bool:
    """Whether a text has the form of one or several persons' names: `Ana Vries | Jo Roe`."""
    names = [name for name in _APART.split(text) if name]
    return bool(names) and all(map(is_personal, names))


def has_name(key: str, facts: Facts) -> bool:
    """Whether a line's words hold the name of a writer whom the page's data name."""
    return any(f" {normal(name)} " in f" {key} " for name in facts.authors)


def without_asides(line: PageLine, start: int, end: int, facts: Facts) -> list[tuple[str, str]]:
    """A stretch of a line as its writers and, apart from them, what elements of their own say beside their names.

    `By Ana Vries` `Senior Reporter`, `and Jo Roe` `in Oslo` is By Ana Vries and Jo Roe, a work, and a place; handles,
    outlets and what is no work by its words (`, author of The Tide`) are left out.
    """
    pieces = [piece for piece in line.pieces if start <= piece.start < end]
    signed = bool(pieces) and is_signed(pieces[0])
    bylines, beside = [""], []
    cut = closed = False  # whether something stands beside a name; and beside the last one
    stops = [piece.start for piece in pieces[1:]] + [end]
    between = ""  # a bar or slash behind that
    below = start  # where the last element ends that stands beside a name
    for n, piece in enumerate(pieces):
        if piece.start < below:
            continue
        kept = bylines[-1].strip(" ")
        element = _own(piece, pieces[n - 1]) if n else None
        within = [k for k in range(n, len(pieces)) if element in _around(pieces[k])]
        text = line.text[piece.start : stops[within[-1] if within else n]]
        if closed and element is None and not text.strip(EDGES) and "," not in text and "&" not in text:
            between = text  # Ana Vries - `Reporter` / `@vries`; kept if a name follows
            continue
        kind = _kind(element, text.strip(), kept, facts, signed) if within else None
        opened = kind == "other" if kept[-1:] in (",", "|", "/") else GOES_ON.search(kept)
        if kind is None or opened:  # Ana Vries and `agencies`; Ana Vries, `The Dubna Post`
            apart = closed and not _JOINED.match(text) and not text[:1].islower()
            if kept and (apart or _begins(text.strip(EDGES))):
                bylines.append("")  # of a writer beside the first
            bylines[-1] += ((between or " ") if closed else "") + line.text[piece.start : stops[n]]
            closed, between = False, ""
            continue
        if kind != "other":
            beside.append((kind, text.strip(EDGES)))
        bylines[-1] = bylines[-1].rstrip(EDGES)
        below, between = stops[within[-1]], ""
        cut = closed = True
    if not cut and len(bylines) == 1:
        return [("byline", line.text[start:end])]
    texts = [_PAIRED.sub("", " ".join(text.split())).strip(EDGES) for text in bylines]
    return [*(("byline", text) for text in texts if text), *beside]


def is_signed(piece: Piece) -> bool:
    """Whether a piece of a line is marked as a writer, or is a link to a page about one."""
    return any(at == "byline" for at, _ in piece.marks) or links_writer(piece)


def links_writer(piece: Piece) -> bool:
    """Whether a piece of a line is a link to a page about a writer: `/author/ana-vries`."""
    links = (element.get("href") or "" for element in _around(piece)[:3] if element.tag == "a")
    return any(_WRITERS.search(address) for address in links)


def _begins(said: str) -> bool:
    """Whether an element begins a byline of its own: `Written by: Ana Vries`, `Edited by: Jo Roe`."""
    return is_sign_off(said) or (without_by(said) != said and is_byline(said))


def _around(piece: Piece) -> list[Any]:
    return [piece.element, *piece.element.iterancestors()]


def _own(piece: Piece, before: Piece) -> Any:
    """The element that begins with a piece, or None: the outermost that is named as a work or a place, else the
    innermost."""
    known = {*_around(before)}
    own = [e for e in _around(piece) if e not in known]
    named = (e for e in reversed(own) if names_of(e) & (words_for("role") | words_for("place")))
    return next(named, own[0]) if own else None


def _kind(element: Any, text: str, before: str, facts: Facts, signed: bool) -> str | None:
    """What an element beside a writer's name says: a part, `other` for what no part is, None for a name or a word."""
    head, said = before.rstrip(EDGES), text.strip(EDGES)
    if not said or not (_names_writers(head, facts) or is_byline(head) or (signed and are_personal(head))):
        return None
    if is_timestamp(said):
        return "timestamp"
    if ("@" in said and len(said.split()) <= 3) or not any(c.isalpha() for c in said):
        return "other"
    if is_crew(said):
        return "credit"
    if has_name(normal(said), facts):
        return None
    names = names_of(element)
    if is_role(said) or names & words_for("role"):
        return "byline" if is_role(said) else "other"
    placed = is_name_like(_PLACED.sub("", said, count=1)) and len(said.split()) <= 6
    dashed = text[0] in _DASHES or before[-1] in _DASHES  # Ana Vries — `Oslo`
    if placed and (_PLACED.match(said) or names & words_for("place") or (dashed and len(said.split()) == 1)):
        return "dateline"
    outlet = is_organisation(said) or normal(said) == normal(facts.outlet or "")
    return "other" if outlet or text.startswith(",") or furniture_kind(look(said)) is not None else None


def _names_writers(text: str, facts: Facts) -> bool:
    """Whether a text is the names of writers whom the page's data name, and nothing else."""
    names = [normal(name) for name in writers(text)]
    return bool(names) and {*names} <= {normal(name) for name in facts.authors}
