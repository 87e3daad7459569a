"""The ladders of generalisation: each level, consistently for names and codes, and a label for what is unknown."""

from __future__ import annotations

import doctest

import pytest

from deid.errors import PolicyError
from deid.operators import OPERATORS, Request, generalize, medical, regions, social
from deid.surrogates.places import shipped_divisions

DIVISIONS = shipped_divisions()


def generalized(value, entity_type, **params):
    request = Request(entity_type, "值", 7, params=params, divisions=DIVISIONS)
    OPERATORS["generalize"].check(params, entity_type=entity_type)
    return OPERATORS["generalize"].operate(value, request)


@pytest.mark.parametrize("module", [generalize, medical, regions, social], ids=lambda module: module.__name__)
def test_examples_in_docstrings_run(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("value", "entity_type", "params", "expected"),
    [
        ("58岁", "AGE", {"level": "life_stage"}, "中年（45-59岁）"),
        ("8月龄", "AGE", {"level": "life_stage"}, "婴儿（0-2岁）"),
        ("95岁", "AGE", {"level": "life_stage"}, "长寿老年（90岁以上）"),
        ("1983年5月6日", "DATE_OF_BIRTH", {"level": "five_years"}, "1980-1984年"),
        ("5月6日", "DATE_TIME", {"level": "five_years"}, "〔值7〕"),
        ("湖南省长沙市开福区金霞路22号7栋", "CN_ADDRESS", {"level": "community"}, "湖南省长沙市开福区金霞路"),
        ("浙江省温州市苍南县灵溪镇城东村3组", "CN_ADDRESS", {"level": "town"}, "浙江省温州市苍南县灵溪镇"),
        ("湖南省长沙市开福区金霞路22号", "CN_ADDRESS", {"level": "county"}, "湖南省长沙市开福区"),
        ("长沙市开福区", "LOCATION", {"level": "province"}, "湖南省"),
        ("上海市浦东新区", "CN_ADDRESS", {"level": "region"}, "华东"),
        ("海南省三沙市永兴岛", "CN_ADDRESS", {"level": "county"}, "海南省"),
        ("火星基地", "CN_ADDRESS", {"level": "county"}, "〔值7〕"),
        ("太白小区3号楼", "CN_ADDRESS", {"level": "prefecture"}, "〔值7〕"),
        ("宝鸡太白小区", "CN_ADDRESS", {"level": "prefecture"}, "陕西省宝鸡市"),
        ("长沙市第三人民医院", "CN_MEDICAL_INSTITUTION", {}, "湖南省市级综合医院"),
        ("长沙市口腔医院", "CN_MEDICAL_INSTITUTION", {"level": "city"}, "湖南省长沙市市级专科医院"),
        ("灵溪镇卫生院", "CN_MEDICAL_INSTITUTION", {"level": "type"}, "基层医疗机构"),
        ("某某堂", "CN_MEDICAL_INSTITUTION", {}, "〔值7〕"),
        ("合肥华信科技有限公司", "ORGANIZATION", {}, "信息传输、软件和信息技术服务业"),
        ("蔚蓝", "ORGANIZATION", {}, "〔值7〕"),
        ("中学教师", "OCCUPATION", {}, "专业技术人员"),
        ("省长", "OCCUPATION", {}, "〔值7〕"),
        ("年收入30万", "INCOME", {}, "高收入"),
        ("3000元/月", "INCOME", {}, "低收入"),
        ("心血管内科二病区12床", "DEPARTMENT", {}, "内科"),
        ("172cm", "HEIGHT", {"step": 5}, "170cm"),
        ("3个", "CHILDREN", {"step": 1, "top": 2}, "≥2个"),
    ],
)
def test_each_level_of_a_ladder(value, entity_type, params, expected):
    assert generalized(value, entity_type, **params) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("E11.900x001", ("E11.9", "E11", "E10-E14", "E00-E90")),
        ("E11.9", ("E11.9", "E11", "E10-E14", "E00-E90")),
        ("2型糖尿病", ("2型糖尿病", "2型糖尿病", "糖尿病", "内分泌、营养和代谢疾病")),
        ("２型糖尿病伴周围神经病变", ("2型糖尿病", "2型糖尿病", "糖尿病", "内分泌、营养和代谢疾病")),
        ("右肺上叶腺癌", ("支气管和肺恶性肿瘤", "支气管和肺恶性肿瘤", "呼吸和胸腔内器官恶性肿瘤", "肿瘤")),
        ("怪病", ("〔值7〕",) * 4),
    ],
)
def test_names_and_codes_of_diseases_climb_alike(value, expected):
    assert tuple(generalized(value, "DISEASE", level=level) for level in medical.DISEASE_LEVELS) == expected


def test_a_code_and_its_name_stand_for_the_same():
    for word, (code, title) in medical._diseases().items():
        by_name, by_code = medical.code_of(word), medical.code_of(code)

        assert by_name.category == by_code.category == code
        assert title
        assert (
            medical.disease(word, "block")
            == dict(block for _, block in medical._blocks())[medical.disease(code, "block")]
        )


@pytest.mark.parametrize("value", ["艾滋病", "B20.1", "重度抑郁发作", "梅毒", "F32.9", "人工流产", "HIV感染"])
def test_special_diseases_are_suppressed_unless_the_policy_says_otherwise(value):
    assert generalized(value, "DISEASE") == "〔值7〕"
    assert generalized(value, "DISEASE", special="keep") != "〔值7〕"
    assert generalized(value, "DISEASE", special="chapter") in {
        label for (_, label), _ in medical._blocks()
    } | {code for (code, _), _ in medical._blocks()}


def test_rare_diseases_are_only_called_rare():
    assert generalized("戈谢病", "DISEASE", level="category") == "罕见病"
    assert generalized("戈谢病", "DISEASE", rare="keep") == "〔值7〕"
    assert generalized("高血压", "DISEASE") == "原发性高血压"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("硝苯地平控释片", ("选择性钙通道阻滞药", "钙通道阻滞药", "心血管系统用药")),
        ("盐酸二甲双胍片", ("降血糖药，胰岛素除外", "糖尿病用药", "消化系统及代谢用药")),
        ("奥氮平", ("精神安定药", "精神安定药", "神经系统用药")),  # the third level would tell the disease
        ("拉米夫定", ("全身用抗病毒药", "全身用抗病毒药", "全身用抗感染药")),
        ("神药", ("〔值7〕",) * 3),
    ],
)
def test_drugs_become_classes(value, expected):
    assert tuple(generalized(value, "MEDICATION", level=level) for level in medical.DRUG_LEVELS) == expected


def test_every_table_is_consistent():
    groups = medical._groups()

    assert all(code[:1] in groups and code[:3] in groups for code, _ in medical._drugs().values())
    assert all(medical._place(code) for code, _ in medical._diseases().values())
    assert len({range_ for (range_, _), _ in medical._blocks()}) == 22


@pytest.mark.parametrize(
    ("entity_type", "params", "said"),
    [
        ("DISEASE", {"level": "catgory"}, "level is one of code4, category"),
        ("CN_ADDRESS", {"level": "month"}, "level is one of community"),
        ("MEDICATION", {"special": "keep"}, "no parameter called 'special'"),
        ("PERSON", {}, "no coarser form of PERSON"),
        ("AGE", {"step": 0}, "step is a whole number"),
        ("DISEASE", {"special": "hide"}, "special is one of"),
    ],
)
def test_a_wrong_level_or_parameter_is_one_error(entity_type, params, said):
    with pytest.raises(PolicyError, match=said) as caught:
        OPERATORS["generalize"].check(params, entity_type=entity_type)
    assert "catgory" not in str(params) or caught.value.hint == "did you mean category?"
