"""The one pass over many articles: batches, cache, progress, processes and Dask. Nowhere else."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.cache import (
    FOUND,
    MEASURED,
    USED,
    Rows,
    Settings,
    Store,
    cache_folder,
    fingerprint,
    measured,
    rules_hash,
    versions,
)
from newslab.corrections import corrected
from newslab.notes import Notes, arrow
from newslab.records import Problem, Span, arrow_schema, frame, table_rows

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from spacy.tokens import Doc

BATCH_CHARACTERS = 200_000
BATCH_ARTICLES = 64
WEIGHTS = ("none", "default", "best")
TONES = ("lexicon", "model")


def annotate(
    articles: pd.DataFrame,
    *,
    model: str | None = None,
    weights: str = "default",
    tone: str = "lexicon",
    cache: str | Path | bool | None = True,
    workers: int = 1,
    client: Any = None,
    corrections: str | Path | pd.DataFrame | None = None,
    progress: bool = True,
) -> Notes:
    """Find sources, figures, photos, names and tone in every article: one pass, cached.

    Parameters
    ----------
    articles
        The table that `load_articles` gives. It is not changed.
    model
        An installed spaCy English model; None is the best there is (`load_model`).
    weights
        `none` (rules alone), `default` or `best`: which trained weights of newslab to use.
    tone
        `lexicon`: how a text sounds, by VADER. `model`: newslab's encoder, the mean tone of a sentence or
        statement towards the persons and organisations it names, null where it names none.
    cache
        A folder, True for the user's cache folder (or `NEWSLAB_CACHE`), False for none. An article
        whose text, metadata, model and rules are unchanged is never parsed twice.
    workers
        Processes on this machine.
    client
        A `dask.distributed.Client`; batches go to its workers, which need newslab installed.
    corrections
        Decisions taken by hand, as a CSV or DataFrame: what `review` writes. See `newslab.corrections.corrected`.
    progress
        Show a progress bar on standard error.

    Returns
    -------
    Notes
        The tables, in the order of the articles; the same cold, cached, parallel and on Dask. What
        went wrong with an article is a row in `problems`, and does not stop the others.

    Raises
    ------
    ValueError
        If an argument is none of its values, or `articles` is no article table.

    Examples
    --------
    >>> import pandas as pd
    >>> from newslab import load_articles
    >>> articles = load_articles(pd.DataFrame({"text": ["Nine people were killed, police said."]}))
    >>> notes = annotate(articles, cache=False, progress=False)
    >>> notes.statements[["speaker", "content_text"]].values.tolist()
    [['police', 'Nine people were killed']]
    """
    _check_arguments(articles, weights, tone, workers)
    settings = Settings(model or _best_model(), weights, tone)
    store = Store(cache_folder(cache), fingerprint(settings))
    sources = _rows(articles)
    keys = [store.key(row) for row in sources]
    todo = [row for row, key in zip(sources, keys, strict=True) if key not in store]
    done = _batches_done(list(_batches(todo)), settings, workers, client)
    with _bar(len(sources), progress) as bar:
        bar.update(len(sources) - len(todo))
        for batch, rows in done:
            store.add([store.key(row) for row in batch], [row["article_id"] for row in batch], rows)
            bar.update(len(batch))
    wanted = {row["article_id"]: key for row, key in zip(sources, keys, strict=True)}
    notes = _assemble(articles, wanted, store, settings)
    return notes if corrections is None else corrected(notes, corrections)


def _check_arguments(articles: pd.DataFrame, weights: str, tone: str, workers: int) -> None:
    lacking = [name for name in ("article_id", "text", "problem") if name not in articles]
    if lacking:
        raise ValueError(f"annotate(): articles has no column {lacking[0]!r}. Make the table with load_articles().")
    if not articles["article_id"].is_unique:
        raise ValueError("annotate(): an article_id stands twice. Make the table with load_articles().")
    if weights not in WEIGHTS:
        raise ValueError(f"annotate(weights={weights!r}): use one of {', '.join(WEIGHTS)}.")
    if tone not in TONES:
        raise ValueError(f"annotate(tone={tone!r}): use one of {', '.join(TONES)}.")
    if workers < 1:
        raise ValueError(f"annotate(workers={workers}): at least 1.")


def _best_model() -> str:
    from newslab.parsing import load_model, model_names

    names = model_names()
    if not names:
        load_model()  # raises, and says how to install one
    return names[0]


# ------------------------------------------------------------------ one batch, in any process


def annotate_batch(batch: Sequence[dict[str, Any]], settings: Settings) -> Rows:
    """Everything found in a batch of article rows, as rows of tables. Pure, and picklable.

    A finder that fails on an article leaves a row in `problems` and its table empty for it.
    """
    from newslab import parsing
    from newslab.segments import segments

    nlp = parsing.load_model(settings.model, weights=settings.weights)
    rows: Rows = {name: [] for name in (*FOUND, "articles")}
    pages: list[tuple[str, list[Any]]] = []
    problems: list[list[Problem]] = []
    for row in batch:
        wrong: list[Problem] = []
        told = {name: row[name] for name in ("headline", "standfirst", "byline")}
        known_body = row["source_format"] == "html"
        find = partial(segments, row["text"], **told, known_body=known_body, markup=row.get("markup") or ())
        found = _attempt("segments", row, wrong, find)
        pages.append((row["text"], found))
        problems.append(wrong)
    for row, (text, found), doc, wrong in zip(batch, pages, _docs(nlp, batch, pages, problems), problems, strict=True):
        records = {"segments": found, **_find(row, text, found, doc, settings, wrong), "problems": wrong}
        toned = records.get("sentences") if settings.tone == "model" else None
        measures = (
            _attempt("readability", row, wrong, partial(_measure, found, toned, row["language"] in (None, "en"))) or {}
        )
        for name in FOUND:
            rows[name].extend(table_rows(name, row["article_id"], records.get(name, [])))
        rows["articles"].append({"article_id": row["article_id"], **measures})
    return rows


def _docs(
    nlp: Any, batch: Sequence[dict[str, Any]], pages: Sequence[tuple[str, list[Any]]], problems: list[list[Problem]]
) -> Iterator[Doc | None]:
    """The parse of each page; None, with a problem, for one that cannot be parsed."""
    from newslab import parsing

    fit = []
    for row, (text, _), wrong in zip(batch, pages, problems, strict=True):
        reason = None
        if row["language"] not in (None, "en"):
            reason = (
                f"language is {row['language']!r}: only its segments and photos are found, as newslab reads English"
            )
        elif len(text) > parsing.MAX_CHARACTERS:
            reason = f"{len(text):,} characters, more than the {parsing.MAX_CHARACTERS:,} that are parsed. Split it."
        if reason:
            wrong.append(Problem(row["article_id"], "parse", reason))
        fit.append(reason is None)
    parsed = parsing.parse(nlp, [page for page, ok in zip(pages, fit, strict=True) if ok])
    for ok in fit:
        yield next(parsed) if ok else None


def _find(
    row: dict[str, Any], text: str, found: list[Any], doc: Doc | None, settings: Settings, wrong: list[Problem]
) -> dict[str, list[Any]]:
    """What each finder finds in one article, one after the other."""
    from newslab.entities import entities
    from newslab.places import places
    from newslab.quantities import conversion_problems, number_problems, quantities
    from newslab.segments import photos, sentences
    from newslab.sentiment import named_tones, tone
    from newslab.statements import statements

    def attempt(stage: str, find: Callable[[], list[Any]]) -> list[Any]:
        return _attempt(stage, row, wrong, find)

    out: dict[str, list[Any]] = {}
    pictures = {"outlet": row["outlet"], "markup": row.get("markup") or ()}
    if doc is None:
        out["photos"] = attempt("photos", lambda: photos(text, segments=found, **pictures))
        return out
    names = attempt("entities", lambda: entities(doc, segments=found))
    names = attempt("places", lambda: places(names, text=text)) or names
    said = attempt("statements", lambda: statements(doc, entities=names, segments=found, weights=settings.weights))
    out["entities"] = names
    plain = attempt("sentences", lambda: sentences(doc, segments=found))
    if settings.tone == "model":
        towards = _attempt("tone", row, wrong, lambda: named_tones(plain, names)) or {}
        out["statements"] = [replace(s, tone=_mean_within(towards, s.content)) for s in said]
        out["sentences"] = [replace(s, tone=_mean_within(towards, [(s.start, s.end)])) for s in plain]
    else:
        out["statements"] = attempt("tone", lambda: [replace(s, tone=tone(s.content_text)) for s in said]) or said
        out["sentences"] = attempt("tone", lambda: [replace(s, tone=tone(s.text)) for s in plain]) or plain
    out["photos"] = attempt("photos", lambda: photos(doc, segments=found, entities=names, **pictures))
    figures = attempt("quantities", lambda: quantities(doc, statements=said, segments=found))
    out["quantities"] = figures
    checks = {"conversions": lambda: conversion_problems(figures), "numbers": lambda: number_problems(text)}
    for stage, check in checks.items():
        wrong.extend(Problem(row["article_id"], stage, reason) for reason in attempt(stage, check))
    return out


def _attempt(stage: str, row: dict[str, Any], wrong: list[Problem], find: Callable[[], Any]) -> Any:
    """Run one finder; what it raises becomes a problem of this article, and the others go on."""
    try:
        return find()
    except Exception as error:  # any fault of a finder, known or not, costs one table of one article
        wrong.append(Problem(row["article_id"], stage, f"{type(error).__name__}: {error}"))
        return []


def _mean_within(towards: dict[Span, float], spans: Iterable[Span]) -> float | None:
    """The mean tone towards those named within some stretches of text; None where nobody is."""
    starts = list(towards)  # in reading order
    inside = []
    for a, b in spans:
        for i in range(bisect_left(starts, (a, a)), len(starts)):
            if starts[i][0] >= b:
                break
            if starts[i][1] <= b:
                inside.append(towards[starts[i]])
    return round(sum(inside) / len(inside), 4) if inside else None


def _measure(found: Iterable[Any], toned: Iterable[Any] | None, english: bool) -> dict[str, Any]:
    """Length, readability and tone of an article's body: of its paragraphs, or of sentences whose tone is known.

    Only the length where it is not English: to an English lexicon every German "die" is a death.
    """
    from newslab.readability import readability
    from newslab.sentiment import tone

    body = [segment.text for segment in found if segment.part == "body"]
    words = sum(len(text.split()) for text in body)
    if not english:
        return {"words": words, "reading_ease": None, "grade_level": None, "tone": None}
    each = map(tone, body) if toned is None else (s.tone for s in toned if s.part == "body")
    tones = [t for t in each if t is not None]
    return {
        "words": words,
        **readability("\n\n".join(body)),
        "tone": sum(tones) / len(tones) if tones else None,
    }


# ------------------------------------------------------------------ where batches run


def _rows(articles: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows to be annotated, with the columns that finders use and None where one is missing."""
    import pandas as pd

    columns = articles.reindex(columns=list(USED))
    rows = columns.astype(object).where(pd.notna(columns), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows if row["text"]]


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        if batch and (size + len(row["text"]) > BATCH_CHARACTERS or len(batch) >= BATCH_ARTICLES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += len(row["text"])
    if batch:
        yield batch


def _batches_done(
    batches: list[list[dict[str, Any]]], settings: Settings, workers: int, client: Any
) -> Iterator[tuple[list[dict[str, Any]], Rows]]:
    """Each batch with what was found in it, as they get done: here, in processes, or on Dask."""
    if client is not None:
        from distributed import as_completed

        futures = {client.submit(annotate_batch, batch, settings, pure=False): batch for batch in batches}
        for future in as_completed(list(futures)):
            yield futures.pop(future), future.result()
            future.release()
    elif workers > 1 and len(batches) > 1:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures import as_completed as finished

        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            tasks = {pool.submit(annotate_batch, batch, settings): batch for batch in batches}
            for task in finished(list(tasks)):
                yield tasks.pop(task), task.result()
    else:
        for batch in batches:
            yield batch, annotate_batch(batch, settings)


def _bar(total: int, progress: bool) -> Any:
    from tqdm import tqdm

    return tqdm(total=total, desc="annotating", unit=" articles", disable=not progress)


def _assemble(articles: pd.DataFrame, wanted: dict[str, str], store: Store, settings: Settings) -> Notes:
    """The tables of all batches as one, in the order of the articles."""
    import pandas as pd
    import pyarrow as pa

    order = {article_id: i for i, article_id in enumerate(articles["article_id"])}

    def gather(name: str, schema: pa.Schema) -> pa.Table:
        parts = store.read(name, wanted)
        table = pa.concat_tables(parts) if parts else schema.empty_table()
        place = pa.array([order[i] for i in table.column("article_id").to_pylist()], pa.int64())
        table = table.append_column("_place", place).append_column("_row", pa.array(range(len(table)), pa.int64()))
        return table.sort_by([("_place", "ascending"), ("_row", "ascending")]).drop_columns(["_place", "_row"])

    tables = {name: frame(name, gather(name, arrow_schema(name))) for name in FOUND}
    measures = gather("articles", measured([]).schema).to_pandas().set_index("article_id")
    annotated = articles.copy()
    for name in MEASURED:
        new = measures[name].reindex(annotated["article_id"]).array
        annotated[name] = pd.array(new, dtype="Int64") if name == "words" else pd.array(new, dtype="float64")
    refused = articles.loc[articles["problem"].notna()]
    loading = [
        {"article_id": row["article_id"], "stage": "load", "reason": row["problem"], "source_file": row["source_file"]}
        for row in arrow("articles", refused).select(["article_id", "problem", "source_file"]).to_pylist()
    ]
    tables["problems"] = pd.concat([frame("problems", loading), tables["problems"]], ignore_index=True)
    corpus = hashlib.sha256("\n".join(sorted(map(str, articles["sha256"]))).encode()).hexdigest()
    run = {
        **{f"version_{name}": version for name, version in versions(settings).items()},
        "model": settings.model,
        "weights": settings.weights,
        "tone": settings.tone,
        "rules_hash": rules_hash(),
        "corpus_hash": corpus,
        "articles": str(len(articles)),
    }
    return Notes(articles=annotated, **tables, run=run)
