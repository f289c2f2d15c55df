"""Write a network as int8 ONNX, its word vectors apart: `newslab/models/words.npy` serves all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

INPUTS = ("words", "shapes", "mask")
TABLE = "words.npy"


def export(net: Any, out: Path, work: Path) -> None:
    """Write a torch module (numbers, shapes, mask) -> outputs as `out`, for `newslab.encoder`.

    Weights become int8, a scale for each column. The vectors of wordpieces are left out of the file: it takes
    them as bytes, looked up in `words.npy` beside it.

    Raises
    ------
    SystemExit
        If there are word vectors beside it and the network's are not the same.
    """
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    names = ["numbers", *INPUTS[1:]]
    axes = {name: {0: "rows", 1: "pieces"} for name in (*names, "outputs")}
    plain, whole = work / "plain.onnx", work / "whole.onnx"
    ones = torch.ones(2, 16, dtype=torch.long)
    net.eval()
    torch.onnx.export(
        net, (ones, ones, ones), str(plain), input_names=names, output_names=["outputs"], dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip
    kind = {"weight_type": QuantType.QInt8, "per_channel": True, "reduce_range": True}  # right on processors of any age
    quantize_dynamic(str(plain), str(whole), **kind)
    take_words_out(whole, out)


def take_words_out(whole: Path, out: Path) -> None:
    """Turn a network that takes numbers of wordpieces into one that takes their vectors as bytes."""
    import numpy as np
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(whole))
    graph = model.graph
    (table,) = (t for t in graph.initializer if "word_embeddings" in t.name and t.name.endswith("_quantized"))
    (look_up,) = (node for node in graph.node if node.op_type == "Gather" and node.input[0] == table.name)
    vectors = numpy_helper.to_array(table)
    beside = out.with_name(TABLE)
    if beside.exists():
        if not np.array_equal(np.load(beside, allow_pickle=False), vectors):
            raise SystemExit(f"{beside} has other word vectors than {whole}: export the encoder first, start from it.")
    else:
        np.save(beside, vectors, allow_pickle=False)
    graph.node.remove(look_up)
    for node in graph.node:
        for i, name in enumerate(node.input):
            if name == look_up.output[0]:
                node.input[i] = INPUTS[0]
            elif name == "numbers":
                node.input[i] = "shapes"  # for how many there are
    graph.initializer.remove(table)
    words = onnx.helper.make_tensor_value_info(INPUTS[0], onnx.TensorProto.UINT8, ["rows", "pieces", vectors.shape[1]])
    (numbers,) = (put for put in graph.input if put.name == "numbers")
    graph.input.remove(numbers)
    graph.input.insert(0, words)
    del graph.value_info[:]
    onnx.checker.check_model(model)
    onnx.save(model, str(out))
    print(f"{out.name}: {out.stat().st_size:,} bytes, inputs {[put.name for put in graph.input]}")
