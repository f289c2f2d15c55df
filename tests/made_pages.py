# ruff: noqa: E501 - markup has long lines
"""Saved pages in the styles of common publishing systems, made from the sample's page copies, with what they hold.

Twelve, here and in `made_pages_rest`, were written before the reader of saved pages, twelve in
`made_pages_later` after it. The markup is
written for this project after what such systems print; the words are those of the sample.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import escape as e
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
LABEL = re.compile(r"^(?:Photograph(?: by|:)|Photo:|Picture:|Credit:)\s*")


@dataclass
class Gold:
    """What a reader sees on a page, and what the page says of itself."""

    headline: str
    standfirst: list[str] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    credit: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)  # with its subheads and datelines
    images: dict[str, str] = field(default_factory=dict)  # caption -> address of the picture
    facts: dict[str, object] = field(default_factory=dict)  # columns of the article table


@dataclass
class Story:
    """An article of the sample by its parts."""

    name: str
    outlet: str
    site: str
    day: str
    headline: str
    standfirst: str
    byline: str  # as printed: By Ana Vries
    writer: str  # several are joined by "and"
    role: str
    sign_off: str
    photos: list[tuple[str, str]]  # caption, credit as printed
    lines: list[tuple[str, str]]  # body, subhead and photo ("", number) in order; a dateline stands in its paragraph
    furniture: list[str]

    @property
    def url(self) -> str:
        return f"https://{self.site}.example/{self.day.replace('-', '/')}/{self.name}"

    def image(self, i: int, size: str = "") -> str:
        return f"https://img.{self.site}.example/{self.name}-{i}{size}.jpg"

    def body(self, page: Callable[[str, str], str], picture: Callable[[int], str] | None = None) -> str:
        """The body's markup: `page` makes a paragraph or subhead, `picture` a photograph after the first."""
        out = []
        for part, text in self.lines:
            if part != "photo":
                out.append(page(part, text))
            elif picture and int(text) > 0:
                out.append(picture(int(text)))
        if self.sign_off:
            out.append(page("sign-off", self.sign_off))
        return "\n".join(out)

    def gold(self, **facts: object) -> Gold:
        """The page's parts, to which a template adds what it prints of the rest."""
        known = {"url": self.url, "outlet": self.outlet} | facts
        if isinstance(known.get("authors"), list):
            known["authors"] = [name for names in known["authors"] for name in names.split(" and ")]
        return Gold(self.headline, body=[text for part, text in self.lines if part != "photo"], facts=known)


@cache
def _parts() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    with (DATA / "parts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["file"] not in found:
                text = (DATA / row["file"]).read_text(encoding="utf-8")
            found.setdefault(row["file"], []).append((row["part"], text[int(row["start"]) : int(row["end"])]))
    return found


def story(name: str) -> Story:
    """An article of the sample, by its file's name without ending."""
    parts = _parts()[f"sample/{name}.txt"]
    with (DATA / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["article_id"] == name)
    first = next(i for i, (part, _) in enumerate(parts) if part in ("body", "dateline"))
    above = [text for part, text in parts[:first] if part == "byline"]
    written = above[0] if above else ""
    writer, _, role = re.sub(r"^By | and agencies$| in .*$", "", written).partition(", ")
    photos: list[tuple[str, str]] = []
    lines: list[tuple[str, str]] = []
    dateline = ""
    for i, (part, text) in enumerate(parts):
        if part == "caption":
            after = parts[i + 1] if i + 1 < len(parts) else ("", "")
            photos.append((text, after[1] if after[0] == "credit" else ""))
            lines.append(("photo", str(len(photos) - 1)))
        elif part == "dateline":
            dateline = text + " "
        elif part in ("body", "subhead"):
            lines.append((part, dateline + text))
            dateline = ""
    return Story(
        name=name,
        outlet=row["outlet"],
        site=re.sub(r"\W", "", row["outlet"].lower())[:16],
        day=row["published"],
        headline=next(text for part, text in parts if part == "headline"),
        standfirst=next((text for part, text in parts if part == "standfirst"), ""),
        byline=written,
        writer=writer,
        role=above[1] if len(above) > 1 else role,
        sign_off=next((text for part, text in parts[first:] if part == "byline"), ""),
        photos=photos,
        lines=lines,
        furniture=[text for part, text in parts if part == "furniture"],
    )


def bare(credit: str) -> str:
    """A credit without label and brackets."""
    return LABEL.sub("", credit.strip("()").replace("Image: ", ""))


def labelled(label: str, credit: str) -> str:
    """A credit behind a label; nothing where there is no credit."""
    return label + bare(credit) if credit else ""


def ld(data: object) -> str:
    """JSON-LD as a page holds it."""
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False).replace("</", "<" + chr(92) + "/")}</script>'


def nav(*names: str) -> str:
    items = "".join(f'<li class="menu-item"><a href="/{name.lower()}">{name}</a></li>' for name in names)
    return f'<nav class="main-navigation"><ul>{items}</ul></nav>'


TEASERS = (
    ("Snow closes the mountain road for a third night", "A plough on the mountain road above the village."),
    ("The man who counts puffins has lost his count", "Puffins on the western cliffs in June."),
    ("Four bakers, one oven and a very long lease", "The oven was built in the year of the great frost."),
)


def teasers(head: str = "More stories", box: str = "related-posts") -> str:
    """Links to other articles, with pictures and captions that are not this article's."""
    items = "".join(
        f'<article class="teaser"><a href="/{i}"><figure><img src="/t{i}.jpg" alt=""><figcaption>{caption}</figcaption>'
        f'</figure><h3 class="entry-title">{title}</h3></a><span class="byline">By Another Writer</span></article>'
        for i, (title, caption) in enumerate(TEASERS)
    )
    return f'<aside class="{box}"><h2>{head}</h2>{items}</aside>'


def comments() -> str:
    said = "".join(
        f'<li class="comment"><cite class="comment-author">reader{i}</cite> <time>{i} hours ago</time>'
        f"<p>I said so {i} years ago and nobody at the council wanted to hear a word of it.</p></li>"
        for i in range(2, 6)
    )
    return f'<section id="comments" class="comments-area"><h2>Comments</h2><ol>{said}</ol></section>'


# ---------------------------------------------------------------- the styles


def blog(s: Story) -> tuple[str, Gold]:
    """A blog system's classic theme: entry-title, wp-caption, a graph of linked data."""
    g = s.gold(
        authors=[s.writer], published=s.day + "T07:30:00+00:00", modified=s.day + "T09:10:00+00:00", section="Region"
    )
    g.byline = [s.byline]

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i, "-1024x683"))
        return (
            f'<div id="attachment_{i}" class="wp-caption aligncenter" style="width: 1034px"><img class="size-large" '
            f'src="{s.image(i, "-1024x683")}" alt="" width="1024" height="683"><p class="wp-caption-text">'
            f"{e(caption)} {e(credit)}</p></div>"
        )

    graph = [
        {
            "@type": "Article", "@id": s.url + "#article", "headline": s.headline, "mainEntityOfPage": {"@id": s.url},
            "datePublished": s.day + "T07:30:00+00:00", "dateModified": s.day + "T09:10:00+00:00",
            "author": {"@id": "#/person/1"}, "publisher": {"@id": "#org"}, "articleSection": ["Region"],
        },
        {"@type": "Organization", "@id": "#org", "name": s.outlet, "url": f"https://{s.site}.example"},
        {"@type": "Person", "@id": "#/person/1", "name": s.writer},
    ]  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="UTF-8"><title>{e(s.headline)} - {e(s.outlet)}</title>
<link rel="canonical" href="{s.url}"><meta property="og:type" content="article">
{ld({"@context": "https://schema.org", "@graph": graph})}</head><body class="post-template-default single">
<header id="masthead"><p class="site-title"><a href="/">{e(s.outlet)}</a></p>{nav("News", "Sport", "Letters")}</header>
<main id="main"><article class="post hentry"><header class="entry-header"><h1 class="entry-title">{e(s.headline)}</h1>
<div class="entry-meta"><span class="byline">{e(s.byline).replace(e(s.writer), f'<a class="url fn n" rel="author" href="/a">{e(s.writer)}</a>')}
</span><span class="posted-on"><time class="entry-date published" datetime="{s.day}T07:30:00+00:00">{s.day}</time></span></div></header>
<div class="entry-content">{shot(0)}{s.body(lambda k, t: f"<h2>{e(t)}</h2>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}
<div class="sharedaddy"><h3>Share this:</h3><ul><li>Email</li><li>Print</li></ul></div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/region">Region</a></span></footer></article>
{teasers()}{comments()}</main><footer id="colophon"><p>All rights reserved. Powered by paper and patience.</p></footer></body></html>"""
    return html, g


def broadcaster(s: Story) -> tuple[str, Gold]:
    """Blocks by data-component, hidden words for screen readers, the picture's source on the picture."""
    g = s.gold(authors=[s.writer], published=s.day + "T18:04:10.000Z", section="Scotland")
    g.byline = [s.writer, *([s.role] if s.role else [])]

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(bare(credit))
        g.images.setdefault(caption, s.image(i, ".jpg.webp"))
        return (
            f'<div data-component="image-block" class="ssrcss-ab{i}-ComponentWrapper"><figure><div><span><picture>'
            f'<source srcset="{s.image(i, "/240")} 240w, {s.image(i, "/480")} 480w" type="image/webp"><img alt="" '
            f'src="{s.image(i, ".jpg.webp")}" width="976"></picture></span><span role="text" class="ssrcss-Source">'
            f'<span class="visually-hidden">Image source, </span>{e(bare(credit))}</span></div><figcaption>'
            f'<span class="visually-hidden">Image caption, </span><p>{e(caption)}</p></figcaption></figure></div>'
        )

    paragraph = '<div data-component="text-block" class="ssrcss-RichText"><p class="ssrcss-Paragraph">{}</p></div>'
    crosshead = '<div data-component="subheadline-block"><h2 class="ssrcss-Heading">{}</h2></div>'
    data = {
        "@context": "http://schema.org", "@type": "ReportageNewsArticle", "url": s.url, "headline": s.headline,
        "publisher": {"@type": "NewsMediaOrganization", "name": s.outlet}, "datePublished": s.day + "T18:04:10.000Z",
        "author": [{"@type": "NewsMediaOrganization", "name": s.outlet}], "articleSection": "Scotland",
    }  # fmt: skip
    role = f'<div class="ssrcss-Role">{e(s.role)}</div>' if s.role else ""
    html = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{e(s.headline)} - {e(s.outlet)}</title>
<link rel="canonical" href="{s.url}"><meta property="og:title" content="{e(s.headline)}">{ld(data)}</head><body><div id="root">
<header role="banner">{nav("Home", "News", "Weather", "iWatch")}</header><main id="main-content"><article>
<div data-component="headline-block"><h1 id="main-heading">{e(s.headline)}</h1></div>
<div data-component="metadata-block"><ul role="list"><li><span class="visually-hidden">Published</span><time
 datetime="{s.day}T18:04:10.000Z">2 hours ago</time></li></ul><button>Share page</button></div>
{shot(0)}<div data-component="byline-block"><div class="ssrcss-Contributor"><span>{e(s.writer)}</span>{role}</div></div>
{s.body(lambda k, t: (crosshead if k == "subhead" else paragraph).format(e(t)), shot)}
<section data-component="links-block"><h2>Related topics</h2><ul><li><a href="/t/1">Ferries</a></li><li><a href="/t/2">Weather</a></li></ul></section>
<section data-component="links-block"><h2>More on this story</h2>{teasers("Top stories", "promo")}</section></article></main>
<footer>Copyright {s.day[:4]}. We are not responsible for what others write.</footer></div></body></html>"""
    return html, g


def daily(s: Story) -> tuple[str, Gold]:
    """A daily's own system: standfirst above the picture, address for the byline, the credit glued on."""
    g = s.gold(authors=[s.writer], published=s.day + "T18:42:00.000Z", section="UK news")
    g.byline = [s.byline, *([s.role] if s.role else [])]
    g.standfirst = [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        credit = labelled("Photograph: ", credit)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i, "/master/4000.jpg"))
        return (
            f'<figure id="{i}f" data-spacefinder-role="inline" class="dcr-1b267dg"><div><picture><source srcset="'
            f'{s.image(i, "/620.jpg")}" media="(min-width: 660px)"><img alt="A picture" src="'
            f'{s.image(i, "/master/4000.jpg")}" width="445"></picture></div><figcaption class="dcr-fd61eq"><span '
            f'class="dcr-1inf02i"><svg width="18"><path d="M0"></path></svg></span><span class="dcr-1qvd3m6">{e(caption)}'
            f"</span> {e(credit)}</figcaption></figure>"
        )

    stand = f'<div data-gu-name="standfirst"><div class="dcr-y70er1"><p>{e(s.standfirst)}</p></div></div>'
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.headline)} | UK news | {
        e(s.outlet)
    }</title>
<link rel="canonical" href="{s.url}"><meta property="og:site_name" content="{
        e(s.outlet)
    }"><meta property="og:title" content="{e(s.headline)}">
<meta property="article:author" content="https://www.{
        s.site
    }.example/profile/x"><meta property="article:section" content="UK news">
<meta property="article:published_time" content="{s.day}T18:42:00.000Z"><meta name="author" content="{
        e(s.writer)
    }"></head>
<body><header>{nav("News", "Opinion", "Sport", "Culture")}</header><main data-layout="StandardLayout"><article>
<div data-gu-name="title"><a href="/uk">UK news</a></div><div data-gu-name="headline"><h1 class="dcr-u0152o">{
        e(s.headline)
    }</h1></div>
{stand if s.standfirst else ""}<div data-gu-name="media">{shot(0)}</div>
<div data-gu-name="meta"><address aria-label="Contributor info"><div data-component="meta-byline" class="dcr-1cfpnlw">{
        e(s.byline).replace(
            e(s.writer), f'<a rel="author" data-link-name="auto tag link" href="/profile">{e(s.writer)}</a>'
        )
    }</div>{f"<span>{e(s.role)}</span>" if s.role else ""}
</address><details class="dcr-1x"><summary><span>Fri 14 Mar {
        s.day[:4]
    } 18.42 GMT</span></summary></details><button>Share</button></div>
<div data-gu-name="body"><div class="article-body-commercial-selector">{
        s.body(lambda k, t: f"<h2>{e(t)}</h2>" if k == "subhead" else f'<p class="dcr-130mj7b">{e(t)}</p>', shot)
    }
<aside><p>Sign up to Morning Line</p><form><label>Enter your email address</label></form></aside></div></div></article></main>
{teasers("Most viewed", "most-viewed")}<footer>{nav("About us", "Help", "Terms")}</footer></body></html>"""
    return html, g


def publishing_suite(s: Story) -> tuple[str, Gold]:
    """A publisher's hosted suite: data-qa marks, the credit in brackets within the caption."""
    g = s.gold(authors=[s.writer], published=s.day + "T11:00:00Z", modified=s.day + "T16:20:00Z", section="World")
    g.byline = [f"By {s.writer}"]
    g.standfirst = [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(f"({bare(credit)})")
        g.images.setdefault(caption, s.image(i))
        return (
            f'<div class="b-lead-art"><figure><img src="{s.image(i)}" srcset="{s.image(i, "-400")} 400w" alt="" width="800">'
            f'<figcaption class="c-media-item__fig-caption a-body2"><span class="c-media-item__caption">{e(caption)} </span>'
            f'<span class="c-media-item__credit">({e(bare(credit))})</span></figcaption></figure></div>'
        )

    deck = f'<h2 data-qa="subheadline" class="b-subheadline">{e(s.standfirst)}</h2>' if s.standfirst else ""
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": s.headline, "description": s.standfirst,
        "mainEntityOfPage": {"@type": "WebPage", "@id": s.url}, "datePublished": s.day + "T11:00:00Z",
        "dateModified": s.day + "T16:20:00Z", "author": [{"@type": "Person", "name": s.writer, "url": "/people/1"}],
        "publisher": {"@type": "Organization", "name": s.outlet, "logo": {"@type": "ImageObject", "url": "/logo.png"}},
        "articleSection": "World", "image": [s.image(0)],
    }  # fmt: skip
    html = f"""<!doctype html><html lang="en"><head><title>{e(s.headline)}</title><meta charset="utf-8">
<meta property="og:description" content="{e(s.standfirst)}">{ld(data)}</head><body><div id="fusion-app">
<header class="b-header-nav-chain">{nav("World", "Politics", "Business")}</header><section role="main"><div class="b-article">
<h1 data-qa="headline" class="b-headline">{e(s.headline)}</h1>{deck}{shot(0)}
<div class="b-byline"><span class="b-byline__by">By</span> <span class="b-byline__names" data-qa="author-name"><a href="/people/1">{e(s.writer)}</a></span></div>
<time data-qa="timestamp" class="b-date" datetime="{s.day}T11:00:00Z">March 17, 2025 at 7:00 a.m. EDT</time>
<article class="b-article-body">{s.body(lambda k, t: f"<h3>{e(t)}</h3>" if k == "subhead" else f'<p class="c-paragraph">{e(t)}</p>', shot)}
<div class="interstitial-link"><a href="/x">[Four bakers, one oven and a very long lease]</a></div></article></div></section>
{teasers("Most read", "b-most-read")}<footer class="b-footer">{nav("Contact", "Careers", "Privacy")}</footer></div></body></html>"""
    return html, g


def phone(s: Story) -> tuple[str, Gold]:
    """An accelerated phone page: amp-img, an amp-carousel, and a lightbox for captions."""
    g = s.gold(authors=[s.writer], published=s.day + "T08:14:00+01:00", section="UK")
    g.byline = [s.byline]
    g.standfirst = [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i))
        return (
            f'<figure class="article-image"><amp-img on="tap:lightbox" layout="responsive" width="960" height="640" '
            f'src="{s.image(i)}"><noscript><img src="{s.image(i)}"></noscript></amp-img><figcaption><span class="image-'
            f'caption">{e(caption)}</span><span class="image-credit">{e(credit)}</span></figcaption></figure>'
        )

    data = {
        "@context": "http://schema.org", "@type": "NewsArticle", "headline": s.headline, "mainEntityOfPage": s.url,
        "datePublished": s.day + "T08:14:00+01:00", "author": {"@type": "Person", "name": s.writer},
        "publisher": {"@type": "Organization", "name": s.outlet}, "articleSection": "UK",
        "image": {"@type": "ImageObject", "url": s.image(0), "width": 960},
    }  # fmt: skip
    html = f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><title>{e(s.headline)}</title><link rel="canonical" href="{s.url}">
<meta name="viewport" content="width=device-width"><script async src="https://cdn.example/v0.js"></script>{ld(data)}</head><body>
<header class="amp-header"><amp-img src="/logo.png" width="120" height="30"></amp-img></header><amp-sidebar id="sidebar">{nav("News", "Showbiz", "Sport")}</amp-sidebar>
<article class="amp-article"><h1 class="article__headline">{e(s.headline)}</h1>{f'<h2 class="article__subdeck">{e(s.standfirst)}</h2>' if s.standfirst else ""}
<div class="article__author">{e(s.byline)}</div><div class="article__published">Published: 08:14, 15 Mar 2025</div>
<amp-social-share type="email"></amp-social-share>{shot(0)}
<div class="article__content">{s.body(lambda k, t: f"<h2>{e(t)}</h2>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}
<amp-ad width="300" height="250"><div fallback>Advertisement</div></amp-ad><div class="article__readmore"><h4>READ MORE</h4><ul><li><a href="/r1">Four bakers, one oven</a></li></ul></div></div>
</article><amp-list src="/most-read.json"><h3>Most read in UK</h3></amp-list><footer>Registered office: 1 Invented Street</footer></body></html>"""
    return html, g
