"""What the tagger calls a person, put right: titles off, followers off, drugs and eponyms out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.detection.boundaries import word_list
from deid.detection.names.eponyms import is_dotted_eponym, is_eponym, is_house
from deid.detection.names.fit import CERTAIN, Candidate, Fitting, of_shape
from deid.detection.names.words import (
    AFTER_NAME,
    CLEAR_ACTS,
    CONTACTED,
    DESCRIBES,
    FOLLOWERS,
    FORMER,
    FUNCTION_SURNAMES,
    LAUGHTER,
    NOBODY,
    OF_ANYBODY,
    OF_PATIENT,
    OFFICE,
    ON_DUTY,
    SAFELY,
    STATES,
    TAKERS,
    THING_BEHIND,
    VERB_ACROSS,
    is_felt,
    is_of_quality,
    is_only_said,
    is_taken,
)
from deid.detection.reading import LIKELY, Reading
from deid.grammar.name import HAN, Shape, is_han
from deid.regexes import Regex

_NO_PART = r"、,/\\;:()\[\]\n。\"“”' 0-9_①-⒛❶-❿■◆◇★☆▲△▶►※→—–~…!?<>{}|=+#@&❤♥♡✨⭐☀❀✿\U0001f300-\U0001faff"
"""The pictures behind names in chats are among it."""
_PART = Regex(rf"[^{_NO_PART}]+(?: [^{_NO_PART}]{{1,2}}(?![^、,/;:()\[\]\n。 _])){{0,3}}")
_DRUG_LIKE = Regex(
    r"(?:[林坦芬定辛素唑酮胺汀韦星]|[地氮西福利]平|替尼|单抗|洛尔|列净|胰岛素|西泮|唑仑|普兰)$"
)
_WHEN = Regex("[之以][前后]|前后")
"""Behind the time of a season or a feast."""
_CLAUSE_ENDS = frozenset(",。;")
_COMES = Regex(
    "看到|看见|给[我你您他她]打|来[取拿领交接送找问看做复换补]|那里|那边|家里|没来|开了|确[有实]|休息|请假|值班|任[^何务意]"
)
_SAYS = Regex("说(?![明法话])|讲(?![座解])|告诉|答应|回复")
_AMOUNT = Regex(r"[一二两三四五六七八九十百几][日月年天次元个]")
_COMMON_GIVEN = 400
"""Rank of characters that given names often hold."""
_GOOD = 0.85
_NO_PERSONS = frozenset(
    "NATIVE_PLACE RELIGION ETHNICITY NATIONALITY EDUCATION OCCUPATION LOCATION CN_ADDRESS".split()
)
"""Types whose fields hold words that look like names."""
_LONGEST_HAN, _LONGEST, _LONGEST_FOREIGN = 3, 6, 8
"""Characters of a name without a known surname: as Han names have, as others have, and in transliteration."""
_YIELDING = frozenset(["dotted", "role", "title", "minority name", "kin", "compound surname"])
_WITH_GAPS, _OUTSIDE = frozenset(["spaced", "masked"]), frozenset("家和与为是补注听说二妈爸姓")
"""Evidence of names whose borders give way to those that the tagger is sure of, but where it reads a part between gaps; what stands behind them alone."""
_ANOTHER = Regex("[和与及、][一-鿿]+·")
"""乔森·哈德维|和伦戈·斯托尔: somebody else."""
_SURE_OF_END, _WELL_MADE, _OFTEN_A_WORD = 0.95, 0.8, 100
"""How sure the tagger is of where a surname ends, quality of a name of which it may have left out the rest, and count of a word that is no given name."""
_NOBODY_THERE = frozenset("但缺空休无满补替暂未有否是同略待")
"""What stands in a rota where nobody does: 值班：缺."""
_LIKELY_WORD, _SURE, _SURE_OF_GIVEN, _SURE_OF_STATE = 0.7, 0.7, 0.8, 0.84
_VERY_SURE, _SURE_OF_SURNAME, _SURE_OF_CHARACTER = 0.87, 0.92, 0.985
"""How likely what is a word as well must be, a name of two characters of transliterations, a given name at the beginning of a clause, a word for how somebody is or feels; what stands against other signs, a surname alone (窦；患者), and a character that is no surname."""
_OFTEN, _SELDOM = 20, 5
"""How frequent in jieba's dictionary."""
_LIKE_NAME = 0.6
_ORDINAL = Regex("[一二三四五六七八九十]{1,2}世$")
"""查理五世."""
ORDINAL_BEHIND = Regex(
    "(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})世(?![一-鿿]?[纪界代]|同堂|单传)|(?<=路易)十[四五六七八](?![日号月年个岁])"
)
"""What number of his name somebody is."""
_STANDS_FOR = Regex("(?P<rest>[一-鿿]{1,2})为(?:代表|首|主|核心|中心|榜样|原型)")
_ACTS = Regex(
    rf"{CLEAR_ACTS.pattern}|{OF_PATIENT.pattern}|还|曾|出生|当选|担任|获|率|会见|在[他她]|[0-9]{{1,2}}日"
)
"""What somebody does or is, where an eponym stands for a thing: 威尔逊希望, but 威尔逊的表现."""
_COUNTED = tuple("那这哪几两一二三四五六七八九十每各半")
_AROUND = tuple("肛门脐肩眼牙甲肾胰肝唇膝踝髋颈管灶瘤胃肠")
_OF_CLASSES = tuple("们我你他她同各每本全")
_OF_LEAVES = tuple("前后上中下左右额颞顶枕肺肝")
_STOREYS = tuple("0123456789一二三四五六七八九十几")
_PRESCRIBED = frozenset("改查加减去停配佐服")
"""What is done with a herb or a drug; no surnames."""
_VERBS = frozenset("约转帮发找催喊")
"""What leads to a name, is no surname, and is taken by the tagger for the beginning of one."""
_OF_FIRM = Regex("经纪(?!人)|保险(?!员|经纪)|股份有限|集团有限")
_SETTLEMENT = Regex("[一-鿿]家[营屯寨沟湾坡岭店集]")
_HILLS = Regex("山[上下里脉区](?![有多])|[河湖]畔|海峡|群岛|半岛")
"""What firms, settlements and hills are called like persons, and not they."""
_SOME_BODY = Regex("某[一-鿿]{0,2}(?:诊所|医院|门诊|公司|药[店房]|卫生|学校|小区|[酒饭]店)")
_DAYS = frozenset("今天 明天 昨天 前天 后天".split())
_DONE_FOR = Regex("挂号|[取领缴付买签]|办理|报名|报销|预约")
"""What is done for somebody else: 代江城挂号."""
_HANDS_TO = frozenset("转由请给让找叫交派")
_GOES_TO = "回去到往赴飞返抵"
_FROM_HOME = Regex(
    "(?:老家|娘家|婆家|祖籍|籍贯|原籍|户籍|嫁[到至去]|迁[到至往]|搬[到至去]|来自|坐标)[是在:]?\\Z"
)
"""What leads to where somebody is from."""
_SHARES = Regex("[两三四五六七八九十]{1,2}[份张本套](?![一-鿿]{0,2}(?:说|来|去))")
"""Behind the last surname of a list, how many there are: 贝、耿、丛|三份."""
_LETTERS = Regex("[A-Za-z]+")
_LETTERED = Regex(rf"([{HAN}]{{2,4}})[A-Za-z]{{1,4}}")
_OF_EPONYM = 0.35
"""What is left of the score where a thing is called so."""

ACTING = "acting"
"""Evidence that makes a person even of an eponym."""
ADDED = "given name added"
"""Evidence of a name of which the tagger sees the surname."""


def _is_outside(reading: Reading, behind: str) -> bool:
    """Whether what stands behind a name, in what a rule took for one, is no part of it."""
    word = len(behind) > 1 and reading.known(behind) > 0
    return not behind or behind[0] in _OUTSIDE or word or "·" in behind


class TaggedNames:
    """Names from the tagger's PER stretches."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    def find(self, reading: Reading) -> Iterator[Candidate]:
        for tag in reading.tagged:
            if tag.label == "LOC" or (tag.label == "PER" and tag.score < LIKELY):
                yield from self._foreign_with_title(reading, tag.start, tag.end)
            if tag.label != "PER":
                continue
            for part in _PART.finditer(reading.text, tag.start, tag.end):
                if reading.is_field(part.start(), _NO_PERSONS):
                    continue  # 籍贯：苗岭
                start, end = part.span()
                if lettered := _LETTERED.fullmatch(reading.text, start, end):
                    end = lettered.end(1)  # 彭志明A, 易明MRI
                end = self._before_label(reading.text, start, end)
                proposed = self._proposed(reading, start, end, tag.score)
                if tag.score < LIKELY:
                    proposed = self._hinted(reading, proposed, tag.score)
                yield from (self._completed(reading, name) for name in proposed)

    @staticmethod
    def _before_label(text: str, start: int, end: int) -> int:
        """Where 蒋 ends in 录：蒋　校：沈, of which the tagger takes 校 for a given name; 蒋 校：好 is a turn of speech."""
        gap = text.rfind(" ", start, end) if text.startswith(":", end) else -1
        return text.index(" ", start) if gap > start and text[start - 1 : start] not in ("", "\n") else end

    def _completed(self, reading: Reading, name: Candidate) -> Candidate:
        """乔治五世 of which the tagger takes 乔治, no 何泽星三世行医; 梁思成 of which it takes 梁思 in 以梁思成为代表."""
        text = reading.text
        if name.end - name.start < 2:
            return name
        if name.end - name.start == 2 and self._is_left(reading, name.end):
            return name._replace(end=name.end + 1)
        ordinal = ORDINAL_BEHIND.match(text, name.end)
        if ordinal and ("han" not in name.evidence or self._is_of_king(text[name.start : name.end])):
            return name._replace(end=ordinal.end())
        led = text[name.start - 1 : name.start] == "以"
        stands_for = _STANDS_FOR.match(text, name.end) if led else None
        return name._replace(end=stands_for.end("rest")) if stands_for else name

    def _is_left(self, reading: Reading, position: int) -> bool:
        """谢翔|飞 in 谢翔飞行阑尾切除术: whether a word across the end of a name cut off its last character."""
        text, last = reading.text, reading.text[position : position + 1]
        return (
            self._fitting.is_told(text, position + 1)
            and last in self._grammar.given_rank
            and reading.known(text[position : position + 2]) > 0
        )

    def _is_of_king(self, name: str) -> bool:
        return self._fitting.foreign(name) or word_list().part_of_speech(name).startswith("nr")

    def _foreign_with_title(self, reading: Reading, start: int, end: int) -> Iterator[Candidate]:
        """基里延科 in 基里延科总理, which the tagger takes for a place or hardly for a person."""
        name = reading.text[start:end]
        titled = self._words.title_at(reading.text, end) or OFFICE.match(reading.text, end)
        if titled and self._fitting.led_by_hospital(name):
            yield Candidate(start + 2, end, 0.85, ("tagger", "title"))  # 华西|田教授
        elif titled and len(name) > 2 and self.is_transliterated(name, 1.0):
            yield Candidate(start, end, CERTAIN, ("tagger", "transliterated"))

    def _hinted(self, reading: Reading, proposed: Iterator[Candidate], score: float) -> Iterator[Candidate]:
        """What the tagger takes for a person less likely than not: only where shape and word borders agree."""
        for candidate in proposed:
            name = reading.text[candidate.start : candidate.end]
            if name in self._grammar.name_like_words and _SAYS.match(reading.text, candidate.end):
                yield candidate  # 方圆 in 那个方圆说
            elif (
                self._grammar.quality(name) >= _GOOD
                and candidate.end - candidate.start > 1
                and candidate.score > _OF_EPONYM
                and self._fitting.cut_out(reading, candidate.start, candidate.end)
            ):
                yield candidate._replace(score=0.5 + 0.1 * score, evidence=(*candidate.evidence, "hint"))

    def _proposed(self, reading: Reading, start: int, end: int, likely: float) -> Iterator[Candidate]:
        text, grammar = reading.text, self._grammar
        start = self.behind_word(reading, self._with_surname(text, start), end)
        start, end, titled = self._bare(text, start, end)
        name = text[start:end]
        if likely >= _VERY_SURE and self._is_called_like_a_thing(text, start, name):
            yield Candidate(start, end, 0.8, ("called", "led"))
            return
        if not name or not is_han(name[0]) or self._is_word(reading, start, end, likely, titled=titled):
            return
        if self._cuts_word(reading, start, end):
            if likely < _SURE or grammar.quality(name[:2]) < _GOOD:
                return  # 矫正月龄
            end -= 1  # 曹操理由
        elif self._is_cut(reading, start, end):
            end += 1  # 梁思成 as 梁思
        name = text[start:end]
        if self._is_no_person(reading, start, end, likely, titled=titled):
            return
        if size := self._place_before_nickname(name):
            yield Candidate(start + size, end, 0.8, ("tagger", "nickname"))
        elif grammar.nickname.fullmatch(name):
            yield Candidate(start, end, 0.8, ("tagger", "nickname"))
        elif self._fitting.led_by_kin(name):
            yield Candidate(start + 1, end, 0.8, ("tagger", "kin"))
        elif self._is_led_by_verb(text, start, end):
            yield Candidate(start + 1, end, 0.6 + 0.3 * grammar.quality(name[1:]), ("tagger", "han"))
        elif shape := self._shape(reading, start, end, likely):
            score = 0.35 + 0.25 * shape.quality + 0.32 * likely if shape.kind == "han" else 0.85
            eponym = shape.kind == "han" and self._is_eponym(text, shape.start, shape.end)
            yield of_shape(
                shape,
                _OF_EPONYM if eponym else score,
                "tagger",
                *self._acting(text, shape.start, shape.end, likely),
            )
        elif grammar.surname_length(name) == len(name):
            yield from self._surname(reading, start, end, likely, titled=titled)
        else:
            yield from self._without_surname(reading, start, end, likely)

    def _is_called_like_a_thing(self, text: str, start: int, name: str) -> bool:
        """Whether a pet name is a thing as well, and something is handed to somebody: 让老汤改."""
        thing = name in self._grammar.ordinary_words and self._grammar.nickname.fullmatch(name)
        return bool(thing) and text[start - 1 : start] in _HANDS_TO - {"给"}

    def _is_word(self, reading: Reading, start: int, end: int, likely: float, *, titled: bool) -> bool:
        """Whether what the tagger sees is a word, an amount, or what a verb says."""
        text, name = reading.text, reading.text[start:end]
        if name in self._grammar.ordinary_words or (name in DESCRIBES and text.startswith("的", end)):
            return True  # 真诚的邀请
        if (reading.known(name) or name in self._grammar.name_like_words) and _WHEN.match(text, end):
            return True  # 白露之后
        if not titled and (is_taken(text, start, end) or is_only_said(text, start)):
            return True
        if reading.known(name) and is_of_quality(text, start):
            return True
        if name in self._grammar.name_like_words and not self._is_named_so(
            text, start, end, likely, titled=titled
        ):
            return True
        if self._is_word_and_more(name) and (likely < _VERY_SURE or name[0] in _PRESCRIBED):
            return True
        if likely >= _VERY_SURE:
            return False
        if self._is_amount(name):
            return True
        return self._fitting.is_verb_of(reading, name) and not self.is_transliterated(name, likely)

    def _is_no_person(self, reading: Reading, start: int, end: int, likely: float, *, titled: bool) -> bool:
        """Whether it lies across words, or is a floor, a wish or a place."""
        text, name = reading.text, reading.text[start:end]
        if likely < _VERY_SURE and self._lies_across(reading, start, end):
            return True
        if likely < _SURE_OF_SURNAME and self._cuts_two_words(reading, start, end):
            return True  # 字|段允|许
        if self._is_of_body(text, start, end):
            return True
        of_thing = _OF_FIRM.match(text, end) or _SETTLEMENT.fullmatch(name) or _HILLS.match(text, end)
        if of_thing and not titled:
            return True  # 明亚|经纪, 丁家营, 卡尔瓦迪斯|山上
        if _SOME_BODY.match(text, end) and self._fitting.is_place(name):
            return True  # 江宁某诊所
        if name[0] == "楼" and text[start - 1 : start] in _STOREYS:
            return True  # 二楼彩超
        if name == "希望" and is_han(text[end : end + 1]) and not titled:
            return True  # 家属希望还是她
        if self._fitting.is_place_alone(name) or (name[0] == "转" and self._fitting.is_place_alone(name[1:])):
            return True
        if _FROM_HOME.search(text, max(0, start - 3), start) and self._fitting.is_place(name):
            return True  # 片子在老家邢台
        if self._fitting.is_origin(text, start, end):
            return True
        if self._grammar.nickname.match(text, end) and self._fitting.is_place(name):
            return True  # 永州|老张
        return self._is_from_a_place(name) or self.is_destination(text[start - 1 : start], name)

    def _place_before_nickname(self, name: str) -> int:
        """Length of 永州 in 永州小陶, 0 where no place stands before what somebody is called."""
        size = len(name) - 2
        told = size > 1 and self._grammar.nickname.fullmatch(name, size) is not None
        return size if told and self._fitting.is_place(name[:size]) else 0

    def _is_led_by_verb(self, text: str, start: int, end: int) -> bool:
        """约白雪, 转夏龙, 代江城挂号."""
        verb, name = text[start], text[start + 1 : end]
        if verb not in _VERBS and not (verb == "代" and _DONE_FOR.match(text, end)):
            return False
        return name in self._grammar.name_like_words or self._grammar.quality(name) >= _LIKE_NAME

    def _shape(self, reading: Reading, start: int, end: int, likely: float) -> Shape | None:
        """The shape of the name that ends there, or of one that fits better; None where it has none in characters."""
        text = reading.text
        shapes = self._grammar.at(text, start, min(len(text), end + 2))
        shape = next((shape for shape in shapes if shape.end == end), None)
        doubtful = text[end - 1] in FOLLOWERS and likely < _VERY_SURE
        longest = end - start == 4 and not self._is_compound(text[start:end])
        if shape and shape.kind == "han" and (doubtful or longest):
            shape = self._fitting.best_at(reading, start, end, firm=False) or shape
        return shape if shape and shape.kind != "latin" else None

    def _is_named_so(self, text: str, start: int, end: int, likely: float, *, titled: bool) -> bool:
        """Whether a word is somebody's name there: 那个方圆说, but not 请教权威医生, 平安到家."""
        if _SAYS.match(text, end):
            return True
        name = text[start:end]
        said_of_all = name in STATES or name in DESCRIBES or self._fitting.is_place(name)
        least = _SURE_OF_STATE if said_of_all and not _COMES.match(text, end) else _LIKELY_WORD
        if likely < least:
            return False
        followed = self._is_followed(text, end)
        if likely < _VERY_SURE and not (followed or self._is_led(text, start)):
            return False  # 雷雨交加
        if name in NOBODY and not (followed or self._words.role_ends(text, start)):
            return False  # 毕竟，狼来了
        if likely < _VERY_SURE and name in STATES and not followed and _is_felt_elsewhere(text, name):
            return False  # 职工高兴，厂领导也高兴
        described = name in DESCRIBES and self._says_how(text, end, titled=titled)
        of_thing = THING_BEHIND.match(text, end) or SAFELY.match(text, start)
        return not (described or of_thing or is_felt(text, start))

    def _is_led(self, text: str, start: int) -> bool:
        """Whether a name may well begin there, as behind a title: 其助理安宁."""
        before = text[max(0, start - 2) : start]
        told = CONTACTED.search(before) is not None or ON_DUTY.search(before) is not None
        return told or self._words.opens(text, start) or self._words.title_ends(text, start)

    def _is_followed(self, text: str, end: int) -> bool:
        """Whether somebody is told of behind the word."""
        acts = CLEAR_ACTS.match(text, end) or AFTER_NAME.match(text, end) or _COMES.match(text, end)
        return acts is not None or self._words.title_at(text, end) > 0

    def _says_how(self, text: str, end: int, *, titled: bool) -> bool:
        """Whether a word that describes stands before what it describes: 权威医生, 乐观的猫, but not 高兴女士."""
        if text.startswith("的", end):
            return True
        return text[end : end + 2] not in OF_ANYBODY and bool(titled or self._words.title_at(text, end))

    def _cuts_word(self, reading: Reading, start: int, end: int) -> bool:
        """Whether the stretch is a word of two and the beginning of another one: 矫正月 of 矫正月龄."""
        text = reading.text
        across = text[end - 1 : end + 1]
        if self._fitting.is_seen_whole(reading, start, end):
            return False
        return (
            end - start == 3
            and len(across) == 2
            and reading.known(text[start : start + 2]) > _SELDOM
            and reading.known(across) > 0
            and not reading.known(text[start:end])
        )

    @staticmethod
    def _is_of_body(text: str, start: int, end: int) -> bool:
        """Whether what lies around a part of the body, or a leaf of it, is taken for somebody: 肛|周发红, 贲门周, 前|叶增厚."""
        before = text[start - 1 : start]
        if text[start] == "班" and before in _OF_CLASSES:
            return True  # 我们班新转来
        around = text[start] == "周" and before in _AROUND
        leaf = text[start] == "叶" and before in _OF_LEAVES
        return around or leaf or (text[end - 1] == "周" and text[end - 2] in _AROUND)

    def _lies_across(self, reading: Reading, start: int, end: int) -> bool:
        """Whether two words meet within the stretch, which is none itself: 段允 in 字段允许, 戚有 in 亲戚有."""
        in_word = end - start == 2 and self._fitting.begins_in_word(reading, start, end)
        return in_word or self._cuts_two_words(reading, start, end)

    @staticmethod
    def _cuts_two_words(reading: Reading, start: int, end: int) -> bool:
        before, after = reading.text[start - 1 : start + 1], reading.text[end - 1 : end + 1]
        return (
            end - start == 2
            and reading.known(before) > 0
            and len(after) == 2
            and reading.known(after) > _OFTEN
            and not reading.known(reading.text[start:end])
        )

    def _is_cut(self, reading: Reading, start: int, end: int) -> bool:
        """Whether the dictionary knows a name of one character more; rare ones it has are no names: 刘备入."""
        longer = reading.text[start : end + 1]
        if end - start == 3:
            return self._is_compound(longer)
        return (
            end - start == 2
            and len(longer) == 3
            and self._grammar.surname_length(longer) == 1
            and reading.known(longer) > _OFTEN
            and not reading.known(reading.text[end : end + 2])
            and longer not in self._grammar.ordinary_words
        )

    def _is_compound(self, name: str) -> bool:
        """欧阳立新, whatever 新 goes on with: a given name that many have behind a compound surname."""
        return self._grammar.surname_length(name) == 2 and name[2:] in self._grammar.given_names

    def _is_word_and_more(self, name: str) -> bool:
        """方圆盘, 高温津, 祝平安, 加莲子: a word, and a character that given names hardly end with, or a wish, or what is done with a drug."""
        if name[0] in _PRESCRIBED and name[1:] in self._fitting.protected:
            return True
        if len(name) != 3:
            return False
        words = (self._grammar.name_like_words, self._grammar.ordinary_words)
        rank = self._grammar.given_rank.get(name[2], _COMMON_GIVEN + 1)
        led = (
            rank > _COMMON_GIVEN
            and any(name[:2] in listed for listed in words)
            and not word_list().part_of_speech(name).startswith("nr")  # 阿巴查
        )
        return led or (name[0] == "祝" and any(name[1:] in listed for listed in words))

    def is_ruled_out(self, reading: Reading, start: int, end: int) -> bool:
        """Whether what begins like a name is something else: a word and more, an amount, a place, parts of two words."""
        text = reading.text
        name = text[start:end]
        return (
            is_taken(text, start, end)
            or is_only_said(text, start)
            or self._is_word_and_more(name)
            or self._is_amount(name)
            or self._fitting.is_verb_of(reading, name)
            or self._lies_across(reading, start, end)
            or self._fitting.is_place_alone(name)
            or self._is_from_a_place(name)
            or self.is_destination(text[start - 1 : start], name)
        )

    def _is_from_a_place(self, name: str) -> bool:
        """岑溪来 in 岑溪来的那个: where somebody comes from."""
        return len(name) == 3 and name[2] in "来人籍" and self._fitting.is_place(name[:2])

    def is_destination(self, before: str, name: str) -> bool:
        """Whether somebody goes to a place: 綦江 in 出院回綦江, 回海宁."""
        led = before != "" and before in _GOES_TO and self._fitting.is_place(name)
        return led or (name[0] in _GOES_TO and self._fitting.is_place(name[1:]))

    @staticmethod
    def _is_amount(name: str) -> bool:
        """付六日, 单三元."""
        return bool(_AMOUNT.fullmatch(name, 1))

    def _with_surname(self, text: str, start: int) -> int:
        """The start, a surname further left where the tagger began with the given name: 曾小红, 转和丽芳."""
        left = start - 1
        before = text[left - 1 : left] if left > 0 else ""
        free = not is_han(before) or (before in _HANDS_TO and text[left] == "和")
        if (
            left >= 0
            and free
            and text[left] in self._grammar.surnames
            and not self._grammar.surname_length(text, start)
        ):
            return left
        return start

    def behind_word(self, reading: Reading, start: int, end: int) -> int:
        """The start behind the end of a word that the tagger took for the surname: 模范|史振平, CEO|卫哲."""
        text, grammar = reading.text, self._grammar
        letters = _LETTERS.match(text, start, end)
        begin = letters.end() if letters else start + 1
        rest = text[begin:end]
        first = text[start - 1 : begin]
        worded = rest in grammar.name_like_words
        if (
            len(rest) > 2
            and self._fitting.foreign(rest)
            and (text[start] == "向" or reading.known(first) > _OFTEN)
        ):
            return begin  # 祝贺|布拉特, 向|莫拉塔扎德
        if text[start] == "但" and text[start - 1 : start] in _CLAUSE_ENDS and len(rest) == 2:
            return begin  # ，但|文丽不去
        if not worded and (grammar.surname_length(rest) != 1 or grammar.quality(rest) < _LIKE_NAME):
            return start
        surname = grammar.surname_length(text, start)
        ends_word = len(first) == 2 and reading.known(first) > _OFTEN
        ends_word = ends_word and ((len(rest) == 3 and surname != 2) or (len(rest) == 2 and not surname))
        return begin if letters or ends_word else start  # 性格|文静

    def _bare(self, text: str, start: int, end: int) -> tuple[int, int, bool]:
        """The stretch without a role before it, and a title or a following verb behind it."""
        for first, last in self._words.find_roles(text[start:end]):
            if (
                first == 0
                and last < end - start
                and not self._is_named_like_role(text, start, start + last, end)
            ):
                start += last
            break
        name = text[start:end]
        if self._fitting.led_by_hospital(name) and self._words.title_at(text, end):
            return start + 2, end, True
        cut = self._fitting.without_title(name)
        if cut and (self._words.title_at(text, start + cut) or text[start + cut] == " "):
            end = start + cut
            name = text[start:end]
            if (
                len(name) == 2
                and not self._grammar.surname_length(name)
                and self._grammar.surname_length(name, 1)
            ):
                start += 1
            elif len(name) > 2 and self._is_place_of_work(name):
                start = end - 1
            return start, end, True
        for back in (1, 2):
            verb = VERB_ACROSS.match(text, end - back)
            if verb and verb.end() >= end and self._grammar.surname_length(name) < len(name) - back:
                end -= back
                name = text[start:end]
                break
        pet_name = len(name) > 3 and name[0] in "小老" and name[1] in self._grammar.every_surname
        if pet_name and (name[2:] in _DAYS or not self._grammar.are_given(name[2:])):
            return start, start + 2, False  # 小逄明天, but not 小林正雄
        nickname = self._grammar.nickname.match(name)
        rare = self._grammar.given_rank.get(name[-1:], _COMMON_GIVEN + 1) > _COMMON_GIVEN
        if len(name) == 3 and name[-1] in FOLLOWERS and (nickname or rare):
            end -= 1
        return start, end, False

    def _is_named_like_role(self, text: str, start: int, role_end: int, end: int) -> bool:
        """保安玲 in a field of its own: a surname, and one character that is none behind what reads like a role."""
        alone = not (is_han(text[start - 1 : start]) or is_han(text[end : end + 1]))
        given = text[role_end:end]
        return (
            alone
            and len(given) == 1
            and given not in self._grammar.every_surname
            and text[start] in self._grammar.surnames | self._grammar.rare_surnames
        )

    def _is_place_of_work(self, name: str) -> bool:
        """工会葛 before 主席, 谢谢敬 before 医生: a word, then a surname."""
        word = not self._grammar.surname_length(name) or self._fitting.is_other_word(name[:-1])
        return word and self._grammar.surname_length(name, len(name) - 1) == 1

    def _surname(
        self, reading: Reading, start: int, end: int, likely: float, *, titled: bool
    ) -> Iterator[Candidate]:
        """Only a surname was tagged: a title may follow, or a given name that the tagger left out."""
        text = reading.text
        if text[start:end] in FUNCTION_SURNAMES and text[end : end + 2] in TAKERS:
            return
        if FORMER.match(text, start):
            return  # 原护士长
        if text[start:end] == "张" and text[start - 1 : start] in _COUNTED:
            return  # 那张单子
        if self._words.is_preposition(text, start, end + self._words.title_at(text, end)):
            return
        title = self._words.title_at(text, end)
        if any(text[start - back : end + title] in self._words.roles for back in (1, 2) if start >= back):
            return  # 开单医生
        if titled or title:
            if not (
                self._fitting.begins_in_word(reading, start, end) or self._words.says_whose(text, start, end)
            ):
                yield Candidate(start, end, 0.85, ("tagger", "title"))
            return
        if text[start - 1 : start] == "_" or text.endswith("不是姓", 0, start):
            return  # 王_明, 也不是姓白
        if text.startswith("姓", end):
            yield Candidate(start, end, 0.8, ("surname told", "tagger"))  # 李姓木匠
            return
        best = self._fitting.best_at(reading, start, len(reading.text), firm=False)
        if _SHARES.match(text, end):
            best = None  # 贝、耿、丛|三份
        if best and best.kind == "han" and text[best.end - 1] != "是" and self._fitting.fits(reading, best):
            yield of_shape(best, 0.7, "tagger", ADDED)
        elif likely >= _SURE_OF_SURNAME:
            yield Candidate(start, end, 0.7, ("tagger", "surname"))

    def as_seen(self, reading: Reading, name: Candidate) -> Iterator[Candidate]:
        """The name within the borders that the tagger is sure of: 冯|手里, 女儿于海鸥|家, 规培|阿依努尔·买买提."""
        added = ADDED in name.evidence
        yields = added or (name.evidence[0] in _YIELDING and _WITH_GAPS.isdisjoint(name.evidence))
        seen = (
            reading.sure_within(name.start, name.end, _SURE_OF_END if added else _VERY_SURE)
            if yields
            else None
        )
        if seen is None or not (seen[0] == name.start or (seen[1] == name.end and not added)):
            yield name
        elif added:
            yield name if self._is_given(reading, name, seen[1]) else name._replace(end=seen[1])
        elif seen[1] - seen[0] < 2 or not _is_outside(reading, reading.text[seen[1] : name.end]):
            yield name
        else:
            yield name._replace(start=seen[0], end=seen[1])
            if _ANOTHER.match(reading.text, seen[1], name.end):
                yield from self.as_seen(reading, name._replace(start=seen[1] + 1))

    def _is_given(self, reading: Reading, name: Candidate, end: int) -> bool:
        """Whether what was added behind the tagger's surname is a given name rather than a word."""
        given, whole = reading.text[end : name.end], reading.text[name.start : name.end]
        count = reading.known(given)
        if len(given) < 2 or count >= _OFTEN_A_WORD:
            return False
        named = word_list().part_of_speech(given).startswith("nr")
        return named or count > 0 or self._grammar.quality(whole) >= _WELL_MADE

    @staticmethod
    def _begins_in_term(reading: Reading, start: int, end: int) -> bool:
        """Whether its first character ends a word of three or four: 卡来 in 医保卡来."""
        return start not in reading.boundaries(start, end) and any(
            reading.known(reading.text[max(0, start - back) : start + 1]) for back in (2, 3)
        )

    def _is_eponym(self, text: str, start: int, end: int) -> bool:
        return is_eponym(self._fitting, text, start, end, named=self._is_named(text, start))

    def _is_named(self, text: str, start: int) -> bool:
        """Whether the words before call somebody by name."""
        return text[start - 1 : start] == "叫" or self._words.role_ends(text, start)

    def _acting(self, text: str, start: int, end: int, likely: float) -> tuple[str, ...]:
        """The evidence that somebody does or is something there, whatever else is called so: 威尔逊希望."""
        led = self._words.role_ends(text, start) or self._words.title_at(text, end)
        return (ACTING,) if likely >= _SURE and (led or _ACTS.match(text, end)) else ()

    def is_transliterated(self, name: str, likely: float) -> bool:
        """克林顿, 布莱希特: characters of transliterations; two of them are as often a word."""
        name = _ORDINAL.sub("", name)
        sure = LIKELY if len(name) > 2 else _SURE
        return (
            likely >= sure
            and 2 <= len(name) <= _LONGEST_FOREIGN
            and self._fitting.foreign(name)
            and not (self._fitting.is_place(name) or LAUGHTER.search(name))
        )

    def _without_surname(self, reading: Reading, start: int, end: int, likely: float) -> Iterator[Candidate]:
        text, fitting = reading.text, self._fitting
        name = text[start:end].replace(" ", "")
        if len(name) == 1:
            title = self._words.title_at(text, end)
            joined = self._words.is_preposition(text, start, end + title) or reading.known(
                text[start : end + 1]
            )
            if likely >= _SURE_OF_CHARACTER and not (joined or name in _NOBODY_THERE):
                yield Candidate(start, end, 0.7, ("tagger", "character"))  # 叟爷爷, but not 望大夫, 牙医生
            return
        if "·" in name:
            dot = text.find("·", start, end)
            if is_house(text, start, dot):
                return  # 沐齿口腔·城南
            if self._words.role_ends(text, dot) or self._words.title_ends(text, dot):
                start = dot + 1  # 营养师·江雪
            elif reading.known(text[start:dot]) and not fitting.foreign(text[start:dot]):
                start = dot + 1
                if reading.known(text[start:end]):
                    return  # 专栏·白露
            if not is_dotted_eponym(text, end):
                yield Candidate(start, end, 0.8, ("tagger", "dotted"))
            return
        named = self._is_named(text, start)
        titled = bool(self._words.title_at(text, end))
        drug = _DRUG_LIKE.search(name) and not (named or titled)
        if drug or self._is_eponym(text, start, end) or not all(map(is_han, name)):
            return
        if likely < _VERY_SURE and not named and self._begins_in_term(reading, start, end):
            start, name = start + 1, name[1:]
            named = len(name) > 1 and self._is_named(text, start)
            if not named:
                return  # 医保卡|来, but 实习生|诗妍
        if self.is_transliterated(name, likely):
            acting = self._acting(text, start, end, likely)
            score = CERTAIN if acting else 0.7 if named else 0.62
            yield Candidate(start, end, score, ("tagger", "transliterated", *acting))
            return
        if _LONGEST_HAN < len(name) < _LONGEST and likely >= _VERY_SURE:
            yield Candidate(start, end, 0.75, ("tagger", "whole"))  # 佐藤美咲, 尕玛文毛
            return
        if self._grammar.surname_length(name) and len(name) > 2:
            best = fitting.best_at(reading, start, end, firm=False)
            if best and (
                len(name) > _LONGEST or not fitting.familiar(name) or AFTER_NAME.match(text, best.end)
            ):
                yield of_shape(best, 0.5 + 0.3 * best.quality, "tagger", "part")
                return
        if likely >= (_SURE if len(name) == _LONGEST_HAN else _VERY_SURE) and self._grammar.is_rarely_named(
            name
        ):
            yield Candidate(start, end, 0.75, ("tagger", "rare surname"))  # 暴雨辰
            return
        long = len(name) > _LONGEST_HAN
        sure = likely >= (_SURE if long else _VERY_SURE)
        strange = sum(character not in self._grammar.given_rank for character in name)
        if 2 <= len(name) <= _LONGEST and strange <= (sure and long):
            done = reading.known(name) > _OFTEN and word_list().part_of_speech(name)[:1] == "v"
            done = done and not (titled or self._grammar.are_given(name, most=_COMMON_GIVEN))
            beside = (named or titled) and not done  # 家属沟通, but not 来访者希望
            begins = not is_han(text[start - 1 : start]) and not text.startswith("的", end)  # 团结的力量
            given = begins and likely >= _SURE_OF_GIVEN and name in self._grammar.given_names  # 建国中午送饭
            if beside or sure or given or (len(name) <= 4 and not reading.known(name)):
                yield Candidate(start, end, 0.75 if beside else 0.5, ("tagger",))


def _is_felt_elsewhere(text: str, word: str) -> bool:
    """Whether the text says of somebody how he feels: 也高兴."""
    return any(is_felt(text, match.start()) for match in re.finditer(word, text))
