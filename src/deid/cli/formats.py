"""`deid formats`: the kinds of files, what is covered of each, and which extra is missing."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Annotated, NamedTuple

from deid.cli.messages import known_text, text
from deid.cli.options import option
from deid.cli.output import console, plain, print_json, table

_EXTRAS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("png", "jpg", "tif", "webp", "bmp"), ("ocr", "rapidocr")),
    "parquet": ("parquet", "pyarrow"),
}
"""Format → the extra that it needs, and a module of it."""
_CONVERTED = frozenset({"doc", "xls", "ppt"})
"""Formats that LibreOffice converts, which is no extra."""
_BETTER: Mapping[str, tuple[str, str]] = dict.fromkeys(("xlsx", "docx", "pptx", "pdf"), ("ocr", "rapidocr"))
"""Format → the extra without which a part of it is left out."""


class Format(NamedTuple):
    """A kind of file. `extra` is what it needs besides deid, an extra or a program, and `ready` whether that is there."""

    name: str
    covers: str
    extra: str
    ready: bool
    complete: bool


def known_formats() -> list[Format]:
    """All kinds, in the order of the documentation."""
    from deid.formats import FORMATS
    from deid.formats.legacy import program

    found = []
    for name in FORMATS:
        if name in _CONVERTED:
            there = bool(program())
            found.append(Format(name, known_text(f"formats.{name}"), "LibreOffice", there, there))
            continue
        extra, module = _EXTRAS.get(name) or _BETTER.get(name) or ("", "")
        there = not module or find_spec(module) is not None
        found.append(Format(name, known_text(f"formats.{name}"), extra, there or name not in _EXTRAS, there))
    return found


def formats_command(as_json: Annotated[bool, option("--json", "json.help")] = False) -> None:
    found = known_formats()
    if as_json:
        print_json([one._asdict() for one in found])
        return
    rows = table(text("formats.name"), text("formats.covers"), text("formats.needs"))
    for one in found:
        rows.add_row(one.name, plain(one.covers), _state(one))
    console().print(rows)


def _state(one: Format) -> str:
    if not one.extra:
        return "[green]✓[/]"
    if one.complete:
        return f"[green]✓[/] {plain(one.extra if one.name in _CONVERTED else f'[{one.extra}]')}"
    if one.name in _CONVERTED:
        return f"[yellow]![/] {plain(text('formats.program', program=one.extra))}"
    key = "formats.partly" if one.ready else "formats.missing"
    return f"[yellow]![/] {plain(text(key, extra=one.extra))}"
