"""Names beside a title, a role, a kinship word, a sex or an age, at the start of a turn of speech, or in a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.cued import CuedNames
from deid.detection.names.fit import CERTAIN, Candidate, Fitting, of_shape
from deid.detection.names.words import (
    AFTER_NAME,
    BEFORE_NAME,
    FOLLOWERS,
    FUNCTION_SURNAMES,
    FUNCTION_WORDS,
    HOLDER,
    IN_ORDER,
    KIN_SUFFIXES,
    NAMED_ROLES,
    NO_SURNAMES,
    NOT_NAMES,
    OF_ANYBODY,
    STATES,
    TAKES_A_PERSON,
)
from deid.detection.reading import Reading
from deid.grammar.name import HAN, Shape, is_han

_KIN = Screened(r"(?:(?<![一-鿿])|(?<=[其之患]))[父母夫妻女子儿婿兄弟姐妹媳孙](?=[一-鿿])")
_SEX_OR_AGE = Screened(
    r"[ ]{0,2}[(,、/ |][ ]{0,2}(?:[男女♂♀]|[0-9]{1,3} ?(?:岁|个月|月(?![0-9]))|[一二三四五六七八九十]{1,3}岁)|[ ]?[♂♀]|(?=[0-9]{1,3}岁)"
)
_SEX_AND_AGE = Screened(
    r"[ ]{0,2}[(,、/ |][ ]{0,2}(?:[一-鿿]{1,4}族[,、/ |][ ]{0,2})?(?:[男女](?:性|士|孩)?|(?<=[,|;/ ])[MF](?=[,|;/ ]))[ ]{0,2}[,、/ |(][ ]{0,2}(?:[0-9]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:岁|[,、/ |)。;])"
)
_SEX_OR_KIN = Screened(
    rf"(?:(?<=[:,、;\n|])|(?<=[:,、;] )|(?<![\s\S]))([{HAN}]{{2,3}})(?=\((?:男|女|[父母夫妻]|父亲|母亲|丈夫|妻子|儿子?|女儿|家长|监护人|本人)\)|\([男女],)"
)
_SEX_AND_BIRTH = Screened(r"[ ]{1,3}[男女][ ]{1,3}(?=(?:19|20)[0-9]{2}[.年/-])")
_BED = re.compile(r"[0-9]床$")
_SPEAKER = Screened(
    rf"(?:^|\n)[ \t]*(?:\[[^\]\n]{{1,30}}\][ ]*|[0-9:/\-. ]{{4,22}}[ ]+)?"
    rf"([{HAN}·*]{{2,6}})(?:\([^()\n]{{1,8}}\))?[ ]{{0,2}}:"
)
_SURNAME_SPEAKER = Screened(
    rf"(?:^|[\n;:])[ \t]*(?:[0-9]{{1,2}}:[0-9]{{2}}[ ]+|(?:—{{1,2}}|-{{1,2}}|[·•*])[ ]?)?([{HAN}]{{1,2}})[ ]?(?::|——)"
)
_RARE = 900
_FREQUENT_WORD = 50
_LEADING_VERB = Screened(r"[请由让找给叫嘱问随约](?=[一-鿿])")
_HANDED = Screened(
    rf"(?:由(?:其|她|他|患者)?(?:外?孙[子女]?|儿子|女儿|室友|同事|同学|邻居|朋友|女婿|儿媳|侄[子女儿]|外甥女?|弟弟|妹妹|哥哥|姐姐)|转给|交给|移交给?|致电|转接|对接人?|责任护士|主管护士|护士长|班主任|主诊|记录|由|请(?=[{HAN}]{{2,3}}(?:签收|签字|回电|到场)))[ :]?([{HAN}]{{2,3}}?)"
    r"(?=[,。;!)、\n]|电话|代[办取签]|会诊|负责|陪[同伴诊]|[护接]送|送[来至医入]|签字|签收|回电|到场|[顶替](?:班|[,。;])|代[班记]|接手|开车|$)"
)
_PROFESSION = re.compile(
    r"(?:主任|医生|大夫|[医药技]师|教授|老师|[院科处所校]长|护士长?|经理|律师|书记|总监)$"
)
_DEPARTMENT = Screened(
    r"(?:[科处办组]|[理事务勤教保险场划财]部|[务公案诊研编]室|中心"
    r"|(?:(?<=[、,:;])|(?<=[、,:;] ))(?:麻醉|呼吸|护理|财务|规培|营养|药房|检验|放射|超声|病理|康复|行政|后勤|医务|信息|心内|神内|骨科|客服|前台))"
    r"(?=[一-鿿])"
)
_LAST_OF_KIN = "妻夫父母子女儿婆公爷奶爸妈哥姐弟妹伴婿媳孙友"
_PARTY = "托甲乙丙双各对我校院供需买卖租资官警"
"""Before 方: a party to a contract."""
_WHOLE_TITLE = re.compile(
    r"车队长|班主任|班组长|原副|代[理班取办]|查房|区委|平安|强制|常委|常务|全体|全科|单位|司机|荣誉"
)
"""What begins with a surname and is a title or another word all the same."""


class NamesBesideWords:
    """What titles, roles and lists say about their neighbours."""

    def __init__(self, fitting: Fitting, cued: CuedNames) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words
        self._cued = cued

    @property
    def finders(self) -> tuple[Callable[[Reading], Iterator[Candidate]], ...]:
        return (
            self._before_titles,
            self._after_roles,
            self._before_sex_or_age,
            self._before_sex_and_age,
            self._before_sex_or_kin,
            self._handed_over,
            self._speakers,
            self._led,
            self._at_work,
        )

    # --- 王主任, 陈雅芳护士 ---------------------------------------------------------------

    def _before_titles(self, reading: Reading) -> Iterator[Candidate]:
        text = reading.text
        for start, end in self._words.find_titles(text):
            best: Candidate | None = None
            gap = start - 1 if start and text[start - 1] == " " else start
            for size in (1, 2, 3, 4):
                left = gap - size
                if left < 0 or not is_han(text[left]):
                    break
                candidate = self._before_title(reading, left, gap, start, end)
                if candidate and (best is None or candidate.score >= best.score):
                    best = candidate
            if best is None and text[start:end] in OF_ANYBODY:
                best = self._foreign_before(reading, gap)
            if best is None:
                best = self._rare_surname_before(reading, gap, start, end)
            if best is None and _PROFESSION.search(text, start, end):
                best = self._of_hospital(reading, gap)
            if best:
                yield best

    def _foreign_before(self, reading: Reading, gap: int) -> Candidate | None:
        """山本由美子女士: a field of characters of names, without a surname that we know."""
        start = gap
        while start > 0 and gap - start < 6 and is_han(reading.text[start - 1]):
            start -= 1
        word = reading.text[start:gap]
        if 3 <= gap - start <= 5 and self._is_foreign_run(reading, start, gap, longest=5) and word:
            return Candidate(start, gap, 0.6, ("title", "no surname"))
        return None

    def _of_hospital(self, reading: Reading, gap: int) -> Candidate | None:
        """玉树州人民医院才让医生: all that stands between a hospital and a title."""
        text = reading.text
        for left in (gap - 2, gap - 3):
            name = text[left:gap]
            alike = self._fitting.familiar(name) or self._fitting.foreign(name)
            other = reading.known(name) or self._fitting.is_other_word(name) or name in self._words.titles
            if text[max(0, left - 2) : left] == "医院" and alike and not other:
                return Candidate(left, gap, 0.6, ("title", "of a hospital"))
        return None

    def _rare_surname_before(self, reading: Reading, gap: int, start: int, end: int) -> Candidate | None:
        """主刀 陇主任, 审核：招药师, 放射科的言主任: one character alone that is no word of a title."""
        text, left = reading.text, gap - 1
        name, before = text[left:gap], text[left - 1 : left]
        if left < 0 or not is_han(name) or name in NO_SURNAMES:
            return None
        listed = name in self._grammar.rare_surnames and end - start > 1
        if not listed and not _PROFESSION.search(text, start, end):
            return None
        opened = (
            not (is_han(before) or before.isdigit())
            or self._words.role_ends(text, left)
            or self._words.at_work(text, left)
            or (listed and before in TAKES_A_PERSON)
        )
        glued = reading.known(name + text[start]) or reading.known(before + name)
        if not opened or glued or start not in reading.boundaries(left, start):
            return None
        return Candidate(left, gap, 0.6, ("title", "rare surname"))

    def _before_title(self, reading: Reading, left: int, gap: int, start: int, end: int) -> Candidate | None:
        text, ordinary = reading.text, self._grammar.ordinary_words
        name = text[left:gap]
        surname = self._grammar.surname_length(text, left)
        if not surname or surname > len(name) or text[left:end] in ordinary:
            return None
        if len(name) > 1 and (name in ordinary or name[-1] == "的"):  # 王磊的母亲
            return None
        worded = name[:2] in ordinary or name[:2] in NOT_NAMES
        if len(name) == 3 and worded and self._grammar.surname_length(name, 2):
            return None  # 谢谢敬医生, 好的仇先生
        if _WHOLE_TITLE.match(text, left) or (len(name) == 1 and text[left - 1 : gap] == "嘎查"):
            return None
        agreed = reading.tagged_from(left, until=gap)
        if len(name) == 1 and self._words.role_ends(text, end) and text[left - 1 : end] in self._words.roles:
            return None  # 审方药师
        if surname == len(name):
            sure = agreed or (
                gap == start and self._is_surname_here(reading, left, gap, text[start:end], end)
            )
            ambiguous = name in self._grammar.ambiguous_surnames and not agreed
            whole = end if text[start:end] in KIN_SUFFIXES and gap == start else gap
            return Candidate(left, whole, 0.7 if ambiguous else 0.85, ("title",)) if sure else None
        quality = self._grammar.quality(name)
        if name[-1] in FOLLOWERS and reading.known(name[:-1]) and not agreed:
            return None  # 平日由外婆带
        opened = agreed or self._words.opens(text, left)
        if name in self._grammar.name_like_words and _PROFESSION.search(text, start, end):
            opened = bool(BEFORE_NAME.search(text, max(0, left - 2), left))
            return Candidate(left, gap, 0.6, ("title", "word")) if opened and gap == start else None
        if name[0] in FUNCTION_SURNAMES and reading.known(name[1:]) and not agreed:
            return None  # 任见习顾问
        if quality < 0.45 or (len(name) == 4 and not agreed):
            return None
        if not opened and (quality < 0.6 or not self._fitting.cut_out(reading, left, gap)):
            return None
        return Candidate(left, gap, min(0.95, 0.55 + 0.4 * quality + 0.05 * agreed), ("title", "full name"))

    def _is_surname_here(self, reading: Reading, left: int, gap: int, title: str, end: int) -> bool:
        """王 in 王主任, but not 班 in 值班医生, nor 于 in 于医生处."""
        text = reading.text
        name, before = text[left:gap], text[left - 1 : left]
        after_role = self._words.role_ends(text, left)
        if name == "和" and after_role:
            return False  # 前台和客服
        if name == "方" and before and before in _PARTY:
            return False  # 受托方医师
        ambiguous = name in self._grammar.ambiguous_surnames or name in FUNCTION_SURNAMES
        if is_han(before) and reading.known(before + name) and not after_role:
            return False
        opened = self._words.opens(text, left)
        if len(title) == 1:
            followed = not is_han(text[end : end + 1]) or bool(AFTER_NAME.match(text, end))
            if not opened or not (followed or (not is_han(before) and not ambiguous)):
                return False
        if not is_han(before) or after_role or not ambiguous:
            return True
        if self._words.at_work(text, left) or before in TAKES_A_PERSON:
            return True
        return name not in FUNCTION_SURNAMES and len(title) > 1 and left in reading.boundaries(left, end)

    # --- 患者张三, 其妻李某 ----------------------------------------------------------------

    def _after_roles(self, reading: Reading) -> Iterator[Candidate]:
        text = reading.text
        for _, end in self._words.find_roles(text):
            position = end + (text[end : end + 1] in ("(", ":", " ", "“"))
            best = self._fitting.best_at(reading, position, len(text), firm=False)
            if best and text[best.end : best.end + 1] == ":" and reading.known(text[best.start : best.end]):
                continue  # 家属沟通：
            if best and self._is_function_word(reading, best):
                continue  # 前台和客服, 甲方应如实提供
            if best and self._fitting.fits(reading, best):
                yield of_shape(best, 0.65 if best.kind == "han" and best.quality < 0.65 else 0.82, "role")
                yield from self._cued.rest_of_list(reading, best.end)
            elif (
                word := text[position : position + 2]
            ) in self._grammar.name_like_words and word not in STATES:
                named = any(text[end - size : end] in NAMED_ROLES for size in (2, 3, 4))
                alone = HOLDER.search(text, max(0, end - 4), end) and not is_han(
                    text[position + 2 : position + 3]
                )
                closed = alone or (named and AFTER_NAME.match(text, position + 2))
                if closed and self._grammar.surname_length(word):
                    yield Candidate(position, position + 2, 0.6, ("role", "word"))
            if not best:
                yield from self._without_surname(reading, position)
        for match in reading.finditer(_KIN):
            if reading.known(text[match.start() : match.start() + 2]):
                continue  # 儿童, 女士
            best = self._fitting.best_at(reading, match.end(), len(text), firm=False)
            if best and best.kind in ("han", "masked") and self._fitting.fits(reading, best):
                yield of_shape(best, 0.8, "kin")
            elif best is None and text[match.start() - 1 : match.start()] == "之":
                yield from self._without_surname(reading, match.end(), told=True)

    def _without_surname(self, reading: Reading, start: int, *, told: bool = False) -> Iterator[Candidate]:
        """老伴其木格照料, 外甥女荣荣, 其夫暴国强: the whole of what stands between a role and a word.

        `told`: somebody must stand there, whatever the characters.
        """
        text, end = reading.text, start
        fitting = self._fitting
        while end < len(text) and end - start < 5:
            if end > start and not (fitting.familiar(text[end]) or fitting.foreign(text[end])):
                return
            end += 1
            closed = self._words.closes(text, end) or reading.known(text[end : end + 2])
            word = text[start:end]
            alike = (end - start > 2 and self._fitting.foreign(word)) or word == 2 * word[0]
            alike = alike or (end - start in (2, 3) and (told or self._is_told_of(reading, start, end)))
            alike = alike or self._is_rare_kin(text[start - 1 : start], word)
            if not alike or not closed or FUNCTION_WORDS & set(word):
                continue
            if not (
                fitting.may_be_name(reading, word) or (fitting.foreign(word) and reading.known(word) == 0)
            ):
                continue
            if self._fitting.cut_out(reading, start, end):
                yield Candidate(start, end, 0.5, ("role", "no surname"))
                return

    @staticmethod
    def _is_function_word(reading: Reading, shape: Shape) -> bool:
        """Whether a preposition or an auxiliary and a word stand there, and the tagger sees no name."""
        first, rest = reading.text[shape.start], reading.text[shape.start + 1 : shape.end]
        verb = first in FUNCTION_SURNAMES and reading.known(rest) > 0
        return (first == "和" or verb) and not reading.tagged_as(shape.start, shape.end)

    def _is_rare_kin(self, before: str, word: str) -> bool:
        """占小芳 in 我老婆占小芳: a rare surname behind kin."""
        rare = (
            len(word) == 3 and self._grammar.is_rarely_named(word) and not self._fitting.without_title(word)
        )
        return rare and before != "" and before in _LAST_OF_KIN

    def _is_told_of(self, reading: Reading, start: int, end: int) -> bool:
        """昔春梅 in 监护人昔春梅18280…: frequent characters of names up to a sign, behind one of whom no complaint is told."""
        text, rank = reading.text, self._grammar.given_rank
        role = next(
            (
                text[start - size : start]
                for size in (5, 4, 3, 2)
                if text[start - size : start] in self._words.roles
            ),
            "",
        )
        return (
            role in NAMED_ROLES
            and is_han(text[start])
            and (not is_han(text[end : end + 1]) or (role in IN_ORDER and self._words.closes(text, end)))
            and all(rank.get(character, _RARE) < _RARE for character in text[start + 1 : end])
        )

    # --- 江一白，五十岁 --------------------------------------------------------------------

    def _before_sex_or_age(self, reading: Reading) -> Iterator[Candidate]:
        text = reading.text
        for match in reading.finditer(_SEX_OR_AGE):
            end = start = match.start()
            while start > 0 and end - start < 5 and (is_han(text[start - 1]) or text[start - 1] in "·*"):
                start -= 1
            if shape := self._ending_at(text, start, end):
                yield of_shape(shape, 0.85 if shape.quality >= 0.65 else 0.65, "sex or age")
            elif self._is_foreign_run(reading, start, end) and match[0]:
                yield Candidate(start, end, 0.55, ("sex or age",))

    def _before_sex_and_age(self, reading: Reading) -> Iterator[Candidate]:
        """高峰，男，58岁: so written even an ordinary word is somebody."""
        text = reading.text
        for match in (*reading.finditer(_SEX_AND_AGE), *reading.finditer(_SEX_AND_BIRTH)):
            start = end = match.start()
            while start > 0 and end - start < 5 and is_han(text[start - 1]):
                start -= 1
            shape = self._ending_at(text, start, end)
            if text[end - 1 : end] == "族":
                continue  # 扎西，藏族，女，七十九岁
            if shape and shape.kind == "han":
                yield of_shape(shape, 0.9, "sex and age")
            elif is_han(text[start - 1 : start]):
                continue
            elif end - start in (2, 3) and self._grammar.surname_length(text, start) and text[end] in ",|;\t":
                yield Candidate(start, end, 0.9, ("sex and age", "word"))
            elif text[start:end] in self._grammar.name_like_words:
                yield Candidate(start, end, 0.9, ("sex and age",))
            elif 2 <= end - start <= 3 and (
                self._fitting.may_be_name(reading, text[start:end])
                or self._grammar.is_rarely_named(text[start:end])
            ):
                yield Candidate(start, end, 0.6, ("sex and age", "rare surname"))

    def _before_sex_or_kin(self, reading: Reading) -> Iterator[Candidate]:
        """许愿（女）, 关心（母）: a word that begins with a surname, where somebody is listed."""
        for match in reading.finditer(_SEX_OR_KIN):
            word = match[1]
            other = word in self._words.roles or word in self._words.titles or reading.is_cue(*match.span(1))
            if self._grammar.surname_length(word) and not other:
                yield Candidate(*match.span(1), 0.85, ("sex and age", "in brackets"))

    def _ending_at(self, text: str, first: int, end: int) -> Shape | None:
        for left in range(first, end):
            opened = self._words.role_ends(text, left) or _BED.search(text, max(0, left - 4), left)
            if is_han(text[left - 1 : left]) and not opened:
                continue
            for shape in self._grammar.at(text, left, end):
                if shape.end == end and shape.kind != "nickname" and shape.quality >= 0.35:
                    return shape
        return None

    def _is_foreign_run(self, reading: Reading, start: int, end: int, *, longest: int = 4) -> bool:
        """扎西顿珠 男: no surname, but a field of its own, made of characters of names."""
        word = reading.text[start:end]
        return (
            2 <= len(word) <= longest
            and not is_han(reading.text[start - 1 : start])
            and self._fitting.familiar(word)
            and not reading.known(word)
            and not self._fitting.is_other_word(word)
            and word not in self._words.titles
        )

    # --- 林老师：好的 ----------------------------------------------------------------------

    def _speakers(self, reading: Reading) -> Iterator[Candidate]:
        for match in reading.finditer(_SPEAKER):
            start, end = match.span(1)
            name = match[1]
            if cut := self._fitting.without_title(name):
                if self._grammar.surname_length(name):
                    yield Candidate(start, start + cut, 0.82, ("speaker", "title"))
                continue
            if name in self._grammar.ordinary_words or len(name) > 4 or reading.cue_ends(end):
                continue
            if reading.known(name) > _FREQUENT_WORD and name not in self._grammar.name_like_words:
                continue  # 满意度：5分
            shapes = [shape for shape in self._grammar.at(reading.text, start, end) if shape.end == end]
            best = max(shapes, key=lambda shape: shape.quality, default=None)
            if best and best.quality >= 0.6:
                yield of_shape(best, 0.7, "speaker")

    def surname_speakers(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """惠：术前先练肺: a surname alone that speaks more than once, or that somebody is known to have."""
        text = reading.text
        surnames = self._grammar.every_surname
        speakers = [match for match in reading.finditer(_SURNAME_SPEAKER) if match[1] in surnames]
        if not speakers:
            return
        known = {text[c.start : c.start + size] for c in candidates if c.score >= CERTAIN for size in (1, 2)}
        often = Counter(match[1] for match in speakers)
        minutes = len(often) > 2  # ——褚：…\n——皮：…\n——封：…
        for match in speakers:
            if minutes or match[1] in known or often[match[1]] > 1:
                yield Candidate(match.start(1), match.end(1), 0.7, ("speaker", "surname"))

    def word_speakers(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """马力：收到, where most who speak in the text are persons: a word that begins with a surname."""
        text = reading.text
        heads = [match for match in reading.finditer(_SPEAKER) if not reading.cue_ends(match.end(1))]
        persons = {(c.start, c.end) for c in candidates}
        named = {match[1] for match in heads if match.span(1) in persons}
        words = {match[1] for match in heads} - named
        if len(named) < 2 or len(words) > len(named):
            return
        spoken = {word for word in words if self._may_speak(word)}
        for match in heads:
            if match[1] in spoken and text[match.end(1) :].strip(": ")[:1] != "\n":
                yield Candidate(*match.span(1), 0.7, ("cue firm", "speaker"))

    def _may_speak(self, word: str) -> bool:
        if len(word) != 2 or word in self._words.roles or word in self._words.titles:
            return False
        return word in self._grammar.name_like_words or (
            self._grammar.surname_length(word) == 1 and word[0] not in FUNCTION_SURNAMES
        )

    # --- 请妫雨桐到3诊室 -------------------------------------------------------------------

    def _led(self, reading: Reading) -> Iterator[Candidate]:
        """Between a verb that takes a person and something that follows one, cut out by word boundaries."""
        text = reading.text
        for match in reading.finditer(_LEADING_VERB):
            best = self._fitting.best_at(reading, match.end(), len(text), firm=False)
            if (
                not best
                or best.kind != "han"
                or best.quality < (0.7 if best.end - best.start == 3 else 0.85)
                or not self._words.closes(text, best.end)
            ):
                continue
            if self._fitting.cut_out(reading, best.start, best.end):
                yield of_shape(best, 0.5, "led by a verb")

    def _handed_over(self, reading: Reading) -> Iterator[Candidate]:
        """三家客户转给安然: a word that is a name as well, where somebody must stand."""
        for match in reading.finditer(_HANDED):
            word = match[1]
            if word in self._grammar.name_like_words and self._grammar.surname_length(word):
                yield Candidate(*match.span(1), 0.55, ("handed over",))

    # --- 检验科望家林、护理部应春花 ---------------------------------------------------------

    def _at_work(self, reading: Reading) -> Iterator[Candidate]:
        """Behind a department, cut out by word boundaries."""
        text = reading.text
        for match in reading.finditer(_DEPARTMENT):
            best = self._fitting.best_at(reading, match.end(), len(text), firm=False)
            if not best or best.kind != "han" or best.quality < 0.7:
                continue
            if text[best.end - 1] in "路街村镇县市":  # 科苑南路
                continue
            closed = self._words.closes(text, best.end) or reading.known(text[best.end : best.end + 2])
            if closed and self._fitting.cut_out(reading, best.start, best.end):
                yield of_shape(best, 0.5, "place of work")
