"""The labelled sets that the accuracy benchmark reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from deid.catalog import Marked, parse_marked

HERE = Path(__file__).resolve().parents[1] / "data"
Sample = tuple[str, str, list[Marked]]


def invented_records(file: str = "records.txt") -> Iterator[Sample]:
    """A file of benchmarks/data: documents between `### id` lines, in marked text."""
    name, lines = "", []
    for line in [*(HERE / file).read_text("utf-8").split("\n"), "### end"]:
        if line.startswith("### "):
            if name:
                text, marks = parse_marked("\n".join(lines).strip("\n"))
                yield name, text, list(marks)
            name, lines = line[4:].split()[0], []
        else:
            lines.append(line)


def invented_forms() -> Iterator[Sample]:
    """benchmarks/data/forms.txt: one surface form of an identifier a line."""
    group = ""
    for number, line in enumerate((HERE / "forms.txt").read_text("utf-8").splitlines(), 1):
        if line.startswith("# "):
            group = line[2:]
        elif line.strip():
            text, marks = parse_marked(line.replace("\\n", "\n"))
            yield f"{number} {group}", text, list(marks)


def spans_jsonl(path: Path) -> Iterator[Sample]:
    """`{"id", "text", "entities": [{start, end, label}], "ignore": […]}` a line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        marks = [Marked(e["start"], e["end"], e["label"]) for e in row["entities"]]
        marks += [Marked(e["start"], e["end"], "IGNORE") for e in row.get("ignore", ())]
        yield str(row.get("id", number)), row["text"], marks
