"""What each stretch of a page copy is, and its sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from newslab import rules
from newslab.credits import find_credit, is_name_like
from newslab.layout import Line, article_range, furniture_kind, lines, look, normal, weight
from newslab.records import PROSE, Segment, Sentence, Span, local_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

_AGENCY = r"\((?:[A-Z][\w.\-]+ ?){1,4}\)"
_PLACE = r"(?:[A-Z][A-Z'’.\-]*[A-Z.](?:[ /][A-Z][A-Z'’.\-]*[A-Z.])*|[A-Z][A-Z'’]+)"
_DASH = r"(?:[—–]|--?|:)"
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:, [A-Z][\w.'’ ]{{1,30}}?)?(?:, \w{{3,9}}\.? \d{{1,2}}|, \d{{1,2}} \w{{3,9}}\.?)?(?: {_AGENCY})?"
    rf"|(?:[A-Z][\w'’.\-]+[ /,]*){{0,4}} ?{_AGENCY})\s*{_DASH}(?=\s)"
)
_NOT_A_PLACE = frozenset("BREAKING UPDATE UPDATED WATCH EXCLUSIVE OPINION ANALYSIS LIVE VIDEO READ NEWS".split())
_TIME_WORDS = frozenset(
    "published updated update last modified posted first on at am pm a.m p.m gmt utc est edt cst cdt mst mdt pst "
    "pdt et ct bst cet cest ist jst kst wib uhr um stand h hrs o'clock ago hours hour minutes minute mins min "
    "days day weeks week today yesterday of the monday tuesday wednesday thursday friday saturday sunday mon tue "
    "tues wed thu thur thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi "
    "mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo publié mis à "
    "jour le publicado actualizado el às em de del aktualisiert veröffentlicht am date since created read".split()
)
_TIME_TOKEN = re.compile(r"[^\s,|·•()\[\]/–—:\-]+")


def segments(
    text: str | Doc,
    *,
    headline: str | None = None,
    standfirst: str | None = None,
    byline: str | None = None,
    known_body: bool = False,
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

    Returns
    -------
    list of Segment
        In the order of the text, without overlap.

    Examples
    --------
    >>> [(s.part, s.text) for s in segments("OSLO (AP) — It rained.")]
    [('dateline', 'OSLO (AP) —'), ('body', 'It rained.')]
    """
    text = text if isinstance(text, str) else text.text
    page = lines(text)
    known = {normal(v): part for part, v in (("headline", headline), ("standfirst", standfirst), ("byline", byline)) if v}
    if len(page) <= 1:
        parts = ["body"] * len(page)
    else:
        parts = _parts(page, known, known_body)
    found: list[Segment] = []
    paragraph = 0
    for line, part in zip(page, parts, strict=True):
        pieces = [(line.start, line.end, part, "rules:line-form")]
        if part == "caption" and (cut := find_credit(line.text)):
            head = line.text[:cut].rstrip()
            pieces = [
                (line.start, line.start + len(head), "caption", "rules:line-form"),
                (line.start + cut, line.end, "credit", "rules:glued-credit"),
            ]
        elif part == "body" and paragraph == 0 and (cut := find_dateline(line.text)):
            rest = line.text[cut:].lstrip()
            pieces = [(line.start, line.start + cut, "dateline", "rules:dateline")]
            if rest:
                pieces.append((line.end - len(rest), line.end, "body", "rules:line-form"))
        for start, end, name, rule in pieces:
            paragraph += name == "body"
            found.append(
                Segment(
                    start=start,
                    end=end,
                    text=text[start:end],
                    found_by=rule,
                    segment_id=local_id("g", start, end),
                    part=name,
                    paragraph=paragraph if name == "body" else None,
                )
            )
    return found


def _parts(page: list[Line], known: dict[str, str], known_body: bool) -> list[str]:
    """The part of each line of a page."""
    kinds = [None if known_body else furniture_kind(line) for line in page]
    if known_body:
        first, last = 0, len(page)
    else:
        first, last = article_range([weight(line, kind) for line, kind in zip(page, kinds, strict=True)])
    if first == last:
        first, last = 0, len(page)  # no line looks like prose: nothing is thrown away
    parts = ["furniture"] * len(page)
    captions = _repeated(page)
    for i in range(first, last):
        parts[i] = _inside(page, i, first, last, kinds[i], captions)
    # what stands before the first paragraph
    body = next((i for i in range(first, last) if parts[i] == "body" and page[i].words >= 8), first)
    for i in range(max(0, body - 12), body):
        parts[i] = _above(page, i, parts[i])
    candidates = [
        i for i in range(max(0, body - 12), body)
        if parts[i] in ("furniture", "subhead", "body") and 4 <= page[i].words <= 30 and kinds[i] is None
    ]
    if candidates and "headline" not in parts:
        top = candidates[0] if candidates[0] < first or not page[candidates[0]].terminal else None
        if top is not None:
            block = [i for i in candidates if not page[i].terminal]
            parts[block[0] if block else top] = "headline"
            if block:
                top = block[0]
            for i in candidates:
                if i > top and page[i].words >= 8 and page[i].gap and i < body and parts[i] != "headline":
                    parts[i] = "standfirst"
                    break
    if body == first and "headline" in parts and parts.index("headline") < body and "standfirst" not in parts:
        nxt = next((i for i in range(body + 1, last) if parts[i] == "body"), None)
        between = parts[body + 1 : nxt] if nxt is not None else []
        if any(part in ("caption", "credit", "byline", "timestamp", "furniture") for part in between):
            parts[body] = "standfirst"
    for i, line in enumerate(page):
        if line.key in known:
            parts[i] = known[line.key]
    return parts


def _repeated(page: Sequence[Line]) -> set[str]:
    """Keys of long lines that are printed more than once, which captions are."""
    seen: set[str] = set()
    twice: set[str] = set()
    for line in page:
        if line.words >= 6:
            cut = find_credit(line.text) if line.words >= 6 else None
            key = normal(line.text[:cut]) if cut else line.key
            (twice if key in seen else seen).add(key)
    return twice


_CAPTION = re.compile(
    r"(?i)\bfile (?:photo|picture|image)\b|^FILE\b|\b(?:is|are) (?:seen|pictured|shown)\b|\bpictured\b"
    r"|\((?:\d?(?:st|nd|rd|th)?[ -]?[LRC]|left|right|centre|center|top|bottom|above|below|second left)\)"
    r"|^(?:an? |this |the )?(?:undated |handout |satellite |aerial |combination )*"
    r"(?:screenshot|screen ?grab|still|frame|handout|photo|photograph|picture|image|video grab)\b"
    r"|\bin this (?:\w+ ){0,2}(?:photo|image|picture|frame)|^(?:image|media|photo|picture) caption"
    r"|\bpurporting to show\b|\bpurportedly shows?\b"
)
_FULL_DATE = re.compile(r"(?i)\b(?:[a-z]{3,9}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2} [a-z]{3,9}\.? (?:19|20)\d\d)\b")
_INNER_END = re.compile(r"[a-z\d)\"'”][.!?][\"'”’)]* +[A-Z\"“]")


def caption_evidence(line: Line, captions: set[str]) -> float:
    """How much a line looks like a caption by its words; 2 is enough."""
    text = line.text
    score = 0.0
    if _CAPTION.search(text):
        score += 2
    if line.key in captions:
        score += 2
    if _FULL_DATE.search(text[-40:]) and line.words <= 60:
        score += 1.5
        score += not line.terminal
    sentences = len(_INNER_END.findall(text)) + 1
    score += 0.5 if sentences == 1 else -0.5 * (sentences - 1)
    if any(mark in text for mark in "\"“”"):
        score -= 1
    return score


def _inside(page: list[Line], i: int, first: int, last: int, kind: str | None, captions: set[str]) -> str:
    """The part of a line within the article's stretch."""
    line = page[i]
    cut = find_credit(line.text)
    if cut == 0:
        return "credit"
    if cut:
        return "caption"
    if is_timestamp(line.text):
        return "timestamp"
    if kind is not None:
        return "furniture"
    if i + 1 < len(page) and not page[i + 1].gap and find_credit(page[i + 1].text) == 0:
        return "caption"
    if line.words >= 4 and caption_evidence(line, captions) >= 2:
        return "caption"
    if line.terminal or line.words >= 15:
        return "body"
    if line.words <= 12 and line.gap and i > first and i + 1 < last and page[i + 1].words >= 15:
        return "subhead"
    return "body" if line.lower >= 0.5 and line.words >= 3 else "furniture"


def _above(page: list[Line], i: int, part: str) -> str:
    """The part of a line shortly before the body, where bylines and times stand."""
    line = page[i]
    if part in ("caption", "credit"):
        return part
    if is_timestamp(line.text):
        return "timestamp"
    if is_byline(line.text):
        return "byline"
    return part


@cache
def _months() -> frozenset[str]:
    return frozenset(row["form"] for row in rules.read("months"))


def is_timestamp(text: str) -> bool:
    """Whether a line is a date or time and nothing else.

    >>> is_timestamp("Published 12:04 GMT, 3 March 2025"), is_timestamp("In March 2025 it rained")
    (True, False)
    """
    if len(text) > 120 or not (any(c.isdigit() for c in text) or "ago" in text or "oday" in text):
        return False
    dated = unknown = 0
    for token in _TIME_TOKEN.findall(text.casefold()):
        token = token.strip(".")
        if token in _months() or token[:1].isdigit():
            dated += 1
        elif token not in _TIME_WORDS:
            unknown += 1
    return dated > 0 and unknown == 0 and (dated > 1 or "ago" in text)


@cache
def _byline_words() -> tuple[tuple[str, ...], frozenset[str]]:
    rows = rules.read("bylines")
    by = tuple(r["form"] + " " for r in rows if r["kind"] == "by")
    return by, frozenset(r["form"] for r in rows if r["kind"] == "role")


def is_byline(text: str) -> bool:
    """Whether a line names those who wrote the article.

    >>> [is_byline(s) for s in ("By Ana Vries", "Ana Vries in Oslo", "Ana Vries, Political Editor", "By and by")]
    [True, True, True, False]
    """
    if len(text) > 160 or text.endswith((".", "?", "!")):
        return False
    by, roles = _byline_words()
    low = text.casefold()
    for prefix in by:
        if low.startswith(prefix):
            return is_name_like(text[len(prefix) :]) and len(text.split()) > 1
    match = re.fullmatch(r"((?:[A-Z][\w.'’\-]+ ){1,3}[A-Z][\w.'’\-]+) in ((?:[A-Z][\w.'’\-]+ ?){1,3})", text)
    if match:
        return True
    name, comma, role = text.partition(",")
    words = name.split()
    if comma and 2 <= len(words) <= 4 and all(w[0].isupper() for w in words):
        return any(word in roles for word in re.findall(r"\w+", role.casefold()))
    return False


def find_dateline(text: str) -> int | None:
    """Where the dateline that begins a paragraph ends, or None.

    >>> find_dateline("GENEVA (Reuters) - The council met.")
    18
    """
    match = _DATELINE.match(text[:120])
    if match is None or match[0].split()[0].strip(":,—") in _NOT_A_PLACE:
        return None
    return match.end()


_MARK = re.compile(r"[\"“”„«»″]|''|``")


def quoted_spans(text: str) -> list[Span]:
    """Stretches within double quotation marks, the marks included, in order and without overlap.

    Marks may be straight, curly, low, doubled (`''`, ``` `` ```) or guillemets. A quotation that is
    left open at the end of a paragraph ends there.

    >>> text = 'He said "no". “We left,” she said.'
    >>> [text[start:end] for start, end in quoted_spans(text)]
    ['"no"', '“We left,”']
    """
    spans: list[Span] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        end_of_line = position + len(raw.rstrip())
        opened: int | None = None
        for match in _MARK.finditer(raw):
            mark, start, end = match[0], position + match.start(), position + match.end()
            before = text[start - 1 : start]
            after = text[end : end + 1]
            if mark == "«" and opened is None:
                opens = True
            elif mark in "“„``":
                opens = opened is None
            elif mark in "”»" or (mark == "''" and opened is not None):
                opens = False
            elif opened is not None:
                opens = False
            else:
                opens = (not before or not before.isalnum()) and bool(after) and not after.isspace()
                opens = opens and not (before in ".,!?" and before)
            if opens:
                opened = start
            elif opened is not None:
                spans.append((opened, end))
                opened = None
        if opened is not None and end_of_line > opened:
            spans.append((opened, end_of_line))
        position += len(raw)
    return spans


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def sentences(doc: Doc, *, segments: Sequence[Segment] | None = None) -> list[Sentence]:
    """Sentences of a parsed text, trimmed, and in whose voice each is.

    Parameters
    ----------
    doc
        A parsed text.
    segments
        Its segments; sentences are then those of the parts that are prose, and end where a part does.

    Returns
    -------
    list of Sentence
        `voice` is `quoted` if all words lie within double quotation marks, `mixed` if some do.
    """
    text = doc.text
    if segments is None:
        places = [(start, end, None, "body") for start, end in _paragraphs(text)]
    else:
        places = [(s.start, s.end, s.segment_id, s.part) for s in segments if s.part in PROSE]
    if doc.has_annotation("SENT_START"):
        starts = [sent.start_char for sent in doc.sents]
    else:
        from spacy.pipeline import Sentencizer

        guesses = Sentencizer().predict([doc])
        starts = [token.idx for token, first in zip(doc, guesses[0], strict=True) if first]
    quotes = quoted_spans(text)
    quote_starts = [start for start, _ in quotes]
    found: list[Sentence] = []
    for start, end, segment_id, part in places:
        inner = starts[bisect_right(starts, start) : bisect_right(starts, end - 1)]
        for a, b in _merge_marks(text, [start, *inner, end]):
            found.append(
                Sentence(
                    start=a,
                    end=b,
                    text=text[a:b],
                    found_by="spacy:sentences",
                    sentence_id=local_id("t", a, b),
                    segment_id=segment_id,
                    part=part,
                    voice=_voice(text, a, b, quotes, quote_starts),
                )
            )
    return found


def _paragraphs(text: str) -> list[Span]:
    position = 0
    spans = []
    for match in _BLANK_LINE.finditer(text):
        spans.append((position, match.start()))
        position = match.end()
    return [*spans, (position, len(text))]


def _merge_marks(text: str, cuts: Sequence[int]) -> list[Span]:
    """Spans between the cuts, trimmed; one without a letter or digit joins the one before."""
    spans: list[Span] = []
    for a, b in zip(cuts, cuts[1:], strict=False):
        piece = text[a:b]
        if not piece.strip():
            continue
        start, end = a + len(piece) - len(piece.lstrip()), a + len(piece.rstrip())
        if spans and not any(c.isalnum() for c in piece):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _voice(text: str, start: int, end: int, quotes: Sequence[Span], quote_starts: Sequence[int]) -> str:
    """`quoted`, `mixed` or `outlet`, by how many words lie within quotation marks."""
    i = max(0, bisect_right(quote_starts, start) - 1)
    inside = outside = 0
    position = start
    while i < len(quotes) and quotes[i][0] < end:
        a, b = max(quotes[i][0], start), min(quotes[i][1], end)
        if b > a:
            outside += any(c.isalnum() for c in text[position:a])
            inside += any(c.isalnum() for c in text[a:b])
            position = max(position, b)
        i += 1
    outside += any(c.isalnum() for c in text[position:end])
    if not inside:
        return "outlet"
    return "mixed" if outside else "quoted"
