"""Fill in what a script can: parts.csv from gold/parts.txt, and words and sha256 in MANIFEST.csv.

Run it after a change to a text, from anywhere: `python data/make_tables.py`. It stops, and says
where, when a label is missing or a glued line has no place to cut.

An article's text is its page copy. Of most articles it is the file itself; articles in other forms
(`make_pages.py`, `make_exports.py`) are made from the page copy in `source/`.
"""

import csv
import hashlib
import re
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent
PAGE_COPY = "page copy"
PARTS = {
    "H": "headline", "S": "standfirst", "B": "byline", "D": "dateline", "T": "timestamp", "U": "subhead",
    "C": "caption", "R": "credit", "X": "body", "F": "furniture",
}  # fmt: skip
# Where the second part of a line begins. A credit is named by its first words, so that a new style
# is a decision of whoever adds it here and no silent guess.
CUTS = {
    "CR": re.compile(
        r"(?:Credit:|Photograph:|Photo:|Picture:|\(Image:|(?:[A-Z&][\w&]* ?){1,6}/Handout via "
        r"|(?:HARBOUR WIRE|Harbour Wire)/)"
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


class Page(NamedTuple):
    """One article's page copy: where it stands, its bytes, and its parts."""

    file: str
    raw: bytes
    parts: list[tuple[str, int, int]]

    def lines(self) -> list[tuple[str, str]]:
        """(part, text) of every part, in order."""
        text = self.raw.decode("utf-8")
        return [(part, text[start:end]) for part, start, end in self.parts]


def page(row: dict[str, str], coded: dict[str, list[str]]) -> Page:
    """The page copy of an article of the manifest: the file itself, or what another form was made from."""
    file = row["file"] if row["format"] == PAGE_COPY else f"source/{row['article_id']}.txt"
    raw = (DATA / file).read_bytes()
    return Page(file, raw, spans(raw.decode("utf-8"), coded[row["article_id"]], file))


def place(row: dict[str, str]) -> tuple[Path, int]:
    """The file that holds an article, and which one in it the article is, from 1."""
    file, _, number = row["file"].partition("#")
    return DATA / file, int(number or 1)


def main() -> None:
    coded = labels(DATA / "gold" / "parts.txt")
    manifest = read_table(DATA / "MANIFEST.csv")
    parts = []
    for row in manifest:
        copy = page(row, coded)
        parts += [{"file": copy.file, "part": p, "start": str(a), "end": str(b)} for p, a, b in copy.parts]
        row["words"] = str(sum(len(text.split()) for part, text in copy.lines() if part == "body"))
        row["sha256"] = hashlib.sha256(place(row)[0].read_bytes()).hexdigest()
    write_table(DATA / "parts.csv", parts)
    write_table(DATA / "MANIFEST.csv", manifest)
    print(f"{len(manifest)} articles, {len(parts)} parts")


if __name__ == "__main__":
    main()
