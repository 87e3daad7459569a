"""Days, numbers and initials that forms set a character a box, behind the box that says what they are:
`出生日期 | 1 | 9 | 7 | 1 | 0 | 4 | 1 | 1`, `编号 | 0 | 0 | 7 | - | 1 | 3`, `出生日期 | 1971 | 年 | 4 | 月`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_DAY = re.compile(
    r"(?:1[89]|20)[0-9]{2}(?:(?P<mark>[-/.])[0-9]{1,2}(?:(?P=mark)[0-9]{1,2})?|年[0-9]{1,2}月?(?:[0-9]{1,2}日?)?"
    r"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?)"
)
_OF_DAYS = re.compile(r"(?:日期|时间|出生|生日|年月日?)\s*[:：]?\s*\Z")
_OF_NUMBERS = re.compile(
    r"(?:编号|[案历院诊册录记查选证件社医保卡户电话机档受] ?[号码]|号码|证件|身份证|电话|手机|邮编|编码|随机号|志愿者号|登记号)\s*[:：]?\s*\Z"
)
_OF_INITIALS = re.compile(r"(?:缩写|首字母|拼音)\s*[:：]?\s*\Z")
_ENDS = frozenset("期间生日月号码证件话机编写母音:： ")
"""What a box that leads to others ends with."""
_NUMBER, _INITIALS = re.compile(r"[0-9A-Za-z]+(?:[-/][0-9A-Za-z]+)*"), re.compile("[A-Za-z]{2,5}")
_LONGEST_LABEL, _LONGEST_PIECE = 20, 4
_FEWEST = 4
"""Characters of a number."""
_FEWEST_RISING = 6
"""Figures that only rise are the numbers of columns, unless there are more."""


class Led(NamedTuple):
    """`texts[first:end]` of a row are one value; the one before them says what."""

    label: str
    first: int
    end: int


def led_boxes(texts: Sequence[str], columns: Sequence[int]) -> Iterator[Led]:
    """The values of a row that stand so; `columns` are those of its texts."""
    for before, text in enumerate(texts[:-2]):
        if text[-1:] not in _ENDS or len(texts[before + 1]) > _LONGEST_PIECE or len(text) > _LONGEST_LABEL:
            continue
        end = before + 1
        while (
            end < len(texts)
            and columns[end] == columns[end - 1] + 1
            and 0 < len(texts[end].strip()) <= _LONGEST_PIECE
        ):
            end += 1
        pieces = [piece.strip() for piece in texts[before + 1 : end]]
        taken = len(pieces) and _taken(text, pieces)
        if taken:
            yield Led(text.strip().rstrip(":："), before + 1, before + 1 + taken)


def _taken(label: str, pieces: Sequence[str]) -> int:
    """How many of the pieces are the value that a label leads to."""
    if _OF_DAYS.search(label):
        ends = range(len(pieces), 2, -1)
        return next((end for end in ends if _DAY.fullmatch("".join(pieces[:end]))), 0)
    single = next((n for n, piece in enumerate(pieces) if len(piece) > 1), len(pieces))
    text = "".join(pieces[:single])
    if single < len(pieces) and pieces[single].isalnum() and pieces[single].isascii():
        return 0  # 编号 | 9 | 10 | 11
    if _OF_INITIALS.search(label):
        return single if _INITIALS.fullmatch(text) else 0
    if _OF_NUMBERS.search(label) and single >= _FEWEST:
        number = _NUMBER.match(text)
        is_one = number and any(map(str.isdecimal, number[0])) and not _counts(number[0])
        return len(number[0]) if number and is_one and number.end() >= _FEWEST else 0
    return 0


def _counts(text: str) -> bool:
    """Whether its characters count something, each a step behind the one before, or are few that rise."""
    steps = {ord(two) - ord(one) for one, two in pairwise(text)}
    return len(steps) == 1 or (len(text) < _FEWEST_RISING and min(steps) > 0)
