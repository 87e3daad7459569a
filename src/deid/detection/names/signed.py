"""Surnames alone where those sign who did something: 读片：陆/吴秀琴, 发药 冯, 审批：采购-鞠, 综合部 黎 2024.6.5, 签署：詹____, MacLeod & 董.

Such a surname is all that stands between the act or the office and the end of the field. What says how
something is may stand there as well (检验：高, 宽____), so surnames that do so need another name beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.fit import FIRM, Candidate, Fitting
from deid.detection.names.words import FUNCTION_SURNAMES
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_ACTS = (
    "[读阅审写]片|诊断|报告|检[验查]|审[核方批签]|[复审]核|核对|校对|调[配剂]|[发配煎取送][药样]|处方|开[方单]|[医药技护]师|[医药]士|护士|记录|录入|登记|制[单表图]|"
    "填[表报]|经[办手]|批准|验[收讫]|[交接]班|采[血样购]|[送收]检|签[发收署字名]|接[收诊待]|陪同|跟进|见证|收[款费讫]|[出会]计|出纳|财务|主[管检刀]|[一二]助|麻醉|带教|值班|巡回|器械|随访|回访|经管|经治|主诊|住院医|责护|跟[台车]|带队|随行|记账|开票|收样|翻译|译校|立案|查勘|住院|主治|科主任|转[出入]|双锁|领用|退药|核药"
)
_ACT_IN_SHORT = "[核审校批录制检验配发收付领医护]"
_END = rf"(?=[,;。\n)]|\((?:签|代|字迹)|_{{2}}|[ ]+(?P<next>[{HAN}]{{1,6}})(?P<sign>[: 0-9])|[ ]+[0-9〇一二三四五六七八九十]|[ ]*(?:\n|\Z))"
_NEXT_ACT = Regex(rf"(?:{_ACTS})[人者员]?")
"""What stands behind the surname and is the next field, and no given name: 发药 冯　核对 蒋."""
_ROLE_SIGNED = Screened(
    rf"(?<![{HAN}])(?P<act>[{HAN}]{{2,6}})(?::[ ]{{0,2}}|[ ]{{1,3}})(?P<who>[{HAN}](?:[ ]?[/、][ ]?[{HAN}]{{1,3}}){{0,3}}){_END}"
)
"""组长：仉, 负责人 仇　联系电话: behind whatever is a role or a title."""
_SIGNED = Screened(
    rf"(?:(?<![{HAN}])(?P<act>[{HAN}]{{0,4}}(?:{_ACTS})[人者员]?|{_ACT_IN_SHORT}):[ ]{{0,2}}|(?:(?<=[ \n])|\A)(?P<done>(?:{_ACTS})[人员]?)[ ]{{1,3}})"
    rf"(?P<who>[{HAN}]{{1,3}}(?:[ ]?[/、&][ ]?[{HAN}]{{1,3}}){{0,3}}){_END}"
)
_HAS_RESULT = Regex(
    r"(?:.*(?:诊断|检[验查]|报告|随访|回访|调配|[发配煎取送][药样]|处方|开[方单]|[交接]班|审核|主管))"
)
"""Acts and offices behind which it is told as well how something is: 检验：阳, 审核：高."""
_NAME = Regex(rf"[{HAN}]+")
LONE = Screened(rf"(?<![{HAN}])[{HAN}](?![{HAN}])")
"""A character by itself, as surnames that sign stand; most texts hold none."""
_OFFICE = r"采购|财务|会计|出纳|行政|人事|运营|商务|法务|客服|前台|仓库|库管|部门|申请|经办|质控|医务|护理|信息|市场|销售|总办|药房|检验|放射|超声|病理|窗口|收费|后勤|物业|合规|风控|内审"
_OF_OFFICE = Screened(
    rf"(?<![{HAN}])(?:{_OFFICE})(?:[部科室处组]|主管|经理|员|岗)?[ ]?[-—·][ ]?([{HAN}])(?=[ ]*(?:[/,;、。)\n]|\Z)|[ ]+[{HAN}])|(?<![{HAN}])(?:{_OFFICE})[部科室处组][ ]([{HAN}])(?=\))"
)
_OF_YEAR = r"[01]?[0-9][月./-][0-3]?[0-9]日?"
_DAY = rf"(?:(?:19|20)?[0-9]{{2}}[年./-])?{_OF_YEAR}"
_DATED = Screened(
    rf"(?:(?P<body>[{HAN}]{{1,8}}(?:部|科|室|处|组|中心|办|站|店|所))|(?P<who>(?:查勘|理赔|审核|复核|保管|库管|经办|登记|录入|收银|化验|检验|护理|陪诊|公证|核保|调查|调解|管理)[员人]|护士长?|药师|医[师生]|技师|出纳|会计|财务))"
    rf"(?P<gap>[ ]{{0,4}})(?P<name>[{HAN}])[ ]{{1,4}}{_DAY}(?=[ ]*(?:[)\n]|\Z)|[ ]{{1,4}}[转交报存归移][{HAN}])"
)
_BESIDE_OFFICE = Screened(
    rf"(?<![{HAN}])(?:已?[交办核阅]。)?(?:{_OFFICE})[部科室处组]?[ ]{{1,3}}([{HAN}])(?=[,。;、)\n]|\Z)"
)
"""抄送：运营　崔，财务　尤."""
_BELOW = Screened(
    rf"(?:[。!~][ ]{{0,3}}|(?<![0-9A-Za-z{HAN}])[—-]{{1,2}}[ ]?)([{HAN}])[ ,(]{{1,3}}{_DAY}(?=[ ]*(?:[)\n]|\Z))"
    rf"|(?:\n|\A)[ ]*(?:[{HAN}]{{2,6}}[部科室处组办站][ ]{{1,4}})?([{HAN}])[ ]*\n[ ]*(?=(?:19|20)[0-9]{{2}}[年./-]{_OF_YEAR}[ ]*(?:\n|\Z))"
)
"""Below what was written: 同意报销。崔　5/6, and above the day on the next line."""
_BEHIND_DASH = Screened(rf"(?:(?<=[。!~\n ])|\A)(?P<dash>[—-]{{1,2}})[ ]?(?P<name>[{HAN}])(?=[ ]*(?:\n|\Z))")
"""——余, below or behind what was written."""
_APPROVED = "(?:同意|[已请传]阅|阅|知[悉晓]|收到|已[办核读]|属实|无误|照办|批准|准予?|报销|辛苦了?|谢谢)"
_BEHIND_WORD = Screened(
    rf"{_APPROVED}[。,!]?(?:[ ]{{1,3}}|(?<=[。!]))(?![谢祝])([{HAN}])(?=[ ]*(?:\n|\Z)|[ ]{{1,3}}{_DAY})|{_APPROVED}[。]?\(([{HAN}])\)"
)
"""同意。覃, 知悉 仉, 审批意见：同意（覃）."""
_ADDRESSED = Screened(
    rf"(?<![{HAN}A-Za-z0-9])@([{HAN}])(?=[ :,\n]|\Z)|批注[\[(]([{HAN}])[\])]|(?:^|\n)\[([{HAN}])\][ ]?(?=已读|:|撤回)"
)
_TOGETHER = Screened(
    rf"(?<![{HAN}])[请由找约与和跟]?((?:[{HAN}][、/]){{1,4}}[{HAN}])(?=[ ]?(?:[两二三四五几][位人名](?![{HAN}]?[元岁])))"
)
"""请綦、逄两位老师审, 韩/覃/詹 三人."""
_WITH_PART = Screened(
    rf"(?<![{HAN}])([{HAN}])(?=\((?:主刀|[一二三]助|麻醉|巡回|器械|洗手|记录|主持|主讲|组长|队长|带队|司机|翻译|审核|复核|经办)\))"
)
_DOES = "跟进|负责|处理|办理|接手|协助|陪同|陪诊|主刀|执行|审核|复核|签字|接诊|带教|送达|对接|值守|记录|上门|会诊|回复|答复|随访|回访|[替代顶]班|顶替|接替|跟台|护送|看护|送药|换药|取药|送检"
_DONE_BY = Screened(
    rf"(?:由|(?<=[,;、]))([{HAN}])(?={_DOES})|(?:请转|转|请)([{HAN}])(?=[阅核批审]示?(?:[,。;\n]|\Z))"
    rf"|(?<![{HAN}])([{HAN}])(?=嘱(?![托咐]))|找([{HAN}])(?=要(?!紧|命)|谈(?!话)|借|签)|缺([{HAN}])(?=的签)|(?:给了|打给|转给|改派|交给)(?!丁)([{HAN}])(?=[,。;]|\Z)|在([{HAN}])(?=处(?![理方置境]))|劝([{HAN}])(?=签字|住院|转院)|因([{HAN}])(?=不在|请假|出差|休假)|点名要([{HAN}])(?=[陪做看接])|(?:请|让|派|待|安排|麻烦)([{HAN}])(?={_DOES})|(?<![{HAN}])([{HAN}])(?=上门(?:换药|打针|抽血|[随回]访|护理|送[药货]|取[样件]|测|量))"
)
"""由覃跟进，詹协助, 请转綦阅, 待郜复核, 安排佘上门."""
_IN_BED = Screened(
    rf"[0-9]床[ ]?([{HAN}])(?=[,;:]|[ ]{{0,2}}(?:[昨今][日夜晨晚早天]|夜间发|发[热烧]|术后)|要求|诉(?!讼)|[ ]{{1,2}}(?:[男女](?![{HAN}])|[0-9]{{1,3}}岁))"
)
"""15床冼，昨夜发热."""
_OF_HOUSEHOLD = Screened(
    rf"(?:邻居|隔壁|房东|亲家|对门|楼[上下]|村[东西南北口]头?|邻村|同村)的?(老?[{HAN}][一二三四五六七八九]?)家(?=[,。;)转代收的里说那电]|\Z)"
)
"""邻居郜家转, 村口胡三家电话."""
_IN_ORDER = "老一二三四五六七八九"
"""What stands beside a surname in what neighbours call a house: 老胡家, 胡三家."""
_AT_HIS = Screened(rf"(?:在|放|问|找)([{HAN}])(?=那[里边儿]?[,。;、)])")
"""钥匙在郭那，"""
_DATED_ALONE = Screened(
    rf"(?:\A|\n)[ ]*([{HAN}])[ ]{{1,4}}(?:19|20)[0-9]{{2}}[年./-]{_OF_YEAR}(?=[ ]*(?:\n|\Z))"
)
_SHIFT = "(?:大夜|小夜|[早中晚午白夜日正副备听][班]?|[一二三]线|上午|下午|行政|总值)"
_ON_SHIFTS = Screened(
    rf"(?<![{HAN}]){_SHIFT}[: ]?[{HAN}](?![{HAN}])(?:[ ,、;/|]{{1,3}}{_SHIFT}[: ]?[{HAN}](?![{HAN}])){{1,4}}"
)
"""早曾 晚陆: surnames alone in a rota."""
_OF_SHIFT = Regex(rf"{_SHIFT}[: ]?([{HAN}])(?![{HAN}])")
_SAID_OF_SHIFTS = frozenset("安班高低饭餐")
"""早安 晚安, 白班 夜班."""
_ON_ACTS = Screened(
    rf"(?<![{HAN}])(?:{_ACTS})[: ]?[{HAN}](?![{HAN}])(?:[ ,;、/|]{{1,3}}(?:{_ACTS})[: ]?[{HAN}](?![{HAN}])){{1,5}}"
)
"""经办阙 复核牟: surnames alone behind two acts or more."""
_OF_ACT = Regex(rf"(?:{_ACTS})[: ]?([{HAN}])(?![{HAN}])")
_OF_WHOM = Screened(
    rf"(?<![{HAN}])(?:经办|复核|出纳|接诊|跟诊|带教|主刀|一助|二助|麻醉|制表|录入|责护|主诊|管床|陪诊|跟台|接听|责任护士|值班(?:医生|护士)?|主管护师)([{HAN}])(?=[,;。]|[ ]*(?:\n|\Z)|[ ]{{1,2}}(?:{_DAY}|[0-2]?[0-9]:[0-5][0-9]))"
)
"""出纳阙，"""
_BESIDE_LETTERS = Screened(rf"(?<![A-Za-z])[A-Z][A-Za-z'’-]+[ ]?&[ ]?([{HAN}])(?=[ ,;)\n]|\Z)")
_BLANKS = Screened(rf"(?<![{HAN}_])(?<!_[ ])([{HAN}])_{{3,}}")
"""签名：路____, but 甲方位于____市____区____路____."""
_ON_RULE = Screened(
    rf"(?:签[名字署章]|代签|医[生师]|护[士师]|药师|技师|顾问|经办|负责|审核|客户|患者|家属|委托|受托|见证)[人者]?(?:签[名字])?:[ ]?[_…]{{1,12}}[ ]?([{HAN}])[ ]?[_…]{{1,12}}"
)
"""代签人：__关__."""
_SIGNING = Regex(r"签[署字名章]|[甲乙丙]方|代表|委托人|受托人|立据|经办|见证")
_CLEAR_ONLY = (_BESIDE_OFFICE, _BELOW, _BEHIND_WORD, _ADDRESSED, _WITH_PART)
_ATTENDING = Screened(
    rf"(?:签到|到场|出席|参会|在场|缺席|请假|听班|同车|值班)[ ]?:[ ]?((?:[{HAN}]、){{1,9}}[{HAN}])(?![{HAN}])"
)
"""签到：王、李、张."""
_SWAPPED = Screened(rf"(?<![{HAN}])[{HAN}][换转][{HAN}](?:、[{HAN}][换转][{HAN}]){{0,4}}(?=[、,。;:\n]|\Z)")
"""侯换孟、孟换龙."""
_OF_SWAP = Regex(rf"((?<=[换转])[{HAN}]|[{HAN}](?=[换转]))")
_IN_TURN = Screened(
    rf"(?<![{HAN}])[{HAN}](?:说(?![明法])|称(?![呼赞重])|认为|表示|答(?!案)|汇报|还手|动手|先动手|保留|已[到阅批审办]|又推|可能|一般|满意|骂|修|验|审|核|批|抽|抓|煎|不语|拒签|值班|备班|[0-9](?:\.5)?(?=[,、。;]))[^,。;、\n]{{0,10}}"
    rf"(?:[,。;、][ ]?[{HAN}](?:说(?![明法])|称(?![呼赞重])|认为|表示|答(?!案)|汇报|还手|动手|保留|已[到阅批审办]|又推|可能|一般|满意|骂|修|验|审|核|批|抽|抓|煎|不语|拒签|值班|备班|[0-9](?:\.5)?(?=[,、。;]))[^,。;、\n]{{0,10}}){{1,6}}"
)
"""李说钱不够，张说先欠着: who does what, one after the other."""
_TURN = Regex(rf"(?:(?<=[,。;、])[ ]?|(?<![{HAN}]))([{HAN}])")
_GIVEN = frozenset(
    "倩洁霞娟婷琳敏萍莉娜颖慧艳玲芳芬莲瑶璐雯桐妍怡欣蕾薇菲晴婕妮媛琪瑜珊茜钰淼涛磊伟刚勇杰鹏斌俊浩宇昊轩凯旭峰翔宁鑫晨坤锋勤毅栋彬辰睿淑静丽英"
)
"""Given names of one character by which colleagues sign: 陪同：倩."""
_NO_SURNAMES = FUNCTION_SURNAMES - frozenset("于向任应时籍")
_THINGS = frozenset("章钱班钟")
"""Surnames that are a seal, money, a shift and an hour as often."""
MEASURES = frozenset("高平常左宽温时年单计双长全原明满通关开终阴阳白黄黑水门")
"""Surnames that say how something is, or lead to a blank."""


class SignedNames:
    """Surnames below, behind and among what was signed."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar

    def find(self, reading: Reading) -> Iterator[Candidate]:
        if reading.search(LONE):
            yield from self._standing_alone(reading)
        for form in (_DONE_BY, _AT_HIS, _IN_BED, _OF_WHOM):
            yield from self._clear(reading, form)
        yield from self._together(reading)
        yield from self._in_row(reading, _IN_TURN, _TURN)
        yield from self._in_row(reading, _SWAPPED, _OF_SWAP)
        for match in reading.finditer(_DATED):
            surname = match["name"]
            apart = bool(match["gap"]) or self._is_clear(surname)
            if apart and self._is_surname(surname, alone=not match["gap"]):
                yield Candidate(*match.span("name"), 0.9, ("cue firm", "signed"))
        yield from self._told(reading, _OF_HOUSEHOLD)
        yield from self._in_row(reading, _ON_SHIFTS, _OF_SHIFT)
        yield from self._in_row(reading, _ON_ACTS, _OF_ACT)

    def _in_row(self, reading: Reading, row: Screened, member: Regex) -> Iterator[Candidate]:
        """早曾 晚陆, 经办阙 复核牟, if all are surnames and one is nothing else."""
        for match in reading.finditer(row):
            spans = [found.span(1) for found in member.finditer(reading.text, *match.span())]
            names = [reading.text[slice(*span)] for span in spans]
            known = all(self._is_surname(name, alone=False) for name in names)
            if known and _SAID_OF_SHIFTS.isdisjoint(names) and any(map(self._is_clear_surname, names)):
                yield from (Candidate(*span, 0.9, ("cue firm", "signed")) for span in spans)

    def _standing_alone(self, reading: Reading) -> Iterator[Candidate]:
        """Surnames with no other Chinese character beside them."""
        yield from self._behind_acts(reading)
        for match in reading.finditer(_OF_OFFICE):
            if self._is_surname(match[match.lastindex or 0], alone=True):
                yield Candidate(*match.span(match.lastindex or 0), 0.9, ("cue firm", "signed"))
        for form in _CLEAR_ONLY:
            yield from self._clear(reading, form)
        for match in reading.finditer(_BEHIND_DASH):
            sure = match["dash"] != "-" or self._is_clear(match["name"])  # - 余 may be an item of a list
            if sure and self._is_surname(match["name"], alone=True):
                yield Candidate(*match.span("name"), 0.9, ("cue firm", "signed"))
        for form in (_DATED_ALONE, _BESIDE_LETTERS, _ON_RULE):
            yield from self._told(reading, form)
        for match in reading.finditer(_BLANKS):
            line = reading.text.rfind("\n", 0, match.start()) + 1
            if self._is_surname(match[1], alone=True) and _SIGNING.search(reading.text, line, match.start()):
                yield Candidate(*match.span(1), 0.9, ("cue firm", "signed"))

    def _clear(self, reading: Reading, form: Screened) -> Iterator[Candidate]:
        """Of a form that other words have as well those that are surnames and hardly anything else."""
        for match in reading.finditer(form):
            start, end = match.span(match.lastindex or 0)
            if self._is_clear_surname(reading.text[start:end]):
                yield Candidate(start, end, 0.9, ("cue firm", "signed"))

    def _told(self, reading: Reading, form: Screened) -> Iterator[Candidate]:
        for match in reading.finditer(form):
            if self._is_surname(match[1].strip(_IN_ORDER), alone=False):
                yield Candidate(*match.span(1), 0.9, ("cue firm", "signed"))

    @staticmethod
    def alone(candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates without those that go on behind a surname that signs alone: 覃|跟进, 詹|二位."""
        signed = {c.start: c.end for c in candidates if c.evidence[1:] == ("signed",)}
        return [
            c for c in candidates if not (c.end > signed.get(c.start, c.end) and c.evidence[0] not in FIRM)
        ]

    def _behind_acts(self, reading: Reading) -> Iterator[Candidate]:
        """读片：陆/吴秀琴, 核：华: surnames and names, and nothing else in the field."""
        for match in (*reading.finditer(_SIGNED), *self._behind_roles(reading)):
            items = [item.span() for item in _NAME.finditer(reading.text, *match.span("who"))]
            names = [reading.text[slice(*item)] for item in items]
            singles = [name for name in names if len(name) == 1]
            alone = len(names) == len(singles)
            act = match["act"] or match.groupdict().get("done") or ""
            given = _GIVEN if match["act"] and not _HAS_RESULT.fullmatch(act) else frozenset()
            if not singles or not all(
                self._is_surname(name, alone=alone) or name in given for name in singles
            ):
                continue
            if match["next"] and not self._is_field(reading, match):
                continue
            result = alone and (match.re.groupindex.get("done") is None or _HAS_RESULT.fullmatch(act))
            if result and not any(map(self._is_clear, singles)):
                continue
            if all(len(name) == 1 or self._is_whole(name) for name in names):
                yield from (Candidate(*item, 0.9, ("cue firm", "signed")) for item in items)

    def _is_field(self, reading: Reading, match: re.Match[str]) -> bool:
        """Whether the word behind the gap is a label, and no given name: not 艳 in 送诊人：宋 艳　电话."""
        word = match["next"]
        if match["sign"] == ":":
            return True
        words = self._fitting.words
        labelled = _NEXT_ACT.fullmatch(word) or word in words.roles or word in words.titles
        known = reading.known(word) > 0 and word not in self._grammar.name_like_words
        labelled = labelled or known or reading.cue_begins(match.start("next"))
        return len(word) > 2 or (len(word) > 1 and bool(labelled))

    def _behind_roles(self, reading: Reading) -> Iterator[re.Match[str]]:
        """What stands behind a role or a title that is all of a label: 组长：仉."""
        roles, titles = self._fitting.words.roles, self._fitting.words.titles
        for match in reading.finditer(_ROLE_SIGNED):
            act = match["act"]
            if any(act[at:] in roles or act[at:] in titles for at in range(len(act) - 1)):  # 医学|顾问
                yield match

    def _together(self, reading: Reading) -> Iterator[Candidate]:
        """綦 and 逄 in 请綦、逄两位老师审: surnames alone, counted, and of those who attend."""
        for match in (*reading.finditer(_TOGETHER), *reading.finditer(_ATTENDING)):
            items = [item.span() for item in _NAME.finditer(reading.text, *match.span(1))]
            surnames = [reading.text[slice(*item)] for item in items]
            all_known = all(self._is_surname(name, alone=False) for name in surnames)
            if all_known and any(map(self._is_clear_surname, surnames)):
                yield from (Candidate(*item, 0.9, ("cue firm", "signed")) for item in items)

    def _is_clear_surname(self, character: str) -> bool:
        """Whether it is a surname and hardly anything else."""
        return self._is_surname(character, alone=True) and self._is_clear(character)

    def _is_surname(self, character: str, *, alone: bool) -> bool:
        """Whether a character is a surname; `alone` where nothing else says so, and words of measure are none."""
        known = character in self._grammar.surnames and character not in _NO_SURNAMES
        return known and not (alone and character in MEASURES)

    def _is_clear(self, surname: str) -> bool:
        return surname not in self._grammar.ambiguous_surnames and surname not in _THINGS

    def _is_whole(self, name: str) -> bool:
        """Whether it is a surname and a given name, even if a word as well: 杨柳."""
        size = self._grammar.surname_length(name)
        named = name in self._grammar.name_like_words or self._grammar.quality(name) >= 0.5
        return 0 < size < len(name) and named
