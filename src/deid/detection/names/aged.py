"""Names before a sex or an age: 江一白，五十岁."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting, of_shape
from deid.detection.reading import Reading
from deid.grammar.name import HAN, Shape, is_han
from deid.regexes import Regex

_SEX_OR_AGE = Screened(
    r"[ ]{0,2}[(,、/ |][ ]{0,2}(?:[男女](?!子[^,。;]|女(?![,、/ |)])[一-鿿])|[♂♀]|[0-9]{1,3} ?(?:岁|个月|月(?![0-9]))|[一二三四五六七八九十]{1,3}岁)|[ ]?[♂♀]|(?=[0-9]{1,3}岁)"
)
_SEX_AND_AGE = Screened(
    r"[ ]{0,2}[(,、/ |][ ]{0,2}(?:[一-鿿]{1,4}族[,、/ |][ ]{0,2})?(?:性别[: ]{0,2})?(?:[男女](?:性|士|孩)?|(?<=[,|;/ ])[MF](?=[,|;/ ]))[ ]{0,2}[,、/ |(][ ]{0,2}(?:年龄[: ]{0,2})?(?:[0-9]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:岁|[,、/ |)。;])"
)
_SEX_OR_KIN = Screened(
    rf"(?:(?<=[:,、;\n|])|(?<=[:,、;] )|(?<![\s\S]))([{HAN}]{{2,3}})(?=\((?:男|女|[父母夫妻]|父亲|母亲|丈夫|妻子|儿子?|女儿|家长|监护人|本人)\)|\([男女],)|(?<=[:,、;\n| ])([{HAN}]{{2,3}})(?=\((?:[父母夫妻]|父亲|母亲|丈夫|妻子|配偶|爱人|儿子?|女儿|孙[子女]|姐姐|妹妹|哥哥|弟弟),[ ]?[0-9]{{1,3}}岁[),;])"
)
_SEX_AND_BIRTH = Screened(r"[ ]{1,3}[男女][ ]{1,3}(?=(?:19|20)[0-9]{2}[.年/-])")
_ABOVE_SEX = Screened(
    rf"(?m:^)[ ]*(?P<name>[{HAN}]{{2,4}}|[{HAN}](?:[ ]{{1,6}}[{HAN}]){{1,3}}|[{HAN}]{{2}}[ ]{{1,6}}[{HAN}]{{1,2}})[ ]*\n[ ]*(?:性别[: ]{{1,2}})?[男女][ ]{{0,2}}(?:[|/,·、]|\n|[ ](?=[0-9汉未已]))"
)
"""The head of a curriculum vitae or a card, its letters far apart or not, and a line below that begins with the sex."""
_FREQUENT = 50
"""Counts of a word in common use."""
_SEX_GLUED = Screened(rf"(?<![{HAN}])([{HAN}]{{2,4}})(?=[男女]性?[ ]?[0-9]{{1,3}}[ ]?岁)")
"""祁宝仓男68岁."""
_AND_OLDER = Regex("以[上下]|[及之]?以?后|[~～-]")
_BED = Regex(r"[0-9]床$")
_KINDS = frozenset(
    "神清 神志清 神萎 初诊 平诊 成人 成年 青年 高危 高龄 高管 农民 居民 教师 党员 单胎 初产 初孕 初筛 应届".split()
)
"""What sort of patient or visit it is."""
_THE_MORE = Regex("越.越.|愈.愈.")
_JOINS = frozenset("和及与或")


class NamesBeforeSexOrAge:
    """What a sex, an age or a relation behind a name says about it."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    @property
    def finders(self) -> tuple[Callable[[Reading], Iterator[Candidate]], ...]:
        return (
            self._before_glued_sex,
            self._before_sex_or_age,
            self._before_sex_and_age,
            self._before_sex_or_kin,
            self._above_sex,
        )

    def _before_glued_sex(self, reading: Reading) -> Iterator[Candidate]:
        for match in reading.finditer(_SEX_GLUED):
            name = match[1]
            other = (
                self._fitting.is_other_word(name) or name in self._words.roles or name in self._words.titles
            )
            surname = self._grammar.surname_length(name)
            if not other and 0 < surname < len(name) <= surname + 2:
                yield Candidate(*match.span(1), 0.95, ("sex and age", "glued"))

    def _before_sex_or_age(self, reading: Reading) -> Iterator[Candidate]:
        text = reading.text
        for match in reading.finditer(_SEX_OR_AGE):
            end = start = match.start()
            while start > 0 and end - start < 5 and (is_han(text[start - 1]) or text[start - 1] in "·*"):
                start -= 1
            if _THE_MORE.fullmatch(text, start, end):
                continue  # 越早越好，12月龄前
            if end - start > 2 and self._is_word_and_more(text[start : start + 2]):
                continue  # 尤其是50岁以上, 酒精以下，女子
            if text[end - 1 : end] in _JOINS and reading.known(text[start : end - 1]):
                continue  # 成人和14岁以上
            shape = self._ending_at(text, start, end)
            if shape and not self._begins_late(reading, shape.start, end):
                yield of_shape(shape, 0.85 if shape.quality >= 0.65 else 0.65, "sex or age")
            elif (
                match[0]
                and not self._begins_late(reading, start, end)
                and self._is_foreign(reading, start, end)
            ):
                yield Candidate(start, end, 0.55, ("sex or age",))

    def _before_sex_and_age(self, reading: Reading) -> Iterator[Candidate]:
        """高峰，男，58岁: so written even an ordinary word is somebody."""
        text = reading.text
        for match in (*reading.finditer(_SEX_AND_AGE), *reading.finditer(_SEX_AND_BIRTH)):
            start = end = match.start()
            while start > 0 and end - start < 5 and is_han(text[start - 1]):
                start -= 1
            shape = self._ending_at(text, start, end)
            start = max(start, text.rfind("的", start, end) + 1)  # 转来的石榴 女 29
            role = self._behind_role(text, start, end)
            if role == start and end - start > 3 and self._fitting.is_place(text[start : start + 2]):
                role = start + 2  # 璧山龙凤(女,58)
            if text[end - 1 : end] == "族" or text[start:end] in _KINDS:
                continue  # 扎西，藏族，女，七十九岁; 初诊，男，45岁
            if shape and shape.kind == "han":
                yield of_shape(shape, 0.9, "sex and age")
            elif is_han(text[start - 1 : start]) and text[start - 1] != "的" and role == start:
                continue
            elif self._fitting.is_surname_and_more(text[role:end]) and not _AND_OLDER.match(
                text, match.end()
            ):
                yield Candidate(role, end, 0.9, ("sex and age", "word"))
            elif end - start in (2, 3) and self._grammar.surname_length(text, start) and text[end] in ",|;\t":
                yield Candidate(start, end, 0.9, ("sex and age", "word"))
            elif text[start:end] in self._grammar.name_like_words:
                yield Candidate(start, end, 0.9, ("sex and age",))
            elif self._begins_late(reading, role, end):
                continue
            elif 2 <= end - role <= 3 and (
                self._fitting.may_be_name(reading, text[role:end])
                or self._grammar.is_rarely_named(text[role:end])
                or (start < role == end - 3 and self._begins_rarely(reading, role, end))
            ):
                yield Candidate(role, end, 0.6, ("sex and age", "rare surname"))

    def _begins_late(self, reading: Reading, start: int, end: int) -> bool:
        """Whether the tagger sees a name from the second character on: 与|李洪（男）, 3座|田野，男."""
        late = reading.tagged_as(start + 1, end) and not reading.tagged_as(start, end)
        return late and reading.text[start + 1] in self._grammar.surnames

    def _begins_rarely(self, reading: Reading, start: int, end: int) -> bool:
        """村民|续丑孩，男，73岁: a rare surname and what is no word."""
        name = reading.text[start:end]
        known = any(map(reading.known, (name, name[:2], name[1:])))
        return name[0] in self._grammar.rare_surnames and not known

    def _behind_role(self, text: str, start: int, end: int) -> int:
        """Where a name can begin behind what somebody is: 滑建国 in 患者滑建国."""
        return next((left for left in range(end - 2, start, -1) if self._words.role_ends(text, left)), start)

    def _before_sex_or_kin(self, reading: Reading) -> Iterator[Candidate]:
        """许愿（女）, 关心（母）: a word that begins with a surname, where somebody is listed."""
        for match in reading.finditer(_SEX_OR_KIN):
            span = match.span(match.lastindex or 0)
            word = reading.text[slice(*span)]
            other = word in self._words.roles or word in self._words.titles or reading.is_cue(*span)
            if (self._grammar.surname_length(word) or self._grammar.is_rarely_named(word)) and not other:
                yield Candidate(*span, 0.85, ("sex and age", "in brackets"))

    def _above_sex(self, reading: Reading) -> Iterator[Candidate]:
        for match in reading.finditer(_ABOVE_SEX):
            name = match["name"].replace(" ", "")
            surname = self._grammar.surname_length(name) or int(self._grammar.is_rarely_named(name))
            other = self._fitting.is_other_word(name) or reading.known(name) > _FREQUENT
            if 0 < surname < len(name) <= surname + 2 and not other:
                yield Candidate(*match.span("name"), 0.85, ("sex and age", "in the line above"))

    def _is_foreign(self, reading: Reading, start: int, end: int) -> bool:
        """扎西顿珠，男, but not 术后早期（1个月）, 男性多见，男女之比."""
        if reading.text[start - 1 : start].isdigit() or reading.text[start] in "男女":
            return False  # 8月9日生，72岁; 男宝，三岁
        words = (reading.text[start : start + 2], reading.text[end - 2 : end])
        usual = any(reading.known(word) > _FREQUENT for word in words)
        titled = self._words.title_ends(reading.text, end)  # 温暖女士（39岁）
        return self._fitting.is_foreign_run(reading, start, end) and (titled or not usual)

    def _is_word_and_more(self, word: str) -> bool:
        return word in self._grammar.ordinary_words and word not in self._grammar.name_like_words

    def _ending_at(self, text: str, first: int, end: int) -> Shape | None:
        for left in range(first, end):
            opened = self._words.role_ends(text, left) or _BED.search(text, max(0, left - 4), left)
            if is_han(text[left - 1 : left]) and not opened:
                continue
            for shape in self._grammar.at(text, left, end):
                if shape.end == end and shape.kind != "nickname" and shape.quality >= 0.35:
                    return shape
        return None
