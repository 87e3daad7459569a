"""`deid policy list|show|explain|diff|check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from deid.cli.messages import language, text
from deid.cli.options import option
from deid.cli.output import console, plain, print_json, table

if TYPE_CHECKING:
    from rich.console import Console

    from deid.policy import OperatorSpec, Policy


def build() -> typer.Typer:
    """The subcommands."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    app.command("list", help=text("policy.list.help"))(list_command)
    app.command("show", help=text("policy.show.help"))(show_command)
    app.command("explain", help=text("policy.explain.help"))(explain_command)
    app.command("diff", help=text("policy.diff.help"))(diff_command)
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
    policy = _loaded(name)
    if as_json:
        print_json(policy.model_dump(by_alias=True, mode="json"))
        return
    shown = console()
    _show_heading(shown, policy)
    rows = table(
        text("recognizers.type"), text("recognizers.title"), text("policy.operator"), text("policy.params")
    )
    for kind, title in _types():
        rule = policy.operator_for(kind)
        rows.add_row(kind, plain(title), rule.operator, plain(_params(rule.params)))
    rows.add_row(text("policy.default"), "", policy.default.operator, plain(_params(policy.default.params)))
    shown.print(rows)


def explain_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help=text("policy.name"))] = "dd-preclosing",
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    """What a policy does and why, as people can check it: in law, and type by type."""
    policy = _loaded(name)
    grouped: dict[tuple[str, str], list[str]] = {}
    for kind, title in _types():
        spec = policy.operator_for(kind)
        grouped.setdefault((spec.operator, _params(spec.params)), []).append(title)
    status = text(f"policy.status.{policy.status}")
    articles = policy.articles if language() == "zh" else policy.articles_en or policy.articles
    if as_json:
        print_json(
            {
                "name": policy.name,
                "title": policy.title,
                "description": policy.description,
                "status": policy.status,
                "personal_information": True,
                "explanation": status,
                "articles": list(articles),
                "reversible": policy.reversible,
                "operators": [
                    {"operator": operator, "params": params, "does": _does(operator), "types": types}
                    for (operator, params), types in grouped.items()
                ],
                "exceptions": list(_exceptions(policy)),
            }
        )
        return
    shown = console()
    _show_heading(shown, policy)
    shown.print(f"\n{text('policy.explain.status')}", style="bold")
    shown.print(plain(status))
    if articles:
        shown.print(f"\n{text('policy.explain.articles')}", style="bold")
        for article in articles:
            shown.print(plain(f"  · {article}"))
    shown.print(f"\n{text('policy.explain.does')}", style="bold")
    for (operator, params), types in grouped.items():
        written = f"{operator}（{params}）" if params else operator
        shown.print(plain(f"{written}: {_does(operator)}"), style="bold")
        shown.print(plain(f"  {'、'.join(types)}"))
    shown.print(plain(f"{text('policy.default')}: {_written(policy.default)}"))
    for exception in _exceptions(policy):
        shown.print(plain(f"  {exception}"))


def diff_command(
    first: Annotated[str, typer.Argument(metavar="A", help=text("policy.name"))],
    second: Annotated[str, typer.Argument(metavar="B", help=text("policy.name"))],
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    """What two policies do differently."""
    a, b = _loaded(first), _loaded(second)
    rows = list(_differences(a, b))
    if as_json:
        print_json(
            [{"field": field, "title": title, a.name: old, b.name: new} for field, title, old, new in rows]
        )
        return
    if not rows:
        console().print(text("policy.diff.same"))
        return
    shown = table(text("recognizers.type"), text("recognizers.title"), a.name, b.name)
    for row in rows:
        shown.add_row(*map(plain, row))
    console().print(shown)


def check_command(name: Annotated[str, typer.Argument(metavar="FILE", help=text("policy.name"))]) -> None:
    policy = _loaded(name)
    console().print(text("policy.fine", name=policy.name, count=len(policy.operators)))


def _loaded(name: str) -> Policy:
    from deid.catalog import shipped_catalog
    from deid.policy import Policy

    return Policy.load(name, entity_types=shipped_catalog().entity_types)


def _types() -> list[tuple[str, str]]:
    from deid.catalog import shipped_catalog

    return sorted((spec.entity, spec.title) for spec in shipped_catalog().specs)


def _differences(a: Policy, b: Policy) -> list[tuple[str, str, str, str]]:
    """Field or entity type, its title, and what each of the two says; only where they differ."""
    rows = []
    for kind, title in _types():
        old, new = _rule(a, kind), _rule(b, kind)
        if old != new:
            rows.append((kind, title, old, new))
    for field in ("status", "reversible", "recipient", "own_organization", "own_names", "thresholds"):
        old, new = str(getattr(a, field) or ""), str(getattr(b, field) or "")
        if old != new:
            rows.append((field, "", old, new))
    if a.default != b.default:
        rows.append((text("policy.default"), "", _written(a.default), _written(b.default)))
    return rows


def _rule(policy: Policy, kind: str) -> str:
    exceptions = "; ".join(line for line in _exceptions(policy) if line.startswith(f"{kind} "))
    return _written(policy.operator_for(kind)) + (f"; {exceptions}" if exceptions else "")


def _exceptions(policy: Policy) -> list[str]:
    """`PERSON role clinician: label (…)`, and so on for labels and paths."""
    return [
        f"{kind} {place.strip('.').replace('by_', '', 1).replace('.', ' ', 1)}: {_written(spec)}"
        for kind, rule in sorted(policy.operators.items())
        for place, spec in rule.specs()
        if place
    ]


def _written(spec: OperatorSpec) -> str:
    params = _params(spec.params)
    return f"{spec.operator} ({params})" if params else spec.operator


def _does(operator: str) -> str:
    return text(f"operator.{operator}")


def _show_heading(shown: Console, policy: Policy) -> None:
    shown.print(f"[bold]{policy.name}[/]", plain(policy.title))
    if policy.description:
        shown.print(plain(policy.description.strip()), style="dim")


def _params(params: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in params.items())
