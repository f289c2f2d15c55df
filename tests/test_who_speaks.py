"""Whom the words of a source stand for: a name beside them, somebody named before, or themselves."""

from __future__ import annotations

import pytest

from newslab.naming.people import Mention
from newslab.naming.pronouns import Offer, chances
from tests.made_statements import found_in


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The orchestra fell silent. According to its head, Colonel Ann Lee, it was late.", "Ann Lee"),
        ("The operator, the company Amber & Vale Line, said the boat was full.", "Amber & Vale Line"),
        ("A trader who gave her name only as Mildred said the tin was full.", "Mildred"),
        ("A trader who goes by Mildred said the tin was full.", "Mildred"),
        ("A retired judge named Rufus Bell said the tin was full.", "Rufus Bell"),
        ("Her brother Bo Diaz said the tin was full.", "Bo Diaz"),
        ("A man who named Bo Diaz said the tin was full.", "man"),
        ("A boy who called himself Ann Lee's son said the tin was full.", "boy"),
        ("The nominee, an aide to Mayor Ann Lee, said the tin was full.", "nominee"),
        # what stands before a name in an apposition is not the name
        ("The manager of the team, Amber Town, said it was bad.", "manager"),
        ("The ship's manager, Leeds-based Amber Line, said it had lost the crew.", "Amber Line"),
        ("One of the tenants, Hull teacher Beth Thiel, said she had moved out.", "Beth Thiel"),
    ],
)
def test_a_name_beside_the_noun_that_heads_a_source(text, speaker):
    assert max(found_in(text), key=lambda row: row.words).speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("An official in Lakeside, who asked not to be named, said the plan was dead.", "official"),
        ("A former officer of the ship, who asked not to be named, said the plan was dead.", "former officer"),
        ("They met idealists who hoped the war would end and bankers who sold tin.", "idealists"),
    ],
)
def test_who_is_nobodys_place(text, speaker):
    assert {row.speaker for row in found_in(text)} == {speaker}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee sings in Lakeside. She was tired. The 41-year-old singer said the hall was cold.", "Ann Lee"),
        (
            "Political scientist Bo Diaz said the vote was fair. The railways were sold. Fares rose. "
            '"Nobody counts," the expert told reporters.',
            "Bo Diaz",
        ),
        (
            "Amber Foods and the Bakers' Union met on Monday. Amber Foods said orders fell. "
            "The union said the ovens were old.",
            "Bakers' Union",
        ),
        ("Ann Lee won the seat for Labour. Her daughter said the count was long.", "daughter"),
        ("Amber Foods will close. The Russian government said it was sorry.", "Russian government"),
        # whose name is in it, and whose is not
        ("The ballroom of Bell Tower was full of voters for Ann Bell. The Bell campaign said so.", "Bell campaign"),
        ("The Liberal Party met on Monday. The No2Tolls campaign said it was late.", "No2Tolls"),
        ("A hand-painted sign hung at the gate. It said the school was ours.", "hand-painted sign"),
        # nobody is his own father; who is minister is not the former one; one bureau is not the other
        ('Henry Moss died on Monday. Moss was a student. "He was our sun," said the father of Henry Moss.', "father"),
        ("The interior minister, Bo Diaz, spoke. The minister said the vote was late.", "Bo Diaz"),
        ("The interior minister, Bo Diaz, spoke. The former minister said the vote was late.", "former minister"),
        ("Ann Lee, who was mayor from 2001 to 2010, was held. The former mayor said she was innocent.", "Ann Lee"),
        ("Ann Lee met Bo Diaz. The father of Bo Diaz said it was fine.", "father"),
        ("The Dale Safety Bureau sent a man. According to the safety bureau, it rained.", "Dale Safety Bureau"),
        ("The Dale Safety Bureau sent a man. According to the weather bureau, it rained.", "weather bureau"),
        # a network on which others speak is not whom they speak for
        ("Facebook cut jobs on Monday. The company said it was sorry.", "Facebook"),
        ("Regulators fined Facebook on Monday. The company said it would fight.", "Facebook"),
        ("In a Facebook post on Monday guests were told of it. The hotel said the road was shut.", "hotel"),
    ],
)
def test_whom_a_definite_noun_phrase_stands_for(text, speaker):
    assert found_in(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Ann Lee, a spokeswoman, said the fighters had left on the orders of their commander, Daniyar Osmonov. "
            '"We left so that there would be a town," she said.',
            "Ann Lee",
        ),
        (
            "Bo Diaz runs the club. Carl Hume called the news a surprise.\n\n"
            '"I am sure Diaz has friends here," he said.',
            "Carl Hume",
        ),
        ("Ann Lee met a nurse. The nurse said the ward was full. She said beds had gone.", "nurse"),
        ("Ann Lee and Bo Diaz left on Monday. They said the tin was full.", "Ann Lee and Bo Diaz"),
        ("Amber Foods published its count, which it calls final.", "Amber Foods"),
        # who is asked answers, and whoever stands beside a subject is one
        ('Ann Lee left. Then Bo Diaz was asked if he had any message. "Mind each other," he said.', "Bo Diaz"),
        (
            "The mayor is Kim Bay. Her mother, Zoe Bay, who is eighty-one, was told about it over dinner. "
            '"They cut me?" she asked.',
            "Zoe Bay",
        ),
        # what somebody quoted calls "he" tells nothing of whoever quotes it
        (
            "The minister, Nuala Reid, was ill. Prof Attracta Heneghan believes that Rome will be slow. "
            "‘A bishop who says sorry is left where he is,’ she said.",
            "Attracta Heneghan",
        ),
        # a spokesperson is "they"; a spokeswoman and others of one are not, and many are
        ("Amber Foods closed a plant. A spokesperson said staff had been told. They said it was old.", "spokesperson"),
        ("Amber Foods closed a plant. A spokeswoman said workers had been told. They said it was old.", "workers"),
        ("Workers walked out, a manager said. They said pay was low.", "Workers"),
        ("A witness said the gunmen fled. They said in a statement that they had killed ten.", "gunmen"),
        ("Workers met on Monday. The workers said a manager had lied. They said the plant was old.", "workers"),
    ],
)
def test_who_a_pronoun_is_as_a_source(text, speaker):
    assert found_in(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker", "naming"),
    [
        ("Hundreds of angry commuters said the train was full.", "hundreds of angry commuters", "collective"),
        ("Some in the crowd said the train was full.", "some in the crowd", "collective"),
        ("Two of the drivers said the train was full.", "two of the drivers", "collective"),
        ("Two of the accused said the train was full.", "two of the accused", "collective"),
        ("Sixty per cent of drivers said the train was full.", "sixty per cent of drivers", "collective"),
        ("Her co-workers said the train was full.", "co-workers", "collective"),
        ("The former centre-half said the train was full.", "former centre-half", "unnamed"),
        ("Three of the co-accused said the train was full.", "three of the co-accused", "collective"),
        ("The ambassador-designate, a Pole, said the train was full.", "ambassador-designate", "unnamed"),
        ("A vice-president of the resort said the train was full.", "vice-president", "named"),
        ("The mayor's chief of staff said the train was full.", "mayor's chief of staff", "unnamed"),
        (
            "The press service of the city council said the train was full.",
            "press service of the city council",
            "named",
        ),
        ("Former colleagues praised her. One of them said she read everything.", "former colleague", "unnamed"),
        ("Two nurses said so. Another, a current engineer, said staff were told.", "current engineer", "unnamed"),
        ("It was noted at the finance ministry that the tin was full.", "finance ministry", "named"),
        ("The inspector was told by the council that the tin was full.", "council", "named"),
    ],
)
def test_amounts_bodies_and_one_of_many(text, speaker, naming):
    row = found_in(text)[-1]
    assert (row.speaker, row.naming) == (speaker, naming)


def test_a_credit_between_paragraphs_does_not_speak():
    text = (
        "Truce holds in Lakeside\n\nCarl Hume met the council on Monday. He left early.\n\n"
        "A bridge in Lakeside on Sunday. Photograph: Bo Diaz/AFP\n\n"
        '"This was the last hope," he said. The truce holds for now, and the bridge is open to all.\n'
    )
    assert {row.speaker for row in found_in(text)} == {"Carl Hume"}


def test_one_who_was_warned_says_nothing():
    assert [row.speaker for row in found_in("The inspector was warned that the tin was full.")] in ([], [None])


def test_what_speaks_for_two_persons_alike_weighs_alike_in_any_order():
    one, other = (Mention(i, key, None, "nsubj", -1, -1, "noun", i) for i, key in enumerate(("one", "other")))
    weights = {"a": 0.1, "b": 0.2, "c": 0.3}  # 0.1 + 0.2 + 0.3 > 0.3 + 0.2 + 0.1
    offered = [Offer(one, dict.fromkeys("cba").keys()), Offer(other, dict.fromkeys("abc").keys())]
    assert chances(offered, weights) == {"one": 0.5, "other": 0.5}


def test_a_kingdom_is_the_land_named_last_that_is_one():
    from newslab import entities, load_model, places, statements

    text = "Iran met Oman and Saudi Arabia in Doha on Monday. The kingdom said that the talks were short."
    doc = load_model()(text)
    names = places(entities(doc), text=text)
    assert [row.speaker for row in statements(doc, entities=names)] == ["Saudi Arabia"]
