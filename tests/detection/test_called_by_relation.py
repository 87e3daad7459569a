"""琼姐 and 炳叔, whom the younger call so; names that are greeted, or given with a number."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("琼姐说明天来复诊", "琼姐"),
        ("这件事问炳叔就知道", "炳叔"),
        ("徽姐已与他和解", "徽姐"),
        ("豆豆（大名李子涵）发热", "豆豆"),
        ("芳姨把药送来了", "芳姨"),
        ("护工说慧姐昨晚陪到两点", "慧姐"),
        ("白天是德叔顶的", "德叔"),
        ("付爹问明天要不要空腹", "付爹"),
        ("投保人太太方糖电话13812345678，续保前回访", "方糖"),
        ("尤里您好，尤其注意血钾", "尤里"),
        ('EMAIL -> "Sutton, Maeve" <m.sutton@example.com>', "Sutton, Maeve"),
        ("Wife: Greta Brandt (née Falkenrath), born 1965", "Falkenrath"),
        ("Viele Grüße, Olli", "Olli"),
        ("03/07/2024, 08:45 - Ah Mei: 可以，加$150", "Ah Mei"),
        ("上官婉仪在线\n10:05\t上官：骨扫描拷盘送到前台", "上官"),
        ("不规则服用。欧阳：增强MRI快进快出。覃：原发性肝癌临床诊断", "欧阳"),
    ],
)
def test_somebody_is_called_so(found, text, name):
    assert (name, "PERSON") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "您妹妹的报告能发吗",
        "月嫂说孩子夜里哭",
        "来的是姐姐，说叔叔在路上",
        "祝老人健康长寿，家属满意",
        "表姐已经到了",
        "医生您好，我想咨询",
        "大家你好，",
        "犹豫期：自签收保单之日起20日",
        "祝患者安康，早日出院",
        "卢布结算",
        "桂枝、桂圆等食物与药物间隔1小时",
        "我这几天一三五，二四六轮班",
        "Ah Yes, that is right",
        "三婶说腿疼，问姐在不在",
        "五行。金：肺。木：肝。水：肾。",
        "夏天你好！",
        "granulomatosis with polyangiitis (formerly Wegener)",
        "6901234567890123,陈皮,10g",
        "**一、病情说明**",
    ],
)
def test_nobody_is_called_so(found, text):
    assert not [surface for surface, kind in found(text) if kind == "PERSON"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("原联系人陈嘉慧（9468 3305）已不用", "9468 3305"),
        ("个女Fiona 9240 3316，日头听电话", "9240 3316"),
        ("一三七，零六二五，八八零，四五，跟微信同号", "一三七，零六二五，八八零，四五"),
    ],
)
def test_numbers_behind_names_and_dictated_in_groups(found, text, number):
    assert (number, "PHONE_NUMBER") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "王伟 2019 2024 年在职",
        "李娜 6222 0213 4455 6677",
        "王伟（2024-0315）复诊",
        "李静 2500-3000克",
        "王伟，期望薪资：8000-9000；张敏，6000-8000。",
        "周一三五、二四六、一三五、二四六轮班",
    ],
)
def test_other_figures_behind_a_name_are_no_number(found, text):
    assert "PHONE_NUMBER" not in {kind for _, kind in found(text)}


def test_names_stay_names_before_what_befalls_them(found):
    assert ("刘洋", "PERSON") in found("王芳、刘洋等症状稳定")
    assert ("平**", "PERSON") in found("老人平**")


def test_a_payee_is_somebody_whatever_word_it_is(found):
    assert ("苏合香", "PERSON") in found("6230520011880370\t苏合香\t保险理赔款")


def test_accounts_in_exports_of_messages(found):
    table = "发送方\t接收方\t内容\nGongXiaoLei\twmJQ0aDwAAk3\t好的\n医生\t患者\t收到"
    assert {s for s, kind in found(table) if kind == "USERNAME"} == {"GongXiaoLei", "wmJQ0aDwAAk3"}
    assert ("wanglan", "USERNAME") in found("2024-05-20 14:00:11 from:wanglan text: 好了")
    assert found("switched from: insulin to: metformin") == []


def test_accounts_in_addresses_of_programs_and_numbers_of_decisions(found):
    assert ("u_luyao_0915", "USERNAME") in found("GET /v2/customers/u_luyao_0915 200")
    assert found("GET /v2/customers/search 200, POST /api/account/reset_password") == []
    assert ("第1301042025004417号", "OTHER_ID") in found("交警出具认定书第1301042025004417号")
    assert ("20240101", "DATE_TIME") in found("判决书(第20240101号)")
