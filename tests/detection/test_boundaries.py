"""Word boundaries are those of jieba, without its second and its memory."""

from __future__ import annotations

import logging
import warnings

import pytest

from deid.catalog import shipped_catalog
from deid.detection.boundaries import WordBoundaries, word_list

ADDED = ("氨咖黄敏", "长春", "王建国路")
SENTENCES = [
    "患者因反复咳嗽三周来诊,予氨咖黄敏胶囊口服",
    "住长沙市岳麓区麓山南路932号 3栋B座A9-2",
    "CT检查 PM2.5 c++ T恤x2 Ａ型血 a b1c2 d",
    "他电话一三九九九四几几几我记不全",
    "姓 名:纳 兰 雪\t(女)",
    "王建国路过长春市长春药店",
    "研究生命的起源和生命的意义",
    "㐂𠮷䶮鿿龘",
    "A",
    "",
]


@pytest.fixture(scope="module")
def jieba():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jieba = pytest.importorskip("jieba")

    class Quiet(jieba.Tokenizer):
        def initialize(self, dictionary=None):
            self.FREQ, self.total = self.gen_pfdict(self.get_dict_file())
            self.initialized = True

    logging.getLogger("jieba").setLevel(logging.CRITICAL)
    tokenizer = Quiet()
    tokenizer.initialize()
    for word in ADDED:
        if tokenizer.FREQ.get(word, 0) < 50:
            tokenizer.add_word(word, 50)
    return tokenizer


@pytest.mark.parametrize("sentence", SENTENCES)
def test_cuts_where_jieba_cuts(jieba, sentence):
    expected, position = {0}, 0
    for word in jieba.cut(sentence, HMM=False):
        position += len(word)
        expected.add(position)

    assert WordBoundaries(ADDED)(sentence) == expected


def test_knows_the_words_that_jieba_knows(jieba):
    boundaries = WordBoundaries(ADDED)

    for word in ("高兴", "平安", "长春", "氨咖黄敏", "氨咖", "黄敏", "咳", "AT&T", "龘龘"):
        assert boundaries.known(word) == (jieba.FREQ.get(word) or 0), word
    assert boundaries.known("") == 0


def test_added_words_are_whole():
    words = shipped_catalog().lexicon("drugs")[:200]
    boundaries = WordBoundaries(words)

    assert all(boundaries.known(word) >= 50 for word in words)


@pytest.mark.parametrize(
    ("word", "part_of_speech"), [("克林顿", "nr"), ("雄鹰", "n"), ("雄鹰雄", ""), ("", "")]
)
def test_tells_of_the_part_of_speech(word, part_of_speech):
    assert word_list().part_of_speech(word) == part_of_speech
