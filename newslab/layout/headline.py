"""The lines above an article's first paragraph: headline, standfirst, byline, time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newslab.layout.bylines import find_dateline, is_byline, is_personal, is_role
from newslab.layout.credits import is_agency
from newslab.layout.lines import Line

_LETTERS = re.compile(r"[^\W\d_]{4,}")
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{2}")
_TRAIL = re.compile(r"\s[|/>»›·]\s")  # of breadcrumbs: News | World | Asia


def _stems(text: str) -> list[str]:
    """Words of four letters and more, cut to six; pairs of characters where words are not spaced."""
    return [word[:6] for word in _LETTERS.findall(text.casefold())] + _WIDE.findall(text)


def label_head(
    page: Sequence[Line], kinds: Sequence[str | None], parts: list[str | None], top: int, body: int, last: int,
    known: dict[str, str],
) -> int:  # fmt: skip
    """Label the lines above the body; give back where the body starts, which a standfirst moves down."""
    for i in range(top, body):
        line = page[i]
        if parts[i] is None and kinds[i] is None and (is_byline(line.text) or is_agency(line.text)):
            parts[i] = "byline"
    headline = _find_headline(page, kinds, parts, top, body, last, known)
    if headline is None:
        return body
    parts[headline] = "headline"
    # beside a byline or a time: a name alone, or what the writer does
    for i in range(headline + 1, body):
        near = {parts[i - 1], parts[i + 1]}
        if parts[i] is None and kinds[i] is None and near & {"byline", "timestamp"}:
            role = "byline" in near and is_role(page[i].text) and page[i].words <= 6
            if role or is_personal(page[i].text):
                parts[i] = "byline"
                if is_personal(page[i - 1].text) and parts[i - 1] is None and i - 1 > headline:
                    parts[i - 1] = "byline"
        elif parts[i] is None and is_personal(page[i].text) and i + 1 < body and is_role(page[i + 1].text):
            parts[i] = parts[i + 1] = "byline"
    free = [i for i in range(headline + 1, body) if parts[i] is None and kinds[i] is None and page[i].words >= 5]
    above = parts[headline : free[0]] if free else []
    # below a byline or time only full sentences are one: what else stands there describes a picture
    if free and "caption" not in above and (page[free[0]].terminal or not {"byline", "timestamp"} & set(above)):
        parts[free[0]] = "standfirst"
        for i in free[1:]:  # one of several points stands directly below the other
            if parts[i - 1] == "standfirst" and not page[i].gap:
                parts[i] = "standfirst"
    between = parts[headline + 1 : body + 1]
    below = next((i for i in range(body + 1, last) if page[i].prose and parts[i] is None and kinds[i] is None), None)
    dated = find_dateline(page[body].text) is not None
    if below is not None and page[body].words <= 60 and not (dated or any(between)) and body + 1 < below:
        for i in range(body + 1, below):
            if parts[i] is None and kinds[i] is None and is_byline(page[i].text):
                parts[i] = "byline"
        if any(kinds[body + 1 : below]) or any(parts[body + 1 : below]):
            parts[body] = "standfirst"
            return below
    return body


def _find_headline(
    page: Sequence[Line], kinds: Sequence[str | None], parts: Sequence[str | None], top: int, body: int, last: int,
    known: dict[str, str],
) -> int | None:  # fmt: skip
    """The line above the body that looks most like its headline, or None."""
    shared = {stem for line in page[body : min(last, body + 25)] for stem in _stems(line.text)}
    signed = max((i for i in range(top, body) if parts[i] in ("byline", "timestamp")), default=body)
    scores: dict[int, float] = {}
    for i in range(top, body):
        line = page[i]
        if known.get(line.key) == "headline":
            return i
        if parts[i] is not None or kinds[i] is not None or not 2 <= line.words <= 40 or line.text.isdigit():
            continue
        stems = _stems(line.text)
        overlap = sum(stem in shared for stem in stems) / len(stems) if stems else 0.0
        score = 2.5 * overlap + min(line.words, 9) / 9 + 0.3 * line.gap - 0.04 * (body - i)
        score -= 1.5 * bool(_TRAIL.search(line.text)) + 0.8 * line.text.endswith(".") + 0.6 * (line.words < 4)
        score -= 0.8 * (i > signed)  # a headline stands above its byline and time, often directly
        score += 0.6 * (parts[i + 1] in ("byline", "timestamp")) + 0.6 * (i == 0 and body <= 8)
        if score > 0.6:
            scores[i] = score
    if not scores:
        return None
    best = max(scores, key=scores.__getitem__)
    # of a headline and the standfirst below it, both with the body's words, the first is the headline
    while best - 1 in scores and page[best - 1].words >= 4 and not _TRAIL.search(page[best - 1].text):
        if not shared.intersection(_stems(page[best - 1].text)):
            break
        best -= 1
    return best
