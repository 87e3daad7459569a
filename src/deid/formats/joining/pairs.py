"""What a cell and the next one are together: surname and name, both sides of an address, a plate, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from deid.formats.joining.edges import PROVINCES
from deid.formats.joining.headers import header_of
from deid.formats.joining.numbers import LONGEST_PART
from deid.formats.parting import surnames_and_words
from deid.formats.views import Place, joined
from deid.grammar.fieldnames import is_label
from deid.types import TextBlock

_SURNAME = re.compile(r"(.*?)(?:姓氏?|(?:last|family)(?:[ _-]?name)?|surname|lname|xing)", re.IGNORECASE)
_GIVEN = re.compile(r"(.*?)(?:名字?|(?:first|given)(?:[ _-]?name)?|forename|fname|ming)", re.IGNORECASE)
_NAME_PART = re.compile(r"\s*([㐀-鿿𠀀-𯿿·]{1,6}|[A-Za-z][A-Za-z '\-]{0,30})\s*")
_FAMILY, _OWN = re.compile(r"\s*([㐀-鿿]{1,2})\s*"), re.compile(r"\s*(?![男女]\s*$)([㐀-鿿]{1,2})\s*")
_WHOLE_NAME = "姓名"
_LEADS = re.compile(r"(?:\A|\n).{0,6}(?:姓名|名字|签名|联系人|患者|家属|[请责办系]人)\s*[:：]?\s*(?=\n)")
"""A cell before those of a name, where each stands in a line of its own."""
LOCAL, DOMAIN = (
    re.compile(r"\s*([A-Za-z0-9][\w.+\-]{0,63}@?)\s*", re.ASCII),
    re.compile(r"\s*(@?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+){1,3})\s*", re.ASCII),
)
_AREA, _LINE = re.compile(r"\s*(0[0-9]{2,3}-?)\s*"), re.compile(r"\s*(-?[2-9][0-9]{6,7}(?:-[0-9]{1,6})?)\s*")
_AREA_HEADER = re.compile(r"区号|电话|座机|固话|传真|tel|phone", re.IGNORECASE)
_PLATE = tuple(
    (re.compile(rf"\s*([{PROVINCES}]{left})\s*"), re.compile(rf"\s*({right}[A-HJ-NP-Z0-9]{{5,6}})\s*"))
    for left, right in (("[A-HJ-Z]", "[·•]?"), ("", "[A-HJ-Z][·•]?"))
)  # fmt: skip
_OVER_ONE = 2
LONGEST_FIRST = 5
"""Characters of what a cell holds of a number plate, and of an area code."""


def may_be_pair(one: TextBlock, two: TextBlock, before: str = "") -> bool:
    """Whether `pair_views` has to look at two neighbours behind a cell, whatever the first begins with."""
    if "@" in one.text or "@" in two.text or _hold_a_name(header_of(one), header_of(two)):
        return True
    return bool(before) and may_lead((before, ""))


def may_lead(texts: Sequence[str]) -> bool:
    """Whether one of the cells of a row says that a name stands in those behind it."""
    return _LEADS.search("\n".join(texts)) is not None


@lru_cache(maxsize=1024)
def _hold_a_name(one: str, two: str) -> bool:
    """Whether headers say that two cells are one name."""
    return bool(_name_order(one, two)) or (one.endswith(_WHOLE_NAME) and not two)


@lru_cache(maxsize=64)
def hold_names(headers: tuple[str, ...], columns: tuple[int, ...]) -> bool:
    """Whether headers say that two of the cells are one name."""
    return any(
        _hold_a_name(headers[n], headers[n + 1]) if two == one + 1 else are_parts(headers[n], headers[n + 1])
        for n, (one, two) in enumerate(pairwise(columns))
        if two - one <= _OVER_ONE
    )


def are_parts(one: str, two: str) -> bool:
    """Whether headers are those of a surname and a given name, between which a column for another may be empty."""
    return bool(_name_order(one, two))


def pair_views(cells: Sequence[TextBlock], index: int) -> Iterator[TextBlock]:
    """What a cell and the next one are together."""
    headers = header_of(cells[index]), header_of(cells[index + 1])
    if order := _name_order(*headers):
        for places in _pair(cells, [index + place for place in order], (_NAME_PART, _NAME_PART)):
            if all(cells[place.part].text.isascii() for place in places):  # as they are written: Grace Lee
                yield joined(cells, places[::-1], _WHOLE_NAME, gap=" ")
            else:
                yield joined(cells, places, _WHOLE_NAME)
    elif _is_named(cells, index, headers):
        for places in _pair(cells, [index, index + 1], (_FAMILY, _OWN)):
            surname, given = (cells[place.part].text.strip() for place in places)
            if _may_be_name(surname, given) and not is_label(given):
                yield joined(cells, places, _WHOLE_NAME)
    for places in _written_apart(cells, index):
        yield joined(cells, places)


def name_views(blocks: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Whole names of which the parts are called so and stand within one thing, as labels say: <family>, <given>."""
    taken = -1
    for index, (one, two) in enumerate(pairwise(blocks)):
        if index > taken and one.labels[1:] == two.labels[1:] and _name_order(header_of(one), header_of(two)):
            taken = index + 1
            yield from pair_views(blocks, index)


def _is_named(cells: Sequence[TextBlock], index: int, headers: tuple[str, str]) -> bool:
    """Whether 姓名 is merged over two cells, or stands before them; `letter_views` read names of more cells."""
    if headers[0].endswith(_WHOLE_NAME) and not headers[1]:
        return True
    ends = len(cells) <= index + 2 or len(cells[index + 2].text.strip()) > 1
    return ends and index > 0 and may_lead((cells[index - 1].text, ""))


def _may_be_name(surname: str, given: str) -> bool:
    """Whether two cells may hold a name: 李 | 四, 欧阳 | 明月, not 无 | 发热, 母 | 已故, 高 | 血压."""
    surnames, words = _name_words()
    return surname in surnames and given not in words


@lru_cache(maxsize=1)
def _name_words() -> tuple[frozenset[str], ...]:
    """Surnames without 左 and 母, which say something else in a cell of their own, and words that are no given names."""
    surnames, words = surnames_and_words()
    return surnames - frozenset("左母"), words


@lru_cache(maxsize=1024)
def _name_order(one: str, two: str) -> tuple[int, ...]:
    """Which of two columns has the surname and which the name; empty when they have no such headers."""
    headers = one, two
    for order in ((0, 1), (1, 0)):
        surname, given = _SURNAME.fullmatch(headers[order[0]]), _GIVEN.fullmatch(headers[order[1]])
        if surname and given and surname[1] == given[1]:
            return order
    return ()


def _written_apart(cells: Sequence[TextBlock], index: int) -> Iterator[tuple[Place, ...]]:
    """Forms that two cells have only together: an address of mail, a number plate, a telephone with area code."""
    one, two = cells[index].text, cells[index + 1].text
    if len(one) > LONGEST_PART or len(two) > LONGEST_PART:
        return
    pair = [index, index + 1]
    if (one + two).count("@") == 1:
        yield from _pair(cells, pair, (LOCAL, DOMAIN))
    if one.lstrip()[:1] == "0":
        headers = [header for place in pair if (header := header_of(cells[place]))]
        if not headers or any(map(_AREA_HEADER.search, headers)):
            yield from _pair(cells, pair, (_AREA, _LINE))
    if one.lstrip()[:1] in PROVINCES:
        for left, right in _PLATE:
            yield from _pair(cells, pair, (left, right))


def _pair(
    cells: Sequence[TextBlock], places: Sequence[int], forms: tuple[re.Pattern[str], re.Pattern[str]]
) -> Iterator[tuple[Place, ...]]:
    matches = [form.fullmatch(cells[place].text) for form, place in zip(forms, places, strict=True)]
    if all(matches):
        yield tuple(
            Place(place, *match.span(1)) for place, match in zip(places, matches, strict=True) if match
        )
