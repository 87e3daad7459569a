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

Finding, writing and generalising share one table of forms and fields, hence one long file.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
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
    range). Year, month and day of a lunar date are those of the lunar calendar, see
    `solar_date`. Two-digit years up to 35 are of this century. `third` is 上旬, 月初 and the
    like. `form` holds the pieces of the surface, for `render`.
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

    def written(self, field: str) -> str:
        """How `field` was written, empty if it was not."""
        return next((piece.text for piece in self.form if piece.field == field), "")

    @property
    def separator(self) -> str:
        """`-`, `/` or `.` between the numbers, empty for all other forms."""
        return next((mark for piece in self.form if (mark := piece.text.strip()) in ("-", "/", ".")), "")


_ERAS: Final = {"民国": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ANIMALS: Final = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_TERMS: Final = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip
_SOLAR_HOLIDAYS: Final = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "三八": (3, 8), "五一": (5, 1), "劳动节": (5, 1),
    "五四": (5, 4), "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党": (7, 1),
    "八一": (8, 1), "建军": (8, 1), "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1), "双十一": (11, 11),
    "双11": (11, 11), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
_LUNAR_HOLIDAYS: Final = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中元": (7, 15), "中秋": (8, 15),
    "重阳": (9, 9), "腊八": (12, 8), "小年": (12, 23), "除夕": (12, 30), "大年三十": (12, 30),
}  # fmt: skip
_ENGLISH: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_NAMED_MONTHS: Final = {"正": 1, "元": 1, "冬": 11, "腊": 12}
_THIRDS: Final = {
    "上旬": 5, "初": 5, "上中旬": 10, "中旬": 15, "中": 15, "中下旬": 20, "下旬": 25, "底": 25, "末": 25,
}  # fmt: skip
_SEASONS: Final = {"春": 4, "夏": 7, "秋": 10, "冬": 12}
_YEAR_PARTS: Final = {"初": 2, "中": 6, "底": 12, "末": 12}
_YEARLY: Final = frozenset({"year", "yy", "era", "stem", "animal"})


def _any_of(*words: str) -> str:
    return "|".join(sorted(dict.fromkeys(words), key=len, reverse=True))


_G = r"(?:[ \t]{1,2}|\n)?"  # a gap between number and unit, as printed forms and wrapped lines have it
_H = numerals.DIGITS
_HZ = "〇零○" + _H
_CAP = numerals.CAPITALS
_YEAR4 = r"(?:18|19|20)[0-9]{2}"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = rf"(?:{_YEAR4}|(?:一[八九]|二[〇零○Oo0])[Oo0{_HZ}]{{2}}|(?:壹[捌玖]|贰[零〇])[零〇{_CAP}]{{2}})"
_MONTH = rf"(?:{_M}|十[一二]?|[〇零○]?[{_H}]|一十[一二]?|壹?拾[壹贰]?|零?[{_CAP}])"
_DAY = rf"(?:{_D}|(?:[一二三]?十|廿|卅)[{_H}]?|[〇零○]?[{_H}]|[壹贰叁]?拾[{_CAP}]?|零?[{_CAP}])"
_MOON_DAY = rf"初(?:十|[{_H}]|10|[1-9])"
_TO = rf"(?:[ ]?(?:-{{1,2}}|~{{1,2}}|至|到|、|和|及|与)[ ]?|/(?={_YEAR4}[-.年]))"
# 5月中医, 5月初诊, 5月末次: there the second character belongs to the next word.
_EDGE = (
    r"初(?![诊次步发产级始期筛治潮中])|中(?![医药西国央度心午成华共外风毒枢耳期性段位老年断止暑草])"
    r"|底(?![部物])|末(?![次梢端期])"
)
_THIRD = rf"上中旬|中下旬|[上中下]旬|{_EDGE}"
_SEASON = r"[春夏秋冬](?=天|季|初|末|[ ,。、;:)]|[在于起因到至的]|$)"

_UNSURE_HOLIDAYS = ("十一", "三八", "七一", "八一", "五四")
_HOLIDAY_NAMES = _any_of(*_SOLAR_HOLIDAYS, *_LUNAR_HOLIDAYS, *_TERMS)
_SURE_HOLIDAYS = _any_of(*({*_SOLAR_HOLIDAYS, *_LUNAR_HOLIDAYS, *_TERMS} - {*_UNSURE_HOLIDAYS}))
_HOLIDAY_END = r"(?:劳动节|儿童节|妇女节|节(?![气育律段点食假])|夜)?"
_WITH_YEAR = (
    rf"(?:大年{_MOON_DAY}|(?:{_SURE_HOLIDAYS}){_HOLIDAY_END}|(?:三八|七一|八一|五四)节"
    r"|十一(?=国庆|长假|黄金周|假期|期间|[前后]|$|[,。;、]))"
)

_WRITTEN = re.compile(
    rf"""
    (?P<calendar>(?:农历|阴历|旧历|夏历)的?{_G})?
    (?:(?:(?P<era>民国|昭和|平成|令和){_G}(?P<era_year>元|[0-9]{{1,3}}|[{_HZ}十廿卅百]{{1,5}})
         |(?P<stem>[{_STEMS}][{_BRANCHES}])(?P<animal>[{_ANIMALS}])?
         |(?P<animal2>[{_ANIMALS}])
         |(?P<year>{_YEAR})|(?P<yy>[0-9]{{2}}|[{_HZ}]{{2}}))
       (?:{_G}年(?![级龄版代])|(?=[ ]?Q[1-4]|[上下]半年|至今|{_WITH_YEAR}|{_TO}{_YEAR4}{_G}年)))?
    (?:{_G}(?P<leap>闰)?(?P<month>{_MONTH}|[正元冬腊])(?:{_G}月|(?={_TO}{_MONTH}{_G}月))
         (?:份(?!额)|分(?![钟娩别])
           |{_G}(?P<day>{_MOON_DAY}|{_DAY}){_G}[日号]
           |(?P<day2>{_MOON_DAY}|{_DAY})(?![0-9.年月:%{_H}十百千万半多余几]|[ ]?月)
           |(?P<third>{_THIRD}))?
      |[ ]?(?P<month2>{_M})[./](?P<day3>{_D})(?:[日号]|(?![0-9.%/]|[ ]?[万千亿倍例元人]))
      |{_G}(?P<holiday>{_WITH_YEAR})
      |年?(?P<year_part>{_EDGE})
      |{_G}(?P<season>{_SEASON})[天季]?
      |{_G}第?(?P<quarter>[一二三四1-4])季度
      |{_G}Q(?P<quarter2>[1-4])(?![0-9A-Za-z])
      |{_G}(?P<half>[上下])半年
    )?
    """,
    re.VERBOSE,
)
_SEPARATED = re.compile(
    rf"""(?P<year>{_YEAR4})(?P<sep>[ ]?[-/.][ ]?)(?P<month>{_M})
    (?:(?P=sep)(?P<day>{_D})[日号]?|月(?:(?P<day2>{_D})[日号])?)?(?![0-9])""",
    re.VERBOSE,
)
_SHORT_YEAR = re.compile(
    rf"(?P<yy>[0-9]{{2}})(?P<sep>[-/.])(?P<month>{_M})(?P=sep)(?P<day>{_D})[日号]?(?![0-9])"
)
_YEAR_LAST = re.compile(
    rf"(?P<first>{_D})(?P<sep>[-/.])(?P<second>{_D})(?P=sep)(?:(?P<year>{_YEAR4})|(?P<yy>[0-9]{{2}}))(?![0-9])"
)
_SHORT = re.compile(
    rf"(?P<month>{_M})(?P<sep>[-/.])(?P<day>{_D})(?:(?P<unit>[日号])(?![楼床院线文]))?(?![0-9])"
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])")
_COMPACT_YY = re.compile(r"(?P<yy>[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])")
_COMPACT_MONTH = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?![0-9])")
_BARE_YEAR = re.compile(rf"(?P<year>(?:一[八九]|二[〇零○])[{_HZ}]{{2}})(?![Oo0{_HZ}十百千年])")
_CUED_YEAR = re.compile(rf"(?P<year>{_YEAR4})(?![0-9A-Za-z年\-/.:])")
_DAY_ALONE = re.compile(
    rf"(?P<day>{_DAY})(?P<unit>[日号])"
    r"(?=[ ]?(?:[上下中]午|早上|晚上|凌晨|[入出转来返]院|复[查诊]|就诊|手术|拆线|化疗|过来|过去))"
)
_SHORT_NAMES = tuple(name[:3] for name in _ENGLISH)
_MONTH_NAMES = _any_of(*_ENGLISH, *_SHORT_NAMES, *(name.upper() for name in _SHORT_NAMES), "Sept")
_ENGLISH_DATE = re.compile(
    rf"""(?:(?P<name>{_MONTH_NAMES})\.?[ -](?P<day>{_D})(?:,[ ]?|[ -])(?P<year>{_YEAR4})
      |(?P<day2>{_D})[ -]?(?P<name2>{_MONTH_NAMES})[.,]?[ -]?(?P<year2>{_YEAR4})
      |(?P<name3>{_MONTH_NAMES})\.?,?[ -](?P<year3>{_YEAR4})
      |(?P<year4>{_YEAR4})-(?P<name4>{_MONTH_NAMES})-(?P<day4>{_D}))(?![0-9A-Za-z])""",
    re.VERBOSE,
)

_SMALL = rf"(?:[0-5]?[0-9]|[零{_H}十]{{1,3}})"
_CLOCK = rf"""(?:
    (?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{{1,6}})?)?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?
      (?:[ ]?[AaPp][Mm])?(?![0-9])
    |{_SMALL}[ ]?[时点](?![滴段])
      (?:许|整|半|[一三]刻|[ ]?{_SMALL}(?:[ ]?分(?:[ ]?{_SMALL}[ ]?秒)?|(?![0-9])))?)"""
_TIME = re.compile(
    rf"""(?:[ ]{{0,2}}\(?(?:周|星期|礼拜)[一二三四五六日天]\)?)?
    (?:[ ]?(?:[凌清早]晨|[早晚]上|[上中正下]午|午间|傍晚|晚间|夜[间里]|[半深午]夜|[早晚夜](?=[ ]?{_CLOCK})))?
    (?:(?:[ ]{{0,2}}|T|,[ ]){_CLOCK})?""",
    re.VERBOSE,
)
_COMPACT_TIME = re.compile(r"(?:T|[ ]?)(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?(?![0-9A-Za-z])")

_CONNECTOR = re.compile(_TO)
_NEXT_WRITTEN = re.compile(
    rf"""(?:(?P<month>{_MONTH}|[正元冬腊]){_G}月{_G}(?P<day>{_MOON_DAY}|{_DAY})(?:{_G}[日号])?
      |(?P<day2>{_DAY})(?:{_G}[日号](?![龄后内间])|(?=、[0-9]{{1,2}}[、日号]))|(?P<day3>{_MOON_DAY})
      |(?P<month2>{_MONTH}){_G}月(?:份|(?P<third>{_THIRD}))?)(?![0-9])""",
    re.VERBOSE,
)
_NEXT_SEPARATED = re.compile(
    rf"(?:(?P<month>{_M})(?P<sep>[-/.])(?P<day>{_D})|(?P<day2>{_D}))[日号]?"
    r"(?![0-9A-Za-z.%:]|[ ]?[天周次年月小时点分床]|[-/][0-9])"
)

# What may stand right before a value: sought with an end position, so \Z is where the value begins.
_NOT_FROM = r"(?<![大小低高等位多少介早晚优劣当近])于"
_DATE_CUE = re.compile(
    rf"""(?:日期|时间|年月日?|[入出转来]院|[就复初门急来]诊|复查|手术|检查|化验|报告|采样|采集|送检|确诊|诊断|[发起]病
      |随访|登记|签[名字署]|打印|出[ ]?生|生日|生于|末次月经|预产期|有效期|LMP|EDC|EDD|DOB|[Dd]ate|DATE
      |{_NOT_FROM}|截[至止]|自|从|今天是)[\s:=|(（\[【"“'是为在于\-_]{{0,5}}\Z""",
    re.VERBOSE,
)
_SHORT_CUE = re.compile(
    rf"""(?:日期|[入出转来]院|[就复初门急来]诊|复查|手术|[化放]疗|随访|末次月经|预产期|出[ ]?生|生日|生于|LMP|DOB
      |[Dd]ate|DATE|年|{_NOT_FROM})[ :=(（]{{0,3}}\Z""",
    re.VERBOSE,
)
_CUE_ENDS: Final = "于期院诊查术疗访经产生日PBe年E:=( （"  # the last characters that _SHORT_CUE can match
_BIRTH_BEFORE = re.compile(
    r"""(?:出[ ]{0,4}生(?:[ ]{0,4}(?:日[ ]{0,4}期|年[ ]{0,4}月(?:[ ]{0,4}日)?|时[ ]{0,4}间|年份?|日|于|在))?
      |生[ ]{0,4}日|生[ ]?于|诞辰|生辰|诞生|DOB|D\.O\.B\.?|[Bb]irth(?:day|[ ]?[Dd]ate)?|BIRTH(?:DAY|[ ]?DATE)?
      |[Bb]orn(?:[ ]on|[ ]in)?|[Dd]ate[ ][Oo]f[ ][Bb]irth)
    [\s:：=|(（\[【"“'是为于在\-_,]{0,8}(?:[公阳农阴旧]历[)）]?)?[\s:：]{0,2}\Z""",
    re.VERBOSE,
)
_BIRTH_AFTER = re.compile(
    r"[ ]?[)）]?(?:出[ ]?生(?![后缺体证])|生(?=$|[\s,，。;；、:：)）(（于人]|汉族)|诞生|降生|的?生日)"
)
_ID_CUE = re.compile(r"(?:[号码]|编号|单号|ID|Id|id|NO|No|no|#|SN)[.: ]{0,2}\Z|[0-9]{3}[ -]\Z")
_MODALITY = re.compile(r"(?<![A-Za-z])(?:CT|CTA|MR|MRI|PET|DR|ECG|EEG|HRCT|UCG)\Z")
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff]")
_LIST_NUMBER = re.compile(r"(?:^|[\s;。,:(（、])[0-9]{1,2}\.\Z")
_VERSION = re.compile(r"(?:版本?|第|[Vv]ersion|[Vv]er\.?)[: ]?\Z")
_DURATION_BEFORE = re.compile(
    rf"""(?:[用服]药|口服|治疗|随访|病程|史|为期|持续|长达|[达约近共已满第每隔孕余足仅超半岁个过]|间隔|停经|停药
      |[术产]后|[化放]疗后|最近|过去|连续|坚持|至少|不足|[0-9{_H}十半两几]年)[ ]?\Z""",
    re.VERBOSE,
)
_LIST_BEFORE = re.compile(rf"(?:[{numerals.HAN}]|[0-9][-~./、]{{1,2}})\Z")  # 按0、1、6月接种
_MONTH_EVIDENCE_BEFORE = re.compile(r"[在于自从至到年][ ]?\Z")
_YEAR_EVIDENCE = re.compile(r"(?:[在于自从到至]|生于|年份)[ ]?\Z")

# What may follow a value, or must not.
_AFTER_SHORT = re.compile(r"[ ]?(?:[入出转住]院|手术|[复就来初]诊|门诊(?![号部])|出?生(?=$|[ ,。;)]))")
_CLOCK_AFTER = re.compile(r"[ ]{1,2}(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9])")
_UNIT_AFTER = re.compile(
    r"[0-9.%‰℃×*/~+\-<>]"
    r"|[ ]?(?:[%‰℃×<>a-zμ°]|[A-Z](?![A-Z])|[克毫微升度岁倍分个片粒支瓶盒米厘公斤元万千亿次年月周天小处段])"
)
_BAD_TAIL = re.compile(
    r"(?![A-Z]{2,6}(?![0-9A-Za-z\-_]))[A-Za-z]|(?!\.[A-Za-z]{2,5}(?![0-9A-Za-z.]))[-./][0-9A-Za-z]"
)
_ROOM_AFTER = re.compile(r"[ ]?[室号栋楼户单元幢层座床期条款届版年级]")
_DURATION_AFTER = re.compile(
    r"[余龄内经子饼球亮薪租嫂刊均度季河花雪札前后多]|[大来](?!约)|[以之][内来前后]|不等"
)
_MONTH_EVIDENCE_AFTER = re.compile(
    r"[ ]?(?:[入出住]院|手术|确诊|[因起曾就行在至到于查做生突初无时间,。;]|开始|发现|体检|复[查诊]|出[现生])"
)
_YEAR_AFTER = re.compile(
    r"出?生(?![活病命效产])|的(?=[,。;! ]|$)|[初底末](?![次诊])|[春夏秋冬]|国庆|[因入诊行住患]|手术|发现"
)

_RELATIVE = re.compile(
    rf"""大?前[天日]|前[晚夜]|[昨今明][天日晚夜早晨]|大?后天(?![性获免])|[当次翌同][日晚晨]|当天
    |(?:[上下]{{1,2}}|[本这])个?(?:周(?![围期边身径长])|星期|礼拜)[一二三四五六日天末]?
    |(?<![每整外四两几数半个{_H}十0-9])
       (?:周[一二三四五六日末](?![次回个天片至到年])|(?:星期|礼拜)[一二三四五六日天])
    |(?:[上下]{{1,2}}个?|[本这]个?|[当次同])月(?![经牙骨龄])份?(?:{_DAY}[日号]|{_THIRD})?
    |(?:大?前|[去今明后本当同次上])年(?![龄级])
       (?:[上下]半年|年?[初底末](?![次诊])|[春夏秋冬][天季]?|(?:{_HOLIDAY_NAMES}){_HOLIDAY_END})?
    |前[几两些一][天日周年]|前段时间|前一?阵子?|这[几两][天日]|不久前
    |(?<![0-9{_H}十半个年])[年月][初底末](?![次诊部])|(?<![年0-9])[上下]半年
    |(?:[0-9]{{1,3}}(?:\.[0-9])?|[{_H}十百两几数半]{{1,4}})[余多几来]?(?:个半?|[余多])?
       (?:小时|分钟|[天日周月年]|星期|礼拜|季度)[余多半]?[之以]?
       (?:前(?![列臂额胸壁庭置降瞻])|后(?![天背腰壁遗囊期]))""",
    re.VERBOSE,
)
_HOLIDAY = re.compile(
    rf"""(?P<holiday>大年{_MOON_DAY}|大年三十|春节|元旦节?|除夕夜?|平安夜|双十一|双11
      |(?:元宵|端午|中秋|国庆|清明|重阳|腊八|七夕|中元|五一|六一|三八|八一|建军|建党|圣诞)节(?![气育律段点])
      |(?:五一)?劳动节|(?:六一)?儿童节|(?:三八)?妇女节|教师节|情人节|青年节
      |(?:国庆|中秋|端午|五一|六一|十一|元宵|重阳|圣诞|{"|".join(_TERMS)})
        (?=期间|前[后夕]|假|长假|小长假|放假|黄金周|[当那]天|当日|过后|[之以][前后]|回家|节气)
      |(?:五一|国庆|中秋|端午)(?=[前后]))""",
    re.VERBOSE,
)

# Where a date may begin: one cheap class of first characters, then a look at what follows.
_WORDS = "".join(
    sorted(
        {*"农阴旧夏民昭平令昨今明前后大当次翌同上下本这去周星礼年月不几数半两", *_STEMS, *_ANIMALS}
        | {name[0] for name in (*_SOLAR_HOLIDAYS, *_LUNAR_HOLIDAYS, *_TERMS)}
    )
)
_SECOND = "历国和成天日晚夜早晨年月周星礼个前后几两些段这下上小时分半久初底末中期拜一二三四五六" + "".join(
    sorted({name[1] for name in (*_SOLAR_HOLIDAYS, *_LUNAR_HOLIDAYS, *_TERMS)})
)
_SPAN = r"[余多来几]?(?:个半?|[余多])?[小分天日周星礼季年月]"
_START = re.compile(
    rf"""[0-9{numerals.HAN}元正冬腊闰{_WORDS}JFMASOND](?:
      (?<=[0-9])(?<![0-9][0-9])(?=
          [0-9]{{0,3}}(?:{_G}[年月日号]|{_SPAN}|[ -]?(?:{_MONTH_NAMES})|[ ]?{_WITH_YEAR})
          |[0-9]{{3}}(?:[ ]?[-/.][ ]?[0-9]|{_TO}[0-9]|[ ]?Q[1-4]|(?![0-9A-Za-z]))
          |[0-9]?{_TO}[0-9]{{1,2}}{_G}月
          |[0-9]?(?P<sep>[-/.])[0-9]{{1,2}}
            (?:(?P=sep)[0-9]|[日号]|{_TO}{_M}[-/.]{_D}[ ]?[号入出转住手复就来初门生]|[ ]{{1,2}}[0-9]{{1,2}}:
              |[ ]?[入出转住手复就来初门生])
          |[0-9]{{5}}(?![0-9])|[0-9]{{7}}(?:T|(?![0-9]))|[0-9]{{11}}(?![0-9])|[0-9]{{13}}(?![0-9]))
     |(?<=[{_CUE_ENDS}][0-9])(?=[0-9]?[-/.][0-9])
     |(?<=[{numerals.HAN}元正冬腊闰])(?<![{numerals.HAN}][{numerals.HAN}])(?=
          [{numerals.HAN}Oo0]{{0,4}}{_G}[年月日号]|[{numerals.HAN}]{{0,3}}{_SPAN}|[{numerals.HAN}Oo0]{{3}}
          |[一八夕四十]|{_TO}[{_H}十])
     |(?<=[{_STEMS}])(?=[{_BRANCHES}].?年)|(?<=[{_ANIMALS}])(?=年)
     |(?<=[JFMASOND])(?=[A-Za-z]{{2,8}}\.?,?[ -][0-9])
     |(?<=[{_WORDS}])(?=[{_SECOND}])
    )""",
    re.VERBOSE,
)


def find_dates(text: str) -> Iterator[DateMatch]:
    """The dates in `text` (a shadow text), disjoint and in order; linear in its length."""
    done = 0
    for candidate in _START.finditer(text):
        if candidate.start() < done:
            continue
        match = _read(text, candidate.start())
        while match is not None:
            yield match
            done = match.time_end
            match = _continuation(text, match)


Reader = Callable[[str, int], "DateMatch | None"]


def _read(text: str, start: int) -> DateMatch | None:
    for reader in _readers(text, start):
        if (match := reader(text, start)) is not None:
            return match
    return None


def _readers(text: str, start: int) -> tuple[Reader, ...]:
    first = text[start]
    if not "0" <= first <= "9":
        return (_english,) if first.isascii() else _HAN_READERS
    stop = start + 1
    while stop < len(text) and stop < start + 15 and "0" <= text[stop] <= "9":
        stop += 1
    if stop - start > 4:
        return (_compact,)
    if text[stop : stop + 2].lstrip()[:1] in ("-", "/", "."):
        return _SEPARATED_READERS[stop - start]
    return _NUMBER_READERS


def _build(
    found: re.Match[str],
    kind: Kind,
    score: float,
    *,
    drop: str = "",
    rename: Mapping[str, str] | None = None,
    inherit: DateMatch | None = None,
) -> DateMatch | None:
    """The match of a pattern whose group names, less trailing digits, are fields.

    The surface ends before the group `drop`; what was not written comes from `inherit`.
    None when month or day cannot be.
    """
    text, position, end = found.string, found.start(), found.end()
    pieces: list[Piece] = []
    values: dict[str, int] = {}
    for begin, stop, name in sorted((*found.span(name), name) for name in found.re.groupindex):
        if begin < 0 or name in ("sep", "unit"):
            continue
        if name == drop:
            end = begin
            break
        field = (rename or {}).get(name) or name.rstrip("0123456789")
        if begin > position:
            pieces.append(Piece(text[position:begin]))
        piece, value = _piece(field, text[begin:stop])
        pieces.append(piece)
        if value is not None:
            values[piece.field.removesuffix("_name")] = value
        position = stop
    if end > position:
        pieces.append(Piece(text[position:end]))
    year, month, day = _year_of(pieces, values), values.get("month"), values.get("day")
    if 0 in (month, day) or (month or 1) > 12 or (day or 1) > (30 if kind == "lunar" else 31):
        return None
    if inherit is not None:
        year, month = year or inherit.year, month or inherit.month
    form = _padded(pieces)
    granularity = _granularity(form)
    time_end = end
    if granularity == "day" and (clock := _TIME.match(text, end)):
        time_end = clock.end()
    return DateMatch(found.start(), end, time_end, kind, year, month, day, granularity, score, form)


def _piece(field: str, surface: str) -> tuple[Piece, int | None]:
    """The piece of a field, and its number if it has one (0 if it is none)."""
    if field == "name":
        names = [name[:3].lower() for name in _ENGLISH]
        return Piece(surface, "month_name"), names.index(surface[:3].lower()) + 1
    if (field == "month" and surface in _NAMED_MONTHS) or surface == "元":
        return Piece(surface, field, NumeralStyle("positional")), _NAMED_MONTHS[surface]
    if field not in ("year", "yy", "era_year", "month", "day", "quarter"):
        return Piece(surface, field), None
    numeral = numerals.read(surface.removeprefix("初")) or numerals.Numeral(0, NumeralStyle())
    style = replace(numeral.style, width=2) if field == "yy" else numeral.style
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
        between = [piece.text.strip() for piece in pieces if not piece.field]
        padded = len(pieces) > 1 and (not between or between[0] == "-")
    return tuple(
        piece._replace(style=replace(piece.style, width=2 if padded else 1))
        if piece.style is not None and piece in numbers and piece not in known
        else piece
        for piece in pieces
    )


_GRANULARITIES: Final[Mapping[str, Granularity]] = {
    "day": "day", "holiday": "day", "third": "third", "month": "month", "month_name": "month",
    "quarter": "quarter", "season": "season", "half": "half_year", "year_part": "year_part",
}  # fmt: skip


def _granularity(form: tuple[Piece, ...]) -> Granularity:
    fields = {piece.field for piece in form}
    return next((_GRANULARITIES[field] for field in _GRANULARITIES if field in fields), "year")


def _before(pattern: re.Pattern[str], text: str, start: int, *, reach: int) -> bool:
    """Whether `pattern` ends right at `start`, within `reach` characters."""
    return pattern.search(text, max(0, start - reach), start) is not None


def _written(text: str, start: int) -> DateMatch | None:
    """Forms with 年 月 日, in digits or numerals, solar or lunar."""
    found = _WRITTEN.match(text, start)
    if found is None or found.end() == start:
        return None
    fields = {name.rstrip("0123456789") for name, value in found.groupdict().items() if value}
    decimal = start > 1 and text[start - 1] == "." and text[start - 2].isdigit()
    if decimal and ("day" not in fields or not _before(_LIST_NUMBER, text, start, reach=4)):
        return None  # 3.5月 is a duration; 1.5月6日 may be a numbered line
    if found["month"]:
        return _written_month(found, fields)
    return _written_year(found, fields) if fields & _YEARLY else None


def _written_month(found: re.Match[str], fields: set[str]) -> DateMatch | None:
    text, start, end = found.string, found.start(), found.end()
    year = bool(fields & _YEARLY)
    if "yy" in fields and _is_duration(text, start, end):
        return None
    moon_day = (found["day"] or found["day2"] or "").startswith("初")
    lunar = (
        moon_day or bool(fields & {"calendar", "leap", "stem", "animal"}) or found["month"] in tuple("正冬腊")
    )
    kind: Kind = "lunar" if lunar else "absolute" if year else "partial"
    if found["day"] or (found["day2"] and (moon_day or lunar)):
        return _build(found, kind, 0.95 if year else 0.9)
    if found["day2"]:
        if (match := _without_unit(found, kind)) is not None:
            return match
        end = found.start("day2")
    if year:
        score = 0.7 if "yy" in fields else 0.9
    elif found["third"] or lunar:
        score = 0.85 if found["third"] else 0.6
    else:
        score = _bare_month_score(text, start, end)
    match = _build(found, kind, score, drop="day2") if score else None
    if match is not None and text[end - 1] not in "月份分" and match.granularity == "month":
        return match if _continuation(text, match) is not None else None  # the 3 of 3-5月
    return match


def _is_duration(text: str, start: int, end: int) -> bool:
    return _before(_DURATION_BEFORE, text, start, reach=5) or text[end : end + 1] in tuple("余前来")


def _without_unit(found: re.Match[str], kind: Kind) -> DateMatch | None:
    """5月6入院, 5月6-8日, and, of the lunar calendar, 八月十五."""
    text, day = found.string, found["day2"]
    complete = not _UNIT_AFTER.match(text, found.end())
    if kind == "partial" and not day.isascii() and not found["month"].isascii():
        return _build(found, "lunar", 0.5) if complete and len(day) > 1 else None
    match = _build(found, kind, 0.9 if kind == "absolute" else 0.6)
    if complete:
        return match
    return match and replace(match, score=0.9) if _continuation(text, match) is not None else None


def _bare_month_score(text: str, start: int, end: int) -> float:
    """How much a month without year and day looks like a date, and not like a duration (0)."""
    if _before(_DURATION_BEFORE, text, start, reach=5) or _DURATION_AFTER.match(text, end):
        return 0.0
    if _before(_LIST_BEFORE, text, start, reach=4):
        return 0.0
    if text[end - 1] == "份":
        return 0.8
    if _before(_MONTH_EVIDENCE_BEFORE, text, start, reach=3):
        return 0.6
    return 0.5 if _MONTH_EVIDENCE_AFTER.match(text, end) else 0.35


def _written_year(found: re.Match[str], fields: set[str]) -> DateMatch | None:
    text, start, end = found.string, found.start(), found.end()
    finer = bool(fields & {"month", "year_part", "season", "quarter", "half"})
    if "holiday" in fields:
        return _build(found, "holiday", 0.85)
    if "stem" in fields or "animal" in fields:
        return _build(found, "lunar", 0.6) if fields & {"stem", "calendar"} else None
    if "yy" not in fields:
        return _build(found, "absolute", 0.85 if finer else 0.75)
    if "年" not in found[0] or _before(_DURATION_BEFORE, text, start, reach=5):
        return None
    if finer:
        return _build(found, "absolute", 0.6)
    return _build(found, "ambiguous", 0.45) if _short_year_is_meant(text, start, end) else None


def _short_year_is_meant(text: str, start: int, end: int) -> bool:
    """Whether 85年 or 八五年 is a year and not a number of years."""
    if text[max(0, start - 1) : start] in ("/", "-", "~"):
        return False  # 2004/05年球季
    if text[start] in "0零〇○":
        return True
    if text[end : end + 1] in tuple("前后余来多以内了"):
        return False
    if _before(_BIRTH_BEFORE, text, start, reach=16) or _before(_YEAR_EVIDENCE, text, start, reach=3):
        return True
    return text[start] not in "12345一二三四五" and _YEAR_AFTER.match(text, end) is not None


def _left_is_free(text: str, start: int) -> bool:
    """Whether a date in digits may begin here: not within a longer number, code or path."""
    before, earlier = text[max(0, start - 1) : start], text[max(0, start - 2) : max(0, start - 1)]
    if before.isascii() and before.isalnum():
        return _before(_MODALITY, text, start, reach=5)
    if before and before in "-./" and earlier.isascii() and earlier.isalnum():
        return _before(_LIST_NUMBER, text, start, reach=4)
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
    if found["day"] or "月" in found[0]:
        return _closed(text, _build(found, "absolute", 0.95 if found["day"] else 0.85))
    follows = _UNIT_AFTER.match(text, found.end()) and not _CONNECTOR.match(text, found.end())
    if follows or _ROOM_AFTER.match(text, found.end()):
        return None
    score = 0.55 if len(found["month"]) == 2 and found["sep"] != "." else 0.3
    if _before(_DATE_CUE, text, start, reach=14):
        score = 0.75
    elif _before(_ID_CUE, text, start, reach=5):
        score = 0.2
    return _closed(text, _build(found, "absolute", score))


def _compact(text: str, start: int) -> DateMatch | None:
    """20230506, also as the head of a time stamp; 230506 and 202305 after a cue."""
    if not _left_is_free(text, start):
        return None
    cue = _before(_DATE_CUE, text, start, reach=14) or _before(_BIRTH_BEFORE, text, start, reach=24)
    found = _COMPACT.match(text, start)
    if found is None or not _is_day(found):
        shorter = (_COMPACT_YY.match(text, start) or _COMPACT_MONTH.match(text, start)) if cue else None
        return _closed(text, _build(shorter, "ambiguous", 0.5)) if shorter else None
    end = found.end()
    clock = _COMPACT_TIME.match(text, end)
    if text[end : end + 1].isdigit() and not (cue and clock):
        return None
    match = _build(found, "absolute", 0.9 if cue else 0.2 if _before(_ID_CUE, text, start, reach=5) else 0.6)
    if match is not None and clock:
        return replace(match, time_end=clock.end())
    if not cue and text[end : end + 1] not in tuple(".-/~") and _UNIT_AFTER.match(text, end):
        return None
    return _closed(text, match)


def _year_last(text: str, start: int) -> DateMatch | None:
    """05/06/2023 (month first unless that cannot be), and after a cue 5/6/23."""
    found = _YEAR_LAST.match(text, start)
    if found is None or not _left_is_free(text, start):
        return None
    if found["yy"] and (int(found["first"]) > 12 or not _before(_DATE_CUE, text, start, reach=14)):
        return None
    if found["sep"] == "-" and len(found[0]) < 10 and not _before(_DATE_CUE, text, start, reach=14):
        return None  # 5-1-1801 is a flat
    month, day = ("first", "second") if int(found["first"]) <= 12 else ("second", "first")
    kind: Kind = "ambiguous" if found["yy"] else "absolute"
    return _closed(
        text, _build(found, kind, 0.5 if found["yy"] else 0.85, rename={month: "month", day: "day"})
    )


def _short_year(text: str, start: int) -> DateMatch | None:
    """23.5.6: looks like a version or a heading too, so the score is low without a cue."""
    found = _SHORT_YEAR.match(text, start)
    if found is None or not _left_is_free(text, start):
        return None
    cue = _before(_DATE_CUE, text, start, reach=14)
    if not cue and (_before(_VERSION, text, start, reach=8) or _UNIT_AFTER.match(text, found.end())):
        return None
    address = found["sep"] == "-" and start > 0 and _HAN_BEFORE.match(text, start - 1)
    unit = found[0][-1] in "日号" and not address
    return _closed(text, _build(found, "ambiguous", 0.75 if cue else 0.65 if unit else 0.35))


def _short(text: str, start: int) -> DateMatch | None:
    """5.8, 05/06, 3-5: only beside 号 or 日, a clock time, a date word before or a visit word after."""
    found = _SHORT.match(text, start)
    if found is None or not _left_is_free(text, start):
        return None
    duration = found["unit"] == "日" and found["sep"] == "." and found["day"] == "5"  # 3.5日
    address = found["sep"] == "-" and start > 0 and _HAN_BEFORE.match(text, start - 1)  # 新源南路1-3号
    if found["unit"] and not duration and not address:
        return _build(found, "ambiguous", 0.65 if found["unit"] == "号" else 0.5)
    score = _short_score(found)
    match = _build(found, "ambiguous", score) if score else None
    if match is None or (_UNIT_AFTER.match(text, match.time_end) and _continuation(text, match) is None):
        return None
    return match


def _short_score(found: re.Match[str]) -> float:
    text, start, end = found.string, found.start(), found.end()
    before = text[max(0, start - 1) : start]
    if (
        before
        and before in "于期院诊查术访经产生日PBe年E:=( （"
        and _before(_SHORT_CUE, text, start, reach=8)
    ):
        return 0.5
    if found["sep"] != "." and _CLOCK_AFTER.match(text, end):
        return 0.6
    free = found["sep"] != "." or not before or before in "\n ,。;:"
    if free and (_AFTER_SHORT.match(text, end) or (found["sep"] != "." and text.startswith("复查", end))):
        return 0.45
    connector = _CONNECTOR.match(text, end)
    other = _SHORT.match(text, connector.end()) if connector else None
    if other and (other["unit"] == "号" or (free and _AFTER_SHORT.match(text, other.end()))):
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
    return _build(found, "ambiguous", 0.45)


def _bare_year(text: str, start: int) -> DateMatch | None:
    """二零二三 without 年, or digits after 出生年份 and the like."""
    if found := _BARE_YEAR.match(text, start):
        return _build(found, "ambiguous", 0.4)
    found = _CUED_YEAR.match(text, start)
    if found is None or not (
        _before(_BIRTH_BEFORE, text, start, reach=20) or _BIRTH_AFTER.match(text, found.end())
    ):
        return None
    return _build(found, "ambiguous", 0.6)


def _english(text: str, start: int) -> DateMatch | None:
    found = _ENGLISH_DATE.match(text, start)
    return _build(found, "absolute", 0.9) if found and _left_is_free(text, start) else None


def _relative(text: str, start: int) -> DateMatch | None:
    found = _RELATIVE.match(text, start)
    if found is None:
        return None
    end, form = found.end(), (Piece(found[0]),)
    return DateMatch(start, end, end, "relative", None, None, None, "day", 0.5, form)


def _holiday(text: str, start: int) -> DateMatch | None:
    """Holidays and solar terms without a year: only those that are nothing else."""
    found = _HOLIDAY.match(text, start)
    match = _build(found, "holiday", 0.45) if found else None
    solar = _SOLAR_HOLIDAYS.get(_holiday_key(found["holiday"])) if found else None
    return replace(match, month=solar[0], day=solar[1]) if match and solar else match


_HAN_READERS: Final[tuple[Reader, ...]] = (_written, _relative, _holiday, _day_alone, _bare_year)
_NUMBER_READERS: Final[tuple[Reader, ...]] = (_written, _relative, _day_alone, _english, _bare_year)
_SEPARATED_READERS: Final[Mapping[int, tuple[Reader, ...]]] = {
    1: (_year_last, _written, _short, _english),
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
    start, how = connector.end(), connector[0].strip()
    if separator := previous.separator:
        return _next_separated(text, start, previous, separator, how)
    if len(previous.form) == 3 and all(piece.field for piece in previous.form):
        found = _COMPACT.match(text, start)
        if found is None or not _is_day(found) or text[found.end() : found.end() + 1].isdigit():
            return None
        return _build(found, "absolute", previous.score)
    return _next_written(text, start, previous)


def _next_separated(text: str, start: int, previous: DateMatch, separator: str, how: str) -> DateMatch | None:
    if (full := _SEPARATED.match(text, start)) and full["sep"].strip() == separator:
        return _build(full, "absolute", previous.score)
    if previous.granularity != "day" or how == "/" or separator == how == "-":
        return None
    found = _NEXT_SEPARATED.match(text, start)
    if found is None or (found["sep"] or ("" if how in "、和及与" else separator)) != separator:
        return None
    return _build(found, _inherited(previous), previous.score, inherit=previous)


def _next_written(text: str, start: int, previous: DateMatch) -> DateMatch | None:
    found = _NEXT_WRITTEN.match(text, start)
    if found is None or previous.month is None:
        return None
    if found["month2"]:
        if previous.granularity not in ("month", "third") or _DURATION_AFTER.match(text, found.end()):
            return None
    elif previous.granularity != "day":
        return None
    return _build(found, _inherited(previous), previous.score, inherit=previous)


def _inherited(previous: DateMatch) -> Kind:
    return "partial" if previous.kind == "absolute" else previous.kind


def _is_day(found: re.Match[str]) -> bool:
    year = int(found["year"])
    return 1900 <= year < 2040 and _date_or_none(year, int(found["month"]), int(found["day"])) is not None


def is_birth(text: str, match: DateMatch) -> bool:
    """Whether the words right beside `match` make it a date of birth: 出生日期:…, …生."""
    return _before(_BIRTH_BEFORE, text, match.start, reach=32) or bool(
        _BIRTH_AFTER.match(text, match.time_end)
    )


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

    # 三十 of a month of 29 days is its last day; 闰四月 of a year without one is 四月
    for last, leaping in ((day, leap), (29, leap), (day, False), (29, False)):
        try:
            solar: datetime.date = LunarDate(year, month, min(last, day), int(leaping)).to_solar_date()
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
    """五一劳动节 and 五一节 are 五一."""
    return next(
        (surface[:end] for end in range(len(surface), 1, -1) if surface[:end] in _HOLIDAY_KEYS), surface
    )


_HOLIDAY_KEYS: Final = frozenset((*_SOLAR_HOLIDAYS, *_LUNAR_HOLIDAYS, *_TERMS))


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
        return _from_lunar(year, 1, numeral.value if numeral else 1)
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
    known = match.year if match.year is not None else _year_of_stem(match.written("stem"), year)
    if match.kind == "relative" or known is None:
        return None
    if name := match.written("holiday"):
        return _holiday_date(name, known)
    if match.kind == "lunar":
        return _from_lunar(known, match.month or 6, match.day or 15, leap=match.has("leap"))
    month, day = match.month or 6, match.day or 15
    if third := match.written("third"):
        day = _THIRDS[third]
    elif season := match.written("season"):
        month = _SEASONS[season]
    elif part := match.written("year_part"):
        month = _YEAR_PARTS[part]
    elif half := match.written("half"):
        month = 3 if half == "上" else 9
    elif quarter := numerals.read(match.written("quarter")):
        month = 3 * quarter.value - 1
    return _date_or_none(known, month, day)


def _year_of_stem(stem: str, latest: int | None) -> int | None:
    if not stem or latest is None:
        return latest
    years = range(latest, latest - 60, -1)
    return next(
        (year for year in years if _STEMS[(year - 4) % 10] + _BRANCHES[(year - 4) % 12] == stem), None
    )


def render(match: DateMatch, date: datetime.date) -> str:
    """`date` written as `match` was: the same fields, order, separators, padding and numerals.

    A lunar form gives the lunar date. A holiday is written as month and day unless `date` is
    that holiday. What a form cannot say (the century of a two-digit year) is lost; relative
    words stay.
    """
    moment: _Moment | None = _Moment(date, date.year, date.month, date.day)
    if match.kind == "lunar":
        moment = _lunar_moment(date)
    elif match.has("stem", "animal") and (moon := _lunar_moment(date)):
        moment = moon._replace(month=date.month, day=date.day, leap=False)
    if moment is None:
        return f"{date.year}年{date.month}月" + (f"{date.day}日" if match.granularity == "day" else "")
    return "".join(_write(piece, moment, match) for piece in match.form)


def _write(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    quarter = (moment.month + 2) // 3
    end = piece.text if piece.text in ("底", "末") else "底"
    match piece.field:
        case "year":
            return _number(piece, moment.year)
        case "yy":
            return _number(piece, moment.year % 100)
        case "era":
            return piece.text if moment.year > _ERAS[piece.text] else ""
        case "era_year":
            number = moment.year - _ERAS[match.written("era")]
            if number < 1:
                return str(moment.year)
            return "元" if number == 1 and piece.text == "元" else _number(piece, number)
        case "stem":
            return moment.stem
        case "animal":
            return moment.animal
        case "leap":
            return ""
        case "month":
            return ("闰" if moment.leap else "") + _write_month(piece, moment, match)
        case "month_name":
            name = _ENGLISH[moment.month - 1]
            short = piece.text if name.startswith(piece.text) else name[:3]
            name = short if len(piece.text) in (3, 4) and piece.text != "June" else name
            return name.upper() if piece.text.isupper() else name
        case "day":
            return (
                _write_moon_day(piece, moment, match) if match.kind == "lunar" else _number(piece, moment.day)
            )
        case "third":
            names = ("上旬", "中旬", "下旬") if "旬" in piece.text else ("初", "中", end)
            name = names[min(2, (moment.day - 1) // 10)]
            return piece.text if len(piece.text) == 3 and name[0] in piece.text else name  # 中下旬
        case "year_part":
            return ("初", "中", end)[(moment.month - 1) // 4]
        case "season":
            return "冬春夏秋"[moment.month % 12 // 3]
        case "quarter":
            return _number(piece, quarter)
        case "half":
            return "上" if quarter < 3 else "下"
        case "holiday":
            return _write_holiday(piece, moment.date, match)
    return piece.text


def _number(piece: Piece, number: int) -> str:
    style = piece.style or NumeralStyle()
    if piece.field in ("month", "day") and style.kind == "digits" and number > 9:
        style = replace(style, kind="positional")  # 〇五月, but 十一月
    return numerals.write(number, style)


def _write_month(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    if piece.text == "元" and moment.month == 1:
        return "元"
    if match.kind == "lunar" and not piece.text.isascii():
        plain = piece.text in ("一", "十一", "十二")
        if moment.month in (1, 11, 12) and not plain:
            return {1: "正", 11: "冬", 12: "腊"}[moment.month]
    return _number(piece, moment.month)


def _write_moon_day(piece: Piece, moment: _Moment, match: DateMatch) -> str:
    """初六, 十六, 廿六 or 二十六; with 日 after it also plain 六."""
    first = "初" if piece.text[0] == "初" or match.form[-1].text not in ("日", "号") else ""
    if piece.text.removeprefix("初").isascii():
        return (first if moment.day <= 10 and piece.text[0] == "初" else "") + _number(piece, moment.day)
    contracted = piece.text[0] not in "二三" or len(piece.text) == 1
    if moment.day in (20, 30):
        contracted = piece.text in ("廿", "卅")
    style = replace(piece.style or NumeralStyle(), contracted=contracted)
    return (first if moment.day <= 10 else "") + numerals.write(moment.day, style)


def _write_holiday(piece: Piece, date: datetime.date, match: DateMatch) -> str:
    if _holiday_date(piece.text, date.year) == date:
        return piece.text
    unit = "年" if len(match.form) > 1 and match.form[-2].field else ""
    return f"{unit}{date.month}月{date.day}日"


_RANK: Final[Mapping[str, int]] = {
    "day": 0, "third": 1, "month": 2, "season": 3, "quarter": 3, "year_part": 3, "half_year": 4, "year": 5,
}  # fmt: skip


def generalize(match: DateMatch, level: Level) -> str:
    """The surface made as coarse as `level`, in its own form; what is coarser already stays.

    2023-05-06 is 2023-05, 2023Q2, 2023H1, 2023 and 2023年5月6日 is 2023年5月, 2023年第二季度,
    2023年上半年, 2023年. Where nothing is left to say (5月6日 by year) it is 某日.
    """
    if match.kind == "relative" or _RANK[match.granularity] >= _RANK[level]:
        return "".join(piece.text for piece in match.form)
    if match.has("holiday"):
        match = _without_holiday(match)
    year = _year_text(match)
    if level == "year":
        return year or ("某日" if match.granularity == "day" else "某月")
    if level == "month":
        return _month_text(match, year)
    quarter = numerals.read(match.written("quarter"))
    month = 3 * quarter.value if quarter else _solar_month(match)
    if match.granularity in ("season", "year_part") or month is None:
        return year or "某日"
    if year and not year.endswith("年"):
        return f"{year}Q{(month + 2) // 3}" if level == "quarter" else f"{year}H{(month + 5) // 6}"
    if level == "quarter":
        return f"{year}第{'一二三四'[(month - 1) // 3]}季度"
    return f"{year}{'上' if month <= 6 else '下'}半年"


def _year_text(match: DateMatch) -> str:
    """The year as written, with 年 if it had one; without a written year that of the range's start."""
    fields = (*_YEARLY, "era_year", "calendar")
    kept = [index for index, piece in enumerate(match.form) if piece.field in fields]
    if not match.has(*_YEARLY):
        return f"{match.year}年" if match.year is not None and match.kind != "lunar" else ""
    text = "".join(piece.text for piece in match.form[kept[0] : kept[-1] + 1])
    after = match.form[kept[-1] + 1].text if kept[-1] + 1 < len(match.form) else ""
    if "年" in after:
        return text + after[: after.index("年") + 1]
    return text + "年" if match.has("yy") else text


def _month_text(match: DateMatch, year: str) -> str:
    fields = [piece.field for piece in match.form]
    at = next((index for index, field in enumerate(fields) if field in ("month", "month_name")), None)
    if at is None:
        return f"{match.month}月" if match.month else "某日"
    if match.has("yy") and "年" not in "".join(piece.text for piece in match.form):
        return f"{year}{match.month}月"  # 23.5 would read as a number
    if match.separator and not match.has(*_YEARLY):  # 5.8, or the other end of a range: 2024.3-3
        return match.form[at].text if match.year is not None else f"{match.month}月"
    cut = next(index for index, field in enumerate(fields) if field in ("day", "third"))
    if fields[-1] == "year":  # 05/06/2023, May 6, 2023
        return "".join(piece.text for index, piece in enumerate(match.form) if index not in (cut, cut + 1))
    kept = "".join(piece.text for piece in match.form[: at + 1])
    after = match.form[at + 1].text if at + 1 < cut else ""
    if "月" in after:
        return kept + after[: after.index("月") + 1]
    return kept + "月" if year.endswith("年") else kept


def _without_holiday(match: DateMatch) -> DateMatch:
    """The day of a holiday as a plain date; the lunar month where the year is not known."""
    name = _holiday_key(match.written("holiday"))
    before = tuple(piece for piece in match.form if piece.field != "holiday")
    if before and not before[-1].text.endswith("年"):
        before = (*before, Piece("年"))
    day = _holiday_date(name, match.year or 2020)  # solar terms and solar holidays move by a day at most
    if match.year is not None or name in _SOLAR_HOLIDAYS or name in _TERMS:
        month = day.month if day is not None else 1
        form = (*before, Piece(str(month), "month"), Piece("月"), Piece("", "day"))
        return replace(match, kind="partial", month=month, form=form)
    month = _LUNAR_HOLIDAYS.get(name, (1, 1))[0]
    text = "正二三四五六七八九十冬腊"[month - 1]
    form = (Piece("农历", "calendar"), Piece(text, "month"), Piece("月"), Piece("", "day"))
    return replace(match, kind="lunar", month=month, form=form)


def _solar_month(match: DateMatch) -> int | None:
    if match.kind != "lunar" or match.month is None:
        return match.month
    solar = solar_date(match)
    return solar.month if solar is not None else match.month % 12 + 1  # the lunar month comes a month later
