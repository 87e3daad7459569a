"""Names of fields that say little by themselves, and what those beside them say they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PERSONAL = re.compile(
    r"性别|年龄|出生|生日|电话|手机|身份证|证件|微信|民族|婚姻|职业|关系|(?:^|[ _\-.]|(?<=[a-z]))(?:gender|sex|age|birth(?:day|date)?|dob|phone|mob|tel|cell|sfz|sjh|"
    r"id_?card|id_?no|idnumber|wechat|openid|relation|nation)",
    re.IGNORECASE,
)
_SAID = {"name": "姓名", "xm": "姓名", "单位": "工作单位"}
"""What a name that says little means beside the fields of a person."""
_ENDS_OF_MESSAGES = frozenset("from to tolist sender receiver talker speaker operator by".split())
OPEN = _ENDS_OF_MESSAGES | _SAID.keys()
"""Names, in small letters, that say whose a value is only together with those beside them."""
_OF_A_MESSAGE = re.compile(
    r"msg_?(?:id|type|time|seq)|message_?id|chat_?id|room_?id|talker|is_?sender", re.IGNORECASE
)


def of_whom(name: str, beside: Iterable[str]) -> tuple[str, ...]:
    """The labels of a field whose name says little, by the names of the fields beside it.

    >>> of_whom("name", ("id", "sfz", "mob")), of_whom("name", ("id", "price"))
    (('name', '姓名'), ('name',))
    >>> of_whom("xm", ("xm", "xb", "sfzh")), of_whom("xm", ("xm", "dj", "je"))
    (('xm', '姓名'), ('xm',))
    >>> of_whom("单位", ("姓名", "性别")), of_whom("单位", ("项目", "结果"))
    (('单位', '工作单位'), ('单位',))
    >>> of_whom("from", ("msgid", "from", "tolist")), of_whom("from", ("trip", "from", "to"))
    (('from', 'userid'), ('from',))
    """
    open_name = name.casefold()
    if open_name in _SAID and any(map(_PERSONAL.search, beside)):
        return name, _SAID[open_name]
    if open_name in _ENDS_OF_MESSAGES and any(map(_OF_A_MESSAGE.fullmatch, beside)):
        return name, "userid"
    return (name,)
