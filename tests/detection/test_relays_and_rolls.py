"""Who adds himself to a relay, who is on duty on which weekday, and who heads the lines of a roll."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


def _persons(deidentifier, marked: str) -> tuple[list[str], list[str]]:
    text, expected = parse_marked(marked)
    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"]
    return found, [text[mark.start : mark.end] for mark in expected if mark.entity_type == "PERSON"]


@pytest.mark.parametrize(
    "marked",
    [
        "1.[火根](PERSON)2人 2.[腊梅](PERSON)+1 3.[如意](PERSON) 4.[苗苗](PERSON)妈妈",
        "接龙：小年夜聚餐 1、[春生](PERSON) 2、[安心](PERSON)（带娃） 3、[老鬼](PERSON)不来 4、[瓦旦](PERSON)",
        "周六爬山接龙\n1. 702[大鹏](PERSON)+2\n2. [麦穗](PERSON)一家三口\n3. 1101[贾大春](PERSON)",
        "接龙：1.苹果2斤 2.香蕉一把 3.石榴5个",
        "合唱团接龙：1.[翠兰](PERSON)+1 2.[大鹏](PERSON)+2 3.[麦穗](PERSON)一家",
        "日程：8:30、签到 9:31、早会 10:32、查房，可带1人",
        "1.空腹 2.忌烟酒 3.多喝水 4.按时吃药",
        "接龙规则：1.先报名 2.再缴费 3.准时到",
        "检查项目：1.血常规 2.尿常规 3.胸片+心电图",
    ],
)
def test_relays(deidentifier, marked: str) -> None:
    found, expected = _persons(deidentifier, marked)

    assert found == expected


@pytest.mark.parametrize(
    "marked",
    [
        "值日：周一 [许诺](PERSON) [关山](PERSON)  周二 [王小丽](PERSON) [时光](PERSON)  周三 [路遥](PERSON) [李文秀](PERSON)",
        "老同学录\n[贾大春](PERSON)  县农技站  群主\n[江山](PERSON)  病故\n[白雪](PERSON)  随夫迁居",
        "值班：周一 内科 外科  周二 全天 停诊  周三 白班 夜班",
        "营养餐：周一 白粥 周二 面条 周三 馄饨 周四 蒸饺",
        "药品名册\n石斛  30袋  常温\n杜仲  20袋  阴凉\n沉香  5袋  密封",
    ],
)
def test_rolls(deidentifier, marked: str) -> None:
    found, expected = _persons(deidentifier, marked)

    assert found == expected


@pytest.mark.parametrize(
    "marked",
    [
        "周一 [闫](PERSON) 周二 [牟](PERSON) 周三 [宓](PERSON) 周四 停诊",
        "早 [小米](PERSON) [阿紫](PERSON)\n晚 [小高](PERSON) [阿丽](PERSON)",
    ],
)
def test_a_weekday_or_a_shift_is_no_part_of_a_name(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"}

    assert found <= {text[mark.start : mark.end] for mark in expected}
    assert found
