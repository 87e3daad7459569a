"""Places and bodies that only the tagger sees, where no grammar has spoken."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from deid.detection.boundaries import word_list
from deid.detection.places.running import with_settlement
from deid.detection.places.words import (
    ADDRESS,
    BECOMES,
    BRANCH,
    COMMON,
    GENERIC,
    INSTITUTION,
    ITS_DEPARTMENT,
    LEVEL,
    LOCATION,
    MEDICAL,
    NO_CORE,
    ORGANIZATION,
    ORGANIZED,
    WORDS,
    is_gate,
    is_listed,
    is_no_place,
    is_striven_for,
    trim,
)
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.detection.tagger import OF_BODIES, Tagged
from deid.grammar.address.find import CALLED_AFTER_PLACE
from deid.grammar.address.names import is_no_name
from deid.grammar.divisions import DivisionMatch, Divisions
from deid.grammar.name import is_han
from deid.regexes import Regex
from deid.types import Detection

_PLACE_END = Regex(r"[省市区县镇乡村路街州旗盟岛山河湖港湾]$")
_STREET_END = Regex(r"(?<![铁公马道线])[村路街巷弄里屯组庄]$")
_LEADS_TO_PLACE = Regex(r"(?:在|到|去|回|自|从|于|住|往|来|嫁|寄|飞|赴|派)$")
_VERB_BEFORE = Regex(rf"(?:[转到去飞往]|{BECOMES})(?=[一-鿿]{{1,3}}(?:市|省|机场)\Z)")
"""The end of a verb, and no part of a place: 转|呼市, 改成|呼市."""
_DAY_BEFORE = Regex("(?:[上下本这]个?)?(?:周|星期|礼拜)[一二三四五六日末天](?=[一-鿿]{2})")
"""What is said before a hospital, of when: 下周三|中医院."""
_SOMEBODY_AND = Regex(
    "[一-鿿]{0,2}?(?:经理|主任|老师|医生|大夫|护士|警官|律师|[院科处所队站]长)[同和与跟](?=[一-鿿]{3})"
)
"""With whom somebody is at a body: 林|经理同|派出所."""
_VERB_WITHIN = Regex(r"(?<=.)[离到去在从]")
_DEPARTMENT = Regex(
    "(?:贵宾|候诊|诊疗|办公|等候|休息|接待|洽谈|会客|污染|清洁|隔离|留观)区|(?:[东南西北中]部|[一-鿿][东南西北中]|全国|国[内际])?(?:大区|片区|区域(?:中心)?|(?:会诊|陪诊|就医|医疗|医学|医务|海外|渠道|业务|事业|拓展|项目|招商|直播|新媒体|健管|人力|人事|资源|行政|财务|资金|市场|销售|客服|客户|服务|运营|法务|合规|采购|技术|综合|总务|后勤|品牌|商务|质控|质量|信息|数据|研发|产品|国际|海外|战略|企划|培训|护理|理赔|核保|公关|媒体|审计|管理|事务|关系|协调)+[一二三四五]?(?:部门?|处|组|中心))"
)
"""A part of a firm or an office, called by what it does."""
_DWELLING_END = Regex(
    r"(?<=..)(?:花园|[家佳嘉][园苑]|小区|世纪城|新村|家属[院楼区]|宿舍楼?|公寓|公馆|[豪华]庭|名邸)$|(?<=..[苑园城庭府坊])[东南西北中]?[一二三四五六七八九十]{1,2}区$"
)
"""What an estate is called, so that a name that ends so is an address whatever the tagger takes it for."""
_AROUND = Regex("(?<=..)(?:附近|一带|周边|[那这][边片块])\\Z")
"""What is no part of the name of a place: 洪家楼附近."""
_ENDS_OF_TOWNS = frozenset("巷街里屯庄堂弄")
"""Ends of streets that towns are called after as well."""
_NO_VILLAGES = frozenset("中关村 亚运村 奥运村 度假村 地球村 大学村".split())
_OF_BODY = Regex(
    r"[一-鿿]{0,4}[脑心肺肝胆胃肠肾脾骨膝肩髋腰颈胸腹盆额颞枕鞍眼鼻咽喉舌齿牙肌腺叶窝裂窦瓣壁胱髂股门央定变][一-鿿]{0,2}[区部池突]|(?:兴趣|感兴趣|敏感|可变)区|特定|大城市|双径路"
)
"""What lies in a body, a molecule or a picture: 肺门区, 中央部, 恒定区."""
_SEDATES = Regex("镇(?:[静痛咳压吐惊]|定(?!于))")
_SURE = 0.6
"""How likely a place must be that no list knows."""
_SURE_OF_LISTED = 0.85
"""The same beside others in a list."""
_OF_PLACE = frozenset(["LOC", "ADR"])
_UNIT = Regex(r"[0-9〇一二三四五六七八九十百]+[A-Z]?(?:号|弄|栋|幢|座|楼|单元|室|户|组|队|-|门|层)")
_LEADS = tuple("往去回到寄从飞返赴")
"""What leads to a place, and is taken by the tagger for its beginning."""
_BEFORE_BODIES = frozenset("宿附凭致限归和与跟及至往赴")
"""What leads to a body that is called after its place."""
_OURS = Regex("[本我该][省市县区镇乡村]|贵[省市区镇乡村]|[山水河]沟")
"""A place that is not named: 本县, 贵市, 山沟."""
_SOME = Regex("(?<=[省市县区镇乡村])一(?:诊所|门诊部?|药[店房]|卫生室)$")
"""Any body at a place: 岐山县|一诊所."""
_OF_QUALITY = Regex("的[小大]?(?:事|心|态度|语[气调]|方式|角度|目光|眼光|性格|气氛)")
"""What is peaceful, and at no place of that name: 从平和的小事做起."""
_GATE = Regex("[东西南北正侧前后]门(?:[进出入走]|住院|门诊|急诊|[大候]厅|保安|停车|登记|[出入]口)")
"""A gate through which somebody goes, or beside what it is, and no place called so."""
_NO_BODY = Regex(
    r"[一二三四五六七八九十]院|[0-9一二三四五六七八九十]楼(?:口腔|[眼骨儿内外妇产]科?|门诊)|和睦家庭|中国网安|穆斯林|(?:基督|佛|天主)教徒|[东西南北中]区(?:便利店|超市|食堂|餐厅|药[房店])|市中心|[A-D]类.*|.*控制台|(?!卫生|教育|公安|民政|财政|司法|人社|商务|交通|水利|农业|科技|文化|国土|环保|应急|审计|住建|外事|旅游|林业)[一-鿿]{2}厅|.*专委|.*[酒饭牌]局|.*([一-鿿])\1([一-鿿])\2地|[大小]三阳(?:医院|公司)|(?:有限|普通)合伙企业|[红黄蓝绿白]联|银联(?:快捷|在线|闪付)"
)
"""What a number alone or a part of a town makes no body: 三院联合, 市中心房价, 骨科专委年会, 在安康厅开会, 天天酒局, 宝宝健健康康地."""
_AND = frozenset("和与及")
_WISHED, _CLOSES_WISH = Regex("平安健康|健康平安"), Regex(r"[ ]?(?:[。!~;\n]|\Z)|过[冬年节]|每一?天")
_OF_ANY_HOSPITAL = Regex(
    "(?:医疗|护理|用药|药事|质量|安全|感染|院感|输血|伦理|学术|病案|教学|科研|设备|应急|管理|控制|监督|审查|专家)+(?:委员会|领导小组|工作组)"
)
_CARRIERS = frozenset("顺丰 中通 圆通 申通 韵达 极兔 德邦 京东 美团 滴滴 饿了么".split())
_SENT_BY = Regex("[寄发走用叫打点下][个了]?\\Z")
_OF_COUNTY = Regex("[县人]|老家|[那这]边|乡下|[过回]来|[,。;、)]|$")
"""Behind a county whose name is a word."""
_MADE_THERE = Regex("产(?![检后前假程妇床房科道区业])(?=[一-鿿])")
"""Behind where a drug is made."""
_AMOUNT = Regex("[产销]量")
"""Behind what is made somewhere: 安徽钢铁|产量."""
_MACHINE = Regex("工作台|主机|探头|球管")
"""Behind who makes it: 联影|工作台."""
_NO_PLACE = Regex(
    "[东西][一二三四五六七八九十]{1,2}区|(?:动物|植物|产业|工业|科技|校|公)园[一二三四五六七八九十]区|立交桥|高架桥|过街天桥|[新旧老]?(?:楼房|平房|房屋|住宅)[0-9一二三四五六七八九十百]+[幢栋间套]"
)
"""What is counted or stands in any town, and is nobody's address; 东八区."""
_BESIDE_BLOCK = Regex("(?:[内外]科|门诊|住院|急诊|医技|行政|综合)大?楼")
_CASE = Regex(
    r"[0-9]{0,4}(?:民|刑|行|执|破|知|赔|仲|商)(?:初|终|再|申|诉前调|特|监|辖|保)?字?第?[0-9]{1,6}(?:-[0-9])?号"
)
_NUMBERED = Regex(rf"{_UNIT.pattern}|[0-9]$")
_OFFICE = Regex(
    r"(?:(?:集团|公司|总部|本部|[分支]部|院)+|(?:[一二三1-9]楼)?[东南西北中]区(?:[0-9]{1,2}号楼?)?|(?:办公|综合|行政|门诊|医技|住院|急诊|[内外]科|教学|实验|科研|后勤|主|[新旧老])大?楼)"
    r"(?:[0-9一二三四五六七八九十]{1,3}[楼层])?(?:[0-9]{1,2}号窗口?|[0-9]{3,4}|[A-H][0-9]{0,2}区?|[东南西北]侧)?室?"
    r"|(?:[新旧老东南西北中本]?院区?)?(?:(?:门诊|住院|急诊|医技|体检|发热)(?:部|大?楼)?|楼)(?:[0-9一二三四五六七八九十]{1,4}(?:号[楼诊]?|[楼层区室]))+室?"
)
"""Where a meeting is rather than where somebody lives: 总部6楼."""
_STOREY_OF_BLOCK = Regex(
    "楼?[0-9一二三四五六七八九十]{1,3}[层楼](?:[东西南北]头|[东西南北左右]侧|[左右]手边|拐角处?|尽头|走廊|大厅|电梯[口厅]|楼梯口)?"
)
_REST = Regex(rf"(?=[一-鿿])(?!是|都是)[^,;。、:\n]*?{_UNIT.pattern}[^,;。、:\n]*")
_OF_STREET = Regex("[路街道巷弄里段村队屯庄寨园苑府湾]")
_FREE = re.compile(rb"\0{3,}")
"""A stretch that no claim covers."""
_UNKNOWN, _LED = 0.36, 0.06
"""Scores of a name that nothing else shows to be one: below the threshold, unless a word leads to a place."""
_PART_OF_BODY = Regex("(?<=[一-鿿]{3})(?:工会|董事|理赔|食堂|医务室|货代|住院)\\Z")
"""What belongs to a body and is no part of its name: 重庆隆兴|工会."""
_NO_OWN = Regex(
    "肿瘤|儿童|口腔|眼科|肺科|胸科|骨科|妇[幼产保]|[省市县区州](?:肿瘤|儿童|口腔|眼科|人民|中医)[一-鿿]{0,4}|.*(?:[科室展]|院区|病[历案]|记录|单|报告|资料)"
)
"""What is no name of a body behind its place: a field alone, a department, a paper."""
_BELIEVED, _SURE_OF_BODY, _SURE_OF_WORD, _SHORTEST_OWN = 0.62, 0.75, 0.95, 2
"""Score of a body for which the tagger's word is enough; how sure it must be of one, and of a word; characters behind its place."""
_STUDIES = Regex(
    "[上读念考](?:[大中小]学|[初高]中|幼儿园)|(?:支教|援[藏疆建]|打工|务工|插队|当兵|经商|旅游|出差|开[厂店矿车])[一-鿿]?"
)
"""What somebody does in a place: 郑州上大学."""
_OF_THERE = Regex("(?:当地|本地|那边|那里|附近|周边)[一-鿿]*")
"""A body of a place that is not named: 龙口市|当地医院."""
_GOES_ON = ("滩羊", "行为", "行动", "行程", "行政", "行业", "部分", "会议", "社会", "队列", "室内", "站点")
"""Words whose first character would close a name."""
_SPOKEN = Regex("话(?![题费术剧筒])")
"""四川话."""
_SAYS_WHEN = Regex("时间(?![内里])")
"""北京时间."""


class _Seen(NamedTuple):
    """A stretch that the tagger labels; `end` may lie behind the `name`, where a level follows: 宝安 区."""

    start: int
    end: int
    name: str
    label: str
    listed: bool


def find_tagged(
    reading: Reading, covered: bytearray, divisions: Divisions, ordinary_words: Collection[str]
) -> Iterator[Detection]:
    """What only the tagger sees, where no grammar has spoken."""
    text = reading.text
    for start, end, label, likely in _joined(reading.tagged):
        start, end = trim(text, start, end)
        if verb := _VERB_BEFORE.match(text, start, end):
            start = verb.end()
        if (
            label == "LOC"
            and text.startswith(_LEADS, start, end)
            and is_listed(divisions, text, start + 1, end)
        ):
            start += 1  # 往|内乡
        if label in OF_BODIES and text[start] in _BEFORE_BODIES and divisions.at(text, start + 1):
            start += 1  # 宿|康定情歌大酒店
        for before in (_SOMEBODY_AND, _DAY_BEFORE) if label in OF_BODIES else ():
            if said := before.match(text, start, end):
                start = said.end()
        if some := _SOME.search(text, start, end):
            end, label = some.start(), "LOC"
        around = _AROUND.search(text, start, end) if label in _OF_PLACE else None
        end = around.start() if around else end - (label in _OF_PLACE and text.startswith("乡下", end - 1))
        if label in OF_BODIES and (part := _PART_OF_BODY.search(text, start, end)):
            end = part.start()
        if label == "LOC" and (deed := _deed_in(text[start:end], divisions)):
            end = start + deed
        name = text[start:end]
        listed = label == "LOC" and is_listed(divisions, text, start, end)
        if listed and (level := LEVEL.match(text, end)):
            end = level.end()
        if likely < _SURE and not listed:
            continue
        if len(name) < 2 or "\n" in name or not is_han(name[0]) or name in ordinary_words:
            continue
        seat = divisions.at(name, 0) if label in OF_BODIES else None
        believed = label in OF_BODIES and _is_believed(reading, name, seat, likely)
        if 1 in covered[start:end]:
            if label == "ADR":
                yield from _rest_of_address(text, start, end, covered)
            if not (believed and _is_behind_place(covered, start, end, seat)):
                continue
        in_list = label == "LOC" and likely >= _SURE_OF_LISTED and _stands_in_list(text, start, end, covered)
        seen = _Seen(start, end, name, label, listed)
        if _is_nothing(reading, seen, divisions):
            continue
        led = _LED if _LEADS_TO_PLACE.search(text, max(0, start - 3), start) or in_list else 0.0
        if name not in WORDS or led:
            yield _claim(reading, seen, divisions, _BELIEVED if believed else _UNKNOWN + led)


def _deed_in(name: str, divisions: Divisions) -> int:
    """How long the listed place is behind which the tagger takes what is done there for more of it: 洛川|拉苹果, 华阴|下山."""
    seat = divisions.at(name, 0)
    if seat is None or len(name) - seat.end < 2:
        return 0
    rest = name[seat.end :]
    deed = rest[0] in _TRADES_WITH or rest in _DEEDS or word_list().part_of_speech(rest)[:1] == "v"
    return seat.end if deed else 0


_TRADES_WITH = frozenset("拉卖买运贩摘")
_DEEDS = frozenset(["上山", "下山", "下乡", "上坟", "下海"])
"""What jieba's dictionary has as places, or not at all."""
_PEOPLES = Regex("塔塔尔|柯尔克孜|乌孜别克|塔吉克|哈萨克|俄罗斯|东乡|撒拉|保安|裕固")


def _stands_in_list(text: str, start: int, end: int, covered: bytearray) -> bool:
    """Whether what has been found stands before it or behind it in a list: 湛江、|洋浦."""
    if _PEOPLES.fullmatch(text, start, end):
        return False
    before = start > 1 and text[start - 1] == "、" and covered[start - 2]
    return bool(before or (text[end : end + 1] == "、" and 1 in covered[end + 1 : end + 2]))


def _is_believed(reading: Reading, name: str, seat: DivisionMatch | None, likely: float) -> bool:
    """Whether the tagger is sure enough of a body that no word closes: 宝丰酒业, but not 苹果, 上海高端医疗, 浙江省肿瘤|发病率."""
    own = name[seat.end :] if seat else name
    if (seat and NO_CORE.match(own)) or _NO_OWN.fullmatch(own):
        return False
    return likely >= (_SURE_OF_WORD if reading.known(name) else _SURE_OF_BODY)


def _is_behind_place(covered: bytearray, start: int, end: int, seat: DivisionMatch | None) -> bool:
    """Whether another finder has read no more than the place that a body begins with: 河南|超威电源."""
    if seat is None or end - start - seat.end < _SHORTEST_OWN:
        return False
    return 1 not in covered[start + seat.end : end]


def _is_nothing(reading: Reading, seen: _Seen, divisions: Divisions) -> bool:
    """Whether it is a word, a part of a body or of a building, or what a field is called."""
    text, start, end, name = reading.text, seen.start, seen.end, seen.name
    if text.startswith(_GOES_ON, end - 1):
        return True  # 境外医疗行 为
    bears_name = (
        CALLED_AFTER_PLACE.match(text, end) or _SAYS_WHEN.match(text, end) or _SPOKEN.match(text, end)
    )
    origin = divisions.at(name, 0) if seen.label == "LOC" else None
    if origin and origin.end < len(name) and CALLED_AFTER_PLACE.fullmatch(name, origin.end):
        return True  # 天津麻花
    if _NO_PLACE.fullmatch(name) or (len(name) == 2 and _MACHINE.match(text, end)):
        return True  # 新楼房33幢, 联影|工作台
    if _AMOUNT.match(text, end) and divisions.at(name, 0):
        return True  # 安徽钢铁|产量
    if _CASE.search(name):
        return True  # (2024)沪0106民初1187号
    if name[-1] == "楼" and _BESIDE_BLOCK.search(text, max(0, start - 12), end + 12):
        return True  # 外科楼、平安楼
    if seen.label == "LOC" and _MADE_THERE.match(text, end):
        return True  # 济南|产阿司匹林
    if is_striven_for(text, end) or is_no_place(text, name, end) or (seen.label == "LOC" and bears_name):
        return True
    of_body = _OF_BODY.fullmatch(name) and not divisions.at(name, 0)
    if not seen.listed and (of_body or _STOREY_OF_BLOCK.fullmatch(name) or _OFFICE.fullmatch(name)):
        return True
    if _SEDATES.match(text, end - 1):
        return True  # 安定 镇静
    if seen.label == "LOC" and shipped_prose().is_medical(name[1:]):
        return True  # 在泵|乌拉地尔
    if _WISHED.fullmatch(name) and _CLOSES_WISH.match(text, end):
        return True  # 您慢走，平安健康
    if start not in reading.boundaries(start, end) or _DEPARTMENT.fullmatch(name):
        return True  # 住院部5楼东区, 人力行政部
    if text[end : end + 1] == ":" or reading.is_cue(start, end):
        return True
    if seen.label == "LOC" and _OF_QUALITY.match(text, end) and word_list().part_of_speech(name)[:1] == "a":
        return True  # 从平和的小事做起
    if _OURS.fullmatch(name) or (seen.label == "LOC" and len(name) == 2 and name[1] == "家"):
        return True  # 丈夫是本县人, 回山沟, 到罗家回访
    if name in COMMON and not _OF_COUNTY.match(text, end):
        return True  # 从资源配置来看
    if seen.label == "LOC" and (_GATE.match(text, start) or is_gate(text, start, end)):
        return True  # 从西门进
    if seen.label in OF_BODIES and (GENERIC.fullmatch(name) or _NO_BODY.fullmatch(name)):
        return True  # 转诊卫生院, 对方律所, 三院联合
    if seen.label in OF_BODIES and name[0] in _AND and GENERIC.fullmatch(name, 1):
        return True  # 县医院|和乡镇卫生院
    if _OF_ANY_HOSPITAL.fullmatch(name) and text[start - 1 : start] in _AND:
        return True  # 护理质量与|安全管理委员会
    if name.endswith("银行") and text[end : end + 1] in ("卡", "账") and not divisions.at(name, 0):
        return True  # 请核对宋华|银行卡
    if name in _CARRIERS and _SENT_BY.search(text, max(0, start - 2), start):
        return True  # 寄顺丰
    if seen.label in _OF_PLACE and is_no_name("village", name):
        return True  # 现住城中村
    cut = _VERB_WITHIN.search(name)
    return cut is not None and GENERIC.fullmatch(name, cut.end()) is not None  # 村离镇卫生院


def _claim(reading: Reading, seen: _Seen, divisions: Divisions, unknown: float) -> Detection:
    """An address, a place or a body, by the tagger's label and by how the name ends; `unknown` is the score of any other."""
    start, end, name, label, listed = seen
    if label != "ORG" and _DWELLING_END.search(name) and not is_no_name("estate", name):
        return Detection(ADDRESS, start, end, max(unknown, 0.5), "CN_ADDRESS.tagger", ("tagger",))
    if label in ("LOC", "ADR"):
        if name[-1] in _ENDS_OF_TOWNS and reading.text.startswith("人", end) and divisions.at(name, 0):
            return Detection(LOCATION, start, end, 0.65, "LOCATION.tagger", ("tagger",))  # 慈溪周巷人
        street = _STREET_END.search(name)
        village = name[-1] == "村" and name not in _NO_VILLAGES
        numbered = label == "ADR" and (_NUMBERED.search(name) or street)
        if numbered or (street and len(name) > 3 - village):
            return Detection(ADDRESS, start, end, 0.65, "CN_ADDRESS.tagger", ("tagger",))
        known = listed or bool(divisions.prefecture_of(name)) or bool(_PLACE_END.search(name))
        score = 0.65 if known else unknown
        return with_settlement(
            reading, Detection(LOCATION, start, end, score, "LOCATION.tagger", ("tagger",))
        )
    seat = divisions.at(name, 0)
    if seat and any(of.fullmatch(name, seat.end) for of in (BRANCH, GENERIC, _STUDIES, _OF_THERE)):
        return Detection(LOCATION, start, start + seat.end, 0.62, "LOCATION.tagger", ("tagger",))
    if label == "ORG" and (department := ITS_DEPARTMENT.search(name)):
        return Detection(
            ORGANIZATION, start, start + department.start(), 0.62, "ORGANIZATION.tagger", ("tagger",)
        )
    kind = INSTITUTION if label == "HOS" or MEDICAL.search(name) else ORGANIZATION
    organised = ORGANIZED.search(name) and name[-1] not in "族方"
    return Detection(kind, start, end, 0.62 if organised else unknown, f"{kind}.tagger", ("tagger",))


def _rest_of_address(text: str, start: int, end: int, covered: bytearray) -> Iterator[Detection]:
    """What is left of an address that the tagger sees where a grammar has read a part: 嘉禾南段89号 | 泰和堂."""
    for free in _FREE.finditer(covered, start, end):
        first, last = trim(text, *free.span())
        beside = (first == free.start() > start) or (last == free.end() < end)
        named = beside or _OF_STREET.search(text, first, last)
        indoors = _STOREY_OF_BLOCK.fullmatch(text, first, last) or (
            text[first - 1] not in "0123456789号" and _OFFICE.fullmatch(text, first, last)
        )
        if named and _REST.fullmatch(text, first, last) and not indoors:
            yield Detection(ADDRESS, first, last, 0.65, "CN_ADDRESS.tagger", ("rest",))


def _joined(tagged: Sequence[Tagged]) -> Iterator[Tagged]:
    """Stretches that are no persons; places that touch are one: 道里区 机场路 安静村."""
    last: Tagged | None = None
    for tag in tagged:
        if tag.label == "PER":
            continue
        if last and {last.label, tag.label} <= _OF_PLACE and tag.start == last.end:
            label = "ADR" if "ADR" in (last.label, tag.label) else "LOC"
            last = Tagged(last.start, tag.end, label, max(last.score, tag.score))
            continue
        if last:
            yield last
        last = tag
    if last:
        yield last
