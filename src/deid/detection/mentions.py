"""Whom a message is for, or whose it is: @今天也要早睡, //@海棠斎主:.

What stands behind @ is an account. Whoever lets a client write it has a space behind it (WeChat writes U+2005), another @ or a
colon, and within it no other sign; only who types it by hand goes on at once (@小米粥明天空腹来). So a mention is found
whole and has one type, though parts of it look like names, and is found again where it speaks or is quoted. A person's
name before a title or before a message stays with the finders of names: @李护士血压160/90请复测.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from deid.catalog.lexicon import WordIndex
from deid.detection.names.words import RELATIVE, NameWords
from deid.detection.nicknames import NICKNAME
from deid.detection.reading import Reading
from deid.grammar.name import HAN, NameGrammar
from deid.regexes import Regex
from deid.types import Detection

_ACCOUNTS = frozenset(["USERNAME", "CN_WECHAT_ID"])
_PEOPLE = _ACCOUNTS | {"PERSON"}
_PICTURES = "❤♥♡✨⭐☀❀✿\U0001f300-\U0001faff"
_RUN = Regex(
    rf"@(?P<run>(?:(?!https?:)[A-Za-z0-9_·{HAN}\u3041-\u30ff\uac00-\ud7a3{_PICTURES}\-]){{2,40}})(?!\.[A-Za-z])"
)
_WIDEST, _WIDEST_TYPED = 30, 22
"""The longest account, with two for each Chinese character; and where nothing shows that it ends."""
_OF_MAIL = Regex(r"[A-Za-z0-9._%+-]")
"""Before @, unless that is the end of another mention."""
_OF_WECHAT = Regex(r"@(?P<run>[^@\n\u2005]{1,30})(?=\u2005)")
"""Looked for in the original: the shadow has one sort of space."""
_PASSED_ON = Regex(r"(?://|回复|转发)\Z")
_FIRM_END = Regex(rf"[ ]|@|//|\[[{HAN}A-Za-z]{{1,4}}\]|http")
_REPORTS = "评论|表示|写道|回复|转发|提醒|推荐|分享|留言|爆料|指出|提问|调侃|认为|投稿|反映|发帖|发文|吐槽|告诉|透露|求助|咨询|晒出|称|说[了道过]?"
_MESSAGE = Regex(
    rf"(?:明|今|昨|后)[天日早晚晨]|上午|下午|晚上|早上|中午|现在|刚才|马上|周[一二三四五六日末]|[你您我他她咱]|大家|请|麻烦|帮|辛苦|谢谢|感谢|好的|收到|在[吗么不嘛]|来(?=[看抽做取拿复院电,。!~])"
    rf"|快(?=[来看去点给])|这[个是里样]|那[个是里样]|什么|怎么|为什么|是不是|有没有|能不能|可不可|可以|需要|记得|注意|已[经发收上]|把|给|跟进|在(?:[一-鿿]{{0,2}}微博|抖音|小红书|群里|朋友圈)|复[查测诊]|血[压糖氧常]|体温|心率|抽血|检查|报告"
    rf"|(?:{_REPORTS})(?=[:,。!\n\"“]|\Z)|孩子|宝宝|的(?:博文|微博|文章|评论|帖子|视频|照片|分享|提醒|话|观点|调侃|留言|回复|日记|笔记|家属|家长|孩子|小孩|宝宝|儿子|女儿|妈妈|爸爸|号|单子|片子|药)|的(?=[^{HAN}]|\Z)|[啊呀吧呢吗嘛哦哈啦](?=[^{HAN}]|\Z)"
)
"""How what is said to somebody begins, or what is said of him."""
_NOBODY = Regex(
    rf"{RELATIVE}\Z|"
    r"所有|全[体员部]|各[位科]|大[家伙]|群[主里]|管理员|机器人|[你您我他她它](?:们|的|\Z)|药[房店]|食堂|前台|物业|急诊|门诊|[0-9一二三四五六七八九十]+(?:[床号楼层]|病[区房])|(?:值班|主管|责任|接诊|主治|住院|管床)[医护]"
    r"|(?:[一-鿿]{1,4}科?)?[一二三]线\Z|(?:住院|院)总\Z|[早中晚白夜]班\Z|值班|(?:放射|超声|检验|病理|药剂|影像|输血|麻醉|供应|设备|后勤|总务|信息|医保|医务|护理|院感|门办|病案|收费|财务|人事|血库)\Z"
    r"|(?:小助手|楼[主上下])\Z|(?:患者|病人|客户|家属|家长|医生|护士|护工|同事|老师|领导|同学|网友)们\Z"
)
_OF_THE_SIGN = Regex("的|[符字]号|字符|(?:一下|了|过|到人|不到|错|谁)(?:[^A-Za-z0-9]|\\Z)")
"""What is said of the sign: 全角@的要改, @一下."""
_OFFICE = Regex(r"(?:[科部室组站处房院群]|中心|公司|值班|门诊)\Z")
_PLACE = Regex(r"(?:[楼厅店馆园城场区街路口]|大厦|大集|[东南西北]门)\Z")
_CODE = frozenset(
    "param params return returns throws exception author version see since override deprecated suppresswarnings property staticmethod classmethod dataclass abstractmethod"
    " pytest fixture media import charset include mixin extend keyframes supports page type id context graph value language vocab base container reverse"
    " all here everyone channel todos autowired service component controller restcontroller repository bean configuration entity table column transactional slf4j data"
    " getter setter test before after beforeeach aftereach requestmapping getmapping postmapping requestbody requestparam pathvariable resource qualifier scheduled async"
    " injectable input output viewchild ngmodule reboot daily weekly hourly app router api click change submit types babel vue angular echo off lis his pacs ris emr bid tid qid qd qn prn".split()
)
"""What stands behind @ in programs, and for everybody in chats."""
_QUOTES = Regex("[\"'`]")
"""Before what stands behind @ in programs: "@type"."""
_LETTERS = Regex("[A-Za-z0-9_·-]+")
_AT_A_PLACE = Regex(rf"[{HAN}0-9]@")
_LETTERS_OF_NAMES, _HAN = Regex("[A-Za-z]{2}"), Regex(f"[{HAN}]")
_BEHIND_LATIN = Regex(rf"[ ]?[{HAN}@]|[:,。!?)\[~](?![A-Za-z0-9(])|//|[ ]?(?:\n|\Z)")
_HEAD = Regex(r"(?:\A|\n)[0-9:/. \[\]()-]{0,24}\Z")
_SPEAKS = Regex(r"[ ]{0,3}(?::|[ (\[][0-9]{1,4}[-/.年月:])")
_QUOTED = Regex('["“‘「『].')
_JOINED = Regex("[A-Za-z0-9_]")
_SIGNS = "-—_·"
_FAR = 64
_SHORTEST_LATIN, _LONG_LATIN, _SHORT = 3, 5, 4
"""An account of two Chinese characters may be a word that no list has."""
_SCORE = 0.65
_NAME_LIKE = 0.45
_ADDED = Regex(r"[_-][A-Za-z0-9_-]*|[A-Z]?[a-z][A-Za-z0-9_-]+")
"""What makes a person's name one that nobody else on the platform has."""
_THIN = "\u2005"


class _Mention(NamedTuple):
    start: int
    end: int
    firm: bool
    """Whether what ends it ends accounts only."""
    passed_on: bool
    """Whether a program wrote it: //@海棠斎主:."""


class Mentions:
    """Makes one account, or one person, of what stands behind @."""

    def __init__(self, grammar: NameGrammar, words: NameWords, is_other: Callable[[str], bool]) -> None:
        self._grammar = grammar
        self._words = words
        self._is_other = is_other
        """Whether a word is a place, a thing of medicine, or a department: nobody's account in a record."""

    def settled(self, reading: Reading, claims: Sequence[Detection], least: float) -> Sequence[Detection]:
        """The claims, with one for each mention and without what is only a part of it; persons score `least` or more."""
        told = {(c.start, c.end): c.entity_type for c in claims if c.recognizer == NICKNAME}
        if "@" not in reading.text and not told:
            return claims
        text = reading.text
        persons = sorted({(c.start, c.end) for c in claims if c.entity_type == "PERSON" and c.score >= least})
        speaking = {text[c.start : c.end] for c in claims if c.recognizer == "speaker"}
        accounts = {span: kind for span, kind in told.items() if span not in persons}
        nobody: list[tuple[int, int]] = []
        """Stretches in which nobody is told of."""
        for mention in _mentions(text, reading.layout, {end for _, end in persons}):
            within = _overlapping(persons, mention.start, mention.end)
            end = self._end(reading, mention, within, speaking)
            if end and text[end : end + 1] == "的" and (said := _MESSAGE.match(text, end)):
                nobody.append(said.span())  # the 博文 of @海棠斎主的博文
            if end and (mention.start, end) not in within:
                account = text[mention.start : end]
                named = (text[first:last] for first, last in within if first < end)
                accounts[mention.start, end] = (
                    "PERSON" if any(self._names(account, name) for name in named) else "USERNAME"
                )
            elif end == 0:
                nobody.append((mention.start, mention.end))
        accounts |= _elsewhere(reading, {text[start:end]: kind for (start, end), kind in accounts.items()})
        if not (accounts or nobody):
            return claims
        taken, nobody = sorted(accounts), sorted(nobody)
        kept = [
            claim
            for claim in claims
            if not _is_part(claim, _overlapping(taken, claim.start, claim.end))
            and not (
                claim.entity_type in _PEOPLE and _is_part(claim, _overlapping(nobody, claim.start, claim.end))
            )
        ]
        return [
            *kept,
            *(Detection(kind, *span, _SCORE, "mention", ("mention",)) for span, kind in accounts.items()),
        ]

    def _is_role(self, word: str) -> bool:
        return word in self._words.roles or word in self._words.titles

    def _ends_in_role(self, word: str) -> bool:
        """医学顾问 and 片区经理 as well, but not 一只快乐的护士."""
        return any(self._is_role(word[start:]) for start in range(min(4, len(word))))

    def _names(self, account: str, person: str) -> bool:
        """Whether an account is called by the name of a person in it: 小玥子c_c, 隔壁张小宝, 寒阳我老张, but not 吃土少女阿芬的猫."""
        return account.startswith(person) or person[0] in "老小" or self._is_named(person)

    def _is_named(self, name: str) -> bool:
        """Whether it is plainly somebody's own name: 钟汉良, but not 樊樊."""
        return (
            name[0] != name[1:2]
            and self._grammar.surname_length(name) > 0
            and self._grammar.quality(name) >= _NAME_LIKE
        )

    def _end(
        self,
        reading: Reading,
        mention: _Mention,
        persons: Sequence[tuple[int, int]],
        speaking: Collection[str],
    ) -> int | None:
        """Where the account ends; 0 where nobody is meant, None where the finders of names have said all."""
        text, (start, end, firm, passed_on) = reading.text, mention
        run = text[start:end]
        if _LETTERS.fullmatch(run):
            return end if _is_latin_account(text, mention) else None
        if _NOBODY.fullmatch(run) or _OF_THE_SIGN.match(run):
            return 0
        person = max((last for first, last in persons if first == start), default=start)
        if person == end:
            return end
        if start < person < end and text[person] in _SIGNS and self._is_role(text[person:end].strip(_SIGNS)):
            return None  # @邓敏仪-客服
        title = self._words.title_at(text, person) if start < person < end else 0
        if title and (person + title == end or not (passed_on or (firm and text[person + title] == "的"))):
            return None
        if self._is_role(run) or (self._is_other(run) and not passed_on):
            return 0
        if passed_on:
            return end
        if _NOBODY.match(run) or self._is_role_and_person(reading, mention, persons):
            return None
        if known := max((len(name) for name in speaking if run.startswith(name)), default=0):
            return start + known
        message = _MESSAGE.search(text, start + 2, end + 1)
        said = message.start() if message and message.start() < end else end
        named = start < person < end and (text[start] in "老小" or self._is_named(text[start:person]))
        if named and (said == person or not (firm or _ADDED.fullmatch(text, person, end))):
            return None
        if _OFFICE.search(run) or (_AT_A_PLACE.match(text, max(0, start - 2)) and _PLACE.search(run)):
            return None
        if not firm or _width(run) > _WIDEST:
            end = said
        widest = _WIDEST if firm else _WIDEST_TYPED
        return end if end - start > 1 and _width(text[start:end]) <= widest else None

    def _is_role_and_person(
        self, reading: Reading, mention: _Mention, persons: Sequence[tuple[int, int]]
    ) -> bool:
        """@客服小美, @医学顾问汪医生, @信息科小赵看下, @医助-小郝, @放射孔德茂."""
        text = reading.text
        for first, last in persons:
            role = text[mention.start : first].rstrip(_SIGNS)
            if role and (self._ends_in_role(role) or _OFFICE.search(role)):
                return True
            named = self._is_named(text[first:last]) or text[first] in "老小阿"
            if last == mention.end and named and len(role) > 1 and reading.known(role):
                return True
        return False


def _mentions(text: str, layout: str, ends: Collection[int]) -> Iterator[_Mention]:
    """What may be mentions. `ends` are those of persons, who are told of with their firm: 孟根@康途."""
    told = {match.start(): match.end() for match in _OF_WECHAT.finditer(layout)} if _THIN in layout else {}
    yield from (_Mention(at + 1, end, True, False) for at, end in told.items())
    last = -1
    for match in _RUN.finditer(text):
        at, (start, end) = match.start(), match.span("run")
        led = at != last and (at in ends or _OF_MAIL.match(text, max(0, at - 1), at))
        if at in told or led:
            continue
        last = end
        passed_on = bool(_PASSED_ON.search(text, max(0, at - 2), at)) and text[end : end + 1] == ":"
        yield _Mention(start, end, passed_on or bool(_FIRM_END.match(text, end)), passed_on)


def _is_latin_account(text: str, mention: _Mention) -> bool:
    """@momo 你好, @hehehelena：, but no decorator and no @PEEP5 in a line of figures."""
    start, end = mention[:2]
    run, line_start = text[start:end], text.rfind("\n", 0, start) + 1
    if (
        len(run) < _SHORTEST_LATIN
        or run.lower() in _CODE
        or (run.isupper() and run.isalpha() and len(run) < _LONG_LATIN)  # ICU, HIS
        or not _LETTERS_OF_NAMES.search(run)
        or not _BEHIND_LATIN.match(text, end)
    ):
        return False
    return bool(_HAN.search(text, line_start, end + 40)) and not _QUOTES.match(
        text, max(0, start - 2), start - 1
    )


def _elsewhere(reading: Reading, accounts: Mapping[str, str]) -> dict[tuple[int, int], str]:
    """Where the same accounts speak, are quoted, or stand unlike any word: 木木彡 in 木木彡说她明天来."""
    text = reading.text
    found = {}
    for start, end, kind in WordIndex(accounts).find_all(text):
        name = text[start:end]
        around = text[start - 1 : start] + text[end : end + 1]
        if name.isascii() and _JOINED.search(around):
            continue
        speaks = _HEAD.search(text, max(0, start - 26), start) and _SPEAKS.match(text, end)
        word = _width(name) <= _SHORT or reading.known(name)
        if not word or speaks or _QUOTED.fullmatch(around):
            found[start, end] = kind
    return found


def _overlapping(spans: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """Those of the spans, which are in order and short, that share a character with a stretch."""
    first = bisect_left(spans, (start - _FAR, 0))
    return [span for span in spans[first : bisect_left(spans, (end, 0))] if span[1] > start]


def _is_part(claim: Detection, mentions: Sequence[tuple[int, int]]) -> bool:
    """Whether the claim lies in a mention, or is an account or somebody who only begins in it: 猹明天 of @一只猹明天."""
    for start, end in mentions:
        if start <= claim.start and (claim.end <= end or claim.entity_type == "PERSON"):
            return True
    return bool(mentions) and claim.entity_type in _ACCOUNTS


def _width(run: str) -> int:
    """How long an account is as platforms count: a Chinese character is two."""
    return sum(1 + (character > "ÿ") for character in run)
