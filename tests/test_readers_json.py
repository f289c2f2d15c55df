"""JSON files as news interfaces and scrapers write them, TSV, and documents that no reader reads."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.articles import load_articles
from newslab.loading import load_report
from newslab.readers import json_file

ROWS = [{"id": "a", "text": "Two men left."}, {"id": "b", "text": "It rained."}]


def loaded(tmp_path, held, name="x.json"):
    path = tmp_path / name
    path.write_text(held if isinstance(held, str) else json.dumps(held), encoding="utf-8")
    return load_articles(path, progress=False)


@pytest.mark.parametrize(
    "held",
    [
        ROWS,
        {"status": "ok", "totalResults": 2, "articles": ROWS},
        {"response": {"meta": [{"hits": 2}], "docs": ROWS}},
        {"a": {"text": "Two men left."}, "b": {"text": "It rained."}},
        "\n".join(json.dumps(row) for row in ROWS),
    ],
)
def test_articles_are_found_where_a_json_file_keeps_them(tmp_path, held):
    articles = loaded(tmp_path, held)
    assert articles[["article_id", "text"]].values.tolist() == [["a", "Two men left."], ["b", "It rained."]]
    assert articles["problem"].isna().all()


def test_one_article_may_be_the_whole_file_and_names_its_outlet_and_authors_in_objects(tmp_path):
    page = {
        "@type": "NewsArticle", "headline": "Rain", "datePublished": "2025-03-04", "articleBody": "It rained.",
        "publisher": {"@type": "Organization", "name": "Harbour Wire"}, "author": [{"name": "Ann Lee"}, "Tom Reed"],
    }  # fmt: skip
    with pytest.warns(UserWarning, match="articleBody"):
        (row,) = loaded(tmp_path, page).to_dict("records")
    assert (row["headline"], row["text"], row["outlet"]) == ("Rain", "It rained.", "Harbour Wire")
    assert list(row["authors"]) == ["Ann Lee", "Tom Reed"]
    assert row["published"].startswith("2025-03-04")


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"status": "ok", "hits": 3}, "no list of articles"),
        ('{"articles": [', "stops being readable as .json"),
        ("[" * 200_000, "too deep"),
        ("", "stops being readable"),
    ],
)
def test_json_without_articles_is_refused_with_the_reason(tmp_path, held, reason):
    (problem,) = loaded(tmp_path, held)["problem"]
    assert reason in problem


def test_one_item_that_is_no_article_costs_no_other(tmp_path):
    articles = loaded(tmp_path, [ROWS[0], 7, {"id": "c"}, ROWS[1]])
    assert articles["problem"].notna().tolist() == [False, True, True, False]
    assert "item 2: int, not a JSON object" in articles["problem"][1]


def test_a_json_file_that_is_too_large_is_to_be_written_as_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(json_file, "MAX_JSON", 10)
    (problem,) = loaded(tmp_path, ROWS)["problem"]
    assert "Write it as JSONL" in problem


def test_cells_parted_by_tabs_are_a_table(tmp_path):
    articles = loaded(tmp_path, "id\ttext\na\tTwo men left, police said.\n", "x.tsv")
    assert articles["text"].tolist() == ["Two men left, police said."]


@pytest.mark.parametrize("name", ["scan.pdf", "notes.odt", "book.epub", "sheet.xlsx"])
def test_a_document_that_nothing_reads_is_a_row_that_says_what_to_do(tmp_path, name):
    (tmp_path / name).write_bytes(b"%PDF-1.4")
    (tmp_path / "a.txt").write_text("Two men left the town on Monday, police said.", encoding="utf-8")
    articles = load_articles(tmp_path, progress=False)
    assert len(articles) == 2
    assert "Save" in articles["problem"].dropna().item() or "Copy" in articles["problem"].dropna().item()
    assert load_report(articles).iloc[-1][["documents", "refused"]].tolist() == [2, 1]


def test_half_characters_in_columns_of_ones_own_lose_no_document(tmp_path):
    rows = [{"text": "Two men left.", "desk": "n\ud800th", "x\ud800": ["\ud800"]}, {"text": "It rained.", "desk": "s"}]
    articles = loaded(tmp_path, rows)
    assert articles["desk"].tolist() == ["n\\ud800th", "s"]
    articles.to_json().encode()


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.just("\ud800"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "html", "id", "name", "a", "author"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_whatever_json_holds_gives_rows_with_a_text_or_a_reason(tmp_path_factory, held):
    articles = loaded(tmp_path_factory.mktemp("json"), json.dumps(held))
    assert len(articles) >= 1
    assert all(bool(text) or isinstance(problem, str) for text, problem in articles[["text", "problem"]].values)
