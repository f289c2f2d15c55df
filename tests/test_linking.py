"""The same entity across articles: what is put together, why, and what a reader's corrections change."""

from types import SimpleNamespace

import pandas as pd
import pytest

from newslab import entity_table
from newslab.records import frame


def corpus(*rows):
    """Notes with a name mention for each (article, printed, name, label, gazetteer entry)."""
    mentions = [
        {"article_id": a, "text": t, "name": n, "label": k, "mention": "name", "gazetteer_id": g}
        for a, t, n, k, g in rows
    ]
    articles = [{"article_id": a} for a in sorted({row[0] for row in rows})]
    return SimpleNamespace(
        articles=frame("articles", articles), segments=frame("segments", []), entities=frame("entities", mentions)
    )


def spellings(table):
    return dict(zip(table["name"], table["spellings"], strict=True))


@pytest.mark.parametrize(
    ("one", "other", "label", "entry"),
    [
        ("Kyiv", "Kiev", "place", "703448"),
        ("Zürich", "Zurich", "place", None),
        ("Omar al-Hadad", "Omar Al Haddad", "person", None),
        ("Ann B. Lee", "Ann Lee", "person", None),
        ("The Harbour Wire", "Harbour Wire", "organisation", None),
    ],
)
def test_spellings_of_one_entity_are_one_row(one, other, label, entry):
    table = entity_table(
        corpus(("a", one, one, label, entry), ("b", one, one, label, entry), ("c", other, other, label, entry))
    )
    assert spellings(table) == {one: sorted([one, other])}
    assert table["articles"].tolist() == [3]
    assert table["merged"].iloc[0][0].startswith(f"{other}: ")


@pytest.mark.parametrize(
    ("one", "other", "label"),
    [("Ann Lee", "Ann Reed", "person"), ("Martin Hale", "Morton Hale", "person"), ("Lima", "Lama", "place")],
)
def test_different_names_stay_apart(one, other, label):
    assert len(entity_table(corpus(("a", one, one, label, None), ("b", other, other, label, None)))) == 2


def test_one_name_of_two_kinds_is_two_rows():
    assert len(entity_table(corpus(("a", "Chad", "Chad", "person", None), ("b", "Chad", "Chad", "place", None)))) == 2


SHORT = (
    ("a", "Bar Council", "Bar Council", "organisation", None),
    ("a", "BC", "Bar Council", "organisation", None),
    ("b", "BC", "BC", "organisation", None),
)


def test_a_short_name_goes_to_whom_its_articles_call_so():
    table = entity_table(corpus(*SHORT))
    assert spellings(table) == {"Bar Council": ["BC", "Bar Council"]}
    assert table["merged"].iloc[0] == ["BC: so called in its articles"]


def test_a_name_that_is_both_the_longer_and_the_shorter_is_one_row():
    rows = [(a, "Britain", "Britain", "place", "GB") for a in "ab"]
    rows += [("c", "Great Britain", "Great Britain", "place", "GB"), ("c", "Britain", "Great Britain", "place", "GB")]
    assert spellings(entity_table(corpus(*rows))) == {"Britain": ["Britain", "Great Britain"]}


def test_a_short_name_of_two_stays_alone():
    other = (("c", "Boat Club", "Boat Club", "organisation", None), ("c", "BC", "Boat Club", "organisation", None))
    assert set(spellings(entity_table(corpus(*SHORT, *other)))) == {"Bar Council", "BC", "Boat Club"}


def test_corrections_merge_split_and_relabel_and_survive_a_rerun(tmp_path):
    notes = corpus(*SHORT, ("d", "Ann Lee", "Ann Lee", "organisation", None), ("e", "A. Lee", "A. Lee", "person", None))
    path = tmp_path / "corrections.csv"
    rows = [
        ("split", "BC", "organisation", ""),
        ("relabel", "Ann Lee", "organisation", "person"),
        ("merge", "A. Lee", "person", "Ann Lee"),
    ]
    pd.DataFrame(rows, columns=["action", "name", "label", "into"]).to_csv(path, index=False)
    for _ in range(2):
        table = entity_table(notes, corrections=path)
        assert spellings(table) == {"Ann Lee": ["A. Lee", "Ann Lee"], "BC": ["BC"], "Bar Council": ["Bar Council"]}
    assert table.set_index("name").loc["Ann Lee", "merged"] == ["A. Lee: by hand"]


def test_merges_in_a_circle_end():
    rows = pd.DataFrame(
        [("merge", "A", "person", "B"), ("merge", "B", "person", "A")], columns=["action", "name", "label", "into"]
    )
    table = entity_table(corpus(("a", "A", "A", "person", None), ("b", "B", "B", "person", None)), corrections=rows)
    assert table["mentions"].sum() == 2


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (pd.DataFrame({"action": ["merge"], "name": ["A"]}), "no column 'label'"),
        (
            pd.DataFrame([("join", "A", "person", "B")], columns=["action", "name", "label", "into"]),
            "row 1 has the action 'join'",
        ),
    ],
)
def test_corrections_that_cannot_be_read_say_which_row(rows, message):
    with pytest.raises(ValueError, match=message):
        entity_table(corpus(*SHORT), corrections=rows)
