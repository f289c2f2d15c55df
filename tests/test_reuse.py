"""Shared passages: clean slices on any text, the sample's known reuse, copies made from a seed, hostile input."""

import importlib
import importlib.util
import sys
import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab.articles import load_articles
from newslab.copying.words import SHINGLE, WINDOW, Index, Vocabulary, fingerprints
from tests.conftest import ROOT

rooms = importlib.import_module("newslab.reuse")
reuse, edits = rooms.reuse, rooms.edits
WIRE = "The river rose by two metres in an hour after the gates at the old mill were left open overnight."


def script(name):
    """A module of benchmarks/."""
    spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", ROOT / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def measures():
    before = list(sys.path)
    yield script("reuse")
    sys.path[:] = before


def table(*texts, **columns):
    ids = [chr(97 + i) for i in range(len(texts))]
    days = [f"2024-03-{9 + i:02}" for i in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "text": texts, "published": days} | columns)


def bodies(texts):
    """Notes whose articles are nothing but body."""
    articles = table(*texts) if len(texts) < 20 else pd.DataFrame({"article_id": range(len(texts)), "text": texts})
    articles["article_id"] = articles["article_id"].astype(str)
    rows = [(key, "body", 0, len(text)) for key, text in zip(articles["article_id"], texts, strict=True) if text]
    segments = pd.DataFrame(rows, columns=["article_id", "part", "start", "end"])
    return type("Notes", (), {"articles": articles, "segments": segments})


def check(found, articles):
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for row in found.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text == row.text.strip()
        assert texts[row.other_id][row.other_start : row.other_end].strip()
        assert 0 < row.same <= row.words and row.quoted <= row.same and 0 < row.share <= 1
    for _, pair in found.sort_values("start").groupby(["article_id", "other_id"]):
        assert (pair["start"].iloc[1:].to_numpy() >= pair["end"].iloc[:-1].to_numpy()).all()


def test_the_samples_known_reuse(measures):
    scores = measures.on_sample()
    assert scores["passages in the sample"] >= 90
    for figure in ("passage recall", "passage precision", "pair recall", "pair precision"):
        assert scores[figure] >= 95, figure


@pytest.mark.parametrize("rate", [0, 0.06, 0.15])
def test_copies_made_from_a_seed(measures, rate):
    scores = measures.on_made(250, seed=7, rate=rate)
    assert scores["copied paragraphs"] > 300
    assert scores["recall"] >= 97 and scores["first printing right"] >= 98 and scores["precision"] >= 90


def test_credits_are_read_from_the_text_where_no_column_tells_them(sample):
    articles = load_articles(sample, metadata=ROOT / "data" / "MANIFEST.csv").assign(agency=None)
    found = reuse(articles)
    check(found, articles)
    credited = found.dropna(subset=["agency"])
    assert set(credited["agency"]) == {"Harbour Wire"}
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    assert all("Harbour Wire" in texts[key] for key in credited["article_id"])
    assert len(credited) > 40 and found["agency"].isna().any()
    assert credited["credited"].all() and not found["credited"].all()
    known = reuse(load_articles(sample, metadata=ROOT / "data" / "MANIFEST.csv"))
    assert set(known["agency"]) == {"Harbour Wire"}  # the manifest tells it also where the article does not
    assert known["credited"].tolist() == found["credited"].tolist()


def test_small_edits_stay_in_one_passage_and_are_listed():
    later = (
        "It is said: the river rose by SIX FEET in about an hour, after the gates at the mill were left open overnight!"
    )
    articles = table(WIRE, later)
    found = reuse(articles)
    assert found["text"].tolist() == [later[12:-1]]
    changed = edits(found, articles)
    assert changed[["other_text", "text", "edit"]].values.tolist() == [
        ["two metres", "SIX FEET", "replaced"],
        ["", "about", "added"],
        ["old", "", "dropped"],
    ]
    for row in changed.itertuples():
        assert later[row.start : row.end] == row.text and WIRE[row.other_start : row.other_end] == row.other_text


def test_a_shared_quotation_alone_is_no_reuse():
    quote = (
        '"We shall rebuild the bridge before the winter comes and nobody will have to take the ferry again," she said.'
    )
    one = f"Ann Hale spoke to reporters at noon. {quote}"
    two = f"The mayor went to see the damage herself. {quote}"
    assert reuse(table(one, two)).empty
    both = reuse(table(f"{one} {WIRE}", f"{two} {WIRE}"))
    assert both["quoted"].max() >= 15  # listed where the two share prose as well


def test_names_and_titles_alone_are_no_reuse():
    name = "Ann Hale, the General Secretary of the Union of Rail and Transit Workers of the North and the Isles"
    assert reuse(table(f"{name} was not there.", f"Nobody asked {name}.")).empty


def test_what_stands_in_nearly_all_articles_is_a_formula():
    formula = "who spoke on condition of anonymity because she had not been asked to speak to reporters"
    texts = [f"Word{i} sank off port{i}, said an official, {formula}. Later{i} it was raised." for i in range(80)]
    assert reuse(bodies(texts)).empty
    assert len(reuse(bodies(texts[:2]))) == 1


def test_only_bodies_are_compared_and_a_caption_ends_a_passage():
    lines = {
        "headline": "The minister promised to pay for all the damage that the storm has done to the houses on the quay",
        "body": WIRE,
        "caption": "People look at the damage that the storm has done to the houses on the quay in the early morning",
        "rest": "Nobody was hurt but a bridge that was built in the spring has been closed until it can be repaired.",
    }
    text = "\n".join(lines.values())
    rows = [(key, part if part != "rest" else "body", text.index(line), text.index(line) + len(line))
            for key in "ab" for part, line in lines.items()]  # fmt: skip
    segments = pd.DataFrame(rows, columns=["article_id", "part", "start", "end"])
    found = reuse(type("Notes", (), {"articles": table(text, text), "segments": segments}))
    assert found["text"].tolist() == [WIRE[:-1], lines["rest"][:-1]]
    assert found["share"].sum() == 1


@pytest.mark.parametrize(
    ("published", "outlets", "agencies", "pair"),
    [
        (["2024-03-10", "2024-03-09"], ["X", "Y"], [None, None], ("a", "b", "date")),
        (["2024-03-09T10:00:00Z", "2024-03-09T09:00:00Z"], ["X", "Y"], [None, None], ("a", "b", "date")),
        (["2024-03-09", "2024-03-09"], ["X", "Wire"], ["Wire", "Wire"], ("a", "b", "agency")),
        (["2024-03-09", "2024-03-09"], ["X", "Reuters"], [None, None], ("a", "b", "agency")),
        (["2024-03-09", "2024-03-09"], ["X", "Y"], [None, None], ("b", "a", "unknown")),
        ([None, "2024-03-09"], ["X", "Y"], [None, None], ("a", "b", "unknown")),
    ],
)
def test_who_came_first_and_how_that_is_known(published, outlets, agencies, pair):
    found = reuse(table(WIRE, WIRE, published=published, outlet=outlets, agency=agencies))
    assert found[["article_id", "other_id", "order"]].values.tolist() == [list(pair)]


def test_the_first_printing_is_named_through_all_hands():
    second = "A man was rescued. " + WIRE
    found = reuse(table(WIRE, second, second + " He is well now, and his dog is, too."))
    assert set(found["wire_id"]) == {"a"}
    assert found["other_id"].tolist() == ["a", "a", "b"]


@pytest.mark.parametrize(
    ("byline", "agency"),
    [("(Reporting by Ann Hale; Editing by Bo Lind)", None), ("Reuters", "Reuters"), ("With agencies and AFP", "AFP")],
)
def test_a_byline_credits_an_agency(byline, agency):
    text = f"{byline}\n{WIRE}"
    articles = table(WIRE, text)
    rows = [("a", "body", 0, len(WIRE)), ("b", "byline", 0, len(byline)), ("b", "body", len(byline) + 1, len(text))]
    notes = type("Notes", (), {
        "articles": articles, "segments": pd.DataFrame(rows, columns=["article_id", "part", "start", "end"])
    })  # fmt: skip
    found = reuse(notes)
    assert found["agency"].fillna("").tolist() == [agency or ""]
    assert found["credited"].tolist() == [agency is not None]


def test_the_order_of_the_table_does_not_matter(sample):
    articles = load_articles(sample, metadata=ROOT / "data" / "MANIFEST.csv")
    articles = articles[articles["story_id"].isin(["eden-flood", "scots-budget"])]
    key = ["article_id", "start", "other_id"]
    one, other = (reuse(rows).sort_values(key, ignore_index=True) for rows in (articles, articles.iloc[::-1]))
    pd.testing.assert_frame_equal(one, other)


def test_nothing_or_nonsense_gives_an_empty_table_or_an_error():
    empty = reuse(table())
    assert list(empty.columns) == list(rooms.TYPES) and empty.empty
    assert reuse(table("", "", "word")).empty
    assert edits(empty, table()).columns.tolist() == list(rooms.EDITS)
    with pytest.raises(ValueError, match="no article_id and no text"):
        reuse(pd.DataFrame({"id": []}))
    with pytest.raises(ValueError, match="minimum=4"):
        reuse(table(), minimum=4)
    with pytest.raises(ValueError, match="is not in these"):
        edits(reuse(table(WIRE, WIRE)), table(WIRE, "Another text."))


SOME = ["the", "of", "a", "b", "c", "d", "e", "said", "“x", "”", "\n\n", "4%", "3,000", "It’s", "Ann"]
WORDS = st.lists(st.sampled_from(SOME), max_size=60).map(" ".join)


@given(st.lists(st.one_of(WORDS, st.text(max_size=60)), max_size=5))
def test_rows_are_slices_of_any_text(texts):
    notes = bodies(texts)
    found = reuse(notes, minimum=5)
    check(found, notes.articles)
    for row in edits(found, notes).itertuples():
        assert notes.articles.set_index("article_id")["text"][row.article_id][row.start : row.end] == row.text


@given(st.integers(0, 2**32), st.integers(40, 80), st.floats(0, 0.15))
@settings(max_examples=15)
def test_an_edited_paragraph_is_found_whole(seed, n, rate):
    writer = script("made_copies").Writer(seed % 100)
    writer.rng.seed(seed)
    words = [writer.rng.choice(writer.words) for _ in range(n)]
    later = writer.edited(words, rate)
    found = reuse(bodies([" ".join(words), "Zzzz zzz. " + " ".join(later) + ". Yyyy."]))
    assert found["same"].sum() >= 0.8 * len(set(words) & set(later))
    assert found["words"].sum() <= len(later)


@given(st.lists(st.integers(1, 30), min_size=SHINGLE + WINDOW - 1, max_size=60))
def test_no_run_of_eight_words_is_missed(numbers):
    vocabulary = Vocabulary()
    row = vocabulary.encode(text := " ".join(f"w{n}" for n in numbers), [(0, len(text))])
    prints = [fingerprints(vocabulary.shingles(row[i : i + SHINGLE + WINDOW - 1])) for i in range(len(row) - 7)]
    whole = set(fingerprints(vocabulary.shingles(row)))
    assert all(whole & set(part) for part in prints)
    assert Index([fingerprints(vocabulary.shingles(row))] * 2).before(1).tolist() == [0]


@pytest.mark.parametrize("kind", ["one word", "two words", "a period of seven", "no two the same", "a million digits"])
def test_hostile_texts_take_linear_time(kind):
    n = 200_000
    texts = {
        "one word": "a " * n, "two words": "a b " * (n // 2), "a period of seven": "a b c d e f g " * (n // 7),
        "no two the same": " ".join(f"w{i}" for i in range(n)), "a million digits": "1" * 1_000_000,
    }  # fmt: skip
    began = time.process_time()
    notes = bodies([texts[kind], texts[kind][3:], texts[kind][1000:]])
    check(reuse(notes), notes.articles)
    assert time.process_time() - began < 25


def test_copy_that_hundreds_print_is_found_in_the_first_and_the_last_before():
    more = "Nobody was hurt but a bridge that was built in the spring has been closed until it can be repaired."
    texts = [f"Word{i} stood{i} there{i}. {WIRE} {more}" for i in range(300)]
    found = reuse(bodies([f"{WIRE} {more}", *texts]))
    assert set(found["wire_id"]) == {"0"} and found["article_id"].nunique() == 300
    assert found.groupby("article_id")["other_id"].nunique().max() <= 40


def test_twice_as_many_articles_take_twice_the_time(measures):
    few, many = (measures.on_made(n)["CPU seconds"] for n in (200, 800))
    assert many < 10 * few


def test_ids_may_be_numbers():
    articles = table(WIRE, WIRE).assign(article_id=[1, 2])
    found = reuse(articles)
    assert found[["article_id", "other_id"]].values.tolist() == [["2", "1"]] and edits(found, articles).empty
    assert "2 <- 1: 20 words" in repr(importlib.import_module("newslab.drawing.copies").show_reuse(found, articles))


def test_side_by_side_is_escaped_and_marks_what_differs():
    draw = importlib.import_module("newslab.drawing.copies")
    attack = WIRE.replace("two metres", "<script>alert(1)</script>")
    articles = table(WIRE, attack, outlet=["<b>Wire</b>", '"><img src=x>'])
    html = draw.show_reuse(reuse(articles), articles)
    assert "<script>" not in html.html and "<img" not in html.html and "<b>Wire" not in html.html
    assert '<del class="nl-gone">two metres</del>' in html.html
    assert '<ins class="nl-new">script&gt;alert(1)&lt;/script</ins>' in html.html
    assert draw.show_reuse(reuse(articles).head(0), articles).html.count("No passages.") == 1
