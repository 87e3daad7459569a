from __future__ import annotations

import pytest

from deid import ModelError
from deid.detection.gate import shipped_gate
from deid.detection.glances import GLANCES
from deid.detection.tagger import MODEL, load_tagger, read_model


@pytest.fixture(scope="module")
def gate():
    return shipped_gate()


@pytest.mark.parametrize(
    "sentence",
    [
        "李建国今日复诊",
        "王国强说头痛",
        "转欧阳处",
        "王某来电",
        "姓名:王秀兰,家属李敏",
        "家住蜀山区的区建明",
        "1张敏2李静3周建国",
        "苏歆受不了我",
        "后卫西卡里上半场受伤",
        "导演威尔逊希望重拍",
        "把何辽峤的片子调出来",
        "今天带黄洙禅去拍了胸片",
        "同事陈虙综建议我来的",
    ],
)
def test_sentences_that_may_hold_a_name_are_read(sentence, gate):
    assert gate([sentence]) == [True]


@pytest.mark.parametrize(
    "sentence",
    [
        "空腹血糖5.6mmol/L",
        "予二甲双胍0.5g tid",
        "高血压病史10年",
        "常规消毒",
        "头痛3天",
        "姓名:王秀兰,性别:女",
        "口服舍曲林50mg",
        "上下楼梯时明显",
        "4周后复查",
        "蜀山区人民医院",
        "停用布洛芬,改用塞来昔布",
        "住址:成都市武侯区建设三路43号17栋747室",
        "性别:女,家庭地址:杭州市西湖区文化街244号20栋2单元346,电话:13800138000",
    ],
)
def test_findings_and_doses_are_skipped(sentence, gate):
    assert gate([sentence]) == [False]


@pytest.fixture(scope="module")
def glancing():
    return load_tagger().gate


@pytest.mark.parametrize(
    "sentence", ["这种疾病要注意休息", "出现这种情况可能是由于高血压引起的", "这样会舒服一些"]
)
def test_where_a_name_could_begin_but_for_what_stands_around_a_sentence_is_skipped(sentence, gate, glancing):
    assert gate([sentence]) == [True]
    assert glancing([sentence]) == [False]


@pytest.mark.parametrize(
    "sentence",
    [
        "李建国今日复诊",
        "患者王国强说头痛",
        "请种秀兰大夫看一下",
        "转给常胜利主任",
        "和何平一起来的",
        "把何辽峤的片子调出来",
        "吐尔逊骨折三天",
        "婷婷问会不会死",
        "小楠诉头痛三天",
        "请中村医师书面答复",
        "药已交给小铭",
        "后来小钱说收到了",
        "昨天布莱希特又来了",
        "请逄医生看一下",
        "住址:长沙市岳麓区麓山南路932号,联系人秀莲",
        "住址:长沙市岳麓区麓山南路932号5栋,张敏收",
        "住址:长沙市岳麓区麓山南路932号转李建国",
        "住址:成都市武侯区建设三路43号(钥匙在张敏处)",
        "家属:曾会野;诉头痛",
        "挂号费50*3尹/黎",
        "剩余12,600(欠:邱)",
    ],
)
def test_where_somebody_is_named_a_sentence_is_read(sentence, glancing):
    assert glancing([sentence]) == [True]


@pytest.mark.parametrize(
    "sentence",
    ["住址:成都市武侯区建设三路43号17栋747室", "年龄:78岁,通讯地址:长沙市岳麓区中山北路162号19栋163室;"],
)
def test_addresses_that_their_grammar_reads_to_the_end_of_the_field_are_skipped(sentence, glancing):
    assert glancing([sentence]) == [False]


def test_each_sentence_is_answered_for_whatever_stands_in_the_others(glancing):
    sentences = ["头痛3天", "李建国今日复诊", "这种疾病要注意休息", "住在长江大街", "王国强来电"]

    assert glancing(sentences) == [False, True, False, True, True]
    assert glancing([]) == []


def test_a_model_of_somebodys_own_reads_every_sentence_in_which_a_name_may_begin(tmp_path):
    (tmp_path / MODEL).write_bytes(read_model())

    assert load_tagger(tmp_path).gate(["这种疾病要注意休息"]) == [True]


def test_a_damaged_network_is_an_error_that_tells_no_more_than_its_kind(tmp_path):
    (tmp_path / MODEL).write_bytes(read_model())
    (tmp_path / GLANCES).write_bytes(b"no network")

    with pytest.raises(ModelError, match="cannot be loaded"):
        load_tagger(tmp_path)
