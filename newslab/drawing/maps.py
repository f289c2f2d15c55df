"""The places of a corpus as a plot, on plain axes and without a tile server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newslab.drawing import bars
from newslab.drawing import style as drawing
from newslab.drawing.facts import count
from newslab.drawing.periods import about
from newslab.drawing.style import finish, share

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_places(notes: Any, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Places by longitude and latitude, on plain axes; a circle's area is the number of mentions.

    Parameters
    ----------
    notes
        What `annotate` found; its entities and articles are used.
    top
        How many places have their names printed, as far as there is room; `alt_text` has them, too.
    ax
        Where to draw; None makes a figure.

    Returns
    -------
    matplotlib.axes.Axes
        Axes in degrees, with one kilometre as long to the east as to the north at the middle latitude.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> articles = frame("articles", [{"article_id": "a", "outlet": "Post", "published": "2025-03-09"}])
    >>> rows = [{"article_id": "a", "mention": "name", "label": "place", "name": "Larne",
    ...          "latitude": 54.9, "longitude": -5.8}]
    >>> notes = SimpleNamespace(entities=frame("entities", rows), articles=articles)
    >>> from newslab.plots import alt_text
    >>> alt_text(plot_places(notes)).split(". ")[1]
    'Larne is the place named most: 1 of 1 mentions (100%)'
    """
    found = notes.entities
    placed = found[found["latitude"].between(-90, 90) & found["longitude"].between(-180, 180)]
    if placed.empty:
        return drawing.nothing(drawing.new_axes(ax, 0.5), "There are no places with coordinates.")
    spots = placed.groupby(["longitude", "latitude"])["name"].agg(["size", lambda names: names.mode().iloc[0]])
    spots = spots.set_axis(["mentions", "name"], axis=1).reset_index()
    spots = spots.sort_values(["mentions", "name"], ascending=[False, True], ignore_index=True)
    ax = drawing.new_axes(ax, 4)
    area = 18 + 420 * spots["mentions"] / max(10, spots["mentions"].max())
    ax.scatter(spots["longitude"], spots["latitude"], s=area, color=drawing.BLUE, alpha=0.6, edgecolor="white")
    drawing.degrees(ax, spots["longitude"], spots["latitude"])
    ax.set(xlabel="longitude, degrees east", ylabel="latitude, degrees north")
    n, whole = len(placed), int(((found["label"] == "place") & (found["mention"] == "name")).sum())
    most = int(spots["mentions"][0])
    first = [drawing.elide(name) for name in spots["name"][spots["mentions"] == most]]
    title = f"{first[0]} is the place named most: {share(most, n, 'mentions')}"
    if len(first) > 1:
        title = f"{len(first)} places are named most, {count(most, 'time')} each: {', '.join(first[:4])}"
        title += " and others" if len(first) > 4 else ""
    note = about(placed, notes, "mention", "mentions") + f" {count(len(spots), 'place')}; a circle's area is mentions."
    if whole > n:
        note += f" Not drawn: {whole - n:,} mentions of places without coordinates."
    finish(ax, title, note, kind="Map on plain axes", data=bars.listed(placed["name"], 30), grid="both")
    drawing.degrees(ax, spots["longitude"], spots["latitude"])  # again, for the final shape of the Axes
    points = zip(spots["longitude"], spots["latitude"], area, strict=True)
    drawing.point_names(ax, list(points)[:top], list(spots["name"][:top]))
    return ax
