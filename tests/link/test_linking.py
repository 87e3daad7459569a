"""Who is meant: forms of one name, persons of one name, roles."""

from __future__ import annotations

import re

import pytest

from deid.grammar.pinyin import spellings
from deid.keys import ProjectKey
from deid.link.facts import identity
from deid.link.names import fits, initials_of
from deid.pipeline import Deidentifier

KEY = ProjectKey(bytes(range(32)))


@pytest.fixture(scope="module")
def deidentifier() -> Deidentifier:
    return Deidentifier(key=KEY)


def subjects(deidentifier: Deidentifier, text: str) -> list[tuple[str, str | None]]:
    """Each name of the text with its subject."""
    found = deidentifier.deidentify(text).entities
    return [(text[e.start : e.end], e.subject) for e in found if e.entity_type == "PERSON"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("患者王建国，男。\n王先生诉头痛。", "王"),
        ("姓名：王建国\n老王诉头痛。", "老王"),
        ("姓名：王建国\n王总今日来电。", "王"),
        ("姓名：王建国\n建国说明天复查。", "建国"),
        ("姓名：王建国\n王 建 国于今日入院。", "王 建 国"),
        ("姓名：王建国\nPatient: Wang Jianguo, male.", "Wang Jianguo"),
        ("姓名：王建国\nPatient: Jianguo Wang, male.", "Jianguo Wang"),
        ("姓名：王建国\n患者签名：WJG", "WJG"),
        ("姓名：王建国\n检索词 wangjianguo", "wangjianguo"),
        ("姓名：王建国\n检索词WangJianGuo已删", "WangJianGuo"),
        ("姓名：王建国 电话：13800138000\n王**（138****8000）已回访。", "王**"),
        ("姓名：欧阳靖宇\n欧阳女士诉失眠。", "欧阳"),
        ("姓名：司徒德清\n司徒老师诉失眠。", "司徒"),
        ("主治医师：贺兰英\n贺主任查房。", "贺"),  # 贺兰 is a surname too
        ("姓名：高洁\n患者高 洁诉头痛。", "高 洁"),
        ("患者王建国，男。\nPatient: Wang Jianguo, male.\nSigned by: WJG", "WJG"),
        ("患者姓名：顾长明\n顾某希望由同一位医生接诊。", "顾某"),
        ("姓名：白露\n白 露到场签字。", "白 露"),
        ("姓名：范小满\n小满此前在我院随访。", "小满"),  # a day of the calendar too
        ("姓名：顾长明\n已联系长明致歉。", "长明"),
        ("客户上 官 子 昂，手机13800138000。\n上官先生诉失眠。", "上 官 子 昂"),
        ("客户王建国，男。\n客服：王先生您好，请问有什么可以帮您？", "王"),
        ("客户王建国，男。\n客服：老王您好，请问有什么可以帮您？", "老王"),
    ],
)
def test_a_form_of_a_name_is_the_person_of_the_document(deidentifier, text, form):
    found = subjects(deidentifier, text)

    assert form in [name for name, _ in found]
    assert len({subject for _, subject in found}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "患者王建国，男。家属王建军，男。\n老王诉头痛。",  # two are called so
        "患者王建国，男。\n王女士来电。",  # sex
        "患者王建国，男。\n王主任查房。",  # a patient is not the head of the department
        "姓名：王建国\n李先生来电。",
        "姓名：王建国\n王*来电。",  # two characters are not three
    ],
)
def test_a_form_that_is_not_clear_stands_for_itself(deidentifier, text):
    found = subjects(deidentifier, text)

    short = {subject for name, subject in found if len(name) <= 2}
    full = {subject for name, subject in found if len(name) > 2}
    assert short
    assert full
    assert not short & full
    assert None not in short


def test_what_stands_flush_with_a_name_makes_nobody_else_of_it(deidentifier):
    text = "姓名：彭若兰\n患者彭 若 兰说昨晚头晕。\nPatient Peng Ruolan (Tel 13800138000) was seen today."

    assert len({subject for _, subject in subjects(deidentifier, text)}) == 1


def test_a_spaced_name_that_is_cut_short_makes_nobody_else_of_it(deidentifier):
    text = "姓名：王建国\n老王诉头痛。\n王 建 国签字。"

    assert len({subject for _, subject in subjects(deidentifier, text)}) == 1


def test_a_client_of_a_surname_is_not_the_relative_who_has_it_too(deidentifier):
    text = "姓名：高洁 性别：女\n客户高某今日未到诊。\n家属：高军（丈夫）\n患者签名：GJ\n"

    found = subjects(deidentifier, text)

    assert found[0][1] == found[1][1] == found[3][1] != found[2][1]


@pytest.mark.parametrize(
    "text",
    [
        "姓名：黄莺\n护士小黄（黄莺的妹妹）陪同。\n小黄表示感谢。",
        "姓名：黄莺\n小黄，系黄莺妹妹。小黄电话13800138000。",
        "姓名：黄莺\n小黄是黄莺的妹妹。小黄说她睡眠差。",
        "姓名：黄莺\n护士小黄值班。",
        "姓名：黄莺\n小黄（黄莺的妹妹）陪同。\n小黄今早来过。",
        "姓名：王建国\n王女士（王建国的女儿）陪同。王女士签字。",
        "姓名：王建国\n王先生（王建国之子）陪同。",
        "姓名：王建国\n小王（患者的儿子）来电。小王代为签字。",
    ],
)
def test_whoever_is_kin_of_a_client_is_not_the_client(deidentifier, text):
    found = subjects(deidentifier, text)

    full = {subject for name, subject in found if name in ("黄莺", "王建国")}
    short = {subject for name, subject in found if name not in ("黄莺", "王建国")}
    assert len(full) == len(short) == 1
    assert not full & short


def test_a_form_that_meant_the_client_before_it_meant_kin_is_nobodys_after_it(deidentifier):
    text = "姓名：李娜\n李女士来访。她的姐姐李女士陪同。李女士表示感谢。"

    client, first, sister, after = (subject for _, subject in subjects(deidentifier, text))

    assert client == first
    assert len({client, sister, after}) == 3


def test_what_a_field_says_of_somebody_is_surer_than_whose_kin_she_is(deidentifier):
    text = "患者王丽，系王建国的妹妹，身份证号11010519491231002X。"

    roles = {text[e.start : e.end]: e.role for e in deidentifier.deidentify(text).entities}

    assert roles["王丽"] == "client"


def test_a_doctor_is_meant_by_the_title_and_a_client_by_the_address(deidentifier):
    text = "姓名：赵敏 性别：女\n主治医师：赵刚\n赵主任查房，嘱赵女士卧床。"

    found = subjects(deidentifier, text)

    assert found[2] == ("赵", found[1][1])
    assert found[3] == ("赵", found[0][1])


def test_a_number_tells_who_is_meant_where_the_name_does_not(deidentifier):
    text = "姓名：王建国 电话：13800138000\n家属：王建军 电话：13912345678\n王先生13912345678已接通。"

    found = subjects(deidentifier, text)

    assert found[2][1] == found[1][1]


def test_two_persons_of_one_name_are_kept_apart_by_their_numbers(deidentifier):
    text = (
        "姓名：王建国\n身份证号：11010519491231002X\n老王诉头痛。\n"
        "姓名：王建国\n身份证号：440305198001010013\n"
    )

    first, second = (subject for name, subject in subjects(deidentifier, text) if name == "王建国")

    assert first != second


def test_one_number_in_two_spellings_is_one_person(deidentifier):
    text = "姓名：王建国\n身份证号：110105491231002\n\n姓名：王建国\n身份证号：110105 19491231 002X\n"

    assert len({subject for _, subject in subjects(deidentifier, text)}) == 1
    assert identity("110105491231002", "CN_RESIDENT_ID") == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        (
            "患者王建国之妻李某陪同，王建国之子王小明签字。",
            r"患者(〔姓名\d〕)之妻〔姓名\d〕陪同，\1之子〔姓名\d〕签字。",
        ),
        (
            "姓名：王建国\n王建国妻子来电。其母张桂兰同住。",
            r"姓名：(〔姓名\d〕)\n\1妻子来电。其母〔姓名\d〕同住。",
        ),
        (
            "患者王建国。其子王某代签，王先生知情。",
            r"患者(〔姓名\d〕)。其子(?!\1)〔姓名\d〕代签，\1先生知情。",
        ),
        ("患者王磊来电，王磊的母亲李秀英陪同。", r"患者(〔姓名\d〕)来电，\1的母亲〔姓名\d〕陪同。"),
    ],
)
def test_relations_stay_readable(deidentifier, text, readable):
    assert re.fullmatch(readable, deidentifier.deidentify(text).text)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("患者王建国来诊。", "王建国", "client"),
        ("主治医师：赵敏", "赵敏", "clinician"),
        ("赵敏主任医师查房。", "赵敏", "clinician"),
        ("联系人：李秀英（妻子）", "李秀英", "relative"),
        ("其妻李秀英陪同。", "李秀英", "relative"),
        ("今日李秀英（妻）陪同。", "李秀英", "relative"),
        ("今日李秀英（患者妻子）陪同。", "李秀英", "relative"),
        ("患者李秀英（独生子女）来诊。", "李秀英", "client"),
        ("客服：陈小芳", "陈小芳", "staff"),
        ("乙方：陈小芳", "陈小芳", "counterparty"),
        ("姓名：陈小芳", "陈小芳", "unknown"),
        ("主治医师：赵敏\n后来患者赵敏入院。", "赵敏", "client"),  # the most protective
    ],
)
def test_the_text_tells_the_role(deidentifier, text, name, role):
    found = deidentifier.deidentify(text).entities

    assert {e.role for e in found if text[e.start : e.end] == name} == {role}


def test_a_value_is_that_of_the_name_beside_it(deidentifier):
    text = "姓名：王建国 电话：13800138000\n家属：李秀英 家属电话：13912345678\n身份证号：11010519491231002X"

    entities = deidentifier.deidentify(text).entities

    whose = {text[e.start : e.end]: e.subject for e in entities}
    assert whose["13800138000"] == whose["王建国"] == whose["11010519491231002X"]
    assert whose["13912345678"] == whose["李秀英"]


def test_the_ids_of_subjects_depend_on_the_key(deidentifier):
    text = "姓名：王建国"

    other = Deidentifier(key=ProjectKey(bytes(32)))

    assert subjects(deidentifier, text) == subjects(Deidentifier(key=KEY), text)
    assert subjects(deidentifier, text) != subjects(other, text)


@pytest.mark.parametrize(
    ("surname", "given", "word"),
    [
        ("单", "建国", "SHANJIANGUO"),
        ("吕", "志远", "LVZHIYUAN"),
        ("吕", "志远", "ZHIYUANLYU"),
        ("曾", "文", "ZENGWEN"),
    ],
)
def test_a_name_is_spelt_in_every_usual_way(surname, given, word):
    assert word in spellings(surname, given)


def test_a_name_in_pinyin_that_is_part_of_a_word_or_short_is_nobody(deidentifier):
    text = "姓名：王建国\n家属：王二\n文件 xwangjianguos，目录 wanger"

    assert deidentifier.deidentify(text).text.endswith("文件 xwangjianguos，目录 wanger")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("尚海", "region cn-shanghai, SHANGHAI-2, Shanghai_map"),
        ("张浩", "SELECT zhanghao FROM t"),
        ("梁彪", "liangbiao.csv"),
        ("唐玲", "tangling of wires"),
    ],
)
def test_a_name_in_pinyin_that_is_a_word_or_a_place_is_nobody(deidentifier, name, words):
    assert deidentifier.deidentify(f"姓名：{name}\n{words}").text.endswith(f"\n{words}")


def test_a_name_in_pinyin_that_is_a_word_and_written_as_a_name_is_somebody(deidentifier):
    assert "TangLing" not in deidentifier.deidentify("姓名：唐玲\n照片 TangLing").text


def test_initials_are_those_of_the_syllables(deidentifier):
    read = deidentifier.facts.names.read

    assert "WJG" in initials_of("王", "建国")
    assert fits(read("王**"), "王", "建国")
    assert fits(read("王*国"), "王", "建国")
    assert not fits(read("王*军"), "王", "建国")
    assert fits(read("王某某"), "王", "建国")
    assert not fits(read("李某某"), "王", "建国")


def test_a_form_that_fits_two_has_a_number_that_nobody_else_has(deidentifier):
    text = "姓名：司徒德清\n家属：司徒慧敏\n司徒老师说明天上午过来。"

    result = deidentifier.deidentify(text).text

    assert len(set(re.findall(r"〔姓名\d〕", result))) == 3
