import warnings
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.dates import read_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-03-12", "2025-03-12"),
        ("2025-03-12T08:30:00+01:00", "2025-03-12T08:30:00+01:00"),
        ("2025-03-12T08:30:00Z", "2025-03-12T08:30:00+00:00"),
        ("2025-03-12 00:00:00", "2025-03-12"),
        ("12 March 2025", "2025-03-12"),
        ("March 12, 2025", "2025-03-12"),
        ("Wed, 12 Mar 2025 10:00:00 GMT", "2025-03-12T10:00:00+00:00"),
        ("13/04/2021", "2021-04-13"),
        ("04/13/2021", "2021-04-13"),
        ("05.05.2021", "2021-05-05"),
        ("2021-03", "2021-03"),
        ("2021", "2021"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(written, iso):
    assert read_date(written) == (iso, None)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31/02/2021", "not a date"),
        ("03/04/2021", "3 April or 4 March"),
        ("March 2021", "names no day"),
        ("5 May", "names no year"),
        ("yesterday", "names no year"),
        ("2021-13-01", "not a date"),
        ("", "not a date"),
        ("9" * 1000, "not a date"),
    ],
)
def test_what_cannot_be_read_for_sure_is_not_guessed(written, reason):
    iso, problem = read_date(written)
    assert iso is None
    assert reason in problem


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_iso_date_comes_back(day):
    assert read_date(day.isoformat()) == (day.isoformat(), None)


@given(st.datetimes(min_value=datetime(1000, 1, 1)), st.integers(-12, 14))
def test_every_iso_moment_keeps_its_zone(moment, hours):
    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    iso, problem = read_date(moment.isoformat())
    assert problem is None
    assert datetime.fromisoformat(iso) == moment
    assert datetime.fromisoformat(iso).utcoffset() == moment.utcoffset()


@given(st.text(max_size=120))
def test_no_text_breaks_it(text):
    iso, problem = read_date(text)
    assert (iso is None) != (problem is None)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Feb 13, 2025 11:30 AM EST", "2025-02-13T11:30:00-05:00"),
        ("July 13, 2025 11:30 AM PT", "2025-07-13T11:30:00-07:00"),
        ("13 Feb 2025 11:30 GMT+2", "2025-02-13T11:30:00+02:00"),
        ("13 Feb 2025 11:30 UTC-03:30", "2025-02-13T11:30:00-03:30"),
        ("13 Feb 2025 11:30 CST", "2025-02-13T11:30:00"),  # Chicago's or China's
    ],
)
def test_zones_that_dates_print_are_kept(written, moment):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_date(written) == (moment, None)


@pytest.mark.parametrize("written", ["4 March 2025 10:00 GMT+25", "4 March 2025 10:00 +25:00"])
def test_an_offset_of_more_than_a_day_is_no_date_that_can_be_read(written):
    moment, problem = read_date(written)
    assert (moment is None) == (problem is not None)
