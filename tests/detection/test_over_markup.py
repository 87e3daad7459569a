"""Values that rich text is written over, as it stands in databases, JSON and tables."""

from __future__ import annotations

import pytest

from deid import detect

STYLE = "font-size:10.5pt;mso-fareast-font-family:宋体;mso-ansi-language:EN-US;" * 6


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (
            "联系电话：<em>138</em>-<em>0013</em>-<em>8000</em>",
            "PHONE_NUMBER",
            "138</em>-<em>0013</em>-<em>8000",
        ),
        (
            "身份证号：<b>110105</b> <b>194912</b> <b>310025</b>",
            "CN_RESIDENT_ID",
            "110105</b> <b>194912</b> <b>310025",
        ),
        ("邮箱：duan<em>yichen</em>@163.com", "EMAIL_ADDRESS", "duan<em>yichen</em>@163.com"),
        ("微信号：wxid_<b>abcd1234</b>efgh", "CN_WECHAT_ID", "wxid_<b>abcd1234</b>efgh"),
        ("电话：138<!-- 中间 -->0013<!-- 尾 -->8000", "PHONE_NUMBER", "138<!-- 中间 -->0013<!-- 尾 -->8000"),
        (
            "电话：<span>138001</span>&nbsp;<span>38000</span>",
            "PHONE_NUMBER",
            "138001</span>&nbsp;<span>38000",
        ),
        ("电话：138001<br>38000", "PHONE_NUMBER", "138001<br>38000"),
        (
            f"电话：<span>138001</span><span style='{STYLE}'>38000</span>",
            "PHONE_NUMBER",
            f"138001</span><span style='{STYLE}'>38000",
        ),
        ("姓名：<font>段奕</font><font>辰</font>", "PERSON", "段奕</font><font>辰"),
        ("姓名：<em>欧阳</em>若兰，女", "PERSON", "欧阳</em>若兰"),
    ],
)
def test_a_value_is_found_over_tags(text, kind, value):
    assert [(one.entity_type, text[one.start : one.end]) for one in detect(text)] == [(kind, value)]


def test_what_tags_and_comments_hold_is_read_as_well():
    text = '电话：138<a title="13900139000">0013</a>8000 和 5<!-- 手机13700137000 -->6'

    found = "".join(text[one.start : one.end] for one in detect(text))

    assert all(value in found for value in ("13900139000", "13700137000", "138<", "8000"))


@pytest.mark.parametrize(
    "text",
    [
        "<td>13800</td><td>138000</td>",
        "体重<b>60</b>，血钾<i>4</i>.<i>5</i>，10<sup>9</sup>",
        "心率<b>80</b>-<b>100</b> 次/分",
        "白细胞 5.6<br>120<br>血红蛋白",
        "诊断：<b>乙型</b><b>肝</b>炎",
    ],
)
def test_nothing_personal_is_made_of_what_tags_stand_between(text):
    kinds = {one.entity_type for one in detect(text)}

    assert not kinds & {"PHONE_NUMBER", "PERSON", "CN_RESIDENT_ID", "EMAIL_ADDRESS", "CN_BANK_CARD"}
