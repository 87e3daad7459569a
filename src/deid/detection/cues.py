"""Cue words: where a value is expected, and what is taken there.

A cue is a field label inside running text (`住院号：`), a table header, or the cell to the
left. What follows it is taken even when its check digit is wrong: a typing error leaks just
as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from deid.catalog.lexicon import WordIndex, index_by
from deid.catalog.schema import CueSpec, RecognizerSpec
from deid.detection.reading import Hit, Reading, Slot, Support
from deid.detection.tables import find_cells
from deid.normalize import shadow
from deid.types import Detection

NO_VALUE = re.compile(
    r"(?:无|不详|同上|未填写?|未知|保密|暂无|没有|未提供|空|略|否|是|有|N/?A|none|null|nil|-+|/+|\*+|_+)(?![0-9A-Za-z一-鿿])",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"""(?:\(?(?:号码?|编号|编码|No\.?|no\.?)\)?)?
        (?:[ \t]*\n?[ \t]*)
        (?:\([^()\n]{1,8}\)(?=[ ]*[:=]))?
        (?P<mark>(?:[:=|\#]|是|为|叫|[\[【("'“‘「<《]|[ \t])*)
        [ \t\-_]{0,3}\n?[ \t]*
        (?P<bracket>[\[【("'“‘「<《]?)""",
    re.VERBOSE,
)
_SPACED = re.compile(r"(?:[一-鿿][ ]{1,4}){1,6}[一-鿿](?=[ ]{0,4}[:(=])")
_DECORATION = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[\s:*＊#.、]+|(?:必填|选填)")
_ALTERNATIVE = re.compile(r"[/|或及和、]")


@dataclass(frozen=True)
class _Entry:
    entity_type: str
    rule: int
    """Index of the cue rule in the file, or -1 for headers and context words."""
    kind: str


class CueFinder:
    """Finds cue words, opens slots behind them, and takes the values of number-like types."""

    def __init__(self, specs: Sequence[RecognizerSpec]) -> None:
        entries: list[tuple[str, _Entry]] = []
        self._rules: dict[str, list[tuple[CueSpec, regex.Pattern[str]]]] = {}
        self._grammatical = frozenset(spec.entity for spec in specs if spec.grammar)
        for spec in specs:
            self._rules[spec.entity] = [
                (cue, regex.compile(cue.gap + f"(?P<taken>{cue.value})")) for cue in spec.cues
            ]
            for number, cue in enumerate(spec.cues):
                entries += [(_plain(word), _Entry(spec.entity, number, "cue")) for word in cue.words]
            entries += [(_plain(word), _Entry(spec.entity, -1, "header")) for word in spec.headers]
            entries += [(_plain(word), _Entry(spec.entity, -1, "context")) for word in spec.context]
        self._index: WordIndex[tuple[_Entry, ...]] = index_by(dict.fromkeys(entries))
        self._labels = {
            word: tuple(entry for entry in found if entry.kind != "context")
            for word, found in self._index.items()
            if any(entry.kind != "context" for entry in found)
        }

    def prepare(self, reading: Reading) -> None:
        """Fill in `supports` and `slots`; finders that follow rely on both."""
        text = reading.text
        for start, end, entries in self._index.find(text):
            self._note(reading, start, end, entries)
        if " " in text:
            for match in _SPACED.finditer(text):
                word = match[0].replace(" ", "")
                if found := self._named(word):
                    self._note(reading, match.start(), match.end(), found)
        cells = [(0, len(text), label) for label in reading.labels]
        cells += find_cells(text, self.types_of)
        for start, end, label in cells:
            for entity_type in self.types_of(label):
                reading.slots.append(Slot(start, end, entity_type, "cell", "label"))
                reading.supports[entity_type].append(Hit(start, start, "label"))
        for hits in reading.supports.values():
            hits.sort()

    def _note(self, reading: Reading, start: int, end: int, entries: tuple[_Entry, ...]) -> None:
        word = reading.text[start:end]
        if word.isascii() and _touches_ascii(reading.text, start, end):
            return
        opened = None
        for entry in entries:
            reading.supports[entry.entity_type].append(Hit(start, end, word))
            if entry.kind == "cue":
                opened = opened or _behind(reading.text, end)
                position, support = opened
                reading.slots.append(Slot(position, len(reading.text), entry.entity_type, support, word))

    def types_of(self, label: str) -> tuple[str, ...]:
        """The entity types that a header or field label names, from the most specific cue in it."""
        plain = _DECORATION.sub("", shadow(label).text)
        types: dict[str, None] = {}
        for part in (plain, *_ALTERNATIVE.split(plain)):
            for entry in self._named(part):
                types[entry.entity_type] = None
            if types and part == plain:
                break
        return tuple(types)

    def _named(self, label: str) -> tuple[_Entry, ...]:
        """Entries of the longest cue word that the label ends with (of two characters or all of it)."""
        for start in range(len(label)):
            found = self._labels.get(label[start:]) or self._labels.get(label[start:].lower())
            if found and (start == 0 or len(label) - start > 1):
                return found
        return ()

    def find(self, reading: Reading) -> Iterator[Detection]:
        """Values in slots, for types without a grammar of their own."""
        for slot in reading.slots:
            if slot.entity_type in self._grammatical or NO_VALUE.match(reading.text, slot.start):
                continue
            for cue, value in self._rules[slot.entity_type]:
                if slot.support != "cell" and slot.cue.lower() not in cue.words and slot.cue not in cue.words:
                    continue
                if cue.strict and slot.support == "adjacent":
                    continue
                match = value.match(reading.text, _skip(reading.text, slot), slot.end, timeout=5)
                if match and match.start("taken") < match.end("taken") and not _cut(reading.text, match):
                    start, end = _span(match)
                    yield Detection(
                        slot.entity_type,
                        start,
                        end,
                        cue.score,
                        f"{slot.entity_type}.cue",
                        (f"cue {slot.support}",),
                    )
                    break


def _behind(text: str, end: int) -> tuple[int, Support]:
    match = _GAP.match(text, end)
    if match is None or match.end() == end:
        return end, "adjacent"
    firm = match["bracket"] or match["mark"].strip()
    return match.end(), "colon" if firm else "adjacent"


def _skip(text: str, slot: Slot) -> int:
    position = slot.start
    while position < slot.end and text[position] in " \t'\"":
        position += 1
    return position


def _span(match: regex.Match[str]) -> tuple[int, int]:
    group = "value" if "value" in match.re.groupindex and match["value"] is not None else "taken"
    return match.start(group), match.end(group)


def _cut(text: str, match: regex.Match[str]) -> bool:
    """Whether the match ends inside an ASCII word, so that a part of the value would stay."""
    end = match.end("taken")
    return (
        end < len(text)
        and text[end - 1].isascii()
        and text[end - 1].isalnum()
        and text[end].isascii()
        and text[end].isalnum()
    )


def _touches_ascii(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())


def _plain(word: str) -> str:
    return shadow(word).text
