"""What belongs together stays together, and the rest is divided evenly, the same way every time."""

from __future__ import annotations

from time import perf_counter

import pytest

from deid.catalog import parse_marked
from deid.errors import SamplesError
from deid.evaluation.samples import Sample, Samples
from deid.evaluation.splitting import folds, groups, split, template

LONG = "患者因反复咳嗽伴发热三天来诊，查体双肺呼吸音粗，未闻及明显干湿性啰音，建议完善血常规及胸片检查后复诊，注意休息多饮水"


def made(*marked, **more):
    samples = []
    for number, each in enumerate(marked, 1):
        text, marks = parse_marked(each)
        samples.append(Sample(str(number), text, marks, **more))
    return Samples(tuple(samples))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("手机[13800138000](PHONE_NUMBER)找人", "回电[138 0013 8000](PHONE_NUMBER)即可"),
        ("身份证[11010519491231002X](CN_RESIDENT_ID)", "证号为[11010519491231002x](CN_RESIDENT_ID)"),
        ("住院号[0088123](MEDICAL_RECORD_NUMBER)", "病案[0088123](MEDICAL_RECORD_NUMBER)调阅"),
        ("客户[K0088123](CLIENT_NO)来电", "给[K0088123](CLIENT_NO)回电"),
        ("患者[张三](PERSON)，[45岁](AGE)，血压120", "患者[李思思](PERSON)，[7岁](AGE)，血压 135"),
        (LONG, LONG.replace("三天", "两天")),
        (LONG + "张三", "李四" + LONG),
    ],
    ids=["phone", "resident ID", "record number", "own number", "template", "near-duplicate", "moved"],
)
def test_these_belong_together(one, other):
    first, second, apart = groups(made(one, other, "另一份完全不同的记录，谈的是退费与合同"))

    assert first == second != apart


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("手机[13800138000](PHONE_NUMBER)找人", "回电[13800138001](PHONE_NUMBER)即可"),
        ("手机[138****8000](PHONE_NUMBER)找人", "回电[138****8000](PHONE_NUMBER)即可"),
        ("患者[张三](PERSON)咳嗽", "客户[张三](PERSON)退费"),
        ("[张三](PERSON)", "[李四](PERSON)"),  # cells that are names have no template in common
        ("", ""),
        (
            LONG,
            LONG[:20]
            + "而后再未来诊，家属来电说已在外院住院治疗，效果良好，近日出院，要求开具病情证明并寄送到家",
        ),
    ],
    ids=["other phone", "masked phone", "name", "cells", "empty", "same beginning"],
)
def test_these_do_not(one, other):
    first, second = groups(made(one, other))

    assert first != second


def test_a_group_of_the_file_stays_together():
    samples = Samples((Sample("1", "甲来诊", group="p"), Sample("2", "乙退费", group="p"), Sample("3", "丙")))

    assert groups(samples) == ["1", "1", "2"]


def test_what_belongs_together_through_a_third_sample_belongs_together():
    chain = made(
        "手机[13800138000](PHONE_NUMBER)找人",
        "手机[13800138000](PHONE_NUMBER)或[13900139000](PHONE_NUMBER)，两个都行",
        "回电[13900139000](PHONE_NUMBER)即可",
    )

    assert len(set(groups(chain))) == 1


def test_a_hotline_in_every_sample_does_not_make_one_patient_of_them():
    texts = [
        f"第{sign * 3}份，内容各异，拨打[4000005217](PHONE_NUMBER)咨询"
        for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    ]

    assert len(set(groups(made(*texts)))) == len(texts)


def test_a_template_has_types_for_values_and_0_for_digits():
    text, marks = parse_marked("患者[张三](PERSON) 于 12 日复诊")

    assert template(Sample("1", text, marks)) == "患者<PERSON>于00日复诊"


@pytest.fixture(scope="module")
def varied():
    signs = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳"
    return Samples(
        tuple(
            Sample(f"{i}", f"记录{signs[i]}{signs[-i]}：{signs[i:] + signs[:i]}", group=f"g{i // 3}")
            for i in range(30)
        )
    )


def test_folds_are_even_disjoint_and_whole(varied):
    parts = folds(varied, 5, seed=1)

    assert sorted(s.id for part in parts for s in part) == sorted(s.id for s in varied)
    assert {len(part) for part in parts} == {6}
    homes = {s.group: number for number, part in enumerate(parts) for s in part}
    assert all(homes[s.group] == number for number, part in enumerate(parts) for s in part)


def test_a_seed_divides_the_same_way_every_time(varied):
    def ids(seed):
        return [[s.id for s in part] for part in folds(varied, 3, seed=seed)]

    assert ids(1) == ids(1)
    assert ids(1) != ids(2)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
def test_a_split_has_about_the_share(varied, share):
    first, second = split(varied, share)

    assert abs(len(first) - share * len(varied)) <= 3
    assert len(first) + len(second) == len(varied)


@pytest.mark.parametrize("share", [0, 1, -1])
def test_a_share_lies_between(varied, share):
    with pytest.raises(SamplesError, match="between 0 and 1"):
        split(varied, share)


def test_too_few_groups_are_an_error_and_no_empty_fold():
    with pytest.raises(SamplesError, match="2 groups of samples cannot be divided into 3 parts"):
        folds(made("甲", "乙"), 3)


@pytest.mark.slow
def test_ten_thousand_samples_take_seconds():
    samples = Samples(
        tuple(
            Sample(str(i), "".join(chr(0x4E00 + (i * 7919 + k * k * 31) % 9000) for k in range(200)))
            for i in range(10_000)
        )
    )

    begun = perf_counter()
    found = groups(samples)

    assert len(set(found)) == 9_000
    assert perf_counter() - begun < 15
