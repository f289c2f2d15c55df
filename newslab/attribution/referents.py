"""Who a source is that the text does not name again: "it", "they", "she", "I", "the company", "the source".

Statements are taken in reading order. A short form stands for the last source or subject before it that fits;
one for which nothing fits has no speaker.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newslab.attribution.actors import actor_type, is_organisation, is_person
from newslab.attribution.cast import ALIKE, Cast, Profile
from newslab.attribution.speakers import APART, PLURAL_TAGS, PLURAL_WORDS, Speaker
from newslab.records import Entity
from newslab.tree import Range, Tree

REACH = 3  # sentences that "it" and "they" look back over
FAR = 6  # sentences that "she" and "the source" look back over
LEAD = 6  # statements in headline and lead, which announce whom the text names later
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
MANY_IN_ONE = {"staff", "crowd", "audience", "public", "team", "crew", "panel", "coalition", "delegation", "majority"}
SUBJECTS = {"nsubj", "nsubjpass"}
BODIES = {"government", "military", "police", "court", "business", "party", "NGO", "international organisation"}
INSIDERS = {"insider", "whistleblower", "informant", "mole"}
DEPUTIES = {"deputy", "vice", "former", "assistant", "acting"}
SHORT = {"uni": "university", "govt": "government", "dept": "department", "co": "company"}
SPEAKERS_FOR = {"spokesman", "spokeswoman", "spokesperson", "source", "insider", "official", "officer", "member"}
WOMEN, MEN = ("woman", "mother", "daughter", "girl", "mum", "wife", "sister"), ("man", "father", "son", "boy", "dad")


@dataclass(slots=True)
class Scene:
    """What resolving looks at, and the sources that it has settled so far."""

    t: Tree
    at: Sequence[Entity | None]
    quoted: Sequence[bool]
    cast: Cast
    nouns: dict[str, list[int]] = field(default_factory=dict)  # heads of noun phrases with modifiers, by noun
    known: dict[int, Speaker] = field(default_factory=dict)  # by the token that heads the source
    order: list[int] = field(default_factory=list)  # these tokens in the order of the text
    sentence: list[int] = field(default_factory=list)  # number of the sentence of each token
    insiders: list[int] = field(default_factory=list)  # tokens of nouns for one who is not named


def scene(t: Tree, at: Sequence[Entity | None], quoted: Sequence[bool], cast: Cast) -> Scene:
    """The scene of a text before its first statement."""
    found = Scene(t, at, quoted, cast)
    number = -1
    for i, start in enumerate(t.sentence):
        number += start == i
        found.sentence.append(number)
        if t.words[i] in INSIDERS:
            found.insiders.append(i)
        if t.pos[i] in ("NOUN", "PROPN") and at[i] is None and any(_specifies(t, k, i) for k in t.children[i][:6]):
            found.nouns.setdefault(t.words[i], []).append(i)
    return found


def _specifies(t: Tree, k: int, noun: int) -> bool:
    """Whether a child of a noun tells which one: a modifier before it, or an "of" behind it."""
    return (k < noun and t.deps[k] in ("compound", "amod", "nmod")) or (k > noun and t.words[k] in ("of", "under"))


def settle(s: Scene, who: Speaker, head: int | None, source: Range | None) -> Speaker:
    """The speaker of a statement, with short forms resolved; statements must come in the order of the text.

    Parameters
    ----------
    s
        The scene, to which the speaker is added.
    who
        What the source's own words tell (`speakers.speaker`).
    head, source
        The token that heads the source, and its token range.
    """
    if head is None or source is None:
        return who
    word = s.t.words[head]
    if " and " not in (who.speaker or "") or len(who.entity_ids) == 1:
        if word in ONE and _expletive(s.t, head):
            return Speaker()
        if word in PRONOUNS and s.t.pos[head] not in ("NOUN", "PROPN"):
            who = _pronoun(s, who, head, word)
        elif who.entity_ids:
            who = _named(s, who, who.entity_ids[0], head)
        else:
            who = _phrase(s, who, head, source)
    s.known[head] = who
    s.order.append(head)
    return who


def _expletive(t: Tree, head: int) -> bool:
    """Whether "it" stands for nothing: "it was reported that", "it is feared", "it seems"."""
    verb = t.heads[head]
    passive = t.deps[head] in ("nsubjpass", "expl")
    clause = t.child(verb, "ccomp", "xcomp", "csubj", "csubjpass")
    return t.deps[head] == "expl" or (passive and clause is not None)


def _pronoun(s: Scene, who: Speaker, head: int, word: str) -> Speaker:
    """The speaker that a pronoun stands for; one of no name where none fits."""
    if word in AUTHOR:
        authors = s.cast.authors if not s.quoted[head] else []
        if authors:
            names = [p.name for p in authors] if word not in ("i", "me", "my") else [authors[0].name]
            text = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
            return Speaker(text, tuple(p.entity_id for p in authors[: len(names)]), "named", "media")
        return Speaker(None, (), "collective" if word in ("we", "us", "our") else "unnamed", "other")
    if word in SHE | HE:
        return _person(s, who, head, word) or Speaker(None, (), "unnamed")
    if word in ONE:
        return _thing(s, head) or Speaker(None, (), "unnamed")
    if word in MANY:
        return _people(s, head) or Speaker(None, (), "collective")
    if word == "one" and (of := next((k for k in s.t.children[head] if s.t.words[k] == "of"), None)) is not None:
        noun = s.t.child(of, "pobj")
        if noun is not None and s.t.pos[noun] == "NOUN":
            return Speaker(s.t.lemmas[noun], (), "unnamed", actor_type([s.t.words[noun]]) or "other")
    many = word in OTHERS_MANY or word in ("everyone", "everybody")
    return Speaker(None, (), "collective" if many else "unnamed", who.actor_type)


def _before(s: Scene, head: int, reach: int) -> Iterator[int]:
    """Heads of settled sources before a token, the last first, no further than `reach` sentences."""
    for k in reversed(s.order[-12:]):
        if k < head and s.sentence[head] - s.sentence[k] <= reach:
            yield k


def _fits(word: str, phrase: str) -> bool:
    """Whether "she" or "he" may stand for a noun phrase: not for a "spokesman", or for a "mother"."""
    nouns = phrase.casefold().split()
    against = MEN if word in SHE else WOMEN
    woman = any(noun.endswith(WOMEN) for noun in nouns)
    return not any(noun.endswith(against) and not (against is MEN and woman) for noun in nouns)


def _person(s: Scene, who: Speaker, head: int, word: str) -> Speaker | None:
    """Who "she" is: an unnamed source after whom the text did not name her, else the person that she is known to be."""
    near = _in_paragraph(s, head, word)
    if near is not None:
        return near
    named = _named(s, who, who.entity_ids[0], head) if who.entity_ids else None
    for k in _before(s, head, FAR):
        old = s.known[k]
        if not _is_person(s, k, old) or s.t.words[k] in AUTHOR:
            continue
        fits = _may_be(s, word, old)
        if s.sentence[head] - s.sentence[k] == 1 and fits and old.entity_ids and s.t.words[k] not in PRONOUNS:
            return _again(s, old, head)  # named as a source one sentence before
        if not old.entity_ids and old.naming == "unnamed" and fits:
            profile = s.cast.profiles.get(who.entity_ids[0]) if who.entity_ids else None
            if profile is None or (profile.last(head) < k and not _owned(s, k)):
                return old
        if named is None and fits:
            return _again(s, old, head)
        break
    return named


def _in_paragraph(s: Scene, head: int, word: str) -> Speaker | None:
    """Who "she" was before in the same paragraph, or else its last subject or source that she may be."""
    t, found, crossed, edge = s.t, None, 0, 0
    for k in range(head - 1, max(-1, head - STEPS), -1):
        if "\n" in t.text[t.ends[k] : t.starts[k + 1]] or "\n" in t.words[k]:
            crossed += 1 if k + 1 < head and t.pos[k + 1] != "SPACE" else 0
            if found is not None or crossed > 1:
                break
        if crossed and (edge := edge or s.sentence[k]) != s.sentence[k] and t.pos[k] not in ("SPACE", "PUNCT"):
            break  # of the paragraph before, the last sentence
        if crossed and (s.at[k] is None or t.deps[k] not in SUBJECTS):
            continue
        if s.quoted[k] or t.words[k] in AUTHOR:
            continue
        old = s.known.get(k)
        if old is not None and old.speaker and t.words[k] in (SHE if word in SHE else HE):
            return _again(s, old, head)
        if found is None and (t.deps[k] in SUBJECTS or t.deps[k] in ("ROOT", "appos") or old is not None):
            found = _subject_person(s, k, old, word)
            if found is not None and old is not None:
                return _again(s, found, head)
    return _again(s, found, head) if found is not None else None


def _subject_person(s: Scene, k: int, old: Speaker | None, word: str) -> Speaker | None:
    """The person that a subject or source is, if "she" may be that person."""
    t = s.t
    if old is not None and old.speaker:
        return old if _is_person(s, k, old) and _may_be(s, word, old) and not _owned(s, k) else None
    appos = t.child(k, "appos")
    behind = range(k + 2, min(t.right[k], k + APART)) if is_person(t.words[k]) else ()
    for i in (k, appos, *(i for i in behind if t.words[i - 1] == ",")):
        entity = s.at[i] if i is not None else None
        profile = s.cast.profiles.get(entity.entity_id) if entity is not None and entity.mention == "name" else None
        if profile is not None and i is not None and profile.label == "person":
            profile = _full(s, profile, i)
            return _profiled(profile, t.starts[k]) if profile.gender in ("", "f" if word in SHE else "m") else None
    indefinite = any(t.words[c] in ("a", "an", "another", "one") for c in t.children[k][:6])
    if (
        indefinite
        and t.tags[k] == "NN"
        and t.words[k].endswith(WOMEN if word in SHE else MEN)
        and _fits(word, t.words[k])
    ):
        return Speaker(_own(s, k), (), "unnamed", actor_type(_own(s, k).split()) or "other")
    return None


def _owned(s: Scene, k: int) -> bool:
    """Whether a noun belongs to somebody: with "her teacher" the text goes on about her."""
    return any(s.t.deps[c] == "poss" for c in s.t.children[k][:8])


def _may_be(s: Scene, word: str, old: Speaker) -> bool:
    """Whether "she" may be a speaker, by what the text tells of the speaker's gender."""
    profile = s.cast.profiles.get(old.entity_ids[0]) if old.entity_ids else None
    if profile is not None:
        return profile.gender in ("", "f" if word in SHE else "m")
    return _fits(word, old.speaker or "")


def _is_person(s: Scene, k: int, old: Speaker) -> bool:
    if old.entity_ids:
        profile = s.cast.profiles.get(old.entity_ids[0])
        return profile is not None and profile.label in ("person", "other") and len(old.entity_ids) == 1
    if old.naming != "unnamed" or not old.speaker:
        return False
    noun = old.speaker.split()[-1] if s.t.words[k] in PRONOUNS else s.t.words[k]
    if old.actor_type == "document" or is_organisation(noun):
        return False
    return is_person(noun) or noun.endswith(("er", "or", "ist", "ian", "man"))


def _again(s: Scene, old: Speaker, head: int) -> Speaker:
    """A speaker met again, with the role that the text has given by now."""
    profile = s.cast.profiles.get(old.entity_ids[0]) if len(old.entity_ids) == 1 else None
    return _profiled(profile, s.t.starts[head], old) if profile is not None else old


def _profiled(profile: Profile, offset: int, old: Speaker | None = None) -> Speaker:
    kind = profile.kind or (old.actor_type if old else "other")
    role = profile.role(offset) or (old.role if old else None)
    return Speaker(profile.name, (profile.entity_id,), "named", kind, role, profile.affiliation)


def _thing(s: Scene, head: int) -> Speaker | None:
    """What "it" stands for: the last organisation, body or document that was a subject or a source."""
    read: int | None = None  # a document that a sentence before told of: "She kept the letter. It says ..."
    for k in range(head - 1, max(-1, head - STEPS), -1):
        if read is not None and s.sentence[k] != s.sentence[read]:
            break
        if s.sentence[head] - s.sentence[k] > REACH:
            break
        if s.t.deps[k] in SUBJECTS or k in s.known:
            found = _thing_at(s, k)
            if found is not None:
                return _again(s, found, head)
        object_ = s.t.deps[k] in ("dobj", "attr") and s.t.tags[k] == "NN" and s.sentence[k] != s.sentence[head]
        if read is None and object_ and actor_type([s.t.words[k]]) == "document":
            read = k
    return Speaker(_own(s, read), (), "unnamed", "document") if read is not None else None


def _thing_at(s: Scene, k: int) -> Speaker | None:
    if s.quoted[k]:
        return None
    old = s.known.get(k)
    entity = s.at[k]
    if old is not None and old.speaker:
        profile = s.cast.profiles.get(old.entity_ids[0]) if old.entity_ids else None
        plural = s.t.tags[k] in PLURAL_TAGS or s.t.words[k] in PLURAL_WORDS
        thing = profile.label not in ("person", "nationality") if profile else not _is_person(s, k, old) and not plural
        return old if thing and s.t.words[k] not in SHE | HE | AUTHOR | MANY else None
    if entity is not None and entity.mention == "name":
        profile = s.cast.profiles.get(entity.entity_id)
        if profile is None or profile.label in ("person", "nationality") or profile.kind is None:
            return None
        return None if profile.label == "place" and profile.settled else _profiled(profile, s.t.starts[k])
    if s.t.tags[k] != "NN" or is_person(s.t.words[k]):
        return None
    kind = actor_type([s.t.words[k]])
    if kind not in BODIES | {"document"}:
        return None
    old = Speaker(_own(s, k), (), "unnamed" if kind == "document" else "named", kind)
    return old if kind == "document" else _phrase(s, old, k, (s.t.left[k], k + 1))


def _people(s: Scene, head: int) -> Speaker | None:
    """Who "they" are: the last collective, body or group of persons that was a source or subject."""
    for k in range(head - 1, max(-1, head - STEPS), -1):
        if s.sentence[head] - s.sentence[k] > REACH:
            break
        old = s.known.get(k)
        plural = s.t.tags[k] in PLURAL_TAGS or s.t.words[k] in PLURAL_WORDS
        if old is not None and old.speaker and not s.quoted[k]:
            entity = s.cast.profiles.get(old.entity_ids[0]) if old.entity_ids else None
            if old.naming == "collective" or plural or (entity is not None and entity.label == "organisation"):
                return old
            continue
        kind = actor_type([s.t.words[k]])
        subject = s.t.deps[k] in SUBJECTS and s.t.pos[k] == "NOUN" and plural and not s.quoted[k] and old is None
        if subject and (is_person(s.t.words[k]) or kind not in (None, "document")):
            return Speaker(_own(s, k), (), "collective", kind or "other")
    return None


def _own(s: Scene, k: int) -> str:
    """The noun phrase of token `k` up to it, without article or owner."""
    first = k
    while first > 0 and s.t.heads[first - 1] == k and s.t.deps[first - 1] in ("compound", "amod", "nmod"):
        first -= 1
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
    return (_own(s, k) + s.t.text[s.t.ends[k] : s.t.ends[last - 1]]).strip()


def _full(s: Scene, profile: Profile, k: int) -> Profile:
    """The person whom the form at token `k` stands for: an initial, a title or a last name alone."""
    entity = s.at[k]
    form = entity.text if entity is not None and entity.mention == "name" else ""
    full = s.cast.person(profile.name) if profile.label in ("person", "other") else None
    return s.cast.by_surname(form, full or profile)


def _named(s: Scene, who: Speaker, entity_id: str, head: int) -> Speaker:
    """A named speaker by the fullest name, as the kind of actor that the whole article shows."""
    profile = s.cast.profiles.get(entity_id)
    if profile is None or len(who.entity_ids) > 1:
        return who
    full = _full(s, profile, head)
    if full is not profile:
        return _profiled(full, s.t.starts[head], who)
    return replace_kind(who, profile.kind)


def replace_kind(who: Speaker, kind: str | None) -> Speaker:
    """A speaker with another kind of actor, where one is known."""
    return who._replace(actor_type=kind) if kind else who


def _phrase(s: Scene, who: Speaker, head: int, source: Range) -> Speaker:
    """Who a noun phrase without a name is: somebody named before, a source met before, or itself."""
    t = s.t
    if who.naming == "named" and t.pos[head] == "PROPN":
        full = s.cast.person(who.speaker or "")
        return _profiled(full, t.starts[head], who) if full else who
    first = max(source[0], t.left[head])
    while first < head and t.deps[first] not in ("compound", "amod", "nmod"):
        first += 1
    words = [*(t.words[i] for i in range(first, head) if t.words[i] not in ("-", "'s")), t.words[head]]
    before = t.words[first - 1] if first > 0 else ""
    plural = t.tags[head] in PLURAL_TAGS and words[-1] not in SHORT
    words[-1:] = [SHORT.get(words[-1], words[-1])]
    comma = head + 1 < len(t) and t.words[head + 1] == ","  # "the firm, which ..." is the firm
    tail = not comma and any(t.deps[k] in ("prep", "relcl", "acl") and head < k < source[1] for k in t.children[head])
    if before in DEFINITE and not plural and not tail:
        found = _called(s, words, head) or _met(s, words, head)
        if found is not None:
            return found
    if before in ("a", "an", "") or first == t.sentence[head]:
        found = _foretold(s, words, head) if not plural and not tail else None
        if found is not None:
            return found
    return _body(s, who, words, head)


def _called(s: Scene, words: Sequence[str], head: int) -> Speaker | None:
    """The entity that the text calls by a noun: "the minister", "the company", "the union"."""
    noun, wanted = words[-1], set(words)
    person = is_person(noun) and not is_organisation(noun)
    kind = actor_type([noun])
    best: tuple[int, int, Profile] | None = None
    for profile in [*s.cast.called.get(noun, ())[:ALIKE], *s.cast.called.get(kind or noun, ())[:ALIKE]]:
        last = profile.last(head)
        if last < 0 or profile.label == "nationality":
            continue
        if (profile.label == "person") != person and profile.label != "other":
            continue
        if profile.label == "place" and profile.settled:
            continue
        rank = 0
        if wanted <= profile.words:
            rank = 3 if noun == profile.name.split()[-1].casefold() else 2
        elif (
            not person and len(words) == 1 and profile.kind == kind and kind in ("business", "party", "armed group")
        ) or (not person and noun == "union" and profile.kind == "NGO" and profile.label == "organisation"):
            rank = 1
        if rank and (best is None or (rank, last) > best[:2]):
            best = (rank, last, profile)
    return _profiled(best[2], s.t.starts[head]) if best else None


def _met(s: Scene, words: Sequence[str], head: int) -> Speaker | None:
    """An unnamed source met before, or the fuller phrase that first named a body: "the campus nursery"."""
    noun = words[-1]
    for k in reversed(s.order[-40:]):
        old = s.known[k]
        if k >= head or not old.speaker or old.entity_ids:
            continue
        spoken = old.speaker.casefold().split()
        if old.speaker and set(words) <= set(spoken) and old.naming in ("unnamed", "named"):
            return old
    i = bisect_left(s.insiders, head)
    if noun == "source" and i:
        k = s.insiders[i - 1]
        return Speaker(_own(s, k), (), "unnamed", actor_type(_tail(s, k).split()) or "other", _tail(s, k))
    if len(words) > 1 or is_person(noun) or noun == "source":
        return None
    earlier = [k for k in s.nouns.get(noun, ())[:20] if k < head]
    if not earlier:
        return None
    k = next((k for k in earlier if not any(s.t.words[c] in ("a", "an") for c in s.t.children[k][:6])), earlier[0])
    text = _tail(s, k) if actor_type([noun]) in BODIES else _own(s, k)
    kind = actor_type(text.split()) or "other"
    return Speaker(text, (), "unnamed" if kind == "document" else "named", kind)


def _foretold(s: Scene, words: Sequence[str], head: int) -> Speaker | None:
    """The one person of the article whom a lead announces: "A MUM told last night", "Minister says"."""
    if len(s.order) > LEAD or (not is_person(words[-1]) and actor_type([words[-1]]) != "citizen"):
        return None
    alike = s.cast.called.get(words[-1], ())[:ALIKE]
    fitting = [s.cast.person(p.name) or p for p in alike if p.label == "person" and set(words) <= p.words]
    fitting = [p for p in fitting if p.words.isdisjoint(DEPUTIES)]
    if len({p.entity_id for p in fitting}) != 1:
        return None
    return _profiled(fitting[0], s.t.starts[head])


def _body(s: Scene, who: Speaker, words: Sequence[str], head: int) -> Speaker:
    """A noun phrase that stands for itself: a body that can be told counts as named, a speaker has a body's kind."""
    noun = words[-1]
    if noun == "police":
        return who._replace(naming="named")
    if who.actor_type == "document" and who.naming == "collective":
        return who._replace(naming="unnamed")
    told = who.actor_type in ("government", "police", "military", "court", "business") and not is_person(noun)
    if told and s.t.tags[head] not in PLURAL_TAGS and s.t.words[head] not in MANY_IN_ONE:
        return who._replace(naming="named")
    if (
        noun in SPEAKERS_FOR
        and who.naming == "unnamed"
        and who.actor_type in ("other", "government")
        and len(words) == 1
    ):
        for k in range(head - 1, max(-1, head - STEPS), -1):
            entity = s.at[k]
            profile = s.cast.profiles.get(entity.entity_id) if entity is not None else None
            if profile is not None and profile.label == "organisation" and profile.kind in BODIES:
                return who._replace(actor_type=profile.kind)
    return who
