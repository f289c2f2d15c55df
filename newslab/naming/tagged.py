"""Names as the encoder tags them, in place of spaCy's: the same labels, set as `doc.ents`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslab.encoder import NAMES, best_tags, first_pieces, reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

DOUBT = 1.0  # log odds that a name must have over being none; the rules it learnt from name too much

HYPHENED = (
    "al",
    "el",
    "an",
    "ar",
    "as",
    "ash",
    "at",
    "az",
    "ul",
    "ud",
    "bin",
    "ibn",
    "abu",
)  # particles of Arabic names


def mark_names(doc: Doc) -> Doc:
    """Set the names of a text as its entities, with spaCy's labels; a date, a time or a sum is `NUMBER`.

    >>> from newslab.parsing import load_model
    >>> doc = load_model()("Ann Lee left Lima on Monday.")
    >>> [(span.text, span.label_) for span in doc.ents]
    [('Ann Lee', 'PERSON'), ('Lima', 'GPE'), ('Monday', 'NUMBER')]
    """
    from spacy.tokens import Span

    read = reading(doc)
    if not len(read.names):
        return doc
    logs = read.names.copy()
    logs[:, 0] += DOUBT
    tags = best_tags(logs, read.pieces.breaks).tolist()
    table = doc.to_array(["IDX", "LENGTH"]).astype("int64")
    starts, ends = table[:, 0].tolist(), table.sum(1).tolist()
    found: list[list[int]] = []  # class, first token, the token after the last
    current = -1
    for i, k in enumerate(first_pieces(read, starts, ends)):
        tag = tags[k] if k >= 0 else 0
        kind = (tag - 1) // 2 if tag else -1
        if kind >= 0 and kind == current and tag % 2 == 0:
            found[-1][2] = i + 1
        elif kind >= 0 and found and _joined(doc, found[-1][2], i) and NAMES[kind] != "NUMBER":
            found[-1] = [kind, found[-1][1], i + 1]
        elif kind >= 0:
            found.append([kind, i, i + 1])
        current = kind
    starts_at = {first for _, first, _ in found}
    for span in found:  # a word that hangs on a name by its hyphen is part of it: `Bab al` `-Nour`
        while _hangs_on(doc, span[2]) and span[2] + 1 not in starts_at and NAMES[span[0]] != "NUMBER":
            span[2] += 2
    doc.ents = tuple(Span(doc, first, last, label=NAMES[kind]) for kind, first, last in found)
    return doc


def _joined(doc: Doc, first: int, last: int) -> bool:
    """Whether only a particle and its hyphen stand between two tagged tokens: `Bab al-` `Nour`."""
    gap = [doc[i].lower_ for i in range(first, last)]
    return last - first in (1, 2) and gap[0] in HYPHENED and (len(gap) == 1 or gap[1] == "-")


def _hangs_on(doc: Doc, i: int) -> bool:
    """Whether token `i` is a hyphen that ties a capitalised word to the one before it."""
    if i + 1 >= len(doc) or doc[i].text != "-" or doc[i - 1].whitespace_ or doc[i].whitespace_:
        return False
    return doc[i + 1].text[:1].isupper()
