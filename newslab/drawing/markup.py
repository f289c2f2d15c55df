"""Text, its marks and tables as HTML: all escaped, marks nested, and told apart by more than colour.

Each kind has its own tag and shape (bold, italic, underlined, boxed), and tints are translucent, so that
the same marks are legible on white, on black and in print.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

MAX_DEPTH = 8  # marks open at one place; more could not be told apart, and would cost quadratic time

CSS = """
.newslab { line-height: 1.65; max-width: 46rem; overflow-wrap: anywhere; }
.newslab p { margin: .5em 0; }
.newslab .nl-headline { font-size: 1.45em; font-weight: bold; line-height: 1.25; margin: .4em 0; }
.newslab .nl-standfirst { font-size: 1.1em; }
.newslab .nl-subhead { font-weight: bold; margin-top: 1.1em; }
.newslab .nl-furniture, .newslab summary { opacity: .62; font-size: .85em; margin: .15em 0; }
.newslab .nl-byline, .newslab .nl-dateline, .newslab .nl-timestamp { opacity: .8; font-size: .9em; }
.newslab .nl-caption, .newslab .nl-credit { border-left: .3em solid #8c8c8c; margin: 0 0 0 .2em;
  padding: .1em .7em; font-size: .92em; opacity: .85; }
.newslab .nl-content { background: rgba(86, 180, 233, .25); }
.newslab .nl-source { background: rgba(230, 159, 0, .28); border-bottom: 2px solid #d58f00;
  color: inherit; font-weight: bold; }
.newslab .nl-cue { border-bottom: 2px dotted #cc79a7; color: inherit; font-style: italic; }
.newslab .nl-figure, .newslab .nl-hit { background: rgba(0, 158, 115, .22); border: 1px solid #00a077;
  border-radius: .25em; color: inherit; padding: 0 .12em; box-decoration-break: clone;
  -webkit-box-decoration-break: clone; }
.newslab .nl-photo { border-bottom: 1px dashed #8c8c8c; }
.newslab .nl-legend, .newslab .nl-note { font-size: .85em; margin: .3em 0 .9em; }
.newslab small { font-size: .88em; opacity: .8; }
.newslab .nl-legend > * { margin-right: .75em; white-space: nowrap; }
.newslab .nl-ref::after { content: attr(data-n); font-size: .68em; vertical-align: super; margin: 0 .15em;
  font-style: normal; font-weight: normal; }
.newslab h1 .nl-ref::after { font-size: .42em; }
.newslab :target { outline: 2px solid #d55e00; outline-offset: 2px; }
.newslab.newslab table { border: 0; border-collapse: collapse; font-size: .9em; line-height: 1.4; margin: 0;
  table-layout: auto; width: 100%; }
.newslab.newslab th, .newslab.newslab td { border: 0; border-bottom: 1px solid rgba(128, 128, 128, .4);
  max-width: none; min-width: 6.5em; padding: .35em .6em; text-align: left; vertical-align: top;
  white-space: normal; }
.newslab.newslab th { min-width: 0; overflow-wrap: normal; }
.newslab.newslab td:first-child { min-width: 2em; }
.newslab.nl-context { max-width: 72rem; }
.newslab.nl-context td { line-height: 1.6; }
.newslab.newslab.nl-context td:first-child { min-width: 8em; }
.newslab.newslab.nl-context td:nth-child(2) { min-width: 22em; width: 58%; }
.newslab .nl-break { opacity: .5; }
@media print { .newslab * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
PAGE_CSS = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --link: #005a8f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #17181a; --link: #7cc4f0; } }
body { margin: 0; color: var(--ink); background: var(--paper); font: 17px/1.6 Georgia, serif; }
a { color: var(--link); }
.newslab { max-width: 62rem; margin: 0 auto; padding: 1rem 1.2rem 3rem; }
.newslab article { max-width: 44rem; }
.newslab h1 { margin: .3em 0; font-size: 1.7rem; line-height: 1.2; }
.newslab h2 { margin: 2em 0 .4em; font-size: 1.2rem; }
.nl-legend, .nl-note, .nl-meta, .newslab table { font-family: system-ui, sans-serif; }
.newslab .nl-meta { font-size: .9em; }
@media (max-width: 40rem) {
  .newslab table, .newslab tbody, .newslab tr, .newslab.newslab td { display: block; }
  .newslab thead { display: none; }
  .newslab tr { border-bottom: 2px solid rgba(128, 128, 128, .5); padding: .5em 0; }
  .newslab.newslab td { border: 0; padding: .1em 0; }
  .newslab.newslab td:empty { display: none; }
  .newslab td::before { content: attr(data-label) ": "; font-weight: bold; }
}
"""
# The tag, too, tells marks apart, where a notebook that is not trusted drops the style sheet.
_TAGS = {"photo": "span", "content": "span", "source": "b", "cue": "i", "figure": "mark", "hit": "mark"}
KINDS = tuple(_TAGS)  # of marks on the same stretch, the earlier kind is outside

_UNPRINTABLE = {code: chr(0x2400 + code) for code in range(32) if code not in (9, 10, 13)} | {127: "\u2421"}
_NOT_TEXT = re.compile("[\x80-\x9f\ud800-\udfff\ufffe\uffff]")


def escape(text: object) -> str:
    """Any text as HTML text or as the value of a quoted attribute; control characters made visible.

    >>> escape('<b title="x">\\0')
    '&lt;b title=&quot;x&quot;&gt;␀'
    """
    return html.escape(_NOT_TEXT.sub("\ufffd", str(text).translate(_UNPRINTABLE)), quote=True)


class Mark(NamedTuple):
    """A stretch of a text, marked as one of `KINDS`, with a tooltip; `anchor` names its row on a page."""

    start: int
    end: int
    kind: str
    title: str
    anchor: str = ""
    last: bool = False  # the last stretch of its row: the row's number stands after it

    def sample(self, text: str) -> str:
        """The mark as it looks, around a text, for a legend."""
        tag = _TAGS[self.kind]
        return f'<{tag} class="nl-{self.kind}" title="{escape(self.title)}">{escape(text)}</{tag}>'


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """Marks as `mark_up` takes them: by start, the longer first, then as in `KINDS`."""
    return sorted(marks, key=lambda mark: (mark.start, -mark.end, KINDS.index(mark.kind)))


def mark_up(
    text: str,
    blocks: Iterable[tuple[int, int]],
    marks: Sequence[Mark],
    *,
    drawn: set[str] | None = None,
    links: bool = False,
) -> list[str]:
    """Each block of a text as HTML with its marks in it.

    One sweep over the borders of all marks: a mark that crosses the end of another, or of a block, is
    closed there and opened again, so that tags nest. Time is linear in text and marks, since at most
    `MAX_DEPTH` marks are open at one place; a mark that would be one more is left out.

    Parameters
    ----------
    text
        The whole text, whose characters all offsets count.
    blocks
        `(start, end)` of paragraphs, in order and apart from each other. What lies outside them is not drawn.
    marks
        As `in_order` gives them.
    drawn
        Takes the anchors of the marks that were drawn.
    links
        Whether the first stretch of an anchor has it as its `id`, and the last a link to `#row-<anchor>`.

    Examples
    --------
    >>> mark_up("12 left, he said", [(0, 16)], [Mark(0, 7, "content", "c"), Mark(0, 2, "figure", "f")])
    ['<span class="nl-content" title="c"><mark class="nl-figure" title="f">12</mark> left</span>, he said']
    """

    seen: set[str] = set() if drawn is None else drawn

    def opening(mark: Mark) -> str:
        name = f' id="{mark.anchor}"' if links and mark.anchor not in seen else ""
        seen.add(mark.anchor)
        return f'<{_TAGS[mark.kind]} class="nl-{mark.kind}"{name} title="{escape(mark.title)}">'

    def closing(mark: Mark) -> str:
        tag = f"</{_TAGS[mark.kind]}>"
        if not links or not mark.last or mark.end > position:
            return tag
        # the number is drawn by the style sheet, so that text copied from the page stays the article's
        row = mark.anchor
        return f'{tag}<a class="nl-ref" href="#row-{row}" data-n="{row}" aria-label="row {row}"></a>'

    out: list[str] = []
    open_now: list[Mark] = []  # the outermost first
    i = 0
    for start, end in blocks:
        position = start
        open_now = [mark for mark in open_now if mark.end > start]
        pieces = [opening(mark) for mark in open_now]
        while position < end:
            while i < len(marks) and marks[i].start <= position:
                if marks[i].end > position and len(open_now) < MAX_DEPTH:
                    open_now.append(marks[i])
                    pieces.append(opening(marks[i]))
                i += 1
            border = min([end, *(mark.end for mark in open_now), *(mark.start for mark in marks[i : i + 1])])
            pieces.append(escape(text[position:border]))
            position = border
            ended = [k for k, mark in enumerate(open_now) if mark.end <= position or position == end]
            if ended:
                inner = open_now[ended[0] :]
                again = [mark for mark in inner if mark.end > position]
                pieces += [closing(mark) for mark in reversed(inner)]
                pieces += [opening(mark) for mark in again if position < end]
                open_now = open_now[: ended[0]] + again
        out.append("".join(pieces))
    return out


def link(url: str, words: str) -> str:
    """A link to a web address; any other address (`javascript:`, `data:`) stays text.

    >>> link("javascript:alert(1)", "the original")
    'javascript:alert(1)'
    """
    url = url.strip()
    if not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return escape(url)
    return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{escape(words)}</a>'


def table(columns: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], *, drawn: Container[str]) -> str:
    """An HTML table with a heading a column and, before them, each row's number.

    `rows` are pairs of an anchor, such as `s3`, and cells, which are HTML already; the number leads to the
    mark of that anchor, where it was `drawn`.
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("#", *columns))
    body = []
    for anchor, cells in rows:
        number = f'<a href="#{anchor}">{anchor}</a>' if anchor in drawn else anchor
        labelled = zip(columns, cells, strict=True)
        data = "".join(f'<td data-label="{escape(name)}" dir="auto">{cell}</td>' for name, cell in labelled)
        body.append(f'<tr id="row-{anchor}"><td data-label="#">{number}</td>{data}</tr>')
    if not body:
        return '<p class="nl-note">None found.</p>'
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
