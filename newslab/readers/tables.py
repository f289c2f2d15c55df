"""Tables of articles: JSONL, CSV, Parquet and DataFrames, a row a document.

A row has `text` (a page copy or a body) or `html` (a saved page); the text is never changed by one
character. Other columns of the article table are taken over under their own names.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import warnings
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.readers import pages
from newslab.readers.text import MAX_TEXT
from newslab.records import Article
from newslab.records import columns as table_columns

if TYPE_CHECKING:
    import pandas as pd

MAX_LINE = MAX_TEXT
MAX_UNPACKED = 4 * 1024**3  # bytes of a packed table
MAX_SHAPES = 1_000  # sets of keys in one file whose columns are remembered
LISTS = ("authors", "subjects", "markup")
# what a row may say of its article; the rest is found out
KNOWN = (
    "article_id", "headline", "standfirst", "byline", "authors", "dateline", "published", "modified", "outlet",
    "section", "page", "url", "language", "agency", "story_id", "edition", "subjects", "correction", "copyright",
    "markup",
)  # fmt: skip
# what others call our columns; those of the first line are read without a word
ALIASES = {"id": "article_id", "date": "published", "title": "headline"}
GUESSES = {
    "text": "body content article article_text articletext full_text fulltext maintext main_text text_content "
            "articlebody article_body plain_text plaintext story story_text",
    "html": "raw_html rawhtml html_content page_html source_html",
    "article_id": "doc_id docid document_id uuid guid _id identifier article_no",
    "headline": "head heading titel titre titulo article_title",
    "published": "pubdate pub_date publish_date published_at publication_date date_published datepublished datetime "
                 "publishdate published_date timestamp created_at datum fecha",
    "outlet": "publisher source publication newspaper media medium site source_name media_name outlet_name journal",
    "url": "link uri web_url article_url href permalink",
    "authors": "author writer writers creator journalist",
    "section": "category rubric section_name",
    "language": "lang",
}  # fmt: skip

READ = frozenset((*KNOWN, "text", "html"))


class SeveralTextsError(ValueError):
    """Several columns could hold an article's text, and none is named so."""


def mapping(names: Iterable[str], columns: Mapping[str, str], where: str, *, warn: bool = True) -> dict[str, str]:
    """Our columns -> those of a table: what `columns` says, and what can be guessed from the names for the rest.

    A guess of what holds the text is told as a warning.

    Raises
    ------
    ValueError
        If `columns` names a column that is not there, or nothing or several columns could hold the text.

    Examples
    --------
    >>> mapping(["id", "text", "link"], {}, "x.csv")
    {'article_id': 'id', 'url': 'link'}
    """
    present = list(names)
    missing = [name for name in columns.values() if name not in present]
    if missing:
        raise ValueError(f"{where}: no column {missing[0]!r}, which columns= names. It has: {', '.join(present)}.")
    found = dict(columns)
    low = {name.casefold().strip().replace(" ", "_").replace("-", "_"): name for name in reversed(present)}
    used = set(columns.values())
    for alias, ours in ALIASES.items():
        if alias in low and ours not in present and low[alias] not in used:
            found.setdefault(ours, low[alias])
    told = {}
    has_text = bool({"text", "html"} & {*present, *columns})
    for ours, theirs in GUESSES.items():
        if ours in present or ours in found or (ours in ("text", "html") and has_text):
            continue
        fit = [low[name] for name in theirs.split() if name in low and low[name] not in {*used, *found.values()}]
        if len(fit) > 1 and ours == "text":
            raise SeveralTextsError(
                f"{where}: no column 'text' or 'html', and several that may be it: {', '.join(fit)}. "
                f"Say which: columns={{'text': {fit[0]!r}}}."
            )
        if len(fit) == 1:
            found[ours] = told[ours] = fit[0]
    if not has_text and not {"text", "html"} & found.keys():
        near = get_close_matches("text", present, n=1, cutoff=0.6)
        hint = f" Did you mean {near[0]!r}? Say columns={{'text': {near[0]!r}}}." if near else ""
        raise ValueError(f"{where}: no column 'text' or 'html'. It has: {', '.join(present) or 'none'}.{hint}")
    if warn and {"text", "html"} & told.keys():
        guessed = ", ".join(f"{theirs!r} as {ours}" for ours, theirs in told.items())
        warnings.warn(
            f"{where}: no column 'text' or 'html': read {guessed}. Say columns={told} to be sure.", stacklevel=2
        )
    return found


def article(row: Mapping[str, Any], where: str, columns: Mapping[str, str]) -> Article:
    """One row as an article; `where` (file and line) begins what its `problem` says.

    Columns that are none of ours are kept in `extra`.

    >>> article({"id": "a1", "text": "Two men left.", "desk": "north"}, "x.jsonl, line 1", {"article_id": "id"}).extra
    {'desk': 'north'}
    """
    extra = _extra(row, columns)
    row = {**row, **{ours: row.get(theirs) for ours, theirs in columns.items()}}
    facts: dict[str, Any] = {"extra": extra or None}
    for name in KNOWN:
        value = row.get(name)
        if not _missing(value):
            facts[name] = _listed(value) if name in LISTS else str(_name_of(value))
    facts.setdefault("article_id", "")
    text, html = row.get("text"), row.get("html")
    if isinstance(text, str) and not (_missing(text) and isinstance(html, str)):
        return Article(text=text, source_format="text", **facts)
    if isinstance(html, str):
        return _with_facts(pages.article(html), facts)
    what = "no text" if _missing(text) else f"text is {type(text).__name__}, not a string"
    return Article(problem=f"{where}: {what}", **facts)


def _listed(value: Any) -> tuple[str, ...]:
    """A list, also one that a CSV holds as JSON; a string is a list of one."""
    if isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):  # brackets of another kind
            return (value,)
    return tuple(str(_name_of(part)) for part in value) if isinstance(value, list | tuple) else (str(_name_of(value)),)


def _name_of(value: Any) -> Any:
    """What an object is called, as interfaces give outlets and authors; any other value as it is.

    >>> _name_of({"id": "wire", "name": "Harbour Wire"}), _name_of("Harbour Wire")
    ('Harbour Wire', 'Harbour Wire')
    """
    name = value.get("name") if isinstance(value, dict) else None
    return name if isinstance(name, str) and name else value


def _with_facts(page: Article, facts: Mapping[str, Any]) -> Article:
    return replace(page, **facts)


def _extra(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a row that are the user's own; `words` that we count ourselves becomes `words_given`."""
    ours = table_columns("articles")
    loaded = row.keys() >= {"sha256", "duplicate_of", "problem", "text"}  # a table that load_articles gave
    own: dict[str, Any] = {}
    for name, value in row.items():
        if name in READ or name in columns.values() or (loaded and name in ours):
            continue
        if name in ours or name == "extra":
            name = f"{name}_given"
        own[name] = None if _missing(value) else value
    return own


def _missing(value: Any) -> bool:
    if value is None or value == "":
        return True
    if isinstance(value, float) and math.isnan(value):
        return True
    return type(value).__name__ in ("NAType", "NaTType")


class _Capped(io.RawIOBase):
    """A packed file that ends with an error where it unpacks to more than any table holds."""

    def __init__(self, path: Path) -> None:
        self.file = gzip.open(path)  # noqa: SIM115 (closed in close)
        self.left = MAX_UNPACKED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self.file.read(min(len(buffer), self.left + 1))
        except (EOFError, zlib.error) as error:
            raise OSError(f"the compressed file is damaged: {error}") from error
        self.left -= len(data)
        if self.left < 0:
            raise OSError(f"unpacks to more than {MAX_UNPACKED:,} bytes, as bombs do")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self.file.close()
        super().close()


def open_table(path: Path) -> io.BufferedReader:
    return io.BufferedReader(_Capped(path), 1 << 16) if path.suffix.lower() == ".gz" else path.open("rb")


def read_jsonl(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """JSON Lines: an object a line. A line that is none becomes a row with its problem."""
    name, number = path.as_posix(), 0
    known: dict[frozenset[str], dict[str, str]] = {}
    with open_table(path) as file:
        while line := file.readline(MAX_LINE + 1):
            number += 1
            where = f"{name}, line {number}"
            if not line.strip():
                continue
            problem, row = None, {}
            if len(line) > MAX_LINE:
                while not line.endswith(b"\n") and (line := file.readline(MAX_LINE)):
                    pass
                problem = f"longer than the {MAX_LINE:,} bytes that one line may have"
            else:
                try:
                    row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
                    if not isinstance(row, dict):
                        problem = f"{type(row).__name__}, not a JSON object"
                except UnicodeDecodeError:
                    problem = "not UTF-8"
                except (ValueError, RecursionError) as error:
                    problem = f"not JSON ({error})"
            if problem:
                yield Article("", source_file=name, source_format="jsonl", problem=f"{where}: {problem}")
                continue
            yield replace(article(row, where, mapping_of(row, columns, where, known)), source_file=name)


def mapping_of(
    row: Mapping[str, Any], columns: Mapping[str, str], where: str, known: dict[frozenset[str], dict[str, str]]
) -> dict[str, str]:
    """The mapping of a row whose table has no header; one that fits nothing keeps what `columns` says.

    `known` holds those of the rows before it, by their keys; a guess is told for the first of them only.
    """
    keys = frozenset(row)
    if keys not in known:
        there = {ours: theirs for ours, theirs in columns.items() if theirs in row}
        try:
            found = mapping(row, there, where, warn=not known)
        except ValueError:
            found = there
        if len(known) >= MAX_SHAPES:
            return found
        known[keys] = found
    return known[keys]


def read_csv(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """CSV with a header, in UTF-8 or with a byte order mark, its cells parted by commas, semicolons or tabs."""
    name = path.as_posix()
    limit = csv.field_size_limit(MAX_LINE)
    line = 0
    try:
        with open_table(path) as raw:
            encoding = "utf-16" if raw.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
            file = io.TextIOWrapper(raw, encoding=encoding, newline="")
            head = file.readline(MAX_LINE)
            delimiter = max(",;\t", key=head.count)
            rows = csv.DictReader(chain([head], file), strict=True, delimiter=delimiter)
            found = mapping(rows.fieldnames or (), columns, name)
            for row in rows:
                line = rows.line_num
                where = f"{name}, line {line}"
                if None in row:  # DictReader keeps surplus cells there
                    yield Article(
                        "", source_file=name, source_format="csv", problem=f"{where}: more cells than columns"
                    )
                else:
                    yield replace(article(row, where, found), source_file=name)
    except csv.Error as error:
        problem = f"{name}, line {line + 1}: not CSV ({error})"
        yield Article("", source_file=name, source_format="csv", problem=problem)
    except UnicodeDecodeError as error:
        problem = f"{name}: not UTF-8 after line {line} ({error.reason}). Save it as UTF-8."
        yield Article("", source_file=name, source_format="csv", problem=problem)
    finally:
        csv.field_size_limit(limit)


def read_parquet(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """Parquet, read by batches of rows."""
    import pyarrow.parquet as pq

    name = path.as_posix()
    with pq.ParquetFile(path) as file:
        found = mapping(file.schema_arrow.names, columns, name)
        number = 0
        for batch in file.iter_batches(batch_size=256):
            for row in batch.to_pylist():
                number += 1
                yield replace(article(row, f"{name}, row {number}", found), source_file=name)


def read_frame(df: pd.DataFrame, columns: Mapping[str, str]) -> Iterator[Article]:
    """A DataFrame, also one that `load_articles` gave."""
    mapped = mapping([str(name) for name in df.columns], columns, "the DataFrame")
    for number, row in enumerate(df.to_dict("records")):
        named = {str(name): value for name, value in row.items()}
        found = article(named, f"the DataFrame, row {number}", mapped)
        if isinstance(named.get("source_file"), str):
            found = replace(found, source_file=named["source_file"])
        if isinstance(named.get("source_format"), str):
            found = replace(found, source_format=named["source_format"])
        yield found
