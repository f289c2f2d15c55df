"""Train the network that reads what kind of actor speaks (`newslab.attribution.actor_reader`).

    python benchmarks/train_kinds.py rows  --eval ../shared/eval --work DIR
    python benchmarks/train_kinds.py train --work DIR --base FOLDER [--encoder weights.pt] [--epochs 4]

`rows` finds the statements of the labelled texts and writes what the network reads of each speaker: the sample's
articles and gold for developing, tests/speakers (but `unread`), its passages (but those of HELD), and PolNeAR's
training articles, of which only offsets and kinds stand in the project. `train` needs torch, transformers and a
folder with all-MiniLM-L6-v2, starts from the lower layers of the encoder (`train_encoder.py`; `--encoder int8`, the
default, takes them from the network that ships), and writes int8 weights to `newslab/models/kinds.onnx`.
The seed is fixed; on other machines or library versions the last digits differ.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from fit_speakers import Labelled, accepted, found_in, labelled, pairs, plain
from networks import batch, fill, lean, network
from onnx_export import export

from newslab.attribution.actor_reader import network_row, speakers
from newslab.encoder import CLS, SEP, pieces
from newslab.records import ACTOR_TYPES, Entity, Statement

ROOT = Path(__file__).resolve().parents[1]
SPEAKERS = ROOT / "tests" / "speakers"
LAYERS = 3
BATCH = 32
AVERAGE = 0.995
SMOOTHING = 0.1
LEANT = {"read": 0.5, "new": 0.85}  # how often the rules' kind is told: they were made on what was read
HELD = ("europe", "politics", "services", "sport", "trade")  # passages that only measure
ALIKE = 0.3  # Jaccard of the words of two names of a speaker
MOST = 3  # statements of one speaker that count

Told = dict[str, Any]


def passages(path: Path) -> list[tuple[Labelled, list[dict[str, str]]]]:
    """Short texts of our own, with the kinds of their speakers."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(Labelled(path.stem, f"{path.stem} {i}", r["text"], []), r["speakers"]) for i, r in enumerate(rows)]


def of_passage(gold: Sequence[dict[str, str]], rows: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Each statement whose speaker is labelled, with the kind."""

    def alike(one: str | None, other: str | None) -> float:
        a, b = (set((plain(name) or "").split()) for name in (one, other))
        return len(a & b) / max(1, len(a | b))

    for row in rows:
        best = max(gold, key=lambda s: alike(s["speaker"], row.speaker))
        if row.speaker and alike(best["speaker"], row.speaker) >= ALIKE:
            yield row, best["kind"]


def of_article(article: Labelled, rows: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Each statement with the kind that a reader gave, where its speaker was found right."""
    for gold, row in pairs(article, rows):
        if gold.get("actor_type") and gold["speaker"] and row.speaker and plain(row.speaker) in accepted(gold):
            yield row, gold["actor_type"]


def polnear(evaluation: Path) -> list[tuple[Labelled, dict[int, str]]]:
    """PolNeAR's articles whose speakers have kinds here, by where their statements start."""
    kinds: dict[str, dict[int, str]] = defaultdict(dict)
    with (SPEAKERS / "polnear.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds[row["article"]][int(row["start"])] = row["actor_type"]
    with (evaluation / "polnear/train.jsonl").open(encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    return [(Labelled("polnear", name, texts[name], []), starts) for name, starts in kinds.items()]


def told(article: Labelled, rows: list[Statement], names: Sequence[Entity], kinds: dict[int, str]) -> Iterator[Told]:
    """What the network reads of each speaker, with the kind that most of the statements are labelled with."""
    for theirs, seen in speakers(rows, names):
        labels = Counter(kinds[id(row)] for row in theirs if id(row) in kinds)
        if labels:
            yield {
                "group": article.group,
                "article": article.name,
                "rule": seen.kind,
                "with": network_row(article.text, seen),
                "without": network_row(article.text, seen._replace(kind=None)),
                "kinds": dict(labels),
            }


def write_rows(evaluation: Path, work: Path) -> None:
    """Write the examples, a line each; those of `unread` and of HELD are for measuring."""
    import_module("newslab.statements").read_actors = lambda text, rows, entities: list(rows)  # kinds by rules alone
    read = [(a, None) for a in labelled(("sample", "invented", "gold", "unread"))]
    short = [pair for path in sorted((SPEAKERS / "passages").glob("*.jsonl")) for pair in passages(path)]
    public = polnear(evaluation)
    with (work / "kinds.jsonl").open("w", encoding="utf-8") as out:
        for some in (read, short, public):
            for (article, labels), (rows, names) in zip(some, found_in([a for a, _ in some]), strict=True):
                if labels is None:
                    kinds = {id(row): kind for row, kind in of_article(article, rows)}
                elif isinstance(labels, list):
                    kinds = {id(row): kind for row, kind in of_passage(labels, rows)}
                else:
                    kinds = {id(row): labels[row.start] for row in rows if row.start in labels}
                for example in told(article, rows, names, kinds):
                    out.write(json.dumps(example) + "\n")


def examples(work: Path) -> tuple[list[Told], list[Told]]:
    """Those to learn from, with the phrases of tests/actors.tsv, and those that measure."""
    rows = [json.loads(line) for line in (work / "kinds.jsonl").read_text(encoding="utf-8").splitlines()]
    measured = [row for row in rows if row["group"] in ("unread", *HELD)]
    learnt = [row for row in rows if row["group"] not in ("unread", *HELD)]
    with (ROOT / "tests" / "actors.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            p = pieces(row["phrase"])
            one = [CLS, *p.ids, SEP], [4, *(shape % 5 for shape in p.shapes), 4]
            learnt.append({"group": "phrase", "with": one, "without": one, "kinds": {row["actor_type"]: 0.36}})
    return learnt, measured


def reader(base: str, weights: Any = None) -> Any:
    """The network: (numbers, shapes, mask) -> rows x kinds, from the lower layers of the encoder with these weights."""
    import torch
    from torch import nn

    class Reader(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            whole = network(base)
            if weights is not None:
                fill(whole, weights)
            self.encoder = whole.encoder
            self.encoder.encoder.layer = self.encoder.encoder.layer[:LAYERS]
            self.drop = nn.Dropout(0.1)
            self.heads = nn.Linear(self.encoder.config.hidden_size, len(ACTOR_TYPES))
            for weight in self.encoder.embeddings.parameters():
                weight.requires_grad = False  # the vectors of words are the encoder's

        def forward(self, numbers: Any, shapes: Any, mask: Any) -> Any:
            states = self.encoder(input_ids=numbers, token_type_ids=shapes, attention_mask=mask).last_hidden_state
            inside = mask.unsqueeze(-1).to(states.dtype)
            mean = (states * inside).sum(1) / inside.sum(1)
            return torch.log_softmax(self.heads(self.drop(mean)), -1)

    return Reader()


def train(work: Path, base: str, encoder: str, epochs: int) -> None:
    """Train, print what is right of what measures after each epoch, and write the network."""
    import torch
    import torch.nn.functional as F

    torch.manual_seed(0)
    random.seed(0)
    learnt, measured = examples(work)
    weights = unpacked(base) if encoder == "int8" else torch.load(encoder, weights_only=True)
    net = reader(base, weights)
    groups = [
        {"params": [p for n, p in net.encoder.named_parameters() if p.requires_grad], "lr": 2e-4},
        {"params": net.heads.parameters(), "lr": 2e-3},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (len(learnt) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda t: min(1, (t + 1) / 60) * max(0.0, 1 - t / steps))
    average = {name: weight.detach().clone() for name, weight in net.state_dict().items()}
    print(f"{len(learnt)} speakers and phrases, {len(measured)} speakers that measure, {steps} steps", flush=True)
    begun, done = time.time(), 0
    for epoch in range(epochs):
        rows = [(_seen(row), _kind(row), min(MOST, sum(row["kinds"].values())) ** 0.5) for row in learnt]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i][0][0]) // 12 + random.random())
        queue = [order[i : i + BATCH] for i in range(0, len(order) - BATCH + 1, BATCH)]
        random.shuffle(queue)
        losses = []
        for some in queue:
            net.train()
            arrays = [torch.from_numpy(a) for a in batch([rows[i][0] for i in some])]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out = net(*arrays)
            kinds, shares = torch.tensor([rows[i][1] for i in some]), torch.tensor([rows[i][2] for i in some])
            each = F.cross_entropy(out.float(), kinds, reduction="none", label_smoothing=SMOOTHING)
            loss = (each * shares).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            rate.step()
            done += 1
            lean(average, net, AVERAGE, done)
            losses.append(loss.item())
        print(f"epoch {epoch + 1}, {time.time() - begun:.0f} s, loss {np.mean(losses):.3f}", flush=True)
        now = {name: weight.clone() for name, weight in net.state_dict().items()}
        net.load_state_dict(average)
        report(net, measured)
        torch.save(average, work / "kinds.pt")
        net.load_state_dict(now)
    net.load_state_dict(average)
    write(net, work)


def write(net: Any, work: Path) -> None:
    net.encoder.config._attn_implementation = "eager"
    export(net, ROOT / "newslab" / "models" / "kinds.onnx", work)


def _seen(row: Told) -> tuple[list[int], list[int]]:
    read = row["group"] in ("sample", "invented", "gold")
    return row["with"] if random.random() < LEANT["read" if read else "new"] else row["without"]


def _kind(row: Told) -> int:
    return ACTOR_TYPES.index(max(row["kinds"], key=row["kinds"].__getitem__))


def report(net: Any, measured: Sequence[Told]) -> None:
    """Print how many statements have the right kind, by the rules, the network, and with some trust in the rules."""
    import torch

    net.eval()
    right: dict[str, Counter[str]] = defaultdict(Counter)
    with torch.inference_mode():
        for row in measured:
            (scores,) = net(*(torch.from_numpy(a) for a in batch([row["with"]]))).numpy()
            rule = ACTOR_TYPES.index(row["rule"])
            for trust in (0.0, 0.5, 1.0, 1.5, 2.0):
                told = scores.copy()
                told[rule] += trust
                right[row["group"]][f"+{trust}"] += row["kinds"].get(ACTOR_TYPES[int(told.argmax())], 0)
            right[row["group"]]["rules"] += row["kinds"].get(row["rule"], 0)
            right[row["group"]]["all"] += sum(row["kinds"].values())
    for group, tally in right.items():
        shown = ", ".join(f"{k} {v / tally['all']:.1%}" for k, v in tally.items() if k != "all")
        print(f"  {group}: {shown}", flush=True)


def unpacked(base: str) -> Any:
    """The encoder's weights as floats, from the int8 network that ships."""
    import onnx
    import torch
    from onnx import numpy_helper

    models = ROOT / "newslab" / "models"
    graph = onnx.load(str(models / "encoder.onnx")).graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    held["encoder.embeddings.word_embeddings.weight_quantized"] = np.load(models / "words.npy", allow_pickle=False)
    out = {name: value for name, value in held.items() if name.startswith(("encoder.", "heads."))}

    def floats(name: str) -> np.ndarray:
        whole = name.removesuffix("_quantized")
        return (held[name].astype("float32") - held[f"{whole}_zero_point"].astype("float32")) * held[f"{whole}_scale"]

    for node in graph.node:
        if node.op_type == "MatMulInteger":
            path = node.name.strip("/").removesuffix("_quant").removesuffix("/MatMul").replace("/", ".")
            out[f"{path}.weight"] = floats(node.input[1]).T.copy()
    out |= {name.removesuffix("_quantized"): floats(name) for name in held if "embeddings.weight_quantized" in name}
    return {name: torch.from_numpy(np.array(out[name])) for name in network(base).state_dict()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("rows", "train"))
    parser.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--base", default="")
    parser.add_argument("--encoder", default="int8")
    parser.add_argument("--epochs", type=int, default=4)
    args = parser.parse_args()
    if args.step == "rows":
        write_rows(args.eval, args.work)
    else:
        train(args.work, args.base, args.encoder, args.epochs)


if __name__ == "__main__":
    main()
