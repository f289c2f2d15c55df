"""What happened to what a figure counts, and whether the figure goes up or down, read from the parse.

Every walk up or along the tree is short and bounded, so that the cost a figure does not grow with the
sentence.
"""

from __future__ import annotations

import re
from functools import cache

from newslab import rules
from newslab.amounts import Amount
from newslab.tree import Tree

NEAR = 40  # children looked at on either side of a head
NOUNS = {"NN", "NNS", "NNP", "NNPS"}
OBJECTS = {"dobj", "obj", "iobj", "dative", "oprd"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
# Verbs that hand their subject or object on to the next one: forced to flee, believed killed, began to leave
_PASS_ON = frozenset(
    ["say", "believe", "think", "report", "know", "fear", "expect", "allege", "estimate", "presume", "confirm", "consider", "appear", "seem", "begin", "start", "continue", "try", "manage", "fail", "want", "plan", "need", "force", "order", "allow", "go", "set", "hope", "have", "prepare", "make", "tell", "ask", "urge"]
)
_LINKS = frozenset(["be", "remain", "stay", "become", "get", "go", "feel", "lie", "leave", "find", "render", "make", "report"])
_EMPTY = frozenset(("be", "have", "do", "include"))
_RANGES = frozenset(["range", "vary", "span", "run", "stretch", "extend", "price", "differ", "age", "last", "estimate"])
_THROUGH = frozenset(("conj", "appos", "nummod", "quantmod", "compound", "nmod", "amod", "poss"))
_BOUND_PREPOSITIONS = frozenset(("between", "over", "under", "above", "below", "around", "about", "than"))
_DIRECTION = re.compile(r"\b(up|down|upwards?|downwards?)(?: by)? $")
_COMPARED = re.compile(r" (higher|lower|up|down)\b(?! to)")
_AWAY = re.compile(
    r"(?: \([^()]{1,30}\))? (?:away|apart|north|south|east|west|off|from|inland|offshore|deep|long|wide|high|tall)\b"
)


@cache
def change_words() -> dict[tuple[str, str], str]:
    """(lemma, verb or noun) -> up, down or "" (a change whose direction the word does not tell)."""
    return {(row["lemma"], row["kind"]): row["change"] for row in rules.read("change_words")}


@cache
def states() -> dict[str, str]:
    """Words for a state that news counts people in (`dead`, `injured`) -> lemma."""
    return {row["word"]: row["lemma"] for row in rules.read("state_words")}


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
    while start < i and t.tags[start] in ("POS", "HYPH"):
        start += 1
    return text[t.starts[start] : t.ends[i]]


def subject(text: str, t: Tree, verb: int) -> str | None:
    """The noun phrase that a verb, or the verb it hangs on, has as subject."""
    for _ in range(3):
        i = next((c for c in t.children[verb][:NEAR] if t.deps[c] in SUBJECTS), None)
        if i is not None:
            if t.tags[i] in ("WDT", "WP", "DT") and t.deps[verb] == "relcl":
                return noun_phrase(text, t, t.heads[verb])
            return noun_phrase(text, t, i) if t.tags[i] in NOUNS else None
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


def set_action(text: str, t: Tree, a: Amount, i: int) -> None:
    """Set the action of an amount to the verb that token `i` is subject or object of."""
    if a.dimension == "length" and _AWAY.match(text, a.end):
        return  # a distance is where it happened
    changes, noun = change_words(), i
    for _ in range(8):
        dep, head = t.deps[i], t.heads[i]
        if head == i:
            break
        if dep in SUBJECTS or dep in OBJECTS:
            _set_verb(text, t, a, head, i)
            break
        if dep == "pobj":
            verb = t.heads[head]
            if (
                t.words[head] == "of"
                and t.tags[verb] not in ("NN", "NNP", "JJ", "VBN")
                and not t.tags[verb].startswith("VB")
            ):
                i = verb  # hundreds of men
                continue
            if t.words[head] == "including" and t.tags[verb] in NOUNS:
                i = verb
                continue
            if (t.words[head] in _BOUND_PREPOSITIONS and a.dimension != "duration") or t.words[head] == "including":
                _set_verb(text, t, a, verb, i)
                break
            changing = (t.lemmas[verb], "verb") in changes
            moved = a.dimension == "count" and t.words[head] in ("by", "from", "to", "among")
            if t.tags[verb].startswith("VB") and (moved or (changing and t.words[head] in ("to", "by", "from", "at"))):
                _set_verb(text, t, a, verb, i)
            break
        if dep == "npadvmod":
            if (t.lemmas[head], "verb") in changes:
                _set_verb(text, t, a, head, i)
            break
        if dep not in _THROUGH:
            break
        i = head
    if a.action is None and a.dimension in ("count", "fraction"):
        for c in t.children[noun][:NEAR]:
            if t.deps[c] in ("acl", "relcl") and t.tags[c].startswith("VB"):
                _set_verb(text, t, a, c, noun)
                break


def _set_verb(text: str, t: Tree, a: Amount, verb: int, argument: int) -> None:
    """Set the action to a verb, or to what it hands on to: `were forced to flee`, `are feared dead`."""
    a.verb = verb
    for _ in range(4):
        lemma, children = t.lemmas[verb], t.children[verb][:NEAR]
        state = next((c for c in children if t.words[c] in states() and t.deps[c] not in SUBJECTS), None)
        after = argument + 1
        if state is None and argument > verb and after < len(t) and t.words[after] in states():
            state = after
        if state is not None and lemma in _LINKS | _PASS_ON:
            if lemma in ("make", "render"):
                a.action = f"{lemma} {t.words[state]}"
                a.action_text = f"{word(text, t, verb)} {word(text, t, state)}"
            else:
                a.action, a.action_text = states()[t.words[state]], word(text, t, state)
            return
        onward = next(
            (c for c in children if t.deps[c] in ("xcomp", "ccomp") and t.tags[c].startswith("VB") and c > verb), None
        )
        if onward is None or lemma not in _PASS_ON:
            break
        verb = a.verb = onward
    printed = word(text, t, verb)
    if t.words[verb] in states() and t.tags[verb].startswith("VB"):
        a.action, a.action_text = states()[t.words[verb]], printed
        return
    if t.lemmas[verb] in _EMPTY or not t.tags[verb].startswith("VB"):
        return
    if printed[:1].isupper() and t.sentence[verb] != verb and not printed.isupper() and not _titled(text, t, verb):
        return  # a capital inside a sentence is a name that was taken for a verb
    particle = t.child(verb, "prt")
    if particle is not None and particle > verb:
        a.action = f"{t.lemmas[verb]} {t.words[particle]}"
        a.action_text = text[t.starts[verb] : t.ends[particle if particle == verb + 1 else verb]]
    else:
        a.action, a.action_text = t.lemmas[verb], printed


def _titled(text: str, t: Tree, i: int) -> bool:
    """Whether the words around token `i` are capitalised like a headline's."""
    around = [text[t.starts[j]] for j in range(max(0, i - 4), min(len(t), i + 5)) if len(t.words[j]) > 3 and j != i]
    return sum(c.isupper() for c in around) > len(around) / 2


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
            if dep in ("npadvmod", "advmod", "attr", "ccomp", "xcomp", "oprd", "nummod", "dep") or (dep == "dobj" and a.dimension != "count" and (lemma, a.dimension) != ("raise", "money")):
                a.change = changes[lemma, "verb"] or None
            return
        if dep == "pobj" and (t.words[head] in ("by", "to") or t.words[head] in _BOUND_PREPOSITIONS):
            verb = t.heads[head]
            if t.pos[verb] == "VERB" and (t.lemmas[verb], "verb") in changes:
                if t.words[head] != "to" or not _has_amount(t, verb, root):
                    a.change = changes[t.lemmas[verb], "verb"] or None
            return
        if t.pos[head] == "NOUN" and (lemma, "noun") in changes and head > i and dep in _THROUGH:
            a.change, a.role = changes[lemma, "noun"], "change-noun"
            return
        if dep == "pobj" and t.words[head] == "of" and (t.lemmas[t.heads[head]], "noun") in changes:
            a.change, a.role = changes[t.lemmas[t.heads[head]], "noun"], "change-noun"
            return
        if dep not in _THROUGH or dep == "conj":
            return
        i = head


def _is_particle(t: Tree, a: Amount) -> bool:
    """Whether the `up` before an amount belongs to the verb: `gave up 517 yards`."""
    from bisect import bisect_left

    i = bisect_left(t.starts, a.start) - 1
    return i > 0 and t.deps[i] == "prt" and (t.lemmas[i - 1], "verb") not in change_words() and t.lemmas[i - 1] != "be"


def _has_amount(t: Tree, verb: int, before: int) -> bool:
    """Whether a verb has the amount of its change beside the level it reached: `rose 5 points to 80`."""
    return any(
        verb < c < before and t.deps[c] in ("npadvmod", "dobj") and t.pos[c] in ("NOUN", "NUM", "SYM")
        for c in t.children[verb][:NEAR]
    )


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
    if first.value < second.value and gap in ("to", "up to") and (lemma in _RANGES or not changing):
        first.low, first.high, first.value = first.value, second.value, None
        first.bound, first.end, first.role, second.role = "range", second.end, "number", "part of a range"
        first.unit, first.dimension, first.rate = second.unit or first.unit, second.dimension, second.rate
    elif changing or first.value > second.value:
        direction = changes.get((lemma, "verb")) or changes.get((lemma, "noun"))
        first.change = second.change = direction or ("up" if first.value < second.value else "down")
    elif gap not in ("to", "up to"):
        first.role = second.role = "number"
