"""Partial masks: the customary form of each type, and never more than is allowed to show."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from deid import escapes
from deid.errors import PolicyError
from deid.operators import OPERATORS, Request

mask = OPERATORS["mask"]


def masked(value, entity_type, **request):
    return mask.operate(value, Request(entity_type, **request))


@pytest.mark.parametrize(
    ("entity_type", "value", "expected"),
    [
        ("PHONE_NUMBER", "13812345678", "138****5678"),
        ("PHONE_NUMBER", "138 1234 5678", "138 **** 5678"),
        ("PHONE_NUMBER", "138-1234-5678", "138-****-5678"),
        ("PHONE_NUMBER", "１３８１２３４５６７８", "１３８****５６７８"),
        ("PHONE_NUMBER", "一三八一二三四五六七八", "一三八****五六七八"),
        ("PHONE_NUMBER", "+86 138 1234 5678", "+86 138 **** 5678"),
        ("PHONE_NUMBER", "8613812345678", "86138****5678"),
        ("PHONE_NUMBER", "(86)13812345678", "(86)138****5678"),
        ("PHONE_NUMBER", "013812345678", "0138****5678"),
        ("PHONE_NUMBER", "138****5678", "138****5678"),
        ("PHONE_NUMBER", "138××××5678", "138****5678"),
        ("PHONE_NUMBER", "010-87654321", "010-****4321"),
        ("PHONE_NUMBER", "(0571)8765 4321", "(0571)**** 4321"),
        ("PHONE_NUMBER", "0571-8765432", "0571-***5432"),
        ("PHONE_NUMBER", "021-87654321转8801", "021-****4321转****"),
        ("PHONE_NUMBER", "021-87654321-801", "021-****4321-***"),
        ("PHONE_NUMBER", "021-87654321 ext 801", "021-****4321 ext ***"),
        ("PHONE_NUMBER", "87654321", "******21"),
        ("PHONE_NUMBER", "+852 9123 4567", "+852 **** **67"),
        ("CN_RESIDENT_ID", "11010519491231002X", "110105********002X"),
        ("CN_RESIDENT_ID", "110105 19491231 002X", "110105 ******** 002X"),
        ("CN_RESIDENT_ID", "110105491231002", "110105******002"),
        ("CN_RESIDENT_ID", "110105********4619", "110105********4619"),
        ("CN_RESIDENT_ID", "1101051949123100", "1***********3100"),
        ("CN_HMT_RESIDENCE_PERMIT", "810000199408230021", "810000********0021"),
        ("CN_BANK_CARD", "6222021234567890128", "622202*********0128"),
        ("CN_BANK_CARD", "6222 0212 3456 7890", "6222 02** **** 7890"),
        ("CREDIT_CARD", "4111111111111111", "411111******1111"),
        ("CN_BANK_CARD", "622202123456", "********3456"),
        ("CN_BANK_ACCOUNT", "31001234567890", "**********7890"),
        ("PERSON", "张三", "张*"),
        ("PERSON", "王建国", "王*国"),
        ("PERSON", "欧阳", "欧*"),
        ("PERSON", "欧阳修", "欧阳*"),
        ("PERSON", "欧阳建国", "欧阳**"),
        ("PERSON", "张杨建国", "张***"),
        ("PERSON", "王", "*"),
        ("PERSON", "老赵", "老*"),
        ("PERSON", "王建\r\n国", "王*\r\n国"),
        ("PERSON", "王建\n国", "王*\n国"),
        ("PERSON", "石 磊", "石 *"),
        ("PERSON", "李*", "李*"),
        ("PERSON", "阿依古丽·买买提", "阿***·***"),
        ("PERSON", "Zhang Wei", "Z**** ***"),
        ("EMAIL_ADDRESS", "zhangsan@qq.com", "z***@qq.com"),
        ("EMAIL_ADDRESS", "zhangsan＠qq.com", "z***＠qq.com"),
        ("EMAIL_ADDRESS", "z@qq.com", "***@qq.com"),
        ("EMAIL_ADDRESS", "@qq.com", "***@qq.com"),
        ("CN_VEHICLE_PLATE", "沪A12345", "沪A***45"),
        ("CN_VEHICLE_PLATE", "沪A·12345", "沪A·***45"),
        ("CN_VEHICLE_PLATE", "沪AD12345", "沪A****45"),
        ("CN_PASSPORT", "E12345678", "E******78"),
        ("CN_QQ", "123456789", "1******89"),
        ("CN_WECHAT_ID", "zhang_san88", "z********88"),
        ("CN_ADDRESS", "上海市浦东新区张杨路500弄12号301室", "上海市浦东新区" + "*" * 14),
        ("CN_MEDICAL_INSTITUTION", "仁济医院", "仁***"),
        ("IP_ADDRESS", "192.168.10.24", "192.***.**.**"),
        ("GEO_COORDINATE", "31.2304,121.4737", "**.****,***.****"),
        ("URL", "https://example.com/u/1", "*****://*******.***/*/*"),
        ("USERNAME", "小仙女🌸", "****"),
        ("DATE_OF_BIRTH", "1949年12月31日", "****年**月**日"),
        ("DATE_TIME", "2023-05-06", "****-**-**"),
        ("AGE", "58岁", "**岁"),
        ("ETHNICITY", "汉族", "**"),
        ("A_TYPE_OF_SOMEONE_ELSE", "123456", "1****6"),
        ("A_TYPE_OF_SOMEONE_ELSE", "ab", "**"),
        ("A_TYPE_OF_SOMEONE_ELSE", "", ""),
    ],
)
def test_masks_as_people_know_them(entity_type, value, expected):
    assert masked(value, entity_type) == expected


@pytest.mark.parametrize(("value", "expected"), [("5678", "****"), ("002X", "****"), ("56-78", "**-**")])
def test_a_tail_is_hidden_whole_because_a_mask_would_show_it(value, expected):
    assert masked(value, "PHONE_NUMBER", form="partial") == expected


def test_the_character_can_be_chosen():
    assert masked("13812345678", "PHONE_NUMBER", params={"chars": "×"}) == "138××××5678"


def test_characters_that_nobody_sees_do_not_come_out():
    assert masked("138\u200b1234\u200b5678", "PHONE_NUMBER") == "138****5678"


@pytest.mark.parametrize(
    "params", [{"chars": "1"}, {"chars": "**"}, {"chars": ""}, {"chars": 3}, {"char": "*"}]
)
def test_wrong_parameters_are_errors(params):
    with pytest.raises(PolicyError, match="mask"):
        mask.check(params)


CUSTOM = {
    # What may show at most, of characters that are no separators, besides a country code.
    "PHONE_NUMBER": 8,
    "CN_RESIDENT_ID": 10,
    "CN_HMT_RESIDENCE_PERMIT": 10,
    "CN_BANK_CARD": 10,
    "CN_BANK_ACCOUNT": 4,
    "CN_VEHICLE_PLATE": 4,
    "PERSON": 2,
}
OTHER = [
    "CN_PASSPORT",
    "MEDICAL_RECORD_NUMBER",
    "CN_WECHAT_ID",
    "CN_ADDRESS",
    "ORGANIZATION",
    "URL",
    "USERNAME",
    "NEW",
]
text = st.text(
    alphabet=st.sampled_from("0123456789XxABzZ王建国欧阳上海市路号·- ./()@１２＊*转#_一二"),
    min_size=1,
    max_size=24,
)
anything = st.text(min_size=1, max_size=24)


def shown(value, result):
    assert len(result) == len(value)
    assert all(new in (old, "*") for old, new in zip(value, result, strict=True))
    return sum(old.isalnum() for old, new in zip(value, result, strict=True) if new == old and old != "*")


@given(st.one_of(text, anything), st.sampled_from(OTHER))
@example("\r\n", "NEW")
@example("ab\r\r\ncd", "NEW")
def test_other_types_never_show_more_than_a_third(value, entity_type):
    assume(not any(escapes.find(value)))  # which mean other characters
    visible = "".join(c for c in value if masked(c, "USERNAME"))  # without what nobody sees

    result = masked(value, entity_type)

    assert shown(visible, result) <= sum(c not in " -./()·:@[]" for c in visible) / 3


@given(text, st.sampled_from(sorted(CUSTOM)))
def test_customary_masks_never_show_more_than_their_form(value, entity_type):
    result = masked(value, entity_type)

    extension = len("extx#转8620") if entity_type == "PHONE_NUMBER" else 0  # its word, and the country code
    assert shown(value, result) <= max(CUSTOM[entity_type], len(value) / 3) + extension


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_the_middle_of_a_mobile_number_is_always_hidden(value):
    assert masked(value, "PHONE_NUMBER") == f"{value[:3]}****{value[7:]}"


@given(text, st.sampled_from(sorted({*CUSTOM, *OTHER} - {"PERSON"})))
def test_masking_twice_shows_no_more(value, entity_type):
    once = masked(value, entity_type)

    assert shown(value, masked(once, entity_type)) <= shown(value, once)


@given(text)
def test_a_name_of_two_or_more_loses_a_character(value):
    result = masked(value, "PERSON")

    assert "*" in result or not any(c.isalnum() for c in value)


@given(text)
def test_a_tail_shows_nothing_of_any_type(value):
    for entity_type in ("PHONE_NUMBER", "CN_RESIDENT_ID", "NEW"):
        assert shown(value, masked(value, entity_type, form="partial")) == 0


@given(st.text(alphabet="abcz._-1", min_size=1, max_size=12))
def test_an_email_shows_one_character_of_the_name_and_not_its_length(local):
    result = masked(local + "@qq.com", "EMAIL_ADDRESS")

    assert result in (local[0] + "***@qq.com", "***@qq.com")
