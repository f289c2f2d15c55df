"""Fill in what a script can: parts.csv from gold/parts.txt, and words and sha256 in MANIFEST.csv.

Run it after a change to a sample text, from anywhere: `python data/make_tables.py`. It stops, and says
where, when a label is missing or a glued line has no place to cut.
"""

import csv
import hashlib
import re
from pathlib import Path

DATA = Path(__file__).parent
PARTS = {
    "H": "headline", "S": "standfirst", "B": "byline", "D": "dateline", "T": "timestamp", "U": "subhead",
    "C": "caption", "R": "credit", "X": "body", "F": "furniture",
}  # fmt: skip
# Where the second part of a line begins. A credit is named by its first words, so that a new style
# is a decision of whoever adds it here and no silent guess.
CUTS = {
    "CR": re.compile(
        r"(?:Credit:|Photograph:|Photo:|Picture:|\(Image:|(?:[A-Z&][\w&]* ?){1,6}/Handout via |HARBOUR WIRE/)"
    ),
    "DX": re.compile(r"(?<=\(Harbour Wire\) - )|(?<=/ATNIA/\. )"),
}


def labels(source: Path) -> dict[str, list[str]]:
    """File stem -> one label per non-empty line."""
    found = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            stem, *codes = line.split()
            pairs = [(code.rstrip("0123456789"), code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for code in codes]
            found[stem] = [code for code, times in pairs for _ in range(int(times or 1))]
    return found


def spans(text: str, codes: list[str], name: str) -> list[tuple[str, int, int]]:
    """(part, start, end) of every part of a text, in order; the white space between parts belongs to none."""
    lines = [match.span() for match in re.finditer(r"\S(?:.*\S)?", text)]
    if len(lines) != len(codes):
        raise SystemExit(f"{name}: {len(lines)} lines with text, {len(codes)} labels in gold/parts.txt.")
    rows = []
    for (start, end), code in zip(lines, codes, strict=True):
        if len(code) == 1:
            rows.append((PARTS[code], start, end))
            continue
        cuts = [match.start() for match in CUTS[code].finditer(text[start:end])]
        if len(cuts) != 1:
            raise SystemExit(f"{name}: {code} needs one cut, found {len(cuts)}, in {text[start:end]!r}.")
        cut = start + cuts[0]
        rows.append((PARTS[code[0]], start, start + len(text[start:cut].rstrip())))
        rows.append((PARTS[code[1]], cut, end))
    return rows


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    coded = labels(DATA / "gold" / "parts.txt")
    manifest = read_table(DATA / "MANIFEST.csv")
    parts = []
    for row in manifest:
        raw = (DATA / row["file"]).read_bytes()
        text = raw.decode("utf-8")
        rows = spans(text, coded[Path(row["file"]).stem], row["file"])
        parts += [{"file": row["file"], "part": p, "start": str(start), "end": str(end)} for p, start, end in rows]
        row["words"] = str(sum(len(text[start:end].split()) for part, start, end in rows if part == "body"))
        row["sha256"] = hashlib.sha256(raw).hexdigest()
    write_table(DATA / "parts.csv", parts)
    write_table(DATA / "MANIFEST.csv", manifest)
    print(f"{len(manifest)} articles, {len(parts)} parts")


if __name__ == "__main__":
    main()
