"""Stories written as each archive exports them, read back: the same stories, whatever the file is called."""

import functools
import re
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.layout.markup import read_notes
from tests import made_exports as made

# name -> what writes it, and what of a story its files do not say
LAYOUTS = {
    "nexis": (made.write_nexis, ()),
    "nexis without cover": (functools.partial(made.write_nexis, cover=False), ()),
    "lexis text": (made.write_lexis_text, ()),
    "lexis text, labelled": (functools.partial(made.write_lexis_text, labelled=True), ()),
    "lexis html": (made.write_lexis_html, ()),
    "lexis html, labelled": (functools.partial(made.write_lexis_html, labelled=True), ()),
    "factiva html": (made.write_factiva_html, ("subjects",)),
    "factiva html, indexed": (functools.partial(made.write_factiva_html, indexed=True), ()),
    "factiva rtf": (made.write_factiva_rtf, ()),
    "factiva rtf, display": (
        functools.partial(made.write_factiva_rtf, indexed=False),
        ("subjects", "captions", "section"),
    ),
    "proquest text": (made.write_proquest_text, ()),
    "proquest html": (made.write_proquest_html, ()),
    "europresse": (made.write_europresse, ("subjects", "edition", "language")),
    "europresse, old": (
        functools.partial(made.write_europresse, old=True),
        ("subjects", "edition", "language", "captions", "byline"),
    ),
}
FACTS = ("headline", "outlet", "byline", "section", "page", "edition", "language")
each_layout = pytest.mark.parametrize("layout", LAYOUTS)

letters = st.text(string.ascii_lowercase + "éüßñç", min_size=2, max_size=9)
signs = st.sampled_from(
    ["&", "<b>", "a|b", "{x}", r"\par", "50%", "“so”", "it’s", "ferry", "ferryman", "—", "😀", "R&D", "3-4"]
)
words = st.one_of(letters, letters, letters, signs)
names = st.lists(letters.map(str.capitalize), min_size=2, max_size=3).map(" ".join)
sentences = st.builds(
    lambda begin, middle, end: f"{begin}{' '.join(middle)} {end}.",
    st.sampled_from(
        ["The ", "POLICE: ", "DATES: ", "What to expect: ", "NOTE: ", "“", "In March 4, 2018, ", "1 of 3 documents "]
    ),
    st.lists(words, min_size=5, max_size=30),
    letters,
)
stories = st.builds(
    made.Story,
    headline=st.lists(letters, min_size=2, max_size=12).map(lambda held: " ".join(held).capitalize()),
    outlet=names.map(lambda name: f"The {name} Post"),
    day=st.dates(date(1980, 1, 1), date(2030, 12, 31)),
    paragraphs=st.lists(sentences, min_size=1, max_size=5).map(tuple),
    byline=st.one_of(st.just(""), names),
    section=st.sampled_from(["", "News", "Région", "Politik"]),
    page=st.sampled_from(["", "A3", "12"]),
    edition=st.sampled_from(["", "Final Edition"]),
    captions=st.lists(letters.map(lambda word: f"The quay at {word} on a long night."), max_size=2).map(tuple),
    subjects=st.lists(letters.map(str.upper), max_size=3).map(tuple),
    language=st.sampled_from(sorted(made.MONTHS)),
)


@each_layout
@given(held=st.lists(stories, min_size=1, max_size=4))
def test_what_is_written_is_read(layout, held):
    write, unsaid = LAYOUTS[layout]
    found = made.read_back(write(held))
    assert len(found) == len(held), [article.problem for article in found]
    for story, article in zip(held, found, strict=True):
        assert article.problem is None
        assert article.published == story.day.isoformat()
        for name in FACTS:
            said = "" if name in unsaid else getattr(story, name)
            assert (getattr(article, name) or "") == said or name in unsaid, (name, getattr(article, name), said)
        body, captions = made.parts(article)
        assert body == story.paragraphs
        assert captions == (() if "captions" in unsaid else story.captions)
        assert "subjects" in unsaid or article.subjects == story.subjects
        for part, start, end, _ in read_notes(article.markup):
            assert part == "text" or article.text[start:end].strip() == article.text[start:end] != ""


@each_layout
def test_a_file_is_known_by_its_content_and_not_by_its_name(layout):
    story = made.Story(
        "Ferry line cuts sailings", "The Harbour Post", date(2018, 3, 4), ("The ferry line said so on Sunday.",) * 3
    )
    data = LAYOUTS[layout][0]([story, story])
    first = made.read_back(data)[0]
    for name in ("export.doc", "export.html", "export.txt", "export.DOCX", "export.rtf"):
        again = made.read_back(data, name)
        assert (again[0].text, again[0].source_format) == (first.text, first.source_format)
        assert len(again) == 2 and re.fullmatch(r"nexis|lexisnexis|factiva|proquest|europresse", first.source_format)
