"""Names of groups that read as a clause, a slogan or a phrase, and sentences that only look like them."""

from __future__ import annotations

import pytest

from newslab.entities import entities
from newslab.parsing import load_model
from tests.growth import assert_linear
from tests.made_names import labels


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # what the group wants done
        ("Save Oak Meadow said the council had not listened.", "Save Oak Meadow"),
        ("Protect Our Estuary said the plan was wrong.", "Protect Our Estuary"),
        ("Stop the Bypass Now said the plan was wrong.", "Stop the Bypass Now"),
        ("Keep Kent Green said the plan was wrong.", "Keep Kent Green"),
        ("A spokeswoman for Ban the Bonfire said no.", "Ban the Bonfire"),
        ("“They lied,” said Reclaim the Beach.", "Reclaim the Beach"),
        ("Campaigners fight on. Save Oak Meadow, whose page has 90 members, met.", "Save Oak Meadow"),
        ("Free the Hostages, which campaigns for prisoners, said no.", "Free the Hostages"),
        ("The campaign group Free Oak Meadow said no.", "Free Oak Meadow"),
        # slogans
        ("Parents First said schools were too big.", "Parents First"),
        ("Fair Rents Now said the law was wrong.", "Fair Rents Now"),
        ("Tenants Together said rents were too high.", "Tenants Together"),
        # who they are and what for
        ("Women in Farming said pay was low.", "Women in Farming"),
        ("Doctors for Change said wards were full.", "Doctors for Change"),
        ("Mothers against Guns said no.", "Mothers against Guns"),
        # a trade that is no title
        ("Passenger Focus North said trains were late.", "Passenger Focus North"),
        ("Tenant Voice Wales said rents had doubled.", "Tenant Voice Wales"),
        ("Prisoner Support UK said cells were full.", "Prisoner Support UK"),
        ("Farmer Action said prices were too low.", "Farmer Action"),
        ("Neighbours for Quiet Skies, which campaigns against jets, said no.", "Neighbours for Quiet Skies"),
        ("Teachers for Small Classes said no.", "Teachers for Small Classes"),
        ("Nurses Across Frontiers said wards were full.", "Nurses Across Frontiers"),
        # whose friends or sons they are
        ("The Sons of Najran said they had fired.", "Sons of Najran"),
        ("The Friends of Aberlady said the mast was ugly.", "Friends of Aberlady"),
        ("Guardians of the Estuary said no.", "Guardians of the Estuary"),
        ("The Ulster Knights of Freedom said no.", "Ulster Knights of Freedom"),
        ("The Movement of the Deep Lakes said no.", "Movement of the Deep Lakes"),
        # a service of a land, and names with a number
        ("Transport for the Midlands said trains were late.", "Transport for the Midlands"),
        ("Transport for Wales said trains were late.", "Transport for Wales"),
        ("The charity Five Wells said no.", "Five Wells"),
        ("Three Oaks Bakery said no.", "Three Oaks Bakery"),
        ("First Valley Savings said rates would rise.", "First Valley Savings"),
        ("Avon and Somerset Police said no.", "Avon and Somerset Police"),
        # a place as the last word
        ("Rentwatch Nairobi, a campaign group, said no.", "Rentwatch Nairobi"),
        ("Rentwatch Oakland, whose members count evictions, met.", "Rentwatch Oakland"),
        ("Cyclewatch Dublin said roads were unsafe.", "Cyclewatch Dublin"),
        ("The rating firm Ridgeline Asia said no.", "Ridgeline Asia"),
        ("The watchdog group Clear Air Ohio met.", "Clear Air Ohio"),
        # told by the words beside it
        ("But the group Swimmers in Doubt, which speaks for bathers, said no.", "Swimmers in Doubt"),
        ("Swimmers in Doubt, a bathers' group, said no.", "Swimmers in Doubt"),
    ],
)
def test_a_group_has_its_whole_name(text, name):
    assert labels(text) == {name: "organisation"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Stop signs were stolen in Leeds.", ["Leeds"]),
        ("Keep calm, Mayor Ann Lee said.", ["Ann Lee"]),
        ("Keep Ann Lee in mind, he said.", ["Ann Lee"]),
        ("Stop Mr Lee now, she said.", ["Lee"]),
        ("Lawyers for Diaz said no.", ["Diaz"]),
        ("Workers for Tesla said no.", ["Tesla"]),
        ("Teachers in Kenya said no.", ["Kenya"]),
        ("Villagers in Tarlet said the well was dry.", ["Tarlet"]),
        ("The charity Amber in Leeds said no.", ["Amber", "Leeds"]),
        ("Engineer Ann Power said no.", ["Ann Power"]),
        ("Friends of Ann Lee met. Friends of Mr Lee sang.", ["Ann Lee", "Lee"]),
        ("Lawyers for Bola Adeyemo said no.", ["Bola Adeyemo"]),
        ("Support for Ukraine fell. Aid for Gaza was late.", ["Ukraine", "Gaza"]),
        ("Two Russians said no.", ["Russians"]),
        ("The voice of Leeds said no.", ["Leeds"]),
        ("Upper Egypt was hot. Meanwhile Russia froze.", ["Upper Egypt", "Russia"]),
        ("Mayor Holt London said Kyiv, Ukraine, was cold.", ["Holt London", "Kyiv", "Ukraine"]),
        ("Driver Ann Watch said no.", ["Ann Watch"]),
    ],
)
def test_what_only_looks_like_a_group(text, found):
    assert list(labels(text)) == found


@pytest.mark.parametrize(
    "begin",
    ["But", "Yesterday", "Rivals", "And", "Then", "Saturday", "Champions", "Promoted", "Visitors", "At", "For",
     "While", "Since", "After", "Because", "As"],
)  # fmt: skip
def test_a_sentence_may_begin_right_before_a_name(begin):
    assert labels(f"{begin} Leeds United lost, fans wept.") == {"Leeds United": "organisation"}
    assert labels(f"{begin} Leeds United, which lost, was late.") == {"Leeds United": "organisation"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("When Manchester United lost, Ann Lee wept.", {"Manchester United": "organisation", "Ann Lee": "person"}),
        ("In Black Lives Matter, which is old, she found friends.", {"Black Lives Matter": "organisation"}),
        # persons called like a slogan, an aim or a cause
        ("Mr Strong said no.", {"Strong": "person"}),
        ("Prime Minister Mark Strong said no.", {"Mark Strong": "person"}),
        ("Sen. Luther Strong said no.", {"Luther Strong": "person"}),
        ("Jess Strong ran. Ms Strong said it was late.", {"Jess Strong": "person", "Strong": "person"}),
        ("Ron Forward, whose father died, said no.", {"Ron Forward": "person"}),
        ("Donald Free was killed. Free was 40.", {"Donald Free": "person", "Free": "person"}),
        ("Philip Matter said no.", {"Philip Matter": "person"}),
        ("Ann Strong said no.", {"Ann Strong": "person"}),
        ("Kgosi Strong said no.", {"Kgosi Strong": "person"}),
        ("Ban Ki Moon, whose term ended, said no.", {"Ban Ki Moon": "person"}),
        ("Actress Joy Power said no.", {"Joy Power": "person"}),
        ("Trader Blessing Peace said no.", {"Blessing Peace": "person"}),
        ("Farmer Zeb Hope said no.", {"Zeb Hope": "person"}),
        ("Footballer Kgosi Power said no.", {"Kgosi Power": "person"}),
        ("Builder Balfour Beatty Group said no.", {"Balfour Beatty Group": "organisation"}),
        # people of a place, or who act for others
        ("Police in Kano State said no.", {"Kano State": "place"}),
        ("Farmers in Benue State said no.", {"Benue State": "place"}),
        ("Officials in Shan State said no.", {"Shan State": "place"}),
        ("Doctors in Ekiti State said no.", {"Ekiti State": "place"}),
        ("Teachers in Ogun State said no.", {"Ogun State": "place"}),
        ("Women in Kano said no.", {"Kano": "place"}),
        ("Police In Kano said no.", {"Kano": "place"}),
        ("Lawyers for Black Lives Matter said no.", {"Black Lives Matter": "organisation"}),
        ("Lawyers for Just Stop Oil said no.", {"Just Stop Oil": "organisation"}),
        ("Researchers for Doctors Without Borders said no.", {"Doctors Without Borders": "organisation"}),
        ("Engineers for Rolls Royce said no.", {"Rolls Royce": "organisation"}),
        ("MEPs for Labour said no.", {"Labour": "organisation"}),
        ("Friends of Israel said no.", {"Israel": "place"}),
        # places and sayings that begin like an aim
        ("Free State was hit by a drought.", {"Free State": "place"}),
        ("Police in Free State have held a man.", {"Free State": "place"}),
        ("A judge from End Street said no.", {"End Street": "facility"}),
        ("A man from Save Street in Leeds said no.", {"Save Street": "facility", "Leeds": "place"}),
        ("A resident of Stand Lane said no.", {"Stand Lane": "facility"}),
        ("Stand Our Ground is law in Ohio.", {"Ohio": "place"}),
        ("Mr Sunak's pledge of Stop the Boats failed.", {"Sunak": "person"}),
        ("Protect the NHS said Boris Johnson.", {"NHS": "organisation", "Boris Johnson": "person"}),
        ("Free the Hostages said protesters in Tel Aviv.", {"Tel Aviv": "place"}),
        ("Supporters of Ban Ki Moon said no.", {"Ban Ki Moon": "person"}),
        # numbers that count
        ("Ten Downing Street said no.", {"Ten Downing Street": "facility"}),
        ("First World War graves were found.", {"First World War": "event"}),
        ("Five Manchester United players said no.", {"Manchester United": "organisation"}),
        # a minister's land
        ("The Minister of Health for Northern Ireland said no.", {"Northern Ireland": "place"}),
        ("The Secretary of State for Wales said no.", {"Wales": "place"}),
    ],
)
def test_ordinary_news_keeps_its_names(text, found):
    assert labels(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "But Now is the time.", "Even Now is too late.", "Only Now is the time.", "What Matters is the vote.",
        "Moving Forward is the aim.", "All Together is the word.", "Save Lives said the minister.",
        "End the War was chanted by the crowd.", "Stop the Violence is the message.",
        "Rescue Me was shown on Friday.", "Passenger Rights were cut.", "Worker Safety was at risk, he said.",
        "The alliance Wednesday on Trade failed.", "Farmer Relief was announced.", "Student Aid was cut.",
        "Ministers for Health said no.", "The Voice of Reason won.", "Women in Science are few.",
    ],
)  # fmt: skip
def test_a_phrase_with_capitals_names_nobody(text):
    assert labels(text) == {}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Workers in Health said no.", "Workers in Health"),
        ("Teachers in Special Education said no.", "Teachers in Special Education"),
        ("Lawyers for Post Office Workers said no.", "Lawyers for Post Office Workers"),
        ("Lawyers for Boeing Workers said no.", "Lawyers for Boeing Workers"),
        ("Drivers for Deliveroo Riders said no.", "Drivers for Deliveroo Riders"),
        ("Fans for Bola Williams said no.", "Fans for Bola Williams"),
        ("Candidates for Reform said no.", "Candidates for Reform"),
        ("Free State Premier Ann Lee said no.", "Free State Premier Ann Lee"),
        ("Free Speech is under attack.", "Free Speech"),
        ("Activists for Free Speech said no.", "Free Speech"),
        ("Activists for Social Justice said no.", "Social Justice"),
        ("Lawyers for Human Rights said no.", "Human Rights"),
        ("Fight Night is on Friday.", "Fight Night"),
        ("He voted for End the Fed.", "End the Fed"),
        ("Teacher Power fell.", "Teacher Power"),
        ("The campaign Trump on Truth Social ran was loud.", "Trump on Truth"),
        ("The alliance Iran of Old had is gone.", "Iran of Old"),
        ("Power for Lebanon said no.", "Power for Lebanon"),
        ("Two Boeing Jets were sold.", "Two Boeing Jets"),
        ("Five Teamsters said no.", "Five Teamsters"),
        ("Three Mile Island was shut.", "Three Mile Island"),
        ("First Amendment Rights were cut.", "First Amendment Rights"),
        ("Nine Leeds United Fans were hurt.", "Nine Leeds United Fans"),
    ],
)
def test_a_phrase_with_capitals_is_no_group(text, phrase):
    assert labels(text).get(phrase) != "organisation"
    assert not any(label == "organisation" and phrase in name for name, label in labels(text).items())


def test_many_groups_take_time_linear_in_the_text():
    def doc(n):
        return load_model()("Save Oak Meadow said Ana de la Cruz of the Ministry of Works of Ghana left. " * n)

    assert_linear(entities, doc, 100, 800)
