"""Figures of a labelled set: how much is found, how much of that is right, what stays readable.

    strict    same borders and same type
    overlap   same type, at least half of the union in common: what `matched` counts
    exact     same borders, whatever the type
    blind     half of the union in common, whatever the type, scored or not: is it caught at all

Precision, recall and F are of `matched` unless another way of counting is named. A figure
that would divide by nothing is None, not 0: no names found is no precision of names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deid.catalog import shipped_catalog
from deid.errors import SamplesError
from deid.evaluation.comparing import CLASSES, Comparison, Rules
from deid.evaluation.conventions import Conventions
from deid.evaluation.samples import Sample

__all__ = ["CLASSES", "FIGURES", "Counts", "DirectCounts", "Scores", "f_score", "rules_for"]

MISSED = SPURIOUS = ""
"""In the confusion table: a gold span that nothing overlaps, a find that overlaps nothing."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one type, or of all. `found` leaves out what is scored neither way.

    `characters` are those of the gold, `leaked` those of them in no find; `leaked_whole` and
    `leaked_part` count spans. `excess` are characters of finds outside any mark.
    """

    gold: int = 0
    found: int = 0
    matched: int = 0
    strict: int = 0
    exact: int = 0
    blind: int = 0
    characters: int = 0
    leaked: int = 0
    leaked_whole: int = 0
    leaked_part: int = 0
    excess: int = 0

    @property
    def precision(self) -> float | None:
        return ratio(self.matched, self.found)

    @property
    def recall(self) -> float | None:
        return ratio(self.matched, self.gold)

    @property
    def f1(self) -> float | None:
        return f_score(self.matched, self.found, self.gold, 1)

    @property
    def f2(self) -> float | None:
        """Recall weighs four times as much as precision."""
        return f_score(self.matched, self.found, self.gold, 2)

    def figure(self, name: str) -> float | None:
        """One of FIGURES by its name: `recall`, `f2`, `strict_precision`; ValueError when it is none."""
        if name not in FIGURES:
            raise ValueError(name)
        way, _, measure = name.rpartition("_")
        right: int = getattr(self, way or "matched")
        if measure in ("precision", "recall"):
            return ratio(right, self.found if measure == "precision" else self.gold)
        return f_score(right, self.found, self.gold, float(measure[1:]))

    def to_dict(self) -> dict[str, Any]:
        """The counts, and the figures that follow."""
        return {**asdict(self), **{name: _rounded(self.figure(name)) for name in FIGURES}}


@dataclass(frozen=True, slots=True)
class DirectCounts:
    """What stays readable of direct identifiers; `documents` are those with a leak of one."""

    gold: int = 0
    characters: int = 0
    leaked: int = 0
    leaked_whole: int = 0
    leaked_part: int = 0
    documents: int = 0

    @property
    def covered(self) -> float | None:
        """The share of direct identifiers every character of which is in some find."""
        return ratio(self.gold - self.leaked_whole - self.leaked_part, self.gold)


FIGURES = (
    *(f"{way}{measure}" for way in ("", "strict_") for measure in ("precision", "recall", "f1", "f2")),
    "exact_recall", "blind_recall",
)  # fmt: skip
_COLUMNS = tuple(item.name for item in fields(Counts))
_DIRECT = tuple(item.name for item in fields(DirectCounts))


@dataclass(frozen=True, eq=False)
class Scores:
    """Counts of a set, kept for each document so that intervals can be drawn from them.

    `table[document, type, column]` and `direct[document, column]` have the columns of Counts
    and DirectCounts.
    """

    types: tuple[str, ...]
    documents: tuple[str, ...] = field(repr=False)
    groups: tuple[str, ...] = field(repr=False)
    lengths: tuple[int, ...] = field(repr=False)
    table: NDArray[np.int64] = field(repr=False)
    direct: NDArray[np.int64] = field(repr=False)
    confusion: Mapping[tuple[str, str], int] = field(repr=False)

    @classmethod
    def of(cls, samples: Sequence[Sample], comparisons: Sequence[Comparison], rules: Rules) -> Scores:
        """From comparisons, one for each sample."""
        types = tuple(sorted(rules.labelled))
        index = {name: i for i, name in enumerate(types)}
        table = np.zeros((len(samples), len(types), len(_COLUMNS)), np.int64)
        direct = np.zeros((len(samples), len(_DIRECT)), np.int64)
        confusion: Counter[tuple[str, str]] = Counter()
        for row, comparison in enumerate(comparisons):
            _count(table[row], direct[row], comparison, rules, index)
            confusion.update(_confused(comparison, rules))
        return cls(
            types,
            tuple(sample.id for sample in samples),
            tuple(sample.group for sample in samples),
            tuple(len(sample.text) for sample in samples),
            table,
            direct,
            dict(sorted(confusion.items())),
        )

    @cached_property
    def overall(self) -> Counts:
        """All types together (micro)."""
        return Counts(*map(int, self.table.sum((0, 1))))

    @cached_property
    def by_type(self) -> Mapping[str, Counts]:
        return {name: Counts(*map(int, row)) for name, row in zip(self.types, self.table.sum(0), strict=True)}

    @cached_property
    def directly(self) -> DirectCounts:
        """Of direct identifiers alone."""
        return DirectCounts(*map(int, self.direct.sum(0)))

    @property
    def macro(self) -> Mapping[str, float | None]:
        """The mean over types that occur; a rare type weighs as much as a frequent one."""
        rows = [counts for counts in self.by_type.values() if counts.gold]
        means = {}
        for name in ("precision", "recall", "f1", "f2"):
            values = [value for counts in rows if (value := counts.figure(name)) is not None]
            means[name] = sum(values) / len(values) if values else None
        return means

    @property
    def characters(self) -> int:
        return sum(self.lengths)

    def to_dict(self) -> dict[str, Any]:
        """For JSON; `from_dict` reads it again. No text of a sample is in it."""
        return {
            "overall": self.overall.to_dict(),
            "macro": {name: _rounded(value) for name, value in self.macro.items()},
            "direct": {**asdict(self.directly), "covered": _rounded(self.directly.covered)},
            "characters": self.characters,
            "types": {name: counts.to_dict() for name, counts in self.by_type.items()},
            "confusion": [
                {"gold": gold, "found": found, "count": count}
                for (gold, found), count in self.confusion.items()
            ],
            "columns": {"types": list(_COLUMNS), "direct": list(_DIRECT)},
            "documents": [
                {
                    "id": name,
                    "group": self.groups[row],
                    "characters": self.lengths[row],
                    "types": {
                        self.types[i]: self.table[row, i].tolist()
                        for i in np.flatnonzero(self.table[row].any(1))
                    },
                    "direct": self.direct[row].tolist(),
                }
                for row, name in enumerate(self.documents)
            ],
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Scores:
        """What `to_dict` wrote; SamplesError when it is something else, or of another version."""
        try:
            if (columns := content["columns"]) != {"types": list(_COLUMNS), "direct": list(_DIRECT)}:
                raise ValueError(columns)
            types, rows = tuple(content["types"]), content["documents"]
            table = np.zeros((len(rows), len(types), len(_COLUMNS)), np.int64)
            for row, document in enumerate(rows):
                for name, counts in document["types"].items():
                    table[row, types.index(name)] = counts
            direct = np.array([document["direct"] for document in rows], np.int64)
            return cls(
                types,
                tuple(str(document["id"]) for document in rows),
                tuple(str(document["group"]) for document in rows),
                tuple(int(document["characters"]) for document in rows),
                table,
                direct.reshape(len(rows), len(_DIRECT)),
                {(str(c["gold"]), str(c["found"])): int(c["count"]) for c in content["confusion"]},
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise SamplesError(
                "the evaluation is not one that this version of deid wrote", hint="evaluate again"
            ) from None


def rules_for(
    samples: Iterable[Sample],
    *,
    overlap: float = 0.5,
    conventions: Conventions = "map",
    classes: Mapping[str, str] | None = None,
    unscored: Collection[str] = (),
    kept: Collection[str] = (),
    identifiers: Mapping[str, str] | None = None,
) -> Rules:
    """The rules under which finds in these samples are compared with their marks.

    `overlap` is the share of the union that a find and its gold span must have in common; 0
    asks for one character. `conventions` cuts finds that differ by convention alone to the
    gold, or with "strict" does not. `classes` are types that count as one (`{}`: none do).
    `unscored` types are scored neither way, as are types that no sample labels. Finds of
    `kept` types hide nothing. `identifiers` are type → direct, quasi …; the catalog's.
    """
    if not 0 <= overlap <= 1:
        raise ValueError("overlap is a share, from 0 to 1")
    if conventions not in ("map", "strict"):
        raise ValueError("conventions are 'map' or 'strict'")
    classes = CLASSES if classes is None else classes
    skipped = {classes.get(name, name) for name in unscored}
    labelled = {classes.get(mark.entity_type, mark.entity_type) for s in samples for mark in s.marks}
    if identifiers is None:
        identifiers = {spec.entity: spec.identifier for spec in shipped_catalog().specs}
    return Rules(frozenset(labelled - skipped), overlap, conventions, classes, frozenset(kept), identifiers)


def f_score(right: float, found: float, gold: float, beta: float) -> float | None:
    """F-beta of counts; None where there is neither gold nor a find.

    >>> f_score(3, 4, 6, 1)
    0.6
    """
    below = beta * beta * gold + found
    return (1 + beta * beta) * right / below if below else None


def ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _count(
    table: NDArray[np.int64],
    direct: NDArray[np.int64],
    comparison: Comparison,
    rules: Rules,
    index: Mapping[str, int],
) -> None:
    """Add one comparison to the rows of its document."""
    at = {name: i for i, name in enumerate(_COLUMNS)}
    matches: Mapping[str, Container[int]] = {
        "matched": comparison.right,
        "strict": comparison.strict,
        "exact": comparison.exact,
        "blind": comparison.blind,
    }
    for g, (mark, leaked) in enumerate(zip(comparison.gold, comparison.leaked, strict=True)):
        row, size = table[index[rules.class_of(mark.entity_type)]], mark.end - mark.start
        row[at["gold"]] += 1
        for name, chosen in matches.items():
            row[at[name]] += g in chosen
        spans = (1, size, leaked, leaked == size, 0 < leaked < size)
        for name, value in zip(
            ("characters", "leaked", "leaked_whole", "leaked_part"), spans[1:], strict=True
        ):
            row[at[name]] += value
        if rules.is_direct(mark.entity_type):
            direct[: len(spans)] += spans
    direct[_DIRECT.index("documents")] = direct[_DIRECT.index("leaked")] > 0
    for f, find in enumerate(comparison.found):
        row = table[index[rules.class_of(find.entity_type)]]
        row[at["found"]] += f not in comparison.forgiven
        row[at["excess"]] += comparison.excess[f]


def _confused(comparison: Comparison, rules: Rules) -> Iterator[tuple[str, str]]:
    """(gold type, found type) of every gold span, and ("", type) of every find beside all gold."""
    best: dict[int, int] = {}
    for pair in sorted(comparison.pairs, key=lambda pair: (pair.common, -pair.union)):
        best[pair.gold] = pair.found
    best |= comparison.right
    for g, mark in enumerate(comparison.gold):
        find = comparison.found[best[g]].entity_type if g in best else MISSED
        yield rules.class_of(mark.entity_type), rules.class_of(find)
    beside = set(comparison.counted) - {pair.found for pair in comparison.pairs}
    for f in beside:
        yield SPURIOUS, rules.class_of(comparison.found[f].entity_type)
