"""Exports of Factiva, as HTML and as RTF, each in two forms.

The indexed form is a table with a code and a value in each row. The display form has no codes: its lines are
told apart by the word count, the one line of digits and a unit, behind which date and outlet stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from newslab.layout.bylines import is_byline, is_personal
from newslab.layout.credits import is_name_like
from newslab.readers import html_parts, rtf, streams
from newslab.readers.date_lines import read_date_line, read_time
from newslab.readers.drafts import (
    MAX_DOCUMENT,
    Draft,
    article,
    fold_blanks,
    is_copyright,
    language_code,
    missing,
    take_captions,
)
from newslab.records import Article

CODES: dict[str, str] = {
    "SE": "section", "HD": "headline", "BY": "byline", "CR": "agency", "CLM": "other", "ED": "edition", "PG": "page",
    "VOL": "other", "WC": "length", "PD": "published", "ET": "time", "LA": "language", "CY": "copyright",
    "PUB": "other", "SN": "outlet", "SC": "other", "NGC": "other", "GC": "other", "CO": "subjects", "IN": "subjects",
    "NS": "subjects", "RE": "subjects", "LP": "lead", "TD": "text", "IPC": "other", "IPD": "subjects", "RF": "other",
    "CT": "other", "ART": "captions", "CX": "correction", "DLN": "dateline", "AN": "end",
}  # fmt: skip
_ARTICLE = re.compile(
    r"<div[^<>]{0,300}?class\s*=\s*[\"']?(?:[\w-]{1,40} {1,5}){0,4}[a-z]{2,4}Article\b[^<>]{0,300}>", re.IGNORECASE
)
_WORDS = re.compile(r"(\d[\d,. ]{0,10})\s*(?:[^\W\d_]{2,12}|字|語|단어)\Z")
_UNITS = frozenset((
    "words", "word", "wörter", "wort", "mots", "mot", "palabras", "palabra", "parole", "woorden", "palavras", "字",
    "слов", "слова", "ord", "słów", "kelime", "kata", "語", "단어",
))  # fmt: skip
_DOCUMENT = re.compile(
    r"(?:document|dokument|documento|документ|文件|文書|belge|dokumen)\s{0,5}:?\s{1,5}(\w{8,40})\Z", re.IGNORECASE
)
_FOOTER = re.compile(r"(?:page|seite|página) \d{1,5} (?:of|von|sur|de) \d{1,5}\b.{0,80}", re.IGNORECASE)
_COUNTER = re.compile(r"\d{1,4}\)\s+")


_NOT_CLOSED = "no accession number closes it: the file may be cut off"
Row = tuple[str, list[str]]  # a code and its lines


class Line(NamedTuple):
    """A line of the display form and what is known of it."""

    text: str
    kind: str  # headline, author, body, or empty
    bold: bool = False


def is_html(begin: str) -> bool:
    """Whether a file that begins like this is such an export as HTML."""
    return bool(re.search(r"<title>\s*Factiva\b", begin, re.IGNORECASE) or _ARTICLE.search(begin))


def is_rtf(begin: str) -> bool:
    """Whether a file that begins like this is such an export as RTF."""
    return begin.lstrip().startswith("{\\rtf") and "factiva" in begin.casefold()


def read_html(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents of an export as HTML."""
    file, wrong = streams.open_text(path)
    name, count = path.as_posix(), 0
    with file:
        for piece in streams.pieces(file, _ARTICLE, limit=MAX_DOCUMENT):
            if not _ARTICLE.match(piece.text):
                continue
            count += 1
            draft = Draft(name, f"document {count} (line {piece.line})", "factiva")
            draft.problems += [wrong] if wrong else []
            wrong = None
            if piece.cut:
                draft.problems.append(f"longer than {MAX_DOCUMENT:,} characters: the rest is left out")
            _fill_html(draft, piece.text)
            yield article(draft)


def _fill_html(draft: Draft, chunk: str) -> None:
    root = html_parts.parse(chunk)
    found = root.xpath("//div[contains(translate(@class, 'A', 'a'), 'article')]") if root is not None else []
    if not found:
        draft.problems.append("no article stands in it")
        return
    said = re.search(r"\b([a-z]{2})Article\b", found[0].get("class") or "")
    rows = [
        (html_parts.text_of(cells[0]).strip(" \u00a0"), [line.text for line in html_parts.lines(cells[1])])
        for cells in (row.xpath("./td|./th") for row in found[0].iter("tr"))
        if len(cells) == 2
    ]
    if sum(code in CODES for code, _ in rows) >= 3:
        fill_codes(draft, rows)
    else:
        fill_display(
            draft, [Line(text.replace("\n", " "), _kind(element)) for text, element in html_parts.lines(found[0])]
        )
    if not draft.language and said and said[1] != "zh":
        draft.language = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}.get(said[1], "")


def _kind(element: object) -> str:
    while element is not None:
        names = html_parts.classes(element)
        if element.get("id") == "hd" or any(name.endswith("headline") for name in names):  # type: ignore[attr-defined]
            return "headline"
        if "author" in names:
            return "author"
        if any("articleparagraph" in name for name in names):
            return "body"
        element = element.getparent()  # type: ignore[attr-defined]
    return ""


def read_rtf(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents of an export as RTF: of the indexed form to its `AN` row, of the other to its last line."""
    name, count, damage, size = path.as_posix(), 0, "", 0
    rows: list[Row] = []
    lines: list[Line] = []

    def done(problem: str = "") -> Article:
        nonlocal count, rows, lines, size
        count += 1
        if size > MAX_DOCUMENT:
            problem = f"{problem}; longer than {MAX_DOCUMENT:,} characters: the rest is left out".lstrip("; ")
        draft = Draft(name, f"document {count}", "factiva", problems=[problem] if problem else [])
        if rows:
            fill_codes(draft, rows)
        else:
            fill_display(draft, lines)
        rows, lines, size = [], [], 0
        return article(draft)

    try:
        for part in rtf.parts(path):
            code = part.cells[0].strip() if part.cells else ""
            size += len(part.text) + sum(map(len, part.cells))
            if size > MAX_DOCUMENT and CODES.get(code) not in ("headline", "end"):
                continue
            if code in CODES or (code and rows):
                if code == "HD" and any(known == "HD" for known, _ in rows):
                    yield done(_NOT_CLOSED)
                rows.append((code, [line for cell in part.cells[1:] for line in cell.split("\n")]))
                if CODES.get(code) == "end":
                    yield done()
            elif not rows:
                texts = "\n".join(part.cells or [part.text]).split("\n")
                lines += [Line(text.strip(), "", part.bold) for text in texts if text.strip()]
                if lines and _DOCUMENT.match(lines[-1].text):
                    yield done()
    except ValueError as error:
        damage = f"stops being readable: {error}"
    if any(code in ("HD", "LP", "TD") for code, _ in rows) or any(_is_count(line.text) for line in lines):
        yield done(_NOT_CLOSED)
    if count == 0 and not damage:
        damage = "no document found: neither rows of codes nor accession numbers stand in it"
    if damage:
        yield missing(name, "factiva", damage)


def fill_codes(draft: Draft, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Take over rows of code and lines."""
    time = ""
    parts: dict[str, list[str]] = {"lead": [], "text": []}
    for code, lines in rows:
        field = CODES.get(code)
        value = fold_blanks(" ".join(lines))
        if field is None:
            draft.problems.append(f"a code that is not known: {code[:20]!r}")
        elif field in parts:
            parts[field] += [line.strip() for line in lines if line.strip()]
        elif field == "time":
            time = value
        elif field == "captions":
            draft.captions += [line.strip() for line in lines if line.strip()]
        elif field == "subjects":
            draft.subjects += [
                term for term in (fold_blanks(raw) for raw in re.split(r"\s\|\s|\n", " | ".join(lines))) if term
            ]
        elif field == "published":
            if not draft.set_date(value):
                draft.problems.append(f"the date {value[:40]!r} is not read")
        elif field == "headline":
            draft.headline = draft.without_correction(_COUNTER.sub("", value, count=1))
        elif field not in ("end",):
            draft.set_label(field, value)
    _set_time(draft, time)
    draft.body = parts["lead"] + parts["text"]
    take_captions(draft)


def _set_time(draft: Draft, written: str) -> None:
    clock = read_time(written) if written else None
    if clock and draft.published and len(draft.published) == 10:
        draft.published = f"{draft.published}T{clock}"


def _is_count(text: str) -> bool:
    match = _WORDS.fullmatch(text)
    return match is not None and re.sub(r"[\d,. ]+", "", text).casefold() in _UNITS


def fill_display(draft: Draft, lines: Sequence[Line]) -> None:
    """Take over the lines of the display form."""
    count = next((i for i, line in enumerate(lines) if _is_count(line.text)), None)
    if count is None:
        draft.problems.append("no word count stands in it, behind which date and outlet are looked for")
        count = next((i for i, line in enumerate(lines) if read_date_line(line.text)), len(lines)) - 1
    else:
        draft.set_label("length", lines[count].text)
    _above(draft, lines[: max(count, 0)])
    body = next((i for i, line in enumerate(lines) if line.kind == "body"), None)
    end = next((i for i, line in enumerate(lines) if i > count and _DOCUMENT.match(line.text)), len(lines))
    start = _facts(draft, lines, count + 1, end if body is None else body)
    if end == len(lines) and _NOT_CLOSED not in draft.problems:
        draft.problems.append(_NOT_CLOSED)
    if body is None:  # nothing marks the text: all that stands below the facts is it
        draft.body = [line.text for line in lines[start:end] if not _FOOTER.fullmatch(line.text)]
        _drop_publisher(draft, draft.body)
    else:
        last = max(i for i, line in enumerate(lines[:end]) if line.kind == "body")
        draft.body = [line.text for line in lines[body : last + 1]]
        draft.captions = [line.text for line in lines[last + 1 : end]]
        _drop_publisher(draft, draft.captions)
    take_captions(draft)


def _above(draft: Draft, lines: Sequence[Line]) -> None:
    """Section, headline, author and credit, which stand above the word count."""
    heads = [i for i, line in enumerate(lines) if line.kind == "headline"]
    if not heads and lines:
        bold = [i for i, line in enumerate(lines) if line.bold]
        first = bold[-1] if bold else len(lines) - 1
        if not bold and first > 0 and (is_byline(lines[first].text) or is_personal(lines[first].text)):
            first -= 1
        heads = [first]
    if not heads:
        return
    headline = " ".join(lines[i].text for i in heads)
    draft.headline = draft.without_correction(_COUNTER.sub("", fold_blanks(headline), count=1))
    marked = any(line.kind for line in lines)
    if marked and heads[0] > 0:
        draft.section = fold_blanks(lines[heads[0] - 1].text)
    for line in lines[heads[-1] + 1 :]:
        if not draft.byline and (line.kind == "author" or not marked):
            draft.byline = fold_blanks(line.text)
        else:
            draft.agency = draft.agency or fold_blanks(line.text)


def _facts(draft: Draft, lines: Sequence[Line], first: int, end: int) -> int:
    """Date, outlet, code, edition, page, language and copyright; give back where they end."""
    code = ""
    dated = next((i for i in range(first, min(end, first + 4)) if read_date_line(lines[i].text)), first)
    i = first = dated  # a transcript has its duration above the date
    while i < end:
        text = fold_blanks(lines[i].text)
        if not draft.date:
            if draft.set_date(text):
                draft.edition = ""  # what is left of this line is no edition here
            else:
                draft.problems.append(f"no date is read in {text[:40]!r}")
                draft.date = text
        elif i == first + 1 and (clock := read_time(text)):
            _set_time(draft, text) if clock else None
        elif not draft.outlet:
            draft.outlet = text
        elif not code and re.fullmatch(r"[A-Z0-9_-]{2,12}", text):
            code = text
        elif is_copyright(text):
            draft.copyright = text
            return i + 1
        elif not draft.language and language_code(text):
            draft.language = text
        elif re.fullmatch(r"(?:Pg\.?|p\.?|S\.?|Page)?\s?[A-Z]{0,3}-?\d{1,4}[A-Z]?(?:[,-]\s?[A-Z]?\d{1,4})*", text):
            draft.page = draft.page or text
        elif draft.language:
            return i  # behind the language only the copyright is left
        elif len(text) <= 60 and not re.match(r"vol(?:ume)?\b|issue\b|issn", text, re.IGNORECASE):
            draft.edition = draft.edition or text
        i += 1
    return i


def _drop_publisher(draft: Draft, lines: list[str]) -> None:
    """Take the publisher's name off the end of lines, where it stands without a mark of its own."""
    if not lines:
        return
    name = fold_blanks(lines[-1])
    said = name.casefold() in draft.copyright.casefold() or name.casefold() == draft.outlet.casefold()
    if said or (len(name.split()) <= 8 and name[-1] not in ".!?" and is_name_like(name)):
        lines.pop()
