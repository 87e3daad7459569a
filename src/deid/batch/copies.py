"""Short numbers of an Office file that stand alone in it once more, where nothing says what they are.

A number of six figures under 住院号 is known by its place. What shows it may have it from somewhere else in the
file: a property, a variable, an element of XML, an item of a list or of a filter, the points of a chart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from deid.formats.sniffing import OPEN_DOCUMENT
from deid.link.codes import IDENTIFIERS
from deid.normalize import canonical
from deid.regexes import Regex
from deid.types import Detection, Entity, TextBlock

SHOWN_FROM_ELSEWHERE = frozenset(("docx", "xlsx", "pptx", *OPEN_DOCUMENT))
"""Formats of which a program shows in one place what stands in another."""
_SHORTEST = 5
_RARE = 500
"""One of that many numbers may be a value of the file: of more of them what stands alone would be one by chance."""
_MOST = 50_000
"""Values of a file that are remembered."""
_LONGEST = 8192
"""Characters of a list of values."""
_LONGEST_ITEM = 48
_EVIDENCE = "elsewhere in the file"
_SCORE = 0.8
_ITEM = Regex(r"[^,;|，；、\t\r\n\"']+")
_NO_NUMBERS = frozenset({"DATE_OF_BIRTH", "CN_ADDRESS"})
_KINDS = IDENTIFIERS - _NO_NUMBERS
_PLAIN = "MEDICAL_RECORD_NUMBER"
"""A type of which the canonical form is the number without its gaps."""


def may_be_copied(entity_type: str, value: str) -> bool:
    """Whether a value in canonical form is a number of somebody that means him where it stands alone."""
    return (
        entity_type in _KINDS and len(value) >= _SHORTEST and value.isascii() and any(map(str.isdigit, value))
    )


class Copies:
    """Finds the short numbers of a file, which are given by type."""

    def __init__(self, values: Iterable[Mapping[str, Iterable[str]]]) -> None:
        self._kinds: dict[str, set[str]] = {}
        """Value → its types."""
        for some in values:
            for kind, found in some.items():
                for value in found:
                    if len(self._kinds) <= _MOST:
                        self._kinds.setdefault(value, set()).add(kind)
        sizes = Counter(map(len, self._kinds))
        full = len(self._kinds) > _MOST
        common = {size for size, count in sizes.items() if full or count * _RARE > 10**size}
        for value in [value for value in self._kinds if len(value) in common]:
            del self._kinds[value]

    def found(self, block: TextBlock, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The entities of a block with the numbers in it that stand alone: all of it, or items of a list.

        Cells and running text have what stands beside them.
        """
        if not self._kinds or block.search_only or block.table or block.flow or len(block.text) > _LONGEST:
            return entities
        more = [one for one in self._items(block) if not any(one.span.overlaps(e.span) for e in entities)]
        return tuple(sorted((*entities, *more), key=lambda entity: entity.start)) if more else entities

    def _items(self, block: TextBlock) -> Iterator[Entity]:
        for item in _ITEM.finditer(block.text):
            if len(item[0]) > _LONGEST_ITEM:
                continue
            surface = item[0].strip()
            for kind in sorted(self._kinds.get(canonical(surface, _PLAIN), ()))[:1]:
                start = item.start() + item[0].index(surface)
                place = start, start + len(surface)
                detection = Detection(kind, *place, _SCORE, _EVIDENCE, (_EVIDENCE,))
                yield Entity(kind, *place, _SCORE, block.id, (detection,))
