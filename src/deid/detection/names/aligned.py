"""Names by what stands in line with them: above and below in a column, or behind the same words of other days.

    7/8 | 许琴 | 石头        周一强子, 周二孙强        王建国 | 外科 | 温和
    7/9 | 石头 | 何丽        周三豆豆, 周四孙强        何丽   | 儿科 | 安静

Where most of the others are persons it is one, whatever it is called; where none of them is, a word is the word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from deid.detection.boundaries import word_list
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import DESCRIBES, FUNCTION_WORDS, NOBODY_ACTS
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.detection.things import is_thing
from deid.grammar.name import HAN
from deid.regexes import Regex

_DELIMITERS = (Regex(r"[ ]*\t[ ]*"), Regex(r"[ ]*\|[ ]*"), Regex(r"[ ]*,[ ]*"), Regex(r"[ ]+"))
_ITEM = Regex(rf"(?:(?<=[、/ ·])|\A)([{HAN}]{{2,4}})(?=[、/ ·(]|\Z)")
_LONGEST_LINE = 300
_LIST = Regex(rf"(?<![{HAN}])[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}})+(?![{HAN}])")
_FRAMED = Regex(
    rf"(?P<frame>(?:周[一二三四五六日末]|星期[一二三四五六日天]|[早中晚白夜]班|[0-9]+[日号周床组]|(?<![0-9])[01]?[0-9][/.][0-3]?[0-9](?![0-9.])|[{HAN}]{{2,4}}:)[ ]?)"
    rf"(?P<who>[{HAN}]{{2,3}})(?=[,;。、/(\n]|[ ]{{2}}|$)"
)
_FIGURES = Regex("[0-9]+")
_DAY = Regex("(?<=[周期])[一二三四五六日天末]|[早中晚白夜](?=班)")
_PET = Regex(rf"([{HAN}])\1|[小大老阿][{HAN}]|[{HAN}][子头儿哥姐妹仔]")
_OF_ROTAS = frozenset("班休假勤岗差派值诊补替轮室科组")
"""Characters of what else stands in a rota: 外派, 下夜, 一组."""
_THINGS = frozenset("nra")
"""Parts of speech of words that somebody may be called in a circle of colleagues."""
_LEAST_NAMES, _LEAST_SHARE = 2, 0.6
_LEAST_OF_MORE, _SHARE_OF_MORE = 3, 0.4
"""The same of what stands in more places than one."""
_MOST_OF_WORDS = 0.34
"""The greatest share of persons among words."""
_ROUNDS = 2
_LIKELY = 0.6
_LOOKS = frozenset(["tagger", "surroundings", "column of names", "row of names", "prose"])
_SCORE = 0.8


class _Item(NamedTuple):
    start: int
    end: int
    line: object
    """What it stands in line with: a column, or what stands before it."""
    begins: int = -1
    """Where what stands before it begins."""


class AlignedNames:
    """Says who else is somebody, and who is a word, by what is in line with them."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def told(self, reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates without words among words, and with those who stand among persons."""
        likely = {c.start: c for c in candidates if c.score >= _LIKELY}
        if len(likely) < _LEAST_NAMES:
            return list(candidates)
        text = reading.text
        words: defaultdict[object, set[str]] = defaultdict(set)
        persons: defaultdict[object, set[str]] = defaultdict(set)
        places: defaultdict[str, list[_Item]] = defaultdict(list)
        for item in self._items(reading, likely):
            word, candidate = text[item.start : item.end], likely.get(item.start)
            words[item.line].add(word)
            places[word].append(item)
            if candidate and candidate.end <= item.end and not self._may_be_word(reading, candidate):
                persons[item.line].add(word)
        found: dict[str, list[_Item]] = {}
        refused: set[tuple[int, int]] = set()
        spans = {(c.start, c.end) for c in candidates}
        for _ in range(_ROUNDS):
            told = len(found)
            for word, here in places.items():
                if not any(persons.get(line) or (start, end) in spans for start, end, line, _ in here):
                    continue  # nobody is in line with it, and nobody takes it for a name
                among = {w for item in here for w in persons[item.line] if w != word}
                others = {w for item in here for w in words[item.line] if w != word}
                others -= {w for w in others - among if w == 2 * w[0]}  # 球球 beside 豆豆
                if _are_persons(among, others, len(here)):
                    if self._may_be_called(reading, word, len(here)):
                        found[word] = here
                        for item in here:
                            persons[item.line].add(word)
                elif len(others) >= _LEAST_NAMES and len(among) <= _MOST_OF_WORDS * len(others):
                    refused.update((item.start, item.end) for item in here)
            if len(found) == told:
                break
        candidates = [
            c for c in candidates if not ((c.start, c.end) in refused and self._may_be_word(reading, c))
        ]
        return self._with(candidates, [item for here in found.values() for item in here])

    def _items(self, reading: Reading, likely: Mapping[int, Candidate]) -> Iterator[_Item]:
        """What stands in line with something else, and is no header, shift or office, nor a thing: 品牌 | 雅培."""
        text = reading.text
        things = {p for start, end, header in reading.cells if is_thing(header) for p in range(start, end)}
        framed = (
            item
            for item in _in_frames(text)
            if item.begins not in likely and not is_thing(text[item.begins : item.start].strip(" :"))
        )  # 卓玛: 好, 标本: 血清
        for item in (*_in_columns(text), *_in_lists(text), *framed):
            word = text[item.start : item.end]
            if not (item.start in things or reading.is_cue(item.start, item.end) or self._is_of_rotas(word)):
                yield item

    @staticmethod
    def _with(candidates: Sequence[Candidate], items: Sequence[_Item]) -> list[Candidate]:
        """The candidates and the items, without those that begin in what stands before an item: 周三|豆豆."""
        taken: dict[int, Candidate] = {}
        for candidate in candidates:
            taken.update(dict.fromkeys(range(candidate.start, candidate.end), candidate))
        dropped, added = set(), []
        for start, end, *_ in items:
            touched = {taken[position] for position in range(start, end) if position in taken}
            if all(_gives_way(candidate, start, end) for candidate in touched):
                dropped |= touched
                added.append(Candidate(start, end, _SCORE, ("aligned",)))
        return [c for c in candidates if c not in dropped] + added

    def _may_be_word(self, reading: Reading, candidate: Candidate) -> bool:
        """Whether nothing but its looks tells that a word is somebody."""
        if candidate.evidence[0] not in _LOOKS or "title" in candidate.evidence:
            return False
        word = reading.text[candidate.start : candidate.end]
        if "transliterated" in candidate.evidence or word == 2 * word[0]:
            return False  # 汉斯, 妞妞
        if self._fitting.is_place(word) or self._fitting.is_other_word(word):
            return True
        named = (
            word_list().part_of_speech(word).startswith("nr")
            and self._fitting.grammar.quality(word) >= _LIKELY
        )
        return reading.known(word) > 0 and not named

    def _is_of_rotas(self, word: str) -> bool:
        words = self._fitting.words
        return not _OF_ROTAS.isdisjoint(word) or word in words.roles or word in words.titles

    def _may_be_called(self, reading: Reading, word: str, places: int) -> bool:
        """Whether somebody may be called so among those who know him: 石头, 木木, 可乐, but not 到岗."""
        fitting = self._fitting
        if len(word) > 3 or word[0] == "无" or word in NOBODY_ACTS or not FUNCTION_WORDS.isdisjoint(word[1:]):
            return False
        if shipped_prose().is_medical(word) or fitting.is_place(word) or (word in DESCRIBES and places == 1):
            return False
        if _PET.fullmatch(word) or word in fitting.grammar.name_like_words:
            return True
        if reading.known(word):
            return places > 1 and word_list().part_of_speech(word)[:1] in _THINGS
        return fitting.is_call_name(word) or (len(word) == 3 and fitting.grammar.is_rarely_named(word))


def _are_persons(persons: Collection[str], others: Collection[str], places: int) -> bool:
    """Whether enough of all that stands in line with a word are persons."""
    share = len(persons) / (len(others) + 1)
    return (
        (len(persons) >= _LEAST_NAMES and share >= _LEAST_SHARE)
        or (places > 1 and len(persons) >= _LEAST_OF_MORE and share >= _SHARE_OF_MORE)
        or (places > 1 and 0 < len(persons) == len(others))
    )


def _gives_way(candidate: Candidate, start: int, end: int) -> bool:
    """Whether it is the same without certainty, or begins in what stands before."""
    if (candidate.start, candidate.end) == (start, end):
        return candidate.score < _LIKELY
    return candidate.start < start and candidate.end >= end and candidate.evidence[0] in _LOOKS


def _in_columns(text: str) -> Iterator[_Item]:
    """What is all of a cell, or of a part of one, in lines of cells that follow one another."""
    table, start = 0, 0
    lines = [(line, delimiter_of(line)) for line in text.split("\n")]
    for (_, above), (line, kind), (_, below) in zip(
        [("", -1), *lines], lines, [*lines[1:], ("", -1)], strict=False
    ):
        if kind >= 0 and kind in (above, below):
            table += kind != above
            for column, (first, last) in enumerate(cells_of(line, kind)):
                for item in _ITEM.finditer(line[first:last]):
                    yield _Item(start + first + item.start(1), start + first + item.end(1), (table, column))
        start += len(line) + 1


def delimiter_of(line: str) -> int:
    """The number of what separates the cells of a line, -1 where nothing does."""
    if len(line) > _LONGEST_LINE:
        return -1
    for kind, sign in enumerate("\t|, "):
        if line.count(sign) > (sign == ","):
            return kind
    return -1


def cells_of(line: str, kind: int) -> Iterator[tuple[int, int]]:
    position = len(line) - len(line.lstrip("| "))
    for match in (*_DELIMITERS[kind].finditer(line, position), None):
        end = match.start() if match else len(line)
        yield position, end
        position = match.end() if match else end


def _in_lists(text: str) -> Iterator[_Item]:
    """What stands in a row of words with signs between them."""
    for number, run in enumerate(_LIST.finditer(text)):
        for item in _ITEM.finditer(run[0]):
            yield _Item(run.start() + item.start(1), run.start() + item.end(1), number)


def _in_frames(text: str) -> Iterator[_Item]:
    """What stands behind a day, a shift or a field up to the next sign."""
    for match in _FRAMED.finditer(text):
        frame = _DAY.sub("一", _FIGURES.sub("0", match["frame"].strip()))
        yield _Item(*match.span("who"), frame, match.start())
