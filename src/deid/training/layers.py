"""Networks of one hidden layer: how they read, are fitted, and become files.

`Around` reads the characters around a place. Those of the tagger are its start.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from onnx import TensorProto, helper, load_from_string, numpy_helper, save
from torch import Tensor, nn

from deid.detection.networks import LETTER, REACH, Floats
from deid.detection.tagger import read_model
from deid.training.export import IR, OPSET

_WIDTH = 24
_EPOCHS = 10
_BATCH = 512
_RATE, _FALL = 2e-3, 0.8


class Layers(nn.Module):  # type: ignore[misc]
    """One hidden layer; `odds` are those of rows of inputs, or a row of those of each label where there are several."""

    def __init__(self, inputs: int, units: int, labels: int = 1) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(inputs, units), nn.Linear(units, labels)
        self.before, self.within = nn.Dropout(0.0), nn.Dropout(0.0)

    def prepared(self, inputs: Tensor) -> Tensor:
        return inputs

    def forward(self, inputs: Tensor) -> Tensor:
        hidden = torch.relu(self.inner(self.before(self.prepared(inputs))))
        found = self.outer(self.within(hidden))
        return found.squeeze(1) if self.outer.out_features == 1 else found

    def odds(self, inputs: npt.NDArray[np.generic]) -> Floats:
        with torch.no_grad():
            found: Floats = self(torch.from_numpy(inputs)).numpy()
        return found


class Around(Layers):
    """Characters around a place. Those of the tagger are a start: they are alike where their use is."""

    def __init__(self, known: Floats, units: int, *, columns: int = 2 * REACH, labels: int = 1) -> None:
        super().__init__(columns * _WIDTH, units, labels)
        self.columns = columns
        self.register_buffer("known", torch.from_numpy(known))
        self.likeness = nn.Linear(known.shape[1], _WIDTH, bias=False)
        self.own = nn.Embedding(len(known), _WIDTH)
        nn.init.normal_(self.own.weight, std=0.1)
        self.before, self.within = nn.Dropout(0.2), nn.Dropout(0.3)

    def characters(self) -> Tensor:
        return self.own.weight + self.likeness(self.known)

    def prepared(self, inputs: Tensor) -> Tensor:
        return nn.functional.embedding(inputs, self.characters()).flatten(1)


def fit(
    network: Layers,
    rows: npt.NDArray[np.generic],
    named: npt.NDArray[np.generic],
    seed: int,
    *,
    epochs: int = _EPOCHS,
    fall: float = _FALL,
) -> None:
    """`named` is of each row whether it is one, 0-1, or the number of its label; `fall` is what is left of the rate after an epoch."""
    inputs, wanted = torch.from_numpy(rows), torch.from_numpy(named)
    one_of_two, one_of_many = nn.functional.binary_cross_entropy_with_logits, nn.functional.cross_entropy
    loss_of = one_of_two if network.outer.out_features == 1 else one_of_many
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, fall)
    order = torch.Generator().manual_seed(seed)
    network.train()
    for _ in range(epochs):
        for batch in torch.randperm(len(wanted), generator=order).split(_BATCH):
            loss = loss_of(network(inputs[batch]), wanted[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    network.eval()


def standardized(inputs: Floats, named: Floats, units: int, seed: int) -> Layers:
    """Trained on inputs of one size; what is exported takes them as they are."""
    mean, spread = inputs.mean(0), inputs.std(0) + 1e-3
    network = Layers(inputs.shape[1], units)
    fit(network, (inputs - mean) / spread, named, seed)
    network.requires_grad_(False)
    network.inner.weight /= torch.from_numpy(spread)
    network.inner.bias -= network.inner.weight @ torch.from_numpy(mean)
    return network


def of_tagger(folder: Path) -> tuple[str, Floats]:
    """The tagger's vocabulary, and what it knows of each character, behind rows of zeros for what is none."""
    model = load_from_string(read_model(folder))
    vocabulary = next(entry.value for entry in model.metadata_props if entry.key == "vocabulary")
    arrays = {constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer}
    table = arrays["embedding"].astype(np.float32)[1:]
    return vocabulary, np.vstack([np.zeros((LETTER + 1, table.shape[1]), np.float32), table])


def write(network: Layers, path: Path, **properties: str) -> None:
    """As ONNX: rows in, log odds out."""
    node = helper.make_node
    labels = network.outer.out_features
    constants = {
        "inner": network.inner.weight.T.contiguous(),
        "inner_bias": network.inner.bias,
        "outer": network.outer.weight[0] if labels == 1 else network.outer.weight.T.contiguous(),
        "outer_bias": network.outer.bias,
    }
    arrays = {name: tensor.detach().numpy() for name, tensor in constants.items()}
    if isinstance(network, Around):
        arrays["characters"] = network.characters().detach().numpy().astype(np.float16)
        arrays["flat"] = np.array([0, -1], np.int64)
        nodes = [
            node("Gather", ["characters", "around"], ["half"]),
            node("Cast", ["half"], ["single"], to=TensorProto.FLOAT),
            node("Reshape", ["single", "flat"], ["inputs"]),
        ]
        given = helper.make_tensor_value_info("around", TensorProto.INT32, ["rows", network.columns])
    else:
        nodes = [node("Identity", ["traits"], ["inputs"])]
        given = helper.make_tensor_value_info("traits", TensorProto.FLOAT, ["rows", len(arrays["inner"])])
    graph = helper.make_graph(
        [
            *nodes,
            node("Gemm", ["inputs", "inner", "inner_bias"], ["sums"]),
            node("Relu", ["sums"], ["hidden"]),
            node("MatMul", ["hidden", "outer"], ["products"]),
            node("Add", ["products", "outer_bias"], ["odds"]),
        ],
        path.stem,
        [given],
        [
            helper.make_tensor_value_info(
                "odds", TensorProto.FLOAT, ["rows"] if labels == 1 else ["rows", labels]
            )
        ],
        [numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR, producer_name="deid"
    )
    helper.set_model_props(model, properties)
    save(model, path)
