"""Tokens of addresses: places of the gazetteer, words that close a name, and numbers with a unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deid.grammar.divisions import DivisionMatch, Divisions
from deid.grammar.name import is_han
from deid.regexes import Regex

_ONE = r"(?:[0-9]{1,5}(?:[A-Za-z][0-9]{0,3}|[甲乙丙丁])?|[A-Za-z]{1,2}[0-9]{0,4}|[零〇一二三四五六七八九十百]{1,6}|\*{1,4}|某{1,2})"
NUMBER = rf"(?:(?:地下|负|[甲乙丙丁附付临特东南西北之]{{0,2}}第?){_ONE}(?: ?[-~/、] ?{_ONE}){{0,2}})"
UNIT = (
    r"号大?院(?![长子])|号楼(?![下上道梯])|号(?:厂房|地块|门市部?|门面|门头|商铺|铺面?|店面|档(?!案)口?|仓库?|房|室)|#楼|号(?![线染床方窗病码称召脉角手令型切]|机(?![关场械电务]))|#|支弄|弄(?![清脏堂错])|"
    r"巷|段(?![时落间])|[栋幢]|座(?![位椅谈右标机疮舱])|单元(?!格)|门(?![诊静脉冬齿急口面类槛店牌卫禁铃锁卡窗前外内后峡部])|"
    r"字?楼(?![下上道梯盘])|梯(?=[0-9]{3,4}(?![0-9]))|层(?![次面级流析状厚])|(?<=[0-9])/?F(?![A-Za-z])|宿舍楼|舍(?=[0-9])|室(?![性上间内外温友壁早颤速管缺女])|户(?![口籍外主型])|"
    r"房(?![颤性间室事产子屋租价扑早水缺东])|铺|(?:村民)?小组|[小大生产]{1,2}队(?![伍长员列])|分场|屯(?![里子田村镇乡屯社庄营河沟街路组大小中])|邻(?![居近])|组(?![织成合别长胺分团])|社(?![会保区交工团])|队(?![伍长员列])|"
    r"区(?![域别分间])|期(?![间待望限刊])|师(?![傅生范])|排(?![队列卵尿便除出放水骨污气泄班名座第车])|团[场部]?(?![队体结购员])|连(?![续接锁])"
)
_UNIT_LEVELS: dict[str, str] = {
    **dict.fromkeys(("院", "号", "#", "弄", "巷", "块", "门市", "市部", "门面", "门头"), "number"),
    **dict.fromkeys(("号楼", "#楼", "厂房", "舍楼", "栋", "幢", "座", "舍"), "building"),
    **dict.fromkeys(("元", "门", "梯"), "unit"),
    **dict.fromkeys(("楼", "层", "F"), "floor"),
    **dict.fromkeys(("室", "户", "房", "铺", "铺面", "店面", "档", "档口", "仓", "仓库"), "room"),
    **dict.fromkeys(("组", "社", "队", "屯", "分场", "邻", "排"), "group"),
    **dict.fromkeys(("区", "期"), "zone"),
    **dict.fromkeys(("师", "团", "场", "团部", "连"), "corps"),
    "段": "segment",
}
_HAN_END = r"(?=[^一-鿿]|[一二三四五六七八九十]|[东南西北正]门(?:商铺|门面|底商|铺面|沿街|临街)|[东南西北中]区[0-9]|\Z)"
# What a token can begin with: looked at first, it makes the search four times as fast.
FIRST = (
    "0-9A-Za-z*某第零〇一二三四五六七八九十百甲乙丙丁附付临特东南西北之中主裙村邨屯坪寨塆垸畈嘎庄社大镇乡苏街农林团小新花家公别山苑华豪名住生加集示"
    "佳嘉雅馨豪御锦世旅招客沿坊埕厝浜坞墩圩塘滩岭岙埭坳咀塬峁垭垄洼功度合物出工软科产创高园经技开保宿路国省县胡巷环道里条弄广商写办综市天酒宾饭会城府湾轩阁居邸厦塔馆楼区旗建服电汽批灯五美茶左右牧渔良原地负百"
)
TOKEN = Regex(
    rf"(?=[{FIRST}])(?:"
    rf"(?P<numbered>(?<![0-9A-Za-z.])(?!(?:ID|id|QQ|qq|VX|vx|WX|CT|MR|DR|US)号){NUMBER} ?(?:{UNIT})|[甲乙丙丁东南西北中]单元(?!格))"
    r"|(?P<room>(?<![0-9A-Za-z.-])(?:[A-Z]{1,2}[0-9]{0,2}|[0-9]{1,3}-[0-9]{1,2})-[0-9]{3,4}(?![0-9A-Za-z-])|[东南西北中]户(?![口籍外型])|(?<=[楼层])[左中右](?:手边?|边|侧)(?![一-鿿])|(?<=[楼层])[左中右][户室门]"
    r"|(?<=[号栋幢楼] )[0-9]{3,4}(?=[ ]?(?:[,。;\n]|1[3-9][0-9]{9}|\Z)))"
    r"|(?P<building>[东南西北中主裙甲乙丙丁](?:[座塔栋幢](?![落标])|楼(?=[0-9A-Z一二三四五六七八九十])))"
    r"|(?P<village>村(?=口(?![一-鿿]{0,2}医))|村(?!民(?!宿)|[委医里头口支卫长妇]|上(?![报环级门传访]|[一-鿿]{1,2}[社组屯])|干部)|[屯坪寨塆垸畈](?!卡)|嘎查|庄子(?=[,。;、的\n]|\Z)|庄(?!稼|园)|社区(?![获医卫服老])|村民小组|村委会|大队(?![长部]))"
    r"|(?P<township>镇(?![静痛咳定压吐惊])|乡(?![下亲村镇里])|苏木|街道(?:办事处|办)?|[农林牧茶渔团]场|[良原]种场)"
    r"|(?P<estate>邨|[佳嘉雅馨豪御锦]园|世纪城|国际城|小区(?!域)|新村|花园|家园|公寓|公馆|别墅|山庄|庄园|苑|[华豪]庭|名邸|家属[院楼区]|街坊|宿舍|住宅区|生活区|新城|新区|大厦|大楼|"
    r"(?:加工|集中|集聚|示范|功能|度假|合作|物流|出口)区|(?:工业|软件|科技|产业|创业|创意|物流|高新|科学)园区?|工业区|园区|(?:经济)?(?:技术)?开发区|高新区|保税区)"
    r"|(?P<road>(?:大道|大街|公路|路|街(?!坊))(?:[东南西北中上下]段|[东南西北中](?=[0-9]))?(?![边过灯费径易透小])|国道|省道|县道|胡同|巷(?!子)|环线|"
    rf"道[东西中南北]?{_HAN_END}|里(?=[0-9甲]| [0-9]{{1,4}} ?[号弄])|条(?=[0-9甲])|[坊埕厝浜坞墩圩塘滩岭岙埭沿坳咀塬峁垭垄洼](?=[0-9]{{1,4}}号)|(?<=[一-鿿]{{2}})[里坊](?=[一二三四五六七八九十]{{1,3}}号)|(?<=[一-鿿]{{2}}[东南西北])里(?=[的了,。;、) 那附]|\Z)|弄(?=[0-9]))"
    r"|(?P<poi>广场|中心(?!校)|商务楼|写字楼|办公楼|综合楼|商城|(?:农贸|建材|家居|服装|电子|商贸|小商品|汽配|批发|灯具|五金|美食|茶叶)城|商厦|商场|百货(?![公店])|市场|国际(?!门诊|医[院疗]|诊所|部(?!落)|班|学校|会[议诊])|天地|SOHO|soho|酒店|宾馆|饭店|会所|旅馆|旅店|旅社|招待所|客栈|"
    rf"(?:[园城府轩阁居邸厦塔馆楼]|湾(?! ?[0-9一二三四五六七八九十]{{1,3}}[组社队屯])){_HAN_END})"
    r"|(?P<county>(?<=[*X某])[省市区县旗]))"
)

DIVISIONS = frozenset(("province", "prefecture", "county", "township"))
_NAMED = frozenset(("village", "township", "estate", "road", "poi", "county"))
NUMERIC = frozenset(("number", "building", "unit", "floor", "room", "group", "corps"))
DETAILS = NUMERIC | {"village", "estate", "road", "poi"}
STARTS = DIVISIONS | _NAMED | {"building", "corps"}


class Token(NamedTuple):
    level: str
    start: int  # of the number, of the place, or of the word that closes a name
    end: int
    division: DivisionMatch | None = None

    @property
    def is_suffix(self) -> bool:
        return self.division is None and self.level in _NAMED


def lies_in(inner: DivisionMatch, outer: DivisionMatch | None) -> bool:
    """Whether one place may follow the other in an address: 湖南 + 张家界, but not 北京 + 上海."""
    if outer is None or inner.level == "township":
        return True
    if outer.level == "township" or (outer.level == "county" and inner.level != "county"):
        return False
    return any(a[: len(b)] == b[: len(a)] for a in inner.paths for b in outer.paths)


def _places(text: str, divisions: Divisions) -> Iterator[DivisionMatch]:
    """The places of the gazetteer but for those after which a part of another one is called."""
    before: DivisionMatch | None = None
    for match in divisions.find(text):
        part = (
            match.start and text[match.start : match.end] in _PARTS_OF_TOWNS and is_han(text[match.start - 1])
        )
        in_town = match.short and text.startswith("城中村", match.start)
        if in_town or (part and (before is None or before.end < match.start)):
            continue
        sedates = text[match.end - 1] == "镇" and text[match.end : match.end + 1] in _SEDATES
        if not sedates and not (match.short and _names_a_part(text, match, before)):
            yield match
        before = match


_HOUSE = Regex("楼(?=[0-9一二三四五六七八九十]{1,2}(?:门[0-9]|单元))")
"""104楼3门502, where the house has doors and the number is no floor."""
_PARTS_OF_TOWNS = frozenset(("矿区", "郊区", "城区"))
"""Counties that are called by what they are: behind any other name (桥头河矿区) it is no county."""
_SEDATES = frozenset("静痛咳压吐惊")
"""What makes a verb of 镇: 安定镇静."""


def _names_a_part(text: str, match: DivisionMatch, before: DivisionMatch | None) -> bool:
    """桐城 in 闻喜县桐城镇, 西山 in 米仓山镇西山村: the name of a town or village that lies elsewhere."""
    if text[match.end : match.end + 1] not in tuple("镇乡村庄沟湾坪寨屯"):
        return False
    if before is not None and before.end == match.start:
        return not lies_in(match, before)
    return text[match.start - 1 : match.start] in ("镇", "乡", "村")


def read_tokens(text: str, divisions: Divisions, start: int, end: int) -> list[Token]:
    """All tokens in order; where a place of the gazetteer overlaps another token, the place stays."""
    region = text if start == 0 and end == len(text) else text[start:end]
    places = [
        Token(match.level, match.start + start, match.end + start, match)
        for match in _places(region, divisions)
    ]
    tokens: list[Token] = []
    position = 0
    for match in TOKEN.finditer(text, start, end):
        while position < len(places) and places[position].start <= match.start():
            tokens.append(places[position])
            position += 1
        if tokens and tokens[-1].end > match.start():
            continue
        if position < len(places) and places[position].start < match.end():
            continue
        level = match.lastgroup or ""
        if level == "numbered":
            of_building = _HOUSE.match(text, match.end() - 1)
            level = (
                "building"
                if of_building
                else (
                    _UNIT_LEVELS.get(text[match.end() - 2 : match.end()])
                    or _UNIT_LEVELS[text[match.end() - 1]]
                )
            )
        tokens.append(Token(level, match.start(), match.end()))
    return tokens + places[position:]
