"""Names of persons in a byline, or in what a page gives as its author."""

from __future__ import annotations

import re
from functools import cache

from newslab import rules
from newslab.layout.bylines import is_personal, is_role, without_by
from newslab.layout.credits import credit_labels, is_agency, is_name_like, is_organisation, title_case

LONG = 300  # characters of a byline
_NOT_NAME = re.compile(r"https?:|www\.|[/@<>{}|\\]|\d{3}|\.(?:com|org|net|co)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\s*[;|·•]\s*|\s[/–—]\s|(?<=[^\W\d_]{3})\.\s+(?=[^\W\d_])")
_AND = re.compile(
    r"\s*[,;]\s+and\s+|\s*[,;&]\s*|\s+(?:and|und|et|y|e|og|och|en|with|mit|avec|con|com)\s+", re.IGNORECASE
)
_PLACE = re.compile(r"\s+(?:in|for|at|en|à|of|from|aus|on|reports?|berichtet)\s+|\s*\(")
_REPORTED = re.compile(r"(?:reporting|reported|writing|written)(?: and (?:reporting|writing|written))? by:?\s+", re.I)
_HANDLE = re.compile(r"\s*\(?@\w+\)?|\s*\S+@\S+")
_LABEL = re.compile(r"([^:]{2,40}):\s*(?=\S)")
# An essay by, Eine Reportage von, Un reportaje de: at most three words, a kind of text, before `by`
_KIND = re.compile(
    r"(?:[^\W\d_]+ ){0,3}(?:by:?|von|par|por|di|door|av|af|de)\s+(?=[^\W\d_a-z])|(?:from|posted by|published by)\s+",
    re.IGNORECASE,
)
_CREW = re.compile(
    r"(?:photo|foto|graphic|illustration|video|bild|image|picture)\w*\s*(?::|by\b|von\b|de\b|di\b|par\b)", re.I
)

_BESIDE = re.compile(r"\s*[,;|·•/–—]\s*(?:and )?|\s+(?:and )?(?=[^\W\d_])")
_AFTER = re.compile(
    r"(?<=\w)\s(?:photograph(?:y|s)|photos|pictures|illustrations?|fotos)(?: by| von)?\s+(?=[^\W\d_a-z])", re.IGNORECASE
)


@cache
def _helpers() -> tuple[str, ...]:
    """Words that begin the naming of those who helped: `edited by`, `with files from`."""
    told = ("reporting by", "reported by", "writing by", "story by")
    forms = [row["form"] for row in rules.read("bylines") if row["kind"] == "sign-off" and row["form"] not in told]
    return tuple(form for form in forms if form != "reporting")


@cache
def _beats() -> frozenset[str]:
    """What stands between a name and a role: `Political` editor."""
    return frozenset(row["form"] for row in rules.read("bylines") if row["kind"] == "beat")


def writers(written: str) -> list[str]:
    """Names of persons in a byline, or what a page gives as its author; addresses, roles and helpers left out.

    >>> writers("By Ana Vries and Jo Roe, Political Editor"), writers("https://www.facebook.com/dubnapost")
    (['Ana Vries', 'Jo Roe'], [])
    >>> writers("(Reporting by Ana Vries in Oslo; Editing by Jo Roe)")
    ['Ana Vries']
    """
    text = _HANDLE.sub("", " ".join(written.split())).strip(" .")
    text = text.strip("()") if text.startswith("(") else re.sub(r"\([^()]{0,80}\)", "", text)
    if len(text) > LONG:
        return []
    return _named(text, crew=False) or _named(text, crew=True)


def _named(text: str, *, crew: bool) -> list[str]:
    """The names in a byline; with `crew`, those who took its pictures, too."""
    found: list[str] = []
    for clause in _CLAUSE.split(text):
        low = clause.casefold()
        if (
            low.startswith(_helpers())
            or (not crew and _CREW.match(clause))
            or low.startswith(("special to ", "special for "))
        ):
            continue
        if not crew and (other := _AFTER.search(clause)):
            clause = clause[: other.start()]
        clause = _unlabelled(_REPORTED.sub("", clause))
        for n, part in enumerate(_AND.split(clause)):
            if n and ((not crew and _CREW.match(part)) or part.casefold().startswith(_helpers())):
                break
            if name := _name(part, first=n == 0 and not found):
                found.append(name)
    return list(dict.fromkeys(found))


def _unlabelled(clause: str) -> str:
    """A clause without what stands before its first name: `By`, `Opinion by`, `Reporter:`."""
    label = _LABEL.match(clause)
    if label and (is_role(label[1]) or is_by_word(label[1])):
        return clause[label.end() :]
    bare = without_by(clause)
    kind = _KIND.match(bare)
    # Maria de Souza is a name, Un reportaje de Maria Souza is none
    return bare[kind.end() :] if kind and not is_name_like(kind[0].rpartition(" ")[0].rpartition(" ")[0]) else bare


def is_by_word(text: str) -> bool:
    """Whether a word stands before a writer with a colon behind it: `Text`, `Story`."""
    forms = {row["form"] for row in rules.read("bylines") if row["kind"] == "by"}
    return text.casefold() in forms | {"text", "texte", "texto", "testo", "tekst", "story", "words", "name"}


def without_crew(text: str) -> tuple[str, str]:
    """A byline cut before who took the pictures; the second is empty where it names none.

    >>> without_crew("By Ana Vries; photos by Jo Roe")
    ('By Ana Vries', 'photos by Jo Roe')
    """
    for match in _BESIDE.finditer(text, 1):
        if is_crew(text[match.end() :]):
            return text[: match.start()], text[match.end() :]
    return text, ""


def is_crew(text: str) -> bool:
    """Whether a text names who took an article's pictures, or drew or filmed them.

    >>> is_crew("Photographs by Jo Roe"), is_crew("Photos and text by Jo Roe")
    (True, False)
    """
    match = _CREW.match(text)
    return match is not None and is_name_like(text[match.end() :].strip())


def _without_company(words: list[str]) -> list[str]:
    """The words of a name without those of the outlet behind it: Ana Vries BBC News, ANA VRIES Associated Press."""
    for n in range(2, len(words)):
        tail = " ".join(words[n:])
        if is_agency(tail) or (words[n].isupper() and not words[0].isupper() and is_organisation(tail)):
            return words[:n]
    return words


def _name(part: str, *, first: bool) -> str | None:
    """The name in a part of a byline, or None where it names an agency, a role or an office."""
    name = _PLACE.split(part.strip(" .·•*-–—"), maxsplit=1)[0]
    if not name or len(name) > 60 or _NOT_NAME.search(name) or is_agency(name) or name.casefold() in credit_labels():
        return None
    words = _without_company(name.split())
    name = " ".join(words)
    role = next((n for n, word in enumerate(words) if is_role(word)), len(words))
    if role < len(words):  # Ana Vries Staff Writer, Ana Vries Political editor
        while role and words[role - 1].casefold() in _beats():
            role -= 1
        name = " ".join(words[:role])
        if not is_personal(name) or words[-1].casefold() == "desk":
            return None  # of Dubna Radio Web Desk nobody is named
    acronym = len(words) > 1 and words[0].isupper() and len(words[0].strip(".")) > 1 and not name.isupper()
    if not first and words[0] in ("The", "Der", "Die", "Das"):
        return None  # a partner: Ana Vries and Jo Roe, The Dubna Post
    if is_organisation(name) or (acronym and not first and "." not in words[0]):
        return None
    name = title_case(name)
    if is_personal(name) or (first and 1 <= len(name.split()) <= 5 and name[0].isalpha()):
        return name
    return None
