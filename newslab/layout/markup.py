"""Parts of a text that its file has marked, such as a saved page's captions, carried from reader to finder.

A page copy has lost its markup, so its parts are found by their form. A saved page or an archive's export
says what is a caption or a byline. The reader notes that as strings in `articles.markup`, beside the text that
they are about: `caption 120-180` is a part, `image 120-180 https://...` the address of the picture whose
caption or credit stands there, `credited 120-180 Ana Vries/AFP` a credit of it that the page does not print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newslab.layout.bylines import find_dateline, is_sign_off
from newslab.layout.turns import turns
from newslab.records import PARTS, Segment, Span, local_id

_NOTE = re.compile(r"([a-z]+) (\d{1,12})-(\d{1,12})(?: (\S.*))?", re.DOTALL)


def note(part: str, start: int, end: int, value: str = "") -> str:
    """A part of a text, or an `image` and its address, as `articles.markup` holds it.

    >>> note("caption", 120, 180), note("image", 120, 180, "https://news.example/a.jpg")
    ('caption 120-180', 'image 120-180 https://news.example/a.jpg')
    """
    return f"{part} {start}-{end} {value}".rstrip()


def read_notes(markup: Sequence[str]) -> Iterator[tuple[str, int, int, str]]:
    """The notes that can be read, in the order of the text: part, start, end and value."""
    found = [match.groups() for entry in markup if (match := _NOTE.fullmatch(entry))]
    yield from sorted(((part, int(a), int(b), value or "") for part, a, b, value in found), key=lambda row: row[1:3])


def of_pictures(markup: Sequence[str], kind: str) -> dict[Span, str]:
    """What is told of pictures, as `image` or `credited`, by the stretch of their caption, or of their credit where
    there is no caption."""
    return {(start, end): value for part, start, end, value in read_notes(markup) if part == kind}


def marked_segments(text: str, markup: Sequence[str]) -> list[Segment]:
    """Segments of a text whose parts are known: what is not marked is body, a line a paragraph.

    A note that does not fit the text (its end is beyond it, or it overlaps the one before) counts for nothing.

    >>> [(s.part, s.text) for s in marked_segments("Rain\\n\\nOSLO (AP) - It rained.", ["headline 0-4"])]
    [('headline', 'Rain'), ('dateline', 'OSLO (AP) -'), ('body', 'It rained.')]
    """
    pieces: list[tuple[int, int, str]] = []
    position = 0
    for part, start, end, _ in read_notes(markup):
        if part in PARTS and position <= start < end <= len(text) and text[start:end].strip():
            pieces += [(a, b, "") for a, b in _lines(text, position, start)]
            pieces += [(a, b, part) for a, b in _stripped(text, start, end)]
            position = end
    pieces += [(a, b, "") for a, b in _lines(text, position, len(text))]
    found: list[Segment] = []
    labels = {turn.start for turn in turns(text)}
    paragraph = 0
    for start, end, part in pieces:
        dated = not part and paragraph < 2 and start not in labels
        cut = find_dateline(text[start:end]) if dated else None
        if cut:
            found.append(_segment(text, start, start + cut, "dateline", "rules:dateline", None))
            rest = _stripped(text, start + cut, end)
            if not rest:
                continue
            ((start, end),) = rest
        elif not part and is_sign_off(text[start:end]):
            part = "byline"
        kind = part or "body"
        paragraph += kind == "body"
        rule = "file:markup" if part else "file:text"
        found.append(_segment(text, start, end, kind, rule, paragraph if kind == "body" else None))
    return found


def _segment(text: str, start: int, end: int, part: str, rule: str, paragraph: int | None) -> Segment:
    return Segment(
        start=start,
        end=end,
        text=text[start:end],
        found_by=rule,
        segment_id=local_id("g", start, end),
        part=part,
        paragraph=paragraph,
    )


def _stripped(text: str, start: int, end: int) -> list[Span]:
    """A stretch without the blanks at its ends; none if it is all blank."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return [(start + lead, start + len(piece.rstrip()))] if piece.strip() else []


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines of a stretch that are not blank, without the blanks at their ends."""
    position = start
    for raw in text[start:end].splitlines(keepends=True):
        yield from _stripped(text, position, position + len(raw))
        position += len(raw)
