"""A saved page as the lines that a reader sees, each piece of a line with what the markup says it is.

Publishing systems name the parts of an article in tags (`figcaption`), attributes of schema.org (`itemprop`) and,
mostly, in classes (`c-media-item__credit`). The words of these names are few, so one list of them
(`rules/markup_words.csv`) serves all systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from itertools import islice, pairwise
from typing import Any

from newslab import rules
from newslab.layout.bylines import by_words
from newslab.webpage.sheet import clipped_classes, is_unseen, labels_credit, named_in_data

WHOLE = 0.3  # share of a page's characters from which a box with its headline is the article
MAX_PART = 900  # characters; what is longer and named `date` or `summary` is a box with one in it
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr", "ul", "amp-carousel", "amp-sidebar", "amp-accordion")
)  # fmt: skip
IMAGES = frozenset(("img", "amp-img", "amp-anim"))
NAMES = ("class", "id", "itemprop", "property", "rel", "data-component", "data-testid", "data-test-id", "data-test",
         "data-qa", "data-cy", "data-e2e", "data-gu-name", "data-type", "data-role", "data-name", "data-block",
         "data-mod", "data-module", "data-label", "data-element", "data-key", "data-spacefinder-role")  # fmt: skip
AWAY_ROLES = frozenset(("dialog", "alertdialog", "navigation", "contentinfo", "search", "complementary", "toolbar"))
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:[?#].{0,200})?\Z", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>?")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
ROLES = ("caption", "byline", "standfirst", "time", "lead", "headline")  # of several, the first is meant
CELLS = frozenset(("span", "a", "time", "em", "strong", "b", "i", "small", "cite"))
_PLACEHOLDER = re.compile(r"^data:|blank|placeholder|spacer|pixel|lazy|loading|1x1", re.IGNORECASE)
SMALL_TAGS = frozenset(("small", "i", "em", "cite", "font"))
OUTSIDE_TAGS = frozenset(("nav", "footer", "aside", "amp-sidebar"))


@cache
def words_for(role: str) -> frozenset[str]:
    """The words of names that stand for a role."""
    return frozenset(row["word"] for row in rules.read("markup_words") if row["role"] == role)


@cache
def _roles() -> dict[str, str]:
    return {row["word"]: row["role"] for row in rules.read("markup_words") if row["role"] in ROLES}


@dataclass(slots=True)
class Piece:
    """A stretch of a line's text, and the elements that it stands in that say something of it."""

    start: int
    end: int
    marks: tuple[Any, ...]  # (role, element) pairs, outermost first
    linked: bool
    element: Any  # the innermost one


@dataclass(slots=True)
class PageLine:
    """A line as a browser shows it: text between two ends of blocks or line breaks, blanks folded."""

    text: str
    element: Any  # the block that it stands in
    pieces: list[Piece]
    linked: bool  # all of it is a link
    outside: tuple[Any, ...]  # elements around it that are named as no part of the article
    images: int  # how many pictures came before it

    def marked(self, role: str) -> Any:
        """The innermost element of a role that all of the line stands in, or None."""
        found = None
        for at, element in self.pieces[0].marks:
            if at == role and all((at, element) in piece.marks for piece in self.pieces):
                found = element
        return found


@dataclass(slots=True)
class Page:
    """A page's tree, its lines and pictures, in the order of the document."""

    root: Any
    lines: list[PageLine] = field(default_factory=list)
    pictures: list[tuple[Any, int]] = field(default_factory=list)  # image, how many lines came before it
    sizes: dict[Any, tuple[int, int]] = field(default_factory=dict)  # element -> characters, pictures within it
    story: str = ""  # the article's words, as `normal` gives them, by which who is told of in it is known


def names_of(element: Any) -> set[str]:
    """The words of an element's names: `b-article__headline` gives b, article, headline.

    >>> from lxml.html import fragment_fromstring
    >>> sorted(names_of(fragment_fromstring('<p class="pull-quote" itemprop="copyrightHolder">')))
    ['copyright', 'copyrightholder', 'holder', 'pull', 'pullquote', 'quote']
    """
    words: set[str] = set()
    for name in NAMES:
        value = element.get(name)
        if not value:
            continue
        for part in value[:500].split():
            found = [word.lower() for word in _WORD.findall(part)]
            if any(c.isdigit() for c in part):  # made by a program: 7a0d is no ad
                found = [word for word in found if len(word) > 2]
            words.update(found)
            if name in ("itemprop", "property"):
                words.add(part.rpartition(":")[2].lower())
            else:
                words.update(map("".join, pairwise(found)))
    return words


def _role(element: Any, tag: str, words: set[str]) -> str | None:
    """What an element is, by its tag and names: the role that its last word gives, or None."""
    if tag == "figcaption":
        return "caption"
    if tag == "h1":
        return "headline"
    if tag == "time":
        return "time"
    if tag == "address" or element.get("rel") == "author":
        return "byline"
    known = _roles()
    roles = {known[word] for word in words & known.keys()}
    if tag in CELLS and roles == {"byline", "time"}:
        return "time"  # a stretch of a byline that has the date
    return next((role for role in ROLES if role in roles), None)


def parse(html: str) -> Any:
    """The tree of a page, or None where there is no element in it.

    No entity is expanded that HTML does not define and nothing is fetched; nesting is capped by libxml2.
    """
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except ParserError:  # a document of blanks
        return None


def bare_text(html: str) -> str:
    """The text of a page whose markup no parser can follow, a line for what stands between two tags.

    >>> bare_text("<b>Two <script>x()</script>ferries")
    'Two\\nferries'
    """
    low = html.lower()
    kept: list[str] = []
    position = 0
    for opening, closing in (("<script", "</script"), ("<style", "</style")):
        kept, position = [], 0
        while (start := low.find(opening, position)) >= 0:
            kept.append(html[position:start])
            position = low.find(closing, start)
            if position < 0:
                position = len(html)
        kept.append(html[position:])
        html = "<".join(kept)
        low = html.lower()
    lines = (" ".join(unescape(line).split()) for line in _TAG.sub("\n", html).split("\n"))
    return "\n".join(line for line in lines if line)


def leads_away(element: Any) -> bool:
    """Whether an element is a link, and not one to a larger picture."""
    return element.tag == "a" and _PICTURE_FILE.search(element.get("href") or "") is None


def is_placeholder(address: str | None) -> bool:
    """Whether an image's address is that of nothing, shown until the image is loaded.

    >>> is_placeholder("https://news.example/grey-placeholder.png"), is_placeholder("/a.jpg")
    (True, False)
    """
    return not address or _PLACEHOLDER.search(address[:300]) is not None


def lazy_address(image: Any) -> str | None:
    """The address in an attribute from which a script loads an image: `data-lazy="https://..."`."""
    for name, value in image.items():
        fits = name.startswith("data-") and "srcset" not in name and len(value) <= 2000 and " " not in value.strip()
        if fits and (_PICTURE_FILE.search(value) or (value.startswith(("https://", "http://")) and "src" in name)):
            return str(value.strip())
    return None


def _shows(image: Any, unseen: int) -> bool:
    """Whether an image is a picture of its own: not a placeholder beside one, nor what is said again in noscript."""
    around = [parent for parent, _ in zip(image.iterancestors(), range(6), strict=False)]
    plain = next((n for n, parent in enumerate(around) if parent.tag == "noscript"), None)
    figure = next((parent for parent in around if parent.tag == "figure"), None)
    enlarged = figure is not None and any(parent.tag == "button" for parent in around)  # at a press
    if unseen > (plain is not None) + enlarged:
        return False
    real = (
        not is_placeholder(image.get("src")) or image.get("srcset") or image.get("data-srcset") or lazy_address(image)
    )
    if figure is None:
        return plain is None
    others = [e for e in islice(figure.iter(*IMAGES), 20) if e is not image]
    if plain is None:
        return bool(real) or all(is_placeholder(e.get("src")) for e in others)
    return all(any(e.tag == "noscript" for e in islice(other.iterancestors(), 4)) for other in others)


def _is_text(element: Any, tag: str) -> bool:
    """Whether an element is a paragraph, or holds no link and no heading, as a teaser for another article does."""
    return tag in ("p", "h2", "h3") or not any(e.tag in ("a", "h2", "h3", "img") for e in islice(element.iter(), 20))


def _is_row(element: Any) -> bool:
    """Whether an element has no text of its own and several inline ones, which a browser may set as columns."""
    inside = [child for child in islice(element, 30) if isinstance(child.tag, str)]
    if len(inside) < 2 or (element.text or "").strip() or element.tag in ("p", "li", "td", "h2", "h3"):
        return False
    return all(child.tag in CELLS and not (child.tail or "").strip() for child in inside)


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Start and end of every element, as long as its tag is a name."""
    from lxml.etree import iterwalk

    for event, element in iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            yield event, element


class _Lines:
    """The line that is being read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.parts: list[tuple[str, tuple[Any, ...], bool, Any]] = []

    def add(self, text: str | None, marks: tuple[Any, ...], linked: bool, element: Any) -> None:
        if text:
            self.parts.append((text, marks, linked, element))

    def glued(self, element: Any) -> bool:
        """Whether a new element's text, a capital or figure, would follow a word without a blank."""
        last = self.parts[-1][0] if self.parts else ""
        first = next((text for text in islice(element.itertext(), 5) if text.strip()), "")
        return (
            len(last) > 3 and (last[-1].isalnum() or last[-1] in ").”") and (first[:1].isupper() or first[:1].isdigit())
        )

    def end(self, block: Any, outside: tuple[Any, ...]) -> None:
        """Fold the blanks of what was read, and keep it as a line if anything is left."""
        parts, self.parts = self.parts, []
        out: list[str] = []
        pieces: list[Piece] = []
        length, blank, linked = 0, True, True
        for raw, marks, in_link, element in parts:
            text = " ".join(raw.split())
            if not text:
                if not blank and raw:
                    out.append(" ")
                    length, blank = length + 1, True
                continue
            joined = bool(out) and not blank and text[0].isupper() and out[-1].casefold() in by_words()
            if (raw[0].isspace() and not blank) or joined:  # By<b>Ana Vries</b> is set with a gap
                out.append(" ")
                length += 1
            pieces.append(Piece(length, length + len(text), marks, in_link, element))
            out.append(text)
            length += len(text)
            linked = linked and in_link
            blank = raw[-1].isspace()
            if blank:
                out.append(" ")
                length += 1
        text = "".join(out)
        if pieces:
            line = PageLine(text.rstrip(), block, pieces, linked, outside, len(self.page.pictures))
            self.page.lines.append(line)


def read_page(root: Any) -> Page:
    """The lines and pictures of a page. One pass, linear in its length."""
    page = Page(root)
    clipped, told = clipped_classes(root), named_in_data(root)
    line = _Lines(page)
    blocks: list[Any] = [root]
    marks: tuple[Any, ...] = ()
    outside: tuple[Any, ...] = ()
    undo: list[tuple[tuple[Any, ...], tuple[Any, ...]]] = []
    unseen = links = 0
    counts: list[tuple[int, int]] = []  # characters and pictures before each open element
    rows: list[bool] = [False]  # of each open element, whether it is a row of columns
    characters = 0
    for event, element in _walk(root):
        tag = element.tag
        if event == "start":
            if tag in BLOCKS or tag == "br" or (rows[-1] and line.glued(element)):
                line.end(blocks[-1], outside)
            rows.append(tag not in CELLS and _is_row(element))
            undo.append((marks, outside))
            counts.append((characters, len(page.pictures)))
            if tag in BLOCKS:
                blocks.append(element)
            unseen += is_unseen(element, tag, clipped, told)
            if unseen == 1 and (parent := element.getparent()) is not None and labels_credit(element):
                marks = (*marks, ("credit", parent))  # what only readers of screens are told: Credit, Image source
                undo[-1] = (marks, undo[-1][1])
            links += leads_away(element)
            if not unseen:
                words = names_of(element)
                role = _role(element, tag, words)
                if role:
                    marks = (*marks, (role, element))
                if words & words_for("credit") or tag == "cite":
                    marks = (*marks, ("credit", element))
                if tag in SMALL_TAGS:
                    marks = (*marks, ("small", element))
                if tag in ("b", "strong"):
                    marks = (*marks, ("bold", element))
                away = tag in OUTSIDE_TAGS or words & words_for("outside") or element.get("role") in AWAY_ROLES
                away = away and not (role in ("lead", "standfirst") and _is_text(element, tag))
                away = away or words & words_for("film")
                if away and tag not in ("body", "html", "main") and element.get("itemprop") != "description":
                    outside = (*outside, element)
                line.add(element.text, marks, links > 0, element)
                characters += len((element.text or "").strip())
            if tag in IMAGES and _shows(element, unseen):
                page.pictures.append((element, len(page.lines) + bool(line.parts)))
        else:
            rows.pop()
            if tag in BLOCKS:
                line.end(element, outside)
                blocks.pop()
            unseen -= is_unseen(element, tag, clipped, told)
            links -= leads_away(element)
            before, pictures = counts.pop()
            page.sizes[element] = (characters - before, len(page.pictures) - pictures)
            marks, outside = undo.pop()
            if not unseen:
                line.add(element.tail, marks, links > 0, element.getparent())
                characters += len((element.tail or "").strip())
    line.end(root, outside)
    small: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for piece in (piece for found in page.lines for piece in found.pieces):
        if piece.marks and piece.marks not in small:
            small[piece.marks] = tuple(m for m in piece.marks if page.sizes.get(m[1], (0, 0))[0] <= MAX_PART)
        piece.marks = small.get(piece.marks, ())
    _let_in(page, characters)
    return page


def let_in(page: Page, top: int) -> None:
    """Forget names of boxes with the article's headline: `teaser-content` is its own to some systems."""
    line = page.lines[top]
    whole = {box for box in line.outside if box.tag not in OUTSIDE_TAGS} if line.element.tag == "h1" else set()
    for other in page.lines if whole else ():
        other.outside = tuple(box for box in other.outside if box not in whole)


def _let_in(page: Page, characters: int) -> None:
    """Forget names of boxes with the headline and much of the page: an article is `newsletter-post` to some systems."""
    whole = {box for line in page.lines for box in line.outside if page.sizes[box][0] > WHOLE * characters}
    whole = {box for box in whole if next(box.iter("h1"), None) is not None}
    for line in page.lines:
        if whole.intersection(line.outside):
            line.outside = tuple(box for box in line.outside if box not in whole)
