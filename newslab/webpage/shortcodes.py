"""Codes of a publishing system that it has left in a page as they are: `[caption]` round a picture."""

from __future__ import annotations

import re

_CAPTION = re.compile(r"\[caption\b[^\]\n]{0,300}\](.{0,3000}?)\[/caption\]", re.DOTALL)
_PICTURE = re.compile(r"\s*((?:<a\b[^>]{0,1000}>\s*)?<img\b[^>]{0,2000}>(?:\s*</a>)?)(.*)", re.DOTALL)


def with_figures(html: str) -> str:
    """A page with figures where a code stands for one.

    >>> with_figures('[caption width="9"]<img src="a.jpg"> The pier[/caption]')
    '<figure><img src="a.jpg"><figcaption>The pier</figcaption></figure>'
    """
    return _CAPTION.sub(_figure, html) if "[/caption]" in html else html


def _figure(code: re.Match[str]) -> str:
    found = _PICTURE.fullmatch(code[1])
    # without a picture, its words are text
    return f"<figure>{found[1]}<figcaption>{found[2].strip()}</figcaption></figure>" if found else code[1]
