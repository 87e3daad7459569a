"""Training: batches of sentences of one length, two losses, a falling rate."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from deid.training.network import UNKNOWN, Network
from deid.training.sentences import UNSURE, Sentence

_SHORTEST = 20
"""Characters as which a sentence counts at least in a batch."""
_CHARACTERS_HIDDEN = 0.01
_WORDS_WEIGHT = 0.3


@dataclass(frozen=True)
class Pace:
    """How fast is learned: characters in a batch, and the highest learning rates of the embeddings and of what reads them."""

    batch: int
    of_embedding: float
    of_layers: float


def fit(
    network: Network,
    items: Sequence[Sentence],
    silver: Sequence[npt.NDArray[np.int8]] | None,
    *,
    epochs: int,
    seed: int,
    pace: Pace,
    report: Callable[[int, float], None] = lambda epoch, loss: None,
) -> None:
    """Train `network` in place. `silver` are the teacher's tags of each sentence, if any."""
    torch.manual_seed(seed)
    torch.set_flush_denormal(True)  # small gradients make a CPU crawl otherwise
    random = Random(seed)
    examples = [
        (
            network.encode(item.text),
            np.array(item.tags, np.int64),
            _words(item, None if silver is None else silver[number]),
        )
        for number, item in enumerate(items)
    ]
    optimizer = torch.optim.AdamW(
        [
            {"params": network.embedding.parameters(), "lr": pace.of_embedding},
            *(
                {"params": part.parameters(), "lr": pace.of_layers}
                for part in (network.layers, network.output, network.words)
            ),
        ],
        weight_decay=0.01,
        fused=True,
    )
    lengths = [len(characters) for characters, _, _ in examples]
    steps = epochs * sum(1 for _ in _batches(lengths, pace.batch, Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / 200) * (0.02 + 0.98 * (1 + math.cos(math.pi * step / steps)) / 2),
    )
    network.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for some in _batches(lengths, pace.batch, random):
            characters, tags, words = (
                torch.from_numpy(np.stack([examples[i][k] for i in some])) for k in range(3)
            )
            loss = _loss(network, characters, tags, words)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item() * len(some), count + len(some)
        report(epoch, total / count)
    network.eval()


def _loss(network: Network, characters: Tensor, tags: Tensor, words: Tensor) -> Tensor:
    hidden = torch.rand(characters.shape) < _CHARACTERS_HIDDEN
    ours, theirs = network(characters.masked_fill(hidden, UNKNOWN))
    return _entropy(ours, tags) + _WORDS_WEIGHT * _entropy(theirs, words)


def _entropy(scores: Tensor, right: Tensor) -> Tensor:
    """Mean over the characters that teach something; 0 where none does."""
    total = functional.cross_entropy(
        scores.flatten(0, 1), right.flatten(), ignore_index=UNSURE, reduction="sum"
    )
    return total / (right != UNSURE).sum().clamp(min=1)


def _words(item: Sentence, silver: npt.NDArray[np.int8] | None) -> npt.NDArray[np.int64]:
    return np.full(len(item.text), UNSURE, np.int64) if silver is None else silver.astype(np.int64)


def _batches(lengths: Sequence[int], batch: int, random: Random) -> Iterator[list[int]]:
    """Indices of sentences of one length, batches of so many characters in random order."""
    order = list(range(len(lengths)))
    random.shuffle(order)
    order.sort(key=lengths.__getitem__)
    batches = []
    for length, equal in groupby(order, key=lengths.__getitem__):
        indices = list(equal)
        size = max(1, batch // max(length, _SHORTEST))
        batches += [indices[first : first + size] for first in range(0, len(indices), size)]
    random.shuffle(batches)
    return iter(batches)
