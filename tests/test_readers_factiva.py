"""What Factiva's HTML and RTF do beside the plain layouts, which test_readers_roundtrip.py writes and reads."""

import pytest

from tests.made_exports import parts, read_back

FACTS = ("4 March 2018", "The Harbour Post", "HARBPO", "English", "(c) 2018 Harbour Media")
TEXT = ("The ferry line said on Saturday that it would drop two sailings.", "Islanders met on Sunday.")


def page(*documents):
    return f"<html><head><title>Factiva</title></head><body>{''.join(documents)}<p>Results Found 31</p></body></html>"


def display(facts=FACTS, text=TEXT, below=(), head="Ferry line cuts sailings", above="", author="", language="en"):
    facts = (f"{sum(len(line.split()) for line in text)} words", *facts)
    facts = "".join(f"<div>{fact}</div>" for fact in facts)
    body = "".join(f'<p class="articleParagraph {language}articleParagraph">{line}</p>' for line in text)
    tail = "".join(f"<p>{line}</p>" for line in (*below, "Document HARBPO0020180304ee3400001"))
    opened = f'<div id="article-X" class="article"><div class="article {language}Article">'
    title = f'<div id="hd"><span class="{language}Headline">{head}</span></div>'
    return f"{opened}{above}{title}{author}{facts}{body}{tail}</div></div>"


def only(*args, **named):
    (article,) = read_back(page(display(*args, **named)))
    return article


@pytest.mark.parametrize(
    ("facts", "published", "outlet", "page_"),
    [
        (("4 March 2018", "Post", "P", "English", "(c) 2018 HM"), "2018-03-04", "Post", None),
        (("4 décembre 2018", "Post", "P", "French", "(c) 2018 HM"), "2018-12-04", "Post", None),
        (("4 Januar 2018", "Post", "P", "3", "German", "(c) 2018 HM"), "2018-01-04", "Post", "3"),
        (("2018 年 3 月 4 日 17:30", "Post", "P", "English", "(c) 2018 HM"), "2018-03-04T17:30:00", "Post", None),
        (("4 March 2018", "06:15", "Post", "P", "English", "(c) 2018 HM"), "2018-03-04T06:15:00", "Post", None),
        (("5:30", "4 March 2018", "Post", "P", "English", "(c) 2018 HM"), "2018-03-04", "Post", None),
        (
            ("4 March 2018", "Post", "PO", "A3", "Volume 3; Issue 4", "English", "(c) 2018 HM"),
            "2018-03-04",
            "Post",
            "A3",
        ),
    ],
)
def test_facts_are_found_behind_the_word_count_whichever_come(facts, published, outlet, page_):
    article = only(facts)
    assert (article.published, article.outlet, article.page, article.problem) == (published, outlet, page_, None)
    assert parts(article)[0] == TEXT and article.copyright == "(c) 2018 HM"


def test_section_author_and_credit_come_and_go():
    article = only(above="<div>News</div>", author='<div class="author">Ada Quill</div><div>Harbour Wire</div>')
    assert (article.section, article.byline, article.agency) == ("News", "Ada Quill", "Harbour Wire")
    article = only(author="<div>Harbour Wire</div>")
    assert (article.section, article.byline, article.agency) == (None, None, "Harbour Wire")


def test_captions_are_kept_and_the_publisher_is_none():
    article = only(below=("The ferry Petrel at the quay", "Harbour Media"))
    assert parts(article) == (TEXT, ("The ferry Petrel at the quay",)) and article.problem is None
    assert parts(only(below=("The ferry Petrel at the quay.",)))[1] == ("The ferry Petrel at the quay.",)
    assert parts(only(below=("Harbour Media",)))[1] == ()


def test_marks_and_wrapped_lines_inside_paragraphs():
    text = (
        'The <b>ferry</b>man of <span class="companylink">Harbour\nLine</span>&nbsp;<b>left</b> [https://x.example/a].',
    )
    article = only(text=text, head="7) <b>Ferry</b> line\ncuts sailings")
    assert article.headline == "Ferry line cuts sailings"
    assert parts(article)[0] == ("The ferryman of Harbour Line\u00a0left [https://x.example/a].",)


def test_a_page_that_claims_utf_8_and_is_cp1252():
    data = (
        page(display(text=("Café “Fähre” — so.",) * 3))
        .replace("<title>", '<meta charset="utf-8"><title>')
        .encode("cp1252")
    )
    (article,) = read_back(data)
    assert parts(article)[0] == ("Café “Fähre” — so.",) * 3
    assert "read as cp1252, which is a guess" in article.problem


def test_a_document_cut_off_is_kept_and_said():
    whole = page(display(), display())
    found = read_back(whole[: whole.rindex("Islanders")])
    assert [parts(a)[0] for a in found] == [TEXT, TEXT[:1]]
    assert found[0].problem is None and "no accession number closes it" in found[1].problem


def test_the_copyright_as_last_line_of_the_text_is_no_text():
    article = only(text=(*TEXT, "(c) 2018 Harbour Media. All rights reserved."))
    assert parts(article)[0] == TEXT and "All rights reserved" in article.text


# ------------------------------------------------------------------ RTF


def rtf_file(*rows, head=r"{\rtf1\ansi\ansicpg1252\uc1{\info{\title Factiva RTF Display Format}}"):
    lines = [rf"\trowd\intbl {{\b {code}}}\cell\intbl {value}\cell\row" for code, value in rows]
    return "\n".join([head, *lines, "}"])


ROWS = (("HD", "Ferry line cuts sailings"), ("PD", "4 March 2018"), ("SN", "The Harbour Post"))
AN = ("AN", "Document harbpo0020180304ee3400001")


def test_all_text_may_stand_in_the_lead_and_bars_in_values():
    (article,) = read_back(rtf_file(*ROWS, ("ET", "06:15"), ("LP", r"A | b.\par Second."), AN))
    assert parts(article)[0] == ("A | b.", "Second.") and article.problem is None
    assert article.published == "2018-03-04T06:15:00"


def test_characters_as_bytes_and_as_numbers_with_a_substitute():
    text = r"Caf\'e9 \u8217 ?s {\b  ferry } \emdash  \u-10179?\u-8704? \{x\} {\uc2\u8364 EU} {\*\foo hidden}\~end."
    (article,) = read_back(rtf_file(*ROWS, ("LP", text), AN))
    assert parts(article)[0] == ("Café ’s  ferry  — 😀 {x} € \u00a0end.",)


def test_code_pages_of_the_file_and_of_fonts():
    head = r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 A;}{\f1\fcharset238 B;}}{\info{\title Factiva}}"
    (article,) = read_back(rtf_file(*ROWS, ("LP", r"\'cf\'f0 {\f1\'b3}."), AN, head=head))
    assert parts(article)[0] == ("Пр ł.",)


def test_a_file_saved_again_on_a_mac_ends_lines_with_a_backslash():
    (article,) = read_back(rtf_file(*ROWS, ("LP", "One.\\\nTwo."), AN))
    assert parts(article)[0] == ("One.", "Two.")


def test_documents_of_rtf_are_counted_by_their_last_row():
    found = read_back(
        rtf_file(*ROWS, ("LP", "One."), AN, *ROWS, ("LP", "Two."), *ROWS, ("XX", "y"), ("LP", "Three."), AN)
    )
    assert [parts(a)[0] for a in found] == [("One.",), ("Two.",), ("Three.",)]
    assert found[0].problem is None and "no accession number closes it" in found[1].problem
    assert "a code that is not known: 'XX'" in found[2].problem


def test_pictures_links_and_page_headers_are_no_text():
    hidden = r"{\header Page 1}{\pict\bin5 }}}}}x}{\field{\*\fldinst HYPERLINK \"x\"}{\fldrslt link}}"
    (article,) = read_back(rtf_file(*ROWS, ("LP", f"One. {hidden}."), AN))
    assert parts(article)[0] == ("One. link.",)
