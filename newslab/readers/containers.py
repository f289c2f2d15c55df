"""ZIP and tar archives of anything that newslab reads.

No member is ever written under its own name: each goes to a temporary file that is called as newslab likes, is read,
and is deleted. What is not a plain, reasonably large file becomes a row with the reason in `problem`.
"""

from __future__ import annotations

import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from newslab.records import Article

MAX_MEMBERS = 100_000
MAX_UNPACKED = 2 * 1024**3  # bytes of all members together
MAX_MEMBER = 512 * 1024**2
CHUNK = 1024**2
ENDINGS = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
DAMAGED = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError,
           NotImplementedError, RuntimeError)  # fmt: skip
Open = Callable[[], IO[bytes] | None]
Member = tuple[str, str | None, Open]  # name, why it is refused or None, how it is opened
ReadFile = Callable[[Path, Mapping[str, str]], Iterator[Article]]


def is_container(path: Path) -> bool:
    """Whether a file is an archive of files, by its name.

    >>> is_container(Path("pages.tar.gz")), is_container(Path("page.html.gz"))
    (True, False)
    """
    return path.name.lower().endswith(ENDINGS)


def _refusal(name: str, plain: bool, size: int) -> str | None:
    """Why a member is not read, whatever is in it."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or ".." in parts or (parts and parts[0].endswith(":")) or "\x00" in name:
        return "its name leads out of the archive"
    if not plain:
        return "is a link or a device, not a file"
    if is_container(Path(name)):
        return "an archive within an archive, which is not opened. Unpack it first"
    if size > MAX_MEMBER:
        return f"{size:,} bytes, more than the {MAX_MEMBER:,} that are read. Split it"
    return None


def _zip_members(file: zipfile.ZipFile) -> Iterator[Member]:
    for info in file.infolist():
        if info.filename.endswith("/"):  # not is_dir(), which a member without a name breaks
            continue
        plain = (info.external_attr >> 28) in (0, 8)  # Unix file types: none given, or a plain file
        reason = "is encrypted. Unpack it with its password first" if info.flag_bits & 1 else None
        yield info.filename, _refusal(info.filename, plain, info.file_size) or reason, partial(file.open, info)


def _tar_members(file: tarfile.TarFile) -> Iterator[Member]:
    for info in file:
        if not info.isdir():
            yield info.name, _refusal(info.name, info.isreg(), info.size), partial(file.extractfile, info)


def read(
    path: Path, columns: Mapping[str, str], read_file: ReadFile, is_document: Callable[[Path], bool]
) -> Iterator[Article]:
    """The articles of all members of an archive; `read_file` reads a file, `is_document` says what is one.

    `source_file` is the archive's path and, behind a slash, the member's name, so that a metadata table can name it.
    """
    number, room = 0, MAX_UNPACKED
    with _opened(path) as members, tempfile.TemporaryDirectory() as folder:
        while True:
            number += 1
            try:
                name, reason, opened = next(members)
            except StopIteration:
                return
            except DAMAGED as error:
                yield _refused(path, "", f"is damaged after {number - 1} members ({type(error).__name__}: {error})")
                return
            if number > MAX_MEMBERS:
                yield _refused(path, "", f"holds more than the {MAX_MEMBERS:,} files that are read. Split it.")
                return
            inner = PurePosixPath(name.replace("\\", "/"))
            hidden = any(part.startswith(".") and part != ".." for part in inner.parts) or "__MACOSX" in inner.parts
            if hidden or not (is_document(Path(inner.name)) or is_container(Path(inner.name))):
                continue
            if reason is None:
                ending = "".join(Path(inner.name).suffixes[-2:])[-20:]
                copy = Path(folder, f"member{number}{ending}")
                try:
                    size = _copy(opened, copy, min(MAX_MEMBER, room))
                except DAMAGED as error:
                    size, reason = 0, f"cannot be unpacked ({type(error).__name__}: {error})"
                if size is None:
                    yield _refused(path, name, f"unpacks to more than {min(MAX_MEMBER, room):,} bytes, as bombs do")
                    return
                room -= size
            if reason is not None:
                yield _refused(path, name, reason)
                continue
            for article in read_file(copy, columns):
                problem = article.problem
                for written in (str(copy), copy.as_posix()):
                    problem = problem.replace(written, f"{path}/{name}") if problem else None
                yield replace(article, source_file=f"{path.as_posix()}/{inner.as_posix()}", problem=problem)
            copy.unlink(missing_ok=True)


class _opened:
    """The members of an archive, closed at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Iterator[Member]:
        self.file: zipfile.ZipFile | tarfile.TarFile
        if self.path.name.lower().endswith(".zip"):
            self.file = zipfile.ZipFile(self.path)
            return _zip_members(self.file)
        self.file = tarfile.open(self.path, "r:*", errorlevel=0)
        return _tar_members(self.file)

    def __exit__(self, *_: object) -> None:
        self.file.close()


def _copy(opened: Open, to: Path, limit: int) -> int | None:
    """Unpack a member into a file; its size, or None if it is larger than `limit`."""
    size = 0
    source = opened()
    if source is None:
        return 0
    with source, to.open("wb") as file:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > limit:
                return None
            file.write(chunk)
    return size


def _refused(path: Path, name: str, reason: str) -> Article:
    where = f"{path}/{name}" if name else str(path)
    kind = Path(name).suffix.lstrip(".").lower() or path.suffix.lstrip(".").lower()
    return Article("", source_file=f"{path.as_posix()}/{name}" if name else path.as_posix(), source_format=kind or None,
                   problem=f"{where}: {reason}")  # fmt: skip
