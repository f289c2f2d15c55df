"""Make the saved HTML pages of the sample from their page copies in source/, one in each of three styles.

`figures`: a present page, with figure and figcaption, JSON-LD and furniture in aside, nav and footer.
`tables`: a page of a publishing system of about 2004: tables and fonts, no tag or attribute that says what a
thing is, paragraphs without an end tag, entities in place of characters.
`accelerated`: a phone page, half of it meta tags, with amp- elements.

Run it before `make_tables.py`, from anywhere: `python data/make_pages.py`. A page's words, captions and
furniture are those of the page copy; only the markup is made here.
"""

import datetime
import json
import re
from html import escape
from pathlib import Path

from make_tables import DATA, labels, page, place, read_table

RIGHTS = "CC0-1.0. Written for newslab: events, people, organisations and quotes are invented"
STYLES = {
    "2025-06-08_the-meridian_osh-count-recount": "figures",
    "2025-02-05_solway-chronicle_eden-flood": "tables",
    "2025-03-28_daily-klaxon_scots-budget": "accelerated",
}

Lines = list[tuple[str, str]]


def of(lines: Lines, part: str) -> list[str]:
    return [text for found, text in lines if found == part]


def photos(lines: Lines) -> list[tuple[str, str]]:
    """(caption, credit) of each photograph, in the order of the page."""
    pairs = zip(lines, [*lines[1:], ("", "")], strict=True)
    return [(text, after if kind == "credit" else "") for (part, text), (kind, after) in pairs if part == "caption"]


def around(lines: Lines) -> tuple[list[str], list[str], list[str]]:
    """The furniture above the body, within it and below it."""
    body = [i for i, (part, _) in enumerate(lines) if part == "body"]
    places = [(i, text) for i, (part, text) in enumerate(lines) if part == "furniture"]
    return (
        [text for i, text in places if i < body[0]],
        [text for i, text in places if body[0] < i < body[-1]],
        [text for i, text in places if i > body[-1]],
    )


def moment(text: str) -> str:
    """A printed time as ISO 8601, of the forms that the pages made here have."""
    match = re.search(r"(\d{1,2}) (\w{3})\w* (\d{4}) (\d\d)\.(\d\d)", text)
    if match:
        day, month, year, hour, minute = match.groups()
    else:
        match = re.search(r"(\d\d):(\d\d), (\d{1,2}) (\w{3}) (\d{4})", text)
        if match is None:
            raise SystemExit(f"make_pages.py: no time in {text!r}.")
        hour, minute, day, month, year = match.groups()
    when = datetime.datetime.strptime(f"{day} {month} {year} {hour}:{minute}", "%d %b %Y %H:%M")
    # British summer time began on 30 March 2025
    return when.isoformat() + ("+01:00" if when >= datetime.datetime(2025, 3, 30) else "Z")


def linked_data(row: dict[str, str], lines: Lines, writer: str, published: str) -> str:
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": of(lines, "headline")[0],
        "datePublished": published,
        "author": [{"@type": "Person", "name": writer}],
        "publisher": {"@type": "NewsMediaOrganization", "name": row["outlet"]},
        "mainEntityOfPage": row["url"],
        "copyrightNotice": RIGHTS,
    }
    # a closing tag within the data would end the element
    return json.dumps(fields, ensure_ascii=False, indent=1).replace("</", "<\\/")


def figures(row: dict[str, str], lines: Lines) -> str:
    above, within, below = around(lines)
    (time,), (headline,), (standfirst,) = of(lines, "timestamp"), of(lines, "headline"), of(lines, "standfirst")
    writer, role, *credits = of(lines, "byline")
    name = re.sub(r" in \w+$", "", writer)
    published, save = moment(time), above[-1]
    out = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
        f"<title>{escape(headline)} | {escape(above[-2])} | {escape(row['outlet'])}</title>",
        f'<link rel="canonical" href="{row["url"]}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:site_name" content="{escape(row["outlet"])}">',
        f'<meta property="og:title" content="{escape(headline)}">',
        f'<meta property="article:published_time" content="{published}">',
        f'<meta name="dcterms.rights" content="{RIGHTS}">',
        f'<script type="application/ld+json">\n{linked_data(row, lines, name, published)}\n</script>',
        "<style>figure{margin:0}.credit{color:#555}</style>\n</head>\n<body>",
        '<header role="banner"><nav aria-label="Sections"><ol>',
        *[f'<li><a href="/{escape(text.lower())}">{escape(text)}</a></li>' for text in above[:-1]],
        "</ol></nav></header>\n<main>\n<article>",
        f"<h1>{escape(headline)}</h1>",
        f'<div class="standfirst"><p>{escape(standfirst)}</p></div>',
        f'<address class="byline"><a rel="author" href="/profile">{escape(name)}</a>{escape(writer[len(name) :])}'
        f"<br><span>{escape(role)}</span></address>",
        f'<p class="dateline"><time datetime="{published}">{escape(time)}</time></p>',
        f'<button type="button">{escape(save)}</button>',
    ]
    for i, (caption, credit) in enumerate(photos(lines), 1):
        out.append(
            f'<figure id="img-{i}"><img src="https://i.themeridian.example/osh-{i}.jpg" alt="" width="1240">'
            f'<figcaption>{escape(caption)} <span class="credit">{escape(credit)}</span></figcaption></figure>'
        )
    out.append('<div class="article-body">')
    promo = list(within)
    for part, text in lines:
        if part == "body":
            out.append(f"<p>{escape(text)}</p>")
        elif part == "furniture" and promo and text == promo[0]:
            out.append(f'<aside class="promo"><a href="#after">{escape(promo[0])}</a>')
            out += [f"<p>{escape(line)}</p>" for line in promo[1:-1]]
            out.append(f'<p id="after">{escape(promo[-1])}</p></aside>')
            promo = []
    out += [f"<p><em>{escape(text)}</em></p>" for text in credits]
    topics = below.index("Topics")
    out += ["</div>\n</article>\n</main>", f'<aside class="most"><h2>{escape(below[0])}</h2><ul>']
    out += [f'<li><a href="/read">{escape(text)}</a></li>' for text in below[1:topics]]
    out += [f"</ul></aside>\n<footer><h2>{escape(below[topics])}</h2><ul>"]
    out += [f'<li><a href="/topic">{escape(text)}</a></li>' for text in below[topics + 1 : -1]]
    out += [f'</ul><a href="#comments">{escape(below[-1])}</a></footer>', "</body>\n</html>"]
    return "\n".join(out) + "\n"


def tables(row: dict[str, str], lines: Lines) -> str:
    above, within, below = around(lines)
    (headline,) = of(lines, "headline")
    shots = iter(photos(lines))

    def shot(side: str) -> list[str]:
        caption, credit = next(shots)
        return [
            f'<table width="220" align="{side}" cellpadding="4" border="0" bgcolor="#EEEEEE"><tr><td>',
            f'<img src="/img/{side}.jpg" width="212" height="140"><br>',
            f'<font size="1" face="Verdana"><i>{escape(caption)}</i> <b>{escape(credit)}</b></font></td></tr></table>',
        ]

    out = [
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n<HTML>\n<HEAD>',
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=us-ascii">',
        f"<TITLE>{escape(headline)} - {escape(row['outlet'])}</TITLE>",
        f'<META NAME="rights" CONTENT="{RIGHTS}">',
        '</HEAD>\n<BODY BGCOLOR="#FFFFFF" TEXT="#000000">',
        '<table width="100%" cellpadding="0" cellspacing="0" border="0">',
        f'<tr><td bgcolor="#003366"><font color="#FFFFFF" size="5">{escape(above[0])}</font></td></tr>',
        '<tr><td bgcolor="#DDDDDD"><font size="2">',
        " | ".join(f'<a href="/{word.lower()}.asp">{word}</a>' for word in above[1].split()),
        '</font></td></tr>\n</table>\n<div id="print" style="width: 630px">',
        f'<h2><font face="Times New Roman">{escape(headline)}</font></h2>',
        *[f'<font size="2"><b>{escape(text)}</b></font><br>' for text in of(lines, "byline")],
        f'<font size="1">{"<br>".join(escape(text) for text in of(lines, "timestamp"))}</font><br>',
        f'<font size="1"><a href="/talk.asp">{escape(above[2])}</a></font><hr size="1" noshade>',
        *shot("right"),
    ]
    seen = False
    for part, text in lines:
        seen = seen or part == "body"
        if part == "body":
            out.append(f'<p><font size="3" face="Times New Roman">{escape(text)}</font>')
        elif part == "caption" and seen:
            out += shot("left")
        elif part == "furniture" and text in within:
            out.append(f'<center><table border="1"><tr><td><b>{escape(text)}</b></td></tr></table></center>')
    out.append('</div>\n<hr size="1" noshade>')
    out += [f'<font size="2"><a href="/talk.asp">{escape(text)}</a></font><br>' for text in below]
    out.append("</BODY>\n</HTML>")
    # such pages were served in any encoding, so whoever made them trusted entities alone
    return ("\n".join(out) + "\n").encode("ascii", "xmlcharrefreplace").decode("ascii")


def accelerated(row: dict[str, str], lines: Lines) -> str:
    above, within, below = around(lines)
    (time,), (headline,), (standfirst,) = of(lines, "timestamp"), of(lines, "headline"), of(lines, "standfirst")
    writer, role = of(lines, "byline")[0].split(", ")
    published, kicker = moment(time), above[1]
    meta = {
        "viewport": "width=device-width", "robots": "max-image-preview:large", "author": writer,
        "description": standfirst, "section": kicker.title(), "article:id": "8812640", "news_keywords": "ferry, tax",
        "twitter:card": "summary_large_image", "twitter:title": headline, "twitter:description": standfirst,
        "parsely-section": "UK", "parsely-pub-date": published, "parsely-author": writer, "rights": RIGHTS,
    }  # fmt: skip
    graph = {
        "og:type": "article", "og:title": headline, "og:description": standfirst, "og:url": row["url"],
        "og:site_name": row["outlet"], "og:locale": "en_GB", "og:image": "https://img.dailyklaxon.example/1.jpg",
        "article:published_time": published, "article:modified_time": published, "article:author": writer,
        "article:section": "UK", "article:tag": "Ferries", "fb:app_id": "0",
    }  # fmt: skip
    out = [
        '<!doctype html>\n<html amp lang="en">\n<head>\n<meta charset="utf-8">',
        '<script async src="https://cdn.dailyklaxon.example/v0.js"></script>',
        f'<title>{escape(headline)}</title>\n<link rel="canonical" href="{row["url"]}">',
        *[f'<meta name="{name}" content="{escape(value)}">' for name, value in meta.items()],
        *[f'<meta property="{name}" content="{escape(value)}">' for name, value in graph.items()],
        "<style amp-boilerplate>body{visibility:visible}</style>",
        "<style amp-custom>.c{color:#666}.k{color:#c00}</style>\n</head>\n<body>",
        '<amp-analytics><script type="application/json">{"vars":{"section":"uk"}}</script></amp-analytics>',
        f'<amp-sidebar id="menu" layout="nodisplay"><ul><li>{escape(above[0])}</li></ul></amp-sidebar>',
        f'<div class="main"><div class="k">{escape(kicker)}</div>\n<h1 class="h">{escape(headline)}</h1>',
        f'<h2 class="s">{escape(standfirst)}</h2>',
        f'<div class="b">By <span>{escape(writer)}</span>, {escape(role)}</div>',
        f'<div class="t">{escape(time)}</div>\n<amp-social-share type="x">{escape(above[2])}</amp-social-share>',
        '<amp-carousel width="400" height="300" layout="responsive" type="slides">',
    ]
    for i, (caption, credit) in enumerate(photos(lines), 1):
        out.append(
            f'<div><amp-img src="https://img.dailyklaxon.example/{i}.jpg" width="400" height="300"></amp-img>'
            f'<div class="c">{escape(caption)}<span>{escape(credit)}</span></div></div>'
        )
    out.append('</amp-carousel>\n<amp-ad width="300" height="250" type="none"></amp-ad>')
    promo = list(within)
    for part, text in lines:
        if part == "body":
            out.append(f'<p class="p">{escape(text)}</p>')
        elif part == "furniture" and promo and text == promo[0]:
            links = "".join(f'<li><a href="/m">{escape(line)}</a></li>' for line in promo[1:])
            out.append(f'<amp-list><div class="m"><strong>{escape(promo[0])}</strong><ul>{links}</ul></div></amp-list>')
            promo = []
    out += [f'<div class="f"><a href="/">{escape(text)}</a></div>' for text in below]
    return "\n".join([*out, "</div>\n</body>\n</html>"]) + "\n"


def main() -> None:
    coded = labels(DATA / "gold" / "parts.txt")
    made = {"figures": figures, "tables": tables, "accelerated": accelerated}
    for row in read_table(DATA / "MANIFEST.csv"):
        if row["format"] == "saved page":
            path: Path = place(row)[0]
            html = made[STYLES[row["article_id"]]](row, page(row, coded).lines())
            path.write_text(html, encoding="utf-8", newline="\n")
            print(path.name, len(html), "characters")


if __name__ == "__main__":
    main()
