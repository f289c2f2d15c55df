"""What a figure counts, read from the parse: for `At least 41 people were killed` it is `people`."""

from __future__ import annotations

import re
from bisect import bisect_right

from newslab.figures.actions import set_action
from newslab.figures.amounts import Amount
from newslab.figures.changes import levels, same_change, set_change, set_difference, settle_from_to
from newslab.figures.circumstances import set_circumstances
from newslab.figures.figure_words import figure_words, states
from newslab.figures.not_counted import counts
from newslab.figures.nouns import (
    NEAR,
    NOUNS,
    OBJECTS,
    SUBJECTS,
    direct_object,
    measured_subject,
    noun_after,
    noun_phrase,
    root_of,
    subject,
    word,
)
from newslab.figures.units import rate_after, unit_after
from newslab.tree import Tree

_AGAINST = re.compile(r"(?:;|\b(?:while|whereas|but|against|compared (?:with|to)|versus|vs))[ ]", re.I)
_OF_PER = re.compile(r"[ ]of(?:[ ][a-z]{2,20}){1,3}(?=[ ]per[ ])")
_AT_LEVEL = re.compile(r"\b(?:to|at|in|since|until|no|of|age[d]?)[ ](?:(?:about|around|just)[ ])?$", re.I)
_BRACKET = re.compile(r"[ ]?(?:\([^()]{1,40}\)|\))[ ](?=[^\W\d_])")
_PUTS_IT_AT = re.compile(r"\bputs? (?:it|that|the (?:figure|number|share|rate)) at $", re.I)
_AND_NAME = re.compile(r"^[^.;:,\d]{0,40}\band (?:[A-Z][\w'’]+ ){1,4}$")
_NO_NOUN = re.compile(r"[.,;:)”\"’]|$| (?:and|or|but|while)\b|\n")
_PAID = re.compile(r"\b(?:pa(?:y|ys|id|ying)|costs?|charged?|spen[dt]|owe[ds]?|earn(?:s|ed)?) $", re.I)
_OF_THAT = re.compile(r" of (?:that|this|it)\b")
_NEXT_AGE = re.compile(r", (?:and |or )?| and | or ")
_WITHIN = re.compile(r"\bwithin $", re.I)
_OF_THEM = re.compile(r" of (?:them|those|these)\b")
_AFTER_AGE = re.compile(r"[.,;!?”]|$| (?:when|and|at|now|then|on|last)\b")
_ADJECTIVES = ("JJ", "JJR", "JJS", "VBG", "VBN")
_SIZES = ("length", "mass", "age", "speed", "duration")
_FAR = ("duration", "length", "area", "mass", "volume")
_IN_ITS_UNIT = ("length", "mass", "area", "volume", "temperature")
_GROWN = 15  # `Smith was 3` may well be a score
_AGE_NOUN = re.compile(r"\b(?:age|life expectancy)$", re.I)


def fill(text: str, t: Tree, amounts: list[Amount]) -> list[Amount]:
    """Amounts with counted, action and change; those that the parse shows to be none are left out."""
    kept: list[Amount] = []
    counting: Amount | None = None  # the last one that counted something
    money: Amount | None = None  # the last sum
    amounts = levels(t, amounts)
    for k, amount in enumerate(amounts):
        lo = bisect_right(t.starts, amount.number.start) - 1
        hi = bisect_right(t.starts, amount.end - 1)
        if hi <= lo or amount.role == "part of a range":
            continue
        if amount.role == "to" and not (kept and kept[-1].role in ("from", "to")):
            amount.role = "number"
        if amount.role == "from":
            if k + 1 < len(amounts) and amounts[k + 1].role == "to":
                settle_from_to(text, t, amount, amounts[k + 1], lo)
                hi = bisect_right(t.starts, amount.end - 1)
            else:
                amount.role = "number"
        if counts(text, t, amount, lo, hi):
            amount.token = lo
            if kept:
                _share_unit(text, t, amount, kept[-1], hi)
                _share_currency(text, t, amount, money, hi)
            _fill_one(text, t, amount, lo, hi, counting)
            if amount.dimension == "age" and amount.counted is None:
                _person(text, t, amount, lo, kept[-1] if kept else None)
            if amount.dimension not in ("duration", "age"):
                set_circumstances(text, t, amount)
            same_change(text, amount, kept[-1] if kept else None)
            set_difference(text, amount)
            if amount.role == "to" and kept and kept[-1].action and not amount.action:
                amount.action, amount.action_text = kept[-1].action, kept[-1].action_text
            if amount.role == "to" and kept and amount.unit is None:
                _same_thing(kept[-1], amount)
            kept.append(amount)
            repeats = text[amount.start - 1 : amount.start] in ("(", "[")
            money = amount if amount.dimension == "money" and not repeats else money
            if amount.dimension in ("count", "rate") and amount.counted:
                counting = amount
    return sorted(kept, key=lambda amount: amount.start)


def _same_thing(first: Amount, second: Amount) -> None:
    """Let the two ends of a change count the same: `from 900 cows to 640`."""
    if first.counted is None:
        first.counted = second.counted
    elif first.dimension == "count" and second.dimension == "other":
        second.dimension, second.counted = "count", first.counted


def _person(text: str, t: Tree, a: Amount, lo: int, previous: Amount | None) -> None:
    """Whose age it is: of `his sons, aged four and seven`, `Marsh is eighty-one`."""
    if previous is not None and previous.dimension == "age" and _NEXT_AGE.fullmatch(text[previous.end : a.start]):
        a.counted = previous.counted
        return
    aged = lo - 1
    if aged > 1 and t.words[aged] == "aged":
        noun = aged - 2 if t.words[aged - 1] == "," else aged - 1
        a.counted = noun_phrase(text, t, noun) if t.tags[noun] in NOUNS else None
        return
    verb = t.heads[lo]
    verb = verb if t.lemmas[verb] == "be" else t.heads[verb]  # eighty-one is three tokens
    who = t.child(verb, "nsubj") if t.lemmas[verb] == "be" else None
    if who is not None and t.tags[who] in NOUNS:
        a.counted = noun_phrase(text, t, who)


def _share_unit(text: str, t: Tree, a: Amount, previous: Amount, hi: int) -> None:
    """Give a bare number the unit of the one it is set against: `3.2 per cent, while the union wants 7.5`."""
    if a.unit is not None or previous.unit is None or previous.rate is not None or a.number.kind != "exact":
        return
    if previous.dimension in ("age", "duration", "ratio") or (hi < len(t) and t.tags[hi][:2] in ("NN", "JJ")):
        return
    gap = text[previous.end : a.core]
    reached = previous.change is not None and text[previous.core - 3 : previous.core].lower() == "to "
    if gap == " from " and reached and _NO_NOUN.match(text, a.end):
        a.unit, a.dimension = previous.unit, previous.dimension  # fell to 48% from 52
        return
    again = previous.dimension == "percent" and (_PUTS_IT_AT.search(gap) or _AND_NAME.search(gap))
    if again and len(gap) <= 120 and "\n" not in gap and 0 < (a.value or 0) <= 100 and _NO_NOUN.match(text, a.end):
        a.unit, a.dimension = previous.unit, previous.dimension
        return
    if gap == " to " and previous.change and (previous.unit == "point" or previous.dimension in _IN_ITS_UNIT):
        a.unit, a.dimension = previous.unit, previous.dimension  # rose 64 points to 4,577
        return
    if len(gap) > 80 or not _AGAINST.search(gap) or _AT_LEVEL.search(gap) or "." in gap.rstrip():
        return
    size, other = abs(a.value or 0), abs(previous.value or 0)
    if 0 < size < 100 * other and other < 100 * size and a.number.scale == previous.number.scale:
        a.unit, a.dimension = previous.unit, previous.dimension


def _share_currency(text: str, t: Tree, a: Amount, money: Amount | None, hi: int) -> None:
    """Give a bare sum the currency of the last one: `she paid 206 pounds; in 2006 she paid 390`."""
    if a.unit is not None or money is None or a.number.kind != "exact" or text.count("\n", money.end, a.start) > 4:
        return
    if hi < len(t) and (t.tags[hi][:2] in ("NN", "JJ", "VB", "HY") or t.tags[hi] == "CD"):
        return
    paid = (a.value or 0) >= 10 and _PAID.search(text, max(0, a.core - 16), a.core)
    of_that = a.number.scale >= 1e6 and money.rate is None and _OF_THAT.match(text, a.end)
    if paid or of_that:
        a.unit, a.dimension = money.unit, "money"


def _fill_one(text: str, t: Tree, a: Amount, lo: int, hi: int, previous: Amount | None) -> None:
    root = root_of(t, lo, hi)
    if a.number.kind == "zero":
        _nothing(text, t, a, lo)
        return
    if a.number.kind == "multiple":
        a.change = "up" if (a.value or 0) > 1 else "down"
        verb = t.heads[root] if (a.number.word or "").endswith("fold") else root
        if t.tags[verb].startswith("VB"):
            a.action, a.action_text = t.lemmas[verb], word(text, t, verb)
            a.counted = direct_object(text, t, verb) or subject(text, t, verb)
        return
    noun = noun_after(text, t, a, hi, root)
    if a.unit is None and noun is not None and _set_far_unit(text, t, a, hi, noun[2]):
        noun = noun_after(text, t, a, noun[2] + 1, root)
    if a.number.kind == "ratio" and a.number.word:
        a.counted = a.number.word  # one train in five
        set_action(text, t, a, bisect_right(t.starts, a.number.start + text[a.number.start :].find(a.number.word)) - 1)
    elif a.unit is None and noun is not None:
        start, end, head = noun
        a.counted = text[start:end]
        rate = rate_after(text, end) if a.rate is None else None
        of = _OF_PER.match(text, end) if a.rate is None and rate is None else None
        rate = rate_after(text, of.end()) if of else rate  # 31 cases of cholera per 100,000 people
        if rate is not None:
            a.rate, a.end = rate
        set_action(text, t, a, head)
        if a.action is None and a.number.kind in ("ratio", "fraction"):
            set_action(text, t, a, root)
    elif a.unit is None:
        _alone(text, t, a, hi, root, previous)
    else:
        _measured(text, t, a, hi, root, noun)
    if a.counted is None and previous is not None and a.dimension in ("percent", "fraction", "count"):
        near = a.start - previous.end <= 300 and "\n" not in text[previous.end : a.start]
        a.counted = previous.counted if near and _OF_THEM.match(text, a.end) else None  # 94 per cent of them
    set_change(text, t, a, root)


def _set_far_unit(text: str, t: Tree, a: Amount, hi: int, head: int) -> bool:
    """Set the unit that only adjectives part from its number, `45 gruelling minutes`; tell whether there is one."""
    if a.number.kind not in ("exact", "vague") or head <= hi or t.tags[head] not in ("NN", "NNS"):
        return False
    between = range(hi, head)
    apart = figure_words("own_unit") | figure_words("when")  # working days; 148 last year
    if any(t.tags[i] not in _ADJECTIVES or t.words[i] in apart for i in between):
        return False
    unit = unit_after(text, t.starts[head] - 1)
    if unit is None or unit.end != t.ends[head] or unit.dimension not in _FAR or unit.name in figure_words("own_unit"):
        return False
    a.unit, a.dimension, a.end = unit.name, unit.dimension, unit.end
    return True


def _nothing(text: str, t: Tree, a: Amount, lo: int) -> None:
    """`No one was hurt`, `none of the passengers`, `no casualties`."""
    kind, root = a.number.word or "", lo
    if kind == "none":
        noun = noun_after(text, t, a, lo + 1, lo)
        a.counted = text[noun[0] : noun[1]] if noun else None
    elif kind == "no casualties":
        root = next((i for i in range(lo, min(lo + 6, len(t))) if t.tags[i] == "NNS"), lo)
        a.counted = word(text, t, root)
    else:
        a.counted = "people"
        if kind == "no one" and lo + 1 < len(t) and t.heads[lo] == lo + 1:
            root = lo + 1
    set_action(text, t, a, root)


def _alone(text: str, t: Tree, a: Amount, hi: int, root: int, previous: Amount | None) -> None:
    """A number without a noun: `1,206 dead`, `made 11 million homeless`, `47 survived`, `fell to 48`."""
    after = t.words[hi] if hi < len(t) else ""
    if after in states() and (
        t.tags[hi] in ("JJ", "RB", "NN") or (t.tags[hi] in ("VBN", "VBD") and t.deps[hi] != "ROOT")
    ):
        above = (t.heads[root], t.heads[t.heads[root]], t.heads[hi], t.heads[t.heads[hi]])
        made = next((v for v in above if t.lemmas[v] in ("make", "render")), None)
        if made is None:
            a.counted = word(text, t, hi)
            a.action, a.action_text = states()[after], a.counted
        else:
            a.counted, a.action = "people", f"{t.lemmas[made]} {after}"
            a.action_text = f"{word(text, t, made)} {word(text, t, hi)}"
        return
    if t.deps[root] in ("attr", "acomp") and t.lemmas[t.heads[root]] == "be" and _is_age(text, t, a, root):
        a.unit, a.dimension = "year", "age"
        return
    set_action(text, t, a, root)
    if _toll(text, t, a, root):
        return
    if a.number.kind == "vague" and (a.low or 0) < 1e6 and t.deps[root] in SUBJECTS:
        a.counted = "people"  # Thousands marched
        return
    if t.deps[root] == "pobj" or t.deps[root] in ("npadvmod", "attr", "acomp"):
        level = measured_subject(t, root)
        if level is not None and t.tags[level] in NOUNS:
            a.counted = noun_phrase(text, t, level)
            if _AGE_NOUN.search(a.counted):
                a.unit, a.dimension = "year", "age"
                return
            if t.tags[level] not in ("NNS", "NNPS") and t.lemmas[level] not in figure_words("count_noun"):
                a.dimension = "other"  # a level: the index closed at 13,176
            return
    if (
        previous is not None
        and previous.counted
        and previous.dimension in ("count", "rate")
        and a.number.kind != "fraction"
    ):
        of_them = bool(_OF_THEM.match(text, a.end))
        near = a.start - previous.end <= 300 and "\n" not in text[previous.end : a.start]
        if previous.start >= t.starts[t.sentence[root]] or of_them or near:
            apart = previous.action is not None and previous.action not in figure_words("people") | set(
                states().values()
            )
            people = previous.counted.lower() in states() or (apart and not of_them and _befalls_people(a))
            a.counted = "people" if people else previous.counted
    elif _befalls_people(a):
        a.counted = "people"


def _befalls_people(a: Amount) -> bool:
    return a.action in figure_words("people") or a.action in states().values()


def _is_age(text: str, t: Tree, a: Amount, root: int) -> bool:
    """`He was 87.`"""
    if a.value is None or not 0 < a.value < 115 or a.number.scale > 1 or a.bound == "range":
        return False
    who = t.child(t.heads[root], "nsubj")
    if who is None or not _AFTER_AGE.match(text, a.end):
        return False
    named = t.tags[who] == "NNP" and a.value >= _GROWN and t.words[t.heads[root]] in ("is", "was")
    return named or t.words[who] in ("he", "she", "i", "who")


def _toll(text: str, t: Tree, a: Amount, root: int) -> bool:
    """`the number of dead at 14`, `the death toll rose to 41`: what is counted, and the state it names."""
    prep = t.heads[root] if t.deps[root] == "pobj" else root
    above = t.heads[t.heads[prep]]
    for head in (t.heads[prep], above, t.heads[above]):
        for i in (head, *t.children[head][:NEAR]):
            if i >= root or t.lemmas[i] not in ("number", "toll", "total", "tally", "count"):
                continue
            if t.lemmas[i] == "toll":
                a.counted, a.action, a.action_text = "deaths", "die", word(text, t, i)
                return True
            of = next((c for c in t.children[i][:NEAR] if t.words[c] == "of"), None)
            noun = t.child(of, "pobj") if of is not None else None
            if noun is None and of is not None:  # the number of detained
                noun = next((c for c in t.children[of][:2] if t.words[c] in states()), None)
            if noun is None or noun >= root or t.pos[noun] == "NUM":
                continue
            a.counted = noun_phrase(text, t, noun)
            state = states().get(a.counted.lower())
            if state:
                a.action, a.action_text = state, a.counted
            return True
    return False


def _measured(text: str, t: Tree, a: Amount, hi: int, root: int, noun: tuple[int, int, int] | None) -> None:
    """The thing that is so long, so dear, so many per cent, where the clause names it."""
    if a.dimension == "age" and text[a.start : a.end].lower().endswith("olds"):
        a.counted = text[a.core : a.end]  # 5-year-olds
        return
    if a.dimension == "age" and a.role == "apposed":
        a.counted = noun_phrase(text, t, bisect_right(t.starts, a.start) - 3)
        return
    if a.dimension == "age" and noun is not None and t.deps[noun[2]] == "appos":
        named = t.heads[noun[2]]
        if t.tags[named] == "NNP" and named < noun[2]:
            a.counted = noun_phrase(text, t, named)  # Ann Marsh, a 58-year-old herder
            return
    level = measured_subject(t, root) if a.dimension in ("percent", "percentage points") else None
    if (
        level is not None
        and t.deps[root] == "pobj"
        and t.words[t.heads[root]] in ("to", "by", "at")
        and t.tags[level] in NOUNS
    ):
        a.counted = noun_phrase(text, t, level)  # the deficit that rose to 5 per cent of output
        set_action(text, t, a, root)
        return
    joined = hi < len(t) and t.words[hi] in ("of", "-", "–")
    head = t.heads[root]
    if a.dimension in ("length", "duration") and _WITHIN.search(text, max(0, a.core - 7), a.core):
        return  # within 6 km of the village
    if noun is not None and (a.dimension != "duration" or joined):
        a.counted = text[noun[0] : noun[1]]
    elif (
        t.deps[root] == "pobj"
        and t.words[head] == "of"
        and t.tags[t.heads[head]] in NOUNS
        and t.words[t.heads[head]] != "%"
    ):
        a.counted = noun_phrase(text, t, t.heads[head])
    else:
        bracket = _BRACKET.match(text, a.end)
        if bracket:  # a 32ft (9.8m) boat, 8 hectares (20 acres) of forest
            i = bisect_right(t.starts, bracket.end()) - 1
            of = noun_after(text, t, a, i, i) if t.words[i] not in figure_words("direction") else None
            a.counted = text[of[0] : of[1]] if of else None
    if a.counted is None and a.dimension != "duration":
        measured = measured_subject(t, root)
        if measured is None and t.words[head] in figure_words("direction") and t.deps[head] in ("amod", "acl", "appos"):
            measured = t.heads[head]  # the boat, 14ft long
        if measured is not None and t.tags[measured] in NOUNS:
            a.counted = noun_phrase(text, t, measured)
    arguments = OBJECTS | SUBJECTS
    joined_by_of = hi < len(t) and t.words[hi] == "of"
    if a.unit == "magnitude" or (noun is not None and not joined_by_of and a.dimension in _SIZES):
        return  # a 551ft ship: what it does says nothing of its length
    if noun is not None and t.deps[root] not in arguments and t.deps[noun[2]] in arguments:
        set_action(text, t, a, noun[2])
    elif a.dimension != "age":
        set_action(text, t, a, root)
