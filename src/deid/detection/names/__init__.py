"""Personal names: cues, neighbours, forms and the tagger propose; words take away.

The order of trust: a cell under 姓名 or a value after `姓名：`, then a name beside a title or a
kinship word, then what the tagger says, then the form alone. A name that is certain once in a
text is found everywhere in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from deid.catalog.lexicon import WordIndex
from deid.detection.literals import Screened
from deid.detection.names.abroad import NamesFromAbroad
from deid.detection.names.aged import NamesBeforeSexOrAge
from deid.detection.names.cued import PERSON, CuedNames
from deid.detection.names.enumerated import Enumerations
from deid.detection.names.fit import CERTAIN, FIRM, Candidate, Fitting
from deid.detection.names.forms import NamesByForm
from deid.detection.names.learned import LearnedWords
from deid.detection.names.led import NamesLed
from deid.detection.names.listed import NamesInLists
from deid.detection.names.placed import NamesByPlace
from deid.detection.names.prosaic import NamesInProse
from deid.detection.names.related import NamesBehindRoles
from deid.detection.names.runs import NamesInRuns
from deid.detection.names.speaking import NamesOfSpeakers
from deid.detection.names.spelled import SpelledNames
from deid.detection.names.tagged import ACTING, TaggedNames
from deid.detection.names.titled import NamesBeforeTitles
from deid.detection.names.told import ToldNames
from deid.detection.names.words import (
    ADVERBS,
    CUT_TITLE,
    DOSE_AFTER,
    FOLLOWERS,
    FUNCTION_SURNAMES,
    NO_NAME_ENDS,
    NOT_NAMES,
    VIETNAMESE,
    NameWords,
    is_felt,
)
from deid.detection.reading import Reading, in_turn
from deid.grammar.name import HAN, NOTED, NameGrammar, is_han
from deid.types import Detection

__all__ = ["NameFinder"]

_MANY_NAMES = 32
_FREQUENT_WORD = 500
_RARE_WORD = 10
"""Words that jieba counts less often are as likely a name: 知行."""
_LONG, _UNLIKELY, _OFTEN, _SURE = 150, 0.6, 100, 0.8
_UNTOLD = frozenset(["tagger", "role", "given name of one", "certain elsewhere", "alone", "led by a verb"])
_BORDERS = ("", ",", "|", ";", "\t", "\n")
_WEAK = frozenset(["cue", "label", "tagger", "role", "led by a verb"])
_AMOUNT = frozenset("元角分整正零壹贰叁肆伍陆柒捌玖拾佰仟万")
"""元柒角整 of an amount in words."""
_PART_OF_WORD = re.compile(r"[大中很最太较从极狭缩矮瘦弱窄短细微幼衰苍养敬不]")
_FAMILIAR = Screened("[小老](?=.)|(?<=.)[姐哥叔姨总工]")
_OLD_OR_RELATED = Screened(rf"(?<![{HAN}])[{HAN}](?=[0-9]{{1,3}}岁|[妻母父夫][{HAN}]{{2,3}}(?![{HAN}]))")
_OF_HONG_KONG = Screened(rf"(?<![{HAN}])[{HAN}][太生](?![太大多少极阳空理平命产活病])")
"""Mrs and Mr, as Cantonese has them."""
_NEVER_NAME = re.compile(
    r"..部|.械|药方[法式]?|药[物量].?|[初高][一二三][学年班生]|[关由对至鉴基属位在等]于.|申请.|查房.?|代[为约付办取开购煎领缴签诉查问答述笔订填转接].?|来[补取拿交签办问查看拍领送换退做打抽住]|拉[奶肚屎稀尿].?|于[次本当][月日年]|[呼消心神骨泌肾][一二三四五六七八]|..(?:健康|医疗|科技|体检|诊所|药房)"
)
"""客户关系部, 苏械注准, 关于新同事, 申请自, 代为联系, 于次月, 病房 呼二, 康桥健康."""
_TENSION = re.compile("张力[高低大增减]")
"""冷脓肿张力高, but not 请张力高."""
_OF_BODY = re.compile(
    r"[省市县区镇乡村州旗](?:(?:中心|社区)?(?:卫生[院所室站局服]|医院|[中小]学|敬老院)|人民[医政法]|第[一二三四五六七八九十](?:人民|[医中小高附])|妇幼|中医[院馆]|政府(?!补)|公安|派出所)"
)
"""The end of a place, and what begins the rest of the name of a body there."""
_HANDS_OVER = frozenset("交接转约请找给见")
"""What may stand, apart, before somebody's name, and what the tagger takes for the first part of it."""
_FORMER = re.compile("[和跟与向同对由从让请找][原本该此各]")
"""What is no name before a title: with the former doctor, to this one."""
_OF_AREA = re.compile("经理|总监|主管|代表|顾问|客服|销售|总[部代]|负责")
_COLOURED = re.compile("[黑白红蓝银灰棕绿金]色$|[一二两三几这那][辆台款]$")
_LIKELY_CUT, _NAME_LIKE, _VERY_SURE = 0.8, 0.45, 0.97
_SEEN_ONLY = frozenset(["tagger", "prose", "minority name"])
_ACTED_FOR = frozenset("代替为陪由请找给和跟与让见问向对按随送接")
_QUOTES = re.compile('[云曰谓][:,]?[“"《]')
_SOME = re.compile("某(?:[段个种些类项]|一(?![家行起直]))")
"""What is no masked name: 于某一段."""
_WEEKDAY = re.compile("周[一二三四五六日几](?:[全上下]|$)")
_OFFICES = frozenset("处局队所")
"""The last character of a name that is the first of an office: 庄处长, 李局长."""
_LAWYER = re.compile("律[说您好]")
_DONE_TO_FILES = frozenset("版稿签改核审填录交")
"""What somebody does to a file, in its name: 名单_孙洁改_v2.xlsx."""
_FILE_GOES_ON = re.compile(r"[_)\]-][^\s,。;]{0,40}\.[a-z]{2,4}(?![a-z])|\.[a-z]{2,4}(?![a-z])")
_SPELLED = re.compile(r"[一-鿿]?([一-鿿])[一-鿿]?的\1")
"""晋朝的晋."""
_TO_ALL = ("全体", "全员", "各位", "部门", "团队")
_TELLS = re.compile(
    r"说|称|强调|汇报|补充|提出|建议|认为|介绍|通报|表示|回复|反馈|发言|总结|[:(]|未到|请假|到会"
)
"""What somebody does who is named at the head of a clause."""
_LETTERS = r"(?:[A-Z][A-Za-zÀ-ɏ'’.\-]*|de|da|di|la|von|van|der|bin|al)"
_IN_LETTERS = re.compile(rf" ?\(({_LETTERS}(?: {_LETTERS}){{0,5}})(?=[),])")
_GOES_ON = re.compile(r"[一-鿿](?<![的之家称说兄])")


class NameFinder:
    """Finds PERSON in a reading whose slots and tags are filled in. Thread-safe."""

    def __init__(
        self,
        grammar: NameGrammar,
        words: NameWords,
        *,
        protected: Mapping[str, str],
        learned: Sequence[LearnedWords] = (),
        minority_components: Iterable[str] = (),
        foreign_characters: str = "",
        japanese_surnames: Iterable[str] = (),
        is_place: Callable[[str], bool],
        hospitals: Iterable[str] = (),
    ) -> None:
        self._protected: WordIndex[str] = WordIndex(dict(protected))
        self._learned = tuple(learned)
        self._beginnings_of_learned = {word[:2] for words in self._learned for word, _ in words.words.items()}
        components = tuple(minority_components)
        foreign = frozenset(foreign_characters) | frozenset("".join(components))
        self._fitting = Fitting(grammar, words, self._protected, foreign, is_place, frozenset(hospitals))
        cued = CuedNames(self._fitting)
        self._speaking = NamesOfSpeakers(self._fitting)
        self._listed = NamesInLists(self._fitting)
        self._enumerations = Enumerations(self._fitting)
        self._spelled = SpelledNames()
        abroad = NamesFromAbroad(self._fitting, japanese_surnames)
        self._prosaic = NamesInProse(self._fitting, TaggedNames(self._fitting), abroad)
        self._finders = (
            cued.find,
            NamesBeforeTitles(self._fitting).find,
            NamesBehindRoles(self._fitting, cued).find,
            *NamesBeforeSexOrAge(self._fitting).finders,
            self._speaking.find,
            *NamesLed(self._fitting).finders,
            NamesByPlace(self._fitting).find,
            *NamesByForm(self._fitting, components).finders,
            NamesInRuns(self._fitting).find,
            ToldNames(self._fitting).find,
            self._prosaic.find,
        )

    def find_many(self, readings: Sequence[Reading]) -> list[list[Detection]]:
        """The names in each reading."""
        return [[name for name, refusal in judged if not refusal] for judged in self._judged(readings)]

    def refused(self, reading: Reading) -> Iterator[tuple[Detection, str]]:
        """Candidates that a protected word speaks against, each with the name of the word's list."""
        return (pair for judged in self._judged([reading]) for pair in judged if pair[1])

    def _judged(self, readings: Sequence[Reading]) -> Iterator[list[tuple[Detection, str]]]:
        """For each reading all candidates, each with why it is refused, or ''."""
        found = in_turn(self._finders, readings)
        for reading, proposed in zip(readings, found, strict=True):
            candidates = list(self._tidied(reading, proposed))
            learned = self._of_learning(reading, candidates)
            candidates = [candidate for candidate in candidates if candidate not in learned]
            candidates += self._listed.neighbours(reading, candidates)
            candidates += self._speaking.surname_speakers(reading, candidates)
            candidates += self._speaking.word_speakers(reading, candidates)
            candidates += self._tidied(reading, self._listed.beside_in_rows(reading, candidates))
            candidates += self._tidied(reading, self._listed.below_headers(reading))
            candidates += self._tidied(reading, self._listed.attending(reading))
            candidates += self._in_letters(reading, candidates)
            candidates += _in_file_names(reading.text, candidates)
            candidates += self._repeated(reading, candidates)
            learned |= self._of_learning(reading, candidates)
            judged = list(self._weighed(reading, [c for c in candidates if c not in learned]))
            judged += [(_detection(candidate), name) for candidate, name in learned.items()]
            if self._tells_of_nobody(reading, judged):
                judged = [pair for pair in judged if pair[1] or self._stands_alone(reading, pair[0])]
            yield judged

    def _tells_of_nobody(self, reading: Reading, judged: Sequence[tuple[Detection, str]]) -> bool:
        """Whether it is a long record in which only the look of words tells of persons."""
        untold = all(refusal or name.evidence[0] in _UNTOLD for name, refusal in judged)
        return len(reading.text) > _LONG and untold and not self._prosaic.is_prose(reading)

    def _of_learning(self, reading: Reading, candidates: Sequence[Candidate]) -> dict[Candidate, str]:
        """Candidates that are words of what a text is on, each with the name of their list."""
        text, words = reading.text, self._fitting.words
        untold = [
            c
            for c in candidates
            if text[c.start : c.start + 2] in self._beginnings_of_learned
            and not (words.title_at(text, c.end) or words.role_ends(text, c.start))
        ]
        return {c: learned.name for learned in self._learned for c in learned.refused(reading, untold)}

    def _in_letters(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Lowell Thomas in 洛维尔·汤玛斯（Lowell Thomas）."""
        for candidate in candidates:
            name = reading.text[candidate.start : candidate.end]
            foreign = "·" in name or "transliterated" in candidate.evidence or self._fitting.foreign(name)
            if foreign and (match := _IN_LETTERS.match(reading.text, candidate.end)):
                yield Candidate(*match.span(1), candidate.score, ("in letters",))

    def _stands_alone(self, reading: Reading, candidate: Detection) -> bool:
        """Whether the tagger, or a role, may be believed alone, in a long text that tells of nobody otherwise."""
        text, start, end = reading.text, candidate.start, candidate.end
        if text[start - 1 : start] in _BORDERS and text[end : end + 1] in _BORDERS:
            return True
        name = text[start:end]
        if "·" in name or ACTING in candidate.evidence:
            return True
        word = reading.known(name) > 0 and len(name) == 2
        unlikely = word or self._fitting.grammar.quality(name) < _UNLIKELY
        role, sure = candidate.evidence[0] == "role", reading.likeliness(start, end) >= _SURE
        if unlikely:
            return role and sure and text[start] not in FUNCTION_SURNAMES | ADVERBS
        doubtful = FUNCTION_SURNAMES if sure else FUNCTION_SURNAMES | ADVERBS
        told = (role or sure) and text[start] not in doubtful
        return told or not self._is_among_words(reading, start, end)

    def _is_among_words(self, reading: Reading, start: int, end: int) -> bool:
        """Whether words make up the stretch, or reach into it: 患者常首先, 边缘叶, 横突孔增生, 冷脓肿张力高."""
        text, names = reading.text, self._fitting.grammar.name_like_words
        before, inside, behind = text[start - 1 : start + 1], text[start + 1 : end], text[end - 1 : end + 1]
        first = text[start : end - 1]
        if (
            text[start] in FUNCTION_SURNAMES
            and is_han(before[:1])
            and not self._fitting.words.opens(text, start)
        ):
            return True  # 流行于冬春季节
        return (
            (len(before) == 2 and reading.known(before) > _RARE_WORD)
            or (len(behind) == 2 and reading.known(behind) > _OFTEN)
            or (len(inside) == 2 and inside not in names and reading.known(inside) > _OFTEN)
            or (len(first) == 2 and first not in names and reading.known(first) > _OFTEN)
        )

    def _weighed(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[tuple[Detection, str]]:
        words = [
            (start, end, name)
            for start, end, name in self._protected.find(reading.text)
            if end - start != 2 or not self._fitting.is_border(reading, start + 1)
        ]
        starts = [start for start, _, _ in words]
        for c in self._spelled.find(reading, candidates):
            yield _detection(c), ""
        for c in candidates:
            near = words[max(0, bisect_left(starts, c.start) - 1) : bisect_left(starts, c.end)]
            titled = self._fitting.words.title_at(reading.text, c.end) if c.evidence[0] == "title" else 0
            refusal = "" if self._is_seen_beside(reading, c, near) else _refusal(c, near, titled)
            yield _detection(c), refusal
            if refusal and (shorter := self._before_word(reading, c, near)):
                yield _detection(shorter), _refusal(shorter, [w for w in near if w[0] < shorter.end], 0)

    def _is_seen_beside(
        self, reading: Reading, candidate: Candidate, protected: Sequence[tuple[int, int, str]]
    ) -> bool:
        """Whether the tagger is sure of a likely name, and words only reach into its end: 端木强 in 端木强于3月."""
        start, end = candidate.start, candidate.end
        return (
            reading.likeliness(start, end) >= _VERY_SURE
            and self._fitting.grammar.quality(reading.text[start:end]) >= _UNLIKELY
            and all(first > start and last > end for first, last, _ in protected if last > start)
        )

    def _before_word(
        self, reading: Reading, candidate: Candidate, protected: Sequence[tuple[int, int, str]]
    ) -> Candidate | None:
        """张梅 of 张梅高, which the tagger sees in 张梅高血压: the name ends where the word begins."""
        grammar = self._fitting.grammar
        for start, end, _ in protected:
            name = reading.text[candidate.start : start]
            if (
                candidate.start < start < candidate.end < end
                and reading.likeliness(candidate.start, candidate.end) >= _LIKELY_CUT
                and 0 < grammar.surname_length(name) < len(name)
                and grammar.quality(name) >= _NAME_LIKE
                and not reading.known(name)
            ):
                return candidate._replace(end=start)
        return None

    def _tidied(self, reading: Reading, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        for candidate in candidates:
            trimmed = self._trimmed(reading, candidate)
            if trimmed is None or self._enumerations.is_among_words(reading, trimmed):
                continue
            if trimmed.end - trimmed.start < 2 or not reading.is_cue(trimmed.start, trimmed.end):
                yield trimmed  # no 籍贯, but 车 in 车医生

    def _trimmed(self, reading: Reading, candidate: Candidate) -> Candidate | None:
        """The candidate without a relation before and a title behind it; None when nothing else was there."""
        text = reading.text
        name = text[candidate.start : candidate.end]
        grammar, words = self._fitting.grammar, self._fitting.words
        if not name or name in words.titles or name in words.roles or name in NOT_NAMES:
            return None
        gap = name.find(" ")
        if gap == 1 and name[0] in _HANDS_OVER:
            return candidate._replace(start=candidate.start + 2)  # 交 孙丽 接 崔文静
        if gap > 0 and NOTED.match(text, candidate.start + gap):
            return candidate._replace(end=candidate.start + gap)
        if name[:2] in NOT_NAMES and name[2:] in grammar.surnames:
            return candidate._replace(start=candidate.end - 1)  # 好的仇先生
        if name[0] in FUNCTION_SURNAMES and _SOME.match(text, candidate.end - 1):
            return None  # 集中于某段
        if text.startswith("学说", candidate.end - 1) and not words.opens(text, candidate.start):
            return None  # 休克的氧代谢学说
        if "颂" in text[max(0, candidate.start - 3) : candidate.start]:
            return None  # 顺颂夏安
        beside = text[candidate.start - 1 : candidate.start] + text[candidate.end : candidate.end + 1]
        if name in "章印代兼正副" and beside == "()":
            return None  # 主任（章）
        if len(name) > 1 and name[-1] in "我你您他她咱俺":
            return None  # 在柳州我女儿家
        if _OF_BODY.match(text, candidate.end - 1):
            return None  # 对接人：大通镇中心卫生院
        if _FORMER.fullmatch(name) and words.title_at(text, candidate.end):
            return None  # 和原医生不一样
        area = name == "区" and self._fitting.is_place(text[max(0, candidate.start - 2) : candidate.start])
        if area and _OF_AREA.match(text, candidate.end):
            return None  # 深圳区经理, but 香港区医生
        coloured = _COLOURED.search(text, max(0, candidate.start - 2), candidate.start)
        seen_only = candidate.evidence[0] in _SEEN_ONLY
        if coloured and seen_only and ("han" not in candidate.evidence or self._fitting.foreign(name)):
            return None  # 白色阿尔法, 一辆凯美瑞
        weekday = candidate.evidence[0] != "cell" and _WEEKDAY.match(name)
        if weekday or _SPELLED.fullmatch(name) or name.endswith(_TO_ALL):
            return None
        if _AMOUNT.issuperset(name) and len(name) > 1:
            return None
        if len(name) == 3 and _QUOTES.match(text, candidate.end - 1) and name[:2] in grammar.ordinary_words:
            return None  # 古人云：“
        if candidate.evidence[0] not in FIRM and (
            ("clan" not in candidate.evidence and _is_medicine(text, candidate.end, name))
            or _NEVER_NAME.fullmatch(name)
            or (_TENSION.fullmatch(name) and not words.opens(text, candidate.start))
            or text[candidate.start - 1 : candidate.end] == "部门"
        ):
            return None
        if candidate.evidence[0] in _WEAK and len(name) == 3:
            worded = name[:2] in grammar.ordinary_words
            if name[-1] in FOLLOWERS and (worded or name[:2] in grammar.name_like_words):
                return None  # 成人先吹气
            across = text[candidate.end - 1 : candidate.end + 1]
            whole = self._fitting.is_seen_whole(reading, candidate.start, candidate.end)
            if worded and len(across) == 2 and reading.known(across) and not whole:
                return None  # 姓名全部隐去
        lawyer = candidate.evidence[0] == "tagger" and _LAWYER.match(text, candidate.end - 1)
        if len(name) == 2 and (name[1] in _OFFICES or lawyer):
            return candidate._replace(end=candidate.end - 1)  # 庄处
        if len(name) > 2 and name[-1] in _DONE_TO_FILES and _FILE_GOES_ON.match(text, candidate.end):
            return candidate._replace(end=candidate.end - 1)
        if len(name) > 1 and CUT_TITLE.match(text, candidate.end - 1):
            return candidate._replace(end=candidate.end - 1)  # 何医生团队
        if len(name) > 1 and NO_NAME_ENDS.match(text, candidate.end - 1):
            return candidate._replace(end=candidate.end - 1) if len(name) > 2 else None
        if self._fitting.led_by_kin(name) or _leads_to_compound(grammar, name):
            return candidate._replace(start=candidate.start + 1)
        cut = self._fitting.without_title(name)
        if cut and not grammar.nickname.fullmatch(name):
            return candidate._replace(end=candidate.start + cut)
        return candidate

    def _repeated(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Other places of names that are certain somewhere in this text, and of their given names alone."""
        text, grammar = reading.text, self._fitting.grammar
        taken = {(c.start, c.end) for c in candidates}
        sure = {(c.start, c.end) for c in candidates if c.score >= CERTAIN}
        certain = {text[start:end] for start, end in sure if end - start > 1} - grammar.ordinary_words
        for start, end in _places(text, certain):
            if (start, end) not in sure and not is_felt(text, start):
                yield Candidate(start, end, 0.8, ("certain elsewhere",))
        yield from self._words_again(reading, candidates, taken)
        yield from self._of_one(reading, certain)
        given = {name[-2:] for name in certain if len(name) - grammar.surname_length(name) == 2 < len(name)}
        for start, end in _places(text, {name for name in given if not self._fitting.is_other_word(name)}):
            if reading.known(text[start:end]) < _RARE_WORD and {start, end} <= reading.boundaries(start, end):
                yield Candidate(start, end, 0.5, ("given name of one",))

    def _words_again(
        self, reading: Reading, candidates: Sequence[Candidate], taken: Collection[tuple[int, int]]
    ) -> Iterator[Candidate]:
        """温馨强调, where 主持：温馨 stands in the same text: a word that is somebody's name, at the head of a clause."""
        text, grammar = reading.text, self._fitting.grammar
        named = {text[c.start : c.end] for c in candidates if c.evidence[0] in FIRM and c.end - c.start > 1}
        words = {name for name in named if name in grammar.ordinary_words or name in grammar.name_like_words}
        for start, end in _places(text, words):
            headed = not is_han(text[start - 1 : start]) and bool(_TELLS.match(text, end))
            rare = reading.known(text[start:end]) < _FREQUENT_WORD and self._is_set_off(text, start, end)
            if (headed or rare) and (start, end) not in taken:
                yield Candidate(start, end, 0.6, ("cue firm", "certain elsewhere"))

    def _is_set_off(self, text: str, start: int, end: int) -> bool:
        """Whether neighbours let it be a name, and none makes a word of it: 乐天的反移情, not 很乐天."""
        words = self._fitting.words
        return words.opens(text, start) and words.closes(text, end) and not is_felt(text, start)

    def _of_one(self, reading: Reading, certain: Collection[str]) -> Iterator[Candidate]:
        """小叶, 叶姐, 叶太, and 顾 in 顾41岁, where a full name with that surname is certain."""
        grammar, text = self._fitting.grammar, reading.text
        surnames = {name[:1] for name in certain if grammar.surname_length(name) == 1 < len(name)}
        if not surnames:
            return
        last = 0
        for word in reading.finditer(_FAMILIAR):
            led = word[0] in "小老"
            start = word.start() - (not led)
            if start < last or text[start + led] not in surnames or text[start - 1 : start].isdigit():
                continue
            last = start + 2
            if self._fitting.words.closes(text, last) and not _PART_OF_WORD.search(
                text, max(0, start - 1), start
            ):
                yield Candidate(start, last - (word[0] in "总工"), 0.55, ("surname of one",))
        for match in reading.finditer(_OF_HONG_KONG):
            if match[0][0] in surnames:
                yield Candidate(*match.span(), 0.55, ("surname of one",))
        for match in reading.finditer(_OLD_OR_RELATED):
            if match[0] in surnames:
                yield Candidate(*match.span(), 0.55, ("surname of one",))


def _places(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the names stand in the text; an automaton pays only for many of them."""
    if len(names) > _MANY_NAMES:
        yield from (
            (start, end) for start, end, _ in WordIndex(dict.fromkeys(sorted(names), "")).find_all(text)
        )
        return
    for name in sorted(names):
        start = text.find(name)
        while start >= 0:
            yield start, start + len(name)
            start = text.find(name, start + 1)


def _in_file_names(text: str, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Carter in 译文_Carter_v3.pdf, where Emily Carter stands in the same text."""
    names = (text[c.start : c.end].split() for c in candidates if "romanized" in c.evidence)
    words = {word for name in names if len(name) > 1 for word in name if len(word) > 3 and word.isalpha()}
    for start, end in _places(text, words) if "_" in text else ():
        around = text[start - 1 : start], text[end : end + 1]
        if "_" in around and not any(side.isalnum() and side.isascii() for side in around):
            yield Candidate(start, end, 0.6, ("part of one in letters",))


def _detection(candidate: Candidate) -> Detection:
    return Detection(
        PERSON, candidate.start, candidate.end, candidate.score, PERSON, candidate.evidence, candidate.form
    )


def _leads_to_compound(grammar: NameGrammar, name: str) -> bool:
    """代 of 代上官婉婷: before a compound surname and a given name no other surname."""
    return len(name) in (4, 5) and name[0] in _ACTED_FOR and grammar.surname_length(name, 1) == 2


def _is_medicine(text: str, end: int, name: str) -> bool:
    """洛贝林3mg, 杨氏法, 艾利斯钳."""
    eponym = (
        name[1:2] == "氏" and name[0] not in VIETNAMESE and (len(name) > 2 or bool(_GOES_ON.match(text, end)))
    )
    return (
        eponym
        or (len(name) > 2 and name.endswith(("钳", "征", "菌", "小体")))
        or bool(DOSE_AFTER.match(text, end))
    )


def _refusal(candidate: Candidate, protected: Sequence[tuple[int, int, str]], titled: int) -> str:
    """The list of the protected word that speaks against the candidate, '' where none does.

    `titled` characters behind the candidate are a title.

    A word that covers the name and more is the word, unless it would cut the title (车主 in 车主任);
    one that is all of the name is the word unless a field says otherwise; a name that only the
    tagger sees may not cut a word.
    """
    firm = candidate.evidence[0] in FIRM
    length = candidate.end - candidate.start
    for start, end, name in protected:
        if end <= candidate.start:
            continue
        inside = start >= candidate.start and end <= candidate.end
        if name == "place words" and candidate.evidence[0] in ("title", "compound surname"):
            continue
        if name == "eponyms" and ACTING in candidate.evidence:
            continue  # 威尔逊 in 威尔逊说
        if name == "herbs" and titled > 1 and (start, end) == (candidate.start, candidate.end):
            continue  # 葛根医师
        if start == candidate.start and candidate.end < end < candidate.end + titled:
            continue
        if start == candidate.end - 1 and candidate.evidence[0] == "venerable":
            continue  # 老祖 in 燕老祖籍
        if start <= candidate.start and end >= candidate.end:
            if end - start > length or not firm:
                return name
        elif firm or candidate.score >= 0.85 or (candidate.evidence[0] == "certain elsewhere" and length > 2):
            continue
        elif not inside or (start == candidate.start and name == "place words" and candidate.score < CERTAIN):
            return name
    return ""
