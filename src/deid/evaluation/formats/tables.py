"""Tables with marked text in their cells: xlsx and csv.

A column `text` (正文, 文本, 内容) holds marked text; `id` (编号), `group` (分组) and `labels`
may stand beside it, other columns are passed over. White space at the ends of a cell, and a
sign that would make a formula of it, are written as codes, see `marked`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from deid.errors import ListError, SamplesError
from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import Draft, damaged
from deid.evaluation.formats.labels import Labels
from deid.evaluation.formats.marked import draft_of, marked
from deid.evaluation.samples import Sample, Samples
from deid.tables import Row, read_tables

_HEADERS: Mapping[str, str] = {
    word: column
    for column, words in {
        "text": "text 正文 文本 内容 原文 标注文本",
        "id": "id 编号 序号 no",
        "group": "group 分组 组 组别",
        "labels": "labels 标签",
    }.items()
    for word in words.split()
}
_COLUMNS = ("id", "group", "labels", "text")
_CELL = 32_767
"""Characters that a cell of Excel holds."""

_ENDS = re.compile(r"\A\s+|\s+\Z|\A[=+\-@'\"]")


def read(content: Content) -> Iterator[Draft]:
    labels = content.known
    try:
        sheets = read_tables(content.raw)
    except ListError as error:
        raise damaged(content.name, "", error.message, hint=error.hint) from None
    prefix = len(sheets) > 1
    found = False
    for number, rows in enumerate(sheets, 1):
        filled = [(place, cells) for place, cells in rows if cells]
        columns = _columns(filled[0][1]) if filled else {}
        if "text" in columns:
            found = True
            yield from _drafts(filled[1:], columns, labels, f"sheet {number}, " if prefix else "")
    if not found:
        raise damaged(
            content.name, "", "no column called text", hint="the first row holds the headers: id, group, text"
        )


def _columns(header: Mapping[int, str]) -> dict[str, int]:
    named = {
        _HEADERS.get(word.strip().lower(), ""): index for index, word in sorted(header.items(), reverse=True)
    }
    return {name: index for name, index in named.items() if name}


def _drafts(rows: Iterable[Row], columns: Mapping[str, int], known: Labels, prefix: str) -> Iterator[Draft]:
    for number, cells in rows:
        cell = {name: cells.get(index, "") for name, index in columns.items()}
        yield draft_of(
            f"{prefix}row {number}",
            cell["text"].replace("\r\n", "\n"),
            known,
            id=cell.get("id", ""),
            group=cell.get("group", ""),
            headers=tuple(label for label in re.split(r"[|\n]", cell.get("labels", "")) if label),
        )


def _rows(samples: Samples) -> list[list[str]]:
    return [
        list(_COLUMNS),
        *([sample.id, sample.group, "|".join(sample.labels), _cell(sample)] for sample in samples),
    ]


def _cell(sample: Sample) -> str:
    coded = (place for match in _ENDS.finditer(sample.text) for place in range(match.start(), match.end()))
    return marked(sample, more=coded)


def write_csv(samples: Samples) -> str:
    """With a byte order mark, without which Excel reads no Chinese."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(_rows(samples))
    return "\ufeff" + buffer.getvalue()


def write_xlsx(samples: Samples) -> bytes:
    from deid.report.workbook import HEADER, PLAIN, WRAPPED, Sheet, workbook

    header, *rows = _rows(samples)
    if any(len(row[-1]) > _CELL for row in rows):
        raise SamplesError(
            f"a text is longer than a cell of xlsx holds ({_CELL} characters)", hint="write csv"
        )
    styles = (PLAIN, PLAIN, PLAIN, WRAPPED)
    cells = [list(zip(row, styles, strict=True)) for row in rows]
    sheet = Sheet("samples", [[(name, HEADER) for name in header], *cells], (12, 12, 12, 100))
    return workbook([sheet], title="samples")
