"""The photographs that an article prints: caption, who took it, whose word it stands on, when, where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from newslab import rules
from newslab.layout.credits import Credit, is_agency, parse_credit
from newslab.layout.lines import normal
from newslab.layout.markup import of_pictures
from newslab.records import Entity, Photo, Segment, Span, local_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

BEGIN = 40  # characters by which a caption that is cut short is known again
_PICTURE = r"(?:image|photo|photograph|picture|frame|grab|footage|video)"
# Whose word a picture stands on, by what its caption says of it; the first that fits. Gaps are bounded,
# so that a caption of any length takes linear time.
_TOLD = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("screenshot", r"\bscreen ?(?:shot|grab|capture)|\b(?:video|film) (?:grab|still)\b"),
        ("screenshot", r"\bstill (?:image )?(?:from|taken)\b"),
        ("screenshot", rf"\b{_PICTURE}\b.{{0,40}}\b(?:from|in) (?:an? |the )?(?:\w+ ){{0,3}}(?:video|footage)\b"),
        ("social media", r"\bsocial media (?:image|photo|picture|video|post|account)"),
        ("social media", r"\b(?:posted|shared|uploaded|circulat\w+|published)\b.{0,30}"
                         r"\b(?:social media|twitter|facebook|instagram|telegram|tiktok|youtube|online)\b"),
        ("handout", r"\bhandout\b|\bcourtesy of\b"),
        ("handout", r"\b(?:released|provided|supplied|distributed|issued|made available) by\b"),
        ("archive", r"^FILE\b|\bfile[ -](?:photo|picture|image|pic)\b|\barchive (?:photo|picture|image)\b"),
        ("archive", r"\bfrom the archives?\b"),
    )
)  # fmt: skip
_DATE = re.compile(
    r"\b(?:([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)"
    r"|(\d{1,2})(?:st|nd|rd|th)?\.? (?:de )?([^\W\d_]{3,10})\.?,? (?:de )?((?:19|20)\d\d)"
    r"|((?:19|20)\d\d)-(\d\d)-(\d\d)|([^\W\d_]{3,10})\.?,? ((?:19|20)\d\d))\b"
)
_AT = re.compile(r"\b(?:in|at|near|outside|off|from|over|across)\s+(?:\S+\s+){0,4}\Z", re.IGNORECASE)
_CAPTION_LABEL = re.compile(r"(?:image|media|photo|picture|video) caption\s?[:,]?\s+|caption:\s+", re.IGNORECASE)
_CUT_SHORT = re.compile(r"(?:\.{3}|…)(?: more| less)?\Z")


def photos(
    text: str | Doc,
    *,
    segments: Sequence[Segment] | None = None,
    entities: Sequence[Entity] = (),
    outlet: str | None = None,
    markup: Sequence[str] = (),
) -> list[Photo]:
    """Distinct photographs of an article, from its captions and credits.

    A caption that is printed again, also with other capitals or blanks or cut short, is the same
    photograph. A credit without a caption is a photograph whose caption is empty.

    Parameters
    ----------
    text
        The article's text, or a `Doc` of it.
    segments
        Its segments, found anew if None.
    entities
        Its entities in order, from which `people` and `place` are taken.
    outlet
        Who published it; a photograph credited to the outlet itself is `staff`. One by a photographer who is
        credited alone is `unknown`, or `handout` if the body tells of that person.
    markup
        What the article's file marks (`articles.markup`): pictures' addresses, and credits that are not printed.

    Returns
    -------
    list of Photo
        In the order in which they are first printed. `date` is ISO 8601, as exact as the caption is.

    Examples
    --------
    >>> photo, = photos("It rained.\\n\\nA ferry in Oslo, May 3, 2016. Credit: JANE ROE/AFP\\n\\nThe rain went on.")
    >>> photo.photographer, photo.agency, photo.date
    ('Jane Roe', 'AFP', '2016-05-03')
    """
    text = text if isinstance(text, str) else text.text
    if segments is None:
        from newslab.segments import segments as find_segments  # which calls this module's own helpers

        segments = find_segments(text)
    starts = [entity.start for entity in entities]
    told = _in_the_story(segments, entities, starts)
    found: dict[str, Photo] = {}
    printings: dict[str, list[Span]] = {}
    begun: dict[str, str] = {}  # how a caption begins -> its key
    addresses, unprinted = of_pictures(markup, "image"), of_pictures(markup, "credited")
    seen: Segment | None = None
    for caption, credit in _pairs(segments):
        if caption and seen and seen.found_by == "rules:leading-credit":
            between = text[seen.end : caption.start]
            if between.isspace() and between.count("\n") == 1:
                continue  # the caption below a description of the same picture
        seen = caption
        key = normal(caption.text if caption else credit.text if credit else "")
        if caption and _CUT_SHORT.search(caption.text):
            begin = normal(_CUT_SHORT.sub("", caption.text))
            full = begun.get(begin[:BEGIN], "")
            key = full if len(begin) >= BEGIN and full.startswith(begin) else key
        said = Credit(None, None, None)
        by = credit.text if credit else unprinted.get((caption.start, caption.end)) if caption else None
        if by:
            printed = entities[bisect_left(starts, credit.start) : bisect_left(starts, credit.end)] if credit else ()
            said = _with_story(parse_credit(by, outlet), printed, told)
        inside: Sequence[Entity] = ()
        if caption:
            inside = entities[bisect_left(starts, caption.start) : bisect_left(starts, caption.end)]
        new = _photo(text, caption, credit, by, inside, said)
        new = replace(new, image_url=addresses.get((new.start, new.end)))
        found[key] = _with_credit(found[key], new) if key in found else new
        printings.setdefault(key, []).append((new.start, new.end))
        begun.setdefault(key[:BEGIN], key)
    whole = [replace(photo, printings=tuple(printings[key])) for key, photo in found.items()]
    return sorted(whole, key=lambda photo: (photo.start, photo.end))


def _pairs(segments: Sequence[Segment]) -> list[tuple[Segment | None, Segment | None]]:
    """Captions with the credit that stands beside each, None where there is none; one of the two is there."""
    pairs: list[tuple[Segment | None, Segment | None]] = []
    waiting: Segment | None = None  # a credit that may belong to the caption below it
    for before, segment in zip([None, *segments], segments, strict=False):
        if segment.part == "caption":
            pairs.append((segment, waiting))
            waiting = None
            continue
        if waiting is not None:
            pairs.append((None, waiting))
            waiting = None
        if segment.part == "credit":
            if before is not None and before.part == "caption" and pairs[-1] == (before, None):
                pairs[-1] = (before, segment)
            else:
                waiting = segment
    return [*pairs, (None, waiting)] if waiting else pairs


def _photo(text: str, caption: Segment | None, credit: Segment | None, by: str | None, inside: Sequence[Entity],
           said: Credit) -> Photo:  # fmt: skip
    """One printing of a photograph; `inside` are the entities of its caption, `by` is its credit's text, `said` what
    that says."""
    first = caption or credit
    assert first is not None
    words = _CAPTION_LABEL.sub("", caption.text, count=1) if caption else ""
    return Photo(
        start=first.start,
        end=first.end,
        text=first.text,
        found_by=first.found_by,
        photo_id=local_id("p", first.start, first.end),
        caption=words,
        photographer=said.photographer,
        agency=said.agency,
        credit=by,
        provenance=provenance(words, said),
        date=date(words),
        place=_place(text, first.start, inside),
        people=tuple(dict.fromkeys(e.name for e in inside if e.label == "person")),
    )


def _with_credit(seen: Photo, new: Photo) -> Photo:
    """A photograph that is printed once more, with the new printing's credit if it had none."""
    if seen.credit is not None or new.credit is None:
        return seen
    return replace(
        seen,
        credit=new.credit,
        photographer=new.photographer,
        agency=new.agency,
        provenance=new.provenance,
    )


def _in_the_story(segments: Sequence[Segment], entities: Sequence[Entity], starts: Sequence[int]) -> set[str]:
    """Names of the persons whom the body tells of."""
    body = [segment for segment in segments if segment.part == "body"]
    spans = [(bisect_left(starts, segment.start), bisect_left(starts, segment.end)) for segment in body]
    return {entity.name for first, last in spans for entity in entities[first:last] if entity.label == "person"}


def _with_story(said: Credit, printed: Sequence[Entity], told: Container[str]) -> Credit:
    """A credit with what the article says of those whom it names; `printed` are the entities in it.

    An acronym that the article spells out is that name, and a picture by somebody whom the story is about was
    given to the outlet.
    """
    if said.agency and said.agency.isupper() and not is_agency(said.agency):
        full = next((e.name for e in printed if e.text == said.agency and e.label == "organisation"), said.agency)
        said = said._replace(agency=full)
    if said.provenance is None and said.photographer in told:
        said = said._replace(provenance="handout")
    return said


def provenance(caption: str, credit: Credit) -> str:
    """On whose word a picture stands: what its caption says of it, else what its credit says.

    A picture that is said to purport to show something stands on nobody's word but its source's, so an
    agency's credit alone does not vouch for it.

    >>> provenance("A screenshot from a video that the army uploaded", Credit(None, "AFP", "agency"))
    'screenshot'
    """
    for name, pattern in _TOLD:
        if pattern.search(caption):
            return name
    if re.search(r"\bpurport", caption) and credit.provenance == "agency" and credit.photographer is None:
        return "handout"
    return credit.provenance or "unknown"


@cache
def _months() -> dict[str, int]:
    return {row["form"]: int(row["month"]) for row in rules.read("months")}


def date(text: str) -> str | None:
    """The first full date in a text, or else month and year, as ISO 8601.

    >>> date("on December 10, 2016."), date("9 Dec. 2016"), date("in May 2016"), date("on Monday")
    ('2016-12-10', '2016-12-09', '2016-05', None)
    """
    from datetime import date as day_of

    month_only = None
    for match in _DATE.finditer(text):
        m1, d1, y1, d2, m2, y2, y3, m3, d3, m4, y4 = match.groups()
        month = int(m3) if m3 else _months().get((m1 or m2 or m4).casefold(), 0)
        day, year = d1 or d2 or d3, int(y1 or y2 or y3 or y4)
        if day and 1 <= month <= 12:
            try:
                return day_of(year, month, int(day)).isoformat()
            except ValueError:  # no such day: 31 June
                continue
        if 1 <= month <= 12 and month_only is None:
            month_only = f"{year}-{month:02d}"
    return month_only


def _place(text: str, start: int, inside: Sequence[Entity]) -> str | None:
    """The place that a caption names, one after a preposition of place first."""
    places = [e for e in inside if e.label == "place"]
    for entity in places:
        if _AT.search(text[max(start, entity.start - 40) : entity.start]):
            return entity.name
    return places[0].name if places else None
