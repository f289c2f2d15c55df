"""Attributions of the encoder and of the rules as one list: what each finds, whose edges, and how sure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslab.attribution.cues import FINITE
from newslab.attribution.drafts import Draft
from newslab.attribution.joins import logit
from newslab.attribution.quotations import LONG, Quotation
from newslab.attribution.tagged import CONTENT, CUE, SOURCE, Found, spans, tagged_drafts
from newslab.encoder import facts
from newslab.tree import Range, Tree

if TYPE_CHECKING:
    from newslab.encoder import Reading

TAGGED_FACTS = (
    "cue", "content", "content link", "has source", "source", "source link", "rule has cue", "rule's content",
    "rule's source", "rule's precision", "words", "quoted", "partly quoted", "always",
)  # fmt: skip
RULE_FACTS = (
    "precision", "content", "cue", "source", "tagged has cue", "tagged's content", "tagged's source", "words",
    "quoted", "partly quoted", "always",
)  # fmt: skip
# frames of the rules whose edges quotation marks and clauses set, at least as well as the encoder: above all those
# with the cue behind or within what is said
WELL_CUT = ("quote-after", "inside", "after", "as-clause", "signed", "object-inf")
# a frame of headlines, of which the encoder saw few: rules that were right on many have a say of their own
OWN_WORD = ("headline-colon",)
SAME = 0.5  # overlap from which two contents are one


class Candidate(NamedTuple):
    """A draft with the facts that its confidence is computed from."""

    draft: Draft
    facts: list[float]
    by: str  # tagged, rule


def combined(
    t: Tree, reading: Reading, ruled: list[Draft], quotes: list[Quotation], precision: Callable[[Tree, Draft], float]
) -> list[Draft]:
    """The surest of what the encoder and the rules find, no word in two contents, each with its confidence.

    Parameters
    ----------
    ruled
        What the rules find, outermost only (`drafts`).
    precision
        How often a draft of the rules was right on training data.
    """
    kept: list[Draft] = []
    cued: set[int] = set()
    taken = [False] * len(t)
    fit = facts()["statements"]
    chosen = [(chance(c, fit), c) for c in candidates(t, reading, ruled, quotes, precision)]
    for sure, candidate in sorted(chosen, key=lambda pair: -pair[0]):
        draft = candidate.draft
        if sure < fit["least"]:
            break
        if not cued.isdisjoint(draft.cue) or any(True in taken[a:b] for a, b in draft.content):
            continue
        if draft.verb >= 0 and taken[draft.verb] and candidate.by == "rule":
            continue  # said within what somebody says
        draft.sure = round(sure, 3)
        kept.append(draft)
        cued.update(draft.cue)
        for a, b in draft.content:
            taken[a:b] = [True] * (b - a)
    return kept


def chance(candidate: Candidate, fit: dict[str, list[float]]) -> float:
    """How probable it is that a candidate is right."""
    score = sum(w * x for w, x in zip(fit[candidate.by], candidate.facts, strict=True))
    if candidate.by == "rule" and candidate.draft.rule in OWN_WORD:
        score = max(score, candidate.facts[RULE_FACTS.index("precision")])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def candidates(
    t: Tree, reading: Reading, ruled: list[Draft], quotes: list[Quotation], precision: Callable[[Tree, Draft], float]
) -> list[Candidate]:
    """Every attribution of the encoder and every one of the rules; two of one cue vie with each other."""
    near = spans(t, reading, ruled)
    found = tagged_drafts(t, near)
    inside = _inside(t, quotes)
    whole = {(q.first, q.last) for q in quotes if q.words >= LONG}
    by_cue = {i: draft for draft in ruled for i in draft.cue}
    by_content: dict[int, Draft] = {}
    for draft in ruled:
        for a, b in draft.content:
            by_content.update(dict.fromkeys(range(a, b), draft))
    out = []
    for item in found:
        draft = item.draft
        if _reduced_passive(t, draft):
            continue
        _whole_quotations(t, draft, inside, quotes)
        rule = _same(draft, by_cue, by_content)
        if rule is not None:
            begun = draft.verb == rule.verb and draft.content[0][0] == rule.content[0][0]
            if rule.rule in WELL_CUT and (begun or _dice(t, draft.content, rule.content) >= SAME):
                draft.content = list(rule.content)
            elif draft.verb == rule.verb:
                draft.content += _carried_on(draft, rule, whole)
        out.append(Candidate(draft, _tagged_facts(t, item, rule, inside, precision), "tagged"))
    of_cue = {i: c.draft for c in out for i in c.draft.cue}
    for draft in ruled:
        other = next((of_cue[i] for i in draft.cue if i in of_cue), None)
        out.append(Candidate(draft, _rule_facts(t, draft, other, near.chances, inside, precision), "rule"))
    return out


def _reduced_passive(t: Tree, draft: Draft) -> bool:
    """Whether a "source" is what was said of it, by nobody who is named: "50 people said missing"."""
    if draft.source is None or draft.verb < 0 or t.tags[draft.verb] not in ("VBD", "VBN"):
        return False
    first = draft.content[0][0]
    if draft.source[1] != draft.verb or first != draft.verb + 1 or t.tags[first] != "VBG":
        return False
    return not any(t.tags[i] in FINITE or t.tags[i] == "MD" for a, b in draft.content for i in range(a, b))


def _carried_on(draft: Draft, rule: Draft, whole: set[Range]) -> list[Range]:
    """The long quotations (`whole`) that the rules give to a draft beyond what it has: those that carry it on."""
    end = max(b for _, b in draft.content)
    return [r for r in rule.content if r in whole and r[0] >= end and r[0] > max(draft.cue, default=-1)]


def _inside(t: Tree, quotes: list[Quotation]) -> list[int]:
    """The number of the quotation that each token is in, or -1."""
    inside = [-1] * len(t)
    for number, q in enumerate(quotes):
        inside[q.first : q.last] = [number] * (q.last - q.first)
    return inside


def _same(draft: Draft, by_cue: dict[int, Draft], by_content: dict[int, Draft]) -> Draft | None:
    """The rules' draft of the same cue, else that of most of the content."""
    for i in (draft.verb, *draft.cue):
        if i in by_cue:
            return by_cue[i]
    seen: dict[int, tuple[int, Draft]] = {}
    for a, b in draft.content:
        for i in range(a, b):
            if i in by_content:
                rule = by_content[i]
                seen[id(rule)] = (seen.get(id(rule), (0, rule))[0] + 1, rule)
    best = max(seen.values(), key=lambda pair: pair[0], default=None)
    return best[1] if best and 2 * best[0] >= draft.size else None


def _whole_quotations(t: Tree, draft: Draft, inside: list[int], quotes: list[Quotation]) -> None:
    """Let a content hold the whole of a long quotation in which one of its edges lies."""
    out: list[Range] = []
    for a, b in draft.content:
        for edge in (a, b - 1):
            q = quotes[inside[edge]] if inside[edge] >= 0 else None
            if q is not None and q.words >= LONG and not any(q.first <= i < q.last for i in draft.cue):
                a, b = min(a, q.first), max(b, q.last)
        if out and t.count(out[-1][1], max(a, out[-1][1])) == 0 and not any(out[-1][1] <= i < a for i in draft.cue):
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    draft.content = out


def _quoted(t: Tree, draft: Draft, inside: list[int]) -> tuple[float, float]:
    """Whether all of a content, or some of it, is within quotation marks."""
    words = [inside[i] >= 0 for a, b in draft.content for i in range(a, b) if t.words[i][:1].isalnum()]
    return float(bool(words) and all(words)), float(any(words) and not all(words))


def _dice(t: Tree, a: Sequence[Range], b: Sequence[Range]) -> float:
    """Overlap of two contents, in words."""
    both = sum(t.count(max(p, r), min(q, s)) for p, q in a for r, s in b if max(p, r) < min(q, s))
    return 2 * both / (sum(t.count(*p) for p in a) + sum(t.count(*p) for p in b) or 1)


def _agree(one: Draft, other: Draft | None) -> float:
    """Whether two drafts have sources that overlap, or both none."""
    if other is None:
        return 0.0
    a, b = one.source, other.source
    if a is None or b is None:
        return float(a is b)
    return float(max(a[0], b[0]) < min(a[1], b[1]))


def _tagged_facts(
    t: Tree, item: Found, rule: Draft | None, inside: list[int], precision: Callable[[Tree, Draft], float]
) -> list[float]:
    draft = item.draft
    return [
        logit(item.cue),
        logit(item.content),
        logit(item.content_link),
        float(draft.source is not None),
        logit(item.source) if draft.source else 0.0,
        logit(item.source_link),
        float(rule is not None),
        _dice(t, draft.content, rule.content) if rule is not None else 0.0,
        _agree(draft, rule),
        logit(precision(t, rule)) if rule is not None else 0.0,
        math.log1p(draft.words(t)),
        *_quoted(t, draft, inside),
        1.0,
    ]


def _rule_facts(
    t: Tree, draft: Draft, other: Draft | None, chances: list[list[float]], inside: list[int],
    precision: Callable[[Tree, Draft], float],
) -> list[float]:  # fmt: skip
    def mean(tokens: Sequence[int], role: int) -> float:
        seen = [chances[i][role] for i in tokens if chances[i]]
        return sum(seen) / len(seen) if seen else 0.0

    content = [i for a, b in draft.content for i in range(a, b)]
    return [
        logit(precision(t, draft)),
        logit(mean(content, CONTENT)),
        logit(mean(draft.cue, CUE)) if draft.cue else 0.0,
        logit(mean(range(*draft.source), SOURCE)) if draft.source else 0.0,
        float(other is not None),
        _dice(t, draft.content, other.content) if other is not None else 0.0,
        _agree(draft, other),
        math.log1p(draft.words(t)),
        *_quoted(t, draft, inside),
        1.0,
    ]
