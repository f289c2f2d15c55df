"""What Europresse's HTML does beside the plain layouts, which test_readers_roundtrip.py writes and reads."""

import pytest

from tests.made_exports import parts, read_back

TEXT = ("La compagnie a annoncé deux départs de moins.", "Les îliens se sont réunis dimanche.")


def page(*articles):
    return f"<html><body>{''.join(articles)}</body></html>"


def article_of(
    header="Région, dimanche 4 mars 2018, p. 3",
    outlet="Le Courrier du Port",
    under="<div>Ada Quill</div>",
    section=None,
    aside="",
    footer="<p>Numéro de document : news·20180304·CP·1</p>",
):
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    section = section or f'<div class="DocText"><div class="docOcurrContainer">{text}</div></div>'
    title = '<div class="titreArticle"><p class="titreArticleVisu">Moins de bateaux</p></div>'
    top = f'<span class="DocPublicationName">{outlet}</span></div><div><span class="DocHeader">{header}</span>'
    head = f"<header><div>{top}</div>{title}{under}</header>"
    return f"<article>{head}<section>{section}</section><aside>{aside}</aside><footer>{footer}</footer></article>"


def only(**named):
    (article,) = read_back(page(article_of(**named)))
    return article


@pytest.mark.parametrize(
    ("header", "section", "published", "page_"),
    [
        ("Région, jeudi 1 mars 2018, p. 03", "Région", "2018-03-01", "03"),
        ("jeudi 1er mars 2018", None, "2018-03-01", None),
        ("Région, jeudi 1 mars 2018 - 05:30 UTC", "Région", "2018-03-01T05:30:00+00:00", None),
        ("News, Friday, March 9, 2018, p. A3", "News", "2018-03-09", "A3"),
        ("mardi 6 mars 2018, p. 1,2", None, "2018-03-06", "1, 2"),
    ],
)
def test_the_date_is_found_by_its_month_whatever_stands_beside(header, section, published, page_):
    article = only(header=header)
    assert (article.section, article.published, article.page) == (section, published, page_)
    assert article.problem is None


def test_the_number_of_the_issue_is_not_the_outlets_name():
    assert only(outlet="Le Courrier du Port, no. 77").outlet == "Le Courrier du Port"
    assert only(outlet="Le Courrier (site web)").outlet == "Le Courrier (site web)"


def test_without_an_author_the_first_sentence_is_none():
    assert only(under="").byline is None and only(under="").problem is None
    assert only(under='<div class="docAuthors">Ada Quill</div>').authors == ("Ada Quill",)


@pytest.mark.parametrize(
    "section",
    [
        '<div class="DocText clearfix"><p>{0}</p><p>{1}</p></div>',
        '<div class="DocText"><p>{0}</p><p>{1}</p></div></div>',
        "<p>{0}</p><p>{1}</p>",
    ],
)
def test_the_text_where_its_own_element_is_missing(section):
    assert parts(only(section=section.format(*TEXT)))[0] == TEXT


def test_search_words_are_joined_without_adding_or_losing_a_blank():
    words = "Le <mark>quai</mark>s d'<span class='occurence'>hiver</span>&nbsp;<span style='color:red'>fermé</span>."
    assert parts(only(section=f'<div class="docOcurrContainer"><p>{words}</p></div>'))[0] == (
        "Le quais d'hiver\u00a0fermé.",
    )


def test_captions_notes_links_and_the_copyright():
    aside = "<b>Illustration(s) : </b><p>Le quai.</p><p>Note(s) : Article corrigé le 5 mars.</p>"
    article = only(aside=aside, footer="<p>© 2018 Le Courrier. Tous droits réservés.</p><p>news·20180304·CP·1</p>")
    assert parts(article) == (TEXT, ("Le quai.",)) and article.correction == "Article corrigé le 5 mars."
    assert article.copyright.startswith("© 2018") and article.problem is None
    article = only(section=f'<div class="docOcurrContainer"><p>{TEXT[0]}</p><p>Lire aussi : Autre chose</p></div>')
    assert parts(article)[0] == TEXT[:1] and "Lire aussi" in article.text


def test_a_post_without_outlet_is_kept_and_said():
    first, second = read_back(page(article_of(), "<article><div>Un message.</div></article>"))
    assert first.problem is None and "Un message." in second.text
    assert second.problem.endswith("document 2 (line 1): no headline; no date; no outlet")


def test_the_old_form_says_another_encoding_than_it_has():
    cell = (
        '<table><tr><td><span class="DocPublicationName">Le Courrier, no. 7</span><br>'
        '<span class="DocHeader">Région, dimanche 4 mars 2018, p. 3</span><br>'
        f'<span class="TitreArticleVisu">Moins de bateaux</span><p></p>{TEXT[0]}<p></p>{TEXT[1]}<p></p>'
        "© 2018 Le Courrier. Tous droits réservés.<p></p>news·20180304·CP·1</td></tr></table>"
    )
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'
    for article in read_back(f"<html><head>{meta}</head><body>{cell}{cell}</body></html>".encode()):
        assert parts(article)[0] == TEXT and (article.outlet, article.problem) == ("Le Courrier", None)
