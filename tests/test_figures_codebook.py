"""Figures as the codebook of the sample labels them: what is counted, which action, whose age, in which unit."""

import pytest

from newslab import rules
from newslab.figures.kinds import confidence, kind
from newslab.parsing import load_model
from newslab.quantities import conversion_problems, quantities
from newslab.records import Statement
from tests.test_quantities import found, only


def test_gold_may_be_weighed_in_troy_ounces():
    text = "The mine holds 410,000 ounces (12.8 tonnes) of gold."
    assert conversion_problems(quantities(load_model()(text))) == []
    text = "The mine holds 410,000 ounces (128 tonnes) of gold."
    assert len(conversion_problems(quantities(load_model()(text)))) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("She is 6ft 2in and swims.", [("6ft 2in", 6 + 2 / 12, "foot", "length")]),
        ("After two hours and ten minutes they left.", [("two hours and ten minutes", 2 + 1 / 6, "hour", "duration")]),
        ("The state paid 20 thousand soms.", [("20 thousand soms", 20000.0, "KGS", "money")]),
        ("He passed notes through a 2in gap.", [("2in", 2.0, "inch", "length")]),
        ("They met three times in a week.", [("three", 3.0, None, "count")]),
        ("It made three times as many boats.", [("three times", 3.0, None, "ratio")]),
        ("Shares trade at 6.5 times earnings.", [("6.5 times", 6.5, None, "ratio")]),
        ("The trains lost drivers, a cut of more than a quarter.", [("more than a quarter", 0.25, None, "fraction")]),
        ("The estimate was 4,000.", [("4,000", 4000.0, None, "count")]),
        ("Marsh is eighty-one.", [("eighty-one", 81.0, "year", "age")]),
        (
            "Their sons, aged four, seven and 11, were safe.",
            [("four", 4.0, "year", "age"), ("seven", 7.0, "year", "age"), ("11", 11.0, "year", "age")],
        ),
        (
            "He paid 206 pounds. In 2006 he paid 390.",
            [("206 pounds", 206.0, "GBP", "money"), ("390", 390.0, "GBP", "money")],
        ),
        (
            "The union says 94 per cent struck. The company puts it at 71.",
            [("94 per cent", 94.0, "percent", "percent"), ("71", 71.0, "percent", "percent")],
        ),
        (
            "It raised its figure from 7.9 metres (26ft) to 8.1 metres.",
            [
                ("7.9 metres", 7.9, "metre", "length"),
                ("26ft", 26.0, "foot", "length"),
                ("8.1 metres", 8.1, "metre", "length"),
            ],
        ),
    ],
)
def test_measures_given_in_two_words_or_left_out(text, wanted):
    rows = [(q.text, q.value, q.unit, q.dimension) for q in found(text)]
    assert rows == [(span, pytest.approx(value), unit, dimension) for span, value, unit, dimension in wanted]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("It would cost 40 or 50 jobs.", 40, 50), ("They rang 2 or even 3 times.", 2, 3)],
)
def test_two_numbers_with_or_between_them_are_one_rough_count(text, low, high):
    row = only(text)
    assert (row.value, row.low, row.high, row.bound) == (None, low, high, "range")


@pytest.mark.parametrize(
    "text",
    [
        "At 21.48 the gates were open.",
        "It covers the hours from 18.00 on 4 February.",
        "They were shut at eight minutes to eleven.",
        "Nobody notices it.",
    ],
)
def test_clock_times_and_nobody_in_other_verbs_are_no_figures(text):
    assert found(text) == ()


@pytest.mark.parametrize(("text", "value"), [("Shares closed at 13.50 on Monday.", 13.5), ("Nobody was hurt.", 0)])
def test_prices_and_nobody_hurt_are_figures(text, value):
    assert [q.value for q in found(text)] == [value]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Claims close within 20 days.", [("within 20 days", 20, "day", "up to")]),
        ("It hit a hut within 3 miles of us.", [("within 3 miles", 3, "mile", "up to")]),
        ("They are within 3 points.", [("3 points", 3, "point", "=")]),
        ("Rents more than tripled.", [("more than tripled", 3, None, "more than")]),
        ("Tickets are for an age above five.", [("above five", 5, "year", "more than")]),
        ("The ministry owned up to 40 leaks.", [("40", 40, None, "=")]),
        ("The ministry found up to 40 leaks.", [("up to 40", 40, None, "up to")]),
        ("His statement about 40 leaks was short.", [("40", 40, None, "=")]),
        ("He fixed about 40 leaks.", [("about 40", 40, None, "about")]),
        ("The median age was about 44.", [("about 44", 44, "year", "about")]),
        ("They waited 50 dreary minutes.", [("50 dreary minutes", 50, "minute", "=")]),
        ("They have 50 working days.", [("50", 50, None, "=")]),
        ("Jobs fell to 50 last year.", [("50", 50, None, "=")]),
        ("Layers of two, three and four metres fell.",
         [("two", 2, "metre", "="), ("three", 3, "metre", "="), ("four metres", 4, "metre", "=")]),
        ("It made two and three million dollars.",
         [("two", 2e6, "USD", "="), ("three million dollars", 3e6, "USD", "=")]),
        ("The index rose 40 points to 612.", [("40 points", 40, "point", "="), ("612", 612, "point", "=")]),
        ("She paid 206 pounds a year. In 2006 she paid 390.",
         [("206 pounds a year", 206, "GBP per year", "="), ("390", 390, "GBP", "=")]),
    ],
)  # fmt: skip
def test_bounds_and_units_that_stand_apart_from_their_number(text, wanted):
    assert [(q.text, q.value, q.unit, q.bound) for q in found(text)] == wanted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The 12 page report was read.", "page"),
        ("The 12 fighter aircraft were sold.", "fighter aircraft"),
        ("A nine-member panel met.", "member"),
        ("There were 31 cases of mumps per 100,000 people.", "cases"),
    ],
)
def test_what_is_counted_before_another_noun(text, counted):
    assert only(text).counted == counted


@pytest.mark.parametrize(
    "text", ["The sp 500 fell.", "In the S P 500 they hold up.", "It says so in chapter 4 of it.", "A four-door car."]
)
def test_indexes_chapters_and_kinds_are_no_figures(text):
    assert found(text) == ()


def test_money_counts_nothing_and_keeps_its_topic():
    row = only("The school budget rose to $5m.")
    assert row.counted is None and "budget" in row.topic


@pytest.mark.parametrize(
    ("text", "counted", "action"),
    [
        ("The ferry, a 551ft ship, leaned.", "ship", None),
        ("The 551ft ship sank.", "ship", None),
        ("The union says 1,900.", None, None),
        ("The river peaked at 8.1 metres.", None, "peak"),
        ("There was no gun within 6 kilometres of the village.", None, None),
        ("It will fill within 2 days.", None, None),
    ],
)
def test_measures_have_an_action_only_as_complement(text, counted, action):
    row = only(text)
    assert (row.counted, row.action) == (counted, action)


def test_the_number_that_a_share_is_of_has_no_action():
    assert [row.action for row in found("The party holds 60 of the 129 seats.")] == ["hold", None]


def test_those_before_are_counted_across_sentences():
    assert [row.counted for row in found("It named 23 sailors. Twelve of those died.")] == ["sailors", "sailors"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Their sons, aged four and seven, were safe.", ["sons", "sons"]),
        ("Marsh is eighty-one.", ["Marsh"]),
        ("Ann Marsh, a 58-year-old herder, left.", ["Ann Marsh"]),
    ],
)
def test_whose_age_it_is(text, counted):
    assert [row.counted for row in found(text)] == counted


def test_a_person_of_an_age_has_the_name_of_the_speaker():
    text = "Ann Marsh spoke. Marsh, 58, left."
    said = Statement(
        start=0, end=9, text="Ann Marsh", found_by="test", statement_id="s1", content=((0, 9),), speaker="Ann Marsh",
        naming="named", content_text="Ann Marsh",
    )  # fmt: skip
    [row] = quantities(load_model()(text), statements=[said])
    assert row.counted == "Ann Marsh"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The storm destroyed 12 barns.", "count in digits"),
        ("The storm destroyed twelve barns.", "count in words"),
        ("One barn burned.", "one"),
        ("It closed at 7,214.", "count of nothing named"),
        ("Dozens of barns burned.", "vague"),
        ("It lasted 8 to 10 months.", "range"),
        ("It cost $5m.", "money"),
        ("A third of the barns burned.", "share"),
        ("A 31-year-old hermit was held.", "age"),
        ("It rained for two hours.", "duration"),
        ("The wall is 12 metres high.", "measure"),
        ("Turnout was 61 per cent.", "percent"),
        ("It makes 900 barrels a day.", "rate"),
    ],
)
def test_each_kind_of_figure_has_the_confidence_that_was_measured(text, named):
    row = only(text)
    assert kind(row) == named
    table = {line["kind"]: float(line["precision"]) for line in rules.read("figure_confidence")}
    assert row.confidence == confidence(row) == table.get(named, table["other"])
    assert 0 < row.confidence < 1
