"""Tables of which the lines are drawn: what stands in their cells is read whole."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from deid.formats import read

_SIZE, _PAD = 10, 3


def font(pdf):
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/STSong-Light"), DW=1000, W=[1, 95, 500],
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=5),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/STSong-Light"), Encoding=Name("/UniGB-UTF16-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
        )
    )  # fmt: skip


def width(text):
    return sum(_SIZE if character > "\x7f" else _SIZE / 2 for character in text)


def broken(text, room):
    """Lines that are broken wherever the room ends, or at line ends."""
    lines = []
    for part in text.split("\n"):
        lines.append("")
        for character in part:
            if width(lines[-1] + character) > room:
                lines.append("")
            lines[-1] += character
    return lines


def at(x, y, text):
    return f"BT /F1 {_SIZE} Tf {x:.1f} {y:.1f} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def line(x, y, to_x, to_y):
    return f"{x} {y} m {to_x} {to_y} l S\n"


def dots(x, y, to_x, to_y):
    steps = int(max(abs(x - to_x), abs(y - to_y)) / 2)
    places = ((x + (to_x - x) * step / steps, y + (to_y - y) * step / steps) for step in range(steps + 1))
    return "".join(f"{along:.1f} {up:.1f} 1 1 re f\n" for along, up in places)


def ring(x, y, to_x, to_y):
    """The outer edge of a line and the inner one, with what is between them painted."""
    left, bottom, width, height = min(x, to_x), min(y, to_y), abs(x - to_x), abs(y - to_y)
    return f"{left - 1} {bottom - 1} {width + 2} {height + 2} re {left} {bottom} {width} {height} re f*\n"


def table(widths, rows, *, top=800, draw=line, has_rows=True):
    """What draws a table with cells in the middle; a cell None is one with that above it."""
    shown, y = [], top
    for row in rows:
        cells = [broken(text or "", room - 2 * _PAD) for text, room in zip(row, widths, strict=True)]
        height = max(map(len, cells)) * 1.2 * _SIZE + 2 * _PAD
        x = 60
        for text, some, room in zip(row, cells, widths, strict=True):
            first = y - (height - len(some) * 1.2 * _SIZE) / 2 - _SIZE
            for number, part in enumerate(some):
                shown.append(at(x + (room - width(part)) / 2, first - 1.2 * _SIZE * number, part))
            if draw in (ring, ground):
                shown.insert(0, draw(x, y, x + room, y - height))
            else:
                shown += [draw(x, y, x, y - height), draw(x + room, y, x + room, y - height)]
            if draw not in (ring, ground) and (y == top or (has_rows and text is not None)):
                shown.append(draw(x, y, x + room, y))
            x += room
        y -= height
    return "".join([*shown, line(60, y, x, y)])


def document(path, *pages, turn=""):
    with pikepdf.new() as pdf:
        face = font(pdf)
        for shown in pages:
            pdf.add_blank_page(page_size=(595, 842))
            pdf.pages[-1].obj.Resources = Dictionary(Font=Dictionary(F1=face))
            pdf.pages[-1].obj.Contents = pdf.make_stream(f"q {turn}\n{shown} Q".encode())
        pdf.save(path)
    return read(path, ref="#1").open()


LIST = (
    ("序号", "姓名", "电话", "身份证号", "住址", "诊断"),
    ("1", "欧阳建国", "13912345678", "34010419730108071X", "合肥市望江西路1920号7栋1202室", "阿司匹林过敏，高血压"),
    ("2", "石云飞", "13887654321", "340104198402090428", "合肥市长江中路18号3栋", "冠心病"),
)  # fmt: skip
NARROW = (30, 26, 36, 46, 56, 40)


@pytest.mark.parametrize(
    ("turn", "draw"),
    [
        ("", line),
        ("", dots),
        ("", ring),
        ("0 1 -1 0 842 0 cm", line),
        ("-1 0 0 -1 595 842 cm", line),
    ],
)
def test_narrow_cells_are_read_whole_and_with_the_labels_of_their_columns(tmp_path, turn, draw):
    shown = table(NARROW, LIST, draw=draw)

    found = {block.text: block.labels for block in document(tmp_path / "a.pdf", shown, turn=turn)}

    for row in LIST[1:]:
        assert {text: found.get(text) for text in row[1:]} == {
            text: (label,) for text, label in zip(row[1:], LIST[0][1:], strict=True)
        }
    assert "\n".join("    ".join(row) for row in LIST) in found
    assert not any(text.startswith(("阿司", "13912")) and text not in LIST[1] for text in found)


def test_what_is_told_of_several_rows_stands_in_the_first_of_them(tmp_path):
    rows = [
        ("患者信息", "姓名", "欧阳建国", "电话", "13912345678"),
        (None, "住址", "合肥市望江西路1920号7栋1202室", "住院号", "20203109537"),
        (None, "性别", "男", "诊断", "冠状动脉粥样硬化"),
    ]
    shown = table((20, 60, 60, 60, 50), [(None if at else "", *row[1:]) for at, row in enumerate(rows)])
    upright = "".join(at(65, 750 - 12 * number, one) for number, one in enumerate("患者信息"))

    found = {block.text: block.labels for block in document(tmp_path / "a.pdf", shown + upright)}

    assert "\n".join("    ".join(filter(None, row)) for row in rows) in found
    assert found["20203109537"] == ("住院号",)
    assert found["冠状动脉粥样硬化"] == ("诊断",)


def test_a_table_goes_on_on_the_next_page(tmp_path):
    first = table(NARROW, LIST[:2], top=200)
    rest = ("", "", "", "", "18幢21室", "服美多芭")

    found = {
        block.text: block.labels
        for block in document(tmp_path / "a.pdf", first, table(NARROW, [rest, LIST[2]]))
    }

    assert found["合肥市望江西路1920号7栋1202室18幢21室"] == ("住址",)
    assert found["340104198402090428"] == ("身份证号",)


def test_rows_between_which_no_line_is_are_read_line_by_line_too(tmp_path):
    rows = [("欧阳建国\n石云飞飞", "13912345\n88765432"), ("阿司匹林\n二甲双胍", "每日一次\n每日两次")]

    texts = {block.text for block in document(tmp_path / "a.pdf", table((48, 48), rows))}

    assert {"欧阳建国", "石云飞飞", "13912345", "88765432"} <= texts
    assert any("1391234588765432" in text for text in texts)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("1.高血压\n2.糖尿病", "1.高血压\n2.糖尿病"),
        ("13912345678\n13887654321", "13912345678\n13887654321"),
        ("type two\ndiabetes", "type two diabetes"),
        ("zhang2001@example\n.com", "zhang2001@example.com"),
        ("2024-02-13\n15:41:02", "2024-02-13 15:41:02"),
        ("姓名：石云飞\n电话：无", "姓名：石云飞\n电话：无"),
        ("高血压\n既往冠状动脉粥样硬化", "高血压\n既往冠状动脉粥样硬化"),
    ],
)
def test_lines_of_a_cell_go_on_where_they_are_full(tmp_path, lines, text):
    longest = max(map(width, lines.split("\n")))
    rows = [("备注", "住址"), (lines, "合肥市望江西路1920号7栋1202室")]

    texts = [block.text for block in document(tmp_path / "a.pdf", table((longest + 2 * _PAD, 56), rows))]

    first, *others = text.split("\n")
    assert "\n".join(["备注    住址", f"{first}    {rows[1][1]}", *others]) in texts


def test_lines_of_so_many_characters_go_on_though_the_cell_has_room(tmp_path):
    rows = [("姓名", "电话"), ("平安", "13912\n34567\n8"), ("石云飞", "13887\n65432\n1")]

    texts = {block.text for block in document(tmp_path / "a.pdf", table((40, 60), rows))}

    assert {"13912345678", "13887654321"} <= texts


def test_rows_without_a_line_between_them_are_told_by_what_is_free(tmp_path):
    rows = [(*row[:3], row[3] + "\n\n", *row[4:]) for row in LIST]

    texts = {block.text for block in document(tmp_path / "a.pdf", table(NARROW, rows, has_rows=False))}

    assert {text for row in LIST[1:] for text in row[:4]} <= texts


def ground(x, y, to_x, to_y):
    """What is painted behind a cell."""
    return f"q 0.9 g {x} {to_y} {to_x - x} {y - to_y} re f Q\n"


def level(x, y, to_x, to_y):
    return line(x, y, to_x, to_y) if y == to_y else ""


@pytest.mark.parametrize("draw", [level, ground])
def test_columns_that_no_line_parts_are_read_between_the_gaps_too(tmp_path, draw):
    shown = table(NARROW, LIST, draw=draw)

    found = {block.text: block.labels for block in document(tmp_path / "a.pdf", shown)}

    for row in LIST[1:]:
        assert {text: found.get(text) for text in row[1:]} == {
            text: (label,) for text, label in zip(row[1:], LIST[0][1:], strict=True)
        }


def test_a_word_over_a_line_tells_that_it_parts_nothing(tmp_path):
    shown = table(NARROW, LIST)
    over = at(80, 700, "患者欧阳建国的家属")

    texts = [block.text for block in document(tmp_path / "a.pdf", shown + over)]

    assert any("患者欧阳建国的家属" in text for text in texts)


@pytest.mark.parametrize("rooms", [(18,) * 8, (30,) * 8])
@pytest.mark.parametrize("text", ["石云飞", "合肥西路18号", "阿司匹林"])
def test_boxes_for_a_character_each_hold_one_word(tmp_path, rooms, text):
    shown = at(30, 790, "姓名") + table(rooms, [tuple(text.ljust(8, " "))])

    texts = [block.text.split() for block in document(tmp_path / "a.pdf", shown)]

    assert ["姓名", text] in texts


def test_boxes_in_a_table_hold_one_word_too(tmp_path):
    rows = [("姓名", *"石云飞   ", "住址", "合肥市望江西路1920号7栋1202室")]

    found = {
        block.text: block.labels
        for block in document(tmp_path / "a.pdf", table((40, *(18,) * 6, 40, 56), rows))
    }

    assert found["石云飞"] == ("姓名",)


@pytest.mark.parametrize("rows", [["早中晚休", "李王张刘"], ["1234"]])
def test_cells_of_one_character_in_columns_and_figures_stay_apart(tmp_path, rows):
    texts = [
        block.text for block in document(tmp_path / "a.pdf", table((18,) * 4, [tuple(row) for row in rows]))
    ]

    assert all(any(" ".join(row) in text for text in texts) for row in rows)


def without_lines(widths, rows, *, padding=5, x=60):
    """What draws a table of cells that begin at the top of their row."""
    shown, y = [], 790
    for row in rows:
        cells = [broken(text, room - 6) for text, room in zip(row, widths, strict=True)]
        places = [x + sum(widths[:place]) for place in range(len(row))]
        shown += (
            at(left, y - 14 * number, part)
            for left, some in zip(places, cells, strict=True)
            for number, part in enumerate(some)
        )
        y -= 14 * max(map(len, cells)) + padding
    return "".join(shown)


def test_cells_of_a_table_without_any_lines_are_read_whole(tmp_path):
    rows = [
        ("姓名", "身份证号", "住址", "诊断", "住院号"),
        (
            "欧阳建国",
            "34010419730108071X",
            "合肥市望江西路1920号7栋1202室",
            "冠状动脉粥样硬化",
            "20203109537",
        ),
        ("石云飞", "340104198402090428", "合肥市长江中路18号3栋", "帕金森病", "20203109538"),
    ]
    shown = without_lines((40, 60, 66, 56, 46), rows) + at(60, 600, "血糖8.2%，肌酐88μmol/L。")

    found = {block.text: block.labels for block in document(tmp_path / "a.pdf", shown)}

    assert "\n".join("    ".join(row) for row in rows) in found
    assert found["20203109537"] == ("住院号",)
    assert found["冠状动脉粥样硬化"] == ("诊断",)
    assert not any("2020310\n" in text or "号7栋冠" in text for text in found)


def test_a_form_without_any_lines_is_read_by_its_labels(tmp_path):
    rows = [
        ("姓名", "欧阳建国", "性别", "男"),
        ("住址", "安徽省合肥市蜀山区人民南路470号15栋1460室", "诊断", "高血压病3级"),
        ("电话", "13912345678", "用药", "阿司匹林"),
    ]
    shown = without_lines((50, 126, 50, 90), rows)

    texts = [block.text for block in document(tmp_path / "a.pdf", shown)]

    assert "\n".join("    ".join(row) for row in rows) in texts
    assert not any("1460室高血压" in text or "南诊断" in text for text in texts)


def test_lines_that_are_equally_far_from_one_another_are_no_rows_of_several(tmp_path):
    rows = [("姓名", "电话", "诊断")] + [("石云飞", "13887654321", "帕金森病")] * 4

    texts = [
        block.text for block in document(tmp_path / "a.pdf", without_lines((60, 90, 80), rows, padding=0))
    ]

    assert sum("帕金森病" in text and "石云飞" in text for text in texts) == 1


def test_a_row_of_characters_one_below_the_other_is_no_list(tmp_path):
    shown = table(
        (18, 18, 18), [("项目", "日期", "日期"), ("司马志强", "甲", "乙"), ("帕金森病", "甲", "乙")]
    )

    texts = [block.text for block in document(tmp_path / "a.pdf", shown)]

    assert not any("强帕" in text or "项 " in text for text in texts)
    assert any("帕金森病" in text for text in texts)


def test_columns_that_are_near_to_one_another_are_parted_in_the_line_too(tmp_path):
    rows = [
        ("姓名", "欧阳建国", "性别", "男"),
        ("住址", "安徽省合肥市蜀山区人民南路470号15栋1460室", "诊断", "高血压病3级"),
        ("电话", "13912345678", "用药", "阿司匹林"),
    ]
    shown = without_lines((50, 126, 50, 90), rows * 2, padding=0)

    texts = [block.text for block in document(tmp_path / "a.pdf", shown)]

    assert any("人民南    诊断    高血压病3级" in text for text in texts)


def test_figures_that_are_set_wide_are_parted_by_no_column(tmp_path):
    shown = "".join(
        at(60 + 10 * place, 700 - 20 * row, one)
        for row, text in enumerate(("联系电话：1391234", "身份证号：3401041", "住院编号：2020310"))
        for place, one in enumerate(text)
    )

    texts = [block.text for block in document(tmp_path / "a.pdf", shown)]

    assert not any("1    3" in text or "3    4" in text for text in texts)


def test_rows_of_a_table_without_lines_may_stand_in_the_middle(tmp_path):
    rows = [
        ("序号", "姓名", "电话", "住址", "诊断"),
        ("1", "欧阳建国", "13912345678", "合肥市望江西路1920号7栋672室", "高血压病3级"),
        ("2", "石云飞", "13887654321", "合肥市长江中路18号3栋1202室", "帕金森病"),
        ("3", "王大伟", "13787654321", "合肥市康定路18号3栋1204室", "青霉素过敏"),
    ]
    shown, y = [], 780
    for row in rows:
        for x, text, room in zip((60, 90, 136, 200, 304), row, (30, 46, 64, 101, 80), strict=True):
            some = broken(text, room - 3)
            shown += (at(x, y + 7 * (len(some) - 1) - 14 * number, part) for number, part in enumerate(some))
        y -= 32

    found = {block.text: block.labels for block in document(tmp_path / "a.pdf", "".join(shown))}

    assert "\n".join("    ".join(row) for row in rows) in found
    assert found["合肥市望江西路1920号7栋672室"] == ("住址",)
    assert not any("672室\n" in text or "3级\n" in text for text in found if "\n1    欧阳" not in text)
