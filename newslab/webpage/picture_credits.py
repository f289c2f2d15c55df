"""Where a credit stands in a line below a picture, by the elements of the line."""

from __future__ import annotations

import re

from newslab.layout.caption_credits import caption_credit, is_place_like
from newslab.layout.credits import SENTENCE_END, credit_labels, find_credit, is_name_like, labels
from newslab.layout.lines import normal
from newslab.records import Span
from newslab.webpage.tree import Page, PageLine

SAID = 4  # words of a caption
LONG = 10  # words of a credit that only its form tells
_ENDED = (".", "!", "?", "”", "»", '"', ")")
_EDGES = " \t|·•/–—-"
_REST = re.compile(r"\s?/\s?[^\W\d_][^.!?]*\Z|\s?\([^()]{2,40}\)\Z|,? (?:and|und|et|y|&) [^\W\d_][^.!?]*\Z")
_WORKS_FOR = re.compile(r"\s(?:for|via)\s|\s?[/,]\s?")


def marked_credits(page: Page, line: PageLine) -> list[Span]:
    """The stretches of a line that its markup calls a credit."""
    spans: list[Span] = []
    for piece in line.pieces:
        elements = [element for role, element in piece.marks if role == "credit"]
        captions = [element for role, element in piece.marks if role == "caption"]
        if elements and not is_name_like(line.text[piece.start : piece.end]):
            if len(line.text.split()) >= 8 and len(line.pieces) == 1 and caption_credit(line.text):
                return []  # a caption in a box that is named after its credit
            elements = [e for e in elements if e not in captions or find_credit(line.text) == 0]  # of both names
        around = {e for caption in captions for e in caption.iterancestors()}
        small = [e for e in elements if page.sizes.get(e, (0, 1))[0] <= 250 and page.sizes.get(e, (0, 1))[1] == 0]
        if any(e not in around for e in small):
            between = line.text[spans[-1][1] : piece.start] if spans else ""
            # `Credit` `:` `Ana Vries` is one, and so is `Ana Vries` `/` `Dubna Radio`
            joined = bool(spans) and (len(between) <= 1 or between.strip() in (":", "/", "|"))
            start = spans.pop()[0] if joined else piece.start
            spans.append((start, piece.end))
    return spans


def with_rest(spans: list[Span], text: str) -> list[Span]:
    """The credits of a line, the last with what goes on behind its element: `Ana Vries`/Dubna Post."""
    if not spans or spans[-1][1] >= len(text):
        return spans
    rest = _REST.match(text, spans[-1][1])
    named = rest is not None and is_name_like(rest[0].strip(" /,()")) and len(rest[0].split()) <= LONG
    return [*spans[:-1], (spans[-1][0], len(text))] if named else spans


def last_pieces(page: Page, line: PageLine, text: str) -> int | None:
    """Where a caption's last pieces begin that stand in elements of their own and name who took the picture."""
    pieces = [piece for piece in line.pieces if piece.end <= len(text)]
    if len(pieces) < 2 or len(pieces) < len(line.pieces) or pieces[-1].element is line.element:
        return None
    found = None
    for n in range(len(pieces) - 1, 0, -1):
        piece, said = pieces[n], text[pieces[n].start :].strip(_EDGES)
        if len(said.split()) > LONG:
            break
        if piece.element in (pieces[n - 1].element, *pieces[n - 1].element.iterancestors()):
            continue  # text round other elements: `Ana Vries`, and `Jo Roe`
        before = text[: piece.start].strip(_EDGES)
        if before and _names(page, said) and not is_name_like(before):
            ended = before.endswith(_ENDED) or piece.element.tag in ("span", "small", "cite")
            found = piece.start if ended else found
    return found


def first_credit(line: PageLine, text: str) -> int | None:
    """Where a credit with a label ends that stands before the caption: `Photo: Ana Vries. The pier on Monday.`"""
    label = labels()[1].match(text)
    stop = SENTENCE_END.search(text, label.end()) if label else None
    for end in (stop.start() + 1 if stop else 0, line.pieces[0].end):
        name = text[label.end() : end].strip(" .") if label else ""
        if name and len(name.split()) <= LONG and is_name_like(name) and len(text[end:].split()) >= SAID:
            return end
    return None


def _names(page: Page, said: str) -> bool:
    """Whether a text names somebody who is not told of in the article, with or without a label: `Photo Ana Vries`."""
    label, _, rest = said.partition(" ")
    if label.casefold().rstrip(":") in credit_labels() and is_name_like(rest):
        return True
    return is_name_like(said) and f" {normal(said)} " not in page.story and not is_place_like(_WORKS_FOR.split(said)[0])
