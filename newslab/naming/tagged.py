"""Names as the encoder tags them, in place of spaCy's: the same labels, set as `doc.ents`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslab.encoder import NAMES, best_tags, first_pieces, reading, stretches

if TYPE_CHECKING:
    from spacy.tokens import Doc

DOUBT = 1.0  # log odds that a name must have over being none; the rules it learnt from name too much

# particles of Arabic names
HYPHENED = ("al", "el", "an", "ar", "as", "ash", "at", "az", "ul", "ud", "bin", "ibn", "abu")  # fmt: skip


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
    for kind, first, last in stretches(tags, first_pieces(read, starts, ends)):
        if found and NAMES[kind] != "NUMBER" and _joined(doc, found[-1][2], first):
            found[-1] = [kind, found[-1][1], last]
        else:
            found.append([kind, first, last])
    starts_at = {first for _, first, _ in found}
    for span in found:  # a word that hangs on a name by its hyphen is part of it: `Bab al` `-Nour`
        while _hangs_on(doc, span[2]) and NAMES[span[0]] != "NUMBER":
            if span[2] in starts_at or span[2] + 1 in starts_at:
                break  # another name, which may begin with the hyphen
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
