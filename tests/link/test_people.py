"""Which documents tell of one person, and which of two who have one name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from deid import formats
from deid.keys import ProjectKey
from deid.link.linking import Linked, link_documents
from deid.pipeline import Deidentifier
from deid.types import Cell, TextBlock

WANG, OTHER = "11010519491231002X", "440305198001010013"


@pytest.fixture(scope="module")
def deidentifier() -> Deidentifier:
    return Deidentifier(key=ProjectKey(bytes(range(32))))


@pytest.fixture
def linked(deidentifier, tmp_path):
    def link(files: Mapping[str, str]) -> Linked:
        noted = []
        for source, text in files.items():
            path = Path(tmp_path / source)
            path.write_text(text, "utf-8")
            read = enumerate(deidentifier.detect_blocks(formats.read(path, ref="#1").blocks()))
            facts = [f for n, (block, e) in read for f in deidentifier.facts.read(block, e, number=n)]
            noted.append((source, facts))
        return link_documents(noted, deidentifier.linking_key)

    return link


def named(linked: Linked, name: str) -> list[set[str]]:
    """For each person of this name the files in which he or she is named."""
    units, found = linked.people.units, dict[int, set[str]]()
    for number, index in enumerate(units.persons):
        person = linked.people.persons[index]
        if person.surname + person.given == name:
            found.setdefault(index, set()).add(units.source(number))
    return sorted(found.values(), key=sorted)


def test_who_shares_an_address_and_a_birthday_with_a_namesake_has_a_stand_in_of_their_own(linked):
    same = "出生日期：1949-12-31\n家庭电话：010-62345678\n住址：北京市海淀区学院路37号2栋301室\n"
    numbers = (WANG, "110105194912310134")

    found = linked(
        {f"{n}.txt": f"姓名：王雪梅\n{same}身份证号：{number}\n" for n, number in enumerate(numbers)}
    )

    persons = found.people.persons
    tokens = {
        person.token
        for person in map(persons.__getitem__, found.people.units.persons)
        if person.given == "雪梅"
    }
    assert named(found, "王雪梅") == [{"0.txt"}, {"1.txt"}]
    assert len(tokens) == 2


def test_a_birth_date_joins_what_two_record_numbers_part(linked):
    found = linked(
        {
            "a.txt": "姓名：王雪梅 性别：女\n病历号：0020341877\n出生日期：1966年3月14日\n",
            "b.txt": "姓名：王雪梅\n病历号：7731\n出生日期：1966-03-14\n",
            "c.txt": "王雪梅今日来电。\n",
        }
    )

    assert named(found, "王雪梅") == [{"a.txt", "b.txt", "c.txt"}]


@pytest.mark.parametrize(
    "shared",
    ["出生日期：1966年3月14日", "手机：13800138000", "住址：长沙市岳麓区麓山南路932号"],
)
@pytest.mark.parametrize(
    ("kind", "one", "two"), [("身份证号", WANG, OTHER), ("护照号", "EJ4419027", "EK1177032")]
)
def test_identity_documents_part_whatever_else_is_shared(linked, shared, kind, one, two):
    found = linked(
        {
            "a.txt": f"姓名：王雪梅\n{kind}：{one}\n{shared}\n",
            "b.txt": f"姓名：王雪梅\n{kind}：{two}\n{shared}\n",
        }
    )

    assert named(found, "王雪梅") == [{"a.txt"}, {"b.txt"}]


def test_a_birth_date_does_not_join_a_man_and_a_woman(linked):
    found = linked(
        {
            "a.txt": "姓名：王晓敏 性别：女\n出生日期：1966年3月14日\n",
            "b.txt": "姓名：王晓敏 性别：男\n出生日期：1966-03-14\n",
        }
    )

    assert len(named(found, "王晓敏")) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "王雪梅丈夫来电，身份证440305198001010013。",
        "误将王雪梅的出院记录发送至另一位客户的邮箱，该客户要求删除，身份证440305198001010013。",
    ],
)
def test_a_number_of_somebody_else_in_the_sentence_does_not_part(linked, sentence):
    found = linked(
        {"a.txt": f"姓名：王雪梅\n身份证号：{WANG}\n", "b.txt": sentence, "c.txt": "王雪梅今日来电。"}
    )

    assert named(found, "王雪梅") == [{"a.txt", "b.txt", "c.txt"}]


def test_who_works_in_the_rows_of_a_list_has_none_of_their_numbers(linked):
    found = linked(
        {
            "a.csv": f"收款人,账号,身份证号,审批人\n李秀英,6217001210047729130,{WANG},周志远\n"
            f"长沙某某有限公司,6228480038192746154,,周志远\n陈建军,6229093210451773099,{OTHER},周志远\n",
            "b.txt": "姓名：周志远\n身份证号：310105197806192040\n手机：13636490175\n",
        }
    )

    assert named(found, "周志远") == [{"a.csv", "b.txt"}]


def test_a_note_without_a_number_is_of_the_only_doctor_or_the_only_patient_of_the_name(linked):
    found = linked(
        {
            "doctor.txt": f"主治医师：李秀英（身份证号{OTHER}）\n",
            "patient.txt": f"患者姓名：李秀英\n患者李秀英\n身份证号：{WANG}\n",
            "a.txt": "主治医师：李秀英\n",
            "b.txt": "患者李秀英今日来诊。\n",
            "c.txt": "李秀英来电。\n",
        }
    )

    assert named(found, "李秀英") == [{"a.txt", "doctor.txt"}, {"b.txt", "patient.txt"}, {"c.txt"}]


def test_a_masked_row_is_of_whom_its_masked_number_can_be(linked):
    found = linked(
        {
            "a.txt": "姓名：王建国\n手机：13800138000\n",
            "b.txt": "姓名：王志远\n手机：13912345678\n",
            "c.csv": "姓名,手机\n王**,138****8000\n王**,139****5678\n王**,137****0000\n",
        }
    )

    link = found.documents["c.csv"]
    assert [link.subjects[token].name for _, token in sorted(link.rows.items())] == ["王建国", "王志远", ""]


def test_a_part_of_a_name_in_a_field_is_the_only_one_who_has_it(linked):
    found = linked(
        {
            "a.txt": "姓名：阿卜杜拉·吐尔逊\n手机：13800138000\n",
            "b.txt": "姓名：吐尔逊\n",
            "c.txt": "姓名：李建军\n手机：13912345678\n",
            "d.csv": "日期,记录对象姓名\n2024-03-01,建军\n2024-03-02,建军\n",
        }
    )

    assert named(found, "阿卜杜拉吐尔逊") == [{"a.txt", "b.txt"}]
    assert named(found, "李建军") == [{"c.txt", "d.csv"}]


def test_a_contract_tells_whose_numbers_are_whose(linked):
    found = linked(
        {
            "a.txt": f"甲方（客户）：张伟\n身份证号：{WANG}\n乙方：上海青榉健康咨询有限公司\n法定代表人：沈若楠\n",
            "b.txt": f"姓名：沈若楠\n身份证号：{OTHER}\n",
        }
    )

    assert named(found, "沈若楠") == [{"a.txt", "b.txt"}]


def test_a_long_list_is_linked_row_by_row(linked):
    """Rows are read again instead of kept; whom a row is about goes for names that several have."""
    rows = [f"王建国,{13800000000 + n},周志远" for n in range(50)]
    found = linked({"a.csv": "\n".join(["姓名,手机,经办人", *rows])}).documents["a.csv"]

    assert len(set(found.rows.values())) == 50
    assert {found.subjects[token].name for token in found.rows.values()} == {"王建国"}
    assert list(found.names) == ["周志远"]
    assert not found.places


@pytest.mark.slow
def test_names_of_many_rows_are_joined_in_little_time(linked):
    people = [f"王{chr(0x4E00 + n)}军,{13800000000 + n},周志远" for n in range(3000)]

    found = linked({"a.csv": "\n".join(["姓名,手机,经办人", *people])})

    assert named(found, "周志远") == [{"a.csv"}]


def test_rows_need_not_come_one_after_the_other(deidentifier):
    blocks = [
        TextBlock(f"{part}{row}", text, labels=(label,), table=Cell("1", row, column))
        for part, column, label in (("a", 0, "姓名"), ("b", 1, "手机"))
        for row, text in enumerate(["王建国", "李秀英"] if part == "a" else ["13800138000", "13912345678"])
    ]
    read = enumerate(deidentifier.detect_blocks(blocks))
    facts = [fact for n, (block, e) in read for fact in deidentifier.facts.read(block, e, number=n)]

    found = link_documents([("a", facts)], deidentifier.linking_key)

    assert {(p.surname + p.given, *p.values) for p in found.people.persons} == {
        ("王建国", ("PHONE_NUMBER", "13800138000")),
        ("李秀英", ("PHONE_NUMBER", "13912345678")),
    }


def test_a_doctor_in_a_field_of_an_interface_has_no_number_of_the_patient(linked):
    row = '{{"user": "某客户", "phone": "{0}", "doctor": "石磊"}}\n'
    found = linked(
        {
            "a.jsonl": row.format("18857193064") + row.format("19940217758"),
            "b.txt": "姓名：石磊\n手机：13801648827\n",
        }
    )

    assert named(found, "石磊") == [{"a.jsonl", "b.txt"}]


def test_what_stands_beside_many_names_joins_nobody(linked):
    desk = "前台手机：13700137000\n微信号：qiantai_2020\n"
    notes = {
        f"{n}.txt": f"姓名：{name}\n{desk}" for n, name in enumerate(("陈小满", "何秀兰", "孙玉梅", "郭建平"))
    }
    phones = {"a.txt": "13800138000", "b.txt": "13900139000"}
    wangs = {name: f"姓名：王雪梅\n手机：{phone}\n\n{desk}" for name, phone in phones.items()}

    assert named(linked({**notes, **wangs}), "王雪梅") == [{"a.txt"}, {"b.txt"}]


def test_the_address_of_the_house_in_the_head_of_a_mail_joins_nobody(linked):
    head = (
        "From: kefu@example.com\nTo: guanli@example.com\nSubject: =?utf-8?b?5Zue6K6/?=\nMIME-Version: 1.0\n"
    )
    head += "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    mails = {
        "a.eml": f"{head}客户王雪梅（手机13800138000）昨日来访。\n",
        "b.eml": f"{head}客户王雪梅（手机13900139000）昨日来访。\n",
    }

    assert named(linked(mails), "王雪梅") == [{"a.eml"}, {"b.eml"}]
