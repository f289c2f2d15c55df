"""The review widget in a real JupyterLab, by click and by key, on an article that tries to run as a script."""

import nbformat
import pytest

from newslab.corrections import read_corrections
from tests.browser.lab import PANEL, faults, opened, until

SOURCE = """
import newslab as nl, pandas as pd
attack = "<img src=x onerror=\\"window.attacked=1\\"><script>window.attacked=1</script>"
text = f"Two men left, police {attack} said. Nine women stayed, Ann Hale said. Ten dogs slept, the mayor said."
articles = nl.load_articles(pd.DataFrame({"article_id": ["a" + attack], "outlet": [attack], "text": [text]}))
notes = nl.annotate(articles, cache=False, progress=False)
chosen = notes.quantities[notes.quantities["text"].isin(["Two", "Nine", "Ten"])]
nl.review(chosen, articles, save="corrections.csv")
"""


@pytest.fixture(scope="module")
def notebook(browser, server, desk):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SOURCE), nbformat.v4.new_code_cell("1")])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, desk / "notebooks" / "review.ipynb")
    with opened(browser, server, "review") as opened_one:
        assert faults(opened_one.run()) == []
        yield opened_one


def told(widget):
    return widget.locator(".nl-taken").inner_text()


def test_rows_are_decided_by_click_and_by_key_and_nothing_else_happens(notebook, desk):
    page, save = notebook.page, desk / "notebooks" / "corrections.csv"
    widget = page.locator(f"{PANEL} .nl-review")
    place = widget.locator(".nl-place")
    assert place.inner_text().startswith("1 of 3")
    cells = page.locator(f"{PANEL} .jp-Cell").count()

    widget.get_by_role("button", name="Accept").click()
    until(lambda: place.inner_text().startswith("2 of 3"), 20, "a click does not lead on")
    assert read_corrections(save)["decision"].tolist() == ["accept"]

    page.keyboard.press("r")
    until(lambda: place.inner_text().startswith("3 of 3"), 20, "a key does not lead on")
    assert read_corrections(save)["decision"].tolist() == ["accept", "reject"]

    page.keyboard.press("f")
    field = widget.locator("input[name=counted]")
    assert field.is_visible()
    field.fill("a")  # also a key of the widget, which must not act while it is typed into a field
    field.press("Enter")
    until(lambda: "Fixed: counted is a" in told(widget), 20, "a fix is not shown")
    assert read_corrections(save)["value"].fillna("").tolist() == ["", "", "a"]

    page.keyboard.press("ArrowLeft")
    until(lambda: place.inner_text().startswith("2 of 3"), 20, "the arrow does not lead back")
    assert told(widget) == "Rejected."
    page.keyboard.press("u")
    until(lambda: told(widget) == "Not decided yet.", 20, "a decision is not undone")
    assert "2 of 3 decided: 1 right, 1 fixed, 0 rejected" in widget.locator(".nl-summary").inner_text()

    for key in ("a", "b", "d", "d", "x", "m"):  # in JupyterLab's command mode these insert, delete and change cells
        page.keyboard.press(key)
    assert page.locator(f"{PANEL} .jp-Cell").count() == cells
    notebook.screenshots("review")


def test_a_number_that_is_none_is_refused_in_words(notebook):
    widget = notebook.page.locator(f"{PANEL} .nl-review")
    widget.get_by_role("button", name="Fix").click()
    widget.locator("input[name=value]").fill("many")
    widget.get_by_role("button", name="Save").click()
    until(lambda: "is a number" in widget.locator(".nl-problem").inner_text(), 20, "a wrong value is not refused")


def test_nothing_of_the_article_ran_or_became_an_element(notebook):
    page = notebook.page
    assert page.evaluate("window.attacked") is None
    assert page.locator(f"{PANEL} .nl-review img, {PANEL} .nl-review script").count() == 0
    assert "<img src=x onerror=" in page.locator(f"{PANEL} .nl-review .nl-place").inner_text()
    assert notebook.errors == []
    assert notebook.strangers == []
