"""What a text says that a person does for good, and by what office it speaks of somebody whom it never introduced.

"Ann Lee, who leads the union," is its head though no noun says so, and "Lee met the pope. The Ohio senator said ..."
tells what Lee is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.naming.names import Name
from newslab.naming.stretches import NOUNS, Scene, Stretch, phrase

if TYPE_CHECKING:
    from newslab.naming.folding import Group
    from newslab.naming.words import Title

RUNS = {
    "run", "lead", "head", "chair", "own", "manage", "direct", "edit", "represent", "farm", "teach", "track", "coach",
}  # fmt: skip
CLAUSES = {f"{verb}s" for verb in RUNS} | {"teaches", "coaches", "speaks", "works", "founded", "co-founded", "set"}
THINGS = ("a", "an", "the", "its", "at")
GO_ON = {"of", "for", "-", "and", "'s", "’s"}
FOUNDED = {"found", "co-found", "set"}  # which is said of what somebody once did
SPEAKS = {"speak": ("for",), "work": ("for", "at"), "set": ("up",)}
HABIT = ("VBZ", "VBP")
STOPS = {"after", "before", "when", "as", "from", "since"}
LAST = 10  # tokens of what somebody runs
MODIFIERS = 5  # words before an office in "the Ohio senator"
BACK = 2  # sentences back to who is so called
SUBJECTS = ("nsubj", "nsubjpass")


def acts(scene: Scene, name: Name) -> Stretch:
    """What a clause says somebody does: Ann Lee, who `leads the union`; Ann Lee `chairs the council`."""
    w, i = scene.w, name.last
    n, sent = len(w.text), w.sent[name.last - 1]
    if sent in w.headings:
        return 0, 0
    closing = i + 1 < n and w.text[i] == "," and w.text[i + 1].isdigit()
    i += 2 if closing else 0  # an age
    aside = i + 3 < n and w.text[i] == "," and w.lower[i + 1] == "who"
    i += 2 if aside else 0
    if i + 2 >= n or w.sent[i + 2] != sent or not w.part[i]:
        return 0, 0
    if aside and w.lower[i] == "as" and w.tag[i + 1] in NOUNS | {"JJ"}:  # "who as deputy minister leads the talks"
        return i + 1, phrase(scene, i + 1)[1]
    lemma, tag = w.lemma[i], w.tag[i]
    if not (tag in HABIT or (aside and tag == "VBD" and lemma in FOUNDED)):
        return 0, 0
    if lemma in SPEAKS:
        if w.lower[i + 1] not in SPEAKS[lemma]:
            return 0, 0
    elif lemma not in RUNS | FOUNDED or not (w.tag[i + 1] in NOUNS or w.lower[i + 1] in THINGS):
        return 0, 0
    end = phrase(scene, i + 1)[1]
    stops = (k for k in range(i + 2, end) if w.lower[k] in STOPS or (w.lower[k] == "and" and w.tag[k + 1][:2] == "VB"))
    end = next(stops, end)
    return (i, end) if 1 < end - i <= LAST else (0, 0)


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
