"""What stands behind a label, a role or a preposition, and is a name, or none."""

from __future__ import annotations

import pytest

from deid.catalog.marked import parse_marked
from deid.pipeline import Deidentifier


@pytest.fixture(scope="module")
def named():
    deidentifier = Deidentifier()

    def find(text, entity_type="PERSON"):
        return [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == entity_type]

    return find


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("医生:熊   上级:万志刚", ["熊", "万志刚"]),
        ("ok ok 谢了啊芳姐", ["芳姐"]),
        ("由白雪治疗师负责", ["白雪"]),
        ("甲方委托乙方为其母陈玉珍协调住院", ["陈玉珍"]),
        ("户主为患者任方向，电话另附", ["任方向"]),
        ("乙方为患者陈玉珍协调住院", ["陈玉珍"]),
        ("姓名：贺董，性别：男", ["贺董"]),
        ("姓名：明白。性别：男", ["明白"]),
        ("签名：明白 7月11号", ["明白"]),
        ("明白,53岁,男", ["明白"]),
        ("寄：江河路69号 明白 17795609185", ["明白"]),
        ("贺董,五十三岁,男", ["贺董"]),
        ("收件人：方志一，010-57338493", ["方志一"]),
        ("找方志一核对", ["方志一"]),
        ("抄送：贺董、李总，小董也来", ["贺", "李", "小董"]),
        ("张珂月底前拿出排班方案", ["张珂"]),
        ("您姓侯他姓什么", ["侯"]),
        ("平时邻居陈叔照看。", ["陈叔"]),
        ("马明中医师坐诊记录", ["马明"]),
        ("患者妻子国庆代领出院带药,手机18645927310。", ["国庆"]),
        ("我同学，叫成功，就叫这个名字", ["成功"]),
        ("上次对账差1箱，由江河本周核实；卸货走东门。", ["江河"]),
        ("代江城挂号，他本人下周一来", ["江城"]),
    ],
)
def test_names(named, text, names):
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "客户：费用是对公打给你们吗",
        "群名里不要写客户全名和病种。",
        "教妈妈怎么翻身，教爸爸拍嗝",
        "医生:行   患者:好的",
        "坐席:明白。备案可以在当地问",
        "问:霍恩-雅尔(Hoehn-Yahr)分期3级是什么意思?",
        "Lewis抗原阴性人群，西梅、火龙果都可以试",
        "紧急联系人: 母 13913805521",
        "减轻气道高敏反应，发烧了，叫救护车",
        "体检那天回海宁住了两晚再走的",
    ],
)
def test_words(named, text):
    assert named(text) == []


@pytest.mark.parametrize("word", ["曾经", "程序", "于是", "金属", "石油"])
@pytest.mark.parametrize(
    "frame",
    [
        "兹介绍我院患者{}，男，52岁，沧州人。",
        "{}　女　58岁　病历号:B0728116",
        "12床 {} 男 71岁 恢复期",
        "患者家属{}（儿子）13913805521签字",
        "联系人{}，电话13913805521",
        "母亲{}，45岁，体健",
        "汇入6212261702005618376（{}本人，工行）。",
        "时段；产妇；电话\n9:00；吴倩倩；15255160834\n9:30；{}；13955160834",
    ],
)
def test_where_only_a_person_stands_a_word_is_one(named, frame, word):
    assert word in named(frame.format(word))


@pytest.mark.parametrize(
    "text",
    [
        "联系人白天电话13913805521，客户方便电话13913805521",
        "母亲黄疸，45岁；父亲高热，40岁时曾患肝炎",
        "12床 黄疸 男 71岁 恢复期；初诊 女 45岁；农民 男 60岁",
        "常规 女 34岁以上；石油 男 40岁以上",
    ],
)
def test_times_diseases_and_trades_are_none(named, text):
    assert named(text) == []


def test_the_middle_of_two_words_is_no_firm(named):
    assert named("身边有人保护，买了人保。", "ORGANIZATION") == ["人保"]


def test_words_in_a_numbered_list_of_persons_are_persons(named):
    people = ["李木子", "时雨", "陈秀英", "安康", "王建国"]
    items = [f"{number}.{name}" for number, name in enumerate(people, 1)]

    assert named("接龙：" + " ".join(items)) == people
    assert named("接龙报名\n" + "\n".join(f"{item} 已交" for item in items)) == people
    assert named("项目：1.方案 2.安康 3.项目 4.计划") == []
    assert named("1.陈秀英 2.安静休息 3.方案 4.王建国") == ["陈秀英", "王建国"]


def test_whom_a_firm_acts_for_is_no_firm(named):
    text = "甲方委托乙方为其母陈玉珍(81岁)协调住院"

    assert named(text, "ORGANIZATION") == []


def test_what_somebody_sees_to_is_no_account(named):
    text = "行程-李倩：护照首页拍照发我\n周总：发不出去\n行程-李倩：收到\n强哥：好"

    assert named(text, "USERNAME") == []


def test_a_department_in_brackets_is_no_account(named):
    text = "谢佳怡（营养）：还是吃不进\n党主任：胃镜看了吗\n谢佳怡（营养）：上周看的\n党主任：好\n谢佳怡（营养）：行"

    assert named(text, "USERNAME") == []


@pytest.mark.parametrize(
    "marked",
    [
        "住院号写成了[ZY-2024-00871](MEDICAL_RECORD_NUMBER)，麻烦改成[00817](MEDICAL_RECORD_NUMBER)",
        "手机号填成了[13955107742](PHONE_NUMBER)",
        "身份证录错了[340104199003078813](CN_RESIDENT_ID)",
    ],
)
def test_what_was_written_by_mistake_is_found_as_well(deidentifier: Deidentifier, marked: str) -> None:
    text, spans = parse_marked(marked)

    assert {(e.entity_type, e.start, e.end) for e in deidentifier.detect(text)} >= {
        (span.entity_type, span.start, span.end) for span in spans
    }
