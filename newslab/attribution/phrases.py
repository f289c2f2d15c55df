"""Who a noun phrase without a name is: "the company", "the minister", "the source", "the campus nursery".

It stands for somebody that the text has named, for a source met before, or for itself. `Scene` holds what has
been settled so far; `newslab.attribution.referents` fills it, statement by statement.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from newslab.attribution.actors import actor_type, is_organisation, is_person
from newslab.attribution.ahead import announced
from newslab.attribution.anaphors import Phrase, antecedent_of, of_person
from newslab.attribution.cast import ALIKE, FORMS, Cast, Profile
from newslab.attribution.documents import author, issuer, speaks
from newslab.attribution.speakers import PLURAL_TAGS, Speaker, noun_of
from newslab.records import Entity
from newslab.tree import Range, Tree

STEPS = 160  # tokens looked back over at most
SHE, HE = {"she", "her", "hers"}, {"he", "him", "his"}
ONE, MANY = {"it", "its"}, {"they", "them", "their"}
AUTHOR = {"i", "me", "my", "we", "us", "our"}
OTHERS_MANY = {"those", "these", "others", "some", "many", "most", "several", "few", "all", "both", "more"}
PRONOUNS = SHE | HE | ONE | MANY | AUTHOR | OTHERS_MANY | {
    "one", "nobody", "anybody", "somebody", "everybody", "someone", "anyone", "everyone", "none", "who", "whoever",
    "which", "that", "this", "what", "whom", "whose", "you", "your", "themselves", "himself", "herself", "itself",
    "another", "other", "each", "either", "neither", "no-one",
}  # fmt: skip
DEFINITE = {"the", "this", "that", "its", "his", "her", "their", "'s", "our"}
MANY_IN_ONE = {
    "staff", "group", "pair", "crowd", "audience", "public", "team", "crew", "panel", "coalition", "delegation",
    "majority",
}  # fmt: skip
BODIES = {"government", "military", "police", "court", "business", "party", "NGO", "international organisation"}
INSIDERS = {"insider", "whistleblower", "informant", "mole"}
INSTITUTIONS = {"government", "military", "police", "court", "party"}
MET = 1.5  # by how much somebody named must fit a noun better than nobody, where an unnamed source had it before
SHORT = {"uni": "university", "govt": "government", "dept": "department", "co": "company"}
SPEAKERS_FOR = {"spokesman", "spokeswoman", "spokesperson", "source", "insider", "official", "officer", "member"}


@dataclass(slots=True)
class Scene:
    """What resolving looks at, and the sources that it has settled so far."""

    t: Tree
    at: list[Entity | None]
    quoted: Sequence[bool]
    cast: Cast
    parts: Sequence[str | None]
    nouns: dict[str, list[int]] = field(default_factory=dict)  # heads of noun phrases with modifiers, by noun
    known: dict[int, Speaker] = field(default_factory=dict)  # by the token that heads the source
    order: list[int] = field(default_factory=list)  # these tokens in the order of the text
    sentence: list[int] = field(default_factory=list)  # number of the sentence of each token
    insiders: list[int] = field(default_factory=list)  # tokens of nouns for one who is not named
    first_of: dict[str, int] = field(default_factory=dict)  # the first token of each common noun
    told: set[str] = field(default_factory=set)  # entities that the prose names
    issued: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # documents' tokens, and whose they are


def scene(t: Tree, at: list[Entity | None], quoted: Sequence[bool], cast: Cast, parts: Sequence[str | None]) -> Scene:
    """The scene of a text before its first statement; `parts` are the parts of the page, None outside prose."""
    found = Scene(t, at, quoted, cast, parts)
    found.told = {e.entity_id for i, e in enumerate(at) if e is not None and parts[i]}
    number = -1
    for i, start in enumerate(t.sentence):
        number += start == i
        found.sentence.append(number)
        if t.pos[i] == "NOUN":
            found.first_of.setdefault(t.words[i], i)
        if t.words[i] in INSIDERS:
            found.insiders.append(i)
        if t.pos[i] == "NOUN" and speaks(t, i):
            by = issuer(t, i, (t.left[i], t.right[i]), found.at)
            by = author(t, i) if by is None else by
            if by is not None and (body := at[by]) is not None and body.label in ("organisation", "person"):
                found.issued.setdefault(t.words[i], []).append((i, body.entity_id))
        if t.pos[i] in ("NOUN", "PROPN") and at[i] is None and any(_specifies(t, k, i) for k in t.children[i][:6]):
            found.nouns.setdefault(t.words[i], []).append(i)
    return found


def elsewhere(s: Scene, k: int, head: int) -> bool:
    """Whether a token before another is no part of the text that it goes on: furniture, a credit, a caption."""
    return s.parts[k] is None or (s.parts[k] == "caption") != (s.parts[head] == "caption")


def _specifies(t: Tree, k: int, noun: int) -> bool:
    """Whether a child of a noun tells which one: a modifier before it, or an "of" behind it."""
    return (k < noun and t.deps[k] in ("compound", "amod", "nmod")) or (k > noun and t.words[k] in ("of", "under"))


def speaks_as_person(s: Scene, k: int, old: Speaker) -> bool:
    if old.entity_ids:
        profile = s.cast.profiles.get(old.entity_ids[0])
        return profile is not None and profile.label in ("person", "other") and len(old.entity_ids) == 1
    if old.naming != "unnamed" or not old.speaker:
        return False
    noun = noun_of(old.speaker) if s.t.words[k] in PRONOUNS else s.t.words[k]
    if old.actor_type == "document" or is_organisation(noun):
        return False
    return is_person(noun) or noun.endswith(("er", "or", "ist", "ian", "man"))


def again(s: Scene, old: Speaker, head: int) -> Speaker:
    """A speaker met again, with the role that the text has given by now."""
    profile = s.cast.profiles.get(old.entity_ids[0]) if len(old.entity_ids) == 1 else None
    return profiled(profile, s.t.starts[head], old) if profile is not None else old


def profiled(profile: Profile, offset: int, old: Speaker | None = None) -> Speaker:
    kind = profile.kind or (old.actor_type if old else "other")
    if profile.label not in ("person", "other"):
        return Speaker(profile.name, (profile.entity_id,), "named", kind)
    role = profile.role(offset) or (old.role if old else None)
    return Speaker(profile.name, (profile.entity_id,), "named", kind, role, profile.affiliation)


def own(s: Scene, k: int) -> str:
    """The noun phrase of token `k` up to it, without article or owner."""
    first = k
    while first > 0 and s.t.heads[first - 1] == k and s.t.deps[first - 1] in ("compound", "amod", "nmod"):
        first -= 1
        first = s.t.hyphened(first, k)[0]
    return " ".join(s.t.text[s.t.starts[first] : s.t.ends[k]].split())


def _tail(s: Scene, k: int) -> str:
    """The noun phrase of token `k` with what hangs on it, to the next comma, verb or clause."""
    last = k + 1
    while last < min(s.t.right[k], k + 9) and s.t.pos[last] in ("ADP", "DET", "NOUN", "PROPN", "ADJ"):
        last += 1
    verb = last < len(s.t) and s.t.pos[last] == "PUNCT" and s.t.words[last - 1] in ("reports", "says", "notes")
    last -= verb and last > k + 2  # "..., the department of roads reports."
    while last > k + 1 and s.t.pos[last - 1] in ("ADP", "DET"):
        last -= 1
    return (own(s, k) + s.t.text[s.t.ends[k] : s.t.ends[last - 1]]).strip()


def full_person(s: Scene, profile: Profile, k: int) -> Profile:
    """The person whom the form at token `k` stands for: an initial, a title or a last name alone."""
    entity = s.at[k]
    form = entity.text if entity is not None and entity.mention == "name" else ""
    full = s.cast.person(profile.name) if profile.label in ("person", "other") else None
    return s.cast.by_surname(form, full or profile)


def named_speaker(s: Scene, who: Speaker, entity_id: str, head: int) -> Speaker:
    """A named speaker by the fullest name, as the kind of actor that the whole article shows."""
    profile = s.cast.profiles.get(entity_id)
    if profile is None or len(who.entity_ids) > 1:
        return who
    full = full_person(s, profile, head)
    if full is not profile:
        return profiled(full, s.t.starts[head], who)
    if profile.label not in ("person", "other"):
        return replace_kind(who, profile.kind)._replace(role=None, affiliation=None)
    held = who.role is not None and who.affiliation is None
    return replace_kind(who, profile.kind)._replace(affiliation=profile.affiliation if held else who.affiliation)


def replace_kind(who: Speaker, kind: str | None) -> Speaker:
    """A speaker with another kind of actor, where one is known."""
    return who._replace(actor_type=kind) if kind else who


def phrase(s: Scene, who: Speaker, head: int, source: Range) -> Speaker:
    """Who a noun phrase without a name is: somebody named before, a source met before, or itself."""
    t = s.t
    if who.naming == "named" and t.pos[head] == "PROPN":
        full = s.cast.person(who.speaker or "")
        return profiled(full, t.starts[head], who) if full else who
    before, first = _determiner(t, head, source)
    # "the San Jose company": where it is does not tell which of those named it is
    kept = [i for i in range(first, head) if t.words[i] not in ("'s", "based") and not _place(s.at[i])]
    words = [*_joined(t, kept), t.words[head]]
    plural = t.tags[head] in PLURAL_TAGS and words[-1] not in SHORT
    words[-1:] = [SHORT.get(words[-1], words[-1])]
    comma = head + 1 < len(t) and t.words[head + 1] == ","  # "the firm, which ..." is the firm
    tail = not comma and any(t.deps[k] in ("prep", "relcl", "acl") and head < k < source[1] for k in t.children[head])
    if before in ("the", "this", "that") and (body := issued(s, words[-1], head)) is not None:
        return profiled(body, t.starts[head])
    if before in DEFINITE and not plural:
        found = _definite(s, words, head, before, tail=tail)
        if found is not None:
            return found
    if not plural and not tail and (ahead := announced(s, _owned(s, words, head), head)) is not None:
        return profiled(ahead, t.starts[head])
    return _body(s, _within(s, who, head), words, head)


def _owned(s: Scene, words: Sequence[str], head: int) -> list[str]:
    """The words of a noun phrase with the common noun that owns it: "jury president" of "the jury's president"."""
    owner = s.t.child(head, "poss")
    common = owner is not None and s.t.pos[owner] == "NOUN" and s.at[owner] is None
    return [*([s.t.words[owner]] if common and owner is not None else []), *words]


def _within(s: Scene, who: Speaker, head: int) -> Speaker:
    """A body with the name of the body it is of: "the press service of the ministry"."""
    of = next((k for k in s.t.children[head] if k > head and s.t.words[k] in ("of", "under")), None)
    noun = s.t.child(of, "pobj") if of is not None else None
    if noun is None or not who.speaker or not who.speaker.endswith(f" the {s.t.words[noun]}"):
        return who
    entity = s.at[noun]
    profile = s.cast.profiles.get(entity.entity_id) if entity is not None else None
    full = (
        profiled(profile, s.t.starts[head])
        if profile is not None
        else _definite(s, [s.t.words[noun]], noun, "the", tail=False)
    )
    if full is None or not full.speaker:
        return who
    return who._replace(speaker=f"{who.speaker[: -len(s.t.words[noun])]}{full.speaker}")


def _determiner(t: Tree, head: int, source: Range) -> tuple[str, int]:
    """The article or owner of a noun phrase, "" if it has none, and where the phrase goes on behind it."""
    left = max(source[0], t.left[head])
    found = [k for k in t.children[head][:12] if left <= k < head and t.deps[k] in ("det", "poss")]
    if found:
        k = found[-1]
        owner = t.deps[k] == "poss" and t.words[k] not in PRONOUNS
        return ("'s", min(head, t.right[k])) if owner else (t.words[k], k + 1)
    while left < head and (t.pos[left] in ("PUNCT", "SPACE", "DET") or t.words[left] in DEFINITE):
        left += 1
    return (t.words[left - 1] if left > source[0] else "", left)


def _joined(t: Tree, tokens: Sequence[int]) -> list[str]:
    """Tokens as they are printed in lower case, those that stand together joined: "41-year-old"."""
    out: list[str] = []
    for k in tokens:
        if out and k - 1 in tokens and t.starts[k] == t.ends[k - 1]:
            out[-1] += t.words[k]
        else:
            out.append(t.words[k])
    return out


def _place(entity: Entity | None) -> bool:
    return entity is not None and entity.label in ("place", "nationality")


def issued(s: Scene, noun: str, head: int) -> Profile | None:
    """Whose the last document so called was: "the log of the Bar Council ... the log shows"."""
    documents = s.issued.get(noun, [])
    i = bisect_left(documents, (head, ""))
    whose = s.cast.profiles.get(documents[i - 1][1]) if i else None
    return full_person(s, whose, documents[i - 1][0]) if whose is not None else None


def _definite(s: Scene, words: Sequence[str], head: int, before: str, *, tail: bool) -> Speaker | None:
    """Whom "the minister", "the company" or "the 41-year-old teacher" stands for; None if for somebody new."""
    within = next((e for i in range(s.t.left[head], head) if (e := s.at[i]) is not None and e.mention == "name"), None)
    inner = s.cast.profiles.get(within.entity_id) if within is not None else None
    kind = actor_type([words[-1]])
    if inner is not None and kind in INSTITUTIONS and _place(within):
        return None  # "the Russian government"
    if (land := _land(s, words, head)) is not None:
        return profiled(land, s.t.starts[head])
    alike = inner is not None and kind is not None and inner.kind == kind and inner.label != "person"
    if inner is not None and alike and not is_person(words[-1]):
        return profiled(inner, s.t.starts[head])  # "the Harbour Wire agency"
    met = _met(s, words, head) if not tail else None
    owned = before not in ("the", "this", "that")
    this = Phrase(s, head, words, person=of_person(words[-1]), owned=owned, tail=tail)
    best = antecedent_of(s, this)
    if best is not None and (met is None or best[0] > MET):
        return again(s, profiled(full_person(s, best[1], best[1].last(head)), s.t.starts[head]), head)
    return met


def _land(s: Scene, words: Sequence[str], head: int) -> Profile | None:
    """The land named last that is such a state as a noun says: "the kingdom"."""
    lands = s.cast.called.get(words[-1], []) if len(words) == 1 and words[-1] in FORMS else []
    named = [land for land in lands[:ALIKE] if land.label == "place" and land.last(head) >= 0]
    return max(named, key=lambda land: land.last(head), default=None)


def _met(s: Scene, words: Sequence[str], head: int) -> Speaker | None:
    """An unnamed source met before, or the fuller phrase that first named a body: "the campus nursery"."""
    noun = words[-1]
    for k in reversed(s.order[-40:]):
        old = s.known[k]
        if k >= head or not old.speaker or old.entity_ids:
            continue
        spoken = re.split(r" (?:of|under) ", old.speaker.casefold())[0].split()
        alike = noun_of(old.speaker) == noun  # "the ministry" is no "ministry official"
        if alike and set(words) <= set(spoken) and old.naming in ("unnamed", "named"):
            return old
    i = bisect_left(s.insiders, head)
    if noun == "source" and i:
        k = s.insiders[i - 1]
        return Speaker(own(s, k), (), "unnamed", actor_type(_tail(s, k).split()) or "other", _tail(s, k))
    if len(words) > 1 or is_person(noun) or noun == "source":
        return None
    earlier = [k for k in s.nouns.get(noun, ())[:20] if k < head]
    if not earlier:
        return None
    k = next((k for k in earlier if not any(s.t.words[c] in ("a", "an") for c in s.t.children[k][:6])), earlier[0])
    text = _tail(s, k) if actor_type([noun]) in BODIES else own(s, k)
    kind = actor_type(text.split()) or "other"
    return Speaker(text, (), "unnamed" if kind == "document" else "named", kind)


def _body(s: Scene, who: Speaker, words: Sequence[str], head: int) -> Speaker:
    """A noun phrase that stands for itself: a body that can be told counts as named, a speaker has a body's kind."""
    noun = words[-1]
    if noun == "police":
        return who._replace(naming="named")
    if who.actor_type == "document" and who.naming == "collective":
        return who._replace(naming="unnamed")
    told = who.actor_type in ("government", "police", "military", "court", "business") and not is_person(noun)
    # "the nurses' union", "the city's theatre": one that a reader can tell
    told = told or (
        who.actor_type != "document"
        and (is_organisation(noun) or " of the " in (who.speaker or ""))
        and (len(words) > 1 or s.t.child(head, "poss") is not None or " of " in (who.speaker or ""))
        and s.t.words[s.t.left[head]] not in ("a", "an", "its", "his", "her", "their")
    )
    plural = s.t.tags[head] in PLURAL_TAGS or s.t.pos[head] == "NUM" or noun in MANY_IN_ONE
    if told and not is_person(noun) and not plural:
        return who._replace(naming="named")
    vague = who.actor_type == "other" or (who.actor_type == "government" and len(words) == 1)
    owned = head > 0 and s.t.words[s.t.left[head]] in ("its", "their")
    if (noun in SPEAKERS_FOR or owned) and who.naming == "unnamed" and vague and is_person(noun):
        behind = s.t.words[head + 1 : head + 2]
        if behind in (["at"], ["for"], ["in"], ["close"], ["familiar"]):
            return who  # "an insider at the yard": the yard's, not of what was named before
        kind, body = _body_before(s, head, any_kind=owned)
        return replace_kind(who, kind)._replace(affiliation=who.affiliation or (body if owned else None))
    return who


def _body_before(s: Scene, head: int, *, any_kind: bool = False) -> tuple[str | None, str | None]:
    """Kind and name of the last body before a token, or of a noun that acts ("The firm denied it. A spokesman ...")."""
    for k in range(head - 1, max(-1, head - STEPS), -1):
        entity = s.at[k]
        profile = s.cast.profiles.get(entity.entity_id) if entity is not None else None
        if profile is not None and profile.label == "organisation" and (any_kind or profile.kind in BODIES):
            return profile.kind, profile.name
        if entity is None and s.t.tags[k] == "NN" and s.t.deps[k] in ("nsubj", "nsubjpass", "pobj", "poss"):
            noun = s.t.words[k]
            kind = actor_type([noun]) if is_organisation(noun) and not is_person(noun) else None
            if kind in BODIES and (k == 0 or s.t.words[k - 1] in DEFINITE):
                return kind, None
    return None, None
