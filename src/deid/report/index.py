"""index.xlsx: every file by its number, where its output is, and what was found in it; then the totals."""

from __future__ import annotations

from collections.abc import Sequence

from deid.report.model import STATES, RunReport
from deid.report.wording import Language, words
from deid.report.workbook import (
    BAD,
    GOOD,
    HEADER,
    MUTED,
    NUMBER,
    PLAIN,
    TOTAL,
    WRAPPED,
    Sheet,
    Value,
    workbook,
)

_STYLE_OF_STATE = {"done": GOOD, "ignored": MUTED}
Row = Sequence[tuple[Value, int]]


def index_workbook(report: RunReport, *, language: Language = "zh") -> bytes:
    """The bytes of the xlsx file."""
    return workbook([_documents(report, language), _totals(report, language)], title=words(language, "title"))


def _documents(report: RunReport, language: Language) -> Sheet:
    kinds = report.entities
    head = ["number", "output", "format", "state", "reason", "characters", "entities_found"]
    rows: list[Row] = [
        [*((words(language, key), HEADER) for key in head), *((kind.title, HEADER) for kind in kinds)]
    ]
    for document in report.documents:
        reason = words(language, f"reason.{document.reason}") if document.reason else ""
        notes = [words(language, "again")] if document.again else []
        if document.removed:
            kinds_gone = ", ".join(f"{kind} ×{count}" for kind, count in document.removed.items())
            notes.append(words(language, "left_out", kinds=kinds_gone))
        rows.append(
            [
                (document.ref, PLAIN),
                (document.output, WRAPPED),
                (document.format, MUTED),
                (words(language, f"state.{document.state}"), _STYLE_OF_STATE.get(document.state, BAD)),
                (reason or " ".join(notes), WRAPPED),
                (document.characters or None, NUMBER),
                (document.found or None, NUMBER),
                *((document.entities.get(kind.entity_type), NUMBER) for kind in kinds),
            ]
        )
    widths = [9.0, 46.0, 8.0, 10.0, 34.0, 10.0, 10.0, *(11.0 for _ in kinds)]
    return Sheet(words(language, "sheet_documents"), rows, widths, wide_columns_from=1)


def _totals(report: RunReport, language: Language) -> Sheet:
    head = ("type", "kind", "technique", "count")
    rows: list[Row] = [[(words(language, key), HEADER) for key in head]]
    for kind in report.entities:
        title = kind.title if language == "zh" else kind.entity_type
        for operator, count in kind.operators.items():
            rows.append(
                [
                    (title, PLAIN),
                    (words(language, kind.identifier) if kind.identifier else "", PLAIN),
                    (words(language, f"operator.{operator}"), PLAIN),
                    (count, NUMBER),
                ]
            )
    rows.append([(words(language, "total"), TOTAL), ("", TOTAL), ("", TOTAL), (report.found, TOTAL)])
    for state in STATES:
        if count := report.states[state]:
            label = words(language, "files") + " · " + words(language, f"state.{state}")
            rows.append([(label, PLAIN), ("", PLAIN), ("", PLAIN), (count, NUMBER)])
    return Sheet(words(language, "sheet_totals"), rows, [30.0, 16.0, 26.0, 12.0])
