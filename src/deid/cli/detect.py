"""`deid detect`: what is found in one document or in standard input. Values are masked unless asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import console, fail, plain, print_json, table
from deid.errors import UnreadableDocument
from deid.types import Entity, NearMiss, TextBlock

if TYPE_CHECKING:
    from deid.batch.written import WrittenStandIns


@dataclass(frozen=True, slots=True)
class Find:
    """An entity, or what was nearly one, and where it stands; `value` is masked or not, as asked."""

    entity: Entity | NearMiss
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
    project: Annotated[Path | None, option("--project", "detect.project", metavar="DIR")] = None,
    key: Annotated[Path | None, option("--key", "restore.key", metavar="FILE")] = None,
    show_values: Annotated[bool, option("--show-values", "detect.show_values")] = False,
    explain: Annotated[bool, option("--explain", "detect.explain")] = False,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.catalog import Catalog
    from deid.pipeline import Deidentifier

    blocks = list(_blocks(file))
    catalog = Catalog.load(recognizers) if recognizers is not None else None
    known_stand_ins = _written(project, key)
    deidentifier = Deidentifier(policy=policy, catalog=catalog, known=known, keep=keep, model=model)

    def find(block: TextBlock, entity: Entity | NearMiss) -> Find:
        spec = deidentifier.catalog.by_type.get(entity.entity_type)
        title = spec.title if spec else entity.entity_type
        return Find(entity, title, _where(block, entity), _value(block, entity, show=show_values))

    finds = [
        find(block, entity)
        for block, found in deidentifier.detect_blocks(blocks)
        for entity in (known_stand_ins.without(block.text, found) if known_stand_ins else found)
    ]
    misses = [
        find(block, miss)
        for block in blocks
        if explain and not block.search_only
        for miss in deidentifier.near_misses(block.text, labels=block.labels)
    ]
    characters = sum(len(block.text) for block in blocks if not block.search_only)
    if as_json:
        content = {"characters": characters, "entities": [_as_json(find, explain=explain) for find in finds]}
        print_json(content | ({"near_misses": [_miss_as_json(miss) for miss in misses]} if explain else {}))
    else:
        _show(finds, characters, explain=explain)
        _show_misses(misses)


def _written(project: Path | None, key: Path | None) -> WrittenStandIns | None:
    if project is None:
        return None
    from deid.batch.written import WrittenStandIns
    from deid.keys import ProjectKey

    return WrittenStandIns.load(project, key=ProjectKey.load(key) if key is not None else None)


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


def _where(block: TextBlock, entity: Entity | NearMiss) -> str:
    """`3:14` of a text; of a file `line 12:5`, or what its format calls the block, and the column."""
    from deid.formats.plain import where_at

    line = block.text.count("\n", 0, entity.start) + 1
    column = entity.start - (block.text.rfind("\n", 0, entity.start) + 1) + 1
    if not block.id:
        return f"{line}:{column}"
    return f"{where_at(block, entity.start) or block.id}:{column}"


def _value(block: TextBlock, entity: Entity | NearMiss, *, show: bool) -> str:
    from deid.operators import OPERATORS, Request

    value = block.text[entity.start : entity.end]
    form = entity.form if isinstance(entity, Entity) else "plain"
    return value if show else OPERATORS["mask"].operate(value, Request(entity.entity_type, form=form))


def _as_json(find: Find, *, explain: bool) -> dict[str, Any]:
    entity = find.entity
    assert isinstance(entity, Entity)
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


def _miss_as_json(find: Find) -> dict[str, Any]:
    miss = find.entity
    assert isinstance(miss, NearMiss)
    return {
        "type": miss.entity_type,
        "title": find.title,
        "where": find.where,
        "start": miss.start,
        "end": miss.end,
        "score": round(miss.score, 3),
        "recognizer": miss.recognizer,
        "evidence": list(miss.evidence),
        "reason": miss.reason,
        "value": find.value,
    }


def _show(finds: list[Find], characters: int, *, explain: bool) -> None:
    shown = console()
    if not finds:
        shown.print(text("detect.nothing", characters=f"{characters:,}"))
        return
    names = ["place", "type", "value", "score", *(["recognizer", "evidence"] if explain else [])]
    rows = table(*(text(f"detect.{name}") for name in names), numbers=(3,))
    for find in finds:
        entity = find.entity
        assert isinstance(entity, Entity)
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


def _show_misses(misses: list[Find]) -> None:
    """What was nearly found, and why it was left."""
    if not misses:
        return
    shown = console()
    names = ("place", "type", "value", "score", "recognizer", "reason")
    rows = table(*(text(f"detect.{name}") for name in names), numbers=(3,))
    for find in misses:
        miss = find.entity
        assert isinstance(miss, NearMiss)
        rows.add_row(
            *map(
                plain,
                (
                    find.where,
                    f"{find.title} {miss.entity_type}",
                    find.value.replace("\n", "⏎"),
                    f"{miss.score:.2f}",
                    miss.recognizer,
                    _reason(miss),
                ),
            )
        )
    shown.print(text("detect.near_misses", count=len(misses)), style="bold")
    shown.print(rows)


def _reason(miss: NearMiss) -> str:
    known = {"below threshold": "below", "tagger alone": "tagger", "kept": "kept"}.get(miss.reason)
    return text(f"detect.reason.{known}") if known else text("detect.reason.word", list=miss.reason)
