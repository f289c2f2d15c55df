"""How numbers are written: our own cases, class by class, and what must hold for any string."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.figures.numbers import digits, numbers, write
from tests.growth import assert_linear


def read(text):
    return [n.value if n.value is not None else (n.low, n.high) for n in numbers(text) if n.kind != "unreadable"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # digits and their separators
        ("7 goats", [7]),
        ("2,318 goats", [2318]),
        ("1,250,000 goats", [1250000]),
        ("12.75 metres", [12.75]),
        ("12,34,567 rupees", [1234567]),
        ("1.234.567,89 euros", [1234567.89]),
        ("1 250 000 goats", [1250000]),
        ("1\u202f250 goats", [1250]),
        ("80, 000 goats", [80000]),
        ("2½ years and ¾ of it", [2.5, 0.75]),
        ("2 1/2 inches", [2.5]),
        ("3/4 of the men", [0.75]),
        ("6.02×10²³ or 3.1 x 10^4", [3.1e4]),
        ("٣٤٥ and ２７ and ३२", [345, 27, 32]),
        ("١٬٢٣٤٫٥", [1234.5]),
        # scales
        ("3 million, 3.2 billion, 1.1 trillion", [3e6, 3.2e9, 1.1e12]),
        ("12 lakh, 1.5 crore, 2 lakh crore", [1.2e6, 1.5e7, 2e12]),
        ("£3.4m, $2bn, €1.1tn, $5k, 40k", [3.4e6, 2e9, 1.1e12, 5000, 40000]),
        ("£1.4million", [1.4e6]),
        ("2.3m tonnes, but 2.3m tall", [2.3e6, 2.3]),
        ("6 thousand 240 goats", [6240]),
        ("2 million 100 thousand", [2.1e6]),
        # words
        ("seventeen goats", [17]),
        ("sixty-four goats and sixty four goats", [64, 64]),
        ("three hundred and five", [305]),
        ("two thousand and nine", [2009]),
        ("four million two hundred thousand", [4200000]),
        ("twelve hundred", [1200]),
        ("a hundred, a thousand, a million", [100, 1000, 1e6]),
        ("a dozen, two dozen, half a dozen", [12, 24, 6]),
        ("half a million, a quarter of a million", [500000, 250000]),
        ("one and a half million; a million and a half", [1.5e6, 1.5e6]),
        ("two and a quarter", [2.25]),
        # shares
        ("half of them, a third of us, two-fifths", [0.5, 1 / 3, 0.4]),
        ("three-quarters of it", [0.75]),
        ("cut by half, cut by a third", [0.5, 1 / 3]),
        ("one in five, nine out of ten, 1 in 20,000", [0.2, 0.9, 1 / 20000]),
        ("one train in five", [0.2]),
        # vague
        ("dozens, hundreds, thousands", [(12, 120), (100, 1000), (1000, 10000)]),
        ("tens of thousands, hundreds of thousands", [(1e4, 1e5), (1e5, 1e6)]),
        ("several thousand, a few hundred", [(1000, 10000), (100, 1000)]),
        ("scores of goats", [(20, 200)]),
        ("nobody, no one", [0, 0]),
        ("doubled, tripled, halved, tenfold", [2, 3, 0.5, 10]),
    ],
)
def test_forms(text, values):
    found = read(text)
    assert len(found) == len(values)
    for one, value in zip(found, values, strict=True):
        assert one == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "the second half",
        "a third man, the fourth, a fifth column",
        "tens and scores",
        "someone alone, anyone, tenth, often, weighty",
        "hundred",
    ],
)
def test_words_that_are_no_numbers(text):
    assert [n for n in numbers(text) if n.kind != "exact"] == []


@pytest.mark.parametrize("run", ["1,5", "12,34", "1.2.3", "1,23,45", "0,123", "1٣", "1" * 40, "1.234,56,7"])
def test_runs_that_cannot_be_read_have_no_value(run):
    assert digits(run) is None
    assert read(run) == []


def test_neighbours_stay_apart():
    assert read("two three four") == [2, 3, 4]
    assert read("nineteen eighty-four") == [19, 84]
    assert read("in 2019 64 miners") == [2019, 64]
    assert read("call 555 123 4567") == [555, 123, 4567]


@given(st.integers(0, 10**15 - 1))
def test_words_are_read_back(n):
    (number,) = numbers(write(n))
    assert number.value == n
    assert (number.start, number.end) == (0, len(write(n)))


@given(st.integers(0, 10**12), st.sampled_from(["{}", "{:,}"]))
def test_digits_are_read_back(n, form):
    (number,) = numbers(form.format(n))
    assert number.value == n


@given(
    st.text(
        alphabet=st.sampled_from("0123456789.,/-– ½one two half million hundreds of and a in every $€m'’x10٣"),
        max_size=80,
    )
)
def test_numbers_are_ordered_slices(text):
    found = numbers(text)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(n.value is None or n.value < 1e22 for n in found)


@pytest.mark.parametrize(
    "unit", ["1", "1 ", "100 ", "one in ", "hundred thousand ", "two and a half ", "1,", "lakh crore "]
)
def test_time_is_linear(unit):
    assert_linear(numbers, lambda size: unit * (size // len(unit)), 50_000, 400_000)


def test_write_refuses_what_it_has_no_words_for():
    with pytest.raises(ValueError, match="whole numbers from 0"):
        write(-1)
