"""Who speaks, and what kind of actor that is, in short news of our own: see cases/speakers.toml and speakers_roles."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from newslab.attribution.actors import actor_type, body_type, weighed
from newslab.records import ACTOR_TYPES, NAMINGS
from tests.made_statements import found_in

FOLDER = Path(__file__).parent / "cases"
# what is right of the statements found; the errors of half "held" were never read
LEAST = {
    ("speakers", "read"): {"found": 0.96, "speaker": 0.93, "naming": 0.96, "kind": 0.87},
    ("speakers", "held"): {"found": 0.96, "speaker": 0.91, "naming": 0.94, "kind": 0.85},
    ("speakers_roles", "read"): {
        "found": 0.95, "speaker": 0.88, "naming": 0.91, "kind": 0.76, "role": 0.75, "affiliation": 0.54,
    },
    ("speakers_roles", "held"): {
        "found": 0.94, "speaker": 0.82, "naming": 0.92, "kind": 0.79, "role": 0.75, "affiliation": 0.33,
    },
}  # fmt: skip


def plain(text: str | None) -> str:
    return " ".join((text or "").replace("\u201c", '"').replace("\u201d", '"').casefold().split())


@cache
def shares(name: str, half: str) -> dict[str, float]:
    """Of the statements of one half: how many were found, and of these how many have which column right.

    Of role and affiliation, which most statements rightly lack, the F1.
    """
    right: Counter[str] = Counter()
    for case in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"]:
        if case["half"] != half:
            continue
        rows = found_in(case["text"])
        for words, speaker, naming, kind, *held in case["says"]:
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
            for column, want in zip(("role", "affiliation"), held, strict=False):
                have = getattr(row, column)
                right[column] += 2 * (bool(want) and plain(have) == plain(want))
                right[f"{column} all"] += bool(have) + bool(want)
    assert right["all"] >= 100
    out = {column: right[column] / right["found"] for column in ("speaker", "naming", "kind")}
    out |= {column: right[column] / max(1, right[f"{column} all"]) for column in ("role", "affiliation")}
    return out | {"found": right["found"] / right["all"]}


@pytest.mark.parametrize(("name", "half", "column"), [(*key, column) for key in LEAST for column in LEAST[key]])
def test_speakers_of_news_the_rules_were_not_made_on(name, half, column):
    assert shares(name, half)[column] >= LEAST[name, half][column]


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
        ("Actor and director Ann Lee said the theatre would close.", "Ann Lee", "citizen"),
        ("Ann Lee KC said the tin was full.", "Ann Lee", "court"),
        ("One cabinet minister said the plan was dead.", "cabinet minister", "government"),
        ("Two people familiar with the talks said it was dead.", "two people familiar with the talks", "other"),
        ("Observers from the African Union said the vote was fair.", "observers", "international organisation"),
        (
            "A person briefed on the talks, who asked not to be named, said it failed.",
            "person briefed on the talks",
            "other",
        ),
        ("One EU diplomat, who like others was granted anonymity, said it failed.", "EU diplomat", "government"),
        (
            "The Maritime Officers and Ratings Union said the tin was full.",
            "Maritime Officers and Ratings Union",
            "NGO",
        ),
    ],
)
def test_who_speaks_behind_the_words(text, speaker, kind):
    row = found_in(text)[-1]
    assert (row.speaker, row.actor_type) == (speaker, kind)


def test_a_person_without_any_office_is_a_citizen_by_the_rules():
    text = "Lee loses again\n\nLee said the vote was lost. Ann Lee told reporters that she would go on. Lee left.\n"
    assert {row.actor_type for row in found_in(text, "none")} == {"citizen"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Barack Obama said the bridge was safe.", "government"),  # whom news need not introduce
        ("Marine Le Pen said the bridge was safe.", "party"),
        ("Ivo Obama, a plumber, said the bridge was safe.", "citizen"),
        ("Bo Diaz, 58, denies fraud at the mining company he used to run. Diaz said it was a gift.", "business"),
        ("Ann Lee was elected mayor in May. She walked home. Lee said the bridge was safe.", "government"),
        ("Ann Lee ran the fever hospital in Osh for twelve years. Lee said the wards were full.", "expert"),
        ("Ann Lee teaches at a village school. Lee said the pupils were tired.", "citizen"),
        ("Ann Lee of the pressure group Open Books said the pupils were tired.", "NGO"),
        ("The trial opened on Monday. Bo Diaz, for Ann Lee, said she was innocent.", "court"),
        ("Bo Diaz, the prosecution's geologist, said the vein was real.", "expert"),
        ("His solicitor, Bo Diaz, said he was innocent.", "court"),
        ("Chief product officer Bo Diaz said the doorbell was safe.", "business"),
        ("Ann Lee, chief inspector of the Marine Casualty Board, said the ship was late.", "government"),
        ("Passenger watchdog chief Bo Diaz said the train was late.", "NGO"),
        ("The Ministry of Labour said the ship was late.", "government"),
        ("A former officer of the ship said the log was lost.", "citizen"),
        ("The trial opened. Bo Diaz, for the company, said it was innocent.", "court"),
        ("Health Canada said the drug was safe.", "government"),
        ("Police said the road was shut.", "police"),  # and no town
        ("Ann Lee, chairwoman of the Save Our Pond group, said the frogs were gone.", "NGO"),
        ("The union met. The head of the organisation, Ann Lee, said pay was low.", "NGO"),
    ],
)
def test_what_somebody_does_or_is_known_for(text, kind):
    assert found_in(text, "none")[-1].actor_type == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Haldane Ridge moved to Leeds. Haldane Ridge said its shareholders were glad.", "business"),
        ("A convoy was stopped by the Alay Banner. The Alay Banner said its fighters had left.", "armed group"),
    ],
)
def test_a_body_by_what_is_its_own(text, kind):
    assert found_in(text)[-1].actor_type == kind


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Sgt. Ann Lee, a spokeswoman for the county police, said the road was shut.",
            "spokeswoman for the county police",
        ),
        ("Ann Lee, who was elected mayor of Leeds in 2019, said the road was shut.", "mayor of Leeds"),
        ("Ann Lee, treasurer of the club from 2010 to 2013, said the road was shut.", "treasurer of the club"),
        (
            "Sen. Ann Lee spoke. Ann Lee, chairwoman of the road panel, said it was shut.",
            "chairwoman of the road panel",
        ),
    ],
)
def test_a_bare_title_yields_and_a_term_of_office_is_no_part_of_the_role(text, role):
    assert found_in(text)[-1].role == role


@pytest.mark.parametrize(
    ("text", "speaker", "kind", "affiliation"),
    [
        ("Amber, which makes tin lids, will hire 30 people. Amber said orders had doubled.", "Amber", "business", None),
        ("Sens. Ann Lee (Ohio) and Bo Diaz (Iowa) said the bill was dead.", "Ann Lee and Bo Diaz", "government", None),
        ("Two Democrats said the bill was dead.", "two Democrats", "party", None),
        ("Coach Ann Lee left on Monday. The Romanian said she was tired.", "Ann Lee", "citizen", None),
        ("Ann Lee of the Bar Council said the courts were full.", "Ann Lee", "NGO", "Bar Council"),
        ("A Daily Echo poll found that most were for it.", "Daily Echo poll", "document", None),
        ("Imogen Frayne, prosecuting, said the bees had died.", "Imogen Frayne", "court", None),
    ],
)
def test_who_speaks_by_what_the_text_says_of_them(text, speaker, kind, affiliation):
    row = found_in(text, "none")[-1]
    assert (row.speaker, row.actor_type, row.affiliation) == (speaker, kind, affiliation)


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("Bertil Quist, who defended the decision, said taxes would rise.", "Bertil Quist", "court"),
        ("Bertil Quist, who reported the theft, said the bike was gone.", "Bertil Quist", "media"),
        ("Vexiline, which was attacked by hackers in May, said it had lost data.", "Vexiline", "armed group"),
        ("Vexiline, which won a prize in May, said orders had doubled.", "Vexiline", "party"),
        ("Mbarga said it was a hard game.", "Mbarga", "business"),
        ("Defending the decision, Bo Diaz said the school had to close.", "Bo Diaz", "court"),
        ("Lane House is old. Fleet Street said the plan was weak.", "Fleet Street", "government"),
    ],
)
def test_what_somebody_did_once_is_no_trade_by_the_rules(text, speaker, kind):
    rows = found_in(text, "none")
    assert rows and {(row.speaker, row.actor_type == kind) for row in rows} == {(speaker, False)}


@pytest.mark.parametrize("word", ["The Pope", "The Mayor", "The Swiss"])
def test_an_office_or_a_people_is_not_whom_the_text_spoke_of_last(word):
    row = found_in(f"Bob Ray met them on Monday. Ray sang for an hour. {word} said the world was hungry.")[-1]
    assert row.speaker is not None and "Ray" not in row.speaker


def test_whom_a_firm_bans_does_not_work_there():
    rows = found_in("The site banned Ann Lee from Facebook. Ann Lee said the ban was unjust.")
    assert [row.affiliation for row in rows if row.speaker == "Ann Lee"] == [None]


def test_who_was_no_member_has_no_role():
    row = found_in("Ann Lee, who was not a member of the party, said taxes would rise.")[-1]
    assert (row.speaker, row.role) == ("Ann Lee", None)


def test_football_is_no_election_by_the_rules():
    text = (
        "Harrow beat Dunwell. The campaign began with a rally from their rivals. Supporters with a ticket sang. "
        "Mbeki said the debate was over. Mbeki said the rivals had no campaign. Supporters left after the rally."
    )
    assert "party" not in {row.actor_type for row in found_in(text, "none") if row.speaker == "Mbeki"}


def test_the_office_is_held_where_its_owner_was_named():
    row = found_in("The charity Bright Path will close. Its director, Ann Lee, said money had run out.")[-1]
    assert (row.role, row.affiliation) == ("director", "Bright Path")


def test_whom_an_election_article_does_not_introduce_seeks_votes():
    text = (
        "The candidates met for a debate before the primary. Voters saw a rally. "
        "Hale said the polls were wrong. The nominee of the campaign will be known in May."
    )
    assert [row.actor_type for row in found_in(text) if row.speaker == "Hale"] == ["party"]
