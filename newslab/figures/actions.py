"""What happened to what a figure counts: for `At least 41 people were killed` the action is `kill`."""

from __future__ import annotations

import re

from newslab.figures.amounts import Amount
from newslab.figures.changes import THROUGH
from newslab.figures.figure_words import change_words, figure_words, states
from newslab.figures.nouns import NEAR, NOUNS, OBJECTS, SUBJECTS, word
from newslab.tree import Tree

_AWAY = re.compile(
    r"(?: \([^()]{1,30}\))? (?:away|apart|north|south|east|west|off|from|inland|offshore|deep|long|wide|high|tall)\b"
)


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
                if t.tags[verb] == "CD" and t.ends[verb] <= a.core:
                    return  # 60 of the 129 seats: the verb's are the 60
                i = verb  # hundreds of men
                continue
            if t.words[head] == "including" and t.tags[verb] in NOUNS:
                i = verb
                continue
            if t.words[head] == "of" and t.words[verb] in figure_words("sum"):
                i = verb  # a total of 16
                continue
            bounds = t.words[head] in figure_words("bound_preposition") and a.bound != "="
            if (bounds and a.dimension != "duration") or t.words[head] == "including":
                _set_verb(text, t, a, verb, i)
                break
            changing = (t.lemmas[verb], "verb") in changes
            moved = a.dimension == "count" and t.words[head] in ("by", "among")
            changing = changing or t.lemmas[verb] in figure_words("complement")
            if t.tags[verb].startswith("VB") and (moved or (changing and t.words[head] in ("to", "by", "from", "at"))):
                _set_verb(text, t, a, verb, i)
            break
        if dep == "npadvmod":
            if (t.lemmas[head], "verb") in changes:
                _set_verb(text, t, a, head, i)
            break
        if dep not in THROUGH:
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
        if state is not None and lemma in figure_words("link") | figure_words("pass_on"):
            if lemma in ("make", "render"):
                a.action = f"{lemma} {t.words[state]}"
                a.action_text = f"{word(text, t, verb)} {word(text, t, state)}"
            else:
                a.action, a.action_text = states()[t.words[state]], word(text, t, state)
            return
        onward = next(
            (c for c in children if t.deps[c] in ("xcomp", "ccomp") and t.tags[c].startswith("VB") and c > verb), None
        )
        if onward is None or lemma not in figure_words("pass_on"):
            break
        verb = a.verb = onward
    if t.lemmas[verb] == "say" and argument > verb:
        return  # the union says 1,900
    printed = word(text, t, verb)
    if t.words[verb] in states() and t.tags[verb].startswith("VB"):
        a.action, a.action_text = states()[t.words[verb]], printed
        return
    if t.lemmas[verb] in figure_words("empty") or not t.tags[verb].startswith("VB"):
        return
    if printed[:1].isupper() and t.sentence[verb] != verb and not printed.isupper() and not _titled(text, t, verb):
        return  # a capital inside a sentence is a name that was taken for a verb
    particle = t.child(verb, "prt")
    if particle is None and verb + 1 < len(t) and t.words[verb + 1] in ("up", "down"):
        particle = verb + 1 if t.heads[verb + 1] == verb and (t.lemmas[verb], "verb") in change_words() else None
    if particle is not None and particle > verb:
        a.action = f"{t.lemmas[verb]} {t.words[particle]}"
        a.action_text = text[t.starts[verb] : t.ends[particle if particle == verb + 1 else verb]]
    else:
        a.action, a.action_text = t.lemmas[verb], printed


def _titled(text: str, t: Tree, i: int) -> bool:
    """Whether the words around token `i` are capitalised like a headline's."""
    around = [text[t.starts[j]] for j in range(max(0, i - 4), min(len(t), i + 5)) if len(t.words[j]) > 3 and j != i]
    return sum(c.isupper() for c in around) > len(around) / 2
