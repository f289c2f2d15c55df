"""What the lines of a page copy look like, and between which of them the article lies.

A browser's copy has lost every tag: what is left of a menu is a run of short lines without a full
stop, what is left of an article is a run of long ones with it. So each line is weighed by its form
and its neighbours, and the article is the stretch of lines with the largest sum (Bentley's maximum
subarray), in which a short line costs a little and a phrase that opens what follows an article costs
much. The weights are blind to the language; the phrases help where they are known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from newslab import rules

MARGIN = 120  # characters; lines that are longer were not wrapped by hand or by mail
INTERRUPTION = 14.0  # the most that short lines between two paragraphs cost
MAX_CORRECTION = 1500  # characters
TOLD = 100  # words of an article below which nothing that ends one is believed
FIGURES = 8  # lines of a list of dates or results
LIST = 15  # lines of a list that is too long to be one of links
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_TERMINAL = re.compile(r"[.!?…。！？؟।][\"'”’»)\]）」』]*\Z")
_OTHER = re.compile(r"[\W_]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\s]+")
_ELSEWHERE = re.compile(  # On dubnapost.example: ..., Also on dubnapost.example ...
    r"(?:(?:also|more|read|see|mehr|lire|auch) ){0,2}(?:on|at|from|auf|sur|en) "
    r"[\w.-]{2,40}\.(?:com|org|net|co\.uk|de|fr|es|tv|info)\b",
    re.IGNORECASE,
)
_NETWORK = re.compile(r"Facebook|Twitter|Instagram|YouTube|LinkedIn|TikTok|WhatsApp|Telegram|Pinterest|Snapchat|Reddit")
_FOLLOW = re.compile(
    r"(?:you can )?(?:follow|find|like|join|connect with|share|tweet|subscribe to|watch) "
    r"|folgen sie|suivez|síg[au]|segu[ie]|volg ",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:About|ABOUT|Über|À propos (?:de|d[eu]s|d['’])|Acerca de|Sobre|Om) ?(?:the |this |us\b|our )?"
    r"(?:author|authors|writer|[A-Z\u00c0-\u024f][\w.&'’-]*(?: (?:and|&|of|de|und|[A-Z\u00c0-\u024f][\w.&'’-]*))*)?:?"
)
_OWNED = re.compile(r"(?:©|\(c\)|copyright)\W*(?:copyright\W*)?(?:19|20)\d\d\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}")  # alone in a line
_COUNTED = re.compile(r"^\d+ | \d+$")


@dataclass(slots=True)
class Line:
    """A line that is not blank, without the blanks around it, and how it looks."""

    start: int
    end: int
    text: str
    gap: bool  # a blank line, or the start of the text, before it
    words: float
    terminal: bool  # ends as a sentence does
    lower: float  # share of words that do not begin with a capital
    key: str  # letters and digits alone, small: equal for lines that a reader would call the same

    @property
    def prose(self) -> bool:
        """Whether it could be a paragraph by itself."""
        return self.words >= 25 or (self.terminal and self.words >= 8)


def lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank; lines that were wrapped at a margin are one.

    >>> [(line.text, line.gap, line.words) for line in lines("Share\\n\\n It rained. \\nMore")]
    [('Share', True, 1), ('It rained.', True, 2), ('More', False, 1)]
    """
    spans: list[tuple[int, int, bool]] = []
    position = 0
    gap = True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            spans.append((start, start + len(stripped), gap))
        gap = not stripped
        position += len(raw)
    return [look(text[start:end], start, gap) for start, end, gap in _unwrapped(text, spans)]


def _unwrapped(text: str, spans: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Start, end and gap of lines, those joined that a margin has cut.

    Where text is filled up to a margin, the first word of a line had no room on the line before. This
    holds for chance neighbours as well, so there must also be small letters where lines begin.
    """
    pairs = [  # of lines one directly below the other: how long the first is, and what it would be with one more word
        (b - a, b - a + 1 + len(text[c : c + 40].split(maxsplit=1)[0]), text[c].islower())
        if not gap and 30 <= b - a <= MARGIN
        else None
        for (a, b, _), (c, _, gap) in pairwise(spans)
    ]
    cut = [pair for pair in pairs if pair and pair[2]]
    if not cut:
        return spans
    margin = max(pair[0] for pair in cut)
    full = [pair for pair in pairs if pair and pair[1] > margin]
    if sum(pair[2] for pair in full) < 0.5 * len(full) or len(cut) < 0.02 * len(spans):
        return spans
    joined = [spans[0]]
    for pair, (start, end, gap) in zip(pairs, spans[1:], strict=True):
        if pair and pair[1] > margin >= pair[0]:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((start, end, gap))
    return joined


def look(text: str, start: int = 0, gap: bool = True) -> Line:
    """One stripped line and its form."""
    tokens = text.split()
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    words = max(len(tokens), wide * 0.6)
    capitals = sum(token[0].isupper() for token in tokens)
    return Line(
        start=start,
        end=start + len(text),
        text=text,
        gap=gap,
        words=words,
        terminal=_TERMINAL.search(text[-8:]) is not None,
        lower=1 - capitals / len(tokens),
        key=normal(text),
    )


def normal(text: str) -> str:
    """Letters and digits of a text, small, blanks between words: for comparing.

    >>> normal("The Bridge,  on Monday. ")
    'the bridge on monday'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _OTHER.sub(" ", text.casefold()).strip()


@cache
def _phrases() -> tuple[dict[str, str], tuple[str, ...], re.Pattern[str]]:
    """Whole lines of furniture with their kind, how others begin, and what others contain.

    A line may contain `words` anywhere, but an `order` to the reader only where a sentence begins.
    """
    whole: dict[str, str] = {}
    forms: dict[str, list[str]] = {"start": [], "words": [], "order": [], "correction": []}
    for row in rules.read("furniture"):
        phrase = row["phrase"].casefold()
        if row["kind"] in forms:
            forms[row["kind"]].append(phrase)
        else:
            whole.setdefault(normal(phrase), row["kind"])
    words, orders = ("|".join(map(re.escape, forms[kind])) for kind in ("words", "order"))
    return whole, tuple(forms["start"]), re.compile(rf"\b(?:{words})\b|(?:^|[.!?:|–—-] )(?:{orders})\b")


def furniture_kind(line: Line) -> str | None:
    """What furniture a line is by its words, or None.

    `end` opens what follows an article (comments, lists of the most read), `box` opens a list of links
    that may also stand within one, `blank` is a line that nobody sees, `line` is any other.

    >>> [furniture_kind(look(text)) for text in ("Most read", "Related stories", "Share", "It rained.")]
    ['end', 'box', 'line', None]
    """
    if _INVISIBLE.fullmatch(line.text):
        return "blank"
    whole, begin, inside = _phrases()
    if line.words <= 7:
        kind = whole.get(line.key) or whole.get(_COUNTED.sub("", line.key))
        if kind:
            return kind
        if len(line.key) < 2 and not line.text.isalpha():
            return "line"
        if 1 < line.words <= 6 and all(word in whole for word in line.key.split()):
            return "line"
    if is_correction(line.text) or is_address(line.text):
        return "line"
    if line.words <= 45 and (_OWNED.match(line.text) or _ELSEWHERE.match(line.text) or _networks(line)):
        return "line"
    if line.words <= 60:
        low = line.text.casefold()
        if line.words <= 45 and low.startswith(begin):
            return "line"
        hits = len(set(inside.findall(low)))
        if hits and (hits > 1 or line.words <= 25):
            return "line"
    return None


@cache
def _corrections() -> tuple[str, ...]:
    return tuple(row["phrase"] for row in rules.read("furniture") if row["kind"] == "correction")


def is_address(text: str) -> bool:
    """Whether a line is an e-mail address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def is_correction(text: str) -> bool:
    """Whether a line says what was wrong in the article before, as papers print it at the foot.

    >>> is_correction("This article was amended on 3 March 2025 to correct the number of dead.")
    True
    """
    return len(text) <= MAX_CORRECTION and text.lstrip("([*• ").casefold().startswith(_corrections())


def _networks(line: Line) -> bool:
    """Whether a line asks to be followed on networks: it names three, or begins with the request and names one."""
    named = set(_NETWORK.findall(line.text))
    return len(named) >= 3 or (bool(named) and line.words <= 30 and _FOLLOW.match(line.text) is not None)


def _alone(line: Line, kind: str | None) -> float:
    """How much a line by itself looks like a paragraph of an article: above 0 if more like one than not."""
    words = line.words
    if kind is not None:
        return {"end": -7.0, "box": -3.0, "time": -5.0, "blank": 0.0}.get(kind, -1.5)
    if not line.terminal and words >= 4 and line.lower < 0.35:
        return -1.5
    if line.terminal:
        return min(2.0 + words / 8, 9.0) if words >= 8 else 1.0 if words >= 5 else 0.5 if words >= 3 else -0.5
    if words >= 4 and line.text[-1] in ":：":
        return 1.0
    return 2.5 if words >= 25 else -0.5 if words >= 12 else -0.7


def weights(page: Sequence[Line], kinds: Sequence[str | None]) -> list[float]:
    """How much each line looks like a paragraph of an article, its neighbours and what came before counted.

    Parameters
    ----------
    page
        The lines.
    kinds
        For each, its `furniture_kind`, or `time` for a line that is a timestamp, or None.
    """
    found = [_alone(line, kind) for line, kind in zip(page, kinds, strict=True)]
    prose = [value > 1 for value in found]
    trust = 1.0
    told = 0.0  # words of prose so far
    listed = False  # below a colon
    for i, line in enumerate(page):
        if kinds[i] is None and line.text[-1] in ":：" and line.words >= 4:
            listed = True
        elif listed and not prose[i] and kinds[i] is None and not (line.gap and page[i - 1].text[-1] not in ":："):
            found[i] = max(found[i], 0.1)
        else:
            listed = False
        if told >= TOLD and is_about(line):
            found[i] = _alone(line, "end")
        if told >= TOLD and (kinds[i] == "end" or is_about(line)):
            trust = 0.4
        if found[i] > 0:
            told += line.words * prose[i]
            # a paragraph among paragraphs counts in full, a teaser between its title and the next less
            if not (prose[i - 1] if i else False) and not (prose[i + 1] if i + 1 < len(page) else False):
                found[i] *= 0.4
            found[i] *= trust
    cost = 0.0  # of the lines since the last paragraph: an interruption is one, however many lines it has
    for i, value in enumerate(found):
        if prose[i]:
            cost = 0.0
        elif value < 0 and kinds[i] not in ("end", "time"):
            found[i] = max(value, min(0.0, cost - INTERRUPTION))
            cost -= found[i]
    return found


def is_about(line: Line) -> bool:
    """Whether a line heads what a writer or a firm says of itself: `About the author`, `Über Dubna Post`."""
    return line.words <= 6 and not line.terminal and _ABOUT.fullmatch(line.text) is not None


def article_range(values: Sequence[float]) -> tuple[int, int]:
    """First and last index, the last not included, of the largest sum; (0, 0) if none is above 0.

    >>> article_range([-1, 3, -1, 4, -9, 5])
    (1, 4)
    """
    best, best_range = 0.0, (0, 0)
    total, first = 0.0, 0
    for i, value in enumerate(values):
        if total <= 0:
            total, first = 0.0, i
        total += value
        if total > best:
            best, best_range = total, (first, i + 1)
    return best_range


def with_list(page: Sequence[Line], kinds: Sequence[str | None], last: int) -> int:
    """Where the article ends if a long list stands directly below its last paragraph.

    Dates, results and songs come as one block of many lines; links to other articles are few, or have
    furniture among them.
    """
    for first in (last, last + 1):
        end = first + 1
        while end < len(page) and not page[end].gap:
            end += 1
        block = page[first:end]
        if len(block) >= LIST and not any(kinds[last:end]) and sum(line.words for line in block) >= 3 * len(block):
            return end
    return last


def or_figures(page: Sequence[Line], kinds: Sequence[str | None], first: int, last: int) -> tuple[int, int]:
    """The article's range, or that of a list of dates or results if it holds most of what there is to read.

    Menus are lists, too, but few of their lines have a figure in them.
    """
    prose = sum(line.words for line in page[first:last] if line.prose)
    if prose >= TOLD:
        return first, last
    best: tuple[float, int, int] = (0.0, 0, 0)
    start = 0
    for end in range(len(page) + 1):
        if end < len(page) and kinds[end] is None and not (page[end].gap and end > start and page[end - 1].prose):
            continue
        block = page[start:end]
        figures = sum(any(c.isdigit() for c in line.text) for line in block)
        words = sum(line.words for line in block)
        if len(block) >= FIGURES and figures >= 0.6 * len(block) and words >= 3.5 * len(block):
            best = max(best, (words, start, end))
        start = end + 1
    return (best[1], best[2]) if best[0] > prose else (first, last)


def with_rest(page: Sequence[Line], kinds: Sequence[str | None], last: int) -> int:
    """Where the article ends if a few lines, the last of them a sentence, are all that is left of the text."""
    rest = range(last, len(page))
    whole = len(rest) <= 3 and not any(kinds[last:]) and page[-1].terminal and page[-1].words >= 4
    return len(page) if whole else last


def without_teaser(page: Sequence[Line], first: int, last: int) -> int:
    """Where the article ends if its last lines break off, as the beginnings of other articles do."""
    while last - 1 > first and page[last - 1].text.endswith(("...", "…")) and page[last - 1].words <= 40:
        last -= 1
    return last
