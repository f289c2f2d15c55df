import json

import pandas as pd
import pytest

from newslab.corrections import corrected
from newslab.notes import FORMATS, Notes, load_notes
from newslab.records import TABLES, Quantity, Segment, Statement, frame, local_id, table_rows

TEXT = 'Police said, "=1+1, two men" left.\n'


def small_notes(**tables) -> Notes:
    segment = Segment(start=0, end=35, text=TEXT.strip(), found_by="test", segment_id="g0-35", part="body", paragraph=1)
    said = Statement(
        start=0, end=28, text=TEXT[:28], found_by="test", statement_id="s0-28", content=((13, 28),), cue=((7, 11),),
        source=((0, 6),), content_text=TEXT[13:28], speaker="Police", entity_ids=("e0-6",), confidence=0.5,
    )  # fmt: skip
    figure = Quantity(
        start=20, end=23, text="two", found_by="test", quantity_id=local_id("q", 20, 23), value=2, low=2, high=2,
        statement_id="s0-28",
    )  # fmt: skip
    found = {
        "segments": table_rows("segments", "a/1", [segment]),
        "statements": table_rows("statements", "a/1", [said]),
        "quantities": table_rows("quantities", "a/1", [figure]),
        "articles": [
            {"article_id": "a/1", "text": TEXT, "outlet": 'X, "Y"', "authors": ["A", "B"], "words": 6},
            {"article_id": "b", "text": "", "problem": "empty"},
        ],
    }
    return Notes(**{name: frame(name, found.get(name, [])) for name in TABLES} | tables, run={"model": "m"})


def assert_same(one: Notes, two: Notes) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), obj=name)
    assert one.run == two.run


@pytest.mark.parametrize("format", FORMATS)
def test_notes_come_back_from_disk_as_they_were(tmp_path, format):
    notes = small_notes()
    paths = notes.save(tmp_path / "out", format=format)
    assert sorted(p.name for p in paths) == sorted([f"{name}.{format}" for name in TABLES] + ["run.json"])
    assert sorted((tmp_path / "out").iterdir()) == sorted(paths)  # no half-written file is left
    assert_same(load_notes(tmp_path / "out"), notes)


def test_ids_in_a_corpus_begin_with_the_article_and_still_join():
    notes = small_notes()
    assert notes.quantities["quantity_id"].tolist() == ["a/1/q20-23"]
    assert notes.quantities["statement_id"].tolist() == notes.statements["statement_id"].tolist()
    assert notes.statements["entity_ids"].tolist() == [["a/1/e0-6"]]


def test_jsonl_has_a_row_a_line_lists_as_lists_and_null_for_what_is_missing(tmp_path):
    small_notes().save(tmp_path, format="jsonl")
    row = json.loads((tmp_path / "statements.jsonl").read_text(encoding="utf-8"))
    assert row["content"] == [[13, 28]]
    assert row["tone"] is None
    assert row["via"] is None
    article = (tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(article)["words"] == 6


def test_saving_and_loading_say_what_is_wrong(tmp_path):
    with pytest.raises(ValueError, match="no such format"):
        small_notes().save(tmp_path, format="xlsx")
    with pytest.raises(FileNotFoundError, match="no saved notes"):
        load_notes(tmp_path)
    small_notes().save(tmp_path)
    (tmp_path / "photos.parquet").unlink()
    with pytest.raises(FileNotFoundError, match=r"photos.parquet: missing"):
        load_notes(tmp_path)


def test_two_formats_of_one_run_load_and_of_two_runs_do_not(tmp_path):
    small_notes().save(tmp_path)
    small_notes().save(tmp_path, format="csv")
    assert_same(load_notes(tmp_path), small_notes())
    small_notes(articles=frame("articles", [])).save(tmp_path, format="csv")
    with pytest.raises(ValueError, match="differ in length"):
        load_notes(tmp_path)


def decisions(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["table", "id", "decision", "column", "value"])


def test_corrections_fix_reject_and_accept_rows_and_leave_the_notes_as_they_were(tmp_path):
    notes = small_notes()
    table = decisions(
        ("statements", "a/1/s0-28", "fix", "speaker", "the police"),
        ("statements", "a/1/s0-28", "fix", "confidence", "0.9"),
        ("quantities", "a/1/q20-23", "reject", None, None),
        ("segments", "a/1/g0-35", "accept", None, None),
    )
    table.to_csv(tmp_path / "c.csv", index=False)
    for given in (table, tmp_path / "c.csv"):
        new = corrected(notes, given)
        assert new.statements[["speaker", "confidence"]].values.tolist() == [["the police", 0.9]]
        assert new.statements["found_by"].iloc[0].endswith("+corrected")
        assert new.quantities.empty
        assert len(new.segments) == 1
    assert_same(notes, small_notes())


def test_a_correction_of_a_row_that_is_gone_is_a_problem_not_an_error():
    new = corrected(small_notes(), decisions(("statements", "a/1/s5-9", "reject", None, None)))
    assert new.problems[["article_id", "stage"]].values.tolist() == [["a/1", "corrections"]]
    assert len(new.statements) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("nope", "x", "reject", None, None), "no table"),
        (("statements", "a/1/s0-28", "maybe", None, None), "decision is 'maybe'"),
        (("statements", "a/1/s0-28", "fix", "text", "x"), "cannot be fixed"),
        (("statements", "a/1/s0-28", "fix", "words", "many"), "is a number"),
        (("statements", "a/1/s0-28", "fix", "content", "[]"), "holds lists"),
    ],
)
def test_a_wrong_correction_names_its_line(row, message):
    with pytest.raises(ValueError, match=f"line 2.*{message}"):
        corrected(small_notes(), decisions(row))
