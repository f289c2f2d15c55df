"""Valid export files made from stories, in the layouts of the archives: for round trips, fuzzing and timing.

Each `write_*` function takes stories and gives the bytes of one file that holds them all. The layouts follow what
archives print; the stories are made up.
"""

from __future__ import annotations

import html
import io
import tempfile
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from newslab import readers
from newslab.layout.markup import read_notes
from newslab.records import Article

NBSP = "\u00a0"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
}
NAMES = {"en": "ENGLISH", "de": "GERMAN; Deutsch", "fr": "FRENCH; Français", "es": "SPANISH; Español", "nl": "DUTCH"}
LABELS = {  # of LexisNexis: section, length, unit, headline, byline, body, graphic, loaded, language, subject
    "en": "SECTION LENGTH words HEADLINE BYLINE BODY GRAPHIC LOAD-DATE LANGUAGE SUBJECT",
    "de": "RUBRIK LÄNGE Wörter HEADLINE AUTOR BODY GRAFIK UPDATE SPRACHE SUBJECT",
    "fr": "RUBRIQUE LONGUEUR mots TITRE AUTEUR BODY GRAPHIC DATE-CHARGEMENT LANGUE SUJET",
    "es": "SECCIÓN LONGITUD palabras TITULAR AUTOR BODY GRAPHIC LOAD-DATE IDIOMA TEMA",
    "nl": "SECTION LENGTE woorden KOP AUTEUR TEKST GRAPHIC LOAD-DATE TAAL SUBJECT",
}


@dataclass(frozen=True)
class Story:
    """What an archive knows of an article."""

    headline: str
    outlet: str
    day: date
    paragraphs: tuple[str, ...]
    byline: str = ""
    section: str = ""
    page: str = ""
    edition: str = ""
    captions: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    copyright: str = "Copyright 2018 Harbour Media"
    language: str = "en"

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in self.paragraphs)


def month_name(day: date, language: str) -> str:
    return MONTHS[language].split()[day.month - 1]


def written(day: date, language: str) -> str:
    """A date as an archive's interface writes it: `March 4, 2018 Sunday`, `4. März 2018 Sonntag`."""
    month, name = month_name(day, language), DAYS[language].split()[day.weekday()]
    if language == "en":
        return f"{month} {day.day}, {day.year} {name}"
    number = {"de": f"{day.day}.", "fr": "1er" if day.day == 1 else str(day.day)}.get(language, str(day.day))
    joint = " de " if language == "es" else " "
    return f"{number}{joint}{month}{joint}{day.year} {name}"


def read_back(data: bytes | str, name: str = "export") -> list[Article]:
    """The articles that newslab finds in a file of these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return list(readers.read(path, {}))


def parts(article: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Body paragraphs and captions of an article, by its markup."""
    notes = [(part, a, b) for part, a, b, _ in read_notes(article.markup) if part != "text"]
    text = article.text
    for _, a, b in reversed(notes):
        text = text[:a] + "\x00" * (b - a) + text[b:]
    body = tuple(line for line in text.replace("\x00", "").split("\n\n") if line.strip())
    return body, tuple(article.text[a:b] for part, a, b in notes if part == "caption")


# ------------------------------------------------------------------ Nexis Uni, Word


def _w(text: str, style: str = "") -> str:
    lines = [
        f'<w:r><w:t xml:space="preserve">{html.escape(line, quote=False)}</w:t></w:r>' for line in text.split("\n")
    ]
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{kind}{'<w:r><w:br/></w:r>'.join(lines)}</w:p>"


def docx_file(paragraphs: Sequence[str], count: int | None = None) -> bytes:
    """A Word file of paragraphs that are XML already; `count` is its property LADocCount."""
    body = f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}<w:sectPr/></w:body></w:document>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n{body}')
        if count is not None:
            value = f'<property fmtid="x" pid="3" name="LADocCount"><vt:i4>{count}</vt:i4></property>'
            package.writestr("docProps/custom.xml", f"<Properties>{value}</Properties>")
    return held.getvalue()


def bookmark(number: int) -> str:
    return f'<w:p><w:bookmarkStart w:id="{number}" w:name="Bookmark_{number}"/><w:bookmarkEnd w:id="{number}"/></w:p>'


def nexis_document(story: Story, number: int) -> list[str]:
    out = [bookmark(number), _w(story.headline, "Heading1"), _w(story.outlet)]
    out.append(_w(written(story.day, story.language) + (f" {story.edition}" if story.edition else "")))
    out.append(_w(story.copyright))
    section = "; ".join(part for part in (story.section, f"Pg. {story.page}" if story.page else "") if part)
    labels = {"Section": section, "Length": f"{story.words} words", "Byline": story.byline}
    out += [_w(f"{name}:{NBSP}{value}") for name, value in labels.items() if value]
    out += [_w("Body"), _w(""), *map(_w, story.paragraphs)]
    if story.captions:
        out += [_w("Graphic"), _w(""), *(_w(f"{NBSP}{caption}") for caption in story.captions)]
    out += [_w("Classification"), _w(""), _w(f"Language:{NBSP}{NAMES[story.language]}")]
    out += [_w(f"Subject:{NBSP}{'; '.join(story.subjects)}")] if story.subjects else []
    return [*out, _w(f"Load-Date:{NBSP}March 9, 2019"), _w("\nEnd of Document")]


def write_nexis(stories: Sequence[Story], cover: bool = True) -> bytes:
    out = []
    if cover:
        out = [_w("User Name:" + NBSP + "reader"), _w(f"Documents ({len(stories)})")]
        for number, story in enumerate(stories, 1):
            out += [_w(f"{number}. {story.headline}"), _w("Client/Matter:" + NBSP + "-None-"), _w("")]
    for number, story in enumerate(stories, 1):
        out += nexis_document(story, number)
    return docx_file(out, len(stories) + cover)


# ------------------------------------------------------------------ LexisNexis Academic


def _centred(text: str) -> str:
    return "\n".join(line.center(79).rstrip() for line in textwrap.wrap(text, 60, break_on_hyphens=False))


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 79, break_long_words=False, break_on_hyphens=False)


def lexis_blocks(story: Story, labelled: bool) -> list[tuple[str, str]]:
    """Kind (centred, left) and text of each block of a document, below its number."""
    section, length, unit, head, byline, body, graphic, loaded, language, subject = LABELS[story.language].split()
    day = written(story.day, story.language)
    place = "; ".join(part for part in (story.section, f"Pg. {story.page}" if story.page else "") if part)
    facts = [(section, place), (length, f"{story.words} {unit}")]
    if labelled:
        out = [("centred", story.copyright), ("centred", story.outlet), ("centred", day)]
        facts += [(head, story.headline), (byline, story.byline)]
    else:
        out = [("centred", story.outlet), ("centred", day), ("left", story.headline)]
        facts = [(byline, story.byline), *facts]
    if story.edition:
        out.insert(3 if labelled else 2, ("centred", story.edition))
    out += [("left", f"{name}: {value}") for name, value in facts if value]
    out += [("left", f"{body}: ")] if labelled else []
    out += [("left", text) for text in story.paragraphs]
    out += [("left", f"{graphic}: {story.captions[0]}")] if story.captions else []
    out += [("left", text) for text in story.captions[1:]]
    tail = [(loaded, "March 9, 2019"), (language, NAMES[story.language]), (subject, "; ".join(story.subjects))]
    out += [("left", f"{name}: {value}") for name, value in tail if value]
    return out if labelled else [*out, ("centred", story.copyright)]


def write_lexis_text(stories: Sequence[Story], labelled: bool = False) -> bytes:
    out = ["Download Request: Select Items\nTerms: ferry"]
    for number, story in enumerate(stories, 1):
        out.append("\n" + f"{number} of {len(stories)} DOCUMENTS".center(79).rstrip())
        out += [_centred(text) if kind == "centred" else _wrapped(text) for kind, text in lexis_blocks(story, labelled)]
    return ("\ufeff" + "\n\n".join(out) + "\n").replace("\n", "\r\n").encode()


def write_lexis_html(stories: Sequence[Story], labelled: bool = False) -> bytes:
    out = [
        '<HTML><HEAD><STYLE TYPE="text/css">.c0 { text-align: center; } .c5 { text-align: left; }</STYLE>'
        f'<META TOPIC="null" DOCUMENTS="{len(stories)}" UPDATED="x"/></HEAD><BODY>\n'
        "<!-- Hide XML section from browser\n"
    ]
    for number, story in enumerate(stories, 1):
        out.append(f"<DOC NUMBER={number}> <DOCFULL> -->")
        out.append(f'<DIV CLASS="c0"><P>{number} of {len(stories)} DOCUMENTS</P></DIV>')
        blocks = lexis_blocks(story, labelled)
        text = [i for i, (_, line) in enumerate(blocks) if line in story.paragraphs]
        for i, (kind, line) in enumerate(blocks):
            label, colon, value = line.partition(": ")
            bold = colon and label.isupper() and i not in text
            said = f'<SPAN CLASS="c8">{label}: </SPAN>{html.escape(value)}' if bold else html.escape(line)
            opened = "" if i - 1 in text and i in text else f'<DIV CLASS="{"c0" if kind == "centred" else "c5"}">'
            out.append(f"{opened}<P>{said}</P>{'' if i in text and i + 1 in text else '</DIV>'}")
        out.append("<!-- </DOCFULL> </DOC> ")
    page = "\n".join([*out, "-->\n</BODY></HTML>"])
    return page.encode("ascii", "xmlcharrefreplace")


# ------------------------------------------------------------------ Factiva


def _factiva_fields(story: Story, number: int) -> list[tuple[str, list[str]]]:
    unit = {"de": "Wörter", "fr": "mots", "es": "palabras", "nl": "woorden"}.get(story.language, "words")
    joint = " de " if story.language == "es" else " "
    day = f"{story.day.day}{joint}{month_name(story.day, story.language)}{joint}{story.day.year}"
    fields = [
        ("SE", [story.section]), ("HD", [story.headline]), ("BY", [story.byline]), ("WC", [f"{story.words} {unit}"]),
        ("PD", [day]), ("SN", [story.outlet]), ("SC", ["HARBPO"]), ("ED", [story.edition]), ("PG", [story.page]),
        ("LA", [NAMES[story.language].partition(";")[0].capitalize()]), ("CY", [story.copyright]),
        ("LP", list(story.paragraphs[:2])), ("TD", list(story.paragraphs[2:])), ("ART", list(story.captions)),
        ("NS", [" | ".join(story.subjects)]), ("PUB", ["Harbour Media"]),
        ("AN", [f"Document HARBPO00201803{number:08d}"]),
    ]  # fmt: skip
    return [(code, lines) for code, lines in fields if any(lines)]


def write_factiva_html(stories: Sequence[Story], indexed: bool = False) -> bytes:
    out = ['<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Factiva</title></head><body>']
    for number, story in enumerate(stories, 1):
        out.append(f'<div id="article-{number}" class="article"><div class="article {story.language}Article">')
        fields = dict(_factiva_fields(story, number))
        if indexed:
            rows = ((code, "".join(f"<p>{_marked(line)}</p>" for line in lines)) for code, lines in fields.items())
            out.append("<table>" + "\n".join(f"<tr><td><b>{a}</b></td><td>{b}</td></tr>" for a, b in rows) + "</table>")
        else:
            out += [f"<div>{_marked(story.section)}</div>"] if story.section else []
            out.append(f'<div id="hd"><span class="enHeadline">{_marked(story.headline)}</span></div>')
            out += [f'<div class="author">{_marked(story.byline)}</div>'] if story.byline else []
            codes = ("WC", "PD", "SN", "SC", "ED", "PG", "LA", "CY")
            out += [f"<div>{html.escape(fields[code][0])}</div>" for code in codes if code in fields]
            kind = 'class="articleParagraph enarticleParagraph"'
            out += [f"<p {kind}>{_marked(_wrapped(text))}</p>" for text in story.paragraphs]
            out += [f"<p>{_marked(text)}</p>" for text in (*story.captions, "Harbour Media", fields["AN"][0])]
        out.append("</div></div>")
    out.append('<div class="footer">© 2019 Factiva, Inc. All rights reserved.</div></body></html>')
    return "\n".join(out).encode()


def _marked(text: str) -> str:
    """Escaped, the search word marked as archives mark it, also within other words."""
    return html.escape(text, quote=False).replace("ferry", "<b>ferry</b>")


def rtf_text(text: str) -> str:
    """Text as RTF: what is not ASCII as `\\u`, with a substitute, or as a byte of cp1252."""
    out = []
    for c in text:
        if c in "\\{}":
            out.append("\\" + c)
        elif c == "\n":
            out.append("\\par ")
        elif ord(c) < 128:
            out.append(c)
        elif 0xC0 <= ord(c) < 0x100:
            out.append(f"\\'{ord(c):02x}")
        else:
            units = c.encode("utf-16-le")
            out += [f"\\u{int.from_bytes(units[i : i + 2], 'little', signed=True)} ?" for i in range(0, len(units), 2)]
    return "".join(out)


def write_factiva_rtf(stories: Sequence[Story], indexed: bool = True) -> bytes:
    out = [
        r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fswiss\fcharset0 Helvetica;}}",
        r"{\info{\title Factiva RTF Display Format}{\author Factiva, from Dow Jones.}}",
    ]
    for number, story in enumerate(stories, 1):
        fields = _factiva_fields(story, number)
        if indexed:
            for code, lines in fields:
                out.append(rf"\trowd\pard\intbl {{\b {code}}}\cell\pard\intbl {rtf_text(chr(10).join(lines))}\cell\row")
            out.append(r"\pard\par\page")
            continue
        said = dict(fields)
        lines = [f"{{\\b {rtf_text(story.headline)}}}"]
        lines += [
            rtf_text(said[code][0]) for code in ("BY", "WC", "PD", "SN", "SC", "ED", "PG", "LA", "CY") if code in said
        ]
        lines += [rtf_text(text) for text in (*story.paragraphs, *said["AN"])]
        out.append("\\par\n".join(lines) + "\\par\\page")
    return "\n".join([*out, r"\pard Search Summary\par}"]).encode("ascii")


# ------------------------------------------------------------------ ProQuest


def _proquest_labels(story: Story) -> list[tuple[str, str]]:
    outlet = f"{story.outlet}, {story.edition}" if story.edition else story.outlet
    fields = [
        ("Subject", "; ".join(story.subjects)), ("Title", story.headline), ("Author", story.byline),
        ("Publication title", f"{outlet}; Northport"), ("Pages", story.page), ("Publication year", str(story.day.year)),
        ("Publication date", f"{month_name(story.day, 'en')[:3]} {story.day.day}, {story.day.year}"),
        ("Section", story.section), ("Source type", "Newspapers"),
        ("Language of publication", NAMES[story.language].partition(";")[0].capitalize()),
        ("Copyright", story.copyright), ("Last updated", "2019-03-09"), ("Database", "Newsstream"),
    ]  # fmt: skip
    return [(name, value) for name, value in fields if value]


def write_proquest_text(stories: Sequence[Story]) -> bytes:
    out = []
    for number, story in enumerate(stories, 1):
        captions = [f"CAPTION: {caption}" for caption in story.captions]
        text = "\n".join([*story.paragraphs, *captions])
        blocks = ["_" * 60, f"Document {number} of {len(stories)}", story.headline, "Abstract: None available."]
        blocks += ["Links: https://link.example/resolve?a=1&amp;b=2", f"Full text: {text}"]
        out += [*blocks, *(f"{name}: {value}" for name, value in _proquest_labels(story))]
    out += ["_" * 60, "Contact us at: https://help.example\n\nCopyright 2019 Archive"]
    return ("\n\n".join(out) + "\n").replace("\n", "\r\n").encode()


def write_proquest_html(stories: Sequence[Story]) -> bytes:
    out = ["<html><head><title>ProQuest Export</title></head><body>"]
    for number, story in enumerate(stories, 1):
        out.append(f'<div style="border-bottom:grey"></div><a name="DocID_MSTAR_{number:010d}"></a><p></p>')
        out.append(f'<p style="font-weight:bold">{_marked(story.headline)}</p>')
        captions = "".join(f'<div class="Illustration_content">Caption: {_marked(c)}</div>' for c in story.captions)
        text = "".join(f"<p>{_marked(paragraph)}</p>" for paragraph in story.paragraphs) + captions
        page = f'<text wordcount="{story.words}"><html><head></head><body>{text}</body></html></text>'
        out.append(f"<p><strong>Full text: </strong>{page}</p>")
        out += [f"<p><strong>{name}: </strong>{html.escape(value)}</p>" for name, value in _proquest_labels(story)]
    return "\n".join([*out, "</body></html>"]).encode()


# ------------------------------------------------------------------ Europresse


def write_europresse(stories: Sequence[Story], old: bool = False) -> bytes:
    charset = "ISO-8859-1" if old else "utf-8"
    out = [f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>']
    for number, story in enumerate(stories, 1):
        day = (
            f"{DAYS['fr'].split()[story.day.weekday()]} {story.day.day} {month_name(story.day, 'fr')} {story.day.year}"
        )
        facts = ", ".join(part for part in (story.section, day, f"p. {story.page}" if story.page else "") if part)
        outlet = f'<span class="DocPublicationName">{html.escape(story.outlet)}</span>'
        header = f'<span class="DocHeader">{html.escape(facts)}</span>'
        key = f"news·{story.day:%Y%m%d}·HP·{number}"
        captions = [f"<p>{_marked(caption)}</p>" for caption in story.captions]
        if old:
            text = "<p></p>".join(_marked(paragraph) for paragraph in story.paragraphs)
            title = f'<span class="TitreArticleVisu">{_marked(story.headline)}</span>'
            cell = f"{outlet}<br>{header}<br>{title}<p></p>{text}<p></p>{html.escape(story.copyright)}<p></p>{key}"
            out.append(f"<table><tr><td>{cell}</td></tr></table>")
            continue
        text = "".join(f"<p>{_marked(paragraph)}</p>" for paragraph in story.paragraphs)
        title = f'<div class="titreArticle"><p class="titreArticleVisu">{_marked(story.headline)}</p></div>'
        out.append(
            f"<article><header><div>{outlet}</div><div>{header}</div>{title}<div>{html.escape(story.byline)}</div></header>"
            f'<section><div class="DocText"><div class="docOcurrContainer">{text}</div></div></section>'
            f"<aside>{'<b>Illustration(s) : </b>' + ''.join(captions) if captions else ''}</aside>"
            f"<footer><p>{html.escape(story.copyright)}</p><p>Numéro de document : {key}</p></footer></article>"
        )
    return "\n".join([*out, "</body></html>"]).encode()
