"""The lines round the headline of a saved page: headline, standfirst, byline, time."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from newslab.layout.bylines import is_by, is_byline, is_personal, is_role, is_sign_off, is_timestamp
from newslab.layout.credits import is_agency, is_name_like, is_organisation, parse_credit
from newslab.layout.lines import furniture_kind, look, normal
from newslab.webpage.facts import Facts
from newslab.webpage.tree import Page, PageLine
from newslab.webpage.writers import writers

BELOW = 8  # lines below the last paragraph among which the writer is named
TOP = 12  # lines above the headline that may belong to it
_BEFORE_TIME = re.compile(r"\s(?:at|on|am|um|le|el|il|à|a|the)\Z", re.IGNORECASE)
_COUNTED = re.compile(r"^\d{1,3} (?:of|von|sur|de|di|/) \d{1,3}\b[\s|·]*")  # of a gallery
_GOES_ON = re.compile(r"(?:,|&|\s(?:and|und|et|y|e|en|og|och))\Z")
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


def _is_plain(line: PageLine) -> bool:
    """Whether a line is neither a link nor furniture."""
    return not line.linked and furniture_kind(look(line.text)) is None


def _names_alone(line: PageLine) -> bool:
    """Whether all of a line is in italics and names persons, with or without a place: how bulletins sign reports."""
    names = writers(line.text)
    text, _, place = line.text.partition(", ")
    alone = line.marked("small") is not None and len(line.text.split()) <= 14 and not look(line.text).terminal
    return alone and bool(names) and all(is_personal(name) for name in writers(text)) and is_name_like(place or "A")


def _has_name(key: str, facts: Facts) -> bool:
    """Whether a line's words hold the name of a writer whom the page's data name."""
    return any(f" {normal(name)} " in f" {key} " for name in facts.authors)


def _goes_on(by: PageLine, line: PageLine, facts: Facts) -> bool:
    """Whether the name that belongs to a `By` is in the next line."""
    if by.element.getparent() is line.element:
        return True
    signed = any(role == "byline" for piece in line.pieces for role, _ in piece.marks)
    named = is_personal(line.text) or signed or _has_name(normal(line.text), facts)
    return len(line.text) <= 100 and named and not is_byline(line.text)


def _names_writer(line: PageLine, facts: Facts, marked: bool) -> bool:
    """Whether a line is a byline: by its form, or by its markup and a name or work in it."""
    text = line.text
    if len(text) > 250:
        return False
    if text.casefold().startswith("more by "):
        return False
    if is_byline(text) or (is_agency(text) and parse_credit(text).provenance != "social media"):
        return True
    key = f" {normal(text)} "
    names = [normal(name) for name in facts.authors]
    if any(f" {name} " in key for name in names):
        for name in names:
            key = key.replace(f" {name} ", " ")
        rest = key.split()
        # beside the names: by, and, in Oslo, what they do; not "s most recent stories"
        return rest[:1] != ["s"] and len(rest) <= (12 if marked else 3) and not look(text).terminal
    return marked and is_personal(text) and not names and _is_plain(replace(line, linked=False)) and not is_organisation(text)


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
    if not body:
        return {}
    first, last = body[0], body[-1]
    start = headline + 1 if headline is not None else max(0, first - TOP)
    kept = set(body)
    found: dict[int, str] = {}
    cut: dict[int, list[tuple[str, str]]] = {}
    seen: set[str] = set()
    perhaps: list[int] = []  # lines that only their markup calls a byline, where no other line is one
    above = list(range(max(0, min(start, first) - TOP), body[min(3, len(body) - 1)] + 1))
    below = [*body[-3:], *range(last + 1, min(len(page.lines), last + BELOW))]
    for i in dict.fromkeys(i for i in [*above, *below] if i not in taken and i != headline):
        line = page.lines[i]
        key = normal(line.text)
        signed = any(role == "byline" for piece in line.pieces for role, _ in piece.marks)
        # the writers of other articles are named as this one's are, in lists of links
        if key in seen or (line.outside and not (signed and (i <= first or _has_name(key, facts)))):
            continue
        # who is named above the headline is a writer only if the markup or the words say so
        if i < start and not signed and not is_byline(line.text):
            continue
        if is_timestamp(line.text) or (line.marked("time") is not None and _is_short_time(line.text)):
            if i < first or i in kept:
                found[i] = "timestamp"
        elif is_by(line.text) and i + 1 < first and _goes_on(page.lines[i], page.lines[i + 1], facts):
            found[i] = found[i + 1] = "byline"
            cut[i], cut[i + 1] = [("byline", f"{line.text} {page.lines[i + 1].text}")], []
            seen.add(normal(page.lines[i + 1].text))
        elif (pieces := _timed(line, facts)) and _names_writer_in(pieces, line, facts):
            found[i], cut[i] = "byline", pieces
        elif _names_writer(line, facts, signed) or is_sign_off(line.text) or (i == first and _names_alone(line)):
            found[i] = "byline"
        elif signed and i < first and 3 < len(line.text) <= 80 and (is_role(line.text) or _is_plain(line)):
            perhaps.append(i)
        if i in found:
            seen.add(key)
    if perhaps and "byline" not in found.values():
        found[perhaps[0]] = "byline"
    _roles(page, found, [i for i in above if i not in taken and i != headline])
    _join(page, found, cut)
    if headline is not None:
        for i in _standfirst(page, facts, headline, first, body, found, taken):
            found[i] = "standfirst"
            cut[i] = [("standfirst", _told_part(page.lines[i], {normal(text) for text in facts.descriptions}))]
    return {i: cut.get(i, [(part, page.lines[i].text)]) for i, part in found.items()}


def _join(page: Page, found: dict[int, str], cut: dict[int, list[tuple[str, str]]]) -> None:
    """Put bylines together that go on in the next line, and leave out those that only say one again."""
    named: list[str] = []
    for i in sorted(i for i in found if found[i] == "byline"):
        pieces = cut.get(i, [("byline", page.lines[i].text)])
        text = next((text for part, text in pieces if part == "byline"), "")
        names = [f" {normal(name)} " for name in writers(text)]
        if names and all(any(name in before for before in named) for name in names) and not is_sign_off(text):
            cut[i] = [piece for piece in pieces if piece[0] != "byline"]
            continue
        named.append(f" {normal(text)} ")
        if _GOES_ON.search(text) and found.get(i + 1) == "byline" and i + 1 not in cut:
            cut[i] = [(part, f"{t} {page.lines[i + 1].text}" if part == "byline" else t) for part, t in pieces]
            cut[i + 1] = []
            named.append(f" {normal(page.lines[i + 1].text)} ")


def _timed(line: PageLine, facts: Facts) -> list[tuple[str, str]]:
    """A line with a writer and a time on it, cut in two; empty if it has no time of its own."""
    timed = [any(role == "time" for role, _ in piece.marks) for piece in line.pieces]
    if all(timed) or not any(timed):
        cut = _without_role(line, 0, len(line.text), facts)
        return cut if len(cut) > 1 or cut[0][1] != line.text else _barred(line.text)
    spans: list[tuple[str, int, int]] = []
    for piece, is_time in zip(line.pieces, timed, strict=True):
        part = "timestamp" if is_time else "byline"
        by = part == "byline" and is_byline(line.text[piece.start :].split(" | ")[0][:200])
        if spans and spans[-1][0] == part and not by:
            spans[-1] = (part, spans[-1][1], piece.end)
        else:
            spans.append((part, piece.start, piece.end))
    signed = {piece.start for piece in line.pieces if any(role == "byline" for role, _ in piece.marks)}
    if any(start in signed for part, start, _ in spans if part == "byline"):
        spans = [span for span in spans if span[0] == "timestamp" or span[1] in signed]
    rows = [
        row
        for part, start, end in spans
        for row in (_without_role(line, start, end, facts) if part == "byline" else [(part, line.text[start:end])])
    ]
    texts = [(part, _BEFORE_TIME.sub("", text.strip(" |·•,–—-/"))) for part, text in rows]
    return [(part, text) for part, text in texts if any(c.isalnum() for c in text)]


def _barred(text: str) -> list[tuple[str, str]]:
    """A writer and a time with a bar between: `Ana Vries | 3 March 2025`."""
    pieces = [piece.strip() for piece in re.split(r"\s[|·•]\s", text) if piece.strip()]
    times = [piece for piece in pieces if is_timestamp(piece)]
    if not times or len(times) == len(pieces) or len(pieces) > 4:
        return []
    return [("timestamp" if piece in times else "byline", piece) for piece in pieces]


def _without_role(line: PageLine, start: int, end: int, facts: Facts) -> list[tuple[str, str]]:
    """A stretch of a line as a writer and, in elements of its own, what the writer does.

    `By Ana Vries` `Senior Reporter`; what is no work by its words (`, author of The Tide`) is left out.
    """
    pieces = [piece for piece in line.pieces if start <= piece.start < end]
    for piece in pieces[1:]:
        head, rest = line.text[start : piece.start].rstrip(), line.text[piece.start : end].strip()
        if piece.element is line.element or head[-1:] in (",", "|", "&", "") or _GOES_ON.search(head):
            continue
        role, named = rest.strip(" ,|·•–—-"), _is_name_of(head.rstrip(" |·•–—-"), facts)
        signed = any(at == "byline" for at, _ in pieces[0].marks) and is_personal(head)
        if (is_role(role) or is_organisation(role)) and (named or signed or is_byline(head)):
            return [("byline", head), ("byline", role)] if is_role(role) else [("byline", head)]
        if rest.startswith(",") and named and not _has_name(normal(rest), facts):
            return [("byline", head)]
    return [("byline", line.text[start:end])]


def _is_name_of(text: str, facts: Facts) -> bool:
    """Whether a text is the names of writers whom the page's data name, and nothing else."""
    names = [normal(name) for name in writers(text)]
    return bool(names) and {*names} <= {normal(name) for name in facts.authors}


def _names_writer_in(pieces: list[tuple[str, str]], line: PageLine, facts: Facts) -> bool:
    """Whether what a line holds beside its time is a byline."""
    said = [text for part, text in pieces if part == "byline"]
    written = " ".join([text for text in said if not is_role(text) or is_byline(text)] or said)
    around = [{role for role, _ in piece.marks} for piece in line.pieces]
    marked = all("byline" in roles for roles in around if "time" not in roles)
    timed = any(part == "timestamp" and _is_short_time(text) for part, text in pieces)
    return (timed or all(part == "byline" for part, _ in pieces)) and _names_writer(
        replace(line, text=written), facts, marked or is_byline(written)
    )


def _is_short_time(text: str) -> bool:
    return any(c.isdigit() for c in text) and len(text) <= 100


def _roles(page: Page, found: dict[int, str], lines: list[int]) -> None:
    """What a writer does stands beside the name: `Transport correspondent`."""
    for i in lines:
        beside = found.get(i - 1) == "byline" or found.get(i + 1) == "byline"
        text = page.lines[i].text
        if i not in found and beside and is_role(text) and len(text.split()) <= 6 and not look(text).terminal:
            found[i] = "byline"


def _standfirst(
    page: Page, facts: Facts, headline: int, first: int, body: list[int], found: dict[int, str], taken: set[int]
) -> list[int]:
    """The lines between headline and body that sum the article up: by their markup, the data, or where they stand."""
    told = [normal(text) for text in facts.descriptions if len(text) > 20]
    inside = Counter(page.lines[i].element.getparent() for i in body[:200]).most_common(1)[0][0]
    second = body[1] if len(body) > 1 else first
    while second + 1 < len(page.lines) and page.lines[second + 1].marked("standfirst") is not None:
        second += 1  # points of which some were kept as body
    late = next((i for i in range(headline + 1, second + 1) if found.get(i) in ("byline", "timestamp")), None)
    out: list[int] = []
    for i in range(headline + 1, second + 1):
        line = page.lines[i]
        if i in found or i in taken or line.outside or line.linked or is_timestamp(line.text):
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
        placed = placed and line.marked("caption") is None
        if named or lead or heading or placed or (said and i not in body):
            if i in body[1:] and not named:
                continue
            out.append(i)
        elif i in body:
            break
    return out
