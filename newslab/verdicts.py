"""Each found row beside its gold: right, wrong, not in the gold, or missed; and what a threshold would keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.drawing.facts import given
from newslab.scoring import alike, figure_pairs, labelled, same_value, statement_pairs, wilson

if TYPE_CHECKING:
    import pandas as pd

COMPARED = {
    "statements": ("speaker", "naming", "actor_type", "quote_type"),
    "quantities": ("value", "low", "high", "unit", "bound", "counted", "action", "claimed_by"),
}
VERDICTS = ("right", "wrong", "extra", "missed")


def verdicts(found: Any, gold: str | Path, *, table: str = "statements") -> pd.DataFrame:
    """What became of every statement or figure that was found, and of every one that should have been.

    Parameters
    ----------
    found
        What `annotate` found in the labelled articles, or the folder that it was saved to.
    gold
        A gold file, or a folder of them, as `score` takes it.
    table
        "statements" or "quantities".

    Returns
    -------
    pandas.DataFrame
        A row each, by article: `article_id`, `start`, `end`, `text` (of what was found; of the gold where it was
        missed), so that `context` can show it; `verdict`: "right", "wrong" (it is there, but the columns in `differs`
        are not as in the gold), "extra" (not in the gold) or "missed"; `confidence`; the compared columns as
        found, and with `_gold` behind their names as they should be. Statements are paired where they share half
        of their words, figures where they overlap. Of figures, a gold that leaves `counted`, `action` or `claimed_by`
        empty differs from a row that has it.

    Raises
    ------
    ValueError
        If `table` is another, or an article of the gold was not annotated.

    Examples
    --------
    >>> import json, tempfile
    >>> import pandas as pd
    >>> from newslab import annotate, load_articles
    >>> articles = load_articles(pd.DataFrame({"text": ["Nine people were killed, police said."]}))
    >>> notes = annotate(articles, cache=False, progress=False)
    >>> figure = {"start": 0, "end": 4, "text": "Nine", "value": 8, "bound": "=", "counted": "people"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "gold.json")
    ...     size = path.write_text(json.dumps({"figures": [figure]}))
    ...     table = verdicts(notes, path, table="quantities")
    >>> table["verdict"].tolist(), "value" in table["differs"][0]
    (['wrong'], True)
    """
    import pandas as pd

    if table not in COMPARED:
        raise ValueError(f"verdicts(table={table!r}): use one of {', '.join(COMPARED)}.")
    if isinstance(found, (str, Path)):
        from newslab.notes import load_notes

        found = load_notes(found)
    rows = []
    for _, article, text, have, wanted in labelled(found, gold):
        key = "statements" if table == "statements" else "figures"
        if key not in wanted:
            continue
        mine, theirs = have[table], wanted[key]
        pairs = statement_pairs(mine, theirs, text) if table == "statements" else figure_pairs(mine, theirs)
        partner = {id(a): b for a, b in pairs}
        met = {id(b) for _, b in pairs}
        rows += [_row(article, text, table, a, partner.get(id(a))) for a in mine]
        rows += [_row(article, text, table, None, b) for b in theirs if id(b) not in met]
    columns = ["article_id", "start", "end", "text", "verdict", "differs", "confidence"]
    columns += [f"{name}{end}" for name in COMPARED[table] for end in ("", "_gold")]
    order = pd.DataFrame(rows, columns=columns)
    return order.sort_values(["article_id", "start", "end"], ignore_index=True, kind="stable")


def _row(article: str, text: str, table: str, mine: Any, theirs: Any) -> dict[str, Any]:
    spans = mine or theirs
    if "start" in spans:
        start, end = spans["start"], spans["end"]
    else:  # a gold statement has no span of its own, but those of its parts
        parts = [span for name in ("content", "cue", "source") for span in spans.get(name) or ()]
        start, end = min(span[0] for span in parts), max(span[1] for span in parts)
    differs = [name for name in COMPARED[table] if mine and theirs and not _agrees(table, name, mine, theirs)]
    verdict = "missed" if not mine else "extra" if not theirs else "wrong" if differs else "right"
    row = {
        "article_id": article, "start": start, "end": end, "text": text[start:end], "verdict": verdict,
        "differs": ", ".join(differs), "confidence": given(mine.get("confidence")) if mine else None,
    }  # fmt: skip
    for name in COMPARED[table]:
        row[name] = given(mine.get(name)) if mine else None
        row[f"{name}_gold"] = given(theirs.get(name)) if theirs else None
    return row


def _agrees(table: str, name: str, mine: Any, theirs: Any) -> bool:
    if table == "statements" or name in ("unit", "bound", "action", "claimed_by"):
        return alike(mine.get(name), theirs.get(name))
    if name in ("value", "low", "high"):
        return name != "value" or same_value(mine, theirs)  # which has low and high where there is no value
    heads = [(given(row.get(name)) or "").casefold().split()[-1:] for row in (mine, theirs)]
    return heads[0] == heads[1]


def thresholds(verdicts: pd.DataFrame, *, strict: bool = False) -> pd.DataFrame:
    """Precision and recall if only rows of at least some confidence were kept.

    Parameters
    ----------
    verdicts
        What `verdicts` gave.
    strict
        Count a row as right only if nothing differs from the gold; otherwise also where it is there, but wrong.

    Returns
    -------
    pandas.DataFrame
        A row a confidence that occurs: `threshold`, `kept` rows, `precision` and `recall`, each with the bounds of
        its 95 % Wilson interval (`_low`, `_high`). No rows where nothing has a confidence.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"verdict": ["right", "extra", "missed"], "confidence": [0.9, 0.5, None]})
    >>> thresholds(table)[["threshold", "kept", "precision", "recall"]].values.tolist()
    [[0.5, 2.0, 0.5, 0.5], [0.9, 1.0, 1.0, 0.5]]
    """
    import pandas as pd

    good = verdicts["verdict"].isin(["right"] if strict else ["right", "wrong"])
    gold = int((verdicts["verdict"] != "extra").sum())
    sure = pd.to_numeric(verdicts["confidence"]).where(verdicts["verdict"] != "missed")
    rows = []
    for least in sorted(sure.dropna().unique()):
        kept = sure >= least
        hits, n = int((kept & good).sum()), int(kept.sum())
        row = {"threshold": float(least), "kept": n}
        for name, whole in (("precision", n), ("recall", gold)):
            low, high = wilson(hits, whole)
            row |= {name: hits / whole if whole else float("nan"), f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    names = ["precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high"]
    return pd.DataFrame(rows, columns=["threshold", "kept", *names])
