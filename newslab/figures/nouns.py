"""Noun phrases of the parse: the one after a number, the subject and the object of a verb.

Every walk up or along the tree is short and bounded, so that the cost a figure does not grow with the
sentence.
"""

from __future__ import annotations

from newslab.figures.amounts import Amount
from newslab.figures.figure_words import change_words, figure_words
from newslab.tree import Tree

NEAR = 40  # children looked at on either side of a head
NOUNS = {"NN", "NNS", "NNP", "NNPS"}
OBJECTS = {"dobj", "obj", "iobj", "dative", "oprd"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_LONGEST = 14  # tokens of a noun phrase
_BEFORE_NOUN = {"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "AFX", "POS", "FW"}
_DETERMINERS = {"DT", "PRP$", "PDT", "WDT"}
_MEASURED_BY = frozenset(
    ("dobj", "attr", "npadvmod", "pobj", "prep", "acomp", "advmod", "quantmod", "nummod", "oprd", "conj", "compound")
) | {"nmod", "amod", "xcomp", "ccomp"}


def word(text: str, t: Tree, i: int) -> str:
    """Token `i` as printed."""
    return text[t.starts[i] : t.ends[i]]


def noun_phrase(text: str, t: Tree, i: int) -> str:
    """The noun phrase of head `i`, without determiners before it and what follows it."""
    start, left = i, max(t.left[i], i - 8)
    while start > left and (t.tags[start - 1] in NOUNS or t.tags[start - 1][:2] in ("JJ", "VB", "HY", "PO")):
        if t.tags[start - 1][:2] == "VB" and t.tags[start - 1] not in ("VBN", "VBG"):
            break
        start -= 1
    while start < i and (
        t.tags[start] in ("POS", "HYPH") or (start > 0 and t.tags[start - 1] == "HYPH" and t.left[i] < start)
    ):
        start += 1
    return text[t.starts[start] : t.ends[i]]


def subject(text: str, t: Tree, verb: int) -> str | None:
    """The noun phrase that a verb, or the verb it hangs on, has as subject."""
    i = subject_of(t, verb)
    return noun_phrase(text, t, i) if i is not None and t.tags[i] in NOUNS else None


def subject_of(t: Tree, verb: int) -> int | None:
    """The token that is subject of a verb; for `which` and `who` the noun they stand for."""
    for _ in range(3):
        i = next((c for c in t.children[verb][:NEAR] if t.deps[c] in SUBJECTS), None)
        if i is not None:
            return t.heads[verb] if t.tags[i] in ("WDT", "WP", "DT") and t.deps[verb] == "relcl" else i
        if t.deps[verb] not in ("conj", "xcomp", "advcl"):
            return None
        verb = t.heads[verb]
    return None


def direct_object(text: str, t: Tree, verb: int, *, skip: int = -1) -> str | None:
    """The noun phrase that a verb has as object."""
    for c in t.children[verb][:NEAR]:
        if t.deps[c] == "dobj" and c != skip and t.tags[c] in NOUNS:
            return noun_phrase(text, t, c)
    return None


def _changed(t: Tree, verb: int, through: int) -> int | None:
    """The object of a verb of change that has the figure behind a preposition: `cut rates by 2 points`."""
    if t.deps[through] != "prep":
        return None
    objects = (c for c in t.children[verb][:NEAR] if t.deps[c] == "dobj" and t.tags[c] in NOUNS)
    return next((c for c in objects if all(t.tags[k] != "CD" for k in t.children[c][:NEAR])), None)  # gained 2 points


def root_of(t: Tree, lo: int, hi: int) -> int:
    """The token of a stretch that the others hang on: the last noun or number whose head lies outside."""
    best = hi - 1
    for i in range(hi - 1, lo - 1, -1):
        if not lo <= t.heads[i] < hi or t.heads[i] == i:
            if t.pos[i] in ("NOUN", "NUM", "PROPN", "SYM") or not t.pos[i]:
                return i
            best = i
    return best


def noun_after(text: str, t: Tree, a: Amount, hi: int, root: int) -> tuple[int, int, int] | None:
    """Start and end of the noun phrase that follows the number, and its head token."""
    i, limit = hi, min(hi + _LONGEST, len(t))
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
    if t.words[hi] in ("-", "–") and i == hi + 1 and t.tags[i] in NOUNS and a.unit is None:
        return t.starts[i], t.ends[i], i  # a 400-page report
    target = t.heads[root] if t.deps[root] in ("nummod", "compound", "nmod", "amod", "quantmod") else -1
    first = last = None
    for j in range(i, limit):
        tag, hyphened = t.tags[j], j > i and t.words[j - 1] in ("-", "–")
        glued = j > 0 and t.starts[j] == t.ends[j - 1] and t.words[j - 1][-1:].isdigit()  # the M of 4.3M
        if first is None and (glued or t.words[j][:1].isdigit() or (tag in ("HYPH", "CD") and j > i)):
            continue  # eight million 250ml bottles
        if tag in NOUNS or (not tag and t.words[j].isalpha()) or (hyphened and t.words[j].isalpha()):
            if last is not None and t.heads[last] < last and t.starts[j] - t.ends[j - 1] > 1:
                break
            first = j if first is None else first
            last = j if tag in NOUNS or not tag else last
            if (j == target and t.deps[j] != "compound") or not tag:
                break
        elif tag in _BEFORE_NOUN or (
            tag in ("RB", "RBS", "RBR") and t.tags[min(j + 1, limit - 1)] in ("JJ", "VBN", "CC")
        ):
            if last is not None and tag not in ("HYPH", "POS") and t.tags[j - 1] != "POS":
                break
            if tag in ("VBN", "VBG") and not any(t.tags[n] in NOUNS for n in range(j + 1, min(j + 3, limit))):
                break
            first = j if first is None and t.words[j] not in ("most", "least") else first
        elif tag == "CD" and last is not None and t.tags[j - 1] == "POS":
            first = last = None  # thirty-four of the line's fifty-one stations
        elif tag == "CD" and t.tags[j - 1] == "NNP" and last == j - 1 and j + 1 < limit and t.tags[j + 1] in NOUNS:
            continue  # 63,000 Model 3 sedans
        elif not (tag == "CC" and first is not None and _joins(t, j, limit, target)):
            break
    if last is None or first is None or first > last:
        return None
    if first == hi < last and _is_of_one(t, a, hi, last):
        return t.starts[hi], t.ends[hi], hi  # the 12 page document
    if a.unit and (t.lemmas[last] in figure_words("period") or t.words[last] in figure_words("direction")):
        return None  # paid £400 last year
    end = last + 2 if a.unit is None and a.number.kind == "exact" and _has_pair(t, last) else last
    return t.starts[first], t.ends[end], last


def _is_of_one(t: Tree, a: Amount, first: int, last: int) -> bool:
    """Whether several of a noun belong to one of the next: `the 12 page document`, but `the 12 fighter aircraft`."""
    several = a.number.kind == "exact" and (a.value or a.high or 0) > 1
    one = t.tags[first] == t.tags[last] == "NN" and t.words[last] not in figure_words("same_plural")
    return several and one and a.token > 0 and t.tags[a.token - 1] in _DETERMINERS


def _has_pair(t: Tree, i: int) -> bool:
    """Whether a plural is counted with the next one: `60 guards and drivers`."""
    if i + 2 >= len(t) or t.words[i + 1] != "and" or t.tags[i] != "NNS" or t.tags[i + 2] != "NNS":
        return False
    return t.deps[i + 2] == "conj" and t.heads[i + 2] == i and t.right[i + 2] <= i + 4


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


def measured_subject(t: Tree, i: int) -> int | None:
    """The subject of the verb of measure or change above: `The epicentre was 35 km south`, `Turnout fell to 48%`."""
    changes = change_words()
    for _ in range(6):
        head = t.heads[i]
        if head == i or t.deps[i] not in _MEASURED_BY:
            return None
        if t.pos[head] in ("VERB", "AUX"):
            if t.lemmas[head] not in figure_words("measure") and (t.lemmas[head], "verb") not in changes:
                return None
            found = _changed(t, head, i) if (t.lemmas[head], "verb") in changes else None
            if found is not None:
                return found
            found = subject_of(t, head)
            return found if found is not None and t.tags[found] in NOUNS else None
        i = head
    return None
