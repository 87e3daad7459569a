"""What notes of a day tell of somebody without a cue, and of drugs, herbs, brands and kinds of bodies that are nobody."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("病史: 乌云其其格平素口服氨氯地平", {"乌云其其格"}),
        ("今天尼玛卓嘎没来", {"尼玛卓嘎"}),
        ("已通知那顺。", {"那顺"}),
        ("我和热依汗一起去的", {"热依汗"}),
        ("后来依伙说不疼了", {"依伙"}),
        ("让阿拉坦仓签字", {"阿拉坦仓"}),
        ("一子布和体健，一女王丽体健", {"布和", "王丽"}),
        ("一子王强体健", {"王强"}),
        ("淑芬今早出院", {"淑芬"}),
        ("志强不同意手术", {"志强"}),
        ("已通知浩然。", {"浩然"}),
        ("上次是建军陪的", {"建军"}),
        ("问过小曹了，没有过敏", {"小曹"}),
        ("小钱血压又高了", {"小钱"}),
        ("是老段接的电话", {"老段"}),
        ("请陈查勘员看一下", {"陈"}),
        ("转薛健管师处理", {"薛"}),
        ("填表吕倩  审何  8/18", {"吕倩", "何"}),
        ("会议记录\n到:丛、宁远、鲍晓雪、栾教授", {"丛", "宁远", "鲍晓雪", "栾"}),
        ("邱总是做陶瓷的那个?", {"邱"}),
        ("来接的小伙子姓来(叫来宝)", {"来", "来宝"}),
        ("糖尿病足,女儿卢珊代接电话", {"卢珊"}),
        ("平时是媳妇廖姐管,廖姐在食堂上班", {"廖姐"}),
        ("行 让我家栓柱拉我去", {"栓柱"}),
        ("费用问题找连翘（13912345678）", {"连翘"}),
        ("Lǐ Míng, Wáng Fāng, Zhāng Wěi来诊", {"Lǐ Míng", "Wáng Fāng", "Zhāng Wěi"}),
        ("大舅：桂花年轻时候脾气就这样", {"桂花"}),
        ("工号,姓名,花名,均分\n8031,罗雯婷,婷婷,94.5\n8042,方圆,圆圆,90", {"罗雯婷", "婷婷", "方圆", "圆圆"}),
    ],
)
def test_somebody_without_a_cue(persons, text, names):
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "先上帕博利珠，两周一次。",
        "他说替雷利珠太贵了",
        "要是还涨再说达雷妥尤。",
        "瑞舒伐一天一片，饭后吃。",
        "中成药：夏桑菊、小柴胡",
        "佳达修打了两针，换成馨可宁",
        "奥希三年了，停奥希改别的",
        "贝母、浙贝、川贝、平贝、伊贝——反乌头",
        "茯苓15g、姜夏10g、陈皮6g",
        "方用：茯苓10g、甘草6g",
        "方子我拍给你：金钱草30g 海金沙15g",
        "安博维 150mg qd；",
        "药房东洋参缺货",
        "严重低血糖时静推50%葡萄糖",
        "即唐氏筛查,唐不是医生",
        "昨天由儿子陪同来蓉。",
        "田野里看看花。",
        "方案甲：季付；方案乙：年付",
        "仡佬族大爷听不懂",
        "对方律所的意见",
        "苏州查勘员到了",
        "康复后没再犯病",
    ],
)
def test_nobody(persons, text):
    assert persons(text) == set()


def test_who_prescribes_behind_the_last_herb_is_somebody(persons):
    assert persons("处方：柴胡10g 茯苓12g 白术9g 王建国") == {"王建国"}


@pytest.mark.parametrize(
    "text",
    [
        "放号时间以医院公告为准",
        "具体凭公司证明",
        "请填写目标公司名称",
        "报告医院：待定",
        "|出院医院|日期|",
        "请填写投保公司名称",
        "已联系转诊卫生院",
        "停车费公司报",
    ],
)
def test_a_kind_of_body_is_none(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("去金塔人医复查", "金塔人医"),
        ("转到鹰潭肺科了", "鹰潭肺科"),
        ("上个月鹰潭人医查的", "鹰潭人医"),
        ("濮阳附一出院", "濮阳附一"),
        ("在濮阳三院做的CT", "濮阳三院"),
        ("转到湖南儿童了", "湖南儿童"),
        ("在新乡中医院住院", "新乡中医院"),
        ("高兴,邵逸夫,六院,休,瑞金,中山", "中山"),
        ("向阳,仁济东院,胸科,休,长海,长征", "长征"),
    ],
)
def test_a_hospital_in_short(found, text, body):
    assert (body, "CN_MEDICAL_INSTITUTION") in found(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("| 王芳 | 女 | 邗江 | 乳腺癌 |", "邗江"),
        ("黎平有个病人", "黎平"),
        ("凯里站接人", "凯里站"),
        ("裘女士（静安）：急性胆囊炎", "静安"),
    ],
)
def test_a_county_where_somebody_is_told_of(found, text, place):
    assert (place, "LOCATION") in found(text)


@pytest.mark.parametrize(
    ("text", "value", "entity_type"),
    [
        ("下次抽血 10.21 肝功", "10.21", "DATE_TIME"),
        ("第1周期 4.11起", "4.11", "DATE_TIME"),
        ("唐都医院8.9出院。", "8.9", "DATE_TIME"),
        ("资料3.15前交", "3.15", "DATE_TIME"),
        ("#3 2023.6 稳定。想生二胎", "2023.6", "DATE_TIME"),
        ("追问 08-30:我早上去查了", "08-30", "DATE_TIME"),
        ("我家诺诺11个月了", "11个月", "AGE"),
        ("鲍子轩 20个月 电话同上", "20个月", "AGE"),
        ("外孙8个月零5天", "8个月零5天", "AGE"),
        ("哎 我51了折腾不起", "51", "AGE"),
        ("Vivian Tu (涂雯雯) F / 41   DOB", "41", "AGE"),
    ],
)
def test_a_day_or_an_age(found, text, value, entity_type):
    assert (value, entity_type) in found(text)


@pytest.mark.parametrize(
    "text", ["张伟 24个月 随访完成", "血钾3.15前后波动，肌酐4.7复查", "体温8.9出院时36.5"]
)
def test_a_period_or_a_value_is_neither(found, text):
    assert {kind for _, kind in found(text)} <= {"PERSON"}
