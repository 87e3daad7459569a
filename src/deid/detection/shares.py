"""3/15 and 3-5 in a cell: a share, a dose, a grade or a range as well as days of March. The header and the other cells of a
column tell."""

from __future__ import annotations

from collections.abc import Sequence

from deid.detection.company import is_quantity
from deid.regexes import Regex
from deid.types import Entity

_CELL = Regex(r"([0-9]{1,2})([/~-])([0-9]{1,2})")
_LISTED = Regex(r"[0-9]{1,2}(?:[/~.、,， -]{1,2}[0-9]{1,2}){1,12}")
_OF_RANGES = Regex(
    r"[牙齿]|范围|区间|参考|正常|标准值|[上下]限|[年月]龄|页|楼层|位点|节段|椎|量表|得分|评分|周期|孕周|疗程|(?:剂|用|计|数|总)量|频[次率]|次数"
    r"|规格|比[例率值]|章节|版本|(?i:range|reference|normal|limit|tooth|teeth|pages?$|floors?$|levels?$|ages?$|weeks?$)"
)
"""In the name of a column whose cells go from one figure to another, or list such."""
OF_THINGS = Regex(
    "[一-鿿]{0,6}(?:批号|批次号?|货号|型号)[0-9]?"
    "|[一-鿿]{0,4}(?:房间?号?|病房号?|床位?号?|单元号?|楼号|楼栋号?|栋号?|幢号?|室号|门牌号?|座位号?|车位号?|柜号|货架号?|[货库仓架储]位号?)[0-9]?"
    "|(?i:(?:[a-z]+_)?(?:batch|lot|room|bed|unit|seat|shelf|bin|locker)(?:_?(?:no|num|number|code))?|ch|cwh?|fjh|bch|fh)"
)
"""What a column is called whose figures are those of goods, rooms and beds, and no days."""
_FIGURES = Regex("(?:[A-Za-z]{1,3}-?)?[0-9]{1,8}(?:[-/.][0-9]{1,4}){0,2}")
_REMARK = Regex(r"[ ]?[(（\[].*")
_OF_DAYS = Regex(r"(?:日|日期|时间|(?<![分病周])期|天)$|(?i:date|day|time|visit|dob)")
_OF_VISITS = Regex("[诊访院检查术约药]$")
_IN_LETTERS = Regex(
    r"(?i:score|grade|stage|dose|ratio|rate|nodes?|margins?|count|positive|apgar|gleason|gcs)"
)
_MOST_MONTHS = 12
_FEW_RANGES = 3
_BARE = frozenset({"date.bare", "DATE_TIME.remaining"})


def without_shares(text: str, labels: Sequence[str], entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities of a cell, but for a day that is none under its label: 淋巴结 | 3/15, 批号 | 20240301."""
    if entities and labels and _is_of_thing(text.strip(), labels[0]):
        return tuple(entity for entity in entities if entity.entity_type != "DATE_TIME")
    if entities and _is_share(text.strip(), labels):
        return without_bare_days(entities)
    return tuple(entities)


def is_no_day(text: str, label: str) -> bool:
    """Whether figures say no day under a label: room = '12-05'."""
    return _is_of_thing(text, label) or _is_share(text, [label])


def _is_of_thing(text: str, label: str) -> bool:
    return OF_THINGS.fullmatch(label) is not None and _FIGURES.fullmatch(text) is not None


def _is_share(text: str, labels: Sequence[str]) -> bool:
    if not _LISTED.fullmatch(text) or _tells_days(labels):
        return False
    plain = [_REMARK.sub("", label) for label in labels]
    if any(map(_OF_RANGES.search, plain)):
        return True
    return _CELL.fullmatch(text) is not None and any(_is_of_shares(label, text) for label in plain)


def are_shares(texts: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether the cells of a column are no days: some cell can be none (0/12), and all may be parts of a whole (1/4) or ranges."""
    cells = [cell for cell in map(_CELL.fullmatch, map(str.strip, texts)) if cell]
    figures = [(int(cell[1]), int(cell[3])) for cell in cells]
    are_few = len(cells) < _FEW_RANGES and any(cell[2] != "/" for cell in cells)
    if not figures or are_few or _tells_days(labels) or any(map(_OF_VISITS.search, labels)):
        return False
    can_be_days = all(0 < first <= _MOST_MONTHS and second for first, second in figures)
    can_be_days = can_be_days and any(second > _MOST_MONTHS for _, second in figures)
    return not can_be_days and all(first <= second for first, second in figures)


def without_bare_days(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities but for days of which nothing but their figures says that they are some."""
    return tuple(
        entity
        for entity in entities
        if not entity.detections or any(claim.recognizer not in _BARE for claim in entity.detections)
    )


def _tells_days(labels: Sequence[str]) -> bool:
    return any(_OF_DAYS.search(_REMARK.sub("", label)) for label in labels)


def _is_of_shares(label: str, text: str) -> bool:
    if label.isascii():
        return _IN_LETTERS.search(label) is not None
    return is_quantity(f"{label}:{text}", len(label) + 1, len(label) + 1 + len(text))
