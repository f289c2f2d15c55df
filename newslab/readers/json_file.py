"""JSON files: a list of articles, or an object that holds one, as news interfaces and scrapers give them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from newslab.readers import tables
from newslab.readers.streams import head
from newslab.records import Article

MAX_JSON = 256 * 1024 * 1024  # bytes; larger ones belong in JSONL, which is read line by line
DEEP = 4  # objects within objects in which the list of articles is looked for


def read(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The articles of a JSON file, in order; JSON Lines under this name are read as such.

    Raises
    ------
    ValueError
        If the file is larger than `MAX_JSON`, or no JSON.
    """
    name = path.as_posix()
    begin = head(path, 4)
    with tables.open_table(path) as file:
        data = file.read(MAX_JSON + 1)
    if len(data) > MAX_JSON:
        raise ValueError(f"more than {MAX_JSON:,} bytes. Write it as JSONL, an article a line.")
    wide = begin[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        held = json.loads(data.decode("utf-16" if wide else "utf-8-sig"))
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
        yield from tables.read_jsonl(path, columns)  # a line an article
        return
    except RecursionError:
        raise ValueError("brackets within brackets, too deep to be articles") from None
    rows = _rows(held, columns)
    if rows is None:
        problem = f"{name}: no list of articles in it, and no object with 'text' or 'html'"
        yield Article("", source_file=name, source_format="json", problem=problem)
        return
    known: dict[frozenset[str], dict[str, str]] = {}
    for number, row in enumerate(rows, 1):
        where = f"{name}, item {number}"
        if not isinstance(row, dict):
            problem = f"{where}: {type(row).__name__}, not a JSON object"
            yield Article("", source_file=name, source_format="json", problem=problem)
        else:
            mapped = tables.mapping_of(row, columns, where, known)
            yield replace(tables.article(row, where, mapped), source_file=name)


def _rows(held: Any, columns: Mapping[str, str]) -> list[Any] | None:
    """The list of articles in what a file holds, the uppermost and longest; None if there is none.

    >>> _rows({"status": "ok", "response": {"docs": [{"text": "Two men left."}]}}, {})
    [{'text': 'Two men left.'}]
    >>> _rows({"a1": {"text": "Two men left."}}, {})
    [{'text': 'Two men left.', 'article_id': 'a1'}]
    """
    level = [held]
    for _ in range(DEEP):
        lists = [x for x in level if isinstance(x, list) and any(_fits(row, columns) for row in x)]
        if lists:
            return max(lists, key=len)
        objects = [x for x in level if isinstance(x, dict)]
        single = [x for x in objects if _fits(x, columns)]
        if single:
            return single[:1]
        for x in objects:
            if x and all(_fits(row, columns) for row in x.values()):
                return [row if "article_id" in row or "id" in row else row | {"article_id": k} for k, row in x.items()]
        level = [value for x in objects for value in x.values()]
    return [] if held == [] else None


def _fits(row: Any, columns: Mapping[str, str]) -> bool:
    """Whether an object is an article: it has a text, or what may be one."""
    if not isinstance(row, dict):
        return False
    there = {ours: theirs for ours, theirs in columns.items() if theirs in row}
    try:
        tables.mapping([str(name) for name in row], there, "", warn=False)
    except tables.SeveralTextsError:
        return True
    except ValueError:
        return False
    return True
