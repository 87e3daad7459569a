"""Values told by what stands around them: `——静` at the end of a note, `经办/王`, `〔兰〕`, `初访日 4/3`.

A single character or a number of three digits is nothing by itself, and no cue word stands before a
signature. Where signs, or a word and a sign, stand before a value nearly every time, they make a
pattern with the value between them; mined from what is missed when all other changes are made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from deid.catalog import Marked
from deid.evaluation.tuning.changes import Change
from deid.evaluation.tuning.mining import Bar, evidence_of, found_by
from deid.evaluation.tuning.reading import Reading
from deid.evaluation.tuning.shapes import shapes_of, times

_LEAST = 3
"""So many places, found or missed, make a pattern."""

_BEFORE = re.compile(r"(?P<word>[一-鿿]{0,4}|[A-Za-z]{1,8})(?P<signs>[^\w\s]{0,3}[ \t]?)$")
_SENTENCE_END = re.compile(r".*[。,;!?]", re.DOTALL)
_TELLING = re.compile(r"[^\w\s]{2,}|[^\w\s:=,、./|()\"'-]")
"""Signs that say something without a word before them: no colon, slash or single dash."""

_SHORT_RUN = re.compile(r"\[0-9\](?:\{2\}|\{1,2\}|(?!\{))")
"""Digits of days and months: two of them are as good as one."""

_MOST = 8
_NAME = re.compile(r"[一-鿿·]{1,4}")
_LATIN = re.compile(r"[A-Z][a-z]{1,9}")
_NAMES = ("PERSON",)
_NO_NAME = "无 略 是 否 有 男 女 注 图 表 同上 同前 本人 未知 人 者 员 号 日 期".split()
"""What stands there and is no name: answers, and the end of a label, as in 经手人."""

_WORD_ENDS, _NUMBER_ENDS = "(?![一-鿿0-9A-Za-z])", "(?![0-9A-Za-z])"
_LINE_ENDS = r"[ \t]*(?:\n|\Z)"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands before (as it is) and behind (a regex) a value."""

    before: str
    behind: str


def surrounded(readings: Sequence[Reading], types: Iterable[str], bar: Bar) -> Iterator[Change]:
    """Patterns for what is missed of `types`, the one that finds most first; each finds something new."""
    for entity_type in sorted(types):
        framed: dict[_Frame, set[tuple[int, int]]] = defaultdict(set)
        for number, reading in enumerate(readings):
            for mark in reading.missed:
                if mark.entity_type == entity_type:
                    for frame in _frames(reading, mark):
                        framed[frame].add((number, mark.start))
        open_places = {place for places in framed.values() for place in places}
        ranked = sorted(framed, key=lambda frame: (-len(framed[frame]), *_preferred(frame)))
        for frame in ranked:
            if len(framed[frame] & open_places) < _LEAST - 1:
                continue
            change = _pattern(readings, entity_type, frame, bar)
            if change:
                open_places -= framed[frame]
                yield change


def _frames(reading: Reading, mark: Marked) -> Iterator[_Frame]:
    """Signs alone only where something stands behind the value as well; no words that are values themselves."""
    text, is_number = reading.text, reading.text[mark.start].isdigit()
    line = text.rfind("\n", 0, mark.start) + 1
    match = _BEFORE.search(text[max(line, mark.start - 12) : mark.start])
    if match is None:
        return
    word, signs = match["word"], match["signs"]
    if any(other.start < mark.start - len(signs) < other.end + 1 for other in reading.gold):
        word = ""
    if (
        end := _SENTENCE_END.match(signs)
    ) and not is_number:  # 次。——静: the word belongs to the sentence before
        word, signs = "", signs[end.end() :]
    ends = [_LINE_ENDS] if re.match(_LINE_ENDS, text[mark.end :]) else []
    if (sign := text[mark.end : mark.end + 1]) and re.match(r"[^\w\s]", sign):
        ends.append(re.escape(sign))
    words = [word] if word.isascii() else [word[-size:] for size in range(1, len(word) + 1)]
    for lead in filter(None, words):
        if signs.strip() or len(lead) > 1:
            yield _Frame(lead + signs, _NUMBER_ENDS if is_number else _WORD_ENDS)
            yield from (_Frame(lead + signs, end) for end in ends)
    if _TELLING.fullmatch(signs.strip()):
        yield from (_Frame(signs, end) for end in ends)


def _preferred(frame: _Frame) -> tuple[bool, int, str, str]:
    """Of frames that find as much: signs alone, which the next template has too, then the longest word."""
    return any(map(str.isalnum, frame.before)), -len(frame.before), frame.behind, frame.before


def _pattern(readings: Sequence[Reading], entity_type: str, frame: _Frame, bar: Bar) -> Change | None:
    change = _tried(readings, entity_type, frame, _NO_NAME)
    if change and change.evidence.wrong and entity_type in _NAMES:  # 〔巡〕 beside 〔兰〕
        wrong = _wrong(readings, re.compile(change.content))
        change = _tried(readings, entity_type, frame, [*_NO_NAME, *wrong[:_MOST]])
    if change is None or change.evidence.right < _LEAST:
        return None
    return change if bar.passes(change.evidence, bar.background.strikes(re.compile(change.content))) else None


def _tried(
    readings: Sequence[Reading], entity_type: str, frame: _Frame, refused: Sequence[str]
) -> Change | None:
    value = _value(readings, entity_type, _values(readings, entity_type, frame), refused)
    if not value:
        return None
    behind = frame.behind if frame.behind.startswith("(?!") else f"(?={frame.behind})"
    before = re.escape(frame.before)
    glued = "(?<![A-Za-z])" if frame.before[0].isascii() and frame.before[0].isalpha() else ""
    regex = f"{glued}{before}(?P<value>{value}){behind}"
    evidence = evidence_of(readings, entity_type, found_by(readings, re.compile(regex)))
    return Change("place", entity_type, regex, evidence, number=1.0)


def _wrong(readings: Sequence[Reading], finder: re.Pattern[str]) -> list[str]:
    """What stands there and is labelled as nothing, sorted."""
    return sorted(
        {
            reading.text[start:end]
            for reading, (start, end) in found_by(readings, finder)
            if not any(mark.start < end and start < mark.end for mark in (*reading.gold, *reading.optional))
        }
    )


def _values(readings: Sequence[Reading], entity_type: str, frame: _Frame) -> list[str]:
    """Every value of the type that stands so, found or missed."""
    ends = re.compile(frame.behind)
    return [
        reading.text[mark.start : mark.end]
        for reading in readings
        for mark in reading.gold
        if mark.entity_type == entity_type
        and reading.text.endswith(frame.before, 0, mark.start)
        and ends.match(reading.text, mark.end)
    ]


def _value(
    readings: Sequence[Reading], entity_type: str, values: Sequence[str], refused: Sequence[str]
) -> str:
    """A regex of the values; nothing where they are words of a type that is none of names.

    Numbers may have any shape of the type: behind 时间 stands 4-3 today and 2023.4.12 tomorrow.
    """
    parts = []
    if entity_type in _NAMES:
        names = [value for value in values if _NAME.fullmatch(value)]
        if names:
            sizes = [len(name) for name in names]
            parts.append(
                f"(?!(?:{'|'.join(refused)})(?![一-鿿]))" + "[一-鿿·]" + times(min(sizes), max(sizes))
            )
        if any(_LATIN.fullmatch(value) for value in values):
            parts.append(r"[A-Z][a-z]{1,9}")
    else:
        elsewhere = [
            r.text[m.start : m.end] for r in readings for m in r.gold if m.entity_type == entity_type
        ]
        if any(shape.numeric for shape in shapes_of(values)):
            shapes = (*shapes_of(values, least=1), *shapes_of(elsewhere))
            parts = [_SHORT_RUN.sub("[0-9]{1,2}", shape.regex) for shape in shapes if shape.numeric]
            parts = sorted(dict.fromkeys(parts), key=lambda part: (-len(part), part))[:_MOST]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""
