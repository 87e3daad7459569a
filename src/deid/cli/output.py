"""How commands speak: results on standard output, everything else on standard error.

Nothing here shows a traceback or the text of an exception that deid did not write: it may
quote a document.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from deid.cli.messages import text, translated
from deid.errors import (
    CatalogError,
    DeidError,
    KeyFileError,
    ListError,
    ModelError,
    PolicyError,
    ProjectError,
    SamplesError,
    VaultError,
)

USAGE, INCOMPLETE = 2, 1

_WRONG_USAGE = (
    *(ProjectError, PolicyError, CatalogError, ListError),
    *(KeyFileError, ModelError, SamplesError, VaultError),
)


def console() -> Console:
    """For results."""
    return Console(highlight=False, soft_wrap=False)


def errors() -> Console:
    """For errors and progress."""
    return Console(stderr=True, highlight=False)


def prepare_streams() -> None:
    """A character that the terminal cannot show becomes a question mark, not an exception."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def print_json(content: Any) -> None:
    """JSON in UTF-8, whatever the terminal's encoding."""
    written = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(written)
        return
    sys.stdout.flush()
    buffer.write(written.encode("utf-8", "replace"))
    buffer.flush()


def fail(message: str, *, hint: str = "", code: int = USAGE) -> NoReturn:
    """`error: …` and `hint: …`, then leave."""
    show_error(message, hint)
    raise typer.Exit(code)


def show_error(message: str, hint: str = "") -> None:
    """The two lines, in the language of the user."""
    shown = errors()
    shown.print(f"[bold red]{text('error')}[/] {escape(translated(message))}", soft_wrap=True)
    if hint:
        shown.print(f"[bold cyan]{text('hint')}[/] {escape(translated(hint))}", soft_wrap=True)


def exit_code(error: DeidError) -> int:
    """2 when the command was given something wrong, 1 when a document cannot be done."""
    return USAGE if isinstance(error, _WRONG_USAGE) else INCOMPLETE


def table(*headers: str, numbers: tuple[int, ...] = ()) -> Table:
    """A plain table; `numbers` are the columns to align to the right."""
    made = Table(
        box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_header=any(headers)
    )
    for index, header in enumerate(headers):
        made.add_column(header, justify="right" if index in numbers else "left", overflow="fold")
    return made


def plain(value: object) -> Text:
    """Text in which brackets are no markup."""
    return Text(str(value))


def size(count: float) -> str:
    """
    >>> size(900), size(2_300_000)
    ('900 B', '2.3 MB')
    """
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"
