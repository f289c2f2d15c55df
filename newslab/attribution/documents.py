"""Whom a document speaks for: "a statement by the Bar Council", "her report", "the letter" that Ann Lee wrote."""

from __future__ import annotations

from newslab.attribution.actors import actor_type, is_organisation
from newslab.attribution.cues import lexicon
from newslab.records import Entity
from newslab.tree import Range, Tree

POLLS = {"poll", "survey", "study", "index", "average", "census"}  # these speak for themselves, not for who owns them
ISSUED = {"by", "from", "of"}  # before whose document a document is
NOT_SAID = {
    "bill", "legislation", "decree", "ordinance", "order", "law", "act", "treaty", "constitution", "book", "film",
    "novel", "photo", "footage", "list", "map",
}  # fmt: skip
ISSUES = {  # what is done to a document by the one whose it is
    "issue", "release", "publish", "write", "send", "post", "sign", "circulate", "draft", "compile", "produce",
    "prepare", "author", "conduct", "carry", "put",
}  # fmt: skip
WITHIN = {"in", "via", "through"}
BODIES = {"government", "business", "NGO", "international organisation"}


def speaks(t: Tree, head: int) -> bool:
    """Whether a noun is of a document that tells what its author says."""
    return actor_type([t.words[head]]) == "document" and NOT_SAID.isdisjoint((t.words[head], t.lemmas[head]))


def issuer(t: Tree, head: int, source: Range, at: list[Entity | None]) -> int | None:
    """The head of the body that a document speaks for: "a statement by the Bar Council", "council figures"."""
    if not speaks(t, head):
        return None
    owned = ("poss",) if t.lemmas[head] in POLLS else ("poss", "compound", "nmod")
    owners = [k for k in t.children[head] if source[0] <= k < head and t.deps[k] in owned]
    for k in (*_issuers(t, head, source), *reversed(owners)):
        body = at[k]
        if body is not None and body.mention == "name" and body.label in ("organisation", "person"):
            return k
        kind = actor_type([t.words[k]]) if body is None and t.tags[k] == "NN" else None
        if kind in BODIES and is_organisation(t.words[k]):
            return k
    return None


def _issuers(t: Tree, head: int, source: Range) -> list[int]:
    """Nouns behind a document that may be of who issued it: "by the Bar Council", "released on Monday by Amber"."""
    found: list[int] = []
    for k in t.children[head]:
        if not head < k < source[1]:
            continue
        by = k if t.words[k] in ISSUED else None
        if t.deps[k] == "acl" and t.lemmas[k] in ISSUES:
            by = t.child(k, "agent")
        noun = t.child(by, "pobj") if by is not None else None
        if noun is not None:
            found += [i for i in (noun, t.child(noun, "conj")) if i is not None]
        if by is not None and t.words[by] == "of" and noun is not None:  # "a survey of 300 farms by Amber"
            more = [i for i in t.children[noun] if t.words[i] == "by" and i < source[1]]
            found[:0] = [i for by in more if (i := t.child(by, "pobj")) is not None]
    return found


def author(t: Tree, head: int) -> int | None:
    """The subject whose document an object is: "Ann Lee wrote a letter", "Ann Lee said in a statement"."""
    up = t.heads[head]
    if t.deps[head] == "dobj" and t.lemmas[up] in ISSUES:
        return t.child(up, "nsubj")
    verb = t.heads[up]
    said = lexicon("verb").get(t.lemmas[verb], ("attitude",))[0] != "attitude"
    return t.child(verb, "nsubj") if said and t.deps[head] == "pobj" and t.words[up] in WITHIN else None
