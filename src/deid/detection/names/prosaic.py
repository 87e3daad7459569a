"""What the tagger takes for a person, in running text that is no record: believed where no word speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deid.detection.boundaries import word_list
from deid.detection.names.abroad import NamesFromAbroad, ends_with_place
from deid.detection.names.eponyms import is_eponym, names_a_thing
from deid.detection.names.fit import CERTAIN, PERSON, Candidate, Fitting
from deid.detection.names.tagged import ACTING, ADDED, TaggedNames
from deid.detection.names.words import CLEAR_ACTS, ON_DUTY, is_only_said, is_taken
from deid.detection.prose import shipped_prose
from deid.detection.reading import LIKELY, Reading
from deid.detection.tagger import Tagged
from deid.grammar.name import HAN, is_han
from deid.regexes import Regex
from deid.types import covering

_SCORE, _SCORE_OF_HINT = 0.86, 0.55
_JOINS = "和与、及"
_LONG, _LIKELY_IN_LONG, _LIKE_NAME = 150, 0.7, 0.6
"""In a longer text the tagger must be surer of what neither its look nor what stands beside it makes a name."""
_FREQUENT_GIVEN = 1000
_LEADS_ON = frozenset(
    "见为向以开致一对在与从被将把于到让给去上下不无和同及是说等这个地得自由所同此其并但而可只因"
)
"""Characters of given names that far more often lead on from a name."""
_SURE_OF_CUT = _SURE_OF_WORD = 0.8
_LIKELY_ENOUGH = 0.3
"""Less likely than not, but then word boundaries must agree, and whatever else is found there wins."""
_FREQUENT = 100
"""A word that jieba's dictionary counts more often is no name: 性状."""
_SELDOM = 60
"""One that it counts less often, and that is made as given names are, is as likely a name: 春桃, 铁柱."""
_CHARACTERS_TO_A_CUE = 45
"""Where cues are more frequent, fields stand in a row."""
_QUOTES = tuple('“”"‘’「」『』')
_ACCOUNT = Regex(f"(?P<name>[{HAN}]+)[A-Za-z]+")
_LETTER = Regex("[A-Za-z]")
_TAKING = frozenset("吃喝服输")
_SURE, _SURE_OF_PLACE = 0.9, 0.95
_OF_CARE = Regex("医[生院师术治]|大夫|患者|病人|护士|就诊|住院|治疗|手术")
"""What stories of patients hold: who is praised there, and what for, is told apart less easily than elsewhere."""
_HOW = frozenset("avdbzilcp")
"""Parts of speech, in jieba's dictionary, of words that say how something is or what it does."""
_ENDS_OF_PLACES = frozenset("山路街里岛港州河湖海城堡镇市村洲湾国马")
_AT = Regex("[在于到至赴抵从往离回去距]$|位于.$|首[都府]$")
_DOES = Regex(
    "说|认为|表示|写道|回忆|告诉|选择|决定|试图|打算|生于|出生|去世|逝世|死于|结婚|离婚|毕业|就读|当选|任职|辞职|退休|加盟|转会|主演|饰演|执导|撰写|爱上|嫁给|"
    "本人|身上|等人|原本|[却便将](?![军领来])|的(?:父|母|妻|夫|儿子|女儿|朋友|[男女]友|律师|[弟兄妹姐]|丈夫|弟子|学生|带领|领导下|协助|帮助|陪同|死|声望|作品|遗)"
)
"""What somebody does, or has: 摩尔身上, 加恩卡纳的带领下."""
_IS_SOMEBODY = Regex(
    rf"{_DOES.pattern}|{CLEAR_ACTS.pattern}|这孩子|[他她]?[爸妈]|一个人|[也都]?不?在(?:家|场|吗)|同学|护士|医生|打电话|陪"
)
"""What stands behind a word only where somebody is called so."""
_ADDRESSED = tuple("@由请找")
"""Behind these somebody is spoken to, or told of."""
_TOLD = Regex("告诉|通知|联系|转交|[男女]友|[叫让陪]$")
_WATERS = frozenset("山河湖岛港峰湾")
"""Of mountains and waters with foreign names."""
_PLACE_BEHIND = Regex(
    "[人族语省州市县区镇岛山河湖港路街]|首[都府]|主义|王[国朝]|神话|会[战议]|战[役争]|政府|地区|境内|[东南西北中]部|公司|队|女性|方面|数字|法"
)
"""What belongs to a place, a people, a doctrine, a brand."""


class NamesInProse:
    """The names that `tagged` makes of the tagger's stretches and, in prose, the stretches it makes nothing of."""

    def __init__(self, fitting: Fitting, tagged: TaggedNames, abroad: NamesFromAbroad) -> None:
        self._fitting = fitting
        self._tagged = tagged
        self._abroad = abroad
        self._is_prose = shipped_prose()

    def find(self, reading: Reading) -> Iterator[Candidate]:
        found = list(self._tagged.find(reading))
        if (reading.tagged or "世" in reading.text) and self.is_prose(reading):
            found = [
                name
                for name in self._believed(reading, found)
                if not (self._is_called_so(reading, name) or self._is_word(reading, name))
            ]
            found += self._abroad.find(reading)
            counts: dict[str, int] = {}
            found = [self._ended(reading, name, counts) for name in self._alone(reading, found)]
            found += self._cut(reading, found)
            found += self._left(reading, found)
            of_care = _OF_CARE.search(reading.text) is not None
            found = [name for name in found if not self._is_unsure(reading, name, of_care=of_care)]
        yield from found

    def is_prose(self, reading: Reading) -> bool:
        """Whether it is running text, and no cell: where cues are rare they announce no values, nor do 公司, 地区 without a colon."""
        announced = {
            slot.start
            for slot in reading.slots
            if slot.support != "adjacent"
            or slot.entity_type == PERSON
            or reading.text[slot.start : slot.start + 1].isdigit()
        }
        if reading.labels or len(announced) > len(reading.text) // _CHARACTERS_TO_A_CUE:
            return False
        return self._is_prose(reading.text)

    def _believed(self, reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
        """琼斯 in 琼斯跑出了10秒76: where no medicine is told of, an eponym is whoever else is called so."""
        persons = (tag for tag in reading.tagged if tag.label == "PER" and tag.score >= _SURE)
        sure = covering(len(reading.text), ((tag.start, tag.end) for tag in persons))
        for name in found:
            thing = names_a_thing(self._fitting, reading.text, name.start, name.end)
            if 0 in sure[name.start : name.end] or ACTING in name.evidence or thing:
                yield name
            else:
                yield name._replace(evidence=(*name.evidence, ACTING))

    def _is_called_so(self, reading: Reading, name: Candidate) -> bool:
        """Whether a word in quotes is what a thing is called: “江山”“方圆”两个会议室; or 上海-哈尔滨 a line."""
        text, start, end = reading.text, name.start, name.end
        if ends_with_place(self._fitting, text[start:end]):
            return True
        quoted = text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES
        return quoted and self._fitting.is_known_word(reading, start, end)

    def _is_word(self, reading: Reading, name: Candidate) -> bool:
        """Whether the tagger alone, who is not sure, makes a name of a word: 华丽, 全民; of two characters, in short texts as well."""
        word, likely = reading.text[name.start : name.end], reading.likeliness(name.start, name.end)
        told = name.evidence[0] != "tagger" or _IS_SOMEBODY.match(reading.text, name.end)
        if told or word in self._fitting.grammar.name_like_words:
            return False
        if len(word) == 2 and likely < _SURE_OF_WORD and reading.known(word):
            return True
        return (
            likely < _SURE
            and len(reading.text) > _LONG
            and self._fitting.is_known_word(reading, name.start, name.end)
        )

    def _is_unsure(self, reading: Reading, name: Candidate, *, of_care: bool) -> bool:
        """Whether the tagger alone, who is not sure, makes somebody of a word that says how something is; in a story of a patient, of what neither looks like a name nor does anything: 盖格雷, 单加."""
        text, start, end = reading.text, name.start, name.end
        word, likely = text[start:end], reading.likeliness(start, end)
        led_by, kinds = name.evidence[0], name.evidence[1:2]
        if led_by not in ("prose", "tagger") or not likely:
            return False
        if likely < _SURE and self._says_how(reading, name):
            return True
        if not of_care or kinds not in ((), ("han",), ("tagger",)):
            return False
        told = text[start - 1 : start] in _ADDRESSED or _TOLD.search(text, max(0, start - 2), start)
        does = "收" in text[end - 1 : end + 1] or _IS_SOMEBODY.match(text, end)
        if told or does or "·" in text[start : end + 1] or self._is_called(reading, name):
            return False
        like_name = self._fitting.grammar.quality(word) >= _LIKE_NAME
        speech = word_list().part_of_speech(word) if reading.known(word) else ""
        listed = len(word) > 2 and speech.startswith("nr")
        if kinds == ("han",):
            return likely < _SURE_OF_WORD and not (like_name or listed)
        if self._fitting.foreign(word) and (len(word) > 2 or (not speech and likely >= LIKELY)):
            return False
        return not (listed and like_name) and likely < (_SURE if kinds else _SURE_OF_WORD)

    def _is_called(self, reading: Reading, name: Candidate) -> bool:
        """Whether somebody is spoken to by a given or pet name: 治超，今天别买菜了."""
        text, word = reading.text, reading.text[name.start : name.end]
        opens = text[name.start - 1 : name.start] in ("", "\n") or text.endswith("亲爱的", 0, name.start)
        paused = text[name.end : name.end + 1] in (",", "!", "~", ":")
        return (
            opens
            and paused
            and len(word) == 2
            and not reading.known(word)
            and self._fitting.is_call_name(word)
        )

    def _says_how(self, reading: Reading, name: Candidate) -> bool:
        """Whether the dictionary has it as what something is like, or does: 豪华, 佩戴."""
        word = reading.text[name.start : name.end]
        addressed = reading.text[name.start - 1 : name.start] in _ADDRESSED
        if addressed or self._is_item(reading.text, name.start, name.end):
            return False
        how = len(word) > 1 and reading.known(word) > 0 and word_list().part_of_speech(word)[:1] in _HOW
        return how and not _IS_SOMEBODY.match(reading.text, name.end)

    @staticmethod
    def _is_item(text: str, start: int, end: int) -> bool:
        """Whether it is all that stands between signs, or behind a day or shift: 中班扎布；."""
        return not is_han(text[end : end + 1]) and (
            not is_han(text[start - 1 : start]) or ON_DUTY.search(text, max(0, start - 2), start) is not None
        )

    def _left(self, reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
        taken = covering(len(reading.text), ((name.start, name.end) for name in found))
        for tag in (_in_one_script(reading.text, tag) for tag in reading.tagged):
            if 1 not in taken[tag.start : tag.end] and self._may_be_name(reading, tag):
                score = _SCORE if tag.score >= LIKELY else _SCORE_OF_HINT
                yield Candidate(tag.start, tag.end, score, ("prose", "tagger"))

    def _ended(self, reading: Reading, name: Candidate, counts: dict[str, int]) -> Candidate:
        """李国能 in 李国能出任, of which the tagger takes 李国: what follows is in given names, and begins no word there."""

        def count(stretch: str) -> int:
            if stretch not in counts:
                counts[stretch] = text.count(stretch)
            return counts[stretch]

        text, end, grammar = reading.text, name.end, self._fitting.grammar
        further = text[end : end + 1]
        short = name.evidence[0] == "tagger" and end - name.start == 2 and reading.tagged_as(name.start, end)
        called = text[name.start : end]
        if (
            not short
            or not 1 < count(called) == count(called + further)
            or grammar.surname_length(called) != 1
            or further in _LEADS_ON
            or grammar.given_rank.get(further, _FREQUENT_GIVEN) >= _FREQUENT_GIVEN
            or reading.known(text[end : end + 2])
            or reading.known(text[end : end + 3])
            or reading.tagged_from(end)
            or self._fitting.words.title_at(text, end)
        ):
            return name
        return name._replace(end=end + 1)

    @staticmethod
    def _alone(reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
        """All but 郝还 in 郝还是没有答应, where the tagger sees 郝 alone and the text tells of 郝国栋."""
        whole = {
            reading.text[name.start] for name in found if name.score >= CERTAIN and name.end - name.start > 1
        }
        for name in found:
            if ADDED not in name.evidence or reading.text[name.start] not in whole:
                yield name

    def _cut(self, reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
        """苏格拉底, of whom a surname and two characters are taken; the whole is long, and foreign but for one character."""
        cut = covering(len(reading.text), ((name.start, name.end) for name in found))
        for tag in reading.tagged:
            name = reading.text[tag.start : tag.end]
            if tag.label != "PER" or tag.score < _SURE_OF_CUT or 0 not in cut[tag.start : tag.end]:
                continue
            compound = len(name) == 4 and self._fitting.grammar.surname_length(name) == 2
            strange = 0 if compound else sum(not self._fitting.foreign(character) for character in name)
            long = (
                len(name) > 3
                and strange < 2
                and all(map(is_han, name))
                and not self._is_two_words(reading, tag)
                and not self._fitting.is_place(name)
            )
            taken = is_taken(reading.text, tag.start, tag.end)
            if long and not (taken or names_a_thing(self._fitting, reading.text, tag.start, tag.end)):
                start = self._tagged.behind_word(reading, tag.start, tag.end)
                yield Candidate(start, tag.end, _SCORE, ("prose", "whole"))

    def _may_be_name(self, reading: Reading, tag: Tagged) -> bool:
        if tag.label == "LOC":
            return self._is_foreign_person(reading, tag)
        name, behind = reading.text[tag.start : tag.end], reading.text[tag.end : tag.end + 1]
        if tag.label != "PER" or tag.score < _LIKELY_ENOUGH or len(name) < 2:
            return False
        text = reading.text
        if name[0] in _TAKING or is_taken(text, tag.start, tag.end) or is_only_said(text, tag.start):
            return False
        if behind.isdigit() or not all(is_han(character) or character == "·" for character in name):
            return False  # 苏械注准20222071845
        if name in self._fitting.grammar.ordinary_words or self._fitting.is_place(name):
            return False
        if behind in _WATERS and tag.score < _SURE and self._fitting.foreign(name):
            return False  # 卡尔瓦迪斯|山
        led = reading.text[tag.start - 1 : tag.start]
        if self._is_other_word(reading, tag) or self._tagged.is_destination(led, name):
            return False
        if self._is_two_words(reading, tag) or name[:-1] in self._fitting.words.roles:
            return False  # 司机哥
        if reading.known(name) > _FREQUENT or is_eponym(
            self._fitting, text, tag.start, tag.end, named=led == "叫"
        ):
            return False
        if len(reading.text) > _LONG and tag.score < _LIKELY_IN_LONG:
            return self._is_told_of(reading, tag)
        if tag.score < _SURE_OF_WORD and self._is_doubtful(reading, tag):
            return False
        return tag.score >= LIKELY or {tag.start, tag.end} <= reading.boundaries(tag.start, tag.end)

    def _is_doubtful(self, reading: Reading, tag: Tagged) -> bool:
        """Whether a word of two characters, or three that neither are foreign nor look like a name, stand before nothing that somebody does."""
        name, grammar = reading.text[tag.start : tag.end], self._fitting.grammar
        if _IS_SOMEBODY.match(reading.text, tag.end) or self._fitting.foreign(name):
            return False
        word = len(name) == 2 and reading.known(name) > 0
        return word or (len(name) == 3 and tag.score < LIKELY and grammar.quality(name) < _LIKE_NAME)

    def _is_told_of(self, reading: Reading, tag: Tagged) -> bool:
        """Whether what stands behind it, or its look, speaks for somebody of whom the tagger is not sure."""
        text, name = reading.text, reading.text[tag.start : tag.end]
        if tag.score < LIKELY and not {tag.start, tag.end} <= reading.boundaries(tag.start, tag.end):
            return False
        if self._fitting.foreign(name) or _IS_SOMEBODY.match(text, tag.end):
            return True
        listed = word_list().part_of_speech(name).startswith("nr") and reading.known(name) > 0
        return listed and self._fitting.grammar.quality(name) >= _LIKE_NAME

    def _is_other_word(self, reading: Reading, tag: Tagged) -> bool:
        """晚安, 雄鹰, which the dictionary has as no name; but 春桃 is rare, and 招弟去世 tells of somebody."""
        text, name = reading.text, reading.text[tag.start : tag.end]
        if not self._fitting.is_known_word(reading, tag.start, tag.end):
            return False
        if _LETTER.match(text, tag.end):
            return True  # 桃子Windy, which is what an account is called
        seldom = len(name) == 2 and reading.known(name) < _SELDOM
        if seldom and self._fitting.familiar(name):
            return False
        told = text[tag.start - 1 : tag.start] == "@" or _TOLD.search(text, max(0, tag.start - 2), tag.start)
        return not (told or _IS_SOMEBODY.match(text, tag.end))

    def _is_two_words(self, reading: Reading, tag: Tagged) -> bool:
        """施压论文, but not 欧阳文静, nor 约翰逊."""
        text, middle = reading.text, tag.start + 2
        return (
            tag.end - tag.start == 4
            and middle in reading.boundaries(tag.start, tag.end)
            and text[tag.start : middle] not in self._fitting.grammar.compound_surnames
            and all(self._fitting.is_known_word(reading, at, at + 2) for at in (tag.start, middle))
            and not self._fitting.foreign(text[tag.start : tag.end])
        )

    def _is_foreign_person(self, reading: Reading, tag: Tagged) -> bool:
        """Whether a foreign name that the tagger takes for a place is none: 内塔尼亚胡和穆巴拉克."""
        text, name = reading.text, reading.text[tag.start : tag.end]
        if not self._tagged.is_transliterated(name, 1.0):
            return False
        if not {tag.start, tag.end} <= reading.boundaries(tag.start, tag.end):
            return False
        if _DOES.match(text, tag.end) and word_list().part_of_speech(name) != "ns":
            return True
        return (
            tag.score < _SURE_OF_PLACE
            and len(name) > 2
            and reading.known(name) < _FREQUENT
            and name[-1] not in _ENDS_OF_PLACES
            and not _AT.search(text, max(0, tag.start - 3), tag.start)
            and not _PLACE_BEHIND.match(text, tag.end)
            and self._is_beside_person(reading, tag)
        )

    @staticmethod
    def _is_beside_person(reading: Reading, tag: Tagged) -> bool:
        before, behind = reading.text[tag.start - 1 : tag.start], reading.text[tag.end : tag.end + 1]
        return (before != "" and before in _JOINS and reading.tagged_over(tag.start - 2, tag.start - 1)) or (
            behind != "" and behind in _JOINS and reading.tagged_from(tag.end + 1)
        )


def _in_one_script(text: str, tag: Tagged) -> Tagged:
    """子琳 of 子琳Windy, which is what an account is called."""
    account = _ACCOUNT.fullmatch(text, tag.start, tag.end)
    return tag._replace(end=account.end("name")) if account and tag.label == "PER" else tag
