import csv
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from newslab.parsing import make_doc
from newslab.records import PARTS
from newslab.segments import quoted_spans, segments, sentences
from tests.growth import assert_linear

DATA = Path(__file__).parents[1] / "data"
PIECES = [
    "Share", "Comments", "By Ana Vries", "3 March 2025", "“We left,", "she said.", "Credit: JANE ROE/AFP", "\n",
    "The mayor of Dubna said on Monday that the bridge would stay shut until the ice has gone.", " ", '"', "«", "\n\n",
    "A ferry in Oslo, May 3, 2016.", "OSLO (AP) — It rained.", "Related stories", "水は冷たい。", "\u2028", "''",
]  # fmt: skip
BLANK = spacy.blank("en")
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))

PAGE = """\
The Dubna Post
News | World | Weather
Sign in

Town hall

Ferry strike leaves island without bread for third day

Bakers on the island blame the harbour board; the board blames the wind

By Ana Vries, Harbour Correspondent
Published 12:04 GMT, 3 March 2025

Share
People queue in front of a bakery in Vardo, March 2, 2025.
People queue in front of a bakery in Vardo, March 2, 2025. Photograph: Jo Roe/Reuters

VARDO (Dubna Post) — The ferry that brings flour to the island did not sail on Monday either, and the last of
three bakeries closed its doors at noon.

"We have flour for one more day," said Ida Holm, who has run the bakery at the harbour since 1998.

No flour, no bread

The harbour board said the crew had refused to leave port in winds of 60 kilometres an hour, while the union said
nobody had asked them.

A spokesman said the board would meet on Tuesday. It has met twice since the strike began, without a result.

(Reporting by Ana Vries in Vardo; Editing by Jo Roe)

Most read
Snow closes the mountain road
The man who counts puffins

Comments
""".replace("of\nthree", "of three").replace("said\nnobody", "said nobody")


def parts(text, **known):
    return [(s.part, s.text) for s in segments(text, **known)]


def test_a_page_has_all_its_parts():
    found = parts(PAGE)
    assert Counter(part for part, _ in found) == Counter(
        headline=1, standfirst=1, byline=2, timestamp=1, caption=2, credit=1, dateline=1, body=4, subhead=1, furniture=9
    )
    assert ("headline", "Ferry strike leaves island without bread for third day") in found
    assert ("credit", "Photograph: Jo Roe/Reuters") in found
    assert ("dateline", "VARDO (Dubna Post) —") in found
    assert ("subhead", "No flour, no bread") in found
    assert [s.paragraph for s in segments(PAGE) if s.part == "body"] == [1, 2, 3, 4]


@pytest.mark.parametrize("text", ["It rained in Oslo on Monday.", "Rain", "He said: “No.”\n", "\n\n  It rained.\n "])
def test_a_text_of_one_line_is_body(text):
    assert [part for part, _ in parts(text)] == ["body"]


def test_a_wrapped_paragraph_is_one_segment():
    text = (
        "The ferry that brings flour to the island did not sail on\n"
        "Monday either, and the last of three bakeries closed its\n"
        "doors at noon.\n\n"
        "The harbour board said the crew had refused to leave port\n"
        "in winds of 60 kilometres an hour.\n"
    )
    assert [part for part, _ in parts(text)] == ["body", "body"]


def test_a_list_below_a_colon_is_body():
    text = (
        "What we know\n\nHere is what we know so far:\n\nMore than 400 people are waiting\nTwo tugs have been sent\n\n"
        "The board will meet on Thursday, it said in a statement on Monday evening."
    )
    assert [part for part, _ in parts(text)] == ["headline", "body", "body", "body", "body"]


def test_a_live_report_keeps_its_entries():
    entry = "The harbour board says that two tugs have left Hammerfest and that the ferry will wait for them in port."
    text = "The Latest: Ice\n\nVARDO (AP) — The latest on the ice (all times local):\n\n" + "\n\n".join(
        f"{hour}:40 p.m.\n\n{entry}\n\n{entry.replace('tugs', 'ships')}\n\n___" for hour in range(1, 8)
    )
    found = [part for part, _ in parts(text)]
    assert (found.count("body"), found.count("timestamp"), found.count("dateline")) == (15, 7, 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "She merely wanted men to sign up for mobile updates from the campaign, she said.",
        "We can see this kind of growth if our approach is tried, the governor wrote.",
        "A poll by Fox News and Shaw & Company Research (R), shows him ahead by four points in May.",
        "The image of a boy, dazed after the airstrike, was seen by millions and shook the council.",
    ],
)
def test_a_paragraph_that_sounds_like_furniture_or_a_caption_is_body(sentence):
    text = "\n\n".join([PAGE.split("\n\n")[7], sentence, PAGE.split("\n\n")[9], "The board met on Monday in Vardo."])
    assert ("body", sentence) in parts(text)


def test_a_copy_without_blank_lines_keeps_its_end():
    text = (
        "Ice strands hundreds\nBy Ana Vries\nMore than 400 people were waiting in the terminal, the board said.\n"
        "Two tugs had been sent to the port, a spokesman said.\nWhat happens next\nThe tugs will arrive on Thursday."
    )
    assert [part for part, _ in parts(text)] == ["headline", "byline", "body", "body", "subhead", "body"]


def test_points_below_a_headline_are_all_standfirst():
    text = (
        "Ferry strike leaves island without bread\n\nTwo of three bakeries have closed their doors\n"
        "The board blames the wind for the delay\n\nBy Ana Vries\n\n"
        "Two of three bakeries on the island have closed since the ferry strike began, the harbour board said.\n\n"
        "The wind had been too strong for the ferry, a spokesman told reporters in Vardo on Monday."
    )
    assert [part for part, _ in parts(text)] == ["headline", "standfirst", "standfirst", "byline", "body", "body"]


@pytest.mark.parametrize("label", ["Summary", "Key points:", "Das Wichtigste in Kürze", "L’essentiel"])
@pytest.mark.parametrize("sign", ["", "• "])
def test_points_with_a_label_are_furniture_and_no_standfirst(label, sign):
    points = [
        "Two of three bakeries have closed their doors",
        "The board blames the wind for the delay",
        "A third ship may be hired on Tuesday",
    ]
    text = (
        f"Ferry strike leaves island without bread\n\nBy Ana Vries\n\n{label}\n"
        + "".join(f"{sign}{point}\n" for point in points)
        + "\nTwo of three bakeries on the island have closed since the ferry strike began, the harbour board said.\n\n"
        "The wind had been too strong for the ferry, a spokesman told reporters in Vardo on Monday."
    )
    found = parts(text)
    assert [part for part, _ in found] == ["headline", "byline", *["furniture"] * 4, "body", "body"]
    pieces = segments(text)
    assert not any(
        point in s.text for s in sentences(make_doc(BLANK, text, pieces), segments=pieces) for point in points
    )


def test_what_is_known_of_the_article_is_found_in_it():
    text = "Rain\n\nIt was wet.\n\nAnon\n\nIt rained in Oslo on Monday, and the ferries did not sail, the board said."
    found = parts(text, headline="RAIN", standfirst="It was wet", byline="Anon")
    assert [part for part, _ in found] == ["headline", "standfirst", "byline", "body"]


def test_in_a_known_body_nothing_is_furniture():
    text = PAGE + "\nSubscribe to our newsletter\n\nSubscribe to our newsletter\n"
    assert "furniture" not in {part for part, _ in parts(text, known_body=True)}


def test_comments_and_teasers_below_an_article_are_no_part_of_it():
    comments = "\n\n".join(
        f"reader{i}\n2 hours ago\nI think that the board should have asked them long before." for i in range(9)
    )
    kept = [text for part, text in parts(PAGE + "\n\n" + comments) if part == "body"]
    assert len(kept) == 4


def test_a_page_in_another_language_needs_no_phrases():
    text = (
        "Forsíða\nVeður\nÍþróttir\n\nSkipið kom ekki í dag\n\n"
        + "Skipið sem flytur hveiti til eyjarinnar sigldi ekki á mánudag og síðasta bakaríinu var lokað. " * 2
        + "\n\n"
        + "Hafnarstjórnin sagði að áhöfnin hefði neitað að leggja úr höfn vegna veðurs og vinda við eyjuna."
        + "\n\nUm okkur\nHafa samband\nAuglýsingar\n"
    )
    found = [part for part, _ in parts(text)]
    assert found == ["furniture"] * 3 + ["headline"] + ["body"] * 2 + ["furniture"] * 3


@given(text=TEXTS, known_body=st.booleans())
def test_segments_cover_every_character_once(text, known_body):
    found = segments(text, known_body=known_body)
    assert all(s.text == text[s.start : s.end] == s.text.strip() != "" for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert sum(not c.isspace() for s in found for c in s.text) == sum(not c.isspace() for c in text)
    assert {s.part for s in found} <= set(PARTS)


@given(text=TEXTS)
def test_sentences_are_clean_slices_and_cover_the_prose(text):
    nlp = BLANK
    parts = segments(text)
    for doc, known in ((nlp(text), None), (nlp(text), parts), (make_doc(nlp, text, parts), parts)):
        found = sentences(doc, segments=known)
        assert all(s.text == text[s.start : s.end] == s.text.strip() != "" for s in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
    prose = [s for s in parts if s.part in ("headline", "standfirst", "subhead", "caption", "body")]
    assert sum(len("".join(s.text.split())) for s in found) == sum(len("".join(s.text.split())) for s in prose)


def test_sentences_know_their_segment_and_their_voice():
    doc = make_doc(BLANK, PAGE, parts := segments(PAGE))
    found = {s.text: s for s in sentences(doc, segments=parts)}
    said = found['"We have flour for one more day," said Ida Holm, who has run the bakery at the harbour since 1998.']
    assert (said.part, said.voice) == ("body", "mixed")
    assert said.segment_id in {s.segment_id for s in parts if s.part == "body"}
    assert found["A spokesman said the board would meet on Tuesday."].voice == "outlet"
    assert "Share" not in found


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "no" and "yes".', ['"no"', '"yes"']),
        ("“We left,” she said.", ["“We left,”"]),
        ("``We left,'' she said.", ["``We left,''"]),
        ("„Wir gingen“, sagte sie.", ["„Wir gingen“"]),
        ("Elle dit « nous partons ».", ["« nous partons »"]),
        ('The 6\'2" man fell. "Ow," he said.', ['"Ow,"']),
        ('to save lives."', []),
        ("“We left.\n\n“We came back,” she said.", ["“We left.", "“We came back,”"]),
        ('"We left\nthe house," she said.', ['"We left\nthe house,"']),
        ('"""', []),
    ],
)  # fmt: skip
def test_quoted_spans(text, quotes):
    assert [text[start:end] for start, end in quoted_spans(text)] == quotes


@given(text=TEXTS)
def test_quotes_are_in_order_and_within_the_text(text):
    ends = [0] + [edge for span in quoted_spans(text) for edge in span] + [len(text)]
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        '"' * 200_000,
        "He said “yes”. " * 50_000,
        "\n".join(f"The minister said on Monday that it would rain in Oslo {i}." for i in range(50_000)),
        "\n\n".join(f"Crowds gather in Oslo, May {i}, 2016. Credit: JANE ROE/AFP" for i in range(20_000)),
    ],
    ids=["one line", "marks", "quotations", "lines", "captions"],
)
def test_time_is_linear_in_the_text(text):
    assert_linear(lambda part: (segments(part), quoted_spans(part)), lambda n: text[:n], len(text) // 8, len(text))


def test_the_sample_is_cut_as_its_gold_says():
    gold = Counter()
    found = Counter()
    with (DATA / "parts.csv").open(encoding="utf-8", newline="") as file:
        gold.update((row["file"], row["part"], int(row["start"]), int(row["end"])) for row in csv.DictReader(file))
    for name in {name for name, *_ in gold}:
        text = (DATA / name).read_bytes().decode("utf-8")
        found.update((name, s.part, s.start, s.end) for s in segments(text))
    right = sum((gold & found).values())
    assert 2 * right / (sum(gold.values()) + sum(found.values())) > 0.98
    for part in {part for _, part, *_ in gold}:
        there = Counter({key: n for key, n in gold.items() if key[1] == part})
        ours = Counter({key: n for key, n in found.items() if key[1] == part})
        assert 2 * (there & ours).total() / (there.total() + ours.total()) > 0.94, part


def test_the_example_article_is_cut_as_a_reader_would(shared):
    (path,) = (shared / "example").glob("*.txt")
    gold = json.loads((shared / "example" / "gold.json").read_text(encoding="utf-8"))
    found = [(s.part, s.start, s.end) for s in segments(path.read_text(encoding="utf-8"))]
    assert found == [(s["part"], s["start"], s["end"]) for s in gold["segments"]]


PROSE = "\n\n".join(
    f"The harbour board said on day {n} that two tugs had left Hammerfest and that the ferry would wait for them."
    for n in range(1, 7)
)


@pytest.mark.parametrize(
    "foot",
    [
        "This article was amended on 3 March 2025 to correct the number of tugs. An earlier version gave it as four.",
        "(This version of the story corrects the number of tugs in the second paragraph.)",
        "Correction: March 3, 2025. The harbour board has two tugs, not four.",
        "In einer früheren Version dieses Artikels war von vier Schleppern die Rede. Es waren zwei.",
        "Read next: Snow closes the mountain road for a third night",
        "Lire aussi : La neige ferme la route de montagne",
        "Also on dubnapost.example.com: Four bakers, one oven and a very long lease",
        "Follow the Dubna Post on Facebook, Twitter and Instagram.",
        "© 2025 The Dubna Post. Not to be copied without leave.",
        "The plough on the mountain road above the village has not been seen since...",
        "No spam, we promise. You can unsubscribe at any time and we will not ask you why you did.",
    ],
)
def test_what_stands_at_the_foot_is_no_body(foot):
    found = parts(f"Ice strands hundreds\n\nBy Ana Vries\n\n{PROSE}\n\n{foot}\n")
    assert ("furniture", foot) in found
    assert [part for part, _ in found].count("body") == 6


def test_what_a_firm_says_of_itself_is_no_body():
    about = (
        "Dubna Ports runs the harbours of the north with 340 people. It was founded in 1911 and has had three owners."
    )
    found = parts(f"Ice strands hundreds\n\n{PROSE}\n\nAbout Dubna Ports\n\n{about}\n\nContact\n")
    assert [part for part, _ in found].count("body") == 6
    kept = parts(f"Ice strands hundreds\n\n{PROSE}\n\nAbout time\n\n{about}\n\n{PROSE.replace('day', 'night')}\n")
    assert ("body", about) in kept


def test_a_headline_in_capitals_between_paragraphs_leads_elsewhere():
    link = "MAN WHO COUNTS PUFFINS HAS LOST HIS COUNT AND DOES NOT MIND"
    rest, end = PROSE.replace("day", "night"), PROSE.replace("day", "morning")
    found = parts(f"Tugs leave Hammerfest for ferry\n\n{PROSE}\n\n{link}\n\n{rest}\n\nWHAT NEXT\n\n{end}")
    assert ("furniture", link) in found
    assert ("subhead", "WHAT NEXT") in found


def test_lines_that_nobody_sees_part_nothing():
    text = PROSE.replace("\n\n", "\n\n\u200b\n\n")
    assert [part for part, _ in parts(text) if part != "furniture"] == ["body"] * 6


def test_a_list_of_dates_is_an_article():
    dates = "\n".join(f"Round {n}: {n + 3} March in Vardo harbour" for n in range(1, 13))
    found = parts(
        f"Calendar of the ice races\n\n2 March 2025, 18:40\nShare\n\n{dates}\n\nComments\n\nSign in to comment\n"
    )
    assert [part for part, _ in found].count("body") >= 11


def test_a_first_paragraph_that_a_caption_repeats_is_body_as_well():
    first = PROSE.split("\n\n")[0]
    found = parts(f"Ice strands hundreds\n\n{first}\nPhoto: Jo Roe/AFP\n\n{PROSE}")
    assert [part for part, text in found if text == first] == ["caption", "body"]


@pytest.mark.parametrize(("column", "whole", "by_paragraph"), [("page_text", 0.94, 0.90), ("region_text", 0.955, 0.93)])
def test_public_page_copies_are_cut_as_well_as_is_asked(shared, column, whole, by_paragraph):
    import importlib.util

    spec = importlib.util.spec_from_file_location("scorer", shared / "eval" / "score_segmentation.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = list(scorer.read_jsonl(str(shared / "eval" / "pagecopy" / "dev.jsonl.gz")))
    kept = [
        {
            "id": row["id"],
            "body": "\n".join(text for part, text in parts(row[column]) if part in ("body", "subhead", "dateline")),
        }
        for row in gold
    ]
    result, _ = scorer.score(gold, kept)
    assert result["shingle"]["f1"] >= whole
    assert result["para"]["f1"] >= by_paragraph
    assert result["empty"] == 0
