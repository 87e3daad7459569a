"""Stand-ins for addresses and places: another city of the same class, invented streets, houses that do not exist.

Level by level as the address was written, so that 湖南省长沙市开福区金霞路22号7栋404室 becomes one in
another capital with road, number, building and room. House numbers are in the nine thousands,
where no street of China has one.

>>> divisions = shipped_divisions()
>>> stand_in("湖南省长沙市开福区金霞路22号", divisions, key=bytes(32)) != stand_in("湖南省长沙市开福区金霞路23号", divisions, key=bytes(32))
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from deid.grammar.address.value import parse_value
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.surrogates import addresses
from deid.surrogates.addresses import Place
from deid.surrogates.draw import Draw
from deid.surrogates.words import lexicon

_MUNICIPALITIES: Final = frozenset(("北京市", "上海市", "天津市", "重庆市"))
_CAPITALS: Final = frozenset(
    (
        "石家庄市 太原市 呼和浩特市 沈阳市 长春市 哈尔滨市 南京市 杭州市 合肥市 福州市 南昌市 济南市 郑州市 武汉市 长沙市 广州市 南宁市 海口市 "
        "成都市 贵阳市 昆明市 拉萨市 西安市 兰州市 西宁市 银川市 乌鲁木齐市 深圳市 大连市 青岛市 宁波市 厦门市"
    ).split()
)
"""Capitals of provinces and the five cities with a plan of their own (计划单列市)."""
_DIVISIONS: Final = ("province", "prefecture", "county")
_NUMBER = Regex(r"[0-9]+")
_PIECE = Regex(r"(?P<number>[0-9]+)|(?P<letter>[A-Za-z](?=[0-9]*[座栋幢区]))|[A-Za-z]|[^0-9A-Za-z]+")
"""Of a number of a house, a building, a floor, a room: the letter of A座 is another one, that of 21F is not."""
_ZEROS: Final = str.maketrans("123456789", "0" * 9)
_JOIN = Regex(r"[\s,，、·\-()（）]+")


def city_class(name: str) -> str:
    """municipality, capital, city or region."""
    if name in _MUNICIPALITIES:
        return "municipality"
    if name in _CAPITALS:
        return "capital"
    return "city" if name.endswith("市") else "region"


@cache
def _places(kind: str) -> tuple[Place, ...]:
    return tuple(place for place in addresses.places() if city_class(place.city) == kind)


def place_like(draw: Draw, text: str, divisions: Divisions) -> Place:
    """A county in another city of the class of the one that `text` names; of a city where it names none."""
    return _not_in(divisions.prefecture_of(text) or "", draw)


def _not_in(prefecture: str, draw: Draw) -> Place:
    """A county of another prefecture of its class; of another province, where only that is known."""
    places = _places(_class_of(prefecture))
    while True:
        place = draw.choice(places)
        if not prefecture.endswith(place.city) and prefecture != place.province:
            return place


@cache
def _class_of(prefecture: str) -> str:
    """The class of a prefecture with its province before it, or of none."""
    known = next((name for name in (*_MUNICIPALITIES, *_CAPITALS) if prefecture.endswith(name)), prefecture)
    if not known.endswith("市"):
        return "region" if known.endswith(("州", "盟", "地区")) else "city"
    return city_class(known)


def stand_in(text: str, divisions: Divisions, *, key: bytes, attempt: int = 0) -> str:
    """An address written as `text` (shadow text) is; of a mere place a place of its level."""
    draw = Draw(key, "address", "".join(text.split()), attempt)
    prefecture, writers = _outline(text.translate(_ZEROS), divisions)
    place = _not_in(prefecture, draw)
    return "".join([write(draw, place) for write in writers])


_Writer = Callable[[Draw, Place], str]
"""Writes a piece of the new address, which lies in the place."""


@lru_cache(maxsize=4096)
def _outline(shape: str, divisions: Divisions) -> tuple[str, tuple[_Writer, ...]]:
    """The prefecture of addresses that differ in their digits only, as those of a street do, and how they are written."""
    prefecture, match = divisions.prefecture_of(shape) or "", parse_value(shape, 0, divisions)
    if match is None or not match.parts:
        return prefecture, (_unread(shape),)
    writers: list[_Writer] = []
    position = match.start
    for part in match.parts:
        gap = shape[position : part.start]
        if _JOIN.fullmatch(gap):
            writers.append(_as_it_is(gap))
        writers += _part(part.level, shape[part.start : part.end])
        position = part.end
    return prefecture, tuple(writers)


def _part(level: str, text: str) -> Iterable[_Writer]:
    if level in _DIVISIONS:
        return (_division(level, text),)
    if level == "country":
        return (_as_it_is(text),)
    if level == "number":
        return _with_numbers(text if _NUMBER.search(text) else "0号", _house_number)
    writer = _NAMED.get(level)
    if writer is None:
        return _with_numbers(text, _as_long) if _NUMBER.search(text) else (_counted(text[-1:]),)
    return (writer(text),)


def _as_it_is(text: str) -> _Writer:
    return lambda draw, place: text


def _division(level: str, text: str) -> _Writer:
    full = text.endswith(("省", "市", "区", "县", "州", "盟", "旗"))
    if level == "county":
        return lambda draw, place: place.county if full else place.county[:-1]
    if level == "province":
        return lambda draw, place: place.province if full else place.short_province
    return lambda draw, place: place.city if full else place.short_city


def town_like(draw: Draw, text: str) -> str:
    """A township with the ending of `text`."""
    ending = "街道" if text.endswith("街道") else text[-1:]
    return draw.choice(_towns(ending) or _towns("镇"))


@cache
def _towns(ending: str) -> tuple[str, ...]:
    return tuple(name for name in addresses.towns() if name.endswith(ending))


def _township(text: str) -> _Writer:
    return lambda draw, place: town_like(draw, text)


def _village(text: str) -> _Writer:
    first, second = addresses.VILLAGES
    kind = "社区" if text.endswith("社区") else "村"
    return lambda draw, place: draw.choice(first) + draw.choice(second) + kind


def _estate(text: str) -> _Writer:
    first, kinds = addresses.ESTATES
    kind = next((kind for kind in kinds if text.endswith(kind)), "小区")
    return lambda draw, place: draw.choice(first) + kind


def _road(text: str) -> _Writer:
    kinds = ("大道", "大街", "胡同", "路", "街", "巷", "弄", "道")
    kind = next((kind for kind in kinds if text.endswith(kind)), "路")
    return lambda draw, place: draw.choice(addresses.STREETS) + kind


_NAMED: Final[Mapping[str, Callable[[str], _Writer]]] = {
    "township": _township, "village": _village, "estate": _estate, "poi": _estate, "road": _road,
}  # fmt: skip


def _with_numbers(text: str, number: Callable[[int], _Writer]) -> Iterable[_Writer]:
    """`text` with other numbers, and another letter where one names a building."""
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "number":
            yield number(len(piece[0]))
        elif piece.lastgroup == "letter":
            yield lambda draw, place: draw.choice("ABCDEFGH")
        else:
            yield _as_it_is(piece[0])


def _house_number(digits: int) -> _Writer:
    """One that no street reaches."""
    return lambda draw, place: str(9001 + draw.below(998))


def _as_long(digits: int) -> _Writer:
    """Of a building, an entrance, a floor, a room."""
    least = 10 ** (digits - 1)
    return lambda draw, place: str(least + draw.below(9 * least))


def _counted(unit: str) -> _Writer:
    return lambda draw, place: f"{1 + draw.below(30)}{unit}"


def _unread(text: str) -> _Writer:
    """A place that cannot be read: a town, with the ending of the text if it is one of places."""
    if text.endswith(("省", "自治区")):
        return lambda draw, place: place.province
    if text.endswith(("市", "州", "盟")):
        return lambda draw, place: place.city
    if len(text) < 5:
        return lambda draw, place: draw.choice(_towns("镇"))[:-1]
    return lambda draw, place: place.city + draw.choice(_towns("镇"))


@cache
def shipped_divisions() -> Divisions:
    """Those of the recognizers."""
    return Divisions.from_lines(lexicon("divisions.tsv"))
