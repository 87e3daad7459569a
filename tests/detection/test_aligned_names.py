"""Who is told by what stands in line: in a column, in a list, behind the days of a rota."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "日期	白班	夜班\n8/1	[刘晓敏](PERSON)	[石头](PERSON)\n8/2	[石头](PERSON)	[王倩](PERSON)\n8/3	[贺铭](PERSON)	[刘晓敏](PERSON)",
        "周一 | [陈美玲](PERSON) | [团子](PERSON) | 海淀\n周二 | [团子](PERSON) | [郭磊](PERSON) | 朝阳\n周三 | [郭磊](PERSON) | [陈美玲](PERSON) | 丰台",
        ",白班,夜班\n周一,[罗宇](PERSON),[阿卜杜拉](PERSON)\n周二,[于志豪](PERSON),[妞妞](PERSON)\n3/5,[于志豪](PERSON),[罗宇](PERSON)\n",
        "车辆排班：周一[强子](PERSON)，周二[孙强](PERSON)，周三[强子](PERSON)，周四[胡伟](PERSON)",
        "12-1 [倪萍萍](PERSON) [糯米](PERSON)\n12-2 [糯米](PERSON) [霍东](PERSON)\n12-3 [霍东](PERSON) [倪萍萍](PERSON)",
        "第1周 [兰兰](PERSON)、[高翔](PERSON)；第2周 [杜娟](PERSON)；第3周 [兰兰](PERSON)、[杜娟](PERSON)",
    ],
)
def test_what_stands_among_persons_is_somebody(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "marked",
    [
        "商家	联系人	级别\n同仁	[罗文静](PERSON)	重要\n康桥	[梁丽](PERSON)	普通\n华山	[高翔](PERSON)	重要",
        "姓名|科室|备注\n[许琴](PERSON)|内科|满意\n[邱建军](PERSON)|外科|温和\n[何丽](PERSON)|儿科|安静",
        "房间	入住	护理\n牡丹	[刘桂兰](PERSON)	一级\n海棠	[张爱华](PERSON)	二级\n梅花	[吴丹](PERSON)	一级",
        "日期	人员	状态\n8/1	[刘晓敏](PERSON)	到岗\n8/2	[王倩](PERSON)	外派\n8/3	[刘晓敏](PERSON)	外派",
        "姓名	白班	状态\n[许琴](PERSON)	机动	辛苦\n[邱建军](PERSON)	机动	年假",
    ],
)
def test_what_stands_among_words_is_a_word(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}
