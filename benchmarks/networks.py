"""Networks in torch that are trained here: the encoder, and what all trainings do with networks."""

from __future__ import annotations

from typing import Any

from newslab.encoder import NAMES, ROLES, SHAPES

OUTPUTS = 1 + 2 * len(ROLES), 1 + 2 * len(NAMES), 3  # roles, names, tone


def network(base: str) -> Any:
    """The encoder with its heads, as a torch module: (numbers, shapes, mask) -> rows x pieces x outputs."""
    from torch import nn
    from transformers import AutoConfig, AutoModel

    class Reader(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            eager = {"add_pooling_layer": False, "attn_implementation": "sdpa"}
            self.encoder = AutoModel.from_pretrained(base, **eager)
            width = AutoConfig.from_pretrained(base).hidden_size
            old = self.encoder.embeddings.token_type_embeddings.weight.data
            self.encoder.embeddings.token_type_embeddings = nn.Embedding(SHAPES, width)
            self.encoder.embeddings.token_type_embeddings.weight.data = old[:1].repeat(SHAPES, 1).clone()
            self.drop = nn.Dropout(0.1)
            self.heads = nn.Linear(width, sum(OUTPUTS))

        def forward(self, numbers: Any, shapes: Any, mask: Any) -> Any:
            states = self.encoder(input_ids=numbers, token_type_ids=shapes, attention_mask=mask).last_hidden_state
            return self.heads(self.drop(states))

    return Reader()


def fill(net: Any, weights: dict[str, Any]) -> None:
    """Load weights into a network, whose layers become as wide as the weights are.

    `shrink.py` takes heads of attention and neurons out of layers; all heads are equally wide.
    """
    from torch import nn

    for i, layer in enumerate(net.encoder.encoder.layer):
        at = f"encoder.encoder.layer.{i}."
        reader, writer = layer.attention.self, layer.attention.output
        wide, neurons = (len(weights[at + name]) for name in ("attention.self.query.bias", "intermediate.dense.bias"))
        size = writer.dense.out_features
        reader.num_attention_heads, reader.all_head_size = wide // reader.attention_head_size, wide
        reader.query, reader.key, reader.value = (nn.Linear(size, wide) for _ in range(3))
        writer.dense = nn.Linear(wide, size)
        layer.intermediate.dense, layer.output.dense = nn.Linear(size, neurons), nn.Linear(neurons, size)
    net.load_state_dict(weights)


def batch(rows: list[tuple[list[int], list[int]]]) -> Any:
    """Rows of piece numbers and shapes as arrays (rows x longest): numbers, shapes and mask."""
    import numpy as np

    width = max(len(ids) for ids, _ in rows)
    numbers, shapes, mask = (np.zeros((len(rows), width), "int64") for _ in range(3))
    for i, (ids, kinds) in enumerate(rows):
        numbers[i, : len(ids)] = ids
        shapes[i, : len(ids)] = kinds
        mask[i, : len(ids)] = 1
    return numbers, shapes, mask


def lean(average: dict[str, Any], net: Any, share: float, done: int) -> None:
    """Move the running mean of the weights towards those that a step left; `share` of it is kept."""
    import torch

    keep = min(share, done / (done + 10))  # a mean of few steps must not hold the untrained weights
    with torch.no_grad():
        for name, weight in net.state_dict().items():
            if weight.is_floating_point():
                average[name].lerp_(weight, 1 - keep)
