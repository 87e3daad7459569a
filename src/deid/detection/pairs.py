"""Records inside plain text, as programs log them: {"guardian": "关心", "tel": "13800138000"}."""

from __future__ import annotations

from collections.abc import Iterator

from deid.grammar.fieldnames import OPEN, of_whom
from deid.regexes import Regex

_QUOTE = r"\\{0,3}[\"']"
_PART = Regex(
    rf"[{{}}]|{_QUOTE}(?P<key>[\w\-. ]{{1,32}}){_QUOTE}[ ]?:[ ]?(?:{_QUOTE}(?P<value>[^\"'\\\n]{{1,80}}){_QUOTE})?"
)

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


def _told(fields: list[Field]) -> Iterator[Field]:
    keys = dict.fromkeys(key for *_, key in fields)
    labels = {key: of_whom(key, keys) for key in keys}
    for start, end, key in fields:
        if end > start and not (key.casefold() in OPEN and len(labels[key]) == 1):
            yield from ((start, end, label) for label in labels[key])
