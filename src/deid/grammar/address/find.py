"""Addresses in running text: chains whose levels support each other, and bare places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from deid.grammar.address.chains import chain_from, parts_of
from deid.grammar.address.match import AddressMatch
from deid.grammar.address.names import (
    COMMON,
    CUT,
    INDOORS,
    NAME_CHARACTERS,
    ORGANIZATION_AHEAD,
    is_no_name,
    name_start,
)
from deid.grammar.address.tokens import DETAILS, NUMERIC, STARTS, Token, read_tokens
from deid.grammar.divisions import Divisions
from deid.grammar.name import is_han
from deid.regexes import Regex

_N = NAME_CHARACTERS

_LIVES_AT = Regex(
    r"(?:住在?|家在|家住|位于|坐落于?|(?:地址|住址|住所|地点)[是为在]?|搬[到至回]|租住于?|居于|暂住|现居)(?:公租房|廉租房|安置房|[:]| )?\Z"
)
_AT = Regex(r"(?:在|到|至|去|从|自|回|[到去过租]了|靠近|临近|紧[邻挨]|毗邻|路过|经过|途经|沿|[写标印]着)\Z")
_DISH = (
    "(?:老|香|麻辣|剁椒|酱|烤|卤|熏|五香|手打|手工){0,2}(?:红肠|鱼头|鸭脖|鸭头|鸭翅|鸡爪|牛肉丸|猪肉丸|鱼丸|肉干|肉脯|豆皮|豆干|辣酱|酱菜|泡菜|咸菜|腐竹|粉丝|粉条|臭豆腐|陈醋|香醋|米醋|冷吃兔|"
    "蜜柑|(?<=武昌)鱼|串串|麻辣烫|大盘鸡|老鹅|小龙虾|龙虾|羊肉|驴肉|火烧|煎饼|千张|清补凉|鸭血|鸭蛋|皮蛋|酸菜|过桥米线|酸汤鱼|鸡饭|梨膏|酥?梨膏糖?|汤圆|锅盔|锅贴|生煎|小笼包?|灌汤包|肉夹馍|酸奶|奶茶|奶酪)(?![店厂城摊馆铺街])|[橙柚柑桃杏枣](?=很|太|一[个斤箱]|[甜酸])|(?<=上海)青(?![浦年春少])|(?<=洛阳)铲(?![雪土车煤掉])|(?<=香港)脚(?=即|癣|[,。;、]|$)"
)
"""哈尔滨|红肠, 山西|老陈醋, but not 在上海吃鱼头, 深圳奶茶店."""
CALLED_AFTER_PLACE = Regex(
    rf"{_DISH}|[一-鿿]{{0,2}}圆线虫|"
    r"病(?![人友房历案])|肺炎|株(?!洲)|会议(?!室)|宣言|共识|标准|评分|分[型期级]|方案|指[数南]|量表|公约|疫苗|火锅|米线|(?:热干|牛肉|刀削|担担|臊子|[小拉烩挂汤凉炒])面|炒饭|凉皮|泡馍|烧烤|烤[鸭鱼]|火腿|(?:盐水|酱)鸭|大闸蟹|对虾|啤酒|[绿红]茶|毛尖|牌(?![坊楼照])|型(?!号)|布鞋|丝绸|粗榧|重楼|血竭|沉香|石斛|丹参|茯苓|三七|当归|党参|黄[芪连]|人参|枸杞|白芍|"
    r"[年发糖米]糕|酥[饼糖]|烧饼|麻花|米粉|肠粉|炒粉|拌面|板鸭|腊肉|粽子|包子|馄饨|胡辣汤|豆腐|蜜[桔橘柚]|脐橙|"
    r"毛峰|普洱(?![市县人])|紫菜|大?白菜|瓷[瓶碗]|狗皮膏|肉?粽|玫瑰(?![园苑城家湾花])|香蕉|木瓜|水仙|片仔癀(?!旁|门口|附近|[药集厂公大]|上班)|金钱草|垂头菊|点地梅|火把花根|乌龙(?![镇乡村])|家族菌|菌株|大麻花|口味|"
    r"二锅头|茅台(?!镇)|水蜜桃|(?:金丝)?小枣|滩羊|切糕|参片|雪菊|附子|扒鸡|烧鸡|叫花鸡|香肠|腊肠|豆瓣|腐乳|[黄白米老]酒(?![吧店])|大曲|老窖|月饼|煎饼|凉粉|花椒|大[葱蒜]|芋头|蜜瓜|甜瓜|葡萄(?![园沟])|雪?梨(?![园花树])|红枣|核桃|板栗|莲[子藕]|香菇|皮[鞋革]|旗袍|吉普|轿车|自行车(?!厂)|拖拉机(?!厂)|[贡亳杭滁怀]菊|棉(?![纺花毛织厂])|冬虫夏草|[红白]药(?!业)|百灵(?=[,。;、])|脚气|脚(?=[又犯痒])|染色体|脑炎|支具|版(?![纳图])|螺蛳粉|铁观音|香梨|评弹|紫砂|瓷器(?!生产|制造|厂|业)|银鱼|红酒|神油|车厘子|坚果|香米|天麻|虫草|木耳|大[米枣]|小米|苹果|榨菜|醋|刺绣|山药|地黄|菊花|药典|[小大]鼠|种(?=[小大]?鼠|分[开笼]|[,。;、)])|砂(?![石场厂锅糖浆轮])|残卷|遗书(?!馆)|写卷|汉简|医[简书卷]|贯耳"
)
"""Behind a place what only bears its name: 武汉肺炎, 广州管圆线虫, 兰州拉面, 上海牌."""
# 云南白药, 北京时间, 上海市民: the place is part of another word.
WORD_AHEAD = Regex(
    r"白药|红药|肝素|西汀|新碱|瑞滨|地辛|[碱胺花]|出血热|西瓜霜|山海棠|贝母|阿胶|紫草|紫珠|居民(?![区委])|同胞|居住证|身份证|通行证|时间|话(?!题)|菜(?![市场农园鸟])|红花|陈醋|同仁堂|[石玉瓜鸡鸭茶烟型队路街]|酒(?![店吧席楼会])|产(?![检后前假程妇床])|帮(?![我你他她咱女儿家孩人忙看照带父母老弟姐哥妹亲朋媳姑同])|凉茶|人寿|民(?![族政权工警宿营办])|长(?![江沙春安大住期年途])"
    rf"|{CALLED_AFTER_PLACE.pattern}"
)
# Short names that are also words, names of persons or halves of words (来宾, 开封, 舞台中).
_NOT_ALONE = Regex(
    "朝阳|安康|来宾|日照|白银|大同|大庆|中山|平凉|通化|固原|吴忠|海东|海北|海西|黄南|山南|文山|红河|德州|三明|凉山|怒江|阿里|"
    "玉树|普洱|开封|大理|兴安|桃园|云林|新北|台中|台南|台东|嘉义|九龙|新界|香港岛|周口|清远|天水|庆阳|白山|白城|黑河|长治|永州|"
    "广安|保定|保山|泰安|安阳|安顺|孝感|资阳|内江|吉安|和田|百色|南平|昌都|铜川|通辽|德阳|吉林|黄山|阜新|本溪|宝鸡|咸宁|崇左|"
    "金昌|三门峡|高雄|迪庆|东营|松原|鸡西|宜春|新余|宣城|河源|阳江|云浮|丽江|玉溪"
)

_DWELLING_THERE = Regex(
    "(?:[那这]边|那个|[那这]边的|的)(?:(?![的了和与到去在往住])[一-鿿]){0,6}(?:宿舍|家属[楼院]|小区|宾馆|旅馆|招待所|公寓)"
)
"""Behind a road what somebody lives in there: 长征路那边电力宿舍."""
_THERE = Regex(
    "[那这][边头]|[那这]个|的?[一-鿿]{1,2}(?:大爷|大娘|大妈|奶奶|爷爷|老[人汉太]|婆婆|师傅|大哥|大姐|婶|嫂)"
)
"""Behind a place that somebody speaks of: 陈官营村那边, 羊房胡同刘老太."""
_MAIN_STREET = Regex("[东南西北]大街")
_SPOKEN_OF = Regex(
    "[一两二三0-9]{1,2}户(?![口籍外])|村[医民](?![院师生保])|[村路]?口(?![腔服味罩岸音径])|门口|物业|业主|活动室|一带|→|租[了房住]|设点|[上下]车|[附邻]近|[斜]?对面"
)
"""Behind a road, an estate or a village that is spoken of: 枣园村口, 莲塘村村医."""
_STREET = Regex("(?:大道|大街|胡同|[东南西北中]路)(?:[一二三四五六七八九十]段)?\\Z")
_ZONE_ALONE = Regex("(?:软件|科技|工业|产业|创业|创意|物流|高新|科学)园")
"""软件园三期, 科技园南区12栋: what a city has one of needs no name."""
_LANE = Regex("(?:大道|[东南西北]里)\\Z")
_CROSSES = Regex("(?:口|处|[角侧])\\Z")
_WING = Regex("[东南西北中]区")
"""A part of a hospital rather than the county or town of that name."""
# A named place that the address only serves to find: 软件园C6栋附近的如家.
_NEARBY = Regex(rf"附近的(?P<name>[{_N}家]{{2,6}})(?=[,。;!?\n)]|\Z)")
_COMMON_NEARBY = Regex("超市|药店|医院|诊所|学校|出租|工地|工厂|菜场|市场|公园|人|地方|亲戚|店铺|房")


def find_addresses(text: str, divisions: Divisions) -> Iterator[AddressMatch]:
    """Addresses and bare places in `text`, disjoint, in order of start."""
    tokens = read_tokens(text, divisions, 0, len(text))
    floor = 0
    for index, token in enumerate(tokens):
        if token.start < floor or token.level not in STARTS:
            continue
        chain = chain_from(text, tokens, index, divisions)
        if len(chain) == 1 and token.level in ("poi", "building", "corps"):
            continue
        if (
            token.level == "poi"
            and token.end - token.start == 1
            and not (_is_housed(text, chain[1]) or _is_stage(text, chain[1]))
        ):
            continue  # 碧桂园5栋, 玫瑰园27-2-1350, 银河湾三期, but not 何子轩
        match = _judge(text, chain, floor, divisions)
        if match is not None:
            yield match
            floor = match.end


def _is_housed(text: str, token: Token) -> bool:
    """Whether it is a building, or a room with its building and unit."""
    return token.level == "building" or (
        token.level == "room" and text.count("-", token.start, token.end) > 1
    )


def _is_stage(text: str, token: Token) -> bool:
    """Whether it is a part of an estate that was built later: 三期."""
    return token.level == "zone" and text[token.end - 1] == "期"


def _judge(text: str, chain: list[Token], floor: int, divisions: Divisions) -> AddressMatch | None:
    """The address that a chain in running text is, if it is one."""
    begun = _begin(text, chain, floor, divisions)
    if begun is None:
        return None
    chain, start, sure = begun
    crossing = chain[-1].level == "segment" and text[chain[-1].end - 1] in "口处角侧"
    body = ORGANIZATION_AHEAD.match(text, chain[-1].end)
    if chain[-1].level not in NUMERIC and body and not (crossing or CUT.search(text, *body.span())):
        while chain and chain[-1].level not in NUMERIC:
            chain = chain[:-1]
        if not chain:
            return None
    levels = {token.level for token in chain}
    detailed = bool(levels & DETAILS)
    if detailed:
        score = _score(text, chain, levels, start, sure, divisions)
    else:
        score = _score_of_place(text, chain, start, sure)
    if not score:
        places = list(takewhile(lambda token: token.level not in NUMERIC, chain))
        if chain[0].division is None or len(places) == len(chain):
            return None
        return _judge(text, places, floor, divisions)  # 沧州市 of 沧州市玫瑰园负2楼
    end = chain[-1].end
    if levels & NUMERIC:
        nearby = _NEARBY.match(text, end)
        if nearby and not CUT.search(nearby["name"]) and not _COMMON_NEARBY.search(nearby["name"]):
            end = nearby.end()
    return AddressMatch(start, end, parts_of(text, chain, start), detailed, score, _is_listed(chain))


def _begin(
    text: str, chain: list[Token], floor: int, divisions: Divisions
) -> tuple[list[Token], int, bool] | None:
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
        zone = (
            first.level == "estate" and len(chain) > 1 and _ZONE_ALONE.fullmatch(text, first.start, first.end)
        )
        return (chain, first.start, True) if zone else None
    start, sure = name or (first.start, True)
    # from the character before: the 住 of 住院大楼 is never part of a name
    if INDOORS.search(text, max(floor, start - 1), first.end):
        return None
    if first.is_suffix and is_no_name(first.level, text[start : first.end]):
        return None
    return chain, start, sure


def _with_country_or_county(text: str, first: Token, floor: int, divisions: Divisions) -> int:
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
    text: str, chain: Sequence[Token], levels: set[str], start: int, sure: bool, divisions: Divisions
) -> float:
    """How certain an address is; 0 when its levels do not support each other."""
    places = [token for token in chain if token.division is not None]
    named = levels & {"road", "estate", "village", "poi"}
    numeric = levels & NUMERIC
    doubt = 0.0 if sure else 0.2
    if places:
        if len(places) == 1 and not named and _WING.fullmatch(text, places[0].start, places[0].end):
            return 0.65 if _lives_at(text, start) else 0.0
        if named:
            return 0.9 if numeric else 0.75
        if "corps" in levels and len(chain) > 2:
            return 0.75  # 新疆八师121团
        local = levels & {"county", "township"}
        if local and {"building", "unit"} <= numeric:
            return 0.9  # 梨园镇云景东里北区356号楼2单元: no name is sought within it
        if len(numeric) > 1 or (local and numeric & {"building", "room", "corps", "group"}):
            return 0.75
        if any(_is_housed(text, token) for token in chain):
            return 0.75  # 长沙市恒大名都5栋
        return 0.55 if local and "number" in numeric else 0.0
    if "road" in levels and numeric:
        return 0.8 - doubt
    if len(chain) > 1 and chain[0].level == "road" and _CROSSES.search(text, start, chain[1].end):
        return 0.7 if sure else 0.0
    if "group" in levels and sure and (_lives_at(text, start) or _has_named_group(text, chain)):
        return 0.9  # 住小西坪二社, 郭家塬村雷家湾社: no name of somebody is sought within it
    if levels & {"estate", "village"} and numeric:
        return 0.8 - doubt
    if "poi" in levels and numeric:
        return 0.6 - doubt
    if (
        "road" in levels
        and sure
        and levels & {"estate", "poi"}
        and (len(chain) > 2 or not is_han(text[start - 1 : start]))
        and chain[-1].is_suffix
    ):
        return 0.55  # 虹山东路版筑翠园
    if "township" in levels and (named or "group" in levels):
        return 0.75 - doubt
    if "building" in levels and numeric & {"unit", "room"}:
        if chain[0].start > start or "unit" in numeric or _lives_at(text, start):
            return 0.65 - doubt
        return 0.0
    if "corps" in levels:
        return 0.7 if len(chain) > 1 else 0.0
    return _score_of_one(text, chain, levels, start, sure, divisions)


def _is_listed(places: Sequence[Token]) -> bool:
    """Whether a county and a town of it are there, both by their full names: 武山县洛门镇."""
    full = {token.level for token in places if token.division is not None and not token.division.short}
    return full >= {"county", "township"}


def _has_named_group(text: str, chain: Sequence[Token]) -> bool:
    """Whether the group of a village has a name: 雷家湾社."""
    return "village" in {token.level for token in chain} and any(
        token.level == "group"
        and token.end - token.start > 3
        and is_han(text[token.start])
        and text[token.start] not in "第一二三四五六七八九十"
        for token in chain
    )


def _score_of_one(
    text: str, chain: Sequence[Token], levels: set[str], start: int, sure: bool, divisions: Divisions
) -> float:
    """A road, an estate, a building with nothing to support it but the words before it."""
    first = chain[0]
    short = first.start - start < 2 and not _MAIN_STREET.fullmatch(text, start, first.end)
    if start == first.start and _ZONE_ALONE.fullmatch(text, start, first.end):
        return 0.5 if _AT.search(text, max(0, start - 2), start) or _lives_at(text, start) else 0.0
    if not sure or short or first.level in ("township", "county"):
        return 0.0
    if _lives_at(text, start):
        return 0.65
    if COMMON.fullmatch(text, start, first.end):
        return 0.0
    if first.level in ("road", "estate"):
        county = divisions.at(text, start)  # 海淀中关村大街
        if text[start : first.start] in divisions.short and text.startswith("上", first.end):
            return 0.0  # 包头路上
        if county is not None and county.short and 2 <= first.start - county.end <= 4:
            return 0.5
    if first.level == "road" and text[first.end - 2 : first.end] in ("东段", "西段", "南段", "北段"):
        return 0.5
    if _DWELLING_THERE.match(text, first.end):
        return 0.5
    if first.level in ("road", "estate", "village") and _SPOKEN_OF.match(text, first.end):
        return 0.5
    begins = not is_han(text[start - 1 : start])
    if (
        first.level == "estate"
        and begins
        and text[first.start : first.end] != "街坊"
        and text[first.end : first.end + 1] in tuple(",。;、)\n")
    ):
        return 0.45  # 近江家园,
    if first.level in ("road", "estate", "village") and begins and _THERE.match(text, first.end):
        return 0.5
    if (
        _STREET.search(text, start, chain[-1].end)
        and text[start - 1 : start] == ":"
        and text[chain[-1].end : chain[-1].end + 1] in (",", "。")
    ):
        return 0.5  # an answer: 桂城南海大道,
    if text[first.end - 1] in "道里条弄" and not _LANE.search(text, start, first.end):
        return 0.0
    stage = len(chain) > 1 and _is_stage(text, chain[1])
    unlikely = levels & {"poi", "unit", "floor", "number"} and not stage
    if _AT.search(text, max(0, start - 2), start) and not unlikely:
        return 0.5
    return 0.45 if text.startswith("小区", first.start) else 0.0


def _lives_at(text: str, start: int) -> bool:
    """Whether 住在, 家住, 位于 or the like stands right before `start`."""
    return _LIVES_AT.search(text, max(0, start - 8), start) is not None


def _score_of_place(text: str, chain: Sequence[Token], start: int, sure: bool) -> float:
    """A place without details; 0 when it is a word rather than a place."""
    last = chain[-1]
    if len(chain) > 1:
        return 0.75 if any(token.division for token in chain) else 0.0
    if WORD_AHEAD.match(text, last.end):
        return 0.0
    if last.division is None:
        return 0.5 if last.level == "township" and sure and _lives_at(text, start) else 0.0
    if last.division.short:
        return 0.55 if sure and not _NOT_ALONE.fullmatch(text, start, last.end) else 0.0
    if last.end - start < 3 or (last.level in ("county", "township") and not sure):
        return 0.0
    return 0.7
