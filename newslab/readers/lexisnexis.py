"""Exports of LexisNexis Academic and Nexis UK, as text, as HTML, and as RTF, which they call `.DOC`.

Both print the same blocks: outlet and date in the middle, labels in capitals, paragraphs. In one layout the
headline is the first block at the margin and the body follows the labels; in the other both have labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

from newslab.layout.lines import look
from newslab.readers import html_parts, rtf, streams
from newslab.readers.date_lines import read_date_line
from newslab.readers.drafts import (
    MAX_DOCUMENT,
    Draft,
    article,
    fold_blanks,
    is_copyright,
    labels,
    missing,
    shortfall,
    squashed,
    take_captions,
    take_edition,
    unwrapped,
)
from newslab.records import Article

WIDTH = 79  # columns of the page that outlet and date stand in the middle of
HEADER = 15  # blocks among which labels of the header stand
HEADER_FIELDS = frozenset(("headline", "byline", "section", "length", "standfirst", "dateline", "body"))
ONCE = frozenset(("headline", "byline", "section", "length"))  # labels that no document has twice
TAIL = 15  # blocks that captions and corrections may have
_OF = r"(?:of|OF|von|de|van|di|sur|av)"
_NUMBERED = re.compile(
    rf"^[ \t\u00a0]*(?:(?:LEVEL \d - )?(\d{{1,6}}) {_OF} (\d{{1,6}}) (?:DOCUMENT|DOKUMENT|STOR)[A-Z]{{0,3}}"
    rf"|(?<=[ \t\u00a0]{{8}})(?:Document|Dokument|DOCUMENT|DOKUMENT)o? (\d{{1,6}}) {_OF} (\d{{1,6}}))[ \t\u00a0]*$",
    re.MULTILINE,
)
_DOC = re.compile(r"<DOC NUMBER\s*=\s*\"?\d{1,6}\"?\s*>", re.IGNORECASE)
_LABEL = re.compile(r"([^\W\d_][^:\n]{1,32}):(?:[\s\u00a0]+|\Z)")
_LENGTH = re.compile(r"^(?:LENGTH|LÄNGE|LONGUEUR|LENGTE|LONGITUD):[ \u00a0]*\d", re.MULTILINE)
_CENTRED_RULE = re.compile(r"(?<![\w-])([\w-]{1,40})\s{0,10}\{[^{}]{0,600}?text-align:\s{0,10}center", re.IGNORECASE)
_PROMISED = re.compile(r"<META[^>]{0,200}\bDOCUMENTS\s*=\s*\"?(\d{1,6})", re.IGNORECASE)


class Block(NamedTuple):
    """A stretch of a document between blank lines, or one paragraph of its HTML."""

    lines: list[str]
    centred: bool
    group: int  # paragraphs of one division of a page share it

    @property
    def text(self) -> str:
        return unwrapped("\n".join(self.lines))


def is_text(begin: str) -> bool:
    """Whether a file that begins like this is such an export as text."""
    if _NUMBERED.search(begin):
        return True
    if not _LENGTH.search(begin) or "<html" in begin.casefold():
        return False
    middle = [line for line in begin[:20_000].split("\n") if _is_centred(line.rstrip())]
    return len(middle) >= 2


def is_html(begin: str) -> bool:
    """Whether a file that begins like this is such an export as HTML."""
    return bool(_DOC.search(begin)) and ("DOCFULL" in begin or "Hide XML section" in begin)


def is_rtf(begin: str) -> bool:
    """Whether a file that begins like this is such an export as RTF."""
    return (
        begin.lstrip().startswith("{\\rtf")
        and re.search(rf"\b\d{{1,6}} {_OF} \d{{1,6}} DO[CK]UMENT", begin) is not None
    )


def read_rtf(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents of an export as RTF, whose paragraphs are the blocks."""
    name, numbers, damage = path.as_posix(), list[tuple[int, int]](), ""
    blocks: list[Block] = []
    size = 0

    def done() -> Article:
        nonlocal blocks, size
        draft = Draft(name, f"document {len(numbers)}", "lexisnexis")
        if size > MAX_DOCUMENT:
            draft.problems.append(f"longer than {MAX_DOCUMENT:,} characters: the rest is left out")
        fill(draft, blocks)
        blocks, size = [], 0
        return article(draft)

    try:
        for i, part in enumerate(rtf.parts(path)):
            text = part.text or " ".join(part.cells)
            number = _NUMBERED.fullmatch(" " * 8 + text.strip())
            if number:
                if numbers:
                    yield done()
                blocks, size = [], 0
                numbers.append((int(number[1] or number[3]), int(number[2] or number[4])))
            elif numbers and text.strip():
                size += len(text)
                if size <= MAX_DOCUMENT:
                    blocks.append(Block([line.strip() for line in text.split("\n") if line.strip()], False, i))
    except ValueError as error:
        damage = f"stops being readable: {error}"
    if numbers:
        yield done()
    if damage:
        yield missing(name, "lexisnexis", damage)
    yield from shortfall(name, "lexisnexis", numbers)


def read_text(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents of an export as text."""
    file, wrong = streams.open_text(path)
    name, numbers = path.as_posix(), list[tuple[int, int]]()
    with file:
        for piece in streams.pieces(file, _NUMBERED, limit=MAX_DOCUMENT):
            number = _NUMBERED.match(piece.text)
            if number is None and (numbers or not _LENGTH.search(piece.text)):
                continue  # the cover
            if number:
                first, total = number[1] or number[3], number[2] or number[4]
                numbers.append((int(first), int(total)))
            place = f"document {len(numbers) or 1} (line {piece.line})"
            draft = Draft(name, place, "lexisnexis", problems=_told(piece, wrong))
            wrong = None
            fill(draft, list(_text_blocks(piece.text[number.end() if number else 0 :])))
            yield article(draft)
    yield from shortfall(name, "lexisnexis", numbers)


def read_html(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents of an export as HTML."""
    file, wrong = streams.open_text(path)
    name, numbers, centred = path.as_posix(), list[tuple[int, int]](), set[str]()
    promised: int | None = None
    count = 0
    with file:
        for piece in streams.pieces(file, _DOC, limit=MAX_DOCUMENT):
            centred.update(_CENTRED_RULE.findall(piece.text))
            meta = _PROMISED.search(piece.text)
            promised = int(meta[1]) if meta and promised is None else promised
            begin = _DOC.match(piece.text)
            if begin is None:
                continue
            count += 1
            draft = Draft(name, f"document {count} (line {piece.line})", "lexisnexis", problems=_told(piece, wrong))
            wrong = None
            blocks = list(_html_blocks(piece.text[begin.end() :], centred))
            number = next((m for block in blocks[:3] if (m := _NUMBERED.match(block.text))), None)
            if number:
                numbers.append((int(number[1] or number[3]), int(number[2] or number[4])))
                blocks = [block for block in blocks if not _NUMBERED.match(block.text)]
            fill(draft, blocks)
            yield article(draft)
    if promised is not None and promised != count:
        yield missing(name, "lexisnexis", f"{promised} documents promised, {count} read")
    elif len(numbers) == count:
        yield from shortfall(name, "lexisnexis", numbers)


def _told(piece: streams.Piece, wrong: str | None) -> list[str]:
    """Problems of the first document of a file with a wrong encoding, and of one that is cut."""
    told = [wrong] if wrong else []
    return [*told, f"longer than {MAX_DOCUMENT:,} characters: the rest is left out"] if piece.cut else told


def _is_centred(line: str) -> bool:
    indent = len(line) - len(line.lstrip(" "))
    return indent >= 2 and abs(indent - (WIDTH - len(line) + indent) / 2) <= 5


def _text_blocks(text: str) -> Iterator[Block]:
    held: list[str] = []
    group = 0
    for raw in [*text.split("\n"), ""]:
        if raw.strip():
            held.append(raw.rstrip())
        elif held:
            middle = all(map(_is_centred, held))
            for part in _by_label(held):
                yield Block([line.strip() for line in part], middle, group)
            group += 1
            held = []


def _by_label(held: list[str]) -> Iterator[list[str]]:
    """The lines of a block, apart where several labels stand in it without a blank line between."""
    begun = label(held[0].strip())
    if begun is None or begun[0] in ("body", "captions", "correction"):
        yield held
        return
    part: list[str] = []
    for line in held:
        if part and label(line.strip()):
            yield part
            part = []
        part.append(line)
    yield part


def _html_blocks(chunk: str, centred: set[str]) -> Iterator[Block]:
    chunk = re.sub(r"\A\s*(?:<DOCFULL>)?\s*-->", "", chunk, flags=re.IGNORECASE)
    root = html_parts.parse(re.split(r"<!--\s*</DOCFULL>|</DOCFULL>", chunk, maxsplit=1, flags=re.IGNORECASE)[0])
    if root is None:
        return
    groups: dict[Any, int] = {}
    for line in html_parts.lines(root):
        above = next((e for e in line.element.iterancestors("div")), line.element)
        styled = [*html_parts.classes(line.element), *html_parts.classes(above)]
        middle = any(name in centred for name in styled) or "center" in (
            (line.element.get("style") or "") + (line.element.get("align") or "")
        )
        rows = [row.strip(" \u00a0") for row in line.text.split("\n")]
        yield Block([row for row in rows if row], middle, groups.setdefault(above, len(groups)))


def label(text: str) -> tuple[str, str] | None:
    """Field and value of a block that begins with a known label in capitals, or None.

    >>> label("LENGTH: 412 words"), label("POLICE: two men left")
    (('length', '412 words'), None)
    """
    match = _LABEL.match(text)
    if match and match[1].isupper():
        known = labels("lexis").get(squashed(match[1]))
        return (known, text[match.end() :]) if known else None
    return None


def _unknown(block: Block, after: Block | None, fields: frozenset[str] | None = None) -> str | None:
    """A label that nobody knows: a short line before a known one, of these fields. Elsewhere it is text."""
    match = _LABEL.match(block.text)
    known = label(after.text) if after is not None else None
    if match and match[1].isupper() and len(block.text) <= 160 and known and (fields is None or known[0] in fields):
        return f"a label that is not known: {fold_blanks(match[1])!r}"
    return None


def fill(draft: Draft, blocks: Sequence[Block]) -> None:
    """Take over what the blocks of one document say."""
    blocks = [block for block in blocks if block.lines]
    start = _header(draft, blocks)
    said = {known[0] for block in blocks[:start] if (known := label(block.text))} & ONCE
    end = _tail_start(blocks, start, said)
    text = list(blocks[start:end])
    if text and (opened := label(text[0].text)) and opened[0] == "body":
        text[0] = Block([opened[1]], False, text[0].group)
    if not draft.headline and len(text) > 1:  # a headline that is missing stands before the body
        first = look(text[0].text) if text[0].text else None
        if first and not first.terminal and first.words <= 25:
            draft.headline = draft.without_correction(text.pop(0).text)
    draft.body = [block.text for block in text if block.text]
    _tail(draft, blocks[end:])
    take_edition(draft)
    take_captions(draft)


def _header(draft: Draft, blocks: Sequence[Block]) -> int:
    """Read the blocks above the body; give back which is the first of the body."""
    found = [label(block.text) for block in blocks[: HEADER * 2]]
    labelled = any(known and known[0] == "headline" for known in found)
    dated = _date_at(blocks, found)
    labels_seen = False
    group = -1
    for i, block in enumerate(blocks):
        known = found[i] if i < len(found) else label(block.text)
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        text = block.text
        if known:
            if known[0] == "body":
                return i
            draft.set_label(*known)
            labels_seen = True
        elif labels_seen:
            unknown = _unknown(block, after, HEADER_FIELDS)
            if unknown is None:
                return i
            draft.problems.append(unknown)
        elif is_copyright(text):
            draft.copyright = draft.copyright or fold_blanks(block.lines[0])
            rest = [line for line in block.lines[1:] if not re.match(r"all rights|alle rechte|tous droits", line, re.I)]
            if rest and not draft.outlet and i + 1 == dated:
                draft.outlet = rest[-1]  # which may stand in the paragraph of the copyright
        elif block.centred or i <= dated:
            _middle(draft, block)
        elif draft.headline and block.group != group:
            if not _is_deck(found[i + 1 : i + 4], text):
                return i
            if draft.headline.endswith(";"):
                draft.headline = f"{draft.headline} {text}"
            else:
                draft.standfirst = draft.standfirst or text
        elif not labelled:
            group = block.group
            draft.headline = draft.without_correction(f"{draft.headline} {text}".strip())
    return len(blocks)


def _date_at(blocks: Sequence[Block], found: Sequence[tuple[str, str] | None]) -> int:
    """Which block of the header is the date; -1 if none is."""
    for i, (block, known) in enumerate(zip(blocks, found, strict=False)):
        if known and known[0] in ("body", "length"):
            break
        if not known and len(block.lines) <= 6 and not is_copyright(block.text) and read_date_line(block.text):
            return i
    return -1


def _is_deck(next_labels: Sequence[tuple[str, str] | None], text: str) -> bool:
    """Whether a second block at the margin still belongs to the headline: labels of the header are to come."""
    ahead = any(known and known[0] in ("length", "byline", "section") for known in next_labels)
    line = look(text)
    return ahead and not (line.terminal and line.words > 12)


def _middle(draft: Draft, block: Block) -> None:
    """A block in the middle above the headline: outlet, date with editions, an edition, or a notice."""
    if not draft.date and draft.set_date("\n".join(block.lines)):
        return
    again = read_date_line(block.text) if draft.date else None
    if again and again.published == (draft.published or "")[:10] and not again.rest:
        return  # the date once more, in another language
    if not draft.outlet:
        draft.outlet = fold_blanks(block.text)
    elif draft.date and len(block.text) <= 80:
        told = fold_blanks(draft.without_correction(block.text)).strip("; ")
        draft.edition = "; ".join(part for part in (draft.edition, told) if part)


def _tail_start(blocks: Sequence[Block], start: int, said: Set[str]) -> int:
    """Which block is the first below the body; `said` are labels of the header that are text when they come again."""
    end = _labels_start(blocks, start, len(blocks), said)
    for i in range(end - 1, max(start, end - TAIL) - 1, -1):
        known = label(blocks[i].text)
        if known and known[0] in ("captions", "correction"):
            return _labels_start(blocks, start, i + 1, said)
    return end


def _labels_start(blocks: Sequence[Block], start: int, end: int, said: Set[str]) -> int:
    while end > start:
        known = label(blocks[end - 1].text)
        after = blocks[end] if end < len(blocks) else None
        if not (
            (known and known[0] != "body" and known[0] not in said)
            or is_copyright(blocks[end - 1].text)
            or (end - 1 > start and _is_label(blocks[end - 2]) and _unknown(blocks[end - 1], after))
        ):
            break
        end -= 1
    return end


def _is_label(block: Block) -> bool:
    known = label(block.text)
    return known is not None and known[0] != "body"


def _tail(draft: Draft, blocks: Sequence[Block]) -> None:
    last = ""
    for i, block in enumerate(blocks):
        known = label(block.text)
        if known:
            last = known[0]
            draft.set_label(*known)
        elif is_copyright(block.text):
            draft.copyright = draft.copyright or fold_blanks(block.text)
        elif unknown := _unknown(block, blocks[i + 1] if i + 1 < len(blocks) else None):
            draft.problems.append(unknown)
        elif last == "correction":
            draft.correction = f"{draft.correction}\n{block.text}"
        else:
            draft.captions.append(block.text)
