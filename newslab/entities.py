"""Names, their types and roles, folded to one entity within an article.

spaCy proposes names (`newslab.naming.finding`), the evidence of the whole article settles what each of them is
(`newslab.naming.evidence`), short forms fold into full ones (`newslab.naming.folding`), titles around names give roles
(`newslab.naming.roles`), and pronouns and titles follow (`newslab.naming.coreference`). A place that speaks is marked
as the government that it stands for (`newslab.naming.metonymy`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.layout.credits import first_names
from newslab.naming.finding import names
from newslab.naming.folding import Group, fold
from newslab.naming.lines import line_names
from newslab.naming.lists import LEARNED, acronym, demonyms, nouns, weights
from newslab.naming.names import Name, make_name
from newslab.naming.things import is_thing
from newslab.naming.words import Title, Words, titles, words
from newslab.records import Entity, Segment, local_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from newslab.naming.people import Reference
    from newslab.naming.roles import Role

_LINE_LABELS = {"line:agency": "organisation", "line:person": "person", "line:place": "place"}
FINE = ("event", "work", "law", "product")
_FACILITY = ("head:facility", "word:facility", "right:facility", "parse:facility")
_PERSONAL = frozenset({"right:age", "title:honorific", "title:rank"})  # what only persons have
# evidence that a name with a first name in it is a body's: William Hill, Kate Spade
_OF_BODY = {"right:said it", "right:group", "right:members", "right:which", "left:based", "left:kind of body"}
_OF_BODY |= {"told:body", "list:organisation", "head:organisation", "form:&"}
_TITLED = _PERSONAL | {"title:office", "title:job", "title:before comma", "right:who", "right:said he"}
_PART_OF_PERSON = frozenset({"in text:last word of person", "in text:first word of person", "in text:last word titled"})
_NO_PERSON = frozenset(
    {"head:organisation", "list:organisation", "head:facility", "head:place", "form:acronym", "form:&"}
)
_VESSEL = frozenset({"left:vessel", "right:vessel"})
_AT = frozenset({"left:in", "left:at", "left:from", "left:near", "left:motion", "left:place of", "left:resident of"})
_LARGE = frozenset(f"gazetteer:{kind}" for kind in ("country", "state", "large city", "city", "town"))
_TOWN = frozenset({"gazetteer:town"})
_WATERS = frozenset({"loch", "lough", "lake", "river", "mount", "cape", "gulf", "strait"})


def entities(doc: Doc, *, segments: Sequence[Segment] | None = None) -> list[Entity]:
    """Find the names of a text, with one label and one full name each, and what refers to them.

    Parameters
    ----------
    doc
        A parsed text (`newslab.parsing`).
    segments
        The parts of its page, so that credits are read as credits and furniture is left alone.

    Returns
    -------
    list of Entity
        One a mention, in reading order, without overlap. Mentions of one entity share `entity_id`, `name`
        (the fullest form in the text, without title) and `label`; `role` and `affiliation` are what the text
        has given up to there. Titles ("the minister") and pronouns are mentions where they resolve; pronouns
        have a `confidence`. "Moscow" in "Moscow denied it" has `stands_for` "government".

    Examples
    --------
    >>> from newslab.parsing import load_model
    >>> doc = load_model()("Mayor Ann Lee spoke in Paris. Lee said she would stay.")
    >>> [(e.text, e.label, e.name, e.role) for e in entities(doc)]  # doctest: +NORMALIZE_WHITESPACE
    [('Ann Lee', 'person', 'Ann Lee', 'Mayor'), ('Paris', 'place', 'Paris', None),
     ('Lee', 'person', 'Ann Lee', 'Mayor'), ('she', 'person', 'Ann Lee', 'Mayor')]
    """
    from newslab.naming.coreference import references
    from newslab.naming.roles import roles

    w, found, entity_of, found_titles = settled(doc, segments)
    given, genders = roles(w, found, entity_of, found_titles)
    others = references(w, found, entity_of, given, genders, found_titles)
    return _records(w, found, entity_of, given, others)


def settled(
    doc: Doc, segments: Sequence[Segment] | None = None
) -> tuple[Words, list[Name], dict[int, Group], list[Title]]:
    """The words of a text, its names in order, the entity of each by the name's `id()`, and its titles."""
    w = words(doc, segments)
    found_titles = titles(w)
    groups = settle(names(w, found_titles) + line_names(segments or ()))
    # a run of capitals that turned out to be no name
    groups = {k: g for k, g in groups.items() if g.label != "other" or any(n.ner for n in g.names)}
    _find_again(w, groups)
    found = sorted((n for g in groups.values() for n in g.names), key=lambda name: (name.start, name.end))
    return w, found, fold(groups, w.string), found_titles


def grouped(found: Sequence[Name]) -> dict[str, Group]:
    """Names by what they have in common: their key."""
    groups: dict[str, Group] = {}
    for name in found:
        groups.setdefault(name.key, Group(name.key)).names.append(name)
    return groups


def evidence_of(groups: Mapping[str, Group]) -> dict[str, dict[str, float]]:
    """All evidence for each name: of its mentions, and of the longer names it is a part of."""
    part_of: dict[str, set[str]] = defaultdict(set)
    titled = {k for k, group in groups.items() if any(name.evidence & _PERSONAL for name in group.names)}
    for group in groups.values():
        parts = group.key.split()
        if len(parts) < 2:
            continue
        kind = Counter(name.ner for name in group.names).most_common(1)[0][0] or "none"
        part_of[parts[-1]].add(f"in text:last word of {kind}")
        part_of[parts[0]].add(f"in text:first word of {kind}")
    out = {}
    for k, group in groups.items():
        out[k] = _gather(group.names) | dict.fromkeys(part_of.get(k, ()), 1.0)
        if " " in k and k.split()[-1] in titled:
            out[k]["in text:last word titled"] = 1.0
        if " " not in k and k not in part_of:
            # news introduces a person by the full name, so a word that is always alone is seldom one
            out[k][f"in text:alone {'again' if len(group.names) > 1 else 'once'}"] = 1.0
        if out[k].keys() & _OF_BODY or out[k].get("parse:organisation", 0) > 0.5:
            out[k].pop("form:first name", None)  # William Hill said it would close shops
    return out


def _gather(found: Sequence[Name]) -> dict[str, float]:
    """Evidence for all mentions of a name: shares of the parse's labels, and what was seen at least once."""
    seen: dict[str, float] = {"all": 1.0}
    for name in found:
        label = f"parse:{name.ner or 'none'}"
        seen[label] = seen.get(label, 0.0) + 1 / len(found)
        for evidence in name.evidence:
            seen[evidence] = 1.0
    if len(found) > 1:
        seen["mentions:2"] = 1.0
    if len(found) > 3:
        seen["mentions:4"] = 1.0
    return seen


def settle(found: Sequence[Name]) -> dict[str, Group]:
    """Names by their key, the label of each settled by the evidence of all its mentions."""
    groups, table = grouped(found), weights()
    for k, seen in evidence_of(groups).items():
        scores = [0.0] * len(LEARNED)
        for evidence, amount in sorted(seen.items()):  # in one order, so that ties end alike in every run
            for i, weight in enumerate(table.get(evidence, ())):
                scores[i] += weight * amount
        groups[k].scores = dict(zip(LEARNED, scores, strict=True))
        groups[k].label = _label(groups[k], seen)
    heads = {k.split()[-1] for k, group in groups.items() if group.label == "organisation" and " " in k}
    for k in heads & groups.keys():  # the Council, of the Arts Council
        if not any(name.evidence & _TITLED for name in groups[k].names) and k.capitalize() in nouns("head"):
            groups[k].label = "organisation"
    for k, group in list(groups.items()):
        first, _, rest = k.partition(" ")
        bare = groups.get(rest) if first == "river" or nouns("first").get(first.capitalize()) == "event" else None
        if bare and group.label in ("place", "event") and not any(name.evidence & _TITLED for name in bare.names):
            bare.label = group.label  # the Nith, of the River Nith; Ivo, of Storm Ivo
    return groups


def _label(group: Group, seen: Mapping[str, float]) -> str:
    """The label among all of `records.LABELS`: lists first, then the scores, then what kind of place or thing."""
    if group.key in demonyms():
        return "person" if seen.keys() & _PERSONAL else "nationality"
    if all(name.first < 0 for name in group.names):  # in credits, bylines and datelines only
        lines = Counter(evidence for name in group.names for evidence in name.evidence)
        return _LINE_LABELS[lines.most_common(1)[0][0]]
    label = max(LEARNED, key=lambda label: group.scores[label])
    if label in ("organisation", "other") and "left:partisan" in seen and not seen.keys() & _NO_PERSON:
        label = "person"  # "the Democrat Ann Lee"
    group.label = label
    if not seen.keys() & (_TITLED | _PART_OF_PERSON) and is_thing(group):
        return "other"
    if not seen.keys() & _TITLED:
        label = _by_kind(group, seen, label)
    if label == "place":
        in_list = any(evidence.startswith("gazetteer") for evidence in seen)
        named = in_list or ("right:place" in seen and "head:facility" not in seen)
        return "facility" if not named and sum(seen.get(e, 0) for e in _FACILITY) > 0.5 else "place"
    if label == "other" and seen.keys() & _VESSEL:
        return "product"
    if label == "other":
        fine = {kind: seen.get(f"parse:{kind}", 0) + 2 * seen.get(f"head:{kind}", 0) for kind in FINE}
        best = max(FINE, key=lambda kind: fine[kind])
        return best if fine[best] > 0.4 else "other"
    return label


def _by_kind(group: Group, seen: Mapping[str, float], label: str) -> str:
    """The label of a name that says itself, or by what stands beside it, what it is: `Loch Ness`, `Storm Ivo`."""
    if label == "place" and _called_like_a_land(group.key, seen):
        return "person"
    if "first:event" in seen or ("first:work" in seen and label != "organisation"):
        return "other"  # Storm Ivo; Best Actress, not a firm called Best
    if "first:place" in seen and (label != "person" or group.key.split()[0] in _WATERS):
        return "organisation" if "head:organisation" in seen else "place"  # River Board
    if group.key.endswith("shire") or "form:numbered" in seen:
        return "place"
    if seen.keys() & _VESSEL and "right:group" not in seen:
        return "other"
    if label == "other" and seen.keys() & {"left:kind of body", "left:leader of"}:
        return "organisation"
    body = seen.keys() & {"left:kind of body", "right:which"} and not seen.keys() & {"right:he", *_PART_OF_PERSON}
    if label == "person" and body:
        return "organisation"
    if label == "other" and "right:which" in seen and "form:mixed case" in seen:
        return "organisation"
    if "told:body" in seen and not seen.keys() & _LARGE:
        return "organisation"
    if "left:told the" in seen and label == "place":
        return "organisation"
    followed = "right:follower" in seen and not seen.keys() & _LARGE
    if followed and label in ("other", "place") and not seen.keys() & {"list:people", "form:country first"}:
        return "organisation"  # New Bridge, of "New Bridge candidates"
    if seen.keys() & _PART_OF_PERSON:
        return label
    if (
        "right:his own" in seen
        and "list:people" not in seen
        and label in ("place", "other", "person")
        and not seen.keys() & _LARGE - _TOWN
    ):
        return "person"  # Byron, of "Byron sold his boat"
    town = any(evidence.startswith("gazetteer") for evidence in seen)
    known = seen.keys() & {"parse:place", "gazetteer:city", "gazetteer:large city"} and seen.get("parse:none", 0) < 1
    if town and (known if label == "other" else label == "person" and " " in group.key):
        return "place"
    if "left:direction of" in seen and " " not in group.key:
        return "place"
    # too small for any list
    unknown = " " not in group.key and "form:also small" not in seen and seen.get("parse:organisation", 0) < 0.5
    return "place" if (town and seen.keys() & _AT) or (unknown and seen.keys() & {"left:in", "left:at"}) else label


def _called_like_a_land(key: str, seen: Mapping[str, float]) -> bool:
    """Whether a name is a person's whose first name is a country's: `Chad Berg`; not `Jordan Valley`."""
    first, *rest = key.split()
    other = seen.keys() & {"left:in", "left:at", "form:of"} or any(e.startswith(("gazetteer", "head")) for e in seen)
    return len(rest) == 1 and "form:country first" in seen and first.capitalize() in first_names() and not other


def _find_again(w: Words, groups: dict[str, Group]) -> None:
    """Add names where they were not seen: in headings, and where the parse missed them."""
    known: dict[tuple[str, ...], Group] = {}
    lengths: dict[str, set[int]] = defaultdict(set)
    taken: set[int] = set()
    for group in list(groups.values()):
        for name in group.names:
            taken.update(range(name.first, name.last))
            form = tuple(w.lower[name.first : name.last]) if name.first >= 0 else ()
            if not form or form in known:
                continue
            known[form] = group
            lengths[form[0]].add(len(form))
            # a heading names a person by the last name alone
            if group.label == "person" and len(form) > 1 and len(form[-1]) > 2 and form[-1:] not in known:
                alone = groups.get(form[-1]) or Group(form[-1], label="person", scores=group.scores)
                known[form[-1:]] = alone
                lengths[form[-1]].add(1)
    i, n = 0, len(w.lower)
    while i < n:
        step = 1
        if w.lower[i] in lengths and i not in taken and w.part[i]:
            for size in sorted(lengths[w.lower[i]], reverse=True):
                group_ = known.get(tuple(w.lower[i : i + size]))
                if group_ is None or w.sent[i + size - 1] != w.sent[i] or not _written(w, i, i + size, group_):
                    continue
                name_ = make_name(w, i, i + size, "rules:again")
                if name_ is not None and not any(k in taken for k in range(i, i + size)):
                    groups.setdefault(group_.key, group_).names.append(name_)
                    step = size
                    break
        i += step


def _written(w: Words, first: int, last: int, group: Group) -> bool:
    """Whether tokens are written like one of the names of a group, so that `us` is not `US`."""
    text = "".join(w.text[first:last])
    forms = {name.text.replace(" ", "") for name in group.names[:8]}
    if any(acronym(form) for form in forms):
        return text in forms
    if not text[:1].isupper() and text not in forms:
        return False
    if w.sent[first] in w.headings:
        return True
    # not a part of a longer name
    beside = [i for i in (first - 1, last) if 0 <= i < len(w.text) and w.sent[i] == w.sent[first]]
    return not any(w.tag[i] in ("NNP", "NNPS") for i in beside)


def _records(
    w: Words,
    found: Sequence[Name],
    entity_of: Mapping[int, Group],
    given: Mapping[int, Role],
    others: Sequence[Reference],
) -> list[Entity]:
    """Records of all mentions; a pronoun or title has the entity of the name it stands for, and its role."""
    from newslab.naming.metonymy import stands_for
    from newslab.naming.roles import fuller

    rows: list[tuple[int, int, str, Name, str, float | None]]
    rows = [(name.start, name.end, "name", name, name.found_by, None) for name in found]
    rows += [(start, end, kind, name, f"rules:{kind}", sure) for start, end, kind, name, sure in others]
    rows.sort(key=lambda row: row[:2])
    out: list[Entity] = []
    ids: dict[str, str] = {}
    so_far: dict[str, Role] = {}
    for start, end, kind, name, by, sure in rows:
        group = entity_of[id(name)]
        if (out and start < out[-1].end) or (kind != "name" and group.key not in ids):
            continue
        ids.setdefault(group.key, local_id("e", start, end))
        if kind == "name" and id(name) in given:
            so_far[group.key] = fuller(so_far.get(group.key), given[id(name)])
        role, affiliation = so_far.get(group.key, (None, None))
        out.append(
            Entity(
                start=start, end=end, text=w.string[start:end], found_by=by, mention_id=local_id("m", start, end),
                mention=kind, label=group.label, entity_id=ids[group.key], name=group.name, role=role,
                affiliation=affiliation, confidence=sure,
                stands_for=stands_for(w, name, group.label) if kind == "name" else None,
            )
        )  # fmt: skip
    return out
