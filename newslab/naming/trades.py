"""Trades before names that no list has, told by their form, and forms of address that are names elsewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from newslab.layout.credits import first_names
from newslab.naming.lists import EITHER, OPEN, bodies, demonyms, nouns, people

if TYPE_CHECKING:
    from newslab.naming.words import Words

# endings of trades that are seldom the ending of a name: Beekeeper, Hydrologist, Mathematician
_TRADE = re.compile(r"\w{2,}(?:ist|ician|maker|master|keeper|monger|smith|woman|herder|grower)")
# endings that many last names have, too: Ferryman, Glazier; but Hoffman, Carter
_TRADE_OR_NAME = re.compile(r"\w{3,}(?:man|er|or|eer|wright)")
_BEFORE = OPEN | {","}
_MOST = 5  # tokens of the name behind a trade
_PROPER = frozenset({"NNP", "NNPS"})


def trade_at(w: Words, i: int) -> bool:
    """Whether a token is a trade that begins a sentence or an apposition before a name: `Beekeeper` Ann Lee.

    Of a firm, too, if the trade is a firm's: `Exporter` Green Hills.
    """
    word = w.text[i]
    if not word.istitle() or not (i == 0 or w.sent[i - 1] != w.sent[i] or w.text[i - 1] in _BEFORE):
        return False
    trade = w.tag[i] in ("NNP", "NN") and (_TRADE_OR_NAME.fullmatch(word) or _sure(word))
    if not trade or word in first_names() or w.lower[i] in demonyms() or w.sent[i] in w.headings:
        return False
    last = _name_end(w, i + 1)
    if last == i + 1 or w.text[last - 1] in nouns("head") or w.lower[i] in people() or word in nouns("party"):
        return False
    if last - i > 2:
        return _sure(word) or w.lower[i] in _of_firms() or w.text[i + 1] in first_names()
    return w.lower[i] in _of_firms() and last < len(w.text) and w.tag[last] in ("VBD", "VBZ", "VBP", "MD")


@cache
def _of_firms() -> frozenset[str]:
    return bodies() | EITHER


def _sure(word: str) -> bool:
    return _TRADE.fullmatch(word) is not None and word not in nouns("last name")


def _name_end(w: Words, i: int) -> int:
    """The end of the capitals that a sentence goes on with."""
    last = i
    while last < len(w.text) and last - i < _MOST and w.sent[last] == w.sent[i - 1]:
        if not w.text[last][:1].isupper() or w.tag[last] not in _PROPER:
            break
        last += 1
    return last


def addressed(w: Words, i: int, called: set[str]) -> bool:
    """Whether a title that is also a name, if a token is one, is a title: `Canon` Ann Lee; not Canon Imaging, a firm.

    `called` holds the last names of those whom the text has so addressed, so that `PC` Lee is known later on.
    """
    if w.lower[i].rstrip(".") not in _also_names():
        return True
    word, begin = w.text[i].rstrip("."), i + 1 + (w.text[i + 1 : i + 2] == ["."])
    last = _name_end(w, begin)
    if word not in nouns("title before a name") or last == begin or w.text[last - 1] in nouns("head"):
        return False
    if last == begin + 1:
        return w.text[begin] in called
    if w.text[begin] not in first_names() and word.isupper():
        return False
    called.add(w.text[last - 1])
    return True


@cache
def _also_names() -> frozenset[str]:
    return frozenset(word.casefold() for word in nouns("title before a name"))
