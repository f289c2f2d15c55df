"""The sample is what the manifest and the codebook say; its gold is in test_gold.py."""

import csv
import datetime
import hashlib
import html
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from newslab import load_articles, segments

DATA = Path(__file__).parents[1] / "data"
# The codebook's lists, written out again so that a slip in the package cannot hide one in the data.
PARTS = {
    "headline", "standfirst", "byline", "dateline", "timestamp", "subhead", "caption", "credit", "body", "furniture",
}  # fmt: skip
KINDS = {"wire service", "national daily", "tabloid", "regional paper", "state-run agency", "online magazine"}
DEGREES = {"none", "partial", "edited", "cut", "verbatim"}
FORMS = {"page copy", "saved page", "Nexis Uni export", "Factiva export", "JSONL dump"}
# Forms that hold several articles, as archives export them. They lie in data/exports, outside of the sample.
EXPORTED = {"Nexis Uni export", "Factiva export"}

WORDS = (350, 900)
# Shared 5-word sequences of two articles, as a share of the shorter one's. Without agency copy, two articles
# about one event share names of offices and half a line of a quotation at most. Agency copy by its degree:
# (at least, at most). "partial" is up to four paragraphs.
UNEXPLAINED = 0.02
EXPLAINED = {"partial": (0.03, 0.35), "edited": (0.05, 0.9), "cut": (0.15, 1.0), "verbatim": (0.5, 1.0)}


def read_table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MANIFEST = read_table("MANIFEST.csv")
ROWS = {row["article_id"]: row for row in MANIFEST}
# The page copy of every article: of an article in another form, the one that the form was made from.
COPIES = {name: row["file"] if row["format"] == "page copy" else f"source/{name}.txt" for name, row in ROWS.items()}
TEXTS = {name: (DATA / file).read_bytes().decode("utf-8") for name, file in COPIES.items()}
SPANS = {name: [] for name in ROWS}
for part_row in read_table("parts.csv"):
    SPANS[Path(part_row["file"]).stem].append((part_row["part"], int(part_row["start"]), int(part_row["end"])))

each_article = pytest.mark.parametrize("name", ROWS)
each_other_form = pytest.mark.parametrize("name", [n for n, row in ROWS.items() if row["format"] != "page copy"])


def of(name, *parts):
    """The texts of an article's parts of these kinds."""
    return [TEXTS[name][start:end] for part, start, end in SPANS[name] if part in parts]


def place(row):
    """The file that holds an article, and which one in it the article is, from 1."""
    file, _, number = row["file"].partition("#")
    return DATA / file, int(number or 1)


def sequences(name, length=5):
    """The distinct 5-word sequences of an article's own prose, never across two paragraphs."""
    found = set()
    for text in of(name, "headline", "standfirst", "caption", "body"):
        words = re.findall(r"\w+", text.casefold())
        found.update(tuple(words[i : i + length]) for i in range(len(words) - length + 1))
    return found


def copied_from(name):
    """The article, the one that its copy comes from, and so on."""
    chain = [name]
    while source := ROWS[chain[-1]]["reuse_of"]:
        assert source not in chain, f"{name} is a copy of itself"
        chain.append(source)
    return chain


def test_manifest_and_folders_hold_the_same_files():
    files = [row["file"] for row in MANIFEST]
    assert len(files) == len(set(files)) == len(ROWS) == 72
    held = {place(row)[0] for row in MANIFEST}
    assert held == set((DATA / "sample").iterdir()) | set((DATA / "exports").iterdir())
    assert {DATA / file for file in COPIES.values()} - held == set((DATA / "source").iterdir())
    for path in {place(row)[0] for row in MANIFEST if "#" in row["file"]}:
        numbers = sorted(place(row)[1] for row in MANIFEST if place(row)[0] == path)
        assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 3


def test_eight_events_by_six_outlets_in_the_forms_that_people_have():
    assert set(Counter(row["story_id"] for row in MANIFEST).values()) == {9}
    assert len({row["story_id"] for row in MANIFEST}) == 8
    kinds = {(row["outlet"], row["outlet_kind"]) for row in MANIFEST}
    assert len(kinds) == 6 and {kind for _, kind in kinds} == KINDS
    forms = Counter(row["format"] for row in MANIFEST)
    assert set(forms) == FORMS and forms["page copy"] > 36 and forms["saved page"] == 3
    days = sorted(datetime.date.fromisoformat(row["published"]) for row in MANIFEST)
    assert 120 < (days[-1] - days[0]).days < 155


@each_article
def test_manifest_row(name):
    row = ROWS[name]
    raw = place(row)[0].read_bytes()
    assert row["sha256"] == hashlib.sha256(raw).hexdigest()
    copy = TEXTS[name]
    assert "\r" not in copy and not copy.startswith("\ufeff")
    # no address, of a page or a person, that somebody could have
    assert re.findall(r"https?:|www\.|\S@\S|\+\d[\d ]{8,}|\b0\d{3,4} \d{5,}", copy) == []
    assert row["outlet_kind"] in KINDS and row["reuse_degree"] in DEGREES and row["format"] in FORMS
    assert datetime.date.fromisoformat(row["published"]) and datetime.date.fromisoformat(row["date_made"])
    assert name.startswith(row["published"])
    if row["format"] in ("page copy", "saved page"):
        assert place(row)[0].stem == name
    assert row["licence"] == "CC0-1.0" and row["source"] == "written for newslab"
    assert row["fictional"] == "yes: events, people, organisations and quotes are invented"
    assert re.fullmatch(r"https://[a-z.]+\.example/\S+", row["url"])
    assert bool(row["agency"]) or row["reuse_degree"] == "none"
    assert (row["reuse_degree"] == "none") == (row["reuse_of"] == "")
    assert row["gold"] in {"develop", "measure", "none"}
    assert all(row[column] for column in row if column not in {"agency", "reuse_of"})
    for source in copied_from(name)[1:]:  # an earlier article of the agency, about the same event
        assert ROWS[source]["published"] <= row["published"] and ROWS[source]["outlet"] == row["agency"]
        assert ROWS[source]["story_id"] == row["story_id"]


@each_article
def test_parts_cover_every_line_and_the_body_is_as_long_as_said(name):
    text, spans = TEXTS[name], SPANS[name]
    assert {part for part, _, _ in spans} <= PARTS
    assert sum(part == "headline" for part, _, _ in spans) == 1
    last = 0
    for _, start, end in spans:
        assert not text[last:start].strip()
        assert text[start:end] and text[start:end] == text[start:end].strip() and "\n" not in text[start:end]
        last = end
    assert not text[last:].strip()
    words = sum(len(text.split()) for text in of(name, "body"))
    assert WORDS[0] <= words == int(ROWS[name]["words"]) <= WORDS[1]


def test_no_paragraph_stands_in_two_articles_but_the_agencys():
    """Not even within one outlet: an article's prose is its own."""
    owners = {}
    for name in ROWS:
        for text in of(name, "body"):
            if len(text.split()) > 12:
                owners.setdefault(text.casefold(), set()).add(name)
    shared = [names for names in owners.values() if len(names) > 1]
    assert shared and [names for names in shared if not all(ROWS[name]["agency"] for name in names)] == []


def test_articles_share_no_more_text_than_the_agency_explains():
    found = {name: sequences(name) for name in ROWS}
    for one, two in combinations(ROWS, 2):
        share = len(found[one] & found[two]) / min(len(found[one]), len(found[two]))
        direct = [name for name, other in ((one, two), (two, one)) if ROWS[name]["reuse_of"] == other]
        if direct:
            low, high = EXPLAINED[ROWS[direct[0]]["reuse_degree"]]
        elif set(copied_from(one)) & set(copied_from(two)):  # handed on, or both took it from a third
            low, high = 0.0, EXPLAINED["partial"][1]
        else:
            low, high = 0.0, UNEXPLAINED
        assert low <= share <= high, f"{one} and {two} share {share:.1%} of their 5-word sequences"


def test_the_matrix_says_why_articles_share_text():
    pairs = read_table("OVERLAP_PAIRS.csv")
    assert pairs and all(pair["reason"] for pair in pairs)


def paragraphs_of(path):
    """The texts of the paragraphs and cells of a form, in order; not by any of newslab's readers."""
    if path.suffix == ".docx":
        space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        with zipfile.ZipFile(path) as package:
            root = ElementTree.fromstring(package.read("word/document.xml"))
        return ["".join(t.text or "" for t in p.iter(f"{space}t")) for p in root.iter(f"{space}p")]
    page = path.read_text(encoding="utf-8")
    pieces = re.split(r"</?(?:p|div|td|li|h\d|br|figcaption|article|aside)\b[^>]*>", page, flags=re.I)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", "", piece)).split()) for piece in pieces]


@each_other_form
def test_other_forms_hold_the_whole_article(name):
    """Headline, standfirst, every paragraph and caption, once and in the order of the page that they were made from."""
    path, number = place(ROWS[name])
    body = of(name, "body")
    if path.suffix == ".jsonl":
        record = json.loads(path.read_text(encoding="utf-8").splitlines()[number - 1])
        assert record["id"] == name and [record["title"]] == of(name, "headline") and "invented" in record["rights"]
        found, shots = record["text"].split("\n\n"), [photo["caption"] for photo in record["photos"]]
    else:
        shots = found = paragraphs_of(path)
        assert all(any(text.endswith(words) for text in found) for words in of(name, "headline", "standfirst"))
    captions = {text.rstrip(".").casefold() for text in of(name, "caption")}
    assert all(any(caption in shot.casefold() for shot in shots) for caption in captions)
    assert [text for piece in found for text in body if piece.endswith(text)] == body


def test_exports_are_laid_out_as_the_archives_do():
    rows = sorted((row["format"], place(row)[1], row["words"], place(row)[0]) for row in MANIFEST)
    (nexis,), (factiva,) = (
        {path for form, _, _, path in rows if form == f"{a} export"} for a in ("Nexis Uni", "Factiva")
    )
    words = {path: [count for *_, count, found in rows if found == path] for path in (nexis, factiva)}
    texts = paragraphs_of(nexis)
    assert texts.count("Body") == texts.count("End of Document") == len(words[nexis])
    assert f"Documents ({len(words[nexis])})" in texts
    assert [re.sub(r"\D", "", text) for text in texts if text.startswith("Length:")] == words[nexis]
    with zipfile.ZipFile(nexis) as package:
        assert package.testzip() is None and b"LADeliveryID" in package.read("docProps/custom.xml")
        assert b"invented" in package.read("docProps/core.xml")
    page = factiva.read_text(encoding="utf-8")
    assert "<title>Factiva</title>" in page and "invented" in page
    assert page.count('class="article enArticle"') == len(words[factiva])
    assert re.findall(r"<div>(\d+) words</div>", page) == words[factiva]
    assert re.findall(r"<p>Document (\w+)</p>", page) == re.findall(r'id="article-(\w+)"', page)


def test_the_sample_is_read_without_a_problem():
    articles = load_articles(DATA / "sample", metadata=DATA / "MANIFEST.csv").set_index("article_id")
    expected = {name for name, row in ROWS.items() if row["format"] not in EXPORTED}
    assert set(articles.index) == expected and articles[["problem", "duplicate_of"]].isna().all(axis=None)
    for name in expected:
        found, row = articles.loc[name], ROWS[name]
        assert all(found[fact] == row[fact] for fact in ("outlet", "published", "story_id", "language"))
        text = found["text"]
        assert text == TEXTS[name] if row["format"] == "page copy" else all(part in text for part in of(name, "body"))


@pytest.mark.parametrize("form", sorted(EXPORTED))
def test_exports_are_read_article_by_article(form):
    """As many as the manifest says, in its order, with the facts of the manifest and every part of the page."""
    rows = sorted((row for row in MANIFEST if row["format"] == form), key=lambda row: place(row)[1])
    (path,) = {place(row)[0] for row in rows}
    articles = load_articles(path)
    assert len(articles) == len(rows) and articles[["problem", "duplicate_of"]].isna().all(axis=None)
    for row, (_, found) in zip(rows, articles.iterrows(), strict=True):
        name, text = row["article_id"], found["text"]
        assert [found["headline"]] == of(name, "headline") and found["language"] == row["language"]
        assert found["published"][:10] == row["published"] and found["outlet"].startswith(row["outlet"])
        parts = segments(text, markup=found["markup"])
        kept = [segment.text for segment in parts if segment.part in ("body", "dateline", "subhead", "byline")]
        assert [line for line in of(name, "body") if not any(piece.endswith(line) for piece in kept)] == []
        said = {" ".join(s.text for s in parts if s.part in ("caption", "credit")).casefold()}
        assert all(line.rstrip(".").casefold() in next(iter(said)) for line in of(name, "caption"))
        assert text.startswith(of(name, "headline")[0]) and "End of Document" not in text


def test_the_scripts_make_what_is_committed(tmp_path):
    copy = shutil.copytree(DATA, tmp_path / "data")
    made = ["MANIFEST.csv", "parts.csv", "OVERLAP.csv", "OVERLAP_PAIRS.csv"]
    made += {row["file"].partition("#")[0] for row in MANIFEST if row["format"] != "page copy"}
    for name in made:
        if "MANIFEST" not in name:
            (copy / name).unlink()
    for script in ("make_pages.py", "make_exports.py", "make_tables.py", "overlap.py"):
        subprocess.run([sys.executable, str(copy / script)], check=True, capture_output=True, timeout=60)
    assert [name for name in made if (copy / name).read_bytes() != (DATA / name).read_bytes()] == []
