"""Whether a figure goes up or down: `rose 5%`, `from 9 to 2`, `an increase of 12`, `lost 190 points, or 0.6%`."""

from __future__ import annotations

import re
from bisect import bisect_left

from newslab.figures.amounts import Amount
from newslab.figures.figure_words import change_words, figure_words
from newslab.figures.nouns import NEAR
from newslab.tree import Tree

THROUGH = frozenset(("conj", "appos", "nummod", "quantmod", "compound", "nmod", "amod", "poss"))
_AMOUNT = frozenset(("npadvmod", "advmod", "attr", "ccomp", "xcomp", "oprd", "nummod", "dep"))
_NUMBER = ("CD", "$")
_DIRECTION = re.compile(r"\b(up|down|upwards?|downwards?)(?: by)? $")
_COMPARED = re.compile(r" (higher|lower|up|down)\b(?! to)")
_OR_AGAIN = re.compile(r",? or | \(")


def set_change(text: str, t: Tree, a: Amount, root: int) -> None:
    """Set the change of an amount: `rose 5%`, `down 3 points`, `an increase of 12`, `cut by half`.

    A change told by a noun or an adverb after it gets the role `change-noun`.
    """
    if a.change is not None or a.role in ("from", "to") or a.dimension in ("duration", "age"):
        return
    changes = change_words()
    direction = _DIRECTION.search(text[max(0, a.start - 14) : a.start].lower())
    if direction and not _is_particle(t, a):
        a.change = "up" if direction[1].startswith("up") else "down"
        return
    compared = _COMPARED.match(text, a.end)
    if compared and a.dimension in ("percent", "percentage points", "money", "other"):
        a.change, a.role = changes.get((compared[1].lower(), "adverb")), "change-noun"
        return
    i = root
    for _ in range(3):
        dep, head = t.deps[i], t.heads[i]
        if head == i:
            return
        lemma = t.lemmas[head]
        if t.pos[head] == "VERB" and (lemma, "verb") in changes:
            collected = (lemma, a.dimension) == ("raise", "money")
            if not collected and (dep in _AMOUNT or (dep == "dobj" and a.dimension != "count")):
                a.change = changes[lemma, "verb"] or None
            return
        if dep == "pobj" and (t.words[head] in ("by", "to") or t.words[head] in figure_words("bound_preposition")):
            verb = t.heads[head]
            if t.pos[verb] == "NOUN" and t.words[head] == "by" and (t.lemmas[verb], "noun") in changes:
                a.change = changes[t.lemmas[verb], "noun"]  # a decrease by 1
                return
            changing = t.pos[verb] == "VERB" and (t.lemmas[verb], "verb") in changes
            if changing and (t.words[head] != "to" or not _has_amount(t, verb, root)):
                a.change = changes[t.lemmas[verb], "verb"] or None
            return
        if t.pos[head] == "NOUN" and (lemma, "noun") in changes and head > i and dep in THROUGH and a.unit is not None:
            a.change, a.role = changes[lemma, "noun"], "change-noun"
            return
        if dep == "pobj" and t.words[head] == "of" and (t.lemmas[t.heads[head]], "noun") in changes:
            a.change, a.role = changes[t.lemmas[t.heads[head]], "noun"], "change-noun"
            return
        if dep not in THROUGH or dep == "conj":
            return
        i = head


_BY = re.compile(
    r"\b(?:by|(?:rise|increase|fall|drop|change|difference|gap|anomaly|swing|warming|cooling)s? of"
    r"|warming (?:to|at|below|under|above))[ ]$",
    re.I,
)
_HEAT = re.compile(r"[ -](?:heat|temperature|weather|day|night|high|condition|sun|summer|water|air|fever)", re.I)
_WARMING = 10  # degrees; the climate warms to 1.5C, and a morning warms to 25C
_MORE = re.compile(
    r"(?:[ ]\([^()]{1,24}\))?[ ](?:(?:warmer|cooler|colder|hotter|higher|lower|more|less|of warming|rise|increase|drop"
    r"|fall|warming|cooling|difference|change)\b|(?:above|below)[ ](?:the |its |their )?(?:average|norm|usual"
    r"|pre-?industrial|season|long-term|mean|last|that|those|what))"
)
_LEVEL = re.compile(r"\b(?:to|at|from|of|reach\w*|hit|between|as \w+ as)[ ]$", re.I)


def set_difference(text: str, a: Amount) -> None:
    """Mark a temperature that is a difference of two, `warmed by 1.5C`, and no point of a scale: role `difference`."""
    if a.dimension != "temperature" or a.role in ("from", "to"):
        return
    before = text[max(0, a.start - 24) : a.start]
    told = _BY.search(before)
    if told and told.group().startswith("warming ") and (a.value or 0) > _WARMING:
        told = None
    if told and a.change is None and _HEAT.match(text, a.end):
        told = None  # hit by 45C heat
    moved = a.change is not None and a.role != "change-noun" and not _LEVEL.search(before)
    if moved or told or _MORE.match(text, a.end):
        a.role = "difference"


def _is_particle(t: Tree, a: Amount) -> bool:
    """Whether the `up` before an amount belongs to the verb: `gave up 517 yards`."""
    i = bisect_left(t.starts, a.start) - 1
    return i > 0 and t.deps[i] == "prt" and (t.lemmas[i - 1], "verb") not in change_words() and t.lemmas[i - 1] != "be"


def _has_amount(t: Tree, verb: int, before: int) -> bool:
    """Whether a verb has the amount of its change beside the level it reached: `fell by 2 to 9`."""
    between = [c for c in t.children[verb][:NEAR] if verb < c < before]
    by = [k for c in between if t.words[c] == "by" and t.deps[c] == "prep" for k in t.children[c][:NEAR]]
    amounts = [c for c in between if t.deps[c] in ("npadvmod", "dobj", "advmod", "conj")] + by
    return any(t.tags[c] in _NUMBER or any(t.tags[k] in _NUMBER for k in t.children[c][:NEAR]) for c in amounts)


def levels(t: Tree, amounts: list[Amount]) -> list[Amount]:
    """Part `fell 30p to 58p` into a change and the level it reached: what happened had one size, and no range of them.

    Only where the unit stands twice (`rose 2 to 5 metres` is a range) and is not per cent (`grew 3% to 5%`).
    """
    out: list[Amount] = []
    for a in amounts:
        out.append(a)
        before = bisect_left(t.starts, a.start) - 1
        if a.upper is None or a.dimension == "percent" or before < 0 or a.low is None:
            continue
        if t.tags[before] in ("VBD", "VBN") and (t.lemmas[before], "verb") in change_words():
            a.value, a.high, a.bound, a.end = a.low, a.low, "=", a.lower_end
            out.append(a.upper)
    return out


def settle_from_to(text: str, t: Tree, first: Amount, second: Amount, lo: int) -> None:
    """Tell a change (`fell from 9 to 2`) from a range (`prices from $5 to $9`), and join the latter.

    In a change both amounts stay, with roles `from` and `to`.
    """
    at = lo
    while at > 0 and at > lo - 6 and t.words[at] != "from":
        at -= 1
    lemma, changes = t.lemmas[t.heads[at]], change_words()
    changing = (lemma, "verb") in changes or (lemma, "noun") in changes
    if first.value is None or second.value is None:
        return
    gap = text[first.end : second.core].strip().lower()
    if first.value < second.value and gap in ("to", "up to") and (lemma in figure_words("range") or not changing):
        first.low, first.high, first.value = first.value, second.value, None
        first.bound, first.end, first.role, second.role = "range", second.end, "number", "part of a range"
        first.unit, first.dimension, first.rate = second.unit or first.unit, second.dimension, second.rate
    elif changing or first.value > second.value:
        direction = changes.get((lemma, "verb")) or changes.get((lemma, "noun"))
        first.change = second.change = direction or ("up" if first.value < second.value else "down")
    elif gap not in ("to", "up to"):
        first.role = second.role = "number"


def same_change(text: str, a: Amount, previous: Amount | None) -> None:
    """Give the change of one figure to another that says it again: `lost 190 points, or 0.6%`."""
    if a.change is not None or previous is None or previous.change is None or not a.unit or a.unit == previous.unit:
        return
    if _OR_AGAIN.fullmatch(text[previous.end : a.start]) or (
        previous.counted
        and re.fullmatch(rf"[ ]{re.escape(previous.counted)},? (?:or )?\(?", text[previous.end : a.start])
    ):
        a.change = previous.change
        a.role = previous.role if previous.role == "change-noun" else a.role
