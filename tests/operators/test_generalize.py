"""Coarser values; and a label, never the original, for what cannot be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import PolicyError
from deid.grammar.divisions import Divisions
from deid.operators import OPERATORS, Request

generalize = OPERATORS["generalize"]
DIVISIONS = Divisions.from_lines(
    [
        "湖南省\tprovince\t湖南省",
        "长沙市\tprefecture\t湖南省/长沙市",
        "岳麓区\tcounty\t湖南省/长沙市",
        "上海市\tprovince\t上海市",
        "浦东新区\tcounty\t上海市",
        "海南省\tprovince\t海南省",
        "三沙市\tprefecture\t海南省/三沙市",
        "朝阳区\tcounty\t北京市",
        "朝阳区\tcounty\t吉林省/长春市",
    ]
)


def generalized(value, entity_type, *, params=None, form="plain", divisions=DIVISIONS):
    request = Request(entity_type, "值", 7, params=params or {}, form=form, divisions=divisions)
    return generalize.operate(value, request)


@pytest.mark.parametrize(
    ("value", "params", "expected"),
    [
        ("58岁", {}, "55-59岁"),
        ("五十八岁", {}, "55-59岁"),
        ("５８岁", {}, "55-59岁"),
        ("58", {}, "55-59"),
        (" 58 ", {}, "55-59"),
        ("58岁", {"width": 10}, "50-59岁"),
        ("89岁", {}, "85-89岁"),
        ("90岁", {}, "90岁以上"),
        ("101岁", {}, "90岁以上"),
        ("82岁", {"top": 80}, "80岁以上"),
        ("3岁2个月", {}, "2-4岁"),
        ("8月龄", {}, "0-1岁"),
        ("13岁", {}, "10-13岁"),
    ],
)
def test_ages_become_bands(value, params, expected):
    assert generalized(value, "AGE", params=params) == expected


@pytest.mark.parametrize(
    ("value", "level", "expected"),
    [
        ("2023年5月6日", "month", "2023年5月"),
        ("2023-05-06", "month", "2023-05"),
        ("２０２３－０５－０６", "month", "2023-05"),
        ("20230506", "month", "202305"),
        ("2023年5月6日09:30", "month", "2023年5月"),
        ("2023/5/6 10:00:00", "year", "2023"),
        ("2023年5月6日", "quarter", "2023年第二季度"),
        ("2023年5月6日", "half_year", "2023年上半年"),
        ("二〇二三年五月六日", "month", "二〇二三年五月"),
        ("5月6日", "month", "5月"),
        ("2023年", "month", "2023年"),
        ("2023", "month", "2023"),
        ("2023-05-06至2023-06-08", "month", "2023-05至2023-06"),
        ("2023年5月3日至8日", "month", "2023年5月"),
        ("2023年5月3日09:30至5月8日10:30", "month", "2023年5月"),
    ],
)
def test_dates_lose_their_day(value, level, expected):
    assert generalized(value, "DATE_TIME", params={"level": level}) == expected


def test_a_date_loses_its_day_and_a_birth_date_its_month_by_default():
    assert generalized("1958-05-06", "DATE_TIME") == "1958-05"
    assert generalized("1958-05-06", "DATE_OF_BIRTH") == "1958"


def test_a_relative_word_stays_unless_it_pins_a_day():
    assert generalized("昨天", "DATE_TIME") == "昨天"
    assert generalized("上周三", "DATE_TIME") == "〔值7〕"
    assert generalized("去年国庆", "DATE_TIME") == "〔值7〕"


@pytest.mark.parametrize(
    ("value", "params", "expected"),
    [
        ("湖南省长沙市岳麓区麓山南路932号", {}, "湖南省长沙市"),
        ("岳麓区麓山南路932号3栋201室", {}, "湖南省长沙市"),
        ("上海浦东新区张杨路500弄12号301室", {}, "上海市"),
        ("长沙", {}, "湖南省长沙市"),
        ("长 沙市", {}, "湖南省长沙市"),
        ("湖南", {}, "湖南省"),
        ("三沙市永兴镇", {}, "海南省"),  # fewer than 20,000 people
        ("长沙市岳麓区", {"level": "province"}, "湖南省"),
    ],
)
def test_addresses_keep_the_prefecture(value, params, expected):
    assert generalized(value, "CN_ADDRESS", params=params) == expected


@pytest.mark.parametrize(
    ("entity_type", "value", "expected"),
    [
        ("ETHNICITY", "汉族", "汉族"),
        ("ETHNICITY", "汉", "汉族"),
        ("ETHNICITY", "维吾尔族", "少数民族"),
        ("ETHNICITY", "回", "少数民族"),
        ("NATIONALITY", "中国", "中国"),
        ("NATIONALITY", "中国香港", "中国"),
        ("NATIONALITY", "美国", "外国籍"),
        ("NATIONALITY", "日本", "外国籍"),
        ("MARITAL_STATUS", "已婚", "已婚"),
        ("MARITAL_STATUS", "已婚已育", "已婚"),
        ("MARITAL_STATUS", "丧偶", "离异或丧偶"),
        ("MARITAL_STATUS", "未婚", "未婚"),
        ("EDUCATION", "本科", "大专及以上"),
        ("EDUCATION", "博士研究生", "大专及以上"),
        ("EDUCATION", "高中", "高中或中专"),
        ("EDUCATION", "小学毕业", "初中及以下"),
        ("NATIVE_PLACE", "湖南长沙", "湖南省长沙市"),
    ],
)
def test_social_attributes_become_classes(entity_type, value, expected):
    assert generalized(value, entity_type) == expected


@pytest.mark.parametrize(
    ("entity_type", "value"),
    [
        ("AGE", "不小了"),
        ("AGE", "58岁和60岁"),
        ("AGE", ""),
        ("DATE_TIME", "那天"),
        ("DATE_TIME", "2023-05-06张三2023-05-08"),
        ("DATE_TIME", "2023-13-45"),
        ("DATE_OF_BIRTH", "属龙"),
        ("CN_ADDRESS", "朝阳区建国路1号"),
        ("CN_ADDRESS", "村东头老槐树旁"),
        ("LOCATION", "老家"),
        ("ETHNICITY", "外星人"),
        ("NATIONALITY", "汉族"),
        ("MARITAL_STATUS", "复杂"),
        ("EDUCATION", "不详"),
        ("PERSON", "张三"),
        ("A_TYPE_OF_SOMEONE_ELSE", "张三"),
    ],
)
def test_what_cannot_be_read_becomes_a_label(entity_type, value):
    assert generalized(value, entity_type) == "〔值7〕"


@pytest.mark.parametrize("form", ["masked", "partial"])
def test_masked_and_partial_forms_become_a_label(form):
    assert generalized("1958-05-**", "DATE_OF_BIRTH", form=form) == "〔值7〕"


def test_an_address_without_a_gazetteer_becomes_a_label():
    assert generalized("湖南省长沙市", "CN_ADDRESS", divisions=None) == "〔值7〕"


@given(st.integers(0, 120), st.sampled_from(["岁", "周岁", "Y", ""]), st.sampled_from([5, 10, 20]))
def test_no_age_comes_out_as_it_was(years, unit, width):
    result = generalized(f"{years}{unit}", "AGE", params={"width": width})

    assert result != f"{years}{unit}"
    assert years < 90 or "90" in result or result == "〔值7〕"


@given(
    st.dates(min_value=date(1900, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]),
)
def test_no_day_comes_out(day, form):
    written = day.strftime(form)
    result = generalized(written, "DATE_TIME")

    assert result == "〔值7〕" or len(result) < len(written)
    assert result != written


@given(
    st.text(max_size=20), st.sampled_from(["AGE", "DATE_TIME", "DATE_OF_BIRTH", "CN_ADDRESS", "EDUCATION"])
)
def test_any_text_comes_out_as_something(value, entity_type):
    assert generalized(value, entity_type)


@pytest.mark.parametrize(
    ("entity_type", "params"),
    [
        ("AGE", {"level": "month"}),
        ("AGE", {"width": 1}),
        ("AGE", {"width": 7}),
        ("AGE", {"width": 5.0}),
        ("AGE", {"top": 95}),
        ("DATE_TIME", {"level": "day"}),
        ("DATE_TIME", {"width": 5}),
        ("CN_ADDRESS", {"level": "month"}),
        ("ETHNICITY", {"level": "month"}),
        ("PERSON", {}),
        ("SYMPTOM", {}),
        ("", {"widht": 5}),
    ],
)
def test_wrong_parameters_are_errors(entity_type, params):
    with pytest.raises(PolicyError, match="generalize"):
        generalize.check(params, entity_type=entity_type)


def test_a_misspelt_parameter_lists_near_names():
    with pytest.raises(PolicyError) as caught:
        generalize.check({"widht": 5}, entity_type="AGE")

    assert "width" in caught.value.hint
