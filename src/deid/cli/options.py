"""How options are declared: each with its text, in the language of the user."""

from __future__ import annotations

from typing import Any

import typer

from deid.cli.messages import text


def option(name: str, key: str, *, metavar: str | None = None, panel: str = "") -> Any:
    """An option whose help is the text called `key`; a call within Annotated, so that the language is asked late."""
    shown_in = text(f"panel.{panel}") if panel else None
    return typer.Option(name, metavar=metavar, help=text(key), rich_help_panel=shown_in)
