"""`evaluate`: run deid over labelled samples and say how it did.

    samples ─▶ detect ─▶ Comparison* ─▶ scores, intervals, contributions, conventions, mistakes

An Evaluation holds counts and offsets, never text; the page of an evaluation, which shows
every mistake in its context, needs the samples beside it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import deid
from deid.errors import SamplesError
from deid.evaluation.alignment import alignment
from deid.evaluation.comparing import Comparison, Rules, compare
from deid.evaluation.contribution import Contribution, contributions
from deid.evaluation.conventions import KINDS, Conventions, Direction
from deid.evaluation.intervals import Interval, Intervals, intervals
from deid.evaluation.mistakes import Mistake, mistakes
from deid.evaluation.private import write_private
from deid.evaluation.samples import Sample
from deid.evaluation.scoring import Scores, rules_for
from deid.evaluation.unlabelled import Unlabelled, counted, unlabelled
from deid.types import Entity

if TYPE_CHECKING:
    from deid.pipeline import Deidentifier

SCHEMA = 1


class Convention(NamedTuple):
    """A find and a gold span of a sample that differ by convention alone."""

    sample: str
    kind: str
    entity_type: str
    direction: Direction
    gold: tuple[int, int]
    found: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """How deid did on a labelled set. `save` writes it as JSON, `load` reads it to compare with."""

    name: str
    created: str
    scores: Scores
    intervals: Intervals = field(repr=False)
    contributions: tuple[Contribution, ...] = field(repr=False)
    conventions: tuple[Convention, ...] = field(repr=False)
    mistakes: tuple[Mistake, ...] = field(repr=False)
    unlabelled: tuple[Unlabelled, ...] = field(default=(), repr=False)
    """Finds beside all labels, of types that the samples never label: scored in no figure."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @cached_property
    def convention_counts(self) -> Mapping[tuple[str, str, Direction], int]:
        """(kind, entity type, direction) → count; `wider` when the find is."""
        counts = Counter((c.kind, c.entity_type, c.direction) for c in self.conventions)
        return dict(sorted(counts.items(), key=lambda row: (KINDS.index(row[0][0]), -row[1], row[0])))

    @cached_property
    def unlabelled_counts(self) -> Mapping[str, int]:
        """Type → how many finds of `unlabelled`, the most frequent first."""
        return counted(self.unlabelled)

    def figure(self, name: str) -> float | None:
        """`recall`, `PERSON.recall`, `macro.f1`, `direct.covered`; ValueError when there is no such figure."""
        kind, _, measure = name.rpartition(".")
        scores = self.scores
        try:
            if kind == "macro":
                return scores.macro[measure]
            if name == "direct.covered":
                return scores.directly.covered
            if not kind:
                return scores.overall.figure(measure)
            classes: Mapping[str, str] = self.settings.get("classes", {})
            return scores.by_type[classes.get(kind, kind)].figure(measure)
        except (KeyError, AttributeError, ValueError):
            raise ValueError(name) from None

    def to_dict(self) -> dict[str, Any]:
        """For JSON. Ids of samples and offsets are in it, text is not."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "created": self.created,
            "seconds": self.seconds,
            "settings": dict(self.settings),
            "versions": dict(self.versions),
            "scores": self.scores.to_dict(),
            "intervals": {
                name: {measure: [round(edge, 6) for edge in interval] for measure, interval in row.items()}
                for name, row in self.intervals.items()
            },
            "recognizers": [asdict(row) for row in self.contributions],
            "conventions": {
                "counts": [
                    {"kind": kind, "type": name, "direction": direction, "count": count}
                    for (kind, name, direction), count in self.convention_counts.items()
                ],
                "places": [list(place) for place in self.conventions],
            },
            "unlabelled": {
                "counts": dict(self.unlabelled_counts),
                "places": [list(find) for find in self.unlabelled],
            },
            "mistakes": [mistake.to_dict() for mistake in self.mistakes],
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Evaluation:
        """What `to_dict` gave; SamplesError when it is something else."""
        try:
            if content["schema"] != SCHEMA:
                raise ValueError(content["schema"])
            return cls(
                name=str(content["name"]),
                created=str(content["created"]),
                scores=Scores.from_dict(content["scores"]),
                intervals={
                    name: {measure: Interval(*edges) for measure, edges in row.items()}
                    for name, row in content["intervals"].items()
                },
                contributions=tuple(Contribution(**row) for row in content["recognizers"]),
                conventions=tuple(
                    Convention(sample, kind, name, direction, tuple(gold), tuple(found))
                    for sample, kind, name, direction, gold, found in content["conventions"]["places"]
                ),
                mistakes=tuple(Mistake.from_dict(row) for row in content["mistakes"]),
                unlabelled=tuple(Unlabelled(*row) for row in content.get("unlabelled", {}).get("places", ())),
                settings=dict(content["settings"]),
                versions=dict(content["versions"]),
                seconds=float(content["seconds"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise SamplesError(
                "the evaluation is not one that this version of deid wrote", hint="evaluate again"
            ) from None

    def save(self, path: str | Path) -> None:
        """Write JSON that only the owner can read: ids of samples may name people."""
        written = json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"
        write_private(Path(path), written.encode("utf-8", "replace"))

    @classmethod
    def load(cls, path: str | Path) -> Evaluation:
        """Read what `save` wrote."""
        try:
            content = json.loads(Path(path).read_text("utf-8"))
        except (OSError, ValueError):
            raise SamplesError("the earlier evaluation cannot be read") from None
        return cls.from_dict(content)

    def write_page(
        self,
        samples: Iterable[Sample],
        path: str | Path,
        *,
        against: Evaluation | None = None,
        language: str = "zh",
    ) -> None:
        """Write one HTML page with every mistake in its context. It holds values; only the owner can read it."""
        from deid.evaluation.page import render_page

        page = render_page(self, samples, against=against, language="en" if language == "en" else "zh")
        write_private(Path(path), page.encode("utf-8", "replace"))


def evaluate(
    samples: Iterable[Sample],
    deidentifier: Deidentifier | None = None,
    *,
    overlap: float = 0.5,
    conventions: Conventions = "map",
    classes: Mapping[str, str] | None = None,
    unscored: Collection[str] = (),
    apart: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Detect in every sample and compare with its marks.

    The policy of `deidentifier` gives the thresholds, and which types are kept and so hide
    nothing. `overlap` is the share of the union that a find and its gold span must have in
    common; 0 asks for one character. `conventions` cuts finds that differ by convention alone to
    the gold, or with "strict" does not. `classes` are types that count as one (`{}`: none do).
    `unscored` types are scored neither way, as are types that no sample labels.

    A label that deid does not know and that is mostly found as one type is read as that type
    (see `alignment`), unless it is among those to keep `apart`; `settings["aligned"]` says which.
    `progress` is told how many of how many samples are read.
    """
    from deid.pipeline import Deidentifier

    named = list(unique_ids(samples))
    if not named:
        raise SamplesError("there are no samples to evaluate")
    deidentifier = deidentifier or Deidentifier()
    found, seconds = _detect(named, deidentifier, progress)
    aligned = alignment(named, found, {*deidentifier.catalog.entity_types, *apart})
    named = [sample.renamed(aligned) for sample in named]
    rules = rules_for(
        named,
        overlap=overlap,
        conventions=conventions,
        classes=classes,
        unscored=unscored,
        kept=_kept(deidentifier, named),
        identifiers={spec.entity: spec.identifier for spec in deidentifier.catalog.specs},
    )
    comparisons = [compare(sample, finds, rules) for sample, finds in zip(named, found, strict=True)]
    scores = Scores.of(named, comparisons, rules)
    return Evaluation(
        name=getattr(samples, "name", ""),
        created=datetime.now().astimezone().isoformat(timespec="seconds"),
        scores=scores,
        intervals=intervals(scores),
        contributions=contributions(found, comparisons),
        conventions=tuple(_conventions(named, comparisons)),
        mistakes=mistakes([sample.id for sample in named], found, comparisons, rules),
        unlabelled=tuple(unlabelled(named, found, rules, ignored=unscored)),
        settings={
            **_settings(deidentifier, rules, unscored),
            "aligned": aligned,
            "titles": dict(getattr(samples, "titles", {})),
        },
        versions=_versions(),
        seconds=round(seconds, 3),
    )


def unique_ids(samples: Iterable[Sample]) -> Iterator[Sample]:
    """The samples; an id that was there already, or is empty, gets the number of its sample."""
    seen: set[str] = set()
    for number, sample in enumerate(samples, 1):
        name = sample.id if sample.id and sample.id not in seen else f"{sample.id}#{number}"
        seen.add(name)
        yield sample if name == sample.id else replace(sample, id=name)


def _detect(
    samples: Sequence[Sample], deidentifier: Deidentifier, progress: Callable[[int, int], None] | None
) -> tuple[list[tuple[Entity, ...]], float]:
    """The finds of each sample, and the seconds that took."""
    begun, found = perf_counter(), []
    texts, labels = [sample.text for sample in samples], [sample.labels for sample in samples]
    for entities in deidentifier.detect_many(texts, labels=labels):
        found.append(entities)
        if progress:
            progress(len(found), len(samples))
    return found, perf_counter() - begun


def _kept(deidentifier: Deidentifier, samples: Iterable[Sample]) -> set[str]:
    types = {*deidentifier.catalog.entity_types, *(mark.entity_type for s in samples for mark in s.marks)}
    return {name for name in types if deidentifier.policy.operator_for(name).operator == "keep"}


def _conventions(samples: Iterable[Sample], comparisons: Iterable[Comparison]) -> Iterator[Convention]:
    for sample, comparison in zip(samples, comparisons, strict=True):
        for difference in comparison.differences:
            gold = difference.gold[0][0], difference.gold[-1][1]
            found = difference.found[0][0], difference.found[-1][1]
            for kind in difference.kinds:
                yield Convention(sample.id, kind, difference.entity_type, difference.direction, gold, found)


def _settings(deidentifier: Deidentifier, rules: Rules, unscored: Collection[str]) -> dict[str, Any]:
    return {
        "overlap": rules.overlap,
        "conventions": rules.conventions,
        "classes": dict(rules.classes),
        "unscored": sorted(unscored),
        "labelled": sorted(rules.labelled),
        "kept": sorted(rules.kept & {name for name in rules.kept if rules.is_scored(name)}),
        "policy": deidentifier.policy.name,
        "policy_fingerprint": deidentifier.policy.fingerprint[:16],
        "catalog": deidentifier.catalog.fingerprint[:16],
        "known_values": len(deidentifier.known),
    }


def _versions() -> dict[str, str]:
    found = {"deid": deid.__version__}
    for name in ("onnxruntime", "numpy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
