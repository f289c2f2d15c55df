"""Make a trained network smaller: drop the heads and neurons that matter least, and let it learn from its old self.

    python benchmarks/shrink.py encoder --eval ../shared/eval --work DIR --base FOLDER [--epochs 4]
    python benchmarks/shrink.py kinds   --work DIR --base FOLDER [--epochs 3]

Runs after `train_encoder.py train` or `train_kinds.py train` and before the export, and takes the weights that
they left in the work folder (`weights.pt`, `kinds.pt`), which it writes anew; the old ones are kept beside them.
What matters is told by gates of one before each head and neuron: the squares of the slope of the loss by the gate,
summed (Michel, Levy and Neubig, NeurIPS 2019; Molchanov et al., CVPR 2019). Those of the encoder are judged by parts
of attributions and names, not by the tone. The smaller network then learns what the whole one says of each
wordpiece, and its last states (Hinton, Vinyals and Dean, arXiv:1503.02531); labels count where there are some.
Vectors of words stay as they are.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import train_kinds
from networks import OUTPUTS, batch, fill, lean, network
from train_encoder import CONTEXT, NONE, SMOOTHING, Example, _at, _role_tags, _rows, set_aside, told_tones

from newslab.encoder import CLS, SEP, pieces, windows

ROOT = Path(__file__).resolve().parents[1]
WIDE = 32  # numbers of a head
SHARE = 2 / 3, 1 / 2  # of the heads and of the neurons that are kept, over all layers
LEAST = 4, 384  # heads and neurons that each layer keeps
WIDEST = 1536  # neurons of a layer that nobody has cut
STEP = 64  # neurons are kept or dropped by so many, which processors like
TELLING = 640, 160  # windows and sentences with a target that tell what matters
PIECES = 2500  # of a batch
AVERAGE = 0.998
SPEAKERS = ROOT / "tests" / "speakers"
UNREAD = ("europe",)  # passages left out
GOLD = 0.2  # weight of the labels of parts of attributions


Loss = Callable[[Any, Any, list[Example]], Any]  # of last states and mask of a batch


class Kept(NamedTuple):
    """What stays of one layer: numbers of heads and of neurons."""

    heads: list[int]
    neurons: list[int]


# ------------------------------------------------------------------ what matters, and the cut


def slopes(net: Any, rows: Sequence[Example], loss: Callable[[Any, Any], Any]) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each layer the sum of squares of the slopes of a loss by the gates of its heads and of its neurons."""
    import torch

    layers = net.encoder.encoder.layer
    gates: list[list[Any]] = [[None, None] for _ in layers]
    found = [
        (np.zeros(x.attention.self.num_attention_heads), np.zeros(x.intermediate.dense.out_features)) for x in layers
    ]

    def head_gate(i: int) -> Callable[[Any, Any], Any]:
        def gate(_: Any, given: Any) -> Any:
            rows, width, size = given[0].shape
            gates[i][0] = torch.ones(rows, size // WIDE, requires_grad=True)
            shut = given[0].view(rows, width, -1, WIDE) * gates[i][0][:, None, :, None]
            return (shut.reshape(rows, width, size), *given[1:])

        return gate

    def neuron_gate(i: int) -> Callable[[Any, Any, Any], Any]:
        def gate(_: Any, __: Any, out: Any) -> Any:
            gates[i][1] = torch.ones(out.shape[0], out.shape[-1], requires_grad=True)
            return out * gates[i][1][:, None, :]

        return gate

    hooks = [x.attention.output.register_forward_pre_hook(head_gate(i)) for i, x in enumerate(layers)]
    hooks += [x.intermediate.register_forward_hook(neuron_gate(i)) for i, x in enumerate(layers)]
    net.eval()
    for some in batches(rows):
        arrays = [torch.from_numpy(a) for a in batch([(row["ids"], row["shapes"]) for row in some])]
        loss(net(*arrays), arrays[2]).backward()
        for both, seen in zip(gates, found, strict=True):
            for gate, total in zip(both, seen, strict=True):
                total += (gate.grad**2).sum(0).numpy()
    for hook in hooks:
        hook.remove()
    net.zero_grad()
    return found


def drawn(judged: Callable[[Any], Sequence[Any]]) -> Callable[[Any, Any], Any]:
    """A loss by labels drawn from what the network itself says, so that its slopes tell of its weights, not of gold."""
    import torch
    import torch.nn.functional as F

    def loss(out: Any, mask: Any) -> Any:
        total = 0.0
        for some in judged(out):
            labels = torch.distributions.Categorical(logits=some.detach()).sample()
            each = F.cross_entropy(some.movedim(-1, 1), labels, reduction="none")
            total = total + (each * mask if each.dim() > 1 else each).sum()
        return total

    return loss


def kept(found: Sequence[tuple[np.ndarray, np.ndarray]]) -> list[Kept]:
    """The heads and neurons that matter most: heads in proportion to their layer's, neurons over all layers."""
    heads = [of / np.linalg.norm(of) for of, _ in found]
    order = [np.argsort(-of, kind="stable") for of in heads]
    rest = sorted((-heads[i][h], i, h) for i in range(len(found)) for h in order[i][LEAST[0] :].tolist())
    most = round(SHARE[0] * sum(map(len, heads))) - LEAST[0] * len(found)
    stay = [{*order[i][: LEAST[0]].tolist(), *(h for _, k, h in rest[:most] if k == i)} for i in range(len(found))]
    ranked = [(np.argsort(-of, kind="stable"), np.sort(of)[::-1]) for _, of in found]
    sizes = [LEAST[1]] * len(found)
    while sum(sizes) < SHARE[1] * sum(len(of) for _, of in found):
        gain = [s[n : n + STEP].sum() if n < len(s) else -1.0 for n, (_, s) in zip(sizes, ranked, strict=True)]
        sizes[int(np.argmax(gain))] += STEP
    return [Kept(sorted(h), sorted(o[:n].tolist())) for h, n, (o, _) in zip(stay, sizes, ranked, strict=True)]


def cut(net: Any, parts: Sequence[Kept]) -> None:
    """Take what is not kept out of the layers of a network."""
    weights = net.state_dict()
    for i, part in enumerate(parts):
        inside = [WIDE * h + k for h in part.heads for k in range(WIDE)]
        at = f"encoder.encoder.layer.{i}."
        for name in ("query", "key", "value"):
            for kind in ("weight", "bias"):
                key = f"{at}attention.self.{name}.{kind}"
                weights[key] = weights[key][inside]
        weights[f"{at}attention.output.dense.weight"] = weights[f"{at}attention.output.dense.weight"][:, inside]
        for kind in ("weight", "bias"):
            weights[f"{at}intermediate.dense.{kind}"] = weights[f"{at}intermediate.dense.{kind}"][part.neurons]
        weights[f"{at}output.dense.weight"] = weights[f"{at}output.dense.weight"][:, part.neurons]
    fill(net, weights)


# ------------------------------------------------------------------ learning from the old self


def batches(rows: Sequence[Example]) -> list[list[Example]]:
    """Rows of like length together, at most `PIECES` in a batch."""
    out: list[list[Example]] = [[]] if rows else []
    for row in sorted(rows, key=lambda row: len(row["ids"])):
        if out[-1] and (len(out[-1]) + 1) * len(row["ids"]) > PIECES:
            out.append([])
        out[-1].append(row)
    return out


def shuffled(rows: Sequence[Example], most: int = 960) -> list[list[Example]]:
    """Batches of one epoch, in random order; sentences with a target stay apart from windows of text."""
    queue = []
    for told in (False, True):
        alike = [row for row in rows if ("tone" in row) == told]
        order = random.sample(alike, len(alike))
        queue += [some for i in range(0, len(order), most) for some in batches(order[i : i + most])]
    return random.sample(queue, len(queue))


def states(net: Any, arrays: Sequence[Any]) -> Any:
    """The last states of a network for numbers, shapes and mask: rows x pieces x width."""
    numbers, shapes, mask = arrays
    return net.encoder(input_ids=numbers, token_type_ids=shapes, attention_mask=mask).last_hidden_state


def remember(net: Any, rows: Sequence[Example], said: Callable[[Any, Any], Any]) -> None:
    """Note with each row what the whole network says of it (`said` of states and mask) and its last states."""
    import torch

    net.eval()
    with torch.inference_mode():
        for some in batches(rows):
            arrays = [torch.from_numpy(a) for a in batch([(row["ids"], row["shapes"]) for row in some])]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                seen = states(net, arrays)
            for row, state, out in zip(some, seen, said(seen.float(), arrays[2]), strict=True):
                long = len(row["ids"])
                row["states"] = state[:long].half().numpy().copy()
                row["said"] = (out[:long] if out.dim() > 1 else out).half().numpy().copy()


def learn(net: Any, rows: Sequence[Example], loss: Loss, epochs: int) -> dict[str, Any]:
    """Train a smaller network on what the whole one said; a running mean of its weights."""
    import torch

    for name, weight in net.named_parameters():
        weight.requires_grad = "word_embeddings" not in name
    optimiser = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=3e-4, weight_decay=0.01)
    queues = [shuffled(rows) for _ in range(epochs)]
    steps = sum(map(len, queues))
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda t: min(1, (t + 1) / 100) * max(0.0, 1 - t / steps))
    average = {name: weight.detach().clone() for name, weight in net.state_dict().items()}
    begun, done = time.time(), 0
    for epoch, queue in enumerate(queues):
        total = 0.0
        for some in queue:
            arrays = [torch.from_numpy(a) for a in batch([(row["ids"], row["shapes"]) for row in some])]
            net.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                seen = states(net, arrays)
            apart = distance(seen.float(), arrays[2], some)
            whole = loss(seen.float(), arrays[2], some) + apart
            optimiser.zero_grad()
            whole.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            rate.step()
            lean(average, net, AVERAGE, done)
            done += 1
            total += apart.item()
        print(f"epoch {epoch + 1}, {time.time() - begun:.0f} s, states {total / len(queue):.3f} apart", flush=True)
    return average


def distance(seen: Any, mask: Any, rows: list[Example]) -> Any:
    """The mean square by which last states differ from the whole network's, over their variance."""
    import torch

    old = torch.from_numpy(np.concatenate([row["states"] for row in rows])).float()
    return ((seen[mask.bool()] - old) ** 2).mean() / old.var()


# ------------------------------------------------------------------ the encoder


def texts(evaluation: Path) -> list[Example]:
    """Windows of all texts that may be learnt from; those of PolNeAR with its labels."""
    from newslab.articles import load_articles

    with (ROOT / "data" / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        measured = {row["article_id"] for row in csv.DictReader(manifest) if row["gold"] == "measure"}
    own = load_articles(ROOT / "data" / "sample", progress=False).itertuples()
    some = [(r["text"], r) for r in _rows(evaluation / "polnear/train.jsonl") if not set_aside(r["id"])]
    some += [(r["text"], None) for r in _rows(evaluation / "gum-other/train.jsonl")]
    some += [(r.text, None) for r in own if r.text and r.article_id not in measured]
    some += [(path.read_text("utf-8"), None) for path in sorted(SPEAKERS.glob("invented/*.txt"))]
    some += [
        (r["text"], None)
        for path in sorted(SPEAKERS.glob("passages/*.jsonl"))
        if path.stem not in UNREAD
        for r in _rows(path)
    ]
    out = []
    for text, gold in some:
        p = pieces(text)
        tags = _role_tags(gold, p, _at(p)) if gold else [NONE] * len(p.ids)
        for w in windows(text, p, CONTEXT):
            if w.last - w.first >= 3:
                row = {"ids": [CLS, *p.ids[w.left : w.last], SEP], "shapes": [4, *p.shapes[w.left : w.last], 4]}
                out.append(row | {"roles": [*[NONE] * (1 + w.first - w.left), *tags[w.first : w.last], NONE]})
    return out


def loss_of_text(net: Any) -> Loss:
    """What is lost where a smaller encoder says otherwise than the whole one, and than labels."""
    import torch
    import torch.nn.functional as F

    def loss(seen: Any, mask: Any, rows: list[Example]) -> Any:
        out = net.heads(seen)
        roles, names, _ = out[mask.bool()].split(OUTPUTS, -1)
        old = torch.from_numpy(np.concatenate([row["said"] for row in rows])).float().split(OUTPUTS, -1)
        total = F.cross_entropy(roles, old[0].softmax(-1)) + 0.5 * F.cross_entropy(names, old[1].softmax(-1))
        if "tone" in rows[0]:
            tone = torch.stack([out[i, row["target"], -OUTPUTS[2] :].mean(0) for i, row in enumerate(rows)])
            before = [torch.from_numpy(row["said"][row["target"], -OUTPUTS[2] :]).float().mean(0) for row in rows]
            told = torch.tensor([row["tone"] for row in rows])
            total = total + 0.5 * F.cross_entropy(tone, torch.stack(before).softmax(-1))
            return total + 0.5 * F.cross_entropy(tone, told, label_smoothing=SMOOTHING)
        gold = torch.tensor([tag for row in rows for tag in row["roles"]])
        if (gold != NONE).any():
            total = total + GOLD * F.cross_entropy(roles, gold, ignore_index=NONE, label_smoothing=SMOOTHING)
        return total

    return loss


def encoder(evaluation: Path, work: Path, base: str, epochs: int) -> None:
    """Make the encoder smaller: `weights.pt`."""
    windowed, tones = texts(evaluation), told_tones(evaluation)
    rows = windowed + tones
    net = network(base)
    fill(net, whole_of(work, "weights"))
    remember(net, rows, lambda seen, _: net.heads(seen))
    telling = random.sample(windowed, TELLING[0]) + random.sample(tones, TELLING[1])
    parts = kept(slopes(net, telling, drawn(lambda out: out.split(OUTPUTS, -1)[:2])))
    shrunk(net, parts, rows, loss_of_text(net), epochs, work / "weights.pt")


# ------------------------------------------------------------------ the network for kinds of actors


def kinds(work: Path, base: str, epochs: int) -> None:
    """Make the network for kinds of actors smaller, and write it to `newslab/models`."""
    import torch
    import torch.nn.functional as F

    learnt, measured = train_kinds.examples(work)
    pairs = {(tuple(row[k][0]), tuple(row[k][1])) for row in learnt for k in ("with", "without")}
    rows: list[Example] = [{"ids": list(ids), "shapes": list(shapes)} for ids, shapes in sorted(pairs)]
    net = train_kinds.reader(base)
    fill(net, whole_of(work, "kinds"))

    def read(seen: Any, mask: Any) -> Any:
        inside = mask.unsqueeze(-1).to(seen.dtype)
        return torch.log_softmax(net.heads(net.drop((seen * inside).sum(1) / inside.sum(1))), -1)

    def loss(seen: Any, mask: Any, some: list[Example]) -> Any:
        before = torch.from_numpy(np.stack([row["said"] for row in some])).float()
        return F.cross_entropy(read(seen, mask), before.exp())

    train_kinds.report(net, measured)
    remember(net, rows, read)
    parts = kept(slopes(net, random.sample(rows, sum(TELLING)), drawn(lambda out: (out,))))
    shrunk(net, parts, rows, loss, epochs, work / "kinds.pt")
    train_kinds.report(net, measured)
    train_kinds.write(net, work)


# ------------------------------------------------------------------


def whole_of(work: Path, name: str) -> Any:
    """The weights before they were cut, which are kept beside them: those of now, if nobody has cut these yet."""
    import torch

    whole, now = work / f"{name}_whole.pt", work / f"{name}.pt"
    if now.exists():
        weights = torch.load(now, weights_only=True)
        sizes = {len(of) for key, of in weights.items() if key.endswith("intermediate.dense.bias")}
        if sizes == {WIDEST}:
            now.replace(whole)
    return torch.load(whole, weights_only=True)


def shrunk(net: Any, parts: list[Kept], rows: Sequence[Example], loss: Any, epochs: int, out: Path) -> None:
    """Cut a network, let it learn, and write its weights."""
    import torch

    for i, part in enumerate(parts):
        print(f"layer {i + 1}: {len(part.heads)} heads, {len(part.neurons)} neurons", flush=True)
    cut(net, parts)
    net.load_state_dict(learn(net, rows, loss, epochs))
    torch.save(net.state_dict(), out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", choices=("encoder", "kinds"))
    parser.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--base", default="")
    parser.add_argument("--epochs", type=int)
    args = parser.parse_args()
    import torch

    torch.manual_seed(0)
    random.seed(0)
    if args.network == "encoder":
        encoder(args.eval, args.work, args.base, args.epochs or 4)
    else:
        kinds(args.work, args.base, args.epochs or 3)


if __name__ == "__main__":
    main()
