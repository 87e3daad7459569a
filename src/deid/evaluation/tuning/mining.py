"""What the samples suggest: cue words, patterns, words, and words that are none.

Everything is counted on all texts, not only where something was missed: a suggestion says how often
it would be right and how often wrong, and one that is wrong more than now and then is not made. A
shape or word that also occurs in ordinary text (`background`) is none: behind a cue it may be.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from deid.catalog import Catalog, Marked
from deid.evaluation.tuning.background import Background
from deid.evaluation.tuning.changes import Change, Evidence
from deid.evaluation.tuning.reading import Reading
from deid.evaluation.tuning.shapes import Shape, shapes_of, times

_LEAST = 2
"""So many right finds, in as many texts, make a suggestion."""

_TELLING, _LONG_NUMBER = 4, 8
"""Characters from which a shape stands alone, with letters or marks in it and of digits only."""

_BEHIND_CUE = r"(?:号码?|编号)?[ \t]?(?:[:=|(\[【\"'“‘「<#>]|是|为|[ \t])*"
_SEPARATOR = re.compile(r"[\s:=|(\[【\"'“‘「<#>是为]*$")
_WORD_BEFORE = re.compile(r"[一-鿿]{1,6}$|[A-Za-z][A-Za-z. ]{0,11}$")
_NAMED = ("PERSON", "ORGANIZATION", "CN_MEDICAL_INSTITUTION", "LOCATION", "CN_ADDRESS")
"""Types whose values are words: a list of them helps."""

_WORD_LEAST, _ORDINARY_LEAST = 3, 8
"""So many places make a word of a list, and so many one that is an ordinary word elsewhere: 小鹿, 阳光."""

_SHORT_WORD = re.compile(r"[一-鿿·]{1,8}")
_LISTED = re.compile(r"[一-鿿·]{2,}|[A-Z][A-Za-z]{2,}")
_LATIN = re.compile(r".?[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Bar:
    """What a suggestion is held to: it must be right in this share of its finds, those in `background` included."""

    catalog: Catalog
    background: Background
    precision: float = 0.9

    def passes(self, evidence: Evidence, elsewhere: int = 0) -> bool:
        """`elsewhere` are strikes in ordinary text, which are wrong."""
        tried = evidence.right + evidence.wrong + elsewhere
        return evidence.samples >= _LEAST and evidence.right >= self.precision * tried


def mine(readings: Sequence[Reading], bar: Bar) -> list[Change]:
    """Suggestions of all kinds, of every type that the samples label."""
    types = sorted({mark.entity_type for reading in readings for mark in reading.gold})
    changes: list[Change] = []
    for entity_type in types:
        missed = [
            (reading, mark)
            for reading in readings
            for mark in reading.missed
            if mark.entity_type == entity_type
        ]
        if not missed:
            continue
        unaided = missed
        shapes = _shapes(readings, missed, entity_type, bar.catalog)
        changes += (patterns := list(_patterns(readings, entity_type, shapes, bar)))
        missed = _left(missed, patterns)
        changes += _cues(readings, missed, entity_type, shapes, bar)
        changes += _words(readings, unaided, entity_type, bar)
    changes += _refused(readings)
    return changes


def _left(
    missed: Sequence[tuple[Reading, Marked]], changes: Sequence[Change]
) -> list[tuple[Reading, Marked]]:
    """What the changes do not find either: each suggestion must earn its line."""
    found = [_finder(change) for change in changes]
    return [
        (reading, mark)
        for reading, mark in missed
        if not any(
            match.start("value") == mark.start
            for finder in found
            for match in finder.finditer(reading.text, max(0, mark.start - 32), mark.end + 8)
        )
    ]


def _finder(change: Change) -> re.Pattern[str]:
    if change.kind == "pattern":
        return re.compile(f"(?<![0-9A-Za-z])(?P<value>{change.content})(?![0-9A-Za-z])")
    between = r"(?=[ \t]*(?:[:=|(\[【\"'“‘「<#>]|是|为))" if change.strict else ""
    return re.compile(re.escape(change.content) + between + _BEHIND_CUE + f"(?P<value>{change.value})")


def _shapes(
    readings: Sequence[Reading], missed: Sequence[tuple[Reading, Marked]], entity_type: str, catalog: Catalog
) -> tuple[Shape, ...]:
    """Shapes of what was missed; of a type that deid does not know, of all there is."""
    if entity_type in catalog.by_type:
        return shapes_of(reading.text[mark.start : mark.end] for reading, mark in missed)
    return shapes_of(
        reading.text[mark.start : mark.end]
        for reading in readings
        for mark in reading.gold
        if mark.entity_type == entity_type
    )


# --- patterns --------------------------------------------------------------------------------


def _patterns(
    readings: Sequence[Reading], entity_type: str, shapes: Iterable[Shape], bar: Bar
) -> Iterator[Change]:
    """Shapes that hardly occur where nothing is labelled; of numbers and codes, not of words."""
    if entity_type in _NAMED:
        return
    for shape in shapes:
        for tried in filter(None, (shape, shape.closer)):
            if change := _pattern(readings, entity_type, tried, bar):
                if not bar.background.elsewhere(_finder(change), entity_type):
                    yield change
                break


def _pattern(readings: Sequence[Reading], entity_type: str, shape: Shape, bar: Bar) -> Change | None:
    """The change that looks for this shape; None where the samples speak against it."""
    if "一-鿿" in shape.regex or len(shape.example) < (_TELLING if shape.literal else _LONG_NUMBER):
        return None
    change = Change("pattern", entity_type, shape.regex, Evidence(0, 0, 0), number=1.0, example=shape.example)
    evidence = evidence_of(readings, entity_type, found_by(readings, _finder(change)))
    return replace(change, evidence=evidence) if bar.passes(evidence) and evidence.right > _LEAST else None


# --- cue words -------------------------------------------------------------------------------


def _cues(
    readings: Sequence[Reading],
    missed: Sequence[tuple[Reading, Marked]],
    entity_type: str,
    shapes: Sequence[Shape],
    bar: Bar,
) -> Iterator[Change]:
    """Words that announce what was missed; the fewest that do, each as long as it may be."""
    value = _value(entity_type, shapes, bar.catalog, [reading.text[m.start : m.end] for reading, m in missed])
    announced: dict[str, set[tuple[int, int]]] = defaultdict(set)
    firm: Counter[str] = Counter()
    for number, (reading, mark) in enumerate(missed):
        for word, is_firm in words_before(reading.text, mark.start):
            announced[word].add((number, mark.start))
            firm[word] += is_firm
    open_places = {place for places in announced.values() for place in places}
    ranked = sorted(announced, key=lambda word: (-len(announced[word]), -len(word), word))
    example = shapes[0].example if shapes else ""
    for word in ranked:
        places = announced[word]
        if len(places & open_places) < _LEAST:
            continue
        strict = firm[word] == len(places)
        change = Change(
            "cue", entity_type, word, Evidence(0, 0, 0), value=value, strict=strict, example=example
        )
        finder = _finder(change)
        evidence = evidence_of(readings, entity_type, found_by(readings, finder))
        if bar.passes(evidence, bar.background.strikes(finder)) and not _is_value(readings, word):
            open_places -= places
            yield replace(change, evidence=evidence)


def _is_value(readings: Sequence[Reading], word: str) -> bool:
    """Whether the word mostly stands inside what is labelled: 朱丽 KX5-1 does not make 朱丽 a cue."""
    inside = Counter(
        any(mark.start <= start and end <= mark.end for mark in reading.gold)
        for reading, (start, end) in _places(readings, word)
    )
    return inside[True] > inside[False]


def _value(entity_type: str, shapes: Sequence[Shape], catalog: Catalog, values: Sequence[str]) -> str:
    """The regex of what a cue announces: the shapes and lengths seen; of long words what the recognizer says."""
    spec = catalog.by_type.get(entity_type)
    if spec and spec.grammar and spec.cues:
        short = [len(value) for value in values if _SHORT_WORD.fullmatch(value)]
        if values and len(short) == len(values):
            return "[一-鿿·]" + times(min(short), max(short))
        usual = spec.cues[0].value
        return (
            usual if all(re.fullmatch(usual, value) for value in values) else _or_else(shapes, short, usual)
        )
    seen = [shape.regex for shape in shapes if "一-鿿" not in shape.regex]
    return f"(?:{'|'.join(seen)})(?![0-9A-Za-z])" if seen else r"[一-鿿·]{2,12}"


def _or_else(shapes: Sequence[Shape], short: Sequence[int], usual: str) -> str:
    """What was seen before what is usual: 4/3 and 兰 are shorter than that."""
    seen = [shape.regex + "(?![0-9A-Za-z])" for shape in shapes if "一-鿿" not in shape.regex]
    if short:
        seen.append("[一-鿿·]" + times(min(short), max(short)))
    return "|".join((*seen, usual))


def words_before(text: str, start: int) -> Iterator[tuple[str, bool]]:
    """Words that end before a value, with whether a colon or the like stands between."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 24) : start]
    separator = _SEPARATOR.search(before)
    mark = separator[0] if separator else ""
    word = _WORD_BEFORE.search(before[: len(before) - len(mark)])
    if word is None:
        return
    found, firm = word[0], bool(mark.strip())
    if found.isascii():
        yield found.strip(), firm
        return
    for size in range(1, len(found) + 1):
        if size > 1 or (firm and len(found) == 1):  # 机: stands alone, and what follows is sure
            yield found[-size:], firm


def found_by(
    readings: Sequence[Reading], finder: re.Pattern[str]
) -> Iterator[tuple[Reading, tuple[int, int]]]:
    """Every place that the group `value` of `finder` takes."""
    return ((reading, match.span("value")) for reading in readings for match in finder.finditer(reading.text))


# --- words -----------------------------------------------------------------------------------


def _words(
    readings: Sequence[Reading],
    missed: Sequence[tuple[Reading, Marked]],
    entity_type: str,
    bar: Bar,
) -> Iterator[Change]:
    """Values that return, such as the names of the staff, and are nothing else anywhere.

    `missed` are those that deid does not find by itself, whether or not a cue would find them: the
    same person signs elsewhere without one.
    """
    if entity_type not in _NAMED and entity_type in bar.catalog.by_type:
        return
    ordinary = frozenset(bar.catalog.lexicon("common_words"))
    for value in sorted({reading.text[mark.start : mark.end] for reading, mark in missed}):
        if not _LISTED.fullmatch(value):
            continue
        evidence = evidence_of(readings, entity_type, _words_at(readings, entity_type, value))
        least = _ORDINARY_LEAST if value in ordinary else _WORD_LEAST
        if evidence.right < least or evidence.samples < _LEAST or evidence.wrong:
            continue
        if not bar.background.strikes(re.compile(re.escape(value))):
            yield Change("word", entity_type, value, evidence)


def _words_at(
    readings: Sequence[Reading], entity_type: str, value: str
) -> Iterator[tuple[Reading, tuple[int, int]]]:
    """Where a list would find `value`: not inside another Latin word, nor in a longer value of the type."""
    for reading, (start, end) in _places(readings, value):
        if value.isascii() and _LATIN.match(reading.text[start - 1 : start] + reading.text[end : end + 1]):
            continue
        if not any(
            mark.entity_type == entity_type
            and mark.start <= start
            and end <= mark.end
            and (mark.start, mark.end) != (start, end)
            for mark in reading.gold
        ):
            yield reading, (start, end)


def _places(readings: Sequence[Reading], value: str) -> Iterator[tuple[Reading, tuple[int, int]]]:
    for reading in readings:
        position = reading.text.find(value)
        while position >= 0:
            yield reading, (position, position + len(value))
            position = reading.text.find(value, position + len(value))


def _refused(readings: Sequence[Reading]) -> Iterator[Change]:
    """What is taken again and again and never is one: product names, departments, prices."""
    seen: dict[tuple[str, str], list[tuple[Reading, Marked]]] = defaultdict(list)
    for reading in readings:
        for mark in (find.mark for find in reading.found if not find.right):
            seen[mark.entity_type, reading.text[mark.start : mark.end]].append((reading, mark))
    for (entity_type, value), places in sorted(seen.items()):
        samples = len({id(reading) for reading, _ in places})
        if samples < _LEAST or len(value) < 2 or "\n" in value:
            continue
        word = _grown(value, places)
        is_gold = any(
            mark.entity_type == entity_type and reading.text[mark.start : mark.end] in word
            for reading in readings
            for mark in reading.gold
        )
        if not is_gold:
            yield Change("protect", entity_type, word, Evidence(0, len(places), samples))


def _grown(value: str, places: Sequence[tuple[Reading, Marked]]) -> str:
    """`value` with the Han characters that stand beside it everywhere: 白杨 as 白杨护肝套."""
    word = value
    for _ in range(6):
        after = {_beside(reading.text, mark.start + len(word)) for reading, mark in places}
        if len(after) != 1 or not (character := after.pop()):
            break
        word += character
    return word


def _beside(text: str, position: int) -> str:
    character = text[position : position + 1]
    return character if "一" <= character <= "鿿" else ""


# --- counting --------------------------------------------------------------------------------


def evidence_of(
    readings: Sequence[Reading], entity_type: str, finds: Iterable[tuple[Reading, tuple[int, int]]]
) -> Evidence:
    right = wrong = 0
    samples = set()
    for reading, (start, end) in finds:
        mark = reading.gold_at(start, end)
        if mark is not None and mark.entity_type == entity_type:
            right += 1
            samples.add(id(reading))
        elif not reading.is_open(start, end):
            wrong += 1
    return Evidence(right, wrong, len(samples))
