"""A month and a day in figures among dates of the same weeks: 6月21日…定6.27, 2024-07-30…8/5血糖高.

4/15 alone is a share and 5.12 a laboratory value. In a text that tells of the same weeks, and where a
sentence begins with it, it is a day. What words of measuring and counting lead to stays what it was.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from deid.detection.figures import DAY, MONTH, ordinal
from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.regexes import Regex

_DAY_OF_DATE = Regex(
    rf"({MONTH})[ ]?月[ ]?({DAY})(?![0-9])|[0-9]{{2}}([-/._])({MONTH})\3({DAY})(?![0-9])|20[0-9]{{2}}(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])|(?<![0-9./-])({MONTH})([/.])({DAY})(?![0-9/.])"
)
_SLASHED = Screened(
    rf"(?:(?<=[,。;:|(\n \t\[【到至定约于改自从外说])|(?m:^)|(?<=[一-鿿])(?={MONTH}/(?:1[3-9]|2[0-9]|3[01])[一-鿿]{{2}}|{MONTH}/{DAY}(?:[早中晚夜白]班|[上下]午)))(?![1-5]/5|(?:1/[2-8]|2/3|3/4)(?![一-鿿]{{2}}))({MONTH})/({DAY})(?=[一-鿿]{{2}}|[ ](?:[一-鿿]{{2}}|[A-Z]{{2}}[0-9]{{3}})|[,。;)\n]|$)"
)
_COMPLAINT = r"突[发然]|出现|胸[闷痛]|腹[痛胀泻]|发热|呕吐|咳[嗽痰血]|喘|气[促短急]|头[痛晕]|昏[迷倒]|抽搐|恶心|尿少|便血|黑便|水肿|加重|好转|[入出转]院|转[入科至]|拔管|停药|复[查诊]|手术|术[前后中](?!第)|[初首二三四五]诊|拆线|换药|[化放]疗|会诊|[随回]访|出[院现]|来[电院诊]|到[院店诊]|取走|[取借]片|借[出走]|归还|寄[出走回]|送检|(?:超声|CT|B超|彩超|DSA|透视)引导|(?:全麻|局麻|腰麻|静脉麻醉|硬膜外)下"
_DOTTED = Screened(
    rf"(?:(?<=[,。;:|(\n定到至改])|(?m:^))[ ]?(({MONTH})\.(1[0-9]|2[0-9]|3[01]))(?=[ ]?(?!地震|汶川)[一-鿿]{{2}})|(?<=[定到至])(({MONTH})\.(1[0-9]|2[0-9]|3[01]))(?=[,)])"
    rf"|(?:(?<=[,。;)])|(?m:^))[ ]?(({MONTH})\.(0?[1-9]|[12][0-9]|3[01]))(?=[ ]?(?:{_COMPLAINT}|[入出支收付退存取还]))"
    rf"|(?m:^)[ ]*(({MONTH})\.({DAY}))(?=[ ]{{1,3}}1[3-9][0-9]{{9}}(?![0-9]))"
)
_DASHED = Screened(rf"(?:(?m:^)[ ]{{0,4}}|[。;][ ]?)({MONTH})-({DAY})(?=[ ]{{1,3}}[一-鿿]{{2}})")
"""5-7 血锂浓度0.72 at the head of a line or a sentence."""
_UNIT = Regex(
    r"[ ]?(?:[级分片袋支粒例倍次个人项页天岁度米元万千百克毫公斤颗枚根条杯勺滴包处张床份期类型名位种组盒瓶针]|月(?!底)|小时|为?[阳阴]性|转移|合格|符合|达标|以[上下内]|见癌|杂音|收缩|舒张|满(?!月)|剩|完成|睡前|餐后|偏|异常|正常|增|减|升|降|及格|缺失|松动|残[根冠]|龋|冠(?:修复|桥|折)|烤瓷|[高低]倍|折|疗程|周期|视野|千帕|(?i:kpa|mm|cm|mg|ml|sm)(?![a-z])|[圈段椎]|导联|阻生|叩|\([+±]|点(?=[位方处混痔活钟])|贴面|全?瓷|楔|牙体|桥)"
)
_MEASURED = Regex(
    r"(?:丢包|重传|掉线|[在离]线|成功|失败|力|肢|椎|镜下|切缘|百分位|(?<![怀备停受产])孕|立体视|三棱镜|同视机|[颈胸腰骶]段?|压|外显子|导联|型别?|[高低]危型|疗程|矫正|平衡|精神状态|抑郁|[A-Z]{2,6}-[0-9]{1,2}|(?:月经|初潮)[ 0-9岁初潮,:(]{0,7}|心尖[部区]?|瓣区?|听诊区|闻及|肋间|肋骨|外斜|[中下]段|旁|[0-9A-Z]组|[IVX0-9]区|染色体|胃体|反射|位点|稀释|占|中有|用法|规格|尺码|型号|选项|宫口开?|先露|羊水|孕周|网织|肋下?|轴位?|瞳距|屈光|斑块|管腔|牙位?|龋齿|袋|面积|价格?|库存|孕产史|风险|依从性|经期|页码?|房号|答对|完成|出勤|清扫|抗体|活检|牵引|言语|理解|复述|命名|N[0-9]|(?<![0-9/.-])1[0-9][ ]|课程|课时|周期|分|级|率|数|比|度|值|量|例|淋巴结?|转移|阳性|阴性|视力|[左右上下]侧|[左右]眼?|评|痛|虑|杂音|听诊|进度|剩余|到场|合格|滴度|因子|[^一-鿿][A-Za-z]+|血[糖钙钾钠压脂酸]|钙|钾|钠|镁|磷|糖|酐|蛋白|胞|酶|素|酸|脂|醇|径|长|宽|厚|厘|结节|肿块|大小|版本?|第|页|节|章|表|图|条|款|(?:糖|压|率|量|钾|酸|值|数|重|温|酐|脂)(?:控制|[回上]?升|下?降|[增减]|波动|达)[到至])[ :(]?$"
)
_LED = Regex("(?:由|从|[降升增减][至到]|(?<![次再预改])约|[共计各为达超过])[ :(]?$")
_NAMED = Regex(
    r"(?:餐[前后]|前后|地平|沙坦|他汀|普利|列汀|列净|双胍|洛尔|胰岛素|帕胺|德谷|门冬|甘精|赖脯)[ :(]?$"
    r"|(?:^|[^一-鿿A-Za-z0-9])(?:[一-鿿]{1,3}|[A-Z][A-Z0-9+]{0,4})(?:/(?:[一-鿿]{1,3}(?<![日期间天术理告片])|[A-Za-z][A-Za-z0-9+]{0,4}'?))+[ :=(]{0,2}$"
)
"""氨氯地平 5/10, 早/晚 3/15, T3/T4 3/21: a dose, or figures for what is named in pairs."""
_LABEL_OF_ROW = Regex(r"[ ]*([一-鿿A-Za-z()/ ]{1,14})[ ]?[|\t]")
_AMOUNT = Regex("[量数率值比]|吸烟|饮酒|主食|运动|摄盐|服药|用药|剂量|视力|肌力")
"""What a row of a form is on that tells how much."""
_NOTHING_BEHIND = Regex(r"[ ]?(?:[,。;、)\n|\t早晚]|$)")
_OF_NODES = Regex(r"(?:淋巴结|清扫|前哨|滴度|稀释)[^\n。;]{0,30}[一-鿿](?<![日期间诊院])[ :(]?$")
_LEADING, _CLAUSE = 10, 40
_NEAR = 45
_YEAR = 366


def days_in_company(reading: Reading, dates: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of a month and a day that stand among `dates` of the same weeks. Linear in the length of the text."""
    text = reading.text
    if not any(map(reading.may_match, (_SLASHED, _DOTTED, _DASHED))):
        return
    known = sorted({day for start, end in dates for day in _days_of(text, start, end)})
    if not known:
        return
    measured = -_CLAUSE
    for match in reading.finditer(_SLASHED):
        if is_measured(text, *match.span()):
            measured = match.end()
        elif "\n" not in text[max(0, measured) : match.start()] and match.start() - measured < _CLAUSE:
            continue  # 肌力4/5，左侧3/5
        elif _is_near(known, ordinal(match[1], match[2])):
            yield match.span()
    for match in reading.finditer(_DOTTED):
        span = match.span(next(group for group in (1, 4, 7, 10) if match[group]))
        day = ordinal(*text[slice(*span)].split("."))
        if _is_near(known, day) and not is_measured(text, *span):
            insort(known, day)
            yield span
    for match in reading.finditer(_DASHED):
        span = match.start(1), match.end()
        if _is_near(known, ordinal(match[1], match[2])) and not is_measured(text, *span):
            yield span


def _days_of(text: str, start: int, end: int) -> Iterator[int]:
    for match in _DAY_OF_DATE.finditer(text, start, end):
        month, day = [part for part in match.groups() if part and part.isdecimal()]
        yield ordinal(month, day)


def _is_near(known: list[int], day: int) -> bool:
    """Whether one of the days, in order, is within six weeks, over the end of a year too."""
    for moved in (day, day + _YEAR, day - _YEAR):
        place = bisect_left(known, moved - _NEAR)
        if place < len(known) and known[place] <= moved + _NEAR:
            return True
    return False


def is_measured(text: str, start: int, end: int) -> bool:
    """Whether figures with a mark are measured or counted, or are led to as numbers are."""
    if is_in_row_of_amounts(text, start):
        return True
    return is_quantity(text, start, end) or bool(_LED.search(text, max(0, start - _LEADING), start))


def is_in_row_of_amounts(text: str, start: int) -> bool:
    """Whether it stands in a row that tells how much, now and as it should be: 日吸烟量 | 20/10 | 20/15."""
    row = text.rfind("\n", 0, start) + 1
    label = _LABEL_OF_ROW.match(text, row, start)
    return label is not None and _AMOUNT.search(label[1]) is not None


def is_quantity(text: str, start: int, end: int) -> bool:
    """Whether figures with a mark are measured or counted, by words that lead to no day."""
    before = (max(0, start - _LEADING), start)
    return bool(
        _UNIT.match(text, end)
        or _MEASURED.search(text, *before)
        or (_NAMED.search(text, *before) and _NOTHING_BEHIND.match(text, end))
        or _OF_NODES.search(text, max(0, start - _CLAUSE), start)
    )
