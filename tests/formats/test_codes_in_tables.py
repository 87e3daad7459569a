"""QR codes that are drawn with the cells of tables go; tables with colours stay."""

from __future__ import annotations

import random
import zipfile
from itertools import groupby
from pathlib import Path

import docx
import pptx
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from test_code_fonts import flat

from deid.formats import read, write
from deid.formats.codes import in_tables

SIDE = 25


def code() -> list[list[bool]]:
    """Modules of a code, with its three corners: whether each is dark."""
    chosen = random.Random(5)
    dark = [[chosen.random() < 0.5 for _ in range(SIDE)] for _ in range(SIDE)]
    for top, left in ((0, 0), (0, SIDE - 7), (SIDE - 7, 0)):
        for y in range(max(0, top - 1), min(SIDE, top + 8)):
            for x in range(max(0, left - 1), min(SIDE, left + 8)):
                dark[y][x] = max(abs(y - top - 3), abs(x - left - 3)) in (0, 1, 3)
    return dark


def roster() -> list[list[bool]]:
    """Cells filled by shifts."""
    return [[(x + y) % 7 < 2 or y % 5 == 0 for x in range(SIDE)] for y in range(SIDE)]


def output(path: Path) -> tuple[int, str]:
    """How many codes went, and all that the output holds."""
    out = path.with_name(f"out{path.suffix}")
    document = read(path, ref="#1")
    write(document, {}, out)
    removed = document.details["removed"].get("code", 0)
    if not zipfile.is_zipfile(out):
        return removed, out.read_text("utf-8")
    with zipfile.ZipFile(out) as package:
        return removed, "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


PAGES = {
    "bgcolor": (
        "<table>{}</table>",
        "<tr>{}</tr>",
        '<td bgcolor="#000000"></td>',
        '<td bgcolor="#fff"></td>',
    ),
    "style": (
        "<table>{}</table>",
        "<tr>\n{}</tr>\n",
        '<td style="background:black">&nbsp;</td>\n',
        "<td>&nbsp;</td>\n",
    ),
    "class": ("<div>{}</div>", "<div class='row'>{}</div>", '<i class="on"></i>', '<i class="off"></i>'),
    "breaks": ("{}", "{}<br>", "<b> </b>", "<u> </u>"),
    "grid": ('<div class="grid">{}</div>', "{}", '<p class="on"></p>', "<p></p>"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_elements_of_pages(tmp_path, kind):
    page, row, dark, light = PAGES[kind]

    def drawn(cells: list[list[bool]]) -> str:
        return (
            "<html><body>二维码"
            + page.format(
                "".join(row.format("".join(dark if one else light for one in line)) for line in cells)
            )
            + "请扫码</body></html>"
        )

    path = tmp_path / "a.html"
    path.write_text(drawn(code()), "utf-8")

    count, text = output(path)

    assert count == SIDE * SIDE
    assert dark.strip() not in text
    assert "二维码" in text
    assert "请扫码" in text
    path.write_text(drawn(roster()), "utf-8")
    assert output(path) == (0, drawn(roster()))


def test_cells_over_several_columns(tmp_path):
    def runs(line: list[bool]) -> str:
        out, start = "", 0
        for place in range(1, SIDE + 1):
            if place == SIDE or line[place] != line[start]:
                out += f'<td colspan="{place - start}" class="{"on" if line[start] else "off"}"></td>'
                start = place
        return f"<tr>{out}</tr>"

    path = tmp_path / "a.html"
    path.write_text(f"<table>{''.join(map(runs, code()))}</table>", "utf-8")

    assert 'class="on"' not in output(path)[1]


BLACK = PatternFill("solid", fgColor="FF000000")


def workbook(path: Path, cells: list[list[bool]], kind: str) -> Path:
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "二维码"
    for y, line in enumerate(cells, 3):
        for x, is_dark in enumerate(line, 2):
            cell = sheet.cell(y, x)
            if kind == "numbers":
                cell.value = int(is_dark)
            elif is_dark:
                cell.fill = BLACK
    for x in range(1, SIDE + 3):
        sheet.column_dimensions[get_column_letter(x)].width = 2.2 if kind != "wide" else 12
    book.save(path)
    return path


@pytest.mark.parametrize("kind", ["fills", "numbers"])
def test_cells_of_sheets(tmp_path, kind):
    count, text = output(workbook(tmp_path / "a.xlsx", code(), kind))

    assert count == 1
    assert "二维码" in text
    assert text.count(' s="1"') == 0
    assert text.count("<v>1</v>") == 0


@pytest.mark.parametrize(("cells", "kind"), [(roster(), "fills"), (roster(), "numbers"), (code(), "wide")])
def test_cells_of_other_sheets_stay(tmp_path, cells, kind):
    count, text = output(workbook(tmp_path / "a.xlsx", cells, kind))

    assert count == 0
    assert text.count("<v>1</v>" if kind == "numbers" else ' s="1"') == sum(map(sum, cells))


@pytest.mark.parametrize("drawn", [code(), roster()])
@pytest.mark.parametrize("suffix", ["docx", "pptx"])
def test_tables_of_documents_and_slides(tmp_path, drawn, suffix):
    path = tmp_path / f"a.{suffix}"
    if suffix == "docx":
        document = docx.Document()
        table = document.add_table(SIDE, SIDE)
        cells = [[cell._tc.get_or_add_tcPr() for cell in row.cells] for row in table.rows]
        tag, said = "shd", {"val": "clear", "fill": "0A0B0C"}
    else:
        document = pptx.Presentation()
        slide = document.slides.add_slide(document.slide_layouts[6])
        table = slide.shapes.add_table(SIDE, SIDE, 0, 0, 999, 999).table
        cells = [[cell._tc.get_or_add_tcPr() for cell in row.cells] for row in table.rows]
        tag, said = "solidFill", {}
    for line, row in zip(drawn, cells, strict=True):
        for is_dark, form in zip(line, row, strict=True):
            if is_dark:
                space = form.tag.rpartition("}")[0] + "}"
                fill = form.makeelement(space + tag, {space + key: value for key, value in said.items()})
                if not said:
                    fill.append(fill.makeelement(space + "srgbClr", {"val": "0A0B0C"}))
                form.append(fill)
    document.save(path)

    count, text = output(path)

    assert count == (drawn == code())
    assert text.count("0A0B0C") == (0 if count else sum(map(sum, drawn)))


STYLES = (
    '<style:style style:name="dark" style:family="table-cell"><style:table-cell-properties fo:background-color="#000000"/>'
    '</style:style><style:style style:name="darker" style:family="table-cell" style:parent-style-name="dark"/>'
    '<style:style style:name="column" style:family="table-column"><style:table-column-properties style:column-width="{}"/>'
    "</style:style>"
)


def table_of(cells: list[list[bool]], kind: str) -> str:
    """Runs of cells are one that is repeated, as LibreOffice writes them; so are rows that are alike."""

    def of_run(is_dark: bool, count: int, number: int) -> str:
        style = f' table:style-name="{"darker" if number % 2 else "dark"}"' * (is_dark and kind != "letters")
        shown = f"<text:p>{'█' if is_dark else ''}</text:p>" if kind == "letters" else ""
        return f'<table:table-cell table:number-columns-repeated="{count}"{style}>{shown}</table:table-cell>'

    rows = []
    for line, same in groupby(cells):
        runs = "".join(
            of_run(is_dark, len(list(run)), number) for number, (is_dark, run) in enumerate(groupby(line))
        )
        count = len(list(same))
        rows.append(f'<table:table-row table:number-rows-repeated="{count}">{runs}</table:table-row>')
    table = f'<table:table><table:table-column table:style-name="column"/>{"".join(rows)}</table:table>'
    if kind == "in a section":
        return f"<text:section>{table}</text:section>"
    return f"<table:table><table:table-row/></table:table>{table}<text:p>请扫码</text:p>"


@pytest.mark.parametrize("kind", ["fills", "letters", "in a section", "text"])
def test_cells_of_open_documents(tmp_path, kind):
    path = tmp_path / "a.fodt"
    name = "spreadsheet" if kind == "fills" else "text"
    path.write_text(flat(name, STYLES.format("0.3cm"), table_of(code(), kind)), "utf-8")

    count, text = output(path)

    assert count == 1
    assert 'table:style-name="dark' not in text
    assert "█" not in text
    assert "请扫码" in text or kind == "in a section"


@pytest.mark.parametrize(("cells", "width"), [(roster(), "3mm"), (code(), "1in")])
def test_cells_of_other_open_documents_stay(tmp_path, cells, width):
    path = tmp_path / "a.fodt"
    path.write_text(flat("text", STYLES.format(width), table_of(cells, "text")), "utf-8")

    count, text = output(path)

    assert count == 0
    assert text.count('table:style-name="dark') == table_of(cells, "text").count('table:style-name="dark')


@pytest.mark.parametrize("second", [(40, 0), (0, 40), (40, 30)])
def test_what_stands_between_two_codes_stays(second):
    looks: dict[tuple[int, int], object] = {(y, x): "" for y in range(70) for x in range(70)}
    codes = {
        (top + y, left + x): dark
        for top, left in ((0, 0), second)
        for y, line in enumerate(code())
        for x, dark in enumerate(line)
    }
    looks |= {place: "dark" for place, dark in codes.items() if dark}

    assert in_tables(looks) == codes.keys()


def test_codes_of_which_not_all_is_drawn_alike_go_with_what_is_around():
    looks: dict[tuple[int, int], object] = {(y, x): "" for y in range(SIDE) for x in range(SIDE)}
    looks |= {
        (y, x): "blue" if 7 < y < SIDE - 8 else "dark"
        for y, line in enumerate(code())
        for x, dark in enumerate(line)
        if dark
    }

    assert len(in_tables(looks)) == SIDE * SIDE


def test_text_between_two_codes_of_a_sheet_stays(tmp_path):
    lines = [*code(), *([[False] * SIDE] * 5), *code()]
    path = workbook(tmp_path / "a.xlsx", lines, "fills")
    book = load_workbook(path)
    book.active.cell(SIDE + 5, 4, "按时服药")
    book.save(path)

    removed, text = output(path)

    assert (removed, "按时服药" in text) == (1, True)
