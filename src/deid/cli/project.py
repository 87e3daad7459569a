"""`deid project status|close|export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import console, fail, plain, print_json, table

Folder = Annotated[Path, typer.Argument(metavar="PROJECT", help=text("project.folder"), show_default=False)]
KeyFile = Annotated[Path | None, option("--key", "project.key", metavar="FILE")]
AsJson = Annotated[bool, option("--json", "json.help")]


def build() -> typer.Typer:
    """The subcommands."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    app.command("status", help=text("project.status.help"))(status_command)
    app.command("close", help=text("project.close.help"))(close_command)
    app.command("export", help=text("project.export.help"))(export_command)
    return app


def status_command(folder: Folder, key: KeyFile = None, as_json: AsJson = False) -> None:
    from deid.batch.keeping import project_status
    from deid.keys import ProjectKey

    status = project_status(folder, key=ProjectKey.load(key) if key else None)
    if as_json:
        print_json(status.to_json())
        return
    state = text("project.closed", when=status.closed) if status.closed else text("project.open")
    rows = table("", "")
    rows.add_row(text("project.state"), state)
    rows.add_row(text("project.runs"), str(status.runs))
    if not status.closed:
        where = text("project.key_inside") if status.keeps_key else text("project.key_outside")
        rows.add_row(text("project.key_place"), where)
        counts = ", ".join(f"{count} {name}" for name, count in status.files.items())
        rows.add_row(text("project.files"), plain(counts or "0"))
        rows.add_row(text("project.subjects"), str(status.subjects))
        rows.add_row(text("project.vault"), text("yes") if status.reversible else text("no"))
    shown = console()
    shown.print(rows)
    if not status.closed:
        shown.print(text("run.pseudonymous"), style="dim")


def close_command(
    folder: Folder,
    key: KeyFile = None,
    yes: Annotated[bool, option("--yes", "project.yes")] = False,
) -> None:
    from deid.batch.keeping import close_project
    from deid.keys import ProjectKey

    loaded = ProjectKey.load(key) if key else None
    if not yes and not typer.confirm(text("project.confirm")):
        fail(text("project.not_closed"), code=1)
    close_project(folder, key=loaded)
    shown = console()
    shown.print(text("project.was_closed"), style="bold")
    if key is not None:
        shown.print(text("project.destroy_key"), style="yellow")


def export_command(
    folder: Folder,
    target: Annotated[
        Path, typer.Argument(metavar="ARCHIVE", help=text("project.archive"), show_default=False)
    ],
) -> None:
    from deid.batch.keeping import export_project

    names = export_project(folder, target)
    console().print(text("project.exported", names=", ".join(names)))
