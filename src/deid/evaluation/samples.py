"""Labelled texts, the currency of this package.

    Samples = Sample*,  Sample = text + marks (what is there) + optional marks (scored neither way)

Formats that people label in are read and written by `deid.evaluation.formats`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from deid.catalog import Marked


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and what is labelled in it. Offsets are code points, half-open.

    `marks` are disjoint and in order. `optional` marks may be found or not: clock times,
    serial numbers, whatever the labellers left open. `group` names what folds keep together
    (a patient, a case), `labels` what a layout calls the text (a column header).
    """

    id: str
    text: str = field(repr=False)
    marks: tuple[Marked, ...] = ()
    optional: tuple[Marked, ...] = ()
    group: str = ""
    labels: tuple[str, ...] = ()

    def renamed(self, types: Mapping[str, str]) -> Sample:
        """The same sample with entity types renamed; types not named stay."""

        def rename(marks: tuple[Marked, ...]) -> tuple[Marked, ...]:
            return tuple(
                mark._replace(entity_type=types.get(mark.entity_type, mark.entity_type)) for mark in marks
            )

        return replace(self, marks=rename(self.marks), optional=rename(self.optional)) if types else self


@dataclass(frozen=True)
class Samples:
    """Samples in the order of their file. A type that none of them labels is scored neither way.

    `repairs` says what reading the file mended or left out: kind → number, see
    `deid.evaluation.formats.assembling`; `titles` what the file calls types of its own whose
    Chinese label can be no name of a type.
    """

    items: tuple[Sample, ...] = field(repr=False)
    name: str = ""
    repairs: Mapping[str, int] = field(default_factory=dict, compare=False)
    titles: Mapping[str, str] = field(default_factory=dict, compare=False)
    unused: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """Names of the map given to `load` that no label of the file had."""

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Sample]:
        return iter(self.items)

    def __getitem__(self, index: int) -> Sample:
        return self.items[index]

    @cached_property
    def entity_types(self) -> tuple[str, ...]:
        """The types that are labelled anywhere in the set, sorted."""
        return tuple(sorted({mark.entity_type for sample in self.items for mark in sample.marks}))

    @property
    def characters(self) -> int:
        return sum(len(sample.text) for sample in self.items)

    def subset(self, items: Iterable[Sample]) -> Samples:
        return Samples(tuple(items), self.name, titles=self.titles)

    def renamed(self, types: Mapping[str, str]) -> Samples:
        """The same samples with entity types renamed; types not named stay."""
        return self.subset(sample.renamed(types) for sample in self.items)

    @classmethod
    def load(cls, path: str | Path, *, format: str = "", labels: Mapping[str, str] | None = None) -> Samples:
        """Read a labelled file; the format is recognised from its content unless given.

        `labels` maps names of the file to entity types, before the alias table is asked; a name
        that neither knows is a type of its own. SamplesError, with line, when something is wrong.
        """
        from deid.evaluation.formats import load

        return load(Path(path), format=format, labels=labels or {})

    def save(self, path: str | Path, *, format: str = "") -> None:
        """Write a labelled file, by its suffix unless `format` is given; refuses what the format cannot hold."""
        from deid.evaluation.formats import save

        save(self, Path(path), format=format)
