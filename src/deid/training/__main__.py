"""`python -m deid.training`: rebuild the shipped models; `make train` calls it."""

from __future__ import annotations

import argparse
from pathlib import Path

from deid.training.rebuilding import Data, rebuild, train_beside


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
        help="train for the tagger in --out, and leave it and its card",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1], help="the first is shipped, the others are reported"
    )
    given = parser.parse_args()
    data = Data(given.shared, given.samples, given.labelled, given.later, given.numbered)
    if given.keep_tagger:
        train_beside(data, given.out, given.seeds[0])
    else:
        rebuild(data, given.out, given.seeds)


if __name__ == "__main__":
    main()
