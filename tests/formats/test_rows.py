"""Rows of tables tell without making blocks whether there are views over them."""

from __future__ import annotations

import random

import pytest

from deid.formats.joining import table_views
from deid.formats.rows import Cells, Names, TableRow

NAMES = Names(lambda row, column: f"{row}:{column}", lambda row, column: f"row {row}, column {column}")
HEADS = (
    "姓",
    "名",
    "姓名",
    "",
    "电话",
    "手机前段",
    "手机后段",
    "身份证号",
    "金额",
    "字段1",
    "银行卡号",
    "日期",
)
TEXTS = (
    *("138", "0013", "8000", "13800138000", "1380013", "8000转3", "电话1380013", "2024-09-04", "5499.76"),
    *(
        "110105194912310021",
        "11010519491231002X",
        "110105",
        "19491231",
        "0021",
        "6222",
        "0211",
        "1234",
        "5678",
    ),
    *(
        "张",
        "三",
        "欧阳",
        "王建国",
        "皖A",
        "12345",
        "A12345",
        "云",
        "宁静",
        "0551",
        "62841234",
        "0551-",
        "京",
    ),
    *(
        "zhang",
        "@example.com",
        "zhang@",
        "example.com",
        "zhang@example.com",
        "a b",
        " 138",
        "８０００",
        "-8000",
    ),
    *("1", "2", "9", "X", "A", "85", "13", "800138000", "号 ", "身份证110105", "备注，转"),
)


def random_cells(draw: random.Random, row: int) -> Cells:
    columns = sorted(draw.sample(range(12), draw.randint(1, 10)))
    labels = {column: (head,) if (head := draw.choice(HEADS)) else () for column in columns}
    return Cells([draw.choice(TEXTS) for _ in columns], columns, labels, "1", row, NAMES)


@pytest.mark.parametrize("seed", range(20))
def test_a_plain_row_has_no_views_but_the_one_over_all(seed):
    draw = random.Random(seed)
    plain = 0
    for _ in range(400):
        above = random_cells(draw, 6) if draw.random() < 0.8 else None
        cells = random_cells(draw, 7)

        row = TableRow(cells, above)

        views = list(table_views(cells.blocks(), above.blocks() if above else {}))
        assert list(row) == [*cells.blocks().values(), *views]
        if row.is_plain:
            plain += 1
            assert [view.text for view in views] == ([row.across] if row.across else [])
            assert not views or views == [row.across_block()]
    assert plain > 20


def test_a_row_without_joined_numbers_is_plain():
    texts = [
        "SF000001",
        "王芳军",
        "85",
        "13131144123",
        "杭州市西湖区中山北路27号",
        "2024-09-04",
        "5499.76",
        "12",
    ]
    heads = ("编号", "姓名", "年龄", "手机", "住址", "日期", "金额", "次数")
    labels = {column: (head,) for column, head in enumerate(heads)}
    below, above = (Cells(texts, range(8), labels, "1", row, NAMES) for row in (2, 1))

    assert TableRow(below, above).is_plain
