"""How Sphinx makes the documentation: pages by hand beside this file, and a page for every public function."""

import importlib
import inspect
from itertools import groupby
from pathlib import Path

import newslab

project = "newslab"
author = "the newslab authors"
copyright = author
release = version = newslab.__version__
extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon", "myst_parser"]
exclude_patterns = ["_build"]
autosummary_generate = True
autodoc_typehints = "signature"
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_custom_sections = ["Source"]
default_role = "literal"  # docstrings write `code` in single backticks
myst_heading_anchors = 3
html_theme = "alabaster"
html_theme_options = {
    "description": "Who says what in news text, and what numbers and pictures it carries, on whose word",
    "fixed_sidebar": True,
    "page_width": "1060px",
    "show_powered_by": False,
}
html_copy_source = False
html_show_copyright = False


def room(name: str) -> str:
    """The module that a public name comes from; all plots are one room."""
    module = getattr(newslab, name).__module__
    return "newslab.plots" if module.startswith("newslab.drawing") else module


def reference() -> str:
    """The page that lists every public name, by the module it comes from, so that none can be forgotten."""
    lines = ["Every function", "==============", "", ".. currentmodule:: newslab", ""]
    for module, names in groupby(sorted(newslab.__all__, key=lambda name: (room(name), name)), key=room):
        says = inspect.getdoc(importlib.import_module(module)).partition("\n\n")[0]
        title = module.removeprefix("newslab.").capitalize()
        lines += [title, "-" * len(title), "", says, "", ".. autosummary::", "   :toctree: generated", ""]
        lines += [f"   {name}" for name in names] + [""]
    return "\n".join(lines)


(Path(__file__).parent / "reference.rst").write_text(reference(), encoding="utf-8")
