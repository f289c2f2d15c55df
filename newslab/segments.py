"""What each stretch of a page copy is, and its sentences.

The article's lines are found by their form (`layout`). Then the lines above are told apart by theirs
(`bylines`), the captions by their credits, by being printed twice and by what captions say (`credits`),
and the headline by the words it shares with the body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from newslab.layout.bylines import find_dateline, is_byline, is_sign_off, is_timestamp
from newslab.layout.captions import find_captions
from newslab.layout.headline import label_head
from newslab.layout.lines import (
    Line,
    article_range,
    furniture_kind,
    lines,
    normal,
    or_figures,
    weights,
    with_list,
    with_rest,
    without_teaser,
)
from newslab.layout.markup import marked_segments
from newslab.layout.points import label_points
from newslab.layout.quotes import outermost, quoted_spans, voice
from newslab.layout.turns import Turn, turns
from newslab.photos import photos
from newslab.records import PROSE, Segment, Sentence, Span, local_id
from newslab.tree import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["photos", "quoted_spans", "segments", "sentences", "turns"]

LINKS = 5  # short lines in a row that are links and no subheads
LISTED = 4  # such runs in one article, which then has them for its own
SHOUTED = 7  # words in capitals that no subhead has
HEAD = 30  # lines above the body among which its headline is looked for
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def segments(
    text: str | Doc,
    *,
    headline: str | None = None,
    standfirst: str | None = None,
    byline: str | None = None,
    known_body: bool = False,
    markup: Sequence[str] = (),
) -> list[Segment]:
    """Parts of a page copy: every character that is not blank lies in exactly one segment.

    Parameters
    ----------
    text
        The page as copied, or a `Doc` of it.
    headline, standfirst, byline
        These parts as they are known from elsewhere; a line that equals one is that part.
    known_body
        The text is an article's body, so that nothing in it is furniture.
    markup
        The parts as the article's file marks them (`articles.markup`); what it does not mark is body.

    Returns
    -------
    list of Segment
        In the order of the text, without overlap. A text of one line is body.

    Examples
    --------
    >>> [(s.part, s.text) for s in segments("OSLO (AP) — It rained.")]
    [('dateline', 'OSLO (AP) —'), ('body', 'It rained.')]
    """
    text = text if isinstance(text, str) else text.text
    if markup:
        return marked_segments(text, markup)
    page = lines(text)
    given = {"headline": headline, "standfirst": standfirst, "byline": byline}
    known = {normal(value): part for part, value in given.items() if value}
    talk = turns(text)
    parts, cuts = _parts(page, known, known_body, talk) if len(page) > 1 else (["body"] * len(page), {})
    labels = {turn.start for turn in talk}
    found: list[Segment] = []
    paragraph = 0
    for i, line in enumerate(page):
        for start, end, part, rule in _pieces(
            line, parts[i], cuts.get(i), dated=paragraph < 2 and line.start not in labels
        ):
            paragraph += part == "body"
            found.append(
                Segment(
                    start=start,
                    end=end,
                    text=text[start:end],
                    found_by=rule,
                    segment_id=local_id("g", start, end),
                    part=part,
                    paragraph=paragraph if part == "body" else None,
                )
            )
    return found


def _pieces(line: Line, part: str, cut: int | None, *, dated: bool) -> list[tuple[int, int, str, str]]:
    """Start, end, part and rule of a line's segments: two where a credit or a dateline is glued on."""
    if part == "caption" and cut and cut < 0:
        rest = line.text[-cut:].lstrip()
        return [
            (line.start, line.start - cut, "credit", "rules:leading-credit"),
            (line.end - len(rest), line.end, part, "rules:leading-credit"),
        ]
    if part == "caption" and cut:
        head = line.start + len(line.text[:cut].rstrip())
        return [
            (line.start, head, part, "rules:glued-credit"),
            (line.start + cut, line.end, "credit", "rules:glued-credit"),
        ]
    if part == "body" and dated and (cut := find_dateline(line.text)):
        rest = line.text[cut:].lstrip()
        first = (line.start, line.start + cut, "dateline", "rules:dateline")
        return [first, (line.end - len(rest), line.end, part, "rules:dateline")] if rest else [first]
    return [(line.start, line.end, part, "rules:layout")]


def _parts(
    page: list[Line], known: dict[str, str], known_body: bool, talk: Sequence[Turn]
) -> tuple[list[str], dict[int, int]]:
    """The part of each line, and where a credit begins in those that have one."""
    kinds = [None if known_body else furniture_kind(line) for line in page]
    kinds = [kind or ("time" if is_timestamp(line.text) else None) for line, kind in zip(page, kinds, strict=True)]
    values = weights(page, kinds)
    first, last = (0, len(page)) if known_body else article_range(values)
    if not known_body:
        first, last = or_figures(page, kinds, first, last)
    if first == last:
        first, last = 0, len(page)  # nothing looks like prose, so nothing is thrown away
    last = without_teaser(page, first, with_rest(page, kinds, with_list(page, kinds, last)))
    spoken = _spoken(page, kinds, talk)
    if spoken and page[first].start <= talk[-1].start and page[last - 1].end >= talk[0].start:
        first, last = min(first, spoken[0]), max(last, spoken[-1] + 1)
    for i in range(max(0, first - 6), first):
        if page[i].words >= 4 and find_dateline(page[i].text):
            first = i  # an article begins with its dateline, however short that paragraph is
            break
    first = _below_byline(page, kinds, values, first, last)
    top = max(0, first - HEAD)
    parts: list[str | None] = [None] * len(page)
    cuts = find_captions(page, kinds, parts, top, min(len(page), last + 2))
    for i in range(top, last):
        if parts[i] is None and kinds[i] == "time":
            parts[i] = "timestamp"
    if not known_body:
        label_points(page, parts, kinds, top, first)
    free = [i for i in range(first, last) if parts[i] is None and kinds[i] is None]
    body = next((i for i in free if page[i].prose or (values[i] > 0 and page[i].text[-1] in ":：")), None)
    if body is None:
        body = free[0] if free else first
    body = label_head(page, kinds, parts, top, body, last, known)
    for i in range(body, min(len(page), last + 4)):
        if parts[i] is None and is_sign_off(page[i].text):
            parts[i] = "byline"
    for i in spoken:
        parts[i] = "body" if body <= i < last else parts[i]
    _inside(page, kinds, parts, body, last, known_body)
    for i, line in enumerate(page):
        if line.key in known:
            parts[i] = known[line.key]
    rest = "body" if known_body else "furniture"
    return [part or rest for part in parts], cuts


def _spoken(page: Sequence[Line], kinds: Sequence[str | None], talk: Sequence[Turn]) -> list[int]:
    """The lines of an interview or transcript, however short they are."""
    if not talk:
        return []
    labels = {turn.start for turn in talk}
    between = [i for i, line in enumerate(page) if talk[0].start <= line.start and line.end <= talk[-1].end]
    return [i for i in between if kinds[i] is None or page[i].start in labels]


def _below_byline(
    page: Sequence[Line], kinds: Sequence[str | None], values: Sequence[float], first: int, last: int
) -> int:
    """Where the article starts if a byline or time shows that what is above was its standfirst or no part."""
    total = sum(value for value in values[first:last] if value > 0)
    above = 0.0
    start = first
    paragraphs = 0
    for i in range(first, min(last - 1, first + 25)):
        if kinds[i] == "time" or (kinds[i] is None and is_byline(page[i].text)):
            if above > 0.2 * total or paragraphs > 1:
                break  # a live report, with the time above each entry
            start = i + 1
        if page[i].words >= 4 and find_dateline(page[i].text):
            break  # no standfirst has one
        above += max(values[i], 0.0)
        paragraphs += page[i].prose
    return start


def _inside(
    page: Sequence[Line],
    kinds: Sequence[str | None],
    parts: list[str | None],
    body: int,
    last: int,
    known_body: bool,
) -> None:
    """Label the lines from the first paragraph to the last."""
    printed = Counter() if known_body else Counter(line.key for line in page)
    loose = any(line.gap for line in page[body + 1 : last])  # paragraphs stand apart
    in_box = False
    for i in range(body, last):
        line = page[i]
        if parts[i] is not None:
            continue
        if kinds[i] is not None:
            parts[i] = "furniture"
            in_box = in_box or kinds[i] != "blank"
        elif line.prose:
            parts[i] = "body"
            in_box = False
        elif not line.terminal and ((in_box and not line.gap) or printed[line.key] > 1 or _shouts(line)):
            parts[i] = "furniture"
        elif (
            i + 1 < last
            and (not loose or (line.gap and (page[i + 1].gap or page[i + 1].prose)))
            and _is_subhead(line)
            and not _listed(page, i)
        ):
            parts[i] = "subhead"
            in_box = False
        else:
            parts[i] = "body"
            in_box = False
    if not known_body:
        _drop_links(page, parts, body, last)


def _is_subhead(line: Line) -> bool:
    """Whether a line that is no paragraph has the form of a subhead: no full stop, or a question."""
    asks = line.text[-1] == "?" and line.words >= 3
    return line.words <= 14 and (asks or not (line.terminal or line.text[-1] in ":,;"))


def _listed(page: Sequence[Line], i: int) -> bool:
    """Whether a line is one of a list: the lines directly above or below it are as short as it is."""
    below = page[i + 1] if i + 1 < len(page) and not page[i + 1].gap else None
    above = page[i - 1] if i > 0 and not page[i].gap else None
    return any(line is not None and not (line.prose or line.terminal) for line in (above, below))


def _shouts(line: Line) -> bool:
    """Whether a line that stands alone is a headline in capitals, which leads to another article."""
    return line.words >= SHOUTED and line.text.isupper()


def _drop_links(page: Sequence[Line], parts: list[str | None], body: int, last: int) -> None:
    """Make furniture of many short lines that stand apart between two paragraphs: subheads come one by one.

    Where such runs come again and again, they are what the article consists of: recipes, programmes, results.
    """
    runs: list[list[int]] = []
    run: list[int] = []
    for i in range(body, last + 1):
        short = i < last and parts[i] in ("subhead", "body") and page[i].gap and not page[i].prose
        if short and not page[i].terminal:
            run.append(i)
        elif i == last or parts[i] != "furniture":
            if len(run) >= LINKS:
                runs.append(run)
            run = []
    for run in runs if len(runs) < LISTED else ():
        for i in run:
            parts[i] = "furniture"


def sentences(doc: Doc, *, segments: Sequence[Segment] | None = None) -> list[Sentence]:
    """Sentences of a parsed text, trimmed, and in whose voice each is.

    Parameters
    ----------
    doc
        A parsed text. Where it has no sentences of its own, full stops end them.
    segments
        Its segments; sentences are then those of the parts that are prose, and end where a part does.

    Returns
    -------
    list of Sentence
        `voice` is `quoted` if all words lie within double quotation marks, `mixed` if some do.

    Examples
    --------
    >>> import spacy
    >>> [(s.text, s.voice) for s in sentences(spacy.blank("en")('“We left.” It rained.'))]
    [('“We left.”', 'quoted'), ('It rained.', 'outlet')]
    """
    text = text_of(doc)
    if segments is None:
        places: list[tuple[int, int, str | None, str]] = [(a, b, None, "body") for a, b in _paragraphs(text)]
    else:
        places = [(s.start, s.end, s.segment_id, s.part) for s in segments if s.part in PROSE]
    starts = _sentence_starts(doc)
    talk = [(turn.said, turn.end) for turn in turns(text)]
    quotes = sorted([*outermost(quoted_spans(text), talk), *talk])
    quote_starts = [start for start, _ in quotes]
    found: list[Sentence] = []
    for start, end, segment_id, part in places:
        inner = starts[bisect_right(starts, start) : bisect_right(starts, end - 1)]
        for a, b in _trimmed(text, [start, *inner, end]):
            found.append(
                Sentence(
                    start=a,
                    end=b,
                    text=text[a:b],
                    found_by="spacy:sentences",
                    sentence_id=local_id("t", a, b),
                    segment_id=segment_id,
                    part=part,
                    voice=voice(text, a, b, quotes, quote_starts),
                )
            )
    return found


def _sentence_starts(doc: Doc) -> list[int]:
    """Where sentences start, by the parse, or by full stops where there is none."""
    if doc.has_annotation("SENT_START", require_complete=True):
        return [sentence.start_char for sentence in doc.sents]
    from spacy.pipeline import Sentencizer

    (guesses,) = Sentencizer().predict([doc]) if len(doc) else ([],)
    return [token.idx for token, first in zip(doc, guesses, strict=True) if first or token.is_sent_start]


def _paragraphs(text: str) -> list[Span]:
    """Stretches between blank lines."""
    ends = [match.span() for match in _BLANK_LINE.finditer(text)]
    return list(zip([0, *(b for _, b in ends)], [*(a for a, _ in ends), len(text)], strict=True))


def _trimmed(text: str, cuts: Sequence[int]) -> list[Span]:
    """Stretches between cuts, blanks cut off; one without a letter or digit joins the one before."""
    spans: list[Span] = []
    for a, b in pairwise(cuts):
        piece = text[a:b]
        if not piece.strip():
            continue
        start, end = a + len(piece) - len(piece.lstrip()), a + len(piece.rstrip())
        if spans and not any(c.isalnum() for c in piece):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
