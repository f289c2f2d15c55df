"""What of an article can be shared, when it came out, and whose copy it says it carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from newslab import rules
from newslab.drawing.facts import given
from newslab.records import Span

CREDITS = ("byline", "dateline")  # sign-offs are bylines, too
USED = ("outlet", "published", "agency", "headline", "standfirst", "byline", "source_format", "markup")
PICTURES = ("caption", "credit")  # an agency named there is credited for a picture


class Printed(NamedTuple):
    """An article as far as copying goes."""

    key: str
    text: str
    body: tuple[Span, ...]  # stretches with nothing but body in them
    pictures: tuple[Span, ...]
    outlet: str
    day: str  # of publication, empty where it is not known
    time: str  # in UTC, empty where it is not known
    own: bool  # of a news agency
    agency: str | None  # whose copy it carries, as its row or its byline says
    named: str | None  # the agency in its byline, dateline or sign-off


def read(articles: Any) -> list[Printed]:
    """The articles as they came out; the body of `notes` is known, that of a table is looked for.

    Articles of one day stand in this order: those of agencies, since an agency does not copy its customers;
    then by time, where it is known; then as in the table. Those without a full date come last.
    """
    table = getattr(articles, "articles", articles)
    lacking = [name for name in ("article_id", "text") if name not in table.columns]
    if lacking:
        raise ValueError(
            f"reuse(): the articles have no {' and no '.join(lacking)}.\n"
            "Give it what load_articles() or annotate() gave."
        )
    segments = _of_notes(articles.segments) if hasattr(articles, "segments") else None
    found = []
    names = [name for name in USED if name in table]
    for row in table[["article_id", "text", *names]].to_dict("records"):
        facts = {str(name): given(value) for name, value in row.items()}
        parts = _looked_for(facts) if segments is None else segments.get(facts["article_id"], [])
        found.append(_printed(facts, parts))
    return sorted(found, key=lambda one: (not one.day, one.day, not one.own, one.time))


Part = tuple[str, int, int]


def _of_notes(table: Any) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    rows = table.sort_values(["article_id", "start"])
    for key, part, start, end in zip(*(rows[name] for name in ("article_id", "part", "start", "end")), strict=True):
        found.setdefault(key, []).append((part, int(start), int(end)))
    return found


def _looked_for(facts: dict[str, Any]) -> list[Part]:
    from newslab.segments import segments

    known = {name: facts.get(name) for name in ("headline", "standfirst", "byline")}
    whole = facts.get("source_format") == "html"
    page = segments(facts["text"] or "", **known, known_body=whole, markup=facts.get("markup") or ())
    return [(found.part, found.start, found.end) for found in page]


def _printed(facts: dict[str, Any], parts: Iterable[Part]) -> Printed:
    text = facts["text"] or ""
    body: list[Span] = []
    before = ""
    apart, pictures = [], []
    for part, start, end in parts:
        if part == "body" and before == "body":
            body[-1] = (body[-1][0], end)
        elif part == "body":
            body.append((start, end))
        elif part in CREDITS:
            apart.append(text[start:end])
        elif part in PICTURES:
            pictures.append((start, end))
        before = part
    outlet, agency = facts.get("outlet") or "", facts.get("agency")
    own = outlet.casefold() in _agencies() or (bool(outlet) and outlet == agency)
    named = next(filter(None, map(_named, apart)), None)
    if agency is None:
        agency = _agencies()[outlet.casefold()] if own else named
    day, time = _when(facts.get("published") or "")
    key = str(facts["article_id"])
    return Printed(key, text, tuple(body), tuple(pictures), outlet, day, time, own, agency, named)


def _when(published: str) -> tuple[str, str]:
    """The day of an ISO date as it is written, and its time in UTC, each empty where it is not known."""
    import pandas as pd

    if not re.match(r"\d{4}-\d\d-\d\d", published):
        return "", ""
    if len(published) < 16:
        return published[:10], ""
    time = pd.to_datetime(published, utc=True, errors="coerce", format="ISO8601")
    return published[:10], "" if pd.isna(time) else time.isoformat()


@cache
def _agencies() -> dict[str, str]:
    """The name of each news agency by its forms, small."""
    return {row["form"].casefold(): row["name"] for row in rules.read("agencies") if row["kind"] == "news"}


@cache
def _form() -> re.Pattern[str]:
    forms = [row["form"] for row in rules.read("agencies") if row["kind"] == "news"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?!\w)")


def _named(line: str) -> str | None:
    match = _form().search(line)
    return _agencies()[match[0].casefold()] if match else None


def order(later: Printed, earlier: Printed) -> str:
    """How it is known that one came first: `date`, `agency`, or `unknown`."""
    if not later.day or not earlier.day:
        return "unknown"
    timed = later.own == earlier.own and later.time and earlier.time and later.time > earlier.time
    if later.day != earlier.day or timed:
        return "date"
    return "agency" if earlier.own and not later.own else "unknown"


def credited(later: Printed, first: Printed, earlier: Printed) -> tuple[str | None, bool]:
    """Whose copy a passage of the later article is, and whether the article says so; its own text needs no credit."""
    agency = later.agency
    if agency is not None and agency == later.named:
        return agency, True
    outlets = [one.outlet for one in (first, earlier) if one.outlet and one.outlet != later.outlet]
    for name in dict.fromkeys([*filter(None, [agency]), *outlets]):
        if _names(later, name):
            return agency or name, True
    return agency or (first.agency if first.own else None), bool(first.outlet) and first.outlet == later.outlet


def _names(article: Printed, name: str) -> bool:
    """Whether a text has a name anywhere but at its pictures."""
    places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", article.text)]
    return not all(inside(places, article.pictures))


def inside(places: Sequence[int], spans: Sequence[Span]) -> list[bool]:
    """Whether each place lies in one of some spans; both in order."""
    found, k = [], 0
    for place in places:
        while k < len(spans) and spans[k][1] <= place:
            k += 1
        found.append(k < len(spans) and spans[k][0] <= place)
    return found
