"""Addresses that are found from what stands beside them: before what only the tagger sees, behind the name of a school, across the end of a line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
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
    r"(?:[东西南北新老本总]院区?|[东西南北]区(?=[一-鿿]{0,3}[内外](?!侧)|住院|门诊|病[房区]|[,。;)\n ]|\Z)|[东西南北]部(?:院区)?(?=[,。;)?!\n ]|\Z)"
    r"|(?<!院)(?:回龙观|新街口|虹桥|临港|浦东|嘉定|亦庄|光谷|中法|河西|江北|滨江|钱塘|之江|余杭|梅溪湖|曲江|天府|温江|呈贡)(?:院区|(?=[,。;)?!\n 近远]|\Z|挂|看|住院|复查))"
    r"|(?!住院|门诊|急诊|说|做|看|[一二三四五六七八九十])(?:(?![的在去到转了和与由从比是有个某哪几多各本该])[一-鿿]){2,4}?(?:院区|分院))(?![士长墙子])"
)
"""Where a hospital has a house of its own, behind its name: 西院, 黄金院区, 北部."""
_SIGHT = Regex(
    r"江(?=边|畔|里|上|堤|沿岸)|[东南西北]?(?:火车|高铁|汽车|客运|动车)站|(?<![镇乡县市区])菜市?场|农贸市场|(?:建材|批发|花鸟|水产|服装|家具)市场|山(?=[,。;、)\n被玩爬景]|[上下](?=[玩摔看]|$)|\Z)|(?:风景|旅游)景?区|古[镇城](?=[,。;、)\n玩的里内]|\Z)|矿区(?=[,。;、)\n的]|\Z)|(?:国际)?(?:商贸|皮革|服装|建材|家居|小商品|轻纺|五金|鞋|茶叶|珍珠|电子)城|(?<!工)(?:科技|软件|工业|产业|创业|物流|化工)园区?(?![一-鿿]{0,8}(?:公司|医院|派出所|分行|支行|社区))|(?:经济)?(?:技术)?开发区(?=上班|打工|[那这]边|一家|的|[,。;、)\n]|\Z)"
)
"""Behind a place: 武昌火车站, 白云山."""
_FILLER = Screened("(?<=[一-鿿0-9]),?[嗯呃额哦噢啊]{1,2},?(?=[一-鿿0-9])")
_LINE_BREAK = Regex(
    r"(?<=[一-鿿0-9])\n[ ]*(?=[一-鿿0-9])(?![一-鿿]{1,8}:|[一-鿿]{1,3}(?:码|单号|号码|电话|时间|金额)|备注|客服)"
)
_BODIES = ("ORGANIZATION", "CN_MEDICAL_INSTITUTION")
_TOWN_ENDS = Regex(
    r"[ ]?(?:[,。;、!?)\n|]|\Z)|人(?:[,。;、)\n]|\Z)|的(?:[,。;、!?)\n ]|\Z)|[那这]边|附近|一带|[过回]来|上班|打工|老家|租房|陪诊|[义巡]诊|随访|[做种养](?![一-鿿]?[的过]?[检手])|[开卖](?=[店厂网饭超])"
)
_WORK_THERE = Regex(
    "[卖产种养做挖采捕贩修](?![一-鿿]?[的了过]?[检查手术])[一-鿿]|当[过了]?[一-鿿]{1,2}[工员师兵]|跑[货车运]|打鱼|种地|摆摊|带孩|看店|开[一了过]?[一-鿿]{0,4}[店厂馆铺坊]|送[货外]|嫁|[收拉进][货废]|务农|教书|乡下|街上|赶[集场墟]"
)
"""What is done or made in a town, behind its name: 乐从|卖家具."""
_COMMON, _UNCOMMON = 3000, 100
"""How often jieba's dictionary may count what a town is called: 梨园, but not 中心, 和平; and where only work follows."""
_BY_GRAMMAR = tuple(f"{kind}.grammar" for kind in _BODIES)
_STREET = Regex(r"[一-鿿]{2}(?:路|街道?|大道|巷|胡同)\Z")
_SCHOOL_OF_STREET = Regex(
    "第?[一二三四五六]小(?=[^一-鿿]|\\Z|[的读上转在]|[一二三四五六]年级|门口|附近|老师|学生)|第?[一二三四五六]幼(?=[^一-鿿]|\\Z|的)"
)
_NOT_OF_STREET = Regex(
    "[开旁的本那这个某上边内附对口到有]|.{0,10}(?:[酒饭商]店|宾馆|旅馆|招待所|民宿|客栈|便利店|超市)"
)
"""Behind a street what is there and not called after it: …塘子街|开超市的, …五四路|闽江大饭店."""
_LANDMARK = Regex(
    "的?(?:门口|[斜正]?对[面过门]|隔壁|旁|附近|楼[上下]|后[面院]|[东南西北]侧|[0-9]{1,3}[号栋楼]|宿舍|家属)"
)
"""Behind a body beside which somebody lives."""
_WHOLE = 0.9
"""Score of a body with its street, which the address of the street alone does not reach."""
_LIKELY = 0.5
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


def with_towns(reading: Reading, claims: Collection[Detection], divisions: Divisions) -> Iterator[Detection]:
    """通州 + 梨园: a county with a town of the gazetteer that is called without its rank."""
    text = reading.text
    for county in claims:
        if county.entity_type != "LOCATION" or county.score < _LIKELY:
            continue
        place = divisions.at(text, county.start)
        if place is None or place.level not in ("county", "prefecture") or place.end != county.end:
            continue
        for end in (county.end + 3, county.end + 2):
            town = text[county.end : end]
            known = reading.known(town)
            if end > len(text) or not any(f"{town}{rank}" in divisions.full for rank in ("镇", "街道", "乡")):
                continue
            ended = known < (_COMMON if place.level == "county" else _UNCOMMON) and _TOWN_ENDS.match(
                text, end
            )
            if ended or (known < _UNCOMMON and _WORK_THERE.match(text, end)):
                yield replace(county, end=end)
                break


def on_streets(reading: Reading, claims: Collection[Detection]) -> list[Detection]:
    """五四大街|康宁体检中心, 纬五路|一小: bodies from the street on, without a number, that they are called after."""
    bodies = [body for body in claims if body.recognizer in _BY_GRAMMAR and body.score < _WHOLE]
    streets = {
        street.start: street.end
        for street in claims
        if bodies and street.entity_type == ADDRESS and street.score < _WHOLE
        if _STREET.search(reading.text, street.start, street.end)
    }
    schools = (
        Detection("ORGANIZATION", site.start, school.end(), _WHOLE, "ORGANIZATION.short", ("of a street",))
        for site in claims
        if site.entity_type == ADDRESS and (school := _SCHOOL_OF_STREET.match(reading.text, site.end))
        if _STREET.search(reading.text, site.start, site.end)
    )
    return [*schools] + [
        replace(body, score=_WHOLE)
        for body in bodies
        if body.start < (end := streets.get(body.start, 0)) < body.end
        and not (_NOT_OF_STREET.match(reading.text, end) or _LANDMARK.match(reading.text, body.end))
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
