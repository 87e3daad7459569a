"""Every error of an evaluation, with where it stands and how much harm it does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from deid.catalog import Marked
from deid.evaluation.comparing import Comparison, Rules
from deid.evaluation.contribution import recognizers
from deid.evaluation.matching import overlapping
from deid.types import Entity

Kind = Literal["miss", "wrong", "border", "type"]
Harm = Literal["direct_whole", "direct_part", "other_whole", "other_part", "over", "none"]

MISTAKE_KINDS: tuple[Kind, ...] = ("miss", "type", "border", "wrong")
HARMS: tuple[Harm, ...] = ("direct_whole", "direct_part", "other_whole", "other_part", "over", "none")
"""Most harmful first: a direct identifier readable in full, in part; then others; then text hidden for nothing."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold span that was not found as it stands, or a find beside all gold. Holds no text.

    `counted` says whether precision or recall suffer; a find with other borders that is close
    enough is listed and not counted. `leaked` and `excess` are characters.
    """

    sample: str
    kind: Kind
    harm: Harm
    entity_type: str
    gold: Marked | None
    found: tuple[Marked, ...]
    leaked: int = 0
    excess: int = 0
    counted: bool = True
    recognizers: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[str, str, Marked]:
        """The same in two runs when the same mistake is made again."""
        return self.sample, self.kind, self.gold or self.found[0]

    @property
    def start(self) -> int:
        return min(mark.start for mark in self.marks)

    @property
    def end(self) -> int:
        return max(mark.end for mark in self.marks)

    @property
    def marks(self) -> tuple[Marked, ...]:
        return ((self.gold,) if self.gold else ()) + self.found

    def to_dict(self) -> dict[str, Any]:
        content = asdict(self)
        content["gold"] = list(self.gold) if self.gold else None
        content["found"] = [list(mark) for mark in self.found]
        content["recognizers"] = list(self.recognizers)
        return content

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Mistake:
        changed = {
            "gold": Marked(*content["gold"]) if content["gold"] else None,
            "found": tuple(Marked(*mark) for mark in content["found"]),
            "recognizers": tuple(content["recognizers"]),
        }
        return cls(**{**content, **changed})


def mistakes(
    names: Iterable[str],
    found: Iterable[Sequence[Entity | Marked]],
    comparisons: Iterable[Comparison],
    rules: Rules,
) -> tuple[Mistake, ...]:
    """The mistakes of all samples, most harmful first; `names` are the ids of the samples."""
    made = [
        mistake
        for name, finds, comparison in zip(names, found, comparisons, strict=True)
        for mistake in _of_sample(name, finds, comparison, rules)
    ]
    return tuple(sorted(made, key=lambda m: (HARMS.index(m.harm), -m.leaked, -m.excess)))


def _of_sample(
    name: str, finds: Sequence[Entity | Marked], comparison: Comparison, rules: Rules
) -> Iterator[Mistake]:
    touching: dict[int, list[int]] = defaultdict(list)
    for pair in comparison.pairs:
        touching[pair.gold].append(pair.found)
    beside: dict[int, list[Marked]] = defaultdict(list)
    for pair in overlapping(comparison.gold, comparison.others):
        beside[pair.gold].append(comparison.others[pair.found])
    for g, mark in enumerate(comparison.gold):
        claims = [comparison.found[f] for f in touching[g]]
        same = [f for f in claims if rules.class_of(f.entity_type) == rules.class_of(mark.entity_type)]
        right = comparison.right.get(g)
        if right is not None and len(claims) == 1 and claims[0][:2] == mark[:2]:
            continue
        shown = claims or beside[g]
        kind: Kind = "border" if same else "type" if shown else "miss"
        wrong = {*touching[g]} - set(comparison.right.values()) - comparison.forgiven
        excess = sum(comparison.excess[f] for f in touching[g])
        yield Mistake(
            name,
            kind,
            _harm(mark, comparison.leaked[g], excess, rules),
            mark.entity_type,
            mark,
            tuple(shown),
            comparison.leaked[g],
            excess,
            right is None or bool(wrong),
            _behind(finds, comparison, touching[g]),
        )
    overlaps_gold = {pair.found for pair in comparison.pairs}
    for f in comparison.counted:
        if f not in overlaps_gold:
            find, excess = comparison.found[f], comparison.excess[f]
            harm: Harm = "over" if excess else "none"
            behind = _behind(finds, comparison, [f])
            yield Mistake(
                name, "wrong", harm, find.entity_type, None, (find,), excess=excess, recognizers=behind
            )


def _harm(gold: Marked, leaked: int, excess: int, rules: Rules) -> Harm:
    if not leaked or gold.entity_type in rules.kept:  # what the policy keeps is meant to be read
        return "over" if excess else "none"
    whole = leaked == gold.end - gold.start
    if rules.is_direct(gold.entity_type):
        return "direct_whole" if whole else "direct_part"
    return "other_whole" if whole else "other_part"


def _behind(
    finds: Sequence[Entity | Marked], comparison: Comparison, indices: Iterable[int]
) -> tuple[str, ...]:
    sources = dict.fromkeys(source for f in indices for source in comparison.sources[f])
    return tuple(dict.fromkeys(name for source in sources for name in recognizers(finds[source])))
