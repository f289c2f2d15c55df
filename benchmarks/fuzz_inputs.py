"""The inputs of `fuzz`: how bytes become files of each family of readers, and what whole inputs look like."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

CUT = b"\n--8<--\n"  # between the members of an archive that is made from an input
Made = tuple[Any, dict[str, str]]  # what load_articles gets: the source, and columns


# ------------------------------------------------------------------ from bytes to files


def packed(data: bytes) -> bytes:
    return gzip.compress(data, 1, mtime=0)


def members(data: bytes) -> list[tuple[str, bytes]]:
    """Names and contents: pieces between `CUT`, each with its name in its first line."""
    found = []
    for piece in data.split(CUT)[:20]:
        name, _, held = piece.partition(b"\n")
        found.append((name.decode("utf-8", "surrogateescape")[:200], packed(held) if name.endswith(b".gz") else held))
    return found


def zipped(data: bytes) -> bytes:
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")  # names that stand twice are part of the game
        for name, content in members(data):
            try:
                file.writestr(zipfile.ZipInfo(name), content)
            except (UnicodeEncodeError, ValueError):
                file.writestr("x.txt", content)
    return held.getvalue()


def tarred(data: bytes, mode: str) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as file:  # type: ignore[call-overload]
        for name, content in members(data):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            if "->" in name:
                info.type, info.linkname, info.size = tarfile.SYMTYPE, name.partition("->")[2], 0
            file.addfile(info, io.BytesIO(content))
    return held.getvalue()


def damaged(data: bytes, seed: int) -> bytes:
    """Bytes of which some are changed and, half of the time, the end is cut off."""
    out = bytearray(data)
    for n in range(seed % 4):
        out[(seed * 7919 + n * 104_729) % len(out)] ^= 1 + (seed + n) % 255
    return bytes(out[: 1 + (seed * 31) % len(out)] if seed % 2 else out)


def file(folder: Path, name: str, data: bytes) -> Made:
    (folder / name).write_bytes(data)
    return folder / name, {}


def make_copy(kind: int, data: bytes, folder: Path) -> Made:
    return file(folder, *(("p.txt.gz", packed(data)) if kind % 8 == 7 else ("p.txt", data)))


def make_html(kind: int, data: bytes, folder: Path) -> Made:
    name = ("p.html", "p.htm", "p.xhtml", "p.html.gz")[kind % 4]
    return file(folder, name, packed(data) if name.endswith(".gz") else data)


def make_mhtml(kind: int, data: bytes, folder: Path) -> Made:
    name = ("p.mhtml", "p.mht", "p.mhtml.gz")[kind % 3]
    return file(folder, name, packed(data) if name.endswith(".gz") else data)


def make_container(kind: int, data: bytes, folder: Path) -> Made:
    """Archives as they are, made from members, and made and damaged; folders as browsers save them."""
    endings = {".zip": "", ".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz"}
    ending, mode = list(endings.items())[kind // 4 % len(endings)]
    if kind % 4 == 0:
        return file(folder, f"x{ending}", data)
    if kind % 4 == 3:
        return saved_folder(data, folder), {}
    held = tarred(data, mode) if mode else zipped(data)
    return file(folder, f"x{ending}", damaged(held, zlib.crc32(data)) if kind % 4 == 2 else held)


def saved_folder(data: bytes, folder: Path) -> Path:
    """A folder of files; no name leads out of it, since a file system has no such names."""
    folder = folder / "saved"
    (folder / "page_files").mkdir(parents=True)
    (folder / "page.html").write_bytes(data)
    for name, content in members(data):
        parts = [part.replace("\0", "")[:40] for part in name.split("/")[:4] if part.strip(". \0")]
        if parts:
            path = folder.joinpath(*parts)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            except (OSError, UnicodeEncodeError):
                continue  # a file and a folder of one name
    return folder


def make_table(kind: int, data: bytes, folder: Path) -> Made:
    """Tables as they are, packed or made from lines of JSON; with pages in them; with columns named."""
    import pandas as pd

    shape = kind % 11
    if shape == 10:
        return file(folder, "t.json", data)
    if shape < 5:
        name = ("t.jsonl", "t.csv", "t.parquet", "t.jsonl.gz", "t.csv.gz")[shape]
        return file(folder, name, packed(data) if name.endswith(".gz") else data)
    text = data.decode("utf-8", "surrogateescape" if kind > 200 else "replace")
    if shape == 5:
        rows = [{"id": n, "html": page} for n, page in enumerate(text.split("\x0c"))]
        return file(folder, "t.jsonl", "\n".join(map(json.dumps, rows)).encode())
    if shape == 6:
        source, _ = file(folder, "t.csv", data)
        return source, {"text": re.split(r"[,;\t\r\n]", text, maxsplit=1)[0]}
    rows = []
    for line in text.split("\n")[:50]:
        try:
            row = json.loads(re.sub(r"\\u[dD][89a-fA-F]", r"\\u00", line))  # a DataFrame cannot hold half a character
        except (ValueError, RecursionError):
            row = {"text": line, "id": len(rows), "date": line[-10:]}
        rows.append(row if isinstance(row, dict) else {"text": row})
    frame = pd.DataFrame(rows)
    if shape < 9:
        return frame, {}
    try:
        frame.astype(str if kind % 3 else object).to_parquet(folder / "t.parquet")
    except Exception:  # what pyarrow cannot write is no file
        return frame, {}
    return file(folder, "t.parquet", damaged((folder / "t.parquet").read_bytes(), kind >> 4))


def make_word(kind: int, data: bytes, folder: Path) -> Made:
    if kind % 3 == 0:
        return file(folder, "x.docx", data)
    head = b"word/document.xml\n" if kind % 3 == 1 else b""
    return file(folder, "x.docx", zipped(head + data))


def make_rtf(kind: int, data: bytes, folder: Path) -> Made:
    return file(folder, "x.rtf", data)


def make_export(kind: int, data: bytes, folder: Path) -> Made:
    return file(folder, ("x.txt", "x.html", "x.eml", "x.txt.gz")[kind % 4], packed(data) if kind % 4 == 3 else data)


# ------------------------------------------------------------------ what inputs begin with


def pages_made() -> list[str]:
    from tests.made_pages_later import LATER
    from tests.made_pages_rest import BEFORE, made

    return [html for html, _ in made({**BEFORE, **LATER}).values()]


def exports_made() -> dict[str, bytes]:
    from tests.test_readers_safety import WHOLE

    return WHOLE


def seeds(family: str) -> list[bytes]:
    """Whole inputs of a family, from the test files' made pages and exports."""
    from newslab.readers.pages import article
    from newslab.webpage.tree import bare_text

    exports = exports_made()
    kinds = {"rtf": ("rtf",), "word": ("nexis",)}.get(family)
    if kinds or family == "exports":
        skipped = ("rtf", "nexis") if kinds is None else ()
        found = [data for name, data in exports.items() if not any(word in name for word in skipped)]
        chosen = [data for name, data in exports.items() if kinds and any(word in name for word in kinds)]
        out = [bytes([n % 4]) + data for n, data in enumerate(chosen if kinds else found)]
        if family == "word":
            for data in chosen:
                with zipfile.ZipFile(io.BytesIO(data)) as package:
                    parts = [f"{name}\n".encode() + package.read(name) for name in package.namelist()]
                out += [b"\x02" + CUT.join(parts), b"\x01" + package_xml(data)]
        return out
    pages = pages_made()
    html = [page.encode() for page in pages]
    if family == "copies":
        return [b"\x00" + bare_text(page).encode() for page in pages] + [
            b"\x07" + article(page).text.encode("utf-16") for page in pages[:4]
        ]
    if family == "html":
        return [bytes([n % 4]) + page for n, page in enumerate(html)]
    if family == "mhtml":
        from tests.test_containers import mhtml

        whole = [mhtml(page, kind=kind) for page in pages[:8] for kind in ("quoted-printable", "8bit")]
        return [bytes([n % 3]) + data for n, data in enumerate(whole)]
    short = [page[:3000] for page in html[:4]]
    rows = "\n".join(json.dumps({"id": f"a{n}", "text": "Ice holds ferries.", "date": "03/04/2021"}) for n in range(3))
    if family == "tables":
        table = b'id;title;text;published\n1;Ice;"Two ferries\nwere held.";2021-04-03\n2;Sun;None.;4 March 2021\n'
        lines = [json.dumps({"html": page.decode(), "lang": "en", "authors": ["A", "B"]}).encode() for page in short]
        return [bytes([kind]) + held for kind in range(10) for held in (rows.encode(), table, lines[0])]
    inner = [b"a/p.html\n" + short[0], b"t.jsonl\n" + rows.encode(), b"../up.txt\nIce", b"p.txt.gz\nIce holds.",
             b"l.txt->/etc/hosts\n", b"page_files/f.html\n<p>Ice", b"in.zip\nPK"]  # fmt: skip
    whole = CUT.join(inner)
    made = [b"\x00" + zipped(whole), b"\x04" + tarred(whole, "w"), b"\x08" + tarred(whole, "w:gz")]
    return made + [bytes([kind]) + whole for kind in range(24) if kind % 4]


def package_xml(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml")


WORDS = {  # what the fuzzer puts in as a whole, parted by blanks; ~ stands for a blank, $ for a line end
    "copies": "By~ Photo: (AP)~— Updated Read~more Advertisement Published~3~April~2021 © “ ” $$ $-~ $•~",
    "html": "<p> </p> <div> </div> <figure> <figcaption> <img~src=a.jpg> <h1> <time> <table> <td> <br> <aside> <svg> "
            "class= byline caption credit itemprop= author <script~type='application/ld+json'> {\"@type\": <meta~name= "
            "content= <noscript> <template> <!-- --> &#0; <![CDATA[ srcset= hidden lang=",
    "mhtml": "Content-Type: multipart/related boundary= charset= quoted-printable base64 text/html =3D =$ --",
    "containers": "$--8<--$ .zip .html .jsonl .txt.gz ../ / \\ -> PK\x01\x02 PK\x03\x04 PK\x05\x06 ustar _files/",
    "tables": '{" ": "text" "html" "authors" "markup" [ ] null NaN 1e999 \\ud800 \\u0000 , ; PAR1',
    "word": "<w:p> <w:r> <w:t> </w:t></w:r></w:p> <w:tab/> <w:br/> <w:hyperlink <w:bookmarkStart~w:name= <!DOCTYPE",
    "rtf": "{ } \\par \\u8217? \\'e9 \\bin \\upr \\* \\pict \\fonttbl \\ansicpg1252 \\uc0 \\b \\field",
    "exports": "DOCUMENTS LENGTH: BYLINE: BODY: LOAD-DATE: Document~ ____________ Full~text: <span~class= <td> HD TD",
}  # fmt: skip
FAMILIES: dict[str, Callable[[int, bytes, Path], Made]] = {
    "copies": make_copy, "html": make_html, "mhtml": make_mhtml, "containers": make_container, "tables": make_table,
    "word": make_word, "rtf": make_rtf, "exports": make_export,
}  # fmt: skip
