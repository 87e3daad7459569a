from __future__ import annotations

import logging
import re
import threading

import pytest

from deid import Deidentifier, Policy, TextBlock, detector
from deid.detection.composite import Composite
from deid.known import KnownValue
from deid.pipeline import NameSet

NOTE = "患者王秀兰，女，58岁，住上海市浦东新区张杨路500弄12号301室，电话13800138000，诊断：2型糖尿病，予二甲双胍0.5g tid。"


@pytest.fixture(scope="module")
def deidentifier():
    return Deidentifier()


def test_direct_identifiers_become_labels_and_medicine_stays(deidentifier):
    result = deidentifier.deidentify(NOTE)

    for value in ("王秀兰", "13800138000", "张杨路", "58岁"):
        assert value not in result.text
    for kept in ("女", "2型糖尿病", "二甲双胍0.5g tid"):
        assert kept in result.text


def test_tags_that_a_value_goes_over_are_still_pairs(deidentifier):
    text = "电话<p><b>138</b>00<i>13</i>8000</p>，手机[b]138[/b]00138000。"

    assert deidentifier.deidentify(text).text == "电话<p><b>〔电话1〕</b></p>，手机[b]〔电话1〕[/b]。"


def test_one_value_has_one_label_however_it_is_written(deidentifier):
    text = deidentifier.deidentify("电话：13800138000；复核电话：138-0013-8000；家属电话：13900139000").text

    labels = [part.split("〕")[0] for part in text.split("〔")[1:]]
    assert labels[0] == labels[1] != labels[2]


def test_results_count_and_hold_no_text(deidentifier):
    report = deidentifier.deidentify(NOTE).report

    assert report.entities["PERSON"] == 1
    assert report.characters == len(NOTE)
    assert "王秀兰" not in repr(deidentifier.deidentify(NOTE).replacements)


def test_two_keys_give_two_numberings_and_one_key_gives_one():
    one = Deidentifier()
    again = Deidentifier(key=one.key)
    names = "、".join(("王秀兰", "李建国", "赵敏", "孙丽华", "周志强", "吴桂英"))
    text = f"参会人员：{names}"

    assert one.deidentify(text).text == again.deidentify(text).text


def test_a_header_makes_a_name_of_a_word(deidentifier):
    assert [e.entity_type for e in deidentifier.detect("平安", labels=("姓名",))] == ["PERSON"]
    assert deidentifier.detect("平安") == ()


def test_known_values_are_found_without_cue_in_any_form():
    known = Deidentifier(
        known=[KnownValue("PERSON", "尉迟守拙"), KnownValue("MEDICAL_RECORD_NUMBER", "ZY20230001")]
    )

    found = known.detect("随访尉迟守拙，ＺＹ2023-0001，zy20230001")

    assert [(e.entity_type, e.score) for e in found if e.score == 1.0] == [
        ("PERSON", 1.0),
        ("MEDICAL_RECORD_NUMBER", 1.0),
        ("MEDICAL_RECORD_NUMBER", 1.0),
    ]


def test_an_ambiguous_known_name_needs_evidence():
    known = Deidentifier(known=[KnownValue("PERSON", "高兴")])

    assert known.detect("患儿今日高兴，食欲好") == ()
    assert [e.entity_type for e in known.detect("姓名：高兴")] == ["PERSON"]


def test_the_role_of_a_known_person_decides_the_operator():
    policy = Policy.parse(
        {
            "schema": 1,
            "name": "by-role",
            "title": "按角色",
            "operators": {
                "PERSON": {
                    "operator": "label",
                    "by_role": {"doctor": {"operator": "replace", "params": {"with": "某医生"}}},
                }
            },
        }
    )
    known = [{"姓名": "尉迟守拙", "角色": "医生"}, {"姓名": "闻人静姝", "角色": "患者"}]

    result = Deidentifier(policy=policy, known=known).deidentify("尉迟守拙接诊闻人静姝")

    assert re.fullmatch("某医生接诊〔姓名[12]〕", result.text)
    assert [entity.role for entity in result.entities] == ["clinician", "client"]
    assert len({entity.subject for entity in result.entities}) == 2


def test_escapes_of_json_are_read_in_any_text():
    deidentifier = Deidentifier(known=[KnownValue("PERSON", "欧阳震华")])
    log = r'INFO resp={"name":"\u6b27\u9633\u9707\u534e"} 电话\u0031\u0033800138000'

    result = deidentifier.deidentify(log)

    assert result.text == r'INFO resp={"name":"〔姓名1〕"} 电话〔电话1〕'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name=%E6%AC%A7%E9%98%B3%E9%9C%87%E5%8D%8E&x=1", "name=〔姓名1〕&x=1"),
        ("&#27431;&#38451;&#38663;&#21326;来电", "〔姓名1〕来电"),
        ("%C5%B7%D1%F4%D5%F0%BB%AA", "〔姓名1〕"),
        ("联系方式 zhang%40qq.com", "联系方式 〔邮箱1〕"),
    ],
)
def test_escapes_of_addresses_and_of_html_are_read_in_any_text(text, expected):
    deidentifier = Deidentifier(known=[KnownValue("PERSON", "欧阳震华")])

    assert deidentifier.deidentify(text).text == expected


def test_a_mask_shows_what_an_escape_means():
    policy = Policy.parse(
        {"schema": 1, "name": "masked", "title": "遮盖", "operators": {"PHONE_NUMBER": "mask"}}
    )

    assert Deidentifier(policy=policy).deidentify(r"电话\u0031\u0033800138000").text == "电话138****8000"


def test_kept_values_stay():
    keeping = Deidentifier(keep=[KnownValue("PHONE_NUMBER", "021-62881234")])

    text = keeping.deidentify("预约电话021-62881234，患者电话021-62885678").text

    assert "021-62881234" in text
    assert "021-62885678" not in text


def test_names_certain_elsewhere_are_found_where_nothing_says_so(deidentifier):
    block = TextBlock("b1", "麻老金已转走")

    entities = deidentifier.propagate(block, (), NameSet.of([("PERSON", "麻老金")]))

    assert [(e.entity_type, e.start, e.end, e.block) for e in entities] == [("PERSON", 0, 3, "b1")]


def test_threads_find_what_one_thread_finds(deidentifier):
    expected = deidentifier.detect(NOTE)
    found = []

    threads = [threading.Thread(target=lambda: found.append(deidentifier.detect(NOTE))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 4


def test_nothing_is_logged(deidentifier, caplog):
    caplog.set_level(logging.DEBUG)

    deidentifier.deidentify(NOTE)

    assert caplog.text == ""


def test_detection_is_lazy(deidentifier):
    def endless():
        while True:
            yield NOTE

    assert next(deidentifier.detect_many(endless()))


@pytest.fixture
def unloaded():
    detector._shared_composite.cache_clear()
    return Deidentifier()


def test_names_that_are_certain_elsewhere_are_replaced_without_compiling_what_detects(unloaded):
    block = TextBlock("a", "王小丫来电，要求改约")

    found = unloaded.propagate(block, (), NameSet.of([("PERSON", "王小丫")]))

    assert [(entity.start, entity.end) for entity in found] == [(0, 3)]
    assert "_patterns" not in vars(unloaded._detector.composite)


def test_who_detects_while_another_thread_loads_waits_for_it(unloaded, monkeypatch):
    read = []
    claims = Composite.claims
    monkeypatch.setattr(Composite, "claims", lambda *given: read.append(given[1]) or claims(*given))

    unloaded.start_loading()
    found = unloaded.detect("患者王秀兰来诊")

    assert [entity.entity_type for entity in found] == ["PERSON"]
    assert len(read) == 1  # the text that loads; others are read together
