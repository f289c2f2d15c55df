"""Turn the hand-written labels in gold/source/*.toml into gold/*.json with character offsets.

In the source files a label quotes the words it is about. `at` names the line (by words found once in the
article) in which they are looked up; words that stand twice in that line are quoted with their
neighbours, and the label itself in double brackets: `he [[said]] that`. A quotation that goes on in a later
line is looked up in the whole article. Anything not found exactly once stops the script.

Run it after `make_tables.py`, from anywhere: `python data/gold/make_gold.py`.
"""

import csv
import hashlib
import json
import re
import tomllib
from pathlib import Path

GOLD = Path(__file__).parent
DATA = GOLD.parent


def locate(text: str, words: str, at: str | None, name: str) -> tuple[int, int]:
    """(start, end) of the words in the text: in the line that holds `at`, or else in the whole text."""
    match = re.fullmatch(r"(.*)\[\[(.+)\]\](.*)", words, flags=re.DOTALL)
    before, inside, after = match.groups() if match else ("", words, "")
    whole = before + inside + after
    scopes = [(0, len(text))]
    if at is not None:
        if text.count(at) != 1:
            raise SystemExit(f"{name}: `at` stands {text.count(at)} times, not once: {at!r}.")
        middle = text.index(at)
        end = text.find("\n", middle)
        scopes.insert(0, (text.rfind("\n", 0, middle) + 1, len(text) if end < 0 else end))
    for low, high in scopes:
        count = text.count(whole, low, high)
        if count > 1:
            raise SystemExit(f"{name}: {whole!r} stands {count} times near {at!r}; quote its neighbours, too.")
        if count == 1:
            start = text.index(whole, low, high) + len(before)
            return start, start + len(inside)
    raise SystemExit(f"{name}: not found: {whole!r} (at {at!r}).")


def statement(text: str, label: dict, name: str) -> dict:
    def find(key: str) -> list[list[int]]:
        return [list(locate(text, words, label["at"], name)) for words in label.get(key, [])]

    content = find("content")
    return {
        "quote_type": label["quote_type"],
        "content": content,
        "cue": find("cue"),
        "source": find("source"),
        "speaker": label.get("speaker"),
        "naming": label["naming"],
        "actor_type": label["actor_type"],
        "role": label.get("role"),
        "via": label.get("via"),
        "content_text": [text[start:end] for start, end in content],
    }


def figure(text: str, label: dict, parts: list[tuple[str, int, int]], name: str) -> dict:
    start, end = locate(text, label["text"], label["at"], name)
    row = {"start": start, "end": end, "text": text[start:end], "value": label.get("value")}
    row |= {key: label[key] for key in ("low", "high") if key in label}
    row |= {
        "unit": label.get("unit"),
        "dimension": label.get("dimension", "count"),
        "bound": label.get("bound", "="),
        "counted": label.get("counted"),
        "action": label.get("action"),
        "claimed_by": label.get("claimed_by"),
    }
    if "converts" in label:
        row["converts"] = label["converts"]
    row["part"] = next(part for part, low, high in parts if low <= start and end <= high)
    return row


def gold(source: Path) -> dict:
    labels = tomllib.loads(source.read_text(encoding="utf-8"))
    file = f"sample/{source.stem}.txt"
    raw = (DATA / file).read_bytes()
    text = raw.decode("utf-8")
    with (DATA / "parts.csv").open(encoding="utf-8", newline="") as table:
        parts = [(r["part"], int(r["start"]), int(r["end"])) for r in csv.DictReader(table) if r["file"] == file]
    for entity in labels["entities"]:
        for form in entity["forms"]:
            if not re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text):
                raise SystemExit(f"{source.name}: no such name in the article: {form!r}.")
    for words in labels["not_figures"]:
        if words not in text:
            raise SystemExit(f"{source.name}: not in the article: {words!r}.")
    statements = [statement(text, label, source.name) for label in labels["statements"]]
    figures = [figure(text, label, parts, source.name) for label in labels["figures"]]
    for photo in labels["photos"]:
        # the second printing often lacks the full stop, or has it
        if text.count(photo["caption"].rstrip(".")) != photo["printed"]:
            raise SystemExit(f"{source.name}: caption not printed {photo['printed']} times: {photo['caption']!r}.")
    nothing = {"photographer": None, "agency": None, "credit": None, "provenance": "unknown", "date": None}
    return {
        "article": {"file": file, "sha256": hashlib.sha256(raw).hexdigest()},
        "entities": labels["entities"],
        "segments": [{"part": p, "start": s, "end": e, "text": text[s:e]} for p, s, e in parts],
        "photos": [nothing | photo for photo in labels["photos"]],
        "statements": sorted(statements, key=lambda row: min(row["content"] + row["cue"] + row["source"])),
        "figures": sorted(figures, key=lambda row: row["start"]),
        "not_figures": labels["not_figures"],
    }


def main() -> None:
    for source in sorted((GOLD / "source").glob("*.toml")):
        rows = gold(source)
        out = GOLD / f"{source.stem}.json"
        out.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(out.name, *(f"{key} {len(rows[key])}" for key in ("entities", "photos", "statements", "figures")))


if __name__ == "__main__":
    main()
