"""The tagger's network in torch: characters, one bidirectional GRU layer, a tag for each character.

Cho et al. 2014, "Learning Phrase Representations using RNN Encoder-Decoder". While it learns, a
second output predicts the teacher's tags (word boundaries, parts of speech), which tells the
layer below about words that no label of ours speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from deid.detection.tagger import TAGS
from deid.training.teacher import OUTPUTS

UNKNOWN = 0
"""The number of characters outside the vocabulary; the k-th of the vocabulary has number k + 1."""


class Network(nn.Module):  # type: ignore[misc]
    """`vocabulary` is a string of distinct characters."""

    def __init__(self, vocabulary: str, *, width: int = 128, units: int = 128) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.embedding = nn.Embedding(len(vocabulary) + 1, width)
        self.layer = nn.GRU(width, units, batch_first=True, bidirectional=True)
        self.output = nn.Linear(2 * units, len(TAGS))
        self.words = nn.Linear(2 * units, OUTPUTS)
        self.dropout = nn.Dropout(0.25)

    def forward(self, characters: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of our tags and of the teacher's, `(batch, length, tags)`; the sentences have one length."""
        found, _ = self.layer(self.dropout(self.embedding(characters)))
        found = self.dropout(found)
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
        """Take the teacher's characters and first layer, where the sizes agree."""
        with torch.no_grad():
            rows = weights["embedding"]
            width = self.embedding.weight.shape[1]
            if width == rows.shape[1]:
                numbers = [known.get(character, known["OOV"]) for character in self.vocabulary]
                self.embedding.weight[1:] = torch.from_numpy(rows[numbers])
                self.embedding.weight[UNKNOWN] = torch.from_numpy(rows[known["OOV"]].copy())
            for name, parameter in self.layer.named_parameters():
                if parameter.shape == weights[name].shape:
                    parameter.copy_(torch.from_numpy(weights[name].copy()))
