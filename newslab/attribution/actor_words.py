"""The words that tell of actors, as `rules/actors.csv` lists them, and how a text may write them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newslab import rules


class Kind(NamedTuple):
    """An entry of `rules/actors.csv`: its words, what actor it tells of, how surely (0 to 4), and of what."""

    words: tuple[str, ...]
    actor_type: str
    weight: int
    of: str  # a person, an organisation, a document, a name (a word that tells something in names only), or a word


@cache
def _actors() -> dict[str, list[Kind]]:
    """Entries of the list by their first word in lower case, longest first."""
    table: dict[str, list[Kind]] = {}
    for row in rules.read("actors"):
        words = tuple(row["phrase"].replace(".", "").split())
        kind = Kind(words, row["actor_type"], int(row["weight"]), row["kind"])
        table.setdefault(words[0].lower(), []).append(kind)
    for kinds in table.values():
        kinds.sort(key=lambda kind: -len(kind.words))
    return table


def match(words: Sequence[str], i: int) -> Kind | None:
    """The longest entry at word `i`; one with a capital letter needs it in the text, too."""
    for form in singulars(words[i]):
        for kind in _actors().get(form.lower(), ()):
            found = (form, *words[i + 1 : i + len(kind.words)])
            if len(kind.words) > 1:
                found = (*found[:-1], *singulars(found[-1])[-1:]) if found[-1] != kind.words[-1] else found
            if found == kind.words or (
                kind.words == tuple(w.lower() for w in kind.words) and tuple(w.lower() for w in found) == kind.words
            ):
                return kind
    return None


def singulars(word: str) -> list[str]:
    """The word and what it may be the plural or possessive of."""
    forms = [word]
    for mark in ("'s", "\u2019s"):
        if word.endswith(mark):
            word = word[: -len(mark)]
            forms.append(word)
    low = word.lower()
    if low.endswith("men"):
        forms.append(word[:-2] + "an")
    elif low.endswith("people") and len(low) > 6:
        forms.append(word[:-4] + "rson")
    elif low.endswith("children"):
        forms.append(word[:-3])
    elif low.endswith("wives"):
        forms.append(word[:-3] + "fe")
    elif low.endswith("ies"):
        forms.append(word[:-3] + "y")
    elif low.endswith("s") and not low.endswith("ss"):
        forms.append(word[:-1])
    return forms


@cache
def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(row["phrase"].replace(".", "").lower() for row in rules.read("actors") if row["kind"] == kind)


def is_person(word: str) -> bool:
    """Whether a noun or title is one of people: "spokesmen", "Maj."."""
    return any(form.lower() in _of_kind("person") for form in singulars(word.replace(".", "")))


def is_organisation(word: str) -> bool:
    """Whether a noun is one of organisations: "army", "campaign"."""
    return any(form.lower() in _of_kind("organisation") for form in singulars(word))
