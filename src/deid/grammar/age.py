"""Ages as Chinese records write them: find, and generalise to bands.

58岁, 五十八周岁, 58Y, 年龄：58, 3岁2个月, 8月龄, 生后5天, 四十多岁, 年近六旬, 古稀之年, 男，58，
and cohorts (90后). Not ages: weeks of pregnancy, durations (病程10年), 岁月, 岁末, 万岁.
Boundaries are ASCII letters and digits, never word boundaries.

Bands follow the ladder of the 5-year bands with the top collapsed (90 and over), cut at 2
(infants) and at 14, the age below which the law asks for a guardian's consent (PIPL 31).

>>> [match] = find_ages("患者，男，58岁，")
>>> match.years, generalize(match), generalize(match, width=10)
(58, '55-59岁', '50-59岁')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from deid.grammar import numerals
from deid.regexes import Regex

Kind = Literal["exact", "approximate", "range", "infant", "listed", "cohort"]


@dataclass(frozen=True, slots=True)
class AgeForm:
    """How an age was written: what follows the number, and the last year it may mean.

    `unit` is the whole surface for a cohort, and empty for a value alone after a cue.
    `since_birth` for 5天 in 生后5天, where 岁 would not read.
    """

    unit: str = "岁"
    upper: int | None = None
    since_birth: bool = False


@dataclass(frozen=True, slots=True)
class AgeMatch:
    """An age in `text[start:end]`; `months` are those over `years`, or all below one year."""

    start: int
    end: int
    years: int | None
    months: int | None
    kind: Kind
    score: float
    form: AgeForm = AgeForm()


_H = "一二三四五六七八九"
_HAN = rf"[〇零○{_H}十廿卅百两{numerals.CAPITALS}拾]"
_NUMBER = rf"(?:[0-9]{{1,3}}|{_HAN}{{1,5}})"
_OLDEST = 130
_CHILD = 14
"""Up to which months are told with the years; in 73岁12月入院 they are the date."""

_AND_DAYS = rf"(?:[0-9]{{1,2}}|{_HAN}{{1,3}})天(?![前后内之以来余多未没无不])"
_YEARS = Regex(
    rf"""(?P<low>{_NUMBER})(?P<decimal>\.[0-9])?(?:[ ]?[-~至到、][ ]?(?P<high>{_NUMBER}))?
    (?P<some>好几|[余多来几])?[?~+]?(?P<unit>[ ]{{0,2}}(?:[周实]岁(?![0-9])|岁)|虚岁(?![0-9])|[ ]{{1,2}}虚岁(?![0-9{_H}十]))(?![月末数首暮]|寒)
    (?:(?P<half>半)
      |[零又]?(?P<months>[0-9]{{1,2}}|{_HAN}{{1,3}})(?P<month>个月(?![份前后内])|月(?![份前后内]|(?!{_AND_DAYS})[0-9]))
         (?:[龄大]|[零又]?{_AND_DAYS})?
      |[零又]{_AND_DAYS})?""",
    re.VERBOSE,
)
_ROUGHLY = Regex(rf"(?P<tens>[{_H}]?十)?(?P<one>[{_H}])(?P<two>[{_H}])(?P<ten>十)?\Z")
_LATIN = Regex(
    r"(?P<low>[0-9]{1,3})(?P<unit>[ ]?(?:[Yy]ears?[ ]old|-years?-old|YEARS?[ ]OLD|y/o|Y/O|y\.o\.?|yo|YO"
    r"|yrs?|YRS?|Y[0-9]{1,2}M|Y(?![ ]?微球|-)|y))(?![0-9A-Za-z])"
)
_LATIN_MONTHS = Regex(
    r"(?P<count>[0-9]{1,3})[ -]?(?P<unit>months?|mos?|weeks?|wks?|days?)(?P<old>[ -]old(?![ ](?:wound|scar|lesion|injur|fracture|infarct|stroke))|/o|o)?(?![0-9A-Za-z/])"
)
"""18-month-old, Age: 3 months."""
_OLD_THING = Regex(
    r"(?i:wounds?|fracture|lesion|scar|infarct|ha?ematoma|bruise|stroke|injury|sutures?|dressing|burn|sample|specimen)[ ](?:is[ ]|was[ ])?\Z"
)
"""The wound is 5 days old."""
_MONTHS = Regex(
    rf"(?P<months>[0-9]{{1,2}}|{_HAN}{{1,3}}|半)(?P<half>\.5)?(?P<unit>个[多半]?月|月)"
    rf"(?:[零又]?(?:[0-9]{{1,2}}|{_HAN}{{1,3}})天)?(?P<old>龄|大(?![小剂概约便量部出会家夫厅堂批地雨雪型腿致汗咯片面声哭风]))?(?P<person>(?=的?(?:[男女]婴|婴儿|婴幼儿|宝宝|幼儿|患儿|小孩|孩子)))?"
)
_MILESTONE = Regex(
    r"[才刚就始]?[会能可]?(?:抬头|翻身|独坐|坐稳|会坐|爬行|扶站|独[走行站]|走路|叫(?:爸|妈|人)|说话|出牙|认生|添加辅食)|[会能可](?:坐|爬|站|走)(?![火高飞起动])"
)
"""What a child of so many months can do."""
_DAYS = Regex(
    rf"(?P<count>{_NUMBER})(?P<unit>[日天周])(?:龄|大(?![小剂概约便量部出会家夫厅堂批地雨雪型腿致汗咯片面声哭风]))"
)
_BORN = Regex(
    rf"(?:出生后?|(?<![发产先学医卫养])生后|娩出后?)[ 约已才仅第]{{0,2}}"
    rf"(?P<value>(?P<count>{_NUMBER})\+?[ ]?(?P<unit>小时|分钟|[hd](?![A-Za-z])|[天日]|周(?!年)|个月)(?:余|\+)?)(?![以之]?[内前]|分钟?、|、[0-9]分钟|[ ]?(?:Apgar|阿氏|评))"
)
_CUE = Regex(
    r"""(?P<sure>年[ \t]{0,4}(?:龄|令(?=[ :：]{1,8}[0-9]))|年纪|岁数|(?<![A-Za-z])(?:[Aa]ge|AGE|[Aa]ged)(?![A-Za-z]))
        [\t ]{0,3}(?:[(（/][ ]?岁[ ]?[)）]?)?[\s:：=|为是约在"“(（【\[]{0,4}
      |(?P<unsure>今年|现年|享年|终年|年方|年满|芳龄|高龄|[虚周实]岁|[虚实]龄)[ :：是约]{0,2}""",
    re.VERBOSE,
)
_VALUE = Regex(
    rf"(?P<low>[0-9]{{1,3}}|{_HAN}{{2,5}})(?![0-9A-Za-z.%±+]|[ ]?[-~/:至到×*]|{_HAN}"
    r"|[ ]?[岁个月日天周年分次号项级度公千斤]|床|[ ]{0,2}(?:kg|cm|mm)|(?:,[0-9]{1,3})?[ ]?%(?:[\t\n]|\Z))"
)
_CUED_DAYS = Regex(rf"(?P<count>{_NUMBER})(?P<unit>[日天周]|小时|分钟)(?![0-9])")
_VALUE_END = Regex(r"[虚周实]岁|[,，。;；、)）\s了的!！?？]|\Z")
_LISTED_BEFORE = Regex(r"(?:[男女]性?|(?<![0-9A-Za-z-])[MF])[ ]?(?P<sep>[,，、/|\t ])[ ]?\Z")
_LISTED = Regex(r"(?P<low>[0-9]{1,3})(?=[ ]?(?:[,，、;；。/|)）\n\t]|\Z)|[ ](?![0-9A-Za-z周天月年次个床号]))")
FLOOR = r"/?F,?[ ](?:Block|Tower|Flat|Phase|(?:[A-Z][a-z]+[ ]){1,3}(?:House|Court|Building|Cent(?:re|er)|Mansions?|Tower|Plaza|Street|Road))"
"""18/F, Block 5: a storey, and no woman of 18."""
_LISTED_AFTER = Regex(
    rf"(?P<low>[0-9]{{1,3}})(?!{FLOOR})"
    r"(?=[ ]?[,，、/|\t ][ ]?(?:[男女](?:性|[,，、/|\t。;；\s)）]|\Z)|[MF](?![0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u2126]|/[A-Z])))"  # 5 MΩ
)

_DECADES: Final = {
    "弱冠": 20, "而立": 30, "不惑": 40, "知命": 50, "知天命": 50, "半百": 50, "耳顺": 60, "花甲": 60,
    "古稀": 70, "耄耋": 80, "期颐": 100, "百岁": 100,
}  # fmt: skip
_PASSED = r"刚过|已过|有[余五]|出头|将至|开外|上下|未到|不到"
_PHRASE = Regex(
    rf"""年[事]?(?P<near>近|将近|届|将|约|过|逾|愈|已|已过|已近|已逾)(?P<decade>[二三四五六七八九](?:旬|十(?!岁|多|[{_H}])|十岁)|{"|".join(_DECADES)})(?:之年)?
    |(?P<named>{"|".join(_DECADES)})(?:之年|(?={_PASSED})(?<!百岁)|(?<=[届近逾]..)(?<!百岁)(?=[,，。;； \n]|\Z))
    |(?<![狂飞裸投直逃私出])奔(?P<soon>[三四五六七八九])[十旬]?(?=的(?:人|年纪)|了)
    |(?P<person>[五六七八九]旬|花甲|古稀|耄耋|期颐|百岁)(?=老|高龄|患者|[母父]亲|大[爷妈娘]|奶奶|爷爷|阿婆|阿公|妇人)""",
    re.VERBOSE,
)
_COHORT = Regex(
    r"(?:[5-9][05]|[01][05]|[五六七八九零〇][零〇五])后(?=女|男|小伙|姑娘|的?(?:年轻|[妈爸宝]|患者|客户|员工|妹|弟)|一代|[,，。、;；)）”\"\s]|\Z)"
)
_COHORT_BEFORE = Regex(r"(?:\A|[是为个位名 ,，。、;；“\"(（\n])\Z")

_LESS = Regex(r"(?:[≥≤<>＜＞]|[大小低高等多少晚早]于|超过|不到|[不未]满|至少|不足)[ ]?\Z")
_SPEAKER = Regex(r"(?:\A|\n)(?![^\n]{0,8}(?:[年月]龄|岁|者))[^\n:：<>=＜＞ ]{1,12}[>＞][ ]\Z")
"""momo> 六岁: who says it, in a log of a chat."""
_LIMIT = Regex(r"[及或]?以[上下内]")
_AMONG_OTHERS = Regex(r"[0-9][ ]?[-~～至到—–、][ ]?\Z")
"""2、4、|6月龄, 12～|15月龄."""
_SCHEDULED = Regex(
    r"[ ]?[:：]?[^,，。;；()（）\n在了已]{0,10}?疫苗|[ ]?[一-鿿]{0,4}第[0-9一二三四][剂针]|(?:打|种|接种)?(?:乙肝|脊灰|百白破|白破|麻腮风|麻风|乙脑|流脑|甲肝|水痘|卡介苗|轮状)(?=[,，、。;；)）\n]|\Z)|前完成(?!了)|以前(?:还|均|都)?(?:[须应需]|不得)|以?后再(?:说|[加添吃喝用打种做]|考虑)|前[都大]?多[属为是]|[起后](?:应|可|宜|建议)?(?:每[年半隔两0-9]|定期|常规|筛查)|开始[^,，。;；\n]{0,4}筛查|(?:左右|前后)?(?:可见|萌出|闭合|出现第)|[^,，。;；\n]{0,4}(?:正常|参考值?|标准)[^,，。;；\n]{0,4}[≥>≤<＞＜]"
)
_OF_ANYBODY = Regex(
    r"(?:[多好]发于|[多常可]见于|高峰(?:期|年龄)?[为在是]?|建议|推荐|提倡|一般[在于]?|第[0-9一二三四五][剂针]|[0-9](?:天|周|个?月)[ ]?[-~～至–—])[ ]?\Z|(?<![龄纪数])[:：;；][ ]?满\Z"
)
"""What is due, or seen, at such an age in anybody: 4岁第2剂, 第2剂4岁, 6月～2岁, 建议25岁起每年筛查, 多见于2岁以后, 喂养：满6月龄添加辅食."""
_OF_LAW = Regex(
    r"(?:之日起(?:为|算)?|增加|每[增长满加]|(?:[大小幼仔乳胎成裸]鼠|[仔乳]猪|[幼成][犬猫兔]|鸡胚|实验动物)[ ]?)\Z"
)
"""How years of life are counted, and of animals: 每经过一年增加一岁, 幼鼠10日龄."""
_OF_TERMS = Regex(r"(?:续保(?:年龄)?(?:最高)?可?至|投保年龄[^。\n]{0,20}[-~～至到—–])[ ]?\Z")
"""What terms of insurance say of anybody: 投保年龄：出生满二十八日至|八十周岁，续保可至|八十五周岁."""
_DOSES = Regex(r"疫苗[^。\n]{0,24}\Z")
_FROM_THEN = Regex(r"起(?=[,，。;；、)）])")
"""疫苗两剂，6月龄起，."""
_NORM = rf"{_NUMBER}[ ]?(?:[周]?岁|月龄)[ :：]{{0,2}}[0-9.]+[ ]?[-~至–—][ ]?[0-9.]+"
_NORMS = Regex(rf"(?:岁|月龄)[ :：]{{0,2}}[0-9.]+[ ]?[-~至–—][ ]?[0-9.]+[,，;；、| ]{{1,3}}{_NORM}")
_NORMS_BEFORE = Regex(rf"{_NORM}[,，;；、| ]{{1,3}}\Z")
"""What is normal at several ages: 6岁 52–297；12岁 143–693."""
_OF_PART = Regex(r"(?:骨龄|智龄|(?:心理|智力|发育|血管|皮肤|语言|生理)年龄)[^,，。;；\n]{0,7}\Z|相当于\Z")
"""How old a bone, a mind or a vessel is: 骨龄约11岁."""
_DIFFERENCE = Regex(r"(?:(?<!老)[大小差]|年长|年轻|[比长][我他她你您])[我他她你您]?了?\Z")
_MEAN = Regex(r"(?:平均|中位)(?:年龄)?[ :为是]{0,2}\Z")
_INFANT_BEFORE = Regex(
    r"(?:[宝婴]宝?|老[二三幺]|婴儿|孩子|患儿|小孩|女儿|儿子|娃娃?|宝贝|小家伙|小朋友)[,， (（]?(?:现在?|今|已经?|刚|才|满|刚满|快)?\Z"
)

_PREGNANT = Regex(r"[怀孕胎]")

_START = Regex(
    rf"""[0-9{_H}{numerals.CAPITALS}拾十廿卅百两半〇零年岁Aa今现享终虚周实芳高出生娩花古耄期而不知弱耳奔](?:
      (?<=[0-9])(?<![0-9][0-9])(?=
          [0-9]{{0,2}}(?:\.[0-9]|[ ]?[-~至到、][ ]?[0-9]{{1,3}})?(?:好几|[余多来几])?[?~+]?[ ]{{0,2}}
            (?:[周虚实]?岁|个?[多半]?月|[日天周][龄大])
          |[0-9]{{0,2}}(?:[ ]?[Yy]|-year|[ -]?(?:mo|we?e?k|day))|[0-9]?后|[0-9]{{0,2}}[ ]?[,，、/|\t ][ ]?[男女MF])
     |(?<=[男女性MF][,，、/|\t ][0-9])|(?<=[男女性][,，、][ ][0-9])
     |(?<=[{_H}{numerals.CAPITALS}拾十廿卅百两半〇零])(?<!{_HAN}{_HAN})(?={_HAN}{{0,4}}(?:[-~至到、]{_HAN}{{1,4}})?(?:好几|[余多来几])?(?:[周虚实]?岁|个?[多半]?月|[日天周][龄大]|旬|后))
     |(?<=年)(?=[ \t]{{0,4}}[龄令]|纪|[近将届约过逾已方满事])|(?<=岁)(?=数)|(?<=[Aa])(?=ge|GE)
     |(?<=[今现享终])(?=年)|(?<=[芳高])(?=龄)|(?<=[虚周实])(?=[岁龄])|(?<=奔)(?=[三四五六七八九])|(?<=[出娩])(?=[生出])|(?<=生)(?=后)
     |(?<=[花古耄期弱百])(?=[甲稀耋颐冠岁])|(?<=[而不知耳])(?=[立惑命天顺])
    )""",
    re.VERBOSE,
)


def find_ages(text: str) -> Iterator[AgeMatch]:
    """The ages in `text`, disjoint and in order; linear in the length of `text`."""
    done = 0
    for candidate in _START.finditer(text):
        start = candidate.start()
        if start < done:
            continue
        match = _of_number(text, start) if text[start] in _NUMERIC else _of_word(text, start)
        if match is not None:
            yield match
            done = match.end


_NUMERIC: Final = frozenset("0123456789〇零" + _H + numerals.CAPITALS + "拾十廿卅百两半")


def _of_number(text: str, start: int) -> AgeMatch | None:
    before = text[start - 1 : start]
    if before and before in numerals.HAN and text[start] in numerals.HAN:
        return None
    if before and before in ".-" and text[max(0, start - 2) : start - 1].isdigit():
        return None
    return (
        _years(text, start)
        or _months(text, start)
        or _days(text, start)
        or _latin(text, start)
        or _latin_months(text, start)
        or _phrase(text, start)
        or _cohort(text, start)
        or _listed(text, start)
    )


def _of_word(text: str, start: int) -> AgeMatch | None:
    return _phrase(text, start) or _born(text, start) or _cued(text, start)


def _value(surface: str) -> tuple[int, int | None] | None:
    """First and, for 三四十 or 七八, last number meant; None when it is no age."""
    rough = _ROUGHLY.match(surface)
    if rough and _H.index(rough["two"]) == _H.index(rough["one"]) + 1:
        one = _H.index(rough["one"]) + 1
        if rough["ten"]:
            return (10 * one, 10 * one + 19) if not rough["tens"] else None
        tens = numerals.read(rough["tens"]) if rough["tens"] else None
        return (tens.value if tens else 0) + one, (tens.value if tens else 0) + one + 1
    numeral = numerals.read(surface)
    return None if numeral is None or numeral.value > _OLDEST else (numeral.value, None)


def _years(text: str, start: int) -> AgeMatch | None:
    found = _YEARS.match(text, start)
    if found is None or (low := _value(found["low"])) is None:
        return None
    years, upper = low
    score = 0.95
    kind: Kind = "approximate" if upper is not None or found["some"] else "exact"
    if found["high"]:
        high = _value(found["high"])
        if high is None or high[0] < years:
            return None
        kind, upper, score = "range", high[0], 0.4
    elif found["some"]:
        upper = years + (4 if found["some"] == "来" else 9) if years % 10 == 0 and years else years
    less = _LESS.search(text, max(0, start - 2), start)
    if _LIMIT.match(text, found.end()) or (less and not _SPEAKER.search(text, max(0, start - 16), start)):
        score = 0.3
    if _is_of_anybody(text, start, found.end()) or _OF_PART.search(text, max(0, start - 12), start):
        score = 0.3
    if _DIFFERENCE.search(text, max(0, start - 3), start) or _MEAN.search(text, max(0, start - 6), start):
        score = 0.2
    months = 6 if found["half"] else None
    if found["decimal"]:
        months = round(int(found["decimal"][1]) * 1.2)
    elif found["months"] and (numeral := numerals.read(found["months"])):
        months = numeral.value
        if found["month"] == "月" and (years > _CHILD or months > 11):
            return AgeMatch(start, found.end("unit"), years, None, kind, score, AgeForm(found["unit"], upper))
        if months > 24:
            return None
    return AgeMatch(start, found.end(), years, months, kind, score, AgeForm(found["unit"], upper))


def _is_of_anybody(text: str, start: int, end: int) -> bool:
    if _SCHEDULED.match(text, end) and not _INFANT_BEFORE.search(text, max(0, start - 6), start):
        return True
    if _OF_ANYBODY.search(text, max(0, start - 6), start):
        return True
    if _OF_LAW.search(text, max(0, start - 6), start):
        return True
    if _OF_TERMS.search(text, max(0, start - 28), start):
        return True
    if _FROM_THEN.match(text, end) and _DOSES.search(text, max(0, start - 28), start):
        return True
    unit = end - (2 if text.endswith("月龄", start, end) else 1)
    return (
        _NORMS.match(text, unit) is not None
        or _NORMS_BEFORE.search(text, max(0, start - 24), start) is not None
    )


def _months(text: str, start: int, *, cued: bool = False) -> AgeMatch | None:
    """8月龄, 8个月大; 8个月 before or after a word for a small child, or after a cue."""
    if text.startswith("半岁", start):
        return AgeMatch(start, start + 2, 0, 6, "infant", 0.9)
    found = _MONTHS.match(text, start)
    if found is None or text[start - 1 : start] == "孕":
        return None
    score = 0.9
    if not found["old"] and not cued and found["unit"] == "月":
        return None
    before = text[start - 1 : start]
    grown = _MILESTONE.match(text, found.end()) and (not before or before in ",，、;；。:： \n(（")
    if not found["old"] and found["person"] is None and not cued and not grown:
        if _INFANT_BEFORE.search(text, max(0, start - 6), start) is None:
            return None
        if text[found.end() : found.end() + 1] in tuple("前后内来余以之") or _PREGNANT.search(
            text, max(0, start - 12), start
        ):
            return None
        score = 0.6
    numeral = numerals.read(found["months"])
    months = 0 if found["months"] == "半" else numeral.value if numeral else None
    if months is None or months > 72:
        return None
    if found["old"] and (
        _LIMIT.match(text, found.end())
        or _AMONG_OTHERS.search(text, max(0, start - 3), start)
        or (_LESS.search(text, max(0, start - 3), start) and not found["person"])
        or _is_of_anybody(text, start, found.end())
    ):
        score = 0.3
    return AgeMatch(start, found.end(), months // 12, months % 12, "infant", score)


def _days(text: str, start: int) -> AgeMatch | None:
    found = _DAYS.match(text, start)
    if found is None or text[start - 1 : start] in ("孕", "胎"):
        return None
    score = 0.3 if _is_of_anybody(text, start, found.end()) else 0.8
    return _newborn(start, found.end(), found["count"], found["unit"], score=score)


_DAYS_IN: Final = {
    "分钟": 0.0,
    "小时": 1 / 24,
    "h": 1 / 24,
    "d": 1.0,
    "天": 1.0,
    "日": 1.0,
    "周": 7.0,
    "个月": 30.0,
}


def _newborn(
    start: int, end: int, count: str, unit: str, *, score: float, since_birth: bool = False
) -> AgeMatch | None:
    numeral = numerals.read(count)
    if numeral is None:
        return None
    months = int(numeral.value * _DAYS_IN[unit] / 30)
    if months > 36:
        return None
    return AgeMatch(start, end, months // 12, months % 12, "infant", score, AgeForm(since_birth=since_birth))


def _born(text: str, start: int) -> AgeMatch | None:
    found = _BORN.match(text, start)
    if found is None:
        return None
    score = 0.7 if found["unit"] in ("天", "日", "周", "个月", "d") else 0.5
    return _newborn(*found.span("value"), found["count"], found["unit"], score=score, since_birth=True)


_ABBREVIATION = Regex(r"(?<![A-Za-z])[A-Z0-9]{1,2}[A-Z]{2,4}[ ]?\Z")
_OF_COMPLAINT: Final = tuple("痛史程症晕咳炎吐麻胀肿药术")


def _latin(text: str, start: int) -> AgeMatch | None:
    found = _LATIN.match(text, start)
    before = text[start - 1 : start]
    if found is None or (before.isascii() and (before.isalnum() or before in ("-", "/", "_"))):
        return None
    years, unit = int(found["low"]), found["unit"].strip().lower()
    if years > _OLDEST:
        return None
    if unit == "y" and years < 14 and before in _OF_COMPLAINT:
        return None  # 颈肩痛3y
    if unit == "y" and _ABBREVIATION.search(text, max(0, start - 8), start):
        return None  # HTN 15y
    durations = unit in ("y", "yr", "yrs")  # 2y is as often how long
    score = 0.85 if not durations else 0.7 if years >= 14 and unit == "y" else 0.4
    return AgeMatch(start, found.end(), years, None, "exact", score, AgeForm(found["unit"]))


_LATIN_DAYS: Final = {"m": 30.0, "w": 7.0, "d": 1.0}


def _latin_months(text: str, start: int, *, cued: bool = False) -> AgeMatch | None:
    """18-month-old, and after a cue 18mo; else 3 months is as often how long."""
    found = _LATIN_MONTHS.match(text, start)
    before = text[start - 1 : start]
    if (
        found is None
        or not (cued or found["old"])
        or _OLD_THING.search(text, max(0, start - 16), start)
        or (before.isascii() and (before.isalnum() or before == "-"))
    ):
        return None
    months = int(int(found["count"]) * _LATIN_DAYS[found["unit"][0]] / 30)
    if months > 72:
        return None
    return AgeMatch(start, found.end(), months // 12, months % 12, "infant", 0.85, AgeForm(" years"))


_APART = Regex(r"([1-9])[ ]([0-9])[ ]?岁")  # 年龄 7 2 岁, as a scan reads it


def _cued(text: str, start: int) -> AgeMatch | None:
    """The value alone after 年龄 and the like; with its unit where it has one."""
    cue = _CUE.match(text, start)
    if cue is None or cue.end() == len(text) or text[cue.end()] not in _NUMERIC:
        return None
    at = cue.end()
    if apart := _APART.match(text, at):
        return AgeMatch(at, apart.end(), int(apart[1] + apart[2]), None, "exact", 0.9)
    united = _years(text, at) or _latin(text, at)
    if cue["sure"]:
        united = united or _latin_months(text, at, cued=True) or _months(text, at, cued=True)
    if united is not None:
        return united
    found = _VALUE.match(text, at)
    if cue["sure"] and (found is None or found["low"] in ("0", "00")):
        days = _CUED_DAYS.match(text, at)
        return _newborn(at, days.end(), days["count"], days["unit"], score=0.8) if days else None
    if found is None or (value := _value(found["low"])) is None:
        return None
    if cue["unsure"] == "年满" and value[0] in (16, 18):
        return None  # 须年满18
    if _LIMIT.match(text, found.end()):
        return None  # 年龄：90以上合并
    if cue["unsure"] and (value[0] < 10 or not _VALUE_END.match(text, found.end())):
        return None
    score = 0.9 if cue["sure"] else 0.5
    return AgeMatch(at, found.end(), value[0], None, "exact", score, AgeForm("", value[1]))


def _phrase(text: str, start: int) -> AgeMatch | None:
    """年近六旬, 古稀之年, 八旬老人."""
    found = _PHRASE.match(text, start)
    if found is None:
        return None
    name = found["decade"] or found["named"] or found["soon"] or found["person"]
    numeral = numerals.read(name[0])
    low = _DECADES[name] if name in _DECADES else 10 * (numeral.value if numeral else 0)
    if found["soon"] or (found["near"] and ("近" in found["near"] or found["near"] in ("届", "将"))):
        years, upper = low - 2, low - 1
    else:
        years, upper = low, low + 9
    return AgeMatch(start, found.end(), years, None, "approximate", 0.75, AgeForm("岁", upper))


def _cohort(text: str, start: int) -> AgeMatch | None:
    found = _COHORT.match(text, start)
    if found is None or not _COHORT_BEFORE.search(text, max(0, start - 1), start):
        return None
    return AgeMatch(start, found.end(), None, None, "cohort", 0.4, AgeForm(found[0]))


def _listed(text: str, start: int) -> AgeMatch | None:
    """The number in 男,58, or 58,男, of a list of name, sex, age."""
    before = _LISTED_BEFORE.search(text, max(0, start - 5), start)
    found = _LISTED.match(text, start) if before else None
    if found is None:
        found = _LISTED_AFTER.match(text, start)
        if found is None or (start and text[start - 1] not in " ,，、/|\t\n(（"):
            return None
    years = int(found["low"])
    if not 0 < years <= 110 or found["low"][0] == "0":
        return None
    score = 0.4 if before and before["sep"] in " \t" else 0.45
    return AgeMatch(start, found.end(), years, None, "listed", score, AgeForm(""))


def generalize(match: AgeMatch, width: int = 5, top: int = 90) -> str:
    """The band of `width` years that `match` falls into, `top` and over collapsed.

    With the unit that was written, in ASCII digits: 55-59岁, 90岁以上; a value alone stays
    without unit. Bands are cut at 2 and at 14 (10-13, 14-19). A cohort stays as it is.
    """
    unit = match.form.unit
    if match.kind == "cohort" or match.years is None:
        return unit
    if match.form.since_birth:
        return "28天内" if (match.years, match.months) == (0, 0) else "2年内" if match.years < 2 else "5年内"
    upper = match.form.upper if match.form.upper is not None else match.years
    low, high = _band(match.years, width)[0], _band(max(upper, match.years), width)[1]
    if match.years >= top:
        return f"{top}{unit}以上" if "岁" in unit else f"≥{top}{unit}"
    return f"{low}-{min(high, top - 1)}{unit}" if low != min(high, top - 1) else f"{low}{unit}"


def _band(years: int, width: int) -> tuple[int, int]:
    """First and last year of a band; where a cut leaves less than half a band, it joins the next."""
    edges = sorted({*range(0, _OLDEST + 2 * width, width), 2, 14})
    for cut in (2, 14):
        after = next(edge for edge in edges if edge > cut)
        if width > 2 and after - cut < width / 2:
            edges.remove(after)
    low = max(edge for edge in edges if edge <= years)
    return low, min(edge for edge in edges if edge > years) - 1
