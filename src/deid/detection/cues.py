"""Cue words: where a value is expected, and what is taken there.

A cue is a field label inside running text (`住院号：`), a table header, or the cell to the
left. What follows it is taken even when its check digit is wrong: a typing error leaks just
as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from deid.catalog.lexicon import WordIndex, index_by
from deid.catalog.schema import CueSpec, RecognizerSpec
from deid.detection.expressions import Expression, Match, compiled
from deid.detection.followers import CHANGED, Take, changed_value, next_values, shape
from deid.detection.literals import Screened
from deid.detection.pairs import IN_TURN, SIDE_BY_SIDE, find_fields, in_turn, side_by_side
from deid.detection.reading import Hit, Reading, Slot, Support
from deid.detection.spelt import spelt
from deid.detection.tables import find_cells
from deid.detection.things import is_general, is_number_of_thing, is_thing
from deid.grammar.fieldnames import MEANT, OPEN
from deid.normalize import shadow
from deid.regexes import Regex
from deid.types import Detection

NO_VALUE = Regex(
    r"(?:无|不详|待定|待补|待查|待确认|未定|不明|同[上左右前下]|同[0-9]{1,3}|[如见][上左右前下]|见(?:腕带|附[件页]|背面|首页|病历|身份证|附表)|未填写?|未知|未(?:设置?|绑定|命名|登记|登[录陆]|分配|开通|公开|补充)|待(?:补充|分配|开通|核实|提供)|[一-鿿]{0,2}(?:审核|处理|开通|申请|注册|登[录陆]|使用|封禁|冻结|更新|加载|绑定|激活|维护|认证|核实|补充)中|默认|(?:本人)?姓名|真名|实名|保密|暂无|没有|[必选自]填项?|[必选]录|自动生成|我|系统|对方|自己|未提供|未透露|不愿透露|不便透露|未告知|不适用|未留|缺失|空缺|空|略|否|是|有|N/?A|none|null|nil|-+|/+|\*+|_+)(?![0-9A-Za-z一-鿿])",
    re.IGNORECASE,
)
_GAP = Regex(
    r"""(?:\(?(?:号码?|编号|编码|No\.?|no\.?)\)?)?
        (?:[ \t]*\n?[ \t]*)
        (?:\([^()\n]{1,8}\)(?=[ ]*[:=])|\([^()\n0-9]{1,8}\)(?=[ ]?[0-9A-Za-z]{6}))?
        (?:[: ]{0,2}(?:[□☐☑√✓■●○][ ]?[一-鿿]{1,5}[ ]{1,4}){1,3}[☑√✓■●](?:[ ]?[一-鿿]{1,5}(?=[ ]{1,4}[A-Z]{0,3}[0-9]{5}))?)?
        (?P<mark>(?:[:=|\#]|\*{1,2}(?=[ :])|(?<=[:*])\*{1,2}|(?:可能|应该|大概|还|就|仍|分别|依次)?[是为](?!什么|多少|几号)|叫|[\[【("'“‘「<《]|[ \t]|(?<=[ ])/(?=[ ])
            |(?:好像|记得|应该)(?=[是为 :]?(?:[0-9A-Za-z]|[〇零一二三四五六七八九幺]{5}))|(?:N[oO][.:]?|№)[ ]?(?=[0-9A-Z])|[由从/](?=[A-Za-z]{0,4}-?[0-9]{4})
            |[,;](?=[ ]?(?:(?:[〇零一二三四五六七八九幺]{2,6}[ ,、]?){2}[〇零一二三四五六七八九幺]{2}|[0-9]{3,4}(?:[ ][0-9]{3,4}){2}|[A-Za-z]{0,3}[0-9]{5}|[A-Za-z]{1,4}-?[0-9]{4}|[a-z][a-z_.]{2,14}[0-9]{2}))
            |(?:的话|行不行|行[吗么]|可以[吗么]?|吧|[也都]行|方便吗|呢|如下|[报发念]?一下|[全都]部?|[报念发说抄留]?给[你您他她我]|我?[发报念][你您]?|是(?:什么|多少|几号)|我?[看找]看|我看一?下|[你您]?记一?下|[嘛哈哦啊喔呀咯哟])+(?=[ ,?:。\-]{0,2}(?:[A-Za-z]{0,3}[0-9]{5}|[0-9]{3,4}[ ][0-9]{3}|[A-Za-z]{1,4}-[0-9]{2}|[〇零一二三四五六七八九幺]{5}|(?:[〇零一二三四五六七八九幺]{2,4}[ ,、]{1,2}){2}|[〇零一二三四五六七八九幺]{3,4}[ ,、][〇零一二三四五六七八九幺]{3}))
            |[?。](?=[ ]?[0-9]{5})
            |[少多错漏缺][了写打录]?[一两几]?[位个](?:数字?)?(?=[ ,:]{0,2}[0-9]{4})
            |(?:(?:上|里面?)(?:[写印填登]|那串|那个|的)|[那这]?[栏格处][里上]?[写印填登](?:的|着)?|[填写登留报输扫改换念录](?:的|了|成|着|过|作|记|错|到){0,2})(?=[ 是为成]?[ ]?[A-Za-z]{0,3}-?[0-9]{4}))*)
        (?:[ ]{0,2}(?:_{3,64}|…{3,64}|[.·]{7,96})[ ]{0,2}(?=[^\s_.·…(])|[ \t\-_]{0,3})\n?[ \t]*
        (?P<bracket>[\[【("'“‘「<《]?)""",
    re.VERBOSE,
)
_SPACED = Screened(r"(?:[一-鿿][ ]{1,4}){1,6}[一-鿿](?=[ ]{0,4}[:(=]|[ ]{2}|[ ][0-9A-Z])")
_NEXT_TURN = r"[ ]*\n(?:[^\n]{0,24}[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?[ ]*(?:\n|[^\n:]{1,12}:|[^\n:0-9]{1,14}\n)|[^\n:]{1,16}:)[ ]*"
_ANSWER = Regex(rf"[^\n?0-9]{{0,6}}\?{_NEXT_TURN}(?:我的?)?是?[ ]?")
_LEAD = (
    r"(?:(?![^\n]{0,14}(?:电话|手机|联系|打给|不[用记知清]|没有))[^\n0-9A-Za-z:?]{0,14}?[,:是为号叫有…][ ]?)"
)
"""What somebody says before the number: 我找找……, 好像是."""
_LATER_ANSWER = Regex(
    rf"[^\n0-9]{{0,16}}(?:\?|哪[个一]|多少|几[号位]|什么|啥|[报发念说给留写]|记得|知道|要不要|[看查]一?下|有[没吗]|呢|谁有)[^\n0-9]{{0,16}}(?:\n[^\n0-9]{{1,30}}(?=\n))?{_NEXT_TURN}"
    rf"{_LEAD}?(?=[0-9A-Za-z]|[〇零一二三四五六七八九幺]{{3}})(?!(?:19|20)[0-9]{{2}}[年./-])"
)
"""账号是哪个, 卡号报一下, and in the next turn: 好像是ZY20240318-05."""
_REQUEST = Regex(r"(?:[报发给念写填说留]|提供|告[诉知]|记一?下)[^\n0-9:]{0,12}\Z")
_TURN_OF_REQUEST = Screened(
    rf"[^\n0-9A-Za-z:]{{0,8}}(?!\n[^\n:]*(?:号|电话|手机|证|卡|日期|时间|编|费|名:)){_NEXT_TURN}{_LEAD}?(?=[0-9A-Za-z])"
)
"""麻烦报一下住院号, and the next turn; a form would have a label there."""
_LINE = Screened(
    r"[^\n0-9A-Za-z:]{0,4}(?:[报发给念写填说记]|多少|几号|呢)[^\n0-9A-Za-z:]{0,6}(?:\n[^\n0-9A-Za-z:]{1,12})?\n[ ]*(?=[0-9A-Za-z\-]{4,20}[ ]*(?:\n|\Z))"
)
"""住院号发我, and the next line, or the one behind 好的, is the number."""
_NO_ANSWER = Regex(r"不(?:知道|记得|清楚|会|用|太|想|方便|是)|没|忘|记不|好的?(?![一-鿿])|稍等|[嗯啊哦]")
_APART = Regex(r"[0-9A-Z](?:(?:[ ]|[ ]?-[ ]?)[0-9A-Z]){3,24}(?![0-9A-Za-z]|[ ][0-9A-Z](?![0-9A-Za-z]))")
# 8800231457 behind 条码 names the series of 8800231458, which stands somewhere else in the text.
_SERIES = 4
_CODE = Regex(
    r"(?<![0-9A-Za-z\-/.:])(?=[A-Za-z\-]{0,8}[0-9])[0-9A-Za-z](?:[0-9A-Za-z]|[\-/](?=[0-9A-Za-z])){6,27}(?![0-9A-Za-z\-/:]|\.[0-9]|[ ]?[元例人次天])"
)
_TO_NAME = Regex(rf"[一-鿿A-Za-z]{{1,8}}:[ ]?|[ (]{{1,2}}|[ ?。]{{0,2}}{_NEXT_TURN}(?=[一-鿿])")
_BEHIND_NAME = Regex(r"(?:先生|女士|医生|护士|医师|主任|老师)?[ ]?[:(,、/#-]?[ ]?(?=[0-9A-Za-z])")
_SHORTEST_NEXT = 5
"""孙先生，1962年 in the next line is no number."""
_LONGEST_VALUE = 40
_NEXT_NAME = Regex(r"[ ]?[)]?[ ]?[,;、/和及与\n]?[ ]?")
_DECORATION = Regex(r"\([^()]*\)|\[[^\[\]]*\]|[\s:*＊#.、]+|(?:必填|选填)")
_TAIL_OF_LABEL = Regex(
    r"(?:的?(?:最?后|末尾?|尾)[0-9一二三四五六七八九十]{1,2}位|尾号|尾数)(?:数字?|号码?)?$"
)
_OF_SEVERAL = Regex(r"(?:(?<=[一-鿿])|(?<=[A-Za-z]{4})|(?<=QQ))[_\-]?1?[0-9]$")
"""住院号2, phone_1: one of several columns."""
_JOINT = Regex(r"[ _\-]")
_GUARD = Regex(r"""(?:=[ ]?"(?=[^"\n]+"?$)|['‘’`](?=[0-9A-Z]{5}))(?P<value>[^"\n]+)""")
_ROLE_LABEL = Regex(r"[一-鿿]{0,5}(?:师|员|人|者|医生|护士|大夫|主任|家长)(?<!会员)(?<!人员)(?<!成员)")
_DAY_LABEL = Regex("[一-鿿]{2,4}(?<![工作节假休息连纪念当])日")
"""申请日, 退款日: a column of days."""
_A_HOSPITAL = Regex(
    "[一-鿿]{2}(?:[省市县区州旗]|大学|学院|附属)[一-鿿]{0,8}(?:医院|保健院|卫生院)$|[省市县]立医院$|[一-鿿]{2}(?:人民|中心|中医|附属)医院$"
)
"""Not what a column holds, but one of them."""
_FRAGMENTS = frozenset("age ip by".split())
"""Cue words that are the end of very many ordinary words: page, ship, hobby."""
_ORDINARY = Regex(
    r"(?<![A-Za-z])(?:(?:ho|mo|pas|car|chat|in|man|lin)tel|(?:[fps]|sp|trans)lat|(?:sa|co|me|ny|ta|gal|epsi|py|fe|up)lon|(?:un|[gb7])zip"
    r"|(?:cal|kel|mar)vin|(?:cron|batch|sub)job)$",
    re.IGNORECASE,
)
"""The few that end with others: hotel, flat, salon; but gpslat, linktel and addrzip are names of columns."""
_WHOSE = Regex(
    r"(?:patient|client|customer|cust|user|member|person|staff|emp|child|baby|mother|father|visit|admission|current"
    r"|parent|guardian|spouse|husband|wife|insured|subject|nl|contact|home|office|work|mobile|login|remote|host|server|hz|br|kh|lxr)$",
    re.IGNORECASE,
)
"""Words that stand before them in names of columns which are written as one."""
_CACHED_LABELS = 4096
_ALTERNATIVE = Regex(r"[/|或及和、]|(?<=[A-Za-z])(?=[姓名]$)")  # Given names 名


class _Entry(NamedTuple):
    entity_type: str
    kind: str
    """cue, header or context."""


class _Named(NamedTuple):
    """What a label names: a type, by which cue word, and whether only the tail of the value."""

    entity_type: str
    word: str
    tail: bool


@dataclass(frozen=True)
class _Rule:
    words: frozenset[str]
    value: Expression
    score: float
    strict: bool


def _rule(spec: RecognizerSpec, cue: CueSpec) -> _Rule:
    value = compiled(spec, f"cue {cue.words[0]}", cue.gap + f"(?P<taken>{cue.value})")
    return _Rule(frozenset(_spellings(cue.words)), value, cue.score, cue.strict)


class CueFinder:
    """Finds cue words, opens slots behind them, and takes the values of number-like types."""

    def __init__(self, specs: Sequence[RecognizerSpec]) -> None:
        entries: list[tuple[_Entry, Iterable[str]]] = []
        self._rules: dict[str, list[_Rule]] = {}
        self._label_cache: dict[str, tuple[_Named, ...]] = {}
        self._grammatical = frozenset(spec.entity for spec in specs if spec.grammar)
        self._unchecked = frozenset(spec.entity for spec in specs if not spec.validator)
        for spec in specs:
            self._rules[spec.entity] = [_rule(spec, cue) for cue in spec.cues]
            cue_words = [word for cue in spec.cues for word in cue.words]
            for kind, words in (("cue", cue_words), ("header", spec.headers), ("context", spec.context)):
                entries.append((_Entry(spec.entity, kind), dict.fromkeys(_spellings(words))))
        self._index: WordIndex[tuple[_Entry, ...]] = index_by(entries)
        self._labels = {
            word: tuple(entry for entry in found if entry.kind != "context")
            for word, found in self._index.items()
            if any(entry.kind != "context" for entry in found)
        }

    @cached_property
    def _columns(self) -> frozenset[str]:
        """Words that name columns of exports, which are never values: user|real_name|city."""
        return frozenset(word for word in self._labels if word.isascii() and word.islower() and len(word) > 3)

    @cached_property
    def _joined(self) -> dict[str, str]:
        """Labels in Latin letters as they are without what joins their words: patientid of patient_id."""
        words = (word for word in self._labels if word.isascii() and len(word) > 2)
        return {_without_joints(word): word for word in words}

    @cached_property
    def _spelt(self) -> dict[str, str]:
        """How labels are spelt in Latin letters; put together when the first one is met that is no word."""
        return spelt(
            {word: frozenset(entry.entity_type for entry in found) for word, found in self._labels.items()}
        )

    def prepare(self, reading: Reading) -> None:
        """Fill in `supports` and `slots`; finders that follow rely on both."""
        text = reading.text
        for start, end, entries in self._index.find(text):
            self._note(reading, start, end, entries)
        if " " in text:
            for match in reading.finditer(_SPACED):
                places = [at for at in range(*match.span()) if text[at] != " "]
                word = match[0].replace(" ", "")
                for skipped in range(len(word) - 1):  # 探亲签  通 行 证
                    if found := self._labels.get(word[skipped:]):
                        self._note(reading, places[skipped], match.end(), found, word[skipped:])
                        break
        cells = [(0, len(text), label) for label in self._telling(reading.labels)]
        cells += find_cells(reading.layout or text, self.types_of)
        cells += find_fields(text)
        cells += side_by_side(reading.finditer(SIDE_BY_SIDE))
        cells += in_turn(reading.finditer(IN_TURN))
        cells = [(*_unguarded(text, start, end), label) for start, end, label in cells]
        reading.cells += cells
        inner = reading.labels[:1]
        for start, end, label in cells:
            outer = label in reading.labels[1:] and label not in inner and not is_general(inner[0])
            outer = outer and not (
                label in MEANT and inner[0].casefold() in OPEN
            )  # those beside it say whose
            for named in self._names_of(label):
                if outer and named.entity_type in self._grammatical and named.entity_type != "PERSON":
                    continue  # {"hospital": {"level": "三甲"}}
                reading.slots.append(
                    Slot(start, end, named.entity_type, "cell", named.word, named.tail, outer)
                )
                reading.supports[named.entity_type].append(Hit(start, start, named.word))
        for hits in reading.supports.values():
            hits.sort()

    def _telling(self, labels: Sequence[str]) -> Iterator[str]:
        """`labels` from the inside; of those around a general one the first that tells something is the last.

        The name in `{"patient": {"ward": {"name": …}}}` is not that of the patient.
        """
        yield from labels[:1]
        is_open = bool(labels) and is_general(labels[0])
        for label in labels[1:]:
            known = bool(self._names_of(label))
            if known or not is_thing(label):
                yield label
            if is_open and not is_general(label) and (known or is_thing(label)):
                return

    def _note(
        self, reading: Reading, start: int, end: int, entries: tuple[_Entry, ...], spaced: str = ""
    ) -> None:
        """A cue word there; `spaced` is one whose characters stand apart."""
        word = spaced or reading.text[start:end]
        if word.isascii() and _touches_ascii(reading.text, start, end):
            return
        if word[-1].isdecimal() and reading.text[end : end + 1].isdecimal():
            # 电话1 in 电话1391234: the digit is the value's
            word = word.rstrip("0123456789")
            end, entries = start + len(word), self._index.get(word) or ()
        opened = None
        if not spaced and all(entry.kind != "cue" for entry in entries):
            self._note_cue_within(reading, start, end, word)
        for entry in entries:
            reading.supports[entry.entity_type].append(Hit(start, end, word))
            if entry.kind == "cue":
                opened = opened or _behind(reading.text, start, end)
                position, support = opened
                reading.slots.append(Slot(position, len(reading.text), entry.entity_type, support, word))

    def _note_cue_within(self, reading: Reading, start: int, end: int, word: str) -> None:
        """The longest cue word that ends a word which is none itself: QQ of 客户QQ."""
        for skipped in range(1, len(word) - 1):
            entries = self._index.get(word[skipped:]) or ()
            if any(entry.kind == "cue" for entry in entries):
                self._note(reading, start + skipped, end, entries)
                return

    def types_of(self, label: str) -> tuple[str, ...]:
        """The entity types that a header or field label names, from the most specific cue in it."""
        return tuple(named.entity_type for named in self._names_of(label))

    def _names_of(self, label: str) -> tuple[_Named, ...]:
        known = self._label_cache.get(label)
        if known is None:
            found = {named.entity_type: named for named in self._read_label(label)}
            if is_thing(label):
                found.pop("PERSON", None)
                found.pop("USERNAME", None)
            if _A_HOSPITAL.search(label):
                found.pop("CN_MEDICAL_INSTITUTION", None)  # 南通大学附属医院 beside 如皋市人民医院
            if is_number_of_thing(label):
                found.pop("MEDICAL_RECORD_NUMBER", None)
            known = tuple(found.values())
            if len(self._label_cache) < _CACHED_LABELS:
                self._label_cache[label] = known
        return known

    def _read_label(self, label: str) -> Iterator[_Named]:
        plain = _DECORATION.sub("", shadow(label).text)
        if plain not in self._labels:
            plain = _OF_SEVERAL.sub("", plain)
        without_tail = _TAIL_OF_LABEL.sub("", plain)
        tail = without_tail != plain
        whole = self._labels.get(plain)
        parts = [plain] if whole else [part for part in _ALTERNATIVE.split(without_tail) if part]
        for part in parts:
            word, entries = self._longest_ending(part)
            if not entries and _ROLE_LABEL.fullmatch(part):
                yield _Named("PERSON", part, tail)
            if not entries and _DAY_LABEL.fullmatch(part):
                yield _Named("DATE_TIME", part, tail)
            yield from (_Named(entry.entity_type, word, tail) for entry in entries)

    def _longest_ending(self, label: str) -> tuple[str, tuple[_Entry, ...]]:
        """The longest cue word that the label ends with (of two characters or all of it), or that it spells."""
        plain = _without_joints(label) if label.isascii() else ""
        if label not in self._labels and plain in self._joined:
            label = self._joined[plain]
        for start in range(len(label)):
            word = label[start:]
            small = self._labels.get(word.lower(), ())  # an Owner is whatever an owner is
            found = tuple(dict.fromkeys((*self._labels.get(word, ()), *small)))
            if found and (start == 0 or len(word) > 1) and not _is_fragment(label, start):
                return word, found
        word = self._spelt.get(plain, "")
        return word, self._labels.get(word, ())

    def find(self, reading: Reading) -> Iterator[Detection]:
        """Values in slots, for types without a grammar of their own."""
        text = reading.text
        changes = reading.may_match(CHANGED)
        named: dict[tuple[str, str], str] = {}
        for slot in reading.slots:
            if slot.entity_type in self._grammatical or slot.tail or NO_VALUE.match(text, slot.start):
                continue
            taken = self._value_of(reading, slot)
            if taken is None or text[taken[0] : taken[1]] in self._columns:
                continue
            start, end, score = taken
            name, evidence = f"{slot.entity_type}.cue", (f"cue {slot.support}",)
            yield Detection(slot.entity_type, start, end, score, name, evidence)
            if slot.entity_type in self._unchecked:
                named.setdefault((shape(text[start:end]), text[start : start + _SERIES]), slot.entity_type)
            if slot.support != "cell":
                take = self._taking(text, slot)
                for first, last in next_values(text, start, end, take, changes=changes):
                    yield Detection(slot.entity_type, first, last, score, name, ("next of a list",))

        for word in _CODE.finditer(text) if named else ():
            if entity_type := named.get((shape(word[0]), word[0][:_SERIES])):
                yield Detection(entity_type, *word.span(), 0.5, f"{entity_type}.cue", ("series",))

    def behind_names(self, reading: Reading, names: Iterable[Detection]) -> Iterator[Detection]:
        """住院号：李建国 0023145、王芳 0023188: values of a cue behind whose they are; also the others of 李建国 住院号0023145."""
        text, ends = reading.text, {name.start: name.end for name in names}
        starts = sorted(ends)
        for slot in reading.slots if ends else ():
            if slot.entity_type in self._grammatical or slot.tail or slot.support == "cell":
                continue
            position = slot.start
            if position not in ends and (lead := _TO_NAME.match(text, position)):
                position = lead.end()
            take, least = self._taking(text, slot, asked=False), 1
            if position not in ends and _near(starts, slot.start) and (first := take(slot.start)):
                position, least = _next_name(text, first[1]), _SHORTEST_NEXT
            while position in ends:
                gap = _BEHIND_NAME.match(text, ends[position])
                found = take(gap.end()) if gap else None
                if found is None or found[1] - found[0] < least:
                    break
                start, end, score = found
                yield Detection(
                    slot.entity_type, start, end, score, f"{slot.entity_type}.cue", ("cue and name",)
                )
                position = _next_name(text, end)

    def _value_of(self, reading: Reading, slot: Slot) -> tuple[int, int, float] | None:
        """Start, end and score of the value in a slot: right there, with its characters apart, or as an answer."""
        text, rules = reading.text, tuple(self._rules_for(slot))
        if found := _first_value(text, rules, _skip(text, slot), slot.end):
            return found
        if apart := _APART.match(text, _skip(text, slot), slot.end):
            together = apart[0].replace(" ", "")
            for rule in rules:
                if rule.value.fullmatch(together):
                    return *apart.span(), rule.score
        for form in (_ANSWER, _LATER_ANSWER):
            answer = form.match(text, slot.start, slot.end)
            if answer and not _NO_ANSWER.match(text, answer.end()):
                asked = tuple(self._rules_for(slot, asked=True))
                if found := _first_value(text, asked, answer.end(), slot.end):
                    return found
        if slot.support == "cell":
            return None
        take = self._taking(text, slot)
        for place in _places_of_answers(reading, slot.start):
            if found := take(place):
                return found
        return changed_value(text, slot.start, take) if reading.may_match(CHANGED) else None

    def _taking(self, text: str, slot: Slot, *, asked: bool = True) -> Take:
        """Takes the value at a position in the form of the cue."""
        return lambda position: _first_value(text, self._rules_for(slot, asked=asked), position, slot.end)

    def _rules_for(self, slot: Slot, *, asked: bool = False) -> Iterator[_Rule]:
        """The rules of the cue word; behind a header that is no cue word, all of them."""
        rules = self._rules[slot.entity_type]
        naming = [rule for rule in rules if slot.cue in rule.words or slot.cue.lower() in rule.words]
        for rule in naming or (rules if slot.support == "cell" else ()):
            if asked or not (rule.strict and slot.support == "adjacent"):
                yield rule


def _first_value(text: str, rules: Iterable[_Rule], position: int, end: int) -> tuple[int, int, float] | None:
    for rule in rules:
        match = rule.value.match(text, position, end)
        if match and match.start("taken") < match.end("taken") and not _cut(text, match):
            return *_span(match), rule.score
    return None


def _near(starts: Sequence[int], position: int) -> bool:
    """Whether one of the places in order is right behind where a value may be."""
    place = bisect_right(starts, position)
    return place < len(starts) and starts[place] - position < _LONGEST_VALUE


def _next_name(text: str, end: int) -> int:
    """Where the next name of a list may begin behind a value, -1 if nowhere."""
    following = _NEXT_NAME.match(text, end)
    return following.end() if following else -1


def _places_of_answers(reading: Reading, position: int) -> Iterator[int]:
    """Where the line or the turn begins that answers a request which ends at `position`."""
    text = reading.text
    if reading.may_match(_LINE) and (line := _LINE.match(text, position)):
        yield line.end()
    if reading.may_match(_TURN_OF_REQUEST):
        end = position - (text[position - 1 : position] == "\n")
        requested = _REQUEST.search(text, max(0, end - 24), end)
        if requested and (turn := _TURN_OF_REQUEST.match(text, end)):
            yield turn.end()


_WHOM = Regex(r"其|[她他你您我咱]|(?:本人|[患儿]者?|病人|客户|家属|[甲乙丙]方)(?=[一-鿿]{7})")
"""Whom something is done for: 甲方委托乙方为其母…, but not 户主为患者王芳."""


def _behind(text: str, start: int, end: int) -> tuple[int, Support]:
    match = _GAP.match(text, end)
    if match is None or match.end() == end or _ends_header(text, start, end, match.end()):
        return end, "adjacent"
    if match["mark"] == "为" and _WHOM.match(text, match.end()):
        return end, "adjacent"
    firm = match["bracket"] or match["mark"].strip()
    return match.end(), "colon" if firm else "adjacent"


def _ends_header(text: str, start: int, end: int, behind: int) -> bool:
    """Whether a cue is the last of a row of headers, below which a row of cells begins: 单号|金额|账号."""
    line_break, separator = text.find("\n", end, behind), text[start - 1 : start]
    if line_break < 0 or separator not in tuple("|,;\t"):
        return False
    below = text.find("\n", behind)
    rows = (text.rfind("\n", 0, start) + 1, start), (line_break, below if below >= 0 else len(text))
    return all(text.count(separator, *row) > 1 for row in rows)


def _skip(text: str, slot: Slot) -> int:
    position = slot.start
    while position < slot.end and text[position] in " \t'\"":
        position += 1
    return position


def _span(match: Match) -> tuple[int, int]:
    group = "value" if "value" in match.re.groupindex and match["value"] is not None else "taken"
    return match.start(group), match.end(group)


def _cut(text: str, match: Match) -> bool:
    """Whether the match ends inside an ASCII word, so that a part of the value would stay."""
    end = match.end("taken")
    return (
        end < len(text)
        and text[end - 1].isascii()
        and text[end - 1].isalnum()
        and text[end].isascii()
        and text[end].isalnum()
    )


def _is_fragment(label: str, start: int) -> bool:
    """Whether the cue word that begins there is the end of another word: age of Dosage, but not of patientAge; 考号 of 参考号."""
    word, before = label[start:], label[:start]
    if before.endswith("参") and word.startswith("考"):
        return True
    if not (before[-1:].isascii() and before[-1:].isalpha()):
        return False
    if word.lower() not in _FRAGMENTS:
        return _ORDINARY.search(label) is not None
    return not (word[0].isupper() and before[-1].islower()) and not _WHOSE.search(before)


def _touches_ascii(text: str, start: int, end: int) -> bool:
    """Whether an ASCII cue is only a part of a longer ASCII word."""
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    return (first.isalpha() and before.isascii() and before.isalpha()) or (
        last.isalpha() and after.isascii() and after.isalpha()
    )


def _spellings(words: Iterable[str]) -> Iterator[str]:
    """The words in the shadow's spelling, and those in two scripts also in small letters: ct号."""
    for word in words:
        plain = shadow(word).text
        yield plain
        if not plain.isascii() and plain[:1].isascii():
            yield plain.lower()


def _unguarded(text: str, start: int, end: int) -> tuple[int, int]:
    """A cell without what keeps a spreadsheet from counting with its number: ="0012", '0012."""
    guard = _GUARD.match(text, start, end)
    return (guard.start("value"), guard.end("value")) if guard else (start, end)


def _without_joints(label: str) -> str:
    return _JOINT.sub("", label).lower()
