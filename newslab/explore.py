"""Tables over a corpus: who speaks, which figures compete, what words and names set articles apart.

Every function takes `notes` (or one table) and gives a new DataFrame; nothing it is given changes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from newslab.audit import commonest, compare_sources, sources, with_articles
from newslab.figures.standing import standing
from newslab.keywords import concordance, keyness, several, text_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["claims", "compare_sources", "concordance", "keyness", "names", "sources"]
NOT_THE_NEWS = ("byline", "credit")  # who wrote and who took the picture is not whom an article is about
CLAIM_COLUMNS = (
    "published", "outlet", "story_id", "claimed_by", "bound", "value", "low", "high", "unit", "counted", "action",
    "dimension", "change", "place", "time", "text", "part", "article_id", "start", "end", "statement_id",
    "quantity_id",
)  # fmt: skip

_COMPARED = (
    "when", "claimed_by", "outlet", "article_id", "quantity_id", "bound", "value", "low", "high", "story_id",
    "dimension", "unit", "change", "counted", "action",
)  # fmt: skip


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
        its bound and unit, and where in the article it stands. `revises`: the `quantity_id` of what the
        same source (`claimed_by`, else the outlet) said last before, where no number fits both. `agree`,
        `conflict`: how many other sources' last figures, up to the same time, share a number with this one
        and how many do not, of those with the same story, dimension, unit and direction of change, and the
        same action and thing counted unless they were asked for. "At least 9" agrees with 11; "about" reaches
        10 % to both sides, and numbers of a thousand or more as far as they are rounded.

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

    table = with_articles(notes.quantities, notes.articles, ("published", "outlet", "story_id"))
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
    asked = [name for name, given in (("action", action), ("counted", counted)) if given is not None]
    return _compared(table.reset_index(drop=True), asked).drop(columns="when")


def _compared(table: pd.DataFrame, asked: Collection[str]) -> pd.DataFrame:
    """Claims with what each revises, and with how many other sources it agrees and disagrees."""
    import pandas as pd

    columns = {name: table[name].astype(object).where(table[name].notna(), None).tolist() for name in _COMPARED}
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    for i, row in enumerate(rows):
        said = text_of(row["claimed_by"]).casefold()
        row["source"] = ("said", said) if said else ("outlet", row["outlet"] or row["article_id"] or i)
    out = standing(rows, [_question(row, asked, i) for i, row in enumerate(rows)])
    ids = [None if old is None else rows[old]["quantity_id"] for old, _, _ in out]
    made = {"revises": ids, "agree": [agree for _, agree, _ in out], "conflict": [apart for *_, apart in out]}
    kinds = {"revises": table["quantity_id"].dtype, "agree": "int64", "conflict": "int64"}
    return table.assign(**{name: pd.Series(made[name], index=table.index, dtype=kinds[name]) for name in made})


def _question(row: dict[str, Any], asked: Collection[str], i: int) -> tuple[Any, ...]:
    """What a claim answers; a figure that says neither what it counts nor what happened answers its own."""
    if not asked and not row["action"] and not row["counted"]:
        return (i,)
    thing = None if "counted" in asked else " ".join(text_of(row["counted"]).casefold().split()[-1:]).removesuffix("s")
    action = None if "action" in asked else row["action"]
    return row["story_id"], row["dimension"], row["unit"], row["change"], thing, action


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

    entities = with_articles(_in_the_news(notes.entities, notes.segments), notes.articles, ("outlet",))
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
        table[column] = commonest(entities, key, column)
    table = table.reset_index()
    return table.sort_values(["articles", "mentions", "name"], ascending=[False, False, True], ignore_index=True)


def _in_the_news(entities: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Mentions that stand in no byline or credit."""
    apart = segments.loc[segments["part"].isin(NOT_THE_NEWS), ["article_id", "start", "end"]]
    pairs = entities[["article_id", "start"]].reset_index().merge(apart, on="article_id", suffixes=("", "_apart"))
    inside = pairs["start"].between(pairs["start_apart"], pairs["end"], inclusive="left")
    return entities[~entities.index.isin(pairs.loc[inside, "index"])]


def _numbers_of(word: str) -> set[str]:
    """A noun with the singular and plural forms that spelling allows."""
    endings = (("", "s"), ("", "es"), ("y", "ies"), ("s", ""), ("es", ""), ("ies", "y"))
    return {word} | {word.removesuffix(old) + new for old, new in endings if word.endswith(old)}


def _counts(cell: str, forms: set[str]) -> bool:
    """Whether what is counted, or its last word, which is its head, is one of the forms."""
    return bool(cell) and (cell in forms or cell.split()[-1] in forms)
