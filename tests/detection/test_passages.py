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
        [TextBlock(f"p{n}", line, table=Cell("1", 300 + n, 0)) for n, line in enumerate(MEETING)],
    ],
    ids=["no flow", "several flows", "below the first rows"],
)
def test_what_stands_apart_is_read_by_itself(deidentifier, apart):
    assert values(deidentifier.detect_blocks(apart)) == [
        [block.text[e.start : e.end] for e in deidentifier.detect(block.text)] for block in apart
    ]


def test_what_the_layout_says_something_of_is_read_by_itself_as_well(deidentifier):
    lines = [*paragraphs(MEETING[:1]), TextBlock("p", "白果", labels=("姓名",), flow="body")]
    assert values(deidentifier.detect_blocks(lines))[1] == ["白果"]


ROTA = (
    ("日期", "白班", "夜班", "备注"),
    ("6.3", "王志强", "陈丽华", "药柜已锁"),
    ("6.4", "石头", "王志强", "石头补记"),
    ("6.5", "李秀兰", "石头", "无"),
)


def table(rows, first=0):
    head, *below = rows
    cells = [TextBlock(f"0:{c}", text, table=Cell("表", 0, c)) for c, text in enumerate(head)] * (not first)
    return cells + [
        TextBlock(f"{r}:{c}", text, labels=(head[c],), table=Cell("表", r, c))
        for r, row in enumerate(below, first or 1)
        for c, text in enumerate(row)
    ]


@pytest.mark.parametrize("first", [0, 100])
def test_rows_of_a_table_are_read_together(deidentifier, first):
    """Also where they go on with a list whose header stands further up."""
    cells = table(ROTA, first)
    read = {
        block.id: found
        for (block, _), found in zip(
            deidentifier.detect_blocks(cells), values(deidentifier.detect_blocks(cells)), strict=True
        )
    }
    rows = (first or 1) + 1, (first or 1) + 2
    assert read[f"{rows[0]}:1"] == ["石头"]
    assert read[f"{rows[1]}:2"] == ["石头"]
    assert read[f"{rows[0]}:0"] == ["6.4"]
    assert not any(read.get(f"0:{column}") for column in range(4))


def test_cells_may_come_in_any_order(deidentifier):
    cells = table(ROTA)
    turned = [cell for row in range(4) for cell in reversed(cells[4 * row : 4 * row + 4])]
    read = {block.id: entities for block, entities in deidentifier.detect_blocks(turned)}
    assert read == {block.id: entities for block, entities in deidentifier.detect_blocks(cells)}


def test_codes_of_a_column_are_all_numbers_or_none(deidentifier):
    """What only a network says of them."""
    head = ("单号", "客户", "备注")
    for code in ("SO240318{:04d}", "HF-{:04d}"):
        rows = [(code.format(n * 7), ("王志强", "陈丽华")[n % 2], "已寄出，等回复") for n in range(20)]
        found = [
            entities
            for block, entities in deidentifier.detect_blocks(table([head, *rows]))
            if block.id.endswith(":0")
        ]
        types = {tuple(e.entity_type for e in entities) for entities in found[1:]}
        assert len(types) == 1


def test_a_rota_is_read_where_its_first_row_is_taken_for_a_header(deidentifier):
    rows = (("一厂 白班", "练", "练", "方"), ("一厂 夜班", "温", "安", "练"), ("二厂 夜班", "温", "方", "安"))
    assert [value for found in values(deidentifier.detect_blocks(table(rows))) for value in found] == list(
        "练练方温安练温方安"
    )


def test_a_large_table_is_what_its_first_rows_say(deidentifier):
    head, *below = ROTA
    rows = [*below] * 150
    read = list(deidentifier.detect_blocks(table([head, *rows])))
    named = [block.text for block, found in read if any(e.entity_type == "PERSON" for e in found)]
    assert named.count("王志强") == 300
    assert named.count("李秀兰") == 150
    assert len(read) == 4 + 4 * len(rows)


def test_cells_of_several_paragraphs_and_rows_of_several_cells_are_read_once(deidentifier):
    """Of the rest each is read by itself; nothing is found in the wrong place."""
    cells = table(ROTA)
    twice = [
        block
        for cell in cells
        for block in (cell, TextBlock(f"{cell.id}+", cell.text, labels=cell.labels, table=cell.table))
    ]
    for block, found in deidentifier.detect_blocks(twice):
        assert all(e.end <= len(block.text) for e in found)


@pytest.mark.parametrize("count", [3, 300])
def test_notes_between_paragraphs_change_nothing(deidentifier, count):
    body, notes = paragraphs(MEETING), [TextBlock(f"n{n}", f"血压{n}") for n in range(count)]
    read = list(deidentifier.detect_blocks([*body[:2], *notes, *body[2:]]))
    assert [block for block, _ in read] == [*body[:2], *notes, *body[2:]]
    assert values(read)[:2] + values(read)[-2:] == values(deidentifier.detect_blocks(body))


def test_a_table_of_the_flow_is_lines_of_it(deidentifier):
    names = [
        TextBlock(f"t{n}", text, table=Cell("1", n, 0), flow="body") for n, text in enumerate(MEETING[:2])
    ]
    [batch] = batches([*names, *paragraphs(MEETING[2:])])
    assert [passage.text for passage in batch.passages] == ["\n".join(MEETING)]


def test_an_address_over_two_paragraphs_is_taken_from_both(deidentifier):
    lines = ["住址：贵州省贵阳市云岩区", "中华北路12号3单元502室"]
    for block, entities in deidentifier.detect_blocks(paragraphs(lines)):
        assert entities
        assert entities[-1].end == len(block.text)


def test_passages_end_when_they_are_long_and_batches_never_within_one():
    body = paragraphs(["今日复诊，血压平稳。" * 10] * 1000)
    read = list(batches(body))
    assert [block for batch in read for block in batch.blocks] == body
    assert [block for batch in read for passage in batch.passages for block in passage.blocks] == body
    sizes = [len(passage.text) for batch in read for passage in batch.passages]
    assert len(read) > 1
    assert max(sizes) <= 4001
    assert min(sizes[:-1]) > 3800


def test_the_same_paragraphs_are_read_together_whatever_was_read_before():
    body = paragraphs(["今日复诊，血压平稳。" * 10] * 100)

    def passages(before):
        cells = [TextBlock(f"c{n}", f"血压{n}", table=Cell("1", 256 + n, 0)) for n in range(before)]
        return [passage.text for batch in batches([*cells, *body]) for passage in batch.passages]

    assert passages(0) == passages(100) == passages(255) == passages(5000)


def test_the_last_label_of_a_list_says_nothing_of_the_row_below(deidentifier):
    rows = [("1", "方向", "女", "30", "高血压"), ("2", "石磊", "男", "37", "糖尿病")]
    labels = [(), ("姓名",), (), ("年龄",), ()]
    blocks = [
        TextBlock(f"{row}.{n}", text, "", labels[n], Cell("t", row, n))
        for row, cells in enumerate(rows)
        for n, text in enumerate(cells)
    ]

    ages = [
        block.text
        for block, found in deidentifier.detect_blocks(blocks)
        for entity in found
        if entity.entity_type == "AGE"
    ]

    assert ages == ["30", "37"]
