"""Attributions in the making: cues and quotations joined, the outermost kept, edges settled."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from newslab.attribution.actors import actor_type, is_person
from newslab.attribution.cues import (
    SOURCELESS,
    SUBJECTS,
    Frame,
    cues,
    is_passive,
    lexicon,
    misplaced,
    source_head,
    source_range,
)
from newslab.attribution.quotations import LONG, STOPS, Link, Quotation, colon, gap_after, gap_before, link
from newslab.tree import Range, Tree

FAR = 200  # tokens between a cue and its source, beyond which the parse has gone wrong
ABBREVIATION = 4  # letters of a title before its full stop: "Maj."
SHORT = 3  # words of a short content
SIGNATURE = 16  # tokens of a line that says who a quotation is by
CLAUSE = 40  # tokens in which a clause has shown its verb
DASHES = {"-", "--", "\u2014", "\u2013"}
EVIDENCE = {"show", "reveal", "indicate", "suggest", "highlight", "expose"}
JOINERS = {"but", "while", "and", "though", "although", "whereas"}


@dataclass(slots=True)
class Draft:
    """An attribution in token numbers."""

    verb: int  # the head of its cue; -1 for a colon
    lemma: str
    act: str
    rule: str
    cue: tuple[int, ...]
    content: list[Range]
    source: Range | None = None
    head: int | None = None  # the head of its source
    end: int = 0  # the token after the sentence of its cue, where the draft is of a quotation
    sure: float | None = None  # its confidence, where a model gives one

    @property
    def size(self) -> int:
        return sum(b - a for a, b in self.content)

    def words(self, t: Tree) -> int:
        """Words of the content, without punctuation."""
        return sum(t.count(a, b) for a, b in self.content)

    def kind(self, t: Tree) -> tuple[str, str, str]:
        """Rule, main or subordinate clause, short or long content: what confidence is measured by."""
        main = self.verb < 0 or t.deps[self.verb] in ("ROOT", "conj", "parataxis")
        return self.rule, "main" if main else "subordinate", "short" if self.words(t) <= SHORT else "long"


@dataclass(slots=True)
class Kept:
    """The drafts that stand, and which of them each token's words belong to as content."""

    taken: list[Draft | None]
    drafts: list[Draft] = field(default_factory=list)
    by_verb: dict[int, Draft] = field(default_factory=dict)

    def keep(self, draft: Draft) -> None:
        self.drafts.append(draft)
        for a, b in draft.content:
            self.taken[a:b] = [draft] * (b - a)
        if draft.verb >= 0:
            self.by_verb[draft.verb] = draft

    def extend(self, draft: Draft, q: Quotation, end: int) -> None:
        """Add a quotation to a draft that it carries on; its sentence ends before token `end`."""
        draft.content.append((q.first, q.last))
        self.taken[q.first : q.last] = [draft] * (q.last - q.first)
        draft.end = max(draft.end, end)


def drafts(t: Tree, quotes: list[Quotation], *, outside: list[bool]) -> list[Draft]:
    """Every attribution of a text, the outermost only; tokens `outside` its prose and quotations hold no cue."""
    skip = list(outside)
    for q in quotes:
        if q.words >= LONG:
            skip[q.first : q.last] = [True] * (q.last - q.first)
    inside = [-1] * len(t)  # the number of the quotation that a token is in
    for number, q in enumerate(quotes):
        inside[q.first : q.last] = [number] * (q.last - q.first)
    held: dict[int, Draft] = {}
    for frame in cues(t, skip=skip):
        if frame.verb not in held:
            held[frame.verb] = _draft(t, frame)
    cuts = _cuts(t, held)
    dashes = [i for i in range(1, len(t)) if t.words[i] in DASHES and inside[i] < 0 and t.starts[i] > t.ends[i - 1]]
    for draft in held.values():
        draft.content = [_edges(t, r, cuts.get(draft.verb), dashes, inside, quotes) for r in draft.content]
    kept = Kept([None] * len(t))
    _quoted(t, kept, held, quotes)
    for draft in sorted(held.values(), key=lambda d: (-d.size, d.verb)):
        if draft.verb in kept.by_verb or kept.taken[draft.verb] is not None or not draft.content:
            continue
        if draft.source is None and draft.rule not in SOURCELESS and not is_passive(t, draft.verb):
            continue
        if not _long_enough(t, draft):
            continue
        if draft.lemma in EVIDENCE and draft.rule in ("object", "ing") and not _can_show(t, draft):
            continue
        if not any(kept.taken[a] or kept.taken[b - 1] for a, b in draft.content):
            kept.keep(draft)
    _signed(t, kept, quotes)
    _carried_on(t, kept, quotes)
    _headlines(t, kept, inside)
    return kept.drafts


def _long_enough(t: Tree, draft: Draft) -> bool:
    """Whether a content is long enough for its frame: with a bare preposition, three words are few."""
    bare = draft.rule in ("to", "on", "as", "with") and t.deps[draft.verb] not in ("ROOT", "conj")
    return draft.words(t) > (SHORT if bare or draft.rule in ("after", "as-clause") else 0)


def _can_show(t: Tree, draft: Draft) -> bool:
    """Whether a source shows something as a report does, and not as a drone or a picture does."""
    head = draft.head
    if head is None or t.deps[draft.verb] == "ROOT" or t.pos[head] in ("PROPN", "PRON"):
        return True
    return actor_type([t.words[head]]) is not None


def _signed(t: Tree, kept: Kept, quotes: list[Quotation]) -> None:
    """Give a quotation that is a paragraph of its own to who signs it in the line beside it: "- Ann Lee, nurse".

    Without a dash a name alone is no signature, unless the page does it again.
    """
    found: dict[int, list[tuple[Quotation, Range, int]]] = {-1: [], 1: []}
    for q in quotes:
        if q.words < LONG or kept.taken[q.first] is not None or not _stands_alone(t, q):
            continue
        for side in (1, -1):
            line = _line(t, q.last, 1) if side > 0 else _line(t, q.first - 1, -1)
            name = _signature(t, line) if line else None
            if name is not None and kept.taken[name[0]] is None:
                dash = line[0] if line and t.words[line[0]] in DASHES and side > 0 else -1
                found[side].append((q, name, dash))
    for side, rows in found.items():
        for q, name, dash in rows:
            if kept.taken[q.first] is None and (dash >= 0 or (len(rows) > 1 and len(rows) >= len(found[-side]))):
                cue = (dash,) if dash >= 0 else ()
                kept.keep(Draft(-1, "", "speech", "signed", cue, [(q.first, q.last)], name, _first_name(t, name)))


def _stands_alone(t: Tree, q: Quotation) -> bool:
    before = q.first == 0 or "\n" in t.words[q.first - 1]
    return before and (q.last >= len(t) or "\n" in t.words[q.last])


def _line(t: Tree, i: int, step: int) -> Range | None:
    """The line that follows token `i` (step 1) or ends before it (-1)."""
    while 0 <= i < len(t) and t.pos[i] == "SPACE":
        i += step
    far = i
    while 0 <= far < len(t) and "\n" not in t.words[far] and abs(far - i) <= SIGNATURE:
        far += step
    if abs(far - i) > SIGNATURE or far == i:
        return None
    return (i, far) if step > 0 else (far + 1, i + 1)


def _signature(t: Tree, line: Range) -> Range | None:
    """The name in a line such as "- Ann Lee, 34, nurse": the line without its dash; None if it is none."""
    first, last = line
    while first < last and t.words[first] in DASHES:
        first += 1
    while last > first and (t.pos[last - 1] == "SPACE" or t.words[last - 1] in (".", ",", ":")):
        last -= 1
    name = [i for i in range(first, min(last, first + 4)) if t.pos[i] == "PROPN"]
    finite = any(t.tags[i] in ("VBD", "VBZ", "VBP", "MD") for i in range(first, last))
    return (first, last) if first in name and not finite else None


def _first_name(t: Tree, r: Range) -> int:
    """The last token of the name that a signature begins with."""
    i = r[0]
    while i + 1 < r[1] and t.pos[i + 1] == "PROPN":
        i += 1
    return i


def _carried_on(t: Tree, kept: Kept, quotes: list[Quotation]) -> None:
    """Give a long quotation without a cue to the statement of the sentence before it."""
    by_sentence = {t.sentence[max(d.cue)]: d for d in kept.drafts if d.act != "attitude" and d.cue}
    for q in quotes:
        if q.words < LONG or kept.taken[q.first] is not None:
            continue
        before = q.first - 1
        while before >= 0 and t.pos[before] in ("PUNCT", "SPACE"):
            before -= 1
        if before >= 0 and not _stops_between(t, before, q.first):
            continue
        draft = by_sentence.get(t.sentence[before]) if before >= 0 else None
        if draft is not None and draft.cue[0] < q.first:
            kept.extend(draft, q, q.last)
            by_sentence[t.sentence[q.last - 1]] = draft


def _stops_between(t: Tree, start: int, end: int) -> bool:
    return any(t.words[i] in STOPS or "\n" in t.words[i] for i in range(start, end))


def _headlines(t: Tree, kept: Kept, inside: list[int]) -> None:
    """Keep headlines of the kind "Mayor: bridge is safe"."""
    for i in range(1, len(t) - 1):
        if t.words[i] != ":" or inside[i] >= 0 or kept.taken[i] is not None:
            continue
        found = colon(t, i)
        if found is None or found.source is None:
            continue
        end = i + 1
        while end < len(t) and "\n" not in t.words[end] and kept.taken[end] is None:
            end += 1
        start = found.source
        while start and "\n" not in t.words[start - 1]:
            start -= 1
        if end > i + 4:
            rule = "headline-colon"
            kept.keep(Draft(-1, ":", "speech", rule, (i,), [(i + 1, end)], (start, i), found.source))


def _draft(t: Tree, frame: Frame) -> Draft:
    head = source_head(t, frame)
    if head is not None and abs(head - frame.verb) > FAR:
        head = None
    source = _titled(t, source_range(t, head, frame.verb)) if head is not None else None
    content = [r for r in frame.content if r[1] > r[0]]
    return Draft(frame.verb, frame.lemma, frame.act, frame.pattern, frame.cue, content, source, head)


def _titled(t: Tree, source: Range | None) -> Range | None:
    """The source with the titles before it that the parse cut off: "army spokesman Maj. | Gen. Lee"."""
    if source is None or t.pos[source[0]] != "PROPN":
        return source
    start = source[0]
    k = start - 1
    if k > 0 and t.words[k] == "." and t.ends[k - 1] == t.starts[k] and len(t.words[k - 1]) <= ABBREVIATION:
        k -= 1
    if k < 0 or t.pos[k] not in ("NOUN", "PROPN") or not is_person(t.words[k]):
        return source
    while k > t.sentence[k] and t.pos[k - 1] in ("NOUN", "PROPN", "ADJ"):
        k -= 1
    return k, source[1]


def _quoted(t: Tree, kept: Kept, held: dict[int, Draft], quotes: list[Quotation]) -> None:
    """Keep the drafts of quotations, in reading order, since each may carry on the one before."""
    last: Draft | None = None
    for number, q in enumerate(quotes):
        if kept.taken[q.first] is not None:
            continue
        floor = quotes[number - 1].last if number else 0
        ceiling = quotes[number + 1].first if number + 1 < len(quotes) else len(t)
        before, after = gap_before(t, q, floor), gap_after(t, q, ceiling)
        found = link(t, q, before, after)
        if found is None:
            if last is not None and q.words >= LONG and before[0] == before[1] and _follows(t, last, q):
                kept.extend(last, q, after[1])
            continue
        if found.verb in kept.by_verb:
            last = kept.by_verb[found.verb]
            kept.extend(last, q, after[1])
            continue
        frame = held.get(found.verb)
        if found.side == "before":
            frame = _outermost(t, held, found.verb, q) or frame
        holds = frame is not None and any(a < q.first - 1 and q.first < b for a, b in frame.content)
        if frame is not None and holds and found.side == "before" and frame.source is not None:
            if frame.verb in kept.by_verb:
                continue
            last = frame
        else:
            start = _clause_start(t, kept, quotes, number) if found.side == "after" else q.first
            last = _quotation(t, (start, q.last), found, frame)
        last.end = after[1] if found.side == "after" else q.last
        kept.keep(last)


def _outermost(t: Tree, held: dict[int, Draft], v: int, q: Quotation) -> Draft | None:
    """The draft whose content holds both the cue `v` and the quotation after it: "he says he thinks "..."."."""
    found = None
    for _ in range(10):
        v, inner = t.heads[v], v
        if v == inner:
            break
        draft = held.get(v)
        if draft and draft.source and any(a <= inner < b and q.first < b for a, b in draft.content):
            found = draft
    return found


def _quotation(t: Tree, content: Range, found: Link, frame: Draft | None) -> Draft:
    """The draft of a quotation and the cue beside it."""
    v = found.verb
    source = _titled(t, source_range(t, found.source, v)) if found.source is not None else None
    head = found.source
    if source is None and frame is not None:
        source, head = frame.source, frame.head
    lemma = t.lemmas[v] if v >= 0 else ":"
    act = lexicon("verb").get(lemma, ("speech",))[0]
    colon_at = content[0] - 1
    while colon_at > 0 and t.pos[colon_at] == "SPACE":
        colon_at -= 1
    cue = frame.cue if frame else (v,) if v >= 0 else (colon_at,)
    return Draft(v, lemma, act, f"quote-{found.side}", cue, [content], source, head)


def _clause_start(t: Tree, kept: Kept, quotes: list[Quotation], number: int) -> int:
    """Where the sentence starts that quotation `number` ends: it may be quoted in part only."""
    first = quotes[number].first
    if first and t.words[first - 1] in (",", ":"):
        return first
    for k in range(number, max(-1, number - 5), -1):
        start, end = gap_before(t, quotes[k], quotes[k - 1].last if k else 0)
        if not k or start > quotes[k - 1].last or start == end or kept.taken[quotes[k - 1].first]:
            return start
    return first


def _follows(t: Tree, last: Draft, q: Quotation) -> bool:
    """Whether nothing but the end of a sentence and white space stands between a statement and `q`."""
    return q.first - last.end < 9 and all(t.pos[i] in ("PUNCT", "SPACE") for i in range(last.end, q.first))


def _cuts(t: Tree, held: dict[int, Draft]) -> dict[int, int]:
    """Where a content ends, by its cue, since a joined clause has a cue and a source of its own.

    "The army said it advanced, but rebels say it fled": the parse takes both for what the army said.
    """
    cuts: dict[int, int] = {}
    for v, draft in held.items():
        outer = misplaced(t, v)
        if outer is not None and t.child(v, *SUBJECTS) is None:
            cuts[outer] = min(cuts.get(outer, t.left[v]), _before_joiner(t, v, outer))
            continue
        own = t.child(v, *SUBJECTS)
        if t.deps[v] != "conj" or own is None or draft.rule != "that" or draft.act == "attitude":
            continue
        above = t.heads[v]
        for _ in range(4):
            if t.deps[above] != "conj":
                break
            above = t.heads[above]
        if t.deps[above] == "ccomp" and above < v and t.heads[above] in held:
            outer = t.heads[above]
            start = _before_joiner(t, v, above)
            cuts[outer] = min(cuts.get(outer, start), start)
    return cuts


def _before_joiner(t: Tree, v: int, floor: int) -> int:
    """Where the clause of `v` starts, with the comma and the "but" before it."""
    start = t.left[v]
    while start > floor + 1 and (t.words[start - 1] in JOINERS or t.words[start - 1] == ","):
        start -= 1
    return start


def _edges(t: Tree, r: Range, cut: int | None, dashes: list[int], inside: list[int], quotes: list[Quotation]) -> Range:
    """A content's range with the whole of a quotation at its end, and without what is joined to it."""
    a, b = r
    if cut is not None and a < cut < b:
        b = cut
    first = bisect_right(dashes, a + 2)
    if bisect_left(dashes, b) - first == 1 and first == bisect_left(dashes, a):  # a pair holds a parenthesis
        dash = dashes[first]
        b = dash if any(t.pos[i] in ("VERB", "AUX") for i in range(a, min(dash, a + CLAUSE))) else b
    if inside[b - 1] >= 0 and quotes[inside[b - 1]].first >= a:
        b = max(b, quotes[inside[b - 1]].last)
    return a, b
