"""The names of a text, with their labels and canonical names."""

from __future__ import annotations

from newslab.entities import entities
from newslab.parsing import load_model


def find(text: str):
    return entities(load_model()(text))


def labels(text: str) -> dict[str, str]:
    return {e.text: e.label for e in find(text) if e.mention == "name"}


def names(text: str) -> dict[str, str]:
    return {e.text: e.name for e in find(text) if e.mention == "name"}
