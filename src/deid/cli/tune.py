"""`deid tune`: propose recognizers from labelled samples, with the gain on samples not seen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import INCOMPLETE, console, errors, fail, plain, print_json, table

if TYPE_CHECKING:
    from deid.evaluation.tuning import Tuning


def tune_command(
    file: Annotated[list[Path], typer.Argument(metavar="SAMPLES", help=text("tune.samples"))],
    out: Annotated[Path, option("--out", "tune.out", metavar="DIR")],
    objective: Annotated[str, option("--objective", "tune.objective")] = "f1",
    folds: Annotated[int | None, option("--folds", "tune.folds", metavar="N")] = None,
    seed: Annotated[int, option("--seed", "tune.seed")] = 0,
    label: Annotated[list[str] | None, option("--label", "samples.label", metavar="OLD=NEW")] = None,
    recognizers: Annotated[Path | None, option("--recognizers", "run.recognizers", metavar="DIR")] = None,
    policy: Annotated[str, option("--policy", "run.policy")] = "dd-preclosing",
    unproven: Annotated[bool, option("--unproven", "tune.unproven")] = False,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.catalog import Catalog
    from deid.cli.samples import kept_apart, load_samples
    from deid.evaluation.tuning import tune
    from deid.pipeline import Deidentifier

    if out.exists() and any(out.iterdir()):
        fail(text("tune.not_empty"), hint=text("tune.new_folder"))
    samples = load_samples(file, label)
    base = Deidentifier(policy=policy, catalog=Catalog.load(recognizers) if recognizers else None)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=errors(), transient=True
    ) as bar:
        task = bar.add_task(text("tune.running"), total=None)
        tuning = tune(
            samples,
            base,
            objective=objective,
            count=folds,
            seed=seed,
            apart=kept_apart(label),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    written = bool(tuning.changes) and (tuning.is_proven or unproven)
    if written:
        tuning.write(out)
    if as_json:
        print_json(_as_json(tuning, written=written))
    else:
        _show(tuning, written=written)
    if not written:
        raise typer.Exit(INCOMPLETE)


def _as_json(tuning: Tuning, *, written: bool) -> dict[str, object]:
    return {
        "written": written,
        "proven": tuning.is_proven,
        "labels": dict(tuning.labels),
        "titles": dict(tuning.titles),
        "floor": {
            "asked": tuning.objective.floor,
            "recall": tuning.after.overall.recall,
            "reached": tuning.reaches_floor,
        }
        if tuning.objective.floor
        else None,
        "gains": {
            name: {measure: gain.to_dict() for measure, gain in row.items()}
            for name, row in tuning.gains.items()
        },
        "unlabelled": {
            "before": dict(tuning.unlabelled[0]),
            "after": dict(tuning.unlabelled[1]),
        },
        "changes": dict(Counter(f"{change.entity_type}.{change.kind}" for change in tuning.changes)),
    }


def _show(tuning: Tuning, *, written: bool) -> None:
    from deid.cli.samples import own_name, read_as_lines

    shown = console()
    for line in read_as_lines(tuning.labels, tuning.titles):
        shown.print(plain(line), style="dim")
    rows = table("", text("tune.before"), text("tune.after"), text("tune.change"), numbers=(1, 2, 3))
    for name, row in tuning.gains.items():
        for measure in ("precision", "recall", "f1"):
            gain = row.get(measure)
            if gain is None or (name != "*" and abs(gain.change) < 0.005):
                continue
            title = text("tune.all_types") if name == "*" else own_name(name, tuning.titles)
            change = f"{100 * gain.change:+.1f} ({100 * gain.low:+.1f} … {100 * gain.high:+.1f})"
            rows.add_row(plain(f"{title} {measure}"), f"{gain.old:.1%}", f"{gain.new:.1%}", change)
    shown.print(text("tune.held_out", count=len(tuning.before.documents)), style="bold")
    shown.print(rows)
    beside = [
        f"{name} {tuning.unlabelled[0].get(name, 0):,} → {tuning.unlabelled[1].get(name, 0):,}"
        for name in dict.fromkeys((*tuning.unlabelled[0], *tuning.unlabelled[1]))
    ]
    if beside:
        shown.print(plain(text("tune.unlabelled", list=", ".join(beside))), style="yellow", soft_wrap=True)
    for (entity_type, kind), count in sorted(
        Counter((change.entity_type, change.kind) for change in tuning.changes).items()
    ):
        shown.print(plain(f"  {own_name(entity_type, tuning.titles)}: {count} {text(f'tune.kind.{kind}')}"))
    if not tuning.changes:
        shown.print(text("tune.nothing"), style="bold")
    elif not tuning.is_proven:
        shown.print(text("tune.noise"), style="bold yellow")
    if not tuning.reaches_floor:
        reached = f"{tuning.after.overall.recall or 0.0:.1%}"
        asked = f"{tuning.objective.floor:.1%}"
        shown.print(text("tune.below_floor", recall=reached, floor=asked), style="bold yellow")
    if written:
        shown.print(text("tune.written"), style="bold")
        shown.print(text("tune.use"), style="dim")
