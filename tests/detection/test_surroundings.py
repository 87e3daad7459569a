"""Names that are words, or begin with a rare surname, where somebody is named: told by what stands around them."""

import numpy as np
import pytest

from deid.catalog import parse_marked
from deid.detection.networks import DIGIT, EDGE, LETTER, REACH, UNREAD, Alphabet


def places(deidentifier, text):
    return [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]


@pytest.mark.parametrize(
    "marked",
    [
        "[李敏](PERSON):今晚谁值班\n[郑凯](PERSON):[时光](PERSON)\n[李敏](PERSON):好",
        "术者[时光](PERSON),一助[陈丽](PERSON),麻醉[丁小慧](PERSON)。",
        "早班 | 备班\n[穆怀春](PERSON) | [云朵](PERSON)、[石磊](PERSON)\n[王建国](PERSON) | [云朵](PERSON)",
        "[李敏](PERSON):报告谁看?\n[谈笑](PERSON):我问问[王建国](PERSON)\n[李敏](PERSON):好\n[谈笑](PERSON):下午回你",
        "我是贵州盘州的农民[班正权](PERSON),今年五十三。信由[王建国](PERSON)代笔,[李敏](PERSON)转交。",
    ],
)
def test_who_is_called_like_a_word_is_found_where_others_are_named(deidentifier, marked):
    text, marks = parse_marked(marked)

    assert places(deidentifier, text) == [(mark.start, mark.end) for mark in marks]


@pytest.mark.parametrize(
    "text",
    [
        "平和、安静、明白、周全:平和待人,安静倾听,明白答复,周全记录。",
        "姓名,级别,主管\n[刘湘赣](PERSON),金卡,[肖](PERSON)\n[张有福](PERSON),银卡,[王](PERSON)\n[夏平](PERSON),金卡,[肖](PERSON)\n[夏方](PERSON),金卡,[王](PERSON)",
        pytest.param(
            "组长:[王建国](PERSON)\n副组长:[李敏](PERSON)\n要求:平和待人,安静倾听,明白答复,周全记录。",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "节气养生:白露之后怎么吃\n白露一到,早晚温差大。",
        "主讲:[王建国](PERSON)\n记录:[李敏](PERSON)\n白露之后少吃辛辣,谷雨前后多喝水。",
        "如有不便,请按程序办理,方便时回电。",
        "[李敏](PERSON):在吗\n[郑凯](PERSON):吃什么好\n[李敏](PERSON):陈皮\n[孙志强](PERSON):杜仲",
        "[丁小慧](PERSON):带了吗\n[孙志强](PERSON):安心\n[陈丽](PERSON):常来\n",
        "[王建国](PERSON) 10:00\n尚可\n[李敏](PERSON) 10:01\n好\n[陈丽](PERSON) 10:02\n常来",
        "[王建国](PERSON): 尚可\n[李敏](PERSON): 安好\n[陈丽](PERSON): 明白",
        "[李敏](PERSON) 丹参\n[陈丽](PERSON) 柴胡\n[王建国](PERSON) 乌药",
    ],
)
def test_words_stay_words(deidentifier, text):
    text, marks = parse_marked(text)

    assert places(deidentifier, text) == [(mark.start, mark.end) for mark in marks]


def test_what_is_read_is_what_stands_around_and_not_the_word():
    alphabet = Alphabet("王整理")
    one, other = "整理:王建国 a1\n", "整理:程序员 a1\n"

    around = alphabet.around(one, [(3, 6)])

    assert (around == alphabet.around(other, [(3, 6)])).all()
    assert around.shape == (1, 2 * REACH)
    before, behind = around[0, :REACH].tolist(), around[0, REACH:].tolist()
    assert before == [EDGE, EDGE, EDGE, LETTER + 2, LETTER + 3, UNREAD]
    assert behind == [UNREAD, LETTER, DIGIT, EDGE, EDGE, EDGE]


def test_characters_beyond_the_basic_plane_are_read_as_unknown():
    assert np.array_equal(Alphabet("王").around("𠮶张三", [(1, 3)])[0, REACH - 1 : REACH], [UNREAD])


def test_what_is_a_part_of_the_name_of_a_body_is_nobody(deidentifier):
    text, marks = parse_marked(
        "个体工商户[郁金香](PERSON)（字号：金香推拿馆），经营场所福田区景田路碧景园D栋103。"
    )

    assert places(deidentifier, text) == [(mark.start, mark.end) for mark in marks]
