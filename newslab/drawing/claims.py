"""One figure over time as a plot: every claim with its bound, and who makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslab.drawing import bars, periods
from newslab.drawing import style as drawing
from newslab.drawing.facts import amount, count, given, in_words
from newslab.records import BOUNDS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_NO_SOURCE = "no source given"
_UP, _DOWN = ("more than", "at least"), ("less than", "up to")
_VAGUE = tuple(bound for bound in BOUNDS if bound == "range" or bound.endswith("s"))
_KEY = {
    _UP: "Arrow up: at least, or more than.",
    _DOWN: "Arrow down: up to, or less than.",
    ("about",): "Hollow: about.",
    _VAGUE: "Bar: a range, or words such as “hundreds”.",
}


def plot_claims(claims: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """One figure over time, such as the toll of one event: every claim with its bound, and who makes it.

    Parameters
    ----------
    claims
        Rows of the quantities table with `published` beside them, as `claims(notes, ...)` gives them.
    ax
        Where to draw; None makes a figure.

    Returns
    -------
    matplotlib.axes.Axes
        A full point is a plain figure, a hollow one "about"; an arrow leads up from "at least" and down from
        "up to"; a bar covers a range. Claims of one day stand side by side. A scale of more than 1 to 50 is
        logarithmic.

    Raises
    ------
    ValueError
        If `published` is missing, or the figures are in several units.

    Examples
    --------
    >>> import pandas as pd
    >>> ax = plot_claims(pd.DataFrame({
    ...     "value": [9.0, 12.0], "low": [9.0, 12.0], "high": [None, 12.0], "bound": ["at least", "="],
    ...     "unit": None, "counted": "people", "action": "kill", "claimed_by": ["the mayor", None],
    ...     "published": ["2024-03-09", "2024-03-10"]}))
    >>> ax.get_title("left")
    'people (kill): at least 9 on 9 March 2024, 12 on 10 March 2024'
    """
    if "published" not in claims.columns:
        raise ValueError(
            "plot_claims(): the rows have no column 'published'.\n"
            "Give it claims(notes, ...), or merge notes.articles into your rows by article_id."
        )
    units = sorted({given(unit) or "a count" for unit in claims["unit"]})
    if len(units) > 1:
        raise ValueError(
            f"plot_claims(): the figures are in {len(units)} units ({', '.join(units[:5])}).\n"
            "Choose one of them, or bring them into one with convert(claims, to=...)."
        )
    days = periods.dates(claims["published"])
    drawn = days.notna() & claims[["value", "low", "high"]].notna().any(axis=1)
    if not drawn.any():
        why = f"{count(len(claims), 'claim')}, none with a value and a full date."
        return drawing.nothing(drawing.new_axes(ax, 2), why if len(claims) else "There are no claims.")
    rows = claims.assign(day=days, who=bars.filled(claims["claimed_by"], _NO_SOURCE))[drawn]
    rows = rows.sort_values("day", kind="stable")
    rows["legend"] = bars.top_of(rows["who"], 6, "source")
    ax = drawing.new_axes(ax, 3.6)
    _scale(ax, rows, whole=units == ["a count"])
    period, name = periods.periods(rows["day"])
    periods.time_axis(ax, period.min(), period.max(), name, bars=False)
    _points(ax, rows)
    counted, actions = (list(rows[column].dropna().value_counts().index) for column in ("counted", "action"))
    what = ", ".join(drawing.one_line(name) for name in counted[:2]) or "figures"
    what += f" and {len(counted) - 2:,} more" if len(counted) > 2 else ""
    what += f" ({drawing.one_line(actions[0])})" if len(actions) == 1 else ""
    scale = "" if ax.get_yscale() == "linear" else ", logarithmic scale"
    ax.set_ylabel(drawing.elide(what if units == ["a count"] else f"{what}, {units[0]}", 40) + scale)
    spans = {}
    for day in (rows["day"].min(), rows["day"].max()):
        of_day = rows[rows["day"] == day]
        plain = of_day[~of_day["bound"].isin(_VAGUE[1:])]  # the ends of "hundreds" are nobody's claim
        of_day = of_day if plain.empty else plain
        low, high = _ends(of_day)
        words = in_words(low) if low == high else f"{in_words(low)} to {in_words(high)}"
        words = amount(of_day.iloc[0]) if len(of_day) == 1 else words
        spans[day] = f"{words} on {periods.day_words(day)}"
    title = f"{drawing.elide(what, 60)}: {', '.join(spans.values())}"
    note = f"n = {count(len(rows), 'claim')} by {count(rows['who'].nunique(), 'source')}, "
    note += f"{periods.dates_words(rows['day'])}. "
    note += " ".join(words for bounds, words in _KEY.items() if rows["bound"].isin(bounds).any())
    if len(counted) > 2:
        note += f" Counted: {drawing.elide(', '.join(map(str, counted)), 90)}."
    if len(rows) < len(claims):
        note += f" Not drawn: {len(claims) - len(rows):,} without a value or a full date."
    listed = [f"{periods.day_words(row['day'])}, {row['who']}: {amount(row)}" for row in _records(rows.head(30))]
    return drawing.finish(ax, title, note, kind="Claims over time", data="; ".join(listed), grid="y")


def _records(rows: pd.DataFrame) -> list[dict]:
    return rows.to_dict("records")


def _ends(rows: pd.DataFrame) -> tuple[float, float]:
    """The lowest and the highest number of some claims."""
    from numpy import nanmax, nanmin

    numbers = rows[["value", "low", "high"]].to_numpy(dtype=float, na_value=float("nan"))
    return float(nanmin(numbers)), float(nanmax(numbers))


def _scale(ax: Axes, rows: pd.DataFrame, *, whole: bool) -> None:
    """A scale for the claims' numbers: logarithmic where the highest is 50 times the lowest, or more."""
    from matplotlib.ticker import MaxNLocator, NullFormatter

    lowest, highest = _ends(rows)
    columns = rows[["value", "low", "high"]]
    least = _ends(columns.where(columns > 0))[0] if (columns > 0).any(axis=None) else 1.0
    if highest < 50 * least:
        ax.yaxis.set_major_locator(MaxNLocator(7, integer=whole))
        room = 0.12 * max(highest - lowest, abs(highest)) or 1.0
        ax.set_ylim(max(lowest - room, -0.06 * (highest or 1)) if lowest >= 0 else lowest - room, highest + room)
    elif lowest > 0:
        ax.set_yscale("log")
        ax.set_ylim(lowest / 1.8, highest * 1.8)
    else:
        ax.set_yscale("symlog", linthresh=least)
        ax.margins(y=0.1)
    ax.yaxis.set_major_formatter(lambda value, _: in_words(value))
    ax.yaxis.set_minor_formatter(NullFormatter())


def _points(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw each claim at its day, those of one day side by side, and the legend of who makes them."""
    from matplotlib.dates import date2num
    from matplotlib.lines import Line2D

    names = list(rows["legend"].cat.categories)
    ink = drawing.ink(ax)[0]
    looks = dict(zip(names, zip((*drawing.PALETTE[:6], drawing.GREY), "osD^vPX", strict=True), strict=False))
    if _NO_SOURCE in looks:
        looks[_NO_SOURCE] = (ink, "h")
    step = max(1.0, (rows["day"].max() - rows["day"].min()).days / 40)
    turns, sizes = rows.groupby("day").cumcount(), rows.groupby("day")["day"].transform("size")
    places = date2num(rows["day"]) + 0.76 * step * ((turns + 0.5) / sizes - 0.5)
    left, right = ax.get_xlim()
    ax.set_xlim(min(left, places.min() - step), max(right, places.max() + step))
    few = len(rows) <= 30  # then each point's number can be read beside it
    for x, row in zip(places, _records(rows), strict=True):
        color, marker = looks[row["legend"]]
        low, value, high = (given(row[name]) for name in ("low", "value", "high"))
        at = next(y for y in (value, low, high) if y is not None)
        if value is None and low is not None and high is not None:
            ax.plot([x, x], [low, high], color=color, linewidth=2.5, alpha=0.45, solid_capstyle="butt")
            ax.plot([x, x], [low, high], color=color, linestyle="", marker="_", markersize=9, markeredgewidth=2)
            continue
        face = "white" if row["bound"] == "about" else color
        ax.plot(x, at, marker, color=color, markerfacecolor=face, markersize=6.5, markeredgewidth=1.4)
        way = 1 if row["bound"] in _UP else -1 if row["bound"] in _DOWN else 0
        if way:
            line = {"arrowstyle": "->", "color": color, "shrinkA": 3, "shrinkB": 0, "lw": 1.4}
            ax.annotate("", (x, at), (0, 22 * way), textcoords="offset points", arrowprops=line | {"arrowstyle": "<-"})
        if few:
            below = way >= 0  # on the side where no arrow is
            ax.annotate(
                in_words(at), (x, at), (0, -5 if below else 5), textcoords="offset points", ha="center",
                va="top" if below else "bottom", fontsize=7.5, color=ink,
            )  # fmt: skip
    handles = [Line2D([], [], color=color, marker=marker, linestyle="") for color, marker in looks.values()]
    drawing.legend_of(ax, handles, list(looks))
