"""The forms in which dates are written, as patterns.

The name of a group, less trailing digits, is the field it holds, see `build`; `sep` and `unit` are
only looked at. The fragments come first, then the forms, and last `START`, where a form may begin.
"""

from __future__ import annotations

import re

from deid.grammar import numerals
from deid.grammar.date import beside
from deid.grammar.date.vocabulary import ANIMALS, BRANCHES, ENGLISH_MONTHS, ERAS, HOLIDAYS, STEMS, TERMS
from deid.grammar.name import HAN
from deid.regexes import Regex


def _any_of(*words: str) -> str:
    return "|".join(sorted(dict.fromkeys(words), key=len, reverse=True))


_G = rf"(?:[ \t]{{1,2}}|\n|[ ]{{3,8}}(?![{HAN}]{{2}})|[ ]{{0,4}}_[_ ]{{0,11}})?"
"""A gap between number and unit, as printed forms, their blanks and wrapped lines have it; wide, no column's end."""
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
_LUNAR = rf"(?:[正冬腊]|十[一二]?|[{_H}])月(?:{_MOON_DAY}|[廿十二])"  # 2022.正月初六
_TO = rf"(?:[ ]?(?:-{{1,2}}|~{{1,2}}|至|到|、|和|及|与)[ ]?|/(?={_YEAR4}[-.年]))"
# 5月中医, 5月初诊, 5月末次: there the second character belongs to the next word.
_EDGE = (
    rf"初(?![诊次步产级始期筛治潮中{_H}十]|发(?![热烧现作生起觉黄抖冷]|病(?!例)))|中(?![秋医药西国央度心午成华共外风毒枢耳期性段位老年断止暑草考])"
    r"|底(?![部物])|末(?![次梢端期])"
)
_THIRD = rf"上中旬|中下旬|[上中下]旬|{_EDGE}"
_SEASON = (
    r"[春夏秋冬](?=天|季|初|末|[ ,。、;:)|\t\n]|[在于起因到至的查诊做行住手出入发离结去开转确从无返曾患]|$)"
)

_UNSURE_HOLIDAYS = ("十一", "三八", "七一", "八一", "五四")
_HOLIDAY_NAMES = _any_of(*HOLIDAYS)
_SURE_HOLIDAYS = _any_of(*(name for name in HOLIDAYS if name not in _UNSURE_HOLIDAYS))
_HOLIDAY_END = r"(?:劳动节|儿童节|妇女节|节(?![气育律段点食假])|夜)?"
_WITH_YEAR = (
    rf"(?:大年{_MOON_DAY}|(?:{_SURE_HOLIDAYS}){_HOLIDAY_END}|(?:三八|七一|八一|五四)节"
    r"|十一(?=国庆|长假|黄金周|假期|期间|[前后]|$|[,。;、]))"
)

WRITTEN = Regex(
    rf"""
    (?P<calendar>(?:农历|阴历|旧历|夏历|藏历)的?{_G})?
    (?:(?:(?P<era>{_any_of(*ERAS)}){_G}(?P<era_year>元|[0-9]{{1,3}}|[{_HZ}十廿卅百]{{1,5}})
         |(?P<stem>[{STEMS}][{BRANCHES}])(?P<animal>[{ANIMALS}])?
         |(?P<animal2>[{ANIMALS}])
         |(?P<year>{_YEAR})|(?P<yy>[0-9]{{2}}|[{_HZ}]{{2}}|廿[{_H}]))
       (?:{_G}年(?![级龄版代])|(?=[ ]?Q[1-4](?![0-9A-Za-z])|[上下]半年|至今|第?[一二三四]季度|{_SEASON}|{_WITH_YEAR}|{_TO}{_YEAR4}{_G}年)|[./-](?={_LUNAR})))?
    (?:{_G}(?P<calendar2>农历|阴历|旧历|夏历)?{_G}(?P<leap>闰)?(?P<month>{_MONTH}|(?<![矫校纠])正|[元冬腊])(?:{_G}月|(?={_TO}{_MONTH}{_G}月))
         (?:份(?!额)|分(?![钟娩别班手店院析])
           |{_G}(?P<day>{_MOON_DAY}|{_DAY}){_G}[日号曰]
           |(?P<day2>{_MOON_DAY}|{_DAY})(?![0-9.年月%{_H}十百千万半多余几]|:[0-9]|[ ]?月|(?<=一)[共直起次般个些同])
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
SEPARATED = Regex(
    rf"""(?P<year>{_YEAR4})(?P<sep>[ ]?(?:-{{1,2}}|[/.])[ ]?)(?P<month>{_M})
    (?:(?:(?P=sep)|[./][ ](?={_D}(?:[ ]?(?:\n|\Z)|[ ]{{2}})))(?P<day>{_D})[日号]?|月(?:(?P<day2>{_D})[日号])?)?(?![0-9])""",
    re.VERBOSE,
)
# 2007.07-2013.05: the ends of a stay, as a curriculum vitae lists them.
MONTHS_TO = Regex(rf"[ ]?(?:-+|~|至|到)[ ]?(?:{_YEAR4}[./-]{_M}(?![0-9./])|至?今(?![天日年]))")
MONTHS_FROM = Regex(rf"{_YEAR4}[./-]{_M}[ ]?(?:-+|~|至|到)[ ]?\Z")
SHORT_YEAR = Regex(rf"(?P<yy>[0-9]{{2}})(?P<sep>[-/.])(?P<month>{_M})(?P=sep)(?P<day>{_D})[日号]?(?![0-9])")
YEAR_LAST = Regex(
    rf"(?P<first>{_D})(?P<sep>[-/.])(?P<second>{_D})(?P=sep)(?:(?P<year>{_YEAR4})|(?P<yy>[0-9]{{2}}))(?![0-9])"
)
SHORT = Regex(
    rf"(?P<month>{_M})(?P<sep>[-/.])(?P<day>{_D})(?:(?P<unit>[日号])(?![楼床院线文志]|[报记程](?!名|到|录|得)))?(?![0-9])"
)
MONTH_FIRST = Regex(r"(?P<month>0[1-9]|1[0-2])/(?P<year>(?:19|20)[0-9]{2})(?![0-9A-Za-z./\-]|[ ]?[号期届])")
COMPACT = Regex(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])")
COMPACT_YY = Regex(r"(?P<yy>[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])")
COMPACT_MONTH = Regex(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?![0-9])")
BARE_YEAR = Regex(rf"(?P<year>(?:一[八九]|二[〇零○])[{_HZ}]{{2}})(?![Oo0{_HZ}十百千年])")
CUED_YEAR = Regex(rf"(?P<year>{_YEAR4})(?![0-9A-Za-z年\-/.:])")
DAY_ALONE = Regex(
    rf"(?P<day>{_DAY})(?P<unit>[日号])"
    r"(?=(?:[、和,][0-9]{1,2}号)*(?:(?:(?<=[今明昨后前]天[0-9]号)|(?<=[今明昨后前]天[0-9]{2}号))(?![楼床院线])|的号(?![码线段称楼牌])|(?<=号)(?:[01][0-9]|2[0-3]):[0-5][0-9](?![0-9:])|[ ]?(?:[上下中]午|早上|晚上|凌晨|傍晚|清晨|晨(?![僵练检报会])|停(?=[ ,。;]|$)|[入出转来返]院|复[查诊]|就诊|手术|拆线|化疗|过来|过去"
    r"|发(?:工资|工钱|薪|钱)|要(?:飞|去|走|回|来|交)|[飞走](?![机路道动向步廊行])|回(?:来|去|家|老家)|交(?:房租|钱|费)|[有没]空|休息|之前|以前|那天|左右"
    r"|开(?:会|学|庭)|来(?:换|拿|取|复|做|打|查|的)|取药|换药|打针|抽血(?![窗处台室])|出差|满月|放假|上班|到(?=[ ,。;\n]|$|货|家|账|期))))"
)
LATER_DAY = Regex(
    rf"(?P<day>{_DAY})(?P<unit>号(?![楼床院线门机窗诊病桌房店库单栋样标管球])"
    r"|日(?![龄量间余多游夜一可为共连总]|[以之]?[内后](?![镜科窍]|分泌)|左右|[以之]来|仍?[未无没不](?!再)|[病事年产]?假|[疗周工]?[程期]|期[限满]|届满|有效|累计|平均|隔离|行程|服完|见效|宽限|[一-鿿]{1,4}率))"
    r"(?![0-9]|[ ]?(?:[,。;)\n]|、(?![0-9]{1,2}日(?!龄)))|$)"
)
"""A day of the month that an earlier date of the sentence tells, unless so many days are counted (7日内, 5日未排便)."""

_SHORT_NAMES = tuple(name[:3] for name in ENGLISH_MONTHS)
_MONTH_NAMES = _any_of(*ENGLISH_MONTHS, *_SHORT_NAMES, *(name.upper() for name in _SHORT_NAMES), "Sept")
ENGLISH = Regex(
    rf"""(?:(?P<name>{_MONTH_NAMES})\.?(?:[ ]{{1,2}}|-)(?P<day>{_D})(?:st|nd|rd|th)?(?:,[ ]?|[ ]{{1,2}}|-)(?P<year>{_YEAR4})
      |(?P<day2>{_D})[ /-]?(?P<name2>{_MONTH_NAMES})[.,]?[ /-]?(?P<year2>{_YEAR4})
      |(?P<name3>{_MONTH_NAMES})\.?,?[ /-](?P<year3>{_YEAR4})
      |(?P<day7>{_D})(?P<sep>[-/]?)(?P<name7>{_MONTH_NAMES})(?P=sep)(?P<yy>[0-9]{{2}})
      |(?P<year4>{_YEAR4})[ -](?P<name4>{_MONTH_NAMES})[ -](?P<day4>{_D})
      |(?P<day5>{_D})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<name5>{_MONTH_NAMES})
      |(?P<name6>{_MONTH_NAMES})\.?[ ]{{1,2}}(?P<day6>{_D})(?:st|nd|rd|th)?)(?![0-9A-Za-z])""",
    re.VERBOSE,
)

RELATIVE = Regex(
    rf"""大?前[天日]|前[晚夜]|[昨今明][天日晚夜早晨]|大?后天(?![性获免])|[当次翌同][日晚晨]|当天
    |(?:[上下]{{1,2}}|[本这])个?(?:周(?![围期边身径长])|星期|礼拜)[一二三四五六日天末]?
    |(?<![每整外四两几数半个{_H}十0-9])
       (?:周[一二三四五六日末](?![次回个天片至到年])|(?:星期|礼拜)[一二三四五六日天])
    |(?:[上下]{{1,2}}个?|[本这]个?|[当次同])月(?![经牙骨龄])份?(?:{_THIRD})?
    |(?:大?前|[去今明后本当同次上])年(?![龄级])
       (?:[上下]半年|年?[初底末](?![次诊])|[春夏秋冬](?!月)[天季]?|(?:{_HOLIDAY_NAMES})(?!月){_HOLIDAY_END})?
    |前[几两些一][天日周年]|前段时间|前一?阵子?|这[几两][天日]|不久前
    |(?<![0-9{_H}十半个年])[年月][初底末](?![次诊部])|(?<![年0-9])[上下]半年
    |(?:[0-9]{{1,3}}(?:\.[0-9])?|[{_H}十百两几数半]{{1,4}})[余多几来]?(?:个半?|[余多])?
       (?:小时|分钟|[天日周月年]|星期|礼拜|季度)[余多半]?[之以]?
       (?:前(?![列臂额胸壁庭置降瞻])|后(?![天背腰壁遗囊期]))""",
    re.VERBOSE,
)
DAY_OF_MONTH_TOLD = Regex(
    rf"(?P<day>{_DAY})(?P<unit>[日号])(?![楼床院线机窗台桌柜库店门房病诊])|(?P<day2>{_MOON_DAY}|廿[{_H}])(?![中年级班])"
)
"""上个月18号, 本月初九."""
HOLIDAY = Regex(
    rf"""(?P<holiday>大年{_MOON_DAY}|大年三十|春节|元旦节?|除夕夜?|平安夜|双十一|双11
      |(?:元宵|端午|中秋|国庆|清明|重阳|腊八|七夕|中元|五一|六一|三八|八一|建军|建党|圣诞)节(?![气育律段点])
      |(?:五一)?劳动节|(?:六一)?儿童节|(?:三八)?妇女节|教师节|情人节|青年节
      |(?:{"|".join(TERMS)})(?=期间|前[夕后]|[当那]天|当日|[之以][前后]|回家)
      |(?:国庆|中秋|端午|五一|六一|十一|元宵|重阳|圣诞)
        (?=期间|前[后夕]|假|长假|小长假|放假|黄金周|[当那]天|当日|过后|[之以][前后]|回家|节气)
      |(?:五一|国庆|中秋|端午)(?=[前后]))""",
    re.VERBOSE,
)

_SMALL = rf"(?:[0-5]?[0-9]|[零{_H}十]{{1,3}})"
_CLOCK = rf"""(?:
    (?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{{1,9}})?)?(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9](?![0-9\-/.年]))?
      (?:[ ]?[AaPp][Mm])?(?![0-9])
    |{_SMALL}[ ]?[时点](?![滴段])
      (?:许|整|半|[一三]刻|[ ]?{_SMALL}(?:[ ]?分(?:[ ]?{_SMALL}[ ]?秒)?|(?![0-9])))?)"""
TIME = Regex(
    rf"""(?:[ ]{{0,2}}\(?(?:周|星期|礼拜)[一二三四五六日天]\)?)?
    (?:[ ]?(?:[凌清早]晨|[早晚]上|[上中正下]午|午间|傍晚|晚间|夜[间里]|[半深午]夜|[早晚夜](?=[ ]?{_CLOCK})))?
    (?:(?:[ ]{{0,2}}|T|,[ ]){_CLOCK})?""",
    re.VERBOSE,
)
COMPACT_TIME = Regex(r"(?:T|[ ]?)(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9]Z?)?(?![0-9A-Za-z])")

MINUTE = Regex(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]")
"""202405191030, as programs write a moment."""
CONNECTOR = Regex(_TO)
NEXT_WRITTEN = Regex(
    rf"""(?:(?P<month>{_MONTH}|[正元冬腊]){_G}月{_G}(?P<day>{_MOON_DAY}|{_DAY})(?:{_G}[日号])?
      |(?P<day2>{_DAY})(?:{_G}[日号](?![龄后内间])|(?=、[0-9]{{1,2}}[、日号]))|(?P<day3>{_MOON_DAY})
      |(?P<month2>{_MONTH}){_G}月(?:份|(?P<third>{_THIRD}))?)(?:(?<=[日号])(?=[0-2]?[0-9]:[0-5])|(?![0-9]))""",
    re.VERBOSE,
)
NEXT_SEPARATED = Regex(
    rf"(?:(?P<month>{_M})(?P<sep>[-/.])(?P<day>{_D})|(?P<day2>{_D}))[日号]?"
    r"(?![0-9A-Za-z.%:]|[ ]?[天周次年月小时点分床]|[-/][0-9])"
)

# Where a date may begin: one cheap class of first characters, then a look at what follows.
_WORDS = "".join(
    sorted(
        {*"农阴旧夏藏民昭平令光宣昨今明前后大当次翌同上下本这去周星礼年月不几数半两", *STEMS, *ANIMALS}
        | {name[0] for name in HOLIDAYS}
    )
)
_SECOND = (
    "历国和成正治绪统天日晚夜早晨年月周星礼个前后几两些段这下上小时分半久初底末中期拜一二三四五六"
    + "".join(sorted({name[1] for name in HOLIDAYS}))
)
_SPAN = r"[余多来几]?(?:个半?|[余多])?[小分天日周星礼季年月]"
START = Regex(
    rf"""[0-9{numerals.HAN}元正冬腊闰{_WORDS}JFMASOND](?:
      (?<=[0-9])(?<![0-9][0-9])(?=
          [0-9]{{0,3}}(?:{_G}[年月日号]|{_SPAN}|(?:(?:st|nd|rd|th)[ ](?:of[ ])?|[ /-]?)(?:{_MONTH_NAMES})|[ ]?{_WITH_YEAR})
          |[0-9]{{3}}(?:[ ]?[-/.][ ]?[0-9]|[-/.]{_LUNAR}|{_TO}[0-9]|[ ]?Q[1-4]|(?![0-9A-Za-z]))
          |[0-9]Q[1-4](?![0-9A-Za-z])|[0-9]?{_TO}[0-9]{{1,2}}{_G}月
          |[0-9]?(?P<sep>[-/.])[0-9]{{1,2}}
            (?:(?P=sep)[0-9]|[日号]|{_TO}{_M}[-/.]{_D}[ ]?[号入出转住手复就来初门生]|[ ]{{1,2}}[0-9]{{1,2}}:
              |[ ]?[入出转住手复就来初门生行予打回])
          |[0-9]/(?:19|20)[0-9]{{2}}(?![0-9./\-])
          |[0-9]{{5}}(?![0-9])|[0-9]{{7}}(?:T|(?![0-9]))|[0-9]{{11}}(?![0-9])|[0-9]{{13}}(?![0-9]))
     |(?<=[{beside.CUE_ENDS}][0-9])(?=[0-9]?[-/.][0-9])
     |(?<=[{numerals.HAN}元正冬腊闰])(?<![{numerals.HAN}][{numerals.HAN}])(?=
          [{numerals.HAN}Oo0]{{0,4}}{_G}[年月日号]|[{numerals.HAN}]{{0,3}}{_SPAN}|[{numerals.HAN}Oo0]{{3}}
          |[一八夕四十]|{_TO}[{_H}十])
     |(?<=[{STEMS}])(?=[{BRANCHES}].?年)|(?<=[{ANIMALS}])(?=年)
     |(?<=[JFMASOND])(?=[A-Za-z]{{2,8}}\.?,?(?:[ ]{{1,2}}|[/-])[0-9])
     |(?<=[{_WORDS}])(?=[{_SECOND}])
    )""",
    re.VERBOSE,
)
