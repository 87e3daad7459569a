"""QR codes that are drawn with the cells of tables go; tables with colours stay."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from deid.formats import read, write

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
