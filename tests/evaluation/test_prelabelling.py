"""Documents as samples to correct."""

from __future__ import annotations

from deid.evaluation.prelabelling import SIZE, prelabelled
from deid.pipeline import Deidentifier
from deid.types import Cell, Segment, TextBlock


def made(*blocks):
    return list(prelabelled(blocks, Deidentifier(), name="0001"))


def surfaces(sample):
    return [sample.text[mark.start : mark.end] for mark in sample.marks]


def test_blocks_are_joined_and_keep_their_finds():
    (sample,) = made(TextBlock("a", "电话：13800138000"), TextBlock("b", "身份证号：11010519491231002X\n"))

    assert sample.text == "电话：13800138000\n身份证号：11010519491231002X"
    assert surfaces(sample) == ["13800138000", "11010519491231002X"]
    assert (sample.id, sample.group) == ("0001-1", "0001")


def test_cells_of_a_row_stand_in_a_line():
    cells = [TextBlock(f"{row}{column}", text, table=Cell("1", row, column))
             for row, texts in enumerate((["姓名", "电话"], ["王雪梅", "13800138000"])) for column, text in enumerate(texts)]  # fmt: skip

    (sample,) = made(*cells)

    assert sample.text == "姓名\t电话\n王雪梅\t13800138000"


def test_a_place_that_is_shown_twice_stands_once():
    cell = TextBlock("cell", "电话：13800138000", segments=(Segment(0, 14, "s"),))
    view = TextBlock("view", "电话：13800138000", segments=(Segment(0, 14, "s"),))

    (sample,) = made(cell, view)

    assert sample.text == "电话：13800138000"


def test_long_documents_become_several_samples():
    samples = made(*(TextBlock(str(i), f"第{i}段。" + "咳嗽，" * 200) for i in range(6)))

    assert len(samples) > 2
    assert all(len(sample.text) <= SIZE for sample in samples)
    assert [sample.id for sample in samples][:2] == ["0001-1", "0001-2"]
