"""Names that are no person's, body's or place's though they are written like one: GDP, Latin, Linguistics."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from newslab.naming.lists import first_names, nouns

if TYPE_CHECKING:
    from newslab.naming.folding import Group

_FIELD = re.compile(r"[A-Z][a-z]{2,}(?:ology|istics|onomics|ianity|ism)")


def is_thing(group: Group) -> bool:
    """Whether a name is that of a figure, an illness, a language, a creed or a field of study.

    A field may be of several words, and is none where it says whose: Political Science; not the School of Economics.
    """
    text = group.names[0].text
    parts = text.split()
    if text in nouns("thing"):
        return True
    if len(parts) == 1:
        return bool(_FIELD.fullmatch(text)) or text in _fields()
    if first_names().get(parts[0]) is not None:
        return False  # Kim Physics is somebody
    field = parts[-1] in _fields() or bool(_FIELD.fullmatch(parts[-1]))
    return field and all(part[:1].isupper() for part in parts) and group.label in ("person", "place")


@cache
def _fields() -> frozenset[str]:
    return frozenset(nouns("field"))
