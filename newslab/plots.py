"""Tables as matplotlib plots: the finding as title, n and dates in a note, and all of it in words.

Every function takes `ax=None`, draws there or on a new figure as wide as a notebook cell, and gives the
Axes back; `alt_text(ax)` says what it shows. Names too long to print are elided in the plot, and whole there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from newslab.drawing import bars, periods
from newslab.drawing import style as drawing
from newslab.drawing.claims import plot_claims
from newslab.drawing.copies import plot_reuse
from newslab.drawing.facts import count, given
from newslab.drawing.groups import plot_compare_sources
from newslab.drawing.maps import plot_places
from newslab.drawing.periods import about
from newslab.drawing.style import alt_text, finish, share
from newslab.drawing.thresholds import plot_thresholds

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = [
    "alt_text", "plot_actor_types", "plot_articles", "plot_claims", "plot_compare_sources", "plot_figures",
    "plot_naming", "plot_places", "plot_reuse", "plot_sources", "plot_thresholds",
]  # fmt: skip

_MEASURES = {  # the dimensions of figures, in as many groups as colours can tell apart
    "count": "counts", "money": "money", "percent": "percentages", "percentage points": "percentages",
    "length": "sizes and weights", "area": "sizes and weights", "volume": "sizes and weights",
    "mass": "sizes and weights", "duration": "times and ages", "age": "times and ages",
}  # fmt: skip
_MEASURE_LOOKS = {
    "counts": (drawing.BLUE, ""),
    "money": (drawing.GREEN, ""),
    "percentages": (drawing.ORANGE, ""),
    "sizes and weights": (drawing.PURPLE, ""),
    "times and ages": (drawing.SKY, ""),
    "others": (drawing.GREY, ""),
}


def plot_articles(articles: pd.DataFrame, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Articles over time, a row of bars for each outlet.

    Parameters
    ----------
    articles
        The articles table; refused documents (no text) are not counted.
    top
        Outlets with a row of their own, those with most articles; the others share a row.
    ax
        Where to draw; None makes a figure.

    Returns
    -------
    matplotlib.axes.Axes
        Bars by day, week, month or year, as suits the span, all rows on one scale.

    Examples
    --------
    >>> import pandas as pd
    >>> ax = plot_articles(pd.DataFrame({"outlet": ["Post"], "published": ["2024-03-09"], "text": ["Hi."]}))
    >>> ax.get_title("left")
    'All articles came on 9 March 2024'
    """
    articles = articles[articles["text"].map(lambda text: given(text) is not None).astype(bool)]
    days = periods.dates(articles["published"])
    dated = days.notna()
    if not dated.any():
        why = f"{count(len(articles), 'article')}, none with a full date: give load_articles() metadata."
        return drawing.nothing(drawing.new_axes(ax, 0.5), why if len(articles) else "There are no articles.")
    outlets = bars.filled(articles["outlet"], "(outlet not known)")[dated]
    period, name = periods.periods(days[dated])
    rows = bars.top_of(outlets, top, "outlet")
    sizes = rows.value_counts(sort=False)
    order = list(rows.cat.categories)
    sums = rows.to_frame("row").assign(period=period).groupby(["row", "period"], observed=True).size()
    ax = drawing.new_axes(ax, 0.45 * len(order) + 0.2)
    tallest, dark = int(sums.max()), drawing.ink(ax)[0]
    for key, n in sums.items():
        row, when = cast("tuple[str, Any]", key)
        x, width = periods.bar_of(when)
        y = len(order) - 1 - order.index(row)
        ax.bar(x, 0.7 * n / tallest, width, bottom=y, color=drawing.BLUE)
        if len(sums) <= 80:
            ax.text(x, y + 0.7 * n / tallest, f"{n:,}", ha="center", va="bottom", fontsize=8, color=dark)
    ax.set_yticks(
        [len(order) - 0.75 - i for i in range(len(order))],
        [f"{drawing.label(row)} ({sizes[row]:,})" for row in order],
    )
    ax.set_ylim(-0.08, len(order) + 0.1)
    periods.time_axis(ax, period.min(), period.max(), name)
    n, title = int(dated.sum()), periods.peak(period.value_counts(), "articles", name)
    note = f"n = {count(n, 'article')} from {count(outlets.nunique(), 'outlet')}, "
    note += f"{periods.dates_words(days)}. The tallest bar is {tallest:,} in one {name}."
    if n < len(articles):
        note += f" Not drawn: {len(articles) - n:,} without a full date."
    return finish(ax, title, note, kind="Bars over time, a row for each outlet", data=bars.listed(outlets))


def plot_sources(
    notes: Any, top: int = 15, *, colour: str = "naming", joined: bool = True, ax: Axes | None = None
) -> Axes:
    """The sources that are quoted most, by number of statements.

    Parameters
    ----------
    notes
        What `annotate` found; its statements and articles are used.
    top
        How many sources.
    colour
        What the parts of a bar tell: "naming" or "actor_type".
    joined
        Count the spellings of one speaker together, as `sources` does.
    ax
        Where to draw; None makes a figure.

    Returns
    -------
    matplotlib.axes.Axes
        Statements without a speaker are not drawn; the note has their number.

    Raises
    ------
    ValueError
        If `colour` is another column.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> articles = frame("articles", [{"article_id": "a", "outlet": "Post", "published": "2025-03-09"}])
    >>> rows = [{"article_id": "a", "speaker": "Ann Lee", "naming": "named"}]
    >>> notes = SimpleNamespace(statements=frame("statements", rows), articles=articles)
    >>> alt_text(plot_sources(notes)).split(". ")[1]
    'Ann Lee is quoted most: 1 of 1 statements (100%)'
    """
    from matplotlib.ticker import MaxNLocator

    from newslab.audit import one_spelling

    if colour not in ("naming", "actor_type"):
        raise ValueError(f"plot_sources(colour={colour!r}): colour is 'naming' or 'actor_type'.")
    looks = drawing.NAMING_LOOKS if colour == "naming" else drawing.ACTOR_LOOKS
    statements = one_spelling(notes, notes.statements, joined, "plot_sources()") if joined else notes.statements
    spoken = statements[statements["speaker"].map(lambda name: given(name) is not None).astype(bool)]
    if spoken.empty:
        why = f"{count(len(statements), 'statement')}, none with a speaker."
        return drawing.nothing(drawing.new_axes(ax, 0.5), why if len(statements) else "There are no statements.")
    sizes = spoken["speaker"].value_counts()
    names = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    table = bars.crossed(spoken["speaker"], spoken[colour], names[:top], looks)
    ax = drawing.new_axes(ax, 0.36 * len(table) + 0.1)
    bars.draw_bars(ax, table, looks, [f"{n:,}" for n in table.sum(axis=1)])
    ax.set_xlabel("statements")
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    most = int(sizes.iloc[0])
    first = [drawing.elide(name, 60) for name in names if sizes[name] == most]
    title = f"{first[0]} is quoted most: {share(most, len(spoken), 'statements')}"
    if len(first) > 1:
        title = f"{count(len(first), 'source')} share the lead, with {count(most, 'statement')} each"
    note = about(statements, notes) + f" Drawn: {len(table):,} of {count(len(sizes), 'source')}."
    if len(spoken) < len(statements):
        note += f" Not drawn: {len(statements) - len(spoken):,} without a source."
    return finish(ax, title, note, kind="Bar chart", data=bars.listed(spoken["speaker"], max(top, 20)), grid="x")


def plot_actor_types(notes: Any, by: str | None = None, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Which kinds of actors speak: shares of the statements that have a source.

    Parameters
    ----------
    notes
        What `annotate` found; its statements and articles are used.
    by
        A column of statements or articles, such as "outlet", for a bar for each of its values; None for all.
    top
        Of the values of `by`, how many have a bar of their own.
    ax
        Where to draw; None makes a figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there is no column `by`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> articles = frame("articles", [{"article_id": "a", "outlet": "Post", "published": "2025-03-09"}])
    >>> rows = [{"article_id": "a", "actor_type": "police", "source": [[0, 3]]}]
    >>> notes = SimpleNamespace(statements=frame("statements", rows), articles=articles)
    >>> alt_text(plot_actor_types(notes)).split(". ")[1]
    'Police is the most frequent type of source: 1 of 1 statements (100%)'
    """
    found = notes.statements[notes.statements["naming"] != "none"]
    groups = _groups(found, notes, by, "plot_actor_types")
    if found.empty:
        return drawing.nothing(drawing.new_axes(ax, 0.5), "There are no statements with a source.")
    sizes = found["actor_type"].value_counts()
    n, known = len(found), [str(name) for name in sizes.index if name != "other"]
    most = known[0] if known else "other"
    title = f"{most[0].upper()}{most[1:]} is the most frequent type of source: "
    title += share(int(sizes[most]), n, "statements")
    if sizes.index[0] != most:
        title += f"; {drawing.percent(int(sizes.iloc[0]), n)} are of other types"
    note = about(found, notes, "statement that has a source", "statements that have a source")
    if groups is not None:
        return _shares(groups, found["actor_type"], drawing.ACTOR_LOOKS, title, note, by or "", top, ax)
    table = bars.crossed(found["actor_type"], found["actor_type"], list(sizes.index), drawing.ACTOR_LOOKS)
    ax = drawing.new_axes(ax, 0.32 * len(table) + 0.1)
    bars.draw_bars(
        ax, 100 * table / n, drawing.ACTOR_LOOKS, [f"{drawing.percent(k, n)} ({k:,})" for k in sizes], key=False
    )
    ax.set_xlabel("% of statements that have a source")
    return finish(ax, title, note, kind="Bar chart", data=bars.listed(found["actor_type"]), grid="x")


def plot_naming(notes: Any, by: str | None = "outlet", *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Whether sources are named: shares of statements by naming, with n.

    Parameters
    ----------
    notes
        What `annotate` found; its statements and articles are used.
    by
        A column of statements or articles, for one bar for each of its values; None for one bar.
    top
        Of the values of `by`, how many have a bar of their own, those with most statements.
    ax
        Where to draw; None makes a figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there is no column `by`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> articles = frame("articles", [{"article_id": "a", "outlet": "Post", "published": "2025-03-09"}])
    >>> rows = [{"article_id": "a", "naming": "named"}]
    >>> notes = SimpleNamespace(statements=frame("statements", rows), articles=articles)
    >>> alt_text(plot_naming(notes)).split(". ")[1]
    'Sources are named in 1 of 1 statements (100%)'
    """
    import pandas as pd

    found = notes.statements
    groups = _groups(found, notes, by, "plot_naming")
    if found.empty:
        return drawing.nothing(drawing.new_axes(ax, 0.5), "There are no statements.")
    if groups is None:
        groups = pd.Series("all statements", index=found.index)
    named = int((found["naming"] == "named").sum())
    title = f"Sources are named in {share(named, len(found), 'statements')}"
    large = groups.map(groups.value_counts()) >= 10  # a share of fewer would be chance
    shares = (found["naming"] == "named")[large].groupby(groups[large]).mean().sort_values()
    if len(shares) > 1 and shares.iloc[0] < shares.iloc[-1]:
        low, high = (f"{drawing.elide(shares.index[i], 28)} ({100 * shares.iloc[i]:.0f}%)" for i in (0, -1))
        title += f"; least by {low}, most by {high}"
    note = about(found, notes)
    return _shares(groups, found["naming"], drawing.NAMING_LOOKS, title, note, by or "", top, ax)


def plot_figures(notes: Any, *, ax: Axes | None = None) -> Axes:
    """Numeric figures over time, by what they measure.

    Parameters
    ----------
    notes
        What `annotate` found; its quantities and articles are used.
    ax
        Where to draw; None makes a figure.

    Returns
    -------
    matplotlib.axes.Axes
        Stacked bars by day, week, month or year of publication.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> articles = frame("articles", [{"article_id": "a", "outlet": "Post", "published": "2025-03-09"}])
    >>> rows = [{"article_id": "a", "value": 9.0, "dimension": "count", "bound": "="}]
    >>> notes = SimpleNamespace(quantities=frame("quantities", rows), articles=articles)
    >>> alt_text(plot_figures(notes)).split(". ")[1]
    'All figures came on 9 March 2025'
    """
    from matplotlib.ticker import MaxNLocator

    found = notes.quantities
    days = periods.dates(_of_article(found, notes, "published"))
    dated = days.notna()
    if not dated.any():
        why = f"{count(len(found), 'figure')}, none in an article with a full date."
        return drawing.nothing(drawing.new_axes(ax, 0.5), why if len(found) else "There are no figures.")
    period, name = periods.periods(days[dated])
    measures = found["dimension"].map(_MEASURES).fillna("others")[dated]
    table = bars.crossed(period, measures, sorted(period.unique()), _MEASURE_LOOKS)
    ax = drawing.new_axes(ax, 2.8)
    for when, row in table.iterrows():
        x, width = periods.bar_of(when)
        bottom = 0
        for measure, n in row.items():
            color, hatch = _MEASURE_LOOKS[str(measure)]
            ax.bar(x, n, width, bottom=bottom, color=color, hatch=hatch, edgecolor="white", linewidth=0.3)
            bottom += n
    periods.time_axis(ax, period.min(), period.max(), name)
    ax.set_ylim(0, 1.06 * float(table.sum(axis=1).max()))
    ax.set_ylabel("figures")
    ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    drawing.legend(ax, {measure: _MEASURE_LOOKS[measure] for measure in table.columns})
    n, most = len(period), table.sum().idxmax()
    title = periods.peak(table.sum(axis=1), "figures", name)
    if len(table.columns) > 1:
        title += f"; {drawing.percent(int(table[most].sum()), n)} of all are {most}"
    note = about(found[dated], notes, "figure", "figures")
    if n < len(found):
        note += f" Not drawn: {len(found) - n:,} in articles without a full date."
    return finish(ax, title, note, kind="Stacked bars over time", data=bars.listed(measures), grid="y")


def _of_article(rows: pd.DataFrame, notes: Any, column: str) -> pd.Series:
    """A column of the articles, beside the rows that were found in them."""
    return rows["article_id"].map(notes.articles.drop_duplicates("article_id").set_index("article_id")[column])


def _groups(rows: pd.DataFrame, notes: Any, by: str | None, caller: str) -> pd.Series | None:
    """The values of a column of statements or articles, beside statements."""
    if by is None:
        return None
    if by not in rows.columns and by not in notes.articles.columns:
        raise ValueError(
            f"{caller}(by={by!r}): neither statements nor articles have a column {by!r}.\n"
            "Give it one of theirs, such as 'outlet', 'story_id' or 'quote_type'."
        )
    found = rows[by] if by in rows.columns else _of_article(rows, notes, by)
    return bars.filled(found, f"({by.replace('_', ' ')} not known)")


def _shares(
    groups: pd.Series, parts: pd.Series, looks: Any, title: str, note: str, by: str, top: int, ax: Axes | None
) -> Axes:
    """Shares of `parts` in each group, one bar a group."""
    rows = bars.top_of(groups, top, by.replace("_", " "))
    table = bars.crossed(rows, parts, list(rows.cat.categories), looks)
    ax = drawing.new_axes(ax, 0.4 * len(table) + 0.1)
    bars.draw_shares(ax, table, looks)
    ax.set_xlabel("% of statements (their number beside the name)")
    data = ". ".join(
        f"{drawing.one_line(name)}: " + ", ".join(f"{part} {n:,}" for part, n in row.items() if n)
        for name, row in table.head(20).iterrows()
    )
    return finish(ax, title, note, kind="Bars of 100%", data=data, grid="x")
