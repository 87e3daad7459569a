"""The tagger's network in torch: characters, bidirectional GRU layers, a tag for each character.

Cho et al. 2014, "Learning Phrase Representations using RNN Encoder-Decoder". While it learns, a
second output predicts the teacher's tags (word boundaries, parts of speech), which tells the
layers below about words that no label of ours speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from deid.detection.tagger import TAGS
from deid.training.recurrence import Layer
from deid.training.teacher import OUTPUTS

UNKNOWN = 0
"""The number of characters outside the vocabulary; the k-th of the vocabulary has number k + 1."""


class Network(nn.Module):  # type: ignore[misc]
    """`vocabulary` is a string of distinct characters, `units` the size of each layer in one direction."""

    def __init__(
        self, vocabulary: str, *, width: int = 128, units: Sequence[int] = (128,), dropout: float = 0.25
    ) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.embedding = nn.Embedding(len(vocabulary) + 1, width)
        inputs = (width, *(2 * size for size in units))
        self.layers = nn.ModuleList(Layer(size, out) for size, out in zip(inputs, units, strict=False))
        self.output = nn.Linear(inputs[-1], len(TAGS))
        self.words = nn.Linear(inputs[-1], OUTPUTS)
        self.dropout = nn.Dropout(dropout)

    def forward(self, characters: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of our tags and of the teacher's, `(batch, length, tags)`; the sentences have one length."""
        found = self.dropout(self.embedding(characters))
        for layer in self.layers:
            found = self.dropout(layer(found))
        return self.output(found), self.words(found)

    def encode(self, text: str) -> npt.NDArray[np.int64]:
        numbers = self._numbers
        return np.array([numbers.get(character, UNKNOWN) for character in text], np.int64)

    @property
    def _numbers(self) -> dict[str, int]:
        found: dict[str, int] | None = self.__dict__.get("numbers")
        if found is None:
            found = self.__dict__["numbers"] = {c: n for n, c in enumerate(self.vocabulary, 1)}
        return found

    def start_from(self, weights: Mapping[str, npt.NDArray[np.float32]], known: Mapping[str, int]) -> None:
        """Take the teacher's characters, layers and output, where the sizes agree."""
        rows = weights["embedding.weight"]
        unknown = known["OOV"]
        numbers = [unknown, *(known.get(character, unknown) for character in self.vocabulary)]
        given = {**weights, "embedding.weight": rows[numbers]}
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                if name in given and parameter.shape == given[name].shape:
                    parameter.copy_(torch.from_numpy(given[name].copy()))
