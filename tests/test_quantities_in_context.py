"""What the sentence says of a figure: what is counted, what happened to it, whose word it is; and the example."""

import json
import re
from dataclasses import asdict

import pandas as pd
import pytest

from newslab.figures.conversion import DIFFERENCE, convert
from newslab.figures.topics import topics
from newslab.parsing import load_model, make_doc
from newslab.quantities import conversion_problems, quantities
from newslab.records import Segment, Statement
from tests.test_quantities import found, only


@pytest.mark.parametrize(
    ("text", "counted", "action"),
    [
        ("At least 17 hikers were rescued.", ["hikers"], ["rescue"]),
        ("The blast killed 12 bus drivers and wounded 30 others.", ["bus drivers", "others"], ["kill", "wound"]),
        ("Floods made 11,000 homeless.", ["people"], ["make homeless"]),
        ("The quake left 206 dead and 340 injured.", ["dead", "injured"], ["dead", "injure"]),
        ("Hundreds of monks fled the valley.", ["monks"], ["flee"]),
        ("Some 400 families were forced to flee.", ["families"], ["flee"]),
        ("Twelve miners are feared dead.", ["miners"], ["dead"]),
        ("Of the 52 people on board, 47 survived.", ["people", "people"], [None, "survive"]),
        ("Police arrested 19 protesters, including four minors.", ["protesters", "minors"], ["arrest", "arrest"]),
        ("No one was hurt.", ["people"], ["hurt"]),
        ("Thousands marched.", ["people"], ["march"]),
        ("Crews cleared 8 hectares (20 acres) of old forest.", ["old forest"] * 2, ["clear", "clear"]),
        ("Turnout fell to 48%.", ["Turnout"], ["fall"]),
        ("Gusts of 160 kph struck.", [None], ["strike"]),
        ("They walked 40 km north.", [None], [None]),
        ("One lamb in five died.", ["lamb"], ["die"]),
        ("The firm laid off 300 welders.", ["welders"], ["lay off"]),
        ("The index gained 2 percent to 6,327.", ["index", "index"], ["gain", "gain"]),
    ],
)
def test_counted_and_action(text, counted, action):
    assert [row.counted for row in found(text)] == counted
    assert [row.action for row in found(text)] == action
    assert all((row.action is None) == (row.action_text is None) for row in found(text))


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Shares rose 4%.", ["up"]),
        ("Shares were down 4%.", ["down"]),
        ("Rates were cut by 25 basis points.", ["down"]),
        ("Support fell from 60% to 52%.", ["down", "down"]),
        ("An increase of 60 jobs was seen.", ["up"]),
        ("The index lost 190 points, or 0.6%.", ["down", "down"]),
        ("Prices doubled.", ["up"]),
        ("Profits halved.", ["down"]),
        ("They hired 60 people.", [None]),
        ("They raised $5m.", [None]),
    ],
)
def test_change(text, change):
    assert [row.change for row in found(text)] == change


def test_a_bare_number_set_against_a_measure_shares_its_unit():
    assert [row.unit for row in found("The firm offers 3.2 per cent; the union wants 7.5.")] == ["percent", "percent"]
    assert [row.unit for row in found("Shares fell 4% to 213.")] == ["percent", None]


def test_place_and_time_come_from_the_clause():
    row = only("Twelve guards were killed in a raid near Torvik on Tuesday, police said on Friday.")
    assert (row.place, row.time) == ("Torvik", "on Tuesday")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("The bank raised rates to 4.5%.", ["up"]),
        ("The index rose 40 points to 6,300.", ["up", None]),
        ("The toll climbed past 100.", ["up"]),
        ("Orders saw a decrease by 8%.", ["down"]),
    ],
)
def test_a_level_that_a_change_reaches_has_its_direction_where_no_amount_does(text, changes):
    assert [row.change for row in found(text)] == changes


@pytest.mark.parametrize(
    ("text", "spans", "changes"),
    [
        ("Shares in the mine fell 30p to 58p.", ["30p", "58p"], ["down", None]),
        ("The river rose 2 metres to 5 metres.", ["2 metres", "5 metres"], ["up", None]),
        ("The river rose 2 to 5 metres.", ["2 to 5 metres"], ["up"]),
        ("Output is expected to grow 3% to 5%.", ["3% to 5%"], ["up"]),
        ("Tickets cost 30p to 58p.", ["30p to 58p"], [None]),
        (
            "The debt fell by 2 million euros to 9 million euros.",
            ["2 million euros", "9 million euros"],
            ["down", None],
        ),
    ],
)
def test_a_unit_given_twice_after_a_change_is_a_change_and_a_level(text, spans, changes):
    assert [(row.text, row.change) for row in found(text)] == list(zip(spans, changes, strict=True))


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("The lake has warmed by 1.5C (2.7F) since 1960.", False),
        ("It was 1.5C (2.7F) warmer than usual.", False),
        ("Temperatures rose to 40C (104F).", True),
        ("It was 40C (104F) in the shade, and 5C (41F) below ground.", True),
        ("It was 10C (14F) below zero.", True),
        ("Spain was hit by 45C heat.", True),
        ("The day begins cool, warming to 25C by noon.", True),
    ],
)
def test_a_difference_of_temperatures_is_no_point_of_the_scale(text, offset):
    rows = found(text)
    assert {row.found_by == DIFFERENCE for row in rows} == {not offset}
    celsius = rows[0]
    (value,) = convert(pd.DataFrame([asdict(celsius)]), to="fahrenheit").value
    assert value == pytest.approx(celsius.value * 1.8 + 32 * offset)


def test_a_point_beside_a_difference_is_a_problem():
    assert len(conversion_problems(found("Temperatures dropped by 10C (50F)."))) == 1
    assert conversion_problems(found("Temperatures dropped by 10C (18F).")) == []


def test_a_level_after_from_has_the_unit_of_the_one_reached():
    assert [row.unit for row in found("Turnout dropped to 51.3 percent from 60.")] == ["percent", "percent"]


def test_pairs_are_one_figure_given_twice():
    one, two = found("It burned 8 hectares (about 20 acres).")
    assert (one.converts, two.converts) == (None, one.quantity_id)
    assert not conversion_problems([one, two])
    wrong = found("It burned 8 hectares (about 40 acres).")
    assert conversion_problems(wrong) == ["'about 40 acres' at 22 repeats '8 hectares', which is 18.5 to 21 acre"]
    assert found("He lost 190 points (0.6%).")[1].converts is None


@pytest.mark.parametrize(
    "text",
    [
        "It is 200 km (130 miles) away.",
        "It is 35 kilometres (22 miles) south.",
        "It was -17 Celsius (1 Fahrenheit).",
        "It fell by 1 to 1.5 degrees Celsius (1.8 to 2.7 Fahrenheit).",
        "It cost £5m ($9m).",
        "It holds 10 tons (9 tonnes).",
    ],
)
def test_rounding_is_no_disagreement(text):
    assert [row for row in found(text) if row.converts]
    assert conversion_problems(found(text)) == []


def test_figures_in_statements_carry_their_speaker():
    text = "Police said 12 men fled and 3 stayed. 7 men were fined."
    said = Statement(
        start=0, end=36, text=text[:36], found_by="t", statement_id="t0-36", content=((12, 36),),
        content_text=text[12:36], speaker="Police",
    )  # fmt: skip
    rows = quantities(load_model()(text), statements=[said])
    assert [(row.value, row.claimed_by, row.statement_id) for row in rows] == [
        (12, "Police", "t0-36"), (3, "Police", "t0-36"), (7, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        ("Police denied that 12 men fled.", "denied", None),
        ("Police did not say whether 12 men fled.", "did not say", None),
        ("Police did not deny that 12 men fled.", "did not deny", "Police"),
        ("Police noted that 12 men fled.", "noted", "Police"),
    ],
)
def test_who_denies_a_figure_does_not_claim_it(text, cue, speaker):
    start, at = text.index("12") - 5, text.index(cue)
    said = Statement(
        start=0, end=len(text), text=text, found_by="t", statement_id="t0", content=((start, len(text) - 1),),
        content_text=text[start:-1], cue=((at, at + len(cue)),), speaker="Police",
    )  # fmt: skip
    [row] = quantities(load_model()(text), statements=[said])
    assert (row.claimed_by, row.statement_id) == (speaker, "t0")


def test_only_prose_is_searched():
    text = "Views: 3418\n\nTwo men fled."
    segments = [
        Segment(start=0, end=11, text=text[:11], found_by="t", segment_id="g0-11", part="furniture"),
        Segment(start=13, end=26, text=text[13:], found_by="t", segment_id="g13-26", part="headline"),
    ]
    nlp = load_model()
    doc = make_doc(nlp, text, segments)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    assert [(row.text, row.part) for row in quantities(doc, segments=segments)] == [("Two", "headline")]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The clinic performed 700 transplants, and turnout fell to 48%.", ["clinic", "turnout"]),
        ("Castleton Rovers sold the striker to Porto for £18.5m.", ["striker"]),
        ("Sales, profit and output fell 5%.", ["Sales profit output"]),
        ("The crew repaired the bridge within six hours.", [""]),
    ],
)
def test_topics(text, topic):
    doc = load_model()(text)
    assert list(topics(doc, quantities(doc)).values()) == topic


# ------------------------------------------------------------------- the example


@pytest.fixture(scope="module")
def example(shared):
    """The example's rows, and its gold: segments and statements are the gold ones, so that only figures are tested."""
    folder = shared / "example"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    text = next(folder.glob("*.txt")).read_text(encoding="utf-8")
    segments = [
        Segment(
            start=s["start"], end=s["end"], text=s["text"], found_by="t", segment_id=f"g{s['start']}", part=s["part"]
        )
        for s in gold["segments"]
    ]
    statements = [
        Statement(
            start=s["content"][0][0], end=s["content"][-1][1], text=text[s["content"][0][0] : s["content"][-1][1]],
            found_by="t", statement_id=f"t{s['content'][0][0]}", content=tuple(map(tuple, s["content"])),
            content_text=" ".join(s["content_text"]), speaker=s["speaker"],
        )
        for s in gold["statements"]
    ]  # fmt: skip
    nlp = load_model()
    doc = make_doc(nlp, text, segments)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return text, gold, quantities(doc, statements=statements, segments=segments)


def test_example_figures(example):
    _, gold, rows = example
    by_id = {row.quantity_id: row for row in rows}
    by_start = {row.start: row for row in rows}
    wanted = ("text", "value", "unit", "dimension", "bound", "counted", "action", "claimed_by", "part")
    for figure in gold["figures"]:
        row = by_start[figure["start"]]
        assert {name: getattr(row, name) for name in wanted} == {name: figure.get(name) for name in wanted}
        assert (row.low, row.high) == (figure.get("low", row.low), figure.get("high", row.high))
        if "converts" in figure:
            assert by_id[row.converts].text == figure["converts"]
    assert len(rows) == len(gold["figures"])
    assert conversion_problems(rows) == []


def test_example_numbers_that_are_no_figures(example):
    text, gold, rows = example
    spans = [match.span() for words in gold["not_figures"] for match in re.finditer(re.escape(words), text)]
    assert spans
    assert not [row.text for row in rows for start, end in spans if start < row.end and row.start < end]
