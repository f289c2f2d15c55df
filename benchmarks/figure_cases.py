"""Score the finder of figures on our own sentences, `tests/figure_cases.jsonl`, by half.

    python benchmarks/figure_cases.py [--half read|report] [--errors]

Rules are made by reading errors on the half `read`; nobody reads errors on the half `report`, and
`--errors` prints none of it. A field that a case leaves out is a matter of taste, and is not scored.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
CASES = Path(__file__).parents[1] / "tests" / "figure_cases.jsonl"
FIELDS = ("value", "unit", "dimension", "bound", "change", "counted", "topic", "action", "claimed_by", "converts")
HALVES = ("read", "report")
SMALL = {"of", "in", "and", "the", "for", "on", "at", "to"}


def cases(path: Path = CASES) -> list[Row]:
    """The sentences with their figures."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def found(rows: Sequence[Row]) -> list[list[Row]]:
    """What `annotate` finds in each sentence."""
    import pandas as pd

    import newslab

    texts = pd.DataFrame({"id": [row["id"] for row in rows], "text": [row["text"] for row in rows]})
    articles = newslab.load_articles(texts)
    table = newslab.annotate(articles, cache=None, progress=False).quantities
    plain = table.astype(object).where(table.notna(), None).to_dict("records")
    texts_of = {q["quantity_id"]: q["text"] for q in plain}
    of: dict[str, list[Row]] = {row["id"]: [] for row in rows}
    for q in plain:
        of[q["article_id"]].append({**q, "converts": texts_of.get(q["converts"])})
    return [of[row["id"]] for row in rows]


def pairs(gold: Sequence[Row], ours: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Each figure of the gold with the first of ours that overlaps it, and those of ours that are left."""
    left = list(ours)
    for figure in gold:
        match = next((q for q in left if q["start"] < figure["end"] and figure["start"] < q["end"]), None)
        if match is not None:
            left.remove(match)
        yield figure, match
    for q in left:
        yield None, q


def agrees(field: str, figure: Row, ours: Row) -> bool:
    """Whether a field is right: of what is counted the last word, of a topic all content words, of a source one."""
    wanted, got = figure[field], ours[field]
    if field == "value":
        ends = [(figure.get(name), ours[name]) for name in ("low", "high")] if wanted is None else [(wanted, got)]
        return all(a is not None and b is not None and abs(a - b) <= 1e-6 * max(1.0, abs(a)) for a, b in ends)
    if wanted is None or got is None:
        return wanted is got
    if field == "topic":
        return set(re.findall(r"[\w'’-]+", wanted.lower())) == set(re.findall(r"[\w'’-]+", got.lower())) - SMALL
    if field == "counted":
        return wanted.lower().split()[-1].rstrip("s") == got.lower().split()[-1].rstrip("s")
    if field == "claimed_by":
        return bool(set(wanted.lower().split()) & set(got.lower().split()) - {"the", "of"})
    return bool(wanted == got) if field != "converts" else wanted in got or got in wanted


def tally(gold: Sequence[Row], ours: Sequence[Sequence[Row]]) -> dict[str, tuple[int, int, int]]:
    """For each field how many are right, found and in the gold; a field that may be missing counts where it is given.

    `figure`: it is one at all. `whole`: value, unit, bound and change.
    """
    counts = {name: [0, 0, 0] for name in ("figure", *FIELDS, "whole")}

    def add(name: str, right: bool, got: bool, wanted: bool) -> None:
        for i, one in enumerate((right, got, wanted)):
            counts[name][i] += one

    for case, rows in zip(gold, ours, strict=True):
        for figure, q in pairs(case["figures"], rows):
            both = figure is not None and q is not None
            add("figure", both, q is not None, figure is not None)
            right = {f: agrees(f, figure, q) for f in FIELDS if f in figure} if both else {}  # type: ignore[arg-type]
            whole = both and all(right.get(f, True) for f in ("value", "unit", "bound", "change"))
            add("whole", whole, q is not None, figure is not None)
            for name in right:
                always = name in ("value", "dimension", "bound")
                wanted, got = always or figure[name] is not None, always or q[name] is not None  # type: ignore[index]
                add(name, right[name] and wanted and got, got, wanted)
    return {name: (a, b, c) for name, (a, b, c) in counts.items()}


def errors(gold: Sequence[Row], ours: Sequence[Sequence[Row]]) -> Iterator[str]:
    """A line for each figure that is missed, invented or wrong in a field."""
    for case, rows in zip(gold, ours, strict=True):
        for figure, q in pairs(case["figures"], rows):
            if figure is None or q is None:
                yield f"{case['id']} {case['text']}\n    {'invented' if q else 'missed'}: {(q or figure or {})['text']}"
                continue
            wrong = [f for f in FIELDS if f in figure and not agrees(f, figure, q)]
            told = "; ".join(f"{f} {q[f]!r}, not {figure[f]!r}" for f in wrong)
            if wrong:
                yield f"{case['id']} {case['text']}\n    {figure['text']}: {told}"


def main() -> None:
    """Print the scores, and the errors of the half that may be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    rows = [row for row in cases() if given.half in (None, row["half"])]
    ours = dict(zip((row["id"] for row in rows), found(rows), strict=True))
    for half in HALVES:
        gold = [row for row in rows if row["half"] == half]
        for name, (right, got, wanted) in tally(gold, [ours[row["id"]] for row in gold]).items() if gold else ():
            f1 = 200 * right / (got + wanted) if got + wanted else 0.0
            print(f"{half:7} {name:11} F1 {f1:5.1f}   right {right:3}  found {got:3}  gold {wanted:3}")
    if given.errors:
        readable = [row for row in rows if row["half"] == "read"]
        print("\n".join(errors(readable, [ours[row["id"]] for row in readable])))


if __name__ == "__main__":
    main()
