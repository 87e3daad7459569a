"""The shipped tagger: batches do not change its tags, and every path is a possible one."""

import numpy as np
import pytest

from deid.detection.decoding import Decoder
from deid.detection.tagger import TAGS, load_tagger
from deid.errors import ModelError
from deid.normalize import shadow

SENTENCES = [
    "患者王建国，男，58岁，于昨日入院。",
    "家住合肥市蜀山区黄山路88号3栋2单元501室。",
    "血常规示白细胞升高，予头孢曲松抗感染治疗。",
    "我妈妈叫李秀兰，在中国科学技术大学附属第一医院住院。",
    "好",
]


@pytest.fixture(scope="module")
def tagger():
    return load_tagger(gated=False)


def spans(tagger, text):
    return [(text[tag.start : tag.end], tag.label) for tag in tagger.tag([shadow(text).text])[0]]


def test_a_padded_batch_is_tagged_like_its_sentences_alone(tagger):
    texts = [shadow(sentence).text for sentence in SENTENCES]

    together = tagger.tag(texts)

    assert together == [tagger.tag([text])[0] for text in texts]


def test_persons_addresses_and_hospitals_are_told_apart(tagger):
    assert ("王建国", "PER") in spans(tagger, SENTENCES[0])
    assert ("合肥市蜀山区黄山路88号3栋2单元501室", "ADR") in spans(tagger, SENTENCES[1])
    assert spans(tagger, SENTENCES[2]) == []
    assert ("中国科学技术大学附属第一医院", "HOS") in spans(tagger, SENTENCES[3])


def test_a_name_is_likelier_where_people_are_told_of(tagger):
    sentence = "昨晚圆圆跟我说她想去海边走一走。"
    record = f"主诉:咳嗽3天\n诊断:肺炎\n{sentence}"
    row = f"{sentence}\n套餐A|1280"
    texts = sentence, record, row
    found = tagger.tag(texts)

    assert all(spans(tagger, text) == [("圆圆", "PER")] for text in texts)
    (alone,), (among,), (beside,) = found
    assert alone.score > among.score == beside.score


def test_white_space_inside_a_name_is_inside_its_span(tagger):
    text = "姓名：王 建 国，男，58岁"

    assert ("王 建 国", "PER") in spans(tagger, text)


def test_names_do_not_swallow_line_breaks(tagger):
    text = "患者：王建国\n李秀兰\n"

    assert not any("\n" in surface for surface, _ in spans(tagger, text))


def test_offsets_lead_back_where_a_character_lies_outside_the_basic_plane(tagger):
    text = "😀😀患者王建国入院"

    assert ("王建国", "PER") in spans(tagger, text)


def test_paths_that_cannot_be_are_mended():
    begin, inside, end, single = (TAGS.index(f"{place}-PER") for place in "BIES")
    scores = np.full((3, 3, len(TAGS)), -5.0, dtype=np.float32)
    scores[0, 0, begin], scores[0, 1, 0], scores[0, 1, inside], scores[0, 2, end] = 3, 1.1, 1.0, 3
    scores[1, 0, begin], scores[1, 1, end], scores[1, 1, 0] = 3, 1, 2  # ends here, padding behind
    scores[2, 0, inside], scores[2, 0, single] = 3, 2

    paths = Decoder(TAGS, {}).best_paths(scores, np.array([3, 2, 1]))

    assert paths.tolist() == [[begin, inside, end], [begin, end, 0], [single, 0, 0]]


def test_hopeless_sentences_are_skipped():
    assert load_tagger().tag(["血压偏高,复查肝功。"]) == [()]


def test_a_folder_without_a_tagger_is_an_error_that_names_no_path(tmp_path):
    with pytest.raises(ModelError) as raised:
        load_tagger(tmp_path / "王建国")

    assert "王建国" not in str(raised.value)


def test_every_sentence_of_a_post_is_read():
    gated = load_tagger()

    alone, post = "炫彩:转发了", "//@炫彩:转发了\n炫彩:转发了"

    assert [len(tags) for tags in gated.tag([alone, post, alone])] == [0, 2, 0]
