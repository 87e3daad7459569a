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
        ("记录：陈若谷　　核：华", {"陈若谷", "华"}),
        ("审批：采购-鞠　财务-卢", {"鞠", "卢"}),
        ("附件三份。\n　　　　　综合部　黎　2024.6.5", {"黎"}),
        ("（与原件核对无误 苏州查勘员戈 3.1）", {"戈"}),
        ("签署：詹________　佘________", {"詹", "佘"}),
        ("【签名】冯　【日期】2024.3.1", {"冯"}),
        ("患者|手术|主刀\n王桂兰|TURBT|赵/贾\n李大山|TURP|字", {"王桂兰", "李大山", "赵", "贾", "字"}),
    ],
)
def test_a_surname_alone_signs(persons, text, names):
    assert persons(text) == names


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
