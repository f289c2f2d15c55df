"""Stretches of a text that may say what somebody is: noun phrases around names, and where they end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newslab import rules
from newslab.naming.lists import demonyms
from newslab.naming.names import Name
from newslab.naming.words import Title, Words

Stretch = tuple[int, int]  # tokens, the last not included
ROLE_TOKENS = 25
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
MODIFIERS = NOUNS | {"JJ", "HYPH", "CD"}
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
LINKS = frozenset({"of", "for", "and", "&", "to", "at"})
ENDS = frozenset({",", "(", ")", ";", ":", "—", "–", ".", '"', "“", "”", "''", "``", "!", "?"})
WHEN = frozenset({"in", "from", "since", "until", "between", "during"})


class Scene(NamedTuple):
    """What finding roles looks at: words, titles by token, names by first token and by end."""

    w: Words
    at: Mapping[int, Title]
    first: Mapping[int, Name]
    end: Mapping[int, Name]


def bare(scene: Scene, stretch: Stretch) -> bool:
    """Whether a role is one title and no more: "Sgt.", "Councillor", "KC"."""
    begin, end = stretch
    if scene.w.text[end - 1] == ")":  # "Justice (Rtd)"
        end = next((i for i in range(end - 1, begin, -1) if scene.w.text[i] == "("), end)
    return end - begin - (scene.w.text[end - 1] == ".") == 1


def without_honorifics(scene: Scene, stretch: Stretch) -> Stretch:
    begin, end = stretch
    while begin < end and begin in scene.at and scene.at[begin].kind == "honorific":
        begin = scene.at[begin].last
    while begin < end and end - 1 in scene.at and scene.at[end - 1].kind == "honorific":
        end = scene.at[end - 1].first
    return begin, max(begin, end)


def leftwards(scene: Scene, i: int, *, links: bool) -> int:
    """First token of the noun phrase that ends with token i: modifiers, possessors, and with `links` of-phrases."""
    w, sent, end = scene.w, scene.w.sent[i], i
    while i >= 0 and w.sent[i] == sent and end - i < ROLE_TOKENS:
        if i in scene.at and scene.at[i].last == i + 1:
            i = scene.at[i].first - 1
            continue
        modifier = w.tag[i] in MODIFIERS or w.text[i] == "-" or w.lower[i] in demonyms()
        possessor = i > 0 and w.text[i] in POSSESSIVE and w.tag[i - 1] in NOUNS
        link = links and (w.lower[i] in LINKS or (i > 0 and w.lower[i] == "the" and w.lower[i - 1] in LINKS))
        if not (modifier or possessor or link):
            break
        i -= 1
    i += 1
    while i < end and (w.tag[i] in ("CC", "IN", "CD", "HYPH", "POS", "DT", "TO") or w.lower[i] in LINKS):
        i += 1
    return i


def phrase(scene: Scene, i: int) -> Stretch:
    """The noun phrase from token i on, to the next verb or stop: `nurse at the clinic`."""
    w, n, sent = scene.w, len(scene.w.text), scene.w.sent[i]
    begin = i
    while i < n and w.sent[i] == sent and i - begin < ROLE_TOKENS:
        close = w.text[i - 1] in ("-", "–") or (i + 1 < n and w.text[i + 1] == "-")
        if w.text[i] in ENDS or w.tag[i] in FINITE or (w.tag[i] in ("VBN", "VBG") and not close and i > begin):
            break
        if w.lower[i] in ("for", "of") and i + 1 < n and w.tag[i + 1] == "CD":  # a guard for 26 years, a cook of 52
            break
        if w.lower[i : i + 2] == ["such", "as"]:
            break
        if w.text[i - 1] == "and" and i - 1 > begin and w.tag[i] in ("VB", "RB", "PRP"):
            break
        i += 1
    # "mayor of Leeds from 2010 to 2013", "elected mayor in May"
    i = next((k for k in range(begin + 1, i - 1) if w.lower[k] in WHEN and time(w, k + 1)), i)
    while i > begin and w.tag[i - 1] in ("IN", "TO", "CC", "RB", "DT", "PRP"):
        i -= 1
    return begin, i


def time(w: Words, k: int) -> bool:
    """Whether a date starts at a token: "2010", "May"."""
    month = w.text[k][:1].isupper() and any(w.lower[k] == row["form"] for row in rules.read("months"))
    return month or (w.text[k].isdigit() and len(w.text[k]) == 4)
