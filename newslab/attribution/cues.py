"""Cues of attribution in a parse: the words that show that somebody said something, and what they govern.

A frame is one way in which a cue takes its content ("said that ...", "called for ...", "X, he said"); the
list `rules/reporting_verbs.csv` says which lemma takes which. Its patterns:

quote           quotations and, with `that`, a cue behind or within what is said ("X, he said")
that            a clause ("said the mine will close", "asked whether ...")
inf, ing        an infinitive or a participle ("vowed to stay", "proposed closing it")
object          a noun phrase ("denied the reports"), with what follows it ("accused him of lying")
object-inf      an object and an infinitive ("urged them to leave")
object-as       an object and what it is called ("called it a mistake")
passive, passive-inf, passive-as    the same of a passive ("was reported", "is said to", "was called a mistake")
raising         the cue stands between subject and predicate ("seems to be lost")
light           takes a noun of the list and its complement ("expressed concern about ...")
about, for ...  a preposition ("called for an inquiry"); for nouns and adjectives also `that` and `to`
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newslab import rules
from newslab.attribution.actors import actor_type
from newslab.tree import Range, Tree

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
CLAUSES = ("ccomp", "xcomp", "pcomp", "advcl", "acl", "conj", "prep", "parataxis", "dep")
RELATIVE = {"who", "which", "that", "whom", "whose"}
EXPLETIVE = {"it", "there", "what"}
FINITE = {"VBD", "VBZ", "VBP"}
# what may follow an object and still belong to what was said of it: "accused him of lying"
OBJECT_TAILS = {"prep", "xcomp", "oprd", "acl", "dative", "ccomp"}
LEMMA_SLIPS = {"hop": "hope", "retweete": "retweet", "extoll": "extol", "tweete": "tweet"}  # of spaCy's lemmatizer
# verbs whose passive names the one who feels or thinks so: "was convinced that"
FEELINGS = {"convince", "concern", "worry", "surprise", "oppose", "commit", "determine", "divide", "split", "alarm"}
CLOSING = {")", "]", '"', "\u201d", "''", "\u00bb"}
BARE = {"about", "on", "that", "to"}  # what an unowned noun that is an object may be followed by: "has doubts about"
LONGEST_SOURCE = 80  # tokens on either side of its head
TIMES = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "night",
    "morning", "afternoon", "evening", "week", "month", "year", "earlier", "later", "recently", "tonight",
}  # fmt: skip
SOURCELESS = {"passive", "passive-inf", "passive-as", "raising"}  # frames that need no source
QUOTING = {"after", "inside", "as-clause"}  # frames of a cue that stands behind or within its content


class Frame(NamedTuple):
    """One way in which the cue at token `verb` takes its content."""

    verb: int
    lemma: str
    pattern: str
    act: str
    cue: tuple[int, ...]
    content: tuple[Range, ...]


@cache
def lexicon(pos: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Lemmas of a part of speech (verb, noun, adjective) with their act and the patterns they take."""
    return {
        row["lemma"]: (row["act"], frozenset(row["patterns"].split()))
        for row in rules.read("reporting_verbs")
        if row["pos"] == pos
    }


def cues(t: Tree, *, skip: list[bool]) -> list[Frame]:
    """Every frame of every cue in the text but of those within `skip`; best first for each cue."""
    verbs, nouns = lexicon("verb"), lexicon("noun")
    found: list[Frame] = []
    for i in range(len(t)):
        if skip[i]:
            continue
        if t.pos[i] in ("VERB", "AUX"):
            lemma = LEMMA_SLIPS.get(t.lemmas[i], t.lemmas[i])
            act, patterns = verbs.get(lemma, ("", frozenset()))
            says = act != "attitude" and patterns >= {"quote", "that"}
            found += [
                Frame(i, lemma, pattern, frame_act or act, cue, content)
                for pattern, frame_act, cue, content in _frames(t, i)
                if frame_act or pattern in patterns or (pattern in QUOTING and says)
            ]
        elif t.pos[i] == "NOUN" and t.lemmas[i] in nouns:
            found += _noun_cue(t, i)
        if t.words[i] == "according":
            found += _according(t, i)
    return found


def _frames(t: Tree, v: int) -> Iterator[tuple[str, str, tuple[int, ...], tuple[Range, ...]]]:
    """Frames of the verb at token `v`, best first: pattern, act where not the verb's own, cue, content."""
    cue = _verb_group(t, v)
    passive = t.child(v, "nsubjpass")
    obj = t.child(v, "dobj", "dative")
    oprd = t.child(v, "oprd")
    for c in t.children[v]:
        dep = t.deps[c]
        if dep == "ccomp" and c > v:
            subject = t.child(c, *SUBJECTS)
            if subject is not None and any(t.tags[k] == "TO" for k in t.children[c]):
                yield "object-inf", "", cue, (_span(t, c),)
            elif t.tags[c] == "VBG" and t.child(c, "aux") is None:
                yield "ing", "", cue, (_span(t, c),)
            else:
                if t.words[t.child(v, *SUBJECTS) or v] in EXPLETIVE:
                    yield "raising", "", cue, (_span(t, c),)  # "it seems that"
                yield "that", "", cue, (_after_time(t, v, c),)
        elif dep == "ccomp" and (t.pos[c] in ("VERB", "AUX") or t.child(c, *SUBJECTS) is not None):
            yield "after", "", cue, ((t.left[c], min(t.right[c], v)),)
        elif dep == "xcomp" and c > v:
            own = t.child(v, *SUBJECTS)
            if own is not None:
                yield "raising", "", cue, (_span(t, own), _span(t, c))
            if passive is not None:
                yield "passive-inf", "", cue, (_span(t, passive), _span(t, c))
            elif obj is not None and v < obj < c:
                yield "object-inf", "", cue, ((t.left[obj], t.right[c]),)
            else:
                yield "ing" if t.tags[c] == "VBG" else "inf", "", cue, (_span(t, c),)
    if t.deps[v] == "parataxis":
        yield "inside", "", cue, _around(t, t.heads[v], v)
    elif t.deps[v] in ("advcl", "ccomp") and any(
        t.words[k] == "as" and t.deps[k] in ("mark", "advmod") for k in t.children[v]
    ):
        yield "as-clause", "", cue, _around(t, t.heads[v], v)
    if passive is not None:
        if oprd is not None:
            yield "passive-as", "", cue, (_span(t, passive), _span(t, oprd))
        yield "passive", "", cue, (_span(t, passive),)
    if obj is not None and obj > v:
        yield from _noun_frames(t, v, obj, cue)
        end = t.right[obj]
        for k in t.children[v]:
            if k > obj and t.deps[k] in OBJECT_TAILS and t.left[k] <= end + 1:
                end = max(end, t.right[k])
        yield "object-as" if oprd is not None else "object", "", cue, ((t.left[obj], end),)
    for p in t.children[v]:
        if t.deps[p] == "prep" and p > v and t.child(p, "pobj", "pcomp") is not None:
            content: tuple[Range, ...] = ((p + 1, t.right[p]),)
            if passive is not None and t.words[p] == "as":
                content = (_span(t, passive), *content)
            elif t.words[p] == "like" and (own := t.child(v, *SUBJECTS)) is not None:
                yield "raising", "", cue, (_span(t, own), _span(t, p))
            yield t.words[p], "", (*cue, p), content
        elif t.deps[p] in ("acomp", "oprd"):
            own = t.child(v, *SUBJECTS)
            if own is not None:
                yield "raising", "", cue, (_span(t, own), _span(t, p))
            act, patterns = lexicon("adjective").get(t.lemmas[p], ("", frozenset()))
            for complement, mark, content in _complements(t, p):
                if complement in patterns:
                    yield "adjective", act, (*cue, p, *mark), content


def _after_time(t: Tree, v: int, c: int) -> Range:
    """The clause of `c` without the time of the saying: "said on Friday they had left"."""
    start, end = _span(t, c)
    first = t.children[c][0] if t.children[c] else c
    if start == v + 1 and first < c and t.deps[first] in ("prep", "npadvmod", "advmod"):
        noun = t.child(first, "pobj") if t.deps[first] == "prep" else first
        if noun is not None and t.words[noun] in TIMES:
            start = t.right[first]
    return start, end


def _noun_frames(
    t: Tree, v: int, noun: int, cue: tuple[int, ...]
) -> Iterator[tuple[str, str, tuple[int, ...], tuple[Range, ...]]]:
    """Frames of a verb with a noun of speech or thought: "expressed concern about reports"."""
    act, patterns = lexicon("noun").get(t.lemmas[noun], ("", frozenset()))
    _, own = lexicon("verb").get(t.lemmas[v], ("", frozenset()))
    if patterns and ("light" in own or "object" in own):
        for complement, mark, content in _complements(t, noun):
            if complement in patterns:
                yield "noun", act, (*cue, *range(t.left[noun], noun + 1), *mark), content


def _complements(t: Tree, i: int) -> Iterator[tuple[str, tuple[int, ...], tuple[Range, ...]]]:
    """What a noun or adjective is about: name of the complement, words of it for the cue, content."""
    for k in t.children[i]:
        if k < i:
            continue
        if t.deps[k] == "prep" and t.child(k, "pobj", "pcomp") is not None:
            yield t.words[k], (k,), ((k + 1, t.right[k]),)
        elif t.deps[k] in ("acl", "ccomp", "xcomp", "advcl"):
            to = any(t.tags[m] == "TO" for m in t.children[k])
            if to or t.deps[k] != "acl" or t.tags[k] not in ("VBG", "VBN"):
                yield "to" if to else "that", (), (_span(t, k),)


def _noun_cue(t: Tree, i: int) -> list[Frame]:
    """Frames of a noun with its own source or none: "the mayor's claim that ...", "questions about ..."."""
    act, patterns = lexicon("noun")[t.lemmas[i]]
    found = []
    for name, mark, content in _complements(t, i):
        if name not in patterns:
            continue
        if t.child(i, "poss") is not None:
            found.append(Frame(i, t.lemmas[i], f"noun-owned-{name}", act, (i, *mark), content))
        elif (t.deps[i] == "dobj" and name in BARE) or (t.deps[i] == "pobj" and name == "that"):
            found.append(Frame(i, t.lemmas[i], f"noun-bare-{name}", act, (i, *mark), content))
    return found


def _according(t: Tree, i: int) -> list[Frame]:
    """The frame of "according to X" at token `i`: its content is the clause that it hangs on."""
    head = t.heads[i]
    if i + 1 >= len(t) or t.words[i + 1] != "to" or head == i:
        return []
    while t.pos[head] not in ("VERB", "AUX") and t.heads[head] != head:
        head = t.heads[head]
    return [Frame(i, "according to", "according", "speech", (i, i + 1), _around(t, head, i))]


def source_head(t: Tree, frame: Frame) -> int | None:
    """The token that heads the noun phrase of who said it, or None where the text gives no source."""
    v = frame.verb
    if frame.pattern == "according":
        to = t.child(v + 1, "pobj")
        return to if to is not None else t.child(v, "pobj")
    passive = t.child(v, "nsubjpass")
    if frame.pattern == "raising":
        return None
    if frame.pattern.startswith("noun-"):
        owner = t.child(v, "poss")
        if owner is not None:
            return owner
        by = next((k for k in t.children[v] if t.words[k] in ("by", "from", "among") and k > v), None)
        if by is not None:
            return t.child(by, "pobj")
        above = t.heads[v]
        if t.deps[v] == "pobj" and t.deps[above] == "prep":
            return subject(t, t.heads[above]) if t.pos[t.heads[above]] in ("VERB", "AUX") else t.heads[above]
        return subject(t, above) if t.deps[v] in ("dobj", "attr") else None
    if passive is not None:
        agent = t.child(v, "agent")
        if agent is not None:
            return t.child(agent, "pobj")
        return passive if frame.lemma in FEELINGS and t.words[passive] not in EXPLETIVE else None
    return None if is_passive(t, v) else subject(t, v)


def is_passive(t: Tree, v: int) -> bool:
    """Whether a verb is passive: "was told that", "asked whether ..., he said"."""
    if t.child(v, "nsubjpass") is not None:
        return True
    return t.tags[v] == "VBN" and t.deps[v] in ("advcl", "ROOT") and t.child(v, "aux", *SUBJECTS) is None


def subject(t: Tree, v: int) -> int | None:
    """The understood subject of a verb: its own, its conjunct's, or that of the clause above."""
    for _ in range(8):  # clauses deeper than that have another subject
        own = t.child(v, *SUBJECTS)
        if own is not None:
            return None if t.words[own] in ("there", "what") else own
        if t.tags[v] in FINITE and t.deps[v] != "conj":
            return _misread_subject(t, v)
        agent = t.child(v, "agent")
        if agent is not None and t.tags[v] == "VBN":
            return t.child(agent, "pobj")
        head = t.heads[v]
        if head == v:
            return None
        outer = misplaced(t, v)
        if outer is not None:
            return subject(t, outer)
        if t.deps[v] == "acl" and t.tags[v] == "VBG" and t.deps[head] == "dobj":
            issuer = t.child(t.heads[head], *SUBJECTS)  # "he issued a statement saying": his words
            if issuer is not None and actor_type([t.words[head]]) == "document":
                return issuer
        if t.deps[v] in ("acl", "relcl", "amod", "prep") and t.pos[head] in ("NOUN", "PROPN", "PRON"):
            owner = t.child(head, "poss")
            return head if t.deps[v] in ("acl", "amod", "relcl") and owner is None else owner
        if t.deps[v] == "xcomp":
            obj = t.child(head, "dobj", "dative")
            if obj is not None and obj < v:
                return obj
        if t.deps[v] not in CLAUSES:
            return None
        v = head
    return None


def misplaced(t: Tree, v: int) -> int | None:
    """The cue that shares its source with the cue `v`, which the parse hung within the other's content.

    "She said it failed and vowed to mend it", "he said it failed, adding that ...": whoever said the
    first vows and adds, too.
    """
    head = t.heads[v]
    trails = t.deps[v] == "advcl" and t.tags[v] == "VBG" and t.words[max(0, t.left[v] - 1)] == ","
    joined = t.deps[v] == "conj" or trails
    if not joined or head > v or not _says(t, v) or _says(t, head):
        return None
    for _ in range(3):
        outer = t.heads[head]
        if t.deps[head] == "ccomp":
            return outer if _says(t, outer) and outer < head else None
        head = outer
    return None


def _says(t: Tree, v: int) -> bool:
    """Whether the verb at token `v` is one of saying."""
    act, patterns = lexicon("verb").get(t.lemmas[v], ("", frozenset()))
    return act == "speech" and not patterns.isdisjoint(("quote", "inf"))


def _misread_subject(t: Tree, v: int) -> int | None:
    """The subject of a finite verb to which the parse gives none: a noun that stands before it."""
    for k in t.children[v]:
        if k >= v:
            break
        if t.pos[k] in ("NOUN", "PROPN", "PRON") and t.deps[k] in ("ccomp", "dep", "advcl", "nmod", "dobj", "attr"):
            return k
    return None


def source_range(t: Tree, head: int, verb: int) -> Range:
    """The whole noun phrase of a source, with title and apposition, without what the cue governs."""
    start, end = max(t.left[head], head - LONGEST_SOURCE), min(t.right[head], head + LONGEST_SOURCE)
    for k in t.children[head] if t.left[head] <= verb < t.right[head] else ():
        if t.left[k] <= verb < t.right[k]:  # a relative clause of which the cue is part
            if k > head:
                end = t.left[k]
            else:
                start = t.right[k]
    while end - 1 > head and t.pos[end - 1] in ("PUNCT", "SPACE") and t.words[end - 1] not in CLOSING:
        end -= 1
    while start < head and t.pos[start] in ("PUNCT", "SPACE"):
        start += 1
    return start, end


def _verb_group(t: Tree, v: int) -> tuple[int, ...]:
    """The verb with its auxiliaries, negation and particle."""
    parts = [k for k in t.children[v] if t.deps[k] in ("aux", "auxpass", "neg", "prt") and abs(k - v) < 6]
    return tuple(sorted([v, *parts]))


def _span(t: Tree, i: int) -> Range:
    return t.left[i], t.right[i]


def _around(t: Tree, head: int, v: int) -> tuple[Range, ...]:
    """The clause of `head` without the parenthesis that `v` governs."""
    first, last = _span(t, head)
    pieces = ((first, max(first, t.left[v])), (min(last, t.right[v]), last))
    return tuple((a, b) for a, b in pieces if b > a)
