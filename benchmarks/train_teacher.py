"""Train a larger network on PolNeAR, from which the encoder of `train_encoder.py` then learns.

    python benchmarks/train_teacher.py train --eval ../shared/eval --work DIR --large FOLDER [--epochs 2]
    python benchmarks/train_teacher.py teach --eval ../shared/eval --work DIR --large FOLDER

The larger network (all-mpnet-base-v2, Apache 2.0, whose folder `--large` names) is too slow to ship. It reads the
same wordpieces, so what it says of each is what the encoder is taught: `teach` writes `taught.npz` to the work
folder, and `train_encoder.py train` uses it when it is there (Hinton, Vinyals and Dean, arXiv:1503.02531).
"""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path
from typing import Any

from networks import OUTPUTS, batch, lean
from train_encoder import NONE, Example, _batches, text_examples, told_tones

from newslab.encoder import CLS, SEP, SHAPES, TARGET, TARGET_END

BATCH = 12
FROZEN = 3  # layers, and the vectors of the wordpieces, which are left as they are
SMOOTHING = 0.05
AVERAGE = 0.995
PAD = 1
SPECIAL = {CLS: 0, SEP: 2, 0: PAD, 100: 3, 103: 30526}  # the other numbers of the vocabulary are four higher


def network(large: str) -> Any:
    """The teacher as a torch module: (numbers, shapes, mask) -> rows x pieces x tags of parts of attributions."""
    from torch import nn
    from transformers import AutoModel

    class Teacher(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(large, add_pooling_layer=False)
            width = self.encoder.config.hidden_size
            self.shape = nn.Embedding(SHAPES, width)
            nn.init.zeros_(self.shape.weight)
            self.drop = nn.Dropout(0.1)
            self.heads = nn.Linear(width, OUTPUTS[0])

        def forward(self, numbers: Any, shapes: Any, mask: Any) -> Any:
            seen = self.encoder.embeddings.word_embeddings(numbers) + self.shape(shapes)
            return self.heads(self.drop(self.encoder(inputs_embeds=seen, attention_mask=mask).last_hidden_state))

    return Teacher()


def _arrays(rows: list[Example]) -> list[Any]:
    import torch

    numbers, shapes, mask = (torch.from_numpy(a) for a in batch([(r["ids"], r["shapes"]) for r in rows]))
    numbers = torch.tensor([[SPECIAL.get(k, k + 4) for k in row] for row in numbers.tolist()])
    numbers[mask == 0] = PAD
    return [numbers, shapes, mask]


def train(evaluation: Path, work: Path, large: str, epochs: int) -> None:
    """Fine-tune on the windows that have gold; write a running mean of the weights to `teacher.pt`."""
    import torch
    import torch.nn.functional as F

    torch.manual_seed(0)
    random.seed(0)
    rows = [row for row in text_examples(evaluation, work) if any(tag != NONE for tag in row["roles"])]
    net = network(large)
    for name, weight in net.named_parameters():
        weight.requires_grad = "word_embeddings" not in name and not any(f"layer.{k}." in name for k in range(FROZEN))
    new = ("shape", "heads")
    groups = [
        {"params": [p for n, p in net.named_parameters() if p.requires_grad and not n.startswith(new)], "lr": 6e-5},
        {"params": [p for n, p in net.named_parameters() if n.startswith(new)], "lr": 1e-3},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * math.ceil(len(rows) / BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda t: min(1, (t + 1) / 60) * max(0.0, 1 - t / steps))
    average = {name: weight.detach().clone() for name, weight in net.state_dict().items()}
    begun, done = time.time(), 0
    net.train()
    for _ in range(epochs):
        queue = _batches(rows, BATCH)
        random.shuffle(queue)
        for some in queue:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out = net(*_arrays(some))
            gold = torch.full((len(some), out.shape[1]), NONE)
            for i, row in enumerate(some):
                gold[i, : len(row["roles"])] = torch.tensor(row["roles"])
            flat = out.float().reshape(-1, OUTPUTS[0])
            loss = F.cross_entropy(flat, gold.reshape(-1), ignore_index=NONE, label_smoothing=SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            rate.step()
            lean(average, net, AVERAGE, done)
            done += 1
            if done % 50 == 0:
                print(done, steps, round(loss.item(), 4), f"{(time.time() - begun) / done:.2f} s a step", flush=True)
    torch.save(average, work / "teacher.pt")


def teach(evaluation: Path, work: Path, large: str) -> None:
    """Write what the teacher says of every piece of the training texts: log-probabilities, a row a piece."""
    import numpy as np
    import torch

    net = network(large)
    net.load_state_dict(torch.load(work / "teacher.pt", weights_only=True))
    net.eval().to(torch.bfloat16)
    rows = [_unmarked(row) for row in text_examples(evaluation, work) + told_tones(evaluation)]
    said: list[Any] = [None] * len(rows)
    order = sorted(range(len(rows)), key=lambda k: len(rows[k]["ids"]))
    for i in range(0, len(rows), BATCH):
        some = order[i : i + BATCH]
        with torch.inference_mode():
            out = net(*_arrays([rows[k] for k in some])).float().log_softmax(-1)
        for k, found in zip(some, out, strict=True):
            row = rows[k]
            said[k] = np.full((len(row["kept"]), OUTPUTS[0]), -np.inf, "float16")  # of a mark it says nothing
            said[k][row["kept"]] = found[: len(row["ids"])].numpy()
    np.savez(work / "taught.npz", pieces=np.concatenate(said), lengths=[len(s) for s in said])


def _unmarked(row: Example) -> Example:
    """A row without the marks around its target, and which pieces of it are `kept`."""
    kept = [k not in (TARGET, TARGET_END) for k in row["ids"]]
    return {"kept": kept} | {
        name: [x for x, keep in zip(row[name], kept, strict=True) if keep] for name in ("ids", "shapes")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("train", "teach"))
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--large", required=True)
    parser.add_argument("--epochs", type=int, default=2)
    args = parser.parse_args()
    if args.step == "train":
        train(args.eval, args.work, args.large, args.epochs)
    else:
        teach(args.eval, args.work, args.large)


if __name__ == "__main__":
    main()
