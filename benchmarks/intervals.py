"""How often the 95 % intervals of `sources` hold the true share: a simulation, printed as INTERVALS.md.

    python benchmarks/intervals.py [--runs 2000] > benchmarks/INTERVALS.md

Statements stand in articles, each with 1 to 14 statements or so (7 on average) and a share of its own around the true
one (intraclass correlation 0.2: of the statements of one article more are of one kind). Three intervals are compared:
Wilson's as if statements were independent, Wilson's with the effective number of statements, as `sources` gives
it, and the percentile bootstrap over articles (500 resamples).
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

from newslab.audit import bounded

KINDS = (0.02, 0.1, 0.3, 0.58)  # the true shares of the kinds of one corpus
CORRELATION = 0.2
RESAMPLES = 500
WAYS = ("statements", "articles", "bootstrap")


def corpora(articles: int, runs: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Statements of each kind (corpus, kind, article), and all statements, of each article of each corpus."""
    sizes = 1 + rng.poisson(6, (runs, articles))
    own = rng.dirichlet(np.array(KINDS) * (1 / CORRELATION - 1), (runs, articles))
    return rng.multinomial(sizes, own).transpose(0, 2, 1), sizes


def bounds(hits: np.ndarray, sizes: np.ndarray, interval: str) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper bounds for each kind of one corpus."""
    sums = pd.DataFrame({
        "y": hits.sum(1), "yy": (hits**2).sum(1), "yn": (hits * sizes).sum(1), "nn": (sizes**2).sum(),
        "n": sizes.sum(), "clusters": len(sizes),
    })  # fmt: skip
    table = bounded(sums.astype("float64"), interval)
    return table["low"].to_numpy(), table["high"].to_numpy()


def bootstrap(hits: np.ndarray, sizes: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The same by resampling articles."""
    drawn = rng.integers(0, len(sizes), (RESAMPLES, len(sizes)))
    shares = hits[:, drawn].sum(2) / sizes[drawn].sum(1)
    low, high = np.percentile(shares, [2.5, 97.5], axis=1)
    return low, high


def held(articles: int, runs: int, rng: np.random.Generator) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each way, how often its intervals hold each true share, and how wide they are on average."""
    all_hits, all_sizes = corpora(articles, runs, rng)
    truth = np.array(KINDS)
    found = {}
    for way in WAYS:
        inside, widths = [], []
        for hits, sizes in zip(all_hits, all_sizes, strict=True):
            low, high = bootstrap(hits, sizes, rng) if way == "bootstrap" else bounds(hits, sizes, way)
            inside.append((low <= truth) & (truth <= high))
            widths.append(high - low)
        found[way] = (np.mean(inside, axis=0), np.mean(widths, axis=0))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000)
    runs = parser.parse_args().runs
    rng = np.random.default_rng(0)
    print(
        "# Intervals\n\nIn percent, how many of the 95 % intervals hold the true share; in brackets how wide they are."
    )
    print(f"{runs:,} made corpora a line; `benchmarks/intervals.py` says how they are made.\n")
    print('| articles | true share | `interval="statements"` | `interval="articles"` | bootstrap over articles |')
    print("|---|---|---|---|---|")
    for articles in (5, 15, 50, 200):
        found = held(articles, runs, rng)
        for i, share in enumerate(KINDS):
            cells = [f"{100 * found[way][0][i]:.1f} ({100 * found[way][1][i]:.1f})" for way in WAYS]
            print(f"| {articles} | {100 * share:.0f} % | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
