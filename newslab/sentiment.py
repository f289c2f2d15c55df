"""Tone of a stretch of text, and of a sentence towards one target in it, by lexicon or by the encoder.

The lexicon and its rules for negation, degree and contrast are VADER's. Its compound score says how
a sentence sounds, not whom it is about; `target_tone` weighs each word of the lexicon by where it
stands to the target, and adds what other words of the sentence say (`rules/tone_words.csv`), with
weights fitted on news.
"""

from __future__ import annotations

import math
import re
import string
from bisect import bisect
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from newslab import rules

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from newslab.records import Entity, Sentence, Span

PIECE = 100  # words; VADER is made for a sentence, and its time grows with the square of the words
WINDOW = 1500  # characters on each side of a target; no sentence meant to be read is longer
NEAR = 5  # words
CLASSES = ("negative", "neutral", "positive")
_WORD = re.compile(r"\S+")
_LOWER = re.compile(r"\b[a-z]{3,}(?:['’]t)?\b")
_CLAUSE_END = re.compile(r"[;:.!?]|--|—|–|[\"“”]")
_MARK = re.compile(r'["“”]')
_POSSESSIVE = re.compile(r"['’]s\b")
_PRONOUNS = frozenset(("he", "she", "him", "her", "his", "hers", "they", "them", "their", "i", "you", "we"))
# Verbs that make their subject a speaker. Part of the fit below, so kept apart from the list of
# reporting verbs, which may grow.
_SAID = frozenset(
    (
        "said", "says", "saying", "told", "tells", "added", "adds", "wrote", "tweeted", "asked", "noted",
        "explained", "replied", "stated", "announced",
    )
)  # fmt: skip

# Multinomial logistic regression (L2 penalty 1, Newton's method) on the 8,739 targets of NewsMTSC's
# training split (Hamborg and Donnay 2021); `test_sentiment.py` fits it anew and compares. Five-fold
# cross-validation by sentence: macro-F1 .589, calibration error .016. "near", "clause", "rest": words
# of the lexicon within NEAR words of the target, further off in its clause, elsewhere.
_WEIGHTS: dict[str, tuple[float, float, float]] = {
    "near before negative": (1.472, -0.222, -1.250),
    "near before positive": (-0.157, -0.743, 0.900),
    "near after negative": (1.689, -0.632, -1.057),
    "near after positive": (-0.436, -0.965, 1.400),
    "clause before negative": (0.715, 0.228, -0.943),
    "clause before positive": (-0.251, 0.020, 0.231),
    "clause after negative": (0.974, -0.213, -0.760),
    "clause after positive": (-0.477, -0.646, 1.123),
    "rest before negative": (0.425, 0.315, -0.740),
    "rest before positive": (-0.588, 0.107, 0.481),
    "rest after negative": (0.890, -0.031, -0.859),
    "rest after positive": (-0.491, -0.308, 0.800),
    "any": (0.080, -0.132, 0.052),
    "quoted": (0.160, -0.408, 0.248),
    "speaks": (-0.849, 0.813, 0.035),
    "pronoun": (-0.222, -0.235, 0.457),
    "length": (0.177, -0.232, 0.054),
    "possessive": (0.301, -0.217, -0.085),
    "always": (-0.614, 1.232, -0.619),
}
FEATURES = tuple(_WEIGHTS)


@cache
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def tone(text: str) -> float | None:
    """How negative or positive a text sounds, by VADER's lexicon and rules.

    Parameters
    ----------
    text
        A sentence, best; a longer text is scored in pieces of 100 words.

    Returns
    -------
    float or None
        VADER's compound score, -1 (negative) to 1 (positive), 0 where no word is in the lexicon;
        of a longer text the mean over its pieces, weighted by their words. None if there is no word.

    Examples
    --------
    >>> tone("A wonderful day."), tone("The ferry left at noon."), tone("...")
    (0.5719, 0.0, None)

    Source
    ------
    Hutto and Gilbert (2014), VADER, ICWSM.
    """
    if not any(map(str.isalnum, text)):
        return None
    analyzer = _analyzer()
    total = 0.0
    words = [match.span() for match in _WORD.finditer(text)]
    for i in range(0, len(words), PIECE):
        piece = words[i : i + PIECE]
        stretch = text[piece[0][0] : piece[-1][1]]
        if _has_known_word(stretch):
            total += analyzer.polarity_scores(stretch)["compound"] * len(piece)
    return round(total / len(words), 4)


def _has_known_word(text: str) -> bool:
    """Whether any word is in VADER's lexicon, or an emoji, which it spells out; without one its score is 0."""
    analyzer = _analyzer()
    if not text.isascii() and any(c in analyzer.emojis for c in text):
        return True
    words = text.lower().split()
    lexicon = analyzer.lexicon
    return any(word in lexicon or word.strip(string.punctuation) in lexicon for word in words)


def target_tone(sentence: str, start: int, end: int, *, tone: str = "lexicon") -> dict[str, float]:
    """Probabilities that a sentence is negative, neutral or positive towards a target in it.

    Parameters
    ----------
    sentence
        The sentence; of a longer text only what stands around the target counts.
    start, end
        Where the target, a name or a pronoun, stands in `sentence`, in characters, end not included.
    tone
        "lexicon": words of VADER's lexicon before and after the target, in its clause and elsewhere, and a
        thousand other common words, weighted by a fit on NewsMTSC's training split. "model": newslab's
        encoder, trained on the same.

    Returns
    -------
    dict
        `negative`, `neutral` and `positive`, which sum to 1.

    Raises
    ------
    ValueError
        If the target lies outside the sentence, or `tone` is unknown.

    Examples
    --------
    >>> s = "Critics accused Mayor Reed of lying, while Ms. Hale thanked the crews."
    >>> chances = target_tone(s, s.index("Reed"), s.index("Reed") + 4)
    >>> max(chances, key=chances.get)
    'negative'

    Source
    ------
    Hamborg and Donnay (2021), NewsMTSC, EACL, for the task and the data of the fit.
    """
    if tone not in ("lexicon", "model"):
        raise ValueError(f"target_tone() knows tone 'lexicon' and 'model', and got {tone!r}.")
    if not 0 <= start < end <= len(sentence):
        raise ValueError(
            f"target_tone() got a target at {start} to {end} in a sentence of {len(sentence)} characters. "
            "Give the target's place within the sentence."
        )
    if tone == "model":
        return target_tones([(sentence, start, end)])[0]
    scores = valence_scores(sentence, start, end)
    weights = _word_weights()
    for word in sorted(target_words(sentence, start, end) & weights.keys()):  # sorted: a sum depends on its order
        scores = [score + weight for score, weight in zip(scores, weights[word], strict=True)]
    powers = [math.exp(score - max(scores)) for score in scores]
    return {name: power / sum(powers) for name, power in zip(CLASSES, powers, strict=True)}


def valence_scores(sentence: str, start: int, end: int) -> list[float]:
    """What VADER's lexicon alone says of the tone towards a target: a score for each of CLASSES."""
    features = _features(sentence, start, end)
    return [sum(features[name] * weights[k] for name, weights in _WEIGHTS.items()) for k in range(3)]


def target_words(sentence: str, start: int, end: int) -> set[str]:
    """The words around a target that are written in lower case, as names are not."""
    around = sentence[max(0, start - WINDOW) : start], sentence[end : end + WINDOW]
    return {word.replace("’", "'") for text in around for word in _LOWER.findall(text)}


@cache
def _word_weights() -> dict[str, tuple[float, ...]]:
    return {row["word"]: tuple(float(row[name]) for name in CLASSES) for row in rules.read("tone_words")}


def target_tones(targets: Sequence[tuple[str, int, int]]) -> list[dict[str, float]]:
    """`target_tone` by the encoder for many targets at once: (sentence, start, end) each.

    VADER's lexicon has a say, too, since it errs elsewhere: its scores are added to the encoder's, both
    weighted so that the probabilities can be trusted (`benchmarks/fit_statements.py`).

    A target of which no word can be read, an emoji alone, is neutral.

    Examples
    --------
    >>> s = "Critics accused Mayor Reed of lying, while Ms. Hale thanked the crews."
    >>> [max(chances, key=chances.get) for chances in target_tones([(s, 22, 26)])]
    ['negative']
    """
    import numpy as np

    from newslab.encoder import facts, run, target_row

    rows = [target_row(*target) for target in targets]
    known = [i for i, (ids, _, _) in enumerate(rows) if ids]
    sizes, heat, share = facts()["outputs"], facts()["tone temperature"], facts().get("tone lexicon", 0.0)
    first = sizes[0] + sizes[1]
    found: list[dict[str, float]] = [{"negative": 0.0, "neutral": 1.0, "positive": 0.0} for _ in rows]
    for i, out in zip(known, run([rows[i][:2] for i in known]), strict=True):
        scores = out[rows[i][2], first : first + sizes[2]].mean(0).astype("float64") / heat
        scores += share * np.array(valence_scores(*targets[i]))
        powers = np.exp(scores - scores.max())
        found[i] = dict(zip(CLASSES, (powers / powers.sum()).tolist(), strict=True))
    return found


def target_sentiment(doc: Doc, span: Span, *, tone: str = "model") -> dict[str, float]:
    """Tone of a sentence of a parsed text towards a target in it.

    Parameters
    ----------
    doc
        A parsed text, with sentences.
    span
        Where the target stands, in characters of the text, end not included.
    tone
        "model" or "lexicon", as in `target_tone`.

    Returns
    -------
    dict
        `tone`, from -1 to 1, and the probabilities `negative`, `neutral` and `positive` it is the
        balance of.

    Raises
    ------
    ValueError
        If no word of the text stands at `span`.

    Examples
    --------
    >>> from newslab.parsing import load_model
    >>> text = "It rained. Critics accused Mayor Reed of lying."
    >>> target_sentiment(load_model()(text), (33, 37))["tone"] < -0.5
    True
    """
    inside = doc.char_span(*span, alignment_mode="expand")
    if inside is None or not inside.text.strip():
        raise ValueError(f"target_sentiment(): no word stands at {span} of a text of {len(doc.text)} characters.")
    sentence = inside.sent
    first = sentence.start_char
    chances = target_tone(sentence.text, max(0, span[0] - first), min(len(sentence.text), span[1] - first), tone=tone)
    return {"tone": round(chances["positive"] - chances["negative"], 4), **chances}


def named_tones(sentences: Sequence[Sentence], entities: Sequence[Entity]) -> dict[Span, float]:
    """Tone of each sentence towards every person and organisation named in it, by the encoder, -1 to 1.

    Returns
    -------
    dict
        By where the name stands in the article, in characters.
    """
    targets, places = [], []
    i = 0
    for entity in sorted(entities, key=lambda e: e.start):
        if entity.mention != "name" or entity.label not in ("person", "organisation"):
            continue
        while i < len(sentences) and sentences[i].end <= entity.start:
            i += 1
        if i < len(sentences) and sentences[i].start <= entity.start and entity.end <= sentences[i].end:
            first = sentences[i].start
            targets.append((sentences[i].text, entity.start - first, entity.end - first))
            places.append((entity.start, entity.end))
    found = target_tones(targets)
    return {at: round(c["positive"] - c["negative"], 4) for at, c in zip(places, found, strict=True)}


def _valences(text: str) -> list[float]:
    """VADER's valence of every word (as `str.split` gives them), in its context; 0 if not in the lexicon."""
    from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentiText

    analyzer = _analyzer()
    words = SentiText(text)
    found = []
    for i, word in enumerate(words.words_and_emoticons):
        known = word.lower() in analyzer.lexicon and word.lower() not in BOOSTER_DICT
        found.append(float(analyzer.sentiment_valence(0, words, word, i, [])[0]) if known else 0.0)
    return found


def _features(sentence: str, start: int, end: int) -> dict[str, float]:
    """What is weighed: lexicon words by place and sign, and how the target is written and used."""
    offset = max(0, start - WINDOW)
    text = sentence[offset : end + WINDOW]
    start, end = start - offset, end - offset
    words = [match.span() for match in _WORD.finditer(text)]
    ends = [match.start() for match in _CLAUSE_END.finditer(text)]
    inside = [i for i, (first, last) in enumerate(words) if first < end and last > start]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    sums: dict[str, float] = {
        f"{place} {side} {sign}": 0.0
        for place in ("near", "clause", "rest")
        for side in ("before", "after")
        for sign in ("negative", "positive")
    }
    any_word = False
    for i, valence in enumerate(_valences(text)):
        if not valence or first <= i <= last:
            continue
        any_word = True
        before = i < first
        same_clause = bisect(ends, words[i][0]) == bisect(ends, start if before else end - 1)
        distance = first - i if before else i - last
        place = "rest" if not same_clause else "near" if distance <= NEAR else "clause"
        sums[f"{place} {'before' if before else 'after'} {CLASSES[0 if valence < 0 else 2]}"] += abs(valence)
    target = text[start:end].lower()
    following = re.findall(r"\w+", text[end : end + 25].lower())[:1]
    preceding = re.findall(r"\w+", text[max(0, start - 25) : start].lower())[-1:]
    return {name: value / (1 + value) for name, value in sums.items()} | {
        "any": float(any_word),
        "quoted": float(len(_MARK.findall(text[:start])) % 2),
        "speaks": float(any(word in _SAID for word in following + preceding)),
        "pronoun": float(target in _PRONOUNS),
        "length": math.log(len(words) or 1),
        "possessive": float(
            bool(_POSSESSIVE.match(text, end)) or target.endswith(("'s", "’s")) or target in ("his", "her", "their")
        ),
        "always": 1.0,
    }
