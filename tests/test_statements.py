"""Source attribution: quotations, indirect speech, and who is the speaker."""

import pytest

from newslab.parsing import load_model
from newslab.statements import statements


@pytest.fixture(scope="module")
def nlp():
    return load_model()


def found(doc):
    return [(s.source_text, s.cue_lemma, s.content_text) for s in statements(doc)]


def test_a_quotation_broken_up_by_its_cue_is_one_statement(nlp):
    doc = nlp('"The dam holds," engineer Ana Ruiz said on Monday. "Nobody has to leave the valley today."')
    [statement] = statements(doc)
    assert statement.source_text == "engineer Ana Ruiz"
    assert len(statement.content) == 2


def test_indirect_speech_with_its_source(nlp):
    assert found(nlp("The union says the mine will close.")) == [("The union", "say", "the mine will close")]


def test_an_unknown_setting_is_refused(nlp):
    with pytest.raises(ValueError, match="weights"):
        statements(nlp("Hello."), weights="bert")
