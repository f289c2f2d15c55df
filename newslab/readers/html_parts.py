"""The lines of a piece of HTML, each with the element that it stands in.

Exports of archives are HTML for the eye: what a line is follows from its class or from its place. Each reader
cuts its file into documents first, as text, since an inner `</html>` or a comment hides the rest from a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li",
    "main", "nav", "ol", "option", "p", "pre", "section", "table", "tbody", "td", "text", "tfoot", "th", "thead",
    "title", "tr", "ul",
))  # fmt: skip
HIDDEN = frozenset(("style", "script", "noscript", "template", "head"))
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_ROUND_BREAK = re.compile(r" ?\n ?")


class HtmlLine(NamedTuple):
    """What one block element says itself, without the blocks inside it; `<br>` is a line feed."""

    text: str
    element: Any  # the block element, of lxml


def parse(fragment: str) -> Any:
    """The tree of a piece of HTML, or None where there is nothing in it; never an exception for what is in it.

    >>> parse("<p>Rain</p></div>").text_content()
    'Rain'
    """
    from lxml import etree, html

    # a parser of its own: no network, and no entities but those of HTML
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    data = fragment.replace("\x00", "").encode("utf-8", "replace")
    if not data.strip():
        return None
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):  # nothing but comments, or not one element
        return None


def lines(root: Any) -> Iterator[HtmlLine]:
    """The lines below an element in the order of the page; hidden elements are left out.

    >>> [line.text for line in lines(parse("<div>A <b>b</b>c<br>d<p>e&nbsp;</p>f</div>"))]
    ['A bc\\nd', 'e\\xa0', 'f']
    """
    from lxml import etree

    words: list[str] = []
    owners = [root]
    hidden = 0

    def line() -> Iterator[HtmlLine]:
        text = _ROUND_BREAK.sub("\n", re.sub(r" +", " ", "".join(words))).strip(" \n")
        words.clear()
        if text.strip():
            yield HtmlLine(text, owners[-1])

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            hidden += tag in HIDDEN
            if tag in BLOCKS:
                yield from line()
                owners.append(element)
            elif tag == "br":
                words.append("\n")
            if element.text and not hidden:
                words.append(_BLANKS.sub(" ", element.text))
        else:
            hidden -= tag in HIDDEN
            if tag in BLOCKS:
                yield from line()
                owners.pop()
            if element.tail and not hidden and element is not root:
                words.append(_BLANKS.sub(" ", element.tail))
    yield from line()


def classes(element: Any) -> list[str]:
    """The classes of an element, in small letters."""
    return (element.get("class") or "").lower().split()


def within(element: Any, name: str) -> Any:
    """The nearest element, itself or above it, one of whose classes is `name` (small letters); None if none is."""
    while element is not None:
        if name in classes(element):
            return element
        element = element.getparent()
    return None


def text_of(element: Any) -> str:
    """All text of an element as one line; None gives an empty text."""
    return "" if element is None else " ".join(line.text.replace("\n", " ") for line in lines(element))
