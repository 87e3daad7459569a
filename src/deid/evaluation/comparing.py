"""One sample against what was found in it: who stands for whom, what leaks, what is hidden for nothing.

Everything that is counted, listed or drawn later comes from a Comparison.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from deid.catalog import Marked
from deid.evaluation.conventions import Conventions, Difference, Recut, recut
from deid.evaluation.matching import Pair, Stretch, length, matched, merged, outside, overlapping
from deid.evaluation.samples import Sample
from deid.types import Entity

CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "CN_MEDICAL_INSTITUTION": "ORGANIZATION",
        "CN_HMT_RESIDENCE_PERMIT": "CN_RESIDENT_ID",
        "CN_FOREIGN_PR_ID": "CN_RESIDENT_ID",
        "CN_DRIVER_LICENSE": "CN_RESIDENT_ID",
        "CN_TW_TRAVEL_PERMIT": "CN_HKM_TRAVEL_PERMIT",
        "CN_EXIT_PERMIT": "CN_HKM_TRAVEL_PERMIT",
        "FAX_NUMBER": "PHONE_NUMBER",
        "CN_IOT_NUMBER": "PHONE_NUMBER",
        "CREDIT_CARD": "CN_BANK_CARD",
        "CN_HEALTH_CARD": "CN_SOCIAL_SECURITY",
        "DISEASE": "MEDICAL_TERM",
        "MEDICATION": "MEDICAL_TERM",
        "PROCEDURE": "MEDICAL_TERM",
        "SYMPTOM": "MEDICAL_TERM",
    }
)
"""Type → the type that it counts as: labellers and detectors rarely tell these apart."""

BROADER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "DATE_OF_BIRTH": ("DATE_TIME",),
        "LOCATION": ("CN_ADDRESS",),
        "CN_ADDRESS": ("LOCATION",),
        "NATIVE_PLACE": ("LOCATION", "CN_ADDRESS"),
        "OTHER_ID": ("MEDICAL_RECORD_NUMBER",),
        "CN_EXAM_NUMBER": ("MEDICAL_RECORD_NUMBER",),
        "CN_WECHAT_ID": ("USERNAME",),
    }
)
"""A find of a type that the set never labels may be right as one of these, and is never wrong."""


@dataclass(frozen=True)
class Rules:
    """What counts as right.

    `labelled` are the classes that are scored. Finds of `kept` types hide nothing, because the
    policy leaves them in the text. `identifiers` says which types are direct; a type that is
    not in it is.
    """

    labelled: frozenset[str]
    overlap: float = 0.5
    conventions: Conventions = "map"
    classes: Mapping[str, str] = field(default_factory=lambda: CLASSES)
    kept: frozenset[str] = frozenset()
    identifiers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def class_of(self, entity_type: str) -> str:
        return self.classes.get(entity_type, entity_type)

    def is_direct(self, entity_type: str) -> bool:
        return self.identifiers.get(entity_type, "direct") == "direct"

    def is_scored(self, entity_type: str) -> bool:
        return self.class_of(entity_type) in self.labelled

    def scored_as(self, entity_type: str) -> str:
        """The type that a find counts as: itself, a broader one that the set labels, or none."""
        if self.is_scored(entity_type):
            return entity_type
        return next((broad for broad in BROADER.get(entity_type, ()) if self.is_scored(broad)), "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of one sample. Indices are into `gold` and `found`; `sources` lead from finds to what was given.

    `found` are the finds that are scored, cut to conventions, `others` those that are not. `forgiven` are those that touch
    optional marks, or are of a type that the set never labels, and are right nowhere. `blind`
    are the gold spans that some find hides, of whatever type, scored or not.
    """

    gold: tuple[Marked, ...]
    found: tuple[Marked, ...]
    others: tuple[Marked, ...]
    sources: tuple[tuple[int, ...], ...]
    pairs: tuple[Pair, ...]
    right: Mapping[int, int]
    strict: Mapping[int, int]
    exact: Mapping[int, int]
    blind: frozenset[int]
    forgiven: frozenset[int]
    leaked: tuple[int, ...]
    excess: tuple[int, ...]
    differences: tuple[Difference, ...]

    @property
    def counted(self) -> list[int]:
        """Finds that count for precision."""
        return [f for f in range(len(self.found)) if f not in self.forgiven]


def compare(sample: Sample, found: Sequence[Entity | Marked], rules: Rules) -> Comparison:
    """Bring the finds in a sample together with its marks."""
    given = [Marked(f.start, f.end, f.entity_type) for f in found if f.start < f.end]
    gold = tuple(mark for mark in sample.marks if rules.is_scored(mark.entity_type))
    order = sorted(
        (i for i, find in enumerate(given) if rules.scored_as(find.entity_type)),
        key=lambda i: (given[i].start, given[i].end),
    )
    scored = [given[i]._replace(entity_type=rules.scored_as(given[i].entity_type)) for i in order]
    lent = {i for i in order if not rules.is_scored(given[i].entity_type)}
    cut, pairs = _cut_to_conventions(sample.text, gold, scored, rules)
    sources = tuple(tuple(order[f] for f in finds) for finds in cut.sources)

    def alike(pair: Pair) -> bool:
        return rules.class_of(gold[pair.gold].entity_type) == rules.class_of(
            cut.found[pair.found].entity_type
        )

    def close(pair: Pair) -> bool:
        return pair.common >= rules.overlap * pair.union

    right = matched(pairs, lambda pair: alike(pair) and close(pair))
    close_finds = set(matched(pairs, close).values())
    others = tuple(sorted(find for find in given if not rules.scored_as(find.entity_type)))
    optional = [mark for mark in sample.marks if not rules.is_scored(mark.entity_type)]
    touches = {pair.found for pair in overlapping(sorted((*optional, *sample.optional)), cut.found)}
    open_ = touches - close_finds | {f for f, given_as in enumerate(sources) if not lent.isdisjoint(given_as)}
    forgiven = open_ - set(right.values())
    return Comparison(
        gold=gold,
        found=cut.found,
        others=others,
        sources=sources,
        pairs=tuple(pairs),
        right=right,
        strict=matched(pairs, lambda pair: pair.exact and alike(pair)),
        exact=matched(pairs, lambda pair: pair.exact),
        blind=_hidden(gold, (*cut.found, *others), rules),
        forgiven=frozenset(forgiven),
        leaked=_leaked(gold, given, cut.harmless, rules),
        excess=_excess((*sample.marks, *sample.optional), cut.found, forgiven, lent, sources, rules),
        differences=cut.differences,
    )


def _cut_to_conventions(
    text: str, gold: Sequence[Marked], scored: Sequence[Marked], rules: Rules
) -> tuple[Recut, Sequence[Pair]]:
    """The finds as conventions cut them, or only what they differ by; and which of them lie over which gold."""
    pairs = overlapping(gold, scored)
    cut = recut(text, gold, scored, pairs, classes=rules.classes)
    if rules.conventions == "strict":
        uncut = tuple((f,) for f in range(len(scored)))
        return Recut(tuple(scored), uncut, cut.differences, ()), pairs
    return cut, overlapping(gold, cut.found) if cut.differences else pairs


def _hidden(gold: Sequence[Marked], finds: Iterable[Marked], rules: Rules) -> frozenset[int]:
    """Gold spans for which there is a find close enough, one to one; kept types hide only their own."""
    ordered = sorted(finds)

    def hides(pair: Pair) -> bool:
        mark, find = gold[pair.gold].entity_type, ordered[pair.found].entity_type
        hiding = find not in rules.kept or rules.class_of(find) == rules.class_of(mark)
        return hiding and pair.common >= rules.overlap * pair.union

    return frozenset(matched(overlapping(gold, ordered), hides))


def _leaked(
    gold: Sequence[Marked], given: Sequence[Marked], harmless: Sequence[Stretch], rules: Rules
) -> tuple[int, ...]:
    """Characters of each gold span that no find hides. A kept term is hidden when it is found as itself."""
    hiding = merged((*_stretches(f for f in given if f.entity_type not in rules.kept), *harmless))
    kept: dict[str, list[Stretch]] = {}
    for find in given:
        if find.entity_type in rules.kept:
            kept.setdefault(rules.class_of(find.entity_type), []).append((find.start, find.end))
    leaked = []
    for mark in gold:
        bare = list(outside([(mark.start, mark.end)], hiding))
        own = kept.get(rules.class_of(mark.entity_type))
        leaked.append(length(outside(bare, merged(own)) if own and bare else bare))
    return tuple(leaked)


def _excess(
    allowed: Sequence[Marked],
    found: Sequence[Marked],
    forgiven: Collection[int],
    lent: Collection[int],
    sources: Sequence[tuple[int, ...]],
    rules: Rules,
) -> tuple[int, ...]:
    """Characters of each find outside any mark. A character in two finds counts for the first."""
    cover = merged(_stretches(allowed))
    result, reached = [], 0
    for f, find in enumerate(found):
        start = max(find.start, reached)
        reached = max(reached, find.end)
        borrowed = f in forgiven and any(i in lent for i in sources[f])
        if start >= find.end or borrowed or find.entity_type in rules.kept:
            result.append(0)
        else:
            result.append(length(outside([(start, find.end)], cover)))
    return tuple(result)


def _stretches(marks: Iterable[Marked]) -> list[Stretch]:
    return [(mark.start, mark.end) for mark in marks]
