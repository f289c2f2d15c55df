"""Wire copy and other shared text: which passages stand in several articles, who had them first, who is credited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from newslab.copying.alignment import Block, Passage, end_of, seeds, shared, size_of
from newslab.copying.comparison import compared
from newslab.copying.printed import Printed, credited, inside, order, read
from newslab.copying.words import SHINGLE, Index, Vocabulary, Word, fingerprints, words
from newslab.layout.quotes import quoted_spans
from newslab.records import Span

if TYPE_CHECKING:
    import pandas as pd

MINIMUM = 12  # equal words of a passage that shows reuse by itself
ALSO = 8  # equal words of a further passage, where two articles have one that shows it
SEEN = 7  # equal words in a row, or nearly, before two articles are looked at closely
PROSE = 2 / 3  # of these words at least so many are neither quoted nor capitalised
FEW, MANY = 10, 50  # articles: what more of them print has to be longer, up to LONG words, or it is a formula
LONG = 30
_STOP = re.compile(r"\n|[.!?…][\"'”’)]*\s")  # between the words of two sentences
TYPES = {
    "article_id": "str", "start": "int64", "end": "int64", "text": "str", "other_id": "str", "other_start": "int64",
    "other_end": "int64", "words": "int64", "same": "int64", "quoted": "int64", "share": "float64", "agency": "str",
    "credited": "bool", "order": "str", "wire_id": "str",
}  # fmt: skip
EDITS = {
    "article_id": "str", "start": "int64", "end": "int64", "text": "str", "other_id": "str", "other_start": "int64",
    "other_end": "int64", "other_text": "str", "edit": "str",
}  # fmt: skip


Told = tuple[list[Word | None], list[bool], list[bool]]  # words, whether each is quoted, and whether it is of prose


class _Corpus(NamedTuple):
    """Articles by time, their words as numbers, and which of them share fingerprints."""

    articles: list[Printed]
    rows: list[Any]
    vocabulary: Vocabulary
    prints: Index
    words: Callable[[int], Told]  # of an article


class _Counts(NamedTuple):
    """Of the words that two articles share: how many, how many of them in quotation marks, and how many of prose."""

    same: int
    quoted: int
    prose: int


def reuse(articles: Any, *, minimum: int = MINIMUM, progress: bool = False) -> pd.DataFrame:
    """Passages that an article shares with an earlier one: wire copy, near-duplicates, an outlet's own old text.

    Words are compared without case and punctuation. Runs of equal words that few others part (up to ten, and fewer
    than the runs are long) make one passage, as long as it can be; it ends where anything but body stands in
    either article. What shows reuse is prose: two thirds of `minimum` words must be neither in quotation marks nor
    capitalised, since two reporters hear the same sentence and write the same title of the same office. Where two
    articles share such a passage, their shorter ones and shared quotations (from 8 words on) are listed, too. What more
    than ten articles print must be longer, up to 30 words if fifty do, or it is a formula ("on condition of
    anonymity because").

    Parameters
    ----------
    articles
        The articles table, whose bodies are looked for, or `notes`, which know them. Headlines, captions and the
        like are not compared.
    minimum
        Equal words of the shortest passage that shows reuse, 5 or more. With fewer than 10, names and titles come in.
        A single passage of 12 to 19 words between two articles is often a stock phrase or what a page adds ("the
        margin of error is plus or minus"): read these in context, or give 20 and miss the shortest copies.
    progress
        Show a progress bar.

    Returns
    -------
    pandas.DataFrame
        A row for each passage and each earlier article that has it, in order of publication:

        - `article_id, start, end, text`: where it stands in the later article; `other_id, other_start,
          other_end`: in the earlier one
        - `words` of it; `same`, how many are equal in both; `quoted`, how many of these in quotation marks;
          `share`, its words as a share of those of the later article's body: near 1 is a near-duplicate
        - `agency`: whose copy it is: `articles.agency`, or the news agency in the later article's byline or sign-off,
          or the outlet of the first or the earlier article, where it names that or it is an agency; else missing
        - `credited`: whether the later article says so, anywhere but at its pictures; true of an outlet's own text
        - `order`: how it is known who was first: by `date` (with its time, if both have one), because the earlier
          outlet is an `agency` and the day is the same, or `unknown`: then it is the order of the table
        - `wire_id`: the `article_id` of the first article that printed it, through however many hands it came

        An article is compared with at most 40 earlier ones, those with which it shares the rarest words: of copy that
        hundreds print, the first printings and the last ones before it.

    Raises
    ------
    ValueError
        If `minimum` is below 5, or columns are missing.

    Examples
    --------
    >>> import pandas as pd
    >>> wire = "The river rose by two metres in an hour after the gates at the old mill were left open overnight."
    >>> articles = pd.DataFrame({
    ...     "article_id": ["b", "a"], "outlet": ["Post", "Wire"], "published": ["2024-03-10", "2024-03-09"],
    ...     "text": [wire.replace("metres", "yards") + " Nobody was hurt, the Wire reported.", wire]})
    >>> table = reuse(articles)
    >>> table[["article_id", "other_id", "words", "same", "agency", "credited", "order"]].values.tolist()
    [['b', 'a', 20, 19, 'Wire', True, 'date']]

    Source
    ------
    Schleimer, Wilkerson and Aiken (2003), Winnowing, SIGMOD, for the candidates: a run of 8 equal words is always
    seen. `benchmarks/REUSE.md` has its precision and recall, its cost, and what MinHash would have found.
    """
    import numpy as np
    import pandas as pd

    if minimum < SHINGLE:
        raise ValueError(
            f"reuse(minimum={minimum}): fewer than {SHINGLE} equal words are chance.\nGive it {SHINGLE} or more."
        )
    corpus = _corpus(read(articles))
    numbers: Any = range(len(corpus.articles))
    if progress:
        from tqdm import tqdm

        numbers = tqdm(numbers, desc="reuse", unit=" articles")
    firsts: dict[int, Any] = {}  # article -> for each of its words the first article that printed it
    table: list[tuple[Any, ...]] = []
    for number in numbers:
        found = list(_passages(corpus, number, minimum))
        if not found:
            continue
        first = firsts[number] = np.full(len(corpus.rows[number]), number, dtype=np.int32)
        for other, passage, _ in found:
            start, end = passage[0].at, end_of(passage)[0]
            root = _first(firsts, other, passage[0].other, end_of(passage)[1])
            first[start:end] = np.minimum(first[start:end], root)
        size = int(np.count_nonzero(corpus.rows[number]))
        table += [_row(corpus, number, other, passage, counts, size, firsts) for other, passage, counts in found]
    return pd.DataFrame(table, columns=list(TYPES)).astype(TYPES)


def _corpus(articles: list[Printed]) -> _Corpus:
    vocabulary = Vocabulary()
    rows = [vocabulary.encode(article.text, article.body) for article in articles]
    index = Index([fingerprints(vocabulary.shingles(row)) for row in rows])

    @lru_cache(maxsize=50)
    def told(number: int) -> Told:
        article = articles[number]
        found = list(words(article.text, article.body))
        starts = [-1 if word is None else word.start for word in found]
        return found, inside(starts, quoted_spans(article.text)), _prose(article.text, found)

    return _Corpus(articles, rows, vocabulary, index, told)


def _prose(text: str, found: Sequence[Word | None]) -> list[bool]:
    """Whether each word is neither capitalised nor one of the small words, two at most, within a name."""
    small = [word is not None and text[word.start].islower() for word in found]
    short = [word is not None and len(word.key) <= 3 for word in found]
    prose = list(small)
    capital = -9  # where the last capitalised word stands
    for i, word in enumerate(found):
        if word is None:
            capital = -9
        elif not small[i]:
            if i - capital <= 3 and all(short[capital + 1 : i]):  # "Union of the North"
                prose[capital + 1 : i] = [False] * (i - capital - 1)
            capital = i
    return prose


def _passages(corpus: _Corpus, number: int, minimum: int) -> Iterator[tuple[int, Passage, _Counts]]:
    """The passages that an article shares with earlier ones, in the earlier ones' order."""
    others = sorted(corpus.prints.before(number).tolist())
    if not others:
        return
    one, hashes = corpus.rows[number], corpus.vocabulary.shingles(corpus.rows[number])
    of_others = [corpus.vocabulary.shingles(corpus.rows[other]) for other in others]
    found = seeds(hashes, of_others)
    also = min(ALSO, minimum)
    for other, its, pairs in zip(others, of_others, found, strict=True):
        candidates = shared(one, corpus.rows[other], pairs, least=min(SEEN, minimum))
        candidates = [_trimmed(corpus, number, whole) for whole in candidates if size_of(whole) >= also]
        counted = [
            (whole, _counts(corpus, number, other, whole))
            for whole in candidates
            if size_of(whole) >= also and not _formula(corpus, hashes, its, whole)
        ]
        if any(counts.same >= minimum and counts.prose >= ceil(PROSE * minimum) for _, counts in counted):
            for whole, counts in counted:
                if counts.prose + counts.quoted >= ceil(PROSE * also):
                    yield other, whole, counts


def _trimmed(corpus: _Corpus, number: int, passage: Passage) -> Passage:
    """A passage without the one or two words at its ends that belong to the next sentence or the one before."""
    found, text = corpus.words(number)[0], corpus.articles[number].text

    def apart(at: int) -> bool:
        before, word = found[at - 1], found[at]
        return before is not None and word is not None and bool(_STOP.search(text, before.end, word.start))

    last, end = passage[-1], end_of(passage)[0]
    for k in (2, 1):
        if last.size > k and apart(end - k):
            last = last._replace(size=last.size - k)
            passage = [*passage[:-1], last]
            break
    first = passage[0]
    for k in (2, 1):
        if first.size > k and apart(first.at + k):
            return [Block(first.at + k, first.other + k, first.size - k), *passage[1:]]
    return passage


def _counts(corpus: _Corpus, number: int, other: int, passage: Passage) -> _Counts:
    """How many of a passage's words are the same, and of which sort."""
    (_, quoted, prose), (_, other_quoted, _) = corpus.words(number), corpus.words(other)
    places = [(block.at + k, block.other + k) for block in passage for k in range(block.size)]
    in_marks = [quoted[at] and other_quoted[place] for at, place in places]
    plain = sum(prose[at] and not marked for (at, _), marked in zip(places, in_marks, strict=True))
    return _Counts(len(places), sum(in_marks), plain)


def _formula(corpus: _Corpus, hashes: Any, other_hashes: Any, passage: Passage) -> bool:
    """Whether a passage is too short to be copy, for how many articles print its words."""
    if size_of(passage) >= LONG:
        return False
    end, stop = (last - SHINGLE + 1 for last in end_of(passage))
    stretches = (hashes[passage[0].at : end], other_hashes[passage[0].other : stop])
    often = max(corpus.prints.commonness(stretch, FEW, MANY) for stretch in stretches)
    return size_of(passage) < often * LONG


def _first(firsts: dict[int, Any], number: int, start: int, end: int) -> int:
    """The article that printed most of a stretch first."""
    import numpy as np

    return int(np.median(firsts[number][start:end])) if number in firsts else number


def _row(
    corpus: _Corpus,
    number: int,
    other: int,
    passage: Passage,
    counts: _Counts,
    size: int,
    firsts: dict[int, Any],
) -> tuple[Any, ...]:
    later, earlier = corpus.articles[number], corpus.articles[other]
    (at, place), (end, stop) = (passage[0].at, passage[0].other), end_of(passage)
    start, finish = _characters(corpus.words(number)[0], at, end)
    other_start, other_finish = _characters(corpus.words(other)[0], place, stop)
    first = corpus.articles[_first(firsts, number, at, end)]
    return (
        later.key, start, finish, later.text[start:finish], earlier.key, other_start, other_finish, end - at,
        counts.same, counts.quoted, (end - at) / size, *credited(later, first, earlier), order(later, earlier),
        first.key,
    )  # fmt: skip


def _characters(found: Sequence[Word | None], start: int, end: int) -> Span:
    """From where to where some words of an article stand; where there are none, the place before the next."""
    first, last = found[min(start, len(found) - 1)], found[end - 1]
    assert first is not None and last is not None  # a passage has no breaks in it
    if start == end:
        return (last.end, last.end) if start == len(found) else (first.start, first.start)
    return first.start, last.end


def edits(passages: pd.DataFrame, articles: Any) -> pd.DataFrame:
    """What the later article changed in each passage: words that it replaced, added or dropped.

    Case and punctuation are not compared.

    Parameters
    ----------
    passages
        Rows of what `reuse` gave.
    articles
        The articles table, or `notes`, that they were found in.

    Returns
    -------
    pandas.DataFrame
        A row for each edit, in the passages' order: `article_id, start, end, text` of the later article's words;
        `other_id, other_start, other_end, other_text` of the earlier one's; `edit`: replaced, added (no earlier
        words) or dropped (no later ones: `start` and `end` are the place where they would stand).

    Raises
    ------
    ValueError
        If a passage is not in the articles' texts.

    Examples
    --------
    >>> import pandas as pd
    >>> wire = "The river rose by two metres in an hour after the gates at the old mill were left open overnight."
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "published": ["2024-03-09", "2024-03-10"],
    ...     "text": [wire, wire.replace("two metres", "six feet").replace("the old mill", "the mill")]})
    >>> edits(reuse(articles), articles)[["other_text", "text", "edit"]].values.tolist()
    [['two metres', 'six feet', 'replaced'], ['old', '', 'dropped']]
    """
    import pandas as pd

    found: list[tuple[Any, ...]] = []
    for row, (text, other_text), (own, its), blocks in compared(passages, articles, "edits()"):
        for before, after in pairwise(blocks):
            at, place = before.at + before.size, before.other + before.size
            span, other_span = _characters(own, at, after.at), _characters(its, place, after.other)
            kind = "replaced" if at < after.at and place < after.other else "added" if at < after.at else "dropped"
            found.append((
                row["article_id"], *span, text[slice(*span)], row["other_id"], *other_span,
                other_text[slice(*other_span)], kind,
            ))  # fmt: skip
    return pd.DataFrame(found, columns=list(EDITS)).astype(EDITS)
