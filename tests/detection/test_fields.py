"""A field for a name holds one, in whatever script and whatever words."""

from __future__ import annotations

import pytest

from deid.pipeline import Deidentifier


@pytest.fixture(scope="module")
def named():
    deidentifier = Deidentifier()

    def find(text):
        return [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    return find


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("姓名：Łukasz Kowalski，护照", "Łukasz Kowalski"),
        ("患者:Nguyễn Thị Hoa(国籍越南)", "Nguyễn Thị Hoa"),
        ("姓名：Владимир Иванов　性别：男", "Владимир Иванов"),
        ("姓名：김민수　性别：男", "김민수"),
        ("姓名：田中さくら　性别：女", "田中さくら"),
        ("姓名：ナカムラ ユウコ", "ナカムラ ユウコ"),
        ("姓名：何时了　男　71岁", "何时了"),
        ("姓名：沉默　性别：女", "沉默"),
        ("特委托侄儿巩固（证号612429198611301977）代办", "巩固"),
        ("申请医师：____逄  博____　日期：____", "逄  博"),
        ("姓名______何必______性别____女____", "何必"),
        ("姓名……………………何必", "何必"),
        ("责任医师.............高兴", "高兴"),
        ("组长……………………商陆", "商陆"),
        ("审核人…………………石韦", "石韦"),
        ("队长：石斛", "石斛"),
    ],
)
def test_what_stands_there_is_the_name(named, text, name):
    assert named(text) == [name]


@pytest.mark.parametrize("name", ["さくら", "田中さくら", "Владимир Иванов", "김민수", "何时了", "沉默"])
def test_a_column_of_names_holds_nothing_else(named, name):
    assert named(f"序号,姓名,性别\n1,王芳,女\n2,{name},男") == ["王芳", name]
    assert named(f"姓名\t年龄\t科室\n{name}\t45\t内科\n王芳\t46\t外科") == [name, "王芳"]


@pytest.mark.parametrize(
    "text",
    [
        "姓名：必填",
        "姓名：性别：年龄：",
        "姓名______性别____年龄____电话__________",
        "联系人：________（关系：____）住址：____，代理人签名：________（关系____）",
        "姓名.............性别........年龄.......",
        "第一章 总论………………1\n云南白药………………3\n石韦………………15g",
        "组长：待定，组员：全体",
        "姓名：隐去　性别：男",
        "姓名：本人　关系：家属",
        "患者：α-地中海贫血筛查阳性",
        "患者：β受体阻滞剂",
        "客户：Ω-3鱼油还有吗",
    ],
)
def test_instructions_and_things_are_none(named, text):
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[patient]\n姓名=茯苓\n性别=女", {"茯苓"}),
        ("患者姓名：\n茯苓\n性别：女", {"茯苓"}),
        ("门诊号：N0077316\n姓名：何时了　男　71岁", {"何时了"}),
        ("姓名=黄芪&手机=13845678901", {"黄芪"}),
        ("姓名：\n阿司匹林 100mg qd\n用药=茯苓\n药名=黄芪", set()),
        ("姓名=必填\n客户姓名：\n诊断：高血压", set()),
    ],
)
def test_a_herb_is_a_name_where_a_field_says_so(persons, text: str, names: set[str]) -> None:
    assert persons(text) == names
