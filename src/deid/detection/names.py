"""Personal names: the tagger proposes, cues, titles and forms add, words take away.

The order of trust: a cell under 姓名 or a value after `姓名：`, then a name beside a title or a
kinship word, then what the tagger says, then the form alone. A name that is certain once in a
text is found everywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from deid.catalog.lexicon import WordIndex
from deid.detection.cues import NO_VALUE
from deid.detection.reading import Reading, Slot
from deid.grammar.name import HAN, NameGrammar, Shape, is_han
from deid.grammar.romanized import find_romanized
from deid.types import Detection, Form

PERSON = "PERSON"
CERTAIN = 0.8
"""From this score on a name is looked for in the whole text."""

_LIST = re.compile(r"[ ]{0,2}(?:、|,|/|;|和|及|与|\+|&|或)[ ]{0,2}")
_AFTER_NAME = re.compile(
    r"(?:因|于|在|与|和|及|的|说|称|诉|表示|来[电院诊]|女[,士 ]|男[, ]|性别|年龄|年约|今|昨|曾|已|未|要求|等|电话|手机|联系|"
    r"身份证|住|出生|生于|系|为|是|之|从|自|到|向|对|被|将|把|给|也|就|又|去|让|把|经|由|同意|签[字名]|代|陪|主诉|反[映馈]|自述|"
    r"告知|咨询|诊|服用|入院|出院|术|发|前|本人|微信|有|无|一行|夫妇|两|你|我|他|您|先|刚|都|还|想|问|拿|打|接|做|觉得|不)"
)
_BEFORE_NAME = re.compile(
    r"(?:由|请|经|和|与|向|找|对|给|跟|让|被|是|叫|及|到|在|的|了|说|去|问|见|按|遵|等|为|予|嘱|随|约|替|陪|把|同|或|有|姓|科|院|室|部|组|任|师|长|员|"
    r"属|人|者|父|母|亲|子|女|妻|夫|儿|兄|弟|姐|妹|友|哥|嫂|签[字名])$"
)
_DOTS = re.compile(rf"([{HAN}]{{1,9}})(?: ?[·.] ?[{HAN}]{{1,9}}){{1,4}}")
_CLOSE = 0.25
_ALONE = re.compile(r"(?=[、,。;/)\n]|$|[ ]{2,}| [^一-鿿])")
_LABEL = re.compile(r"(?:^|[\n ,;。/|])([一-鿿]{1,6}):[ ]{0,2}(?=[一-鿿])")
_BETWEEN_NAMES = re.compile(r"[^、,/;:()\[\]\n]+")
_KIN = re.compile(r"(?:(?<![一-鿿])|(?<=[其之患]))[父母夫妻女子儿婿兄弟姐妹媳](?=[一-鿿])")
_SEX_AGE = re.compile(
    r"[ ]{0,2}[(,、/ ][ ]{0,2}(?:男|女|[0-9]{1,3} ?(?:岁|月)|[一二三四五六七八九十]{1,3}岁)"
)
_SELF = re.compile(
    r"(?:我叫|名叫|名字叫|叫做|大名叫?|本名|真名|原名|曾用名|化名|人称|我是|姓名是|名为|患者叫|孩子叫|儿子叫|女儿叫)[ :\"“]{0,2}"
)
_SURNAMED = re.compile(r"(?:姓|免贵姓)([一-鿿])(?=的|[,。;!? ]|$|大夫|医生|先生|女士)")
_SPEAKER = re.compile(
    rf"(?:^|\n)[ \t]*(?:\[[^\]\n]{{1,30}}\][ ]*|[0-9:/\-. ]{{4,22}}[ ]+)?([{HAN}·*]{{2,6}})(?:\([^()\n]{{1,8}}\))?[ ]{{0,2}}:"
)
_EPONYM_AFTER = re.compile(
    r"(?:氏|病|综合征|征|试验|评分|量表|分级|分期|手术|术|法|反应|现象|线|管|钳|菌|胶囊|片|颗粒|丸|散|汤|膏|口服液|注射液|滴眼液|路|街|大道|镇|村|乡|小区|大厦|医院|公司|集团|学院|中学|大学|牌)"
)
_DRUG_LIKE = re.compile(
    r"(?:[林坦芬尔平定辛素唑酮胺汀韦星]|替尼|单抗|沙坦|地平|洛尔|拉唑|他汀|列净|列汀|胰岛素|西泮|唑仑|拉林|曲林|西汀|普兰)$"
)
_TRAILING = re.compile(r"[,，。、:;()（）\"“”' 　\[\]0-9]+$")
_LEADING = re.compile(r"^[,，。、:;()（）\"“”' 　\[\]0-9]+")
_FOLLOWERS = frozenset("让说称问找在把被给跟和与的了着过要去来到从向对诉陪住因患")
_KINDRED = frozenset("父母夫妻女儿婿媳其")
_FUNCTION_SURNAMES = frozenset(
    "于应向和时经同对从由让找请与为被给跟都要有来去是能会可别再就又还也该将把令连过后"
)
_PLACE_OF_WORK = frozenset("室科院所站部组处局")
_NOT_NAMES = frozenset(
    ["本人", "自己", "家人", "代收", "匿名", "保密", "合计", "小计", "总计", "备注", "以下空白"]
)
_NOT_TITLE_AFTER = {
    "总": re.compile(r"[胆蛋分量数计体共之结是会有在算费额价的]"),
    "老师": re.compile(r"傅"),
    "护士": re.compile(r"站|台|节"),
    "医生": re.compile(r"站|组|团"),
    "哥": re.compile(r"[德伦白]"),
    "工": re.compile(r"[作程资伤人业]"),
    "院长": re.compile(r"办"),
    "奶": re.compile(r"[粉制]"),
    "主任": re.compile(r"办"),
    "氏": re.compile(r"[小大体入路评钳法征病综试现反窦管线孔结手术菌韧肌族腺]"),
}


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    score: float
    evidence: tuple[str, ...]
    form: Form = "plain"


class NameFinder:
    """Finds PERSON in a reading whose slots and tags are filled in."""

    def __init__(
        self,
        grammar: NameGrammar,
        *,
        titles: Iterable[str],
        kinship: Iterable[str],
        roles: Iterable[str],
        protected: Mapping[str, str],
        minority_components: Iterable[str] = (),
        minority_characters: str = "",
    ) -> None:
        self._minority = WordIndex(dict.fromkeys(minority_components, ""))
        self._foreign_characters = frozenset(minority_characters) | frozenset("".join(minority_components))
        self.grammar = grammar
        self._title_words = frozenset(titles)
        self._titles = WordIndex(dict.fromkeys(self._title_words, ""))
        self._roles = WordIndex(dict.fromkeys((*kinship, *roles), ""))
        self._role_words = frozenset((*kinship, *roles))
        self._protected: WordIndex[str] = WordIndex(dict(protected))

    def find(self, reading: Reading) -> Iterator[Detection]:
        candidates = list(self._in_slots(reading))
        candidates += self._with_titles(reading)
        candidates += self._after_roles(reading)
        candidates += self._forms(reading)
        candidates += self._dotted(reading)
        candidates += self._minority_names(reading)
        candidates += self._compound(reading)
        candidates += self._labelled(reading)
        candidates += self._tagged(reading)
        candidates += self._romanized(reading)
        kept = [
            trimmed for c in candidates if c.end > c.start and (trimmed := self._trimmed(reading.text, c))
        ]
        kept += self._neighbours(reading, kept)
        kept += self._repeated(reading, kept)
        guard = _Guard(reading, self._protected)
        for candidate in kept:
            if guard.allows(candidate):
                yield Detection(
                    PERSON,
                    candidate.start,
                    candidate.end,
                    candidate.score,
                    "PERSON",
                    candidate.evidence,
                    candidate.form,
                )

    def _trimmed(self, text: str, candidate: _Candidate) -> _Candidate | None:
        """The candidate without a title at its end; None when nothing but a title was there."""
        name = text[candidate.start : candidate.end]
        if name in self._title_words or name in self._role_words or name in _NOT_NAMES:
            return None
        if name[0] in _KINDRED and len(name) > 2 and self.grammar.surname_length(name, 1):
            return replace(candidate, start=candidate.start + 1)
        cut = self._without_title(name)
        if cut and not self.grammar.nickname.fullmatch(name):
            return replace(candidate, end=candidate.start + cut)
        return candidate

    # --- a value is expected -------------------------------------------------------------

    def _in_slots(self, reading: Reading) -> Iterator[_Candidate]:
        for slot in reading.slots_of(PERSON):
            if NO_VALUE.match(reading.text, slot.start):
                continue
            if slot.support == "cell":
                yield from self._cell(reading, slot)
            else:
                yield from self._list_at(
                    reading, slot.start, firm=slot.support == "colon", evidence=f"cue {slot.support}"
                )
        for match in _SELF.finditer(reading.text):
            yield from self._list_at(reading, match.end(), firm=True, evidence="self-introduction")
        for match in _SURNAMED.finditer(reading.text):
            if match[1] in self.grammar.surnames:
                yield _Candidate(match.start(1), match.end(1), 0.8, ("surname told",))

    def _cell(self, reading: Reading, slot: Slot) -> Iterator[_Candidate]:
        """A cell under a name header: all of it is names, unless it is plainly something else."""
        position = slot.start
        for part in re.finditer(r"[^、,/;+&\n()\[\]]+", reading.text[slot.start : slot.end]):
            start, end = slot.start + part.start(), slot.start + part.end()
            while start < end and reading.text[start].isspace():
                start += 1
            while end > start and reading.text[end - 1].isspace():
                end -= 1
            value = reading.text[start:end]
            if not value or NO_VALUE.fullmatch(value) or len(value) > 24 or value in self._role_words:
                continue
            whole = [shape for shape in self.grammar.at(reading.text, start, end) if shape.end == end]
            if whole:
                best = max(whole, key=lambda shape: shape.quality)
                yield _Candidate(start, end, 0.95, ("cell",), "masked" if best.kind == "masked" else "plain")
            elif value[0] in _KINDRED and self.grammar.surname_length(value, 1) and len(value) >= 3:
                yield _Candidate(start + 1, end, 0.9, ("cell", "kin"))
            elif trimmed := self._without_title(value):
                yield _Candidate(start, start + trimmed, 0.95, ("cell", "title"))
            elif (
                len(value) <= 8
                and all(is_han(character) or character in "·. *" for character in value)
                and position == slot.start
            ):
                if (
                    len(value) >= 2
                    and value not in self.grammar.ordinary_words
                    and not self._is_other_label(reading, end)
                ):
                    yield _Candidate(start, end, 0.9, ("cell",))
            elif firm := list(self._list_at(reading, start, firm=True, evidence="cell", limit=end)):
                yield from firm

    def _roles_inside(self, value: str) -> bool:
        return value in self.grammar.ordinary_words or any(True for _ in self._roles.find(value))

    def _without_title(self, value: str) -> int:
        """Length of the name before a title at the end of `value`, 0 when there is none."""
        for size in range(min(6, len(value) - 1), 0, -1):
            if value[-size:] in self._title_words:
                name = value[:-size].strip()
                surname_only = self.grammar.surname_length(name) == len(name)
                if surname_only or (size > 1 and 2 <= len(name) <= 4):
                    return len(name)
        return 0

    def _list_at(
        self, reading: Reading, position: int, *, firm: bool, evidence: str, limit: int | None = None
    ) -> Iterator[_Candidate]:
        """Names from `position` on: 张三、李四和王五主任."""
        text, end = reading.text, len(reading.text) if limit is None else limit
        first = True
        while position < end:
            while position < end and text[position] in " \t":
                position += 1
            shape = self._best_at(reading, position, end, firm=firm)
            if shape is None:
                return
            if not firm and not self._fits(reading, shape):
                return
            score = 0.92 if firm else 0.8
            if not first and shape.quality < 0.6:
                return
            yield _Candidate(
                shape.start,
                shape.end,
                score,
                (evidence, shape.kind),
                "masked" if shape.kind == "masked" else "plain",
            )
            position = shape.end
            for start, stop, _ in self._titles.find(text[position : position + 6]):
                if start == 0:
                    position += stop
                break
            separator = _LIST.match(text, position, end)
            if separator is None:
                return
            position, first = separator.end(), False

    def _fits(self, reading: Reading, shape: Shape) -> bool:
        """Whether a name right behind a cue word stands on its own feet."""
        if shape.kind == "masked":
            return True
        if shape.kind == "surname":
            return True
        if shape.kind == "latin":
            return False
        after = reading.text[shape.end : shape.end + 1]
        closed = not is_han(after) or bool(_AFTER_NAME.match(reading.text, shape.end))
        agreed = any(tag.label == "PER" and tag.start == shape.start for tag in reading.tagged)
        return (shape.quality >= 0.5 and (closed or agreed)) or (
            shape.quality >= 0.35 and not is_han(after) and after not in ("", "(")
        )

    def _best_at(self, reading: Reading, start: int, end: int, *, firm: bool) -> Shape | None:
        """The most likely name that begins at `start`."""
        text = reading.text
        shapes = list(self.grammar.at(text, start, end))
        shapes += self._titled(text, start, end)
        size = self.grammar.surname_length(text, start)
        if size and _ALONE.match(text, start + size):
            function_word = text[start : start + size] in _FUNCTION_SURNAMES
            shapes.append(Shape(start, start + size, "bare", 0.0 if function_word and not firm else 0.4))
        if firm:
            shapes += self._without_surname(reading, start, end)
        ranked: list[tuple[float, Shape]] = []
        for shape in shapes:
            name = text[shape.start : shape.end]
            if shape.kind == "han" and (self._without_title(name) or "总" in name[1:]):
                continue
            ranked.append((self._fit(reading, shape), shape))
        ranked = sorted((pair for pair in ranked if pair[0] > 0), key=lambda pair: -pair[0])
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLOSE:
            # two lengths fit about as well: a word boundary decides
            words = reading.boundaries(start, ranked[0][1].end)
            ranked.sort(key=lambda pair: -(pair[0] + _CLOSE * (pair[1].end in words)))
        return ranked[0][1] if ranked else None

    def _titled(self, text: str, start: int, end: int) -> Iterator[Shape]:
        """A surname before a title: 王 in 王主任."""
        size = self.grammar.surname_length(text, start)
        if size:
            for from_, _, _ in self._titles.find(text[start + size : min(end, start + size + 6)]):
                if from_ == 0:
                    yield Shape(start, start + size, "surname", 0.9)
                break

    def _without_surname(self, reading: Reading, start: int, end: int) -> Iterator[Shape]:
        """After `姓名：` also 卓玛 or 巴特尔: the whole Han run, if it is short and no word."""
        text, stop = reading.text, start
        while stop < end and is_han(text[stop]) and stop - start < 7:
            stop += 1
        word = text[start:stop]
        if (
            2 <= stop - start <= 6
            and (stop == end or not is_han(text[stop]))
            and not self._roles_inside(word)
        ):
            if self._without_title(word):
                yield Shape(start, start + self._without_title(word), "whole", 0.6)
            elif (
                word not in self._title_words
                and self._protected_word(word) is None
                and self._foreign(word)
                and not reading.known(word)
            ):
                yield Shape(start, stop, "whole", 0.45 if stop - start <= 4 else 0.35)

    def _foreign(self, word: str) -> bool:
        """Whether every character occurs in names, so that 卓玛 passes and 写了 does not."""
        return all(character in self.grammar.given_rank for character in word)

    def _protected_word(self, word: str) -> str | None:
        for start, end, name in self._protected.find(word):
            if start == 0 and end == len(word):
                return name
        return None

    def _fit(self, reading: Reading, shape: Shape) -> float:
        """How well a shape fits into the text around it; more is better, 0 is not at all."""
        text, value = reading.text, shape.quality
        if shape.kind in ("masked", "surname"):
            return value + 1.0
        if shape.kind == "bare":
            return value
        if shape.kind == "spaced" and text[shape.end : shape.end + 1] == ":":
            return 0.0
        after = text[shape.end : shape.end + 1]
        if any(
            tag.label == "PER" and (tag.start, tag.end) == (shape.start, shape.end) for tag in reading.tagged
        ):
            value += 0.8
        if not is_han(after) or self._title_at(text, shape.end):
            value += 0.8
        elif _AFTER_NAME.match(text, shape.end):
            value += 0.45
        else:
            value -= 0.3
        return value

    def _title_at(self, text: str, position: int) -> int:
        for start, end, _ in self._titles.find(text[position : position + 6]):
            if start == 0:
                word = text[position : position + end]
                refusal = _NOT_TITLE_AFTER.get(word)
                if refusal and refusal.match(text, position + end):
                    return 0
                return end
            return 0
        return 0

    # --- words beside a name -------------------------------------------------------------

    def _with_titles(self, reading: Reading) -> Iterator[_Candidate]:
        text = reading.text
        for start, end, _ in self._titles.find(text):
            title = text[start:end]
            refusal = _NOT_TITLE_AFTER.get(title)
            if refusal and refusal.match(text, end):
                continue
            best: _Candidate | None = None
            gap = start - 1 if start and text[start - 1] == " " else start
            for size in (1, 2, 3, 4):
                left = gap - size
                if left < 0 or not all(is_han(character) for character in text[left:gap]):
                    break
                candidate = self._before_title(reading, left, gap, start, end)
                if candidate and (best is None or candidate.score >= best.score):
                    best = candidate
            if best:
                yield best

    def _before_title(self, reading: Reading, left: int, gap: int, start: int, end: int) -> _Candidate | None:
        text = reading.text
        name = text[left:gap]
        surname = self.grammar.surname_length(text, left)
        if not surname or surname > len(name):
            return None
        whole_word = text[left:end]
        if whole_word in self.grammar.ordinary_words or (
            name in self.grammar.ordinary_words and len(name) > 1
        ):
            return None
        before = text[left - 1 : left]
        open_left = (
            not is_han(before)
            or bool(_BEFORE_NAME.search(text, max(0, left - 2), left))
            or self._role_ends(text, left)
        )
        agreed = any(tag.label == "PER" and tag.start == left and tag.end >= gap for tag in reading.tagged)
        if surname == len(name):
            return self._surname_before_title(
                reading, left, gap, start, end, agreed=agreed, open_left=open_left
            )
        quality = self.grammar.quality(name)
        if quality < 0.45 or not (open_left or agreed):
            return None
        if len(name) == 4 and not agreed:
            return None
        return _Candidate(
            left, gap, min(0.95, 0.55 + 0.4 * quality + (0.05 if agreed else 0.0)), ("title", "full name")
        )

    def _surname_before_title(
        self, reading: Reading, left: int, gap: int, start: int, end: int, *, agreed: bool, open_left: bool
    ) -> _Candidate | None:
        """王 in 王主任, but not 班 in 值班医生, nor 于 in 于医生处."""
        text = reading.text
        name, before = text[left:gap], text[left - 1 : left]
        if gap != start and not agreed:
            return None
        if (
            is_han(before)
            and reading.known(before + name)
            and not agreed
            and before + name not in self._role_words
        ):
            return None
        title = text[start:end]
        if len(title) == 1 and not agreed:
            after = text[end : end + 1]
            followed = not is_han(after) or bool(_AFTER_NAME.match(text, end))
            alone = not is_han(before) and name not in self.grammar.ambiguous_surnames
            if not open_left or not (followed or alone):
                return None
        ambiguous = name in self.grammar.ambiguous_surnames
        if (
            ambiguous
            and not agreed
            and is_han(before)
            and not self._role_ends(text, left)
            and before not in _PLACE_OF_WORK
        ):
            return None
        return _Candidate(left, gap, 0.7 if ambiguous and not agreed else 0.85, ("title",))

    def _role_ends(self, text: str, position: int) -> bool:
        return any(text[max(0, position - size) : position] in self._role_words for size in (2, 3, 4, 5))

    def _after_roles(self, reading: Reading) -> Iterator[_Candidate]:
        """患者张三, 其妻李某, 母亲王秀英: a name right behind a role or kinship word."""
        text = reading.text
        for _, end, _ in self._roles.find(text):
            position = end
            if text[position : position + 1] in ("(", ":", " ", "“"):
                position += 1
            best = self._best_at(reading, position, len(text), firm=False)
            if best and self._fits(reading, best):
                score = 0.82 if best.kind != "han" or best.quality >= 0.65 else 0.65
                yield _Candidate(
                    best.start,
                    best.end,
                    score,
                    ("role", best.kind),
                    "masked" if best.kind == "masked" else "plain",
                )
                yield from self._rest_of_list(reading, best.end)
        for match in _KIN.finditer(text):
            best = self._best_at(reading, match.end(), len(text), firm=False)
            if best and best.kind in ("han", "masked") and self._fits(reading, best):
                yield _Candidate(
                    best.start,
                    best.end,
                    0.8,
                    ("kin", best.kind),
                    "masked" if best.kind == "masked" else "plain",
                )
        for match in _SEX_AGE.finditer(text):
            yield from self._ending_at(reading, match.start(), "sex or age")
        for match in _SPEAKER.finditer(text):
            name = match[1]
            if (
                self.grammar.surname_length(name)
                and 2 <= len(name) <= 4
                and name not in self.grammar.ordinary_words
            ):
                shape = max(
                    self.grammar.at(text, match.start(1), match.end(1)),
                    key=lambda s: (s.end, s.quality),
                    default=None,
                )
                if (
                    shape
                    and shape.end == match.end(1)
                    and shape.quality >= 0.6
                    and not self._is_label(reading, match.end(1))
                ):
                    yield _Candidate(shape.start, shape.end, 0.7, ("speaker",))

    def _is_other_label(self, reading: Reading, end: int) -> bool:
        return reading.text[end : end + 1] == ":" or self._is_label(reading, end)

    @staticmethod
    def _is_label(reading: Reading, end: int) -> bool:
        """Whether a cue word of any type ends where a speaker's name would."""
        return any(hit.end == end for hits in reading.supports.values() for hit in hits)

    def _rest_of_list(self, reading: Reading, position: int) -> Iterator[_Candidate]:
        separator = _LIST.match(reading.text, position)
        if separator:
            yield from self._list_at(reading, separator.end(), firm=False, evidence="list")

    def _ending_at(self, reading: Reading, end: int, evidence: str) -> Iterator[_Candidate]:
        """A name that ends at `end` with something else than Han before it."""
        text = reading.text
        start = end
        while start > 0 and end - start < 5 and (is_han(text[start - 1]) or text[start - 1] in "·*"):
            start -= 1
        for left in range(start, end):
            before = text[left - 1 : left]
            if is_han(before) and not self._role_ends(text, left):
                continue
            for shape in self.grammar.at(text, left, end):
                if shape.end == end and shape.kind != "nickname" and shape.quality >= 0.5:
                    yield _Candidate(
                        left,
                        end,
                        0.85 if shape.quality >= 0.65 else 0.65,
                        (evidence,),
                        "masked" if shape.kind == "masked" else "plain",
                    )
                    return

    def _forms(self, reading: Reading) -> Iterator[_Candidate]:
        """Masked names and nicknames by their form."""
        text = reading.text
        for match in self.grammar.masked.finditer(text):
            before = text[match.start() - 1 : match.start()]
            certain = "某" in match[0] or not is_han(before)
            if certain and match[0] not in self.grammar.ordinary_words:
                yield _Candidate(*match.span(), 0.8, ("form",), "masked")
        for match in self.grammar.nickname.finditer(text):
            if match[0] in self.grammar.ordinary_words:
                continue
            agreed = any(
                tag.label == "PER" and tag.start == match.start() and tag.end <= match.end()
                for tag in reading.tagged
            )
            left = not is_han(text[match.start() - 1 : match.start()]) or bool(
                _BEFORE_NAME.search(text, max(0, match.start() - 2), match.start())
            )
            right = not is_han(text[match.end() : match.end() + 1]) or bool(
                _AFTER_NAME.match(text, match.end())
            )
            if agreed or (
                left
                and right
                and match.end() in reading.boundaries(match.start(), match.end())
                and match[0][0] != "大"
            ):
                yield _Candidate(*match.span(), 0.75 if agreed else 0.5, ("nickname",))

    @staticmethod
    def _romanized(reading: Reading) -> Iterator[_Candidate]:
        for start, end, score in find_romanized(reading.text):
            near = bool(reading.supported(PERSON, start, end))
            yield _Candidate(start, end, min(0.9, score + 0.2 * near), ("romanized",))

    def _minority_names(self, reading: Reading) -> Iterator[_Candidate]:
        """古丽米热麦麦提, 尼玛次仁, 乌云其其格: runs that hold a part such names are made of."""
        text = reading.text
        done = 0
        for start, end, _ in self._minority.find(text):
            if start < done:
                continue
            left, right = start, end
            while (
                left > 0
                and start - left < 5
                and text[left - 1] in self._foreign_characters
                and not self._role_ends(text, left)
            ):
                left -= 1
            while right < len(text) and right - end < 6 and text[right] in self._foreign_characters:
                if self._title_at(text, right) or _AFTER_NAME.match(text, right):
                    break
                right += 1
            done = right
            closed = (
                not is_han(text[right : right + 1])
                or bool(_AFTER_NAME.match(text, right))
                or bool(self._title_at(text, right))
            )
            opened = (
                not is_han(text[left - 1 : left])
                or self._role_ends(text, left)
                or bool(_BEFORE_NAME.search(text, max(0, left - 2), left))
            )
            tagged = any(
                tag.label == "PER" and tag.start < right and left < tag.end for tag in reading.tagged
            )
            if (
                2 <= right - left <= 9
                and closed
                and (opened or tagged)
                and not (right - left == 2 and not (opened and tagged))
            ):
                yield _Candidate(left, right, 0.75 if tagged else 0.6, ("minority name",))

    def _compound(self, reading: Reading) -> Iterator[_Candidate]:
        """Compound surnames are evidence by themselves: 令狐云, 闻人静."""
        text = reading.text
        for match in self.grammar.compound.finditer(text):
            shapes = [
                s for s in self.grammar.han_shapes(text, match.start(), len(text)) if s.end > match.end()
            ]
            best = max(shapes, key=lambda shape: self._fit(reading, shape), default=None)
            if best and best.quality >= 0.6:
                after = text[best.end : best.end + 1]
                if not is_han(after) or _AFTER_NAME.match(text, best.end) or self._title_at(text, best.end):
                    yield _Candidate(best.start, best.end, 0.62, ("compound surname",))

    def _labelled(self, reading: Reading) -> Iterator[_Candidate]:
        """A name that is all that stands behind a label of any kind: 质控：古丽娜尔, 审：冷艳."""
        text = reading.text
        for match in _LABEL.finditer(text):
            if self._is_label(reading, match.start(1) + len(match[1])):
                continue
            for shape in self.grammar.at(text, match.end(), match.end() + 5):
                closed = not is_han(text[shape.end : shape.end + 1])
                if shape.kind == "han" and closed and shape.quality >= 0.7:
                    yield _Candidate(shape.start, shape.end, 0.55, ("label",))

    def _dotted(self, reading: Reading) -> Iterator[_Candidate]:
        """热依汗·麦麦提 with what stands before and behind cut away."""
        text = reading.text
        tagged = {tag.start for tag in reading.tagged if tag.label == "PER"}
        for match in _DOTS.finditer(text):
            start = match.start(1)
            for left in range(match.start(1), match.end(1)):
                if left in tagged or self._role_ends(text, left):
                    start = left
            if start == match.start(1) and match.end(1) - start > 4:
                start = max(start, match.end(1) - 4)
            last = max(text.rfind(dot, match.start(), match.end()) for dot in "·.") + 1
            end = match.end()
            for right in range(last + 1, match.end()):
                strange = right > last + 1 and text[right] not in self._foreign_characters
                if (
                    strange
                    or self._title_at(text, right)
                    or (right > last + 1 and _AFTER_NAME.match(text, right))
                ):
                    end = right
                    break
            if "." in text[start:end] and not all(
                c in self._foreign_characters or c in "·. " for c in text[start:end]
            ):
                continue
            if end - last <= 6 and start < match.end(1):
                yield _Candidate(start, end, 0.85, ("dotted",))

    # --- the tagger ----------------------------------------------------------------------

    def _tagged(self, reading: Reading) -> Iterator[_Candidate]:
        for tag in reading.tagged:
            if tag.label != "PER":
                continue
            text = reading.text[tag.start : tag.end]
            lead = _LEADING.match(text)
            start = tag.start + (lead.end() if lead else 0)
            tail = _TRAILING.search(text)
            end = tag.end - (len(tail[0]) if tail else 0)
            for part in _BETWEEN_NAMES.finditer(reading.text, start, end):
                yield from self._proposed(reading, *part.span())

    def _proposed(self, reading: Reading, start: int, end: int) -> Iterator[_Candidate]:
        text = reading.text
        name = text[start:end]
        if not name or not is_han(name[0]) or "\n" in name or name in self.grammar.ordinary_words:
            return
        for role_start, role_end, _ in self._roles.find(name):
            if role_start == 0 and role_end < len(name):
                start += role_end
                name = text[start:end]
            break
        if self.grammar.nickname.fullmatch(name):
            yield _Candidate(start, end, 0.8, ("tagger", "nickname"))
            return
        if cut := self._without_title(name):
            end = start + cut
            name = text[start:end]
            if (
                len(name) == 2
                and not self.grammar.surname_length(name)
                and self.grammar.surname_length(name, 1)
            ):
                start += 1
                name = text[start:end]
        compact = name.replace(" ", "")
        shapes = {shape.end: shape for shape in self.grammar.at(text, start, min(len(text), end + 2))}
        shape = shapes.get(end)
        if (
            shape is not None
            and shape.kind == "han"
            and len(compact) > 2
            and (compact[-1] in _FOLLOWERS or len(compact) == 4)
        ):
            shape = self._best_at(reading, start, end, firm=False)
            end = shape.end if shape else end
        if shape is not None:
            score = {"han": 0.6 + 0.3 * shape.quality}.get(shape.kind, 0.85)
            if shape.kind == "latin":
                return
            if shape.kind == "han" and _EPONYM_AFTER.match(text, end):
                score = 0.35
            yield _Candidate(
                start, end, score, ("tagger", shape.kind), "masked" if shape.kind == "masked" else "plain"
            )
            return
        if self.grammar.surname_length(compact) == len(compact):
            if cut or self._title_at(text, end):
                yield _Candidate(start, end, 0.85, ("tagger", "title"))
            elif (
                (best := self._best_at(reading, start, len(text), firm=False))
                and best.kind == "han"
                and self._fits(reading, best)
            ):
                yield _Candidate(best.start, best.end, 0.7, ("tagger", "given name added"))
            return
        if "·" in name:
            yield _Candidate(start, end, 0.8, ("tagger", "dotted"))
            return
        named = text[start - 1 : start] == "叫" or self._role_ends(text, start)
        drug = _DRUG_LIKE.search(compact) and not named
        if drug or _EPONYM_AFTER.match(text, end) or not all(map(is_han, compact)):
            return
        if self.grammar.surname_length(compact) and len(compact) > 2:
            best = self._best_at(reading, start, end, firm=False)
            if best and (len(compact) > 6 or not self._foreign(compact) or _AFTER_NAME.match(text, best.end)):
                yield _Candidate(best.start, best.end, 0.5 + 0.3 * best.quality, ("tagger", "part"))
                return
        if compact[0] in _KINDRED and self.grammar.surname_length(compact, 1) and len(compact) >= 3:
            yield _Candidate(start + 1, end, 0.8, ("tagger", "kin"))
        elif 2 <= len(compact) <= 6:
            beside = named or bool(self._title_at(text, end))
            alone = end - start <= 4 and not reading.known(compact)
            if self._foreign(compact) and (beside or alone):
                yield _Candidate(start, end, 0.75 if beside else 0.5, ("tagger",))

    def _neighbours(self, reading: Reading, candidates: list[_Candidate]) -> Iterator[_Candidate]:
        """Other items of a list in which one is certainly a name: 阮文龙、花蕾、费宇."""
        text = reading.text
        taken = {c.start for c in candidates if c.score >= 0.6}
        queue = [c for c in candidates if c.score >= CERTAIN and c.end - c.start >= 2]
        while queue:
            certain = queue.pop()
            for item in self._items_beside(text, certain):
                if item.start in taken:
                    continue
                taken.add(item.start)
                queue.append(item)
                yield item

    def _items_beside(self, text: str, certain: _Candidate) -> Iterator[_Candidate]:
        end = certain.end + self._title_at(text, certain.end)
        match = re.compile(rf"、 ?([{HAN}]{{2,4}})(?=[、,。;(\n和及 ]|$)").match(text, end)
        if match:
            yield from self._item(text, *match.span(1))
        if certain.start > 2 and text[certain.start - 1] == "、":
            start = certain.start - 1
            while start > 0 and is_han(text[start - 1]) and certain.start - start < 6:
                start -= 1
            yield from self._item(text, start, certain.start - 1)

    def _item(self, text: str, start: int, end: int) -> Iterator[_Candidate]:
        name = text[start:end]
        if self._without_title(name):
            if self.grammar.surname_length(name):
                yield _Candidate(start, start + self._without_title(name), 0.8, ("list", "title"))
        elif 2 <= len(name) <= 4 and self.grammar.quality(name) >= 0.5 and name not in self._role_words:
            yield _Candidate(start, end, 0.8, ("list",))

    # --- the rest of the text ------------------------------------------------------------

    def _repeated(self, reading: Reading, candidates: list[_Candidate]) -> Iterator[_Candidate]:
        """Other places of names that are certain somewhere in this text."""
        text = reading.text
        certain = {
            text[c.start : c.end]
            for c in candidates
            if c.score >= CERTAIN
            and c.end - c.start >= 2
            and text[c.start : c.end] not in self.grammar.ordinary_words
        }
        if not certain:
            return
        taken = {(c.start, c.end) for c in candidates}
        for name in certain:
            start = text.find(name)
            while start >= 0:
                if (start, start + len(name)) not in taken:
                    yield _Candidate(start, start + len(name), 0.8, ("certain elsewhere",))
                start = text.find(name, start + 1)


class _Guard:
    """Words that a name may not be, and may not cut."""

    def __init__(self, reading: Reading, protected: WordIndex[str]) -> None:
        self._reading = reading
        self._words = list(protected.find(reading.text))

    def allows(self, candidate: _Candidate) -> bool:
        firm = candidate.evidence[0] in ("cell", "cue firm", "self-introduction", "surname told")
        for start, end, word in self._words:
            if start >= candidate.end:
                break
            if end <= candidate.start:
                continue
            inside = start >= candidate.start and end <= candidate.end
            covers = start <= candidate.start and end >= candidate.end
            if covers and (end - start) > (candidate.end - candidate.start):
                return False
            if covers and not firm:
                return False
            if (
                inside
                and start == candidate.start
                and word == "places"
                and candidate.score < 0.8
                and not firm
            ):
                return False
            if not inside and not covers and not firm and candidate.score < 0.85:
                return False
        return True
