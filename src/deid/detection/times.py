"""Dates, birth dates and ages, through the grammars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from deid.detection.ages import ages_of_persons, find_bare_ages
from deid.detection.company import days_in_company, is_in_row_of_amounts
from deid.detection.days import (
    days_behind_names,
    days_of_signers,
    days_that_follow,
    find_bare_days,
    find_days_apart,
    find_days_of_lists,
    find_spoken_days,
    sections_of,
)
from deid.detection.deeds import days_of_deeds, days_of_writers, find_days_of_deeds
from deid.detection.diaries import find_days_of_rows
from deid.detection.literals import Screened
from deid.detection.monthless import days_of_persons, find_days_of_month
from deid.detection.reading import Reading
from deid.detection.stays import find_ends_of_stays
from deid.detection.things import is_number_of_thing
from deid.grammar.age import find_ages
from deid.grammar.date import BOXED, NAMED_MONTH, DateMatch, find_dates, is_birth, solar_date, unboxed
from deid.grammar.date.beside import BIRTH_AFTER, BIRTH_BEFORE, DATE_CUE, stands_before
from deid.grammar.date.forms import MINUTE
from deid.grammar.date.vocabulary import TERMS
from deid.grammar.name import is_han
from deid.regexes import Regex
from deid.types import Detection
from deid.validators.resident_id import birth_date, compact

_SHORT = Regex(
    r"[0-9]{1,4}[./-][0-9]{1,2}(?:[./-][0-9]{1,4})?(?![0-9.]|点|时(?!间)|小时|分钟|[天周秒]|个月)(?:(?:-+|~|至|到)[0-9]{1,2}[./][0-9]{1,2}(?![0-9.]))?"
)
_THREE_PARTS = Regex(r"(?:1[5-9]|2[0-9]|3[0-5])([./-])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])")
_TWO_PARTS = Regex(r"(?:0?[1-9]|1[0-2])[./](?:0?[1-9]|[12][0-9]|3[01])(?=[ :,]|$)")
_GLUED_TIME = Screened(
    r"(?<![0-9])(?:19|20)[0-9]{2}(-{1,2}|[./])(?:[01][0-9]|[1-9])\1[0-3][0-9](?=[0-2][0-9]:[0-5][0-9])"
    r"|(?<![0-9A-Za-z./-])(?:0[1-9]|1[0-2])[/-](?:0[1-9]|[12][0-9]|3[01])(?=[0-2][0-9]:[0-5][0-9])"
    r"|(?:(?m:^)|(?<=[,。;|\t(]))20[0-3][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?=(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?[一-鿿]{2})"
)
_DAY_AND_HOUR = Screened(r"[0-9](?:[0-2][0-9]:[0-5]|[0-9]{11})")
"""What every _GLUED_TIME holds, found ten times as fast."""
_BABY = Screened(
    r"(?:宝宝|新生儿|患儿|婴儿|娃|孩子)(?<!生[完了下过]孩子)(?<!带孩子)(?:现在|才|刚|已经|出生|,)?([0-9]{1,3}天)(?!之?[前内后]|没(?![问事])|[不都未])"
)
_BIRTH_BEHIND_NAME = Screened(
    r"(?<=[一-鿿A-Za-z])(?:[(]\n?|[ ]{1,3})([4-9][0-9][./](?:0?[1-9]|1[0-2])[./](?:0?[1-9]|[12][0-9]|3[01]))(?=[ ]?[,;)]|[ ][男女])"
)
"""王丽（84.3.22，…: no day of these years is that of a visit."""
_BIRTH_OF_CHILD = Screened(
    r"(?:(?:女儿|儿子|孙[子女]|外孙女?|[长次]子|[长次幺]女)[一-鿿]{0,4}[(]|[(](?:女儿|儿子|孙[子女]|外孙女?|[长次]子|[长次幺]女|[大小二]宝),|(?:幼儿|儿童|宝宝|学生)(?:姓名)?:[ ]?[一-鿿]{2,4}[,;])"
    r"((?:19|20)[0-9]{2}(?:年(?:0?[1-9]|1[0-2])月(?:[0-3]?[0-9]日)?|[./-](?:0?[1-9]|1[0-2])(?:[./-][0-3]?[0-9])?))生?[),;]"
)
_BIRTH_OF_SEX = Screened(
    r"(?<![一-鿿])[男女][ ,|/]{1,3}([2-9][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?=[ ]?[ ,|/;。)]|\n|$)"
    r"|(?<![一-鿿])[男女][ ,|/]{1,2}([3-9][0-9][./-](?:1[0-2]|0?[1-9]))(?=[ ,|/]{1,2}(?:[汉满回壮苗蒙藏](?![一-鿿])|[一-鿿]{1,4}族))"
    r"|(?:(?<![一-鿿])[男女]|(?<![A-Za-z])[MF])[ ,/]{1,2}(19[2-9][0-9])(?![ ]?[例人名次个元])(?=-{0,2}(?:[ ]?[ ,|/;。)…]|\.{3}|\n|$))"
)
"""周敏 女 580803 南京."""
_YEAR_OF_SOMEBODY = Screened(r"[我你您他她]是((?:19[2-9]|200)[0-9])(?=的(?:[,。;!?)]|[ ]*(?:\n|$)))")
"""我是1985的，."""
_OF_FAMILY = r"(?<![一-鿿])(?:[我你您他她](?:家)?的?|跟)?(?:[我他她你您]|[爸妈爹娘父母哥姐弟妹]{1,2}|父亲|母亲|老[公婆伴]|[男女]方|丈夫|妻子|爱人|对象|媳妇|老[大二三四幺小]|[大二三小]宝|[大小]的|儿子|女儿|闺女|[孙外][子女孙])"
_TWO_FIGURES = r"(?:[0-9]{2}|[〇零一五六七八九][〇零一二三四五六七八九])"
_BIRTH_OF_FAMILY = Screened(
    rf"{_OF_FAMILY}(?:都?是)?((?:19[2-9][0-9]|20(?:0[1-9]|1[0-9]))(?=[ ]?[,。;、)]|去年|今年|[ ]{{1,2}}{_OF_FAMILY}|(?<=方[0-9]{{4}})[ ]{{1,2}}[一-鿿]|[ ]*(?:\n|$))"
    rf"|{_TWO_FIGURES}年(?:[0-9]{{1,2}}月|[一二三四五六七八九十]{{1,2}}月|[正冬腊]月)?(?=的(?:[ ,。;)!?]|$)|[ ]{{1,2}}[男女]方|[,、 ](?:[男女]方|老[公婆])[0-9]{{2}})|(?:[4-9][0-9]|0[0-9])年(?=[,、 ]{_OF_FAMILY}(?:[4-9][0-9]|0[0-9])年(?:[ ]?[,。;、)]|[ ]*(?:\n|$)))|(?<=[0-9]年[,、 ][我你他她])(?:[4-9][0-9]|0[0-9])年(?=[ ]?[,。;、)]|[ ]*(?:\n|$))|(?<=方){_TWO_FIGURES}年(?=[ ]?[,。;、)]|[ ]*(?:\n|$))"
    rf"|(?:[5-9][0-9]|0[0-9]|[五六七八九零〇][〇零一二三四五六七八九])(?=的(?:[ ,。;)!?]|$)))"
)
"""试管：女方1986, 老二一五年的, 我85的."""
_BIRTH_OF_PEDIGREE = Screened(
    r"(?:[♂♀□○■●][ ]?[*]|(?<![0-9A-Za-z*])[*](?=[ ]?[0-9]{4}[ ]{0,2}[†♂♀]))[ ]?((?:18|19|20)[0-9]{2})(?![0-9])"
)
_BIRTH_BY_DECADE = Screened(
    r"(?<![发产]生[于在])(?<=生[于在])[ ]?((?:上?世纪|20世纪)?(?:[三四五六七八九]十|(?:19)?[3-9]0)年代[初中末]?)"
    r"|(?<![0-9一-鿿./-])((?:[3-9][0-9]|0[0-9]|[三四五六七八九][〇零一二三四五六七八九])年?)(?=生人(?!参)|出生(?![后缺体证率人])|的?(?:孕妇|产妇|宝妈|准妈妈?)(?![病手学课用专]))"
    r"|(?<![0-9一-鿿./-])([3-9][0-9]|0[0-9])(?=的[ ,]{0,2}属[鼠牛虎兔龙蛇马羊猴鸡狗猪])|(?<![0-9〇零一二三四五六七八九十])([三四五六七八九][〇零一二三四五六七八九]年)(?=的?[ ,]{0,2}属[鼠牛虎兔龙蛇马羊猴鸡狗猪])|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?[ ,]{0,2}([3-9][0-9]|0[0-9])(?=的(?:[ ,。;]|$))"
    r"|(?<![0-9])([3-9][0-9]年)(?=[鼠牛虎兔龙蛇马羊猴鸡狗猪](?:[ ,。;!?)]|$))|(?:虚岁|周岁|今年)[ ]?[0-9]{2}(?:岁|了)?[,、 ]{1,2}([3-9][0-9]年?)(?=的)"
    r"|((?:上?世纪|20世纪)?(?:[三四五六七八九]十|(?:19)?[3-9]0)年代[初中末]?)(?=出生|生人|生的)"
    r"|(?<![0-9])((?:民国[ ]?)?(?:[3-9][0-9]|1[01][0-9]|[三四五六七八九]十[一二三四五六七八九]?)[ ]?年次(?![品数新要等日元]))"
)
"""生于七十年代, 72年次."""
_LIFE_BEHIND_NAME = Regex(r"[(\[][ ]?((?:18|19)[0-9]{2})[ ]?[-~][ ]?((?:19|20)[0-9]{2})?[ ]?[)\]]")
_SHORT_LIFE = 15
"""王五（1938-2024）; but 矿长（1986—1992)."""
_YEAR_BEHIND_NAME = Regex(
    r"[,(]?(?:是[ ]?)?((?:19[2-9]|200)[0-9])(?=的(?:[,。;!?)]|[ ]*(?:\n|$)|那个|人))"
    r"|[(\[【][ ]?((?:19[2-9]|200)[0-9](?:年|[.-](?:1[0-2]|0?[1-9]))|19[2-6][0-9])(?=生?[ ]?[)\]】])|,(19[2-6][0-9])(?=,)"
)
"""路边那个安康，1971的，; 何美凤【1951年】."""
_MONTH_BEHIND_NAME = Regex(
    r"[ ]?((?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?)"
    r"(?=(?:退休|[离入辞]职|转正|[回出]国|[休请].?.?假|调(?:[任去往回离入岗走来动职]|到[一-鿿])|毕业|结婚|生(?:的|孩子|了|[,。;)]|$)|走的?[,。;)]|就走|才?[来回]的?[,。;)]|[来到]岗|上岗|去进修|去援))"
)
_BIRTHS_DIFFER = Screened(
    r"(?:出生(?:年月日?|日期)|生日)[^\n。;,(0-9]{0,12}(?:不一致|不一样|不符|不同|有误|有出入|对不上|[写登填印录]错|(?:相?差|[大小早晚]了?)[一两二三几半0-9]{1,2}(?:岁|年|个月|天))([^\n。;]{4,48})"
)
_BIRTH_TOLD = Regex(
    r"(?<![0-9A-Za-z./-])(?:19[2-9][0-9]|20[0-2][0-9])(?:[./-](?:0?[1-9]|1[0-2])(?:[./-](?:0?[1-9]|[12][0-9]|3[01]))?(?![0-9A-Za-z./-])|年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?)|(?<![0-9〇零一二三四五六七八九十])[三四五六七八九][〇零一二三四五六七八九]年(?![级代多来])"
)
"""出生年月与证件不一致（表中1982.5，证件1985.2）."""
_DATE_OF_LISTED = Regex(r"[ ]{0,2}\(?(?:[一-鿿]{1,4},)?(?=(?:19|20)[0-9]{2})")
_WENT_ON = Regex(
    r"[ ]?(?:进[入了厂]|参[加军]|[入调转离任升到在来去考嫁娶退结被因患行做起毕开出获当从随由与和担]|担任|开始)"
)
"""晏秋1989年12月进入…: what somebody did then."""
_DATE_NEXT = Regex(
    r"(?:\([一-鿿]{1,2}\))?,[ ]?(?=(?:(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[,)]"
    r"|19[2-9][0-9][-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?:[。;\n(]|$)))"
)
"""(孟春，1988-07-03，体检号…): the second of a list that begins with a name."""
_LONG_AGO = Regex(r"19[2-9][0-9]|200[0-9]|201[0-2]")
_FIGURE, _SOON = Regex("[0-9一二三四五六七八九十百廿]"), 10
"""With what, and how soon behind a name, any day or age begins that is told of somebody."""
_KIN_BEFORE = Regex(r"[夫妻子女儿孙父母兄弟姐妹]$")
_AFTER_SEX = Regex(r"(?<![一-鿿])[男女][,、 |/]$|([\"'])[MF男女]\1,\1$")
"""张三，男，1972-07-09，身份证…: the date behind the sex is that of birth."""
_AFTER_ORIGIN = Regex(
    r"(?:[一-鿿][族籍]|[ ,|/]汉)(?:[,、 |/]|[ ][|/;][ ])$|(?<![一-鿿])[男女][ ][|/;][ ]$|(?:^|\n)[ ]*(?:[爸妈]{1,2}|[父母]亲?|爷爷|奶奶|外[公婆]|老[公婆]|丈夫|妻子|爱人)[:, ]{1,2}$|[A-Za-z]\),$"
)
_ENTRY = Regex(
    r"(?:19[2-9][0-9]|200[0-9])[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ ]?(?:[,。;、|)\n/]|$|(?<= )(?![入出转住门复手就会初首])[一-鿿]{2,4}(?:[ ,;|0-9]|$))"
)
"""汉族，1979-03-30，; 爸 1957.4.2 高血压; 何志明（Ho Chi Ming），1968/3/2，: a day that nothing is told of."""
_BEFORE_SEX = Regex(r"\|[MFU](?:\||(?<=\|\|[0-9]{8}\|.)[ ]*(?:\n|$))")
"""The birth date in a PID segment of HL7 version 2."""
_BEFORE_PASSENGER = Regex(r"[ /][MF](?![0-9A-Za-z])")
"""07APR69 F, in a booking."""
_BEFORE_BLOOD = Regex(r"[ ]?[/|,][ ]?(?:AB|[ABO])型")
_BEFORE_WEIGHT = Regex(r"[ ,]{0,2}[男女]婴?[ ,/]{1,2}(?:体重)?[1-9][0-9]{3}[ ]?g")
"""2024-01-09 03:12 女 2210g: the record of a birth."""
_WEIGHED = Regex(r"[ ,]{0,2}(?:体重)?[1-9][0-9]{3}[ ]?(?:g|克)[ ,/]{1,2}[男女]")
_DELIVERED = Regex(r"[ ,]?(?:经?(?:阴道|顺产|剖宫产))?娩出")
_BORN_THERE = Regex(r"[在于][^,。;\n]{2,14}?(?<![发产医学先考师新])生的?(?=[,。;]|[ ]*(?:\n|\Z))")
"""10月21日在陆良县妇幼生的."""
_ON_PAPERS = Regex(
    r"(?:户口[本簿]?上?|身份证上?)(?:写的?|登记的?|印的?)?(?:[是为])?[ :]?\Z|生日[^,。;\n0-9]{0,6}(?:显示|写|填|录|登记)[成的]?[是为]?[ :]?\Z"
)
"""户口1947.9.9, 身份证写的1月28, 生日系统显示1955-06-04."""
_ENDS_THERE = Regex(r"[ ]?[,。;!?)]|的|[ ]*(?:\n|\Z)")
"""Behind such a birth; not 身份证2024年3月5日|到期."""
_NEWBORN = Regex("新生儿|早产儿|[男女]婴|分娩")
_NEWBORN_BEFORE = Regex(r"(?:之[大小长次]?[子女婴]|新生儿|早产儿|患[儿婴])[^。;\n]{0,6}\Z")
_OF_ADMISSION = Regex(
    r"[ ]?(?:[0-9]{1,2}[:时点][0-9]{0,2}分?)?[ ]?(?:[因以急]?[入出转住来就]|[初首复门]诊|手术|确诊|体检|发[病现]|因)"
)
_OF_SEASON = Regex(
    "(?:[之以过]后|前后)(?![^,。;\n]{0,4}(?:[来回去到]|[入出住转]院|手术|[发复][作病烧发查诊]|开始|疼|痛|就))|时节|节气|一到|养生|进补|宜"
)
"""Behind a solar term what tells of the season: 白露之后怎么吃, but not 白露那天."""
_WIDE = 2
"""Years that one person's age may be given with: 3-4岁; 18～60岁 says whom something is for."""
_OF_SOMEBODY = Regex(
    r"(?<!查)(?:(?:患者|客户|病人)?本人|老(?:人家?|爷子|太太)|[您你她他]|[这那]个?人|^我|[,。 \n]我|对象|[孩娃]子?|儿子|女儿|闺女|孙[子女]|[妈爸哥姐弟妹妻]|老[公婆伴大二三四幺小]|[大二三小]宝|[大小]的|爱人|媳妇|丈夫|[我您你她他](?:的|俩|们俩?|跟[我你她他])|[那这][个位],?|(?:另外?|还有)?一[个位]|同[年岁],|姓[一-鿿],|(?:^|[^一-鿿]|叫)[一-鿿]{2,3},|[月天岁族],)(?:都?是)?[ ]{0,2}$"
)
_SO_OLD = Regex(
    r"的(?:对[吧不]|吧|人(?=[,。;!? ]|$)|那[个位](?=[才是叫姓,。;]|$)|(?=[,。;)?\n]|[ ](?=[一-鿿])|$))"
)
_SURELY_SO_OLD = Regex(
    "的(?:对[吧不]|人|那[个位]|[ ,]{0,2}(?:快|现在|今年|都|才|刚)?[0-9一二三四五六七八九十]{1,3}岁)"
)
_AGE_TOLD = Regex("(?:[1-9][0-9]|[二三四五六七八九]十[一二三四五六七八九]?)(?:岁了?|了)[ ,。]{1,2}\\Z")
"""五十七了 六八年的."""
_OF_THAT_YEAR = Regex(r"的人(?=[,。;!? ]|$)|生人|生的")
_MADE_THEN = Regex(
    r"片子?|报告|检|结果|病理|单|CT|MR|化验|病历|处方|证|卡|照|数据|版|合同|协议|发票|药|[东西]西|房|车"
)
"""您1964年的对吧, 我妈1958年的，: a year of somebody, unless something of that year is told of."""
_THEN = Regex(r"(?:,|[发产先医学考师]生)[于在][ ]?$")
"""…出生，于2023年12月1日至…; 发生于2024年, 周先生于2024年."""
_AGAIN = Regex(
    r"(?:\([公阳新农阴旧]历\)|(?!\((?!身份证|户口|证件|实际|登记)))(?=[^。\n]*(?:身份证|户口|[公阳新农阴旧]历|改[成为]|实际|登记|即))[^。\n]*"
)
_NEXT = Regex(r"[,;、 (/]{1,2}")
_OF_ANOTHER = Regex(
    r"[,;、][ ]?(?:被?[投保]?保险?人|受益人|配偶|爱人|老[公婆大二三]|丈夫|妻子?|[大小]?(?:女儿|儿子)|[长次]?[子女]|孩子|[父母]亲?|[爸妈哥姐弟妹]|[大二小]宝|孙[子女])(?:\([一-鿿]{1,4}\))?(?:的|生日|[是为])?[ :]{0,2}"
)
"""投保人生日 1983/12/5，被保人（女儿）2014/1/30."""
_YEARS = (
    r"([1-9][0-9]?|1[01][0-9])[ ]?(?:岁(?:零?([0-9]{1,2})个?月)?|[yY](?:/?o|rs?(?:[ ]old)?)?(?![A-Za-z0-9]))"
)
_AGE_BEFORE = Regex(
    rf"(?<![0-9.~\-]){_YEARS}[ ]?[,、|(/;]{{1,2}}[ ]?\Z|(?:[男女]|(?<![A-Za-z])[MF])[ ,|/;\t]{{1,2}}([1-9][0-9])[,|/;\t][ ]?\Z"
)
_AGE_BEHIND = Regex(
    rf"[ ]?[,、|(/;]{{1,2}}[ ]?(?:现年|[均都已现]|今年|年龄[ :]?)?{_YEARS}(?![以之]|[ ]?[-~至到])"
)
_CLOSED = Regex(r"[ ]?(?:[,。;、|)\]/]|$|\n)")
_Month = tuple[int, int | None]
"""The year and the month of a date, the month where it is told."""
_GROWN_UP, _RECORDED = 10, range(2010, 2031)
"""Years after which a date beside an age is not the day of a visit, and the years that records are of."""
_OF_BEARER = Regex(
    r"[ ]?[,;|/][ ]?(?=(?:19[2-9][0-9]|200[0-9])[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ ]?(?:[,。;|/)\n]|$))"
)
"""护照 EJ4417320，1983-06-21，: what stands behind the number of an identity paper."""
_IDENTITY = frozenset(
    "CN_PASSPORT HK_ID_CARD MO_ID_CARD TW_NATIONAL_ID CN_HKM_TRAVEL_PERMIT CN_TW_TRAVEL_PERMIT CN_RESIDENT_ID CN_FOREIGN_PR CN_HMT_RESIDENCE".split()
)
_TOGETHER = Regex(r"[ ]?(?:[、和与及]|以及|跟)[ ]?")
_VERSION = Regex(r"(?:[A-Za-z]|版本|版)[ .:]{0,2}$")
_SEX_AGE = Screened(
    r"[男女](?:[ ,、/|]{0,3}|[ ]{4,8}(?=[0-9]{2}[ ]*(?:\n|$)))(1[01][0-9]|[0-9]{1,2}|[一二三四五六七八九]?十(?:有?[一二三四五六七八九])?|百零?[一二三四五]?)(?=[ ,;。、/|)\n]|$)"
)
_MAY_PRECEDE_MONTH = Regex(r"[于在自从至到今去明前后年约的每起随次改说讲称是、-]")

_HAN_DIGITS = tuple("〇零一二三四五六七八九幺")
_AGE_IN_CELL = Regex(
    r"\s*((?:1[0-2][0-9]|130|[1-9]?[0-9])(?:[ ]?[个]?月(?:[零又]?[0-9]{1,2}天)?|[ ]?天)?)\s*"
)
"""34, 6月 and 3月12天 under the header 年龄."""
_SHORT_COMPACT = Regex(
    r"\s*(--(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12][0-9]|3[01])|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])|(?:[0-9]{2})?(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))\s*"
)
"""199005, 900506, 0408 and --0408 (ISO 8601, without a year) under the header of a date."""
_OF_MONTHS = Regex(
    "(?:年月|所属期|月份|账期|(?:参保|缴费|缴纳|工作|毕业|入学|入党|入伍|起始|终止|截止|到账)时间)$"
)
_MONTH_IN_CELL = Screened(r"(?<![0-9])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?![0-9])")
"""201003 under 首次参保时间."""
_SECONDS = r"[0-5][0-9](?:\.[0-9]{1,6})?"
_MOMENT = Regex(rf"[\s:='\"]{{0,3}}({MINUTE.pattern}(?:{_SECONDS})?(?:[+-][0-9]{{4}}|Z)?)(?![0-9A-Za-z])")
"""20240519103000 or with its zone, as HL7 writes a moment."""
_BETWEEN_BARS = Screened(rf"(?<=[|^]){MINUTE.pattern}{_SECONDS}(?:[+-][0-9]{{4}})?(?=[|^\n]|$)")
_LED_BOXES = Screened(
    rf"(?:(?P<birth>出[ ]?生[ ]?(?:[日年][ ]?[期月]日?)?|生日)|日期|时间|年月日|就诊|签署|入院|出院|随访|采样)[: |\[□_]{{1,8}}(?P<day>{BOXED.pattern})"
)
"""Behind what says that it is one, a day of which each figure has a box."""
_YEAR_IN_CELL = Regex(r"\s*((?:19[0-9]|20[0-2])[0-9])\s*")
"""1982 under 出生年."""
_SERIAL = Regex(r"\s*([1-9][0-9]{4}(?:\.[0-9]+)?)\s*")
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 54_787
"""Days as spreadsheets count them, 1927 to 2049: 45052 under the header of a date."""
_UNIX = Regex(r"\s*(1[0-9]{9}(?:[0-9]{3}|\.[0-9]{1,9})?)(?![0-9A-Za-z.\-])")
"""Seconds since 1970, or thousandths: 1716278400 under CreateTime."""
_UNIX_BIRTH = Regex(
    r"\s*(-[0-9]{5,13}|[1-9][0-9]{8}(?:[0-9]{3})?|1[0-9]{9}(?:[0-9]{3})?)(?:\.0)?(?![0-9A-Za-z.\-])"
)
"""And those of a birth, which may be before: -315619200 under birthday."""
_UNIX_LABEL = Regex(
    r"(?i:ts|(?:gmt_?)?(?:creat|modifi|updat|delet)ed?|(?:add|reg(?:ister)?|pay|order|visit|book|c|m|a)_?time|dateline)"
)
_UNIX_TOLD = Screened(
    r"(?i:(?:create|update|modif(?:y|ied)|msg|message|send|sent|recv|receive|login|start|begin|end|expire|last|event|log|edited)[ed]?_?(?:unix_?)?(?:time(?:stamp)?|at|ts)|time_?stamp|date_unixtime|unix_?time|(?<![a-z])ts|(?<![a-z])epoch|时间戳|exp|iat|nbf)"
    r"(?:[\"'” ]{0,2}[:=>][ \"'“]{0,2}|[\"” ]{1,2})(?P<value>1[0-9]{9}(?:[0-9]{3}|\.[0-9]{1,9})?)(?![0-9A-Za-z.\-])"
)
"""createTime: 1716278400, ts=1716278400123, "exp":1716278400 of a token."""
_SEED = Regex(r"(?:种子|[Ss]eed)[ :=]{0,3}\Z")
"""随机种子 20190618 of a program."""
_SURE, _TOLD = 0.8, 0.5
_OF_PUPIL, _BEFORE_NUMBER = "OTHER_ID.of a pupil", "GJL"
"""The number of a pupil is an identity number behind a letter."""
_SIGNING = frozenset(["ORGANIZATION", "CN_MEDICAL_INSTITUTION"])

_YEAR_TOLD = Regex(r"(?:大?前|[去今明])年\Z")
"""去年 of 去年九月."""

_BORN_BEFORE = Regex(r"[0-9年日号月初底末]出生[,。; ]{1,2}\Z")
"""Behind a day of birth, of another day: 20240311出生，20240322来诊."""

DATE, BIRTH, AGE = "DATE_TIME", "DATE_OF_BIRTH", "AGE"


def _dates(reading: Reading) -> Iterator[Detection]:
    """Relative words (昨天) identify nobody and are left."""
    text = reading.text
    births: dict[int, int] = {}  # where a birth may begin → how far it may reach
    for slot in reading.slots_of(BIRTH):
        births[slot.start] = max(slot.end, births.get(slot.start, 0))
    cells = sorted((slot.start, slot.end) for slot in reading.slots_of(DATE) if slot.support == "cell")
    begun = reach = 0
    ages = {slot.start for slot in reading.slots_of(AGE) if slot.support == "cell"}
    last_birth = -100
    found: list[tuple[DateMatch, bool, bool]] = []
    sections = sections_of(reading)
    of_things = {start for start, _, header in reading.cells if is_number_of_thing(header)}
    for match in find_dates(text):
        if (
            match.start in of_things
            or match.kind == "relative"
            or match.start in sections
            or _is_duration(text, match)
        ):
            continue
        if match.kind == "holiday" and text[match.start - 1 : match.start] in _HAN_DIGITS:
            continue  # 一五一 of a number
        if (
            match.kind == "holiday"
            and _OF_SEASON.match(text, match.end)
            and text[match.start : match.end] in TERMS
        ):
            continue
        if match.year is None and text.endswith("每年", 0, match.start) and not is_birth(text, match):
            continue  # of every year
        if _SEED.search(text, max(0, match.start - 8), match.start):
            continue
        if match.granularity == "month" and match.start in ages:
            continue  # 6月 under 年龄
        while begun < len(cells) and cells[begun][0] <= match.start:
            reach = max(reach, cells[begun][1])
            begun += 1
        born = _is_birth(text, match, births) or (
            0 <= match.start - last_birth <= 16 and _same_birth(text, last_birth, match)
        )
        if born:
            last_birth = match.end
        found.append((match, born, match.end <= reach))
    birthdays = {match for match, born, _ in found if born}
    birthdays |= _beside_ages(text, [match for match, _, _ in found])
    birthdays |= {
        match
        for (match, _, _), (other, born, _) in pairwise(found)
        if born and _is_of_two(text, match, other)
    }
    for (match, _, _), (other, _, _) in pairwise(found):
        if match in birthdays and _is_of_another(text, match, other):
            birthdays.add(other)
    if len({_calendar(match) for match, _, _ in found}) > 1:
        birthdays |= _in_other_calendars((match for match, _, _ in found), birthdays)
    for match, _, expected in found:
        born = match in birthdays
        score = max(match.score, 0.9 if born or expected else _bare_score(text, match))
        told = _YEAR_TOLD.search(text, max(0, match.start - 3), match.start) if match.year is None else None
        start, score = (told.start(), max(score, NAMED_MONTH)) if told else (match.start, score)
        yield Detection(
            BIRTH if born else DATE, start, match.end, score, f"date.{match.kind}", (match.granularity,)
        )


def _beside_ages(text: str, dates: Sequence[DateMatch]) -> set[DateMatch]:
    """The dates that are as long ago as the age beside them says: 13岁，2010-05-30）; 38岁（84年5月）.

    They are so on another day of the text, or, where the age is no small child's, in the years of records.
    """
    birthdays: set[DateMatch] = set()
    months_told = Counter((date.year, date.month) for date in dates if date.year is not None)
    for match in dates:
        if match.year is None or match.kind == "relative":
            continue
        before = _AGE_BEFORE.search(text, max(0, match.start - 14), match.start)
        age = before if before and _CLOSED.match(text, match.end) else _AGE_BEHIND.match(text, match.end)
        if age is None or _OF_ADMISSION.match(text, match.end):
            continue
        years, months = int(age[1] or age[3]), int(age[2] or 0)
        born = match.year, match.month
        others = [month for month, count in months_told.items() if count > (month == born)]
        if any(_is_later_by(born, other, years, months) for other in others) or (
            years >= _GROWN_UP
            and match.year + years in _RECORDED
            and all(year != match.year for year, _ in others)
        ):
            birthdays.add(match)
    return birthdays


def _is_later_by(born: _Month, told: _Month, years: int, months: int) -> bool:
    """Whether somebody born in one month is so old in another."""
    (year, month), (later, month_then) = born, told
    if month is None or month_then is None:
        return 0 <= later - year - years <= 1
    passed = (later - year) * 12 + month_then - month
    return passed - years * 12 - months in (range(-1, 2) if months else range(13))


def _calendar(match: DateMatch) -> str:
    return "lunar" if match.kind == "lunar" else match.written("era")


def _in_other_calendars(dates: Iterable[DateMatch], birthdays: Collection[DateMatch]) -> set[DateMatch]:
    """The dates that are a day of birth in another calendar: 民国70年8月9日生, then 1981年8月9日.

    The same words again may be the day on which a newborn was admitted.
    """
    born = {(solar_date(match), _calendar(match)) for match in birthdays if match.granularity == "day"}
    days = {day for day, _ in born if day is not None}
    return {
        match
        for match in dates
        if match.granularity == "day"
        and (day := solar_date(match)) in days
        and (day, _calendar(match)) not in born
    }


def _beside_words(reading: Reading) -> Iterator[Detection]:
    for glued in reading.finditer(_GLUED_TIME) if reading.search(_DAY_AND_HOUR) else ():
        yield Detection(DATE, *glued.span(), 0.9, "date.glued", ("time behind",))
    for start, end in find_days_apart(reading):
        born = stands_before(BIRTH_BEFORE, reading.text, start, reach=32)
        yield Detection(BIRTH if born else DATE, start, end, 0.95, "date.apart", ("day",))
    for year in reading.finditer(_YEAR_OF_SOMEBODY):
        yield Detection(BIRTH, *year.span(1), 0.6, "date.birth", ("of that year",))
    for days in reading.finditer(_BABY):
        yield Detection(AGE, days.start(1), days.end(1), 0.6, "age", ("infant",))
    for form, score, evidence in (
        (_BIRTH_OF_SEX, 0.6, "after sex"),
        (_BIRTH_OF_FAMILY, 0.6, "of a family"),
        (_BIRTH_OF_PEDIGREE, 0.6, "of a pedigree"),
        (_BIRTH_BY_DECADE, 0.8, "decade"),
        (_BIRTH_BEHIND_NAME, 0.6, "behind a name"),
        (_BIRTH_OF_CHILD, 0.95, "of a child"),
    ):
        for birth in reading.finditer(form):
            yield Detection(BIRTH, *birth.span(birth.lastindex or 0), score, "date.birth", (evidence,))
    for births in reading.finditer(_BIRTHS_DIFFER):
        for date in _BIRTH_TOLD.finditer(reading.text, *births.span(1)):
            yield Detection(BIRTH, *date.span(), 0.9, "date.birth", ("differs",))


_SPAN = Regex("[0-9]{1,2}-[0-9]{1,2}")
_LONG_DASH = frozenset("—–―")
"""From so many to so many: a month and its day are joined by no such sign."""

_OF_SERIES = Regex(r"号(?:[ ]?(?:标本|样[品本]|病例|处方)|[ ][一-鿿]{1,4}(?:方|汤|散|丸|胶囊)(?![一-鿿]))")
_PART_OF = Regex(r"(?i:chunk|page|part|step|batch|epoch|retry|shard|attempt)[=: ]{1,2}\Z")
"""1号 咳嗽方 of a series of formulas, chunk=12/12; but 5号开处方, 3号抽血标本."""


def _bare_days(reading: Reading) -> Iterator[Detection]:
    text = reading.text
    finders = (
        find_bare_days,
        find_days_of_lists,
        find_spoken_days,
        find_days_of_month,
        find_days_of_rows,
        find_days_of_deeds,
        find_ends_of_stays,
    )
    sections = sections_of(reading)
    for start, end in (span for find in finders for span in find(reading) if span[0] not in sections):
        if _SPAN.fullmatch(text, start, end) and not _LONG_DASH.isdisjoint(reading.layout[start:end]):
            continue  # 12—14 剂型
        if is_in_row_of_amounts(text, start):
            continue  # 日吸烟量 | 20/10 | 10/5
        if _OF_SERIES.match(text, end - 1) or _PART_OF.search(text, max(0, start - 8), start):
            continue
        told = not _BORN_BEFORE.search(text, max(0, start - 6), start)
        born = (told and stands_before(BIRTH_BEFORE, text, start, reach=32)) or _OF_THAT_YEAR.match(text, end)
        yield Detection(BIRTH if born else DATE, start, end, 0.5, "date.bare", ("day",))


def _unix_times(reading: Reading) -> Iterator[Detection]:
    """As programs count time, where a field says so."""
    for slot in reading.slots_of(DATE):
        if counted := _UNIX.match(reading.text, slot.start, slot.end):
            yield Detection(DATE, *counted.span(1), 0.95, "date.unix", ("cell",))
    for slot in reading.slots_of(BIRTH):
        if counted := _UNIX_BIRTH.match(reading.text, slot.start, slot.end):
            yield Detection(BIRTH, *counted.span(1), 0.95, "date.unix", ("cell",))
    for start, end, label in reading.cells:
        if _UNIX_LABEL.fullmatch(label) and (counted := _UNIX.match(reading.text, start, end)):
            yield Detection(DATE, *counted.span(1), 0.95, "date.unix", ("cell",))
    for told in reading.finditer(_UNIX_TOLD):
        yield Detection(DATE, *told.span("value"), 0.95, "date.unix", ("cue",))


def _cells(reading: Reading) -> Iterator[Detection]:
    """5/12 under the header of a date, 61 under that of an age."""
    text = reading.text
    for slot in (*reading.slots_of(DATE), *reading.slots_of(BIRTH)):
        short = _SHORT.match(text, slot.start, slot.end) if slot.support == "cell" else None
        if short:
            yield Detection(slot.entity_type, *short.span(), 0.8, "date.cell", ("cell",))
        if moment := _MOMENT.match(text, slot.start):
            yield Detection(slot.entity_type, *moment.span(1), 0.85, "date.compact", ("cue",))
        alone = slot.support == "cell" and slot.cue != "时间"  # 治疗时间 may be in seconds
        compact = _SHORT_COMPACT.fullmatch(text, slot.start, slot.end) if alone else None
        if compact:
            yield Detection(slot.entity_type, *compact.span(1), 0.8, "date.compact", ("cell",))
        year = _YEAR_IN_CELL.fullmatch(text, slot.start, slot.end) if alone else None
        if year and slot.entity_type == BIRTH:
            yield Detection(BIRTH, *year.span(1), 0.8, "date.birth", ("cell",))
        serial = _SERIAL.fullmatch(text, slot.start, slot.end) if alone else None
        if serial and _FIRST_SERIAL <= float(serial[1]) <= _LAST_SERIAL:
            yield Detection(slot.entity_type, *serial.span(1), 0.8, "date.serial", ("cell",))
    months = {match.start(): match.end() for match in reading.finditer(_MONTH_IN_CELL)}
    for start, end, header in reading.cells if months else ():
        if months.get(start) == end and _OF_MONTHS.search(header):
            yield Detection(DATE, start, end, 0.8, "date.compact", ("cell",))
    for moment in reading.finditer(_BETWEEN_BARS):
        yield Detection(DATE, *moment.span(), 0.85, "date.compact", ("cell",))
    for slot in reading.slots_of(AGE):
        if slot.support == "cell" and (age := _AGE_IN_CELL.fullmatch(text, slot.start, slot.end)):
            yield Detection(AGE, *age.span(1), 0.96, "age", ("cell",))


def _ages(reading: Reading) -> Iterator[Detection]:
    for age in find_ages(reading.text):
        if age.kind == "range" and age.years is not None and (age.form.upper or 0) - age.years > _WIDE:
            continue
        yield Detection(AGE, age.start, age.end, age.score, "age", ())


def _bare_ages(reading: Reading) -> Iterator[Detection]:
    for start, end in find_bare_ages(reading):
        yield Detection(AGE, start, end, 0.6, "age", ("words beside",))
    for sexed in reading.finditer(_SEX_AGE):
        yield Detection(AGE, sexed.start(1), sexed.end(1), 0.6, "age", ("after sex",))


def _boxed(reading: Reading) -> Iterator[Detection]:
    """出生日期 |1|9|7|1|0|4|1|1|."""
    for match in reading.finditer(_LED_BOXES):
        if unboxed(match["day"]) != match["day"]:
            yield Detection(
                BIRTH if match["birth"] else DATE, *match.span("day"), 0.96, "date.boxed", ("cue",)
            )


TIME_FINDERS = (_dates, _beside_words, _bare_days, _cells, _unix_times, _ages, _bare_ages, _boxed)
"""They find DATE_TIME, DATE_OF_BIRTH and AGE."""


def _is_birth(text: str, match: DateMatch, births: dict[int, int]) -> bool:
    before = (max(0, match.start - 6), match.start)
    if _DELIVERED.match(text, match.time_end):
        return _NEWBORN_BEFORE.search(text, max(0, match.start - 10), match.start) is not None
    if _THEN.search(text, *before) or _BORN_BEFORE.search(text, *before):
        return BIRTH_AFTER.match(text, match.time_end) is not None  # 1992年5月12日出生，于2023年12月1日至…
    if _WEIGHED.match(text, match.time_end):
        return _NEWBORN.search(text, max(0, match.start - 40), match.start) is not None
    return (
        is_birth(text, match)
        or _BORN_THERE.match(text, match.end) is not None
        or (
            _ON_PAPERS.search(text, max(0, match.start - 14), match.start) is not None
            and _ENDS_THERE.match(text, match.end) is not None
        )
        or _is_year_of_somebody(text, match)
        or (
            _AFTER_SEX.search(text, *before) is not None
            and not (match.year is None and match.granularity == "month")  # 女，11月，咳嗽3天
            and not _OF_ADMISSION.match(text, match.end)
        )
        or (_AFTER_ORIGIN.search(text, *before) is not None and _ENTRY.match(text, match.start) is not None)
        or _BEFORE_SEX.match(text, match.end) is not None
        or (
            match.has("month_name")
            and match.has("yy")
            and _BEFORE_PASSENGER.match(text, match.end) is not None
        )
        or _BEFORE_WEIGHT.match(text, match.time_end) is not None
        or (
            _LONG_AGO.match(text, match.start) is not None
            and _BEFORE_BLOOD.match(text, match.end) is not None
        )
        or any(match.end <= births.get(match.start - before, -1) for before in range(3))
    )


def _is_year_of_somebody(text: str, match: DateMatch) -> bool:
    """Whether somebody is told to be of that year or day: 您1964年的对吧."""
    if match.year is None or match.kind == "relative" or not _SO_OLD.match(text, match.end):
        return False
    clause = text[max(0, match.start - 14) : match.start]
    if _MADE_THEN.search(clause):
        return False
    told = _OF_SOMEBODY.search(clause) or _AGE_TOLD.search(clause)
    return bool(_SURELY_SO_OLD.match(text, match.end) or told)


def _is_of_two(text: str, match: DateMatch, other: DateMatch) -> bool:
    """Whether a date is one of two that are told together: 分别为1963年5月2日和1971年12月19日出生."""
    alike = match.year is not None and match.granularity == other.granularity
    return alike and _TOGETHER.fullmatch(text, match.end, other.start) is not None


def _is_of_another(text: str, match: DateMatch, other: DateMatch) -> bool:
    """Whether behind a date of birth stands that of one of the family: 投保人生日 1983/12/5，被保人 2014/1/30."""
    told = _OF_ANOTHER.fullmatch(text, match.end, other.start)
    return told is not None and _OF_ADMISSION.match(text, other.end) is None


def _is_childs(text: str, person: Detection, date: Detection) -> bool:
    """孙范小宝（2014-6-1）: a date alone in brackets behind one of the family."""
    related = _KIN_BEFORE.search(text, max(0, person.start - 1), person.start)
    return related is not None and text[person.end] == "(" and text[date.end : date.end + 1] == ")"


def _same_birth(text: str, last: int, match: DateMatch) -> bool:
    """Whether a date says again when somebody was born: 农历五月初三生，身份证写的1955年7月1日."""
    if match.has("calendar") and _NEXT.fullmatch(text, last, match.start):
        return True
    return _AGAIN.fullmatch(text, last, match.start) is not None


def _bare_score(text: str, match: DateMatch) -> float:
    """Dates in figures without a cue: 23.5.6 and 24/1/9 by their three parts, 4/15 at the start of a line."""
    surface = text[match.start : match.end]
    if _THREE_PARTS.fullmatch(surface) and not _VERSION.search(text, max(0, match.start - 6), match.start):
        return 0.5
    at_start = match.start == 0 or text[match.start - 1] in "\n([【"
    return 0.5 if at_start and _TWO_PARTS.match(text, match.start) else 0.0


def _is_duration(text: str, match: DateMatch) -> bool:
    """腹痛2月 says how long: a bare month right behind a word is a date only after 于, 在, 至 …"""
    if match.granularity != "month" or match.year is not None or match.kind not in ("partial", "ambiguous"):
        return False
    if match.score >= NAMED_MONTH:
        return False
    before, after = text[match.start - 1 : match.start], text[match.end : match.end + 1]
    return is_han(before) and not _MAY_PRECEDE_MONTH.match(before) and after not in "份初底末中上下"


def times_of_persons(
    reading: Reading, persons: Sequence[Detection], others: Iterable[Detection]
) -> Iterator[Detection]:
    """What stands right behind a name: 蒯正平 51 驾驶员, 隋国庆（1959-10-01）, and the day behind a signature."""
    dates: dict[int, Detection] = {}
    numbers: list[Detection] = []
    papers: list[Detection] = []
    days: list[tuple[int, int]] = []
    signers = list(persons)
    for other in others:
        if other.entity_type == DATE and other.score >= _TOLD:
            days.append((other.start, other.end))
        if other.entity_type == DATE and other.evidence[:1] in (("day",), ("month",)):
            dates[other.start] = other
        elif other.entity_type in _SIGNING:
            signers.append(other)
        if other.entity_type in _IDENTITY and other.score >= _TOLD:
            papers.append(other)
        if (other.entity_type == "CN_RESIDENT_ID" or other.recognizer == _OF_PUPIL) and other.score >= _SURE:
            numbers.append(other)
    if numbers:
        yield from _births_of_numbers(reading.text, dates.values(), numbers)
    for paper in papers:
        gap = _OF_BEARER.match(reading.text, paper.end)
        if gap and (date := dates.get(gap.end())):
            yield Detection(BIRTH, date.start, date.end, 0.95, date.recognizer, ("behind a paper",))
    sections = sections_of(reading)
    for start, end in days_in_company(reading, days):
        if start not in sections:
            yield Detection(DATE, start, end, 0.5, "date.bare", ("company",))
    for start, end in days_of_writers(reading.text, persons):
        if start not in sections:
            yield Detection(DATE, start, end, 0.5, "date.bare", ("before a name",))
    for start, end in days_that_follow(reading.text, days):
        yield Detection(DATE, start, end, 0.5, "date.bare", ("company",))
    for start, end in days_of_signers(reading.text, signers):
        yield Detection(DATE, start, end, 0.5, "date.bare", ("signature",))
    text = reading.text
    before_figures = [person for person in persons if _FIGURE.search(text, person.end, person.end + _SOON)]
    for find in (days_of_persons, days_behind_names, days_of_deeds):
        for start, end in find(text, before_figures):
            yield Detection(DATE, start, end, 0.5, "date.bare", ("behind a name",))
    for person in before_figures:
        if year := _YEAR_BEHIND_NAME.match(text, person.end):
            yield Detection(BIRTH, *year.span(year.lastindex or 0), 0.95, "date.birth", ("behind a name",))
        if life := _LIFE_BEHIND_NAME.match(text, person.end):
            served = life[2] is not None and int(life[2]) - int(life[1]) < _SHORT_LIFE
            kind, score = (DATE, 0.8) if served else (BIRTH, 0.95)
            yield Detection(kind, *life.span(1), score, "date.birth", ("behind a name",))
            if life[2]:
                yield Detection(DATE, *life.span(2), 0.8, "date.bare", ("behind a name",))
        if month := _MONTH_BEHIND_NAME.match(text, person.end):
            yield Detection(DATE, *month.span(1), 0.5, "date.bare", ("behind a name",))
    for start, end in ages_of_persons(text, before_figures):
        yield Detection(AGE, start, end, 0.5, "age", ("behind a name",))
    for person in before_figures:
        end = person.end
        gap = _DATE_OF_LISTED.match(text, end) or _DATE_NEXT.match(text, end)
        if gap and gap.end() == end and (next_to := dates.get(end)) and _WENT_ON.match(text, next_to.end):
            continue
        if person.score >= _SURE and gap:
            date = dates.get(gap.end())
            if date and (_LONG_AGO.match(text, date.start) or _is_childs(text, person, date)):
                yield Detection(BIRTH, date.start, date.end, 0.95, date.recognizer, ("behind a name",))


def _births_of_numbers(
    text: str, dates: Iterable[Detection], numbers: Iterable[Detection]
) -> Iterator[Detection]:
    """The dates that an identity number of the text holds as that of birth, but for the admission of a newborn."""
    written = (text[number.start : number.end].lstrip(_BEFORE_NUMBER) for number in numbers)
    born = {birth_date(compact(number)) for number in written} - {None}
    for date in dates:
        if _OF_ADMISSION.match(text, date.end) or stands_before(DATE_CUE, text, date.start, reach=14):
            continue
        match = next(find_dates(text[date.start : date.end]), None)
        if match is not None and match.granularity == "day" and solar_date(match) in born:
            yield Detection(BIRTH, date.start, date.end, 0.95, date.recognizer, ("identity number",))
