"""Whatever word it is, a name where a text says that a person is meant: 我就叫何必, 接线员：007号（丁香）, 过户至雪莲.

Each frame says how much may be a name in it:

- `any`: all that is no role, for somebody is called so: 朵朵（大名刘一朵）;
- `pet`: the same before a full name: 患儿：米粒（刘一诺）;
- `called`: what begins with a surname, though it is a word: 孩子就叫房子, 全名叫方便;
- `surname`: the same without words that say when or how: 社长白果;
- `name`: what looks like a name, or is a word that is one as well: 乙方指定高山, 浙A·6K93T归雷振声;
- `seldom`: besides these words that are seldom used: 你们展翅同志;
- `herb`: a herb, or a word that is a name as well: 针灸科石斛教授;
- `signer`: a name, also one with a rare surname: 过建国　2024.5.13;
- `kin`: the same as `surname`, with a rare surname or a herb as well: 我儿子过江，15098 7712 40, 我和桂枝记着;
- `nick`: 小 and the like before a surname: 随车小代;
- `bed`: a name, and not how a patient fares: 3床 高兴 顺产;
- `clear`: what is plainly a name, as words may stand behind it: 4.4班康小满近视.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import (
    DESCRIBES,
    FUNCTION_SURNAMES,
    FUNCTION_WORDS,
    NOBODY,
    NOBODY_ACTS,
    NOT_NAMES,
    STATES,
)
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import HAN, RARE_WORDS

_WORD = rf"([{HAN}]{{2,3}}?)"
_ENDS = r"(?=[,。;!?、)”\"\n ]|\Z)"
_KIN = "[父母夫妻子女儿兄弟姐妹媳婿孙爷奶姥婆公伯叔姑姨舅]"
_PAPERS = "工伤|劳动|仲裁|体检|检[查验]|病历|病案|[入出住转]院|诊断|身份证|护照|户口本|合同|协议|授权|委托|[入离]职|简历|报告|证明|处方|发票|理赔|保单|投诉|随访|评估|心电图|影像|片子"
_FILE = (
    r"[^\s/\\,;\"]{0,30}\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|zip|rar|tiff?|eml|txt|dcm|m4a|mp[34])(?![a-z])"
)
_HEADS = "社长|理事长|会长|场长|法人|老板|堂主|馆主|庄主|掌柜|组长|队长|站长|店长"
_REACHED = r"(?=[ ,(]{1,3}(?:(?:联系)?电话|手机|税号|微信|QQ|身份证|0[0-9]{2,3}-?[0-9]{3}|1[3-9][0-9]))"
_MOBILE = r"1[3-9][0-9](?:[ -]?[0-9]{4}){2}|1[3-9][0-9]{3}(?: [0-9]{2,4}){2}"
_FRAMES: tuple[tuple[str, Screened], ...] = tuple(
    (kind, Screened(pattern))
    for kind, pattern in (
        ("called", rf"(?:(?:我|[她他]|人家|对方|孩子|宝宝|患者|客户|闺女|儿子|女儿|名字)就叫|[全真本]名[叫是]|大名[叫是])[“\"]?{_WORD}{_ENDS}"),
        ("called", rf"[“\"]{_WORD}[”\"](?=[为是](?:姓名|人名|[我他她]的?名字|名字))"),
        ("any", rf"(?<![{HAN}])([{HAN}]{{2,3}})(?=\((?:大名|学名|全名|本名|真名)[:叫是]?[{HAN}]{{2,4}}\))"),
        ("pet", rf"(?:患儿|宝宝|孩子|小朋友|宝贝)[: ]{{0,2}}([{HAN}]{{2,3}})(?=\([{HAN}]{{2,4}}\)[, ]{{0,2}}(?:男|女|[0-9]{{1,2}}岁))"),
        ("any", rf"(?:小名|乳名)[: ]?(?![叫是为]){_WORD}{_ENDS}"),
        ("surname", rf"(?:社|理事|会|场|站|店|馆|队|组)长(?<!家长){_WORD}{_REACHED}|(?:{_HEADS})[: ]?{_WORD}{_REACHED}"),
        ("surname", rf"(?:接线员|坐席|座席|话务员|客服|咨询师|陪诊[员师]|护士|医[生师]|志愿者|社工|热线|工号)[: ]{{0,2}}[A-Z]{{0,3}}[0-9]{{2,8}}号?[ ]?\({_WORD}\)"),
        ("surname", rf"(?:(?<=\n)|\A)[ ]*(?:单|订单|工单|任务|预约)[0-9]{{1,3}}[ .:、]{{0,2}}(?:客户|患者|会员|老人|病人|乘客){_WORD}(?=[,。;(])|[ ](?:单|订单|工单|任务|预约)[0-9]{{1,3}}[ .:、]{{0,2}}(?:客户|患者|会员|老人|病人|乘客){_WORD}(?=[,。;(])"),
        ("surname", rf"(?<=[{HAN}]、){_WORD}(?=(?:不慎)?(?:遗失|丢失))"),
        ("nick", rf"(?:随车|跟车|开车|陪同|陪诊|带队|护送|经办|值班|接班|[代顶]班|接待|对接|跟进|登记|代[收签办领])[: ]?([小老阿][{HAN}]){_ENDS}|[你我他她您][和跟与]([小老阿][{HAN}])(?=[上这下]周|[昨今前明]天|[上下]午|陪|一起|[来去])"),
        ("kin", rf"(?:儿子|女儿|老公|老婆|爱人|老伴|弟弟|妹妹|哥哥|姐姐|侄[子女]|外甥|孙[子女]){_WORD}(?=[,: ]{{1,2}}(?:电话|手机)?[: ]?(?:{_MOBILE})(?![0-9]))"),
        ("kin", rf"(?<=我[和跟与])([{HAN}]{{2}})(?=记着|商量|结婚|离婚|领证|两口子|是夫妻)"),
        ("bed", rf"[0-9]床[ ]{{1,2}}{_WORD}(?=[ ]{{1,2}}(?:[顺平助]产|剖[宫腹]产|术后|待产|保胎|[男女]|[0-9]{{1,3}}岁|住院号|新[入收转]|[入转]院|转入))"),
        ("surname", rf"我是[{HAN}]{{2,8}}(?:来|介绍|联系|预约|挂号|住院)的{_WORD}{_ENDS}"),
        ("surname", rf"(?<![{HAN}]){_KIN}{_WORD}(?=代[填签诉述办领])"),
        ("name", rf"[那这上][个位次](?:的)?(?:客户|患者|病人|会员|阿姨|大爷|老人|家属),{_WORD}(?=,)"),
        ("name", rf"(?:过户|转让|划转|变更|移交|落户)(?:至|到|给|在){_WORD}(?=名下|[ ,。;)\n]|\Z)"),
        ("name", rf"(?<![回当同专终总])归{_WORD}(?=[,。;]|使用|管理?(?![{HAN}])|负责|保管|开(?=[,。;]))"),
        ("name", rf"(?:[甲乙丙丁双我]方|公司|[我贵]司)(?:书面)?指定{_WORD}(?=[,。;(]|为|担任|作为|负责)"),
        ("name", rf"(?<![0-9])[1-9一二三四五六七八九](?:\.[0-9]{{1,2}}|年级\(?[0-9一二三四五六七八九十]{{1,2}}\)?)班{_WORD}(?=[,。;:( \n]|\Z)"),
        ("clear", rf"(?<![0-9])[1-9一二三四五六七八九](?:\.[0-9]{{1,2}}|年级\(?[0-9一二三四五六七八九十]{{1,2}}\)?)班([{HAN}]{{3}})(?=[{HAN}]{{2}})"),
        ("herb", rf"(?:科|室|中心|门诊|医院){_WORD}(?=(?:副?主任|副?教授|医[生师]|大夫|护士|药师|技师))"),
        ("signer", rf"(?:\n|\A)[ ]*{_WORD}[ ]{{1,6}}(?=(?:19|20)[0-9]{{2}}[年./-][0-9]{{1,2}}[月./-][0-9]{{1,2}}日?[ ]*(?:\n|\Z))"),
        ("seldom", rf"(?<![{HAN}])([{HAN}]{{2}})(?=同志(?![们{HAN}]|间)|同志(?:来|说|讲|的|和|与|在|到|于|负责|处理))|(?<=[你我他她]们)([{HAN}]{{2}})(?=同志)|(?<=[请由找让])([{HAN}]{{2}})(?=同志)"),
        ("file", rf"(?:(?<=[/\\\"《=:_ -])|(?<=\n)|\A){_WORD}(?=[_-](?:{_PAPERS}){_FILE})"),
        ("file", rf"(?<![{HAN}]){_WORD}(?=的?(?:{_PAPERS}){_FILE})"),
    )
)  # fmt: skip
_ANY_FRAME = sum(frame.bit for _, frame in _FRAMES)
_OF_HOUSE = Screened(
    rf"(?:(?<=[\n /、,;:(])|\A){_KIN}[ ]?([{HAN}]{{2,3}})[ ]?(?=[0-9]{{1,3}}(?:岁)?[ ]*(?:[/、,;)\n]|[ ]{_KIN}|\Z))"
)
"""父訾广林 74 / 母邰玉珍 71 / 女圆圆 6."""
_FARES = frozenset("安静 平静 安稳 平稳 康复 满意 乐观".split())
"""How patients fare, where somebody lies in a bed."""
_BODIES = frozenset("公安 边防 海关 安保 居委 计生 农办 商务 机要 党委 支部 工会 政法 司法".split())
_GOOD, _CLEAR = 0.55, 0.8
"""Quality of what is a name in such a frame, and of what is one anywhere."""
_SELDOM = 50
"""How often jieba's dictionary counts words after which no file is called."""


class MeantNames:
    """Words and others, where nobody but a person can stand."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar

    def find(self, reading: Reading) -> Iterator[Candidate]:
        passing = reading.screens & _ANY_FRAME
        for kind, frame in _FRAMES if passing else ():
            for match in reading.finditer(frame) if passing & frame.bit else ():
                span = match.span(match.lastindex or 0)
                if self._may_be(reading, *span, kind):
                    yield Candidate(*span, 0.85, ("required", "meant"))
        household = list(reading.finditer(_OF_HOUSE))
        for match in household if len(household) > 1 else ():
            if self._is_of_house(reading, *match.span(1)):
                yield Candidate(*match.span(1), 0.85, ("required", "household"))

    def _may_be(self, reading: Reading, start: int, end: int, kind: str) -> bool:
        word, words = reading.text[start:end], self._fitting.words
        if word in words.roles or word in words.titles or word in NOT_NAMES or word in NOBODY_ACTS:
            return False
        if word in _BODIES or FUNCTION_WORDS & set(word[1:]) or reading.is_cue(start, end):
            return False
        medical = shipped_prose().is_medical(word)
        if kind in ("any", "pet"):
            whole = reading.text[end + 1 : reading.text.find(")", end)]
            return not medical and (kind == "any" or self._grammar.quality(whole) >= _GOOD)
        if kind in ("called", "surname"):
            worded = kind == "surname" and word in NOBODY
            return 0 < self._grammar.surname_length(word) < len(word) and not worded
        if kind == "nick":
            named = word[1] in self._grammar.surnames | self._grammar.rare_surnames - RARE_WORDS
            return named and reading.known(word) < _SELDOM  # 小时
        if kind == "kin":
            begins = self._grammar.surname_length(word) > 0 or word[0] in self._grammar.rare_surnames
            return word not in NOBODY and (begins or medical or word in self._grammar.given_names)
        if kind == "bed" and word in _FARES:
            return False
        if kind == "herb":
            herb = medical or word in self._grammar.name_like_words
            return herb and 0 < self._grammar.surname_length(word) < len(word)
        if kind == "clear":
            return self._grammar.quality(word) >= _CLEAR and self._fitting.cut_out(reading, start, end)
        if kind == "seldom" and self._fitting.is_seldom_word(reading, word):
            return True
        if kind == "signer" and (word in STATES | DESCRIBES or self._grammar.is_rarely_named(word)):
            return word not in STATES | DESCRIBES and not reading.known(word)
        return self._is_name(reading, start, end, of_file=kind == "file")

    def _is_name(self, reading: Reading, start: int, end: int, *, of_file: bool) -> bool:
        """Whether it looks like a name, or is a word that is one as well; of a file also what names seldom hold: 战鹰."""
        word = reading.text[start:end]
        if word in NOBODY or shipped_prose().is_medical(word) or (of_file and self._is_of_map(word)):
            return False
        surname = 0 < self._grammar.surname_length(word) < len(word)
        if word in self._grammar.name_like_words:
            return surname
        if word in self._grammar.given_names:
            return not of_file
        if not surname or (len(word) == 2 and word[0] in FUNCTION_SURNAMES):
            return False
        if word_list().part_of_speech(word).startswith("nr") and self._grammar.quality(word) >= _CLEAR:
            return True  # 胡杨
        if reading.known(word) > (_SELDOM if of_file else 0):
            return False
        whole = len(word) == 2 or not any(reading.known(part) for part in (word[:2], word[1:]))
        return self._grammar.quality(word) >= _GOOD or whole

    def _is_of_map(self, word: str) -> bool:
        """江苏, 华东: after places files are called as well."""
        return self._fitting.is_place(word) or word_list().part_of_speech(word) == "ns"

    def _is_of_house(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a member of a household is called so: 圆圆, 廖小雨, but not 性 nor 父母."""
        word = reading.text[start:end]
        if word == 2 * word[0] and len(word) == 2:
            return True
        return self._is_name(reading, start, end, of_file=False)
