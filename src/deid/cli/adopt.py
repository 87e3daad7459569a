"""`deid adopt`: take in a file that a person redacted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import console


def adopt_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=text("adopt.file"), show_default=False)],
    project: Annotated[Path, option("--project", "lookup.project", metavar="DIR")],
    number: Annotated[str, option("--for", "adopt.number", metavar="NUMBER")],
    source: Annotated[Path, option("--source", "adopt.source", metavar="SRC")],
    key: Annotated[Path | None, option("--key", "project.key", metavar="FILE")] = None,
    recognizers: Annotated[Path | None, option("--recognizers", "run.recognizers", metavar="DIR")] = None,
    reviewed: Annotated[bool, option("--reviewed", "adopt.reviewed")] = False,
) -> None:
    from deid.batch.adopt import adopt_file
    from deid.catalog import Catalog
    from deid.keys import ProjectKey

    output = adopt_file(
        file,
        project,
        number=number,
        source=source,
        key=ProjectKey.load(key) if key else None,
        catalog=Catalog.load(recognizers) if recognizers else None,
        reviewed=reviewed,
    )
    console().print(text("adopt.done", output=output))
