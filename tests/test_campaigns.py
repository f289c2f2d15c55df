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
        ("Neighbours for Quiet Skies said planes were too loud.", "Neighbours for Quiet Skies"),
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
        ("Five Wells said no.", "Five Wells"),
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


def test_many_groups_take_time_linear_in_the_text():
    def doc(n):
        return load_model()("Save Oak Meadow said Ana de la Cruz of the Ministry of Works of Ghana left. " * n)

    assert_linear(entities, doc, 100, 800)
