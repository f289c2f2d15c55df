"""The look that all plots of newslab share: colours, names, dates, titles and notes.

Everything is set on the Axes and its artists; matplotlib's global settings are neither changed nor relied on.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from newslab.drawing.markup import escape

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WIDTH = 8.0  # inches: a notebook cell

# Okabe and Ito, Color Universal Design (2008): told apart by all common kinds of colour vision
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY = "#A6A6A6"
INK = (("#222222", "#d0d0d0"), ("#eeeeee", "#777777"))  # text and faint lines, on light and on dark
PALETTE = (BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE, YELLOW)

Looks = Mapping[str, tuple[str, str]]  # name -> colour, hatch
NAMING_LOOKS: Looks = {
    "named": (BLUE, ""),
    "unnamed": (ORANGE, "//"),
    "collective": (SKY, ""),
    "none": (GREY, ".."),
}
# Kinds that belong together share a colour, and the second of them is hatched
ACTOR_LOOKS: Looks = {
    "government": (BLUE, ""),
    "party": (BLUE, "///"),
    "military": (VERMILION, ""),
    "armed group": (VERMILION, "///"),
    "police": (SKY, ""),
    "court": (SKY, "///"),
    "international organisation": (GREEN, ""),
    "NGO": (GREEN, "///"),
    "business": (ORANGE, ""),
    "media": (ORANGE, "///"),
    "expert": (PURPLE, ""),
    "document": (PURPLE, "///"),
    "citizen": (YELLOW, ""),
    "other": (GREY, ""),
}


def one_line(name: Any) -> str:
    """A name as a plot can print it: on one line, without characters that have no shape."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(name)).split()) or "(blank)"


def elide(name: Any, limit: int = 40) -> str:
    """A name of at most `limit` characters, words in its middle left out where it is longer.

    >>> elide("Joint Commission for the Prevention of Floods", 30)
    'Joint Commission … of Floods'
    """
    name = one_line(name)
    if len(name) <= limit:
        return name
    tail = limit // 3
    head, end = name[: limit - tail - 2], name[len(name) - tail :]
    whole, rest = (
        head.rpartition(" ")[0],
        end.partition(" ")[2],
    )  # of long words a part is better than nothing
    return f"{whole if len(whole) > len(head) / 2 else head} … {rest if len(rest) > len(end) / 2 else end}"


def label(name: Any, width: int = 28) -> str:
    """A name on at most two lines of `width` characters, words in its middle left out where it is longer."""
    for limit in (2 * width - 6, 2 * width - 14, width):
        lines = textwrap.wrap(elide(name, limit), width)
        if len(lines) <= 2:
            break
    return "\n".join(lines)


def percent(part: int, whole: int) -> str:
    """A percentage without decimals.

    >>> percent(18, 60), percent(1, 999)
    ('30%', '<1%')
    """
    return "<1%" if 0 < part / whole < 0.005 else f"{100 * part / whole:.0f}%"


def share(part: int, whole: int, noun: str) -> str:
    """A part of a whole, with its percentage.

    >>> share(18, 60, "statements")
    '18 of 60 statements (30%)'
    """
    return f"{part:,} of {whole:,} {noun} ({percent(part, whole)})"


def degrees(ax: Axes, longitudes: pd.Series, latitudes: pd.Series) -> None:
    """Limits around all points in which a kilometre has the same length in both directions."""
    from math import cos, radians

    ends = [(float(values.min()), float(values.max())) for values in (longitudes, latitudes)]
    x, y = ((low + high) / 2 for low, high in ends)
    wide, tall = (max(2.0, 0.6 * (high - low)) for low, high in ends)
    aspect = 1 / max(cos(radians(y)), 0.1)
    shape = aspect * ax.bbox.width / ax.bbox.height
    wide, tall = max(wide, tall * shape), max(tall, wide / shape)
    ax.set(xlim=(x - wide, x + wide), ylim=(y - tall, y + tall))
    ax.set_xticks([tick for tick in ax.get_xticks() if max(-180, x - wide) <= tick <= min(180, x + wide)])
    ax.set_yticks([tick for tick in ax.get_yticks() if max(-90, y - tall) <= tick <= min(90, y + tall)])


_SIDES = (
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
)


def point_names(ax: Axes, points: Sequence[tuple[float, float, float]], names: Sequence[str]) -> None:
    """Names beside points (x, y, area in square points), on a side that has room, where there is one."""
    from matplotlib.patheffects import withStroke

    dark = ink(ax)[0]
    around = [withStroke(linewidth=2, foreground="white" if dark == INK[0][0] else "black", alpha=0.7)]
    taken: list[Any] = []
    for (x, y, area), name in zip(points, names, strict=True):
        away = (area**0.5) / 2 + 2
        for across, up, ha, va in _SIDES:
            text = ax.annotate(
                elide(name, 30), (x, y), (away * across, away * up), textcoords="offset points", ha=ha, va=va,
                fontsize=8.5, color=dark, parse_math=False, path_effects=around,
            )  # fmt: skip
            box = text.get_window_extent()
            inside = ax.bbox.x0 <= box.x0 and box.x1 <= ax.bbox.x1
            if inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()


def new_axes(ax: Axes | None, height: float) -> Axes:
    """The Axes that was given, or those of a new figure, `height` inches high without title and labels.

    The new figure is pyplot's, since a notebook shows only figures that pyplot knows; nothing else of
    pyplot is used or changed. In a script that draws many, `plt.close(ax.figure)` frees them.
    """
    if ax is None:
        import matplotlib.pyplot as plt

        figure, ax = plt.subplots(figsize=(WIDTH, height + 1.6), facecolor="white")
        ax.newslab_height = height  # type: ignore[attr-defined]
        # a notebook asks the figure for this, and keeps the words with the picture
        figure._repr_mimebundle_ = partial(_bundle, ax)  # type: ignore[attr-defined]
    ax.set_facecolor("none")
    return ax


def _bundle(ax: Axes, include: Any = None, exclude: Any = None) -> dict[str, str]:
    """A figure for a notebook, with its alternative text: JupyterLab gives a bare picture none."""
    words = getattr(ax, "newslab_alt_text", "")
    if not words:
        return {}
    png = BytesIO()
    ax.figure.canvas.figure.savefig(png, format="png", bbox_inches="tight")
    data = base64.b64encode(png.getvalue()).decode()
    image = f'<img class="nl-plot" alt="{escape(words)}" src="data:image/png;base64,{data}">'
    return {"text/html": image, "text/plain": words}


def ink(ax: Axes) -> tuple[str, str]:
    """The colours of text and of faint lines that can be seen on the figure's background."""
    from matplotlib.colors import to_rgba

    red, green, blue, alpha = to_rgba(ax.figure.canvas.figure.get_facecolor())
    dark = alpha > 0.5 and 0.3 * red + 0.6 * green + 0.1 * blue < 0.5
    return INK[1] if dark else INK[0]


def legend(ax: Axes, looks: Looks) -> None:
    """A legend above the plot of patches with the colours and hatches of `looks`."""
    from matplotlib.patches import Patch

    handles = [Patch(facecolor=color, hatch=hatch, edgecolor="white") for color, hatch in looks.values()]
    legend_of(ax, handles, list(looks))


def legend_of(ax: Axes, handles: Sequence[Any], names: Sequence[str]) -> None:
    """A legend above the plot, of handles and their names, in as many columns as fit."""
    short = [" " + elide(name, 36) for name in names]  # matplotlib leaves out a name that starts with "_"
    n = len(short)
    room = ax.figure.dpi * (WIDTH - 0.2) if hasattr(ax, "newslab_height") else ax.bbox.width
    for columns in range(n, 0, -1):
        rows = -(-n // columns)
        if sum(max(map(len, short[i : i + rows])) + 4 for i in range(0, n, rows)) > 110:
            continue  # surely too wide: not worth drawing
        box = ax.legend(
            handles, short, loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, frameon=False, fontsize=9,
            borderaxespad=0.4, borderpad=0, handlelength=1.4, columnspacing=1.4, labelcolor=ink(ax)[0],
        )  # fmt: skip
        for text in box.get_texts():
            text.set_parse_math(False)
        if box.get_window_extent().width <= room:
            break


def _wrap(ax: Axes, text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Text in lines of at most `room` pixels."""
    weight = "bold" if bold else "normal"
    probe = ax.text(0, 0, text, fontsize=size, fontweight=weight, parse_math=False)
    width = probe.get_window_extent().width
    probe.remove()
    return text if width <= room else textwrap.fill(text, max(20, int(len(text) * room / width * 0.96)))


def finish(
    ax: Axes, title: str, note: str, *, kind: str, data: str = "", grid: Literal["", "x", "y", "both"] = ""
) -> Axes:
    """Give a plot its title, its note, the package's look and its alternative text.

    Title, legend and note start at the left edge of our own figure, which gets as high as they need; in a
    figure that was given they start at the Axes, and the figure's layout is left to the caller.

    Parameters
    ----------
    ax
        With everything drawn, and its axis labels set.
    title, note
        What is seen, and what it counts: n, dates, what is left out.
    kind, data
        Of the alternative text: the kind of plot ("Bar chart"), and its values in words.
    grid
        The axis that has grid lines: "x", "y" or "both"; empty for none.
    """
    dark, faint = ink(ax)
    for side in ("top", "right", *(["left"] if grid == "x" else [])):
        ax.spines[side].set_visible(False)
    for spine in ax.spines.values():
        spine.set_color(faint)
    ax.tick_params(colors=dark, labelsize=9.5, length=0, which="both")
    ax.grid(False)
    if grid:
        ax.grid(True, axis=grid, color=faint, linewidth=0.7)
    ax.set_axisbelow(True)
    for text in (ax.xaxis.label, ax.yaxis.label):
        text.set(color=dark, fontsize=9.5, parse_math=False)
    for text in (*ax.get_xticklabels(), *ax.get_yticklabels()):
        text.set_parse_math(False)
    own = getattr(ax, "newslab_height", None)
    inch, edge, left = ax.figure.dpi, 0.0, 0.0
    if own:
        edge = _place(ax, own)
        left = -edge / ax.bbox.width
    room = ax.bbox.width + edge
    box, above = ax.get_legend(), 6.0
    if box is not None:
        box.set_bbox_to_anchor((left, 1.0), transform=ax.transAxes)
        above += 72 * box.get_window_extent().height / inch + 5
    heading = ax.set_title(
        _wrap(ax, title, 12.5, room, bold=True), loc="left", x=left, pad=above, color=dark, fontsize=12.5,
        fontweight="bold", parse_math=False,
    )  # fmt: skip
    axis = ax.xaxis.get_tightbbox()
    below = (ax.bbox.y0 - axis.y0 if axis else 0) + 0.09 * inch
    foot = ax.annotate(
        _wrap(ax, note, 8.5, room), (left, 0), (0, -72 * below / inch), xycoords="axes fraction", va="top",
        textcoords="offset points", fontsize=8.5, color=dark, alpha=0.85, parse_math=False,
    )  # fmt: skip
    if own:
        top = above / 72 + heading.get_window_extent().height / inch + 0.1
        _place(ax, own, top=top, bottom=(below + foot.get_window_extent().height) / inch + 0.08)
    words = (f"{kind}. {title.rstrip('.')}.", data and f"{data.rstrip('.')}.", note)
    ax.newslab_alt_text = one_line(" ".join(filter(None, words)))  # type: ignore[attr-defined]
    return ax


def _place(ax: Axes, height: float, *, top: float = 0.8, bottom: float = 0.8) -> float:
    """Set our own figure's height and the place of its Axes, in inches; give the pixels left of them."""
    figure = ax.figure.canvas.figure
    figure.set_size_inches(WIDTH, height + top + bottom)
    figure.draw_without_rendering()
    axis = ax.yaxis.get_tightbbox()
    labels = (ax.bbox.x0 - axis.x0) / figure.dpi if axis else 0.0
    left, right = max(0.1 + 1.06 * labels, 0.25), 0.3  # text is somewhat wider at other resolutions
    whole = height + top + bottom
    ax.set_position((left / WIDTH, bottom / whole, (WIDTH - left - right) / WIDTH, height / whole))
    return (left - 0.1) * figure.dpi


def nothing(ax: Axes, why: str) -> Axes:
    """An Axes that says why there is nothing to draw."""
    ax.set_axis_off()
    ax.text(
        0.5, 0.5, textwrap.fill(why, 70), transform=ax.transAxes, ha="center", va="center", fontsize=11,
        color=ink(ax)[0], parse_math=False,
    )  # fmt: skip
    ax.newslab_alt_text = f"Nothing to draw. {why}"  # type: ignore[attr-defined]
    return ax


def alt_text(ax: Axes) -> str:
    """What a plot of newslab shows, in words, for readers who cannot see it; names are whole here.

    Parameters
    ----------
    ax
        What a `plot_...` function gave back.

    Returns
    -------
    str
        The kind of plot, its finding, its values (of a long plot, the first) and its note.

    Raises
    ------
    ValueError
        If the Axes was not drawn by newslab.

    Examples
    --------
    >>> import pandas as pd
    >>> from newslab.plots import plot_articles
    >>> alt_text(plot_articles(pd.DataFrame({"article_id": [], "outlet": [], "published": [], "text": []})))
    'Nothing to draw. There are no articles.'
    """
    text = getattr(ax, "newslab_alt_text", None)
    if text is None:
        raise ValueError("alt_text(): this Axes was not drawn by newslab. Give it what a plot_ function gave back.")
    return str(text)
