"""Measure how often each kind of figure is right, for `rules/figure_confidence.csv`.

    python benchmarks/figure_confidence.py [--write]

A figure is right if it overlaps one of the gold, one to one, and has its value, bound and unit; of a rate
the unit before "per" is enough, since the sample's gold has no rates. Measured on the sample's articles for
developing rules and on the half `read` of our own sentences; a kind seen fewer than 15 times goes to
`other`. The precision is (right + 1) / (found + 2), so that no kind is certain. Prints the expected
calibration error (ten bins of equal width) there, and on what nobody read errors of: the sample's articles
for measuring, and the half `report`.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from figure_cases import HALVES, agrees, cases, found, pairs

from newslab import annotate, load_articles
from newslab.figures.kinds import confidence, kind
from newslab.records import Quantity
from newslab.scoring import alike, figure_pairs, labelled, same_value

Row = dict[str, Any]
LEAST = 15
DATA = Path(__file__).parents[1] / "data"
OUT = DATA.parent / "newslab" / "rules" / "figure_confidence.csv"
SOURCE = "measured on the sample's gold for developing and on tests/figure_cases.jsonl, half read"


def figure(row: Row) -> Quantity:
    """A row of the table as a record."""
    known = {name: row[name] for name in Quantity.__dataclass_fields__ if name in row}
    return Quantity(**{name: None if value != value else value for name, value in known.items()})


def in_sentences(half: str) -> Iterator[tuple[Quantity, bool]]:
    """Each figure found in our own sentences, and whether it is right."""
    rows = [row for row in cases() if row["half"] == half]
    for case, ours in zip(rows, found(rows), strict=True):
        for gold, q in pairs(case["figures"], ours):
            if q is not None:
                fields = [f for f in ("value", "bound", "unit") if gold and f in gold]
                yield figure(q), gold is not None and all(agrees(f, gold, q) for f in fields)


def in_articles(notes: Any, wanted: str) -> Iterator[tuple[Quantity, bool]]:
    """Each figure found in the sample's articles with this kind of gold, and whether it is right."""
    with (DATA / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        ids = {row["article_id"] for row in csv.DictReader(file) if row["gold"] == wanted}
    for _, article, _, have, gold in labelled(notes, DATA / "gold"):
        if article not in ids:
            continue
        right = {
            a["quantity_id"]: same_value(a, b) and a["bound"] == b["bound"] and same_unit(a, b)
            for a, b in figure_pairs(have["quantities"], gold["figures"])
        }
        for row in have["quantities"]:
            yield figure(row), right.get(row["quantity_id"], False)


def same_unit(ours: Row, gold: Row) -> bool:
    """Whether two have the same unit; a rate has that of the gold before its "per"."""
    head = (ours["unit"] or "").partition(" per ")[0]
    return alike(ours["unit"], gold["unit"]) or (ours["dimension"] == "rate" and head == (gold["unit"] or ""))


def table(rows: Sequence[tuple[Quantity, bool]]) -> list[list[str | int]]:
    """Kind, found, right, precision and source; the rare kinds in one row."""
    seen, right = Counter(kind(q) for q, _ in rows), Counter(kind(q) for q, good in rows if good)
    for rare in [name for name, n in seen.items() if n < LEAST]:
        seen["other"] += seen.pop(rare)
        right["other"] += right.pop(rare, 0)
    return [[name, n, right[name], f"{(right[name] + 1) / (n + 2):.2f}", SOURCE] for name, n in sorted(seen.items())]


def calibration_error(rows: Sequence[tuple[Quantity, bool]]) -> float:
    bins: dict[int, list[float]] = {}
    for q, good in rows:
        value = confidence(q) or 0.0
        bins.setdefault(min(9, int(10 * value)), []).append(value - good)
    return round(sum(abs(sum(gaps)) for gaps in bins.values()) / len(rows), 3)


def main() -> None:
    """Print the measure, and write the table if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the table into the package")
    given = parser.parse_args()
    articles = load_articles(DATA / "sample", metadata=DATA / "MANIFEST.csv")
    notes = annotate(articles, cache=None, progress=False)
    read, unread = (
        [*in_articles(notes, one), *in_sentences(half)]
        for one, half in zip(("develop", "measure"), HALVES, strict=True)
    )
    lines = table(read)
    if given.write:
        with OUT.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["kind", "figures", "right", "precision", "source"])
            writer.writerows(lines)
    print("\n".join(f"{name:24} {n:4} {right:4} {share}" for name, n, right, share, _ in lines))
    errors = {"develop and read": calibration_error(read), "measure and report": calibration_error(unread)}
    print(json.dumps({"figures": [len(read), len(unread)], "calibration_error": errors}))


if __name__ == "__main__":
    main()
