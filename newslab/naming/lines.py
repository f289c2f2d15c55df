"""Names in lines that are no prose: who took a picture, who wrote, where from, and for which agency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from newslab import rules
from newslab.naming.extents import DATES, PARTICLES
from newslab.naming.lists import demonyms, gazetteer, nouns, organisations
from newslab.naming.names import Name, key
from newslab.records import Segment

PARTS = ("credit", "byline", "dateline")
MOST_WORDS = 6  # of a name
_LABEL = re.compile(
    r"\W*(?:(?:photo(?:graph(?:er|y|s)?)?s?|credits?|pictures?|images?|source|courtesy|handout|copyright|reporting|"
    r"additional|editing|writing|words|story|©|by|of|via)\b[:\s.]*)+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"[/|,;()\[\]\n©:·•@]|\s[-–—]+(?=\s|\Z)|\b(?:and|in|by|for|via|with|at|from|through|photo|handout|editing|writing|"
    r"reporting|additional)\b",
    re.IGNORECASE,
)
_EDGE = " .-–—:\t\"'“”"
_CORRESPONDENT = re.compile(r"(.+) (?:correspondent|editor|reporter|bureau chief)", re.IGNORECASE)
_PLACE_AFTER = frozenset({"in", "at", "from"})
_AGENCY_AFTER = frozenset({"for", "via", "through"})
_RUN = re.compile(r"[^\W\d_a-zß-ÿ][\w'’&.-]*(?: (?:of|the|for|and|&|[^\W\d_a-zß-ÿ][\w'’&.-]*))*")


def line_names(segments: Sequence[Segment]) -> list[Name]:
    """Names in credits, bylines and datelines, each with the evidence of its place in the line."""
    out = []
    for segment in segments:
        if segment.part not in PARTS:
            continue
        for start, text, evidence in _pieces(segment):
            name = Name(-1, -1, start, start + len(text), text, f"rules:{segment.part}", key(text), segment.part)
            name.evidence.add(evidence)
            out.append(name)
    return out


def _pieces(segment: Segment) -> Iterator[tuple[int, str, str]]:
    """Offset, text and evidence of each name of a line."""
    line, dateline = segment.text, segment.part == "dateline"
    label = None if dateline else _LABEL.match(line)
    position, before = label.end() if label else 0, ""
    found: list[tuple[int, str, str]] = []
    for gap in (*_BETWEEN.finditer(line, position), None):
        raw = line[position : gap.start() if gap else len(line)]
        text = raw.strip(_EDGE)
        if text and text[-1].isalpha() and raw[raw.index(text) + len(text) :][:1] == "." and "." in text:
            text += "."  # N.Y., Washington, D.C.
        start = segment.start + position + raw.index(text)
        if text and (whole := _name_like(text)):
            found.append((start + text.index(whole), whole, before))
        before, position = (gap.group().strip().casefold(), gap.end()) if gap else ("", len(line))
    for number, (start, text, before) in enumerate(found):
        if dateline:
            evidence = "line:agency" if before in ("(", "/") else "line:place"
        else:
            # NAME/AGENCY; but AGENCY/Name where only the first is in capitals
            first = found[0][1].isupper() and not found[-1][1].isupper()
            last = segment.part == "credit" and before == "/" and 0 < number == len(found) - 1 and not first
            last = last or (number == 0 and first and segment.part == "credit" and len(found) > 1)
            evidence = _kind(text, before, last)
        if evidence:
            yield start, text, evidence


def _name_like(text: str) -> str:
    """The name in a piece of a line: capitals all through, or the run of capitals that it ends with; else nothing."""
    words = text.split()
    if any(word.casefold() in DATES for word in words) or any(c.isdigit() for c in text):
        return ""
    beat = _CORRESPONDENT.fullmatch(text)
    if beat:  # Middle East correspondent; but Politics editor
        return beat[1] if gazetteer().get(key(beat[1])) in ("country", "state", "large city") else ""
    if words[-1].casefold() in ("desk", "newsdesk", "newsroom"):
        return ""
    if not all(word[0].isupper() or word.casefold() in PARTICLES for word in words):
        runs = [run for run in _RUN.findall(text) if len(run.split()) > 2]
        text = runs[-1] if runs and text.endswith(runs[-1]) else ""
    return text if text and any(c.isupper() for c in text) and len(text.split()) <= MOST_WORDS else ""


@cache
def _title_words() -> frozenset[str]:
    return frozenset(word for row in rules.read("titles") for word in row["title"].casefold().split())


def _kind(text: str, before: str, last: bool) -> str:
    """What a piece of a byline or credit names; nothing for a job."""
    words = text.split()
    small = next((i for i, word in enumerate(words) if word in ("of", "for") and i), len(words))
    known = key(text)
    if before in _PLACE_AFTER or known in demonyms():
        return "line:place"
    head = {words[-1], words[small - 1]} & nouns("head").keys()
    if before in _AGENCY_AFTER or last or head or known in organisations():
        return "line:agency"
    kind = gazetteer().get(known)
    if kind == "country" or (kind in ("state", "large city") and before == ","):
        return "line:place"
    if words[-1].casefold() in _title_words() and len(words) < 4 and before == ",":
        return ""
    if len(words) == 1:
        return "line:agency" if words[0].casefold() not in _title_words() else ""
    return "line:person"
