"""The paragraphs and table rows of an RTF file, read in one pass; nothing in it is ever run or fetched.

RTF is text, control words and groups in braces. Destinations that are no text (fonts, pictures, objects, field
instructions, page headers) are left out. Only as much of the format is read as text needs.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from newslab.readers.streams import open_binary

MAX_DEPTH = 10_000  # groups inside each other
MAX_CELLS = 1000  # of one row
MAX_PART = 16 * 1024 * 1024  # characters of one paragraph or row
MAX_BYTES = 512 * 1024 * 1024
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n\x00]+)|[\r\n\x00\\]",
    re.DOTALL,
)
_SYMBOLS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "line": "\n",
}  # fmt: skip
_SKIPPED = frozenset((
    "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "fldinst", "listtable", "listoverridetable", "themedata", "generator", "xmlnstbl", "filetbl",
    "revtbl", "rsidtbl", "datastore", "latentstyles", "bkmkstart", "bkmkend", "nonshppict", "txe", "xe", "tc",
    "annotation", "footnote", "private",
))  # fmt: skip
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


class Part(NamedTuple):
    """A row of a table, or a paragraph outside of tables, which has no cells."""

    cells: list[str]
    text: str
    bold: bool  # its first letter is


@dataclass(slots=True)
class _State:
    """What a group inherits and its end undoes."""

    skip: bool = False
    fonts: bool = False  # inside the font table
    bold: bool = False
    font: int = -1
    fallback: int = 1  # characters that stand behind a \\u for programs that cannot show it


@dataclass(slots=True)
class _Writer:
    """The text read so far of the open row and paragraph."""

    words: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)  # of \\'hh, not decoded yet: a character may have two
    encoding: str = "cp1252"
    cells: list[str] = field(default_factory=list)
    bold: bool | None = None
    in_table: bool = False  # between \\intbl or \\trowd and \\row or \\pard
    halves: bool = False  # of characters that two \\u make
    size: int = 0

    def add(self, text: str, bold: bool) -> None:
        self.flush()
        if self.bold is None and text.strip():
            self.bold = bold
        self.words.append(text)
        self.size += len(text)
        self.check()

    def check(self) -> None:
        if self.size > MAX_PART:
            raise ValueError(f"a paragraph of more than {MAX_PART:,} characters")
        if len(self.cells) > MAX_CELLS:
            raise ValueError(f"a row of more than {MAX_CELLS:,} cells")

    def flush(self) -> None:
        if self.raw:
            self.check()
            self.words.append(self.raw.decode(self.encoding, "replace"))
            self.raw.clear()

    def take(self) -> str:
        self.flush()
        text = "".join(self.words)
        self.words.clear()
        if self.halves:
            self.halves = False
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text

    def part(self) -> Part:
        made = Part(self.cells, "" if self.cells else self.take(), bool(self.bold))
        self.cells, self.bold, self.in_table, self.size = [], None, False, 0
        return made


def parts(path: Path) -> Iterator[Part]:
    """The rows and paragraphs of an RTF file in order; a line break inside one is a line feed.

    Raises
    ------
    ValueError
        If the file is no RTF, ends inside a group, or nests groups too deep. What stood before was given.
    """
    with open_binary(path) as file:
        if path.suffix.lower() == ".gz":
            yield from _parts(file.read(MAX_BYTES + 1))
            return
        with closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as data:
            yield from _parts(data)


def _parts(data: bytes | mmap.mmap) -> Iterator[Part]:
    if not data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise ValueError("no RTF: it does not begin with {\\rtf")
    out = _Writer()
    state = _State()
    stack: list[_State] = []
    charsets: dict[int, str] = {}
    page = "cp1252"
    to_skip = 0  # characters of a \\u's fallback that are still to come
    star = False  # the group began with \\*: unknown destinations in it are to be left out
    position, end = 0, len(data)
    while position < end:
        match = _TOKEN.match(data, position)
        if match is None:  # a lone quote after a backslash
            position += 1
            continue
        position = match.end()
        word, number, byte, symbol, brace, run = match.groups()
        if brace == b"{":
            if len(stack) >= MAX_DEPTH:
                raise ValueError(f"groups nested deeper than {MAX_DEPTH:,}")
            stack.append(_State(state.skip, state.fonts, state.bold, state.font, state.fallback))
            to_skip, star = 0, False
        elif brace == b"}":
            out.flush()
            state = stack.pop() if stack else _State()
            to_skip = 0
        elif word is not None:
            name, value = word.decode("ascii"), int(number) if number else None
            if name == "bin":
                position += max(0, value or 0)
            elif name == "u" and value is not None:
                if not state.skip:
                    out.halves = out.halves or 0xD800 <= value % 0x10000 <= 0xDFFF
                    out.add(chr(value % 0x10000), state.bold)
                to_skip = state.fallback
            elif name in _SKIPPED or (star and name not in ("shppict",)):
                state.skip = True
            elif name == "uc":
                state.fallback = min(max(0, value or 0), 16)
            elif name == "ansicpg":
                page = out.encoding = _code_page(value)
            elif name == "mac":
                page = out.encoding = "mac_roman"
            elif name == "fonttbl":
                state.skip = state.fonts = True
            elif name == "fcharset" and state.fonts:
                charsets[state.font] = _CHARSETS.get(value or 0, "")
            elif name == "f" and value is not None:
                state.font = value
            elif not state.skip:
                made = _control(name, value, out, state)
                if made:
                    yield made
            star = False
        elif state.skip and symbol != b"*":
            continue
        elif byte is not None:
            if to_skip:
                to_skip -= 1
            else:
                encoding = charsets.get(state.font) or page
                if encoding != out.encoding:
                    out.flush()
                    out.encoding = encoding
                out.raw.append(int(byte, 16))
                out.size += 1
                out.bold = state.bold if out.bold is None else out.bold
        elif symbol is not None:
            if symbol == b"*":
                star = True
            elif symbol in (b"\n", b"\r"):
                made = _control("par", None, out, state)
                if made:
                    yield made
            elif to_skip:
                to_skip -= 1
            elif symbol in b"\\{}~_":
                out.add({"~": "\u00a0", "_": "\u2011"}.get(symbol.decode(), symbol.decode()), state.bold)
        elif run is not None:
            dropped = min(to_skip, len(run))
            to_skip -= dropped
            if dropped < len(run):
                out.add(run[dropped:].decode(page, "replace"), state.bold)
    last = out.part()
    if last.cells or last.text.strip():
        yield last
    if stack:
        raise ValueError("it ends inside a group: the file is cut off")


def _control(name: str, value: int | None, out: _Writer, state: _State) -> Part | None:
    """Do what a control word says; give back the row or paragraph that it ends."""
    if name in _SYMBOLS:
        out.add(_SYMBOLS[name], state.bold)
    elif name == "b":
        state.bold = value != 0
    elif name == "plain":
        state.bold = False
    elif name == "pard":
        out.in_table = bool(out.cells)
    elif name in ("cell", "nestcell"):
        out.cells.append(out.take().strip("\n"))
        out.check()
    elif name in ("row", "nestrow"):
        rest = out.take()
        if rest.strip():
            out.cells.append(rest)
        return out.part()
    elif name in ("par", "page", "sect"):
        if out.cells or out.in_table:
            out.add("\n", state.bold)
        else:
            return out.part()
    elif name in ("intbl", "trowd"):
        out.in_table = True
    return None


def _code_page(number: int | None) -> str:
    import codecs

    for name in (f"cp{number}", {10000: "mac_roman", 65001: "utf-8"}.get(number or 0, "cp1252")):
        try:
            return codecs.lookup(name).name
        except LookupError:
            continue
    return "cp1252"
