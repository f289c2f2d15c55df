"""Lines with a writer on them: cut into name, work and time, and whether they are a byline at all."""

from __future__ import annotations

import re
from dataclasses import replace

from newslab.layout.bylines import is_by, is_byline, is_personal, is_role, is_timestamp, without_by
from newslab.layout.credits import is_agency, is_organisation, parse_credit
from newslab.layout.lines import furniture_kind, is_about, look, normal
from newslab.webpage.beside import are_personal, has_name, is_signed, without_asides
from newslab.webpage.facts import Facts
from newslab.webpage.tree import PageLine, Piece
from newslab.webpage.writers import is_crew, without_crew

_BEFORE_TIME = re.compile(
    r"\s(?:at|on|am|um|le|el|il|à|a|the|(?:published|posted|updated|publié|veröffentlicht|publicado|pubblicato|publicerad)"
    r"(?: (?:at|on|am|um|le|el|il))?:?)\Z",
    re.IGNORECASE,
)
ARTICLES = ("The", "THE", "Der", "Die", "Das")  # of an outlet's name: The Dubna Post
_EDGES = " |·•,–—-/"
LONG = 400  # characters of a line with a writer, a work and times on it


def is_plain(line: PageLine) -> bool:
    """Whether a line is neither a link nor furniture."""
    return not line.linked and furniture_kind(look(line.text)) is None


def names_writer(line: PageLine, facts: Facts, marked: bool) -> bool:
    """Whether a line is a byline: by its form, or by its markup and a name or work in it."""
    text = line.text
    if len(text) > 250:
        return False
    label = text.partition(":")[0]
    if text.casefold().startswith("more by ") or (label != "" and is_about(look(label))):
        return False
    if is_byline(text) or (is_agency(text) and parse_credit(text).provenance != "social media"):
        return True
    key = f" {normal(text)} "
    outlet = normal(facts.outlet or "")
    if outlet and key.endswith(f" {outlet} ") and len(key.split()) > len(outlet.split()):
        key = key.removesuffix(f"{outlet} ")  # Ana Vries and Jo Roe, Dubna Post
        if is_person(text.partition(",")[0]) and normal(text.partition(",")[2]) == outlet:
            return True
    names = [normal(name) for name in facts.authors]
    if any(f" {name} " in key for name in names):
        for name in names:
            key = key.replace(f" {name} ", " ")
        rest = key.split()
        # beside the names: by, and, in Oslo, what they do; not "s most recent stories"
        return rest[:1] != ["s"] and len(rest) <= (12 if marked else 3) and not look(text).terminal
    return marked and not names and is_person(text.rstrip(". "))


def is_person(text: str) -> bool:
    """Whether a line has the form of persons' names, and none of an office's or of furniture."""
    return (
        are_personal(text)
        and text.split()[0] not in ARTICLES
        and not is_organisation(text)
        and furniture_kind(look(text)) is None
    )


def timed_pieces(line: PageLine, facts: Facts) -> list[tuple[str, str]]:
    """A line with a writer and a time on it, cut in two; empty if it has no time of its own."""
    if len(line.text) > LONG:
        return []
    timed = [any(role == "time" for role, _ in piece.marks) for piece in line.pieces]
    if all(timed) or not any(timed):
        cut = [(part, text.rstrip(" |·•–—-/")) for part, text in _cut(line, 0, len(line.text), facts)]
        return cut if len(cut) > 1 or cut[0][1] != line.text else _barred(line.text)
    stray = _before_writer(line)
    spans: list[tuple[str, int, int]] = []
    for piece, is_time in zip(line.pieces, timed, strict=True):
        if not is_time and piece in stray:
            continue
        part = "timestamp" if is_time else "byline"
        begun = line.text[piece.start :][:200]
        by = part == "byline" and without_by(begun) != begun
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
        for row in (_cut(line, start, end, facts) if part == "byline" else [(part, line.text[start:end])])
    ]
    texts = [(part, _BEFORE_TIME.sub("", text.strip(" |·•,–—-/"))) for part, text in rows]
    first = next((text for part, text in texts if part == "byline"), "")
    # behind the time, sections and comments are none: by Ana Vries, March 4, in Local
    return [
        (part, text)
        for part, text in texts
        if any(c.isalnum() for c in text) and not (part == "byline" and furniture_kind(look(text)))
        if part != "byline"
        or text == first
        or is_byline(text)
        or is_role(text)
        or has_name(normal(text), facts)
        or is_person(text)
    ]


def _cut(line: PageLine, start: int, end: int, facts: Facts) -> list[tuple[str, str]]:
    """A stretch of a line with a writer, cut by its elements and before who took the pictures."""
    rows: list[tuple[str, str]] = []
    for part, text in without_asides(line, start, end, facts):
        if part != "byline":
            rows.append((part, text))
        elif rows and is_crew(text):
            rows.append(("credit", text))
        else:
            words, crew = without_crew(text)
            rows += [("byline", words), *[("credit", crew)] * bool(crew)]
    return rows


def _before_writer(line: PageLine) -> list[Piece]:
    """The pieces of a line before the one that is marked as its writer, `By` left out: an outlet, a section."""
    signed = next((n for n, p in enumerate(line.pieces) if any(role == "byline" for role, _ in p.marks)), 0)
    before = line.pieces[:signed]
    while before and is_by(line.text[before[-1].start : before[-1].end].strip()):
        before.pop()
    return before


def _barred(text: str) -> list[tuple[str, str]]:
    """A writer and a time with a bar between: `Ana Vries | 3 March 2025`."""
    pieces = [piece.strip() for piece in re.split(r"\s[|·•/]\s", text) if piece.strip()]
    times = [piece for piece in pieces if is_timestamp(piece)]
    if not times or len(times) == len(pieces) or len(pieces) > 4:
        return []
    named = [piece for piece in pieces if piece not in times]
    kept = {named[0], *(piece for piece in named if is_personal(piece) or is_role(piece) or is_byline(piece))}
    return [("timestamp" if piece in times else "byline", piece) for piece in pieces if piece in kept or piece in times]


def names_writer_in(pieces: list[tuple[str, str]], line: PageLine, facts: Facts) -> bool:
    """Whether what a line holds beside its time is a byline."""
    said = [text for part, text in pieces if part == "byline"]
    written = " ".join([text for text in said if not is_role(text) or is_byline(text)] or said)
    untimed = (piece for piece in line.pieces if not any(role == "time" for role, _ in piece.marks))
    marked = any(map(is_signed, untimed))
    times = [text for part, text in pieces if part == "timestamp"]
    return (not times or any(map(is_short_time, times))) and names_writer(
        replace(line, text=written), facts, marked or is_byline(written)
    )


def is_timed(line: PageLine) -> bool:
    """Whether a line is marked as a time, or has a time for machines and little else: `Vardhamn - 4 March 2025`."""
    if line.marked("time") is not None:
        return True
    timed = [piece for piece in line.pieces if any(r == "time" and e.get("datetime") for r, e in piece.marks)]
    rest = sum(len(line.text[p.start : p.end].split()) for p in line.pieces if p not in timed)
    signed = any(role == "byline" for piece in line.pieces for role, _ in piece.marks)
    said = " ".join(line.text[p.start : p.end] for p in line.pieces if p not in timed)
    return bool(timed) and rest <= 4 and not signed and not is_byline(line.text) and not is_byline(said.strip(_EDGES))


def is_timed_in(line: PageLine) -> bool:
    """Whether a part of a line is marked as a time."""
    return any(role == "time" for piece in line.pieces for role, _ in piece.marks)


def is_short_time(text: str) -> bool:
    return any(c.isdigit() for c in text) and len(text) <= 100
