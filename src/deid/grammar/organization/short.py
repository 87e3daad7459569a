"""Bodies in short, without the word that closes a name: 市一院, 浙大二院, 301, 协和."""

from __future__ import annotations

from collections.abc import Iterator

from deid.catalog.lexicon import WordIndex
from deid.grammar.address import NAME_CHARACTERS
from deid.grammar.divisions import Divisions
from deid.grammar.organization.closing import NUMERALS, RANKS
from deid.grammar.organization.match import Kind, OrganizationMatch
from deid.grammar.organization.start import CUTS, behind_deeds
from deid.regexes import Regex

_SHORT = Regex(
    # first the characters that a match can begin with, which spares most places the ways below
    r"(?=[省市县区州附0-9三二四])(?:"
    rf"[省市县区州](?:立)?第?[{NUMERALS}]{{1,2}}院(?![长士子内])|[省市县区](?:妇(?:幼|保院?)|儿医|疾控|精卫)(?![保卫儿防中])|"
    r"(?<=[大医学])附[一二三四五六]院?(?![张份页个条种例组篇维])|(?:(?<=医科大)|(?<=医大)|(?<=医科大学))附院(?![士长])|(?<=[大医]学)附属第?[一二三四五六]院(?![长士])|"
    r"(?<![0-9])(?:[23][0-9]{2}|4[0-9]{2})(?=(?:住院|看病|做手术|专家|就诊|复查))|"
    r"(?<=[在去到转回])(?:三[〇零]一|二[〇零]二|三[〇零]二|三[〇零]七|四六三|四[〇零]一)(?=[看住医专做复转,。的])|"
    r"(?<![各全外本我])[省市](?:儿童|肿瘤|妇幼|口腔|胸科|眼科|骨科|精卫)(?=的?(?![学专科年])[一-鿿]{1,2}(?:主任|教授|大夫)(?![会办]))|"
    r"(?<=[在去到转回从往])[省市](?:儿童|肿瘤|人民|中医|妇幼|立)(?=[,。;) ]|看|住院|转|挂|开的?刀|做|查|手术|确诊|的人|$)|"
    r"(?:(?<![一-鿿])|(?<=[在去到转回从往]))[市县]人民(?=[,。;]|看|住院|转|挂|开的?刀|做|查|手术|确诊|说[治做要没不是]|治不|$))"
)
_BEFORE_AFFILIATED = Regex(r"(?:医科?大学?|医学院)\Z")
_CALLED_IN_SHORT = Regex("中国\\Z|(?![在去到转于从由往回是的和与找住])[一-鿿]\\Z")
"""福建|医大|附一, 温|医大|附一."""
_OF_UNIVERSITY = Regex(rf"(?<=[{NAME_CHARACTERS}])[大医](?:附属?)?第?[一二三四五六]附?院(?![长士子内])")
"""浙|大二院, behind two characters of its name or one."""
_OF_PLACE = Regex(
    "(?:人医|[一二三]?附院|附[一二三](?!院)|市[一二三](?!院)|传染病院|精神病院)(?![院生师保疗药护务学患德术道风闹闻案嘱])|儿童|肿瘤|胸科|口腔|眼科|肺科"
)
"""金塔人医, 濮阳附院, 鹰潭肺科: what a hospital is in short, behind its place."""
_FIELDS = ("儿童", "肿瘤", "胸科", "口腔", "眼科", "肺科")
"""Those of them that say more than a hospital."""
_MOVED_TO = Regex("(?:转[到至去往]|[住送]进|收入|转)\\Z")
_AND_NO_MORE = Regex(r"了?(?:[,。;!?\n)]|\Z)")
"""Around one where somebody was brought: 转到湖南儿童了."""
_OF_NAME = Regex(
    rf"(?<=[在去到转至回从往入住送赴])(?![我你他她咱这那哪本当外邻隔附两同][们里家边地院村市县省近壁家校厂所是]|[前后内外]|医学)[{NAME_CHARACTERS}]{{2}}第?[一二三四五六七八]院(?![长士子内外区校系落墙部])"
)
"""明德三院, behind where somebody went."""
_NAMES = Regex(rf"[{NAME_CHARACTERS}]")
_SQUAD = Regex(
    rf"(?:交警|刑警|特警|消防|城管|武警)[{NUMERALS}]{{1,3}}[大中支]队"
    rf"|第?[0-9{NUMERALS}]{{1,4}}(?:集团军|野战军|航空兵师|守备师|装甲[师旅]|坦克[师团]|步兵[师旅团]|摩步[师旅]|合成旅|特战旅|炮兵[旅团]|汽车团|高炮[团旅]|雷达团|通信团|工兵团|守备团|边防团)|(?<![0-9])[0-9]{{5}}部队|[东南北]海舰队|武警[一-鿿]{{2,3}}?[总支]队(?!长)"
)
"""交警二大队, 第27集团军, 63921部队."""
_END_SQUADS = ("队", "军", "师", "旅", "团")
_MINE = Regex(
    rf"(?:[{NAME_CHARACTERS}]{{1,6}}(?:煤业|矿业|煤电|煤矿集团|矿务局|能源集团|煤)|潞安|晋能|开滦|神东|神华|兖矿|枣矿|淄矿|徐矿|皖北煤电|汾西|西山煤电|铁法)(?P<mine>[{NAME_CHARACTERS}]{{1,4}}?矿)(?![区井山工业石难务物产])"
)
"""华亭煤业东峡矿, 平煤十一矿."""
_PIT = Regex(
    rf"[{NAME_CHARACTERS}]{{1,2}}[{NUMERALS}]矿(?=[,。;)]|下井|上班|退休|工作|当|的|职工|工人|矿工|\Z)"
)
"""潘三矿, behind its place."""
_FACTORY = Regex(
    rf"第[{NUMERALS}]{{1,2}}[一-鿿]{{1,3}}厂(?![长区房家])|(?:国棉|采[油气]|炼油|钻井|[棉毛麻]纺|纺织|针织|印染|丝织|缫丝|机床|机械|化肥|化工|水泥|制药|农机|钢铁|轧钢|电机|造纸|毛巾|无线电|仪表|汽修|建材|木材|木器|砖瓦|玻璃|搪瓷|皮革|皮鞋|制鞋|服装|被服|食品|罐头|橡胶|塑料|轴承|印刷|元件|电子管|拖拉机|造船|车辆|铸造|锻压|开关|电缆|陶瓷|酿酒|卷烟)[{NUMERALS}]厂(?![长区房家])"
)
"""第二机床厂, 纺织二厂, 采油三厂."""
_SCHOOL = Regex(rf"[省市县区州]第?[{NUMERALS}]{{1,2}}中(?=[,;。:\n)(、\s]|[就读上在的学老教高初毕]|\Z)")
_BEFORE_RANK = Regex(rf"[{NAME_CHARACTERS}]{{1,4}}\Z")
"""溧阳 of 溧阳|市一中; what looks for the rank first is four times as fast."""
_BRANCH_OF_FIRM = Regex(
    rf"(?P<own>[{NAME_CHARACTERS}]{{2,6}}?)(?:(?:医疗|健康|就医|管理|企业|财务|法律|教育|留学)?咨询|健康管理|医疗|健康|陪诊|护理|家政|人寿|财产|财险|产险|寿险|保险|证券|科技|物流|快递|速运|传媒|药业|医药|地产|物业|餐饮|贸易|商贸|通信|电信|劳务|人力资源)+"
    rf"(?P<place>[{NAME_CHARACTERS}]{{2,8}}?)(?:中心支|分|支)公司"
)
"""启衡医疗咨询哈尔滨分公司: what a firm does stands before the place of its branch."""
_BRANCH_OF_HOUSE = Regex(
    rf"(?:(?![去到从转与和])[{NAME_CHARACTERS}]){{2,6}}?(?:分院|体检中心|门诊部|分店|店)(?![长员里铺面家])"
)
"""爱康国宾 | 杭州西溪分院."""
_LED_TO = Regex("[与和跟同向由在去到找给让被把将请从是及经致为对至](?=[一-鿿]{2})")
_BEFORE_SHORT = Regex(
    r"(?:\A|[^一-鿿A-Za-z0-9]|[在去到转至于从回往入经送赴来上说由是跟找和及的约挂给让问派月年天日、]|就诊|医生|专家|联系|代付)\Z"
)
_AFTER_SHORT = Regex(
    r"(?!大[地陆]|医[学药]|诊断(?:标准|分))(?:\Z|[^一-鿿A-Za-z0-9]|(?<=医院)|[看住复就做查治门急手专的行挂取拿开诊体检确医主教内外妇儿眼皮骨心肿神头颈肝肾肺胸脑血甲乳消泌风疼康病出入回转说给抢化放]|高压氧|PET|[CM]T|MRI|MDT|生(?=[,。;的了过孩娃二]|\Z)|产[房科检]|大(?![街道厦桥学])|[没有](?:床|号|位)|当(?:护|医|保)|押金|那边|这边|人家|旁边|介入|建档|移植|透析|[一-鿿]{2,4}科|[东西南北分]院|院区|[一-鿿]{1,3}(?:教授|主任|医[生师]|大夫|院长)|了(?=[,。;!?\n)]|\Z)|病理(?!学))"
)


def by_short_form(text: str, divisions: Divisions) -> Iterator[OrganizationMatch]:
    """市一院, 长沙市一院, 浙大二院, 附一, 301."""
    for match in _SHORT.finditer(text):
        start = match.start()
        if text[start] == "附" and (school := _BEFORE_AFFILIATED.search(text, max(0, start - 4), start)):
            start = school.start()
            place = divisions.start_before(text, start)
            short = _CALLED_IN_SHORT.search(text, max(0, start - 2), start)
            start = place if place is not None else short.start() if short else start
        yield _in_short(text, start, match.end(), divisions)
    for match in _OF_UNIVERSITY.finditer(text) if "院" in text else ():
        start = match.start() - 1
        start -= start > 0 and _NAMES.match(text, start - 1) is not None
        yield _in_short(text, start, match.end(), divisions)
    yield from _behind_place(text, divisions)
    for match in _OF_NAME.finditer(text) if "院" in text else ():
        start = _after_cuts(text, *match.span(), "medical")
        if match.end() - start > 3:
            yield OrganizationMatch(_with_place(text, start, divisions), match.end(), "medical", 0.7)
    for match in _SCHOOL.finditer(text):
        start = match.start()
        named = _BEFORE_RANK.search(text, max(0, start - 4), start) if match[0][0] in "市县区" else None
        start = _after_cuts(text, named.start() if named else start, match.end(), "school")
        yield OrganizationMatch(_with_place(text, start, divisions), match.end(), "school", 0.7)
    for match in _MINE.finditer(text) if "矿" in text else ():
        start = _after_cuts(text, *match.span(), "company")
        if match.start("mine") - start >= 2:
            yield OrganizationMatch(start, match.end(), "company", 0.65)
    for match in _PIT.finditer(text) if "矿" in text else ():
        for name in (match.start(), match.start() + 1):
            place = divisions.start_before(text, name)
            if place is not None and name < match.end() - 2:
                yield OrganizationMatch(place, match.end(), "company", 0.65)
                break
    for match in _BRANCH_OF_FIRM.finditer(text) if "公司" in text else ():
        start = _after_cuts(text, match.start(), match.end("own"), "company")
        start = behind_deeds(text, start, match.end("own"), divisions)
        if led := _LED_TO.match(text, start, match.end("own")):
            start = led.end()
        places = divisions.at(text, match.start("place"))
        if places is not None and match.end("own") - start >= 2 and places.end <= match.end("place"):
            yield OrganizationMatch(start, match.end(), "company", 0.65)
    for match in _FACTORY.finditer(text) if "厂" in text else ():
        yield OrganizationMatch(*match.span(), "company", 0.6)
    for match in _SQUAD.finditer(text) if any(map(text.__contains__, _END_SQUADS)) else ():
        yield OrganizationMatch(*match.span(), "agency", 0.7)


def _behind_place(text: str, divisions: Divisions) -> Iterator[OrganizationMatch]:
    """A place and what its hospital is in short, where somebody is treated or brought there."""
    for match in _OF_PLACE.finditer(text):
        start, end = divisions.start_before(text, match.start()), match.end()
        if start is None:
            continue
        moved = _MOVED_TO.search(text, max(0, start - 3), start) and _AND_NO_MORE.match(text, end)
        before = _BEFORE_SHORT.search(text, max(0, start - 2), start)
        if moved or (match[0] not in _FIELDS and before and _AFTER_SHORT.match(text, end)):
            yield OrganizationMatch(start, end, "medical", 0.7)


def _in_short(text: str, start: int, end: int, divisions: Divisions) -> OrganizationMatch:
    start = _with_place(text, _after_cuts(text, start, end, "medical"), divisions)
    district = divisions.at(text, start)
    if district is not None and not district.short and text[start - 1 : start] in RANKS:
        outer = divisions.start_before(text, start)  # 南京市|栖霞区疾控
        start = start if outer is None else outer
    return OrganizationMatch(start, end, "medical", 0.7)


def _after_cuts(text: str, start: int, end: int, kind: Kind) -> int:
    """Where the name begins, behind what stands in none, of which a part may stand before the start: 抬头开."""
    cuts = CUTS[kind].finditer(text, max(0, start - 2), end - 2)
    return max((start, *(cut.end() for cut in cuts)))


def _with_place(text: str, start: int, divisions: Divisions) -> int:
    """Where the place begins whose last character stands at `start`: 宁波 of 波一中, else `start`."""
    for length in (3, 2, 1, 4):
        if start >= length and divisions.names(text[start - length : start + 1]):
            return start - length
    return start


def by_short_name(text: str, names: WordIndex[str], divisions: Divisions) -> Iterator[OrganizationMatch]:
    for start, end, name in names.find(text):
        end += len("医院") * text.startswith("医院", end)
        place = divisions.start_before(text, start)
        if len(name) > 3:
            full = place is not None and text[start - 1] in RANKS
            if text[start] in RANKS and (town := divisions.start_before(text, start + 1)) is not None:
                place, full = town, True  # 津市|中心医院
            branch = _BRANCH_OF_HOUSE.match(text, end)
            end = branch.end() if branch else end
            yield OrganizationMatch(place if place is not None and full else start, end, "medical", 0.8)
            continue
        start = start if place is None else place  # 福建协和
        if _BEFORE_SHORT.search(text, max(0, start - 2), start) and _AFTER_SHORT.match(text, end):
            yield OrganizationMatch(start, end, "medical", 0.65)
