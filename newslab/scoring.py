"""Found rows against gold rows: how much of what a reader sees in an article the finders see too."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslab.drawing.facts import given
from newslab.records import PARTS

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
Counts = dict[str, tuple[int, int, int]]  # measure: right, found, gold
DICE = 0.5  # contents that share this much of their words are one
GOLD_KEYS = ("segments", "photos", "entities", "statements", "figures")
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)


def score(found: Any, gold: str | Path) -> pd.DataFrame:
    """Compare what was found with gold annotations, table by table.

    Parameters
    ----------
    found
        What `annotate` found, or the folder that it was saved to.
    gold
        A gold file, or a folder of them, in the format of `data/README.md`. A file is compared with the
        article whose text has its `article.sha256`; without one, with the article that its labels quote. A
        file may leave tables out; those are not scored.

    Returns
    -------
    pandas.DataFrame
        For each article, and for "all" of them in sum, a row a measure: `article, table, measure`; how
        many were `right` of those `found` and of those in `gold`; `precision` and `recall`, not a number where
        nothing was found or to be found, and `f1`. A measure with neither has no row.

        - segments: by part, with exactly the same span; `characters`: non-blank ones with the right part
        - photos: with the caption (half of its words or more); of those, photographer, agency, date, ...
        - entities: with the same name and label; `name`, `label`: of those that share a form with a gold
          entity; `forms`: printed names with the right entity
        - statements: `content` (half of its words or more), `content and speaker`; of those with the
          content, quote_type, naming, actor_type, role, via ...
        - figures: `span` (it overlaps), `value, bound and unit`; of those with the span, value, counted ...
        - not_figures: numbers that are no figures, and were left alone

        What may be missing, such as a role, is found if something stands there, and right if it agrees.

    Raises
    ------
    FileNotFoundError
        If there is no gold file.
    ValueError
        If a gold file is no gold file, or its article was not found.

    Examples
    --------
    >>> import json, tempfile
    >>> import pandas as pd
    >>> from newslab import annotate, load_articles
    >>> articles = load_articles(pd.DataFrame({"text": ["Nine people were killed, police said."]}))
    >>> notes = annotate(articles, cache=False, progress=False)
    >>> figure = {"start": 0, "end": 4, "text": "Nine", "value": 9, "unit": None, "bound": "="}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "gold.json")
    ...     size = path.write_text(json.dumps({"figures": [figure]}))
    ...     scores = score(notes, path).set_index(["article", "measure"])
    >>> float(scores.loc[("all", "value, bound and unit"), "f1"])
    1.0
    """
    import pandas as pd

    if isinstance(found, (str, Path)):
        from newslab.notes import load_notes

        found = load_notes(found)
    rows = []
    for name, _, text, have, wanted in labelled(found, gold):
        counts = _counts(have, wanted, text)
        rows += [(name, table, measure, *n) for table, found_in in counts.items() for measure, n in found_in.items()]
    table = pd.DataFrame(rows, columns=["article", "table", "measure", "right", "found", "gold"])
    in_sum = table.groupby(["table", "measure"], sort=False)[["right", "found", "gold"]].sum().reset_index()
    table = pd.concat([table, in_sum.assign(article="all")])
    table = table[table["found"] + table["gold"] > 0].reset_index(drop=True)
    return table.assign(
        precision=table["right"] / table["found"].where(table["found"] > 0),
        recall=table["right"] / table["gold"].where(table["gold"] > 0),
        f1=2 * table["right"] / (table["found"] + table["gold"]),
    )


def labelled(found: Any, gold: str | Path) -> Iterator[tuple[str, str, str, dict[str, list[Row]], dict[str, Any]]]:
    """Each gold file with its article: the file's name, article_id, text, what was found, and what is gold."""
    tables = {name: _by_article(getattr(found, name)) for name in TABLES}
    texts = {str(row["article_id"]): row for row in found.articles.to_dict("records")}
    for path in _gold_files(Path(gold)):
        wanted = _read(path)
        article = _article_of(wanted, texts, path)
        have = {name: tables[name].get(article, []) for name in TABLES}
        yield path.stem, article, texts[article]["text"], have, wanted


def wilson(successes: int, n: int, *, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval of a share: where the true share lies, at 95 % by default.

    Parameters
    ----------
    successes, n
        How many of how many.
    z
        How many standard errors wide: 1.96 for 95 %, 2.576 for 99 %.

    Returns
    -------
    tuple of float
        Lower and upper bound, 0 to 1; not a number twice if `n` is 0.

    Examples
    --------
    >>> low, high = wilson(8, 10)
    >>> round(low, 3), round(high, 3)
    (0.49, 0.943)

    Source
    ------
    Wilson (1927), Journal of the American Statistical Association 22.
    """
    if n == 0:
        return math.nan, math.nan
    share, spread = successes / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    # the share itself where rounding would leave it outside
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def _counts(have: Mapping[str, Sequence[Row]], wanted: Row, text: str) -> dict[str, Counts]:
    """The measures of each table that the gold labels."""
    measures: dict[str, Callable[[], Counts]] = {
        "segments": lambda: _segments(have["segments"], wanted["segments"], text),
        "photos": lambda: _photos(have["photos"], wanted["photos"]),
        "entities": lambda: _entities(have["entities"], wanted["entities"]),
        "statements": lambda: _statements(have["statements"], wanted["statements"], text),
        "figures": lambda: _figures(have["quantities"], wanted["figures"]),
        "not_figures": lambda: _not_figures(have["quantities"], wanted, text),
    }
    return {table: measure() for table, measure in measures.items() if table in wanted}


# --------------------------------------------------------------------------------------------- reading

TABLES = ("segments", "photos", "entities", "statements", "quantities")


def _gold_files(path: Path) -> list[Path]:
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise FileNotFoundError(f"{path}: no gold here. Give a gold file, or a folder with gold files (*.json).")
    return files


def _read(path: Path) -> dict[str, Any]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: not JSON ({error}).") from error
    if not isinstance(gold, dict) or not gold.keys() & set(GOLD_KEYS):
        keys = ", ".join(GOLD_KEYS)
        raise ValueError(f"{path}: no gold file, since it has none of {keys}. See data/README.md for the format.")
    return gold


def _article_of(gold: Row, articles: Mapping[str, Row], path: Path) -> str:
    """The id of the article that a gold file is about: by its text's hash, or else by what it quotes."""
    about = gold.get("article") or {}
    about = {"file": about} if isinstance(about, str) else about
    for key, row in articles.items():
        if about.get("sha256") and about["sha256"] in (row.get("sha256"), _sha256(row["text"])):
            return key
    if not about.get("sha256"):
        for key, row in articles.items():
            quoted = [span for table in GOLD_KEYS for span in gold.get(table, ()) if "end" in span and "text" in span]
            if quoted and all(row["text"][span["start"] : span["end"]] == span["text"] for span in quoted):
                return key
    name = Path(about.get("file", "")).name
    same = [row for row in articles.values() if name and Path(str(given(row.get("source_file")))).name == name]
    why = f"the text of {name} is another than the gold was made from" if same else "its article was not annotated"
    raise ValueError(f"{path}: {why}. Annotate the article as it is in the corpus, or leave its gold out.")


def _sha256(text: Any) -> str:
    return hashlib.sha256(str(text).encode()).hexdigest()


def _by_article(table: pd.DataFrame) -> dict[str, list[Row]]:
    """Rows of each article, in order, missing cells as None."""
    rows: dict[str, list[Row]] = {}
    for row in table.to_dict("records"):
        rows.setdefault(str(row["article_id"]), []).append({str(k): given(v) for k, v in row.items()})
    return rows


# -------------------------------------------------------------------------------------------- comparing


def _segments(found: Sequence[Row], gold: Sequence[Row], text: str) -> Counts:
    spans = [{(s["start"], s["end"], s["part"]) for s in rows} for rows in (found, gold)]
    counts = {"all": (len(spans[0] & spans[1]), len(spans[0]), len(spans[1]))}
    for part in PARTS:
        have, want = ({span for span in side if span[2] == part} for side in spans)
        counts[part] = (len(have & want), len(have), len(want))
    painted = []
    for rows in (found, gold):
        parts = [""] * len(text)
        for row in rows:
            parts[row["start"] : row["end"]] = [row["part"]] * (row["end"] - row["start"])
        painted.append([part for part, c in zip(parts, text, strict=True) if not c.isspace()])
    right = sum(have == want != "" for have, want in zip(*painted, strict=True))
    return counts | {"characters": (right, *(len(side) - side.count("") for side in painted))}


def _photos(found: Sequence[Row], gold: Sequence[Row]) -> Counts:
    bags = [[_bag(row["caption"]) for row in rows] for rows in (found, gold)]
    pairs = _pairs(found, gold, [_dice(a, b) for a in bags[0] for b in bags[1]], DICE)
    counts = {"caption": (len(pairs), len(found), len(gold))}
    for name in ("photographer", "agency", "date", "credit", "provenance"):
        if any(name in row for row in gold):
            counts[name] = _agree(pairs, name)
    printed = sum(len(have.get("printings") or ()) == want["printed"] for have, want in pairs if "printed" in want)
    return counts | {"printings": (printed, *[sum("printed" in want for _, want in pairs)] * 2)}


def _entities(found: Sequence[Row], gold: Sequence[Row]) -> Counts:
    entities: dict[str, dict[str, Any]] = {}
    for row in found:
        if row["mention"] == "name" and row["label"] != "nationality":  # gold has no demonyms
            new = {"name": row["name"], "label": row["label"], "forms": set()}
            entities.setdefault(row["entity_id"], new)["forms"].add(_plain(row["text"]))
    have = list(entities.values())
    want = [{**row, "forms": {_plain(form) for form in row["forms"]}} for row in gold]
    names = [{(_plain(row["name"]), row["label"]) for row in side} for side in (have, want)]
    pairs = _pairs(have, want, [len(a["forms"] & b["forms"]) for a in have for b in want], 1)
    shared = sum(len(a["forms"] & b["forms"]) for a, b in pairs)
    return {
        "name and label": (len(names[0] & names[1]), len(have), len(want)),
        "any form": (len(pairs), len(have), len(want)),
        "name": _agree(pairs, "name"),
        "label": _agree(pairs, "label"),
        "forms": (shared, sum(len(row["forms"]) for row in have), sum(len(row["forms"]) for row in want)),
    }


def _statements(found: Sequence[Row], gold: Sequence[Row], text: str) -> Counts:
    words = [match.span() for match in _WORD.finditer(text)]
    pairs = statement_pairs(found, gold, text)
    sizes = (len(found), len(gold))
    told = sum(alike(have["speaker"], want["speaker"]) for have, want in pairs)
    counts = {"content": (len(pairs), *sizes), "content and speaker": (told, *sizes)}
    for name in ("cue", "source"):
        sides = [(_inside(a[name] or (), words), _inside(b[name], words)) for a, b in pairs]
        right = sum(bool(a & b) for a, b in sides)
        counts[name] = (right, sum(bool(a) for a, _ in sides), sum(bool(b) for _, b in sides))
    names = ("speaker", "quote_type", "naming", "actor_type", "role", "via")
    return counts | {name: _agree(pairs, name) for name in names}


def statement_pairs(found: Sequence[Row], gold: Sequence[Row], text: str) -> list[tuple[Row, Row]]:
    """Statements that share half of their content's words or more, the most alike first."""
    words = [match.span() for match in _WORD.finditer(text)]
    bags = [[_inside(row["content"], words) for row in rows] for rows in (found, gold)]
    return _pairs(found, gold, [_dice(a, b) for a in bags[0] for b in bags[1]], DICE)


def figure_pairs(found: Sequence[Row], gold: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Figures that overlap, those that share most first."""
    return _pairs(found, gold, [_overlap(a, b) for a in found for b in gold], 1)


def _figures(found: Sequence[Row], gold: Sequence[Row]) -> Counts:
    pairs = figure_pairs(found, gold)
    texts = {row["quantity_id"]: row["text"] for row in found}
    values = [same_value(*pair) for pair in pairs]
    whole = sum(
        value and a["bound"] == b["bound"] and alike(a["unit"], b["unit"])
        for value, (a, b) in zip(values, pairs, strict=True)
    )
    sizes = (len(found), len(gold))
    counts = {
        "span": (len(pairs), *sizes),
        "value, bound and unit": (whole, *sizes),
        "value": (sum(values), len(pairs), len(pairs)),
    }
    for name in ("bound", "unit", "dimension", "action", "claimed_by"):
        counts[name] = _agree(pairs, name)
    counts["counted"] = _agree(pairs, "counted", lambda a, b: _plain(a).split()[-1:] == _plain(b).split()[-1:])
    repeated = [({"converts": texts.get(a["converts"])}, b) for a, b in pairs]
    return counts | {"converts": _agree(repeated, "converts", lambda a, b: a in b or b in a)}


def _not_figures(found: Sequence[Row], gold: Row, text: str) -> Counts:
    """Numbers that are no figures, wherever they stand; one that lies in a gold figure there is one."""
    alone, strings = 0, gold.get("not_figures", [])
    wrong = [q for q in found if not any(_overlap(q, figure) for figure in gold["figures"])]
    for string in strings:
        places = re.finditer(rf"(?<!\w){re.escape(string)}(?!\w)", text)
        spans = [{"start": match.start(), "end": match.end()} for match in places]
        alone += not any(_overlap(q, span) for q in wrong for span in spans)
    return {"left alone": (alone, len(strings), len(strings))}


# ---------------------------------------------------------------------------------------------- helpers


def _pairs(found: Sequence[Row], gold: Sequence[Row], likeness: Iterable[float], least: float) -> list[tuple[Row, Row]]:
    """One-to-one pairs, the most alike first, none less alike than `least`."""
    cells = [(-x, i) for i, x in enumerate(likeness) if x >= least]
    pairs, used = [], (set(), set())  # type: ignore[var-annotated]
    for _, cell in sorted(cells):
        i, j = divmod(cell, len(gold))
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((found[i], gold[j]))
    return pairs


def _agree(
    pairs: Sequence[tuple[Row, Row]], name: str, equal: Callable[[str, str], bool] | None = None
) -> tuple[int, int, int]:
    """How often a column agrees, of the pairs where the found row has it, and where the gold row has."""
    sides = [(given(a.get(name)), given(b.get(name))) for a, b in pairs]
    both = [(a, b) for a, b in sides if a is not None and b is not None]
    right = sum((equal or alike)(a, b) for a, b in both)
    return right, sum(a is not None for a, _ in sides), sum(b is not None for _, b in sides)


def _plain(text: str) -> str:
    """A name to compare: in small letters, without article, possessive and line breaks."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    return _ARTICLE.sub("", plain.removesuffix("'s").removesuffix("'"))


def alike(a: Any, b: Any) -> bool:
    a, b = given(a), given(b)
    return _plain(a) == _plain(b) if isinstance(a, str) and isinstance(b, str) else a == b


def same_value(a: Row, b: Row) -> bool:
    names = ("value",) if given(b.get("value")) is not None else ("low", "high")
    pairs = [(given(a.get(name)), given(b.get(name))) for name in names]
    return all(x == y if x is None or y is None else math.isclose(x, y, rel_tol=1e-9) for x, y in pairs)


def _overlap(a: Row, b: Row) -> int:
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def _bag(text: str) -> frozenset[str]:
    return frozenset(match[0].casefold() for match in _WORD.finditer(text))


def _inside(spans: Iterable[Sequence[int]], words: Sequence[tuple[int, int]]) -> frozenset[Any]:
    """The words of a text that lie in any of the spans."""
    return frozenset(word for start, end in spans for word in words if start < word[1] and word[0] < end)


def _dice(a: frozenset[Any], b: frozenset[Any]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
