"""Tone of a text and towards a target; the fitted weights come out of their data again."""

import gzip
import json
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab import rules, sentiment
from newslab.sentiment import CLASSES, target_tone, tone

SENTENCE = "Reed spent the evening at home."
NEWSMTSC = Path(__file__).parents[2] / "shared" / "eval" / "newsmtsc"
needs_newsmtsc = pytest.mark.skipif(not NEWSMTSC.exists(), reason="NewsMTSC is not beside the project")


def read(name):
    """(sentence, start, end, class number) of every target."""
    path = NEWSMTSC / name
    with (gzip.open if name.endswith(".gz") else open)(path, "rt", encoding="utf8") as file:
        rows = [json.loads(line) for line in file]
    return [
        (row["sentence_normalized"], t["from"], t["to"], int(t["polarity"] / 2 - 1))
        for row in rows
        for t in row["targets"]
    ]


def fit(features, labels, penalty=1.0):
    """Multinomial logistic regression with an L2 penalty by Newton's method: weights, features x classes."""
    columns = features.shape[1]
    weights = np.zeros((columns, 3))
    for _ in range(8):  # Newton has long settled by then
        scores = np.exp(features @ weights)
        chances = scores / scores.sum(1, keepdims=True)
        slope = features.T @ (chances - np.eye(3)[labels]) + penalty * weights
        curve = np.eye(3 * columns) * penalty
        for i in range(3):
            for j in range(3):
                mass = chances[:, i] * ((i == j) - chances[:, j])
                block = features.T @ (features * mass[:, None])
                curve[i * columns : (i + 1) * columns, j * columns : (j + 1) * columns] += block
        weights -= np.linalg.solve(curve, slope.T.reshape(-1)).reshape(3, columns).T
    return weights


def macro_f1(gold, found):
    gold, found = np.array(gold), np.array(found)
    both = [((gold == k) & (found == k)).sum() for k in range(3)]
    return float(np.mean([2 * both[k] / ((gold == k).sum() + (found == k).sum()) for k in range(3)]))


def favourite(sentence, target):
    start = sentence.index(target)
    chances = target_tone(sentence, start, start + len(target))
    return max(chances, key=chances.get)


@needs_newsmtsc
def test_weights_are_what_their_training_data_give():
    rows = read("train.jsonl.gz")
    features = [sentiment._features(*row[:3]) for row in rows]
    assert tuple(features[0]) == sentiment.FEATURES
    weights = fit(np.array([list(f.values()) for f in features]), np.array([row[3] for row in rows]))
    assert np.abs(weights - np.array(list(sentiment._WEIGHTS.values()))).max() < 0.002


@needs_newsmtsc
def test_word_weights_are_what_their_training_data_give():
    """At the optimum a step of Newton's method, word by word, goes no further than the rounding."""
    places = read("train.jsonl.gz")
    known = list(sentiment._word_weights())
    found = [sentiment.target_words(*row[:3]) for row in places]
    table = np.array([[word in words for word in known] for words in found], float)
    weights = np.array(list(sentiment._word_weights().values()))
    scores = np.exp(np.array([sentiment.valence_scores(*row[:3]) for row in places]) + table @ weights)
    chances = scores / scores.sum(1, keepdims=True)
    slope = table.T @ (chances - np.eye(3)[[row[3] for row in places]]) + 20 * weights
    curve = table.T @ (chances * (1 - chances)) + 20
    assert table.sum(0).min() >= 20
    assert np.abs(slope / curve).max() < 0.005


@needs_newsmtsc
@pytest.mark.parametrize(("name", "floor"), [("dev_rw.jsonl", 0.62), ("dev_mt.jsonl", 0.60)])
def test_macro_f1_does_not_fall(name, floor):
    rows = read(name)
    chances = [target_tone(*row[:3]) for row in rows]
    found = [CLASSES.index(max(c, key=c.get)) for c in chances]
    assert macro_f1([row[3] for row in rows], found) >= floor


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("A wonderful, generous day for the town.", 1),
        ("A terrible and cruel attack.", -1),
        ("The crews did not do good work.", -1),
        ("The ferry left at noon.", 0),
        ("2017 1 2 3", 0),
    ],
)
def test_tone_has_the_sign_of_its_words(text, sign):
    assert np.sign(tone(text)) == sign


@pytest.mark.parametrize("text", ["", "  \n", "...", "“ ”", "\x00"])
def test_no_words_have_no_tone(text):
    assert tone(text) is None


def test_tone_of_a_long_text_is_the_mean_of_its_pieces():
    good, bad = "wonderful " * 100, "terrible " * 100
    assert tone(good + bad) == pytest.approx((tone(good) + tone(bad)) / 2, abs=1e-3)
    assert tone("good " * 50) > 0.9  # one piece, as VADER scores it


@given(st.lists(st.sampled_from(["good", "BAD!", ":)", "not", "the", "😀", "Good-", "İyi", "(sad)", "kind", "of"])))
def test_a_short_text_has_vaders_own_score(words):
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    text = " ".join(["ferry", *words])
    assert tone(text) == SentimentIntensityAnalyzer().polarity_scores(text)["compound"]


def test_the_clause_of_the_target_counts_more_than_the_rest():
    sentence = "Critics accused Mayor Reed of a shameful lie; neighbours thanked Ann Hale for her brave, generous help."
    assert favourite(sentence, "Reed") == "negative"
    assert favourite(sentence, "Ann Hale") == "positive"
    assert favourite("Reed arrived at the station on Tuesday.", "Reed") == "neutral"


def test_words_without_valence_of_their_own_tell_the_tone():
    accused = "Reed was calling about emails over the comments after the investigation."
    praised = "Together with students from across the community, Reed spent years working on it."
    for sentence, tone_towards in ((accused, "negative"), (praised, "positive")):
        start = sentence.index("Reed")
        plain = sentiment.valence_scores(sentence, start, start + 4)
        assert CLASSES[int(np.argmax(plain))] == "neutral"
        assert favourite(sentence, "Reed") == tone_towards


def test_words_are_those_around_the_target_in_lower_case():
    sentence = "Trump won’t say why the McBride deal failed, Reed's aide said."
    start = sentence.index("the McBride deal")
    found = sentiment.target_words(sentence, start, start + len("the McBride deal"))
    assert found == {"won't", "say", "why", "failed", "aide", "said"}


def test_the_list_of_words_names_nobody_and_no_group():
    words = {row["word"] for row in rules.read("tone_words")}
    assert all(word.islower() and len(word) > 2 for word in words)
    assert words.isdisjoint(("she", "her", "his", "him", "black", "white", "women", "gay", "immigrants", "trump"))


def test_the_model_hears_the_lexicon_that_its_share_was_fitted_with(monkeypatch):
    from newslab import encoder

    heard = sentiment.target_tones([(SENTENCE, 0, 4)])
    monkeypatch.setattr(sentiment, "_word_weights", lambda: {"spent": (9.0, 0.0, 0.0)})
    assert encoder.facts()["tone lexicon"] > 0
    assert sentiment.target_tones([(SENTENCE, 0, 4)]) == heard
    assert favourite(SENTENCE, "Reed") == "negative"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2), (0, 99)])
def test_a_target_outside_the_sentence_is_refused(start, end):
    with pytest.raises(ValueError, match=r"target at -?\d+ to \d+ in a sentence of 10 characters"):
        target_tone("Reed left.", start, end)


def test_an_unknown_way_is_refused_by_name():
    with pytest.raises(ValueError, match="tone 'lexicon' and 'model', and got 'magic'"):
        target_tone("Reed left.", 0, 4, tone="magic")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=300), st.data())
def test_any_string_has_a_tone_in_bounds(text, data):
    score = tone(text)
    assert score is None or -1 <= score <= 1
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    chances = target_tone(text, start, end)
    assert list(chances) == list(CLASSES)
    assert sum(chances.values()) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in chances.values())


@pytest.mark.parametrize("unit", ["bad ", "not good but ", "word ", "x", "1", "!", "😀", "“"])
def test_time_grows_with_the_length_only(unit):
    text = unit * (500_000 // len(unit))
    began = time.process_time()
    tone(text)
    target_tone(text, len(text) // 2, len(text) // 2 + 1)
    assert time.process_time() - began < 5
