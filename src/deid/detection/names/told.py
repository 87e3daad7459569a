"""Names that a text tells of as such: what somebody is called, the same name in Latin letters or in full beside it.

姓昔 … 昔正文    钟情 <zhongqing@example.com>    给孩子取名援藏    我是成才的母亲    “建国”（儿子名）    蒲（全名蒲松）    Keita Mori（森启太）
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import DESCRIBES, FUNCTION_WORDS, MOBILE, NOT_NAMES
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.grammar.romanized import find_romanized
from deid.regexes import Regex

_SURNAME = Screened(rf"(?:免贵姓|[^{HAN}]姓|^姓|[我他她也就是实真]姓)([{HAN}])(?=[,。;、!?)\n ]|$)")
_IN_TWO_PARTS = Screened(rf"姓([{HAN}]),?名([{HAN}]{{1,2}})(?![{HAN}])")
_SO_IS_SURNAME = Screened(
    rf"((?P<surname>[{HAN}])[{HAN}]{{1,2}}?)(?:阿姨|大姐|姑娘|姐|叔|伯|师傅)?(?:本人)?[,(、]?(?:本人|就|的确|本来|真)?姓(?P=surname)(?![{HAN}])"
)
"""姓过名客 tells of 过客; 喜鹊，姓喜."""
_NO_SURNAMES = frozenset("名氏姓不没的")
_FELT = Regex("[很太真好最更不挺]|非常|十分|特别|有点")
_NAMED = Screened(
    rf"(?:取名|起名|取个名字|起个名字|(?:胸牌|名牌|工牌|腕带|落款|署名|申请单|单子|证件)上?(?:写|印|标|签))(?:叫|为|着|的?是|的)?[“\"]?([{HAN}]{{2,3}})(?=[,。;、)”\"\n ]|$)"
)
_WHOSE = Screened(
    rf"([{HAN}]{{2,3}})[”\"]?\((?:她|他|其|我)?(?:儿子|女儿|孩子|孙子|孙女|老伴|丈夫|妻子|弟弟|妹妹|哥哥|姐姐|小孩)的?(?:小|大|乳)?名字?\)"
)
_OF_MAILBOX = Screened(rf"(?<![{HAN}])([{HAN}]{{2,4}})[ ]?(?=<[A-Za-z0-9._%+-]+@)")
_BEHIND_PHONE = Screened(rf"{MOBILE} ([{HAN}]{{2,3}})(?= )")
_PARENT_OF = Screened(
    rf"(?<=[是系])([{HAN}]{{2,3}})的(?:母亲|父亲|妈妈?|爸爸?|妻子|丈夫|老公|老婆|爱人|儿子|女儿|哥哥|姐姐|弟弟|妹妹|奶奶|爷爷|外婆|外公|家长|[叔伯舅姑姨婶]{{1,2}}|[堂表][兄弟姐妹哥]|[侄孙]子|侄女|同[事学乡])(?![{HAN}]{{0,3}}(?:的|吗|呢))"
)
_BEFORE_PARENT = Screened(rf"(?<![{HAN}])([{HAN}]{{2}})(?=(?:妈妈|爸爸|奶奶|爷爷)(?:[,。:;!?、 ]|[{HAN}]))")
_PET_NAME = Screened(
    rf"(?<![{HAN}])([{HAN}]{{2}})(?=妈妈|爸爸|妈咪|奶奶|爷爷|外婆|外公|姥姥|姥爷|[妈爸](?:[,。:;!?、( \n]|说|问|\Z))"
)
_OF_CHILD = r"(?:[妈麻]{1,2}|[爸粑]{1,2}|妈咪|奶奶|爷爷|外[婆公]|姥[姥爷])"
_ACCOUNT_OF_PARENT = Screened(
    rf"(?:昵称|用户名?|网名|账号|提问[人者]|网友|楼主)[: ]{{0,3}}([{HAN}])\1(?={_OF_CHILD})"
)
_PETS = Screened(rf"(?<![{HAN}、])([{HAN}])\1(?:、([{HAN}])\2)+")
_PARENT_SPEAKS = Regex(rf"(?m:^)([{HAN}]{{2}}[爸妈奶爷外姥])[{HAN}]?:")
_VERBS = ("v", "d", "c", "t")
_EVERY = frozenset("人人 个个 家家 时时 处处 刚刚 样样".split())
"""Said of all, not of one."""
_PASSED_ON = Screened(rf"(?:^|\n)[ ]*([{HAN}]{{2,3}})[ ]?(?:转发?给?|回复|→|->|to)[ ]?([{HAN}]{{2,3}})(?=:)")
_IN_FULL = Screened(
    rf"(?:(?<![{HAN}])|(?<=本人))([{HAN}]{{1,2}})(?=\((?:全名|本名|真名|原名|大名|正楷|真实姓名))"
)
_READ_ALOUD = Screened(
    rf"(?<![{HAN}])([{HAN}]{{2,4}})(?=[,(][ ]?([{HAN}])(?:字)?(?:单?[读念]|音)[做作]?[“\"]?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ{HAN}])"
)
"""单小舟，单读shàn."""
_NOT_ANOTHER = Screened(rf"(?<![{HAN}])([{HAN}]),?不是[“\"]?[{HAN}](?![{HAN}])")
_LAST_LINE = Screened(rf"[。!)~]\n[ ]*([{HAN}])[ ]*\n?(?![\s\S])")
_SAYS_WHENCE = ("国籍", "来自", "籍贯", "护照")
"""What a bracket behind a foreign name begins with that tells of its bearer: (国籍越南)."""
_DEPARTMENT = Screened("[一-鿿]{2,}[科部组处]")
_LATIN_THEN_HAN = Screened(rf"[A-Za-z.] ?\((?:(?:中文|汉语)名字?[: ]?)?([{HAN}·]{{2,8}})\)")
_HAN_THEN_LATIN = Screened(rf"([{HAN}·]{{2,8}}) ?\((?=[A-Z][a-z]+ [A-Z])")
_SIGNED = Screened(
    rf"[。!)~礼致好谢安]\n[ ]*([{HAN}]{{2,3}})(?=[ ]*(?:敬上|\n?[ ]*(?:20[0-9]{{2}}[年./-]|[0-9]{{1,2}}月[0-9]{{1,2}}日)|\n?(?![\s\S])))"
)
_SAYS = Screened(
    rf"(?<![{HAN}])([{HAN}]{{2}})(?=说(?![明法话唱])|表示|反[映馈]|告知|自?诉(?![求讼])|问(?![题诊卷候询答世])|讲(?![座解课述义究]))"
)
_ADDRESSED = Screened(rf"(?<![{HAN}A-Za-z0-9])@([{HAN}]{{2,3}})(?=[ ,:!?\n]|(?![\s\S]))")
_BODY = Regex(
    r"[部科处室组所院司局社]$|中心|客服|服务|接待|咨询|预约|投诉|医务|人事|财务|公司|健康|医疗|邮箱|行政|通知"
)
"""Words for who reads a mailbox that is nobody's own."""
_REACH = 40


class ToldNames:
    """What a text says in so many words."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def find(self, reading: Reading) -> Iterator[Candidate]:
        yield from self._called(reading)
        yield from self._callers(reading)
        yield from self._words_that_act(reading)
        yield from self._with_kin(reading)
        yield from self._pets(reading)
        yield from self._children(reading)
        yield from self._passed_on(reading)
        yield from self._surnames(reading)
        yield from self._with_told_surname(reading)
        yield from self._in_two_scripts(reading)
        yield from self._read_aloud(reading)
        yield from self._said_in_parts(reading)

    def _called(self, reading: Reading) -> Iterator[Candidate]:
        """给孩子取名援藏, “建国”（儿子名）, 钟情 <zhongqing@example.com>."""
        for form, why in ((_NAMED, "name given"), (_WHOSE, "somebody's name"), (_OF_MAILBOX, "mailbox")):
            for match in reading.finditer(form):
                body = form is _OF_MAILBOX and _BODY.search(match[1])
                if self._may_be_called(match[1]) and not body:
                    yield Candidate(*match.span(1), 0.8, ("called", why))

    def _words_that_act(self, reading: Reading) -> Iterator[Candidate]:
        """钟声 alone on a line below a letter, @谷雨, 白雪说: a word that begins with a surname."""
        for form, why in ((_SIGNED, "signed"), (_ADDRESSED, "addressed"), (_SAYS, "says")):
            for match in reading.finditer(form):
                word = match[1]
                speaks = word in self._fitting.grammar.name_like_words and word not in DESCRIBES
                named = self._fitting.is_seldom_word(reading, word) and (speaks or form is not _SAYS)
                if named or (form is _SAYS and self._is_given(word)):
                    yield Candidate(*match.span(1), 0.7, ("called", why))

    def _is_given(self, word: str) -> bool:
        """建军 before 说, 志强 before 问: what many are called, and what is no other word."""
        speech = word_list().part_of_speech(word)
        return word in self._fitting.grammar.given_names and (not speech or speech.startswith("nr"))

    def _callers(self, reading: Reading) -> Iterator[Candidate]:
        """来电13995231234 万里 替岳母预约: words that are names behind numbers, where more than one line is so written."""
        callers = list(reading.finditer(_BEHIND_PHONE))
        grammar = self._fitting.grammar
        for match in callers if len(callers) > 1 else ():
            if match[1] in grammar.name_like_words and grammar.surname_length(match[1]):
                yield Candidate(*match.span(1), 0.7, ("called", "caller"))

    def _with_kin(self, reading: Reading) -> Iterator[Candidate]:
        """平安妈妈, 是成才的母亲."""
        for match in reading.finditer(_BEFORE_PARENT):
            if match[1] in self._fitting.grammar.name_like_words and match[1] not in _EVERY:
                yield Candidate(*match.span(1), 0.7, ("called", "whose kin"))
        pet_names = [match for match in reading.finditer(_PET_NAME) if self._is_pet_name(match[1])]
        speaking = Counter(_PARENT_SPEAKS.findall(reading.text) if pet_names else ())
        for match in pet_names:
            account = f"{match[1]}{reading.text[match.end()]}"  # as others that speak in a chat
            if speaking[account] < 2:
                yield Candidate(*match.span(1), 0.7, ("called", "whose kin"))
        for match in reading.finditer(_PARENT_OF):
            if self._fitting.is_call_name(match[1]):
                yield Candidate(*match.span(1), 0.7, ("called", "whose kin"))

    def _pets(self, reading: Reading) -> Iterator[Candidate]:
        """果果、豆豆手心红疹: pet names side by side."""
        for match in reading.finditer(_PETS):
            words = match[0].split("、")
            if all(map(self._is_pet_name, words)) and len(set(words)) == len(words):
                for number in range(len(words)):
                    yield Candidate(
                        match.start() + 3 * number,
                        match.start() + 3 * number + 2,
                        0.7,
                        ("called", "pet names"),
                    )

    def _children(self, reading: Reading) -> Iterator[Candidate]:
        """糖糖18个月, where 糖糖麻麻 is the account of who asks."""
        accounts = {2 * account[1] for account in reading.finditer(_ACCOUNT_OF_PARENT)}
        children = sorted(child for child in accounts if self._may_be_child(child))
        if children:
            form = rf"(?:(?<![{HAN}])|(?<=[祝给让抱带叫喂是和]))(?:{'|'.join(children)})(?!{_OF_CHILD})"
            for match in re.finditer(form, reading.text):
                yield Candidate(*match.span(), 0.8, ("called", "whose kin"))

    def _may_be_child(self, word: str) -> bool:
        """糖糖, but not 慢慢 nor 宝宝."""
        other = word in _EVERY or word in self._fitting.words.roles
        return not other and not word_list().part_of_speech(word).startswith(("d", "v", "a", "t", "m"))

    def _is_pet_name(self, word: str) -> bool:
        """暖暖 before 妈, but not 谢谢 nor 奶奶."""
        if word[0] != word[1] or word in NOT_NAMES or word in _EVERY or word in self._fitting.words.roles:
            return False
        speech = word_list().part_of_speech(word)
        return speech == "" or (self._fitting.familiar(word) and speech not in _VERBS)

    def _passed_on(self, reading: Reading) -> Iterator[Candidate]:
        """海波转文静：: who hands a message on to whom, where the tagger sees one of them."""
        for match in reading.finditer(_PASSED_ON):
            sides = (match.span(1), match.span(2))
            seen = any(reading.tagged_from(start) for start, _ in sides)
            if seen and all(self._fitting.is_call_name(reading.text[slice(*side)]) for side in sides):
                yield from (Candidate(*side, 0.7, ("called", "message")) for side in sides)

    def _surnames(self, reading: Reading) -> Iterator[Candidate]:
        """蒲（全名蒲松）, 仇,不是裘, and one that ends a text."""
        for match in reading.finditer(_IN_FULL):
            if self._fitting.grammar.surname_length(match[1]) == len(match[1]):
                yield Candidate(*match.span(1), 0.8, ("surname told", "in full behind"))
        for match in (*reading.finditer(_NOT_ANOTHER), *reading.finditer(_LAST_LINE)):
            if match[1] in self._fitting.grammar.surnames:
                yield Candidate(*match.span(1), 0.8, ("surname told", "alone"))

    def _read_aloud(self, reading: Reading) -> Iterator[Candidate]:
        """单小舟 before 单读shàn: of which a character is said aloud."""
        for match in reading.finditer(_READ_ALOUD):
            named = match[2] in match[1] and self._fitting.grammar.surname_length(match[1]) < len(match[1])
            if named and self._fitting.grammar.surname_length(match[1]) and self._may_be_called(match[1]):
                yield Candidate(*match.span(1), 0.85, ("called", "read aloud"))

    def _may_be_called(self, word: str) -> bool:
        words = self._fitting.words
        return word not in words.roles and word not in words.titles and not FUNCTION_WORDS & set(word)

    def _with_told_surname(self, reading: Reading) -> Iterator[Candidate]:
        """姓昔，…昔正文: the whole run that begins with a surname somebody has named, be it ever so rare."""
        for surname in sorted({told[1] for told in reading.finditer(_SURNAME)} - set("名氏")):
            for match in re.finditer(rf"(?<![{HAN}]){surname}[{HAN}]{{1,2}}(?![{HAN}])", reading.text):
                if self._fitting.familiar(match[0][1:]) and not reading.known(match[0]):
                    yield Candidate(*match.span(), 0.8, ("surname told", "whole name"))
            for match in re.finditer(rf"{surname}某{{1,2}}(?![些种天个人处地])", reading.text):
                yield Candidate(*match.span(), 0.8, ("surname told", "masked"), "masked")
            for match in re.finditer(rf"{surname}[{HAN}]", reading.text):
                if match[0] in self._fitting.grammar.name_like_words and self._is_set_off(reading, match):
                    yield Candidate(*match.span(), 0.8, ("surname told", "word"))

    def _said_in_parts(self, reading: Reading) -> Iterator[Candidate]:
        """过客 before 姓过名客, and 喜鹊 before 姓喜, whatever words they are."""
        if "姓" not in reading.text:
            return
        for match in reading.finditer(_SO_IS_SURNAME):
            if match["surname"] in _NO_SURNAMES:
                continue
            yield Candidate(*match.span(1), 0.85, ("called", "surname behind"))
            yield Candidate(match.end() - 1, match.end(), 0.8, ("surname told", "of word"))
        for told in {
            match[1] + match[2] for match in reading.finditer(_IN_TWO_PARTS) if match[1] not in _NO_SURNAMES
        }:
            for match in re.finditer(told, reading.text):
                if not _FELT.search(reading.text, max(0, match.start() - 2), match.start()):
                    yield Candidate(*match.span(), 0.85, ("called", "in two parts"))

    def _is_set_off(self, reading: Reading, word: re.Match[str]) -> bool:
        """找时光, but not 时光飞逝 nor 时光:."""
        words, text = self._fitting.words, reading.text
        return words.opens(text, word.start()) and words.closes(text, word.end())

    def _in_two_scripts(self, reading: Reading) -> Iterator[Candidate]:
        """瑪麗亞（Maria Santos）, and the other way round."""
        text = reading.text
        for match in reading.finditer(_LATIN_THEN_HAN):
            start = max(0, match.start() - _REACH)
            names = {start + end for _, end, _ in find_romanized(text[start : match.start() + 1])}
            led = match[1].startswith(_SAYS_WHENCE)
            other = led or reading.known(match[1]) or self._fitting.is_other_word(match[1])
            other = other or _DEPARTMENT.fullmatch(match[1]) is not None  # Paul Kaufmann（介入放射科）
            other = other or match[1] in self._fitting.hospitals  # Dr. Chan（养和）
            other = other or match[1][-1] in "籍裔"  # Marta Kowalczyk（波兰籍）
            if match.start() + 1 in names and not other:
                yield Candidate(*match.span(1), 0.7, ("two scripts",))
        for match in reading.finditer(_HAN_THEN_LATIN):
            start, end = match.span(1)
            while start < end and not self._fitting.foreign(text[start:end]):
                start += 1
            if end - start > 1 and not self._fitting.is_other_word(text[start:end]):
                yield Candidate(start, end, 0.7, ("two scripts",))
