"""Names and statements of a text that ends anywhere: amid a title, a bracket, the purpose of a ministry."""

import pytest

from newslab.entities import entities
from newslab.parsing import load_model
from newslab.statements import statements

CUT = (
    ") Captain (Rtd) Ann Lee, a charity worker of the Department for the Roads and Bridges, met Keep Leeds Moving, a "
    "campaign, at the Court of Appeals for the 9th Circuit. Dockers Local 12 and the Committee to Protect Farms told "
    "the Minister for Water and Health Bo Diaz SC that Col Berg, a Democrat, had left. Both said so in a statement by "
    "the group Swimmers in Doubt, whose head is the Rev. Ann Lee."
)


@pytest.mark.parametrize("end", range(1, len(CUT.split()) + 1))
def test_a_text_that_is_cut_off_anywhere_is_read(end):
    text = " ".join(CUT.split()[:end])
    for cut in (text, text.rstrip(".,"), f"{text} ("):
        doc = load_model()(cut)
        found = entities(doc)
        rows = [*found, *statements(doc, entities=found)]
        assert all(row.text == cut[row.start : row.end] for row in rows)


def test_a_name_may_begin_with_a_hyphen():
    text = "“Buddy accued\nhsehe)( (DCI'al-Nur\naccused"  # the encoder takes "-Nur" for a name of its own
    assert "Nur" in " ".join(entity.text for entity in entities(load_model()(text)))
