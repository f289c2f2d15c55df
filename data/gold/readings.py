"""The labels of the two readers, read from gold/first and gold/second, paired, and where they differ.

A statement is paired with the one whose content shares half of its words or more, a figure with the one that
overlaps, a name by a printed form, a photograph by its caption.
"""

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import make_gold

GOLD = make_gold.GOLD
DICE = 0.5  # as in `newslab score`
Row = dict[str, Any]
WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
FIELDS = {
    "entities": ("name", "label", "forms"),
    "photos": ("caption", "photographer", "agency", "credit", "provenance", "date", "printed"),
    "statements": (
        "content", "cue", "source", "quote_type", "speaker", "naming", "actor_type", "role", "via",
    ),
    "figures": (
        "text", "amount", "unit", "dimension", "bound", "counted", "action", "claimed_by", "converts",
    ),
}  # fmt: skip


class Unit(NamedTuple):
    """What one reader or both labelled: a row of each, where there is one.

    Contents may share less than half of their words and still be about one saying, which is how it is settled;
    such a pair is not `same`, and counts as two different statements.
    """

    first: Row | None
    second: Row | None
    same: bool

    @property
    def rows(self) -> list[Row]:
        """The one or two rows."""
        return [row for row in (self.first, self.second) if row is not None]


# --------------------------------------------------------------------------------------------- reading


def read(source: Path) -> dict[str, list[Row]]:
    """A reader's labels of one article, with offsets, sorted by place; `written` is the label as written."""
    labels = tomllib.loads(source.read_text(encoding="utf-8"))
    text = (make_gold.DATA / "sample" / f"{source.stem}.txt").read_bytes().decode("utf-8")
    words = [match.span() for match in WORD.finditer(text)]
    tables: dict[str, list[Row]] = {"not_figures": [{"text": labels["not_figures"]}]}
    tables["entities"] = [entity | {"written": entity, "start": _first(text, entity)} for entity in labels["entities"]]
    tables["photos"] = [
        dict.fromkeys(FIELDS["photos"])
        | {"provenance": "unknown", **photo, "written": photo, "start": text.index(photo["caption"])}
        for photo in labels["photos"]
    ]
    tables["statements"] = []
    for label in labels["statements"]:
        row = make_gold.statement(text, label, source.name) | {"written": label}
        row["words"] = {key: _inside(row[key], words) for key in ("content", "cue", "source")}
        row["start"] = min(row["content"] + row["cue"] + row["source"])[0]
        tables["statements"].append(row)
    tables["figures"] = []
    for label in labels["figures"]:
        row = make_gold.figure(text, label, [("body", 0, len(text))], source.name) | {"written": label}
        row["converts"] = label.get("converts")
        row["amount"] = row["value"] if "low" not in row else f"{plain(row['low'])} to {plain(row['high'])}"
        tables["figures"].append(row)
    for rows in tables.values():
        rows.sort(key=lambda row: row.get("start", 0))
    return tables


def units(first: dict[str, list[Row]], second: dict[str, list[Row]]) -> dict[str, list[Unit]]:
    """The labels of two readers of one article, paired, table by table, in order of place."""
    found = {
        "entities": _pair(first["entities"], second["entities"], lambda a, b: len({*a["forms"]} & {*b["forms"]})),
        "photos": _pair(first["photos"], second["photos"], lambda a, b: _above(dice(_bag(a), _bag(b)))),
        "figures": _pair(first["figures"], second["figures"], _overlap),
        "statements": _pair(first["statements"], second["statements"], _alike),
    }
    paired = [unit for unit in found["statements"] if unit.same]
    lone = [unit for unit in found["statements"] if not unit.same]
    rest = _pair([u.first for u in lone if u.first], [u.second for u in lone if u.second], _akin)
    found["statements"] = paired + [unit._replace(same=False) for unit in rest]
    for table in found.values():
        table.sort(key=lambda unit: min(row["start"] for row in unit.rows))
    return found


def _alike(a: Row, b: Row) -> float:
    """How much the contents share, half or more; of two such statements, that with one cue and source is nearer."""
    content, cue, source = (dice(a["words"][key], b["words"][key]) for key in ("content", "cue", "source"))
    return content + cue + source if content >= DICE else 0


def _akin(a: Row, b: Row) -> float:
    """Whether two statements with different contents are about one saying: they share content, or cue and source."""
    content, cue, source = (dice(a["words"][key], b["words"][key]) for key in ("content", "cue", "source"))
    return content + cue + source if content or (cue and source) else 0


def _pair(first: Sequence[Row], second: Sequence[Row], alike: Callable[[Row, Row], float]) -> list[Unit]:
    """One-to-one pairs, the most alike first, and the rows that are left; never rows with no likeness."""
    cells = sorted((-alike(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second))
    partner: dict[int, int] = {}
    for likeness, i, j in cells:
        if likeness < 0 and i not in partner and j not in partner.values():
            partner[i] = j
    pairs = [Unit(row, second[partner[i]] if i in partner else None, i in partner) for i, row in enumerate(first)]
    return pairs + [Unit(None, row, False) for j, row in enumerate(second) if j not in partner.values()]


def dice(a: frozenset[Any], b: frozenset[Any]) -> float:
    """What two sets share: 0 to 1."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _above(likeness: float) -> float:
    return likeness if likeness >= DICE else 0


def _overlap(a: Row, b: Row) -> int:
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def _inside(spans: Iterable[Sequence[int]], words: Sequence[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    return frozenset(word for start, end in spans for word in words if start < word[1] and word[0] < end)


def _bag(photo: Row) -> frozenset[str]:
    return frozenset(match[0].casefold() for match in WORD.finditer(photo["caption"]))


def _first(text: str, entity: Row) -> int:
    return min(text.find(form) for form in entity["forms"])


# ------------------------------------------------------------------------------------------- differences


def plain(value: Any) -> str:
    """A value to compare: in small letters, without article and line breaks; 9 and 9.0 are one; none is empty."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f"{value:.9g}"
    return re.sub(r"^(?:the|an?)\s+", "", " ".join(str(value).casefold().replace("’", "'").split()))


def shown(row: Row | None, field: str) -> str:
    """A field as a cell: spans and forms joined by ` | `, empty where there is none."""
    value = None if row is None else row.get(field)
    if field in ("content", "cue", "source") and row is not None:
        value = row["written"].get(field, [])
    if isinstance(value, list):
        return " | ".join(re.sub(r"^.*\[\[(.*)\]\].*$", r"\1", piece, flags=re.DOTALL) for piece in value)
    return "" if value is None else str(value)


def differ(a: Row, b: Row, field: str) -> bool:
    """Whether two rows say different things in this field: other words, or other characters where a span is."""
    if field in ("content", "cue", "source"):
        return sorted(a[field]) != sorted(b[field])
    if field == "text":
        return (a["start"], a["end"]) != (b["start"], b["end"])
    if field == "forms":
        return {*a["forms"]} != {*b["forms"]}
    return plain(a[field]) != plain(b[field])


def differences(stem: str, found: dict[str, list[Unit]]) -> list[Row]:
    """A row for each field in which the readers differ; `(whole)` where only one of them has the label at all."""
    rows = []
    for table, fields in FIELDS.items():
        for number, unit in enumerate(found[table], 1):
            a, b = unit.first, unit.second
            where = f"{table[0]}{number:02}"
            about = {"article": stem, "table": table, "where": where}
            if a is None or b is None:
                said = [summary(row, table) if row else "" for row in (a, b)]
                rows.append({**about, "field": "(whole)", "first": said[0], "second": said[1]})
                continue
            for field in fields:
                if differ(a, b, field):
                    rows.append({**about, "field": field, "first": shown(a, field), "second": shown(b, field)})
    return rows


def summary(row: Row, table: str) -> str:
    """A label in one line."""
    return "; ".join(f"{field}: {shown(row, field)}" for field in FIELDS[table] if shown(row, field))


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, rows: Sequence[Row]) -> None:
    """Write rows as CSV, with every column that any of them has, in order of first use."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
