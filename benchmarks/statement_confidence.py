"""Measure how often each kind of statement is right, on PolNeAR train, for `rules/statement_confidence.csv`.

    python benchmarks/statement_confidence.py [--eval ../shared/eval] [--write]

A statement is right as in `full` of the scorer: content matched one to one (Dice at least one half)
and sources overlapping, or both without source. Kinds are rule, clause and length of the content
(`newslab.attribution.drafts.Draft.kind`); a kind seen fewer than 25 times is left to its rule, a rule seen fewer
than 25 times to `other`. Prints the expected calibration error (ten bins of equal width) on train and dev.
"""

import argparse
import csv
import importlib.util
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from newslab.attribution.drafts import drafts
from newslab.attribution.quotations import quotations
from newslab.parsing import load_model, parse
from newslab.segments import quoted_spans, segments
from newslab.statements import confidence
from newslab.tree import tree

LEAST = 25
OUT = Path(__file__).parents[1] / "newslab" / "rules" / "statement_confidence.csv"
SOURCE = "measured on PolNeAR train, 840 articles"

Kind = tuple[str, str, str]


def scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attribution", folder / "score_attribution.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(folder: Path, split: str) -> Iterator[tuple[Kind, bool]]:
    """Each statement found in a split: its kind, and whether it is right."""
    score = scorer(folder)
    articles = score.read(folder / "polnear" / f"{split}.jsonl")
    pages = [(a["text"], segments(a["text"], known_body=True)) for a in articles]
    for article, doc in zip(articles, parse(load_model(weights="none"), pages), strict=True):
        t = tree(doc)
        outside = [False] * len(t)
        found = drafts(t, quotations(t, quoted_spans(t.text), skip=outside), outside=outside)

        def spans(ranges, t=t):
            return [(t.starts[a], t.ends[b - 1]) for a, b in ranges if b > a]

        words = score.Doc(article["text"])
        gold = [g for g in (score.Att(words, raw) for raw in article["attributions"]) if g.content]
        ours = [
            score.Att(words, {"source": spans([d.source] if d.source else []), "content": spans(d.content)})
            for d in found
        ]
        pairs = score.assign(gold, ours, lambda g, p: score.dice(g.content, p.content))
        of = {p: gold[g] for g, p, weight in pairs if weight >= score.MATCH}
        dropped = words.toks(article.get("discard"))
        for i, (draft, mine) in enumerate(zip(found, ours, strict=True)):
            if mine.content and 2 * len(mine.content & dropped) <= len(mine.content):
                true = of.get(i)
                right = true is not None and bool(true.source & mine.source or not (true.source or mine.source))
                yield draft.kind(t), right


def table(rows: list[tuple[Kind, bool]]) -> list[list[str | int]]:
    seen: Counter[tuple[str, ...]] = Counter()
    right: Counter[tuple[str, ...]] = Counter()
    for kind, good in rows:
        for key in (kind, (kind[0], "", ""), ("other", "", "")):
            seen[key] += 1
            right[key] += good
    rare = {key for key in seen if not key[1] and seen[key] < LEAST}
    seen["other", "", ""] = sum(seen[key] for key in rare) or 1
    right["other", "", ""] = sum(right[key] for key in rare)
    return [
        [*key, n, right[key], f"{right[key] / n:.2f}", SOURCE]
        for key, n in sorted(seen.items())
        if n >= LEAST or key[0] == "other"
    ]


def calibration_error(rows: list[tuple[Kind, bool]]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for kind, good in rows:
        value = confidence(*kind) or 0.0
        bins.setdefault(min(9, int(10 * value)), []).append((value, good))
    gaps = [abs(sum(value - good for value, good in items)) for items in bins.values()]
    return sum(gaps) / len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--write", action="store_true", help="write the table into the package")
    options = parser.parse_args()
    train = list(judged(options.eval, "train"))
    lines = table(train)
    if options.write:
        with OUT.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["rule", "clause", "content", "statements", "right", "precision", "source"])
            writer.writerows(lines)
    dev = list(judged(options.eval, "dev"))
    error = {"train": calibration_error(train), "dev": calibration_error(dev)}
    print(json.dumps({"kinds": len(lines), "statements": len(train), "calibration_error": error}, indent=1))


if __name__ == "__main__":
    main()
