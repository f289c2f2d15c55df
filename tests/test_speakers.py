"""Who speaks, and what kind of actor that is, in short news of our own: see cases/speakers.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from newslab.attribution.actors import actor_type, body_type, weighed
from newslab.entities import entities
from newslab.parsing import load_model, parse
from newslab.records import ACTOR_TYPES, NAMINGS
from newslab.segments import segments
from newslab.statements import statements

CASES = Path(__file__).parent / "cases" / "speakers.toml"
# what is right of the statements found; the errors of half "held" were never read
LEAST = {
    "read": {"found": 0.96, "speaker": 0.91, "naming": 0.93, "kind": 0.86},
    "held": {"found": 0.96, "speaker": 0.86, "naming": 0.90, "kind": 0.74},
}


def plain(text: str | None) -> str:
    return " ".join((text or "").replace("\u201c", '"').replace("\u201d", '"').casefold().split())


def found_in(text: str):
    parts = segments(text)
    (doc,) = parse(load_model(), [(text, parts)])
    return statements(doc, entities=entities(doc, segments=parts), segments=parts)


@cache
def shares(half: str) -> dict[str, float]:
    """Of the statements of one half: how many were found, and of these how many have which column right."""
    right = dict.fromkeys(("all", "found", "speaker", "naming", "kind"), 0)
    for case in tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]:
        if case["half"] != half:
            continue
        rows = found_in(case["text"])
        for words, speaker, naming, kind in case["says"]:
            assert naming in NAMINGS and kind in ACTOR_TYPES and words in " ".join(case["text"].split())
            right["all"] += 1
            said = [row for row in rows if plain(words) in plain(row.content_text)]
            if not said:
                continue
            row = min(said, key=lambda row: row.words)
            right["found"] += 1
            right["speaker"] += plain(row.speaker) == plain(speaker)
            right["naming"] += row.naming == naming
            right["kind"] += row.actor_type == kind
    assert right["all"] >= 150
    return {name: n / right["all" if name == "found" else "found"] for name, n in right.items()}


@pytest.mark.parametrize("column", ["found", "speaker", "naming", "kind"])
@pytest.mark.parametrize("half", ["read", "held"])
def test_speakers_of_news_the_rules_were_not_made_on(half, column):
    assert shares(half)[column] >= LEAST[half][column]


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("chairwoman of the tenants' association", "NGO"),
        ("police union president", "NGO"),
        ("president of the republic", "government"),
        ("fire service spokesman", "government"),
        ("shadow health secretary", "party"),
        ("commander of the rebel group", "armed group"),
        ("army spokesman", "military"),
        ("analyst at a bank", "expert"),
        ("chief executive of the charity", "NGO"),
        ("chief executive of a carmaker", "business"),
        ("nurse at the hospital", "citizen"),
        ("head of the UN mission", "international organisation"),
        ("spokeswoman", None),
    ],
)
def test_the_kind_that_a_role_tells(phrase, kind):
    assert actor_type(phrase.split(), role=True) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Eastern Liberation Front", "armed group"),
        ("Ministry of Defence", "military"),
        ("Ministry of Public Works", "government"),
        ("Lakeside Mountain Rescue Team", "NGO"),
        ("Amber Mining Ltd", "business"),
        ("Ivo Regional Council", "government"),
        ("Institute of Polar Studies", "expert"),
        ("Lakeside Gazette", "media"),
        ("People's Reform Party", "party"),
        ("High Court", "court"),
        ("Lakeside", None),
    ],
)
def test_the_kind_that_a_name_tells(name, kind):
    found = body_type(name)
    assert (found[1] if found else None) == kind


def test_an_office_that_any_body_has_yields_to_the_body():
    assert weighed(["president"], role=True) == (1, "government")
    assert weighed(["president", "of", "the", "teachers'", "union"], role=True)[1] == "NGO"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The charity Bright Path will close. Its director, Ann Lee, said money had run out.", "NGO"),
        ("Haldane will shut its plant. The company said demand fell. Its director, Ann Lee, said so too.", "business"),
        ("Ann Lee, of the Bar Council, said the courts were full.", "NGO"),
        ("Ann Lee, from Leeds, said she heard a bang.", "citizen"),
    ],
)
def test_a_director_is_of_the_kind_of_what_is_directed(text, kind):
    assert found_in(text)[-1].actor_type == kind


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("A statement by the Bar Council said the courts were full.", "Bar Council", "NGO"),
        ("The log of the Bar Council was lost. The log shows that the court sat late.", "Bar Council", "NGO"),
        ("Actor and director Ann Lee said the theatre would close.", "Ann Lee", "other"),
        ("Ann Lee KC said the tin was full.", "Ann Lee", "court"),
        ("One cabinet minister said the plan was dead.", "cabinet minister", "government"),
        ("Two people familiar with the talks said the plan was dead.", "two people", "other"),
        ("Observers from the African Union said the vote was fair.", "observers", "international organisation"),
    ],
)
def test_who_speaks_behind_the_words(text, speaker, kind):
    row = found_in(text)[-1]
    assert (row.speaker, row.actor_type) == (speaker, kind)


def test_nobody_known_is_called_a_citizen():
    """Who is in the headline, or has no introduction, may be anybody: the kind is left open."""
    text = "Lee loses again\n\nLee said the vote was lost. Ann Lee told reporters that she would go on. Lee left.\n"
    assert {row.actor_type for row in found_in(text)} == {"other"}
