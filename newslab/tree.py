"""The parse of a text as flat lists, which rules walk much faster than spaCy's objects.

Every list has one item a token. Built in one pass, so that a text of one endless line costs no more
a word than a short one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

Range = tuple[int, int]  # token numbers, end not included
COLUMNS = ("ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "IDX", "LENGTH", "SENT_START", "SPACY")
TIED = 4  # words a side that hyphens tie to one
TEXT = "newslab text"  # key of `doc.user_data`


@dataclass(frozen=True, slots=True)
class Tree:
    """Tokens of a text: forms, tags, heads and the stretch that each governs.

    `left` and `right` are the first token of a subtree and the one after its last; `starts` and `ends`
    count characters of the text; `sentence` is the token number at which the token's sentence starts.
    """

    text: str
    words: list[str]  # lower case, curly apostrophes made straight
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[Sequence[int]]
    left: list[int]
    right: list[int]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    first_child: dict[tuple[int, str], int]  # by head and dependency
    words_before: list[int]  # words, without punctuation, before each token and at the end

    def __len__(self) -> int:
        return len(self.words)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of token `i` with one of these dependencies, or None."""
        found = [kid for dep in deps if (kid := self.first_child.get((i, dep))) is not None]
        return min(found) if found else None

    def hyphened(self, a: int, b: int) -> tuple[int, int]:
        """A range with the words, up to `TIED` a side, that hyphens tie to its edges: "co-workers", "hand-painted"."""
        for _ in range(TIED):
            if b + 1 < len(self) and self._ties(b):
                b += 2
            if a > 1 and self._ties(a - 1):
                a -= 2
        return a, b

    def _ties(self, i: int) -> bool:
        """Whether a token is a hyphen between two words, no space around it."""
        tight = self.starts[i] == self.ends[i - 1] and self.starts[i + 1] == self.ends[i]
        return self.words[i] == "-" and tight and self.words[i - 1][-1].isalnum() and self.words[i + 1][0].isalnum()

    def count(self, a: int, b: int) -> int:
        """Words, without punctuation, from token `a` to before token `b`."""
        return self.words_before[b] - self.words_before[a]


def text_of(doc: Doc) -> str:
    """The text of a parsed page, as its maker noted it: spaCy puts `doc.text` together anew each time."""
    noted = doc.user_data.get(TEXT)
    # a part of a page that was made a `Doc` of its own has the note of the whole
    whole = noted and len(doc) and doc[-1].idx + len(doc[-1].text_with_ws) == len(noted)
    return str(noted) if whole else doc.text


@lru_cache(maxsize=1)  # several finders read the same text, one after the other
def tree(doc: Doc) -> Tree:
    """The parse of `doc` as flat lists.

    Parameters
    ----------
    doc
        A text with tags, dependencies and lemmas; where it has none, the lists hold empty strings
        and every token is its own head.

    Examples
    --------
    >>> from newslab.parsing import load_model
    >>> t = tree(load_model()("Ann said it rained."))
    >>> t.words[t.child(1, "ccomp")]
    'rained'
    """
    import numpy as np
    from spacy import attrs

    n = len(doc)
    if not n:
        return Tree("", [], [], [], [], [], [], [], [], [], [], [], [], {}, [0])
    table = doc.to_array([getattr(attrs, name) for name in COLUMNS])
    store = doc.vocab.strings
    known: dict[int, str] = {0: ""}

    def strings(column: int) -> list[str]:
        codes = table[:, column].tolist()
        for code in set(codes) - known.keys():
            known[code] = store[code]
        return [known[code] for code in codes]

    forms = strings(0)
    # as doc.text, which takes a third of the time of all that is done here
    text = "".join([form + " " if space else form for form, space in zip(forms, table[:, 9].tolist(), strict=True)])
    words = [w.lower().replace("\u2019", "'") for w in forms]
    lemmas = [w.lower() for w in strings(1)]
    heads = (table[:, 5].astype(np.int64) + np.arange(n)).tolist()
    governed: dict[int, list[int]] = {}
    order = []  # heads before their children
    for i, head in enumerate(heads):
        if head == i:
            order.append(i)
        else:
            governed.setdefault(head, []).append(i)
    children: list[Sequence[int]] = [governed.get(i, ()) for i in range(n)]
    for i in order:  # grows while it is walked
        order.extend(children[i])
    left = list(range(n))
    right = list(range(1, n + 1))
    for i in reversed(order):
        head = heads[i]
        if left[i] < left[head]:
            left[head] = left[i]
        if right[i] > right[head]:
            right[head] = right[i]
    starts = table[:, 6].tolist()
    ends = (table[:, 6] + table[:, 7]).tolist()
    sentence = []
    current = 0
    for i, mark in enumerate(table[:, 8].astype(np.int64).tolist()):
        if mark == 1:
            current = i
        sentence.append(current)
    pos, tags, deps = strings(2), strings(3), strings(4)
    first_child: dict[tuple[int, str], int] = {}
    for head, kids in governed.items():
        for kid in kids:
            first_child.setdefault((head, deps[kid]), kid)
    words_before = [0, *accumulate(word[:1].isalnum() for word in words)]
    return Tree(
        text, words, lemmas, pos, tags, deps, heads, children, left, right, starts, ends, sentence,
        first_child, words_before,
    )  # fmt: skip
