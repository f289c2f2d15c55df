"""The sources of two groups of articles as a plot: both shares with their intervals, and the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newslab.audit import SIDES, compare_sources, groups_of
from newslab.drawing import style as drawing
from newslab.drawing.facts import count
from newslab.drawing.periods import dates, dates_words
from newslab.keywords import several

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LOOKS = {"target": (drawing.BLUE, "o"), "reference": (drawing.VERMILION, "D")}  # colour and marker
FOR_POINTS = 0.74  # of the width; the differences stand to the right
APART = 0.15  # of a row: how far its two points are from the middle


def plot_compare_sources(
    notes: Any, target: Any, reference: Any = None, *, top: int = 12, ax: Axes | None = None, **options: Any
) -> Axes:
    """How the sources of two groups of articles differ: shares of statements, with 95 % intervals.

    Parameters
    ----------
    notes, target, reference
        As in `compare_sources`.
    top
        How many rows, those with the largest differences.
    ax
        Where to draw; None makes a figure.
    options
        Those of `compare_sources`: `of`, `by`, `act`, `once_per_wire`, `interval`.

    Returns
    -------
    matplotlib.axes.Axes
        A row for each value of `by`, with a point and a line for each group, and the difference in percentage
        points beside it: in bold where its interval does not hold 0.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> kinds = {"Post": ["citizen"] * 9 + ["police"] * 1, "Wire": ["citizen"] * 1 + ["police"] * 9}
    >>> pairs = [(f"{outlet}{i}", outlet, kind) for outlet in kinds for i, kind in enumerate(kinds[outlet])]
    >>> notes = SimpleNamespace(
    ...     statements=frame("statements", [{"article_id": key, "actor_type": kind} for key, _, kind in pairs]),
    ...     articles=frame("articles", [{"article_id": key, "outlet": outlet} for key, outlet, _ in pairs]))
    >>> drawing.alt_text(plot_compare_sources(notes, "Post", "Wire")).split(". ")[1]
    'Citizen: 90% of the statements in Post, 10% in Wire (80 points more, 95% interval 27 to 92)'
    """
    by, of = options.get("by", "actor_type"), options.get("of", "outlet")
    if notes.statements.empty:
        return drawing.nothing(drawing.new_axes(ax, 0.5), "There are no statements.")
    table = compare_sources(notes, target, reference, **options)
    names = {"target": _name(target), "reference": "all others" if reference is None else _name(reference)}
    rows = table.head(top)
    ax = drawing.new_axes(ax, 0.42 * len(rows) + 0.1)
    places = list(range(len(rows) - 1, -1, -1))
    for side, shift in zip(SIDES, (APART, -APART), strict=True):
        _points(ax, rows, side, [y + shift for y in places])
    for y, row in zip(places, rows.to_dict("records"), strict=True):
        ax.annotate(
            _difference(row), (1, y), xycoords=("axes fraction", "data"), ha="right", va="center", fontsize=9,
            fontweight="bold" if _clear(row) else "normal", color=drawing.ink(ax)[0],
        )  # fmt: skip
    ax.set_yticks(places, [drawing.label(name) for name in rows[by]])
    ax.set_ylim(-0.6, len(rows) - 0.4)
    highest = 100 * float(rows[[f"{side}_share_high" for side in SIDES]].to_numpy().max())
    ax.set_xlim(0, highest / FOR_POINTS)
    ax.set_xticks([tick for tick in ax.get_xticks() if tick <= min(highest * 1.1, 100)])
    ax.set_xlabel("% of the group's statements (their number in brackets); right: difference in points")
    sizes = {side: int(table[side].sum()) for side in SIDES}
    drawing.legend_of(ax, _handles(), [f"{names[side]} ({sizes[side]:,})" for side in SIDES])
    ids = set.union(*groups_of(notes.articles, of, target, reference))
    days = dates_words(dates(notes.articles.loc[notes.articles["article_id"].isin(ids), "published"]))
    note = f"n = {sum(sizes.values()):,} statements; {count(len(ids), 'article')}{days and f', {days}'}. "
    note += f"Groups by {of.replace('_', ' ')}. Lines: 95% intervals"
    note += " as if statements were independent." if options.get("interval") == "statements" else " over articles."
    note += " Bold: the interval of the difference does not hold 0."
    if len(table) > len(rows):
        note += f" Not drawn: {count(len(table) - len(rows), 'row')} with smaller differences."
    data = "; ".join(_words(row, by, names) for row in rows.to_dict("records"))
    return drawing.finish(ax, _title(table, by, names), note, kind="Points with intervals", data=data, grid="x")


def _points(ax: Axes, rows: pd.DataFrame, side: str, places: list[float]) -> None:
    """The shares of one group, with their intervals."""
    color, marker = LOOKS[side]
    share, low, high = (100 * rows[f"{side}_{name}"] for name in ("share", "share_low", "share_high"))
    ax.hlines(places, low, high, color=color, linewidth=1.6, alpha=0.75)
    ax.plot(share, places, linestyle="", marker=marker, color=color, markersize=6, clip_on=False)


def _handles() -> list[Any]:
    from matplotlib.lines import Line2D

    return [Line2D([], [], color=color, marker=marker, linewidth=1.6) for color, marker in LOOKS.values()]


def _name(values: Any) -> str:
    """The values that make a group, in words."""
    return drawing.elide(", ".join(map(str, several(values))), 26)


def _clear(row: dict[Any, Any]) -> bool:
    return bool(row["difference_low"] > 0 or row["difference_high"] < 0)


def _points_of(*shares: float) -> list[str]:
    """Shares in percentage points, with a true minus sign, and a decimal where they would be rounded to 0."""
    points = [f"{100 * share:.{1 if 0.0005 <= abs(share) < 0.005 else 0}f}" for share in shares]
    return [("0" if point == "-0" else point).replace("-", "−") for point in points]


def _difference(row: dict[Any, Any]) -> str:
    middle, low, high = _points_of(row["difference"], row["difference_low"], row["difference_high"])
    return f"{'+' if row['difference'] > 0.005 else ''}{middle} ({low} to {high})"


def _words(row: dict[Any, Any], by: str, names: dict[str, str]) -> str:
    """One row in words."""
    a, b, middle = (f"{100 * x:.0f}" for x in (row["target_share"], row["reference_share"], abs(row["difference"])))
    ends = sorted(abs(row[f"difference_{end}"]) for end in ("low", "high")) if _clear(row) else []
    if not ends:
        low, high = _points_of(row["difference_low"], row["difference_high"])
        told = f"difference {_points_of(row['difference'])[0]} points, 95% interval {low} to {high}"
    else:
        more = "more" if row["difference"] > 0 else "fewer"
        told = f"{middle} points {more}, 95% interval {' to '.join(_points_of(*ends))}"
    name = drawing.elide(row[by], 40)
    name = name[:1].upper() + name[1:]
    return f"{name}: {a}% of the statements in {names['target']}, {b}% in {names['reference']} ({told})"


def _title(table: pd.DataFrame, by: str, names: dict[str, str]) -> str:
    """The largest difference that is clear, or that none is."""
    clear = [row for row in table.to_dict("records") if _clear(row)]
    if clear:
        return _words(clear[0], by, names)
    return f"No difference between {names['target']} and {names['reference']} is clear: every interval holds 0"
