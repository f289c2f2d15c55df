"""What exports print beside the plain layouts: variants written before the readers were tried on them."""

import io
import zipfile

import pytest

from tests.made_exports import NBSP, _centred, _w, bookmark, docx_file, parts, read_back, rtf_text

RIGHTS = "Copyright 2014 Courier Group"
LINE = "The ferry line said on Saturday that it would drop two sailings."


def check(article, first="", last="", paragraphs=1, captions=0, **facts):
    """Compare facts, the first and last words of the body, and how many paragraphs and captions there are."""
    assert {name: getattr(article, name) for name in facts} == facts
    body, shown = parts(article)
    assert (len(body), len(shown)) == (paragraphs, captions), body
    assert not body or (body[0].startswith(first) and body[-1].endswith(last)), body


def hit(text):
    """A search word as Nexis marks it."""
    shade = '<w:rPr><w:b/><w:shd w:val="clear" w:fill="FFF2CC"/></w:rPr>'
    return f'<w:r>{shade}<w:t xml:space="preserve">{text}</w:t></w:r>'


def runs(*texts, style=""):
    """A paragraph of runs; what begins with `<w:` is XML already."""
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    made = (text if text.startswith("<w:") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{kind}{''.join(made)}</w:p>"


def nexis(head, labels, body, tail=(), end="End of Document", number=1):
    """A document of Nexis Uni: its header lines (the first is the headline), labels, `Body` and what follows it."""
    out = [bookmark(number), head[0] if head[0].startswith("<w:") else _w(head[0], "Heading1"), *map(_w, head[1:])]
    out += [_w(f"{name}:{NBSP}{value}") for name, value in labels.items()]
    out += [line if line.startswith("<w:") else _w(line) for line in (*body, *tail)]
    return [*out, _w(f"\n{end}")]


# ------------------------------------------------------------------ Nexis Uni


def test_nexis_search_words_marked_in_words_and_pages_that_break_in_sentences():
    rendered = '<w:r><w:lastRenderedPageBreak/><w:t xml:space="preserve">June, </w:t></w:r>'
    body = [
        "Body",
        runs("Fares on the ", hit("ferry"), "boats will rise in ", rendered, "the line said."),
        runs("The ", hit("Ferry"), " Users' Group", f"<w:r><w:t>{NBSP}</w:t></w:r>", "said it would object."),
    ]
    title = runs("Harbour ", hit("ferry"), " fares to rise", style="Heading1")
    head = [title, "The Courier (Northport)", "May 3, 2014 Saturday", RIGHTS, "All Rights Reserved"]
    labels = {"Section": "NEWS; Pg. 5", "Length": "16 words", "Byline": "By Ada Quill and Tom Reed"}
    tail = ["Classification", f"Subject:{NBSP}FERRIES (92%); FARES (88%)", f"Geographic:{NBSP}NORTHPORT (79%)"]
    (article,) = read_back(docx_file(nexis(head, labels, body, tail)))
    check(
        article, "Fares on the ferryboats will rise in June, the line said.", "Group\u00a0said it would object.", 2,
        headline="Harbour ferry fares to rise", outlet="The Courier (Northport)", published="2014-05-03",
        section="NEWS", page="5", authors=("Ada Quill", "Tom Reed"), copyright=f"{RIGHTS} All Rights Reserved",
        subjects=("FERRIES (92%)", "FARES (88%)", "NORTHPORT (79%)"), problem=None,
    )  # fmt: skip


def test_nexis_contents_editions_on_lines_of_their_own_and_corrections():
    cover = [_w("Date and Time:" + NBSP + "Thursday, March 8, 2018 10:12:00 AM EST"), _w("Documents (1)")]
    cover += [_w("1. A bridge too late"), _w("Client/Matter:" + NBSP + "-None-"), _w("| About LexisNexis | Terms |")]
    head = ["A bridge too late", "The Gazette", "March 4, 2018 Sunday", "Correction Appended", "Late Edition - Final"]
    labels = {"Section": "Section A; Column 0; Metropolitan Desk; Pg. 25", "Byline": "By RUTH OKAFOR"}
    tail = [
        "Correction",
        "It was built in 1962, not 1952.",
        "Graphic",
        "PHOTO: The bridge. (IDA MOSS)",
        "MAP: The detour.",
    ]
    (article,) = read_back(docx_file([*cover, *nexis([*head, RIGHTS], labels, ["Body", LINE], tail)], 2))
    check(
        article, LINE, LINE, captions=2, edition="Late Edition - Final", page="25", problem=None,
        section="Section A; Column 0; Metropolitan Desk", correction="It was built in 1962, not 1952.",
    )  # fmt: skip


def test_nexis_with_german_and_french_labels():
    labels = {
        "Rubrik": "LOKALES; S. 12",
        "Länge": "13 Wörter",
        "Autor": "Von Ada Quill",
        "Highlight": "Sie ist defekt.",
    }
    tail = ["Grafik", "Die Fähre am Kai. Foto: Tom Reed", f"Sprache:{NBSP}GERMAN; Deutsch", f"Update:{NBSP}5. Mai 2014"]
    head = ["Fähre fällt aus;\nPendler warten", "Hafenzeitung", "Samstag 3./4. Mai 2014", "Nordausgabe", RIGHTS]
    (article,) = read_back(docx_file(nexis(head, labels, ["Body", "Die Fähre fällt aus."], tail)))
    check(
        article, "Die Fähre", "fällt aus.", captions=1, headline="Fähre fällt aus; Pendler warten", language="de",
        published="2014-05-03", edition="Nordausgabe", section="LOKALES", page="12", standfirst="Sie ist defekt.",
        authors=("Ada Quill",), problem=None,
    )  # fmt: skip
    labels = {"Rubrique": "RÉGION; p. 7", "Longueur": "7 mots", "Auteur": "Ada Quill"}
    head = ["La ligne suspendue", "Le Courrier", "samedi 3 mai 2014", RIGHTS, "Tous droits réservés"]
    body = ["Corps", "La ligne de bac est suspendue."]
    (article,) = read_back(docx_file(nexis(head, labels, body, end="Fin du document")))
    check(article, "La ligne", "suspendue.", published="2014-05-03", section="RÉGION", page="7", problem=None)


def test_nexis_standfirst_of_several_paragraphs():
    paragraphs = nexis(
        ["Ferry", "The Courier", "May 3, 2014", RIGHTS], {"Highlight": "Two go."}, ["More may.", "Body", LINE]
    )
    (article,) = read_back(docx_file(paragraphs))
    check(article, LINE, LINE, standfirst="Two go. More may.", problem=None)


def test_nexis_list_of_a_download_with_a_file_for_each_document():
    paragraphs = nexis(["Ferry", "The Courier", "May 3, 2014", RIGHTS], {}, ["Body", LINE])
    listing = [_w("Job Number:" + NBSP + "1"), _w("Documents (1)"), _w("1. Ferry")]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("Ferry.docx", docx_file(paragraphs, 1))
        package.writestr("Files (1)_doclist.docx", docx_file(listing))
    article, listed = read_back(held.getvalue(), "Files(1).ZIP")
    assert article.problem is None
    assert listed.text == "" and "a list of 1 documents and none of them" in listed.problem


# ------------------------------------------------------------------ LexisNexis Academic


def lexis(*blocks, number="1 of 1 DOCUMENT", outlet=("The Harbour Post",), day="May 3, 2014 Saturday", end="\r\n"):
    middle = ["\n".join(map(_centred, text.split("\n"))) for text in (number, *outlet, day) if text]
    return ("\ufeff" + "\n\n".join(["", *middle, *blocks]) + "\n").replace("\n", end).encode()


def test_lexis_correction_and_tail_as_in_new_york():
    (article,) = read_back(
        lexis(
            "A Bridge Closes", "BYLINE: By RUTH OKAFOR; Ben Lowe contributed reporting from Westport, and Ida Moss\n"
            "from Northport.", "SECTION: Section A; Column 0; THIS LAND; Pg. 1", "LENGTH: 11 words", LINE,
            "URL: http://www.post.example", "LOAD-DATE: August 5, 2014", "LANGUAGE: ENGLISH",
            "CORRECTION-DATE: May 6, 2014", "CORRECTION: The This Land column on Saturday\nmisstated its length.",
            "GRAPHIC: PHOTOS: The bridge (IDA MOSS) (A12)\n CHART: Bridges closed", "PUBLICATION-TYPE: Newspaper",
            day="May 3, 2014 Saturday\nCorrection Appended\nLate Edition - Final",
        )
    )  # fmt: skip
    check(
        article, LINE, LINE, captions=1, correction="The This Land column on Saturday misstated its length.",
        byline="By RUTH OKAFOR; Ben Lowe contributed reporting from Westport, and Ida Moss from Northport.",
        section="Section A; Column 0; THIS LAND", page="1", language="en", problem=None,
    )  # fmt: skip
    assert article.edition == "Late Edition - Final"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Saturday 3 May 2014 Correction Appended", "2014-05-03"),
        ("Sat. May 3, 2014", "2014-05-03"),
        ("Sept. 3, 2014", "2014-09-03"),
        ("Saturday May 3rd, 2014", "2014-05-03"),
        ("May 3-4, 2014", "2014-05-03"),
        ("3./4. Mai 2014", "2014-05-03"),
        ("May 3, 2014, Saturday, BC cycle", "2014-05-03"),
        ("lördag 3 maj 2014", "2014-05-03"),
        ("sábado, 3 de Maio de 2014", "2014-05-03"),
        ("Sabato 3 maggio 2014", "2014-05-03"),
        ("March 9, 2014 Sunday 2:05 AM  EST", "2014-03-09T02:05:00-05:00"),
        ("6:31-10 May 2014", "2014-05-10T06:31:00"),  # a time and a day, not the days of a weekend
    ],
)
def test_lexis_lines_of_dates(line, published):
    (article,) = read_back(lexis("Storm", "LENGTH: 11 words", LINE, "LOAD-DATE: May 9, 2014", day=line))
    check(article, LINE, LINE, headline="Storm", outlet="The Harbour Post", published=published)


def test_lexis_labels_of_the_header_are_text_when_they_come_again():
    body = ["Here is the week in numbers.", "LENGTH: 212 feet, says the county, which measured it.",
            "4 of 9 DOCUMENTS were missing from the file, the judge said.", "BYLINE: who wrote this? We."]  # fmt: skip
    header = ["The numbers", "BYLINE: Ada Quill", "LENGTH: 30 words"]
    (article,) = read_back(lexis(*header, *body, "LOAD-DATE: May 4, 2014", "LANGUAGE: ENGLISH"))
    check(article, body[0], body[-1], 4, byline="Ada Quill", problem=None)


def test_lexis_of_the_nineties():
    (article,) = read_back(
        lexis(
            "SECTION: NEWS, Pg. 3A", "LENGTH: 11 words", "HEADLINE: Ferry sinks; all saved", "BYLINE: Ada Quill",
            f"BODY:\n   {LINE}", "GRAPHIC: PHOTO, b/w, Reed", "LANGUAGE: ENGLISH", "LOAD-DATE-MDC: May 4, 1994",
            number="LEVEL 1 - 1 OF 1 STORY", outlet=("Copyright 1994 Harbour Newspapers Inc.", "The Harbour Sun"),
            day="May 3, 1994, Tuesday, FINAL EDITION",
        )
    )  # fmt: skip
    facts = {"headline": "Ferry sinks; all saved", "section": "NEWS", "page": "3A", "edition": "FINAL EDITION"}
    check(article, LINE, LINE, captions=1, published="1994-05-03", problem=None, **facts)


def test_lexis_of_london_with_the_edition_behind_the_outlet():
    (article,) = read_back(
        lexis(
            "SECTION: HOME PAGES; Pg. 3", "LENGTH: 11 words", "HEADLINE: Ferries: Two of five to go: Islanders fear\n"
            "for school run", "BYLINE: Ada Quill, Transport correspondent", "HIGHLIGHT:\n Too few use them",
            f"BODY:\n\n\n   {LINE}", "GRAPHIC: The Petrel, and right, its crew\nPhotograph: Tom Reed",
            outlet=("Copyright 2014 Harbour Newspapers Limited\nAll Rights Reserved", "The Watchman - Final Edition"),
        )
    )  # fmt: skip
    facts = {"outlet": "The Watchman", "edition": "Final Edition", "standfirst": "Too few use them", "problem": None}
    check(
        article, LINE, LINE, captions=1, headline="Ferries: Two of five to go: Islanders fear for school run", **facts
    )


def test_lexis_saved_again_by_an_old_mac_in_spanish():
    (article,) = read_back(
        lexis(
            "SECCIÓN: LOCAL; Pág. 4", "LONGITUD: 8 palabras", "TÍTULO: El ferri no sale", "AUTOR: Ada Quill",
            "CUERPO:", "El ferri a Norderholm no sale hasta el lunes.", "FECHA-CARGA: 5 de mayo de 2014",
            "IDIOMA: SPANISH; ESPAÑOL", number="Documento 1 de 1", day="3 de mayo de 2014 sábado", end="\r",
        )
    )  # fmt: skip
    facts = {"headline": "El ferri no sale", "section": "LOCAL", "page": "4", "language": "es", "problem": None}
    check(article, "El ferri", "el lunes.", published="2014-05-03", **facts)


def test_lexis_one_document_without_number_whose_lines_are_not_wrapped():
    labels = [f"BYLINE:{NBSP}Ada Quill", f"SECTION:{NBSP}NEWS; Pg. A3", f"LENGTH:{NBSP}120 words"]
    data = lexis(
        "Ferry line cuts sailings", *labels, f"{LINE} " * 10, f"LOAD-DATE:{NBSP}May 4, 2014", number="", end="\n"
    )
    (article,) = read_back(data, "copied.txt")
    check(article, LINE, LINE, outlet="The Harbour Post", published="2014-05-03", byline="Ada Quill", page="A3")


# ------------------------------------------------------------------ Factiva


def factiva_rtf(*rows):
    cells = (rf"\trowd\pard\intbl\qr{{\b {code}}}\cell\pard\intbl\ql {value}\cell\row" for code, value in rows)
    return r"{\rtf1\ansi\ansicpg1252\uc1{\info{\title Factiva RTF Display Format}}" + "\n".join(cells) + "}"


def test_factiva_rtf_with_unicode_escapes_of_every_kind():
    (article,) = read_back(
        factiva_rtf(
            ("HD", r"Ferry line\u8217?s fares rise \u8212\'97 by a tenth"), ("BY", r"By Pia Str\u248\'f8m"),
            ("WC", "18 words"), ("PD", "3 May 2014"), ("ET", "06:15"), ("SN", "The Harbour Post"), ("PG", "5"),
            ("CY", r"\'a9 2014 Harbour Media. All rights reserved."),
            ("LP", r"The line\'92s fares will rise.\par \par {\uc2\u8220\'81\'67We\u8217\'81\'66ll}\u8221? cope.\par"),
            ("TD", r"Passengers pay from 1\~June \u8364?2.\par"), ("AN", "Document HARBPO0020140503ea530001a"),
        )
    )  # fmt: skip
    check(
        article, "The line’s fares", "from 1\u00a0June €2.", 3, headline="Ferry line\u2019s fares rise — by a tenth",
        byline="By Pia Strøm", published="2014-05-03T06:15:00", page="5", problem=None,
        copyright="© 2014 Harbour Media. All rights reserved.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "unit", "day", "named", "document"),
    [
        ("de", "Wörter", "3 Mai 2014", "Deutsch", "Dokument"),
        ("fr", "mots", "3 mai 2014", "Français", "Document"),
        ("es", "palabras", "3 mayo 2014", "Español", "Documento"),
        ("it", "parole", "3 maggio 2014", "Italiano", "Documento"),
        ("pt", "palavras", "3 maio 2014", "Português", "Documento"),
        ("ru", "слов", "3 мая 2014", "Русский", "Документ"),
    ],
)
def test_factiva_pages_in_other_languages(language, unit, day, named, document):
    lines = [f"11 {unit}", day, "06:15", "The Harbour Post", "HARBPO", "7", named, "Copyright 2014. Harbour Media."]
    (article,) = read_back(
        f'<title>Factiva</title><div class="article {language}Article"><div id="hd"><b>Ferry</b></div>'
        f"{''.join(f'<div>{line}</div>' for line in lines)}"
        f'<p class="articleParagraph {language}articleParagraph">{LINE.replace("ferry", "<b>ferry</b>")}</p>'
        f"<p>{document} HARBPO0020140503ea530001a</p></div>"
    )
    check(article, LINE, LINE, published="2014-05-03T06:15:00", page="7", language=language, problem=None)


@pytest.mark.parametrize("word", ["Grafik", "Infographie", "Gráfico", "Graphic"])
def test_factiva_rtf_captions_at_the_end_of_the_text(word):
    rows = [
        ("HD", "Ferry"),
        ("PD", "3 May 2014"),
        ("SN", "The Post"),
        ("TD", rf"{LINE}\par {rtf_text(word)}: The route\par"),
    ]
    (article,) = read_back(factiva_rtf(*rows, ("AN", "Document HARBPO0020140503ea530001a")))
    check(article, LINE, LINE, captions=1, problem=None)


# ------------------------------------------------------------------ ProQuest

RULE = "_" * 60


def test_proquest_contents_and_headings_inside_the_text():
    text = f"{LINE}\n\nWhat happens next:\nIslanders meet on Sunday.\n\nTHE COST\nNobody knows."
    blocks = [
        "Report Information from ProQuest", "04 May 2014 10:12", RULE, "Table of contents", "1. Ferry line", RULE,
        "Document 1 of 1", "Ferry line", "Author: Quill, Ada; Reed, Tom", f"Full text: {text}", "Subject: Ferries",
        "Publication title: The Harbour Post; Northport", "First page: A.3", "Publication date: May 3, 2014",
        "ProQuest document ID: 1000000001", "Database: Newsstream", RULE, "Contact us at: https://help.example",
    ]  # fmt: skip
    (article,) = read_back("\r\n\r\n".join(blocks))
    facts = {"headline": "Ferry line", "outlet": "The Harbour Post", "page": "A.3", "subjects": ("Ferries",)}
    check(article, LINE, "Nobody knows.", 5, authors=("Quill, Ada", "Reed, Tom"), problem=None, **facts)


def test_proquest_scans_without_numbers_and_without_text():
    def scan(title, number):
        return [RULE, title, "Full text: Not available.", "Abstract: NORTHPORT, May 2. -- The ferry sank.",
                f"Title: {title}", "Publication title: The Harbour Post (1881-1990); Northport", "Pages: 1",
                "Publication date: May 3, 1934", f"ProQuest document ID: {number}"]  # fmt: skip

    closing = [RULE, "Contact us at: https://help.example"]
    found = read_back("\ufeff" + "\n\n".join([*scan("Ferry Sinks", 1), *scan("All Saved", 2), *closing]))
    assert [article.headline for article in found] == ["Ferry Sinks", "All Saved"]
    for article in found:
        outlet = "The Harbour Post (1881-1990)"
        check(
            article,
            paragraphs=0,
            outlet=outlet,
            published="1934-05-03",
            standfirst="NORTHPORT, May 2. -- The ferry sank.",
        )
        assert article.problem.endswith("no body")


# ------------------------------------------------------------------ Europresse


def test_europresse_of_2023_counts_words_in_its_header_and_prints_a_time():
    (article,) = read_back(
        '<article><header><div><span class="DocPublicationName">Le Courrier (site web)</span></div>'
        '<div class="rdp__DocHeader"><span class="DocHeader">Région, mercredi 3 mai 2023 - 18:05 UTC +0200 838 mots'
        '</span></div><div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">La ligne suspendue</p>'
        '<p class="sm-margin-TopNews rdp__subtitle"><b>Les îliens en colère</b></p></div>'
        '<p class="sm-margin-bottomNews">Ada Quill</p></header><section><div class="DocText clearfix">'
        '<div class="docOcurrContainer"><p>La ligne de <mark>bac</mark> est suspendue.</p></div></div></section>'
        '<footer><div class="publiC-lblNodoc">news·20230503·CPW·oi0_1a2b3c</div></footer></article>'
    )
    facts = {"section": "Région", "standfirst": "Les îliens en colère", "byline": "Ada Quill", "problem": None}
    check(article, "La ligne de bac", "suspendue.", published="2023-05-03T18:05:00+02:00", **facts)


def test_europresse_of_2008_prints_captions_and_index_terms_below_the_text():
    ends = ["Illustration(s) :", "Le bac au quai.", "Catégorie : Actualités", "Sujet(s) uniformisé(s) : Transport",
            "Type(s) d'article : Article", "© 2008 Société du Courrier.", "Doc. : news·20080503·CP·0007"]  # fmt: skip
    body = ["Personne n'a vu : le bac est parti.", "Photo finish au port.", "Il est suspendu."]
    (article,) = read_back(
        '<table><tr><td><span class="DocPublicationName">Le Courrier</span><br><span class="DocHeader">Région, samedi '
        '3 mai 2008, p. 7</span><br><span class="TitreArticleVisu">La ligne</span><p></p>'
        f"{'<p></p>'.join([*body, *ends])}</td></tr></table>"
    )
    check(article, body[0], body[-1], 3, captions=1, page="7", subjects=("Transport",), problem=None)
