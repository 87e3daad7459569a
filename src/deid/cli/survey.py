"""`deid run --dry-run`: what is there, what will have no output, how long, how much disk."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from deid.batch.project import check_folders, default_project
from deid.batch.survey import Survey, survey_folder
from deid.cli.messages import language, text
from deid.cli.output import console, errors, plain, print_json, size, table
from deid.formats.sharing import core_count
from deid.report.wording import words


def show_survey(
    source: Path, target: Path, *, project: Path | None, workers: int | None, show_paths: bool, as_json: bool
) -> None:
    """Read the folder and print what a run would meet."""
    check_folders(source, target, project if project is not None else default_project(target))
    survey = survey_folder(source, target, workers=workers or core_count())
    if as_json:
        content = asdict(survey)
        if not show_paths:
            del content["paths"]
        print_json({"files": survey.files, **content})
    else:
        _show(survey, show_paths=show_paths)


def _show(survey: Survey, *, show_paths: bool) -> None:
    shown = console()
    shown.print(text("dry.heading"), style="bold")
    rows = table(
        *(text(f"dry.{name}") for name in ("format", "files", "size", "characters")), numbers=(1, 2, 3)
    )
    for name, found in survey.formats.items():
        rows.add_row(name, f"{found.files:,}", size(found.size), f"{found.characters:,}")
    shown.print(rows)
    if survey.problems:
        shown.print(text("dry.problems"), style="yellow")
        rows = table(text("dry.reason"), text("dry.files"), numbers=(1,))
        for reason, count in survey.problems.items():
            rows.add_row(words(language(), f"reason.{reason}"), f"{count:,}")
        shown.print(rows)
    if show_paths:
        for path, reason in survey.paths.items():
            shown.print(plain(f"{path}: {words(language(), f'reason.{reason}')}"), soft_wrap=True)
    if survey.ignored:
        shown.print(text("dry.ignored", count=survey.ignored), style="dim")
    seconds = survey.seconds
    time = (
        text("dry.minutes", count=round(seconds / 60))
        if seconds > 90
        else text("dry.seconds", count=round(seconds))
    )
    shown.print(text("dry.time", time=time, workers=survey.workers))
    shown.print(text("dry.disk", need=size(survey.disk_needed), free=size(survey.disk_free)))
    if survey.disk_needed > survey.disk_free:
        errors().print(text("dry.disk_short"), style="bold red")
