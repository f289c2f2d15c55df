"""Where and when, for a figure: the place and time that its clause gives, as printed."""

from __future__ import annotations

from functools import cache

from newslab import rules
from newslab.figures.amounts import Amount
from newslab.figures.figure_words import figure_words
from newslab.figures.nouns import NEAR, NOUNS
from newslab.tree import Tree

_LONGEST = 10  # tokens


@cache
def _periods() -> frozenset[str]:
    """Lemmas of units of time: `two days` is a time after `over the past`."""
    return frozenset(row["unit"] for row in rules.read("units") if row["dimension"] == "duration")


def set_circumstances(text: str, t: Tree, a: Amount) -> None:
    """Set place and time of an amount from the phrases that hang on its verb, or on the noun it counts."""
    verb = a.verb
    if verb is None:
        return
    for c in t.children[verb][:NEAR]:
        if t.left[c] <= a.token < t.right[c]:
            continue  # the figure itself
        if t.deps[c] == "prep":
            noun = next((p for p in t.children[c][:4] if t.deps[p] == "pobj"), None)
            if noun is None:
                continue
            if a.time is None and t.words[c] in figure_words("time_preposition") and _is_time(t, noun):
                period = t.lemmas[noun] in _periods()
                if not (period and (t.words[c] == "on" or (t.words[c] == "by" and t.words[noun] == "quarter"))):
                    a.time = _phrase(text, t, c)
            elif a.place is None and t.words[c] in figure_words("place_preposition") and not _is_time(t, noun):
                a.place = _name(text, t, noun) or _place_inside(text, t, noun)
        elif a.time is None and t.deps[c] in ("npadvmod", "advmod") and _is_time(t, c) and not _is_amount(t, c):
            a.time = _phrase(text, t, c)
        elif a.place is None and t.deps[c] == "dobj" and t.lemmas[verb] in figure_words("leave"):
            a.place = _name(text, t, c)


def _is_time(t: Tree, i: int) -> bool:
    if t.words[i] in figure_words("when") or t.lemmas[i] in _periods():
        return True
    return t.tags[i] == "CD" and len(t.words[i]) == 4 and t.words[i].isdigit() and t.words[i][:2] in ("18", "19", "20")


def _is_amount(t: Tree, i: int) -> bool:
    """Whether it is how long, not when: `10 minutes`, but not `10 minutes ago`."""
    return t.tags[t.left[i]] == "CD" and t.right[i] == i + 1


def _phrase(text: str, t: Tree, i: int) -> str | None:
    """The whole phrase of token `i`, if it is short: `over the past two days`."""
    if t.right[i] - t.left[i] > _LONGEST:
        return None
    return text[t.starts[t.left[i]] : t.ends[t.right[i] - 1]].partition(",")[0].strip() or None


def _place_inside(text: str, t: Tree, i: int) -> str | None:
    """The place in `in a raid near Torvik`."""
    for c in t.children[i][:NEAR]:
        noun = t.child(c, "pobj") if t.deps[c] == "prep" and t.words[c] in figure_words("place_preposition") else None
        if noun is not None and not _is_time(t, noun):
            return _name(text, t, noun)
    return None


def _name(text: str, t: Tree, i: int) -> str | None:
    """A place as printed, without its article: `northern Peru`; None where the noun is no name."""
    if t.tags[i] not in ("NNP", "NNPS") or not text[t.starts[i]].isalpha():
        return None
    start = i
    while start > t.left[i] and (t.tags[start - 1] in NOUNS or t.tags[start - 1] in ("JJ", "HYPH")):
        start -= 1
    return text[t.starts[start] : t.ends[i]]
