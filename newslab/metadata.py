"""What a table of metadata says of files, looked up by the end of their paths."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.readers.tables import KNOWN
from newslab.records import Article
from newslab.records import columns as columns_of

if TYPE_CHECKING:
    import pandas as pd


class Facts:
    """The rows of such a table, which has a column `file`."""

    def __init__(self, metadata: str | Path | pd.DataFrame) -> None:
        import pandas as pd

        self.where = "metadata" if isinstance(metadata, pd.DataFrame) else str(metadata)
        table = metadata if isinstance(metadata, pd.DataFrame) else pd.read_csv(metadata, dtype=str)
        if "file" not in table.columns:
            raise ValueError(f"{self.where}: no column 'file'. It has: {', '.join(map(str, table.columns))}.")
        self.rows: dict[tuple[str, ...], dict[str, Any]] = {}
        for row in table.to_dict("records"):
            key = Path(str(row["file"])).parts
            if key in self.rows:
                raise ValueError(f"{self.where}: {row['file']!r} stands twice in the column 'file'. Keep one row.")
            self.rows[key] = {str(k): v for k, v in row.items() if not pd.isna(v)}
        self.lengths = sorted({len(key) for key in self.rows}, reverse=True)
        self.hashes: dict[Path, str] = {}
        self.used = False
        self.files = 0

    def add(self, article: Article) -> Article:
        """The article with what the table says of its file; a file that is another one becomes a problem."""
        if article.source_file is None:
            return article
        self.files += 1
        parts = Path(article.source_file).resolve().parts
        row = next((self.rows[parts[-n:]] for n in self.lengths if parts[-n:] in self.rows), None)
        if row is None:
            return article
        self.used = True
        facts: dict[str, Any] = {name: str(row[name]) for name in KNOWN if name in row and name != "markup"}
        own = {f"{name}_given" if name in columns_of("articles") else name: value for name, value in row.items()
               if name not in KNOWN and name not in ("file", "sha256")}  # fmt: skip
        if own:
            facts["extra"] = {**(article.extra or {}), **own}
        for name in {"authors", "subjects"} & facts.keys():
            facts[name] = tuple(part.strip() for part in facts[name].split(";"))
        problem = article.problem
        given = row.get("sha256")
        path = Path(article.source_file)
        if given and path.is_file() and self._hash(path) != given:
            told = f"{article.source_file}: not the file that {self.where} describes (its sha256 differs)"
            problem = f"{problem}; {told}" if problem else told
        return replace(article, **facts, problem=problem)

    def _hash(self, path: Path) -> str:
        """A file's sha256, made once: an export has thousands of articles in one file."""
        if path not in self.hashes:
            with path.open("rb") as file:
                self.hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self.hashes[path]

    def complain(self) -> None:
        """Raise ValueError if no row was about a file."""
        if self.files and not self.used:
            first = "/".join(next(iter(self.rows), ("nothing",)))
            raise ValueError(f"{self.where}: no row is about a file that was loaded (its first is {first!r}).")
