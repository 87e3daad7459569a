"""Blocks that are read together as one text, as people read them: what stands in one tells what the next means.

Paragraphs are lines of that text, and so are the first rows of a table. What the layout says something of (a cell,
a paragraph below 姓名：) is read by itself as well, and what it says then comes first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from deid.detection.agreement import agree
from deid.detection.memory import judges
from deid.detection.names.rotas import ROTA
from deid.detection.remaining.numbers import REMAINING
from deid.detection.shares import OF_THINGS, are_shares, without_shares
from deid.detection.things import is_number_of_thing
from deid.grammar.fieldnames import MEANT, OPEN
from deid.regexes import Regex
from deid.types import Cell, Entity, TextBlock

_CALLED = Regex(
    r"^(?!.*[0-9]{4}|.*(?:信息|情况|资料|患者|病人|人员|成员|备注|说明|内容))(?=.*[A-Za-z\u4e00-\u9fff]{2})"
)
"""A name of a column that says what it holds; others may hold anything of somebody."""
_COUNTED = Regex(
    r"[一-鿿]{0,6}(?:计数|累计|[次件人字]数|数量|总[数量额]|字节数?|大小|[金余]额|时长|点击量|访问量|时间戳)[0-9]?(?:[(（]?[百千万亿]?[分元次件][)）]?)?"
    r"|(?i:(?:[a-z]+_)?(?:bytes|size|counte?r?|amount|total|balance|quantity|qty|timestamp|duration)(?:_[a-z]+)?)"
)
"""What a column of numbers is called that count or measure something."""
_CODED = Regex(
    "(?:项目|收费|医保|国家|物价|药品|商品|产品|物资|耗材|材料|科室|部门|疾病|诊断|手术|服务|类别|分类|区划|规格|标准|本位)+(?:编码|代码|码)"
    "|(?:快递|物流|运单?|订单?|发货|采购|[出入]库|盘点)单?(?:编?号码?)"
    "|(?i:(?:item|product|goods|dept|department|icd[0-9]*|charge|fee|service|drug|material)[_ ]?(?:code|no|id))"
)
"""And one of the codes of things."""
_FIELD = Regex("\\s*[一-鿿]{2,8}[:：]\\s*")
_OF_REMARKS = Regex("备注|附注|说明|(?i:remarks?|notes?|memo)")
_SHORT = Regex(r"\s*[0-9]{1,2}-[0-9]{1,2}\s*")
"""A range or the number of a room, as well as a day."""
_OF_AGE = Regex("[龄岁]|年纪|(?i:age|nl$|old)")
_DAY_OF_MONTH = Regex("[0-9]{1,2}[日号][ ]?(?:[(（]?(?:周|星期)?[一二三四五六日天][)）]?)?")
_LONGEST = 4_000
"""Characters that are read together."""
_TEXTS, _CHARACTERS = 256, 200_000
"""Blocks and characters of a batch."""
_MOST_BETWEEN = 1_000
"""Other blocks between those of a passage."""
_ONE_LINE = str.maketrans("\t\n\r", "   ")


@dataclass
class Passage:
    """Blocks of one flow, or of one table, whatever else stands between them."""

    flow: str
    blocks: list[TextBlock] = field(default_factory=list)
    size: int = 0
    between: int = 0
    _cells: set[Cell | None] = field(default_factory=set)

    def takes(self, block: TextBlock) -> bool:
        """Whether a block goes on with it; a row is never parted."""
        if _flow(block) != self.flow or self.between > _MOST_BETWEEN:
            return False
        return self.size + len(block.text) <= _LONGEST or self._is_in_row(block)

    def _is_in_row(self, block: TextBlock) -> bool:
        last = self.blocks[-1].table
        return last is not None and block.table is not None and last[:2] == block.table[:2]

    def add(self, block: TextBlock) -> None:
        """Of the paragraphs of a cell, and what stands in several cells, the first is read here; cells are put in order."""
        if block.table in self._cells:
            return
        place = len(self.blocks)
        if block.table:
            self._cells.add(block.table)
            while place and _stands_behind(self.blocks[place - 1].table, block.table):
                place -= 1
        self.blocks.insert(place, block)
        self.size += len(block.text) + 1

    @cached_property
    def text(self) -> str:
        """Each paragraph and row on a line of its own."""
        return "\n".join(line for line, _ in self._lines)

    @cached_property
    def _lines(self) -> list[tuple[str, list[int]]]:
        """The lines, and where in each its blocks begin."""
        lines: list[tuple[str, list[int]]] = []
        for sheet, table in groupby(self.blocks, key=lambda block: block.table and block.table.sheet):
            if sheet is None:
                lines += ((block.text, [0]) for block in table)
            else:
                lines += _rows(list(table), begins=not lines)
        return lines

    @cached_property
    def _starts(self) -> list[int]:
        """Where in the text the blocks begin."""
        found, size = [], 0
        for line, starts in self._lines:
            found += [size + start for start in starts]
            size += len(line) + 1
        return found

    def parts(self, entities: Sequence[Entity]) -> list[tuple[Entity, ...]]:
        """Of each block its share of the entities of the text. What goes beyond a cell is not in it."""
        starts = self._starts
        labels = {label for block in self.blocks for label in block.labels}
        shares: list[list[Entity]] = [[] for _ in self.blocks]
        for entity in entities:
            first = max(bisect_right(starts, entity.start) - 1, 0)
            last = bisect_right(starts, entity.end - 1)
            over = range(first, last)
            if len(over) > 1 and any(self.blocks[number].table for number in over):
                continue
            for number in over:
                if _is_of_looks(entity) and self.blocks[number].text.strip() in labels:
                    continue  # 小夜 over a column
                if self.blocks[number].table and _FIELD.fullmatch(self.blocks[number].text):
                    continue  # 审核： below a list, in its column of addresses
                part = _within(entity, starts[number], self.blocks[number].text)
                if part and not _is_of_another_column(part, self.blocks[number]):
                    shares[number].append(part)
        for cells in self._columns().values():
            agree([self.blocks[number].text for number in cells], [shares[number] for number in cells])
        return [
            without_shares(block.text, block.labels, share)
            for block, share in zip(self.blocks, shares, strict=True)
        ]

    def blocks_of_shares(self) -> Iterator[TextBlock]:
        """Cells of columns in which 3/15 is no day."""
        for cells in self._columns().values():
            blocks = [self.blocks[number] for number in cells]
            if are_shares([block.text for block in blocks], blocks[0].labels):
                yield from blocks

    def headers(self) -> Iterator[TextBlock]:
        """Cells that say what others are."""
        labels = {label for block in self.blocks if block.table for label in block.labels}
        return (block for block in self.blocks if block.table and block.text.strip() in labels)

    def _columns(self) -> dict[tuple[str, int], list[int]]:
        """Which blocks stand in each column of the tables, below its header."""
        columns: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number, block in enumerate(self.blocks):
            if block.table and block.labels:
                columns[block.table.sheet, block.table.column].append(number)
        return columns


def of_header(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """What is found in a cell over a column: 年龄2 is the second of its kind, and nobody's age, and 1日 a day of any month."""
    nobodys = ("AGE", "DATE_TIME") if _DAY_OF_MONTH.fullmatch(text.strip()) else ("AGE",)
    return tuple(entity for entity in entities if entity.entity_type not in nobodys)


def _stands_behind(cell: Cell | None, other: Cell) -> bool:
    """Whether a cell stands further on in the row of another."""
    return cell is not None and cell[:2] == other[:2] and cell.column > other.column


def _is_of_looks(entity: Entity) -> bool:
    """Whether it is a name for which little speaks: a header is none then."""
    return entity.entity_type == "PERSON" and ROTA not in entity.detections[0].evidence


def _is_of_another_column(entity: Entity, block: TextBlock) -> bool:
    """Whether it is an age only because it stands behind a sex, in a column that is called otherwise (男 | 31 under BMI), or
    what only the network sees in a column of numbers of things (批号, 床号), of amounts (累计), or of remarks (10-12)."""
    forms = (OF_THINGS, _COUNTED, _CODED, *((_OF_REMARKS,) if _SHORT.fullmatch(block.text) else ()))
    if any(form.fullmatch(label) for label in block.labels for form in forms) or any(
        map(is_number_of_thing, block.labels[:1])
    ):
        return all(claim.evidence == REMAINING for claim in entity.detections)
    return (
        entity.entity_type == "AGE"
        and len(entity.span) == len(block.text.strip())
        and block.text.strip().isdecimal()
        and block.table is not None
        and bool(block.labels)
        and _CALLED.search(block.labels[0]) is not None
        and not any(map(_OF_AGE.search, block.labels))
    )


def _rows(cells: Sequence[TextBlock], *, begins: bool) -> Iterator[tuple[str, list[int]]]:
    """Lines of a table, columns apart by tabs; where they begin a text that goes on with a list, its header before them."""
    columns = sorted({block.table.column for block in cells if block.table})
    rows = [
        {block.table.column: block for block in row if block.table}
        for _, row in groupby(cells, key=lambda block: block.table and block.table.row)
    ]
    labels = {column: _header(block.labels) for column, block in rows[0].items() if block.labels}
    if (
        begins
        and labels.get(columns[-1])  # else the last label would be one of what the first row begins with
        and not any(label in block.text for label in labels.values() for block in rows[0].values())
    ):
        yield "\t".join(labels.get(column, "").translate(_ONE_LINE) for column in columns), []
    for row in rows:
        line, starts = "", []
        for column in columns:
            if column in row:
                starts.append(len(line))
                line += row[column].text.translate(_ONE_LINE)
            line += "\t"
        yield line[:-1], starts


def _header(labels: Sequence[str]) -> str:
    """What a column is called: of a field that may be of anything what those beside it say, if it stands in others."""
    if labels[0].casefold() not in OPEN or len(labels) == 1:
        return labels[0]
    return labels[1] if labels[1] in MEANT else ""


@dataclass(slots=True)
class Batch:
    """Blocks in order, and what of them is read together."""

    blocks: list[TextBlock] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


def batches(blocks: Iterable[TextBlock]) -> Iterator[Batch]:
    """The blocks in batches. Which are read together depends on these alone, not on what stands before or between."""
    batch, size = Batch(), 0
    passage: Passage | None = None
    for block in blocks:
        flow = _flow(block)
        if (
            passage
            and not passage.takes(block)
            and (flow or _goes_below(block) or passage.between > _MOST_BETWEEN)
        ):
            passage = None
        if passage is None and (len(batch.blocks) >= _TEXTS or size >= _CHARACTERS):
            yield batch
            batch, size = Batch(), 0
        if flow:
            if passage is None:
                passage = Passage(flow)
                batch.passages.append(passage)
            passage.add(block)
        elif passage:
            passage.between += 1
        batch.blocks.append(block)
        size += len(block.text)
    if batch.blocks:
        yield batch


def is_read_alone(block: TextBlock) -> bool:
    """Whether a block is read by itself: a paragraph of which the layout says nothing is read with others only."""
    return not block.search_only and bool(not block.flow or block.labels or block.table)


def with_more(own: tuple[Entity, ...], more: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities of a block, and beside them those that are found where it is read with others; the longer one where two overlap."""
    added = []
    for entity in more:
        touched = [one for one in own if one.start < entity.end and entity.start < one.end]
        if all(
            entity.start <= one.start and one.end <= entity.end and len(one.span) < len(entity.span)
            for one in touched
        ):
            added.append(entity)
    if not added:
        return own
    kept = [
        one for one in own if not any(one.start < entity.end and entity.start < one.end for entity in added)
    ]
    return tuple(sorted((*kept, *added), key=lambda entity: entity.start))


def _flow(block: TextBlock) -> str:
    """What a block is read with; '' for none."""
    if block.search_only or _goes_below(block):
        return ""
    return block.flow or (f"table {block.table.sheet}" if block.table else "")


def _goes_below(block: TextBlock) -> bool:
    """Whether it lies below the first rows of a table."""
    return block.table is not None and not judges(block.table.row)


def _within(entity: Entity, start: int, text: str) -> Entity | None:
    """The part of an entity that lies in a block which begins at `start`."""
    first, last = max(entity.start - start, 0), min(entity.end - start, len(text))
    if not text[first:last].strip():
        return None
    moved = (
        replace(claim, start=max(claim.start - start, 0), end=min(claim.end - start, len(text)))
        for claim in entity.detections
    )
    return replace(entity, start=first, end=last, detections=tuple(moved))
