"""The source audit: who speaks first, intervals by hand and by simulation, two groups, and copy counted once."""

import importlib
import importlib.util
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.linking import entity_table
from newslab.plots import plot_sources
from newslab.records import TABLES, frame
from newslab.reuse import reuse
from newslab.scoring import wilson
from tests.conftest import ROOT

audit = importlib.import_module("newslab.audit")
sources, compare_sources = audit.sources, audit.compare_sources
PASSAGE = (
    "About 3,800 homes had no power on Monday evening and some will have none until Friday, Ann Hale said at noon."
)


def notes_of(rows, outlets=None, published=None):
    """Statements as (article, speaker, actor type, start, part), and their articles."""
    ids = list(dict.fromkeys(row[0] for row in rows))
    statements = [
        {"article_id": key, "speaker": who, "actor_type": kind, "start": start, "end": start + 1, "part": part,
         "naming": "named", "act": "speech", "quote_type": "direct", "words": 3}
        for key, who, kind, start, part in rows
    ]  # fmt: skip
    articles = [
        {"article_id": key, "outlet": (outlets or {}).get(key, key[0].upper()), "published": (published or {}).get(key)}
        for key in ids
    ]
    tables = {"statements": statements, "articles": articles}
    return SimpleNamespace(**{name: frame(name, tables.get(name, [])) for name in TABLES})


def test_who_speaks_first_in_the_body():
    notes = notes_of([
        ("a1", "Bo", "expert", 0, "headline"), ("a1", "Ann", "citizen", 40, "body"), ("a1", "Bo", "expert", 20, "body"),
        ("b1", "Ann", "citizen", 7, "body"), ("b1", None, "other", 3, "body"), ("c1", "Bo", "expert", 5, "caption"),
    ])  # fmt: skip
    table = sources(notes).set_index("speaker")
    assert table["first"].to_dict() == {"Ann": 1, "Bo": 2}
    assert table["articles"].to_dict() == {"Ann": 2, "Bo": 2}
    assert sources(notes, by="actor_type").set_index("actor_type")["first"].to_dict() == {
        "citizen": 0, "expert": 2, "other": 1,
    }  # fmt: skip


def test_the_spellings_of_one_speaker_are_one():
    """As `entity_table` puts them together, or as a reader corrected it; `joined=False` counts each spelling."""
    notes = notes_of([
        ("a1", "Omar Haddad", "expert", 0, "body"), ("a2", "Omar Hadad", "expert", 0, "body"),
        ("b1", "Omar Haddad", "expert", 0, "body"), ("b1", "police", "police", 9, "body"),
    ])  # fmt: skip
    names = [("a1", "Omar Haddad"), ("a2", "Omar Hadad"), ("b1", "Omar Haddad")]
    notes.entities = frame("entities", [
        {"article_id": key, "label": "person", "mention": "name", "name": name, "text": name} for key, name in names
    ])  # fmt: skip
    assert sources(notes)[["speaker", "statements"]].values.tolist() == [["Omar Haddad", 3], ["police", 1]]
    assert sources(notes, joined=False)["statements"].tolist() == [2, 1, 1]
    drawn = [plot_sources(notes, joined=joined).get_title("left") for joined in (True, False)]
    assert ["3 of 4" in drawn[0], "2 of 4" in drawn[1]] == [True, True]  # the plot says what the table says
    assert sources(notes, by="actor_type").set_index("actor_type")["speakers"].to_dict() == {"expert": 1, "police": 1}
    apart = pd.DataFrame([{"action": "split", "name": "Omar Hadad", "label": "person", "into": ""}])
    assert len(sources(notes, joined=entity_table(notes, corrections=apart))) == 3
    table = compare_sources(notes, "A", "B", by="speaker").set_index("speaker")
    assert table.loc["Omar Haddad", ["target", "reference"]].tolist() == [2, 1]
    for wrong in (None, "yes"):
        with pytest.raises(ValueError, match=r"compare_sources\(\): joined must be"):
            compare_sources(notes, "A", "B", joined=wrong)


def test_an_interval_over_articles_by_hand():
    """Three articles with 2 of 4, 0 of 4 and 1 of 4: Cochran's variance, a t quantile, Wilson with fewer statements."""
    rows = [("a", "citizen")] * 2 + [("a", "x")] * 2 + [("b", "x")] * 4 + [("c", "citizen")] + [("c", "x")] * 3
    notes = notes_of([(key, kind, kind, i, "body") for i, (key, kind) in enumerate(rows)])
    p = 3 / 12
    variance = sum((y - 4 * p) ** 2 for y in (2, 0, 1)) / 12**2 * 3 / 2
    size = min(12, p * (1 - p) / variance * (1.959964 / 4.3027) ** 2)
    row = sources(notes, by="actor_type").set_index("actor_type").loc["citizen"]
    assert (row["share_low"], row["share_high"]) == pytest.approx(wilson(p * size, size), abs=1e-4)


@pytest.mark.parametrize(
    ("df", "quantile"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (30, 2.042), (1e6, 1.96)]
)
def test_students_t(df, quantile):
    assert float(audit._t(np.array(df))) == pytest.approx(quantile, rel=0.01)


def test_one_article_or_one_kind_tells_little():
    one = notes_of([("a", "Ann", "citizen", i, "body") for i in range(20)])
    row = sources(one).iloc[0]
    assert row["share"] == row["share_high"] == 1 and row["share_low"] == pytest.approx(wilson(1, 1)[0])
    assert sources(one, interval="statements").iloc[0]["share_low"] == pytest.approx(wilson(20, 20)[0])


def test_the_intervals_hold_the_true_share():
    path = ROOT / "benchmarks" / "intervals.py"
    spec = importlib.util.spec_from_file_location("benchmarks_intervals", path)
    simulation = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(simulation)
    simulation.WAYS = audit.INTERVALS
    found = simulation.held(25, 150, np.random.default_rng(1))
    assert found["articles"][0].min() >= 0.88 and found["articles"][0].mean() >= 0.92
    assert found["statements"][0].mean() <= 0.86


def test_two_groups_by_outlet_and_by_period():
    rows = [(f"{outlet}{i}", "N", "citizen" if i < n else "police", 0, "body")
            for outlet, n in (("p", 9), ("w", 1), ("z", 5)) for i in range(10)]  # fmt: skip
    months = {f"{outlet}{i}": f"2024-0{1 + (i + 3 * (outlet == 'w')) % 3}-05" for outlet in "pwz" for i in range(10)}
    notes = notes_of(rows, published=months)
    table = compare_sources(notes, "P", "W").set_index("actor_type")
    row = table.loc["citizen"]
    assert row[["target", "reference"]].tolist() == [9, 1]
    low, high = (wilson(n, 10) for n in (9, 1))
    assert row["difference"] == pytest.approx(0.8)
    newcombe = 0.8 - np.hypot(0.9 - low[0], high[1] - 0.1)
    plain = compare_sources(notes, "P", "W", interval="statements").set_index("actor_type").loc["citizen"]
    assert plain["difference_low"] == pytest.approx(newcombe)
    assert row["difference_low"] <= newcombe + 1e-9 and row["difference_low"] > 0
    assert table.loc["police", "difference"] == pytest.approx(-0.8)
    others = compare_sources(notes, "P").set_index("actor_type").loc["citizen"]
    assert others["reference"] == 6
    months = compare_sources(notes, "2024-01", ["2024-02", "2024-03"], of="published")
    assert months["target"].sum() == 12 and months["reference"].sum() == 18
    swapped = compare_sources(notes, "W", "P").set_index("actor_type").loc["citizen"]
    assert swapped["difference_high"] == pytest.approx(-row["difference_low"])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"target": "Q"}, "no article has target 'Q' as its outlet. There are: P, W"),
        ({"target": "P", "reference": "Q"}, "no article has reference 'Q'"),
        ({"target": "P", "of": "colour"}, "of='colour'"),
        ({"target": "P", "by": "colour"}, "by='colour'"),
        ({"target": "P", "interval": "bootstrap"}, "interval is 'bootstrap'"),
        ({"target": "P", "act": "writing"}, "have no statements"),
    ],
)
def test_errors_say_what_there_is(asked, message):
    notes = notes_of([("p1", "N", "citizen", 0, "body"), ("w1", "N", "citizen", 0, "body")])
    with pytest.raises(ValueError, match=message):
        compare_sources(notes, **asked)


def copied():
    """Two articles that print one passage with a statement in it, and one statement that only the second has."""
    texts = {"a": PASSAGE, "b": f"{PASSAGE} Nobody knows why, said Bo."}
    articles = [{"article_id": key, "text": text, "outlet": key, "published": f"2024-03-0{i}"}
                for i, (key, text) in enumerate(texts.items(), 1)]  # fmt: skip
    spans = [
        ("a", "Ann Hale", 0, len(PASSAGE)),
        ("b", "Ann Hale", 0, len(PASSAGE)),
        ("b", "Bo", len(PASSAGE) + 1, len(texts["b"])),
    ]
    same = {"part": "body", "quote_type": "indirect", "words": 5, "naming": "named", "actor_type": "citizen"}
    statements = [
        same | {"article_id": key, "speaker": who, "start": start, "end": end} for key, who, start, end in spans
    ]
    segments = [{"article_id": key, "part": "body", "start": 0, "end": len(text)} for key, text in texts.items()]
    rows = {"articles": articles, "statements": statements, "segments": segments}
    return SimpleNamespace(**{name: frame(name, rows.get(name, [])) for name in TABLES})


def test_wire_copy_counts_once():
    notes = copied()
    assert sources(notes).set_index("speaker")["statements"].to_dict() == {"Ann Hale": 2, "Bo": 1}
    once = sources(notes, once_per_wire=True).set_index("speaker")
    assert once["statements"].to_dict() == {"Ann Hale": 1, "Bo": 1}
    assert once.loc["Ann Hale", "outlets"] == 1
    pd.testing.assert_frame_equal(once, sources(notes, once_per_wire=reuse(notes)).set_index("speaker"))
    none = reuse(notes).head(0)
    pd.testing.assert_frame_equal(sources(notes), sources(notes, once_per_wire=none))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=12), st.integers(0, 30), st.integers(1, 9))
def test_overlap_counts_characters(spans, start, length):
    passages = pd.DataFrame([("a", s, s + n) for s, n in spans], columns=["article_id", "start", "end"])
    statements = pd.DataFrame({"article_id": ["a", "b"], "start": start, "end": start + length})
    inside = sum(any(s <= at < s + n for s, n in spans) for at in range(start, start + length))
    kept = audit._once(statements, passages)
    assert ("a" in set(kept["article_id"])) == (2 * inside < length) and "b" in set(kept["article_id"])
