"""Dates of publication as days, weeks, months or years: in words, as bars and as an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newslab.drawing.facts import count, given
from newslab.drawing.style import share

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def dates(published: pd.Series) -> pd.Series:
    """The day of each ISO date, in the time zone it is written in; missing where it is no full date."""
    import pandas as pd

    day = published.astype("object").map(lambda text: str(text)[:10] if given(text) is not None else None)
    whole = day.where(day.str.fullmatch(r"\d{4}-\d\d-\d\d", na=False))
    return pd.to_datetime(whole, format="%Y-%m-%d", errors="coerce")


def day_words(day: Any) -> str:
    """A date in words.

    >>> import datetime
    >>> day_words(datetime.date(2024, 3, 9))
    '9 March 2024'
    """
    return f"{day.day} {day:%B} {day.year}"


def dates_words(days: pd.Series) -> str:
    """The first and the last of some dates, in words; empty where there is none."""
    days = days.dropna()
    if days.empty:
        return ""
    first, last = days.min(), days.max()
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def periods(days: pd.Series) -> tuple[pd.Series, str]:
    """Dates as periods that suit their span, and the period's name: day, week, month or year."""
    span = (days.max() - days.min()).days
    code, name = next(
        (code, name)
        for limit, code, name in (
            (45, "D", "day"),
            (370, "W", "week"),
            (3000, "M", "month"),
            (1e9, "Y", "year"),
        )
        if span <= limit
    )
    return days.dt.to_period(code), name


def period_words(period: Any, name: str) -> str:
    """When a period was: "on 9 March 2024", "in March 2024"."""
    start = period.start_time
    words = {
        "day": f"on {day_words(start)}",
        "week": f"in the week of {day_words(start)}",
        "month": f"in {start:%B} {start.year}",
        "year": f"in {start.year}",
    }
    return words[name]


def bar_of(period: Any) -> tuple[float, float]:
    """The middle and the width of a period's bar: a day's stands at its tick, a longer one's after it."""
    from matplotlib.dates import date2num

    start, end = (date2num(when.start_time.to_pydatetime()) for when in (period, period + 1))
    width = end - start
    return (start + width / 2, 0.86 * width) if width > 1 else (start, 0.8)


def time_axis(ax: Axes, first: Any, last: Any, name: str, *, bars: bool = True) -> None:
    """An axis from one period to another, both included, with a few ticks at starts of periods."""
    import pandas as pd
    from matplotlib.dates import date2num

    every = pd.period_range(first, last, freq=first.freq)
    years = first.year != last.year and name != "year"
    step = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 600, 6000) if len(every) / n <= (6 if years else 8))
    skipped = -(first.month - 1) % min(step, 12) if name == "month" else 0  # so that a year starts at a tick
    ticks = every[skipped::step]
    form = {"day": "{0.day} {0:%b}", "week": "{0.day} {0:%b}", "month": "{0:%b}", "year": "{0.year}"}[name]
    form += " {0.year}" if years else ""
    starts = [period.start_time.to_pydatetime() for period in ticks]
    places = [bar_of(period)[0] for period in ticks] if bars else date2num(starts)
    ax.set_xticks(places, [form.format(start) for start in starts])
    unit = "date of publication" + (f", {first.year}" if not years and name != "year" else "")
    ax.set_xlabel(f"{unit}, by {name}" if bars and name != "day" else unit)
    left, width = bar_of(first)
    right = bar_of(last)[0]
    room = max(0.7 * width, (5 * width - (right - left)) / 2)  # so that a single bar is not as wide as the plot
    ax.set_xlim(left - room, right + room)


def peak(totals: pd.Series, what: str, name: str) -> str:
    """The finding of bars over time: when there was most."""
    n, most = int(totals.sum()), int(totals.max())
    if len(totals) == 1:
        return f"All {what} came {period_words(totals.index[0], name)}"
    part = share(most, n, what)
    if (totals == most).sum() > 1:
        return f"No {name} has more than {part}"
    return f"{what[0].upper()}{what[1:]} peak {period_words(totals.idxmax(), name)}: {part}"


def about(rows: pd.DataFrame, notes: Any, one: str = "statement", many: str = "statements") -> str:
    """How many rows, in how many articles, of which dates."""
    articles = notes.articles[notes.articles["article_id"].isin(set(rows["article_id"]))]
    when = dates_words(dates(articles["published"]))
    of = f"{len(rows):,} {one if len(rows) == 1 else many} in {count(len(articles), 'article')}"
    return f"n = {of}{f', {when}' if when else ', without dates'}."
