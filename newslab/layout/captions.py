"""Which lines of a page are captions and credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newslab.layout.bylines import is_byline
from newslab.layout.credits import find_credit, leading_credit
from newslab.layout.lines import Line, look, normal

NEAR = 5  # lines within which a caption is printed again
_SAYS = re.compile(
    r", (?:(?:second|third|far|from) )?(?:(?:from )?(?:left|right)|cent(?:re|er)|foreground|background),"
    r"|\bfile (?:photo|picture|image)\b|^FILE\b|\bpictured\b|^(?:image|media|photo|picture) caption\b"
    r"|\b(?:is|are) (?:seen|pictured|shown) (?:in|at|on|near|outside|during|after|before|behind)\b"
    r"|\((?:\d(?:st|nd|rd|th)?[ -]?[LRC]|\d(?:st|nd|rd|th) from (?:left|right)|(?:second |far )?(?:left|right)"
    r"|cent(?:re|er)|top|bottom|above|below)\)"
    r"|^(?:an? |this |the )?(?:undated |handout |satellite |aerial |combination |composite )*"
    r"(?:screenshot|screen ?grab|still (?:image )?from|frame from|handout|video grab"
    r"|(?:photo|photograph|picture|image) (?:from|taken|shows|released|provided|shared|posted))\b"
    r"|\bin this (?:[\w-]+ ){0,3}(?:photo|image|picture|frame|handout|file)"
    r"|\bpurporting to show\b|\bpurportedly shows?\b",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\(([LRC])\)")  # also a party: a caption says it of more than one person
_FULL_DATE = re.compile(
    r"\b(?:[^\W\d_]{3,9}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2} (?:de )?[^\W\d_]{3,9}\.?(?: de)? (?:19|20)\d\d)\b"
)
_INNER_END = re.compile(r"[a-z\d)\"'”][.!?][\"'”’)]* +[A-Z\"“]")


def evidence(line: Line) -> float:
    """How much a line looks like a caption by its words; 2 is enough.

    >>> from newslab.layout.lines import look
    >>> evidence(look("Ferries are seen in Oslo harbour on May 3, 2016.")) >= 2
    True
    >>> evidence(look("Ferries sank on Monday, the ministry said.")) >= 2
    False
    """
    text = line.text
    if line.words < 4 or line.words > 80 or len(text) > 1000:
        return 0.0
    inner = len(_INNER_END.findall(text))
    score = 0.5 - 0.75 * inner - 1.5 * any(mark in text for mark in '"“”')
    if _SAYS.search(text) or len(set(_SIDE.findall(text))) > 1:
        score += 2.0
    if line.words >= 9 and _FULL_DATE.search(text[-45:]):
        score += 1.5 + 0.5 * (not line.terminal)
    return score


def _is_caption(text: str, cut: int) -> bool:
    """Whether what stands before a credit is a caption: newsletters, too, end their items with `[AP]`."""
    return bool(re.search(r"[/:]", text[cut:])) or evidence(look(text[:cut].strip())) >= 0.5 or cut < 40


def _again(page: Sequence[Line], keys: dict[int, str], i: int, last: int) -> bool:
    """Whether a line is printed again shortly below, with no other paragraph between."""
    for j in range(i + 1, min(last, i + NEAR)):
        if keys[j] == keys[i]:
            return True
        if page[j].prose:
            return False
    return False


def _begins(page: Sequence[Line], parts: Sequence[str | None], i: int, j: int) -> bool:
    """Whether a line that is printed again is the article's first paragraph, which its picture's caption repeats."""
    credited = i + 1 < len(parts) and parts[i + 1] == "credit" and j > i + 1
    below = page[j + 1] if j + 1 < len(page) else None
    alone = j + 1 >= len(parts) or parts[j + 1] != "credit"
    return credited and alone and page[j].prose and page[j].terminal and below is not None and below.prose


def find_captions(
    page: Sequence[Line], kinds: Sequence[str | None], parts: list[str | None], first: int, last: int
) -> dict[int, int]:
    """Label captions and credits among the lines `first` to `last`, in `parts`.

    Returns
    -------
    dict
        For a line that holds or is a credit, where in it the credit begins; below 0 for one that begins
        with its credit, minus where that ends.
    """
    cuts: dict[int, int] = {}
    begun = False  # below a byline or a time, where no headline stands
    for i in range(first, last):
        if parts[i] is not None:
            continue
        begun = begun or kinds[i] == "time" or page[i].prose or is_byline(page[i].text)
        cut = find_credit(page[i].text) if kinds[i] is None else None
        if cut == 0 and i > 0 and is_byline(page[i - 1].text):
            parts[i] = "byline"  # words by one, photographs by another
        elif cut == 0 or (cut and _is_caption(page[i].text, cut)):
            cuts[i] = cut
            parts[i] = "caption" if cut else "credit"
        elif begun and kinds[i] is None and not page[i].terminal and (lead := leading_credit(page[i].text)):
            cuts[i] = -lead
            parts[i] = "caption"
            below = page[i + 1] if i + 1 < last else None
            if below and kinds[i + 1] is None and not (below.gap or below.terminal) and below.words >= 3:
                parts[i + 1] = "caption"  # what all readers see, below what is read aloud
    keys = {i: normal(page[i].text[:cut]) if (cut := cuts.get(i)) else page[i].key for i in range(first, last)}
    credited = {keys[i] for i, cut in cuts.items() if cut}

    def free(i: int) -> bool:
        return first <= i < last and parts[i] is None and kinds[i] is None and page[i].words >= 2

    for i in range(first, last):
        line = page[i]
        if parts[i] == "credit":
            if free(i - 1) and (not line.gap or not page[i - 1].terminal or evidence(page[i - 1]) >= 2):
                parts[i - 1] = "caption"
            elif free(i + 1) and not page[i + 1].gap and line.gap:
                parts[i + 1] = "caption"
        elif free(i) and line.words >= 5:
            again = _again(page, keys, i, last)
            if again or keys[i] in credited or evidence(line) >= 2:
                parts[i] = "caption"
                for j in range(i + 1, min(last, i + NEAR)):
                    if again and keys[j] == keys[i] and parts[j] is None and not _begins(page, parts, i, j):
                        parts[j] = "caption"
    return cuts
