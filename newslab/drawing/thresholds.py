"""Precision and recall over a confidence threshold, as a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslab.drawing import style as drawing
from newslab.drawing.facts import count

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

GOAL = 0.9  # the precision whose price the title tells


def plot_thresholds(verdicts: pd.DataFrame, *, strict: bool = False, ax: Axes | None = None) -> Axes:
    """What keeping only confident rows would gain in precision and cost in recall.

    Parameters
    ----------
    verdicts
        What `verdicts` gave.
    strict
        Count a row as right only if nothing differs from the gold; otherwise also where it is there, but wrong.
    ax
        Where to draw; None makes a figure.

    Returns
    -------
    matplotlib.axes.Axes
        Lines of precision and recall, each in its 95 % Wilson interval.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"article_id": "a", "verdict": ["right", "extra", "missed"],
    ...                       "confidence": [0.9, 0.5, None]})
    >>> plot_thresholds(table).get_title("left")
    'Confidence 0.90 or more: precision 100%, not 50%, recall 50%, not 50%'
    """
    from newslab.verdicts import thresholds

    table = thresholds(verdicts, strict=strict)
    found = int((verdicts["verdict"] != "missed").sum())
    if table.empty:
        why = f"{count(found, 'row')}, none with a confidence: there is no threshold to set."
        return drawing.nothing(drawing.new_axes(ax, 0.5), why)
    ax = drawing.new_axes(ax, 2.8)
    looks = {"precision": (drawing.BLUE, "-", "o"), "recall": (drawing.ORANGE, "--", "s")}
    lines = []
    for name, (color, dashes, marker) in looks.items():
        low, high = (100 * table[f"{name}_{end}"] for end in ("low", "high"))
        ax.fill_between(table["threshold"], low, high, color=color, alpha=0.2, linewidth=0, step=None)
        lines += ax.plot(
            table["threshold"], 100 * table[name], color=color, linestyle=dashes, marker=marker, markersize=4
        )
    drawing.legend_of(ax, lines, list(looks))
    ax.set_xlabel("least confidence of the rows that are kept")
    ax.set_ylabel("%")
    ax.set_ylim(0, 102)
    first = table.iloc[0]
    reached = table[table["precision"] >= GOAL]
    best = reached.iloc[0] if len(reached) else table.iloc[int(table["precision"].argmax())]
    title = f"Confidence {best['threshold']:.2f} or more: "
    title += ", ".join(f"{name} {100 * best[name]:.0f}%, not {100 * first[name]:.0f}%" for name in looks)
    gold = int((verdicts["verdict"] != "extra").sum())
    note = f"n = {found:,} found and {gold:,} in the gold of {count(verdicts['article_id'].nunique(), 'article')}. "
    note += "Right: all compared columns agree." if strict else "Right: it is there, whatever else is wrong."
    note += " Bands: 95 % intervals."
    data = "; ".join(
        f"{row['threshold']:.2f}: precision {100 * row['precision']:.0f}%, recall {100 * row['recall']:.0f}%"
        for row in table.to_dict("records")[:: max(1, len(table) // 10)]
    )
    return drawing.finish(ax, title, note, kind="Lines over a threshold", data=data, grid="y")
