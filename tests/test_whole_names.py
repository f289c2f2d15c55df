"""Where a name ends, what is none of the three, and what only looks like a part of another name."""

from __future__ import annotations

import pytest

from newslab.entities import entities
from newslab.parsing import load_model
from tests.growth import assert_linear
from tests.made_names import find, labels, names


def test_letters_of_figures_languages_and_fields_of_study_name_none_of_the_three():
    text = "GDP rose, the ONS said. She teaches Latin and Political Science, and left Calvinism for Islam in Leeds."
    assert {name for name, label in labels(text).items() if label != "other"} == {"ONS", "Leeds"}
    assert labels("Islam Karim spoke. Mr Latin left.") == {"Islam Karim": "person", "Latin": "person"}


def test_a_rank_or_saint_may_be_a_part_of_a_name():
    text = "The General Assembly met in St. Louis on Friday. Major Ann Lee, of the Major League, was in St. Petersburg."
    assert labels(text) == {
        "General Assembly": "organisation", "St. Louis": "place", "Ann Lee": "person",
        "Major League": "organisation", "St. Petersburg": "place",
    }  # fmt: skip


def test_words_that_hold_a_name_together():
    text = (
        'The Labour party and the Social Democratic party met Jo "Red" Diaz in the House of Lords. Diaz left the '
        "People's Republic of China with Jean d'Arcy. The Council of Ministers met the Ottawa Senators."
    )
    assert labels(text) == {
        "Labour party": "organisation", "Social Democratic party": "organisation", 'Jo "Red" Diaz': "person",
        "House of Lords": "organisation", "Diaz": "person", "People's Republic of China": "place",
        "Jean d'Arcy": "person", "Council of Ministers": "organisation", "Ottawa Senators": "organisation",
    }  # fmt: skip
    assert names(text)["Diaz"] == 'Jo "Red" Diaz'


def test_the_noun_of_a_name_tells_its_kind():
    text = "Snow shut the Eden Turnpike, the Rigby Mosque and the Leeds Expressway."
    assert labels(text) == dict.fromkeys(("Eden Turnpike", "Rigby Mosque", "Leeds Expressway"), "facility")
    assert labels("She won Best Actress on Friday.")["Best Actress"] == "work"


def test_a_title_may_be_the_first_word_of_a_street():
    text = "He met Mr Street in King Street. The Imam Mosque, St. Mary's Church and Queen Ann Hospital were shut."
    found = labels(text)
    assert [name for name, label in found.items() if label == "person"] == ["Street"]
    assert {"King Street", "Imam Mosque", "St. Mary's Church", "Queen Ann Hospital"} <= found.keys()


def test_a_well_known_name_is_whole_though_a_small_word_stands_in_it():
    found = names("Doctors Without Borders (MSF) left on Friday with Save the Children. MSF said so.")
    assert found == {
        "Doctors Without Borders": "Doctors Without Borders", "MSF": "Doctors Without Borders",
        "Save the Children": "Save the Children",
    }  # fmt: skip


def test_a_storm_keeps_its_kind_without_the_word():
    assert labels("Storm Eunice hit Kent on Friday. Eunice was strong.")["Eunice"] == "event"
    assert labels("Storm Eunice hit Kent on Friday. Mayor Eunice Lee spoke.")["Eunice Lee"] == "person"


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The United Nations sent tents. The United Nations Road Fund sent lorries.", "United Nations",
         "United Nations Road Fund"),
        ("The United Nations sent tents. UNICEF sent lorries.", "United Nations", "UNICEF"),
        ("She read in the Library of Congress. Congress voted on Friday.", "Congress", "Library of Congress"),
        ("He left Mexico City. Mexico voted on Sunday.", "Mexico", "Mexico City"),
        ("Fire broke out at Leeds Arena. Police in Leeds shut the road.", "Leeds", "Leeds Arena"),
        ("The U.S. paid. The U.S. Rail Bureau counted the trains.", "U.S.", "U.S. Rail Bureau"),
    ],
)  # fmt: skip
def test_a_part_of_a_name_may_be_the_name_of_something_else(text, one, other):
    found = names(text)
    assert found[one] != found[other]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Police in Erie County, Pa., said no.", "Pa.", "place"),
        ("Mayor John Street said the city was broke.", "John Street", "person"),
        ("General Jo Post said no. Major Post said yes.", "Jo Post", "person"),
        ("Anna Science said no.", "Anna Science", "person"),
        ('Jo "Red" Diaz said no.', 'Jo "Red" Diaz', "person"),
        ('The Taylor Swift "Eras" Tour went on.', "Taylor Swift", "person"),
        ("Best Buy opened a shop on Friday.", "Best Buy", "organisation"),
    ],
)
def test_names_that_look_like_parts_of_others(text, name, label):
    assert {entity.name: entity.label for entity in find(text)}.get(name) == label


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # what looks like a longer name
        ("Ann Lee of Shelter, a charity, said no.", ["Ann Lee", "Shelter"]),
        ("Prince Charles Hospital said no.", ["Prince Charles Hospital"]),
        ("King Edward School said no.", ["King Edward School"]),
        ("The DHL van Mr Lee drove hit a wall.", ["DHL", "Lee"]),
        ("Ukraine's Commander-in-Chief said no.", ["Ukraine"]),
        ("The Made-in-Italy label is old.", ["Italy"]),
        ("Labour ministers met in London.", ["Labour", "London"]),
        ("He reminded the European Union of the United Kingdom vote.", ["European Union", "United Kingdom"]),
        ("The Supervisory Board of the State Bank of Pakistan met.", ["Supervisory Board", "State Bank of Pakistan"]),
        ("Oba Femi scored twice.", ["Oba Femi"]),
        # a trade or a title before a name
        ("Substitute Pavel Moss-Ito scored late.", ["Pavel Moss-Ito"]),
        ("Debutant Ravi Nayarath took four wickets.", ["Ravi Nayarath"]),
        ("Comrade Joe Danladi said workers would march.", ["Joe Danladi"]),
        ("Alhaja Bisi Ojo said the market was shut.", ["Bisi Ojo"]),
        ("Fr Con Berg said no.", ["Con Berg"]),
        ("Assistant Commissioner of Police Moses Otieno said no.", ["Moses Otieno"]),
        ("Goalkeeper Luis Prado saved two penalties.", ["Luis Prado"]),
        ("Coun K. Whitaker said the road was unsafe.", ["K. Whitaker"]),
        ("Editorial Manager Otto Berg said no.", ["Otto Berg"]),
        ("Housing Chair Ann Lee said no.", ["Ann Lee"]),
        ("Ann Potter KC said no.", ["Ann Potter"]),
        ("Kubanychbek Asanov Turgunov said no.", ["Kubanychbek Asanov Turgunov"]),
        # a trade that no list has, by its form and the name behind it
        ("Beekeeper Ilse Vandamme said the hives were empty.", ["Ilse Vandamme"]),
        ("Winemaker Rui Sardinha said the harvest was lost.", ["Rui Sardinha"]),
        ("Hydrologist Nomvula Dube said the dam was full.", ["Nomvula Dube"]),
        ("Herdsman Tobias Amadi said the wells were dry.", ["Tobias Amadi"]),
        ("Exporter Kivu Beans said the port was shut.", ["Kivu Beans"]),
        ("Operator Baltgrid said the cable was cut.", ["Baltgrid"]),
        ("Carmaker Tarvo said no.", ["Tarvo"]),
        ("Spencer James Holt said no.", ["Spencer James Holt"]),
        ("Porter Airlines Canada said no.", ["Porter Airlines Canada"]),
        ("Baptist World Alliance said no.", ["Baptist World Alliance"]),
        ("Carter Berg said no.", ["Carter Berg"]),
        # ranks and forms of address, some of them names elsewhere
        ("Canon Eleri Pugh said the roof leaked. Canon Imaging said no.", ["Eleri Pugh", "Canon Imaging"]),
        ("Elder Moses Chirwa said no. Elder Care Alliance said yes.", ["Moses Chirwa", "Elder Care Alliance"]),
        ("Don Eusebio Vargas met Don Draper.", ["Eusebio Vargas", "Don Draper"]),
        ("PC Ann Lee ran. PC Lee fell. DC Comics lost.", ["Ann Lee", "Lee", "DC Comics"]),
        ("Cr Maureen Tasker said no.", ["Maureen Tasker"]),
        ("Its head, Commissario Dario Ferri, said no.", ["Dario Ferri"]),
        ("Stadtrat Uwe Lindner said the bridge was safe.", ["Uwe Lindner"]),
        ("His lawyer, Maître Benoît Caron, said no.", ["Benoît Caron"]),
        ("Ven. Sumedha Thero said the temple was shut.", ["Sumedha Thero"]),
        ("Brig. Gen. Carl Draper and Vice Adm. Ruth Palmer said no.", ["Carl Draper", "Ruth Palmer"]),
        ("Sergeant First Class Amara Osei said no.", ["Amara Osei"]),
        ("Special Agent in Charge Paula Reyes said no.", ["Paula Reyes"]),
        # small words within
        ("Luis de la Cruz and Ana Paz left for Rio de Janeiro.", ["Luis de la Cruz", "Ana Paz", "Rio de Janeiro"]),
        ("The Ed de Berg administration said no.", ["Ed de Berg"]),
        ("Ms von der Berg said no.", ["von der Berg"]),
        ("Mayor Ijaz-ul-Rahim Malik said no.", ["Ijaz-ul-Rahim Malik"]),
        ("Snow fell in Stratford-upon-Avon on Friday.", ["Stratford-upon-Avon"]),
        ("Luc du Plessis doubts the count. Ana da Costa faults the minister.", ["Luc du Plessis", "Ana da Costa"]),
        ("The committee's head, Choi Min-ah, said no.", ["Choi Min-ah"]),
        ("The Lee-led group met in Kim-era offices.", ["Lee", "Kim"]),
        # a nickname behind a title
        ('Board President Robert "Skip" Lawson said no.', ['Robert "Skip" Lawson']),
        ("Sheriff William “Duke” Tanner said no.", ["William “Duke” Tanner"]),
        ('Coach Maria "Mimi" de la Torre said no.', ['Maria "Mimi" de la Torre']),
        # halves that a hyphen joins, and names that it sets against each other
        ("Behind it was the critic, Osvaldo Payés-Cruz, who said no.", ["Osvaldo Payés-Cruz"]),
        ("Telly favourite Kelly-Ann Stubbs said no.", ["Kelly-Ann Stubbs"]),
        ("Hans-Peter Lüthi paints cows.", ["Hans-Peter Lüthi"]),
        ("The Biden-Xi summit failed.", ["Biden-Xi"]),
        # letters that begin a name
        ("CNA Federmoda, the artisans’ confederation, asked why.", ["CNA Federmoda"]),
        ("EU NAVFOR said a frigate was near. The EU Brexit talks failed.", ["EU NAVFOR", "EU", "Brexit"]),
        ("DP Austral blames a permit. FBI Director Ann Lee said no.", ["DP Austral", "Ann Lee"]),
        ("The DUP leader said no. According to AFP Macron left.", ["DUP", "AFP", "Macron"]),
        # forms of address of other lands, and names that only look like them
        ("Huisarts Tjitske Nauta of Sneek said no.", ["Tjitske Nauta", "Sneek"]),
        ("“No,” argued Adv. Leonie Swart.", ["Leonie Swart"]),
        ("Const. Mike Brown said no.", ["Mike Brown"]),
        ("Mr Cantor said no. Rani Kumari, 24, said yes.", ["Cantor", "Rani Kumari"]),
        ("FM Global said losses rose. Capital FM Kenya reported it.", ["FM Global", "Capital FM Kenya"]),
        # the adjective of a party
        ("The Democratic Party met. Democratic allegations were false, he said.", ["Democratic Party"]),
        ("The Conservative Party lost. Conservative estimates put it at 40.", ["Conservative Party"]),
    ],
)
def test_where_a_name_begins_and_ends(text, found):
    assert list(labels(text)) == found


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("The owner of the Red Lion said no.", "Red Lion", "organisation"),
        ("A teacher at the John Paul said no.", "John Paul", "organisation"),
        ("The Lee campaign lost.", "Lee", "person"),
        ("He is no match for the Ann Lee of old, said Bo Diaz.", "Ann Lee", "person"),
        ("The late Ann Lee was a baker.", "Ann Lee", "person"),
        ("The Rev. Ann Lee said no.", "Ann Lee", "person"),
        # a first name before a word of places, storms and firms
        ("The Obamas left on Monday.", "Obamas", "person"),
        ("That is not the Ann Lee he once knew, she said.", "Ann Lee", "person"),
        ("William Hill said it would close shops. William Hill shares fell.", "William Hill", "organisation"),
        ("Calvin Klein said sales rose.", "Calvin Klein", "organisation"),
        ("Elin Storm was put out of the group. She wrote a poem.", "Elin Storm", "person"),
        ("Kate Park told the court so.", "Kate Park", "person"),
        ("Victoria Park was closed on Monday.", "Victoria Park", "place"),
        ("Charles Bridge in Prague was full.", "Charles Bridge", "facility"),
        ("Shares of Ann Taylor Inc. fell.", "Ann Taylor Inc.", "organisation"),
        ("Ann Taylor Inc. fell. Georgia Tech said no.", "Georgia Tech", "organisation"),
    ],
)
def test_the_and_a_first_name_speak_for_what_a_name_names(text, name, label):
    assert labels(text)[name] == label


def test_a_person_may_be_called_like_a_country():
    found = labels("She met Ann Lee, Chad Berg and Georgia Poe in Lima.")
    assert [name for name, label in found.items() if label == "person"] == ["Ann Lee", "Chad Berg", "Georgia Poe"]


def test_a_quoted_word_behind_an_article_is_no_nickname():
    assert not any('"' in entity.name for entity in find('He scored twice in Serie A "Golden" Juventus won.'))


@pytest.mark.parametrize("words", ["Nur-e-", "Ana de la "])
def test_no_name_is_as_long_as_the_text(words):
    assert all(len(entity.text) < 400 for entity in find(words * 200))


def test_many_well_known_bodies_take_time_linear_in_the_text():
    def doc(n):
        return load_model()("Doctors Without Borders saw Ann there. " * n)

    assert_linear(entities, doc, 200, 1600)
