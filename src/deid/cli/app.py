"""The `deid` command: one module for each subcommand, and the way errors are shown."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from deid.cli import (
    adopt,
    detect,
    doctor,
    evaluate,
    formats,
    lookup,
    policy,
    preview,
    project,
    recognizers,
    restore,
    run,
    samples,
    train,
    tune,
    vault,
)
from deid.cli.messages import text
from deid.cli.output import INCOMPLETE, USAGE, exit_code, prepare_streams, show_error
from deid.errors import DeidError


def _show_version(wanted: bool) -> None:
    if wanted:
        import deid

        typer.echo(f"deid {deid.__version__}")
        raise typer.Exit


def start(
    version: Annotated[
        bool, typer.Option("--version", help=text("app.version"), callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Options that stand before a subcommand."""


def build() -> typer.Typer:
    """The command line, in the language of the user."""
    app = typer.Typer(
        name="deid",
        help=text("app.help"),
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=text("app.help"))(start)
    app.command("run", help=text("run.help"))(run.run_command)
    app.command("detect", help=text("detect.help"))(detect.detect_command)
    app.command("preview", help=text("preview.help"))(preview.preview_command)
    app.command("evaluate", help=text("evaluate.help"))(evaluate.evaluate_command)
    app.command("tune", help=text("tune.help"))(tune.tune_command)
    app.command("train", help=text("train.help"))(train.train_command)
    app.add_typer(recognizers.build(), name="recognizers", help=text("recognizers.help"))
    app.add_typer(policy.build(), name="policy", help=text("policy.help"))
    app.add_typer(project.build(), name="project", help=text("project.help"))
    app.command("adopt", help=text("adopt.help"))(adopt.adopt_command)
    app.command("lookup", help=text("lookup.help"))(lookup.lookup_command)
    app.add_typer(samples.build(), name="samples", help=text("samples.help"))
    app.command("formats", help=text("formats.help"))(formats.formats_command)
    app.command("restore", help=text("restore.help"))(restore.restore_command)
    app.add_typer(vault.build(), name="vault", help=text("vault.help"))
    app.command("doctor", help=text("doctor.help"))(doctor.doctor_command)
    return app


def main() -> None:
    """Entry point. Whatever happens, no traceback: its last line may quote a document."""
    prepare_streams()
    _be_a_module()
    try:
        build()()
    except DeidError as error:
        show_error(error.message, error.hint)
        sys.exit(exit_code(error))
    except KeyboardInterrupt:
        show_error(text("interrupted"))
        sys.exit(INCOMPLETE)
    except BrokenPipeError:
        sys.exit(INCOMPLETE)
    except Exception as error:
        from deid.batch.supervisor import is_disk_full

        if is_disk_full(error):
            show_error(text("run.stopped.disk"))
            sys.exit(INCOMPLETE)
        if isinstance(error, OSError) and error.filename is not None:
            show_error(text("no_access", why=error.strerror))
            sys.exit(USAGE)
        show_error(text("unexpected", kind=type(error).__name__, place=_place(error)))
        sys.exit(INCOMPLETE)


def _be_a_module() -> None:
    """Let the script `deid` pass for `python -m deid`: workers run a script anew, with all it imports."""
    program = sys.modules["__main__"]
    if program.__spec__ is None and getattr(program, "main", None) is main:
        program.__spec__ = find_spec("deid.__main__")


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f", {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
