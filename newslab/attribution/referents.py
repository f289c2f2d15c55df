"""Who a source is that the text does not name again: "it", "they", "she", "I", and short noun phrases.

Statements are taken in reading order. A short form stands for the last source or subject before it that fits;
one for which nothing fits has no speaker.
"""

from __future__ import annotations

from newslab.attribution.actors import actor_type, is_person
from newslab.attribution.anaphors import Phrase, antecedent_of
from newslab.attribution.cast import Profile
from newslab.attribution.documents import issuer, speaks
from newslab.attribution.groups import joint, met, pair, several, single
from newslab.attribution.persons import person
from newslab.attribution.phrases import (
    AUTHOR,
    BODIES,
    HE,
    MANY,
    ONE,
    OTHERS_MANY,
    PRONOUNS,
    SHE,
    STEPS,
    Scene,
    again,
    full_person,
    named_speaker,
    own,
    phrase,
    profiled,
    replace_kind,
    speaks_as_person,
)
from newslab.attribution.speakers import AMOUNTS, PLURAL_TAGS, PLURAL_WORDS, Speaker, noun_of
from newslab.tree import Range, Tree

HELD = {  # what somebody says or thinks
    "criticism", "view", "opinion", "belief", "hope", "fear", "claim", "demand", "call", "warning", "argument",
    "promise", "position", "voice", "word", "comment", "remark", "plea", "accusation", "allegation", "assertion",
    "complaint", "denial", "suggestion", "concern", "doubt", "idea", "feeling", "conviction", "message", "answer",
    "reply", "response", "verdict", "account", "testimony", "version", "recollection", "estimate", "theory", "stance",
    "proposal", "prediction", "forecast", "assurance", "pledge", "vow", "threat", "insistence", "contention", "praise",
}  # fmt: skip
SOME_OF = {"others", "some", "many", "most", "several", "few"}  # who remain who they are
MOUTHPIECES = {"spokesperson", "representative", "rep", "insider"}  # of whom news says "they" without naming them
REACH = 3  # sentences that "it" and "they" look back over
SUBJECTS = {"nsubj", "nsubjpass"}


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
    owner = _holder(s, who, head)
    if owner is not None:  # "his criticism", "the party's view"
        whose = s.at[owner]
        if s.t.words[owner] in PRONOUNS:
            who = _pronoun(s, Speaker(None, (whose.entity_id,) if whose else (), "unnamed"), owner, s.t.words[owner])
        elif whose is not None:
            profile = s.cast.profiles.get(whose.entity_id)
            who = profiled(profile, s.t.starts[head]) if profile is not None else who
        s.known[head] = who
        s.order.append(head)
        return who
    if len(who.entity_ids) > 1:
        kinds = [p.kind for i in who.entity_ids if (p := s.cast.profiles.get(i)) is not None and p.kind]
        who = replace_kind(who, kinds[0] if len(set(kinds)) == 1 else None)
    if " and " not in (who.speaker or "") or len(who.entity_ids) == 1:
        if word in ONE and _expletive(s.t, head):
            return Speaker()
        named = bool(who.entity_ids) and s.at[head] is None  # "one of them, Ann Lee, said"
        if word in ("one", "another", "other") and not named and (other := single(s, head)) is not None:
            who = other
        elif (people := several(s, head) or met(s, head)) is not None:
            who = people
        elif word in AMOUNTS and " " in (who.speaker or ""):
            pass  # "some in the crowd"
        elif word in PRONOUNS and s.t.pos[head] not in ("NOUN", "PROPN") and not named:
            who = _pronoun(s, who, head, word)
        elif (called := _epithet(s, head, source)) is not None:
            who = profiled(called, s.t.starts[head])
        elif (subject := _predicated(s, who, head)) is not None:
            who = profiled(subject, s.t.starts[head], who)
        elif who.entity_ids:
            who = named_speaker(s, who, who.entity_ids[0], head)
            if word == "one" and who.actor_type in ("other", "citizen") and s.order:  # "one of them, Ann Lee"
                before = s.known[s.order[-1]]
                who = replace_kind(who, before.actor_type if before.naming == "collective" else None)
        elif (author := _author(s, who, head, source)) is not None:
            who = author
        else:
            who = phrase(s, who, head, source)
    s.known[head] = who
    s.order.append(head)
    return who


def _author(s: Scene, who: Speaker, head: int, source: Range) -> Speaker | None:
    """Who speaks in a document that says whose it is: "council figures", "the ministry's log", "her report"."""
    if not speaks(s.t, head):
        return None
    if who.actor_type != "document":
        by = issuer(s.t, head, source, s.at)
        return phrase(s, who, by, (s.t.left[by], by + 1)) if by is not None and s.at[by] is None else who
    owner = s.t.child(head, "poss")
    if owner is None or s.t.words[owner] not in SHE | HE | ONE | MANY:
        return None
    entity = s.at[owner]
    one = _pronoun(s, Speaker(None, (entity.entity_id,) if entity else ()), owner, s.t.words[owner])
    return one if one.entity_ids else None


def _predicated(s: Scene, who: Speaker, head: int) -> Profile | None:
    """The person of whom a noun is said: Ann Lee, of "Ann Lee was a nurse who claimed ..."."""
    if who.entity_ids or s.t.deps[head] != "attr" or not is_person(s.t.words[head]):
        return None
    subject = s.t.child(s.t.heads[head], "nsubj")
    entity = s.at[subject] if subject is not None else None
    profile = s.cast.profiles.get(entity.entity_id) if entity is not None else None
    return profile if profile is not None and profile.label == "person" else None


def _epithet(s: Scene, head: int, source: Range) -> Profile | None:
    """The person last spoken of, whom "the Romanian", "the Democrat" or "the 66-year-old" stands for."""
    t, entity = s.t, s.at[head]
    end = next((k for k in range(*source) if t.words[k] == ","), source[1])
    if end - source[0] > 7 or t.words[source[0]] != "the" or t.tags[head] in PLURAL_TAGS:
        return None
    last = t.words[end - 1]
    old = last == "old" or last.endswith("-old")
    nation = entity is not None and entity.label == "nationality" and t.words[head][-3:] not in ("ish", "ese", "nch")
    nation = nation and t.words[head] not in ("dutch", "swiss", "welsh")  # many, as the English are
    # not "the Pope", "the Mayor": an office is held by one who need not have been named
    member = t.tags[head] == "NNP" and actor_type([t.text[t.starts[head] : t.ends[head]]]) == "party"
    member = member and (entity is None or entity.label != "person")
    if not (old or ((nation or member) and end - source[0] == 2)):
        return None
    this = Phrase(s, head, [t.words[head]], person=True, owned=False, tail=False)
    this.old = True
    best = antecedent_of(s, this)
    return full_person(s, best[1], best[1].last(head)) if best is not None else None


def _holder(s: Scene, who: Speaker, head: int) -> int | None:
    """The owner of what only somebody can have, who then speaks: the token of "his" in "his criticism"."""
    if who.entity_ids or s.t.pos[head] != "NOUN" or s.t.lemmas[head] not in HELD:
        return None
    owner = s.t.child(head, "poss")
    if owner is None:
        return None
    whose = s.at[owner]
    return owner if s.t.words[owner] in PRONOUNS or (whose is not None and whose.mention == "name") else None


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
    itself = word in SOME_OF or (word == "one" and s.t.tags[head] == "CD")
    return Speaker(word if itself else None, (), "collective" if many else "unnamed", who.actor_type)


def _person(s: Scene, who: Speaker, head: int, word: str) -> Speaker | None:
    """Who "she" is, by what the text tells of the persons before."""
    one = person(s, head, word, who.entity_ids[0] if who.entity_ids else None)
    if one is None:
        return named_speaker(s, who, who.entity_ids[0], head) if who.entity_ids else None
    if one.speaker is not None:
        return again(s, one.speaker, head)
    return profiled(one.profile, s.t.starts[head]) if one.profile is not None else None


def _owned(s: Scene, k: int) -> bool:
    """Whether a noun belongs to somebody: with "her teacher" the text goes on about her."""
    return any(s.t.deps[c] == "poss" for c in s.t.children[k][:8])


def _thing(s: Scene, head: int) -> Speaker | None:
    """What "it" stands for: the last organisation, body or document that was a subject or a source."""
    read: int | None = None  # a document that a sentence before told of: "She kept the letter. It says ..."
    for k in range(head - 1, max(-1, head - STEPS), -1):
        if read is not None and s.sentence[k] != s.sentence[read]:
            break
        if s.sentence[head] - s.sentence[k] > REACH:
            break
        owner = s.t.deps[k] == "poss" and s.sentence[k] == s.sentence[head] and s.at[k] is not None
        if s.t.deps[k] in SUBJECTS or k in s.known or owner:  # "Amber's count, which it calls final,"
            found = _thing_at(s, k)
            if found is not None:
                return again(s, found, head)
        object_ = s.t.deps[k] in ("dobj", "attr") or (s.t.deps[k] == "pobj" and s.t.words[s.t.heads[k]] == "in")
        object_ = object_ and s.t.tags[k] == "NN" and s.sentence[k] != s.sentence[head]
        if read is None and object_ and actor_type([s.t.words[k]]) == "document":
            read = k
    if read is not None:
        return Speaker(own(s, read), (), "unnamed", "document")
    last = s.known[s.order[-1]] if s.order and s.sentence[head] - s.sentence[s.order[-1]] <= REACH else None
    if last is not None and last.affiliation:  # "..., its director said. It has offered 3 percent."
        body = next((p for p in s.cast.profiles.values() if p.name == last.affiliation), None)
        return profiled(body, s.t.starts[head]) if body is not None else None
    return None


def _thing_at(s: Scene, k: int) -> Speaker | None:
    if s.quoted[k]:
        return None
    old = s.known.get(k)
    entity = s.at[k]
    if old is not None and old.speaker:
        profile = s.cast.profiles.get(old.entity_ids[0]) if old.entity_ids else None
        plural = s.t.tags[k] in PLURAL_TAGS or s.t.words[k] in PLURAL_WORDS
        thing = (
            profile.label not in ("person", "nationality")
            if profile
            else not speaks_as_person(s, k, old) and not plural
        )
        return old if thing and s.t.words[k] not in SHE | HE | AUTHOR | MANY else None
    if entity is not None and entity.mention == "name":
        profile = s.cast.profiles.get(entity.entity_id)
        if profile is None or profile.label in ("person", "nationality") or profile.kind is None:
            return None
        return None if profile.label == "place" and profile.settled else profiled(profile, s.t.starts[k])
    if s.t.tags[k] != "NN" or is_person(s.t.words[k]):
        return None
    kind = actor_type([s.t.words[k]])
    if kind not in BODIES | {"document"} or (kind == "document" and _owned(s, k)):
        return None
    old = Speaker(own(s, k), (), "unnamed" if kind == "document" else "named", kind)
    return old if kind == "document" else phrase(s, old, k, (s.t.left[k], k + 1))


def _neutral(s: Scene, head: int) -> int | None:
    """The one who spoke last for others, if no noun tells a woman or a man: "A spokesperson said ... They said"."""
    last = s.order[-1] if s.order else None
    if last is None or s.sentence[last] == s.sentence[head]:
        return None
    old = s.known[last]
    one = old.naming == "unnamed" and not old.entity_ids and s.t.words[last] not in SHE | HE
    return last if one and noun_of(old.speaker or "") in MOUTHPIECES else None


def _people(s: Scene, head: int) -> Speaker | None:
    """Who "they" are: the last people or body that spoke or acted, or else the last that were spoken of."""
    t, late, one = s.t, None, _neutral(s, head)
    for k in range(head - 1, max(-1, head - STEPS), -1):
        if s.sentence[head] - s.sentence[k] > REACH:
            break
        if k == one:
            return again(s, s.known[k], head)
        if s.quoted[k] or (one is not None and s.sentence[k] == s.sentence[one]):
            continue
        old = s.known.get(k)
        plural = t.tags[k] in PLURAL_TAGS or t.words[k] in PLURAL_WORDS
        if old is not None and old.speaker:
            entity = s.cast.profiles.get(old.entity_ids[0]) if old.entity_ids else None
            several = old.naming == "collective" or plural or len(old.entity_ids) > 1
            if several or (entity is not None and entity.label == "organisation"):
                return old
            continue
        if old is not None:
            continue
        acts = t.deps[k] in SUBJECTS
        if acts and (two := pair(s, k)):
            return joint(two)
        kind = actor_type([t.words[k]])
        if t.pos[k] == "NOUN" and plural and (is_person(t.words[k]) or (acts and kind not in (None, "document"))):
            people = Speaker(own(s, k), (), "collective", kind or "other")
            if acts:
                return people
            late = late or (people if t.deps[k] in ("dobj", "pobj", "attr", "conj") else None)
    return late
