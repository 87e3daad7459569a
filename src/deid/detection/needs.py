"""What a text must hold for a regex to match in it, read off the regex itself.

A match of `(?:病案|住院)号?[0-9]{6}` holds 病案 or 住院 and six digits: a text without them need
not be searched. To read that off several hundred regexes takes a seventh of the start, so it is kept
in `needs.json` for those of the program and of the shipped recognizers; one that is not there is read
when it is first asked for.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache, reduce
from hashlib import blake2b
from importlib import import_module
from importlib.resources import files
from typing import Any, NamedTuple

_parser: Any = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
_DIGITS = frozenset("0123456789")
_NAMED = re.compile(r"\(\?P<\w+>")
_UNLIMITED = 1 << 31
_MOST_CHARACTERS = 600
"""A larger class, as that of all Chinese characters, is in every text."""
BEYOND = chr(0x10000)
"""Characters from here on are too rare to be followed."""
_WIDTHLESS = frozenset(("AT", "ASSERT_NOT"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))

Clause = frozenset[str]
"""Characters, or pairs of neighbours, of which a match holds at least one."""


class Needs(NamedTuple):
    """Every clause must be met, and so many ASCII digits be there, and so many in a row."""

    clauses: frozenset[Clause] = frozenset()
    digits: int = 0
    row: int = 0
    only_digits: bool = False
    """Whether a match is digits and nothing else."""
    first: Clause | None = None
    last: Clause | None = None
    """The characters that a match can begin and end with; None where it cannot be told."""
    may_be_empty: bool = False
    shortest: int = 0
    longest: int = _UNLIMITED
    """Lengths of a match."""
    skips_ahead: bool = False
    """Whether `re` by itself goes on to the next character with which a match can begin."""


_NOTHING = Needs()


def needs(source: str, flags: int = 0) -> Needs:
    """What any match of a regex and its lookaheads hold; nothing where it cannot be told."""
    found = kept(source, flags)
    return read_off(source, flags) if found is None else found


def kept(source: str, flags: int = 0) -> Needs | None:
    """The same as it stands in `needs.json`; None where the regex does not."""
    fields = _kept().get(_key(source, flags))
    return None if fields is None else _needs(*json.loads(fields))


def read_off(source: str, flags: int = 0) -> Needs:
    """The same, always read off the regex."""
    try:
        tree = _parser.parse(_looking_ahead(source), flags)
    except (re.error, RecursionError):
        return _NOTHING
    found = _of_sequence(tree, ignoring_case=bool(tree.state.flags & re.IGNORECASE))
    shortest, longest = tree.getwidth()
    return found._replace(
        shortest=int(shortest),
        longest=min(int(longest), _UNLIMITED),
        skips_ahead=_skips_ahead(source, flags),
    )


def _skips_ahead(source: str, flags: int) -> bool:
    try:
        return _is_told_at_once(_parser.parse(source, flags))
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


def _of_sequence(items: Any, *, ignoring_case: bool) -> Needs:
    clauses: set[Clause] = set()
    digits = row = current = ahead = 0
    only_digits = empty = True
    first: Clause | None = frozenset()
    last: Clause | None = frozenset()
    for code, value in items.data:
        kind = code.name
        if kind in _WIDTHLESS:
            continue
        found = _of_item(kind, value, ignoring_case=ignoring_case)
        clauses |= found.clauses
        row = found.row if found.row > row else row
        if kind == "ASSERT":
            ahead = max(ahead, found.digits)
            continue
        if empty:
            first = _either(first, found.first)
        elif not found.may_be_empty:
            clauses |= _pairs(last, found.first)
        last = _either(last, found.last) if found.may_be_empty else found.last
        empty = empty and found.may_be_empty
        digits += found.digits
        current = current + found.digits if found.only_digits else 0
        row = max(row, current)
        only_digits = only_digits and found.only_digits
    return Needs(
        frozenset(clauses), max(digits, ahead), row, only_digits, first=first, last=last, may_be_empty=empty
    )


def _either(one: Clause | None, other: Clause | None) -> Clause | None:
    return None if one is None or other is None else one | other


@lru_cache(maxsize=4096)
def _pairs(last: Clause | None, first: Clause | None) -> set[Clause]:
    """That a character of `first` stands behind one of `last`; nothing where that says little."""
    if not last or not first or len(last) * len(first) > _MOST_CHARACTERS or last | first <= _DIGITS:
        return set()
    return {frozenset(one + other for one in last for other in first)}


def _of_item(code: str, value: Any, *, ignoring_case: bool) -> Needs:
    if code == "LITERAL":
        return _of_class(frozenset(chr(value)), ignoring_case=ignoring_case)
    if code == "IN":
        return _of_class(_class(value), ignoring_case=ignoring_case)
    if code == "SUBPATTERN":
        _, added, _, inner = value
        return _of_sequence(inner, ignoring_case=ignoring_case or bool(added & re.IGNORECASE))
    if code == "ATOMIC_GROUP":
        return _of_sequence(value, ignoring_case=ignoring_case)
    if code == "ASSERT":
        return _of_sequence(value[1], ignoring_case=ignoring_case)
    if code in _REPEATS:
        return _of_repeat(*value, ignoring_case=ignoring_case)
    if code == "BRANCH":
        return _of_any([_of_sequence(way, ignoring_case=ignoring_case) for way in value[1]])
    return _NOTHING


def _of_repeat(least: int, most: int, inner: Any, *, ignoring_case: bool) -> Needs:
    found = _of_sequence(inner, ignoring_case=ignoring_case)
    if not least:
        return Needs(only_digits=found.only_digits, first=found.first, last=found.last, may_be_empty=True)
    row = found.digits * least if found.only_digits else found.row
    again = _pairs(found.last, found.first) if least > 1 and not found.may_be_empty else set()
    return found._replace(clauses=found.clauses | again, digits=found.digits * least, row=row)


@lru_cache(maxsize=4096)
def _of_class(characters: Clause | None, *, ignoring_case: bool) -> Needs:
    if not characters or max(characters) >= BEYOND:
        return _NOTHING
    if characters <= _DIGITS:
        return Needs(frozenset((characters,)), 1, 1, True, first=characters, last=characters)
    if ignoring_case:  # ſ and K match s and k: not worth following
        return _NOTHING
    return Needs(frozenset((characters,)), first=characters, last=characters)


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


def _of_any(ways: Sequence[Needs]) -> Needs:
    """What holds whichever way is taken: the rarest clause of each way, in one."""
    return Needs(
        _clauses_of_any([way.clauses for way in ways]),
        min(way.digits for way in ways),
        min(way.row for way in ways),
        all(way.only_digits for way in ways),
        first=reduce(_either, (way.first for way in ways)),
        last=reduce(_either, (way.last for way in ways)),
        may_be_empty=any(way.may_be_empty for way in ways),
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


def as_kept(regexes: Iterable[tuple[str, int]]) -> str:
    """The text of `needs.json` for regexes and their flags, a line each."""
    lines = sorted({_line(*regex) for regex in regexes})
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _line(source: str, flags: int) -> str:
    found = read_off(source, flags)
    clauses = sorted(map(_grams, found.clauses))
    fields = [clauses, *found[1:4], *map(_sorted, found[4:6]), *found[6:]]
    return f'"{_key(source, flags)}": {json.dumps(fields, ensure_ascii=False, separators=(",", ":"))}'


def _sorted(characters: Clause | None) -> str | None:
    return None if characters is None else "".join(sorted(characters))


def _grams(clause: Clause) -> tuple[str, str]:
    """Its characters and its pairs, in order."""
    return "".join(sorted(g for g in clause if len(g) == 1)), "".join(
        sorted(g for g in clause if len(g) == 2)
    )


def _needs(
    clauses: Sequence[tuple[str, str]],
    digits: int,
    row: int,
    only_digits: bool,
    first: str | None,
    last: str | None,
    *others: Any,
) -> Needs:
    grams = (
        (*characters, *map("".join, zip(pairs[::2], pairs[1::2], strict=True)))
        for characters, pairs in clauses
    )
    return Needs(
        frozenset(map(frozenset, grams)), digits, row, only_digits, _clause(first), _clause(last), *others
    )


def _clause(characters: str | None) -> Clause | None:
    return None if characters is None else frozenset(characters)


@cache
def _kept() -> Mapping[str, str]:
    """By key the line of each regex, which is read when it is asked for: as numbers and lists they take ten times the room."""
    try:
        lines = (files("deid.detection") / "needs.json").read_text("utf-8").split("\n")
    except FileNotFoundError:
        return {}
    return {line[1:17]: line[20:].rstrip(",") for line in lines if line.startswith('"')}


def _key(source: str, flags: int) -> str:
    return blake2b(f"{int(flags)} {source}".encode(), digest_size=8).hexdigest()
