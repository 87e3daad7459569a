"""Views over the cells of a row, and over those of the row above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from deid.formats.joining.borders import border_views, column_views, cut_of
from deid.formats.joining.edges import CUT_BEGINS, CUT_ENDS, PAIR_BEGINS, PIECE_BEGINS, edge_of
from deid.formats.joining.formulas import formula_views, may_be_formula
from deid.formats.joining.headers import header_of
from deid.formats.joining.led import led_boxes
from deid.formats.joining.marks import between_marks
from deid.formats.joining.pairs import (
    DOMAIN,
    LOCAL,
    LONGEST_FIRST,
    are_parts,
    hold_names,
    may_be_pair,
    may_lead,
    pair_views,
)
from deid.formats.joining.runs import may_be_numbers, numbers_of
from deid.formats.stacking import letter_runs, letter_views
from deid.formats.views import joined, searched, trimmed
from deid.types import TextBlock


def row_views(
    cells: Sequence[TextBlock], columns: Sequence[int], before: TextBlock | None = None
) -> Iterator[TextBlock]:
    """Views over the cells of a row, in order; `before` is the last cell of the row above."""
    if len(cells) > 1:
        firsts = [edge_of(cell.text[:1]) for cell in cells]
        beside = [n for n, (one, two) in enumerate(pairwise(firsts)) if one & two & PIECE_BEGINS]
        if beside:
            for places in numbers_of(cells, columns, sorted({*beside, *(n + 1 for n in beside)})):
                yield joined(cells, places)
        for index, (one, two) in enumerate(pairwise(cells)):
            if columns[index + 1] == columns[index] + 1:
                before_them = cells[index - 1].text if index else ""
                if firsts[index] & PAIR_BEGINS or may_be_pair(one, two, before_them):
                    yield from pair_views(cells, index)
                if firsts[index + 1] & CUT_BEGINS and edge_of(one.text[-1:]) & CUT_ENDS:
                    yield from border_views(one, two, beside=True)
            elif columns[index + 1] == columns[index] + 2 and are_parts(header_of(one), header_of(two)):
                yield from pair_views(cells, index)
        yield from letter_views(cells, columns)
        yield from _over_marks(cells)
        for label, first, end in led_boxes([cell.text for cell in cells], columns):
            yield joined(cells, [trimmed(index, cells[index].text) for index in range(first, end)], label)
    row = [before, *cells] if before else list(cells)
    if len(row) > 1:
        yield searched(row)


def _over_marks(cells: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Numbers whose groups stand in cells between which a cell holds the dash that a text would have there."""
    for kept in between_marks([cell.text for cell in cells]):
        groups = [cells[index] for index in kept]
        for places in numbers_of(groups, range(len(groups)), range(len(groups))):
            yield joined(groups, places)
        for index, (one, two) in enumerate(pairwise(kept)):
            if two - one > 1:
                yield from pair_views(groups, index)


def table_views(cells: Mapping[int, TextBlock], above: Mapping[int, TextBlock]) -> Iterator[TextBlock]:
    """Views over a row of a table and the row above it; cells by column."""
    last = above[max(above)] if above else None
    yield from row_views(list(cells.values()), list(cells), last)
    yield from column_views(cells, above)
    for cell in cells.values():
        yield from formula_views(cell)


def may_have_views(
    texts: Sequence[str],
    columns: Sequence[int],
    labels: Mapping[int, tuple[str, ...]],
    above: Mapping[int, str],
    above_labels: Mapping[int, tuple[str, ...]],
) -> bool:
    """Whether `table_views` has more to give for a row, given as texts, than the one over all its cells."""
    firsts = [edge_of(text[:1]) for text in texts]
    before, last, beginning = "", -2, 0  # the cell to the left
    for text, first, column in zip(texts, firsts, columns, strict=True):
        if first & CUT_BEGINS:
            upper = above.get(column)
            if upper and cut_of(upper, text, above_labels.get(column, ())):
                return True
        if column - 1 == last:
            if first & CUT_BEGINS and cut_of(before, text, labels.get(last, ()), beside=True):
                return True
            if beginning & PAIR_BEGINS and len(before.strip()) <= LONGEST_FIRST:
                return True
            if ("@" in text or "@" in before) and LOCAL.fullmatch(before) and DOMAIN.fullmatch(text):
                return True
        before, last, beginning = text, column, first
    names = [found[0] if (found := labels.get(column)) else "" for column in columns]
    if hold_names(tuple(names), tuple(columns)) or may_be_numbers(texts, firsts):
        return True
    if may_lead(texts) or between_marks(texts) or any(map(may_be_formula, texts)):
        return True
    if any(led_boxes(texts, columns)):
        return True
    return bool(letter_runs(texts, columns))
