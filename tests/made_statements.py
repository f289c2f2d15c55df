"""The statements of a text, found as `annotate` finds them."""

from __future__ import annotations

from newslab.entities import entities
from newslab.parsing import load_model, parse
from newslab.segments import segments
from newslab.statements import statements


def found_in(text: str, weights: str = "default"):
    parts = segments(text)
    (doc,) = parse(load_model(), [(text, parts)])
    return statements(doc, entities=entities(doc, segments=parts), segments=parts, weights=weights)
