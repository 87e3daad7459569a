"""What tuning aims at: F-beta, or the best precision at a floor of recall.

>>> Objective.parse("f2").value(right=8, found=10, gold=9)
0.869...
>>> Objective.parse("recall=0.95")
Objective(beta=1.0, floor=0.95)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deid.errors import SamplesError
from deid.evaluation.scoring import f_score

_F = re.compile(r"f(\d+(?:\.\d+)?)")
_FLOOR = re.compile(r"recall=(0?\.\d+|1(?:\.0+)?)")


@dataclass(frozen=True, slots=True)
class Objective:
    """`floor` 0 means F-beta alone."""

    beta: float = 1.0
    floor: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Objective:
        """From `f1`, `f2`, `f0.5` or `recall=0.98`; SamplesError for anything else."""
        if match := _F.fullmatch(text.strip().lower()):
            if float(match[1]) > 0:
                return cls(beta=float(match[1]))
        elif match := _FLOOR.fullmatch(text.strip().lower()):
            return cls(floor=float(match[1]))
        raise SamplesError("no such objective", hint="f1, f2, f0.5 or recall=0.98")

    @property
    def precision(self) -> float:
        """The share of its finds in which a suggestion must be right: less where recall weighs more."""
        return 0.75 if self.floor or self.beta >= 2 else 0.95 if self.beta < 1 else 0.9

    def worth(self, right: int, wrong: int, *, below: bool) -> float:
        """What finds are worth, in wrong ones avoided; `below` the floor a wrong one costs nothing."""
        if self.floor:
            return 2 * right if below else -wrong
        return self.beta**2 * right - wrong

    def value(self, right: int, found: int, gold: int) -> float:
        """Higher is better; below the floor recall alone counts."""
        if not self.floor:
            return f_score(right, found, gold, self.beta) or 0.0
        recall = right / gold if gold else 1.0
        if recall < self.floor:
            return recall - 1.0
        return right / found if found else 0.0
