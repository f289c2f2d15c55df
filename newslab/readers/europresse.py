"""Exports of Europresse (eureka.cc), as HTML: one `<article>` a document, or in older files one cell of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newslab.readers import html_parts, streams
from newslab.readers.date_lines import read_date_line
from newslab.readers.drafts import MAX_DOCUMENT, Draft, article, fold_blanks, is_copyright, missing, terms
from newslab.records import Article

_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
_OUTLET = re.compile(
    r"<(?:span|div|p)\b[^<>]{0,200}?class\s*=\s*[\"']?[^\"'<>]{0,80}?DocPublicationName", re.IGNORECASE
)
_NUMBER = re.compile(r",?\s*(?:no|n°|nº|vol)\.?\s*[\w-]{1,12}\s*\Z", re.IGNORECASE)
_ID = re.compile(r"\b\w{2,12}·(\d{8})·\w{1,12}·[\w-]{1,60}")
_FURNITURE = re.compile(r"(?:lire aussi|à lire aussi|voir aussi|lire également)\b", re.IGNORECASE)
_CAPTIONS = re.compile(r"(?:illustrations?|photos?|légendes?)(?:\(s\))?\s*:\s*", re.IGNORECASE)
_NOTES = re.compile(r"(?:notes?)(?:\(s\))?\s*:\s*", re.IGNORECASE)
# index terms; without "(s)" these words begin sentences: "Personne n'a vu : ..."
_SUBJECTS = re.compile(r"sujet\(s\)[^:.]{0,60}:\s*", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:type\(s\)|lieu\(x\)|personne\(s\)|société\(s\)|organisme\(s\)|catégorie|taille)"
    r"(?:(?<=\))[^:.]{1,60})?\s*:",
    re.IGNORECASE,
)
_BELOW = re.compile(
    rf"(?:illustration|photo|légende|note|encadré)\(s\)\s*:|{_SUBJECTS.pattern}|{_OTHERS.pattern}", re.IGNORECASE
)
NOTES = 20  # lines that captions, notes and index terms of the old form may have
_CORRECTED = re.compile(r"corrig|correcti|rectif|erratum|précision", re.IGNORECASE)
_PAGE = re.compile(r"\bp(?:ages?\b|\.)\s*([\w-]{1,12}(?:\s?[,-]\s?\w{1,6}){0,5})\s*\Z", re.IGNORECASE)
_HEADLINE = ("titrearticlevisu", "rdp__articletitle", "titrearticle")
_AUTHORS = ("docauthors", "sm-margin-bottomnews")
_CUT = frozenset(("docpublicationname", "rdp__docpublicationname", "docheader"))


def is_html(begin: str) -> bool:
    """Whether a file that begins like this is such an export."""
    return "DocPublicationName" in begin and ("DocHeader" in begin or "titreArticle" in begin)


def read(path: Path, columns: Mapping[str, str]) -> Iterator[Article]:
    """The documents of an export."""
    name, count = path.as_posix(), 0
    begin = streams.head_text(streams.head(path))
    parted = _ARTICLE if _ARTICLE.search(begin) else _OUTLET
    file, wrong = streams.open_text(path)
    with file:
        for piece in streams.pieces(file, parted, limit=MAX_DOCUMENT):
            if not parted.match(piece.text):
                continue
            count += 1
            draft = Draft(
                name, f"document {count} (line {piece.line})", "europresse", problems=[wrong] if wrong else []
            )
            wrong = None
            if piece.cut:
                draft.problems.append(f"longer than {MAX_DOCUMENT:,} characters: the rest is left out")
            fill(draft, re.split(r"</article\s*>", piece.text, maxsplit=1, flags=re.IGNORECASE)[0])
            yield article(draft)
    if count == 0:
        yield missing(name, "europresse", "no document found")


def fill(draft: Draft, chunk: str) -> None:
    """Take over what one document says."""
    root = html_parts.parse(chunk)
    if root is None:
        return
    lines = list(html_parts.lines(root))
    roles = [_role(line.element) for line in lines]
    outlet = _first(root, "docpublicationname") or _first(root, "rdp__docpublicationname")
    draft.outlet = _NUMBER.sub("", fold_blanks(outlet)).strip(" ,")
    heads = [html_parts.text_of(e) for e in _all(root, "docheader")]
    _set_header(draft, ", ".join(heads) if heads else "")
    title = next((text for name in _HEADLINE if (text := _first(root, name))), "")
    draft.headline = draft.without_correction(fold_blanks(title))
    draft.standfirst = fold_blanks(_first(root, "rdp__subtitle"))
    _set_authors(draft, root, lines, roles)
    _set_body(draft, root, lines, roles)
    _set_notes(draft, [line.text for line, role in zip(lines, roles, strict=True) if role in ("aside", "footer")])


def _all(root: Any, name: str) -> list[Any]:
    return [e for e in root.iter() if isinstance(e.tag, str) and name in html_parts.classes(e)]


def _first(root: Any, name: str) -> str:
    """The text of the first element of a class that has any."""
    return next((text for e in _all(root, name) if (text := html_parts.text_of(e).strip())), "")


def _role(element: Any) -> str:
    """The part of an article that an element lies in: header, body, section, aside, footer, or empty."""
    while element is not None:
        if "dococurrcontainer" in html_parts.classes(element):
            return "body"
        if element.tag in ("header", "section", "aside", "footer"):
            return str(element.tag)
        element = element.getparent()
    return ""


def _set_header(draft: Draft, header: str) -> None:
    """Section, date and page out of `Région, dimanche 4 mars 2018, p. 3`, of which any may be missing."""
    found = read_date_line(header)
    if found is None:
        if header:
            draft.problems.append(f"no date is read in {fold_blanks(header)[:60]!r}")
        return
    draft.set_date(header)
    draft.edition = ""
    rest = found.rest
    if page := _PAGE.search(rest):
        draft.page, rest = page[1], rest[: page.start()]
    for part in rest.split(","):
        if part.strip(" -") and not draft.section and part.strip(" -") != "UTC":
            draft.section = part.strip(" -")


def _set_authors(draft: Draft, root: Any, lines: Sequence[html_parts.HtmlLine], roles: Sequence[str]) -> None:
    """The author by its class, or the line without one below the title; never what stands in the text."""
    byline = next((text for name in _AUTHORS if (text := _first(root, name))), "")
    if not byline:
        titles = [
            i for i, line in enumerate(lines)
            if roles[i] == "header" and any(html_parts.within(line.element, name) is not None for name in _HEADLINE)
        ]  # fmt: skip
        below = lines[titles[-1] + 1 :] if titles else []
        rest = [line.text for line, role in zip(below, roles[titles[-1] + 1 :] if titles else [], strict=True)
                if role == "header" and not html_parts.classes(line.element)]  # fmt: skip
        byline = rest[0] if rest and len(rest[0].split()) <= 15 and not rest[0].endswith((".", "?", "!")) else ""
    draft.byline = fold_blanks(byline)


def _set_body(draft: Draft, root: Any, lines: Sequence[html_parts.HtmlLine], roles: Sequence[str]) -> None:
    """The text by its class, or the section's paragraphs, or in the old form what stands below the title."""
    inside = [line.text for line, role in zip(lines, roles, strict=True) if role == "body"]
    if not inside:
        inside = [line.text for line in lines if html_parts.within(line.element, "doctext") is not None]
    if not inside:
        inside = [line.text for line, role in zip(lines, roles, strict=True) if role == "section"]
    if not inside and not any(roles):
        inside = _old_body(draft, lines)
    for text in (part for line in inside for part in line.split("\n")):
        if _FURNITURE.match(text.strip()):
            draft.furniture.append(text)
        elif text.strip():
            draft.body.append(text)


def _old_body(draft: Draft, lines: Sequence[html_parts.HtmlLine]) -> list[str]:
    """Below the title of the old form: the text, whose last lines are copyright and number."""
    texts = [line.text for line in lines]
    title = next((i for i, text in enumerate(texts) if draft.headline and draft.headline in fold_blanks(text)), -1)
    texts = texts[title + 1 :]
    end = next((i for i, text in enumerate(texts) if _ID.search(text)), len(texts))
    below = next((i for i in range(max(0, end - NOTES), end) if _BELOW.match(texts[i])), end)
    _set_notes(draft, texts[below:])
    texts, end = texts[:below], min(end, below)
    texts = [_ID.sub("", text).strip() for text in texts[: end + 1]]
    kept = []
    for text in texts:
        if _CAPTIONS.match(text):
            draft.captions.append(_CAPTIONS.sub("", text, count=1))
        elif is_copyright(text):
            draft.copyright = draft.copyright or fold_blanks(text)
        elif text and not re.match(r"(?:num[ée]ro de document|doc\. ?:)", text, re.IGNORECASE):
            kept.append(text)
    return kept


def _set_notes(draft: Draft, texts: Sequence[str]) -> None:
    """Captions and notes beside the text, the copyright and the number below it."""
    block = ""
    for text in (part.strip() for line in texts for part in line.split("\n")):
        if opened := _CAPTIONS.match(text):
            block, text = "captions", text[opened.end() :]
        elif opened := _SUBJECTS.match(text):
            block, text = "subjects", text[opened.end() :]
        elif _OTHERS.match(text):
            block = ""
        elif opened := _NOTES.match(text):
            block, text = "notes", text[opened.end() :]
        elif is_copyright(text):
            block, draft.copyright = "", draft.copyright or fold_blanks(text)
        elif _ID.search(text) or re.match(r"num[ée]ro de document|date d.émission", text, re.IGNORECASE):
            block = ""
        if text and block == "captions":
            draft.captions.append(text)
        elif text and block == "subjects":
            draft.subjects += terms(text)
        elif text and block == "notes" and _CORRECTED.search(text):
            draft.correction = draft.correction or fold_blanks(text)
