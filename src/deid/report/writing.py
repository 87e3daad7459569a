"""Writes the three files of a report: report.json, report.html, index.xlsx."""

from __future__ import annotations

from pathlib import Path

from deid.report.index import index_workbook
from deid.report.model import RunReport
from deid.report.page import render_page
from deid.report.wording import Language
from deid.runrecord import write_whole


def write_reports(report: RunReport, folder: Path, *, language: Language = "zh") -> None:
    """Write all three into `folder`; each replaces an older one in one step.

    OSError for the first that cannot be written, when the others are.
    """
    failures = []
    for name, content in (
        ("report.json", report.to_json().encode()),
        ("report.html", render_page(report, language=language).encode()),
        ("index.xlsx", index_workbook(report, language=language)),
    ):
        try:
            write_whole(folder / name, content)
        except OSError as error:
            failures.append(error)
    if failures:
        raise failures[0]
