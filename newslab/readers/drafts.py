"""What the readers of archive exports share: a document being read, its labels, and the text it becomes.

An export holds many documents. Each becomes an article whose text is headline, standfirst, byline, paragraphs
and captions, a blank line between any two, with `markup` that says which stretch is what. What cannot be read
of a document is said in its `problem`, with the file and the place in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from newslab import rules
from newslab.layout.bylines import is_personal, is_role
from newslab.layout.credits import find_credit, is_agency
from newslab.layout.markup import note
from newslab.readers.date_lines import read_date_line
from newslab.records import Article

MAX_DOCUMENT = 16 * 1024 * 1024  # characters of one document; no article is longer
MAX_TOLD = 12  # numbers of missing documents, and problems of one document, that are named
MAX_BYLINE = 500  # characters, beyond which no further label adds to it
APPENDED = "Correction Appended"
MAX_CAPTION = 2000  # characters of a caption in which a credit is looked for
_PAGE = re.compile(
    r"(?:pgs?|pp?|pages?|seiten?|s|pág|página|blz|blad)\b\.?\s*([A-Z]{0,3}-?\d{1,4}[A-Z]?(?:\s?[-,]\s?[A-Z]?\d+)*)",
    re.I,
)
_COPYRIGHT = re.compile(r"\(c\)|©|\(?copyright\b", re.IGNORECASE)
_YEARED = re.compile(r"(?:\(c\)|\(?copyright)\s*(?:\(c\)|©|by\b|[^.]{0,80}?\b(?:19|20)\d\d\b)", re.IGNORECASE)
_BRACKET = re.compile(r"\(((?:photo(?:graph)?|picture|foto)s? by )?([^()]{3,80})\)\.?\Z", re.IGNORECASE)
_RIGHTS = re.compile(r"all rights reserved|alle rechte|tous droits|todos los derechos|distributed by\b", re.IGNORECASE)
_CORRECTED = re.compile(r"\bcorrections? appended\b", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|door|di)\s*:?\s+", re.IGNORECASE)
_NAMES = re.compile(r"\s*(?:[;/&,|]|\band\b|\bund\b|\bet\b|\by\b|\ben\b)\s*")
_PHOTO = re.compile(
    r"(?:photo|graphic|picture|foto|caption|drawing|chart|map|illustration|image|légende|(?:info)?grafik|bild|"
    r"infographie|gráfico)s?\s?:\s*",
    re.I,
)


@dataclass(slots=True)
class Draft:
    """A document of an export while it is being read; lists keep the order of the file."""

    file: str
    place: str  # which document of the file, and on which line it begins
    source_format: str
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    credit: str = ""  # who is credited at the end of the text; the byline where there is no other
    outlet: str = ""
    date: str = ""  # as written
    published: str | None = None
    edition: str = ""
    section: str = ""
    page: str = ""
    dateline: str = ""
    agency: str = ""
    language: str = ""  # as written
    copyright: str = ""
    correction: str = ""
    url: str = ""
    length: int | None = None  # in words, as the archive says
    subjects: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)  # links to other articles below the text
    problems: list[str] = field(default_factory=list)

    def set_label(self, name: str, value: str) -> None:
        """Take over the value of a label, `name` being its field in `rules/export_labels.csv`."""
        value = fold_blanks(value)
        if not value or name in ("other", "body"):
            return
        if name == "subjects":
            self.subjects += terms(value)
        elif name == "length":
            number = re.match(r"\D{0,20}?(\d[\d,. ]*)", value)
            if number and self.length is None:
                self.length = int(re.sub(r"\D", "", number[1]))
        elif name == "section":
            self.set_section(value)
        elif name == "captions":
            self.captions.append(value)
        elif name == "published":
            self.set_date(value)
        elif name == "byline" and 0 < len(self.byline) < MAX_BYLINE:
            self.byline = self.byline if value in self.byline else f"{self.byline}; {value}"
        elif not getattr(self, name) or (name == "correction" and self.correction == APPENDED):
            setattr(self, name, self.without_correction(value) if name == "headline" else value)

    def set_section(self, value: str) -> None:
        """Section and page out of one value such as `NEWS; Pg. A3`, each part once."""
        parts = list(dict.fromkeys(part.strip() for part in value.split(";") if part.strip(" \u00a0·.-")))
        kept = []
        for part in parts:
            name, comma, last = part.rpartition(",")
            page = _PAGE.fullmatch(part) or (_PAGE.fullmatch(last.strip()) if comma else None)
            if page:
                self.page = self.page or page[1]
            if page is None or len(page[0]) < len(part):
                kept.append(name.strip() if page else part)
        if kept and not self.section:
            self.section = "; ".join(kept)

    def set_date(self, line: str) -> bool:
        """Take date and edition from a line; whether it holds a date."""
        line = self.without_correction(line)
        found = read_date_line(line)
        if found is None:
            return False
        self.date, self.published = fold_blanks(line), found.published
        if found.problem:
            self.problems.append(f"the date {self.date!r}, {found.problem}")
        if found.rest and not self.edition:
            self.edition = found.rest
        return True

    def without_correction(self, line: str) -> str:
        """The line without `Correction Appended`, which stands beside or instead of a date, or on a headline."""
        if not _CORRECTED.search(line):
            return line
        self.correction = self.correction or APPENDED
        return _CORRECTED.sub(" ", line).strip(" \t\n\u00a0;,.")


@cache
def labels(archive: str) -> dict[str, str]:
    """Field of each label of an archive's exports, by its form in small letters without blanks."""
    rows = [row for row in rules.read("export_labels") if row["archive"] == archive]
    written_out = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
    return {squashed(form): row["field"] for row in rows for form in (row["form"].translate(written_out), row["form"])}


@cache
def _languages() -> dict[str, str]:
    return {row["form"]: row["code"] for row in rules.read("languages")}


def language_code(written: str) -> str | None:
    """The ISO 639-1 code of a language by its name in any of several languages, or None.

    >>> language_code("ENGLISH; English"), language_code("Französisch"), language_code("Sunday")
    ('en', 'fr', None)
    """
    for name in re.split(r"[;,/]", written):
        code = _languages().get(name.strip().casefold())
        if code:
            return code
    return None


def squashed(label: str) -> str:
    """A label in small letters without blanks and hyphens, since exports lose and add some.

    >>> squashed("Place ofpublication"), squashed("LOAD-DATE")
    ('placeofpublication', 'loaddate')
    """
    return re.sub(r"[\s\u00a0-]", "", label).casefold()


def fold_blanks(text: str) -> str:
    """Runs of blanks, line ends and non-breaking spaces as one blank: for values, never for text."""
    return " ".join(text.split())


def unwrapped(text: str) -> str:
    """Text with each run of ASCII blanks and line ends as one blank; other spaces stay as they are.

    >>> unwrapped("The ferry\\n  line\\u00a0said")
    'The ferry line\\xa0said'
    """
    return re.sub(r"[ \t\n\r\f\v]+", " ", text).strip()


def terms(value: str) -> list[str]:
    """Index terms of a label's value, each as it is printed, its weight included.

    >>> terms("FLOODS (93%); CITY GOVERNMENT (78%)")
    ['FLOODS (93%)', 'CITY GOVERNMENT (78%)']
    """
    return [part for raw in value.split(";") if (part := fold_blanks(raw).strip(" ;"))]


def is_copyright(line: str) -> bool:
    """Whether a line is a copyright notice and nothing else.

    >>> is_copyright("(c) 2018 Harbour Media"), is_copyright("Copyright law is old."), is_copyright("(c) the ferry.")
    (True, False, False)
    """
    if len(line) > 400 or not _COPYRIGHT.match(line):
        return False
    return line[0] == "©" or _YEARED.match(line) is not None


def is_rights(line: str) -> bool:
    """Whether a line of a header goes on with the copyright notice above it."""
    return len(line) <= 200 and _RIGHTS.match(line) is not None


def authors(byline: str, splits: str | None = None) -> tuple[str, ...]:
    """The persons of a byline; the whole of it where none has the form of a name.

    >>> authors("By Ada Quill and Tom Reed, Transport Editor"), authors("Harbour Wire")
    (('Ada Quill', 'Tom Reed'), ('Harbour Wire',))
    """
    said = _BY.sub("", byline.strip(), count=1) if _BY.match(byline.strip()) else byline.strip()
    if splits:
        return tuple(part for raw in said.split(splits) if (part := raw.strip()))
    found = [part.partition(" in ")[0].strip() for part in _NAMES.split(said)]
    people = tuple(dict.fromkeys(part for part in found if is_personal(part) and not is_role(part)))
    return people or ((said,) if said else ())


def take_edition(draft: Draft) -> None:
    """Move an edition that stands behind the outlet, `The Harbour Post - Final Edition`, to its own field."""
    outlet, dash, edition = draft.outlet.rpartition(" - ")
    if dash and re.search(r"\b(?:edition|ausgabe|édition|edición)\b", edition, re.IGNORECASE):
        draft.outlet, draft.edition = outlet, draft.edition or edition


def take_captions(draft: Draft) -> None:
    """Move what is no text from the end of a body: `PHOTO: ...`, linked headlines, an address, the copyright."""
    body = draft.body
    for i in range(max(0, len(body) - 15), len(body)):
        if re.fullmatch(r"related (?:articles?|stories|content|coverage)\s?:?", body[i].strip().casefold()):
            draft.furniture += body[i:]
            del body[i:]
            break
    first = len(body)
    while first > 0 and (re.fullmatch(r"(?:https?://|www\.)\S+", body[first - 1]) or is_copyright(body[first - 1])):
        first -= 1
    rights = next((line for line in body[first:] if is_copyright(line)), "")
    draft.copyright = draft.copyright or fold_blanks(rights)
    draft.furniture = [*body[first:], *draft.furniture]
    del body[first:]
    while first > 0 and _PHOTO.match(body[first - 1]):
        first -= 1
    draft.captions = [*body[first:], *draft.captions]
    del body[first:]


def credit_at(caption: str) -> int | None:
    """Where the credit that ends a caption begins, or None; archives print it in brackets, also a name alone.

    >>> credit_at("The quay. (Tom Reed)"), credit_at("The quay. (PHOTOGRAPH BY TOM REED)"), credit_at("The quay (left)")
    (10, 10, None)
    """
    bracket = _BRACKET.search(caption)
    if bracket and (bracket[1] or is_personal(bracket[2].strip()) or is_agency(bracket[2])):
        return bracket.start()
    return find_credit(caption)


def article(draft: Draft, *, name_splits: str | None = None) -> Article:
    """The article that a draft becomes; what it lacks is said in its problem.

    Parameters
    ----------
    draft
        The document; not changed.
    name_splits
        What parts the names of a byline in this archive, if it prints `Quill, Ada; Reed, Tom`.
    """
    problems = list(dict.fromkeys(draft.problems))
    if len(problems) > MAX_TOLD:
        problems[MAX_TOLD:] = [f"and {len(problems) - MAX_TOLD} more"]
    if not draft.headline:
        problems.append("no headline")
    if not draft.date:
        problems.append("no date")
    if not draft.outlet:
        problems.append("no outlet")
    if not draft.body:
        problems.append("no body")
    byline = re.sub(r"\Aby\s*:\s*", "", draft.byline or draft.credit, flags=re.I)
    pieces = [("headline", draft.headline), ("standfirst", draft.standfirst), ("byline", byline)]
    pieces += [("", paragraph) for paragraph in draft.body]
    for raw in draft.captions:
        caption = _PHOTO.sub("", raw, count=1) if _PHOTO.match(raw) else raw
        cut = credit_at(caption) if 0 < len(caption) <= MAX_CAPTION else None
        pieces += (
            [("caption", caption)] if not cut else [("caption", caption[:cut].rstrip()), ("credit+", caption[cut:])]
        )
    pieces += [("furniture", line) for line in draft.furniture]
    text, markup = render(pieces)
    words = len(text.split())
    # where words are not parted by blanks, the archive counts characters
    if draft.length and draft.length >= 60 and words * 2 < draft.length and len(text) < words * 12:
        problems.append(f"{draft.length} words promised, {words} read")
    if len(text) > MAX_DOCUMENT:
        text, markup = "", ()
        problems.append(f"longer than the {MAX_DOCUMENT:,} characters that one document may have")
    return Article(
        "",
        text,
        headline=draft.headline or None,
        standfirst=draft.standfirst or None,
        byline=byline or None,
        authors=authors(byline, name_splits),
        dateline=draft.dateline or None,
        published=draft.published,
        outlet=draft.outlet or None,
        section=draft.section or None,
        page=draft.page or None,
        url=draft.url or None,
        language=language_code(draft.language),
        agency=draft.agency or None,
        source_file=draft.file,
        source_format=draft.source_format,
        edition=draft.edition or None,
        subjects=tuple(draft.subjects),
        correction=draft.correction or None,
        copyright=draft.copyright or None,
        markup=markup,
        problem=f"{draft.file}, {draft.place}: {'; '.join(problems)}" if problems else None,
    )


def render(pieces: Iterable[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    """Pieces as one text, a blank line between any two, and notes of what each is; `credit+` follows on its line.

    >>> render([("headline", "Rain"), ("", "It rained.")])
    ('Rain\\n\\nIt rained.', ('headline 0-4',))
    """
    text: list[str] = []
    notes: list[str] = []
    end = 0
    for part, raw in pieces:
        piece = raw.strip()
        if not piece:
            continue
        gap = "" if not text else " " if part == "credit+" else "\n\n"
        start, end = end + len(gap), end + len(gap) + len(piece)
        text += [gap, piece]
        if part:
            notes.append(note(part.rstrip("+"), start, end))
    # a text with no part marked would be taken for a page copy, whose parts are to be guessed
    return "".join(text), tuple(notes or [note("text", 0, end)] if text else ())


def shortfall(file: str, source_format: str, numbers: Sequence[tuple[int, int]]) -> Iterator[Article]:
    """A row for documents that a file numbers and does not hold.

    Parameters
    ----------
    numbers
        Of each document, its number and of how many, as the file says: (3, 120) is `3 of 120`. A number that is
        not above the one before begins a new count, as in files that somebody joined.
    """
    told: list[str] = []
    runs: list[list[tuple[int, int]]] = []
    for number, total in numbers:
        if runs and runs[-1][-1][0] < number and runs[-1][-1][1] == total:
            runs[-1].append((number, total))
        else:
            runs.append([(number, total)])
    for run in runs:
        first, (last, total) = run[0][0], run[-1]
        held = {number for number, _ in run}
        if last - first + 1 > len(held):
            gaps = [n for n, m in zip(sorted(held), sorted(held)[1:], strict=False) if m > n + 1]
            told.append(f"documents are missing after number {', '.join(map(str, gaps[:MAX_TOLD]))}")
        if first > 1 or last < total:
            told.append(f"{len(run)} of {total} documents are here, numbers {first} to {last}")
    if told:
        yield missing(file, source_format, "; ".join(told))


def missing(file: str, source_format: str, what: str) -> Article:
    """A row that stands for documents which a file promises and does not hold."""
    return Article("", source_file=file, source_format=source_format, problem=f"{file}: {what}")
