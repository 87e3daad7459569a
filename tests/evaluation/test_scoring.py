"""Figures of tiny sets, worked out by hand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scored import score

from deid.catalog import Marked, parse_marked
from deid.errors import SamplesError
from deid.evaluation.matching import Pair, matched, merged, outside, overlapping
from deid.evaluation.samples import Sample
from deid.evaluation.scoring import Scores, f_score
from deid.types import Entity


def sample(marked, *, name="1", group=""):
    """Marks called IGNORE are optional."""
    text, marks = parse_marked(marked)
    optional = tuple(mark for mark in marks if mark.entity_type == "IGNORE")
    return Sample(name, text, tuple(m for m in marks if m not in optional), optional, group)


def finds(marked):
    return parse_marked(marked)[1]


def scored(gold, found, **options):
    return score([sample(gold)], [finds(found)], **options)


def figures(scores, *names):
    return tuple(getattr(scores.overall, name) for name in names)


# --- the counts ------------------------------------------------------------------------------


def test_three_of_four_names_and_one_wrong_find():
    scores = scored(
        "[张三](PERSON)、[李四](PERSON)、[王五](PERSON)和[赵六](PERSON)服用当归",
        "[张三](PERSON)、[李四](PERSON)、[王五](PERSON)和赵六服用[当归](PERSON)",
    )

    assert figures(scores, "gold", "found", "matched") == (4, 4, 3)
    assert figures(scores, "precision", "recall", "f1", "f2") == (0.75, 0.75, 0.75, 0.75)
    assert figures(scores, "characters", "leaked", "excess") == (8, 2, 2)
    assert scores.confusion == {("", "PERSON"): 1, ("PERSON", ""): 1, ("PERSON", "PERSON"): 3}


def test_f2_weighs_recall_four_times_as_much():
    assert f_score(2, 2, 4, 2) == pytest.approx(5 * 1.0 * 0.5 / (4 * 1.0 + 0.5))
    assert f_score(2, 4, 2, 2) == pytest.approx(5 * 0.5 * 1.0 / (4 * 0.5 + 1.0))
    assert f_score(0, 0, 0, 1) is None


@pytest.mark.parametrize(
    ("found", "matched", "strict", "exact", "blind"),
    [
        ("诊[欧阳靖宇](PERSON)于", 1, 1, 1, 1),
        ("诊[欧阳靖](PERSON)宇于", 1, 0, 0, 1),  # 3 of 4
        ("诊[欧阳](PERSON)靖宇于", 1, 0, 0, 1),  # 2 of 4: just enough
        ("诊[欧](PERSON)阳靖宇于", 0, 0, 0, 0),
        ("诊[欧阳靖宇](LOCATION)于", 0, 0, 1, 1),
        ("诊[欧阳靖](LOCATION)宇于", 0, 0, 0, 1),
        ("诊欧阳靖宇于", 0, 0, 0, 0),
    ],
)
def test_four_ways_of_counting(found, matched, strict, exact, blind):
    both = score(
        [sample("诊[欧阳靖宇](PERSON)于"), sample("[上海](LOCATION)", name="2")],
        [finds(found), finds("[上海](LOCATION)")],
        conventions="strict",
    )

    counts = both.by_type["PERSON"]
    assert (counts.matched, counts.strict, counts.exact, counts.blind) == (matched, strict, exact, blind)


def test_overlap_is_set_by_the_caller():
    gold, found = "住[人民路一号三单元](CN_ADDRESS)", "住[人民路一号](CN_ADDRESS)三单元"

    assert scored(gold, found, overlap=0.6).overall.matched == 1
    assert scored(gold, found, overlap=0.9).overall.matched == 0
    assert scored(gold, "住人民路一号三单[元](CN_ADDRESS)", overlap=0).overall.matched == 1
    with pytest.raises(ValueError, match="share"):
        scored(gold, found, overlap=1.5)


def test_a_find_stands_for_one_gold_span_only():
    scores = scored("[张三李](PERSON)[四](PERSON)", "[张三李四](PERSON)")

    assert figures(scores, "gold", "found", "matched") == (2, 1, 1)
    assert scores.overall.leaked == 0


def test_figures_that_would_divide_by_nothing_are_none():
    scores = score(
        [sample("[张三](PERSON)"), sample("[上海](LOCATION)", name="2")], [(), finds("[上海](LOCATION)")]
    )

    assert scores.by_type["PERSON"].precision is None
    assert scores.by_type["PERSON"].recall == 0
    assert scores.by_type["PERSON"].f1 == 0


def test_macro_weighs_every_type_alike():
    scores = scored(
        "[张三](PERSON)[李四](PERSON)[王五](PERSON)住[上海](LOCATION)",
        "[张三](PERSON)[李四](PERSON)[王五](PERSON)住上海",
    )

    assert scores.overall.recall == 0.75
    assert scores.macro["recall"] == 0.5
    assert scores.macro["precision"] == 1.0  # of names alone: no place was found


def test_a_named_figure():
    counts = scored("诊[欧阳靖宇](PERSON)于", "诊[欧阳靖](PERSON)宇于").overall

    assert counts.figure("recall") == 1
    assert counts.figure("strict_recall") == 0
    assert counts.figure("blind_recall") == 1
    assert counts.figure("strict_f1") == 0
    with pytest.raises(ValueError, match="blind_precision"):
        counts.figure("blind_precision")


# --- what is scored --------------------------------------------------------------------------


def test_types_that_the_set_never_labels_are_scored_neither_way():
    scores = scored("[张三](PERSON)用阿司匹林", "[张三](PERSON)用[阿司匹林](MEDICATION)")

    assert scores.types == ("PERSON",)
    assert figures(scores, "found", "matched", "excess") == (1, 1, 0)


def test_unscored_types_are_as_if_never_labelled():
    scores = scored(
        "[张三](PERSON)用[阿司匹林](MEDICATION)", "张三用[阿司匹林](MEDICATION)", unscored=["MEDICATION"]
    )

    assert scores.types == ("PERSON",)
    assert figures(scores, "gold", "found") == (1, 0)


def test_optional_marks_are_scored_neither_way():
    scores = scored(
        "[张三](PERSON)[昨天](IGNORE)来，[明天](IGNORE)再来，[3月5日](DATE_TIME)",
        "[张三](PERSON)[昨天](DATE_TIME)来，明天再来，[3月5日](DATE_TIME)",
    )

    assert figures(scores, "gold", "found", "matched", "excess") == (2, 2, 2, 0)


def test_types_that_count_as_one():
    gold, found = "在[协和医院](ORGANIZATION)", "在[协和医院](CN_MEDICAL_INSTITUTION)"

    assert scored(gold, found).overall.matched == 1
    assert scored(gold, found, classes={}).overall.matched == 0


def test_a_type_that_the_set_does_not_tell_apart_may_be_right_and_is_never_wrong():
    scores = scored(
        "生于[1980年1月2日](DATE_TIME)，婚否未知",
        "生于[1980年1月2日](DATE_OF_BIRTH)，[婚否](DATE_OF_BIRTH)未知",
    )

    assert figures(scores, "gold", "found", "matched", "excess") == (1, 1, 1, 0)


def test_entities_score_as_marks_do():
    entity = Entity("PERSON", 0, 2, 0.9)

    assert score([sample("[张三](PERSON)来")], [[entity]]).overall.matched == 1


# --- leaks -----------------------------------------------------------------------------------


def test_direct_identifiers_leak_in_full_or_in_part_and_quasi_identifiers_apart():
    scores = score(
        [
            sample("[张三](PERSON)，[13800138000](PHONE_NUMBER)，[58岁](AGE)", name="a"),
            sample("[李四](PERSON)，[61岁](AGE)", name="b"),
        ],
        [finds("张三，[138001](PHONE_NUMBER)38000，58岁"), finds("[李四](PERSON)，61岁")],
    )

    direct = scores.directly
    assert (direct.gold, direct.characters, direct.leaked) == (3, 15, 2 + 5)
    assert (direct.leaked_whole, direct.leaked_part, direct.documents) == (1, 1, 1)
    assert direct.covered == pytest.approx(1 / 3)
    assert scores.overall.leaked == 2 + 5 + 3 + 3


def test_a_type_of_the_users_own_is_direct():
    scores = scored("会员[KH0001](CLIENT_NUMBER)", "会员KH0001")

    assert scores.directly.leaked_whole == 1


def test_a_find_of_another_type_hides_as_well():
    scores = scored("[张三](PERSON)住[上海](LOCATION)", "[张三](LOCATION)住[上海](LOCATION)")

    assert scores.overall.leaked == 0
    assert scores.overall.matched == 1


def test_a_find_of_a_type_that_stays_in_the_text_hides_nothing():
    scores = scored(
        "[当归](PERSON)用[当归](MEDICATION)", "[当归](MEDICATION)用[当归](MEDICATION)", kept=["MEDICATION"]
    )

    assert scores.directly.leaked == 2
    assert scores.by_type["PERSON"].blind == 0
    assert scores.by_type["MEDICAL_TERM"].leaked == 0


def test_what_is_caught_as_a_type_that_the_set_never_labels_is_caught():
    scores = scored("会员号[6222020000001234](CLIENT_NUMBER)", "会员号[6222020000001234](CN_BANK_CARD)")

    assert figures(scores, "gold", "found", "matched", "blind", "leaked") == (1, 0, 0, 1, 0)


# --- kept results ----------------------------------------------------------------------------


def test_scores_are_the_same_after_json():
    scores = score(
        [sample("[张三](PERSON)来", name="a", group="g"), sample("[上海](LOCATION)", name="b")],
        [finds("[张三](PERSON)来"), ()],
    )

    again = Scores.from_dict(json.loads(json.dumps(scores.to_dict())))

    assert again.to_dict() == scores.to_dict()
    assert again.groups == ("g", "")
    assert "张三" not in json.dumps(scores.to_dict(), ensure_ascii=False)


@pytest.mark.parametrize("content", [{}, {"columns": 1}, {"columns": {"types": [], "direct": []}}, []])
def test_what_is_no_score_is_refused(content):
    with pytest.raises(SamplesError, match="not one that this version"):
        Scores.from_dict(content)


# --- matching --------------------------------------------------------------------------------

spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda t: Marked(t[0], t[0] + t[1], "PERSON")),
    max_size=12,
)


@given(spans, spans)
def test_overlapping_pairs_are_those_that_share_a_character(gold, found):
    found = sorted(found)

    pairs = overlapping(gold, found)

    expected = {
        (g, f)
        for g, one in enumerate(gold)
        for f, other in enumerate(found)
        if one.start < other.end and other.start < one.end
    }
    assert {(pair.gold, pair.found) for pair in pairs} == expected
    assert len(pairs) == len(expected)


@given(spans, spans)
def test_what_lies_outside_is_what_no_cover_holds(one, other):
    cover = merged((mark.start, mark.end) for mark in other)

    rest = outside(merged((mark.start, mark.end) for mark in one), cover)

    def characters(stretches):
        return {i for start, end in stretches for i in range(start, end)}

    assert characters(rest) == characters((m.start, m.end) for m in one) - characters(cover)


disjoint = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(1, 6),
        st.sampled_from(["PERSON", "AGE", "DATE_OF_BIRTH", "MEDICATION"]),
    ),
    max_size=10,
)


@given(disjoint, disjoint, disjoint, st.sampled_from([0, 0.5, 1]))
def test_no_part_is_larger_than_its_whole(gold, optional, found, overlap):
    def placed(rows):
        position, marks = 0, []
        for gap, size, kind in rows:
            marks.append(Marked(position + gap, position + gap + size, kind))
            position += gap + size
        return tuple(marks)

    made = Sample("1", "一" * 120, placed(gold), placed(optional))
    counts = score([made], [placed(found)], overlap=overlap, kept=["MEDICATION"]).overall

    assert counts.strict <= counts.matched <= min(counts.gold, counts.found)
    assert counts.strict <= counts.exact <= counts.gold
    assert counts.blind <= counts.gold
    assert counts.leaked_whole + counts.leaked_part <= counts.gold
    assert counts.leaked <= counts.characters


def test_the_longest_common_stretch_is_taken_first():
    pairs = [Pair(0, 0, 2, 8), Pair(0, 1, 4, 8), Pair(1, 1, 3, 3)]

    assert matched(pairs, lambda pair: True) == {0: 1}
