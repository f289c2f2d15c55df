"""The sample and its gold are what the manifest and the codebook say. Needs nothing of newslab itself."""

import csv
import datetime
import hashlib
import json
import re
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
# The codebook's lists, written out again so that a slip in the package cannot hide one in the data.
PARTS = {
    "headline", "standfirst", "byline", "dateline", "timestamp", "subhead", "caption", "credit", "body",
    "furniture",
}  # fmt: skip
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
KINDS = {"wire service", "national daily", "tabloid", "regional paper", "state-run agency", "online magazine"}
DEGREES = {"none", "partial", "edited", "cut", "verbatim"}

WORDS = (350, 900)
# Shared 5-word sequences of two articles, as a share of the shorter one's. Without agency copy, two articles
# about one event share names of offices and half a line of a quotation at most: the highest of the first
# twelve is 0.9 %. Agency copy by its degree: (at least, at most). "partial" is up to four paragraphs.
UNEXPLAINED = 0.02
EXPLAINED = {"partial": (0.03, 0.35), "edited": (0.05, 0.9), "cut": (0.15, 1.0), "verbatim": (0.5, 1.0)}


def read_table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MANIFEST = read_table("MANIFEST.csv")
TEXTS = {row["file"]: (DATA / row["file"]).read_bytes().decode("utf-8") for row in MANIFEST}
SPANS = {file: [] for file in TEXTS}
for part_row in read_table("parts.csv"):
    SPANS[part_row["file"]].append((part_row["part"], int(part_row["start"]), int(part_row["end"])))
GOLD = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / "gold").glob("*.json"))}

each_article = pytest.mark.parametrize("row", MANIFEST, ids=[Path(row["file"]).stem for row in MANIFEST])
each_gold = pytest.mark.parametrize("stem", GOLD)


def body(file):
    return " ".join(TEXTS[file][start:end] for part, start, end in SPANS[file] if part == "body")


def sequences(file, length=5):
    """The distinct 5-word sequences of an article's own prose, never across two paragraphs."""
    found = set()
    for part, start, end in SPANS[file]:
        if part in {"headline", "standfirst", "caption", "body"}:
            words = re.findall(r"\w+", TEXTS[file][start:end].casefold())
            found.update(tuple(words[i : i + length]) for i in range(len(words) - length + 1))
    return found


def test_manifest_and_folder_hold_the_same_files():
    files = [row["file"] for row in MANIFEST]
    assert len(files) == len(set(files)) >= 12
    assert set(files) == {f"sample/{path.name}" for path in (DATA / "sample").iterdir()}


@each_article
def test_manifest_row(row):
    raw = (DATA / row["file"]).read_bytes()
    assert row["sha256"] == hashlib.sha256(raw).hexdigest()
    assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf")
    assert row["outlet_kind"] in KINDS and row["reuse_degree"] in DEGREES
    assert datetime.date.fromisoformat(row["published"]) and datetime.date.fromisoformat(row["date_made"])
    assert Path(row["file"]).name.startswith(row["published"])
    assert row["licence"] == "CC0-1.0" and row["source"] == "written for newslab"
    assert row["fictional"] == "yes: events, people, organisations and quotes are invented"
    assert re.fullmatch(r"https://[a-z.]+\.example/\S+", row["url"])
    assert row["reuse_of"] in {"", *TEXTS} - {row["file"]}
    assert bool(row["agency"]) or row["reuse_degree"] == "none"
    assert all(row[column] for column in row if column not in {"agency", "reuse_of"})


@each_article
def test_body_length(row):
    words = len(body(row["file"]).split())
    assert words == int(row["words"])
    assert WORDS[0] <= words <= WORDS[1]


@each_article
def test_parts_cover_every_line(row):
    text, spans = TEXTS[row["file"]], SPANS[row["file"]]
    assert {part for part, _, _ in spans} <= PARTS
    assert sum(part == "headline" for part, _, _ in spans) == 1
    last = 0
    for _, start, end in spans:
        assert not text[last:start].strip()
        assert text[start:end] and text[start:end] == text[start:end].strip() and "\n" not in text[start:end]
        last = end
    assert not text[last:].strip()


def test_no_paragraph_stands_in_two_articles_but_the_agencys():
    """Not even within one outlet: an article's prose is its own."""
    owners = {}
    for row in MANIFEST:
        for part, start, end in SPANS[row["file"]]:
            if part == "body" and len(TEXTS[row["file"]][start:end].split()) > 12:
                owners.setdefault(TEXTS[row["file"]][start:end].casefold(), set()).add(row["file"])
    agency = {row["file"] for row in MANIFEST if row["agency"]}
    assert [files for files in owners.values() if len(files) > 1 and not files <= agency] == []


def test_articles_share_no_more_text_than_the_agency_explains():
    rows = {row["file"]: row for row in MANIFEST}
    found = {file: sequences(file) for file in rows}
    for one, two in combinations(rows, 2):
        share = len(found[one] & found[two]) / min(len(found[one]), len(found[two]))
        first, second = rows[one], rows[two]
        degrees = [row["reuse_degree"] for row in (first, second) if row["reuse_degree"] != "none"]
        direct = first["reuse_of"] == two or second["reuse_of"] == one
        same_agency = first["agency"] == second["agency"] != ""
        siblings = bool(degrees) and same_agency and first["story_id"] == second["story_id"]
        if direct:
            taker = first if first["reuse_of"] == two else second
            low, high = EXPLAINED[taker["reuse_degree"]]
        elif siblings:  # both took copy that may or may not be the same
            low, high = 0.0, max(EXPLAINED[degree][1] for degree in degrees)
        else:
            low, high = 0.0, UNEXPLAINED
        assert low <= share <= high, f"{one} and {two} share {share:.1%} of their 5-word sequences"


def test_gold_is_there_and_is_what_its_source_says():
    assert len(GOLD) >= 4
    assert set(GOLD) == {path.stem for path in (DATA / "gold" / "source").glob("*.toml")}
    rows = {Path(row["file"]).stem: row for row in MANIFEST}
    assert len({rows[stem]["outlet"] for stem in GOLD}) >= 4 and len({rows[stem]["story_id"] for stem in GOLD}) >= 2


def test_the_scripts_make_what_is_committed(tmp_path):
    copy = shutil.copytree(DATA, tmp_path / "data")
    made = ["MANIFEST.csv", "parts.csv", *(f"gold/{stem}.json" for stem in GOLD)]
    for script in ("make_tables.py", "gold/make_gold.py"):
        subprocess.run([sys.executable, str(copy / script)], check=True, capture_output=True, timeout=60)
    assert [name for name in made if (copy / name).read_bytes() != (DATA / name).read_bytes()] == []


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
    source = copy / "gold" / "source" / "2025-03-02_harbour-wire_alay-evacuation.toml"
    labels = source.read_text(encoding="utf-8")
    assert labels.count(old) == 1
    source.write_text(labels.replace(old, new), encoding="utf-8")
    run = subprocess.run([sys.executable, str(copy / "gold" / "make_gold.py")], capture_output=True, timeout=60)
    assert run.returncode == 1 and b"2025-03-02_harbour-wire_alay-evacuation.toml:" in run.stderr


@each_gold
def test_gold_offsets_and_labels(stem):
    gold = GOLD[stem]
    file = gold["article"]["file"]
    text = TEXTS[file]
    assert file == f"sample/{stem}.txt"
    assert gold["article"]["sha256"] == hashlib.sha256(text.encode("utf-8")).hexdigest()

    assert [(row["part"], row["start"], row["end"]) for row in gold["segments"]] == SPANS[file]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in gold["segments"])

    names = [entity["name"] for entity in gold["entities"]]
    assert len(names) == len(set(names))
    for entity in gold["entities"]:
        assert entity["label"] in LABELS and entity["forms"]
        assert all(form in text for form in entity["forms"])
    forms = [form for entity in gold["entities"] for form in entity["forms"]]
    assert len(forms) == len(set(forms))

    for photo in gold["photos"]:
        assert photo["caption"] in text
        assert text.count(photo["caption"].rstrip(".")) == photo["printed"] >= 1
        assert photo["provenance"] in PROVENANCES
        assert photo["date"] is None or datetime.date.fromisoformat(photo["date"])
    captions = {text[start:end].rstrip(".") for part, start, end in SPANS[file] if part == "caption"}
    assert {photo["caption"].rstrip(".") for photo in gold["photos"]} == captions


@each_gold
def test_gold_statements(stem):
    gold = GOLD[stem]
    text = TEXTS[gold["article"]["file"]]
    taken = set()
    for row in gold["statements"]:
        assert row["quote_type"] in QUOTE_TYPES and row["naming"] in NAMINGS and row["actor_type"] in ACTORS
        assert row["content"] and row["content_text"] == [text[start:end] for start, end in row["content"]]
        assert bool(row["source"]) == bool(row["speaker"]) == (row["naming"] != "none")
        for start, end in row["content"] + row["cue"]:
            assert text[start:end] == text[start:end].strip() != ""
            assert taken.isdisjoint(range(start, end)), f"two statements hold {text[start:end]!r}"
            taken.update(range(start, end))
        quoted = ['"' in piece or "“" in piece or "‘" in piece for piece in row["content_text"]]
        opens = [piece[0] in '"“‘' for piece in row["content_text"]]
        closes = [piece[-1] in '"”’' for piece in row["content_text"]]
        if row["quote_type"] == "direct":  # only the last paragraph of a quotation has to close it
            assert all(opens) and closes[-1]
        elif row["quote_type"] == "mixed":
            assert any(quoted)
    named = {entity["name"] for entity in gold["entities"]}
    bodies = {row["speaker"] for row in gold["statements"] if row["naming"] == "named"} - named
    assert all(body[0].islower() for body in bodies), "a named speaker is an entity, or a body such as the government"


@each_gold
def test_gold_figures(stem):
    gold = GOLD[stem]
    file = gold["article"]["file"]
    text = TEXTS[file]
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
        assert (row["unit"] is None) == (row["dimension"] in {"count", "fraction"})
        assert any(row["part"] == part and low <= start and end <= high for part, low, high in SPANS[file])
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
    outside = [(low, high) for part, low, high in SPANS[file] if part in not_prose]
    missed = [text[s:e] for s, e in digits if not any(low <= s and e <= high + 1 for low, high in covered + outside)]
    assert missed == [], "every number in the prose is a figure or said to be none"
