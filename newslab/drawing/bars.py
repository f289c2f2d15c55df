"""Names and their parts counted, and drawn as horizontal bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newslab.drawing.facts import count, given
from newslab.drawing.style import Looks, ink, label, legend, one_line

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def filled(names: pd.Series, missing: str) -> pd.Series:
    """Names with a word for those that are missing."""
    return names.astype("object").map(lambda name: missing if given(name) is None else str(name))


def top_of(names: pd.Series, top: int, noun: str) -> pd.Series:
    """Names as a categorical, the most frequent first, and those after the first `top` as one."""
    sizes = names.value_counts()
    order = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    rest = len(order) - top
    if rest > 0:
        others = f"{count(rest, f'other {noun}')}"
        names, order = names.where(names.isin(set(order[:top])), others), [*order[:top], others]
    return names.astype("category").cat.set_categories(order)


def listed(names: pd.Series, most: int = 20) -> str:
    """The most frequent names with their numbers, in words."""
    sizes = names.value_counts()
    words = ", ".join(f"{one_line(name)} {n:,}" for name, n in sizes.head(most).items())
    return words if len(sizes) <= most else f"{words}, and {len(sizes) - most:,} more"


def crossed(rows: pd.Series, parts: pd.Series, order: Sequence[Any], looks: Looks) -> pd.DataFrame:
    """How many of each part are in each row, in the orders given; the last look takes unknown parts."""
    import pandas as pd

    table = pd.crosstab(rows, parts.where(parts.isin(list(looks)), list(looks)[-1]))
    columns = [part for part in looks if part in table.columns]
    return table.reindex(index=list(order), columns=columns, fill_value=0)


def draw_bars(ax: Axes, table: pd.DataFrame, looks: Looks, ends: Sequence[str], *, key: bool = True) -> None:
    """Horizontal stacked bars, the table's first row on top, with words at their ends and a legend."""
    places = range(len(table) - 1, -1, -1)
    left = 0 * table.sum(axis=1)
    for part in table.columns:
        color, hatch = looks[part]
        ax.barh(places, table[part], 0.7, left=left, color=color, hatch=hatch, edgecolor="white", linewidth=0.3)
        left = left + table[part]
    for y, x, words in zip(places, left, ends, strict=True):
        ax.annotate(words, (x, y), (4, 0), textcoords="offset points", va="center", fontsize=9, color=ink(ax)[0])
    ax.set_yticks(list(places), [label(name) for name in table.index])
    ax.set_ylim(-0.6, len(table) - 0.4)
    ax.set_xlim(0, float(left.max()) * 1.15)
    if key:
        legend(ax, {part: looks[part] for part in table.columns})


def draw_shares(ax: Axes, table: pd.DataFrame, looks: Looks) -> None:
    """Horizontal bars of 100%, with the percentages of the larger parts in them, and n beside the names."""
    from matplotlib.colors import to_rgb

    sizes = table.sum(axis=1)
    percent = 100 * table.div(sizes, axis=0)
    draw_bars(ax, percent, looks, [""] * len(table))
    places = range(len(table) - 1, -1, -1)
    left = 0 * sizes
    for part in table.columns:
        color, hatch = looks[part]
        light = sum(c * w for c, w in zip(to_rgb(color), (0.3, 0.59, 0.11), strict=True)) > 0.4
        box = {"facecolor": color, "edgecolor": "none", "pad": 1.2} if hatch else None
        for y, x, width in zip(places, left, percent[part], strict=True):
            if width >= 8:
                ax.text(
                    x + width / 2, y, f"{width:.0f}%", ha="center", va="center", fontsize=8.5, bbox=box,
                    color="black" if light else "white",
                )  # fmt: skip
        left = left + percent[part]
    ax.set_yticks(list(places), [f"{label(name)} ({n:,})" for name, n in sizes.items()])
    ax.set_xlim(0, 100)
