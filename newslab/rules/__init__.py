"""Word lists as CSV files, so that a reader can review a rule without reading Python."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def read(name: str) -> list[dict[str, str]]:
    """Rows of `rules/<name>.csv`, in order; shared, so not to be changed by the caller.

    Raises
    ------
    FileNotFoundError
        If there is no such list.
    """
    text = (files(__name__) / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
