"""Damaged, mislabelled and hostile files of every form that is no archive: a row each, never an exception."""

import gzip
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.articles import load_articles
from newslab.loading import load_report
from newslab.readers import tables

TEXT = "Two men left the town on Monday, the police said. Nobody had seen them go, and nobody asked."
ROWS = [{"id": f"a{i}", "text": f"{TEXT} {i}", "date": "2025-03-01", "desk": "north"} for i in range(4)]
PAGE = f"<html><body><article><h1>Two men leave the town</h1>{f'<p>{TEXT}</p>' * 6}</article></body></html>"


def whole(folder, name):
    """A file that is in order, as bytes."""
    if name.startswith("t.parquet"):
        pd.DataFrame(ROWS).to_parquet(folder / "whole.parquet")
        return (folder / "whole.parquet").read_bytes()
    data = {
        "t.jsonl": "".join(json.dumps(row) + "\n" for row in ROWS),
        "t.csv": pd.DataFrame(ROWS).to_csv(index=False),
        "t.html": PAGE,
        "t.txt": "\n\n".join([TEXT] * 5),
    }[name.removesuffix(".gz")].encode()
    return gzip.compress(data) if name.endswith(".gz") else data


NAMES = ["t.jsonl", "t.csv", "t.parquet", "t.html", "t.txt", "t.jsonl.gz", "t.csv.gz", "t.html.gz", "t.txt.gz"]


@pytest.mark.filterwarnings("ignore::UserWarning")  # a damaged header may leave column names to be guessed
@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_a_damaged_file_loses_no_document_silently(tmp_path_factory, name, data):
    folder = tmp_path_factory.mktemp("damaged")
    raw = bytearray(whole(folder, name))
    for _ in range(data.draw(st.integers(0, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    (folder / name).write_bytes(raw[: data.draw(st.integers(0, len(raw)))])
    articles = load_articles(folder / name)
    assert len(articles) >= 1
    assert (articles["text"].ne("") | articles["problem"].notna()).all()
    report = load_report(articles).iloc[-1]
    assert report["documents"] == report["loaded"] + report["duplicates"] + report["refused"] == len(articles)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", ["n.txt", "n.html", "n.jsonl", "n.csv", "n.parquet", "n.mhtml", "n.zip", "n.tar"])
@given(noise=st.binary(max_size=400))
def test_noise_under_any_name_is_a_row(tmp_path_factory, name, noise):
    path = tmp_path_factory.mktemp("noise") / name
    path.write_bytes(noise)
    articles = load_articles(path)
    assert len(articles) >= 1
    assert (articles["text"].ne("") | articles["problem"].notna()).all()


def test_a_packed_table_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MAX_UNPACKED", 100_000)
    with gzip.open(tmp_path / "t.jsonl.gz", "wb") as file:
        file.write(b'{"id": "a", "text": "One."}\n' + b"\n" * 1_000_000)
    articles = load_articles(tmp_path / "t.jsonl.gz")
    assert articles["text"].tolist() == ["One.", ""]
    assert "as bombs do" in articles["problem"].iloc[1]


def test_names_in_any_script_are_ids(tmp_path):
    for name in ("статья.txt", "記事.txt", "مقال.txt", "a b (1).txt", "x'; DROP TABLE.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}", encoding="utf-8")
    ids = load_articles(tmp_path)["article_id"].tolist()
    assert sorted(ids) == sorted(["статья", "記事", "مقال", "a b (1)", "x'; DROP TABLE"])
    assert ids == load_articles([tmp_path])["article_id"].tolist()


def test_ids_do_not_hang_on_the_order_or_the_place_of_files(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for i in range(3):
            (tmp_path / folder / f"{i}.txt").write_text(f"{TEXT} File {i}", encoding="utf-8")
    pd.DataFrame(ROWS).drop(columns="id").to_json(tmp_path / "rows.jsonl", orient="records", lines=True)
    first = load_articles([tmp_path / "one", tmp_path / "rows.jsonl"])
    second = load_articles([tmp_path / "rows.jsonl", tmp_path / "two"])
    assert dict(zip(first["text"], first["article_id"], strict=True)) == dict(
        zip(second["text"], second["article_id"], strict=True)
    )


def test_a_file_that_is_too_large_is_refused_without_being_read(tmp_path, monkeypatch):
    from newslab import readers

    monkeypatch.setattr(readers, "MAX_BYTES", 1_000)
    (tmp_path / "a.txt").write_bytes(b"0" * 2_000)
    row = load_articles(tmp_path / "a.txt").iloc[0]
    assert row["text"] == ""
    assert "more than the 1,000 that are read" in row["problem"]
