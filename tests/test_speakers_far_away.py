"""Who speaks where the name stands away from the statement: for groups, documents, headlines and bodies."""

from __future__ import annotations

import pytest

from tests.made_statements import found_in


@pytest.mark.parametrize(
    ("text", "speaker", "naming"),
    [
        (
            "Two people familiar with the sale said it was off. One of the people said it was dead.",
            "person familiar with the sale",
            "unnamed",
        ),
        (
            "Three aides close to the king said he was ill. The aides said he slept.",
            "three aides",
            "collective",
        ),
        (
            "Two former guards said the gate was open. Both said it had been so for years.",
            "two former guards",
            "collective",
        ),
        (
            "Senator Ann Lee and Senator Bo Diaz wrote to the bank. The two senators said it was late.",
            "Ann Lee and Bo Diaz",
            "named",
        ),
        ("Ann Lee and Bo Diaz met in Oslo. Both said the talks went well.", "Ann Lee and Bo Diaz", "named"),
        ("'It was bad,' said one Democrat familiar with the vote.", "Democrat", "unnamed"),
        ("Some said that the tin was full.", "some", "collective"),
        (
            "Ann Lee was there. 'It was bad,' said Bo Diaz, the trade minister, who conceded that it was late.",
            "Bo Diaz",
            "named",
        ),
        ("After bragging that it was cheap, Bo Diaz is spending more.", "Bo Diaz", "named"),
    ],
)
def test_several_and_one_of_them(text, speaker, naming):
    row = found_in(text)[-1]
    assert (row.speaker, row.naming) == (speaker, naming)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee, a senator, said in a statement that she would go. The statement said he was late.", "Ann Lee"),
        ("Ann Lee led the inquiry into the fire. Her report said that nobody had called.", "Ann Lee"),
        ("Ann Lee wrote a letter to the bank. The letter said that the tin was full.", "Ann Lee"),
        ("A survey of 300 farms by Amber Insights found that wheat was short.", "Amber Insights"),
        ("A poll released on Sunday by Amber Research found that he would win.", "Amber Research"),
        ("Ann Lee is named in a report. The report says that the tin was full.", "report"),
    ],
)
def test_a_document_speaks_for_who_wrote_it(text, speaker):
    assert found_in(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Governor says he will sign ban on kites\n\nThe house voted for the ban late on Monday in Denver.\n\n"
            "The bill now goes to Gov. Ann Lee, who welcomed it.\n",
            "Ann Lee",
        ),
        (
            "Envoy says truce 'hangs by a thread' in Osh\n\nA shell fell on a market in Osh on Monday.\n\n"
            '"It hangs by a thread and nobody holds it," said Bo Diaz, who went there for the United Nations.\n',
            "Bo Diaz",
        ),
        (
            "Ferries tied up as union rejects offer\n\nThousands of commuters face a second day without ferries.\n\n"
            "The Harbour Workers' Union said that its members would stay out until Friday.\n",
            "Harbour Workers' Union",
        ),
        (
            "Spokesman says kites are safe\n\nA kite fell on a market in Osh on Monday.\n\n"
            "Bo Diaz, a teacher, said it had made no noise.\n",
            "spokesman",
        ),
    ],
)
def test_whom_a_headline_announces(text, speaker):
    row = found_in(text)[0]
    assert (row.part, (row.speaker or "").casefold()) == ("headline", speaker.casefold())


def test_what_a_body_is_called_by_its_whole_phrase():
    text = "The Reserve Bank of Ruritania kept its rate on Monday. The central bank said prices would rise."
    assert found_in(text)[-1].speaker == "Reserve Bank of Ruritania"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Ridge Brigades, an armed faction from the hills, said the town was theirs.", "armed group"),
        ("Ann Lee told the house that ferries were late. The trade minister said it was not her fault.", "government"),
        ("Ann Lee, whose son fell ill, met the Bar Council. Lee said the ward was full.", "citizen"),
    ],
)
def test_what_a_later_phrase_tells_of_a_speaker(text, kind):
    assert found_in(text)[-1].actor_type == kind


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mother of Ann Lee said on Monday it was late. She said the police had not called.", "mother"),
        ('Ben Ode\'s father, who lives in Leith, said it was late. "They never called," he said.', "Ben Ode's father"),
        ('A spokesperson said the shop was shut. "We ran out," she said.', "spokesperson"),
    ],
)
def test_a_pronoun_stands_for_who_spoke_last_though_a_name_stands_beside(text, speaker):
    assert [row.speaker for row in found_in(text)] == [speaker] * 2


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('A Burger King spokeswoman said it was late. "We are sorry," she said.', "Burger King spokeswoman"),
        ("A King County spokeswoman said it was late. She said no.", "King County spokeswoman"),
        ("A woman in a king's robe said it was late. She said no.", "woman"),
    ],
)
def test_the_head_of_a_phrase_tells_a_woman_from_a_man(text, speaker):
    assert [row.speaker for row in found_in(text)] == [speaker] * 2
