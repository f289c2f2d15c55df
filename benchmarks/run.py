"""Score newslab on every public set that is there, and write RESULTS.md.

    python benchmarks/run.py [--sets ../shared/eval] [--only polnear figures-news ...]

Each set goes the way a stranger's would: `newslab annotate --format jsonl`, `to_eval.py`, the set's
scorer. A set that is not there is left out, and RESULTS.md says so. The peers' figures are
those of the sets' READMEs: the same scorers, run elsewhere.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Row = dict[str, Any]


@dataclass(frozen=True)
class Set:
    """One public set: how its articles reach newslab, its scorer, and which figures count."""

    name: str
    gold: str  # below the folder of sets
    what: str  # of to_eval.py
    scorer: str
    figures: dict[str, Callable[[Row], float | None]]
    articles: Callable[[Path], list[Row]] | None = None  # None: the set's file is read as it is
    options: tuple[str, ...] = ()  # of `newslab annotate`
    flags: tuple[str, ...] = ()  # of the scorer
    cite: str = ""


def percent(*path: str) -> Callable[[Row], float | None]:
    """A figure of the scorer's JSON, which is in percent already."""

    def get(result: Row) -> float | None:
        at: Any = result
        for key in path:
            at = at.get(key) if isinstance(at, dict) else None
        return at

    return get


def share(*path: str) -> Callable[[Row], float | None]:
    """A figure of the scorer's JSON that is a share of 1, in percent."""
    get = percent(*path)
    return lambda result: None if (found := get(result)) is None else 100 * found


def column(name: str) -> Callable[[Path], list[Row]]:
    """The articles of a set whose text is in another column than `text`."""
    return lambda gold: [{"id": row["id"], "text": row[name]} for row in rows(gold)]


def saved_pages(gold: Path) -> list[Row]:
    """The saved pages that lie beside the gold bodies."""
    found = []
    for row in rows(gold):
        page = gzip.decompress((gold.parent / "pages" / f"{row['id']}.html.gz").read_bytes())
        found.append({"id": row["id"], "html": page.decode("utf-8", errors="replace")})
    return found


def rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


ATTRIBUTION = {
    "cue": percent("cue", "f"),
    "content soft": percent("content_soft", "f"),
    "content strict": percent("content_strict", "f"),
    "direct quotes, half": percent("content_direct_half", "f"),
    "source + content": percent("full", "f"),
    "source exact": percent("src_exact", "acc"),
}
FIGURES = {
    "value": percent("value", "F1"),
    "value + change": percent("value+change", "F1"),
    "value + unit": percent("value+unit", "F1"),
    "all three": percent("value+unit+change", "F1"),
    "concept relaxed": percent("value+concept relaxed", "F1"),
    "concept strict": percent("value+concept strict", "F1"),
}
NEWS = {name: percent(f"value+{name}", "F1") for name in ("counted", "event", "claimed_by", "converted_from")}
BODY = {
    "shingle F1": share("shingle", "f1"),
    "paragraph F1": share("para", "f1"),
    "empty": percent("empty"),
}
NAMES = {
    "names, head": share("ner", "head", "micro", "f1"),
    "aliases B-cubed": share("aliases", "ALL", "b3_f1"),
    "aliases pairwise": share("aliases", "ALL", "pair_f1"),
    "he and she": share("pronouns", "he/she", "accuracy"),
}
TONE = {"macro-F1": share("macro_f1"), "calibration error": share("ece")}
POLNEAR = "Newell, Margolin and Ruths, An Attribution Relations Corpus for Political News, LREC 2018"
CQE = "Almasian, Kazakova, Göldner and Gertz, CQE: A Comprehensive Quantity Extractor, EMNLP 2023"
GUM = "Zeldes, The GUM Corpus, Language Resources and Evaluation 51(3), 2017"
MTSC = "Hamborg and Donnay, NewsMTSC, EACL 2021"
PAGES = "Scrapinghub, article-extraction-benchmark, 2020"
OWN = "Written for this project"
COUNTS = ("empty", "right", "unresolved", "wrong")  # of documents or cases; all other figures are percentages

SETS = [
    Set("PolNeAR dev, rules alone", "polnear/dev.jsonl", "statements", "score_attribution.py", ATTRIBUTION,
        options=("--weights", "none"), cite=POLNEAR),
    Set("PolNeAR dev", "polnear/dev.jsonl", "statements", "score_attribution.py", ATTRIBUTION, cite=POLNEAR),
    Set("NewsQuant dev", "newsquant/dev.jsonl", "quantities", "score_figures.py", FIGURES, cite=CQE),
    Set("Recognizers currency dev", "newsquant/currency-dev.jsonl", "quantities", "score_figures.py", FIGURES,
        cite=CQE),
    Set("figures-news", "figures-news/cases.jsonl", "quantities", "score_figures.py", FIGURES | NEWS,
        flags=("--news",), cite=OWN),
    Set("GUM news dev", "gum-news/dev.jsonl", "entities", "score_entities.py", NAMES, cite=GUM),
    Set("GUM news dev, names given", "gum-news/dev.jsonl", "aliases", "score_entities.py",
        {name: NAMES[name] for name in ("aliases B-cubed", "aliases pairwise")}, cite=GUM),
    Set("GUM news dev, rules alone", "gum-news/dev.jsonl", "entities", "score_entities.py", NAMES,
        options=("--weights", "none"), cite=GUM),
    Set("NewsMTSC dev, real world", "newsmtsc/dev_rw.jsonl", "sentiment", "score_sentiment.py", TONE,
        options=("--tone", "model"), cite=MTSC),
    Set("NewsMTSC dev, multi-target", "newsmtsc/dev_mt.jsonl", "sentiment", "score_sentiment.py", TONE,
        options=("--tone", "model"), cite=MTSC),
    Set("NewsMTSC dev, real world, by lexicon", "newsmtsc/dev_rw.jsonl", "sentiment", "score_sentiment.py", TONE,
        cite=MTSC),
    Set("NewsMTSC dev, multi-target, by lexicon", "newsmtsc/dev_mt.jsonl", "sentiment", "score_sentiment.py", TONE,
        cite=MTSC),
    Set("places", "places/cases.jsonl", "places", "score_places.py",
        {name: percent(name) for name in ("right", "unresolved", "wrong")}, cite=OWN),
    Set("page copies, whole page", "pagecopy/dev.jsonl.gz", "body", "score_segmentation.py", BODY,
        articles=column("page_text"), cite=PAGES),
    Set("page copies, a selection", "pagecopy/dev.jsonl.gz", "body", "score_segmentation.py", BODY,
        articles=column("region_text"), cite=PAGES),
    Set("saved HTML", "html/dev.jsonl.gz", "body", "score_segmentation.py", BODY, articles=saved_pages, cite=PAGES),
]  # fmt: skip


def command(*words: str | Path) -> str:
    """The standard output of a Python program; its standard error on a failure, and the end."""
    given = [sys.executable, *map(str, words)]
    done = subprocess.run(given, capture_output=True, text=True, check=False)
    # `newslab annotate` says 1 where some articles have problems, as those in other languages do
    if done.returncode not in ((0, 1) if "annotate" in words else (0,)):
        raise SystemExit(f"{' '.join(given)}\n{done.stderr}")
    return done.stdout


def score(one: Set, sets: Path) -> Row:
    """What the set's scorer prints as JSON for newslab's tables of the set."""
    gold = sets / one.gold
    with tempfile.TemporaryDirectory() as folder:
        source, tables, pred = gold, Path(folder, "tables"), Path(folder, "pred.jsonl")
        if one.articles:
            source = Path(folder, "articles.jsonl")
            source.write_text("".join(json.dumps(row) + "\n" for row in one.articles(gold)), encoding="utf-8")
        if one.what in ("sentiment", "aliases", "places"):
            made = command(HERE / "to_eval.py", one.what, "--input", gold, *one.options)
        else:
            command("-m", "newslab", "annotate", source, "--out", tables, "--format", "jsonl", *one.options)
            made = command(HERE / "to_eval.py", one.what, "--tables", tables)
        pred.write_text(made, encoding="utf-8")
        return figures_of(one, command(sets / one.scorer, gold, pred, *scorer_flags(one, folder)), folder)


def scorer_flags(one: Set, folder: str) -> tuple[str, ...]:
    """`--json` as each scorer spells it."""
    if one.scorer == "score_attribution.py":
        return ("--json", f"{folder}/scores.json")
    return (*one.flags, *(() if one.scorer == "score_places.py" else ("--json",)))


def figures_of(one: Set, printed: str, folder: str) -> Row:
    if one.scorer == "score_attribution.py":
        return json.loads(Path(folder, "scores.json").read_text(encoding="utf-8"))
    if one.scorer == "score_places.py":  # its last line: {'right': 20, 'unresolved': 8, 'wrong': 2} of 30
        counts = re.findall(r"'(\w+)': (\d+)", printed.splitlines()[-1])
        return {name: float(count) for name, count in counts}
    return json.loads(printed)


def peers() -> list[Row]:
    with (HERE / "peers.csv").open(encoding="utf-8", newline="") as file:
        import csv

        return list(csv.DictReader(file))


def shown(name: str, figure: float | None) -> str:
    """A figure as the table prints it: counts whole, shares with one decimal."""
    if figure is None:
        return ""
    return f"{figure:.0f}" if name in COUNTS else f"{figure:.1f}"


def section(one: Set, result: Row | None) -> list[str]:
    """A set's part of RESULTS.md: ours above its peers'."""
    lines = [f"## {one.name}", "", f"{one.cite}. In percent, but for counts.", ""]
    if result is None:
        return [*lines, "Not measured: the set is not here.", ""]
    ours = {name: get(result) for name, get in one.figures.items()}
    names = [name for name in ours if ours[name] is not None]
    others = [row for row in peers() if row["set"] == one.name]
    lines += [f"| system | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    lines += [f"| **newslab** | {' | '.join(shown(name, ours[name]) for name in names)} |"]
    for system in dict.fromkeys(row["system"] for row in others):
        cells = {row["figure"]: row["value"] for row in others if row["system"] == system}
        lines += [f"| {system} | {' | '.join(cells.get(name, '') for name in names)} |"]
    return [*lines, ""]


def main() -> None:
    """Score what is there and write RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, default=HERE.parent.parent / "shared" / "eval")
    parser.add_argument("--only", nargs="*", default=[], help="words of the names of sets; prints, writes nothing")
    given = parser.parse_args()
    import newslab

    chosen = [one for one in SETS if not given.only or any(word in one.name or word in one.gold for word in given.only)]
    lines = [
        "# Results",
        "",
        f"newslab {newslab.__version__}, {date.today().isoformat()}, Python {platform.python_version()}, "
        f"model en_{newslab.load_model().meta['name']} {newslab.load_model().meta['version']}; made by "
        "`python benchmarks/run.py`. The peers' figures were measured elsewhere with the same scorers on the same "
        "sets (`benchmarks/peers.csv` says on which half). Speed is in `SPEED.md`.",
        "",
    ]
    for one in chosen:
        there = (given.sets / one.gold).exists()
        result = score(one, given.sets) if there else None
        part = section(one, result)
        print("\n".join(part), flush=True)
        lines += part
    gold = HERE.parent / "data" / "gold"
    if not given.only:
        part = own_gold(gold)
        print("\n".join(part))
        (HERE / "RESULTS.md").write_text("\n".join([*lines, *part]).rstrip() + "\n", encoding="utf-8")


TABLES = ["segments", "photos", "entities", "statements", "figures", "not_figures"]  # as the codebook has them


def own_gold(gold: Path) -> list[str]:
    """The figures of every finder on the sample's gold: articles to develop on, and those for measuring only."""
    import pandas as pd

    from newslab import score

    with tempfile.TemporaryDirectory() as folder:
        sample, facts = gold.parent / "sample", gold.parent / "MANIFEST.csv"
        command("-m", "newslab", "annotate", sample, "--metadata", facts, "--out", folder)
        table = score(folder, gold)
    kinds = pd.read_csv(facts, dtype=str).set_index("article_id")["gold"]
    table = table[table["article"] != "all"].assign(kind=table["article"].map(kinds))
    sums = table.groupby(["kind", "table", "measure"], sort=False)[["right", "found", "gold"]].sum()
    share = (2 * sums["right"] / (sums["found"] + sums["gold"])).unstack("kind").mul(100)
    count = sums["gold"].unstack("kind")
    lines = [
        "## The sample's own gold",
        "",
        f"`newslab score --gold data/gold --found DIR` prints these for each article. Nobody read errors on the "
        f"{(kinds == 'measure').sum()} articles for measuring. F1 in percent; in brackets how many the gold has.",
        "",
        "| table | measure | develop | measure only |",
        "|---|---|---|---|",
    ]
    for one in sorted(dict.fromkeys(sums.index.droplevel("kind")), key=lambda row: TABLES.index(row[0])):
        cells = [f"{share.loc[one, kind]:.1f} ({count.loc[one, kind]:.0f})" for kind in ("develop", "measure")]
        lines.append(f"| {one[0]} | {one[1]} | {' | '.join(cells)} |")
    return [*lines, ""]


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
