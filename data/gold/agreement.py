"""How far the two readers of the gold agree.

Both labelled the same articles without seeing each other's labels (gold/first, gold/second). Spans are
compared by F1, the categories of paired labels by the share that is equal and by Krippendorff's alpha for nominal data.

`python data/gold/agreement.py` prints the table and writes it to gold/agreement.csv, for all articles, for those that
are kept for measuring, and for each. `settle.py` lists the differences and makes the settled labels.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

import make_gold
from readings import GOLD, Row, Unit, plain, read, read_table, units, write_table

# Categories with an alpha. "given" asks only whether there is one: readers word a role as they find it.
CATEGORIES = {
    "entities": {"label": "label"},
    "photos": {"provenance": "provenance"},
    "statements": {
        "quote_type": "quote_type", "naming": "naming", "actor_type": "actor_type", "speaker": "speaker",
        "role given": "role", "role": "role", "via": "via",
    },
    "figures": {
        "amount": "amount", "dimension": "dimension", "unit": "unit", "bound": "bound", "counted given": "counted",
        "counted": "counted", "action": "action", "claimed_by": "claimed_by", "converts": "converts",
    },
}  # fmt: skip
OF_ARTICLE = {"speaker", "claimed_by", "role", "counted", "action", "amount"}  # words that mean nothing elsewhere
SPAN_MEASURES = {
    "statements": (
        "content, half of its words", "content, soft", "content, same words", "cue, shared word", "cue, same words",
        "source, shared word", "source, same words",
    ),
    "figures": ("overlapping span", "same span"),
    "entities": ("shared form", "name and label", "forms"),
    "photos": ("caption",),
}  # fmt: skip


def alpha(pairs: Sequence[tuple[Hashable, ...]]) -> float | None:
    """Krippendorff's alpha for nominal data: 1 where all agree, 0 where they agree as chance would have it.

    Parameters
    ----------
    pairs
        For each unit the values that its coders gave it, any number of them; None where a coder gave none.

    Returns
    -------
    float or None
        At most 1; None where no two different values were given, so that there is nothing to tell apart.

    Examples
    --------
    >>> alpha([("a", "a"), ("b", "b"), ("a", "b")])
    0.4444444444444444

    Source
    ------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability, University of Pennsylvania.
    """
    coded = [[value for value in unit if value is not None] for unit in pairs]
    coded = [unit for unit in coded if len(unit) > 1]
    totals = Counter(value for unit in coded for value in unit)
    n = sum(totals.values())
    chance = n * n - sum(count * count for count in totals.values())
    if not chance:
        return None
    unequal = sum(
        (len(unit) ** 2 - sum(count * count for count in Counter(unit).values())) / (len(unit) - 1) for unit in coded
    )
    return 1 - (n - 1) * unequal / chance


class Tally:
    """Spans and categories of any number of articles, added up."""

    def __init__(self) -> None:
        self.spans: dict[tuple[str, str], list[float]] = {}  # found in both (of each reader), first, second
        self.codes: dict[tuple[str, str], list[tuple[Hashable, Hashable]]] = {}

    def add(self, stem: str, found: dict[str, list[Unit]]) -> None:
        """Add one article."""
        for table, rows in found.items():
            for measure in SPAN_MEASURES[table]:
                total = self.spans.setdefault((table, measure), [0, 0, 0, 0])
                counts = [_soft(rows)] if measure == "content, soft" else [_span(measure, unit) for unit in rows]
                self.spans[table, measure] = [sum(column) for column in zip(total, *counts, strict=True)]
            both = [(u.first, u.second) for u in rows if u.same and u.first and u.second]
            for name, field in CATEGORIES[table].items():
                codes = self.codes.setdefault((table, name), [])
                codes += [(_code(a, name, field, stem), _code(b, name, field, stem)) for a, b in both]

    def rows(self, scope: str) -> list[Row]:
        """The table: F1 for spans, share and alpha for categories."""
        table: list[Row] = []
        for (name, measure), (right, right_of_second, first, second) in self.spans.items():
            if first and second:
                recall, precision = right / first, right_of_second / second
                f1 = 2 * recall * precision / (recall + precision) if right else 0.0
                row: Row = {"first": int(first), "second": int(second), "both": round(right, 1), "f1": round(f1, 3)}
                table.append({"articles": scope, "table": name, "measure": measure, **row})
        for (name, measure), codes in self.codes.items():
            if codes:
                equal, value = sum(a == b for a, b in codes), alpha(codes)
                row = {"first": len(codes), "second": len(codes), "both": equal, "share": round(equal / len(codes), 3)}
                row["alpha"] = value if value is None else round(value, 3)
                table.append({"articles": scope, "table": name, "measure": measure, **row})
        return table


def _span(measure: str, unit: Unit) -> tuple[float, float, int, int]:
    """(what of the first reader's the second has, and the other way round, how many each has) of a unit."""
    a, b = unit.first, unit.second
    field, _, how = measure.partition(", ")
    if field in ("content", "cue", "source"):
        one, two = (row["words"][field] if row else frozenset() for row in (a, b))
        right = unit.same and bool(one & two) and (one == two or how != "same words")
        return right, right, bool(one), bool(two)
    if measure == "forms":
        shared = len({*a["forms"]} & {*b["forms"]}) if a and b else 0
        return shared, shared, len(a["forms"]) if a else 0, len(b["forms"]) if b else 0
    same = unit.same
    if measure == "same span" and a and b:
        same = (a["start"], a["end"]) == (b["start"], b["end"])
    elif measure == "name and label" and a and b:
        same = (plain(a["name"]), a["label"]) == (plain(b["name"]), b["label"])
    return same, same, a is not None, b is not None


def _soft(rows: list[Unit]) -> tuple[float, float, int, int]:
    """Shares of words, over all overlapping contents: Johansson and Moschitti (2013), Computational Linguistics 39."""
    first = [unit.first["words"]["content"] for unit in rows if unit.first]
    second = [unit.second["words"]["content"] for unit in rows if unit.second]
    recall = sum(min(1, sum(len(a & b) for b in second) / len(a)) for a in first)
    precision = sum(min(1, sum(len(a & b) for a in first) / len(b)) for b in second)
    return recall, precision, len(first), len(second)


def _code(row: Row, name: str, field: str, stem: str) -> Hashable:
    value = plain(row[field])
    if name.endswith(" given"):
        return bool(value)
    if field == "counted":
        value = value.rpartition(" ")[2]
    return (stem, value) if field in OF_ARTICLE and value else value


def main() -> None:
    kinds = {row["article_id"]: row["gold"] for row in read_table(make_gold.DATA / "MANIFEST.csv")}
    tallies = {"all": Tally(), "measure": Tally()}
    for path in sorted((GOLD / "first").glob("*.toml")):
        other = GOLD / "second" / path.name
        if not other.exists():
            print(f"{path.stem}: no second reading")
            continue
        found = units(read(path), read(other))
        tallies[path.stem] = Tally()
        for scope in ("all", path.stem, *(["measure"] if kinds[path.stem] == "measure" else [])):
            tallies[scope].add(path.stem, found)
    rows = [row for scope, tally in tallies.items() for row in tally.rows(scope)]
    write_table(GOLD / "agreement.csv", rows)
    of = {(row["articles"], row["table"], row["measure"]): row for row in rows}
    print(f"{'':38}{'all':>6}{'':27}measure")
    for scope, table, measure in of:
        if scope == "all":
            cells = [of.get((s, table, measure), {}) for s in ("all", "measure")]
            line = "".join(
                f"{c.get('first', 0):8}{c.get('second', 0):6}{c.get('f1', c.get('share')) or 0:8.3f}"
                f"{'' if c.get('alpha') is None else format(c['alpha'], '.3f'):>7}"
                for c in cells
            )
            print(f"{table:11} {measure:27}{line}")


if __name__ == "__main__":
    main()
