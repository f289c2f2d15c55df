"""Make the settled labels (gold/source) from the two readings and what was decided on their differences.

gold/differences has a file an article, with a row for each field in which the readers differ. `choice` says
whose label stands: `first`, `second`, `both` (of lists: forms, not_figures), `other` (it is in `settled`),
`neither` (of a whole label: nobody's), `follows` (of claimed_by: what follows from the settled statements). `reason`
says why. A row that is added for a field in which the readers agree changes it; one with `new` in `where` adds
a label, written in `settled` as JSON.

`python data/gold/settle.py` makes gold/source from gold/differences, and so do a change of a label there.
`python data/gold/settle.py start FOLDER` writes the differences to decide on into a folder, with a list of all labels,
and `python data/gold/settle.py finish FOLDER NAME...` takes decided ones over, when nothing is left open.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import make_gold
import readings
from readings import FIELDS, GOLD, Row, Unit

SPANS = ("content", "cue", "source")
CHOICES = {"first", "second", "both", "other", "neither", "follows"}
COLUMNS = ("article", "table", "where", "field", "first", "second", "choice", "settled", "reason")
MONTH = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z.]* \d|\d (?:Jan|Feb|Mar|Apr|May|Ju|Aug|Sep)|\d\.\d"
)
HEADER = """# Settled labels. settle.py makes them of the files of this name in first/, second/ and differences/: change
# a label in the last of them. data/README.md says how the labels are meant; make_gold.py computes the offsets.
"""


def text_of(stem: str) -> str:
    return (make_gold.DATA / "sample" / f"{stem}.txt").read_bytes().decode("utf-8")


def both_readings(stem: str) -> dict[str, list[Unit]]:
    """What the two readers labelled in an article, paired."""
    first, second = (readings.read(GOLD / side / f"{stem}.toml") for side in ("first", "second"))
    for tables in (first, second):
        for row in tables["figures"]:
            speakers = [statement["speaker"] for statement in holders(row, tables["statements"])]
            row["held"] = bool(speakers)
            row["follows"] = row["claimed_by"] in speakers if row["claimed_by"] else None
    return readings.units(first, second) | {
        "not_figures": [Unit(first["not_figures"][0], second["not_figures"][0], True)]
    }


# --------------------------------------------------------------------------- what is settled by a rule


def by_rule(row: Row, unit: Unit) -> tuple[str, str]:
    """(choice, reason) of a difference that a rule settles, or two empty cells."""
    a, b = unit.first, unit.second
    if row["field"] == "action" and {readings.plain(r["action"] or "have") for r in unit.rows} <= {"have", "be"}:
        return ("first" if not (a and a["action"]) else "second"), "rule: to be and to have are no action"
    if row["field"] == "amount" and a and b and exact(a) == exact(b) is not None:
        return "first", "rule: a value that had to be computed is written with all its digits"
    if row["field"] == "date" and unit.rows and not MONTH.search(unit.rows[0]["caption"]):
        return ("second" if row["first"] else "first"), "rule: a photo has a date where day and month are printed"
    if (
        row["field"] == "claimed_by"
        and a
        and b
        and all(r["follows"] if r["held"] else not r["claimed_by"] for r in (a, b))
    ):
        return "follows", "rule: the speaker of the settled statement that it stands in, if any"
    return "", ""


def holders(figure: Row, statements: Iterable[Row]) -> list[Row]:
    """The statements whose content a figure stands in."""
    return [row for row in statements if inside(figure, row["content"])]


def inside(figure: Row, spans: Iterable[Sequence[int]]) -> bool:
    return any(low <= figure["start"] and figure["end"] <= high for low, high in spans)


def exact(figure: Row) -> Any:
    """The value with all its digits, where it is no number as printed: a third, 6ft 2in, 19 hours 40 minutes."""
    value = figure.get("value")
    if value is None or float(value).is_integer() or re.search(r"\d[.,]\d", figure["text"]):
        return value
    near = Fraction(value).limit_denominator(12)
    return float(near) if near and abs(float(near) - value) < 5e-4 else value


# ------------------------------------------------------------------------------------- what is decided


def start(folder: Path) -> None:
    """Write the differences of all articles with two readings, and lists of all their labels."""
    for path in sorted((GOLD / "second").glob("*.toml")):
        out = folder / f"{path.stem}.csv"
        if out.exists():
            print(f"{out.name}: is there, left as it is")
            continue
        found = both_readings(path.stem)
        rows = readings.differences(path.stem, found)
        for row in rows:
            unit = found[row["table"]][int(row["where"][1:]) - 1]
            row["choice"], row["reason"] = by_rule(row, unit)
            row["settled"] = ""
        both = [" | ".join(side["text"]) for side in found["not_figures"][0].rows]
        if len({frozenset(side.split(" | ")) for side in both}) > 1:
            row = {"article": path.stem, "table": "not_figures", "where": "n01", "field": "text", "choice": "both"}
            row |= {"first": both[0], "second": both[1], "reason": "rule: those of both, less what is a settled figure"}
            rows.append(row)
        readings.write_table(out, [{column: row.get(column, "") for column in COLUMNS} for row in rows])
        lines = []
        for table in FIELDS:
            for number, unit in enumerate(found[table], 1):
                lone = "" if unit.first and unit.second else "(ONE READER) "
                lines.append(f"{table[0]}{number:02} {lone}{readings.summary(unit.rows[0], table)}")
        (folder / f"{path.stem}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        open_rows = sum(not row["choice"] for row in rows)
        print(f"{out.name}: {len(rows)} differences, {open_rows} to decide")


def decisions(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(where, field) -> (choice, settled). Stops at what is still open."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for number, row in enumerate(readings.read_table(path), 2):
        if row["choice"] not in CHOICES or not row["reason"].strip():
            said = f"choice {row['choice']!r}, reason {row['reason']!r}"
            raise SystemExit(
                f"{path.name}, line {number}: {said}: choose one of {', '.join(sorted(CHOICES))}, and say why."
            )
        if (row["choice"] == "other") < bool(row["settled"]):
            raise SystemExit(f"{path.name}, line {number}: `settled` is read only where choice is other.")
        key = (f"new{number}" if row["where"] == "new" else row["where"], row["field"])
        if key in found:
            raise SystemExit(f"{path.name}, line {number}: {row['where']} {row['field']} stands there twice.")
        found[key] = (row["choice"], f"{row['table']}:{row['settled']}" if row["where"] == "new" else row["settled"])
    return found


# ------------------------------------------------------------------------------------- what is settled


def settle(stem: str, decided: dict[tuple[str, str], tuple[str, str]]) -> dict[str, list[Row]]:
    """The settled labels, in the form of the source files."""
    text, found, left = text_of(stem), both_readings(stem), dict(decided)
    tables: dict[str, list[Row]] = {}
    for table in FIELDS:
        tables[table] = []
        for number, unit in enumerate(found[table], 1):
            where = f"{table[0]}{number:02}"
            whole = left.pop((where, "(whole)"), ("", ""))[0]
            choices = {field: left.pop((where, field)) for field in FIELDS[table] if (where, field) in left}
            if not whole and None in (unit.first, unit.second):
                raise SystemExit(f"{stem}: {where} is one reader's only; decide on its (whole).")
            kept = {"neither": (), "first": unit[:1], "second": unit[1:2], "both": unit[:2]}.get(whole, (unit.rows[0],))
            tables[table] += [merged(text, row, unit, choices, f"{stem} {where}") for row in kept if row]
    for key in [key for key in left if key[0].startswith("new")]:
        table, _, label = left.pop(key)[1].partition(":")
        tables[table].append(spanned(text, json.loads(label), table, stem))
    attribute(tables)
    first, second = (side["text"] for side in found["not_figures"][0].rows)
    choice, settled = left.pop(("n01", "text"), ("both", ""))
    listed = {"first": first, "second": second, "other": settled.split(" | ")}.get(choice, first + second)
    taken = [(row["start"], row["end"]) for row in tables["figures"]]
    tables["not_figures"] = [
        {"text": words} for words in dict.fromkeys(listed) if not all(_in(taken, at) for at in _places(text, words))
    ]
    if left:
        raise SystemExit(f"{stem}: no such label: {', '.join(' '.join(key) for key in left)}.")
    return tables


def merged(text: str, base: Row, unit: Unit, choices: dict[str, tuple[str, str]], name: str) -> Row:
    """A reader's label, but for the fields where it was decided otherwise."""
    row = dict(base)
    for field, (choice, settled) in choices.items():
        taken = {"first": unit.first, "second": unit.second}.get(choice)
        if choice in ("first", "second") and taken is None:
            raise SystemExit(f"{name}: {field}: the {choice} reader has no such label.")
        if choice == "other":
            taken = parsed(text, field, settled, base, name)
        elif choice == "both":
            taken = {field: list(dict.fromkeys(form for reader in unit.rows for form in reader[field]))}
        elif choice == "follows":
            taken = {"claimed_by": None, "follows": True}
        if taken is None:
            raise SystemExit(f"{name}: {field} cannot be {choice}.")
        keys = {
            "text": ("text", "start", "end"),
            "amount": ("value", "low", "high"),
            "claimed_by": ("claimed_by", "follows"),
        }
        row |= {key: taken.get(key) for key in keys.get(field, (field,))}
        if "written" in taken and field in (*SPANS, "text"):
            row["written"] = row["written"] | {field: taken["written"].get(field, [])}
    return row


def parsed(text: str, field: str, settled: str, base: Row, name: str) -> Row:
    """What was written in `settled` for a field."""
    if field in SPANS:
        pieces = [piece for piece in settled.split(" | ") if piece]
        return {field: [list(make_gold.locate(text, piece, base["written"]["at"], name)) for piece in pieces]}
    if field == "text":
        begin, end = make_gold.locate(text, settled, base["written"]["at"], name)
        return {"text": text[begin:end], "start": begin, "end": end}
    if field == "amount":
        numbers = [float(number) for number in settled.split(" to ")]
        return {"value": numbers[0]} if len(numbers) == 1 else {"low": numbers[0], "high": numbers[1]}
    if field == "forms":
        return {field: settled.split(" | ")}
    return {field: int(settled) if field == "printed" else settled or None}


def spanned(text: str, label: Row, table: str, name: str) -> Row:
    """A label that neither reader has, with its offsets."""
    if table == "statements":
        return make_gold.statement(text, label, name) | {"written": label}
    if table == "figures":
        return make_gold.figure(text, label, [("body", 0, len(text))], name) | {"written": label}
    return label


def attribute(tables: dict[str, list[Row]]) -> None:
    """Fill in claimed_by where a reader gave the speaker of the statement that the figure stands in."""
    for row in tables["figures"]:
        if row.get("follows"):
            speakers = [statement["speaker"] for statement in holders(row, tables["statements"])]
            row["claimed_by"] = row["claimed_by"] if row["claimed_by"] in speakers else next(iter(speakers), None)


def _places(text: str, words: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(words), text)]


def _in(spans: Sequence[tuple[int, int]], place: tuple[int, int]) -> bool:
    return any(low <= place[0] and place[1] <= high for low, high in spans)


# ------------------------------------------------------------------------------------------ as it is written


def quoted(text: str, span: Sequence[int], at: str | None, tried: Iterable[str] = ()) -> str:
    """The words of a span as a label quotes them: with as many of their neighbours as tell them from others."""
    start_, end = span
    line = text.rfind("\n", 0, start_) + 1, (text + "\n").find("\n", end)
    candidates = [*tried, text[start_:end]]
    for count in range(1, 400):
        for before, after in ((0, count), (count, 0), (count, count)):
            low, high = max(line[0], start_ - before), min(line[1], end + after)
            candidates.append(f"{text[low:start_]}[[{text[start_:end]}]]{text[end:high]}")
    for words in candidates:
        try:
            if make_gold.locate(text, words, at, "") == (start_, end):
                return words
        except SystemExit:
            continue
    raise SystemExit(f"{text[start_:end]!r}: no words of its line tell it from others (at {at!r}).")


def source_of(stem: str, tables: dict[str, list[Row]]) -> str:
    """The source file of the settled labels."""
    text = text_of(stem)
    lines = [HEADER]
    for table in ("entities", "photos", "figures"):
        lines += [f"{table} = [", *(f"  {inline(text, row, table)}," for row in _sorted(tables[table])), "]", ""]
    lines += [f"not_figures = {_toml([row['text'] for row in tables['not_figures']])}", ""]
    for row in _sorted(tables["statements"]):
        at, label = row["written"]["at"], row["written"]
        lines += ["[[statements]]", *([f"at = {_toml(at)}"] if at else [])]
        for key in SPANS:
            pieces = [quoted(text, span, at, label.get(key, [])) for span in row[key]]
            lines += [f"{key} = {_toml(pieces)}"] if pieces else []
        rest = [key for key in FIELDS["statements"] if key not in SPANS and row[key] is not None]
        lines += [f"{key} = {_toml(row[key])}" for key in rest]
        lines.append("")
    return "\n".join(lines)


def inline(text: str, row: Row, table: str) -> str:
    """A label in one line of TOML."""
    pairs = {key: row.get(key) for key in FIELDS[table]}
    if table == "figures":
        at = row["written"]["at"]
        pairs = {"at": at, "text": quoted(text, (row["start"], row["end"]), at, [row["written"]["text"]])}
        pairs |= {"value": exact(row)} | {key: row.get(key) for key in ("low", "high")}
        pairs |= {key: row.get(key) for key in FIELDS[table] if key not in ("text", "amount")}
        pairs["dimension"] = None if pairs["dimension"] == "count" else pairs["dimension"]
        pairs["bound"] = None if pairs["bound"] == "=" else pairs["bound"]
        pairs["action"] = None if pairs["action"] in ("be", "have") else pairs["action"]
    return "{" + ", ".join(f"{key} = {_toml(value)}" for key, value in pairs.items() if value is not None) + "}"


def _sorted(rows: list[Row]) -> list[Row]:
    def place(row: Row) -> int:
        spans = [span for key in SPANS for span in row.get(key, [])]
        return min(spans)[0] if spans else row.get("start", 0)

    return sorted(rows, key=place)


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(int(value)) if float(value).is_integer() else repr(value)


def make(path: Path) -> None:
    """Write the source file that follows from an article's differences, if make_gold.py can read it."""
    labels = source_of(path.stem, settle(path.stem, decisions(path)))
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / f"{path.stem}.toml"
        draft.write_text(labels, encoding="utf-8")
        make_gold.gold(draft)
    (GOLD / "source" / f"{path.stem}.toml").write_text(labels, encoding="utf-8")


def main() -> None:
    match sys.argv[1:]:
        case []:
            for path in sorted((GOLD / "differences").glob("*.csv")):
                make(path)
        case ["start", folder]:
            start(Path(folder))
        case ["finish", folder, *stems] if stems:
            for stem in stems:
                path = Path(folder) / f"{stem}.csv"
                rows = readings.read_table(path)
                make(path)
                (GOLD / "differences").mkdir(exist_ok=True)
                readings.write_table(GOLD / "differences" / path.name, rows)
                print(f"{stem}: settled")
            make_gold.main()
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
