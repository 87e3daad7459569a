"""Chains of tokens: which follow each other in one address, with nothing but names between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deid.grammar.address.match import AddressPart
from deid.grammar.address.names import COMMON, CUT_INSIDE, INDOORS, NAME_CHARACTERS, is_no_name
from deid.grammar.address.tokens import DIVISIONS, NUMBER, NUMERIC, UNIT, Token, lies_in
from deid.grammar.divisions import Divisions
from deid.regexes import Regex

_N = NAME_CHARACTERS

# A room without unit after a building or a floor (22栋404, A座1203, 1单元8-2); after a mere 号 it must
# be longer, or the 3 of 15号3天前 would be one.
_LANDLINE = "0[1-9][0-9]{1,2}[- ]?[2-9][0-9]{2,3}[- ]?[0-9]{4}(?![0-9])"
_NO_ROOM = rf"(?![0-9A-Za-z.:%]| ?[年月日岁元次个分点时人例天周名位斤公米平克毫万千百度楼层栋幢座期弄]|单元|[-~、/] ?[0-9A-Z]| (?!1[3-9][0-9]{{9}}(?![0-9])|{_LANDLINE}|[1-8][0-9]{{5}}(?![0-9])) ?[0-9A-Z])"
_ROOM = Regex(
    rf"(?! ?{_LANDLINE})"
    r"[ -]?(?:[A-Za-z]{0,2}-?[0-9]{1,4}[A-Za-z]?(?: ?[-~/、] ?[0-9A-Za-z]{1,5}){0,3}|[A-Z]|\*{2,4}|之[0-9一二三四五]{1,2})(?:[室户房]| 室| ?号(?:-[0-9]{1,4}|[0-9]{3,4}室?)?)?"
    + _NO_ROOM
)
_LONG_ROOM = Regex(
    r"(?:[A-Z]?[0-9]{3,4}(?:-[0-9]{3,4})?|[0-9]{1,2}(?:-[0-9]{1,2}){0,2}-[0-9]{1,4}|[A-Z]{1,2}[0-9]{0,2}(?:-[0-9]{1,2})?-[0-9]{3,4}|[A-Z][0-9]{1,2}-[0-9]{2}|(?<=号)-[0-9]{1,4}(?!号)|附[0-9]{1,3}(?:-[0-9]{1,4}){0,2}(?!号)|之[0-9一二三四五]{1,2}(?:-?[0-9]{3,4})?)[室户房]?"
    + _NO_ROOM
)
_LETTERED_ROOM = Regex(rf"[0-9]{{1,3}}[A-Z]-[0-9]{{3,4}}{_NO_ROOM}|[0-9]{{3}}[A-Z]{_NO_ROOM}")
"""和睦苑27B-723, 新华大厦116C."""
_HOUSE_NUMBER = Regex(
    rf"[0-9]{{1,5}}(?:-[0-9]{{1,4}})?[A-Z]?(?![0-9]*[家条所间辆起棵盏处路站号甲乙丙丁弄#])(?=[^0-9-]|\Z){_NO_ROOM}"
)
"""杭州市体育场路824: the number of a house behind a road whose town is told."""
_HAMLET = Regex(
    rf"[{_N}]{{1,3}}[坂寨坝湾沟坪岭山坡坑垄垅洞墩岗屯营店湖塘洼河屋庄坊窑井桥冲岙坞溪尾厝埔墘垭梁峁川滩岔崖堡围巷坳峪泉庙圩嘴坎坨垸]"
)
_HAMLETS = Regex(f"(?:{_HAMLET.pattern}){{1,2}}")
# The group of a village may have a name instead of a number: 柳树湾高坪组.
_NAMED_GROUP = Regex(
    rf"(?![一-鿿]{{0,3}}(?:志愿|工作|小|党|领导|管理|调解|巡逻|治疗|对照|试验|观察|项目|检测|互助|学习|干预|教育|健康|护理|康复|"
    rf"服务|[老中青少成]年|儿童|妇女|居民|农民|患者|病例|研究|调查|筛查|监测|随访|[正异]常|[阳阴男女]性|暴露|模型|实验|用药)组)"
    rf"(?:{_HAMLET.pattern})?(?:[{_N}]{{1,4}}|(?<=[屯坪寨庄]))组(?![织成合别长胺分团员装建群诊])"
)
_NAMED_TEAM = Regex(
    rf"(?![一-鿿]{{0,3}}(?:合作|旅行?|报|供销|信用|公|杂志|出版|通讯|茶|剧|文学|[诗棋])社)(?:[{_N}]{{1,4}}|(?<=[屯坪寨庄湾]))社(?=[ ,.;:|)\n。的]|\Z)"
)
"""上庄社, 雷家湾社: what a group is called in the north-west."""
_HAMLET_ALONE = Regex(
    rf"(?![开守看住进到]店|老[屋房宅家]|开(?![平封阳原化江])|[上下爬滑]坡|过[桥河溪]|[挖开][沟塘山])(?:{_HAMLET.pattern}|[{_N}]{{1,3}}(?:[湾屋坪岭塘坑岗岩坳楼田][下上背]|独贵龙|角落|部落)|[东南西北]场)(?=[ ,.;:|)\n。的了去来回这那住打换送取看找接已对附旁人休养务居开种上]|老[屋房宅家]|\Z)"
)
_OF_CORPS = Regex("(?:生产建设)?兵团[农工建]?|[农工建]")
_WITHIN_NAME = {
    "road": ("东", "南", "西", "北", "中", "支", *"一二三四五六七八九十"),
    "village": ("自然", "行政"),
}
_ABOVE_HAMLETS = frozenset(("township", "village"))
_DOOR = Regex(rf"[{_N}]{{0,8}}?第[一二三四五六七八九十0-9]{{1,2}}[家户排间]")
_CROSSING = Regex(
    rf"(?:与|和|/|-)[{_N}A-Z0-9]{{1,10}}?(?:大道|大街|胡同|[路街道巷]|[二三四五六]环)(?:[东南西北]段)?(?:交叉路?口|路口|交[汇界]处?|交口|口)(?:[东西]?[东西南北][角侧])?"
)
_AFTER: dict[str, frozenset[str]] = {
    "number": frozenset(("road", "estate", "village", "township", "segment", "number", "group", "poi", "zone", "corps")),
    "segment": frozenset(("road", "number", "segment")),
    "building": frozenset(("road", "estate", "village", "township", "county", "number", "zone", "segment", "group", "building", "poi", "floor", "corps")),
    "unit": frozenset(("building", "number", "estate", "zone", "poi", "road")),
    "floor": frozenset(("building", "unit", "number", "estate", "poi", "zone", "road")),
    "room": frozenset(("building", "unit", "floor", "number", "estate", "poi", "zone", "room")),
    "zone": frozenset(("estate", "poi", "number", "village", "road", "building", "floor")),
    "group": frozenset(("village", "township", "estate", "group", "road")),
    "corps": frozenset(("corps", "province", "prefecture", "county", "township", "group")),
}  # fmt: skip
# Before a building, a floor or a room a name without suffix may stand: 1号市府恒隆T1-3506.
_AFTER_NAME = frozenset(
    ("road", "segment", "number", "county", "township", "estate", "zone", "village", "poi")
)
_AFTER_CITY = frozenset(("building", "floor", "room", "unit"))

_GAP = Regex(
    rf"[ \t_]{{0,2}}(?:\n[ \t]{{0,4}})?(?:\([^()\n:]{{1,15}}\) ?)?"
    rf"(?P<name>至|到|、|(?:[{_N}A-Za-z0-9*·&-]|也(?=[克尔勒提里])){{0,12}})[ \t]{{0,2}}(?:\n[ \t]{{0,4}})?\Z"
)
_SEPARATORS = frozenset(",;|\t")
_HOUSED, _COMMAS = frozenset(("building", "unit")), frozenset((",", "、"))
"""What is said behind a pause: 怡翠玫瑰园,十三座."""
_ANSWERED = Regex(r"(?:号(?=[,。;\n]|[0-9一二三四五六七八九十]{1,3}[栋幢楼单])|院)")
_LABELLED = Regex("的?[一-鿿A-Za-z]{0,6}:")
_PLACE_GAP = Regex(r"[ \-/·_]?\n?[ ]{0,2}\Z")
_ORGANIZATION_INSIDE = Regex(
    r"(?:银行|公司|大学|学院|中学|小学|政府|派出所|司法所|法院|机场|车站|铁道|铁路|地铁|公交|集团|协会)(?![东南西北中]?\Z)"
)
_NUMBER_AHEAD = Regex(rf"[ \n]{{0,2}}(?:{NUMBER} ?(?:{UNIT})|[A-Z]?[0-9])")
# Estates that are named by the place before them alone: 天河软件园, 成都市高新区.
_NAMELESS = Regex(r".*(?:园|开发区|园区|高新区|工业区|保税区|新城|新区)")

# 石家庄辛集镇 is a town, 湖南浏阳镇头镇 a town of 浏阳.
_OF_TOWN = Regex("[镇乡](?!.{0,2}[镇乡])")

_LOOKED_AT = 64  # tokens from the first on; without a bound a long run of suffixes is read again from each


def chain_from(text: str, tokens: Sequence[Token], index: int, divisions: Divisions) -> list[Token]:
    """The tokens from `index` on that belong together, at most 24."""
    chain = with_short_county(text, tokens[index], divisions)
    for token in tokens[index + 1 : index + _LOOKED_AT]:
        last = chain[-1]
        if token.start < last.end:
            continue
        if token.start > last.end:
            room = room_after(text, last)
            if room and (room.end <= token.start or not _joins(text, last, token)):
                chain.append(room)
                if token.start < room.end:
                    continue
                last = room
        if token.start - last.end > 24 or len(chain) >= 24:
            break
        if last.is_suffix and token.is_suffix and _is_one_name(text[last.end : token.start], token):
            chain[-1] = last._replace(level=token.level, end=token.end)  # 新村 + 路
        elif _joins(text, last, token):
            chain += with_short_county(text, token, divisions)
    room = room_after(text, chain[-1])
    if room is None and chain[-1].level == "road" and any(token.division for token in chain):
        house = _HOUSE_NUMBER.match(text, chain[-1].end)
        room = Token("number", *house.span()) if house else None
    if room:
        chain.append(room)
    while chain[-1].level in ("number", "zone") and _has_name(text, chain):
        chain.pop()  # 开福区 张伟 12号: a name before a mere number says nothing
    return chain


def _is_one_name(between: str, token: Token) -> bool:
    """Whether two words that close a name stand in one name: 新村 + 路, 文苑 + 中路, 张庄 + 自然村."""
    return not between or between in _WITHIN_NAME.get(token.level, ())


def _has_name(text: str, chain: Sequence[Token]) -> bool:
    """Whether a name stands before the last number that is no hamlet's: 龙潭村委会下寨22号."""
    if len(chain) < 2 or text.startswith("院", chain[-1].end - 1):
        return False
    name = text[chain[-2].end : chain[-1].start]
    hamlet = chain[-2].level in _ABOVE_HAMLETS and _HAMLETS.fullmatch(name)
    return bool(name.strip(" \n-")) and not hamlet


def with_short_county(text: str, token: Token, divisions: Divisions) -> list[Token]:
    """湖南浏阳, 上海浦东: a county may be named in short where its province stands before it."""
    match = token.division
    if match is None or match.level in ("county", "township"):
        return [token]
    county = divisions.at(text, token.end, within=match.paths)
    if county is None or not county.short or county.level != "county" or _OF_TOWN.match(text, county.end):
        return [token]
    return [token, Token("county", county.start, county.end, county)]


def room_after(text: str, last: Token) -> Token | None:
    """A room, or the crossing of a road, that is written right after `last` without a unit."""
    match: re.Match[str] | None = None
    if last.level in ("building", "unit", "floor"):
        match = _ROOM.match(text, last.end)
    elif last.level in ("number", "estate", "poi", "zone"):
        match = _LONG_ROOM.match(text, last.end) or _LETTERED_ROOM.match(text, last.end)
    elif last.level in _ABOVE_HAMLETS:
        match = _DOOR.match(text, last.end) if last.level == "village" else None
        if match is None:
            return _part_of_village(text, last.end)
    elif last.level == "road" and text[last.end - 1] == "里":
        match = _LONG_ROOM.match(text, last.end)  # 幸福里25-2-2474
    elif last.level == "road":
        match = _CROSSING.match(text, last.end)
        return Token("segment", match.start(), match.end()) if match else None
    return Token("room", match.start(), match.end()) if match else None


def _part_of_village(text: str, start: int) -> Token | None:
    """A group or a hamlet that has nothing but a name: 柳树沟高坪组, 东华镇高坪沟."""
    for level, pattern in (("group", _NAMED_GROUP), ("group", _NAMED_TEAM), ("village", _HAMLET_ALONE)):
        match = pattern.match(text, start)
        if match:
            return Token(level, match.start(), match.end())
    return None


def _joins(text: str, last: Token, token: Token) -> bool:
    """Whether `token` goes on where the chain ends, with `last`."""
    if token.division is not None:
        return (
            (last.level in DIVISIONS or last.level == "corps")
            and _PLACE_GAP.match(text[last.end : token.start]) is not None
            and lies_in(token.division, last.division)
        )
    if token.level in _HOUSED and text[last.end : token.start].strip(" ") in _COMMAS:
        return last.level in _AFTER[token.level] and last.level not in NUMERIC
    if token.level == "number" and text[last.end : token.start] == "," and last.level in ("road", "segment"):
        return _ANSWERED.match(text, token.end - 1) is not None  # 建设北路三段,六十八号院
    gap = _GAP.match(text[last.end : token.start])
    if gap is None:
        return False
    if token.level == "room" and "\n" in gap[0] and text[token.end : token.end + 1] in _SEPARATORS:
        return False  # the code that begins the next row
    if text[last.end] == "\n" and _LABELLED.match(text, token.end):
        return False  # 又在成都⏎骑龙巷的猫: begins what another says
    name = gap["name"].strip("-·&")
    if token.is_suffix and token.end - token.start == 1 and token.level == "poi" and " " in gap[0]:
        return False  # 何子轩 after a space is rather a person
    if name in ("至", "到", "及", "、"):
        return last.level == token.level and token.level in NUMERIC  # 一层至四层
    return (_suffix_joins if token.is_suffix else _number_joins)(text, last, name, token)


def _number_joins(text: str, last: Token, name: str, token: Token) -> bool:
    """500弄 after a road, or after a name that has no suffix."""
    if not name:
        if token.level == "room" and text[last.end - 1] == "排":
            return True  # 宿舍2排4户
        if token.level == "room" and "号" in text[token.start : token.end] and last.level in _AFTER["number"]:
            return True  # 文明大道203-5号店面
        return last.level in _AFTER[token.level]
    if token.level in ("group", "number") and last.level in _ABOVE_HAMLETS and _HAMLETS.fullmatch(name):
        return True
    if token.level == "corps":
        return _OF_CORPS.fullmatch(name) is not None
    return (
        token.level in ("number", "zone", "building", "floor", "room", "unit")
        and (last.level in _AFTER_NAME or (last.level in DIVISIONS and token.level in _AFTER_CITY))
        and 2 <= len(name) <= (12 if token.level in ("building", "floor", "room") else 6)
        and not CUT_INSIDE.search(name)
        and not INDOORS.search(name)
    )


def _is_avenue(text: str, name: str, token: Token) -> bool:
    """Whether it is the road of a house number whatever word it ends in: 土瓜湾谭公道112号."""
    numbered = _NUMBER_AHEAD.match(text, token.end) is not None
    return len(name) > 3 and text.startswith("道", token.start) and numbered


def _suffix_joins(text: str, last: Token, name: str, token: Token) -> bool:
    """路 or 小区 after what stands before its name."""
    whole = name + text[token.start : token.end]
    if not name:
        return last.level in DIVISIONS and _NAMELESS.fullmatch(whole) is not None
    if (
        CUT_INSIDE.search(name)
        or INDOORS.search(name)
        or (is_no_name(token.level, whole) and not _is_avenue(text, name, token))
    ):
        return False
    if not _NUMBER_AHEAD.match(text, token.end) and (
        len(name) > 8 or _ORGANIZATION_INSIDE.search(name) or COMMON.fullmatch(whole)
    ):
        return False
    if token.level in ("township", "county"):
        return last.level in DIVISIONS and len(name) <= 6
    if last.level in ("unit", "floor", "room"):
        return False
    if token.level in ("road", "village"):
        return len(name) <= 12 and last.level != "building"
    return len(name) <= 12


def parts_of(text: str, chain: Sequence[Token], start: int) -> tuple[AddressPart, ...]:
    """The levels of an address that begins at `start`, each with the name before its token."""
    parts: list[AddressPart] = []
    position = start
    for token in chain:
        begin = token.start
        if token is chain[0] and token.division is not None:
            if start < begin:  # 中国, or a county in short before its township
                parts.append(AddressPart("county" if token.level == "township" else "country", start, begin))
        elif token.is_suffix or token is chain[0]:
            begin = position
        while text[begin] in " \t\n":
            begin += 1
        parts.append(AddressPart(token.level, begin, token.end))
        position = token.end
    return tuple(parts)
