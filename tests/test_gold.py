"""The gold is what its two readings and the decisions on them say, and keeps to the codebook."""

import csv
import datetime
import hashlib
import importlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
# The codebook's lists, written out again so that a slip in the package cannot hide one in the data.
LABELS = {
    "person", "organisation", "place", "nationality", "event", "work", "law", "product", "facility", "other",
}  # fmt: skip
NAMINGS = {"named", "unnamed", "collective", "none"}
QUOTE_TYPES = {"direct", "indirect", "mixed"}
ACTORS = {
    "government", "military", "police", "court", "party", "international organisation", "NGO", "business",
    "expert", "media", "document", "armed group", "citizen", "other",
}  # fmt: skip
PROVENANCES = {"staff", "agency", "handout", "screenshot", "social media", "archive", "unknown"}
DIMENSIONS = {
    "count", "money", "percent", "percentage points", "length", "area", "volume", "mass", "duration", "age",
    "speed", "temperature", "energy", "power", "data", "rate", "ratio", "fraction", "other",
}  # fmt: skip
BOUNDS = {
    "=", "about", "more than", "at least", "less than", "up to", "range", "dozens", "hundreds", "thousands",
    "tens of thousands", "hundreds of thousands", "millions", "billions",
}  # fmt: skip


def read_table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


sys.path.insert(0, str(DATA / "gold"))
agreement, make_gold, readings, settle = map(importlib.import_module, ("agreement", "make_gold", "readings", "settle"))
MANIFEST = read_table("MANIFEST.csv")
CHOSEN = {row["article_id"]: row["gold"] for row in MANIFEST if row["gold"] != "none"}
TEXTS = {stem: (DATA / "sample" / f"{stem}.txt").read_bytes().decode("utf-8") for stem in CHOSEN}
SPANS = {stem: [] for stem in CHOSEN}
for part_row in read_table("parts.csv"):
    if (of := Path(part_row["file"]).stem) in CHOSEN:
        SPANS[of].append((part_row["part"], int(part_row["start"]), int(part_row["end"])))
GOLD = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / "gold").glob("*.json"))}
SETTLED = sorted((DATA / "gold" / "differences").glob("*.csv"))
each_gold = pytest.mark.parametrize("stem", GOLD)


def test_gold_is_there_and_is_what_its_source_says():
    assert len(CHOSEN) == 24 and Counter(CHOSEN.values())["measure"] == 8
    for kind in ("develop", "measure"):
        rows = [row for row in MANIFEST if row["gold"] == kind]
        assert len({row["outlet"] for row in rows}) == 6 and all(row["format"] == "page copy" for row in rows)
    first, second, source = (
        {path.stem for path in (DATA / "gold" / side).glob("*.toml")} for side in ("first", "second", "source")
    )
    assert first == second == set(CHOSEN)
    assert source == set(GOLD) == set(CHOSEN)


def test_the_scripts_make_the_gold(tmp_path):
    copy = shutil.copytree(DATA, tmp_path / "data")
    made = ["agreement.csv", *(f"source/{path.stem}.toml" for path in SETTLED), *(f"{stem}.json" for stem in GOLD)]
    for name in made:
        (copy / "gold" / name).unlink()
    for script in ("settle.py", "make_gold.py", "agreement.py"):
        subprocess.run([sys.executable, str(copy / "gold" / script)], check=True, capture_output=True, timeout=60)
    assert [name for name in made if (copy / "gold" / name).read_bytes() != (DATA / "gold" / name).read_bytes()] == []


@pytest.mark.parametrize(
    ("coders", "published"),
    [  # examples A, B and C of Krippendorff (2011), Computing Krippendorff's alpha-reliability: a coder a line
        ("0100000010 1110010000", 0.095),
        ("aabbdcccedda babbbccceddd", 0.692),
        ("123321412... 1233224125.3 .3332342251. 12332441251.", 0.743),
    ],
)
def test_alpha_of_published_examples(coders, published):
    units = [tuple(None if code == "." else code for code in unit) for unit in zip(*coders.split(), strict=True)]
    assert agreement.alpha(units) == pytest.approx(published, abs=5e-4)


def test_alpha_of_what_cannot_be_told_apart():
    assert agreement.alpha([("a", "a"), ("a", "a")]) is None and agreement.alpha([]) is None
    assert agreement.alpha([("a", "b"), ("b", "a")]) < 0 < agreement.alpha([("a", "a"), ("b", "b"), ("b", "a")]) < 1


def test_a_reader_agrees_with_itself_and_a_changed_label_is_found():
    path = DATA / "gold" / "first" / "2025-03-02_harbour-wire_alay-evacuation.toml"
    one, two = readings.read(path), readings.read(path)
    found = readings.units(one, two)
    tally = agreement.Tally()
    tally.add(path.stem, found)
    assert {row.get("f1", row.get("share")) for row in tally.rows("all")} == {1.0}
    assert readings.differences(path.stem, found) == []

    last = two["statements"].pop()
    two["statements"][2]["actor_type"] = "other"
    two["figures"][0]["start"] += 2
    found = readings.units(one, two)
    rows = {row["table"] + " " + row["field"]: row for row in readings.differences(path.stem, found)}
    assert set(rows) == {"statements (whole)", "statements actor_type", "figures text"}
    assert rows["statements (whole)"]["second"] == "" and last["speaker"] in rows["statements (whole)"]["first"]
    tally = agreement.Tally()
    tally.add(path.stem, found)
    of = {(row["table"], row["measure"]): row for row in tally.rows("all")}
    count = len(one["statements"])
    assert of["statements", "content, half of its words"]["f1"] == round(2 * (count - 1) / (2 * count - 1), 3)
    assert of["statements", "actor_type"]["both"] == count - 2 and of["statements", "actor_type"]["alpha"] < 1
    assert of["figures", "same span"]["both"] == len(one["figures"]) - 1 < of["figures", "overlapping span"]["both"]


@pytest.mark.parametrize("side", ["first", "second"])
@pytest.mark.parametrize("stem", CHOSEN)
def test_settling_all_as_one_reader_has_it_gives_that_readers_labels(tmp_path, stem, side):
    rows = readings.differences(stem, settle.both_readings(stem))
    decided = {(row["where"], row["field"]): (side, "") for row in rows} | {("n01", "text"): (side, "")}
    made = tmp_path / f"{stem}.toml"
    made.write_text(settle.source_of(stem, settle.settle(stem, decided)), encoding="utf-8")
    found, wanted = (make_gold.gold(path) for path in (made, DATA / "gold" / side / f"{stem}.toml"))
    for row in wanted["figures"]:
        row["action"] = (
            None if row["action"] in ("be", "have") else row["action"]
        )  # a rule of settling, as are all digits
    for table in ("photos", "entities", "statements", "figures"):
        assert sorted(map(said, found[table])) == sorted(map(said, wanted[table]))


def said(row):
    """A label as text: without the order of its pieces, case (the first reader's spelling stays) and fourth digits."""
    pairs = {}
    for key, value in row.items():
        if value is not None:
            value = float(f"{value:.3g}") if key == "value" and value < 1000 else value
            pairs[key] = sorted(map(str, value)) if isinstance(value, list) else value
    return json.dumps(pairs, sort_keys=True, ensure_ascii=False).casefold()


@pytest.mark.parametrize("path", SETTLED, ids=lambda path: path.stem)
def test_every_difference_is_settled_with_a_reason(path):
    rows = readings.read_table(path)
    settle.decisions(path)  # stops where a choice or a reason lacks
    assert all(row["article"] == path.stem and len(row["reason"]) > 10 for row in rows)
    asked = {(row["where"], row["field"]) for row in readings.differences(path.stem, settle.both_readings(path.stem))}
    assert asked <= {(row["where"], row["field"]) for row in rows}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("statements,s01,role,a,b,,,", "choose one of"),
        ("statements,s01,role,a,b,first,,", "say why"),
        ("statements,s01,role,a,b,first,c,why", "only where choice is other"),
        ("statements,s99,role,a,b,first,,why", "no such label: s99 role"),
        ("entities,e01,label,a,b,neither,,why", "label cannot be neither"),
        ("statements,s02,cue,a,b,other,not in the article,why", "not found"),
    ],
)
def test_settling_fails_loudly(tmp_path, row, message):
    stem = "2025-03-15_daily-klaxon_rhinns-star"
    path = tmp_path / f"{stem}.csv"
    rows = readings.differences(stem, settle.both_readings(stem))
    rest = [dict.fromkeys(settle.COLUMNS, "") | row | {"choice": "first", "reason": "r"} for row in rows]
    mine = dict(zip(settle.COLUMNS, f"{stem},{row}".split(","), strict=True))
    rest = [other for other in rest if (other["where"], other["field"]) != (mine["where"], mine["field"])]
    readings.write_table(path, [mine, *rest])
    with pytest.raises(SystemExit, match=re.escape(message)):
        settle.settle(stem, settle.decisions(path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('text = "62"', 'text = "63"'),  # not in the article
        ('text = "185 km"', 'text = "5"'),  # several times in its line
        ('at = "Neither side"', 'at = "Kashka-Suu"'),  # several lines
    ],
)
def test_the_gold_script_fails_loudly(tmp_path, old, new):
    copy = shutil.copytree(DATA, tmp_path / "data")
    name = "2025-03-02_harbour-wire_alay-evacuation.toml"
    source = copy / "gold" / "source" / name
    labels = (copy / "gold" / "first" / name).read_text(encoding="utf-8")
    assert labels.count(old) == 1
    source.write_text(labels.replace(old, new), encoding="utf-8")
    run = subprocess.run([sys.executable, str(copy / "gold" / "make_gold.py")], capture_output=True, timeout=60)
    assert run.returncode == 1 and b"2025-03-02_harbour-wire_alay-evacuation.toml:" in run.stderr


@each_gold
def test_gold_offsets_and_labels(stem):
    gold = GOLD[stem]
    file = gold["article"]["file"]
    text = TEXTS[stem]
    assert file == f"sample/{stem}.txt"
    assert gold["article"]["sha256"] == hashlib.sha256(text.encode("utf-8")).hexdigest()

    assert [(row["part"], row["start"], row["end"]) for row in gold["segments"]] == SPANS[stem]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in gold["segments"])

    names = [entity["name"] for entity in gold["entities"]]
    assert len(names) == len(set(names))
    for entity in gold["entities"]:
        assert entity["label"] in LABELS and entity["forms"]
        assert all(form in text for form in entity["forms"])
    owners = [(form, entity["name"].split()) for entity in gold["entities"] for form in entity["forms"]]
    for form, count in Counter(form for form, _ in owners).items():  # two people can have one last name
        assert count == 1 or all(form == words[-1] for other, words in owners if other == form)

    for photo in gold["photos"]:
        assert photo["caption"] in text
        assert text.count(photo["caption"].rstrip(".")) == photo["printed"] >= 1
        assert photo["provenance"] in PROVENANCES
        assert photo["date"] is None or datetime.date.fromisoformat(photo["date"])
    captions = {text[start:end].rstrip(".") for part, start, end in SPANS[stem] if part == "caption"}
    assert {photo["caption"].rstrip(".") for photo in gold["photos"]} == captions


@each_gold
def test_gold_statements(stem):
    gold = GOLD[stem]
    text = TEXTS[stem]
    taken, pieces = set(), set()
    for row in gold["statements"]:
        assert row["quote_type"] in QUOTE_TYPES and row["naming"] in NAMINGS and row["actor_type"] in ACTORS
        assert row["content"] and row["content_text"] == [text[start:end] for start, end in row["content"]]
        assert bool(row["speaker"]) == (row["naming"] != "none")
        assert row["speaker"] or not row["source"]  # without a source, the lines around it may tell who speaks
        for start, end in row["content"] + row["cue"]:
            assert text[start:end] == text[start:end].strip() != ""
            # "police put the crowd at 800, organisers at 12,000": two statements begin a piece with the same words
            if start not in {first for first, _ in pieces}:
                assert taken.isdisjoint(range(start, end)), f"two statements hold a part of {text[start:end]!r}"
            pieces.add((start, end))
            taken.update(range(start, end))
        quoted = ['"' in piece or "“" in piece or "‘" in piece for piece in row["content_text"]]
        opens = [piece[0] in "\"“‘'" for piece in row["content_text"]]
        closes = [piece[-1] in "\"”’'" for piece in row["content_text"]]
        if row["quote_type"] == "direct":  # only the last paragraph of a quotation has to close it
            assert all(opens) and closes[-1]
        elif row["quote_type"] == "mixed":
            assert any(quoted)
    named = {entity["name"] for entity in gold["entities"]}
    bodies = {row["speaker"] for row in gold["statements"] if row["naming"] == "named"} - named
    for body in bodies:  # such as the government, or somebody's office
        assert body[0].islower() or any(name in body for name in named), f"{body} is neither an entity nor a body"


@each_gold
def test_gold_figures(stem):
    gold = GOLD[stem]
    text = TEXTS[stem]
    last = 0
    speakers = {row["speaker"] for row in gold["statements"]}
    contents = [span for row in gold["statements"] for span in row["content"]]
    for row in gold["figures"]:
        start, end = row["start"], row["end"]
        assert text[start:end] == row["text"] and start >= last
        last = end
        assert row["dimension"] in DIMENSIONS and row["bound"] in BOUNDS
        assert (row["value"] is None) == (row["bound"] in {"range"} | {b for b in BOUNDS if b.endswith("s")})
        assert row["value"] is not None or row["low"] < row["high"]
        assert (row["unit"] is None) == (row["dimension"] in {"count", "fraction", "ratio"})
        assert any(row["part"] == part and low <= start and end <= high for part, low, high in SPANS[stem])
        if row["claimed_by"] is not None:
            assert row["claimed_by"] in speakers
            assert any(low <= start and end <= high for low, high in contents)
        if "converts" in row:
            assert row["converts"] in {other["text"] for other in gold["figures"] if other["start"] < start}
            assert text[start - 1] == "("
    digits = {match.span() for match in re.finditer(r"\d[\d.,]*", text)}
    covered = [(row["start"], row["end"]) for row in gold["figures"]]
    for words in gold["not_figures"]:
        covered += [match.span() for match in re.finditer(re.escape(words), text)]
    not_prose = {"furniture", "timestamp", "byline", "dateline", "credit"}
    outside = [(low, high) for part, low, high in SPANS[stem] if part in not_prose]
    missed = [text[s:e] for s, e in digits if not any(low <= s and e <= high + 1 for low, high in covered + outside)]
    assert missed == [], "every number in the prose is a figure or said to be none"
