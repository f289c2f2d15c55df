"""Words over a corpus: in their contexts, and those that one group of articles uses more than another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def keyness(
    articles: Any,
    target: Any,
    *,
    by: str = "outlet",
    reference: Any = None,
    minimum: int = 5,
    ignore: Collection[str] = (),
) -> pd.DataFrame:
    """Words that one group of articles uses more, or less, than another.

    Parameters
    ----------
    articles
        The articles table, whose whole texts are counted, or `notes`, of which the body alone is.
    target
        Value or values of the column `by` that make the group of interest.
    by
        A column of articles: "outlet", "story_id", "agency" ...
    reference
        Value or values of `by` to compare with; None for all other articles that have a value.
    minimum
        Leave out words that are rarer in both groups together.
    ignore
        Words to leave out, in small letters. They still count in the totals.

    Returns
    -------
    pandas.DataFrame
        By `g2`, most first: `word`; `target` and `reference`, how often; `target_articles` and
        `reference_articles`, in how many; `target_rate` and `reference_rate`, per 10,000 words; `g2`,
        the log-likelihood statistic: how sure the difference is (over 15.13 is p < 0.0001 for one
        word, before correcting for their number); `log_ratio`, how large it is: 1 is twice as
        frequent in the target, -1 half as frequent. Where a count is 0, the ratio takes it as 0.5.

    Raises
    ------
    ValueError
        If there is no such column, or a group is empty.

    Examples
    --------
    >>> import pandas as pd
    >>> table = keyness(pd.DataFrame({
    ...     "outlet": ["Post", "Wire"], "text": ["storm " * 8 + "the " * 8, "vote " * 8 + "the " * 8]}), "Post")
    >>> table[["word", "target", "reference", "log_ratio"]].values.tolist()[0]
    ['storm', 8, 0, 4.0]

    Source
    ------
    Rayson and Garside (2000), Comparing corpora using frequency profiling, for G2; Hardie (2014), Log
    ratio. Counted here: no package was found that gives both from a table.
    """
    import numpy as np
    import pandas as pd

    table, texts = _bodies(articles)
    if by not in table.columns:
        raise ValueError(f"keyness(by={by!r}): articles have no such column. They have: {', '.join(table.columns)}.")
    chosen = table[by].isin(several(target))
    others = table[by].notna() & ~chosen if reference is None else table[by].isin(several(reference)) & ~chosen
    for name, group, values in (("target", chosen, target), ("reference", others, reference)):
        if not group.any():
            have = ", ".join(map(str, table[by].dropna().unique()[:10]))
            raise ValueError(f"keyness(): no article has {name} {values!r} as its {by}. There are: {have or 'none'}.")
    groups = [[list(_words(t)) for t, member in zip(texts, group, strict=True) if member] for group in (chosen, others)]
    words = [Counter(chain.from_iterable(texts)) for texts in groups]
    spread = [Counter(chain.from_iterable(map(set, texts))) for texts in groups]
    skip = {word.casefold() for word in ignore}
    vocabulary = sorted(w for w in words[0] | words[1] if words[0][w] + words[1][w] >= minimum and w not in skip)
    a, b = (np.array([count[word] for word in vocabulary], dtype="int64") for count in words)
    size_a, size_b = (max(count.total(), 1) for count in words)
    expected_a, expected_b = (size * (a + b) / (size_a + size_b) for size in (size_a, size_b))
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(n > 0, n * np.log(n / e), 0.0) for n, e in ((a, expected_a), (b, expected_b))]
    ratio = np.log2(np.maximum(a, 0.5) / size_a) - np.log2(np.maximum(b, 0.5) / size_b)
    result = pd.DataFrame({
        "word": pd.Series(vocabulary, dtype="str"), "target": a, "reference": b,
        "target_articles": np.array([spread[0][w] for w in vocabulary], dtype="int64"),
        "reference_articles": np.array([spread[1][w] for w in vocabulary], dtype="int64"),
        "target_rate": 1e4 * a / size_a, "reference_rate": 1e4 * b / size_b,
        "g2": np.maximum(2 * (terms[0] + terms[1]), 0.0), "log_ratio": ratio,
    })  # fmt: skip
    return result.sort_values(["g2", "word"], ascending=[False, True], ignore_index=True)


def concordance(articles: Any, pattern: str | re.Pattern[str], *, width: int = 60, case: bool = False) -> pd.DataFrame:
    """Every place where a word or phrase stands, with the text around it.

    Parameters
    ----------
    articles
        The articles table, or `notes`.
    pattern
        Words as they are written, `*` for any letters ("evacuat*"), whole words only; or a compiled
        regular expression, which is used as it is.
    width
        Characters of context on each side.
    case
        Whether capitals must agree; a regular expression has its own flags.

    Returns
    -------
    pandas.DataFrame
        In the order of articles and texts: `article_id, start, end, text`, and `left` and `right`, in
        which line breaks are spaces.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["Two ferries sank.\\nA ferry was late."]})
    >>> concordance(articles, "ferr*", width=4)[["left", "text", "right"]].values.tolist()
    [['Two ', 'ferries', ' san'], ['. A ', 'ferry', ' was']]
    """
    import pandas as pd

    table = getattr(articles, "articles", articles)
    rows = []
    regex = pattern if isinstance(pattern, re.Pattern) else _phrase(pattern, case)
    for article_id, text in zip(table["article_id"], table["text"], strict=True):
        for match in regex.finditer(text_of(text)):
            start, end = match.span()
            if start < end:
                left, right = text[max(0, start - width) : start], text[end : end + width]
                rows.append((article_id, start, end, match[0], *(re.sub(r"\s", " ", side) for side in (left, right))))
    types = {"article_id": "str", "start": "int64", "end": "int64", "text": "str", "left": "str", "right": "str"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def _bodies(articles: Any) -> tuple[pd.DataFrame, list[str]]:
    """The articles table and a text for each: of notes the body, of a table all."""
    if not hasattr(articles, "segments"):
        return articles, [text_of(text) for text in articles["text"]]
    body = articles.segments[articles.segments["part"] == "body"]
    parts = body.groupby("article_id")["text"].agg("\n".join).to_dict()
    return articles.articles, [parts.get(key, "") for key in articles.articles["article_id"]]


def _words(text: str) -> Iterable[str]:
    """Words in small letters, without a possessive 's."""
    for match in WORD.finditer(text):
        yield match[0].casefold().replace("’", "'").removesuffix("'s")


def _phrase(pattern: str, case: bool) -> re.Pattern[str]:
    """A search for whole words, any white space between them, `*` for any letters."""
    words = [r"[\w'’-]*".join(map(re.escape, word.split("*"))) for word in pattern.split()]
    if not words:
        raise ValueError("concordance(): the pattern is empty. Give a word, or a compiled regular expression.")
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", 0 if case else re.I)


def several(values: Any) -> list[Any]:
    return [values] if isinstance(values, str) or not isinstance(values, Iterable) else list(values)


def text_of(cell: Any) -> str:
    return cell if isinstance(cell, str) else ""
