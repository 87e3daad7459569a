"""Hospitals that no list knows, in short, by what is done there: behind their city, or with the part of town they lie in.

在杭州云栖堂住院, 联系之江东院董医生.

Their own part is no word, place or field of medicine; any of those behind a city may be just that: 去上海胸科看.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.places.words import INSTITUTION, NAMES, NO_CORE, NO_NAME
from deid.detection.reading import Reading
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.types import Detection

_DOCTOR = "[一-鿿]{1,3}?(?:副?主任|教授|大夫|医[生师]|副?院长)"
_DONE = (
    rf"住院(?!医)|住(?:了|过|着)|复查|就诊|看(?:[了过]|病|的)|做(?:的|了|过|手术|检查|体检|透析|化疗|放疗)|手术|透析|化疗|放疗|建档|挂(?:了|的|号|不)"
    rf"|找{_DOCTOR}|的{_DOCTOR}|{_DOCTOR}(?:团队|那[边里]|说|让|[,。;、)]|$)|收(?:住|治|了)|的(?:号|专家|床位?|出院小结|病历|片子|病理|报告)|有床|没床|国际部|特需|[东西南北]院区"
)
_LED = Screened(
    rf"(?:(?:(?<=[在去到转送住找])|(?<=[我你他]们)|(?<=就诊于)|(?<=收治于))(?=[一-鿿]{{4,8}}?(?:{_DONE}))"
    rf"|(?:(?<=转[到去往入至院诊])|(?<=转[入诊院]:)|(?<=[外急]诊[ :]))(?=[一-鿿]{{4,8}}(?:[ ,。;、)\n]|$)))"
)
_SHOWN = Regex(rf"{_DONE}|[ ]?(?:[,。;、)\n]|\Z)|[ ][一-鿿]{{1,5}}(?:科|中心|病区)")
_NO_OWN = Regex(
    "[我你他她它您咱这那哪]|[当本外各某大小]地|医院|门诊|医科|[内外妇儿产骨眼胸脑]科|中心|附近|周边|旁边|亲戚|朋友|[一二三四五六七八九十]院|[姐哥弟妹爸妈儿女叔姨家]|[市区县镇乡村路街]\\Z|[看做住挂转去到在]|[再又就才都还后前时]"
)
_SITE = Screened(
    rf"(?:(?<=[在去到转送住找])|(?<=联系)|(?<=预约)|(?<=转[入出诊院]:)|(?<=院:)|(?<=[我你他]们)|(?<![一-鿿]))(?P<whole>(?!联系|预约)[一-鿿]{{2,7}}?)[东西南北新老]院(?=[ ]?(?:{_DONE}|[,。;、)\n]|\Z)|[ ][一-鿿]{{1,6}}(?:科|中心|病区)|[一-鿿]{{1,3}}(?:科|病区))"
)
"""之江|东院, with its city before it or not."""
_SIZES = (3, 2)
_RARE = 3
"""How often jieba's dictionary may count the own part."""


def find_unlisted(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """The hospitals, with their city."""
    text = reading.text
    for led in reading.finditer(_LED):
        place = divisions.at(text, led.end())
        if place is None or place.level == "township":
            continue
        for size in _SIZES:
            own, end = text[place.end : place.end + size], place.end + size
            if len(own) == size and _SHOWN.match(text, end) and _is_own_name(reading, own, divisions):
                yield Detection(INSTITUTION, place.start, end, 0.65, f"{INSTITUTION}.short", ("unlisted",))
                break
    for site in reading.finditer(_SITE):
        place = divisions.at(text, site.start())
        own = text[max(site.start(), place.end if place else 0) : site.end("whole")]
        if len(own) in _SIZES and (
            word_list().part_of_speech(own) in (*NAMES, "ns") or _is_own_name(reading, own, divisions)
        ):
            yield Detection(INSTITUTION, *site.span(), 0.65, f"{INSTITUTION}.short", ("unlisted",))


def _is_own_name(reading: Reading, own: str, divisions: Divisions) -> bool:
    if NO_NAME & set(own) or NO_CORE.search(own) or _NO_OWN.search(own) or divisions.at(own, 0):
        return False
    parts = {own, own[:2], own[-2:]}
    return all(reading.known(part) <= _RARE for part in parts)
