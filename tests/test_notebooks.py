"""The notebooks as they are committed, and on a corpus that is not the sample."""

import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT

NAMES = [
    "00_start_here",
    "01_corpus_exploration",
    "02_source_attribution",
    "03_figure_extraction",
    "04_how_often_are_we_wrong",
    "05_your_own_articles",
]


def read(name):
    return nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)


def test_no_notebook_is_forgotten():
    assert sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_committed_as_it_ran_top_to_bottom(name):
    cells = [cell for cell in read(name).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert outputs
    assert not [output for output in outputs if output.output_type in ("error", "stream")]
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in cells) == 1


@pytest.mark.parametrize("corpus", ["three pages", "one line"])
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_on_a_folder_of_ones_own(name, corpus, tmp_path, sample, monkeypatch):
    """Page copies without any table of facts, so that every sentence must cope with what is missing."""
    monkeypatch.setenv("NEWSLAB_CACHE", str(tmp_path.parent / "cache"))
    pages = tmp_path / "pages"
    pages.mkdir()
    if corpus == "one line":
        (pages / "rain.txt").write_text("Rain fell in the hills.")
    else:
        for path in sorted(sample.glob("*.txt"))[:3]:
            shutil.copy(path, pages)
    notebook = read(name)
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source += f"\nCORPUS = {str(pages)!r}\nMETADATA = None\nOUT = {str(tmp_path / 'out')!r}\n"
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    errors = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "error"]
    assert errors == []
