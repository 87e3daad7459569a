"""Names of places that stand alone in running text: 汕头 in 安排汕头接机, 望京 in 下周去望京.

A name that is nothing but a place (汕头) counts where words begin and end, one that may be a word or
somebody's name (嘉禾) where a verb of going or staying leads to it, or something that places have follows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Literal

from deid.catalog.lexicon import WordIndex
from deid.detection.boundaries import word_list
from deid.detection.names.words import GROUPED_MOBILE
from deid.detection.places.words import COMMON, LOCATION, WORDS, is_gate, is_no_place
from deid.detection.reading import Reading
from deid.grammar.address.find import WORD_AHEAD
from deid.grammar.divisions import Divisions
from deid.grammar.name import is_han
from deid.regexes import Regex
from deid.types import Detection

BARE, FRAMED = "bare", "framed"
Certainty = Literal["known", "county", "doubtful", "word"]
"""Nothing but a place, the same for one that may be a given name behind a surname, what may be a word, and what a
dictionary calls one (介休, 句容): that is a place only where both sides show it."""

_LEADS = Regex(
    r"(?:[在到回飞赴去喺佇伫]|(?:去|到|回|飞)[了过]|回到|(?<![一-鿿])[住跑从自]|[我他她你]住|(?:前|寄|转|发|调|派|送)[往]|(?:嫁|调|搬|寄|派|转)[到至]|远嫁|来自|返回|抵达|途经|路过|没出过|出车|[现旅久长常定移迁]居|派驻|常驻|外出|"
    r"[家人住]在|家住|老家(?:是|在)?|籍贯是?|[祖原]籍|户[籍口](?:在|地为?|是)?|出生[于在]|生于|坐标|目的地|[参收就]保?[保货医]地|备案地|来源地|出差|[日书写签摄记立]于)[: ]?\Z"
    r"|哪[里儿]?[人的来]?(?:过来的?)?\?[ \n]?[一-鿿]{1,4}:\Z"
)
_FOLLOWS = Regex(
    r"一带|境内|起降点|优先(?=[,。;])|[停断][水电]|封控|人(?=[,。;、)\n]|$)|[籍](?!贯)|户[籍口]|口音|老[家乡]|[当本]地|[那这]边|那头|(?:异地)?医保|新?农合|分[公院部店]|门店|店(?=[,。;)\n]|$)|片区|办事处|项目(?:部|组)|团队|客户|患者|病友|媳妇|"
    r"(?:外?婆|奶奶|姥姥|娘|姑姑|舅舅|爷爷|大伯)家|往返|出差|站点|义诊|团检|天气|下[雨雪]|机场|打工|务工|做生意|送(?:外卖|快递|货)|跑(?:滴滴|网约车|出租|外卖|货运)|开过?(?:饭馆|饭店|小店|出租|网约车)|摆摊|当(?:保安|保姆|护工)|带孩?娃|[那这]单|[一-鿿]{0,2}分部(?!位)|方向(?![盘性感])|[过转赶]来|[0-9一二两三四五]+晚|[的嘅]?(?:朋友|亲戚|同事|战友|同学|工友|同行|亲家)|的(?:[表堂][哥姐弟妹]|客户|老板|[一-鿿](?:老板|经理|主任|阿姨|师傅|大[爷妈姐哥]))|走亲戚|串门|赶集|坐月子|种地|[进收](?:货|药材)|出生|旅[居游]|过年|参会|开会|吃[酒席]|喝喜酒|奔丧|探亲|有限|有(?:一?[个位]|[两几三]个)(?:老?病人|患者|客户|会员|老人|孩子|阿姨|大[爷姐妈]|亲戚)|站(?:[接送][人站]|接[我你他她]|[上下]车|出口|出来|集合|见(?![识解到]))"
)
DONE_THERE = Regex(
    r"上班|打工|务工|工作(?=[,。;])|读书|上学|定居|老家|娘家|工地|跑(?:货|业务|车)|[卖拉][一-鿿]{1,2}[,。;了的\n]|做(?:防水|生意|买卖|小生意|瓦工|木工|电工|水电|装修|家政|保姆|钢筋)|[他她](?:[爸妈姐哥弟妹]|婆婆|公公|外婆|奶奶|爷爷)|[大小二三]?(?:儿子|女儿|闺女)家|"
    r"[德日美外国民台港]企|打过[一-鿿0-9]|(?:生|种|拔|装|切|治)的(?![一-鿿]{0,2}[时候])|一个厂|的[一-鿿]{0,3}(?:厂|石场|工地|矿)(?![长家商])|这边|疗养|有一场|接我|找先生|租[房的了]"
)
"""What is done somewhere, behind a name that a word leads to: 在吴起|做防水."""
_STATION = Regex("[东南西北]?(?:火车|高铁|汽车|客运)站|[ ]?SOHO(?:[ ]?(?:T[0-9]|[0-9A-Z][座栋]|[0-9]号楼))?")
"""虹桥|火车站, 望京|SOHO T3."""
_SURELY_LEADS = Regex(
    r"(?:来自|老家(?:是|在)?|籍贯[是:]?|[祖原]籍[是:]?|户[籍口](?:在|是|地:?)|出生[于在]|生于|坐标:?|[嫁搬][到至回]|[旅长久定]居|[参就]保地:?)[ ]?\Z"
)
_BOTH: tuple[tuple[Regex, Regex], ...] = (
    (
        Regex(r"(?:我们|咱们?|俺们?|你们|他们)\Z"),
        Regex("[这那](?:里|儿|边|块|头|地方)|本地|当地|老家|乡下|县[里上]"),
    ),
    (Regex(r"[日书写签摄记立]于\Z"), Regex(r"[ ]?(?:[。)\n]|\Z)")),
    (
        Regex(r"(?:[我他她您你家人头们]|老家|医保)是?\Z"),
        Regex(r"的(?=[,。;、! ]|吧|吗|嘛|呀|啊|我姓|姓|人(?=[,。])|还是|$)"),
    ),
    (
        Regex(
            r"(?:[爸妈哥姐弟妹爷奶公婆叔姨舅姑娘爹人]|爱人|媳妇|[男女]方|对象|女婿|先生|农合|社保|户口|口音|身份证)是\Z"
        ),
        Regex(r"的(?=[,。;、! ]|还是|$)|(?:[卖做开种养搞收跑包][一-鿿]{1,4}|当[一-鿿]{2,3})的(?=[,。;]|$)"),
    ),
    (
        Regex(r"从\Z"),
        Regex(
            "往回|赶[来回过到]|出发|[过回]来|转[来院过]|来(?=[,。了的])|[坐打搭]车|坐(?:大巴|高铁|火车|飞机|班车|客车)|开车|飞过?|寄|自驾|驾车|骑车|打车|包车|出来看"
        ),
    ),
    (Regex(r"[在现]\Z"), Regex("给人|读[初高大小书]|念[书初高]|教书|上[班学]|当[兵老]|卖|租房|[租住]着")),
    (Regex(r"(?<![一-鿿])\Z"), Regex("[农牧渔]民|村民|矿工|退休(?:职工|工人|教师|矿工)")),
    (
        Regex(r"(?:[我他她家也都还现]住|住在|远?嫁[到至]?|搬[到至]|定居|迁[往至到]|老家是?)\Z"),
        Regex(r"[ ]?(?:[,。;!?、)\n]|\Z)"),
    ),
    (
        Regex(r"(?<![一-鿿A-Za-z0-9])\Z"),
        Regex("的?[一-鿿]{0,4}(?:厂|矿|公司)的?(?:老板|工人|女工|员工|职工)"),
    ),
    (Regex(r"[址点地][写填改]成\Z"), Regex(r"了?[ ]?(?:[,。;]|\Z)")),
    (Regex(r"有\Z"), Regex("[一-鿿]{0,4}(?:居住|旅居|旅行|旅游|生活|务工)史")),
    (
        Regex(r"随(?:父母?亲?|母亲?|[丈]?夫|军|[儿女]子?)\Z"),
        Regex("务农|生活|居住|长大|下放|读书|定居"),
    ),
    (Regex(r"(?:[寄送回]|[寄送]到)\Z"), Regex("家[中里](?![一-鿿])")),
    (Regex(r"[往朝]\Z"), Regex("方向")),
    (
        Regex(r"(?<![一-鿿])\Z"),
        Regex("种(?:水稻|地|大棚|菜|[果茶烟棉]|玉米|小麦|蔬菜)|养(?:殖|[鱼虾猪牛羊鸡鸭鹅蟹蚕])"),
    ),
    (Regex(r"[不能可]送\Z"), Regex(r"吗|吧|的|[ ]?(?:[,。;!?\n]|\Z)")),
    (Regex("(?:上班|工作|打工)[ ,]?\\Z"), Regex("住[ ]?(?:[,。;\n]|\\Z)")),
    (Regex(r"归\Z"), Regex("管")),
    (Regex(r"(?:海拔|[0-9])米的\Z"), Regex("")),
    (Regex(r"[送到]\Z"), Regex("火车站|高铁站|汽车站|客运站|动车站")),
)
"""What shows a place where it stands on both sides: 我是隆回的，, 从介休往回赶, 句容农民."""
_NO_END = Regex(
    "大道|汤(?=[(、,以散煎])|腔|戏|[剧曲](?![一-鿿]?院)|制药|[道港桥湖江河山海湾](?![上边那来去回的])|院区|分局|煤业|工程局|之星|主任|教授|医[生师]|大夫|护士|老师|先生|女士|经理|院长|总(?![是共会在])|某(?!某?[医院人])"
)
"""Behind a name that is then part of another word, or of a person's name."""
_SMOKED = Regex("[抽吸](?:的是|[过着了])?\\Z|烟[ ]?:[ ]?\\Z|[一两包条半]包\\Z")
"""Before a sight that cigarettes are called after: 爱抽|黄鹤楼."""
_CLAUSE = Regex(r"(?:\A|[^一-鿿A-Za-z0-9的]|最后|还有|另外|第[一二三四五六七八九十])\Z")
_ALONE = frozenset(
    "在到去回从飞住跑往来由和与及跟是有个的了我他她你给帮让约把被对向等离也都就还又或至自赴对比"
)
"""Single characters before a place that are no surnames there."""
_ALSO_TOWNS = frozenset("鼓楼 海门 海口 长乐 安康 吉安 永安 长寿 牡丹 新建 高明 马尾".split())
"""Of the words that are places as well those that are hardly said without one."""
_IN_TALK = Regex(
    "[一-鿿](?:总(?![是共会体量数])|老师|阿姨|师傅|经理|主任|大[爷妈姐哥])(?=[,。;、)\\n来去说到的]|\\Z)"
)
"""Behind a place who is from there: 溧水|李总."""
_OTHER_FIELDS = frozenset(["NATIVE_PLACE", "PERSON"])
_KINDS_OF_NAMES = frozenset(["", "ns", "nr", "nrt", "nrfg", "nz"])
"""Parts of speech of jieba's dictionary; it does not know every name."""
_CELL_ENDS = frozenset("|\t,;")
_SEX = Regex(r"[|\t,;][ ]?[男女][ ]?[|\t,;]")
_TOLD_OF = Regex(r"(?:[生士姐哥总爷奶姨叔]|[0-9])\(|.\((?=[0-9]{7})")
"""Who is told of in brackets: 李女士（静安）."""
_ROW = 120
"""How far the cell of a sex may be that shows a row to be somebody's: | 王芳 | 女 | 石楼 | 乳腺癌 |."""
_SCORE, _SURE = 0.5, 0.9
"""Scores of a place, and of one that both sides show, whatever the tagger takes it for."""
_SAID_FIRST = Regex("的,(?!但|不过|可|已|也|还|就|都|很|所以|因此|说明|考虑)")
_PHONE_BEFORE = Regex(rf"(?<![0-9]){GROUPED_MOBILE}[ ]?\(\Z")
_LISTED = Regex("[、和与及/→—~-]{1,2}|[到至飞]")
"""Between two places of a list or a journey."""
_JOURNEY = Regex("[ ]?(?:[—–→-]{1,2}>?)[ ]?")
"""Between two of which neither alone is surely a place: 翁源—任丘."""


def bare_names(
    divisions: Divisions,
    *,
    quarters: Iterable[str],
    counties: Collection[str],
    doubtful: Collection[str],
    ordinary_words: Collection[str],
    name_like_words: Collection[str],
) -> WordIndex[Certainty]:
    """Short names of divisions and full ones of counties, each with how certainly it is a place.

    `counties` are hardly words, whatever a dictionary says.
    """
    names: dict[str, Certainty] = {}
    words = word_list()
    for name, places in divisions.short.items():
        wide = any(place.level != "county" for place in places)
        kind = words.part_of_speech(name)
        word = name in ordinary_words or kind not in _KINDS_OF_NAMES
        if name in WORDS or (word and not wide):
            if name in counties:
                names[name] = "doubtful"
            elif name in _ALSO_TOWNS:
                names[name] = "word"
            elif name not in WORDS and name not in COMMON:
                names[name] = "word" if len(name) == 2 else "doubtful"
            continue
        listed = wide or len(name) > 2 or (kind == "ns" and name not in name_like_words)
        sure = listed and name not in doubtful and name not in ordinary_words
        unsure: Certainty = "word" if name in COMMON else "doubtful"  # 去商城买水管
        names[name] = ("known" if wide else "county") if sure else unsure
    for name, places in divisions.full.items():
        if len(name) == 2 and name[-1] == "县" and name[0] not in "和成应开道任南宁户各":
            names[name] = "doubtful"  # 曹县
        if len(name) > 2 and any(place.level in ("county", "prefecture") for place in places):
            names[name] = "known"
    return WordIndex({**names, **dict.fromkeys(quarters, "known")})


def find_bare(reading: Reading, covered: bytearray, names: WordIndex[Certainty]) -> Iterator[Detection]:
    """Names where nothing else has been found, and those that are listed beside them: 郑州、洛阳两地."""
    text = reading.text
    places: list[tuple[int, int]] = []
    """Those that are found here or have been before."""
    found: list[tuple[int, int]] = []
    doubtful: list[tuple[int, int]] = []
    for start, end, certainty in names.find(text):
        if reading.is_field(start, _OTHER_FIELDS):
            continue
        if 1 in covered[start:end]:
            places.append((start, end))
            continue
        if WORD_AHEAD.match(text, end) or _NO_END.match(text, end):
            continue
        if certainty in ("county", "doubtful") and _has_phone(text, start, end):
            continue
        if _SMOKED.search(text, max(0, start - 6), start) or is_gate(text, start, end):
            continue
        led = _LEADS.search(text, max(0, start - 12), start) is not None
        followed = _FOLLOWS.match(text, end) is not None
        if certainty == "word":
            framed = (led and followed) or _SURELY_LEADS.search(text, max(0, start - 8), start) is not None
        else:
            framed = led or followed
        shown = led and (followed or DONE_THERE.match(text, end) is not None)
        shown = shown or any(
            before.search(text, max(0, start - 4), start) and after.match(text, end)
            for before, after in _BOTH
        )
        shown = shown or (
            certainty != "word"
            and (
                _is_cell(text, start, end) or _is_remark(text, start, end) or _is_said_first(text, start, end)
            )
        )
        framed = framed or shown
        framed = framed or (
            certainty != "word" and _opens(text, start) and _IN_TALK.match(text, end) is not None
        )
        framed = framed or (
            text[end : end + 1] == "的"
            and (_opens(text, start) or text.endswith(("我是", "我叫", "他是", "她是"), 0, start))
            and reading.tagged_from(end + 1)
        )
        bounds = reading.boundaries(start, end)
        whole = led and end - start > 2 and certainty == "known"  # 在磁器口|吃面
        whole = whole or (shown and end - start > 1)  # 去|都安|走亲戚
        if not (whole or {start, end} <= bounds) or is_no_place(text, text[start:end], end):
            continue
        given = certainty == "county" and _may_be_given(text, start, end, bounds)
        if framed or (certainty in ("known", "county") and not given):
            station = _STATION.match(text, end)
            end = station.end() if station else end
            first = places[-1][0] if places and places[-1][1] == start else start  # 舟山 沈家门
            places.append((first, end))
            found.append((first, end))
            yield _place(first, end, FRAMED if framed else BARE, _SURE if shown else _SCORE)
        elif not given and certainty != "word":
            doubtful.append((start, end))
    for one, other in pairwise(sorted([*found, *doubtful])):
        if _JOURNEY.fullmatch(text, one[1], other[0]):
            yield _place(*one, FRAMED, _SURE)
            yield _place(*other, FRAMED, _SURE)
    for start, end in doubtful:
        if any(
            _LISTED.fullmatch(text, end, first) or _LISTED.fullmatch(text, last, start)
            for first, last in places
        ):
            yield _place(start, end, FRAMED, _SCORE)


def _opens(text: str, start: int) -> bool:
    """Whether a clause begins there, or an item of what is told one after the other: 最后|安丘的李志远."""
    return _CLAUSE.search(text, max(0, start - 3), start) is not None


def _is_cell(text: str, start: int, end: int) -> bool:
    """Whether it is a cell by itself, in a row that tells of somebody."""
    before, behind = text[start - 2 : start].rstrip(" ")[-1:], text[end : end + 2].lstrip(" ")[:1]
    if before not in _CELL_ENDS or behind not in _CELL_ENDS or not before or not behind:
        return False
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    near = max(first, start - _ROW), min(last if last >= 0 else len(text), end + _ROW)
    return _SEX.search(text, *near) is not None


def _is_said_first(text: str, start: int, end: int) -> bool:
    """Whether somebody says first of all whence he is: 大丰的，盐城三院做的CT."""
    return (not start or text[start - 1] in "\n,。;") and _SAID_FIRST.match(text, end) is not None


def _is_remark(text: str, start: int, end: int) -> bool:
    """Whether it stands by itself in brackets behind somebody or his number: 顾文（静安）, 顾文（139…，古北）."""
    if text[end : end + 1] not in (")", ",") or text[start - 1 : start] not in ("(", ","):
        return False
    opened = text.rfind("(", max(0, start - 16), start)
    closed = text.find(")", end, end + 16)
    return opened > 0 and closed > 0 and _TOLD_OF.match(text, opened - 1) is not None


def _place(start: int, end: int, evidence: str, score: float) -> Detection:
    return Detection(LOCATION, start, end, score, "LOCATION.bare", (evidence,))


def _has_phone(text: str, start: int, end: int) -> bool:
    """金凤 in 13912345678（金凤）: whose number it is."""
    return text[end : end + 1] == ")" and _PHONE_BEFORE.search(text, max(0, start - 16), start) is not None


def _may_be_given(text: str, start: int, end: int, bounds: Collection[int]) -> bool:
    """德江 in 于德江: two characters behind a single one, which may be a surname."""
    before = text[start - 1 : start]
    return end - start == 2 and is_han(before) and start - 1 in bounds and before not in _ALONE
