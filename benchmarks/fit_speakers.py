"""Fit `newslab/rules/speaker_evidence.csv`: what speaks for somebody as the speaker whom a short form stands for.

    python benchmarks/fit_speakers.py [--check] [--write [COLUMN ...]] [--errors NAME]

Three conditional logits: over the persons whom "he" or "she" may stand for (`newslab.attribution.persons`), and over
the persons and the bodies whom a definite noun phrase may stand for, or nobody named (`newslab.attribution.anaphors`).
The choices are those of statements whose speaker readers have told: the gold for developing, tests/cases, and the
articles of tests/speakers. Prints how many speakers are right in each set; `--check`, how often each choice is right
with the weights of now, and by cross-validation over articles; `--errors`, the wrong speakers of one set. `--write`
fits all columns, or some, anew.
"""

from __future__ import annotations

import argparse
import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from json import loads
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newslab.attribution import anaphors, persons
from newslab.attribution.phrases import full_person
from newslab.records import Entity, Statement

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "newslab" / "rules" / "speaker_evidence.csv"
LABELS = ROOT / "tests" / "speakers"
SOURCE = "fitted on the gold for developing, tests/cases and tests/speakers by benchmarks/fit_speakers.py"
COLUMNS = ("pronoun", "person", "body")
PENALTY = 2.0
# an earlier fit in round numbers, on part of these articles and on others that cannot be shared: what a fit starts
# from, and is held to
START = {
    "pronoun": {
        "against": -3, "apposed": 1, "asked": 1, "first name": 1, "gender": 1, "in source": -1, "indefinite": 2,
        "inside": -1, "introduced": 1, "last source": 2, "noun of gender": 1, "often": 1, "owned": -2, "owner": -1,
        "paragraph": 2, "same word": 2, "sentence before": 2, "sentences": -2, "source": 1, "spoken of": -2,
        "unnamed": -1,
    },
    "person": {
        "again": 4, "aged": 3, "before": -1, "called": 4, "kind": 2, "named": 4, "new": 1, "nobody": 2,
        "office": -2, "often": 1, "other kind": -1, "owned": -3, "paragraph": 1, "source": 2, "subject": 1,
    },
    "body": {
        "again": 4, "another": -1, "bare": 1, "body": 2, "called": 3, "group": 2, "named": 4, "nobody": 3, "often": 1,
        "other kind": -1, "so called": 3, "subject": 1, "tail": -1, "told": 2, "untold": -1,
    },
}  # fmt: skip
FOLDS = 10
ALIKE = 0.5  # Dice of the words of two contents
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_OWNER = re.compile(r"^(the|a|an|some|this|his|her|their|its|our|my) ")


class Labelled(NamedTuple):
    """One article, and its statements as a reader labelled them."""

    group: str  # sample, invented, gold, cases
    name: str
    text: str
    gold: list[dict[str, Any]]


class Choice(NamedTuple):
    """One short form: what was seen of each who may be meant, and which are right (behind the last: nobody named)."""

    article: str
    column: str
    seen: list[dict[str, float]]
    right: list[int]


def labelled(groups: Sequence[str] = ("sample", "invented", "gold", "cases")) -> list[Labelled]:
    """The articles of some groups; of the gold those for developing only."""
    import newslab

    texts: dict[str, str] = {}
    if {"sample", "gold"} & set(groups):
        folder = ROOT / "data" / "sample"
        articles = newslab.load_articles(folder, metadata=ROOT / "data" / "MANIFEST.csv", progress=False)
        texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    out = []
    for group in groups:
        if group == "cases":
            for path in sorted((ROOT / "tests" / "cases").glob("speakers*.toml")):
                for i, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
                    rows = [dict(zip(("words", "speaker", "naming"), row, strict=False)) for row in case["says"]]
                    out.append(Labelled(group, f"{path.stem} {i}", case["text"], rows))
        elif group == "gold":
            with (ROOT / "data" / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
                names = [row["article_id"] for row in csv.DictReader(file) if row["gold"] == "develop"]
            for name in names:
                rows = loads((ROOT / "data" / "gold" / f"{name}.json").read_text(encoding="utf-8"))["statements"]
                out.append(Labelled(group, name, texts[name], rows))
        else:
            for path in sorted((LABELS / group).glob("*.json")):
                beside = path.with_suffix(".txt")
                text = beside.read_bytes().decode("utf-8") if beside.exists() else texts[path.stem]
                out.append(Labelled(group, path.stem, text, loads(path.read_text(encoding="utf-8"))))
    return out


def found_in(articles: Sequence[Labelled]) -> Iterator[tuple[list[Statement], list[Entity]]]:
    """The statements and the names found in each article."""
    from newslab.entities import entities
    from newslab.parsing import load_model, parse
    from newslab.places import places
    from newslab.segments import segments
    from newslab.statements import statements

    pages = [(a.text, segments(a.text)) for a in articles]
    for (text, parts), doc in zip(pages, parse(load_model(), pages), strict=True):
        names = places(entities(doc, segments=parts), text=text)
        yield statements(doc, entities=names, segments=parts), names


def plain(name: str | None) -> str | None:
    """A speaker's name without case, article and marks, by which two are compared."""
    if name is None:
        return None
    return _OWNER.sub("", re.sub("[’']", "", name).strip().casefold()).strip(" .,")


def accepted(gold: dict[str, Any]) -> set[str | None]:
    """The names of a speaker that are right."""
    return {plain(name) for name in (gold["speaker"] or None, *(gold.get("also") or ()))}


def pairs(article: Labelled, rows: Sequence[Statement]) -> Iterator[tuple[dict[str, Any], Statement]]:
    """Each labelled statement that was found, with the found one: by words of it, or by half of the content."""

    def words(text: str) -> str:
        return " ".join(text.replace("“", '"').replace("”", '"').casefold().split())

    def starts(spans: Sequence[Sequence[int]]) -> set[int]:
        return {m.start() + a for a, b in spans for m in _WORD.finditer(article.text[a:b])}

    ours = [starts(row.content) for row in rows]
    used: set[int] = set()
    for gold in article.gold:
        if "words" in gold:
            said = [row for row in rows if words(gold["words"]) in words(row.content_text)]
            if said:
                yield gold, min(said, key=lambda row: row.words)
            continue
        theirs = starts(gold["content"])
        dice = [2 * len(theirs & mine) / ((len(theirs) + len(mine)) or 1) for mine in ours]
        best = max((i for i in range(len(rows)) if i not in used), key=lambda i: dice[i], default=None)
        if best is not None and dice[best] >= ALIKE:
            used.add(best)
            yield gold, rows[best]


def shares(articles: Sequence[Labelled], found: Sequence[Sequence[Statement]]) -> dict[str, Counter[str]]:
    """Of each group: labelled statements, those found, and of these how many have speaker and naming right."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for article, rows in zip(articles, found, strict=True):
        tally = out[article.group]
        tally["all"] += len(article.gold)
        for gold, row in pairs(article, rows):
            tally["found"] += 1
            tally["speaker"] += plain(row.speaker) in accepted(gold)
            tally["naming"] += row.naming == gold["naming"]
            if gold["speaker"] and gold.get("actor_type"):
                tally["typed"] += 1
                tally["actor type"] += row.actor_type == gold["actor_type"]
    return out


class Watch:
    """Notes what the two modules see of each candidate, while statements are found."""

    def __init__(self) -> None:
        self.seen: dict[tuple[int, str], dict[str, tuple[set[str | None], dict[str, float]]]] = {}
        self.of_phrase, self.of_person = anaphors.facts, persons.facts

    def __enter__(self) -> Watch:
        def phrase(s: Any, this: Any, profile: Any) -> dict[str, float]:
            seen = self.of_phrase(s, this, profile)
            full = full_person(s, profile, profile.last(this.head))
            names = {plain(profile.name), plain(full.name)}
            column = "person" if this.person else "body"
            self.seen.setdefault((s.t.starts[this.head], column), {})[profile.entity_id] = names, seen
            return seen

        def person(s: Any, head: int, word: str, one: Any, *more: Any) -> dict[str, float]:
            seen = self.of_person(s, head, word, one, *more)
            name = one.profile.name if one.profile is not None else one.speaker.speaker
            self.seen.setdefault((s.t.starts[head], "pronoun"), {})[one.key] = {plain(name)}, seen
            return seen

        anaphors.facts, persons.facts = phrase, person
        return self

    def __exit__(self, *_: object) -> None:
        anaphors.facts, persons.facts = self.of_phrase, self.of_person


def choices(articles: Sequence[Labelled]) -> tuple[list[Choice], list[list[Statement]]]:
    """The choices that were made for labelled statements, and all statements found."""
    out: list[Choice] = []
    found: list[list[Statement]] = []
    with Watch() as watch:
        for article in articles:
            watch.seen.clear()
            ((rows, entities),) = found_in([article])
            known = {plain(entity.name) for entity in entities}
            found.append(rows)
            for gold, row in pairs(article, rows):
                names = accepted(gold)
                for (start, column), offered in watch.seen.items():
                    if not any(a <= start < b for a, b in row.source):
                        continue
                    right = [i for i, (called, _) in enumerate(offered.values()) if called & names]
                    if not right and (column == "pronoun" or names & known):
                        continue  # the right one was not on offer
                    seen = [one for _, one in offered.values()]
                    out.append(Choice(article.name, column, seen, right or [len(seen)]))
    return out, found


def table(choice: Choice, names: Sequence[str]) -> np.ndarray:
    """A row for each candidate and, for noun phrases, one for nobody named."""
    rows = [[float(seen.get(name, 0)) for name in names] for seen in choice.seen]
    if choice.column != "pronoun":
        rows.append([float(name == "nobody") for name in names])
    return np.array(rows)


def fit(tables: Sequence[tuple[np.ndarray, list[int]]], start: np.ndarray) -> np.ndarray:
    """Weights of the greatest likelihood, with an L2 penalty on how far they go from a start, by Newton's steps."""
    weights = start.copy()
    for step in range(20):
        slope, curve = PENALTY * (start - weights), PENALTY * np.eye(len(weights))
        for x, right in tables:
            p = _chances(x @ weights)
            told = np.zeros(len(p))
            told[right] = p[right] / p[right].sum()
            mean = p @ x
            slope += told @ x - mean
            curve += (x * p[:, None]).T @ x - np.outer(mean, mean)
        weights += np.linalg.solve(curve, slope) * (0.5 if step < 6 else 1)
    return weights


def _chances(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def right(tables: Sequence[tuple[np.ndarray, list[int]]], weights: np.ndarray) -> int:
    """How many choices the weights make rightly."""
    return sum(int((x @ weights).argmax()) in told for x, told in tables)


def names_of(column: str) -> list[str]:
    """The facts of a column, "nobody" the last."""
    return list(anaphors.evidence(column))


def start_of(names: Sequence[str], column: str) -> np.ndarray:
    """The weights that a fit starts from."""
    return np.array([float(START[column].get(name, 0)) for name in names])


def check(made: Sequence[Choice], column: str) -> None:
    """Print how often a kind of choice is right, now and by cross-validation."""
    names = names_of(column)
    mine = [c for c in made if c.column == column]
    tables = [(table(c, names), c.right) for c in mine]
    articles = sorted({c.article for c in mine})
    order = np.random.default_rng(0).permutation(len(articles))
    fold = {articles[k]: i % FOLDS for i, k in enumerate(order)}
    start, now = start_of(names, column), np.array(list(anaphors.evidence(column).values()))
    found = 0
    for k in range(FOLDS):
        rest = [t for c, t in zip(mine, tables, strict=True) if fold[c.article] != k]
        held = [t for c, t in zip(mine, tables, strict=True) if fold[c.article] == k]
        found += right(held, fit(rest, start))
    print(
        f"{column}: {len(mine)} choices of {len(articles)} articles; right with the weights of now "
        f"{right(tables, now)}, fitted {right(tables, fit(tables, start))}, by cross-validation {found}"
    )


def write(made: Sequence[Choice], columns: Sequence[str]) -> None:
    """Fit some columns on all choices and write the table; the others stay."""
    weights = {column: anaphors.evidence(column) for column in COLUMNS}
    for column in columns:
        names = names_of(column)
        tables = [(table(c, names), c.right) for c in made if c.column == column]
        weights[column] = dict(zip(names, fit(tables, start_of(names, column)), strict=True))
    known = sorted({name for column in COLUMNS for name in weights[column]})
    with OUT.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["evidence", *COLUMNS, "source"])
        for name in known:
            out.writerow([name, *(f"{w[name]:.2f}" if name in w else "" for w in weights.values()), SOURCE])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", nargs="*", choices=COLUMNS)
    parser.add_argument("--errors", choices=("sample", "invented", "gold"))
    args = parser.parse_args()
    articles = labelled()
    made, found = choices(articles)
    for group, tally in shares(articles, found).items():
        print(
            f"{group}: {tally['all']} statements, {tally['found']} found; of these speaker {tally['speaker']} "
            f"({tally['speaker'] / tally['found']:.1%}), naming {tally['naming'] / tally['found']:.1%}"
        )
    for article, rows in zip(articles, found, strict=True):
        if article.group == args.errors:
            for gold, row in pairs(article, rows):
                if plain(row.speaker) not in accepted(gold):
                    print(
                        f"{article.name} {row.start}: {row.source_text!r} is {gold['speaker']!r}, not {row.speaker!r}"
                    )
    if args.check:
        for column in COLUMNS:
            check(made, column)
    if args.write is not None:
        write(made, args.write or COLUMNS)


if __name__ == "__main__":
    main()
