"""Names of whom signs and fractures are called after, and persons of the same names."""

from __future__ import annotations

import pytest

from deid import Deidentifier
from deid.catalog import parse_marked


@pytest.fixture(scope="module")
def persons():
    deidentifier = Deidentifier()
    return lambda text: {(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"}


@pytest.mark.parametrize(
    "text",
    [
        "桡骨远端：柯莱斯（Colles）、史密斯、巴顿骨折",
        "史蒂文斯、戈登和霍金斯试验阳性",
        "病理征有巴宾斯基、查多克、奥本海姆、戈登，意义相同",
        "卡伦征、福克斯征与格雷·特纳征提示出血",
        "布莱恩特征、戈登征",
        "骨折分型：尼尔、加登、舒茨克、魏德曼均为常用体系",
        "康复训练：布伦斯特伦、鲁德、卡巴特、沃伊塔四种技术对比",
        "霍奇金与非霍奇金；伯基特；尤文；维尔姆斯；罗莎；魏尔啸淋巴结",
        "手法：麦肯基、慕里根、麦特兰德Ⅲ级；A.霍尔特 B.麦氏点 C.唐筛",
        "角膜可见凯泽-弗莱舍环，足底筛查用塞姆斯-温斯坦单丝",
        "迪克森术后，惠普尔手术，肥达反应阳性，阿普加评分8分，史密斯骨折的复位",
        "闻及格雷厄姆·斯蒂尔杂音，谢林顿定律，吉姆萨染色",
    ],
)
def test_members_of_an_enumeration_of_signs_and_dotted_signs_are_no_persons(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    "marked",
    [
        "病人[戈登](PERSON)、史密斯骨折后入院",
        "[约翰·史密斯](PERSON)医生，病人[买买提·阿卜杜拉](PERSON)病情稳定",
        "[买买提·阿卜杜拉](PERSON)征得家属同意",
        "[买买提·阿卜杜拉](PERSON)病愈出院",
        "[李秀英](PERSON)病情稳定，今日出院",
        "今天[王建国](PERSON)病了三天",
        "[李秀英](PERSON)术后恢复好",
        "[王建国](PERSON)手术顺利，[李秀英](PERSON)反应良好",
        "[王建国](PERSON)评分8分，[李秀英](PERSON)片子已取",
        "[李秀英](PERSON)征求意见，[王建国](PERSON)管床，[王建国](PERSON)中医诊断",
        "[巴特尔](PERSON)骨折入院",
        "同行：[古丽](PERSON)、[阿里木](PERSON)；家属：[玛丽](PERSON)、[安娜](PERSON)到了",
        "[吐尔逊](PERSON)骨折三天",
    ],
)
def test_persons_with_names_of_eponyms_are_found(persons, marked):
    text, marks = parse_marked(marked)

    assert persons(text) == {(mark.start, mark.end) for mark in marks}
