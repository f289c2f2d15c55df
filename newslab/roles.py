"""What a text says a person is: rank, title, office or occupation, and for whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.evidence import demonyms
from newslab.names import Name, key
from newslab.words import Title, Words

if TYPE_CHECKING:
    from newslab.folding import Group

Role = tuple[str | None, str | None]  # role, affiliation
ROLE_TOKENS = 25
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def roles(
    w: Words, found: Sequence[Name], by_name: Mapping[int, Group], titles: Sequence[Title]
) -> tuple[dict[int, Role], dict[str, str]]:
    """Role and affiliation that each mention gives, by its `id()`, and genders by the key of the entity."""
    at = {i: title for title in titles for i in range(title.first, title.last)}
    first = {name.first: name for name in found if name.first >= 0}
    firsts = sorted(first)
    given: dict[int, Role] = {}
    genders: dict[str, str] = {}
    for name in found:
        group = by_name[id(name)]
        if group.label != "person" or name.first < 0:
            continue
        before = _before(w, name, at, first)
        after = _after(w, name, at, first)
        gender = ""
        for begin, end in (before, after):
            gender = gender or next((at[i].gender for i in range(begin, end) if i in at and at[i].gender), "")
        if gender:
            genders.setdefault(group.key, gender)
        begin, end = before
        while begin < end and begin in at and at[begin].kind == "honorific":
            begin = at[begin].last
        while begin < end and end - 1 in at and at[end - 1].kind == "honorific":
            end = at[end - 1].first
        spans = [span for span in ((begin, end), after) if span[0] < span[1]]
        if not spans:
            continue
        span = spans[0]
        inside = [first[i] for s in spans for i in firsts[bisect_left(firsts, s[0]) : bisect_left(firsts, s[1])]]
        holder = _holder(w, before[0], first)
        given[id(name)] = (_text(w, *span), _affiliation(w, inside, holder, by_name))
    return given, genders


def _text(w: Words, begin: int, end: int) -> str:
    return " ".join(w.string[w.start[begin] : w.start[end - 1] + len(w.text[end - 1])].split())


def _before(w: Words, name: Name, at: Mapping[int, Title], first: Mapping[int, Name]) -> tuple[int, int]:
    """Tokens of the title before a name: `Russian Foreign Ministry spokeswoman` Ann Lee."""
    end = name.first
    sent = w.sent[end]
    i = end - 1
    if i < 0 or w.sent[i] != sent or not w.part[i]:
        return end, end
    if i in at:
        i = at[i].first - 1
    elif w.tag[i] == "NN" and w.dep[i] in ("compound", "nmod") and name.first <= w.head[i] < name.last:
        i -= 1
    else:
        return end, end
    while i >= 0 and w.sent[i] == sent and end - i < ROLE_TOKENS:
        text = w.text[i]
        if i in at and at[i].last == i + 1:
            i = at[i].first - 1
        elif w.tag[i] in _NOUNS or w.tag[i] in ("JJ", "HYPH") or text == "-" or text.casefold() in demonyms():
            i -= 1
        else:
            break
    return i + 1, end


def _after(w: Words, name: Name, at: Mapping[int, Title], first: Mapping[int, Name]) -> tuple[int, int]:
    """Tokens of an apposition after a name: Ann Lee, 45, a `nurse at the clinic`, said ..."""
    i, n, sent = name.last, len(w.text), w.sent[name.last - 1]
    if i >= n or w.text[i] != "," or w.sent[i] != sent:
        return i, i
    i += 1
    if i + 1 < n and w.text[i].isdigit() and w.text[i + 1] == ",":
        i += 2
    if i < n and w.lower[i] in ("a", "an", "the"):
        i += 1
    begin, title = i, None
    while i < n and w.sent[i] == sent and i - begin < ROLE_TOKENS:
        text, tag = w.text[i], w.tag[i]
        if text in (",", "(", ")", ";", ":", "—", "–", ".", '"', "“", "”") or tag in _FINITE or tag in ("WP", "WDT"):
            break
        if tag in ("VBN", "VBG") and w.text[i - 1] != "-" and i > begin:
            break
        if i in at and title is None and not (w.tag[i] == "NNP" and at[i].kind == "job"):
            title = at[i]
            if title.last in first and w.tag[title.last].startswith("NNP"):
                return begin, begin  # the next of a list, with a title of its own
        elif text.casefold() == "and" and title is None:
            break
        i += 1
    if title is None or title.kind == "honorific":
        return begin, begin
    while i > begin and w.tag[i - 1] in ("IN", "TO", "CC", "RB", "DT"):
        i -= 1
    return begin, i


def _holder(w: Words, begin: int, first: Mapping[int, Name]) -> Name | None:
    """Whose the title is: `France` in France's foreign minister Ann Lee."""
    if begin < 2 or w.text[begin - 1] not in _POSSESSIVE:
        return None
    for i in range(begin - 2, max(-1, begin - 10), -1):
        if i in first and first[i].last == begin - 1:
            return first[i]
    return None


def _affiliation(
    w: Words, inside: Sequence[Name], holder: Name | None, by_name: Mapping[int, Group]
) -> str | None:
    """The organisation that a role names, else the country it is held for."""
    for label in ("organisation", "place", "nationality"):
        for name in (*((holder,) if holder else ()), *inside):
            group = by_name[id(name)]
            based = name.last + 1 < len(w.text) and w.text[name.last + 1] == "based"
            if group.label != label or based:
                continue
            if label == "nationality":
                return demonyms().get(name.key, ("", ""))[1] or None
            return group.name
    return None


def fuller(old: Role | None, new: Role) -> Role:
    """The fuller of two roles; the earlier one if they are equally full."""
    if old is None or old[0] is None:
        return new
    if new[0] is None:
        return old
    longer = len(new[0].split()) > len(old[0].split()) and key(old[0]) in key(new[0])
    return (new[0] if longer else old[0], old[1] or new[1])
