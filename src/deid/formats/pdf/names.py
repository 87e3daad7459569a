"""Names of PDF objects as strings. Chinese producers write them in GBK: pikepdf's own way is UTF-8 only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

GBK_FONTS = {
    "宋体": "SimSun", "新宋体": "NSimSun", "黑体": "SimHei", "楷体": "KaiTi", "楷体_GB2312": "KaiTi_GB2312",
    "仿宋": "FangSong", "仿宋_GB2312": "FangSong_GB2312", "微软雅黑": "MicrosoftYaHei", "等线": "DengXian",
}  # fmt: skip
"""Fonts of Windows by their Chinese names, which old programs write in GBK."""

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def spelled(name: Any) -> str:
    """A name with its slash; bytes that are no UTF-8 as surrogates, as in the keys of dictionaries."""
    raw = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name.unparse(resolved=True))
    return raw.decode("utf-8", "surrogateescape")


def font_in_gbk(name: str) -> str:
    """What a font is called in English whose name, as `spelled`, is Chinese and in GBK; nothing for others.

    >>> font_in_gbk("/\\udccb\\udcce\\udccc\\udce5,Bold"), font_in_gbk("/SimSun"), font_in_gbk("/宋体")
    ('SimSun', '', '')
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        data = name[1:].encode("utf-8", "surrogateescape")
        family, _, style = data.decode("gb18030", "replace").partition(",")
        return GBK_FONTS.get(family, "") if style in ("", "Bold", "Italic", "BoldItalic") else ""
    return ""


def entry(dictionary: Any, key: str) -> Any:
    """What stands under a key of any spelling, or None."""
    return dictionary[key] if key in dictionary else None  # noqa: SIM401 - `get` takes UTF-8 only


def entries(dictionary: Any) -> Iterator[tuple[str, Any]]:
    """Keys of any spelling with what stands under them."""
    for key in sorted(dictionary.keys()):
        yield key, dictionary[key]
