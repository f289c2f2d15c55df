"""Fit what joins the encoder's spans and how sure each statement is, on articles set aside from training.

    python benchmarks/fit_statements.py [--eval ../shared/eval] [--write | --tone]

Three small models go into `newslab/models/encoder.json`: by what a content finds its cue and a cue its source
(`joins`, conditional logits over what is near), how probable it is that a statement is right (`statements`,
logistic regression, and the least probability that is kept), and for the tone towards targets
the temperature and how much the lexicon has to say.
A statement is right as in `full` of the scorer. The articles are those of PolNeAR's training half that
`train_encoder.set_aside` keeps, and the sentences of NewsMTSC's training half that it keeps.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from statement_confidence import scorer
from train_encoder import _rows, set_aside

from newslab import encoder
from newslab.attribution import combined, tagged
from newslab.attribution.drafts import Draft, drafts
from newslab.attribution.joins import CUE_FACTS, SOURCE_FACTS, Span, cue_choices, source_choices
from newslab.attribution.quotations import quotations
from newslab.encoder import target_row
from newslab.parsing import load_model, parse
from newslab.records import PROSE
from newslab.segments import quoted_spans, segments
from newslab.statements import rule_precision
from newslab.tree import Tree, tree

OUT = Path(__file__).parents[1] / "newslab" / "models" / "encoder.json"
GRID = [i / 40 for i in range(4, 28)]
TEMPERATURES = [i / 20 for i in range(10, 61)]
SHARES = [i / 20 for i in range(21)]  # of the lexicon in the tone towards targets

WEIGHED = ("cue", "content_soft", "content_strict", "full")  # what the least confidence is chosen by

Row = dict[str, Any]
Case = tuple[np.ndarray, list[int]]  # features of the choices, and which of them are right


def pages(folder: Path) -> list[tuple[Row, Tree, encoder.Reading, list[bool]]]:
    """The articles set aside: gold, parse, what the encoder says, and which tokens are no prose."""
    rows = [r for r in _rows(folder / "polnear" / "train.jsonl") if set_aside(r["id"])]
    parts = [segments(row["text"]) for row in rows]
    docs = parse(load_model(weights="none"), [(row["text"], found) for row, found in zip(rows, parts, strict=True)])
    out = []
    for row, found, doc in zip(rows, parts, docs, strict=True):
        prose = [(s.start, s.end) for s in found if s.part in PROSE]
        t = tree(doc)
        outside = [not any(a <= start < b for a, b in prose) for start in t.starts]
        out.append((row, t, encoder.read(row["text"], prose), outside))
    return out


# ------------------------------------------------------------------ joins


def join_cases(row: Row, t: Tree, near: tagged.Spans) -> dict[str, list[Case]]:
    """Contents with the cues near them, and cues with the sources near them, and which are right by the gold."""
    owner: dict[tuple[int, int], int] = {}
    for number, attribution in enumerate(row["attributions"]):
        for k, role in enumerate(encoder.ROLES):
            for start, end in attribution[role]:
                owner.update({(k, c): number for c in range(start, end)})

    def gold(span: Span, role: int) -> int | None:
        chars = range(t.starts[span.first], t.ends[span.last - 1])
        seen = [owner[role, c] for c in chars if (role, c) in owner]
        return max(set(seen), key=seen.count) if seen else None

    owners = [gold(cue.span, tagged.CUE) for cue in near.cues]
    starts = [cue.span.first for cue in near.cues]
    out: dict[str, list[Case]] = {"content": [], "source": []}
    said: dict[int, list[tuple[int, int]]] = {}
    for content in near.contents:
        number = gold(content, tagged.CONTENT)
        if number is not None:
            head = tagged.head_of(t, (content.first, content.last))
            choices, table = cue_choices(t, content, head, near.cues)
            out["content"].append((table, [i for i, k in enumerate(choices) if owners[k] == number]))
            said.setdefault(number, []).append((content.first, content.last))
    for cue, number in zip(near.cues, owners, strict=True):
        if number in said:
            choices, table = source_choices(t, cue, said[number], near.sources, starts)
            spoken = {c for a, b in row["attributions"][number]["source"] for c in range(a, b)}
            spans = [near.sources[k] for k in choices]
            right = [
                i for i, s in enumerate(spans) if not spoken.isdisjoint(range(t.starts[s.first], t.ends[s.last - 1]))
            ]
            out["source"].append((table, right))
    return out


def fit_choice(cases: list[Case], penalty: float = 1.0) -> np.ndarray:
    """Conditional logit over the rows of each case, the last of which is "none" (Newton's method)."""
    rows = []
    for x, right in cases:
        y = np.zeros(len(x))
        y[right or [-1]] = 1 / len(right or [-1])
        rows.append((x, y))
    size = rows[0][0].shape[1]

    def objective(w: np.ndarray) -> float:
        total = -penalty * float(w @ w) / 2
        for x, y in rows:
            s = x @ w
            total += float(s @ y - s.max() - np.log(np.exp(s - s.max()).sum()))
        return total

    w = np.zeros(size)
    for _ in range(40):
        slope, curve = -penalty * w, penalty * np.eye(size)
        for x, y in rows:
            p = np.exp(x @ w - (x @ w).max())
            p /= p.sum()
            slope += x.T @ (y - p)
            curve += (x.T * p) @ x - np.outer(x.T @ p, x.T @ p)
        step, part, now = np.linalg.solve(curve, slope), 1.0, objective(w)
        while part > 1e-4 and objective(w + part * step) < now:
            part /= 2
        w += part * step
        if abs(step).max() < 1e-4:
            break
    return w


# ------------------------------------------------------------------ confidence


def judged(score: ModuleType, row: Row, t: Tree, reading: encoder.Reading, outside: list[bool]) -> list[Row]:
    """Every candidate of an article: by what it was found, its facts, and whether it is right."""
    quotes = quotations(t, quoted_spans(t.text), skip=outside)
    ruled = drafts(t, quotes, outside=outside)
    words = score.Doc(row["text"])
    gold = [g for g in (score.Att(words, raw) for raw in row["attributions"]) if g.content]
    dropped = words.toks(row.get("discard"))
    out = []
    for candidate in combined.candidates(t, reading, ruled, quotes, rule_precision):
        mine = score.Att(words, _raw(t, candidate.draft))
        if not mine.content or 2 * len(mine.content & dropped) > len(mine.content):
            continue
        right = any(
            score.dice(g.content, mine.content) >= score.MATCH
            and (g.source & mine.source or not (g.source or mine.source))
            for g in gold
        )
        out.append({"by": candidate.by, "facts": candidate.facts, "right": bool(right)})
    return out


def _raw(t: Tree, draft: Draft) -> Row:
    spans = [(t.starts[a], t.ends[b - 1]) for a, b in draft.content if b > a]
    source = [(t.starts[draft.source[0]], t.ends[draft.source[1] - 1])] if draft.source else []
    return {"source": source, "cue": [(t.starts[i], t.ends[i]) for i in draft.cue], "content": spans}


def fit_logistic(facts: np.ndarray, right: np.ndarray, penalty: float = 1.0) -> np.ndarray:
    """Logistic regression with an L2 penalty (Newton's method)."""
    w = np.zeros(facts.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(facts @ w, -30, 30)))
        slope = facts.T @ (right - p) - penalty * w
        curve = (facts.T * (p * (1 - p))) @ facts + penalty * np.eye(len(w))
        step = np.linalg.solve(curve, slope)
        w += step
        if abs(step).max() < 1e-6:
            break
    return w


def calibration_error(chances: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error in ten bins of equal width."""
    which = np.minimum((chances * 10).astype(int), 9)
    parts = [(which == k) for k in range(10)]
    return float(sum(abs(chances[k].mean() - right[k].mean()) * k.sum() for k in parts if k.any()) / len(chances))


# ------------------------------------------------------------------ tone


def tone_weights(folder: Path) -> tuple[float, float]:
    """The encoder's temperature and the lexicon's share at which the log loss of the targets set aside is least."""
    from newslab.sentiment import valence_scores

    rows = [row for row in _rows(folder / "newsmtsc" / "train.jsonl.gz") if set_aside(row["primary_gid"])]
    sizes = encoder.facts()["outputs"]
    first = sizes[0] + sizes[1]
    found, words, tones = [], [], []
    for row in rows:
        for target in row["targets"]:
            at = (row["sentence_normalized"], target["from"], target["to"])
            ids, shapes, inside = target_row(*at)
            if inside:
                (out,) = encoder.run([(ids, shapes)])
                found.append(out[inside, first : first + 3].mean(0))
                words.append(valence_scores(*at))
                tones.append(int(target["polarity"]) // 2 - 1)
    scores, lexicon, gold = np.array(found, float), np.array(words), np.array(tones)

    def chances(heat: float, share: float) -> np.ndarray:
        power = np.exp(scores / heat + share * lexicon)
        return power / power.sum(1, keepdims=True)

    def loss(both: tuple[float, float]) -> float:
        return float(-np.log(chances(*both)[np.arange(len(gold)), gold]).mean())

    heat, share = min(((heat, share) for heat in TEMPERATURES for share in SHARES), key=loss)
    now = chances(heat, share)
    error = calibration_error(now.max(1), now.argmax(1) == gold)
    print(
        f"tone: {len(gold)} targets, accuracy {(now.argmax(1) == gold).mean():.3f}, temperature {heat}, share {share}"
    )
    print(f"tone: log loss {loss((heat, share)):.4f}, calibration error {error:.3f}")
    return heat, share


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--tone", action="store_true", help="fit and write what concerns the tone, and nothing else")
    args = parser.parse_args()
    facts = json.loads(OUT.read_text())
    facts["tone temperature"], facts["tone lexicon"] = tone_weights(args.eval)
    if args.tone:
        OUT.write_text(json.dumps(facts) + "\n")
        return
    read = pages(args.eval)
    cases: dict[str, list[Case]] = {"content": [], "source": []}
    for row, t, reading, outside in read:
        quotes = quotations(t, quoted_spans(t.text), skip=outside)
        near = tagged.spans(t, reading, drafts(t, quotes, outside=outside))
        for role, found in join_cases(row, t, near).items():
            cases[role] += found
    facts["joins"] = {}
    for role, names in (("content", CUE_FACTS), ("source", SOURCE_FACTS)):
        w = fit_choice(cases[role]).round(4)
        hit = np.mean([int((x @ w).argmax()) in (right or [len(x) - 1]) for x, right in cases[role]])
        print(role, len(cases[role]), f"joined right {hit:.3f}", dict(zip(names, w.tolist(), strict=True)))
        facts["joins"][role] = w.tolist()
    encoder.facts = lambda: facts  # type: ignore[assignment]
    tagged.facts = combined.facts = encoder.facts  # type: ignore[assignment]
    score = scorer(args.eval)
    rows = [case for row, t, reading, outside in read for case in judged(score, row, t, reading, outside)]
    fits: dict[str, Any] = {"least": 0.0}
    for by in ("tagged", "rule"):
        x = np.array([r["facts"] for r in rows if r["by"] == by])
        y = np.array([r["right"] for r in rows if r["by"] == by], float)
        w = fit_logistic(x, y)
        p = 1 / (1 + np.exp(-x @ w))
        fits[by] = [round(float(v), 4) for v in w]
        print(by, len(y), f"right {y.mean():.3f}, calibration error {calibration_error(p, y):.3f}")
    facts["statements"] = fits
    best = (0.0, 0.0)
    for least in GRID:
        fits["least"] = least
        told = []
        for row, t, reading, outside in read:
            quotes = quotations(t, quoted_spans(t.text), skip=outside)
            kept = combined.combined(t, reading, drafts(t, quotes, outside=outside), quotes, rule_precision)
            told.append({"id": row["id"], "attributions": [_raw(t, d) for d in kept]})
        scores = score.score([row for row, *_ in read], told)
        best = max(best, (sum(scores[name]["f"] for name in WEIGHED) / len(WEIGHED), least))
    fits["least"] = best[1]
    print("least", best[1], "mean of", WEIGHED, round(best[0], 1))
    if args.write:
        OUT.write_text(json.dumps(facts) + "\n")


if __name__ == "__main__":
    main()
