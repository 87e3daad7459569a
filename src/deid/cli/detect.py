"""`deid detect`: what is found in one document or in standard input. Values are masked unless asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import console, fail, plain, print_json, table
from deid.errors import UnreadableDocument
from deid.types import Entity, TextBlock


@dataclass(frozen=True, slots=True)
class Find:
    """An entity and where it stands; `value` is masked or not, as asked."""

    entity: Entity
    title: str
    where: str
    value: str = field(repr=False)


def detect_command(
    file: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help=text("detect.file"), show_default=False)
    ] = "-",
    policy: Annotated[str, option("--policy", "run.policy")] = "dd-preclosing",
    known: Annotated[Path | None, option("--known", "run.known", metavar="FILE")] = None,
    keep: Annotated[Path | None, option("--keep", "run.keep", metavar="FILE")] = None,
    recognizers: Annotated[Path | None, option("--recognizers", "run.recognizers", metavar="DIR")] = None,
    model: Annotated[Path | None, option("--model", "run.model", metavar="DIR")] = None,
    show_values: Annotated[bool, option("--show-values", "detect.show_values")] = False,
    explain: Annotated[bool, option("--explain", "detect.explain")] = False,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.catalog import Catalog
    from deid.pipeline import Deidentifier

    blocks = list(_blocks(file))
    catalog = Catalog.load(recognizers) if recognizers is not None else None
    deidentifier = Deidentifier(policy=policy, catalog=catalog, known=known, keep=keep, model=model)
    finds = [
        Find(
            entity,
            spec.title
            if (spec := deidentifier.catalog.by_type.get(entity.entity_type))
            else entity.entity_type,
            _where(block, entity),
            _value(block, entity, show=show_values),
        )
        for block, entities in deidentifier.detect_blocks(blocks)
        for entity in entities
    ]
    characters = sum(len(block.text) for block in blocks)
    if as_json:
        print_json(
            {"characters": characters, "entities": [_as_json(find, explain=explain) for find in finds]}
        )
    else:
        _show(finds, characters, explain=explain)


def _blocks(file: str) -> Iterable[TextBlock]:
    if file == "-":
        return [TextBlock("", _standard_input())]
    from deid import formats

    if not Path(file).is_file():
        fail(text("detect.no_file"))
    return formats.read(file, ref="document").blocks()


def _standard_input() -> str:
    raw = sys.stdin.buffer.read()
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    raise UnreadableDocument("standard input is neither UTF-8 nor GB18030")


def _where(block: TextBlock, entity: Entity) -> str:
    line = block.text.count("\n", 0, entity.start) + 1
    column = entity.start - (block.text.rfind("\n", 0, entity.start) + 1) + 1
    if not block.id:
        return f"{line}:{column}"
    return f"{block.where or block.id}:{column}"


def _value(block: TextBlock, entity: Entity, *, show: bool) -> str:
    from deid.operators import OPERATORS, Request

    value = block.text[entity.start : entity.end]
    return value if show else OPERATORS["mask"].operate(value, Request(entity.entity_type, form=entity.form))


def _as_json(find: Find, *, explain: bool) -> dict[str, Any]:
    entity = find.entity
    content: dict[str, Any] = {
        "type": entity.entity_type,
        "title": find.title,
        "where": find.where,
        "start": entity.start,
        "end": entity.end,
        "score": round(entity.score, 3),
        "form": entity.form,
        "value": find.value,
    }
    if entity.block:
        content["block"] = entity.block
    if explain:
        content["detections"] = [
            {"recognizer": claim.recognizer, "evidence": list(claim.evidence), "score": round(claim.score, 3)}
            for claim in entity.detections
        ]
    return content


def _show(finds: list[Find], characters: int, *, explain: bool) -> None:
    shown = console()
    if not finds:
        shown.print(text("detect.nothing", characters=f"{characters:,}"))
        return
    names = ["place", "type", "value", "score", *(["recognizer", "evidence"] if explain else [])]
    rows = table(*(text(f"detect.{name}") for name in names), numbers=(3,))
    for find in finds:
        entity = find.entity
        row = [
            find.where,
            f"{find.title} {entity.entity_type}",
            find.value.replace("\n", "⏎"),
            f"{entity.score:.2f}",
        ]
        if explain and entity.detections:
            row += [entity.detections[0].recognizer, ", ".join(entity.detections[0].evidence)]
        rows.add_row(*map(plain, row))
        if explain:
            for claim in entity.detections[1:]:
                rows.add_row(
                    "",
                    "",
                    "",
                    f"{claim.score:.2f}",
                    plain(claim.recognizer),
                    plain(", ".join(claim.evidence)),
                )
    shown.print(rows)
    shown.print(text("detect.found", count=len(finds), characters=f"{characters:,}"), style="dim")
