"""MHTML: a saved page with its pictures in one file, as browsers write `.mhtml` and `.mht`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.readers import pages
from newslab.readers.text import MAX_TEXT, open_bytes
from newslab.records import Article
from newslab.webpage.facts import is_address

if TYPE_CHECKING:
    from email.message import Message

MAX_PARTS = 2_000  # of a page; no page has more pictures


def page_in(data: bytes) -> tuple[bytes | None, str | None, str | None]:
    """The HTML of the page in an MHTML file, its encoding as stated, and the page's address.

    The page is the first part that is HTML: frames and advertisements come after it.

    >>> page_in(b"Content-Type: text/html; charset=utf-8\\nContent-Location: https://a.example/b\\n\\n<p>Ice</p>")
    (b'<p>Ice</p>', 'utf-8', 'https://a.example/b')
    """
    from email import message_from_bytes

    message = message_from_bytes(data)
    saved = str(message.get("Snapshot-Content-Location", "")).strip()
    stack: list[Message] = [message]
    seen = 0
    while stack and seen < MAX_PARTS:
        part = stack.pop()
        seen += 1
        if part.is_multipart():
            inner: Any = part.get_payload()
            stack += reversed(inner) if isinstance(inner, list) else []
        elif part.get_content_type() in ("text/html", "application/xhtml+xml"):
            held = part.get_payload(decode=True)
            address = str(part.get("Content-Location", "")).strip()
            address = next((a for a in (saved, address) if is_address(a)), "")
            return held if isinstance(held, bytes) else None, part.get_content_charset(), address or None
    return None, None, None


def read(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The page in an MHTML file, as one article."""
    data = open_bytes(path)
    article = Article("", source_file=path.as_posix(), source_format="html")
    if len(data) > MAX_TEXT:
        yield replace(article, problem=f"{path}: longer than the {MAX_TEXT:,} bytes that one document may have")
        return
    try:
        held, encoding, address = page_in(data)
    except (ValueError, LookupError, RecursionError, AttributeError) as error:  # headers that no mail program wrote
        yield replace(article, problem=f"{path}: not readable as MHTML ({type(error).__name__}: {error})")
        return
    if not held:
        yield replace(article, problem=f"{path}: holds no HTML page. Save the page anew, as a complete web page.")
        return
    page = pages.from_bytes(held, encoding)
    yield replace(
        page,
        url=page.url or address,
        source_file=path.as_posix(),
        problem=f"{path}: {page.problem}" if page.problem else None,
    )
