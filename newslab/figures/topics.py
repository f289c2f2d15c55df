"""What a figure is about beside what it counts: in `Turnout fell to 48%` it is `Turnout`.

CQE calls it the concept. A count's own noun is not repeated: for `The clinic performed 700 transplants`
the topic is `clinic`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from newslab.figures.nouns import NEAR, NOUNS, SUBJECTS
from newslab.records import Quantity
from newslab.tree import Tree, tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NAMES = ("NNP", "NNPS")
_ASIDE = ("count", "fraction", "duration", "age")  # say nothing of the subject before them by themselves
_JOINED = SUBJECTS | {"conj"}  # of three, too: sales, profit and output fell
_FAR = 25  # tokens
_WHEN = {"in", "for", "after", "within", "before", "off"}  # how long an event took says nothing of its subject
_WORDS = {"JJ", "JJR", "JJS", "VBN", "VBG", "FW", "ADD"} | NOUNS
_INTO = {"of", "in", "for", "at", "from", "on", "with", "to", "across", "between", "among"}
_HANGS = {"prep", "appos", "compound", "nummod", "amod", "nmod", "npadvmod", "poss", "acl", "relcl"}


def topics(doc: Doc, quantities: Sequence[Quantity]) -> dict[str, str]:
    """For each quantity the words of the thing that it is about, by its id; empty where the sentence names none.

    Parameters
    ----------
    doc
        The parsed text that the quantities were found in.

    Returns
    -------
    dict
        `quantity_id` -> content words, in the order of the text, with a space between them. `quantities` puts
        them into its rows as `topic`.

    Examples
    --------
    >>> from newslab.parsing import load_model
    >>> from newslab.quantities import quantities
    >>> doc = load_model()("The index rose 2%.")
    >>> list(topics(doc, quantities(doc)).values())
    ['index']
    """
    t = tree(doc)
    text = t.text
    spans = {
        q.quantity_id: (bisect_right(t.starts, q.start) - 1, bisect_right(t.starts, q.end - 1)) for q in quantities
    }
    taken = {i for lo, hi in spans.values() for i in range(lo, hi)}
    out: dict[str, str] = {}
    for q in quantities:
        if q.converts in out:
            out[q.quantity_id] = out[q.converts]
        else:
            out[q.quantity_id] = _printed(text, t, _topic(text, t, q, *spans[q.quantity_id], taken))
    return out


def _printed(text: str, t: Tree, tokens: Sequence[int]) -> str:
    """Tokens as printed, those that a hyphen joins as one word."""
    words: list[str] = []
    end = -1
    for i in tokens:
        if t.starts[i] < end:
            continue
        start, stop = t.starts[i], t.ends[i]
        while (
            stop < len(text) and not text[stop].isspace() and text[stop] not in ",.;:!?()[]\"“”'’" and stop - start < 60
        ):
            stop += 1
        while (
            start > 0
            and start > end
            and not text[start - 1].isspace()
            and text[start - 1] not in "(\"“['‘$"
            and stop - start < 60
        ):
            start -= 1
        words.append(text[start:stop])
        end = stop
    return " ".join(words)


def _topic(text: str, t: Tree, q: Quantity, lo: int, hi: int, taken: set[int]) -> list[int]:
    if q.value == 1 and q.unit is None and hi < len(t) and t.words[hi] == "of":
        return []  # one of the suspects
    root = noun = _top(t, lo, hi)
    own: set[int] = set()  # words of this figure itself
    found: list[int] = []
    if q.counted:
        at = text.find(q.counted, q.end, q.end + 120)
        if at >= 0:
            head = bisect_right(t.starts, at + len(q.counted) - 1) - 1
            if (q.unit is None and q.dimension != "ratio") or (q.unit or "").startswith("per "):
                own = set(range(hi, head + 1))
                noun = head
            else:
                found = _content(t, head, taken)
                noun = head
    if not found and q.dimension == "money":
        found = _spent_on(t, root, taken)
    above, sentence_subject = _above(t, noun, period=q.dimension in ("duration", "age"))
    if above is not None and not found:
        found = _content(t, above, taken, own, both=q.dimension != "count")
    if sentence_subject is not None and q.dimension not in ("duration", "age"):
        found = sorted({*found, *_content(t, sentence_subject, taken, own, both=q.dimension != "count")})
    elif sentence_subject is not None and not found:
        found = _content(t, sentence_subject, taken, own)
    if not found and q.dimension not in _ASIDE:
        found = _content_of_last_subject(t, lo, taken, own)
    return found


def _content_of_last_subject(t: Tree, lo: int, taken: set[int], own: Collection[int]) -> list[int]:
    """The subject nearest before token `lo` in its sentence, for what the parse hangs on nothing that has one."""
    for i in range(lo - 1, max(lo - _FAR, t.sentence[lo], 0) - 1, -1):
        if t.deps[i] in SUBJECTS and t.tags[i] in NOUNS:
            return _content(t, i, taken, own)
    return []


def _top(t: Tree, lo: int, hi: int) -> int:
    for i in range(hi - 1, lo - 1, -1):
        if (not lo <= t.heads[i] < hi or t.heads[i] == i) and t.pos[i] in ("NOUN", "NUM", "PROPN", "SYM"):
            return i
    return hi - 1


def _spent_on(t: Tree, i: int, taken: set[int]) -> list[int]:
    """What money is paid for: `$12,000 for a new roof`."""
    for holder in (i, t.heads[i]):
        for c in t.children[holder][:NEAR]:
            if t.deps[c] == "prep" and t.words[c] in ("for", "off") and c > i:
                for p in t.children[c][:2]:
                    if t.tags[p] in NOUNS:
                        return _content(t, p, taken)
    return []


def _above(t: Tree, i: int, *, period: bool) -> tuple[int | None, int | None]:
    """Heads of the noun phrase that a figure hangs on (`a rate of`), and of the subject of its verb or its object."""
    noun = None
    for _ in range(10):
        dep, head = t.deps[i], t.heads[i]
        if dep in SUBJECTS:
            return noun, None
        if head == i:
            return noun, None
        if t.tags[head] in NOUNS and dep in _HANGS and noun is None:
            noun = head
        if t.pos[head] in ("VERB", "AUX") or t.deps[head] == "ROOT":
            if dep == "prep" and period and t.words[i] in _WHEN:
                return noun, None
            found = _object(t, head) if dep == "prep" and noun is None and not period else None
            found = _subject(t, head, before=i) if found is None else found
            return noun, found if found != noun else None
        i = head
    return noun, None


def _object(t: Tree, verb: int) -> int | None:
    """What is sold, cut or fitted, where the figure follows a preposition: `sold the house for £300,000`."""
    for c in t.children[verb][:NEAR]:
        if t.deps[c] == "dobj" and t.tags[c] in NOUNS and all(t.tags[k] != "CD" for k in t.children[c][:NEAR]):
            return c
    return None


def _subject(t: Tree, verb: int, before: int) -> int | None:
    for _ in range(4):
        for c in t.children[verb][:NEAR]:
            if t.deps[c] in SUBJECTS and c != before:
                if t.tags[c] in ("WDT", "WP", "DT") and t.deps[verb] == "relcl":
                    return t.heads[verb]
                of = t.child(c, "prep") if t.tags[c] in ("DT", "CD", "JJS", "JJ") else None
                each = t.child(of, "pobj") if of is not None and t.words[of] == "of" else None
                if each is not None and t.tags[each] in NOUNS:
                    return each  # each of the houses costs
                if t.tags[c] not in ("PRP", "DT", "WDT", "WP", "EX", "CD"):
                    return c
                break
        if t.deps[verb] in ("relcl", "acl") and t.tags[t.heads[verb]] in NOUNS:
            return t.heads[verb]
        if t.deps[verb] not in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "acl") or t.heads[verb] == verb:
            return None
        verb = t.heads[verb]
    return None


def _content(t: Tree, head: int, taken: set[int], own: Collection[int] = (), *, both: bool = True) -> list[int]:
    """Content words of a noun phrase and of the phrases inside it; `both` of `sales and profit fell`."""
    out: set[int] = set()
    stack = [(head, 0)]
    while stack and len(out) < 14:
        i, level = stack.pop()
        if t.tags[i] in _WORDS and i not in taken and i not in own:
            out.add(i)
            if t.tags[i] == "NNP" and i + 1 < len(t) and t.tags[i + 1] == "CD" and i + 1 not in taken:
                out.add(i + 1)  # Stoxx 600
        for c in t.children[i][:NEAR]:
            joined = t.deps[c] == "conj" and (
                t.deps[i] in ("compound", "nmod", "amod") or (both and t.tags[c] in NOUNS and t.deps[i] in _JOINED)
            )
            if t.tags[c] in _WORDS and (joined or t.deps[c] in ("compound", "amod", "nmod", "poss")):
                stack.append((c, level))
            elif t.deps[c] == "nummod" and t.tags[i] in _NAMES and c not in taken:
                out.add(c)
            elif t.deps[c] == "appos" and t.tags[i] in _NAMES and t.tags[c] in _NAMES and 0 < c - i <= 2:
                stack.append((c, level))  # S&P/TSX, Health Service (NHS)
            elif t.deps[c] == "prep" and t.words[c] in _INTO and level < 2:
                stack.extend((p, level + 1) for p in t.children[c][:3] if t.tags[p] in NOUNS)
    return sorted(out)
