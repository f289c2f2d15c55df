"""Which names of a text are one entity: short forms, last names and acronyms with the full name they stand for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log2

from newslab.naming.forms import (
    SMALL,
    bare,
    is_facility,
    is_letters,
    middles_agree,
    nicknames,
    plain,
    short_forms,
    spelled,
    unions,
)
from newslab.naming.gazetteer import named
from newslab.naming.lists import ALIASES, acronym, first_names, gazetteer, is_town
from newslab.naming.names import NICKNAME, SUFFIXES, Name, key

NAME_WORDS = 10  # a longer name has no short forms
MOST_TARGETS = 20  # full names that a short form is compared with
# how far a label may lead and still give way to that of the full name; less so the more often it was seen
_PATIENCE = {"person": 3.0}
_SCHOOLS = frozenset({"university", "college", "school", "hospital", "council", "airport"})
_NO_SHORT_FORMS = frozenset({"nationality", "event", "law", "work", "product", "other"})


@dataclass(slots=True)
class Group:
    """Names with one key, and once they are folded all names of one entity."""

    key: str
    names: list[Name] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)  # by label
    label: str = "other"
    name: str = ""  # canonical


def fold(groups: dict[str, Group], text: str = "") -> dict[int, Group]:
    """The entity of every name, by the name's `id()`; entities get their names and canonical form.

    A short form that may stand for several full names stands for the one that it stood for before, or else for the
    one mentioned last: the last name of whom an article is about stays that person's when the family is named.
    """
    homes = _introduced(groups, text) | _homes(groups)
    everything = [(name, group) for group in groups.values() for name in group.names]
    everything.sort(key=lambda item: (item[0].start, item[0].end))
    first_seen: dict[str, int] = {}
    for name, group in everything:
        first_seen.setdefault(group.key, name.start)
    genders = {group.key: gender for group in groups.values() if (gender := _gender(group))}
    last_seen: dict[str, int] = {}
    holder: dict[str, Group] = {}  # whom a short form stood for last
    members: dict[str, list[Name]] = defaultdict(list)
    entity_of: dict[str, Group] = {}
    out: dict[int, Group] = {}
    for name, group in everything:
        for _ in range(4):  # a short form of a short form of ...
            targets = homes.get(group.key)
            if not targets:
                break
            short = group.key
            held = holder.get(short)
            if held is None or (name.gender and genders.get(held.key, name.gender) != name.gender):
                held = _nearest(targets, name.gender, genders, last_seen, first_seen)
            group = holder[short] = held
            last_seen[group.key] = name.start
        last_seen[group.key] = name.start
        members[group.key].append(name)
        entity_of[group.key] = group
        out[id(name)] = group
    for whose, group in entity_of.items():
        group.names = members[whose]
        group.name = full_form(group)
    return out


def aliases(text: str, given: Sequence[tuple[int, int, str]]) -> list[str]:
    """Which names are one entity, where the names of a text and their labels are known already.

    Parameters
    ----------
    text
        The text.
    given
        Start, end and label of each name, in reading order.

    Returns
    -------
    list of str
        For each name the full form of its entity and a number that tells entities of one form apart.

    Examples
    --------
    >>> text = "Mayor Ann Lee spoke. Lee left Paris."
    >>> aliases(text, [(6, 13, "person"), (21, 24, "person"), (30, 35, "place")])
    ['Ann Lee/0', 'Ann Lee/0', 'Paris/1']
    """
    found = [Name(0, 0, start, end, text[start:end], "given", key(text[start:end])) for start, end, _ in given]
    groups: dict[str, Group] = {}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name, (_, _, label) in zip(found, given, strict=True):
        groups.setdefault(name.key, Group(name.key)).names.append(name)
        votes[name.key][label] += 1
    for group in groups.values():
        group.label = votes[group.key].most_common(1)[0][0]
        group.scores = dict.fromkeys(votes[group.key], 1.0)
    entity_of = fold(groups, text)
    numbers: dict[int, int] = {}
    for name in found:
        numbers.setdefault(id(entity_of[id(name)]), len(numbers))
    return [f"{entity_of[id(name)].name}/{numbers[id(entity_of[id(name)])]}" for name in found]


def _gender(group: Group) -> str:
    """A person's gender by a title before the full name, else by what the first name suggests."""
    if group.label != "person" or " " not in group.key:
        return ""
    told = next((name.gender for name in group.names if name.gender), "")
    return told or first_names().get(group.names[0].text.split()[0], "") if group.names else ""


def _nearest(
    targets: Sequence[Group], gender: str, genders: Mapping[str, str], last: Mapping[str, int], first: Mapping[str, int]
) -> Group:
    """Of several full names, the one mentioned last; before all of them, the one that comes first."""
    fitting = [t for t in targets if not gender or genders.get(t.key, gender) == gender] or targets
    seen = [target for target in fitting if target.key in last]
    if seen:
        return max(seen, key=lambda target: last[target.key])
    return min(fitting, key=lambda target: first.get(target.key, 0))


def _homes(groups: dict[str, Group]) -> dict[str, list[Group]]:
    """By key, the full names that a name may stand for; no entry where it stands for itself."""
    forms, initials, same = _forms(groups), _initials(groups), _spellings(groups)
    homes: dict[str, list[Group]] = _abbreviated(groups)
    for group in list(groups.values()):
        full = ALIASES.get(group.key)
        if full and group.label != "person":
            homes[group.key] = [groups.setdefault(full, Group(full, label=group.label, scores=group.scores))]
            continue
        other = same.get((spelled(group.key), group.label), group)
        if other is not group:
            homes[group.key] = [other]
            continue
        targets = forms.get(group.key) or (forms.get(plain(group.key), []) if not group.key.isascii() else [])
        if acronym(group.names[0].text):
            targets = initials.get(group.key, [])[:MOST_TARGETS] or targets or _longer(group.key, initials)
        targets = [target for target in targets if target is not group and _agree(group, target)]
        if targets:
            homes[group.key] = targets
    return homes


_PARTS_OF_STATES = (" county", " parish", " borough")


def _abbreviated(groups: Mapping[str, Group]) -> dict[str, list[Group]]:
    """By key, the state that the text also names in full: Erie, `Pa.`; a city's name too tells nothing: N.Y., LA."""
    found: dict[tuple[str, str | None, str | None], list[Group]] = defaultdict(list)
    for group in groups.values():
        if group.label == "place" and group.key != "la":
            for kind, country, region in {(c.kind, c.country, c.admin1) for c in named(group.names[0].text)}:
                if region not in ("NY", "WA") and not group.key.endswith(_PARTS_OF_STATES):
                    found[kind, country, region].append(group)
    return {
        short.key: full[:1]
        for (kind, country, region), some in found.items()
        for short in some
        if kind == "abbreviation"
        and (full := [group for group in found.get(("region", country, region), ()) if group is not short])
    }


def _introduced(groups: Mapping[str, Group], text: str) -> dict[str, list[Group]]:
    """By key, the body whose letters in brackets follow it, also those of its own language: Workers' Party (PKK)."""
    everything = [(name.start, name.end, group) for group in groups.values() for name in group.names]
    everything.sort(key=lambda item: item[:2])
    found: dict[str, dict[str, Group]] = defaultdict(dict)
    for (_, before, one), (start, end, other) in pairwise(everything):
        if text[before:start] not in (" (", ' ("', " (“") or text[end : end + 1] not in (")", '"', "”", ";", ","):
            continue
        short, full = (one, other) if is_letters(one.names[0].text) else (other, one)
        body = full.label in ("organisation", "facility") and " " in full.key
        if body and is_letters(short.names[0].text) and _agree(short, full):
            found[short.key][full.key] = full
    return {short: list(full.values()) for short, full in found.items() if len(full) == 1}


def _spellings(groups: Mapping[str, Group]) -> dict[tuple[str, str], Group]:
    """By what spellings of one name have in common and their label, the one that is written most often."""
    out: dict[tuple[str, str], Group] = {}
    for group in groups.values():
        as_written = (spelled(group.key), group.label)
        if as_written not in out or len(out[as_written].names) < len(group.names):
            out[as_written] = group
    return out


def _longer(letters: str, initials: Mapping[str, Sequence[Group]]) -> list[Group]:
    """The organisation whose initials an acronym goes on from, if there is only one: Free Press, and the FPU."""
    for size in range(len(letters) - 1, 1, -1):
        near = [group for group in initials.get(letters[:size], ())[:MOST_TARGETS] if group.label == "organisation"]
        if near:  # UNICEF is not the United Nations
            return near if len(near) == 1 and near[0].key not in unions() else []
    return []


def _agree(short: Group, full: Group) -> bool:
    """Whether the evidence allows a short form to be what the full form is."""
    if short.label == "place" and _only_place(short, full):
        return False
    if short.label == full.label:
        return True
    if short.label == "nationality" or full.label in _NO_SHORT_FORMS:
        return False
    wanted = "place" if full.label == "facility" else full.label
    against = max(short.scores.values()) - short.scores.get(wanted, 0.0)
    return against < _PATIENCE.get(full.label, 1.5) / (1 + log2(max(1, len(short.names))) / 2)


def _only_place(short: Group, full: Group) -> bool:
    """Whether a place is not meant by the longer name of something in it or called after it."""
    kind = gazetteer().get(short.key)
    if full.label == "organisation":
        return full.key.split()[-1] in _SCHOOLS and kind in ("city", "large city", "state")  # Leeds University
    if full.label == "facility" or (full.label == "place" and is_facility(full.key.split()[-1])):
        return kind is not None or is_town(short.key) or _begins(short) < _begins(full)  # Leeds Arena, Skye Hotel
    return full.label == "person" and kind is not None and full.key.split()[0] == short.key  # Paris Hilton


def _begins(group: Group) -> int:
    """Where the text first has a name, below its headline."""
    starts = [name.start for name in group.names if name.part != "headline"]
    return min(starts, default=0)


def _forms(groups: Mapping[str, Group]) -> dict[str, list[Group]]:
    """Short forms that the full names of the text allow, with the names they may stand for."""
    ranked: dict[str, list[tuple[int, Group]]] = defaultdict(list)  # 0 is the surest
    same_ends: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups.values():
        parts = group.key.split()
        if not 2 <= len(parts) <= NAME_WORDS:
            continue
        if group.label == "person":
            while len(parts) > 2 and parts[-1].strip(".,") in SUFFIXES:
                parts = parts[:-1]
            for first in (parts[0], *nicknames().get(parts[0], ())):  # Bill Lee, and William Lee
                same_ends[first, bare(parts[-1])].append(group)
        nickname = NICKNAME.search(group.names[0].text) if group.label == "person" else None
        if nickname:  # Red, of Ann "Red" Lee
            ranked[key(nickname[1])].append((1, group))
        for rank, form in short_forms(parts, group.label):
            for as_written in {form, form if form.isascii() else plain(form)}:  # Erdogan, of Recep Erdoğan
                ranked[as_written].append((rank, group))
    fuller: dict[str, list[Group]] = {}
    for same in same_ends.values():  # with and without a middle name
        full = max(same, key=lambda group: (len(group.key), len(group.names)))
        fuller |= {g.key: [full] for g in same if g is not full and middles_agree(g.key, full.key)}
    forms: dict[str, list[Group]] = {}
    for short, found in ranked.items():
        best = min(rank for rank, _ in found)
        unique = {group.key: group for rank, group in found if rank == best and group.key != short}
        people = {fuller.get(k, [group])[0].key for k, group in unique.items()}
        if best < 2 or len(people) == 1:
            forms[short] = list(unique.values())[:MOST_TARGETS]
    return forms | fuller


def _initials(groups: Mapping[str, Group]) -> dict[str, list[Group]]:
    """Acronyms that the full names of the text allow."""
    out: dict[str, list[Group]] = defaultdict(list)
    for group in groups.values():
        parts = group.key.replace("-", " ").split()
        if not 2 <= len(parts) <= NAME_WORDS or group.label in ("person", "nationality"):
            continue
        for chosen in (parts, [part for part in parts if part not in SMALL]):
            letters = "".join(part[0] for part in chosen)
            if len(letters) > 1 and group not in out[letters][-1:]:
                out[letters].append(group)
    return out


def full_form(group: Group) -> str:
    """The fullest form of an entity's name, in body casing."""
    counts = Counter(name.text for name in group.names)
    if group.label == "nationality":
        return min(counts, key=lambda text: (len(text), -counts[text]))

    def rank(text: str) -> tuple[int, ...]:
        words = text.split()
        spelled = sum(len(word.strip(".")) > 1 for word in words)  # K. Lee is less full than Kim Lee
        shouted = text.isupper() and len(text) > 5
        whole = "." not in text[-1:] or "." in text[:-1]  # California, not Calif.
        return (
            spelled,
            len(words),
            not shouted,
            whole,
            counts[text],
            sum(word[:1].isupper() for word in words),
            -len(text),
        )

    best = max(counts, key=rank)
    if best.isupper() and group.label in ("person", "place") and len(best) > 3 and "." not in best:
        return re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), best)
    return best
