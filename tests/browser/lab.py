"""A notebook in JupyterLab as a reader handles it: opened, run, looked at, clicked."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

SCREENSHOTS = ROOT / "results" / "screenshots"
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
RUN = 240  # seconds for a whole notebook: the first on a machine reads the corpus
PATIENCE = 60_000  # milliseconds for a click or a drawing, on a busy machine


class Notebook:
    """One notebook open in a page of its own; `errors` and `strangers` collect what should be empty."""

    def __init__(self, page: Any, server: str, name: str) -> None:
        self.page, self.server, self.name = page, server, name
        self.errors: list[str] = []
        self.strangers: list[str] = []
        self.content: dict[str, Any] = {"cells": []}
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._requested)

    def _requested(self, request: Any) -> None:
        address = urllib.parse.urlparse(request.url)
        if (
            address.scheme not in ("data", "blob", "about")
            and address.netloc != urllib.parse.urlparse(self.server).netloc
        ):
            self.strangers.append(request.url)

    def open(self) -> None:
        self.page.goto(f"{self.server}/lab/tree/notebooks/{self.name}.ipynb?reset")
        self.page.wait_for_selector(f"{PANEL} .jp-Notebook .jp-Cell")
        until(self._kernel_is_idle, 90, "no kernel is ready")

    def _kernel_is_idle(self) -> bool:
        bar = self.page.locator("#jp-main-statusbar").inner_text()
        kernels = self.api("/api/kernels") or []
        return "| Idle" in bar and any(k["execution_state"] == "idle" and k["connections"] for k in kernels)

    def api(self, path: str) -> Any:
        """What the server says; None while it cannot: 500 as a kernel starts, 400 and 404 as a file is saved."""
        try:
            with urllib.request.urlopen(self.server + urllib.parse.quote(path), timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code in (400, 404, 500):  # whoever asks goes on asking for a while, and then says what is missing
                return None
            raise

    def run(self) -> dict[str, Any]:
        """Run all cells by the menu, save, and give the notebook as the server then has it."""
        self.page.click('.lm-MenuBar-itemLabel:text-is("Run")')
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        until(self._is_done, RUN, "the notebook does not end")
        until(self._is_saved, 60, "the notebook is not saved")
        return self.content

    def _is_done(self) -> bool:
        if self.page.locator(f"{PANEL} [data-mime-type='application/vnd.jupyter.stderr']").count():
            return True
        idle = self.page.locator(f"{PANEL} .jp-Notebook-ExecutionIndicator").get_attribute("data-status") == "idle"
        # asked of the notebook itself: a cell that is far off the screen may not be drawn
        return idle and not self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.widgets"
            ".filter(cell => cell.model.type === 'code' && !cell.model.executionCount).length"
        )

    def _is_saved(self) -> bool:
        """Whether the file has what is on the screen: all cells counted, or an error."""
        # awaited, and by the command rather than its key: a file that is read or saved again while it is being
        # saved is taken for broken by the server, which then moves it away
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save').then(() => null)")
        self.content = self.saved()
        cells = [cell for cell in self.content["cells"] if cell["cell_type"] == "code"]
        # a cell shows its error a moment before it is counted
        ended = [cell for cell in cells if cell["execution_count"]]
        failed = any(output["output_type"] == "error" for cell in ended for output in cell["outputs"])
        return failed or (bool(cells) and all(cell["execution_count"] for cell in cells))

    def saved(self) -> dict[str, Any]:
        answer = self.api(f"/api/contents/notebooks/{self.name}.ipynb")
        return answer["content"] if answer else {"cells": []}

    def screenshots(self, name: str) -> list[Path]:
        """The whole notebook, in the light and in the dark theme, under results/screenshots."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        tall = self.page.evaluate(f"document.querySelector('{PANEL} .jp-WindowedPanel-outer').scrollHeight")
        self.page.set_viewport_size({"width": 1280, "height": min(int(tall) + 300, 10_000)})
        paths = []
        for theme in ("Dark", "Light"):
            self.page.evaluate(
                "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", f"JupyterLab {theme}"
            )
            self.page.wait_for_selector(f"body[data-jp-theme-name='JupyterLab {theme}']", state="attached")
            time.sleep(1)
            paths.append(SCREENSHOTS / f"{name}-{theme.lower()}.png")
            self.page.screenshot(path=paths[-1], timeout=120_000)
        self.page.set_viewport_size({"width": 1280, "height": 1800})
        return paths

    def stop(self) -> None:
        """End its kernel, so that the next notebook has the memory."""
        for session in self.api("/api/sessions") or []:
            request = urllib.request.Request(f"{self.server}/api/sessions/{session['id']}", method="DELETE")
            with urllib.request.urlopen(request, timeout=30):
                pass


@contextmanager
def opened(browser: Any, server: str, name: str) -> Any:
    """A notebook in a fresh page, closed with its kernel at the end."""
    page = browser.new_page(viewport={"width": 1280, "height": 1800})
    notebook = Notebook(page, server, name)
    try:
        notebook.open()
        yield notebook
    finally:
        notebook.stop()
        page.close()


def until(true: Any, seconds: float, otherwise: str) -> None:
    """Wait until something holds, looking twice a second."""
    limit = time.monotonic() + seconds
    while not true():
        if time.monotonic() > limit:
            raise AssertionError(f"{otherwise} within {seconds} seconds")
        time.sleep(0.5)


def faults(content: dict[str, Any]) -> list[str]:
    """What is wrong in a notebook that was run: errors, warnings on stderr, cells that never ran."""
    wrong = []
    for number, cell in enumerate((c for c in content["cells"] if c["cell_type"] == "code"), start=1):
        if not cell["execution_count"]:
            wrong.append(f"cell {number} did not run")
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                wrong.append(f"cell {number}: {output['ename']}: {output['evalue']}")
            elif output.get("name") == "stderr":
                wrong.append(f"cell {number} on stderr: {''.join(output['text'])[:200]}")
    return wrong
