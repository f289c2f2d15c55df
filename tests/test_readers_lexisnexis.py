"""What LexisNexis' text and HTML do beside the plain layouts, which test_readers_roundtrip.py writes and reads."""

import pytest

from tests.made_exports import parts, read_back

BODY = "The ferry line said on Saturday that it would drop two of its five\nwinter sailings."
JOINED = "The ferry line said on Saturday that it would drop two of its five winter sailings."


def middle(*lines):
    return "\n".join(line.center(79).rstrip() for line in lines)


def text_file(*documents, total=None):
    out = []
    for number, blocks in enumerate(documents, 1):
        out += [middle(f"{number} of {total or len(documents)} DOCUMENTS"), *blocks]
    return "\n\n\n".join(out) + "\n"


def only(*blocks):
    (article,) = read_back(text_file(blocks))
    return article


HEAD = (middle("The Harbour Post"), middle("March 4, 2018 Sunday"), "Ferry line cuts sailings")


@pytest.mark.parametrize(
    ("separator", "cover"),
    [
        ("1 of 1 DOCUMENT", "Download Request: Select Items"),
        ("Dokument 1 von 1", "Download-Anforderung: Auswahl"),
        ("Document 1 de 1", ""),
        ("1 of 1 DOCUMENTS", "Printopdracht: 1\nTijdstip printopdracht: nu\nBron: alle"),
    ],
)
def test_separators_and_covers(separator, cover):
    (article,) = read_back("\n\n".join([cover, middle(separator), *HEAD, "LENGTH: 12 words", BODY]))
    assert (article.headline, article.published, article.problem) == (HEAD[2], "2018-03-04", None)
    assert parts(article)[0] == (JOINED,)


def test_a_single_saved_article_has_no_separator():
    (article,) = read_back("\n\n".join([*HEAD, "LENGTH: 12 words", BODY]), "one.txt")
    assert (article.source_format, article.outlet, article.problem) == ("lexisnexis", "The Harbour Post", None)


def test_a_page_copy_with_a_numbered_line_is_no_export():
    page = "Ferry line cuts sailings\n\nBy Ada Quill\n\n1 of 3 photos\n\nLength: 3 miles\n\n" + BODY
    (article,) = read_back(page, "page.txt")
    assert article.source_format == "text" and article.text == page


@pytest.mark.parametrize(
    ("labels", "language"),
    [
        ("RUBRIK: Politik; S. 4|LÄNGE: 12 Wörter|AUTOR: Ada Quill|SPRACHE: GERMAN; Deutsch", "de"),
        ("RUBRIK: Politik; S. 4|LAENGE: 12 Woerter|AUTOR: Ada Quill|SPRACHE: DEUTSCH", "de"),
        ("RUBRIQUE: Politik; Pg. 4|LONGUEUR: 12 mots|SIGNATURE: Ada Quill|LANGUE: FRENCH; Français", "fr"),
        ("SECTION: Politik; Pg. 4|LENGTE: 12 woorden|AUTEUR: Ada Quill|TAAL: DUTCH; NEDERLANDS", "nl"),
        ("SECCIÓN: Politik; Pág. 4|LONGITUD: 12 palabras|AUTOR: Ada Quill|IDIOMA: SPANISH; ESPAÑOL", "es"),
    ],
)
def test_labels_in_other_languages(labels, language):
    *head, last = labels.split("|")
    article = only(*HEAD, *head, BODY, last)
    assert (article.section, article.page, article.byline) == ("Politik", "4", "Ada Quill")
    assert article.language == language and article.problem is None and parts(article)[0] == (JOINED,)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Mittwoch 28. Februar 2018", "2018-02-28"),
        ("4. September 2018", "2018-09-04"),
        ("3. Maerz 2018", "2018-03-03"),
        ("5 mars 2018", "2018-03-05"),
        ("4 maart 2018 zondag", "2018-03-04"),
        ("Onsdag 3. Januar 2018", "2018-01-03"),
        ("domingo 4 de marzo de 2018", "2018-03-04"),
        ("March 6, 2018 Tuesday 6:10 PM  EST", "2018-03-06T18:10:00-05:00"),
        ("Summer, 2018", "2018"),
        ("January 2018", "2018-01"),
    ],
)
def test_dates(date, published):
    article = only(HEAD[0], middle(date), HEAD[2], "LENGTH: 12 words", BODY, "LOAD-DATE: March 9, 2019")
    assert (article.published, article.edition, article.problem) == (published, None, None)


@pytest.mark.parametrize("date", ["31 June 2018", "04/03/2018"])
def test_a_date_that_is_none_or_two_is_a_problem_and_not_guessed(date):
    article = only(HEAD[0], middle(date), HEAD[2], "LENGTH: 12 words", BODY, "LOAD-DATE: March 9, 2019")
    assert article.published is None and f"the date {date!r}, which" in article.problem


def test_editions_notices_and_the_date_once_more():
    article = only(
        HEAD[0],
        middle("This content was changed at the request of its owner"),
        middle("March 4, 2018 Sunday", "Edition 2;", "National Edition"),
        middle("Sonntag 4. März 2018"),
        HEAD[2],
        "LENGTH: 12 words",
        BODY,
    )
    assert (article.outlet, article.published) == ("The Harbour Post", "2018-03-04")
    assert (article.edition, article.headline, article.problem) == ("Edition 2; National Edition", HEAD[2], None)


def test_a_headline_of_two_lines_or_one_that_opens_the_body():
    lines = "Ferry line cuts winter sailings;\nIslanders fear for school run"
    assert only(*HEAD[:2], lines, "LENGTH: 12 words", BODY).headline == " ".join(lines.split("\n"))
    article = only(*HEAD[:2], "LENGTH: 12 words", HEAD[2], BODY)
    assert (article.headline, parts(article)[0], article.problem) == (HEAD[2], (JOINED,), None)


def test_labels_below_the_body_and_their_values_over_lines():
    tail = ("BYLINE: Ada Quill and\nTom Reed", "SECTION: NEWS; Pg. A3", "LENGTH: 12 words")
    article = only(*HEAD, BODY, "POLICE: nobody was hurt.", *tail, middle("Copyright 2018 Harbour Media"))
    assert article.authors == ("Ada Quill", "Tom Reed") and article.page == "A3" and article.problem is None
    assert parts(article)[0] == (JOINED, "POLICE: nobody was hurt.")
    assert article.copyright == "Copyright 2018 Harbour Media"


def test_the_outlet_in_the_paragraph_of_the_copyright():
    head = (middle("Copyright 2018 Hafen Verlag", "All Rights Reserved", "Hafenblatt"), middle("28. Februar 2018"))
    article = only(*head, "HEADLINE: Fähre fährt\nnicht", "BODY:\nDie Fähre fährt nicht.", "Das war es.")
    assert (article.outlet, article.headline, article.problem) == ("Hafenblatt", "Fähre fährt nicht", None)
    assert parts(article)[0] == ("Die Fähre fährt nicht.", "Das war es.")


def test_documents_without_a_body_are_kept_and_said():
    photo, notice, good = (
        (*HEAD, "GRAPHIC: PHOTO: The quay."),
        (middle("Copyright 2018 HM"),),
        (*HEAD, "LENGTH: 12 words", BODY),
    )
    found = read_back(text_file(photo, notice, good))
    assert "no body" in found[0].problem and parts(found[0])[1] == ("The quay.",)
    assert "no headline; no date; no outlet; no body" in found[1].problem
    assert found[2].problem is None


def test_an_unknown_label_among_known_ones_is_said_and_a_number_is_text():
    article = only(*HEAD, "LENGTH: 12 words", BODY, "12", "LOAD-DATE: March 5, 2018", "FOO-BAR: x", "LANGUAGE: ENGLISH")
    assert article.problem.endswith("document 1 (line 1): a label that is not known: 'FOO-BAR'")
    assert parts(article)[0] == (JOINED, "12")


def test_missing_and_joined_documents_are_counted():
    good = (*HEAD, "LENGTH: 12 words", BODY)
    found = read_back(
        text_file(good, good, total=950).replace("1 of 950", "801 of 950").replace("2 of 950", "802 of 950")
    )
    assert found[-1].problem.endswith("2 of 950 documents are here, numbers 801 to 802") and len(found) == 3
    assert [a.problem for a in read_back(text_file(good, good) + text_file(good))] == [None] * 3
    gap = text_file(good, good, total=3).replace("2 of 3", "3 of 3")
    assert "documents are missing after number 1" in read_back(gap)[-1].problem


def test_a_doc_that_is_rtf_inside():
    one = ("1 of 2 DOCUMENTS", "The Harbour Post", "March 4, 2018 Sunday", "Ferry line cuts sailings")
    two = ("LENGTH: 12 words", JOINED, "POLICE: nobody was hurt.", "LOAD-DATE: March 5, 2018")
    lines = (*one, *two, one[0].replace("1 of", "2 of"), *one[1:], *two, "Copyright 2018 Harbour Media")
    data = "{\\rtf1\\ansi " + "\\par\n".join(f"{{\\b {line}}}\\par " for line in lines) + "}"
    for article in read_back(data, "export.DOC"):
        assert (article.outlet, article.published, article.headline) == ("The Harbour Post", "2018-03-04", HEAD[2])
        assert parts(article)[0] == (JOINED, "POLICE: nobody was hurt.") and article.problem is None
    assert len(read_back(data, "export.DOC")) == 2 and "ends inside a group" in read_back(data[:-1])[-1].problem


# ------------------------------------------------------------------ HTML

STYLE = "<STYLE>.c0 { text-align: center; } .c1 { text-align: left; }</STYLE>"


def html_file(*documents, promised=None):
    out = [f'<HTML><HEAD>{STYLE}<META TOPIC="null" DOCUMENTS="{promised or len(documents)}" UPDATED="x"/></HEAD><BODY>']
    out.append("<!-- Hide XML section from browser")
    for number, document in enumerate(documents, 1):
        out.append(f"<DOC NUMBER={number}> <DOCFULL> -->{document}<!-- </DOCFULL> </DOC> ")
    return "\n".join([*out, "--></BODY></HTML>"])


TOP = '<DIV CLASS="c0"><IMG SRC="x.gif"/><P>The Harbour Post</P></DIV><DIV CLASS="c0"><P>March 4, 2018 Sunday</P></DIV>'
TITLE = '<DIV CLASS="c1"><P>Ferry line cuts sailings</P></DIV>'
LENGTH = '<DIV CLASS="c1"><P><SPAN>LENGTH: </SPAN><SPAN>4 words</SPAN></P></DIV>'


def test_html_with_a_table_as_its_body_and_a_style_inside():
    table = "<table><tr><td>Northport</td><td>2</td></tr><tr><td>Southport</td><td>3</td></tr></table>"
    (article,) = read_back(html_file(f'{TOP}{TITLE}{LENGTH}<DIV CLASS="c1">{table}</DIV>'))
    assert parts(article)[0] == ("Northport", "2", "Southport", "3") and article.problem is None
    body = '<DIV CLASS="c1"><P>The <style>.c9 { color: red }</style><b>ferry</b>man&nbsp;<b>left</b> it.</P></DIV>'
    (article,) = read_back(html_file(TOP + TITLE + LENGTH + body))
    assert parts(article)[0] == ("The ferryman\u00a0left it.",)


def test_html_with_date_edition_and_correction_behind_breaks():
    day = '<DIV CLASS="c0"><P>26. Februar 2018 Montag 9:50 PM GMT+1<BR>Final Edition<BR>Correction Appended</P></DIV>'
    body = '<DIV CLASS="c1"><P>It left.</P></DIV>'
    (article,) = read_back(html_file(f'<DIV CLASS="c0"><P>Hafenblatt</P></DIV>{day}{TITLE}{LENGTH}{body}'))
    assert (article.published, article.edition) == ("2018-02-26T21:50:00+01:00", "Final Edition")
    assert article.correction == "Correction Appended" and article.problem is None


def test_html_that_a_browser_saved_again_and_an_apology_for_an_article():
    good = TOP + TITLE + LENGTH + '<DIV CLASS="c1"><P>Das Fährschiff fährt nicht.</P></DIV>'
    sorry = '<DIV CLASS="c1"><P>We are sorry, this document is no longer here.</P></DIV>'
    page = html_file(good, sorry).replace("<DIV CLASS", "<div class").replace("<P>", "<p>").replace("</DIV>", "</div>")
    first, second = read_back(page)
    assert first.problem is None and parts(first)[0] == ("Das Fährschiff fährt nicht.",)
    assert "no date; no outlet; no body" in second.problem and "We are sorry" in second.text


def test_html_that_promises_more_documents_than_it_holds():
    found = read_back(html_file(TOP + TITLE + LENGTH + '<DIV CLASS="c1"><P>It left.</P></DIV>', promised=35))
    assert found[-1].problem.endswith("35 documents promised, 1 read") and len(found) == 2
