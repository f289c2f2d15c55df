"""Datelines, bylines and times of publication, and what only looks like one."""

import pytest

from newslab.layout.bylines import find_dateline, is_byline, is_timestamp


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("GENEVA (Reuters) - The council met.", "GENEVA (Reuters) -"),
        ("GENEVA, March 3 (Reuters) - The council met.", "GENEVA, March 3 (Reuters) -"),
        ("LONDON — The council met.", "LONDON —"),
        ("KYIV, Ukraine (AP) — The council met.", "KYIV, Ukraine (AP) —"),
        ("BEIRUT/ANKARA (Reuters) - The council met.", "BEIRUT/ANKARA (Reuters) -"),
        ("MOSCOW, March 2. /TASS/. The council met.", "MOSCOW, March 2. /TASS/."),
        ("Berlin (dpa) - Der Rat tagte.", "Berlin (dpa) -"),
        ("(CNN)The council met.", "(CNN)"),
        ("NEW DELHI: The council met.", "NEW DELHI:"),
        ("NATO — the alliance — met.", None),
        ("BREAKING: The council met.", None),
        ("The council (AP) - met.", None),
        ("COVID-19 - The council met.", None),
        ("Oslo/Bergen/Tromso residents met.", None),
        ("A MUM told — The council met.", None),
    ],
)
def test_datelines(text, dateline):
    end = find_dateline(text)
    assert (text[:end] if end else None) == dateline


@pytest.mark.parametrize(
    "text",
    ["By Ana Vries", "BY ANA VRIES AND JO ROE", "Ana Vries in Oslo and agencies", "Ana Vries, Political Editor",
     "By Reuters", "Von Hans Müller", "Additional reporting: Jo Roe", "(Reporting by Ana Vries; Editing by Jo Roe)"],
)  # fmt: skip
def test_bylines(text):
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    ["By Tuesday", "By the river the men waited", "Oslo, Norway", "Man dies in Oslo fire", "Fire in Oslo"],
)
def test_what_is_no_byline(text):
    assert not is_byline(text)


@pytest.mark.parametrize(
    "text",
    ["Published 12:04 GMT, 3 March 2025", "Updated 3:04 p.m. ET, March 3, 2025", "2025-03-03T12:04:00Z", "03.03.2025",
     "2 hours ago", "Veröffentlicht am 3. März 2025, 12:04 Uhr", "02.03.2025, 18:40 | Views: 3418"],
)  # fmt: skip
def test_timestamps(text):
    assert is_timestamp(text)


@pytest.mark.parametrize("text", ["In March 2025 it rained", "Monday", "3.50", "300 people", "May", "News / 3 March"])
def test_what_is_no_timestamp(text):
    assert not is_timestamp(text)
