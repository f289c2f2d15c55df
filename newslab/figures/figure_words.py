"""Words that figures are read by, from `rules/figure_words.csv`."""

from __future__ import annotations

from functools import cache

from newslab import rules
from newslab.figures.atoms import any_of


@cache
def figure_words(kind: str) -> frozenset[str]:
    """The words of one kind, in small letters.

    >>> sorted(figure_words("no_count"))[:3]
    ['another', 'day', 'point']
    """
    return frozenset(row["word"] for row in rules.read("figure_words") if row["kind"] == kind)


@cache
def any_word(kind: str) -> str:
    """A regular expression for any word of one kind."""
    return any_of(sorted(figure_words(kind)))


@cache
def states() -> dict[str, str]:
    """Words for a state that news counts people in (`dead`, `injured`) -> lemma."""
    return {row["word"]: row["lemma"] for row in rules.read("state_words")}


@cache
def change_words() -> dict[tuple[str, str], str]:
    """(lemma, verb or noun or adverb) -> up, down or "" (a change whose direction the word does not tell)."""
    return {(row["lemma"], row["kind"]): row["change"] for row in rules.read("change_words")}
