"""Who acts in an article: for each named person and organisation what the whole text says it is.

A text gives a person's office once and the name alone ever after, and an organisation's kind in a word beside
its name ("operator Amber Line", "Bright Path, a charity"). What kind of actor an entity is, and by which nouns
the text may call it, is gathered here from all its mentions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from newslab.attribution.actors import is_organisation, is_person
from newslab.attribution.bodies import is_street
from newslab.attribution.doings import STUDIES
from newslab.attribution.kinds import HONORIFICS, settle_kinds
from newslab.naming.lists import first_names, is_country
from newslab.records import Entity, Segment
from newslab.tree import Tree

OLDEST = 120
BEFORE, AFTER = 6, 16  # words beside a name that may say what it names
LEADS = {"run", "lead", "head", "own", "found", "chair", "teach", "manage", "represent", "speak", "edit", "direct"}
KIN = {
    "m": {"grandson", "son", "father", "husband", "brother", "widower", "uncle", "spokesman", "chairman", "dad"},
    "f": {
        "granddaughter",
        "daughter",
        "mother",
        "wife",
        "sister",
        "widow",
        "aunt",
        "spokeswoman",
        "mum",
        "mam",
        "gran",
    },
}
GENDERS = {"mr": "m", "sir": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f", "mum": "f", "dad": "m"}
MODIFIERS = ("NOUN", "ADJ", "PROPN")
NAMED = {"organisation", "place", "facility", "other", "work", "product", "event"}
ADJECTIVES = {"brave", "tragic", "heroic", "hero", "little", "poor", "proud", "young", "heartbroken", "tearful", "old"}
IMPERSONAL = {"be", "take", "seem", "look", "feel", "become", "mean", "matter", "happen", "rain", "snow", "go", "come"}
# what kind of state a land is, by which news calls it: country codes
FORMS = {
    "kingdom": {"SA", "GB", "JO", "BH", "MA", "TH", "NL", "BE", "ES", "SE", "NO", "DK", "BT", "KH", "TO", "LS", "SZ"},
    "sultanate": {"OM", "BN"}, "emirate": {"QA", "KW"}, "principality": {"MC", "LI", "AD"},
}  # fmt: skip
APART = 2000  # characters before a name in which "the Ohio senator" may tell what it is
ALIKE = 40  # entities that one word may stand for, and mentions that tell of one


@dataclass(slots=True)
class Profile:
    """An entity as the whole article shows it."""

    entity_id: str
    name: str
    label: str
    kind: str | None = None
    words: set[str] = field(default_factory=set)  # of its roles, or of what it is called, in lower case
    spans: list[tuple[int, int]] = field(default_factory=list)  # tokens of its names
    roles: list[tuple[int, str]] = field(default_factory=list)  # by the offset from which they are known
    apart: set[str] = field(default_factory=set)  # roles that do not stand beside the name: "the Ohio senator"
    affiliation: str | None = None
    aged: bool = False
    gender: str = ""  # by an honorific
    settled: bool = False  # a place that the gazetteer knows

    def role(self, offset: int) -> str | None:
        """The role that the text has given before an offset."""
        i = bisect_right(self.roles, (offset, "\U0010ffff"))
        return self.roles[i - 1][1] if i else None

    def last(self, token: int) -> int:
        """The last token before `token` at which the entity is named; -1 before all of them."""
        i = bisect_right(self.spans, (token, -1))
        return self.spans[i - 1][0] if i else -1


@dataclass(slots=True)
class Cast:
    """All entities of an article by id, persons by last name, and who wrote it."""

    profiles: dict[str, Profile]
    surnames: dict[str, list[Profile]]
    called: dict[str, list[Profile]]  # by a word that they may be called by, or a kind of actor
    authors: list[Profile]
    alone: set[str]  # forms of one word by which the text names somebody

    def by_surname(self, form: str, profile: Profile) -> Profile:
        """Who a last name alone is, where the text calls one of a family by the first name: the other one."""
        words = profile.name.split()
        if profile.label != "person" or len(words) < 2 or form != words[-1] or words[0] not in self.alone:
            return profile
        family = [p for p in self.surnames.get(form.casefold(), [])[:ALIKE] if p.name.split()[-1] == form]
        others = [p for p in family if p.label == "person" and p.name.split()[0] not in self.alone]
        return others[0] if len(others) == 1 else profile

    def person(self, name: str) -> Profile | None:
        """The one person with a full name that a shorter form stands for: "E. Lee", "Coun Lee", "Mr Lee"."""
        words = name.replace("\u2019", "'").split()
        last = words[-1].casefold() if words else ""
        fitting = [p for p in self.surnames.get(last, [])[:ALIKE] if _stands_for(words, p)]
        return fitting[0] if len(fitting) == 1 else None


def _stands_for(words: Sequence[str], person: Profile) -> bool:
    """Whether a form is a person's last name with a title or an initial, or the name behind other words."""
    full = person.name.split()
    if list(words) == full or len(full) < 2:
        return False
    if len(words) > len(full) and list(words[-len(full) :]) == full:
        return True
    if words[-1] == full[0]:  # "brave Ann", with a capital in the first word of a line
        return len(words) == 2 and words[0].casefold() in ADJECTIVES
    first = words[0].rstrip(".")
    if len(words) == 2 and len(first) == 1:
        return full[0].startswith(first)
    return len(words) == 2 and (first.casefold() in HONORIFICS or first in ("Mr", "Mrs", "Ms", "Miss", "Sir"))


def cast(
    t: Tree,
    entities: Sequence[Entity],
    at: Sequence[Entity | None],
    segments: Sequence[Segment] | None = None,
    quoted: Sequence[bool] = (),
) -> Cast:
    """Profiles of all entities that the text names.

    Parameters
    ----------
    t, entities, at
        The parse, the mentions in it, and the mention of each token.
    segments
        The parts of the page: who is named in a byline is its author.
    quoted
        Whether each token stands in a quotation, whose "he" may be anybody.
    """
    found: dict[str, Profile] = {}
    for entity in entities:
        profile = found.setdefault(entity.entity_id, Profile(entity.entity_id, entity.name, entity.label))
        if entity.role and (not profile.roles or profile.roles[-1][1] != entity.role):
            profile.roles.append((entity.start, entity.role))
            profile.words |= set(entity.role.casefold().split())
            near = t.text[max(0, entity.start - len(entity.role) - 8) : entity.end + len(entity.role) + 12]
            before = t.text[max(0, entity.start - APART) : entity.start]
            if entity.role not in near and ("the " + entity.role in before or "The " + entity.role in before):
                profile.apart.add(entity.role)
        profile.affiliation = profile.affiliation or entity.affiliation
        profile.settled = profile.settled or bool(entity.gazetteer_id or entity.country)
        if entity.country and is_country(entity.name.casefold()):
            profile.words |= {form for form, lands in FORMS.items() if entity.country in lands}
        if profile.label != "person" and is_street(profile.name):
            profile.label, profile.settled = "place", True  # where somebody lives, and nobody who speaks
    pronouns: dict[str, Counter[str]] = {}
    said = {t.starts[i] for i, within in enumerate(quoted) if within}
    for entity in entities:
        if entity.mention == "pronoun" and entity.start not in said:
            gender = "f" if entity.text.casefold() in ("she", "her", "hers", "herself") else "m"
            pronouns.setdefault(entity.entity_id, Counter())[gender] += 1
    clauses: dict[str, list[tuple[int, int]]] = {}
    for a, b, entity in _names(at):
        profile = found[entity.entity_id]
        profile.spans.append((a, b))
        profile.aged = profile.aged or _age(t, b)
        title = t.words[max(0, a - 1 - (t.words[a - 1] == "."))].rstrip(".")
        profile.gender = profile.gender or (GENDERS.get(title, "") if a else "")
        clauses.setdefault(entity.entity_id, []).extend(_beside(t, a, b))
    for profile in found.values():
        if profile.label == "person" and _thing(t, profile, pronouns.get(profile.entity_id)):
            profile.label = "organisation"
        if profile.label == "other":
            _named_person(t, profile, clauses.get(profile.entity_id, []))
        profile.gender = profile.gender or _gender(profile, pronouns.get(profile.entity_id, Counter()))
    settle_kinds(t, found, clauses, at)
    surnames: dict[str, list[Profile]] = {}
    for profile in found.values():
        words = profile.name.split()
        if profile.label in ("person", "other") and len(words) > 1:
            surnames.setdefault(words[-1].casefold(), []).append(profile)
            surnames.setdefault(words[0].casefold(), []).append(profile)
    called: dict[str, list[Profile]] = {}
    for profile in found.values():
        for word in {*profile.words, profile.kind or "other"} if profile.spans else ():
            called.setdefault(word, []).append(profile)
    bylines = [(s.start, s.end) for s in segments or () if s.part == "byline"]
    written = [e.entity_id for e in entities if e.label == "person" and any(a <= e.start < b for a, b in bylines[:4])]
    alone = {entity.text for entity in entities if entity.mention == "name" and " " not in entity.text}
    return Cast(found, surnames, called, [found[i] for i in dict.fromkeys(written)], alone)


def _names(at: Sequence[Entity | None]) -> list[tuple[int, int, Entity]]:
    """Token ranges of the names."""
    out: list[tuple[int, int, Entity]] = []
    for i, entity in enumerate(at):
        if entity is None or entity.mention != "name":
            continue
        if out and out[-1][2] is entity and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1, entity)
        else:
            out.append((i, i + 1, entity))
    return out


def _named_person(t: Tree, profile: Profile, beside: Sequence[tuple[int, int]]) -> None:
    """Make a person of a name that the text calls a governor, and take off an office glued to it."""
    words = profile.name.split()
    office = next((i for i in range(len(words) - 3, -1, -1) if is_organisation(words[i])), None)
    titled = any(is_person(t.words[i]) for a, b in beside[:ALIKE] for i in range(a, b))
    if office is not None and profile.spans:  # "the minister, head of the" Staff Ann Lee
        before = t.words[max(0, profile.spans[0][0] - 10) : profile.spans[0][0]]
        titled = titled or any(is_person(word) for word in before)
        profile.words |= {word for word in before if word.isalpha()}
    if len(words) in (2, 3) and titled and not any(is_organisation(word) for word in words):
        profile.label = "person"
    elif office is not None and len(words) - office in (3, 4) and titled:
        profile.label, profile.name = "person", " ".join(words[office + 1 :])


def _thing(t: Tree, profile: Profile, pronouns: Counter[str] | None) -> bool:
    """Whether what was taken for a person is a thing: "Amber, which makes bikes", "Amber said it would"."""
    first, _, more = profile.name.partition(" ")
    if profile.roles or profile.gender or pronouns or profile.aged or (more and first in first_names()):
        return False
    for _, b in profile.spans[:ALIKE]:
        behind = t.words[b : b + 3]
        if behind[:2] == [",", "which"]:
            return True
        k = b + 2 if behind[1:2] == ["that"] else b + 1
        if k < min(len(t), b + 3) and t.pos[b] == "VERB" and (t.words[k] == "its" or _acts(t, k)):
            return True
    return False


def _acts(t: Tree, k: int) -> bool:
    """Whether a token is an "it" that does something: "said it would hire", not "said it was late", "denied it"."""
    subject = t.words[k] == "it" and t.deps[k] == "nsubj"
    return subject and t.pos[t.heads[k]] == "VERB" and t.lemmas[t.heads[k]] not in IMPERSONAL


def _gender(profile: Profile, pronouns: Counter[str]) -> str:
    """A person's gender by a noun that tells it, or else by most of the pronouns."""
    if profile.label != "person":
        return ""
    for gender, nouns in KIN.items():
        if not profile.words.isdisjoint(nouns):
            return gender
    ranked = pronouns.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1]) else ""


def _age(t: Tree, b: int) -> bool:
    """Whether an age stands behind a name: "Ann Lee, 45, said", "Ann Lee (45)"."""
    if b + 2 < len(t) and t.words[b] in ("is", "was") and t.pos[b + 1] == "NUM":
        return t.pos[b + 2] == "PUNCT" or t.words[b + 2] == "years"  # "Ann Lee is eighty-one."
    if b + 1 >= len(t) or t.words[b] not in (",", "("):
        return False
    word = t.words[b + 1]
    if word == "who" and b + 3 < len(t) and t.lemmas[b + 2] == "be" and t.pos[b + 3] == "NUM":
        return True  # "Ann Lee, who is forty-five, ..."
    young = word.isdecimal() and 0 < int(word[:4]) < OLDEST
    return young and (b + 2 == len(t) or t.pos[b + 2] in ("PUNCT", "SPACE") or t.words[b + 2] == "of")


def _joins(t: Tree, k: int) -> bool:
    """Whether an "and" stands inside a name: "the Union and Enterprise Party"."""
    return t.pos[k] == "CCONJ" and k + 1 < len(t) and t.pos[k - 1] == t.pos[k + 1] == "PROPN"


def _beside(t: Tree, a: int, b: int) -> list[tuple[int, int]]:
    """Stretches beside a name that may say what it names: before it, behind its comma, and the head it explains."""
    first = a
    while first > 0 and a - first < BEFORE and t.sentence[first - 1] == t.sentence[a]:
        if t.pos[first - 1] not in MODIFIERS and t.words[first - 1] not in ("-", "'s"):
            break
        first -= 1
    # "police reports Ann Lee filed" tell nothing of her
    of_name = t.tags[a - 1] != "NNS" or t.heads[a - 1] in range(a, b) if a else True
    out = [(first, a)] if first < a and of_name else []
    if a > 1 and t.words[a - 1] in ("called", "named"):  # "a group called Bright Path"
        out.append((max(t.sentence[a], a - BEFORE), a - 1))
    k = b
    if k + 2 < len(t) and t.words[k] in ("of", "at", "from") and t.sentence[k] == t.sentence[a]:
        last = k + 1  # "Ann Lee of the pressure group Amber"
        while last < min(len(t), k + BEFORE) and (t.pos[last] in (*MODIFIERS, "DET") or _joins(t, last)):
            last += 1
        out.append((k, last))
    if k < len(t) and t.words[k] == ",":
        k += 1
        if _age(t, b):
            k += 2
        last = k
        while last < len(t) and last - k < AFTER and t.sentence[last] == t.sentence[a] and t.words[last] not in ",.;:":
            last += 1
        lead = t.words[k] if k < len(t) else ""
        verb = t.lemmas[k + 1] if k + 1 < len(t) else ""
        if k < last and (
            lead in ("a", "an", "the", "its", "his", "her", "their")
            or (lead == "who" and verb in LEADS | STUDIES)
            or lead == "whose"
        ):
            out.append((k + 1, last))
        elif k + 2 < last and lead == "who" and verb == "be":
            out.append((k + 2, last))  # "Ann Lee, who was the mayor's aide,"
        elif k + 2 < last and lead == "who" and verb == "as":
            verb_at = next((i for i in range(k + 2, last) if t.pos[i] in ("VERB", "AUX")), last)
            out.append((k + 2, verb_at))  # "Ann Lee, who as deputy minister leads the talks,"
        elif k < last and lead in ("of", "from", "at", "with", "for"):
            out.append((k, last))  # "Ann Lee, of the Bar Council,"
        elif k < last and t.pos[k] in ("NOUN", "ADJ") and t.deps[k] != "nsubj":
            out.append((k, last))
    if a > 3 and t.words[a - 1] == ",":  # "the governor of Ohio, Ann Lee,"
        office = next((i for i in range(a - 2, max(t.sentence[a], a - 12) - 1, -1) if t.words[i] == "the"), None)
        if office is not None and t.words[office - 1] == "of" and office > 2 and is_person(t.words[office - 2]):
            office -= 3  # "the head of the firm, Ann Lee,"
        if office is not None and any(is_person(t.words[i]) for i in range(office + 1, min(office + 4, a))):
            stop = next((i for i in range(office + 1, a - 1) if t.words[i] in ("who", "whose", "which", "that")), a - 1)
            out.append((office + 1, stop))
    top = next((i for i in range(a, b) if not a <= t.heads[i] < b), a)
    head = t.heads[top]
    if t.deps[top] == "appos" and t.pos[head] in ("NOUN", "PROPN") and head < a and a - head < AFTER:
        out.append((max(t.left[head], head - BEFORE), a))
    return out
