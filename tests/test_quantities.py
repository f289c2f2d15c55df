"""Figures as they are written: value, bound, unit, span and what is none; and what must hold for any text."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.parsing import load_model
from newslab.quantities import conversion_problems, number_problems, quantities
from newslab.records import BOUNDS, DIMENSIONS
from tests.growth import assert_linear


@cache
def found(text):
    return tuple(quantities(load_model()(text)))


def only(text):
    (row,) = found(text)
    return row


def values(text):
    return [row.value if row.value is not None else (row.low, row.high) for row in found(text)]


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "bound"),
    [
        ("The storm destroyed 12 barns.", 12, 12, 12, "="),
        ("At least 17 hikers were rescued.", 17, 17, None, "at least"),
        ("No fewer than 17 hikers were rescued.", 17, 17, None, "at least"),
        ("A minimum of 17 hikers were rescued.", 17, 17, None, "at least"),
        ("It needs 17 or more hikers.", 17, 17, None, "at least"),
        ("It needs 170+ hikers.", 170, 170, None, "at least"),
        ("More than 600 farmers marched.", 600, 600, None, "more than"),
        ("Over 600 farmers marched.", 600, 600, None, "more than"),
        ("Well over 600 farmers marched.", 600, 600, None, "more than"),
        ("Upwards of 600 farmers marched.", 600, 600, None, "more than"),
        ("Fewer than 30 voters turned up.", 30, None, 30, "less than"),
        ("Just under 300 voters turned up.", 300, None, 300, "less than"),
        ("Up to 30 voters turned up.", 30, None, 30, "up to"),
        ("As many as 30 voters turned up.", 30, None, 30, "up to"),
        ("No more than 30 voters turned up.", 30, None, 30, "up to"),
        ("Nearly 900 lambs died.", 900, None, None, "about"),
        ("Some 900 lambs died.", 900, None, None, "about"),
        ("An estimated 900 lambs died.", 900, None, None, "about"),
        ("Roughly 900 lambs died.", 900, None, None, "about"),
        ("The dig will last 8-10 months.", None, 8, 10, "range"),
        ("The dig will last 8–10 months.", None, 8, 10, "range"),
        ("The dig will last between 8 and 10 months.", None, 8, 10, "range"),
        ("The dig will last 8 to 10 months.", None, 8, 10, "range"),
        ("The dig will last eight to ten months.", None, 8, 10, "range"),
        ("It will cost $8m to $10m.", None, 8e6, 1e7, "range"),
        ("It will cost $8-$10 million.", None, 8e6, 1e7, "range"),
        ("Two to three hundred lambs died.", None, 200, 300, "range"),
        ("Tickets range from £5 to £12.", None, 5, 12, "range"),
        ("Dozens of lambs died.", None, 12, 120, "dozens"),
        ("Hundreds of lambs died.", None, 100, 1000, "hundreds"),
        ("Tens of thousands of lambs died.", None, 10000, 100000, "tens of thousands"),
        ("Hundreds of thousands of lambs died.", None, 1e5, 1e6, "hundreds of thousands"),
        ("A few thousand lambs died.", None, 1000, 10000, "thousands"),
        ("Several dozen lambs died.", None, 12, 120, "dozens"),
        ("100s of lambs died.", None, 100, 1000, "hundreds"),
        ("1,000s of lambs died.", None, 1000, 10000, "thousands"),
        ("No one was hurt.", 0, 0, 0, "="),
        ("No injuries were reported.", 0, 0, 0, "="),
        ("Two dozen lambs died.", 24, 24, 24, "="),
        ("Half a million lambs died.", 500000, 500000, 500000, "="),
        ("One in four lambs died.", 0.25, 0.25, 0.25, "="),
        ("Fewer than one lamb in five died.", 0.2, None, 0.2, "less than"),
    ],
)
def test_values_and_bounds(text, value, low, high, bound):
    row = only(text)
    assert (row.value, row.low, row.high, row.bound) == (value, low, high, bound)


@pytest.mark.parametrize(
    ("text", "span", "value", "unit", "dimension"),
    [
        ("A 60-square-metre flat stood empty.", "60-square-metre", 60, "square metre", "area"),
        ("They walked more than 40 kms away.", "more than 40 kms", 40, "kilometre", "length"),
        ("A 7.5kW pump was sold.", "7.5kW", 7.5, "kilowatt", "power"),
        ("It cost about $1.2bn.", "about $1.2bn", 1.2e9, "USD", "money"),
        ("It cost 30 million Swiss francs.", "30 million Swiss francs", 3e7, "CHF", "money"),
        ("It cost EUR 20m.", "EUR 20m", 2e7, "EUR", "money"),
        ("It cost 60 cents.", "60 cents", 60, "cent", "money"),
        ("They paid 400 pounds.", "400 pounds", 400, "GBP", "money"),
        ("It weighs 400 pounds.", "400 pounds", 400, "pound", "mass"),
        ("Turnout was 61 per cent.", "61 per cent", 61, "percent", "percent"),
        ("It gained 3 percentage points.", "3 percentage points", 3, "percentage point", "percentage points"),
        ("Rates rose 25 basis points.", "25 basis points", 25, "basis point", "percentage points"),
        ("The talks took four and a half hours.", "four and a half hours", 4.5, "hour", "duration"),
        ("They waited for three consecutive days.", "three consecutive days", 3, "day", "duration"),
        ("It makes 900 barrels a day.", "900 barrels a day", 900, "barrel per day", "rate"),
        ("Wheat sold at $210 a tonne.", "$210 a tonne", 210, "USD per tonne", "rate"),
        ("It fell to minus 12 degrees Celsius.", "minus 12 degrees Celsius", -12, "celsius", "temperature"),
        ("A wall 6 feet 6 inches high fell.", "6 feet 6 inches", 6.5, "foot", "length"),
        ("Prices doubled.", "doubled", 2, None, "ratio"),
        ("A 31-year-old was held.", "31-year-old", 31, "year", "age"),
        ("The girl, aged nine, was found.", "nine", 9, "year", "age"),
        ("A woman of 22 waits.", "22", 22, "year", "age"),
        ("He was 87.", "87", 87, "year", "age"),
        ("Mara Olsen, 52, was unhurt.", "52", 52, "year", "age"),
        ("His wife, 52, was unhurt.", "52", 52, "year", "age"),
        ("The index closed at 7,214.", "7,214", 7214, None, "other"),
        ("A magnitude 7.1 quake struck.", "magnitude 7.1", 7.1, "magnitude", "other"),
        ("It cost 15 dollars 50.", "15 dollars 50", 15.5, "USD", "money"),
        ("A 3.2 magnitude quake struck.", "3.2 magnitude", 3.2, "magnitude", "other"),
        ("A 12-fold rise came.", "12-fold", 12, None, "ratio"),
        ("She won after 2h 15m.", "2h 15m", 2.25, "hour", "duration"),
        ("He weighed 12st 7lb then.", "12st 7lb", 12.5, "stone", "mass"),
        ("She ran the 400m hurdles.", "400m", 400, "metre", "length"),
        ("It reaches 12.3m homes.", "12.3m", 12.3e6, None, "count"),
        ("It reaches 5 m people.", "5 m", 5e6, None, "count"),
        ("They got 35 out of 40 marks.", "35 out of 40", 0.875, None, "fraction"),
        ("The town has 9 murders per 100,000.", "9 murders per 100,000", 9, "per 100,000", "rate"),
        ("It costs 4.5 cents a kilowatt-hour.", "4.5 cents a kilowatt-hour", 4.5, "cent per kilowatt hour", "rate"),
        ("A 20-mile-an-hour limit holds.", "20-mile-an-hour", 20, "mile per hour", "speed"),
        ("The town has 9 murders per 100,000 people.", "9 murders per 100,000 people", 9, "per 100,000 people", "rate"),
    ],
)
def test_units_and_spans(text, span, value, unit, dimension):
    row = only(text)
    assert (row.text, row.value, row.unit, row.dimension) == (span, value, unit, dimension)


@pytest.mark.parametrize(
    "text",
    [
        "The pact was signed on 3 May 2011.",
        "The pact was signed on May 3, 2011, and on the 4th.",
        "The pact of 2011-12 lapsed in the 1990s.",
        "He was born in 1962 and left in his 20s.",
        "Between 1914 and 1918 the border moved.",
        "Doors open at 7:45 p.m. on Friday and at 9am.",
        "The hall was open by half past seven and shut at nine.",
        "He woke at twenty to four; by 06.38 the ship was silent.",
        "She was cleared on count three, and Exhibit 211 is a bill.",
        "A Cessna 172 landed at Gate 12.",
        "They met in Room 14 under Article 370.",
        "Platform four was empty, and so was School No 9.",
        "Rovers won 3-1 at home.",
        "The court ruled 5-4.",
        "Call 020 7946 0991 or 555-0142 for help.",
        "She lives at 14 Orchard Street.",
        "The G20 and the Group of 77 will meet about Covid-19.",
        "He finished 3rd, and she was twenty-eighth.",
        "Mills (2ndR) spoke to Ortega (4thL).",
        "Write to desk5@example.org or see www.example.org/2024/11.",
        "No one-time fee, and one another's word.",
        "One never knows; it is the one that matters.",
        "The 787 Dreamliner was grounded.",
        "It was 9/11, and odds were 5/1.",
        "It met on the 1st and the 31st.",
        "They won the 4x100m relay.",
        "A 20-something has a 401(k) plan.",
        "A level 3 alert came in minute 70.",
        "She played Opus 27.",
    ],
)
def test_numbers_that_are_no_figures(text):
    assert [row.text for row in found(text) if row.value != 0] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In 2020, 64 miners died.", [64]),
        ("A father of three sold 40 goats.", [3, 40]),
        ("On May 5, 30 people were held.", [30]),
        ("Last week 30 people were held in three towns.", [30, 3]),
        ("Eight or nine euros is fair.", [8, 9]),
        ("Deaths fell from 9 to 2.", [9, 2]),
        ("Profit rose $3m to $90m.", [3e6, 9e7]),
        ("The poll gives a margin of plus or minus 3 points.", [3]),
        ("Wages rose by a quarter, and by more than half in Oslo.", [0.25, 0.5]),
        ("Of the 52 people on board, 47 survived.", [52, 47]),
        ("Between 1600 and 1900 goats were lost, some 2,016 of them lame.", [2016]),
        ("Thirty of the line's fifty-one stations closed.", [30, 51]),
    ],
)
def test_neighbours(text, wanted):
    assert values(text) == wanted


# ------------------------------------------------------------------- bad input


def test_digits_of_other_scripts_and_marks():
    assert values("The ship took ١٢٣ goats and ２５ cows, 1.234,56 tonnes or 1,234.56 tonnes.") == [
        123,
        25,
        1234.56,
        1234.56,
    ]
    assert values("Sales of 1,5 and 1٣ fell.") == []
    assert number_problems("Sales of 1,5 and 1٣ fell, says " + "9" * 40) == [
        "1 number left out, since their marks can be read in two ways; the first is '1,5' at 9",
        "1 number left out, since they mix digits of two scripts; the first is '1٣' at 17",
        f"1 number left out, since they have more than 25 digits; the first is '{'9' * 40}' at 31",
    ]


def test_a_pasted_table_holds_no_figures():
    assert found("12 14 15 18 22\n13 15 16 19 23") == ()


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "1, ",
        "5 km (3 miles) ",
        "one in ",
        "between 5 and 6 or ",
        "from 5 to ",
        "$5 ",
        "5-",
        "5/5/",
        "no deaths ",
        "12m",
        "two, three and four metres, ",
        "100s of ",
        "12st 4lb ",
        "3 per 100,000 ",
    ],
)
def test_time_is_linear(unit):
    from spacy.tokens import Doc

    vocab = load_model().vocab

    def doc(size):
        words = (unit * (size // len(unit))).split(" ")
        return Doc(vocab, words=[word or "_" for word in words], spaces=[True] * len(words))

    assert_linear(quantities, doc, 10_000, 80_000)


PIECES = (
    "two 41 1,206 $1.2bn % per cent million half dozens of the people killed ( ) - – to from between and more than at"
    " least km 8 hectares about no one 2016 ½ ٣ , . \n “ ”"
)


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=30).map(" ".join) | st.text(max_size=60))
def test_rows_are_clean_slices_with_known_values(text):
    rows = quantities(load_model()(text))
    assert [row.text for row in rows] == [text[row.start : row.end] for row in rows]
    assert all(row.text and row.text == row.text.strip() for row in rows)
    assert all(one.end <= two.start for one, two in pairwise(rows))
    ids = {row.quantity_id for row in rows}
    for row in rows:
        assert row.bound in BOUNDS and row.dimension in DIMENSIONS and row.change in (None, "up", "down")
        assert row.converts is None or row.converts in ids - {row.quantity_id}
        assert (row.value is None) == (row.bound not in ("=", "about", "more than", "at least", "less than", "up to"))
        if row.low is not None and row.high is not None:
            assert row.low <= row.high
    conversion_problems(rows)
    number_problems(text)


def test_a_number_below_nought_after_another_is_one_of_its_own():
    assert [q.value for q in found("The scores were 3 -5 and 2 -1.")] == [3, -5, 2, -1]
