"""Fit `newslab/rules/pronoun_evidence.csv`: what speaks for a person as the one that "he" or "she" stands for.

    python benchmarks/train_pronouns.py GUM_OTHER.jsonl [--check]

A softmax over each pronoun's candidates (`newslab.naming.coreference.candidates`), fitted on GUM's documents that are
not news (CC BY 4.0; Zeldes 2017, https://gucorpling.org/gum/). Each pronoun is an example twice: with those before
it resolved as in GUM, and as the weights of now resolve them, so that they learn to recover from their own errors.
`--check` prints how often the right person is chosen, by cross-validation over documents, instead of writing.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newslab.entities import settled
from newslab.naming.coreference import GENDER, Mention, Scene, called, choose, speakers, stage, walk
from newslab.naming.roles import roles

OUT = Path(__file__).resolve().parents[1] / "newslab" / "rules" / "pronoun_evidence.csv"
GENRE_WEIGHTS = {
    "interview": 2.0, "speech": 1.5, "bio": 1.0, "court": 1.0, "voyage": 1.0, "academic": 1.0, "textbook": 1.0,
    "vlog": 0.4, "conversation": 0.3,
}  # fmt: skip
RARE = 10
PULL = 4.0


class Example(NamedTuple):
    """One pronoun with what was seen of each candidate, and which of them are right."""

    document: str
    genre: str
    offered: list[set[str]]
    right: list[int]


def examples(row: dict[str, Any], doc: Any, segments: Any, *, own: bool = False) -> list[Example]:
    """The pronouns of one document that stand for a person who is among the candidates.

    Those before each are resolved as in GUM, or with `own` as the weights of now resolve them.
    """
    w, found, entity_of, found_titles = settled(doc, segments)
    given, genders = roles(w, found, entity_of, found_titles)
    scene, mentions = stage(w, found, entity_of, genders, called(w, found, entity_of, given, found_titles))
    meant = _gold(row, mentions)
    pronoun_at = {m["start"]: m["entity_id"] for m in row["mentions"] if m["kind"] == "pronoun"}
    out: list[Example] = []

    def teach(scene: Scene, i: int, offered: list[tuple[Mention, set[str]]]) -> Mention | None:
        wanted = meant.get(pronoun_at.get(w.start[i], ""))
        right = [n for n, (mention, _) in enumerate(offered) if mention.key == wanted]
        if right:
            out.append(Example(row["id"], row["genre"], [seen for _, seen in offered], right))
        if own or not right:
            return choose(scene, i, offered) if own else None
        return offered[right[0]][0]

    pronouns = [i for i, word in enumerate(w.lower) if word in GENDER and w.part[i] and w.sent[i] not in w.headings]
    outside = [i for i in pronouns if not any(a <= w.start[i] < b for a, b in scene.quotes)]
    known = [*mentions, *walk(scene, mentions, outside, teach)]
    scene = scene._replace(speakers=speakers(scene, known))
    list(walk(scene, known, sorted(set(pronouns) - set(outside)), teach))
    return out


def _gold(row: dict[str, Any], mentions: Sequence[Mention]) -> dict[str, str]:
    """By GUM's entity, the key of the entity that most of its names have here."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for gold in row["mentions"]:
        if gold["kind"] != "name" or gold["type"] != "PERSON":
            continue
        for mention in mentions:
            if mention.name.start <= gold["head"][0] and gold["head"][1] - 1 <= mention.name.end:
                votes[gold["entity_id"]][mention.key] += 1
    return {entity: count.most_common(1)[0][0] for entity, count in votes.items()}


def fit(data: Sequence[Example], features: Sequence[str], steps: int = 400) -> np.ndarray[Any, Any]:
    """Weights, one a feature, that make the right candidates likely."""
    at = {feature: i for i, feature in enumerate(features)}
    seen = [one for example in data for one in example.offered]
    table = np.zeros((len(seen), len(features)))
    for n, one in enumerate(seen):
        table[n, [at[feature] for feature in one if feature in at]] = 1
    sizes = np.array([len(example.offered) for example in data])
    starts = np.cumsum(sizes) - sizes
    mass = np.repeat([GENRE_WEIGHTS[example.genre] for example in data], sizes)
    right = np.zeros(len(seen))
    for start, example in zip(starts, data, strict=True):
        right[start + np.array(example.right)] = 1

    def share(power: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return power / np.repeat(np.add.reduceat(power, starts), sizes)

    weights, mean, square = (np.zeros(len(features)) for _ in range(3))
    for step in range(1, steps + 1):
        scores = table @ weights
        power = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        slope = (PULL * weights + table.T @ (mass * (share(power) - share(power * right)))) / len(data)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def feature_names(data: Sequence[Example]) -> list[str]:
    counts = Counter(feature for example in data for seen in example.offered for feature in seen)
    return sorted(feature for feature, n in counts.items() if n >= RARE)


def accuracy(data: Sequence[Example], features: Sequence[str], weights: np.ndarray[Any, Any]) -> list[float]:
    table = dict(zip(features, weights, strict=True))
    right = []
    for example in data:
        scores = [sum(table.get(feature, 0) for feature in seen) for seen in example.offered]
        right.append(float(int(np.argmax(scores)) in example.right))
    return right


def check(data: Sequence[Example], folds: int = 4) -> None:
    documents = sorted({example.document for example in data})
    right: dict[str, list[float]] = defaultdict(list)
    for fold in range(folds):
        out = set(documents[fold::folds])
        train = [example for example in data if example.document not in out]
        features = feature_names(train)
        weights = fit(train, features)
        for genre in GENRE_WEIGHTS:
            right[genre] += accuracy([e for e in data if e.document in out and e.genre == genre], features, weights)
    for genre, values in right.items():
        print(genre.ljust(14), f"{np.mean(values):.3f} of {len(values)}")


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
    for row, (_, parts), doc in zip(rows, pages, parse(load_model(), pages), strict=True):
        data += examples(row, doc, parts) + examples(row, doc, parts, own=True)
    if options.check:
        check(data)
    else:
        write(data)


def write(data: Sequence[Example]) -> None:
    features = feature_names(data)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("evidence", "weight", "source"))
        for feature, weight in zip(features, fit(data, features), strict=True):
            writer.writerow((feature, f"{weight:.2f}", "fitted on GUM by benchmarks/train_pronouns.py"))


if __name__ == "__main__":
    main()
