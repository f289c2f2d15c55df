"""The captions and credits of a saved page's pictures, and the pictures' addresses."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from newslab.layout.bylines import is_byline, is_personal, is_role, is_timestamp
from newslab.layout.caption_credits import SUPPLIED, caption_credit
from newslab.layout.captions import evidence
from newslab.layout.credits import credit_labels, find_credit, gives, is_name_like
from newslab.layout.lines import furniture_kind, look
from newslab.webpage.facts import Facts, file_name
from newslab.webpage.picture_credits import first_credit, last_pieces, marked_credits, with_rest
from newslab.webpage.portraits import is_portrait, is_sign, is_teaser
from newslab.webpage.tree import Page, PageLine, is_placeholder, lazy_address, names_of, words_for

MAX_CAPTION = 900  # characters of all text beside one picture
NEAR = 6  # lines before a picture, in its box, that may belong to it
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FILMS = ("iframe", "video", "audio", "object", "embed", "amp-video", "amp-iframe", "amp-youtube", "amp-brightcove")
LEVELS = 8  # of the tree between a picture and the box that holds its caption
_COUNTER = re.compile(r"(?:\d{1,3}\s*(?:/|of|von|sur|de|/)\s*\d{1,3}|\d{1,3}|[+×x◀▶<>‹›|])", re.IGNORECASE)
_COUNT = re.compile(r"[\[(]?\d{1,3}\s?(?:/|of|von|sur|de|di|van|av|z)\s?\d{1,3}[\])]?[\s|:.·–—-]*", re.IGNORECASE)
_LENGTH = re.compile(r"\(?\d{1,2}:\d\d(?::\d\d)?\)?")  # of a film
_PICTURE = re.compile(r"(?:image|photo|picture|foto|imagen|imagem|bild|beeld)\s?(?:caption)?\s?:\s*", re.IGNORECASE)
_PHOTOGRAPHS = re.compile(r"photo|foto|\bstaff\b", re.IGNORECASE)
_BULLET = re.compile(r"\s[•|]\s")
_EDGES = " \t|·•/–—-"
_SCHEME = re.compile(r"\s*(?!https?:|file:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(slots=True)
class Shot:
    """A picture: the lines of its caption and credit, cut into these, and its address."""

    address: str | None
    parts: list[tuple[int, str, str]] = field(default_factory=list)  # line, part, text
    at: int = 0  # the line before which it stands
    lines: set[int] = field(default_factory=set)  # which are wholly its own
    unprinted: str | None = None  # the credit that only its attributes or the page's data have


def address_of(image: Any, base: str | None) -> str | None:
    """A picture's address: the one that a browser would load, made absolute where the page's own is known."""
    found = [image.get("src"), image.get("data-src"), lazy_address(image)]
    usable = [a.strip() for a in found if a and not is_placeholder(a)]
    if not usable:
        sets = [image.get("srcset"), image.get("data-srcset")]
        parent = image.getparent()
        if parent is not None and parent.tag == "picture":
            sets += [source.get("srcset") or source.get("data-srcset") for source in parent.iterchildren("source")]
        usable = [_largest(value) for value in sets if value and not value.startswith("data:")]
    usable = usable or [a for a in found if a]
    # an address of another kind (data, javascript) shows nothing that can be looked up
    usable = [a for a in usable if len(a) <= 2000 and not _SCHEME.match(a)]
    if not usable:
        return None
    try:
        return urljoin(base, usable[0]) if base else usable[0]
    except ValueError:  # an address with half a bracket
        return usable[0]


def _largest(srcset: str) -> str:
    """The address of the widest picture of a set."""
    best, width = "", -1.0
    for candidate in re.split(r",\s+|(?<=[wx]),", srcset[:10_000]):
        address, _, size = candidate.strip().partition(" ")
        number = re.match(r"\d+(?:\.\d+)?", size.strip())
        if address and (wide := float(number[0]) if number else 0.0) > width:
            best, width = address, wide
    return best


def _box(page: Page, image: Any, walls: set[Any]) -> tuple[Any, bool]:
    """The largest element round a picture that holds nothing else but its caption; whether it is named as one."""
    box, named = image, False
    for _ in range(LEVELS):
        parent = box.getparent()
        if parent is None or parent.tag in ("body", "html", "main"):
            break
        if parent.tag == "article" and not names_of(parent) & words_for("picture"):
            break  # of an article or a teaser; some systems call a picture one, too
        characters, pictures = page.sizes.get(parent, (MAX_CAPTION + 1, 0))
        if characters > MAX_CAPTION or (pictures > 1 and parent.tag not in ("figure", "picture")):
            break
        if parent in walls:
            break
        box = parent
        named = named or bool(names_of(box) & words_for("picture"))
        if box.tag == "figure" and characters:
            return box, True
    return box, named


def _inside(element: Any, box: Any) -> bool:
    return element is box or any(parent is box for parent in element.iterancestors())


def _lines_of(page: Page, box: Any, before: int) -> list[int]:
    """The lines in a picture's box, of those round the place where the picture stands."""
    found: list[int] = []
    before = min(before, len(page.lines))
    for i in range(before - 1, max(-1, before - NEAR), -1):
        if not _inside(page.lines[i].element, box):
            break
        found.insert(0, i)
    for i in range(before, min(len(page.lines), before + 2 * NEAR)):
        if not _inside(page.lines[i].element, box):
            break
        found.append(i)
    return found


def _is_below(page: Page, i: int) -> bool:
    """Whether a line directly below a picture says what it shows: in small type or italics with a credit or in few
    words, in any type with a credit that is sure."""
    line = page.lines[i]
    above = page.lines[i - 1].images if i else 0
    if line.images <= above or len(line.text.split()) > 60:
        return False
    if furniture_kind(look(line.text)) or is_byline(line.text) or is_timestamp(line.text):
        return False
    if line.marked("small") is None:
        return bool(find_credit(line.text))
    if _BULLET.search(line.text):
        return False
    return caption_credit(line.text) is not None or 4 <= len(line.text.split()) <= 30


def _is_title(line: PageLine) -> bool:
    """Whether a line is the title of a chart, above what is said below it."""
    return line.marked("caption") is None and (line.marked("headline") is not None or line.element.tag in HEADINGS)


def _is_credit(page: Page, line: PageLine) -> bool:
    """Whether all of a line is a credit, by its markup."""
    if is_byline(line.text) or is_timestamp(line.text) or any(r == "time" for p in line.pieces for r, _ in p.marks):
        return False
    spans = marked_credits(page, line) if line.marked("caption") is None and not line.linked else []
    return len(spans) == 1 and spans[0] == (0, len(line.text))


def _cut(page: Page, i: int) -> list[tuple[int, str, str]]:
    """A line of a picture's box as captions and credits."""
    line = page.lines[i]
    text = _without_offers(line)
    if _COUNTER.fullmatch(text.strip(_EDGES)) or (furniture_kind(look(text)) and caption_credit(text) is None):
        return []
    spans = marked_credits(page, line)
    if not spans:
        cut = caption_credit(text[_counted(line, text) :], page.story)
        cut = None if cut is None else cut + _counted(line, text)
        last = last_pieces(page, line, text)
        cut = last if cut is None or (last is not None and 0 < last < cut) else cut
        spans = [] if cut is None else [(cut, len(text))]
        spans = spans or [(0, end) for end in [first_credit(line, text)] if end]
    spans = with_rest(spans, text)
    out: list[tuple[int, str, str]] = []
    position = counted = _counted(line, text)
    for start, end in [*spans, (len(text), len(text))]:
        before = text[position:start]
        opening = before.rstrip()[-1:] if before.rstrip()[-1:] in ("(", "[") and end < len(text) else ""
        caption = (before.rstrip()[:-1] if opening else before).strip(_EDGES).removesuffix(";")
        offered = position > counted and all(piece.linked for piece in line.pieces if piece.end > position)
        if any(c.isalnum() for c in caption) and not offered:  # behind the credit, licences are for sale
            out.append((i, "caption", caption))
        credit = text[max(start, counted) : end].strip(_EDGES).removeprefix(":").lstrip()
        label = credit.rstrip(" :").casefold() in credit_labels() and not SUPPLIED.fullmatch(credit)
        if any(c.isalnum() for c in credit) and not label:
            if opening and text[end : end + 1] in (")", "]"):
                credit = opening + credit + text[end]
                end += 1
            out.append((i, "credit", credit))
        position = end
    return out


def _counted(line: PageLine, text: str) -> int:
    """Where a slide's number or a label ends that a caption begins with: `[1/3]`, `1 of 3 |`, or in an element of its
    own, such as `Image:`, too."""
    label = line.pieces[0]
    if len(line.pieces) > 1 and _PICTURE.fullmatch(text[: label.end]) and label.end < len(text):
        rest = text[label.end :].lstrip()
        if len(rest.split()) >= 4 and not is_name_like(rest) and not gives(rest) and caption_credit(rest) != 0:
            return len(text) - len(rest)
    count = _COUNT.match(text)
    if count is None or count.end() == len(text):
        return 0
    apart = line.pieces[0].end in (count.end(), len(count[0].rstrip()))
    return count.end() if text[0] in "[(" or "|" in count[0] or apart else 0


def _names_alone(page: Page, numbers: list[int]) -> dict[int, str]:
    """Lines that are nothing but a name, below what a picture shows, or apart from what is marked as that."""
    found: dict[int, str] = {}
    told = False  # what the picture shows
    marked = any(page.lines[i].marked("caption") is not None for i in numbers)
    for i in numbers:
        said = _without_offers(page.lines[i])
        text = said.strip("()[] ")
        name, _, work = text.partition(", ")
        photographer = is_personal(name) and _PHOTOGRAPHS.search(work) is not None and is_role(work)
        if len(text.split()) <= 10 and (is_name_like(text) or photographer) and not look(text).terminal:
            apart = marked and page.lines[i].marked("caption") is None
            plain = furniture_kind(look(text)) is None and len(text) > 2 and not marked_credits(page, page.lines[i])
            if (told or apart) and plain:
                found[i] = said
        else:
            told = told or len(text.split()) >= 4
    return found


def _without_offers(line: PageLine) -> str:
    """A line without what its last pieces offer, `hide caption`, licences, and without a film's length: `(1:04)`."""
    text = line.text
    for piece in line.pieces[:0:-1]:
        said = text[piece.start :].strip(_EDGES)
        before = text[: piece.start].strip(_EDGES)
        if _LENGTH.fullmatch(said):
            text = text[: piece.start].rstrip(_EDGES)
            continue
        sold = piece.linked and find_credit(text) is None and find_credit(before) is not None
        if not any(c.isalnum() for c in said):
            break
        if not sold and furniture_kind(look(said)) is None:
            break
        text = text[: piece.start].rstrip()
    return text


def _is_small_print(lines: list[PageLine]) -> bool:
    """Whether lines in a box that no name explains are a caption by their form."""
    if not lines or len(lines) > 4 or sum(len(line.text.split()) for line in lines) > 80:
        return False
    if any(is_timestamp(line.text) for line in lines):
        return False  # a date or the weather beside the outlet's name
    if any(find_credit(line.text) is not None or evidence(look(line.text)) >= 2 for line in lines):
        return True
    return all(line.marked("small") is not None for line in lines)


def _describes(lines: list[PageLine], forms: set[tuple[str, str | None]]) -> bool:
    """Whether the only lines beside a picture, in a box of its own and not of the body's form, say what it shows."""
    if not 0 < len(lines) <= 2 or any((line.element.tag, line.element.get("class")) in forms for line in lines):
        return False
    said = lines[0]
    words = len(said.text.split())
    plain = furniture_kind(look(said.text)) is None and not is_byline(said.text) and not is_timestamp(said.text)
    heading = said.element.tag in (*HEADINGS, "li")
    offers = any(piece.linked for piece in said.pieces) or _BULLET.search(said.text)
    return plain and not heading and not offers and 6 <= words <= 60 and said.images > 0


def find_shots(page: Page, facts: Facts, walls: set[Any], allowed: set[int], body: list[int]) -> list[Shot]:
    """The pictures of the article with their captions and credits, in the order of the page.

    Parameters
    ----------
    page, facts
        The page's lines and pictures, and what its data say.
    walls
        Elements that hold more than a picture: those round the headline and the body.
    allowed
        The lines among which the article's pictures stand.
    body
        The lines that were kept as body.
    """
    counts = Counter((page.lines[i].element.tag, page.lines[i].element.get("class")) for i in body)
    forms = {form for form, count in counts.items() if count > 1}
    used: set[int] = set()
    shots: list[Shot] = []
    bare: list[Any] = []  # pictures that nothing is said of in their boxes
    for image, before in page.pictures:
        box, named = _box(page, image, walls)
        if is_sign(image, box, facts):
            continue
        numbers = [i for i in _lines_of(page, box, before) if i not in used]
        if is_portrait(image, box, facts):
            used.update(numbers if box.tag == "figure" else ())
            continue
        place = numbers[0] if numbers else before
        if place not in allowed and not (numbers and set(numbers) & allowed):
            continue
        lines = [page.lines[i] for i in numbers]
        if is_teaser(page, image, numbers):
            used.update(numbers)
            continue
        captions = [i for i in numbers if page.lines[i].marked("caption") is not None]
        credited = any(marked_credits(page, line) for line in lines)
        if captions and box.tag != "figure":
            numbers = [i for i in numbers if i in captions or marked_credits(page, page.lines[i])]
        elif not (captions or credited or named or _is_small_print(lines) or _describes(lines, forms)):
            numbers = []
        numbers = [i for i in numbers if not page.lines[i].linked and not (captions and _is_title(page.lines[i]))]
        shot = Shot(address_of(image, facts.url), at=place)
        names = _names_alone(page, numbers)
        for i in numbers:
            said = {(part, text) for _, part, text in shot.parts}
            rows = [(i, "credit", names[i])] if i in names else _cut(page, i)
            shot.parts += [row for row in rows if row[1:] not in said]
        shot.lines.update(numbers)
        used.update(numbers)
        _from_data(shot, image, facts)
        if shot.parts:
            shots.append(shot)
        else:
            bare.append(image)
    return [*shots, *_far(page, used, allowed, facts, bare)]


def _from_data(shot: Shot, image: Any, facts: Facts) -> None:
    """Add the caption or credit that only attributes or linked data have; below a printed caption none is printed."""
    have = {part for _, part, _ in shot.parts}
    named = facts.pictures.get(file_name(shot.address or ""), ("", ""))
    credits = (image.get(name) for name in ("data-credit", "data-copyright", "data-photographer"))
    given = (
        image.get("data-caption") or image.get("data-image-caption") or named[0],
        next((credit for credit in credits if credit), named[1]),
    )
    if not have:
        texts = [" ".join(re.sub(r"<[^>]{0,500}>", " ", value[:2000]).split()) for value in given]
        shot.parts += [(shot.at, part, text) for part, text in zip(("caption", "credit"), texts, strict=True) if text]
    elif "credit" not in have and given[1]:
        shot.unprinted = " ".join(given[1][:300].split())


def _tells_speaker(line: PageLine) -> bool:
    """Whether a line is what stands below a quotation that is set as a figure: who said it."""
    figure = next(line.element.iterancestors("figure"), None)
    return figure is not None and next(figure.iter("blockquote"), None) is not None


def _below_film(line: PageLine) -> bool:
    """Whether a line stands directly below a film, which has no picture of its own."""
    for element in (line.element, line.element.getparent()):
        above = None if element is None else element.getprevious()
        if above is not None and next(above.iter(*FILMS), None) is not None:
            return True
    return False


def _far(page: Page, used: set[int], allowed: set[int], facts: Facts, bare: list[Any]) -> list[Shot]:
    """Captions by name that stand below a picture, but in another box: slides, films, galleries.

    A `figcaption` is one wherever it stands: some set the lines of the first picture below the headline, the picture
    above it. It is that of the first picture of which nothing else is said.
    """
    found: list[Shot] = []
    for i in sorted(allowed - used):
        line = page.lines[i]
        if found and i in (max(found[-1].lines) + 1, max(found[-1].lines) + 2) and _is_credit(page, line):
            found[-1].parts += _cut(page, i)
            found[-1].lines.add(i)
            continue
        if line.linked or len(line.text) > MAX_CAPTION or _tells_speaker(line):
            continue
        if line.marked("caption") is None:
            if _is_below(page, i) and (parts := _cut(page, i)):
                found.append(Shot(address_of(page.pictures[line.images - 1][0], facts.url), parts, i, {i}))
            continue
        near = any(page.lines[j].images < line.images for j in range(max(0, i - 4), i))
        if not near and marked_credits(page, line):
            found.append(Shot(None, _cut(page, i), i, {i}))  # of a film
        elif not near and _below_film(line) and (parts := _cut(page, i)):
            found.append(Shot(None, parts, i, {i}))
        elif not near and line.marked("caption").tag == "figcaption" and (parts := _cut(page, i)):
            found.append(Shot(address_of(bare[0], facts.url) if bare else None, parts, i, {i}))
        elif near and (parts := _cut(page, i)):
            image = page.pictures[line.images - 1][0]
            address = address_of(image, facts.url)
            if found and found[-1].address == address:
                found[-1].parts += parts
                found[-1].lines.add(i)
            else:
                found.append(Shot(address, parts, i, {i}))
    return found
