"""Source formats: each reader takes a path and gives the articles in it, one by one.

A reader never raises for what is wrong inside a file: a document it cannot read comes out as an
`Article` with empty text and the reason in `problem`, so that nothing vanishes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from newslab.readers import containers, json_file, mhtml, pages, tables, text
from newslab.records import Article

MAX_BYTES = 512 * 1024 * 1024  # of one file; a larger one is refused rather than held in memory
Reader = Callable[[Path, Mapping[str, str]], Iterator[Article]]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".jsonl": tables.read_jsonl,
    ".ndjson": tables.read_jsonl,
    ".json": json_file.read,
    ".csv": tables.read_csv,
    ".tsv": tables.read_csv,
    ".parquet": tables.read_parquet,
    ".html": pages.read,
    ".htm": pages.read,
    ".xhtml": pages.read,
    ".mhtml": mhtml.read,
    ".mht": mhtml.read,
}
# Archives' exports are known by what is in them (`archives`); these are names that only such files have.
EXPORTS = {".docx": "a Word file", ".rtf": "an RTF file", ".doc": "a Word file", ".eml": "an e-mail"}
NEVER_EXPORTS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
# Documents that nothing here reads: refused with what to do, so that an account of a folder has them.
UNREAD = {
    ".pdf": "Copy its text into a .txt file, or save the page as .html.", ".odt": "Save it as .txt.",
    ".epub": "Save it as .html.", ".xlsx": "Save the sheet as .csv.", ".xls": "Save the sheet as .csv.",
    ".ods": "Save the sheet as .csv.", ".webarchive": "Save the page as .html.",
}  # fmt: skip


def format_of(path: Path) -> str:
    """The suffix that says what a file is, in lower case, `.gz` left out: `.jsonl`."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def is_document(path: Path) -> bool:
    """Whether a file found in a folder is one that is read, or refused with a reason."""
    kind = format_of(path)
    return kind in READERS or kind in EXPORTS or kind in UNREAD or containers.is_container(path)


def read(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The articles of one file, whatever its format; never none, never an exception."""
    kind = format_of(path)
    refused = Article("", source_file=path.as_posix(), source_format=kind.lstrip(".") or None)
    try:
        size = path.stat().st_size
    except OSError as error:
        yield _refuse(refused, f"{path}: cannot be opened ({error.strerror})")
        return
    if size > MAX_BYTES:
        yield _refuse(refused, f"{path}: {size:,} bytes, more than the {MAX_BYTES:,} that are read. Split it.")
        return
    if containers.is_container(path):
        yield from _members(path, columns, refused)
        return
    from newslab.readers import archives  # here, since its patterns take a while to be made

    try:
        export = None if kind in NEVER_EXPORTS else archives.reader_of(path)
    except OSError as error:
        yield _refuse(refused, f"{path}: stops being readable as {kind} ({error})")
        return
    if export is None and kind in EXPORTS:
        what = f"{EXPORTS[kind]} that is no export of an archive that newslab knows"
        yield _refuse(refused, f"{path}: {what}. Save its articles as .txt, .jsonl or .html.")
        return
    if export is None and kind not in READERS:
        what = UNREAD.get(kind, "Save it as .txt, .jsonl, .csv or .html.")
        yield _refuse(refused, f"{path}: no reader for {kind!r} files. {what}")
        return
    empty = True
    try:
        for article in (export or READERS[kind])(path, columns):
            empty = False
            yield article
    except (OSError, EOFError, ValueError, MemoryError) as error:  # a file cut off, or not what it is named
        empty = False
        yield _refuse(refused, f"{path}: stops being readable as {kind} ({type(error).__name__}: {error})")
    if empty:
        yield _refuse(refused, f"{path}: holds no document")


def _members(path: Path, columns: Mapping[str, str], refused: Article) -> Iterator[Article]:
    """The articles of the files in an archive of files."""
    empty = True
    try:
        for article in containers.read(path, columns, read, is_document):
            empty = False
            yield article
    except containers.DAMAGED as error:
        empty = False
        yield _refuse(refused, f"{path}: not readable as an archive of files ({type(error).__name__}: {error})")
    if empty:
        yield _refuse(refused, f"{path}: holds no document")


def _refuse(article: Article, reason: str) -> Article:
    from dataclasses import replace

    return replace(article, problem=reason)
