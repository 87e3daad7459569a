"""Addresses in running text and after a cue (住址：), after the levels of GB/T 23705-2009.

    地址 = [国家][省级][地级][县级][乡镇][村/小区/园区][路/街/弄/巷][号][栋/座/号楼][单元][层][室]

Any level may be missing. The text is read as a row of *tokens*: places of the gazetteer, words that
close a name (路, 小区, 村) and numbers with a unit (500弄, D栋, 三号楼). Tokens with nothing but names
between them form a chain; a chain is an address when its levels support each other (a road and a number,
a county and an estate). Where it begins is known after a cue; elsewhere the name before the first token is
followed to the left, up to a place, a punctuation mark or a word that is never part of a name.

Offsets are those of the text given, which is a shadow text: ASCII punctuation, simplified script.
The module is long because the vocabulary stands beside the rules that use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from deid.grammar.divisions import DivisionMatch, Divisions


class AddressPart(NamedTuple):
    """One level of an address and where it stands, its name and its suffix word or unit included.

    Levels: country, province, prefecture, county, township, village, group, estate (小区, 园区), zone
    (A区, 二期), road, segment (三段), number (号, 弄), poi (a named building), building, unit, floor, room.
    """

    level: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AddressMatch:
    """An address; with `detailed=False` a bare place, without village, road, estate or building."""

    start: int
    end: int
    parts: tuple[AddressPart, ...]
    detailed: bool
    score: float


# --- names: what may be part of one, and what a name never reaches back across -----------------------

# Pronouns, particles and verbs that stand in no name.
_STOPS = "的了在是我你他她您们吗呢吧啊哦嗯呀嘛这哪就也还又让被说叫找跟很没把给去到住吃喝请谁么但虽已却仅"


def _han_without(excluded: str) -> str:
    """The body of a regex class: Han characters but for those excluded."""
    ranges, start = ["〇"], 0x4E00
    for code in sorted(map(ord, excluded)):
        if start < code:
            ranges.append(f"{chr(start)}-{chr(code - 1)}")
        start = code + 1
    return "".join(ranges) + f"{chr(start)}-\u9fff"


NAME_CHARACTERS = _han_without(_STOPS)
_N = NAME_CHARACTERS

_KIN = "爸妈爷奶姐哥弟妹姨舅姑叔伯婆公友老回搬娘亲人"
_CUT_WORDS = (
    "(?:家庭|户籍|户口|现|通讯|联系|收货|送货|邮寄|居住|经营|注册|办公|单位)?(?:住址|地址|所在地|场所|地点|住所)[为是]?|"
    "归属地|籍贯|祖籍|原籍|出生于?|毕业于?|就读|来自|前往|位于|坐落于?|地处|暂住|租住|居住|入住|现居|家住|迁居|定居|移居|"
    "搬[来回往]|送[至往]|寄[至往]|途经|经过|路过|返回|抵达|离开|出差|旅游|打工|务工|上班|下班|工作|退休|经商|租房|买房|房[子产]|"
    "患者|病人|家属|老人|患儿|本人|自己|朋友|邻居|同事|公司|单位|学校|老家|娘家|婆家|宿舍|出租屋|骑车|开车|坐车|打车|"
    "[今明昨前][天晚晨]|目前|现在|之前|以前|后来|最近|平时|一直|刚刚|已经|因为|所以|由于|如果|可以|然后|时候|小时|分钟|左右|"
    "快递|外卖|收件|寄件|邮寄|送货|上门|取药|附近|对面|隔壁|门口|旁边|车祸|[跌摔晕]倒|摔伤|散步|锻炼|开会|"
    "(?<=[0-9])[年月日号时点分岁天周次个名元]|(?<![一-鿿])[男女]|"
    f"(?:(?<=[{_KIN}我你他她们的])|(?<![一-鿿]))家(?![园庄村属具居乐港湾沟坪屯])"
)
# Single characters that also begin or end names (和平路, 沿江路, 于洪区) cut only where their neighbour
# does not make them part of one.
_CUT_CHARACTERS = (
    "(?<![仁太永中天祥颐共义泰安雍人同协宝保平温龙])和(?![平谐顺兴睦风盛田县合畅美信义])|"
    "来(?![安凤宾广福龙])|于(?![洪家都田])|经(?![十一二三四五六七八九开海济纬贸营])|至(?![善诚德和])|由|系(?!马)|为(?!民)|属|"
    "沿(?![江河湖海溪滩山])|从(?![化江台])|往|向(?![阳东前荣群海])|与|及|(?<!镇)自(?![贡强由])|距|骑|[乘坐](?!落)"
)
CUT = re.compile(f"{_CUT_WORDS}|{_CUT_CHARACTERS}")
# Between two tokens of a chain words cut, a few that make a sentence of it, and conjunctions at the beginning.
_CUT_INSIDE = re.compile(
    rf"{_CUT_WORDS}|亦(?!庄)|[以则或]|有(?![为恒])|为(?!民)|共(?![和青])|另|下辖|问题|一[条个家些位]|多个|属于|所有|"
    r"\A(?:[与及距立]|人(?![民和])|和(?![平谐顺兴睦风盛田县合畅美信义邦]))"
)
_RUN = re.compile(rf"(?:[A-Z][A-Za-z]{{0,7}}[0-9]?|[*X]{{1,3}}|[0-9]{{1,3}}(?=[国省县环]))?[{_N}]{{0,14}}\Z")


def name_start(text: str, floor: int, end: int, *, longest: int = 8) -> tuple[int, bool] | None:
    """Where the name that ends at `end` begins, not before `floor`, and whether that is certain.

    None if there is no name. Without a boundary within reach the last four characters are taken.
    """
    if end and text[end - 1] == "\n":  # 芙蓉北⏎路12号: the line broke inside the name
        end -= 1
    window = max(floor, end - 16)
    run = _RUN.search(text, window, end)
    if run is None or run.start() == end:
        return None
    start = run.start()
    cut = start
    for match in CUT.finditer(text, start, end):
        cut = match.end()
    if cut == end:
        return None
    if end - cut > longest:
        return end - 4, False
    return cut, True


# --- tokens ------------------------------------------------------------------------------------------

_ONE = r"(?:[0-9]{1,5}(?:[A-Za-z][0-9]{0,3})?|[A-Za-z]{1,2}[0-9]{0,4}|[零〇一二三四五六七八九十百]{1,6}|\*{1,4}|某{1,2})"
_NUMBER = rf"(?:[甲乙丙丁附付临特东南西北之]{{0,2}}第?{_ONE}(?: ?[-~/、] ?{_ONE}){{0,2}})"
_UNIT = (
    r"号大?院(?![长子])|号楼(?![下上道梯])|号(?:厂房|地块|房|室)|#楼|号(?![线染床方窗病机码称召脉角手令型切])|#|支弄|弄(?![清脏堂错])|"
    r"巷|段(?![时落间])|[栋幢]|座(?![位椅谈右标机疮舱])|单元(?!格)|门(?![诊静脉冬齿急口面类槛店牌卫前外内后峡部])|"
    r"楼(?![下上道梯盘])|层(?![次面级流析状厚])|F(?![A-Za-z])|室(?![性上间内外温友壁早颤速管缺女])|户(?![口籍外主型])|"
    r"房(?![颤性间室事产子屋租价扑早水缺东])|铺|(?:村民)?小组|[小大生产]{1,2}队(?![伍长员列])|分场|邻(?![居近])|组(?![织成合别长胺分团])|社(?![会保区交工团])|队(?![伍长员列])|"
    r"区(?![域别分间])|期(?![间待望限刊])|师(?![傅生范])|团(?:场)?(?![队体结购员])|连(?![续接锁])"
)
_UNIT_LEVELS: dict[str, str] = {
    **dict.fromkeys(("院", "号", "#", "弄", "巷", "块"), "number"),
    **dict.fromkeys(("号楼", "#楼", "厂房", "栋", "幢", "座"), "building"),
    **dict.fromkeys(("元", "门"), "unit"),
    **dict.fromkeys(("楼", "层", "F"), "floor"),
    **dict.fromkeys(("室", "户", "房", "铺"), "room"),
    **dict.fromkeys(("组", "社", "队", "分场", "邻"), "group"),
    **dict.fromkeys(("区", "期"), "zone"),
    **dict.fromkeys(("师", "团", "场", "连"), "corps"),
    "段": "segment",
}
_HAN_END = r"(?=[^一-鿿]|[一二三四五六七八九十]|\Z)"
# What a token can begin with: looked at first, it makes the search four times as fast.
_FIRST = (
    "0-9A-Za-z*某第零〇一二三四五六七八九十百甲乙丙丁附付临特东南西北之中主裙村邨屯坪寨嘎庄社大镇乡苏街农林团小新花家公别山苑华豪名住生加集示"
    "功度合物出工软科产创高园经技开保宿路国省县胡巷环道里条弄广商写办综市天酒宾饭会城府湾轩阁居邸厦塔馆楼区旗"
)
_TOKEN = re.compile(
    rf"(?=[{_FIRST}])(?:"
    rf"(?P<numbered>(?<![0-9A-Za-z.]){_NUMBER} ?(?:{_UNIT}))"
    r"|(?P<room>(?<![0-9A-Za-z.-])(?:[A-Z]{1,2}[0-9]{0,2}|[0-9]{1,3}-[0-9]{1,2})-[0-9]{3,4}(?![0-9A-Za-z-])|[东南西北中]户(?![口籍外型]))"
    r"|(?P<building>[东南西北中主裙甲乙丙丁](?:[座塔栋幢](?![落标])|楼(?=[0-9A-Z一二三四五六七八九十])))"
    r"|(?P<village>村(?![民委医里上头口干支卫长妇])|[屯坪寨](?!卡)|嘎查|庄(?!稼)|社区(?![获医卫服老])|村委会|大队(?![长部]))"
    r"|(?P<township>镇(?![静痛咳定压吐惊])|乡(?![下亲村镇里])|苏木|街道(?:办事处|办)?|[农林团]场)"
    r"|(?P<estate>邨|小区|新村|花园|家园|公寓|公馆|别墅|山庄|庄园|苑|[华豪]庭|名邸|家属[院楼]|宿舍|住宅区|生活区|新城|新区|大厦|大楼|"
    r"(?:加工|集中|集聚|示范|功能|度假|合作|物流|出口)区|(?:工业|软件|科技|产业|创业|创意|物流|高新|科学)园区?|工业区|园区|(?:经济)?(?:技术)?开发区|高新区|保税区)"
    r"|(?P<road>(?:大道|大街|公路|[路街])(?:[东南西北中](?:段|(?=[0-9])))?(?![边过灯费径易透小])|国道|省道|县道|胡同|巷(?!子)|环线|"
    rf"道[东西中南北]?{_HAN_END}|里(?=[0-9甲])|条(?=[0-9甲])|弄(?=[0-9]))"
    r"|(?P<poi>广场|中心|商务楼|写字楼|办公楼|综合楼|商城|商厦|商场|市场|国际|天地|SOHO|soho|酒店|宾馆|饭店|会所|"
    rf"[园城府湾轩阁居邸厦塔馆楼]{_HAN_END})"
    r"|(?P<county>(?<=[*X某])[省市区县旗]))"
)
# A room without unit after a building or a floor (22栋404, A座1203, 1单元8-2); after a mere 号 it must
# be longer, or the 3 of 15号3天前 would be one.
_NO_ROOM = r"(?![0-9A-Za-z.:%]| ?[年月日岁元次个分点时人例天周名位斤公米平克毫万千百度楼层栋幢座期弄]|单元|[-~、/ ] ?[0-9A-Z])"
_ROOM = re.compile(
    r"[ -]?(?:[A-Za-z]{0,2}-?[0-9]{1,4}[A-Za-z]?(?: ?[-~/、] ?[0-9A-Za-z]{1,5}){0,3}|[A-Z]|\*{2,4}|之[0-9一二三四五]{1,2})(?:[室户房号])?"
    + _NO_ROOM
)
_LONG_ROOM = re.compile(
    r"(?:[A-Z]?[0-9]{3,4}(?:-[0-9]{3,4})?|[0-9]{1,2}(?:-[0-9]{1,2}){0,2}-[0-9]{1,4}|[A-Z]{1,2}[0-9]{0,2}(?:-[0-9]{1,2})?-[0-9]{3,4}|之[0-9一二三四五]{1,2})[室户房]?"
    + _NO_ROOM
)
_DOOR = re.compile(rf"[{_N}]{{0,8}}?第[一二三四五六七八九十0-9]{{1,2}}[家户排间]")
_CROSSING = re.compile(
    rf"(?:与|和|/|-)[{_N}A-Z0-9]{{1,10}}?(?:大道|大街|[路街道])(?:[东南西北]段)?(?:交叉路?口|交[汇界]处?|交口|口)"
)

_DIVISIONS = frozenset(("province", "prefecture", "county", "township"))
_NAMED = frozenset(("village", "township", "estate", "road", "poi", "county"))
_NUMERIC = frozenset(("number", "building", "unit", "floor", "room", "group", "corps"))
_DETAILS = _NUMERIC | {"village", "estate", "road", "poi"}
_STARTS = _DIVISIONS | _NAMED | {"building", "corps"}
_AFTER: dict[str, frozenset[str]] = {
    "number": frozenset(("road", "estate", "village", "township", "segment", "number", "group", "poi", "zone")),
    "segment": frozenset(("road", "number", "segment")),
    "building": frozenset(("road", "estate", "village", "township", "county", "number", "zone", "segment", "group", "building", "poi", "floor")),
    "unit": frozenset(("building", "number", "estate", "zone", "poi")),
    "floor": frozenset(("building", "unit", "number", "estate", "poi", "zone", "road")),
    "room": frozenset(("building", "unit", "floor", "number", "estate", "poi", "zone", "room")),
    "zone": frozenset(("estate", "poi", "number", "village", "road", "building", "floor")),
    "group": frozenset(("village", "township", "estate", "group", "road")),
    "corps": frozenset(("corps", "province", "prefecture", "county")),
}  # fmt: skip
# Before a building, a floor or a room a name without suffix may stand: 1号市府恒隆T1-3506.
_AFTER_NAME = frozenset(
    ("road", "segment", "number", "county", "township", "estate", "zone", "village", "poi")
)


class _Token(NamedTuple):
    level: str
    start: int  # of the number, of the place, or of the word that closes a name
    end: int
    division: DivisionMatch | None = None

    @property
    def is_suffix(self) -> bool:
        return self.division is None and self.level in _NAMED


def _tokens(text: str, divisions: Divisions, start: int, end: int) -> list[_Token]:
    """All tokens in order; where a place of the gazetteer overlaps another token, the place stays."""
    region = text if start == 0 and end == len(text) else text[start:end]
    places = [
        _Token(match.level, match.start + start, match.end + start, match) for match in divisions.find(region)
    ]
    tokens: list[_Token] = []
    position = 0
    for match in _TOKEN.finditer(text, start, end):
        while position < len(places) and places[position].start <= match.start():
            tokens.append(places[position])
            position += 1
        if tokens and tokens[-1].end > match.start():
            continue
        if position < len(places) and places[position].start < match.end():
            continue
        level = match.lastgroup or ""
        if level == "numbered":
            level = (
                _UNIT_LEVELS.get(text[match.end() - 2 : match.end()]) or _UNIT_LEVELS[text[match.end() - 1]]
            )
        tokens.append(_Token(level, match.start(), match.end()))
    return tokens + places[position:]


# --- chains ------------------------------------------------------------------------------------------

_GAP = re.compile(
    rf"[ \t]{{0,2}}(?:\n[ \t]{{0,4}})?(?:\([^()\n:]{{1,15}}\) ?)?"
    rf"(?P<name>至|到|、|[{_N}A-Za-z0-9*·&-]{{0,12}})[ \t]{{0,2}}(?:\n[ \t]{{0,4}})?\Z"
)
_PLACE_GAP = re.compile(r"[ \-/·]?\n?[ ]{0,2}\Z")
# Words inside a name that make it a ward, an office or an organisation instead.
_INDOORS = re.compile(
    "门诊|住院|急诊|病[房区]|[内外儿骨眼妇产肤病官瘤腔尿血症痛男肛胸脑]科(?![技学研教创])|医技|手术|检验|医院|诊所|药房|患者|护士|医生|大夫|主任|先生|女士|老师"
)
_ORGANIZATION_INSIDE = re.compile(
    r"(?:银行|公司|大学|学院|中学|小学|政府|机场|车站|铁道|铁路|地铁|公交|集团|协会)(?![东南西北中]?\Z)"
)
_NUMBER_AHEAD = re.compile(rf"[ \n]{{0,2}}(?:{_NUMBER} ?(?:{_UNIT})|[A-Z]?[0-9])")
# Roads by kind rather than by name, and quarters, unless a number follows.
_COMMON = re.compile(
    r".*[思通网回电公铁道马水陆出退生死绝后弯远近夜岔套活半走赶带问迷让修铺上引顺末血气油管支主辅线小大一径链短界择]路|.*(?:步行|商业|商店|小吃)街|中关村"
)
# Words that end like a token but are no places.
_NO_NAME: dict[str, re.Pattern[str]] = {
    "road": re.compile(
        r"[一-鿿]路|.*(?:信号|神经|代谢|传导|网络|静脉|胆汁|引流|输液|分流|铁|高速公|[尿旁网])(?:通|回|旁|管|线|道|马)?路|"
        r"[大小上逛沿扫满当]街|大[道街]|.*[消化呼吸]{2}道|[家夜心手嘴眼肚屋城村店院公英海平]里|[一二两三四五六七八九十几多每]条|"
        r".*[阴尿肠胆气鼻耳产食通管渠轨频跑知味赤隧地人难报车航索栈河称公厚街弹步]道|.?(?:公路|胡同|国道|省道|县道)"
    ),
    "village": re.compile(
        r"(?:.*(?:[农山乡本全外邻同个]|自然|行政|城中|贫困|文明|整个|附近)村|新村|村委会|"
        r"(?:.*[某该本各此]|.*(?:所在|附近|居民|辖区|各个|整个|居住|智慧|和谐)|[进入])?社区|.?[坪庄寨屯]|.*[警防通支总管安]大队)"
    ),
    "township": re.compile(
        r"[乡城集古小冰重某该]镇|.*(?:特色|旅游)小镇|.*[老故家城下同异水回思返外他]乡|.?街道(?:办事处|办)?|.?[农林团]场"
    ),
    "estate": re.compile(
        r".*(?:[某该本各此同]|同一)(?:小区|大楼|公寓|园区)|(?:所在|附近|居民|整个|老旧|高档|封闭|新建|居住|住宅|全|隔壁|一个)?"
        r"(?:小区|新村|花园|家园|公寓|别墅|宿舍|大楼|园区|开发区|工业区|高新区|新区|新城|苑|大厦|住宅区|生活区|家属院|家属楼)|中心小区|"
        r".*(?:门诊|住院|急诊|[外内]科|医技|病房|医疗|医|教学)大楼|(?:精神|美丽)家园"
    ),
    "poi": re.compile(
        r".?|.{0,1}(?:中心|国际|市场|天地)|.*(?:门诊|住院|急诊|病房|科|医技|体检|康复|卫生|服务|急救|医疗|医学|管理|培训|血液|疾控|控制|护理|会诊|"
        r"检验|影像|心理|健康|透析|治疗|诊疗|咨询|呼叫|客服|月子|美容|[市省县区])(?:中心|馆|楼)|.*(?:公|校|院|病|果|后花|游乐|幼儿)园|"
        r".*(?:人才|消费|劳动力|股票?)市场|.*[重年定邻起群独同]居|.*政府|.*分馆"
    ),
    "county": re.compile(r".*[郊地灾疫山农城市老景院校病厂小特辖社]区"),
}  # fmt: skip
# Estates that are named by the place before them alone: 天河软件园, 成都市高新区.
_NAMELESS = re.compile(r".*(?:园|开发区|园区|高新区|工业区|保税区|新城|新区)")


def _chain(text: str, tokens: Sequence[_Token], index: int, divisions: Divisions) -> list[_Token]:
    """The tokens from `index` on that belong together, at most 24."""
    chain = _with_short_county(text, tokens[index], divisions)
    for position in range(index + 1, len(tokens)):  # no slice: it would make long texts quadratic
        token, last = tokens[position], chain[-1]
        if token.start < last.end:
            continue
        if token.start > last.end:
            room = _room_after(text, chain)
            if room and (room.end <= token.start or not _joins(text, chain, token)):
                chain.append(room)
                if token.start < room.end:
                    continue
                last = room
        if token.start - last.end > 24 or len(chain) >= 24:
            break
        if token.start == last.end and last.is_suffix and token.is_suffix:
            chain[-1] = last._replace(level=token.level, end=token.end)  # 新村 + 路
        elif _joins(text, chain, token):
            chain += _with_short_county(text, token, divisions)
    room = _room_after(text, chain)
    if room:
        chain.append(room)
    while chain[-1].level in ("number", "zone") and _has_name(text, chain):
        chain.pop()  # 开福区 张伟 12号: a name before a mere number says nothing
    return chain


def _has_name(text: str, chain: Sequence[_Token]) -> bool:
    return (
        len(chain) > 1
        and not text.startswith("院", chain[-1].end - 1)
        and bool(text[chain[-2].end : chain[-1].start].strip(" \n-"))
    )


def _with_short_county(text: str, token: _Token, divisions: Divisions) -> list[_Token]:
    """湖南浏阳, 上海浦东: a county may be named in short where its province stands before it."""
    match = token.division
    if match is None or match.level in ("county", "township"):
        return [token]
    county = divisions.at(text, token.end, within=match.paths)
    if county is None or not county.short or county.level != "county":
        return [token]
    return [token, _Token("county", county.start, county.end, county)]


def _room_after(text: str, chain: Sequence[_Token]) -> _Token | None:
    last = chain[-1]
    match: re.Match[str] | None = None
    if last.level in ("building", "unit", "floor"):
        match = _ROOM.match(text, last.end)
    elif last.level in ("number", "estate", "poi", "zone"):
        match = _LONG_ROOM.match(text, last.end)
    elif last.level == "village":
        match = _DOOR.match(text, last.end)
    elif last.level == "road":
        match = _CROSSING.match(text, last.end)
        return _Token("segment", match.start(), match.end()) if match else None
    return _Token("room", match.start(), match.end()) if match else None


def _joins(text: str, chain: Sequence[_Token], token: _Token) -> bool:
    """Whether `token` goes on where the chain ends."""
    last = chain[-1]
    if token.division is not None:
        return (
            (last.level in _DIVISIONS or last.level == "corps")
            and _PLACE_GAP.match(text[last.end : token.start]) is not None
            and _lies_in(token.division, last.division)
        )
    gap = _GAP.match(text[last.end : token.start])
    if gap is None:
        return False
    name = gap["name"].strip("-·&")
    if token.is_suffix and token.end - token.start == 1 and token.level == "poi" and " " in gap[0]:
        return False  # 何子轩 after a space is rather a person
    if name in ("至", "到", "及", "、"):
        return last.level == token.level and token.level in _NUMERIC  # 一层至四层
    if not token.is_suffix:
        if not name:
            return last.level in _AFTER[token.level]
        if token.level == "corps":
            return name in ("兵团", "生产建设兵团")
        return (
            token.level in ("number", "zone", "building", "floor", "room", "unit")
            and last.level in _AFTER_NAME
            and 2 <= len(name) <= (12 if token.level in ("building", "floor", "room") else 6)
            and not _CUT_INSIDE.search(name)
            and not _INDOORS.search(name)
        )
    whole = name + text[token.start : token.end]
    if not name:
        return last.level in _DIVISIONS and _NAMELESS.fullmatch(whole) is not None
    if _CUT_INSIDE.search(name) or _INDOORS.search(name) or _is_no_name(token.level, whole):
        return False
    if not _NUMBER_AHEAD.match(text, token.end) and (
        len(name) > 8 or _ORGANIZATION_INSIDE.search(name) or _COMMON.fullmatch(whole)
    ):
        return False
    if token.level in ("township", "county"):
        return last.level in _DIVISIONS and len(name) <= 6
    if last.level in ("unit", "floor", "room"):
        return False
    if token.level in ("road", "village"):
        return len(name) <= 12 and last.level != "building"
    return len(name) <= 12


def _lies_in(inner: DivisionMatch, outer: DivisionMatch | None) -> bool:
    """Whether one place may follow the other in an address: 湖南 + 张家界, but not 北京 + 上海."""
    if outer is None or inner.level == "township":
        return True
    if outer.level == "township" or (outer.level == "county" and inner.level != "county"):
        return False
    return any(a[: len(b)] == b[: len(a)] for a in inner.paths for b in outer.paths)


def _is_no_name(level: str, name: str) -> bool:
    pattern = _NO_NAME.get(level)
    return pattern is not None and pattern.fullmatch(name) is not None


# --- judgement ---------------------------------------------------------------------------------------

_LIVES_AT = re.compile(
    r"(?:住在?|家在|家住|位于|坐落于?|(?:地址|住址|住所|地点)[是为在]?|搬[到至回]|租住于?|居于|暂住|现居)[: ]?\Z"
)
_AT = re.compile(r"(?:在|到|至|去|从|自|回)\Z")
# A place right before these is part of the name of an organisation, which says more.
_ORGANIZATION_AHEAD = re.compile(
    rf"[{_N}A-Za-z0-9()]{{0,14}}?(?:医院|卫生院|卫生服务|诊所|门诊部|卫生室|公司|大学|学院|中学|小学|幼儿园|学校|银行|[支分]行|公安|"
    r"派出所|法院|检察院|[政务安育生障管]局|委员会|居委会|村委会|政府|集团|研究[院所]|疾控|妇幼|保健[院站]|[日晚]报|电视台|协会|"
    r"附属|委(?!托)|俱乐部|卫视|电台|铁路|机场|火车站|[东南西北]站|[一二三四五六七八九]院|药房|药店|口腔|推拿馆|合作社|事务所|律所|保险|电力|电信|移动|联通)"
)
# 云南白药, 北京时间, 上海市民: the place is part of another word.
_WORD_AHEAD = re.compile(
    r"白药|红药|西汀|新碱|瑞滨|地辛|[碱胺花]|[一-鿿]{0,2}圆线虫|出血热|西瓜霜|山海棠|贝母|阿胶|紫草|紫珠|居民(?![区委])|同胞|居住证|身份证|通行证|时间|话(?!题)|菜|烤鸭|红花|陈醋|同仁堂|[石玉瓜鸡鸭茶酒烟牌产型帮队路街]|火腿|凉茶|火锅|人寿|民(?![族政权])|长(?![江沙春安])"
)
# Short names that are also words, names of persons or halves of words (来宾, 开封, 舞台中).
_NOT_ALONE = re.compile(
    "朝阳|安康|来宾|日照|白银|大同|大庆|中山|平凉|通化|固原|吴忠|海东|海北|海西|黄南|山南|文山|红河|德州|三明|凉山|怒江|阿里|"
    "玉树|普洱|开封|大理|兴安|桃园|云林|新北|台中|台南|台东|嘉义|九龙|新界|香港岛|周口|清远|天水|庆阳|白山|白城|黑河|长治|永州|"
    "广安|保定|保山|泰安|安阳|安顺|孝感|资阳|内江|吉安|和田|百色|南平|昌都|铜川|通辽|德阳|吉林|黄山|阜新|本溪|宝鸡|咸宁|崇左|"
    "金昌|三门峡|高雄|迪庆|东营|松原|鸡西|宜春|新余|宣城|河源|阳江|云浮|丽江|玉溪"
)


def find_addresses(text: str, divisions: Divisions) -> Iterator[AddressMatch]:
    """Addresses and bare places in `text`, disjoint, in order of start."""
    tokens = _tokens(text, divisions, 0, len(text))
    floor = 0
    for index, token in enumerate(tokens):
        if token.start < floor or token.level not in _STARTS:
            continue
        chain = _chain(text, tokens, index, divisions)
        if len(chain) == 1 and token.level in ("poi", "building", "corps"):
            continue
        if token.level == "poi" and token.end - token.start == 1 and chain[1].level != "building":
            continue  # 碧桂园5栋, but not 何子轩
        match = _judge(text, chain, floor, divisions)
        if match is not None:
            yield match
            floor = match.end


def _judge(text: str, chain: list[_Token], floor: int, divisions: Divisions) -> AddressMatch | None:
    """The address that a chain in running text is, if it is one."""
    begun = _begin(text, chain, floor, divisions)
    if begun is None:
        return None
    chain, start, sure = begun
    if chain[-1].level not in _NUMERIC and _ORGANIZATION_AHEAD.match(text, chain[-1].end):
        while chain and chain[-1].level not in _NUMERIC:
            chain = chain[:-1]
        if not chain:
            return None
    levels = {token.level for token in chain}
    detailed = bool(levels & _DETAILS)
    if detailed:
        score = _score(text, chain, levels, start, sure, divisions)
    else:
        score = _score_of_place(text, chain, start, sure)
    if not score:
        return None
    end = chain[-1].end
    if levels & _NUMERIC:
        nearby = _NEARBY.match(text, end)
        if nearby and not CUT.search(nearby["name"]) and not _COMMON_NEARBY.search(nearby["name"]):
            end = nearby.end()
    return AddressMatch(start, end, _parts(text, chain, start), detailed, score)


def _begin(
    text: str, chain: list[_Token], floor: int, divisions: Divisions
) -> tuple[list[_Token], int, bool] | None:
    """The chain, where it begins with the name of its first token, and whether that is certain."""
    first = chain[0]
    if first.division is not None:
        start = _with_country_or_county(text, first, floor, divisions)
        name = name_start(text, floor, first.end) if first.division.short or len(chain) == 1 else None
        if len(chain) == 1:
            return chain, start, name in ((first.start, True), (start, True))
        if name and name[0] < first.start and chain[1].is_suffix:
            county = divisions.at(text, name[0])
            if county is not None and county.end > first.start:  # the 湖南 in 西湖南京路
                return chain[1:], name[0], True
        return chain, start, True
    name = name_start(text, floor, first.start)
    if name is None and (first.is_suffix or len(chain) < 2):
        return None
    start, sure = name or (first.start, True)
    # from the character before: the 住 of 住院大楼 is never part of a name
    if _INDOORS.search(text, max(floor, start - 1), first.end):
        return None
    if first.is_suffix and _is_no_name(first.level, text[start : first.end]):
        return None
    return chain, start, sure


def _with_country_or_county(text: str, first: _Token, floor: int, divisions: Divisions) -> int:
    """中国上海, 昆山千灯镇: what belongs to a place and stands before it."""
    start = first.start
    if first.level == "township":
        for length in (4, 3, 2):
            if start - length >= floor and text[start - length : start] in divisions.short:
                return start - length
    for country in ("中国", "中华人民共和国"):
        if first.level != "township" and text.endswith(country, floor, start):
            return start - len(country)
    return start


def _score(
    text: str, chain: Sequence[_Token], levels: set[str], start: int, sure: bool, divisions: Divisions
) -> float:
    """How certain an address is; 0 when its levels do not support each other."""
    places = [token for token in chain if token.division is not None]
    named = levels & {"road", "estate", "village", "poi"}
    numeric = levels & _NUMERIC
    doubt = 0.0 if sure else 0.2
    if places:
        if named:
            return 0.9 if numeric else 0.75
        local = levels & {"county", "township"}
        if len(numeric) > 1 or (local and numeric & {"building", "room", "corps"}):
            return 0.75
        return 0.55 if local and "number" in numeric else 0.0
    if "road" in levels and numeric:
        return 0.8 - doubt
    if levels & {"estate", "village"} and numeric:
        return 0.8 - doubt
    if "poi" in levels and numeric:
        return 0.6 - doubt
    if "township" in levels and (named or "group" in levels):
        return 0.75 - doubt
    if "building" in levels and numeric & {"unit", "room"}:
        if chain[0].start > start or "unit" in numeric or _LIVES_AT.search(text, max(0, start - 8), start):
            return 0.65 - doubt
        return 0.0
    if "corps" in levels:
        return 0.7 if len(chain) > 1 else 0.0
    return _score_of_one(text, chain, levels, start, sure, divisions)


def _score_of_one(
    text: str, chain: Sequence[_Token], levels: set[str], start: int, sure: bool, divisions: Divisions
) -> float:
    """A road, an estate, a building with nothing to support it but the words before it."""
    first = chain[0]
    if not sure or first.start - start < 2 or first.level in ("township", "county"):
        return 0.0
    if _LIVES_AT.search(text, max(0, start - 8), start):
        return 0.65
    if _COMMON.fullmatch(text, start, first.end):
        return 0.0
    if first.level in ("road", "estate"):
        county = divisions.at(text, start)  # 海淀中关村大街
        if county is not None and county.short and 2 <= first.start - county.end <= 4:
            return 0.5
    if text[first.end - 1] in "道里条弄" and not text.endswith("大道", start, first.end):
        return 0.0
    if _AT.search(text, max(0, start - 2), start) and not levels & {"poi", "unit", "floor", "number"}:
        return 0.5
    return 0.45 if text.startswith("小区", first.start) else 0.0


def _score_of_place(text: str, chain: Sequence[_Token], start: int, sure: bool) -> float:
    """A place without details; 0 when it is a word rather than a place."""
    last = chain[-1]
    if len(chain) > 1:
        return 0.75 if any(token.division for token in chain) else 0.0
    if _WORD_AHEAD.match(text, last.end):
        return 0.0
    if last.division is None:
        return (
            0.5
            if last.level == "township" and sure and _LIVES_AT.search(text, max(0, start - 8), start)
            else 0.0
        )
    if last.division.short:
        return 0.55 if sure and not _NOT_ALONE.fullmatch(text, start, last.end) else 0.0
    if last.end - start < 3 or (last.level in ("county", "township") and not sure):
        return 0.0
    return 0.7


# A named place that the address only serves to find: 软件园C6栋附近的如家.
_NEARBY = re.compile(rf"附近的(?P<name>[{_N}家]{{2,6}})(?=[,。;!?\n)]|\Z)")
_COMMON_NEARBY = re.compile("超市|药店|医院|诊所|学校|出租|工地|工厂|菜场|市场|公园|人|地方|亲戚|店铺|房")


def _parts(text: str, chain: Sequence[_Token], start: int) -> tuple[AddressPart, ...]:
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


# --- after a cue -------------------------------------------------------------------------------------

_LABEL = (
    "(?:联系|家庭|紧急|监护|报告|负责|身份|手机|电话|邮政|邮编|姓名|性别|年龄|民族|职业|工作单位|单位|入院|出院|住院|门诊|病历|就诊|婚姻|籍贯|"
    "户籍|户口|现住|住址|地址|备注|收件|寄件|出生|生日|主诉|微信|QQ|[Tt][Ee][Ll]|[Ee]mail|科室|科别|床号)"
)
_VALUE_END = re.compile(
    rf"[,;。\t|!?…:\"“”『』【】<>]|[ ]*{_LABEL}[{_N}A-Za-z]{{0,6}}:|[ ]+{_LABEL}|"
    r"(?:联系人|联系电话|联系方式|电话|手机|邮编|姓名|性别)(?![局厂城大])|[ ]{3}"
    rf"|\n(?! *[{_N}A-Za-z]{{0,6}}[0-9]+ ?(?:{_UNIT}))"
)
# What stands beside an address and is not part of it.
_RELATION = re.compile(
    r" ?\(?(?:附近|[斜正]?对面|旁边|旁(?![一-鿿])|隔壁|门口|楼[下上]|以[东南西北]|[东南西北]侧|交[叉汇界]|路口|[后前]面|一带|周边|"
    r"同住|独居|至今|多年|居住|务工|打工|经商|工作|退休|生活|\A(?:[的已因与和人收]|现(?!代)|[内里上外](?![一-鿿]))).*\Z",
    re.S,
)
# A last name without suffix: 望京SOHO T1, 绿地之窗.
_REST = re.compile(rf"(?![^ ]*[0-9]{{5}})[{_N}A-Za-z0-9·()-]{{0,14}}(?: [A-Za-z0-9-]{{1,8}})?")
_PROSE = re.compile(r"[我你他她了吗呢吧]|现在|然后|联系|请|因为|所以")
_FIELD_BEFORE = re.compile(r"(?:\A|[:|=\t\n(\[【,\"“])[ ]*\Z")


def parse_value(text: str, start: int, divisions: Divisions) -> AddressMatch | None:
    """The address that begins at `start`, greedy to its end; None if nothing there is one.

    `start` is where the value after a cue begins. After a colon or at the start of a cell the value
    is taken to be nothing but an address, so that a last name without suffix (望京SOHO) belongs to it.
    """
    limit = _VALUE_END.search(text, start, start + 120)
    end = limit.start() if limit else min(len(text), start + 120)
    while end > start and text[end - 1] in " \n":
        end -= 1
    while start < end and text[start] in ' (["“':
        start += 1
    is_field = _FIELD_BEFORE.search(text, max(0, start - 3), start) is not None
    tokens = _tokens(text, divisions, start, end)
    chain = (
        _field_chain(text, tokens, divisions, start)
        if is_field
        else _prose_chain(text, tokens, divisions, start)
    )
    if not chain:
        place = divisions.at(text, start)
        if place is None:
            return None
        chain = [_Token(place.level, place.start, place.end, place)]
    levels = {token.level for token in chain}
    if levels <= {"floor", "room", "zone", "segment", "group", "number"} and chain[0].start == start:
        return None
    stop = chain[-1].end
    if is_field:
        rest = _RELATION.sub("", text[stop:end]).rstrip()
        if rest and rest[0] not in " (" and not levels & _DETAILS and _ORGANIZATION_AHEAD.match(rest):
            return None
        if _REST.fullmatch(rest) and not CUT.search(rest) and not _PROSE.search(rest):
            stop += len(rest)
    stop = _balanced(text, start, stop)
    chain = [token for token in chain if token.end <= stop]
    detailed = bool(levels & _DETAILS) or stop > chain[-1].end
    return AddressMatch(start, stop, _parts(text, chain, start), detailed, 0.9 if detailed else 0.75)


def _balanced(text: str, start: int, stop: int) -> int:
    """`stop`, moved so that every bracket of the value is closed, or left out."""
    value = text[start:stop]
    surplus = value.count("(") - value.count(")")
    if surplus > 0:
        return stop + 1 if text.startswith(")", stop) else start + value.rindex("(")
    return start + value.rindex(")") if surplus < 0 else stop


def _prose_chain(text: str, tokens: Sequence[_Token], divisions: Divisions, start: int) -> list[_Token]:
    """The chain that begins at `start` exactly."""
    for index, token in enumerate(tokens):
        name = text[start : token.start]
        if token.division is not None or not token.is_suffix:
            if not name or (token.level in ("building", "room") and len(name) <= 8 and not CUT.search(name)):
                return _chain(text, tokens, index, divisions)
            return []
        if not name:
            continue
        if len(name) > 12 or CUT.search(name) or not re.fullmatch(rf"[{_N}A-Za-z0-9*·某]+", name):
            return []
        if not _is_no_name(token.level, text[start : token.end]) and not _INDOORS.search(name):
            return _chain(text, tokens, index, divisions)
    return []


def _field_chain(text: str, tokens: Sequence[_Token], divisions: Divisions, start: int) -> list[_Token]:
    """All tokens up to where the value turns into a sentence."""
    chain: list[_Token] = []
    position = start
    for token in tokens:
        if token.start < position:
            continue
        gap = text[position : token.start]
        if len(gap) > 24 or _PROSE.search(gap):
            break
        if not chain and token.is_suffix and _is_no_name(token.level, text[start : token.end]):
            continue
        chain += _with_short_county(text, token, divisions)
        room = _room_after(text, chain)
        if room:
            chain.append(room)
        position = chain[-1].end
    return chain
