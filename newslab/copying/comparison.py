"""Passages that were found, aligned once more to tell their words apart: equal, or changed by the later article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newslab.copying.alignment import Block, end_of, seeds, shared
from newslab.copying.words import Vocabulary, Word, words

Compared = tuple[dict[str, Any], tuple[str, str], tuple[list[Word], list[Word]], list[Block]]


def compared(passages: Any, articles: Any, caller: str) -> Iterator[Compared]:
    """For each row of `reuse`: the row, both articles' texts, the words of both stretches, and which are equal.

    Blocks count words of the stretches, and are in order in both.
    """
    table = getattr(articles, "articles", articles)
    wanted = set(passages["article_id"]) | set(passages["other_id"])
    ids = table["article_id"].astype("str")
    texts = {key: text for key, text in zip(ids, table["text"], strict=True) if key in wanted}
    for row in passages.to_dict("records"):
        missing = [key for key in (row["article_id"], row["other_id"]) if key not in texts]
        text, other_text = texts.get(row["article_id"], ""), texts.get(row["other_id"], "")
        if missing or text[row["start"] : row["end"]] != row["text"] or row["other_end"] > len(other_text):
            raise ValueError(
                f"{caller}: the passage at {row['start']} to {row['end']} of {row['article_id']!r} is not in these "
                "articles.\nGive it the articles that reuse() found the passages in."
            )
        own = [word for word in words(text, [(row["start"], row["end"])]) if word]
        its = [word for word in words(other_text, [(row["other_start"], row["other_end"])]) if word]
        yield row, (text, other_text), (own, its), _equal(own, its)


def _equal(own: list[Word], its: list[Word]) -> list[Block]:
    """Runs of equal words, in order in both."""
    import numpy as np

    vocabulary = Vocabulary()
    one, other = (np.array([vocabulary.number(word.key) for word in side], dtype=np.int32) for side in (own, its))
    found = shared(one, other, seeds(vocabulary.shingles(one), [vocabulary.shingles(other)])[0])
    blocks: list[Block] = []
    for passage in found:
        if not blocks or passage[0].other >= end_of(blocks)[1]:
            blocks += passage
    return blocks
