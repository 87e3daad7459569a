"""Excel documents from a specification, with openpyxl; what it cannot do is patched into the package."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from build_marks import MOMENT, plain, repacked
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def build(spec: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """The package and its text units in marked text."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    properties = dict(spec.get("properties", {}))
    units = list(properties.values())
    company = plain(properties.pop("company", ""))
    for name, value in properties.items():
        setattr(workbook.properties, {"last_modified_by": "lastModifiedBy"}.get(name, name), plain(value))
    for sheet in spec["sheets"]:
        units += _sheet(workbook.create_sheet(plain(sheet["name"])), sheet)
    out = io.BytesIO()
    workbook.save(out)
    return repacked(
        out.getvalue(),
        {
            "docProps/core.xml": lambda xml: _MODIFIED.sub(rb"\g<1>" + MOMENT.encode(), xml),
            "docProps/app.xml": lambda xml: xml.replace(
                b"</Properties>", f"<Company>{company}</Company></Properties>".encode()
            ),
        },
    ), units


def _sheet(sheet: Worksheet, spec: Mapping[str, Any]) -> Iterator[str]:
    yield spec["name"]
    for column, width in enumerate(spec["widths"], 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = 1
    if "title" in spec:
        sheet.cell(1, 1, spec["title"]).font = Font(name="黑体", size=14, bold=True)
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(spec["header"]))
        row = 2
    for column, text in enumerate(spec["header"], 1):
        cell = sheet.cell(row, column, text)
        cell.font = Font(name="微软雅黑", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="2F6F6B")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BORDER
    for values in spec["rows"]:
        row += 1
        for column, value in enumerate(values, 1):
            if value != "":
                yield from _put(sheet, row, column, value)
    yield from _extras(sheet, spec)


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> Iterator[str]:
    """One cell: text, number, formula, `{date: …}` or `{number: …}`."""
    cell = sheet.cell(row, column)
    cell.border = _BORDER
    if isinstance(value, Mapping):
        ((kind, marked),) = value.items()
        text = plain(marked)
        if kind == "date":
            cell.value = datetime.fromisoformat(text)
            cell.number_format = "yyyy/m/d"
        else:
            cell.value = int(text)
            cell.number_format = "0"
        yield marked
    elif isinstance(value, str):
        cell.value = plain(value)
        yield value
    else:
        cell.value = value


def _extras(sheet: Worksheet, spec: Mapping[str, Any]) -> Iterator[str]:
    for place, comment in spec.get("comments", {}).items():
        sheet[place].comment = Comment(plain(comment["text"]), plain(comment["author"]), height=80, width=240)
        yield from (comment["author"], comment["text"])
    if "freeze" in spec:
        sheet.freeze_panes = spec["freeze"]
    if "print_header" in spec:
        sheet.oddHeader.center.text = plain(spec["print_header"])
        yield spec["print_header"]
    if "validation" in spec:
        allowed = spec["validation"]["list"]
        rule = DataValidation(type="list", formula1=f'"{plain(allowed)}"', allow_blank=True)
        rule.add(spec["validation"]["range"])
        sheet.add_data_validation(rule)
        yield allowed
