"""A table or an article as readable HTML, in a notebook or as a page that stands alone.

Whatever comes from an article is escaped, no script is used and nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from newslab.drawing.facts import amount, count, facts, given, id_column, in_words, spans
from newslab.drawing.markup import CSS, PAGE_CSS, Mark, escape, in_order, link, mark_up, table

if TYPE_CHECKING:
    import pandas as pd

MAX_ROWS = 500  # rows that `context` prints; its `frame` has all of them
MAX_ROW = 1500  # characters of one row that `context` prints


@dataclass(frozen=True, eq=False)
class Html:
    """What a notebook draws from `html`, and a terminal prints from `plain`."""

    html: str
    plain: str
    frame: pd.DataFrame | None = None  # of `context`: its rows as a table

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


def check_row(row: Mapping[Any, Any], text: str, caller: str) -> None:
    """Stop where a row was not found in this text: its marks would lie on other words."""
    start, end = int(row["start"]), int(row["end"])
    inner = [span for name in ("content", "cue", "source", "printings") for span in spans(row.get(name))]
    inside = all(0 <= left <= right <= len(text) for left, right in [(start, end), *inner])
    if not inside or in_words(row.get("text")) not in ("", text[start:end]):
        key = row.get(id_column(row), "")
        name = row["article_id"]
        raise ValueError(
            f"{caller}: row {key!r}, at {start} to {end}, is not in the text of article {name!r}.\n"
            "The text has changed since the row was found: give both from one run of annotate(articles)."
        )


def _statement_marks(row: Mapping[Any, Any], anchor: str) -> list[Mark]:
    title = "statement: " + facts(row)
    parts = [(span, kind) for kind in ("content", "source", "cue") for span in spans(row.get(kind))]
    parts = parts or [((int(row["start"]), int(row["end"])), "content")]
    last = max(parts, key=lambda item: item[0][1])
    return [Mark(*span, kind, title, anchor, (span, kind) == last) for span, kind in parts]


Rows = dict[str, list[dict[str, Any]]]


def _rows(article_id: str, text: str, notes: Any, caller: str) -> Rows:
    """What was found in one article, by table, in reading order."""
    rows: Rows = {}
    for name in ("segments", "photos", "statements", "quantities"):
        df = getattr(notes, name, None)
        found = [] if df is None else df[df["article_id"] == article_id].to_dict("records")
        for row in found:
            check_row(row, text, caller)
        rows[name] = sorted(found, key=lambda row: (row["start"], row["end"]))
    return rows


def _marks(rows: Rows) -> list[Mark]:
    """The marks of one article; the third statement has the anchor `s3`."""
    marks: list[Mark] = []
    for i, row in enumerate(rows["photos"], 1):
        printings = spans(row.get("printings")) or [(row["start"], row["end"])]
        marks += [Mark(*span, "photo", "photo: " + facts(row), f"p{i}") for span in printings]
    for i, row in enumerate(rows["statements"], 1):
        marks += _statement_marks(row, f"s{i}")
    for i, row in enumerate(rows["quantities"], 1):
        marks.append(Mark(row["start"], row["end"], "figure", "figure: " + facts(row), f"f{i}", True))
    return in_order(marks)


def _blocks(text: str, rows: Rows) -> list[tuple[int, int, str]]:
    """The text's paragraphs and lines with their parts; no character that is not blank is outside them."""
    blocks: list[tuple[int, int, str]] = []
    position = 0

    def rest(end: int) -> None:
        for line in re.finditer(r"[^\n]+", text[position:end]):
            if not line[0].isspace():
                blocks.append((position + line.start(), position + line.end(), "text"))

    for row in rows["segments"]:
        start = max(row["start"], position)
        if row["end"] > start:
            rest(start)
            blocks.append((start, row["end"], row["part"]))
            position = row["end"]
    rest(len(text))
    return blocks


def _article_html(article: Mapping[Any, Any], rows: Rows, *, page: bool) -> tuple[str, set[str]]:
    """The marked text and the anchors in it; on a page with links to its rows, and a level 1 heading."""
    text, marks = article["text"], _marks(rows)
    blocks = _blocks(text, rows)
    drawn: set[str] = set()
    pieces = mark_up(text, [block[:2] for block in blocks], marks, drawn=drawn, links=page)
    out: list[str] = []
    heading = page
    for part, run in groupby(zip(blocks, pieces, strict=True), key=lambda item: item[0][2]):
        lines = [piece for _, piece in run]
        if part == "headline" and heading:
            out.append(f'<h1 dir="auto">{lines.pop(0)}</h1>')
            heading = False
        paragraphs = [f'<p class="nl-{escape(part)}" dir="auto">{line}</p>' for line in lines]
        if part == "furniture" and len(lines) > 3:
            summary = f"<summary>{len(lines)} lines of page furniture</summary>"
            out += ["<details>", summary, *paragraphs, "</details>"]
        else:
            out += paragraphs
    left_out = len({mark.anchor for mark in marks} - drawn)
    if left_out:
        out.append(f'<p class="nl-note">{left_out} more are not marked: too many lie on one another.</p>')
    if not text.strip():
        out.append(f'<p class="nl-note">No text. {escape(in_words(article.get("problem")))}</p>')
    if heading:
        out.insert(0, f'<h1 dir="auto">{escape(_title(article))}</h1>')
    lang = in_words(article.get("language"))
    lang = f' lang="{lang}"' if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", lang) else ""
    return f"<article{lang}>{''.join(out)}</article>", drawn


def _title(article: Mapping[Any, Any]) -> str:
    return in_words(article.get("headline")) or in_words(article.get("article_id")) or "An article"


def _summary(rows: Rows) -> str:
    return ", ".join(
        count(len(rows[name]), noun)
        for name, noun in (("statements", "statement"), ("quantities", "figure"), ("photos", "photograph"))
    )


def _legend(rows: Rows) -> str:
    kinds = {
        "source": "who says it",
        "cue": "the words that show that it is said",
        "content": "what is said",
        "figure": "a numeric figure",
        "photo": "the caption of a photograph",
    }
    samples = "".join(f"<span>{Mark(0, 0, kind, title).sample(kind)}</span>" for kind, title in kinds.items())
    return f'<p class="nl-legend"><span>Marked:</span>{samples}<span>{_summary(rows)}</span></p>'


def _as_row(article: Any, caller: str) -> dict[str, Any]:
    """One row of the articles table as a dict."""
    if hasattr(article, "columns") or not hasattr(article, "keys"):
        raise TypeError(
            f"{caller} takes one row of the articles table, not {type(article).__name__}.\n"
            "Give it articles.iloc[0], or the row you mean."
        )
    row = dict(article)
    missing = [name for name in ("article_id", "text") if name not in row]
    if missing:
        lacks = " and no ".join(missing)
        raise ValueError(f"{caller}: the row has no {lacks}. Give it a row of load_articles().")
    return row | {"text": given(row["text"]) or ""}


def show(article: pd.Series, notes: Any = None) -> Html:
    """An article in the notebook, with its sources, cues, contents, figures and photographs marked.

    Parameters
    ----------
    article
        One row of the articles table, such as `articles.iloc[0]`.
    notes
        What `annotate` found; None shows the text alone.

    Returns
    -------
    Html
        Drawn by the notebook. Pointing at a mark tells what was found there.

    Raises
    ------
    TypeError, ValueError
        If `article` is not one row of the table, or the notes belong to another text.

    Examples
    --------
    >>> import pandas as pd
    >>> show(pd.Series({"article_id": "a1", "text": "Two men left."}))
    article a1: 0 statements, 0 figures, 0 photographs (a notebook shows it marked; page() writes it as HTML)
    """
    row = _as_row(article, "show()")
    rows = _rows(row["article_id"], row["text"], notes, "show()")
    legend = "" if notes is None else _legend(rows)
    where = "a notebook shows it marked; page() writes it as HTML"
    plain = f"article {row['article_id']}: {_summary(rows)} ({where})"
    body, _ = _article_html(row, rows, page=False)
    return Html(f'<style>{CSS}</style><div class="newslab">{legend}{body}</div>', plain)


def _cell(row: Mapping[Any, Any], column: str) -> str:
    """One cell of a page's tables, as HTML: of one column, of several, or a name in brackets."""
    if column == "(amount)":
        return escape(amount(row))
    if column == "(speaker)":
        role = ", ".join(filter(None, (in_words(row.get("role")), in_words(row.get("affiliation")))))
        return escape(in_words(row.get("speaker"))) + (f" <small>({escape(role)})</small>" if role else "")
    if column == "(image)":
        return link(in_words(row.get("image_url")), "image")
    return escape(", ".join(filter(None, (in_words(row.get(name)) for name in column.split()))))


_COLUMNS: dict[str, tuple[str, str, dict[str, str]]] = {  # table -> heading, letter of its anchors, columns
    "statements": ("Statements", "s", {
        "Speaker": "(speaker)", "Naming": "naming", "Actor": "actor_type", "How": "quote_type cue_lemma",
        "Told to": "via", "What is said": "content_text",
    }),
    "quantities": ("Figures", "f", {
        "As written": "text", "Value": "(amount)", "Counted": "counted", "Action": "action",
        "Place and time": "place time", "Claimed by": "claimed_by",
    }),
    "photos": ("Photographs", "p", {
        "Caption": "caption", "Photographer": "photographer", "Agency": "agency", "Provenance": "provenance",
        "Date and place": "date place", "People": "people", "Image": "(image)",
    }),
}  # fmt: skip


def page(article: pd.Series, notes: Any) -> str:
    """An article as an HTML page that stands alone: its text marked, and tables of what was found in it.

    Numbers lead from a mark to its row and back. The page runs no script, fetches nothing, and says so in
    its content security policy; links go to http and https addresses alone.

    Parameters
    ----------
    article
        One row of the articles table, such as `articles.iloc[0]`.
    notes
        What `annotate` found.

    Returns
    -------
    str
        The page, to be written as UTF-8.

    Raises
    ------
    TypeError, ValueError
        If `article` is not one row of the table, or the notes belong to another text.

    Examples
    --------
    >>> import pandas as pd
    >>> page(pd.Series({"article_id": "a1", "text": "Two men left."}), None)[:15]
    '<!doctype html>'
    """
    row = _as_row(article, "page()")
    rows = _rows(row["article_id"], row["text"], notes, "page()")
    body, drawn = _article_html(row, rows, page=True)
    links = [escape(in_words(row.get(name))) for name in ("outlet", "published", "byline")]
    links.append(link(in_words(row.get("url")), "the original"))
    sections = []
    for name, (heading, letter, columns) in _COLUMNS.items():
        cells = {title: [_cell(found, column) for found in rows[name]] for title, column in columns.items()}
        cells = {title: column for title, column in cells.items() if any(column)}  # an empty column says nothing
        lines = [(f"{letter}{i}", line) for i, line in enumerate(zip(*cells.values(), strict=True), 1)]
        sections.append(f"<section><h2>{heading}</h2>{table(list(cells), lines, drawn=drawn)}</section>")
    style = CSS + PAGE_CSS
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = " – ".join(filter(None, (_title(row), in_words(row.get("outlet")))))
    meta = " · ".join(filter(None, links))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title><style>{style}</style></head>\n"
        f'<body><div class="newslab"><header><p class="nl-meta" dir="auto">{meta}</p>'
        f"{_legend(rows)}</header>\n<main>{body}\n{''.join(sections)}</main>\n"
        '<footer><p class="nl-note">Marked by newslab. A program found these rows and is wrong at times: '
        "read them in the text before you count them.</p></footer></div></body></html>\n"
    )


def context(rows: pd.DataFrame, articles: pd.DataFrame, *, width: int = 80) -> Html:
    """Rows of any table in their context: what stands left and right of each, and what was found.

    Parameters
    ----------
    rows
        Rows of any table but `articles`, such as `notes.statements.sample(10)`; their order is kept.
    articles
        The articles they were found in.
    width
        Characters of context on either side.

    Returns
    -------
    Html
        Drawn by the notebook (at most 500 rows). Its `frame` has all rows, with the index of `rows` and the
        columns article_id, outlet, left, text, right and found.

    Raises
    ------
    ValueError
        If the rows have no offsets, or belong to other articles or another text.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["Two men left the town."]})
    >>> rows = pd.DataFrame({"article_id": ["a1"], "start": [4], "end": [7], "text": ["men"]})
    >>> context(rows, articles, width=6).frame[["left", "text", "right"]].values.tolist()
    [['Two ', 'men', ' left ']]
    """
    import pandas as pd

    missing = [name for name in ("article_id", "start", "end") if name not in rows.columns]
    if missing:
        raise ValueError(
            f"context(): the rows have no {', no '.join(missing)}.\n"
            "Give it rows of one of the notes' tables, such as notes.statements.head(10)."
        )
    if width < 0:
        raise ValueError(f"context(): width is {width}. Give it 0 or more characters.")
    wanted = articles[articles["article_id"].isin(set(rows["article_id"]))]
    texts = dict(zip(wanted["article_id"], wanted["text"], strict=True))
    outlets = dict(zip(wanted["article_id"], wanted["outlet"], strict=True)) if "outlet" in wanted else {}
    found: list[dict[str, Any]] = []
    lines: list[str] = []
    for row in rows.to_dict("records"):
        name = row["article_id"]
        if name not in texts:
            raise ValueError(
                f"context(): article {name!r} is not among the articles.\n"
                "Give it the articles that the rows were found in."
            )
        text = given(texts[name]) or ""
        check_row(row, text, "context()")
        start, end = int(row["start"]), int(row["end"])
        what = facts(row)
        found.append({
            "article_id": name, "outlet": given(outlets.get(name)), "found": what, "text": text[start:end],
            "left": text[max(0, start - width) : start], "right": text[end : end + width],
        })  # fmt: skip
        if len(lines) < MAX_ROWS:
            where = f"{escape(in_words(outlets.get(name)))} <small>{escape(name)}</small>"
            cells = (where, in_context(row, text, width), escape(what))
            lines.append("<tr>" + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>")
    columns = ["article_id", "outlet", "left", "text", "right", "found"]
    frame = pd.DataFrame(found, columns=columns, index=rows.index)
    more = len(found) - len(lines)
    note = f'<p class="nl-note">{more:,} more rows are in <code>.frame</code>.</p>' if more else ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Article", "In context", "Found"))
    body = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>{note}"
    if not lines:
        body = '<p class="nl-note">No rows.</p>'
    return Html(
        f'<style>{CSS}</style><div class="newslab nl-context">{body}</div>',
        frame.to_string(max_rows=20, max_colwidth=40),
        frame,
    )


def in_context(row: Mapping[Any, Any], text: str, width: int) -> str:
    """One row's text, marked, between whole words left and right; a long row is cut."""
    start, end = int(row["start"]), int(row["end"])
    stop = min(end, start + MAX_ROW)
    left, right = max(0, start - width), min(len(text), end + width)
    if left and (space := re.search(r"\s", text[left - 1 : start])):
        left += space.start()
    if right < len(text) and not text[right].isspace():
        right = max(text.rfind(" ", end, right), text.rfind("\n", end, right)) + 1 or right
    marks = [Mark(start, stop, "hit", facts(row))]
    if "content" in row:
        marks = in_order(_statement_marks(row, ""))
    elif "quantity_id" in row:
        marks = [Mark(start, stop, "figure", facts(row))]
    blocks = [(left, right)] if stop == end else [(left, stop), (end, right)]
    cut = f" … ({end - stop:,} characters more) … "
    line = ("…" if left else "") + cut.join(mark_up(text, blocks, marks)) + ("…" if right < len(text) else "")
    return re.sub(r"(?:[ \t]*\n)+[ \t]*", ' <span class="nl-break">¶</span> ', line)
