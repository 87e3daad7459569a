"""A regex that is tried in parts of a long text finds what it finds in the whole."""

import re
from random import Random

import pytest

from deid.detection.literals import Sieve
from deid.detection.stretches import Stretches, parts

REGEXES = (
    r"电话:1[0-9]{10}",
    r"(?<=病人)王[建国]{1,2}(?!说)",
    r"住院号[^\n]{0,40}[0-9]{6}(?=,|$)",
    r"(?m:^)主任:",
    r"结束\Z",
    r"[东西]路[0-9]{1,3}号",
)
VALUES = (
    "电话:13800138000",
    "病人王建国说",
    "病人王国",
    "住院号在这里写着是100234,",
    "住院号100234",
    "\n主任:",
    "东路12号",
    "结束",
)


def found(regex, text):
    bit, sieve = 1, Sieve([(regex, 0)])
    stretches = Stretches(text, [sieve.passing([part])[0] for part in parts(text)])
    return [match.span() for match in stretches.finditer(re.compile(regex).finditer, bit)]


@pytest.mark.parametrize("seed", range(4))
def test_matches_are_those_in_the_whole_text(seed):
    random = Random(seed)
    pieces = []
    for _ in range(40):
        pieces += ["患者头痛、乏力。" * random.randint(1, 90), random.choice(VALUES)]
    text = "".join(pieces) + "结束"

    assert len(parts(text)) > 8
    for regex in REGEXES:
        assert found(regex, text) == [match.span() for match in re.finditer(regex, text)]


@pytest.mark.parametrize("start", range(8150, 8240, 3))
def test_a_value_across_the_border_of_a_part_is_found_once(start):
    text = "空" * start + "电话:13800138000" + "空" * 4000

    assert found(REGEXES[0], text) == [(start, start + 14)]


def test_the_end_of_a_part_is_not_that_of_the_text():
    text = "空" * 10239 + "住院号100234" + "空" * 5000

    assert found(r"住院号[0-9]{6}$", text) == []
    assert found(r"空{3}\Z", "电话" + text) == [(len(text) - 1, len(text) + 2)]


def test_a_short_text_has_no_parts():
    assert parts("患者头痛" * 500) == []


def test_a_long_text_is_read_as_its_lines_are(deidentifier):
    line = "患者王建国，电话13800138000，住院号0023417，家住合肥市蜀山区长江西路12号3栋502室。"
    filler = "这里没有什么可说的，一切照旧，下面的话也一样。\n" * 60
    text = (filler + line + "\n") * 6

    entities = deidentifier.detect(text)

    expected = [(e.entity_type, line[e.start : e.end]) for e in deidentifier.detect(line)]
    assert len(expected) >= 4
    assert [(e.entity_type, text[e.start : e.end]) for e in entities] == expected * 6
