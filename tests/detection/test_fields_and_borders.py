"""What fields, cells and the words behind a name say of where it ends, and of what is none."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked
from deid.types import TextBlock


def assert_found_as_marked(deidentifier, marked):
    text, expected = parse_marked(marked)

    found = {(text[one.start : one.end], one.entity_type) for one in deidentifier.detect(text)}

    assert found == {(text[mark.start : mark.end], mark.entity_type) for mark in expected}


@pytest.mark.parametrize(
    "marked",
    [
        # a title of which the beginning was taken for a given name
        "家访人 [樊](PERSON)治疗师、社工",
        "主管[邝](PERSON)课长电话告知，[逯](PERSON)本人签了谅解书",
        "拔管一次，[郝](PERSON)二线看过\n坐席：就姓[明](PERSON)单名一个白",
        # somebody who is called by the surname right behind the name
        "我是忠县的[毛先菊](PERSON)[毛](PERSON)阿姨今年七十一岁",
        "不是他姓[彭](PERSON)[彭国安](PERSON)",
        # orders, and whom somebody tells
        "回左肌间静脉血栓，遵[尹](PERSON)医嘱低分子肝素；遵医嘱吸氧",
        "报[招](PERSON)主任，停华法林一日；已报[计](PERSON)主任，[于](PERSON)护士长知晓",
        # surnames on a rule, where somebody signs
        "代签人：__[关](PERSON)__，签字：……[石](PERSON)……，患者签名：_____ 家属签字：__同意__ 签名：_无_\n睡眠：___安___",
        # letters before a surname
        "[Penny 彭](PERSON)，[Katya 关](PERSON) / 译员；Excel 文，Vitamin 钙",
        # the names of files
        "附件：会诊记录_HZ-2023-0417_[白芷](PERSON).pdf，投诉信-[高兴](PERSON).docx，处方集_黄芪.pdf，合同_终版.docx",
        # histories and tests
        "农药接触史无，虎红平板试验阳性，银离子敷料，慢病管理季卡",
        # minority names of two characters before a title
        "[才让](PERSON)先生好，请问",
    ],
)
def test_names_end_where_other_words_begin(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    ("label", "text", "name"),
    [
        ("称呼", "松总", "松"),
        ("姓名", "值班 昌盛", "昌盛"),
        ("姓名", "艾合买提 号码停机", "艾合买提"),
        ("姓名", "阿不都 热合曼", "阿不都 热合曼"),
        ("姓名", "薛老师", "薛"),
        ("紧急联系人", "妹João", "João"),
        ("负责人", "qiulina", "qiulina"),
        ("Assigned to", "anning", "anning"),
        ("Raised by", "Krämer", "Krämer"),
        ("sqr", "白芷", "白芷"),
        ("conRemark", "常宇华-糖尿病足", "常宇华"),
        ("xm=姓名", "必填", None),
        ("被告", "本公司", None),
        ("负责人", "admin", None),
    ],
)
def test_a_cell_below_a_label_holds_the_name_alone(deidentifier, label, text, name):
    [(_, entities)] = deidentifier.detect_blocks([TextBlock("a", text, "", (label,))])

    assert [text[one.start : one.end] for one in entities if one.entity_type == "PERSON"] == (
        [name] if name else []
    )


def test_departments_are_no_bodies_and_civil_cases_no_offences(deidentifier):
    blocks = [
        TextBlock("a", "心理门诊", "", ("医院/科室",)),
        TextBlock("b", "医疗服务合同纠纷", "", ("案由",)),
        TextBlock("c", "人力资源中心", "", ("部门",)),
        TextBlock("d", "预计负债60万元，主营业务收入1,463万元", ""),
    ]

    assert [entities for _, entities in deidentifier.detect_blocks(blocks)] == [(), (), (), ()]


@pytest.mark.parametrize(
    "marked",
    [
        '{"name":"[丁香](PERSON)","tel":"[13577120984](PHONE_NUMBER)"}',
        '{"guardian":"[关心](PERSON)","school":"[青溪三小](ORGANIZATION)"}',
        '{\\"contact\\":{\\"name\\":\\"[芒种](PERSON)\\",\\"relation\\":\\"妻子\\"},\\"tags\\":[{\\"name\\":\\"慢病随访\\"}]}',
        '姓名,个人编号\n[王芳](PERSON),="[8095440517](CN_SOCIAL_SECURITY)"',
        "医生：记得，[文登](LOCATION)那位。我在[卫辉](LOCATION)老家，手里[郎溪](LOCATION)那单",
    ],
)
def test_records_in_text_guarded_cells_and_places_before_who_is_from_there(deidentifier, marked):
    assert_found_as_marked(deidentifier, marked)


def test_what_goes_over_all_columns_is_not_below_the_first(deidentifier):
    text = "工作单位\t职务\t电话\n杭州澜溪丝绸有限公司\t财务总监\t13577120984\n二、既往史（可多选）\t\t\n☑高血压2级  ☐糖尿病\t\t\n"

    found = {(text[one.start : one.end], one.entity_type) for one in deidentifier.detect(text)}

    assert ("杭州澜溪丝绸有限公司", "ORGANIZATION") in found
    assert not any("既往史" in value or "☑" in value for value, _ in found)


@pytest.mark.parametrize(
    "rows",
    [
        "工作单位\t沪东轴承厂\t\t\t医保类型\t☑职工 □居民\n紧急联系人\t\t关系\t儿子\t电话\t\n药品名称\t规格\t用法\t起始时间\t反应\t\n",
        "职业/单位\t钳工\t职业/单位\t会计\t职业/单位\t司机\n初步诊断\t梅尼埃病\t初步诊断\t混合痔\t初步诊断\t肺炎\n付款方式\t现金\t付款方式\t现金\t付款方式\t现金\n",
        "登记项目\t成员一\t成员二\t成员三\n姓名\t孙国华\t沈玉兰\t孙可\n性别\t男\t女\t男\n出生日期\t1950-01-02\t1952-03-04\t1980-05-06\n目前用药\t氨氯地平\t无\t无\n体质指数\t27.4\t22\t21\n服务需求\t随访\t无\t无\n",
        "账户名称：某健康咨询公司\t\t\t\n交易日期\t摘要\t金额\t附言\n2024-03-01\t陪诊服务费\t80.0\t\n",
    ],
)
def test_labels_of_forms_are_no_values_of_what_stands_above(deidentifier, rows):
    labels = {
        "紧急联系人",
        "药品名称",
        "初步诊断",
        "付款方式",
        "目前用药",
        "体质指数",
        "服务需求",
        "交易日期",
    }

    assert not labels & {rows[one.start : one.end] for one in deidentifier.detect(rows)}


@pytest.mark.parametrize(
    "marked",
    [
        # names that end as labels do, or begin as what somebody says of himself
        "姓名,电话\n[Bruno](PERSON),[13800138000](PHONE_NUMBER)\n[Felicity](PERSON),[13800138001](PHONE_NUMBER)\n[Sage](PERSON),[13800138003](PHONE_NUMBER)",
        "客户,顾问,金额\n[无双](PERSON),[我爱国](PERSON),300\n[守护人](PERSON),[不凡](PERSON),400",
        # columns that are known and unknown by turns
        "姓名\t班级\t电话\t宿舍\n[陈皮](PERSON)\t三班\t[13800138000](PHONE_NUMBER)\t四舍\n[当归](PERSON)\t二班\t[13800138001](PHONE_NUMBER)\t四舍",
        # headers with a remark
        "姓名\t电话\t身份证号（必填，18位）\n[陈皮](PERSON)\t[13800138000](PHONE_NUMBER)\t\n[当归](PERSON)\t[13800138001](PHONE_NUMBER)\t",
        # values that look like labels
        "单位 联系人 电话\n[恒大公司](ORGANIZATION) [陈皮](PERSON) [13800138000](PHONE_NUMBER)\n[万科公司](ORGANIZATION) [当归](PERSON) [13900139000](PHONE_NUMBER)",
    ],
)
def test_names_in_columns_that_look_like_labels_are_found(deidentifier, marked):
    assert_found_as_marked(deidentifier, marked)


def test_somebody_called_as_a_season_falls_asleep(deidentifier):
    text = "患者秋雨，女。\n秋雨入睡困难，夜间易醒。白雪入睡困难加重。雷雨天气加重。"

    found = [text[one.start : one.end] for one in deidentifier.detect(text) if one.entity_type == "PERSON"]

    assert found == ["秋雨", "秋雨", "白雪"]
