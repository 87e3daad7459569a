"""Addresses and places that the grammar reads in running text, with what goes on behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.names.words import shipped_herbs
from deid.detection.places.words import (
    ADDRESS,
    BRANCH,
    GENERIC,
    INSTITUTION,
    LEVEL,
    LOCATION,
    MEDICAL,
    ORGANIZATION,
    STOREY,
    is_no_place,
)
from deid.detection.reading import Reading
from deid.grammar.address import AddressMatch, find_addresses
from deid.grammar.address.names import CUT, is_no_name
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.types import Detection

_NAMED_AFTER_PLACE = Regex(
    r"(?![那这]边|公司|[0-9一二两三几多]+[家间所个]|当地|附近|等[市地省]|[一-鿿]{0,3}[也都均设]?[设开]?有分)(?:(?![的某])[一-鿿]){0,8}?(?:服务部|经营部|(?:眼科|口腔|肿瘤|心血管|妇儿)中心|养老院|护老院|敬老院|福利院|护理院|养老公寓|老年公寓|服务中心|康复中心|保健中心|监测中心|检测中心|医保中心|社保中心|结算中心|供销社|公证处|殡仪馆|红十字会|协会|学会|基金会|公司|集团|管理局|分局|"
    r"委员会|村委会|居委会|项目部|教研室|口腔|诊所|药房|大药房|幼儿园|纪念医院|煤业|药业|[一二三四五六七八九十]中(?![午心间])|"
    r"附中|实验小学|妇幼(?!保健[^院])|[一二三四五六七八]院|[晚日]报(?!告)|[建工农交中]行(?![李动走为])|派出所|残疾人联合会|港(?=[,。;的开工上]))(?![路街])"
)
_GOES_ON_TO = Regex(
    r"|(?<=口)[一-鿿]{2,5}|(?:[东南西北正]门)?(?:附近|斜?对面|旁边?|隔壁|[东南西北后]侧)的?(?![和与及])(?:(?![到在去从至住送来找是有往搬某])[一-鿿]){0,4}"
)
"""Between two parts of one address: nothing, a name behind a crossing (…路交叉口金地自在城7幢), or what it is beside."""
_HOTELS = "锦江之星|如家(?![人属里中庭])|汉庭|全季(?!节)|亚朵|桔子(?=酒店)|维也纳(?=酒店)|格林豪泰|[7七]天(?=酒店|连锁)|速8|布丁|尚客优|城市便捷|丽枫|宜必思|希岸|莫泰|美豪"
_SHOP = "(?:商铺|铺面|门面房?|门市房?|档口|摊位|车库|底商|底店|店面|店铺)"
_SHOP_OR_QUARTER = Regex(
    rf"(?<=[区园苑城庄府里座楼号场际厦街路])(?:[东南西北正前后侧大]门[口旁外]?|[东南西北]侧|旁边?)?(?:临街|沿街|一[楼层])?"
    rf"(?:{_SHOP}[A-Z]?[0-9]{{1,4}}(?:-[0-9]{{1,4}})?(?:号|室)?(?![0-9])|[0-9]{{1,4}}号{_SHOP})"
    r"|住宅区?[0-9]{1,3}(?:号楼|栋|幢|座)(?:[0-9]{1,2}单元)?(?:[0-9]{3,4}(?![0-9])室?)?|(?<=[街道])[一二三四五六七八九十]{1,3}委(?:[0-9一二三四五六七八九十]{1,3}组)?(?![一-鿿])"
    rf"|(?<=[0-9])(?:商铺|铺面|门面房?|档口|摊位|店面)(?![一-鿿])|(?<=[元栋号楼幢座])(?:宿舍[0-9]{{3,4}}(?![0-9])|地下室)|(?<=单元)[东南西北中]门(?![一-鿿])"
    rf"|(?<=[0-9号路街巷道段里旁])(?:(?:旁边?|隔壁|[斜正]?对面|后面|附近)的?)?(?:{_HOTELS})(?:酒店|宾馆)?(?:[ ]?[0-9]{{3,4}}(?![0-9年月元例人]))?"
    rf"|(?<=[路街道巷])(?:(?![的了和与到去在往])[一-鿿]){{2,6}}(?:[东南西北]侧|[斜正]?对面|旁边?|隔壁)的?(?:{_HOTELS})(?:酒店|宾馆)?(?:[ ]?[0-9]{{3,4}}(?:、[0-9]{{3,4}})*(?![0-9年月元例人]))?"
    r"|(?<=[村区园苑城庄坊府院寓厦里期])(?:[东南西北中前后上下]|(?<=[园苑城庄坊府院寓厦])[A-H])区"
    r"[0-9]{1,4}(?:号楼?|[栋幢排座]|[A-H](?![0-9A-Za-z])|(?:-[0-9]{1,4}){1,3})(?:[0-9]{1,2}单元)?(?:[0-9]{3,4}(?![0-9])室?)?"
)
"""What goes on behind an estate or a village: 东门商铺7号, 南区115号."""
_ADDRESS_GOES_ON = Regex(
    r"""(?<=[路街道巷场园馆城桥])地铁站(?:(?:[A-H][0-9]?|[0-9]{1,2}号)出?口)?|(?<=[0-9]号)门(?![诊面口店牌卫前外内后急齿静脉])|(?:[增附内乙甲][ ]?)?[0-9一二三四五六七八九十]{1,4}[ ]?号|[增附内乙甲][0-9]{1,4}(?![0-9年月.%元])
    |(?<=[村庄屯寨])[一-鿿]{1,3}[组队](?![织长员])|[ ]?别墅?[ ]?[A-Z]?-?[0-9]{1,4}|[东西南北前后]?区?[0-9]{1,3}排[0-9]{1,4}号?
    |(?<=[号楼栋幢座园苑区院城村])(?![ ]?0[1-9][0-9]{1,2}-[2-9])[ ]?(?:[A-Z]-?)?[0-9]{1,3}-[0-9]{1,4}(?:-[0-9]{1,4}){0,2}(?:[A-H](?![0-9A-Za-z]))?(?![0-9年月.%人户个次组例天岁])
    |(?<=[号楼栋幢座层元弄])[0-9]{1,3}(?:单元|栋|幢|座|层|楼|室|户)|(?<=[楼栋幢座元])[0-9]{3,4}(?![0-9年月.%元例人])
    |(?<=[号园楼栋])[ ]?[0-9]{1,2}-[A-H](?![A-Za-z0-9])|(?<=SOHO)[ ]?[A-Z]?[0-9]{1,2}[座栋]?(?:[ -]?[0-9]{3,4})?(?![0-9年月日])|(?<=[段米]路)[东西南北](?![一-鿿])
    |(?<=[号厦])[0-9]{0,2}[A-Z](?![0-9A-Za-z座栋区幢超型])|(?<=号)(?:甲(?![级状沟肝亢减基醇方])|乙(?![级肝脑型醇方]))(?![座栋幢单])|(?<=[街路巷道])[0-9]{1,4}(?:[甲乙丙丁][0-9]{0,3})?(?:-[0-9]{1,4}){1,3}(?![0-9年月.%])
    |(?<=单元)[0-9]{2,4}(?=人[,。;、)])|(?<=[楼号])[0-9]{3,4}(?=人[,。;、)])|(?<=号)内[0-9]{1,3}号
    |(?<=[0-9])街坊[0-9]{1,3}门[0-9]{1,4}|(?<=[号栋幢座])[ ]?(?:平街|吊|跃|夹|地下[一二三0-9]?|负[一二三0-9])层
    |(?<=[街路巷弄道])(?:(?![到在去和与及至的了])[一-鿿]){2,4}(?:[边旁]上?|桥头|[巷弄路]口)[ ]?[0-9]{1,4}[ ]?号(?![线楼])
    |(?:(?![到在和与及至住送去来找的是有往近面])[一-鿿]){2,6}[0-9]{1,3}(?:号楼|栋|幢|座)(?:[0-9]{1,2}单元)?(?:[0-9]{3,4}(?![0-9])室?)?
    |[一-鿿]{2,8}(?:酒店|宾馆|客栈|公寓|民宿|旅馆)[0-9]{3,4}(?![0-9年月元例人])
    |(?<=[号院楼])(?:[东西南北中]单元|宿舍|[东西南北]门|[东西]户)|(?<=层)[东西]户|(?<=[号院])(?:[东西南北](?:屋|厢房|平房)|[旁边]门|[前后]院)|(?<=层)阁|(?<=街)[A-Z][0-9]?-?[0-9]{2,4}(?![0-9A-Za-z])|(?<=村)民宿|(?<=[号院弄])[顶底]楼|(?<=[0-9一二三四五六七八九十]号)(?:公馆|公寓|庄园|大院|别墅|府邸)|(?<=[号层弄楼甲乙])(?:三层阁|亭子间|[前后]楼|阁楼|灶间|[东西前后]厢房)
    |(?<=号)地下(?=[,。;) 铺]|$)|(?<=[号楼栋幢])[,、](?:[0-9一二三四五六七八九十]{1,3}(?:单元|号楼|[栋幢])[,、 ]?)+(?:[0-9一二三四五六七八九十]{1,2}[楼层](?:[东西中]户)?|[0-9〇零一二三四五六七八九]{3,4}室?)?
    |(?<=[路街道巷号])(?:[那这]边|的|那个|[那这]边的)(?:(?![的了和与到去在往住])[一-鿿]){0,6}(?:宿舍楼?|家属[楼院]|小区|酒店|宾馆|旅馆|招待所|民宿|公寓|如家|汉庭|全季|亚朵)(?:[0-9]{3,4}(?![0-9年月日元例人]))?
    |(?<=[路街道巷村号组队屯])(?:(?![的了和与到去在往对旁])[一-鿿]){0,6}(?:供销社|粮站|油坊|磨坊|戏台|祠堂|水塔|加油站|电影院|清真寺|教堂|村委会|卫生[室所]|大队部|老?学校|小学)(?:隔壁|[斜正]?对[面过门]|[后前](?:[面头边]|(?=第))|旁边?|门口|附近)(?:的?(?:平房|[小老]?楼房?|院子))?(?:第[0-9一二三四五六七八九十]{1,2}[排家户](?:[左右东西]手?[门户边])?)?
    |(?<=[0-9]号)(?:(?![的了和与到去在往对旁])[一-鿿]){2,6}(?:旁边?|隔壁|[斜正]?对面|后面|附近)的?(?:(?![的了和与到去在往])[一-鿿]){2,8}[0-9]{1,3}(?:号楼|栋|幢|座)(?:[0-9]{1,2}单元)?(?:[0-9]{3,4}(?![0-9])室?)?
    |(?<=[路街道巷])(?:(?![的了和与到去在往])[一-鿿]){2,6}(?:便利店|超市|药店|大药房)(?=门口|对面|旁|附近|楼[上下]|隔壁)|(?<=[号楼层座])(?:[一二]层)?(?:底商|底店|门面房?|临街商铺)(?:[0-9]{1,4}(?:号|室)?(?![0-9]))?|(?<=[号弄楼元门座栋幢户])[〇零一二三四五六七八九]{3,4}(?![年月十])""",
    re.VERBOSE,
)
_BESIDE_ROAD = Regex(
    r"(?<=[路街道巷弄村号组队屯社寨庄])(?:(?![的了和与到去在往对旁是有找送来从等给我你他她您就也都被把叫让])[一-鿿]){2,8}(?:[斜正]?对[面过门]|隔壁|[后前]面|旁边?(?![系听观白证])|门口|附近|[东南西北后]侧|院[内里])(?=[ ]?[,。;:!?)、\n|\t]|[ ]?$)"
    r"|(?<=[村组寨屯庄社坪湾])(?:(?![的了和与到去在往对旁是有找送来从等给段前后])[一-鿿]){0,4}(?:桥头|村[口头尾]|寨[门脚头]|岩[脚上下]|山脚下?|坡[上下脚]|坎[上下]|[河沟塘路溪]边|沟口|路口|井边|庙[前后边]|树下|水库边|[上下]寨|[上下]坝|[上下]屋|[上下]湾)(?=[ ]?[,。;:!?)、\n|\t]|[ ]?$)"
    r"|(?<=[楼厦场馆])(?:[斜正]?对面|[后前]面|旁边|隔壁|[东南西北后]侧)(?=[ ]?[,。;:!?)、\n|\t]|[ ]?$)"
    r"|(?<=村村)[口头尾](?=[,。;)、\n|]|$)|(?<=村)[口头尾](?=[,。;)、\n|]|$)|(?<=[一二三四五六七八九十0-9]巷)口(?![味腔罩服])|(?<=[一-鿿]{2}[路街])口(?=[ ]?(?:[,。;、)\n等接见的]|$)|[上下]车|碰头|附近|旁边?|那边|对面)|(?<=[一-鿿][路街])步行街(?![一-鿿]{0,3}[店院])"
    r"|(?<=号)[东南西北后侧前正大旁边]门(?![口诊齿静脉])|(?<=[小新区园苑城庄府])[东南西北正后侧大]门口?(?=[ ]?[,。;)\n|]|[ ]?$)"
    r"|(?<=[0-9][栋幢座楼号])仓库(?![一-鿿])|(?<=[场厦园区苑楼心城])(?:[前后东西南北中左右主副]|[A-H])[栋楼座][0-9]{3,4}(?![0-9年月])"
    r"|(?<=[0-9]号)(?:(?![的了和与到去在往对旁是有找送来从])[一-鿿]){2,12}[一二三四五六七八九十0-9]期(?:[0-9]{1,3}[栋幢座])?[0-9]{0,2}[A-H]?(?:[0-9]{3,4})?(?![0-9一-鿿])"
    r"|(?<=[路街道])(?:(?![的了和与到去在往对旁是有找送来从])[一-鿿]){2,6}站(?:[A-H][0-9]?|[0-9]{1,2}号)?(?:出站?)?口"
)
"""Behind an address what it is beside, or which door it is: …三组|风雨桥头, …787号|后门, …村|小学后面."""
_PLACE_ALONE = Regex("[省市县镇乡旗州]\\Z|(?<!小)(?<!园)区\\Z")
_NOT_COUNTED = Regex(
    r"(?:[一二两三四五六七八九十几多]个(?:自然)?[屯村组寨]|(?<=[区园苑城村路号])几(?:号楼?|[栋幢座楼层室组]|单元))\Z"
)
"""What is counted or asked for there: …镇|四个屯, …小区|几号楼."""
_LAST_NAME = Regex(
    "(?:(?![上下做开等去来有没无不是的了过和与又也就都还后前里内外旁对租养]|房|附近|老[房宅屋]|出租)[一-鿿]){3,6}(?=[,。;、)\\n]|$)"
)
_LEADS_HOME = Regex("(?:家在|住在?|住址|地址|居于?|搬到)[ :]?$")
LISTED = "listed"
"""Evidence of a county and a town that the gazetteer has: within them nobody is named."""
_CENTRE = Regex("城关(?![区镇乡街小中派卫医幼供粮]|社区)")
"""What the town is called in which a county is governed: 渭源县城关."""
_VILLAGE_BEHIND = Regex(
    "(?:村(?![民委里头支卫长妇镇]|上[报传])|[屯寨](?![子卡])|菜?市场)(?:[东南西北]门)?|[ ]?SOHO(?:[ ]?(?:T[0-9]|[0-9A-Z][座栋]|[0-9]号楼))?(?:[ -]?[0-9]{3,4}(?![0-9]))?"
)
_HOUSE_BEHIND = Regex(
    "(?:[0-9一二三四五六七八九十]{1,2}(?:楼(?![上下道梯])|层)|[0-9一二三四五六七八九十]{1,3}(?:号楼|[栋幢座](?![位次]))|[A-H](?:座|栋|区(?![域别])))(?:[0-9]{1,2}单元)?(?:[0-9]{3,4}(?![0-9年月]))?室?"
)
_SQUARE = Regex(r"站[东西南北]?广场\Z")
"""Before a station: 杭州东站西广场."""
_LEVELS = frozenset("省市区县州旗盟镇乡")
"""莲塘|村 where only the name is known."""
_SETTLEMENT = Regex(
    r"(?P<name>(?!开[^平封阳原化江]|[一二两三四五六七八九十几多]个)[一-鿿]{1,5}[村沟子山口营店庄岭坡湾台屯坝桥河滩洼峪梁塘坪坎岗堡寨城园头集坊])"
    r"(?P<detail>[0-9一二三四五六七八九十]{1,3}[组队]|[0-9]{1,4}号(?:内[0-9]{1,3}号)?)?(?=人?(?:[,。;、)…\t|\n]|[ ]?主因|$)|[ ]|上[学班]|打工|务[工农]|居住|休养|开店|种地|放羊)"
)
"""A village or quarter that no list knows, behind what it belongs to: …镇|东园子人，."""
_FEW = 50
_WITH_PLACE, _NUMBERED = 0.75, 0.9
"""How certain an address with its county is, without a number and with one."""
_ZONE = Regex("(?:工业)?园区|新区|高新区|经开区|(?:经济)?(?:技术)?开发区|保税区")
_LIVES = Screened(
    r"(?:现住|家住|现居(?!家)住?)(?![院址所地])[于在]?[ ]?(?:[婆娘]家|[儿女]{1,2}[子]?家|[大小]?[姐妹弟哥姑姨舅叔伯]{1,2}家)?[ ]?(?P<value>(?![过了着满]|上?[0-9一二两三四五六七八九十几]+(?:年|个?月|天|周|晚))(?![一-鿿0-9]{0,8}(?:病[区房]|[0-9]床))(?:(?![的了和与同跟我他她您很较不太远近父母儿女])[一-鿿0-9]){2,18})(?=[,。;\n]|[ ]?主因|[ ](?:[ ]|护照|电话|手机|邮[箱编]|微信|身份证)|$)"
)
_OF_ADDRESS = Regex("[0-9号栋楼院厂村组街巷弄]|家属|小区|花园")
_TOP = Regex("[顶底高低]楼层?|[顶底高低]层")
_APART = Screened(r"(?<![0-9A-Z一-鿿-])[0-9A-Z一-鿿-]+(?:[ ][0-9A-Z一-鿿-]+){3,}")
_GAP, _LEAST_GAPS = Regex("(?<=[一-鿿])[ ](?=[一-鿿])|(?<=[0-9])[ ](?=[0-9])"), 4
"""Between characters of words, and figures of one number; in any text one may stand beside the other: 31 栋 2 号."""
_LED_BY_ROAD = Regex(
    r"(?:(?![在到去住就是的从往来离靠经把给被和与])[一-鿿]){2,4}(?:大道|大街|(?<![马公铁一条])[路街巷])(?:(?![的了和与在到去住就是])[一-鿿]){2,6}(?:旁边?|[斜正]?对面|隔壁|后面|附近)的?\Z"
)
_LONGEST_ROAD = 20
"""A road and what stands there, before an estate beside it: 解放路白鹭公园旁边的|翡翠公寓4号楼."""
_HARDLY = 0.5
"""How certain an address is that is an estate and nothing else."""
_ALSO_ESTATES = frozenset(
    "建行 壹号 团结 解放 振兴 复兴 建设 发展 胜利 联合 奋斗 跃进 前进 和平 友谊 合作 创业 开发 康居 安居 宜居 和谐 幸福".split()
)
_STREET_OFFICE = Regex("(?<=街道)办(?:事处|(?![事理完好成过]))")
"""转塘街道|办事处."""
_LEADS_ON = frozenset("对使得让把将被给为的了着过在从向进出到和与及有")
_OF_ESTATES = Regex(
    "(?:影响|规定|周边|居民|业主|卫生|文明|住宅|商业|高档|安置|整个|别[家的]|现象|情况|问题|物业)$"
)
_SAID_OF = frozenset("vdcprmtfu")
"""Parts of speech, in jieba's dictionary, of words that no estate is called by."""


def find_running(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    text = reading.text
    last: Detection | None = None
    for match in find_addresses(text, divisions):
        if match.score <= _HARDLY and _is_any_estate(reading, match):
            continue
        if text[match.start : match.end] in shipped_herbs():
            continue  # 云南重楼
        if match.detailed and (
            _is_zone(text, match, divisions) or _SQUARE.search(text, match.start, match.end)
        ):
            yield Detection(LOCATION, match.start, match.end, match.score, "address", ("grammar",))
        elif match.detailed:
            found = _with_last_name(reading, address(text, match, match.score, "grammar"))
            if last and _goes_on(text, last.end, found.start, divisions):
                found = replace(found, start=last.start, score=max(last.score, found.score))
            if beside := _LED_BY_ROAD.search(text, max(0, found.start - _LONGEST_ROAD), found.start):
                found = replace(found, start=beside.start(), score=max(found.score, _NUMBERED))
            last = found = with_settlement(reading, found)
            yield found
        elif office := _STREET_OFFICE.match(text, match.end):
            yield Detection(ORGANIZATION, match.start, office.end(), 0.7, "ORGANIZATION.place", ("office",))
        elif BRANCH.match(text, match.end):
            yield address(text, match, match.score, "grammar")
        elif named := _NAMED_AFTER_PLACE.match(text, match.end):
            kind = INSTITUTION if MEDICAL.search(named[0]) else ORGANIZATION
            yield Detection(kind, match.start, named.end(), 0.7, f"{kind}.place", ("place and suffix",))
        elif not is_no_place(text, text[match.start : match.end], match.end):
            yield with_settlement(reading, address(text, match, match.score, "grammar"))


def _is_any_estate(reading: Reading, match: AddressMatch) -> bool:
    """严重影响小区, 一旦小区, 周边小区: what is said of estates, before the word for one; but not 团结小区."""
    text = reading.text
    name = text[match.start : match.end].removesuffix("小区")
    if match.end - match.start - len(name) != 2 or name in _ALSO_ESTATES:
        return False
    if not name or name[-1] in _LEADS_ON or _OF_ESTATES.search(name):
        return True
    words = (name[-size:] for size in (2, 3, 4) if size <= len(name))
    said = word_list().part_of_speech
    return any(
        reading.known(word) and said(word)[:1] in _SAID_OF and word not in _ALSO_ESTATES for word in words
    )


def _with_last_name(reading: Reading, found: Detection) -> Detection:
    """The address with the name of an estate without suffix that ends its clause: 家在黄海路恒大绿洲,."""
    text = reading.text
    rest = _LAST_NAME.match(text, found.end) if text[found.end - 1] in "路街道巷" else None
    if rest is None or not _LEADS_HOME.search(text, max(0, found.start - 4), found.start):
        return found
    if reading.known(rest[0]) or CUT.search(rest[0]):
        return found
    return replace(found, end=rest.end())


def _goes_on(text: str, end: int, start: int, divisions: Divisions) -> bool:
    """Whether the address that ends at `end` goes on at `start`, where no other county begins."""
    place = divisions.at(text, start) if start > end else None
    return _GOES_ON_TO.fullmatch(text, end, start) is not None and (place is None or place.short)


def _is_zone(text: str, match: AddressMatch, divisions: Divisions) -> bool:
    """Whether it is a city and a quarter of it that is governed as a place: 苏州园区."""
    place = divisions.at(text, match.start)
    return bool(place and _ZONE.fullmatch(text, place.end, match.end))


def with_settlement(reading: Reading, place: Detection) -> Detection:
    """The place with the village or quarter behind it: 双塔山镇 东园子, and with its level: 围场 县."""
    text, detailed = reading.text, place.entity_type == ADDRESS
    if not detailed and (level := LEVEL.match(text, place.end)):
        return replace(place, end=level.end())
    if not detailed and (centre := _CENTRE.match(text, place.end)):
        return replace(place, end=centre.end())
    house = _HOUSE_BEHIND.match(text, place.end) if not detailed and place.end - place.start > 3 else None
    if house and text[place.end - 1] not in _LEVELS:
        return replace(place, entity_type=ADDRESS, end=house.end())
    village = (
        _VILLAGE_BEHIND.match(text, place.end)
        if not detailed and text[place.end - 1] not in _LEVELS
        else None
    )
    if village:
        return replace(place, entity_type=ADDRESS, end=village.end())
    ends = text[place.end - 1] in ("村" if detailed else "区县镇乡市旗")
    village = _SETTLEMENT.match(text, place.end) if ends else None
    if (
        village is None
        or (detailed and not village["detail"])
        or reading.known(village["name"]) > _FEW
        or CUT.search(village["name"])
    ):
        return place
    kind = ADDRESS if detailed or village["detail"] or village["name"][-1] == "村" else LOCATION
    return replace(place, entity_type=kind, end=village.end())


def find_lived_in(reading: Reading) -> Iterator[Detection]:
    """现住麻纺厂，: what stands between such a word and the end of the clause, whatever it is called."""
    for lives in reading.finditer(_LIVES):
        value = lives["value"]
        word = reading.known(value) and value[-1] not in "厂村街"
        if not (
            word
            or is_no_name("village", value)
            or STOREY.match(value)
            or _TOP.fullmatch(value)
            or GENERIC.fullmatch(value)
        ):
            kind = ADDRESS if _OF_ADDRESS.search(value) else LOCATION
            yield Detection(kind, *lives.span("value"), 0.8, "address", ("lives",))


def find_apart(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """Addresses whose characters stand apart, as scans and printed forms have them: 长 春 市 绿 园 区 …"""
    for run in reading.finditer(_APART):
        offsets = [at for at in range(*run.span()) if reading.text[at] != " "]
        together = "".join(reading.text[at] for at in offsets)
        for match in find_addresses(together, divisions):
            start, end = offsets[match.start], offsets[match.end - 1] + 1
            if match.detailed and len(_GAP.findall(reading.text, start, end)) >= _LEAST_GAPS:
                yield Detection(ADDRESS, start, end, min(match.score, 0.85), "address", ("apart",))


def address(text: str, match: AddressMatch, score: float, evidence: str) -> Detection:
    end, detailed = match.end, match.detailed
    if counted := _NOT_COUNTED.search(text, match.start, end) if detailed else None:
        end = counted.start()
        detailed = not _PLACE_ALONE.search(text, match.start, end)
    elif detailed:
        while more := (
            _ADDRESS_GOES_ON.match(text, end)
            or _SHOP_OR_QUARTER.match(text, end)
            or _BESIDE_ROAD.match(text, end)
        ):
            end = more.end()
        if (
            match.end < end
            and score >= _WITH_PLACE
            and text[end - 1] in "0123456789号室旁边近面口门头脚下侧库"
        ):
            score = max(score, _NUMBERED)
    told = (evidence, LISTED) if match.listed else (evidence,)
    return Detection(ADDRESS if detailed else LOCATION, match.start, end, score, "address", told)
