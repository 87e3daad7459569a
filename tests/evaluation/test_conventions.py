"""Differences of convention: which are recognised, which are not, and what mapping does."""

from __future__ import annotations

import pytest
from scored import score

from deid.catalog import parse_marked
from deid.evaluation.comparing import compare
from deid.evaluation.samples import Sample
from deid.evaluation.scoring import rules_for


def compared(gold, found, **options):
    text, marks = parse_marked(gold)
    plain, finds = parse_marked(found)
    assert plain == text
    sample = Sample("1", text, marks)
    return compare(sample, finds, rules_for([sample], **options))


CONVENTIONS = [
    # what the gold has, what was found, kind, how the find is
    ("请[王](PERSON)医生看", "请[王医生](PERSON)看", "title", "wider"),
    ("请[王医生](PERSON)看", "请[王](PERSON)医生看", "title", "narrower"),
    ("[王某](PERSON)副主任医师", "[王某副主任医师](PERSON)", "title", "wider"),
    ("[患者张三](PERSON)来", "患者[张三](PERSON)来", "title", "narrower"),
    ("叫[老赵](PERSON)来", "叫老[赵](PERSON)来", "title", "narrower"),
    ("今年[58](AGE)岁", "今年[58岁](AGE)", "unit", "wider"),
    ("今年[五十八岁](AGE)", "今年[五十八](AGE)岁", "unit", "narrower"),
    ("于[3月5](DATE_TIME)日来", "于[3月5日](DATE_TIME)来", "unit", "wider"),
    ("[电话：13800138000](PHONE_NUMBER)", "电话：[13800138000](PHONE_NUMBER)", "cue", "narrower"),
    ("身份证号[11010519491231002X](CN_RESIDENT_ID)", "[身份证号11010519491231002X](CN_RESIDENT_ID)", "cue", "wider"),
    ("[13800138000](PHONE_NUMBER)（手机）", "[13800138000（手机）](PHONE_NUMBER)", "cue", "wider"),
    ("[姓名：张三](PERSON)", "姓名：[张三](PERSON)", "cue", "narrower"),
    ("住[浙江省杭州市西湖区文三路1号](CN_ADDRESS)", "住浙江省杭州市[西湖区文三路1号](CN_ADDRESS)", "region", "narrower"),
    ("住杭州[文三路1号](CN_ADDRESS)", "住[杭州文三路1号](CN_ADDRESS)", "region", "wider"),
    ("去[上海](LOCATION)市", "去[上海市](LOCATION)", "region", "wider"),
    ("在[文三路1号附近](CN_ADDRESS)", "在[文三路1号](CN_ADDRESS)附近", "vicinity", "narrower"),
    ("[协和医院心内科](ORGANIZATION)", "[协和医院](CN_MEDICAL_INSTITUTION)心内科", "department", "narrower"),
    ("电[+86 13800138000](PHONE_NUMBER)", "电+86 [13800138000](PHONE_NUMBER)", "country_code", "narrower"),
    ("[010-65661234转801](PHONE_NUMBER)", "[010-65661234](PHONE_NUMBER)转801", "extension", "narrower"),
    ("[010-65661234](PHONE_NUMBER)转801", "[010-65661234转801](PHONE_NUMBER)", "extension", "wider"),
    ("[2024-03-05 09:30](DATE_TIME)到", "[2024-03-05](DATE_TIME) 09:30到", "clock", "narrower"),
    ("[3月5日](DATE_TIME)上午9点到", "[3月5日上午9点](DATE_TIME)到", "clock", "wider"),
    ("“[张三](PERSON)”", "[“张三”](PERSON)", "quotes", "wider"),
    ("[（张三）](PERSON)", "（[张三](PERSON)）", "quotes", "narrower"),
    ("[张三](PERSON)，来", "[张三，](PERSON)来", "punctuation", "wider"),
    ("[张三 ](PERSON)来", "[张三](PERSON) 来", "punctuation", "narrower"),
    ("[a@b.cn](EMAIL_ADDRESS)。", "[a@b.cn。](EMAIL_ADDRESS)", "punctuation", "wider"),
    ("[阿依古丽·买买提](PERSON)来", "[阿依古丽](PERSON)·[买买提](PERSON)来", "parts", "narrower"),
    ("[阿依古丽](PERSON)·[买买提](PERSON)来", "[阿依古丽·买买提](PERSON)来", "parts", "wider"),
    ("[2024-03-05 09:30](DATE_TIME)", "[2024-03-05](DATE_TIME) [09:30](DATE_TIME)", "parts", "narrower"),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "found", "kind", "direction"), CONVENTIONS)
def test_a_difference_of_convention_is_named_and_is_no_error(gold, found, kind, direction):
    comparison = compared(gold, found)

    kinds = [(k, d.direction) for d in comparison.differences for k in d.kinds]
    assert kinds == ([(kind, direction)] if kind else [])
    assert len(comparison.right) == len(comparison.strict) == len(comparison.gold)
    assert len(comparison.counted) == len(comparison.gold)
    assert sum(comparison.excess) == 0


def test_two_differences_of_one_span_are_both_named():
    comparison = compared("[姓名：张三](PERSON)医生", "姓名：[张三医生](PERSON)")

    (difference,) = comparison.differences
    assert difference.kinds == ("title", "cue")
    assert difference.direction == "both"


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        ("找[张三](PERSON)说", "[找张三](PERSON)说"),
        ("找[欧阳靖宇](PERSON)说", "找[欧阳](PERSON)靖宇说"),
        ("[张三](PERSON)、[李四](PERSON)来", "[张三、李四](PERSON)来"),
        ("[张三](PERSON) [李四](PERSON)来", "[张三 李四](PERSON)来"),
        ("[3岁2个月](AGE)", "[3岁](AGE)2个月"),
        ("住[文三路1号5单元](CN_ADDRESS)", "住[文三路1号](CN_ADDRESS)5单元"),
        ("[13800138000](PHONE_NUMBER)、13900139000", "[13800138000、13900139000](PHONE_NUMBER)"),
        ("[沙马伍果](PERSON)", "[沙马](PERSON)[伍果](PERSON)"),
        ("[耶律留哥](PERSON)", "[耶律留](PERSON)哥"),
        ("[南海](LOCATION)区", "[南海区](LOCATION)"),
    ],
)
def test_what_is_no_convention_stays_an_error(gold, found):
    assert compared(gold, found).differences == ()


def test_strict_names_the_difference_and_counts_it():
    comparison = compared("请[王医生](PERSON)看", "请[王](PERSON)医生看", conventions="strict")

    assert comparison.differences[0].kinds == ("title",)
    assert comparison.right == {}
    assert comparison.leaked == (2,)


@pytest.mark.parametrize(
    ("gold", "found", "leaked"),
    [
        ("请[王医生](PERSON)看", "请[王](PERSON)医生看", 0),
        ("[电话：13800138000](PHONE_NUMBER)", "电话：[13800138000](PHONE_NUMBER)", 0),
        ("[010-65661234转801](PHONE_NUMBER)", "[010-65661234](PHONE_NUMBER)转801", 4),
        ("[杭州市文三路1号](CN_ADDRESS)", "杭州市[文三路1号](CN_ADDRESS)", 3),
    ],
)
def test_what_a_narrower_find_leaves_leaks_unless_it_tells_nothing(gold, found, leaked):
    assert sum(compared(gold, found).leaked) == leaked


def test_conventions_are_off_by_one_word():
    text, marks = parse_marked("请[王医生](PERSON)看")
    finds = parse_marked("请[王](PERSON)医生看")[1]
    samples = [Sample("1", text, marks)]

    assert score(samples, [finds]).overall.recall == 1
    assert score(samples, [finds], conventions="strict").overall.recall == 0
    with pytest.raises(ValueError, match="'map' or 'strict'"):
        score(samples, [finds], conventions="loose")
