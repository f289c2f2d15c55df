"""Text files: one page copy a file, in whatever encoding it was saved."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newslab.records import Article

MAX_TEXT = 64 * 1024 * 1024  # bytes of one unpacked document; no page is longer

MIXED = 0.01  # share of characters that may be wrong in a text that is UTF-8 otherwise


def open_bytes(path: Path) -> bytes:
    """A file's bytes, unpacked if its name ends in `.gz`, never more than `MAX_TEXT` and one.

    Raises
    ------
    OSError
        If the file cannot be opened, or a `.gz` file is cut off or none.
    """
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            return file.read(MAX_TEXT + 1)
    except (EOFError, zlib.error) as error:
        raise OSError(f"the compressed file is damaged: {error}") from error


def decode(data: bytes, stated: Sequence[str] = ()) -> tuple[str, str | None]:
    """Bytes as text, and a problem if the encoding had to be guessed or there is no text.

    A byte order mark is dropped and line ends become a line feed; nothing else changes.

    Parameters
    ----------
    data
        The bytes of one document.
    stated
        Encodings that the document, or what came with it, names; tried after UTF-8.

    Examples
    --------
    >>> decode(b"caf\\xc3\\xa9\\r\\nbar")
    ('café\\nbar', None)
    """
    if len(data) > MAX_TEXT:
        return "", f"longer than the {MAX_TEXT:,} bytes that one document may have"
    marks = {b"\xff\xfe\x00\x00": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    encoding = next((name for mark, name in marks.items() if data.startswith(mark)), "utf-8-sig")
    text, problem = _decoded(data, encoding, [name for name in stated if name.lower() not in ("utf-8", "utf8")])
    return text.replace("\r\n", "\n").replace("\r", "\n"), problem


def _decoded(data: bytes, encoding: str, stated: Sequence[str]) -> tuple[str, str | None]:
    for name in (encoding, *stated):
        try:
            return data.decode(name), None
        except (UnicodeDecodeError, LookupError):  # not in it, or no encoding of that name
            continue
    if b"\x00" in data:
        return "", "holds NUL bytes: not a text file, or one in an encoding without a mark. Save it as UTF-8."
    mended = data.decode("utf-8-sig", errors="replace")
    bad = mended.count("\ufffd")
    if bad <= MIXED * len(mended) and sum(not c.isascii() for c in mended) >= 3 * bad:
        return mended, f"{bad} of its characters are not UTF-8, as the others are; each stands as \ufffd"
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return "", "its bytes are text in no encoding known. Save it as UTF-8."
    return str(best), f"not UTF-8: read as {best.encoding}, which is a guess. Save it as UTF-8 to be sure."


def read(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The page copy in a text file, as one article."""
    text, problem = decode(open_bytes(path))
    if problem is not None:
        problem = f"{path}: {problem}"
    yield Article("", text, source_file=path.as_posix(), source_format="text", problem=problem)
