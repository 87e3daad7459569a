"""A day in figures behind the day of something, and months alone behind a pause."""

from __future__ import annotations

import pytest

from deid.catalog.marked import parse_marked
from deid.pipeline import Deidentifier


@pytest.mark.parametrize(
    "marked",
    [
        "体检那天是[5.17](DATE_TIME)",
        "手术当天是[3.8](DATE_TIME)",
        "发病当天（[4.12](DATE_TIME)）就去了",
        "那天是[6.2](DATE_TIME)吧",
        "手术那天[9.28](DATE_TIME)，下雨",
        "抽血当天[7-22](DATE_TIME)没吃早饭，出院那天[6/18](DATE_TIME)，面试的日子是[6.13](DATE_TIME)",
        "预约的是[8.14](DATE_TIME)上午，我去那天是[8.23](DATE_TIME)，上次去是[9.26](DATE_TIME)，没看成",
        "血钾那天是3.5，那天评分是4/5，来那天是3.2kg，手术那天是3.5小时",
        "4,800|[3月](DATE_TIME)少一次",
        "那天血糖是5.17，当天CRP是8.15，当天体温是38.5",
        "那天是5.5公里，当天是3.5小时",
        "化验正常，[10月](DATE_TIME)停过药",
        "降压药吃吃停停、[10月](DATE_TIME)停过、[12月](DATE_TIME)又吃",
        "[11月](DATE_TIME)再来",
        "术后3月停过，治疗6月停药，停药3月复发，每3月复查",
        "备注：[2月](DATE_TIME)去外地，许雯：[6月](DATE_TIME)返费我发一版，主题：[3月](DATE_TIME)专家会诊劳务费",
        "于医生[11月](DATE_TIME)去援藏，没有，[4月](DATE_TIME)单位体检，长年开车，[3月](DATE_TIME)搬水桶后腰痛",
        "客户称[5月](DATE_TIME)体检有结节，扣500，[7月](DATE_TIME)欠条，[2023-12](DATE_TIME)单位体检",
        "阑尾切除术（[2011](DATE_TIME)，巢湖），心脏彩超（[10-05](DATE_TIME)，戚梅）",
        "病程：3月加重，疗程：3月为一期，方案：3月为一疗程，母乳：6月添加辅食，患者6月去除钢板，大儿子一月回一次",
        "方案（5-10，每日），指南（2019，中国），室间隔缺损（3-5，毫米），呋塞米（10-20，口服），血钾（05-10，正常）",
        "缘于入院前2月无诱因乏力，就诊前3月，患者曾做胃镜，术前1月化疗",
    ],
)
def test_days_and_months(deidentifier: Deidentifier, marked: str) -> None:
    text, marks = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "DATE_TIME"]

    assert found == [(mark.start, mark.end) for mark in marks]
