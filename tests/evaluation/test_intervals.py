"""Intervals: where they must lie, how wide they are, and that the same seed gives the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scored import score

from deid.catalog import Marked
from deid.evaluation.intervals import OVERALL, gains, intervals, wilson
from deid.evaluation.samples import Sample

TEXT = "张三来" * 4


def run(right, *, group=lambda number: ""):
    """A document for each number: four names, of which so many are found."""
    marks = tuple(Marked(start, start + 2, "PERSON") for start in (0, 3, 6, 9))
    samples = [Sample(str(i), TEXT, marks, group=group(i)) for i in range(len(right))]
    return score(samples, [marks[:count] for count in right])


def test_the_figure_lies_within_its_interval():
    scores = run([4, 3, 4, 2, 4, 4, 1, 4] * 5)

    found = intervals(scores)

    for name in (OVERALL, "PERSON"):
        low, high = found[name]["recall"]
        assert low < scores.overall.recall < high


def test_the_width_is_that_of_theory():
    """Recall of documents with 4 or 0 of 4 right: standard error sqrt(p (1 - p) / n) over documents."""
    right = [4, 0] * 100
    low, high = intervals(run(right))[OVERALL]["recall"]

    expected = 2 * 1.96 * np.sqrt(0.25 / len(right))
    assert high - low == pytest.approx(expected, rel=0.12)


def test_groups_are_drawn_whole():
    right = [4, 4, 4, 4, 0, 0, 0, 0] * 10
    alone = intervals(run(right))[OVERALL]["recall"]
    grouped = intervals(run(right, group=lambda number: str(number // 4)))[OVERALL]["recall"]

    assert grouped.high - grouped.low > 1.6 * (alone.high - alone.low)


def test_a_perfect_figure_is_not_certain():
    few, many = (intervals(run([4] * n))[OVERALL]["recall"] for n in (2, 100))

    assert few == wilson(8, 8)
    assert few.low < 0.7 < 0.98 < many.low < many.high == 1


def test_the_same_seed_gives_the_same_interval():
    scores = run([4, 3, 2, 4, 1, 0, 3] * 37)

    assert intervals(scores) == intervals(scores)
    assert intervals(scores, seed=1) != intervals(scores)


def test_a_paired_change_is_surer_than_two_intervals():
    before = [4, 3, 0, 2, 4, 0, 1, 4] * 5
    after = [min(4, count + (i % 4 == 1)) for i, count in enumerate(before)]
    old, new = run(before), run(after)

    gain = gains(old, new)["PERSON"]["recall"]

    assert gain.change == pytest.approx(new.overall.recall - old.overall.recall)
    assert gain.is_sure
    assert intervals(old)[OVERALL]["recall"].high > intervals(new)[OVERALL]["recall"].low


def test_no_change_is_no_sure_change():
    scores = run([4, 3, 2])

    gain = gains(scores, scores)[OVERALL]["recall"]

    assert (gain.change, gain.low, gain.high, gain.is_sure) == (0, 0, 0, False)


def test_only_documents_of_both_runs_are_compared():
    old, new = run([0, 0, 4]), run([4, 4, 4, 0, 0])
    changed = replace(old, lengths=(1, *old.lengths[1:]))

    assert gains(old, new)[OVERALL]["recall"].change == pytest.approx(2 / 3)
    assert gains(changed, new)[OVERALL]["recall"].change == pytest.approx(1 / 2)
    assert gains(replace(old, documents=("x", "y", "z")), new) == {}


@pytest.mark.parametrize(
    ("right", "total", "low", "high"), [(0, 10, 0, 0.278), (5, 10, 0.237, 0.763), (10, 10, 0.722, 1)]
)
def test_wilson_gives_the_textbook_values(right, total, low, high):
    assert wilson(right, total) == pytest.approx((low, high), abs=1e-3)
