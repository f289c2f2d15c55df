"""The photographs that an article prints: caption, who took it, whose word it stands on, when, where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from newslab import rules
from newslab.credits import Credit, parse_credit
from newslab.layout import normal
from newslab.records import Entity, Photo, Segment, Span, local_id


if TYPE_CHECKING:
    from spacy.tokens import Doc

# whose word a picture stands on, by what its caption says; the first that fits
_PROVENANCE = (
    ("screenshot", r"\bscreen ?(?:shot|grab|capture)|\b(?:video|film) (?:grab|still)|\bstill (?:image )?(?:from|taken)"
                   r"|\b(?:image|photo|picture|frame|grab|footage)\b.{0,40}\b(?:from|in) (?:an? |the )?(?:\w+ ){0,3}(?:video|footage)"),
    ("social media", r"\b(?:posted|shared|uploaded|circulat\w+|published)\b.{0,30}\b(?:social media|twitter|facebook|instagram"
                     r"|telegram|tiktok|youtube|x\.com|online)\b|\bsocial media (?:image|photo|video|post|account)"),
    ("handout", r"\bhandout\b|\b(?:released|provided|supplied|distributed|issued|made available) by\b|\bcourtesy of\b"),
    ("archive", r"\bfile[ -](?:photo|picture|image|pic)\b|^FILE\b|\barchive (?:photo|picture|image)\b|\bfrom the archives?\b"),
)  # fmt: skip
_DATE = re.compile(
    r"\b(?:([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)"
    r"|(\d{1,2})(?:st|nd|rd|th)?\.? (?:de )?([^\W\d_]{3,10})\.?,? (?:de )?((?:19|20)\d\d)"
    r"|((?:19|20)\d\d)-(\d\d)-(\d\d)|([^\W\d_]{3,10})\.?,? ((?:19|20)\d\d))\b"
)
_AT = re.compile(r"(?i)\b(?:in|at|near|outside|off|from|over|across)\s+(?:\S+\s+){0,4}?\Z")


def photos(
    text: str | Doc, *, segments: Sequence[Segment] | None = None, entities: Sequence[Entity] = ()
) -> list[Photo]:
    """Distinct photographs of an article, from its captions and credits.

    A caption that is printed again, also with other capitals or blanks, is the same photograph.

    Parameters
    ----------
    text
        The article's text, or a `Doc` of it.
    segments
        Its segments, found anew if None.
    entities
        Its entities, from which `people` and `place` are taken.

    Examples
    --------
    >>> photo, = photos("It rained.\\n\\nA ferry in Oslo, May 3, 2016. Credit: JANE ROE/AFP\\n\\nThe rain went on.")
    >>> photo.photographer, photo.agency, photo.date
    ('Jane Roe', 'AFP', '2016-05-03')
    """
    text = text if isinstance(text, str) else text.text
    if segments is None:
        from newslab.segments import segments as find_segments

        segments = find_segments(text)
    found: dict[str, Photo] = {}
    credits: dict[str, Segment] = {}
    for caption, credit in _pairs(segments):
        first = caption or credit
        if first is None:
            continue
        key = normal(caption.text if caption else first.text)
        if caption is not None and credit is not None:
            credits.setdefault(key, credit)
        seen = found.get(key)
        if seen is None:
            found[key] = _photo(first, caption, credit, entities, text)
        else:
            found[key] = _again(seen, first, credit, entities, text, caption)
    return sorted(found.values(), key=lambda photo: (photo.start, photo.end))


def _pairs(parts: Sequence[Segment]) -> list[tuple[Segment | None, Segment | None]]:
    """Captions with the credit that stands beside each; None where there is none."""
    pairs: list[tuple[Segment | None, Segment | None]] = []
    pending: Segment | None = None  # a credit that may belong to the caption after it
    open_caption = False
    for segment in parts:
        if segment.part == "caption":
            pairs.append((segment, pending))
            open_caption, pending = pending is None, None
        elif segment.part == "credit":
            if open_caption:
                pairs[-1] = (pairs[-1][0], segment)
                open_caption = False
            else:
                if pending is not None:
                    pairs.append((None, pending))
                pending = segment
        else:
            if pending is not None:
                pairs.append((None, pending))
            pending, open_caption = None, False
    if pending is not None:
        pairs.append((None, pending))
    return pairs


def _photo(
    first: Segment, caption: Segment | None, credit: Segment | None, entities: Sequence[Entity], text: str
) -> Photo:
    words = caption.text if caption else ""
    said = parse_credit(credit.text) if credit else Credit(None, None, None)
    inside = [e for e in entities if caption and caption.start <= e.start and e.end <= caption.end]
    people = dict.fromkeys(e.name for e in inside if e.label == "person")
    return Photo(
        start=first.start,
        end=first.end,
        text=first.text,
        found_by=first.found_by,
        photo_id=local_id("p", first.start, first.end),
        caption=words,
        photographer=said.photographer,
        agency=said.agency,
        credit=credit.text if credit else None,
        provenance=provenance(words, said),
        date=date(words),
        place=_place(text, caption.start if caption else 0, inside),
        people=tuple(people),
        printings=((first.start, first.end),),
    )


def _again(
    seen: Photo,
    first: Segment,
    credit: Segment | None,
    entities: Sequence[Entity],
    text: str,
    caption: Segment | None,
) -> Photo:
    """A photograph that is printed once more, with the credit if this printing has one first."""
    from dataclasses import replace

    printings: tuple[Span, ...] = (*seen.printings, (first.start, first.end))
    if credit is None or seen.credit is not None:
        return replace(seen, printings=printings)
    said = parse_credit(credit.text)
    return replace(
        seen,
        printings=printings,
        photographer=said.photographer,
        agency=said.agency,
        credit=credit.text,
        provenance=provenance(seen.caption, said),
    )


def provenance(caption: str, credit: Credit) -> str:
    """On whose word a picture stands, by its caption first, then by its credit.

    >>> provenance("A screenshot from a video that the army uploaded", Credit(None, "AFP", "agency"))
    'screenshot'
    """
    for name, pattern in _PROVENANCE:
        if re.search(pattern, caption, flags=re.IGNORECASE):
            return name
    if re.search(r"(?i)\bpurport\w*\b", caption) and credit.provenance in (None, "agency"):
        return "handout" if credit.agency else "unknown"
    return credit.provenance or "unknown"


@cache
def _months() -> dict[str, int]:
    return {row["form"]: int(row["month"]) for row in rules.read("months")}


def date(text: str) -> str | None:
    """The first full date in a text, or else month and year, as ISO 8601.

    >>> date("on December 10, 2016."), date("9 Dec. 2016"), date("in May 2016"), date("on Monday")
    ('2016-12-10', '2016-12-09', '2016-05', None)
    """
    partial = None
    for match in _DATE.finditer(text):
        m1, d1, y1, d2, m2, y2, y3, m3, d3, m4, y4 = match.groups()
        if y3:
            month, day, year = int(m3), d3, y3
        else:
            month, day, year = _months().get((m1 or m2 or m4).casefold(), 0), d1 or d2, y1 or y2 or y4
        if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
            continue
        if day:
            return f"{year}-{month:02d}-{int(day):02d}"
        partial = partial or f"{year}-{month:02d}"
    return partial


def _place(text: str, start: int, inside: Sequence[Entity]) -> str | None:
    """The place that a caption names, one after a preposition of place first."""
    places = [e for e in inside if e.label == "place"]
    for entity in places:
        if _AT.search(text[max(start, entity.start - 40) : entity.start]):
            return entity.name
    return places[0].name if places else None
