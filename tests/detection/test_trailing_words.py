"""What somebody does is no part of the name."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "我让[小吕](PERSON)加您微信。",
        "让[老汤](PERSON)改一下单子，再发给[弥贝颖](PERSON)。",
        "合同我让财务[秦姐](PERSON)改。",
        "让他找护士[闻静](PERSON)拿条子。找[丁三](PERSON)拿药。",
        "清创由[陈莉](PERSON)教翻身。",
        "丈夫[高原](PERSON)均不知情，工友[常青](PERSON)则证实在场。",
        "[张弛](PERSON)有没有把片子发你？[玉香](PERSON)是妹妹，[杨倩](PERSON)来不来？",
        "[魏](PERSON)医生又把[苏姐](PERSON)拉黑了，[苏姐](PERSON)拉进群里。",
    ],
)
def test_what_somebody_does_is_left(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "marked",
    [
        "患者[李丰收](PERSON)，男。[高改改](PERSON)坐火车。",
        "[王改兰](PERSON)住院，[赵接福](PERSON)家属，[何查理](PERSON)先生。",
        "[黄报国](PERSON)老人，[杨守业](PERSON)要出院，[孙招弟](PERSON)复查。",
        "[龙发开](PERSON)医生说要复查，感谢[郑升接](PERSON)护士长。[龚永均](PERSON)回复：已收到",
        "[吴留根](PERSON)复诊，[郑守信](PERSON)签字，[冯开来](PERSON)同意。",
    ],
)
def test_given_names_of_verbs_are_kept(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}
