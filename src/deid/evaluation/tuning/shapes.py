"""Regexes from examples: what `KX5~54937` and `KD7~00412` have in common.

A value is read as runs of digits, capitals, small letters and Han characters, with everything else
as it stands. Values of one sequence of runs make one shape. Letters that are the same in all of them
stand in it, letters that vary and digits are classes with the lengths seen: next year's numbers begin
with other digits, the next branch with another letter. Where that takes too much, `closer` keeps to
what the examples show.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
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
"""From so many examples on leading digits that are the same in all of them belong to the number."""
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
    numeric: bool = False
    """Whether digits are in it."""
    closer: Shape | None = None
    """Only the letters seen, and the leading digits that all examples share; None where that is no other shape."""


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
    columns = list(zip(*rows, strict=True))
    shape = _joined([_part(column, len(rows)) for column in columns], len(rows))
    closer = _joined([_closer(column, len(rows)) for column in columns], len(rows))
    return shape if closer.regex == shape.regex else replace(shape, closer=closer)


class _Part(NamedTuple):
    regex: str
    literal: int
    example: str


def _joined(parts: Sequence[_Part], examples: int) -> Shape:
    return Shape(
        "".join(part.regex for part in parts),
        examples,
        sum(part.literal for part in parts),
        "".join(part.example for part in parts),
        any("[0-9]" in part.regex for part in parts),
    )


def _part(column: Sequence[str], examples: int) -> _Part:
    """The letters that all values share, else a class. Han characters are words: few of them stand as they are."""
    kind = next((kind for kind in _KINDS if kind.test.match(column[0])), None)
    if kind is None:
        return _Part(re.escape(column[0]), len(column[0]), column[0])
    words = sorted(set(column))
    most = _MOST_WORDS if kind.name == "h" else 1
    if kind.name != "0" and _stand(words, examples, most):
        return _words(words)
    shortest, longest = min(map(len, column)), max(map(len, column))
    return _Part(kind.regex + times(shortest, longest), 0, kind.invented[:longest])


def _closer(column: Sequence[str], examples: int) -> _Part:
    """As `_part`, but of few letters those seen, and of digits the leading ones that never change."""
    part = _part(column, examples)
    kind = next((kind for kind in _KINDS if kind.test.match(column[0])), None)
    if kind is None or part.literal:
        return part
    words = sorted(set(column))
    if kind.name != "0":
        return _words(words) if _stand(words, examples, _MOST_WORDS) else part
    lead = "".join(
        signs[0] for signs in takewhile(lambda signs: len({*signs}) == 1, zip(*words, strict=False))
    )
    size = len(column[0])
    if examples < _ENOUGH or not lead or len(set(map(len, words))) > 1:
        return part
    rest = size - len(lead)
    return _Part(lead + (kind.regex + times(rest, rest) if rest else ""), 0, lead + kind.invented[:rest])


def _stand(words: Sequence[str], examples: int, most: int) -> bool:
    """Whether there are so few words for so many examples that they are words and not chance."""
    return len(words) <= min(most, max(examples // 2 > 0, examples // 3))


def _words(words: Sequence[str]) -> _Part:
    joined = words[0] if len(words) == 1 else f"(?:{'|'.join(words)})"
    return _Part(joined, min(map(len, words)), words[0])


def times(shortest: int, longest: int) -> str:
    """The quantifier of so many characters."""
    if shortest == longest:
        return "" if shortest == 1 else f"{{{shortest}}}"
    return f"{{{shortest},{longest}}}"
