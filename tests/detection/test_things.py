"""Under a label that names a thing stands no person; under one that names a person everything is one."""

from __future__ import annotations

from functools import cache

import pytest

import deid
from deid.detection.things import is_thing
from deid.formats.accounts import AUTHOR


@cache
def _deidentifier() -> deid.Deidentifier:
    return deid.Deidentifier()


def _types(text: str, *labels: str) -> set[str]:
    return {entity.entity_type for entity in _deidentifier().detect(text, labels=labels)}


@pytest.mark.parametrize(
    "label",
    ["产品名称", "药品名称", "项目名称", "医院名称", "套餐名称", "文件名", "会议名称", "品名", "类别名称", "卡种", "会员等级", "drug_name", "productName", "brand_name", "hostname", "file_name", "data-link-name", "class_name", "学名", "通用名", "level"],
)  # fmt: skip
@pytest.mark.parametrize("value", ["银卡", "王老吉", "陈香露", "白云", "舒心"])
def test_the_name_of_a_thing_is_no_person(label, value):
    assert "PERSON" not in _types(value, label)


@pytest.mark.parametrize(
    "label",
    ["签名", "护士签名", "小名", "姓名", "客户名称", "患者名称", "会员名称", "联系人", "经办人", "户名", "持卡人", "patient_name", "pt_name", "contact_name", "name", "姓名/Name"],
)  # fmt: skip
@pytest.mark.parametrize("value", ["王雪梅", "平安", "高峰"])
def test_the_name_of_a_person_is_one(label, value):
    assert not is_thing(label)
    assert "PERSON" in _types(value, label)


@pytest.mark.parametrize("label", ["备注", "c3", "x7", "说明"])
def test_under_a_label_that_says_nothing_a_word_stays_and_a_name_is_found(label):
    assert _types("银卡", label) == set()
    assert {"PERSON"} == _types("王雪梅", label) == _types("古丽娜尔", label) == _types("石磊", label)


def test_a_field_in_running_text_counts_too():
    assert _types("产品名称：王老吉") == set()
    assert _types("医院名称：白云") == {"CN_MEDICAL_INSTITUTION"}
    assert "PERSON" in _types("产品名称：王老吉，姓名：白云")


def test_who_signs_a_row_of_a_table_is_found():
    text = "日期 | 内容 | 签名\n3/14 | 翻身拍背 | 吴婷婷\n3/15 | 抽血 | 方圆"
    found = {text[entity.start : entity.end] for entity in _deidentifier().detect(text)}
    assert {"吴婷婷", "方圆"} <= found


def test_below_a_header_that_says_nothing_the_tagger_is_believed_where_it_is_sure():
    text = "姓名,主管,车型\n李建国,聂想,凯美瑞\n王淑芬,陈辰,凯美瑞\n李四,武仓娟,凯美瑞"
    found = {text[e.start : e.end] for e in _deidentifier().detect(text) if e.entity_type == "PERSON"}
    assert found == {"李建国", "聂想", "王淑芬", "陈辰", "李四", "武仓娟"}


def test_a_person_in_the_name_of_a_thing_is_found():
    assert "PERSON" in _types("王雪梅的体检套餐", "项目名称")


@pytest.mark.parametrize("value", ["陪诊服务", "检前须知", "高血压", "阿司匹林", "白芷", "订单中心"])
def test_a_field_just_called_name_holds_whatever_it_does(value):
    assert "PERSON" not in _types(value, "name")
    assert "PERSON" not in _types(f"items:\n  - name: {value}\n    price: 298\n")


@pytest.mark.parametrize("value", ["李红", "小陈", "古丽娜尔", "高兴", "欧阳靖宇"])
def test_but_a_name_in_it_is_one(value):
    assert "PERSON" in _types(value, "name")


@pytest.mark.parametrize("value", ["麦穗", "过伟"])
def test_beside_fields_of_a_person_a_name_is_whatever_it_says(value):
    assert "PERSON" in _types(f'{{"uid":"u_5520187","name":"{value}","mob":"13812345678"}}')
    assert "PERSON" in _types(
        f"id;name;dob;phone\nF001;戴红;1966-08-30;15962186037\nF002;{value};1972-10-02;-"
    )
    assert "PERSON" not in _types('{"name":"陪诊服务","price":298}\n{"name":"陪诊服务","price":598}')


TITLES = "出院小结 入院记录 出院记录 检验报告单 病程记录 首次病程记录 手术记录 会诊单 手术知情同意书 体检报告 处方笺".split()
"""Of records: a form begins with one, and 姓名 may stand before it where lines are read askew."""


@pytest.mark.parametrize(
    "value",
    ["高温补贴：每日15元", "金额大写须一致", "于是日起取消纸质签到", "景天三七糖浆", "付款方式", "家族史", "市场部", "护理组", *TITLES],
)  # fmt: skip
def test_notes_labels_and_offices_among_names_are_nobody(value):
    assert "PERSON" not in _types(value, "姓名")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("gaoyx", "USERNAME"),
        ("doubao1975", "USERNAME"),
        ("Administrator李", "USERNAME"),
        ("数据组 Lemon", "USERNAME"),
        ("王芳", "PERSON"),
        ("陈医生", "PERSON"),
    ],
)
def test_whoever_wrote_a_document_is_replaced(value, kind):
    assert _types(value, *AUTHOR) == {kind}


@pytest.mark.parametrize("place", ["江南地区", "华北地区", "江浙沪", "京津冀一带"])
def test_a_part_of_the_country_is_no_place_of_anybody(place):
    assert not _types(f"{place}气候潮湿，患者较多。") - {"MEDICATION", "DISEASE"}


@pytest.mark.parametrize("label", ["diagnosis", "诊断", "zhenduan", "备注", "level"])
@pytest.mark.parametrize("around", ["patient", "患者", "kehu", "hospital", "医院", "address"])
@pytest.mark.parametrize("value", ["肺炎", "高血压", "白芷"])
def test_what_a_field_stands_in_does_not_make_a_person_or_a_place_of_it(label, around, value):
    assert _types(value, label, around) <= {"DISEASE", "MEDICATION"}


@pytest.mark.parametrize(
    ("value", "labels", "kind"),
    [
        ("白芷", ("name", "patient"), "PERSON"),
        ("白芷", ("value", "患者"), "PERSON"),
        ("李红", ("diagnosis", "patient"), "PERSON"),
        ("华北", ("name", "assignedPerson", "author"), "PERSON"),
        ("华北", ("given", "name", "patient"), "PERSON"),
        ("华北", ("name", "hospital", "patient"), "CN_MEDICAL_INSTITUTION"),
        ("宏远汽修", ("name", "company"), "ORGANIZATION"),
        ("12号楼302", ("detail", "address"), "CN_ADDRESS"),
    ],
)
def test_but_a_field_that_says_little_is_what_it_stands_in(value, labels, kind):
    assert kind in _types(value, *labels)


@pytest.mark.parametrize("thing", ["ward", "drug", "病区", "device"])
@pytest.mark.parametrize("value", ["血液科", "白芷"])
def test_the_nearest_thing_a_general_field_stands_in_tells_what_it_is(thing, value):
    assert "PERSON" not in _types(value, "name", thing, "patient")


@pytest.mark.parametrize("value", ["CT", "MRI", "AFP"])
def test_tests_in_a_list_are_nobody(value):
    assert "PERSON" not in _types(value, "name")


@pytest.mark.parametrize("section", ["主诉章节", "现病史章节", "诊断记录章节"])
def test_a_section_of_a_clinical_document_is_nobody(section):
    assert "PERSON" not in _types(section, "displayName", "code")


@pytest.mark.parametrize(
    "label",
    ["Surname 姓", "Surname 姓 (拼音)", "Given names 名", "Given Names", "GIVEN NAMES", "名/Given names", "姓（拼音）", "First Name 名", "Family name"],
)  # fmt: skip
@pytest.mark.parametrize("value", ["QI", "ZHENGUO", "建国"])
def test_the_parts_of_a_name_have_fields_of_their_own(label, value):
    assert _types(value, label) == {"PERSON"}


@pytest.mark.parametrize("value", ["Warning", "Action", "Let There Be Rock", "The Distance", "Live Wire"])
def test_words_and_titles_below_a_name_that_may_be_of_anything_are_nobody(value):
    assert "PERSON" not in _types(value, "Name")
    assert "PERSON" in _types(value, "Name", "姓名")


@pytest.mark.parametrize("label", ["name_en", "en_name", "name_zh"])
def test_a_name_in_a_language_may_be_of_anything_too(label):
    assert "PERSON" not in _types("Medical Oncology", label) | _types("血液科", label)
    assert _types("Grace", label) == {"PERSON"}


@pytest.mark.parametrize(
    "value", ["Vivian", "Grace", "Will Young", "Young", "Karen Price", "He Long", "Nguyen The Vinh"]
)
def test_names_of_words_below_it_are_somebody(value):
    assert "PERSON" in _types(value, "Name")


@pytest.mark.parametrize("value", ["Normal", "First Sheet"])
def test_a_name_in_a_schema_of_its_own_may_be_of_anything(value):
    assert _types(value, "ss:Name", "Worksheet") == set()


@pytest.mark.parametrize(
    ("label", "value"), [("level", "INFO"), ("encoding", "utf8"), ("formatter", "simple")]
)
@pytest.mark.parametrize("handler", ["info_file_handler", "errorHandler", "queue_handler"])
def test_what_handles_events_of_a_program_is_nobody(label, value, handler):
    assert _types(value, label, handler, "handlers") == set()
    assert "PERSON" in _types("Karen Olsen", "handler")
