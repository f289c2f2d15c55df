"""How much text any two articles share: OVERLAP.csv, a matrix, and OVERLAP_PAIRS.csv, the pairs that share much.

Counted are the distinct 5-word sequences of headline, standfirst, captions and body, in small letters, without
punctuation, never across two paragraphs. The share is the percentage of the shorter article's sequences.

Run it after `make_tables.py`, from anywhere: `python data/overlap.py`.
"""

import re
from itertools import combinations

from make_tables import DATA, labels, page, read_table, write_table

LENGTH = 5
PROSE = {"headline", "standfirst", "caption", "body"}
MUCH = 2.0  # percent; above it a pair has to be explained
Row = dict[str, str]


def sequences(lines: list[tuple[str, str]]) -> set[tuple[str, ...]]:
    """The distinct 5-word sequences of an article's own prose.

    >>> len(sequences([("body", "One two three, four five."), ("body", "Six seven")]))
    1
    """
    found: set[tuple[str, ...]] = set()
    for part, text in lines:
        if part in PROSE:
            words = re.findall(r"\w+", text.casefold())
            found.update(tuple(words[i : i + LENGTH]) for i in range(len(words) - LENGTH + 1))
    return found


def chain(article: str, rows: dict[str, Row]) -> list[str]:
    """The article, the one that its copy comes from, the one that that one's comes from, and so on."""
    found = [article]
    while (source := rows[found[-1]]["reuse_of"]) and source not in found:
        found.append(source)
    return found


def reason(one: str, two: str, rows: dict[str, Row]) -> str:
    """Why two articles share text, as far as the manifest says; empty if it does not."""
    first, second = chain(one, rows), chain(two, rows)
    for taker, giver, copies in ((one, two, first), (two, one, second)):
        if rows[taker]["reuse_of"] == giver:
            whose = "its own copy" if rows[taker]["outlet"] == rows[giver]["outlet"] else "the wire's copy"
            return f"the later one reuses {whose}: {rows[taker]['reuse_degree']}"
        if giver in copies:
            return f"copy handed on through {', '.join(copies[1 : copies.index(giver)])}"
    common = [article for article in first if article in second]
    return f"both reuse copy of {common[0]}" if common else ""


def main() -> None:
    coded = labels(DATA / "gold" / "parts.txt")
    rows = {row["article_id"]: row for row in read_table(DATA / "MANIFEST.csv")}
    found = {article: sequences(page(row, coded).lines()) for article, row in rows.items()}
    matrix = {article: {"article_id": article, article: "100.0"} for article in rows}
    pairs = []
    for one, two in combinations(rows, 2):
        shared = len(found[one] & found[two])
        share = 100 * shared / min(len(found[one]), len(found[two]))
        matrix[one][two] = matrix[two][one] = f"{share:.1f}"
        if share > MUCH:
            why = reason(one, two, rows)
            pairs.append({"one": one, "two": two, "shared": str(shared), "percent": f"{share:.1f}", "reason": why})
    pairs.sort(key=lambda pair: -float(pair["percent"]))
    write_table(DATA / "OVERLAP.csv", [{name: row[name] for name in ("article_id", *rows)} for row in matrix.values()])
    write_table(DATA / "OVERLAP_PAIRS.csv", pairs)
    print(f"{len(rows)} articles, {len(pairs)} pairs share more than {MUCH} %")


if __name__ == "__main__":
    main()
