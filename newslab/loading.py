"""The account of a loading: what became of every document, by the file that it came from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

NO_FILE = "(no file)"
ALL = "all"
_REASONS = 3  # of a file that are printed; the rest are counted


def load_report(articles: pd.DataFrame) -> pd.DataFrame:
    """Count what became of every document that `load_articles` found, by source file.

    Parameters
    ----------
    articles
        The article table, as `load_articles` or `annotate` gives it.

    Returns
    -------
    DataFrame
        A row a source file, and a last one for `all` of them: `documents` found, of which `loaded` are there to be
        used, `duplicates` have a text that came before, and `refused` have none. The three add up to `documents`.
        `noted` is how many of those that have a text have a remark in `problem` all the same; `reasons` are the
        commonest reasons and remarks.

    Raises
    ------
    ValueError
        If `articles` is no article table.

    Examples
    --------
    >>> import pandas as pd
    >>> from newslab import load_articles
    >>> articles = load_articles(pd.DataFrame({"text": ["Ice holds ferries.", "", "Ice holds ferries."]}))
    >>> load_report(articles)[["documents", "loaded", "duplicates", "refused"]].values.tolist()[-1]
    [3, 1, 1, 1]
    """
    import pandas as pd

    lacking = [name for name in ("text", "duplicate_of", "problem", "source_file") if name not in articles]
    if lacking:
        raise ValueError(f"load_report(): articles has no column {lacking[0]!r}. Make the table with load_articles().")
    refused = articles["text"].fillna("") == ""
    duplicate = articles["duplicate_of"].notna() & ~refused
    told = articles["problem"].notna()
    rows = pd.DataFrame(
        {
            "source_file": articles["source_file"].fillna(NO_FILE).astype("str"),
            "documents": 1,
            "loaded": (~refused & ~duplicate).astype(int),
            "duplicates": duplicate.astype(int),
            "refused": refused.astype(int),
            "noted": (told & ~refused).astype(int),
        }
    )
    counts = rows.groupby("source_file", sort=False).sum().astype(int)
    counts["reasons"] = ""
    spoken = pd.DataFrame({"file": rows["source_file"], "problem": articles["problem"]})[told]
    for file, problems in spoken.groupby("file", sort=False)["problem"]:
        counts.loc[str(file), "reasons"] = _reasons(problems.tolist(), str(file))
    whole = counts.drop(columns="reasons").sum().astype(int)
    last = pd.DataFrame([[*whole.tolist(), ""]], columns=counts.columns, index=[ALL])
    return pd.concat([counts, last]).rename_axis("source_file").reset_index()


def _reasons(problems: list[str], file: str) -> str:
    """The commonest reasons of a file, each with how often it was given if more than once."""
    said: Counter[str] = Counter()
    for problem in problems:
        reason = problem.replace(file, "").lstrip(" ,:")
        if reason.startswith("line ") or reason.startswith("row "):
            reason = reason.partition(": ")[2] or reason
        said[reason] += 1
    shown = [f"{reason} ({n})" if n > 1 else reason for reason, n in said.most_common(_REASONS)]
    return "; ".join(shown) + (f"; and {len(said) - _REASONS} others" if len(said) > _REASONS else "")
