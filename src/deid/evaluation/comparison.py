"""Two runs over the same samples: which figures changed for sure, which mistakes are new and which gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from deid.evaluation.intervals import Gains, gains
from deid.evaluation.mistakes import HARMS, Mistake

if TYPE_CHECKING:
    from deid.evaluation.measuring import Evaluation

State = Literal["new", "unchanged", "fixed", ""]
STATES: tuple[State, ...] = ("new", "unchanged", "fixed")
SCORING = ("overlap", "conventions", "classes", "unscored", "labelled", "kept")
"""Settings that decide what counts, not what is found."""


@dataclass(frozen=True, slots=True)
class Change:
    """`shared` are the samples of both runs; a mistake in another sample has no state.

    `unlike` are settings under which the runs were scored differently, so that figures differ
    for that alone.
    """

    shared: frozenset[str]
    gains: Gains
    mistakes: tuple[tuple[Mistake, State], ...]
    unlike: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """State → number of mistakes that count."""
        counts = Counter(state for mistake, state in self.mistakes if mistake.counted)
        return {state: counts[state] for state in STATES}


def compared(evaluation: Evaluation, earlier: Evaluation) -> Change:
    """What changed since the earlier run; samples count as the same by their id and length."""
    old = set(zip(earlier.scores.documents, earlier.scores.lengths, strict=True))
    new = zip(evaluation.scores.documents, evaluation.scores.lengths, strict=True)
    shared = frozenset(name for name, length in new if (name, length) in old)
    before = {mistake.identity for mistake in earlier.mistakes}
    now = {mistake.identity for mistake in evaluation.mistakes}
    listed: list[tuple[Mistake, State]] = []
    for mistake in evaluation.mistakes:
        state: State = "unchanged" if mistake.identity in before else "new"
        listed.append((mistake, state if mistake.sample in shared else ""))
    listed += [(m, "fixed") for m in earlier.mistakes if m.identity not in now and m.sample in shared]
    listed.sort(key=lambda row: (row[1] == "fixed", HARMS.index(row[0].harm)))
    unlike = [name for name in SCORING if evaluation.settings.get(name) != earlier.settings.get(name)]
    return Change(shared, gains(earlier.scores, evaluation.scores), tuple(listed), tuple(unlike))
