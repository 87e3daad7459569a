"""Words, wares and plants that stand where somebody may, and what stands before a name and is no part of it."""

from __future__ import annotations

import pytest

_FILLING = "陈建国、李秀英两位老人都在场，李秀英的女儿王丽娟负责签字，护士长周雅琴做了登记，事后由陈建国的儿子陈志强送回家中休息，全程没有争执，大家都很配合。"
"""Persons enough and length enough for the networks that look at what is left."""
_FILLED = {"陈建国", "李秀英", "王丽娟", "周雅琴", "陈志强", "周", "李", "陈", "王"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这位是镇痛科燕博，全名燕南飞。丛叔叔明天上门", {"燕博", "燕南飞", "丛"}),
        ("小王其实叫王旭，大名王旭东，本名王大旭", {"小王", "王旭", "王旭东", "王大旭"}),
        ("沃小妮：辛苦娟姐！假牙给他戴了吗", {"沃小妮", "娟姐"}),
        ("麻烦王姐、谢谢李医生、辛苦了张主任", {"王姐", "李", "张"}),
        ("钥匙在门卫老万那，老楼的门晚9点锁", {"老万"}),
        ("理赔部滕晓曼收。\n客户：滕是图腾的腾？", {"滕晓曼", "滕"}),
        ("车建国已到；费日升签字；成大夫说；全念祖先生", {"车建国", "费日升", "成", "全念祖"}),
        ("找艳姐，贾艳，不是假的假啊！", {"艳姐", "贾艳"}),
        ("值班费日200夜260，钱的事问项羽凡", {"项羽凡"}),
        ("他叫戈建民。\n调度：车已经出发了。", {"戈建民"}),
        ("Ariel: 明天见", {"Ariel"}),
    ],
)
def test_a_name_is_found_without_what_leads_to_it(persons, text, expected):
    assert persons(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "患者习惯喊她大姐。",
        "车停菜棚子跟前，夏天谁受得了",
        "我这名字不是新中国成立那年起的吗。",
        "说父亲已过世，肺部感染，家属平静，致歉、结案。",
        "系贵公司“关爱e生”保单之被保险人。",
        "想的，自家地里毛豆还没收。",
        "他指着窗台上一盆植物说：这个是仙鹤草，收敛止血。",
        "麻煩安排復康巴士，接送地址同院址。",
    ],
)
def test_words_among_persons_are_left(persons, text):
    assert persons(f"{_FILLING}{text}") <= _FILLED


@pytest.mark.parametrize(
    "text",
    [
        "老铁们，今儿给大伙儿唠唠，想来的老铁，离地铁口二百米",
        "那辰光师傅是上海下来的，阿拉勿晓得",
        "头发没掉，人黄成一根真的芒果。",
        "客户：全念吧，我记一下\n座席：好的。",
        "现在住CCU，床位费贵来，探望只好下半天三点",
        "高兴归高兴，别贪凉。",
        "他啥时候成老中医了，以前是劁猪嘞",
        "坐席：单名一个字是吧？",
        "甲型H1N1和乙型Victoria是两码事，得了甲流照样能得乙流。",
        "用Ariel洗衣液洗的，Ariel 洗衣液过敏",
        "别踩老雷；换一小段管子",
        "孙孙今天没去幼儿园",
    ],
)
def test_what_is_said_is_nobody(persons, text):
    assert persons(text) == set()
