"""Charts: whose names its categories and series are, as the titles of its axes and of the chart say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from deid.formats.ooxml.formulas import areas
from deid.formats.ooxml.xml import Element, local, short
from deid.formats.tables import bare
from deid.grammar.fieldnames import is_label

_ROLE = "(医生|医师|护士|护理师|治疗师|咨询师|营养师|药师|技师|顾问|客服|坐席|员工|经理)"
_WHOSE = re.compile(
    rf"^{_ROLE}$|{_ROLE}(?:个人|人员)?之?的?"
    r"(?:业绩|接诊|门诊|出诊|诊疗|手术[量台例]|工作量|排[名行]|绩效|满意|值班|考核|评分|收入|人效|成交|预约量?|接待|服务|签单|销售|开单|回访|随访|出勤)"
)
"""Of the title of a chart: 各医生接诊量, 顾问业绩排名."""
_WHEN = re.compile("[0-9]|(?:十?[一二三四五六七八九十]|正|腊)月|季|[周期][一二三四五六日天]|[年周]$|[上下]午")
"""Of categories that are days or hours."""
_MEASURE = re.compile("[量率度数额费分值次例]$|收入|业绩|满意|[长时]$")
"""What a series is called that counts something."""


class Told(NamedTuple):
    """What a chart is drawn of: cells of the workbook that is embedded for it, with what they are called."""

    sheet: str
    top: int
    bottom: int
    left: int
    right: int
    label: str

    def labels(self, row: int) -> Mapping[int, tuple[str, ...]]:
        """By column, counted from 0."""
        if not self.top <= row <= self.bottom:
            return {}
        return dict.fromkeys(range(self.left - 1, self.right), (self.label,))


def is_chart(root: Element) -> bool:
    return short(root.tag) == "c:chartSpace"


def labels_of_chart(root: Element) -> dict[Element, tuple[str, ...]]:
    """By element of a text that the chart remembers what it is called."""
    return {
        value: (label,)
        for source, label in _named(root)
        for value in source.iter("{*}v")
        if next(value.iterancestors("{*}strCache", "{*}strLit", "{*}multiLvlStrCache"), None) is not None
    }


def told_by_chart(root: Element) -> Iterator[Told]:
    """What the cells are called of which it is drawn."""
    for source, label in _named(root):
        for formula in source.iter("{*}f"):
            for area in areas(formula.text or ""):
                yield Told(area.sheet.casefold(), area.top, area.bottom, area.left, area.right, label)


def _named(root: Element) -> Iterator[tuple[Element, str]]:
    """Names of series and categories, each with what they are called."""
    title = _whose(_title(next(root.iter("{*}chart"), root)))
    axes = [_title(axis) for axis in root.iter("{*}catAx")]
    axis = next((bare(text) for text in axes if is_label(text)), "")
    for plot in next(root.iter("{*}plotArea"), root).iterchildren("*"):
        series = list(plot.iterchildren("{*}ser"))
        for one in series:
            parts = {local(child.tag): child for child in one.iterchildren("*")}
            name, categories = parts.get("tx"), parts.get("cat")
            own = _whose(_text(name)) if name is not None and len(series) == 1 else ""
            if len(series) > 1 and title and name is not None and not _MEASURE.search(_text(name)):
                yield name, title
            if categories is None:
                continue
            if label := axis or (own or title if not _WHEN.search(_text(categories)) else ""):
                yield categories, label


def _whose(title: str) -> str:
    found = _WHOSE.search(title)
    return found[1] or found[2] if found else ""


def _title(of: Element) -> str:
    title = next(of.iterchildren("{*}title"), None)
    return _text(title) if title is not None else ""


def _text(element: Element) -> str:
    return "".join(inner.text or "" for inner in element.iter("{*}t", "{*}v")).strip()
