"""Names beside a title, a role, a kinship word, a sex or an age, at the start of a turn of speech, or in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deid.detection.names.cued import CuedNames
from deid.detection.names.fit import CERTAIN, FIRM, Candidate, Fitting, of_shape
from deid.detection.names.words import AFTER_NAME, FUNCTION_SURNAMES, KIN_SUFFIXES
from deid.detection.reading import Reading
from deid.grammar.name import HAN, Shape, is_han

_KIN = re.compile(r"(?:(?<![一-鿿])|(?<=[其之患]))[父母夫妻女子儿婿兄弟姐妹媳孙](?=[一-鿿])")
_SEX_OR_AGE = re.compile(
    r"[ ]{0,2}[(,、/ |][ ]{0,2}(?:[男女♂♀]|[0-9]{1,3} ?(?:岁|月)|[一二三四五六七八九十]{1,3}岁)|[ ]?[♂♀]|(?=[0-9]{1,3}岁)"
)
_SPEAKER = re.compile(
    rf"(?:^|\n)[ \t]*(?:\[[^\]\n]{{1,30}}\][ ]*|[0-9:/\-. ]{{4,22}}[ ]+)?"
    rf"([{HAN}·*]{{2,6}})(?:\([^()\n]{{1,8}}\))?[ ]{{0,2}}:"
)
_LEADING_VERB = re.compile(r"[请由让找给叫嘱问随约](?=[一-鿿])")
_OF_ANYBODY = frozenset(["先生", "女士", "小姐", "太太", "同志"])
_NEXT_ITEM = re.compile(rf"、 ?([{HAN}]{{2,4}})(?=[、,。;(\n和及 ]|$)")


class NamesBesideWords:
    """What titles, roles and lists say about their neighbours."""

    def __init__(self, fitting: Fitting, cued: CuedNames) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words
        self._cued = cued

    def find(self, reading: Reading) -> Iterator[Candidate]:
        yield from self._before_titles(reading)
        yield from self._after_roles(reading)
        yield from self._before_sex_or_age(reading)
        yield from self._speakers(reading)
        yield from self._led(reading)

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
            if best is None and text[start:end] in _OF_ANYBODY:
                best = self._foreign_before(reading, gap)
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

    def _before_title(self, reading: Reading, left: int, gap: int, start: int, end: int) -> Candidate | None:
        text, ordinary = reading.text, self._grammar.ordinary_words
        name = text[left:gap]
        surname = self._grammar.surname_length(text, left)
        if not surname or surname > len(name) or text[left:end] in ordinary:
            return None
        if len(name) > 1 and name in ordinary:
            return None
        agreed = reading.tagged_from(left, until=gap)
        if surname == len(name):
            sure = agreed or (
                gap == start and self._is_surname_here(reading, left, gap, text[start:end], end)
            )
            ambiguous = name in self._grammar.ambiguous_surnames and not agreed
            whole = end if text[start:end] in KIN_SUFFIXES and gap == start else gap
            return Candidate(left, whole, 0.7 if ambiguous else 0.85, ("title",)) if sure else None
        quality = self._grammar.quality(name)
        if quality < 0.45 or not (agreed or self._words.opens(text, left)) or (len(name) == 4 and not agreed):
            return None
        return Candidate(left, gap, min(0.95, 0.55 + 0.4 * quality + 0.05 * agreed), ("title", "full name"))

    def _is_surname_here(self, reading: Reading, left: int, gap: int, title: str, end: int) -> bool:
        """王 in 王主任, but not 班 in 值班医生, nor 于 in 于医生处."""
        text = reading.text
        name, before = text[left:gap], text[left - 1 : left]
        after_role = self._words.role_ends(text, left)
        ambiguous = name in self._grammar.ambiguous_surnames
        if is_han(before) and reading.known(before + name) and not after_role:
            return False
        opened = self._words.opens(text, left)
        if len(title) == 1:
            followed = not is_han(text[end : end + 1]) or bool(AFTER_NAME.match(text, end))
            if not opened or not (followed or (not is_han(before) and not ambiguous)):
                return False
        if not is_han(before) or after_role or not ambiguous:
            return True
        if name in FUNCTION_SURNAMES:
            return False
        return self._words.at_work(text, left) or before in "的由请送找叫发问见遵嘱按随"

    # --- 患者张三, 其妻李某 ----------------------------------------------------------------

    def _after_roles(self, reading: Reading) -> Iterator[Candidate]:
        text = reading.text
        for _, end in self._words.find_roles(text):
            position = end + (text[end : end + 1] in ("(", ":", " ", "“"))
            best = self._fitting.best_at(reading, position, len(text), firm=False)
            if best and self._fitting.fits(reading, best):
                yield of_shape(best, 0.65 if best.kind == "han" and best.quality < 0.65 else 0.82, "role")
                yield from self._cued.rest_of_list(reading, best.end)
        for match in _KIN.finditer(text):
            best = self._fitting.best_at(reading, match.end(), len(text), firm=False)
            if best and best.kind in ("han", "masked") and self._fitting.fits(reading, best):
                yield of_shape(best, 0.8, "kin")

    # --- 江一白，五十岁 --------------------------------------------------------------------

    def _before_sex_or_age(self, reading: Reading) -> Iterator[Candidate]:
        text = reading.text
        for match in _SEX_OR_AGE.finditer(text):
            end = start = match.start()
            while start > 0 and end - start < 5 and (is_han(text[start - 1]) or text[start - 1] in "·*"):
                start -= 1
            if shape := self._ending_at(text, start, end):
                yield of_shape(shape, 0.85 if shape.quality >= 0.65 else 0.65, "sex or age")
            elif self._is_foreign_run(reading, start, end) and match[0]:
                yield Candidate(start, end, 0.55, ("sex or age",))

    def _ending_at(self, text: str, first: int, end: int) -> Shape | None:
        for left in range(first, end):
            if is_han(text[left - 1 : left]) and not self._words.role_ends(text, left):
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
        for match in _SPEAKER.finditer(reading.text):
            start, end = match.span(1)
            name = match[1]
            if cut := self._fitting.without_title(name):
                if self._grammar.surname_length(name):
                    yield Candidate(start, start + cut, 0.82, ("speaker", "title"))
                continue
            if name in self._grammar.ordinary_words or len(name) > 4 or reading.cue_ends(end):
                continue
            shapes = [shape for shape in self._grammar.at(reading.text, start, end) if shape.end == end]
            best = max(shapes, key=lambda shape: shape.quality, default=None)
            if best and best.quality >= 0.6:
                yield of_shape(best, 0.7, "speaker")

    # --- 请妫雨桐到3诊室 -------------------------------------------------------------------

    def _led(self, reading: Reading) -> Iterator[Candidate]:
        """Between a verb that takes a person and something that follows one, cut out by word boundaries."""
        text = reading.text
        for match in _LEADING_VERB.finditer(text):
            best = self._fitting.best_at(reading, match.end(), len(text), firm=False)
            if (
                not best
                or best.kind != "han"
                or best.quality < 0.85
                or not self._words.closes(text, best.end)
            ):
                continue
            boundaries = reading.boundaries(match.end(), best.end)
            if (
                best.start in boundaries
                and best.end in boundaries
                and not reading.known(text[best.start : best.end])
            ):
                yield of_shape(best, 0.5, "led by a verb")

    # --- 阮文龙、花蕾、费宇 ----------------------------------------------------------------

    def neighbours(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Other items of a list in which one is certainly a name."""
        text = reading.text
        taken = {c.start for c in candidates if c.score >= 0.6}
        queue = [c for c in candidates if c.score >= CERTAIN and c.end - c.start >= 2]
        while queue:
            for item in self._items_beside(text, queue.pop()):
                if item.start not in taken:
                    taken.add(item.start)
                    queue.append(item)
                    yield item

    def _items_beside(self, text: str, certain: Candidate) -> Iterator[Candidate]:
        end = certain.end + self._words.title_at(text, certain.end)
        firm = certain.evidence[0] in FIRM
        if match := _NEXT_ITEM.match(text, end):
            yield from self._item(text, *match.span(1), firm=firm)
        if certain.start > 2 and text[certain.start - 1] == "、":
            start = certain.start - 1
            while start > 0 and is_han(text[start - 1]) and certain.start - start < 6:
                start -= 1
            yield from self._item(text, start, certain.start - 1, firm=firm)

    def _item(self, text: str, start: int, end: int, *, firm: bool) -> Iterator[Candidate]:
        name = text[start:end]
        if cut := self._fitting.without_title(name):
            if self._grammar.surname_length(name):
                yield Candidate(start, start + cut, 0.8, ("list", "title"))
        elif 2 <= len(name) <= 4 and name not in self._words.roles:
            if self._grammar.quality(name) >= 0.5:
                yield Candidate(start, end, 0.8, ("list",))
            elif firm and self._fitting.familiar(name) and not self._fitting.is_other_word(name):
                yield Candidate(start, end, 0.45, ("list", "no surname"))
