from __future__ import annotations

import pytest

from deid.detection.gate import shipped_gate


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
    ],
)
def test_sentences_that_may_hold_a_name_are_read(sentence, gate):
    assert gate(sentence)


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
    ],
)
def test_findings_and_doses_are_skipped(sentence, gate):
    assert not gate(sentence)
