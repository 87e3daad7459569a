"""Replacements on blocks become disjoint edits on sources."""

from __future__ import annotations

import pytest

from deid.errors import UnwritableDocument
from deid.formats import Edit, edits
from deid.types import Entity, Replacement, Segment, TextBlock


def _put(start: int, end: int, text: str) -> Replacement:
    return Replacement(Entity("PERSON", start, end, 1.0), "label", text)


def test_a_value_over_several_segments_is_written_into_the_first():
    block = TextBlock(
        "p", "患者张三丰，", segments=(Segment(0, 3, "a"), Segment(3, 4, "b", 2), Segment(4, 6, "c"))
    )

    found = edits([(block, [_put(2, 5, "甲")])])

    assert found == {"a": (Edit(2, 3, "甲"),), "b": (Edit(2, 3, ""),), "c": (Edit(0, 1, ""),)}


def test_a_block_without_segments_is_its_own_source():
    assert edits([(TextBlock("line:1", "张三"), [_put(0, 2, "甲")])]) == {"line:1": (Edit(0, 2, "甲"),)}


def test_views_of_one_place_are_united_and_nothing_is_left_of_either():
    accepted = TextBlock(
        "p", "张三丰", segments=(Segment(0, 1, "a"), Segment(1, 2, "ins"), Segment(2, 3, "b"))
    )
    rejected = TextBlock(
        "p-", "张山丰", segments=(Segment(0, 1, "a"), Segment(1, 2, "del"), Segment(2, 3, "b"))
    )

    found = edits([(accepted, [_put(0, 3, "甲")]), (rejected, [_put(0, 2, "乙")])])

    assert found == {
        "a": (Edit(0, 1, "甲"),),
        "ins": (Edit(0, 1, ""),),
        "del": (Edit(0, 1, ""),),
        "b": (Edit(0, 1, ""),),
    }


def test_where_views_overlap_in_part_the_longest_edit_says_what_stands_there():
    whole = TextBlock("a", "13800138000")
    part = TextBlock("b", "8000", segments=(Segment(0, 4, "a", 7),))

    assert edits([(part, [_put(0, 4, "乙")]), (whole, [_put(0, 9, "甲")])]) == {"a": (Edit(0, 11, "甲"),)}


def test_neighbouring_edits_stay_apart():
    assert edits([(TextBlock("a", "张三李四"), [_put(0, 2, "甲"), _put(2, 4, "乙")])]) == {
        "a": (Edit(0, 2, "甲"), Edit(2, 4, "乙"))
    }


def test_a_replacement_that_changes_nothing_is_no_edit():
    assert edits([(TextBlock("a", "张三"), [_put(0, 2, "张三")])]) == {}


def test_a_value_where_nothing_can_be_written_is_an_error():
    block = TextBlock("a", "张 三", segments=(Segment(0, 1, "a"), Segment(2, 3, "b")))

    with pytest.raises(UnwritableDocument, match="PERSON stands where nothing can be written"):
        edits([(block, [_put(1, 2, "甲")])])
