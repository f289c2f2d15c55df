"""What a page hides from all readers but those of screens, itself or in its style sheets: `Image credit:`."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from newslab.layout.bylines import is_personal
from newslab.layout.credits import credit_labels

LONGEST = 500_000  # characters of a style sheet, or of data, that are looked at
UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object", "embed", "applet",
    "button", "select", "option", "textarea", "input", "audio", "video", "canvas", "map", "link", "meta", "base",
    "amp-ad", "amp-analytics", "amp-iframe", "amp-video", "amp-social-share")
)  # fmt: skip
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,2000})\}")
_CLIPPED = re.compile(r"\bclip:\s?rect\(|\bclip-path:\s?inset\((?:50|100)%", re.IGNORECASE)
_SMALL = re.compile(r"\b(?:width|height):\s?[01]px", re.IGNORECASE)
_AWAY = re.compile(  # beside all screens
    r"\b(?:left|right|top):\s?-(?:\d{4,6}(?:px)?|\d{3,6}r?em|999px)\s*(?:!|;|\Z)", re.IGNORECASE
)
_APART = re.compile(r"[,;|&]|\band\b")
_DATA_NAME = re.compile(r'"(?:name|author|creator)"\s{0,9}:\s{0,9}\[?\s{0,9}"([^"]{4,80})"')
_NAME = re.compile(r"\s*\.([\w-]{2,100})\s*\Z")

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SCREEN_READER = re.compile(
    r"visually[-_]?hid|hid(?:e|den)[-_]?visually|sr[-_]only|screen[-_]?reader|\ba11y|off-?screen|assistive|element-invisible"
    r"|hidden-(?:text|label|content)|accessib(?:le|ility)-(?:text|hide|label)",
    re.IGNORECASE,
)


def clipped_classes(root: Any) -> frozenset[str]:
    """Classes whose elements are clipped to nothing or set beside the screen: read aloud, and not shown.

    Names that a program has made say nothing of their elements, so that the style sheet alone tells.

    >>> from lxml.html import document_fromstring
    >>> sheet = "<style>.x1,.x2{position:absolute;clip:rect(0 0 0 0)}.y{position:absolute}</style>"
    >>> sorted(clipped_classes(document_fromstring(sheet)))
    ['x1', 'x2']
    """
    found: set[str] = set()
    for style in root.iter("style"):
        for match in _RULE.finditer((style.text or "")[:LONGEST]):
            said = match[2].casefold()
            small = "hidden" in said and len(_SMALL.findall(said)) > 1
            if "absolute" in said and (_CLIPPED.search(said) or _AWAY.search(said) or small):
                found.update(name[1] for selector in match[1].split(",") if (name := _NAME.match(selector)))
    return frozenset(found)


def is_unseen(element: Any, tag: str, clipped: frozenset[str], told: frozenset[str] = frozenset()) -> bool:
    """Whether an element is not shown; a button with a writer's name that the page's data (`told`) have is."""
    if tag == "button" and told and (name := " ".join("".join(islice(element.itertext(), 5)).split())):
        return not (is_personal(name) and name in told)
    if tag in UNSEEN or element.get("hidden") is not None:
        return True
    style, names = element.get("style"), element.get("class")
    if clipped and names and not clipped.isdisjoint(names.split()):
        return True
    return bool((style and _HIDDEN.search(style)) or (names and _SCREEN_READER.search(names)))


def labels_credit(element: Any) -> bool:
    """Whether a hidden element says that a credit follows."""
    text = (element.text or "").strip(" \n\t.:,…").casefold()
    return bool(text) and len(text) <= 30 and any(text in (form, f"image {form}") for form in credit_labels())


def named_in_data(root: Any) -> frozenset[str]:
    """Names that a page's data hold for machines, those of its writers among them."""
    metas = (meta for meta in root.iter("meta") if "author" in f"{meta.get('name')} {meta.get('property')}".lower())
    names = [name for meta in islice(metas, 20) for name in _APART.split((meta.get("content") or "")[:1000])]
    linked = (script for script in root.iter("script") if "ld+json" in (script.get("type") or "").lower())
    names += [name for script in islice(linked, 20) for name in _DATA_NAME.findall((script.text or "")[:LONGEST])]
    return frozenset(name.strip() for name in names)
