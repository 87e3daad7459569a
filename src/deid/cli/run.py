"""`deid run`: a folder in, a de-identified folder and a report out."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from deid.cli.messages import language, text
from deid.cli.options import option
from deid.cli.output import INCOMPLETE, console, errors, fail, plain, print_json, table

if TYPE_CHECKING:
    from deid.batch.run import FolderRun
    from deid.batch.scheduling import Progress

_LISTED = 20
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


class Only(str, Enum):
    """What `--only` may name."""

    FAILED = "failed"


class Pdf(str, Enum):
    """What `--pdf` may name."""

    AUTO = "auto"
    TEXT = "text"
    RASTER = "raster"


class ReportLanguage(str, Enum):
    """What `--report-language` may name."""

    CHINESE = "zh"
    ENGLISH = "en"


def run_command(
    source: Annotated[Path, typer.Argument(metavar="SRC", help=text("run.source"), show_default=False)],
    target: Annotated[Path, typer.Argument(metavar="DST", help=text("run.target"), show_default=False)],
    policy: Annotated[str, option("--policy", "run.policy", panel="settings")] = "dd-preclosing",
    known: Annotated[Path | None, option("--known", "run.known", metavar="FILE", panel="settings")] = None,
    keep: Annotated[Path | None, option("--keep", "run.keep", metavar="FILE", panel="settings")] = None,
    recognizers: Annotated[
        Path | None, option("--recognizers", "run.recognizers", metavar="DIR", panel="settings")
    ] = None,
    project: Annotated[
        Path | None, option("--project", "run.project", metavar="DIR", panel="settings")
    ] = None,
    key: Annotated[Path | None, option("--key", "run.key", metavar="FILE", panel="settings")] = None,
    vault_key: Annotated[
        Path | None, option("--vault-key", "restore.vault_key", metavar="FILE", panel="settings")
    ] = None,
    pdf: Annotated[Pdf, option("--pdf", "run.pdf", panel="settings")] = Pdf.AUTO,
    passwords: Annotated[
        Path | None, option("--passwords", "run.passwords", metavar="FILE", panel="settings")
    ] = None,
    dry_run: Annotated[bool, option("--dry-run", "run.dry_run", panel="running")] = False,
    resume: Annotated[bool, option("--resume", "run.resume", panel="running")] = False,
    only: Annotated[Only | None, option("--only", "run.only", panel="running")] = None,
    model: Annotated[Path | None, option("--model", "run.model", metavar="DIR", panel="settings")] = None,
    workers: Annotated[int | None, option("--workers", "run.workers", metavar="N", panel="running")] = None,
    max_memory: Annotated[
        str | None, option("--max-memory", "run.max_memory", metavar="SIZE", panel="running")
    ] = None,
    show_paths: Annotated[bool, option("--show-paths", "run.show_paths", panel="output")] = False,
    report_language: Annotated[
        ReportLanguage, option("--report-language", "run.language", panel="output")
    ] = ReportLanguage.CHINESE,
    as_json: Annotated[bool, option("--json", "json.help", panel="output")] = False,
) -> None:
    if workers is not None and workers < 1:
        fail(text("run.bad_workers"))
    memory = _bytes(max_memory)
    if dry_run:
        from deid.cli.survey import show_survey

        show_survey(source, target, project=project, workers=workers, show_paths=show_paths, as_json=as_json)
        return
    from deid.batch.scheduling import new_workers

    with new_workers(workers, memory) as running:
        running.get_ready("deid.batch.passes")  # one imports what both need while the other does
        from deid.batch.project import check_key_file, default_project, is_project
        from deid.batch.run import run_folder
        from deid.catalog import Catalog
        from deid.keys import ProjectKey

        if key is not None and not key.exists() and not is_project(project or default_project(target)):
            check_key_file(key, target)
            ProjectKey.generate().save(key)
            errors().print(text("run.new_key"))
        catalog = Catalog.load(recognizers) if recognizers is not None else None
        with _stoppable(), _progress(show=not as_json) as watch:
            done = run_folder(
                source,
                target,
                project=project,
                policy=policy,
                catalog=catalog,
                key=key,
                vault_key=vault_key,
                known=known,
                keep=keep,
                model=model,
                workers=running,
                resume=resume,
                only_failed=only is Only.FAILED,
                pdf=pdf.value,
                passwords=_passwords(passwords),
                language="en" if report_language is ReportLanguage.ENGLISH else "zh",
                watch=watch,
            )
    if as_json:
        print_json(done.report.summary())
    else:
        _show(done, target, show_paths=show_paths)
    if not done.report.complete:
        raise typer.Exit(INCOMPLETE)


def _passwords(path: Path | None) -> tuple[str, ...]:
    """The lines of a file, as they are."""
    if path is None:
        return ()
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeError, OSError):
            return tuple(line for line in path.read_text(encoding).splitlines() if line)
    return fail(text("run.no_passwords"))


def _show(done: FolderRun, target: Path, *, show_paths: bool) -> None:
    from deid.report.wording import words

    report, shown = done.report, console()
    documents = [document for document in report.documents if document.state != "ignored"]
    written = sum(document.state == "done" for document in documents)
    shown.print(
        text(
            "run.summary",
            done=written,
            documents=len(documents),
            found=report.found,
            kinds=len(report.entities),
            seconds=report.seconds,
        ),
        style="bold",
    )
    if again := sum(document.again for document in documents):
        shown.print(text("run.again", count=again))
    if gone := sum(document.reason == "gone" for document in report.documents):
        shown.print(text("run.gone", count=gone))
    missing = [document for document in documents if document.state != "done"]
    if missing:
        shown.print(text("run.without_output", count=len(missing)), style="yellow")
        rows = table("", "", "")
        for document in missing[:_LISTED]:
            path = done.sources.get(document.number, document.output or "") if show_paths else ""
            name = f"{document.ref} {path}".rstrip()
            reason = words(language(), f"reason.{document.reason}")
            rows.add_row(plain(name), words(language(), f"state.{document.state}"), reason)
        shown.print(rows)
        if len(missing) > _LISTED:
            shown.print(text("run.more", count=len(missing) - _LISTED))
    if done.foreign:
        shown.print(text("run.foreign", count=len(done.foreign)), style="yellow")
        for name in done.foreign if show_paths else ():
            shown.print(plain(f"  {name}"), soft_wrap=True)
    if show_paths:
        shown.print(text("run.paths"), style="bold")
        for document in report.documents:
            if document.number in done.sources:
                line = f"{document.ref} {done.sources[document.number]} → {document.output or '—'}"
                shown.print(plain(line), soft_wrap=True)
    shown.print(f"{text('run.output')}: ", plain(target), sep="", soft_wrap=True)
    page = done.project / "report.html"
    if report.stopped not in ("disk", "project") or page.exists():
        shown.print(f"{text('run.report')}: ", plain(page), sep="", soft_wrap=True)
    shown.print(text("run.pseudonymous"), style="dim")
    if report.stopped:
        errors().print(text(f"run.stopped.{report.stopped}"), style="bold red")


@contextmanager
def _progress(*, show: bool) -> Iterator[Callable[[Progress], None]]:
    """A function for run_folder's `watch`. On a terminal it draws a bar; else it is silent."""
    console = errors()
    if not show or not console.is_terminal:
        yield lambda progress: None
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[files]} {task.fields[file]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )  # fmt: skip
    stages = {"detect": text("run.reading"), "write": text("run.writing")}
    with Bars(*columns, console=console, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def watch(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = bars.add_task(stages[progress.stage], files="", file="")
            bars.update(
                tasks[progress.stage],
                total=max(1, progress.total_bytes),
                completed=progress.done_bytes,
                files=f"{progress.done}/{progress.total}",
                file=f"#{progress.number:04d}",
            )

        yield watch


@contextmanager
def _stoppable() -> Iterator[None]:
    """A request to end (SIGTERM) stops the run as Ctrl-C does."""

    def stop(number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _bytes(written: str | None) -> int | None:
    if written is None:
        return None
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([KMG]?)(?:i?B)?", written.strip(), re.IGNORECASE)
    if match is None:
        fail(text("run.bad_memory"))
    return int(float(match[1]) * _UNITS[match[2].upper()])
