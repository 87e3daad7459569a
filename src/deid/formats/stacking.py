"""Characters that stand by themselves, each in a paragraph, a box or a cell of its own: they are read together, too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from deid.formats.views import Place, joined
from deid.types import TextBlock

_FEWEST, _MOST = 3, 80
_NAMED = re.compile("姓名|名字|患者|病人|家属|联系人|签[名字]|医[师生]|护士|[请责办系]人")
"""What a cell says before a name that has a cell for each character."""
_LONGEST_LABEL = 8


def with_stacks(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """The blocks, and behind those of one character each what they are together. Figures alone are a column of figures."""
    stack: list[TextBlock] = []
    for block in blocks:
        yield block
        yield from _stacked(stack, block)
    yield from _joined(stack)


def stacks(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """What blocks of one character each are together, without the blocks."""
    stack: list[TextBlock] = []
    for block in blocks:
        yield from _stacked(stack, block)
    yield from _joined(stack)


def _stacked(stack: list[TextBlock], block: TextBlock) -> Iterator[TextBlock]:
    """Put a block on the stack; what that was, where the block ends it."""
    text = "" if block.search_only else block.text.strip()
    if len(text) == 1:
        stack.append(block)
    if stack and (len(text) > 1 or len(stack) == _MOST):
        yield from _joined(stack)
        stack.clear()


def _joined(stack: Sequence[TextBlock]) -> Iterator[TextBlock]:
    if len(stack) >= _FEWEST and sum(_is_wide(block.text.strip()) for block in stack) > 1:
        yield joined(stack, [_place(index, block.text) for index, block in enumerate(stack)])


def letter_views(cells: Sequence[TextBlock], columns: Sequence[int]) -> Iterator[TextBlock]:
    """Names in a row that have a cell for each character, behind a label or with one: `姓名 | 欧 | 阳 | 甲`."""
    texts = [cell.text for cell in cells]
    for first, end in letter_runs(texts, columns):
        label = texts[first - 1].strip() if first else ""
        places = [_place(index, texts[index]) for index in range(first, end)]
        yield joined(cells, places, label if _NAMED.search(label) else "")


def letter_runs(texts: Sequence[str], columns: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the end of such cells, for each name of a row."""
    if sum(len(text) == 1 or len(text.strip()) == 1 for text in texts) < _FEWEST:
        return []
    found = []
    first = 0
    for index in range(len(texts) + 1):
        goes_on = (
            index < len(texts)
            and len(text := texts[index].strip()) == 1
            and _is_wide(text)
            and (index == first or columns[index] == columns[index - 1] + 1)
        )
        if goes_on:
            continue
        if index - first >= _FEWEST - 1 and _is_name(texts, first, index):
            found.append((first, index))
        first = index + 1 if index < len(texts) and len(texts[index].strip()) != 1 else index
    return found


def _is_name(texts: Sequence[str], first: int, end: int) -> bool:
    label = texts[first - 1].strip() if first else ""
    own = "".join(map(str.strip, texts[first:end]))
    return bool(len(label) <= _LONGEST_LABEL and _NAMED.search(label)) or bool(
        re.search("[:：]", own) and _NAMED.search(own)
    )


def _place(index: int, text: str) -> Place:
    start = len(text) - len(text.lstrip())
    return Place(index, start, start + len(text.strip()))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
