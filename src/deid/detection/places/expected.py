"""What stands where a cue or a header says that a place or a body follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from deid.detection.boundaries import word_list
from deid.detection.cues import NO_VALUE
from deid.detection.figures import DAY, MONTH
from deid.detection.literals import Screened
from deid.detection.names.words import NO_SURNAMES
from deid.detection.places.running import address, with_settlement
from deid.detection.places.words import (
    ADDRESS,
    GENERIC,
    INSTITUTION,
    LOCATION,
    MEDICAL,
    NAMES,
    ORGANIZATION,
    ORGANIZED,
    is_listed,
    is_no_place,
    trim,
)
from deid.detection.reading import Reading, Slot
from deid.grammar.address import parse_value
from deid.grammar.divisions import Divisions
from deid.grammar.name import is_han
from deid.regexes import Regex
from deid.types import Detection

_FIRM = Regex(r"(?:管理|投资|咨询|服务|健康|科技|发展)(?:集团)?(?:股份)?有限(?:责任)?公司$")
_TITLE = (
    "(?:副?主任)?(?:医师|护师|药师|技师)|[副科大]?主任|副?教授|主?[治管]?医[生师]|大夫|老师|护士长?|副?院长|院士|专家|博士|"
    "店长|副?[园校所科处站部局]长|副?(?:总?经理|总监|主管|总)|先生|女士|顾问|客服|工"
)
_PART_OF_BODY = "[ /-]{0,2}[一-鿿]{0,8}(?:科|门诊部?|病区|中心|急诊|特需|国际部|体检部?)(?![一-鿿]{0,3}院)"
_BODY_AND_OTHERS = Regex(
    rf"(?P<body>[^ ]*?(?:{MEDICAL.pattern}|[一二三四五六]院|公司|集团|大学|学院|[中小]学|学校|幼儿园|[^ ]{{2,}}(?=[ ])))(?:{_PART_OF_BODY})?"
    rf"(?:(?<=[科诊部区心急需检])|[ (/-]{{0,2}}(?![一-鿿]{{0,2}}院区?\)?$)(?P<name>[一-鿿·]{{1,4}}?)(?P<title>{_TITLE})?\)?)"
)
"""A hospital with its department and the person to see there, in one cell: 省人民医院 骨科 葛主任."""
_OF_HOSPITAL = r"(?:[心神普胸肝胃肾脑][内外]|泌尿外?|消化|呼吸|血液|肿瘤|口腔|内分泌|风湿|免疫|感染|急诊|皮肤|甲乳|乳腺|甲状腺|肝胆|胰腺|胃肠|结直肠|生殖|介入|[放化]疗|康复|疼痛|中医|影像|病理|特需|体检|针灸|推拿|骨伤|耳鼻喉|质子|放射|超声|核磁|老年|神经|整形|透析|高压氧)"
_DEPARTMENT = Regex(rf"[ ]{{1,2}}(?:{_OF_HOSPITAL}|[骨产妇儿眼])\Z")
"""What stands behind a hospital in its cell: 南京鼓楼 消化."""
_WARD = Regex(rf"(?:{_OF_HOSPITAL}|(?!.*院)[一-鿿]{{1,7}}科(?:门诊)?|(?:国际)?门诊|住院部)")
"""The same without a gap: 市一|内分泌."""
_OWN_DEPARTMENT = Regex(
    rf"(?:(?:小儿|儿童|老年|综合|特需|专家|普通|{_OF_HOSPITAL}|[妇产儿骨内外男]|心血管|脑血管|肛肠|胸|乳腺|心理|睡眠|营养|体检|急诊|眼|皮肤|口腔|中医|中西医结合)+(?:内科|外科|妇科|科|门诊))"
)
"""Under 医院/科室 the department alone."""
_BED = Regex(r"(?<=[一-鿿])[ ]{1,2}(?:[0-9]{1,2}[A-Z]?-)?[0-9]{1,3}床?\Z")
_DAY = Regex(rf"[ ]{{1,2}}(?P<day>(?:(?:20)?[0-9]{{2}}[./-])?{MONTH}[./-]{DAY})\Z")
"""Behind a hospital the day of the visit: 医大一 3.12."""
_PASSED_ON = Regex(r".*?(?:医院|[一二三四五六七八九附]院|院区)(?=转[一-鿿]{2})")
"""延边医院|转陆总."""
_CLOSED = Regex(r".*?(?:医院|[一二三四五六七八九附]院|院区)")
_IN_LIST = Regex("[^、]{2,}")
_FIRST_PART = Regex(r"[^,;。]{6,}(?=[,;。])|.*", re.DOTALL)
_OF_BODY = Regex("单位(?:及|和|与|/|、)地址[: ]*\\Z")
_BODY_IN_BRACKETS = Regex(
    r"(?![无同])(?:(?![路街巷号弄村])[一-鿿]){3,16}(?:公司|集团|厂|学|园|店|局|院|所|社|会|中心)(?=[ ]?\()"
)
"""Behind 工作单位及地址 the body, with its place in brackets: 晨光幼儿园(解放路)."""
_MOVED = Regex("(?:已|现|全家|户口)?(?:搬家|搬迁?|迁居?|移居|暂住|投靠[儿女]子?)[至到在往](?=[一-鿿]{2})")
"""Before a place in the cell of an address: 搬迁至|红寺堡."""
_SHOP_OF_PLACE = Regex("(?P<place>[一-鿿]{2,8}?)店")
_REMARK = Regex(r"[ ]+(?:(?![户室号楼栋座院区村组门元层家旁侧路弄巷])[一-鿿]){1,8}")
"""Words behind a whole address in its cell: 301室　独居."""
_NO_BODY = Regex(
    r"(?:(?:事[前后]|零星|手工|窗口|异地|线下|线上|门诊|住院)?(?:报销|垫付|直付|直赔|结算)$|同上.*|[本外我该]院|自由执业|退休|待业|机动|轮休|备班|无票|收据|白条|发票|税号.*|自[送来带取提备购行]|外[送带购]|拒[赔付收]|待[审核赔查补定]|结案|已[结赔付核审][案付完]?|退[回件单票]|撤案|作废|未[填知补寄回]|暂无|空白|家属送.?|快递|通过|审核中)$|[^:]{1,6}:|支付宝|微信|现金|银联|个人|(?:自费|公费|商保|医保|新农合|[个散团]检|散户)$|.*(?:会议室|接待室|洽谈室|贵宾室|休息室)$|(?:线上|视频|电话|居家|家中|上门|远程)$|.*专用章\)?$|(?:抖音|快手|小红书|微博|百度|朋友圈|电梯|地铁|公交|户外|信息流)(?:广告|推广|投放)$"
    r"|(?:官[网微]|网站|网络|线[上下]|活动|讲座|义诊|地推|广告|传单|扫码|抖音|快手|小红书|微博|百度|公众号|小程序|视频号|直播间?|朋友圈|企微|社群|团购|大众点评|点评|美团|口碑|复购|自然(?:到店|到访|流量|进店)|路过|散客|同行|熟人|会员|老?客户?|[朋亲]友|员工|内部|转介绍?|老带新)(?:介绍|推荐|转介绍?|带来)?$"
    r"|(?:外包|临时|兼职|劳务|返聘|实习)(?:保洁|保安|护工|司机|后勤|人员|员工?|工)?$|(?:个体|务[农工]|农民|学生|居民|无业|自由职业|灵活就业|家庭主妇)$"
)
"""A cell under 开户行, 就诊机构, 来源门店 or 单位 that names no body."""
_HOUSED = Regex("[0-9路街巷号弄村组栋幢座楼,;。对旁隔]|附近|大道|胡同|宿舍|小区|家属")
"""What is in the address of a house, and not in a hospital that stands for one."""
_FETCHED = Regex(
    r"(?:[到门]?店|前台|现场|本人|上门|自行|快递)?(?:自[提取领](?:[ ]?[0-9/.-]+)?|面交|取走|领取|已[取领寄]|[寄到]付|取货|取药)|自己[到来取拿]|自行(?:前往|[到来])|[不无]需?要?寄送?|电子版?|同第[0-9一二三四五]+行|[不没][肯愿想便]?(?:说|透露|提供|给)|身份证|护照"
)
"""Cells under an address that hold how something is fetched."""
_OF_PARTY = Regex("[甲乙丙丁]方|患者|客户|其[父母子女妻夫]|本人|[^()]*[0-9]岁")
"""What goes on with a sentence: 乙方为甲方之母其木格(71岁)联系…医院."""
_OF_INSURERS = ("承保公司", "投保公司", "保险公司")
_ONLY_OF_BODIES = frozenset(
    "工作单位 工作单位名称 单位名称 所在单位 就职单位 任职单位 现工作单位 公司名称 企业名称 就职公司 就读学校 毕业学校 毕业院校 就诊医院 医院名称 转诊医院 转出医院 转入医院 手术医院 住院医院 首诊医院 送检医院 用人单位 用工单位 工作单位及职业".split()
).union(_OF_INSURERS)
_SHORT_BODY = Regex(
    "(?!.*(?:退休|自费|个人|散客|务农|无业|待业|自由|个体|失业|离职|在家|居家|学生|农民|工人|员工|职员|打工|灵活|全职|家庭|本人|自营|经商|外地|当地|本地|同前|[我本][院市县省]|外院|几家|多家|不|未|没|已|待|另|请|见附|详见))[一-鿿]{2,10}"
)
_OF_DOCTORS = frozenset("专家 医生 医师 职称 科室 专家姓名 医生姓名".split())
_OF_PERSONS = _OF_DOCTORS | frozenset("姓名 职务 联系人 客户 员工 会员".split())
_OF_THINGS = frozenset(
    "项目 结果 数量 规格 单价 金额 剂量 用量 用法 药品 药名 参考值 参考范围 频次 次数".split()
)
"""Headers of those whose 单位 is where they work, and of what is counted in units."""
_REST_OF_LINE = Regex(
    r"(?!电[话联]|手机|联系|收[件货]|[请麻谢勿放寄送拒]|到付|工作日|周[一-日末]|邮[编政]|姓名|备注|附近|对吧|周边|一带)[_-]?(?:(?!电[话联]|手机|[请的了吗吧呢啊])[一-鿿0-9A-Za-z_-]){1,16}(?=[ ]{0,2}(?:\n|\Z))"
)
"""What goes on with an address to the end of its line, and is no remark."""
_FIRM_IN_FIELD = Screened(
    r"(?:单位|公司|雇主|厂家|送检|外送|检测方|承运|承运方|[甲乙丙]方|供应商|供货商|承保方?|签约方|[收付]款方|抬头|户名)(?:名称)?(?:[ ]?:[ ]{0,2}|[ ]{1,2})"
    r"(?P<name>(?:(?![院单])[一-鿿]){4,12}?)(?=(?:工地|车间|食堂|宿舍)?(?:[ ]{0,2}(?:[,;。/|)(\n\t]|$)|[ ]{1,2}[一-鿿]{2,6}[: ]))"
)
"""单位：芜湖恒润型材: what stands behind a place in such a field, whatever it is called."""
_COMMITTEE = Regex("(?:居|村)(?:民委员|委)会")
"""Behind a quarter that is a part of its name: 城西街道|南沟社区|居委会."""
_LEADS_IN = Regex(
    "(?:(?:近|[发起]病前)?[0-9一二三四五六七八九十]{1,3}(?:天|日|周|个?月|年)[之以]?内)?(?:曾|均)?有(?=[一-鿿]{2,12}(?:旅居|居住|旅行|旅游)史)"
)
_HISTORY = Regex("(?:冬季|夏季|长期|短期)?(?:旅居|居住|旅行|旅游)史")
"""Around a place where somebody has been: 14天内有|广州海珠区|旅居史."""
_AND_ANOTHER = Regex("(?<=医院)(?:以?及|或者?|和|与|还是)(?=[一-鿿]{2})")
_TO_SEPARATOR = Regex(rf"(?:(?!{_AND_ANOTHER.pattern})[^\s,。;!?:、\n]){{2,40}}")


def find_expected(
    reading: Reading, divisions: Divisions, is_hospital: Callable[[str], bool]
) -> Iterator[Detection]:
    """What slots hold. `is_hospital` knows what people call hospitals: 省中, 华西."""
    text = reading.text
    for start, end, header in reading.cells:
        if header == "单位":
            yield from _of_working_place(reading, start, end, is_hospital)
    yield from _named_after_place(reading, divisions)
    for slot in reading.slots:
        if slot.entity_type not in (ADDRESS, LOCATION, ORGANIZATION, INSTITUTION) or NO_VALUE.match(
            text, slot.start
        ):
            continue
        if slot.support == "cell":
            if slot.cue.endswith("科室") and _OWN_DEPARTMENT.fullmatch(text, slot.start, slot.end):
                continue
            yield from _cell(reading, divisions, slot.start, slot.end, slot.entity_type, is_hospital)
        elif slot.entity_type in (ADDRESS, LOCATION) and not text.startswith("城中村", slot.start):
            of_body = _OF_BODY.search(text, max(0, slot.start - 12), slot.start)
            if of_body and (body := _BODY_IN_BRACKETS.match(text, slot.start)):
                yield Detection(ORGANIZATION, *body.span(), 0.92, ORGANIZATION, ("cue",))
                continue
            lead = _LEADS_IN.match(text, slot.start)
            match = parse_value(text, lead.end() if lead else slot.start, divisions)
            if match and slot.support != "colon" and _COMMITTEE.match(text, match.end):
                continue
            if match and not is_no_place(text, text[match.start : match.end], match.end):
                score = max(match.score, 0.9 if slot.support == "colon" else 0.75)
                found = _to_next_label(text, with_settlement(reading, address(text, match, score, "cue")))
                if history := _HISTORY.search(text, found.start + 1, found.end):
                    found = replace(found, end=history.start())
                yield _to_end_of_line(text, found) if slot.support == "colon" else found
        elif slot.support == "colon" or (
            slot.cue in _ONLY_OF_BODIES and text[slot.start - 1 : slot.start] == " "
        ):
            yield from _organization_at(reading, slot, divisions, is_hospital)


def _to_next_label(text: str, found: Detection) -> Detection:
    """Without the next label: 户籍地：福建惠安　|现居：."""
    gap = text.rfind(" ", found.start, found.end)
    return replace(found, end=gap) if gap > 0 and text.startswith(":", found.end) else found


def _to_end_of_line(text: str, found: Detection) -> Detection:
    """With what stands behind it without a gap and ends the line: …万达广场|对面油泵厂, …台升大道|12543."""
    rest = _REST_OF_LINE.match(text, found.end) if found.entity_type == ADDRESS else None
    return replace(found, end=rest.end()) if rest else found


def _cell(
    reading: Reading,
    divisions: Divisions,
    start: int,
    end: int,
    entity_type: str,
    is_hospital: Callable[[str], bool],
) -> Iterator[Detection]:
    text = reading.text
    start, end = trim(text, start, end)
    end += text.count("(", start, end) > text.count(")", start, end) and text.startswith(")", end)
    value = text[start:end]
    if len(value) < 2 or len(value) > 80 or not any(map(is_han, value)):
        return
    if entity_type in (ORGANIZATION, INSTITUTION) and _NO_BODY.match(value):
        return
    if entity_type in (ADDRESS, LOCATION) and _FETCHED.fullmatch(re.split("[,;]", value)[0]):
        return  # 门店自取，签收：…
    if entity_type in (ADDRESS, LOCATION):
        if MEDICAL.search(value) and not _HOUSED.search(value):
            value = _without_ward(value, divisions, is_hospital)
            yield Detection(INSTITUTION, start, start + len(value), 0.92, INSTITUTION, ("cell",))
            return
        value = _FIRST_PART.match(value)[0]  # type: ignore[index]
        if moved := _MOVED.match(value):
            start, value = start + moved.end(), value[moved.end() :]
        match = parse_value(text, start, divisions)
        detailed = match.detailed if match else entity_type == ADDRESS
        if match and detailed and _REMARK.fullmatch(value, match.end - start):
            value = value[: match.end - start]
        yield Detection(
            ADDRESS if detailed else LOCATION, start, start + len(value), 0.92, "address", ("cell",)
        )
    elif (shop := _SHOP_OF_PLACE.fullmatch(value)) and _is_quarter(shop["place"], divisions):
        yield Detection(LOCATION, start, start + shop.end("place"), 0.92, LOCATION, ("cell",))
    else:
        arrow = value.rfind("→") + 1  # 王秋菊→浙二
        start, value = start + arrow, value[arrow:]
        if day := _DAY.search(value):
            yield Detection(
                "DATE_TIME", start + day.start("day"), start + day.end(), 0.85, "DATE_TIME", ("cell",)
            )
            value = value[: day.start()]
        if passed := _PASSED_ON.match(value):
            yield Detection(INSTITUTION, start, start + passed.end(), 0.85, INSTITUTION, ("cell",))
            start, value = start + passed.end() + 1, value[passed.end() + 1 :]
        kind = INSTITUTION if MEDICAL.search(value) else entity_type
        if "," in value and GENERIC.fullmatch(value[: value.index(",")]):
            return  # 村卫生室，草庙集乡白果树村
        if kind == INSTITUTION and "、" in value:
            for part in _IN_LIST.finditer(text, start, start + len(value)):
                yield Detection(kind, *part.span(), 0.85, kind, ("cell",))
            return
        if kind == INSTITUTION:
            value = _without_ward(value, divisions, is_hospital)
        others = _others_in(reading, start, value)
        end = start + others.end("body") if others else start + len(value)
        yield Detection(kind, start, end, 0.85, kind, ("cell",))
        if others and others["name"]:  # 那主任, 都兰福: what else is no surname, or a place, is somebody here
            first, last = others.span("name")
            yield Detection("PERSON", start + first, start + last, 0.85, "PERSON", ("behind a body",))


def _is_quarter(name: str, divisions: Divisions) -> bool:
    """Whether a shop is called after a place and no more: 广州珠江新城 of 广州珠江新城店."""
    place = divisions.at(name, 0)
    if place is None:
        return False
    return place.end == len(name) or name.endswith(
        ("新城", "新区", "开发区", "路", "街", "大道", "广场", "湖", "湾", "桥", "门")
    )


def _without_ward(value: str, divisions: Divisions, is_hospital: Callable[[str], bool]) -> str:
    """龙华 of 龙华 3-02, 市一 of 市一内分泌."""
    bed = _BED.search(value)
    value = value[: bed.start()] if bed else value
    department = _DEPARTMENT.search(value)
    if department and department.start() > 1:
        return value[: department.start()]
    if (closed := _CLOSED.match(value)) and _WARD.fullmatch(value, closed.end()):
        return closed[0]
    place = divisions.at(value, 0)
    name = place.end if place and not is_hospital(value[: place.end]) else 0
    ends = (end for end in range(name + 4, name + 1, -1) if is_hospital(value[name:end]))
    return next((value[:end] for end in ends if _WARD.fullmatch(value, end)), value)


def _of_working_place(
    reading: Reading, start: int, end: int, is_hospital: Callable[[str], bool]
) -> Iterator[Detection]:
    """What stands under 单位 beside persons, where it is no unit of measure."""
    headers = {header for *_, header in reading.cells}
    value = reading.text[start:end]
    if not headers & _OF_PERSONS or headers & _OF_THINGS:
        return
    if _SHORT_BODY.fullmatch(value) and not (_NO_BODY.match(value) or NO_VALUE.match(value)):
        kind = INSTITUTION if is_hospital(value) or headers & _OF_DOCTORS else ORGANIZATION
        yield Detection(kind, start, end, 0.8, kind, ("cell",))


def _named_after_place(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """Firms without a closing word in fields for firms, behind their place."""
    persons = {tag.start for tag in reading.tagged if tag.label == "PER"}
    for field in reading.finditer(_FIRM_IN_FIELD):
        (start, end), name = field.span("name"), field["name"]
        place = divisions.at(name, 0)
        own = name[place.end :] if place and place.short else ""
        person = not persons.isdisjoint(range(start + 1, end))
        if len(own) < 2 or person or _is_word(reading, own) or is_listed(divisions, own, 0, len(own)):
            continue
        if _SHORT_BODY.fullmatch(own) and not (_NO_BODY.match(own) or GENERIC.fullmatch(own)):
            yield Detection(ORGANIZATION, start, end, 0.85, ORGANIZATION, ("field",))


def _is_word(reading: Reading, name: str) -> bool:
    """外贸, but not 太极, 神龙, which a dictionary has as names."""
    return reading.known(name) > 0 and word_list().part_of_speech(name) not in NAMES


def _others_in(reading: Reading, start: int, value: str) -> re.Match[str] | None:
    """What a cell of a body holds behind it, a department or a person: 包钢医院 | 丛教授, but not 宏达公司 销售经理."""
    others = _BODY_AND_OTHERS.fullmatch(value)
    if others is None:
        return None
    name, (first, last) = others["name"] or "", others.span("name")
    surname = len(name) == 1 and others["title"] and name not in NO_SURNAMES
    told = not name or surname or reading.tagged_as(start + first, start + last)
    return others if told else None


def _organization_at(
    reading: Reading, slot: Slot, divisions: Divisions, is_hospital: Callable[[str], bool]
) -> Iterator[Detection]:
    """A body by its closing word, or whatever no dictionary knows behind a cue that only bodies follow: 工作单位：电大."""
    text, start = reading.text, slot.start
    match = None if text[start - 1 : start] == "(" else _TO_SEPARATOR.match(text, start)
    if match is None or _OF_PARTY.match(match[0]) or GENERIC.fullmatch(match[0]):
        return
    if any(label == match[0] for *_, label in reading.cells):
        return
    if ORGANIZED.search(match[0]):
        former = text[start] == "原" and divisions.at(text, start + 1) is not None
        firm = _FIRM.search(match[0])
        kind = INSTITUTION if MEDICAL.search(match[0]) and not firm else ORGANIZATION
        yield Detection(kind, match.start() + former, match.end(), 0.85, kind, ("cue",))  # 原|沈阳第二机床厂
        if also := _AND_ANOTHER.match(text, match.end()):
            yield from _other_at(text, also.end(), is_hospital)
    elif slot.entity_type == INSTITUTION and is_hospital(match[0]):
        yield Detection(INSTITUTION, *match.span(), 0.65, INSTITUTION, ("cue",))
    elif slot.cue in _ONLY_OF_BODIES and _SHORT_BODY.fullmatch(match[0]) and not _NO_BODY.match(match[0]):
        insurer = slot.cue in _OF_INSURERS
        score, evidence = (0.85, "known by use") if insurer else (0.6, "cue")
        yield Detection(slot.entity_type, *match.span(), score, slot.entity_type, (evidence,))


def _other_at(text: str, start: int, is_hospital: Callable[[str], bool]) -> Iterator[Detection]:
    """The second of two bodies behind one cue: 意向医院：湘雅二医院或|博爱."""
    match = _TO_SEPARATOR.match(text, start)
    if match is None or GENERIC.fullmatch(match[0]) or _NO_BODY.match(match[0]):
        return
    if ORGANIZED.search(match[0]) or is_hospital(match[0]) or _SHORT_BODY.fullmatch(match[0]):
        yield Detection(INSTITUTION, *match.span(), 0.65, INSTITUTION, ("cue",))
