"""Units and currencies beside a number, and their conversion."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from newslab import rules
from newslab.figures.conversion import ambiguous, convert, factor, pint_name
from newslab.figures.units import currency_before, currency_name, dimension_of, rate_after, unit_after
from newslab.records import DIMENSIONS


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("7 kilometres", "kilometre"),
        ("7 km", "kilometre"),
        ("7kms", "kilometre"),
        ("7kW", "kilowatt"),
        ("7 Kilowatts", "kilowatt"),
        ("7-year", "year"),
        ("7 sq km", "square kilometre"),
        ("7 square miles", "square mile"),
        ("7 m.p.h.", "mile per hour"),
        ("7 percentage points", "percentage point"),
        ("7 per cent", "percent"),
        ("7%", "percent"),
        ("7 basis points", "basis point"),
        ("7 degrees Celsius", "celsius"),
        ("7°C", "celsius"),
        ("7 feet", "foot"),
        ("7 light-years", "light-year"),
        ("7 tonnes", "tonne"),
        ("7 tons", "ton"),
        ("7 yen", "JPY"),
        ("7 US dollars", "USD"),
        ("7 Hong Kong dollars", "HKD"),
        ("7 Swiss francs", "CHF"),
        ("7 pesos", "peso"),
        ("7 pence", "penny"),
        ("7 EUR", "EUR"),
        ("7€", "EUR"),
        ("7g", "gram"),
        ("7 goats", None),
        ("7 has", None),
        ("7 of", None),
        ("7 a", None),
        ("7th", None),
        ("7 m", None),
    ],
)
def test_unit_after(text, unit):
    found = unit_after(text, 1)
    assert (found and found.name) == unit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("$7", "USD"), ("US$7", "USD"), ("US $7", "USD"), ("A$7", "AUD"), ("HK$7", "HKD"), ("£7", "GBP"),
        ("€ 7", "EUR"), ("Rs 7", "INR"), ("Rs. 7", "INR"), ("RM7", "MYR"), ("EUR7", "EUR"), ("usd 7", "USD"),
        ("¥7", "JPY"),
        ("is 7", None), ("all 7", None), ("try 7", None), ("Euro 7", None), ("at 7", None), ("bob 7", None),
    ],
)  # fmt: skip
def test_currency_before(text, code):
    found = currency_before(text, text.index("7"))
    assert (found and found.name) == code


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        (" a day", "day"), (" per day", "day"), ("-a-day", "day"), ("/day", "day"), (" an hour", "hour"),
        (" per 100,000 people", "100,000 people"), (" per square foot", "square foot"), (" a share", "share"),
        (" a barrel", "barrel"), (" per capita", "person"), (" a man", None), (" a year earlier", None), (" and", None),
    ],
)  # fmt: skip
def test_rate_after(text, rate):
    found = rate_after(text, 0)
    assert (found and found[0]) == rate


def test_units_convert():
    assert factor("mile", "kilometre") == pytest.approx((1.609344, 0))
    assert factor("fahrenheit", "celsius") == pytest.approx((5 / 9, -160 / 9))
    assert factor("hectare", "acre")[0] == pytest.approx(2.4711, rel=1e-4)
    assert factor("percentage point", "basis point")[0] == pytest.approx(100)
    assert factor("mile", "kilogram") is None
    assert factor("ton", "kilogram") is None


def rows(*figures):
    return pd.DataFrame([{"value": v, "low": v, "high": None, "unit": u} for v, u in figures])


def test_convert_keeps_what_measures_the_same():
    out = convert(rows((10, "mile"), (5, "kilometre"), (3, "day"), (7, None)), to="kilometre")
    assert out["value"].tolist() == pytest.approx([16.09344, 5])
    assert out["unit"].tolist() == ["kilometre", "kilometre"]
    assert out["high"].isna().all()


def test_convert_leaves_its_table_alone_and_takes_pint_names():
    table = rows((1, "mile"))
    assert convert(table, to="furlong")["value"].iloc[0] == pytest.approx(8, rel=1e-4)
    assert table["unit"].tolist() == ["mile"]
    assert convert(rows(), to="kilometre").empty if len(rows()) else True


def test_convert_keeps_the_currency_of_money():
    table = rows((10, "USD"), (5, "EUR"))
    assert convert(table, to="EUR")["value"].tolist() == [5]


@pytest.mark.parametrize(
    ("unit", "to", "value"),
    [
        ("percentage point", "percent", None),
        ("basis point", "percentage point", 0.1),
        ("degree", "percent", None),
        ("newton metre", "joule", None),
        ("tonne per day", "kilogram per day", 10_000),
        ("USD per tonne", "USD per kilogram", 0.01),
        ("USD per kilogram", "USD per kilogram", 10),
        ("USD per share", "USD per kilogram", None),
        ("EUR per tonne", "USD per kilogram", None),
    ],
)
def test_convert_keeps_apart_what_only_looks_alike(unit, to, value):
    rows = pd.DataFrame({"value": [10.0], "low": [10.0], "high": [None], "unit": [unit]})
    assert convert(rows, to=to)["value"].tolist() == ([] if value is None else [pytest.approx(value)])


def test_convert_says_what_is_ambiguous():
    with pytest.raises(ValueError, match=r"ton.*short.*meaning="):
        convert(rows((10, "ton"), (1, "kilogram")), to="kilogram")
    with pytest.raises(ValueError, match=r"ambiguous.*'short ton'"):
        convert(rows((1, "kilogram")), to="ton")
    with pytest.raises(ValueError, match="no such unit"):
        convert(rows((1, "kilogram")), to="blorp")
    out = convert(rows((10, "ton")), to="kilogram", meaning={"ton": "short ton"})
    assert out["value"].iloc[0] == pytest.approx(9071.8474)
    assert len(convert(rows((10, "ton"), (3, "mile")), to="kilometre")) == 1


def test_lists_are_whole():
    for row in rules.read("units"):
        assert row["dimension"] in DIMENSIONS and row["source"], row
        if row["pint"]:
            assert factor(row["unit"], row["unit"]) == pytest.approx((1, 0)), row
    codes = [row["code"] for row in rules.read("currencies")]
    assert len(codes) == len(set(codes))
    assert all(row["source"] and row["name"] for row in rules.read("currencies"))
    folder = Path(rules.__file__).parent
    for name in (
        "units",
        "currencies",
        "number_words",
        "bounds",
        "figure_words",
        "change_words",
        "state_words",
        "numbered_nouns",
    ):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        assert table and all(row["source"] and None not in row and None not in row.values() for row in table), name


def test_names():
    assert currency_name("SEK") == "Swedish krona"
    assert dimension_of("kilometre per hour") == "speed"
    assert dimension_of("USD per barrel") == "rate"
    assert pint_name("barrel per day") == "oil_barrel / day"
    assert re.search("short", ambiguous("ton")) and ambiguous("mile") is None
