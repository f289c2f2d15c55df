"""Images on a saved page that are no news pictures of it: writers' portraits, outlets' signs, teasers' pictures."""

from __future__ import annotations

import re
from typing import Any

from newslab.layout.lines import normal
from newslab.webpage.facts import Facts, file_name
from newslab.webpage.tree import Page, leads_away, names_of, words_for

ICON = 100  # pixels; what is smaller is a portrait or a sign
_SIGN = re.compile(r"(?:^|[-_./])(?:logo|masthead|icon|sprite|spacer|avatar|emoji)s?(?:[-_.]|\d|\Z)", re.IGNORECASE)
_KINDS = re.compile(  # before or behind the name of whom an image shows: Dubna Post logo, Portrait of Ana Vries
    r"\b(?:logo|(?:photo|picture|portrait|image|headshot|foto|bild|avatar)(?: (?:of|de|von|di))?|profile)\b",
    re.IGNORECASE,
)


def is_portrait(image: Any, box: Any, facts: Facts) -> bool:
    """Whether an image is one of a writer, by its words or the names of elements round it, up to one beyond its box."""
    if _shown(image) in {normal(name) for name in facts.authors}:
        return True
    for element in [image, *image.iterancestors()]:
        if names_of(element) & (words_for("no picture") | words_for("byline")):
            return True
        if element.getparent() is None or element is box.getparent():
            break
    return False


def is_sign(image: Any, box: Any, facts: Facts) -> bool:
    """Whether an image is an outlet's sign or another small one, by its words, its size or its file's name."""
    if box.tag == "figure":
        return False
    given = [size for size in (image.get("width"), image.get("height")) if size and size.isdecimal()]
    sizes = [int(size[:6]) for size in given]  # a number of 5,000 digits is large enough
    outlet = normal(facts.outlet or "")
    small = len(sizes) > 1 and max(sizes) <= ICON
    named = _SIGN.search(file_name(image.get("src") or "")[:200]) is not None
    return small or named or (outlet != "" and _shown(image) == outlet)


def _shown(image: Any) -> str:
    """Whom or what an image shows by its words, as `normal` gives it: `Photo of Ana Vries` shows Ana Vries."""
    return normal(_KINDS.sub(" ", (image.get("alt") or "")[:200]))


def is_teaser(page: Page, image: Any, numbers: list[int]) -> bool:
    """Whether a picture that is a link stands beside a title that is one: both lead to another article or a film."""
    link = next((e for e, _ in zip(image.iterancestors("a"), range(1), strict=False)), None)
    away = link is not None and leads_away(link)
    return away and any(page.lines[i].linked and len(page.lines[i].text.split()) >= 4 for i in numbers)
