"""A JupyterLab server and a headless Chromium for all tests of this folder, or a reason why there is none."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
START = 120  # seconds for the server, on a busy machine


def pytest_collection_modifyitems(items):
    """One worker for all of them: they share a server and a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def chromium() -> str:
    """The path of an installed browser."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("NEWSLAB_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: install it (Debian: apt-get install chromium) to try the notebooks")
    return found


@pytest.fixture(scope="package")
def browser(chromium):
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install 'newslab[browser]'")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def desk(tmp_path_factory) -> Path:
    """A copy of the notebooks beside the repository's data, since saving in the browser changes them."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:  # as if never run, so that no test sees what was committed
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, folder / "notebooks" / path.name)
    for name in ("data", "benchmarks", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="package")
def server(desk, chromium, tmp_path_factory):
    """The address of a JupyterLab on a copy of the notebooks, with settings of its own."""
    home = tmp_path_factory.mktemp("jupyter")
    saving = home / "jupyterlab_settings_dir" / "@jupyterlab" / "docmanager-extension" / "plugin.jupyterlab-settings"
    saving.parent.mkdir(parents=True)
    saving.write_text(json.dumps({"autosave": False}))
    names = (
        "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR", "MPLCONFIGDIR",
    )  # fmt: skip
    places = {name: str(home / name.lower()) for name in names}
    news = home / "jupyter_config_dir" / "labconfig" / "page_config.json"
    news.parent.mkdir(parents=True)
    news.write_text(json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=",
        f"--ServerApp.root_dir={desk}", "--LabApp.expose_app_in_browser=True",
        "--ServerApp.disable_check_xsrf=True",  # so that a test can end a kernel
        "--FileManagerMixin.use_atomic_writing=False",  # or a read amid a save moves the file away
    ]  # fmt: skip
    log = (home / "log").open("w")
    process = subprocess.Popen(
        command, env={**os.environ, **places}, stdout=log, stderr=log, start_new_session=True, cwd=desk
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process, home / "log")
        yield address
    finally:
        _stop(process)
        log.close()


def _wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    limit = time.monotonic() + START
    while time.monotonic() < limit:
        if process.poll() is not None:
            pytest.fail(f"JupyterLab ended at once:\n{log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/api/status", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not answer within {START} seconds:\n{log.read_text()[-2000:]}")


def _stop(process: subprocess.Popen) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            return
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            continue
    # kernels have a group of their own, and end with the server; one that is left over is a fault
