"""Which place a name means: country and coordinates, by the gazetteer and the text around the name."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from newslab.naming.gazetteer import Candidate, first_words, named, towns
from newslab.records import Entity, Span

# On the gazetteer's scale of how well known a place is. Set by thought, not fitted: there is nothing to
# fit them on.
# Places less known are not believed: where no country is named, where theirs is, where only others are
KNOWN, KNOWN_THERE, KNOWN_ELSEWHERE = 4.5, 3.0, 6.0
MARGIN = 0.4  # two places closer than this can't be told apart
INSIDE = 6.0  # the text says in which country or region the place lies: "Paris, Texas"
NAMED, OFTEN, UNNAMED = 0.4, 0.6, -0.8  # the text names its country, no other country, only others
REGION_NAMED = 1.5
NEARBY, NEAR = 1.5, 100.0  # within so many km of a town that the text names
CONTEXT_TOWN, CLEAR = 6.5, 1.5  # a town this well known, its rivals so much less, is evidence for others
SAME = 60.0  # km; nearer than this, two entries are one place
MENTIONS = 20  # of one entity whose surroundings are read
_Hit = tuple[Span, list[Candidate]]
LOCATION = ("country", "latitude", "longitude", "gazetteer_id")


@dataclass
class _Evidence:
    """Countries and regions that a text names, and how often."""

    countries: Counter[str] = field(default_factory=Counter)
    total: int = 0
    towns: list[Candidate] = field(default_factory=list)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, found: Candidate | None, times: int = 1) -> None:
        if found is not None and found.country:
            self.countries[found.country] += times
            self.total += times
            if found.admin1:
                self.regions[found.country, found.admin1] += times

    def bonus(self, found: Candidate) -> float:
        """What the text adds to a candidate."""
        if self.total <= 0 or found.country is None:
            return 0.0
        share = self.countries[found.country] / self.total
        bonus = NAMED + OFTEN * share if share else UNNAMED
        if found.admin1 is not None and self.regions[found.country, found.admin1] > 0:
            bonus += REGION_NAMED
        near = any(0 < _km(found, town) <= NEAR for town in self.towns if town.country == found.country)
        return bonus + NEARBY * near


def places(entities: Sequence[Entity], *, text: str = "") -> list[Entity]:
    """The same entities, those that are places or nationalities with where they are.

    A name is settled once for all mentions of its entity: by what the text says beside it ("Paris,
    Texas"; "the Greek town of Kavala"), by the countries, regions and other towns in the text, and
    by how well known each place of that name is. A name that is in no gazetteer, or that two places
    share with nothing to tell them apart, keeps its columns empty.

    Parameters
    ----------
    entities
        Mentions, as `entities` gives them.
    text
        The text they are in; without it, only the entities themselves are evidence.

    Returns
    -------
    list of Entity
        In the same order. Towns get `country`, `latitude` and `longitude` (degrees, WGS 84) and
        `gazetteer_id`; countries and regions no coordinates, since the gazetteer has none for them;
        nationalities `country` only.

    Examples
    --------
    >>> paris = Entity(start=16, end=21, text="Paris", found_by="by hand", mention_id="m16-21",
    ...                label="place", entity_id="e16-21", name="Paris")
    >>> found, = places([paris], text="The tornado hit Paris, Texas.")
    >>> found.country, found.latitude, found.longitude
    ('US', 33.66094, -95.55551)
    """
    groups: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        if entity.label in ("place", "nationality"):
            groups[entity.entity_id].append(entity)
    options = {name: _options(group) for name, group in groups.items()}
    firsts = [group[0] for group in groups.values()]
    scan = _scan(text) if text else sorted(((m.start, m.end), named(m.name)) for m in firsts)
    evidence = _Evidence()
    for _, found in scan:
        evidence.add(_one_country(found))
    own = {}  # what each entity's own name has added: it is no evidence for itself
    for name, group in groups.items():
        town = _clear_town(options[name])
        evidence.add(town)
        if town is not None and len(evidence.towns) < MENTIONS:
            evidence.towns.append(town)
        own[name] = [town, *(_one_country(found) for m in group for found in _within(m, scan))]
    settled = {}
    for name, group in groups.items():
        containers = [c for mention in group[:MENTIONS] for c in _containers(text, mention, scan)]
        for said in own[name]:
            evidence.add(said, -1)
        choice = _choose(options[name], evidence, containers)
        for said in own[name]:
            evidence.add(said)
        if choice is not None:
            settled[name] = {column: getattr(choice, column) for column in LOCATION}
    return [replace(e, **settled[e.entity_id]) if e.entity_id in settled else e for e in entities]


def resolve(name: str, context: Iterable[str] = ()) -> dict[str, Any] | None:
    """The place that a name means, among other names of the same text.

    Parameters
    ----------
    name
        A town, region, country or nationality.
    context
        Names of places and nationalities in the same text, in any order.

    Returns
    -------
    dict or None
        `name`, `kind` (country, region, town or nationality), `country` (ISO 3166-1 alpha-2),
        `latitude`, `longitude`, `gazetteer_id`; None if the name is unknown or stays open.

    Examples
    --------
    >>> resolve("Tripoli")["country"], resolve("Tripoli", ["Beirut", "Lebanese"])["country"]
    ('LY', 'LB')
    >>> resolve("Erewhon") is None
    True
    """
    evidence = _Evidence()
    for other in context:
        if other != name:
            evidence.add(_one_country(named(other)))
            town = _clear_town(_candidates(other))
            evidence.add(town)
            evidence.towns += [town] if town else []
    choice = _choose(_candidates(name), evidence, [])
    return choice and {column: getattr(choice, column) for column in ("name", "kind", *LOCATION)}


# ------------------------------------------------------------------------------------------- deciding


def _options(group: Sequence[Entity]) -> list[Candidate]:
    """Candidates for an entity: those of its name, or of the first of its forms that has any."""
    if group[0].label == "nationality":
        forms = (group[0].text, group[0].name)
        return next(filter(None, ([c for c in named(f) if c.kind != "wide"][:1] for f in forms)), [])
    names = dict.fromkeys([group[0].name, *(m.text for m in group[:MENTIONS] if m.mention == "name")])
    return next(filter(None, map(_candidates, names)), [])


def _one_country(found: Sequence[Candidate]) -> Candidate | None:
    """A country, region or nationality, if the name can mean one country only."""
    places = [c for c in found if c.kind != "abbreviation"]
    return places[0] if len({c.country for c in places}) == 1 else None


def _clear_town(found: Sequence[Candidate]) -> Candidate | None:
    """The town among candidates that is well known and has no rival near."""
    best = max(found, key=lambda c: c.prior, default=None)
    if best is None or best.kind != "town" or best.prior < CONTEXT_TOWN:
        return None
    return best if all(c.prior < best.prior - CLEAR or _same(c, best) for c in found) else None


def _choose(found: Sequence[Candidate], evidence: _Evidence, containers: Sequence[Candidate]) -> Candidate | None:
    """The candidate that stands out, or None."""
    if not found or any(c.kind == "wide" for c in found):
        return None

    scores = []
    for candidate in found:
        bonus = evidence.bonus(candidate)
        bonus += INSIDE * any(_inside(candidate, container) for container in containers)
        if candidate.prior >= (KNOWN_THERE if bonus > 0 else KNOWN_ELSEWHERE if bonus < 0 else KNOWN):
            scores.append((candidate.prior + bonus, candidate))
    if not scores:
        return None
    top, best = max(scores, key=lambda pair: pair[0])
    rival = max((score for score, c in scores if not _same(c, best)), default=-math.inf)
    return best if best.country is not None and top - rival >= MARGIN else None


def _inside(candidate: Candidate, container: Candidate) -> bool:
    if candidate.kind == "country" or candidate.country != container.country:
        return False
    return container.admin1 is None or candidate.admin1 == container.admin1


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two entries agree as far as they say: one country, and near each other."""
    if one.country != other.country:
        return False
    return one.latitude is None or other.latitude is None or _km(one, other) <= SAME


def _km(one: Candidate, other: Candidate) -> float:
    """Great-circle distance; infinite if either has no coordinates."""
    if one.latitude is None or other.latitude is None:
        return math.inf
    if abs(one.latitude - other.latitude) > 2:  # over 220 km, which is as far as anybody asks
        return math.inf
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    c = math.radians((other.longitude or 0.0) - (one.longitude or 0.0))
    h = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(c / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


# ------------------------------------------------------------------------- what the text says beside a name

_TOKEN = re.compile(r"[^\W\d_][\w.’'-]*")
_POSSESSIVE = re.compile(r"(?:'s|’s|['’.,-])+$")
_PLACE_NOUN = (
    "capital|city|cities|county|district|enclave|governorate|hub|island|municipality|port|province|region|"
    "resort|settlement|state|stronghold|suburb|town|towns|township|village|villages"
)
# Between a place and what it lies in: "Sidon, in southern Lebanon", "Sidon, a port in Lebanon"
_TO_CONTAINER = re.compile(
    r"(?:['’]s)?(?:, ?(?:the )?| \((?:the )?| in (?:the )?(?:[a-z]+ern )?|, in (?:the )?(?:[a-z]+ern )?"
    rf"|,? (?:an?|the) (?:[a-z-]+ ){{0,3}}(?:{_PLACE_NOUN}) (?:in|of) (?:the )?(?:[a-z]+ern )?)"
)
# Between a country or nationality and a place in it: "Peru's Cusco", "the Turkish border town of Kilis"
_FROM_CONTAINER = re.compile(rf"(?:['’]s) (?:[a-z-]+ ){{0,3}}|(?:['’]s)? (?:[a-z-]+ ){{0,3}}(?:{_PLACE_NOUN})(?: of)? ")
# What follows a container that only explains; else it may be a subject: "In London, Canada said"
_CLOSED = re.compile(r"[,.;:)!?\]”\"\n]|$|\s(?:and|after|as|at|before|for|from|in|on|to|when|where|while|with)\b")


def _scan(text: str) -> list[_Hit]:
    """Names of countries, regions and nationalities in a text, the longest at each point."""
    tokens = [m.span() for m in _TOKEN.finditer(text)]
    starts = first_words()
    found: list[_Hit] = []
    i = 0
    while i < len(tokens):
        start, end = tokens[i]
        step = 1
        head = _POSSESSIVE.sub("", text[start:end]) if text[start].isupper() and end - start <= 40 else ""
        if head in starts or head.title() in starts:
            for n in (4, 3, 2, 1):
                stop = tokens[min(i + n, len(tokens)) - 1][1]
                name = text[start:stop] if stop - start <= 60 else ""
                for form in dict.fromkeys((name, _POSSESSIVE.sub("", name))):
                    known = named(form)
                    if known:
                        break
                if known:
                    found.append(((start, start + len(form)), known))
                    step = n
                    break
        i += step
    return found


def _within(mention: Entity, scan: Sequence[_Hit]) -> list[list[Candidate]]:
    """What was found inside a mention."""
    first = bisect_left(scan, mention.start, key=lambda hit: hit[0][0])
    inside = []
    while first < len(scan) and scan[first][0][1] <= mention.end:
        inside.append(scan[first][1])
        first += 1
    return inside


def _containers(text: str, mention: Entity, scan: Sequence[_Hit]) -> list[Candidate]:
    """Countries and regions that the words beside a mention say it lies in."""
    if not text:
        return []
    after = bisect_left(scan, mention.end, key=lambda hit: hit[0][0])
    before = bisect_right(scan, mention.start, key=lambda hit: hit[0][1]) - 1
    found: list[Candidate] = []
    if after < len(scan):
        (start, end), known = scan[after]
        adverbial = re.search(
            r"(?:^|[.!?”\"\n]\s*)(?:In|At|From|Near|Outside)\s$",
            text[max(0, mention.start - 12) : mention.start],
        )
        if _TO_CONTAINER.fullmatch(text, mention.end, min(start, mention.end + 80)) and start - mention.end <= 80:
            closed = _CLOSED.match(text, end)
            if closed or not adverbial:
                found += [c for c in known if c.kind in ("country", "region", "abbreviation")]
    if before >= 0:
        (_, end), known = scan[before]
        if 0 < mention.start - end <= 80 and _FROM_CONTAINER.fullmatch(text, end, mention.start):
            found += [c for c in known if c.kind in ("country", "region", "nationality")]
    return found


@lru_cache(maxsize=20_000)
def _candidates(name: str) -> list[Candidate]:
    """What a name may mean, with and without words around the name proper; to be read only."""
    if len(name) > 100:
        return []
    bare = _AROUND.sub("", _POSSESSIVE.sub("", name))
    for form in dict.fromkeys((name, bare)):
        found = [c for c in named(form) if c.kind not in ("abbreviation", "nationality")]
        if any(c.kind == "wide" for c in found):
            return found
        found += towns(form)
        if found:
            return found
    region = _REGION_WORD.sub("", bare)
    if region == bare:
        return [c for c in named(name) if c.kind == "nationality"]
    # "Kharkiv region" lies where Kharkiv lies, but is not the town
    return [c._replace(kind="region", latitude=None, longitude=None, gazetteer_id=None) for c in _candidates(region)]


_AROUND = re.compile(
    r"^(?:[Tt]he )?(?:(?:City|Commonwealth|County|Kingdom|Province|Republic|State|Town|Village) of (?:the )?|"
    r"(?:(?:north|south)-?(?:eastern|western)|(?:north|south|east|west)(?:ern)?|central|downtown|greater|"
    r"inner|outer|upstate) )?"
)
_REGION_WORD = re.compile(
    r" (?:area|canton|county|department|district|governorate|oblast|prefecture|province|region|state)$", re.I
)
