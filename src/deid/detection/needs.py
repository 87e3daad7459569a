"""What a text must hold for a regex to match in it, read off the regex itself.

A match of `(?:病案|住院)号?[0-9]{6}` holds 病案 or 住院 and six digits: a text without them need
not be searched. A regex with alternatives is followed on the way through each, as long as they are few.
To read that off a thousand regexes takes longer than the rest of the start, so it is kept in `needs.json` for those
of the program and of the shipped recognizers; one that is not there is read when it is first asked for.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache, reduce
from importlib.resources import files
from typing import Any, NamedTuple

from deid.regexprograms import key_of, parser

_DIGITS = frozenset("0123456789")
_NAMED = re.compile(r"\(\?P<\w+>")
_UNLIMITED = 1 << 31
_MOST_CHARACTERS = 600
"""A larger class, as that of all Chinese characters, is in every text."""
BEYOND = chr(0x10000)
"""Characters from here on are too rare to be followed."""
_WIDTHLESS = frozenset(("AT", "ASSERT_NOT"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))

_MOST_WAYS = 32
"""Ways through a regex that are told apart; of more, those of the last alternatives are taken as one."""

Clause = frozenset[str]
"""Characters, or pairs of neighbours, of which a match holds at least one."""


class Way(NamedTuple):
    """What a match holds that goes one way through a regex: each clause, so many ASCII digits, and so many in a row."""

    clauses: frozenset[Clause] = frozenset()
    digits: int = 0
    row: int = 0


class Needs(NamedTuple):
    """What every match of a regex goes by."""

    ways: tuple[Way, ...] = (Way(),)
    """A match goes one of them."""
    first: Clause | None = None
    """The characters that it can begin with; None where it cannot be told."""
    may_be_empty: bool = False
    shortest: int = 0
    longest: int = _UNLIMITED
    """Lengths of a match."""
    skips_ahead: bool = False
    """Whether `re` by itself goes on to the next character with which a match can begin."""


class _Part(NamedTuple):
    """What one way through a part of a regex holds."""

    clauses: frozenset[Clause] = frozenset()
    digits: int = 0
    row: int = 0
    only_digits: bool = False
    """Whether it is digits and nothing else."""
    first: Clause | None = None
    last: Clause | None = None
    """The characters that it can begin and end with; None where it cannot be told."""
    may_be_empty: bool = False
    ends_in_row: int = 0
    """Digits in a row at its end."""
    ahead: int = 0
    """Digits in what it looks for beside it, which may be those of the match as well."""


_ANYTHING = _Part()
_EMPTY = _Part(only_digits=True, first=frozenset(), last=frozenset(), may_be_empty=True)


def needs(source: str, flags: int = 0) -> Needs:
    """What any match of a regex and its lookaheads hold; nothing where it cannot be told."""
    found = kept(source, flags)
    return read_off(source, flags) if found is None else found


def kept(source: str, flags: int = 0) -> Needs | None:
    """The same as it stands in `needs.json`; None where the regex does not."""
    fields = _kept()["regexes"].get(key_of(source, flags))
    if fields is None:
        return None
    ways, first, *others = fields
    return Needs(tuple(map(_way, ways.split(";"))), None if first is None else frozenset(first), *others)


def read_off(source: str, flags: int = 0) -> Needs:
    """The same, always read off the regex."""
    try:
        tree = parser.parse(_looking_ahead(source), flags)
    except (re.error, RecursionError):
        return Needs()
    parts = _of_sequence(tree.data, _MOST_WAYS, ignoring_case=bool(tree.state.flags & re.IGNORECASE))
    shortest, longest = tree.getwidth()
    return Needs(
        _settled(Way(part.clauses, max(part.digits, part.ahead), part.row) for part in parts),
        reduce(_either, (part.first for part in parts)),
        any(part.may_be_empty for part in parts),
        int(shortest),
        min(int(longest), _UNLIMITED),
        _skips_ahead(source, flags),
    )


def _skips_ahead(source: str, flags: int) -> bool:
    try:
        return _is_told_at_once(parser.parse(source, flags))
    except (re.error, IndexError):
        return False


def _is_told_at_once(items: Any) -> bool:
    """Whether the first characters stand in the regex itself, and no lookaround before them."""
    code, value = items[0]
    if code.name == "SUBPATTERN":
        return _is_told_at_once(value[3])
    if code.name == "BRANCH":
        return all(len(way) and way[0][0].name == "LITERAL" for way in value[1])
    return code.name in ("LITERAL", "IN")


def _looking_ahead(source: str) -> str:
    """The regex with lookaheads for lookbehinds, which the standard library takes with one width only.

    What they hold must be in the text either way. Groups lose their names, which may come twice.
    """
    source = _NAMED.sub("(", source)
    while (start := source.find("(?<")) >= 0 and (end := _closing(source, start)):
        if source[start + 3] == "=":
            source = f"{source[:start]}(?={source[start + 4 :]}"
        elif source[start + 3] == "!":
            source = source[:start] + source[end:]
        else:
            return "("  # a group in the spelling of `regex`: not to be read
    return source


def _closing(source: str, start: int) -> int:
    """Where the group that opens at `start` is closed; 0 when it is not."""
    depth, position, in_class = 0, start, False
    while position < len(source):
        character = source[position]
        if character == "\\":
            position += 1
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
            if source[position + 1] in "]^":
                position += 2 if source[position + 1 : position + 3] == "^]" else 1
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if not depth:
                return position + 1
        position += 1
    return 0


def _of_sequence(items: Sequence[Any], most: int, *, ignoring_case: bool) -> list[_Part]:
    """The ways through one item after the other, no more than `most`."""
    parts = [_EMPTY]
    for code, value in items:
        if code.name in _WIDTHLESS:
            continue
        found = _of_item(code.name, value, max(1, most // len(parts)), ignoring_case=ignoring_case)
        if len(parts) * len(found) > most:
            found = [_of_any(found)]
        goes_on = _looking if code.name == "ASSERT" else _behind
        parts = list(dict.fromkeys(goes_on(part, way) for part in parts for way in found))
    return parts


def _looking(part: _Part, ahead: _Part) -> _Part:
    return part._replace(
        clauses=part.clauses | ahead.clauses,
        row=max(part.row, ahead.row),
        ahead=max(part.ahead, ahead.digits, ahead.ahead),
    )


def _behind(part: _Part, found: _Part) -> _Part:
    clauses = part.clauses | found.clauses
    if not (part.may_be_empty or found.may_be_empty):
        clauses |= _pairs(part.last, found.first)
    ends_in_row = part.ends_in_row + found.digits if found.only_digits else 0
    return _Part(
        clauses,
        part.digits + found.digits,
        max(part.row, found.row, ends_in_row),
        part.only_digits and found.only_digits,
        _either(part.first, found.first) if part.may_be_empty else part.first,
        _either(part.last, found.last) if found.may_be_empty else found.last,
        part.may_be_empty and found.may_be_empty,
        ends_in_row,
        max(part.ahead, found.ahead),
    )


def _either(one: Clause | None, other: Clause | None) -> Clause | None:
    return None if one is None or other is None else one | other


@lru_cache(maxsize=4096)
def _pairs(last: Clause | None, first: Clause | None) -> frozenset[Clause]:
    """That a character of `first` stands behind one of `last`; nothing where that says little."""
    if not last or not first or len(last) * len(first) > _MOST_CHARACTERS or last | first <= _DIGITS:
        return frozenset()
    return frozenset((frozenset(one + other for one in last for other in first),))


def _of_item(code: str, value: Any, most: int, *, ignoring_case: bool) -> list[_Part]:
    if code == "LITERAL":
        return [_of_class(frozenset(chr(value)), ignoring_case=ignoring_case)]
    if code == "IN":
        return [_of_class(_class(value), ignoring_case=ignoring_case)]
    if code == "SUBPATTERN":
        _, added, _, inner = value
        return _of_sequence(inner.data, most, ignoring_case=ignoring_case or bool(added & re.IGNORECASE))
    if code == "ATOMIC_GROUP":
        return _of_sequence(value.data, most, ignoring_case=ignoring_case)
    if code == "ASSERT":
        return _of_sequence(value[1].data, most, ignoring_case=ignoring_case)
    if code in _REPEATS:
        return [_of_repeat(*value, ignoring_case=ignoring_case)]
    if code == "BRANCH":
        most = max(1, most // len(value[1]))
        return [
            part for way in value[1] for part in _of_sequence(way.data, most, ignoring_case=ignoring_case)
        ]
    return [_ANYTHING]


def _of_repeat(least: int, most: int, inner: Any, *, ignoring_case: bool) -> _Part:
    found = _of_any(_of_sequence(inner.data, _MOST_WAYS, ignoring_case=ignoring_case))
    if not least:
        return _Part(only_digits=found.only_digits, first=found.first, last=found.last, may_be_empty=True)
    row = found.digits * least if found.only_digits else found.row
    again = _pairs(found.last, found.first) if least > 1 and not found.may_be_empty else frozenset()
    return found._replace(clauses=found.clauses | again, digits=found.digits * least, row=row)


@lru_cache(maxsize=4096)
def _of_class(characters: Clause | None, *, ignoring_case: bool) -> _Part:
    if not characters or max(characters) >= BEYOND:
        return _ANYTHING
    if characters <= _DIGITS:
        return _Part(frozenset((characters,)), 1, 1, True, first=characters, last=characters)
    if ignoring_case:  # ſ and K match s and k: not worth following
        return _ANYTHING
    return _Part(frozenset((characters,)), first=characters, last=characters)


def _class(items: Sequence[tuple[Any, Any]]) -> Clause | None:
    """The characters of a class; None where it is negated, large, or names a category."""
    characters: set[str] = set()
    for code, value in items:
        if str(code) == "LITERAL":
            characters.add(chr(value))
        elif str(code) == "RANGE" and value[1] - value[0] < _MOST_CHARACTERS:
            characters.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(characters) if len(characters) <= _MOST_CHARACTERS else None


def _of_any(ways: Sequence[_Part]) -> _Part:
    """What holds whichever way is taken: the rarest clause of each way, in one."""
    if len(ways) == 1:
        return ways[0]
    return _Part(
        _clauses_of_any([way.clauses for way in ways]),
        min(way.digits for way in ways),
        min(way.row for way in ways),
        all(way.only_digits for way in ways),
        reduce(_either, (way.first for way in ways)),
        reduce(_either, (way.last for way in ways)),
        any(way.may_be_empty for way in ways),
        ahead=min(way.ahead for way in ways),
    )


def _clauses_of_any(ways: Sequence[frozenset[Clause]]) -> frozenset[Clause]:
    if not all(ways):
        return frozenset()
    together = frozenset().union(*(min(way, key=_commonness) for way in ways))
    shared = frozenset.intersection(*ways)
    return shared | {together} if len(together) <= _MOST_CHARACTERS else shared


@lru_cache(maxsize=4096)
def _commonness(clause: Clause) -> tuple[int, list[str]]:
    """How much of it a text will hold: nearly all digits, letters and marks, few pairs."""
    weights = ((100 if gram.isascii() else 10) // (10 if len(gram) > 1 else 1) for gram in clause)
    return sum(weights), sorted(clause)


def _settled(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The ways without what says nothing more, in order."""
    settled = set(map(_without_implied, ways))
    while group := _differing_in_one(settled):
        rest, clauses = group
        settled -= {rest._replace(clauses=rest.clauses | {clause}) for clause in clauses}
        settled.add(rest._replace(clauses=rest.clauses | {frozenset().union(*clauses)}))
    needed = {way for way in settled if not any(_is_looser(other, way) for other in settled)}
    return tuple(sorted(needed, key=_order))


def _without_implied(way: Way) -> Way:
    """The way without clauses that follow from others: who holds 病案 holds 病 and 案."""
    left = {clause for clause in way.clauses if not (way.digits and clause >= _DIGITS)}
    for clause in sorted(left, key=_commonness, reverse=True):
        if any(_implies(other, clause) for other in left if other is not clause):
            left.discard(clause)
    return way._replace(clauses=frozenset(left))


def _implies(one: Clause, other: Clause) -> bool:
    return all(gram in other or not other.isdisjoint(gram) for gram in one)


def _differing_in_one(ways: Iterable[Way]) -> tuple[Way, list[Clause]] | None:
    """What most of the ways have in common that differ in one clause, and these; they are as good as one that holds any of them."""
    alike: dict[Way, list[Clause]] = defaultdict(list)
    for way in sorted(ways, key=_order):
        for clause in sorted(way.clauses, key=_commonness):
            alike[way._replace(clauses=way.clauses - {clause})].append(clause)
    groups = (
        group for group in alike.items() if len(group[1]) > 1 and sum(map(len, group[1])) <= _MOST_CHARACTERS
    )
    return max(groups, key=lambda group: len(group[1]), default=None)


def _is_looser(one: Way, other: Way) -> bool:
    """Whether what goes the other way goes this one as well."""
    return (
        one != other and one.clauses <= other.clauses and one.digits <= other.digits and one.row <= other.row
    )


def _order(way: Way) -> tuple[int, int, list[list[str]]]:
    return way.digits, way.row, sorted(map(sorted, way.clauses))


def as_kept(regexes: Iterable[tuple[str, int]]) -> str:
    """The text of `needs.json` for regexes and their flags.

    Of every clause its characters and its pairs, and of every regex its ways, in which the clauses are numbers.
    Strings take a tenth of the room of numbers and lists, and are not looked through for garbage.
    """
    found = {key_of(*regex): read_off(*regex) for regex in regexes}
    clauses = sorted(
        {clause for each in found.values() for way in each.ways for clause in way.clauses}, key=sorted
    )
    number = {clause: place for place, clause in enumerate(clauses)}
    kept = {
        "clauses": [string for clause in clauses for string in _grams(clause)],
        "regexes": {key: _fields(found[key], number) for key in sorted(found)},
    }
    return json.dumps(kept, ensure_ascii=False, indent=0) + "\n"


def _fields(found: Needs, number: Mapping[Clause, int]) -> list[Any]:
    ways = (
        "/".join((" ".join(map(str, sorted(map(number.__getitem__, way.clauses)))), *map(str, way[1:])))
        for way in found.ways
    )
    return [";".join(ways), None if found.first is None else "".join(sorted(found.first)), *found[2:]]


def _grams(clause: Clause) -> tuple[str, str]:
    """Its characters and its pairs, in order."""
    return "".join(sorted(g for g in clause if len(g) == 1)), "".join(
        sorted(g for g in clause if len(g) == 2)
    )


def _way(fields: str) -> Way:
    clauses, digits, row = fields.split("/")
    return Way(frozenset(map(_clause, map(int, clauses.split()))), int(digits), int(row))


@lru_cache(maxsize=1024)
def _clause(number: int) -> Clause:
    characters, pairs = _kept()["clauses"][2 * number : 2 * number + 2]
    return frozenset((*characters, *map("".join, zip(pairs[::2], pairs[1::2], strict=True))))


@cache
def _kept() -> dict[str, Any]:
    """What `needs.json` holds."""
    try:
        kept: dict[str, Any] = json.loads((files("deid.detection") / "needs.json").read_text("utf-8"))
    except FileNotFoundError:
        return {"clauses": [], "regexes": {}}
    return kept
