"""Make the archive exports and the JSONL dump from the page copies in source/.

`exports/nexis-uni_carlisle.docx`: the Word layout of Nexis Uni, with its cover; a search for Carlisle.
`exports/factiva_kyrgyz.html`: Factiva's display form, as a browser saves it; a search for Kyrgyz*.
`sample/newsfeed.jsonl`: what a news API gives, an object a line, with the facts and the bare text.

An archive keeps an article's text and not its page: furniture is gone, captions stand in a block of their own,
sign-offs end the body. The facts of indexing below are made up, as all else is.

Run it before `make_tables.py`, from anywhere: `python data/make_exports.py`. The same bytes come out on
every machine: parts of the Word file are stored, not compressed, and have a fixed date.
"""

import datetime
import json
import re
import textwrap
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

from make_pages import RIGHTS, Lines, of, photos
from make_tables import DATA, labels, page, place, read_table

NBSP = "\u00a0"
Item = tuple[dict[str, str], Lines]  # an article's row of the manifest, and its page

# What Nexis Uni says of a document beside its text: date line, copyright, labels, index terms, load date.
NEXIS = {
    "2025-02-06_the-meridian_eden-flood": {
        "outlet": "The Meridian (London)",
        "date": "February 6, 2025 Thursday 5:31 PM GMT",
        "copyright": "Copyright 2025 Meridian Newspapers Limited All Rights Reserved",
        "Section": "UK NEWS; Version:1",
        "Subject": "FLOODS & FLOODING (93%); CITY GOVERNMENT (78%); DEATHS & DYING (71%)",
        "Geographic": "CARLISLE, ENGLAND (95%); CUMBRIA, ENGLAND (90%); UNITED KINGDOM (79%)",
        "Load-Date": "February 6, 2025",
    },
    "2025-04-29_the-meridian_border-rail": {
        "outlet": "The Meridian (London)",
        "date": "April 29, 2025 Tuesday 2:48 PM GMT",
        "copyright": "Copyright 2025 Meridian Newspapers Limited All Rights Reserved",
        "Section": "UK NEWS; Version:2",
        "Subject": "STRIKES (94%); RAIL TRANSPORTATION (91%); LABOR UNIONS (88%)",
        "Organization": "RAIL & TRANSIT WORKERS' ALLIANCE (58%)",
        "Geographic": "CARLISLE, ENGLAND (73%); UNITED KINGDOM (88%)",
        "Load-Date": "April 29, 2025",
    },
    "2025-05-10_solway-chronicle_border-rail-deal": {
        "outlet": "The Solway Chronicle - Carlisle Edition",
        "date": "May 10, 2025, Saturday, Carlisle Edition",
        "copyright": "Copyright 2025 Solway Chronicle Group",
        "Section": "NEWS; Pg. 3",
        "Subject": "RAIL TRANSPORTATION (89%); PERSONS WITH DISABILITIES (61%)",
        "Geographic": "CARLISLE, ENGLAND (58%); NORTHUMBERLAND, ENGLAND (88%)",
        "Load-Date": "May 12, 2025",
    },
    "2025-06-11_solway-chronicle_strand-trial": {
        "outlet": "The Solway Chronicle - Carlisle Edition",
        "date": "June 11, 2025, Wednesday, Carlisle Edition",
        "copyright": "Copyright 2025 Solway Chronicle Group",
        "Section": "NEWS; Pg. 1",
        "Subject": "BRIBERY (92%); CRIMINAL TRIALS (90%); GOLD MINING (74%)",
        "Person": "PHILIP CORBETT (91%)",
        "Geographic": "CARLISLE, ENGLAND (90%); KYRGYZSTAN (68%)",
        "Load-Date": "June 12, 2025",
    },
}
INDEX = ("Language", "Publication-Type", "Subject", "Organization", "Person", "Geographic", "Load-Date")
# Source code, section, publisher of a document in Factiva, and the accession number's middle.
FACTIVA = {
    "2025-02-25_harbour-wire_alay-ambush": ("HRBWIR", "", "Harbour Wire Limited", "el2p00041"),
    "2025-04-10_atnia_osh-measles": ("ATNIAE", "Health", "Ala-Too National Information Agency", "el4a0002v"),
    "2025-06-03_atnia_strand-trial": ("ATNIAE", "", "Ala-Too National Information Agency", "el630001h"),
}


def body(lines: Lines, dateline: bool = True) -> list[str]:
    """The article's own paragraphs in order, subheads and sign-offs among them."""
    found: list[str] = []
    text_begins = next(i for i, (part, _) in enumerate(lines) if part == "body")
    for i, (part, text) in enumerate(lines):
        if part in ("body", "subhead") or (part == "byline" and i > text_begins):
            glued = dateline and part == "body" and lines[i - 1][0] == "dateline"
            found.append(f"{lines[i - 1][1]} {text}" if glued else text)
    return found


def bylines(lines: Lines) -> list[str]:
    """The lines above the text that say who wrote it, without "By"."""
    text_begins = next(i for i, (part, _) in enumerate(lines) if part == "body")
    return [re.sub(r"^By ", "", text) for part, text in lines[:text_begins] if part == "byline"]


def distinct(shots: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Captions that say the same with another full stop or credit, once."""
    first: dict[str, tuple[str, str]] = {}
    for caption, credit in shots:
        first.setdefault(caption.rstrip(".").casefold(), (caption, credit))
    return list(first.values())


def words(lines: Lines) -> int:
    return sum(len(text.split()) for text in of(lines, "body"))


# --- Nexis Uni


def run(text: str, style: str = "") -> str:
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def paragraph(content: str, style: str = "") -> str:
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{kind}{content}</w:p>"


BOLD = "<w:rPr><w:b/></w:rPr>"
BREAK = "<w:r><w:br/></w:r>"


def labelled(label: str, value: str) -> str:
    return paragraph(run(f"{label}:{NBSP}", BOLD) + run(value))


def cover(items: list[Item]) -> list[str]:
    out = [
        labelled("User Name", "reader"),
        labelled("Date and Time", "Monday, June 30, 2025 10:12:00 AM BST"),
        labelled("Job Number", "000000001"),
        paragraph(run(f"Documents ({len(items)})", BOLD)),
    ]
    for number, (_, lines) in enumerate(items, 1):
        title = (
            run(f"{number}. ")
            + f'<w:hyperlink w:anchor="Bookmark_{number}">{run(of(lines, "headline")[0])}</w:hyperlink>'
        )
        out += [paragraph(title), labelled("Client/Matter", "-None-"), labelled("Search Terms", "Carlisle")]
        out += [labelled("Search Type", "Terms and Connectors"), paragraph(run("Narrowed by:", BOLD))]
        cells = [("Content Type", "Narrowed by"), ("News", "Sources: The Meridian; The Solway Chronicle")]
        rows = "".join(
            "<w:tr>" + "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) + "</w:tr>" for row in cells
        )
        out.append(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>{paragraph('')}")
    return out


def nexis_document(number: int, row: dict[str, str], lines: Lines) -> list[str]:
    facts = NEXIS[row["article_id"]]
    mark = f'<w:bookmarkStart w:id="{number}" w:name="Bookmark_{number}"/><w:bookmarkEnd w:id="{number}"/>'
    link = f'<w:hyperlink r:id="rId{number + 1}">{run(of(lines, "headline")[0])}</w:hyperlink>'
    out = [paragraph(mark), paragraph(link, "Heading1")]
    out += [paragraph(run(facts[key])) for key in ("outlet", "date", "copyright")]
    out += [labelled("Section", facts["Section"]), labelled("Length", f"{words(lines)} words")]
    out.append(labelled("Byline", ", ".join(bylines(lines))))
    out += [labelled("Highlight", text) for text in of(lines, "standfirst")]
    out += [paragraph(run("Body", BOLD)), paragraph("")]
    out += [paragraph(run(text)) for text in body(lines)]
    shots = [" ".join(pair).strip() for pair in distinct(photos(lines))]
    if row["outlet"] == "The Meridian":  # two habits of the archive: captions in the text, or below it
        out += [paragraph(run(f"PHOTO: {shot}")) for shot in shots]
    else:
        out += [paragraph(run("Graphic", BOLD)), paragraph("")]
        out += [paragraph(run(f"{NBSP}{shot}")) for shot in shots]
    out += [paragraph(run("Classification", BOLD)), paragraph("")]
    index = {"Language": "ENGLISH", "Publication-Type": "Newspaper", **facts}
    out += [labelled(label, index[label]) for label in INDEX if label in index]
    out.append(paragraph(BREAK + run("End of Document", BOLD)))
    return out


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def nexis(path: Path, items: list[Item]) -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    links = "".join(
        f'<Relationship Id="rId{n + 1}" Type="{R}/hyperlink" Target="{row["url"]}" TargetMode="External"/>'
        for n, (row, _) in enumerate(items, 1)
    )
    text = [*cover(items)]
    for number, (row, lines) in enumerate(items, 1):
        text += nexis_document(number, row, lines)
    fmtid = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
    types = "http://schemas.openxmlformats.org/officeDocument/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{main}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{R}/custom-properties" Target="docProps/custom.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>{links}</Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" '
        'w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1">'
        '<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr>'
        "</w:style></w:styles>",
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>\n'
        + "\n".join(text)
        + "\n<w:sectPr/></w:body></w:document>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>{RIGHTS}</dc:description></cp:coreProperties>',
        # counts the cover, too
        "docProps/custom.xml": f'<Properties xmlns="{types}/custom-properties" xmlns:vt="{types}/docPropsVTypes">'
        f'<property fmtid="{fmtid}" pid="2" name="LADeliveryID"><vt:lpwstr>000000001</vt:lpwstr></property>'
        f'<property fmtid="{fmtid}" pid="3" name="LADocCount"><vt:i4>{len(items) + 1}</vt:i4></property></Properties>',
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for name, xml in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 6, 30, 0, 0, 0))
            entry.create_system = 0  # else the machine's
            file.writestr(entry, HEAD + xml)


# --- Factiva


def wrapped(text: str) -> str:
    """A paragraph as a browser saves it: lines of 100 characters, the search word marked."""
    filled = textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)
    return re.sub(r"\bKyrgyz\w*", r"<b>\g<0></b>", escape(filled, quote=False))


def factiva_document(row: dict[str, str], lines: Lines) -> str:
    code, section, publisher, number = FACTIVA[row["article_id"]]
    day = datetime.date.fromisoformat(row["published"])
    accession = f"{code}0020{day:%y%m%d}{number}"
    facts = [
        f"<div>{section}</div>" if section else "",
        f'<div id="hd"><span class="enHeadline">{wrapped(of(lines, "headline")[0])}</span></div>',
        *[f'<div class="author">{text}</div>' for text in bylines(lines)[:1]],
        f"<div>{words(lines)} words</div>",
        f"<div>{day.day} {day:%B %Y}</div>",
        f"<div>{row['outlet']}</div>\n<div>{code}</div>\n<div>English</div>",
        f"<div>(c) {day.year} {publisher}</div>",
    ]
    kind = 'class="articleParagraph enarticleParagraph"'
    text = [f"<p {kind}>{wrapped(line)}</p>" for line in [*of(lines, "standfirst"), *body(lines)]]
    captions = [f"<p>{wrapped(' '.join(pair))}</p>" for pair in distinct(photos(lines))]
    tail = [f"<p>{publisher}</p>", f"<p>Document {accession}</p>"]
    opened = f'<div id="article-{accession}" class="article"><div class="article enArticle">'
    return "\n".join(line for line in (opened, *facts, *text, *captions, *tail, "</div></div>") if line)


def factiva(path: Path, items: list[Item]) -> None:
    summary = {"Text": "Kyrgyz*", "Date": "01/02/2025 to 30/06/2025", "Language": "English", "Results Found": "31"}
    out = [
        '<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
        f'<title>Factiva</title>\n<meta name="rights" content="{RIGHTS}">\n</head>\n<body>',
        *[factiva_document(row, lines) for row, lines in items],
        '<div id="searchSummary"><b>Search Summary</b>\n<table>',
        *[f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in summary.items()],
        '</table></div>\n<div class="footer">© 2025 Factiva, Inc. All rights reserved.</div>\n</body>\n</html>',
    ]
    path.write_text("\n".join(out) + "\n", encoding="utf-8", newline="\n")


# --- JSONL


def dump(path: Path, items: list[Item]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row, lines in items:
            record = {
                "id": row["article_id"],
                "outlet": row["outlet"],
                "published": row["published"],
                "title": of(lines, "headline")[0],
                "standfirst": "; ".join(of(lines, "standfirst")),
                "authors": bylines(lines)[:1],
                "language": row["language"],
                "url": row["url"],
                "story_id": row["story_id"],
                "agency": row["agency"],
                "text": "\n\n".join(body(lines)),
                "photos": [{"caption": caption, "credit": credit} for caption, credit in distinct(photos(lines))],
                "rights": RIGHTS,
            }
            file.write(json.dumps({key: value for key, value in record.items() if value}, ensure_ascii=False) + "\n")


def main() -> None:
    writers: dict[str, Callable[[Path, list[Item]], None]] = {
        "Nexis Uni export": nexis,
        "Factiva export": factiva,
        "JSONL dump": dump,
    }
    coded = labels(DATA / "gold" / "parts.txt")
    held: dict[Path, list[tuple[int, Item]]] = {}
    kinds = {}
    for row in read_table(DATA / "MANIFEST.csv"):
        if row["format"] in writers:
            path, number = place(row)
            kinds[path] = row["format"]
            held.setdefault(path, []).append((number, (row, page(row, coded).lines())))
    for path, items in held.items():
        path.parent.mkdir(exist_ok=True)
        writers[kinds[path]](path, [item for _, item in sorted(items, key=lambda pair: pair[0])])
        print(path.name, len(items), "articles")


if __name__ == "__main__":
    main()
