"""Fit `newslab/rules/name_evidence.csv`: what each piece of evidence says about what a name names.

    python benchmarks/train_names.py GUM_OTHER.jsonl [--check]

A softmax regression over the evidence of `newslab.naming.evidence`, one example a name and document, from GUM's
documents that are not news (CC BY 4.0; Zeldes 2017, https://gucorpling.org/gum/). It starts from weights set
by hand (START) and moves from them only as far as the data ask. News names more organisations and fewer things
than GUM's other genres, so the shares of the labels are then set to those of news (NEWS_SHARES: in the English
news of CoNLL-2003 persons, organisations and places are about equally frequent).
`--check` prints F1 by cross-validation over documents instead of writing.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newslab.naming.finding import names
from newslab.naming.lists import LEARNED, demonyms
from newslab.naming.names import Name
from newslab.naming.words import titles, words

OUT = Path(__file__).resolve().parents[1] / "newslab" / "rules" / "name_evidence.csv"
LABEL_NUMBER = {"PERSON": 0, "ORG": 1, "PLACE": 2}
OTHER = 3
# how near a genre is to news; interviews are Wikinews's own
GENRE_WEIGHTS = {
    "interview": 2.0, "speech": 1.5, "bio": 1.0, "court": 1.0, "voyage": 0.6, "academic": 0.3, "textbook": 0.3,
    "vlog": 0.2, "conversation": 0.2,
}  # fmt: skip
NEWS_SHARES = np.array([0.28, 0.28, 0.28, 0.16])
MOST_MENTIONS = 6.0  # a name that fills a document teaches no more than this many mentions
RARE = 8  # evidence seen for fewer names keeps its weights set by hand
# set by hand for news: person, organisation, place, other
START = {
    "right:where": (-0.8, -0.3, 1.6, -0.5),
    "title:before comma": (2, -0.7, -0.7, -0.6), "title:after comma": (1.5, -0.5, -0.6, -0.4),
    "line:agency": (-1, 2.5, -0.8, -0.7), "line:person": (2, -0.6, -0.8, -0.6), "line:place": (-1, -0.6, 2.5, -0.9),
    "in text:last word titled": (2.5, -0.9, -0.8, -0.8),
    "form:&": (-0.5, 2, -1, -0.5), "left:told the": (-0.7, 2, -0.7, -0.4), "left:resident of": (-0.7, -0.7, 2, -0.5),
    "left:the alone": (-2, 0.7, 0.7, 0.7),
    "right:and a place": (-0.3, -0.2, 0.8, -0.3), "right:said it": (-1, 1.6, 0.2, -0.6),
    "right:said he": (1.6, -0.6, -0.6, -0.4), "right:facility": (-0.8, -0.2, 1.5, -0.5),
    "form:acronym": (-0.8, 2, -0.5, -0.7), "form:initial": (1, -0.3, -0.3, -0.3), "head:lower": (-1, 3, -1, -1),
    "head:organisation": (-1.5, 2.5, -0.2, -0.8), "head:facility": (-1.5, -0.5, 2.5, -0.5),
    "head:place": (-0.8, -0.2, 1.7, -0.7), "head:event": (-0.8, -0.4, -0.8, 2), "head:law": (-0.8, -0.3, -0.9, 2),
    "parse:organisation": (-0.7, 1.5, -0.4, -0.4), "parse:person": (2, -0.8, -0.6, -0.6),
    "parse:place": (-0.6, -0.4, 1.5, -0.5), "parse:facility": (-0.8, -0.2, 1.4, -0.4),
    "parse:event": (-0.7, -0.3, -0.5, 1.5), "parse:law": (-0.7, -0.3, -0.5, 1.5),
    "parse:work": (-0.4, -0.2, -0.5, 1.1), "list:organisation": (-1, 3, -0.5, -1.5), "list:people": (-2, -1, -2, 3),
    "title:honorific": (3, -1, -1, -1), "title:rank": (3, -1, -1, -1), "title:office": (2.5, -0.8, -0.8, -0.8),
    "title:job": (1.5, -0.6, -0.8, -0.1), "right:age": (3, -1, -1, -1), "right:who": (2, -0.7, -0.7, -0.7),
    "right:based": (-1, -0.5, 2, -0.5), "right:group": (-1, 2.8, -0.7, -0.9),
    "right:distance": (-0.5, -0.5, 1.5, -0.5), "right:members": (-0.5, 1.5, -0.5, -0.5),
    "right:country": (-0.7, -0.5, 1.7, -0.5), "right:place": (-1.5, -0.8, 3, -0.7),
    "right:place?": (-0.5, -0.3, 1, -0.2), "left:motion": (-0.5, -0.3, 1.2, -0.4),
    "left:verb of place": (-0.5, 0, 1, -0.5), "left:verb of person": (0.9, 0, -0.5, -0.4),
    "right:said": (1, 0.3, -0.8, -0.5), "right:announced": (0.3, 0.6, -0.3, -0.6),
    "right:acronym": (-0.5, 1.2, -0.5, -0.3), "left:in": (-0.6, -0.4, 1.2, -0.2),
    "left:into": (-0.5, -0.3, 1, -0.2), "left:place of": (-0.8, -0.8, 2.2, -0.6),
    "left:place": (-0.3, -0.3, 0.8, -0.2), "left:based": (-0.2, 1, -0.4, -0.4),
    "left:direction": (-0.5, -0.5, 1.5, -0.5), "gazetteer:country": (-1, -1, 3, -1),
    "gazetteer:state": (-0.6, -0.4, 2, -1), "gazetteer:large city": (-0.4, -0.6, 1.7, -0.7),
    "gazetteer:city": (-0.4, -0.2, 1.2, -0.6), "gazetteer:town": (0, -0.4, 0.8, -0.4),
    "gazetteer:other name": (0, -0.2, 0.5, -0.3), "in text:last word of person": (1.8, -0.6, -0.6, -0.6),
    "in text:first word of person": (1, -0.4, -0.4, -0.2),
    "in text:first word of organisation": (-0.6, 0.8, 0.1, -0.3), "in text:alone again": (-1.5, 0.7, 0.4, 0.1),
    "in text:alone once": (-0.8, 0.3, 0.3, 0.2), "in text:last word of organisation": (-0.6, 0.9, -0.1, -0.2),
}  # fmt: skip


class Example(NamedTuple):
    """One name of one document, with one of the labels its mentions have there."""

    document: str
    genre: str
    seen: dict[str, float]
    label: int
    mentions: int


def label_of(row: dict[str, Any], name: Name) -> int | None:
    """Number of the gold label, OTHER for what is none of the three, None for what the scorer ignores."""
    ignored = False
    for gold in row["mentions"]:
        if gold["kind"] not in ("name", "title"):
            continue
        if not (name.start <= gold["head"][0] and name.end >= gold["head"][1] - 1):
            continue
        if gold["kind"] == "title" or gold.get("nested") or gold["type"] == "GROUP":
            ignored = True
            continue
        inside = name.start >= gold["start"] - 5 and name.end <= gold["end"] + 5
        return LABEL_NUMBER.get(gold["type"], OTHER) if inside else OTHER
    return None if ignored else OTHER


def examples(row: dict[str, Any], doc: Any, segments: Any) -> list[Example]:
    """The names of one document with what was seen of them."""
    from newslab.entities import evidence_of, grouped

    w = words(doc, segments)
    groups = grouped(names(w, titles(w)))
    seen = evidence_of(groups)
    out = []
    for key, group in groups.items():
        if key in demonyms():
            continue
        labels = Counter(label_of(row, name) for name in group.names)
        out += [
            Example(row["id"], row["genre"], seen[key], label, n) for label, n in labels.items() if label is not None
        ]
    return out


def matrix(data: Sequence[Example], features: Sequence[str]) -> np.ndarray[Any, Any]:
    at = {feature: i for i, feature in enumerate(features)}
    table = np.zeros((len(data), len(features)))
    for i, example in enumerate(data):
        for feature, amount in example.seen.items():
            if feature in at:
                table[i, at[feature]] = amount
    return table


def fit(
    data: Sequence[Example], features: Sequence[str], *, pull: float = 8.0, trust: float = 40.0, steps: int = 1500
) -> np.ndarray[Any, Any]:
    """Weights, one row a feature and one column a label; `trust` holds those of START, `pull` the rest to zero."""
    x = matrix(data, features)
    y = np.array([example.label for example in data])
    mass = np.array([min(e.mentions * GENRE_WEIGHTS[e.genre], MOST_MENTIONS) for e in data])
    target, start = np.eye(4)[y], np.array([START.get(feature, (0,) * 4) for feature in features], float)
    hold = np.array([[trust if feature in START else pull] for feature in features])
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, steps + 1):
        scores = x @ weights
        scores = np.exp(scores - scores.max(1, keepdims=True))
        scores /= scores.sum(1, keepdims=True)
        slope = (x.T @ ((scores - target) * mass[:, None]) + hold * (weights - start)) / mass.sum()
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    shares = target.T @ mass / mass.sum()
    weights[features.index("all")] += np.log(NEWS_SHARES / shares)
    return weights


def feature_names(data: Sequence[Example]) -> list[str]:
    counts = Counter(feature for example in data for feature in example.seen)
    return sorted({feature for feature, n in counts.items() if n >= RARE} | START.keys())


def f1(data: Sequence[Example], features: Sequence[str], weights: np.ndarray[Any, Any]) -> tuple[float, ...]:
    """Micro F1, precision and recall over mentions, labels person, organisation and place; then F1 of each."""
    found = (matrix(data, features) @ weights).argmax(1)
    gold = np.array([example.label for example in data])
    n = np.array([example.mentions for example in data])
    sums = [
        ((n * ((found == k) & (gold == k))).sum(), (n * (found == k)).sum(), (n * (gold == k)).sum()) for k in range(3)
    ]
    right, made, there = (sum(column) for column in zip(*sums, strict=True))
    return (2 * right / (made + there), right / made, right / there, *(2 * a / max(b + c, 1) for a, b, c in sums))


def check(data: Sequence[Example], *, pull: float = 8.0, folds: int = 4) -> None:
    """Print F1 on documents left out, by genre."""
    documents = sorted({example.document for example in data})
    for genre in GENRE_WEIGHTS:
        rows = []
        for fold in range(folds):
            out = set(documents[fold::folds])
            train = [example for example in data if example.document not in out]
            test = [example for example in data if example.document in out and example.genre == genre]
            features = feature_names(train)
            rows.append(f1(test, features, _cached_fit(train, features, pull, fold)))
        print(genre.ljust(14), *(f"{value:.3f}" for value in np.mean(rows, axis=0)))


_fits: dict[tuple[float, int], np.ndarray[Any, Any]] = {}


def _cached_fit(data: Sequence[Example], features: Sequence[str], pull: float, fold: int) -> np.ndarray[Any, Any]:
    if (pull, fold) not in _fits:
        _fits[pull, fold] = fit(data, features, pull=pull)
    return _fits[pull, fold]


def write(features: Sequence[str], weights: np.ndarray[Any, Any]) -> None:
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("evidence", *LEARNED, "source"))
        for feature, row in zip(features, weights, strict=True):
            writer.writerow((feature, *(f"{value:.2f}" for value in row), "fitted on GUM by benchmarks/train_names.py"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    from newslab.parsing import load_model, parse
    from newslab.segments import segments

    rows = [json.loads(line) for line in options.data.open(encoding="utf-8")]
    pages = [(row["text"], segments(row["text"])) for row in rows]
    data = []
    for row, (_, parts), doc in zip(rows, pages, parse(load_model(weights="none"), pages), strict=True):
        data += examples(row, doc, parts)
    if options.check:
        check(data)
    else:
        features = feature_names(data)
        write(features, fit(data, features))


if __name__ == "__main__":
    main()
