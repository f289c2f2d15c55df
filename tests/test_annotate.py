from importlib import import_module

import pandas as pd
import pytest

from newslab import annotate as annotate_function
from newslab.annotate import annotate, annotate_batch
from newslab.articles import load_articles
from newslab.cache import Settings, tree_hash
from newslab.notes import load_notes
from newslab.records import TABLES

PIECES = [
    "At least 41 people were killed when a ferry sank off Larne, the harbour authority said on Monday.",
    '"We have no choice," Anna Lind, the mayor of Larne, told reporters. She said 300 homes were empty.',
    "The budget rose by 4 percent to $1.2 billion, according to the finance ministry in Edinburgh.",
]


def corpus(n: int = 5) -> pd.DataFrame:
    texts = ["\n\n".join(PIECES[i % 3 :] + PIECES[: i % 3] + [f"That was report {i} of the day."]) for i in range(n)]
    return load_articles(pd.DataFrame({"id": [f"a{i}" for i in range(n)], "text": texts}))


def run(articles, **options):
    return annotate(articles, **{"cache": False, "progress": False} | options)


def assert_same_tables(one, two):
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), obj=name)


@pytest.fixture(scope="module")
def plain():
    return run(corpus())


def test_the_tables_are_filled_and_in_the_order_of_the_articles(plain):
    for name in ("segments", "sentences", "entities", "statements", "quantities"):
        table = getattr(plain, name)
        assert table["article_id"].unique().tolist() == [f"a{i}" for i in range(5)], name
        assert (table["article_id"] + "/").equals(table.iloc[:, 1].str.extract(r"^(.*?/)")[0]), name
    assert plain.problems.empty
    assert plain.articles["words"].gt(20).all()


def test_every_row_is_its_own_slice_of_the_article(plain):
    texts = plain.articles.set_index("article_id")["text"]
    for name in ("segments", "sentences", "photos", "entities", "statements", "quantities"):
        for row in getattr(plain, name).itertuples():
            assert texts[row.article_id][row.start : row.end] == row.text


def test_a_figure_in_a_statement_knows_whose_word_it_is(plain):
    first = plain.quantities[plain.quantities["article_id"] == "a0"].set_index("text")
    said = plain.statements.set_index("statement_id")["speaker"]
    toll = first.loc["At least 41"]
    assert toll["statement_id"] in said.index
    assert toll["claimed_by"] == said[toll["statement_id"]] == "harbour authority"


def test_cold_cached_parallel_and_partly_cached_runs_give_equal_tables(plain, tmp_path, monkeypatch):
    articles = corpus()
    assert_same_tables(run(articles, cache=tmp_path), plain)
    module = import_module("newslab.annotate")

    monkeypatch.setattr(module, "BATCH_ARTICLES", 2)
    assert_same_tables(run(articles, workers=2), plain)
    assert_same_tables(run(articles.iloc[:3], cache=tmp_path / "part"), run(articles.iloc[:3]))
    assert_same_tables(run(articles, cache=tmp_path / "part"), plain)

    def never(*args):
        raise AssertionError("an unchanged article was parsed again")

    monkeypatch.setattr(module, "annotate_batch", never)
    assert_same_tables(run(articles, cache=tmp_path), plain)
    assert_same_tables(run(articles, cache=tmp_path / "part"), plain)


def test_dask_gives_the_same_tables(plain, monkeypatch):
    from distributed import Client, LocalCluster

    module = import_module("newslab.annotate")

    monkeypatch.setattr(module, "BATCH_ARTICLES", 2)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        assert_same_tables(run(corpus(), client=client), plain)


def test_a_changed_text_under_an_old_id_is_found_anew_in_a_shared_batch(tmp_path):
    articles = corpus(3)
    run(articles, cache=tmp_path)
    changed = articles.assign(text=articles["text"].where(articles["article_id"] != "a1", PIECES[2]))
    assert_same_tables(run(changed, cache=tmp_path), run(changed))
    assert_same_tables(run(articles, cache=tmp_path), run(articles))


def test_a_batch_that_was_cut_off_counts_for_nothing_and_is_done_again(plain, tmp_path):
    run(corpus(), cache=tmp_path)
    for index in tmp_path.rglob("keys.parquet"):
        index.unlink()
    assert_same_tables(run(corpus(), cache=tmp_path), plain)


def test_one_odd_article_never_stops_a_corpus(tmp_path, monkeypatch):
    finder = import_module("newslab.statements")

    real = finder.statements

    def odd(doc, **options):
        if "strange" in doc.text:
            raise RuntimeError("what is this")
        return real(doc, **options)

    monkeypatch.setattr(finder, "statements", odd)
    german = "Die Polizei sagte am Montag, dass drei Menschen verletzt wurden und viele Häuser brannten. " * 3
    texts = {"good": PIECES[0], "odd": "A strange thing, two men said.", "empty": "", "german": german}
    articles = load_articles(pd.DataFrame({"id": list(texts), "text": list(texts.values())}))
    notes = run(articles)
    problems = notes.problems.set_index("article_id")
    assert problems.loc["odd", ["stage", "reason"]].tolist() == ["statements", "RuntimeError: what is this"]
    assert problems.loc["empty", "stage"] == "load"
    assert "language is 'de'" in problems.loc["german", "reason"]
    measured = notes.articles.set_index("article_id").loc["german", ["reading_ease", "grade_level", "tone"]]
    assert measured.isna().all(), "English measures say nothing about German"
    assert set(notes.statements["article_id"]) == {"good"}
    assert "odd" in set(notes.entities["article_id"]) | set(notes.sentences["article_id"])
    assert set(notes.segments["article_id"]) == {"good", "odd", "german"}
    assert notes.articles["article_id"].tolist() == list(texts)


def test_a_conversion_that_does_not_fit_is_a_problem_and_both_figures_stay():
    articles = load_articles(pd.DataFrame({"id": ["a"], "text": ["The fire burned 8 hectares (about 90 acres)."]}))
    notes = run(articles)
    assert notes.problems[["article_id", "stage"]].values.tolist() == [["a", "conversions"]]
    assert len(notes.quantities) == 2


def test_a_text_too_long_for_the_parser_is_a_problem(monkeypatch):
    parsing = import_module("newslab.parsing")

    monkeypatch.setattr(parsing, "MAX_CHARACTERS", 50)
    notes = run(corpus(1))
    assert "more than the 50 that are parsed" in notes.problems["reason"].iloc[0]
    assert len(notes.segments) > 0
    assert notes.statements.empty


def test_no_article_at_all_gives_empty_tables():
    notes = run(load_articles(pd.DataFrame({"id": [], "text": []})))
    assert all(getattr(notes, name).empty for name in TABLES)


def test_the_run_says_what_made_it_and_saves_with_the_tables(plain, tmp_path):
    assert {"model", "weights", "rules_hash", "corpus_hash", "version_spacy", "version_newslab"} <= plain.run.keys()
    plain.save(tmp_path)
    again = load_notes(tmp_path)
    assert_same_tables(again, plain)
    assert again.run == plain.run


def test_corrections_are_honoured_on_a_rerun(plain):
    target = plain.statements["statement_id"].iloc[0]
    table = pd.DataFrame({"table": ["statements"], "id": [target], "decision": ["reject"]})
    notes = run(corpus(), corrections=table)
    assert target not in set(notes.statements["statement_id"])
    assert len(notes.statements) == len(plain.statements) - 1


def test_the_batch_function_is_pure(plain):
    import pickle

    rows = [{"article_id": "a", "text": PIECES[0], "headline": None, "standfirst": None, "byline": None,
             "language": "en", "source_format": "text", "outlet": None}]  # fmt: skip
    settings = Settings(plain.run["model"], "default", "lexicon")
    batch = pickle.loads(pickle.dumps(annotate_batch))
    assert batch(rows, settings) == annotate_batch(rows, settings)


def test_wrong_arguments_are_named(tmp_path):
    articles = corpus(1)
    for options, message in (
        ({"weights": "some"}, "weights='some'"),
        ({"tone": "mood"}, "tone='mood'"),
        ({"workers": 0}, "workers=0"),
    ):
        with pytest.raises(ValueError, match=message):
            run(articles, **options)
    with pytest.raises(ValueError, match="no column 'article_id'"):
        run(pd.DataFrame({"text": ["x"]}))
    with pytest.raises(OSError, match="no such spaCy model"):
        run(articles, model="en_no_such_model")
    assert annotate_function is annotate


def test_annotating_changes_no_argument():
    articles = corpus(2)
    before = articles.copy()
    run(articles)
    pd.testing.assert_frame_equal(articles, before)


def test_a_changed_rule_is_a_changed_key(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "verbs.csv").write_text("say", encoding="utf-8")
    before = tree_hash(tmp_path)
    (tmp_path / "module.pyc").write_bytes(b"compiled")
    assert tree_hash(tmp_path) == before
    (tmp_path / "rules" / "verbs.csv").write_text("tell", encoding="utf-8")
    assert tree_hash(tmp_path) != before
