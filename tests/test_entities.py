"""Names, their labels and folding, their roles, and what refers to them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newslab.entities import entities
from newslab.parsing import load_model, parse
from newslab.records import LABELS, MENTIONS
from newslab.segments import segments
from tests.growth import assert_linear
from tests.made_names import find, labels, names

SHARED = Path(__file__).resolve().parents[2] / "shared"
# what news is made of, and what breaks tokenisers
NEWS = (
    "Ann Lee Mr Mrs Dr President minister the The of , . \" “ ” ' 's said told he She his herself in Paris France "
    "French UN U.S. (AFP) AFP Ministry Defense group Reuters Smith-Jones al-Haddad van der Berg AND 45 1,000 and a "
    "Credit: By Photo/ – - @ 💥 é Ł spokesman who based Maj. Gen. Kara-Suu "
    "Save Stop Now de la del al ul Voice i Instituto Substitute K. for Women group whose "
    "charity campaign Captain ( ) Rtd Col for Department Court Local 12 Committee to Both report Democrat"
)
WORDS = st.sampled_from([*NEWS.split(), "\n", "\n\n", "\t", " "])


def page(text: str):
    """Entities of a text as annotate finds them, by way of its segments."""
    parts = segments(text)
    (doc,) = parse(load_model(), [(text, parts)])
    return entities(doc, segments=parts)


def check(text: str, found) -> None:
    """The contract of finders, and one name and label for each entity."""
    assert [e.text for e in found] == [text[e.start : e.end] for e in found]
    assert all(e.text and e.text == e.text.strip() for e in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert len({e.mention_id for e in found}) == len(found)
    assert all(e.label in LABELS and e.mention in MENTIONS and e.name for e in found)
    assert len({(e.entity_id, e.name, e.label) for e in found}) == len({e.entity_id for e in found})
    named = {e.entity_id for e in found if e.mention == "name"}
    assert {e.entity_id for e in found} == named, "a pronoun or title stands for an entity that is named"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=200))
def test_any_string_gives_clean_spans(text):
    check(text, find(text))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_words_of_news_give_clean_spans(text):
    check(text, find(text))
    check(text, page(text))


def who(text: str, word: str) -> list[str]:
    """Names that a pronoun or title resolves to, place by place."""
    return [e.name for e in find(text) if e.text == word and e.mention != "name"]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Buses arrived in Daroot-Korgon. Nobody left Daroot-Korgon.", "Daroot-Korgon", "place"),
        ("Families from the village of Tarlet waited in the outskirts of Tarlet.", "Tarlet", "place"),
        ("A commander in the Qasim rebel group spoke to reporters.", "Qasim", "organisation"),
        ("The Foreign Ministry denied it. The Foreign Ministry gave no reason.", "Foreign Ministry", "organisation"),
        ("The Swiss finance ministry denied the report.", "Swiss finance ministry", "organisation"),
        ("The Centre for Peace in Mali said it had no news.", "Centre for Peace in Mali", "organisation"),
        ("Kim Lee, 45, a nurse, was there.", "Kim Lee", "person"),
        ("French and Syrian troops left.", "French", "nationality"),
        ("Three Syrians left.", "Syrians", "nationality"),
        ("Kim Min-jun spoke in Seoul on Friday, and Kim Min-jun left on Monday.", "Kim Min-jun", "person"),
        ("Finn, 9, and his brother Lewis, 6, were there.", "Finn", "person"),
        ("The Hague-based court met in Kenya.", "Kenya", "place"),
        ("Buses left the Belu valley on Monday.", "Belu valley", "place"),
        ("Snow has closed the Turgan pass to lorries.", "Turgan pass", "place"),
        ("Two hundred people slept in School No. 12 on Monday.", "School No. 12", "facility"),
        ("The Oban Maid was towed into Leith on Monday.", "Oban Maid", "product"),
        ("The ferry Oban Maid hit rocks on Monday.", "Oban Maid", "product"),
        ("The Oban Maid smashed into rocks.", "Oban Maid", "product"),
        ("He grew up in Daroot-Korgon.", "Daroot-Korgon", "place"),
        ("She runs a school at Botley.", "Botley", "place"),
        ("It was in Peebleshire that he won.", "Peebleshire", "place"),
        ("Postie Kim Lee was the first to see it.", "Kim Lee", "person"),
        ("Storm Ivo killed three people.", "Storm Ivo", "event"),
        ("Where Loch Etive meets the sea, it rained.", "Loch Etive", "place"),
        ("The Drivers' Union of the North said so.", "Drivers' Union of the North", "organisation"),
        ("The leader of Tyne and Wear Joint Board resigned.", "Tyne and Wear Joint Board", "organisation"),
        ("The campaign group Dry Again still says so.", "Dry Again", "organisation"),
        ("The Governor of Kent County, Talan Moro, went home.", "Talan Moro", "person"),
        ("He has lived in Newton Abbot since May.", "Newton Abbot", "place"),
    ],
)
def test_label_follows_from_the_words_around(text, name, label):
    assert labels(text)[name] == label


def test_a_headline_in_title_case_names_nobody_anew():
    text = "Ann Lee Slams Her Rivals Over Harbour Spending Plans.\n\nMayor Ann Lee spoke on Monday."
    assert [e.text for e in page(text) if e.mention == "name"] == ["Ann Lee", "Ann Lee"]


def test_a_trade_of_firms_before_one_word_names_a_firm():
    assert labels("Support has fallen, says the pollster Zevira.")["Zevira"] == "organisation"
    assert labels("Support has fallen, says the pollster Ann Lee.")["Ann Lee"] == "person"


def test_a_word_also_written_small_is_no_place():
    text = "She has a doctorate in Linguistics. She said linguistics was dying."
    assert labels(text).get("Linguistics") != "place"


def test_who_is_somewhere_and_the_place_are_two_names():
    assert list(labels("We saw Frank Sinatra at Carnegie Hall.")) == ["Frank Sinatra", "Carnegie Hall"]
    assert "place" not in labels("She teaches at the University of Texas at Austin.").values()


@pytest.mark.parametrize("text", ["Lorries will pay more.", "The water came up to his NECK and he swam on."])
def test_a_word_with_a_capital_is_no_name(text):
    assert labels(text) == {}


def test_an_owner_and_an_epithet_are_no_part_of_a_name():
    text = "Kim Lee resigned. Brave Lee wept. Lee's Progress Party lost."
    assert set(labels(text)) == {"Kim Lee", "Lee", "Progress Party"}


def test_one_name_has_one_label_in_the_whole_text():
    text = (
        "Zorvan fell on Monday. Soldiers entered Zorvan from the north. In Zorvan, shops were shut. "
        "The city of Zorvan has two hospitals. Zorvan said nothing."
    )
    found = [e for e in find(text) if e.name == "Zorvan"]
    assert len(found) == 5
    assert {e.label for e in found} == {"place"}


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Mayor Ann Lee spoke. Lee left.", "Lee", "Ann Lee"),
        ("Kubat Asanov spoke. K. Asanov left.", "K. Asanov", "Kubat Asanov"),
        ("The Free Workers Union (FWU) met. The FWU voted.", "FWU", "Free Workers Union"),
        ("Omar al-Haddad spoke on Friday. Haddad left.", "Haddad", "Omar al-Haddad"),
        ("The United States and the U.K. agreed. U.S. officials left.", "U.S.", "United States"),
        ("The River Esk rose in Kent. The Esk had not been so high since May.", "Esk", "River Esk"),
        ("Acme Corp. grew. Acme said it would grow.", "Acme", "Acme Corp."),
        ("Bill Harper spoke on Friday. William Harper owns the mill.", "William Harper", "Bill Harper"),
        ("The United States Senate met. The U.S. Senate voted.", "U.S. Senate", "United States Senate"),
        ("The Russian Defense Ministry met. The Russian defense ministry met.", "Russian defense ministry",
         "Russian Defense Ministry"),
        ("The Free Workers Union (SWL) met. The SWL voted.", "SWL", "Free Workers Union"),
        ("Jens Otto Harry Berg spoke on Friday. Otto Berg left.", "Otto Berg", "Jens Otto Harry Berg"),
        ("Jared Tristan Berg and Jared Berg met. Jared smiled.", "Jared", "Jared Tristan Berg"),
        ("Mehmet Taşkın spoke on Friday. Taskin left.", "Taskin", "Mehmet Taşkın"),
        ("The Falkland Islands are cold. She lives in the Falklands.", "Falklands", "Falkland Islands"),
        ("She lived in Erie, Pa., and left Pennsylvania in May.", "Pa.", "Pennsylvania"),
    ],
)  # fmt: skip
def test_short_forms_fold_into_the_full_name(text, short, full):
    found = names(text)
    assert found[short] == full
    assert full in found or full.rstrip(".") in found


def test_a_city_is_no_short_form_of_its_university():
    text = "She studies at Leeds Rigby University. Her Leeds halls are closed, and buses to Leeds are full."
    assert labels(text) == {"Leeds Rigby University": "organisation", "Leeds": "place"}


def test_two_people_with_one_last_name_stay_two():
    text = "Ann Lee met Bob Lee. Mrs. Lee left early. Mr. Lee stayed."
    found = [e for e in find(text) if e.mention == "name"]
    assert len({e.entity_id for e in found if e.text in ("Ann Lee", "Bob Lee")}) == 2


def test_a_last_name_stays_whose_it_was_when_the_family_is_named():
    text = "Ann Lee spoke. Lee was tired. Her brother, Bob Lee, stayed at home with their dogs. Lee said it was late."
    assert [e.name for e in find(text) if e.text == "Lee"] == ["Ann Lee", "Ann Lee"]


def test_a_title_tells_which_of_a_family_is_meant():
    text = "Maria Gomez opened the bridge. Luis Gomez stayed at home. Ms Gomez spoke. Mr Gomez did not."
    assert [e.name for e in find(text) if e.text == "Gomez"] == ["Maria Gomez", "Luis Gomez"]


@pytest.mark.parametrize(
    ("text", "name", "role", "affiliation"),
    [
        ("Swiss Finance Ministry spokesman Maj. Gen. Urs Roth said no.", "Urs Roth",
         "Swiss Finance Ministry spokesman Maj. Gen.", "Swiss Finance Ministry"),
        ("The police spokesman Captain Ann Lee said no.", "Ann Lee", "police spokesman", None),
        ("Their lawyer, Advocate Ann Lee SC, said no.", "Ann Lee", "lawyer", None),
        ("Lt Gen (Retd) Harpal Singh said no.", "Harpal Singh", "Lt Gen (Retd)", None),
        ("Brigadier General (ret.) Amos Levy said no.", "Amos Levy", "Brigadier General (ret.)", None),
        ("Justice of Appeal Grace Okello said no.", "Grace Okello", "Justice of Appeal", None),
        ("Minister for Water and Sanitation Senzo Dube said no.", "Senzo Dube", "Minister for Water and Sanitation",
         None),
        ("Farm hand Col Brandt lost his farm.", "Col Brandt", "Farm hand", None),
        ("Joan Katz, a campaign spokeswoman, said no.", "Joan Katz", "campaign spokeswoman", None),
        ("U.S. Secretary of State Jane Roe left.", "Jane Roe", "U.S. Secretary of State", "U.S."),
        ("Kim Lee, 45, a nurse, was there.", "Kim Lee", "nurse", None),
        ("Bakyt Usenov, a 58-year-old herder from Osh, came.", "Bakyt Usenov", "herder from Osh", None),
        ("The union's general secretary, Marion Tull, said no.", "Marion Tull", "union's general secretary", None),
        ("Ann Lee is the mayor of Leeds.", "Ann Lee", "mayor of Leeds", "Leeds"),
        ("Nigel Fox, the managing director of Acme Corp, said no.", "Nigel Fox", "managing director of Acme Corp",
         "Acme Corp"),
        ("Mr. Nigel Fox said no.", "Nigel Fox", None, None),
        ("Ann Lee, Senator Bob Roe and others met.", "Ann Lee", None, None),
    ],
)  # fmt: skip
def test_roles(text, name, role, affiliation):
    found = next(e for e in find(text) if e.text == name)
    assert (found.role, found.affiliation) == (role, affiliation)


def test_role_is_what_the_text_has_given_so_far():
    found = [e for e in find("Ann Lee spoke. Lee, the mayor of Leeds, left. She came back.") if e.label == "person"]
    role = "mayor of Leeds"
    assert [(e.text, e.role) for e in found] == [("Ann Lee", None), ("Lee", role), ("She", role)]


@pytest.mark.parametrize(
    ("text", "word", "answer"),
    [
        ("Mr. Bob Roe met Mrs. Ann Lee on Friday. She thanked him.", "She", ["Ann Lee"]),
        ("Mr. Bob Roe met Mrs. Ann Lee on Friday. She thanked him.", "him", ["Bob Roe"]),
        ("Ann Lee met Bob Roe. “He is a friend,” Lee said.", "He", ["Bob Roe"]),
        ("Bob Roe said that Tom Poe blamed himself.", "himself", ["Tom Poe"]),
        ("Daniel Ortiz thanked Laura Berg because she had helped him.", "she", ["Laura Berg"]),
        ("Daniel Ortiz thanked Laura Berg because she had helped him.", "him", ["Daniel Ortiz"]),
        ("Finance Minister Ann Lee spoke. Nobody had asked the minister.", "the minister", ["Ann Lee"]),
        ("The Swiss Finance Ministry spoke. The ministry said no.", "The ministry", ["Swiss Finance Ministry"]),
        ("He left. Nobody came.", "He", []),
    ],
)
def test_pronouns_and_titles(text, word, answer):
    assert who(text, word) == answer


def test_a_pronoun_has_a_confidence_and_a_name_has_none():
    found = find("Ann Lee met Bo Diaz. She said he was late. Lee left.")
    assert all((e.confidence is None) == (e.mention != "pronoun") for e in found)
    assert all(0 < e.confidence < 1 for e in found if e.mention == "pronoun")


def test_two_candidates_leave_more_doubt_than_one():
    (one,) = [e for e in find("Ann Lee left the hall. She was tired.") if e.text == "She"]
    text = "Ann Lee met Eva Berg and told Ida Holm about the hall. Then she left."
    (three,) = [e for e in find(text) if e.text == "she"]
    assert one.confidence > three.confidence


def test_somebody_unnamed_keeps_a_pronoun_from_the_named():
    text = "Bo Diaz drove the tram on Friday.\n\nA spokeswoman said the line was safe. She said she had no more to say."
    assert not [e for e in find(text) if e.mention == "pronoun"]


def test_what_a_person_was_called_before_tells_later_pronouns():
    text = (
        "Zil Orto sold her boat in May. She had built it herself, and her sons had painted it. "
        "Tam Vesh met Orto at the harbour on Friday. She thanked him."
    )
    assert {e.name for e in find(text) if e.text in ("her", "She")} == {"Zil Orto"}
    assert {e.name for e in find(text) if e.text == "him"} == {"Tam Vesh"}


def test_the_owner_of_his_boat_is_a_person_though_a_town_has_the_name():
    assert find("Byron sold his boat.")[0].label == "person"


def test_names_in_lines_that_are_no_prose():
    text = (
        "Ferry sinks off coast\n\nBy Ann Lee\n\nLEITH, Scotland, March 3 (Northern Press) - A ferry sank on Monday "
        "off the coast, and forty people were taken off it by helicopter, the coastguard said on Monday evening.\n\n"
        "Lifeboats at the pier, March 3, 2025. BOB ROE/NORTHERN PRESS\n\n"
        "Nobody was hurt, the coastguard said, and the ferry is to be raised when the wind has dropped.\n"
    )
    found = {(e.name, e.label) for e in page(text)}
    assert {("Leith", "place"), ("Bob Roe", "person")} <= found
    assert ("Northern Press", "organisation") in found


def test_names_of_a_heading_are_those_of_the_body():
    text = "Lee Vows To Save Harbour As Dockers March\n\nMayor Ann Lee spoke on Friday. Lee said she would save it.\n"
    heading = [e for e in page(text) if e.end <= text.index("\n")]
    assert [(e.text, e.name) for e in heading] == [("Lee", "Ann Lee")]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Keep Oldfield Moving, a group opposed to the toll, said no.", "Keep Oldfield Moving", "organisation"),
        ('Fighters of the militia "Amber Shield" left the pass.', "Amber Shield", "organisation"),
        ("Civil rights watchdog Vrij Veld warned of the plan.", "Vrij Veld", "organisation"),
        ("Barn Mates, which runs a phone line for farmers, says calls doubled.", "Barn Mates", "organisation"),
        ("Orlani, a mining company, said it supports the festival.", "Orlani", "organisation"),
        ("Amber Shield, an illegal armed formation, left the pass.", "Amber Shield", "organisation"),
        ("The Amber Bridge candidates lost, and the Amber Bridge leader wept.", "Amber Bridge", "organisation"),
        ("Shells hit a school 30 km east of Kara-Tosh on Monday.", "Kara-Tosh", "place"),
        ("The crash was first reported by the Sunday Herald on its website.", "Sunday Herald", "organisation"),
        ("The court heard Adrian Voyle KC for two hours.", "Adrian Voyle", "person"),
        ("Homeowner Priti Shah said the roof leaked.", "Priti Shah", "person"),
    ],
)
def test_names_that_read_as_something_else(text, name, label):
    assert (name, label) in {(e.name, e.label) for e in find(text)}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The court heard Adrian Voyle KC for two hours.", "KC"),
        ("Rev Ann Lee said the roof leaked.", "Rev"),
        ("Dr Ann Lee, a hydrologist at the institute, said the river rose.", "hydrologist at the institute"),
    ],
)
def test_letters_and_honorifics_are_roles_where_there_is_no_other(text, role):
    assert next(e.role for e in find(text) if e.label == "person") == role


def test_works_without_a_parse():
    import spacy

    doc = spacy.blank("en")("French troops and Ann Lee met.")
    assert [(e.text, e.label) for e in entities(doc)] == [("French", "nationality")]


def test_time_grows_with_length_only():
    """A long run of capitals, and many names with one last name, cost no more than their length."""

    from spacy.tokens import Doc

    vocab = load_model().vocab

    def doc(n: int) -> Doc:
        words = [word for i in range(n) for word in (f"A{i}n", "Lee", "Lee", ".")]
        return Doc(vocab, words=words, tags=["NNP", "NNP", "NNP", "."] * n, sent_starts=[True, False, False, False] * n)

    assert_linear(entities, doc, 500, 4000)


def test_example_names():
    gold_file = SHARED / "example" / "gold.json"
    if not gold_file.exists():
        pytest.skip("no ../shared/example here")
    text = next(gold_file.parent.glob("*.txt")).read_text(encoding="utf-8")
    found = page(text)
    check(text, found)
    names = [e for e in found if e.mention == "name"]
    wrong = []
    for entity in json.loads(gold_file.read_text(encoding="utf-8"))["entities"]:
        mine = [e for e in names if e.text in entity["forms"]]
        if {(e.name, e.label) for e in mine} != {(entity["name"], entity["label"])}:
            wrong.append((entity, {(e.name, e.label) for e in mine}))
        if {e.text for e in mine} != set(entity["forms"]) or len({e.entity_id for e in mine}) != 1:
            wrong.append((entity, {(e.text, e.entity_id) for e in mine}))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "governments"),
    [
        ("Moscow denied the claim on Friday.", ["Moscow"]),
        ("Moscow said the bridge was safe, and Kyiv rejected that.", ["Moscow", "Kyiv"]),
        ("Paris and Berlin agreed on a new rule.", ["Paris", "Berlin"]),
        ("The White House declined to comment.", ["White House"]),
        ("The plan was rejected by Norway on Monday.", ["Norway"]),
        ("Ann Lee lives in Moscow and works in Norway.", []),
        ("Norway lost to Spain, and Paris was flooded.", []),
        ("Leeds said nothing.", []),
        ("A crowd marched past the White House.", []),
    ],
)
def test_a_place_that_speaks_or_decides_stands_for_its_government(text, governments):
    assert [e.text for e in find(text) if e.stands_for == "government"] == governments
