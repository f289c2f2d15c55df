"""The lines round the headline of a saved page: headline, standfirst, byline, time."""

from __future__ import annotations

import re
from collections import Counter

from newslab.layout.bylines import (
    find_dateline,
    is_by,
    is_byline,
    is_personal,
    is_role,
    is_sign_off,
    is_timestamp,
    without_by,
)
from newslab.layout.caption_credits import is_place_like
from newslab.layout.credits import first_names, is_name_like
from newslab.layout.lines import furniture_kind, is_address, look, normal
from newslab.webpage.beside import GOES_ON, has_name, links_writer
from newslab.webpage.facts import Facts
from newslab.webpage.signed import (
    is_person,
    is_plain,
    is_short_time,
    is_timed,
    is_timed_in,
    names_writer,
    names_writer_in,
    timed_pieces,
)
from newslab.webpage.tree import Page, PageLine, names_of, words_for
from newslab.webpage.writers import is_crew, writers

BELOW = 8  # lines below the last paragraph among which the writer is named
EARLY = 5  # lines of the body among which a byline may stand, with the points that sum the article up above it
SHORT = 45  # words of such a point
NEAR = 6  # lines above the headline among which a name is that of its writer if the data say so
SENTENCE = 8  # words of a line in the headline's box that sums the article up
TOP = 12  # lines above the headline that may belong to it
_COUNTED = re.compile(r"^\d{1,3} (?:of|von|sur|de|di|/) \d{1,3}\b[\s|·]*")  # of a gallery
_AND = frozenset(("and", "und", "et", "y", "e", "en", "og", "och", "&", ","))
_CUT = (" | ", " - ", " – ", " — ", " · ", " » ", " :: ")


def find_headline(page: Page, facts: Facts, first: int) -> tuple[int | None, str]:
    """The line that is the headline, if one is, and the headline's words.

    A heading that says what the data say is it; else the first heading of the highest rank above the body's
    first line, else the title that the data give.
    """
    told = {normal(title) for title in facts.headlines}
    told |= {normal(part) for title in facts.headlines for cut in _CUT for part in title.split(cut)}
    limit = first + 3 if first >= 0 else len(page.lines)
    best: tuple[float, int] | None = None
    for i, line in enumerate(page.lines[:limit]):
        key = normal(line.text)
        tag = _heading(line)
        if not key or (line.outside and not tag) or key == normal(facts.outlet or ""):
            continue
        same = 4.0 * (key in told and len(key) > 8)
        same = same or 2.5 * (len(key) > 15 and any(key in title or title in key for title in told if len(title) > 15))
        score = same + {"h1": 2.5, "h2": 1.0, "h3": 0.5}.get(tag or "", 0.0)
        score += (
            0.8 * (line.marked("headline") is not None) - 2.0 * bool(line.outside) - 1.0 * (line.linked and same < 4)
        )
        score -= 1.5 * (len(key.split()) < 3) + 3.0 * (len(line.text) > 300)
        if same or tag in ("h1", "h2"):
            best = max(best, (score, -i)) if best else (score, -i)
    if best and best[0] >= 1.5:
        line = page.lines[-best[1]]
        return -best[1], line.text if normal(line.text) in told else _told_part(line, told)
    title = next(iter(facts.headlines), "")
    for cut in _CUT:  # a title tag ends in the outlet's name
        head, _, tail = title.rpartition(cut)
        if head and (
            (facts.outlet and normal(tail) == normal(facts.outlet)) or len(tail.split()) <= 3 < len(head.split())
        ):
            title = head
            break
    return None, title


def _told_part(line: PageLine, told: set[str]) -> str:
    """What the data tell in a line, without what stands before or behind it in pieces of their own: a kicker."""
    if 1 < len(line.pieces) <= 6:
        spans = [(piece.start, len(line.text)) for piece in line.pieces[1:]]
        for start, end in [*spans, *((0, piece.end) for piece in line.pieces[:-1])]:
            if end - start > 15 and normal(line.text[start:end]) in told:
                return line.text[start:end].strip()
    return line.text


def _heading(line: PageLine) -> str | None:
    """The tag of the heading that a line stands in."""
    if line.element.tag in ("h1", "h2", "h3"):
        return line.element.tag
    return next((e.tag for _, e in line.pieces[0].marks if e.tag in ("h1", "h2", "h3")), None)


def _names_alone(line: PageLine) -> bool:
    """Whether all of a line is in italics and names persons, with or without a place: how bulletins sign reports."""
    names = writers(line.text)
    text, _, place = line.text.partition(", ")
    alone = line.marked("small") is not None and len(line.text.split()) <= 14 and not look(line.text).terminal
    return alone and bool(names) and all(is_personal(name) for name in writers(text)) and is_name_like(place or "A")


def _goes_on(by: PageLine, line: PageLine, facts: Facts) -> bool:
    """Whether the name that belongs to a `By` is in the next line."""
    if by.element.getparent() is line.element:
        return True
    named = bool(writers(line.text)) and (is_personal(line.text) or has_name(normal(line.text), facts))
    return len(line.text) <= 100 and named and not is_byline(line.text)


def _others(page: Page, i: int, first: int) -> list[int]:
    """The lines of further writers below one, each behind an `and` in a line of its own."""
    found: list[int] = []
    while i + 2 < first and page.lines[i + 1].text.casefold() in _AND and is_person(page.lines[i + 2].text):
        found += [i + 1, i + 2]
        i += 2
    return found


def label_head(
    page: Page, facts: Facts, headline: int | None, body: list[int], taken: set[int]
) -> dict[int, list[tuple[str, str]]]:
    """Part and text of the lines above the body's first line and just below its last, and of body lines that are none.

    Parameters
    ----------
    headline
        The line of the headline, None where no line is it.
    body
        The lines that were kept as body, in order.
    taken
        Lines that belong to pictures.
    """
    body = [i for i in body if i not in taken] or body
    if not body:
        return {}
    last = body[-1]
    start = headline + 1 if headline is not None else max(0, body[0] - TOP)
    first = _first(page, facts, start, body, taken)
    kept = set(body)
    found: dict[int, str] = {}
    cut: dict[int, list[tuple[str, str]]] = {}
    seen: set[str] = set()
    perhaps: list[int] = []  # lines that only their markup calls a byline, where no other line is one
    above = list(range(max(0, min(start, first) - TOP), body[min(3, len(body) - 1)] + 1))
    below = [*body[-3:], *range(last + 1, min(len(page.lines), last + BELOW))]
    for i in dict.fromkeys(i for i in [*above, *below] if i not in taken and i != headline):
        line = page.lines[i]
        if i in found:
            continue  # with the line above it
        key = normal(line.text)
        signed = any(role == "byline" for piece in line.pieces for role, _ in piece.marks)
        # the writers of other articles are named as this one's are, in lists of links
        by = is_byline(line.text) and without_by(line.text) != line.text and (has_name(key, facts) or not facts.authors)
        other = i >= last and facts.authors and is_byline(line.text) and not is_sign_off(line.text)
        if other and without_by(line.text) != line.text and not has_name(key, facts):
            if i in kept:  # of another article in a list of them
                found[i], cut[i] = "furniture", []
            continue
        if key in seen or (line.outside and not ((signed or by) and (i <= first or has_name(key, facts)))):
            continue
        # who is named above the headline is a writer only if the markup or the words say so
        told = start - i <= NEAR and key in {normal(name) for name in facts.authors}
        if i < start and not (signed or told) and not is_byline(line.text):
            continue
        if is_timestamp(line.text) or (is_short_time(line.text) and is_timed(line)):
            if i < first or i in kept:
                found[i] = "timestamp"
        elif is_by(line.text) and i + 1 < first and _goes_on(page.lines[i], page.lines[i + 1], facts):
            found[i] = "byline"
            behind = [i + 1, *_others(page, i + 1, first)]
            rows = timed_pieces(page.lines[i + 1], facts) or [("byline", page.lines[i + 1].text)]
            said = " ".join([line.text, rows[0][1], *(page.lines[k].text for k in behind[1:])])
            found |= dict.fromkeys(behind, "byline")
            cut |= {i: [("byline", said.replace(" , ", ", "))], **{k: [] for k in behind}, i + 1: rows[1:]}
            seen.update(normal(page.lines[k].text) for k in behind)
        elif (pieces := timed_pieces(line, facts)) and names_writer_in(pieces, line, facts):
            found[i], cut[i] = "byline", pieces
        elif names_writer(line, facts, signed) or is_sign_off(line.text) or (i == first and _names_alone(line)):
            found[i] = "byline"
            if i < first and (others := _others(page, i, first)):
                said = " ".join(page.lines[k].text for k in (i, *others))
                found |= dict.fromkeys(others, "byline")
                cut |= {i: [("byline", said.replace(" , ", ", "))], **{k: [] for k in others}}
        elif signed and i < first and 3 < len(line.text) <= 80 and (is_role(line.text) or is_plain(line)):
            perhaps.append(i)
        if i in found:
            seen.add(key)
    if perhaps and "byline" not in found.values():
        found[perhaps[0]] = "byline"
    if headline is not None and not any(part == "byline" and i < first for i, part in found.items()):
        named = (i for i in range(start, first) if i not in found and i not in taken and not page.lines[i].outside)
        for i in (i for i in named if _stands_alone(page, i, found)):
            if "byline" not in found.values() or _is_linked_writer(page.lines[i]):
                found[i] = "byline"
        for i in range(start, first) if "byline" not in found.values() else ():
            pieces = [] if i in found or i in taken or page.lines[i].outside else timed_pieces(page.lines[i], facts)
            if [part for part, _ in pieces].count("byline") == 1 and _is_timed_name(page, pieces):
                found[i], cut[i] = "byline", pieces
                break
    _crew(page, found, cut)
    _roles(page, found, [i for i in above if i not in taken and i != headline])
    _join(page, facts, found, cut)
    if headline is not None:
        lines = _standfirst(page, facts, headline, first, body, found, taken)
        listed = [i for i in lines if page.lines[i].element.tag == "li"]
        for i in lines:  # points beside a standfirst are none
            found[i] = "furniture" if i in listed and 1 < len(listed) < len(lines) else "standfirst"
            cut[i] = [(found[i], _told_part(page.lines[i], {normal(text) for text in facts.descriptions}))]
    return {i: cut.get(i, [(part, page.lines[i].text)]) for i, part in found.items()}


def _first(page: Page, facts: Facts, start: int, body: list[int], taken: set[int]) -> int:
    """The body's first line; where a byline stands below short lines that were kept as body, the first below it."""
    kept = set(body)
    for i in range(max(start, body[0]), body[min(EARLY, len(body) - 1)]):
        line = page.lines[i]
        if len(line.text.split()) > SHORT or (i in kept and find_dateline(line.text) is not None):
            break
        if i in taken or line.outside:
            continue
        signed = any(role == "byline" for piece in line.pieces for role, _ in piece.marks)
        above = [page.lines[k] for k in body if k < i]
        leads = all(any(k.marked(role) is not None for role in ("lead", "standfirst")) for k in above)
        if (
            (signed and has_name(normal(line.text), facts))
            or (i not in kept and is_byline(line.text))
            or (is_byline(line.text) and (signed or without_by(line.text) != line.text))
            or (i not in kept and _is_linked_writer(line))
            or _is_above_address(page, i)
            or (leads and above and i not in kept and is_short_time(line.text) and is_timed(line))
        ):
            return next(k for k in body if k > i)
    return body[0]


def _is_above_address(page: Page, i: int) -> bool:
    """Whether a line is a name, and the next an address alone: `ANA VRIES`, `ana@post.example`."""
    return is_person(page.lines[i].text) and i + 1 < len(page.lines) and is_address(page.lines[i + 1].text)


def _is_linked_writer(line: PageLine) -> bool:
    """Whether a line is a name that is a link to a page about a writer."""
    return line.linked and is_person(line.text) and any(map(links_writer, line.pieces))


def _is_timed_name(page: Page, pieces: list[tuple[str, str]]) -> bool:
    """Whether a line with a time names a person of whom the article does not tell: `Ana Vries • 4 March 2025`."""
    name = next(text for part, text in pieces if part == "byline")
    timed = any(part == "timestamp" for part, _ in pieces)
    known = is_person(name) and name.split()[0] in first_names() and not is_place_like(name)
    return timed and known and f" {normal(name)} " not in page.story


def _stands_alone(page: Page, i: int, found: dict[int, str]) -> bool:
    """Whether a line between headline and body is a name, and a link to a writer or beside a time, work or address."""
    line = page.lines[i]
    if _is_above_address(page, i):
        return True
    if not is_person(line.text) or is_place_like(line.text) or f" {normal(line.text)} " in page.story:
        return False  # who is told of in the article has not written it
    beside = [found.get(i - 1), found.get(i + 1)]
    below = page.lines[i + 1].text if i + 1 < len(page.lines) else ""
    work = is_role(below) and len(below.split()) <= 6
    return (
        _is_linked_writer(line)
        or work
        or ("timestamp" in beside and not line.linked)
        or (line.text.split()[0] in first_names() and not is_place_like(line.text.split()[0]))
    )


def _join(page: Page, facts: Facts, found: dict[int, str], cut: dict[int, list[tuple[str, str]]]) -> None:
    """Put bylines together that go on in the next line, and leave out those that only say one again."""
    named: list[str] = []
    for i in sorted(i for i in found if found[i] == "byline"):
        pieces = cut.get(i, [("byline", page.lines[i].text)])
        text = next((text for part, text in pieces if part == "byline"), "")
        if normal(text) == normal(facts.outlet or "") and any(found[k] == "byline" and k < i for k in found):
            cut[i] = [piece for piece in pieces if piece[0] != "byline"]  # The Dubna Post / 4 March, below Ana Vries
            continue
        names = [f" {normal(name)} " for name in writers(text)]
        if names and all(any(name in before for before in named) for name in names) and not is_sign_off(text):
            cut[i] = [piece for piece in pieces if piece[0] != "byline"]
            continue
        named.append(f" {normal(text)} ")
        if GOES_ON.search(text) and found.get(i + 1) == "byline" and i + 1 not in cut:
            cut[i] = [(part, f"{t} {page.lines[i + 1].text}" if part == "byline" else t) for part, t in pieces]
            cut[i + 1] = []
            named.append(f" {normal(page.lines[i + 1].text)} ")


def _crew(page: Page, found: dict[int, str], cut: dict[int, list[tuple[str, str]]]) -> None:
    """Who took the pictures, in a line beside the writer's, is credited: `Photographs by Jo Roe`."""
    lines = [i for i, part in found.items() if part == "byline"]
    crew = [i for i in lines if is_crew(page.lines[i].text)]
    if len(crew) < sum(bool(writers(page.lines[i].text)) for i in lines):
        for i in crew:
            found[i], cut[i] = "credit", [("credit", page.lines[i].text)]


def _roles(page: Page, found: dict[int, str], lines: list[int]) -> None:
    """What a writer does stands beside the name: `Transport correspondent`."""
    for i in lines:
        beside = found.get(i - 1) == "byline" or found.get(i + 1) == "byline"
        text = page.lines[i].text
        if i not in found and beside and is_role(text) and len(text.split()) <= 6 and not look(text).terminal:
            found[i] = "byline"


def _of_writer(page: Page, i: int, headline: int, found: dict[int, str]) -> bool:
    """Whether a line is in a box that is named as a writer's and holds the name: `I write about rivers.`"""
    if page.lines[i].marked("standfirst") is not None:
        return False
    names = [page.lines[k].element for k, part in found.items() if part == "byline"]
    beside = {e for element in names for e in (element, *element.iterancestors())}
    above = {*page.lines[headline].element.iterancestors()}
    own = (e for e in page.lines[i].element.iterancestors() if e in beside and e not in above)
    return any(names_of(e) & (words_for("byline") | words_for("no picture")) for e in own)


def _standfirst(
    page: Page, facts: Facts, headline: int, first: int, body: list[int], found: dict[int, str], taken: set[int]
) -> list[int]:
    """The lines between headline and body that sum the article up: by their markup, the data, or where they stand."""
    told = [normal(text) for text in facts.descriptions if len(text) > 20]
    inside = Counter(page.lines[i].element.getparent() for i in body[:200]).most_common(1)[0][0]
    second = max(body[1] if len(body) > 1 else first, first)
    while second + 1 < len(page.lines) and page.lines[second + 1].marked("standfirst") is not None:
        second += 1  # points of which some were kept as body
    late = next((i for i in range(headline + 1, second + 1) if found.get(i) in ("byline", "timestamp")), None)
    latest = max((i for i in range(headline + 1, first) if found.get(i) in ("byline", "timestamp")), default=-1)
    around, box = {*page.lines[first].element.iterancestors()}, None
    for element in page.lines[headline].element.iterancestors():
        if element in around:
            break
        box = element  # the largest with the headline and without the body
    boxed: list[int] = []
    out: list[int] = []
    for i in range(headline + 1, second + 1):
        line = page.lines[i]
        if i in found or i in taken or line.outside or line.linked or is_timestamp(line.text):
            continue
        if _of_writer(page, i, headline, found) or (is_timed_in(line) and not look(line.text).terminal):
            continue
        words = len(_COUNTED.sub("", line.text).split())
        if words < 4 or words > 90 or furniture_kind(look(line.text)):
            continue
        key = normal(line.text)
        apart = line.element is not inside and line.element.getparent() is not inside
        said = any(key == text or (len(text) > 40 and key.startswith(text[:-3])) for text in told)
        named = line.marked("standfirst") is not None
        lead = line.marked("lead") is not None and apart
        heading = line.element.tag in ("h2", "h3") and i == headline + 1 + len(out) and i < first
        placed = late is not None and i < late and i <= first and words >= 5
        # between a time and a byline a sentence is one, too
        sentence = words >= SENTENCE and look(line.text).terminal and not has_name(key, facts)
        placed = placed or (i < latest and i <= first and sentence)
        placed = placed and line.marked("caption") is None
        below = line.element.getprevious() is page.lines[headline].element  # nothing between it and the headline
        below = below and i == headline + 1 and i < first and i not in body and words >= 6
        if named or lead or heading or placed or below or (said and i not in body):
            if i in body and i >= first and i != body[0] and not named:
                continue
            out.append(i)
        elif i in body:
            break
        elif words >= SENTENCE and box in line.element.iterancestors() and not has_name(key, facts):
            boxed.append(i)
    return out or boxed[:1]
