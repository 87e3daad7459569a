"""Where people get on and off: 成都东 of a train, 成都天府 of a flight, 五一广场地铁站A口."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.grammar.address.names import name_start
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.types import Detection

LOCATION = "LOCATION"

_AIRPORTS = (
    "虹桥|浦东|首都|大兴|天府|双流|白云|宝安|萧山|禄口|江北|咸阳|长水|天河|黄花|新郑|胶东|流亭|周水子|太平|地窝堡|吴圩|高崎|长乐|"
    "龙洞堡|滨海|正定|武宿|桃仙|龙嘉|遥墙|栎社|硕放|昌北|美兰|凤凰|中川|河东|白塔|贡嘎|曹家堡|新桥|龙湾|三义|两江"
)
_FLIGHT = Screened(
    rf"(?:{_AIRPORTS})(?:(?:国际)?机场(?:T[1-4](?![0-9]))?|T[1-4](?![0-9])|(?=起飞|落地|降落|[接送候]机|出发|转机|飞[一-鿿]|[-—→]|(?P<left>[ ]?[,。;)\n])))"
)
_ABROAD = "羽田|成田|仁川|金浦|关西|樟宜|素万那普|廊曼|希思罗|戴高乐|肯尼迪|赤鱲角|桃园|松山"
_TO_AIRPORT = Screened(
    rf"(?:(?<=[飞到去从至往送])|(?<=落地)|(?<=降落))(?:{_ABROAD})(?:国际)?(?:机场)?(?:T[1-4](?![0-9])|(?=[,。;、)\n转接飞 ]|$))"
    rf"|(?<=[送接去到回在从])火车[东南西北]站|(?:(?<=[送接去到回])|(?<=[送接][到去])|(?<=→))[东南西北]站(?=[ ]?(?:[,。;、)\n]|$|[接送等](?![受着待])|[进出]站口?))"
    rf"|(?<=[在于接])(?:{_ABROAD})(?:机场)?T[1-4](?![0-9])|(?:(?<=[飞到从往送接→])[ ]?|(?<=机场)|(?<=机场[ :])|(?<=[接送]机)|(?<=[接送]机[ :])|(?<=航站楼))(?:{_AIRPORTS})T[1-4](?![0-9])"
)
"""Airports abroad, a station by where it lies (送北站), and those of 香港 and 台北, of which a name may be the name of somebody."""
_BY_RAIL = Regex(
    "高铁|动车|火车|列车|[一二]等座|商务座|硬[座卧]|软卧|车[票次]|(?<![A-Za-z0-9])[GDCKTZ][0-9]{2,4}(?![0-9])"
)
_STATION = Screened(
    r"(?<=[一-鿿]{2})[东南西北](?:站(?![在立起着稳位])|(?=[ ]?(?:[-—~→到至坐乘、,;。)\n]|[上下]车|出发|发车|还[要有差]|换乘|取票|[进候]车室|的(?:高铁|动车|火车|车)|[0-9]{1,4}(?:\.[0-9]{1,2})?元|$)))"
)
_REACHED = Regex("(?:[到从至抵接去往送回]|[到抵]达[ :]?)\\Z")
_LEFT = Regex("[ ]?(?:[,。;)\\n]|\\Z)|还[要有差]|换乘|取票")
_ON_WAY, _FARTHER = Regex("[一-鿿][ ]?[→—–~-]{1,2}[ ]?\\Z"), Regex("[ ]?[→—–~-]{1,2}[ ]?[一-鿿]")
"""Around a station where nothing else tells of trains: 3号到|长沙南|，儿子接, 保定→|哈尔滨西|→."""
_HUB = Screened(
    "(?:虹桥|浦东|天府|双流|白云|大兴|宝安|萧山|禄口|江北|黄花|天河|咸阳|新郑|流亭|胶东|周水子|桃仙|太平)(?:综合)?(?:交通)?枢纽"
)
_AT_STATION = Screened(
    r"(?P<name>汉口|武昌|汉阳|虹桥|浦口|大兴|广州南|江湾|莘庄)?(?:(?<=[一-鿿]{2})[东南西北]?)站(?=(?P<cell>[ ]?[|\t])|[东西南北]?(?:出站|进站)?口(?![一-鿿]?[味腔])|[东西南北]广场|[0-9]{1,2}[:点]|[上下]车|谁[接送]|[集汇]合|碰头|等(?=[我你他人])|出站|出口|[来再]?接(?=[,。;、!)\n我你他她客人]|$))"
)
"""汉口站9:20到, 在太原站东口接: a station by its exits and hours."""
_LINE_OR_STATION = Screened(
    r"(?:地铁|轻轨)(?:站|[0-9一二三四五六七八九十]{1,2}号线(?P<name>(?:(?![的过坐换转到去])[一-鿿]){1,7}?)站)"
)
_STOP = Screened(
    r"(?<=[到在从])(?![这那某哪下终该本])(?:(?![的了在到去是和与个从])[一-鿿]){1,5}(?:路|大道|大街|街|桥|广场|公园|新村|新城|镇|古城)站(?=[,。;、)]|[下接等换](?![到去]))"
    r"|(?<=[在到从])(?:奥体|会展|大学城|科学城|体育(?:中心|公园|馆))(?:中心)?[东南西北](?=[,。;、\n]|下车?|$)"
    r"|(?:(?<![一-鿿])|(?<=[在到从坐]))地铁(?:(?![的了在到去是和与个从坐过换下每这那几两一二三四五六七八九十哪转出进车口])[一-鿿]){2,5}站(?=出|下(?![一个])|等)"
    r"|(?<![一-鿿0-9])(?!下一?|[这那每各本前后]|哪)(?:(?![的了在到去是和与个从])[一-鿿]){2,4}(?:路|大道|大街|桥|广场|新村|新城|古城)站(?=下车?(?:[,。;、\n ]|$))"
    r"|(?<=[到在从])(?![这那某哪下终该本家]|地[下铁]|医院|公司|[一二三四五]楼)(?:(?![的了在到去是和与个从站])[一-鿿]){2,5}(?<![门楼厅层场])(?=[,、 ]?(?:[0-9]{1,2}号|[A-H][0-9]?)口(?:出|等|[进接]))"
)
"""到|临港大道站|，, 到|大行宫|，2号口出: where a train or bus stops."""
_CROSSING = Screened(
    "(?P<name>深圳湾|罗湖|福田|皇岗|文锦渡|莲塘|沙头角|蛇口|拱北|横琴|青茂|港珠澳大桥|落马洲|香园围|西九龙|关闸|友谊关|磨憨|霍尔果斯|阿拉山口|二连浩特)?口岸"
)
"""皇岗口岸: where people go over a border."""
_EXIT = Regex("(?:[A-H][0-9]?|[0-9]{1,2}号)(?:出入?)?口")
_NO_STATION = Regex(
    "[靠临邻就最紧附]近|紧邻|直达|换乘|乘坐|出站|出门|走路|步行|[骑打坐]车|公交|[每各哪下上那这前]个|[前对后]面"
)
_IN_THE_AIR = Regex("起飞|落地|降落|[接送候]机")
_OPENS = ("", "\n", ",", "。", ";", ":", "、", " ")
_LONGEST = 8


def find_stations(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """Stations of trains and of the underground, and airports that are called after their city."""
    text = reading.text
    for match in reading.finditer(_FLIGHT):
        start = divisions.start_before(text, match.start())
        if (
            start is None
            and _IN_THE_AIR.match(text, match.end())
            and text[match.start() - 1 : match.start()] in _OPENS
        ):
            start = match.start()  # 黄花|落地后头痛
        if start is not None and (not match["left"] or _REACHED.search(text, max(0, start - 2), start)):
            yield Detection(LOCATION, start, match.end(), 0.6, "LOCATION.station", ("airport",))
    for match in reading.finditer(_TO_AIRPORT):
        yield Detection(LOCATION, *match.span(), 0.9, "LOCATION.station", ("airport",))
    by_rail = bool(_BY_RAIL.search(text)) if reading.may_match(_STATION) else False
    for match in reading.finditer(_STATION):
        start = divisions.start_before(text, match.start())
        shown = by_rail or text.startswith("站", match.end() - 1)
        if start is None:
            continue
        reached = _REACHED.search(text, max(0, start - 2), start) and _LEFT.match(text, match.end())
        if (
            shown
            or reached
            or _ON_WAY.search(text, max(0, start - 5), start)
            or _FARTHER.match(text, match.end())
        ):
            score = 0.9 if reached else 0.6  # nobody is called 昆明南 whom one reaches
            yield Detection(LOCATION, start, match.end(), score, "LOCATION.station", ("railway",))
    for match in reading.finditer(_AT_STATION):
        start = divisions.start_before(text, match.start())
        start = start if start is not None or not match["name"] else match.start()
        if match["cell"] and not _BY_RAIL.search(text) and "机场" not in text:
            continue
        if start is not None:
            yield Detection(LOCATION, start, match.end(), 0.66, "LOCATION.station", ("railway",))
    for match in reading.finditer(_CROSSING):
        start = match.start() if match["name"] else divisions.start_before(text, match.start())
        if start is not None:
            yield Detection(LOCATION, start, match.end(), 0.7, "LOCATION.station", ("crossing",))
    for match in reading.finditer(_HUB):
        start = divisions.start_before(text, match.start())
        yield Detection(
            LOCATION,
            match.start() if start is None else start,
            match.end(),
            0.8,
            "LOCATION.station",
            ("hub",),
        )
    for match in reading.finditer(_STOP):
        yield Detection(LOCATION, *match.span(), 0.8, "LOCATION.station", ("stop",))
    for match in reading.finditer(_LINE_OR_STATION):
        start = _line_start(text, match, divisions) if match["name"] else _name_start(text, match.start())
        if start is not None:
            way_out = _EXIT.match(text, match.end())
            end = way_out.end() if way_out else match.end()
            yield Detection(LOCATION, start, end, 0.6, "LOCATION.station", ("underground",))


def _line_start(text: str, line: re.Match[str], divisions: Divisions) -> int:
    """Where the city begins, or the word 地铁: 北京 of 北京地铁13号线."""
    start = divisions.start_before(text, line.start())
    return line.start() if start is None else start


def _name_start(text: str, end: int) -> int | None:
    """Where the name of a station of the underground begins, if it has one."""
    named = name_start(text, 0, end)
    if named is None or not named[1] or not 2 <= end - named[0] <= _LONGEST:
        return None
    return None if _NO_STATION.search(text, named[0], end) else named[0]
