"""Decisions by hand: taken, written, found again after the text was reloaded, honoured and counted."""

import importlib

import pandas as pd
import pytest

import newslab as nl
from newslab.corrections import corrected, correction_rows, precision, read_corrections
from newslab.records import frame
from tests.growth import assert_linear

review = importlib.import_module("newslab.review")

PAGE = (
    "Bridge closed\n\nTwo people were hurt on Monday, police said. Two lorries were towed away.\n\n"
    "“Nobody saw it coming,” said Ann Hale, 41, who lives by the river. The bridge stays shut, police said."
)


@pytest.fixture(scope="module")
def articles():
    return load(PAGE)


@pytest.fixture(scope="module")
def notes(articles):
    return nl.annotate(articles, cache=False, progress=False)


def load(text):
    return nl.load_articles(pd.DataFrame({"article_id": ["a/1"], "outlet": ["Post"], "text": [text]}))


def press(widget, do, **more):
    """What the page sends when a button is clicked or a key pressed."""
    widget._receive({"do": do, "at": widget.card["at"], **more})


def test_decisions_are_written_at_once_and_counted(notes, articles, tmp_path):
    save = tmp_path / "new" / "corrections.csv"
    widget = nl.review(notes.statements, articles, save=save)
    assert not save.exists()
    first = widget.card
    assert first["place"].startswith(f"1 of {len(notes.statements)} · Post · ")
    press(widget, "accept")
    assert widget.card["at"] == 1
    press(widget, "fix", fixes={"speaker": "the river police", "actor_type": "police"})
    press(widget, "reject")
    table = read_corrections(save)
    assert table["decision"].tolist() == ["accept", "fix", "fix", "reject"]
    assert table.loc[table["column"] == "speaker", "value"].tolist() == ["the river police"]
    assert "3 of 3 decided: 1 right, 1 fixed, 1 rejected. Precision 33 %" in widget.summary
    shares = precision(save).iloc[0]
    assert shares[["reviewed", "accepted", "fixed", "rejected"]].tolist() == [3, 1, 1, 1]
    assert shares["precision_low"] < 1 / 3 < shares["precision_high"] < shares["real_high"]


def test_a_review_goes_on_where_it_was_left_and_keeps_what_others_decided(notes, articles, tmp_path):
    save = tmp_path / "corrections.csv"
    press(nl.review(notes.quantities, articles, save=save), "reject")
    press(nl.review(notes.statements, articles, save=save), "accept")
    again = nl.review(notes.statements, articles, save=save)
    assert again.card["at"] == 1
    press(again, "back")
    assert again.card["taken"] == "Accepted."
    press(again, "undo")
    assert again.card["taken"] == "Not decided yet."
    assert read_corrections(save)["table"].tolist() == ["quantities"]


def test_a_decision_holds_for_the_row_that_was_on_the_screen(notes, articles, tmp_path):
    widget = nl.review(notes.statements, articles, save=tmp_path / "c.csv")
    widget._receive({"do": "accept", "at": 0})
    widget._receive({"do": "accept", "at": 0})  # pressed twice, before the next row was drawn
    assert widget.decisions()["id"].tolist() == notes.statements["statement_id"].head(1).tolist()
    widget._receive({"do": "accept", "at": 99})
    assert len(widget.decisions()) == 1


def test_a_fix_that_annotate_would_refuse_is_refused_where_it_was_typed(notes, articles, tmp_path):
    save = tmp_path / "c.csv"
    widget = nl.review(notes.quantities, articles, save=save)
    for fixes, words in [
        ({}, "nothing was changed"),
        ({"value": "many"}, "value is a number"),
        ({"bound": "roughly"}, "Use one of =, about"),
        ({"article_id": "x"}, "cannot be fixed"),
    ]:
        press(widget, "fix", fixes=fixes)
        assert words in widget.problem
    assert not save.exists()
    press(widget, "fix", fixes={"value": "3"})
    assert widget.problem == ""
    press(widget, "back")
    press(widget, "fix", fixes={"counted": ""})  # a second fix of the same row leaves the first
    assert widget.decisions()[["column", "value"]].fillna("").values.tolist() == [["value", "3"], ["counted", ""]]


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_taken(notes, articles, tmp_path):
    folder = tmp_path / "file"
    folder.write_text("in the way")
    widget = nl.review(notes.statements, articles, save=folder / "c.csv")
    press(widget, "accept")
    assert widget.problem.startswith("Not saved: ")
    assert widget.card["taken"] == "Not decided yet."


def test_annotate_honours_a_review(notes, articles, tmp_path):
    save = tmp_path / "c.csv"
    widget = nl.review(notes.statements.head(2), articles, save=save)
    press(widget, "reject")
    press(widget, "fix", fixes={"speaker": "Ann Hale of Dock Lane"})
    again = nl.annotate(articles, corrections=save, cache=False, progress=False)
    assert len(again.statements) == len(notes.statements) - 1
    assert again.statements["speaker"].iloc[0] == "Ann Hale of Dock Lane"
    assert again.problems[again.problems["stage"] == "corrections"].empty
    assert notes.quantities["claimed_by"].tolist()[0] == "police"
    assert again.quantities["claimed_by"].isna().iloc[0], "the statement behind this figure was rejected"
    assert again.quantities["found_by"].iloc[0].endswith("+corrected")


def test_a_review_is_honoured_after_the_text_was_reloaded(notes, articles, tmp_path):
    save = tmp_path / "c.csv"
    figures = notes.quantities
    widget = nl.review(figures, articles, save=save)
    assert figures["text"].tolist()[:2] == ["Two", "Two"], "the two look alike, and only their contexts differ"
    widget.decide("accept", at=0)
    widget.decide("fix", {"counted": "truck"}, at=1)
    moved = load(
        "Menu\n\nSubscribe\n\nBridge closed near the old mill\n\n" + PAGE.partition("\n\n")[2].replace("\n\n", "\n\n\n")
    )
    again = nl.annotate(moved, corrections=save, cache=False, progress=False)
    assert again.problems[again.problems["stage"] == "corrections"].empty
    fixed = again.quantities[again.quantities["counted"] == "truck"]
    text = moved["text"].iloc[0]
    assert [text[start : start + 11] for start in fixed["start"]] == ["Two lorries"]


def test_a_row_whose_words_are_gone_is_not_mistaken_for_another(notes, articles):
    row = notes.quantities.iloc[0].to_dict()
    told = pd.DataFrame(correction_rows("quantities", row, PAGE, "reject"))
    other = load("Roads open\n\nTwo schools were opened in the north by the minister last week, the council said.")
    found = nl.annotate(other, cache=False, progress=False)
    again = corrected(found, told)
    assert len(again.quantities) == len(found.quantities) > 0
    assert again.problems["stage"].tolist() == ["corrections"]


def test_same_offsets_with_other_words_are_not_the_same_row(notes, articles):
    row = notes.quantities.iloc[0].to_dict()
    told = pd.DataFrame(correction_rows("quantities", row, PAGE, "reject"))
    told["text"] = "Six"
    assert len(corrected(notes, told).quantities) == len(notes.quantities)


def test_nothing_of_an_article_is_html_in_the_widget(tmp_path):
    text = "Two <img src=x onerror=alert(1)> men left, <script>alert(2)</script> police said."
    articles = nl.load_articles(pd.DataFrame({"outlet": ["<b>Post</b>"], "text": [text]}))
    row = {
        "article_id": articles["article_id"].iloc[0], "quantity_id": "q", "start": 0, "end": 3, "text": "Two",
        "counted": "<i>men</i>",
    }  # fmt: skip
    widget = nl.review(frame("quantities", [row]), articles, save=tmp_path / "c.csv")
    data, _ = widget._repr_mimebundle_()
    for html in (widget.card["html"], data["text/html"]):
        assert "<img" not in html
        assert "<script" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html
    # the rest is set as text by the page's script, never as HTML
    script = (review.Path(review.__file__).with_name("drawing") / "review.js").read_text(encoding="utf-8")
    assert script.count("innerHTML") == 1
    assert "insertAdjacentHTML" not in script


def test_rows_that_cannot_be_reviewed_are_refused(notes, articles, tmp_path):
    with pytest.raises(ValueError, match="rows of no table"):
        nl.review(articles, articles, save=tmp_path / "c.csv")
    with pytest.raises(ValueError, match="is not among the articles"):
        nl.review(notes.statements, articles.iloc[:0], save=tmp_path / "c.csv")
    with pytest.raises(ValueError, match="The text has changed"):
        nl.review(notes.statements, load("Another text altogether."), save=tmp_path / "c.csv")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="no column 'table'"):
        nl.review(notes.statements, articles, save=tmp_path / "other.csv")


def test_no_rows_are_said_and_not_an_error(notes, articles, tmp_path):
    widget = nl.review(notes.statements.iloc[:0], articles, save=tmp_path / "c.csv")
    assert widget.card["place"] == "No rows to review."
    press(widget, "accept")
    assert widget.decisions().empty


def test_a_speaker_called_na_stays_a_speaker(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("table,id,decision,column,value\nstatements,a/s0-1,fix,speaker,NA\n")
    assert read_corrections(path)["value"].tolist() == ["NA"]


def test_many_corrections_of_many_rows_take_linear_time():
    def made(n):
        text = "two " * n
        rows = [
            {
                "article_id": "a",
                "quantity_id": f"a/q{4 * i}-{4 * i + 3}",
                "start": 4 * i,
                "end": 4 * i + 3,
                "text": "two",
            }
            for i in range(n)
        ]
        tables = {name: frame(name, []) for name in nl.notes.TABLES}
        tables["quantities"] = frame("quantities", rows)
        tables["articles"] = frame("articles", [{"article_id": "a", "text": text}])
        told = pd.DataFrame([{"table": "quantities", "id": row["quantity_id"], "decision": "reject"} for row in rows])
        return nl.Notes(**tables), told

    def correct(given):
        assert corrected(*given).quantities.empty

    assert_linear(correct, made, 1000, 8000)
