"""Addresses that are found from what stands beside them: before what only the tagger sees, behind the name of a school, across the end of a line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import replace

from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.grammar.address import find_addresses
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.types import Detection

ADDRESS = "CN_ADDRESS"
_SITES = (ADDRESS, "LOCATION")
_DORMITORY = Regex(
    r"(?:[一-鿿]{1,2}校区|校区)?(?:(?:学生|教工|教师|男生|女生|研究生)?(?:宿舍|公寓)|[一-鿿]{1,2}园)?(?:[0-9]{1,2}(?:号楼|栋|幢|舍)|[0-9]{1,2}号宿舍楼)(?:[0-9]{1,2}单元)?[0-9]{3,4}(?![0-9年月.%])室?"
)
"""What is behind the name of a school in the address of somebody who lives there: 北校区3号宿舍楼402."""
_CAMPUS = Regex(
    r"(?:[东西南北新老本总]院区?|[东西南北]区(?=[一-鿿]{0,3}[内外](?!侧)|住院|门诊|病[房区]|[,。;)\n ]|\Z)|[东西南北]部(?:院区)?(?=[,。;)\n ]|\Z)"
    r"|(?!住院|门诊|急诊|说|做|看|[一二三四五六七八九十])(?:(?![的在去到转了和与由从比是有个某哪几多各本该])[一-鿿]){2,4}?(?:院区|分院))(?![士长墙子])"
)
"""Where a hospital has a house of its own, behind its name: 西院, 黄金院区, 北部."""
_SIGHT = Regex(
    r"[东南西北]?(?:火车|高铁|汽车|客运|动车)站|山(?=[,。;、)\n被玩爬景]|[上下](?=[玩摔看]|$)|\Z)|(?:风景|旅游)景?区|古[镇城](?=[,。;、)\n玩的]|\Z)"
)
"""Behind a place: 武昌火车站, 白云山."""
_FILLER = Screened("(?<=[一-鿿0-9]),?[嗯呃额哦噢啊]{1,2},?(?=[一-鿿0-9])")
_LINE_BREAK = Regex(r"(?<=[一-鿿0-9])\n[ ]*(?=[一-鿿0-9])(?![一-鿿]{1,8}:)")
_BODIES = ("ORGANIZATION", "CN_MEDICAL_INSTITUTION")
_REST_SEEN = Regex(
    r"(?!附近|旁边|周边|总部|分部|公司|办事处|[一-鿿]{0,8}(?:养老院|护理院|药房|药店|诊所|公司|医院|学校|幼儿园|银行|超市))(?:(?!(?:附近|旁边?|对面|楼下|门口|那边|这边|村民|上车|下车|[一二]?带)(?:[,。;)\n]|\Z))[^,。;:\n()几]){2,30}"
)
_PLACE_BEFORE = Regex("(?![地址在住于到去往向从由])[一-鿿]{2,8}")
_HOUSED = Regex(
    "[0-9A-Z〇一二三四五六七八九十]+(?:号|栋|幢|座|单元|楼|层|室|户|排|院)?$|[区院园苑馆店厦城寓部堂场校号栋幢座室楼层里]$"
)
"""What goes on behind an address to the room or the house, without what is only near it."""
_NO_END = Regex(
    "(?:工会|[一-鿿]学部|(?:解剖|病理|生理|药理|护理)学|(?:信息|国际|客服|市场|医务|财务|人事)部|团险|[教展院科社]|[()|/])$|[|/_]"
)
"""What is no end of a body's name: its union, a department."""
_LIKELY, _SURE = 0.5, 0.95
_NAME_BEFORE_BREAK, _LONGEST_LINE = 8, 60


def dormitories(reading: Reading, claims: Collection[Detection]) -> list[Detection]:
    """合肥市春晖路9号 + 明德学院 + 3号宿舍楼402: where somebody lives in a school, with what stands before it."""
    found = []
    for school in claims:
        if "school" in school.evidence and (room := _DORMITORY.match(reading.text, school.end)):
            start = min(
                (c.start for c in claims if c.entity_type in _SITES and c.start <= school.start <= c.end),
                default=school.start,
            )
            found.append(Detection(ADDRESS, start, room.end(), 0.92, "address", ("dormitory",)))
    return found


def campuses(reading: Reading, claims: Collection[Detection]) -> list[Detection]:
    """协和 + 西院, 赣医一附院 + 黄金院区: hospitals in short with the house of theirs that is meant."""
    text = reading.text
    return [
        replace(hospital, end=campus.end())
        for hospital in claims
        if hospital.entity_type == "CN_MEDICAL_INSTITUTION" and hospital.score >= _LIKELY
        if (campus := _CAMPUS.match(text, hospital.end))
    ]


def sights(reading: Reading, claims: Collection[Detection]) -> list[Detection]:
    """武昌 + 火车站, 广州白云 + 山: a place with what is called after it, and is a place as well."""
    return [
        replace(place, end=sight.end())
        for place in claims
        if place.entity_type == "LOCATION" and place.score >= _LIKELY
        if (sight := _SIGHT.match(reading.text, place.end))
    ]


def over_fillers(reading: Reading, claims: Collection[Detection]) -> list[Detection]:
    """纺织城正街 + 嗯 + 家属院18号楼: an address that is told, with what the speaker hums between its parts."""
    fillers = list(reading.finditer(_FILLER))
    if not fillers:
        return []
    likely = [claim for claim in claims if claim.score >= _LIKELY]
    sites = {claim.end: claim for claim in likely if claim.entity_type in _SITES}
    rests = {claim.start: claim for claim in likely if claim.entity_type == ADDRESS}
    return [
        Detection(
            ADDRESS, site.start, rest.end, max(site.score, rest.score, 0.9), "address", ("over a filler",)
        )
        for filler in fillers
        if (site := sites.get(filler.start())) and (rest := rests.get(filler.end()))
    ]


def with_rests(claims: Collection[Detection]) -> list[Detection]:
    """猴盾村 + 牛埕下12号: what a grammar has read of an address with the rest that the tagger sees behind it."""
    rests = [claim for claim in claims if claim.evidence[:1] == ("rest",)]
    if not rests:
        return []
    likely = [claim for claim in claims if claim.score >= _LIKELY]
    sites = {claim.end: claim for claim in likely if claim.entity_type in _SITES}
    bodies = {claim.start: claim.end for claim in likely if claim.entity_type in _BODIES}
    return [
        Detection(ADDRESS, site.start, rest.end, max(site.score, rest.score), "address", ("with rest",))
        for rest in rests
        if (site := sites.get(rest.start))
        and not any(bodies.get(at, rest.end + 1) <= rest.end for at in range(rest.start, rest.end))
    ]


def as_far_as_seen(reading: Reading, claims: Collection[Detection], divisions: Divisions) -> list[Detection]:
    """Addresses with the houses, rooms and districts that a sure tagger sees and no grammar reads: …路33号|华耀碧桂园底商107."""
    text = reading.text
    sites = sorted(
        (claim for claim in claims if claim.entity_type in _SITES and claim.score >= _LIKELY),
        key=lambda claim: (claim.start, -claim.end),
    )
    bodies = [claim.start for claim in claims if claim.entity_type in _BODIES and claim.score >= _LIKELY]
    found = []
    for tag in reading.tagged:
        if tag.label != "ADR" or tag.score < _SURE:
            continue
        within = [site for site in sites if site.start < tag.end and tag.start < site.end]
        address = max(within, key=lambda site: (site.entity_type == ADDRESS, site.end), default=None)
        if address is None:
            continue
        start, end = address.start, address.end
        before = text[tag.start : start]
        if divisions.at(text, tag.start) or _PLACE_BEFORE.fullmatch(before):
            start = min(start, tag.start)
        rest = _REST_SEEN.match(text, end, tag.end) if end < tag.end else None
        if rest and _HOUSED.search(rest[0]) and not any(end <= body < tag.end for body in bodies):
            end = rest.end()
        if (start, end) != (address.start, address.end):
            found.append(Detection(ADDRESS, start, end, max(address.score, 0.6), "address", ("tagger",)))
    return found


def bodies_as_seen(reading: Reading, claims: Collection[Detection], divisions: Divisions) -> list[Detection]:
    """Bodies of which a grammar reads a part and a sure tagger the whole: 四川农信|仪陇联社, 魏桥|三电厂."""
    parts = [
        claim for claim in claims if claim.entity_type in (*_BODIES, "LOCATION") and claim.score >= _LIKELY
    ]
    found = []
    for tag in reading.tagged:
        if tag.label != "ORG" or tag.score < _SURE or _NO_END.search(reading.text, tag.start, tag.end):
            continue
        within = [part for part in parts if part.start < tag.end and tag.start < part.end]
        inside = all(tag.start <= part.start and part.end <= tag.end for part in within)
        bodies = [part for part in within if part.entity_type in _BODIES]
        begins = any(part.start == tag.start for part in within) or divisions.at(reading.text, tag.start)
        whole = any(part.start == tag.start and part.end == tag.end for part in bodies)
        if bodies and inside and begins and not whole:
            score = max(part.score for part in within)
            found.append(
                Detection("ORGANIZATION", tag.start, tag.end, score, "ORGANIZATION.tagger", ("tagger",))
            )
    return found


def broken_addresses(
    reading: Reading, claims: Collection[Detection], divisions: Divisions
) -> list[Detection]:
    """Addresses whose line breaks inside a name or a number, as lines of a fixed width do: 绵阳市安 / 州区黄土镇."""
    text = reading.text
    if "\n" not in text:
        return []
    ends = sorted(claim.end for claim in claims if claim.entity_type in _SITES)
    found = []
    for line in _LINE_BREAK.finditer(text):
        at = line.start()
        near = bisect_right(ends, at) - 1
        beside = near >= 0 and at - ends[near] <= _NAME_BEFORE_BREAK
        if not beside or reading.cue_begins(line.end()):
            continue
        first = text.rfind("\n", 0, at) + 1
        last = text.find("\n", line.end())
        after = text[line.end() : last if last >= 0 else len(text)][:_LONGEST_LINE]
        first = max(first, at - _LONGEST_LINE)
        whole = text[first:at] + after
        for match in find_addresses(whole, divisions):
            end = match.end + first + line.end() - at
            if match.detailed and match.start + first < at and match.end + first > at:
                found.append(
                    Detection(ADDRESS, match.start + first, end, match.score, "address", ("broken",))
                )
    return found
