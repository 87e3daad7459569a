"""Shapes of values: plain, grouped by separators, masked, as a tail, or with an OCR error.

All regexes of a catalog run over the shadow text. A pattern cannot match where no ASCII run
is as long as its shortest match, which spares most of them on most texts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise, product
from operator import or_

import regex

from deid.catalog.schema import PatternSpec, RecognizerSpec
from deid.characters import GOES_ON
from deid.detection.expressions import Expression, Match, Surroundings, compiled
from deid.detection.literals import Screened
from deid.detection.needs import needs
from deid.detection.reading import Reading, in_turn
from deid.detection.separated import separated
from deid.detection.stretches import LONGEST
from deid.normalize import shadow
from deid.regexes import Regex
from deid.types import Detection, Form
from deid.validators import VALIDATORS

_ASCII_RUN = Regex(r"[\x21-\x7e]+")
_SEPARATED = Screened(rf"[0-9A-Za-z*](?:[ .\-·/]|-?[ \t]*{GOES_ON})[0-9A-Za-z*]")
_GROUPS = regex.compile(
    rf"(?<![0-9A-Za-z*])(?P<group>[0-9A-Za-z*]++)(?:(?:[ .\-·/]|(?>-?[ \t]*{GOES_ON}))(?P<group>[0-9A-Za-z*]++))+"
)
_GROUP = Regex(r"[0-9A-Za-z*]+")
_BEGINS_DATE = Regex(rf"{GOES_ON}(?:(?:19|20)[0-9]{{2}}[年./-][0-9]|[0-3][0-9][./][0-9])")
"""The next line of a log begins with its day."""
_LEAST_SHOWN = 3
"""Characters before underscores that hide the rest of a value."""
_MASKED = Screened(
    r"(?<=[0-9A-Za-z@.])[*xX●○•#_□■×◯]{2,}|[*xX●○•#_□■×◯]{2,64}(?=[0-9A-Za-z@])"
    r"|(?<=[0-9A-Za-z])[ \-]?[*●□■×]{2,}|(?<=[0-9])[?]{2,}(?=[0-9])"
)
_TAIL = Screened(
    r"(?:(?:的|号码?|卡号)?[(]?(?:最?后面?|末尾?|尾)[0-9一二两三四五六七八九十]{1,2}位(?:数字?|号码?)?|尾号|尾数|末尾|卡尾(?!号))"
    r"(?:\([一-鿿]{1,4}:)?(?:[是为:=\s()\"'“]{0,4})"
)
_ENGLISH_TAIL = Screened(
    r"(?<![A-Za-z])(?:end(?:ing|s)(?: in| with)?|last (?:four|4|six|6)(?: digits)?(?: are| is| of)?)[: ]{1,2}(?=[0-9])"
)
"""SSN ending 4471; only near a cue, for periods end as well."""
_TAIL_ASKED = Screened(
    r"(?:最?后|末尾?|尾)[0-9一二两三四五六七八]{1,2}位[^\n0-9:]{0,10}\n[^\n:0-9]{1,14}(?:[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?[ ]?:[ ]?(?:嗯|呃|啊|是|对|好的?)?[,.…。 ]{0,6}(?:[我你您他她]的?)?就?是?(?=[0-9]|[〇零○洞一二三四五六七八九幺拐勾]{4})"
)
"""坐席：身份证后六位核实下。客户：031245"""
_SAID_TAIL = Regex(
    r"[〇零○洞一二三四五六七八九幺拐勾]{4,8}(?![〇零○洞一二三四五六七八九幺拐勾十百千万年月日]|的?车?限行)"
)
"""尾号幺二三八, as it was said."""
_WHOLE_PART = Regex(r"(?<![0-9A-Za-z.])(-?)([0-9]{1,6})\.\Z")
_PLACES_OF_POWER = Regex("[0-9]+[Ee]-[0-9]{1,3}")
_END_OF_CELL = Regex(r"(?:[eE][+\-]?[0-9]{1,3})?(?:\t|\Z)")
_FEWEST_PLACES, _PRECISE, _MOST_PLACES = 7, 14, 18
_LISTING = "\n;:,。、 )"
"""What stands before the number of an item, if anything."""
_CONFUSED = Screened(
    r"(?<![0-9A-Za-z])(?!\|)(?=[A-Z]{0,2}(?:[OoQDlIi|!ZSBgqXx]{0,3}[0-9]){5})(?![0-9]*\|[0-9]+\|)"
    r"[A-Z]{0,2}[0-9OoQDlIi|!ZSBgqXx]{7,23}[0-9OoQDlIiZSBgqXx](?![0-9A-Za-z])"
)
_REPAIR = str.maketrans("OoQDlIi|!ZSBgq", "00001111125899")
_MIXED = Screened("[0-9A-Zxolig|!q](?:(?<=[OoQDlIi|!ZSBgq])[0-9A-Zx]|(?<=[0-9A-Zx])[OoQDlIi|!ZSBgq])")
"""What every value holds in which a letter is to be a digit, found faster."""
_RARE = frozenset({"resident_id"})
"""Validators that read a place and a day as well: of rows of figures hardly one passes, of those with a check digit 1 in 10 does."""
_OF_CARD = Regex(r"[0-9]{4}[ ]?(?:[那这]张(?![图表单票])|的?[那这]?张?(?:银行|储蓄|信用)?卡(?!号))")
"""尾号6610那张卡; but 身份证尾号1173那张."""
_CARD_BEFORE = Regex(r"(?<![手电流][机话量])卡(?:还?是|用的是|的)?[ ]?\Z")
_OF_PARCEL = Regex(r"(?:订单|运单|快递|包裹|物流|(?<![保回])单号)(?:的|:)?[ ]?\Z")
_TAIL_OF_IDENTITY = Regex(r"[0-9]{3,7}[Xx](?![0-9A-Za-z])")
"""Only identity numbers end with an X, whatever cue is nearer."""
_MAX_GROUPS = 8
_IN_REGISTER = Regex(r"[0-9]\.[0-9]{1,6}\.\Z")
_PART_OF_ROW = "part of a row of groups"
_SHORTEST_VALUE, _LONGEST_VALUE = 7, 32


@dataclass(frozen=True)
class _Pattern:
    spec: RecognizerSpec
    name: str
    score: float
    search: Expression
    shortest: int
    longest: int
    ascii_only: bool
    requires_cue: bool
    validates: bool
    source: str


class _AsciiRuns:
    """The ASCII runs of a text, one a line: patterns of numbers need not read the Chinese between."""

    def __init__(self, text: str) -> None:
        runs = _ASCII_RUN.findall(text)
        self.text = "\n".join(runs)
        self.longest = max(map(len, runs), default=0)
        self._whole = text

    def shift(self, offset: int) -> int:
        """What to add to an offset of `text` to get one of the whole text."""
        starts, shifts = self._places
        return shifts[bisect_right(starts, offset) - 1]

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        starts: list[int] = []
        shifts: list[int] = []
        position = 0
        for run in _ASCII_RUN.finditer(self._whole):
            starts.append(position)
            shifts.append(run.start() - position)
            position += run.end() - run.start() + 1
        return starts, shifts


def _starred(mask: re.Match[str]) -> str:
    """A mask in stars; underscores between a short name and nothing are a blank to be filled in: L1______."""
    text, start, end = mask.string, *mask.span()
    before, after = text[max(0, start - _LEAST_SHOWN) : start], text[end : end + 1]
    shown = len(before) == _LEAST_SHOWN and _GROUP.fullmatch(before)
    blank = set(mask[0]) == {"_"} and not shown and not _GROUP.match(after)
    return mask[0] if blank else re.sub(r"[^ \-]", "*", mask[0])


class PatternFinder:
    """All patterns of a catalog, compiled once."""

    def __init__(self, specs: Sequence[RecognizerSpec]) -> None:
        self._patterns = [_pattern(spec, pattern) for spec in specs for pattern in spec.patterns]
        self._too_long = [
            sum(1 << n for n, p in enumerate(self._patterns) if p.ascii_only and p.shortest > longest)
            for longest in range(_LONGEST_VALUE)
        ]
        """For each length of the longest ASCII run of a text the patterns whose matches are longer."""
        self._cued: defaultdict[str, int] = defaultdict(int)
        """The patterns of each type that say nothing without a cue, as bits."""
        for number, pattern in enumerate(self._patterns):
            self._cued[pattern.spec.entity] |= pattern.requires_cue << number
        self._uncued = ~reduce(or_, self._cued.values(), 0)
        self._repairable = [pattern for pattern in self._patterns if pattern.spec.repair]
        self._separable = {
            length: tuple(
                p for p in self._patterns if p.spec.separators and p.shortest <= length <= p.longest
            )
            for length in range(_SHORTEST_VALUE, _LONGEST_VALUE + 1)
        }
        self._masked = [
            (spec, compiled(spec, "masked", rf"(?<![0-9*])(?:{spec.masked})(?![0-9A-Za-z*])"))
            for spec in specs
            if spec.masked
        ]
        self._partial = {
            spec.entity: compiled(spec, "partial", spec.partial) for spec in specs if spec.partial
        }
        self._priorities = {spec.entity: spec.priority for spec in specs}
        self._own_words = {spec.entity: _own_words(spec) for spec in specs if spec.partial}
        self._surroundings = {spec.entity: Surroundings(spec) for spec in specs}

    def find_many(self, readings: Sequence[Reading]) -> list[list[Detection]]:
        """For each reading the claims of every pattern that matches, scored by shape, check and context."""
        found = self._plain(readings)
        hidden = in_turn(
            (self._grouped, self._separated, self._hidden, self._tails, self._repaired), readings
        )
        return [[*plain, *others] for plain, others in zip(found, hidden, strict=True)]

    def _plain(self, readings: Sequence[Reading]) -> list[list[Detection]]:
        """One pattern after the other, as `in_turn` has it, each in the readings where it may match."""
        found: list[list[Detection]] = [[] for _ in readings]
        runs = [_AsciiRuns(reading.text) for reading in readings]
        possible = list(map(self._possible, readings, runs))
        anywhere = reduce(or_, possible, 0)
        for number, pattern in enumerate(self._patterns):
            bit = 1 << number
            if not anywhere & bit:
                continue
            for reading, run, passing, claims in zip(readings, runs, possible, found, strict=True):
                if passing & bit:
                    claims += self._claims(pattern, bit, reading, run)
        return found

    def _possible(self, reading: Reading, runs: _AsciiRuns) -> int:
        """The patterns that may match, as bits."""
        too_long = self._too_long[runs.longest] if runs.longest < len(self._too_long) else 0
        cued = reduce(or_, (self._cued.get(entity, 0) for entity in reading.supports), 0)
        return reading.patterns & ~too_long & (self._uncued | cued)

    def _claims(self, pattern: _Pattern, bit: int, reading: Reading, runs: _AsciiRuns) -> Iterator[Detection]:
        for match in self._matches(pattern, bit, reading, runs):
            start, end = _span(match)
            shift = runs.shift(start) if pattern.ascii_only else 0
            yield from self._judged(reading, pattern, start + shift, end + shift, match.string[start:end])

    @staticmethod
    def _matches(pattern: _Pattern, bit: int, reading: Reading, runs: _AsciiRuns) -> Iterable[Match]:
        if pattern.ascii_only:
            return pattern.search.finditer(runs.text)
        if reading.patterned_in and pattern.longest <= LONGEST:
            return reading.patterned_in.finditer(pattern.search.finditer, bit)
        return pattern.search.finditer(reading.text)

    @property
    def regexes(self) -> list[tuple[str, int]]:
        """The patterns and their flags."""
        return [(pattern.source, 0) for pattern in self._patterns]

    def _grouped(self, reading: Reading) -> Iterator[Detection]:
        """Values written in groups: 138 0013 8000, 110105-19491231-002X, one line break inside."""
        if not reading.search(_SEPARATED):
            return
        for run in _GROUPS.finditer(reading.text):
            for start, end, separator, whole, value in _windows(run):
                if "\n" in separator and (
                    _BEGINS_DATE.search(reading.text, start, end + 2)
                    or self._ends_with_line(reading.text[start:end], value)
                ):
                    continue
                for pattern in self._separable.get(len(value), ()):
                    if _kind(separator) not in pattern.spec.separators and "\n" not in _kind(separator):
                        continue
                    if "\n" in separator and not (
                        _is_marked_alike(reading.text, start, separator)
                        and self._may_break(reading, pattern, start, end)
                    ):
                        continue
                    if not whole and _IN_REGISTER.search(reading.text, max(0, start - 9), start):
                        continue  # 2.16.156.10011.1.12, which names a register
                    if _is_whole(pattern.search.fullmatch(value)):
                        yield from self._judged(
                            reading, pattern, start, end, value, grouped="grouped" if whole else _PART_OF_ROW
                        )

    def _separated(self, reading: Reading) -> Iterator[Detection]:
        """Values with marks between their figures that belong to none: 13,800,138,000."""
        for start, end, value, doubtful, single in separated(reading):
            for pattern in self._separable.get(len(value), ()):
                if not _is_whole(pattern.search.fullmatch(value)):
                    continue
                is_likely = not single or pattern.spec.validator in _RARE
                if (is_likely and self._is_checked(pattern, value)) or (
                    not doubtful and reading.supported(pattern.spec.entity, start, end)
                ):
                    yield from self._judged(reading, pattern, start, end, value, grouped="grouped")

    def _is_checked(self, pattern: _Pattern, value: str) -> bool:
        """Whether a value has a check digit, and it is right."""
        validator = pattern.spec.validator
        return validator not in ("", "mobile") and VALIDATORS[validator](value)

    def _ends_with_line(self, written: str, value: str) -> bool:
        """Whether what stands before a line break is right by its check digit, and with what follows no more so."""
        line = "".join(filter(str.isalnum, written[: written.index("\n")]))
        return self._checks(line) and not self._checks(value)

    def _checks(self, value: str) -> bool:
        return any(
            _is_whole(pattern.search.fullmatch(value)) and self._is_checked(pattern, value)
            for pattern in self._separable.get(len(value), ())
        )

    def _may_break(self, reading: Reading, pattern: _Pattern, start: int, end: int) -> bool:
        """Whether a value may go on in the next line: with a check digit or a cue, else a table would make one."""
        checked = pattern.spec.validator not in ("", "mobile")
        return checked or bool(reading.supported(pattern.spec.entity, start, end))

    def _hidden(self, reading: Reading) -> Iterator[Detection]:
        if not reading.search(_MASKED):
            return
        text = _MASKED.sub(_starred, reading.text)
        for spec, masked in self._masked:
            for match in masked.finditer(text):
                if match[0].count("*") >= 2:
                    yield from self._scored(
                        reading, spec, "masked", match.start(), match.end(), 0.7, "masked"
                    )

    def _tails(self, reading: Reading) -> Iterator[Detection]:
        """The last digits of a number: 尾号5678, 身份证后四位002X, a cell under 手机后四位."""
        places = [(tail.end(), self._type_of_tail(reading, tail)) for tail in reading.finditer(_TAIL)]
        places += [
            (tail.end(), self._type_of_tail(reading, tail, otherwise=""))
            for tail in reading.finditer(_ENGLISH_TAIL)
        ]
        places += [(slot.start, slot.entity_type) for slot in reading.slots if slot.tail]
        asked = [(tail.end(), self._asked_for(reading, tail)) for tail in reading.finditer(_TAIL_ASKED)]
        places += [(place, entity_type) for place, entity_type in asked if entity_type]
        for position, cued in places:
            entity_type = "CN_RESIDENT_ID" if _TAIL_OF_IDENTITY.match(reading.text, position) else cued
            if entity_type not in self._partial:
                continue
            figures = self._partial[entity_type].match(reading.text, position)
            match = figures or _SAID_TAIL.match(reading.text, position)
            if match and not reading.text[match.end() : match.end() + 1].isdigit():
                yield Detection(
                    entity_type,
                    match.start(),
                    match.end(),
                    0.75,
                    f"{entity_type}.partial",
                    ("tail",),
                    "partial",
                )

    def _type_of_tail(self, reading: Reading, tail: re.Match[str], *, otherwise: str = "PHONE_NUMBER") -> str:
        """The type of the nearest cue; a telephone number when there is none, unless told otherwise."""
        distances = []
        for entity_type in self._partial:
            for hit in reading.hits_near(entity_type, tail.start() - 12, tail.end() + 12):
                distance = tail.start() - hit.end if hit.end <= tail.end() else hit.start - tail.end()
                if -4 <= distance <= 12:
                    own = hit.word in self._own_words[entity_type]
                    distances.append((distance, not own, -self._priorities[entity_type], entity_type))
        papers = reading.text.endswith("证", 0, tail.start())
        if tail[0].startswith("卡尾") or (not papers and _OF_CARD.match(reading.text, tail.end())):
            return "CN_BANK_CARD"
        if _OF_PARCEL.search(reading.text, max(0, tail.start() - 4), tail.start()):
            return ""
        if distances:
            return min(distances)[3]
        card = _CARD_BEFORE.search(reading.text, max(0, tail.start() - 6), tail.start())
        return "CN_BANK_CARD" if card else otherwise

    def _asked_for(self, reading: Reading, tail: re.Match[str]) -> str:
        """The type whose own cue word stands right before the question, if any."""
        return next(
            (
                entity_type
                for entity_type, words in self._own_words.items()
                for hit in reading.hits_near(entity_type, tail.start() - 4, tail.start() + 1)
                if hit.word in words and 0 <= tail.start() - hit.end <= 1
            ),
            "",
        )

    def _repaired(self, reading: Reading) -> Iterator[Detection]:
        for match in reading.finditer(_CONFUSED) if reading.search(_MIXED) else ():
            for pattern, mended in product(self._repairable, _mended(match[0])):
                if not pattern.search.fullmatch(mended):
                    continue
                valid = bool(pattern.spec.validator) and VALIDATORS[pattern.spec.validator](mended)
                near = reading.supported(pattern.spec.entity, *match.span())
                if valid or near:
                    evidence = tuple(
                        word for word, said in (("check", valid), ("cue", near), ("repaired", True)) if said
                    )
                    score = 0.85 if valid and near else 0.65
                    yield Detection(
                        pattern.spec.entity,
                        *match.span(),
                        score,
                        f"{pattern.spec.entity}.{pattern.name}",
                        evidence,
                        "repaired",
                    )

    def _judged(
        self, reading: Reading, pattern: _Pattern, start: int, end: int, value: str, *, grouped: str = ""
    ) -> Iterator[Detection]:
        spec, score, evidence = pattern.spec, pattern.score, ["shape"]
        if spec.validator and pattern.validates:
            if VALIDATORS[spec.validator](value):
                score, evidence = spec.score_if_valid, ["check"]
            else:
                score, evidence = spec.score_if_invalid, ["check failed"]
                if not score:
                    return
        if grouped:
            evidence.append(grouped)
        if grouped == _PART_OF_ROW:
            score -= 0.2
        yield from self._scored(
            reading,
            spec,
            pattern.name,
            start,
            end,
            score,
            "plain",
            evidence,
            requires_cue=pattern.requires_cue,
        )

    def _scored(
        self,
        reading: Reading,
        spec: RecognizerSpec,
        name: str,
        start: int,
        end: int,
        score: float,
        form: Form,
        evidence: Sequence[str] = (),
        *,
        requires_cue: bool = False,
    ) -> Iterator[Detection]:
        text = reading.text
        if not self._surroundings[spec.entity].allow(text, start, end):
            return
        near = reading.supported(spec.entity, start, end)
        if near:
            score = min(1.0, score + spec.context_score)
            evidence = (*evidence, "cue")
        elif requires_cue or (form == "plain" and _is_fraction(text, start, end)):
            return
        yield Detection(spec.entity, start, end, score, f"{spec.entity}.{name}", tuple(evidence), form)


def _is_fraction(text: str, start: int, end: int) -> bool:
    """Whether digits are the places of a number that a program wrote: 0.4007178462106922, or 1.62… and nothing else in a cell.

    Of a thousand such numbers seven have the check digit and the beginning of a bank card. But 1. may
    begin a line of a list, and no such number has more than eighteen digits.
    """
    places = end - start
    whole = _WHOLE_PART.search(text, max(0, start - 9), start) if places >= _FEWEST_PLACES else None
    if whole is not None and _PLACES_OF_POWER.fullmatch(text, start, end):
        return True
    if whole is None or len(whole[2]) + places > _MOST_PLACES:
        return False
    before = text[: whole.start()][-1:]
    if whole[1] or whole[2] == "0" or (before in ("", "\t") and _END_OF_CELL.match(text, end)):
        return True
    return places < _PRECISE and not (before in _LISTING and len(whole[2]) < 3)


def _own_words(spec: RecognizerSpec) -> frozenset[str]:
    """The cue words that name the type; those of later rules may name others as well."""
    return frozenset(shadow(word).text for cue in spec.cues[:1] for word in cue.words)


def _mended(value: str) -> list[str]:
    """Readings of `value` with digits for letters; a series letter may stand before them."""
    return [
        mended
        for kept in range(3)
        if value[:kept].isalpha() or not kept
        if (mended := value[:kept] + value[kept:].translate(_REPAIR)) != value
    ]


def _is_marked_alike(text: str, start: int, separator: str) -> bool:
    """Whether the line in which a value begins has the marks in front that stand before the rest of it."""
    marks = "".join(separator.lstrip("-\\ \t").split())
    if not marks:
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return "".join(line[: 4 * len(separator)].split()).startswith(marks)


def _is_whole(match: Match | None) -> bool:
    """Whether a value was found that is all of the text: no name and a number, as in Anna 13800138000."""
    return match is not None and _span(match) == match.span()


def _span(match: Match) -> tuple[int, int]:
    group = "value" if "value" in match.re.groupindex and match["value"] is not None else 0
    return match.start(group), match.end(group)


def _windows(run: regex.Match[str]) -> Iterator[tuple[int, int, str, bool, str]]:
    """Stretches of neighbouring groups with one kind of separator: `(start, end, separator, whole, value)`.

    `whole` is whether no other group of digits stands beside them behind the same separator.
    Groups of one character (1 3 8 0 0 …) are one value or none, and so are those of a line.
    """
    groups = run.spans("group")
    separators = [run.string[a[1] : b[0]] for a, b in pairwise(groups)]
    texts = [run.string[start:end] for start, end in groups]
    if all(end - start == 1 for start, end in groups):
        yield from _single(groups, separators, texts)
        return
    breaks = [place + 1 for place, separator in enumerate(separators) if "\n" in separator]
    for first, last in pairwise([0, *breaks, len(groups)]) if breaks else ():
        if all(end - start == 1 for start, end in groups[first:last]):
            yield from _single(groups[first:last], separators[first : last - 1], texts[first:last])
    kinds = [_kind(separator) for separator in separators]
    for first in range(len(groups) - 1):
        kind, broken = kinds[first], ""
        length = groups[first][1] - groups[first][0]
        for last in range(first + 1, min(len(groups), first + _MAX_GROUPS)):
            length += groups[last][1] - groups[last][0]
            breaks_here = "\n" in separators[last - 1]
            if kinds[last - 1] != kind or length > _LONGEST_VALUE or (broken and breaks_here):
                break
            broken = separators[last - 1] if breaks_here else broken
            if length >= _SHORTEST_VALUE:
                beside = kinds[max(0, first - 1) : first] + kinds[last : last + 1]
                value = "".join(texts[first : last + 1])
                yield groups[first][0], groups[last][1], broken or kind, kind not in beside, value
            if "\n" in kind:  # one line break inside a value, not two
                break


def _kind(separator: str) -> str:
    """A separator; a hyphen stays one where a line ends behind it."""
    return separator[0] if separator[0] == "-" else separator


def _single(
    groups: Sequence[tuple[int, int]], separators: Sequence[str], texts: Sequence[str]
) -> Iterator[tuple[int, int, str, bool, str]]:
    """The one value that groups of one character are, with the same mark between all of them, or in groups: 1 3 8-0 0 1 3-8 0 0 0."""
    if 1 < len(groups) <= _LONGEST_VALUE and (len(set(separators)) == 1 or set(separators) == {" ", "-"}):
        yield groups[0][0], groups[-1][1], separators[0], True, "".join(texts)


def _pattern(spec: RecognizerSpec, pattern: PatternSpec) -> _Pattern:
    boundary = ("(?<![0-9A-Za-z])", "(?![0-9A-Za-z])") if pattern.boundary == "ascii" else ("", "")
    search = f"{boundary[0]}(?:{pattern.regex}){boundary[1]}"
    needed = needs(search)
    return _Pattern(
        spec=spec,
        name=pattern.name,
        score=pattern.score,
        search=compiled(spec, pattern.name, search),
        shortest=needed.shortest,
        longest=needed.longest,
        ascii_only=_is_ascii_only(pattern.regex),
        requires_cue=pattern.requires_cue,
        validates=pattern.validate_,
        source=search,
    )


def _is_ascii_only(source: str) -> bool:
    """Whether a match can only be an unbroken run of ASCII."""
    return source.isascii() and "[^" not in source and not re.search(r"(?<!\\)[. ]|\\s|\\W|\\D|\\n", source)
