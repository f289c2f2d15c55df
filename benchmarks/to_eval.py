"""Turn what newslab found into the prediction files of the public sets' scorers.

It renames and reshapes; what the software does not find, it does not add.

    python benchmarks/to_eval.py statements|quantities|entities|body --tables DIR > pred.jsonl
    python benchmarks/to_eval.py sentiment --input newsmtsc.jsonl [--tone lexicon|model] > pred.jsonl
    python benchmarks/to_eval.py aliases   --input gum.jsonl > pred.jsonl
    python benchmarks/to_eval.py places    --input cases.jsonl > pred.jsonl

DIR is the output of `newslab annotate ... --format jsonl`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]

TYPES = {"person": "PERSON", "organisation": "ORG", "place": "PLACE", "facility": "FAC"}
SIGNS = {"=": "=", "range": "=", "about": "~", "more than": ">", "at least": ">", "less than": "<", "up to": "<"}
# Units that the sets call by another name
THEIR_NAMES = {
    "metric horsepower": "horsepower",
    "million British thermal units": "mega british thermal unit",
    "pound-foot": "foot pound-force",
}
SMALL = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "for", "to", "from", "by", "with", "and", "or", "its", "his", "her"}
    | {"their", "our", "my", "this", "that", "these", "those"}
)
PRONOUNS = "pronoun"


def read(path: Path) -> Iterator[Row]:
    """The rows of a JSONL file, also a packed one."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def by_article(tables: Path, name: str) -> dict[str, list[Row]]:
    """Every article's rows of a table; an empty list for an article in which nothing was found."""
    rows: dict[str, list[Row]] = {row["article_id"]: [] for row in read(tables / "articles.jsonl")}
    for row in read(tables / f"{name}.jsonl"):
        rows[row["article_id"]].append(row)
    return rows


def statements(tables: Path) -> Iterator[Row]:
    """Attributions of PolNeAR: source, cue and content as spans."""
    for article_id, rows in by_article(tables, "statements").items():
        found = [{role: row[role] for role in ("source", "cue", "content")} for row in rows]
        yield {"id": article_id, "attributions": found}


def quantities(tables: Path) -> Iterator[Row]:
    """Quantities of NewsQuant and figures-news."""
    for article_id, rows in by_article(tables, "quantities").items():
        yield {"id": article_id, "quantities": in_their_terms(rows)}


def in_their_terms(rows: list[Row]) -> list[Row]:
    """One article's figures in the sets' own terms; "fell from 9 to 2" is [9, 2] to them, one figure."""
    by_id = {row["quantity_id"]: row for row in rows}
    out: list[Row] = []
    before: Row | None = None
    for row in rows:
        made = quantity(row, by_id)
        if row["found_by"] == "rules:to" and before is not None:
            if before["found_by"] == "rules:from":
                out.pop()
            made |= {"value": [before["value"], row["value"]], "change": "="}
        before = row if row["found_by"] in ("rules:from", "rules:to") else None
        out.append(made)
    return out


def quantity(row: Row, by_id: dict[str, Row]) -> Row:
    """One figure in the sets' own terms."""
    bounded = row["low"] != row["high"]
    nothing = row["value"] == 0 and row["counted"] == "people"  # "nobody": the sets print the word itself
    first = by_id.get(row["converts"])
    return {
        "value": value(row),
        "unit": unit(row),
        "change": change(row, first),
        "concept": concept(row),
        "approximator": approximator(row),
        "lower": row["low"] if bounded else None,
        "upper": row["high"] if bounded else None,
        "counted": row["text"] if nothing else row["counted"] or unit(row).partition(" per ")[0],
        "event": row["action_text"],
        "claimed_by": row["claimed_by"],
        "converted_from": first and {"value": value(first), "unit": unit(first)},
    }


def value(row: Row) -> Any:
    """A number, or a range as its two ends."""
    return row["value"] if row["value"] is not None else [row["low"], row["high"]]


def unit(row: Row) -> str:
    """The sets write money by its name and give a count's noun as its unit, which is in `counted` here."""
    from newslab.figures.units import currency_name

    name = row["unit"]
    if row["dimension"] == "ratio" and not name:
        return "time"
    if name and row["dimension"] == "age":
        return f"{name} of age"
    if name and not name.startswith("per "):
        head, per, rest = name.partition(" per ")
        head, rest = THEIR_NAMES.get(head, head), THEIR_NAMES.get(rest, rest)
        return currency_name(head).replace("US dollar", "dollar") + per + rest
    if not row["counted"] or row["dimension"] == "other":
        return name or "-"
    noun = re.sub(r" (?:and|or) ", " ", row["counted"])
    return f"{noun} {name}" if name else f"% {noun}" if row["dimension"] == "fraction" else noun


def change(row: Row, first: Row | None = None) -> str:
    """The sets have one sign for bound and change: a strict bound goes before up and down, those before about.

    A figure in brackets has the strict bound of the `first` that it repeats; `between` goes before up and down,
    and `within` is no bound.
    """
    words = row["text"].lower()
    sign = "=" if words.startswith("within") else SIGNS.get(row["bound"], "=")
    if first is not None and sign == "=":
        sign = change(first) if change(first) in ("<", ">") else sign
    told_by_verb = row["change"] and not row["found_by"].endswith(("change-noun", "from", "to"))
    return row["change"] if sign in "=~" and not words.startswith("between") and told_by_verb else sign


def concept(row: Row) -> list[str]:
    """The words of what the figure is about; "-" where the sentence names nothing."""
    words = row["topic"] or (row["counted"] if row["unit"] else "") or ""
    return [word for word in re.findall(r"[\w'&.-]+", words) if word.lower() not in SMALL] or ["-"]


def approximator(row: Row) -> str | None:
    """The words that bound the number: "at least" of "at least 41"; all words of "dozens"."""
    text = row["text"].lower()
    if row["bound"] in ("=", "range"):
        return text if row["dimension"] == "ratio" and row["change"] and not re.search(r"\d| ", text) else None
    if row["value"] is None:
        return text
    return next((p for p in bound_phrases() if text.startswith(p) or text.endswith(f"or {p}")), None)


def bound_phrases() -> list[str]:
    """The phrases that bound a number, longest first."""
    from newslab import rules

    return sorted((row["phrase"] for row in rules.read("bounds")), key=len, reverse=True)


def entities(tables: Path) -> Iterator[Row]:
    """Names and pronouns of GUM."""
    for article_id, rows in by_article(tables, "entities").items():
        names = [mention(row) for row in rows if row["mention"] == "name" and row["label"] in TYPES]
        pronouns = [
            {key: row[key] for key in ("start", "end", "entity_id")} for row in rows if row["mention"] == PRONOUNS
        ]
        yield {"id": article_id, "mentions": names, "pronouns": pronouns}


def mention(row: Row) -> Row:
    return {"start": row["start"], "end": row["end"], "type": TYPES[row["label"]], "entity_id": row["entity_id"]}


def body(tables: Path) -> Iterator[Row]:
    """The text that was kept as body, a paragraph a line; subheads and datelines stand within it."""
    texts = {row["article_id"]: row["text"] for row in read(tables / "articles.jsonl")}
    for article_id, rows in by_article(tables, "segments").items():
        kept = [row for row in rows if row["part"] in ("body", "subhead", "dateline")]
        ends = [0, *(row["end"] for row in kept)]
        gaps = [texts[article_id][end : row["start"]] for end, row in zip(ends, kept, strict=False)]
        pieces = [("\n" if "\n" in gap else " ") + row["text"] for gap, row in zip(gaps, kept, strict=True)]
        yield {"id": article_id, "body": "".join(pieces).strip()}


def sentiment(path: Path, tone: str) -> Iterator[Row]:
    """The tone of each NewsMTSC sentence towards each of its targets."""
    from newslab import target_tone

    labels = ("negative", "neutral", "positive")
    for row in read(path):
        for target in row["targets"]:
            found = target_tone(row["sentence_normalized"], target["from"], target["to"], tone=tone)
            probabilities = [found[label] for label in labels]
            label = labels[probabilities.index(max(probabilities))]
            yield {"gid": target["Input.gid"], "label": label, "proba": probabilities}


def aliases(path: Path) -> Iterator[Row]:
    """Names given: which of them newslab takes for one entity."""
    from newslab.naming.folding import aliases as fold

    back = {"PERSON": "person", "ORG": "organisation", "PLACE": "place"}
    for row in read(path):
        named = [m for m in row["mentions"] if m["kind"] == "name" and m["type"] in back]
        spans = [(*(m["name"] or (m["start"], m["end"])), back[m["type"]]) for m in named]
        ids = fold(row["text"], spans)
        found = [
            {"start": m["start"], "end": m["end"], "type": m["type"], "entity_id": entity_id}
            for m, entity_id in zip(named, ids, strict=True)
        ]
        yield {"id": row["id"], "mentions": found}


def places(path: Path) -> Iterator[Row]:
    """The country and coordinates of each case's place name, given as a name in its sentence."""
    from newslab.entities import entities as find
    from newslab.parsing import load_model
    from newslab.places import places as locate
    from newslab.records import Entity, local_id

    nlp = load_model()
    for row in read(path):
        start, end = row["start"], row["end"]
        others = [e for e in find(nlp(row["text"])) if e.end <= start or e.start >= end]
        name = row["text"][start:end]
        given = Entity(
            start=start, end=end, text=name, found_by="given", mention_id=local_id("m", start, end), label="place",
            entity_id=local_id("e", start, end), name=name,
        )  # fmt: skip
        found = locate(sorted([*others, given], key=lambda e: (e.start, e.end)), text=row["text"])
        place = next(e for e in found if (e.start, e.end) == (start, end))
        yield {"id": row["id"], "country": place.country, "latitude": place.latitude, "longitude": place.longitude}


FROM_TABLES = {"statements": statements, "quantities": quantities, "entities": entities, "body": body}
FROM_INPUT = {"aliases": aliases, "places": places}


def main() -> None:
    """Write one prediction file to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=[*FROM_TABLES, "sentiment", *FROM_INPUT])
    parser.add_argument("--tables", type=Path, help="what `newslab annotate --format jsonl` wrote")
    parser.add_argument("--input", type=Path, help="the set's own file")
    parser.add_argument("--tone", choices=("lexicon", "model"), default="lexicon")
    given = parser.parse_args()
    needed = "tables" if given.what in FROM_TABLES else "input"
    if getattr(given, needed) is None:
        parser.error(f"{given.what} needs --{needed}")
    rows: Iterable[Row]
    if given.what in FROM_TABLES:
        rows = FROM_TABLES[given.what](given.tables)
    elif given.what == "sentiment":
        rows = sentiment(given.input, given.tone)
    else:
        rows = FROM_INPUT[given.what](given.input)
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
