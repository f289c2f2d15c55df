"""Which archive's export a file is, by what is in it and never by its name alone."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from newslab.readers import europresse, factiva, lexisnexis, nexis, proquest, streams
from newslab.records import Article

# what a file begins with -> who reads it; the first that fits does
TEXTS: tuple[tuple[Callable[[str], bool], Callable[[Path, Mapping[str, str]], Iterator[Article]]], ...] = (
    (factiva.is_rtf, factiva.read_rtf),
    (lexisnexis.is_rtf, lexisnexis.read_rtf),
    (proquest.is_mail, proquest.read_mail),
    (proquest.is_text, proquest.read_text),
    (proquest.is_html, proquest.read_html),
    (factiva.is_html, factiva.read_html),
    (europresse.is_html, europresse.read),
    (lexisnexis.is_html, lexisnexis.read_html),
    (lexisnexis.is_text, lexisnexis.read_text),
)


def reader_of(path: Path) -> Callable[[Path, Mapping[str, str]], Iterator[Article]] | None:
    """The reader of the archive that a file was exported from, or None if it is no export that is known.

    Raises
    ------
    OSError
        If the file cannot be opened, or is packed and damaged.
    """
    try:
        data = streams.head(path)
    except (EOFError, zlib.error) as error:
        raise OSError(f"the compressed file is damaged: {error}") from error
    if data.startswith(b"PK\x03\x04"):
        return nexis.read if zipfile.is_zipfile(path) and nexis.is_docx(path) else None
    if b"\x00" in data[:100] and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return None
    begin = streams.head_text(data).replace("\r\n", "\n").replace("\r", "\n")
    return next((read for fits, read in TEXTS if fits(begin)), None)
