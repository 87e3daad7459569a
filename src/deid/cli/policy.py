"""`deid policy list|show|check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import console, plain, print_json, table

if TYPE_CHECKING:
    from rich.console import Console

    from deid.policy import Policy


def build() -> typer.Typer:
    """The subcommands."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    app.command("list", help=text("policy.list.help"))(list_command)
    app.command("show", help=text("policy.show.help"))(show_command)
    app.command("check", help=text("policy.check.help"))(check_command)
    return app


def list_command(as_json: Annotated[bool, option("--json", "json.help")] = False) -> None:
    from deid.policy import Policy, shipped_policies

    policies = [Policy.load(name) for name in shipped_policies()]
    if as_json:
        print_json([{"name": p.name, "title": p.title, "description": p.description} for p in policies])
        return
    shown = console()
    for policy in policies:
        _show_heading(shown, policy)


def show_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help=text("policy.name"))] = "dd-preclosing",
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.catalog import shipped_catalog
    from deid.policy import Policy

    catalog = shipped_catalog()
    policy = Policy.load(name, entity_types=catalog.entity_types)
    if as_json:
        print_json(policy.model_dump(by_alias=True, mode="json"))
        return
    shown = console()
    _show_heading(shown, policy)
    rows = table(
        text("recognizers.type"), text("recognizers.title"), text("policy.operator"), text("policy.params")
    )
    for spec in sorted(catalog.specs, key=lambda spec: spec.entity):
        rule = policy.operator_for(spec.entity)
        rows.add_row(spec.entity, plain(spec.title), rule.operator, plain(_params(rule.params)))
    rows.add_row(text("policy.default"), "", policy.default.operator, plain(_params(policy.default.params)))
    shown.print(rows)


def _show_heading(shown: Console, policy: Policy) -> None:
    shown.print(f"[bold]{policy.name}[/]", plain(policy.title))
    if policy.description:
        shown.print(plain(policy.description.strip()), style="dim")


def check_command(name: Annotated[str, typer.Argument(metavar="FILE", help=text("policy.name"))]) -> None:
    from deid.catalog import shipped_catalog
    from deid.policy import Policy

    policy = Policy.load(name, entity_types=shipped_catalog().entity_types)
    console().print(text("policy.fine", name=policy.name, count=len(policy.operators)))


def _params(params: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in params.items())
