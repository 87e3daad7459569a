"""Who is called like a herb or a point of acupuncture, and the herb or the point in the same record."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("茯苓，女，45岁，主诉头痛", {"茯苓"}),
        ("患者茯苓自诉好转，护士薄荷已签字", {"茯苓", "薄荷"}),
        ("如有疑问请致电前台茯苓：13812345678", {"茯苓"}),
        ("石斛医生改方，由秦艽经手", {"石斛", "秦艽"}),
        ("姓名 半夏 性别 女\n被试 当归 男 34岁\n抄送：木香\n责任人：沉香", {"半夏", "当归", "木香", "沉香"}),
        ("您好，我叫茯苓，患者 黄芪 女 40岁，予黄芪30g、当归10g", {"茯苓", "黄芪"}),
        ("收件人：半夏\n电话：13611112222\n品名：半夏500g", {"半夏"}),
        ("联系人：合谷（13611112222），针合谷、足三里；客户“茯苓”要求退款", {"合谷", "茯苓"}),
        ("3月起由谷雨接替白露，客户名单另附；由白芍换赤芍", {"谷雨", "白露"}),
        ("处方由甘草医师提供，秦艽本人1973年生，客户泽兰同意存档", {"甘草", "秦艽", "泽兰"}),
        ("打印：苏木", {"苏木"}),
        ("术者甘松本人签字，时间7月3号", {"甘松"}),
        ("苍耳、辛夷母女同来；木瓜（小孩）怕针；防风（规培）", {"苍耳", "辛夷", "木瓜", "防风"}),
        ("家属代黄连取药。患者未到，女儿黄芩代述病情，其子茯苓代为签字", {"黄连", "黄芩", "茯苓"}),
        ("1\t药剂科\t代（黄芪）\n2\t护理部\t代签（平安）", {"黄芪", "平安"}),
        ("儿子代白术签字；由家属黄芪代为办理出院", {"白术", "黄芪"}),
        ("同事地榆陪她来，太太高洁做主", {"地榆", "高洁"}),
        ("半夏投诉半夏露过期，泽兰跟进。", {"半夏", "泽兰"}),
        ("患者：关元，女，45岁，电话13812345677", {"关元"}),
        ("家里急事打纪：133-1186-2210", {"纪"}),
        ("患者方海，黄芪30g；陶丹 女 34岁，当归10g", {"方海", "陶丹"}),
        ("1. 王海 2. 陶丹 3. 李静\n白芍\n医师：陶丹", {"王海", "陶丹", "李静"}),
        ("方海与李静同用一间诊室", {"方海", "李静"}),
        ("账号已由贺岁寒停用，改由戴芬登录", {"贺岁寒", "戴芬"}),
    ],
)
def test_somebody_is_found_where_nothing_else_can_stand(persons, text, names):
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "患者黄芪过敏，患者茯苓服后腹泻",
        "由黄芪负责补气，由石斛负责养阴",
        "患者当归同意加用，中药甘草提供能量，患者知情同意",
        "半夏（代）6g，陈皮（代茶饮）",
        "核对：黄芪30g、当归10g；复核：连翘12g",
        "茯苓，男女老少皆宜，1岁以上",
        "丹参医生建议停用，茯苓、黄芪一家之言",
        "国庆请假，国庆值班",
        "初诊，男，45岁，头痛3天",
        "找车 13311862210",
        "德文信里说；翻译未校；税 92350503M0001",
        "母亲当归在家煮，老伴三七在家泡酒；整理：当归；记录：合谷；大枣(妹妹)带来；阳光投诉渠道",
        "联系单 13811862210，问路 13811862210",
        "当归医生说孕妇不能吃，红花医生说能泡脚吗，山药阿姨说多吃",
        "陈皮（小孩）5g，薄荷（小孩）慎用，当归(本人,自备)，妻子益母草说没用",
        "家属代取黄连、黄芩各10g，药房代煎黄芪，女儿代述病情，家属代为取药",
        "党参、黄芪姐妹方；枸杞投诉多",
        "找全13812345678",
        "FEI_BU_CT_20240101.zip；AN_HUI_CT_1.dcm",
        "校园参加活动，结直肠化疗3程，完全冠状动脉闭塞，项目赤字",
        "1. 白芍 2. 方海 3. 黄芪",
        "方海与半夏不宜同用，尹灵芝、茯苓、甘草各10g",
        "白芍\n陶丹\n川芎",
        "景天 10g，炒司马台9克，水煎服",
        "对戴芬过敏，改用殷泰后好转，予唐力治疗3天，停申捷。严迪已停用",
        "殷泰 10mg bid，施图伦滴眼",
        "既往有德奎尔万病史，哈钦森三联征（-）",
        "莫若青、阿如拉、安南子各6g，胡桃仁15g，柳寄生30g，祁木香9g",
    ],
)
def test_the_herb_stays_the_herb(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("患者韩文信，男，45岁", "韩文信"),
        ("王大中龋齿，已补", "王大中"),
        ("患者王福全冠心病10年", "王福全"),
        ("张园参加体检", "张园"),
        ("王发麻醉科会诊", "王发"),
        ("患者李青叶胆囊炎", "李青叶"),
        ("客户艾泽申请退款", "艾泽"),
        ("今日值班医生洪连", "洪连"),
    ],
)
def test_no_word_of_medicine_goes_from_a_name_into_the_next_word(persons, text, name):
    assert persons(text) == {name}


def test_a_point_among_points_is_no_patient(deidentifier):
    text = "患者：关元，女，45岁，电话13812345677。针刺关元、气海、足三里。关元诉好转，关元穴周温差1.6℃，艾灸关元60分钟"

    found = [e.start for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    assert found == [text.index("关元，女"), text.index("关元诉")]


def test_who_is_named_in_letters_behind_a_role(persons):
    text = "护士Blessing已通知；译员Aigerim 13812345678；本人Ayigül已听翻译\n客服阿May：您好；与会：Kowalska、张总。"

    assert persons(text) == {"Blessing", "Aigerim", "Ayigül", "阿May", "Kowalska", "张"}
    assert (
        persons("护士Braden评分12分，本人Hpylori阳性，助理Excel，学员Zoom入会；本人Hiv已查；客服Order：A12")
        == set()
    )


def test_a_name_before_a_number_is_no_part_of_it(deidentifier):
    text = "联系 Anna 13812345678"

    assert [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PHONE_NUMBER"] == [
        "13812345678"
    ]


def test_the_name_of_a_file_in_capitals(persons):
    text = "护照首页 HAN_BING_MRI_20241101.zip；CT_HEAD_2024.zip；BAO_GAO_2024.pdf；XIE_HE_MRI.zip"

    assert persons(text) == {"HAN_BING"}


def test_hospitals_abroad_are_nobody(deidentifier):
    text = "Prof. Okonkwo（Royal Marsden）、Dr. Feldman (Dana-Farber)，资料寄Mount Elizabeth；聖路加国際病院"
    found = {text[e.start : e.end]: e.entity_type for e in deidentifier.detect(text)}

    assert {name for name, kind in found.items() if kind == "PERSON"} == {"Okonkwo", "Feldman"}
    assert {name for name, kind in found.items() if kind == "CN_MEDICAL_INSTITUTION"} == {
        *("Royal Marsden", "Dana-Farber", "Mount Elizabeth", "聖路加国際病院")
    }


def test_days_behind_an_arrow_and_the_last_of_a_series(deidentifier):
    text = "改约 11-22→11-29；9程，末次10-29，脓细胞10-20→3-5，首次10-15针"
    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "DATE_TIME"]

    assert found == ["11-22", "11-29", "10-29"]
