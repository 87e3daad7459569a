"""`deid restore`: originals in the place of stand-ins, for who has vault, key and a reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import INCOMPLETE, console, plain, print_json, table

if TYPE_CHECKING:
    from deid.restore import Restored


def restore_command(
    source: Annotated[Path, typer.Argument(metavar="OUT", help=text("restore.source"))],
    target: Annotated[Path, typer.Argument(metavar="BACK", help=text("restore.target"))],
    key: Annotated[Path, option("--key", "restore.key", metavar="FILE")],
    reason: Annotated[str, option("--reason", "restore.reason", metavar="TEXT")],
    vault: Annotated[Path | None, option("--vault", "restore.vault", metavar="FILE")] = None,
    vault_key: Annotated[Path | None, option("--vault-key", "restore.vault_key", metavar="FILE")] = None,
    types: Annotated[list[str] | None, option("--type", "restore.type", metavar="TYPE")] = None,
    log: Annotated[Path | None, option("--log", "restore.log", metavar="FILE")] = None,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.keys import ProjectKey
    from deid.restore import restore

    done = restore(
        source,
        target,
        key=ProjectKey.load(key),
        reason=reason,
        vault=vault,
        vault_key=ProjectKey.load(vault_key) if vault_key is not None else None,
        types=_checked(types) if types else None,
        log=log,
    )
    if as_json:
        counted = {"files": done.files, "not_restored": len(done.unreadable), "values": dict(done.counts)}
        print_json(counted | {"reasons": list(done.unreadable)})
    else:
        _show(done)
    if done.unreadable:
        raise typer.Exit(INCOMPLETE)


def _show(done: Restored) -> None:
    shown = console()
    shown.print(
        text(
            "restore.done", files=done.files, values=sum(done.counts.values()), missing=len(done.unreadable)
        ),
        style="bold",
    )
    rows = table(text("recognizers.type"), text("restore.count"), numbers=(1,))
    for kind, count in done.counts.items():
        rows.add_row(plain(kind), str(count))
    shown.print(rows)
    for reason in done.unreadable:
        shown.print(plain(reason))


def _checked(types: list[str]) -> list[str]:
    """PolicyError for a type that does not exist: a misspelt one would restore nothing, silently."""
    from deid.aliases import canonical_type
    from deid.catalog import shipped_catalog
    from deid.errors import PolicyError
    from deid.policy import near_names

    known = shipped_catalog().entity_types
    for name in types:
        if canonical_type(name) not in known:
            raise PolicyError(f"no entity type called {name!r}", hint=near_names(name, known))
    return types
