"""The workbook and the standoff files: all rows there, text as text, offsets true."""

import re
import zipfile

import pandas as pd
import pytest

import newslab as nl
from newslab.records import TABLES, frame


@pytest.fixture(scope="module")
def notes():
    text = (
        "Bridge shut\n\n“Nobody was hurt,” said\nAnn Hale of Dock Lane. “It took\n\ntwo hours,” she said.\n\n"
        "=1+1 said police, and 😀 41 people left."
    )
    table = pd.DataFrame({"article_id": ["a/1", "a:1"], "outlet": ["=cmd()", "Post"], "text": [text, "Six left.\n"]})
    return nl.annotate(nl.load_articles(table), cache=False, progress=False)


def test_every_stretch_of_the_standoff_files_is_the_text_at_its_offsets(notes, tmp_path):
    paths = nl.save_standoff(notes, tmp_path)
    assert [path.name for path in paths] == ["a_1.txt", "a_1.ann", "a_1_2.txt", "a_1_2.ann", "annotation.conf"]
    for name in ("a_1", "a_1_2"):
        text = (tmp_path / f"{name}.txt").read_bytes().decode()
        lines = (tmp_path / f"{name}.ann").read_bytes().decode().splitlines()
        stretches = {}
        for line in lines:
            key, what, *words = line.split("\t")
            if key[0] == "T":
                kind, where = what.split(" ", 1)
                parts = [tuple(map(int, part.split())) for part in where.split(";")]
                assert " ".join(text[start:end] for start, end in parts) == words[0]
                assert "\n" not in words[0]
                stretches[key] = kind
        assert stretches
        for line in lines:
            for owner in re.findall(r"\bT\d+\b", line.split("\t")[1]):
                assert owner in stretches
            if line.startswith("R"):
                kinds = [stretches[owner] for owner in re.findall(r"T\d+", line)]
                assert kinds[0] == "Content"
                assert kinds[1] in ("Cue", "Source")
    counted = (tmp_path / "a_1.ann").read_text(encoding="utf-8").count("\tFigure ")
    assert counted == (notes.quantities["article_id"] == "a/1").sum() > 0
    assert notes.articles["text"].iloc[0] == (tmp_path / "a_1.txt").read_bytes().decode()


def test_the_configuration_names_every_type_and_value_that_the_files_use(notes, tmp_path):
    nl.save_standoff(notes, tmp_path)
    told = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    for path in tmp_path.glob("*.ann"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line[0] == "A":
                name, _, value = line.split("\t")[1].split(" ")
                assert re.search(rf"^{name}\t.*\b{value}\b", told, re.M)
            elif line[0] in "TR":
                kind = line.split("\t")[1].split(" ")[0]
                assert re.search(rf"^{kind}\b", told, re.M)


def test_a_workbook_has_every_row_and_no_formula_and_no_link(notes, tmp_path):
    path = nl.save_excel(notes, tmp_path / "new" / "tables.xlsx")
    with zipfile.ZipFile(path) as book:
        sheets = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        assert len(sheets) == len(TABLES) + 1
        for name, sheet in zip(TABLES, sheets, strict=False):
            xml = book.read(sheet).decode()
            assert xml.count("<row ") == len(getattr(notes, name)) + 1
            assert "<f>" not in xml
            assert "hyperlink" not in xml
        assert "=cmd()" in book.read(sheets[0]).decode()


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path):
    tables = {name: frame(name, []) for name in TABLES}
    tables["articles"] = frame("articles", [{"article_id": "a", "text": "x" * 40_000 + "\x00"}])
    path = nl.save_excel(nl.Notes(**tables), tmp_path / "t.xlsx")
    with zipfile.ZipFile(path) as book:
        assert "x…<" in book.read("xl/worksheets/sheet1.xml").decode()
    with pytest.raises(ValueError, match=r"end in \.xlsx"):
        nl.save_excel(nl.Notes(**tables), tmp_path / "t.xls")
