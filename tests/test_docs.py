"""The documentation names every public function, and can be built without a warning."""

import re
import subprocess
import sys

import newslab
from tests.conftest import ROOT


def test_the_documentation_is_built_without_a_warning_and_has_a_page_for_every_function(tmp_path):
    source = tmp_path / "docs"
    source.mkdir()
    for path in (ROOT / "docs").iterdir():  # Sphinx writes beside its sources
        if path.is_file() and path.name != "reference.rst":
            (source / path.name).write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", str(source), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    for name in newslab.__all__:
        page = (tmp_path / "out" / "generated" / f"newslab.{name}.html").read_text(encoding="utf-8")
        assert f"newslab.{name}" in page
    example = (tmp_path / "out" / "generated" / "newslab.precision.html").read_text(encoding="utf-8")
    assert "Examples" in example
    assert "reviewed" in example
    outside = re.findall(
        r'(?:src|href)="(https?://[^"]+)', (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    )
    assert outside == []
