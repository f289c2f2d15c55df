"""The same person, organisation or place across articles: spellings put together, each with its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from newslab.explore import names

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]  # name and label
ACTIONS = ("merge", "split", "relabel")
COLUMNS = ("action", "name", "label", "into")
_MIDDLE = re.compile(r"(?<=\w) \w\.?(?= \w)")  # John F. Kennedy
# letters that transliterations of one name differ in
_VARIANTS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("y", "i"), ("ph", "f"), ("kh", "h"), ("dj", "j"),
             ("q", "k"), ("ck", "k"))  # fmt: skip


def entity_table(notes: Any, *, label: str | None = None, corrections: str | Path | pd.DataFrame | None = None) -> Any:
    """People, organisations and places of a corpus, one row each however an article spells them.

    Parameters
    ----------
    notes
        What `annotate` found.
    label
        One kind of name: "person", "organisation", "place" ...
    corrections
        A CSV file or DataFrame with the columns `action, name, label, into`, which a rerun reads again.
        `merge` puts a name with another (`into`), `split` keeps it from being put with any,
        `relabel` gives it another label (`into`). Corrections go before the rules.

    Returns
    -------
    pandas.DataFrame
        As `names`, and `spellings`, the names that are one here, and `merged`, why each of them is. Put
        together are, within a label: places of one entry of the gazetteer (Kyiv and Kiev); names that
        differ in accents, hyphens, a middle initial or letters that transliterations differ in
        (Mohammed and Mohamed); and a short name (WHO, Hale) that the articles of one other name, and of
        no second one, use for it.

    Raises
    ------
    ValueError
        If the corrections lack a column or have an unknown action; the message names the row.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from newslab.records import frame
    >>> rows = [{"article_id": i, "label": "person", "mention": "name", "name": n, "text": n}
    ...         for i, n in (("a", "Omar Haddad"), ("b", "Omar Hadad"))]
    >>> notes = SimpleNamespace(articles=frame("articles", [{"article_id": "a"}, {"article_id": "b"}]),
    ...     segments=frame("segments", []), entities=frame("entities", rows))
    >>> entity_table(notes)[["name", "articles", "spellings"]].values.tolist()
    [['Omar Hadad', 2, ['Omar Hadad', 'Omar Haddad']]]
    """
    import pandas as pd

    wanted, apart, labels = _corrections(corrections)
    entities = notes.entities.copy()
    pairs = list(zip(entities["name"], entities["label"], strict=True))
    if labels:
        entities["label"] = [labels.get((n, k), k) for n, k in pairs]
    one = SimpleNamespace(articles=notes.articles, segments=notes.segments, entities=entities)
    table = names(one)
    into, why = _merged(table, _gazetteer(entities), wanted, apart)
    given = list(zip(entities["name"], entities["label"], strict=True))
    one.entities = entities.assign(name=[into.get(pair, pair)[0] for pair in given])
    out = names(one, label=label)
    spelt: dict[Key, list[str]] = {}
    reasons: dict[Key, list[str]] = {}
    for pair in zip(table["name"], table["label"], strict=True):
        target = into.get(pair, pair)
        spelt.setdefault(target, []).append(pair[0])
        if pair != target:
            reasons.setdefault(target, []).append(f"{pair[0]}: {why[pair]}")
    rows = list(zip(out["name"], out["label"], strict=True))
    out["spellings"] = pd.Series([sorted(spelt.get(row, [row[0]])) for row in rows], index=out.index, dtype="object")
    out["merged"] = pd.Series([reasons.get(row, []) for row in rows], index=out.index, dtype="object")
    return out


def _corrections(given: str | Path | pd.DataFrame | None) -> tuple[dict[Key, str], set[Key], dict[Key, str]]:
    """Names to merge (into which), to keep apart, and to relabel."""
    import pandas as pd

    if given is None:
        return {}, set(), {}
    table = given if isinstance(given, pd.DataFrame) else pd.read_csv(given, dtype="str", keep_default_na=False)
    lacking = [name for name in COLUMNS if name not in table]
    if lacking:
        raise ValueError(f"entity_table(corrections=...): no column {lacking[0]!r}; it needs {', '.join(COLUMNS)}.")
    merge: dict[Key, str] = {}
    apart: set[Key] = set()
    labels: dict[Key, str] = {}
    for number, (action, name, label, into) in enumerate(table[list(COLUMNS)].itertuples(index=False), start=1):
        if action not in ACTIONS:
            raise ValueError(
                f"entity_table(corrections=...): row {number} has the action {action!r}; "
                f"use one of {', '.join(ACTIONS)}."
            )
        if action == "split":
            apart.add((name, label))
        else:
            (merge if action == "merge" else labels)[name, label] = into
    return merge, apart, labels


def _gazetteer(entities: pd.DataFrame) -> dict[Key, str]:
    """The entry of the gazetteer that a place name stands for most often."""
    known = entities[entities["gazetteer_id"].notna()]
    counts = known.groupby(["name", "label", "gazetteer_id"]).size().sort_values(kind="stable")
    return {(str(name), str(label)): str(entry) for name, label, entry in counts.index}


def _merged(
    table: pd.DataFrame, entries: Mapping[Key, str], wanted: Mapping[Key, str], apart: set[Key]
) -> tuple[dict[Key, Key], dict[Key, str]]:
    """Into which name each other one goes, and why; the most frequent name stays."""
    pairs: list[Key] = list(zip(table["name"], table["label"], strict=True))
    owners: dict[tuple[str, str], list[Key]] = {}
    for pair, forms in zip(pairs, table["forms"], strict=True):
        for form in forms:
            if form != pair[0]:
                owners.setdefault((form, pair[1]), []).append(pair)
    into: dict[Key, Key] = {}
    why: dict[Key, str] = {}
    first: dict[tuple[str, str, str], Key] = {}
    for pair in pairs:  # most articles first
        name, label = pair
        if pair in wanted:
            into[pair], why[pair] = (wanted[pair], label), "by hand"
            continue
        if pair in apart:
            continue
        signs = [("spelling", _folded(name, label))]
        if pair in entries and label == "place":
            signs.append(("one entry of the gazetteer", entries[pair]))
        for reason, sign in signs:
            known = first.setdefault((reason, label, sign), pair)
            if known != pair and pair not in into:
                into[pair], why[pair] = known, reason
    for pair in pairs:
        whose = [_end(owner, into) for owner in owners.get(pair, ()) if owner not in apart]
        if pair not in into and pair not in apart and len(set(whose)) == 1 and whose[0] != pair:
            into[pair], why[pair] = whose[0], "so called in its articles"
    return {pair: _end(pair, into) for pair in into}, why


def _end(pair: Key, into: Mapping[Key, Key]) -> Key:
    """Where a chain of merges ends; at its first name again if it runs in a circle."""
    seen = {pair}
    while pair in into and into[pair] not in seen:
        pair = into[pair]
        seen.add(pair)
    return pair


def _folded(name: str, label: str) -> str:
    """A name without accents, hyphens, case and article; of persons also without what transliterations differ in."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = " ".join(re.sub(r"[^\w\s.]", " ", plain.replace("\u2019", "").replace("'", "")).split()).removeprefix(
        "the "
    )
    if label != "person" or " " not in plain:
        return plain.replace(".", "")
    plain = _MIDDLE.sub("", plain)
    for a, b in _VARIANTS:
        plain = plain.replace(a, b)
    return re.sub(r"(\w)\1", r"\1", plain.replace(".", ""))
