"""Values that follow one which a cue has named: the next of a list, and what replaces the first.

住院号：0087123（王芳）、0087150（李强）; 旧病历号0087123，新的是0091882. Each is taken in the form that the
cue asks for, so a number of another kind ends the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deid.detection.literals import Screened
from deid.regexes import Regex

Take = Callable[[int], "tuple[int, int, float] | None"]
"""The value at a position in the form of the cue: start, end, score."""

_SAME_SHAPE = Regex(r"[ ]?[,。;]?[ ]?(?:我|他|她|另一?[个张份位]?)的?(?:是|为|:)[ ]?|[ ]?[、,;/和及与][ ]?")
_LISTED = Regex(
    r"[ ]{0,3}(?:[、和及与/\\]|或者?)[ ]{0,3}(?=[0-9A-Za-z])|[ ]?\([一-鿿A-Za-z·]{1,10}\)[ ]?[、,;/和及与\n]?[ ]?(?=[0-9A-Za-z])"
)
_WORD = Regex(r"[0-9A-Za-z\-]+")
CHANGED = Screened(
    r"[^\n0-9A-Za-z]{0,12}?(?:(?:换|改|变更|更[正新换]|修[改正]|调整)[为成用到]|[新旧老原]的?(?:号码?|[账帐]号|卡号|编号)?(?:是|为|:)"
    r"|(?<=[名户])改|\([旧原老作废错误]{1,2}\)[ ]?(?:→|-+>|=>)|应[为是该]{1,2}|正确的?(?:是|为)|(?:→|-+>|=>)[ ]?(?=[A-Za-z_.\-]{0,12}[0-9])|[,。; (][这此上前二]次(?:是|为|的是)?[ :]{0,3}(?=[A-Za-z]{0,3}-?[0-9]{5})|[,。; (](?:本次|现为|现在是|备用|另一?[个张])(?:是|为|的是)?)[ :]{0,3}(?=[0-9A-Za-z])"
)
"""Of a value: 登录名换成 …, 医保卡换了，新的是 …, 住院号写错了，应为 …, 住院号0083912 → 0091284, 上次住院号083912，这次091284"""
_LEAST_LISTED, _LEAST_CHANGED = 5, 4


def shape(value: str) -> str:
    """The value with 0 for each digit and A for each letter."""
    return "".join("0" if char.isdigit() else "A" if char.isalpha() else char for char in value)


def next_values(text: str, start: int, end: int, take: Take, *, changes: bool) -> Iterator[tuple[int, int]]:
    """The values that follow the one there, in order. `changes` is whether CHANGED may match in the text."""
    form = shape(text[start:end])
    while True:
        following = _alike(text, form, end) or _listed(text, end, take)
        if following is None and changes and (changed := changed_value(text, end, take)):
            following = changed[:2]
        if following is None:
            return
        yield following
        end = following[1]


def _alike(text: str, form: str, end: int) -> tuple[int, int] | None:
    """病例号00481776，我的是00481767."""
    link = _SAME_SHAPE.match(text, end) if form.count("0") >= _LEAST_LISTED else None
    other = _WORD.match(text, link.end()) if link else None
    return other.span() if other and shape(other[0]) == form else None


def _listed(text: str, end: int, take: Take) -> tuple[int, int] | None:
    link = _LISTED.match(text, end)
    found = take(link.end()) if link else None
    if found is None:
        return None
    value = text[found[0] : found[1]]
    told = shape(value).count("0") >= _LEAST_LISTED or (value[0].isalpha() and not value.isalpha())
    return found[:2] if told else None


def changed_value(text: str, position: int, take: Take) -> tuple[int, int, float] | None:
    """The value that one is changed to, behind the cue or the old value."""
    change = CHANGED.match(text, position)
    found = take(change.end()) if change else None
    return found if found and found[1] - found[0] >= _LEAST_CHANGED else None
