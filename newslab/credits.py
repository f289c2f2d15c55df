"""Photo credits: where one begins in a line, and whom it names."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newslab import rules

MAX_CREDIT = 140  # characters; a longer stretch is prose
_JOINERS = frozenset(
    "via for of and the de del della da di du van von der den al el la le y e et und by from at in on "
    "courtesy handout file pool provided supplied staff photo contributor stringer".split()
)
_SPLIT = re.compile(r"\s*(?:[/|,;·•]|\s[-–—]\s|\bvia\b|\bfor\b|\bthrough\b|:)\s*", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s/|,;:()\[\]·•]+")
_END = re.compile(r"[.!?…。][\"'”’)\]]*\s*(?=[^\W\d_])")


class Credit(NamedTuple):
    """What a credit line says: each None where it does not."""

    photographer: str | None
    agency: str | None
    provenance: str | None  # one of records.PROVENANCES


@cache
def _agencies() -> dict[str, tuple[str, str]]:
    """Canonical name and kind of an agency by each of its forms, small."""
    return {row["form"].casefold(): (row["name"], row["kind"]) for row in rules.read("agencies")}


@cache
def _label() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Credit labels: anywhere in a line (with a capital) and at its start, each with its separator."""
    labels = sorted((r["label"] for r in rules.read("photo_labels") if r["kind"] == "credit"), key=len)[::-1]
    forms = [
        re.escape(form) for label in labels for form in {label.capitalize(), label.title(), label.upper()}
    ]
    # a label that ends in a preposition or names the right needs no colon
    open_ended = [f for f in forms if re.search(r"(?i)\b(by|of|via|courtesy|copyright|source|handout)\Z", f)]
    separator = r"\s?(?::|\.{3}|…|\||/)\s*"
    anywhere = rf"(?:{'|'.join(forms)}){separator}|(?:{'|'.join(open_ended)})\s+(?=[A-Z@©])|©\s*|\(c\)\s+"
    return re.compile(anywhere), re.compile(rf"[(\[]?(?:{anywhere}|(?i:{'|'.join(forms)})\s?:\s*)")


def is_name_like(text: str) -> bool:
    """Whether every word of a credit's rest could be part of a name: capitals and joining words.

    >>> is_name_like("Doug Marsh/The Dubna Post"), is_name_like("they left on Monday")
    (True, False)
    """
    if not text or len(text) > MAX_CREDIT:
        return False
    tokens = _TOKEN.findall(text)
    if not tokens or len(tokens) > 16:
        return False
    named = 0
    for token in tokens:
        first = token.lstrip("@©\"'“‘.&")[:1]
        if not first:
            continue
        if first.isupper() or (first.isalpha() and not first.islower()) or token[0] == "@":
            named += 1
        elif token.casefold().strip(".") in _agencies():
            named += 1
        elif not (token.casefold().strip(".") in _JOINERS or token.isdigit() or token[:3] in ("al-", "el-")):
            return False
    return named > 0


def agencies_in(text: str) -> list[str]:
    """Canonical names of the agencies that stand as a part of a credit of their own, in order."""
    known = _agencies()
    found = []
    for part in _SPLIT.split(text.strip(" ()[].©")):
        name = known.get(part.strip(" ()[].").casefold())
        if name:
            found.append(name[0])
    return found


def is_agency(text: str) -> bool:
    """Whether a text is the name of a news or photo agency."""
    return text.strip(" ()[].").casefold() in _agencies()


def find_credit(text: str) -> int | None:
    """Where the credit that ends a line begins, 0 if the line is all credit, or None.

    Parameters
    ----------
    text
        One line, stripped.

    Examples
    --------
    >>> find_credit("The bridge in 2016Credit: JANE ROE/AFP"), find_credit("Jane Roe/AFP")
    (18, 0)
    >>> find_credit("She works for AFP.") is None
    True
    """
    anywhere, at_start = _label()
    match = at_start.match(text)
    if match and len(text) <= MAX_CREDIT and is_name_like(text[match.end() :].strip(" )]")):
        return 0
    tail_from = max(0, len(text) - MAX_CREDIT)
    for match in anywhere.finditer(text, tail_from):
        start, rest = match.start(), text[match.end() :].strip(" )].")
        if text[start - 1 : start] in ("(", "["):
            start -= 1
        if is_name_like(rest) or (_ends_sentence(text, start) and _is_label_rest(rest)):
            return start
    return _bare_credit(text, tail_from)


def _ends_sentence(text: str, start: int) -> bool:
    """Whether what stands before `start` is a full sentence, or a label has been glued on."""
    before = text[max(0, start - 9) : start].rstrip()
    return before[-1:] in (".", "!", "?", "”", '"') or (
        text[start - 1 : start].isalnum() and text[start].isupper()
    )


def _is_label_rest(rest: str) -> bool:
    """Whether a credit names an office in words that are no name: `press service of the ministry`."""
    return 0 < len(rest.split()) <= 12 and not re.search(r"[.!?;:\"“”]", rest)


def _bare_credit(text: str, tail_from: int) -> int | None:
    """A credit without a label: known by its agency, its slash or its brackets."""
    if len(text) <= 80 and is_name_like(text) and not text.endswith("."):
        parts = [part for part in _SPLIT.split(text.strip("()[]")) if part]
        if agencies_in(text) and (len(parts) > 1 or text[0] in "(["):
            return 0
        if _is_slashed(text.strip("()[]")) and 3 <= len(text.split()) <= 8 and " / " not in text:
            return 0
    if text[-1] in ")]":
        start = max(text.rfind("(", tail_from), text.rfind("[", tail_from))
        inside = text[start + 1 : -1]
        before = text[max(0, start - 9) : start].rstrip()
        if start > 0 and is_name_like(inside) and (agencies_in(inside) or "/" in inside):
            if "/" in inside or ":" in inside or before[-1:] in ".!?":
                return start
        return None
    if text[-1] in ".!?\"'”’":
        return None
    for match in _END.finditer(text, tail_from):
        tail = text[match.end() :]
        if len(tail.split()) <= 10 and is_name_like(tail) and (agencies_in(tail) or _is_slashed(tail)):
            return match.end()
    return None


def _is_slashed(text: str) -> bool:
    """Whether a text is one name, a slash, and another."""
    left, slash, right = text.partition("/")
    return bool(slash) and is_name_like(left) and is_name_like(right) and "/" not in right


def parse_credit(text: str) -> Credit:
    """Photographer, agency and provenance that a credit states.

    >>> parse_credit("Credit: JANE ROE/AFP")
    Credit(photographer='Jane Roe', agency='AFP', provenance='agency')
    >>> parse_credit("Handout via REUTERS")
    Credit(photographer=None, agency='Reuters', provenance='handout')
    """
    _, at_start = _label()
    rest = text.strip()
    match = at_start.match(rest)
    if match:
        rest = rest[match.end() :]
    rest = rest.strip(" ()[]©.")
    known = _agencies()
    people: list[str] = []
    agency: str | None = None
    kinds: list[str] = []
    low = rest.casefold()
    for part in _SPLIT.split(rest):
        part = re.sub(r"^(?:AP|AFP|Reuters) photo\s*", "", part.strip(" ()[]."), flags=re.IGNORECASE) or part
        known_as = known.get(part.casefold())
        if known_as:
            agency = agency or known_as[0]
            kinds.append(known_as[1])
        elif _is_person(part):
            people.append(title_case(part))
    if agency is None:
        match_photo = re.match(r"(AP|AFP|Reuters) photo", low)
        agency = known[match_photo[1]][0] if match_photo else None
        kinds += ["news"] * (agency is not None)
    provenance = None
    if re.search(
        r"\bhandout\b|\bprovided by\b|\bcourtesy\b|\bsupplied\b|\breleased by\b|\bpress (service|office)\b|\bministry\b",
        low,
    ):
        provenance = "handout"
        if re.search(r"\bhandout\b|\bcourtesy\b|\bsupplied\b|\bministry\b", low):
            people = [p for p in people if not re.search(r"(?i)handout|courtesy|ministry|office|supplied", p)]
    elif "social" in kinds or "social media" in low:
        provenance = "social media"
    elif "archive" in kinds or re.search(r"\barchives?\b|\bfile photo\b", low):
        provenance = "archive"
    elif agency:
        provenance = "agency"
    elif re.search(r"\bstaff\b", low) or (len(_SPLIT.split(rest)) > 1 and people):
        provenance = "staff"
    return Credit(people[0] if people else None, agency, provenance)


def _is_person(part: str) -> bool:
    words = part.split()
    if not 1 < len(words) <= 5 or any(c.isdigit() for c in part):
        return False
    if words[0].casefold() in ("the", "a", "an"):
        return False
    return all(w[0].isupper() or w.casefold() in _JOINERS or w.startswith(("al-", "el-")) for w in words)


def title_case(name: str) -> str:
    """A name printed in capitals as it is otherwise written; any other name as it is.

    >>> title_case("SEAN MCDONALD-O'NEIL"), title_case("Ana de Vries")
    ("Sean McDonald-O'Neil", 'Ana de Vries')
    """
    if not name.isupper():
        return name
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), name.title())
