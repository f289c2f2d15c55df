"""What a figure counts and what happened to it, read from the parse.

For `At least 41 people were killed`: counted `people`, action `kill`. Every walk up or along the tree
is short and bounded, so that the cost a figure does not grow with the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from newslab import rules
from newslab.amounts import Amount
from newslab.tree import Tree

_NP = {"NN", "NNS", "NNP", "NNPS"}
_BEFORE_NOUN = {"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "AFX", "POS", "FW"}
_OBJECT = {"dobj", "obj", "iobj", "dative", "oprd"}
_SUBJECT = {"nsubj", "nsubjpass", "csubj"}
_PASS_ON = set(
    ["say", "believe", "think", "report", "know", "fear", "expect", "allege", "estimate", "presume", "confirm", "consider", "appear", "seem", "begin", "start", "continue", "try", "manage", "fail", "want", "plan", "need", "force", "order", "allow", "go", "set", "hope", "have", "prepare", "make"]
)
_STATES = set(["be", "remain", "stay", "become", "get", "go", "feel", "lie"])
_MEASURE = set(["be", "cost", "weigh", "measure", "stand", "reach", "total", "average", "hit", "exceed", "range", "amount", "worth", "equal", "trade", "last"])
_RANGE_VERBS = set(["range", "vary", "span", "run", "stretch", "extend", "price", "differ", "cost", "aged", "last", "estimate", "sell"])
_EMPTY = {"be", "have", "do", "include"}
_NO_NOUN_AFTER = {"percent", "percentage points"}
_MAX = 40  # children looked at on either side of a head


@cache
def change_words() -> dict[tuple[str, str], str]:
    """(lemma, kind) -> up, down or "" (a change whose direction the words do not tell)."""
    return {(row["lemma"], row["kind"]): row["change"] for row in rules.read("change_words")}


@cache
def _states() -> dict[str, str]:
    return {row["word"]: row["lemma"] for row in rules.read("state_words")}


def fill(text: str, t: Tree, amounts: list[Amount]) -> list[Amount]:
    """Amounts with counted, action, change, place and time; those that the parse shows to be none left out."""
    kept: list[Amount] = []
    for k, amount in enumerate(amounts):
        lo = bisect_right(t.starts, amount.number.start) - 1
        hi = bisect_right(t.starts, amount.end - 1)
        if hi <= lo:
            continue
        if amount.role == "to" and not (kept and kept[-1].role == "from"):
            amount.role = "number"
        if amount.role == "from" and k + 1 < len(amounts) and amounts[k + 1].role == "to":
            _settle_from_to(text, t, amount, amounts[k + 1], lo)
            if amount.role == "number":  # a range after all
                amounts[k + 1].role = "part of a range"
        if amount.role == "part of a range" or not _stands(text, t, amount, lo, hi):
            continue
        _fill_one(text, t, amount, lo, hi, kept[-1] if kept else None)
        kept.append(amount)
    return kept


def _stands(text: str, t: Tree, a: Amount, lo: int, hi: int) -> bool:
    """Whether the parse lets it be a figure: no pronoun "one", no name with a number in it."""
    number = a.number
    words = text[number.start : number.end].lower()
    before = t.words[lo - 1] if lo else ""
    if number.kind == "multiple":
        if number.word and number.word.endswith("fold"):
            return True
        return t.tags[lo].startswith("VB") and t.deps[lo] not in ("amod", "compound") and t.words[hi % len(t)] != "up"
    if number.kind == "zero":
        if words == "none":
            return t.words[hi] == "of" or t.deps[lo] in _SUBJECT if hi < len(t) else False
        return True
    if words == "one":
        return _one_counts(t, a, lo, hi, before)
    if a.role == "apposed":
        person = t.tags[lo - 2] in ("NNP", "NNPS") if lo >= 2 else False
        if not person:
            a.role = "number"
            return t.deps[lo] not in ("appos",) or t.tags[lo] == "CD"
        a.unit, a.dimension = "year", "age"
        return True
    if a.unit is None and number.plain and before and lo:
        # a capital before a bare number that counts no noun after it: part of a name
        previous = lo - 1
        glued = t.words[previous] in ("-", "–") and lo >= 2
        previous = previous - 1 if glued else previous
        if t.tags[previous] in ("NNP", "NNPS") and t.starts[lo] - t.ends[previous] <= 1:
            if not (t.deps[lo] == "nummod" and t.heads[lo] > lo and t.tags[t.heads[lo]] in ("NNS", "NNPS")):
                return False
    if a.unit is None and words in ("two", "three", "four") and before in ("the", "those", "these") and hi < len(t):
        return t.tags[hi][:2] in ("NN", "JJ", "VB") and t.tags[hi] not in ("VBD", "VBZ", "VBP")
    return True


def _one_counts(t: Tree, a: Amount, lo: int, hi: int, before: str) -> bool:
    if a.unit is not None:
        return (
            a.bound != "="
            or (before not in ("no", "the", "any", "this", "that", "at", "another", "every", "each")
            and not (a.unit in ("day", "night", "time") and before not in ("in", "for", "of", "within", "only", "just")))
        )
    if before in ("no", "the", "any", "this", "that", "another", "every", "each", "which", "some", "not", "-"):
        return False
    if hi >= len(t) or t.words[hi] in ("-", "–", "another", "by"):
        return False
    if t.words[hi] == "of":
        return any(t.tags[j] in ("NNS", "NNPS") for j in range(hi + 1, min(hi + 7, len(t))))
    return (
        t.deps[lo] == "nummod"
        and t.heads[lo] > lo
        and t.words[t.heads[lo]] not in ("thing", "way", "day", "side", "hand", "another", "time", "point")
    )


def _settle_from_to(text: str, t: Tree, first: Amount, second: Amount, lo: int) -> None:
    """Tell a change (`fell from 9 to 2`) from a range (`prices from $5 to $9`), and join the latter."""
    at = lo
    while at > 0 and at > lo - 6 and t.words[at] != "from":
        at -= 1
    head = t.heads[at]
    lemma, changes = t.lemmas[head], change_words()
    changing = (lemma, "verb") in changes or (lemma, "noun") in changes
    ordered = first.value is not None and second.value is not None and first.value < second.value
    near = text[first.end : second.start].strip().lower() in ("to", "")
    if ordered and near and (lemma in _RANGE_VERBS or not changing):
        first.low, first.high, first.value = first.value, second.value, None
        first.bound, first.end, first.role = "range", second.end, "number"
    elif changing and first.value is not None and second.value is not None:
        direction = changes.get((lemma, "verb")) or changes.get((lemma, "noun"))
        first.change = second.change = direction or ("up" if first.value < second.value else "down")


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
        _zero(text, t, a, lo)
        return
    if a.number.kind == "multiple" and not (a.number.word or "").endswith("fold"):
        a.change = "up" if (a.value or 0) > 1 else "down"
        a.action, a.action_text = t.lemmas[root], text[t.starts[root] : t.ends[root]]
        a.counted = _subject(text, t, root) or _object(text, t, root)
        return
    noun = None
    if a.unit is None or a.rate is None:
        noun = _noun_after(text, t, a, hi, root)
    if a.unit is None and noun is not None:
        start, end, head = noun
        a.counted = text[start:end]
        _count_rate(text, a, end)
        _act(text, t, a, head)
    elif a.unit is None:
        _alone(text, t, a, lo, hi, root, previous)
    else:
        _measured(text, t, a, lo, hi, root, noun)
    _change(text, t, a, lo, root)


def _count_rate(text: str, a: Amount, end: int) -> None:
    """`18 homicides per 100,000 inhabitants`: the rate after the noun counted."""
    from newslab.units import rate_after

    rate = rate_after(text, end)
    if rate is not None:
        a.rate, a.end = rate
        a.dimension = "rate"


def _noun_after(text: str, t: Tree, a: Amount, hi: int, root: int) -> tuple[int, int, int] | None:
    """Start and end of the noun phrase that follows the number, and its head token."""
    i, limit = hi, min(hi + 12, len(t))
    if i < limit and t.words[i] == "of":
        i += 1
        while (
            (i < limit
            and t.tags[i] in ("DT", "PRP$", "PDT", "WDT", "CD"))
            or (i < limit
            and t.words[i] in ("more", "than", "other"))
        ):
            i += 1
    elif i < limit and t.words[i] in ("-", "–") and t.starts[i] == a.end and a.dimension in ("count", "duration"):
        i += 1
    elif a.number.kind == "fraction":
        while i < limit and t.tags[i] in ("DT", "PRP$", "PDT"):
            i += 1
    elif a.dimension == "age" and i < limit and t.words[i] == "-":
        i += 1
    if i >= limit:
        return None
    target = t.heads[root] if t.deps[root] in ("nummod", "compound", "nmod", "amod", "quantmod") else -1
    first, last = None, None
    for j in range(i, limit):
        tag = t.tags[j]
        if tag in _NP or (not tag and t.words[j].isalpha()):
            if last is not None and t.heads[last] < last and t.starts[j] - t.ends[j - 1] > 1:
                break
            first = j if first is None else first
            last = j
            if j == target and not (j + 1 < limit and t.deps[j] == "compound"):
                break
            if not tag:
                break
        elif tag in _BEFORE_NOUN or (tag == "RB" and j + 1 < limit and t.tags[j + 1] in ("JJ", "VBN")):
            if last is not None and tag not in ("HYPH", "POS"):
                break
            if tag in ("VBN", "VBG") and not any(t.tags[n] in _NP for n in range(j + 1, min(j + 3, limit))):
                break
            first = j if first is None else first
        elif tag == "CC" and first is not None and j + 1 < limit and _joins(t, first, j, limit, target):
            continue
        elif tag == "''" or tag == "``":
            break
        else:
            break
    if last is None or first is None:
        return None
    if t.words[last] in ("while", "times") and a.unit:
        return None
    return t.starts[first], t.ends[last], last


def _joins(t: Tree, first: int, j: int, limit: int, target: int) -> bool:
    """Whether "and" joins two modifiers of one noun: `Kia and Hyundai vehicles`."""
    return (
        target > j + 1
        and target < limit
        and t.deps[j + 1] in ("conj", "compound", "amod")
        and t.tags[target] in ("NNS", "NNPS")
    )


def _noun_phrase(text: str, t: Tree, i: int) -> str:
    """The noun phrase of head `i` without determiners and without what follows the head."""
    start = i
    left = max(t.left[i], i - 8)
    while start - 1 >= left and (
        t.tags[start - 1] in _NP or t.tags[start - 1] in ("JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "POS")
    ):
        start -= 1
    while start < i and t.tags[start] in ("POS", "HYPH"):
        start += 1
    return text[t.starts[start] : t.ends[i]]


def _zero(text: str, t: Tree, a: Amount, lo: int) -> None:
    word = (a.number.word or "").lower()
    root = lo
    if word == "no one" and lo + 1 < len(t):
        root = lo + 1 if not lo <= t.heads[lo + 1] <= lo + 1 else lo
    if word in ("no one", "no-one", "nobody"):
        a.counted = "people"
    elif word == "none":
        noun = _noun_after(text, t, a, lo + 1, lo)
        a.counted = text[noun[0] : noun[1]] if noun else None
    elif word.startswith("no "):
        root = bisect_right(t.starts, a.number.end - 1) - 1
        head = root
        for i in range(root, min(root + 8, len(t))):
            if t.tags[i] in ("NNS", "NNPS"):
                head = i
                break
        a.counted, root = a.counted or text[t.starts[head] : t.ends[head]], head
    _act(text, t, a, root)


def _alone(text: str, t: Tree, a: Amount, lo: int, hi: int, root: int, previous: Amount | None) -> None:
    """A number without a noun: `1,206 dead`, `made 11 million homeless`, `47 survived`."""
    word = t.words[hi] if hi < len(t) else ""
    verb = t.heads[root]
    if word in _states() and t.tags[hi] in ("JJ", "VBN", "VBD", "RB", "NN"):
        passive = hi + 1 < len(t) and t.words[hi] in _states() and t.deps[hi] == "ROOT" and t.tags[hi] == "VBD"
        made = next(
            (v for v in (verb, t.heads[verb], t.heads[hi], t.heads[t.heads[hi]]) if t.lemmas[v] in ("make", "render")),
            None,
        )
        if made is not None:
            a.counted = "people"
            a.action = f"{t.lemmas[made]} {word}"
            a.action_text = f"{text[t.starts[made] : t.ends[made]]} {text[t.starts[hi] : t.ends[hi]]}"
        elif not passive:
            a.counted = text[t.starts[hi] : t.ends[hi]]
            a.action, a.action_text = _states()[word], a.counted
        if a.counted:
            return
    _act(text, t, a, root)
    toll = _toll(text, t, root)
    if toll is not None:
        a.counted, state = toll
        if state:
            a.action, a.action_text = state
        return
    if previous is not None and previous.counted and previous.dimension == "count" and _same_sentence(t, previous, lo):
        if previous.counted.lower() not in _states():
            a.counted = previous.counted
        else:
            a.counted = "people"
    elif a.action in _states().values() or a.action in ("die", "survive", "injure", "kill", "arrest", "flee", "wound"):
        a.counted = "people"
    if a.counted is None and t.deps[root] in ("attr", "pobj", "npadvmod", "dobj"):
        a.counted = _measured_subject(text, t, root)


def _same_sentence(t: Tree, previous: Amount, lo: int) -> bool:
    return previous.start >= t.starts[t.sentence[lo]]


def _toll(text: str, t: Tree, root: int) -> tuple[str, tuple[str, str] | None] | None:
    """`the number of dead at 14`, `the death toll rose to 41`: counted, and the state it names."""
    prep = t.heads[root] if t.deps[root] == "pobj" else root
    for head in (t.heads[prep], t.heads[t.heads[prep]]):
        candidates = [head] + t.children[head][:_MAX]
        for i in candidates:
            if t.lemmas[i] in ("number", "toll", "total", "tally", "count") and i < root:
                if t.lemmas[i] == "toll":
                    kind = t.words[i - 1] if i else ""
                    return (
                        ("deaths", ("die", "death toll"))
                        if kind in ("death", "the", "a")
                        else (_noun_phrase(text, t, i), None)
                    )
                of = next((c for c in t.children[i][:_MAX] if t.words[c] == "of"), None)
                if of is None:
                    continue
                noun = t.child(of, "pobj")
                if noun is None:
                    continue
                words = _noun_phrase(text, t, noun)
                state = _states().get(words.lower())
                return words, (state, words) if state else None
    return None


def _measured(text: str, t: Tree, a: Amount, lo: int, hi: int, root: int, noun: tuple[int, int, int] | None) -> None:
    """The thing that is so long, so dear, so many per cent, where the clause names it."""
    if a.dimension == "age" and a.role == "apposed":
        a.counted = _noun_phrase(text, t, lo - 2)
        return
    if noun is not None and not (a.dimension == "duration" and t.words[hi] != "of" and t.words[hi] != "-"):
        a.counted = text[noun[0] : noun[1]]
    elif t.deps[root] == "pobj" and t.words[t.heads[root]] == "of" and t.tags[t.heads[t.heads[root]]] in _NP:
        a.counted = _noun_phrase(text, t, t.heads[t.heads[root]])
    else:
        a.counted = _of_after_bracket(text, t, a)
    if a.counted is None:
        a.counted = _measured_subject(text, t, root, percent=a.dimension in _NO_NOUN_AFTER)
    if t.deps[root] in _OBJECT | _SUBJECT or (noun is not None and t.deps[noun[2]] in _OBJECT | _SUBJECT):
        _act(text, t, a, root if t.deps[root] in _OBJECT | _SUBJECT or noun is None else noun[2])
    elif t.deps[root] in ("npadvmod", "pobj", "appos", "conj", "nummod", "compound"):
        _act(text, t, a, root)


def _of_after_bracket(text: str, t: Tree, a: Amount) -> str | None:
    """`8 hectares (about 20 acres) of pine forest`: the forest, for both."""
    match = re.match(r"[ ]?(?:\([^()]{1,40}\)|\))[ ](?=of[ ])", text[a.end : a.end + 48])
    if not match:
        return None
    i = bisect_right(t.starts, a.end + match.end()) - 1
    noun = _noun_after(text, t, a, i, i)
    return text[noun[0] : noun[1]] if noun else None


def _measured_subject(text: str, t: Tree, i: int, *, percent: bool = False) -> str | None:
    """The subject of a verb that measures or changes: `The epicentre was 35 km south`, `Turnout fell to 48%`."""
    changes = change_words()
    for _ in range(6):
        head = t.heads[i]
        if head == i:
            return None
        if t.pos[head] in ("VERB", "AUX"):
            lemma = t.lemmas[head]
            if lemma in _MEASURE or (lemma, "verb") in changes:
                return _subject(text, t, head) or _object(text, t, head, skip=i)
            return None
        if t.deps[i] in _SUBJECT:
            return None
        i = head
    return None


def _subject(text: str, t: Tree, verb: int) -> str | None:
    for _ in range(3):
        subject = next((c for c in t.children[verb][:_MAX] if t.deps[c] in _SUBJECT), None)
        if subject is not None:
            if t.tags[subject] in ("PRP", "WDT", "WP", "DT", "EX"):
                if t.tags[subject] in ("WDT", "WP") and t.deps[verb] == "relcl":
                    return _noun_phrase(text, t, t.heads[verb])
                return None
            return _noun_phrase(text, t, subject)
        if t.deps[verb] not in ("conj", "xcomp", "advcl"):
            return None
        verb = t.heads[verb]
    return None


def _object(text: str, t: Tree, verb: int, *, skip: int = -1) -> str | None:
    thing = next((c for c in t.children[verb][:_MAX] if t.deps[c] == "dobj" and c != skip and t.tags[c] in _NP), None)
    return _noun_phrase(text, t, thing) if thing is not None else None


def _act(text: str, t: Tree, a: Amount, i: int) -> None:
    """Set the action: the verb that the counted noun is subject or object of."""
    changes = change_words()
    noun = i
    for _ in range(8):
        dep, head = t.deps[i], t.heads[i]
        if head == i:
            break
        if dep in _SUBJECT or dep in _OBJECT:
            _verb(text, t, a, head, i)
            break
        if dep == "pobj":
            verb = t.heads[head]
            if t.words[head] == "of":
                i = verb
                continue
            if (
                t.pos[verb] == "VERB"
                and t.words[head] in ("to", "by", "from", "at")
                and (t.lemmas[verb], "verb") in changes
            ):
                _verb(text, t, a, verb, i)
            break
        if dep == "npadvmod":
            if (t.lemmas[head], "verb") in changes:
                _verb(text, t, a, head, i)
            break
        if dep not in ("conj", "appos", "nummod", "quantmod", "compound", "nmod", "amod", "poss", "prep", "attr"):
            break
        if dep == "attr" or dep == "prep":
            break
        i = head
    if a.action is None and a.dimension == "count":
        clause = next(
            (c for c in t.children[noun][:_MAX] if t.deps[c] in ("acl", "relcl") and t.tags[c].startswith("VB")), None
        )
        if clause is not None:
            _verb(text, t, a, clause, noun)


def _verb(text: str, t: Tree, a: Amount, verb: int, argument: int) -> None:
    """Set the action to a verb, or to the one that it passes on to: `were forced to flee`, `feared dead`."""
    for _ in range(3):
        lemma = t.lemmas[verb]
        children = t.children[verb][:_MAX]
        state = next(
            (
                c
                for c in children
                if t.deps[c] in ("acomp", "oprd", "ccomp", "attr", "amod") and t.words[c] in _states()
            ),
            None,
        )
        if (
            state is None
            and argument + 1 < len(t)
            and t.words[argument + 1] in _states()
            and argument > verb
            and lemma in ("leave", "make", "find", "report", "render")
        ):
            state = argument + 1
        if state is not None and (lemma in _STATES or lemma in _PASS_ON or lemma in ("leave", "find", "render")):
            word = t.words[state]
            if lemma in ("make", "render"):
                a.action, a.action_text = (
                    f"{lemma} {word}",
                    f"{text[t.starts[verb] : t.ends[verb]]} {text[t.starts[state] : t.ends[state]]}",
                )
            else:
                a.action, a.action_text = _states()[word], text[t.starts[state] : t.ends[state]]
            return
        onward = next(
            (c for c in children if t.deps[c] in ("xcomp", "ccomp") and t.tags[c].startswith("VB") and c > verb), None
        )
        if onward is not None and lemma in _PASS_ON:
            verb = onward
            continue
        break
    lemma = t.lemmas[verb]
    word = text[t.starts[verb] : t.ends[verb]]
    if lemma in _EMPTY or not t.tags[verb].startswith("VB") or (word[:1].isupper() and t.sentence[verb] != verb):
        return  # a capital inside a sentence is a name that was taken for a verb
    particle = t.child(verb, "prt")
    if particle is not None and particle > verb:
        a.action = f"{lemma} {t.words[particle]}"
        near = particle == verb + 1
        a.action_text = text[t.starts[verb] : t.ends[particle if near else verb]]
    else:
        a.action, a.action_text = lemma, text[t.starts[verb] : t.ends[verb]]


def _change(text: str, t: Tree, a: Amount, lo: int, root: int) -> None:
    """Up or down, from `rose 5%`, `down 3 points`, `an increase of 12`, `cut by half`."""
    if a.change is not None or a.role in ("from", "to"):
        return
    changes = change_words()
    before = text[max(0, a.start - 8) : a.start].lower()
    adverb = re.search(r"\b(up|down) $", before)
    if adverb and a.dimension not in ("duration", "age"):
        a.change = adverb[1]
        return
    after = re.match(r" (higher|lower|up|down)\b(?! to)", text[a.end : a.end + 10])
    if after and a.dimension not in ("duration", "age", "count"):
        a.change, a.role = changes.get((after[1], "adverb")), "change-noun"
        return
    if a.dimension in ("duration", "age"):
        return
    i = root
    for _ in range(3):
        dep, head = t.deps[i], t.heads[i]
        if head == i:
            return
        lemma = t.lemmas[head]
        if t.pos[head] == "VERB" and (lemma, "verb") in changes:
            if dep in ("dobj", "npadvmod", "advmod", "attr", "ccomp", "xcomp", "oprd", "nummod", "dep"):
                if a.dimension != "count" or (dep != "dobj" and i == root):
                    a.change = changes[lemma, "verb"] or None
            return
        if dep == "pobj" and t.words[head] in ("by", "to"):
            verb = t.heads[head]
            if t.pos[verb] == "VERB" and (t.lemmas[verb], "verb") in changes:
                if t.words[head] == "by" or not any(
                    c < root and t.pos[c] in ("NOUN", "NUM") and t.deps[c] in ("npadvmod", "dobj")
                    for c in t.children[verb][:_MAX]
                    if c > verb
                ):
                    a.change = changes[t.lemmas[verb], "verb"] or None
            return
        if (
            t.pos[head] == "NOUN"
            and (lemma, "noun") in changes
            and (dep in ("nummod", "compound", "nmod", "amod") and head > i)
        ):
            a.change, a.role = changes[lemma, "noun"], "change-noun"
            return
        if dep == "pobj" and t.words[head] == "of" and (t.lemmas[t.heads[head]], "noun") in changes:
            a.change, a.role = changes[t.lemmas[t.heads[head]], "noun"], "change-noun"
            return
        if dep not in ("nummod", "quantmod", "compound", "conj", "nmod", "appos"):
            return
        if dep == "conj":
            return
        i = head
