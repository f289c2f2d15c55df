"""Large text files document by document: opened in the right encoding, cut where a document begins.

An export may have hundreds of megabytes, so no reader of one holds the whole of it.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

BLOCK = 1 << 20  # bytes or characters read at once
HEAD = 1 << 20  # bytes in which a file must show what it is
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)


class Piece(NamedTuple):
    """A stretch of a text file, from one separator to the next."""

    text: str
    line: int  # on which it begins, from 1
    cut: bool  # it was longer than allowed, and the rest of it is left out


def open_binary(path: Path) -> IO[bytes]:
    """A file's bytes, unpacked if its name ends in `.gz`."""
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def head(path: Path, size: int = HEAD) -> bytes:
    """The first bytes of a file."""
    with open_binary(path) as file:
        return file.read(size)


def head_text(data: bytes) -> str:
    """The first bytes of a file as text, for recognising it: ASCII is right, the rest may not be.

    >>> head_text("Länge".encode("utf-16"))
    'Länge'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="ignore")
    return data.decode("utf-8", errors="replace").lstrip("\ufeff")


def encoding_of(path: Path) -> tuple[str, str | None]:
    """The encoding of a text file, and a problem where it had to be guessed or where bytes are damaged.

    UTF-8 comes first whatever the file says of itself, since many exports say something else and are UTF-8.
    """
    bad = good = 0
    begin = head(path, BLOCK)
    for mark, name in _MARKS:
        if begin.startswith(mark):
            return name, None
    with open_binary(path) as file:
        decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
        while block := file.read(BLOCK):
            text = decoder.decode(block)
            if not text.isascii():
                wide = re.sub(r"[\x00-\x7f]+", "", text)
                bad += len(re.findall("[\udc80-\udcff]", wide))
                good += len(wide)
    good -= bad
    if bad == 0:
        return "utf-8-sig", None
    if bad * 20 < good or bad == 1 < good:
        return "utf-8-sig", f"{bad} bytes are not UTF-8, and stand as � in the text"
    said = _CHARSET.search(begin)
    try:
        name = codecs.lookup(said[1].decode("ascii")).name if said else ""
    except LookupError:
        name = ""
    if name in ("", "utf-8", "iso8859-1", "ascii"):  # what calls itself one of these is cp1252, which holds them
        if said is None or name == "utf-8":
            return "cp1252", "not UTF-8: read as cp1252, which is a guess. Save it as UTF-8 to be sure."
        return "cp1252", None
    return name, None


def open_text(path: Path) -> tuple[io.TextIOWrapper, str | None]:
    """A text file with line feeds as its line ends, and what is to be said of its encoding."""
    name, problem = encoding_of(path)
    return io.TextIOWrapper(open_binary(path), encoding=name, errors="replace", newline=None), problem


def pieces(file: io.TextIOBase, separator: re.Pattern[str], *, overlap: int = 2000, limit: int) -> Iterator[Piece]:
    """A text in pieces, each from a separator to before the next; the first is what stands before them all.

    Parameters
    ----------
    file
        The open text.
    separator
        What begins a document; never longer than `overlap`, and never matching across a blank stretch
        of that length.
    limit
        The most characters of a piece; what it has beyond them is left out.
    """
    buffer = ""
    line = 1
    searched = 0  # no separator begins before it
    dropped = False
    while True:
        block = file.read(BLOCK)
        buffer += block
        start = 0
        safe = len(buffer) - overlap if block else len(buffer)
        match = separator.search(buffer, searched)
        while match and match.start() < max(safe, 1 if not block else 0):
            if match.start() > start:
                text = buffer[start : match.start()]
                yield Piece(text, line, dropped)
                line += text.count("\n")
            dropped = False
            start = match.start()
            match = separator.search(buffer, max(match.end(), start + 1))
        buffer = buffer[start:]
        searched = max(1, min(len(buffer), (match.start() if match else safe) - start))
        if not block:
            break
        if len(buffer) > limit + overlap:
            line += buffer[limit:-overlap].count("\n")
            buffer = buffer[:limit] + buffer[-overlap:]
            searched = limit
            dropped = True
    if buffer:
        yield Piece(buffer, line, dropped)
