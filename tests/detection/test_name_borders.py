"""Where a name begins and ends beside verbs, titles and notes, and words that stand in its place."""

from __future__ import annotations

import pytest

from deid import Deidentifier


@pytest.fixture(scope="module")
def deidentifier():
    return Deidentifier()


def found(deidentifier, text, *types):
    return {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type in types}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("自称李某，代上官婉婷问诊", {"李某", "上官婉婷"}),
        ("礼品退回 见周姐说明", {"周姐"}),
        ("昨天听张姐说改期了", {"张姐"}),
        ("护士长 孙 已阅", {"孙"}),
        ("家属 张 未到  医师 李 同意", {"张", "李"}),
        ("护士长 孙 丽华", {"孙 丽华"}),
        ("21:07 守望：他姓时\n21:09 守望：好的", {"时"}),
    ],
)
def test_names_end_where_words_begin(deidentifier, text, names):
    assert found(deidentifier, text, "PERSON") == names


@pytest.mark.parametrize(
    "text",
    [
        "二诊意见和原医生不一样，听谁的？",
        "找深圳区经理",
        "胃肠道癌的种植转移，魏尔啸淋巴结肿大常提示腹腔来源。",
        "普鲁士蓝、马松三色、刘氏染色、吉姆萨染色各备对照片一张",
        "与委托人关系：□本人 □配偶\n提供给境外医疗机构：□病历 □影像 □病理",
        "21:07 守望：真名哈哈",
    ],
)
def test_words_in_the_place_of_a_name_are_nobody(deidentifier, text):
    assert found(deidentifier, text, "PERSON") == set()


def test_a_company_begins_behind_the_verb(deidentifier):
    assert found(deidentifier, "急事拨公司热线，详询公司客服", "ORGANIZATION") == set()
