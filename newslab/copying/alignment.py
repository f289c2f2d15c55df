"""What two articles have in common, word by word: runs of equal words, and those that few words part as one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

from newslab.copying.words import BREAK, SHINGLE

GAP = 10  # words that may differ between two runs of one passage, and no more than either run has
REACH = 10  # words beyond a passage's end among which it may go on
CHOICES = 4  # places in the other article that are tried for one shingle


class Block(NamedTuple):
    """Equal words: from word `at` of one article, from word `other` of the other."""

    at: int
    other: int
    size: int


Passage = list[Block]  # in order in both articles, and apart


def seeds(one: Any, others: Sequence[Any]) -> list[list[tuple[int, int]]]:
    """For each of some articles the places of shingles that it shares with one: pairs of places, in order.

    All are looked up at once, which costs a millisecond for forty. A shingle that stands several times in the first
    article is found where it stands first; `runs` goes both ways from there.
    """
    import numpy as np

    order = np.argsort(one, kind="stable")
    hashes = one[order]
    sizes = [len(row) for row in others]
    ends = np.cumsum([0, *sizes])
    everything = np.concatenate([*others, np.zeros(0, dtype=np.uint64)])
    if not len(hashes) or not len(everything):
        return [[] for _ in others]
    at = np.searchsorted(hashes, everything)
    at[at == len(hashes)] = 0
    equal = np.flatnonzero((hashes[at] == everything) & (everything > 0))
    places = order[at[equal]]
    which = np.searchsorted(ends, equal, side="right") - 1
    own = equal - ends[which]
    sort = np.lexsort((own, places, which))
    places, own = places[sort], own[sort]
    cuts = np.searchsorted(which[sort], np.arange(len(sizes) + 1))
    return [list(zip(places[a:b].tolist(), own[a:b].tolist(), strict=True)) for a, b in pairwise(cuts)]


def _equal(one: Any, other: Any) -> int:
    """How many words two rows have in common from their beginnings on."""
    done, step, most = 0, 16, min(len(one), len(other))
    while done < most:
        a = one[done : min(done + step, most)]
        b = other[done : min(done + step, most)]
        wrong = ((a != b) | (a == BREAK)).nonzero()[0]
        if len(wrong):
            return int(done + wrong[0])
        done, step = done + len(a), 2 * step
    return done


def runs(one: Any, other: Any, found: Sequence[tuple[int, int]]) -> Passage:
    """Maximal runs of equal words around shared shingles, in the first article's order and there without overlap.

    Where a shingle stands at several places of the other article, the longest of the first `CHOICES` runs counts.
    """
    blocks: Passage = []
    done = 0  # words of the first article before it are taken
    k = 0
    while k < len(found):
        at = found[k][0]
        choices: list[int] = []
        while k < len(found) and found[k][0] == at:
            if len(choices) < CHOICES:
                choices.append(found[k][1])
            k += 1
        if at < done:
            continue
        best = Block(at, choices[0], 0)
        for place in choices:
            back = _equal(one[done:at][::-1], other[:place][::-1])
            size = back + _equal(one[at:], other[place:])
            if size > best.size:
                best = Block(at - back, place - back, size)
        if best.size >= SHINGLE:
            blocks.append(best)
            done = best.at + best.size
    return blocks


def passages(one: Any, other: Any, blocks: Iterable[Block]) -> list[Passage]:
    """Runs put together to passages: those that few words part, in the same order in both articles."""
    found: list[Passage] = []
    last: list[Passage] = []  # those that may go on
    for block in blocks:
        last = [passage for passage in last if block.at - end_of(passage)[0] <= GAP]
        fitting = [passage for passage in last if _joins(one, other, passage, block)]
        if fitting:
            min(fitting, key=lambda passage: abs(block.other - end_of(passage)[1])).append(block)
        else:
            found.append([block])
            last.append(found[-1])
    return found


def shared(one: Any, other: Any, found: Sequence[tuple[int, int]], *, least: int = 0) -> list[Passage]:
    """The passages that two articles share, in the first article's order and there without overlap.

    Parameters
    ----------
    one, other
        Their words as numbers, 0 for a break.
    found
        Places of shingles that both have, as `seeds` gives them.
    least
        Equal words that a passage must have before it is looked at closely, unless another one of the two has.
    """
    chains = passages(one, other, runs(one, other, found))
    if not any(size_of(chain) >= least for chain in chains):
        return []
    kept = _apart(sorted(chains, key=size_of, reverse=True))
    whole: list[Passage] = []
    for k, chain in enumerate(kept):
        low = end_of(whole[-1])[0] if whole else 0
        high = kept[k + 1][0].at if k + 1 < len(kept) else len(one)
        longer = extended(one, other, chain, low, high)
        if whole and _joins(one, other, whole[-1], longer[0]):
            whole[-1] += longer
        else:
            whole.append(longer)
    return whole


def size_of(passage: Passage) -> int:
    """How many words are equal."""
    return sum(block.size for block in passage)


def _apart(chains: Sequence[Passage]) -> list[Passage]:
    """Of passages that overlap in the first article the longer ones, in order; the longest come first."""
    kept: list[Passage] = []
    starts: list[int] = []
    for chain in chains:
        k = bisect_left(starts, chain[0].at)
        free = k == 0 or end_of(kept[k - 1])[0] <= chain[0].at
        if free and (k == len(kept) or end_of(chain)[0] <= kept[k][0].at):
            kept.insert(k, chain)
            starts.insert(k, chain[0].at)
    return kept


def end_of(passage: Passage) -> tuple[int, int]:
    """The words behind a passage's last, in both articles."""
    block = passage[-1]
    return block.at + block.size, block.other + block.size


def _joins(one: Any, other: Any, passage: Passage, block: Block) -> bool:
    """Whether a run goes on with a passage: the words between are few, and few as against those that are equal."""
    at, place = end_of(passage)
    between = max(block.at - at, block.other - place)
    most = min(GAP, block.size, sum(part.size for part in passage))
    if block.at < at or block.other < place or between > most:
        return False
    return not ((one[at : block.at] == BREAK).any() or (other[place : block.other] == BREAK).any())


def extended(one: Any, other: Any, passage: Passage, low: int, high: int) -> Passage:
    """A passage with the shorter runs in its gaps and beyond its ends, between words `low` and `high` of the first."""
    whole = list(passage)
    while True:
        at, place = end_of(whole)
        end, stop = _reach(one, at, min(high, at + REACH)), _reach(other, place, place + REACH)
        more = _next(one[at:end].tolist(), other[place:stop].tolist())
        if more is None:
            break
        whole.append(Block(at + more.at, place + more.other, more.size))
    while True:
        at, place = whole[0].at, whole[0].other
        start = at - _reach(one[:at][::-1], 0, min(at - low, REACH))
        begin = place - _reach(other[:place][::-1], 0, REACH)
        more = _next(one[start:at][::-1].tolist(), other[begin:place][::-1].tolist())
        if more is None:
            break
        whole.insert(0, Block(at - more.at - more.size, place - more.other - more.size, more.size))
    filled = whole[:1]
    for block in whole[1:]:
        filled += _within(one, other, *end_of(filled), block)
        filled.append(block)
    return filled


def _reach(row: Any, start: int, end: int) -> int:
    """How far words go on from a place without a break."""
    end = min(end, len(row))
    breaks = (row[start:end] == BREAK).nonzero()[0]
    return int(start + breaks[0]) if len(breaks) else end


def _within(one: Any, other: Any, at: int, place: int, block: Block) -> Passage:
    """Equal words in the gap before a block, however few."""
    if at == block.at or place == block.other:
        return []
    sides = one[at : block.at].tolist(), other[place : block.other].tolist()
    pairs = SequenceMatcher(None, *sides, autojunk=False).get_matching_blocks()
    return [Block(at + a, place + b, size) for a, b, size in pairs if size]


def _next(one: list[int], other: list[int]) -> Block | None:
    """The run with which a passage goes on: of three words, or of two beside no more than two others."""
    if not one or not other:
        return None
    a, b, size = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    between = max(a, b)
    return Block(a, b, size) if (size >= 3 and between <= 2 * size) or (size == 2 and between <= 2) else None
