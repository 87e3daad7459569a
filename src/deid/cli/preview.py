"""`deid preview`: a document before and after, side by side, in the terminal and as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from deid.cli.messages import language, text
from deid.cli.options import option
from deid.cli.output import console, fail, plain, table

if TYPE_CHECKING:
    from deid.preview import Piece

_LISTED = 200


def preview_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=text("preview.file"))],
    policy: Annotated[str, option("--policy", "run.policy")] = "dd-preclosing",
    key: Annotated[Path | None, option("--key", "run.key", metavar="FILE")] = None,
    known: Annotated[Path | None, option("--known", "run.known", metavar="FILE")] = None,
    keep: Annotated[Path | None, option("--keep", "run.keep", metavar="FILE")] = None,
    recognizers: Annotated[Path | None, option("--recognizers", "run.recognizers", metavar="DIR")] = None,
    html: Annotated[Path | None, option("--html", "preview.html", metavar="FILE")] = None,
    all_blocks: Annotated[bool, option("--all", "preview.all")] = False,
) -> None:
    from deid.catalog import Catalog
    from deid.keys import ProjectKey
    from deid.pipeline import Deidentifier
    from deid.preview import preview

    if not file.is_file():
        fail(text("detect.no_file"))
    deidentifier = Deidentifier(
        policy=policy,
        catalog=Catalog.load(recognizers) if recognizers is not None else None,
        key=ProjectKey.load(key) if key is not None else None,
        known=known,
        keep=keep,
    )
    rows = [row for row in preview(file, deidentifier) if all_blocks or row.changed]
    if html is not None:
        from deid.evaluation.private import write_private
        from deid.report.comparison import render_comparison

        if html.exists():
            fail(text("preview.exists"))
        titles = {spec.entity: spec.title for spec in deidentifier.catalog.specs}
        page = render_comparison(rows, policy=deidentifier.policy, titles=titles, language=language())
        write_private(html, page.encode("utf-8", "replace"))
        console().print(text("preview.written"))
        return
    shown = console()
    if not rows:
        shown.print(text("preview.nothing"))
        return
    sides = table(text("preview.place"), text("preview.before"), text("preview.after"))
    for row in rows[:_LISTED]:
        sides.add_row(plain(row.where), _marked(row.before, "red"), _marked(row.after, "green"))
    shown.print(sides)
    if len(rows) > _LISTED:
        shown.print(text("preview.more", count=len(rows) - _LISTED))


def _marked(pieces: tuple[Piece, ...], colour: str) -> Text:
    marked = Text()
    for piece in pieces:
        changed = piece.operator not in ("", "keep")
        marked.append(piece.text, style=colour if changed else "dim" if piece.operator else "")
    return marked
