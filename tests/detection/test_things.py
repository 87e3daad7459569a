"""Under a label that names a thing stands no person; under one that names a person everything is one."""

from __future__ import annotations

from functools import cache

import pytest

import deid
from deid.detection.things import is_thing


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
