"""Blocks over several other blocks, whose segments lead back to the places of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, dropwhile
from typing import NamedTuple, overload

from deid.types import Segment, TextBlock


class Place(NamedTuple):
    """The stretch of a neighbour that belongs to the value."""

    part: int
    start: int
    end: int


def trimmed(index: int, text: str) -> Place:
    """Where a part says something, without the blanks around it."""
    start = len(text) - len(text.lstrip())
    return Place(index, start, start + len(text.strip()))


def joined(parts: Sequence[TextBlock], places: Sequence[Place], cue: str = "", gap: str = "") -> TextBlock:
    """A view that reads the places as one value, with nothing but a `gap` between them."""
    text, segments = "", list[Segment]()
    for index, start, end in places:
        text += gap if text else ""
        segments += through(parts[index], start, end, len(text))
        text += parts[index].text[start:end]
    first = parts[places[0].part]
    labels = tuple(dict.fromkeys((cue, *first.labels))) if cue else first.labels
    ends = {place.part for place in places}
    where = f"{first.where} and {len(ends) - 1} more"
    last = parts[max(ends)].id.rpartition("/")[2]
    id = f"{first.id}+{len(places)}.{len(text)}+{last}"  # others may begin and end where this does
    return TextBlock(id, text, where, labels, first.table, tuple(segments))


def whole(parts: Sequence[TextBlock]) -> list[Place]:
    """The places of all that parts say."""
    return [Place(number, 0, len(part.text)) for number, part in enumerate(parts)]


def part_figures(pieces: Iterable[tuple[str, bool]]) -> bool:
    """Whether a sign, the `True` ones, stands between letters or figures that would else run into each other.

    >>> part_figures([("3楼12", False), (" ", True), ("13800138000", False)])
    True
    """
    last, parted = "", False
    for text, is_sign in pieces:
        if is_sign:
            parted = True
        elif text:
            if parted and _runs_on(last) and _runs_on(text[0]):
                return True
            last, parted = text[-1], False
    return False


def _runs_on(character: str) -> bool:
    return character.isascii() and character.isalnum()


def searched(parts: Sequence[TextBlock]) -> TextBlock:
    """All parts, a tab between them, to look for what is certain: 欧阳 | 靖宇 of a known list."""
    first = parts[0]
    filled = list(dropwhile(lambda part: not part.text, parts))
    text = "\t".join([part.text for part in filled])
    last = parts[-1].id.rpartition("/")[2]  # a paragraph may begin a line of boxes and a row of cells
    return TextBlock(
        f"{first.id}-{last}~", text, first.where, (), first.table, _Beside(filled), search_only=True
    )


class _Beside(Sequence[Segment]):
    """The segments of parts with a tab between them: made when somebody asks, which in most rows nobody does."""

    __slots__ = ("_made", "_parts")

    def __init__(self, parts: Sequence[TextBlock]) -> None:
        self._parts = parts
        self._made: tuple[Segment, ...] | None = None

    def _all(self) -> tuple[Segment, ...]:
        if self._made is None:
            starts = accumulate((len(part.text) + 1 for part in self._parts), initial=0)
            pieces = (
                through(part, 0, len(part.text), start)
                for part, start in zip(self._parts, starts, strict=False)
            )
            self._made = tuple(chain.from_iterable(pieces))
        return self._made

    def __bool__(self) -> bool:
        return any(part.text for part in self._parts)

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> Segment: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Segment, ...]: ...
    def __getitem__(self, index: int | slice) -> Segment | tuple[Segment, ...]:
        return self._all()[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())


def through(part: TextBlock, start: int, end: int, shift: int) -> Iterator[Segment]:
    """`part.text[start:end]`, which stands at `shift` in a view, as segments on the part's sources."""
    for piece in part.sources():
        first, last = max(start, piece.start), min(end, piece.end)
        if first < last:
            place = shift + first - start
            yield Segment(place, place + last - first, piece.source, piece.source_start + first - piece.start)
