"""The words of many articles as numbers, and every so many shingles of them as fingerprints.

A shingle is `SHINGLE` words in a row. Of every `WINDOW` neighbouring shingles the one with the smallest hash is kept
(winnowing: Schleimer, Wilkerson and Aiken 2003, SIGMOD), so that no run of `SHINGLE + WINDOW - 1` words that two
articles share is missed, though two in five shingles are all that is kept. MinHash sketches of whole articles cannot do
this: one wire paragraph in a long article is a few per cent of its shingles.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from newslab.records import Span

SHINGLE, WINDOW = 5, 4
BREAK = 0  # the number that stands between two stretches of text that do not follow one another
NEAR, FIRST = 16, 4  # of the articles that have a fingerprint: the last ones before, and the very first ones
CANDIDATES = 40  # earlier articles that one article is compared with, the likeliest first
_WORD = re.compile(r"\d+(?:[.,:]\d+)*\w*|\w+(?:['’-]\w+)*|[%$£€¥]")
_WEIGHTS = [pow(0x9E3779B97F4A7C15, k + 1, 1 << 64) for k in range(SHINGLE)]


class Word(NamedTuple):
    """A word in the form in which words are compared, and where it stands."""

    key: str
    start: int
    end: int


def words(text: str, regions: Sequence[Span]) -> Iterator[Word | None]:
    """The words of some regions of a text, None between two regions.

    >>> [word and word.key for word in words("The Mayor’s 3.5% | ad | No", [(0, 16), (24, 26)])]
    ['the', "mayor's", '3.5', '%', None, 'no']
    """
    for i, (start, end) in enumerate(regions):
        if i:
            yield None
        for match in _WORD.finditer(text, start, end):
            yield Word(match[0].casefold().replace("’", "'"), match.start(), match.end())


class Vocabulary:
    """Words as numbers, from 1, and a hash for each that is the same on every machine."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.hashes = array("Q", [0])

    def number(self, key: str) -> int:
        """The number of a word, a new one where it is new."""
        found = self.numbers.get(key, 0)
        if not found:
            found = self.numbers[key] = len(self.hashes)
            digest = blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
            self.hashes.append(int.from_bytes(digest, "big"))
        return found

    def encode(self, text: str, regions: Sequence[Span]) -> Any:
        """The words of a text as an array of numbers."""
        import numpy as np

        row = array("i", (BREAK if word is None else self.number(word.key) for word in words(text, regions)))
        return np.frombuffer(row, dtype=np.int32) if row else np.zeros(0, dtype=np.int32)

    def shingles(self, row: Any) -> Any:
        """A hash of each shingle of a row of numbers, by where it starts; 0 where one would span a break."""
        import numpy as np

        n = len(row) - SHINGLE + 1
        if n <= 0:
            return np.zeros(0, dtype=np.uint64)
        of_words = np.frombuffer(self.hashes, dtype=np.uint64)[row]
        found = np.zeros(n, dtype=np.uint64)
        broken = np.zeros(n, dtype=bool)
        for k, weight in enumerate(_WEIGHTS):
            found += of_words[k : n + k] * np.uint64(weight)
            broken |= row[k : n + k] == BREAK
        found ^= found >> np.uint64(31)  # so that small hashes are not those of some words only
        found *= np.uint64(0xBF58476D1CE4E5B9)
        found ^= found >> np.uint64(29)
        found[broken] = 0
        return found


def fingerprints(shingles: Any) -> Any:
    """The hashes that winnowing keeps of one article, each once."""
    import numpy as np

    if len(shingles) < WINDOW:
        return np.unique(shingles[shingles > 0])
    held = np.where(shingles > 0, shingles, np.uint64(2**64 - 1))
    smallest = np.lib.stride_tricks.sliding_window_view(held, WINDOW).min(axis=1)
    kept = np.unique(smallest)
    return kept[kept < np.uint64(2**64 - 1)]


class Index:
    """Which earlier articles share fingerprints with an article; articles are numbered by time.

    Memory: 12 bytes a fingerprint while it is built, and then 16 for each that several articles have.
    """

    def __init__(self, prints: Sequence[Any]) -> None:
        import numpy as np

        sizes = np.array([len(row) for row in prints], dtype=np.int64)
        hashes = np.concatenate([*prints, np.zeros(0, dtype=np.uint64)])
        owners = np.repeat(np.arange(len(prints), dtype=np.int32), sizes)
        order = np.argsort(hashes, kind="stable")  # stable: within a fingerprint by time
        hashes, owners = hashes[order], owners[order]
        del order
        new = np.ones(len(hashes), dtype=bool)
        new[1:] = hashes[1:] != hashes[:-1]
        first = np.flatnonzero(new)
        count = np.diff(np.append(first, len(hashes)))
        shared = np.repeat(count > 1, count)
        self.owners = owners[shared]
        count = count[count > 1]
        self.keys = hashes[new & shared]
        self.counts = count
        self.first = np.repeat(np.cumsum(count) - count, count)
        self.rarity = np.repeat(1 / np.log2(1 + count), count)
        self.by_article = np.argsort(self.owners, kind="stable")
        self.ends = np.searchsorted(self.owners[self.by_article], np.arange(len(prints) + 1))

    def before(self, number: int) -> Any:
        """The earlier articles that most likely share text with one, at most `CANDIDATES`, the likeliest first.

        Of a fingerprint that very many articles have, only the last `NEAR` and the `FIRST` ones are looked at:
        this keeps time linear, and copy that is printed by hundreds is still found in its first printings.
        """
        import numpy as np

        at = self.by_article[self.ends[number] : self.ends[number + 1]]
        first, rarity = self.first[at], self.rarity[at]
        near = at[:, None] - np.arange(1, NEAR + 1)
        near[near < first[:, None]] = -1
        early = first[:, None] + np.arange(FIRST)
        early[early >= at[:, None] - NEAR] = -1
        places = np.concatenate([near, early], axis=1)
        weights = np.broadcast_to(rarity[:, None], places.shape)[places >= 0]
        found, which = np.unique(self.owners[places[places >= 0]], return_inverse=True)
        score = np.bincount(which, weights=weights, minlength=len(found))
        best = np.lexsort((found, -score))[:CANDIDATES]
        return found[best]

    def commonness(self, shingles: Any, few: int, many: int) -> float:
        """How common the shingles of a stretch are on average: 0 if `few` articles or fewer have them, 1 if `many` do.

        Not every article that has a shingle has kept it as a fingerprint, so that the commonest of `WINDOW` counts.
        """
        import numpy as np

        if not len(self.keys) or not len(shingles):
            return 0.0
        at = np.minimum(np.searchsorted(self.keys, shingles), len(self.keys) - 1)
        counts = np.where(self.keys[at] == shingles, self.counts[at], 0)
        most = np.lib.stride_tricks.sliding_window_view(counts, min(WINDOW, len(counts))).max(axis=1)
        return float(np.clip((most - few) / (many - few), 0, 1).mean())
