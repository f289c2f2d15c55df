"""The paragraphs of a Word file, one after the other, never the whole document at once.

A Word file is a zip with XML in it. Only `word/document.xml` is read: no macro, no linked file, no image. A
document type declaration, in which XML entities are made, is refused; Word writes none.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

MAX_XML = 1024 * 1024 * 1024  # bytes of unpacked XML; an export of 500 articles has some ten million
MAX_PARAGRAPH = 4 * 1024 * 1024  # characters of one paragraph
MAX_DEPTH = 2000  # elements inside each other
MAX_RATIO = 400  # a file that unpacks to more than this many times its size is a bomb, if it is large
BLOCK = 1 << 17
_MAIN = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}


class Paragraph(NamedTuple):
    """A paragraph of a Word file."""

    text: str  # a line break in it is a line feed
    style: str  # name of its style, empty if it has none
    heading: bool  # its style or outline level is that of a first heading
    bookmarks: tuple[str, ...]
    in_table: bool


class _Collector:
    """Gathers paragraphs while expat reads; a paragraph inside a text box is one of its own."""

    def __init__(self) -> None:
        self.done: list[Paragraph] = []
        self.open: list[tuple[list[str], list[str], list[str]]] = []  # words, bookmarks, style and level
        self.loose: list[str] = []  # bookmarks between paragraphs
        self.size = self.depth = self.tables = self.skipped = 0
        self.in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError(f"elements nested deeper than {MAX_DEPTH:,}")
        space, _, name = tag.rpartition(" ")
        if name == "Fallback" or (name == "del" and space in _MAIN):
            self.skipped += 1  # what is there a second time, or was deleted
        if space not in _MAIN or self.skipped:
            return
        value = next((v for key, v in attributes.items() if key.rpartition(" ")[2] == "val"), "")
        if name == "p":
            self.open.append(([], self.loose, []))
            self.loose = []
            self.size = 0
        elif name == "tbl":
            self.tables += 1
        elif name == "bookmarkStart":
            mark = next((v for key, v in attributes.items() if key.rpartition(" ")[2] == "name"), "")
            (self.open[-1][1] if self.open else self.loose).append(mark)
        elif self.open and name == "t":
            self.in_text = True
        elif self.open and name in ("pStyle", "outlineLvl"):
            self.open[-1][2].append(f"{name} {value}")
        elif self.open and name in _BREAKS:
            self.open[-1][0].append(_BREAKS[name])

    def end(self, tag: str) -> None:
        self.depth -= 1
        space, _, name = tag.rpartition(" ")
        if name == "Fallback" or (name == "del" and space in _MAIN):
            self.skipped -= 1
        if space not in _MAIN or self.skipped:
            return
        if name == "t":
            self.in_text = False
        elif name == "tbl":
            self.tables -= 1
        elif name == "p" and self.open:
            words, marks, told = self.open.pop()
            style = next((t.partition(" ")[2] for t in told if t.startswith("pStyle ")), "")
            heading = bool(re.fullmatch(r"(?:heading|berschrift|überschrift|titre|título)\s?1", style, re.I))
            heading = heading or "outlineLvl 0" in told
            self.done.append(Paragraph("".join(words), style, heading, tuple(marks), self.tables > 0))

    def text(self, data: str) -> None:
        if self.in_text and self.open and not self.skipped:
            self.size += len(data)
            if self.size > MAX_PARAGRAPH:
                raise ValueError(f"a paragraph of more than {MAX_PARAGRAPH:,} characters")
            self.open[-1][0].append(data)


def paragraphs(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of a Word file in order, those of tables and text boxes among them.

    Raises
    ------
    ValueError
        If the file is no zip, is cut off, holds no document, unpacks to too much, or its XML is damaged or
        declares entities. Paragraphs before the damage were given already.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _check_size(path, package.getinfo("word/document.xml"))
            with package.open("word/document.xml") as file:
                collector = _Collector()
                parser = expat.ParserCreate(namespace_separator=" ")
                parser.buffer_text = True
                parser.StartElementHandler = collector.start
                parser.EndElementHandler = collector.end
                parser.CharacterDataHandler = collector.text
                parser.StartDoctypeDeclHandler = _refuse_doctype
                while True:
                    block = file.read(BLOCK)
                    try:
                        parser.Parse(block, not block)
                    finally:
                        yield from collector.done
                        collector.done = []
                    if not block:
                        return
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValueError(f"not a whole Word file ({type(error).__name__}: {error})") from error
    except expat.ExpatError as error:
        raise ValueError(f"its XML is damaged ({error})") from error
    except LookupError as error:  # of its XML declaration
        if type(error) is not LookupError:
            raise
        raise ValueError(f"its XML is in an {error}") from error
    except zlib.error as error:
        raise ValueError(f"its zip is damaged ({error})") from error


def _refuse_doctype(*_: object) -> None:
    raise ValueError("declares a document type, in which entities can be hidden; Word writes none")


def _check_size(path: Path, info: zipfile.ZipInfo) -> None:
    packed = max(info.compress_size, 1)
    if info.file_size > MAX_XML or (info.file_size > 1 << 26 and info.file_size > MAX_RATIO * packed):
        raise ValueError(f"unpacks to {info.file_size:,} bytes out of {packed:,}: too large to be read")


def properties(path: Path) -> dict[str, str]:
    """The custom properties of a Word file by name; empty if there are none or they cannot be read."""
    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/custom.xml") as file:
            data = file.read(1 << 20).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return {}
    found = re.findall(
        r"<property\b[^>]{0,300}?\bname=\"([^\"]{1,80})\"[^>]{0,300}>\s*<[^>]{1,80}>([^<]{0,200})<", data
    )
    return dict(found)
