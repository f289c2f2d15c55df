"""The source audit: who speaks in a corpus, how often, how and how early, and how two groups of articles differ."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newslab.keywords import several
from newslab.reuse import reuse

if TYPE_CHECKING:
    import pandas as pd

PROFILE = ("naming", "actor_type", "role", "affiliation")  # what is told of a speaker
INTERVALS = ("articles", "statements")
Z = 1.959964  # standard errors on either side of a 95 % interval
SHARE, DIRECT = (tuple(f"{name}{end}" for end in ("", "_low", "_high")) for name in ("share", "direct"))
SIDES = ("target", "reference")


def sources(
    notes: Any,
    *,
    by: str = "speaker",
    act: str | None = None,
    minimum: int = 1,
    once_per_wire: bool | pd.DataFrame = False,
    interval: str = "articles",
    joined: bool | pd.DataFrame = True,
) -> pd.DataFrame:
    """Who speaks: how often, in how many articles and outlets, how much directly quoted, and how often first.

    What articles do not tell, such as a source's gender, is not guessed.

    Parameters
    ----------
    notes
        What `annotate` found; its statements and articles are used.
    by
        What makes a row: "speaker", or another column of statements ("actor_type", "naming",
        "affiliation", "cue_lemma") or articles ("outlet", "story_id").
    act
        Count statements of this act only: "speech", "writing" or "attitude".
    minimum
        Leave out rows with fewer statements. They still count in the shares.
    once_per_wire
        Count a statement that several articles took from one another once, in the first that printed it: one of which
        half stands in a passage that an earlier article has. True looks for these passages; or give what
        `reuse(notes)` gave.
    interval
        What counts as independent: "articles", or "statements".
    joined
        Count the spellings of one speaker (Donald Trump, Donald J. Trump) as one, as `entity_table` puts them together;
        or give the table that `entity_table(notes, corrections=...)` gave. False: each spelling is a speaker.

    Returns
    -------
    pandas.DataFrame
        By statements, most first: `by`; for speakers their most frequent naming, actor_type, role and
        affiliation, else the number of `speakers`; `articles`; `first`, in how many of these it is the first
        of its kind to speak in the body (in the others later); `statements`; `share` of all statements that have a
        value of `by`; `words` of the contents; `direct`, the share of its statements that are direct quotations;
        `outlets`, how many.

        `_low` and `_high` bound a share by its 95 % Wilson interval. Statements of one article are alike (one
        mayor speaks five times in it), so that each tells less than a statement of its own would. The interval
        therefore takes as many statements as would tell as much (their number over the design effect of articles);
        `interval="statements"` takes all, as most published audits do, and is too narrow.
        In a simulation (`benchmarks/INTERVALS.md`) 92 to 99 % of the first hold the true share, 77 to 90 % of the
        second, and 33 to 95 % of those from a bootstrap over articles, which fails for few articles and rare sources.

    Raises
    ------
    ValueError
        If neither table has a column `by`, or `interval` is another word.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> said = {"article_id": "a", "start": 0, "end": 9, "speaker": "Ann Hale", "quote_type": "direct", "words": 12}
    >>> statements = [said, said | {"start": 10, "end": 19, "speaker": "police", "quote_type": "indirect", "words": 5},
    ...               said | {"article_id": "b", "quote_type": "indirect", "words": 9}]
    >>> articles = [{"article_id": "a", "outlet": "Post"}, {"article_id": "b", "outlet": "Wire"}]
    >>> notes = SimpleNamespace(statements=frame("statements", statements), articles=frame("articles", articles))
    >>> table = sources(notes)
    >>> table[["speaker", "articles", "first", "statements", "words", "direct", "outlets"]].values.tolist()
    [['Ann Hale', 2, 2, 2, 21, 0.5, 2], ['police', 1, 0, 1, 5, 0.0, 1]]

    Source
    ------
    Wilson (1927), JASA 22, with the effective sample size of Korn and Graubard (1998), Survey Methodology 24.
    """
    statements = _counted(notes, by, act, once_per_wire, interval, joined, "sources()")
    counted = statements.assign(words=statements["words"].fillna(0), direct=statements["quote_type"] == "direct")
    table = counted.groupby(by, sort=True).agg(
        speakers=("speaker", "nunique"), articles=("article_id", "nunique"), statements=("article_id", "size"),
        words=("words", "sum"), outlets=("outlet", "nunique"),
    )  # fmt: skip
    told = PROFILE if by == "speaker" else ()
    for name in told:
        table[name] = commonest(counted, [by], name)
    table["first"] = _first(counted)[by].value_counts().reindex(table.index, fill_value=0)
    table[list(SHARE)] = _shares(counted, by, interval)
    table[list(DIRECT)] = _parts(counted, by, "direct", interval)
    shown = [
        *(told or ["speakers"]), "articles", "first", "statements", *SHARE, "words", *DIRECT, "outlets",
    ]  # fmt: skip
    table = table.loc[table["statements"] >= minimum, shown].reset_index()
    table = table.astype(dict.fromkeys(("articles", "first", "statements", "words", "outlets"), "int64"))
    return table.sort_values(["statements", "words", by], ascending=[False, False, True], ignore_index=True)


def compare_sources(
    notes: Any,
    target: Any,
    reference: Any = None,
    *,
    of: str = "outlet",
    by: str = "actor_type",
    act: str | None = None,
    once_per_wire: bool | pd.DataFrame = False,
    interval: str = "articles",
    joined: bool | pd.DataFrame = True,
) -> pd.DataFrame:
    """How the sources of one group of articles differ from those of another: outlets, periods, events.

    Parameters
    ----------
    notes
        What `annotate` found; its statements and articles are used.
    target, reference
        Value or values of the articles' column `of` that make each group; None for all other articles that have
        one. Dates are matched from their beginning: "2025-03" is all of March, ["2025-01", "2025-02"] two months.
    of
        The column: "outlet", "published", "story_id", or one that you have added to `notes.articles`.
    by, act, once_per_wire, interval, joined
        As in `sources`. Without `once_per_wire`, copy that both groups print makes them more alike.

    Returns
    -------
    pandas.DataFrame
        A row for each value of `by`, the largest difference first: `by`; `target` and `reference`, statements; their
        shares of the group's statements, with 95 % intervals; `difference`, target less reference (0.1 is ten
        percentage points), with its 95 % interval. Where that holds 0, the difference may be chance; of twenty rows
        without any, one is expected not to hold it.

    Raises
    ------
    ValueError
        If there is no such column, or a group has no statements.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> kinds = {"Post": ["citizen"] * 9 + ["police"] * 1, "Wire": ["citizen"] * 1 + ["police"] * 9}
    >>> pairs = [(f"{outlet}{i}", outlet, kind) for outlet in kinds for i, kind in enumerate(kinds[outlet])]
    >>> notes = SimpleNamespace(
    ...     statements=frame("statements", [{"article_id": key, "actor_type": kind} for key, _, kind in pairs]),
    ...     articles=frame("articles", [{"article_id": key, "outlet": outlet} for key, outlet, _ in pairs]))
    >>> table = compare_sources(notes, "Post", "Wire").set_index("actor_type").round(2)
    >>> table.loc["citizen", ["target", "reference", "difference", "difference_low", "difference_high"]].tolist()
    [9.0, 1.0, 0.8, 0.27, 0.92]

    Source
    ------
    Newcombe (1998), Statistics in Medicine 17, method 10: the interval of a difference from those of two shares.
    """
    import numpy as np
    import pandas as pd

    statements = _counted(notes, by, act, once_per_wire, interval, joined, "compare_sources()")
    groups = groups_of(notes.articles, of, target, reference)
    table = pd.DataFrame(index=pd.Index(sorted(statements[by].unique()), name=by))
    for side, group in zip(SIDES, groups, strict=True):
        rows = statements[statements["article_id"].isin(group)]
        if rows.empty:
            raise ValueError(
                f"compare_sources(): the {len(group)} articles of the {side} have no statements with a value of {by!r}."
            )
        table[side] = rows[by].value_counts().reindex(table.index, fill_value=0)
        names = [f"{side}_{name}" for name in SHARE]
        table[names] = _shares(rows, by, interval, every=table.index).to_numpy()
    (p, low, high), (q, other_low, other_high) = [[table[f"{side}_{name}"] for name in SHARE] for side in SIDES]
    table["difference"] = p - q
    table["difference_low"] = p - q - np.sqrt((p - low) ** 2 + (other_high - q) ** 2)
    table["difference_high"] = p - q + np.sqrt((high - p) ** 2 + (q - other_low) ** 2)
    table = table.reset_index().astype(dict.fromkeys(SIDES, "int64"))
    order = table.assign(size=table["difference"].abs()).sort_values(["size", by], ascending=[False, True])
    return order.drop(columns="size").reset_index(drop=True)


def _counted(
    notes: Any,
    by: str,
    act: str | None,
    once: bool | pd.DataFrame,
    interval: str,
    joined: bool | pd.DataFrame,
    caller: str,
) -> pd.DataFrame:
    """The statements that have a value of `by`, with columns of their articles."""
    if interval not in INTERVALS:
        raise ValueError(f"{caller}: interval is {interval!r}. Give it one of {', '.join(INTERVALS)}.")
    statements = with_articles(notes.statements, notes.articles, ("outlet", "story_id"))
    if by in notes.articles.columns and by not in statements.columns:
        statements = with_articles(statements, notes.articles, (by,))
    if by not in statements.columns:
        raise ValueError(f"{caller[:-1]}by={by!r}): neither statements nor articles have this column.")
    if not isinstance(once, bool) or once:
        statements = _once(statements, reuse(notes) if isinstance(once, bool) else once)
    if act is not None:
        statements = statements[statements["act"] == act]
    if not isinstance(joined, bool) or joined:
        statements = one_spelling(notes, statements, joined, caller)
    return statements[statements[by].notna()]


def one_spelling(notes: Any, statements: pd.DataFrame, joined: bool | pd.DataFrame, caller: str) -> pd.DataFrame:
    """The statements with one spelling for each speaker, that of the table of entities."""
    from newslab.linking import entity_table  # which itself needs this module

    entities = getattr(notes, "entities", None)
    if isinstance(joined, bool) and (entities is None or entities.empty):
        return statements
    table = entity_table(notes) if isinstance(joined, bool) else joined
    if not {"name", "spellings"} <= set(getattr(table, "columns", ())):
        raise ValueError(f"{caller}: joined must be True, False or what entity_table(notes) gave.")
    one: dict[str, set[str]] = {}
    for name, spellings in zip(table["name"], table["spellings"], strict=True):
        for spelling in spellings:
            one.setdefault(spelling, set()).add(name)
    # a spelling that is two entities, a person and a ship say, stays as it is
    into = {spelling: min(names) for spelling, names in one.items() if len(names) == 1 and names != {spelling}}
    return statements.assign(speaker=statements["speaker"].map(lambda name: into.get(name, name)))


def _once(statements: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """The statements without those of which half or more stands in a passage that an earlier article has."""
    taken: dict[str, tuple[list[int], list[int]]] = {}
    for key, start, end in passages.sort_values("start")[["article_id", "start", "end"]].itertuples(index=False):
        starts, ends = taken.setdefault(key, ([], []))
        if not ends or start > ends[-1]:
            starts.append(start)
            ends.append(end)
        else:
            ends[-1] = max(ends[-1], end)
    rows = zip(*(statements[name] for name in ("article_id", "start", "end")), strict=True)
    keep = [
        key not in taken or 2 * _overlap(int(start), int(end), *taken[key]) < end - start for key, start, end in rows
    ]
    return statements[keep]


def _overlap(start: int, end: int, starts: Sequence[int], ends: Sequence[int]) -> int:
    """How many characters of a stretch lie in others, which are in order and apart."""
    found = 0
    for k in range(bisect_right(ends, start), len(starts)):
        if starts[k] >= end:
            break
        found += min(end, ends[k]) - max(start, starts[k])
    return found


def _first(statements: pd.DataFrame) -> pd.DataFrame:
    """The first statement of each article, that of the body where it has one."""
    place = statements.reindex(columns=["article_id", "start", "part"])
    place = place.assign(outside=(place["part"] != "body").astype("int64"))
    order = place.reset_index(drop=True).sort_values(["outside", "start"], kind="stable")
    return statements.iloc[order.drop_duplicates("article_id").index]


def _shares(statements: pd.DataFrame, by: str, interval: str, every: pd.Index | None = None) -> pd.DataFrame:
    """The share of each value of `by` in all statements, with its interval."""
    cells = statements.groupby([by, "article_id"], sort=True).size()
    sizes = statements.groupby("article_id").size()
    whole = sizes.loc[cells.index.get_level_values("article_id")].to_numpy()
    sums = _sums(cells, whole)
    every = sums.index if every is None else every
    sums = sums.reindex(every, fill_value=0).assign(n=len(statements), clusters=len(sizes), nn=float((sizes**2).sum()))
    return bounded(sums, interval)


def _parts(statements: pd.DataFrame, by: str, column: str, interval: str) -> pd.DataFrame:
    """The share of each value's own statements for which a column is true, with its interval."""
    groups = statements.groupby([by, "article_id"], sort=True)[column]
    cells, whole = groups.sum(), groups.size()
    by_value = whole.groupby(level=0)
    sums = _sums(cells, whole)
    return bounded(
        sums.assign(n=by_value.sum(), clusters=by_value.size(), nn=(whole**2).groupby(level=0).sum()), interval
    )


def _sums(cells: pd.Series, whole: Any) -> pd.DataFrame:
    """Of counts in articles: their sum, that of their squares, and of their products with the articles' sizes."""
    import pandas as pd

    columns = {"y": cells, "yy": cells**2, "yn": cells * whole}
    return pd.DataFrame(columns).astype("float64").groupby(level=0).sum()


def bounded(sums: pd.DataFrame, interval: str) -> pd.DataFrame:
    """Shares with their Wilson intervals, for as many statements as tell as much as these, clustered in articles, do.

    The variance of a ratio of sums over articles (Cochran 1977, Sampling Techniques, 6.3) gives the design effect;
    a t quantile for the z of few articles; an effect below 1 counts as 1. Where all or none of the statements are
    counted, which shows no variance, the effect is the average of the other rows. One article counts as one statement.
    """
    import numpy as np
    import pandas as pd

    n, k = sums["n"].to_numpy(dtype=float), sums["clusters"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = sums["y"].to_numpy() / n
        spread = sums["yy"].to_numpy() - 2 * p * sums["yn"].to_numpy() + p**2 * sums["nn"].to_numpy()
        variance = np.maximum(spread, 0) / n**2 * k / (k - 1)
        effect = np.maximum(variance / (p * (1 - p) / n), 1)
        told = (p > 0) & (p < 1) & (k > 1)
        effect[~told] = np.average(effect[told], weights=n[told]) if told.any() else (n / k)[~told]
        size = np.where(k > 1, n / effect * (Z / _t(k - 1)) ** 2, 1)
        size = n if interval == "statements" else np.maximum(size, 1)
        middle = (p + Z**2 / (2 * size)) / (1 + Z**2 / size)
        half = Z / (1 + Z**2 / size) * np.sqrt(p * (1 - p) / size + Z**2 / (4 * size**2))
    # rounding must not part a bound from a share of 0 or 1
    columns = {
        "p": p,
        "low": np.minimum(np.maximum(middle - half, 0), p),
        "high": np.maximum(np.minimum(middle + half, 1), p),
    }
    return pd.DataFrame(columns, index=sums.index)


def _t(freedom: Any) -> Any:
    """The 97.5 % quantile of Student's t, to 1 %: exact for 1 and 2 degrees of freedom, else its expansion in 1/df."""
    import numpy as np

    df = np.maximum(freedom, 1)
    terms = (Z**3 + Z) / (4 * df), (5 * Z**5 + 16 * Z**3 + 3 * Z) / (96 * df**2)
    third = (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / (384 * df**3)
    return np.where(df < 2, 12.7062, np.where(df < 3, 4.3027, Z + terms[0] + terms[1] + third))


def groups_of(articles: pd.DataFrame, of: str, target: Any, reference: Any) -> tuple[set[str], set[str]]:
    """The ids of the articles of both groups."""
    if of not in articles.columns:
        raise ValueError(
            f"compare_sources(of={of!r}): articles have no such column. They have: {', '.join(map(str, articles))}."
        )

    def among(values: Any) -> pd.Series:
        if of == "published":
            return (
                articles[of]
                .astype("object")
                .map(lambda day: isinstance(day, str) and day.startswith(tuple(several(values))))
            )
        return articles[of].isin(several(values))

    chosen = among(target)
    others = (articles[of].notna() if reference is None else among(reference)) & ~chosen
    for name, group, values in ((SIDES[0], chosen, target), (SIDES[1], others, reference)):
        if not group.any():
            have = ", ".join(map(str, articles[of].dropna().unique()[:10]))
            raise ValueError(
                f"compare_sources(): no article has {name} {values!r} as its {of}. There are: {have or 'none'}."
            )
    return set(articles.loc[chosen, "article_id"]), set(articles.loc[others, "article_id"])


def with_articles(table: pd.DataFrame, articles: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The table with columns of its articles beside it, where articles have them, else empty."""
    lacking = [name for name in columns if name not in table.columns]
    known = articles.drop_duplicates("article_id").set_index("article_id")
    known = known.reindex(columns=lacking)
    return table.assign(**{name: table["article_id"].map(known[name]) for name in lacking})


def commonest(table: pd.DataFrame, key: list[str], column: str) -> pd.Series:
    """For each key the most frequent value of a column, the first in the alphabet of several."""
    counts = table.dropna(subset=[column]).value_counts([*key, column]).rename("n").reset_index()
    best = counts.sort_values(["n", column], ascending=[False, True]).drop_duplicates(key)
    return best.set_index(key if len(key) > 1 else key[0])[column]
