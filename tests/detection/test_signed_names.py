"""Surnames alone where those sign who did something; what says how something is survives there."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("读片：陆/吴秀琴　复核：仉建国", {"陆", "吴秀琴", "仉建国"}),
        ("调配：苟正明　复核：苟/苏　　金额：186.40元", {"苟正明", "苟", "苏"}),
        ("医师 屈继红　　审核 屈/杨柳　　发药 冯", {"屈继红", "屈", "杨柳", "冯"}),
        ("调配：冯　发药：蒋", {"冯", "蒋"}),
        ("录：蒋　校：沈", {"蒋", "沈"}),
        ("陪同：倩　司机：杭", {"倩", "杭"}),
        ("填表：娟　审核：刘\n跟进人：琳\n客户：张伟", {"娟", "刘", "琳", "张伟"}),
        ("签到：王、李、张、赵", {"王", "李", "张", "赵"}),
        ("挂号费50*3 尹/黎", {"尹", "黎"}),
        ("记录：陈若谷　　核：华", {"陈若谷", "华"}),
        ("审批：采购-鞠　财务-卢", {"鞠", "卢"}),
        ("附件三份。\n　　　　　综合部　黎　2024.6.5", {"黎"}),
        ("（与原件核对无误 苏州查勘员戈 3.1）", {"戈"}),
        ("签署：詹________　佘________", {"詹", "佘"}),
        ("【签名】冯　【日期】2024.3.1", {"冯"}),
        (
            "1/30 四　早 徐文娟　医学顾问 汪\n1/31 五　早 李冬梅　医学顾问 邝\n汪医生休假，邝建军顶",
            {"徐文娟", "汪", "邝", "李冬梅", "邝建军"},
        ),
        ("明日值班：早曾 晚陆。曾护士8点到，陆医生9点到。", {"曾", "陆"}),
        ("早班：王丽\n晚班：李、赵\n李医生和赵医生都到", {"王丽", "李", "赵"}),
        (
            "母老师，家长:陈丽(母)\n学号 | 姓名 | 班\n01 | 班建国 | 3",
            {"母", "陈丽", "班建国"},
        ),
        ("患者|手术|主刀\n王桂兰|TURBT|赵/贾\n李大山|TURP|字", {"王桂兰", "李大山", "赵", "贾", "字"}),
    ],
)
def test_a_surname_alone_signs(persons, text, names):
    assert persons(text) == names


def test_a_herb_of_the_same_character_is_nobody(deidentifier):
    text = "姜医生开的方\n姜、枣、葛根各10g\n姜 3片"

    assert [e.start for e in deidentifier.detect(text) if e.entity_type == "PERSON"] == [0]


@pytest.mark.parametrize(
    "text",
    [
        "检验：高/低　检测：阴/阳　检验：阳　检查：白/黄",
        "苔：白/黄　脉：弦　宽____　高____　左____",
        "审核：通过　核：无误　签收：未　回访：空/关",
        "市场-高　风险-低　财务-应收　检验-阴",
        "颜色　黄　2024.6.5\n记录 和　登记 时　发药 3盒",
        "处方：黄芪 30g 甘草/党参",
    ],
)
def test_how_something_is_signs_nothing(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("组长：仉　责护：冉　负责人 仇　联系电话13812345678", {"仉", "冉", "仇"}),
        ("抄送：运营　崔，财务　尤", {"崔", "尤"}),
        ("同意报销。崔　5/6\n已知晓。綦\n审批意见：同意（覃）", {"崔", "綦", "覃"}),
        ("此复。\n　　医务科　綦\n　　2024年3月5日", {"綦"}),
        ("收到，按此执行\n——殳\n@綦 请看", {"殳", "綦"}),
        ("由覃跟进，詹协助；请转綦阅。", {"覃", "詹", "綦"}),
        ("请綦、逄两位老师审，韩/覃/詹 三人小组", {"綦", "逄", "韩", "覃", "詹"}),
        ("王（主刀）、綦（一助）", {"王", "綦"}),
        ("【处理人】詹　【时间】2024-03-02", {"詹"}),
        ("联系 0376-4967712（邻居郜家转）", {"郜"}),
    ],
)
def test_a_surname_alone_stands_for_who_it_is(persons, text, names):
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "同意 高\n已阅 全\n谢谢。祝好\n收到。谢",
        "- 无\n- 平\n-水\n@全体 请看\n[男] 已读",
        "由专人负责，由高到低，由内审核，由其负责，请速办理",
        "男/女两人，老、中、青三位，高、中、低三位，东、西两个方向",
        "组长：缺　主任：缺　值班：休 / 夜班：空　联系人：母",
    ],
)
def test_single_characters_stand_for_nobody_else(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("—— 邝，5/9", {"邝"}),
        ("钥匙在郭那，别忘", {"郭"}),
        ("打村口胡三家电话", {"胡三"}),
        ("到会：宁海波 方便 朱砂 请假：翟姐", {"宁海波", "方便", "朱砂", "翟姐"}),
        ("姑父防某，确实姓防）", {"防某", "防"}),
        ("陪诊人　那广林（配偶，64岁）", {"那广林"}),
        ("璧山龙凤(女,58)停药", {"龙凤"}),
        ("经治：汝南　主治：高文轩", {"汝南", "高文轩"}),
        ("08:02 手术排期-苏木：好\n08:05 胡艳：好\n08:06 手术排期-苏木：空腹", {"苏木", "胡艳"}),
        ("体检号,姓名,总检\n001,陈光明,辛夷\n002,陈光辉,辛夷", {"陈光明", "陈光辉", "辛夷"}),
    ],
)
def test_who_stands_there_is_found_by_what_stands_around(persons, text, names):
    assert persons(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("明日值班：早曾 晚陆。", {"曾", "陆"}),
        ("一线张 二线李", {"张", "李"}),
        ("1/30 早班徐文娟　营养顾问 汪\n", {"徐文娟", "汪"}),
    ],
)
def test_surnames_stand_alone_behind_shifts_and_offices(persons, text, names):
    assert persons(text) >= names


@pytest.mark.parametrize("text", ["早安 晚安", "白班 夜班", "早餐 晚餐", "早高 晚低"])
def test_words_behind_shifts_are_nobody(persons, text):
    assert persons(text) == set()
