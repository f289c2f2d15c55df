"""Tables over a corpus: counts by hand, shares with their bounds, nothing given is changed."""

import math
import re
import time
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.explore import claims, concordance, keyness, names, sources
from newslab.records import TABLES, frame
from newslab.scoring import wilson

from .made_notes import made

EMPTY = SimpleNamespace(**{name: frame(name, []) for name in TABLES})


def corpus():
    """Three articles of two outlets, with statements, figures and names."""
    articles = [
        {"article_id": "a", "outlet": "Post", "story_id": "ferry", "published": "2024-03-10", "text": "One."},
        {"article_id": "b", "outlet": "Wire", "story_id": "ferry", "published": "2024-03-09T18:00Z", "text": "Two."},
        {"article_id": "c", "outlet": "Wire", "story_id": "vote", "published": None, "text": "Three."},
    ]

    def said(article, speaker, quote_type, words, role=None, act="speech"):
        return {"article_id": article, "speaker": speaker, "quote_type": quote_type, "words": words, "role": role,
                "naming": "named" if speaker else "none", "actor_type": "government", "act": act}  # fmt: skip

    statements = [
        said("a", "Ann Hale", "direct", 10, "mayor"),
        said("a", "Ann Hale", "indirect", 5, "mayor"),
        said("b", "Ann Hale", "mixed", None, "Mayor of Ex"),
        said("c", "Bo Lind", "direct", 7, act="attitude"),
        said("c", None, "indirect", 3),
    ]

    def figure(article, start, value, counted, action, **more):
        return {"article_id": article, "start": start, "end": start + 1, "value": value, "counted": counted,
                "action": action, "dimension": "count", "bound": "=", "text": str(value)} | more  # fmt: skip

    quantities = [
        figure("a", 3, 11.0, "people", "kill"),
        figure("a", 1, 9.0, "young people", "kill", claimed_by="Ann Hale"),
        figure("b", 5, 8.0, "People", "kill"),
        figure("c", 5, 7.0, "people", "Kill"),
        figure("b", 9, 40.0, "buses", "damage"),
        figure("b", 11, 5.0, None, None, dimension="length", unit="mile"),
        figure("b", 12, 8.0, None, None, dimension="length", unit="kilometre", converts="b/q11-12"),
    ]

    def name(article, text, canonical, mention="name", label="person", role=None):
        return {
            "article_id": article,
            "text": text,
            "name": canonical,
            "mention": mention,
            "label": label,
            "role": role,
        }

    entities = [
        name("a", "Ann Hale", "Ann Hale", role="mayor"), name("a", "Hale", "Ann Hale"), name("a", "Hale", "Ann Hale"),
        name("a", "she", "Ann Hale", "pronoun"), name("b", "Ann Hale", "Ann Hale"),
        name("b", "Hale", "Hale", label="place"),
    ]  # fmt: skip
    rows = {"articles": articles, "statements": statements, "quantities": quantities, "entities": entities}
    return SimpleNamespace(**{table: frame(table, rows.get(table, [])) for table in TABLES})


def test_sources_counts_speakers():
    table = sources(corpus())
    shown = ["speaker", "naming", "role", "articles", "statements", "words", "outlets"]
    assert table[shown].values.tolist() == [
        ["Ann Hale", "named", "mayor", 2, 3, 15, 2],
        ["Bo Lind", "named", np.nan, 1, 1, 7, 1],
    ]
    first = table.iloc[0]
    assert first["share"] == 3 / 4  # the statement without a speaker is not in the denominator
    assert first["direct"] == pytest.approx(1 / 3)
    assert first["share_low"] < wilson(3, 4)[0] and first["share_high"] > wilson(3, 4)[1]
    plain = sources(corpus(), interval="statements").iloc[0]
    assert (plain["share_low"], plain["share_high"]) == pytest.approx(wilson(3, 4))
    assert (plain["direct_low"], plain["direct_high"]) == pytest.approx(wilson(1, 3))


def test_sources_by_other_columns():
    by_outlet = sources(corpus(), by="outlet")
    assert by_outlet[["outlet", "speakers", "statements"]].values.tolist() == [["Wire", 2, 3], ["Post", 1, 2]]
    by_naming = sources(corpus(), by="naming")
    assert by_naming[["naming", "statements", "share"]].values.tolist() == [["named", 4, 0.8], ["none", 1, 0.2]]
    by_date = sources(corpus(), by="published")
    assert by_date["published"].tolist() == ["2024-03-10", "2024-03-09T18:00Z"]


def test_sources_filters():
    assert sources(corpus(), act="attitude")["speaker"].tolist() == ["Bo Lind"]
    often = sources(corpus(), minimum=2)
    assert often[["speaker", "share"]].values.tolist() == [["Ann Hale", 0.75]]
    with pytest.raises(ValueError, match="by='colour'"):
        sources(corpus(), by="colour")


def test_claims_by_time_with_who_says_them():
    table = claims(corpus(), action="kill", counted="people")
    assert table["value"].tolist() == [8.0, 9.0, 11.0, 7.0]  # the one without a date last
    assert table["published"].tolist()[:3] == ["2024-03-09T18:00Z", "2024-03-10", "2024-03-10"]
    assert table["claimed_by"].fillna("").tolist() == ["", "Ann Hale", "", ""]
    assert table["outlet"].tolist() == ["Wire", "Post", "Post", "Wire"]


def test_claims_tell_agreement_conflict_and_revision():
    def figure(article, value, said=None, bound="=", **more):
        known = {"value": value, "low": value, "high": None if bound == "at least" else value, "bound": bound}
        where = {"article_id": article, "quantity_id": f"{article}/{value:.0f}", "start": 1, "end": 2, "text": "n"}
        what = {"dimension": "count", "counted": "people", "action": "kill", "claimed_by": said}
        return where | what | known | more

    days = {"a": "2024-03-09", "b": "2024-03-10", "c": "2024-03-11", "d": None}
    articles = [{"article_id": a, "outlet": "Post", "story_id": "ferry", "published": day} for a, day in days.items()]
    rows = [
        figure("a", 9.0, "police"), figure("a", 30.0, "the union"), figure("b", 11.0, "Police"),
        figure("b", 10.0, "the mayor", "at least"), figure("c", 11.0), figure("d", 50.0, "police"),
        figure("c", 4.0, action="injure"),
    ]  # fmt: skip
    notes = SimpleNamespace(quantities=frame("quantities", rows), articles=frame("articles", articles))
    table = claims(notes, action="kill", counted="people")
    shown = table[["claimed_by", "value", "revises", "agree", "conflict"]].fillna("").values.tolist()
    assert shown == [
        ["police", 9.0, "", 0, 1],
        ["the union", 30.0, "", 0, 1],
        ["Police", 11.0, "a/9", 1, 1],
        ["the mayor", 10.0, "", 2, 0],
        ["", 11.0, "", 2, 1],
        ["police", 50.0, "", 0, 0],  # without a date nothing can be said
    ]
    assert claims(notes)["conflict"].sum() == table["conflict"].sum()  # the injured are another question
    assert (claims(notes, action="hug")[["revises", "agree", "conflict"]].dtypes == table.dtypes.tail(3)).all()


def test_claims_of_joined_notes_and_of_dates_known_in_part():
    notes = corpus()
    notes.articles["published"] = ["2024-03", "2024", "2023-12-31"]
    notes.quantities = pd.concat([notes.quantities.iloc[:3], notes.quantities.iloc[3:].set_axis([0, 1, 2, 3])])
    assert claims(notes, action="kill")["value"].tolist() == [7.0, 8.0, 9.0, 11.0]


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ({"counted": "bus"}, [40.0]),
        ({"counted": ["bus", "people"], "story": "vote"}, [7.0]),
        ({"action": ("damage", "KILL"), "story": "ferry"}, [8.0, 40.0, 9.0, 11.0]),
        ({"dimension": "length"}, [5.0]),
        ({"dimension": "length", "conversions": True}, [5.0, 8.0]),
        ({"unit": "kilometre", "conversions": True}, [8.0]),
        ({"counted": "peop"}, []),
        ({"counted": "storey"}, []),
    ],
)
def test_claims_filters(asked, values):
    assert claims(corpus(), **asked)["value"].tolist() == values


def test_names_over_the_corpus():
    table = names(corpus())
    assert table[["name", "label", "articles", "outlets", "mentions", "role"]].values.tolist() == [
        ["Ann Hale", "person", 2, 2, 5, "mayor"],
        ["Hale", "place", 1, 1, 1, np.nan],
    ]
    assert table["forms"].tolist() == [["Ann Hale", "Hale"], ["Hale"]]
    assert names(corpus(), label="place")["name"].tolist() == ["Hale"]


def test_keyness_is_rayson_and_garsides_g2_and_hardies_log_ratio():
    articles = pd.DataFrame({
        "article_id": ["a", "b", "c"], "outlet": ["Post", "Wire", "Wire"],
        "text": ["storm " * 30 + "sea’s " * 70, "storm " * 5 + "Sea " * 95, "vote " * 100],
    })  # fmt: skip
    table = keyness(articles, "Post", ignore=["VOTE"]).set_index("word")
    assert list(table.index) == ["storm", "sea"]
    expected = [35 * 100 / 300, 35 * 200 / 300]
    g2 = 2 * (30 * math.log(30 / expected[0]) + 5 * math.log(5 / expected[1]))
    storm = table.loc["storm"]
    assert storm["g2"] == pytest.approx(g2)
    assert storm["log_ratio"] == pytest.approx(math.log2((30 / 100) / (5 / 200)))
    assert storm[["target", "reference", "target_articles", "reference_articles"]].tolist() == [30, 5, 1, 1]
    assert storm[["target_rate", "reference_rate"]].tolist() == [3000, 250]


def test_keyness_of_notes_counts_the_body_alone():
    _, notes = made()
    found = keyness(notes, "ferry", by="story_id", reference=["flood"])
    assert "sport" not in set(found["word"])  # stands in the furniture of every page
    assert set(found["word"][:4]) == {"maribor", "bergen", "houses", "people"}
    assert "gdynia" not in set(found["word"])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"target": "Klaxon"}, "no article has target 'Klaxon' as its outlet. There are: Post, Wire"),
        ({"target": "Post", "reference": "Klaxon"}, "no article has reference 'Klaxon'"),
        ({"target": "Post", "by": "colour"}, "no such column"),
    ],
)
def test_keyness_says_what_there_is(asked, message):
    with pytest.raises(ValueError, match=message):
        keyness(corpus().articles, **asked)


def test_concordance_finds_whole_words_with_wildcards():
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["The U.S. said no.\nUSA? u.s.!", "Nothing."]})
    found = concordance(articles, "U.S.", width=5)
    assert found[["article_id", "start", "left", "text", "right"]].values.tolist() == [
        ["a", 4, "The ", "U.S.", " said"],
        ["a", 23, "USA? ", "u.s.", "!"],
    ]
    assert concordance(articles, "U.S.", case=True)["start"].tolist() == [4]
    assert concordance(articles, "sa* no")["text"].tolist() == ["said no"]
    assert concordance(articles, "sa")["text"].tolist() == []
    assert concordance(articles, re.compile("S[.A]"))["text"].tolist() == ["S.", "SA"]
    assert concordance(SimpleNamespace(articles=articles), "nothing")["article_id"].tolist() == ["b"]
    with pytest.raises(ValueError, match="the pattern is empty"):
        concordance(articles, " ")


@given(st.text("aAbß \n.*'İ", max_size=60), st.text("aAbß*.", min_size=1, max_size=4))
def test_concordance_rows_are_slices_of_the_text(text, pattern):
    found = concordance(pd.DataFrame({"article_id": ["a"], "text": [text]}), pattern, width=7)
    for row in found.to_dict("records"):
        assert text[row["start"] : row["end"]] == row["text"]
        assert re.sub(r"\s", " ", text).count(row["left"] + row["text"].replace("\n", " ") + row["right"])
    if re.fullmatch(r"\w+", pattern):
        assert len(found) >= len(re.findall(rf"\b{pattern}\b", text))


def test_empty_tables_give_empty_tables_with_the_same_columns():
    _, notes = made()
    for find in (
        sources,
        names,
        claims,
        lambda n: sources(n, by="outlet"),
        lambda n: claims(n, action="kill", counted="people"),
        lambda n: concordance(n, "the"),
    ):
        none, some = find(EMPTY), find(notes)
        assert len(none) == 0 < len(some)
        assert none.columns.tolist() == some.columns.tolist()
        assert none.dtypes.tolist() == some.dtypes.tolist()


def test_nothing_given_is_changed():
    _, notes = made()
    before = {name: getattr(notes, name).copy(deep=True) for name in TABLES}
    sources(notes), sources(notes, by="outlet"), names(notes), claims(notes, action="kill")
    keyness(notes, "ferry", by="story_id"), concordance(notes, "the")
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(notes, name), table)


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from(["X", "Y", None]), st.sampled_from(["direct", "indirect"])),
        max_size=30,
    )
)
def test_sources_add_up(rows):
    statements = frame("statements", [
        {"article_id": a, "speaker": who, "quote_type": how, "words": 2, "naming": "named"} for a, who, how in rows
    ])  # fmt: skip
    articles = frame("articles", [{"article_id": a, "outlet": a.upper()} for a in "ab"])
    table = sources(SimpleNamespace(statements=statements, articles=articles))
    spoken = statements["speaker"].notna().sum()
    assert table["statements"].sum() == spoken
    assert table["words"].sum() == 2 * spoken
    assert table["share"].sum() == pytest.approx(1.0 if spoken else 0.0)
    assert (table["share_low"] <= table["share"]).all() and (table["share"] <= table["share_high"]).all()


def test_a_corpus_of_many_speakers_takes_seconds():
    rng = np.random.default_rng(0)
    n = 100_000
    statements = pd.DataFrame({
        "article_id": rng.integers(0, 10_000, n).astype(str), "speaker": rng.integers(0, 40_000, n).astype(str),
        "quote_type": rng.choice(["direct", "indirect"], n), "words": rng.integers(1, 40, n), "act": "speech",
        "naming": "named", "actor_type": "expert", "role": None, "affiliation": None,
    })  # fmt: skip
    articles = frame("articles", [{"article_id": str(i), "outlet": f"o{i % 9}"} for i in range(10_000)])
    began = time.process_time()
    table = sources(SimpleNamespace(statements=statements, articles=articles))
    assert table["statements"].sum() == n
    assert time.process_time() - began < 5
