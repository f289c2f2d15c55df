"""Numbers that the parse shows to be no figures: the pronoun "one", a name with a number in it."""

from __future__ import annotations

from newslab.figures.amounts import Amount
from newslab.figures.figure_words import figure_words, states
from newslab.figures.nouns import NEAR, SUBJECTS
from newslab.tree import Tree

_RANKED = frozenset(("top", "bottom", "last", "first", "final", "big", "next", "other"))
_THEM = frozenset(("them", "us", "whom", "these", "those"))
_NO_ONE = frozenset(("no", "the", "any", "this", "that", "another", "every", "each", "which", "some", "not", "-"))


def counts(text: str, t: Tree, a: Amount, lo: int, hi: int) -> bool:
    """Whether the parse lets it be a figure: no pronoun "one", no name with a number in it."""
    number = a.number
    written = text[number.start : number.end]
    words, before = written.lower(), t.words[lo - 1] if lo else ""
    after = t.words[hi] if hi < len(t) else ""
    if number.kind == "multiple":
        return (number.word or "").endswith("fold") or (
            t.tags[lo].startswith("VB") and t.deps[lo] not in ("amod", "compound") and after not in ("up", "down")
        )
    if words == "none":
        return after == "of" or t.deps[lo] in SUBJECTS
    if number.kind == "zero":
        return number.word == "no casualties" or words.startswith("none") or _befalls(t, lo, hi)
    if number.kind in ("vague", "fraction", "ratio"):
        return True
    if words == "one":
        return _one_counts(t, a, lo, hi, before)
    if a.role == "apposed" and lo >= 2:
        person = t.tags[lo - 2] in ("NNP", "NNPS") or t.words[lo - 2] in figure_words("person")
        if person and t.sentence[lo - 2] == t.sentence[lo]:
            a.unit, a.dimension = "year", "age"
            return True
        a.role = "number"
    if a.unit is not None:
        return True
    if not written[0].isdigit():
        if after in ("-", "–") and hi < len(t) and t.starts[hi] == number.end and (number.value or 99) < 20:
            of_people = hi + 1 < len(t) and t.words[hi + 1] in figure_words("compound_count")
            return of_people and (number.value or 0) > 1  # seven-member, but four-door is a kind and not a count
        if written[0].isupper() and lo > t.sentence[lo] and t.tags[lo - 1] in ("NNP", "NNPS", "JJ", "NN"):
            return not _in_name(text, t, lo)
        if before in _RANKED or (before in ("the", "those", "these", "all", "of") and (number.value or 99) < 10):
            return (
                hi < len(t) and t.tags[hi][:2] in ("NN", "JJ", "VB") and t.tags[hi] not in ("VBD", "VBZ", "VBP", "VB")
            )
        return True
    return not (number.plain and _is_in_name(text, t, lo, hi))


def _befalls(t: Tree, lo: int, hi: int) -> bool:
    """Whether `nobody` is how many were hurt or saved, and not a way to say `not`: `nobody notices`."""
    root = next((i for i in range(lo, hi) if not lo <= t.heads[i] < hi), lo)
    verb = t.heads[root]
    for i in (verb, *t.children[verb][:NEAR]):
        if t.words[i] in states() or t.lemmas[i] in figure_words("people"):
            return True
    return False


def _in_name(text: str, t: Tree, lo: int) -> bool:
    """Whether a capitalised number word is part of a name (`the Big Ten`), and not of a headline's capitals."""
    if not text[t.starts[lo - 1]].isupper():
        return False
    around = range(max(t.sentence[lo], lo - 8), min(len(t), lo + 8))
    return any(text[t.starts[j]].islower() for j in around if len(t.words[j]) > 4)


def _is_in_name(text: str, t: Tree, lo: int, hi: int) -> bool:
    """Whether bare digits belong to a name: `Boeing 737`, `Planet 9`, `the 787 Dreamliner`."""
    head = t.heads[lo]
    counts = t.deps[lo] == "nummod" and head > lo and t.tags[head] in ("NNS", "NNPS")
    previous = lo - 1
    if previous >= t.sentence[lo] and t.words[previous] in ("-", "–"):
        previous -= 1
    if previous >= t.sentence[lo] and t.starts[lo] - t.ends[previous] <= 1:
        first = text[t.starts[previous]]
        if t.tags[previous] in ("NNP", "NNPS") or (
            first.isupper() and previous > t.sentence[lo] and t.tags[previous] == "NN"
        ):
            return not counts
    # a model before its name: 787 Dreamliner
    if hi < len(t) and t.tags[hi] == "NNP" and head == hi and t.words[hi].isalpha() and (t.deps[hi] != "compound"):
        return (
            text[t.starts[hi]].isupper()
            and t.deps[lo] in ("nummod", "compound")
            and (lo == 0 or t.words[lo - 1] in ("the", "own", "a", "'s", "its"))
        )
    return False


def _one_counts(t: Tree, a: Amount, lo: int, hi: int, before: str) -> bool:
    if a.unit is not None:
        if a.bound != "=":
            return True
        if before in ("no", "the", "any", "this", "that", "at", "another", "every", "each"):
            return False
        return a.unit not in ("day", "night", "time") or before in ("in", "for", "of", "within", "only", "just")
    if before in _NO_ONE:
        return False
    if hi >= len(t) or t.words[hi] in ("-", "–", "another", "by") or (before == "on" and t.words[hi] == "hand"):
        return False
    if t.words[hi] == "of":
        if hi + 1 < len(t) and t.words[hi + 1] in _THEM:
            return True
        return any(t.tags[j] in ("NNS", "NNPS") or t.words[j] == "people" for j in range(hi + 1, min(hi + 9, len(t))))
    return t.deps[lo] == "nummod" and t.heads[lo] > lo and t.words[t.heads[lo]] not in figure_words("no_count")
