"""`python -m deid.training`: rebuild the shipped models; `make train` calls it."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from deid.training import glances, numbers, surroundings, words
from deid.training.shipping import EPOCHS, build, write_card


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deid.training", description=build.__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of development data")
    parser.add_argument("--samples", type=Path, nargs="+", required=True, help="labelled files to measure on")
    parser.add_argument(
        "--labelled",
        type=Path,
        nargs="+",
        required=True,
        help="labelled files for the small networks beside the tagger to learn from",
    )
    parser.add_argument(
        "--later", type=Path, nargs="*", default=[], help="further ones, for the networks of what rules leave"
    )
    parser.add_argument(
        "--numbered", type=Path, nargs="*", default=[], help="further ones, for the network of numbers alone"
    )
    parser.add_argument(
        "--keep-tagger", action="store_true", help="train for the tagger in --out, and leave it and its card"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1], help="the first is shipped, the others are reported"
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given = parser.parse_args()
    figures = {}
    for seed in () if given.keep_tagger else given.seeds:
        with tempfile.TemporaryDirectory() as scratch:
            out = given.out if seed == given.seeds[0] else Path(scratch)
            figures[seed] = build(given.shared, out, given.samples, seed=seed, epochs=given.epochs)
    print(glances.build(given.labelled, given.shared, given.out, given.samples, seed=given.seeds[0]))
    print(surroundings.build(given.labelled, given.shared, given.out, seed=given.seeds[0]))
    later = [*given.labelled, *given.later]
    for part, files in ((words, later), (numbers, [*later, *given.numbered])):
        print(part.build(sorted(files), given.shared, given.out, seed=given.seeds[0]))
    if not given.keep_tagger:
        write_card(given.out, figures)


if __name__ == "__main__":
    main()
