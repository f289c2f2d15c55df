"""What newslab finds, as frozen records for one text and as tables for a corpus.

Offsets are the spine: `start` and `end` count characters of the article's text, from 0, end not
included, and `text[start:end] == row.text` for every record below `Article`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Span = tuple[int, int]

PARTS = (
    "headline", "standfirst", "byline", "dateline", "timestamp", "subhead", "caption", "credit", "body",
    "furniture",
)  # fmt: skip
PROSE = ("headline", "standfirst", "subhead", "caption", "body")  # the parts that are parsed
VOICES = ("outlet", "quoted", "mixed")
PROVENANCES = ("staff", "agency", "handout", "screenshot", "social media", "archive", "unknown")
LABELS = ("person", "organisation", "place", "nationality", "event", "work", "law", "product", "facility", "other")
MENTIONS = ("name", "title", "pronoun")
ACTS = ("speech", "writing", "attitude")
QUOTE_TYPES = ("direct", "indirect", "mixed")
NAMINGS = ("named", "unnamed", "collective", "none")
ACTOR_TYPES = (
    "government", "military", "police", "court", "party", "international organisation", "NGO", "business",
    "expert", "media", "document", "armed group", "citizen", "other",
)  # fmt: skip
DIMENSIONS = (
    "count", "money", "percent", "percentage points", "length", "area", "volume", "mass", "duration", "age",
    "speed", "temperature", "energy", "power", "data", "rate", "ratio", "fraction", "other",
)  # fmt: skip
BOUNDS = (
    "=", "about", "more than", "at least", "less than", "up to", "range", "dozens", "hundreds", "thousands",
    "tens of thousands", "hundreds of thousands", "millions", "billions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One document that was found: its text, fixed at loading, and what is known beside it."""

    article_id: str
    text: str = ""
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    published: str | None = None  # ISO 8601, as exactly as it is known: 2016-12-10, or with time and zone
    modified: str | None = None
    outlet: str | None = None
    section: str | None = None
    page: str | None = None
    url: str | None = None
    language: str | None = None  # ISO 639-1
    agency: str | None = None
    story_id: str | None = None
    source_file: str | None = None
    source_format: str | None = None
    sha256: str | None = None  # of the text, as UTF-8
    words: int | None = None  # of the body
    reading_ease: float | None = None
    grade_level: float | None = None
    tone: float | None = None
    edition: str | None = None
    subjects: tuple[str, ...] = ()
    correction: str | None = None
    copyright: str | None = None
    markup: tuple[str, ...] = ()  # what the file itself marks of the text; see layout.markup
    duplicate_of: str | None = None
    problem: str | None = None
    extra: Mapping[str, Any] | None = None  # the user's own columns; no column of ours, see `columns`


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stretch of an article's text, and the rule or model that found it."""

    start: int
    end: int
    text: str
    found_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Found):
    """One stretch of the page, a line or paragraph, and what part of the page it is."""

    segment_id: str
    part: str  # one of PARTS
    paragraph: int | None = None  # counts the paragraphs of the body, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Found):
    """One sentence of headline, standfirst, subhead, body or caption."""

    sentence_id: str
    segment_id: str | None = None
    part: str = "body"
    voice: str = "outlet"  # one of VOICES
    tone: float | None = None  # -1 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo(Found):
    """One distinct photograph; `start, end` are those of its first caption."""

    photo_id: str
    caption: str
    photographer: str | None = None
    agency: str | None = None
    credit: str | None = None  # as printed; of a saved page also as the data beside the picture give it
    provenance: str = "unknown"  # one of PROVENANCES
    date: str | None = None  # ISO 8601
    place: str | None = None
    people: tuple[str, ...] = ()
    image_url: str | None = None
    printings: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Found):
    """One mention of an entity; mentions of one entity share `entity_id` and `name`."""

    mention_id: str
    mention: str = "name"  # one of MENTIONS
    label: str = "other"  # one of LABELS
    entity_id: str
    name: str  # canonical: the fullest form in the article
    role: str | None = None  # "U.S. Secretary of State", rank included
    affiliation: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    latitude: float | None = None
    longitude: float | None = None
    gazetteer_id: str | None = None
    stands_for: str | None = None  # "government", of a place that speaks or acts
    confidence: float | None = None  # 0 to 1, of a pronoun: that it stands for this entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Found):
    """One attribution: who said what, and which words show it; `start, end` cover all of it."""

    statement_id: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    content_text: str
    cue_lemma: str | None = None
    source_text: str | None = None
    act: str = "speech"  # one of ACTS
    quote_type: str = "indirect"  # one of QUOTE_TYPES
    speaker: str | None = None  # canonical; for the unnamed the noun phrase without its article
    entity_ids: tuple[str, ...] = ()
    naming: str = "none"  # one of NAMINGS
    actor_type: str = "other"  # one of ACTOR_TYPES
    role: str | None = None
    affiliation: str | None = None
    via: str | None = None  # told to
    part: str = "body"
    words: int = 0  # of the content
    tone: float | None = None  # -1 to 1
    confidence: float | None = None  # 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Found):
    """One numeric figure: how much or how many, of what, and on whose word."""

    quantity_id: str
    value: float | None = None  # null for a range and for "hundreds"
    low: float | None = None
    high: float | None = None
    unit: str | None = None  # null for counts, whose noun is in `counted`
    dimension: str = "count"  # one of DIMENSIONS
    bound: str = "="  # one of BOUNDS
    change: str | None = None  # up, down
    counted: str | None = None
    topic: str | None = None  # what the figure is about, in the text's own words: profit, in "profit fell 4%"
    action: str | None = None  # lemma
    action_text: str | None = None
    place: str | None = None
    time: str | None = None
    statement_id: str | None = None
    claimed_by: str | None = None
    converts: str | None = None  # the quantity_id that this one, in brackets, repeats
    part: str = "body"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong: at which stage, with which article, and why."""

    article_id: str | None
    stage: str
    reason: str
    source_file: str | None = field(default=None)


TABLES: dict[str, type] = {
    "articles": Article,
    "segments": Segment,
    "sentences": Sentence,
    "photos": Photo,
    "entities": Entity,
    "statements": Statement,
    "quantities": Quantity,
    "problems": Problem,
}
# Columns that hold an id made from offsets: unique within an article, and made unique in a corpus by
# `table_rows`, which puts the article's id before them.
ID_COLUMNS = {
    "segment_id", "sentence_id", "photo_id", "mention_id", "entity_id", "entity_ids", "statement_id",
    "quantity_id", "converts",
}  # fmt: skip


@cache
def columns(table: str) -> dict[str, Any]:
    """Column names of a table with their Python types, in the order they are printed.

    >>> list(columns("sentences"))[:5]
    ['article_id', 'sentence_id', 'start', 'end', 'text']
    """
    record = TABLES[table]
    hints = typing.get_type_hints(record)
    names = [f.name for f in fields(record)]
    if issubclass(record, Found):
        own = [name for name in names if name not in ("start", "end", "text", "found_by")]
        names = ["article_id", own[0], "start", "end", "text", *own[1:], "found_by"]
    elif record is Article:
        names.remove("extra")
        names.remove("text")
        names.insert(names.index("words"), "text")
    return {name: hints.get(name, str) for name in names}


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The table's Arrow schema, which every Parquet file and DataFrame of it has."""
    import pyarrow as pa

    def arrow(hint: Any) -> pa.DataType:
        if isinstance(hint, types.UnionType):
            hint = next(part for part in typing.get_args(hint) if part is not type(None))
        if typing.get_origin(hint) is tuple:
            item = typing.get_args(hint)[0]
            return pa.list_(pa.list_(pa.int64()) if item == Span else arrow(item))
        return {str: pa.string(), int: pa.int64(), float: pa.float64()}[hint]

    return pa.schema([(name, arrow(hint)) for name, hint in columns(table).items()])


def table_rows(table: str, article_id: str, records: Iterable[Any]) -> list[dict[str, Any]]:
    """Records of one article as rows of a table, their ids made unique in the corpus.

    >>> row, = table_rows("segments", "a1", [Segment(
    ...     start=0, end=2, text="Hi", found_by="rule", segment_id="g0-2", part="body")])
    >>> row["article_id"], row["segment_id"]
    ('a1', 'a1/g0-2')
    """
    names = columns(table)
    rows = []
    for record in records:
        row: dict[str, Any] = {name: getattr(record, name, None) for name in names}
        if isinstance(record, Found):
            row["article_id"] = article_id
            for name in ID_COLUMNS & names.keys():
                if isinstance(row[name], tuple):
                    row[name] = tuple(f"{article_id}/{local}" for local in row[name])
                elif row[name] is not None:
                    row[name] = f"{article_id}/{row[name]}"
        rows.append(row)
    return rows


def frame(table: str, rows: Sequence[dict[str, Any]] | pa.Table) -> pd.DataFrame:
    """Rows, or an Arrow table, as a DataFrame with the columns and types of `table`, also when empty.

    Text columns hold strings or missing values, `words` and `paragraph` are nullable integers, lists are lists.

    >>> frame("problems", []).columns.tolist()
    ['article_id', 'stage', 'reason', 'source_file']
    """
    import pandas as pd
    import pyarrow as pa

    data = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(list(rows), arrow_schema(table))
    df = data.to_pandas()
    for name, kind in zip(data.schema.names, data.schema.types, strict=True):
        if pa.types.is_list(kind):
            df[name] = pd.Series(data.column(name).to_pylist(), dtype=object, index=df.index)
        elif pa.types.is_int64(kind) and name in ("words", "paragraph"):
            df[name] = pd.array(data.column(name).to_pylist(), dtype="Int64")
        elif pa.types.is_string(kind):
            df[name] = df[name].astype("str")
    return df


def local_id(kind: str, start: int, end: int) -> str:
    """An id within an article that stays the same as long as the stretch does: `q12-20`."""
    return f"{kind}{start}-{end}"
