"""What became of each row and each gold row, what a threshold keeps, and counts corrected for errors."""

import html
import importlib
import json

import numpy as np
import pandas as pd
import pytest

import newslab as nl
from newslab.records import TABLES, frame

verdicts = importlib.import_module("newslab.verdicts")
TEXT = "Ann Hale said the gates were shut. Police said nothing more. Two men left. The mayor denied it."


def statement(start, end, said, speaker, confidence, naming="named"):
    return {
        "article_id": "a", "statement_id": f"a/s{start}-{end}", "start": start, "end": end, "text": TEXT[start:end],
        "content": [said], "cue": [], "source": [], "content_text": TEXT[slice(*said)], "speaker": speaker,
        "naming": naming, "actor_type": "other", "quote_type": "indirect", "confidence": confidence,
    }  # fmt: skip


def at(words):
    start = TEXT.index(words)
    return [start, start + len(words)]


@pytest.fixture
def notes():
    first, second, third = at("the gates were shut"), at("nothing more"), at("Two men left")
    rows = [
        statement(0, first[1], first, "Hale", 0.9),
        statement(second[0] - 12, second[1], second, "police", 0.8),
        statement(*third, third, "two men", 0.3),
    ]
    tables = {name: frame(name, []) for name in TABLES}
    tables["statements"] = frame("statements", rows)
    tables["articles"] = frame("articles", [{"article_id": "a", "text": TEXT}])
    return nl.Notes(**tables)


@pytest.fixture
def gold(tmp_path):
    def labels(words, speaker):
        return {
            "content": [at(words)], "cue": [], "source": [], "content_text": words, "speaker": speaker,
            "naming": "named", "actor_type": "other", "quote_type": "indirect", "role": None, "via": None,
        }  # fmt: skip

    rows = [
        labels("the gates were shut", "Ann Hale"),
        labels("nothing more", "the police"),
        labels("denied it", "the mayor"),
    ]
    path = tmp_path / "gold.json"
    figures = [{"start": 0, "end": 8, "text": "Ann Hale"}]  # says which article it is
    path.write_text(json.dumps({"statements": rows, "figures": figures}))
    return path


def test_each_row_has_its_verdict_and_says_what_differs(notes, gold):
    table = nl.verdicts(notes, gold)
    assert table["verdict"].tolist() == ["wrong", "right", "extra", "missed"]
    assert table["differs"].tolist() == ["speaker", "", "", ""]
    assert table.loc[0, ["speaker", "speaker_gold"]].tolist() == ["Hale", "Ann Hale"]
    assert [TEXT[row.start : row.end] for row in table.itertuples()] == table["text"].tolist()
    assert len(nl.context(table, notes.articles).frame) == 4


def test_verdicts_agree_with_the_score(notes, gold):
    scores = nl.score(notes, gold).set_index(["article", "table", "measure"])
    table = nl.verdicts(notes, gold)
    content = scores.loc[("all", "statements", "content")]
    assert content["right"] == table["verdict"].isin(["right", "wrong"]).sum()
    assert content["found"] == (table["verdict"] != "missed").sum()
    assert content["gold"] == (table["verdict"] != "extra").sum()


def test_another_table_is_refused(notes, gold):
    with pytest.raises(ValueError, match="statements, quantities"):
        nl.verdicts(notes, gold, table="photos")


def test_a_threshold_trades_recall_for_precision(notes, gold):
    table = nl.thresholds(nl.verdicts(notes, gold))
    assert table["threshold"].tolist() == [0.3, 0.8, 0.9]
    assert table["kept"].tolist() == [3, 2, 1]
    assert table["precision"].round(2).tolist() == [0.67, 1.0, 1.0]
    assert table["recall"].round(2).tolist() == [0.67, 0.67, 0.33]
    assert ((table["precision_low"] < table["precision"]) & (table["precision"] <= table["precision_high"])).all()
    strict = nl.thresholds(nl.verdicts(notes, gold), strict=True)
    assert strict["precision"].round(2).tolist() == [0.33, 0.5, 0.0]


def test_the_plot_says_what_a_threshold_would_cost_and_where_there_is_none(notes, gold):
    ax = nl.plot_thresholds(nl.verdicts(notes, gold))
    assert "precision 100%, not 67%, recall 67%, not 67%" in nl.alt_text(ax)
    data = ax.figure._repr_mimebundle_()
    assert data["text/plain"] == nl.alt_text(ax)
    assert f'alt="{html.escape(nl.alt_text(ax))}"' in data["text/html"]
    empty = nl.plot_thresholds(nl.verdicts(notes, gold).assign(confidence=None))
    assert "none with a confidence" in nl.alt_text(empty)


@pytest.mark.parametrize("true", [0.05, 0.3, 0.7])
def test_the_interval_of_an_adjusted_share_holds_the_truth_as_often_as_it_says(true):
    random = np.random.default_rng(1)
    se, sp, n, m = 0.9, 0.8, 300, 150
    hit = 0
    for i in range(200):
        found = random.binomial(n, true * se + (1 - true) * (1 - sp))
        told = (random.binomial(m, se), m), (random.binomial(m, sp), m)
        share = nl.adjusted_share(int(found), n, sensitivity=told[0], specificity=told[1], seed=i)
        hit += share["low"] <= true <= share["high"]
    assert 0.90 <= hit / 200 <= 1.0


def test_an_error_free_sorting_changes_nothing():
    share = nl.adjusted_share(30, 100, sensitivity=(100000, 100000), specificity=(100000, 100000))
    assert share["adjusted"] == pytest.approx(share["found"]) == 0.3
    low, high = importlib.import_module("newslab.scoring").wilson(30, 100)
    assert abs(share["low"] - low) < 0.01
    assert abs(share["high"] - high) < 0.01


def test_a_sorting_no_better_than_chance_cannot_be_corrected():
    with pytest.raises(ValueError, match="no better than chance"):
        nl.adjusted_share(5, 10, sensitivity=(5, 10), specificity=(5, 10))
    with pytest.raises(ValueError, match="not all parts of a whole"):
        nl.adjusted_share(5, 0, sensitivity=(5, 10), specificity=(9, 10))


def test_an_adjusted_count_has_the_ratio_of_the_labelled_articles_and_is_the_same_twice():
    labelled = pd.DataFrame({"found": [10, 0, 25, 15], "gold": [12, 3, 24, 21]})
    one, two = (nl.adjusted_count(1000, labelled) for _ in range(2))
    assert one == two
    assert one["adjusted"] == pytest.approx(1000 * 60 / 50)
    assert one["low"] < one["adjusted"] < one["high"]
    with pytest.raises(ValueError, match="too few"):
        nl.adjusted_count(1000, labelled.head(1))
