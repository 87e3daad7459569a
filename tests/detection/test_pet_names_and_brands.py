"""Pet names before a parent, hospitals of universities of medicine, and brands before a form of medicine."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "[暖暖](PERSON)妈：[济医附院](CN_MEDICAL_INSTITUTION)几点上班",
        "客服您好，[萌萌](PERSON)妈，已加您",
        "[糖糖](PERSON)奶奶：几点开门",
        "[皖医附院](CN_MEDICAL_INSTITUTION)心内科，[蚌医附院](CN_MEDICAL_INSTITUTION)",
        "[圆圆](PERSON)奶奶带来的化验单，[点点](PERSON)姥姥打电话问疫苗",
        "人人爸爸都这样，时时妈妈提醒，明明妈妈在场，谢谢奶奶",
        "由[张](PERSON)工对接[北医三院](CN_MEDICAL_INSTITUTION)，转接[华西医院](CN_MEDICAL_INSTITUTION)",
        "谢谢妈：我没事；问问妈，药在哪；奶奶妈妈都来了；刚刚妈打电话",
        "好嘞，谢谢[罗](PERSON)主任",
        "卓玛丽药膏，章光101口服液，孙氏药膏，白云山口服液",
    ],
)
def test_pet_names_hospitals_and_brands(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [
        (e.entity_type, e.start, e.end)
        for e in deidentifier.detect(text)
        if e.entity_type in ("PERSON", "CN_MEDICAL_INSTITUTION")
    ]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in expected]


@pytest.mark.xfail(reason="the networks see it otherwise", strict=True)
def test_parents_who_speak_in_a_chat_are_its_accounts(deidentifier) -> None:
    text = "暖暖妈:在吗\n李医生:在\n暖暖妈:烧退了"

    assert (0, 2) not in {(e.start, e.end) for e in deidentifier.detect(text)}


@pytest.mark.parametrize(
    "marked",
    [
        "咨询师意见：[英兰](PERSON)先做位点验证，请[小裴](PERSON)合并，女婿[郭鹏](PERSON)陪。",
        "[秀莲](PERSON)阿姨走路比[秀芳](PERSON)阿姨还快，是[月霜](PERSON)小姐说的",
        "太太[季月琴](PERSON)、孙女[甜甜](PERSON)；弟[金哲](PERSON)（不愿验）",
        "客户：[吴秀芳](PERSON)阿姨家　拟取名：[龙一诺](PERSON)（父 [龙腾](PERSON)，34岁）",
        "[果果](PERSON)、[豆豆](PERSON)手心红疹，红红、肿肿的，家家、户户都要查",
        "中班[妞妞](PERSON)与大班[牛牛](PERSON)确诊流感，她孙儿[敬业](PERSON)电话18048612075",
        "15床[赵*燕](PERSON)改做增强，[刘**](PERSON)已转诊，[Z某](PERSON)拒绝陪同",
        "病理送检者[赖](PERSON)，固定时间10:45；协调员[辛](PERSON)到场；报告[邓](PERSON)／审核[傅](PERSON)",
        "跟诊[喻](PERSON)　司机[蒲](PERSON)　家庭住址不详；供应商[乐](PERSON)经理，宣传科[洪](PERSON)干事",
        "报案人[冀](PERSON)自述与人争吵，随车[封](PERSON)医生",
        "医助代[温](PERSON)主任回复",
        "被投诉人：顾问[余婧](PERSON)，[卓玛](PERSON)阿妈血压高，[志强](PERSON)问药在哪",
        "[박지훈](PERSON)님，预约改到下周；约诊的[松本 健一](PERSON)先生",
        "[黄连翘](PERSON)，33岁，开黄连上清片",
        "患者[武松](PERSON)诉头痛，家属：[王熙凤](PERSON)；[霍生操](PERSON)问什么时候出院",
        "B某科室，A某项目；关系|后妈|后爸|电话",
        "D:\\患者资料\\[翟红](PERSON)\\增强CT",
        "1;夜间陪护;红会医院;[来](PERSON)医生;2024-09-29",
        "1;夜间陪护;红会医院;[来](PERSON)医生;2024-09-29\n备注：后来医生说可以，[来](PERSON)医生签了",
        "主治：[鄂晓光](PERSON)　主任：[那](PERSON)主任（代签）",
        "科左后旗姥姥家住，阿右旗的客户，鄂前旗来的",
        "患者姓名：见腕带　客户经理 | 国际部　王守义十三香、陈克明挂面，男性，33岁，目前，33岁，已婚",
        "二(3)班家长群：全额退款1580元，老人说蒙语多",
        "麦吉尔疼痛问卷；威廉姆斯操、麦肯基疗法；艾普沃斯嗜睡量表",
        "报告发[冯红](PERSON)微信，片子找[白浩然](PERSON)要，[诸葛浩然](PERSON)血压又高了",
    ],
)
def test_where_names_begin_and_end(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    assert found == [(mark.start, mark.end) for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "护工，[金色晚晴养老院](ORGANIZATION)",
        "83岁，[夕阳红养老院](ORGANIZATION)，每月来",
        "选择居家、社区、公办养老院、民办养老院，或者，普通养老院",
    ],
)
def test_homes_between_commas(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "ORGANIZATION"]

    assert found == [(mark.start, mark.end) for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "[西瓜](PERSON)妈妈说[西瓜](PERSON)上次发烧39度",
        "今天带[布丁](PERSON)去打第二针，[布丁](PERSON)没哭",
        "[芒果](PERSON)也请假了，[橙子](PERSON)顶班",
        "[二狗](PERSON)叔喊你明朝早点去",
        "[老蔫](PERSON)今天说话了",
        pytest.param(
            "[胜利](PERSON)，你先把字签了，[听雨](PERSON)说她寄过",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "[柱子](PERSON)媳妇儿俺给你留的号",
        "大家都叫他[刀疤](PERSON)。",
        "[建国](PERSON)叔血压180；[建国](PERSON)，你爸的CT出来了",
        "你好[百川](PERSON)，\n材料我看了",
        "西瓜没吃完，芒果到了，橘子咳嗽能吃吗，布丁一份",
        "石头你把它搬走；眼镜昨天刚配的；大头贴拍了两版",
        "大家都叫他回家。人家叫他名字他不应",
        "今天你把表填了，现在你去哪",
    ],
)
def test_who_is_called_like_a_thing(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    assert found == [(mark.start, mark.end) for mark in expected]
