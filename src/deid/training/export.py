"""The network as an ONNX file: embeddings in half precision, the rest in single, names and tags inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from onnx import TensorProto, helper, load_from_string, numpy_helper, save

from deid.detection.tagger import TAGS, read_model
from deid.training.network import Network
from deid.training.teacher import torch_layer

OPSET, IR = 17, 8
_PARTS = ("into", "across", "bias")


def export(network: Network, path: Path) -> None:
    """Write `network` for `deid.detection.tagger`; the directory must exist."""
    arrays = {name: tensor.detach().numpy() for name, tensor in network.named_parameters()}
    constants = {
        "embedding": arrays["embedding.weight"].astype(np.float16),
        "weights": arrays["output.weight"].T.copy(),
        "offsets": arrays["output.bias"],
        "flat": np.array([0, 0, -1], np.int64),
    }
    node = helper.make_node
    nodes = [
        node("Gather", ["embedding", "characters"], ["half"]),
        node("Cast", ["half"], ["single"], to=TensorProto.FLOAT),
        node("Transpose", ["single"], ["read0"], perm=[1, 0, 2]),
    ]
    for number, layer in enumerate(network.layers):
        constants |= _layer_constants(arrays, number)
        nodes += [
            node(
                "GRU",
                [f"read{number}", *(f"{part}{number}" for part in _PARTS), "lengths"],
                [f"directions{number}"],
                hidden_size=layer.hidden_size,
                direction="bidirectional",
                linear_before_reset=1,
            ),
            node("Transpose", [f"directions{number}"], [f"sides{number}"], perm=[0, 2, 1, 3]),
            node("Reshape", [f"sides{number}", "flat"], [f"read{number + 1}"]),
        ]
    graph = helper.make_graph(
        [
            *nodes,
            node("Transpose", [f"read{len(network.layers)}"], ["found"], perm=[1, 0, 2]),
            node("MatMul", ["found", "weights"], ["products"]),
            node("Add", ["products", "offsets"], ["scores"]),
        ],
        "tagger",
        [
            helper.make_tensor_value_info("characters", TensorProto.INT32, ["batch", "length"]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "length", len(TAGS)])],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR, producer_name="deid"
    )
    helper.set_model_props(model, {"vocabulary": network.vocabulary, "tags": " ".join(TAGS)})
    save(model, path)


def restore(folder: Path | None) -> Network:
    """The network of a tagger, the shipped one by default; its second output starts anew."""
    model = load_from_string(read_model(folder))
    arrays = {constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer}
    vocabulary = next(entry.value for entry in model.metadata_props if entry.key == "vocabulary")
    layers = [
        [arrays[name] for name in node.input[1:4]] for node in model.graph.node if node.op_type == "GRU"
    ]
    network = Network(
        vocabulary,
        width=arrays["embedding"].shape[1],
        units=[across.shape[2] for _, across, _ in layers],
    )
    state = {
        "embedding.weight": arrays["embedding"].astype(np.float32),
        "output.weight": arrays["weights"].T,
        "output.bias": arrays["offsets"],
    }
    for number, (into, across, bias) in enumerate(layers):
        state |= torch_layer(f"layers.{number}", into, across, bias)
    network.load_state_dict(
        {name: torch.from_numpy(array.copy()) for name, array in state.items()}, strict=False
    )
    return network


def _layer_constants(arrays: dict[str, Any], number: int) -> dict[str, npt.NDArray[np.float32]]:
    """The constants of a layer, both directions, gates in the order of ONNX."""

    def both(part: str) -> npt.NDArray[np.float32]:
        return np.stack(
            [_onnx_gates(arrays[f"layers.{number}.{part}_l0{suffix}"]) for suffix in ("", "_reverse")]
        )

    bias = np.concatenate((both("bias_ih"), both("bias_hh")), axis=1)
    parts = (both("weight_ih"), both("weight_hh"), bias)
    return {f"{part}{number}": array for part, array in zip(_PARTS, parts, strict=True)}


def _onnx_gates(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """torch orders reset, update, new; ONNX orders update, reset, new."""
    reset, update, new = np.split(rows, 3)
    return np.concatenate((update, reset, new))
