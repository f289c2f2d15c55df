"""What a page's own style sheets hide from all readers but those of screen readers: labels such as `Image credit:`."""

from __future__ import annotations

import re
from typing import Any

LONGEST = 500_000  # characters of a style sheet that are looked at
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,2000})\}")
_CLIPPED = re.compile(r"\bclip:\s?rect\(|\bclip-path:\s?inset\((?:50|100)%", re.IGNORECASE)
_SMALL = re.compile(r"\b(?:width|height):\s?[01]px", re.IGNORECASE)
_NAME = re.compile(r"\s*\.([\w-]{2,100})\s*\Z")


def clipped_classes(root: Any) -> frozenset[str]:
    """Classes whose elements are clipped to nothing: read aloud, and not shown.

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
            if "absolute" in said and (_CLIPPED.search(said) or ("hidden" in said and len(_SMALL.findall(said)) > 1)):
                found.update(name[1] for selector in match[1].split(",") if (name := _NAME.match(selector)))
    return frozenset(found)
