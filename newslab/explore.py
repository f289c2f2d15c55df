"""Tables over a corpus: who speaks, which figures compete, what words and names set articles apart.

Every function takes `notes` (or one table) and gives a new DataFrame; nothing it is given changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from newslab.scoring import wilson

if TYPE_CHECKING:
    import pandas as pd

PROFILE = ("naming", "actor_type", "role", "affiliation")  # what is told of a speaker
CLAIM_COLUMNS = (
    "published", "outlet", "story_id", "claimed_by", "bound", "value", "low", "high", "unit", "counted", "action",
    "dimension", "change", "place", "time", "text", "part", "article_id", "start", "end", "statement_id",
    "quantity_id",
)  # fmt: skip
_SHARE, _DIRECT = (tuple(f"{name}{end}" for end in ("", "_low", "_high")) for name in ("share", "direct"))
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def sources(notes: Any, *, by: str = "speaker", act: str | None = None, minimum: int = 1) -> pd.DataFrame:
    """Who speaks: how often, in how many articles and outlets, how much of it directly quoted.

    Parameters
    ----------
    notes
        What `annotate` found; its statements and articles are used.
    by
        What makes a row: "speaker", or another column of statements ("actor_type", "naming",
        "affiliation", "cue_lemma") or articles ("outlet", "story_id").
    act
        Count statements of this act only: "speech", "writing" or "attitude".
    minimum
        Leave out rows with fewer statements. They still count in the shares.

    Returns
    -------
    pandas.DataFrame
        By statements, most first: `by`; for speakers their most frequent naming, actor_type, role and
        affiliation, else the number of `speakers`; `articles`; `statements`; `share` of all
        statements that have a value of `by`; `words` of the contents; `direct`, the share of its
        statements that are direct quotations; `outlets`, how many. `_low` and `_high` bound a share
        by its 95 % Wilson interval, as if statements were independent; those of one article are not,
        so the true interval is wider.

    Raises
    ------
    ValueError
        If neither table has a column `by`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> statements = pd.DataFrame({
    ...     "article_id": ["a", "a", "b"], "speaker": ["Ann Hale", "police", "Ann Hale"], "act": "speech",
    ...     "quote_type": ["direct", "indirect", "indirect"], "words": [12, 5, 9], "naming": "named",
    ...     "actor_type": ["expert", "police", "expert"], "role": None, "affiliation": None})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Post", "Wire"], "story_id": None})
    >>> table = sources(SimpleNamespace(statements=statements, articles=articles))
    >>> table[["speaker", "statements", "words", "direct", "outlets"]].values.tolist()
    [['Ann Hale', 2, 21, 0.5, 2], ['police', 1, 5, 0.0, 1]]
    """
    statements = _with_articles(notes.statements, notes.articles, ("outlet", "story_id"))
    if by in notes.articles.columns and by not in statements.columns:
        statements = _with_articles(statements, notes.articles, (by,))
    if by not in statements.columns:
        raise ValueError(f"sources(by={by!r}): neither statements nor articles have this column.")
    if act is not None:
        statements = statements[statements["act"] == act]
    statements = statements[statements[by].notna()]
    counted = statements.assign(words=statements["words"].fillna(0), direct=statements["quote_type"] == "direct")
    table = counted.groupby(by, sort=True).agg(
        speakers=("speaker", "nunique"), articles=("article_id", "nunique"), statements=("article_id", "size"),
        words=("words", "sum"), direct=("direct", "sum"), outlets=("outlet", "nunique"),
    )  # fmt: skip
    told = PROFILE if by == "speaker" else ()
    for name in told:
        table[name] = _commonest(counted, [by], name)
    direct, of_all = table["direct"], table["statements"]
    table = table.assign(**_shares("share", of_all, len(statements)), **_shares("direct", direct, of_all))
    shown = [*(told or ["speakers"]), "articles", "statements", *_SHARE, "words", *_DIRECT, "outlets"]
    table = table.loc[table["statements"] >= minimum, shown].reset_index()
    table = table.astype(dict.fromkeys(("articles", "statements", "words", "outlets"), "int64"))
    return table.sort_values(["statements", "words", by], ascending=[False, False, True], ignore_index=True)


def claims(
    notes: Any,
    *,
    action: str | Collection[str] | None = None,
    counted: str | Collection[str] | None = None,
    dimension: str | None = None,
    story: str | None = None,
    unit: str | None = None,
    conversions: bool = False,
) -> pd.DataFrame:
    """Figures that answer one question, such as how many people were killed, over time.

    Parameters
    ----------
    notes
        What `annotate` found; its quantities and articles are used.
    action
        Lemmas, one or several: "kill", or ("kill", "die").
    counted
        What is counted, one word or several, singular or plural: "people" finds "young people" too.
    dimension, unit, story
        As in the tables: "count" or "money"; "USD"; the `story_id` of one event.
    conversions
        Whether to keep figures that only repeat another in brackets, in another unit.

    Returns
    -------
    pandas.DataFrame
        A row a figure, by time of publication (those without it last): when and where it was
        printed, who claims it (`claimed_by`, missing where the outlet itself does), the figure with
        its bound and unit, and where in the article it stands.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> figure = {"article_id": "a", "quantity_id": "a/q0-1", "start": 0, "end": 1, "text": "9", "value": 9.0,
    ...           "dimension": "count", "bound": "=", "counted": "sailors", "action": "kill", "part": "body"}
    >>> notes = SimpleNamespace(quantities=frame("quantities", [figure]),
    ...     articles=frame("articles", [{"article_id": "a", "outlet": "Post", "published": "2024-03-09"}]))
    >>> claims(notes, action="kill", counted="sailor")[["published", "outlet", "value"]].values.tolist()
    [['2024-03-09', 'Post', 9.0]]
    """
    import pandas as pd

    table = _with_articles(notes.quantities, notes.articles, ("published", "outlet", "story_id"))
    table = table.reset_index(drop=True)
    keep = pd.Series(True, index=table.index)
    if action is not None:
        wanted = {word.casefold() for word in _several(action)}
        keep &= table["action"].map(lambda cell: _text(cell).casefold() in wanted).astype(bool)
    if counted is not None:
        forms = {form for word in _several(counted) for form in _numbers_of(word.casefold())}
        keep &= table["counted"].map(lambda cell: _counts(_text(cell).casefold(), forms)).astype(bool)
    for name, value in (("dimension", dimension), ("unit", unit), ("story_id", story)):
        if value is not None:
            keep &= (table[name] == value).fillna(False).astype(bool)
    if not conversions:
        keep &= table["converts"].isna()
    table = table.loc[keep, list(CLAIM_COLUMNS)]
    when = pd.to_datetime(table["published"], errors="coerce", utc=True, format="ISO8601")
    table = table.assign(when=when).sort_values(["when", "article_id", "start"], na_position="last")
    return table.drop(columns="when").reset_index(drop=True)


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
    chosen = table[by].isin(_several(target))
    others = table[by].notna() & ~chosen if reference is None else table[by].isin(_several(reference)) & ~chosen
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
        for match in regex.finditer(_text(text)):
            start, end = match.span()
            if start < end:
                left, right = text[max(0, start - width) : start], text[end : end + width]
                rows.append((article_id, start, end, match[0], *(re.sub(r"\s", " ", side) for side in (left, right))))
    types = {"article_id": "str", "start": "int64", "end": "int64", "text": "str", "left": "str", "right": "str"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def names(notes: Any, *, label: str | None = None) -> pd.DataFrame:
    """The people, organisations, places and other names of a corpus, with how often and where.

    Parameters
    ----------
    notes
        What `annotate` found; its entities and articles are used.
    label
        One kind of name: "person", "organisation", "place" ...

    Returns
    -------
    pandas.DataFrame
        A row for each name and label, in most articles first: `name, label`; `articles`, `outlets`
        and `mentions` (pronouns and titles too); `forms`, the names printed for it, most frequent
        first; its most frequent `role`, `affiliation` and `country`. Names are put together when they
        are spelt the same: two people of one name are one row, and two spellings are two.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> one = {"article_id": "a", "label": "person", "name": "Ann Hale", "mention": "name"}
    >>> notes = SimpleNamespace(articles=frame("articles", [{"article_id": "a", "outlet": "Post"}]),
    ...     entities=frame("entities", [one | {"text": "Ann Hale"}, one | {"text": "Hale"}]))
    >>> names(notes)[["name", "articles", "mentions", "forms"]].values.tolist()
    [['Ann Hale', 1, 2, ['Ann Hale', 'Hale']]]
    """
    import pandas as pd

    entities = _with_articles(notes.entities, notes.articles, ("outlet",))
    if label is not None:
        entities = entities[entities["label"] == label]
    key = ["name", "label"]
    table = entities.groupby(key, sort=True).agg(
        articles=("article_id", "nunique"), outlets=("outlet", "nunique"), mentions=("article_id", "size")
    )
    printed = entities[entities["mention"] == "name"].value_counts([*key, "text"]).reset_index()
    forms = printed.sort_values(["count", "text"], ascending=[False, True]).groupby(key)["text"].agg(list)
    table["forms"] = pd.Series([forms.get(one, []) for one in table.index], index=table.index, dtype="object")
    for column in ("role", "affiliation", "country"):
        table[column] = _commonest(entities, key, column)
    table = table.reset_index()
    return table.sort_values(["articles", "mentions", "name"], ascending=[False, False, True], ignore_index=True)


def _with_articles(table: pd.DataFrame, articles: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The table with columns of its articles beside it, where articles have them, else empty."""
    lacking = [name for name in columns if name not in table.columns]
    known = articles.drop_duplicates("article_id").set_index("article_id")
    known = known.reindex(columns=lacking)
    return table.assign(**{name: table["article_id"].map(known[name]) for name in lacking})


def _commonest(table: pd.DataFrame, key: list[str], column: str) -> pd.Series:
    """For each key the most frequent value of a column, the first in the alphabet of several."""
    counts = table.dropna(subset=[column]).value_counts([*key, column]).rename("n").reset_index()
    best = counts.sort_values(["n", column], ascending=[False, True]).drop_duplicates(key)
    return best.set_index(key if len(key) > 1 else key[0])[column]


def _shares(name: str, part: pd.Series, whole: Any) -> dict[str, Any]:
    """A share and the bounds of its Wilson interval, as columns."""
    wholes = [whole] * len(part) if isinstance(whole, int) else whole
    bounds = [wilson(int(k), int(n)) for k, n in zip(part, wholes, strict=True)]
    low, high = ([bound[i] for bound in bounds] for i in (0, 1))
    return {name: part / whole, f"{name}_low": low, f"{name}_high": high}


def _several(values: Any) -> list[Any]:
    return [values] if isinstance(values, str) or not isinstance(values, Iterable) else list(values)


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else ""


def _numbers_of(word: str) -> set[str]:
    """A noun with the singular and plural forms that spelling allows."""
    endings = (("", "s"), ("", "es"), ("y", "ies"), ("s", ""), ("es", ""), ("ies", "y"))
    return {word} | {word.removesuffix(old) + new for old, new in endings if word.endswith(old)}


def _counts(cell: str, forms: set[str]) -> bool:
    """Whether what is counted, or its last word, which is its head, is one of the forms."""
    return bool(cell) and (cell in forms or cell.split()[-1] in forms)


def _bodies(articles: Any) -> tuple[pd.DataFrame, list[str]]:
    """The articles table and a text for each: of notes the body, of a table all."""
    if not hasattr(articles, "segments"):
        return articles, [_text(text) for text in articles["text"]]
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
