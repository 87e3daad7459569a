"""Month and day in figures by who does what then: 我爸3.5做的支架, 李强 11-24来访, 还是3/5那次的方子.

The same figures are ranges (3-5人), values (钾3.5) and scores (4/5). What is done on a day and with no such figure
stands behind it; how surely it must be a day depends on what stands before: somebody, a word of time, the
beginning of a clause, or anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deid.detection.figures import DAY, MONTH
from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.detection.windows import matches, windows
from deid.regexes import Regex
from deid.types import Detection

_SESSION = r"[上下中]午|晚上|晚(?=[0-9 ,]|点)|凌晨|早[上晨]|晨起|清晨|傍晚|夜[间里]|夜(?=(?:[01]?[0-9]|2[0-4])[时点:])|[早晚]高峰|[早晚夜白中]班"
_MADE = r"[抽做拍住开写签寄送买办生打拔换摔查取交拿出]的(?!是)"
_SURE = rf"那[天次回张]|{_MADE}|寄[出丢错回给]|签收|的(?:片子|报告|单子|化验单|方子|处方|手术|复查|检查单|CT|B超|胸片|磁共振|预约|门诊)(?!中|示)"
_DONE = (
    rf"{_SURE}|{_SESSION}|[晨晚夜](?=[查来吐开发家患血去到交送值]|[ ,。]|$)|[入出转住离]的?院|入[住科]|转(?:[入出到至]|ICU)|[初复就门急会首]诊|复[查测]|来(?:访(?![登接])|[电诊院信检])|来(?=[过做看拿取换打])|电话(?![机铃礼客台交室])|去电|致电|回电"
    r"|随[访诊]|手术|开始(?!治疗剂量)|去(?=[医看拿取做北上广])|[摔吐](?=[了倒伤到])|出现|突[发然]|发(?:[热烧病作货]|的)|缝合|拆线|换药|拔[管除]|置[管入]|停(?:药|用|[了过])"
    r"|到(?:店|诊|院|货|期|访)|签[约字署]|成交|下单|付[款清]|[交退][款费]|请假|出差|值班|上班|抽血|输[血液]|打针|注射|接种|补[种打接]|[化放]疗|透析|分娩|剖|顺产|破水|流产|催[单款]|转账|收到"
    r"|因(?=[\"“一-鿿]{2})(?![素子果])|[全局腰硬静]麻|[回返]院|办理|[调到离]岗|确诊|去世|病[逝危]|报案|出(?:报告|结果)|查(?:血|尿|房|[一-鿿]{0,2}(?:血常规|肝功|肾功|CT|B超|彩超|心电图|胃镜|肠镜))|找(?:我|你|您|他|她)|反映|投诉|咨询|沟通|回访|面[诊谈]|家[属长](?=[来说诉取签要反打致])|住(?=[到在进了])"
    r"|在(?:[你我]们|[贵我本]院|[一-鿿]{0,6}?科(?![室普]))|在[一-鿿]{0,14}?医院|在[一-鿿]{0,6}?(?:[中小大]?学校?|家(?!属)|诊所|社区|中心|门诊|卫生[院室所]|单位|公司|工地|路上|[附县省市]院)"
)
_UNIT = r"[级分片袋支粒例倍次个人项页天年月岁度米元万千百克毫公斤颗枚根条杯勺滴包处床室房楼层栋号日点周小时]"
_CANDIDATE = Screened(
    rf"(?=[0-9])(?<![0-9A-Za-z./\-+×*~<>≤≥±=])(?P<month>{MONTH})(?P<mark>[./-])(?P<day>{DAY})(?![0-9A-Za-z./%‰℃×*~+\-]|[ ]?{_UNIT})(?=[ ]?(?:{_DONE}))"
)
_FIGURE = Screened(r"[0-9][./-][0-9]")
_FRACTION = Regex(r"1/[2-9]|2/[357]|3/[4578]|[45]/[5-9]|[6-9]/10")
_OF_SOME = Regex(r"[ ]?(?:出现|发[热烧生]|突[发然])")
"""患者2/3出现发热."""
_SURELY = Regex(rf"[ ]?(?:{_SURE})")

_SOMEBODY = Regex(
    r"(?:患者|病人|患[儿女]|[产孕]妇|老人|家[属长]|本人|[我你您他她咱俺]们?|爸爸?|妈妈?|[爹娘]|爷爷|奶奶|公公|婆婆|[哥姐弟妹叔姨姑舅]{1,2}|[父母]亲|丈夫|妻子|老[公婆伴]|孩子|宝宝|[女儿]儿|儿子"
    r"|先生|女士|客户|医[生师]|主任|老师|护士|顾问|来访者|(?:当事|委托|投诉|申请|被保险|受害)人|受检者)[ ]?\Z"
)
_WORD_OF_TIME = Regex(
    r"(?:[上那这][次回]|上[次回]是|还是|[预改]约|约[在的到]|自从|[改定推延排][到在]|[。,;]约|(?<![降升涨减加掉高低烧退达])[于从在自])[ ]?\Z"
)
_BEGINNING = Regex(
    r"(?:^|[,。;!?\"'(|\t\n)】\]]|(?:备注|说明|记录|补记|随访|病程|交班|时间|门诊|床位从):)[ ]?\Z|(?:门诊|病程|查房|(?:引流|[胃尿T]|导尿|胸腔|腹腔|鼻饲|造瘘|PICC)管|材料|资料|快递|标本|样本|片子|药品?|第[0-9一二三四]针)[ ]?\Z"
)
_OF_RECORD = Screened(
    rf"(?:病程|查房|记录|复诊|会诊|交班|小结|谈话|咨询|回访|电话|更新|首诊|日志|面诊|面谈|补[充记])\(({MONTH}[./-]{DAY})\)(?=[ ]?[:,。;\n]|[ ]?$)"
)
"""病程（11-24）：今日查房."""
_OF_LABEL = Screened(
    rf"(?:[首初二三四五六末回]访|[提建开下]单|开户|建档|立项|上线|[首初复]诊|送检|采样|转诊|截止)[ :]?({MONTH}[./-]{DAY})(?=[ ]?[,。;、()]|[ ]*(?:\n|$))"
    rf"|(?<![0-9A-Za-z./\-])((?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?=[之以]?前(?:完成|交|提|回|到|给|发|办|寄))"
)
"""首访9/14，提单11-08，11-12前完成."""
_CLOCK = r"[ ]{1,2}(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?=[ ]?(?:[一-鿿,。;\n]|$))"
_BEHIND_NAME = Regex(
    rf"[ ,:(]{{0,2}}({MONTH}[./-]{DAY})(?![0-9A-Za-z./%‰℃×*~+\-]|[ ]?{_UNIT})(?=[ ,]?(?:{_DONE})|{_CLOCK})"
)
_IN_BRACKETS = Regex(rf"[, /]{{0,2}}({MONTH}(?:[/-]{DAY}|\.(?:1[0-9]|2[0-9]|3[01])))(?=\))")
"""小结（小满，5-30）, （王敏3.2）: who wrote it, and when."""
_VALUE_BEFORE = Regex(r"[糖压钾钠钙氯温酐值量率酸脂重酶数比分度素白]\(\Z")
_BEFORE_NAME = Regex(rf"(?:[(\[]|(?P<line>\n|^)|[,;。])[ ]?({MONTH}[./-]{DAY})[ ]?\Z")
_WRITES = Regex(r"[ ]?(?:[:)\]]|补?[记签录注填写改](?![得不])|补(?:[,。;)\n]|\Z))")
"""（3.2王敏）, 3.2王敏补, and in lines of which more begin so, 3.5 王敏：…"""
_SIGNED = Regex(r"[ ]{1,2}((?:0?[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?=[ ]*(?:\n[ ]*(?:\n|\Z)|\Z))")


def find_days_of_deeds(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of months and days; they may repeat. Linear in the length of the text."""
    text = reading.text
    if not any(map(reading.may_match, (_CANDIDATE, _OF_RECORD, _OF_LABEL))):
        return
    near = list(windows(reading, _FIGURE, 16, 16))
    for match in matches(reading, _CANDIDATE, near):
        if _is_day(text, match):
            yield match.start(), match.end()
    for form in (_OF_RECORD, _OF_LABEL):
        for match in matches(reading, form, near):
            if not _FRACTION.fullmatch(match[match.lastindex or 0]):
                yield match.span(match.lastindex or 0)


def _is_day(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = (max(0, start - 8), start)
    fraction = match["mark"] == "/" and _FRACTION.fullmatch(match[0])
    if not (fraction and _OF_SOME.match(text, end)) and (
        _SOMEBODY.search(text, *before) or _WORD_OF_TIME.search(text, *before)
    ):
        return True
    if fraction:
        return False
    return _SURELY.match(text, end) is not None or _BEGINNING.search(text, *before) is not None


def days_of_writers(text: str, persons: Iterable[Detection]) -> Iterator[tuple[int, int]]:
    """The day right before the name of who wrote something then: （3.2王敏）."""
    lines: list[tuple[int, int]] = []
    for person in persons:
        match = _BEFORE_NAME.search(text, max(0, person.start - 8), person.start)
        if match is None or not _WRITES.match(text, person.end) or _FRACTION.fullmatch(match[2]):
            continue
        if match["line"] is None:
            yield match.span(2)
        else:
            lines.append(match.span(2))
    if len(lines) > 1:
        yield from lines


def days_of_deeds(text: str, persons: Iterable[Detection]) -> Iterator[tuple[int, int]]:
    """What somebody by name did: 王芳 3.5 复查, 周静,11/24,来电; and the day behind the last name, 陈红 11-24."""
    for person in persons:
        match = _BEHIND_NAME.match(text, person.end) or _SIGNED.match(text, person.end)
        bracket = text[person.start - 1 : person.start] == "("
        if (
            match is None
            and bracket
            and not _VALUE_BEFORE.search(text, max(0, person.start - 2), person.start)
        ):
            match = _IN_BRACKETS.match(text, person.end)
        if match and not _FRACTION.fullmatch(match[1]):
            yield match.span(1)
