"""CPU seconds of `annotate` over bare spaCy on the same texts in the same run, by stage, and peak memory.

    python benchmarks/speed.py [--texts FILE.jsonl] [--articles 40] [--rounds 3]

Bare spaCy is `en_core_web_sm` with all its pipes, `nlp.pipe` over whole texts, one thread. Each figure is
the least of the rounds. Beside it, where they can be imported: what a user would put together
instead (spaCy, textacy's quotations, quantulum3, VADER). Writes SPEED.md.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PEER = """
import json, sys, time
texts = json.load(open(sys.argv[1]))
import spacy
from quantulum3 import classifier, parser
classifier.USE_CLF = False  # its classifier is a pickle that today's scikit-learn does not read
from textacy.extract import direct_quotations
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
nlp, vader, refused = spacy.load(sys.argv[2]), SentimentIntensityAnalyzer(), 0
list(nlp.pipe(texts[:2]))
start = time.process_time()
for doc in nlp.pipe(texts, batch_size=16):
    for sentence in doc.sents:
        vader.polarity_scores(sentence.text)
    parser.parse(doc.text)
    try:
        list(direct_quotations(doc))
    except ValueError:
        refused += 1
print(json.dumps({"cpu": time.process_time() - start, "refused": refused}))
"""


def least(run: Callable[[], Any], rounds: int, *, anew: bool = False) -> float:
    """The least CPU time of some runs, in seconds, after one that is not counted; `anew`: every text read again."""
    from newslab.encoder import forget

    times = []
    for _ in range(rounds + 1):
        if anew:
            forget()
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times[1:])


def stages(texts: list[str], model: str, rounds: int) -> dict[str, float]:
    """CPU seconds of each stage of the pass, run one after the other over all texts."""
    from newslab import entities, photos, places, quantities, readability, segments, sentences, statements, tone
    from newslab.parsing import load_model, parse

    nlp = load_model(model)
    pages = [(text, segments(text)) for text in texts]
    docs = list(parse(nlp, pages))
    names = [entities(doc, segments=page) for doc, (_, page) in zip(docs, pages, strict=True)]
    found = [page for _, page in pages]
    said = [statements(doc, entities=e, segments=page) for doc, e, page in zip(docs, names, found, strict=True)]

    def over(find: Callable[..., Any], *columns: Iterable[Any]) -> float:
        rows = list(zip(*columns, strict=True))
        return least(lambda: [find(*row) for row in rows], rounds)

    return {
        "segments": over(segments, texts),
        "parse and encoder": least(lambda: list(parse(nlp, pages)), rounds, anew=True),
        "entities": over(lambda doc, page: entities(doc, segments=page), docs, found),
        "places": over(lambda known, text: places(known, text=text), names, texts),
        "statements": over(lambda d, e, page: statements(d, entities=e, segments=page), docs, names, found),
        "quantities": over(lambda d, s, page: quantities(d, statements=s, segments=page), docs, said, found),
        "sentences": over(lambda d, page: sentences(d, segments=page), docs, found),
        "photos": over(lambda d, page: photos(d, segments=page), docs, found),
        "tone": over(lambda d: [tone(s.text) for s in d.sents], docs),
        "readability": over(readability, texts),
    }


def peak(texts: Path, model: str) -> tuple[float, float]:
    """Peak memory in MiB of a process that annotates the texts, and its CPU seconds with start and loading."""
    code = (
        "import sys, newslab as nl; a = nl.load_articles(sys.argv[1]);"
        "nl.annotate(a, model=sys.argv[2], cache=False, progress=False)"
    )
    subprocess.run([sys.executable, "-c", code, str(texts), model], check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def together(texts: list[str], model: str, python: str, folder: Path) -> dict[str, float] | None:
    """CPU seconds of the tools a user would combine; None where they are not installed."""
    path = folder / "texts.json"
    path.write_text(json.dumps(texts), encoding="utf-8")
    done = subprocess.run([python, "-c", PEER, str(path), model], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"not measured: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout)


def main() -> None:
    """Measure, print and write SPEED.md."""
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=HERE.parent.parent / "shared" / "eval" / "polnear" / "dev.jsonl")
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-python", default=sys.executable, help="a Python that has textacy and quantulum3")
    given = parser.parse_args()
    import spacy

    from newslab import annotate, load_articles, load_model
    from newslab.parsing import model_names

    source = given.texts if given.texts.exists() else HERE.parent / "data" / "sample"
    articles = load_articles(source).head(given.articles)
    texts = articles["text"].tolist()
    words = sum(len(text.split()) for text in texts)
    model = next(name for name in model_names() if "_sm" in name)
    bare_nlp = spacy.load(model)
    bare = least(lambda: list(bare_nlp.pipe(texts, batch_size=16)), given.rounds)
    load_model(model)
    whole = least(lambda: annotate(articles, model=model, cache=False, progress=False), given.rounds, anew=True)
    parts = stages(texts, model, given.rounds)
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "articles.jsonl")
        written.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        memory, process = peak(written, model)
        others = together(texts, model, given.peer_python, Path(folder))
    lines = [
        "# Speed",
        "",
        f"{len(texts)} articles, {words:,} words, model `{model}`, one thread; CPU seconds, the least of "
        f"{given.rounds} rounds in one run; `python benchmarks/speed.py`.",
        "",
        "| what | CPU s | s per 1,000 words | over bare spaCy |",
        "|---|---|---|---|",
    ]
    table = {"bare spaCy, all its pipes": bare, "**annotate, the whole pass**": whole}
    table |= {f"of it: {name}": seconds for name, seconds in parts.items()}
    if others:
        refused = f"textacy refuses {others['refused']} of {len(texts)} articles"
        table[f"spaCy, textacy, quantulum3 and VADER together ({refused})"] = others["cpu"]
    lines += [f"| {name} | {s:.2f} | {1000 * s / words:.3f} | {s / bare:.2f} |" for name, s in table.items()]
    used = f"{memory:,.0f} MiB; its CPU with start and loading: {process:.1f} s."
    lines += ["", f"Peak memory of a process that annotates them: {used}"]
    if not others:
        lines += ["", "The tools a user would combine instead were not installed, so this run did not measure them."]
    print("\n".join(lines))
    (HERE / "SPEED.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
