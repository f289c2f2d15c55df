"""Fit `newslab/rules/pronoun_evidence.csv`: what speaks for a person as the one that "he" or "she" stands for.

    python benchmarks/train_pronouns.py GUM_OTHER.jsonl [--check]

A softmax over each pronoun's candidates (`newslab.naming.pronouns.candidates`), fitted on GUM's documents that are
not news (CC BY 4.0; Zeldes 2017, https://gucorpling.org/gum/). Each pronoun is an example twice: with those before
it resolved as in GUM, and as the weights of now resolve them, so that they learn to recover from their own errors.
Two rows of the table turn the share of the best candidate into a calibrated confidence. `--check` prints, by
cross-validation over documents, how often the right person is chosen and how far the confidence can be trusted,
instead of writing.
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
from newslab.naming.coreference import called
from newslab.naming.people import Mention, Scene, stage
from newslab.naming.pronouns import CALIBRATION, GENDER, Offer, best, choose, log_odds, resolve
from newslab.naming.roles import roles

OUT = Path(__file__).resolve().parents[1] / "newslab" / "rules" / "pronoun_evidence.csv"
GENRE_WEIGHTS = {
    "interview": 2.0, "speech": 1.5, "bio": 1.0, "court": 1.0, "voyage": 1.0, "academic": 1.0, "textbook": 1.0,
    "vlog": 0.4, "conversation": 0.3,
}  # fmt: skip
RARE = 10
PULL = 2.0
# set by hand for news, in which first names and the pronouns before tell more than in talk
START = {"first name against": -2.5, "first name agrees": 0.8, "often against before": -3.0, "often as before": 0.8}


class Example(NamedTuple):
    """One pronoun with what was seen of each candidate, and which of them are right: none where none is."""

    document: str
    genre: str
    offered: list[Offer]
    right: list[int]
    own: bool  # those before it resolved as newslab does


def examples(row: dict[str, Any], doc: Any, segments: Any, *, own: bool = False) -> list[Example]:
    """The pronouns of one document that have candidates.

    Those before each are resolved as in GUM, or with `own` as the weights of now resolve them.
    """
    w, found, entity_of, found_titles = settled(doc, segments)
    given, genders = roles(w, found, entity_of, found_titles)
    scene, mentions = stage(
        w, found, entity_of, genders, called(w, found, entity_of, given, found_titles), found_titles
    )
    meant = _gold(row, mentions)
    heads = {m["head"][0]: m["entity_id"] for m in row["mentions"] if m["kind"] == "nominal"}
    unnamed = {m.key: heads.get(w.start[m.token]) for m in mentions if m.name is None}
    pronoun_at = {m["start"]: m["entity_id"] for m in row["mentions"] if m["kind"] == "pronoun"}
    out: list[Example] = []

    def teach(scene: Scene, i: int, offered: list[Offer]) -> tuple[Mention, float] | None:
        entity = pronoun_at.get(w.start[i], "")
        wanted = meant.get(entity)
        right = [
            n for n, (mention, _) in enumerate(offered)
            if (mention.key == wanted if wanted else entity and unnamed.get(mention.key) == entity)
        ]  # fmt: skip
        if offered and w.start[i] in pronoun_at:
            out.append(Example(row["id"], row["genre"], offered, right, own))
        if own or not right:
            return choose(scene, i, offered) if own else None
        return offered[right[0]].mention, 1.0

    resolve(scene, mentions, [i for i, word in enumerate(w.lower) if word in GENDER and w.part[i]], teach)
    return out


def _gold(row: dict[str, Any], mentions: Sequence[Mention]) -> dict[str, str]:
    """By GUM's entity, the key of the entity that most of its names have here."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    people = [mention for mention in mentions if mention.name is not None]
    for gold in row["mentions"]:
        if gold["kind"] != "name" or gold["type"] != "PERSON":
            continue
        for mention in people:
            if mention.name and mention.name.start <= gold["head"][0] and gold["head"][1] - 1 <= mention.name.end:
                votes[gold["entity_id"]][mention.key] += 1
    return {entity: count.most_common(1)[0][0] for entity, count in votes.items()}


def fit(data: Sequence[Example], features: Sequence[str], steps: int = 400) -> np.ndarray[Any, Any]:
    """Weights, one a feature, that make the right candidates likely."""
    data = [example for example in data if example.right]
    at = {feature: i for i, feature in enumerate(features)}
    seen = [offer.seen for example in data for offer in example.offered]
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

    held = np.array([START.get(feature, 0.0) for feature in features])
    weights, mean, square = held.copy(), np.zeros(len(features)), np.zeros(len(features))
    for step in range(1, steps + 1):
        scores = table @ weights
        power = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        slope = (PULL * (weights - held) + table.T @ (mass * (share(power) - share(power * right)))) / len(data)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def feature_names(data: Sequence[Example]) -> list[str]:
    counts = Counter(feature for example in data if example.right for o in example.offered for feature in o.seen)
    return sorted(feature for feature, n in counts.items() if n >= RARE)


class Outcome(NamedTuple):
    """A pronoun that was given to somebody named: how sure, and whether rightly."""

    document: str
    genre: str
    odds: float
    right: bool


def outcomes(data: Sequence[Example], folds: int = 6) -> list[Outcome]:
    """What weights fitted on the other documents make of each document's pronouns."""
    documents = sorted({example.document for example in data})
    out = []
    for fold in range(folds):
        left_out = set(documents[fold::folds])
        train = [example for example in data if example.document not in left_out]
        features = feature_names(train)
        weights = dict(zip(features, fit(train, features).tolist(), strict=True))
        for example in data:
            if example.own and example.document in left_out:
                mention, chance = best(example.offered, weights)
                if mention.name is not None:
                    right = {example.offered[n].mention.key for n in example.right}
                    out.append(Outcome(example.document, example.genre, log_odds(chance), mention.key in right))
    return out


def calibrate(data: Sequence[Outcome]) -> tuple[float, float]:
    """What is added to the log odds of a choice, and what they are multiplied by first."""
    x = np.array([[1.0, one.odds] for one in data])
    y = np.array([float(one.right) for one in data])
    mass = np.array([GENRE_WEIGHTS[one.genre] for one in data])
    line = np.array([0.0, 1.0])
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ line))
        bend = (x.T * (mass * p * (1 - p))) @ x + np.eye(2)
        line += 0.5 * np.linalg.solve(bend, x.T @ (mass * (y - p)))
    return float(line[0]), float(line[1])


def check(data: Sequence[Example]) -> None:
    """Print how many of the pronouns that are given to somebody named are so rightly, and how far that is known."""
    found = outcomes(data)
    for genre in GENRE_WEIGHTS:
        right = [one.right for one in found if one.genre == genre]
        print(genre.ljust(14), f"{np.mean(right):.3f} of {len(right)}")
    documents = sorted({one.document for one in found})
    pairs = []
    for half in (set(documents[::2]), set(documents[1::2])):
        shift, scale = calibrate([one for one in found if one.document not in half])
        pairs += [
            (1 / (1 + np.exp(-shift - scale * one.odds)), one.right, GENRE_WEIGHTS[one.genre])
            for one in found if one.document in half
        ]  # fmt: skip
    error, total = 0.0, sum(mass for _, _, mass in pairs)
    for low in np.arange(0, 1, 0.1):
        inside = [pair for pair in pairs if low <= pair[0] < low + 0.1]
        mass = sum(m for _, _, m in inside)
        if mass:
            told, true = (sum(m * float(pair[k]) for *pair, m in inside) / mass for k in (0, 1))
            error += mass / total * abs(told - true)
            print(f"confidence {told:.2f}: {true:.3f} right of {len(inside)}")
    print(f"calibration error {error:.3f}")


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
    table = [*zip(features, fit(data, features).tolist(), strict=True)]
    table += zip(CALIBRATION, calibrate(outcomes(data)), strict=True)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("evidence", "weight", "source"))
        for feature, weight in table:
            writer.writerow((feature, f"{weight:.2f}", "fitted on GUM by benchmarks/train_pronouns.py"))


if __name__ == "__main__":
    main()
