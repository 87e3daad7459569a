"""The last figures of a number, however few are told, and names of sites that no account is called by."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证后面三位038，前面的记不清", ("038", "CN_RESIDENT_ID")),
        ("证件号后面三位是 038", ("038", "CN_RESIDENT_ID")),
        ("手机号后面四位1234对吗", ("1234", "PHONE_NUMBER")),
    ],
)
def test_finds_the_last_figures_of_a_number(found, text, expected):
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "部署在 wangwu.app，zhangsan.dev 也没备案，liqiang.cloud 打不开，chenwei.site 报错",
        "小数点后面三位不算；队伍后面两位等一下；后面三位同事都请假了",
    ],
)
def test_leaves_sites_and_what_only_stands_behind(found, text):
    assert [kind for _, kind in found(text) if kind in ("USERNAME", "CN_RESIDENT_ID", "PHONE_NUMBER")] == []
