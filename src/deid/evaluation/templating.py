r"""The language of templates: text with choices, options, repetitions and slots.

    {a|b|c}               one of them                    [[a]]  [[30%a]]       a or nothing, 50 or 30 percent
    {~,~a~b~c}            all, in any order, with `,` between; what comes out empty is left out
    {2-5*\n*a}            two to five times, with a line break between; `#` in a subject numbers the turns
    {PERSON:patient.lao}  a value of that type, marked: type, subject, form
    {drug}  {field:wife}  a filler or a fragment, unmarked; in a fragment the subject `@` is the caller's
    [5床](IGNORE)         text of the template that is marked
    \{ \| \n              a brace, a bar, a line break

A file of templates holds `### name` and its text, again and again; a file of fragments holds
`== name` and one alternative a line, `3* ` before one that shall come three times as often.

>>> from random import Random
>>> nodes = parse("{甲|乙}方：{PERSON:a}[[，{~、~{x}~{y}}]]")
>>> sorted(slots(nodes))
[('PERSON', 'a', ''), ('x', '', ''), ('y', '', '')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from deid.errors import SamplesError

IGNORE = "IGNORE"
"""The type of optional marks."""


class Piece(NamedTuple):
    """Text of a document and its entity type; literal text has none."""

    text: str
    entity_type: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    subject: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Option:
    percent: int
    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Shuffle:
    between: tuple[Node, ...]
    parts: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    least: int
    most: int
    between: tuple[Node, ...]
    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    entity_type: str
    body: tuple[Node, ...]


Node = Text | Slot | Choice | Option | Shuffle | Repeat | Mark

_SLOT = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)(?::([A-Za-z@][A-Za-z0-9_#@+-]*)?)?(?:\.([a-z0-9_]+))?\}")
_MARK = re.compile(r"\[([^\[\]\n]+)\]\(([A-Z][A-Z0-9_]*)\)")
_REPEAT = re.compile(r"\{([0-9]+)-([0-9]+)\*")
_OPTION = re.compile(r"\[\[(?:([0-9]{1,2})%)?")


def parse(template: str) -> tuple[Node, ...]:
    """The nodes of a template. SamplesError when a brace is not closed or a slot is malformed."""
    nodes, position = _parse(template, 0, "")
    if position != len(template):
        raise SamplesError(f"template: unexpected closing sign at character {position + 1}")
    return nodes


def _parse(text: str, position: int, stops: str) -> tuple[tuple[Node, ...], int]:
    """Nodes up to one of `stops` (or `]]` where `]` is among them), which is not consumed."""
    nodes: list[Node] = []
    literal: list[str] = []

    def close() -> None:
        if literal:
            nodes.append(Text("".join(literal)))
            literal.clear()

    while position < len(text):
        character = text[position]
        if character == "\\" and position + 1 < len(text):
            following = text[position + 1]
            literal.append("\n" if following == "n" else "\t" if following == "t" else following)
            position += 2
        elif character in stops and (character != "]" or text.startswith("]]", position)):
            break
        elif character == "{" or text.startswith("[[", position) or _MARK.match(text, position):
            close()
            node, position = _construct(text, position)
            nodes.append(node)
        elif character == "}":
            break
        else:
            literal.append(character)
            position += 1
    close()
    return tuple(nodes), position


def _construct(text: str, position: int) -> tuple[Node, int]:
    if found := _SLOT.match(text, position):
        return Slot(found[1], found[2] or "", found[3] or ""), found.end()
    if found := _OPTION.match(text, position):
        body, end = _parse(text, found.end(), "]")
        return Option(int(found[1] or 50), body), _closed(text, end, "]]")
    if found := _MARK.match(text, position):
        return Mark(found[2], parse(found[1])), found.end()
    if found := _REPEAT.match(text, position):
        between, end = _parse(text, found.end(), "*")
        body, end = _parse(text, _closed(text, end, "*"), "")
        return Repeat(int(found[1]), int(found[2]), between, body), _closed(text, end, "}")
    if text.startswith("{~", position):
        parts, end = _list(text, position + 2, "~")
        return Shuffle(parts[0], parts[1:]), end
    options, end = _list(text, position + 1, "|")
    if len(options) < 2:
        raise SamplesError(f"template: neither a slot nor a choice at character {position + 1}")
    return Choice(options), end


def _list(text: str, position: int, separator: str) -> tuple[tuple[tuple[Node, ...], ...], int]:
    items: list[tuple[Node, ...]] = []
    while True:
        nodes, position = _parse(text, position, separator)
        items.append(nodes)
        if text.startswith("}", position):
            return tuple(items), position + 1
        position = _closed(text, position, separator)


def _closed(text: str, position: int, sign: str) -> int:
    if not text.startswith(sign, position):
        raise SamplesError(f"template: '{sign}' is missing at character {position + 1}")
    return position + len(sign)


def slots(nodes: Sequence[Node]) -> Iterator[tuple[str, str, str]]:
    """Every slot: name, subject, form; those of marked text as its type alone."""
    for node in nodes:
        match node:
            case Slot(name, subject, form):
                yield name, subject, form
            case Choice(options):
                for option in options:
                    yield from slots(option)
            case Option(_, body):
                yield from slots(body)
            case Shuffle(between, parts):
                for part in (between, *parts):
                    yield from slots(part)
            case Repeat(_, _, between, body):
                yield from slots((*between, *body))
            case Mark(entity_type, body):
                yield entity_type, "", ""
                yield from slots(body)
            case _:
                pass


@dataclass
class Expansion:
    """One walk through a template. `value` gives the pieces of a slot that is no fragment."""

    random: Random
    fragments: Mapping[str, tuple[tuple[Node, ...], ...]]
    value: Callable[[Slot], Sequence[Piece]]
    turn: int = 0

    def expand(self, nodes: Sequence[Node], *, subject: str = "", turn: int = 0) -> Iterator[Piece]:
        """The pieces; `subject` stands for `@`, `turn` for `#`."""
        for node in nodes:
            match node:
                case Text(text):
                    yield Piece(text)
                case Slot():
                    yield from self._slot(node, subject, turn)
                case Choice(options):
                    yield from self.expand(self.random.choice(options), subject=subject, turn=turn)
                case Option(percent, body):
                    if self.random.randrange(100) < percent:
                        yield from self.expand(body, subject=subject, turn=turn)
                case Shuffle(between, parts):
                    order = list(parts)
                    self.random.shuffle(order)
                    expanded = [list(self.expand(part, subject=subject, turn=turn)) for part in order]
                    joint = list(self.expand(between, subject=subject, turn=turn))
                    yield from _joined([part for part in expanded if any(p.text for p in part)], joint)
                case Repeat(least, most, between, body):
                    rounds: list[list[Piece]] = []
                    for _ in range(self.random.randint(least, most)):
                        self.turn += 1
                        rounds.append(list(self.expand(body, subject=subject, turn=self.turn)))
                    yield from _joined(rounds, list(self.expand(between, subject=subject, turn=turn)))
                case Mark(entity_type, body):
                    text = "".join(piece.text for piece in self.expand(body, subject=subject, turn=turn))
                    yield Piece(text, entity_type)

    def _slot(self, slot: Slot, subject: str, turn: int) -> Iterator[Piece]:
        name = slot.subject.replace("@", subject).replace("#", str(turn))
        alternatives = self.fragments.get(slot.name)
        if alternatives is None:
            yield from self.value(Slot(slot.name, name, slot.form))
        else:
            yield from self.expand(self.random.choice(alternatives), subject=name or subject, turn=turn)


def _joined(parts: Sequence[Sequence[Piece]], between: Sequence[Piece]) -> Iterator[Piece]:
    for number, part in enumerate(parts):
        if number:
            yield from between
        yield from part
