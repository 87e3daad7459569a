"""Both passes take cells of large tables as texts; what comes out is what comes out of blocks."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from planted import Work, csv_of, patients

from deid.batch import chunks, replacing
from deid.batch.journal import Journal
from deid.detection import memory
from deid.formats import rows, strips
from deid.formats.rows import Cells

pytestmark = pytest.mark.slow

HEAD = ["编号", "姓名", "性别", "年龄", "手机", "住址", "诊断", "就诊日期", "金额", "备注"]
FIRST, ROWS = 60, 160


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first rows of a table are few, and so are those of a chunk."""
    monkeypatch.setattr(strips, "FIRST_ROWS", FIRST)
    monkeypatch.setattr(memory, "FIRST_ROWS", FIRST)
    monkeypatch.setattr(chunks, "_CHUNK", 25)


@pytest.fixture
def large(tmp_path: Path, small_parts: None) -> Work:
    """A table with a name, a number across cells and a phone where none are expected."""
    remarks = ("好转", "已提醒复诊", "王医生随访", "血压138/90")
    table = patients(HEAD, ROWS, seed=4, remark=lambda draw, name: draw.choice(remarks))
    name = table[20][1]
    for row, column, value in (
        *((130, 8, "13912345678"), (131, 8, name), (132, 6, "陈桂文"), (133, 9, f"{name}的家属来电")),
        *((134, 8, name[:1]), (134, 9, name[1:]), (135, 4, "1391234"), (136, 4, "5679")),
    ):
        table[row][column] = value
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write("表.csv", csv_of(table))
    return work


def _come_out(work: Work, key: Any, policy: str) -> tuple[Any, ...]:
    done = work.run(key=key, policy=policy)
    with closing(Journal(work.project / "journal.sqlite", key=key.derive("journal"))) as journal:
        places = [row for part in journal.every("places") for row in part]
    return work.outputs(), done.report.entities, done.report.characters, places


@pytest.mark.parametrize("policy", ["dd-preclosing", "internal-analysis"])
def test_what_comes_out_of_cells_is_what_comes_out_of_blocks(large, key, monkeypatch, tmp_path, policy):
    found = _come_out(large, key, policy)

    monkeypatch.setattr(rows, "may_have_views", lambda *row: True)
    read = Work(large.source, tmp_path / "read")
    assert found == _come_out(read, key, policy)


def test_whether_a_row_has_views_is_asked_once(large, key, monkeypatch):
    asked: list[bool] = []
    may_have_views = rows.may_have_views
    monkeypatch.setattr(rows, "may_have_views", lambda *row: asked.append(may_have_views(*row)) or asked[-1])
    large.run(key=key)

    assert len(asked) == 1 + ROWS
    assert any(asked)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many blocks were made of cells, by the header of their column."""
    made: Counter[str] = Counter()
    block = Cells.block

    def counted(self: Cells, index: int) -> Any:
        made[self.labels.get(self.columns[index], ("",))[0]] += 1
        return block(self, index)

    monkeypatch.setattr(Cells, "block", counted)
    return made


def test_cells_that_tell_of_nobody_become_no_blocks(large, key, made):
    large.run(key=key, known=())

    # the first rows in pass 1, and those across which a number or a name may stand: of 160 rows that are read twice
    assert max(made[name] for name in ("编号", "诊断", "金额", "就诊日期")) < 200


def test_codes_that_are_looked_for_everywhere_become_no_blocks_where_they_stand(
    tmp_path, small_parts, key, made
):
    table = patients(["编号", "姓名", "状态"], ROWS, seed=4, remark=lambda draw, name: "")
    table[0][0] = "客户编号"
    for number, row in enumerate(table[1:]):
        row[0] = f"KH{number * 7919 + 10**7}"
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write("表.csv", csv_of(table))

    work.run(key=key, known=())

    assert table[-1][0].encode() not in work.outputs()["表.csv"]
    assert made["客户编号"] < ROWS  # each is read twice


def test_cells_that_recur_and_may_hold_the_name_of_somebody_become_a_block_once(
    tmp_path, small_parts, key, made
):
    table = patients(["编号", "姓名", "状态"], ROWS, seed=4, remark=lambda draw, name: "")
    table[0][2], table[1][1] = "套餐编码", "陈平"
    for number, row in enumerate(table[1:]):
        row[2] = f"CP-{563 + number % 3}-B"
    table[-1][2] = "陈平代领"
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write("表.csv", csv_of(table))

    work.run(key=key, known=())

    assert "陈平".encode() not in work.outputs()["表.csv"]
    assert b"CP-563-B" in work.outputs()["表.csv"]
    assert made["套餐编码"] < ROWS  # those of the first rows in both passes, and few of the others


def test_texts_that_recur_are_searched_for_names_once_and_those_that_hold_one_each_time(
    tmp_path, small_parts, key, monkeypatch
):
    table = patients(["编号", "姓名", "状态"], ROWS, seed=4, remark=lambda draw, name: "")
    table[1][1] = "陈桂文"
    for number, row in enumerate(table[1:]):
        row[2] = "陈桂文代领" if number % 40 == 39 else ("已复诊", "好转")[number % 2]
    searched: Counter[str] = Counter()
    joined = replacing.Joined

    def counted(texts: list[str], **options: bool) -> Any:
        searched.update(texts)
        return joined(texts, **options)

    monkeypatch.setattr(replacing, "Joined", counted)
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write("表.csv", csv_of(table))

    work.run(key=key, known=())

    assert "陈桂文".encode() not in work.outputs()["表.csv"]
    assert searched["好转"] == searched["已复诊"] == 1


def test_of_a_tag_that_ends_outside_a_value_the_beginning_stays_beside_its_label(tmp_path, small_parts, key):
    table = patients(["编号", "姓名", "手机"], ROWS, seed=4, remark=lambda draw, name: "")
    for row in table[1::40]:
        row[2] = f"{row[2][:3]}<b>{row[2][3:]}</b>"
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write("表.csv", csv_of(table))

    work.run(key=key, known=())

    written = work.outputs()["表.csv"].decode()
    assert written.count("〕<b></b>\n") == written.count("</b>") == len(table[1::40])
