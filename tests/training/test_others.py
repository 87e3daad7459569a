"""Labelled texts with other names: the labels stay where the values are."""

from __future__ import annotations

from deid.catalog import parse_marked, shipped_catalog
from deid.detection.vocabulary import vocabulary_of
from deid.evaluation.samples import Sample
from deid.training.others import OtherNames

TEXT = "[王小明](PERSON)签字，电话[13800138000](PHONE_NUMBER)，[王小明](PERSON)[3月5日](DATE_TIME)来，血压138/90，找[陈](PERSON)医生，[买买提·艾山](PERSON)陪。"


def sample():
    text, marks = parse_marked(TEXT)
    return Sample("1", text, tuple(marks[:-1]), tuple(marks[-1:]))


def values(other):
    return [other.text[mark.start : mark.end] for mark in other.marks]


def test_names_become_others_of_their_length_and_the_same_everywhere():
    catalog = shipped_catalog()
    others = OtherNames(catalog, vocabulary_of(catalog).name_grammar)
    drawn = [other for seed in range(20) for _, other in others.renamed([(7, sample())], seed)]

    assert len(drawn) > 15
    assert len({other.text for other in drawn}) == len(drawn)
    for other in drawn:
        first, phone, second, day, alone = values(other)
        assert first == second
        assert (phone, day) == ("13800138000", "3月5日")
        assert 2 <= len(first) <= 3
        assert len(alone) == 1
        assert [mark.entity_type for mark in other.marks] == [mark.entity_type for mark in sample().marks]
        assert "血压138/90" in other.text
        assert [other.text[m.start : m.end] for m in other.optional] == ["买买提·艾山"]
    assert {values(other)[0] for other in drawn} - {"王小明"}


def test_texts_that_name_nobody_and_with_marks_that_overlap_give_none():
    catalog = shipped_catalog()
    others = OtherNames(catalog, vocabulary_of(catalog).name_grammar)
    text, marks = parse_marked("血压138/90")
    whole = sample()
    overlapping = Sample("2", whole.text, whole.marks, (whole.marks[0]._replace(end=5),))

    assert list(others.renamed([(1, Sample("1", text, marks)), (2, overlapping)], seed=1)) == []
