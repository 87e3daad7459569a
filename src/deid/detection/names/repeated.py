"""What is certain in one place of a text, everywhere in it: the whole name, the given name, 小叶 and 叶姐."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from deid.catalog.lexicon import WordIndex
from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.names.families import families, is_of_family
from deid.detection.names.fit import CERTAIN, FIRM, Candidate, Fitting
from deid.detection.names.signed import LONE, MEASURES
from deid.detection.names.worded import Worded
from deid.detection.names.words import CLEAR_ACTS, DESCRIBES, FUNCTION_SURNAMES, STATES, shipped_herbs
from deid.detection.reading import LIKELY, Reading
from deid.grammar.name import HAN, is_han
from deid.grammar.romanized import is_surname, may_name
from deid.regexes import Regex

_MANY_NAMES = 32
_OF_THREE = 3
"""Words of a name in letters of which the last two are the given one."""
_PET = frozenset("小阿")
_RARE_WORD, _SELDOM_WORD = 10, 100
"""Words that jieba counts less often are as likely a name, 知行, or likelier than not: 先觉."""
_RARE_GIVEN = 1500
"""Characters of given names that rank behind so many others are mostly words: 是."""
_VERY_LIKELY = 0.9
"""How likely somebody is named by the surroundings, of whom the other places are then believed."""
_SURE = 0.8
"""How sure the tagger is of a word that is somebody's name."""
_WHOLE = 0.75
"""Score of a name of three characters whose surname may stand alone elsewhere."""
_HINTED = 0.3
"""How sure it is of a surname where somebody of that surname is told of."""
_LIKE_NAME = 0.6
_APART = Screened(
    rf"(?:(?<=[ \t\n:,;、/|→(>])|\A)[{HAN}](?=[ ]{{0,3}}(?:[,;。、/|)→\n]|\Z)|[ ]{{2,}}[{HAN}])"
    rf"|(?<=(?<![{HAN}])[早中晚夜])[{HAN}](?=[ ,;。、/\n]|\Z)"
)
"""医学顾问 汪, 权/郎, 早曾 晚陆。: a character that is all of a field."""
_CELL = Screened(
    rf"(?:(?<=[\t|])|(?<=[ ]{{2}}))[{HAN}]{{2,4}}(?=[ ]{{0,3}}[\t|\n]|[ ]{{2}}|\Z)|(?m:^)[{HAN}]{{2,4}}(?=[ ]{{0,3}}[\t|]|[ ]{{2}})"
)
"""Words that are all of a cell of a table drawn with spaces, tabs or lines."""
_SPEAKING = Screened(
    rf"(?:(?<![{HAN}A-Za-z0-9、])|(?<=[由被让叫请跟和与问但])|(?<=[今明昨]天)|(?<=先生|太太|丈夫|妻子|爱人|家属|老公|老婆|主任|医生))[{HAN}](?=[不没](?:到场?|来|在(?![乎意于线])|签|同意|去)|替(?:[我你他班岗]|[,。;])|顶(?:班|替|岗)|请(?:假|了)|值班|交班|代(?:班|签|领)|已(?:故|退|离|签|到)|写(?:检讨|了|好)|负责(?!任的?人)|跟进|说(?![明法服起])|讲(?![座解课])|答(?![案题])|去[要拿取找问接送办]|瘦得|哭[了着]|补(?=[,。;\n]|$)|问[他她我过]|签字|来电|宣布|认为|建议|指出|反驳|插话|的(?:意[思见]|博士生|学生|助理|门诊))"
)
"""A character at the head of a clause, and what somebody does or has: 戎说, 严的意思."""
_SAY_HOW = frozenset("曾尚代查付简莫齐管盖冷党苗何强连屈解初胡")
"""Surnames that are adverbs, verbs and things as well: 曾说, 代签字."""
_ALSO_FIELDS = frozenset("班母年项组金包车钱药费")
"""Surnames that are what a field is called, or the relation of somebody: 姓名 | 班, 陈丽(母)."""
_ALSO_HERBS = frozenset("姜葛麦桂柏梅杏桑竹苏米茶艾蒲柳曲枣")
"""And those that stand in recipes: 姜、枣、葛根各10g."""
_OF_SEAL = Regex(r"[方位司人]\(章\Z")
_PART_OF_WORD = Regex(r"[大中很最太较从极狭缩矮瘦弱窄短细微幼衰苍养敬不]")
_FAMILIAR = Screened("[小老](?=.)|(?<=.)[姐哥叔姨总工]")
_OLD_OR_RELATED = Screened(rf"(?<![{HAN}])[{HAN}](?=[0-9]{{1,3}}岁|[妻母父夫][{HAN}]{{2,3}}(?![{HAN}]))")
_OF_CLAN = Screened(
    rf"(?<![{HAN}])[{HAN}](?=氏(?!族|家族|宗|太极|[位度点儿]|[{HAN}]{{0,5}}(?:[征病症法术线管孔窝骨瘤癌菌虫炎饮汤散丸膏钳针囊束功拳堂]|综合|反应|[试实]验|现象|染色|缝合|理论|定理|诊所|医馆|公司)))"
)
"""容氏主张, of a biography; but 鲍氏不动杆菌, 雷氏现象, 王氏清暑益气汤."""
_OF_HOUSE = Screened(
    rf"(?<![{HAN}])[{HAN}](?=家(?:老[大二三四五六七八九幺]|[大小][儿女子哥弟妹]|儿媳|媳妇|闺女|儿子|女儿|[他她][爸妈]))"
)
"""阮家老二, where 阮水根 is told of."""
_OF_DOCTOR = Screened(
    rf"(?:(?<=[系找请由问让约叫经及与和同跟是给])|(?<=不起)|(?<=谢谢)|(?<![{HAN}]))(?!(?<=由)于)[{HAN}]"
    r"(?=医[师生]|主任|教授|大夫|护士|老师|先生|女士|小姐|太太|姑娘|经理|院长|阿姨|大[姐哥爷妈]|师傅|总(?![是体共计数之部会结有算]))"
)
"""联系|来医师 and 同|區小姐, where 来翔 and 區詠珊 are told of: surnames that are words as well."""
_OF_HONG_KONG = Screened(rf"(?<![{HAN}])[{HAN}][太生](?![太大多少极阳空理平命产活病])")
"""Mrs and Mr, as Cantonese has them."""
_NAMES_MORE = Regex("[·A-Za-z-]| [A-Z]|大学|学院|医院|奖|法|病|综合征|公司")
"""What makes a part of a name that of another name, of a body or of a thing."""


_OF_DRUG = Regex("注射|片|丸|颗粒|胶囊|汤|散|膏|饮片|口服|粉|[ ]?[0-9]")
"""Behind a herb, what is made or given of it."""
_COLOUR = Regex("[红黄白青紫黑蓝绿灰褐]色")
"""殷红|色 where 殷红 is somebody."""


class RepeatedNames:
    """Other places of names that are certain in a text."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._worded = Worded(fitting.grammar, fitting.words)

    def find(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Other places of names that are certain somewhere in this text, and of their given names alone."""
        text, grammar = reading.text, self._fitting.grammar
        sure = {(c.start, c.end) for c in candidates if c.score >= CERTAIN}
        proven = [c for c in candidates if self._is_proven(reading, c)]
        names = {text[c.start : c.end] for c in proven}
        words = {name for name in names if len(name) > 1 and self._worded.is_word(reading, name)}
        certain = {text[start:end] for start, end in sure if end - start > 1} - words - grammar.ordinary_words
        for start, end in _places(text, certain):
            if (start, end) not in sure and not _COLOUR.match(text, end - 1):
                yield Candidate(start, end, 0.8, ("certain elsewhere",))
        gapped = {f"{name[0]} {name[1:]}" for name in names if 1 < len(name) <= _OF_THREE}
        yield from (Candidate(*place, 0.8, ("certain elsewhere",)) for place in _places(text, gapped))
        yield from self._cut_short(reading, candidates)
        yield from self._familiar_again(reading, candidates)
        if words:
            yield from self._words_again(reading, candidates, proven, words)
        yield from self._of_one(reading, candidates, certain)
        yield from self._all_of_field(reading, candidates)
        yield from self._cells_again(reading, candidates)
        yield from self._speaking(reading, candidates)
        yield from self._of_family(reading, candidates)
        yield from self._parts_of_foreign(text, certain, _given_in_letters(text, candidates))
        yield from self._given_alone(reading, candidates, certain | self._told_twice(text, candidates))

    def _told_twice(self, text: str, candidates: Sequence[Candidate]) -> frozenset[str]:
        """Whole names of three characters in two places or by two signs, be it that none says it for sure: 我老伴易先觉 … 易先觉."""
        signs = {
            (c.start, c.end, c.evidence[0])
            for c in candidates
            if c.score >= _LIKE_NAME and c.end - c.start == _OF_THREE
        }
        times = Counter(text[start:end] for start, end, _ in signs)
        surname_length = self._fitting.grammar.surname_length
        return frozenset(name for name, count in times.items() if count > 1 and surname_length(name) == 1)

    def _is_proven(self, reading: Reading, candidate: Candidate) -> bool:
        """Whether somebody stands there even if the name is a word, or an ordinary one."""
        kind, *more = candidate.evidence
        if kind == "surroundings":
            return candidate.score >= _VERY_LIKELY
        if kind in FIRM:
            return True
        name = reading.text[candidate.start : candidate.end]
        if self._fitting.is_other_word(name) or name in self._fitting.hospitals:
            return False
        seen = kind == "tagger" and reading.likeliness(candidate.start, candidate.end) >= _SURE
        return candidate.score >= CERTAIN or seen or kind == "speaker" or more == ["word"]

    def _cut_short(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """金秋实 where 金秋 was taken of 金秋实录入, and 金秋实 stands elsewhere in the text."""
        text = reading.text
        whole = {text[c.start : c.end] for c in candidates if c.end - c.start == 3 and c.score >= _LIKE_NAME}
        for c in candidates:
            if (
                c.end - c.start == 2
                and c.evidence[0] == "surroundings"
                and text[c.start : c.end + 1] in whole
            ):
                yield Candidate(c.start, c.end + 1, 0.8, ("certain elsewhere",))

    def _familiar_again(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """小红红 in 经查小红红为前员工, where it says something elsewhere in the text, or the tagger is sure of it."""
        text = reading.text
        names = {
            name
            for c in candidates
            if c.evidence[0] == "tagger"
            and ("acting" in c.evidence or reading.likeliness(c.start, c.end) >= _SURE)
            and (name := text[c.start : c.end])[0] in _PET
            and not self._fitting.is_other_word(name)
        }
        told = {(c.start, c.end) for c in candidates}
        for start, end in _places(text, names):
            if (start, end) not in told and (end - start > 2 or self._fitting.cut_out(reading, start, end)):
                yield Candidate(start, end, 0.5, ("certain elsewhere",))

    def _words_again(
        self,
        reading: Reading,
        candidates: Sequence[Candidate],
        proven: Sequence[Candidate],
        words: Collection[str],
    ) -> Iterator[Candidate]:
        """温馨强调, where 主持：温馨 stands in the same text: a word that is somebody's name."""
        told = {(c.start, c.end) for c in proven}
        starts, ends = {c.start for c in candidates}, {c.end for c in candidates}
        for start, end in _places(reading.text, words):
            if (start, end) not in told and self._worded.is_somebody(reading, start, end, starts, ends):
                yield Candidate(start, end, 0.8, ("word elsewhere", "certain elsewhere"))

    def _given_alone(
        self, reading: Reading, candidates: Sequence[Candidate], certain: Collection[str]
    ) -> Iterator[Candidate]:
        """玉梅 where 郝玉梅 is certain, and where somebody is told of 小米 of 马小米: a word by what stands around it."""
        text, grammar, worded = reading.text, self._fitting.grammar, self._worded
        sizes = {name: grammar.surname_length(name) or grammar.is_rarely_named(name) for name in certain}
        given = {name[-2:] for name, size in sizes.items() if len(name) - size == 2 < len(name)}
        halves = [name for name, size in sizes.items() if len(name) == 4 and not size]
        given |= {half for name in halves for half in (name[:2], name[2:])}  # 泽仁多吉
        doubled = {2 * name[-1] for name, size in sizes.items() if 0 < size < len(name)}
        doubled = {name for name in doubled if grammar.are_given(name, most=_RARE_GIVEN)}
        given |= {name for name in doubled if reading.known(name) < _RARE_WORD}  # 蕾蕾, of 茅蕾, but not 平平
        given = {name for name in given if re.fullmatch(f"[{HAN}]+", name)}  # not xx, of 张xx
        starts, ends = {c.start for c in candidates}, {c.end for c in candidates}
        firsts: dict[int, int] = {}
        for c in candidates:
            firsts[c.end] = min(c.start, firsts.get(c.end, c.start))
        for start, end in _places(text, given):
            if firsts.get(end, start) < start:
                continue  # it is the end of the whole name
            name = text[start:end]
            speech = word_list().part_of_speech(name)
            rare = reading.known(name) < _RARE_WORD or speech.startswith("nr")
            named = rare or reading.known(name) < _SELDOM_WORD
            if named and not self._fitting.is_other_word(name):
                free = end - 1 not in ends and self._is_free(reading, start, end)  # 徐小凤|凤字
                if rare and not is_han(text[start - 1 : start]) and CLEAR_ACTS.match(text, end):
                    yield Candidate(start, end, 0.8, ("word elsewhere", "given name of one"))  # ，根成|说
                    continue
                whole = free or {start, end} <= reading.boundaries(start, end)
                if whole and not (reading.known(name) and worded.is_the_word(reading, start, end)):
                    yield Candidate(start, end, 0.5, ("given name of one",))
                    continue
                if rare:
                    continue
            if name in self._fitting.words.roles:
                continue  # 小妹, of 蒙小妹
            if speech == "t" or (name in STATES | DESCRIBES and not CLEAR_ACTS.match(text, end)):
                continue  # 国庆，放假 beside 赵国庆; 健康，是福
            if name in shipped_herbs() and _OF_DRUG.match(text, end):
                continue  # 当归注射液 beside 党当归
            if worded.is_somebody(
                reading, start, end, starts, ends, of_whole=not self._is_a_place_or_body(name)
            ):
                yield Candidate(start, end, 0.8, ("word elsewhere", "given name of one"))

    def _is_free(self, reading: Reading, start: int, end: int) -> bool:
        """Whether no word lies across its borders: 去年|志刚|就, 起|春生|出现, but not 成|立新|公司, nor 卫星电视."""
        text = reading.text
        if reading.known(text[max(0, start - 1) : start + 1]) or any(
            reading.known(text[start : end + more]) for more in (1, 2)
        ):
            return False
        return not reading.known(text[end - 1 : end + 1]) or self._fitting.goes_on(reading, end)

    def _is_a_place_or_body(self, name: str) -> bool:
        fitting = self._fitting
        return fitting.is_other_word(name) or fitting.is_place(name) or name in fitting.hospitals

    def _of_family(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """独小兵, where 独虎明 and 独彩琴 are told of: a surname that no list has."""
        text = reading.text
        for surname in families(self._fitting, reading, candidates):
            for match in re.finditer(rf"{surname}[{HAN}]{{2}}", text):
                if self._fitting.words.title_at(text, match.start() + 1):
                    yield Candidate(match.start(), match.start() + 1, 0.6, ("family",))
                elif is_of_family(self._fitting, reading, match[0]) and self._fitting.cut_out(
                    reading, *match.span()
                ):
                    yield Candidate(*match.span(), 0.6, ("family",))

    def _parts_of_foreign(
        self, text: str, certain: Collection[str], given: Collection[str]
    ) -> Iterator[Candidate]:
        """德雷珀 and Draper, where 卡尔文·德雷珀（Calvin Draper） stands in the same text, and the `given` names of others."""
        parts = {part for name in certain for part in _parts(name) if not self._fitting.is_place(part)}
        for start, end in _places(text, parts.union(given)):
            before = text[start - 1 : start]
            joined = before in ("·", "-") or (before.isascii() and before.isalpha())
            if not joined and not _NAMES_MORE.match(text, end):
                yield Candidate(start, end, 0.6, ("part of one",))

    def _surnames_alone(self, reading: Reading, surnames: Collection[str]) -> Iterator[Candidate]:
        """蒋 in 动员蒋出任, and 张、罗 that go to an inn, where the tagger sees somebody; of 白 it must be surer."""
        for tag in reading.tagged:
            if tag.label != "PER" or tag.score < _HINTED:
                continue
            for single in LONE.finditer(reading.text[tag.start : tag.end]):
                word = single[0] in self._fitting.grammar.ambiguous_surnames
                if single[0] in surnames and tag.score >= (LIKELY if word else _HINTED):
                    start = tag.start + single.start()
                    yield Candidate(start, start + 1, 0.55, ("surname of one",))

    def _all_of_field(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """汪 in a rota, where 汪医生 or 汪建国 is told of; what is a word as well where others stand so too."""
        told = self._surnames_told(reading.text, candidates)
        apart = [match for match in reading.finditer(_APART) if match[0] in told] if told else []
        many = len({match[0] for match in apart}) > 1
        for match in apart:
            if _OF_SEAL.search(reading.text, max(0, match.start() - 2), match.end()):
                continue  # 乙方(章):
            if many or match[0] not in self._fitting.grammar.ambiguous_surnames:
                yield Candidate(*match.span(), 0.55, ("surname of one",))

    @staticmethod
    def _cells_again(reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """于会 and 丽丽 in all cells of a rota, where they are certain in one or likely in two."""
        likely = {(c.start, c.end): c.score for c in candidates if c.score >= _LIKE_NAME}
        cells = list(reading.finditer(_CELL)) if likely else []
        told = Counter(match[0] for match in cells if match.span() in likely)
        sure = {match[0] for match in cells if likely.get(match.span(), 0) >= CERTAIN}
        for match in cells:
            if (match[0] in sure and match.span() not in likely) or told[match[0]] > 1:
                yield Candidate(*match.span(), 0.8, ("word elsewhere", "certain elsewhere"))

    def _speaking(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """戎 in 戎说手术能等, where 戎教授 is told of: who says something at the head of a clause."""
        told = self._surnames_told(reading.text, candidates) - _SAY_HOW
        for match in reading.finditer(_SPEAKING) if told else ():
            if match[0] in told and not reading.known(reading.text[match.start() : match.end() + 1]):
                yield Candidate(*match.span(), 0.55, ("surname of one",))

    def _surnames_told(self, text: str, candidates: Sequence[Candidate]) -> frozenset[str]:
        """Those of one character of somebody who is certain, but for what measures or leads as well."""
        certain = (
            text[c.start : c.end]
            for c in candidates
            if c.score >= (_WHOLE if c.end - c.start == _OF_THREE else CERTAIN)
        )
        surnames = {name[:1] for name in certain if self._fitting.grammar.surname_length(name) == 1}
        return frozenset(surnames - MEASURES - FUNCTION_SURNAMES - _ALSO_FIELDS - _ALSO_HERBS)

    def _of_one(
        self, reading: Reading, candidates: Sequence[Candidate], certain: frozenset[str] | set[str]
    ) -> Iterator[Candidate]:
        """小叶, 叶姐, 叶太, and 顾 in 顾41岁, where a full name with that surname is certain; 芸姨 of 诸葛芸."""
        grammar, text = self._fitting.grammar, reading.text
        seen = {text[c.start : c.end] for c in candidates if c.evidence == ("tagger", "rare surname")}
        rare = {name[0] for name in certain | seen if 1 < len(name) < 4 and name[0] in grammar.rare_surnames}
        surnames = {name[:1] for name in certain if grammar.surname_length(name) == 1 < len(name)}
        alone = {name[-1] for name in certain if 1 < len(name) == grammar.surname_length(name) + 1}
        alone = {given for given in alone if grammar.are_given(given, most=_RARE_GIVEN)}
        yield from self._set_off(reading, (_OF_DOCTOR,), surnames | rare)
        if not (surnames or alone):
            return
        yield from self._surnames_alone(reading, surnames)
        last, wholes = 0, tuple(certain)
        for word in reading.finditer(_FAMILIAR):
            led = word[0] in "小老"
            start = word.start() - (not led)
            called = text[start] in alone and not led and not text.endswith(wholes, 0, start + 1)
            known = text[start + led] in surnames or (called and word[0] in "姐哥叔姨总")
            if start < last or not known or text[start - 1 : start].isdigit():
                continue
            last = start + 2
            if text[start:last] in self._fitting.words.titles or text[start:last] == "小时":
                continue  # 阿姨, where 阿芬 is certain; 半小时 beside 时光
            opened = not (led or is_han(text[start - 1 : start]) or text[last : last + 1] in (word[0], "妹"))
            apart = opened or self._fitting.words.closes(text, last)
            if apart and not _PART_OF_WORD.search(text, max(0, start - 1), start):
                kind = "surname of one" if text[start + led] in surnames else "given name of one"
                yield Candidate(start, last - (word[0] in "总工"), 0.55, (kind,))
        yield from self._set_off(reading, (_OF_HONG_KONG, _OLD_OR_RELATED, _OF_CLAN, _OF_HOUSE), surnames)

    @staticmethod
    def _set_off(
        reading: Reading, forms: Iterable[Screened], surnames: Collection[str]
    ) -> Iterator[Candidate]:
        """What the forms find that begins with one of the surnames."""
        for match in chain.from_iterable(map(reading.finditer, forms)) if surnames else ():
            if match[0][0] in surnames:
                yield Candidate(*match.span(), 0.55, ("surname of one",))


def _parts(name: str) -> Sequence[str]:
    """The parts of a foreign name that may stand alone for it."""
    if "·" in name:
        return [part for part in name.split("·") if len(part) > 2]
    words = name.split() if name.isascii() else []
    return [word for word in words if len(words) > 1 and len(word) > 3 and word.isalpha() and word.istitle()]


def _given_in_letters(text: str, candidates: Iterable[Candidate]) -> set[str]:
    """Boon Hock, of Tan Boon Hock."""
    names = (text[c.start : c.end].split() for c in candidates if c.evidence[0] == "romanized")
    return {
        f"{first} {second}"
        for surname, first, second in (name for name in names if len(name) == _OF_THREE)
        if is_surname(surname.lower()) and f"{first}{second}".isalpha() and may_name(f"{first} {second}")
    }


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


_LETTERS_APART = Regex("['’-]")


def names_of_files(text: str, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Carter in 译文_Carter_v3.pdf, where Emily Carter stands in the same text, OConnell_consent.pdf beside O'Connell."""
    names = (text[c.start : c.end].split() for c in candidates if "romanized" in c.evidence)
    words = {part for name in names for part in (*name, "".join(name))}
    words |= {_LETTERS_APART.sub("", word) for word in words}
    words = {word for word in words if len(word) > 3 and word.isalpha()}
    for start, end in _places(text, words) if "_" in text else ():
        around = text[start - 1 : start], text[end : end + 1]
        if "_" in around and not any(side.isalnum() and side.isascii() for side in around):
            yield Candidate(start, end, 0.6, ("part of one in letters",))
