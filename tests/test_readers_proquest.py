"""What ProQuest's text and HTML do beside the plain layouts, which test_readers_roundtrip.py writes and reads."""

import quopri

import pytest

from tests.made_exports import parts, read_back

RULE = "_" * 60
TEXT = ("The ferry line said on Saturday that it would drop two sailings.", "Islanders met on Sunday.")
LABELS = ("Publication title: The Harbour Post; Northport", "Publication date: Mar 4, 2018", "Database: Newsstream")


def document(*blocks, number=1, total=1, rule=RULE):
    return "\n\n".join([rule, f"Document {number} of {total}", *blocks])


def full(*lines, label="Full text"):
    return f"{label}: " + "\n".join(lines)


def only(*blocks):
    (article,) = read_back(document(*blocks) + f"\n\n{RULE}\n\nContact us at: x\n")
    return article


def test_the_text_ends_at_the_labels_that_go_on_to_the_end():
    article = only(
        "Ferry line cuts", full(TEXT[0], "", "Location: nobody knew.", "", TEXT[1]), "Subject: Ferries", *LABELS
    )
    assert parts(article)[0] == (TEXT[0], "Location: nobody knew.", TEXT[1])
    assert article.subjects == ("Ferries",) and article.problem is None


@pytest.mark.parametrize("label", ["Full text", "Full Text", "Fulltext"])
def test_the_label_of_the_text(label):
    article = only("Ferry line cuts", "Abstract: None available.", full(*TEXT, label=label), *LABELS)
    assert parts(article)[0] == TEXT and article.standfirst is None


def test_captions_and_credits_inside_the_text():
    lines = (*TEXT, "CAPTION: The Petrel at the quay.", "CAPTION:", "CREDIT: Ada Quill")
    article = only("Ferry line cuts", full(*lines), *LABELS)
    assert parts(article) == (TEXT, ("The Petrel at the quay.",))
    assert (article.byline, article.problem) == ("Ada Quill", None)
    article = only("Ferry line cuts", full(*lines), "Author: Reed, Tom; Quill, Ada", *LABELS)
    assert article.authors == ("Reed, Tom", "Quill, Ada")


def test_blanks_lost_in_labels_are_reported_and_values_are_not_mended():
    labels = ("Publication title: The Harbour Po st; Northport", "Publicationdate: Mar 4, 2018")
    article = only("Ferry line cuts", full(*TEXT), "Place ofpublication: Northport", *labels)
    assert (article.outlet, article.published) == ("The Harbour Po st", "2018-03-04")
    assert "blanks are wrong in labels, and so perhaps in values: 'Place ofpublication'" in article.problem


def test_a_document_of_an_abstract_alone_and_unknown_labels():
    article = only("Ferry line cuts", "Abstract: It drops two.", "Odd thing: x", *LABELS)
    assert article.standfirst == "It drops two." and "no body" in article.problem
    article = only("Ferry line cuts", full(*TEXT), "Subject: Ferries", "Odd thing: x", *LABELS)
    assert article.problem.endswith("a label that is not known: 'Odd thing'")


def test_editions_in_headline_and_outlet_and_dates_of_magazines():
    labels = ("Publication title: The Harbour Post, Late Edition; Northport", "Publication date: Aug/Sep 2018")
    article = only("Ferry line cuts: [Final Edition]", full(*TEXT), *labels)
    assert (article.headline, article.edition, article.outlet) == (
        "Ferry line cuts",
        "Final Edition",
        "The Harbour Post",
    )
    assert (article.published, article.problem) == ("2018-08", None)


def test_another_separator_and_a_missing_document():
    found = read_back(
        document("One", full(*TEXT), *LABELS, total=3, rule="*" * 50)
        + "\n\n"
        + document("Three", full(*TEXT), *LABELS, number=3, total=3, rule="*" * 50)
    )
    assert [a.headline for a in found] == ["One", "Three", None]
    assert "documents are missing after number 1" in found[2].problem


# ------------------------------------------------------------------ HTML

TAIL = "".join(f"<p><strong>{line.replace(': ', ': </strong>', 1)}</p>" for line in LABELS)


def page(*documents):
    anchors = (f'<a name="DocID_MSTAR_{i:010d}"></a><p></p>{text}' for i, text in enumerate(documents, 1))
    return f"<html><head><title>ProQuest Export</title></head><body>{''.join(anchors)}</body></html>"


def html_document(body, title="Ferry line cuts", tail=TAIL, count=4):
    inner = f'<text wordcount="{count}"><html><head></head><body>{body}</body></html></text>'
    return f"<p>{title}</p><p><strong>Full text: </strong>{inner}</p>{tail}"


def test_each_text_is_a_page_of_its_own_and_hides_no_document_below():
    first, second = read_back(page(html_document("<p>It <b>left</b>.</p>"), html_document("<p>It came.</p>")))
    assert parts(first)[0] == ("It left.",) and parts(second)[0] == ("It came.",)
    assert first.problem is None and second.problem is None


def test_a_broken_start_of_the_inner_page_and_bold_words_in_the_text():
    broken = page(html_document("<p>It left.</p><p><strong>Note: </strong>two stayed.</p>"))
    (article,) = read_back(broken.replace("<html><head></head>", ">html&gt;<head></head>"))
    assert parts(article)[0] == ("It left.", "Note: two stayed.") and article.problem is None


def test_captions_corrections_and_the_credit():
    shown = '<div class="Illustration_content">Caption: PHOTO: The Petrel; PHOTOGRAPHER:Tom</div>'
    body = f"<p>CORRECTION: SEE CORRECTION APPENDED; It left.</p><p>Credit: By Ada Quill</p>{shown}"
    link = '<a href="#" title="Caption: The quay."></a>'
    (article,) = read_back(page(html_document(body, tail=link + TAIL)))
    assert parts(article)[0] == ("It left.",) and article.correction == "Correction Appended"
    assert parts(article)[1] == ("The Petrel; PHOTOGRAPHER:Tom", "The quay.")
    assert article.authors == ("Ada Quill",)


def test_the_line_of_publication_and_one_without_labels():
    info = "<p><strong>Publication info: </strong>The Harbour Post ; Northport [Northport]04 Mar 2018: A.2.</p>"
    (article,) = read_back(page(html_document("<p>It left.</p>", tail=info)))
    assert (article.outlet, article.published, article.page) == ("The Harbour Post", "2018-03-04", "A.2")
    (article,) = read_back(
        page("<p>Ferry</p><p>Quill, Ada. The Harbour Post; 5 Mar 2018</p>" + html_document("<p>It.</p>"))
    )
    assert article.headline == "Ferry" and article.published == "2018-03-04"


def test_a_text_much_shorter_than_promised_is_said():
    (article,) = read_back(page(html_document("<p>It left.</p>", count=412)))
    assert "412 words promised" in article.problem


def test_an_e_mail_with_the_page_in_it():
    inner = quopri.encodestring(f"<blockquote>{page(html_document('<p>Das Fährschiff.</p>'))}</blockquote>".encode())
    mail = (
        b"From: a@post.example\nSubject: ProQuest\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/alternative; boundary=XX\n\n--XX\nContent-Type: text/plain\n\nsee below\n"
        b"--XX\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    )
    (article,) = read_back(mail + inner + b"\n--XX--\n", "mail.eml")
    assert parts(article)[0] == ("Das Fährschiff.",) and article.problem is None
