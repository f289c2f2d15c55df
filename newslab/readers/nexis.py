"""Exports of Nexis Uni and Lexis Advance as Word files, many documents in one.

A document opens with a bookmark and closes with `End of Document`; between them stand headline, outlet, date,
labels, `Body` and blocks with a title of their own. Before the first there may be a cover.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newslab.readers import docx
from newslab.readers.date_lines import read_date_line
from newslab.readers.drafts import (
    APPENDED,
    MAX_DOCUMENT,
    Draft,
    article,
    fold_blanks,
    is_copyright,
    is_rights,
    labels,
    missing,
    squashed,
    take_captions,
    take_edition,
)
from newslab.records import Article

ENDS = frozenset(("end of document", "ende des dokuments", "fin du document", "fin del documento", "einde document"))
_BOOKMARK = re.compile(r"Bookmark_\d+")
_COUNT = re.compile(r"[^\W\d_][^\d()]{2,25}\((\d{1,6})\)")
_LABEL = re.compile(r"([^\W\d_][\w /-]{1,28}):[\s\u00a0]*")
_BODY = frozenset(("body", "text", "texte", "corps", "tekst", "cuerpo"))
_BLOCKS = {
    "classification": "", "klassifizierung": "", "graphic": "captions", "grafik": "captions", "graphique": "captions",
    "gráfico": "captions", "correction": "correction", "korrektur": "correction",
}  # fmt: skip
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8});")
HEADER = 40  # lines among which the date stands
MAX_EDITION = 60  # characters of a line with an edition
MAX_NOTE = 20_000  # characters of a correction
HEADLESS = "no headline in original"


def is_docx(path: Path) -> bool:
    """Whether a file is a Word file of this archive, by what is in it."""
    try:
        with zipfile.ZipFile(path) as package:
            if "word/document.xml" not in package.namelist():
                return False
    except (zipfile.BadZipFile, OSError, UnicodeDecodeError, NotImplementedError):
        return False
    if {"LADeliveryID", "LADocCount"} & docx.properties(path).keys():
        return True
    seen = set()
    try:
        for paragraph in docx.paragraphs(path):
            text = paragraph.text.strip().casefold()
            marked = any(map(_BOOKMARK.fullmatch, paragraph.bookmarks))
            seen.add("edge" if marked or text.endswith(tuple(ENDS)) else "body" if text in _BODY else "")
            seen.add("job" if text.startswith("job number:") else "count" if _COUNT.fullmatch(text) else "")
            if {"edge", "body"} <= seen:
                return True
    except ValueError:
        pass  # damaged: what was seen before decides, and reading it says where it stops
    return {"job", "count"} <= seen  # a cover alone, the list of a download with a file a document


def read(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents of an export."""
    name = path.as_posix()
    count = 0
    promised: int | None = None
    cover = False
    damage = ""
    held: list[docx.Paragraph] = []
    size = 0
    started = False  # a bookmark stood before what is held

    def done(ended: bool) -> Iterator[Article]:
        nonlocal count, held, size, started
        if any(p.text.strip() for p in held):
            count += 1
            draft = Draft(name, f"document {count}", "nexis")
            if size > MAX_DOCUMENT:
                draft.problems.append(f"longer than {MAX_DOCUMENT:,} characters: the rest is left out")
            if not ended:
                draft.problems.append("no 'End of Document' closes it: the file may be cut off")
            fill(draft, held)
            yield article(draft)
        held, size, started = [], 0, False

    try:
        for paragraph in docx.paragraphs(path):
            text = paragraph.text.strip()
            marked = any(map(_BOOKMARK.fullmatch, paragraph.bookmarks)) and (not text or paragraph.heading)
            if marked:
                if count == 0 and not started:
                    cover, promised = _cover(held)
                    held = []
                if any(p.text.strip() for p in held):
                    yield from done(ended=False)
                started = True
            lines = paragraph.text.rstrip().rsplit("\n", 1)
            ends = lines[-1].strip().casefold() in ENDS
            if ends:
                paragraph = paragraph._replace(text=lines[0] if len(lines) > 1 else "")
            size += len(paragraph.text)
            if size <= MAX_DOCUMENT and (paragraph.text or paragraph.heading):
                held.append(paragraph)
            if ends:
                if count == 0 and not started:
                    cover, promised, held = _without_cover(held)
                yield from done(ended=True)
    except ValueError as error:
        damage = str(error)
    if started or any(p.text.strip().casefold() in _BODY for p in held):
        if count == 0 and not started:
            cover, promised, held = _without_cover(held)
        yield from done(ended=False)
    said = docx.properties(path).get("LADocCount", "")
    if promised is None and said.isdecimal():
        promised = int(said) - cover
    told = [f"stops being readable: {damage}"] if damage else []
    if promised is not None and promised != count:
        told.append(f"{promised} documents promised, {count} read")
    listed = _cover(held)[1] if count == 0 else None
    if listed and not told:
        told.append(f"a list of {listed} documents and none of them, which are in other files of the same download")
    elif count == 0 and not told:
        told.append("no document found: neither bookmarks nor 'End of Document' stand in it")
    if told:
        yield missing(name, "nexis", "; ".join(told))


def _cover(held: Sequence[docx.Paragraph]) -> tuple[bool, int | None]:
    """Whether there is a cover, and how many documents it promises."""
    texts = [p.text.strip() for p in held if p.text.strip()]
    counts = (match for text in texts if (match := _COUNT.fullmatch(text)))
    first = next(counts, None)
    return bool(texts), int(first[1]) if first else None


def _without_cover(held: list[docx.Paragraph]) -> tuple[bool, int | None, list[docx.Paragraph]]:
    """The first document's own paragraphs where no bookmark says where they begin."""
    filled = [p for p in held if p.text.strip()]
    body = next((i for i, p in enumerate(filled) if p.text.strip().casefold() in _BODY), len(filled))
    heads = [i for i, p in enumerate(filled[:body]) if p.heading]
    if heads:
        first = heads[-1]
        while first > 0 and filled[first - 1].heading:
            first -= 1
    else:  # headline, outlet, perhaps a name in brackets, date
        dates = [i for i, p in enumerate(filled[:body]) if not _LABEL.match(p.text) and read_date_line(p.text.strip())]
        first = max(0, dates[-1] - 2) if dates else 0
        while first > 0 and filled[first + 1].text.strip().startswith(("[", "(")):
            first -= 1
    return (*_cover(filled[:first]), filled[first:])


def label(text: str) -> tuple[str, str] | None:
    """Field and value of a paragraph that begins with a known label, or None.

    >>> label("Length:\\xa0412 words"), label("Dates: two of them")
    (('length', '412 words'), None)
    """
    match = _LABEL.match(text)
    known = labels("lexis").get(squashed(match[1])) if match else None
    return (known, text[match.end() :]) if match and known else None


def fill(draft: Draft, held: Sequence[docx.Paragraph]) -> None:
    """Take over what the paragraphs of one document say."""
    kept = [(p, _decoded(p.text).strip()) for p in held]
    filled = [(p, text) for p, text in kept if text]
    titles = [text.casefold() for _, text in filled]
    body = next((i for i, title in enumerate(titles) if title in _BODY), None)
    texts = [text for _, text in filled]
    head = len(filled) if body is None else body
    tail = _tail_start(titles, texts, head)
    if body is None:
        draft.problems.append("no 'Body' stands in it")
        head = tail
    _header(draft, filled[:head])
    draft.body = texts[head + 1 : tail] if body is not None else []
    if [text.upper() for text in draft.body[:1]] == ["ABSTRACT"]:
        full = next((i for i, text in enumerate(draft.body) if text.upper() == "FULL TEXT"), None)
        if full is not None:
            draft.standfirst = draft.standfirst or " ".join(draft.body[1:full])
            del draft.body[: full + 1]
    _tail(draft, texts[tail:])
    if draft.body and draft.byline and fold_blanks(draft.body[0]) == draft.byline:
        del draft.body[0]  # once more, without its label
    take_captions(draft)


def _decoded(text: str) -> str:
    """Entities that an export left in clear text, as the characters that they stand for."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def _tail_start(titles: Sequence[str], texts: Sequence[str], head: int) -> int:
    """Where the blocks below the body begin: the last of each title, in a row that goes on to the end."""
    end = len(titles)
    marks = [max((i for i in range(head + 1, end) if _BLOCKS.get(titles[i]) == kind), default=end)
             for kind in ("", "captions", "correction")]  # fmt: skip
    loaded = next((i for i in range(end - 1, head, -1) if re.match(r"load-?date\s?:", titles[i])), end)
    classified = min(marks[0], loaded)
    if classified == end and marks[1] == end and marks[2] == end:  # labels alone, without a title above them
        while end > head + 1 and label(texts[end - 1]):
            end -= 1
        return end
    while classified > head + 1 and classified == loaded and _is_tail_label(texts[classified - 1]):
        classified = loaded = loaded - 1
    return min(classified, *(mark for mark in marks[1:] if mark < classified), classified)


def _is_tail_label(text: str) -> bool:
    known = label(text)
    return known is not None and known[0] in ("subjects", "language", "other")


def _header(draft: Draft, filled: Sequence[tuple[docx.Paragraph, str]]) -> None:
    heads = [text for p, text in filled if p.heading]
    rest = [text for p, text in filled if not p.heading]
    if not heads and rest:
        heads = [rest.pop(0)]
    headline = draft.without_correction(fold_blanks(" ".join(heads)))
    draft.headline = "" if headline.casefold().strip(".[]") == HEADLESS else headline
    last = ""
    for i, text in enumerate(rest):
        known = label(text)
        if known:
            last = known[0]
            draft.set_label(known[0], known[1].replace("\n", " "))
        elif last == "standfirst":  # it may have several paragraphs
            draft.standfirst = f"{draft.standfirst} {fold_blanks(text)}"
        elif is_copyright(text) or is_rights(text) or text.casefold().startswith(("copyright ", "(copyright ")):
            draft.copyright = f"{draft.copyright} {fold_blanks(text)}".strip()
        elif not draft.outlet and not _is_date(text, rest[i + 1 : i + 4]):
            draft.outlet = fold_blanks(text)
        elif (not draft.date and i < HEADER and draft.set_date(text)) or not (left := draft.without_correction(text)):
            continue
        elif re.fullmatch(r"[\[(].*[\])]", left) and not draft.date:
            draft.section = draft.section or left.strip("[]() ")  # of a blog or column
        elif _LABEL.fullmatch(left[: left.find(":") + 1]) and "\u00a0" in left:
            draft.problems.append(f"a label that is not known: {fold_blanks(left.partition(':')[0])!r}")
        elif draft.date and fold_blanks(left) != draft.byline and not _again(left, rest[i + 1 : i + 12]):
            if not draft.copyright and len(left) <= MAX_EDITION and any(map(_is_fact, rest[i + 1 : i + 4])):
                draft.edition = "; ".join(part for part in (draft.edition, fold_blanks(left)) if part)
            else:
                draft.problems.append(f"a line of its header that is not known: {fold_blanks(left)[:60]!r}")
        elif not draft.date:
            draft.problems.append(f"no date is read in {fold_blanks(left)[:60]!r}")
    take_edition(draft)


def _is_fact(text: str) -> bool:
    """Whether a line is the copyright or has a label: what stands between the date and it is the edition."""
    return is_copyright(text) or label(text) is not None


def _is_date(text: str, below: Sequence[str]) -> bool:
    """Whether a line is the date although no outlet stands above it: it is one, and none is below."""
    return read_date_line(text) is not None and not any(map(read_date_line, below))


def _again(text: str, below: Sequence[str]) -> bool:
    """Whether a line of a header is the byline that stands below it with its label."""
    values = (known[1] for line in below if (known := label(line)) and known[0] == "byline")
    return any(fold_blanks(value) == fold_blanks(text) for value in values)


def _tail(draft: Draft, texts: Sequence[str]) -> None:
    block = ""
    for text in texts:
        title = _BLOCKS.get(text.casefold())
        known = label(text)
        if title is not None:
            block = title
        elif known and known[0] in ("subjects", "language", "other", "captions"):
            draft.set_label(*known)
        elif block == "captions":
            draft.captions.append(text)
        elif block == "correction" and len(draft.correction) < MAX_NOTE:
            noted = "" if draft.correction == APPENDED else draft.correction
            draft.correction = f"{noted}\n{text}".strip()
        elif known:
            draft.set_label(*known)
        elif is_copyright(text):
            draft.copyright = draft.copyright or fold_blanks(text)
        elif match := _LABEL.match(text):
            draft.problems.append(f"a label that is not known: {fold_blanks(match[1])!r}")
        else:
            draft.problems.append(f"a line below its text that is not known: {fold_blanks(text)[:60]!r}")
