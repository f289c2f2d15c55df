"""Exports of ProQuest, as text and as HTML, saved or sent by e-mail.

Both print the same labels below and above the text. Blanks are lost and gained in labels and values, so a label is
looked up without its blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from newslab import rules
from newslab.readers import html_parts, streams
from newslab.readers.date_lines import read_date_line
from newslab.readers.drafts import (
    MAX_DOCUMENT,
    Draft,
    article,
    fold_blanks,
    labels,
    missing,
    shortfall,
    squashed,
    take_captions,
    unwrapped,
)
from newslab.records import Article

_RULE = re.compile(r"^(?:_{40,200}|\*{40,200})[ \t]*\n\s{0,20}(?=Document \d{1,6} of \d)", re.MULTILINE)
_NUMBERED = re.compile(r"(?:_{40,200}|\*{40,200})?\s{0,20}Document (\d{1,6}) of (\d{1,6})[ \t]*$", re.MULTILINE)
_CLOSING = re.compile(r"^(?:_{40,200}|\*{40,200})[ \t]*$", re.MULTILINE)
_LABEL = re.compile(r"([A-Z][A-Za-z /-]{2,32}):(?:[ \t\u00a0]+|$)", re.MULTILINE)
_ANCHOR = re.compile(r"<a\s[^<>]{0,100}?name\s*=\s*[\"']?DocID_\w", re.IGNORECASE)
_TEXT = re.compile(r"<text\b([^>]{0,300})>(.*?)(?:</text\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_STRAY = re.compile(r">?html&gt;\s*(?=<head)", re.IGNORECASE)
_NONE = re.compile(r"(?:none|not) available\.?", re.IGNORECASE)  # of scanned papers there is an abstract at most
UNNUMBERED = frozenset(("publicationtitle", "proquestdocumentid"))  # labels that tell what has no number
_CAPTION = re.compile(r"captions?:[ \t]*", re.IGNORECASE)
_CREDIT = re.compile(r"(?:CREDIT|Credit):[ \t]*")
_EDITION = re.compile(r"\s*:?\s*\[([^\[\]]{2,40}\b(?:edition|ed\.?))\]\s*\Z", re.IGNORECASE)
_CORRECTION = re.compile(r"CORRECTION: SEE CORRECTION APPENDED;?\s*", re.IGNORECASE)
_INFO = re.compile(
    r"(?P<outlet>[^;\[]{2,120}?)\s*;[^\[\]]{0,80}(?:\[[^\]]{0,80}\])?\s*(?P<date>\d{1,2} \w{3,9} \d{4})"
    r"(?::\s*(?P<page>[^\s:]{1,12}))?"
)


def is_text(begin: str) -> bool:
    """Whether a file that begins like this is such an export as text."""
    return _RULE.search(begin) is not None or _is_unnumbered(begin)


def _is_unnumbered(begin: str) -> bool:
    """Whether a file that begins like this holds documents between rules that have no numbers."""
    begin = begin[:200_000]
    known = {known for match in _LABEL.finditer(begin) if (known := squashed(match[1])) in UNNUMBERED}
    return known == UNNUMBERED and bool(_CLOSING.search(begin)) and not re.search(r"Document \d{1,6} of \d", begin)


def is_html(begin: str) -> bool:
    """Whether a file that begins like this is such an export as HTML."""
    return _ANCHOR.search(begin) is not None or bool(re.search(r"<title>\s*ProQuest\b", begin, re.IGNORECASE))


def is_mail(begin: str) -> bool:
    """Whether a file that begins like this is an e-mail of this archive."""
    top = begin[:20_000]
    return (
        "proquest" in begin.casefold()
        and bool(re.match(r"(?:[\w-]{2,40}: .{0,2000}\n)", top))
        and "MIME-Version" in top
    )


def read_text(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents of an export as text."""
    file, wrong = streams.open_text(path)
    name, numbers, count = path.as_posix(), list[tuple[int, int]](), 0
    begin = streams.head_text(streams.head(path)).replace("\r\n", "\n").replace("\r", "\n")
    rule = _CLOSING if _is_unnumbered(begin) else _RULE
    with file:
        for piece in streams.pieces(file, rule, limit=MAX_DOCUMENT):
            number = _NUMBERED.match(piece.text) or (_CLOSING.match(piece.text) if rule is _CLOSING else None)
            if number is None or (rule is _CLOSING and "ProQuest document ID:" not in piece.text):
                continue
            if rule is _RULE:
                numbers.append((int(number[1]), int(number[2])))
            count += 1
            draft = Draft(name, f"document {count} (line {piece.line})", "proquest")
            draft.problems += [wrong] if wrong else []
            wrong = None
            if piece.cut:
                draft.problems.append(f"longer than {MAX_DOCUMENT:,} characters: the rest is left out")
            fill_text(draft, _CLOSING.split(piece.text[number.end() :], maxsplit=1)[0])
            yield article(draft, name_splits=";")
    yield from shortfall(name, "proquest", numbers)


def label(text: str) -> tuple[str, str, str] | None:
    """Field, value and written form of a block that begins with a known label, or None.

    >>> label("Place ofpublication: Oslo"), label("Note: two left")
    (('other', 'Oslo', 'Place ofpublication'), None)
    """
    match = _LABEL.match(text)
    known = labels("proquest").get(squashed(match[1])) if match else None
    return (known, text[match.end() :].strip(), match[1]) if match and known else None


def fill_text(draft: Draft, text: str) -> None:
    """Take over what a document says as text: blocks with a label, and the text in between."""
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t\u00a0]*\n", text) if block.strip()]
    known = [label(block) for block in blocks]
    start = next((i for i, found in enumerate(known) if found and found[0] == "body"), None)
    end = len(blocks)
    # labels behind the text go on to the end; one that is not known counts only among known ones
    while end > (0 if start is None else start + 1):
        found = known[end - 1]
        unknown = _LABEL.match(blocks[end - 1]) and end < len(blocks) and end > 1 and known[end - 2]
        if not (found and found[0] != "body") and not unknown:
            break
        end -= 1
    head = blocks[: start if start is not None else end]
    for i, block in enumerate(head):
        found = known[i]
        if found:
            _set(draft, *found)
        elif not draft.headline and not re.match(r"https?://", block):
            _set_headline(draft, block)
    if start is not None:
        opened = known[start]
        assert opened is not None
        paragraphs = [line for block in [opened[1], *blocks[start + 1 : end]] for line in block.split("\n")]
        _set_body(draft, paragraphs)
    for i in range(end, len(blocks)):
        found = known[i]
        if found:
            _set(draft, *found)
        else:
            match = _LABEL.match(blocks[i])
            draft.problems.append(f"a label that is not known: {match[1] if match else blocks[i][:30]!r}")
    _after(draft)


def _set(draft: Draft, name: str, value: str, written: str) -> None:
    value = fold_blanks(value)
    told = "blanks are wrong in labels, and so perhaps in values"
    if written.casefold() not in _forms() and not any(told in problem for problem in draft.problems):
        draft.problems.append(f"{told}: {written!r}")
    if name == "outlet":
        outlet, comma, edition = value.partition(";")[0].strip().rpartition(", ")
        if comma and re.search(r"\bedition\b", edition, re.IGNORECASE):
            draft.outlet, draft.edition = draft.outlet or outlet, draft.edition or edition
        else:
            draft.outlet = draft.outlet or value.partition(";")[0].strip()
    elif name == "published":
        if not draft.set_date(value):
            draft.problems.append(f"the date {value[:40]!r} is not read")
    elif name == "info":
        _set_info(draft, value)
    elif name == "headline":
        if not draft.headline:
            _set_headline(draft, value)
    elif name == "standfirst":
        if not _NONE.fullmatch(value):
            draft.set_label(name, value)
    else:
        draft.set_label(name, value)


@cache
def _forms() -> frozenset[str]:
    return frozenset(row["form"] for row in rules.read("export_labels") if row["archive"] == "proquest")


def _set_info(draft: Draft, value: str) -> None:
    found = _INFO.match(value)
    if found:
        draft.outlet = draft.outlet or found["outlet"]
        draft.page = draft.page or (found["page"] or "").rstrip(".")
        if not draft.date:
            draft.set_date(found["date"])


def _set_headline(draft: Draft, written: str) -> None:
    headline = draft.without_correction(fold_blanks(written))
    edition = _EDITION.search(headline)
    if edition:
        draft.edition = draft.edition or edition[1]
        headline = headline[: edition.start()]
    draft.headline = headline


def _set_body(draft: Draft, paragraphs: Sequence[str]) -> None:
    """Paragraphs of the text, the captions and the credit among them told apart."""
    for raw in paragraphs:
        paragraph = raw.strip()
        if caption := _CAPTION.match(paragraph):
            draft.captions += [paragraph[caption.end() :]] if paragraph[caption.end() :] else []
        elif credit := _CREDIT.match(paragraph):
            draft.credit = paragraph[credit.end() :]
        elif paragraph and not _NONE.fullmatch(paragraph):
            draft.body.append(paragraph)
    if draft.body and _CORRECTION.match(draft.body[0]):
        draft.correction = draft.correction or "Correction Appended"
        draft.body[0] = _CORRECTION.sub("", draft.body[0], count=1)
        draft.body = [paragraph for paragraph in draft.body if paragraph]


def _after(draft: Draft) -> None:
    take_captions(draft)
    if draft.standfirst and draft.body and draft.standfirst in fold_blanks(" ".join(draft.body[:3])):
        draft.standfirst = ""  # an abstract that is the beginning of the text


def read_html(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents of an export as HTML."""
    file, wrong = streams.open_text(path)
    with file:
        yield from _read_pieces(path.as_posix(), streams.pieces(file, _ANCHOR, limit=MAX_DOCUMENT), wrong)


def read_mail(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents in an e-mail's HTML part, or in its text part if it has no other."""
    import email
    import io
    from email import policy

    name = path.as_posix()
    with streams.open_binary(path) as file:
        data = file.read(MAX_DOCUMENT * 4 + 1)
    if len(data) > MAX_DOCUMENT * 4:
        yield missing(name, "proquest", f"an e-mail of more than {MAX_DOCUMENT * 4:,} bytes. Split it.")
        return
    message = email.message_from_bytes(data, policy=policy.compat32)
    pages = [_decoded(part) for part in message.walk() if part.get_content_type() == "text/html"]
    page = next((page for page in pages if is_html(page)), None)
    if page is None:
        yield missing(name, "proquest", "an e-mail without a document of ProQuest in an HTML part")
        return
    yield from _read_pieces(name, streams.pieces(io.StringIO(page), _ANCHOR, limit=MAX_DOCUMENT), None)


def _decoded(part: Any) -> str:
    data = part.get_payload(decode=True) or b""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace").replace("\r\n", "\n")
    except LookupError:
        return data.decode("utf-8", "replace").replace("\r\n", "\n")


def _read_pieces(name: str, pieces: Iterator[streams.Piece], wrong: str | None) -> Iterator[Article]:
    count = 0
    for piece in pieces:
        if not _ANCHOR.match(piece.text):
            continue
        count += 1
        draft = Draft(name, f"document {count} (line {piece.line})", "proquest", problems=[wrong] if wrong else [])
        wrong = None
        if piece.cut:
            draft.problems.append(f"longer than {MAX_DOCUMENT:,} characters: the rest is left out")
        fill_html(draft, piece.text)
        yield article(draft, name_splits=";")
    if count == 0:
        yield missing(name, "proquest", "no document found: no anchor 'DocID_...' stands in it")


def fill_html(draft: Draft, chunk: str) -> None:
    """Take over what a document says as HTML; its text is a page of its own, cut out first."""
    inner = _TEXT.search(chunk)
    if inner:
        chunk = chunk[: inner.start()] + chunk[inner.end() :]
        words = re.search(r"wordcount\s*=\s*[\"']?(\d{1,7})", inner[1], re.IGNORECASE)
        draft.length = int(words[1]) if words else None
        body = html_parts.parse(_STRAY.sub("<html>", inner[2]))
        if body is not None:
            _set_page(draft, body)
    root = html_parts.parse(chunk)
    if root is None:
        return
    plain: list[str] = []
    bold = {fold_blanks(e.text or "") for e in root.iter("strong", "b")}
    for text, element in html_parts.lines(root):
        if html_parts.within(element, "documenttitle") is not None:
            _set_headline(draft, text)
        elif html_parts.within(element, "abstract_text") is not None:
            draft.standfirst = draft.standfirst or unwrapped(text)
        else:
            for line in text.split("\n"):
                known = label(line.strip())
                if known:
                    _set(draft, *known)
                elif (match := _LABEL.match(line.strip())) and f"{match[1]}:" in bold:
                    draft.problems.append(f"a label that is not known: {match[1]!r}")
                elif line.strip():
                    plain.append(line.strip())
    if plain and not draft.headline:
        _set_headline(draft, plain.pop(0))
    if plain and not draft.date:  # a line of author, outlet and date without labels
        dated = next((line for line in plain[:3] if read_date_line(line)), None)
        if dated:
            draft.set_date(dated)
            draft.edition = ""
    for link in root.iter("a"):
        title = link.get("title") or ""
        if _CAPTION.match(title):
            draft.captions.append(fold_blanks(_CAPTION.sub("", title, count=1)))
    _after(draft)


def _set_page(draft: Draft, body: Any) -> None:
    """The text of a document, which is an HTML page inside the page."""
    found: list[str] = []
    for text, element in html_parts.lines(body):
        if html_parts.within(element, "illustration_content") is not None:
            draft.captions.append(_CAPTION.sub("", text, count=1))
        else:
            found += text.split("\n")
    _set_body(draft, found)
