"""Pronouns and titles: which entity of the text "she" and "the minister" stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.naming.lists import nouns
from newslab.naming.names import Name
from newslab.naming.people import Reference, stage
from newslab.naming.pronouns import GENDER, choose, confidence, resolve
from newslab.naming.words import Title, Words

if TYPE_CHECKING:
    from newslab.naming.folding import Group
    from newslab.naming.roles import Role


def references(
    w: Words,
    found: Sequence[Name],
    entity_of: Mapping[int, Group],
    given: Mapping[int, Role],
    genders: Mapping[str, str],
    titles: Sequence[Title],
) -> list[Reference]:
    """Pronouns and titles that stand for an entity of the text, in reading order."""
    out = called(w, found, entity_of, given, titles)
    pronouns = [i for i, word in enumerate(w.lower) if word in GENDER and w.part[i]]
    if pronouns:
        scene, mentions = stage(w, found, entity_of, genders, out, titles)
        for mention, chance in resolve(scene, mentions, pronouns, choose):
            start = w.start[mention.token]
            if mention.name is not None:
                end = start + len(w.text[mention.token])
                out.append(Reference(start, end, "pronoun", mention.name, confidence(chance)))
    return sorted(out, key=lambda item: item[:2])


def called(
    w: Words,
    found: Sequence[Name],
    entity_of: Mapping[int, Group],
    given: Mapping[int, Role],
    titles: Sequence[Title],
) -> list[Reference]:
    """`the minister`, `the ministry`: the last one so called, of those the text has named up to there."""
    holders: dict[str, Name] = {}
    offices: dict[str, dict[str, Name]] = {}
    out: list[Reference] = []
    named = sorted((name for name in found if name.first >= 0), key=lambda name: name.first)
    firsts = {name.first for name in named}
    of_title = {title.first: title for title in titles}
    position = 0
    for i, word in enumerate(w.lower[:-1]):
        if word != "the" or not w.part[i] or w.sent[i + 1] != w.sent[i]:
            continue
        while position < len(named) and named[position].first < i:
            name = named[position]
            group = entity_of[id(name)]
            if group.label == "person":
                role = given.get(id(name), (None, None))[0] or ""
                holders.update(dict.fromkeys(role.casefold().replace("-", " ").split(), name))
            elif group.label == "organisation":
                for noun in _called(w, name):
                    offices.setdefault(noun, {})[group.key] = name
            position += 1
        title = of_title.get(i + 1)
        last = title.last if title else i + 2
        if last in firsts or i + 1 in firsts or w.tag[last - 1] in ("NNS", "NNPS") or _goes_on(w, last):
            continue
        holder: Name | None = None
        if title and title.kind != "honorific":
            holder = holders.get(w.lower[last - 1])
        elif len(offices.get(w.lower[i + 1], ())) == 1:
            (holder,) = offices[w.lower[i + 1]].values()
        if holder is not None:
            out.append(Reference(w.start[i], w.start[last - 1] + len(w.text[last - 1]), "title", holder))
    return out


def _called(w: Words, name: Name) -> list[str]:
    """Nouns that an organisation may be called by: its head, and the noun after it (`the Amber group`)."""
    out = [word for word in name.key.split() if word in nouns("noun after") or word in nouns("lower-case head")]
    out += [word for word in w.lower[name.last : name.last + 2] if word in nouns("noun after")][:1]
    return out


def _goes_on(w: Words, i: int) -> bool:
    """Whether a noun phrase goes on after its noun, so that it may be somebody else: `the head of`."""
    if i >= len(w.text):
        return False
    return w.lower[i] in ("of", "for", "-", "'s", "’s", "in", "at") or w.tag[i].startswith("NN")
