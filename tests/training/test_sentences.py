"""Labelled texts become sentences with a tag a character; invented ones are labelled without a gap."""

from random import Random

import pytest

from deid.catalog import Marked, parse_marked
from deid.detection.tagger import TAGS
from deid.evaluation.templating import parse
from deid.training.corpus import invented, written_lines
from deid.training.namebank import name
from deid.training.recasting import recast
from deid.training.sentences import UNSURE, sentences


def tagged(marked):
    text, marks = parse_marked(marked)
    return [
        [
            (character, "?" if tag == UNSURE else TAGS[tag])
            for character, tag in zip(item.text, item.tags, strict=True)
        ]
        for item in sentences(text, marks)
    ]


def test_a_span_is_begin_inside_end_and_one_character_is_single():
    first, second = tagged("[王建国](PERSON)来了。[李](PERSON)医生在[合肥](LOCATION)")

    assert [tag for _, tag in first] == ["B-PER", "I-PER", "E-PER", "O", "O", "O"]
    assert [tag for _, tag in second] == ["S-PER", "O", "O", "O", "B-LOC", "E-LOC"]


def test_white_space_and_full_width_signs_keep_tags_in_place():
    (only,) = tagged("姓名：[王　建](PERSON)，男")

    assert [c for c, tag in only if tag.endswith("PER")] == ["王", "建"]


def test_optional_marks_teach_nothing():
    (only,) = tagged("[昨天](IGNORE)来过")

    assert [tag for _, tag in only] == ["?", "?", "O", "O"]


def test_kinds_that_a_set_does_not_label_are_left_out():
    text, marks = parse_marked("[王建国](PERSON)在[合肥](LOCATION)")

    (only,) = sentences(text, marks, labelled=frozenset(["PER"]))

    assert {TAGS[tag] for tag in only.tags} == {"B-PER", "I-PER", "E-PER", "O"}


@pytest.mark.parametrize(
    "line", [pytest.param(line, id=f"line{n}") for n, line in enumerate(written_lines()) if n % 40 == 0]
)
def test_written_sentences_are_templates(line):
    assert parse(line)


def test_invented_sentences_are_the_same_for_a_seed():
    first, second = invented(200, seed=3), invented(200, seed=3)

    assert first == second
    assert len(first) > 100
    assert any(TAGS[tag].endswith("PER") for item in first for tag in item.tags)


def test_names_are_of_every_length():
    names = {name(Random(seed)) for seed in range(400)}

    assert {2, 3, 4} <= {len(each) for each in names}
    assert any("·" in each for each in names)


def test_a_recast_sentence_keeps_its_marks_on_names():
    text, words = "王建国去合肥看病", [(0, 3, "PER"), (3, 4, "v"), (4, 6, "LOC"), (6, 8, "v")]
    marks = [Marked(0, 3, "PERSON"), Marked(4, 6, "LOCATION")]

    other, moved = recast(Random(5), text, words, marks)

    assert [mark.entity_type for mark in moved] == ["PERSON", "LOCATION"]
    assert other[moved[0].start : moved[0].end] != "王建国"
    assert moved[-1].end <= len(other)
