"""Offices that a text gives apart from the name: by which it speaks of somebody whom it never introduced.

"Lee met the pope. The Ohio senator said ..." tells what Lee is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.naming.names import Name
from newslab.naming.stretches import NOUNS, Scene, Stretch, phrase

if TYPE_CHECKING:
    from newslab.naming.folding import Group
    from newslab.naming.words import Title

GO_ON = {"of", "for", "-", "and", "'s", "’s"}
MODIFIERS = 5  # words before an office in "the Ohio senator"
BACK = 2  # sentences back to who is so called
SUBJECTS = ("nsubj", "nsubjpass")


def served_as(scene: Scene, name: Name) -> Stretch:
    """An office in a clause: Ann Lee, who as `deputy minister` leads the talks."""
    w, i = scene.w, name.last
    if i + 3 >= len(w.text) or w.lower[i : i + 3] != [",", "who", "as"] or w.sent[i + 3] != w.sent[name.first]:
        return 0, 0
    return phrase(scene, i + 3) if w.tag[i + 3] in NOUNS | {"JJ"} else (0, 0)


def spoken_of(
    scene: Scene,
    found: Sequence[Name],
    entity_of: Mapping[int, Group],
    given: Mapping[int, tuple[str | None, str | None]],
    genders: Mapping[str, str],
) -> dict[int, str]:
    """Offices by which the text speaks of somebody without one, by the `id()` of the next mention of the name."""
    w = scene.w
    people = [name for name in found if name.first >= 0 and entity_of[id(name)].label == "person"]
    people.sort(key=lambda name: name.first)
    held: set[str] = set()  # people with a role by now
    offices: set[str] = set()  # last words of roles given so far
    waiting: dict[str, str] = {}
    out: dict[int, str] = {}
    position, recent = 0, list[Name]()
    for i, word in enumerate(w.lower):
        while position < len(people) and people[position].first < i:
            name = people[position]
            group = entity_of[id(name)]
            if (role := given.get(id(name), (None, None))[0]) is not None:
                held.add(group.key)
                offices.update(role.casefold().split())
            elif group.key in waiting and group.key not in held:
                out[id(name)] = waiting.pop(group.key)
                held.add(group.key)
            recent.append(name)
            position += 1
        if word != "the" or not w.part[i] or w.sent[i] in w.headings:
            continue
        title = _office(scene, i)
        if title is None or w.lower[title.last - 1] in offices:
            continue
        recent = [name for name in recent[-8:] if w.sent[i] - w.sent[name.first] <= BACK]
        who = _one([name for name in recent if w.sent[name.first] < w.sent[i]], scene, entity_of)
        if who is None or who.key in held or who.key in waiting:
            continue
        if title.gender and genders.get(who.key, title.gender) != title.gender:
            continue
        last = title.last - 1
        waiting[who.key] = " ".join(w.string[w.start[i + 1] : w.start[last] + len(w.text[last])].split())
    return out


def _office(scene: Scene, i: int) -> Title | None:
    """The office at the end of the noun phrase that an article starts: "the Ohio senator", not "the senator"."""
    w, n = scene.w, len(scene.w.text)
    for k in range(i + 1, min(i + MODIFIERS, n)):
        title = scene.at.get(k)
        if title is not None and title.last < n and (title.last - 1 not in scene.at or title.last not in scene.at):
            last = title.last
            goes_on = w.tag[last] in NOUNS or last in scene.first or w.lower[last] in GO_ON
            singular = w.tag[last - 1] in ("NN", "NNP")
            subject = w.dep[last - 1] in SUBJECTS and w.sent[last] == w.sent[i]
            fits = title.kind in ("office", "job") and last - i > 2 and singular and subject and not goes_on
            return title if fits else None
        if w.tag[k] not in NOUNS | {"JJ", "HYPH"}:
            return None
    return None


def _one(names: Sequence[Name], scene: Scene, entity_of: Mapping[int, Group]) -> Group | None:
    """The one person who is the subject, or the only one named."""
    w = scene.w
    acting = [name for name in names if any(w.dep[k] in SUBJECTS for k in range(name.first, name.last))]
    for some in (acting, names):
        groups = {entity_of[id(name)].key: entity_of[id(name)] for name in some}
        if len(groups) == 1:
            return next(iter(groups.values()))
        if groups:
            return None
    return None
