"""Who "she" and "he" are as a source: a scored choice among the persons whom the text spoke of before.

`newslab.naming.coreference` says who a pronoun is among those named, in any text. A source is more often who
spoke last, and may be somebody never named ("a nurse said ... she said"), which is what is weighed here, as
`rules/speaker_evidence.csv` says.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from newslab.attribution.actors import actor_type, is_organisation, is_person
from newslab.attribution.anaphors import evidence, gender_of
from newslab.attribution.cast import Profile
from newslab.attribution.phrases import AUTHOR, HE, SHE, Scene, elsewhere, full_person, own, speaks_as_person
from newslab.attribution.speakers import PLURAL_TAGS, Speaker
from newslab.naming.lists import first_names

OFTEN = 5  # names that tell as much as more of them
BACK = 200  # tokens looked back over
SUBJECTS = {"nsubj", "nsubjpass"}
ASK, ASKED = {"ask", "question", "press", "quiz", "interview"}, {"nsubjpass", "dobj"}  # "Lee was asked why. He said"
_TAIL = re.compile(r",| (?:of|for|from|in|at|on|with|who|whose|whom|that) ")


class Candidate(NamedTuple):
    """Somebody who may be meant: the last token that stood for them, and as whom."""

    token: int
    key: str
    profile: Profile | None
    speaker: Speaker | None


def candidates(s: Scene, head: int, word: str) -> list[Candidate]:
    """The persons whom the text spoke of before a pronoun, the last first, each once."""
    found: dict[str, Candidate] = {}
    for k in range(head - 1, max(-1, head - BACK), -1):
        if s.quoted[k] or elsewhere(s, k, head):
            continue
        one = _candidate(s, k, head, word)
        if one is not None:
            found.setdefault(one.key, one)
    return list(found.values())


def _candidate(s: Scene, k: int, head: int, word: str) -> Candidate | None:
    t, entity, old = s.t, s.at[k], s.known.get(k)
    if old is not None and old.speaker and t.words[k] not in AUTHOR:
        if t.tags[k] in PLURAL_TAGS or not speaks_as_person(s, k, old):
            return None
        profile = s.cast.profiles.get(old.entity_ids[0]) if old.entity_ids else None
        if not _may_be(s, word, profile, old.speaker):
            return None
        return Candidate(k, old.entity_ids[0] if old.entity_ids else old.speaker.casefold(), profile, old)
    if entity is not None:
        profile = s.cast.profiles.get(entity.entity_id)
        if profile is None or profile.label != "person" or (k + 1 < len(t) and s.at[k + 1] is entity):
            return None
        if entity.mention == "pronoun" and t.words[k] not in (SHE if word in SHE else HE):
            return None
        profile = full_person(s, profile, k)
        return Candidate(k, profile.entity_id, profile, None) if _may_be(s, word, profile, "") else None
    if (
        t.tags[k] != "NN"
        or not is_person(t.words[k])
        or is_organisation(t.words[k])
        or t.deps[k] in ("compound", "amod")
    ):
        return None
    if t.deps[k] in ("appos", "attr") or not _may_be(s, word, None, t.words[k]):
        return None
    if not any(t.deps[c] in ("det", "poss") or t.words[c] == "one" for c in t.children[k][:8]):
        return None
    text = own(s, k)
    return Candidate(k, text.casefold(), None, Speaker(text, (), "unnamed", actor_type(text.split()) or "other"))


def _may_be(s: Scene, word: str, profile: Profile | None, phrase: str) -> bool:
    wanted = "f" if word in SHE else "m"
    told = profile.gender if profile is not None else _gender(phrase)
    return told in ("", wanted)


def facts(
    s: Scene, head: int, word: str, one: Candidate, coreference: str | None, spoken: set[str]
) -> dict[str, float]:
    """What speaks for somebody as the one whom a pronoun stands for."""
    t, k = s.t, one.token
    wanted = "f" if word in SHE else "m"
    away = s.sentence[head] - s.sentence[k]
    top = k
    entity = s.at[k]
    while entity is not None and t.heads[top] != top and s.at[t.heads[top]] is entity:
        top = t.heads[top]
    dep = t.deps[top]
    if dep == "appos" and t.deps[t.heads[top]] in SUBJECTS:  # "His deputy, Bo Diaz, was less sure."
        top = t.heads[top]
    first = t.words[k] not in SHE | HE and one.profile is not None
    given = first_names().get(one.profile.name.split()[0].rstrip("."), "") if first and one.profile else ""
    sources = [i for i in s.order[-4:] if i < head]
    spoke = any(_same(s, i, one) for i in sources)
    name = t.text[t.ends[k] : t.starts[head]]
    begins = one.profile.spans[0][0] if one.profile is not None and one.profile.spans else k
    return {
        "gender": one.profile is not None and one.profile.gender == wanted,
        "noun of gender": one.profile is None and _gender(one.key) == wanted,
        "first name": given == wanted,
        "against": bool(given) and given != wanted,
        "same sentence": away == 0,
        "sentence before": away == 1,
        "sentences": math.log1p(max(0, away)),
        "subject": t.deps[top] in SUBJECTS,
        "object": dep in ("dobj", "iobj", "dative", "pobj"),
        "inside": dep in ("poss", "compound", "nmod"),
        "apposed": dep == "appos",
        "agent": away == 0 and dep == "pobj" and t.words[t.heads[top]] == "by",  # "Asked by Ann Lee, he ..."
        "in source": any(_within(s, i, one) and not _same(s, i, one) for i in sources[-1:]),
        "source": spoke,
        "last source": bool(sources) and _same(s, sources[-1], one),
        "same word": t.words[k] in (SHE if word in SHE else HE),
        "paragraph": "\n" not in name,
        "coreference": one.profile is not None and one.profile.entity_id == coreference,
        "often": math.log(max(1, min(OFTEN, len(one.profile.spans)))) if one.profile is not None else 0.0,
        "unnamed": one.profile is None,
        "indefinite": one.profile is None
        and any(t.words[c] in ("a", "an", "another", "one") for c in t.children[k][:6]),
        "owned": one.profile is None and one.speaker is None and any(t.deps[c] == "poss" for c in t.children[k][:8]),
        "opens": t.left[top] == t.sentence[k],
        "introduced": begins == k or (one.profile is not None and s.sentence[begins] == s.sentence[k]),
        "spoken of": one.key in spoken,
        "leads": t.deps[top] in SUBJECTS and t.deps[t.heads[top]] == "ROOT",
        "asked": _asked(s, one),
        "owner": t.deps[top] == "poss" and t.deps[t.heads[top]] in SUBJECTS and is_person(t.words[t.heads[top]]),
    }


def _gender(phrase: str) -> str:
    """What a phrase tells of who is called so, by its head: "mother of a boy", "Burger King spokeswoman"."""
    words = _TAIL.split(phrase.casefold(), maxsplit=1)[0].split()
    return (gender_of(words[-1]) or gender_of(words[0])) if words else ""


def _spoken_of(s: Scene, head: int) -> set[str]:
    """Who is named in the quotation beside a pronoun: nobody speaks of himself by name."""
    found: set[str] = set()
    for step in (-1, 1):
        k = head + step
        while 0 <= k < len(s.t) and abs(k - head) < BACK and "\n" not in s.t.words[k]:
            entity = s.at[k]
            if s.quoted[k] and entity is not None and entity.mention == "name":
                found.add(entity.entity_id)
            k += step
    return found


def _same(s: Scene, i: int, one: Candidate) -> bool:
    who = s.known[i]
    if one.profile is not None:
        return one.profile.entity_id in who.entity_ids
    return not who.entity_ids and who.speaker is not None and who.speaker.casefold() == one.key


def _asked(s: Scene, one: Candidate) -> bool:
    """Whether somebody was last told of as being asked something: "Ann Lee was asked if she would stay"."""
    t, k = s.t, one.token
    for _ in range(5):
        if t.lemmas[k] in ASK:
            whom = t.child(k, *ASKED)
            entity = s.at[whom] if whom is not None else None
            return whom == one.token or (entity is not None and entity.entity_id == one.key)
        k = t.heads[k]
    return False


def _within(s: Scene, i: int, one: Candidate) -> bool:
    """Whether the words of a source name or own somebody: "a friend of Ann Lee", "her father"."""
    near = range(max(s.t.left[i], i - BACK), min(s.t.right[i], i + BACK))
    if one.profile is None:
        return one.token in near
    return any((e := s.at[k]) is not None and e.entity_id == one.profile.entity_id for k in near)


def person(s: Scene, head: int, word: str, coreference: str | None) -> Candidate | None:
    """The one whom "she" or "he" most probably stands for."""
    best: tuple[float, Candidate] | None = None
    spoken, weights = _spoken_of(s, head), evidence("pronoun")
    for one in candidates(s, head, word):
        seen = facts(s, head, word, one, coreference, spoken)
        score = sum(weight * seen[name] for name, weight in weights.items())
        if best is None or score > best[0]:
            best = score, one
    return best[1] if best else None
