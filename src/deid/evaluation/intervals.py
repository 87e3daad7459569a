"""How sure a figure is: bootstrap over documents (Efron & Tibshirani 1993, percentile intervals).

Documents are drawn with replacement, or groups of them where samples have groups, because
the errors of one patient come together. Where a figure is 0 or 1 every resample agrees and
the bootstrap would claim to be certain: there the interval is Wilson's (1927).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from deid.evaluation.scoring import Counts, Scores

Floats = NDArray[np.float64]
MEASURES = ("precision", "recall", "f1", "f2")
RESAMPLES = 1000
LEVEL = 0.95
OVERALL = "*"

_Z = 1.959964
_AT_ONCE = 4_000_000
"""Weights held at a time, 32 MB."""


class Interval(NamedTuple):
    """Where a figure lies in 95 of 100 sets like this one."""

    low: float
    high: float


Intervals = Mapping[str, Mapping[str, Interval]]
"""Type, or OVERALL → measure → interval; a measure that is None has none."""


@dataclass(frozen=True, slots=True)
class Gain:
    """A figure of two runs over the same documents: `change` = new − old."""

    old: float
    new: float
    low: float
    high: float

    @property
    def change(self) -> float:
        return self.new - self.old

    @property
    def is_sure(self) -> bool:
        """Whether the interval of the change leaves out 0."""
        return self.low > 0 or self.high < 0

    def to_dict(self) -> dict[str, Any]:
        content = {
            "old": self.old,
            "new": self.new,
            "change": self.change,
            "low": self.low,
            "high": self.high,
        }
        return {**{name: round(value, 6) for name, value in content.items()}, "is_sure": self.is_sure}


Gains = Mapping[str, Mapping[str, Gain]]


def intervals(scores: Scores, *, resamples: int = RESAMPLES, seed: int = 0) -> Intervals:
    """95 % intervals of precision, recall, F1 and F2, by type and for all types."""
    names, counts = _stacked(scores)
    drawn = _resampled([_grouped(counts, _units(scores))], resamples, seed)[0]
    rows = {OVERALL: scores.overall, **scores.by_type}
    return {
        name: dict(_of_type(rows[name], drawn[:, i]))
        for i, name in enumerate(names)
        if rows[name].gold or rows[name].found
    }


def gains(old: Scores, new: Scores, *, resamples: int = RESAMPLES, seed: int = 0) -> Gains:
    """What changed between two runs, over the documents that both have; the same draws for both."""
    lengths = dict(zip(old.documents, old.lengths, strict=True))
    shared = [
        name
        for name, characters in zip(new.documents, new.lengths, strict=True)
        if lengths.get(name) == characters
    ]
    types = [name for name in new.types if name in old.types]
    if not shared or not types:
        return {}
    both = []
    for scores in (old, new):
        place = {name: i for i, name in enumerate(scores.documents)}
        columns = [scores.types.index(name) for name in types]
        chosen = scores.table[[place[name] for name in shared]][:, columns][:, :, _USED]
        both.append(np.concatenate((chosen.sum(1, keepdims=True), chosen), 1).astype(np.float64))
    group_of = dict(zip(new.documents, _units(new), strict=True))
    units = [group_of[name] for name in shared]
    before, after = _resampled([_grouped(counts, units) for counts in both], resamples, seed)
    result: dict[str, dict[str, Gain]] = {}
    for i, name in enumerate((OVERALL, *types)):
        for measure in MEASURES:
            was, is_now = (_figures(counts[:, i].sum(0)[None])[measure][0] for counts in both)
            changes = _figures(after[:, i])[measure] - _figures(before[:, i])[measure]
            changes = changes[~np.isnan(changes)]
            if np.isnan(was) or np.isnan(is_now) or not changes.size:
                continue
            low, high = np.quantile(changes, _TAILS)
            result.setdefault(name, {})[measure] = Gain(float(was), float(is_now), float(low), float(high))
    return result


_USED = [0, 1, 2]  # gold, found, matched: the first columns of Counts
_TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)


def _stacked(scores: Scores) -> tuple[list[str], Floats]:
    """[document, OVERALL and types, gold-found-matched]"""
    table = scores.table[:, :, _USED]
    stacked = np.concatenate((table.sum(1, keepdims=True), table), 1)
    return [OVERALL, *scores.types], stacked.astype(np.float64)


def _units(scores: Scores) -> list[str]:
    """What is drawn as one: the group, or the document where it has none."""
    return [
        f"group {group}" if group else f"document {name}"
        for name, group in zip(scores.documents, scores.groups, strict=True)
    ]


def _grouped(counts: Floats, units: Sequence[str]) -> Floats:
    order = {unit: i for i, unit in enumerate(dict.fromkeys(units))}
    summed = np.zeros((len(order), *counts.shape[1:]))
    np.add.at(summed, [order[unit] for unit in units], counts)
    return summed


def _resampled(tables: Sequence[Floats], resamples: int, seed: int) -> list[Floats]:
    """[resample, …] sums of each table over the same draws of units."""
    units = len(tables[0])
    flat = [table.reshape(units, -1) for table in tables]
    parts: list[list[Floats]] = [[] for _ in tables]
    random = np.random.default_rng(seed)
    for rows in _chunks(resamples, units):
        drawn = random.integers(0, max(units, 1), (rows, units)) + np.arange(rows)[:, None] * units
        weights = np.bincount(drawn.ravel(), minlength=rows * units).reshape(rows, units).astype(np.float64)
        for part, table in zip(parts, flat, strict=True):
            part.append(weights @ table)
    return [
        np.concatenate(part).reshape(resamples, *table.shape[1:])
        for part, table in zip(parts, tables, strict=True)
    ]


def _chunks(resamples: int, units: int) -> Iterator[int]:
    size = max(1, _AT_ONCE // max(units, 1))
    for first in range(0, resamples, size):
        yield min(size, resamples - first)


def _figures(counts: Floats) -> dict[str, Floats]:
    """Measures of rows of gold, found, matched; NaN where there is none."""
    gold, found, matched = counts[:, 0], counts[:, 1], counts[:, 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "precision": matched / np.where(found == 0, np.nan, found),
            "recall": matched / np.where(gold == 0, np.nan, gold),
            "f1": 2 * matched / np.where(gold + found == 0, np.nan, gold + found),
            "f2": 5 * matched / np.where(4 * gold + found == 0, np.nan, 4 * gold + found),
        }


def _of_type(counts: Counts, drawn: Floats) -> Iterator[tuple[str, Interval]]:
    figures = _figures(drawn)
    precision, recall = wilson(counts.matched, counts.found), wilson(counts.matched, counts.gold)
    either = Interval(min(precision.low, recall.low), max(precision.high, recall.high))
    certain = {"precision": precision, "recall": recall, "f1": either, "f2": either}
    for measure in MEASURES:
        value = counts.figure(measure)
        if value is None:
            continue
        values = figures[measure][~np.isnan(figures[measure])]
        if value in (0.0, 1.0) or not values.size:
            yield measure, certain[measure]
        else:
            low, high = np.quantile(values, _TAILS)
            yield measure, Interval(float(low), float(high))


def wilson(right: int, total: int) -> Interval:
    """The score interval of a share.

    >>> wilson(20, 20)
    Interval(low=0.8388748398148705, high=1.0)
    """
    if not total:
        return Interval(0.0, 1.0)
    share, square = right / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = _Z * sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))
