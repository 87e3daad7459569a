"""Who speaks in a chat: what stands in the speaker's place is an account, whatever it is called.

Exports of WeChat and of customer service write a head for every message: a name and a time on a
line, or `name: message`. Names of persons are found by their own finders; what is left (岁月静好,
🌸小鱼儿, wxid_k2h7…) identifies a person as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from deid.catalog.lexicon import WordIndex
from deid.detection.literals import Screened
from deid.detection.names.words import RELATIVE
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_KINDS = (
    ("CN_WECHAT_ID", Regex(r"wxid_[A-Za-z0-9]+")),
    ("PERSON", Regex("(?:小(?![学区时组米程])|阿(?!里))[一-鿿]|[一-鿿]{1,2}[姐哥]")),
)
"""What an account is by its form; 小柚 and 球哥 are how people are called."""

_CLOCK = r"(?:上午|下午|晚上|凌晨|中午|早上)?[ ]?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?"
_DAY = r"(?:(?:20)?[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{1,2}[-/月][0-9]{1,2}日?|昨天|今天|前天|星期[一-日]|周[一-日])"
_TIME = rf"[(\[]?(?:{_DAY}[ ,T]{{0,3}})?{_CLOCK}[)\]]?"
_NAME = r"(?P<name>[^\n:;,。、!?\"“”<>{}=|#*→\t]{1,24}?)"
_HEADS = tuple(
    Regex(pattern, re.MULTILINE)
    for pattern in (
        rf"^[ ]*{_NAME}[ ]{{1,4}}(?P<time>{_TIME})[ ]*$",
        rf"^[ ]*(?P<time>{_TIME})[ ]{{1,4}}{_NAME}[ ]*$",
    )
)
_TIMED = Regex(rf"[ ]*{_TIME}[ ]{{1,4}}\S")
_TURN = Screened(
    rf"^[ └├│╰]*(?:(?P<time>{_TIME})[ ]{{1,3}})?{_NAME}[ ]?:(?!//|[0-9]{{2}})[ ]?(?=\S)", re.MULTILINE
)
_EXPORTED = Regex(rf".*(?:{_DAY}[ ,T]{{0,3}}{_CLOCK}|:[0-9]{{2}}:[0-9]{{2}}).*")
"""A time as programs write it before every message, and people who note something beside a clock do not."""
_MOMENT = rf"(?:{_DAY}|[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:20)?[0-9]{{2}}),?[ ]{_CLOCK}(?:[ ]?[AaPp][Mm])?"
_WRITTEN = r"(?P<name>[^\n:\t]{1,40}?)"
_PROGRAMS = tuple(
    Screened(pattern, re.MULTILINE)
    for pattern in (
        rf"^[ ]*(?:\[{_MOMENT}\]|{_MOMENT}[ ]-)[ ]{_WRITTEN}:[ ]",
        rf"^{_CLOCK}\t{_WRITTEN}\t(?!\S*\t)",
        rf"^[ ]*{_WRITTEN},[ ]\[{_MOMENT}\]:?[ ]*$",
    )
)
"""How WhatsApp, LINE and Telegram write the head of a message: 17/11/2025, 10:02 - Carmen: …"""
_POSTED = rf"[ ]{{1,3}}(?:{_DAY}|[0-9]{{1,2}}-[0-9]{{1,2}})(?:[ ]{{1,2}}{_CLOCK})?[ ]*$"
_FLOOR = Screened(
    rf"^[ ]*(?:[0-9]{{1,4}}[楼FL#]|版主|管理员)[ :]{{0,2}}(?![ :]|楼主)(?P<name>[^\n:,。!?]{{2,20}}?)(?:{_POSTED}|[ ]?:)",
    re.MULTILINE,
)
_ANSWERED = Screened(
    r"^[ ]*(?P<name>[^\n:,。!? ]{2,16})[ ]回复?(?:[ ](?P<other>[^\n:,。!? ]{2,16}))?[ ]?:", re.MULTILINE
)
"""5楼 青山见我  11-04 07:02, and 胶州湾老王 回 雨后:, as forums head their posts."""
_COMMENTS = Screened(
    r"^[ ]*[【\[(]?(?:网友|热门|最新|精选|全部|用户|读者|粉丝)?(?:评论|留言|跟帖)区?(?:[ ]?[(]?[0-9]+条?[)]?)?[】\])]?[ ]?:?[ ]*\n",
    re.MULTILINE,
)
"""【网友评论】, below which everybody says one thing."""
_SPOKEN = Regex(
    r"[你您我咱吗呢吧啊哦嗯呀哈嘛啦哎唉]|@[一-鿿]|[早晚]上?好|好[的了]|谢谢|收到|[嘅喺佢唔咗㗎喎啲冇]|辛苦|麻烦|请问|\[(?:图片|表情|语音|视频|文件|链接)"
)
"""What somebody says, and who notes what was done at a time does not."""
_SIGN = Regex("[~♡♥\U0001f300-\U0001faff]")
_THING = Regex(
    "[0-9]|[A-Z0-9_ .-]+$|.*(?:[室科部组班处站楼层床号厅院馆店区柜机章课家园街路线台桌]|信息|结论|结果|通知|反馈|进度|情况|内容|服务|提醒|事项|打卡|准备|活动|照料|疏导|变化|付款|发货|收货|完成|日期|动作|行动项|风暴|汇报|指挥部|单位|中心|义诊|讲座|仪式|嘉宾|航班|酒店|支付|快递|新闻|警告|支持|系统)$"
)
"""What is no account in a line of its own beside a time: rooms, stations, stages, notices, programs."""
_ROLE = Regex(
    r"客服|坐席|座席|工号|主播|个管师?|医生|大夫|护士长?|先生|女士|小姐|同学|AI助手|智能助手|机器人|顾问|咨询师|医助|助理|秘书|群主|管理员|前台|调度|陪诊员?|陪护|陪同|护工|接线员|话务员|师傅|司机|翻译|导[游诊医]|领队|地陪|地接|管家|志愿者|义工|社工|保安|房东|中介|财务|销售|运营|行政|商务|风控|排期|预约|报销|理赔|群管|经理|科长|处长|总监|律师|院长|主管|会计|老师|药师|专家|主任|教授|督导|店长|健管师|营养师|我|本人|"
    r"来[电访]者|来电人?|对方|[求咨]助者|咨询者|说话人|患者|客户|顾客|家属|家长|会员|用户|访客|(?:Customer|Client|Coordinator|Agent|Doctor|Nurse|Staff|Service|Support|System|User|Guest|Admin|Patient)[ ]?[0-9]{0,2}$|[一-鿿][姐哥叔姨婶嫂妹弟总工]$"
)
_SIGNS = r"[ ()\[\]【】\-—·_/|]*"
_KIN = (
    "太太|爱人|妻子?|丈夫|先生|女儿|儿子|闺女|姑娘|儿?媳妇?|女婿|孙[子女]|外甥女?|侄[子女]|爸爸?|妈妈?|妈咪|麻麻|粑粑|爷爷|奶奶|外公|外婆|姥姥|姥爷|父亲|母亲|家[长属人]"
    f"|哥哥|姐姐|弟弟|妹妹|阿姨|姨妈?|舅[舅妈]|姑[姑妈]|叔叔|伯伯|老公|老婆|孩子|宝宝|{RELATIVE}"
)
_BESIDE_PERSON = Regex(
    rf"\([0-9]{{5,11}}\)|(?:Mrs?|Ms|Miss|Mdm|Dr|Prof)\.?[ ]?|回复?|家|(?:Case|Care)[ ][Mm]anager[ ]|{_SIGNS}(?:(?:[一-鿿]{{0,3}}?(?:{_ROLE.pattern})|[的他她]?(?:{_KIN})|[一-鿿]{{2,5}}[员师处科部]|[总工])(?:[0-9]{{1,4}}号?)?{_SIGNS}){{0,3}}"
)
"""The number of his account, an English title, or roles (片区经理, 健康管家) and signs between them and the name, or nothing."""
_TITLED_AND_MORE = Regex(
    r"[ ]?(?:主任|医[生师]|大夫|护士长?|老师|师傅|阿姨|大[姐哥爷妈]|[姐哥总工]|教授|经理|顾问)[ ]?(?:[(\[][一-鿿A-Za-z]{1,8}[)\]]|[-—·_|][一-鿿]{1,8}|[ ]?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?[0-9A-Z]{5,6})[ ]?"
)
"""梁|医生-不孕科, 占|大姐（护工）, 周|师傅 and his car."""
_OF_SOMEBODY = Regex(
    rf".(?:{_KIN}|管家|月嫂|[护社]工|志愿者|班主任|宝妈|[产孕]妇|老人|长者|[业户车]主|店员|讲师|(?:陪诊|接线|话务)员|(?:护理|育婴|产康|催乳|美容|验光|视光|陪诊)师)$"
)
"""A label that is a speaker behind somebody's name: 果果妈妈, 小鹿管家."""
_DEPARTMENT = Regex(
    r"[ ]?[(\[][ ]?(?:[A-Za-z]{2,12}|企微|微信|电话|[一-鿿A-Z]{1,10}(?:[部科组室处办岗班店队]|中心|院区)|法务|信息|后勤|采购|人事|出纳|质控|医务|护理|药房|检验|市场|品牌|营养|康复|心理|麻醉|影像|病理|超声|儿保|口腔|中医|急诊|门诊|病房|接诊|分诊|培训|仓库|物流|运维|研发|产品|设计)[ ]?[)\]][ ]?"
)
"""赵磊（IT）."""
_OF_FIRM = Regex(r"@[一-鿿A-Za-z]{2,16}")
"""王晓明@泰山财险, as WeChat for enterprises writes somebody of another one."""
_FIRM_BEHIND = Regex(rf"(?<=[一-鿿A-Za-z]){_OF_FIRM.pattern}\Z")
_REMARK = Regex(r"\+[一-鿿A-Za-z0-9]{1,8}")
"""张婷+牙套, as who keeps clients in a phone writes what they came for."""
_THEME = Regex(r"([一-鿿]{2,4})[-—_|]")
_DASHES = " ()[]【】-—·_/|"
_OFFICE = Regex("(?<=[一-鿿]{2})[办站店]$")
"""合肥办-老谷."""
_SHORT_OF_OFFICE = Regex(
    "(?:客户|甲方|乙方)?(?!AA)[A-Z]{2,4}|客户成功|[一-鿿]{2,6}[一二三四五六七八九0-9A-Z]{1,2}[组部区线号]"
)
"""IT of IT陆明, 客户HR, 客服二组."""
_ADVERTISED = Regex("A[0-9A]{0,3}[一-鿿]{1,6}[-—·_]?")
_SORTED_FIRST = Regex("A{1,3}[0-9]{0,3}")
"""What shops write before their names to stand first in every list, and what they sell: A强哥, A0建材老周."""
_BEFORE_ACCOUNT = Regex(
    r"(?:买家|卖家|店家|用户|客户|访客|客服|会员)[ ]+(?=[A-Za-z0-9_*]{4})|(?:用户|访客)[ ]?(?=[一-鿿]{2})"
)
_BEHIND_ACCOUNT = Regex(r"[ ]?\((?:[0-9]{5,11}|家[属长]|患者|本人|群主|管理员|客户|会员)\)\Z")
"""How a program says who he is whose account it shows: 用户风吹麦浪, 雪莲花(家属), 行走的豆包(519930472)."""
_NO_NAME = Regex(
    rf"{RELATIVE}|原?PO主?|[收发]|收到|发送|接收|发出|[来去]电|呼[入出]|拨出|"
    r"[0-9.%℃°/~\-+ ]*|(?:自动)?(?:回复|答复|留言|转接)|[一-鿿]+[处科]|.*(?:(?:移出|加入|退出|进入|邀请|修改)[了的]?[^ ]{0,12}群|拍了拍|发起了?群|[0-9](?:℃|mmHg|次|ml|mL|mg|kg|cm|%|元|岁)|撤回|系统|消息|以下|以上|聊天记录|群聊|通话\]|\.(?:jpg|png|pdf|docx?|xlsx?))"
    r".*|[0-9./\- ]+.{0,2}|[送去到回往接赴][一-鿿]{2,8}[区路街道巷].*"
)
_HEADING = Regex(
    "(?:沟通|查房|记录|讨论|小结|谈话|告知|交代|会诊|抢救|交班|接班|巡视|护理|病程|手术|评估|宣教|随访|复查|换药|[转出入]院前?|[转入出]科|检查|治疗|时间)$"
)
"""What a progress note is on, beside its time: 与家属沟通, 万主任查房."""
_ROLE_AND_ACT = Regex(
    "(?:患者|家[属长]|医[生师]|用户|客户|网友|博主|楼主|作者|小编|商家|店家|官方)[ ]?(?:提问|追问|回[复答]|补充|咨询|留言|描述)"
)
"""患者 提问: and 医生 回复:, by turns."""
_ONE_WORD = Regex(r"[一-鿿A-Za-z0-9_]+")
_PLAIN_WORD = Regex(r"[一-鿿]+")
_MOSTLY = 0.8
_FIELDS, _WORDS, _IN_ORDER = 4, 2, 0.8
"""So many labels, so many words among them, and so much of them in the same order, are fields of a form."""
_SCORE, _SCORE_OF_WHOLE, _SURE = 0.7, 0.9, 0.8
"""Of an account, and of one that is more than the person in it: 爱笑 in 爱笑的眼睛, 强哥 in A强哥."""
_LONG = 3
"""Characters of an account that is looked for outside of heads."""
_GLANCE = 40
"""Characters of a message that are looked at for who it is said to."""
_QUOTED_BEFORE = Regex(
    '(?:[「『“"@]|(?:客户|用户|昵称|对象|对话人|备注|好友|群友|网友|访客|买家)[: ]{0,3})\\Z'
)
_QUOTED_BEHIND = Regex("(?![一-鿿A-Za-z0-9])|撤回")
_TOLD_BEHIND = Regex("[ ]?(?:撤回了|拍了拍|加入了?群|退出了?群|邀请)")
"""What stands around an account that is spoken of, and what programs write behind it."""


def find_speakers(
    reading: Reading,
    persons: Sequence[Detection],
    bodies: Mapping[int, int] = MappingProxyType({}),
    *,
    is_place: Callable[[str], bool],
) -> Iterator[Detection]:
    """The accounts in the heads of messages; none where the text is no chat, nor for `persons` with a role or a place.

    `bodies` are firms for which somebody may speak, start and end: 康途顾问-白露.
    """
    text = reading.text
    if "\n" not in text or ":" not in text:
        return
    named = sorted({(person.start, person.end) for person in persons})
    told = {(person.start, person.end) for person in persons if person.evidence[:1] != ("surroundings",)}
    sure = {(person.start, person.end) for person in persons if person.score >= _SURE}
    names = {text[start:end] for start, end in named}
    programs = list(_programs(reading))
    heads = programs or [*dict.fromkeys((*_heads(reading, names), *_turns(reading, names), *_posts(reading)))]
    labels = {text[start:end] for start, end in heads}

    def beside(start: int, end: int) -> bool:
        """Whether what stands beside a person in a head is no part of an account."""
        word = text[start:end].strip(_DASHES)
        return (
            _BESIDE_PERSON.fullmatch(text, start, end) is not None
            or _DEPARTMENT.fullmatch(text, start, end) is not None
            or _OF_FIRM.fullmatch(text, start, end) is not None
            or _TITLED_AND_MORE.fullmatch(text, start, end) is not None
            or _REMARK.fullmatch(text, start, end) is not None
            or _ADVERTISED.fullmatch(text, start, end) is not None
            or is_place(_OFFICE.sub("", word))
            or _is_theme(reading, start, end)
            or _is_business(reading, word)
            or text[start:end] in shared
        )

    shared = _shared_themes(labels.union(turn["name"] for turn in reading.finditer(_TURN))) if heads else ()
    accounts: dict[str, float] = {}
    for start, end in heads:
        if led := _BEFORE_ACCOUNT.match(text, start, end):
            start = led.end()
        if followed := _BEHIND_ACCOUNT.search(text, start, end):
            end = followed.start()
        if firm := _FIRM_BEHIND.search(text, start, end):
            end = firm.start()
        inside = [
            span
            for span in named[bisect_left(named, (start, 0)) : bisect_left(named, (end, 0))]
            if span[1] <= end
        ]
        begin = bodies.get(start, start)
        alone = any(beside(begin, first) and beside(last, end) for first, last in inside)
        if alone or (inside and all(beside(*gap) for gap in _gaps(begin, end, inside))):
            continue  # 护士姜莉, 司机蔡师傅, 咨询师(安宁), 医生-程主任, 南京刘海波, 赵磊(IT), Tracy(褚红霞)
        entity_type = next((kind for kind, form in _KINDS if form.fullmatch(text, start, end)), "USERNAME")
        whole = (
            told.isdisjoint(inside)
            or (sure.isdisjoint(inside) and _is_one_word(text[start:end]))
            or _SORTED_FIRST.fullmatch(text, start, inside[0][0]) is not None
        )
        if not whole:
            continue  # A3-1102 彬彬妈, 群主-助产士朱朱
        score = accounts[text[start:end]] = _SCORE_OF_WHOLE if inside else _SCORE
        yield Detection(entity_type, start, end, score, "speaker", ("speaker",))
    yield from _spoken_of(reading, accounts, set(heads))


def _spoken_of(
    reading: Reading, accounts: Mapping[str, float], heads: Collection[tuple[int, int]]
) -> Iterator[Detection]:
    """The accounts elsewhere in the text, where they are quoted or called accounts: 与「不怕辣」的聊天, 对象：山里的云."""
    names = WordIndex({account: account for account in accounts if len(account) >= _LONG})
    for start, end, account in names.find_all(reading.text):
        quoted = _QUOTED_BEFORE.search(reading.text, max(0, start - 6), start)
        told = quoted and _QUOTED_BEHIND.match(reading.text, end)
        if (told or _TOLD_BEHIND.match(reading.text, end)) and (start, end) not in heads:
            yield Detection("USERNAME", start, end, accounts[account], "speaker", ("mentioned",))


def _is_one_word(account: str) -> bool:
    """Whether nothing in it tells of somebody's role beside his name: 平安是福, 夏天的风; not 佟医生在线, 豆豆爸-花溪."""
    return _ONE_WORD.fullmatch(account) is not None and ("的" in account or not _ROLE.search(account))


def _gaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a stretch without spans in it, which are in order."""
    for first, last in spans:
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


def _shared_themes(heads: Collection[str]) -> frozenset[str]:
    """康途- of 康途-小程 and 康途-方总: what several who speak have before a dash is what they speak for."""
    themes = Counter(theme[0] for head in heads if (theme := _THEME.match(head)))
    return frozenset(theme for theme, count in themes.items() if count > 1)


def _is_theme(reading: Reading, start: int, end: int) -> bool:
    """Whether a word and a dash stand there: 行程-李倩, whose business is the itinerary."""
    theme = _THEME.fullmatch(reading.text, start, end)
    return theme is not None and reading.known(theme[1]) > 0


def _is_business(reading: Reading, word: str) -> bool:
    """Whether a word beside a person's name says what he does: 放射孔德茂, 协赔阮一帆, 客服二组 赵晓敏."""
    return len(word) > 1 and (reading.known(word) > 0 or _SHORT_OF_OFFICE.fullmatch(word) is not None)


def _programs(reading: Reading) -> Iterator[tuple[int, int]]:
    """Who speaks in what a program exported, whatever he is called; logs are written like it: [2025-11-17 10:02] INFO: …"""
    for form in _PROGRAMS:
        heads = list(reading.finditer(form))
        if len(heads) > 1 and ("," in heads[0][0] or _is_talk(reading.text, heads)):
            yield from (head.span("name") for head in heads if _is_named(head["name"]))


def _posts(reading: Reading) -> Iterator[tuple[int, int]]:
    """Who posts in a forum or answers there, in two posts or more."""
    floors, answers = list(reading.finditer(_FLOOR)), list(reading.finditer(_ANSWERED))
    spans = [floor.span("name") for floor in floors] if _are_posts(reading.text, floors) else []
    if _are_posts(reading.text, answers):
        spans += [one.span(group) for one in answers for group in ("name", "other") if one[group]]
    spans += _comments(reading)
    accounts = {reading.text[start:end] for start, end in spans}
    accounts = {account for account in accounts if _is_account(reading, account)}
    if accounts:
        spans += [turn.span("name") for turn in reading.finditer(_TURN)]
    yield from (span for span in spans if reading.text[slice(*span)] in accounts)


def _comments(reading: Reading) -> Iterator[tuple[int, int]]:
    """Who comments, line by line below the heading."""
    for heading in reading.finditer(_COMMENTS):
        below = []
        position = heading.end()
        while (turn := _TURN.match(reading.text, position)) or (
            turn := _ANSWERED.match(reading.text, position)
        ):
            below.append(turn)
            position = reading.text.find("\n", turn.end()) + 1 or len(reading.text)
        if len(below) > 1:
            yield from (turn.span("name") for turn in below)


def _are_posts(text: str, heads: Sequence[re.Match[str]]) -> bool:
    return len(heads) > 1 and _is_talk(text, heads)


def _heads(reading: Reading, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Name and time on a line of their own, with a message below."""
    for pattern in _HEADS:
        heads = list(pattern.finditer(reading.text))
        starts = {head.start() for head in heads}
        spoken = [head for head in heads if _has_message(reading.text, head.end(), starts)]
        if any(head.start("time") < head.start("name") for head in heads):
            spoken = [head for head in spoken if not _TIMED.match(reading.text, head.end() + 1)]
        if len(spoken) < 2:
            continue
        counts = Counter(head["name"] for head in spoken)
        if len(counts) < 2:
            continue
        plainly = any(count > 1 or _ROLE.search(name) for name, count in counts.items())
        if not (plainly or _is_exported_talk(reading.text, spoken, names)):
            continue  # stations of a day: 手术室 8:30, 恢复室 10:30
        words = _speaking_words(reading, spoken)
        for head in spoken:
            name = head["name"]
            if name in words or (_is_account(reading, name) and (plainly or not _THING.match(name))):
                yield head.span("name")


def _has_message(text: str, end: int, heads: set[int]) -> bool:
    """Whether the line below is there and is no head itself."""
    return text[end : end + 1] == "\n" and end + 1 not in heads and bool(text[end + 1 : end + 60].strip())


def _is_talk(text: str, heads: Sequence[re.Match[str]]) -> bool:
    """Whether half of what follows these heads is plainly said to somebody."""
    spoken = sum(_SPOKEN.search(text, head.end(), head.end() + _GLANCE) is not None for head in heads)
    return spoken * 2 >= len(heads)


def _is_exported_talk(text: str, heads: Sequence[re.Match[str]], names: Collection[str]) -> bool:
    """Whether two or more speak before whose messages stands the time, of whom one is plainly somebody or signs with a picture."""
    speakers = {head["name"] for head in heads}
    if len(speakers) < 2 or not _is_talk(text, heads):
        return False
    return any(name in names or _ROLE.search(name) or _SIGN.search(name) for name in speakers)


def _speaking_words(reading: Reading, heads: Sequence[re.Match[str]]) -> frozenset[str]:
    """Words that speak several times in an export, as accounts are called too: 明天, 珊珊来迟."""
    turns: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for head in heads:
        if _EXPORTED.fullmatch(head["time"]):
            turns[head["name"]].append(head)
    return frozenset(
        name
        for name, own in turns.items()
        if len(own) > 1
        and _is_named(name)
        and not reading.cue_ends(own[0].end("name"))
        and _is_talk(reading.text, own)
    )


def _turns(reading: Reading, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """`name: message`, where each has its time, or names return and one of them is plainly somebody who speaks."""
    turns = list(reading.finditer(_TURN))
    yield from (turn.span("name") for turn in _exported(reading, turns, names))
    if len(turns) < 3:
        return
    counts = Counter(turn["name"] for turn in turns)
    if len(counts) < 2 or len(counts) > len(turns) * 0.7:
        return
    with_role = any(_ROLE.search(name) for name in counts)
    persons = sum(count > 1 and name in names for name, count in counts.items())
    talking = frozenset() if with_role else _talking(reading.text, turns)
    if not (with_role or persons > 1 or len(talking) > 1) or _are_fields(
        reading, [turn["name"] for turn in turns]
    ):
        return
    for turn in turns:
        name = turn["name"]
        label = reading.cue_ends(turn.end("name")) and not _OF_SOMEBODY.search(name)
        beside_person = not (with_role or name in talking) and any(person in name for person in names)
        if counts[name] > 1 and not (label or beside_person) and _is_account(reading, name):
            yield turn.span("name")


def _talking(text: str, turns: Sequence[re.Match[str]]) -> frozenset[str]:
    """Who says what is plainly said to somebody, where most lines are turns."""
    if len(turns) < _MOSTLY * (text.count("\n") + 1):
        return frozenset()
    own: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for turn in turns:
        own[turn["name"]].append(turn)
    return frozenset(name for name, said in own.items() if _is_talk(text, said))


def _exported(
    reading: Reading, turns: Sequence[re.Match[str]], names: Collection[str]
) -> Iterator[re.Match[str]]:
    """Accounts of messages with their times beside those of persons; what is measured or done at a time is none."""
    timed = [turn for turn in turns if turn["time"]]
    if not _is_exported_talk(reading.text, timed, names):
        return
    words = _speaking_words(reading, timed)
    for turn in timed:
        name = turn["name"]
        told = _SIGN.search(name) or (_EXPORTED.fullmatch(turn["time"]) and not _THING.match(name))
        measured = reading.text[turn.end() : turn.end() + 1].isdigit() or reading.cue_ends(turn.end("name"))
        if name in words or (told and not measured and _is_account(reading, name)):
            yield turn


def _are_fields(reading: Reading, labels: Sequence[str]) -> bool:
    """Whether several labels, words among them, return in the same order, as those of forms do, and speakers do not."""
    following: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for label, following_label in pairwise(labels):
        following[label][following_label] += 1
    returning = {label: counts for label, counts in following.items() if counts.total() > 1}
    words = sum(reading.known(label) > 0 and not _ROLE.fullmatch(label) for label in returning)
    in_order = sum(max(counts.values()) for counts in returning.values())
    followed = sum(counts.total() for counts in returning.values())
    return len(returning) >= _FIELDS and words >= _WORDS and in_order >= _IN_ORDER * followed


def _is_account(reading: Reading, name: str) -> bool:
    """Whether the words in a speaker's place are a name somebody gave himself: no role, no word, no value."""
    if not _is_named(name) or reading.known(name) or len(name.strip()) < 2:
        return False
    rest = _ROLE.sub("", name)
    return not (_PLAIN_WORD.fullmatch(rest) and reading.known(rest))


def _is_named(name: str) -> bool:
    """Whether it is no role, value or heading."""
    if _NO_NAME.fullmatch(name) or _HEADING.search(name) or _ROLE_AND_ACT.fullmatch(name):
        return False
    rest = _ROLE.sub("", name).strip("()[] -_·&和甲乙丙丁0123456789")
    return bool(rest) and not (len(rest) == 1 and rest.isascii() and name.endswith(rest))  # 患者A
