"""The Chinese font in which stand-ins are drawn, into PDF files and pictures.

Noto Sans SC (SIL Open Font License 1.1, which allows to embed it) comes with the package
`pylopdf-fonts-zh-cn`. Where that is missing a font of the system is taken.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

_SYSTEM = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", 0),
    ("/System/Library/Fonts/Hiragino Sans GB.ttc", 0),
    ("/System/Library/Fonts/STHeiti Light.ttc", 1),
    ("/System/Library/Fonts/PingFang.ttc", 2),
)
_WINDOWS = (("msyh.ttc", 0), ("Deng.ttf", 0), ("simhei.ttf", 0), ("simsun.ttc", 0))


class FontFile(NamedTuple):
    """Where a font is; `number` counts the fonts of a collection."""

    path: str
    number: int = 0

    def opened(self) -> Any:
        """The font, to look things up or to cut it down; its file is open until it is closed."""
        from fontTools.ttLib import TTFont

        return TTFont(self.path, fontNumber=self.number, lazy=True)


@cache
def chinese_font() -> FontFile | None:
    """The font for stand-ins; None when the machine has none."""
    package = find_spec("pylopdf_fonts_zh_cn")
    if package is not None and package.origin:
        path = Path(package.origin).with_name("NotoSansSC-Regular.otf")
        if path.is_file():
            return FontFile(str(path))
    folder = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    places = (*_SYSTEM, *((str(folder / name), number) for name, number in _WINDOWS))
    return next((FontFile(path, number) for path, number in places if Path(path).is_file()), None)
