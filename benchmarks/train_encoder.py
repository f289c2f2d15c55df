"""Train the encoder of `newslab.encoder`: parts of attributions, names and tone, from one set of weights.

    python benchmarks/train_encoder.py names    --eval ../shared/eval --work DIR [--model en_core_web_md]
    python benchmarks/train_encoder.py train    --eval ../shared/eval --work DIR --base FOLDER [--epochs 4]
    python benchmarks/train_encoder.py export   --work DIR --base FOLDER

`names` marks the names of the training texts with newslab's rules and a spaCy model, which the encoder
then learns (gold of GUM where there is any). `train` needs torch and transformers and a folder with the
weights of all-MiniLM-L6-v2; where `train_teacher.py teach` left `taught.npz`, it learns from that, too.
`export` writes int8 weights to `newslab/models/`; `train_kinds.py train` has to run after it, since both share
the vectors of words. The seed is fixed; on other machines or library versions the last digits differ.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import math
import random
import time
from pathlib import Path
from typing import Any

from networks import OUTPUTS, batch, fill, lean, network
from onnx_export import TABLE, export

from newslab.encoder import CLS, NAMES, ROLES, SEP, Pieces, pieces, target_row, windows

CONTEXT = 16  # pieces of the window before that each window holds
BATCH = 16  # windows; of sentences with a target, twice as many
SMOOTHING = 0.1  # of labels: one annotator in six decides otherwise than another
AVERAGE = 0.998  # share of the running mean of the weights that a step keeps
TAUGHT = 0.8  # share of what a larger network says in the loss of roles, where it has spoken
NONE = -100  # a piece that teaches nothing
GUM_TYPES = {"PERSON": "PERSON", "ORG": "ORG", "PLACE": "GPE"}
PLACES = ("GPE", "LOC", "FAC")


def set_aside(article_id: str) -> bool:
    """Whether an article of PolNeAR's training half is kept for calibration and for reading errors."""
    return int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % 10 == 0


# ------------------------------------------------------------------ names, by the rules


def mark_names(evaluation: Path, work: Path, model: str | None, sample: Path) -> None:
    """Write the names that newslab's rules find in the training texts: one text a line."""
    from newslab.articles import load_articles
    from newslab.entities import entities
    from newslab.naming.names import LABEL_OF
    from newslab.parsing import load_model, parse
    from newslab.segments import segments

    label_of = {"person": "PERSON", "organisation": "ORG", "nationality": "NORP", "place": "GPE", "work": "WORK_OF_ART"}
    texts = [(f"pol:{r['id']}", r["text"]) for r in _rows(evaluation / "polnear/train.jsonl")]
    texts += [(f"gum:{r['id']}", r["text"]) for r in _rows(evaluation / "gum-other/train.jsonl")]
    with (sample.parent / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        measured = {row["article_id"] for row in csv.DictReader(manifest) if row["gold"] == "measure"}
    own = [r for r in load_articles(sample).itertuples() if r.text and r.article_id not in measured]
    texts += [(f"own:{r.article_id}", r.text) for r in own]
    found = [segments(text) for _, text in texts]
    pages = [(text, parts) for (_, text), parts in zip(texts, found, strict=True)]
    prose = ("headline", "standfirst", "subhead", "caption", "body", "dateline")
    with (work / "names.jsonl").open("w", encoding="utf-8") as out:
        for (key, text), parts, doc in zip(texts, found, parse(load_model(model, weights="none"), pages), strict=True):
            spans = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
            names = []
            for e in entities(doc, segments=parts):
                if e.mention == "name":
                    same = [k for a, b, k in spans if a < e.end and b > e.start and LABEL_OF.get(k) == e.label]
                    names.append((e.start, e.end, same[0] if same else label_of.get(e.label) or e.label.upper()))
            free = [s for s in spans if not any(s[0] < b and s[1] > a for a, b, _ in names)]
            row = {
                "id": key,
                "text": text,
                "names": sorted(names),
                "other": [s for s in free if s[2] not in LABEL_OF],
                "furniture": [(p.start, p.end) for p in parts if p.part not in prose],
            }
            out.write(json.dumps(row) + "\n")


# ------------------------------------------------------------------ examples


def _rows(path: Path) -> list[dict[str, Any]]:
    reader = gzip.open if path.suffix == ".gz" else open
    with reader(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _at(p: Pieces) -> dict[int, int]:
    """The piece of each character."""
    return {c: i for i in range(len(p.ids)) for c in range(p.starts[i], p.ends[i])}


def _mark(tags: list[int], inside: list[int], number: int) -> None:
    """Tag pieces as begin and inside of class `number`."""
    last = None
    for i in inside:
        tags[i] = 1 + 2 * number + (last is not None and i == last + 1)
        last = i


def _covered(at: dict[int, int], start: int, end: int) -> list[int]:
    return sorted({at[c] for c in range(start, end) if c in at})


def _role_tags(record: dict[str, Any], p: Pieces, at: dict[int, int]) -> list[int]:
    tags = [0] * len(p.ids)
    for attribution in record["attributions"]:
        for k, role in enumerate(ROLES):
            for start, end in attribution[role]:
                _mark(tags, [i for i in _covered(at, start, end) if not tags[i]], k)
    for start, end in record.get("discard", []):
        for i in _covered(at, start, end):
            tags[i] = NONE
    return tags


def _name_tags(silver: dict[str, Any], gold: dict[str, Any] | None, p: Pieces, at: dict[int, int]) -> list[int]:
    tags = [0] * len(p.ids)
    rows = [*silver["names"], *((a, b, "NUMBER") for a, b, _ in silver["other"])]
    if gold is not None:  # what GUM types is gold; the rest is the rules'
        sure = []
        for mention in gold["mentions"]:
            if mention["kind"] != "name" or mention.get("nested"):
                continue
            start, end = mention.get("name") or (mention["start"], mention["end"])
            near = [label for a, b, label in silver["names"] if a < end and b > start]
            label = GUM_TYPES.get(mention["type"])
            if label == "GPE" and near and near[0] in PLACES:
                label = near[0]
            if label is None:
                label = next((k for k in near if k not in ("PERSON", "ORG", *PLACES)), "?")
            sure.append((start, end, label))
        rows = [r for r in rows if r[2] not in ("PERSON", "ORG", *PLACES)]
        rows = [r for r in rows if not any(r[0] < b and r[1] > a for a, b, _ in sure)] + sure
    for start, end, label in rows:
        inside = _covered(at, start, end)
        if label in NAMES:
            _mark(tags, inside, NAMES.index(label))
        else:
            for i in inside:
                tags[i] = NONE
    for start, end in silver["furniture"]:
        for i in _covered(at, start, end):
            tags[i] = NONE
    return tags


Example = dict[str, Any]


def text_examples(evaluation: Path, work: Path) -> list[Example]:
    """Windows of text with role and name tags."""
    attributed = {f"pol:{r['id']}": r for r in _rows(evaluation / "polnear/train.jsonl")}
    named = {f"gum:{r['id']}": r for r in _rows(evaluation / "gum-other/train.jsonl")}
    out = []
    for silver in _rows(work / "names.jsonl"):
        key, text = silver["id"], silver["text"]
        if key.startswith("pol:") and set_aside(key[4:]):
            continue
        p = pieces(text)
        at = _at(p)
        names = _name_tags(silver, named.get(key), p, at)
        roles = _role_tags(attributed[key], p, at) if key in attributed else [NONE] * len(p.ids)
        for w in windows(text, p, CONTEXT):
            if w.last - w.first < 3:
                continue
            pad = [NONE] * (1 + w.first - w.left)
            out.append(
                {
                    "ids": [CLS, *p.ids[w.left : w.last], SEP],
                    "shapes": [4, *p.shapes[w.left : w.last], 4],
                    "roles": [*pad, *roles[w.first : w.last], NONE],
                    "names": [*pad, *names[w.first : w.last], NONE],
                }
            )
    return out


def tone_examples(path: Path) -> list[Example]:
    """Sentences with a marked target and its tone: 0 negative, 1 neutral, 2 positive."""
    out = []
    for row in _rows(path):
        sentence = row["sentence_normalized"]
        for target in row["targets"]:
            ids, shapes, inside = target_row(sentence, target["from"], target["to"])
            if inside:
                tone = int(target["polarity"]) // 2 - 1
                out.append({"ids": ids, "shapes": shapes, "target": inside, "tone": tone, "id": row["primary_gid"]})
    return out


def told_tones(evaluation: Path) -> list[Example]:
    """Those of the training split that are not kept for calibration."""
    return [e for e in tone_examples(evaluation / "newsmtsc/train.jsonl.gz") if not set_aside(e["id"])]


# ------------------------------------------------------------------ training


def _loss_of_text(out: Any, rows: list[Example]) -> Any:
    import torch
    import torch.nn.functional as F

    roles, names, _ = out.split(OUTPUTS, -1)
    share = TAUGHT if "taught" in rows[0] else 0.0
    gold = {k: torch.full((len(rows), out.shape[1]), NONE) for k in ("roles", "names")}
    for i, row in enumerate(rows):
        for k, tags in gold.items():
            tags[i, : len(row[k])] = torch.tensor(row[k])
    how = {"ignore_index": NONE, "label_smoothing": SMOOTHING}
    loss = 0.5 * F.cross_entropy(names.reshape(-1, OUTPUTS[1]), gold["names"].reshape(-1), **how)
    if (gold["roles"] != NONE).any():
        loss = loss + (1 - share) * F.cross_entropy(roles.reshape(-1, OUTPUTS[0]), gold["roles"].reshape(-1), **how)
    return loss + (share * _loss_of_taught(roles, rows) if share else 0.0)


def _loss_of_taught(roles: Any, rows: list[Example]) -> Any:
    import torch
    import torch.nn.functional as F

    said = [torch.from_numpy(row["taught"]).float().exp() for row in rows]
    told = torch.cat([roles[i, : len(tags)] for i, tags in enumerate(said)])
    return F.cross_entropy(told, torch.cat(said))


def add_taught(rows: list[Example], path: Path) -> None:
    """Give each window what the larger network says of it (`train_teacher.py`)."""
    import numpy as np

    with np.load(path) as kept:
        lengths, said = kept["lengths"], kept["pieces"]
    if lengths.tolist() != [len(row["ids"]) for row in rows]:
        raise SystemExit(f"{path} was written for other windows: run train_teacher.py teach again.")
    for row, tags in zip(rows, np.split(said, np.cumsum(lengths)[:-1]), strict=True):
        row["taught"] = tags


def _loss_of_tone(out: Any, rows: list[Example]) -> Any:
    import torch
    import torch.nn.functional as F

    roles, _, tone = out.split(OUTPUTS, -1)
    scores = torch.stack([tone[i, row["target"]].mean(0) for i, row in enumerate(rows)])
    loss = F.cross_entropy(scores, torch.tensor([row["tone"] for row in rows]), label_smoothing=SMOOTHING)
    return loss + (TAUGHT * _loss_of_taught(roles, rows) if "taught" in rows[0] else 0.0)


def _batches(rows: list[Example], size: int) -> list[list[Example]]:
    """Batches of like length, in random order."""
    random.shuffle(rows)
    out = []
    for i in range(0, len(rows), size * 50):
        chunk = sorted(rows[i : i + size * 50], key=lambda row: len(row["ids"]))
        out += [chunk[k : k + size] for k in range(0, len(chunk), size)]
    return out


def train(evaluation: Path, work: Path, base: str, epochs: int) -> None:
    """Train on PolNeAR, GUM's other genres, the names that rules mark, and NewsMTSC; write `weights.pt`."""
    import numpy as np
    import torch

    torch.manual_seed(0)
    random.seed(0)
    np.random.seed(0)
    texts, tones = text_examples(evaluation, work), told_tones(evaluation)
    if (work / "taught.npz").exists():
        add_taught(texts + tones, work / "taught.npz")
    net = network(base)
    new = ("token_type", "heads")
    groups = [
        {"params": [p for n, p in net.named_parameters() if not any(k in n for k in new)], "lr": 2e-4},
        {"params": [p for n, p in net.named_parameters() if any(k in n for k in new)], "lr": 1e-3},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (math.ceil(len(texts) / BATCH) + math.ceil(len(tones) / BATCH / 2))
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda t: min(1, (t + 1) / 100) * max(0.0, 1 - t / steps))
    print(f"{len(texts)} windows, {len(tones)} targets, {steps} steps", flush=True)
    average = {name: weight.detach().clone() for name, weight in net.state_dict().items()}
    begun, done = time.time(), 0
    seen: dict[str, list[float]] = {"text": [], "tone": []}
    for epoch in range(epochs):
        queue = _batches(texts, BATCH) + _batches(tones, 2 * BATCH)
        random.shuffle(queue)
        for rows in queue:
            arrays = [torch.from_numpy(a) for a in batch([(row["ids"], row["shapes"]) for row in rows])]
            net.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out = net(*arrays)
            of_tone = "tone" in rows[0]
            loss = _loss_of_tone(out.float(), rows) if of_tone else _loss_of_text(out.float(), rows)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            rate.step()
            lean(average, net, AVERAGE, done)
            seen["tone" if of_tone else "text"].append(loss.item())
            done += 1
            if done % 50 == 0:
                means = {k: round(float(np.mean(v[-50:])), 4) for k, v in seen.items() if v}
                print(done, steps, means, f"{(time.time() - begun) / done:.2f} s a step", flush=True)
        torch.save(average, work / "weights.pt")
        torch.save(average, work / f"weights{epoch + 1}.pt")
        print("epoch", epoch + 1, "written", flush=True)


# ------------------------------------------------------------------ export


def export_encoder(work: Path, base: str, out: Path) -> None:
    """Write the weights as an int8 ONNX network, and what goes with it as JSON."""
    import torch

    net = network(base)
    fill(net, torch.load(work / "weights.pt", weights_only=True))  # `shrink.py` may have cut it
    net.encoder.config._attn_implementation = "eager"
    (out / TABLE).unlink(missing_ok=True)  # another encoder has other word vectors
    export(net, out / "encoder.onnx", work)
    known = out / "encoder.json"
    facts = json.loads(known.read_text()) if known.exists() else {}  # what `fit_statements.py` wrote
    known.write_text(json.dumps(facts | {"outputs": OUTPUTS}) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("names", "train", "export"))
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--base", default="")
    parser.add_argument("--model")
    parser.add_argument("--sample", type=Path, default=Path("data/sample"))
    parser.add_argument("--epochs", type=int, default=4)
    args = parser.parse_args()
    if args.step == "names":
        mark_names(args.eval, args.work, args.model, args.sample)
    elif args.step == "train":
        train(args.eval, args.work, args.base, args.epochs)
    else:
        export_encoder(args.work, args.base, Path(__file__).parents[1] / "newslab" / "models")


if __name__ == "__main__":
    main()
