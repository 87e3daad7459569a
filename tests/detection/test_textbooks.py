"""Running text of medicine that names nobody, and names that look like its words."""

from __future__ import annotations

import pytest

FILLER = "该病起病隐匿，早期症状不典型，常被误认为消化不良，需结合影像学检查、实验室检查及病史综合判断，必要时行组织活检以明确性质，治疗以控制症状、延缓进展、预防并发症为主，具体方案应根据病情轻重及合并症个体化选择，并定期复查肝肾功能。"


def found(deidentifier, text, entity_type="PERSON"):
    return {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == entity_type}


@pytest.mark.parametrize(
    "clause",
    [
        "此类患者常首先就诊于消化科，易接受保守治疗，尚可伴有低热，患者时可有流泪，患者常坚信配偶不忠",
        "采用不同的给药方法，术后早期（1个月）多为细菌性，男性多见，男女之比为8∶1",
        "本病多流行于冬春季节，感染趋向于蔓延",
        "多见于横突孔增生者，脓肿张力高",
        "憩室集中于某段空肠，眼球向某一方向缓慢移动",
        "尤其是50岁以上的人群，饮酒者应限制酒精以下，女子更少",
        "早期观点认为与氧代谢学说有关，后来又提出克隆学说",
        "病原微生物可不断繁殖，并产生毒素",
        "一项名为SAFE的研究显示，该药商品名为新活素，1978年被命名为LVAS",
        "旁道可经Kent束下传，气体可通过Kohn孔交通",
        "阿诺尔德神经受压时咳嗽，可行盖泽尔发展测验",
    ],
)
def test_words_of_textbooks_are_nobody(deidentifier, clause):
    assert found(deidentifier, f"{FILLER}{clause}。{FILLER}") == set()


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("经治医师常建国建议继续观察", "常建国"),
        ("随访时只有于海燕到场", "于海燕"),
        ("患者易文斌要求出院", "易文斌"),
        ("患者李某一家均已接种", "李某"),
        ("一名名为Tom Baker的外教陪同就诊", "Tom Baker"),
        ("叶春生，男，67岁", "叶春生"),
    ],
)
def test_names_in_such_text_are_found(deidentifier, clause, name):
    assert name in found(deidentifier, f"{FILLER}{clause}。{FILLER}")


def test_drugs_by_older_and_shorter_names(deidentifier):
    text = "房颤者曾用奎尼丁、普鲁卡因胺，后改酚妥拉明及吡斯的明，疼痛时予消炎痛、度冷丁，睡前三唑仑。"

    assert found(deidentifier, text, "MEDICATION") == {
        "奎尼丁", "普鲁卡因胺", "酚妥拉明", "吡斯的明", "消炎痛", "度冷丁", "三唑仑",
    }  # fmt: skip


@pytest.mark.parametrize(
    "clause",
    [
        "肿块位于肺门区，贲门区及中央部可见强化，恒定区与可变区融合",
        "静脉镇痛、镇静镇痛均优于解热镇痛药",
        "指南标准中建议控制体重，食物中铁含量不足",
        "抗微生物治疗期间，只允许在生物安全实验室操作，可呈磨玻璃样改变",
        "应预防医院获得性感染，我国16家医院参加了调查",
        "要创建平安医院，抓好智慧医院建设和百佳医院评选",
    ],
)
def test_words_of_textbooks_are_no_places_and_no_bodies(deidentifier, clause):
    text = f"{FILLER}{clause}。{FILLER}"

    for kind in ("LOCATION", "CN_ADDRESS", "ORGANIZATION", "CN_MEDICAL_INSTITUTION"):
        assert found(deidentifier, text, kind) == set()


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("他在中建上班，工期很紧。", "ORGANIZATION", "中建"),
        ("家在门头沟区，复诊路远。", "LOCATION", "门头沟区"),
        ("他在昆山恒锐生物做质检。", "ORGANIZATION", "昆山恒锐生物"),
        ("来自白塘镇，静养三周后复查。", "LOCATION", "白塘镇"),
    ],
)
def test_places_and_bodies_beside_such_words(deidentifier, text, kind, value):
    assert value in found(deidentifier, text, kind)
