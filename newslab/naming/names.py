"""A name: a stretch of a text, and what two spellings of one name have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newslab.naming.words import Words

LABEL_OF = {
    "PERSON": "person", "PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "facility",
    "NORP": "other", "EVENT": "event", "WORK_OF_ART": "work", "LAW": "law", "PRODUCT": "product",
    "LANGUAGE": "other", "MISC": "other",
}  # fmt: skip
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "inc", "inc.", "ltd", "ltd.", "llc", "co", "co."})
POSTNOMINALS = frozenset(
    {"KC", "QC", "SC", "MP", "MSP", "MEP", "MLA", "OBE", "MBE", "CBE", "KBE", "PhD", "JP", "FRS", "RN"}
)
NICKNAME = re.compile(r"""(?<=\w) ["“'‘]([^"”“]{2,20})["”'’] (?=\w)""")  # Ann "Red" Lee
_QUOTES = frozenset("\"”'’")


@dataclass(slots=True)
class Name:
    """A stretch that may be a name: tokens `first` to `last` (not included), and what was seen of it."""

    first: int
    last: int
    start: int
    end: int
    text: str
    found_by: str
    key: str
    part: str = "body"
    ner: str = ""  # label of the parse's own names; "" for a name that a rule found
    gender: str = ""  # of the title before it: m, f
    evidence: set[str] = field(default_factory=set)


def key(text: str) -> str:
    """What two spellings of one name have in common.

    >>> key("the U.K. Defence Ministry's"), key("UK Defense Ministry")
    ('uk defense ministry', 'uk defense ministry')
    """
    if " " in text and text[-1] not in _QUOTES:
        text = NICKNAME.sub(" ", text)
    out = text.casefold().replace("’", "'").replace("defence", "defense").replace("centre", "center")
    out = out.removeprefix("the ")
    for ending in ("'s", "'"):
        out = out.removesuffix(ending)
    if "." in out:
        out = out.replace(".", "")
    return " ".join(out.split())


def make_name(w: Words, first: int, last: int, source: str) -> Name | None:
    """A name of the tokens first to last (not included), or None if there is nothing in it."""
    start, end = w.start[first], w.start[last - 1] + len(w.text[last - 1])
    text = w.string[start:end]
    if not any(c.isalnum() for c in text) or text != text.strip() or "\n" in text:
        return None
    return Name(first, last, start, end, text, source, key(text), w.part[first])
