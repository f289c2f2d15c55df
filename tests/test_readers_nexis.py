"""What Nexis Uni's Word files do beside the plain layout, which test_readers_roundtrip.py writes and reads."""

import io
import zipfile
from datetime import date

import pytest

from tests.made_exports import NBSP, Story, _w, bookmark, docx_file, nexis_document, parts, read_back, write_nexis

TEXT = ("The ferry line said on Saturday that it would drop two sailings.", "Islanders met on Sunday.")
STORY = Story("Ferry line cuts winter sailings", "The Harbour Post", date(2018, 3, 4), TEXT, byline="Ada Quill")
TITLE, OUTLET, DATE, RIGHTS = (
    "Ferry line cuts sailings",
    "The Harbour Post",
    "March 4, 2018 Sunday",
    "Copyright 2018 HM",
)


def document(header=(TITLE, OUTLET, DATE, RIGHTS), body=TEXT, tail=(f"Load-Date:{NBSP}March 5, 2018",), number=1):
    """One document: its first header line is the headline."""
    out = [bookmark(number), _w(header[0], "Heading1"), *map(_w, header[1:]), _w("Body"), _w("")]
    return [*out, *map(_w, body), *map(_w, tail), _w("\nEnd of Document")]


def only(*paragraphs):
    (article,) = read_back(docx_file(paragraphs))
    return article


@pytest.mark.parametrize(
    ("line", "published", "edition"),
    [
        ("March 2, 2018 Friday", "2018-03-02", None),
        ("March 4, 2018 06:05 EST", "2018-03-04T06:05:00-05:00", None),
        ("March 5, 2018 Monday 9:40 AM GMT", "2018-03-05T09:40:00+00:00", None),
        ("March 1, 2018, Thursday,, FINAL EDITION", "2018-03-01", "FINAL EDITION"),
        ("March 1, 2018 Thursday  Final Edition", "2018-03-01", "Final Edition"),
        ("March 5, 2018, Monday 20:00:00 - 21:00:00 Eastern Time", "2018-03-05T20:00:00-05:00", None),
        ("2 de marzo de 2018 viernes", "2018-03-02", None),
        ("Freitag, 2. März 2018", "2018-03-02", None),
        ("vendredi 2 mars 2018", "2018-03-02", None),
        ("Summer, 2018", "2018", None),
    ],
)
def test_date_lines(line, published, edition):
    article = only(*document((TITLE, OUTLET, line, RIGHTS)))
    assert (article.published, article.edition, article.problem) == (published, edition, None)


def test_a_correction_may_stand_instead_of_the_date_or_on_the_headline():
    article = only(*document((TITLE, OUTLET, "Correction Appended", RIGHTS)))
    assert article.published is None and article.correction == "Correction Appended"
    assert article.problem.endswith("document 1: no date")
    article = only(*document((f"{TITLE} Correction Appended", OUTLET, DATE, RIGHTS)))
    assert (article.headline, article.correction, article.problem) == (TITLE, "Correction Appended", None)


def test_a_correction_block_and_captions_in_their_block():
    tail = ("Correction", "An earlier version misnamed the ferry.", "Graphic", f"{NBSP}PHOTO: The Petrel. (Tom Reed)")
    article = only(*document(tail=(*tail, "Classification", f"Language:{NBSP}ENGLISH")))
    assert article.correction == "An earlier version misnamed the ferry." and article.problem is None
    assert parts(article) == (TEXT, ("The Petrel.",)) and article.language == "en"


def test_captions_links_and_addresses_at_the_end_of_the_text_are_no_body():
    body = (*TEXT, "PHOTO: The quay. (PHOTOGRAPH BY TOM REED/THE HARBOUR POST)", "Related Articles", "Other ferry news")
    article = only(*document(body=body))
    assert parts(article)[0] == TEXT and parts(article)[1][0].startswith("The quay.")
    assert "Other ferry news" in article.text  # kept, as furniture
    assert parts(only(*document(body=(*TEXT, "https://www.harbour.example/news/1"))))[0] == TEXT


def test_sections_with_line_breaks_and_values_said_twice():
    label = f"Section:{NBSP}Section C;\n{NBSP}; Section C; Pg. 12"
    article = only(*document((TITLE, OUTLET, DATE, RIGHTS, label)))
    assert (article.section, article.page) == ("Section C", "12")


def test_a_byline_once_more_without_its_label_is_no_problem_and_no_body():
    header = (TITLE, OUTLET, DATE, RIGHTS, "Ada Quill", f"Byline:{NBSP}Ada Quill")
    article = only(*document(header))
    assert article.byline == "Ada Quill" and article.authors == ("Ada Quill",) and article.problem is None
    article = only(*document(header, body=("Ada Quill", *TEXT)))
    assert parts(article)[0] == TEXT


def test_no_headline_in_original_is_a_problem_and_no_headline():
    article = only(*document(("No Headline In Original", OUTLET, DATE, RIGHTS)))
    assert article.headline is None and "no headline" in article.problem and parts(article)[0] == TEXT


def test_a_copyright_of_several_paragraphs():
    article = only(*document((TITLE, OUTLET, DATE, RIGHTS, "All Rights Reserved", "Distributed by Harbour Wire")))
    assert article.copyright == f"{RIGHTS} All Rights Reserved Distributed by Harbour Wire" and article.problem is None


def test_entities_in_clear_text_and_breaks_in_a_headline():
    article = only(*document(("Harbour&#8217;s\nferry line", OUTLET, DATE, RIGHTS), body=("The harbour&#8217;s R&D.",)))
    assert article.headline == "Harbour’s ferry line"
    assert parts(article)[0] == ("The harbour’s R&D.",)


def test_an_abstract_before_the_full_text_is_a_standfirst():
    article = only(*document(body=("ABSTRACT", "It drops two sailings.", "FULL TEXT", *TEXT)))
    assert article.standfirst == "It drops two sailings." and parts(article)[0] == TEXT


def test_words_of_the_text_that_look_like_labels_or_blocks_are_text():
    body = (
        "POLICE: nobody was hurt.",
        "Length: of the quay.",
        "",
        "",
        "MR. QUILL: We left.",
        "Text",
        TEXT[0],
    )
    article = only(*document(body=body))
    assert parts(article)[0] == tuple(text for text in body if text) and article.problem is None


def test_an_edition_in_the_outlet_and_a_column_in_brackets():
    article = only(*document((TITLE, f"{OUTLET} - Final Edition", "[Waterfront]", DATE, RIGHTS)))
    assert (article.outlet, article.edition, article.section) == (OUTLET, "Final Edition", "Waterfront")


def test_a_label_nobody_knows_is_said_with_its_place():
    paragraphs = [*document(), *document((TITLE, OUTLET, DATE, RIGHTS, f"Fancy Label:{NBSP}x"), number=2)]
    first, second = read_back(docx_file(paragraphs))
    assert first.problem is None and second.problem.endswith("document 2: a label that is not known: 'Fancy Label'")
    tail = ("Classification", f"Odd Label:{NBSP}x", f"Language:{NBSP}ENGLISH")
    assert "'Odd Label'" in only(*document(tail=tail)).problem


def test_bookmarks_said_twice_lost_or_left_in_the_headline():
    twice = [*map(bookmark, (1, 11)), *document()[1:], *map(bookmark, (2, 12)), *document(number=2)[1:]]
    assert [a.headline for a in read_back(docx_file(twice))] == [TITLE, TITLE]
    cover = [_w(f"User Name:{NBSP}reader"), _w("Documents (2)"), _w(f"1. {TITLE}"), _w("Search Terms: ferry")]
    lost = [*document()[1:], *document()[1:]]
    found = read_back(docx_file([*cover, *lost]))
    assert [(a.headline, a.outlet, a.problem) for a in found] == [(TITLE, OUTLET, None)] * 2
    plain = [text.replace('<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', "") for text in lost]
    found = read_back(docx_file([*cover, *plain]))
    assert [(a.headline, a.outlet, a.published) for a in found] == [(TITLE, OUTLET, "2018-03-04")] * 2


def test_the_end_may_follow_text_in_its_paragraph():
    paragraphs = document()[:-1]
    article = only(*paragraphs[:-1], _w("Last line.\nEnd of Document"))
    assert parts(article)[0] == (*TEXT, "Last line.")


@pytest.mark.parametrize("cover", [True, False])
def test_documents_that_are_promised_and_not_there_are_a_row(cover):
    whole = write_nexis([STORY] * 3, cover=cover)
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        held = {name: package.read(name) for name in package.namelist()}
    xml = held["word/document.xml"].decode()
    start, end = xml.index("Bookmark_2"), xml.index("Bookmark_3")
    held["word/document.xml"] = (xml[:start] + xml[end:]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in held.items():
            package.writestr(name, data)
    found = read_back(out.getvalue())
    assert [a.text != "" for a in found] == [True, True, False]
    assert found[-1].problem.endswith("3 documents promised, 2 read")


def test_a_document_without_a_body_or_its_end_is_kept_and_said():
    paragraphs = nexis_document(STORY, 1)
    body = paragraphs.index(_w("Body"))
    (article,) = read_back(docx_file([*paragraphs[:body], paragraphs[-1]], 1))
    assert article.headline == STORY.headline and "no body" in article.problem
    article = only(*paragraphs[:-1])
    assert parts(article)[0] == TEXT and "no 'End of Document'" in article.problem


def test_text_boxes_deletions_and_field_codes_are_not_read_twice_or_at_all():
    odd = (
        "<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:instrText>HYPERLINK</w:instrText></w:r><w:r><w:tab/><w:noBreakHyphen/><w:t>too.</w:t></w:r></w:p>"
    )
    paragraphs = document()
    article = only(*paragraphs[:6], odd, *paragraphs[6:])
    assert parts(article)[0][0] == "Kept \t\u2011too."


def test_a_zip_of_files_with_a_document_each():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for number in (1, 2, 3):
            package.writestr(f"Files/Ferry {number}.DOCX", docx_file(document(), 1))
    found = read_back(held.getvalue(), "Files.ZIP")
    assert [(a.headline, a.problem, parts(a)[0]) for a in found] == [(TITLE, None, TEXT)] * 3
    assert found[1].source_file.endswith("Files.ZIP/Files/Ferry 2.DOCX")
