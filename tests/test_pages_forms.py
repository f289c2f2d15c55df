"""Bylines, pictures' lines and standfirsts in many forms of markup, all of one invented page."""

import json

import pytest

from newslab.layout.bylines import is_role, is_sign_off
from newslab.photos import photos
from newslab.readers.pages import article
from newslab.segments import segments

BODY = (
    "The council of Sandmere voted on Tuesday night to close the old harbour bridge for repairs that take a year.",
    "Engineers found cracks in four of its nine piers in March, and lorries have been kept off since, officials said.",
    "“We cannot wait for another winter to find out what the river thinks of it,” said Maren Holt, who runs the works.",
    "Shopkeepers on the east bank said that they would lose half of their trade, and asked for a ferry until then.",
    "The council put the cost at 14 million crowns, of which the state has promised to pay six million by December.",
    "A vote on the rest of the money is due in October, after the elections to the upper chamber of the assembly.",
)
SUM = "Lorries have been kept off it since March, when cracks were found in its piers"
STANDFIRST = f'<p class="standfirst">{SUM}</p>'
BYLINE = '<p class="byline">By Ana Vries</p>'
TIME = '<time datetime="2025-03-04T10:00:00Z">4 March 2025, 10:00</time>'
ANA, JO = '<a href="/author/ana-vries">Ana Vries</a>', '<a href="/author/jo-roe">Jo Roe</a>'
IMAGE = '<img src="pier.jpg" width="800" height="500" alt="A pier">'
CREW = ("Photographs by Kim Dale", "Photos by Kim Dale", "Foto: Kim Dale")
SAID = "Workers look at the cracked pier of the harbour bridge on Monday"


def page(head=BYLINE, figure="", inner="", foot="", authors=("Ana Vries",), standfirst=STANDFIRST):
    paragraphs = [f"<p>{text}</p>" for text in BODY]
    paragraphs.insert(3, inner)
    people = [{"@type": "Person", "name": name} for name in authors]
    data = {
        "@type": "NewsArticle",
        "headline": "Harbour bridge to close for a year",
        "author": people,
        "datePublished": "2025-03-04T10:00:00Z",
        "publisher": {"@type": "Organization", "name": "Sandmere Post"},
    }
    return (
        "<html lang=en><head><title>Harbour bridge to close for a year - Sandmere Post</title>"
        f'<script type="application/ld+json">{json.dumps(data if authors else {})}</script></head><body>'
        f"<main><article><header><h1>Harbour bridge to close for a year</h1>{standfirst}{head}</header>{figure}"
        f'<div class="story-body">{"".join(paragraphs)}{foot}</div></article></main>'
        "<aside><h3>Most read</h3><ul><li><a href=#>Man finds boat in his attic</a></li></ul></aside></body></html>"
    )


def parts(html, *names):
    read = article(html)
    return [s.text for s in segments(read.text, markup=read.markup) if s.part in names]


@pytest.mark.parametrize("told", [True, False], ids=["told by data", "not told"])
@pytest.mark.parametrize(
    ("head", "bylines"),
    [
        (f'<div class="byline">By {ANA}<span>, Political Editor</span></div>', ["By Ana Vries"]),
        (f'<div class="byline">By {ANA}, <span class="job">Political Editor</span></div>', ["By Ana Vries"]),
        (f'<div class="byline"><span>By</span> {ANA} <em>Political Editor</em> {TIME}</div>', ["By Ana Vries"]),
        (f'<ul class="author"><li>By</li> <li>{ANA} <span>Senior Reporter</span></li></ul>', ["By Ana Vries"]),
        (f'<div class="meta">By {ANA} <span class="location">Oslo</span> {TIME}</div>', ["By Ana Vries"]),
        (f'<div class="meta">By {ANA} <span>in Oslo</span> <span>March 4, 2025</span></div>', ["By Ana Vries"]),
        (f'<div class="meta">By {ANA} in Oslo <span>March 4, 2025</span></div>', ["By Ana Vries in Oslo"]),
        (f'<div class="meta"><span>{ANA}</span> | <span>{TIME}</span> | <span>4 min read</span></div>', ["Ana Vries"]),
        (f'<div class="sig">By {ANA}<span> Follow @anavries</span></div>', ["By Ana Vries"]),
        (f'<p class="author">{ANA}<span>, Reporter</span> <a>@vries</a> <a>a@x.example</a></p>', ["Ana Vries"]),
        (f'<p class="by">{ANA} <span>Reporter</span> and {JO} <span>Editor</span></p>', ["Ana Vries and Jo Roe"]),
        (f'<p class="by"><b>{ANA}</b> | <b>{JO}</b> <i class="place">in Oslo</i> {TIME}</p>', ["Ana Vries | Jo Roe"]),
        (f'<ul class="authors"><li>{ANA}<span>Reporter</span></li><li>{JO}<span>Editor</span></li></ul>',
         ["Ana Vries", "Jo Roe"]),
        (f'<div class="pst"><amp-img src="a.jpg" width="32" height="32" alt="Ana Vries"></amp-img><div><span>'
         f'Written by: {ANA}</span> <span>March 4, 2025 20:15 pm IST</span></div></div>', ["Written by: Ana Vries"]),
        (f'<div class="art"><b>Edited By: Kim Dale</b> <b>Written by: {ANA}</b></div>', ["Written by: Ana Vries"]),
        (f'<p class="byline">Words by {ANA} <span>Photographs by Kim Dale</span></p>', ["Words by Ana Vries"]),
        (f'<p class="byline">By {ANA} | Photos by Kim Dale</p>', ["By Ana Vries"]),
        (f'<p class="byline">By {ANA}</p><p class="photos">Photographs by Kim Dale</p>', ["By Ana Vries"]),
        (f'<div class="autore">di <b>Ana Vries</b> <span>- Oslo</span> {TIME}</div>', ["di Ana Vries"]),
        (f'<div class="post-meta"><span>by {ANA}</span> <a href="/d">{TIME}</a> <i>in <a href="/c">Local</a></i>'
         ' <span>0 comments</span></div>', ["by Ana Vries"]),
        ('<p class="autor"><b>Text:</b> Ana Vries <b>Foto:</b> Kim Dale</p>', ["Text: Ana Vries"]),
        ('<p>Autor: <b>Ana Vries</b></p><p>4.3.2025, 10:00</p>', ["Autor: Ana Vries"]),
        (f'<div class="by">By: {ANA} - <span>Reporter</span> / <span>@vries</span></div>', ["By: Ana Vries"]),
        (f'<div class="by"><span>By {ANA} | <i>Reporter</i> | <i>@vries</i></span></div>', ["By Ana Vries"]),
        (f'<div class="byline"><a href="/">The Sandmere Mail</a> / {TIME}</div><p class="author">{ANA}'
         f'</p>', ["Ana Vries"]),
        (f'<p class="author">{ANA}</p><div class="byline"><a href="/">The Sandmere Mail</a> / {TIME}'
         f'</div>', ["Ana Vries"]),
        ("<p><b>Ana Vries</b><br><a href='mailto:ana@x.example'>ana@x.example</a></p>", ["Ana Vries"]),
        ('<div class="info"><strong>Ana Vries</strong></div><div>ana@x.example</div>', ["Ana Vries"]),
        (f'<div class="author-info"><p>By {ANA}, <span>Senior Writer.</span></p>'
         f'<p>I write about rivers and their towns.</p>'
         f'</div>{TIME}', ["By Ana Vries"]),
        (f'<div class="meta">{TIME} <span>By</span> {ANA}</div>', ["By Ana Vries"]),
        (f'<div class="meta">Ana Vries • {TIME} • 3 min read</div>', ["Ana Vries"]),
        (f'<div class="firma"><img class="autor-foto" src="a.png"><div class="autor">{ANA}</div><div class="lugar">'
         f'<span>Oslo - </span></div>{TIME}</div>', ["Ana Vries"]),
    ],
)  # fmt: skip
def test_bylines_are_cut_from_what_stands_beside_them(head, bylines, told):
    names = tuple(name for name in ("Ana Vries", "Jo Roe") if name in head)
    html = page(head, authors=names if told else ())
    beside = [
        text for text in parts(html, "byline")
        if text in bylines or not (is_sign_off(text) or (is_role(text) and "Vries" not in text))
    ]  # fmt: skip
    assert beside == bylines
    assert sorted(article(html).authors) == sorted(names)
    assert parts(html, "standfirst") == [SUM]
    assert parts(html, "caption") == []
    assert parts(html, "credit") == [text for text in CREW if text.split()[0] in head]
    assert parts(html, "body") == list(BODY)


@pytest.mark.parametrize("inner", [False, True], ids=["above the text", "in it"])
@pytest.mark.parametrize(
    ("figure", "credit"),
    [
        (f"<figure>{IMAGE}<figcaption>{SAID} / Kim Dale</figcaption></figure>", "Kim Dale"),
        (f"<figure>{IMAGE}<figcaption>{SAID} — KIM DALE</figcaption></figure>", "KIM DALE"),
        (f"<figure>{IMAGE}<figcaption>{SAID} (Kim Dale, Nordpress)</figcaption></figure>", "(Kim Dale, Nordpress)"),
        (f"<figure>{IMAGE}<figcaption>{SAID} <span>Kim Dale</span> <span>NORDPRESS</span></figcaption></figure>",
         "Kim Dale NORDPRESS"),
        (f'<figure>{IMAGE}<figcaption>{SAID} <span>Kim Dale</span>, <span>Jo Hart</span> and <span>Nordpress</span>'
         "</figcaption></figure>", "Kim Dale, Jo Hart and Nordpress"),
        (f'<figure>{IMAGE}<figcaption>{SAID} <a class="credit">Kim Dale</a>/<a>Nordpress</a></figcaption></figure>',
         "Kim Dale/Nordpress"),
        (f'<figure>{IMAGE}<figcaption>{SAID} <i class="author">K. D.</i> <i>(NORDPRESS)</i></figcaption></figure>',
         "K. D. (NORDPRESS)"),
        (f"<figure>{IMAGE}<figcaption>{SAID} <span>Kim Dale for the Sandmere Post</span></figcaption></figure>",
         "Kim Dale for the Sandmere Post"),
        (f'<div class="image"> {IMAGE}<span>{SAID}</span><span>Photo Kim Dale</span></div>', "Photo Kim Dale"),
        (f"<div class='embed'>{IMAGE}<div><div>{SAID}</div><div>Kim Dale, staff photographer</div></div></div>",
         "Kim Dale, staff photographer"),
        (f'<figure><span class="credit">Kim Dale for Sandmere Post</span>{IMAGE}<figcaption>{SAID}</figcaption>'
         "</figure>", "Kim Dale for Sandmere Post"),
        (f'<figure>{IMAGE}<figcaption>{SAID}</figcaption><div><span class="credit">Kim Dale</span> <i>/</i> '
         '<span class="credit-source">Nordpress</span></div></figure>', "Kim Dale / Nordpress"),
    ],
)  # fmt: skip
def test_credits_are_cut_from_captions(figure, credit, inner):
    html = page(**{"inner" if inner else "figure": figure})
    assert parts(html, "caption") == [SAID]
    assert parts(html, "credit") == [credit]
    assert parts(html, "body") == list(BODY)


def test_a_credit_that_is_not_printed_is_told_in_the_photos_table_alone():
    image = IMAGE.replace("<img", '<img data-credit="Kim Dale/Nordpress"')
    read = article(page(figure=f"<figure>{image}<figcaption>{SAID}</figcaption></figure>"))
    assert "Kim Dale" not in read.text
    (photo,) = photos(read.text, segments=segments(read.text, markup=read.markup), markup=read.markup)
    assert (photo.photographer, photo.agency, photo.credit) == ("Kim Dale", "Nordpress", "Kim Dale/Nordpress")


@pytest.mark.parametrize(
    "form", ["<h2>{}</h2>", '<div class="sub">{}</div>', "<p><em>{}</em></p>", '<p class="x">{}</p>']
)
@pytest.mark.parametrize("below", [False, True], ids=["above the byline", "below it"])
def test_a_line_in_the_headlines_own_box_is_the_standfirst(form, below):
    line = form.format(SUM)
    html = page(standfirst=BYLINE, head=line) if below else page(standfirst=line)
    assert parts(html, "standfirst") == [SUM]
    assert parts(html, "byline") == ["By Ana Vries"]


@pytest.mark.parametrize(
    "line",
    [
        "Post researcher Kim Dale contributed to this report. Reach Ana Vries at ana@post.example.",
        "Vries reported from Oslo. Nordpress writer Kim Dale in Bergen contributed to this report.",
        "Kim Dale contributed research. Design by Jo Hart.",
        "— With assistance from Kim Dale",
        "ana@post.example",
        "This story was produced with Nordpress, a partner of the Sandmere Post.",
    ],
)
def test_who_helped_is_no_part_of_the_body(line):
    assert parts(page(foot=f"<p>{line}</p>"), "body") == list(BODY)


@pytest.mark.parametrize(
    "inner",
    [
        '<div class="module_ad"><p>ADVERTISE HERE! Call 0700 555 014 for our winter rates</p></div>',
        '<figure class="quote"><blockquote>We cannot wait for another winter</blockquote>'
        "<figcaption>Maren Holt</figcaption></figure>",
        '<div class="video"><p class="video-title">Watch: Lorries turn back at the bridge</p><p>02:13</p></div>',
        '<p class="continue">Story continues after this advertisement</p>',
    ],
)
def test_boxes_in_the_text_are_no_part_of_the_body(inner):
    assert parts(page(inner=inner), "body", "caption") == list(BODY)


def test_a_sentence_is_no_sign_off():
    for line in (
        "He reported from Oslo for ten years.",
        "The rain contributed to this report.",
        "Reach Oslo at night.",
    ):
        assert not is_sign_off(line)


WHOLE = SAID + "."  # of a caption that is a sentence


@pytest.mark.parametrize("inner", [False, True], ids=["above the text", "in it"])
@pytest.mark.parametrize(
    ("figure", "caption", "credit"),
    [
        (f"<aside class='inline'><figure>{IMAGE}<figcaption>{WHOLE} <cite>Kim Dale/NP</cite>"
         f"</figcaption></figure></aside>",
         WHOLE, "Kim Dale/NP"),
        (f"<aside>{IMAGE}<div class='caption'>{WHOLE}</div><div class='credit'>Kim Dale/NP</div></aside>",
         WHOLE, "Kim Dale/NP"),
        (f"<div class='promo-media'><figure>{IMAGE}<figcaption>{WHOLE} (Kim Dale/NP)</figcaption></figure></div>",
         WHOLE, "(Kim Dale/NP)"),
        (f"<figure>{IMAGE}<figcaption><i class='cap'>{SAID}</i> <span class='credit'><b>Credit</b>: "
         f"<i>Kim Dale</i></span>"
         "</figcaption></figure>", SAID, "Credit: Kim Dale"),
        (f"<figure>{IMAGE}<figcaption><p>{SAID}</p><p><b>Photograph</b><b>: </b><b>Kim Dale</b></p>"
         f"</figcaption></figure>",
         SAID, "Photograph: Kim Dale"),
        (f"<figure><div class='chart-title'>Going Up</div>{IMAGE}<figcaption>{WHOLE} "
         f"<small>SOURCE: SANDMERE COUNCIL</small>"
         "</figcaption></figure>", WHOLE, "SOURCE: SANDMERE COUNCIL"),
        (f"<figure><h4>Twelve years of repairs</h4>{IMAGE}<figcaption>{WHOLE} Chart: Kim Dale</figcaption></figure>",
         WHOLE, "Chart: Kim Dale"),
        (f"<div class='embed'><video src='a.mp4'></video><p class='caption'>{WHOLE}</p>"
         f"<p class='credit'>Video: Kim Dale</p>"
         "</div>", WHOLE, "Video: Kim Dale"),
        (f"<div><div><iframe src='a'></iframe></div><div class='media-caption'>{WHOLE}</div></div>", WHOLE, None),
        (f"<figure>{IMAGE}<figcaption class='video-caption'>{SAID} <span>(1:04)</span></figcaption>"
         f"</figure>", SAID, None),
        (f"<div class='player'>{IMAGE}<h3 class='player-title'>Bridge closes</h3>"
         f"<p class='video-desc'>All you need to know."
         "</p></div>", None, None),
        (f"[caption id='a' width='640']{IMAGE} {WHOLE} (Photo: Kim Dale)[/caption]", WHOLE, "(Photo: Kim Dale)"),
        (f"<p>[caption align='left']<a href='pier.jpg'>{IMAGE}</a>{SAID}[/caption]</p>", SAID, None),
    ],
)  # fmt: skip
def test_boxes_of_pictures_and_films_have_a_caption_and_a_credit(figure, caption, credit, inner):
    html = page(**{"inner" if inner else "figure": figure})
    assert parts(html, "caption") == [text for text in [caption] if text]
    assert parts(html, "credit") == [text for text in [credit] if text]
    assert parts(html, "body") == list(BODY)


@pytest.mark.parametrize(
    "credit",
    [
        "[Kim Dale for the Sandmere Post]", "Special to the Post/Kim Dale", "Kim Dale | Sandmere Post",
        "Photo supplied",
        "Handout via Sandmere Fire Service", "Map: Kim Dale; data: Sandmere Council", "- Kim Dale",
        "Screenshot/Sandmere Council livestream", "( Supplied: Kim Dale )", "Credit – Kim Dale", "Photo - Kim Dale",
        "Kim Dale - staff, NORDPRESS", "PHOTO BY KIM DALE", "(Contributed)", "Image: Supplied by the Harbour Trust.",
        "Picture by Kim Dale (CC BY-SA 2.0)",
    ],
)  # fmt: skip
def test_credits_in_plain_type_are_cut_from_captions(credit):
    html = page(figure=f"<figure>{IMAGE}<figcaption>{WHOLE} {credit}</figcaption></figure>")
    assert parts(html, "caption") == [WHOLE]
    assert [text.strip("()[] ") for text in parts(html, "credit")] == [credit.strip("()[]- ")]


@pytest.mark.parametrize("first", ["Photo: Kim Dale.", "<em>Photo by Kim Dale</em>"])
def test_a_credit_may_stand_before_its_caption(first):
    html = page(figure=f"<figure>{IMAGE}<figcaption>{first} {WHOLE}</figcaption></figure>")
    assert parts(html, "caption") == [WHOLE]
    assert len(parts(html, "credit")) == 1


@pytest.mark.parametrize(
    "foot",
    [
        "<p>Questions or tips? Write to us at post@x.example.</p>",
        "<p><em>Something to add? Please email Ana at ana@x.example</em></p>",
        "<div class='source'><hr>Source: Sandmere Post and agencies</div>",
        "<section class='refs'><h3>References</h3>"
         "<p>K. Dale et al. Harbour bridges and their piers. Bridge Letters.</p>"
        "</section>",
        "<section><h3>From the Archive</h3><p>Bridge halts railway as piers freeze, 1934</p></section>",
        "<section><h2>More on bridges</h2><ul><li><h4><a href='#'>A comet that smells of almonds</a>"
         "</h4><p>By Jo Hart</p>"
        "</li></ul></section>",
        "<div class='bio'><h4>About the Author: Ana Vries</h4>"
         "<p>Ana joined the Post after working in the north.</p></div>",
    ],
)  # fmt: skip
def test_what_stands_at_the_foot_is_no_part_of_the_article(foot):
    assert parts(page(foot=foot), "body", "subhead") == list(BODY)
    assert parts(page(foot=foot), "byline") == ["By Ana Vries"]


def test_a_text_in_boxes_that_each_stand_in_a_box_is_read_whole():
    boxes = [f"<div class='text section'><div class='body-text'{{}}><p>{text}</p></div></div>" for text in BODY]
    html = page(inner="").replace("".join(f"<p>{text}</p>" for text in BODY), "".join(boxes).format(
        " itemprop='articleBody'", *[""] * 5))  # fmt: skip
    assert parts(html, "body") == list(BODY)


@pytest.mark.parametrize(
    "figure",
    [
        f"<figure>{IMAGE}<figcaption>(CC BY 2.0)</figcaption></figure>",
        f'<div><img src="a.jpg" width="{"9" * 5000}" height="{"9" * 5000}"><p>{SAID}</p></div>',
    ],
)
def test_odd_pictures_do_not_end_a_page(figure):
    assert parts(page(figure=figure), "headline")
