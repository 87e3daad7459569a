"""`deid samples prelabel`: a folder of documents as Label Studio tasks, with predictions to correct."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deid.cli.messages import language, text
from deid.cli.options import option
from deid.cli.output import INCOMPLETE, console, errors, fail, plain, show_error, table

if TYPE_CHECKING:
    from deid.catalog import Catalog
    from deid.evaluation.samples import Sample
    from deid.pipeline import Deidentifier

_ORDER = b"deid samples prelabel"
"""Documents are numbered in a keyed order, the same at every call: names would tell whose they are."""


def prelabel_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=text("samples.prelabel.folder"))],
    target: Annotated[Path, typer.Argument(metavar="OUT.json", help=text("samples.prelabel.out"))],
    policy: Annotated[str, option("--policy", "run.policy")] = "dd-preclosing",
    recognizers: Annotated[Path | None, option("--recognizers", "run.recognizers", metavar="DIR")] = None,
    known: Annotated[Path | None, option("--known", "run.known", metavar="FILE")] = None,
    config: Annotated[Path | None, option("--config", "samples.prelabel.config", metavar="FILE.xml")] = None,
    show_paths: Annotated[bool, option("--show-paths", "run.show_paths")] = False,
    force: Annotated[bool, option("--force", "samples.force")] = False,
) -> None:
    import deid
    from deid.catalog import Catalog
    from deid.evaluation.formats.label_studio import labelling_config, task
    from deid.evaluation.formats.objects import array
    from deid.evaluation.private import write_private
    from deid.pipeline import Deidentifier

    if not folder.is_dir():
        fail(text("samples.prelabel.no_folder"))
    for path in (target, config):
        if path is not None and path.exists() and not force:
            fail(text("samples.exists", name=path.name), hint=text("samples.exists.hint"))
    catalog = Catalog.load(recognizers) if recognizers is not None else None
    deidentifier = Deidentifier(policy=policy, catalog=catalog, known=known)
    samples, unreadable = _read(folder, deidentifier, show_paths=show_paths)
    if not samples:
        fail(text("samples.prelabel.nothing"), code=INCOMPLETE)
    details = {"model_version": f"deid {deid.__version__}"}
    tasks = (task(sample, kind="predictions", details=details) for sample in samples)
    write_private(target, array(tasks).encode())
    _show(samples, unreadable)
    interface = labelling_config(_titles(deidentifier.catalog, samples))
    if config is not None:
        write_private(config, interface.encode())
    else:
        console().print(text("samples.prelabel.paste"), style="bold")
        console().print(plain(interface), soft_wrap=True)
    errors().print(text("samples.holds_values"), style="yellow")
    if unreadable:
        raise typer.Exit(INCOMPLETE)


def _read(folder: Path, deidentifier: Deidentifier, *, show_paths: bool) -> tuple[list[Sample], int]:
    """The samples of all documents, and how many documents could not be read."""
    from deid import formats
    from deid.batch.walk import system_path, walk
    from deid.errors import UnreadableDocument
    from deid.evaluation.prelabelling import prelabelled

    samples: list[Sample] = []
    unreadable = 0
    for found in walk(folder, key=_ORDER, numbers={}):
        if found.ignored:
            continue
        if show_paths:
            errors().print(plain(f"{found.ref} {found.source}"), soft_wrap=True)
        try:
            document = formats.read(system_path(folder / found.source), ref=found.ref)
            read = list(prelabelled(document.blocks(), deidentifier, name=f"{found.number:04d}"))
            samples += read  # whole documents only
        except UnreadableDocument as error:
            unreadable += 1
            show_error(error.message, error.hint)
    return samples, unreadable


def _titles(catalog: Catalog, samples: list[Sample]) -> dict[str, str]:
    """What can be chosen: types in the order of how often they were found, the others, and IGNORE."""
    counts = Counter(mark.entity_type for sample in samples for mark in sample.marks)
    kinds = sorted(
        {*counts, *(spec.entity for spec in catalog.specs if spec.identifier in ("direct", "quasi"))},
        key=lambda kind: (-counts[kind], kind),
    )
    specs = catalog.by_type
    in_chinese = {kind: specs[kind].title if kind in specs else kind for kind in kinds}
    titles = in_chinese if language() == "zh" else {kind: kind for kind in kinds}
    return {**titles, "IGNORE": text("samples.prelabel.ignore")}


def _show(samples: list[Sample], unreadable: int) -> None:
    marks = Counter(mark.entity_type for sample in samples for mark in sample.marks)
    documents = len({sample.group for sample in samples})
    shown = console()
    shown.print(
        text("samples.prelabel.summary", documents=documents, tasks=len(samples), marks=marks.total()),
        style="bold",
    )
    if unreadable:
        shown.print(text("samples.prelabel.unreadable", count=unreadable), style="yellow")
    rows = table(text("samples.stats.type"), text("samples.stats.marks"), numbers=(1,))
    for kind, count in marks.most_common():
        rows.add_row(kind, f"{count:,}")
    shown.print(rows)
