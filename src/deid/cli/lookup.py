"""`deid lookup`: where the person or value behind a stand-in stands in the sources."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import console, plain, print_json, table


def lookup_command(
    stand_in: Annotated[
        str, typer.Argument(metavar="STAND-IN", help=text("lookup.stand_in"), show_default=False)
    ],
    project: Annotated[Path, option("--project", "lookup.project", metavar="DIR")],
    reason: Annotated[str, option("--reason", "lookup.reason", metavar="TEXT")],
    key: Annotated[Path | None, option("--key", "project.key", metavar="FILE")] = None,
    values: Annotated[Path | None, option("--values", "lookup.values", metavar="SRC")] = None,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.batch.lookup import look_up
    from deid.keys import ProjectKey

    loaded = ProjectKey.load(key) if key else None
    places = look_up(stand_in, project, reason=reason, who=getpass.getuser(), key=loaded, source=values)
    if as_json:
        print_json(
            [
                {"file": f"#{p.number:04d}", "source": p.source, "where": p.where, "type": p.entity_type}
                | ({"role": p.role} if p.role else {})
                | ({"value": p.value} if values else {})
                for p in places
            ]
        )
        return
    shown = console()
    headers = [text("lookup.file"), text("lookup.where"), text("recognizers.type"), text("lookup.role")]
    rows = table(*headers, *([text("lookup.value")] if values else []))
    for place in places:
        cells = [f"#{place.number:04d} {place.source}", place.where, place.entity_type, place.role]
        rows.add_row(*map(plain, [*cells, *([place.value] if values else [])]))
    shown.print(rows)
    files = len({place.number for place in places})
    shown.print(text("lookup.count", places=len(places), files=files), style="dim")
