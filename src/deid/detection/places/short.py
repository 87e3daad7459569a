"""Places in short, without county or city behind them, that the words around them show: 我们在静海，."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.names.words import SHOWS_PLACE, is_food
from deid.detection.places.words import (
    ADDRESS,
    LOCATION,
    WORDS,
    is_gate,
    is_no_place,
    is_opened,
    listed_before,
)
from deid.detection.reading import Reading
from deid.grammar.address.names import is_no_name
from deid.grammar.divisions import DivisionMatch, Divisions
from deid.regexes import Regex
from deid.types import Detection

_BEHIND_SHORT_PLACE = r"(?:[,。;!?)、\n|]|$|[ ]{1,2}(?=[0-9]{1,2}[ .、][ ]?[一-鿿])|闺女|女儿|儿子|亲戚|打工|上班|工作|读书|上学|出差|[拉送进提]货|定居|长大|跑车|住院|评估|治疗|会诊|进一步|剖宫产|手术|生(?:[的了下过]|[弟妹]{2}|哥哥|姐姐|孩子|[大小]?娃|[儿女]|二胎|老[大二三])|[他她](?:[爸妈爷奶姐哥弟妹舅姑姨叔伯婆]|老家|们那)|做|开(?!发)|娘家|老家|[坐乘飞赶](?=[一-鿿])|那边|这边|厂里|嘅|返工|我[^们]|人(?![民们口员寿保大])|了(?=[,。;呀啊!、)\n]|$))"
_AFTER_SHORT_PLACE = Regex(_BEHIND_SHORT_PLACE)
_LED_SHORT_PLACE = Screened(
    rf"(?:跑一?趟[ ]?|[在去回住自从到嫁寄赴喺转飞跑、]|\|[ ]?|坐标:?[ ]?|出差\(?|老家[是在]?|籍贯[是]?)(?=[一-鿿]{{2,4}}{_BEHIND_SHORT_PLACE})"
)
_SETTLES = Regex("(?:[我他她家也都还现]住|远?嫁[到至]?|搬[到至]|迁[往至到])\\Z")
_CLAUSE_ENDS = Regex("了?[ ]?(?:[,。;!?、)\\n]|\\Z)")
"""Around where somebody settles, who settles nowhere else: 我住|于洪，."""
_FOLLOWED_SHORT_PLACE = Screened(
    SHOWS_PLACE
    + r"|人(?=[,。;、)\n]|$)|籍(?![贯])|来(?=[|,。;的\n]|$)|老乡|服务区|社区(?=[一-鿿])|片区|口音|分店|店(?=[,。;)\n]|请问|$)|门市(?![部价人])|办事处|[那这]边|那[个家单](?=[给交归由让转接先])|那个(?:客户|患者|病人|阿姨|老人|单子|项目)|的[\u4e00-\u9fff]{2,3}(?=[,。])|某(?![某人])|开(?=诊所|饭店|公司|药[店房]|超市|餐馆|厂)|(?:义诊|巡诊|站点|分院|门店|客户群|办事处|那个(?:投诉|案子|订单|会|活动|点|店|院|事))"
)
_LED_BESIDE: tuple[tuple[Screened, Regex], ...] = (
    (Screened(r"[说讲懂会](?=[一-鿿]{2,4}话)"), Regex(r"话(?![题费术剧筒])")),
    (
        Screened(r"我是(?=[一-鿿]{2,6}来)"),
        Regex(r"(?:过|上|下)?来(?=[一-鿿]{2,4}(?:打工|看病|务工|上学|的)|的(?![礼东]))|过来(?=[,。;])"),
    ),
    (
        Screened(r"(?:(?<![一-鿿])|(?<=[已现后拟将要月年都]))迁(?=[一-鿿]{2})"),
        Regex(r"(?=[,。;)\t|\n ]|$|了(?![解]))"),
    ),
    (
        Screened(r"(?:大[姐哥爷妈]|先生|女士|阿姨|家属|[一-鿿][姐哥叔婶]),(?=[一-鿿]{2,4},)"),
        Regex(r"(?=,[ ]?(?:[0-9]{1,2}(?:[/.-]|月)[0-9]|20[0-9]{2}))"),
    ),
    (
        Screened(r"(?<=[一-鿿])(?<![司厂店院部家心所园馆行社路站会校号群馆])\((?=[一-鿿]{2,4}\))"),
        Regex(r"\)(?![一-鿿]{0,6}(?:公司|医院|集团|中心|分院|店))"),
    ),
    (Screened(r"[0-9]岁[ ]{1,3}(?=[一-鿿]{2,4}[ ])"), Regex(r"(?=[ ]{1,3}[一-鿿])")),
    (Screened(r"[0-9]岁,(?=[一-鿿]{2,4}[ ]{0,2}(?:\n|$))"), Regex(r"(?=[ ]{0,2}(?:\n|$))")),
    (Screened(r"[到往](?=[一-鿿]{2,4}去)"), Regex(r"去(?=[,。;!?了吗吧\n ]|$)")),
    (
        Screened(r"[借调找叫换让请派](?=[一-鿿]{2,4}的[小老阿])"),
        Regex(r"的(?=[小老阿][一-鿿](?![一-鿿]?[路街村镇区]))"),
    ),
    (
        Screened(r"(?:[0-9Xx],[ ]?|[人里儿的地]\?[ ]?)(?=[一-鿿]{2,4}的)"),
        Regex(r"的(?=[ ]?(?:[,。;!\n]|$))"),
    ),
)
_FOLLOWED_BESIDE: tuple[tuple[Regex, Screened], ...] = (
    (Regex(r""), Screened(r"站(?=[ ]?(?:[一-鿿](?:姐|哥|总(?!站)|工)|[一-鿿]{1,3}(?:经理|主管|老师)))")),
    (
        Regex(r"(?:是|有个|[,。:;]|^)\Z", re.MULTILINE),
        Screened(r"那个(?=[一-鿿]{1,3}(?:伯伯|伯|阿姨|大[爷妈姐哥]|奶奶|爷爷|叔叔?|婶|先生|女士|师傅|老师))"),
    ),
)
"""What shows a place on both sides: 只会说|温岭|话, 已迁|都匀, 王大姐,|淮阳|,5/13; 转|南京|站佘姐, 借|金华|的小毛."""
_TITLE = Regex("(?:先生|女士|老师|医生|大夫|阿姨|叔叔|师傅|经理|主任|[一-鿿][总姐哥工])\\Z")
_VILLAGE_OF_PERSON = Screened(
    r"(?:(?<![一-鿿A-Za-z])|(?<=[是有到去在]))(?P<name>(?:(?![的了在到去是和与同本该全各每某我你他她这那哪进村打俺咱找问])[一-鿿]){1,3}[村屯寨])(?=的?[一-鿿]{2})"
)
"""下塘屯蒙玉珍, 社村的卢建军: a village before who lives there."""
_GROUP_OF_PLACE = Screened(
    r"(?:家长|病友|糖友|肾友|患者|宝妈|妈妈|康复|互助|交流|业主|团购|同城|抗癌|护理|服务|客户|志愿者?|陪诊|微信){1,3}群|群(?=[ 0-9,。;)\n」】]|$)"
)
"""A group of a chat that is called after its place: 朝阳家长互助群."""


def find_short_places(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """我们在静海，, 转十七院: a county without its suffix, a hospital by its number, behind a word of place."""
    for led in reading.finditer(_LED_SHORT_PLACE):
        place = divisions.at(reading.text, led.end())
        if place is None or is_no_place(reading.text, reading.text[place.start : place.end], place.end):
            continue
        if led[0] == "、" and reading.text[place.start : place.end] in WORDS:
            continue  # 如意、安康、平安
        if is_gate(reading.text, place.start, place.end) or is_food(reading.text, place.start, place.end):
            continue
        if _AFTER_SHORT_PLACE.match(reading.text, place.end) and place.end - place.start > 1:
            settled = _SETTLES.search(reading.text, max(0, led.end() - 3), led.end()) and _CLAUSE_ENDS.match(
                reading.text, place.end
            )
            score = 0.9 if settled else 0.5
            yield Detection(LOCATION, place.start, place.end, score, "LOCATION.short", ("led",))
    for followed in reading.finditer(_FOLLOWED_SHORT_PLACE):
        start = listed_before(divisions, reading.text, followed.start())
        name = reading.text[start : followed.start()]
        if start is None or is_opened(reading.text, name, followed.start()):
            continue
        if followed[0][0] in "的那这义巡站门客来转带送山开" and name in WORDS:
            continue
        yield Detection(LOCATION, start, followed.start(), 0.5, "LOCATION.short", ("followed",))
    yield from _shown_beside(reading, divisions)
    for village in reading.finditer(_VILLAGE_OF_PERSON):
        person = village.end() + reading.text.startswith("的", village.end())
        if not is_no_name("village", village["name"]) and reading.tagged_from(person):
            yield Detection(ADDRESS, *village.span("name"), 0.8, "CN_ADDRESS.short", ("village of somebody",))
    for group in reading.finditer(_GROUP_OF_PLACE):
        start = listed_before(divisions, reading.text, group.start())
        if start is not None and reading.text[start : group.start()] not in WORDS:
            yield Detection(LOCATION, start, group.start(), 0.5, "LOCATION.short", ("group",))


def _shown_beside(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """Those between two signs of a place, from the sign that is seldom."""
    text = reading.text
    for lead, behind in _LED_BESIDE:
        for led in reading.finditer(lead):
            place = divisions.at(text, led.end())
            if place is None or text[place.start : place.end] in WORDS:
                continue
            followed = behind.match(text, place.end)
            if led[0] == "(" and _is_no_origin(reading, place):
                continue
            if followed and not (followed[0] == "话" and place.level != "county"):  # 广东话 is spoken by many
                yield _beside(place.start, place.end)
    for before, sign in _FOLLOWED_BESIDE:
        for found in reading.finditer(sign):
            start = listed_before(divisions, text, found.start())
            if start is None or text[start : found.start()] in WORDS:
                continue
            if before.search(text, max(0, start - 4), start):
                yield _beside(start, found.start())


def _is_no_origin(reading: Reading, place: DivisionMatch) -> bool:
    """Whether brackets behind a person hold a word, a kinsman or the name: 陆建华（长子）, 禹大爷（禹州）."""
    text, start = reading.text, place.start
    bearers = {tag.end for tag in reading.tagged if tag.label == "PER"}
    if start - 1 not in bearers and not _TITLE.search(text, max(0, start - 3), start - 1):
        return True
    word = place.level == "county" and reading.known(text[start : place.end])
    return bool(word) or text[start] in text[max(0, start - 5) : start - 1]


def _beside(start: int, end: int) -> Detection:
    return Detection(LOCATION, start, end, 0.9, "LOCATION.short", ("on both sides",))
