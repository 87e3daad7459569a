"""The check before publication: does anything that was replaced still stand in the finished file?

The file is read again by code that shares nothing with the code that wrote it, and searched
for every value that was found in the source, for the names that are certain elsewhere and
for the known list. What the new text of the blocks itself still holds is no fault of the
writing: a name that is also a word (高兴) stays where it is the word. Numbers and known
values get no such excuse: they may be left nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from deid.detection.values import PackedValues, ValueFinder
from deid.normalize import Shadow, canonical, in_capitals, shadow

FAILED = "failed the check before publication"
"""Stands in the message of a file that was finished and then withheld."""

BY_POLICY = "left out by the policy"
"""Stands in the message of a file that tells of somebody whose files are withheld."""

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORDS = re.compile("(?:(?![零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖叉])[\u3400-\u9fff].*){2}", re.DOTALL)
"""Two characters that are Han however they are read."""
_GAPS = re.compile(r"[\s\-.·,()/]+")
_CODE = re.compile(r"[A-Z0-9@_+:]{8,}")
_DIGIT = re.compile("[0-9]")
VAGUE = frozenset({"AGE", "DATE_TIME", "DATE_OF_BIRTH", "CN_POSTAL_CODE", "GEO_COORDINATE"})
"""Types of which a value may come of numbers that stand side by side by chance."""
_NO_CODES = VAGUE | {"INCOME"}  # an amount stands for anything
_APART = re.compile(r"[0-9][,\t][0-9]|[0-9]{4}[-/.](?:[0-9]{1,2}\s+|[0-9]{2})[0-9]{1,2}\Z")
"""A month that is left of a date and an amount behind it, in a line of cells, or a time: neither 2024-11,10.50 nor
2024-11 10:50 is 2024-11-10."""
_CHUNK = 65536
_BETWEEN = "\0"
"""Stands between strings, so that nothing is found across two of them."""

Value = tuple[str, str]
"""Entity type and canonical value."""


def tight(value: str) -> str:
    """A value without spaces, dashes and dots, to compare it across entity types."""
    if value.isascii() and value.isalnum():  # as most numbers and codes
        return value.upper()
    return _GAPS.sub("", in_capitals(shadow(value).text))


def is_searchable(value: str) -> bool:
    """Whether a value is long enough that finding it somewhere means something."""
    if value.isascii() and value.isalnum():  # as most numbers and codes: they have no gaps
        return len(value) >= (8 if value.isdecimal() else 5)
    if _WORDS.search(value):
        return True
    plain = tight(value)
    if _HAN.search(plain):
        return len(plain) >= 2
    return len(plain) >= (8 if plain.isdecimal() else 5)


def is_code(entity_type: str, value: str) -> bool:
    """Whether a value is a number, code or account that never stands for anything else."""
    plain = tight(value)
    if entity_type in _NO_CODES or not _CODE.fullmatch(plain):
        return False
    digits = len(_DIGIT.findall(plain))
    return digits >= 6 or "@" in plain or 0 < digits < len(plain)


class Wanted:
    """Values that must not be left: looked for in every spelling in which they can be found at all."""

    def __init__(self, *finders: ValueFinder) -> None:
        self.finders = finders
        vague = (some for finder in finders for some in finder.of_types(VAGUE))
        self._parted = {kind for kind, value in vague if _APART.search(value)}

    @classmethod
    def of(cls, values: Iterable[Value]) -> Wanted:
        """These values; to look for none takes no time."""
        return cls(
            ValueFinder(PackedValues.of((kind, value) for kind, value in values if is_searchable(value)))
        )

    def among(self, text: str, read: Shadow) -> Iterator[Value]:
        """Those that stand in a text, of which `read` is the shadow."""
        for finder in self.finders:
            for hit in finder.find(read):
                # as it was read: of 寮犱笁 alone nobody knows that it is 张三
                start, end = read.position(hit.start), read.position(hit.end)
                surface = text[hit.start : hit.end] if read.turned else read.text[start:end]
                if self._is_chance(hit.entity_type, surface):
                    continue
                value = canonical(surface, hit.entity_type)
                if is_searchable(value):
                    yield hit.entity_type, value

    def _is_chance(self, entity_type: str, surface: str) -> bool:
        """Whether a date or an age is parted as cells and times are, and none of those that are wanted is so."""
        vague = entity_type in VAGUE and entity_type not in self._parted
        return vague and bool(_APART.search(surface))


class Search:
    """Collects what stands in many strings; short strings are searched together."""

    def __init__(self, *wanted: Wanted) -> None:
        self._wanted = wanted
        self._parts: list[str] = []
        self._length = 0
        self._found: set[Value] = set()

    def add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > _CHUNK:
            self._flush()

    def found(self) -> set[Value]:
        """Values in all strings so far."""
        self._flush()
        return self._found

    def _flush(self) -> None:
        text = _BETWEEN.join(self._parts)
        read = shadow(text, links=True)
        for wanted in self._wanted:
            self._found.update(wanted.among(text, read))
        self._parts, self._length = [], 0


def left_over(
    found: Iterable[Value], *, remaining: Iterable[Value], known: frozenset[Value], kept: Collection[str]
) -> Counter[str]:
    """Of the values found in an output, those that may not be there: entity type → count.

    `remaining` stand in the new text of the blocks, `kept` are values (tight) that the policy
    keeps in this file.
    """
    # another reader may see other gaps: 2024 年 2 月
    words = {(value[0], tight(value[1])) for value in remaining if value not in known and not is_code(*value)}
    return Counter(
        kind for kind, value in found if (kind, tight(value)) not in words and tight(value) not in kept
    )


def describe(left: Counter[str]) -> str:
    """For messages: types and counts."""
    return ", ".join(f"{kind} ×{count}" for kind, count in sorted(left.items()))
