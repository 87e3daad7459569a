"""What a worker reads of a table that it shares with others."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from deid.formats import read
from deid.types import FIRST_ROWS, Document

ROWS = FIRST_ROWS + 120
SECOND = FIRST_ROWS + 60


def rows() -> list[list[str]]:
    """A list with a second header far down, numbers cut by borders of rows, an empty row and a note."""
    found = [["姓名", "手机", "备注"]]
    for number in range(1, ROWS):
        found.append(
            [f"张三{number}", f"138{number:08d}", f"回访{number}，电话1380013" if number % 7 else "8000转3"]
        )
    found[SECOND] = ["家属姓名", "家属电话", "关系"]
    found[SECOND + 20] = ["", "", ""]
    found[SECOND + 30] = ["本表由张医生填写", "", ""]
    return found


@pytest.fixture(params=["xlsx", "csv"])
def document(request, tmp_path: Path) -> Document:
    path = tmp_path / f"table.{request.param}"
    if request.param == "csv":
        path.write_text("".join(",".join(row) + "\n" for row in rows()), "utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows():
            book.active.append(row)
        book.save(path)
    return read(path, ref="#1")


def test_the_shares_of_a_table_are_those_of_the_whole(document):
    whole = dict(document.strips(lambda number: True))

    for part in range(3):
        share = dict(document.strips(lambda number, part=part: number // 10 % 3 == part))

        own = {number for number in whole if number // 10 % 3 == part}
        assert own <= share.keys()
        assert all(list(share[number]) == list(whole[number]) for number in share)


def test_blocks_are_the_strips_one_after_the_other(document):
    strips = [block for _, blocks in document.strips(lambda number: True) for block in blocks]

    assert strips == list(document.blocks())


def test_every_share_holds_the_first_rows(document):
    share = [block for _, blocks in document.strips(lambda number: False) for block in blocks]

    first = {block.table.row for block in share if block.table and not block.segments}
    if document.shared is not None:
        assert first == set(range(FIRST_ROWS))
