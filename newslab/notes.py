"""The tables of a corpus together: saved and loaded."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.records import TABLES, arrow_schema, frame

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FORMATS = ("parquet", "csv", "jsonl")


@dataclass(frozen=True)
class Notes:
    """What `annotate` found in a corpus: a DataFrame per table, and how the run was made.

    `run` holds the versions of newslab, spaCy and the model, a hash of rules and weights
    (`rules_hash`) and one of the corpus (`corpus_hash`), so that a printed result can be traced.
    """

    articles: pd.DataFrame
    segments: pd.DataFrame
    sentences: pd.DataFrame
    photos: pd.DataFrame
    entities: pd.DataFrame
    statements: pd.DataFrame
    quantities: pd.DataFrame
    problems: pd.DataFrame
    run: dict[str, str] = field(default_factory=dict)

    def save(self, directory: str | Path, *, format: str = "parquet") -> list[Path]:
        """Write each table as `<directory>/<table>.<format>`, and `run.json`; gives the paths.

        Parameters
        ----------
        directory
            Made if it is not there. Files of an earlier run are replaced, one by one and whole.
        format
            `parquet`, `csv` (lists as JSON) or `jsonl` (a row a line, missing values as null).

        Raises
        ------
        ValueError
            If the format is none of these.
        """
        if format not in FORMATS:
            raise ValueError(f"save(format={format!r}): no such format. Use one of {', '.join(FORMATS)}.")
        directory = Path(directory)
        directory.mkdir(parents=True, exist_ok=True)
        paths = []
        for name in TABLES:
            path = directory / f"{name}.{format}"
            write_whole(path, _WRITERS[format](arrow(name, getattr(self, name))))
            paths.append(path)
        run = json.dumps(self.run, indent=2, sort_keys=True) + "\n"
        write_whole(directory / "run.json", lambda path: Path(path).write_text(run, encoding="utf-8"))
        return [*paths, directory / "run.json"]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, name)):,} {name}" for name in TABLES)
        return f"<Notes: {counts}>"


def load_notes(directory: str | Path) -> Notes:
    """Read back what `Notes.save` wrote, in whichever format it wrote it.

    Raises
    ------
    FileNotFoundError
        If the directory does not hold all the tables in one format.
    ValueError
        If it holds them in several formats, and so may mix two runs.

    Examples
    --------
    >>> import tempfile
    >>> from newslab.records import TABLES, frame
    >>> notes = Notes(**{name: frame(name, []) for name in TABLES})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = notes.save(folder)
    ...     len(load_notes(folder).statements)
    0
    """
    directory = Path(directory)
    formats = [f for f in FORMATS if (directory / f"articles.{f}").exists()]
    if not formats:
        raise FileNotFoundError(f"{directory}: no articles.parquet, .csv or .jsonl here, so no saved notes.")
    if len(formats) > 1 and not _same_run(directory, formats):
        raise ValueError(
            f"{directory}: tables in {' and '.join(formats)} differ in length. Delete those of one format."
        )
    tables = {}
    for name in TABLES:
        path = directory / f"{name}.{formats[0]}"
        if not path.exists():
            raise FileNotFoundError(f"{path}: missing, so the notes in {directory} are not whole. Save them again.")
        tables[name] = frame(name, _READERS[formats[0]](name, path))
    own = _own_columns(directory / f"articles.{formats[0]}")
    tables["articles"] = tables["articles"].assign(**{str(name): own[name] for name in own.columns})
    run_file = directory / "run.json"
    run = json.loads(run_file.read_text(encoding="utf-8")) if run_file.exists() else {}
    return Notes(**tables, run=run)


def _own_columns(path: Path) -> pd.DataFrame:
    """The columns of a saved article table that are the user's own."""
    import pandas as pd

    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        names = pq.read_schema(path).names
        own = [name for name in names if name not in arrow_schema("articles").names]
        return pd.read_parquet(path, columns=own) if own else pd.DataFrame()
    if path.suffix == ".csv":
        names = pd.read_csv(path, nrows=0).columns.tolist()
        own = [name for name in names if name not in arrow_schema("articles").names]
        return pd.read_csv(path, usecols=own) if own else pd.DataFrame()
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    own = [name for name in (rows[0] if rows else ()) if name not in arrow_schema("articles").names]
    return pd.DataFrame([{name: row.get(name) for name in own} for row in rows]) if own else pd.DataFrame()


def _same_run(directory: Path, formats: list[str]) -> bool:
    counts = {len(_READERS[f]("articles", directory / f"articles.{f}")) for f in formats}
    return len(counts) == 1


def arrow(name: str, df: pd.DataFrame) -> pa.Table:
    """A table's DataFrame as Arrow, with the schema of `records`; missing values as null."""
    import pandas as pd
    import pyarrow as pa

    schema = arrow_schema(name)
    arrays = []
    for column in schema:
        if pa.types.is_list(column.type):
            values = [None if value is None else list(value) for value in df[column.name]]
            arrays.append(pa.array(values, column.type))
        else:
            # floats: not a number means missing, as everywhere in pandas
            series = df[column.name]
            arrays.append(pa.array(series.astype(object).where(pd.notna(series), None), column.type))
    table = pa.Table.from_arrays(arrays, schema=schema)
    for column in df.columns if name == "articles" else ():
        if column not in schema.names:  # the user's own, behind ours
            table = table.append_column(str(column), pa.array(df[column], from_pandas=True))
    return table


def write_whole(path: Path, write: Callable[[Path], Any]) -> None:
    """Write a file under another name and rename it, so that no reader ever sees half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _parquet(table: pa.Table) -> Callable[[Path], None]:
    import pyarrow.parquet as pq

    return lambda path: pq.write_table(table, path)


def _jsonl(table: pa.Table) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8") as file:
            for batch in table.to_batches(max_chunksize=1000):
                for row in batch.to_pylist():
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")

    return write


def _csv(table: pa.Table) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        import csv

        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(table.column_names)
            for batch in table.to_batches(max_chunksize=1000):
                for row in batch.to_pylist():
                    rows.writerow(
                        json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell
                        for cell in row.values()
                    )

    return write


def _read_parquet(name: str, path: Path) -> pa.Table:
    import pyarrow.parquet as pq

    return pq.read_table(path, schema=arrow_schema(name))


def _read_jsonl(name: str, path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _read_csv(name: str, path: Path) -> list[dict[str, Any]]:
    import csv

    import pyarrow as pa

    from newslab.readers.tables import MAX_LINE

    def cell(value: str, column: pa.Field) -> Any:
        if pa.types.is_list(column.type):
            return json.loads(value) if value else None
        if value == "":
            return "" if column.name == "text" else None  # a refused article has a text, an empty one
        return {pa.string(): str, pa.int64(): int, pa.float64(): float}[column.type](value)

    schema = arrow_schema(name)
    limit = csv.field_size_limit(MAX_LINE)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [{column.name: cell(row[column.name], column) for column in schema} for row in csv.DictReader(file)]
    finally:
        csv.field_size_limit(limit)


_WRITERS = {"parquet": _parquet, "csv": _csv, "jsonl": _jsonl}
_READERS: dict[str, Callable[[str, Path], Any]] = {"parquet": _read_parquet, "csv": _read_csv, "jsonl": _read_jsonl}
