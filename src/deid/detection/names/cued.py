"""Names where a name is expected: cells under 姓名, values behind `姓名：`, 我叫 …, and labels of any kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from deid.detection.boundaries import word_list
from deid.detection.cues import NO_VALUE
from deid.detection.literals import Screened
from deid.detection.names.fit import CERTAIN, PERSON, Candidate, Fitting, of_shape
from deid.detection.names.words import (
    FUNCTION_SURNAMES,
    IDENTIFIED,
    KIN_SUFFIXES,
    KINDRED,
    LABEL,
    LAUGHTER,
    MOBILE,
    NOBODY_ACTS,
    NOT_NAMES,
    OF_A_FIRM,
)
from deid.detection.reading import Reading, Slot
from deid.grammar.english import EnglishWords
from deid.grammar.fieldnames import OPEN_NAMES, is_label
from deid.grammar.name import HAN, RARE_WORDS, Shape, is_han
from deid.grammar.romanized import OF_A_THING, has_chinese_syllables, is_post, is_spelt
from deid.regexes import Regex

_LIST = Regex(r"[ ]{0,2}(?:、|,|/|;|和|及|与|\+|&|或)[ ]{0,2}")
_NO_NAME_BEGINS = Regex(rf"{_LIST.pattern}|[时后前处栏页]")
_PART_OF_CELL = Regex(r"[^、,/;+&\n()\[\]]+")
_AS_ABOVE = Regex(r"(?<=[一-鿿])[ ]+[同如][上前左右下]\Z")
"""What else the cell above holds: 安宁 同上."""
_NUMBER_BEFORE = Regex(
    rf"(?:[A-Za-z]{{0,2}}[0-9]{{2,6}}[ \-_:]?|加?[0-9]{{1,3}}床?[ ]{{1,2}})(?=[{HAN}]{{2,4}}\Z|[{HAN}]{{2,4}}[\n\t,|])"
)
"""Of a seat or a bed, before whose it is: 8002明月, 5 丁香."""
_BEFORE_NUMBER = Regex(r"[^0-9+]*[^0-9+ \-]")
_HIDDEN_SURNAME = Regex(rf"[*×○●□]{{1,2}}(?!必[填选须]|选填)[{HAN}]{{1,2}}(?![{HAN}])")
_STATE = Regex(
    "[已未待拒暂](?:[一-鿿]{2}|[一-鿿]{1,3}[ (,]|[一-鿿]\\Z)|(?:不(?:详|愿|在|需|明|适|便|清|知)|无(?:人|效|法|需|此|应答|回应)|偶(?:尔|有|发|饮|吸|服))[一-鿿]{0,3}\\Z"
)
"""How things stand, in the place of a name: 已离职, 拒赔 等待期内."""
_DEED = Regex(
    "[取送退交领查约补改办拿寄买开](?:报告|单|药|锦旗|片子?|[材资]料|号|款|费|卡|票|检|血|标本|餐|货|发票|病历|周[一二三四五六日])|全[员名体].{1,3}|[检维装]修|培训|开会|团建|自来"
    "|[省市县区](?:肿瘤|儿童|妇幼|人民|中心|中医|第?[一二三四]院|立).{0,4}"
)
"""What is done there, or where somebody goes, in the place of a name: 取报告, 全员培训, 省肿瘤."""
_KIN = KINDRED | KIN_SUFFIXES | {"孙", "舅", "姑"}
_FOR_WHAT = Regex(
    r"(?<=[一-鿿]{2})[ ]{1,3}(?:[初复会面问急就]诊|复查|[洗拔补镶种]牙|种植牙?|正畸|换药|拆线|针灸|推拿|理疗|透析|体检|咨询|手术|输液|检查|取药|取报告|随访|回访|挂号|加号|签到|请假)\Z"
)
"""高兴 洗牙: what somebody comes for."""
_KIN_BEFORE_LETTERS = Regex(
    rf"(?P<kin>[{HAN}]{{1,2}})[ ]?:?[ ]?(?P<name>[A-Z][^\W\d_{HAN}]+(?:[ .'’\-]{{1,2}}[A-Z][^\W\d_{HAN}]*)*)"
)
"""妹João, 女儿 Odessa Reed."""
_LONGEST_CELL, _LONGEST_ALONE, _LONGEST_FIELD = 24, 6, 4
"""Characters of a cell with names, of a text that is nothing but a name, and of a value right behind 姓名."""
_LIKE_NAME = 0.5
"""Quality of what may well be a name."""
_WHOLE_NAME = 0.7
"""Quality of what hardly is anything else."""
_SAYS_WHETHER = frozenset("信通完黑红首终留能")
"""Rare surnames that tell in a cell whether something was done, or how."""
_SAYS_WHAT = Regex("[先再又别带拿按照用吃喝停加减改换避忌禁逢每补续量测挂抽约找]")
"""What begins the answer of a role, where the rest is a word: 医生：先雾化, 护士：带社保卡."""
_JUST_NAME = Regex(
    r"(?:(?:^|[\n{\[,;\-\"'(])[ \"']{0,4}(?i:name)[\"']?[ ]?:|(?<![A-Za-z_])(?i:name)[\"']?[ ]?=)[ \"']{0,3}\Z"
)
_OF_SOMEBODY = frozenset(("CN_RESIDENT_ID", "DATE_OF_BIRTH", "AGE", "PHONE_NUMBER"))
"""Types of fields that stand beside the name of a person, and hardly beside that of a thing."""
_LONGEST_VALUE = 40
"""Characters of a value that are looked at: no name is so long."""
_RECORD = 300
"""Characters of a record in one line, on either side of its name."""
_OF_NAMES = ("han", "nickname", "masked")
_IN_FOREIGN_NAMES = "·. *"
_NAMING = ("姓名", "拼音", "签名", "签字", "户名", "持卡人")
_SELF = Screened(
    r"(?:我叫|名叫|名字叫|叫做|大名叫?|本名|真名|全名|取名叫?|原名|曾用名|化名|人称(?!代词)|我是|您是|[这那]位是|姓名是|(?<![项种款类命题书品改更定药店厂园群])名为|患者名(?![单册])|自诉名|患者叫|孩子叫|儿子叫|"
    r"[她他其]叫|女儿叫|男人叫|老公叫|老婆叫|知道叫)(?:[登标误]记?[为成作]|[写印打录填报念喊存拼][为成作])?[ :\"“]{0,2}"
)
_IS_THING = Regex(
    rf"[{HAN}]{{1,6}}[”\"]?的[{HAN}]{{0,6}}(?:店|馆|公司|[工药]厂|餐厅|品牌|软件|程序|产品|药[物品膏片]?|平台|小区|网[站店]|节目|项目|活动|文章|[歌书])"
    rf"(?![{HAN}]{{0,3}}(?:员|工|老板|经理|师傅|师|客服|负责人|法人|股东|会计|主管|助理|会长|作者|读者|主播))"
)
_BODY = Regex(
    rf"[{HAN}]{{3,}}(?:公司|集团|(?:服务|租赁|经营|工程|批发|门市|营业|加工|修理|经销|业务)部|租赁站|工作室|合作社|[工药]厂|加工厂|医院|诊所|门诊部|卫生院|卫生室|药房|药店|大药房|商行|超市|酒店|宾馆|餐饮店|推拿店|理发店|花店|银行|[支分]行|学校|[中小]学|幼儿园|协会|基金会|委员会|事务所|(?:转运|救护|服务|护理|康复|家政|体检|培训|配送|物流)中心)"
)
"""What is no person in a column called name, which holds firms as well."""
_INITIALS = Screened(
    r"(?:(?:签名|签字|签章|署名|(?:记录|审核|复核|操作|经办|检查|报告|录入|填表|执行|核对|制单|送检|采样)[人者员]|(?:责任|值班)护士|(?:主要)?研究(?:者|医[师生])|[监稽]查员|CR[AC]|Sub-?I|(?:CRC?|数据)?录入|"
    r"(?:报告|审核|记录|主治|住院|检查)[医技]师|(?:Signed|Reported|Verified|Recorded|Entered|Monitored|Reviewed) by|(?:Sub-?)?Investigator)[ ]?:[ ]{0,3}|(?:受试者|患者|病人|受访者|客户|姓名)(?:姓名)?(?:的?(?:拼音|字母|英文))?缩写[ :为是]{0,3}|(?:受试者|患者|病人)[ ]?(?=[A-Z]{2,4}[ ]?[,(][ ]?(?:[男女][,) ]|[0-9]{1,3}岁|[A-Z]{0,2}[0-9]{3,6}\)))|受试者[ ]?(?=[A-Z]{2,4}[ ]?(?:于|[入出]组|签署)))"
    r"([A-Z](?:\.?[ ]?[A-Z]){1,2}\.?)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9.])((?:[A-Z]\.){1,2}[A-Z]\.?)(?=[ ]?[,(][ ]?(?:[男女MF][ ,)]|[0-9]{1,3}岁))"
)
_LABEL_APART = Regex(
    "(?:籍[ ]+贯|民[ ]+族|年[ ]+龄|职[ ]+[业务称]|单[ ]+位|文[ ]+化|关[ ]+系|时[ ]+间|经[ ]+[办手])"
)
"""The letters of a label that stand apart, the first of which is a surname."""
_ABBREVIATIONS = frozenset(
    "CT MRI MR DR US ECG EEG PET ICU ER OPD NA QC QA OK NO YES HIS LIS PACS B CRF ICF SAE AE EDC CRC CRA PDF".split()
)
_TESTS = _ABBREVIATIONS | set("DSA CTA MRA MRCP ERCP AFP CEA PSA ALT AST CRP ESR BNP HIV HBV HCV HPV".split())
"""What a list of tests and goods calls things in letters."""
_CALLED = Screened(
    r"(?:(?:儿子|女儿|孩子|娃|孙子|孙女|弟弟|妹妹|哥哥|姐姐|老伴|老公|老婆|小名|大名|乳名|名字|[她他的]|(?<=[,;]))叫(?:做)?|(?:老?喊|叫着|唤|(?<=[,;(])名)(?=[“\"「]))[“\"「]?"
    rf"([{HAN}]{{2}})(?=[,。;、!?)”\"」\n和]|$|今年|[0-9])"
)
_SURNAMED = Screened(
    r"(?:(?<!百)姓|免贵)[“\"「]?(?![吗呢吧啊])([一-鿿])(?=[”\"」的念读啊呢吧是他她您你我这那,。;!?\n \-—–~…)]|$|叫\1|\1|单名|大夫|医生|先生|女士|电话|手机|号码|身份证|[一-鿿]{2}的\1|的(?:[,。;!?\n]|人(?!们)|那[个位]|[男女老]|医|大夫|护士|师傅|专家|教授|主任))"
)
_NO_SURNAME = frozenset("名氏哦喔噢嘛呀什啥了的过着吧吗啦哟呦嘞咯呐")
_NOT_SO = Regex(r"(?:也不是|不代表|不等于)[^,。;\n]{0,6}\Z|不是[一两二三四五六七八九十几]+[位个]\Z")
"""写“白塞”也不是姓白, “四君”不是四位姓君的人."""
_NO_NAME_OF = Regex(
    rf"(?P<word>[{HAN}]{{2,9}}?(?<![总工姐哥叔伯姨医师生士员任理]))[”\"」》]?[:,]?[ ]?(?:并|可|也|都)?不(?:是|要[记写听叫认当]成)?\Z"
)
"""高良姜不是姓高, “李斯特菌”不是姓李, 白塞病不姓白; but 王总不姓王."""
_COMPOUND_TOLD = Screened(r"(?:(?<!百)姓|免贵)([一-鿿]{2})(?=[的啊呢吧是,。;!?\n ]|$)")
_ANY_SURNAME = Regex(
    rf"[{HAN}](?<![各男女老那这某本贵该我你您他她其俺咱])(?=(?:先生|女士|小姐|太太)(?![{HAN}]))"
)
"""联系人：照先生: in a field whatever stands before 先生."""
_DEPARTMENT = Regex(r"[一-鿿]{1,5}?(?:科|部|室|处|办|组|中心|病区)(?=[一-鿿]{2})")
_SIGNED = Screened(
    r"(?:\((?:签章|签字|签名|盖章|手签|签字盖章|签名盖章)\)|【(?:[医患护药技]?[者师士]?签[名字章]|[经承]办|处理|跟进|登记|受理|派单|审[批核]|接收|制单|填[表报]|复核|核对|记录|提交|责任|值班|对接)[人员者]?】)[ ]?:?[ ]{0,4}(?=[一-鿿])"
)
_WARD = Regex(
    r"(?:[一-鿿]{1,3}科|妇产|普外|[神心胸泌骨烧]外|[神心]内|急诊|呼吸|消化|肾内|血液|麻醉|放射|超声|病理|检验|药剂|药房|收费[处室]?|挂号[处室]?|导诊台?|门诊|住院部|护士站|服务台|窗口|保安|后勤)(?=[一-鿿]{1,5}$)"
)
"""The ward before a name in a roster: 外科秦岭, 妇产陶主任."""
_WARD_ALONE = Regex(
    "(?:[一-鿿]{0,4}(?:[内外妇儿产骨眼]|口腔|皮肤|急诊|检验|放射|超声|病理|康复|中医|麻醉)科|护士站|门诊|病房|药房|收费处|导诊台|[我你他她您咱](?:[们的是在叫妈爸爹娘哥姐弟妹儿女老家]|自己|爱人|对象|先生|太太|本人)[一-鿿]*)"
)
"""What stands in the cell of a person and is none: a ward, what somebody says of himself."""
_SOMEBODY = Regex(
    "(?:紧急)?联系人|负责人|经办人|监护人|委托人|代理人|申请人|投保人|被保险?人|受检人|法定代表人|登记人|填表人|患者?本人|病人|[本家]人"
)
"""Labels of the field of a person that end as one of no such field may: 守护人."""
_SHIFT = Regex("[一-鿿]班|[一二三]线|[夫妻父母子女]")
_WARDS = ("科", "组", "室", "病区")
_ROLE = Regex(r".*(?:师|员|医|医生|护士|大夫|主任|代表|家长|(?<![处配验组偏秘良经])方)")
_PARTY = Regex(r"[一-鿿]{1,3}方")
"""Who signs a contract: a firm, or somebody."""
_SIGNER = Regex(
    r"[一-鿿]{0,4}(?:医师|药师|技师|护师|治疗师|咨询师|营养师|康复师|[审复]核|校对)|(?:会议|书写)?记录|汇报"
)
"""Who signs below a record; in chats such people are called otherwise."""
_HANDLES = Regex("[煎发送配取]药|调配|[代打]包")
"""Who handles goods, or which."""
_ENDS_LINE = Regex(r"[ ]*(?:\n|\Z)|[ ]+(?:[一-鿿]{2,8}:|[0-9])")
_TAKES_NAME = Regex(
    r"(?!(?:本|病|家|客|老|工|主|亲|友|男|女|大|路|旁|他|某|有|无|成|两|个|每|新|法)人$)[一-鿿]{1,5}人|经[办手]|调度|制[单表]|填表|"
    r"主刀|[一二三]助|住院医|主治医?|规培|进修|实习|书写|审签|[收寄发取]件|[派配]送|提货|[一-鿿]{0,6}代[签书办]|签收|校对|收样|采样|参加讨论|[接交值]班|见证|监督|旁证|跟台|巡回|器械|出诊|领队|跟单|派单|接单|[供需甲乙丙]方代表|交|接|主持|主讲|抄送|收票|开票|质控|带教|讲者|审方"
)
"""Labels that hold nobody but a person: 收票人, 调度. Those that speak in chats, and ask, are not among them."""
_ENDS_SURNAME = Regex(r"(?=[、,;。\n/)]|_{2}|[ ]+(?:[一-鿿]{2,8}:|[0-9〇一二三四五六七八九十]{2})|[ ]*$)")
_ENDS_BEFORE_LABEL = Regex(r"[ ]+[一-鿿]{2,8}:")
_MOBILE = Regex(MOBILE)
_BOXES = Regex(rf"□[{HAN}]{{1,8}}[ ]+□")
"""Squares to be ticked, which hide no surname: □影像 □病理."""
_FIELD = Regex(rf"([{HAN}]{{2,9}})(?![{HAN}])(?:[,; ]{{1,2}})?")
_VALUE = Regex(rf"[{HAN}]{{1,6}}[: ]{{0,2}}[0-9A-Za-z]|性别")
_SEX = Regex(rf"[男女](?![{HAN}])")
_PARTED = Regex(rf"([{HAN}])(?P<gap>[ ]?[\-|.~+\t][ ]?)[{HAN}](?P=gap)[{HAN}](?![{HAN}]|(?P=gap))")
_SEX_BEHIND = Regex(rf"[ ]?[,;(][ ]?[男女](?![{HAN}])")
_RARE = 150
"""So often, or less, the dictionary counts characters that are in hardly any word."""
_SPACED_LABEL = Screened(rf"(?:^|[\n ])(?:[{HAN}] ){{2,6}}[师者员人士生][ ]?:[ ]{{0,3}}(?=[{HAN}] [{HAN}])")
"""主 检 医 师：, before a name that is spaced as well."""
_LABEL = Screened(r"(?:^|[\n ,;。/|(])([一-鿿]{1,8})(?:\([一-鿿]{1,6}\))?:[ ]{0,2}(?=[一-鿿])")
_OPENING = Regex(r"^([一-鿿]{1,8}):", re.MULTILINE)

_DIVISIONS = ("省", "市", "县", "区", "州", "盟")
_NUMBERED = Regex("[一二三四五六七八九十][中小院附医]")
"""What a school or a hospital of a place ends with."""
OF_PRODUCT = Regex("通用名|药品|商品名|产品名|器械|品牌")
"""Before 英文名: whose it is."""


def bare_name(label: str) -> str:
    """A label without the prefix of a schema, in small letters: name of ss:Name."""
    return label.rpartition(":")[2].casefold()


class CuedNames:
    """The firmest evidence there is."""

    def __init__(self, fitting: Fitting, english: EnglishWords) -> None:
        self._fitting = fitting
        self._english = english
        self._grammar = fitting.grammar
        self._words = fitting.words

    def find(self, reading: Reading) -> Iterator[Candidate]:
        headers = {label for _, _, label in reading.cells}
        personal = sorted(slot.start for slot in reading.slots if slot.entity_type in _OF_SOMEBODY)
        for slot in reading.slots_of(PERSON):
            beside = reading.text[slot.start - 1 : slot.start] in ("\t", "|") and slot.support != "cell"
            if beside and slot.cue in headers:
                continue  # the next header: 姓名|知情日
            if NO_VALUE.match(reading.text, slot.start):
                continue
            if slot.cue.endswith(("Name", "name", "NAME")) and self._is_of_a_thing(reading, slot):
                continue
            if self._is_of_anything(reading, slot, personal):
                continue
            if slot.support == "cell":
                yield from self._cell(reading, slot)
            else:
                if slot.support == "adjacent" and _NO_NAME_BEGINS.match(reading.text, slot.start):
                    continue  # 姓名和手机号, 签字时请
                firm = self._is_firm(reading, slot)
                if firm:
                    yield from self._parted(reading, slot.start)
                    if match := _ANY_SURNAME.match(reading.text, slot.start):
                        yield Candidate(*match.span(), 0.8, ("cue firm", "title"))
                yield from self.list_at(
                    reading, slot.start, firm=firm, evidence="cue firm" if firm else "cue"
                )
        for match in reading.finditer(_SELF):
            if LAUGHTER.match(reading.text, match.end()):
                continue  # 真名哈哈
            if _LIST.match(reading.text, match.end()):
                continue  # 全名和病种
            if match[0].startswith("名为") and _IS_THING.match(reading.text, match.end()):
                continue  # 一家名为“鹿锅”的火锅店
            if any(self._fitting.is_origin(reading.text, match.end(), match.end() + size) for size in (2, 3)):
                continue
            firm = match[0][0] not in "我您" or match[0].startswith("我叫")
            yield from self.list_at(
                reading, match.end(), firm=firm, evidence="self-introduction" if firm else "cue"
            )
        for match in reading.finditer(_CALLED):
            if self._fitting.is_call_name(match[1]):
                yield Candidate(*match.span(1), 0.8, ("called",))
        for match in reading.finditer(_INITIALS):
            which = match.lastindex or 0
            if match[which] not in _ABBREVIATIONS:
                yield Candidate(*match.span(which), 0.8, ("cue firm", "initials"))
        for match in reading.finditer(_SURNAMED):
            if reading.text.startswith(")", match.end()) and not self._is_surname(match[1]):
                continue  # 因为这个姓少）
            if (
                match[1] not in _NO_SURNAME
                and not _NOT_SO.search(reading.text, max(0, match.start() - 10), match.start())
                and not _begins_a_word(reading.text, match.start(), match[1])
            ):
                yield Candidate(match.start(1), match.end(1), 0.8, ("surname told",))
        for match in reading.finditer(_COMPOUND_TOLD):
            if match[1] in self._grammar.compound_surnames:
                yield Candidate(*match.span(1), 0.8, ("surname told",))
        for match in (*reading.finditer(_SIGNED), *reading.finditer(_SPACED_LABEL)):
            yield from self.list_at(reading, match.end(), firm=True, evidence="cue firm")
        yield from self._labelled(reading)
        yield from self._alone(reading)

    def _is_surname(self, character: str) -> bool:
        return character in self._grammar.surnames or character in self._grammar.rare_surnames

    @staticmethod
    def _is_of_a_thing(reading: Reading, slot: Slot) -> bool:
        """Product Name: Aspirin Tablet."""
        at = reading.text.rfind(slot.cue, 0, slot.start)
        return at > 0 and OF_A_THING.search(reading.text, max(0, at - 12), at) is not None

    def _is_of_anything(self, reading: Reading, slot: Slot, personal: Sequence[int]) -> bool:
        """Whether a field says little, and its value looks like nobody's name: `name` of products or songs, what stands in
        `{"patient": {"diagnosis": …}}`, but not `"name":"麦穗"` in a line with one of the `personal` fields."""
        text, start, end = reading.text, slot.start, slot.end
        just_name = slot.cue.casefold() in OPEN_NAMES
        if slot.support == "cell":
            labels = [label for first, last, label in reading.cells if (first, last) == (start, end)]
            called = slot.outer or (just_name and any(bare_name(label) in OPEN_NAMES for label in labels))
        else:
            called = just_name and _JUST_NAME.search(text, max(0, start - 24), start) is not None
            last = min(start + _LONGEST_VALUE, len(text))
            end = next((n for n in range(start, last) if not is_han(text[n])), last)
        value = text[start:end].strip()
        if called and slot.support == "cell" and value.isascii():
            return value in _TESTS or self._english.name_nobody(value)
        if not called or not is_han(value[:1]) or self._looks_named(reading, value):
            return False
        first = max(text.rfind("\n", max(0, start - _RECORD), start) + 1, start - _RECORD)
        last = text.find("\n", start, start + _RECORD)
        last = start + _RECORD if last < 0 else last
        return slot.outer or bisect_left(personal, first) == bisect_left(personal, last)

    def _looks_named(self, reading: Reading, value: str) -> bool:
        """李红, 小陈, 古丽娜尔 and 高兴, but not 订单中心, nor a drug."""
        if value in self._fitting.protected:
            return False
        if value in self._grammar.name_like_words or value in self._grammar.every_surname:
            return True
        shaped = any(
            shape.end == len(value) and shape.kind in _OF_NAMES and shape.quality >= _LIKE_NAME
            for shape in self._grammar.at(value, 0, len(value))
        )
        return (shaped and not reading.known(value)) or self._fitting.foreign(value)

    def _is_firm(self, reading: Reading, slot: Slot) -> bool:
        """Whether a name must stand there: not in 姓名一律手写, nor in the remark of 董律师（线上）."""
        text, start = reading.text, slot.start
        if slot.support == "colon":
            cue = start - 1 - len(slot.cue)
            remark = text[start - 1 : start] == "(" and slot.cue in self._words.titles
            return not (remark and text[cue - 1 : cue] in self._grammar.surnames)
        if not slot.cue.endswith(_NAMING):
            return False
        return not is_han(text[start - 1 : start]) or self._is_field(reading, slot)

    def _is_field(self, reading: Reading, slot: Slot) -> bool:
        """Whether what stands right behind 姓名 is a value all the same: 姓名劳动，医保号…, 户名张望，"""
        if reading.tagged_from(slot.start):
            return True
        text, field = reading.text, _FIELD.match(reading.text, slot.start)
        if field is None:
            return False
        word, end = field[1], field.end()
        for last in range(slot.start + 2, slot.start + min(len(word), _LONGEST_FIELD + 1)):
            given = text[slot.start : last]
            if reading.cue_begins(last) and _VALUE.match(text, last) and self._fitting.familiar(given):
                return given not in self._words.titles  # 签名扎西日期2024年
        if word in self._grammar.name_like_words or self._fitting.foreign(word):
            return True
        if end == field.end(1) or len(word) > _LONGEST_FIELD or text.startswith(slot.cue, end):
            return False
        worded = {word, word[:2]} & self._grammar.ordinary_words
        valued = reading.cue_begins(end) and bool(_VALUE.match(text, end) or not worded)
        return slot.cue.endswith("户名") or valued or _SEX.match(text, end) is not None

    def list_at(
        self, reading: Reading, position: int, *, firm: bool, evidence: str, limit: int | None = None
    ) -> Iterator[Candidate]:
        """Names from `position` on: 张三、李四和王五主任."""
        text, end = reading.text, len(reading.text) if limit is None else limit
        first, ordinary = True, self._grammar.ordinary_words
        while position < end:
            position = self._behind_role(reading, position, end)
            hidden = firm and (
                _HIDDEN_SURNAME.match(text, position, end) or self._grammar.damaged.match(text, position, end)
            )
            if hidden and not _BOXES.match(text, position):
                yield Candidate(*hidden.span(), 0.9, (evidence, "masked"), "masked")
                return
            shape = self._fitting.best_at(reading, position, end, firm=firm)
            if shape is None or not (firm or self._fitting.fits(reading, shape)):
                return
            if is_han(text[shape.end : shape.end + 1]) and self._fitting.is_other_word(
                text[shape.start : shape.end]
            ):
                return  # 律师(江苏淮海…
            if shape.kind == "han" and text.startswith("医院", shape.end):
                return  # 医师(原新华医院)
            gap = text.rfind(" ", shape.start, shape.end) if text.startswith(":", shape.end) else 0
            if shape.kind == "latin" and gap > 0 and text[shape.start : shape.end].isupper():
                shape = shape._replace(end=gap)  # 研究者：MYZ　CRC：
            if evidence == "cell" and self._fitting.ends_in_word(reading, shape.start, shape.end):
                return  # 高温补|贴：每日15元
            if text.endswith(("|", "| "), 0, position) and text[shape.start : shape.end] in ordinary:
                return  # the next header: 接听人|时间
            if text[shape.end : shape.end + 1] in _DIVISIONS and self._fitting.is_place(
                text[shape.start : shape.end]
            ):
                return  # 地址核对：吉林|省
            if _NUMBERED.match(text, shape.end - 1) and self._fitting.is_place(
                text[shape.start : shape.end - 1]
            ):
                return  # 苏州三|中
            if shape.kind == "latin" and (shape.end - shape.start < 2 or self._is_english_field(text, shape)):
                return
            likely = shape.quality >= 0.6 or shape.kind == "surname"
            if not (first or likely or (firm and self._is_last_word(reading, shape))):
                return
            yield of_shape(shape, 0.92 if firm else 0.8, evidence)
            position = shape.end + self._words.title_at(text, shape.end)
            separator = _LIST.match(text, position, end)
            if separator is None:
                return
            position, first = separator.end(), False

    def _is_last_word(self, reading: Reading, shape: Shape) -> bool:
        """周到 in 术者：缪主任 / 周到，: a word that begins with a surname and ends the list."""
        word = reading.text[shape.start : shape.end]
        other = word in self._words.roles or reading.is_cue(shape.start, shape.end)
        closed = reading.text[shape.end : shape.end + 1] in (",", "。", ";", "\n", "")
        return closed and len(word) == 2 and word[0] not in FUNCTION_SURNAMES and not other

    def _behind_role(self, reading: Reading, position: int, end: int) -> int:
        """Past blanks and past a relation or a department before a name: 母亲余惠, 设备科覃道云."""
        text = reading.text
        while position < end and text[position] in " \t":
            position += 1
        for skipped in self._leading(text, position):
            shape = self._fitting.best_at(reading, position + skipped, end, firm=False)
            if shape and shape.kind == "han" and shape.quality >= 0.6 and self._words.closes(text, shape.end):
                return position + skipped
        return position

    def _leading(self, text: str, position: int) -> Iterator[int]:
        """Lengths of what is no part of a name at `position`."""
        yield from (size for size in (5, 4, 3, 2) if text[position : position + size] in self._words.roles)
        if match := _DEPARTMENT.match(text, position):
            yield match.end() - position

    @staticmethod
    def _is_english_field(text: str, shape: Shape) -> bool:
        """`name: Report`, 昵称叫QQ, 签名 HMAC-SHA256: one Latin word behind a Latin cue, or an abbreviation, may be anything."""
        name, before = text[shape.start : shape.end], text[max(0, shape.start - 8) : shape.start]
        short = name.isupper() and (len(name) < 4 or text[shape.end : shape.end + 1] == "-")
        if before.endswith(("英文名:", "拼音:")) and OF_PRODUCT.search(
            text, max(0, shape.start - 60), shape.start
        ):
            return True
        return " " not in name and (before.isascii() or short or is_post(name))

    def rest_of_list(self, reading: Reading, position: int) -> Iterator[Candidate]:
        """Names behind a separator at `position`."""
        if separator := _LIST.match(reading.text, position):
            yield from self.list_at(reading, separator.end(), firm=False, evidence="list")

    def _cell(self, reading: Reading, slot: Slot) -> Iterator[Candidate]:
        """A cell under a name header: all of it is names, unless it is plainly something else."""
        text = reading.text
        parts = list(_PART_OF_CELL.finditer(text, slot.start, slot.end))
        titled = {part.start() for part in parts if self._fitting.without_title(part[0].strip())}
        are_names = all(self._is_named(part[0].strip()) for part in parts)  # 赵/贾
        for part in parts:
            start, end = part.span()
            if titled - {start} and (reading.known(part[0].strip()) or part[0].rstrip().endswith(_WARDS)):
                continue  # 消化/姜主任
            while start < end and text[start].isspace():
                start += 1
            if same := _AS_ABOVE.search(text, start, end):
                end = same.start()
            first = start
            if number := _NUMBER_BEFORE.match(text, start, end):
                start = number.end()
            while end > start and text[end - 1].isspace():
                end -= 1
            value = text[start:end]
            if not value or NO_VALUE.fullmatch(value) or len(value) > _LONGEST_CELL:
                continue
            if value in self._words.roles or value in self._words.titles:
                continue
            if value in NOT_NAMES or value in NOBODY_ACTS or _STATE.match(value) or _BODY.fullmatch(value):
                continue
            if _DEED.fullmatch(value) or value in self._fitting.hospitals:
                continue
            if OF_A_FIRM.fullmatch(value) or LABEL.fullmatch(value) or self._is_other(value):
                continue
            whole = first <= slot.start + 1 or (are_names and value in self._grammar.every_surname)
            yield from self._cell_value(reading, start, end, whole_cell=whole)

    def _cell_value(self, reading: Reading, start: int, end: int, *, whole_cell: bool) -> Iterator[Candidate]:
        text, value = reading.text, reading.text[start:end]
        if text[start - 1 : start] == "(" and value in self._grammar.ordinary_words:
            return  # 程师傅（门卫）
        ward = _WARD.match(value)
        if ward and (
            self._grammar.surname_length(value, ward.end()) or self._grammar.nickname.match(value, ward.end())
        ):
            yield from self._cell_value(reading, start + ward.end(), end, whole_cell=False)
            return
        if visit := _FOR_WHAT.search(value):
            yield from self._cell_value(reading, start, start + visit.start(), whole_cell=whole_cell)
            return
        shapes = [shape for shape in self._grammar.at(text, start, end) if shape.end == end]
        if shapes:
            yield of_shape(max(shapes, key=lambda shape: shape.quality), 0.95, "cell")
        elif _LABEL_APART.match(text, start):
            return  # 籍    贯
        elif whole_cell and (value in self._grammar.every_surname or self._is_rare_surname(value)):
            yield Candidate(start, end, 0.9, ("cell", "surname"))
        elif whole_cell and (is_spelt(value) or has_chinese_syllables(value)):
            yield Candidate(start, end, 0.9, ("cell", "latin"))
        elif (relation := _KIN_BEFORE_LETTERS.fullmatch(value)) and not _KIN.isdisjoint(relation["kin"]):
            yield Candidate(start + relation.start("name"), end, 0.9, ("cell", "latin"))
        elif kin := self._led_by_kin(value):
            yield Candidate(start + 1, start + kin, 0.9, ("cell", "kin"))
        elif (surname := self._grammar.surname_length(value)) and self._words.title_at(value, surname):
            yield Candidate(start, start + surname, 0.95, ("cell", "title"))
        elif (
            whole_cell
            and (value[0] in self._grammar.every_surname or self._is_rare_surname(value[0]))
            and 0 < self._words.title_at(value, 1) == len(value) - 1
        ):
            yield Candidate(start, start + 1, 0.9, ("cell", "title"))  # 松总
        elif cut := self._fitting.without_title(value):
            led = (
                self._grammar.surname_length(value) == 0 and self._grammar.surname_length(value, cut - 1) == 1
            )
            yield Candidate(start + (cut - 1) * led, start + cut, 0.95, ("cell", "title"))
        elif (size := self._before_role(value)) and self._fitting.familiar(value[:size]):
            yield Candidate(start, start + size, 0.9, ("cell", "role behind"))
        elif whole_cell and self._may_be_foreign_name(reading, start, end):
            yield Candidate(start, end, 0.9, ("cell",))
        elif (gap := value.rfind(" ")) > 0 and OF_A_FIRM.fullmatch(value, gap + 1):
            yield from self._cell_value(reading, start, start + gap, whole_cell=whole_cell)  # 白芷 客服部
        elif (
            gap > 0
            and is_han(value[gap + 1])
            and (reading.known(value[:gap].rstrip()) or _SHIFT.match(value, 0, gap))
        ):
            yield from self._cell_value(reading, start + gap + 1, end, whole_cell=whole_cell)  # 值班 昌盛
        else:
            yield from self.list_at(reading, start, firm=True, evidence="cell", limit=end)

    def _is_other(self, value: str) -> bool:
        """Whether a cell holds a ward, what somebody says of himself, or another label: 主诊医院."""
        surname = self._grammar.surname_length(value)
        named = surname > 1 or (surname and (len(value) < 4 or self._fitting.without_title(value)))
        label = is_han(value[0]) and is_label(value) and (value[-1] != "人" or _SOMEBODY.fullmatch(value))
        return (bool(label) and not named) or _WARD_ALONE.fullmatch(value) is not None

    def _led_by_kin(self, value: str) -> int:
        """Where the name behind a relation ends, before any number: 夫王宝库 13704810092; 0 for no such name."""
        name = _BEFORE_NUMBER.match(value)
        return name.end() if name and self._fitting.led_by_kin(name[0]) else 0

    def _is_named(self, value: str) -> bool:
        """Whether it is a surname, or looks like a whole name."""
        return value in self._grammar.every_surname or self._grammar.quality(value) >= _LIKE_NAME

    def _is_rare_surname(self, value: str) -> bool:
        """字, but not 完 nor 补, which tell what was done."""
        return value in self._grammar.rare_surnames and value not in RARE_WORDS | _SAYS_WHETHER

    def _before_role(self, value: str) -> int:
        """Characters before a role that closes the cell: 建军本人."""
        return next(
            (
                first
                for first, last in self._words.find_roles(value)
                if last == len(value) and 2 <= first <= 4
            ),
            0,
        )

    def _may_be_foreign_name(self, reading: Reading, start: int, end: int) -> bool:
        value = reading.text[start:end]
        return (
            2 <= len(value) <= 9
            and not any(0 < first < last - 1 for first, last in self._words.find_roles(value))
            and all(is_han(character) or character in _IN_FOREIGN_NAMES for character in value)
            and (len(value) <= _LONGEST_FIELD or self._is_transliterated(value))
            and value not in self._grammar.ordinary_words
            and (" " not in value or self._fitting.foreign(value.replace(" ", "")))  # no 值班 昌盛
            and reading.text[end : end + 1] != ":"
            and not reading.cue_ends(end)
        )

    def _is_transliterated(self, value: str) -> bool:
        """克里斯蒂娜, 阿不都 热合曼, but no sentence: 于是日起取消."""
        return any(mark in value for mark in _IN_FOREIGN_NAMES) or self._fitting.foreign(value)

    def _alone(self, reading: Reading) -> Iterator[Candidate]:
        """A text that is nothing but a name: a cell without a header, the title of a sheet."""
        text = reading.text
        if len(text) > _LONGEST_ALONE:
            return
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        for shape in self._grammar.at(text, start, end):
            unknown = not reading.known(text[start:end])
            if shape.end == end and shape.kind == "han" and shape.quality >= 0.8 and unknown:
                yield of_shape(shape, 0.5, "alone")

    def _labelled(self, reading: Reading) -> Iterator[Candidate]:
        """A name that is all that stands behind a label of any kind: 质控：古丽娜尔, 审：冷艳."""
        expected = {slot.start for slot in reading.slots}
        opened = Counter(_OPENING.findall(reading.text))
        for match in reading.finditer(_LABEL):
            if match.end() in expected and not _PARTY.fullmatch(match[1]):
                continue
            if opened[match[1]] < 2:  # not a turn of speech
                if _TAKES_NAME.fullmatch(match[1]):
                    yield from self._word_as_name(reading, match.end())
                    yield from self._run_behind(reading, match.end())
                elif _HANDLES.fullmatch(match[1]):
                    named = self._word_as_name(reading, match.end())
                    yield from (c for c in named if not self._is_goods(reading.text[c.start : c.end]))
                    yield from self._run_behind(reading, match.end())
                elif _SIGNER.fullmatch(match[1]) and _ENDS_LINE.match(reading.text, match.end() + 2):
                    yield from self._word_as_name(reading, match.end())
            role = _ROLE.fullmatch(match[1])
            if role or match[1] in self._words.roles:
                yield from self._parted(reading, match.end())
            if role and reading.text[match.end()] in self._grammar.surnames:
                alone = match.end() + 1
                if _ENDS_BEFORE_LABEL.match(reading.text, alone):
                    yield Candidate(match.end(), alone, 0.6, ("cue firm", "label"))  # 医生:熊  上级:
            if not role and self._is_somebody(match[1]):
                continue  # 三叔李兴旺: 隆重点，…
            for shape in self._grammar.at(reading.text, match.end(), match.end() + 5):
                closed = not is_han(reading.text[shape.end : shape.end + 1])
                if reading.known(reading.text[shape.start : shape.end]):
                    continue  # 银行卡
                if shape.kind != "han" or not closed:
                    continue
                if shape.quality >= (0.5 if role else 0.7) or self._is_unheard_of(reading, shape):
                    yield of_shape(shape, 0.55, "label")
            if role:
                yield from self._run_behind(reading, match.end())

    def _is_somebody(self, label: str) -> bool:
        """Whether a label ends in a whole name, so that it is who speaks."""
        return any(
            self._grammar.surname_length(label[-size:])
            and self._grammar.quality(label[-size:]) >= _WHOLE_NAME
            for size in (2, 3)
            if len(label) >= size
        )

    def _parted(self, reading: Reading, start: int) -> Iterator[Candidate]:
        """A name with the same mark between its characters: 李-建-国."""
        match = _PARTED.match(reading.text, start)
        if match and match[1] in self._grammar.surnames:
            yield Candidate(*match.span(), 0.9, ("cue firm", "apart"))

    def _is_unheard_of(self, reading: Reading, shape: Shape) -> bool:
        """Whether a character is in it that hardly stands in words, or a sex behind it, and it holds no word: 李珺莀."""
        word = reading.text[shape.start : shape.end]
        is_rare = any(reading.known(character) < _RARE for character in word[1:])
        if not (is_rare or _SEX_BEHIND.match(reading.text, shape.end)):
            return False
        return not any(len(part) > 1 and reading.known(part) for part in (word[:2], word[1:]))

    def _is_goods(self, word: str) -> bool:
        """黄连, 米粥 behind 发药, 打包."""
        if word in self._grammar.name_like_words:
            return word in self._fitting.protected
        return self._fitting.is_other_word(word) and not self._grammar.nickname.fullmatch(word)

    def _word_as_name(self, reading: Reading, start: int) -> Iterator[Candidate]:
        """经办：谷雨: a word that begins with a surname and is all that stands there."""
        if NO_VALUE.match(reading.text, start):
            return
        size = self._grammar.surname_length(reading.text, start)
        if size and _ENDS_SURNAME.match(reading.text, start + size):
            yield Candidate(start, start + size, 0.6, ("cue firm", "label"))
        for shape in self._grammar.at(reading.text, start, start + 3):
            word = reading.text[shape.start : shape.end]
            after = reading.text[shape.end : shape.end + 1]
            closed = not (is_han(after) or after.isdigit())  # 质控：水平1
            if shape.kind == "nickname" and _ENDS_LINE.match(reading.text, shape.end):
                yield of_shape(shape, 0.6, "cue firm", "label")
            elif shape.kind == "han" and closed and not reading.is_cue(shape.start, shape.end):
                other = word in self._words.roles or (
                    len(word) == 3 and word[:2] in self._grammar.ordinary_words
                )
                if (
                    word[0] not in FUNCTION_SURNAMES
                    and not other
                    and not self._fitting.is_verb_of(reading, word)
                ):
                    yield of_shape(shape, 0.6, "cue firm", "label")

    def _run_behind(self, reading: Reading, start: int) -> Iterator[Candidate]:
        """主检医师：舍建忠: a whole run of characters of names, with a first one that is no surname we know."""
        text, end = reading.text, start
        while end < len(text) and is_han(text[end]):
            end += 1
        word = text[start:end]
        told = len(word) == 4 and reading.known(word[:2])
        if len(word) > 2 and _SAYS_WHAT.match(word) and reading.known(word[1:]):
            return
        if word in NOBODY_ACTS or (told and word_list().part_of_speech(word[2:])[:1] in ("v", "m")):
            return  # 经办：网银, 医生：中医相信
        counted = text[end : end + 1].isdigit() and not _MOBILE.match(text, end)  # 孙护士：血库问7床
        if 2 <= len(word) <= 4 and not counted and self._fitting.may_be_name(reading, word):
            score = CERTAIN if IDENTIFIED.match(text, end) else 0.5
            yield Candidate(start, end, score, ("label", "no surname"))


def _begins_a_word(text: str, end: int, surname: str) -> bool:
    """Whether it is denied that a word which begins so has to do with the surname: 高良姜不是姓|高."""
    word = _NO_NAME_OF.search(text, max(0, end - 16), end)
    return word is not None and surname in word["word"]
