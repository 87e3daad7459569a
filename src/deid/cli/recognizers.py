"""`deid recognizers list|show|check|new`."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deid.cli.messages import language, text
from deid.cli.options import option
from deid.cli.output import INCOMPLETE, console, fail, plain, print_json, table
from deid.report.wording import words

if TYPE_CHECKING:
    from deid.catalog import RecognizerSpec


def build() -> typer.Typer:
    """The subcommands."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    app.command("list", help=text("recognizers.list.help"))(list_command)
    app.command("show", help=text("recognizers.show.help"))(show_command)
    app.command("check", help=text("recognizers.check.help"))(check_command)
    app.command("new", help=text("recognizers.new.help"))(new_command)
    return app


def list_command(
    folder: Annotated[Path | None, option("--recognizers", "run.recognizers", metavar="DIR")] = None,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.catalog import Catalog

    catalog = Catalog.load(*([folder] if folder else []))
    specs = sorted(catalog.specs, key=lambda spec: catalog.files.get(spec.entity, spec.entity))
    if as_json:
        print_json(
            [
                {
                    "entity": spec.entity,
                    "title": spec.title,
                    "identifier": spec.identifier,
                    "level": spec.level,
                    "means": _means(spec),
                    "standard": spec.standard or spec.source,
                    "file": catalog.files.get(spec.entity, ""),
                }
                for spec in specs
            ]
        )
        return
    rows = table(*(text(f"recognizers.{name}") for name in ("type", "title", "identifier", "means")))
    for spec in specs:
        rows.add_row(
            spec.entity, plain(spec.title), words(language(), spec.identifier), plain(", ".join(_means(spec)))
        )
    shown = console()
    shown.print(rows)
    shown.print(text("recognizers.count", count=len(specs)), style="dim")


def show_command(
    name: Annotated[str, typer.Argument(metavar="TYPE", help=text("recognizers.type"))],
    folder: Annotated[Path | None, option("--recognizers", "run.recognizers", metavar="DIR")] = None,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.aliases import canonical_type
    from deid.catalog import Catalog

    catalog = Catalog.load(*([folder] if folder else []))
    spec = catalog.by_type.get(name.upper()) or catalog.by_type.get(canonical_type(name))
    if spec is None:
        near = get_close_matches(name.upper(), catalog.entity_types, n=3)
        hint = text("recognizers.near", names=", ".join(near)) if near else text("recognizers.see_list")
        fail(text("recognizers.unknown", name=name), hint=hint)
    content = spec.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    if as_json:
        print_json(content)
        return
    import yaml

    shown = console()
    shown.print(
        f"[bold]{spec.entity}[/]", plain(spec.title), plain(f"({catalog.files.get(spec.entity, '')})")
    )
    written = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    shown.print(plain(written.rstrip()))


def check_command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help=text("recognizers.folder"), show_default=False)
    ] = None,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.cli.checking import check_recognizers

    result = check_recognizers(folder)
    if as_json:
        print_json(
            {
                "files": result.files,
                "examples": result.examples,
                "problems": [{"file": problem.file, "problem": problem.what} for problem in result.problems],
            }
        )
    else:
        shown = console()
        for problem in result.problems:
            shown.print(plain(f"{problem.file}: {problem.what}"), soft_wrap=True)
        key = "recognizers.wrong" if result.problems else "recognizers.fine"
        shown.print(
            text(key, files=result.files, examples=result.examples, problems=len(result.problems)),
            style="bold",
        )
    if result.problems:
        raise typer.Exit(INCOMPLETE)


def new_command(
    name: Annotated[str, typer.Argument(metavar="TYPE", help=text("recognizers.new.type"))],
    example: Annotated[list[str], option("--example", "recognizers.new.example", metavar="TEXT")],
    out: Annotated[Path, option("--out", "recognizers.new.out", metavar="DIR")],
    counterexample: Annotated[
        list[str] | None, option("--no-match", "recognizers.new.no_match", metavar="TEXT")
    ] = None,
    cue: Annotated[list[str] | None, option("--cue", "recognizers.new.cue", metavar="WORD")] = None,
    title: Annotated[str, option("--title", "recognizers.new.title")] = "",
) -> None:
    import yaml

    from deid.catalog import Catalog
    from deid.cli.checking import check_recognizers
    from deid.evaluation.tuning.scaffold import scaffold, where

    file = out / f"{name.lower()}.yaml"
    if file.exists():
        fail(text("recognizers.new.exists"), hint=text("recognizers.new.remove"))
    made = scaffold(
        name,
        example,
        counterexamples=counterexample or (),
        cues=cue or (),
        title=title,
        catalog=Catalog.load(),
    )
    content = made.spec.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    out.mkdir(parents=True, exist_ok=True)
    written = yaml.safe_dump({"schema": 1, **content}, allow_unicode=True, sort_keys=False, width=100)
    file.write_text(written, "utf-8")
    problems = [problem for problem in check_recognizers(out).problems if problem.file == file.name]
    shown = console()
    shown.print(plain(written.rstrip()))
    if made.collides:
        shown.print(plain(text("recognizers.new.collides", where=where(made.collides))), style="yellow")
    for problem in problems:
        shown.print(plain(f"{problem.file}: {problem.what}"), soft_wrap=True)
    if problems:
        file.unlink()
        raise typer.Exit(INCOMPLETE)
    shown.print(text("recognizers.new.fine", file=file.name), style="bold")


def _means(spec: RecognizerSpec) -> list[str]:
    means = [
        name
        for name in ("patterns", "cues", "lexicons", "tagger", "grammar", "validator")
        if getattr(spec, name)
    ]
    return [f"grammar {spec.grammar}" if name == "grammar" else name for name in means]
