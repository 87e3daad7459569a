"""Names that rules against words must not take for words."""

from __future__ import annotations

import pytest

from deid import Deidentifier

_LONG = (
    "这次想咨询一下，前几天开始肚子不舒服，吃完东西就胀，晚上睡不好，去过一次门诊，说是胃炎，开了药吃了几天没有什么效果，"
    "现在还是难受，想问问需不需要做检查，平时工作比较忙，饮食不太规律，以前也有过类似情况，休息休息就好了，"
    "这次时间有点长，心里有点担心，体重没有变化。"
)


def _persons(deidentifier: Deidentifier, text: str) -> set[str]:
    return {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("患者：张秋改", "张秋改"),
        ("主治医师（李建交）", "李建交"),
        ("患者张秋改-3床", "张秋改"),
        ("任主任，您好", "任"),
        ("今日任主任、李医生查房", "任"),
        ("张主任、任主任、李主任都到了", "任"),
        ("会诊专家：市医院任主任，", "任"),
        ("任院长，您看一下", "任"),
        ("高明云：“你好”", "高明云"),
        ("吃了王芳送的药，感觉好多了", "王芳"),
        ("昨天吃了张敏带来的螃蟹过敏", "张敏"),
        ("喝了赵明的酒", "赵明"),
        ("今日输液王芳、李红，换药赵敏", "王芳"),
        ("王某项目负责人", "王某"),
        ("张某一女，生于2019年", "张某"),
        ("请联系张力强", "张力强"),
        ("张力增来电", "张力增"),
        ("患者李学说腹痛", "李学"),
        ("张学说：好的", "张学"),
        ("陈兼医生", "陈兼"),
        ("今天到会的有成功、平安、李云、王静等人", "李云"),
        ("热线·王芳", "王芳"),
    ],
)
def test_a_name_beside_words_is_kept(deidentifier: Deidentifier, text: str, name: str) -> None:
    assert name in _persons(deidentifier, text)


@pytest.mark.parametrize(
    "told",
    [
        "请{李建国}发我",
        "找{张胜利}看过",
        "联系{王爱国}",
        "患者{王大同}术后",
        "护士{万一鸣}来过",
        "家属{司马懿文}签字",
    ],
)
def test_the_only_name_of_a_long_text_is_kept(deidentifier: Deidentifier, told: str) -> None:
    name = told[told.index("{") + 1 : told.index("}")]
    assert _persons(deidentifier, _LONG + told.replace("{", "").replace("}", "") + "。" + _LONG) == {name}


@pytest.mark.parametrize(
    "text", ["患者：王律", "患者王律，男，45岁", "联系人：王律、李建国", "我叫王律，今年三十岁"]
)
def test_a_short_title_may_be_a_given_name(deidentifier: Deidentifier, text: str) -> None:
    assert _persons(deidentifier, text) & {"王律", "李敬律"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("在湘雅医院感染", "湘雅医院"),
        ("跟中建签了合同", "中建"),
        ("欠中铁的钱", "中铁"),
        ("被中石化辞退", "中石化"),
        ("在康定西部。", "康定西部"),
    ],
)
def test_a_place_or_body_beside_words_is_kept(deidentifier: Deidentifier, text: str, kept: str) -> None:
    start = text.index(kept)
    covered = {i for e in deidentifier.detect(text) for i in range(e.start, e.end)}
    assert covered >= set(range(start, start + len(kept)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("名单：邱东金嫣然付桂东丁嘉严诗", {"邱东", "丁嘉"}),
        ("签名扎西日期2024年3月1日", {"扎西"}),
        ("姓名平措年龄30", {"平措"}),
        ("姓名石头，女，30岁", {"石头"}),
        ("请张志聪讲理论课，周三带理论考试成绩", {"张志聪"}),
    ],
)
def test_a_name_glued_to_others_or_to_a_label_is_kept(
    deidentifier: Deidentifier, text: str, names: set[str]
) -> None:
    covered = {
        i for e in deidentifier.detect(text) if e.entity_type == "PERSON" for i in range(e.start, e.end)
    }
    for name in names:
        start = text.index(name)
        assert covered >= set(range(start, start + len(name)))
