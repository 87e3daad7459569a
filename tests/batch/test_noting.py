"""What pass 1 notes of a large table does not depend on whether its cells are read as blocks."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from planted import csv_of, patients

from deid import Deidentifier, formats
from deid.batch.chunks import chunks_of
from deid.batch.noting import Noting
from deid.batch.stored import Told
from deid.formats.rows import Cells, TableRow
from deid.types import FIRST_ROWS, TextBlock

pytestmark = pytest.mark.slow

HEAD = ["编号", "姓名", "性别", "手机", "身份证号", "住址", "就诊日期", "金额", "状态", "备注"]
ROWS = FIRST_ROWS + 600
STRANGERS = {
    "金额": ["13912345678", "王建国", "110105194912310021"],
    "编号": ["陈桂文", "HIV阳性", "SF-13912345678"],
    "住址": ["长沙市岳麓区人民路戒毒所3号", "长沙市岳麓区性别路3号", "李静丽代收", "长沙市岳麓区欧阳震3号"],
    "手机": ["王女士13912345678", "138 0013 8000"],
    "就诊日期": ["张明超", "13912345678"],
    "状态": ["杨平刚已联系"],
    "姓名": ["李某", "老王", "阿强", "欧阳震", "張麗華", "张三 男", "王女士", "13912345678", "王丽妹", "HIV"],
}


def _remark(draw: Random, name: str) -> str:
    return draw.choice(("好转", "已提醒复诊", "患者母亲来电", f"联系电话139{draw.randint(10**7, 10**8 - 1)}"))


def table(path: Path) -> None:
    rows = patients(HEAD, ROWS, seed=8, remark=_remark)
    places = iter(range(FIRST_ROWS + 300, ROWS, 7))
    for name, values in STRANGERS.items():
        for value in values:
            rows[next(places)][HEAD.index(name)] = value
    path.write_bytes(csv_of(rows))


def noted(
    path: Path, deidentifier: Deidentifier, *, as_blocks: bool
) -> tuple[list[tuple[str, Told]], list[Any]]:
    noting = Noting(deidentifier)
    told: list[tuple[str, Told]] = []
    records: list[Any] = []
    characters = 0
    for _, strips in chunks_of(formats.read(str(path), ref="#1")):
        assert any(isinstance(blocks, TableRow) for _, blocks in strips)
        found = noting.chunk([(strip, list(blocks) if as_blocks else blocks) for strip, blocks in strips])
        told += [(id, some) for id, some in found.told if some]
        characters += found.characters
        records.append(noting.end("", part=0))
    return told, [characters, records]


@pytest.mark.parametrize("policy", ["dd-preclosing", "internal-analysis"])
@pytest.mark.parametrize("known", [(), ("王建国", "好转", "欧阳震")])
def test_cells_are_noted_alike_with_blocks_and_without(tmp_path, key, policy, known):
    table(tmp_path / "t.csv")
    made = Deidentifier(policy=policy, key=key, known=[("PERSON", value) for value in known])

    assert noted(tmp_path / "t.csv", made, as_blocks=False) == noted(tmp_path / "t.csv", made, as_blocks=True)


def test_names_in_full_of_a_known_column_become_no_blocks(tmp_path, key, monkeypatch):
    made: list[str] = []
    block = Cells.block

    def noted_block(self: Cells, index: int) -> TextBlock:
        if self.row > FIRST_ROWS and HEAD[self.columns[index]] == "姓名":
            made.append(self.texts[index])
        return block(self, index)

    monkeypatch.setattr(Cells, "block", noted_block)
    table(tmp_path / "t.csv")
    noted(tmp_path / "t.csv", Deidentifier(key=key), as_blocks=False)

    assert {"李某", "老王", "王女士"} <= set(made)
    assert len(made) < (ROWS - FIRST_ROWS) / 2


def test_strangers_in_a_column_far_below_are_found(tmp_path, key):
    table(tmp_path / "t.csv")
    told, _ = noted(tmp_path / "t.csv", Deidentifier(key=key), as_blocks=False)
    kinds = {id: {entity[0] for entity in some} for id, some in told}

    places = iter(range(FIRST_ROWS + 300, ROWS, 7))
    where = {
        value: f"{next(places)}:{HEAD.index(name)}" for name, values in STRANGERS.items() for value in values
    }

    for value in ("王建国", "陈桂文", "张明超", "杨平刚已联系", "王女士13912345678"):
        assert "PERSON" in kinds[where[value]], value
    assert "CN_RESIDENT_ID" in kinds[where["110105194912310021"]]
