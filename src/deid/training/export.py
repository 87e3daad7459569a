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
from deid.training.teacher import torch_gates

_OPSET, _IR = 17, 8


def export(network: Network, path: Path) -> None:
    """Write `network` for `deid.detection.tagger`; the directory must exist."""
    arrays = {name: tensor.detach().numpy() for name, tensor in network.named_parameters()}
    constants = {
        "embedding": arrays["embedding.weight"].astype(np.float16),
        "into": _both(arrays, "weight_ih"),
        "across": _both(arrays, "weight_hh"),
        "bias": np.stack(
            [
                np.concatenate(
                    [_onnx_gates(arrays[f"layer.bias_{part}_l0{suffix}"]) for part in ("ih", "hh")]
                )
                for suffix in ("", "_reverse")
            ]
        ),
        "weights": arrays["output.weight"].T.copy(),
        "offsets": arrays["output.bias"],
        "flat": np.array([0, 0, -1], np.int64),
    }
    node = helper.make_node
    graph = helper.make_graph(
        [
            node("Gather", ["embedding", "characters"], ["half"]),
            node("Cast", ["half"], ["single"], to=TensorProto.FLOAT),
            node("Transpose", ["single"], ["steps"], perm=[1, 0, 2]),
            node(
                "GRU",
                ["steps", "into", "across", "bias", "lengths"],
                ["directions"],
                hidden_size=network.layer.hidden_size,
                direction="bidirectional",
                linear_before_reset=1,
            ),
            node("Transpose", ["directions"], ["sides"], perm=[2, 0, 1, 3]),
            node("Reshape", ["sides", "flat"], ["found"]),
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
        graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR, producer_name="deid"
    )
    helper.set_model_props(model, {"vocabulary": network.vocabulary, "tags": " ".join(TAGS)})
    save(model, path)


def restore(folder: Path | None) -> Network:
    """The network of a tagger, the shipped one by default; its second output starts anew."""
    model = load_from_string(read_model(folder))
    arrays = {constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer}
    vocabulary = next(entry.value for entry in model.metadata_props if entry.key == "vocabulary")
    units, width = arrays["across"].shape[2], arrays["into"].shape[2]
    network = Network(vocabulary, width=width, units=units)
    state = {
        "embedding.weight": arrays["embedding"].astype(np.float32),
        "output.weight": arrays["weights"].T,
        "output.bias": arrays["offsets"],
    }
    for direction, suffix in enumerate(("", "_reverse")):
        state[f"layer.weight_ih_l0{suffix}"] = torch_gates(arrays["into"][direction])
        state[f"layer.weight_hh_l0{suffix}"] = torch_gates(arrays["across"][direction])
        for part, bias in zip(("ih", "hh"), np.split(arrays["bias"][direction], 2), strict=True):
            state[f"layer.bias_{part}_l0{suffix}"] = torch_gates(bias)
    network.load_state_dict(
        {name: torch.from_numpy(array.copy()) for name, array in state.items()}, strict=False
    )
    return network


def _both(arrays: dict[str, Any], part: str) -> npt.NDArray[np.float32]:
    """The weights of both directions, gates in the order of ONNX."""
    return np.stack([_onnx_gates(arrays[f"layer.{part}_l0{suffix}"]) for suffix in ("", "_reverse")])


def _onnx_gates(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """torch orders reset, update, new; ONNX orders update, reset, new."""
    reset, update, new = np.split(rows, 3)
    return np.concatenate((update, reset, new))
