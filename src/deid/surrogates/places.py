"""Stand-ins for addresses and places: another city of the same class, invented streets, houses that do not exist.

Level by level as the address was written, so that 湖南省长沙市开福区金霞路22号7栋404室 becomes one in
another capital with road, number, building and room. House numbers are in the nine thousands,
where no street of China has one.

>>> divisions = shipped_divisions()
>>> stand_in("湖南省长沙市开福区金霞路22号", divisions, key=bytes(32)) != stand_in("湖南省长沙市开福区金霞路23号", divisions, key=bytes(32))
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from deid.grammar.address.match import AddressPart
from deid.grammar.address.value import parse_value
from deid.grammar.divisions import Divisions
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
_NUMBER = re.compile(r"[0-9]+")
_JOIN = re.compile(r"[\s,，、·\-()（）]+")


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
    real = divisions.prefecture_of(text) or ""
    places = _places(_class_of(real))
    while True:
        place = draw.choice(places)
        if not real.endswith(place.city):
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
    draw = Draw(key, "address", "".join(text.split()), str(attempt))
    place = place_like(draw, text, divisions)
    match = parse_value(text, 0, divisions)
    parts = match.parts if match else ()
    if not parts:
        return _unread(draw, text, place)
    written, position = [], match.start if match else 0
    for part in parts:
        gap = text[position : part.start]
        written.append(gap if _JOIN.fullmatch(gap) else "")
        written.append(_part(draw, part, text[part.start : part.end], place))
        position = part.end
    return "".join(written)


def _part(draw: Draw, part: AddressPart, text: str, place: Place) -> str:
    if part.level in _DIVISIONS:
        return _division(part.level, text, place)
    if part.level == "country":
        return text
    return _WRITERS.get(part.level, _numbered)(draw, text)


def _division(level: str, text: str, place: Place) -> str:
    full = text.endswith(("省", "市", "区", "县", "州", "盟", "旗"))
    if level == "county":
        return place.county if full else place.county[:-1]
    name = place.province if level == "province" else place.city
    if full:
        return name
    return place.short_province if level == "province" else place.short_city


def town_like(draw: Draw, text: str) -> str:
    """A township with the ending of `text`."""
    ending = "街道" if text.endswith("街道") else text[-1:]
    return draw.choice(_towns(ending) or _towns("镇"))


@cache
def _towns(ending: str) -> tuple[str, ...]:
    return tuple(name for name in addresses.towns() if name.endswith(ending))


def _village(draw: Draw, text: str) -> str:
    first, second = addresses.VILLAGES
    return (
        draw.choice(first)
        + draw.choice(second)
        + ("村" if text.endswith("村") else "社区" if text.endswith("社区") else "村")
    )


def _estate(draw: Draw, text: str) -> str:
    first, kinds = addresses.ESTATES
    return draw.choice(first) + next((kind for kind in kinds if text.endswith(kind)), "小区")


def _road(draw: Draw, text: str) -> str:
    kind = next(
        (kind for kind in ("大道", "大街", "胡同", "路", "街", "巷", "弄", "道") if text.endswith(kind)), "路"
    )
    return draw.choice(addresses.STREETS) + kind


def _house(draw: Draw, text: str) -> str:
    """A number that no street reaches; 附2号 too."""
    return _NUMBER.sub(lambda _: str(9001 + draw.below(998)), text) if _NUMBER.search(text) else "9001号"


def _numbered(draw: Draw, text: str) -> str:
    """Building, entrance, floor, room: other numbers with as many digits, and the word behind them."""
    unit = text.rstrip("0123456789")
    if not _NUMBER.search(text):
        return f"{1 + draw.below(30)}{unit[-1:]}"
    new = _NUMBER.sub(
        lambda match: str(10 ** (len(match[0]) - 1) + draw.below(9 * 10 ** (len(match[0]) - 1))), text
    )
    return re.sub(r"[A-Za-z](?=[座栋幢区])", lambda _: draw.choice("ABCDEFGH"), new)


_WRITERS: Final[Mapping[str, Callable[[Draw, str], str]]] = {
    "township": town_like, "village": _village, "estate": _estate, "poi": _estate, "road": _road, "number": _house,
}  # fmt: skip


def _unread(draw: Draw, text: str, place: Place) -> str:
    """A place that cannot be read: a town, with the ending of the text if it is one of places."""
    if text.endswith(("省", "自治区")):
        return place.province
    if text.endswith(("市", "州", "盟")):
        return place.city
    return draw.choice(_towns("镇"))[:-1] if len(text) < 5 else place.city + draw.choice(_towns("镇"))


@cache
def shipped_divisions() -> Divisions:
    """Those of the recognizers."""
    return Divisions.from_lines(lexicon("divisions.tsv"))
