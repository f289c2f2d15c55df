import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.layout.credits import Credit, find_credit, parse_credit, title_case
from newslab.photos import date, photos, provenance
from newslab.records import PROVENANCES, Entity
from newslab.segments import segments

BODY = "The ferry that brings flour to the island did not sail on Monday, and two bakeries closed at noon."
CAPTION = "People queue at a bakery in Vardo, Norway, on March 2, 2025."


def page(*lines):
    return "\n\n".join([BODY, "\n".join(lines), BODY.replace("Monday", "Tuesday")])


@pytest.mark.parametrize(
    ("credit", "photographer", "agency", "provenance"),
    [
        ("Credit: JANE ROE/AFP", "Jane Roe", "AFP", "agency"),
        ("Credit: Jane Roe, AFP", "Jane Roe", "AFP", "agency"),
        ("Credit...Jane Roe/Reuters", "Jane Roe", "Reuters", "agency"),
        ("Photograph: Jane Roe/Silkway Press", "Jane Roe", "Silkway Press", "agency"),
        ("Photograph: Jane Roe/The Guardian", "Jane Roe", None, "staff"),
        ("Photograph by Jane Roe for The Undertow", "Jane Roe", None, "staff"),
        ("Picture: Jane Roe", "Jane Roe", None, "unknown"),
        ("(Image: Jane Roe)", "Jane Roe", None, "unknown"),
        ("(AP Photo/Jane Roe)", "Jane Roe", "AP", "agency"),
        ("(Jane Roe/Reuters)", "Jane Roe", "Reuters", "agency"),
        ("(Reuters: Jane Roe)", "Jane Roe", "Reuters", "agency"),
        ("[Jane Roe/Anadolu Agency]", "Jane Roe", "Anadolu", "agency"),
        ("REUTERS/Jane Roe", "Jane Roe", "Reuters", "agency"),
        ("NORTH WIRE/Jane Roe", "Jane Roe", "North Wire", "agency"),
        ("Jane Roe / AFP via Pool", "Jane Roe", "AFP", "agency"),
        ("Jane Roe/Anadolu via Getty Images", "Jane Roe", "Anadolu", "agency"),
        ("Foto: Hans Müller/dpa", "Hans Müller", "dpa", "agency"),
        ("© Jane Roe/Getty Images", "Jane Roe", "Getty Images", "agency"),
        ("Image copyright Getty Images", None, "Getty Images", "agency"),
        ("Image source, Reuters", None, "Reuters", "agency"),
        ("Handout via REUTERS", None, "Reuters", "handout"),
        ("Dubna Rights Watch/Handout via NORTH WIRE", None, "North Wire", "handout"),
        ("(Supplied: Jane Roe)", None, None, "handout"),
        ("(Supplied)", None, None, "handout"),
        ("Courtesy of the Dubna Museum", None, None, "handout"),
        ("Twitter/@janeroe", None, "Twitter", "social media"),
        ("Screengrab: YouTube", None, "YouTube", "screenshot"),
        ("AP Photo/Jane Roe, File", "Jane Roe", "AP", "archive"),
        ("Photographs by Jane Roe and Jo Doe/Reuters", "Jane Roe and Jo Doe", "Reuters", "agency"),
    ],
)
def test_credit_styles(credit, photographer, agency, provenance):
    assert find_credit(credit) == 0
    said = None if provenance == "unknown" else provenance
    assert parse_credit(credit) == (photographer, agency, said)
    for text in (f"{CAPTION} {credit}", f"{CAPTION}\n{credit}"):
        (photo,) = photos(page(text))
        assert (photo.photographer, photo.agency, photo.provenance) == (photographer, agency, provenance)
        assert (photo.caption, photo.credit, photo.date) == (CAPTION, credit, "2025-03-02")


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("The bridge in May 2016Credit: JANE ROE/AFP", "Credit: JANE ROE/AFP"),
        ("The bridge in May 2016.Credit: Jane Roe, AFP", "Credit: Jane Roe, AFP"),
        ("A school in Osh.Photo: press service of the ministry", "Photo: press service of the ministry"),
        ("The bridge on Monday. AP Photo/Jane Roe", "AP Photo/Jane Roe"),
        ("The bridge on Monday | Jane Roe/AFP", "| Jane Roe/AFP"),
        ("He said that he had been hired by Getty Images.", None),
        ("The army had left (AFP).", None),
        ("It was, he said, the end (for now)", None),
        ("The photo: a man in a hat", None),
        ("She lived in New York/New Jersey", None),
        ("Photo: they left on Monday", None),
    ],
)  # fmt: skip
def test_where_a_credit_begins(line, credit):
    start = find_credit(line)
    assert (None if start is None else line[start:]) == credit


def test_a_caption_printed_again_is_the_same_photo():
    text = page(CAPTION, CAPTION.upper().replace(", ", ",  ") + " Credit: JANE ROE/AFP")
    (photo,) = photos(text)
    assert (photo.photographer, photo.caption) == ("Jane Roe", CAPTION)
    assert [text[start:end].casefold()[:12] for start, end in photo.printings] == ["people queue"] * 2


def test_a_caption_cut_short_is_the_same_photo():
    text = page(f"{CAPTION} Credit: JANE ROE/AFP", CAPTION[:45] + "... Credit: JANE ROE/AFP")
    (photo,) = photos(text)
    assert len(photo.printings) == 2


def test_photos_of_one_page_keep_their_own_credits():
    text = page(f"{CAPTION} Credit: JANE ROE/AFP")
    text += f"\n\nA ferry in the harbour, May 3, 2016.\nPhoto: Jo Doe/Reuters\n\n{BODY}"
    assert [(p.photographer, p.agency, p.date) for p in photos(text)] == [
        ("Jane Roe", "AFP", "2025-03-02"),
        ("Jo Doe", "Reuters", "2016-05-03"),
    ]


def test_a_credit_above_its_caption_belongs_to_it():
    (photo,) = photos(page("Image source, Reuters", "Image caption, People queue at a bakery in Vardo"))
    assert (photo.agency, photo.caption) == ("Reuters", "People queue at a bakery in Vardo")


@pytest.mark.parametrize("credit", ["Getty Images", "Anders Lie/NTB", "Reuters", "PA Media"])
def test_a_credit_before_the_pictures_description_is_cut_off(credit):
    (photo,) = photos(page(f"{credit} A tug stands in the ice of Vardo harbour", "Tugs have come from Hammerfest"))
    assert (photo.credit, photo.caption) == (credit, "A tug stands in the ice of Vardo harbour")


def test_a_person_named_like_an_agency_is_no_credit():
    assert photos(page("Petra Vance, who studies rail costs, is no romantic about guards. “She is not.”")) == []


def test_a_credit_without_a_caption_is_a_photo():
    (photo,) = photos(page("Photograph: Jane Roe/Reuters"))
    assert (photo.caption, photo.photographer, photo.text) == ("", "Jane Roe", "Photograph: Jane Roe/Reuters")


def test_the_outlets_own_photos_are_staff():
    text = page(f"{CAPTION} Photograph: Jane Roe/North Wire")
    assert [p.provenance for p in photos(text)] == ["agency"]
    assert [p.provenance for p in photos(text, outlet="North Wire")] == ["staff"]
    (photo,) = photos(page(f"{CAPTION} NORTH WIRE/Jane Roe"), outlet="North Wire")
    assert (photo.photographer, photo.agency, photo.provenance) == ("Jane Roe", "North Wire", "staff")


def test_a_credit_to_an_office_in_small_letters_is_a_handout():
    credit = "Photo: press service of the Ministry of Ports"
    (photo,) = photos(page(f"{CAPTION}\n{credit}"))
    assert (photo.caption, photo.credit, photo.provenance) == (CAPTION, credit, "handout")
    assert find_credit("Photo: what the ministry did not say") is None


def test_a_picture_by_somebody_in_the_story_was_given_to_the_outlet():
    text = page(f"{CAPTION} Credit: Jane Roe") + "\n\nJane Roe, 31, took it on her way to work, and went on."
    said = [Entity(start=i, end=i + 8, text="Jane Roe", found_by="test", mention_id=f"m{i}", mention="name",
                   label="person", entity_id="e1", name="Jane Roe")
            for i in (text.index("Jane Roe"), text.rindex("Jane Roe"))]  # fmt: skip
    assert [p.provenance for p in photos(text, entities=said[:1])] == ["unknown"]
    assert [p.provenance for p in photos(text, entities=said)] == ["handout"]


def test_an_agencys_acronym_is_spelt_out_as_in_the_article():
    text = page(f"{CAPTION} Credit: Jane Roe / NW")
    at = text.index(" NW") + 1
    known = Entity(start=at, end=at + 2, text="NW", found_by="test", mention_id="m1", mention="name",
                   label="organisation", entity_id="e1", name="North Wire")  # fmt: skip
    assert [p.agency for p in photos(text, entities=[known])] == ["North Wire"]


@pytest.mark.parametrize(
    ("caption", "credit", "expected"),
    [
        ("A screenshot of what the army put online", None, "screenshot"),
        ("An image from a video posted on Telegram", "agency", "screenshot"),
        ("A picture shared on social media", "agency", "social media"),
        ("In this photo released by the ministry, a bridge is seen", "agency", "handout"),
        ("FILE - A bridge in Oslo", "agency", "archive"),
        ("An image purporting to show a bridge", "agency", "handout"),
        ("An image purporting to show a bridge", None, "unknown"),
        ("A bridge in Oslo", "agency", "agency"),
        ("A bridge in Oslo", None, "unknown"),
    ],
)
def test_provenance(caption, credit, expected):
    assert expected in PROVENANCES
    assert provenance(caption, Credit(None, "AFP" if credit else None, credit)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on December 10, 2016.", "2016-12-10"), ("9 Dec. 2016", "2016-12-09"), ("am 3. März 2025", "2025-03-03"),
        ("el 3 de mayo de 2025", "2025-05-03"), ("2016-12-10", "2016-12-10"), ("in May 2016", "2016-05"),
        ("June 31, 2016", None), ("on Monday", None), ("Room 10, 2016", None),
    ],
)  # fmt: skip
def test_dates(text, expected):
    assert date(text) == expected


def test_people_and_place_come_from_the_captions_entities():
    text = page("Ida Holm sells bread from Oslo at a bakery in Vardo, March 2, 2025.", "Credit: JANE ROE/AFP")

    def entity(name, label):
        start = text.index(name)
        return Entity(
            start=start, end=start + len(name), text=name, found_by="test", mention_id=name, entity_id=name,
            name=name, label=label,
        )  # fmt: skip

    entities = [entity("Ida Holm", "person"), entity("Oslo", "place"), entity("Vardo", "place")]
    (photo,) = photos(text, entities=entities)
    assert photo.people == ("Ida Holm",)
    assert photo.place in ("Oslo", "Vardo")


def test_names_in_capitals_are_written_as_usual():
    assert [title_case(name) for name in ("JEAN-MARC O'NEIL", "ANA DE VRIES", "MCDONALD", "Ana Roe")] == [
        "Jean-Marc O'Neil",
        "Ana de Vries",
        "McDonald",
        "Ana Roe",
    ]


PIECES = [CAPTION, BODY, "Credit: A B/AFP", "Photo:", "(", "/", "\n", " ", "...", "Jo Roe/"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_photos_are_clean_slices(text):
    for photo in photos(text):
        assert photo.text == text[photo.start : photo.end].strip() != ""
        assert (photo.start, photo.end) == photo.printings[0]


@given(st.text(max_size=200).filter(str.strip))
def test_any_line_may_be_asked_for_its_credit(text):
    cut = find_credit(text.strip())
    assert cut is None or 0 <= cut < len(text)
    assert parse_credit(text).provenance in (None, *PROVENANCES)


def test_the_five_photos_of_the_example_article(shared):
    (path,) = (shared / "example").glob("*.txt")
    gold = json.loads((shared / "example" / "gold.json").read_text(encoding="utf-8"))["photos"]
    text = path.read_text(encoding="utf-8")
    found = photos(text, segments=segments(text))
    for name in ("caption", "photographer", "agency", "date"):
        assert [getattr(photo, name) for photo in found] == [row[name] for row in gold]
    assert [len(photo.printings) for photo in found] == [row["printed"] for row in gold]
