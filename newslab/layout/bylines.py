"""The lines round a headline: who wrote, when it was published, and the place a report comes from."""

from __future__ import annotations

import re
from functools import cache

from newslab import rules
from newslab.layout.credits import is_agency, is_name_like

_TIME_TOKEN = re.compile(r"[^\s,|·•()\[\]/–—:\-]+")
_BARS = re.compile(r"\s+[|·•/]\s+")
_NUMBER = re.compile(r"\d+(?:[.:ht]\d+)*(?:st|nd|rd|th|am|pm|min|mins|h|m|d|z|年|月|日|년|월|일|시|분)*\.?")
_ALONE = re.compile(r"\d{1,2}:\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d\d[./-]\d\d")
_PHONE = re.compile(r"\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}")  # (509) 555-0182
_ZONE = re.compile(r"(?<=[\dm])\s\(?[A-Z]{1,3}T\)?(?=[\s,;|]|\Z)")  # 06:45 (EAT)
_READERS = re.compile(  # what systems count beside the time
    r"[\s|·•,/–-]+\d[\d.,]{0,9}\s?[kKmM]?\s(?:views?|comments?|shares?|likes?|vues?|commentaires?|vistas|comentarios"
    r"|visualizações|comentários|visualizzazioni|commenti|Kommentare?|Aufrufe)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*(?:\(([^()]{2,40})\)|/([^/\s]{2,12}(?: [^/\s]{2,12})?)/(?=\.|\s+[-–—]))\.?\s*")
_WITH_AGENCIES = re.compile(
    r"\s+(?:and|with|und|mit|et|avec|y|con|e|com) (?:agenc(?:y|ies)|agenturen|agences|agencias|agências)\Z"
)
_HELPED = re.compile(
    r"\s+(?:also )?contributed(?:(?=\.?\Z)| to this (?:report|article|story)\b| (?:additional )?reporting\b"
    r"| (?:additional )?research(?=[.,;]|\Z| (?:and|to this)\b))"
)
_SENTENCES = re.compile(r"(?<=[^\W\d_]{3}[.;])\s+(?=[^\W\d_a-z])")
_FROM = re.compile(r"\sreported (?:this (?:article|story) )?from\s")
_ROUND = re.compile(r"\b(?:in|from|and|at|of|also|reported|this|article|story|contributed)\b")  # names
_REACHED = re.compile(r"(?:You can )?(?:reach|contact|e-?mail|follow) [A-Z]\w*.{0,80}(?:@| at | on )", re.IGNORECASE)
_MADE = re.compile(r"[A-Z][^\W\d_]*(?:[ -][^\W\d_]+){0,3} by (?=[^\W\d_a-z])")
_SEPARATOR = re.compile(r"\s+(?:--?|[–—])\s+|\.[-–—]\s+|—\s*|--\s*|:\s+|(?<=/)\.\s+")


@cache
def _time_words() -> tuple[frozenset[str], frozenset[str]]:
    """Names of months, and the other words that stand beside a date or time."""
    months = frozenset(row["form"] for row in rules.read("months"))
    return months, frozenset(row["form"] for row in rules.read("time_words"))


def is_timestamp(text: str) -> bool:
    """Whether a line is a date or time and nothing else, or begins with one and a bar.

    >>> [is_timestamp(s) for s in ("Published 12:04 GMT, 3 March 2025", "2 hours ago", "In March 2025 it rained")]
    [True, True, False]
    """
    if len(text) > 120:
        return False
    text = _READERS.sub("", _ZONE.sub("", text)).strip() or text
    if _PHONE.fullmatch(text):
        return False
    if _ALONE.fullmatch(text):
        return True
    if "|" in text or "·" in text or "•" in text or " / " in text:
        pieces = _BARS.split(text)
        if len(pieces) > 1 and len(pieces[0]) > 5 and len(text) <= 80:
            return is_timestamp(pieces[0])
    months, words = _time_words()
    dated = named = 0
    for token in _TIME_TOKEN.findall(text.casefold()):
        token = token.rstrip(".,")
        if token in months:
            dated += 1
            named += 1
        elif token[:1].isdigit() and _NUMBER.fullmatch(token):
            dated += 1
            named += len(token) >= 4
        elif token in words:
            named += len(token) > 2 or token in ("am", "pm", "hr")
        else:
            return False
    return (dated > 1 and named > 0) or (dated == 1 and named > 1) or (named > 1 and " ago" in text)


@cache
def _forms(kind: str) -> frozenset[str]:
    """Forms of `rules/bylines.csv`: `by` and `sign-off` come before a writer, `role` is a writer's work,
    `not place` are words that stand in capitals before a dash and are no dateline."""
    return frozenset(row["form"] for row in rules.read("bylines") if row["kind"] == kind)


def is_byline(text: str) -> bool:
    """Whether a line, by its words alone, names those who made the article.

    >>> [is_byline(s) for s in ("By Ana Vries", "Ana Vries in Oslo", "Ana Vries, Political Editor", "By and by")]
    [True, True, True, False]
    """
    text = text.strip("() ")
    if len(text) > 250 or not text:
        return False
    if _after(text, "by") or _after(text, "sign-off"):
        return not text.endswith(("?", "!"))
    if text[-1] in ".?!:":
        return False
    shared = _WITH_AGENCIES.sub("", text)
    if shared != text:
        return is_personal(shared)
    name, place, where = text.partition(" in ")
    if place and is_personal(name) and is_name_like(re.sub(r"\b(?:in|agencies)\b", "", where) or "A"):
        return len(where.split()) <= 8
    name, comma, role = text.partition(",")
    return bool(comma) and is_personal(name) and is_role(role)


def is_sign_off(text: str) -> bool:
    """Whether a line names those who worked on an article, as agencies print below it.

    >>> is_sign_off("(Reporting by Ana Vries in Oslo; Editing by Jo Roe)")
    True
    """
    if len(text) > 400:
        return False
    said = [sentence for sentence in _SENTENCES.split(text) if not _REACHED.match(sentence) and not _is_made(sentence)]
    return _after(text.strip("()—–-* "), "sign-off") or (bool(said) and all(map(_is_helper, said)))


def _is_made(sentence: str) -> bool:
    """Whether a sentence without a verb names who made something: `Design by Ana Vries.`"""
    made = _MADE.match(sentence)
    return made is not None and is_name_like(sentence[made.end() :])


def _is_helper(sentence: str) -> bool:
    """Whether a sentence names who helped, or from where: `Post researcher Ana Vries contributed to this report.`"""
    helped = _HELPED.search(sentence)
    told = sentence[: helped.start()] if helped else sentence if _FROM.search(sentence) else ""
    named = [word for word in _ROUND.sub(" ", told).split() if word.casefold() not in _forms("role") | _forms("beat")]
    return is_name_like(" ".join(named)) or _after(sentence.strip("() "), "sign-off")


def _after(text: str, kind: str) -> bool:
    """Whether a text is a form of a kind and then a name."""
    words = text.split(maxsplit=4)
    for n in range(1, min(4, len(words)) + 1):
        form = " ".join(words[:n])
        if {form.casefold(), form.rstrip(":").casefold()} & _forms(kind):
            rest = text.split(maxsplit=n)[n:]
            name = re.split(r"[,;]|\s[|·•]\s", rest[0], maxsplit=1)[0] if rest else ""
            if is_name_like(name) and (len(rest[0].split()) > 1 or is_agency(name)):
                return True
    return False


def by_words() -> frozenset[str]:
    """What stands before a writer's name, small."""
    return _forms("by")


def is_by(text: str) -> bool:
    """Whether a text is only what stands before a writer's name: `By`."""
    return text.rstrip(":").casefold() in _forms("by")


def without_by(text: str) -> str:
    """A byline without the words before its first name.

    >>> without_by("Von unserem Mitarbeiter Jan Roe"), without_by("Ana Vries")
    ('Jan Roe', 'Ana Vries')
    """
    words = text.split(maxsplit=4)
    for n in range(min(4, len(words) - 1), 0, -1):
        form = " ".join(words[:n]).casefold()
        if {form, form.rstrip(":")} & _forms("by"):
            return text.split(maxsplit=n)[n]
    return text


def is_personal(text: str) -> bool:
    """Whether a text has the form of a person's name: two to four words with capitals.

    >>> is_personal("Ana de Vries"), is_personal("Breaking news")
    (True, False)
    """
    words = text.split()
    if not 2 <= len(words) <= 5 or not words[0][0].isupper() or not words[-1][0].isupper():
        return False
    return all(re.fullmatch(r"[^\W\d_]+(?:[.'’\-][^\W\d_]*)*", word) for word in words) and is_name_like(text)


def is_role(text: str) -> bool:
    """Whether a short line says what a writer does: `Transport correspondent`."""
    words = re.findall(r"\w+", text.casefold())
    return 0 < len(words) <= 6 and any(word in _forms("role") for word in words)


def find_dateline(text: str) -> int | None:
    """Where the dateline that begins a paragraph ends, its dash included, or None.

    >>> find_dateline("GENEVA (Reuters) - The council met."), find_dateline("NATO — the alliance — met.")
    (18, None)
    """
    head = text[:120]
    bracket = _BRACKET.search(head)
    if bracket and _place_date(head[: bracket.start()], signed=True):
        name = bracket[1] or bracket[2]
        tail = _SEPARATOR.match(head, bracket.end()) or _SEPARATOR.match(head, max(0, bracket.end() - 1))
        end = tail.end() if tail else bracket.end()
        if is_name_like(name) and (tail or bracket[2] or head[end - 1] == ")") and _starts(text, end):
            return len(text[:end].rstrip())
    for match in _SEPARATOR.finditer(head):
        if match.start() > 0 and _place_date(head[: match.start()], signed=False) and _starts(text, match.end()):
            return len(text[: match.end()].rstrip())
        if match.start() > 60:
            break
    return None


def _starts(text: str, i: int) -> bool:
    """Whether a sentence could begin at `i`."""
    return i >= len(text) or not text[i].islower()


def _place_date(text: str, *, signed: bool) -> bool:
    """Whether a text is a place in capitals, or any place if an agency signs it, with or without a date."""
    months, _ = _time_words()
    no_place = _forms("not place")
    text = text.strip(" ,.")
    if not text:
        return signed
    words = re.findall(r"[^\s,./]+(?:\.(?=[^\s,./]))?", text)
    if len(words) > 9 or text.casefold() in no_place or any(c in text for c in '"“”?!;:()'):
        return False
    place = [w for w in words if not w.isdigit() and w.casefold().strip(".") not in months]
    if not place or any(c.isdigit() for word in place for c in word) or not is_name_like(" ".join(place)):
        return False
    letters = "".join(c for c in place[0] if c.isalpha())
    if letters.isupper() and len(letters) >= 2 and place[0].casefold() not in no_place:
        first = re.split(r"[,/.]", text, maxsplit=1)[0]
        capitals = "".join(c for c in first if c.isalpha())
        return (capitals.isupper() and len(capitals) >= 4) or signed
    return signed and len(place) <= 5
