"""Names, their types and roles, folded to one entity within an article.

spaCy proposes names (`newslab.names`), the whole article votes on what each of them is
(`newslab.evidence`), short forms fold into full ones here, roles come from `newslab.roles`, and
pronouns and titles follow by `newslab.coreference`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING

from newslab.evidence import ALIASES, LEARNED, acronym, demonyms, nouns, organisations, weights
from newslab.names import PARTICLES, SUFFIXES, Name, Words, headings, key, make_name, names, titles, words
from newslab.records import Entity, Segment, local_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME_WORDS = 10
FINE = ("event", "work", "law", "product")
_SMALL = frozenset({"of", "for", "the", "and", "&", "in", "on", "to", "a"})
_CREDIT_LABEL = re.compile(
    r"(?i)\A\W*(?:(?:photo(?:graph(?:er|y)?)?s?|credits?|pictures?|images?|source|courtesy|handout|copyright|©|by|of|via)\b[:\s.]*)+"
)
_CREDIT_PIECE = re.compile(r"[^/|,;()\[\]\n©]+")


@dataclass(slots=True)
class Group:
    """All mentions of one entity while it is being settled."""

    key: str
    names: list[Name] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)
    label: str = "other"


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
        has given up to there. Titles ("the minister") and pronouns are mentions where they resolve.

    Examples
    --------
    >>> from newslab.parsing import load_model
    >>> doc = load_model()("Mayor Ann Lee spoke in Paris. Lee said she would stay.")
    >>> [(e.text, e.label, e.name, e.role) for e in entities(doc)]  # doctest: +NORMALIZE_WHITESPACE
    [('Ann Lee', 'person', 'Ann Lee', 'Mayor'), ('Paris', 'place', 'Paris', None),
     ('Lee', 'person', 'Ann Lee', 'Mayor'), ('she', 'person', 'Ann Lee', 'Mayor')]
    """
    from newslab.coreference import references
    from newslab.roles import roles

    w = words(doc, segments)
    found_titles = titles(w)
    found = names(doc, w, found_titles)
    found += _credits(w, segments or ())
    found.sort(key=lambda name: (name.start, name.end))
    found = sorted(found + _known_again(w, settle(found)), key=lambda name: (name.start, name.end))
    by_name = fold(settle(found))
    given, genders = roles(w, found, by_name, found_titles)
    others = references(w, found, by_name, given, genders, found_titles)
    return _records(w, found, by_name, given, others)


def grouped(found: Sequence[Name]) -> dict[str, Group]:
    """Names by what they have in common: their key."""
    groups: dict[str, Group] = {}
    for name in found:
        groups.setdefault(name.key, Group(name.key)).names.append(name)
    return groups


def evidence_of(groups: Mapping[str, Group]) -> dict[str, dict[str, float]]:
    """All evidence for each name: of its mentions, and of the longer names it is a part of."""
    part_of: dict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        parts = group.key.split()
        if len(parts) < 2:
            continue
        kind = Counter(name.ner for name in group.names).most_common(1)[0][0] or "none"
        part_of[parts[-1]].add(f"in text:last word of {kind}")
        part_of[parts[0]].add(f"in text:first word of {kind}")
    out = {}
    for key_, group in groups.items():
        out[key_] = gather(group.names) | dict.fromkeys(part_of.get(key_, ()), 1.0)
        if " " not in key_ and key_ not in part_of:
            # news introduces a person by the full name, so a word that is always alone is seldom one
            out[key_][f"in text:alone {'again' if len(group.names) > 1 else 'once'}"] = 1.0
    return out


def settle(found: Sequence[Name]) -> dict[str, Group]:
    """Names by their key, the label of each settled by the evidence of all its mentions."""
    groups = grouped(found)
    for key_, seen in evidence_of(groups).items():
        group = groups[key_]
        group.scores = dict.fromkeys(LEARNED, 0.0)
        for evidence, amount in seen.items():
            for label, weight in weights().get(evidence, {}).items():
                group.scores[label] += weight * amount
        group.label = _fine(max(LEARNED, key=lambda label: group.scores[label]), group, seen)
    return groups


def gather(names: Sequence[Name]) -> dict[str, float]:
    """Evidence for all mentions of a name: shares of the parse's labels, and what was seen at least once."""
    seen: dict[str, float] = {"all": 1.0}
    for name in names:
        label = f"parse:{name.ner or 'none'}"
        seen[label] = seen.get(label, 0.0) + 1 / len(names)
        for evidence in name.evidence:
            seen[evidence] = 1.0
    if len(names) > 1:
        seen["mentions:2"] = 1.0
    if len(names) > 3:
        seen["mentions:4"] = 1.0
    return seen


def _fine(label: str, group: Group, seen: dict[str, float]) -> str:
    """The label among all of `records.LABELS`, from one that has weights."""
    if group.key in demonyms():
        return "nationality"
    if "credit:agency" in seen:
        return "organisation"
    if "credit:person" in seen:
        return "person"
    facility = {"head:facility", "word:facility", "right:facility", "parse:facility"}
    if label == "place":
        gazetted = any(evidence.startswith("gazetteer") for evidence in seen)
        return "facility" if sum(seen.get(e, 0) for e in facility) > 0.5 and not gazetted else "place"
    if label == "other":
        fine = {kind: seen.get(f"parse:{kind}", 0) + 2 * seen.get(f"head:{kind}", 0) for kind in FINE}
        best = max(FINE, key=lambda kind: fine[kind])
        return best if fine[best] > 0.4 else "other"
    return label


def _known_again(w: Words, groups: dict[str, Group]) -> list[Name]:
    """Settled names where they were not seen: in headings, and where the parse missed them."""
    known: dict[tuple[str, ...], Group] = {}
    lengths: dict[str, set[int]] = defaultdict(set)
    taken: set[int] = set()
    lower = [text.casefold() for text in w.text]
    for group in groups.values():
        for name in group.names:
            taken.update(range(name.first, name.last))
            form = tuple(lower[name.first : name.last])
            if name.first >= 0 and form not in known:
                known[form] = group
                lengths[form[0]].add(len(form))
            # a heading names a person by the last name alone
            if group.label == "person" and len(form) > 1 and len(form[-1]) > 2 and form[-1:] not in known:
                known[form[-1:]] = groups.get(form[-1], group)
                lengths[form[-1]].add(1)
    heads = headings(w)
    found = []
    i, n = 0, len(lower)
    while i < n:
        sizes = lengths.get(lower[i])
        step = 1
        if sizes and i not in taken and w.part[i]:
            for size in sorted(sizes, reverse=True):
                group_ = known.get(tuple(lower[i : i + size]))
                if group_ is None or w.sent[i + size - 1] != w.sent[i]:
                    continue
                whole = _written(w, i, i + size, group_, w.sent[i] in heads)
                name = make_name(w, i, i + size, "rules:again") if whole else None
                if name is not None and not taken.intersection(range(i, i + size)):
                    found.append(name)
                    step = size
                    break
        i += step
    return found


def _written(w: Words, first: int, last: int, group: Group, heading: bool) -> bool:
    """Whether tokens are written like one of the names of a group, so that `us` is not `US`."""
    text = " ".join(w.text[first:last])
    if not text[:1].isupper() and not group.names[0].text[:1].islower():
        return False
    if any(acronym(name.text) for name in group.names[:3]):
        return any(text.replace(" ", "") == name.text.replace(" ", "") for name in group.names[:8])
    before, after = first - 1, last
    # part of a longer name that is not this one
    for i in (before, after):
        if 0 <= i < len(w.text) and w.sent[i] == w.sent[first] and w.tag[i] in ("NNP", "NNPS") and not heading:
            return False
    return True


def _credits(w: Words, segments: Sequence[Segment]) -> list[Name]:
    """Photographers and agencies of credit lines."""
    out = []
    for segment in segments:
        if segment.part != "credit":
            continue
        label = _CREDIT_LABEL.match(segment.text)
        begin = label.end() if label else 0
        pieces = [m for m in _CREDIT_PIECE.finditer(segment.text, begin) if m.group().strip(" .-–—:\t")]
        for number, piece in enumerate(pieces):
            text = piece.group()
            stripped = text.strip(" .-–—:\t")
            start = segment.start + piece.start() + text.index(stripped)
            tokens = stripped.split()
            if len(tokens) > 5 or not any(token[0].isupper() for token in tokens) or stripped[0].isdigit():
                continue
            name = Name(-1, -1, start, start + len(stripped), stripped, "rules:credit", key=key(stripped), part="credit")
            agency = key(stripped) in organisations() or len(tokens) == 1 or tokens[-1] in nouns("head") or (
                number and number == len(pieces) - 1 and len(pieces) > 1)
            name.evidence.add("credit:agency" if agency else "credit:person")
            out.append(name)
    return out


def fold(groups: dict[str, Group]) -> dict[int, Group]:
    """The entity of every name, by the name's `id()`: short forms with the full name they stand for."""
    home: dict[str, list[Group]] = {}  # key -> the groups it may stand for, itself alone if none
    forms = _forms(groups)
    initials = _initials(groups)
    for group in sorted(groups.values(), key=lambda g: -len(g.key.split())):
        full = ALIASES.get(group.key)
        if full and group.label != "person":
            target = groups.setdefault(full, Group(full, label=group.label, scores=group.scores))
            home[group.key] = [target]
            continue
        targets = forms.get(group.key, [])
        if group.key in initials and acronym(group.names[0].text):
            targets = initials[group.key]
        if not targets and acronym(group.names[0].text):
            # the People's Front, and the PFLP: an acronym that goes on where the name in the text ends
            for size in range(len(group.key) - 1, 1, -1):
                near = [t for t in initials.get(group.key[:size], []) if t.label == "organisation"]
                if near:
                    targets = near if len(near) == 1 else []
                    break
        home[group.key] = [t for t in targets if t is not group and _agree(group, t)] or [group]
    out: dict[int, Group] = {}
    last_seen: dict[str, int] = {}
    everything = [(name, group) for group in list(groups.values()) for name in group.names]
    everything.sort(key=lambda item: item[0].start)
    first_seen: dict[str, int] = {}
    for name, group in everything:
        first_seen.setdefault(group.key, name.start)
    for name, group in everything:
        targets = home[group.key]
        seen = 0
        while targets[0] is not group and seen < 4:  # a short form of a short form
            best = _nearest(targets, last_seen, first_seen)
            last_seen[best.key] = name.start
            group, targets, seen = best, home.get(best.key, [best]), seen + 1
        last_seen[group.key] = name.start
        out[id(name)] = group
    _merge(out, everything)
    return out


def _nearest(targets: Sequence[Group], last_seen: dict[str, int], first_seen: dict[str, int]) -> Group:
    """Of several full names, the one mentioned last; before all of them, the one that comes first."""
    seen = [target for target in targets if target.key in last_seen]
    if seen:
        return max(seen, key=lambda target: last_seen[target.key])
    return min(targets, key=lambda target: first_seen.get(target.key, 0))


def _merge(out: dict[int, Group], everything: Sequence[tuple[Name, Group]]) -> None:
    """Give each entity its names and the sum of their votes."""
    members: dict[int, list[Name]] = defaultdict(list)
    for name, _ in everything:
        members[id(out[id(name)])].append(name)
    done = set()
    for name, _ in everything:
        group = out[id(name)]
        if id(group) not in done:
            done.add(id(group))
            group.names = members[id(group)]


def _agree(short: Group, full: Group) -> bool:
    """Whether the votes allow a short form to be what the full form is."""
    if short.label == full.label:
        return True
    if short.label == "nationality" or full.label in ("nationality", "event", "law", "work", "product"):
        return False
    wanted = "place" if full.label == "facility" else full.label
    against = max(short.scores.values()) - short.scores.get(wanted, 0.0)
    patience = 3.0 if full.label == "person" else 1.5
    return against < patience / (1 + log2(max(1, len(short.names))) / 2)


def _bare(word: str) -> str:
    return word.removeprefix("al-").removeprefix("el-")


def _forms(groups: dict[str, Group]) -> dict[str, list[Group]]:
    """Short forms that the full names of the text allow, with the names they may stand for."""
    ranked: dict[str, list[tuple[int, Group]]] = defaultdict(list)
    pairs: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups.values():
        parts = group.key.split()
        if len(parts) < 2 or len(parts) > 8:
            continue
        if group.label == "person":
            while len(parts) > 2 and parts[-1].strip(".,") in SUFFIXES:
                parts = parts[:-1]
            pairs[parts[0], _bare(parts[-1])].append(group)
            for i in range(1, len(parts)):
                rank = 0 if i == len(parts) - 1 or parts[i] in PARTICLES else 1
                ranked[" ".join(parts[i:])].append((rank, group))
                ranked[_bare(" ".join(parts[i:]))].append((rank, group))
                ranked[f"al-{_bare(parts[-1])}"].append((rank, group))
                if i < len(parts) - 1 and len(parts[i]) > 2:
                    ranked[parts[i]].append((2, group))
            ranked[parts[0]].append((3, group))
        elif group.label in ("organisation", "facility"):
            for i in range(1, len(parts)):
                if parts[i] not in _SMALL:
                    ranked[" ".join(parts[i:])].append((1, group))
                if parts[i - 1] not in _SMALL:
                    ranked[" ".join(parts[:i])].append((0, group))
        elif group.label == "place":
            if parts[-1] in ("city", "islands", "republic"):
                ranked[" ".join(parts[:-1])].append((0, group))
            if parts[1] == "of" and len(parts) > 2:
                ranked[" ".join(parts[2:])].append((0, group))
    forms = {}
    for short, found in ranked.items():
        best = min(rank for rank, _ in found)
        unique = {id(group): group for rank, group in found if rank == best and group.key != short}
        if best < 2 or len(unique) == 1:
            forms[short] = list(unique.values())
    for same in pairs.values():  # with and without a middle name
        full = max(same, key=lambda group: (len(group.key), len(group.names)))
        for group in same:
            if group is not full and (len(group.key.split()) == 2 or _middles_agree(group.key, full.key)):
                forms[group.key] = [full]
    return forms


def _middles_agree(one: str, two: str) -> bool:
    a, b = one.split()[1:-1], two.split()[1:-1]
    return all(x[0] == y[0] for x, y in zip(a, b, strict=False))


def _initials(groups: dict[str, Group]) -> dict[str, list[Group]]:
    """Acronyms that the full names of the text allow."""
    out: dict[str, list[Group]] = defaultdict(list)
    for group in groups.values():
        parts = group.key.replace("-", " ").split()
        if not 2 <= len(parts) <= NAME_WORDS or group.label in ("person", "nationality"):
            continue
        for form in {
            "".join(part[0] for part in parts),
            "".join(part[0] for part in parts if part not in _SMALL),
        }:
            if len(form) > 1:
                out[form].append(group)
    return out


def _form(group: Group) -> str:
    """The fullest form of an entity's name, in body casing."""
    counts = Counter(name.text for name in group.names)

    def rank(text: str) -> tuple[int, bool, int, int, int]:
        shouted = text.isupper() and len(text) > 5
        capitals = sum(part[:1].isupper() for part in text.split())
        return (len(text.split()), not shouted, counts[text], capitals, -len(text))

    best = max(counts, key=rank)
    if best.isupper() and group.label == "person" and len(best) > 3:
        return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), best)
    return best


def _records(
    w: Words,
    found: Sequence[Name],
    by_name: dict[int, Group],
    given: dict[int, tuple[str | None, str | None]],
    others: Sequence[tuple[int, int, str, Name]],
) -> list[Entity]:
    """Records of all mentions; a pronoun or title has the entity of the name it stands for, and its role."""
    ids = {id(group): local_id("e", group.names[0].start, group.names[0].end) for group in by_name.values()}
    forms = {id(group): _form(group) for group in by_name.values()}
    rows = [(name.start, name.end, "name", name, name.found_by) for name in found]
    rows += [(start, end, kind, name, f"rules:{kind}") for start, end, kind, name in others]
    rows.sort(key=lambda row: row[:2])
    out: list[Entity] = []
    so_far: dict[int, tuple[str | None, str | None]] = {}
    for start, end, kind, name, by in rows:
        if out and start < out[-1].end:
            continue
        group = by_name[id(name)]
        if kind == "name" and id(name) in given:
            so_far[id(group)] = _better(so_far.get(id(group)), given[id(name)])
        role, affiliation = so_far.get(id(group), (None, None))
        out.append(
            Entity(
                start=start, end=end, text=w.string[start:end], found_by=by, mention_id=local_id("m", start, end),
                mention=kind, label=group.label, entity_id=ids[id(group)], name=forms[id(group)], role=role,
                affiliation=affiliation,
            )
        )  # fmt: skip
    return out


def _better(
    old: tuple[str | None, str | None] | None, new: tuple[str | None, str | None]
) -> tuple[str | None, str | None]:
    """The fuller of two roles; the earlier one if they are equally full."""
    if old is None or old[0] is None:
        return new
    if new[0] is None:
        return old
    longer = len(new[0].split()) > len(old[0].split()) and key(old[0]) in key(new[0])
    return (new[0] if longer else old[0], old[1] or new[1])
