# ruff: noqa: E501 - markup has long lines
"""Seven more styles of saved pages, written before the reader; see `made_pages`."""

from __future__ import annotations

from html import escape as e

from tests.made_pages import (
    Gold,
    Story,
    bare,
    blog,
    broadcaster,
    comments,
    daily,
    labelled,
    ld,
    nav,
    phone,
    publishing_suite,
    story,
    teasers,
)  # fmt: skip


def microdata(s: Story) -> tuple[str, Gold]:
    """Microdata on every part, no linked data."""
    g = s.gold(authors=[s.writer], published=s.day + "T06:40+00:00", modified=s.day + "T12:05+00:00", section="Local")
    g.byline = [f"{s.writer}, {s.role}" if s.role else s.byline]
    g.standfirst = [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(bare(credit))
        g.images.setdefault(caption, s.image(i))
        return (
            f'<div class="image" itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><img itemprop="contentUrl" '
            f'src="{s.image(i)}"><meta itemprop="width" content="1200"><div class="text"><span itemprop="caption">{e(caption)}'
            f'</span><span class="c"> | <span itemprop="copyrightHolder">{e(bare(credit))}</span></span></div></div>'
        )

    written = e(g.byline[0]).replace(
        e(s.writer),
        f'<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{e(s.writer)}</span></span>',
    )
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.outlet)} | {e(s.headline)}</title>
<link rel="canonical" href="{s.url}"></head><body itemscope itemtype="https://schema.org/WebPage"><div id="top">{nav("Town", "County", "Sport")}</div>
<div itemprop="mainEntity" itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="articleSection" content="Local">
<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="{e(s.outlet)}"></span>
<h1 itemprop="headline">{e(s.headline)}</h1>{f'<p class="p1" itemprop="description">{e(s.standfirst)}</p>' if s.standfirst else ""}
<p class="p2">{written}</p><p class="p3"><time itemprop="datePublished" datetime="{s.day}T06:40+00:00">15th March</time>
<time itemprop="dateModified" datetime="{s.day}T12:05+00:00"></time></p>{shot(0)}<div itemprop="articleBody">
{s.body(lambda k, t: f"<h3>{e(t)}</h3>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}</div></div>{comments()}
<div id="side"><h3>Most popular</h3><ol><li><a href="/1">The man who counts puffins</a></li></ol></div><div id="bottom">All content ours.</div></body></html>"""
    return html, g


def fields(s: Story) -> tuple[str, Gold]:
    """A content management system's field markup: a div within a div for each field."""
    g = s.gold(published=s.day + "T16:05:00+06:00", section="Incidents")
    g.standfirst = [s.standfirst] if s.standfirst else []
    if s.writer:
        g.byline = [f"By {s.writer}"]  # a desk, no person

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        credit = labelled("Photo: ", credit)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i))
        return (
            f'<div class="paragraph paragraph--type--image"><div class="field field--name-field-media-image field--type-image">'
            f'<div class="field__item"><img loading="lazy" src="{s.image(i)}" width="900" height="600"></div></div>'
            f'<div class="field field--name-field-image-caption field__item">{e(caption)}</div>'
            f'<div class="field field--name-field-image-credit field__item">{e(credit)}</div></div>'
        )

    who = f'<div class="field field--name-field-author field__item">By {e(s.writer)}</div>' if s.writer else ""
    deck = f'<div class="field field--name-field-subtitle field__item">{e(s.standfirst)}</div>' if s.standfirst else ""
    html = f"""<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{e(s.headline)} | {e(s.outlet)}</title>
<meta property="og:site_name" content="{e(s.outlet)}"><meta property="og:url" content="{s.url}"><meta property="article:section" content="Incidents">
<meta property="article:published_time" content="{s.day}T16:05:00+06:00"></head><body class="path-node page-node-type-article">
<div role="navigation" class="block block-menu">{nav("Main", "Politics", "Security")}</div><main><div class="region region-content">
<nav class="breadcrumb"><ol><li>Main</li><li>World</li><li>Incidents</li></ol></nav><article class="node node--type-article node--view-mode-full">
<h1 class="page-title"><span class="field field--name-title">{e(s.headline)}</span></h1>{deck}
<div class="node__meta">{who}<div class="field field--name-created">{s.day[8:]}.{s.day[5:7]}.{s.day[:4]}, 16:05</div><span class="views">Views: 3418</span></div>
<div class="node__content">{shot(0)}<div class="field field--name-body field--type-text-with-summary">
{s.body(lambda k, t: f"<h2>{e(t)}</h2>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}
</div><ul class="links inline"><li><a href="/print">Print version</a></li></ul></div></article>
<div class="views-element-container"><h2>Related materials</h2><ul><li><a href="/m1">On the prices of flour</a></li><li><a href="/m2">Memo for citizens</a></li></ul>
</div></div></main><footer><p>When using materials, a hyperlink is obligatory</p></footer></body></html>"""
    return html, g


def letters(s: Story) -> tuple[str, Gold]:
    """A newsletter system: custom excerpt, cards, the photographer in italics behind the caption."""
    g = s.gold(authors=[s.writer], published=s.day + "T10:00:00.000Z")
    g.byline = [s.writer]
    g.standfirst = [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        credit = f"Photograph by {bare(credit)}" if credit else ""
        g.credit += [credit] * bool(credit)
        g.images.setdefault(caption, s.image(i, "?w=2000"))
        tail = f" <i><em>{e(credit)}</em></i>" if credit else ""
        return (
            f'<figure class="kg-card kg-image-card kg-card-hascaption"><img src="{s.image(i, "?w=2000")}" class="kg-image" '
            f'loading="lazy" width="2000" height="1333"><figcaption><span style="white-space: pre-wrap">{e(caption)}</span>{tail}</figcaption></figure>'
        )

    data = {
        "@context": "https://schema.org", "@type": "Article", "publisher": {"@type": "Organization", "name": s.outlet},
        "author": {"@type": "Person", "name": s.writer, "sameAs": []}, "headline": s.headline, "url": s.url,
        "datePublished": s.day + "T10:00:00.000Z", "description": s.standfirst, "mainEntityOfPage": s.url,
    }  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en"><head><title>{e(s.headline)}</title><meta charset="utf-8">{ld(data)}</head><body class="post-template">
<header class="gh-head"><a class="gh-head-logo" href="/">{e(s.outlet)}</a>{nav("Home", "About", "Members")}</header><main class="gh-main">
<article class="gh-article post tag-work featured"><header class="gh-article-header"><a class="gh-article-tag" href="/tag/work">Work</a>
<h1 class="gh-article-title is-title">{e(s.headline)}</h1>{f'<p class="gh-article-excerpt is-body">{e(s.standfirst)}</p>' if s.standfirst else ""}
<div class="gh-article-meta"><div class="gh-article-author-image"><a href="/author"><img class="author-profile-image" src="/me.jpg" alt="{e(s.writer)}"></a></div>
<div class="gh-article-meta-wrapper"><h4 class="gh-article-author-name"><a href="/author">{e(s.writer)}</a></h4><div class="gh-article-meta-content">
<time class="gh-article-meta-date" datetime="{s.day}">{s.day}</time><span class="gh-article-meta-length"> — 9 min read</span></div></div></div></header>
<section class="gh-content gh-canvas">{s.body(lambda k, t: f"<h2>{e(t)}</h2>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}
{shot(0)}<div class="kg-card kg-signup-card"><h2>Read what nobody else prints</h2><p>Become a member. No spam.</p></div></section></article>
</main><section class="gh-container read-next"><h2>Read more</h2>{teasers("", "post-feed")}</section><footer class="gh-foot">{nav("Sign up")}</footer></body></html>"""
    return html, g


def tables(s: Story) -> tuple[str, Gold]:
    """A page of about 2004: tables and fonts, nothing that says what a thing is."""
    g = s.gold()
    del g.facts["url"]
    g.byline = [s.byline]

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        credit = labelled("Picture: ", credit)
        g.credit.append(credit)
        return (
            f'<TABLE WIDTH=220 ALIGN=RIGHT CELLPADDING=4 BGCOLOR="#EEEEEE"><TR><TD><IMG SRC="/img/{i}.jpg" WIDTH=212 HEIGHT=140><BR>'
            f"<FONT SIZE=1 FACE=Verdana><I>{e(caption)}</I> <B>{e(credit)}</B></FONT></TABLE>"
        )

    html = f"""<HTML><HEAD><TITLE>{e(s.headline)} - {e(s.outlet)}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>
<TABLE WIDTH=760 BORDER=0><TR><TD COLSPAN=3><IMG SRC="/mast.gif" WIDTH=760 HEIGHT=80></TD></TR><TR><TD WIDTH=120 VALIGN=TOP>
<FONT SIZE=1><A HREF="/news">News</A><BR><A HREF="/sport">Sport</A><BR><A HREF="/farming">Farming</A><BR><A HREF="/deaths">Deaths</A></FONT></TD>
<TD WIDTH=480 VALIGN=TOP><FONT SIZE=5 FACE=Georgia><B>{e(s.headline)}</B></FONT><BR><FONT SIZE=2><B>{e(s.byline)}</B></FONT><BR>
<FONT SIZE=1>15th March</FONT><P>{shot(0)}<FONT SIZE=2 FACE=Georgia>
{s.body(lambda k, t: f"<P><B>{e(t)}</B>" if k == "subhead" else f"<P>{e(t)}", shot)}</FONT></TD><TD WIDTH=160 VALIGN=TOP>
<FONT SIZE=1><B>Also today</B><BR><A HREF="/a1">Snow closes the mountain road for a third night</A><BR><A HREF="/a2">The man who counts puffins</A></FONT></TD></TR>
<TR><TD COLSPAN=3 ALIGN=CENTER><FONT SIZE=1>Site map | Contact | Place an advertisement</FONT></TD></TR></TABLE></BODY></HTML>"""
    return html, g


def printed(s: Story) -> tuple[str, Gold]:
    """The print version: a line about where it was printed from, rules, and no classes but one."""
    g = s.gold(published=s.day)
    g.byline = [s.byline]
    g.standfirst = [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit += [credit] * bool(credit)
        g.images.setdefault(caption, s.image(i))
        return f'<p><img src="{s.image(i)}" width="400"><br><small>{e(caption)}<br>{e(credit)}</small></p>'

    html = f"""<html><head><title>{e(s.headline)} - {e(s.outlet)} - Print version</title><meta name="robots" content="noindex">
<link rel="canonical" href="{s.url}"><meta name="dc.date" content="{s.day}"><meta name="dc.publisher" content="{e(s.outlet)}"></head>
<body class="print" onload="window.print()"><p><a href="javascript:window.print()">Print this page</a> | <a href="javascript:window.close()">Close window</a></p>
<hr><p>From {e(s.outlet)}, {s.url}</p><hr><h2>{e(s.headline)}</h2>{f"<p><b>{e(s.standfirst)}</b></p>" if s.standfirst else ""}
<p><i>{e(s.byline)}</i></p>{shot(0)}{s.body(lambda k, t: f"<h4>{e(t)}</h4>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}
<hr><p>&copy; {s.day[:4]} {e(s.outlet)}. Not to be copied without leave.</p></body></html>"""
    return html, g


def live(s: Story) -> tuple[str, Gold]:
    """A live page: entries with a time each, the linked data of a live posting, pictures in entries."""
    g = s.gold(authors=[s.writer], published=s.day + "T06:00:00Z", modified=s.day + "T21:30:00Z")
    g.byline = [s.byline]
    g.standfirst = [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(bare(credit))
        g.images.setdefault(caption, s.image(i))
        return (
            f'<figure class="live-post__image"><img data-src="{s.image(i)}" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" '
            f'alt=""><figcaption class="caption">{e(caption)} <cite class="credit">{e(bare(credit))}</cite></figcaption></figure>'
        )

    hours = iter(range(21, 5, -1))
    entries: list[str] = []
    for part, text in s.lines:
        if part == "photo":
            entries.append(shot(int(text)))
        else:
            hour = next(hours, 5)
            head = f"<h3>{e(text)}</h3>" if part == "subhead" else f"<p>{e(text)}</p>"
            entries.append(
                f'<article class="live-post" id="p{hour}"><header><time class="live-post__time" datetime="{s.day}T{hour:02}:10:00Z">'
                f'{hour:02}:10</time></header><div class="live-post__body">{head}</div><button>Share</button></article>'
            )
    updates = [
        {"@type": "BlogPosting", "headline": t[:60], "datePublished": s.day, "articleBody": t} for _, t in s.lines
    ]
    data = {
        "@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": s.headline, "url": s.url,
        "coverageStartTime": s.day + "T06:00:00Z", "datePublished": s.day + "T06:00:00Z", "dateModified": s.day + "T21:30:00Z",
        "author": {"@type": "Person", "name": s.writer}, "publisher": {"@type": "Organization", "name": s.outlet},
        "liveBlogUpdate": updates,
    }  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.headline)} – live</title>{ld(data)}</head><body>
<header class="site">{nav("Live", "News", "Video")}</header><main><div class="live-header"><span class="live-badge">Live</span><h1>{e(s.headline)}</h1>
{f'<p class="live-header__standfirst">{e(s.standfirst)}</p>' if s.standfirst else ""}<p class="live-header__byline">{e(s.byline)}</p></div>
<div class="live-feed">{"".join(entries)}</div></main><footer class="site-footer">Our handbook: how we report</footer></body></html>"""
    return html, g


def gallery(s: Story) -> tuple[str, Gold]:
    """A picture gallery: slides with caption and credit, and a short text."""
    g = s.gold(authors=[s.writer], published=s.day + "T12:00:00Z")
    g.byline = [s.byline]
    g.standfirst = [s.standfirst] if s.standfirst else []
    texts = [text for part, text in s.lines if part == "body"][:3]
    g.body = texts

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(bare(credit))
        g.images.setdefault(caption, s.image(i))
        return (
            f'<li class="gallery__item"><div class="gallery__img"><img src="{s.image(i)}" alt=""></div><div class="gallery__figcaption">'
            f'<span class="gallery__count">{i + 1}/{len(s.photos)}</span><p class="gallery__caption__main">{e(caption)}</p><p '
            f'class="gallery__credit">{e(bare(credit))}</p></div></li>'
        )

    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.headline)} – in pictures | {e(s.outlet)}</title>
<meta name="author" content="{e(s.writer)}"><meta property="og:site_name" content="{e(s.outlet)}"><meta property="og:url" content="{s.url}">
<meta property="article:published_time" content="{s.day}T12:00:00Z"></head><body><header>{nav("News", "Pictures")}</header><main>
<div class="gallery"><h1 class="content__headline">{e(s.headline)}</h1>{f'<div class="content__standfirst"><p>{e(s.standfirst)}</p></div>' if s.standfirst else ""}
<p class="byline">{e(s.byline)}</p><div class="content__intro">{"".join(f"<p>{e(t)}</p>" for t in texts)}</div>
<ul class="gallery__images-list">{"".join(shot(i) for i in range(len(s.photos)))}</ul></div>{teasers("More galleries", "onward")}</main>
<footer>Terms and conditions</footer></body></html>"""
    return html, g


BEFORE = {
    "blog": (blog, "2025-03-24_solway-chronicle_rhinns-star-vigil"),
    "broadcaster": (broadcaster, "2025-04-17_the-meridian_osh-measles"),
    "daily": (daily, "2025-03-17_the-meridian_rhinns-star"),
    "suite": (publishing_suite, "2025-03-14_harbour-wire_rhinns-star"),
    "phone": (phone, "2025-03-14_daily-klaxon_alay-brit"),
    "microdata": (microdata, "2025-03-15_solway-chronicle_rhinns-star"),
    "fields": (fields, "2025-05-28_atnia_osh-count-order"),
    "letters": (letters, "2025-04-26_the-undertow_border-rail"),
    "tables": (tables, "2025-04-23_solway-chronicle_border-rail"),
    "printed": (printed, "2025-05-28_the-meridian_osh-count"),
    "live": (live, "2025-06-27_harbour-wire_strand-trial-verdict"),
    "gallery": (gallery, "2025-02-08_harbour-wire_eden-flood-minister"),
}


def made(styles: dict[str, tuple[object, str]]) -> dict[str, tuple[str, Gold]]:
    """Name of a style -> its page and what the page holds."""
    pages = {}
    for name, (style, article) in styles.items():
        told = story(article)
        html, gold = style(told)  # type: ignore[operator]
        if told.sign_off and e(told.sign_off) in html:
            gold.byline.append(told.sign_off)
        gold.credit = [credit for credit in gold.credit if credit.strip("()")]
        pages[name] = (html, gold)
    return pages
