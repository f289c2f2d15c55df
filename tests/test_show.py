"""Articles and rows as HTML: marks nest, links lead somewhere, and nothing from an article is anything but text."""

from __future__ import annotations

import base64
import hashlib
import time
from html.parser import HTMLParser
from itertools import pairwise
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.drawing.facts import amount, facts, in_words
from newslab.drawing.markup import KINDS, MAX_DEPTH, Mark, escape, in_order, link, mark_up
from newslab.records import frame
from newslab.show import MAX_ROWS, context, page, show
from tests.growth import assert_linear
from tests.made_notes import ATTACK, LONG, ONERROR, made

VOID = {"meta", "br"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "div", "header", "main", "article", "section", "footer",
    "details", "summary", "h1", "h2", "p", "span", "b", "i", "mark", "a", "small", "table", "thead", "tbody",
    "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "class", "title", "dir", "lang", "id", "href", "rel", "aria-label", "data-n", "data-label", "scope", "charset",
    "name", "content", "http-equiv",
}  # fmt: skip


class Reader(HTMLParser):
    """Tags in order, text outside the style sheet, and for each character the classes of marks around it."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.stack, self.text, self.style, self.around = [], [], "", "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        assert len(attrs) == len(dict(attrs))
        if tag not in VOID:
            self.stack.append((tag, dict(attrs).get("title"), dict(attrs).get("class") or ""))

    def handle_endtag(self, tag):
        assert self.stack and self.stack.pop()[0] == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        if self.stack and self.stack[-1][0] == "style":
            self.style += data
            return
        self.text += data
        self.around += [[title for _, title, name in self.stack if name.startswith("nl-")]] * len(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def harmless(html):
    """Parse, and check that there is nothing that could run, load or be sent."""
    reader = Reader(html)
    assert not reader.stack
    for tag, attributes in reader.tags:
        assert tag in TAGS, tag
        assert set(attributes) <= ATTRIBUTES, attributes
        href = attributes.get("href", "#")
        assert href.startswith(("#", "https://", "http://")), href
    return reader


def blank(text):
    return "".join(text.split())


@pytest.fixture(scope="module")
def corpus():
    return made()


def test_page_stands_alone(corpus):
    articles, notes = corpus
    html = page(articles.iloc[0], notes)
    reader = harmless(html)
    assert html.startswith("<!doctype html>") and reader.all("html") == [{"lang": "en"}]
    assert reader.all("article") == [{"lang": "en"}]
    assert "Ferry sinks off Bergen – The Harbour Post" in reader.text
    policy = next(meta["content"] for meta in reader.all("meta") if "http-equiv" in meta)
    digest = base64.b64encode(hashlib.sha256(reader.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in reader.style and "@import" not in reader.style
    assert any("width=device-width" in meta.get("content", "") for meta in reader.all("meta"))
    assert [len(reader.all(tag)) for tag in ("h1", "h2", "table")] == [1, 3, 3]


def test_page_has_the_whole_text_in_order(corpus):
    articles, notes = corpus
    for _, article in articles.iterrows():
        assert blank(article["text"]) in blank(Reader(page(article, notes)).text)
        assert blank(article["text"]) in blank(Reader(show(article, notes).html).text)
        assert blank(article["text"]) in blank(Reader(show(article).html).text)


def test_rows_and_marks_lead_to_each_other(corpus):
    articles, notes = corpus
    reader = harmless(page(articles.iloc[1], notes))
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    targets = {attributes["href"][1:] for attributes in reader.all("a") if attributes["href"].startswith("#")}
    assert len(ids) == len(set(ids)) and targets == set(ids) - {"row-p1"}
    assert {"s1", "s5", "f1", "f6", "p1", "row-s5", "row-f6"} <= set(ids)


def test_notebook_view_has_no_ids_which_two_cells_could_share(corpus):
    reader = harmless(show(corpus[0].iloc[1], corpus[1]).html)
    assert not any("id" in attributes or "href" in attributes for _, attributes in reader.tags)


def test_marks_say_what_was_found(corpus):
    articles, notes = corpus
    titles = [
        attributes["title"]
        for _, attributes in Reader(show(articles.iloc[0], notes).html).tags
        if "title" in attributes
    ]
    official = next(title for title in titles if "speaker: official" in title)
    assert "naming: unnamed; actor type: government" in official and "cue: say" in official
    figure = next(title for title in titles if title.startswith("figure: bound: at least"))
    assert "value: 9; counted: people; action: kill; place: Bergen; claimed by: Mira Halvorsen" in figure
    assert any("from: 100; to: 1,000" in title for title in titles)
    assert any("unit: percent" in title for title in titles)
    assert any(title.startswith("photo: photographer: Jo Lind") for title in titles)


def test_a_figure_lies_inside_its_content(corpus):
    html = show(corpus[0].iloc[0], corpus[1]).html
    inside = html[html.index('<span class="nl-content" title="statement:') :]
    assert inside.index("<mark") < inside.index("</mark>") < inside.index("</span>")


def attacked(article_id="x", text=ATTACK):
    """An article and its notes with markup in every cell that takes text."""
    evil = f"{ATTACK}{ONERROR}' onmouseover='alert(1) &lt;b&gt; javascript:alert(1)"
    span = {"article_id": article_id, "start": 0, "end": len(text), "text": text, "found_by": evil}
    others = {
        "speaker": evil,
        "cue_lemma": evil,
        "content_text": evil,
        "naming": evil,
        "actor_type": evil,
        "role": evil,
    }
    rows = {
        "segments": span | {"segment_id": evil, "part": evil},
        "statements": span | others | {"statement_id": evil, "content": [[0, len(text)]], "via": evil},
        "quantities": span | {"quantity_id": evil, "bound": evil, "unit": evil, "claimed_by": evil, "low": 1.0},
        "photos": span | {"photo_id": evil, "caption": evil, "photographer": evil, "people": [evil], "image_url": evil},
        "entities": span | {"mention_id": evil, "entity_id": evil, "name": evil, "label": evil},
        "sentences": span | {"sentence_id": evil, "voice": evil},
        "articles": {
            "article_id": article_id, "text": text, "headline": evil, "outlet": evil, "byline": evil, "published": evil,
            "language": '"><script>', "url": "javascript:alert(1)", "problem": evil,
        },
    }  # fmt: skip
    return SimpleNamespace(**{name: frame(name, [row]) for name, row in rows.items()})


@pytest.mark.parametrize(
    "text", [ATTACK, ONERROR, "</style></article><iframe src=//x>", "<!-- --> &#60; <b", "]]>'\"`"]
)
@pytest.mark.parametrize("article_id", ["x", ATTACK, ONERROR])
def test_markup_in_any_cell_is_text(text, article_id):
    notes = attacked(article_id, text)
    article = notes.articles.iloc[0]
    for html in (page(article, notes), show(article, notes).html, show(article).html):
        assert text in harmless(html).text
    for name in ("statements", "quantities", "photos", "entities", "sentences", "segments"):
        html = context(getattr(notes, name), notes.articles).html
        assert text in harmless(html).text and article_id in harmless(html).text


def test_addresses_that_are_not_of_the_web_are_no_links():
    for bad in (
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//x.org",
        "http:///x",
        "https://",
        "\x01http://x",
    ):
        assert not Reader(link(bad, "w")).tags, bad
    tag, attributes = Reader(link('https://example.org/?a="><script>', "w")).tags[0]
    assert tag == "a" and attributes["href"] == 'https://example.org/?a="><script>'


def test_the_page_of_the_attacked_article_links_only_to_the_web(corpus):
    articles, notes = corpus
    links = harmless(page(articles.iloc[11], notes)).all("a")
    assert all(attributes["href"].startswith("#") for attributes in links)
    links = [a["href"] for a in harmless(page(articles.iloc[0], notes)).all("a") if not a["href"].startswith("#")]
    assert links == ["https://example.org/a1?a=1&b=2", "https://example.org/a.jpg"]


@given(st.text(max_size=200))
def test_any_text_is_shown_as_it_is(text):
    article = pd.Series({"article_id": "a", "text": text, "headline": text, "outlet": text, "url": text})
    html = page(article, None)
    html.encode("utf-8")  # no lone surrogates
    harmless(html)
    assert blank(Reader(escape(text)).text) in blank(Reader(html).text)


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(KINDS)), max_size=MAX_DEPTH)


@given(st.text('ab <&"\n', min_size=30, max_size=30), SPANS, st.lists(st.integers(0, 30), max_size=6))
def test_marks_nest_and_cover_what_they_should(text, spans, borders):
    marks = in_order(Mark(min(a, b), max(a, b), kind, f"t{i}") for i, (a, b, kind) in enumerate(spans))
    edges = sorted({0, 30, *borders})
    blocks = [(a, b) for i, (a, b) in enumerate(pairwise(edges)) if i % 3 != 2]
    pieces = mark_up(text, blocks, marks)
    assert len(pieces) == len(blocks)
    for (start, end), piece in zip(blocks, pieces, strict=True):
        reader = Reader(piece)
        assert reader.text == text[start:end] and not reader.stack
        for position, titles in enumerate(reader.around, start):
            assert sorted(titles) == sorted(m.title for m in marks if m.start <= position < m.end)


def test_marks_too_many_for_one_place_are_left_out_and_counted(corpus):
    article = pd.Series({"article_id": "a", "text": "x" * 50})
    rows = [
        {"article_id": "a", "quantity_id": f"q{i}", "start": i, "end": 50, "text": "x" * (50 - i), "found_by": "hand"}
        for i in range(MAX_DEPTH + 3)
    ]
    notes = SimpleNamespace(quantities=frame("quantities", rows))
    reader = harmless(page(article, notes))
    assert "3 more are not marked" in reader.text
    ids = {attributes.get("id") for _, attributes in reader.tags}
    assert all(attributes["href"][1:] in ids for attributes in reader.all("a"))


def test_time_is_linear():
    def made(n):
        text = "word " * n
        marks = in_order(Mark(5 * i, min(5 * i + 500, len(text)), KINDS[i % len(KINDS)], "t") for i in range(n))
        return text, [(0, len(text))], list(marks)

    assert_linear(lambda given: mark_up(*given), made, 2_500, 20_000)
    article = pd.Series({"article_id": "a", "text": "<word> " * 500_000})
    start = time.process_time()
    page(article, None)
    page(pd.Series({"article_id": "a", "text": "\n " * 500_000}), None)
    assert time.process_time() - start < 5


def test_segments_give_their_parts_and_long_furniture_folds(corpus):
    reader = harmless(show(corpus[0].iloc[0], corpus[1]).html)
    classes = [attributes["class"] for attributes in reader.all("p")]
    assert classes[:1] == ["nl-legend"]
    assert [name for name in classes if name != "nl-furniture"] == [
        "nl-legend", "nl-headline", "nl-caption", "nl-credit", "nl-body",
    ]  # fmt: skip
    assert "5 lines of page furniture" in reader.text and len(reader.all("details")) == 1


def test_what_no_segment_covers_is_shown_all_the_same():
    article = pd.Series({"article_id": "a", "text": "One.\nTwo.\n\nThree."})
    rows = [
        {"article_id": "a", "segment_id": "g", "start": 5, "end": 9, "text": "Two.", "part": "body", "found_by": "h"}
    ]
    reader = Reader(show(article, SimpleNamespace(segments=frame("segments", rows))).html)
    assert blank(reader.text).endswith("One.Two.Three.")


def test_missing_values_and_empty_tables_are_shown_as_such():
    article = pd.Series({"article_id": "a", "text": None, "problem": "the file is empty", "language": "xx-<"})
    notes = SimpleNamespace(**{name: frame(name, []) for name in ("segments", "photos", "statements", "quantities")})
    reader = harmless(page(article, notes))
    assert "No text. the file is empty" in reader.text and reader.text.count("None found.") == 3
    assert reader.all("article") == [{}]
    assert "nan" not in reader.text.lower() and repr(show(article, notes)).startswith("article a: 0 statements")


def test_notes_of_another_text_are_refused(corpus):
    articles, notes = corpus
    changed = articles.iloc[0].copy()
    changed["text"] = "x" + changed["text"]
    with pytest.raises(ValueError, match=r"show\(\): row 'a1/.*is not in the text of article 'a1'.\n.*annotate"):
        show(changed, notes)
    with pytest.raises(ValueError, match=r"context\(\): row 'a1/s"):
        context(notes.statements, pd.DataFrame([changed]))
    rows = notes.statements.head(1).copy()
    rows.at[0, "content"] = [[0, 10**6]]
    with pytest.raises(ValueError, match="is not in the text"):
        show(articles.iloc[0], SimpleNamespace(statements=rows))


def test_what_is_not_one_row_is_refused_with_a_way_out(corpus):
    for wrong in (corpus[0], "a1", None, ["a1"]):
        with pytest.raises(TypeError, match=r"takes one row of the articles table, not .*\nGive it articles.iloc\[0\]"):
            show(wrong)
    with pytest.raises(ValueError, match="the row has no text"):
        page(pd.Series({"article_id": "a"}), None)


def test_context_shows_rows_of_every_table_between_their_neighbours(corpus):
    articles, notes = corpus
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for name in ("statements", "quantities", "entities", "photos", "segments"):
        rows = getattr(notes, name).sample(8, random_state=1)
        shown = context(rows, articles, width=30)
        assert shown.frame.index.equals(rows.index) and len(shown.frame) == 8
        for row, (_, line) in zip(rows.to_dict("records"), shown.frame.iterrows(), strict=True):
            text = texts[row["article_id"]]
            assert line["left"] + line["text"] + line["right"] == text[max(0, row["start"] - 30) : row["end"] + 30]
            assert line["text"] == row["text"] and line["outlet"]
        reader = harmless(shown.html)
        assert len(reader.all("tr")) == 9
        assert "article_id" in repr(shown) and rows["article_id"].iloc[0] in repr(shown)


def test_context_shows_what_was_found(corpus):
    articles, notes = corpus
    shown = context(notes.statements.head(3), articles)
    assert LONG in shown.frame["found"].iloc[2] and LONG in Reader(shown.html).text
    assert 'class="nl-source"' in shown.html and 'class="nl-cue"' in shown.html
    assert 'class="nl-figure"' in context(notes.quantities.head(1), articles).html
    assert 'class="nl-hit"' in context(notes.entities.head(1), articles).html


def test_context_cuts_at_words_and_shows_line_breaks(corpus):
    articles = pd.DataFrame({"article_id": ["a"], "text": ["first second\nthird HERE fourth fifth"]})
    rows = pd.DataFrame({"article_id": ["a"], "start": [19], "end": [23], "text": ["HERE"]})
    line = next(line for line in Reader(context(rows, articles, width=14).html).text.split("Found")[1:])
    assert " ".join(line.split()) == "a…second ¶ third HERE fourth fifth"


def test_context_of_many_and_of_long_rows_stays_small():
    text = "word " * 20_000
    articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    rows = pd.DataFrame(
        {"article_id": "a", "start": 0, "end": len(text.strip()), "text": text.strip()}, index=range(900)
    )
    shown = context(rows, articles)
    assert len(shown.frame) == 900 and len(Reader(shown.html).all("tr")) == MAX_ROWS + 1
    assert "400 more rows are in .frame" in Reader(shown.html).text
    assert len(shown.html) < 3000 * MAX_ROWS and "characters more" in shown.html


def test_context_refuses_what_has_no_place(corpus):
    articles, notes = corpus
    with pytest.raises(ValueError, match=r"the rows have no start, no end.\nGive it rows of one of the notes"):
        context(articles, articles)
    with pytest.raises(ValueError, match=r"article 'a1' is not among the articles.\nGive it"):
        context(notes.statements.head(1), articles.tail(3))
    with pytest.raises(ValueError, match="width is -1"):
        context(notes.statements, articles, width=-1)
    assert "No rows." in context(notes.statements.head(0), articles).html


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"bound": "=", "value": 41.0, "low": 41.0, "high": 41.0}, "41"),
        (
            {"bound": "at least", "value": 1200.0, "low": 1200.0, "high": None, "unit": "hectare"},
            "at least 1,200 hectare",
        ),
        ({"bound": "range", "value": None, "low": 30.0, "high": 50.5}, "30 to 50.5"),
        ({"bound": "hundreds", "value": float("nan"), "low": 100.0, "high": 1000.0}, "hundreds (100 to 1,000)"),
        ({"bound": "=", "value": 1e300}, "1e+300"),
        ({}, ""),
    ],
)
def test_amounts_in_words(row, words):
    assert amount(row) == words


def test_cells_in_words():
    assert [in_words(x) for x in (None, float("nan"), pd.NA, "", " ", [], 3, 2.5, ["a", "b"], float("inf"))] == [
        "", "", "", "", "", "", "3", "2.5", "a, b", "inf",
    ]  # fmt: skip
    assert facts({"sentence_id": "t", "part": "body", "voice": "quoted", "tone": None}) == "part: body; voice: quoted"
    assert len(facts({"statement_id": "s", "speaker": "x" * 10_000})) == 400
