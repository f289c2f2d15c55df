"""Saved HTML pages: trafilatura's body, rendered once as the article's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from newslab.readers.text import decode, open_bytes
from newslab.records import Article


def article(html: str) -> Article:
    """A saved page as an article: headline and body paragraphs, a blank line between any two.

    >>> page = "<html><body><article><h1>Ferry sinks</h1>" + "<p>Two ferries sank off the coast today.</p>" * 9
    >>> article(page + "</article></body></html>").source_format
    'html'
    """
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    try:
        found = bare_extraction(html, favor_precision=True, with_metadata=True, include_comments=False)
    except (LxmlError, ValueError, RecursionError) as error:
        return Article("", source_format="html", problem=f"not readable as HTML ({type(error).__name__}: {error})")
    if not isinstance(found, Document):
        return Article("", source_format="html", problem="no article text was found in the page")
    body = [line.strip() for line in (found.text or "").splitlines() if line.strip()]
    if not body:
        return Article("", source_format="html", problem="no article text was found in the page")
    headline = " ".join((found.title or "").split())
    lines = [headline, *body] if headline and headline != body[0] else body
    return Article(
        "",
        "\n\n".join(lines),
        headline=headline or None,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        published=found.date,
        outlet=found.sitename,
        url=found.url,
        source_format="html",
    )


def read(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The page in an HTML file, as one article."""
    html, problem = decode(open_bytes(path))
    page = article(html) if html else Article("", source_format="html", problem=problem)
    problem = page.problem or problem
    yield replace(page, source_file=path.as_posix(), problem=f"{path}: {problem}" if problem else None)
