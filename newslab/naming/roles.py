"""What a text says a person is: rank, title, office or occupation, and for whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newslab.naming.descriptions import served_as, spoken_of
from newslab.naming.lists import demonyms
from newslab.naming.names import POSTNOMINALS, Name, key
from newslab.naming.stretches import (
    LINKS,
    NOUNS,
    POSSESSIVE,
    Scene,
    Stretch,
    bare,
    leftwards,
    phrase,
    without_honorifics,
)
from newslab.naming.words import Title, Words

if TYPE_CHECKING:
    from newslab.naming.folding import Group

Role = tuple[str | None, str | None]  # role, affiliation
OFFICES = frozenset(  # honorifics that say what somebody is, and give way to any other role
    ("dr", "doctor", "prof", "rev", "reverend", "sheikh", "sheik", "ayatollah", "imam", "mullah", "maulana", "rabbi")
)
TITLES = OFFICES | {  # that give way to a role of several words
    "sen", "rep", "gov", "sgt", "det", "insp", "supt", "cllr", "coun", "capt", "cpl", "lt", "kc", "qc", "sir", "dame",
    "councillor", "senator", "chief", "barrister", "engr", "comrade", "alhaji", "hon", "professor", "captain",
    "advocate", "justice",
}  # fmt: skip
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her"})
_COPULAS = frozenset({"be", "is", "was", "are", "were", "become", "becomes", "became", "remain", "remains"})
_CHOSEN = frozenset({"elected", "re-elected", "appointed", "named", "chosen", "made"})
_NOT = frozenset({"not", "n't", "n’t", "never", "no"})
_BODIES = frozenset(
    {"campaign", "ministry", "department", "party", "union", "committee", "government", "council", "office"}
)
_KIN = frozenset({
    "mother", "father", "son", "daughter", "brother", "sister", "wife", "husband", "widow", "widower", "mum",
    "dad", "mom", "aunt", "uncle", "niece", "nephew", "cousin", "grandmother", "grandfather", "grandson",
    "granddaughter", "partner", "friend", "neighbour", "neighbor", "victim",
})  # fmt: skip
_PARTIES = frozenset(
    {"republican", "democratic", "democrat", "conservative", "labour", "liberal", "tory", "green", "gop"}
)
_AGENTS = ("er", "or", "ist", "man", "woman", "ian", "ant", "ent", "eer", "son", "mate", "head", "hand", "boy", "girl")
_NO_ROLES = frozenset({"day", "time", "year", "week", "month", "way", "thing", "one", "first", "same"})


def roles(
    w: Words, found: Sequence[Name], entity_of: Mapping[int, Group], titles: Sequence[Title]
) -> tuple[dict[int, Role], dict[str, str]]:
    """Role and affiliation that each mention gives, by its `id()`, and genders by the key of the entity."""
    scene = Scene(
        w,
        {i: title for title in titles for i in range(title.first, title.last)},
        {name.first: name for name in found if name.first >= 0},
        {name.last: name for name in found if name.first >= 0},
    )
    firsts = sorted(scene.first)
    told = _told(scene)
    given: dict[int, Role] = {}
    genders: dict[str, str] = {}
    row: tuple[int, str] | None = None  # of "Sens. Ann Lee (Ohio) and Bo Diaz": the end of the last name, the title
    for name in found:
        group = entity_of[id(name)]
        if group.label != "person" or name.first < 0:
            continue
        stretches = [_before(scene, name), _before_comma(scene, name), _after(scene, name)]
        stretches.append(told.get(name.first, (0, 0)))
        words_of_title = [scene.at[i] for stretch in stretches for i in range(*stretch) if i in scene.at]
        gender = next((title.gender for title in words_of_title if title.gender), "")
        if gender:
            genders.setdefault(group.key, gender)
        whole, stretches[0] = stretches[0], without_honorifics(scene, stretches[0])
        stretches[0] = _without_seat(scene, stretches[0])
        last = stretches[0][1] - 1
        if whole != stretches[0] and last not in scene.at and not w.lower[last].endswith(_AGENTS):
            stretches[0] = (0, 0)  # "it thanks Mrs Lee"
        if all(_kin(scene, stretch) for stretch in stretches) and (clause := served_as(scene, name)) != (0, 0):
            stretches = [clause]
        if not any(begin < end for begin, end in stretches) and w.lower[whole[0]].rstrip(".") in OFFICES:
            stretches = [whole]
        stretches = [stretch for stretch in stretches if stretch[0] < stretch[1]]
        shared = row[1] if row and _in_row(scene, row[0], name.first) else ""
        if stretches and len(stretches) == 1 and (one := _singular(scene, *stretches[0], name)):
            shared = one
        row = (name.last, shared) if shared else None
        of = _body_behind(scene, name, entity_of)
        if shared:
            given[id(name)] = (shared, of)
            continue
        if not stretches:
            if of:
                given[id(name)] = (None, of)
            continue
        inside = [
            scene.first[i]
            for begin, end in stretches
            for i in firsts[bisect_left(firsts, begin) : bisect_left(firsts, end)]
        ]
        where, prefix = _affiliation(scene, inside, entity_of, ("organisation",)), _prefix(scene, stretches[0])
        longer = where and prefix and prefix.split()[-1].islower() and prefix.startswith(where)  # the `Hale campaign`
        where = (prefix if longer else where) or of or prefix
        kin = any(w.lower[i] in _KIN for stretch in stretches for i in range(*stretch))
        where = where or (None if kin else _affiliation(scene, inside, entity_of, ("place", "nationality")))
        if len(stretches) > 1 and bare(scene, stretches[0]) and stretches[0][0] < name.first < stretches[1][0]:
            kin = any(w.lower[i] in _KIN for i in range(*stretches[1]))
            letters = w.text[stretches[1][0]] in POSTNOMINALS  # "Advocate Ann Lee SC"
            kept = stretches[:1] if letters else stretches[1:]  # "Sgt. Ann Lee, a spokeswoman for the force"
            stretches = stretches if kin else kept
        given[id(name)] = (_text(scene, stretches), where)
    for which, office in spoken_of(scene, found, entity_of, given, genders).items():
        given[which] = (office, given.get(which, (None, None))[1])
    return given, genders


def _kin(scene: Scene, stretch: Stretch) -> bool:
    """Whether a stretch says nothing, or only whose brother somebody is."""
    return all(k not in scene.at or scene.w.lower[k] in _KIN for k in range(*stretch))


def _without_seat(scene: Scene, stretch: Stretch) -> Stretch:
    """An office without the rank or seat behind it: `army spokesman` Captain Ann Lee."""
    begin, end = stretch
    title = scene.at.get(end - 1)
    while title and title.first > begin and _gives_way(scene, title.first):
        title = scene.at.get(title.first - 1)
    office = title is not None and title.first >= begin and title.kind in ("office", "job")
    return (begin, title.last) if title and office else stretch


def _gives_way(scene: Scene, i: int) -> bool:
    """Whether a title that begins with token i gives way to an office beside it: Captain, Professor, Cllr."""
    return scene.w.lower[i].rstrip(".") in TITLES


def _text(scene: Scene, stretches: Sequence[Stretch]) -> str:
    """The role in the text's words; a rank between an apposition and the name is joined to it by a comma."""
    w = scene.w
    parts = [w.string[w.start[a] : w.start[b - 1] + len(w.text[b - 1])] for a, b in stretches]
    texts = [" ".join(part.split()) for part in parts]
    if len(texts) > 1 and stretches[0][0] > stretches[1][0]:  # "the mayor's aide, Colonel Ann Lee"
        gives_way = bare(scene, stretches[0]) and _gives_way(scene, stretches[0][0])
        return texts[1] if gives_way else f"{texts[1]}, {texts[0]}"
    return texts[0]


def _before(scene: Scene, name: Name) -> Stretch:
    """The title before a name: `Swiss Foreign Ministry spokeswoman` Ann Lee, `governor of Ohio` Ann Lee."""
    w, end = scene.w, name.first
    i = end - 1
    if i < 0 or w.sent[i] != w.sent[end] or not w.part[i]:
        return end, end
    holder = scene.end.get(end)
    if holder is not None and i not in scene.at:
        of = holder.first - 1
        of -= of > 0 and w.lower[of] == "the"
        if of > 0 and w.lower[of] == "of" and of - 1 in scene.at:
            return leftwards(scene, of - 1, links=False), end
    noun = w.tag[i] == "NN" and w.dep[i] in ("compound", "nmod") and name.first <= w.head[i] < name.last
    noun = noun and w.lower[i].endswith(_AGENTS)  # not "at the coffee `morning` Ann Lee said"
    if not noun and i not in scene.at:
        return end, end
    begin = leftwards(scene, i, links=False)
    # "hospital president and CEO Ann Lee", not "the president and Ann Lee"
    if 2 < begin < end and w.lower[begin - 1] == "and" and begin - 2 in scene.at and w.sent[begin - 2] == w.sent[i]:
        first = leftwards(scene, begin - 2, links=False)
        listed = first > 0 and w.sent[first - 1] == w.sent[i] and w.lower[first - 1] not in (",", '"', "“", "by", "and")
        begin = begin if listed or w.tag[begin - 2] in ("NNS", "NNPS") or begin - 1 in scene.end else first
    return begin, end


def _before_comma(scene: Scene, name: Name) -> Stretch:
    """The title before a comma: the `union's general secretary`, Ann Lee, said; also before a rank after it."""
    w = scene.w
    i = name.first - 1
    while i in scene.at and (scene.at[i].kind in ("rank", "honorific") or _gives_way(scene, scene.at[i].first)):
        i = scene.at[i].first - 1
    after = name.last + (w.text[name.last : name.last + 1] != [] and w.text[name.last] in POSTNOMINALS)
    if i < 1 or w.text[i] != "," or w.sent[i] != w.sent[name.first]:
        return 0, 0
    inside = range(name.first, name.last)
    appositive = any(w.dep[k] == "appos" and w.head[k] not in inside for k in inside)
    if not appositive and not (after < len(w.text) and w.text[after] == ","):
        return 0, 0
    begin = leftwards(scene, i - 1, links=True)
    noun = next((k for k in range(begin, i) if k in scene.at), begin)
    for k in range(noun - 1, begin, -1):  # of "the letter of the head of police" only the title
        if w.lower[k - 1] in LINKS and w.lower[k] not in LINKS:
            begin = k + (w.lower[k] == "the")
            break
    # a title, not one more name of a list, and introduced as the one: "the", "its", "Wigan's"
    titled = any(k in scene.at for k in range(begin, i)) and not (i in scene.end and scene.end[i].first == begin)
    own = begin == 0 or w.lower[begin - 1] in _ARTICLES or w.sent[begin - 1] != w.sent[i]
    person_inside = any(k in scene.at and scene.at[k].last in scene.first for k in range(begin, i))
    possessor = any(w.text[k] in POSSESSIVE for k in range(begin, i))
    return (begin, i) if titled and (own or possessor) and not person_inside else (0, 0)


def _after(scene: Scene, name: Name) -> Stretch:
    """An apposition after a name: Ann Lee, 45, a `nurse at the clinic`, said ..."""
    w = scene.w
    i, n, sent = name.last, len(w.text), w.sent[name.last - 1]
    if i < n and w.text[i] in POSTNOMINALS and w.sent[i] == sent:
        return i, i + 1
    if i + 1 >= n or w.text[i] != "," or w.sent[i + 1] != sent or sent in w.headings:
        return 0, 0
    i += 1
    if i + 2 < n and w.text[i].isdigit() and w.text[i + 1] == "," and w.sent[i + 2] == sent:
        i += 2
    # Ann Lee, who is now vice president of ...
    if w.lower[i] == "who" and i + 3 < n and w.lower[i + 1] in _COPULAS and w.lower[i + 2] not in _NOT:
        i += 2 + (w.tag[i + 2] == "RB")
        i += i + 1 < n and w.lower[i] in _CHOSEN and w.tag[i + 1] not in ("IN", "TO")  # "who was elected mayor"
    article = w.lower[i] in _ARTICLES
    if article and i + 1 < n:
        i += 1
    return _role_phrase(scene, i, article=article)


def _role_phrase(scene: Scene, i: int, *, article: bool) -> Stretch:
    """The role that a noun phrase from token i on gives, if it gives one and is not one more person of a list."""
    w = scene.w
    begin, end = phrase(scene, i)
    while begin < end and w.tag[begin] in ("CD", "HYPH"):
        begin += 1
    # a 58-year-old herder
    old = next((k for k in range(begin, min(begin + 6, end)) if w.lower[k] in ("old", "year-old")), -1)
    begin = old + 1 if old >= 0 else begin
    if w.tag[begin : begin + 1] == ["WP$"]:  # "Ann Lee, whose father ..." tells of her father
        return 0, 0
    title = next((scene.at[k] for k in range(begin, end) if k in scene.at), None)
    if title is not None:
        noun = title.last - 1
    else:
        noun = next((k for k in range(begin, end) if w.tag[k] == "NN" and w.tag[min(k + 1, end - 1)] not in NOUNS), -1)
        if not article or noun < 0 or w.lower[noun] in _NO_ROLES or end - noun > 8:
            return 0, 0
    if title is not None and (title.kind == "honorific" or (title.last in scene.first and title.last < end)):
        return 0, 0
    linked = any(w.lower[k] == "and" for k in range(begin, noun))
    first = scene.first.get(begin)
    person_first = first is not None and first.last >= end
    return (0, 0) if linked or person_first else (begin, end)


def _told(scene: Scene) -> dict[int, Stretch]:
    """Roles given by a sentence, by the first token of the name: Ann Lee is the `mayor of Leeds`."""
    w = scene.w
    subject: dict[int, Name] = {}
    for name in scene.first.values():
        for k in range(name.first, name.last):
            if w.dep[k] == "nsubj":
                subject[w.head[k]] = name
    out: dict[int, Stretch] = {}
    for i, dep in enumerate(w.dep):
        if dep != "attr" or not w.part[i]:
            continue
        verb = w.head[i]
        if w.lemma[verb] not in _COPULAS and w.lower[verb] not in _COPULAS:
            continue
        if verb not in subject and w.dep[verb] == "conj":
            verb = w.head[verb]
        if verb not in subject or subject[verb].last > i:
            continue
        begin = leftwards(scene, i, links=False)
        if not 0 < begin < len(w.text) or w.lower[begin - 1] not in _ARTICLES:
            continue  # a text may end with its article
        if any(w.lower[k] in ("not", "n't", "n’t") for k in range(verb, i)):
            continue
        stretch = _role_phrase(scene, begin, article=False)
        old = out.get(subject[verb].first, (0, 0))
        if stretch[1] - stretch[0] > old[1] - old[0]:
            out[subject[verb].first] = stretch
    return out


def _singular(scene: Scene, begin: int, end: int, name: Name) -> str:
    """The title of one of a row of names that share a plural: "Sen." for `Sens.` Ann Lee and Bo Diaz."""
    w = scene.w
    title = scene.at.get(end - 1)
    if end != name.first or title is None:
        return ""
    k = end - 1 - (w.text[end - 1] == ".")  # "Sens" and "." as two tokens
    last, dot = w.text[k].rstrip("."), "." if k < end - 1 or w.text[k].endswith(".") else ""
    if not last.endswith("s") or last.endswith("ss") or not (dot or w.tag[k] in ("NNS", "NNPS")):
        return ""
    return " ".join([*w.string[w.start[begin] : w.start[k]].split(), last[:-1] + dot]) if len(last) > 3 else ""


def _in_row(scene: Scene, end: int, first: int) -> bool:
    """Whether only commas, brackets and "and" stand between the end of one name and the next."""
    w, depth = scene.w, 0
    if first - end > 12 or w.sent[end - 1] != w.sent[first]:
        return False
    for i in range(end, first):
        depth += (w.text[i] == "(") - (w.text[i - 1] == ")")
        if depth <= 0 and w.text[i] not in (",", "and", "&", ")"):
            return False
    return first > end


def _body_behind(scene: Scene, name: Name, entity_of: Mapping[int, Group]) -> str | None:
    """The organisation right behind a person's name: Ann Lee of the `Bar Council`; Ann Lee, from `Leeds University`."""
    w, i = scene.w, name.last
    i += w.text[i : i + 1] == [","]
    if w.sent[name.first] in w.headings:
        return None
    if w.lower[i : i + 1] and w.lower[i] in ("of", "from", "at", "with") and w.sent[i] == w.sent[name.first]:
        acts = w.head[i] < name.first and w.tag[w.head[i]][:2] == "VB"
        if acts and w.lower[i] in ("from", "with"):
            return None  # "the firm banned Ann Lee from ...", "replaced Ann Lee with ..."
        i += 1 + (w.lower[i + 1 : i + 2] == ["the"])
        body = scene.first.get(i)
        if body is not None and entity_of[id(body)].label == "organisation":
            return entity_of[id(body)].name
    return None


def _prefix(scene: Scene, stretch: Stretch) -> str | None:
    """A body that no other rule took for a name, before an office: `Clinton campaign` spokesman."""
    w, (begin, end) = scene.w, stretch
    title = next((scene.at[i] for i in range(begin, end) if i in scene.at and scene.at[i].first > begin), None)
    if title is None:
        return None
    last = title.first - 1
    last -= w.text[last] in POSSESSIVE
    if last < begin or w.tag[begin] not in ("NNP", "NNPS") or begin in scene.at:
        return None
    capitals = all(w.tag[i] in ("NNP", "NNPS") for i in range(begin, last))
    if not capitals or not (w.tag[last] in ("NNP", "NNPS") or w.lower[last] in _BODIES):
        return None
    if begin == last and w.lower[begin] in _PARTIES:
        return None
    return w.string[w.start[begin] : w.start[last] + len(w.text[last])]


def _affiliation(
    scene: Scene, inside: Sequence[Name], entity_of: Mapping[int, Group], labels: Sequence[str]
) -> str | None:
    """The organisation that a role names, or the country it is held for."""
    w = scene.w
    for label in labels:
        for name in inside:
            group = entity_of[id(name)]
            based = name.last + 1 < len(w.text) and w.lower[name.last + 1] == "based"
            if group.label != label or based or (label == "place" and w.lower[name.first - 1] in ("from", "in")):
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
    if (bare := old[0].rstrip(".").casefold()) in OFFICES or (bare in TITLES and " " in new[0]):
        return (new[0], old[1] or new[1])
    longer = len(new[0].split()) > len(old[0].split()) and key(old[0]) in key(new[0])
    return (new[0] if longer else old[0], old[1] or new[1])
