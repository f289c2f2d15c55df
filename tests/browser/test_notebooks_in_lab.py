"""Every notebook in a real JupyterLab: it runs, draws what it should, fetches nothing, and is kept as a picture."""

import nbformat
import pytest

from tests.browser.lab import PANEL, faults, opened
from tests.conftest import ROOT

NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
MARKED = f"{PANEL} .newslab mark.nl-figure, {PANEL} .newslab .nl-content"
CONTEXT = f"{PANEL} .nl-context table"
SORTABLE = f"{PANEL} table.dataTable"
PLOT = f"{PANEL} img.nl-plot"
SEEN = {  # what a reader must find in each
    "00_start_here": (MARKED, PLOT),
    "01_corpus_exploration": (CONTEXT, SORTABLE, PLOT, f"{PANEL} img[alt^='Map']"),
    "02_source_attribution": (CONTEXT, SORTABLE, PLOT),
    "03_figure_extraction": (CONTEXT, SORTABLE, PLOT),
    "04_how_often_are_we_wrong": (CONTEXT, SORTABLE, PLOT),
    "05_your_own_articles": (MARKED, SORTABLE, f"{PANEL} .nl-review"),
}


def test_every_notebook_says_what_must_be_seen_in_it():
    assert sorted(SEEN) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_and_shows_what_it_should(name, browser, server):
    with opened(browser, server, name) as notebook:
        content = notebook.run()
        assert faults(content) == []
        for selector in SEEN[name]:
            seen = notebook.page.locator(selector).first
            seen.scroll_into_view_if_needed()
            assert seen.is_visible(), selector
        for plot in notebook.page.locator(PLOT).all():
            assert plot.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
            assert len(plot.get_attribute("alt") or "") > 40
        if SORTABLE in SEEN[name]:
            a_table_sorts_and_searches(notebook)
        notebook.screenshots(name)
        assert notebook.errors == []
        assert notebook.strangers == []


def a_table_sorts_and_searches(notebook):
    """The first long table: a click on a heading orders it, a typed word leaves fewer rows."""
    box = notebook.page.locator(f"{PANEL} .dt-container:has(input[type=search])").first
    box.scroll_into_view_if_needed()
    rows = box.locator("tbody tr")
    before = rows.all_inner_texts()
    heading = box.locator("thead th").last
    heading.click()
    heading.click()
    notebook.page.wait_for_timeout(500)
    assert rows.all_inner_texts() != before
    box.locator("input[type=search]").fill("no such word anywhere")
    notebook.page.wait_for_timeout(500)
    assert "No matching records" in box.inner_text()
    box.locator("input[type=search]").fill("")


def test_a_broken_notebook_is_caught(browser, server, desk):
    """Without this, a look for errors that never finds one would pass all of the above."""
    broken = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in ("1", "1/0", "2")])
    broken.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(broken, desk / "notebooks" / "broken.ipynb")
    with opened(browser, server, "broken") as notebook:
        assert faults(notebook.run()) == ["cell 2: ZeroDivisionError: division by zero", "cell 3 did not run"]
