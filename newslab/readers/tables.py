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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.readers import pages
from newslab.readers.text import MAX_TEXT
from newslab.records import Article

if TYPE_CHECKING:
    import pandas as pd

MAX_LINE = MAX_TEXT
ALIASES = {"id": "article_id", "date": "published", "title": "headline"}
# what a row may say of its article; the rest is found out
KNOWN = (
    "article_id", "headline", "standfirst", "byline", "authors", "dateline", "published", "modified", "outlet",
    "section", "page", "url", "language", "agency", "story_id", "edition", "subjects", "correction", "copyright",
)  # fmt: skip


def check_columns(names: Iterable[str], columns: Mapping[str, str], where: str) -> None:
    """Raise a ValueError that names the columns there are, if none of them holds the text."""
    present = list(names)
    missing = [name for name in columns.values() if name not in present]
    if missing:
        raise ValueError(f"{where}: no column {missing[0]!r}, which columns= names. It has: {', '.join(present)}.")
    have = {*present, *columns}
    if not have & {"text", "html"}:
        near = get_close_matches("text", present, n=1, cutoff=0.6) or [
            name for name in present if name.lower() in ("body", "content", "article", "full_text", "fulltext")
        ]
        hint = f" Did you mean {near[0]!r}? Say columns={{'text': {near[0]!r}}}." if near else ""
        raise ValueError(f"{where}: no column 'text' or 'html'. It has: {', '.join(present) or 'none'}.{hint}")


def article(row: Mapping[str, Any], where: str, columns: Mapping[str, str]) -> Article:
    """One row as an article; `where` (file and line) begins what its `problem` says.

    >>> article({"id": "a1", "text": "Two men left.", "date": "2025-03-01"}, "x.jsonl, line 1", {}).published
    '2025-03-01'
    """
    row = {**row, **{ours: row.get(theirs) for ours, theirs in columns.items()}}
    for alias, name in ALIASES.items():
        if alias in row and _missing(row.get(name)):
            row[name] = row[alias]
    facts: dict[str, Any] = {}
    for name in KNOWN:
        value = row.get(name)
        if _missing(value):
            continue
        if name in ("authors", "subjects"):
            facts[name] = tuple(str(v) for v in value) if isinstance(value, list | tuple) else (str(value),)
        else:
            facts[name] = str(value)
    facts.setdefault("article_id", "")
    text, html = row.get("text"), row.get("html")
    if isinstance(text, str):
        return Article(text=text, source_format="text", **facts)
    if isinstance(html, str):
        return _with_facts(pages.article(html), facts)
    what = "no text" if _missing(text) else f"text is {type(text).__name__}, not a string"
    return Article(problem=f"{where}: {what}", **facts)


def _with_facts(page: Article, facts: Mapping[str, Any]) -> Article:
    return replace(page, **facts)


def _missing(value: Any) -> bool:
    if value is None or value == "":
        return True
    if isinstance(value, float) and math.isnan(value):
        return True
    return type(value).__name__ in ("NAType", "NaTType")


def _open(path: Path) -> io.BufferedReader | gzip.GzipFile:
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def read_jsonl(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """JSON Lines: an object a line. A line that is none becomes a row with its problem."""
    name, number = path.as_posix(), 0
    with _open(path) as file:
        while line := file.readline(MAX_LINE + 1):
            number += 1
            where = f"{name}, line {number}"
            if not line.strip():
                continue
            problem = None
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
                except (json.JSONDecodeError, RecursionError) as error:
                    problem = f"not JSON ({error})"
            if problem:
                yield Article("", source_file=name, source_format="jsonl", problem=f"{where}: {problem}")
            else:
                yield replace(article(row, where, columns), source_file=name)


def read_csv(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """CSV with a header, in UTF-8; every cell is text, as it stands."""
    name = path.as_posix()
    limit = csv.field_size_limit(MAX_LINE)
    try:
        with io.TextIOWrapper(_open(path), encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            check_columns(rows.fieldnames or (), columns, name)
            for row in rows:
                where = f"{name}, line {rows.line_num}"
                if None in row:  # DictReader keeps surplus cells there
                    yield Article(
                        "", source_file=name, source_format="csv", problem=f"{where}: more cells than columns"
                    )
                else:
                    yield replace(article(row, where, columns), source_file=name)
    except csv.Error as error:
        problem = f"{name}, line {rows.line_num}: not CSV ({error})"
        yield Article("", source_file=name, source_format="csv", problem=problem)
    except UnicodeDecodeError as error:
        problem = f"{name}: not UTF-8 after line {rows.line_num} ({error.reason}). Save it as UTF-8."
        yield Article("", source_file=name, source_format="csv", problem=problem)
    finally:
        csv.field_size_limit(limit)


def read_parquet(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """Parquet, read by batches of rows."""
    import pyarrow.parquet as pq

    name = path.as_posix()
    with pq.ParquetFile(path) as file:
        check_columns(file.schema_arrow.names, columns, name)
        number = 0
        for batch in file.iter_batches(batch_size=256):
            for row in batch.to_pylist():
                number += 1
                yield replace(article(row, f"{name}, row {number}", columns), source_file=name)


def read_frame(df: pd.DataFrame, columns: Mapping[str, str]) -> Iterator[Article]:
    """A DataFrame, also one that `load_articles` gave."""
    check_columns([str(name) for name in df.columns], columns, "the DataFrame")
    for number, row in enumerate(df.to_dict("records")):
        named = {str(name): value for name, value in row.items()}
        found = article(named, f"the DataFrame, row {number}", columns)
        if isinstance(named.get("source_file"), str):
            found = replace(found, source_file=named["source_file"])
        if isinstance(named.get("source_format"), str):
            found = replace(found, source_format=named["source_format"])
        yield found
