"""Regexes from examples: what `KX5~54937` and `KD7~00412` have in common.

A value is read as runs of digits, capitals, small letters and Han characters, with everything else
as it stands. Values of one sequence of runs make one shape; lengths, letters and leading digits are
narrowed to what the examples show, the more of them the closer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_RUN = re.compile(r"[0-9]+|[A-Z]+|[a-z]+|[一-鿿]+|.", re.DOTALL)


class _Kind(NamedTuple):
    name: str
    regex: str
    test: re.Pattern[str]
    invented: str


_KINDS = tuple(
    _Kind(name, regex, re.compile(regex), invented)
    for name, regex, invented in (
        ("0", "[0-9]", "40718263951407182639"),
        ("A", "[A-Z]", "QWRTYPSDFG"),
        ("a", "[a-z]", "qwrtypsdfg"),
        ("h", "[一-鿿]", "甲乙丙丁戊己庚辛"),
    )
)
_ENOUGH = 12
"""From so many examples on a position that shows few characters is narrowed to them."""
_FEW = 4
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """A regex over the shadow of a value, and how many examples it was made from."""

    regex: str
    examples: int
    literal: int
    """Letters or marks that stand in every value: what tells the shape from any number."""
    example: str
    """An invented value of this shape."""


def shapes_of(values: Iterable[str], *, least: int = 2) -> tuple[Shape, ...]:
    """The shapes that at least `least` of the values (shadow texts) have, the most frequent first."""
    groups: dict[str, list[list[str]]] = defaultdict(list)
    for value in values:
        runs = _RUN.findall(value)
        groups["".join(_class_of(run) for run in runs)].append(runs)
    found = [_shape(rows) for rows in groups.values() if len(rows) >= least]
    return tuple(sorted(found, key=lambda shape: (-shape.examples, shape.regex)))


def _class_of(run: str) -> str:
    return next((kind.name for kind in _KINDS if kind.test.match(run)), run)


def _shape(rows: Sequence[Sequence[str]]) -> Shape:
    parts = [_part(column, len(rows)) for column in zip(*rows, strict=True)]
    return Shape(
        "".join(part.regex for part in parts),
        len(rows),
        sum(part.literal for part in parts),
        "".join(part.example for part in parts),
    )


class _Part(NamedTuple):
    regex: str
    literal: int
    example: str


def _part(column: Sequence[str], examples: int) -> _Part:
    kind = next((kind for kind in _KINDS if kind.test.match(column[0])), None)
    if kind is None:
        return _Part(re.escape(column[0]), len(column[0]), column[0])
    words = sorted(set(column))
    if kind.name != "0" and len(words) <= min(_MOST_WORDS, max(examples // 2 > 0, examples // 3)):
        joined = words[0] if len(words) == 1 else f"(?:{'|'.join(words)})"
        return _Part(joined, min(map(len, words)), words[0])
    shortest, longest = min(map(len, column)), max(map(len, column))
    narrow = kind.name == "0" and shortest == longest and examples >= _ENOUGH
    lead = _leading(column) if narrow else []
    rest = kind.regex + _times(shortest - len(lead), longest - len(lead)) if longest > len(lead) else ""
    invented = "".join(classes.strip("[]")[0] for classes in lead) + kind.invented
    return _Part("".join(lead) + rest, 0, invented[:longest])


def _leading(column: Sequence[str]) -> list[str]:
    """Classes of the leading digits that take few values: years, prefixes."""
    classes: list[str] = []
    for digits in zip(*column, strict=True):
        seen = sorted(set(digits))
        if len(seen) > min(_FEW, len(column) // 8):
            break
        classes.append(seen[0] if len(seen) == 1 else f"[{''.join(seen)}]")
    return classes


def _times(shortest: int, longest: int) -> str:
    if shortest == longest:
        return "" if shortest == 1 else f"{{{shortest}}}"
    return f"{{{shortest},{longest}}}"
