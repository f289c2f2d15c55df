"""Any source, files or tables, to the checked article table."""

from __future__ import annotations

import glob
import hashlib
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newslab import readers
from newslab.dates import day_first, days_in, read_date, stamped
from newslab.layout.lines import is_correction
from newslab.metadata import Facts
from newslab.readers.tables import read_frame
from newslab.records import Article, arrow_schema, frame, table_rows

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

TOGETHER = 1 << 23  # characters of texts that are moved to their column at once
SURE_LANGUAGE = 0.9  # below it a language other than English is not believed: short texts mislead
MAX_STAMPS = 4  # dates and times of a page that are looked at; a live report has hundreds
Source = Any  # str | Path | DataFrame | list of these


def load_articles(
    source: Source,
    *,
    metadata: str | Path | pd.DataFrame | None = None,
    columns: Mapping[str, str] | None = None,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Load articles from files, folders, globs, DataFrames or a list of these.

    Parameters
    ----------
    source
        A file (`.txt` page copy, `.html` or `.mhtml` saved page, `.jsonl`, `.json`, `.csv`, `.tsv`, `.parquet`;
        each also `.gz`), a `.zip` or `.tar` of files, a folder (read with its subfolders), a glob such as
        `"pages/*.txt"`, a DataFrame with a column `text` or `html`, or a list of these.
    metadata
        Facts about files: a DataFrame or CSV with a column `file` and any of the article table's
        (outlet, published, story_id ...). `file` is a path as the end of a source file's own path;
        a column `sha256` is compared with the file.
    columns
        Names of one's own columns: `{"text": "body", "outlet": "publisher"}`. Common names are guessed where
        this is not given, with a warning that says how the text was guessed.
    progress
        Show a progress bar; None shows one on a terminal or in a notebook if loading takes over two seconds.

    Returns
    -------
    DataFrame
        The `articles` table, a row a document. A document that cannot be read keeps its row, with
        empty text and the reason in `problem`; one whose text came before has the first one's id in
        `duplicate_of`. `published` is ISO 8601 as exactly as it was given. Columns that are none of ours, also
        of `metadata`, follow ours. `load_report` counts all of it by file.

    Raises
    ------
    FileNotFoundError
        If a path does not exist, or a glob or folder holds no document.
    ValueError
        If a DataFrame has neither `text` nor `html`, or `metadata` has no column `file`.

    Examples
    --------
    >>> import pandas as pd
    >>> df = pd.DataFrame({"id": ["a"], "text": ["Two men left the town, police said."]})
    >>> load_articles(df)[["article_id", "text", "duplicate_of"]].values.tolist()[0][:2]
    ['a', 'Two men left the town, police said.']
    """
    from tqdm.auto import tqdm

    given = tqdm(
        _read_all(source, columns or {}), desc="loading", unit=" articles", delay=0.0 if progress else 2.0,
        disable=None if progress is None else not progress,
    )  # fmt: skip
    facts = Facts(metadata) if metadata is not None else None
    found, texts = _read_each(given if facts is None else map(facts.add, given))
    if facts is not None:
        facts.complain()
    orders = _day_orders(read.article for read in found)
    articles = [_dated(read, orders.get(read.article.source_file)) for read in found]
    del found
    articles = _mark_duplicates(_name(articles))
    return _with_extra(frame("articles", _table(articles, texts)), articles)


def _read_each(given: Iterable[Article]) -> tuple[list[_Read], list[pa.Array]]:
    """What each article says, its text left out, and the texts as parts of a column.

    A Python string with one curly quote in it takes two bytes for every letter, and a corpus may be as large as
    half of the memory: texts are held in UTF-8 from the moment that they were read.
    """
    import pyarrow as pa

    found: list[_Read] = []
    texts: list[pa.Array] = []
    held: list[str] = []
    size = 0
    for article in given:
        read = _check(article)
        held.append(read.article.text)
        size += len(held[-1])
        found.append(read._replace(article=replace(read.article, text="")))
        if size > TOGETHER:
            texts.append(pa.array(held, pa.string()))
            held, size = [], 0
    return found, [*texts, pa.array(held, pa.string())]


def _table(articles: list[Article], texts: list[pa.Array]) -> pa.Table:
    """The article table of articles without text and the parts of the column of their texts."""
    import pyarrow as pa

    schema = arrow_schema("articles")
    rows = (table_rows("articles", "", articles[i : i + 1000]) for i in range(0, len(articles), 1000))
    table = pa.concat_tables([schema.empty_table(), *(pa.Table.from_pylist(part, schema) for part in rows)])
    at = schema.get_field_index("text")
    return table.set_column(at, schema.field(at), pa.chunked_array(texts, pa.string()))


def _with_extra(df: pd.DataFrame, articles: list[Article]) -> pd.DataFrame:
    """The article table with the users' own columns behind ours; lists and objects as JSON."""
    import pandas as pd

    names = dict.fromkeys(name for article in articles for name in article.extra or ())
    for name in names:
        values = [(article.extra or {}).get(name) for article in articles]
        plain = [v if v is None or isinstance(v, str | int | float | bool) else _json(v) for v in values]
        kinds = {type(v) for v in plain if v is not None}
        if len(kinds) > 1 and not kinds <= {int, float}:
            plain = [v if v is None else str(v) for v in plain]
        column = pd.Series(plain, index=df.index)
        df[name] = column.astype("str") if column.dtype == object and kinds <= {str} else column
    return df


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, default=str)


def _day_orders(articles: Iterable[Article]) -> dict[str | None, bool]:
    """For each file whose dates in figures agree on it, whether they have the day first: 13/04/2021."""
    seen: dict[str | None, set[bool]] = {}
    for article in articles:
        for written in (article.published, article.modified):
            order = day_first(written or "")
            if order is not None:
                seen.setdefault(article.source_file, set()).add(order)
    return {file: orders.pop() for file, orders in seen.items() if len(orders) == 1}


def _read_all(source: Source, columns: Mapping[str, str]) -> Iterator[Article]:
    import pandas as pd

    if isinstance(source, pd.DataFrame):
        yield from read_frame(source, columns)
    elif isinstance(source, str | Path):
        for path in _paths(source):
            yield from readers.read(path, columns)
    elif isinstance(source, list | tuple):
        for part in source:
            yield from _read_all(part, columns)
    else:
        raise TypeError(
            f"load_articles() takes a path, a glob, a DataFrame or a list of these, not {type(source).__name__}."
        )


def _paths(source: str | Path) -> list[Path]:
    """The files that a path, folder or glob stands for, in an order that no machine changes."""
    path = Path(source).expanduser()
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
        beside = _beside_pages(files)
        files = [p for p in files if not beside.intersection(p.parents)]
        left_out = Counter(p.suffix or p.name for p in files if not readers.is_document(p))
        if left_out:
            kinds = ", ".join(f"{kind} ({n})" for kind, n in sorted(left_out.items()))
            warnings.warn(f"{path}: left out what is no document: {kinds}", stacklevel=4)
        files = [p for p in files if readers.is_document(p)]
        if not files:
            raise FileNotFoundError(
                f"{path}: no document in this folder. Documents end in {', '.join(readers.READERS)}."
            )
        return files
    if path.exists() or not glob.has_magic(str(source)):
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        return [path]
    matches = sorted(Path(p) for p in glob.glob(str(path), recursive=True))  # noqa: PTH207 (a pattern may be absolute)
    if not matches:
        raise FileNotFoundError(f"{source}: no file matches this pattern")
    return [file for match in matches for file in (_paths(match) if match.is_dir() else [match])]


def _beside_pages(files: Iterable[Path]) -> set[Path]:
    """Folders that browsers keep a saved page's pictures and frames in: `Ferry.html` and `Ferry_files/`."""
    pages = {(p.parent, p.stem) for p in files if p.suffix.lower() in (".html", ".htm", ".xhtml")}
    folders = {parent for p in files for parent in p.parents}
    stem = re.compile(r"(.+?)[-_. ](?:files|[^\W\d_]{4,14})\Z")
    return {f for f in folders if (match := stem.match(f.name)) and (f.parent, match[1]) in pages}


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


class _Read(NamedTuple):
    """An article that was looked through, and what its dates are settled by once its whole file is known."""

    article: Article
    given: dict[str, str]  # published and modified, as written
    near: list[date]  # other days in its text and address
    problems: list[str]


def _check(article: Article) -> _Read:
    """Check the text, and find out what the page itself says: headline, byline, dates, language."""
    where = article.source_file or article.article_id or "a row"
    refusal = _refusal(article.text)
    if article.problem and not article.text:
        refusal = article.problem
    elif refusal:
        refusal = f"{where}: {refusal}"
    if refusal:
        article = replace(article, text="", problem=refusal)
    stamps: list[str] = []
    given = {name: value for name in ("published", "modified") if (value := getattr(article, name))}
    if article.text:
        article, stamps = _read_page(article)
        if not given:
            given = stamped(stamps)
    near = [day for text in (article.url or "", *stamps) for day in days_in(text)]
    near += [day for value in given.values() for day in days_in(value)]
    sha256 = hashlib.sha256(article.text.encode()).hexdigest() if article.text else None
    return _Read(replace(article, sha256=sha256), given, near, [article.problem] if article.problem else [])


def _dated(read: _Read, order: bool | None) -> Article:
    """The article with its dates read.

    `order` is whether the file's dates in figures have the day first, None where that is not known.
    """
    article, problems = read.article, read.problems
    where = article.source_file or article.article_id or "a row"
    for name, value in read.given.items():
        iso, problem = read_date(value, day_first=order, near=read.near)
        known: dict[str, Any] = {name: iso}
        article = replace(article, **known)
        if problem:
            problems = [*problems, f"{where}: {name} is {value!r}, {problem}"]
    return _encodable(replace(article, problem="; ".join(problems) or None))


def _encodable(article: Article) -> Article:
    """Facts with half characters in them (file names of old disks and JSON have some) made ones that can be saved."""

    def whole(value: Any) -> Any:
        if isinstance(value, tuple | list):
            return type(value)(whole(part) for part in value)
        if isinstance(value, dict):  # columns of one's own, and what is in them
            return {whole(name): whole(part) for name, part in value.items()}
        return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value

    return replace(article, **{field.name: whole(getattr(article, field.name)) for field in fields(article)})


def _refusal(text: str) -> str | None:
    if not text.strip():
        return "empty"
    if "\x00" in text:
        return "its text holds NUL characters, so it is no text or was cut badly"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "its text holds half a character (a lone surrogate), so it was cut or decoded badly"
    return None


def _read_page(article: Article) -> tuple[Article, list[str]]:
    """Fill what is not given beside the text from the page's own parts; the dates and times that it prints."""
    from newslab.segments import segments

    parts: dict[str, str] = {}
    words = 0
    pieces = segments(
        article.text,
        headline=article.headline,
        standfirst=article.standfirst,
        byline=article.byline,
        known_body=article.source_format == "html",
        markup=article.markup,
    )
    for segment in pieces:
        parts.setdefault(segment.part, segment.text)
        if segment.part == "furniture" and "correction" not in parts and is_correction(segment.text):
            parts["correction"] = segment.text
        words += len(segment.text.split()) if segment.part == "body" else 0
    facts: dict[str, Any] = {
        name: parts[name]
        for name in ("headline", "standfirst", "byline", "dateline", "correction")
        if name in parts and not getattr(article, name)
    }
    language = article.language or language_of("\n".join(s.text for s in pieces if s.part == "body") or article.text)
    stamps = [segment.text for segment in pieces if segment.part == "timestamp"][:MAX_STAMPS]
    return replace(article, **facts, words=words, language=language), stamps


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def language_of(text: str, stated: str | None = None) -> str | None:
    """The ISO 639-1 code of a text's language, or None where it is too short to be sure.

    `stated` is what its page says (HTML's `lang`): believed where the text leaves doubt, since templates
    say `en` of pages in any language.

    >>> language_of("Die Polizei sagte am Montag, dass drei Menschen verletzt wurden."), language_of("Utsatt", "nb")
    ('de', 'nb')
    """
    code, probability = _identifier().classify(text[:2000])
    if stated and probability < SURE_LANGUAGE:
        return stated
    return code if code == "en" or probability >= SURE_LANGUAGE else None


def _name(articles: list[Article]) -> list[Article]:
    """Give each article an id of its own that no other file, order or machine changes.

    A given id stays; a text file is called by its name, a row without id by its text. Where that is
    not enough, the beginning of the text's hash is added, and a given id that stands twice is
    a problem as well.
    """
    wanted = []
    for article in articles:
        whole_file = article.source_file is not None and article.source_format in ("text", "html")
        if article.article_id:
            wanted.append(article.article_id)
        elif article.source_file and ((whole_file and not _is_table(article.source_file)) or article.sha256 is None):
            wanted.append(Path(article.source_file).name.removesuffix(".gz").rsplit(".", 1)[0])
        else:
            wanted.append((article.sha256 or "empty")[:12])
    often = Counter(wanted)
    taken: set[str] = set()
    named = []
    for article, name in zip(articles, wanted, strict=True):
        problem = article.problem
        if often[name] > 1 and article.article_id:
            if name in taken:
                told = f"{article.source_file or 'a row'}: the id {name!r} stands more than once"
                problem = f"{problem}; {told}" if problem else told
                name = f"{name}-{(article.sha256 or 'empty')[:8]}"
        elif often[name] > 1 and article.sha256:
            name = f"{name}-{article.sha256[:8]}"
        unique, n = name, 1
        while unique in taken:
            n += 1
            unique = f"{name}-{n}"
        taken.add(unique)
        named.append(replace(article, article_id=unique, problem=problem))
    return named


def _is_table(file: str) -> bool:
    return readers.format_of(Path(file)) in (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")


def _mark_duplicates(articles: list[Article]) -> list[Article]:
    first: dict[str, str] = {}
    marked = []
    for article in articles:
        if article.sha256 is not None:
            original = first.setdefault(article.sha256, article.article_id)
            if original != article.article_id:
                article = replace(article, duplicate_of=original)
        marked.append(article)
    return marked
