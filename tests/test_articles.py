import gzip
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.articles import language_of, load_articles
from newslab.records import columns

TEXT = "Two men left the town on Monday, the police said. Nobody had seen them go, and nobody asked."


def rows(articles):
    return articles.set_index("article_id")


def test_a_page_copy_is_one_article_named_after_its_file(tmp_path):
    (tmp_path / "ferry.txt").write_text(TEXT, encoding="utf-8")
    articles = load_articles(tmp_path / "ferry.txt")
    assert articles.columns.tolist() == list(columns("articles"))
    row = articles.iloc[0]
    assert (row["article_id"], row["text"], row["language"]) == ("ferry", TEXT, "en")
    assert row["source_file"].endswith("ferry.txt")
    assert pd.isna(row["problem"])


def test_folders_globs_files_frames_and_lists_of_them_load_alike(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(TEXT + " A", encoding="utf-8")
    (tmp_path / "sub" / "b.txt").write_text(TEXT + " B", encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "c", "text": TEXT + " C"}) + "\n", encoding="utf-8")
    frame = pd.DataFrame({"id": ["d"], "text": [TEXT + " D"]})
    assert sorted(load_articles(tmp_path)["article_id"]) == ["a", "b", "c"]
    assert load_articles(str(tmp_path / "*.txt"))["article_id"].tolist() == ["a"]
    assert load_articles(str(tmp_path / "**" / "*.txt"))["article_id"].tolist() == ["a", "b"]
    assert load_articles([tmp_path, frame])["article_id"].tolist() == ["a", "c", "b", "d"]


def test_a_table_loads_the_same_from_jsonl_csv_parquet_and_a_frame(tmp_path):
    texts = [TEXT, 'Line one\r\nline "two", with a comma\n\ttabbed ', "  leading and trailing  "]
    frame = pd.DataFrame({"id": list("abc"), "text": texts, "outlet": ["X", None, "Y"], "date": ["2025-03-01", "", ""]})
    frame.to_csv(tmp_path / "t.csv", index=False)
    frame.to_parquet(tmp_path / "t.parquet")
    lines = "".join(json.dumps(row) + "\n" for row in frame.to_dict("records"))
    (tmp_path / "t.jsonl").write_text(lines, encoding="utf-8")
    with gzip.open(tmp_path / "z.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(lines)
    for source in (frame, *(tmp_path / name for name in ("t.csv", "t.parquet", "t.jsonl", "z.jsonl.gz"))):
        articles = load_articles(source)
        assert articles["text"].tolist() == texts, source
        assert articles["article_id"].tolist() == list("abc")
        assert articles["outlet"].isna().tolist() == [False, True, False]
        assert articles["published"].iloc[0] == "2025-03-01"


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_every_row_of_a_table_comes_out_once_with_its_text_unchanged_or_a_reason(texts):
    articles = load_articles(pd.DataFrame({"id": [str(i) for i in range(len(texts))], "text": texts}))
    assert articles["article_id"].tolist() == [str(i) for i in range(len(texts))]
    for found, given_text, problem in zip(articles["text"], texts, articles["problem"], strict=True):
        assert found == given_text if pd.isna(problem) else found == ""


def test_own_column_names_are_mapped_and_a_missing_text_column_is_named(tmp_path):
    frame = pd.DataFrame({"body": [TEXT], "publisher": ["X"]})
    articles = load_articles(frame, columns={"text": "body", "outlet": "publisher"})
    assert articles[["text", "outlet"]].iloc[0].tolist() == [TEXT, "X"]
    with pytest.warns(UserWarning, match=r"read 'body' as text, 'publisher' as outlet. Say columns="):
        assert load_articles(frame)["text"].tolist() == [TEXT]
    with pytest.raises(ValueError, match=r"several that may be it: body, content. Say which"):
        load_articles(pd.DataFrame({"body": [TEXT], "content": [TEXT]}))
    with pytest.raises(ValueError, match=r"no column 'text' or 'html'. It has: tekst. Did you mean 'tekst'"):
        load_articles(pd.DataFrame({"tekst": [TEXT]}))
    with pytest.raises(ValueError, match="no column 'nope'"):
        load_articles(frame, columns={"text": "nope"})


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("nul.txt", b"abc\x00def", "NUL"),
        ("binary.txt", bytes(range(256)) * 20, "NUL"),
        ("paper.docx", b"PK", "no export of an archive"),
        ("cut.parquet", b"PAR1 and then nothing", "stops being readable"),
        ("cut.txt.gz", gzip.compress(b"Two men left." * 50, mtime=0)[:30], "damaged"),
        ("none.txt.gz", b"not gzip at all", "stops being readable"),
        ("wrong.csv", b"a,b\n1,2\n", "no column 'text'"),
        ("none.jsonl", b"\n\n", "holds no document"),
        ("page.html", b"<html><body><p></p></body></html>", "no article text"),
    ],
)
def test_a_file_that_cannot_be_read_stays_as_a_row_with_the_reason(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    articles = load_articles(tmp_path / name)
    assert len(articles) == 1
    assert articles["text"].iloc[0] == ""
    assert reason in articles["problem"].iloc[0]
    assert name in articles["problem"].iloc[0]


def test_one_bad_line_of_a_table_does_not_cost_the_others(tmp_path):
    lines = [
        b'{"id": "a", "text": "One."}',
        b"{broken",
        b"[1]",
        b'{"id": "b"}',
        b'{"text": 5}',
        b"\xff\xfe",
        b'{"text": "Six."}',
    ]
    (tmp_path / "t.jsonl").write_bytes(b"\n".join(lines))
    articles = load_articles(tmp_path / "t.jsonl")
    assert len(articles) == 7
    problems = articles["problem"].tolist()
    assert [pd.isna(p) for p in problems] == [True, False, False, False, False, False, True]
    for number, word in ((2, "not JSON"), (3, "not a JSON object"), (4, "no text"), (5, "int"), (6, "not UTF-8")):
        assert f"line {number}" in problems[number - 1]
        assert word in problems[number - 1]


def test_csv_with_surplus_cells_or_a_wrong_encoding_says_where(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,text\na,One.\nb,Two.,three\n")
    problems = load_articles(tmp_path / "t.csv")["problem"]
    assert pd.isna(problems[0])
    assert "line 3: more cells than columns" in problems[1]
    (tmp_path / "u.csv").write_bytes("id,text\na,Caf\xe9\n".encode("latin-1"))
    assert "not UTF-8" in load_articles(tmp_path / "u.csv")["problem"].iloc[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_and_line_ends_are_undone_and_nothing_else(tmp_path, encoding):
    (tmp_path / "p.txt").write_bytes("Café left.\r\nTwo  men\rstayed. ".encode(encoding))
    assert load_articles(tmp_path / "p.txt")["text"].iloc[0] == "Café left.\nTwo  men\nstayed. "


def test_a_guessed_encoding_is_a_problem_but_the_text_is_kept(tmp_path):
    text = "Der Bürgermeister sagte, die Straße sei gesperrt. Später kamen größere Züge. " * 5
    (tmp_path / "p.txt").write_bytes(text.encode("cp1252"))
    row = load_articles(tmp_path / "p.txt").iloc[0]
    assert row["text"] == text
    assert "which is a guess" in row["problem"]


def test_ids_stay_the_same_whatever_the_order_of_files(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(f"{TEXT} {folder}", encoding="utf-8")
    there = rows(load_articles([tmp_path / "one", tmp_path / "two"]))["text"].to_dict()
    back = rows(load_articles([tmp_path / "two", tmp_path / "one"]))["text"].to_dict()
    assert there == back
    assert len(there) == 2


def test_an_id_that_stands_twice_and_a_text_that_stands_twice_are_both_kept_and_said():
    frame = pd.DataFrame({"id": ["a", "a", "b"], "text": ["One man.", "Two men.", "One man."]})
    articles = load_articles(frame)
    assert articles["article_id"].is_unique
    assert "stands more than once" in articles["problem"].iloc[1]
    assert articles["duplicate_of"].iloc[2] == "a"
    assert articles["text"].tolist() == frame["text"].tolist()


def test_a_bad_date_is_a_problem_and_the_article_stays():
    frame = pd.DataFrame({"id": ["a"], "text": [TEXT], "published": ["31/02/2021"]})
    row = load_articles(frame).iloc[0]
    assert row["text"] == TEXT
    assert pd.isna(row["published"])
    assert "published is '31/02/2021', which is not a date" in row["problem"]


def test_text_that_no_table_can_hold_is_refused(tmp_path):
    lines = [{"id": "a", "text": "half \ud800 a pair"}, {"id": "b", "text": "a\x00b"}, {"id": "c\ud800", "text": TEXT}]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    articles = load_articles(tmp_path / "t.jsonl")
    assert articles["text"].tolist() == ["", "", TEXT]
    assert articles["problem"].notna().tolist() == [True, True, False]
    assert articles["article_id"].tolist() == ["a", "b", "c\\ud800"]


def test_metadata_gives_facts_of_files_and_checks_their_hash(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}", encoding="utf-8")
    meta = pd.DataFrame(
        {
            "file": ["a.txt", "b.txt"],
            "outlet": ["X", "Y"],
            "published": ["2025-03-01", "2025-03-02"],
            "authors": ["Ann Lee; Bo Ray", None],
            "sha256": [None, "0" * 64],
        }
    )
    articles = rows(load_articles(tmp_path, metadata=meta))
    assert articles.loc["a", ["outlet", "published"]].tolist() == ["X", "2025-03-01"]
    assert articles.loc["a", "authors"] == ["Ann Lee", "Bo Ray"]
    assert "sha256 differs" in articles.loc["b", "problem"]
    assert pd.isna(articles.loc["c", "outlet"])


def test_metadata_about_other_files_or_without_a_file_column_is_an_error(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(ValueError, match="no row is about a file that was loaded"):
        load_articles(tmp_path, metadata=pd.DataFrame({"file": ["z.txt"]}))
    with pytest.raises(ValueError, match="no column 'file'"):
        load_articles(tmp_path, metadata=pd.DataFrame({"name": ["a.txt"]}))
    with pytest.raises(ValueError, match="stands twice"):
        load_articles(tmp_path, metadata=pd.DataFrame({"file": ["a.txt", "a.txt"]}))


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file"):
        load_articles(tmp_path / "nope.txt")
    with pytest.raises(FileNotFoundError, match="no file matches"):
        load_articles(str(tmp_path / "*.txt"))
    with pytest.raises(FileNotFoundError, match="no document in this folder"):
        load_articles(tmp_path)
    with pytest.raises(TypeError, match="takes a path"):
        load_articles(5)


def test_what_is_no_document_in_a_folder_is_named_in_a_warning(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"x")
    (tmp_path / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    with pytest.warns(UserWarning, match=r"\.jpg \(1\)"):
        articles = load_articles(tmp_path)
    assert articles["article_id"].tolist() == ["a"]


def test_a_saved_page_gives_headline_and_body(tmp_path):
    body = "".join(f"<p>{TEXT} That was paragraph {n} of the report.</p>" for n in range(6))
    article = f"<article><h1>Two men leave</h1>{body}</article>"
    html = f"<html><head><title>Two men leave</title></head><body>{article}</body></html>"
    (tmp_path / "p.html").write_text(html, encoding="utf-8")
    row = load_articles(tmp_path / "p.html").iloc[0]
    assert row["headline"] == "Two men leave"
    assert row["source_format"] == "html"
    assert row["text"].count("\n\n") == 6
    same = load_articles(pd.DataFrame({"id": ["x"], "html": [html]})).iloc[0]
    assert same["text"] == row["text"]


def test_language_is_told_and_not_guessed_from_a_few_signs():
    assert language_of("Die Polizei sagte am Montag, dass drei Menschen verletzt wurden.") == "de"
    assert language_of(TEXT) == "en"
    assert language_of("1 2 3 4") is None
    assert language_of("1 2 3 4", "de") == "de"  # what a page says of itself decides where its text does not
    assert language_of("Die Polizei sagte am Montag, dass drei Menschen verletzt wurden.", "en") == "de"


def test_loading_changes_no_argument():
    frame = pd.DataFrame({"id": ["a"], "text": [TEXT]})
    before = frame.copy()
    load_articles(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_columns_of_ones_own_stay_and_are_saved_with_the_notes(tmp_path):
    from newslab.notes import load_notes
    from newslab.records import TABLES
    from newslab.records import frame as table

    own = pd.DataFrame({"id": ["a", "b"], "text": [TEXT, TEXT + " B"], "desk": ["north", None], "shares": [3, 4],
                        "tags": [["x", "y"], ["z"]], "words": [7, 8]})  # fmt: skip
    articles = load_articles(own)
    assert articles.columns.tolist() == [*columns("articles"), "desk", "shares", "tags", "words_given"]
    assert articles["shares"].tolist() == [3, 4]
    assert json.loads(articles["tags"][0]) == ["x", "y"]
    assert articles["words"].tolist() == [18, 19]
    again = load_articles(articles)
    assert again.columns.tolist() == articles.columns.tolist()
    from newslab.notes import Notes

    notes = Notes(**{name: table(name, []) for name in TABLES if name != "articles"}, articles=articles)
    for kind in ("parquet", "csv", "jsonl"):
        notes.save(tmp_path / kind, format=kind)
        back = load_notes(tmp_path / kind).articles
        assert back["shares"].tolist() == [3, 4]
        assert back["desk"].isna().tolist() == [False, True]


def test_columns_of_the_metadata_that_are_none_of_ours_stay_too(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    meta = pd.DataFrame({"file": ["a.txt"], "outlet": ["X"], "outlet_kind": ["regional"]})
    assert load_articles(tmp_path, metadata=meta)["outlet_kind"].tolist() == ["regional"]


@pytest.mark.parametrize(("mark", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), (",", "utf-8-sig")])
def test_tables_as_spreadsheets_save_them(tmp_path, mark, encoding):
    lines = [["id", "titel", "text"], ["a", "Eis", f'"{TEXT}"']]
    (tmp_path / "t.csv").write_text("\n".join(mark.join(line) for line in lines) + "\n", encoding=encoding)
    row = load_articles(tmp_path / "t.csv").iloc[0]
    assert (row["article_id"], row["headline"], row["text"]) == ("a", "Eis", TEXT)


def test_pages_in_a_column_of_a_table_are_read_as_pages(tmp_path):
    body = "".join(f"<p>{TEXT} That was paragraph {n} of the report.</p>" for n in range(6))
    html = f"<html><body><article><h1>Two men leave town</h1>{body}</article></body></html>"
    pd.DataFrame({"id": ["a"], "html": [html], "desk": ["north"]}).to_csv(tmp_path / "t.csv", index=False)
    row = load_articles(tmp_path / "t.csv").iloc[0]
    assert (row["headline"], row["desk"], row["source_format"]) == ("Two men leave town", "north", "html")
    assert row["markup"][0].startswith("headline 0-")


@pytest.mark.parametrize(
    ("dates", "urls", "found"),
    [
        (["03/04/2021", "25/04/2021"], [None, None], ["2021-04-03", "2021-04-25"]),
        (["03/04/2021", "04/25/2021"], [None, None], ["2021-03-04", "2021-04-25"]),
        (["03/04/2021", "06/07/2021"], ["https://a.example/2021/04/03/x", None], ["2021-04-03", None]),
        (["03.04.2021", "13/12/2021"], [None, None], ["2021-04-03", "2021-12-13"]),
    ],
)
def test_a_date_in_figures_is_settled_by_what_else_is_known_or_reported(dates, urls, found):
    frame = pd.DataFrame({"id": ["a", "b"], "text": [TEXT, TEXT + " B"], "published": dates, "url": urls})
    articles = load_articles(frame)
    assert [None if pd.isna(day) else day for day in articles["published"]] == found
    assert articles["problem"].notna().tolist() == [day is None for day in found]


def test_a_page_copy_has_the_date_that_it_prints():
    page = "Two men leave town\n\nBy Ana Vries\n\n{}\n\n" + "\n\n".join(
        f"{TEXT} That was paragraph {n}." for n in range(4)
    )
    stamps = [
        "Published 12:04 GMT, 3 March 2025",
        "Fri 14 Mar 2025 18.42 GMT",
        "02.03.2025, 16:05 | Views: 3418",
        "5th February",
    ]
    frame = pd.DataFrame({"id": range(4), "text": [page.format(stamp) for stamp in stamps]})
    found = load_articles(frame)["published"]
    assert found.tolist()[:3] == ["2025-03-03T12:04:00+00:00", "2025-03-14T18:42:00+00:00", "2025-03-02T16:05:00"]
    assert pd.isna(found[3])


def test_dates_that_the_samples_pages_print_are_those_of_its_manifest(sample):
    known = load_articles(sample, metadata=sample.parent / "MANIFEST.csv").set_index("source_file")["published"]
    printed = load_articles(sample).set_index("source_file")["published"].dropna()
    pairs = [(day[:10], known[file]) for file, day in printed.items() if file.endswith(".txt")]
    assert len(pairs) >= 35
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b", "c", "\x00"]), st.sampled_from(["x", "y"])), max_size=12))
def test_the_report_accounts_for_every_document(rows):
    from newslab.loading import load_report

    frame = pd.DataFrame({"text": [text for text, _ in rows], "source_file": [file for _, file in rows]})
    report = load_report(load_articles(frame)) if rows else load_report(load_articles(pd.DataFrame({"text": []})))
    assert (report["loaded"] + report["duplicates"] + report["refused"] == report["documents"]).all()
    assert report["documents"].iloc[-1] == len(rows) == report["documents"].iloc[:-1].sum()


def test_the_report_says_why_documents_were_refused(tmp_path):
    from newslab.loading import load_report

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.jsonl").write_bytes(b'{"text": "One."}\n{broken\n{broken too\n[1]\n')
    report = load_report(load_articles(tmp_path)).set_index("source_file")
    assert report.loc["all", ["documents", "loaded", "duplicates", "refused"]].tolist() == [6, 2, 1, 3]
    assert "not a JSON object" in report.loc[(tmp_path / "c.jsonl").as_posix(), "reasons"]
    with pytest.raises(ValueError, match="no column 'duplicate_of'"):
        load_report(pd.DataFrame({"text": []}))
