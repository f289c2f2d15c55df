"""Rows read one by one in their context, and accepted, fixed or rejected by hand, in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.corrections import COLUMNS, VALUES, correction_rows, fixable_columns, precision, read_corrections
from newslab.drawing.facts import FACTS, count, given, id_column, in_words
from newslab.drawing.markup import CSS, escape
from newslab.notes import write_whole
from newslab.records import TABLES, columns
from newslab.show import check_row, in_context

if TYPE_CHECKING:
    import pandas as pd

NOT_FIXED = ("tone", "confidence")  # measures, not findings


def review(rows: pd.DataFrame, articles: pd.DataFrame, *, save: str | Path, width: int = 300) -> Any:
    """Step through rows in their context, and accept, fix or reject each by click or by key.

    Each decision is written at once to a CSV of corrections, which `annotate(..., corrections=...)` honours
    and `precision` counts. Opened again on the same file, the widget goes on where it was left. Keys: a accepts,
    f fixes, r rejects, u undoes, the arrows go back and on; click into the widget first.

    Parameters
    ----------
    rows
        Rows of one of the notes' tables: a random sample, such as `notes.statements.sample(20)`, or those that you
        want to see, in your order.
    articles
        The articles they were found in.
    save
        The CSV for the decisions, made if it is not there; decisions on other rows in it are kept.
    width
        Characters of context on either side.

    Returns
    -------
    anywidget.AnyWidget
        Drawn by a notebook. Its `decisions()` is a table of what was decided on these rows.

    Raises
    ------
    ValueError
        If the rows are of no table that can be corrected, or belong to other articles or another text, or the file
        is no CSV of corrections.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from newslab.records import frame
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Post"], "text": ["Two men left."]})
    >>> figure = {"article_id": "a", "quantity_id": "a/q0-3", "start": 0, "end": 3, "text": "Two", "value": 2.0}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     widget = review(frame("quantities", [figure]), articles, save=Path(folder, "corrections.csv"))
    ...     widget.decide("accept")
    ...     widget.decisions()["decision"].tolist()
    ['accept']
    """
    key = id_column(dict.fromkeys(rows.columns))
    table = next((name for name in TABLES if key and list(columns(name))[1] == key), None)
    if table is None:
        raise ValueError("review(): these are rows of no table that can be reviewed. Give it some of notes.statements.")
    texts = {row["article_id"]: row for row in articles.to_dict("records")}
    items = []
    for row in rows.to_dict("records"):
        if row["article_id"] not in texts:
            raise ValueError(
                f"review(): article {row['article_id']!r} is not among the articles.\n"
                "Give it the articles that the rows were found in."
            )
        check_row(row, given(texts[row["article_id"]]["text"]) or "", "review()")
        items.append(row)
    wanted = {name for _, name in FACTS[key]} | {"content_text", "part"}
    fixable = [name for name in fixable_columns(rows) if name in wanted and name not in NOT_FIXED]
    return _widget_class()(table, items, texts, fixable, Path(save), width)


def _as_text(value: Any) -> str:
    """A cell as a person would type it; empty where it is missing."""
    value = given(value)
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def card(
    row: Mapping[Any, Any],
    article: Mapping[Any, Any],
    fixable: list[str],
    taken: pd.DataFrame,
    at: int,
    of: int,
    width: int,
) -> dict[str, Any]:
    """What the widget shows of one row: its context, its facts, what of it can be fixed, and what was decided."""
    fixes = {fix["column"]: fix["value"] for fix in taken.to_dict("records") if fix["column"]}
    values = {name: fixes[name] if name in fixes else _as_text(row.get(name)) for name in fixable}
    decision = "" if taken.empty else str(taken["decision"].iloc[-1])
    told = {"": "Not decided yet.", "accept": "Accepted.", "reject": "Rejected."}
    changed = "; ".join(f"{name} is {value or 'none'}" for name, value in fixes.items())
    where = (
        f"{at + 1} of {of}",
        in_words(article.get("outlet")),
        in_words(article.get("published")),
        row["article_id"],
    )
    repeats = ("low", "high") if given(row.get("value")) is not None else ()  # they say the same again
    facts = [(label, in_words(row.get(name))) for label, name in FACTS[id_column(row)] if name not in repeats]
    return {
        "at": at,
        "place": " · ".join(filter(None, where)),
        "html": in_context(row, given(article["text"]) or "", width),
        "facts": [fact for fact in facts if fact[1]],
        "fixable": [{"name": name, "value": values[name] or "", "options": VALUES.get(name)} for name in fixable],
        "decision": decision,
        "taken": told.get(decision, f"Fixed: {changed}."),
    }


def _summary(taken: pd.DataFrame, of: int) -> str:
    """How many were decided, and the share that is right, with its interval."""
    shares = precision(taken)
    if shares.empty:
        return f"0 of {of} decided."
    row = shares.iloc[0]
    low, high = (f"{100 * row[f'precision_{end}']:.0f}" for end in ("low", "high"))
    return (
        f"{row['reviewed']} of {of} decided: {row['accepted']} right, {row['fixed']} fixed, "
        f"{row['rejected']} rejected. "
        f"Precision {100 * row['precision']:.0f} % (95 % interval {low} to {high})."
    )


def _saved(path: Path) -> pd.DataFrame:
    import pandas as pd

    return read_corrections(path if path.exists() else pd.DataFrame(columns=list(COLUMNS)))


@cache
def _widget_class() -> Any:
    """The widget's class, made when it is first needed, since its library is heavy."""
    import anywidget
    import pandas as pd
    import traitlets

    class Review(anywidget.AnyWidget):
        _esm = Path(__file__).with_name("drawing") / "review.js"
        _css = CSS + _CSS
        card = traitlets.Dict().tag(sync=True)
        summary = traitlets.Unicode().tag(sync=True)
        problem = traitlets.Unicode().tag(sync=True)

        def __init__(
            self, table: str, items: list[Any], texts: Mapping[Any, Any], fixable: list[str], save: Path, width: int
        ) -> None:
            self._table, self._items, self._texts = table, items, texts
            self._fixable, self._save, self._width = fixable, save, width
            self._ids = [row[list(columns(table))[1]] for row in items]
            self._at = next(iter(self._open(0)), 0)
            super().__init__(**self._state())
            self.on_msg(lambda _, content, __: self._receive(content))

        def decide(
            self, decision: str, fixes: Mapping[str, str | None] | None = None, *, at: int | None = None
        ) -> None:
            """Take a decision on the row that is shown, or on the one `at` a place, write it, and show the next."""
            at = self._at if at is None else at
            row = self._items[at]
            told = correction_rows(self._table, row, self._texts[row["article_id"]]["text"], decision, fixes)
            self._write(at, told)
            self._at = next(iter(self._open(at + 1)), min(at + 1, len(self._items) - 1))

        def decisions(self) -> pd.DataFrame:
            """What was decided on the rows of this widget, as the CSV has it."""
            saved = _saved(self._save)
            return saved[(saved["table"] == self._table) & saved["id"].isin(self._ids)].reset_index(drop=True)

        def _open(self, start: int) -> list[int]:
            """The places of rows that nothing was decided on, those from `start` on first."""
            taken = set(self.decisions()["id"])
            places = [*range(start, len(self._ids)), *range(min(start, len(self._ids)))]
            return [i for i in places if self._ids[i] not in taken]

        def _write(self, at: int, told: list[dict[str, Any]]) -> None:
            saved = _saved(self._save)
            others = saved[(saved["table"] != self._table) | (saved["id"] != self._ids[at])]
            new = pd.concat([others, pd.DataFrame(told, columns=list(COLUMNS), dtype=object)], ignore_index=True)
            self._save.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._save, lambda path: new.to_csv(path, index=False, lineterminator="\n"))

        def _state(self) -> dict[str, Any]:
            taken = self.decisions()
            if not self._items:
                shown: dict[str, Any] = {"at": 0, "place": "No rows to review.", "html": "", "facts": []}
                return {"card": shown | {"fixable": [], "decision": "", "taken": ""}, "summary": ""}
            row, here = self._items[self._at], taken[taken["id"] == self._ids[self._at]]
            article = self._texts[row["article_id"]]
            shown = card(row, article, self._fixable, here, self._at, len(self._items), self._width)
            return {"card": shown, "summary": _summary(taken, len(self._items))}

        def _receive(self, content: Mapping[str, Any]) -> None:
            """A click or a key: what it says holds for the row that was on the screen then."""
            problem = ""
            try:
                self._act(str(content.get("do")), int(content.get("at", self._at)), content.get("fixes") or {})
            except (OSError, ValueError) as error:  # shown in the widget: a lost decision must be seen
                problem = f"Not saved: {error}"
            for name, value in {**self._state(), "problem": problem}.items():
                setattr(self, name, value)

        def _act(self, what: str, at: int, fixes: Mapping[str, str]) -> None:
            if not 0 <= at < len(self._items):
                return
            if what in ("accept", "reject"):
                self.decide(what, at=at)
            elif what == "fix":
                kept = self.decisions()
                earlier = kept[(kept["id"] == self._ids[at]) & kept["column"].notna()]
                every = {**dict(zip(earlier["column"], earlier["value"], strict=True)), **fixes}
                self.decide("fix", self._checked(every), at=at)
            elif what == "undo":
                self._write(at, [])
                self._at = at
            elif what in ("back", "next"):
                self._at = min(max(at + (1 if what == "next" else -1), 0), len(self._items) - 1)

        def _checked(self, fixes: Mapping[str, str]) -> dict[str, str | None]:
            """Fixes that `annotate` will honour; what it would refuse is refused here, where it was typed."""
            if not fixes:
                raise ValueError("nothing was changed. Change a value, or press Esc.")
            for name, value in fixes.items():
                if name not in self._fixable:
                    raise ValueError(f"{name} cannot be fixed.")
                if value and "float" in str(columns(self._table)[name]):
                    try:
                        float(value)
                    except ValueError as error:
                        raise ValueError(f"{name} is a number, and {value!r} is none.") from error
                if value and name in VALUES and value not in VALUES[name]:
                    raise ValueError(f"{name} is {value!r}. Use one of {', '.join(VALUES[name])}.")
            return {name: value or None for name, value in fixes.items()}

        def _repr_mimebundle_(self, **options: Any) -> Any:
            made = super()._repr_mimebundle_(**options)
            data, more = made if isinstance(made, tuple) else (made, {})
            shown = self.card
            still = (
                f'<style>{CSS}</style><div class="newslab"><p class="nl-note">{escape(shown["place"])}</p>'
                f'<p>{shown["html"]}</p><p class="nl-note">{escape(self.summary)} Run the notebook to review.</p></div>'
            )
            return {
                **(data or {}),
                "text/html": still,
                "text/plain": f"<review of {count(len(self._items), 'row')}>",
            }, more

    return Review


_CSS = """
.nl-review { border: 1px solid rgba(128, 128, 128, .5); border-left: .4em solid #8c8c8c; border-radius: .3em;
  color: var(--jp-ui-font-color1, inherit); margin: .3em 0; max-width: 52rem; padding: .6em 1em; }
.nl-review:focus-within, .nl-review:focus { outline: 2px solid #0072b2; outline-offset: 1px; }
.nl-review[data-decision="accept"] { border-left-color: #009e73; }
.nl-review[data-decision="fix"] { border-left-color: #e69f00; }
.nl-review[data-decision="reject"] { border-left-color: #d55e00; }
.nl-review .nl-card-text { font-size: 1.05em; min-height: 4.5em; }
.nl-review .nl-facts { display: grid; font-size: .9em; gap: .1em .8em; grid-template-columns: auto 1fr;
  margin: .6em 0; }
.nl-review dt { opacity: .75; overflow-wrap: normal; white-space: nowrap; }
.nl-review dd { font-weight: 600; margin: 0; }
.nl-review .nl-buttons, .nl-review .nl-form { display: flex; flex-wrap: wrap; gap: .4em; margin: .5em 0; }
.nl-review .nl-form[hidden] { display: none; }
.nl-review .nl-form label { display: flex; flex-direction: column; font-size: .85em; }
.nl-review .nl-button, .nl-review input, .nl-review select { background: transparent; border: 1px solid currentColor;
  border-radius: .25em; color: inherit; font: inherit; min-height: 2em; padding: .15em .6em; }
.nl-review select option { background: Canvas; color: CanvasText; }
.nl-review .nl-button { cursor: pointer; } .nl-review .nl-button:hover { background: rgba(128, 128, 128, .25); }
.nl-review .nl-problem { color: #d55e00; font-weight: 600; margin: 0; }
.nl-review .nl-taken { font-weight: 600; margin: .2em 0; } .nl-review .nl-summary { margin: .2em 0; }
"""
