"""Where the credit begins in a line that is known to stand below a picture, on weaker signs than in any other line."""

from __future__ import annotations

import re
from functools import cache

from newslab import rules
from newslab.layout.credits import (
    MAX_CREDIT,
    NOT_NAME,
    SENTENCE_END,
    credit_labels,
    ends_sentence,
    find_credit,
    first_names,
    gives,
    has_agency,
    is_agency,
    is_name_like,
    is_office,
    is_organisation,
    is_person_part,
    is_slashed,
    labels,
)
from newslab.layout.lines import normal

_WORK = re.compile(  # in brackets below a picture: Dispatch photo: S. Aravindan, Hallam County livestream, archive
    r"(?i)\b(?:photos?|photographs?|pictures?|images?|fotos?|bild(?:er)?|handout|supplied|courtesy|archives?|archiv|files?"
    r"|video|live ?stream|screen ?(?:shot|grab)|drone|staff"
    r"|gentileza|cortes[ií]a|courtoisie|arquivo|archivo|archiwum|fot)\b"
)
_SOURCE = re.compile(
    r"(?<![^\W\d_])(?:Sources?|SOURCES?|Quellen?|Fuentes?|Fontes?|Fonti|Bron(?:nen)?|Data|Daten|Datos) ?: (?=\w)"
)

SAID = 6  # words of a caption before a name that is not known to be a person's
_AFTER_NAME = re.compile(r"\s*[/|,]\s*|\s(?:for|via|[-–—])\s")
_SHORTENED = re.compile(
    r"(?:(?<![^\W\d_])[^\W\d_]|\b(?:St|Ste|Sta|Dr|Mr|Mrs|Ms|Prof|Gen|Sen|Rep|Gov|Col|Lt|Sgt|Capt|Maj|Rev|Hon|Mt|Ft|No|vs))\.\Z"
)
_NO_PERSON = re.compile(
    r"\d|[^\W\d_]{2}\. |^(?:New|San|Santa|Saint|Sainte|Los|Las|El|La|Le|Mount|Lake|Port|Fort|Cape|North|South|East|West"
    r"|Upper|Lower|Old|Great|Tel|Abu|Hong|Happy|Left|Right|Top|Bottom|Above|Below)\b|\b(?:the|with|of)\b"
    r"|\b(?:Park|Square|Street|Road|River|Bridge|Falls|Island|Islands|Bay|Beach|Hall|House|Castle|Palace|Stadium|Airport"
    r"|Station|Church|Cathedral|Hospital|School|United|City|Cup|Day|Awards?|Festival|Bowl|Tower|Arena|Hotel|Valley)\Z"
    r"|\A[^\W\d_]+ (?:and|und|et|y|&) [^\W\d_]+\Z",
    re.IGNORECASE,
)
_AGE = re.compile(r",\s*\d{1,3}\Z")
_BEFORE_NAME = re.compile(  # words before who took a picture, without a colon: Staff photo by, Foto, Submitted by
    r"(?i)(?:[^\W\d_]+ )?(?:photos?|pictures?|images?|photographs?|fotos?|bild|beeld|video) by (?:the )?"
    r"|(?:photo|foto|bild|beeld|image) (?=[^\W\d_])"
    r"|(?:photo |image |picture )?(?:submitted|contributed|provided|supplied|released|given|shot|taken) by (?:the )?"
    r"|(?:special to|(?:handout|supplied|provided) (?:via|from)) (?:the )?"
)

_FRENCH = re.compile(  # Photo L'Écho des Vallées /Rémi Dauzat, Photo d'archives Ana Vries, Foto Archiv/Ana Vries
    r"(?<=[\s.!?»”)])(?:Photos?|Fotos?|Bild|Beeld) (?P<old>d['’]archives? |archives? )?"
    r"(?:(?P<outlet>[^/]{2,60}?) ?/ ?)?(?P<name>[^/]{2,60})\Z"
)
_MARKED = re.compile(r"\s[/•·—–-]\s(?P<name>[^/•·—–.!?]{3,60})\Z")  # The pier on Monday / Ana Vries
_LABELLED = re.compile(r"(?<=[.!?”)|])\s+(?P<label>[^\W\d_]+(?: [^\W\d_]+)?)\Z")
_FOR = re.compile(r"\s(?:for|via)\s")  # Ana Vries for the Dubna Post
_GIVEN = re.compile(  # Screenshot/Sandmere Council livestream
    r"(?:screen ?(?:shot|grab)|handout|courtesy|supplied|submitted|contributed|file(?: photo)?)\s?/\s?(?=\w)",
    re.IGNORECASE,
)
SUPPLIED = re.compile(r"(?:photos?|images?|pictures?) (?:supplied|submitted|contributed|provided)", re.IGNORECASE)
_STAFF = re.compile(r"\s?[-–—,/] staff\b", re.IGNORECASE)  # Ana Vries - staff, NORTH WIRE
_LICENCE = re.compile(r"(?i)\s*[(\[](?:CC[ -]BY[^()\[\]]*|public domain)[)\]]\Z")  # Picture by Ana Vries (CC BY-SA 2.0)
_WITHIN = re.compile(r"\b(?:des|les|d['’]|aux?|l['’])(?=[\s\w])")  # of an outlet's name


def _french(text: str) -> int | None:
    """Where a credit begins that has a word for a picture, no colon, and an outlet and a name with a slash."""
    for start in (m.start() for m in re.finditer(r"\b(?:Photo|Foto|Bild|Beeld)", text)):
        found = _FRENCH.match(text, start)
        if start < max(1, len(text) - MAX_CREDIT) or found is None or not is_person_part(found["name"]):
            continue
        outlet = found["outlet"]
        if outlet and outlet[0].isupper() and is_name_like(_WITHIN.sub("", outlet) or "A"):
            return start
        if found["old"] and not outlet and is_name_like(found["name"]):
            return start
    return None


def caption_credit(text: str, story: str = "") -> int | None:
    """Where the credit begins in a line that is known to stand below a picture; as `find_credit`, on weaker signs.

    A name that is also in `story`, the normal form of the article's headline and body, is that of somebody who is in
    the picture, unless a sign says that it is a credit.

    >>> text = "The tower, closed since May (ansa)"
    >>> text[caption_credit(text) :], find_credit(text)
    ('(ansa)', None)
    """
    text = _LICENCE.sub("", text) or text
    cut = _cut(text, story)
    return _widened(text, cut, story) if cut else cut


def _widened(text: str, cut: int, story: str) -> int:
    """Where a credit begins with the bracket or the name before what was found: `Ana Vries | Dubna Post`."""
    before = text[:cut].rstrip()
    if before[-1:] in ("(", "["):
        return len(before) - 1
    named = before.rstrip("|/•·–—- ")
    label = _LABELLED.search(named)
    if label and label["label"].casefold() in credit_labels():
        return label.start("label")  # Credit – Ana Vries
    parted = named != before or text[cut : cut + 1] in ("|", "/", "•", "·", "–", "—", "-")
    for end in SENTENCE_END.finditer(named, max(0, len(named) - MAX_CREDIT)) if parted else ():
        tail = named[end.end() :]
        if f" {normal(tail)} " not in story and _took(tail, tail, len(named[: end.start()].split())):
            return end.end()
    return cut


def _cut(text: str, story: str) -> int | None:
    """Where the credit begins by its own signs alone, without what stands before it."""
    found = find_credit(text)
    source = _SOURCE.search(text, max(0, len(text) - MAX_CREDIT))
    if found is not None or len(text) > 900:
        return source.start() if source and found is not None and 0 < source.start() < found else found
    match = labels()[1].match(text)
    if match and len(text) <= MAX_CREDIT and is_office(text[match.end() :].strip(NOT_NAME)):
        return 0
    for label in labels()[0].finditer(text, max(1, len(text) - MAX_CREDIT)):
        rest = text[label.end() :]
        if ";" in rest and all(map(_is_told, rest.split(";"))):
            return label.start()  # Map: Ana Vries; data: Dubna Council
        if label[0].rstrip().endswith(":") and 0 < len(rest.split()) <= 6 and rest[0].isupper() and is_office(rest):
            return label.start()  # of an outlet that writes itself small: Foto: Ana Vries/g1
    small = _small_label().search(text, max(0, len(text) - MAX_CREDIT))
    if small and is_name_like(text[small.end() :].strip(NOT_NAME)):
        return small.start() + 1
    if source:
        return source.start()
    if (french := _french(text)) is not None:
        return french
    for end in SENTENCE_END.finditer(text, max(0, len(text) - MAX_CREDIT)):
        tail = text[end.end() :]
        if len(tail.split()) <= 10 and "/" in tail and not tail[0].islower() and is_name_like(tail):
            return end.end()
    bare = text.strip("()[] ")
    if len(bare.split()) <= 8 and (is_agency(bare) or (is_slashed(bare) and is_name_like(bare))):
        return 0
    if text[-1] in ")]":
        start = max(
            text.rfind("(", len(text) - 100 if len(text) > 100 else 0), text.rfind("[", max(0, len(text) - 100))
        )
        inside = text[start + 1 : -1]
        told = has_agency(inside) or _WORK.search(inside) or (ends_sentence(text, start) and len(inside.split()) > 1)
        told = told or is_person_part(_FOR.split(inside)[0])
        named = is_name_like(_WORK.sub("", inside) or "A") or _WORK.match(inside)
        if start > 0 and told and len(inside.split()) <= 10 and named:
            return start
    head, bar, tail = text.rpartition(" | ")
    if bar and head and len(tail.split()) <= 6 and is_name_like(tail):
        return len(head) + 1
    mark = _MARKED.search(text, max(0, len(text) - MAX_CREDIT))
    if (
        mark
        and f" {normal(mark['name'])} " not in story
        and _took(mark["name"], mark["name"], len(text[: mark.start()].split()))
    ):
        return mark.start() + 1
    return _last_words(text, story)


def _is_told(part: str) -> bool:
    """Whether a part of a credit is a name, with or without a label of its own."""
    label, colon, name = part.strip(NOT_NAME).partition(":")
    return is_name_like(name.strip() if colon and len(label.split()) <= 3 else label)


def _last_words(text: str, story: str) -> int | None:
    """Where a caption's last words begin that are no sentence, but name who took the picture or gave it."""
    for end in SENTENCE_END.finditer(text, max(0, len(text) - MAX_CREDIT)):
        tail = text[end.end() :]
        words = tail.split()
        if len(words) > 8 or tail[-1] in ".!?:" or words[0].casefold() in ("a", "an", "in", "at", "on"):
            continue
        if _SHORTENED.search(text, max(0, end.start() - 12), end.start() + 1):
            continue  # the U.S. Open, St. Mary, Dr. Ana Vries
        label = _BEFORE_NAME.match(tail)
        named = tail[label.end() :] if label else _AFTER_NAME.split(tail, maxsplit=1)[0]
        if label and (is_name_like(named) or gives(tail)):
            return end.end()
        if SUPPLIED.fullmatch(tail):
            return end.end()
        if (kind := _GIVEN.match(tail)) and is_office(tail[kind.end() :]):
            return end.end()
        given = is_agency(named) or (is_organisation(named) and len(words) > 1)
        given = given or (is_person_part(named) and _STAFF.search(tail) is not None)
        told = bool(story) and f" {normal(named)} " in story
        told = told or is_name_like(SENTENCE_END.split(text[: end.start()])[-1])  # one of several persons
        if (
            is_name_like(_STAFF.sub("", tail))
            and not told
            and (given or _took(named, tail, len(text[: end.start()].split())))
        ):
            return end.end()
    return None


def _took(named: str, tail: str, before: int) -> bool:
    """Whether a name without a sign is one of a person who took the picture, by its form.

    A place (`San Francisco`, `Port Marrec, Valdora`), a person with an age or a title, a firm of two names are none.
    """
    words = named.split()
    if not is_person_part(named) or len(words) > 7 or is_place_like(named) or _AGE.search(tail):
        return False
    if words[0].casefold().strip(".") in _titles():
        return False
    if {words[0], words[0].title()} & first_names():
        return True
    pairs = [part.split() for part in re.split(r" (?:and|und|et|y|e|&) ", named)]
    alone = named == tail.strip() or is_organisation(tail[len(named) :].strip(" ,/|-–—"))
    acronym = words[0].isupper() and len(words[0].strip(".")) > 1 and not named.isupper()
    return before >= SAID and alone and not acronym and all(1 < len(pair) <= 4 for pair in pairs)


def is_place_like(text: str) -> bool:
    """Whether words with capitals have the form of a place's name or another that is no person's.

    >>> is_place_like("Victoria Falls"), is_place_like("New York"), is_place_like("Ana Vries")
    (True, True, False)
    """
    return text in _places() or _NO_PERSON.search(text) is not None


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["title"].casefold() for row in rules.read("titles"))


@cache
def _places() -> frozenset[str]:
    return frozenset(row["name"] for row in rules.read("place_names"))


@cache
def _small_label() -> re.Pattern[str]:
    """A credit's label in small letters within a line: `the bridge; photograph: Ana Vries`."""
    forms = "|".join(re.escape(form) for form in sorted(credit_labels(), key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<=[;,.–—])\s(?:{forms})\s?:\s*(?=[^\W\d_])")
