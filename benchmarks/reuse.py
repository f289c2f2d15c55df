"""Measure `reuse`: on the sample, whose reuse is known, on made copies, and its cost; write REUSE.md.

    python benchmarks/reuse.py [--sizes 1000 10000 ...]

100,000 articles take some minutes. MinHash is measured beside it where datasketch is installed.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
sys.path[:0] = [str(HERE), str(DATA)]

LEAST = 12  # words of a stretch that counts as a passage of the sample
SHORT = 3  # words of the sequences that must cover half of what is found, since edits part longer ones
LINE = re.compile(r"[^\n]+")
Span = tuple[int, int]


Shared = dict[tuple[str, str], list[Span]]


def sample() -> tuple[Any, Shared, Shared]:
    """The sample's articles, and what two that are related share, in the later one: in passages, and in all.

    Two are related if the manifest says that one takes copy from the other, through others or not, or both from a
    third. What they share are the stretches of body that are covered by 5-word sequences of the other's body, as
    `data/overlap.py` counts them: without punctuation and case, never across two paragraphs. A stretch of `LEAST`
    words is a passage. "All" are stretches that 3-word sequences cover.
    """
    import pandas as pd
    from make_tables import read_table  # data/
    from overlap import LENGTH, reason  # data/

    rows = {row["article_id"]: row for row in read_table(DATA / "MANIFEST.csv")}
    copies = {key: row["file"] if row["format"] == "page copy" else f"source/{key}.txt" for key, row in rows.items()}
    texts = {key: (DATA / file).read_bytes().decode("utf-8") for key, file in copies.items()}
    bodies: dict[str, list[list[tuple[str, int, int]]]] = defaultdict(list)
    keys = {file: key for key, file in copies.items()}
    for part in read_table(DATA / "parts.csv"):
        if part["part"] == "body" and part["file"] in keys:
            key, start, end = keys[part["file"]], int(part["start"]), int(part["end"])
            found = re.compile(r"\w+").finditer(texts[key], start, end)
            bodies[key].append([(match[0].casefold(), match.start(), match.end()) for match in found])
    sequences = {
        n: {key: {s for p in body for s in _sequences(p, n)} for key, body in bodies.items()} for n in (LENGTH, SHORT)
    }
    shared: Shared = {}
    every: Shared = {}
    order = sorted(rows, key=lambda key: (rows[key]["published"], rows[key]["outlet"] != rows[key]["agency"]))
    for i, later in enumerate(order):
        for earlier in order[:i]:
            if reason(later, earlier, rows):
                for found, n, least in ((shared, LENGTH, LEAST), (every, SHORT, SHORT)):
                    spans = [s for p in bodies[later] for s in _covered(p, sequences[n][earlier], n, least)]
                    found[later, earlier] = spans
    table = pd.DataFrame({
        "article_id": list(rows), "text": [texts[key] for key in rows],
        **{name: [rows[key][name] or None for key in rows] for name in ("outlet", "published", "agency")},
    })  # fmt: skip
    return table, shared, every


def _sequences(words: list[tuple[str, int, int]], n: int) -> list[tuple[str, ...]]:
    return [tuple(word for word, _, _ in words[i : i + n]) for i in range(len(words) - n + 1)]


def _covered(words: list[tuple[str, int, int]], known: set[tuple[str, ...]], n: int, least: int) -> list[Span]:
    """Stretches of at least `least` words that known sequences cover without a gap."""
    inside = [False] * len(words)
    for i, sequence in enumerate(_sequences(words, n)):
        if sequence in known:
            inside[i : i + n] = [True] * n
    spans, start = [], None
    for i, one in enumerate([*inside, False]):
        if one and start is None:
            start = i
        elif not one and start is not None:
            if i - start >= least:
                spans.append((words[start][1], words[i - 1][2]))
            start = None
    return spans


def overlap(span: Span, others: Iterable[Span]) -> int:
    """How many characters of a stretch lie in others, which are apart from each other."""
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in others)


def on_sample() -> dict[str, float]:
    """Precision and recall of pairs and of passages on the sample, in percent."""
    from newslab import reuse

    table, shared, every = sample()
    found = reuse(table)
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for row in found.itertuples():
        spans[row.article_id, row.other_id].append((row.start, row.end))
    gold = [(pair, span) for pair, of_pair in shared.items() for span in of_pair]
    hit = [overlap(span, spans[pair]) * 2 >= span[1] - span[0] for pair, span in gold]
    right = [
        overlap(span, every.get(pair, [])) * 2 >= span[1] - span[0]
        for pair, of_pair in spans.items()
        for span in of_pair
    ]
    pairs = {pair for pair, _ in gold}
    return {
        "passages in the sample": len(gold),
        "passages found": len(right),
        "passage recall": 100 * sum(hit) / len(gold),
        "passage precision": 100 * sum(right) / len(right),
        "pairs": len(pairs),
        "pair recall": 100 * len(pairs & spans.keys()) / len(pairs),
        "pair precision": 100 * len(spans.keys() & every.keys()) / len(spans),
    }


def on_made(n: int, seed: int = 0, rate: float = 0.06) -> dict[str, float]:
    """Precision and recall on made copies, and what they cost.

    Of each paragraph that was copied: is half of it found as shared with any earlier article that has it; is the
    first of these named in `wire_id`. Of each passage found: does most of it lie in paragraphs that both articles have.
    """
    import pandas as pd
    from made_copies import made  # benchmarks/

    from newslab import reuse

    articles = made(n, seed, rate=rate)
    table = pd.DataFrame({
        "article_id": [one.article_id for one in articles], "outlet": [one.outlet for one in articles],
        "published": [one.published for one in articles], "text": [one.text for one in articles],
    })  # fmt: skip
    segments = pd.DataFrame(
        [(one.article_id, "body", *span) for one in articles for span in one.spans()],
        columns=["article_id", "part", "start", "end"],
    )
    before, began = memory(), time.process_time()
    found = reuse(Bodies(table, segments))
    seconds = time.process_time() - began
    cost = {"CPU seconds": seconds, "ms an article": 1000 * seconds / n}
    return accuracy(articles, found) | cost | {"peak MiB before": before, "peak MiB": memory()}


class Bodies:
    """Notes as far as `reuse` needs them."""

    def __init__(self, articles: Any, segments: Any) -> None:
        self.articles, self.segments = articles, segments


def accuracy(articles: list[Any], found: Any) -> dict[str, float]:
    """Precision and recall against the made articles' sources."""
    by_key = {one.article_id: one for one in articles}
    where = {one.article_id: list(zip(one.spans(), one.sources, strict=True)) for one in articles}
    first: dict[Any, str] = {}
    copied = []
    for one in articles:
        for span, source in where[one.article_id]:
            if first.setdefault(source, one.article_id) != one.article_id:
                copied.append((one.article_id, span, source))
    spans: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    right = 0
    for row in found.itertuples():
        spans[row.article_id].append((row.start, row.end, row.other_id, row.wire_id))
        good = [span for span, source in where[row.article_id] if source in by_key[row.other_id].sources]
        right += 2 * overlap((row.start, row.end), good) >= row.end - row.start
    hit = rooted = 0
    for key, (start, end), source in copied:
        fitting = [
            wire
            for a, b, other, wire in spans[key]
            if 2 * overlap((start, end), [(a, b)]) >= end - start and source in by_key[other].sources
        ]
        hit += bool(fitting)
        rooted += first[source] in fitting
    return {
        "copied paragraphs": len(copied),
        "recall": 100 * hit / max(1, len(copied)),
        "first printing right": 100 * rooted / max(1, hit),
        "passages found": len(found),
        "precision": 100 * right / max(1, len(found)),
    }


def minhash(threshold: float, unit: str, shingle: int = 3) -> tuple[float, float]:
    """Pair recall and precision of datasketch's MinHash LSH (128 permutations) on whole bodies or on paragraphs."""
    from datasketch import MinHash, MinHashLSH

    from newslab.copying.printed import read
    from newslab.copying.words import words

    table, shared, every = sample()
    index = MinHashLSH(threshold=threshold, num_perm=128)
    pairs = set()
    for one in read(table):
        spans = one.body if unit == "body" else [m.span() for a, b in one.body for m in LINE.finditer(one.text, a, b)]
        rows = [[word.key for word in words(one.text, [span]) if word] for span in spans]
        rows = [[key for row in rows for key in row]] if unit == "body" else rows
        sketches = []
        for row in rows:
            sketch = MinHash(num_perm=128)
            sketch.update_batch({" ".join(row[i : i + shingle]).encode() for i in range(len(row) - shingle + 1)})
            pairs |= {(one.key, other) for other, _ in index.query(sketch) if other != one.key}
            sketches.append(sketch)
        for i, sketch in enumerate(sketches):
            index.insert((one.key, i), sketch)
    gold = {pair for pair, spans in shared.items() if spans}
    return 100 * len(pairs & gold) / len(gold), 100 * len(pairs & every.keys()) / max(1, len(pairs))


def memory() -> float:
    """The most memory that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def line(*cells: Any) -> str:
    """A line of a table; figures with one decimal."""
    return "| " + " | ".join(f"{cell:.1f}" if isinstance(cell, float) else f"{cell}" for cell in cells) + " |"


def main() -> None:
    """Measure, print and write REUSE.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000, 100_000])
    given = parser.parse_args()
    scores = on_sample()
    out = [
        "# Shared passages",
        "",
        "Made by `python benchmarks/reuse.py`, whose docstrings say what is counted. In percent, but for counts.",
        "",
    ]
    out += [
        "## The sample, whose reuse is known",
        "",
        "| figure | |",
        "|---|---|",
        *(line(*pair) for pair in scores.items()),
        "",
    ]
    out += ["Pairs of articles that MinHash LSH finds there (datasketch, 128 permutations, 3-word shingles):", ""]
    out += ["| sketches of | threshold | pair recall | pair precision |", "|---|---|---|---|"]
    for unit, threshold in (("body", 0.5), ("body", 0.1), ("paragraph", 0.5), ("paragraph", 0.3)):
        try:
            out.append(line(f"each {unit}", str(threshold), *minhash(threshold, unit)))
        except ImportError:
            out.append(line(f"each {unit}", str(threshold), "not measured: no datasketch here", ""))
    names = ["copied paragraphs", "recall", "first printing right", "passages found", "precision"]
    out += ["", "## Made copies, by how many of their words are edited (1,000 articles)", ""]
    out += [line("edited", *names), "|---|" + "---|" * len(names)]
    for rate in (0.0, 0.06, 0.12, 0.2, 0.3):
        scores = on_made(1000, 1, rate)
        out.append(line(f"{100 * rate:.0f} %", *(scores[name] for name in names)))
        print(out[-1], flush=True)
    out += ["", "## Cost (made copies, about 250 words each; bodies known; one process)", ""]
    names += ["CPU seconds", "ms an article", "peak MiB before", "peak MiB"]
    out += [line("articles", *names), "|---|" + "---|" * len(names)]
    for n in given.sizes:
        scores = on_made(n)
        out.append(line(f"{n:,}", *(scores[name] for name in names)))
        print(out[-1], flush=True)
    (HERE / "REUSE.md").write_text("\n".join(out) + "\n", encoding="utf-8")
    print("\n".join(out))


if __name__ == "__main__":
    main()
