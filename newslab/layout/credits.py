"""Photo credits: where one begins in a line, and whom it names."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newslab import rules

MAX_CREDIT = 140  # characters; a longer stretch is prose
_SPLIT = re.compile(r"\s*(?:[/|,;·•]|\s[-–—]\s|\bvia\b|\bfor\b|\bthrough\b|:)\s*", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s/|,;:()\[\]·•–—]+")
SENTENCE_END = re.compile(r"[.!?…。][\"'”’)\]]*\s*(?:[/—–-]\s)?(?=[^\W\d_])")
_BAR = re.compile(r"\s[|–—-]\s+(?=[^\W\d_])")
_PLACED = re.compile(r"\b(?:in|at|on|from|by)\b")  # joins places and times to a name, in captions
_GIVEN = re.compile(
    r"(?i)[(\[](?:supplied|submitted|contributed|provided|handout|courtesy|file|file (?:photo|image|picture))[)\]]\Z"
)
_UNMARKED = re.compile(r"\A(?:Photos?|Fotos?|Bild|Beeld) (?:d['’]archives? |archives? )?(?=[^\W\d_])")  # no colon
NOT_NAME = " ()[].©"


class Credit(NamedTuple):
    """What a credit says: each None where it does not."""

    photographer: str | None
    agency: str | None  # or another organisation that is credited
    provenance: str | None  # one of records.PROVENANCES


@cache
def _agencies() -> dict[str, tuple[str, str]]:
    """Canonical name and kind of an agency by each of its forms, small."""
    return {row["form"].casefold(): (row["name"], row["kind"]) for row in rules.read("agencies")}


@cache
def _forms(kind: str) -> frozenset[str]:
    """Forms of one kind in `rules/photo_words.csv`."""
    return frozenset(row["form"] for row in rules.read("photo_words") if row["kind"] == kind)


def credit_labels() -> frozenset[str]:
    """Words that stand before a credit, small: `photograph by`."""
    return _forms("credit")


@cache
def labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Credit labels with what parts them from the name: anywhere in a line, with a capital; at its start."""
    known = sorted(_forms("credit"), key=lambda form: (-len(form), form))
    forms = [form for label in known for form in dict.fromkeys((label.capitalize(), label.title(), label.upper()))]
    cased = [re.escape(form) for form in forms]
    # these need no colon: Photo by Ana Vries, Courtesy of the Navy, Image copyright Getty Images
    open_ended = [
        form
        for form in cased
        if re.search(r"(?i)\b(?:by|of|via|courtesy|copyright|source|handout|d[ei]|von|door|por|av)\Z", form)
    ]
    first = "".join(sorted({re.escape(form[0]) for form in forms} | {"©", "("}))  # most characters begin none
    anywhere = (
        rf"(?=[{first}])(?:(?:{'|'.join(cased)})\s?(?::|\.{{3}}|…|\|)\s*"
        rf"|(?:{'|'.join(open_ended)}),?\s+(?=(?:the )?[^\W\d_a-z]|@|©)|©\s*|\(c\)\s+)"
    )
    small = "|".join(re.escape(label) for label in known)
    return re.compile(anywhere), re.compile(rf"[(\[]?(?:{anywhere}|(?i:{small})\s?:\s*)")


def is_agency(text: str) -> bool:
    """Whether a text is the name of a news or photo agency.

    >>> is_agency("REUTERS"), is_agency("The Dubna Post")
    (True, False)
    """
    return text.strip(NOT_NAME).casefold() in _agencies()


def is_name_like(text: str) -> bool:
    """Whether every word of a text could be part of a name: capitals and joining words.

    >>> is_name_like("Doug Marsh/The Dubna Post"), is_name_like("they left on Monday")
    (True, False)
    """
    if not text or len(text) > MAX_CREDIT:
        return False
    tokens = _TOKEN.findall(text)
    named = 0
    for token in tokens:
        first = token.lstrip("@©\"'“‘.&")[:1]
        small = token.casefold().strip(".")
        if token in ("+", "&", "x", "«", "»"):
            continue
        if (first.isalpha() and not first.islower()) or token[0] == "@" or small in _agencies():
            named += 1
        elif first and not (small in _forms("joiner") or token.isdigit() or token[:3] in ("al-", "el-")):
            return False
    return named > 0 and len(tokens) <= 16


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
    anywhere, at_start = labels()
    match = at_start.match(text)
    if match and len(text) <= MAX_CREDIT:
        rest = text[match.end() :].strip(NOT_NAME)
        if is_name_like(rest) or (gives(rest) and is_office(rest)):
            return 0
    tail_from = max(0, len(text) - MAX_CREDIT)
    for match in anywhere.finditer(text, tail_from):
        start, rest = match.start(), text[match.end() :].strip(NOT_NAME)
        if text[start - 1 : start] in ("(", "["):
            start -= 1
        if is_name_like(rest) or (ends_sentence(text, start) and is_office(rest)):
            return start
    return _bare_credit(text, tail_from)


def ends_sentence(text: str, start: int) -> bool:
    """Whether a sentence has ended before `start`, or a capital has been glued on there."""
    before = text[max(0, start - 9) : start].rstrip()
    return before[-1:] in (".", "!", "?", "”", '"') or (text[start - 1 : start].isalnum() and text[start].isupper())


def gives(rest: str) -> bool:
    """Whether a credit begins with an office that gives pictures away: `press service of the ministry`."""
    return any(re.match(rf"(?i)(?:the )?{word}\b", rest) for word in _forms("given"))


def is_office(rest: str) -> bool:
    """Whether a credit could name an office in words that are no name: `press service of the ministry`."""
    return 0 < len(rest.split()) <= 12 and not re.search(r"[.!?;:\"“”]", rest)


def _bare_credit(text: str, tail_from: int) -> int | None:
    """A credit without a label: known by its agency, its slash or its brackets."""
    if text[-1] in ".!?\"'”’":
        return None
    bare = text.strip("()[]")
    if len(text) <= 80 and is_name_like(text) and not _PLACED.search(text):
        if has_agency(text) and (len([part for part in _SPLIT.split(bare) if part]) > 1 or text[0] in "(["):
            return 0
        if is_slashed(bare) and 3 <= len(text.split()) <= 8 and " / " not in text:
            return 0
    if text[-1] in ")]":
        if given := _GIVEN.search(text, tail_from):
            return given.start()
        start = max(text.rfind("(", tail_from), text.rfind("[", tail_from))
        inside = text[start + 1 : -1]
        told = "/" in inside or (has_agency(inside) and (":" in inside or ends_sentence(text, start)))
        return start if start > 0 and told and is_name_like(inside) else None
    for pattern in (SENTENCE_END, _BAR):
        for match in pattern.finditer(text, tail_from):
            tail = text[match.end() :]
            if (
                len(tail.split()) <= 10
                and not tail[0].islower()
                and is_name_like(tail)
                and (has_agency(tail) or is_slashed(tail))
            ):
                return match.end() if pattern is SENTENCE_END else match.start() + 1
    return None


def leading_credit(text: str) -> int | None:
    """Where the credit ends that a line begins with, before what the picture shows, or None.

    Sites that print a picture's description for screen readers put the credit before it.

    >>> text = "Getty Images A tug stands in the ice of Vardo harbour"
    >>> text[: leading_credit(text)]
    'Getty Images'
    """
    if len(text) > 400:
        return None
    words = text.split()
    for n in range(min(5, len(words) - 4), 0, -1):
        if not words[n][0].isupper():
            continue
        head = " ".join(words[:n])
        if n == 1 and not (head.isupper() or "/" in head or head == "Reuters"):
            continue  # a word that is also a name: Petra, Polaris
        if text.startswith(head + " ") and is_agency(_SPLIT.split(head)[-1]) and is_name_like(head):
            return len(head)
    return None


def has_agency(text: str) -> bool:
    """Whether an agency is a part of a credit of its own."""
    return any(is_agency(part) for part in _SPLIT.split(text))


def is_slashed(text: str) -> bool:
    """Whether a text is one name, a slash, and another."""
    left, slash, right = text.partition("/")
    return bool(slash) and "/" not in right and is_name_like(left) and is_name_like(right)


def parse_credit(text: str, outlet: str | None = None) -> Credit:
    """Photographer, agency and provenance that a credit states.

    Parameters
    ----------
    text
        The credit with its label.
    outlet
        Who published the article; a photograph of its own is `staff`. A photographer alone may be anybody,
        so that the provenance is None.

    Examples
    --------
    >>> parse_credit("Credit: JANE ROE/AFP")
    Credit(photographer='Jane Roe', agency='AFP', provenance='agency')
    >>> parse_credit("Dubna Rights Watch/Handout via REUTERS")
    Credit(photographer=None, agency='Reuters', provenance='handout')
    """
    _, at_start = labels()
    whole = text.strip()
    match = at_start.match(whole)
    rest = (whole[match.end() :] if match else _UNMARKED.sub("", whole)).strip(NOT_NAME)
    low = whole.casefold()
    given = any(re.search(rf"\b{word}\b", low) for word in _forms("given"))
    people: list[str] = []
    agency: str | None = None
    company: str | None = None
    ours = False
    kinds: set[str] = set()
    for raw in _SPLIT.split(rest):
        part = raw.strip(NOT_NAME)
        known = _agencies().get(part.casefold())
        if known:
            agency = agency or known[0]
            kinds.add(known[1])
        elif part.casefold() in ("archiv", "archives", "archivo"):
            kinds.add("archive")
        elif part.casefold() in _forms("joiner") or not part:
            continue
        elif part[0] == "@":
            kinds.add("social")
        elif is_person_part(part) and not people and not given:
            people = [title_case(part)]
        else:
            company = company or _company(part)
            ours = ours or bool(re.search(rf"\bfor {re.escape(part)}", rest))
    via = re.search(r"\bvia ([^/|,;]+)\Z", rest)
    if given and via and agency is None:
        agency = _company(via[1])
    own = company is not None and (
        ours or company.casefold() == (outlet or "").casefold() or company.split()[-1].casefold() in _forms("outlet")
    )
    if re.search(r"\bscreen ?(?:shot|grab)\b", low):
        provenance: str | None = "screenshot"
    elif "social" in kinds or "social media" in low:
        provenance = "social media"
    elif given:
        provenance = "handout"
    elif "archive" in kinds or re.search(r"\b(?:archives?|file)\b", low):
        provenance = "archive"
    elif (agency or company) and not own:
        provenance = "agency"
    else:
        provenance = "staff" if own or re.search(r"\bstaff\b", low) else None
    # a wire prints its own name first, as any agency's: NORTH WIRE/Jane Roe; a paper's own credit names no agency
    wire = own and people and company is not None and rest.casefold().startswith(f"{company.casefold()}/")
    if agency is None and not given and (not own or wire):
        agency = company
    return Credit(people[0] if people else None, agency, provenance)


def is_person_part(part: str) -> bool:
    """Whether a part of a credit is a person's name, or two joined by `and`, and no organisation."""
    words = part.split()
    if not 1 < len(words) <= 7 or any(c.isdigit() for c in part) or words[0].casefold() in ("the", "a", "an"):
        return False
    if any(word.casefold().strip(".") in _forms("organisation") for word in words):
        return False
    return all(w[0].isupper() or w.casefold() in _forms("joiner") or w[:3] in ("al-", "el-") for w in words)


def is_organisation(text: str) -> bool:
    """Whether a word of a name says that it is no person's: `Office of Research`, `BBC News`; but Emily Post is one.

    >>> is_organisation("Office of Research"), is_organisation("Emily Post")
    (True, False)
    """
    words = text.split()
    if not any(word.casefold().strip(".") in _forms("organisation") for word in words):
        return False
    return len(words) != 2 or words[0] not in first_names()


@cache
def first_names() -> frozenset[str]:
    """Words that are given to persons as their first name."""
    return frozenset(row["name"] for row in rules.read("first_names"))


def _company(part: str) -> str:
    """An organisation's name; capitals throughout are undone where there is more than an acronym."""
    return part if len(part) <= 5 else title_case(part)


def title_case(name: str) -> str:
    """A name printed in capitals as it is otherwise written; any other name as it is.

    >>> title_case("SEAN MCDONALD-O'NEIL"), title_case("Ana de Vries")
    ("Sean McDonald-O'Neil", 'Ana de Vries')
    """
    if not name.isupper():
        return name
    name = re.sub(r"\bMc([a-z])", lambda match: "Mc" + match[1].upper(), name.title())
    return re.sub(r"(?<=\s)(?:De|Del|Van|Von|Der|Den|Da|Di|Al|El|And)(?=[\s-])", lambda match: match[0].lower(), name)
