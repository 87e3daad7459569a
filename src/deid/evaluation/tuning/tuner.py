"""`tune`: from labelled samples to a folder of proposed recognizers, with the gain on samples not seen.

    samples ─▶ folds ─▶ propose(four of five) ─▶ detect(the fifth) ─▶ held-out scores ─▶ gain, with interval
            └────────▶ propose(all)           ─▶ files

What is proposed is mined from the same samples as its evidence; what is claimed is not: every
held-out figure comes from proposals that never saw the sample.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from deid.catalog import Catalog
from deid.errors import SamplesError
from deid.evaluation.alignment import alignment
from deid.evaluation.comparing import Rules, compare
from deid.evaluation.intervals import OVERALL, Gain, Gains, gains
from deid.evaluation.samples import Sample, Samples
from deid.evaluation.scoring import Scores, rules_for
from deid.evaluation.splitting import folds, groups
from deid.evaluation.tuning.background import Background
from deid.evaluation.tuning.changes import NO_TITLES, Change, Titles, overlay
from deid.evaluation.tuning.mining import Bar, mine
from deid.evaluation.tuning.objective import Objective
from deid.evaluation.tuning.reading import Reading, read
from deid.evaluation.tuning.surroundings import surrounded
from deid.evaluation.tuning.thresholds import harmful_patterns, helpful_patterns, thresholds
from deid.evaluation.unlabelled import counted, unlabelled
from deid.types import Entity

if TYPE_CHECKING:
    from deid.pipeline import Deidentifier

_FEWEST, _FOLDS = 10, 5
_LOW = 0.1
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Tuning:
    """What `tune` proposes. `before` and `after` are scores on samples that the proposals had not seen."""

    changes: tuple[Change, ...]
    labels: Mapping[str, str]
    """Labels of the samples that were read as another type."""
    before: Scores = field(repr=False)
    after: Scores = field(repr=False)
    gains: Gains = field(repr=False)
    unlabelled: tuple[Mapping[str, int], Mapping[str, int]]
    """Finds of types that the samples never label, by type, before and after: scored in no figure."""
    titles: Mapping[str, str]
    objective: Objective
    base: Deidentifier = field(repr=False)

    @property
    def gain(self) -> Gain | None:
        """The gain in what was aimed at, over all types; None when nothing could be compared."""
        measure = "f2" if self.objective.beta > 1 else "f1"
        if self.objective.floor:  # up to the floor recall counts, above it precision
            measure = "precision" if (self.before.overall.recall or 0.0) >= self.objective.floor else "recall"
        return self.gains.get(OVERALL, {}).get(measure)

    @property
    def reaches_floor(self) -> bool:
        """Whether recall is what `recall=…` asked for, on samples not seen; True where nothing was asked."""
        return (self.after.overall.recall or 0.0) >= self.objective.floor

    @property
    def is_proven(self) -> bool:
        """Whether there is a gain, and its interval leaves out 0."""
        return self.gain is not None and self.gain.low > 0

    def write(self, folder: str | Path) -> None:
        """Write recognizer files, lists and `policy.yaml`; SamplesError when the folder is not empty."""
        from deid.evaluation.tuning.proposal import write_proposal

        write_proposal(self, Path(folder))

    def deidentifier(self) -> Deidentifier:
        """One with the changes applied, as the written folder would make it."""
        return changed(self.base, self.changes, self.titles)


def tune(
    samples: Samples,
    deidentifier: Deidentifier | None = None,
    *,
    objective: str = "f1",
    count: int | None = None,
    seed: int = 0,
    apart: Collection[str] = (),
    progress: Progress | None = None,
) -> Tuning:
    """Propose cue words, patterns, words, refusals and thresholds that serve `objective` (see Objective).

    `count` is the number of folds: by default five, or as many as there are groups of samples that
    belong together. `apart` are labels that are not to be read as another type (see `evaluate`).
    SamplesError when there are fewer than ten samples, or too few groups for `count`.
    """
    from deid.pipeline import Deidentifier

    if len(samples) < _FEWEST:
        raise SamplesError(f"{len(samples)} samples are too few to tune on", hint="label a hundred")
    base = deidentifier or Deidentifier()
    aim = Objective.parse(objective)
    steps = _Steps((count or _FOLDS) + 2, progress)
    found = _detect(base, samples)
    labels = alignment(samples, found, {*base.catalog.entity_types, *apart})
    samples = samples.renamed(labels)
    parts = _parts(samples, count, seed)
    steps.done()
    background = Background(base.catalog, lambda texts: list(base.detect_many(texts)))
    kept: dict[str, Sequence[Entity]] = {}
    for part in parts:
        held = {sample.id for sample in part}
        seen = [i for i, sample in enumerate(samples) if sample.id not in held]
        changes = propose(
            samples.subset(samples[i] for i in seen), [found[i] for i in seen], base, aim, background
        )
        kept.update(zip((sample.id for sample in part), _detect(changed(base, changes), part), strict=True))
        steps.done()
    changes = propose(samples, found, base, aim, background)
    steps.done()
    rules = _rules(samples, base)
    both = (found, [kept[sample.id] for sample in samples])
    before, after = (_scores(samples.items, finds, rules) for finds in both)
    beside = tuple(counted(unlabelled(samples, finds, rules, ignored=_kept(base))) for finds in both)
    return Tuning(
        tuple(changes),
        labels,
        before,
        after,
        gains(before, after, seed=seed),
        (beside[0], beside[1]),
        samples.titles,
        aim,
        base,
    )


def _parts(samples: Samples, count: int | None, seed: int) -> list[Samples]:
    """Folds that keep groups together, or of single samples where all are one group."""
    found = len(set(groups(samples)))
    most = found if found > 1 else len(samples)
    if count is None:
        count = min(_FOLDS, most)
    elif not 2 <= count <= most:
        hint = "samples of one patient or template stay together, and each fold holds one such group at least"
        raise SamplesError(f"{count} folds cannot be made of these samples: 2 to {most} can", hint=hint)
    if found > 1:
        return folds(samples, count, seed=seed)
    return [samples.subset(samples.items[first::count]) for first in range(count)]


def propose(
    samples: Samples,
    found: Sequence[Sequence[Entity]],
    base: Deidentifier,
    objective: Objective,
    background: Background,
) -> list[Change]:
    """Changes mined from `samples`, in which `base` found `found`; a type that they make worse keeps none."""
    rules = _rules(samples, base)
    readings = read(samples, found, rules)
    bar = Bar(base.catalog, background, objective.precision)
    changes = [*mine(readings, bar), *harmful_patterns(readings, base.catalog)]
    again = read(samples, _detect(changed(base, changes), samples), rules) if changes else readings
    kinds = {*base.catalog.by_type, *(change.entity_type for change in changes)}
    if places := list(surrounded(again, kinds, bar)):
        changes += places
        again = read(samples, _detect(changed(base, changes), samples), rules)
    if changes:
        worse = _worse(readings, again, objective)
        changes = [change for change in changes if change.entity_type not in worse]
    return [*changes, *_weights(samples, changed(base, changes), rules, objective)]


def changed(base: Deidentifier, changes: Sequence[Change], titles: Titles = NO_TITLES) -> Deidentifier:
    """`base` with the changes applied; `titles` name types of its own."""
    moved = {change.entity_type: change.number for change in changes if change.kind == "threshold"}
    return _with(base, overlay(base.catalog, changes, titles), {**base.policy.thresholds, **moved})


def _with(base: Deidentifier, catalog: Catalog, limits: Mapping[str, float]) -> Deidentifier:
    from deid.pipeline import Deidentifier

    return Deidentifier(
        policy=base.policy.model_copy(update={"thresholds": dict(limits)}),
        catalog=catalog,
        key=base.key,
        known=base.known,
        keep=base.keep,
        recognizers=base.recognizers,
    )


def _weights(samples: Samples, tuned: Deidentifier, rules: Rules, objective: Objective) -> Iterator[Change]:
    """Scores and thresholds for `tuned`, looked for among what it would find with low ones."""
    current = {spec.entity: spec.threshold for spec in tuned.catalog.specs} | tuned.policy.thresholds
    low = {name: min(_LOW, limit) for name, limit in current.items()}
    readings = read(samples, _detect(_with(tuned, tuned.catalog, low), samples), rules)
    raised = list(helpful_patterns(readings, current, tuned.catalog))
    yield from raised
    types = {change.entity_type for change in raised}
    yield from (c for c in thresholds(readings, current, objective) if c.entity_type not in types)


def _worse(before: Sequence[Reading], after: Sequence[Reading], objective: Objective) -> set[str]:
    """Types that serve the objective less well than before."""
    values = [_values(readings, objective) for readings in (before, after)]
    return {name for name in values[1] if values[1][name] < values[0].get(name, 0.0)}


def _values(readings: Sequence[Reading], objective: Objective) -> dict[str, float]:
    gold: Counter[str] = Counter(mark.entity_type for reading in readings for mark in reading.gold)
    finds = Counter((find.mark.entity_type, find.right) for reading in readings for find in reading.found)
    return {
        name: objective.value(finds[name, True], finds[name, True] + finds[name, False], gold[name])
        for name in {*gold, *(name for name, _ in finds)}
    }


def _detect(deidentifier: Deidentifier, samples: Iterable[Sample]) -> list[tuple[Entity, ...]]:
    samples = list(samples)
    texts, labels = [sample.text for sample in samples], [sample.labels for sample in samples]
    return list(deidentifier.detect_many(texts, labels=labels))


def _rules(samples: Iterable[Sample], base: Deidentifier) -> Rules:
    """What counts. Types that the policy keeps are no personal information, and are left alone."""
    identifiers = {spec.entity: spec.identifier for spec in base.catalog.specs}
    return rules_for(samples, unscored=_kept(base), identifiers=identifiers)


def _kept(base: Deidentifier) -> list[str]:
    names = base.catalog.entity_types
    return [name for name in names if base.policy.operator_for(name).operator == "keep"]


def _scores(samples: Sequence[Sample], found: Iterable[Sequence[Entity]], rules: Rules) -> Scores:
    comparisons = [compare(sample, finds, rules) for sample, finds in zip(samples, found, strict=True)]
    return Scores.of(samples, comparisons, rules)


class _Steps:
    """Tells how many of how many steps are done."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total, self._progress, self._done = total, progress, 0

    def done(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)
