"""Names that a text tells by their surname, their characters or who signs so; and words that nobody is called."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们可以安排胜利教授（姓胜，全名就两个字），视频", {"胜利", "胜"}),
        ("预约马力主任（姓马）", {"马力", "马"}),
        ("3  卫生      男  59   血糖高        就叫这名，姓卫", {"卫生", "卫"}),
        ("三附院找管一春管教授看好了", {"管一春", "管"}),
        ("那个龙医生(龙什么忘了，女的戴眼镜)", {"龙"}),
        ("医生名看不出是邱还是丘", {"邱", "丘"}),
        ("她姓方还是姓房？", {"方", "房"}),
        ("打针去本地就行? 问崔  → 就行", {"崔"}),
        ("6. 阮家老二——阮水根，医生说再看看", {"阮", "阮水根"}),
        ("主治师医生（真的姓师，我们喊他师师）说可以", {"师", "师师"}),
        ("别听我闺蜜阿may的，有条件就公立！", {"阿may"}),
        ("签约顾问叫Coco，真名彭可可", {"Coco", "彭可可"}),
        ("转韩璐：麻烦给展鹏打个电话 ——周密", {"韩璐", "展鹏", "周密"}),
        (
            "参加：靳师傅 冒小勇；医院訾主任\n靳:空调对着我窗户\n訾:8号进场。\n冒:我拍了照片。\n众笑。冒：我也是。",
            {"靳", "冒小勇", "訾", "冒"},
        ),
    ],
)
def test_finds_who_is_told_by_a_surname_or_signs(persons, text, expected):
    assert persons(text) == expected


def test_a_place_that_is_spelled_as_a_name_is_somebody(found):
    assert ("宁波", "PERSON") in found("醒后自称宁波，宁是宁静的宁，家在涟源")


def test_a_name_with_a_gap_is_found_where_it_is_told_without(persons):
    assert "王 强" in persons("被保险人姓名：王强。您先生王 强的住院理赔，我核对一下资料。")


@pytest.mark.parametrize(
    "text",
    [
        "学习方法 ——方法\n内容完了。——全文完\n以上。——编者",
        "是干还是湿，是高还是低；问题是什么忘了；和什么来着",
        "喊他等等。叫他慢慢来。叫他爸爸。",
        "问路→前台；问安→无；问卷\n",
        "方案 审核3/6  费用 审核3/6  数据 录入3/6",
        "安排特需教授（姓不详）；大家老了；我家阿姨",
        "自称宁波人，家在宁波",
        "同事用的apple，请keep",
    ],
)
def test_words_beside_such_signs_are_left(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话：(孙子尹航代)18643390552", {"尹航"}),
        ("内容摘要（鞠原话）：“把老太太丢在抽血那”，投诉人鞠某", {"鞠", "鞠某"}),
        ("省劳动模范逄 春 和同志，因病医治无效", {"逄 春 和"}),
        ("阿娟：应老师 你属牛的还是属虎的\n应如是：1938年的，属虎\n阿娟：好", {"阿娟", "应", "应如是"}),
        ("仇主任找单书记\n仇主任：挂红牌\n单书记：不要光怪系统\n仇主任：好", {"仇", "单"}),
        ("任总让发材料\n任总好：\n材料收悉\n患者：谢谢", {"任"}),
        ("王医生：你好\n王先生的：好\n患者：谢谢\n王医生：嗯", {"王"}),
    ],
)
def test_a_name_ends_before_what_is_said_of_it(persons, text, expected):
    assert persons(text) == expected
