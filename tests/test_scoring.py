"""Scores by hand: perfect rows score 1, each fault lowers the measure it belongs to."""

import copy
import hashlib
import json
import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.records import TABLES, frame
from newslab.scoring import score, wilson

TEXT = (
    "Ferry sinks off Ex\n"
    "Menu\n"
    "Photo: Jo Lind/AFP\n"
    "At least 40 people drowned, Mayor Ann Hale told the Post on Monday. “It was awful,” she said.\n"
    "Police in 2016 counted 62 miles (100 km) of coast, Hale's office said."
)


def span(words, after=0):
    start = TEXT.index(words, after)
    return start, start + len(words)


def row(words, **columns):
    start, end = span(words)
    return {"start": start, "end": end, "text": words} | columns


GOLD = {
    "article": {"file": "sample/ferry.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()},
    "segments": [
        row("Ferry sinks off Ex", part="headline"),
        row("Menu", part="furniture"),
        row("Photo: Jo Lind/AFP", part="credit"),
        row(TEXT.splitlines()[3], part="body"),
        row(TEXT.splitlines()[4], part="body"),
    ],
    "photos": [
        {"caption": "The ferry off Ex.", "photographer": "Jo Lind", "agency": "AFP", "date": None, "printed": 2}
    ],
    "entities": [
        {"name": "Ann Hale", "label": "person", "forms": ["Ann Hale", "Hale"]},
        {"name": "Ex", "label": "place", "forms": ["Ex"]},
    ],
    "statements": [
        {"content": [span("At least 40 people drowned")], "cue": [span("told")], "source": [span("Mayor Ann Hale")],
         "quote_type": "indirect", "speaker": "Ann Hale", "naming": "named", "actor_type": "government",
         "role": "Mayor", "via": "the Post"},
        {"content": [span("“It was awful,”")], "cue": [span("said")], "source": [span("she")],
         "quote_type": "direct", "speaker": "Ann Hale", "naming": "named", "actor_type": "government",
         "role": "Mayor", "via": None},
    ],
    "figures": [
        row("At least 40", value=40, unit=None, dimension="count", bound="at least", counted="people",
            action="drown", claimed_by="Ann Hale"),
        row("62 miles", value=62, unit="mile", dimension="length", bound="=", counted=None, action="count",
            claimed_by="Hale's office"),
        row("100 km", value=100, unit="kilometre", dimension="length", bound="=", counted=None, action="count",
            claimed_by="Hale's office", converts="62 miles"),
    ],
    "not_figures": ["2016"],
}  # fmt: skip


def rows_of(gold):
    """What finders would give that found exactly the gold."""
    rows = {name: [] for name in TABLES}
    rows["articles"] = [{"article_id": "a", "text": TEXT, "source_file": "corpus/ferry.txt"}]
    rows["segments"] = [dict(s) for s in gold["segments"]]
    rows["photos"] = [{**p, "printings": [[0, 1]] * p["printed"]} for p in gold["photos"]]
    for p in rows["photos"]:
        del p["printed"]
    rows["entities"] = [
        row(form, mention="name", label=e["label"], entity_id=e["name"], name=e["name"])
        for e in gold["entities"]
        for form in e["forms"]
    ]
    rows["entities"].append(row("she", mention="pronoun", label="person", entity_id="Ann Hale", name="Ann Hale"))
    rows["entities"].append(row("Police", mention="name", label="nationality", entity_id="n", name="n"))
    rows["statements"] = [dict(s) for s in gold["statements"]]
    ids = {f["text"]: f"q{n}" for n, f in enumerate(gold["figures"])}
    rows["quantities"] = [
        {**f, "quantity_id": ids[f["text"]], "converts": ids.get(f.get("converts"))} for f in gold["figures"]
    ]
    for table, found in rows.items():
        for one in found if table != "articles" else ():
            one["article_id"] = "a"
    return rows


def scored(rows, gold, tmp_path):
    """{(table, measure): (right, found, gold)} of one article."""
    (tmp_path / "ferry.json").write_text(json.dumps(gold))
    notes = SimpleNamespace(**{name: frame(name, found) for name, found in rows.items()})
    table = score(notes, tmp_path / "ferry.json")
    one = table[table["article"] == "ferry"]
    return {(r["table"], r["measure"]): (r["right"], r["found"], r["gold"]) for r in one.to_dict("records")}


def test_what_is_found_exactly_scores_one(tmp_path):
    table = scored(rows_of(GOLD), GOLD, tmp_path)
    assert all(right == found == gold > 0 for right, found, gold in table.values())
    assert {name for name, _ in table} == {
        "segments", "photos", "entities", "statements", "figures", "not_figures",
    }  # fmt: skip
    assert table["segments", "body"] == (2, 2, 2)
    assert table["segments", "characters"][2] == len("".join(TEXT.split()))
    assert table["entities", "forms"] == (3, 3, 3)  # no pronouns, no nationalities
    assert table["statements", "via"] == (1, 1, 1)
    assert table["figures", "converts"] == (1, 1, 1)


def test_nothing_found_scores_zero(tmp_path):
    rows = {name: [] for name in TABLES} | {"articles": rows_of(GOLD)["articles"]}
    table = scored(rows, GOLD, tmp_path)
    assert table["statements", "content and speaker"] == (0, 0, 2)
    assert table["figures", "span"] == (0, 0, 3)
    assert table["not_figures", "left alone"] == (1, 1, 1)
    assert ("statements", "naming") not in table


def change(table, number, **columns):
    rows = rows_of(GOLD)
    rows[table][number] |= columns
    return rows


STATEMENT = {"content": (2, 2, 2), "content and speaker": (2, 2, 2)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (change("segments", 1, part="body"), {("segments", "all"): (4, 5, 5), ("segments", "body"): (2, 3, 2),
                                              ("segments", "furniture"): (0, 0, 1)}),
        (change("segments", 0, end=5, text="Ferry"), {("segments", "headline"): (0, 1, 1)}),
        (change("photos", 0, agency="Reuters"), {("photos", "agency"): (0, 1, 1), ("photos", "caption"): (1, 1, 1)}),
        (change("photos", 0, photographer=None), {("photos", "photographer"): (0, 0, 1)}),
        (change("photos", 0, date="2016-01-01"), {("photos", "date"): (0, 1, 0)}),
        (change("photos", 0, printings=[[0, 1]]), {("photos", "printings"): (0, 1, 1)}),
        (change("photos", 0, caption="A dog"), {("photos", "caption"): (0, 1, 1)}),
        (change("entities", 2, label="person"), {("entities", "name and label"): (1, 2, 2),
                                                 ("entities", "label"): (1, 2, 2), ("entities", "name"): (2, 2, 2)}),
        (change("entities", 1, entity_id="other", name="Hale"), {("entities", "forms"): (2, 3, 3),
                                                                 ("entities", "any form"): (2, 3, 2)}),
        (change("statements", 0, content=[span("40")]), {("statements", "content"): (1, 2, 2),
                                                         ("statements", "content and speaker"): (1, 2, 2)}),
        (change("statements", 0, content=[span("At least 40 people drowned, Mayor")]),
         {("statements", "content"): (2, 2, 2)}),
        (change("statements", 0, speaker="Hale"), {("statements", "content and speaker"): (1, 2, 2),
                                                   ("statements", "content"): (2, 2, 2)}),
        (change("statements", 0, speaker="the Ann  Hale"), {("statements", "content and speaker"): (2, 2, 2)}),
        (change("statements", 1, naming="unnamed"), {("statements", "naming"): (1, 2, 2)}),
        (change("statements", 1, role=None), {("statements", "role"): (1, 1, 2)}),
        (change("statements", 1, via="Reuters"), {("statements", "via"): (1, 2, 1)}),
        (change("statements", 1, cue=[span("awful")]), {("statements", "cue"): (1, 2, 2)}),
        (change("statements", 1, source=[]), {("statements", "source"): (1, 1, 2)}),
        (change("quantities", 0, value=41.0), {("figures", "value, bound and unit"): (2, 3, 3),
                                               ("figures", "span"): (3, 3, 3)}),
        (change("quantities", 0, bound="="), {("figures", "value, bound and unit"): (2, 3, 3),
                                              ("figures", "value"): (3, 3, 3)}),
        (change("quantities", 1, unit="metre"), {("figures", "unit"): (1, 2, 2)}),
        (change("quantities", 0, counted="young people"), {("figures", "counted"): (1, 1, 1)}),
        (change("quantities", 2, converts=None), {("figures", "converts"): (0, 0, 1)}),
        (change("quantities", 0, **row("Ex")), {("figures", "span"): (2, 3, 3)}),
        (change("quantities", 0, **row("2016")), {("not_figures", "left alone"): (0, 1, 1)}),
    ],
)  # fmt: skip
def test_each_fault_lowers_its_own_measure(rows, expected, tmp_path):
    table = scored(rows, GOLD, tmp_path)
    assert {key: table[key] for key in expected} == expected


def test_ranges_and_vague_figures_are_compared_by_their_bounds(tmp_path):
    gold = copy.deepcopy(GOLD)
    gold["figures"][0] |= {"value": None, "low": 100, "high": 1000, "bound": "hundreds"}
    rows = rows_of(gold)
    assert scored(rows, gold, tmp_path)["figures", "value"] == (3, 3, 3)
    rows["quantities"][0]["high"] = 999.0
    assert scored(rows, gold, tmp_path)["figures", "value"] == (2, 3, 3)


def test_sums_and_rates(tmp_path):
    rows = rows_of(GOLD)
    rows["statements"].pop()
    rows["statements"] += [dict(rows["statements"][0], content=[span("Police")])] * 2
    for name in ("one", "two"):
        (tmp_path / f"{name}.json").write_text(json.dumps(GOLD))
    notes = SimpleNamespace(**{name: frame(name, found) for name, found in rows.items()})
    table = score(notes, tmp_path)
    assert list(dict.fromkeys(table["article"])) == ["one", "two", "all"]
    line = table[(table["article"] == "all") & (table["measure"] == "content")].iloc[0]
    assert (line["right"], line["found"], line["gold"]) == (2, 6, 4)
    assert line["precision"] == pytest.approx(1 / 3)
    assert line["recall"] == 0.5
    assert line["f1"] == pytest.approx(2 * (1 / 3) * 0.5 / (1 / 3 + 0.5))


def test_a_gold_file_without_a_hash_finds_the_article_that_its_segments_fit(tmp_path):
    gold = {key: value for key, value in GOLD.items() if key != "article"}
    rows = rows_of(GOLD)
    rows["articles"].insert(0, {"article_id": "b", "text": "x" + TEXT})
    assert scored(rows, gold, tmp_path)["segments", "all"] == (5, 5, 5)


def test_saved_notes_are_read(tmp_path):
    from newslab.notes import Notes

    rows = rows_of(GOLD)
    Notes(**{name: frame(name, found) for name, found in rows.items()}).save(tmp_path / "notes")
    (tmp_path / "gold.json").write_text(json.dumps(GOLD))
    table = score(tmp_path / "notes", tmp_path / "gold.json")
    assert (table["f1"] == 1).all() and len(table) > 40


def test_a_table_that_the_gold_leaves_out_is_not_scored(tmp_path):
    table = scored(rows_of(GOLD), {key: value for key, value in GOLD.items() if key != "photos"}, tmp_path)
    tables = {name for name, _ in table}
    assert "photos" not in tables
    assert {"segments", "figures"} <= tables


def test_errors_say_which_file_and_why(tmp_path):
    rows = rows_of(GOLD)
    with pytest.raises(FileNotFoundError, match="no gold here"):
        score(SimpleNamespace(**{name: frame(name, found) for name, found in rows.items()}), tmp_path)
    with pytest.raises(ValueError, match=r"ferry\.json: no gold file, since it has none of segments, photos"):
        scored(rows, {"article": GOLD["article"]}, tmp_path)
    rows["articles"][0]["text"] += "!"
    with pytest.raises(ValueError, match=r"the text of ferry\.txt is another"):
        scored(rows, GOLD, tmp_path)
    rows["articles"][0]["source_file"] = None
    with pytest.raises(ValueError, match="its article was not annotated"):
        scored(rows, GOLD, tmp_path)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share_and_narrows_with_n(successes, n):
    successes = min(successes, n)
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    wide = wilson(10 * successes, 10 * n)
    assert wide[1] - wide[0] < high - low


def test_wilson_against_published_values():
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 0 of 20
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert all(math.isnan(bound) for bound in wilson(0, 0))
