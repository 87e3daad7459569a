"""What headers and names say about neighbouring numbers: what they are, and whether they are parts of one."""

from __future__ import annotations

import re

from deid.types import TextBlock

NUMBERED = re.compile(r"手机|电话|联系|身份证|证件|银行卡|卡号|账号|帐号|mobile|phone|tel", re.IGNORECASE)
_PART = re.compile(
    r"[前后中](?:半|[0-9一二三四五六七八九十]{1,3})?[段位半]$|段"
    r"|(?:卡|号码?|部分|part|seg(?:ment)?|no)[ _\-]?[0-9０-９①-⑨一二三四五]$",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"scor|rating|answer|respon[sd]|grade|likert|[评得打计总]分|分[数值]|量表|答案|选项|等级", re.IGNORECASE
)
_STEM = re.compile(r"[\W_0-9]+")
"""What only counts alike names."""
_BEGINNING = 3
"""Characters that names of parts of one thing share; a name of fewer letters says nothing of what it names."""


def header_of(cell: TextBlock) -> str:
    return cell.labels[0] if cell.labels else ""


def is_number(header: str) -> bool:
    """Whether a header names a telephone, identity or account number.

    >>> [is_number(header) for header in ("联系电话", "phone", "金额")]
    [True, True, False]
    """
    return bool(NUMBERED.search(header))


def is_part(header: str) -> bool:
    return bool(NUMBERED.search(header) or _PART.search(header))


def are_answers(name: str) -> bool:
    """Whether something is called the answers of a scale, or scores.

    >>> are_answers("PHQ-9得分"), are_answers("scores"), are_answers("digits")
    (True, True, False)
    """
    return _ANSWERS.search(name) is not None


def may_go_on(before: str, name: str) -> bool:
    """Whether what has one name may be a part of the same number as what has the other.

    >>> may_go_on("c1", "c2"), may_go_on("tel_area", "tel_rest"), may_go_on("height", "year"), may_go_on("Phone", "rest")
    (True, True, False, True)
    """
    one, other = (_STEM.sub("", said).casefold() for said in (before, name))
    if any(len(said) < (_BEGINNING if said.isascii() else 2) for said in (one, other)):
        return True
    if one[:_BEGINNING] == other[:_BEGINNING] or all(map(is_part, (before, name))):
        return True
    return any(map(NUMBERED.search, (before, name)))
