"""Source attribution: quotations, indirect speech, who the speaker is, and hostile text."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newslab import rules
from newslab.attribution.actors import actor_type
from newslab.entities import entities
from newslab.parsing import load_model, make_doc, parse
from newslab.records import ACTOR_TYPES, ACTS, NAMINGS, QUOTE_TYPES, Entity, Segment
from newslab.segments import segments
from newslab.statements import confidence, statements
from newslab.tree import TIED, tree
from tests.growth import assert_linear

EXAMPLE = Path(__file__).parents[2] / "shared" / "example"


def found(text, **keywords):
    return statements(load_model()(text), **keywords)


def with_names(text, parts=None, weights="default"):
    nlp = load_model()
    doc = make_doc(nlp, text, parts) if parts else nlp.make_doc(text)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return statements(doc, entities=entities(doc, segments=parts), segments=parts, weights=weights)


def triples(text):
    return [(s.source_text, s.cue_lemma, s.content_text) for s in found(text)]


def entity(text, form, name=None, label="person", **more):
    start = text.index(form)
    more.setdefault("entity_id", f"e-{name or form}")
    return Entity(
        start=start, end=start + len(form), text=form, found_by="test", mention_id=f"m{start}", label=label,
        name=name or form, **more,
    )  # fmt: skip


# ---------------------------------------------------------------- quotations


def test_a_quotation_broken_up_by_its_cue_is_one_statement():
    [one] = found('"The dam holds," engineer Ana Ruiz said on Monday. "Nobody has to leave the valley today."')
    assert one.source_text == "engineer Ana Ruiz"
    assert one.content_text == '"The dam holds," "Nobody has to leave the valley today."'
    assert one.quote_type == "direct"


@pytest.mark.parametrize(
    ("opening", "closing"), [('"', '"'), ("\u201c", "\u201d"), ("''", "''"), ("``", "''"), ("\u00ab", "\u00bb")]
)
def test_quotation_marks_of_all_kinds(opening, closing):
    [one] = found(f"{opening}We will rebuild the bridge before winter,{closing} the mayor said.")
    assert one.source_text == "the mayor" and one.quote_type == "direct"
    assert one.content_text.startswith(opening) and one.content_text.endswith(closing)


def test_a_quotation_over_paragraphs_opened_anew_and_closed_once():
    text = (
        "The minister said: \u201cWe have waited for eleven years.\n\n"
        "\u201cWe will not wait for one more,\u201d he said."
    )
    first, *_ = found(text)
    assert "eleven years" in first.content_text and first.source_text == "The minister"
    assert all("one more" not in s.content_text or s.source_text in ("he", "The minister") for s in found(text))


def test_a_quotation_in_its_own_paragraph_carries_on_the_speaker():
    text = 'Ana Ruiz said the harbour is open again.\n\n"The last ships left at noon and all crews are safe."'
    [one] = found(text)
    assert len(one.content) == 2 and one.source_text == "Ana Ruiz" and one.quote_type == "mixed"


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph():
    text = 'The mayor said: "We lost everything in the flood.\n\nThe river fell on Friday.'
    [one] = found(text)
    assert "lost everything" in one.content_text and "fell on Friday" not in one.content_text


def test_a_colon_before_a_quotation_in_the_next_paragraph():
    [one] = found('The governor declared:\n\n"This valley will never be flooded again."')
    assert (one.source_text, one.cue_lemma) == ("The governor", "declare")


@pytest.mark.parametrize(
    "text",
    [
        'The band played "Yellow River" for an hour.',
        'Robert "Red" Miller scored twice.',
        'The so-called "quiet zone" begins at the gate.',
    ],
)
def test_titles_nicknames_and_scare_quotes_are_no_statements(text):
    assert found(text) == []


def test_a_sentence_quoted_in_part_before_its_cue_is_taken_whole():
    [one] = found('Some 300 people left the island in a "steady stream," Norway said Sunday.')
    assert one.quote_type == "mixed" and one.content_text.startswith("Some 300 people")
    assert one.source_text == "Norway"


# ---------------------------------------------------------------- indirect speech and attitude


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union says the mine will close.", ("The union", "say", "the mine will close")),
        ("The union said that the mine would close.", ("The union", "say", "that the mine would close")),
        ("The mine will close, the union said.", ("the union", "say", "The mine will close")),
        ("The minister denied the reports.", ("The minister", "deny", "the reports")),
        ("Doctors called for an inquiry.", ("Doctors", "call", "an inquiry")),
        ("The office warned of heavy floods.", ("The office", "warn", "heavy floods")),
        ("Norway urged Chile to sign the treaty.", ("Norway", "urge", "Chile to sign the treaty")),
        ("The council expressed concern about the delays.", ("The council", "express", "the delays")),
        ("The minister vowed to stay.", ("The minister", "vow", "to stay")),
        ("According to the police, two boats sank.", ("the police", "according to", "two boats sank")),
        ("It was reported that two boats had sunk.", (None, "report", "that two boats had sunk")),
        ("The two boats are said to be lost.", (None, "say", "The two boats to be lost")),
        ("The clinic was praised by the minister.", ("the minister", "praise", "The clinic")),
    ],
)
def test_cues_with_and_without_a_source(text, expected):
    assert triples(text) == [expected]


def test_joined_cues_share_their_source():
    text = "The mayor said the bridge was safe, adding that it would open on Friday."
    assert [(s.source_text, s.cue_lemma) for s in found(text)] == [("The mayor", "say"), ("The mayor", "add")]


def test_a_joined_clause_with_its_own_source_is_a_statement_of_its_own():
    text = "The army said that its troops had left the valley, but villagers say shots are still heard."
    assert [s.source_text for s in found(text)] == ["The army", "villagers"]
    assert "villagers" not in found(text)[0].content_text


def test_only_the_outermost_statement_counts():
    [one] = found("The minister said the union claims that the mine will close.")
    assert one.source_text == "The minister" and one.content_text.endswith("will close")


def test_a_headline_with_a_colon():
    [one] = found("Ana Ruiz: Harbour bridge will open in May\n\nThe bridge was closed.")
    assert (one.source_text, one.content_text) == ("Ana Ruiz", "Harbour bridge will open in May")


def test_acts():
    acts = {s.cue_lemma: s.act for s in found("She wants peace. He wrote that it rained. They said it snowed.")}
    assert acts == {"want": "attitude", "write": "writing", "say": "speech"}


# ---------------------------------------------------------------- speakers


def test_a_pronoun_is_the_entity_that_it_stands_for():
    text = "Mayor Ana Ruiz arrived. She said the bridge is safe."
    people = [
        entity(text, "Ana Ruiz", role="Mayor"),
        entity(text, "She", "Ana Ruiz", mention="pronoun", role="Mayor"),
    ]
    [one] = found(text, entities=people)
    assert (one.speaker, one.naming, one.actor_type, one.role) == ("Ana Ruiz", "named", "government", "Mayor")
    assert one.entity_ids == ("e-Ana Ruiz",) and one.source_text == "She"


def test_two_names_joined_are_one_speaker():
    text = "Norway and Chile said they had signed the treaty."
    [one] = found(text, entities=[entity(text, "Norway", label="place"), entity(text, "Chile", label="place")])
    assert (one.speaker, one.naming, one.actor_type) == ("Norway and Chile", "named", "government")
    assert one.entity_ids == ("e-Norway", "e-Chile")


@pytest.mark.parametrize(
    ("text", "speaker", "naming", "kind", "role"),
    [
        (
            "A police officer in Lima said the road is shut.",
            "police officer", "unnamed", "police", "police officer in Lima",
        ),
        ("Officials said the road is shut.", "officials", "collective", "government", None),
        ("The rebels said the road is shut.", "rebels", "collective", "armed group", None),
        ("Two residents said the road is shut.", "two residents", "collective", "citizen", None),
        ("The government said the road is shut.", "government", "named", "government", None),
        (
            "A guerrilla leader in the northern rebel army said the road is shut.",
            "guerrilla leader", "unnamed", "armed group", "guerrilla leader in the northern rebel army",
        ),
        ("It was reported that the road is shut.", None, "none", "other", None),
    ],
)  # fmt: skip
def test_the_unnamed_keep_their_noun_phrase(text, speaker, naming, kind, role):
    [one] = found(text)
    assert (one.speaker, one.naming, one.actor_type, one.role) == (speaker, naming, kind, role)


def test_a_relative_pronoun_stands_for_its_noun():
    [one] = found("Voters who say the road is unsafe met on Friday.")
    assert (one.source_text, one.speaker) == ("who", "voters")


def test_the_outlet_that_was_told():
    text = '"The road is shut until further notice," the officer told the Lima Times.'
    [one] = found(text, entities=[entity(text, "Lima Times", label="organisation")])
    assert one.via == "Lima Times"
    assert found('"The road is shut until further notice," the officer told reporters.')[0].via is None


def test_what_a_picture_shows_is_no_statement():
    text = "A photo shows boats in the harbour, May 3, 2016. Credit: Ana Ruiz/AFP"
    parts = [Segment(start=0, end=len(text), text=text, found_by="test", segment_id="g0", part="caption")]
    [doc] = parse(load_model(), [(text, parts)])
    assert statements(doc, segments=parts) == []


def test_words_for_actors():
    assert actor_type(["Finance", "Minister"]) == "government"
    assert actor_type(["spokeswoman", "for", "the", "Red", "Cross"]) == "NGO"
    assert actor_type(["red", "car"]) is None
    assert {row["actor_type"] for row in rules.read("actors")} <= {*ACTOR_TYPES, ""}


# ---------------------------------------------------------------- contract


def check(text, rows):
    assert [row.text for row in rows] == [text[row.start : row.end] for row in rows]
    assert rows == sorted(rows, key=lambda row: (row.start, row.end))
    assert len({row.statement_id for row in rows}) == len(rows)
    for row in rows:
        assert row.text and row.text == row.text.strip()
        assert row.content and row.act in ACTS and row.quote_type in QUOTE_TYPES
        assert row.naming in NAMINGS and row.actor_type in ACTOR_TYPES
        assert row.confidence is not None and 0 < row.confidence <= 1
        for a, b in (*row.content, *row.cue, *row.source):
            assert row.start <= a < b <= row.end


PIECES = st.sampled_from(
    ['"', "\u201c", "\u201d", "''", " ", "\n\n", ", ", ": ", ". ", "he said", "The mayor", "told", "that", "Ann Lee",
     "we will stay", "adding", "according to", "who", "-", "\u00a0", "\u2028", "was", "by", "expressed concern about"]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join)))
def test_every_row_is_a_clean_slice_of_the_text(text):
    doc = load_model()(text)
    check(text, statements(doc))
    parts = segments(text)
    if text.strip():
        [page] = parse(load_model(), [(text, parts)])
        check(text, statements(page, segments=parts))


def test_a_doc_of_a_plain_pipeline():
    import spacy

    assert statements(spacy.blank("en")('"We left," she said.'), weights="none") == []
    assert [s.content_text for s in statements(spacy.blank("en")('"We left," she said.'))] == ['"We left,"']
    assert statements(spacy.blank("en")("")) == []


def hand_made(word, tag, dep, shape, n):
    """A parse of one word over and over: each hung on the one before (a chain) or all on the first (a star)."""
    from spacy.tokens import Doc

    heads = [max(0, i - 1) if shape == "chain" else 0 for i in range(n)]
    deps = ["nsubj" if i == 1 else dep if i else "ROOT" for i in range(n)]
    return Doc(load_model().vocab, words=[word] * n, pos=[tag] * n, heads=heads, deps=deps, tags=["VBD"] * n,
               lemmas=["say"] * n)  # fmt: skip


@pytest.mark.parametrize("shape", ["chain", "star"])
@pytest.mark.parametrize(
    ("word", "tag", "dep"),
    [
        ("said", "VERB", "ccomp"), ("said", "VERB", "conj"), ("said", "VERB", "advcl"), ('"', "PUNCT", "punct"),
        ("\n\n", "SPACE", "dep"), (":", "PUNCT", "punct"), ("claim", "NOUN", "conj"), ("-", "PUNCT", "punct"),
    ],
)  # fmt: skip
def test_linear_on_one_endless_line(word, tag, dep, shape):
    assert_linear(statements, lambda n: hand_made(word, tag, dep, shape, n), 2_000, 16_000)


def test_one_endless_word_of_hyphens_is_not_walked_to_its_end():
    from spacy.tokens import Doc

    t = tree(Doc(load_model().vocab, words=["co", "-"] * 500, spaces=[False] * 1000))
    assert t.hyphened(500, 501) == (500 - 2 * TIED, 501 + 2 * TIED)
    assert t.hyphened(0, 1) == (0, 1 + 2 * TIED) and t.hyphened(998, 999) == (998 - 2 * TIED, 999)


def test_an_unknown_setting_is_refused():
    with pytest.raises(ValueError, match="weights"):
        found("Hello.", weights="bert")


def test_confidence_is_measured_per_kind_of_statement():
    assert confidence("quote-after", "main", "long") > confidence("object", "subordinate", "short")
    assert confidence("a rule", "never", "seen") is not None


# ---------------------------------------------------------------- short forms of a source


@pytest.mark.parametrize(
    ("text", "speaker", "naming", "kind"),
    [
        ("The Harbour Commission said the pier is shut. It said the pier would open in May.",
         "Harbour Commission", "named", "government"),
        ("It is feared that the pier will fall.", None, "none", "other"),
        ("The firm closed. Those who left said the pier was cold.", None, "collective", "other"),
        ('A spokeswoman declined to comment on the pay. "We never talk about that," she said.',
         "spokeswoman", "unnamed", "other"),
        ("Superintendent Ann Lee was thanked. She said the pier would open in May.", "Ann Lee", "named", "police"),
        ("Amber Ferries closed the pier. The company said the pier would open in May.",
         "Amber Ferries", "named", "business"),
        ("Nobody said that the pier was safe.", None, "unnamed", "other"),
    ],
)  # fmt: skip
def test_a_short_form_stands_for_who_was_named_before_or_for_nobody(text, speaker, naming, kind):
    last = with_names(text)[-1]
    assert (last.speaker, last.naming) == (speaker, naming)
    assert with_names(text, weights="none")[-1].actor_type == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ann Lee, 45, said the pier is shut.", "citizen"),
        ("Ann Lee, general secretary of the Harbour Workers' Union, said the pier is shut.", "NGO"),
        ("Ann Lee, the chief executive of Amber Line, said the pier is shut.", "business"),
        ("Ann Lee, who teaches law in Leeds, said the pier is shut.", "expert"),
        ("Ann Lee, a barrister for the defence, said the pier is shut.", "court"),
        ("Bright Path, a charity in Leeds, said the pier is shut.", "NGO"),
    ],
)
def test_the_kind_of_actor_follows_what_the_text_says_of_a_speaker(text, kind):
    assert with_names(text)[0].actor_type == kind


def test_i_outside_quotations_is_the_author_of_the_byline():
    text = "By Ann Lee\n\nI thought the pier was safe."
    spans = (("byline", 0, 10), ("body", 12, len(text)))
    parts = [
        Segment(start=a, end=b, text=text[a:b], found_by="test", segment_id=f"g{a}", part=part) for part, a, b in spans
    ]
    [one] = with_names(text, parts)
    assert (one.speaker, one.naming, one.actor_type) == ("Ann Lee", "named", "media")


# ---------------------------------------------------------------- a real article, beside the project


@pytest.mark.skipif(not EXAMPLE.exists(), reason="needs ../shared/example")
def test_the_example_article_has_all_its_statements_and_speakers():
    from newslab.entities import entities

    text = next(EXAMPLE.glob("*.txt")).read_text(encoding="utf-8")
    gold = json.loads((EXAMPLE / "gold.json").read_text(encoding="utf-8"))["statements"]
    parts = segments(text)
    [doc] = parse(load_model(), [(text, parts)])
    ours = statements(doc, entities=entities(doc, segments=parts), segments=parts)

    def letters(spans):
        return {i for a, b in spans for i in range(a, b) if text[i].isalnum()}

    right = 0
    for true in gold:
        want = letters(true["content"])
        best = max(ours, key=lambda s: len(want & letters(s.content)) / (len(want) + len(letters(s.content))))
        overlap = 2 * len(want & letters(best.content)) / (len(want) + len(letters(best.content)))
        right += overlap >= 0.5 and (best.speaker, best.quote_type) == (true["speaker"], true["quote_type"])
    assert right >= 15, right
    assert len(ours) <= len(gold) + 2
