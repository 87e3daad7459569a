"""Days in figures among dates of the same weeks, and shares, scores and values there."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "[6月21日](DATE_TIME)交接：韦朝贵手术同意做了，定[6.27](DATE_TIME)，等通知",
        "产妇登记[2024-07-30](DATE_TIME) | [8/5](DATE_TIME)血糖高；婆婆在旁",
        "[2024.1.31](DATE_TIME)随访：来访者下次约[2/7](DATE_TIME)，怕她临时变卦",
        "护理排班[2024-10-21](DATE_TIME)\n到[10.27](DATE_TIME)产假结束，钟点[10/9](DATE_TIME)晚班对调",
        "工单 [2024-12-28](DATE_TIME) 建；[1/3](DATE_TIME)客户催办，[1/6](DATE_TIME)结案",
        "[2024-02-18](DATE_TIME) 李姐：[2/20](DATE_TIME)货到了，给老周送去",
        "[2024年5月10日](DATE_TIME) 右下肢肌力4/5，左侧3/5，淋巴结5/12转移",
        "[5月10日](DATE_TIME) 血钾5.12，血糖从5.31降到6.15，钾,5.12,mmol/L",
        "[5月20日](DATE_TIME) 每日5/6片，5/12 疗程，完成课程5/12，病床使用5/10，合格5/15",
        "[2024-06-01](DATE_TIME)，6/7缺失，5/6松动，得分6/10，7/10及格，血糖控制到6.15。\n[6/13](DATE_TIME)冠脉造影",
        "[2024年3月12日](DATE_TIME)：7/10血糖高，定9.27，等通知",
    ],
)
def test_days_among_dates_of_the_same_weeks(marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in detect(text) if e.entity_type == "DATE_TIME"]

    assert found == [(mark.start, mark.end) for mark in expected]
