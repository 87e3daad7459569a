"""`deid vault status|rotate|destroy`."""

from __future__ import annotations

import getpass
import platform
from pathlib import Path
from typing import Annotated

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import console, fail, plain, print_json, table

_Vault = Annotated[Path, typer.Argument(metavar="VAULT", help=text("vault.path"))]


def build() -> typer.Typer:
    """The subcommands."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    app.command("status", help=text("vault.status.help"))(status_command)
    app.command("rotate", help=text("vault.rotate.help"))(rotate_command)
    app.command("destroy", help=text("vault.destroy.help"))(destroy_command)
    return app


def status_command(
    vault: _Vault,
    key: Annotated[Path, option("--key", "restore.key", metavar="FILE")],
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.keys import ProjectKey
    from deid.vault import Vault

    status = Vault.open(vault, key=ProjectKey.load(key)).status()
    if as_json:
        print_json(status._asdict())
        return
    shown = console()
    total = sum(status.counts.values())
    shown.print(
        text(
            "vault.status",
            count=total,
            created=status.created,
            changed=status.changed,
            fingerprint=status.key,
        )
    )
    rows = table(text("recognizers.type"), text("restore.count"), numbers=(1,))
    for kind, count in status.counts.items():
        rows.add_row(plain(kind), str(count))
    shown.print(rows)


def rotate_command(
    vault: _Vault,
    key: Annotated[Path, option("--key", "restore.key", metavar="FILE")],
    new_key: Annotated[Path, option("--new-key", "vault.new_key", metavar="FILE")],
    reason: Annotated[str, option("--reason", "restore.reason", metavar="TEXT")],
) -> None:
    from deid.audit import append_access
    from deid.keys import ProjectKey
    from deid.restore import LOG
    from deid.vault import Vault

    opened = Vault.open(vault, key=ProjectKey.load(key))
    if not new_key.exists():
        ProjectKey.generate().save(new_key)
    other = ProjectKey.load(new_key)
    append_access(Path(f"{vault}{LOG}"), "vault rotated", who=_who(), reason=reason, records=len(opened))
    opened.rotated(other).save()
    console().print(text("vault.rotated", count=len(opened), fingerprint=other.fingerprint))


def destroy_command(
    vault: _Vault,
    reason: Annotated[str, option("--reason", "restore.reason", metavar="TEXT")],
    yes: Annotated[bool, option("--yes", "vault.yes")] = False,
) -> None:
    from deid.audit import append_access
    from deid.restore import LOG
    from deid.vault import destroy

    if not yes:
        fail(text("vault.really"), hint=text("vault.really.hint"))
    append_access(Path(f"{vault}{LOG}"), "vault destroyed", who=_who(), reason=reason)
    destroy(vault)
    console().print(text("vault.destroyed"))


def _who() -> str:
    return f"{getpass.getuser()}@{platform.node()}"
