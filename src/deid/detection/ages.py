"""Ages without 岁 and without a cue word: 我妈七十三了, 3床 强巴，47，, 万福奶奶91.

A bare number says nothing by itself. It is an age behind a relative and before 了, behind a name or a bed
with a name in it, behind a sex, as the answer to 多大年纪, and in a list whose rows begin with names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.detection.windows import matches, windows
from deid.regexes import Regex
from deid.types import Detection

_HAN_AGE = r"(?:[二三四五六七八九]十[一二三四五六七八九]?|十[四五六七八九]|一百零?[一二三四五])"
_GROWN = r"(?:1[4-9]|[2-9][0-9]|10[0-9])"
_OLD = r"(?:[6-9][0-9]|[六七八九]十[一二三四五六七八九]?)"
_MONTHS_AND_DAYS = r"[0-9一二两三四五六七八九十]{1,3}个月[零又多]?[0-9一二三四五六七八九十]{1,3}天"
_TOLD = rf"(?:{_GROWN}|[二三四五六七八九]十[一二三四五六七八九]?|十[四五六七八九])(?=[,。](?![0-9]|[^,。\n]{{0,8}}(?:[烧热度]|[0-9一二三四五六七八九十]床|排号|号码|共|合计|[低高]压|公斤|斤|毫|分|包邮|便宜|优惠|[真太]贵|付款|转账|收款|尺码|鞋码)))"
"""我妈八十一，瘫在床上: what goes on measures nothing."""
_PAUSE = r"(?=[ ]?[,;。!?、)]|[ ]*(?:\n|$))"
_KIN = (
    r"(?:爸爸?|妈妈?|[爹娘]|爷爷?|奶奶?|公公?|婆婆?|[父母]亲|老[伴头公婆人太]|外[公婆]|姥[姥爷]|岳[父母]|儿子?|女儿?|[哥姐弟妹叔姨姑舅伯婶嫂]{1,2}"
    r"|老[汉爹妈娘大二三小幺]|嫂子|婶子|爱人|对象|丈夫|妻子|媳妇|大[爷娘妈叔姨]|老太太|老爷子|老人家|[我他她俺咱])"
)
_NO_FEVER = r"(?!(?<=(?:3[5-9]|4[0-2])了)[^\n]{0,6}[烧热度])"
"""我娃39了 还烧 tells of a temperature; 我妈78了，发烧 does not."""
_TITLE = r"(?:大[爷妈娘叔姨]|奶奶|爷爷|阿[姨婆公伯]|叔叔?|伯伯|婆婆|老师|先生|女士|老[人师]|老太太?|师傅|[婶嫂姐哥老])"
_ALIKE = Screened(
    # first the characters that a match can begin with, which spares most places the ways below
    r"(?=[:嫁出离得发生起参当下查确守结本活月日爱你您侬走说独翻会对属族年实丈妻媳爸妈爹娘爷奶公婆父母老外姥岳儿女哥姐弟妹叔姨姑舅伯婶嫂大我他她俺咱这,。;! 无男MF♂♀0-9一二三四五六七八九十多年几岁高贵宝妞囡娃丫孩患今小尕叔孙走没去过病那此])(?:"
    rf"{_KIN}(?:今年|都|也|快|已经?|现在|虚岁?|整|[,，])*({_GROWN}|{_HAN_AGE})[了咯喽啦咧哩嘞](?:{_PAUSE}|(?= [一-鿿])){_NO_FEVER}"
    rf"|{_KIN}(?:今年|都|也|快|已经?|现在|虚岁)?({_OLD})了(?=[一-鿿])|实足[ ]?({_GROWN}){_PAUSE}"
    rf"|(?:老先生|老太太?|老人家?|大[爷妈娘])[,(]({_OLD})(?=[,)][一-鿿]{{2}})|(?<![一-鿿])我({_GROWN}),(?=[一-鿿]{{2}})(?![^,。\n]{{0,4}}[床号楼]|个)"
    rf"|(?<![一-鿿]{{4}}和){_KIN}({_TOLD})|(?:[这那此]人|老乡|(?<![一-鿿])[男女]的)(?:今年)?({_HAN_AGE})(?=[,。])|{_KIN}\(({_GROWN})\)|(?<![一-鿿])[爸妈爹娘父母],({_GROWN}|{_HAN_AGE})(?=[;。]|,(?![0-9])|[ ]*(?:\n|$))|今年({_GROWN}|{_HAN_AGE})[咯喽啦咧哩嘞呐哈呢啊呀哟噻撒呗哒诶]{_PAUSE}|{_KIN}({_GROWN}|{_HAN_AGE})(?=(?:那年)?(?:走|没|[去过]世|病故)[的了])|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?[ ,]{{1,2}}({_GROWN}){_PAUSE}|今年(?:整整?|刚好|正好|刚满|满|虚岁)({_GROWN}|{_HAN_AGE}){_PAUSE}|(?:走|没|[去过]世|病故)的,(?:才|只有|那年|时年)?({_GROWN}|{_HAN_AGE}){_PAUSE}|今年是({_GROWN}|{_HAN_AGE})(?=[吗吧对,。])|(?:走|没了?|[去过离]世|病故|出事|[结离]婚|出嫁|嫁(?:过来|人|到这)|得病|[发生患起]病|参军|当兵|下岗|查出来|确诊|守寡)(?:的时候|那时候?|那[年会]儿?|时)(?:还?才|刚刚?|刚?满|只有|也就|还不到|不到|就|都|也才)?({_GROWN}|{_HAN_AGE}){_PAUSE}|(?:走|嫁(?:过来|人)|[去过]世|守寡|结婚)时?也?才({_GROWN}|{_HAN_AGE}){_PAUSE}|(?<![0-9一-鿿])({_HAN_AGE})的(?=老(?:[太头汉爷奶妈婆爹娘]|人家?(?!院))|大[爷妈娘伯]|阿[公婆伯姨]|小伙|姑娘|[男女]人)|(?<![一-鿿])本人,?({_GROWN})(?=,[一-鿿]{{2}})|(?<=[^号床位间块层楼]的。)({_HAN_AGE})(?=。)"
    r"|(?:[小大]的|老[大二三小幺]|孩子|娃儿?|儿子|女儿|孙[子女]儿?|尕[一-鿿])(?:还|都|才)?(?:不到|未满|[快刚]满?)([1-9一二三四五六七八九十]{1,2}岁)"
    rf"|{_KIN}(?:今年|这次|现在)({_GROWN}|{_HAN_AGE}){_PAUSE}"
    rf"|[,。;:! ]({_HAN_AGE})[了咯喽啦矣][吧吗伐呀哦噢]?{_PAUSE}"
    rf"|(?<![给欠付转还借收送找退补])[你您侬](?:今年|都|也|快|已经?|现在|虚岁)?({_HAN_AGE}|{_GROWN})[了咯喽啦][吧吗伐]?{_PAUSE}{_NO_FEVER}"
    rf"|[她他]那?[年时]?(?:才|刚满?|还不到|不到)({_GROWN}|{_HAN_AGE})(?=[,。!?])(?![^。\n]{{0,6}}[烧热度])"
    rf"|年龄[ ]?[|\t][ ]?[1-9][0-9]?岁?[ ]?[|\t][ ]?([1-9][0-9]?岁?)(?=[ ]?[|\t\n])"
    r"|(?:走路|说话|独[坐站走]|翻身|会[走坐爬站翻叫说])[^,。\n]{0,2}?([1-9][0-9]?个半?月)(?=才?就?会|的时候|[,。])"
    rf"|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?[ ,]{{0,2}}(?:今年|都|也|快|已经?|现在|虚岁)?({_HAN_AGE}|{_GROWN})了"
    rf"|年龄(?:[印写登填打输记]|录入)[成错]了?({_GROWN})(?=[,。;!?)]|[ ]*(?:\n|$))"
    rf"|(?<![一-鿿])[男女](?:的|方|生),({_GROWN}|{_HAN_AGE})(?=[,。])"
    rf"|(?<!民)族(?:,|[ ]{{1,3}})({_GROWN})(?=[,)]|[ ]*(?:\n|$)|[ ]{{1,2}}[一-鿿](?!号)(?<!床))"
    rf"|{_KIN}({_OLD})(?=对[吧吗么]|是[吧吗]|[吧哈](?=[ ,?。!]|$))"
    rf"|{_KIN}(?:今年)?(?:刚[过满]|年届|虚|整|足足|整整)({_HAN_AGE}){_PAUSE}|{_KIN}(?:今年)?({_HAN_AGE}|{_GROWN})整{_PAUSE}"
    rf"|(?<=[前后]者)({_HAN_AGE})(?=[,。])"
    r"|年[ ]?[龄令][\])】][ ]?[\[(【]?([1-9][0-9]?|1[01][0-9])(?![0-9.])"
    r"|年[ ]?[龄令][ ]?:?[ ]([1-9] [0-9])(?![ ]?[0-9.])"
    rf"|(?<![0-9一二三四五六七八九十百就快奔近])({_GROWN}|{_HAN_AGE})的人了"
    rf"|活[到了过]({_GROWN}|{_HAN_AGE})(?![0-9年月天])"
    r"|月龄[ :]{0,2}([1-9][0-9]?(?:\+[0-9])?个月|[1-9][0-9]?月(?:[零又+]?[0-9]{1,2}天)?)|日龄[ :]{0,2}([1-9][0-9]{0,2}天)"
    rf"|(?:无名[氏男女]|(?<![一-鿿])[男女][性子]?)[, ]{{0,2}}约({_GROWN}|{_HAN_AGE})(?=[ ,;。、)]|\n|$)"
    rf"|(?<![A-Za-z])[MF♂♀][ ,/]{{1,3}}({_HAN_AGE})(?=[ ,;。/|)]|\n|$)"
    rf"|[我他她这]是[一-鿿]{{2,3}},({_GROWN}|{_HAN_AGE})(?=,)"
    rf"|[0-9一二三四五六七八九十]床[ ]?(?![一-鿿]*[压糖量温氧氮重率数值搏])[一-鿿·]{{2,6}},[ ]?({_GROWN})(?=,)"
    r"|(?:多大|年龄|年纪|几岁|岁数|高寿|贵庚)[^\n:0-9]{0,16}(?:\n[^\n:]{0,9}[^\n:0-9]|[ ]?答):[ ]?(?:今年|我|已经|都|快|他|她|虚岁|满)*"
    rf"({_GROWN}|{_HAN_AGE})(?=了|[ ]?[,;。!?、)]|[ ][一-鿿]|[ ]*(?:\n|$))"
    rf"|(?:(?<![量码号度压径楼房屋])多大(?:岁数|年纪)?|年龄|年纪|几岁|岁数|高寿|贵庚)[了呢是]?[?啦了呢][^\n:]{{0,12}}\n[^\n:0-9]{{1,12}}(?:[ ]{{1,2}}[0-2]?[0-9]:[0-5][0-9])?[ ]{{1,2}}({_GROWN}|{_HAN_AGE}|[1-9][0-9]?个半?月)(?=了|[,;。!?]|[ ]*(?:\n|$))"
    rf"|(?:(?<![量码号度压径楼房屋口瘤节块肿囊灶面积])多大(?:岁数|年纪)?|年龄|年纪|几岁|岁数|高寿|贵庚)[了呢是]?[?啦了呢][^\n:]{{0,6}}\n(?:今年|我|都|已经|快|虚岁|满)?({_GROWN}|{_HAN_AGE})(?=[了啦喽]|[ ]*(?:\n|$))"
    rf"|(?:爷爷|奶奶|外[公婆]|姥[姥爷]|[父母]亲|老[伴爹娘妈])\(({_OLD})\)"
    r"|(?<![0-9A-Za-z*])([1-9][*]岁)"
    rf"|(?:[宝妞囡娃]|丫头|闺女|孙[子女]|孩子|女儿|儿子|患儿)(?:现在|才|刚满?|满|今天)?({_MONTHS_AND_DAYS}))"
)
_MORE = Screened(
    r"(?=[男女\n患病 MF0-9一二三四五六七八九十享寿卒存新外孙侄弟妹大小老宝娃儿之婴双早])(?:"
    rf"(?<![一-鿿])[男女][ ]?(?:·[ ]?|\()([1-9][0-9])(?=[ ]?(?:[,;。\n]|\)(?![ ]?[例人名]))|$)"
    rf"|(?:^|\n|患者|病人)[ ]?({_GROWN})(?=[MF](?:[ ,;。]|$))"
    rf"|(?<![一-鿿])[男女]/({_GROWN}[yY]?)(?=[ ,;。|)]|\n|$)"
    rf"|(?<=[,|;\t])[ ]?[MF][,|;\t][ ]?({_GROWN})(?=[,|;\t])"
    rf"|(?<![A-Za-z0-9])[MF]/({_GROWN}[yY]?)(?=[ ,;。|)]|\n|$)|(?<![0-9A-Za-z./])({_GROWN})(?=/[MF](?:[ ,;。|)]|\n|$))"
    r"|((?:[6-9][0-9]|10[0-9]|[六七八九]十[一二三四五六七八九]?)(?=高龄))"
    rf"|(?<=,)({_HAN_AGE}|{_GROWN})(?=,(?:[一-鿿]{{1,4}}族|[男女])[,。;\n])"
    r"|([三四五六七八九]十有[一二三四五六七八九])(?![个次种])"
    rf"|(?:享[寿年]|寿享|卒年|存年)[ ]?({_HAN_AGE}|[1-9][0-9])(?![0-9年月日])"
    r"|(?:新生儿|早产儿|[患婴]儿|[男女]婴|宝宝|[男女]宝|之(?:[大小长次]?[子女婴]|双[一二大小])|双胎之?[一二大小]|(?<![一-鿿])[男女])[ :,/|(\t]{1,3}(?:[男女][ ,/|\t]{1,3})?(?:生后[ ]?)?"
    r"([1-9][0-9]?(?:天(?:[零又]?[0-9]{1,2}小时)?|小时|个月(?:[零又]?[0-9]{1,2}天)?|月[零又]?[0-9]{1,2}天))(?![一-鿿0-9]|[ ](?:一次|疗程|[内后没未]))"
    r"|(?:外?孙[子女儿]?|外孙女|侄[子女儿]|外甥女?|弟弟|妹妹|[二三大小男女]宝|老[二三小])(?:才|刚|已经?|快|现在|刚满)?([1-9][0-9]?个月)(?=了|[,;。!、)\n]|$|大|[ ][男女一-鿿])"
    r"|(?:宝宝?|娃娃?|儿子|女儿)([1-9][0-9]?[mM](?:[0-9]{1,2}d)?\+?)(?![0-9A-Za-z/]))"
)
_TENS = r"[二三四五六七八九]十|[2-9]0"
_ROUGH = Screened(
    rf"(?=[1-9一二三四五六七八九十])(?:(?:{_TENS})(?:好几|多|出头|挂零|开外|[+])|[1-9][0-9](?=上下(?![浮波移])|左右(?![两侧各手])|[+][ ,;。)/])|[五六七八九]旬|[二三四五六七八九]?十(?:一二|二三|三四|四五|五六|六七|七八|八九)|(?:二三|三四|四五|五六|六七|七八|八九)十)"
    r"(?!了?[ ,、;/]*[男女][0-9一二三四五六七八九])(?=上下|左右|[+]|了|的(?:人|时候|年纪|老|女|男|妇)|[ ]?[,;。!?)/]|[ ][一-鿿]|[ ]*(?:\n|$))"
)
"""我妈60多, 患者四十五六."""
_SOMEBODY_BEFORE = Regex(
    rf"(?:{_KIN}|自己|患者|病人|来访者|(?<![一-鿿])[男女]性?|[男女]方|保姆|护工|司机|病友)(?:今年|都|也|快|已经?|现在|大概|大约|差不多)?[ ,(/]{{0,2}}\Z"
)
_OF_SEX = Screened(
    r"(?=[男女父母现0-9♀♂FfMPp])(?:(?<![0-9A-Za-z.、-])([1-9][0-9]、[1-9]岁|[1-9][+]岁)"
    rf"|(?<![一-鿿])[男女]性?-?({_GROWN})(?=[ ]?[,;。/|)]|[ ](?![0-9例人名])|\n|$)(?![ ,、;/]*女)"
    rf"|(?<![0-9A-Za-z.\-/])({_GROWN})[男女](?=[ ,;。/|)]|\n|$)(?![^\n]{{0,6}}女)"
    rf"|(?<![一-鿿])[父母][ :]?({_GROWN})(?=[ ]?[,;。/)]|[ ]*(?:\n|$))|现在({_HAN_AGE})(?=了[ ,;。!?、\n])"
    rf"|[♀♂][ ]?({_GROWN})(?![0-9A-Za-z.%])"
    rf"|(?<![A-Za-z])(?:(?:Fem|fem|M|m)ale|FEMALE|MALE)[ ,/]{{1,3}}({_GROWN})(?=[ ,;。/|)]|\n|$)"
    rf"|(?<![0-9A-Za-z.])({_GROWN}[yY])[ ]?(?=[MF](?![0-9A-Za-z]))|(?<![A-Za-z])[Pp]a?t(?:ient)?:?[ ]({_GROWN})(?=[MF](?![0-9A-Za-z]))"
    r"|(?:(?<![0-9A-Za-z一-鿿./-])(?<![A-Za-z0-9][ :])|(?<=[男女宝娃儿龄子]))((?:[1-9][0-9]?[yY])(?:[1-9]|1[01])[mM]o?s?)(?![0-9A-Za-z]))"
)
"""45、6岁, 男-45, 45男, ♀63, Female, 63."""
_ANYTHING_BEFORE = Regex(r"\Z")
_COUNTED_BEFORE = Regex(
    r"[男女]性?[0-9二三四五六七八九十]{1,4}多?[ ,、;/]{0,2}[男女]?\Z|[0-9][男女][ ,、]?\Z"
)
"""45男63女 counts them."""
_SMALL = Screened(
    r"(?=[1-9一二三四五六七八九十两])(?:(?:[1-9][0-9]?|[一二三四五六七八九十两]{1,2})个半?月|[1-9][0-9]?月[零又]?[1-9][0-9]?天|1[3-9]月|2[0-9]月|[1-9][0-9]?[+](?:个?月龄?|岁)|[1-9][0-9]?(?:个?月|岁)[+]|[1-9][0-9]?mo|(?<=[ ,:(/])[1-9][0-9]?[mM])"
    r"(?=了|大|[ ]?[,;。!?)/|]|[ ][一-鿿]|[ ]*(?:\n|$))"
)
"""女婴，2月15天, 孩子8+月, 宝宝6mo."""
_CHILD_BEFORE = Regex(
    r"(?:(?<![一-鿿])[男女][婴孩]?|[婴患][儿女]|宝宝?|[二三大小]宝|娃娃?|孩子|囡囡|月龄|年龄)[ ,:(/]{0,3}(?:现在|才|刚|已经?|快|刚满)?\Z"
)
_SEX_BEHIND_NAME = Regex(
    rf"[ ]?(?:[ ,/(|]{{1,2}}(?:[MF男女][ ,-]{{1,2}}({_GROWN})(?=[ ]?[,/|)])|({_GROWN})[yY]?[MF](?=[ ,;。/|)]|\n|$))|\(([1-9][0-9]?个月(?:[零又]?[0-9]{{1,2}}天)?)(?=[ ]?[),/|]))"
)
# 爷爷84奶奶82, 我34了，老公41: two relatives, each with a number
_TWO_OF_KIN = Screened(
    rf"{_KIN}([1-9][0-9]?)了?[ ,、]{{0,2}}[我你您他她]?{_KIN}([1-9][0-9]?)(?=[,;。!?、)均皆俩]|[ ]*(?:\n|$))"
    r"(?!(?<=3[5-9])[^\n]{0,8}[烧热度]|(?<=4[0-2])[^\n]{0,8}[烧热度])"
)
_HOUSEHOLD = Screened(
    r"(?<![一-鿿])[父母夫妻子女儿孙兄弟姐妹祖][一-鿿·]{2,6}[ ][2-9][0-9](?:[ ]?[/、,;][ ]?[父母夫妻子女儿孙兄弟姐妹祖][一-鿿·]{2,6}[ ][1-9][0-9]?)+(?=[ ]*(?:[/、,;。)]|\n|$))"
)
_OF_HOUSEHOLD = Regex(r"(?<=[ ])[1-9][0-9]?(?![0-9])")
"""父訾广林 74 / 母邰玉珍 71 / 女圆圆 6."""
_NUMBER = Screened(
    r"[0-9一二三四五六七八九十](?=[岁吗吧对了咯喽啦矣咧哩嘞呐哈呢啊呀哟噻撒呗哒诶的走没去过病那整 ,;。、!?)\nMFmMyY高*]|个?月|天|小时|$)"
)
_BEHIND_NAME = Regex(
    rf"(?:[ ]{{1,2}}|,)?(?:今年|都|已经?|快)?({_GROWN}|{_HAN_AGE})了(?=[ ,;。!?、)…]|\.{{3}}|\n|$){_NO_FEVER}|({_OLD})了(?=[一-鿿])|(?:[ ]{{1,2}}|,|\()({_GROWN}|{_HAN_AGE})(?=[ ]?[ ,;。)]|\n|$)(?![ ](?:m[lgm]|[μu]g|kg|cm|g|U|IU|次|片|粒|支)(?![a-zA-Z]))(?![ ]{{1,2}}(?:[0-9]{{1,3}}|[-—])[ ])|({_GROWN})(?=[,;。](?![0-9]))|({_TOLD})(?![^。\n]{{0,24}}[共总])|,({_MONTHS_AND_DAYS})(?=[,。])"
)
_BEHIND_TITLE = Regex(rf"{_TITLE}[ ,(]{{0,2}}({_GROWN}|{_HAN_AGE})(?=[ ]?[,;。)]|\n|$)")
_ROW = Regex(
    r"(?m)^[ ]*[0-9]{1,3}[ .、)]{1,2}(?P<name>[一-鿿·]{2,24})[ ]{1,2}(?P<age>[1-9][0-9]?)(?=[ ]{1,2}[一-鿿])"
)
_SURE, _LIKELY = 0.7, 0.5
_AGED_BEFORE = Regex(r"[,|\t][ ]?[男女][ ]?[,|\t][ ]?约?[1-9][0-9]{0,2}[ ]?[,|\t]")
"""The sex and age of a row: a number behind another name of it counts something else."""
_NEAR_NUMBERS = (_ALIKE, _MORE, _TWO_OF_KIN)


def find_bare_ages(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of numbers that the words beside them make an age. Linear in the length of the text."""
    text = reading.text
    near = list(windows(reading, _NUMBER, 32, 12)) if any(map(reading.may_match, _NEAR_NUMBERS)) else ()
    for form in (_ALIKE, _MORE):
        yield from (match.span(match.lastindex or 0) for match in matches(reading, form, near))
    for match in matches(reading, _TWO_OF_KIN, near):
        yield from (match.span(1), match.span(2))
    for row in reading.finditer(_HOUSEHOLD):
        yield from (age.span() for age in _OF_HOUSEHOLD.finditer(text, *row.span()))
    for form, before in ((_ROUGH, _SOMEBODY_BEFORE), (_SMALL, _CHILD_BEFORE), (_OF_SEX, _ANYTHING_BEFORE)):
        for match in reading.finditer(form):
            led = before.search(text, max(0, match.start() - 12), match.start())
            if led and not _COUNTED_BEFORE.search(text, max(0, match.start() - 8), match.start()):
                yield match.span(match.lastindex or 0)


def ages_of_persons(text: str, persons: Iterable[Detection]) -> Iterator[tuple[int, int]]:
    """Numbers behind a name: 蒯正平 51 驾驶员, 高寿大爷，93, and in the rows of a list of names."""
    likely = [person for person in persons if person.score >= _LIKELY]
    for person in likely:
        found = _BEHIND_TITLE.match(text, person.end)
        found = found or _SEX_BEHIND_NAME.match(text, person.end)
        if found is None and person.score >= _SURE and not _is_told_before(text, person):
            found = _BEHIND_NAME.match(text, person.end)
        if found:
            yield found.span(found.lastindex or 0)
    rows = list(_ROW.finditer(text)) if likely else []
    ends = {person.end for person in likely}
    if sum(row.end("name") in ends for row in rows) * 2 > len(rows) > 2:
        yield from (row.span("age") for row in rows)


def _is_told_before(text: str, person: Detection) -> bool:
    """Whether the row has told an age already: 71 of 时秀兰,女,71,K24,史红梅,25."""
    row = text.rfind("\n", 0, person.start) + 1
    return _AGED_BEFORE.search(text, max(row, person.start - 200), person.start) is not None
