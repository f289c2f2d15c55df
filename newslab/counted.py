"""What a figure counts, read from the parse: for `At least 41 people were killed` it is `people`.

What happened to them is in `actions`. Walks are short and bounded here, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from newslab.actions import (
    NEAR,
    NOUNS,
    OBJECTS,
    SUBJECTS,
    change_words,
    direct_object,
    noun_phrase,
    set_action,
    set_change,
    settle_from_to,
    states,
    subject,
    word,
)
from newslab.amounts import Amount
from newslab.circumstances import set_circumstances
from newslab.tree import Tree
from newslab.units import rate_after

_BEFORE_NOUN = {"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "AFX", "POS", "FW"}
_DETERMINERS = {"DT", "PRP$", "PDT", "WDT"}
_MEASURES = frozenset(
    ["be", "cost", "weigh", "measure", "stand", "reach", "total", "average", "hit", "exceed", "range", "amount", "worth", "equal", "trade", "close", "open", "finish", "end", "settle"]
)
_PEOPLE_ACTIONS = frozenset(["die", "survive", "injure", "kill", "arrest", "flee", "wound", "drown", "evacuate", "rescue", "detain", "displace"])
_NOT_ONE_OF = frozenset(["thing", "way", "day", "side", "another", "time", "point"])
_BRACKET = re.compile(r"[ ]?(?:\([^()]{1,40}\)|\))[ ](?=[^\W\d_])")
_OR_AGAIN = re.compile(r",? or | \(")
_AFTER_AGE = re.compile(r"[.,;!?”]|$| (?:when|and|at|now|then|on|last)\b")
_AGE_NOUN = re.compile(r"\b(?:age|life expectancy)$", re.I)
_DIRECTIONS = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "long", "wide", "high", "deep", "tall", "away"]
)
_TIMES = frozenset(
    ["year", "month", "week", "day", "night", "morning", "afternoon", "evening", "weekend", "season", "time", "today", "yesterday", "tomorrow"]
)
_MEASURE_PATH = frozenset(
    ["dobj", "attr", "npadvmod", "pobj", "prep", "acomp", "advmod", "quantmod", "nummod", "oprd", "conj", "compound", "nmod", "amod", "xcomp", "ccomp"]
)
_RANKED = frozenset(("top", "bottom", "last", "first", "final", "big", "next", "other"))


def fill(text: str, t: Tree, amounts: list[Amount]) -> list[Amount]:
    """Amounts with counted, action and change; those that the parse shows to be none are left out."""
    kept: list[Amount] = []
    counting: Amount | None = None  # the last one that counted something
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
        if _stands(text, t, amount, lo, hi):
            amount.token = lo
            _fill_one(text, t, amount, lo, hi, counting)
            if amount.dimension not in ("duration", "age"):
                set_circumstances(text, t, amount)
            _same_change(text, amount, kept[-1] if kept else None)
            if amount.role == "to" and kept and kept[-1].action and not amount.action:
                amount.action, amount.action_text = kept[-1].action, kept[-1].action_text
            if amount.role == "to" and kept and kept[-1].counted is None and amount.unit is None:
                kept[-1].counted = amount.counted
            kept.append(amount)
            if amount.dimension in ("count", "rate") and amount.counted:
                counting = amount
    return kept


def _stands(text: str, t: Tree, a: Amount, lo: int, hi: int) -> bool:
    """Whether the parse lets it be a figure: no pronoun "one", no name with a number in it."""
    number = a.number
    written = text[number.start : number.end]
    words, before = written.lower(), t.words[lo - 1] if lo else ""
    after = t.words[hi] if hi < len(t) else ""
    if number.kind == "multiple":
        return (
            (number.word or "").endswith("fold")
            or (t.tags[lo].startswith("VB")
            and t.deps[lo] not in ("amod", "compound")
            and after not in ("up", "down"))
        )
    if words == "none":
        return after == "of" or t.deps[lo] in SUBJECTS
    if number.kind in ("zero", "vague", "fraction", "ratio"):
        return True
    if words == "one":
        return _one_counts(t, a, lo, hi, before)
    if a.role == "apposed" and lo >= 2:
        if t.tags[lo - 2] in ("NNP", "NNPS") and t.sentence[lo - 2] == t.sentence[lo]:
            a.unit, a.dimension = "year", "age"
            return True
        a.role = "number"
    if a.unit is not None:
        return True
    if not written[0].isdigit():
        if after in ("-", "–") and hi < len(t) and t.starts[hi] == number.end and (number.value or 99) < 20:
            return False  # four-door, third-party: a kind, not a count
        if written[0].isupper() and lo > t.sentence[lo] and t.tags[lo - 1] in ("NNP", "NNPS", "JJ", "NN"):
            return not _in_name(text, t, lo)
        if before in _RANKED or (before in ("the", "those", "these", "all", "of") and (number.value or 99) < 10):
            return (
                hi < len(t) and t.tags[hi][:2] in ("NN", "JJ", "VB") and t.tags[hi] not in ("VBD", "VBZ", "VBP", "VB")
            )
        return True
    return not (number.plain and _is_in_name(text, t, lo, hi))


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
        if (
            t.tags[previous] in ("NNP", "NNPS")
            or (first.isupper()
            and previous > t.sentence[lo]
            and t.tags[previous] == "NN")
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
    if before in ("no", "the", "any", "this", "that", "another", "every", "each", "which", "some", "not", "-"):
        return False
    if hi >= len(t) or t.words[hi] in ("-", "–", "another", "by") or (before == "on" and t.words[hi] == "hand"):
        return False
    if t.words[hi] == "of":
        return any(t.tags[j] in ("NNS", "NNPS") or t.words[j] == "people" for j in range(hi + 1, min(hi + 9, len(t))))
    return t.deps[lo] == "nummod" and t.heads[lo] > lo and t.words[t.heads[lo]] not in _NOT_ONE_OF


def _root(t: Tree, lo: int, hi: int) -> int:
    """The token of a stretch that the others hang on: the last noun or number whose head lies outside."""
    best = hi - 1
    for i in range(hi - 1, lo - 1, -1):
        if not lo <= t.heads[i] < hi or t.heads[i] == i:
            if t.pos[i] in ("NOUN", "NUM", "PROPN", "SYM") or not t.pos[i]:
                return i
            best = i
    return best


def _fill_one(text: str, t: Tree, a: Amount, lo: int, hi: int, previous: Amount | None) -> None:
    root = _root(t, lo, hi)
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
    noun = _noun_after(text, t, a, hi, root)
    if a.number.kind == "ratio" and a.number.word:
        a.counted = a.number.word  # one train in five
        set_action(text, t, a, bisect_right(t.starts, a.number.start + text[a.number.start :].find(a.number.word)) - 1)
    elif a.unit is None and noun is not None:
        start, end, head = noun
        a.counted = text[start:end]
        rate = rate_after(text, end) if a.rate is None else None
        if rate is not None:
            a.rate, a.end = rate
        set_action(text, t, a, head)
        if a.action is None and a.number.kind in ("ratio", "fraction"):
            set_action(text, t, a, root)
    elif a.unit is None:
        _alone(text, t, a, hi, root, previous)
    else:
        _measured(text, t, a, hi, root, noun)
    set_change(text, t, a, root)


def _same_change(text: str, a: Amount, previous: Amount | None) -> None:
    """Give the change of one figure to another that says it again: `lost 190 points, or 0.6%`."""
    if a.change is not None or previous is None or previous.change is None or not a.unit or a.unit == previous.unit:
        return
    if (
        _OR_AGAIN.fullmatch(text[previous.end : a.start])
        or (previous.counted
        and re.fullmatch(rf"[ ]{re.escape(previous.counted)},? (?:or )?\(?", text[previous.end : a.start]))
    ):
        a.change = previous.change
        a.role = previous.role if previous.role == "change-noun" else a.role


def _noun_after(text: str, t: Tree, a: Amount, hi: int, root: int) -> tuple[int, int, int] | None:
    """Start and end of the noun phrase that follows the number, and its head token."""
    i, limit = hi, min(hi + 14, len(t))
    if i >= limit:
        return None
    if t.words[i] == "of":
        i += 1
        while i < limit and (
            t.tags[i] in _DETERMINERS or t.tags[i] == "CD" or t.words[i] in ("more", "than", "combined", "and")
        ):
            i += 1
    elif t.words[i] in ("-", "–") and t.starts[i] == a.end:
        i += 1
    elif a.number.kind == "fraction":
        while i < limit and t.tags[i] in _DETERMINERS:
            i += 1
    target = t.heads[root] if t.deps[root] in ("nummod", "compound", "nmod", "amod", "quantmod") else -1
    first = last = None
    for j in range(i, limit):
        tag, hyphened = t.tags[j], j > i and t.words[j - 1] in ("-", "–")
        if first is None and (t.words[j][:1].isdigit() or (tag in ("HYPH", "CD") and j > i)):
            continue  # eight million 250ml bottles
        if tag in NOUNS or (not tag and t.words[j].isalpha()) or (hyphened and t.words[j].isalpha()):
            if last is not None and t.heads[last] < last and t.starts[j] - t.ends[j - 1] > 1:
                break
            first = j if first is None else first
            last = j if tag in NOUNS or not tag else last
            if (j == target and t.deps[j] != "compound") or not tag:
                break
        elif (
            tag in _BEFORE_NOUN or (tag in ("RB", "RBS", "RBR") and t.tags[min(j + 1, limit - 1)] in ("JJ", "VBN", "CC"))
        ):
            if last is not None and tag not in ("HYPH", "POS") and t.tags[j - 1] != "POS":
                break
            if tag in ("VBN", "VBG") and not any(t.tags[n] in NOUNS for n in range(j + 1, min(j + 3, limit))):
                break
            first = j if first is None and t.words[j] not in ("most", "least") else first
        elif tag == "CD" and last is not None and t.tags[j - 1] == "POS":
            first = last = None  # thirty-four of the line's fifty-one stations
        elif not (tag == "CC" and first is not None and _joins(t, j, limit, target)):
            break
    if last is None or first is None or first > last:
        return None
    if a.unit and (t.lemmas[last] in _TIMES or t.words[last] in _DIRECTIONS):
        return None  # paid £400 last year
    return t.starts[first], t.ends[last], last


def _joins(t: Tree, j: int, limit: int, target: int) -> bool:
    """Whether "and" joins two modifiers of one noun: `Kia and Hyundai vehicles`, `old and new members`."""
    if j + 2 >= limit:
        return False
    if j + 1 < target < limit and t.tags[target] in ("NNS", "NNPS"):
        return True
    return (
        t.tags[j - 1] in ("JJ", "JJR", "JJS", "VBN")
        and t.tags[j + 1] in ("JJ", "VBN")
        and t.tags[j + 2] in ("NNS", "NN")
    )


def _nothing(text: str, t: Tree, a: Amount, lo: int) -> None:
    """`No one was hurt`, `none of the passengers`, `no casualties`."""
    kind, root = a.number.word or "", lo
    if kind == "none":
        noun = _noun_after(text, t, a, lo + 1, lo)
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
        level = _measured_subject(t, root)
        if level is not None and t.tags[level] in NOUNS:
            a.counted = noun_phrase(text, t, level)
            if _AGE_NOUN.search(a.counted):
                a.unit, a.dimension = "year", "age"
                return
            if t.tags[level] not in ("NNS", "NNPS"):
                a.dimension = "other"  # a level: the index closed at 13,176
            return
    if (
        previous is not None
        and previous.counted
        and previous.dimension in ("count", "rate")
        and a.number.kind != "fraction"
    ):
        if previous.start >= t.starts[t.sentence[root]]:
            apart = previous.action is not None and previous.action not in _PEOPLE_ACTIONS | set(states().values())
            people = previous.counted.lower() in states() or (apart and _befalls_people(a))
            a.counted = "people" if people else previous.counted
    elif _befalls_people(a):
        a.counted = "people"


def _befalls_people(a: Amount) -> bool:
    return a.action in _PEOPLE_ACTIONS or a.action in states().values()


def _is_age(text: str, t: Tree, a: Amount, root: int) -> bool:
    """`He was 87.`"""
    if a.value is None or not 0 < a.value < 115 or a.number.scale > 1 or a.bound == "range":
        return False
    who = t.child(t.heads[root], "nsubj")
    return who is not None and t.words[who] in ("he", "she", "i", "who") and bool(_AFTER_AGE.match(text, a.end))


def _toll(text: str, t: Tree, a: Amount, root: int) -> bool:
    """`the number of dead at 14`, `the death toll rose to 41`: what is counted, and the state it names."""
    prep = t.heads[root] if t.deps[root] == "pobj" else root
    for head in (t.heads[prep], t.heads[t.heads[prep]]):
        for i in (head, *t.children[head][:NEAR]):
            if i >= root or t.lemmas[i] not in ("number", "toll", "total", "tally", "count"):
                continue
            if t.lemmas[i] == "toll":
                a.counted, a.action, a.action_text = "deaths", "die", word(text, t, i)
                return True
            of = next((c for c in t.children[i][:NEAR] if t.words[c] == "of"), None)
            noun = t.child(of, "pobj") if of is not None else None
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
    if a.dimension == "age" and a.role == "apposed":
        a.counted = noun_phrase(text, t, bisect_right(t.starts, a.start) - 3)
        return
    level = _measured_subject(t, root) if a.dimension in ("percent", "percentage points") else None
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
    if noun is not None and (a.dimension != "duration" or joined):
        a.counted = text[noun[0] : noun[1]]
    elif t.deps[root] == "pobj" and t.words[head] == "of" and t.tags[t.heads[head]] in NOUNS:
        a.counted = noun_phrase(text, t, t.heads[head])
    else:
        bracket = _BRACKET.match(text, a.end)
        if bracket:  # a 32ft (9.8m) boat, 8 hectares (20 acres) of forest
            i = bisect_right(t.starts, bracket.end()) - 1
            of = _noun_after(text, t, a, i, i) if t.words[i] not in _DIRECTIONS else None
            a.counted = text[of[0] : of[1]] if of else None
    if a.counted is None and a.dimension != "duration":
        measured = _measured_subject(t, root)
        if measured is not None and t.tags[measured] in NOUNS:
            a.counted = noun_phrase(text, t, measured)
    arguments = OBJECTS | SUBJECTS
    if noun is not None and t.deps[root] not in arguments and t.deps[noun[2]] in arguments:
        set_action(text, t, a, noun[2])
    elif a.dimension != "age":
        set_action(text, t, a, root)


def _measured_subject(t: Tree, i: int) -> int | None:
    """The subject of the verb of measure or change above: `The epicentre was 35 km south`, `Turnout fell to 48%`."""
    changes = change_words()
    for _ in range(6):
        head = t.heads[i]
        if head == i or t.deps[i] not in _MEASURE_PATH:
            return None
        if t.pos[head] in ("VERB", "AUX"):
            if t.lemmas[head] not in _MEASURES and (t.lemmas[head], "verb") not in changes:
                return None
            for _ in range(3):
                for c in t.children[head][:NEAR]:
                    if t.deps[c] in SUBJECTS:
                        if t.tags[c] in ("WDT", "WP", "DT") and t.deps[head] == "relcl":
                            return t.heads[head]
                        return c
                if t.deps[head] not in ("conj", "xcomp", "advcl"):
                    break
                head = t.heads[head]
            return None
        i = head
    return None
