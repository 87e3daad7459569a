"""Month and day in figures without a cue word: 4/9, 11.14.

The same figures are fractions, scores (肌力4/5), shares (5/10阳性), laboratory values and numbers of
sections. With a stroke they are a day unless they look like a share (1/2, 4/5) or are measured and counted
(淋巴结2/18转移). Others are a day only where a word of time leads to them (上次4.9), a verb of visiting or
treating follows (3/5电话沟通), they sign a text, or stand in a diary or a column of such days.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from deid.detection.company import is_measured, is_quantity
from deid.detection.figures import DAY, MONTH, ordinal
from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.detection.windows import matches, windows
from deid.regexes import Regex
from deid.types import Detection

_UNIT = r"[级分片丸贴帖袋支粒例倍次个人项页天年月岁度米元万千百克毫公斤颗枚根条杯勺滴包处]|小时|公里|周(?![一二三四五六日])|[阳阴]性|合格|相合|符合|达标|以[上下内]"
_CANDIDATE = Screened(
    rf"(?<![0-9A-Za-z./\-+×*~<>≤≥])(?P<month>{MONTH})(?P<mark>[./])(?P<day>{DAY})"
    rf"(?![0-9A-Za-z./%‰℃×*~+]|[ ]?(?:{_UNIT}))"
)
_HEAD_OF_CELL = Regex(
    rf"(?P<month>{MONTH})\.(?P<day>{DAY})(?=[ ]?(?:[一-鿿]{{2}}|[A-Z]{{2}}))(?![ ]?(?:{_UNIT}|偏|升高|降低|正常))"
)
"""2.4 本人接, at the head of a cell."""
_MEASURES = Regex("值|率|[血尿酸糖脂酐压量重高长温]$|指标|结果|评分|费|价|金额|[0-9]")
"""In the name of a column that holds values."""
_LEAST_IN_COLUMN, _MOST_IN_COLUMN = 4, 0.8
"""How many cells of a column begin with a day, and the share of them that do, in order."""
_FRACTION = Regex(r"1/[2-8]|2/[2357]|3/[3458]|4/[4568]|5/[568]")
_SHARE = Regex(rf"{_FRACTION.pattern}|1/1|2/2|3/3|[1-9]/10|10/10")
_NO_DAY = Screened(r"(?<![0-9A-Za-z./\-])(0|1[3-9]|[2-9][0-9])/([0-9]|[1-6][0-9])(?![0-9A-Za-z./])")
_NEAR_SHARE = 30
"""0/4, 13/21: a share, and so are others beside it."""
_ENUMERATED = Regex("[、,; ]{1,2}")
_BEGINS_CLAUSE = Regex(r"(?:^|[;:。\n,、]|[)】])[ ]?\Z")
_BEGINS_ENTRY = Regex(r"(?:^|[;:。\n,]|[0-9加]床)[ ]?\Z")
_TELLS = Regex(r"[ ]?(?![级分次个])[一-鿿A-Z]{2}")
_TELLS_OF_DAY = Regex(r"[一-鿿](?:[一-鿿]|[ ,。;])")
_SCALE, _LONGEST_ENTRY = 12, 40

_SECTION = Screened(
    r"(?m:^)[ ]*([1-9][0-9]?)\.([1-9][0-9]?)(?=[ ]?[一-鿿])(?![ ](?:周|星期)?[一二三四五六日天][ |\t])"
)
_FEWEST_SECTIONS = 3
_DEEP_SECTION = Screened(r"(?m:^)[ ]*([1-9]|1[0-2])\.([1-9][0-9]?\.[1-9][0-9]?)(?=[ ]{1,3}[一-鿿])")
"""6.1.3 of a folder: the first number stands at the head of more lines, which numbers of a list do not."""
_DAY_OF_CLAUSE = Screened(
    r"(?<=[:;])[ ]?([1-9]|[12][0-9]|3[01])日(?=[一-鿿]{2})(?![内后前间龄量剂均仍未疗为一二两三每左])"
)
_DAY_OF_LINE = Screened(r"(?m)^[ |]*([1-9]|[12][0-9]|3[01])[日号](?=[ :(|,]|[一-鿿]{2})")
_MOON_LINE = Screened(
    r"(?m)^[ ]*[*·•\-|]?[ ]*(初[一二三四五六七八九十]|三十|廿[一二三四五六七八九]|二十[三四五六七八九])(?=[ |:,](?!月|班|中|年))"
)
_MOON_SEASON = Regex("腊月|正月|除夕|大年|春节|过年|农历")
"""初一 全天高娃 / 初二 …: lines of a rota for the new year."""
_DAY_OF_COURSE = Screened(
    r"(?:(?<=[,。;])|(?m:^))[ ]?([1-9]|[12][0-9]|3[01])日(?=(?:凌晨|夜间|夜里|晨[起间]?|早[上晨]|清晨|[上下]午|中午|傍晚|晚[上间]?|午后)?(?:突[发然]|出现|再[次发]|发[热烧现作]|转[入出至回科到]|脱[机氧]|撤[机管]|拔[除管]|停[用药机]|行(?=[一-鿿]{2,10}(?:术|检查|治疗|化疗|造影|穿刺))|复[查测]|查(?=[血尿胸头腹心CBM])|体温|[入出]院|死亡|抢救|插管|气管|病情|神志|尿量|血压|会诊|加用|改[用为]|进[食流]|下床|开始|家属|输[血注]|送[检入]))"
)
"""15日夜间突发胸痛，16日转入ICU，18日脱机: the course of an illness, day by day."""
_ROUND = frozenset([20, 21, 28, 30])
"""So many days are counted as well: 21日复查."""
_LEAST_OF_COURSE = 13
_NEAR_DAYS = 7

# What was done on that day, right behind it.
_SESSION = r"[上下]午|晚(?![餐饭期])|凌晨|夜(?![尿间])|夜间(?=[发突又再])|第?[一二三123]台"
_DONE = rf"(?:{_SESSION}|(?!收缩|初[产始]|因子|转移|交界|复合)[行来入出转住手复就初做拔查予约起去停抽取因签置送退拿交收接换打诉改调更拆返]|归[还档]|急诊|排[气便]|进[食流]|[寄借领]|发[票货]|早(?![餐饭期搏孕产晚中])|电话|要?飞|在(?!线)|[夜早中白晚]班)"
_SURELY_DONE = rf"(?:{_SESSION}|[夜早中白晚]班|签|[入出转住来到]院|复诊|手术|做的|拔(?!牙价|高)|拆线|停(?![留产电车])|就诊|来电|补[记录]|才[回到来去走]|[退寄取领](?:的|款)(?=[,。;]|$))"
_DONE_AFTER = Regex(rf"[ ]?{_DONE}")
_SURELY_DONE_AFTER = Regex(rf"[ ]?{_SURELY_DONE}")
_HAPPENS = Regex(
    rf"(?!行走|起立|起[床伏始]|出[血汗])(?:{_DONE})|报[名到](?![费表])|面试(?!题)|考试(?!费)|开[始会学班]|结束|放假|上班|截止|确诊|全麻|出现|发[热烧作]"
)
_LATE = Regex(r"[ ]?(?:补[记录]|才[回到来去走])")
_SHIFT_AFTER = Regex(r"[ ]+[早白中晚夜]")
_GOES = Regex(r"[ ]?(?:[转来去到行复住就入返]|[上下]午|中午|早上|晚上)")
_ENDS = Regex(r"[ ]?(?:[,。;)\n\"]|$)")

# What leads to a day, right before it.
_TIME_WORD = Regex(
    r"(?:[上首初末下前本这那][次回]|第[一二三四五]批|[一二三四五六七八九]次|[预改]约|[复初首末二三四五六七八九]诊|复查|随访|拆线|[入出住]院|[发起]病|来电|日期|截止|[今昨明前后]天|周[一二三四五六日]|有效期|截[至止]|末次|换药|[交接值夜早白晚]班|第[0-9一二三四五六七八九]{1,2}(?:[次针剂]|个?疗程)|(?<![A-Za-z])(?:C[0-9]{1,2}|PO)?D[0-9]{1,2}|第[0-9一二三四五六七八九十]{1,3}天(?=\())"
    r"[ ,:(]?\Z"
)
_PREPOSITION = Regex(r"[到约在于自从至改,|][ ]?\Z")
_APPOINTED = Regex(
    r"(?:[预改已]约|重[挂约]|[开休延]至|[写记录][成为]|改[成为]|改到|改期[到自由从]?|定[在于]|排[在到])[ ]?\Z"
)
_COUNTED = Regex(
    r"(?:第[0-9一二三四五六七八九]{1,2}[次针剂][ :(]?|(?:第[0-9一二三四五六七八九十]{1,3}天|(?<![A-Za-z])(?:PO)?D[0-9]{1,2})\(|周[一二三四五六日]\()\Z"
)
_UNIT_AFTER = Regex(r"[ ]?[A-Za-zμ%]")
_WEEKDAY_AFTER = Regex(r"[ ]?\((?:周|星期)?[一二三四五六日]\)")
_CLOCK = Regex(r"[ ]{1,2}(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9])")
_ABOUT = Regex(r"约\Z")
_BREAK = Regex(r"(?:^|[,。;!?\"'(|\t\n)】〕\]①-⑳补换顶]|(?:备注|说明|记录|时间):)[ ]?\Z|\.[ ]\Z")
_FIGURE_BEFORE = Regex(r"[一-鿿](?<![分力级数率比例眼左右页共第])[ ]{1,2}\Z")
_SIGNED_BEFORE = Regex(r"[送记签写留字敬致启托][ ]{1,2}\Z")
_SENTENCE_BEFORE = Regex(r"[。!]\Z")
_GIVEN_BEFORE = Regex(r"(?:[敬]?赠|敬[书题]|拍?摄|留念)[, ]{1,2}\Z")
"""亓玉凤赠，10.14。"""
_HANDED_OVER = Regex(r"(?:签收|收货|寄出|送达|发出|到货|领取|取件|交付|归还)[ ]?\Z")
_READ_BEFORE = Regex(r"(?:[已请传]阅|[一-鿿]阅|同意|批准|核准|准予|知悉|收悉|属实|核对无误)[,。 ]{1,2}\Z")
"""站长国庆芳已阅，4.20: what signs a paper stands before a day as a name does."""
_END_OF_TEXT = Regex(r"[ ]*(?:\n[ ]*(?:\n|\Z)|\Z)")
_LINE_BEFORE = Regex(r"(?:^|\n)[ ]*\Z")
_END_OF_LINE = Regex(r"[ ]*(?:\n|\Z)")
_OTHER_FRACTION = Regex(r"[0-9]/[0-9]")

_PADDED = Screened(rf"(?<![0-9A-Za-z./\-])(?:0[1-9]|1[0-2])[/-](?:0[1-9]|[12][0-9]|3[01])(?=[ ]?{_DONE})")
_LINE_START = Screened(rf"(?:^|\n)[ ]*({MONTH}/{DAY})(?=[ :,][ ]*[一-鿿A-Z])")
_DOTTED_LINE = Screened(rf"(?:^|\n)[ ]*({MONTH}\.({DAY}))(?=[ ]+[一-鿿0-9(]|[-~至到]+{MONTH}\.{DAY}[ ])")
_DASHED_LINE = Screened(r"(?:^|\n)[ ]*((?:1[0-2]|0?[1-9])-(?:0[1-9]|[12][0-9]|3[01]))(?=[ ]{1,3}[一-鿿]{2})")
"""4-01 收尾款, 4-18 打车, rows of a cash book."""
_LABEL_OF_ROW = Regex(r"[ ]*([一-鿿]{1,6})(?:[: ]|$)")
_CYCLE = Screened(rf"(?<![0-9A-Za-z])C[0-9]{{1,2}}D[0-9]{{1,2}}[ :(]?({MONTH}-{DAY})(?![0-9A-Za-z.-])")
_LABEL = r"日期|受理|整理|[收取接阅调借还寄][片样件]|签收|[入出转离]院|[入出离]职|[入出转]科|[初复末首]诊|更新|截止|截至|签[订署收发]|签字|拆线|拔管|换药|确诊|采[血样]|送检|报告|手术|回访|随访|复查|登记|交接|到期|生效|起病|发病|填[表报]|记录|审核|领取"
_OF_VALUES = r"整理|更新|采[血样]|送检|报告|[入出转]科|起病|发病|登记|生效|记录|审核"
_LABELLED = Screened(
    rf"(?!(?:{_OF_VALUES})[ ]?:[ ]?{MONTH}\.0?[1-9](?![0-9])(?![ ]{{1,3}}[0-9]{{1,2}}:))(?<![糖压温重钾酐](?=记录|登记|报告))(?:{_LABEL})(?:日期|时间|日)?(?:[ ]?:|(?<=日期)|(?<=日)(?=[0-9]{{1,2}}[/-])|(?<=[院术线管]日)(?=[0-9]{{1,2}}[.])|(?<=[入出转]院时间))[ ]?({MONTH}[./-]{DAY})(?=[ ]*(?:[,;。、)|\n]|│|$)|[ ]{{1,3}}(?:[一-鿿(]|(?:[01]?[0-9]|2[0-3]):[0-5]))"
    rf"|时间[ ]?:?[ ]?({MONTH}[./]{DAY})(?=[ ]{{0,2}}(?:(?:[01]?[0-9]|2[0-3]):[0-5]|{_SESSION}))"
)
"""签订日期：3.18, 就诊时间：9.13 14:00, but 报告：6.5 is a value."""
_END_OF_TERM = rf"起?[ ]?[至到~-]+[ ]?(?:(?:20[0-9]{{2}}[年./-])?{MONTH}[./-]{DAY}(?![0-9.]|[ ]?(?:之间|波动|[年天周月个小%℃]))|今)"
_WHOLE_TERM = Screened(
    rf"(?:[服租聘任学假]务?期限?|期[限间])[ :]?[自从]?[ ]?({MONTH}[./-]{DAY})(?={_END_OF_TERM})起?[ ]?[至到~-]+[ ]?({MONTH}[./-]{DAY})(?![0-9])"
)
_TERM = Screened(
    rf"(?:[服租聘任学假]务?期限?|期[限间])[ :]?[自从]?[ ]?({MONTH}[./-]{DAY})(?={_END_OF_TERM})|(?<![分压值糖率量温钾钙酐]自)(?<=自)({MONTH}[./-]{DAY})(?=起[至到执生])"
    rf"|(?<=[日号]起[至到])({MONTH}[./-]{DAY})(?=止|[ ]?[,。;)\n]|$)|(?:(?<=[日号][至到])|(?<=起[至到]))({MONTH}[./-]{DAY})(?=止)|(?<=(?<![糖压温重钾酐率值])[今昨明]日\()({MONTH}[./-]{DAY})(?=\)(?!空腹|餐|[较比偏升降高低])[一-鿿])"
)
"""服务期自6.15起至10.22止, 今日（5.2）办理出院."""
_FIRST_OF_LINE = Screened(
    rf"(?:^|\n)[ ]*({MONTH}\.{DAY})(?=,[一-鿿]{{0,12}}(?:医院|[入出转住]院|[门急]诊(?!断)|手术|[一-鿿]科(?!普|学)))"
)
"""6.8，新桥医院呼吸科, but 6.8，空腹血糖 is an answer."""
_EXPIRES = Screened(
    rf"(?<![0-9A-Za-z./\-])({MONTH}-{DAY})(?=到期|截止)"
    rf"|(?<=以)({MONTH}[.]{DAY})(?=为准)"
    rf"|(?:(?<=置入)|(?<=更换)|(?<=拔除)|(?<=穿刺))({MONTH}-{DAY})(?![0-9A-Za-z./%-])"
)
_WEEKDAY = "(?:[ ]?(?:周|星期)?[一二三四五六日])?"
_ROW = Screened(
    rf"(?<![0-9A-Za-z./\-]){MONTH}/{DAY}(?:{_WEEKDAY}(?:[ ]{{0,3}}[|、,;\t][ ]{{0,3}}|[ ]{{1,4}}){MONTH}/{DAY}){{2,}}(?![0-9A-Za-z./%])"
)
_DOTTED_ROW = Screened(
    rf"(?<![0-9A-Za-z./\-]){MONTH}\.{DAY}(?:{_WEEKDAY}(?:[ ]{{0,3}}[|、,;\t][ ]{{0,3}}|[ ]{{1,16}}){MONTH}\.{DAY}){{3,}}(?![0-9A-Za-z./%])"
)
"""11.17 11.18 11.19 11.20 at the head of a rota: each a day after the other."""
_PAIR = Screened(
    rf"(?<![0-9A-Za-z./\-]){MONTH}/{DAY}[、和及与,]{MONTH}/{DAY}(?=[ ]?(?:[两二2]次|各|均|先后|分别))"
)
"""7/2、7/5两次输血."""
_MARK = Regex("[/.]")
_IN_ROW = Regex(rf"({MONTH})/({DAY})(?![0-9])")
_EVENT = Screened(
    rf"(?:(?<=[,:;。、\"“ ])|(?m:^))({MONTH}[.]{DAY})(?=[一-鿿]{{0,4}}(?:体检(?![套项]|价)|会议|大会|例会|年会|学术|义诊|培训|讲座|沙龙|团建|活动|参会|行程|会诊))"
)
"""6.12职工体检, 5.17学术会议."""
_FROM = Screened(
    rf"(?<=[,。;|])({MONTH}-(?:1[3-9]|2[0-9]|3[01]))(?=起(?![伏搏])|[出入转]院|复[查诊]|手术|拔管|拆线|停[药用])"
    rf"|(?:(?<=[,。;])|(?<=[.。;,] )|(?m:^))({MONTH}[./]{DAY})(?=起(?:[进改停加减恢禁普流每吃服用住换打执调休请由]|治疗|透析|咨询|随访|半流|口服|下[床地]|予[一-鿿]|低[盐脂糖]))"
)
"""3-22起进流食, 8.27起改半流质."""
_OF_REPORT = Screened(
    rf"\(({MONTH}[/-]{DAY}),(?=[^()\n]{{0,20}}(?:院|病理号|检查号|影像号|报告号|片号|标本号|编号))"
    rf"|(?<![0-9A-Za-z./\-])({MONTH}[/.]{DAY})(?=日[志报记程])|(?<=[院所心],)({MONTH}[./-]{DAY})(?=,(?:检查|影像|病理|报告|标本|条码|片)号)"
)
"""病理（3/1，江西省人民医院）, 见6/19日志."""
_EXCHANGED = Screened(
    rf"(?<![0-9A-Za-z./\-])({MONTH}[/.]{DAY})(?:改?换|[改调]|[改调换顺延推][到至为成在])({MONTH}[/.]{DAY})(?![0-9A-Za-z./%]|[ ]?(?:{_UNIT}))"
)
"""6/24换6/26."""
_MOVED = Screened(
    rf"(?:改[约期到签]|[预重]约|约[在到好]?|[延推提][期后迟前]|调[整到]|复诊|挂号)[ :]{{0,2}}({MONTH}-{DAY})[ ]?(?:→|->)[ ]?({MONTH}-{DAY})(?![0-9A-Za-z./%-]|[ ]?(?:{_UNIT}|床|号[床楼]))"
)
"""11-22→11-29."""
_AGREED = Screened(
    rf"(?:[预改]约|约[在到好])[ ]?({MONTH}[/-](?:1[3-9]|2[0-9]|3[01]))(?![0-9]|[ ]?{_UNIT})"
    rf"|\(({MONTH}[/-](?:1[3-9]|2[0-9]|3[01]))(?=起[),、])"
    rf"|(?<![0-9A-Za-z./\-])({MONTH}/(?:1[3-9]|2[0-9]|3[01]))(?=之?前[一-鿿]|以前|之后|会诊|[送接][机站]|复[测查])"
    rf"|(?:(?<=[在于 ,。;(料件单表款])|(?m:^))({MONTH}[.-]{DAY})(?=[之以]?前(?:[交提完办寄回发报到填补缴付退审签归还取搬确]|[ ]*(?:[,。;)\n]|$)))"
    rf"|(?:周|星期|礼拜)[一二三四五六日天][ (]{{1,2}}({MONTH}[./]{DAY})(?=[ )])|(?<![A-Za-z])(?:[Oo]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Dd]ated)[ ]({MONTH}/{DAY})(?=[ ,.;)]|$)"
)
"""预约11-24, （8-18起）, 5/29之前寄出."""
_VISIT = Screened(
    rf"[初复首末二三四五六七八九]诊[ :(]{{0,2}}({MONTH}(?:-{DAY}(?=\)?[ ]?(?:[:,。;\n]|$))|\.{DAY}(?=:)|\.(?:[12][0-9]|3[01])(?=[,。;、)\n]|$)))"
    rf"|(?:(?:追|提)问|追评|回复|补充)[ ]?({MONTH}-{DAY})(?=:)"
)
"""二诊 11-13：能睡了, 追问 08-30：."""
_PLANNED = Screened(
    rf"下次(?:[抽采]血|[化放理针]疗|门诊|换药|检查|透析|家访|上门|体检|打针|注射|输液|会诊|随诊|评估|[面治]诊|治疗|[用给取]药)[ :]{{0,2}}({MONTH}[./-]{DAY})(?![0-9A-Za-z./%-]|[ ]?(?:{_UNIT}))"
    rf"|第[0-9一二三四五六七八九]{{1,2}}(?:周期|疗?程)[ ]?({MONTH}[./-]{DAY})(?=起|[ ]?[,。;)\n]|$)"
    rf"|(?<=医院)({MONTH}[./-]{DAY})(?=[入出转住]院|手术|复[查诊]|确诊)"
    rf"|(?<=[|]改)({MONTH}\.[1-3][0-9])(?=[,;|。])|(?<=[一-鿿],)({MONTH}\.{DAY})(?=还[)。])"
)
"""下次抽血 10.21, 第1周期 4.11起, 唐都医院8.9出院."""
_OF_SHIFT = Screened(
    rf"(?:(?:交接|[交接值早中晚夜白]班|病程|查房|(?:医[生师]|护士|大夫|主任|签[名字]|记录)[,:])[ :]{{0,3}}[(\[]?|(?m:^)[ ]*[(\[【])[ :]{{0,3}}({MONTH}\.{DAY})(?=[)\]】]?[ ]{{1,2}}(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9]))"
)
"""交班 5.28 22:00."""
_NOTED = Screened(
    rf"(?:(?<=[。;])|(?m:^))[ ]*((?=0|[0-9-]{{3}}0)(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?=[一-鿿]{{2}})(?![ ]?{_UNIT}|[床室房号楼栋层])"
)
"""11-09右小腿肿胀."""
_APPOINTMENT = Screened(
    rf"(?<![0-9A-Za-z./\-])({MONTH}\.{DAY})(?=[ ]{{1,2}}(?:[01]?[0-9]|2[0-3]):[0-5][0-9][ ]?(?:[约见]|预约|面诊|来院|开会|手术|集合|出发|空腹|抽血|报到))"
)
"""3.19 9:30约."""
_DAY_FIRST = Screened(
    r"(?<![0-9A-Za-z./\-])((?:1[3-9]|2[0-9]|3[01])/(?:0?[1-9]|1[0-2]))(?=[ ]{1,2}(?:[上下]午|晚上|凌晨|中午)[0-9]{1,2}:[0-5])"
)
"""14/6 下午2:33, as Hong Kong writes it."""
_YEAR_BEHIND_DAY = Screened(
    r"(?<![0-9A-Za-z./\-])(?:1[3-9]|2[0-9]|3[01])/(?:0?[1-9]|1[0-2])/(?:20)?[0-9]{2}(?![0-9A-Za-z./\-])"
)
_DAY_BEFORE_MONTH = Screened(
    rf"(?<![0-9A-Za-z./\-+×*~<>≤≥])(?:1[3-9]|2[0-9]|3[01])/(?:0?[1-9]|1[0-2])(?![0-9A-Za-z./%‰℃×*~+]|[ ]?(?:{_UNIT}))"
)
"""28/1, where another day of the text is written so with its year: 14/02/2023."""
_FEAST = Screened(
    rf"(?:满月酒?|百日宴?|周岁宴|婚礼|婚期|头七|开业|开庭|年会)(?:是|定在|在)?[ :]?({MONTH}[./]{DAY})(?=[ ]?[,。;)\n]|$)|(?<=[昨今明]\()({MONTH}/{DAY})(?=\))"
    rf"|(?:验孕|取卵|移植|胚移|促排|进周|建档)日?[ :]?({MONTH}[./]{DAY})(?=[ ]?[,。;)\n]|[ ][一-鿿]{{2}}|$)"
)
"""满月酒4.20, 昨(3/4)今(3/5), 取卵日 3.5."""
_DOTTED_CLAUSE = Screened(
    rf"(?:(?<=[(;,。])|(?m:^))[ ]?({MONTH}\.({DAY}))(?=[ ]?(?:已(?:电|联|接|回访|告|通|发|约|复诊|来|取|寄|加)|未(?:接|回|到|来|取|联)|没(?:接|回|到|来|取)|接通|电话|微信|来电|回访|随访|上门|面谈|门诊|邮件|短信)[一-鿿(;,。)]?)"
)
"""(3.4 已电话; 3.11 未接; 3.18 接通)."""
_YEAR_OF_SERIES = Screened(
    r"[(\[〔]((?:19|20)[0-9]{2})(?=(?:[)\]〕][ ]?)?第[ ]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[次期届场])"
)
"""专家组会议纪要（2024第9次）."""
_SHIFTS = Screened(
    rf"(?:(?:值班|排班|班次|轮[值班]|[门出]诊安排)表?\(|(?<![0-9A-Za-z./\-]))({MONTH}\.{DAY})(?:-+|~|[—–]{{1,2}}|至|到)({MONTH}\.{DAY})(?=[ ]?(?:值班|排班|放假|休假|休息|轮转|出差|住院(?!患者|病人|日)|每[天日]|停诊|出诊|体检)|\))"
)
_OF_ROTA = Screened(
    rf"(?:值班|排班|班次|轮[值班]|行程|日程)表?[ ]{{1,8}}({MONTH}\.{DAY})(?:-+|~|[—–]{{1,2}}|至|到)({MONTH}\.{DAY})(?=[ ]{{2}}|[ ]*(?:\n|$|[,;。)]))"
)
_AWAY = Screened(
    rf"(?:出差|请假|休假|年假|外出|培训|出诊|停诊|住院|陪诊费?|行程|日期|时间|(?:假|休息?|出差)[0-9一二三四五六七八九十两]{{1,2}}天)[ :(]?({MONTH})\.({DAY})(?:-+|~|至|到)({MONTH})\.({DAY})(?![0-9.%]|[ ]?(?:{_UNIT}))"
    rf"|(?<![0-9A-Za-z./\-])({MONTH})\.({DAY})(?:-+|~|至|到)({MONTH})\.({DAY})(?=[ ]?(?:住(?!院)|入住|去(?![甲除氧])[一-鿿]{{2}}|赴|出差|请假|休假|陪|第[一二三四五六七八九0-9]{{1,2}}(?:周期|疗程|次?[化放]疗)))"
)
_ENDS_TERM = Regex(rf"[0-9]\.[0-9]{{1,2}}(?:-+|~|至|到)({MONTH})\.({DAY})\Z")
_NEXT_TERM = Regex(
    rf"[^0-9\n]{{1,16}}\n?[ ]*({MONTH})\.({DAY})(?:-+|~|至|到)({MONTH})\.({DAY})(?![0-9.%]|[ ]?(?:{_UNIT}))"
)
_ASSESSED = Screened(
    rf"(?:[首初中末]评|末次|预产)[ :]{{1,2}}({MONTH}\.{DAY})(?![0-9.%]|[ ]?(?:{_UNIT}|[A-Za-z]))"
)
"""首评 3.11  中评 4.11."""
_LOG_HEAD = Screened(
    rf"(?:^|\n)[ ]*({MONTH}-{DAY})(?=[ ]{{1,2}}[一-鿿]{{0,4}}(?:值班|交接|交班|[早中晚夜白]班|日[志报]|记录|例会|晨会|小结|查房))"
)
_DASHED_SESSION = Screened(rf"(?<![0-9A-Za-z./\-])({MONTH}-{DAY})(?=[上下]午|[早中晚夜白]班|晚上|凌晨)")
"""4-12上午, where a log is headed by such a day."""
_OF_FILE = Screened(
    r"(?:(?<!IMG)(?<!DSC)(?<!DSCN)(?<!MVI)(?<!VID)(?<!PIC)_|(?<=[一-鿿]))((?:2[0-9](?=[01][0-9]{3}\.))?(?!02[3-9]|(?:0[469]|11)31)(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?=\.(?:pdf|zip|rar|docx?|xlsx?|jpe?g|png)(?![A-Za-z0-9]))"
)
_MOMENT_OF_FILE = Screened(
    r"(?:(?<![0-9A-Za-z])|(?<=IMG|REC|VID|MVI|PIC))((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]|(?=-(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]-)))(?=[0-9A-Za-z_\-.]{0,40}\.(?:wav|mp[34]|amr|m4a|silk|mov|avi|jpe?g|png|pdf|docx?|xlsx?|zip|rar|txt|csv)(?![A-Za-z0-9]))"
)
"""20240512090122_8012.wav: when something was recorded."""
_SLASHED_RANGE = Screened(
    rf"(?<![0-9A-Za-z./\-+×*~<>≤≥])({MONTH}/({DAY}))(?:-+|~|至|到)({MONTH}/({DAY}))(?![0-9A-Za-z./%]|[ ]?(?:{_UNIT}))"
)
_WEEK = Screened(rf"(?:周|排班|值班|班次|班)表?\(({MONTH}/{DAY})(?:-+|~|至|到)({MONTH}/{DAY})\)")
_MONTH_FIRST = Screened(
    r"(?<![0-9A-Za-z./\-])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2[0-9]|3[01])/[0-9]{2}(?![0-9A-Za-z./%\-])"
    r"|(?<![0-9A-Za-z./\-])(?:0[1-9]|1[0-2])/(?:0[1-9]|[12][0-9]|3[01])/[0-9]{2}(?=[ ]{1,2}(?:[01][0-9]|2[0-3]):[0-5][0-9](?![0-9]))"
)
_MONTH_IN_CLAUSE = Screened(rf"(?<=\()((?:19|20)[0-9]{{2}}[./]{MONTH})(?=,[ ]?[一-鿿]|\))")
_YEAR_OF_OPERATION = Screened(r"(?<=[术产除切史伤]\()((?:19|20)[0-9]{2})(?=\))")
"""剖宫产(2008)."""
_YEAR_AND_MONTH = Screened(
    rf"(?<![0-9A-Za-z./\-])((?:19|20)[0-9]{{2}}[./]{MONTH})(?=[ ]?(?:起(?![点价])|生效|到期|[上下]午|[初末底]|开始|体检|手术|[入出]院|确诊|诊断|起病|发病|复查|复发|住院|剖宫产|顺产|结婚|离婚|入职|离职|毕业|参加工作|参[军保]|入[伍党园学托]|退[休伍役]|转业|移民|[出回]国|调[入至到任]|下岗|失业|内退|丧偶|[去离]世|病故|搬[到至]|定居|查[出见]|植入|初潮|绝经|建[卡档册](?!号)))"
    rf"|(?m:^)(?:[#(]?[0-9]{{1,2}}[).、]?[ ]{{1,2}})?((?:19|20)[0-9]{{2}}\.{MONTH})(?=[ ]{{1,3}}[一-鿿])(?![ ]+(?:版|第|年|元|万|亿|例|人))"
)
_HEADS_MESSAGE = Screened(
    r"(?:(?m:^)|\[)((?:1[0-2]|0?[1-9]|[12][0-9]|3[01])([/.-])(?:1[0-2]|0?[1-9]|[12][0-9]|3[01])\2(?:20)?[0-9]{2})(?=,?[ ][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:[ ]?[AaPp]\.?[Mm]\.?)?(?:\]|[ ]-[ ]|[ ][^\n:]{1,24}:[ ]))"
)
"""[10/8/24, 14:26:30] and 8/10/24, 2:26 PM - as messengers export them."""
_MONTHS_LISTED = Screened(
    rf"(?<![0-9A-Za-z./\-]|[号版本准])(?<![号版本准][: ])((?:(?:19|20)[0-9]{{2}}[./]{MONTH}[、,和及])+(?:19|20)[0-9]{{2}}[./]{MONTH})(?![0-9A-Za-z./%\-])"
)
_YEARS_LISTED = Screened(
    r"(?<![0-9A-Za-z./\-第])((?:(?:(?:19|20)?[0-9]{2})年?[、,和/]){1,5}(?:19|20)?[0-9]{2}年?)(?=[ ]?(?:[两二三四五2-5]次|先后|分别|均|各)(?:[一-鿿]{0,4})(?:住院|手术|[化放]疗|复发|发作|骨折|中风|脑梗|心梗|剖|流产|怀孕|体检|行))"
    r"|(?<![0-9A-Za-z./\-])((?:19|20)[0-9]{2}(?:[至到~]|-+)(?:19|20)[0-9]{2})(?=年?间|之间|期间)"
    r"|(?<![0-9A-Za-z./\-])((?:19|20)[0-9]{2}[至到~–—-](?:19|20)[0-9]{2})(?=[ \t]{1,3}[一-鿿]{2,12}?(?:学院|大学|[中小]学|[卫职技党]校|医院|诊所|公司|厂))"
    r"|(?:(?<=[次回年遍项届奖兵手]\()|(?<=[党团社]员\()|(?<=[工劳]作者\())(?<!每次\()((?:19[4-9]|20[0-3])[0-9](?:[、,和/][ ]?(?:19[4-9]|20[0-3])[0-9]){1,6})(?=\)(?![ ]?(?:[A-Za-z]|毫升|千卡|元)))"
    r"|(?<![0-9A-Za-z./\-第])((?:19[4-9]|20[0-3])[0-9](?:[、,和/](?:19[4-9]|20[0-3])[0-9]){1,4})(?=[ ]?(?:连续(?!记录|输|[两三四五2-5]?[天日次周h小])|(?:连续)?[两三四五2-5]年))"
)
_YEAR_OF_LIST = Regex(r"(?:19|20)[0-9]{2}年?|[0-9]{2}年?")
"""2015/2018/2021三次手术; 15、18年两次骨折: the last is a year, or all have four figures; 住过三次（2003、2019）."""
_MONTH_IN_CELL = Screened(rf"(?:(?<=[|\t])|(?m:^))[ ]?(20[0-3][0-9]\.{MONTH})(?=[ ]?(?:[|\t\n]|\Z))")
_AMOUNT_IN_CELL = Regex(r"(?<=[|\t])[ ]?[0-9]{4}\.[0-9]{1,2}(?=[ ]?(?:[|\t\n]|\Z))")
_OF_AMOUNTS = Regex("单价|价格|售价|金额|参考(?:值|区间|范围)")
_FEWEST_CELLS = 3
"""2023.3|2025.3 in a table of no prices or laboratory values, where no such cell is an amount: 2180.5."""
_OF_LIST = Regex(rf"(?:19|20)[0-9]{{2}}[./]{MONTH}(?![0-9])")
"""2024.1、2024.4、2024.7三次复查; but 批号2024.01、2024.02."""
_CONFUSED = Screened(  # 2025-07-O7 as a scan reads it
    r"(?<![0-9A-Za-z])(?=[0-9./-]{0,9}[OoIl])(?:2[0Oo][0-9OoIl]{2}|2[0-9])([./-])[01OoIl]?[0-9OoIl]\1[0-3OoIl]?[0-9OoIl](?![0-9A-Za-z])"
)
_DIGITS_APART = r"[0-9](?: [0-9])?"
_APART = Screened(
    rf"(?<![0-9A-Za-z])[12] [09] [0-9] [0-9] ?(?:年 ?{_DIGITS_APART} ?月 ?{_DIGITS_APART} ?[日号]"
    r"|([./-]) ?[01] [0-9] ?\1 ?[0-3] [0-9](?! ?[0-9]))"
)
_MISREAD = Screened(
    r"(?<![0-9A-Za-z])(?=[0-9年月 ]{0,10}[OoIl])(?:[12][09Oo][0-9OoIl]{2}[ ]?年[ ]?)?[01OoIl]?[0-9OoIl][ ]?月[ ]?[0-3OoIl]?[0-9OoIl][ ]?[日号曰](?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?=[0-9年 ]{0,7}[OoIl])[12][09Oo][0-9OoIl]{2}[ ]?年[ ]?[01OoIl]?[0-9OoIl][ ]?月(?![ ]?[0-9OoIl])"
)
"""1952年O7月19日 as a scan reads it."""
_COMMAS = Screened(
    r"(?:(?<=[于在自从至到])|(?m:^)|(?<=(?:日期|时间|生日|出生):))((?:19[2-9]|20[0-3])[0-9],(?:1[0-2]|0?[1-9]),(?:3[01]|[12][0-9]|0?[1-9]))(?![0-9A-Za-z.,%])(?=[^,0-9\n]{2})"
)
"""于2024,3,5在我院手术."""
_IN_ENGLISH = Screened(
    r"(?<![0-9A-Za-z\-])(?:0?[1-9]|[12][0-9]|3[01])(?:(?:st|nd|rd|th)[ ](?:of[ ])?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec),?[ ](?:19|20)[0-9]{2}|-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-[0-9]{2})(?![0-9A-Za-z\-])"
)
"""3rd March 2024, 03-Mar-24."""
_MONTH_IN_ENGLISH = Screened(
    r"(?:(?<=[Ii]n )|(?<=[Ss]ince )|(?<=until )|(?<=from )|(?<=last )|(?<=by )|(?<=late )|(?<=early )|(?<=mid-))(?:January|February|April|June|July|August|September|October|November|December)(?![A-Za-z]|[ ]{1,2}[0-9])"
    r"|(?<![0-9A-Za-z])Q[1-4][ /-]?(?:19|20)[0-9]{2}(?![0-9A-Za-z\-])"
)
"""since August, Q3 2023."""
_DOTTED_RANGE = Screened(
    rf"(?:[周班期日天间假][一-鿿]{{0,4}}|(?:记录|病历|病案|小结|清单|住院|发票))\(({MONTH}\.{DAY})(?:-+|~|—|至)({MONTH}\.{DAY})\)"
)
_CELL = Screened(rf"[\t|][ ]?({MONTH}/({DAY}))(?=[ ]?(?:{_SESSION}|不限)?[ ]?(?:[\t|\n]|$))")
_CELL_OF_SESSION = Screened(
    rf"[\t|,][ ]?({MONTH}\.{DAY})(?=[ ](?:[上下]午|晚上|不限|全天)[ ]?(?:[\t|,\n]|$))"
)
# 113/03/12: years of the Republic of China, as Taiwan writes them.
_MINGUO = Screened(
    r"(?:日期|时间|生日|年月日|[出入住]院|[门急]诊|就诊|回诊|期间|(?<![A-Za-z])ROC)[ :]{0,2}((?:1[01][0-9]|0[2-9][0-9])([/.-])(?:1[0-2]|0?[1-9])\2(?:3[01]|[12][0-9]|0?[1-9]))(?![0-9A-Za-z%.])"
    r"|(?<![0-9A-Za-z./\-])((?:1[01][0-9]|0[2-9][0-9])([/.])(?:0[1-9]|1[0-2])\4(?:0[1-9]|[12][0-9]|3[01]))(?=[ ]?(?:[入出住回]院|[门急初复回]诊|就诊|手术|生(?![活命产])|\((?:周|星期|礼拜)?[一二三四五六日天]\)))"
)
_MINGUO_BARE = Screened(
    rf"(?<![0-9A-Za-z./\-])1[01][0-9]([./])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12][0-9]|0?[1-9])(?![0-9A-Za-z%./\-]|[ ]?(?:{_UNIT}))"
)
_OF_TAIWAN = Screened(
    r"民国[ ]?(?:元|[0-9一二三四五六七八九十]{1,4})|健保(?![康])|身分证|卫福部|护理师|台(?:[北中南东湾](?!段)|大医院)|新北市|高雄|桃园市"
)
"""114.2.18 where a text is of Taiwan, as its papers say."""
_MINGUO_COMPACT = Screened(
    r"(?:日期|生日|年月日)[ :]{0,2}((?:1[01][0-9]|0[2-9][0-9])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9A-Za-z])"
)
_END_OF_MINGUO = Screened(
    r"(?<![0-9])(?:(?<=1[01][0-9][/.][01][0-9][/.][0-3][0-9][-~至到])|(?<=1[01][0-9]\.[0-9]\.[0-9][-~至到])|(?<=1[01][0-9]\.[0-9]\.[0-9]{2}[-~至到]))(1[01][0-9][/.](?:1[0-2]|0?[1-9])[/.](?:3[01]|[12][0-9]|0?[1-9]))(?![0-9])"
)
_DONE_AT_HOSPITAL = Screened(
    r"(?<![0-9A-Za-z./\-])((?:1[5-9]|2[0-9])\.(?:1[0-2]|[1-9]))(?=[在于][^,。;\n]{0,12}?(?:医院|[附一二三]院|中心|门诊|卫生院))"
)
"""23.5在抚顺市中心医院查ANA."""
_DOSED = Screened(
    rf"(?<![0-9A-Za-z./\-])({MONTH}\.{DAY})-+({MONTH}\.{DAY})(?=[一-鿿]{{2,9}}[0-9.]{{1,6}}[ ]?(?:mg|ug|g|ml|U|IU)(?![A-Za-z]))"
)
"""6.14-6.16甲泼尼龙0.5g."""
_OF_OPERATION = Screened(
    r"(?:术|切除|骨折|结扎|剖宫产|阑尾炎?|置换|支架|搭桥|住院|卒中|[脑心]梗)\(((?:19|20)?[0-9]{2}年)(?=[,)、])"
)
"""阑尾切除（92年，镇卫生院）."""
_MONTH_OF_STORY = Screened(
    r"(?:去年|今年|前年|(?:19|20)[0-9]{2}年)[^。\n]{0,30}?,((?:1[0-2]|[1-9])月)(?=[以之]后(?![添可宜应加再])|起(?!伏)|开始(?![添加])|底|初)|(?<![0-9])((?:1[0-2]|[1-9])月)(?=[中高]考)"
)
"""去年国庆起吃饭发噎，12月以后粥也要慢慢咽; 6月中考."""
_FEW_YEARS = "|".join(f"{first}{second}" for first, second in pairwise("一二三四五六七八九"))
_SPOKEN_YEAR = Screened(
    rf"(?<![0-9〇零一二三四五六七八九十百千个第])(?:(?!{_FEW_YEARS})[五六七八九][〇零一二三五四六七八九]|零[一二三四五六七八九]"
    r"|(?<=[是于在自从到])(?:五六|六七|七八|八九)(?=年(?:的?时|[生退结参毕工]))|(?:五六|六七|七八|八九)(?=年(?:的人(?![^,。;!? ])|生人|生的))|(?<=[是于在自从到])[二2][〇零一二三四](?=年[生退结参毕])|[一二][〇零一二三四五六七八九](?=年[春夏秋冬]天?[^一-鿿]*[一-鿿]))年(?![级代龄前后以内多半]|来(?!(?:上海|北京|广州|深圳|[一-鿿]{2})(?:进|当|读|做|工作)))"
)
"""七九年, 零三年; 七八年 counts years, but where a life is told (是七八年生的)."""
_LUNAR_DAY = Screened(r"(?<![年月最起当])初[四五六七八九十](?![中年级班]|[一二三四五六七八九](?!点))")
_MOON_DAY = Screened(
    r"(?<![0-9一二三四五六七八九十几两])(?:(?:二月二|三月三|六月六|九月九)(?![次个天日年月十岁周节])|七月半(?!岁)|(?:[正冬腊二三四五六七八九]|十[一二]?)月(?:廿[一二三四五六七八九几]?|[二]?十几))"
    r"|年三十(?=[晚夜摔回]|那天)|(?:农|阴|旧|古)历[ ]?(?:0?[1-9]|1[0-2])[./](?:0?[1-9]|[12][0-9]|30)(?![0-9.])"
)
"""三月三, 腊月廿几, 农历6.8."""
_MONTH_IN_BRACKETS = Screened(r"(?:[表册单报账]|记录|总结|计划|名单|排班|值班)\(((?:1[0-2]|0?[1-9])月份?)\)")
_MONTH_OF_FILE = Screened(
    r"[+_](?<=[一-鿿A-Za-z)][+_])((?:1[0-2]|0?[1-9])月份?)(?=[\"'”』」》】.)]|[ ]*(?:\n|$))"
)
"""附件叫“姓名+1月”."""
_MONTH_BEHIND_AGE = Screened(r"(?<=(?:1[5-9]|[2-9][0-9])岁)((?:1[0-2]|[1-9])月份?)(?![0-9龄大])")
"""6月 in 68岁6月入院: grown persons are not told of with months."""
_BIRTHDAY = Screened(
    r"(?:出生年月|出生日期|出生)[ :|]{0,3}((?:1[3-9]|[2-9][0-9])[./-](?:1[0-2]|0?[1-9]))(?![0-9A-Za-z./\-]|[ ]?(?:kg|g|cm|斤|公|克|周)|[^\n。;0-9]{0,4}(?:体重|身长|Apgar|评分))"
    r"|出生年月[ :|]{0,3}((?:[3-9][0-9]|[01][0-9])(?:0[1-9]|1[0-2]))(?![0-9A-Za-z./\-])"
    r"|(?:(?<!过)生日|[Bb]irthday|BIRTHDAY)(?:[写填登录印]成)?[ :=是]{0,3}((?!02[3-9]|(?:0[469]|11)31)(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9A-Za-z./\-])"
)
"""生日0812, 出生年月：68.10."""
_DIED = Screened(
    r"(?:†[ ]?|(?<![A-Za-z.])d\.[ ]?)((?:18|19|20)[0-9]{2}(?:[./-](?:0?[1-9]|1[0-2]))?)(?![0-9A-Za-z./-])"
    r"|(?:已故|去世|过世|[病亡身]故|病逝)[ ]?\(((?:19|20)[0-9]{2})(?=\))"
    r"|(?<![0-9A-Za-z./-])((?:19|20)[0-9]{2})(?=(?:投河|去世|病[故逝]|过世|死于))"
)
"""*1977 †2019, b. 1958, d. 2011, 已故（2019）; but 钙片 b.i.d. 1800."""
_OF_ERA = Screened(
    rf"(?:昭和|平成|令和|大正|民国)[ ]?[0-9]{{1,3}}([./-]){MONTH}\1{DAY}(?![0-9])"
    rf"|(?<![0-9.第院校国会司厂立])1[01][0-9]年[ ]?{MONTH}月(?:[ ]?{DAY}日)?"
)
"""昭和45.2.14; 113年3月5日, as Taiwan writes it."""
_SIX_FIGURES = Screened(
    r"(?<![0-9A-Za-z./\-])(2[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?=[入出转]院(?!号)|复[查诊](?!号)|初诊(?!号)|手术(?!号|费)|确诊|就诊(?!号|卡)|上门|来电|回访|随访|到店|来访|面谈|会谈|投诉(?!号|单)|签约(?!号)|建档(?!号)|换药|拔管|拆线)"
    r"|(?m:^)[ ]*(2[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?=[ ]{1,2}(?:[术产]后|术前|查房|病程|交班|患[者儿](?!数)|病人(?!数)|神[清志]|一般情况|主诉|复[诊查](?![,。 ]|$)|电话(?!号)|随访|今[晨天]|POD|D[0-9]))"
    r"|(?:(?<=[,。;(])|(?m:^))[ ]?((?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?=来电(?!显示)|回访|随访|上门|到店|来访|面谈|[入出]院(?!号)|复[查诊](?!号)|初诊(?!号)|换药|拔管|[上下]午|晚上|凌晨|中午|[早晚夜白]班)"
)
"""240304入院, 0305来电, 240312 术后D1."""
_LAST_CONTACT = Screened(
    rf"(?:最[后近]|末次|上次|首次|下次)(?:一次)?(?:来电|去电|跟进|联系|回访|登录|通话|沟通|来访|上门|到店|下单|咨询)(?:时间|日期|日|于)?[ :]{{0,2}}(?!(?:{_FRACTION.pattern})(?![0-9]))({MONTH}[./-]{DAY})(?![0-9A-Za-z./%-]|[ ]?(?:{_UNIT}))"
    rf"|(?:小结|记录|备注|沟通|跟进|回访|随访|交接|交班|反馈|回复)\([一-鿿]{{2,4}},[ ]?({MONTH}-{DAY})(?=\))"
    rf"|(?:末次|最[后近]一次)[ :]?({MONTH}-(?:1[3-9]|2[0-9]|3[01]))(?=[ ]?(?:[,。;)\n]|$))"
    rf"|(?<![0-9A-Za-z./-])(?!(?:{_FRACTION.pattern})(?![0-9]))({MONTH}/{DAY})(?=[ ]?(?:CT|MRI?|PET|DR|B超|彩超|胃镜|肠镜|胸片|病理|血常规)(?![0-9A-Za-z]))"
    rf"|(?:CT|MRI?|PET|DR|B超|彩超|胃镜|肠镜|胸片)[ ]?(?!(?:{_FRACTION.pattern})(?![0-9]))({MONTH}/{DAY})(?=[ ]?[(,;:。一-鿿])"
)
"""最后来电09-29, 上次小结（小满，5-30）, 末次10-29, 7/30CT, 胸部CT12/6."""
_ENDS_HEADING = Screened(
    r"(?<=[一-鿿 ])\((0[1-9]-(?:0[1-9]|[12][0-9]|3[01])|1[0-2]-0[1-9])\)(?=[ ]*(?:\n|$))"
)
"""工单群 （05-30）."""
_YEAR_OF_TABLE = Screened(
    r"(?:台账|登记[表簿册]|汇总表|排班表|花?名册|名单|年报|报表|统计表)((?:19|20)[0-9]{2})(?=\([一-鿿]{1,4}\)|[ ]*(?:\n|$))"
)
"""投诉登记台账2023（摘）."""
_OF_IMAGE = Screened(
    rf"(?:CT[AV]?|MR[IA]?|PET|DR|X线|[平胸]片|[B彩]超|超声|造影|[胃肠内]镜|心电图|心超|钼靶)\(({MONTH}[.-]{DAY})(?:\)(?=[ ]?[:;,。示见提]|[两双左右心肺肝胆腹颅胸腰颈盆])|(?=,[ ]?[一-鿿]{{2}}))"
)
"""腹部增强CT（3.12）：, for a picture has no value of its own."""
_REMARK = Screened(
    rf"(?:备注|记录|跟进|小结|回访|随访|补记|留言|批注|沟通|交接|交班|更新|反馈|质检|复核|抽查)[(\[][ ]?({MONTH}[./-]{DAY})(?=[ ,](?:[一-鿿·]{{2,6}}|[A-Za-z]{{3,8}})[ ]?[)\]])"
    rf"|[(\[]({MONTH}[./-]{DAY})(?=[ ,][一-鿿·]{{1,4}}(?:补?[记录注批留改签填]|补充|核实?|更新|登记|跟进|回访|反馈)[)\],:])"
)
"""坐席备注（11-25 杨波）, （11.3 刘洋补记）."""
_OF_DAY_SHEET = Screened(
    rf"(?:[晨午]检|登记|交班|家访|探视|值班|日志|签到|考勤|晨会|例会|补[记录])[ :]{{1,2}}({MONTH}\.{DAY})(?=[ ](?!体温|血|正常|公|版)(?:[一-鿿]{{2}}|[0-9]{{1,2}}岁|(?:[01]?[0-9]|2[0-3]):[0-5][0-9]))(?![ ]?(?:{_UNIT}))"
    rf"|(?<![0-9A-Za-z./\-])({MONTH}[./]{DAY})(?=接送|[接送][机站]|陪诊(?!费)|已故|去世|病故|离世|过世|火化|出殡|下葬)"
    rf"|(?:(?<=[,。;|(])|(?m:^))({MONTH}[./]{DAY})(?=(?![高低升降偏正餐空]|左右|以[上下])[一-鿿]{{1,4}}那[次回天台])"
)
"""晨检 10.15 5岁, 车费 9.3接送, 患者6/10已故, 3.15酒驾那次."""
_ANSWERED = Screened(
    rf"(?:哪[天日年]|几[号月]|什么时候|何时|啥时候?|日期|末次月经)[^\n:0-9]{{0,10}}\n[^\n:0-9]{{1,14}}:[ ]?(?:是|在|大概|就|应该是)?(?:({MONTH}[./-]{DAY})|({DAY}号)|((?:19[5-9]|20[0-3])[0-9]))(?=[ ,。!?吧呀的行]|[ ]*(?:\n|$))"
)
"""坐席：哪天来的？客户：3.15"""
_ON_LOG = Screened(
    rf"(?:(?<=[:;,])|(?<=[:;,] ))({MONTH}-(?:0[1-9]|1[3-9]|2[0-9]|3[01]))(?=[ ](?:未接|[已没无]人?接|接通|拒接|关机|挂断|占线|陪诊|取药|复[查诊]|上门|回访|来电|投诉|面[诊谈]|咨询|就诊|[入出]院|手术|到店|换药|电话|体检|续费|退[费款]|下单|签约|缴费))"
)
"""最近服务：4-02 陪诊；4-19 取药."""
_OF_CALLS = Screened(
    rf"(?:[两三四五六七八九0-9][次回]|最近|近期|历[史次]|往[次期]|上[次回])(?:来电|去电|到店|上门|来访|回访|随访|复诊|门诊|就诊|投诉|陪诊|取药|服务|联系|沟通|通话|登录|消费|住院)(?:记录)?[ :]{{1,2}}((?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?=[ ,;、(])"
    rf"|(?<=[;、])[ ]?((?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?=[ ][一-鿿]{{2,8}}(?:[,;、。\n]|$))(?![ ]?{_UNIT})"
)
"""近三次来电 08-02 问报告；07-19 投诉停车."""
_MADE_UP = Screened(
    rf"(?:制[表单]|填[表报]|打印|导出|更新|修订|编制|汇总|整理|发布|抄录|誊写)[ :]?(?!(?:{_FRACTION.pattern})(?![0-9]))({MONTH}/{DAY})(?=[ ]?[ ,;。)\n]|$)"
)
"""制表10/27."""
_MET = Screened(
    rf"(?:约[谈见]|面谈|家访|会谈|谈话)[ ]?({MONTH}\.{DAY})(?=[ ]?[|,;。)\"”\n]|$)|体检[ ]?({MONTH}\.{DAY})(?=[\"”])"
)
"""翁师约谈5.20."""
_ON_LEAVE = Screened(
    rf"(?<![0-9A-Za-z./\-])({MONTH}[./-]{DAY})(?=起(?:休|请|[产病事婚丧年陪探]假|[停坐出]诊|离[岗职]|[上值代顶]班|进修|外出|出差|轮[转岗]|[调赴去到回驻]|借调|支援|援[藏疆外非]|挂职|返聘|实习|试用|接[手任管]|兼任|担任|主持|改由|由[一-鿿]{2, 4}[接顶代负]))|(?<![0-9A-Za-z./\-])({MONTH}/{DAY})(?=[停出坐开]诊)"
)
"""呼延雪11.8起产假, 闵杰9/10起赴恩施, 姜主任5/6停诊."""
_FLIGHT = Screened(
    rf"(?<![A-Za-z0-9])[A-Z]{{2}}[0-9]{{3,4}}[ ,]({MONTH}/{DAY})(?=[ ](?:[A-Z]{{3}}(?![A-Za-z])|[0-9]{{1,2}}:[0-9]{{2}}))"
    rf"|(?<=[Ff]light )({MONTH}/{DAY})(?=[ ][A-Z]{{2}}[0-9]{{3,4}}(?![0-9]))"
)
"""PR332 4/4 MNL-JJN."""
_RECORDED = Screened(
    r"(?<![0-9A-Za-z_\-])(20[0-3][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?=-[0-2][0-9][0-5][0-9][0-5][0-9](?![0-9A-Za-z])|\.(?:m4a|mp3|wav|amr|aac|mp4|mov|jpe?g|png|pdf|docx?|xlsx?|zip|txt)(?![A-Za-z0-9]))"
)
"""录音20251016.m4a, 转写 20240611-102733."""
_SHORT_YEAR = Screened(
    r"(?<![0-9A-Za-z./\-])(2[0-9]([./-])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12][0-9]|3[01]))(?=[ ]?\(?(?:周|星期)[一二三四五六日天])"
)
"""24/05/06 周一."""
_OF_COPY = Screened(
    r"(?<=[_\-])((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?=\.(?:sql|csv|log|gz|bak|dump|tar|txt|json|xml|db)(?![A-Za-z0-9]))|(?<=[A-Za-z0-9_][/\\])((?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2]))(?=[/\\])"
)
"""onco_20240612.sql, scan/2024-06/."""
_ROSTER = Screened(rf"(?m:^)[ |]*({MONTH}[./-]{DAY})[ |,\t]{{1,3}}(?:周|星期)?[一二三四五六日天](?=[ |,\t])")
"""Lines of a roster: 11.1 五  早班 …."""
_TIMES = Screened(rf"次[一-鿿]{{0,2}}\(((?:{MONTH}[./]{DAY}[、,和及 ]{{1,2}})+)[今昨前][天早晚日]\)")
"""催单3次(2.26、2.27、今早)."""
_DOTTED_PAIR = Screened(
    rf"(?:(?<=[,;。(])|(?m:^))[ ]?({MONTH}\.[0-3][0-9][、和及与,]{MONTH}\.{DAY})(?=[ ]?(?:[两二2]次|各|先后|分别))"
)
"""；6.10、6.12两次穿刺, where no value is named before them."""
_DOTTED_LIST = Screened(
    rf"(?:换药|透析|血透|抽血|拆线|理疗|针灸|推拿|[化放]疗|打针|[夜白早中]班|值班|加班|请假|上门|陪诊|护理|复诊)(?:日期?)?[ :]{{0,2}}({MONTH}\.{DAY}(?:[、,/ ]{{1,2}}{MONTH}\.{DAY}){{2,}})(?![0-9A-Za-z.%])"
    rf"|(?<![0-9A-Za-z./\-])({MONTH}\.{DAY}(?:[、,/]{MONTH}\.{DAY}){{2,}})(?=[ ]?[三四五六七八九3-9][次回趟天台])"
)
"""陪诊劳务 4.3/4.9/4.20 三次: figures that rise and are not all of one width are no values."""
_SERVED = Screened(
    rf"(?:服务|上门|治疗|透析|化疗|放疗|就诊|陪诊|护理|值班|停诊|请假|缺勤|出诊|随访|复诊)(?:日期?|时间)[ :]{{0,2}}((?:{MONTH}[./-]{DAY}[、,和及 ]{{1,2}})+{MONTH}[./-]{DAY})(?![0-9.%]|[ ]?(?:{_UNIT}))"
)
"""服务日3.11、3.18、3.25."""
_SECOND_DAY = Regex(
    rf"[ ]?(?:-+|[~至到、或和及与]|或者)[ ]?((?:{DAY})[日号])(?![楼床院线机窗诊病房店库单栋样柜桌]|[内后龄量])"
)
_MORE_DAYS = Regex(
    rf"(?:[、和及][ ]?{DAY}[日号]?)+(?=[ ]?(?:[两二三四五六七八九2-9][次回天趟]|[各均都])(?!床))"
)
"""6月21日、23、29三次."""
_OF_MORE = Regex(r"[0-9]{1,2}[日号]?")
_ALIKE = Regex(rf"{MONTH}[/.]{DAY}")
_SECOND_ALIKE = Regex(rf"[ ]?(?:-+|[~至到])[ ]?({MONTH}[/.]{DAY})(?![0-9A-Za-z./%]|[ ]?(?:{_UNIT}))")
_OF_TIMES = Regex(rf"{MONTH}[./-]{DAY}(?![0-9])")
_FIGURE = Screened(r"[0-9OoIl][-./][ ]?[0-9OoIl]|[12] [09] [0-9]|[0-3][0-9]\.[a-z][a-z0-9]{2}")
_COLUMN_BEHIND_NAME = Regex(
    rf"[ \t]{{1,4}}({MONTH}/{DAY})(?=[ \t]{{1,4}}(?!{_UNIT}|[一-鿿]{{0,4}}杂音)[一-鿿])"
)
_BEHIND_SIGNER = Regex(
    rf"(?:[一-鿿]{{1,3}})?[ ]{{1,6}}({MONTH}[./]{DAY})(?=[ ,]*\)?[ ]*(?:\n[ ]*(?:\n|\Z|补[充记])|\Z)|[ ]{{1,4}}[转交报存归移][一-鿿])"
)


_BEHIND_APPROVER = Regex(rf"[一-鿿]{{0,2}}\)?[ ]{{1,6}}({MONTH}[./-]{DAY})(?=[ ]*(?:\n|\Z|[ ]{{2}}[一-鿿]))")
_APPROVES = Regex(
    r"(?:批准|审批|审核|复核|核准|核对|经办|制表|填[表报]|签[名字发收]|负责人|审阅|验收|[交接]班人|接收|记录)人?[ :]{1,2}[^\n:。;0-9]{0,10}\Z"
)
"""批准：许主管（代） 11.7, where lines follow."""


_NAMES_EVENT = Screened(
    rf"[\"“'‘](?!(?:9.11|3.15|5.12|12.9|7.7)[\"”'’])({MONTH}[.·]{DAY})(?=[\"”'’][ ]?(?:事[件故]|差错|医闹|纠纷|投诉|火灾|爆炸|坠楼|[大要专血命]?案(?!例)))"
)
"""“8.2”事件: what happened on a day is called by it."""
_COLUMN_OF_ADMISSION = Screened(
    rf"(?:(?<=[0-9岁男女MF][ ]{{2}})|(?<=[0-9岁男女MF][ ]{{3}}))({MONTH}\.{DAY})(?=[ ]?(?:急诊|平诊|门诊|步行|轮椅|平车|抱送)?(?:入(?:院|科|住)?|收[入治住]|转[入科来])(?:[ ,;。\n]|$))"
)
"""32床 闻人杰 M 28  3.7 急诊入."""


_DAYS = (_PADDED, _CONFUSED, _APART, _MONTH_FIRST)
"""Forms of which all is a day."""
_DAYS_FIRST = (_HEADS_MESSAGE, _LINE_START, _FIRST_OF_LINE, _END_OF_MINGUO, _CELL_OF_SESSION, _SHORT_YEAR)
"""Forms of which the first group is one."""
_DAYS_LAST = (
    *(_CYCLE, _LABELLED, _TERM, _EXPIRES, _MONTH_IN_CLAUSE, _YEAR_AND_MONTH, _EVENT, _FROM, _AGREED, _VISIT),
    *(_OF_SHIFT, _PLANNED, _NOTED, _APPOINTMENT, _DAY_FIRST, _OF_REPORT, _FEAST),
    *(_LAST_CONTACT, _ENDS_HEADING, _OF_IMAGE, _ON_LOG, _MADE_UP, _MET, _ON_LEAVE, _FLIGHT, _RECORDED),
    *(_REMARK, _OF_CALLS, _OF_DAY_SHEET, _ASSESSED, _MINGUO, _NAMES_EVENT),
    *(_COLUMN_OF_ADMISSION, _DONE_AT_HOSPITAL),
)
"""Forms of which the group that matched last is one, or all where there is none."""
_LED_VALUES = (
    *(_MONTH_IN_BRACKETS, _MONTH_OF_FILE, _MONTH_BEHIND_AGE, _OF_FILE, _MOMENT_OF_FILE, _YEAR_OF_SERIES),
    *(_ANSWERED, _BIRTHDAY, _DIED, _SIX_FIGURES, _YEAR_OF_TABLE, _OF_COPY, _MINGUO_COMPACT),
    *(_OF_OPERATION, _YEAR_OF_OPERATION, _MONTH_OF_STORY),
)
"""Months, days and years of which the first group is one, whatever marks are in them."""
_TWO_DAYS = (_DOTTED_RANGE, _WEEK, _WHOLE_TERM, _DOSED)
"""Forms with two groups, each a day."""
_Search = Callable[[Screened], Iterable[re.Match[str]]]


def find_spoken_days(reading: Reading) -> Iterator[tuple[int, int]]:
    """Years of two Chinese figures, days of the moon without a month, months that head a list: linear."""
    for form in (_SPOKEN_YEAR, _LUNAR_DAY, _MOON_DAY):
        yield from (match.span() for match in reading.finditer(form))
    for match in reading.finditer(_YEARS_LISTED):
        years = list(_YEAR_OF_LIST.finditer(reading.text, *match.span()))
        if match[0].endswith("年") or all(len(year[0].rstrip("年")) == 4 for year in years):
            yield from (year.span() for year in years)
    months = [] if _OF_AMOUNTS.search(reading.text) else list(reading.finditer(_MONTH_IN_CELL))
    if len(months) >= _FEWEST_CELLS and len(months) >= sum(1 for _ in _AMOUNT_IN_CELL.finditer(reading.text)):
        yield from (match.span(1) for match in months)
    for form in _LED_VALUES:
        yield from (match.span(match.lastindex or 0) for match in reading.finditer(form))


def find_days_apart(reading: Reading) -> Iterator[tuple[int, int]]:
    """1 9 9 1 年 3 月 5 日, of which the grammar reads a part."""
    for form in (_APART, _MISREAD, _COMMAS, _IN_ENGLISH, _MONTH_IN_ENGLISH, _OF_ERA):
        yield from (match.span() for match in reading.finditer(form))


def find_bare_days(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of the text that are a month and a day; they may repeat. Linear in its length.

    A line that begins with 3.2 is numbered; lines with 3.23 and 3.30 are a diary.
    """
    near = list(windows(reading, _FIGURE, 24, 24))
    if not near:
        return

    def search(form: Screened) -> Iterable[re.Match[str]]:
        return matches(reading, form, near)

    candidates = list(search(_CANDIDATE))
    yield from (
        match.span() for match in candidates if match["mark"] == "." and _is_dotted_day(reading.text, match)
    )
    yield from _dotted_days_of_list(reading.text, [match for match in candidates if match["mark"] == "."])
    yield from _slashed_days(reading, [match for match in candidates if match["mark"] == "/"])
    yield from (match.span() for form in _DAYS for match in search(form))
    yield from (match.span(1) for form in _DAYS_FIRST for match in search(form))
    yield from (match.span(match.lastindex or 0) for form in _DAYS_LAST for match in search(form))
    yield from (match.span(side) for form in _TWO_DAYS for match in search(form) for side in (1, 2))
    if any(reading.finditer(_OF_TAIWAN)):
        yield from (match.span() for match in search(_MINGUO_BARE))
    if any(search(_YEAR_BEHIND_DAY)):
        yield from (
            match.span()
            for match in search(_DAY_BEFORE_MONTH)
            if _DONE_AFTER.match(reading.text, match.end()) or not is_measured(reading.text, *match.span())
        )
    yield from _days_of_two(reading.text, search)
    yield from _days_of_rows(reading.text, search)


def sections_of(reading: Reading) -> set[int]:
    """Where numbers of sections stand at the heads of lines: 3.1 初诊评估, 3.2 分期, 3.3 治疗, from the first on."""
    heads: dict[str, list[tuple[int, int]]] = {}
    found = list(reading.finditer(_SECTION))
    if len(found) >= _FEWEST_SECTIONS and _have_one_label(reading.text, found):
        return set()
    for head in found:
        heads.setdefault(head[1], []).append((int(head[2]), head.start(1)))
    deep: dict[str, list[int]] = {}
    for head in reading.finditer(_DEEP_SECTION):
        deep.setdefault(head[1], []).append(head.start(2))
    return {start for starts in deep.values() if len(starts) >= _FEWEST_SECTIONS for start in starts} | {
        start
        for parts in heads.values()
        if len(parts) >= _FEWEST_SECTIONS
        and [number for number, _ in parts] == list(range(1, len(parts) + 1))
        for _, start in parts
    }


def _have_one_label(text: str, rows: Iterable[re.Match[str]]) -> bool:
    """Whether lines say what is where each time: 10.1 武汉：邓超英, 10.2 武汉：王芳 are days of a roster, no sections."""
    labels = [label[1] for row in rows if (label := _LABEL_OF_ROW.match(text, row.end()))]
    return len(labels) > 1 and len(set(labels)) * 2 <= len(labels)


def _days_of_two(text: str, search: _Search) -> Iterator[tuple[int, int]]:
    """Both days of ranges, shifts and leaves, and of what is exchanged, where the figures can be days."""
    for match in search(_SLASHED_RANGE):
        first, last = (tuple(map(int, match[side].split("/"))) for side in (1, 3))
        soon = first[0] == last[0] and first < last and not _FRACTION.fullmatch(match[3])
        if soon or max(first[1], last[1]) > 12:
            yield from (match.span(1), match.span(3))
    for match in search(_SHIFTS):
        if match[0][0] in "值排班轮门出" or text[match.end() : match.end() + 1] != ")":
            yield from (match.span(1), match.span(2))
    for match in search(_OF_ROTA):
        yield from (match.span(1), match.span(2))
    for match in search(_AWAY):
        group = 1 if match[1] else 5
        first, last = ((int(match[month]), int(match[month + 1])) for month in (group, group + 2))
        if first < last:
            yield match.start(group), match.end(group + 1)
            yield match.start(group + 2), match.end(group + 3)
    for match in search(_EXCHANGED):
        (month, day), (other, later) = (_MARK.split(match[side]) for side in (1, 2))
        parts = all(_FRACTION.fullmatch(match[side]) for side in (1, 2))
        if (month == other or max(int(day), int(later)) > 12) and not parts:  # 肌力3/5改4/5, 1/2改1/4
            yield from (match.span(1), match.span(2))
    for match in search(_MOVED):
        yield from (match.span(1), match.span(2))


def _days_of_rows(text: str, search: _Search) -> Iterator[tuple[int, int]]:
    """Days of columns, logs, lists and pairs, which their company tells."""
    for form in (_DOTTED_LINE, _DOTTED_CLAUSE, _CELL):
        rows = list(search(form))
        shifts = len(rows) > 2 and all(_SHIFT_AFTER.match(text, row.end()) for row in rows)
        shifts = shifts or (form is _DOTTED_LINE and len(rows) > 2 and _have_one_label(text, rows))
        if shifts or (len(rows) > 1 and max(int(row[2]) for row in rows) > 12):
            yield from (row.span(1) for row in rows)
    dashed = list(search(_DASHED_LINE))
    order = [tuple(map(int, row[1].split("-"))) for row in dashed]
    if len(dashed) > 1 and order == sorted(order):
        yield from (row.span(1) for row in dashed)
    if heads := list(search(_LOG_HEAD)):
        yield from (match.span(1) for match in (*heads, *search(_DASHED_SESSION)))
    roster = list(search(_ROSTER))
    if len(roster) > 1:
        yield from (row.span(1) for row in roster)
    for match in search(_MONTHS_LISTED):
        yield from (day.span() for day in _OF_LIST.finditer(text, *match.span(1)))
    for match in (*search(_TIMES), *search(_DOTTED_PAIR), *search(_SERVED)):
        yield from (day.span() for day in _OF_TIMES.finditer(text, *match.span(1)))
    for match in search(_DOTTED_LIST):
        days = list(_OF_TIMES.finditer(text, *match.span(match.lastindex or 0)))
        order = [tuple(map(int, day[0].split("."))) for day in days]
        varied = len({len(day[0]) for day in days}) > 1
        if varied and order == sorted(order) and not is_measured(text, *match.span(match.lastindex or 0)):
            yield from (day.span() for day in days)
    for match in search(_DOTTED_ROW):
        days = list(_OF_TIMES.finditer(text, *match.span()))
        ordinals = [ordinal(*day[0].split(".")) for day in days]
        if all(later == one + 1 for one, later in pairwise(ordinals)):
            yield from (day.span() for day in days)
    for match in (*search(_ROW), *search(_PAIR)):
        days = list(_IN_ROW.finditer(text, *match.span()))
        order = [(int(day[1]), int(day[2])) for day in days]
        rising = order == sorted(set(order))
        same = len({day for _, day in order}) == 1  # 3/10 4/10 5/10
        parts = all(_FRACTION.fullmatch(day[0]) for day in days)
        if rising and not (same or parts or is_quantity(text, *match.span())):  # 餐前/餐后：5/9、6/10
            yield from (day.span() for day in days)


def _is_told_day(text: str, match: re.Match[str]) -> bool:
    """Whether what stands around a month and a day with a stroke says a day."""
    start, end = match.span()
    before = (max(0, start - 8), start)
    done = _DONE_AFTER.match(text, end)
    if _WEEKDAY_AFTER.match(text, end):
        return True
    if _TIME_WORD.search(text, *before) or (done and _PREPOSITION.search(text, *before)):
        return True
    if _FRACTION.fullmatch(match[0]):
        return False
    if _ENDS.match(text, end) and (_PREPOSITION.search(text, *before) or _HANDED_OVER.search(text, *before)):
        return True
    if done and (_BREAK.search(text, *before) or _FIGURE_BEFORE.search(text, *before)):
        return True
    if _SENTENCE_BEFORE.search(text, *before) and _END_OF_LINE.match(text, end):
        return True
    return _is_signed(text, *before) and _signs(text, start, end)


def _slashed_days(reading: Reading, candidates: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Those that are told to be days, or look like no share, are not measured, and stand beside no share."""
    text, measured = reading.text, -1
    shares = [match.start() for match in reading.finditer(_NO_DAY) if int(match[1]) <= int(match[2])]
    candidates = list(candidates)
    listed = _is_of_list(text, candidates)
    for match in candidates:
        start, end = match.span()
        if start in listed or _is_told_day(text, match):
            yield match.span()
        elif (measured >= 0 and _ENUMERATED.fullmatch(text, measured, start)) or is_quantity(
            text, start, end
        ):
            measured = end  # 餐后5/9、6/10、7/11
        elif not (
            _SHARE.fullmatch(match[0]) or is_measured(text, start, end) or _is_beside(text, start, shares)
        ):
            yield match.span()


def _is_of_list(text: str, candidates: Sequence[re.Match[str]]) -> set[int]:
    """Where days stand that begin clauses of one line in rising order, of which one can be no share.

    2/19 开颅；3/4 气管切开；3/28 拔管.
    """
    listed: set[int] = set()
    chain: list[re.Match[str]] = []
    for match in (*candidates, None):
        if match and not _BEGINS_CLAUSE.search(text, max(0, match.start() - 3), match.start()):
            continue
        if match and not _TELLS.match(text, match.end()):
            continue
        if match and (not chain or _goes_on(text, chain[-1], match)):
            chain.append(match)
            continue
        if len(chain) > 2 and any(int(day["day"]) > _SCALE for day in chain):
            listed.update(day.start() for day in chain)
        chain = [match] if match else []
    return listed


def _dotted_days_of_list(text: str, candidates: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Days that begin clauses of one line in rising order, where at least two tell what was done and none a value.

    7床11.2入，11.4全麻下胆囊切，11.5排气; but 1.1入院评估，1.2手术安排 are numbered.
    """
    chain: list[re.Match[str]] = []
    for match in (*candidates, None):
        if match and not (
            _BEGINS_ENTRY.search(text, max(0, match.start() - 3), match.start())
            and _TELLS_OF_DAY.match(text, match.end())
        ):
            continue
        if match and (not chain or _goes_on(text, chain[-1], match)):
            chain.append(match)
            continue
        told = sum(_HAPPENS.match(text, day.end()) is not None for day in chain)
        numbered = [int(day["day"]) for day in chain[:2]] == [1, 2]
        measured = any(is_measured(text, *day.span()) for day in chain)
        if told > 1 and told + 1 >= len(chain) and not numbered and not measured:
            yield from (day.span() for day in chain)
        chain = [match] if match else []


def _goes_on(text: str, day: re.Match[str], later: re.Match[str]) -> bool:
    between = text[day.end() : later.start()]
    rises = (int(day["month"]), int(day["day"])) < (int(later["month"]), int(later["day"]))
    return rises and len(between) <= _LONGEST_ENTRY and "\n" not in between


def _is_beside(text: str, start: int, shares: list[int]) -> bool:
    """Whether one of `shares`, which are in order, is near in the same line."""
    nearest = bisect_left(shares, start)
    return any(
        abs(other - start) <= _NEAR_SHARE and "\n" not in text[min(start, other) : max(start, other)]
        for other in shares[max(0, nearest - 1) : nearest + 1]
    )


def _is_dotted_day(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = (max(0, start - 8), start)
    if _UNIT_AFTER.match(text, end):
        return False
    if _APPOINTED.search(text, *before) or _COUNTED.search(text, *before):
        return True
    if _LINE_BEFORE.search(text, *before) and _CLOCK.match(text, end):
        return True
    if _GIVEN_BEFORE.search(text, *before) and _ENDS.match(text, end):
        return True
    if _SENTENCE_BEFORE.search(text, *before) and _END_OF_LINE.match(text, end):
        return True
    if _ABOUT.search(text, *before):
        return _GOES.match(text, end) is not None
    if _SURELY_DONE_AFTER.match(text, end) and (
        _BREAK.search(text, *before) or (_LATE.match(text, end) and _FIGURE_BEFORE.search(text, *before))
    ):
        return True
    return _is_signed(text, *before) and _signs(text, start, end)


def _is_signed(text: str, first: int, start: int) -> bool:
    """Whether somebody signs or approves right before a day."""
    return any(form.search(text, first, start) for form in (_SIGNED_BEFORE, _READ_BEFORE))


def _signs(text: str, start: int, end: int) -> bool:
    """Whether a figure ends the text, alone of its kind in its line: the date of a signature."""
    if not _END_OF_TEXT.match(text, end):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return _OTHER_FRACTION.search(line) is None


def days_behind_names(text: str, persons: Iterable[Detection]) -> Iterator[tuple[int, int]]:
    """The day that is in the next column behind a name: 何志豪  4/11 油费 300.00."""
    for person in persons:
        match = _COLUMN_BEHIND_NAME.match(text, person.end)
        if match and not _FRACTION.fullmatch(match[1]):
            yield match.span(1)


def days_of_signers(text: str, signers: Iterable[Detection]) -> Iterator[tuple[int, int]]:
    """The day behind the name that ends a text: 明淑 11/7, 福寿养老院 11.14."""
    for signer in signers:
        match = _BEHIND_SIGNER.match(text, signer.end)
        if match is None and _APPROVES.search(text, max(0, signer.start - 18), signer.start):
            match = _BEHIND_APPROVER.match(text, signer.end)
        if match:
            yield match.span(1)


def days_that_follow(text: str, days: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The second of two days, told by less than the first: 4月20日至25日间, 5/27或28日, 6/8–6/10."""
    for start, end in days:
        yield from _next_terms(text, end)
        more = _MORE_DAYS.match(text, end) if text[end - 1] in "日号" else None
        if more:
            yield from (day.span() for day in _OF_MORE.finditer(text, *more.span()))
        elif match := _SECOND_DAY.match(text, end):
            yield match.span(1)
        elif (same := _SECOND_ALIKE.match(text, end)) and _ALIKE.fullmatch(text, start, end):
            (month, day), (other, later) = _MARK.split(text[start:end]), _MARK.split(same[1])
            if (int(month), int(day)) < (int(other), int(later)):
                yield same.span(1)


def _next_terms(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Both days of the terms that go on where one ended: 值班：3.1-3.7 王丽；3.8-3.14 李强."""
    last = _ENDS_TERM.search(text, max(0, end - 12), end)
    while last and (found := _NEXT_TERM.match(text, end)):
        month, day = map(int, last.groups()[-2:])
        follows = (int(found[1]), int(found[2])) in ((month, day + 1), (month, day), (month % 12 + 1, 1))
        if not follows or is_measured(text, found.start(1), found.end(4)):
            return
        yield found.start(1), found.end(2)
        yield found.start(3), found.end(4)
        end, last = found.end(), found


def find_days_of_lists(reading: Reading) -> Iterator[tuple[int, int]]:
    """15日 内科…, 16日 内科…: days at the heads of lines or clauses, where another begins with one as near."""
    for form in (_DAY_OF_LINE, _DAY_OF_CLAUSE):
        days = [(match.start(1), match.end(), int(match[1])) for match in reading.finditer(form)]
        for number, (start, end, day) in enumerate(days):
            beside = days[max(0, number - 1) : number] + days[number + 1 : number + 2]
            least = form is _DAY_OF_CLAUSE  # 7日留存31%，目标：7日留存40%
            if any(least <= abs(other - day) <= _NEAR_DAYS for _, _, other in beside):
                yield start, end
    moons = list(reading.finditer(_MOON_LINE))
    if sum(match[1][0] == "初" for match in moons) > 1 and _MOON_SEASON.search(reading.text):
        yield from (match.span(1) for match in moons)
    yield from _days_of_course(reading)
    yield from _days_of_column(reading)


def _days_of_column(reading: Reading) -> Iterator[tuple[int, int]]:
    """2.4 本人接, 2.10 不通: days with which nearly all cells of a column begin, in order, where it holds no values."""
    columns: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, label in reading.cells:
        columns[label].append((start, end))
    for label, cells in columns.items():
        days = [day for start, end in cells if (day := _HEAD_OF_CELL.match(reading.text, start, end))]
        if len(days) < max(_LEAST_IN_COLUMN, _MOST_IN_COLUMN * len(cells)) or _MEASURES.search(label):
            continue
        places = [(int(day["month"]), int(day["day"])) for day in days]
        if sum(one <= other for one, other in pairwise(places)) >= _MOST_IN_COLUMN * (len(places) - 1):
            yield from (day.span() for day in days)


def _days_of_course(reading: Reading) -> Iterator[tuple[int, int]]:
    """Days of which each tells what happened, one soon behind the other, where not all may count days since."""
    chain: list[re.Match[str]] = []
    for match in (*reading.finditer(_DAY_OF_COURSE), None):
        if match and (not chain or 0 < int(match[1]) - int(chain[-1][1]) < _NEAR_DAYS):
            chain.append(match)
            continue
        days = {int(day[1]) for day in chain}
        if len(chain) > 1 and max(days) >= _LEAST_OF_COURSE and not days <= _ROUND:
            yield from ((day.start(1), day.end()) for day in chain)
        chain = [match] if match else []
