"""Tables over a corpus: who speaks, which figures compete, what words and names set articles apart.

Every function takes `notes` (or one table) and gives a new DataFrame; nothing it is given changes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from newslab.keywords import concordance, keyness, several, text_of
from newslab.scoring import wilson

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["claims", "concordance", "keyness", "names", "sources"]
NOT_THE_NEWS = ("byline", "credit")  # who wrote and who took the picture is not whom an article is about
PROFILE = ("naming", "actor_type", "role", "affiliation")  # what is told of a speaker
CLAIM_COLUMNS = (
    "published", "outlet", "story_id", "claimed_by", "bound", "value", "low", "high", "unit", "counted", "action",
    "dimension", "change", "place", "time", "text", "part", "article_id", "start", "end", "statement_id",
    "quantity_id",
)  # fmt: skip
_SHARE, _DIRECT = (tuple(f"{name}{end}" for end in ("", "_low", "_high")) for name in ("share", "direct"))


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
        wanted = {word.casefold() for word in several(action)}
        keep &= table["action"].map(lambda cell: text_of(cell).casefold() in wanted).astype(bool)
    if counted is not None:
        forms = {form for word in several(counted) for form in _numbers_of(word.casefold())}
        keep &= table["counted"].map(lambda cell: _counts(text_of(cell).casefold(), forms)).astype(bool)
    for name, value in (("dimension", dimension), ("unit", unit), ("story_id", story)):
        if value is not None:
            keep &= (table[name] == value).fillna(False).astype(bool)
    if not conversions:
        keep &= table["converts"].isna()
    table = table.loc[keep, list(CLAIM_COLUMNS)]
    when = pd.to_datetime(table["published"], errors="coerce", utc=True, format="ISO8601")
    table = table.assign(when=when).sort_values(["when", "article_id", "start"], na_position="last")
    return table.drop(columns="when").reset_index(drop=True)


def names(notes: Any, *, label: str | None = None) -> pd.DataFrame:
    """The people, organisations, places and other names of a corpus, with how often and where.

    Parameters
    ----------
    notes
        What `annotate` found; its entities, segments and articles are used. Names in bylines and credits
        are left out: they are not whom the news is about.
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
    ...     segments=frame("segments", []),
    ...     entities=frame("entities", [one | {"text": "Ann Hale"}, one | {"text": "Hale"}]))
    >>> names(notes)[["name", "articles", "mentions", "forms"]].values.tolist()
    [['Ann Hale', 1, 2, ['Ann Hale', 'Hale']]]
    """
    import pandas as pd

    entities = _with_articles(_in_the_news(notes.entities, notes.segments), notes.articles, ("outlet",))
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


def _in_the_news(entities: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Mentions that stand in no byline or credit."""
    apart = segments.loc[segments["part"].isin(NOT_THE_NEWS), ["article_id", "start", "end"]]
    pairs = entities[["article_id", "start"]].reset_index().merge(apart, on="article_id", suffixes=("", "_apart"))
    inside = pairs["start"].between(pairs["start_apart"], pairs["end"], inclusive="left")
    return entities[~entities.index.isin(pairs.loc[inside, "index"])]


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


def _numbers_of(word: str) -> set[str]:
    """A noun with the singular and plural forms that spelling allows."""
    endings = (("", "s"), ("", "es"), ("y", "ies"), ("s", ""), ("es", ""), ("ies", "y"))
    return {word} | {word.removesuffix(old) + new for old, new in endings if word.endswith(old)}


def _counts(cell: str, forms: set[str]) -> bool:
    """Whether what is counted, or its last word, which is its head, is one of the forms."""
    return bool(cell) and (cell in forms or cell.split()[-1] in forms)
