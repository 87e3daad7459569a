"""Rebuilds every network that is shipped, two trainings at a time.

The tagger of the first seed is shipped, those of the others tell how far seeds differ. The small networks need the
first alone, and are trained while the last of the others is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from deid.training import glances, numbers, surroundings, words
from deid.training.measuring import Figures
from deid.training.shipping import build, build_broad, write_card

_AT_ONCE = 2
"""Trainings side by side; one thread each."""


@dataclass(frozen=True)
class Data:
    """What is learned from and measured on: `shared` is the folder of development data, the others are labelled files.

    From `labelled` all networks learn, from `later` all but the names by surroundings, from `numbered` the
    tagger, the glances and the numbers.
    """

    shared: Path
    samples: Sequence[Path]
    labelled: Sequence[Path]
    later: Sequence[Path]
    numbered: Sequence[Path]

    @property
    def all_labelled(self) -> list[Path]:
        """All labelled files to learn from, in order."""
        return sorted([*self.labelled, *self.later, *self.numbered])


def rebuild(data: Data, out: Path, seeds: Sequence[int]) -> None:
    """Train taggers with all seeds and write what is shipped, the card and the manifest into `out`."""
    first, *others = seeds
    with (
        tempfile.TemporaryDirectory() as scratch,
        ProcessPoolExecutor(_AT_ONCE, get_context("spawn")) as pool,
    ):
        shipped = pool.submit(train_tagger, data, out, first)
        reported = {seed: pool.submit(train_tagger, data, Path(scratch, str(seed)), seed) for seed in others}
        figures = {first: shipped.result()}
        beside = pool.submit(train_beside, data, out, first)
        figures |= {seed: task.result() for seed, task in reported.items()}
        beside.result()
    write_card(out, figures)


def train_tagger(data: Data, out: Path, seed: int) -> Figures:
    """Train a tagger on all labelled files."""
    return build(data.shared, data.all_labelled, out, data.samples, seed=seed)


def train_beside(data: Data, out: Path, seed: int) -> None:
    """Train the small networks that stand beside the tagger in `out`."""
    later = sorted([*data.labelled, *data.later])
    print(glances.build(data.all_labelled, data.shared, out, data.samples, seed=seed), flush=True)
    print(words.build(later, data.shared, out, seed=seed), flush=True)
    print(numbers.build(data.all_labelled, data.shared, out, seed=seed), flush=True)
    with tempfile.TemporaryDirectory() as broad:
        build_broad(data.shared, Path(broad), seed=seed)
        print(surroundings.build(data.labelled, data.shared, out, Path(broad), seed=seed), flush=True)
