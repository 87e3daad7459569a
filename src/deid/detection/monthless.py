"""Days of a month that nobody names: 8号我又去, 最晚28号, 回程20日.

The same figures number beds, windows, houses, lines and batteries. So a day is only what a word of time leads
to, what is followed by what is done on a day and on no bed, or what stands behind somebody: 韦老师9号来回南京.
日 counts days as well (服药7日), so it is a day of the month in fewer places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from deid.detection.figures import DAY
from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_HAN_DAY = r"(?:[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY = rf"(?:{DAY}|{_HAN_DAY})"
_NUMBERED = r"(?:巡[查视逻]|选手|哨位|岗亭?|各(?=[0-9])|电池|干电|碱性|[楼床院线门机窗诊病桌房店库段地单栋样标管针切瓶柜球片方套公令文口台站仓位])"
_FREE = (
    r"(?<![0-9A-Za-z月年第./#一二三四五六七八九十廿初-])(?<![0-9A-Za-z号床室位间台机柜口楼层座线组道区车]:)"
)
_NO_HOUSE = r"(?<![位路街巷弄道里村条同园坊段庄屯组院城场寓厦坪塘桥栋幢座区镇乡楼层床门窗机台线桌房柜厅室间站车船炉瓶池球式型码牌每满隔近第共请叫让排])(?<![窗门出入路道]口)"
_NOT_LONG = r"(?<![服用药热痛咳泻吐程前后近约隔每置留经共达院息停续持均仅个术食饮便血])(?<![置插]管)"

_HOUR = r"[01]?[0-9]点|2[0-4]点|[上下]午|早上|晚上|中午|凌晨|清晨|早晨|一大?早|傍晚|[半深]夜|夜里|晨(?![僵练检报会])|[ (]?(?:周[一二三四五六日]|(?:星期|礼拜)[一二三四五六日天])|[早晚](?=[0-9一二三四五六七八九十])|晚(?=[,。;!? ]|$)"
_EVENT = (
    r"[A-Z]{2}[0-9]{3,4}(?![0-9])|先(?=[抽做查拍去来到办住打])|抽血(?![窗处台室])|做(?=穿刺|手术|检查|CT|核磁|[B彩]超|[胃肠]镜|造影|治疗|[化放]疗|透析|活检)|复[查诊评测检]|手术|[出入]院|退房|[开停]诊|开会|开庭|开[业班学]|上[传门线]|打疫苗|打针|值班|休息|[轮补调]休|请假|[有没]空|出门诊|体检|义诊|培训|考试|面试|聚餐"
    r"|[送接][机站](?!构)|的?(?:票|飞机|高铁|火车|航班|机票|动车)(?![站组线楼票价厢])|与[一-鿿]{2,10}?(?:会诊|讨论)|[请经][一-鿿]{2,8}?会诊|的票|开的(?!门|刀|口)|出(?:报告|结果)|出(?=[,。;!?\n]|$)|到店|满(?=月|一个|疗程)|没来|回诊|来诊|就诊|摔|走的"
    r"|(?:[取拿](?:报告|药|片|结果)|取[卡证环卵]|领[药证])(?!窗|处|台|柜|口|机|的)|截[止稿]|[关结对][账帐]|盘点|检修|停[水电]|评审|验收|发[车货]|[到收]货|集合|出发|启程|登机|起飞|抵达|返[程回校岗]|回国|报到|[入离]职|换班|生[日效]|过(?:生日|寿)|办酒|摆酒|下葬|出殡|搬家|结婚"
)
_DONE = (
    r"回(?=[,。;!?)\n]|$)|[你您我他她]得(?!的)|我(?:岳[母父]|婆婆|公公|老公|老婆|女儿|儿子|闺女)(?!的)|[又再][去来约找问跑]|才[回来到去走]|已[寄签办交付发送]|还?没[签寄收发付交拿取]|[送寄转带抽]来?的|[来往]回|往返|飞[一-鿿]{2}|去[一-鿿]{0,6}(?:开|年会|培训|学习|出差)"
    r"|[我咱俺]们?(?:[妹妈爸姐哥弟](?![家的])|[把又再就才去来要没在跟和带给打问到回还已从会想得休值上下请约]|不在)"
    r"|[摔拍查做打拔拆发签寄买测抽插换走生开停断搬领退]的|开始|[住出入转]的院"
    r"|在[一-鿿]{1,8}?(?:开[一-鿿]{0,2}会|讲课|授课|手术|出诊|坐诊|做|复查|拍|培训|学习|出差|参会|住院|签|体检|答辩)"
    r"|从(?!手术|产房|监护|重症|恢复|急诊|病房|透析)[一-鿿]{1,10}?(?:出院|[转回来到去走飞坐搬]|出发)"
)
_BEHIND_DAY = rf"之?[前后](?![面台方排])|要|左右(?![两侧各手])|{_HOUR}|{_EVENT}|{_DONE}"
_LED = (
    r"(?<=最[晚迟早快])|(?<=改[到在])|(?<=定[在于])|(?<=等到)|(?<=截止)|(?<=[改预还再原]约)|(?<=除夕\()|(?<=[本上下当这同该]月)|(?<=月[底初中])|(?<=这个月)|(?<=约的)|(?<=[约订]了)|(?<=周[一二三四五六日天]\()"
    r"|(?<=[回返去往]程)|(?<=[今明昨]天是)|(?<=周[一二三四五六日])|(?<=约[好在到])|(?<=[延排吃用住做干喝推拖休请服]到)|(?<=预计)|(?<=报告)|(?<=结果)|(?<=日期)|(?<=日期:)|(?<=日期: )|(?<=更新:)|(?<=预约:)|(?<=[周期拜][一二三四五六日天],)|(?<=[周期拜][一二三四五六日天],就是)|(?<=[入出转]院[: ])|(?<=拟)|(?<=拟于)|(?<=[机车船]票)|(?<=[初复首末二三四五六七八九]诊:)|(?<=签[订字名]:)"
)
_AHEAD = (
    r"(?=[0-9一二三四五六七八九十廿]{1,3}[号日])"  # looked at first: what is before each character costs more
)
_STARTS = r"(?:(?<![一-鿿0-9A-Za-z.\-/~])(?=[12][0-9]|3[01]|[二三]十|廿|十[三-九])|(?<=[我你您他她们爸妈爷奶姐哥客户属师任授])(?<!客属))"
_DAY_OF_MONTH = Screened(
    rf"{_AHEAD}(?:{_FREE}(?:{_NO_HOUSE}({_DAY})号(?={_BEHIND_DAY})"
    rf"|({_DAY})(?:号(?=(?:到|至|-|~|[、 ])?{_DAY}号(?!{_NUMBERED}))|[号日](?=[白夜早晚中]班)))"
    rf"|(?:(?<=[0-9一二三四五六七八九十]号[到至~、 -])|(?<=[0-9]号))({_DAY})号(?!{_NUMBERED})"
    rf"|(?:{_LED})({_DAY})(?:号(?!{_NUMBERED})|日(?![内后间量龄程游]|[以之](?!前)))"
    rf"|(?<=[本上下当同该]月)({_DAY})日"
    rf"|(?<=[请让叫排])({_DAY})号(?={_HOUR})"
    rf"|(?<=等)({_DAY})号(?=的)|(?<=[改换])({_DAY})号(?=行|可以|吧|第[一二三四五1-5][台个]|首台|[上下]午|不(?=[,。?\n]|$)|[,。?]|$)"
    rf"|{_STARTS}({_DAY})日(?={_BEHIND_DAY}|[送接][机站]|{_EVENT})"
    rf"|(?<=[我你您]上)({_DAY})号(?!{_NUMBERED}|[选球技病染鞋]|[一-鿿]?[楼线梯]|车)"
    rf"|(?<=[我你您])({_DAY})号(?!{_NUMBERED}|[选球技病染鞋])"
    rf"|{_FREE}{_NOT_LONG}({_DAY})日(?=已[拔拆转停出入做])"
    rf"|(?<=[缺漏])({_DAY})[号日](?=的|[、和]{_DAY}[号日]|[ ]?(?:记录|签[名字]|[早晚上下]))"
    rf"|(?:(?<=清明)|(?<=端午)|(?<=中秋)|(?<=元宵)|(?<=重阳)|(?<=冬至)|(?<=国庆)|(?<=元旦)|(?<=春节)|(?<=除夕))({_DAY})号(?!{_NUMBERED})"
    rf"|(?:(?<=请[其您你])|(?<=请于)|(?<=务必)|(?<=务必于)|(?<=必须)|(?<=最迟)|(?<=要求)|(?<=须于))({_DAY})日(?=[之以]?前)"
    rf"|{_STARTS}({_DAY})日(?=拔[除管]|拆[除线]|停用)"
    rf"|(?m:^)({DAY})日(?=[ ]{{1,2}}[0-2]?[0-9]:[0-5][0-9](?![0-9]))"
    rf"|(?<![一-鿿0-9A-Za-z./-])({DAY})日(?=(?:[、至到-]{DAY}日){{0,3}}[ ]{{1,6}}(?:带班|值班|[白夜早中晚主副]班|[一二三]线|休息|门诊|手术|巡[查视]))"
    rf"|(?:(?<=\n[0-9][.、)] )|(?<=\n[0-9][.、)]))({DAY})日(?=[早晚上下中]|[一-鿿]{{2,20}}?(?:[停出坐]诊|开会|查房|检查|会诊|手术|讲课|验收))"
    rf"|(?:(?<=改)|(?<=换到)|(?<=挪到)|(?<=推到))({DAY})日(?=[,。;、)\n ]|$)"
    rf"|{_FREE}{_NOT_LONG}({DAY})日(?=[0-2]?[0-9](?:点|时(?!间)|:[0-5][0-9])|[之以]?前(?:封存|[提上]交|交[回齐付]|完成|办[理完]|寄[回出到]|报[送名到]|付清|缴[清费]|答复|回复|反馈|归档|到位))"
    rf")"
)
"""最晚28号要上传, 8号到15号, 29号从华山医院出院."""

_OF_MONTH = Screened(rf"(?<=[本上下当同该]月){_DAY}(?:[、,和及]{_DAY}){{1,9}}[日号]")
"""本月5、8、12日."""

_SOMEBODY = r"先生|女士|[医律]师|医生|教授|主任|老师|大夫|护士|士长|[经助]理|院长|家属|客户|[总姐哥妈爸我你您他她们奶爷婆叔姨]"
_AT_HOME = r"[娘婆]家|老家|家里有|上坟|扫墓|相亲|订婚|结婚|办酒|吃酒|有事|有班|顶班"
"""For what somebody is away on a day: 武大姐9号娘家上坟."""
_DOES = rf"(?!住院[部楼]|[出入]口|[上下]铺|收费|值班室|开水)(?:{_AT_HOME}|[在去来从到回飞走又再才就还没已会能有休请值不上下开做出入住拍查复办约带交寄签收打拔转摔把给跟和与拿])"
_OF_SOMEBODY = Screened(rf"{_AHEAD}{_FREE}({_DAY})号(?={_DOES})")
_SOMEBODY_BEFORE = Regex(rf"(?:{_SOMEBODY})[ ]?\Z")
_BEHIND_NAME = Regex(
    rf"[ ]?({_DAY})(?:号(?={_DOES}|考|的(?:夜|白|早|晚|中)?班)|日(?=[去到飞考请休值出入拍复办交寄签要][^不]|[上下]午|[早晚]上|[早中晚夜白]班))"
)

_OTHER_NUMBERS = Regex("床|诊室|窗口|[叫排挂]号|手术间|选手|号[楼线机台桌柜门房球]")
_LOOSELY_DONE = Screened(
    rf"{_AHEAD}(?:{_FREE}{_NO_HOUSE}({_DAY})号(?=[就也才没能还](?=[一-鿿])|[打做查拍拔拆来去走回](?=[ ,。;!?\n]|$)|行(?:[吗么不]|(?=[ ,。;!?\n]|$))|可以[吗么不]|方便[吗么不]|吧(?=[,。;!?\n]|$)|去[一-鿿]{{1,6}}[打做拍查看办拿取开]|来[做打拿取找看]|把[一-鿿]|是[一-鿿]{{1,4}}[生忌]日|刚[才做从去来打拆]|见(?=[ ,。;!?\n]|$)|再说|太(?=[赶急早晚挤忙])|专家(?=[停出没有在])|落地|到[账站港]|给[一-鿿]{{0,2}}(?:结果|答复|回复))"
    rf"|(?:(?<=换[成到])|(?<=改成)|(?<=那就)|(?<=就定))({_DAY})号(?!{_NUMBERED}|[选球技病染鞋]))"
)
"""1号就打过去了, where nothing else is numbered."""

_WINDOWS = Regex("(?:窗口|诊室|柜台|通道|手术间|电梯|桌|机)(?:[0-9]{1,2}号?[、,和及到至~-])*\\Z")
"""发票在窗口|3号、5号|打印."""
_ROW = Screened(rf"(?<![0-9A-Za-z./\-第]){DAY}日(?:[ |\t]{{1,12}}{DAY}日){{2,}}(?![内后间量龄程游])")
_OF_ROW = Regex(rf"({DAY})日")
"""17日  18日  19日 at the head of a roster."""


def find_days_of_month(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of days without a month, 号 or 日 included; they may repeat. Linear in the length of the text."""
    for start, end in _found(reading):
        if not _WINDOWS.search(reading.text, max(0, start - 12), start):
            yield start, end


def _found(reading: Reading) -> Iterator[tuple[int, int]]:
    text = reading.text
    for match in reading.finditer(_DAY_OF_MONTH):
        yield match.start(match.lastindex or 0), match.end()
    yield from (match.span() for match in reading.finditer(_OF_MONTH))
    for match in reading.finditer(_OF_SOMEBODY):
        if _SOMEBODY_BEFORE.search(text, max(0, match.start() - 3), match.start()):
            yield match.span()
    for row in reading.finditer(_ROW):
        days = list(_OF_ROW.finditer(text, *row.span()))
        if all(int(later[1]) == int(day[1]) + 1 for day, later in pairwise(days)):
            yield from (day.span() for day in days)
    loosely = [(match.start(match.lastindex or 0), match.end()) for match in reading.finditer(_LOOSELY_DONE)]
    if loosely and not _OTHER_NUMBERS.search(text):
        yield from loosely


def days_of_persons(text: str, persons: Iterable[Detection]) -> Iterator[tuple[int, int]]:
    """李建国12号来复查."""
    for person in persons:
        if match := _BEHIND_NAME.match(text, person.end):
            yield match.start(1), match.end()
