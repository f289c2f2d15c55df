"""Decisions taken by hand: kept with the words they were taken on, found again in later runs, and counted."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab import records
from newslab.records import TABLES, frame
from newslab.scoring import wilson

if TYPE_CHECKING:
    import pandas as pd

    from newslab.notes import Notes

DECISIONS = ("accept", "fix", "reject")
COLUMNS = ("table", "id", "decision", "column", "value", "start", "text", "before", "after")
NEAR = 40  # characters kept on either side of a row, to know it again where its text has moved
ENOUGH = 20  # characters, of the row and around it, that must agree before a moved row is the same
ALIKE = 100  # rows of the same words that are looked at on either side of where it was, for linear time
VALUES = {  # columns whose values the codebook lists
    "part": records.PARTS, "voice": records.VOICES, "provenance": records.PROVENANCES, "label": records.LABELS,
    "mention": records.MENTIONS, "act": records.ACTS, "quote_type": records.QUOTE_TYPES, "naming": records.NAMINGS,
    "actor_type": records.ACTOR_TYPES, "dimension": records.DIMENSIONS, "bound": records.BOUNDS,
}  # fmt: skip


def read_corrections(corrections: str | Path | pd.DataFrame) -> pd.DataFrame:
    """Corrections as a table of text with all of `COLUMNS`, missing where a cell is empty.

    Raises
    ------
    ValueError
        If a column that every correction needs is missing.
    """
    import pandas as pd

    given, where = corrections, "corrections"
    if not isinstance(given, pd.DataFrame):
        where = str(corrections)
        given = pd.read_csv(Path(where), dtype=str, keep_default_na=False, na_values=[""])
    lacking = [name for name in COLUMNS[:3] if name not in given.columns]
    if lacking:
        raise ValueError(f"{where}: no column {lacking[0]!r}. It has: {', '.join(map(str, given.columns))}.")
    table = given.reindex(columns=[*COLUMNS, *(name for name in given.columns if name not in COLUMNS)])
    table = table.astype(object)
    return table.where(table.notna(), None)


def correction_rows(
    table: str, row: Mapping[Any, Any], text: str, decision: str, fixes: Mapping[str, str | None] | None = None
) -> list[dict[str, Any]]:
    """One decision as rows of a corrections table: one row, or one for each fixed column.

    Parameters
    ----------
    table, row
        The table's name, and the row that was decided on.
    text
        The article's text, from which the words around the row are taken.
    decision, fixes
        One of `DECISIONS`; for a fix, column -> new value, None for none.

    Examples
    --------
    >>> row = {"quantity_id": "a/q0-3", "start": 0, "end": 3, "text": "Two"}
    >>> correction_rows("quantities", row, "Two men left.", "fix", {"counted": "man"})[0]["value"]
    'man'
    """
    start, end = int(row["start"]), int(row["end"])
    found = {
        "table": table, "id": row[_id_column(table)], "decision": decision, "column": None, "value": None,
        "start": str(start), "text": text[start:end], "before": text[max(0, start - NEAR) : start],
        "after": text[end : end + NEAR],
    }  # fmt: skip
    if decision != "fix":
        return [found]
    return [found | {"column": column, "value": value} for column, value in (fixes or {}).items()]


def corrected(notes: Notes, corrections: str | Path | pd.DataFrame) -> Notes:
    """Notes with decisions taken by hand: rejected rows left out, fixed values put in.

    Parameters
    ----------
    corrections
        A DataFrame or CSV with columns `table`, `id` (of the row), `decision` (accept, fix or reject), and for
        a fix `column` and `value`. With `text`, `before` and `after`, as `review` writes them, a row is found again
        where the article was loaded anew and its words now stand elsewhere.

    Returns
    -------
    Notes
        New notes; `found_by` of a fixed row ends in `+corrected`. A figure is no longer claimed by the speaker of
        a rejected statement, and is claimed by the new speaker of a fixed one. A correction whose row is no
        longer there is a row in `problems`, not an error.

    Raises
    ------
    ValueError
        If a column is missing, or names no table, decision, column or value there is.
    """
    import pandas as pd

    where = "corrections" if isinstance(corrections, pd.DataFrame) else str(corrections)
    given = read_corrections(corrections)
    tables: dict[str, pd.DataFrame] = {}
    finders: dict[str, _Finder] = {}
    gone: dict[str, list[Any]] = defaultdict(list)
    problems = []
    for number, row in enumerate(given.to_dict("records"), start=2):
        at, name = f"{where}, line {number}", row["table"]
        if name not in TABLES or name in ("articles", "problems"):
            raise ValueError(f"{at}: {name!r} is no table that can be corrected.")
        if row["decision"] not in DECISIONS:
            raise ValueError(f"{at}: decision is {row['decision']!r}. Use one of {', '.join(DECISIONS)}.")
        if name not in tables:
            tables[name] = getattr(notes, name).copy()
            finders[name] = _Finder(name, tables[name], notes.articles)
        hit = finders[name].rows(row)
        if not hit:
            told = f"{at}: no row {row['id']!r} in {name} any more, so it corrects nothing"
            problems.append({"article_id": str(row["id"]).rsplit("/", 1)[0], "stage": "corrections", "reason": told})
        elif row["decision"] == "reject":
            gone[name] += hit
        elif row["decision"] == "fix":
            _fix(tables[name], hit, row["column"], row["value"], at)
    fixed: dict[str, Any] = {
        name: table.drop(index=list(set(gone[name]))).reset_index(drop=True) for name, table in tables.items()
    }
    if "statements" in fixed:
        figures = fixed.get("quantities", notes.quantities)
        fixed["quantities"] = _claimed(figures, notes.statements, fixed["statements"])
    if problems:
        fixed["problems"] = pd.concat([notes.problems, frame("problems", problems)], ignore_index=True)
    return replace(notes, **fixed)


def precision(corrections: str | Path | pd.DataFrame) -> pd.DataFrame:
    """How often what was found is right, from the decisions of a review.

    It holds for the rows that the sample was drawn from, if it was drawn at random, and says nothing of what was
    missed: that is recall, and needs articles that were labelled whole (`score`).

    Parameters
    ----------
    corrections
        What `review` wrote, or a DataFrame of that form. Several fixes of one row count once.

    Returns
    -------
    pandas.DataFrame
        A row a table: how many rows were `reviewed`, `accepted`, `fixed` and `rejected`; `precision`, the share
        accepted as it stood, and `real`, the share that was accepted or only had to be fixed. `_low` and `_high`
        bound each by its 95 % Wilson interval.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> taken = ["accept"] * 8 + ["fix", "reject"]
    >>> table = precision(pd.DataFrame({"table": "statements", "id": range(10), "decision": taken}))
    >>> table[["reviewed", "precision", "real"]].values.tolist()
    [[10.0, 0.8, 0.9]]
    >>> table[["precision_low", "precision_high"]].round(2).values.tolist()
    [[0.49, 0.94]]
    """
    import pandas as pd

    given = read_corrections(corrections)
    last = given.drop_duplicates(["table", "id"], keep="last")
    rows = []
    for name, taken in last.groupby("table", sort=True)["decision"]:
        n, right, fixed, wrong = len(taken), *(int((taken == d).sum()) for d in DECISIONS)
        row = {"table": name, "reviewed": n, "accepted": right, "fixed": fixed, "rejected": wrong}
        for share, k in (("precision", right), ("real", right + fixed)):
            low, high = wilson(k, n)
            row |= {share: k / n, f"{share}_low": low, f"{share}_high": high}
        rows.append(row)
    shares = [f"{share}{end}" for share in ("precision", "real") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["table", "reviewed", "accepted", "fixed", "rejected", *shares])


class _Finder:
    """Where the rows of one table are now: by id while their words are the same, else by words and what is around."""

    def __init__(self, name: str, table: pd.DataFrame, articles: pd.DataFrame) -> None:
        self.starts, self.words = table["start"].to_dict(), table["text"].map(_plain).to_dict()
        self.texts = dict(zip(articles["article_id"], articles["text"], strict=True))
        self.articles, self.ends = table["article_id"].to_dict(), table["end"].to_dict()
        self.by_id: dict[Any, list[Any]] = defaultdict(list)
        self.by_words: dict[Any, list[Any]] = defaultdict(list)
        for i, key in table[_id_column(name)].items():
            self.by_id[key].append(i)
            self.by_words[self.articles[i], self.words[i]].append(i)
        for alike in self.by_words.values():
            alike.sort(key=lambda i: self.starts[i])

    def rows(self, row: Mapping[Any, Any]) -> list[Any]:
        here: list[Any] = self.by_id.get(row["id"], [])
        if row["text"] is None:
            return here
        words = _plain(row["text"])
        still = [i for i in here if self.words[i] == words]
        if still:
            return still
        moved = self.by_words.get((str(row["id"]).rsplit("/", 1)[0], words), [])
        before, after = _plain(row["before"] or "")[::-1], _plain(row["after"] or "")
        start = int(float(row["start"] or 0))
        best: tuple[int, int, Any] = (0, 0, None)
        close = bisect_left(moved, start, key=lambda i: self.starts[i])
        for i in moved[max(0, close - ALIKE) : close + ALIKE]:
            text, left, right = self.texts.get(self.articles[i], ""), self.starts[i], self.ends[i]
            around = _common(before, _plain(text[max(0, left - 2 * NEAR) : left])[::-1])
            around += _common(after, _plain(text[right : right + 2 * NEAR]))
            if len(words) + around >= ENOUGH:
                best = max(best, (around + 1, -abs(left - start), i), key=lambda item: item[:2])
        return [] if best[2] is None else [best[2]]


def _id_column(table: str) -> str:
    return list(records.columns(table))[1]


def _plain(text: Any) -> str:
    return " ".join(str(text).split())


def _common(a: str, b: str) -> int:
    """How many characters two texts begin with alike."""
    n = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    return min(len(a), len(b)) if n is None else n


def _claimed(figures: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Figures on the word of the speakers that statements now have."""
    old, new = (t.set_index("statement_id")["speaker"].fillna("") for t in (before, after))
    old = old[~old.index.duplicated()]
    new = new[~new.index.duplicated()]
    gone = figures["statement_id"].isin(set(old.index) - set(new.index))
    fixed = new.index[new != old.reindex(new.index)]
    other = figures["statement_id"].isin(fixed) & figures["claimed_by"].notna()
    if not (gone.any() or other.any()):
        return figures
    figures = figures.copy()
    speaker = figures.loc[other, "statement_id"].map(new)
    figures.loc[other, "claimed_by"] = speaker.where(speaker != "", None)
    figures.loc[gone, ["statement_id", "claimed_by"]] = None
    _sign(figures, gone | other)
    return figures


def _sign(table: pd.DataFrame, rows: Any) -> None:
    """Say in `found_by` that rows were corrected."""
    table.loc[rows, "found_by"] = table.loc[rows, "found_by"].str.removesuffix("+corrected") + "+corrected"


def _fix(table: pd.DataFrame, hit: list[Any], column: Any, value: Any, at: str) -> None:
    import pandas as pd

    if column in table.columns[5:] and table[column].dtype == object:
        raise ValueError(f"{at}: {column} holds lists, which a correction cannot change.")
    if column not in fixable_columns(table):
        options = ", ".join(fixable_columns(table))
        raise ValueError(f"{at}: column is {column!r}, which cannot be fixed. One of: {options}.")
    if value is not None and column in VALUES and value not in VALUES[column]:
        raise ValueError(f"{at}: {column} is {value!r}. Use one of {', '.join(VALUES[column])}.")
    if pd.api.types.is_numeric_dtype(table[column].dtype):
        try:
            table.loc[hit, column] = float("nan") if value is None else float(value)
        except ValueError as error:
            raise ValueError(f"{at}: {column} is a number, and {value!r} is none.") from error
    else:
        table.loc[hit, column] = None if value is None else str(value)
    _sign(table, hit)


def fixable_columns(table: pd.DataFrame) -> list[str]:
    """The columns that a correction can change: none of identity and place, no ids, no lists.

    >>> fixable_columns(frame("sentences", []))
    ['part', 'voice', 'tone']
    """
    fixed = (*table.columns[:5], *records.ID_COLUMNS, "found_by")
    return [name for name in table.columns if name not in fixed and table[name].dtype != object]
