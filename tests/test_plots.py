"""Plots: what their titles, notes and words say, that nothing is cut off, and that matplotlib is left as it was."""

from __future__ import annotations

from types import SimpleNamespace

import matplotlib
import pandas as pd
import pytest

from newslab.audit import compare_sources
from newslab.drawing import periods
from newslab.drawing import style as drawing
from newslab.plots import (
    alt_text,
    plot_actor_types,
    plot_articles,
    plot_claims,
    plot_compare_sources,
    plot_figures,
    plot_naming,
    plot_places,
    plot_reuse,
    plot_sources,
)  # fmt: skip
from newslab.records import frame
from newslab.reuse import reuse
from tests.made_notes import LONG, made, made_claims

matplotlib.use("agg")
import matplotlib.pyplot as plt

PLOTS = {
    "articles": lambda articles, notes, **options: plot_articles(articles, **options),
    "sources": lambda articles, notes, **options: plot_sources(notes, **options),
    "sources by type": lambda articles, notes, **options: plot_sources(notes, colour="actor_type", **options),
    "actor types": lambda articles, notes, **options: plot_actor_types(notes, **options),
    "actor types by outlet": lambda articles, notes, **options: plot_actor_types(notes, by="outlet", **options),
    "two groups": lambda articles, notes, **options: plot_compare_sources(
        notes, list(notes.articles["outlet"].head(1)), **options
    ),
    "naming": lambda articles, notes, **options: plot_naming(notes, **options),
    "figures": lambda articles, notes, **options: plot_figures(notes, **options),
    "reuse": lambda articles, notes, **options: plot_reuse(reuse(articles, minimum=6), articles, **options),
    "places": lambda articles, notes, **options: plot_places(notes, **options),
    "claims": lambda articles, notes, **options: plot_claims(claims_of(notes), **options),
}


def claims_of(notes):
    return notes.quantities.merge(notes.articles[["article_id", "published", "outlet"]], on="article_id").query(
        "dimension == 'count'"
    )


def empty():
    tables = {name: frame(name, []) for name in ("articles", "statements", "quantities", "entities")}
    return tables["articles"], SimpleNamespace(**tables)


@pytest.fixture(scope="module")
def corpus():
    return made()


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(ax):
    return " ".join(text.get_text() for text in ax.findobj(matplotlib.text.Text))


@pytest.mark.parametrize("name", PLOTS)
def test_every_plot_says_its_finding_its_n_its_dates_and_all_of_it_in_words(corpus, name):
    ax = PLOTS[name](*corpus)
    assert ax.get_title("left")
    assert "n = " in texts(ax) and "March 2024" in texts(ax)
    assert ax.get_xlabel()
    words = alt_text(ax)
    assert ax.get_title("left").replace("\n", " ") in words and "n = " in words and "\n" not in words
    assert ax.figure.get_size_inches()[0] == drawing.WIDTH


@pytest.mark.parametrize("name", PLOTS)
def test_no_text_is_cut_off_at_the_figures_edge(corpus, name):
    ax = PLOTS[name](*corpus)
    figure = ax.figure
    figure.draw_without_rendering()
    drawn, edge = ax.get_tightbbox(), figure.bbox
    assert 0 <= drawn.x0 < drawn.x1 <= edge.width and 0 <= drawn.y0 < drawn.y1 <= edge.height


@pytest.mark.parametrize("name", PLOTS)
def test_labels_of_an_axis_do_not_lie_on_each_other(corpus, name):
    ax = PLOTS[name](*corpus)
    ax.figure.draw_without_rendering()
    for axis in (ax.xaxis, ax.yaxis):
        boxes = [label.get_window_extent() for label in axis.get_ticklabels() if label.get_text()]
        assert len(boxes) > 1
        assert not any(one.overlaps(other) for i, one in enumerate(boxes) for other in boxes[:i])


@pytest.mark.parametrize("name", PLOTS)
def test_without_rows_the_plot_says_so(name):
    ax = PLOTS[name](*empty())
    assert "There are no" in texts(ax) and "There are no" in alt_text(ax)


@pytest.mark.parametrize("name", PLOTS)
def test_a_given_axes_is_drawn_on_and_global_settings_stay(corpus, name):
    figure, (left, right) = plt.subplots(1, 2)
    before = dict(matplotlib.rcParams)
    size, spot = tuple(figure.get_size_inches()), right.get_position().bounds
    assert PLOTS[name](*corpus, ax=right) is right
    assert dict(matplotlib.rcParams) == before
    assert tuple(figure.get_size_inches()) == size and right.get_position().bounds == spot
    assert plt.get_fignums() == [figure.number] and not left.has_data() and right.has_data()
    PLOTS[name](*corpus)
    assert dict(matplotlib.rcParams) == before and len(plt.get_fignums()) == 2


@pytest.mark.parametrize("name", PLOTS)
def test_hundreds_of_outlets_and_speakers_with_hostile_names(corpus, name):
    articles, notes = corpus
    names = [
        "$5 for $6 and \\frac{",
        "_hidden",
        "a\nb\tc\x00",
        "",
        "x" * 300,
        *(f"Name {i} of many" for i in range(95)),
    ]
    articles = pd.concat([articles] * 20, ignore_index=True)
    articles["article_id"] = [f"a{i}" for i in range(len(articles))]
    articles["outlet"] = [names[i % 100] for i in range(len(articles))]
    statements = pd.concat([notes.statements] * 10, ignore_index=True)
    statements["article_id"] = [f"a{i % 240}" for i in range(len(statements))]
    statements["speaker"] = [names[i % 100] for i in range(len(statements))]
    quantities = notes.quantities.assign(claimed_by=[names[i % 100] for i in range(len(notes.quantities))])
    entities = notes.entities.assign(
        name=[names[i % 100] for i in range(len(notes.entities))], latitude=[i - 30.0 for i in range(60)]
    )
    tables = {"articles": articles, "statements": statements, "quantities": quantities, "entities": entities}
    many = SimpleNamespace(**tables, segments=notes.segments)
    ax = PLOTS[name](articles, many)
    ax.figure.canvas.draw()
    assert ax.figure.get_size_inches()[1] < 12
    assert len(ax.get_yticklabels()) <= 17


def test_titles_and_numbers_follow_from_the_rows(corpus):
    articles, notes = corpus
    assert plot_articles(articles).get_title("left") == "No day has more than 3 of 12 articles (25%)"
    assert plot_articles(articles.head(4)).get_title("left") == "Articles peak on 9 March 2024: 2 of 4 articles (50%)"
    assert plot_sources(notes).get_title("left") == "Mira Halvorsen is quoted most: 23 of 60 statements (38%)"
    title = plot_actor_types(notes).get_title("left")
    assert title == "Government is the most frequent type of source: 27 of 60 statements (45%)"
    title = plot_naming(notes).get_title("left").replace("\n", " ")
    assert title.startswith("Sources are named in 52 of 60 statements (87%); least by The Harbour Post (73%)")
    assert plot_figures(notes).get_title("left").endswith("83% of all are counts")


def test_two_groups_have_their_shares_and_intervals(corpus):
    notes = corpus[1]
    ax = plot_compare_sources(notes, "The Harbour Post", by="naming", interval="statements")
    table = compare_sources(notes, "The Harbour Post", by="naming", interval="statements")
    drawn = sorted(100 * share for side in ("target", "reference") for share in table[f"{side}_share"])
    assert sorted(x for line in ax.lines for x in line.get_xdata()) == pytest.approx(drawn)
    bold = [text for text in ax.texts if text.get_fontweight() == "bold" and "(" in text.get_text()]
    assert len(bold) == ((table["difference_low"] > 0) | (table["difference_high"] < 0)).sum()
    assert "as if statements were independent" in alt_text(ax)


def test_bars_have_the_lengths_of_the_counts(corpus):
    ax = plot_sources(corpus[1], top=3)
    widths = sorted(bar.get_width() for bar in ax.patches if bar.get_width())
    counts = corpus[1].statements["speaker"].value_counts()
    assert sum(widths) == counts.head(3).sum() and widths[-1] == 23
    ax = plot_figures(corpus[1])
    assert sum(bar.get_height() for bar in ax.patches) == len(corpus[1].quantities)
    ax = plot_naming(corpus[1])
    assert sum(bar.get_width() for bar in ax.patches) == pytest.approx(400)


def test_values_that_no_list_knows_are_drawn_with_the_others(corpus):
    notes = SimpleNamespace(**vars(corpus[1]))
    notes.statements = notes.statements.assign(actor_type="wizard")
    ax = plot_actor_types(notes, by="outlet")
    assert sum(bar.get_width() for bar in ax.patches) == pytest.approx(400)


def test_a_long_name_is_elided_in_the_plot_and_whole_in_the_words(corpus):
    ax = plot_sources(corpus[1])
    labels = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert LONG not in labels and any("…" in label and label.startswith("Permanent Joint") for label in labels)
    assert LONG in alt_text(ax)


def test_statements_without_a_source_and_articles_without_a_date_are_counted_in_the_note(corpus):
    articles, notes = corpus
    notes = SimpleNamespace(**vars(notes))
    notes.statements = notes.statements.copy()
    notes.statements.loc[:6, "speaker"] = None
    assert "Not drawn: 7 without a source" in texts(plot_sources(notes)).replace("\n", " ")
    undated = articles.copy()
    undated.loc[0, "published"] = None
    undated.loc[1, "published"] = "2024-03"
    assert "Not drawn: 2 without a full date" in texts(plot_articles(undated)).replace("\n", " ")
    undated["published"] = None
    assert "12 articles, none with a full date" in texts(plot_articles(undated)).replace("\n", " ")
    refused = pd.concat([articles, articles.head(1).assign(article_id="x", text="", problem="empty")])
    assert "n = 12 articles" in texts(plot_articles(refused))


def test_bounds_are_drawn_as_bounds():
    claims = made_claims()
    ax = plot_claims(claims)
    arrows = [note for note in ax.texts if getattr(note, "arrow_patch", None) is not None]
    bounds = claims["bound"].value_counts()
    ups = [arrow for arrow in arrows if arrow.xyann[1] > 0]
    assert len(ups) == bounds["at least"] + bounds["more than"]
    assert len(arrows) - len(ups) == bounds["up to"]
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == bounds["about"]
    bars = [line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linestyle() == "-"]
    assert len(bars) == bounds["hundreds"] + bounds["range"]
    words = alt_text(ax)
    assert "at least 9" in words and "hundreds (100 to 1,000)" in words and "no source given: 30 to 50" in words
    assert "9 to 12 on 8 March 2024, 30 to 50 on 13 March 2024" in ax.get_title("left").replace("\n", " ")


@pytest.mark.parametrize(
    ("numbers", "scale"),
    [([9, 12, 40], "linear"), ([9, 1000, 2000], "log"), ([0, 3, 2000], "symlog"), ([0, 0], "linear")],
)
def test_claims_far_apart_are_on_a_scale_that_shows_them_all(numbers, scale):
    rows = made_claims().head(len(numbers)).assign(value=numbers, low=numbers, high=numbers, bound="=")
    ax = plot_claims(rows.astype({"value": float, "low": float, "high": float}))
    ax.figure.canvas.draw()
    assert ax.get_yscale() == scale and ("logarithmic" in ax.get_ylabel()) == (scale != "linear")
    low, high = ax.get_ylim()
    assert low < min(numbers) <= max(numbers) < high
    assert not any("$" in label.get_text() for label in ax.get_yticklabels())


def test_claims_of_several_things_are_not_named_after_one(corpus):
    title = plot_claims(claims_of(corpus[1])).get_title("left").replace("\n", " ")
    assert title.startswith("people, houses and 1 more: ")


def test_claims_in_several_units_or_without_dates_are_refused_with_a_way_out(corpus):
    claims = corpus[1].quantities
    with pytest.raises(ValueError, match=r"no column 'published'.\nGive it claims\(notes"):
        plot_claims(claims)
    with pytest.raises(ValueError, match=r"3 units \(USD, a count, percent\).\nChoose one of them"):
        plot_claims(claims.assign(published="2024-03-09"))


@pytest.mark.parametrize("plot", [plot_naming, plot_actor_types])
def test_an_unknown_column_is_an_error_that_names_it(corpus, plot):
    with pytest.raises(ValueError, match=r"by='outlte'.*\nGive it one of theirs, such as 'outlet'"):
        plot(corpus[1], by="outlte")
    assert "ferry (20)" in texts(plot(corpus[1], by="story_id"))
    assert "direct" in texts(plot(corpus[1], by="quote_type"))


def test_an_unknown_colour_is_an_error(corpus):
    with pytest.raises(ValueError, match="'naming' or 'actor_type'"):
        plot_sources(corpus[1], colour="outlet")


def test_words_of_another_axes_are_refused():
    with pytest.raises(ValueError, match="not drawn by newslab"):
        alt_text(plt.subplots()[1])


@pytest.mark.parametrize(
    ("first", "last", "name", "words"),
    [
        ("2024-03-09", "2024-03-12", "day", "9 Mar"),
        ("2024-01-09", "2024-09-12", "week", "8 Jan"),
        ("2019-02-09", "2024-03-12", "month", "Jan 2020"),
        ("1890-03-09", "2024-03-12", "year", "1890"),
        ("0001-01-01", "9998-12-31", "year", "1"),
    ],
)
def test_time_is_told_in_periods_that_suit_its_span(corpus, first, last, name, words):
    articles = corpus[0].assign(published=[first] * 6 + [last] * 6)
    ax = plot_articles(articles)
    ax.figure.canvas.draw()
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert words in labels and 2 <= len(labels) <= 9
    assert periods.periods(periods.dates(articles["published"]))[1] == name


def test_a_date_is_the_day_it_is_written_with_and_less_than_a_day_is_none():
    days = periods.dates(pd.Series(["2024-03-09T23:30:00-05:00", "2024-03", "2024", None, "2024-02-31", "soon"]))
    assert days.isna().tolist() == [False, True, True, True, True, True]
    assert periods.day_words(days[0]) == "9 March 2024"


def test_text_can_be_read_on_light_and_on_dark(corpus):
    for background, text in (("white", "#222222"), ("#202020", "#eeeeee")):
        _, ax = plt.subplots(facecolor=background)
        plot_naming(corpus[1], ax=ax)
        assert {label.get_color() for label in ax.get_yticklabels()} == {text}
