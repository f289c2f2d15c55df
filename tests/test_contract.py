"""One contract for all finders: clean slices of the text, in order, on any string whatever."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newslab.articles import load_articles
from newslab.entities import entities
from newslab.parsing import load_model, parse
from newslab.quantities import quantities
from newslab.segments import photos, segments, sentences
from newslab.statements import statements

FINDERS = {
    "segments": lambda doc: segments(doc),
    "sentences": lambda doc: sentences(doc),
    "photos": lambda doc: photos(doc),
    "entities": lambda doc: entities(doc),
    "statements": lambda doc: statements(doc, entities=entities(doc)),
    "quantities": lambda doc: quantities(doc, statements=statements(doc)),
}
# words that finders look for, so that arbitrary texts come near their rules
NEWS = st.lists(
    st.sampled_from(
        [
            *("said", "police", "Anna Lind", "\n\n", '"', "“", "”", "’", "two", "million", "41", "$1.2bn", "(", ")"),
            *(
                "per cent",
                "that",
                "the",
                "people",
                "killed",
                "he",
                ",",
                ".",
                "Credit: ANN LEE/AFP",
                "2016Credit:",
                "\t",
            ),
            *(
                "By Bo Ray",
                "\x85",
                "Larne",
                "according to",
                "of",
                "—",
                "told",
                "''",
                "1,2,3",
                "½",
                "٣",
                "\u200b",
                "Share",
            ),
        ]
    ),
    max_size=40,
).map(" ".join)


def check(rows, text):
    assert [row.text for row in rows] == [text[row.start : row.end] for row in rows]
    assert all(row.text and row.text == row.text.strip() for row in rows)
    assert rows == sorted(rows, key=lambda row: (row.start, row.end))
    assert all(row.found_by for row in rows)


def check_all(doc, text, page):
    found = {
        "segments": page,
        "sentences": sentences(doc, segments=page),
        "photos": photos(doc, segments=page),
        "entities": entities(doc, segments=page),
    }
    found["statements"] = statements(doc, entities=found["entities"], segments=page)
    found["quantities"] = quantities(doc, statements=found["statements"], segments=page)
    for rows in found.values():
        check(rows, text)
    ids = {row.statement_id for row in found["statements"]}
    names = {row.entity_id for row in found["entities"]}
    figures = {row.quantity_id for row in found["quantities"]}
    for said in found["statements"]:
        assert all(text[start:end].strip() for start, end in (*said.content, *said.cue, *said.source))
        assert set(said.entity_ids) <= names
    for figure in found["quantities"]:
        assert figure.statement_id is None or figure.statement_id in ids
        assert figure.converts is None or figure.converts in figures
    return found


@pytest.mark.parametrize("name", FINDERS)
@given(text=st.text(max_size=200) | NEWS)
@example(text="")
@example(text="\n")
@example(text='"' * 50)
@example(text="a" * 3000)
def test_every_row_is_a_clean_slice_of_any_text(name, text):
    check(FINDERS[name](load_model()(text)), text)


@given(text=NEWS | st.text(max_size=200))
def test_the_finders_together_keep_their_contract_on_any_page(text):
    page = segments(text)
    (doc,) = parse(load_model(), [(text, page)])
    assert doc.text == text
    check_all(doc, text, page)


def test_they_find_something_where_there_is_something_to_find():
    text = (
        "Ferry sinks off Larne\n\nA boat off Larne, March 3, 2025. Credit: ANN LEE/AFP\n\n"
        'At least 41 people were killed, the harbour authority said. "We have no choice," said Anna Lind.\n'
    )
    page = segments(text)
    (doc,) = parse(load_model(), [(text, page)])
    found = check_all(doc, text, page)
    assert all(found.values()), {name: len(rows) for name, rows in found.items()}


def test_the_sample_keeps_the_contract(sample: Path):
    articles = load_articles(sample)
    pages = [(text, segments(text)) for text in articles["text"] if text]
    for (text, page), doc in zip(pages, parse(load_model(), pages), strict=True):
        found = check_all(doc, text, page)
        assert found["statements"]
        assert found["quantities"]


def test_the_public_sets_keep_the_contract(shared):
    paths = ["polnear/dev.jsonl", "gum-news/dev.jsonl", "newsquant/dev.jsonl", "pagecopy/dev.jsonl.gz"]
    texts: list[str] = []
    for path in paths:
        column = {"text": "page_text"} if "pagecopy" in path else {}
        articles = load_articles(shared / "eval" / path, columns=column)
        texts += [text for text in articles["text"] if text][:12]
    assert len(texts) == 12 * len(paths)
    pages = [(text, segments(text)) for text in texts]
    for (text, page), doc in zip(pages, parse(load_model(), pages), strict=True):
        assert doc.text == text
        check_all(doc, text, page)
