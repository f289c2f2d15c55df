"""The tables in other programs' formats: a workbook, and standoff files for annotation tools."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.drawing.facts import given, spans
from newslab.notes import arrow, write_whole
from newslab.records import ACTOR_TYPES, BOUNDS, LABELS, NAMINGS, PROVENANCES, QUOTE_TYPES, TABLES

if TYPE_CHECKING:
    from newslab.notes import Notes

MAX_CELL = 32_767  # characters that a cell of a workbook holds
MAX_SHEET = 1_048_575  # rows under the heading
ATTRIBUTES = {  # name in the standoff files -> type of stretch, column, values
    "Naming": ("Content", "naming", NAMINGS),
    "ActorType": ("Content", "actor_type", ACTOR_TYPES),
    "QuoteType": ("Content", "quote_type", QUOTE_TYPES),
    "Bound": ("Figure", "bound", BOUNDS),
    "Provenance": ("Photo", "provenance", PROVENANCES),
}


def save_excel(notes: Notes, path: str | Path) -> Path:
    """Write all tables as one workbook, a sheet a table, with fixed headings and filters.

    Text stays text: what an article begins with "=" is no formula, and an address no link. Lists are JSON.

    Parameters
    ----------
    notes
        What `annotate` found.
    path
        Ends in `.xlsx`; its folder is made if it is not there.

    Returns
    -------
    pathlib.Path
        The file. A text longer than a cell holds (32,767 characters) ends in "…"; the CSV has all of it.

    Raises
    ------
    ValueError
        If the name does not end in `.xlsx`, or a table has more rows than a sheet.

    Examples
    --------
    >>> import tempfile
    >>> from newslab import Notes
    >>> from newslab.records import TABLES, frame
    >>> notes = Notes(**{name: frame(name, []) for name in TABLES})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_excel(notes, Path(folder, "tables.xlsx")).name
    'tables.xlsx'
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"save_excel(): {path.name!r} is no name of a workbook. Let it end in .xlsx.")
    for name in TABLES:
        if len(getattr(notes, name)) > MAX_SHEET:
            raise ValueError(f"save_excel(): {name} has more rows than a sheet. Use notes.save(..., format='csv').")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, lambda part: _workbook(notes, part))
    return path


def _workbook(notes: Notes, path: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheets: dict[str, Any] = {name: getattr(notes, name) for name in TABLES}
        for name, df in sheets.items():
            table = arrow(name, df)
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(df)), len(table.column_names) - 1)
            for j, column in enumerate(table.column_names):
                sheet.write_string(0, j, column, bold)
                sheet.set_column(j, j, 60 if column in ("text", "content_text", "caption") else 16)
            i = 0
            for batch in table.to_batches(max_chunksize=1000):
                for row in batch.to_pylist():
                    i += 1
                    _sheet_row(sheet, i, row.values())
        sheet = book.add_worksheet("run")
        for i, (key, value) in enumerate(notes.run.items()):
            sheet.write_string(i, 0, key)
            sheet.write_string(i, 1, str(value))


def _sheet_row(sheet: Any, i: int, cells: Iterable[Any]) -> None:
    for j, cell in enumerate(cells):
        if isinstance(cell, int | float):
            sheet.write_number(i, j, cell)
        elif cell is not None:
            words = json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell
            sheet.write_string(i, j, words if len(words) <= MAX_CELL else words[: MAX_CELL - 1] + "…")


def save_standoff(notes: Notes, directory: str | Path) -> list[Path]:
    """Write each article as text with its annotations beside it, in the standoff format of brat.

    INCEpTION and other annotation tools import it. Statements are a Content with its Cue and Source, figures
    a Figure, photographs a Photo; names have their label. What stands in other columns is in notes.

    Parameters
    ----------
    notes
        What `annotate` found.
    directory
        Made if it is not there. `<article>.txt` and `<article>.ann` for each article, and `annotation.conf`.

    Returns
    -------
    list of pathlib.Path
        The files. A character that a file name cannot have is `_` in it. Offsets count characters of the text;
        a stretch over several lines has a fragment a line, as brat wants it.

    Examples
    --------
    >>> import tempfile
    >>> from newslab import Notes
    >>> from newslab.records import TABLES, frame
    >>> figure = {"article_id": "a", "quantity_id": "a/q0-1", "start": 0, "end": 1, "text": "9", "bound": "="}
    >>> tables = {name: frame(name, []) for name in TABLES}
    >>> tables |= {"articles": frame("articles", [{"article_id": "a", "text": "9 fled."}]),
    ...            "quantities": frame("quantities", [figure])}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(save_standoff(Notes(**tables), folder)[1].read_text().splitlines()[0])
    T1  Figure 0 1  9

    Source
    ------
    Stenetorp et al., brat: a Web-based Tool for NLP-Assisted Text Annotation, EACL 2012.
    """
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    tables = ("entities", "statements", "quantities", "photos")
    rows: dict[str, dict[str, list[Any]]] = {name: {} for name in tables}
    for name in tables:
        for row in getattr(notes, name).to_dict("records"):
            rows[name].setdefault(row["article_id"], []).append(row)
    paths: list[Path] = []
    taken: set[str] = set()
    for article in notes.articles.to_dict("records"):
        text = given(article["text"]) or ""
        found = {name: rows[name].get(article["article_id"], []) for name in tables}
        name = _file_name(article["article_id"], taken)
        for suffix, content in ((".txt", text), (".ann", "".join(_lines(text, found)))):
            paths.append(directory / f"{name}{suffix}")
            write_whole(paths[-1], lambda path, content=content: path.write_bytes(content.encode()))  # type: ignore[misc]
    paths.append(directory / "annotation.conf")
    write_whole(paths[-1], lambda path: path.write_text(_configuration(), encoding="utf-8"))
    return paths


def _file_name(article_id: str, taken: set[str]) -> str:
    plain = re.sub(r"[^\w.-]+", "_", article_id).strip("._")[:120] or "article"
    name, n = plain, 1
    while name.casefold() in taken:
        n += 1
        name = f"{plain}_{n}"
    taken.add(name.casefold())
    return name


def _kind(label: str) -> str:
    return label.title().replace(" ", "")


def _lines(text: str, found: Mapping[str, list[Any]]) -> Iterable[str]:
    """The lines of one `.ann` file."""
    numbers = dict.fromkeys("TRA#", 0)

    def line(letter: str, words: str) -> str:
        numbers[letter] += 1
        return f"{letter}{numbers[letter]}\t{words}\n"

    def stretch(kind: str, parts: Iterable[tuple[int, int]]) -> str:
        pieces = [(start + m.start(), start + m.end()) for start, end in parts for m in _LINE.finditer(text[start:end])]
        where = ";".join(f"{start} {end}" for start, end in pieces)
        return line("T", f"{kind} {where}\t{' '.join(text[start:end] for start, end in pieces)}")

    def told(kind: str, row: Mapping[Any, Any], columns: Iterable[str]) -> Iterable[str]:
        owner = f"T{numbers['T']}"
        for name, (of, column, _) in ATTRIBUTES.items():
            if of == kind and given(row[column]) is not None:
                yield line("A", f"{name} {owner} {_value(row[column])}")
        words = "; ".join(f"{name}: {row[name]}" for name in columns if given(row.get(name)) is not None)
        if words:
            yield line("#", f"AnnotatorNotes {owner}\t{' '.join(words.split())}")

    for row in found["entities"]:
        if row["mention"] == "name":
            yield stretch(_kind(row["label"]), [(row["start"], row["end"])])
            yield from told("Name", row, ("name", "role", "affiliation", "country"))
    for row in found["statements"]:
        yield stretch("Content", spans(row["content"]))
        content = f"T{numbers['T']}"
        yield from told("Content", row, ("speaker", "role", "affiliation", "via", "confidence"))
        for kind, relation in (("Cue", "ShownBy"), ("Source", "SaidBy")):
            if spans(row[kind.lower()]):
                yield stretch(kind, spans(row[kind.lower()]))
                yield line("R", f"{relation} Arg1:{content} Arg2:T{numbers['T']}")
    for row in found["quantities"]:
        yield stretch("Figure", [(row["start"], row["end"])])
        yield from told("Figure", row, ("value", "low", "high", "unit", "counted", "action", "claimed_by"))
    for row in found["photos"]:
        yield stretch("Photo", [(row["start"], row["end"])])
        yield from told("Photo", row, ("photographer", "agency", "date", "place"))


_LINE = re.compile(r"[^\n\s](?:[^\n]*[^\n\s])?")


def _value(word: str) -> str:
    return {"=": "exactly"}.get(word, re.sub(r"\W+", "_", word))


def _configuration() -> str:
    """What brat has to be told of the types in the files."""
    kinds = ["Content", "Cue", "Source", "Figure", "Photo", *map(_kind, LABELS)]
    attributes = [
        f"{name}\tArg:{of}, Value:{'|'.join(map(_value, values))}" for name, (of, _, values) in ATTRIBUTES.items()
    ]
    relations = ["SaidBy\tArg1:Content, Arg2:Source", "ShownBy\tArg1:Content, Arg2:Cue"]
    parts = {"entities": kinds, "relations": relations, "events": [], "attributes": attributes}
    return "\n".join(f"[{name}]\n" + "".join(f"{one}\n" for one in lines) for name, lines in parts.items())
