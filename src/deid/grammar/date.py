"""Dates as Chinese records write them: find, write another date in the same form, generalise.

Solar dates in digits and numerals, two-digit years, 民国 and the Japanese eras, the lunar
calendar (农历四月初六, 甲辰年, 闰四月; converted by borax), holidays and solar terms, parts of
months and years, ranges (each end is a match of its own), and relative words, which
callers may drop. Boundaries are ASCII letters and digits, never word boundaries.

>>> [match] = find_dates("于2023年5月6日09:30入院")
>>> match.year, match.month, match.day, match.start, match.end, match.time_end
(2023, 5, 6, 1, 10, 15)
>>> render(match, datetime.date(2023, 11, 20)), generalize(match, "month")
('2023年11月20日', '2023年5月')

Finding, writing and generalising share the table of forms, hence one file.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal, NamedTuple

from deid.grammar import numerals
from deid.grammar.numerals import NumeralStyle

Kind = Literal["absolute", "partial", "lunar", "relative", "ambiguous", "holiday"]
Granularity = Literal["day", "third", "month", "quarter", "season", "half_year", "year_part", "year"]
Level = Literal["month", "quarter", "half_year", "year"]


class Piece(NamedTuple):
    """A piece of a written date: a field and how it was written, or text that stays."""

    text: str
    field: str = ""
    style: NumeralStyle | None = None


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in `text[start:end]`; `text[end:time_end]` is weekday and clock time, if any.

    `kind` is partial when no year was written (`year` may still be known from the start of a
    range); lunar dates give year, month and day of the lunar calendar, see `solar_date`.
    `form` holds the pieces of the surface, for `render`. Two-digit years up to 35 are of
    this century.
    """

    start: int
    end: int
    time_end: int
    kind: Kind
    year: int | None
    month: int | None
    day: int | None
    granularity: Granularity
    score: float
    form: tuple[Piece, ...]

    def has(self, *fields: str) -> bool:
        """Whether one of `fields` was written."""
        return any(piece.field in fields for piece in self.form)


_ERAS: Final = {"民国": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ANIMALS: Final = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_TERMS: Final = (
    "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 "
    "小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至"
).split()
_SOLAR_HOLIDAYS: Final = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "三八": (3, 8), "五一": (5, 1), "劳动节": (5, 1),
    "五四": (5, 4), "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党": (7, 1),
    "八一": (8, 1), "建军": (8, 1), "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1), "双十一": (11, 11),
    "双11": (11, 11), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
_LUNAR_HOLIDAYS: Final = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中元": (7, 15), "中秋": (8, 15),
    "重阳": (9, 9), "腊八": (12, 8), "小年": (12, 23), "除夕": (12, 30), "大年三十": (12, 30), "年三十": (12, 30),
}  # fmt: skip
_ENGLISH: Final = (
    "January February March April May June July August September October November December".split()
)
_LUNAR_MONTHS: Final = {"正": 1, "元": 1, "冬": 11, "腊": 12}
_THIRDS: Final = {"上旬": 5, "初": 5, "中旬": 15, "中": 15, "下旬": 25, "底": 25, "末": 25}
_SEASONS: Final = {"春": 4, "夏": 7, "秋": 10, "冬": 12}
_YEAR_PARTS: Final = {"初": 2, "中": 6, "底": 12, "末": 12}


_G = r"(?:[ \t]{1,2}|\n)?"  # a gap between number and unit, as printed forms and wrapped lines have it
_H = "一二三四五六七八九"
_HD = "〇零○Oo0" + _H
_CAP = "壹贰叁肆伍陆柒捌玖"
_ASCII_YEAR = r"(?:18|19|20)[0-9]{2}"
_ASCII_MONTH = r"(?:1[0-2]|0?[1-9])"
_ASCII_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = rf"(?:{_ASCII_YEAR}|(?:一[八九]|二[〇零○Oo0])[{_HD}]{{2}}|(?:壹[捌玖]|贰[零〇])[零〇{_CAP}]{{2}})"
_YY = rf"(?:[0-9]{{2}}|[〇零○{_H}]{{2}})"
_MONTH = rf"(?:{_ASCII_MONTH}|十[一二]?|[〇零○]?[{_H}]|一十[一二]?|壹?拾[壹贰]?|零?[{_CAP}])"
_NAMED_MONTH = rf"(?:{_MONTH}|[正元冬腊])"
_DAY = (
    rf"(?:{_ASCII_DAY}|(?:[二三]?十|廿|卅)[{_H}]?|[〇零○]?[{_H}]|一十[{_H}]?"
    rf"|[壹贰叁]?拾[{_CAP}]?|零?[{_CAP}])"
)
_MOON_DAY = rf"初(?:十|[{_H}]|10|[1-9])"
_TO = r"(?:[ ]?(?:-{1,2}|~{1,2}|至|到|、|和|及|与)[ ]?)"

# 5月中医, 5月初诊, 5月末次: these belong to the next word.
_THIRD = r"上旬|中旬|下旬|初(?![诊次步发产级始期筛])|中(?![医药西国央度心午成])|底(?![部物])|末(?![次梢端])"
_YEAR_PART = r"初(?![诊次步发产级始期筛])|中(?![医药西国央度心午成])|底(?![部物])|末(?![次梢端])"
_SEASON = r"[春夏秋冬](?=天|季|初|末|[ ,。、;:)）]|[在于起因到至的]|$)"
_HOLIDAY_NAMES = "|".join(
    sorted(
        {*_SOLAR_HOLIDAYS, *_LUNAR_HOLIDAYS, *_TERMS} - {"十一", "三八", "七一", "八一", "五四"},
        key=len,
        reverse=True,
    )
)
_BIG_DAY = rf"大年{_MOON_DAY}"
_HOLIDAY_END = r"(?:劳动节|儿童节|妇女节|节(?!气|育|律|段|点|食|假)|夜)?"
_WITH_YEAR = (
    rf"(?:{_BIG_DAY}|(?:{_HOLIDAY_NAMES}){_HOLIDAY_END}|(?:三八|七一|八一|五四)节"
    r"|十一(?=国庆|长假|黄金周|假期|期间|前|后|$|[,。;、]))"
)

_WRITTEN = re.compile(
    rf"""
    (?P<calendar>(?:农历|阴历|旧历|夏历)的?{_G})?
    (?:(?:(?P<era>民国|昭和|平成|令和){_G}(?P<era_year>元|[0-9]{{1,3}}|[〇零○{_H}十廿卅百]{{1,5}})
         |(?P<stem>[{_STEMS}][{_BRANCHES}])(?P<animal>[{_ANIMALS}])?
         |(?P<animal2>[{_ANIMALS}])
         |(?P<year>{_YEAR})|(?P<yy>{_YY}))
       (?:{_G}年(?![级龄版代])|(?={_WITH_YEAR}|{_TO}{_ASCII_YEAR}{_G}年)))?
    (?:{_G}(?P<leap>闰)?(?P<month>{_NAMED_MONTH})(?:{_G}月|(?={_TO}{_MONTH}{_G}月))
         (?:份(?!额)|分(?![钟娩别])
           |{_G}(?P<day>{_MOON_DAY}|{_DAY}){_G}(?:日|号)
           |(?P<day2>{_MOON_DAY}|{_DAY})(?![0-9.年月:%]|[{_H}十百千万半多余几]|[ ]?月)
           |(?P<third>{_THIRD}))?
      |[ ]?(?P<month2>{_ASCII_MONTH})[./](?P<day3>{_ASCII_DAY})(?:[日号]|(?![0-9.%/]|[ ]?[万千亿倍例元人]))
      |{_G}(?P<holiday>{_WITH_YEAR})
      |年?(?P<year_part>{_YEAR_PART})
      |{_G}(?P<season>{_SEASON})[天季]?
      |{_G}第?(?P<quarter>[一二三四1-4])季度
      |{_G}Q(?P<quarter2>[1-4])(?![0-9A-Za-z])
      |{_G}(?P<half>[上下])半年
    )?
    """,
    re.VERBOSE,
)
_SEPARATED = re.compile(
    rf"""(?P<year>{_ASCII_YEAR})(?P<sep>[ ]?[-/.][ ]?)(?P<month>{_ASCII_MONTH})
    (?:(?P=sep)(?P<day>{_ASCII_DAY})[日号]?|月(?:(?P<day2>{_ASCII_DAY})[日号])?)?(?![0-9])""",
    re.VERBOSE,
)
_SHORT_YEAR = re.compile(
    rf"(?P<yy>[0-9]{{2}})(?P<sep>[-/.])(?P<month>{_ASCII_MONTH})(?P=sep)(?P<day>{_ASCII_DAY})[日号]?(?![0-9])"
)
_YEAR_LAST = re.compile(
    rf"(?P<first>{_ASCII_DAY})(?P<sep>[-/.])(?P<second>{_ASCII_DAY})(?P=sep)(?:(?P<year>{_ASCII_YEAR})|(?P<yy>[0-9]{{2}}))(?![0-9])"
)
_SHORT = re.compile(
    rf"(?P<month>{_ASCII_MONTH})(?P<sep>[-/.])(?P<day>{_ASCII_DAY})(?:(?P<unit>[日号])(?!楼|床|院|线|文))?(?![0-9])"
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])")
_COMPACT_YY = re.compile(r"(?P<yy>[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])")
_COMPACT_MONTH = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?![0-9])")
_BARE_YEAR = re.compile(rf"(?P<year>(?:一[八九]|二[〇零○])[〇零○{_H}]{{2}})(?![{_HD}十百千年])")
_CUED_YEAR = re.compile(rf"(?P<year>{_ASCII_YEAR})(?![0-9A-Za-z年\-/.:])")
_DAY_ALONE = re.compile(
    rf"(?P<day>{_DAY})(?P<unit>[日号])(?=[ ]?(?:[上下中]午|早上|晚上|凌晨|[入出转来返]院|复[查诊]|就诊|手术|拆线|化疗|过来|过去))"
)
_MONTHS = "|".join(
    sorted(
        {*_ENGLISH, *(name[:3] for name in _ENGLISH), "Sept", *(name[:3].upper() for name in _ENGLISH)},
        key=len,
        reverse=True,
    )
)
_ENGLISH_DATE = re.compile(
    rf"""(?:(?P<name>{_MONTHS})\.?[ -](?P<day>{_ASCII_DAY})(?:,[ ]?|[ -])(?P<year>{_ASCII_YEAR})
      |(?P<day2>{_ASCII_DAY})[ -]?(?P<name2>{_MONTHS})[.,]?[ -]?(?P<year2>{_ASCII_YEAR})
      |(?P<name3>{_MONTHS})\.?,?[ -](?P<year3>{_ASCII_YEAR})
      |(?P<year4>{_ASCII_YEAR})-(?P<name4>{_MONTHS})-(?P<day4>{_ASCII_DAY}))(?![0-9A-Za-z])""",
    re.VERBOSE,
)

_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天]"
_CLOCK = (
    r"(?:(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9](?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
    r"(?:[ ]?[AaPp][Mm])?(?![0-9])"
    rf"|(?:[01]?[0-9]|2[0-4]|[{_H}十]{{1,3}})[ ]?[时点](?![滴段])(?:许|整|半|[一三]刻"
    rf"|[ ]?(?:[0-5]?[0-9]|[零{_H}十]{{1,3}})(?:[ ]?分(?:[ ]?(?:[0-5]?[0-9]|[零{_H}十]{{1,3}})[ ]?秒)?|(?![0-9])))?)"
)
_TIME = re.compile(
    rf"(?:[ ]{{0,2}}[(（]?{_WEEKDAY}[)）]?)?"
    rf"(?:[ ]?(?:凌晨|清晨|早晨|早上|上午|中午|正午|午间|下午|傍晚|晚上|晚间|夜间|夜里|半夜|深夜|午夜|[早晚夜](?=[ ]?{_CLOCK})))?"
    rf"(?:(?:[ ]{{0,2}}|T|,[ ]){_CLOCK})?"
)
_COMPACT_TIME = re.compile(r"(?:T|[ ]?)(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?(?![0-9A-Za-z])")

_CONNECTOR = re.compile(_TO)
_NEXT_WRITTEN = re.compile(
    rf"""(?:(?P<month>{_NAMED_MONTH}){_G}月{_G}(?P<day>{_MOON_DAY}|{_DAY})(?:{_G}[日号])?
      |(?P<day2>{_DAY}){_G}[日号](?![龄后内间])|(?P<day3>{_MOON_DAY})
      |(?P<month2>{_MONTH}){_G}月(?:份|(?P<third>{_THIRD}))?)(?![0-9])""",
    re.VERBOSE,
)
_NEXT_SEPARATED = re.compile(
    rf"(?:(?P<month>{_ASCII_MONTH})(?P<sep>[-/.])(?P<day>{_ASCII_DAY})|(?P<day2>{_ASCII_DAY}))[日号]?(?![0-9A-Za-z.%]|[ ]?[天周次年月小]|[-/][0-9])"
)

# What may stand right before a value. Sought with `endpos`, so \Z is the place of the value.
_GAP = r"[ \t\n:：=|(（\[【\"“'是为在于\-_]{0,5}\Z"
_DATE_CUE = re.compile(
    r"(?:日期|时间|年月日?|[入出转来]院|[就复初门急来]诊|复查|手术|检查|化验|报告|采样|采集|送检|确诊|诊断|[发起]病|随访|登记|签[名字署]|打印"
    r"|出[ ]?生|生日|生于|末次月经|预产期|有效期|LMP|EDC|EDD|DOB|[Dd]ate|DATE|(?<![大小低高等位多少介早晚优劣])于|截[至止]|自|从|今天是)"
    + _GAP
)
_SHORT_CUE = re.compile(
    r"(?:日期|[入出转来]院|[就复初门急来]诊|复查|手术|随访|末次月经|预产期|出[ ]?生|生日|生于|LMP|DOB|[Dd]ate|DATE|年"
    r"|(?<![大小低高等位多少介早晚优劣当近])于)[ :：=(（]{0,3}\Z"
)
_AFTER_SHORT = re.compile(r"[ ]?(?:[入出转]院|住院|手术|[复就来初]诊|门诊(?!号|部))")
_ID_CUE = re.compile(r"(?:[号码]|编号|单号|ID|Id|id|NO|No|no|#|SN)[.:： ]{0,2}\Z")
_UNIT_AFTER = re.compile(
    r"[0-9.%‰℃×*/~+\-<>]|[ ]?(?:[%‰℃×<>a-zμ°]|[A-Z](?![A-Z])|[克毫微升度岁倍分个片粒支瓶盒米厘公斤元万千亿次年月周天小])"
)
_BAD_TAIL = re.compile(r"(?![A-Z]{2,6}(?![0-9A-Za-z\-_]))[A-Za-z]|[-./][0-9A-Za-z]")
_ROOM_AFTER = re.compile(r"[ ]?[室号栋楼户单元幢层座床期条款届版年级]")
_MODALITY = re.compile(r"(?<![A-Za-z])(?:CT|CTA|MR|MRI|PET|DR|ECG|EEG|HRCT|UCG)\Z")
_LIST_NUMBER = re.compile(r"(?:^|[\s;；。,，:：(（、])[0-9]{1,2}\.\Z")

_DURATION_BEFORE = re.compile(
    r"(?:[用服]药|口服|治疗|随访|病程|病史|史|为期|持续|长达|[达约近共已满第每隔孕余足仅超半岁个过]|间隔|停经|停药|[术产]后|[化放]疗后|最近|过去|连续|坚持"
    rf"|至少|不足|[0-9{_H}十半两几]年)[ ]?\Z"
)
_DURATION_AFTER = re.compile(
    r"余|龄|[大来](?!约)|内|[以之][内来前后]|经|子|饼|球|亮|薪|租|嫂|刊|均|度|季|河|花|雪|札|前|后|不等|多"
)
_MONTH_EVIDENCE_BEFORE = re.compile(r"(?:[在于自从至到年]|[今去前明]年)[ ]?\Z")
_MONTH_EVIDENCE_AFTER = re.compile(
    r"[ ]?(?:[入出住]院|手术|确诊|[因起曾就行在至到于查做]|开始|发现|体检|复[查诊]|出[现生]|生|突|初|无|时|间|[,，。;；])"
)
_YEAR_EVIDENCE = re.compile(r"(?:[在于自从到至]|生于|年份)[ ]?\Z")
_YEAR_AFTER = re.compile(
    r"出?生(?![活病命效产])|的(?=[,，。;；!! ]|$)|[初底末](?!次|诊)|[春夏秋冬]|国庆|因|入|诊|行|手术|住|发现|患"
)

_BIRTH_BEFORE = re.compile(
    r"(?:出[ ]{0,4}生(?:[ ]{0,4}(?:日[ ]{0,4}期|年[ ]{0,4}月(?:[ ]{0,4}日)?|时[ ]{0,4}间|年份?|日|于|在))?|生[ ]{0,4}日|生[ ]?于|诞辰|生辰|诞生"
    r"|DOB|D\.O\.B\.?|[Bb]irth(?:day| ?[Dd]ate)?|BIRTH(?:DAY| ?DATE)?|[Bb]orn(?: on| in)?|[Dd]ate [Oo]f [Bb]irth)"
    r"[\s:：=|(（\[【\"“'是为于在\-_,]{0,8}(?:[公阳农阴旧]历)?[\s:：]{0,2}\Z"
)
_BIRTH_AFTER = re.compile(
    r"[ ]?[)）]?(?:出[ ]?生(?![后缺体证])|生(?=$|[\s,，。;；、:：)）(（于人]|汉族)|诞生|降生|的?生日)"
)

_RELATIVE = re.compile(
    rf"""大?前[天日](?!晚期)|前[晚夜]|[昨今明][天日晚夜早晨]|大?后天(?![性获免])|[当次翌同][日晚晨]|当天|次[日晨]
    |[上下]{{1,2}}个?(?:周(?![围期边身径长])|星期|礼拜)(?:[一二三四五六日天末])?|[本这]个?(?:周(?![围期边身径])|星期|礼拜)(?:[一二三四五六日天末])?
    |(?<![每整外四两几数半个{_H}十0-9])(?:周[一二三四五六日末](?![次回个天片至到年])|(?:星期|礼拜)[一二三四五六日天])
    |(?:[上下]{{1,2}}个?|[本这]个?|[当次同])月(?![经牙骨龄])份?(?:{_DAY}[日号]|{_THIRD})?
    |(?:大?前|[去今明后本当同次上])年(?![龄级])(?:[上下]半年|年?[初底末](?![次诊])|[春夏秋冬][天季]?|(?:{_HOLIDAY_NAMES}){_HOLIDAY_END})?
    |前(?:几|两|些|一)[天日周年]|前段时间|前一?阵子?|这[几两][天日]|不久前|(?<![0-9{_H}十半个年])(?:年[初底末]|月[初底末])(?![次诊部])
    |(?<![年0-9])[上下]半年
    |(?:[0-9]{{1,3}}(?:\.[0-9])?|[{_H}十百两几数半]{{1,4}})[余多几来]?(?:个半?|[余多])?
       (?:小时|分钟|[天日周月年]|星期|礼拜|季度)[余多半]?[之以]?(?:前(?![列臂额胸壁庭置降瞻])|后(?![天背腰壁遗囊期]))""",
    re.VERBOSE,
)
_HOLIDAY = re.compile(
    rf"""(?P<holiday>{_BIG_DAY}|大年三十|春节|元旦节?|除夕夜?|平安夜|双十一|双11
      |(?:元宵|端午|中秋|国庆|清明|重阳|腊八|七夕|中元|五一|六一|三八|八一|建军|建党|圣诞)节(?![气育律段点])
      |(?:五一)?劳动节|(?:六一)?儿童节|(?:三八)?妇女节|教师节|情人节|青年节
      |(?:国庆|中秋|端午|五一|六一|十一|清明|元宵|重阳|圣诞|{"|".join(_TERMS)})
        (?=期间|前后|前夕|假|长假|小长假|放假|黄金周|当天|那天|当日|过后|[之以][前后]|回家|节气)
      |(?:五一|国庆|中秋|端午)(?=[前后]))""",
    re.VERBOSE,
)

_FIRST_WORDS = "".join(sorted({*"农阴旧夏民昭平令昨今明前后大当次翌同上下本这去周星礼年月不几数半两" + _STEMS + _ANIMALS} | {
    name[0] for name in (*_SOLAR_HOLIDAYS, *_LUNAR_HOLIDAYS, *_TERMS)
}))  # fmt: skip
_START = re.compile(
    rf"""[0-9{numerals.HAN}元正冬腊闰第{_FIRST_WORDS}JFMASOND](?:
      (?<=[0-9])(?<![0-9][0-9])(?=
          [0-9]{{0,3}}(?:{_G}[年月日号]|[ ]?[-/.][ ]?[0-9]{{1,2}}|{_TO}[0-9]|[余多几来]?(?:个半?|[余多])?[小分天日周星礼季]|[ -]?[JFMASOND][aepucoAEPUCO]|[ ]?(?:{_WITH_YEAR}))
          |[0-9]{{5}}(?![0-9])|[0-9]{{7}}(?:T|(?![0-9]))|[0-9]{{11}}(?![0-9])|[0-9]{{13}}(?![0-9])
          |[0-9]{{3}}(?![0-9A-Za-z]))
     |(?<=[{numerals.HAN}元正冬腊闰])(?<![{numerals.HAN}][{numerals.HAN}])(?=
          [{numerals.HAN}O]{{0,4}}{_G}[年月日号]|[{numerals.HAN}]{{0,3}}[余多几来]?(?:个半?|[余多])?[小分天周星礼季]|[{numerals.HAN}O0o]{{3}}
          |[一八夕四十]|{_TO}[{_H}十])
     |(?<=[{_STEMS}])(?=[{_BRANCHES}].?年)|(?<=[{_ANIMALS}])(?=年)
     |(?<=[JFMASOND])(?=[A-Za-z]{{2,8}}\.?,?[ -][0-9])
     |(?<=[{_FIRST_WORDS}])(?<!第)(?={{rest}})
    )""".replace(
        "{rest}",
        "[历国和成天日晚夜早晨年月周星礼个前后几两些段这些下上小时分半久初底末中节旦夕阳九午秋庆诞夏至立雨水蛰春分明谷满种暑处露降雪寒冬余多来安童师女动阵]",
    ),
    re.VERBOSE,
)


def find_dates(text: str) -> Iterator[DateMatch]:
    """The dates in `text`, disjoint and in order; linear in the length of `text`."""
    done = 0
    for candidate in _START.finditer(text):
        if candidate.start() < done:
            continue
        match = _read(text, candidate.start())
        while match is not None:
            yield match
            done = match.time_end
            match = _continuation(text, match)


def _read(text: str, start: int) -> DateMatch | None:
    for reader in _readers(text, start):
        if (match := reader(text, start)) is not None:
            return match
    return None


Reader = Callable[[str, int], "DateMatch | None"]


def _readers(text: str, start: int) -> tuple[Reader, ...]:
    first = text[start]
    if not "0" <= first <= "9":
        return _LETTER_READERS if first.isascii() else _HAN_READERS
    stop = start + 1
    while stop < len(text) and stop < start + 15 and "0" <= text[stop] <= "9":
        stop += 1
    if stop - start > 4:
        return _LONG_READERS
    if text[stop : stop + 2].lstrip()[:1] in ("-", "/", "."):
        return _SEPARATED_READERS[stop - start]
    return _NUMBER_READERS


def _build(
    found: re.Match[str],
    *,
    kind: Kind,
    score: float,
    drop: tuple[str, ...] = (),
    rename: Mapping[str, str] | None = None,
    inherit: DateMatch | None = None,
) -> DateMatch | None:
    """The match of a pattern whose group names, less trailing digits, are fields.

    With `drop` the surface ends before the dropped group. None when month or day cannot be.
    """
    text, position, end = found.string, found.start(), found.end()
    pieces: list[Piece] = []
    groups = sorted((found.span(name), name) for name in found.re.groupindex if found.start(name) >= 0)
    values: dict[str, int] = {}
    for (group_start, group_end), name in groups:
        field = (rename or {}).get(name) or name.rstrip("0123456789")
        if name in drop:
            end = group_start
            break
        if field in ("sep", "unit"):
            continue
        if group_start > position:
            pieces.append(Piece(text[position:group_start]))
        piece, value = _field(field, text[group_start:group_end])
        pieces.append(piece)
        if value is not None:
            values["month" if field == "name" else field] = value
        position = group_end
    if end > position:
        pieces.append(Piece(text[position:end]))
    year, month, day = _year_of(pieces, values), values.get("month"), values.get("day")
    if not (1 <= (month or 1) <= 12 and 1 <= (day or 1) <= (30 if kind == "lunar" else 31)):
        return None
    if inherit is not None:
        year, month = year or inherit.year, month or inherit.month
    form = _padded(pieces)
    granularity = _granularity(form)
    time_end = end
    if granularity == "day" and (clock := _TIME.match(text, end)):
        time_end = clock.end()
    return DateMatch(found.start(), end, time_end, kind, year, month, day, granularity, score, form)


def _field(field: str, surface: str) -> tuple[Piece, int | None]:
    """The piece of a field, and its number if it has one."""
    if field == "name":
        month = next(
            number for number, name in enumerate(_ENGLISH, 1) if name.lower().startswith(surface.lower()[:3])
        )
        return Piece(surface, "month_name"), month
    if field == "month" and surface in _LUNAR_MONTHS:
        return Piece(surface, field, NumeralStyle("positional")), _LUNAR_MONTHS[surface]
    if field == "era_year" and surface == "元":
        return Piece(surface, field, NumeralStyle("positional")), 1
    if field not in ("year", "yy", "era_year", "month", "day", "quarter"):
        return Piece(surface, field), None
    numeral = numerals.read(surface.removeprefix("初"))
    if numeral is None:
        return Piece(surface, field, NumeralStyle()), 0
    style = numeral.style
    if field == "yy":
        style = replace(style, width=2)
    return Piece(surface, field, style), numeral.value


def _year_of(pieces: list[Piece], values: dict[str, int]) -> int | None:
    if "yy" in values:
        return values["yy"] + (2000 if values["yy"] <= 35 else 1900)
    if "era_year" in values:
        return values["era_year"] + next(_ERAS[piece.text] for piece in pieces if piece.field == "era")
    return values.get("year")


def _padded(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Settles what `12` does not tell: whether one digit would be padded with a zero.

    The other of month and day tells if it has one digit or a zero; else ISO hyphens and
    digits without separators are padded, and all other forms are not.
    """
    numbers = [piece for piece in pieces if piece.field in ("month", "day") and piece.text.isascii()]
    known = [piece for piece in numbers if len(piece.text) == 1 or piece.text[0] == "0"]
    if known:
        padded = known[0].text[0] == "0"
    else:
        between = [piece.text for piece in pieces if not piece.field]
        padded = len(numbers) > 0 and (not between or between[0].strip() == "-") and len(pieces) > 1
    return tuple(
        piece
        if piece.style is None or piece not in numbers or piece in known
        else piece._replace(style=replace(piece.style, width=2 if padded else 1))
        for piece in pieces
    )


def _granularity(form: tuple[Piece, ...]) -> Granularity:
    fields = {piece.field for piece in form}
    if "day" in fields or "holiday" in fields:
        return "day"
    for field, granularity in _GRANULARITIES.items():
        if field in fields:
            return granularity
    return "year"


_GRANULARITIES: Final[dict[str, Granularity]] = {
    "third": "third", "month": "month", "month_name": "month", "quarter": "quarter",
    "season": "season", "half": "half_year", "year_part": "year_part",
}  # fmt: skip


def _written(text: str, start: int) -> DateMatch | None:
    """Forms with 年 月 日, in digits or numerals, solar or lunar."""
    found = _WRITTEN.match(text, start)
    if found is None or found.end() == start:
        return None
    groups = {name.rstrip("0123456789") for name, value in found.groupdict().items() if value}
    if start and text[start - 1] == "." and text[start - 2 : start - 1].isdigit():
        # 3.5月 is a duration, 1.5月6日 a numbered line
        if "day" not in groups or not _LIST_NUMBER.search(text, max(0, start - 4), start):
            return None
    if found["month"]:
        return _written_month(found, groups)
    if not groups & {"year", "yy", "era", "stem", "animal"}:
        return None
    return _written_year(found, groups)


def _written_month(found: re.Match[str], groups: set[str]) -> DateMatch | None:
    text, start = found.string, found.start()
    year = bool(groups & {"year", "yy", "era", "stem", "animal"})
    moon_day = (found["day"] or found["day2"] or "").startswith("初")
    lunar = bool(
        groups & {"calendar", "leap", "stem", "animal"} or found["month"] in ("正", "冬", "腊") or moon_day
    )
    kind: Kind = "lunar" if lunar else "absolute" if year else "partial"
    drop: tuple[str, ...] = ()
    score = 0.9
    if "yy" in groups and (
        _DURATION_BEFORE.search(text, max(0, start - 5), start)
        or re.match("[余前来]", text[found.end() : found.end() + 1])
    ):
        return None
    if found["day2"] and not moon_day:
        if not year and not lunar and not found["day2"].isascii() and not found["month"].isascii():
            kind, score = "lunar", 0.5  # 八月十五
            complete = len(found["day2"]) > 1 and not _UNIT_AFTER.match(text, found.end())
        else:
            complete = _day_is_complete(text, found.end())
            score = 0.9 if year else 0.6
            if not complete and _continuation(text, match := _build(found, kind=kind, score=0.9)) is not None:
                return match
        if not complete:
            drop, kind = ("day2",), "absolute" if year else "partial"
    end = found.start("day2") if drop else found.end()
    if found["day"] is None and found["day2"] is None and found["day3"] is None or drop:
        if found["third"]:
            score = 0.9 if year else 0.85
        elif year:
            score = 0.7 if "yy" in groups else 0.9
        elif found["leap"] or (lunar and found["month"] in ("正", "腊", "冬")):
            score = 0.6
        else:
            score = _bare_month_score(text, start, end)
    if not score:
        return None
    match = _build(found, kind=kind, score=score, drop=drop)
    if (
        match is not None
        and found["month"]
        and text[end - 1] != "月"
        and match.granularity == "month"
        and "份" not in found[0]
    ):
        return match if _continuation(text, match) is not None else None
    return match


def _day_is_complete(text: str, end: int) -> bool:
    return not _UNIT_AFTER.match(text, end)


def _bare_month_score(text: str, start: int, end: int) -> float:
    """How much a month without year and day looks like a date and not like a duration."""
    if _DURATION_BEFORE.search(text, max(0, start - 5), start) or _DURATION_AFTER.match(text, end):
        return 0.0
    if start and (
        text[start - 1] in "-~./、"
        and text[max(0, start - 3) : start - 1].strip("、")[-1:].isdigit()
        or text[start - 1] in numerals.HAN
    ):
        return 0.0
    if text[end - 1] == "份":
        return 0.8
    before = _MONTH_EVIDENCE_BEFORE.search(text, max(0, start - 3), start)
    after = _MONTH_EVIDENCE_AFTER.match(text, end)
    return 0.6 if before else 0.5 if after else 0.35


def _written_year(found: re.Match[str], groups: set[str]) -> DateMatch | None:
    text, start, end = found.string, found.start(), found.end()
    if "month" in groups:  # 2023年5.8
        return _build(found, kind="absolute", score=0.85)
    finer = bool(groups & {"year_part", "season", "quarter", "half", "holiday"})
    if "holiday" in groups:
        return _build(found, kind="holiday", score=0.85)
    if groups & {"stem", "animal"}:
        if "animal" in groups and "stem" not in groups and "calendar" not in groups:
            return None
        return _build(found, kind="lunar", score=0.6)
    if "yy" in groups:
        if "年" not in found[0] or (not finer and not _short_year_is_meant(text, start, end)):
            return None
        if finer and _DURATION_BEFORE.search(text, max(0, start - 5), start):
            return None
        return _build(found, kind="absolute" if finer else "ambiguous", score=0.6 if finer else 0.45)
    return _build(found, kind="absolute", score=0.85 if finer else 0.75)


def _short_year_is_meant(text: str, start: int, end: int) -> bool:
    """Whether 85年 or 八五年 is a year and not a number of years."""
    if _DURATION_BEFORE.search(text, max(0, start - 5), start):
        return False
    if text[start] in "0零〇○":
        return True
    if text[end : end + 1] in ("前", "后", "余", "来", "多", "以", "内", "了"):
        return False
    if _BIRTH_BEFORE.search(text, max(0, start - 16), start):
        return True
    return bool(_YEAR_EVIDENCE.search(text, max(0, start - 3), start)) or bool(
        text[start] not in "12345" and _YEAR_AFTER.match(text, end)
    )


def _left_is_free(text: str, start: int) -> bool:
    """Whether a date in digits may begin here: not within a longer number, code or path."""
    if not start:
        return True
    before = text[start - 1]
    if before.isascii() and before.isalnum():
        return bool(_MODALITY.search(text, max(0, start - 5), start))
    if before in "-./" and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum():
        return bool(_LIST_NUMBER.search(text, max(0, start - 4), start))
    return True


def _closed(text: str, match: DateMatch | None) -> DateMatch | None:
    """`match` unless it is the head of a longer code; the other end of a range may follow."""
    if match is None or (_BAD_TAIL.match(text, match.time_end) and _continuation(text, match) is None):
        return None
    return match


def _separated(text: str, start: int) -> DateMatch | None:
    """2023-5-6, 2023/05/06, 2023.5.6, and year and month alone: 2023-05."""
    found = _SEPARATED.match(text, start)
    if found is None or not _left_is_free(text, start):
        return None
    if found["day"] or found["day2"]:
        return _closed(text, _build(found, kind="absolute", score=0.95))
    if "月" in found[0]:
        return _build(found, kind="absolute", score=0.85)
    if (
        _ROOM_AFTER.match(text, found.end())
        or _UNIT_AFTER.match(text, found.end())
        and not _CONNECTOR.match(text, found.end())
    ):
        return None
    score = 0.55 if len(found["month"]) == 2 and found["sep"] != "." else 0.3
    if _DATE_CUE.search(text, max(0, start - 14), start):
        score = 0.75
    elif _ID_CUE.search(text, max(0, start - 4), start):
        score = 0.2
    return _closed(text, _build(found, kind="absolute", score=score))


def _compact(text: str, start: int) -> DateMatch | None:
    """20230506, also as the head of a time stamp; 230506 and 202305 after a cue."""
    if not _left_is_free(text, start):
        return None
    cue = _DATE_CUE.search(text, max(0, start - 14), start) or _BIRTH_BEFORE.search(
        text, max(0, start - 24), start
    )
    found = _COMPACT.match(text, start)
    if found is not None and _is_date(*(int(found[name]) for name in ("year", "month", "day"))):
        clock = _COMPACT_TIME.match(text, found.end())
        if text[found.end() : found.end() + 1].isdigit() and not (cue and clock):
            return None
        score = 0.9 if cue else 0.2 if _ID_CUE.search(text, max(0, start - 4), start) else 0.6
        match = _build(found, kind="absolute", score=score)
        if match is not None and clock:
            match = replace(match, time_end=clock.end())
        if not cue and _UNIT_AFTER.match(text, found.end()) and not _CONNECTOR.match(text, found.end()):
            return match if clock else None
        return _closed(text, match)
    for pattern in (_COMPACT_YY, _COMPACT_MONTH):
        if cue and (found := pattern.match(text, start)):
            return _closed(text, _build(found, kind="ambiguous", score=0.5))
    return None


def _year_last(text: str, start: int) -> DateMatch | None:
    """05/06/2023 (month first unless that cannot be), and after a cue 5/6/23."""
    found = _YEAR_LAST.match(text, start)
    if found is None or not _left_is_free(text, start):
        return None
    month_first = int(found["first"]) <= 12
    rename = {"first": "month", "second": "day"} if month_first else {"first": "day", "second": "month"}
    if found["yy"] and not _DATE_CUE.search(text, max(0, start - 14), start):
        return None
    return _closed(
        text,
        _build(
            found,
            kind="ambiguous" if found["yy"] else "absolute",
            score=0.5 if found["yy"] else 0.85,
            rename=rename,
        ),
    )


def _short_year(text: str, start: int) -> DateMatch | None:
    """23.5.6: looks like a version or a heading too, so the score is low without a cue."""
    found = _SHORT_YEAR.match(text, start)
    if found is None or not _left_is_free(text, start):
        return None
    cue = _DATE_CUE.search(text, max(0, start - 14), start)
    if not cue and (
        re.search(r"(?:版本?|第|[Vv]ersion|[Vv]er\.?)[:：. ]?$", text[max(0, start - 8) : start])
        or _UNIT_AFTER.match(text, found.end())
    ):
        return None
    return _closed(
        text, _build(found, kind="ambiguous", score=0.75 if cue else 0.65 if found[0][-1] in "日号" else 0.35)
    )


def _short(text: str, start: int) -> DateMatch | None:
    """5.8, 05/06, 3-5: only beside 号 or 日, or with a date word before or a visit word after."""
    found = _SHORT.match(text, start)
    if found is None:
        return None
    if found["unit"]:
        half = found["sep"] == "." and found["day"] == "5" and found["unit"] == "日"  # 3.5日 is a duration
        score = _short_score(found) if half else 0.65 if found["unit"] == "号" else 0.5
    else:
        score = _short_score(found)
    if not score or not _left_is_free(text, start):
        return None
    match = _build(found, kind="ambiguous", score=score)
    if match is None or (
        not found["unit"] and _UNIT_AFTER.match(text, match.time_end) and _continuation(text, match) is None
    ):
        return None
    return match


def _short_score(found: re.Match[str]) -> float:
    text, start = found.string, found.start()
    before = text[start - 1 : start]
    if (
        before
        and before in "于日期间院诊查术访经产生MPBE年:：=( （"
        and _SHORT_CUE.search(text, max(0, start - 8), start)
    ):
        return 0.5
    free = not before or before in "\n ,，。;；:："
    if (found["sep"] != "." or free) and _AFTER_SHORT.match(text, found.end()):
        return 0.45
    following = _CONNECTOR.match(text, found.end())
    if following and (other := _SHORT.match(text, following.end())) and other["unit"] == "号":
        return 0.5
    return 0.0


def _day_alone(text: str, start: int) -> DateMatch | None:
    """15号复查, 于6日出院; bare 日 may be a number of days."""
    found = _DAY_ALONE.match(text, start)
    before = text[max(0, start - 1) : start]
    if found is None or (before and before in "0123456789.每第满隔前后约近共~-/月年个"):
        return None
    if found["unit"] == "日" and before not in ("于", "至", "到"):
        return None
    return _build(found, kind="ambiguous", score=0.45)


def _bare_year(text: str, start: int) -> DateMatch | None:
    """二零二三 without 年, or digits after 出生年份 and the like."""
    if found := _BARE_YEAR.match(text, start):
        return _build(found, kind="ambiguous", score=0.4)
    found = _CUED_YEAR.match(text, start)
    if found is None or not _BIRTH_BEFORE.search(text, max(0, start - 20), start):
        return None
    return _build(found, kind="ambiguous", score=0.6)


def _english(text: str, start: int) -> DateMatch | None:
    found = _ENGLISH_DATE.match(text, start)
    if found is None or not _left_is_free(text, start):
        return None
    return _build(found, kind="absolute", score=0.9)


def _relative(text: str, start: int) -> DateMatch | None:
    found = _RELATIVE.match(text, start)
    if found is None:
        return None
    surface = (Piece(found[0]),)
    return DateMatch(start, found.end(), found.end(), "relative", None, None, None, "day", 0.5, surface)


def _holiday(text: str, start: int) -> DateMatch | None:
    """Holidays and solar terms without a year: only those that are nothing else."""
    found = _HOLIDAY.match(text, start)
    if found is None:
        return None
    match = _build(found, kind="holiday", score=0.45)
    solar = _SOLAR_HOLIDAYS.get(_holiday_key(found["holiday"]))
    return match if match is None or solar is None else replace(match, month=solar[0], day=solar[1])


_LETTER_READERS: Final[tuple[Reader, ...]] = (_english,)
_HAN_READERS: Final[tuple[Reader, ...]] = (_written, _relative, _holiday, _day_alone, _bare_year)
_LONG_READERS: Final[tuple[Reader, ...]] = (_compact,)
_NUMBER_READERS: Final[tuple[Reader, ...]] = (_written, _relative, _day_alone, _english, _bare_year)
_SEPARATED_READERS: Final[dict[int, tuple[Reader, ...]]] = {
    1: (_year_last, _written, _short),
    2: (_year_last, _short_year, _written, _short, _english),
    3: (),
    4: (_separated, _written, _english),
}


def _continuation(text: str, previous: DateMatch | None) -> DateMatch | None:
    """The other end of a range or list: -8日, 至3月8日, -3.5, -20240308."""
    if previous is None or previous.kind in ("relative", "holiday"):
        return None
    connector = _CONNECTOR.match(text, previous.time_end)
    if connector is None:
        return None
    start = connector.end()
    separators = {piece.text.strip() for piece in previous.form if not piece.field} & {"-", "/", "."}
    if separators:
        return _next_separated(text, start, previous, separators.pop(), connector[0])
    if previous.form[-1].field == "day" and len(previous.form) == 3 and not previous.form[1].text:
        return None
    if all(piece.field for piece in previous.form) and len(previous.form) == 3:
        return _next_compact(text, start, previous)
    return _next_written(text, start, previous)


def _next_compact(text: str, start: int, previous: DateMatch) -> DateMatch | None:
    found = _COMPACT.match(text, start)
    if found is None or not _is_date(*(int(found[name]) for name in ("year", "month", "day"))):
        return None
    if text[found.end() : found.end() + 1].isdigit():
        return None
    return _build(found, kind="absolute", score=previous.score)


def _next_separated(
    text: str, start: int, previous: DateMatch, separator: str, connector: str
) -> DateMatch | None:
    if (found := _SEPARATED.match(text, start)) and found["sep"].strip() == separator:
        return _build(found, kind="absolute", score=previous.score)
    if (
        previous.granularity != "day"
        or (separator == "-" and connector == "-")
        or connector.strip() in ("、", "和", "及", "与")
    ):
        return None
    found = _NEXT_SEPARATED.match(text, start)
    if found is None or (found["sep"] or separator) != separator:
        return None
    return _build(found, kind=_inherited(previous), score=previous.score, inherit=previous)


def _next_written(text: str, start: int, previous: DateMatch) -> DateMatch | None:
    found = _NEXT_WRITTEN.match(text, start)
    if found is None or previous.month is None:
        return None
    if found["month2"]:
        if previous.granularity not in ("month", "third") or _DURATION_AFTER.match(text, found.end()):
            return None
    elif previous.granularity != "day":
        return None
    return _build(found, kind=_inherited(previous), score=previous.score, inherit=previous)


def _inherited(previous: DateMatch) -> Kind:
    return "partial" if previous.kind == "absolute" else previous.kind


def _is_date(year: int, month: int, day: int) -> bool:
    return _date_or_none(year, month, day) is not None and 1900 <= year < 2040


def is_birth(text: str, match: DateMatch) -> bool:
    """Whether the words right beside `match` make it a date of birth: 出生日期:…, …生."""
    if _BIRTH_BEFORE.search(text, max(0, match.start - 32), match.start):
        return True
    return bool(_BIRTH_AFTER.match(text, match.time_end))


class _Moment(NamedTuple):
    """A day in the calendar in which a date was written."""

    date: datetime.date
    year: int
    month: int
    day: int
    leap: bool = False
    stem: str = ""
    animal: str = ""


def _date_or_none(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _from_lunar(year: int, month: int, day: int, *, leap: bool = False) -> datetime.date | None:
    from borax.calendars.lunardate import LunarDate

    for last in (day, 29):  # 三十 of a month with 29 days is its last day
        try:
            solar: datetime.date = LunarDate(year, month, last, int(leap)).to_solar_date()
            return solar
        except (ValueError, IndexError):
            continue
    return None


def _lunar_moment(date: datetime.date) -> _Moment | None:
    """None outside the years 1900 to 2100, for which there is a table."""
    from borax.calendars.lunardate import LunarDate

    try:
        moon = LunarDate.from_solar(date)
    except (ValueError, IndexError):
        return None
    return _Moment(date, moon.year, moon.month, moon.day, bool(moon.leap), moon.gz_year, moon.animal)


def _holiday_key(surface: str) -> str:
    for name in (surface, surface[:-1], surface[:-3], surface[:-4]):
        if name in _SOLAR_HOLIDAYS or name in _LUNAR_HOLIDAYS or name in _TERMS:
            return name
    return surface


def _holiday_date(surface: str, year: int) -> datetime.date | None:
    """The day of a holiday or solar term in a solar year; 除夕 is the one before 春节 of that year."""
    name = _holiday_key(surface)
    if name in _SOLAR_HOLIDAYS:
        return datetime.date(year, *_SOLAR_HOLIDAYS[name])
    if name in _TERMS:
        from borax.calendars.lunardate import TermUtils

        try:
            term: datetime.date = TermUtils.nth_term_day(year, term_index=_TERMS.index(name))
            return term
        except (ValueError, IndexError):
            return None
    if name.startswith("大年初"):
        numeral = numerals.read(name[3:])
        month, day = 1, numeral.value if numeral else 1
    else:
        month, day = _LUNAR_HOLIDAYS[name]
    if day == 30:
        new_year = _from_lunar(year, 1, 1)
        return new_year and new_year - datetime.timedelta(days=1)
    return _from_lunar(year - 1 if month == 12 else year, month, day)


def solar_date(match: DateMatch, *, year: int | None = None) -> datetime.date | None:
    """The day meant, in the solar calendar; of a longer period a day in its middle.

    `year` stands in where none was written, and for 干支 chooses the latest such year that
    is not later. None for relative words, impossible dates and unknown years.
    """
    if match.kind == "relative":
        return None
    known = match.year if match.year is not None else _stem_year(match, year)
    if known is None:
        return None
    if name := _written_as(match, "holiday"):
        return _holiday_date(name, known)
    if match.kind == "lunar":
        leap = match.has("leap")
        return _from_lunar(known, match.month or 6, match.day or 15, leap=leap) or _from_lunar(
            known, match.month or 6, match.day or 15
        )
    month, day = match.month, match.day
    if third := _written_as(match, "third"):
        day = _THIRDS[third]
    elif season := _written_as(match, "season"):
        month = _SEASONS[season]
    elif part := _written_as(match, "year_part"):
        month = _YEAR_PARTS[part]
    elif half := _written_as(match, "half"):
        month = 3 if half == "上" else 9
    elif quarter := _written_as(match, "quarter"):
        numeral = numerals.read(quarter)
        month = 3 * (numeral.value if numeral else 1) - 1
    return _date_or_none(known, month or 6, day or 15)


def _written_as(match: DateMatch, field: str) -> str:
    return next((piece.text for piece in match.form if piece.field == field), "")


def _stem_year(match: DateMatch, latest: int | None) -> int | None:
    stem = _written_as(match, "stem")
    if not stem or latest is None:
        return latest
    return (
        next(year for year in range(latest, latest - 61, -1) if _stem_of(year) == stem)
        if _is_stem(stem)
        else None
    )


def _stem_of(year: int) -> str:
    return _STEMS[(year - 4) % 10] + _BRANCHES[(year - 4) % 12]


def _is_stem(stem: str) -> bool:
    return _STEMS.index(stem[0]) % 2 == _BRANCHES.index(stem[1]) % 2


def render(match: DateMatch, date: datetime.date) -> str:
    """`date` written as `match` was: the same fields, order, separators, padding and numerals.

    A lunar form gives the lunar date. A holiday is written as month and day unless `date` is that
    holiday. What a form cannot say (two-digit years: the century) is lost; relative words stay.
    """
    moment: _Moment | None = _Moment(date, date.year, date.month, date.day)
    if match.kind == "lunar":
        moment = _lunar_moment(date)
    elif match.has("stem", "animal") and (moon := _lunar_moment(date)):
        moment = moon._replace(year=date.year, month=date.month, day=date.day)
    if moment is None:
        return f"{date.year}年{date.month}月" + (f"{date.day}日" if match.granularity == "day" else "")
    written: list[str] = []
    for piece in match.form:
        writer = _WRITERS.get(piece.field)
        written.append(piece.text if writer is None else writer(piece, moment, match))
    if match.has("month") and moment.leap and not match.has("leap"):
        written.insert(next(index for index, piece in enumerate(match.form) if piece.field == "month"), "闰")
    return "".join(written)


Writer = Callable[[Piece, _Moment, DateMatch], str]


def _write_number(piece: Piece, number: int) -> str:
    if piece.field in ("month", "day") and piece.style and piece.style.kind == "digits" and number > 9:
        return numerals.write(number, replace(piece.style, kind="positional"))
    return numerals.write(number, piece.style or NumeralStyle())


def _write_year(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return _write_number(piece, moment.year)


def _write_yy(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return _write_number(piece, moment.year % 100)


def _write_era(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return piece.text if moment.year > _ERAS[piece.text] else ""


def _write_era_year(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    number = moment.year - _ERAS[_written_as(match, "era")]
    if number == 1 and piece.text == "元":
        return "元"
    return _write_number(piece, number) if number > 0 else str(moment.year)


def _write_month(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    if match.kind == "lunar" and not piece.text.isascii():
        names = {
            1: "一" if piece.text == "一" else "正",
            11: "十一" if piece.text == "十一" else "冬",
            12: "十二" if piece.text == "十二" else "腊",
        }
        if moment.month in names and (
            piece.text in ("冬", "腊") or moment.month == 1 or piece.text not in ("十一", "十二")
        ):
            return names[moment.month]
    elif piece.text == "元" and moment.month == 1:
        return "元"
    return _write_number(piece, moment.month)


def _write_month_name(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    name = _ENGLISH[moment.month - 1]
    if len(piece.text) == 3 or piece.text == "Sept":
        name = piece.text if name.startswith(piece.text) else name[:3]
    return name.upper() if piece.text.isupper() else name


def _write_day(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    if match.kind != "lunar":
        return _write_number(piece, moment.day)
    if piece.text.removeprefix("初").isascii():
        return ("初" if piece.text[0] == "初" and moment.day <= 10 else "") + _write_number(piece, moment.day)
    if moment.day in (20, 30):
        return (
            piece.text
            if piece.text in ("廿", "卅") and (moment.day == 20) == (piece.text == "廿")
            else _write_number(piece, moment.day).replace("廿", "二十").replace("卅", "三十")
        )
    contracted = piece.text[0] not in "二三" or len(piece.text) == 1
    style = replace(piece.style or NumeralStyle(), contracted=contracted)
    return ("初" if moment.day <= 10 and _has_moon_days(match) else "") + numerals.write(moment.day, style)


def _has_moon_days(match: DateMatch) -> bool:
    """Whether days to the tenth are written with 初: so unless the date says 三月六日."""
    return match.form[-1].text not in ("日", "号") or any(
        piece.field == "day" and piece.text[0] == "初" for piece in match.form
    )


def _write_third(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    names = (
        ("上旬", "中旬", "下旬")
        if piece.text.endswith("旬")
        else ("初", "中", piece.text if piece.text in "底末" else "底")
    )
    return names[min(2, (moment.day - 1) // 10)]


def _write_year_part(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return ("初", "中", piece.text if piece.text in "底末" else "底")[(moment.month - 1) // 4]


def _write_season(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return "冬春夏秋"[moment.month % 12 // 3]


def _write_quarter(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return _write_number(piece, (moment.month + 2) // 3)


def _write_half(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return "上" if moment.month <= 6 else "下"


def _write_stem(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return moment.stem


def _write_animal(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return moment.animal


def _write_leap(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    return "闰" if moment.leap else ""


def _write_holiday(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    if _holiday_date(piece.text, moment.date.year) == moment.date:
        return piece.text
    unit = "年" if len(match.form) > 1 and match.form[-2].field else ""
    return f"{unit}{moment.month}月{moment.day}日"


_WRITERS: Final[dict[str, Writer]] = {
    "year": _write_year, "yy": _write_yy, "era": _write_era, "era_year": _write_era_year,
    "month": _write_month, "month_name": _write_month_name, "day": _write_day, "third": _write_third,
    "year_part": _write_year_part, "season": _write_season, "quarter": _write_quarter, "half": _write_half,
    "stem": _write_stem, "animal": _write_animal, "leap": _write_leap, "holiday": _write_holiday,
}  # fmt: skip


_RANK: Final[dict[str, int]] = {
    "day": 0, "third": 1, "month": 2, "season": 3, "quarter": 3, "year_part": 3, "half_year": 4, "year": 5,
}  # fmt: skip
_LUNAR_NAMES: Final = "正 二 三 四 五 六 七 八 九 十 冬 腊".split()


def generalize(match: DateMatch, level: Level) -> str:
    """The surface made as coarse as `level`, in its own form; what is coarser already stays.

    2023-05-06 is 2023-05, 2023Q2, 2023H1, 2023 and 2023年5月6日 is 2023年5月, 2023年第二季度,
    2023年上半年, 2023年. Where nothing is left to say (5月6日 by year) it is 某日.
    """
    surface = "".join(piece.text for piece in match.form)
    if match.kind == "relative" or _RANK[match.granularity] >= _RANK[level]:
        return surface
    if match.has("holiday"):
        match = _without_holiday(match)
    year = _year_text(match)
    if level == "year":
        return year or ("某日" if match.granularity == "day" else "某月")
    if level == "month":
        return _month_text(match, year)
    month = _solar_month(match)
    if match.granularity in ("season", "year_part") or month is None:
        return year or "某日"
    if year and not year.endswith("年"):
        return f"{year}Q{(month + 2) // 3}" if level == "quarter" else f"{year}H{(month + 5) // 6}"
    if level == "quarter":
        return f"{year}第{'一二三四'[(month - 1) // 3]}季度"
    return f"{year}{'上' if month <= 6 else '下'}半年"


def _year_text(match: DateMatch) -> str:
    """The year as written, with 年 if it had one; without a written year that of the range's start."""
    fields = ("year", "yy", "era", "era_year", "stem", "animal", "calendar")
    kept = [index for index, piece in enumerate(match.form) if piece.field in fields]
    if not kept or not match.has(*fields[:-1]):
        return f"{match.year}年" if match.year is not None and match.kind != "lunar" else ""
    text = "".join(piece.text for piece in match.form[kept[0] : kept[-1] + 1])
    after = match.form[kept[-1] + 1].text if kept[-1] + 1 < len(match.form) else ""
    if after.lstrip().startswith("年"):
        return text + after[: after.index("年") + 1]
    return text + "年" if match.has("yy") else text


def _month_text(match: DateMatch, year: str) -> str:
    fields = [piece.field for piece in match.form]
    at = next((index for index, field in enumerate(fields) if field in ("month", "month_name")), None)
    if at is None:
        return f"{match.month}月" if match.month else "某日"
    separators = {piece.text.strip() for piece in match.form if not piece.field} & {"-", "/", "."}
    if match.has("yy") and separators:
        return f"{year}{match.month}月"  # 23.5 would read as a number
    if separators and not match.has("year"):
        return f"{match.form[at].text}月"
    if "day" not in fields and "third" not in fields:
        return "".join(piece.text for piece in match.form[: at + 1]) + "月"
    cut = next(index for index, field in enumerate(fields) if field in ("day", "third"))
    if cut < len(fields) - 1 and fields[-1] == "year":  # 05/06/2023, May 6, 2023
        return "".join(piece.text for index, piece in enumerate(match.form) if index not in (cut, cut + 1))
    kept = "".join(piece.text for piece in match.form[: at + 1])
    after = match.form[at + 1].text if at + 1 < cut else ""
    unit = "月" if "月" in after or year.endswith("年") else ""
    return kept + (after[: after.index("月")] if "月" in after else "") + unit


def _without_holiday(match: DateMatch) -> DateMatch:
    """The day of a holiday as a plain date; the lunar month where the year is not known."""
    name = _holiday_key(_written_as(match, "holiday"))
    solar = _holiday_date(name, match.year) if match.year is not None else None
    before = tuple(piece for piece in match.form if piece.field != "holiday")
    if before and not before[-1].text.endswith("年"):
        before = (*before, Piece("年"))
    if solar is None and name in _TERMS:
        solar = _holiday_date(name, 2020)
    if solar is not None or name in _SOLAR_HOLIDAYS:
        month = solar.month if solar is not None else _SOLAR_HOLIDAYS[name][0]
        form = (*before, Piece(str(month), "month"), Piece("月"), Piece("", "day"))
        return replace(match, kind="partial", month=month, form=form)
    month = _LUNAR_HOLIDAYS.get(name, (1, 1))[0]
    form = (Piece("农历", "calendar"), Piece(_LUNAR_NAMES[month - 1], "month"), Piece("月"), Piece("", "day"))
    return replace(match, kind="lunar", month=month, form=form)


def _solar_month(match: DateMatch) -> int | None:
    if match.kind != "lunar" or match.month is None:
        return match.month
    solar = solar_date(match)
    return (
        solar.month if solar is not None else match.month % 12 + 1
    )  # a lunar month begins 3 to 7 weeks later
