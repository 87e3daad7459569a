"""Somebody in notes, letters and permits, and what in papers is like a name, a body or an age and is none."""

from __future__ import annotations

import pytest

PAPERS = {
    "PERSON",
    "LOCATION",
    "CN_ADDRESS",
    "CN_MEDICAL_INSTITUTION",
    "ORGANIZATION",
    "AGE",
    "USERNAME",
    "OTHER_ID",
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("另外想给续大夫送面锦旗，寄到科里收不收", "续"),
        ("舍弟宏达会到码头接", "宏达"),
        ("探视时淑芬来了，坐轮椅，拉着手不说话", "淑芬"),
        ("委托古丽娜代为办理", "古丽娜"),
        ("来不了的话让德吉打电话说一声", "德吉"),
        ("受让方带来的律师Grace念了一遍条款", "Grace"),
        ("预授权我明日跟。\nGrace\n\n> 在 2024-06-26 09:40，欧阳建平 写道：\n> 床位", "Grace"),
        ("病人 CHANG, MEI-YUN，臺胞證已驗", "CHANG, MEI-YUN"),
        ("reviewed the file of HSIEH, CHIN-HSIANG (discharged)", "HSIEH, CHIN-HSIANG"),
        ("昵称：糖糖麻麻\n糖糖18个月，打的百白破第四针", "糖糖"),
        ("14:26 Peggy 陈:对，护照已寄", "Peggy 陈"),
        ("病人姓名：區寶儀（英文 AU Po Yee, Bonnie）", "AU Po Yee, Bonnie"),
        ("病人：蔡潤芝女士（TSOI Yun Chi, Rainbow）", "TSOI Yun Chi, Rainbow"),
        ("用LO Wun Yung登记", "LO Wun Yung"),
        ("客户 TANG Suk Fun, Connie，女", "TANG Suk Fun, Connie"),
        ("母国珍　女　63岁　绵阳市涪城区", "母国珍"),
        ("患者因妹妹母玉兰去年肺癌去世，焦虑明显", "母玉兰"),
        ("母钱程，电话未留", "钱程"),
        ("妻子苏婉怀二胎五个月，家里房贷", "苏婉"),
        ("5月10日林娜可带宝宝来门诊", "林娜"),
        ("客户方毛建平总催了两次合同", "毛建平"),
        ("患者方建国，男，62岁", "方建国"),
        ("眼睛有点红。雨桐现在睡着，37.9，要不要现在去急诊？", "雨桐"),
        ("第一碗给若曦留着，坐月子的人要吃热的", "若曦"),
        ("丽娟已离职，让他自己写检查", "丽娟"),
        ("他不是姓王，是姓汪，登记错了", "汪"),
        ("收件人: 朱雨桐 <zhuyt@clinic.example.cn>", "朱雨桐"),
    ],
)
def test_somebody(persons, text, name):
    assert name in persons(text)


def test_a_given_name_of_somebody_who_is_told_of_twice(persons):
    letter = (
        "我叫邱月琴，今年六十一岁。去年十月，我老伴易先觉查出食道上的毛病，女儿易楠在网上找到你们。\n"
        "二十三号我陪先觉坐火车到汉口，来接的小伙子叫田园，大雨天背着先觉上的台阶，这个我要表扬。\n"
        "（铅笔批注）先觉＝易先觉，合同在易楠名下"
    )
    assert {"易先觉", "先觉"} <= persons(letter)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        (f"写着姓名，卡号{'A7F3C0192E5B48D6' * 4}，已登记", "A7F3C0192E5B48D6" * 4, "CN_HEALTH_CARD"),
        ("俞美华52得的乳腺癌", "52", "AGE"),
        ("竺阿毛71，2024年7月31日去世", "71", "AGE"),
        ("买买提江48 放羊的 2015年肝包虫开过一次", "48", "AGE"),
        ("我家老二昊昊5个月，母乳，六天没大便", "5个月", "AGE"),
        ("客服排班    7.8-7.14    排班人：屈\n7.8  小伍早\n7.9  小伍晚\n7.10 小伍休", "7.9", "DATE_TIME"),
        ("陪诊排班    7.8-7.14    排班人：屈", "7.14", "DATE_TIME"),
    ],
)
def test_numbers_of_somebody(found, text, value, kind):
    assert (value, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "员工签字：　　　　　　　　　年　　月　　日",
        "高良姜不是姓高，和颜悦色地讲",
        "“李斯特菌”不是姓李；“金葡菌”不是姓金",
        "对，女儿叫什么都行，複姓喔",
        "白塞病不姓白，“房颤”不是姓房的",
        "桥本甲状腺炎：不是姓桥的大夫；川崎病",
        "随访日期 | 第1次 | 第2次\n日吸烟量 | 20/10 | 20/15\n日饮酒(两) | 2/1 | 1/0",
        "间隔1个月两剂，越早越好，12月龄前完成",
        "1组贲门右，2组贲门左，7组胃左动脉旁",
        "收件人: 入院服务 <admission@hospital.example.cn>",
        "Ⅰ型多取艾弗·刘易斯术式或麦基翁术式",
        "取生理盐水一小滴，菌量宜少",
        "把病历抹去姓名后交给外部算法公司训练",
        "因本协议引起的争议提交[  ]仲裁委员会，一裁终局。",
        "程序：第1剂12～18月龄，第2剂4周岁；13岁以上两剂",
        "年龄分段：29天～6月、6月～2岁、2～14岁",
        "未成年人的，年满十四周岁以前还须监护人同意",
        "2024-01-22 15:40  病情告知\n家属到谈话间。\n2024-01-23 09:10  阶段小结／出院前\n一般可。",
    ],
)
def test_nobody(found, text):
    assert not [(value, kind) for value, kind in found(text) if kind in PAPERS and kind != "DATE_TIME"]


def test_days_fill_a_row_of_a_form(found):
    form = "随访日期 | 2024-02-20 | 2024-05-16\n日吸烟量 | 20/10 | 10/5\n检查 | 3-5 | 4-6\n下次随访 | 5-20 | 8-20"
    days = [value for value, kind in found(form) if kind == "DATE_TIME"]
    assert days == ["2024-02-20", "2024-05-16", "5-20", "8-20"]


def test_a_hospital_is_no_header(found):
    form = (
        "就诊过的医院（写全称）  如皋市人民医院   南通大学附属医院\n诊断  胰腺占位   考虑 胰腺癌？ 没做病理"
    )
    bodies = [value for value, kind in found(form) if kind == "CN_MEDICAL_INSTITUTION"]
    assert bodies == ["如皋市人民医院", "南通大学附属医院"]


def test_clauses_are_no_days(found):
    clauses = "四、排班\n4.1 乙方按月排班\n4.2 因乙方原因未到的\n4.3 双方另行约定"
    assert not [value for value, kind in found(clauses) if kind == "DATE_TIME"]


def test_a_seal_is_nobody_though_its_character_is_a_surname(persons):
    contract = "经办人：章若曦\n甲方：侯雪莲　　乙方（章）：\n代表：裴俊峰"
    assert "章" not in persons(contract)
