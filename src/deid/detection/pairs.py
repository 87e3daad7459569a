"""Records inside plain text, as programs log them: {"guardian": "关心", "tel": "13800138000"}; 姓名/电话：关心/13800138000."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deid.detection.literals import Screened
from deid.grammar.fieldnames import OPEN, is_label, of_whom
from deid.regexes import Regex

_QUOTE = r"\\{0,3}[\"']"
_PART = Regex(
    rf"[{{}}]|{_QUOTE}(?P<key>[\w\-. ]{{1,32}}){_QUOTE}[ ]?:[ ]?(?:{_QUOTE}(?P<value>[^\"'\\\n]{{1,80}}){_QUOTE})?"
)
SIDE_BY_SIDE = Screened(
    r"(?P<labels>[一-鿿A-Za-z]{2,8}(?:/[一-鿿A-Za-z]{2,8}){1,3})[ ]?:[ ]?"
    r"(?P<values>[^\n/:]{1,30}(?:/[^\n/:,;。]{1,30}){1,3})(?![/:])"
)
IN_TURN = Screened(r"(?<![^\n])[|\t ]*[^\s|][^\n|\t]{1,22}(?:[|\t][^\n|\t]{1,60}){3,15}[|\t]?[ ]*(?![^\n])")
"""A line of two labels at least, each before its value."""
_CELL = Regex(r"[^|\t\n]*[^|\t\n ]")

Field = tuple[int, int, str]


def find_fields(text: str) -> Iterator[Field]:
    """`(start, end, key)` of each value that is a short text; one that says little counts where those beside it say whose it is.

    >>> list(find_fields('{"name":"丁香","tel":"13800138000"}'))
    [(9, 11, 'name'), (9, 11, '姓名'), (20, 31, 'tel')]
    >>> list(find_fields('{"tags":[{"name":"慢病随访"}]}'))
    []
    """
    if '":' not in text and "':" not in text and '" :' not in text:
        return
    open_: list[list[Field]] = [[]]
    for part in _PART.finditer(text):
        if part[0] == "{":
            open_.append([])
        elif part[0] == "}":
            yield from _told(open_.pop())
            open_ = open_ or [[]]
        else:
            open_[-1].append((*part.span("value"), part["key"]))
    for fields in open_:
        yield from _told(fields)


def side_by_side(matches: Iterable[re.Match[str]]) -> Iterator[Field]:
    """The same of labels that share a colon, and as many values behind it.

    >>> list(side_by_side(SIDE_BY_SIDE.finditer("手机/微信:13800138000/yunduo_88")))
    [(6, 17, '手机'), (18, 27, '微信')]
    """
    for match in matches:
        labels, values = match["labels"].split("/"), match["values"].split("/")
        start = match.start("values")
        for label, value in zip(labels, values, strict=False):
            if len(labels) == len(values):
                yield start + len(value) - len(value.lstrip()), start + len(value.rstrip()), label
            start += len(value) + 1


def in_turn(matches: Iterable[re.Match[str]]) -> Iterator[Field]:
    """The same of lines in which labels and values stand in turn.

    >>> list(in_turn(IN_TURN.finditer("责任医师 | 郏成果 | 复核 | 商陆")))
    [(7, 10, '责任医师'), (18, 20, '复核')]
    >>> list(in_turn(IN_TURN.finditer("医师 | 患者 | 用药 | 茯苓")))
    []
    """
    for match in matches:
        cells = [
            (found.start() + len(found[0]) - len(found[0].lstrip()), found.end(), found[0].strip())
            for found in _CELL.finditer(match.string, *match.span())
        ]
        below = match.string[match.end() + 1 :].partition("\n")[0]
        first, *others = re.split(r"[|\t]", below.strip("| "))
        if len(others) + 1 == len(cells) and not is_label(first.strip()):
            continue  # the header of a table
        labels, values = cells[::2], cells[1::2]
        told = len(cells) > 3 and all(is_label(text) for *_, text in labels)
        if told and not any(is_label(text) for *_, text in values):
            for (*_, label), (start, end, _) in zip(labels, values, strict=False):
                yield start, end, label


def _told(fields: list[Field]) -> Iterator[Field]:
    keys = dict.fromkeys(key for *_, key in fields)
    labels = {key: of_whom(key, keys) for key in keys}
    for start, end, key in fields:
        if end > start and not (key.casefold() in OPEN and len(labels[key]) == 1):
            yield from ((start, end, label) for label in labels[key])
