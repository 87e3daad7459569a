"""`deid samples generate`: invented records with gold labels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import console, fail


def generate_command(
    target: Annotated[Path, typer.Argument(metavar="OUT", help=text("samples.out"), show_default=False)],
    count: Annotated[int, option("--count", "generate.count", metavar="N")] = 200,
    seed: Annotated[int, option("--seed", "generate.seed", metavar="N")] = 0,
    kind: Annotated[list[str] | None, option("--kind", "generate.kind", metavar="KIND")] = None,
    entity_type: Annotated[list[str] | None, option("--type", "generate.type", metavar="TYPE")] = None,
    written_as: Annotated[str, option("--format", "samples.to", metavar="FORMAT")] = "",
    force: Annotated[bool, option("--force", "samples.force")] = False,
) -> None:
    if count < 1:
        fail(text("generate.bad_count"))
    if target.exists() and not force:
        fail(text("samples.exists", name=target.name), hint=text("samples.exists.hint"))
    from deid.evaluation.formats import format_of
    from deid.evaluation.generating import generate

    name = written_as or format_of(target)  # before the work: a suffix that says nothing is an error
    samples = generate(count, seed=seed, kinds=kind or (), types=entity_type or ())
    samples.save(target, format=name)
    marks = sum(len(sample.marks) for sample in samples)
    summary = text("samples.summary", samples=len(samples), marks=marks, kinds=len(samples.entity_types))
    console().print(summary, soft_wrap=True)
    console().print(text("generate.invented", groups=len({sample.group for sample in samples})), style="dim")
