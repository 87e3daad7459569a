"""Months and days in figures by who does what then, and the figures that only look like them (in shadow text)."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "我爸[3.5](DATE_TIME)做的支架，[3-9](DATE_TIME)出院",
        "化验是[3.19](DATE_TIME)抽的血",
        "李强，[11-24](DATE_TIME)来访，自述焦虑",
        "王芳 [3.12](DATE_TIME) 复查；周静,[11.24](DATE_TIME),来电,催报告",
        "病程（[11-24](DATE_TIME)）：今日查房",
        "补记：[8.15](DATE_TIME)夜班患者诉腹痛",
        "还是[3/6](DATE_TIME)那次的方子，约的[11.24](DATE_TIME)上午9点",
        "上次[12.8](DATE_TIME)开的药吃完了",
        "材料[10-20](DATE_TIME)寄出，请查收",
        "蜡块[8.19](DATE_TIME)寄丢一次，家属不高兴",
        "付建波 [1.18](DATE_TIME)\n补充（[1.22](DATE_TIME)）：带了苹果去",
        "患者[1-12](DATE_TIME)转ICU，家属签字",
        "首访[9/14](DATE_TIME)，提单[11-08](DATE_TIME)，期望[11-12](DATE_TIME)前完成，[3.22](DATE_TIME)入的院",
        "登记人 陈红 [11-24](DATE_TIME)",
        "记录：张鹏 [4.16](DATE_TIME) 14:10",
        "头孢吃了5天，没好。[4.14](DATE_TIME)在学校跑步后咳吐，乙肝第1针 [9.13](DATE_TIME)补种",
        "利妥昔单抗第三针（[5/30](DATE_TIME)，福州总院）",
    ],
)
def test_finds_days_by_who_did_what(marked: str) -> None:
    text, marks = parse_marked(marked)

    found = {(e.start, e.end) for e in detect(text) if e.entity_type == "DATE_TIME"}

    assert found == {(mark.start, mark.end) for mark in marks}


@pytest.mark.parametrize(
    "text",
    [
        "血钾由3.2升到4.1出院",
        "血红蛋白降到8.2输血",
        "患者2/3出现发热，3-5患者陪同",
        "2-3家属陪同，每3-5次复查",
        "L4-5手术，第3-5肋骨折",
        "EF 5.6 复查，D-二聚体 2.8 复查",
        "肌力4/5，杂音3/6级",
        "张三 3.5 08:30:00 0.2，血钾，3.14在正常范围，钾3.5在复查后升高",
    ],
)
def test_leaves_figures_of_other_things(text: str) -> None:
    assert not [e for e in detect(text) if e.entity_type == "DATE_TIME"]
