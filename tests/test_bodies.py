"""The whole name of a body: where it begins and where it ends."""

from __future__ import annotations

import pytest

from newslab.entities import entities
from newslab.parsing import load_model


def labels(text: str) -> dict[str, str]:
    return {e.text: e.label for e in entities(load_model()(text)) if e.mention == "name"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Department for Roads and Bridges said no.", "Department for Roads and Bridges"),
        ("The U.S. Court of Appeals for the 9th Circuit ruled on Friday.", "U.S. Court of Appeals for the 9th Circuit"),
        ("The Court of Appeal for Ontario ruled on Friday.", "Court of Appeal for Ontario"),
        ("The U.N. Office for Missing Persons in the Horn of Africa said no.",
         "U.N. Office for Missing Persons in the Horn of Africa"),
        ("The All-India Weavers' Federation met.", "All-India Weavers' Federation"),
        ("The National People's Congress met.", "National People's Congress"),
        ("The Cannery and Dock Workers Local 12 met.", "Cannery and Dock Workers Local 12"),
        ("The Laborers Local 79 endorsed him.", "Laborers Local 79"),
        ("The Committee to Protect Journalists said no.", "Committee to Protect Journalists"),
        ("The Justice and Equality Movement said no.", "Justice and Equality Movement"),
        ("She told the House Committee on Energy and Commerce that she was sorry.",
         "House Committee on Energy and Commerce"),
    ],
)  # fmt: skip
def test_a_body_has_its_whole_name(text, name):
    assert labels(text) == {name: "organisation"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Pentagon and State Department said no.", ["Pentagon", "State Department"]),
        ("He left the Foreign Office for Paris on Monday.", ["Foreign Office", "Paris"]),
        ("The Department for Education and Ofsted said no.", ["Department for Education", "Ofsted"]),
        ("She told the Select Committee on Friday that she was sorry.", ["Select Committee"]),
    ],
)
def test_a_body_has_no_more_than_its_name(text, found):
    assert list(labels(text)) == found
