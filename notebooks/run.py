"""Run the notebooks: anew in place, or as pages that work offline, checked against the committed text.

python notebooks/run.py                     # run all, and keep what came out
python notebooks/run.py --html results/notebooks   # run all, write pages, fail where the text no longer holds
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
TIMEOUT = 600  # seconds for one cell: the first run parses the whole corpus
WIDGET = "application/vnd.jupyter.widget-view+json"
LIBRARY = 500_000  # characters of one output beyond which it is a program, not a result
ROWS = 10  # of a long table, in the committed notebook


def names() -> list[str]:
    """The notebooks, in their order."""
    return sorted(path.stem for path in HERE.glob("[0-9]*.ipynb"))


def executed(name: str) -> Any:
    """A notebook run from top to bottom in a fresh kernel, without widget states and times."""
    notebook = nbformat.read(HERE / f"{name}.ipynb", as_version=4)
    notebook.metadata.pop("widgets", None)
    NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(HERE)}},
    ).execute()
    for number, cell in enumerate(code_cells(notebook), start=1):
        tidy(cell, f"{name[:2]}_{number}")
    return notebook


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tidy(cell: Any, name: str) -> None:
    """What would differ from run to run is named after the cell; a widget leaves its picture in plain HTML."""
    for number, output in enumerate(cell.outputs):
        data = output.get("data", {})
        if "image/png" in data:
            data["image/png"] = smaller(data["image/png"])
            html = data.get("text/html", "")
            data["text/html"] = re.sub(r"(?<=data:image/png;base64,)[\w+/=]+", data["image/png"], html)
        elif "text/html" in data:
            data.pop(WIDGET, None)
            data["text/html"] = re.sub(r"itables_[0-9a-f_]{36}", f"itables_{name}_{number}", data["text/html"])


def smaller(png: str) -> str:
    """A plot in a palette of 256 colours: a third of the size, and no difference to see."""
    from PIL import Image

    packed = BytesIO()
    image = Image.open(BytesIO(base64.b64decode(png))).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(packed, format="png", optimize=True)
    return base64.b64encode(packed.getvalue()).decode()


def without_library(notebook: Any) -> Any:
    """The notebook as it is committed: small, and readable where no script runs.

    The program that sorts tables stays in its package, and a table leaves its first rows; a run brings both back.
    """
    for cell in code_cells(notebook):
        if any(len(o.get("data", {}).get("text/html", "")) > LIBRARY and not is_table(o) for o in cell.outputs):
            cell.outputs = []
        for output in filter(is_table, cell.outputs):
            output.data["text/html"] = first_rows(output.data["text/html"])
            output.data.pop("text/plain", None)
    return notebook


def is_table(output: Any) -> bool:
    return "_fallback" in output.get("data", {}).get("text/html", "")


def first_rows(html: str) -> str:
    """The plain table inside a sortable one, cut to its first rows."""
    plain = html.partition('_fallback">')[2].partition("</table>")[0] + "</table>"
    plain = re.sub(r"<sup>.*?</sup>", "", plain, count=1, flags=re.DOTALL)
    plain = re.sub(r' style="[^"]*"', "", plain).replace("<table", '<table class="dataframe"', 1)
    head, _, body = plain.partition("<tbody>")
    rows = re.findall(r"<tr>.*?</tr>", body.partition("</tbody>")[0], flags=re.DOTALL)
    more = (
        f"<p>{len(rows) - ROWS:,} more rows: run the notebook to see, sort and search them.</p>"
        if len(rows) > ROWS
        else ""
    )
    return f"{head}<tbody>{''.join(rows[:ROWS])}</tbody></table>{more}"


def told(notebook: Any) -> list[tuple[int, str]]:
    """What the notebook says of its results, with the cells' numbers: sentences, and plots in words."""
    said = []
    for number, cell in enumerate(code_cells(notebook), start=1):
        for output in cell.outputs:
            data = output.get("data", {})
            if "text/markdown" in data:
                said.append((number, data["text/markdown"]))
            elif "image/png" in data:
                said.append((number, data["text/plain"]))
    return said


def contradictions(name: str, notebook: Any) -> list[str]:
    """Sentences of the committed notebook that a new run does not say."""
    before, now = told(nbformat.read(HERE / f"{name}.ipynb", as_version=4)), told(notebook)
    if before == now:
        return []
    gone = [f"{name}, cell {number} says: {words}" for number, words in before if (number, words) not in now]
    new = [f"{name}, cell {number} should say: {words}" for number, words in now if (number, words) not in before]
    return gone + new or [f"{name}: says the same in another order"]


def as_page(notebook: Any, path: Path) -> None:
    """A notebook as an HTML page that fetches nothing."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="offline", extra_template_basedirs=[str(HERE)])
    notebook.metadata["title"] = path.stem
    html, _ = exporter.from_notebook_node(notebook)
    path.write_text(html, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="notebooks to run, without .ipynb; all if none is given"
    )
    parser.add_argument("--html", type=Path, metavar="DIR", help="write pages here and leave the notebooks as they are")
    given = parser.parse_args()
    unknown = set(given.names) - set(names())
    if unknown:
        parser.error(f"no notebook {', '.join(sorted(unknown))}. There are: {', '.join(names())}.")
    wrong: list[str] = []
    for name in given.names or names():
        notebook = executed(name)
        if given.html:
            given.html.mkdir(parents=True, exist_ok=True)
            wrong += contradictions(name, notebook)
            as_page(notebook, given.html / f"{name}.html")
        else:
            nbformat.write(without_library(notebook), HERE / f"{name}.ipynb")
        print(f"{name}: {len(code_cells(notebook))} cells run", flush=True)
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        print(
            "The committed notebooks no longer say what they find. Run `make notebooks` and read them.", file=sys.stderr
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
