"""`python -m deid.training`: rebuild the shipped models; `make train` calls it."""

from __future__ import annotations

import argparse
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from deid.training import glances, numbers, surroundings, words
from deid.training.measuring import Figures
from deid.training.shipping import build, go_on, write_card

_AT_ONCE = 2
"""Taggers that are trained side by side; one thread each."""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m deid.training", description="Rebuild the networks that are shipped."
    )
    parser.add_argument("--shared", type=Path, required=True, help="folder of development data")
    parser.add_argument("--samples", type=Path, nargs="+", required=True, help="labelled files to measure on")
    parser.add_argument(
        "--labelled",
        type=Path,
        nargs="+",
        required=True,
        help="labelled files for all networks to learn from",
    )
    parser.add_argument(
        "--later",
        type=Path,
        nargs="*",
        default=[],
        help="further ones, for all but the names by surroundings",
    )
    parser.add_argument(
        "--numbered",
        type=Path,
        nargs="*",
        default=[],
        help="further ones, for the tagger, the glances and the numbers",
    )
    parser.add_argument(
        "--keep-tagger",
        action="store_true",
        help="train for the tagger in --out, and leave it, its card and the names by surroundings",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1], help="the first is shipped, the others are reported"
    )
    given = parser.parse_args()
    first = given.seeds[0]
    later = sorted([*given.labelled, *given.later])
    figures = {} if given.keep_tagger else _taggers(given)
    print(glances.build(_all(given), given.shared, given.out, given.samples, seed=first))
    print(words.build(later, given.shared, given.out, seed=first))
    print(numbers.build(_all(given), given.shared, given.out, seed=first))
    if figures:
        write_card(given.out, figures)


def _all(given: argparse.Namespace) -> list[Path]:
    return sorted([*given.labelled, *given.later, *given.numbered])


def _taggers(given: argparse.Namespace) -> dict[int, Figures]:
    """What the tagger of each seed reaches; the first is left in the folder of the model."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        ProcessPoolExecutor(_AT_ONCE, get_context("spawn")) as pool,
    ):
        folders = {seed: Path(scratch, str(seed)) for seed in given.seeds} | {given.seeds[0]: given.out}
        tasks = {seed: pool.submit(_tagger, given, out, seed) for seed, out in folders.items()}
        return {seed: task.result() for seed, task in tasks.items()}


def _tagger(given: argparse.Namespace, out: Path, seed: int) -> Figures:
    """Train a tagger; the names by surroundings weigh what it says of documents before it has seen any."""
    build(given.shared, out, seed=seed)
    if out == given.out:
        print(surroundings.build(given.labelled, given.shared, out, seed=seed))
    return go_on(given.shared, _all(given), out, given.samples, seed=seed)


if __name__ == "__main__":
    main()
