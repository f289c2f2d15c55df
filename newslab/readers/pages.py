"""Saved HTML pages: trafilatura's body, and around it all that it throws away, rendered once as the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from newslab.layout.bylines import find_dateline, is_sign_off, without_by
from newslab.layout.credits import is_name_like
from newslab.layout.lines import furniture_kind, look, normal
from newslab.layout.markup import note
from newslab.readers.text import decode, open_bytes
from newslab.records import Article
from newslab.webpage.body import body_lines, located
from newslab.webpage.facts import Facts, read_facts
from newslab.webpage.head import find_headline, label_head
from newslab.webpage.inset import let_in_figures
from newslab.webpage.pictures import Shot, find_shots
from newslab.webpage.points import find_points
from newslab.webpage.shortcodes import with_figures
from newslab.webpage.strays import common_box, is_about_writer, is_source, without_boxes, without_quotes
from newslab.webpage.times import add_printed
from newslab.webpage.tree import Page, PageLine, bare_text, let_in, parse, read_page
from newslab.webpage.writers import writers

READABLE = 50  # words of a page's bare text that are worth keeping
PROSE = 12  # words of a line that a menu does not have
LOOSE = 5  # words; what trafilatura keeps beyond it counts also where no line that a reader sees is it
ABOVE_TEXT = 8  # lines of the body among which a dateline stands
KICKER = 60  # characters before a headline in its line
STORY = 60_000  # characters of an article in which names are looked for
ABOVE = 20  # lines above the headline among which the article's first picture may stand
_STATED = re.compile(
    rb"<(?:meta|\?xml)\s[^>]{0,300}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([\w-]{2,40})", re.IGNORECASE
)
_LENGTH = re.compile(r"\d{1,3}:\d\d(?::\d\d)?")  # of a film
_SIGNED = re.compile(r"\s*\([^()]{1,12}\)\Z")  # a writer's or an agency's letters behind a dateline's place
Parts = list[tuple[float, str, str, Shot | None]]  # place on the page, part, text, the picture that it begins


def article(html: str) -> Article:
    """A saved page as an article: its parts in the page's order, a blank line between any two.

    What the page marks is in `markup`, so that `segments` and `photos` need not guess it.

    >>> page = "<html><body><article><h1>Ferry sinks</h1>" + "<p>Two ferries sank off the coast today.</p>" * 9
    >>> article(page + "</article></body></html>").headline
    'Ferry sinks'
    """
    from lxml.etree import LxmlError

    try:
        root = parse(with_figures(html))
        if root is None:
            return Article("", source_format="html", problem="no article text was found in the page")
        page, facts = read_page(root), read_facts(root, html)
        let_in_figures(page)
        kept = body_lines(root)
    except (LxmlError, ValueError, RecursionError) as error:
        return _unparsed(html, f"not readable as HTML ({type(error).__name__}: {error})")
    parts, headline = _parts(page, facts, kept)
    if not any(part in ("body", "caption") for _, part, _, _ in parts):
        return _unparsed(html, "no article text was found in the page")
    return _rendered(parts, headline, facts)


def _unparsed(html: str, reason: str) -> Article:
    """A page in whose markup no article was found: its bare text, cut as a page copy, if it has any to speak of."""
    from newslab.segments import segments

    text = bare_text(html)
    if len(text.split()) < READABLE:
        return Article("", source_format="html", problem=reason)
    notes = [note(s.part, s.start, s.end) for s in segments(text) if s.part != "body"]
    problem = f"{reason}; its bare text is read as a page copy"
    return Article("", text, markup=tuple(notes), source_format="html", problem=problem)


def _parts(page: Page, facts: Facts, kept: list[str]) -> tuple[Parts, str]:
    """The parts of an article in the order of the page, and its headline."""
    found = located(page, kept)
    places = sorted(i for i, _ in found if i is not None)
    prose = (i for i, text in found if i is not None and len(text.split()) >= PROSE)
    first = next(prose, places[0] if places else -1)
    top, headline = find_headline(page, facts, first)
    if top is not None:
        let_in(page, top)

    # a headline ends what stands above it
    body = [i for i in places if top is None or i > top] or [i for i in places if i != top]
    found = [(i, text) for i, text in found if i in body or (i is None and len(text.split()) > LOOSE)]
    found = _with_missed(page, without_boxes(page, found, body), body, top)
    found = without_quotes(page, without_boxes(page, found, body), body)
    points, labels = find_points(page, top, body)
    found = [(i, text) for i, text in found if i not in labels and i not in points]
    body = [i for i in body if i not in labels and i not in points]
    page.story = _story(page, facts, headline, body)
    shots = find_shots(page, facts, _walls(page, top, body), _allowed(page, top, body), body)
    taken = {i for shot in shots for i in shot.lines}
    head = label_head(page, facts, top, body, {*taken, *labels, *points})
    add_printed(facts, page, (i for i, pieces in head.items() if any(part == "timestamp" for part, _ in pieces)))
    signed = [name for pieces in head.values() for part, text in pieces if part == "byline" for name in writers(text)]
    while found and (is_about_writer(found[-1][1], [*facts.authors, *signed]) or is_source(found[-1][1])):
        found.pop()
    parts: Parts = [(-2.0 if top is None else float(top), "headline", headline, None)] if headline else []
    for i, pieces in head.items():
        parts += [(i + n / 1000, part, text, None) for n, (part, text) in enumerate(pieces)]
    parts += [(float(i), "furniture", page.lines[i].text, None) for i in points if i not in taken]
    for shot in shots:
        parts += _shot(shot)
    at = float(body[0] if body else first)
    # where a dateline's place is named again; empty below it
    dated = " ".join(
        [headline, *(text for pieces in head.values() for _, text in pieces), *(text for _, text in found)]
    )
    tried = 0
    for place, text in found:
        at = float(place) if place is not None else at + 0.001
        if place is not None and (place in taken or place in head or place == top):
            continue
        again = bool(headline) and normal(text).endswith(normal(headline)) and len(text) < len(headline) + KICKER
        if again or furniture_kind(look(text)) is not None or _LENGTH.fullmatch(text):
            continue
        line = None if place is None else page.lines[place]
        seen = look(text)
        if line is not None and _leads_elsewhere(line, seen.terminal):
            continue
        if (
            line is not None
            and line.element.tag == "li"
            and seen.words < 4
            and not seen.terminal
            and (place or 0) < first
        ):
            continue  # a row of buttons above the first paragraph
        cut = _bold_place(line, text, dated) if line is not None and dated else None
        tried += 1
        dated = dated if cut is None and len(text.split()) < PROSE and tried < ABOVE_TEXT else ""
        if cut:
            parts.append((at, "dateline", text[:cut], None))
            at, text = at + 0.0005, text[cut:].lstrip()
        heading = line is not None and line.element.tag in ("h2", "h3", "h4", "h5", "h6")
        parts.append((at, "subhead" if heading else "body", text, None))
    last = max((row[0] for row in parts if row[1] == "body"), default=-1.0)
    # below the last paragraph a heading is that of something else
    return sorted((row for row in parts if row[1] != "subhead" or row[0] < last), key=lambda row: row[0]), headline


def _story(page: Page, facts: Facts, headline: str, body: list[int]) -> str:
    """The words of headline and body, as `normal` gives them; without the lines below pictures and writers' names."""
    lines = [page.lines[i] for i in body if not i or page.lines[i].images == page.lines[i - 1].images]
    lines = [line for line in lines if line.marked("caption") is None and line.marked("byline") is None]
    story = " | ".join(["", normal(headline), *(normal(line.text) for line in lines), ""])[:STORY]
    for name in facts.authors:
        story = story.replace(f" {normal(name)} ", " | ")
    return story


def _leads_elsewhere(line: PageLine, terminal: bool) -> bool:
    """Whether a line is a link alone in its line, part of a teaser that is a link as a whole, or one of a row of
    buttons."""
    if line.linked and (not terminal or any(e.tag == "a" for e in line.element.iterancestors())):
        return True
    return not terminal and any(child.tag == "button" for child in line.element)


def _bold_place(line: PageLine, text: str, story: str) -> int | None:
    """Where a dateline ends that is known by its bold type: `<b>Oslo.</b> Two ferries`; its place is named again."""
    bold = next((element for role, element in line.pieces[0].marks if role == "bold"), None)
    ends = (
        [piece.end for piece in line.pieces if any(element is bold for _, element in piece.marks)]
        if bold is not None
        else []
    )
    if not ends or ends[-1] > 60 or find_dateline(text) is not None:
        return None
    head, rest = text[: ends[-1]], text[ends[-1] :].lstrip()
    place = _SIGNED.sub("", head.rstrip(" .:,–—-|/")).split(",")[0]
    closed = head.rstrip()[-1:] in (".", ":", "–", "—", "-", "|", "/")
    if not closed and rest[:1] in ("–", "—", "-", "|"):
        rest, closed = rest[1:].lstrip(), True
    named = (
        is_name_like(place)
        and len(place.split()) <= 4
        and f" {normal(place)} " in f" {normal(story.replace(head, '', 1))} "
    )
    return len(text) - len(rest) if closed and named and rest and not rest[0].islower() else None


def _with_missed(
    page: Page, found: list[tuple[int | None, str]], body: list[int], top: int | None
) -> list[tuple[int | None, str]]:
    """The body with paragraphs that trafilatura passed over in its midst: in the body's own box and of its form."""
    box = common_box(page, body)
    if box is None or any(i is None for i, _ in found):
        return found
    kept = set(body)
    forms = {(page.lines[i].element.tag, page.lines[i].element.get("class")) for i in body}
    missed: list[int] = []
    for i in range(top + 1 if top is not None else body[0], body[-1]):
        line = page.lines[i]
        form = (line.element.tag, line.element.get("class"))
        if _is_listed(page, i, kept):
            kept.add(i)
            missed += [i] * any(e is box for e in line.element.iterancestors())
            continue
        if i in kept or line.outside or line.linked or form not in forms or line.element.tag != "p":
            continue
        prose = look(line.text)
        plain = all(role in ("bold", "small") for role, _ in line.pieces[0].marks)
        if plain and prose.prose and prose.terminal and not furniture_kind(prose):
            missed += [i] * any(e is box for e in line.element.iterancestors())
    body[:] = sorted({*body, *missed})
    return (
        sorted([*found, *((i, page.lines[i].text) for i in missed)], key=lambda row: row[0] or 0) if missed else found
    )


def _is_listed(page: Page, i: int, kept: set[int]) -> bool:
    """Whether a line is an item of a list that a line of the body opens with a colon."""
    line, before = page.lines[i], page.lines[i - 1]
    if i in kept or i - 1 not in kept or line.element.tag != "li" or line.linked or line.outside:
        return False
    again = before.element.tag == "li" and before.element.getparent() is line.element.getparent()
    return again or (before.element.tag == "p" and before.text.endswith(":"))


def _shot(shot: Shot) -> Parts:
    """The parts of a picture, its credit behind its caption."""
    parts = shot.parts
    if sum(part == "caption" for _, part, _ in parts) == 1:
        parts = sorted(parts, key=lambda row: row[1] != "caption")
    first = min(i for i, _, _ in parts)
    return [(first + n / 1000, part, text, shot if n == 0 else None) for n, (_, part, text) in enumerate(parts)]


def _allowed(page: Page, top: int | None, body: list[int]) -> set[int]:
    """The lines among which the article's pictures stand: from the headline to the end of the box with its body."""
    if not body:
        return {i for i, line in enumerate(page.lines) if not line.outside and (top is None or i > top)}
    first = max(0, (top if top is not None else body[0]) - ABOVE)
    ours = {element for i in body for element in page.lines[i].outside}
    box = common_box(page, body)
    last = body[-1]
    while last + 1 < len(page.lines) and any(e is box for e in page.lines[last + 1].element.iterancestors()):
        last += 1
    return {i for i in range(first, last + 1) if all(e in ours for e in page.lines[i].outside)}


def _walls(page: Page, top: int | None, body: list[int]) -> set[Any]:
    """The elements round the headline, and those that hold most of the body."""
    found: set[Any] = set() if top is None else set(page.lines[top].element.iterancestors())
    box = common_box(page, body)
    return found if box is None else {*found, box, *box.iterancestors()}


def _rendered(parts: Parts, headline: str, facts: Facts) -> Article:
    """The text, with the place of each part that is not body."""
    from newslab.articles import language_of  # which reads pages

    pieces: list[str] = []
    notes: list[str] = []
    position = 0
    before = ""
    for _, part, text, shot in parts:
        if pieces:
            pieces.append(" " if before == "dateline" and part == "body" else "\n\n")
            position += len(pieces[-1])
        before = part
        if part != "body":
            notes.append(note(part, position, position + len(text)))
        told = (("image", shot.address), ("credited", shot.unprinted)) if shot else ()
        notes += [note(kind, position, position + len(text), value) for kind, value in told if value]
        pieces.append(text)
        position += len(text)
    first = {part: text for _, part, text, _ in reversed(parts)}
    bylines = [text for _, part, text, _ in parts if part == "byline"][:5]
    bylines = [text for text in bylines if not is_sign_off(text)] or bylines  # of those, who helped
    byline = next(iter(bylines), "")
    named = dict.fromkeys(name for text in bylines for name in writers(text) if not facts.authors or text == byline)
    signed = [name for name in named if normal(name) != normal(facts.outlet or "")]
    # the data may name one of several, or the site's owner
    other = without_by(byline) != byline and not any(f" {normal(a)} " in f" {normal(byline)} " for a in facts.authors)
    more = len(signed) > len(facts.authors) and {*facts.authors} <= {*signed}
    authors = signed if signed and (more or other) else facts.authors
    return Article(
        "",
        "".join(pieces),
        headline=headline or None,
        standfirst=first.get("standfirst"),
        byline=byline or None,
        authors=tuple(authors),
        published=facts.published,
        modified=facts.modified,
        outlet=facts.outlet,
        section=facts.section,
        url=facts.url,
        agency=facts.agency,
        subjects=facts.subjects,
        language=language_of("\n".join(text for _, part, text, _ in parts if part == "body"), facts.language),
        copyright=facts.copyright,
        markup=tuple(notes),
        source_format="html",
    )


def read(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The page in an HTML file, as one article."""
    page = from_bytes(open_bytes(path))
    yield replace(page, source_file=path.as_posix(), problem=f"{path}: {page.problem}" if page.problem else None)


def from_bytes(data: bytes, encoding: str | None = None) -> Article:
    """The page in the bytes of an HTML file, in the encoding that is stated beside it or that the page states."""
    stated = _STATED.search(data[:4096])
    names = [encoding, stated[1].decode("ascii") if stated else None]
    html, problem = decode(data, [name for name in names if name])
    page = article(html) if html else Article("", source_format="html", problem=problem)
    problems = [reason for reason in (page.problem, problem) if reason]
    return replace(page, problem="; ".join(dict.fromkeys(problems)) or None)
