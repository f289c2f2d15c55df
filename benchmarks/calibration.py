"""How far the confidence of statements can be trusted, and what a threshold on it keeps, on PolNeAR dev.

    python benchmarks/calibration.py [--eval ../shared/eval] [--weights default|none]

A statement is right as in `full` of the scorer: content matched one to one (Dice at least one half) and sources
overlapping, or both without source. Prints the expected calibration error (ten bins of equal width) and
precision and recall at each threshold.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from statement_confidence import scorer

from newslab import annotate, load_articles


def judged(folder: Path, weights: str) -> tuple[np.ndarray, np.ndarray, int]:
    """Confidence of each statement found, whether it is right, and how many there are in the gold."""
    score = scorer(folder)
    gold_file = folder / "polnear" / "dev.jsonl"
    rows = {row["id"]: row for row in score.read(gold_file)}
    notes = annotate(load_articles(gold_file), weights=weights, cache=False, progress=False)
    sure: list[float] = []
    right: list[bool] = []
    known = 0
    for article_id, row in rows.items():
        words = score.Doc(row["text"])
        gold = [g for g in (score.Att(words, raw) for raw in row["attributions"]) if g.content]
        known += len(gold)
        ours = notes.statements[notes.statements["article_id"] == article_id]
        found = [score.Att(words, raw) for raw in ours[["source", "cue", "content"]].to_dict("records")]
        pairs = score.assign(gold, found, lambda g, p: score.dice(g.content, p.content))
        of = {p: gold[g] for g, p, weight in pairs if weight >= score.MATCH}
        dropped = words.toks(row.get("discard"))
        for i, (mine, confidence) in enumerate(zip(found, ours["confidence"], strict=True)):
            if mine.content and 2 * len(mine.content & dropped) <= len(mine.content):
                true = of.get(i)
                sure.append(confidence)
                right.append(true is not None and bool(true.source & mine.source or not (true.source or mine.source)))
    return np.array(sure), np.array(right, float), known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--weights", choices=("default", "none", "best"), default="default")
    args = parser.parse_args()
    sure, right, known = judged(args.eval, args.weights)
    which = np.minimum((sure * 10).astype(int), 9)
    bins = [which == k for k in range(10) if (which == k).any()]
    error = sum(abs(sure[k].mean() - right[k].mean()) * k.sum() for k in bins) / len(sure)
    print(json.dumps({"statements": len(sure), "calibration error": round(float(error), 3)}))
    print("\n| least confidence | kept | precision | recall |\n|---|---|---|---|")
    for least in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = sure >= least
        print(f"| {least} | {kept.sum()} | {100 * right[kept].mean():.1f} | {100 * right[kept].sum() / known:.1f} |")


if __name__ == "__main__":
    main()
