"""Exports that are cut, damaged, hostile or huge: read with a problem or refused, never an exception or a hang."""

import dataclasses
import gzip
import importlib
import io
import os
import re
import subprocess
import sys
import time
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab import load_articles, readers
from newslab.articles import _check, _dated
from newslab.readers import docx
from newslab.records import Article
from tests import made_exports as made
from tests.test_readers_roundtrip import LAYOUTS

loading = importlib.import_module("newslab.articles")
TEXT = ("The ferry line said on Sunday that it would drop two sailings — “for good”.", "Îliens met; nobody paid.") * 3
STORY = made.Story(
    "Ferry line cuts sailings", "The Harbour Post", date(2018, 3, 4), TEXT, byline="Ada Quill", captions=("The quay.",)
)
WHOLE = {name: write([STORY, STORY, STORY]) for name, (write, _) in LAYOUTS.items()}
each_layout = pytest.mark.parametrize("layout", LAYOUTS)
SUFFIX = {"nexis": ".docx", "nexis without cover": ".docx", "factiva rtf": ".rtf", "factiva rtf, display": ".rtf"}


def sound(found):
    """Whether what was read is rows that a table can hold, each with text or a reason."""
    checked = [_dated(_check(article), None) for article in found]
    assert found and all(article.text or article.problem for article in checked)
    return checked


def name_of(layout):
    return "export" + SUFFIX.get(layout, ".txt" if "text" in layout else ".html")


@each_layout
@given(data=st.data())
def test_a_file_cut_anywhere_loses_nothing_without_a_word(layout, data):
    whole = WHOLE[layout]
    at = data.draw(st.integers(0, len(whole) - 1))
    found = sound(made.read_back(whole[:at], name_of(layout)))
    intact = [a for a in found if a.problem is None and a.source_format not in ("text", "html")]
    assert len(intact) <= 3
    if "lexis" in layout or "proquest" in layout:
        return  # a text that stops inside its last document cannot be told from a short one
    assert all(made.parts(article)[0] == TEXT for article in intact[:-1])


@each_layout
@given(data=st.data())
def test_bytes_flipped_anywhere(layout, data):
    whole = bytearray(WHOLE[layout])
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    sound(made.read_back(bytes(whole), name_of(layout)))


@each_layout
@given(data=st.data())
def test_stretches_left_out_moved_or_said_twice(layout, data):
    whole = WHOLE[layout]
    a, b, c = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 3)))
    changed = whole[:a] + whole[b:c] + whole[a:b] * data.draw(st.integers(0, 2)) + whole[c:]
    sound(made.read_back(changed, name_of(layout)))


@each_layout
@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_text_saved_again_in_another_encoding(layout, encoding):
    if layout in SUFFIX or "lexis html" in layout:
        return  # Word files, RTF and these pages are ASCII or packed
    text = WHOLE[layout].decode("utf-8-sig")
    found = sound(made.read_back(text.encode(encoding), name_of(layout)))
    assert [made.parts(article)[0] for article in found] == [TEXT] * 3
    told = [article.problem for article in found if article.problem]
    if encoding != "cp1252" or layout == "europresse, old":  # which says that it is ISO-8859-1
        assert told == []
    else:
        assert len(told) == 1 and "read as cp1252, which is a guess" in told[0]


@each_layout
def test_packed_exports(layout, tmp_path):
    if "nexis" in layout:
        return  # Word files are packed themselves
    path = tmp_path / f"{name_of(layout)}.gz"
    path.write_bytes(gzip.compress(WHOLE[layout]))
    assert [a.problem for a in readers.read(path, {})] == [None] * 3
    path.write_bytes(gzip.compress(WHOLE[layout])[:-40])
    sound(list(readers.read(path, {})))


def test_what_was_read_can_be_loaded_and_annotated_tables_hold(tmp_path):
    for layout, data in WHOLE.items():
        path = tmp_path / f"{re.sub('[^a-z]', '_', layout)}{name_of(layout)[6:]}"
        path.write_bytes(data)
    articles = load_articles(tmp_path)
    assert len(articles) == 3 * len(WHOLE) and articles["problem"].isna().all() and articles["article_id"].is_unique


# ------------------------------------------------------------------ Word


def packed(xml, **more):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", xml)
        package.writestr(
            "docProps/custom.xml", '<Properties><property name="LADocCount"><i>1</i></property></Properties>'
        )
        for name, text in more.items():
            package.writestr(name, text)
    return held.getvalue()


def test_entities_and_document_types_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    away = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    for head in (bomb, away):
        xml = f'{head}<w:document xmlns:w="{made.W}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
        (article,) = made.read_back(packed(xml), "export.docx")
        assert article.text == "" and "declares a document type" in article.problem


def test_a_word_file_in_an_encoding_that_nobody_knows_is_refused():
    xml = '<?xml version="1.0" encoding="UTF-1"?>\n' + f'<w:document xmlns:w="{made.W}"><w:body/></w:document>'
    (article,) = made.read_back(packed(xml), "export.docx")
    assert article.text == "" and "unknown encoding" in article.problem


def test_a_word_file_whose_member_has_a_name_that_is_no_text_is_refused():
    data = packed(f'<w:document xmlns:w="{made.W}"/>', **{"w\u00e9rd": "x"})
    broken = data.replace("w\u00e9rd".encode(), b"w\x80\x80rd")
    assert broken != data
    (article,) = made.read_back(broken, "export.docx")
    assert article.text == "" and article.problem


def test_a_word_file_that_unpacks_to_too_much_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(docx, "MAX_XML", 10_000_000)
    data = packed(f'<w:document xmlns:w="{made.W}">' + " " * 20_000_000)
    began = time.process_time()
    (article,) = made.read_back(data, "export.docx")
    assert "too large to be read" in article.problem and time.process_time() - began < 2


def test_elements_nested_without_end_and_paragraphs_without_end(monkeypatch):
    deep = f'<w:document xmlns:w="{made.W}">' + "<w:p>" * 100_000
    (article,) = made.read_back(packed(deep), "export.docx")
    assert "nested deeper" in article.problem
    monkeypatch.setattr(docx, "MAX_PARAGRAPH", 10_000)
    long = f'<w:document xmlns:w="{made.W}"><w:p><w:r><w:t>{"a" * 200_000}</w:t></w:r></w:p></w:document>'
    (article,) = made.read_back(packed(long), "export.docx")
    assert "a paragraph of more than" in article.problem


def test_macros_and_other_members_are_not_looked_at():
    xml = made.docx_file(made.nexis_document(STORY, 1))
    with zipfile.ZipFile(io.BytesIO(xml)) as package:
        held = package.read("word/document.xml").decode()
    found = made.read_back(packed(held, **{"word/vbaProject.bin": "x", "../../evil.txt": "x"}), "export.docm")
    assert [a.problem for a in found] == [None]


def test_a_word_file_of_something_else_says_so():
    xml = f'<w:document xmlns:w="{made.W}"><w:body><w:p><w:r><w:t>A letter.</w:t></w:r></w:p></w:body></w:document>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("word/document.xml", xml)
    (article,) = made.read_back(held.getvalue(), "letter.docx")
    assert "no export of an archive" in article.problem
    (article,) = made.read_back(rb"{\rtf1 A letter.}", "letter.rtf")
    assert "no export of an archive" in article.problem


# ------------------------------------------------------------------ RTF, HTML, text


def test_rtf_groups_to_any_depth():
    deep = rb"{\rtf1{\title Factiva}" + b"{" * 300_000 + b"}" * 300_000 + b"}"
    (article,) = made.read_back(deep, "export.rtf")
    assert "nested deeper" in article.problem
    fit = made.write_factiva_rtf([STORY]).replace(b"{\\b HD}", b"{" * 5000 + b"\\b HD" + b"}" * 5000)
    assert [a.problem for a in made.read_back(fit)] == [None]


@pytest.mark.parametrize(
    "tail", [b"}" * 50, b"{" * 50, b"\\", b"\\'", b"\\'z", b"\\u", b"\\bin99999999 x", b"\\u-99999?\\u55357?"]
)
def test_rtf_that_ends_badly(tail):
    whole = made.write_factiva_rtf([STORY])
    found = sound(made.read_back(whole[:-1] + tail, "export.rtf"))
    assert made.parts(found[0])[0] == TEXT


K = 1000 if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else 200
HOSTILE = {
    "one line": "a" * 2000 * K,
    "blanks": " " * 2000 * K,
    "wide blanks": "\u00a0" * 1000 * K,
    "digits": "1" * 1000 * K,
    "dots": ". " * 500 * K,
    "brackets": "<" * 500 * K,
    "open tags": "<div>" * 200 * K,
    "quotes": '<p class="' * 100 * K,
    "braces": ".a{" * 300 * K,
    "colons": "AB: " * 300 * K,
    "labels": "LENGTH: 1\n\n" * 100 * K,
    "rules": "_" * 1000 * K,
    "short rules": ("_" * 60 + "\n") * 10 * K,
    "separators": "1 of 3 DOCUMENTS\n" * 20 * K,
    "entities": "&amp;" * 300 * K,
    "lines": "\n" * 1000 * K,
}
STARTS = {
    "lexis text": "\n" + "1 of 2 DOCUMENTS".center(79) + "\n\n",
    "lexis html": "<!-- Hide XML section from browser\n<DOC NUMBER=1> <DOCFULL> -->",
    "factiva html": '<title>Factiva</title><div class="article enArticle">',
    "factiva rtf": r"{\rtf1{\title Factiva}\trowd {\b HD}\cell ",
    "proquest text": "_" * 60 + "\n\nDocument 1 of 2\n\nTitle\n\nFull text: ",
    "proquest html": '<title>ProQuest</title><a name="DocID_MSTAR_1"></a><text wordcount="3">',
    "europresse": '<article><span class="DocPublicationName">x</span><span class="DocHeader">',
    "proquest text, unnumbered": "_" * 60
    + "\n\nTitle\n\nPublication title: x\n\nProQuest document ID: 1\n\nFull text: ",
    "europresse, old": '<table><tr><td><span class="DocPublicationName">x</span><span class="DocHeader">3 mai</span>',
}


@pytest.mark.soak
@pytest.mark.parametrize("layout", STARTS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_read_in_linear_time(layout, hostile):
    began = time.process_time()
    sound(made.read_back(STARTS[layout] + HOSTILE[hostile], name_of(layout)))
    assert time.process_time() - began < 10


# ------------------------------------------------------------------ size


@pytest.mark.soak
@pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "soak", reason="200 MB: make soak")
@pytest.mark.parametrize("layout", ["lexis text", "factiva html", "factiva rtf", "proquest text", "europresse"])
def test_a_file_of_200_megabytes_is_never_held_whole(layout, tmp_path):
    write, _ = LAYOUTS[layout]
    story = made.Story("Ferry line cuts sailings", "The Harbour Post", date(2018, 3, 4), TEXT * 30)
    count = 200_000_000 // len(write([story]))
    path = tmp_path / name_of(layout)
    path.write_bytes(write([story] * count))
    tracemalloc.start()
    read = sum(article.problem is None for article in readers.read(path, {}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == count and peak < 0.4 * path.stat().st_size


def test_the_texts_of_a_loading_are_held_in_utf8(monkeypatch):
    monkeypatch.setattr(loading, "_read_page", lambda article: (article, []))
    monkeypatch.setattr(loading, "TOGETHER", 400_000)
    # as Python holds it, every letter takes two bytes for the sake of a curly quote
    some = (Article(str(i), f"“{i}” " + "so " * 100_000) for i in range(40))
    loading._read_each([])  # imports what it needs
    tracemalloc.start()
    found, texts = loading._read_each(some)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == sum(map(len, texts)) == 40
    assert peak < 40 * 300_000


@pytest.mark.soak
@pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "soak", reason="200 MB: make soak")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="a system that doesn't tell a process's peak so")
def test_loading_200_megabytes_takes_less_than_four_times_the_file(tmp_path):
    path = tmp_path / "export.txt"
    whole = made.write_lexis_text([dataclasses.replace(STORY, paragraphs=TEXT * 20)] * 40)
    with path.open("wb") as file:
        for _ in range(200_000_000 // len(whole)):
            file.write(whole.removeprefix(b"\xef\xbb\xbf"))
    code = (  # its own peak: ru_maxrss starts from that of the process which started it, hours of tests behind it
        "import re, newslab, pathlib, sys; newslab.load_articles(sys.argv[1], progress=False);"
        "print(re.search(r'VmHWM:\\s+(\\d+) kB', pathlib.Path('/proc/self/status').read_text())[1])"
    )
    told = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert int(told.stdout) * 1024 < 4 * path.stat().st_size
