"""Characters that stand by themselves, each in a paragraph, a box or a cell of its own: they are read together, too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from deid.formats.views import joined, trimmed
from deid.types import TextBlock
from deid.validators import mobile, resident_id

_FEWEST, _MOST = 3, 80
_NAMED = re.compile("姓名|名字|患者|病人|家属|联系人|签[名字]|医[师生]|护士|[请责办系]人")
"""What a cell says before a name that has a cell for each character."""
_LONGEST_LABEL = 8
_NUMBER = re.compile("[0-9]{11,18}[Xx]?")
_NAME, _TOLD = re.compile("[㐀-鿿]{2,4}"), re.compile("([㐀-鿿]{1,8})[:：][㐀-鿿]{2,4}")
_NUMBERED = re.compile("电话|手机|联系|号码|tel|phone|mobile", re.IGNORECASE)


class Upright:
    """Names and numbers that have a row of a table for each character, beneath a cell or a header that says so.

    Columns of one character a cell are frequent: whoever stands in one has as many rows as a name or a number.
    """

    def __init__(self) -> None:
        self._stacks: dict[int, list[TextBlock]] = {}
        self._labels: dict[int, str] = {}

    def add(self, cells: Mapping[int, TextBlock]) -> Iterator[TextBlock]:
        """Take in a row, its cells by column; what stood upright in the columns that it ends."""
        single = {column for column, cell in cells.items() if len(cell.text.strip()) == 1}
        for column in [column for column in self._stacks if column not in single]:
            yield from self._whole(column)
        for column, cell in cells.items():
            if column in single:
                self._stacks.setdefault(column, []).append(cell)
        self._labels = {
            column: self._labels.get(column, "") if column in single else cell.text.strip()
            for column, cell in cells.items()
        }

    def end(self) -> Iterator[TextBlock]:
        """What stands upright at the end of the table."""
        for column in list(self._stacks):
            yield from self._whole(column)

    def _whole(self, column: int) -> Iterator[TextBlock]:
        stack = self._stacks.pop(column)
        label = self._labels.get(column) or next(iter(stack[0].labels), "")
        text = "".join(block.text.strip() for block in stack)
        for start, end in _upright(text, label if len(label) <= _LONGEST_LABEL else ""):
            yield joined(stack, [trimmed(index, stack[index].text) for index in range(start, end)], label)


def _upright(text: str, label: str) -> Iterator[tuple[int, int]]:
    """Where names and numbers stand in the characters of a column."""
    yield from _numbers(text, label)
    told = _TOLD.match(text)
    if told and _NAMED.search(told[1]):
        yield told.span()
    elif _NAMED.search(label) and _NAME.fullmatch(text):
        yield 0, len(text)


def _numbers(text: str, label: str) -> Iterator[tuple[int, int]]:
    """Numbers with a check digit that is right, or telephone numbers that a label calls so."""
    for number in _NUMBER.finditer(text):
        named = bool(_NUMBERED.search(label)) and mobile.is_valid(number[0])
        if named or resident_id.is_valid(number[0]):
            yield number.span()


def with_stacks(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """The blocks, and behind those of one character each what they are together. Figures alone are a column of figures,
    unless they are somebody's number.
    """
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
    if len(stack) < _FEWEST:
        return
    text = "".join(block.text.strip() for block in stack)
    label = next(iter(stack[0].labels), "")
    parts = [(0, len(stack))] if sum(map(_is_wide, text)) > 1 else _numbers(text, label)
    for start, end in parts:
        yield joined(stack, [trimmed(index, stack[index].text) for index in range(start, end)])


def letter_views(cells: Sequence[TextBlock], columns: Sequence[int]) -> Iterator[TextBlock]:
    """Names in a row that have a cell for each character, behind a label or with one: `姓名 | 欧 | 阳 | 甲`."""
    texts = [cell.text for cell in cells]
    for first, end in letter_runs(texts, columns):
        label = texts[first - 1].strip() if first else ""
        places = [trimmed(index, texts[index]) for index in range(first, end)]
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


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
