"""`deid train`: go on training the tagger on labelled samples, and say what it gained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import console, errors, print_json, table

if TYPE_CHECKING:
    from deid.training.finetuning import Training

_FIGURES = ("precision", "recall", "f1", "PERSON.recall", "PERSON.precision", "direct.covered")


def train_command(
    files: Annotated[
        list[Path], typer.Argument(metavar="SAMPLES...", help=text("train.samples"), show_default=False)
    ],
    out: Annotated[Path, option("--out", "train.out", metavar="DIR")],
    base: Annotated[Path | None, option("--model", "train.base", metavar="DIR")] = None,
    epochs: Annotated[int, option("--epochs", "train.epochs")] = 6,
    seed: Annotated[int, option("--seed", "train.seed")] = 0,
    label: Annotated[list[str] | None, option("--label", "samples.label", metavar="OLD=NEW")] = None,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.cli.samples import load_samples
    from deid.training.finetuning import train

    samples = load_samples(files, label)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=errors(), transient=True, disable=as_json,
    ) as bar:  # fmt: skip
        task = bar.add_task(text("train.running"), total=epochs)
        training = train(
            samples, out, base=base, epochs=epochs, seed=seed,
            progress=lambda done, total: bar.update(task, completed=done),
        )  # fmt: skip
    if as_json:
        print_json(
            {
                "learned": training.learned,
                "held_out": len(training.before.scores.documents),
                "figures": _figures(training),
            }
        )
    else:
        _show(training)


def _figures(training: Training) -> dict[str, dict[str, float | None]]:
    return {
        name: {"before": training.before.figure(name), "after": training.after.figure(name)}
        for name in _FIGURES
    }


def _show(training: Training) -> None:
    shown = console()
    shown.print(
        text("train.held_out", learned=training.learned, count=len(training.before.scores.documents)),
        style="bold",
    )
    rows = table("", text("tune.before"), text("tune.after"), text("tune.change"), numbers=(1, 2, 3))
    for name, row in _figures(training).items():
        old, new = row["before"], row["after"]
        if old is not None and new is not None:
            rows.add_row(name, f"{old:.1%}", f"{new:.1%}", f"{100 * (new - old):+.1f}")
    shown.print(rows)
    shown.print(text("train.written"), style="bold")
    shown.print(text("train.use"), style="dim")
