"""Exported pages, opened alone and offline: nothing fetched, readable without scripts, no script of an article."""

import importlib.util

import nbformat
import pandas as pd
import pytest

import newslab as nl
from tests.conftest import ROOT

ATTACK = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>" onmouseover="window.attacked=1'


@pytest.fixture
def look(browser):
    """Open a page from disk, with and without scripts; give what it logged and what it asked for."""
    pages = []

    def open_page(path, scripts=True):
        context = browser.new_context(java_script_enabled=scripts, offline=True)
        page = context.new_page()
        logged, asked = [], []
        page.on("console", lambda message: logged.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: logged.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_timeout(1500)
        pages.append(context)
        return page, logged, [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]

    yield open_page
    for context in pages:
        context.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    text = f"Gate shut {ATTACK}\n\n“Nine {ATTACK} men left,” said Ann {ATTACK} Hale of the council. Two stayed."
    table = {"article_id": [f"a{ATTACK}"], "outlet": [ATTACK], "url": ["javascript:window.attacked=1"], "text": [text]}
    articles = nl.load_articles(pd.DataFrame(table))
    notes = nl.annotate(articles, cache=False, progress=False)
    path = tmp_path_factory.mktemp("page") / "article.html"
    path.write_text(nl.page(articles.iloc[0], notes), encoding="utf-8")
    return path


@pytest.mark.parametrize("scripts", [True, False])
def test_an_exported_article_stands_alone(hostile, look, scripts):
    page, logged, asked = look(hostile, scripts)
    assert logged == []
    assert asked == []
    assert "men left,” said" in page.locator("article").inner_text()
    assert page.locator("mark.nl-figure").first.is_visible()
    assert page.locator("article img, article script, table img, table script").count() == 0
    if scripts:
        page.locator("mark.nl-figure").first.hover()
        assert page.evaluate("window.attacked") is None


@pytest.mark.parametrize("scripts", [True, False])
def test_a_notebook_as_a_page_fetches_nothing_and_is_readable_without_scripts(look, tmp_path, scripts):
    spec = importlib.util.spec_from_file_location("run", ROOT / "notebooks" / "run.py")
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    path = tmp_path / "02.html"
    run.as_page(nbformat.read(ROOT / "notebooks" / "02_source_attribution.ipynb", as_version=4), path)
    page, logged, asked = look(path, scripts)
    assert logged == []
    assert asked == []
    assert "A source audit" in page.locator("h1").first.inner_text()
    assert "Answer." in page.locator("main").inner_text()
    assert page.locator("table").first.is_visible()
    assert page.locator("img.nl-plot").first.is_visible()
