"""What speaks for a name being a person, an organisation or a place: its form, lists, and the words around it.

Each piece of evidence has a name ("title:rank", "left:in", "head:organisation"); what it weighs for each
label stands in `rules/name_evidence.csv`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newslab.naming.lists import (
    BODIES,
    CLOSED,
    EITHER,
    OPEN,
    PARTISANS,
    acronym,
    bodies,
    context,
    demonyms,
    first_names,
    gazetteer,
    is_country,
    is_town,
    nouns,
    organisations,
    people,
)

if TYPE_CHECKING:
    from newslab.naming.names import Name
    from newslab.naming.words import Words

PRONOUNS = dict.fromkeys(("he", "his", "him", "she", "her", "himself", "herself", "who"), "he")
PRONOUNS |= dict.fromkeys(("it", "its", "itself", "they", "their"), "it")
ONE = frozenset({"of", "who", "whom", "that", "i", "we", "he", "she", "they"})  # behind one of several of a name
WITHIN = frozenset({"compound", "amod", "nmod", "appos"})  # as a name is in "the Lee campaign"
FIRM, PLACES_ALIKE = "organisation", ("country", "state", "large city", "city", "town")
# nouns behind a party's name
FOLLOWERS = {"leader", "candidate", "candidates", "supporters", "activists", "manifesto", "lawmaker", "lawmakers"}
FOLLOWERS |= {"fighters"}
PRONOUN_REACH = 12  # words after a name
_INITIAL = re.compile(r"(?<!\w)[A-Z]\.(?!\w\.)")


def weigh(w: Words, name: Name, title: str | None) -> None:
    """Note on a name what its own form and the words around it say.

    `title` is the kind of the title that stands right before the name, if any.
    """
    _own_form(w, name)
    before = w.lower[name.first - 1] if name.first and w.sent[name.first - 1] == w.sent[name.first] else ""
    if before in EITHER and (name.last - name.first == 1 or name.found_by == "rules:body"):
        name.evidence.add("left:kind of body")
    elif title:
        name.evidence.add(f"title:{title}")
    if before in PARTISANS and name.last - name.first in (2, 3):
        name.evidence.add("left:partisan")
    if _of_body(w, name):
        name.evidence |= {"left:kind of body", "told:body"}
    _left(w, name)
    _right(w, name)
    dep = w.dep[_top(w, name)]
    if dep in ("nsubj", "nsubjpass") and _own_he(w, name):
        name.evidence.add("right:his own")
    if dep in ("nsubj", "nsubjpass", "pobj", "dobj", "compound", "appos", "poss", "amod", "conj"):
        name.evidence.add(f"dep:{dep}")


def _top(w: Words, name: Name) -> int:
    """The token of a name that hangs on what is outside of it."""
    return next((i for i in range(name.first, name.last) if not name.first <= w.head[i] < name.last), name.last - 1)


def _own_he(w: Words, name: Name) -> bool:
    """Whether a name is the subject of a clause with "his" or "she" in it, and no other name between."""
    top = _top(w, name)
    verb = w.head[top]
    for i in range(name.last, min(name.last + PRONOUN_REACH, len(w.text))):
        if w.sent[i] != w.sent[top] or (w.tag[i] in ("NNP", "NNPS") and i > verb) or w.text[i] in OPEN:
            return False
        if PRONOUNS.get(w.lower[i]) == "he" and w.lower[i] != "who":
            k = i
            for _ in range(8):
                k = w.head[k]
                if k == verb:
                    return True
            return False
    return False


def _of_body(w: Words, name: Name) -> bool:
    """Whether the words say that a name is some body's: the militia "Amber Shield"; "Amber Shield", a militia."""
    i, j, sent = name.first - 1, name.last, w.sent[name.first]
    quoted = i >= 0 and w.text[i] in OPEN and j < len(w.text) and w.text[j] in CLOSED
    i, j = i - quoted, j + quoted
    if i > 0 and w.lower[i] in ("called", "named", "dubbed") and w.sent[i] == sent:
        return w.lower[i - 1] in BODIES or w.lower[i - 1] in nouns("noun after")
    if quoted and any(k >= 0 and w.sent[k] == sent and w.lower[k] in BODIES for k in (i, j) if k < len(w.text)):
        return True
    if j + 2 < len(w.text) and w.lower[j] == "," and w.lower[j + 1] in ("a", "an"):
        phrase = list(range(j + 2, min(j + 7, len(w.text) - 1)))
        end = next((k for k in phrase if w.tag[k] not in ("JJ", "NN", "NNP", "HYPH", "VBN", "RB")), -1)
        return end > 0 and w.lower[end - 1] in bodies()
    return False


def _own_form(w: Words, name: Name) -> None:
    saw, parts = name.evidence, w.text[name.first : name.last]
    kind = gazetteer().get(name.key)
    if kind:
        saw.add(f"gazetteer:{kind}")
    if name.key in organisations():
        saw.add("list:organisation")
    if name.key.removesuffix("s") in people() or name.key in people():
        saw.add("list:people")
    heads = nouns("head")
    saw.add(f"words:{min(len(name.text.split()), 4)}")
    if len(parts) > 1:
        # the head is the last word, or the word before "of": the University of Ghent
        small = next((i for i, part in enumerate(parts) if part in ("of", "for", "on", "and") and i), len(parts))
        if small < len(parts):
            saw.add("form:of")
        for part in {parts[-1], parts[small - 1]}:
            if part in heads:
                saw.add(f"head:{heads[part]}")
        if parts[-1] in nouns("lower-case head"):
            saw.add("head:lower")
        if parts[-1] in nouns("lower-case part"):
            saw.add("head:place")
        first = nouns("first").get(parts[0])
        if first:
            saw.add(f"head:{first}")
            saw.add(f"first:{first}")
        place = gazetteer().get(parts[0].casefold()) in PLACES_ALIKE  # Charlotte Airport, Georgia Tech
        if len(parts) < 4 and parts[0] in first_names() and not place and heads.get(parts[-1].rstrip(".")) != FIRM:
            saw.add("form:first name")
        if _INITIAL.search(name.text) or parts[-1].casefold() in ("jr", "jr.", "sr", "sr."):
            saw.add("form:initial")
        if parts[0].casefold() in demonyms() or is_country(parts[0].casefold()):
            saw.add("form:country first")
    elif parts[0] in heads:
        saw.add(f"word:{heads[parts[0]]}")
    elif w.lower[name.first] in w.plain:
        saw.add("form:also small")
    if not kind and len(parts) < 4 and is_town(name.text):
        saw.add("gazetteer:small town")
    if parts[-1].isdigit() and set(parts) & nouns("numbered").keys():
        saw.update(("form:numbered", "head:facility"))
    if acronym(name.text):
        saw.add("form:acronym")
    elif not name.text.isupper() and any(c.isupper() for part in parts for c in part[2:] if "-" not in part):
        saw.add("form:mixed case")
    if "&" in parts:
        saw.add("form:&")
    if any(c.isdigit() for c in name.text):
        saw.add("form:digit")
    if w.tag[name.last - 1] == "NNPS":
        saw.add("form:plural")
    elif w.tag[name.last - 1] != "NNP":
        saw.add("form:not proper")


def _left(w: Words, name: Name) -> None:
    saw, i = name.evidence, name.first - 1
    if i < 0 or w.sent[i] != w.sent[name.first]:
        saw.add("left:start")
        return
    near = context("before")
    word = w.lower[i]
    if word == "based" and i and w.text[i - 1] == "-":
        saw.add("left:based")
    if near.get(word) == "direction":
        saw.add("left:direction")
        i -= 1
        word = w.lower[i] if i >= 0 else ""
    the = ""
    if word == "the":
        the = " the"
        saw.add("left:the")
        one = name.last < len(w.text) and w.lower[name.last] in ONE  # the Ann Lee of old
        more = name.last - name.first > 1 and w.text[i] == "the"  # not the Lees, The Rock
        if more and not one and w.tag[name.last - 1] == "NNP" and w.dep[_top(w, name)] not in WITHIN:
            saw.discard("form:first name")
            saw.add("left:the alone")  # the owner of the Red Lion; not the Lee campaign, the Lees
        i -= 1
        word = w.lower[i] if i >= 0 else ""
    elif word in ("a", "an"):
        saw.add("left:a")
    elif word in ('"', "“", "''", "``", "‘"):
        saw.add("left:quote")
    elif w.tag[i] in ("JJ", "NN", "PRP$"):
        saw.add("left:adjective")
    kind = near.get(word, "")
    if word in context("vessel") and (the or word not in ("of", "board")):
        saw.add("left:vessel")
    if word == "of" and i and w.lower[i - 1] in context("leads"):
        saw.add("left:leader of")
    if (word in nouns("noun after") or word in bodies()) and not the:
        saw.add("left:kind of body")
    if word == "of" and i and near.get(w.lower[i - 1]) == "direction":
        saw.add("left:direction of")  # 30 km east of Leeds
    if word == "told" and the:
        saw.add("left:told the")
    elif word == "of" and i and w.text[i - 1] == ",":
        saw.add("left:resident of")  # "Ann Lee, 45, of Leeds"
    if kind == "preposition":
        saw.add(f"left:{word}{the}")
        if word in ("to", "from") and any(w.lower[j] in context("further before") for j in range(max(0, i - 3), i)):
            saw.add("left:motion")
        if word == "of" and i and w.lower[i - 1] in nouns("noun near"):
            saw.add("left:place of")
    elif kind == "into":
        saw.add(f"left:into{the}")
    elif kind:
        saw.add(f"left:{kind}")
    elif word in nouns("noun near"):
        saw.add("left:place")


def _sails(w: Words, i: int) -> bool:
    """Whether token i, after a name, begins what only a vessel does: ran aground, was towed."""
    following = [word for word in w.lower[i : i + 4] if word not in ("had", "has", "was", "been", "then", "later")]
    return bool(following) and (following[0] in context("of a vessel") or bool({"rocks", "aground"} & set(following)))


def _alone(w: Words, i: int) -> bool:
    """Whether a name of one word is not the first of somebody called like a place: `Paris`; not `Paris` Berg."""
    return i + 1 >= len(w.text) or w.sent[i + 1] != w.sent[i] or w.tag[i + 1] not in ("NNP", "NNPS")


def _right(w: Words, name: Name) -> None:
    saw, i = name.evidence, name.last
    if i >= len(w.text) or w.sent[i] != w.sent[name.first]:
        return
    for near in w.lower[i : i + PRONOUN_REACH]:
        if near in PRONOUNS:
            saw.add(f"right:{PRONOUNS[near]}")
            break
    word = w.lower[i]
    if _sails(w, i):
        saw.add("right:vessel")
    after, third = (*w.lower[i + 1 : i + 3], "", "")[:2]
    if word in ("and", ",") and gazetteer().get(after) not in (None, "other name", "town") and _alone(w, i + 1):
        saw.add("right:and a place")
    if word in context("after"):
        saw.add(f"right:{context('after')[word]}")
        said = w.lower[i + 2] if after == "that" and i + 2 < len(w.lower) else after
        if context("after")[word] in ("said", "announced") and said in PRONOUNS:
            saw.add(f"right:said {PRONOUNS[said]}")
    elif word == "-" and after == "based":
        saw.add("right:based")
    elif word in ("'s", "’s", "'", "’"):
        saw.add("right:possessive")
    elif word == ",":
        if after in ("who", "where", "which"):
            saw.add(f"right:{after}")
        elif after.isdigit() and len(after) < 3 and third in (",", ".", ")"):
            saw.add("right:age")
        elif gazetteer().get(after) in ("country", "state") and _alone(w, i + 1) and len(name.text.split()) <= 3:
            saw.add("right:country")
        elif after in ("a", "an", "the"):
            saw.add("right:apposition")
    elif word == "(":
        if after.isdigit() and len(after) == 2:
            saw.add("right:age")
        elif acronym(w.text[i + 1] if after else ""):
            saw.add("right:acronym")
    elif word == "who":
        saw.add("right:who")
    elif word == "won" and {"votes", "vote", "seats"} & set(w.lower[i + 1 : i + 8]) and w.text[i + 1][:1].isdigit():
        saw.add("right:follower")
    elif w.tag[i] in ("NN", "NNS"):
        saw.add("right:noun")
        if word in FOLLOWERS:
            saw.add("right:follower")
    elif "CD" in w.tag[i : i + 4] and any(near in context("further after") for near in w.lower[i : i + 8]):
        saw.add("right:distance")
    for j in (i, i + 1):  # "the Amber group", "the Amber rebel group"
        if j < len(w.text) and w.lower[j] in nouns("noun after") and w.sent[j] == w.sent[name.first]:
            saw.add("right:group")
            break
        if j < len(w.text) and w.tag[j] not in ("NN", "JJ"):
            break
