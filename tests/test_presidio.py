from __future__ import annotations

import logging
import pickle
import re

import pytest
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_anonymizer.entities import OperatorConfig

from deid import presidio
from deid.errors import DetectionFailed
from deid.pipeline import Deidentifier

TEXTS = [
    "患者王秀兰，女，58岁，住上海市浦东新区张杨路500弄12号301室，电话13800138000。",
    "姓 名：纳兰 雪　　证 件 号：210102198306212246\n电 话：０２４－２３８８６６５５",
    "予黄芪30g、何首乌15g，空腹血糖5.6mmol/L，高血压病史10年。",
    "",
    "林老师：好的，我先联系他。\n小鹿：189 7166 0021",
]


def spans(found):
    return sorted((f.entity_type, f.start, f.end) for f in found)


@pytest.fixture(scope="module")
def deidentifier():
    return Deidentifier()


@pytest.mark.parametrize("text", TEXTS)
def test_an_analyzer_for_anyone_finds_exactly_what_detect_finds(text, deidentifier):
    assert spans(presidio.analyzer().analyze(text, "zh")) == spans(deidentifier.detect(text))


def test_batches_find_what_single_texts_find(deidentifier):
    assert [spans(found) for found in deidentifier.detect_many(TEXTS)] == [
        spans(deidentifier.detect(text)) for text in TEXTS
    ]


def test_a_copy_from_a_pickle_finds_the_same(deidentifier):
    copy = pickle.loads(pickle.dumps(deidentifier))

    assert spans(copy.detect(TEXTS[0])) == spans(deidentifier.detect(TEXTS[0]))
    assert copy.deidentify(TEXTS[0]).text == deidentifier.deidentify(TEXTS[0]).text


def test_a_foreign_recognizer_runs_beside_ours():
    badge = PatternRecognizer(
        "BADGE", patterns=[Pattern("badge", r"GH\d{5}", 0.3)], context=["工牌"], supported_language="zh"
    )

    with_guest = Deidentifier(recognizers=[badge])

    assert ("BADGE", 2, 9) in spans(with_guest.detect("工牌GH12345，王秀兰医生"))
    assert "PERSON" in {e.entity_type for e in with_guest.detect("工牌GH12345，王秀兰医生")}
    assert with_guest.deidentify("工牌GH12345").text == "工牌〔BADGE1〕"


def test_our_recognizers_plug_one_by_one_into_a_registry_of_ones_own():
    wanted = [r for r in presidio.recognizers() if r.supported_entities == ["PHONE_NUMBER"]]
    engine = AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=wanted, supported_languages=["zh"]),
        nlp_engine=presidio.NlpEngine(),
        supported_languages=["zh"],
    )

    assert spans(engine.analyze("电话13800138000，姓名王秀兰", "zh")) == [("PHONE_NUMBER", 2, 13)]


class Broken(EntityRecognizer):
    def load(self) -> None: ...

    def analyze(self, text, entities, nlp_artifacts=None):
        raise ValueError(f"cannot read {text}")


def test_a_recognizer_that_fails_is_an_error_without_the_text():
    deidentifier = Deidentifier(recognizers=[Broken(["X"], supported_language="zh")])

    with pytest.raises(DetectionFailed) as caught:
        deidentifier.detect("患者王秀兰")

    assert "王秀兰" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_presidio_says_nothing_even_at_debug(caplog, deidentifier):
    caplog.set_level(logging.DEBUG)

    presidio.analyzer().analyze("患者王秀兰，电话13800138000", "zh", entities=["PERSON", "NOT_THERE"])

    assert "王秀兰" not in caplog.text
    assert not [record for record in caplog.records if record.name.startswith("presidio")]


def test_the_anonymizer_knows_our_operators(deidentifier):
    text = "患者王秀兰，电话13800138000"
    results = [RecognizerResult(e.entity_type, e.start, e.end, e.score) for e in deidentifier.detect(text)]

    masked = presidio.anonymizer().anonymize(
        text,
        results,
        {"DEFAULT": OperatorConfig("deid_label"), "PHONE_NUMBER": OperatorConfig("deid_mask")},
        merge_entities_with_spaces=False,
    )

    assert re.fullmatch(r"患者〔.+〕，电话138\*{4}8000", masked.text)


def test_operators_take_key_and_subject_by_reference():
    key = bytes(range(32))
    text = "王建国电话13800138000于2023年5月6日来诊"
    results = [
        RecognizerResult("PERSON", 0, 3, 1.0),
        RecognizerResult("PHONE_NUMBER", 5, 16, 1.0),
        RecognizerResult("DATE_TIME", 17, 26, 1.0),
    ]
    operators = {
        "PERSON": OperatorConfig("deid_surrogate", {"key": key, "subject": "s1"}),
        "PHONE_NUMBER": OperatorConfig("deid_pseudonym", {"key": key, "length": 10}),
        "DATE_TIME": OperatorConfig("deid_shift_date", {"key": key, "subject": "s1"}),
    }

    first, second = (
        presidio.anonymizer().anonymize(text, results, operators, merge_entities_with_spaces=False).text
        for _ in range(2)
    )

    assert first == second
    assert not any(value in first for value in ("王建国", "13800138000", "5月6日"))
    assert re.fullmatch(r"[一-龥]{3}电话[0-9A-Z]{10}于20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日来诊", first)
