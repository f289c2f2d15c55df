"""Fit `newslab/rules/tone_words.csv`: what words say of the tone towards a target, beside VADER's lexicon.

    python benchmarks/fit_tone.py [--eval ../shared/eval] [--write]

A softmax regression with an L2 penalty over the common words of NewsMTSC's training split, added to the scores that
`newslab.sentiment.valence_scores` gives, which stay as they are. Prints the macro-F1 and the calibration error with and
without the words, by five-fold cross-validation over sentences.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

import numpy as np
from fit_statements import calibration_error
from train_encoder import _rows

from newslab.sentiment import CLASSES, target_words, valence_scores

OUT = Path(__file__).resolve().parents[1] / "newslab" / "rules" / "tone_words.csv"
SOURCE = "fitted on NewsMTSC train (Hamborg and Donnay, EACL 2021; MIT) by benchmarks/fit_tone.py"
LEAST = 20  # targets in whose sentence a word must stand
PENALTY = 20.0
FOLDS = 5
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")  # not at the start of a sentence
# Whom a sentence is about must not weigh, only how it speaks of them.
WHO = frozenset(
    (
        "black", "brother", "conservative", "conservatives", "daughter", "father", "female", "gay", "guy", "her",
        "herself", "him", "himself", "his", "husband", "immigrants", "lady", "liberal", "man", "men", "progressive",
        "she", "son", "white", "wife", "woman", "women",
    )
)  # fmt: skip


def vocabulary(texts: list[str], words: list[set[str]]) -> list[str]:
    """Common words, without those that are more often capitalised within a sentence, as names are."""
    small = Counter(word for found in words for word in found)
    large = Counter(word.lower() for text in texts for word in set(_CAPITAL.findall(text)))
    return sorted(w for w, n in small.items() if n >= LEAST and n > large[w] and w not in WHO)


def chances(scores: np.ndarray) -> np.ndarray:
    """Softmax of each row."""
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True))


def fit(table: np.ndarray, base: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights, words x classes: steps by a fixed bound of the curvature (Böhning 1992), so that one inverse will do."""
    inverse = np.linalg.inv(table.T @ table / 2 + PENALTY * np.eye(table.shape[1]))
    gold, weights = np.eye(3)[labels], np.zeros((table.shape[1], 3))
    for _ in range(200):
        step = inverse @ (table.T @ (chances(base + table @ weights) - gold) + PENALTY * weights)
        weights -= step
        if abs(step).max() < 1e-5:
            break
    return weights


def report(name: str, p: np.ndarray, labels: np.ndarray) -> None:
    """Print macro-F1 and calibration error."""
    found = p.argmax(1)
    pairs = [(labels == k, found == k) for k in range(3)]
    f1 = np.mean([2 * (gold & told).sum() / (gold.sum() + told.sum()) for gold, told in pairs])
    print(f"{name}: macro-F1 {f1:.3f}, calibration error {calibration_error(p.max(1), found == labels):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rows = [(row, t) for row in _rows(args.eval / "newsmtsc" / "train.jsonl.gz") for t in row["targets"]]
    places = [(row["sentence_normalized"], t["from"], t["to"]) for row, t in rows]
    labels = np.array([int(t["polarity"]) // 2 - 1 for _, t in rows])
    base = np.array([valence_scores(*place) for place in places])
    words = [target_words(*place) for place in places]
    known = vocabulary([place[0] for place in places], words)
    table = np.array([[word in found for word in known] for found in words], float)
    sentences = sorted({row["primary_gid"] for row, _ in rows})
    order = np.random.default_rng(0).permutation(len(sentences))
    fold_of = {sentences[k]: i % FOLDS for i, k in enumerate(order)}
    folds = np.array([fold_of[row["primary_gid"]] for row, _ in rows])
    found = np.zeros((len(rows), 3))
    for k in range(FOLDS):
        now, rest = folds == k, folds != k
        found[now] = chances(base[now] + table[now] @ fit(table[rest], base[rest], labels[rest]))
    report("without words", chances(base), labels)
    report(f"with {len(known)} words", found, labels)
    if args.write:
        with OUT.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["word", *CLASSES, "source"])
            for word, weights in zip(known, fit(table, base, labels), strict=True):
                out.writerow([word, *(f"{w:.3f}" for w in weights), SOURCE])


if __name__ == "__main__":
    main()
