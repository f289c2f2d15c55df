# ruff: noqa: E501 - markup has long lines
"""Twelve styles of saved pages, written after the reader of saved pages; see `made_pages`."""

from __future__ import annotations

from html import escape as e

from tests.made_pages import Gold, Story, bare, comments, labelled, ld, nav, teasers


def hashed(s: Story) -> tuple[str, Gold]:
    """Hashed class names; the label of the credit is for screen readers, a summary by its id alone."""
    g = s.gold(
        authors=[s.writer], published=s.day + "T05:00:08-05:00", modified=s.day + "T17:21:30-05:00", section="World"
    )
    g.byline, g.standfirst = [f"By {s.writer}"], [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(bare(credit))
        g.images.setdefault(caption, s.image(i, "-articleLarge.jpg?quality=75"))
        return (
            f'<div class="css-79elbk" data-testid="photoviewer-wrapper"><figure class="img-sz-large css-hxpw2c" aria-label="media" role="group"><div '
            f'data-testid="photoviewer-children"><picture class="css-1j5kxti"><img alt="" class="css-rq4mmj" src="{s.image(i, "-articleLarge.jpg?quality=75")}"'
            f' srcset="{s.image(i, "-large")} 600w, {s.image(i, "-jumbo")} 1024w" width="600"></picture></div><figcaption class="css-1l44abu ewdxa0s0">'
            f'<span aria-hidden="true" class="css-jevhma e13ogyst0">{e(caption)}</span><span class="css-1u46b97 e1z0qqy90"><span class="css-visuallyhidden '
            f'visually-hidden">Credit...</span><span><span aria-hidden="false">{e(bare(credit))}</span></span></span></figcaption></figure></div>'
        )

    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": s.headline, "description": s.standfirst, "url": s.url,
        "datePublished": s.day + "T10:00:08.000Z", "dateModified": s.day + "T22:21:30.000Z", "articleSection": "World",
        "author": [{"@context": "https://schema.org", "@type": "Person", "url": "/by/x", "name": s.writer}],
        "publisher": {"@id": "#publisher"}, "copyrightYear": s.day[:4], "isAccessibleForFree": False,
    }  # fmt: skip
    org = {"@type": "NewsMediaOrganization", "@context": "https://schema.org", "name": s.outlet, "@id": "#publisher"}
    html = f"""<!DOCTYPE html><html lang="en" class="story"><head><meta charset="utf-8"><title data-rh="true">{e(s.headline)} - {e(s.outlet)}</title>
<link rel="canonical" href="{s.url}"><meta property="article:published_time" content="{s.day}T10:00:08.000Z">{ld(data)}{ld(org)}</head><body><div id="app"><div class="css-1aor85t">
<header class="css-1d8a290 e1nlfwdu0">{nav("World", "U.S.", "Arts")}</header><main id="site-content"><article id="story" class="css-1vxca1d e1lmdhsb0">
<header class="css-ds3g5p euiyums1"><div class="css-1vkm6nb ehdk2mb0"><h1 data-testid="headline" class="css-1l8buln e1h9rw200">{e(s.headline)}</h1></div>
{f'<p id="article-summary" class="css-1n0orw4 e1wiw3jv0">{e(s.standfirst)}</p>' if s.standfirst else ""}
{shot(0)}<div class="css-18e8msd"><div class="css-1baulvz"><p class="css-4anu6l e1jsehar1"><span class="byline-prefix">By </span><span class="css-1baulvz last-byline"
 itemprop="name"><a href="/by/x" class="css-n8ff4n e1jsehar0">{e(s.writer)}</a></span></p></div><ul class="css-1u1psjv"><li class="css-ccw2r3"><time class="css-1sbuyqj"
 datetime="{s.day}T05:00:08-05:00"><span class="css-1sbuyqj">Published {s.day}</span></time></li></ul></div></header><section name="articleBody" class="meteredContent css-1r7ky0e">
{s.body(lambda k, t: '<div class="css-s99gbd"><div class="css-53u6y8">' + (f'<h2 class="css-ow6j0y">{e(t)}</h2>' if k == "subhead" else f'<p class="css-at9mc1 evys1bk0">{e(t)}</p>') + "</div></div>", shot)}
</section><div class="bottom-of-article"><div class="css-1e2jphy"><p>{e(s.writer)} reports on the north. <a href="/by/x">More about {e(s.writer)}</a></p></div></div>
</article></main><section id="site-index">{nav("News", "Games")}</section><footer class="css-jq1cx6">© {s.day[:4]} {e(s.outlet)} Company</footer></div></div></body></html>"""
    return html, g


def regional(s: Story) -> tuple[str, Gold]:
    """A chain of regional papers: the image's credit in brackets within the caption, the author box with a role."""
    g = s.gold(authors=[s.writer], published=s.day + "T05:00:00+00:00", section="News")
    g.byline = [s.byline, *([s.role] if s.role else [])]

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        credit = f"(Image: {bare(credit)})" if credit else ""
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i))
        return (
            f'<div class="mar-article__image-wrapper"><div class="article__image"><img class="js-lazy" src="/resources/blank.gif" data-src="{s.image(i)}" alt="{e(caption)}">'
            f'</div><div class="article__image-caption"><p>{e(caption)} {e(credit)}</p></div></div>'
        )

    data = {
        "@context": "http://schema.org/", "@type": "NewsArticle", "headline": s.headline, "datePublished": s.day + "T05:00:00Z",
        "author": {"@type": "Person", "name": s.writer, "jobTitle": s.role}, "mainEntityOfPage": {"@type": "WebPage", "@id": s.url},
        "publisher": {"@type": "Organization", "name": s.outlet}, "articleSection": "News",
    }  # fmt: skip
    html = f"""<!doctype html><html lang="en-gb"><head><meta charset="utf-8"><title>{e(s.headline)} | {e(s.outlet)}</title>{ld(data)}<meta property="og:url" content="{s.url}"></head>
<body class="page-story has-sidebar"><div id="mantle_skin"><div class="mar-header"><ul class="mar-header__list"><li><a href="/news/">News</a></li><li><a href="/sport/">Sport</a></li></ul></div>
<div class="mar-article"><p class="mar-article__date">15th March</p><h1 class="mar-article__headline">{e(s.headline)}</h1><div class="mar-author"><div class="mar-author__details">
<p class="mar-author__name">By <a href="/author/1/">{e(s.writer)}</a></p><p class="mar-author__role">{e(s.role)}</p></div></div><div class="mar-share"><a href="#share">Share</a> <a href="#comments">41 Comments</a></div>
<div id="subscription-content" class="article-body">{shot(0)}{s.body(lambda k, t: f"<p><strong>{e(t)}</strong></p>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}
<div class="mar-block-newsletter"><h3>Get the headlines by email every morning</h3><p>Sign up to our morning letter and read it with your tea.</p></div></div></div>
<div class="mar-sidebar"><h2>Most popular</h2><ol><li><a href="/1">Snow closes the mountain road</a></li></ol></div>{comments()}</div><div class="footer">Registered in England</div></body></html>"""
    return html, g


def testid(s: Story) -> tuple[str, Gold]:
    """A wire's site: paragraphs in divs with data-testid, names joined by commas, the sign-off below."""
    g = s.gold(authors=[s.writer], published=s.day + "T19:42:11Z", modified=s.day + "T20:02:40Z", section="Europe")
    g.byline = [f"By {s.writer}"]

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(bare(credit))
        g.images.setdefault(caption, s.image(i, ".jpg?auth=1&width=1920"))
        return (
            f'<div class="styles__carousel-center__x" data-testid="ArticleBody-media"><figure class="styles__figure__y" data-testid="image"><div class="styles__image-container__3hkY5">'
            f'<img src="{s.image(i, ".jpg?auth=1&amp;width=1920")}" alt="Ferry" width="5000"></div><div data-testid="figcaption-block"><span class="text__text__1FZLe" data-testid="caption">'
            f'{e(caption)}</span> <span data-testid="credit-line" class="text__dark-grey__3Ml43">{e(bare(credit))}</span> <a href="/license">Purchase Licensing Rights, opens new tab</a></div></figure></div>'
        )

    names = s.writer.split(" and ")
    written = " and ".join(f'<a href="/authors/{i}" rel="author">{e(name)}</a>' for i, name in enumerate(names))
    data = {
        "@context": "http://schema.org", "@type": "NewsArticle", "headline": s.headline, "url": s.url, "mainEntityOfPage": s.url,
        "datePublished": s.day + "T19:42:11Z", "dateModified": s.day + "T20:02:40Z", "articleSection": "Europe",
        "author": [{"@type": "Person", "name": name} for name in names], "publisher": {"@type": "NewsMediaOrganization", "name": s.outlet},
    }  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.headline)} | {e(s.outlet)}</title>{ld(data)}</head><body><div id="fusion-app"><div data-testid="SiteHeader">
{nav("World", "Markets", "Legal")}</div><main><article data-testid="Article" class="article__container"><header data-testid="Heading-block"><nav aria-label="Breadcrumb"><a href="/world">World</a> | <a href="/europe">Europe</a></nav>
<h1 data-testid="Heading" class="text__heading_2__1K_hh">{e(s.headline)}</h1><div data-testid="AuthorByline" class="author-byline__x"><span>By {written}</span></div>
<div class="date-line__x"><time datetime="{s.day}T19:42:11Z"><span data-testid="DateLineText">March 14, {s.day[:4]}</span><span data-testid="DateLineText">7:42 PM GMT</span><span>Updated an hour ago</span></time></div></header>
{shot(0)}<div class="article-body__wrapper"><div class="article-body__content__17Yit">{s.body(lambda k, t: f'<h2 data-testid="Heading">{e(t)}</h2>' if k == "subhead" else f'<div data-testid="paragraph-3" class="text__text__1FZLe text__dark-grey__3Ml43">{e(t)}</div>', shot)}
<div data-testid="promo-box" class="ad-slot">Advertisement · Scroll to continue</div><p data-testid="SignUp">Sign up here for the daily briefing.</p></div></div>
<div data-testid="Trust">Our handbook: how we report</div></article>{teasers("Read next", "read-next-mobile")}</main><footer>{nav("Legal", "Terms")}</footer></div></body></html>"""
    return html, g


def agency_site(s: Story) -> tuple[str, Gold]:
    """An agency's site: figure with caption and credit in one text, 'Page-' names, a carousel on top."""
    g = s.gold(authors=[s.writer], published=s.day + "T14:10:00Z", modified=s.day + "T21:40:00Z", section="World News")
    g.byline = [f"By {s.writer}"]

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        credit = f"({bare(credit)})" if credit else ""
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i, "/1.jpg"))
        return (
            f'<div class="CarouselSlide"><div class="CarouselSlide-media"><bsp-figure><figure class="Figure"><img class="Image" alt="{e(caption)}" src="{s.image(i, "/1.jpg")}" width="599" height="399"></figure></bsp-figure></div>'
            f'<div class="CarouselSlide-info"><div class="CarouselSlide-infoDescription"><p>{e(caption)} {e(credit)}</p></div><span class="CarouselSlide-counter">{i + 1} of {len(s.photos)} | </span></div></div>'
        )

    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>{e(s.headline)} | {e(s.outlet)}</title><meta property="og:url" content="{s.url}"><meta property="og:site_name" content="{e(s.outlet)}">
<meta property="article:published_time" content="{s.day}T14:10:00"><meta property="article:section" content="World News"><meta property="article:modified_time" content="{s.day}T21:40:00">
{ld({"@context": "https://schema.org", "@type": "NewsArticle", "headline": s.headline, "datePublished": s.day + "T14:10:00Z", "dateModified": s.day + "T21:40:00Z", "author": [{"@type": "Person", "name": n} for n in s.writer.split(" and ")]})}</head>
<body class="Page-body"><bsp-header class="Page-header">{nav("World", "Politics", "Photos")}</bsp-header><div class="Page-content"><main class="Page-main"><div class="Page-oneColumn"><div class="Page-breadcrumbs"><a href="/world">World News</a></div>
<h1 class="Page-headline">{e(s.headline)}</h1><div class="Page-lead"><div class="Carousel"><div class="Carousel-slides">{"".join(shot(i) for i in range(len(s.photos)))}</div></div></div></div>
<div class="Page-authors-wrap"><div class="Page-byline"><div class="Page-authors">By <span class="Link">{e(s.writer)}</span></div><div class="Page-byline-info"><div class="Page-dateModified"><bsp-timestamp data-timestamp="1"><span data-date>Updated 9:40 PM GMT, March 14, {s.day[:4]}</span></bsp-timestamp></div></div>
</div><div class="Page-actions"><button>Share</button></div></div><div class="Page-storyBody"><div class="RichTextStoryBody RichTextBody">{s.body(lambda k, t: f"<h2>{e(t)}</h2>" if k == "subhead" else f"<p>{e(t)}</p>")}</div>
<div class="HtmlModuleEnhancement"></div></div></main></div>{teasers("Related stories", "PageListStandardD")}<footer class="Page-footer">Copyright {s.day[:4]} {e(s.outlet)}. All rights reserved.</footer></body></html>"""
    return html, g


def tabloid(s: Story) -> tuple[str, Gold]:
    """A tabloid: the intro above the byline, captions and credits in spans, a counter of pictures."""
    g = s.gold(
        authors=[s.writer], published=s.day + "T08:14:30+00:00", modified=s.day + "T11:45:00+00:00", section="UK News"
    )
    g.byline = [s.writer, *([s.role] if s.role else [])]
    g.standfirst = [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        credit = labelled("Credit: ", credit)
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i, "?w=620"))
        return (
            f'<figure class="article__media article__media--image"><div class="article__media-img-container open-gallery"><span class="article__media-count theme__background-color">{len(s.photos)}</span><img class="lazyload" '
            f'src="{s.image(i, "?w=620")}" data-credit="x" width="960"></div><div class="article__media-description"><span class="article__media-span">{e(caption)}</span><span class="article__credit">{e(credit)}</span></div></figure>'
        )

    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": s.headline, "articleSection": "UK News", "datePublished": s.day + "T08:14:30+00:00",
        "dateModified": s.day + "T11:45:00+00:00", "author": [{"@type": "Person", "name": s.writer}], "publisher": {"@type": "Organization", "name": s.outlet}, "mainEntityOfPage": s.url,
    }  # fmt: skip
    html = f"""<!doctype html><html lang="en-GB"><head><title>{e(s.headline)}</title><meta charset="utf-8">{ld(data)}</head><body><div class="sun-header">{nav("News", "Showbiz", "Sport")}</div><section class="sun-container__home-section"><article class="article">
<div class="article__subdeck theme-main"><span>SHOCK ON THE ROAD</span></div><h1 class="article__headline">{e(s.headline)}</h1><div class="article__content"><p class="article__content--intro">{e(s.standfirst)}</p></div>
<div class="article__author"><ul class="article__author-list"><li><a class="article__author-name" href="/author/x">{e(s.writer)}</a></li><li class="article__author-desc">{e(s.role)}</li></ul></div>
<ul class="article__meta"><li class="article__published"><span>Published</span>: <time datetime="{s.day}T08:14:30+00:00">8:14, 15 Mar {s.day[:4]}</time></li><li class="article__updated"><span>Updated</span>: <time datetime="{s.day}T11:45:00+00:00">11:45, 15 Mar {s.day[:4]}</time></li></ul>
<div class="article__content">{shot(0)}{s.body(lambda k, t: f"<h2>{e(t)}</h2>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}
<div class="rail rail--trending-recirc"><p class="rail__title">READ MORE ON FERRIES</p><div class="rail__item"><a href="/r">SEA SHOCK The oven was built in the year of the great frost</a></div></div></div></article></section>
<div class="sun-row teaser"><h2>Most read in UK</h2><a href="/m">PUFFIN PUZZLE</a></div><footer class="sun-footer">©News Group Nobody Limited. Our journalists strive for accuracy.</footer></body></html>"""
    return html, g


def middle_market(s: Story) -> tuple[str, Gold]:
    """Bulleted standfirst, mol-like groups of images with captions below, an author section."""
    g = s.gold(authors=[s.writer], published=s.day + "T10:31:00+0000")
    g.byline = [f"By {s.writer}"]
    points = [s.standfirst] if s.standfirst else []
    g.standfirst = points

    def shot(i: int) -> str:
        caption, _ = s.photos[i]
        g.caption.append(caption)
        g.images.setdefault(caption, s.image(i, "_0.jpg"))
        return (
            f'<div class="artSplitter mol-img-group"><div class="mol-img"><div class="image-wrap"><img id="i-{i}" src="{s.image(i, "_0.jpg")}" height="422" width="634" alt="" class="blkBorder img-share"/></div><noscript><img src="{s.image(i, "_0.jpg")}"></noscript></div>'
            f'<p class="imageCaption">{e(caption)}</p></div>'
        )

    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.headline)} | {e(s.outlet)}</title><link rel="canonical" href="{s.url}"><meta property="og:site_name" content="{e(s.outlet)}"><meta name="author" content="{e(s.writer)}">
<meta property="article:published_time" content="{s.day}T10:31:00+0000"></head><body id="page-1"><div class="page-header">{nav("Home", "Royals", "Money")}</div><div id="content" class="alpha"><div id="js-article-text" class="article-text wide heading-tag-switch"><h1>{e(s.headline)}</h1>
<ul class="mol-bullets-with-font">{"".join(f"<li class='class'><strong>{e(p)}</strong></li>" for p in points)}</ul><p class="author-section byline-section">By <a href="/x" class="author" rel="nofollow">{e(s.writer)}</a></p>
<p class="byline-section"><span class="article-timestamp article-timestamp-published"><span class="article-timestamp-label">Published:</span> <time datetime="{s.day}T10:31:00+0000">10:31 GMT, 15 March {s.day[:4]}</time></span></p>
<div id="articleIconLinksContainer" class="share-links"><ul><li>e-mail</li><li><a id="articleIconLinksComments">View comments</a></li></ul></div><div itemprop="articleBody">{shot(0)}
{s.body(lambda k, t: f'<h3 class="mol-para-with-font">{e(t)}</h3>' if k == "subhead" else f'<p class="mol-para-with-font">{e(t)}</p>', shot)}</div></div></div>
<div class="beta"><div class="femail item"><h3>TOP STORIES</h3><ul><li><a href="/t"><span class="pufftext">The man who counts puffins has lost his count</span><img src="/p.jpg"></a></li></ul></div></div>{comments()}<div class="page-footer">Published by nobody</div></body></html>"""
    return html, g


def state_agency(s: Story) -> tuple[str, Gold]:
    """A state agency: a lead of its own, the picture's caption in a box with a sign for its owner, views and tags."""
    g = s.gold(published=s.day + "T16:05:00+06:00", section="Incidents")

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        credit = f"© {bare(credit)}" if credit else ""
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i, ".jpg"))
        return (
            f'<div class="photoview__open" itemprop="image" itemscope itemtype="http://schema.org/ImageObject"><img itemprop="url" src="{s.image(i, ".jpg")}"><div class="photoview__desc"><div class="photoview__desc-text">{e(caption)}</div>'
            f'<div class="photoview__copyright">{e(credit)}</div></div></div>'
        )

    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.headline)} - {e(s.outlet)}, {s.day}</title><link rel="canonical" href="{s.url}"></head><body><div class="page__header">{nav("Main", "World", "Economy")}</div>
<div class="article" itemscope itemtype="http://schema.org/NewsArticle"><meta itemprop="articleSection" content="Incidents"><div itemprop="publisher" itemscope itemtype="http://schema.org/Organization"><meta itemprop="name" content="{e(s.outlet)}"></div>
<div class="article__header"><div class="article__info"><div class="article__info-date"><a href="/{s.day.replace("-", "")}/">16:05 {s.day[8:]}.{s.day[5:7]}.{s.day[:4]}</a></div><div class="article__views">3418</div></div>
<meta itemprop="datePublished" content="{s.day}T16:05:00+06:00"><h1 class="article__title" itemprop="headline">{e(s.headline)}</h1></div>{shot(0)}<div class="article__body" itemprop="articleBody">
{s.body(lambda k, t: f'<div class="article__block" data-type="h3"><h3 class="article__h3">{e(t)}</h3></div>' if k == "subhead" else f'<div class="article__block" data-type="text"><div class="article__text">{e(t)}</div></div>', shot)}
<div class="article__block" data-type="banner"></div></div><ul class="article__tags"><li><a href="/tag">In the world</a></li><li><a href="/tag2">Incidents</a></li></ul><div class="article__related"><span>Related materials</span><a href="/rel">Memo for citizens travelling abroad</a></div></div>
<div class="footer">When using materials, a hyperlink is obligatory</div></body></html>"""
    return html, g


def community_system(s: Story) -> tuple[str, Gold]:
    """A free content system of about 2012: article-info as a definition list, img_caption boxes."""
    g = s.gold(authors=[s.writer], published=s.day + "T06:40:12+01:00", section="Local news")
    g.byline = [f"Written by {s.writer}"]

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        credit = labelled("Picture: ", credit)
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i))
        return f'<div class="img_caption right" style="float: right; width: 300px;"><img class="caption" src="{s.image(i)}" width="300" title="{e(caption)}"><p class="img_caption">{e(caption)} {e(credit)}</p></div>'

    html = f"""<!DOCTYPE html><html lang="en-gb"><head><meta charset="utf-8"><base href="{s.url}"><meta name="author" content="{e(s.writer)}"><title>{e(s.headline)} - {e(s.outlet)}</title><link rel="canonical" href="{s.url}"></head><body class="site com_content view-article">
<div class="header"><a class="brand" href="/"><span class="site-title">{e(s.outlet)}</span></a></div><div class="navigation">{nav("Home", "Local news", "Sport")}</div><ul class="breadcrumb"><li>You are here:</li><li><a href="/">Home</a></li><li><a href="/local">Local news</a></li></ul>
<div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 itemprop="headline">{e(s.headline)}</h2></div><dl class="article-info muted"><dt class="article-info-term">Details</dt>
<dd class="createdby" itemprop="author" itemscope itemtype="https://schema.org/Person">Written by <span itemprop="name">{e(s.writer)}</span></dd><dd class="category-name">Category: <a href="/local" itemprop="articleSection">Local news</a></dd>
<dd class="published"><span class="icon-calendar"></span><time datetime="{s.day}T06:40:12+01:00" itemprop="datePublished">Published: 15 March {s.day[:4]}</time></dd><dd class="hits">Hits: 412</dd></dl>
<div itemprop="articleBody">{shot(0)}{s.body(lambda k, t: f"<h3>{e(t)}</h3>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}</div><ul class="pager pagenav"><li class="previous"><a href="/prev">Prev</a></li><li class="next"><a href="/next">Next</a></li></ul></div>
<div class="well moduletable"><h3>Most read posts</h3><ul><li><a href="/a">Four bakers, one oven</a></li></ul></div><footer class="footer"><p>© {s.day[:4]} {e(s.outlet)}</p></footer></body></html>"""
    return html, g


def essay(s: Story) -> tuple[str, Gold]:
    """An essay platform: sections, a subtitle as a heading, captions that end in who took the picture."""
    g = s.gold(authors=[s.writer], published=s.day + "T09:00:00.000Z")
    g.byline, g.standfirst = [s.writer], [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        credit = f"Photo by {bare(credit)}" if credit else ""
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i, "/max/1400"))
        return (
            f'<figure class="mq mr ms paragraph-image"><div role="button" tabindex="0" class="mv mw"><div class="mq"><picture><source srcset="{s.image(i, "/max/640")} 640w, {s.image(i, "/max/1400")} 1400w"><img alt="" class="bh" '
            f'src="{s.image(i, "/max/1400")}" width="700" loading="eager"></picture></div></div><figcaption class="na nb nc" data-selectable-paragraph="">{e(caption)} {e(credit)}</figcaption></figure>'
        )

    data = {
        "@context": "http://schema.org", "@type": "SocialMediaPosting", "headline": s.headline, "name": s.headline, "identifier": "x", "datePublished": s.day + "T09:00:00.000Z",
        "author": {"@type": "Person", "name": s.writer, "url": "https://essays.example/@x"}, "publisher": {"@type": "Organization", "name": s.outlet}, "mainEntityOfPage": s.url,
    }  # fmt: skip
    html = f"""<!doctype html><html lang="en"><head><title data-rh="true">{e(s.headline)} | by {e(s.writer)} | {e(s.outlet)}</title><link rel="canonical" href="{s.url}">{ld(data)}</head><body><div id="root"><div class="a b c"><div class="d"><a href="/m">Open in app</a><a href="/s">Sign up</a><a href="/i">Sign in</a></div>
<article><div class="l"><section><div><div class="gn go"><h1 class="pw-post-title" data-testid="storyTitle">{e(s.headline)}</h1></div>{f'<div><h2 class="pw-subtitle-paragraph">{e(s.standfirst)}</h2></div>' if s.standfirst else ""}
<div class="speechify-ignore ab cp"><div class="bn"><a href="/@x"><img alt="{e(s.writer)}" class="l fa bx" src="/me.jpeg" width="44" height="44" data-testid="authorPhoto"></a></div><div class="bm"><p class="be b"><a data-testid="authorName" href="/@x" rel="noopener follow">{e(s.writer)}</a></p><span>·</span><button>Follow</button></div>
<span class="be b"><span data-testid="storyReadTime">9 min read</span><span>·</span><span data-testid="storyPublishDate">Apr 26, {s.day[:4]}</span></span></div>{shot(0)}{s.body(lambda k, t: f'<h1 class="nx ny">{e(t)}</h1>' if k == "subhead" else f'<p class="pw-post-body-paragraph nd">{e(t)}</p>', shot)}</div></section></div></article>
<div class="footer-like"><div><a href="/tag">Railways</a><a href="/tag2">Work</a></div><p>412 claps</p><h2>More from {e(s.writer)}</h2><a href="/other"><h3>The man who counts puffins</h3><p>He has lost his count and does not mind.</p></a></div></div></div></body></html>"""
    return html, g


def weblog(s: Story) -> tuple[str, Gold]:
    """A free weblog: captions in the rows of a table, the author below the post."""
    g = s.gold(authors=[s.writer], published=s.day + "T21:10:00+00:00")
    g.byline = [f"Posted by {s.writer}"]

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i, "/s640/a.jpg"))
        return (
            f'<table align="center" cellpadding="0" cellspacing="0" class="tr-caption-container" style="margin-left: auto"><tbody><tr><td style="text-align: center"><a href="{s.image(i, "/s1600/a.jpg")}"><img border="0" src="{s.image(i, "/s640/a.jpg")}" width="640"></a></td></tr>'
            f'<tr><td class="tr-caption" style="text-align: center">{e(caption)} {e(credit)}</td></tr></tbody></table>'
        )

    html = f"""<!DOCTYPE html><html dir="ltr" lang="en"><head><meta charset="UTF-8"><title>{e(s.outlet)}: {e(s.headline)}</title><link rel="canonical" href="{s.url}"><meta property="og:title" content="{e(s.headline)}"><meta property="og:site_name" content="{e(s.outlet)}"></head><body class="loading">
<div class="header-outer"><h1 class="title"><a href="/">{e(s.outlet)}</a></h1><p class="description"><span>A weblog about one estuary and the people on both sides of it</span></p></div><div class="main-outer"><div class="blog-posts hfeed"><div class="date-outer"><h2 class="date-header"><span>Monday, 24 March {s.day[:4]}</span></h2>
<div class="date-posts"><div class="post-outer"><div class="post hentry uncustomized-post-template" itemprop="blogPost" itemscope itemtype="http://schema.org/BlogPosting"><h3 class="post-title entry-title" itemprop="name">{e(s.headline)}</h3><div class="post-header"></div>
<div class="post-body entry-content" id="post-body-1" itemprop="description articleBody">{shot(0)}{s.body(lambda k, t: f"<b>{e(t)}</b><br><br>" if k == "subhead" else f"{e(t)}<br><br>", shot)}<div style="clear: both"></div></div><div class="post-footer"><div class="post-footer-line"><span class="post-author vcard">Posted by
<span class="fn" itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">{e(s.writer)}</span></span></span> <span class="post-timestamp">at <abbr class="published" itemprop="datePublished" title="{s.day}T21:10:00+00:00" content="{s.day}T21:10:00+00:00">21:10</abbr></span></div></div></div></div></div></div></div>
{comments()}<div class="sidebar"><h2>Blog archive</h2><ul><li>March (4)</li><li>February (9)</li></ul></div></div><div class="footer-outer">Powered by paper</div></body></html>"""
    return html, g


def block_theme(s: Story) -> tuple[str, Gold]:
    """A blog system's block theme: wp-block names, the caption's credit after a bar, tags below."""
    g = s.gold(authors=[s.writer], published=s.day + "T07:00:00+00:00", modified=s.day + "T07:45:00+00:00")
    g.byline, g.standfirst = [s.writer], [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        credit = labelled("Photo: ", credit)
        g.caption.append(caption)
        g.credit.append(credit)
        g.images.setdefault(caption, s.image(i, "-1024x768.jpg"))
        return f'<figure class="wp-block-image size-large"><img decoding="async" width="1024" height="768" src="{s.image(i, "-1024x768.jpg")}" class="wp-image-1{i}"><figcaption class="wp-element-caption">{e(caption)} | {e(credit)}</figcaption></figure>'

    html = f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>{e(s.headline)} &#8211; {e(s.outlet)}</title><link rel="canonical" href="{s.url}"><meta property="og:site_name" content="{e(s.outlet)}"><meta property="article:published_time" content="{s.day}T07:00:00+00:00"><meta property="article:modified_time" content="{s.day}T07:45:00+00:00"></head><body class="wp-singular post-template-default">
<div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title"><a href="/">{e(s.outlet)}</a></p><nav class="wp-block-navigation"><ul><li>About</li><li>Donate</li></ul></nav></header><main class="wp-block-group"><div class="wp-block-group has-global-padding"><h1 class="wp-block-post-title">{e(s.headline)}</h1>
<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{e(s.standfirst)}</p></div><div class="wp-block-group is-layout-flex"><div class="wp-block-post-date"><time datetime="{s.day}T07:00:00+00:00">March 5, {s.day[:4]}</time></div><div class="wp-block-post-author-name"><a href="/author/x">{e(s.writer)}</a></div></div>
{shot(0)}</div><div class="entry-content wp-block-post-content has-global-padding">{s.body(lambda k, t: f'<h2 class="wp-block-heading">{e(t)}</h2>' if k == "subhead" else f"<p>{e(t)}</p>", shot)}</div><div class="wp-block-post-terms"><span>Tags:</span> <a href="/t" rel="tag">clinics</a>, <a href="/u" rel="tag">valleys</a></div>
<div class="wp-block-comments"><h2>Leave a Reply</h2><form><p>Your email address will not be published.</p></form></div></main><footer class="wp-block-template-part"><p>Designed with patience</p></footer></div></body></html>"""
    return html, g


def rdfa(s: Story) -> tuple[str, Gold]:
    """RDFa properties, dates in words, captions and credits in attributes of the picture alone."""
    g = s.gold(authors=[s.writer], published=s.day + "T17:00:00+00:00", section="Politics")
    g.byline, g.standfirst = [s.byline], [s.standfirst] if s.standfirst else []

    def shot(i: int) -> str:
        caption, credit = s.photos[i]
        g.caption.append(caption)
        g.credit.append(bare(credit))
        g.images.setdefault(caption, s.image(i, "_w.jpg"))
        return f'<div class="media-slot"><a class="zoom" href="{s.image(i, "_full.jpg")}"><img src="{s.image(i, "_w.jpg")}" data-caption="{e(caption)}" data-credit="{e(bare(credit))}" width="800" alt=""></a></div>'

    html = f"""<!DOCTYPE html><html lang="en" prefix="schema: http://schema.org/"><head><meta charset="utf-8"><title>{e(s.headline)} | {e(s.outlet)}</title><link rel="canonical" href="{s.url}"><meta name="DC.publisher" content="{e(s.outlet)}"><meta name="DCTERMS.issued" content="{s.day}T17:00:00+00:00"></head><body>
<div class="masthead"><ul class="menu"><li>Politics</li><li>Letters</li></ul></div><div class="story" typeof="schema:NewsArticle"><span property="schema:articleSection" content="Politics"></span><p class="kicker">POLITICS</p><h1 property="schema:headline">{e(s.headline)}</h1>
<p class="chapo" property="schema:abstract">{e(s.standfirst)}</p><p class="signature">{e(s.byline).replace(e(s.writer), f'<span property="schema:author" typeof="schema:Person"><span property="schema:name">{e(s.writer)}</span></span>')}</p>{shot(0)}
<div class="texte" property="schema:articleBody">{s.body(lambda k, t: f"<h3>{e(t)}</h3>" if k == "subhead" else f"<p>{e(t)}</p>", shot)}</div></div><div class="bas"><h4>Lire aussi</h4><ul><li><a href="/1">Snow closes the mountain road</a></li></ul><p>Tous droits réservés</p></div></body></html>"""
    return html, g


LATER = {
    "hashed": (hashed, "2025-06-03_the-meridian_strand-trial"),
    "regional": (regional, "2025-03-28_solway-chronicle_scots-budget"),
    "testid": (testid, "2025-03-08_harbour-wire_alay-daroot-korgon"),
    "agency": (agency_site, "2025-05-26_harbour-wire_osh-count"),
    "tabloid": (tabloid, "2025-04-12_daily-klaxon_osh-measles"),
    "middle": (middle_market, "2025-02-06_daily-klaxon_eden-flood"),
    "state": (state_agency, "2025-03-17_atnia_rhinns-star"),
    "community": (community_system, "2025-02-18_solway-chronicle_eden-flood-meeting"),
    "essay": (essay, "2025-04-25_the-undertow_osh-measles"),
    "weblog": (weblog, "2025-03-15_solway-chronicle_rhinns-star"),
    "blocks": (block_theme, "2025-03-05_the-undertow_alay-clinic"),
    "rdfa": (rdfa, "2025-03-31_the-meridian_rhinns-star-report"),
}  # fmt: skip
