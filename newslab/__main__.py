"""The command line: `newslab annotate | show | score`, thin over the functions of the same names."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

DONE, PROBLEMS, NOTHING = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status: 0 done, 1 some articles have problems, 2 nothing read."""
    given = _parser().parse_args(arguments)
    try:
        status: int = given.run(given)
    except (OSError, ValueError) as error:
        print(f"newslab {given.command}: {error}", file=sys.stderr)
        return NOTHING
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newslab", description="Who says what in news text, and what figures it carries."
    )
    commands = parser.add_subparsers(dest="command", required=True)

    annotate = commands.add_parser("annotate", help="articles in, tables out")
    annotate.add_argument(
        "input", nargs="+", metavar="INPUT", help="files, folders or globs, as load_articles() takes them"
    )
    annotate.add_argument("--out", required=True, metavar="DIR", type=Path)
    annotate.add_argument("--metadata", metavar="CSV", help="facts about files: a table with a column 'file'")
    annotate.add_argument("--format", choices=("parquet", "csv", "jsonl"), default="parquet")
    annotate.set_defaults(run=_annotate)
    _settings(annotate)

    show = commands.add_parser("show", help="one self-contained page of an article with its sources and figures marked")
    show.add_argument("input", metavar="INPUT")
    show.add_argument("--out", required=True, metavar="PAGE.html", type=Path)
    show.add_argument("--article", metavar="ID", help="which article of INPUT; the first if not said")
    show.set_defaults(run=_show)
    _settings(show)

    score = commands.add_parser("score", help="found rows against gold rows")
    score.add_argument("--gold", required=True, metavar="GOLD", help="a gold file, or a folder of them")
    score.add_argument("--found", required=True, metavar="DIR", help="what annotate wrote")
    score.set_defaults(run=_score)
    return parser


def _settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", metavar="NAME", help="an installed spaCy English model; the best one if not said")
    parser.add_argument("--weights", choices=("none", "default", "best"), default="default")
    parser.add_argument("--tone", choices=("lexicon", "model"), default="lexicon")
    parser.add_argument("--workers", type=int, default=1, metavar="N")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster, such as tcp://host:8786")
    parser.add_argument("--no-cache", action="store_true", help="parse everything anew")


def _load(inputs: list[str], metadata: str | None = None):  # type: ignore[no-untyped-def]
    from newslab.articles import load_articles

    articles = load_articles(inputs, metadata=metadata)
    if not articles["text"].fillna("").str.strip().any():
        reasons = "; ".join(articles["problem"].dropna().head(5))
        raise ValueError(f"nothing could be read: {reasons}")
    return articles


def _run(articles, given: argparse.Namespace):  # type: ignore[no-untyped-def]
    from newslab.annotate import annotate

    client = None
    if given.scheduler:
        try:
            from distributed import Client
        except ImportError as error:
            raise ValueError("--scheduler needs Dask: pip install 'newslab[cluster]'") from error
        client = Client(given.scheduler)
    try:
        return annotate(
            articles,
            model=given.model,
            weights=given.weights,
            tone=given.tone,
            workers=given.workers,
            client=client,
            cache=not given.no_cache,
            progress=sys.stderr.isatty(),
        )
    finally:
        if client is not None:
            client.close()


def _report(notes) -> int:  # type: ignore[no-untyped-def]
    """Each problem as a line on standard error; the exit status that follows from them."""
    for row in notes.problems.fillna("").to_dict("records"):
        reason = " ".join(row["reason"].split())
        print(f"{row['article_id']}: {row['stage']}: {reason}", file=sys.stderr)
    return PROBLEMS if len(notes.problems) else DONE


def _annotate(given: argparse.Namespace) -> int:
    notes = _run(_load(given.input, given.metadata), given)
    paths = notes.save(given.out, format=given.format)
    print(f"{notes!r} in {given.out}: {', '.join(path.name for path in paths)}")
    return _report(notes)


def _show(given: argparse.Namespace) -> int:
    from newslab.notes import write_whole
    from newslab.show import page

    articles = _load([given.input])
    readable = articles[articles["text"].fillna("").str.strip() != ""]
    if given.article is not None:
        readable = readable[readable["article_id"] == given.article]
        if readable.empty:
            raise ValueError(
                f"no article {given.article!r} in {given.input}. It has: {', '.join(articles['article_id'])}."
            )
    notes = _run(readable.head(1), given)
    html = page(notes.articles.iloc[0], notes)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(given.out, lambda path: path.write_text(html, encoding="utf-8"))
    print(f"{given.out}: {notes.articles.iloc[0]['article_id']}")
    return _report(notes)


def _score(given: argparse.Namespace) -> int:
    from newslab.scoring import score

    print(score(given.found, given.gold).to_string())
    return DONE


if __name__ == "__main__":
    sys.exit(main())
