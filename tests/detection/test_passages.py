"""Paragraphs of one document are read together, as a text with them as its lines is."""

from itertools import pairwise

import pytest

from deid import Deidentifier
from deid.detection.passages import batches
from deid.types import Cell, TextBlock

MEETING = (
    "护士长王志强、护士陈丽华、护士李秀兰参加。",
    "连翘因家中有事请假，由海棠代班。",
    "会上海棠提出，夜班人手不足，连翘回来后先顶一周，请张建国主任批准。",
    "会后连翘电话告知陈丽华，本周五可以回来上班，海棠继续值白班到月底，工资照旧。",
)


@pytest.fixture(scope="module")
def deidentifier():
    return Deidentifier()


def paragraphs(lines, flow="body"):
    return [TextBlock(f"p{n}", line, flow=flow) for n, line in enumerate(lines)]


def values(read):
    return [[block.text[e.start : e.end] for e in entities] for block, entities in read]


def cells(count):
    return [TextBlock(f"c{n}", f"血压{n}", table=Cell("1", n, 0)) for n in range(count)]


def test_paragraphs_say_what_the_same_lines_of_a_text_say(deidentifier):
    text = "\n".join(MEETING)
    whole = [(e.entity_type, text[e.start : e.end]) for e in deidentifier.detect(text)]
    read = list(deidentifier.detect_blocks(paragraphs(MEETING)))
    assert whole == [(e.entity_type, b.text[e.start : e.end]) for b, found in read for e in found]
    assert "海棠" in values(read)[1]


def test_entities_and_their_claims_are_in_offsets_of_their_paragraph(deidentifier):
    for block, entities in deidentifier.detect_blocks(paragraphs(MEETING)):
        for entity in entities:
            assert entity.block == block.id
            for claim in entity.detections:
                assert 0 <= claim.start < claim.end <= len(block.text)
                assert claim.start < entity.end
                assert entity.start < claim.end
        assert all(first.end <= second.start for first, second in pairwise(entities))


@pytest.mark.parametrize(
    "apart",
    [
        [TextBlock(f"p{n}", line) for n, line in enumerate(MEETING)],
        [TextBlock(f"p{n}", line, flow=f"note {n}") for n, line in enumerate(MEETING)],
        [TextBlock(f"p{n}", line, labels=("备注",), flow="body") for n, line in enumerate(MEETING)],
        [TextBlock(f"p{n}", line, table=Cell("1", n, 0), flow="body") for n, line in enumerate(MEETING)],
    ],
    ids=["no flow", "several flows", "labelled", "cells"],
)  # fmt: skip
def test_what_is_no_paragraph_of_one_flow_is_read_by_itself(deidentifier, apart):
    assert values(deidentifier.detect_blocks(apart)) == [
        [block.text[e.start : e.end] for e in deidentifier.detect(block.text, labels=block.labels)]
        for block in apart
    ]


def test_a_table_between_paragraphs_changes_nothing(deidentifier):
    body = paragraphs(MEETING)
    for count in (3, 300):
        between = [*body[:2], *cells(count), *body[2:]]
        read = list(deidentifier.detect_blocks(between))
        assert [block for block, _ in read] == between
        assert values(read)[:2] + values(read)[-2:] == values(deidentifier.detect_blocks(body))


def test_an_address_over_two_paragraphs_is_taken_from_both(deidentifier):
    lines = ["住址：贵州省贵阳市云岩区", "中华北路12号3单元502室"]
    for block, entities in deidentifier.detect_blocks(paragraphs(lines)):
        assert entities
        assert entities[-1].end == len(block.text)


def test_passages_end_when_they_are_long_and_batches_never_within_one():
    body = paragraphs(["今日复诊，血压平稳。" * 10] * 1000)
    read = list(batches(body))
    assert [block for batch in read for block in batch.blocks] == body
    assert [block for batch in read for passage in batch.passages for block in passage.paragraphs] == body
    sizes = [len(passage.text) for batch in read for passage in batch.passages]
    assert len(read) > 1
    assert max(sizes) <= 4001
    assert min(sizes[:-1]) > 3800


def test_the_same_paragraphs_are_read_together_whatever_was_read_before():
    body = paragraphs(["今日复诊，血压平稳。" * 10] * 100)

    def passages(before):
        return [passage.text for batch in batches([*cells(before), *body]) for passage in batch.passages]

    assert passages(0) == passages(100) == passages(255) == passages(5000)
