"""What fonts are called in the output: those that every machine knows keep their name."""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Name

from deid.formats.codefonts import is_bar_code_font
from deid.formats.pdf.names import GBK_FONTS, font_in_gbk, spelled
from deid.formats.pdf.sanitizing import is_plain
from deid.formats.vocabulary import FONTS, is_font

_BASE_FONTS = frozenset(
    """Courier Helvetica Times Symbol ZapfDingbats Arial ArialMT TimesNewRoman TimesNewRomanPS TimesNewRomanPSMT
    CourierNew CourierNewPSMT STSong STHeiti STKaiti STFangsong SimSun SimHei KaiTi FangSong NSimSun MicrosoftYaHei
    NotoSansCJKsc NotoSerifCJKsc NotoSansSC NotoSerifSC SourceHanSansSC SourceHanSerifSC DejaVuSans DejaVuSerif
    WenQuanYiZenHei WenQuanYiMicroHei Wingdings Webdings LiberationSans LiberationSerif Helv ZaDb""".split()
)
_SPACED = re.compile(r"[\s_]")
_TOGETHER = frozenset(_SPACED.sub("", font) for font in FONTS)
"""In PDF `Arial Narrow` is `ArialNarrow`."""
_NAME = re.compile(r"(?:[A-Z]{6}\+)?([^-,+]*)([-,].*)?", re.DOTALL)
_BARS = "BarCode"
_STYLE = re.compile(
    "(?:[-,]|Bold|Italic|Oblique|Regular|Roman|Light|Medium|Black|Thin|Semi|Demi|Heavy|Condensed|Narrow|MT|PS|Identity|H|V)*"
)


class FontNames:
    """Gives fonts names; the same one for the same name."""

    def __init__(self) -> None:
        self._given: dict[bytes, Name] = {}

    def name(self, name: Any) -> Name:
        """The name of a known font, or one that says nothing."""
        raw = spelled(name).encode("utf-8", "surrogateescape")[1:] if isinstance(name, Name) else b""
        family = _family(raw)
        if isinstance(name, Name) and font_in_gbk(spelled(name)):
            return name  # by these bytes viewers know that text shown with it is in GBK
        if family in GBK_FONTS:
            return Name("/" + GBK_FONTS[family])
        if (
            isinstance(name, Name)
            and is_plain(spelled(name))
            and (is_font(family) or _is_known(_SPACED.sub("", family)))
        ):
            return name
        kind = _BARS if is_bar_code_font(raw.decode("utf-8", "replace")) else "Font"
        return self._given.setdefault(raw, Name(f"/{kind}{len(self._given)}"))


def _is_known(family: str) -> bool:
    return family in _BASE_FONTS or family.casefold() in _TOGETHER


def draws_bars(name: Any) -> bool:
    """Whether a font with a name that was given here draws the bars of a code."""
    return isinstance(name, Name) and spelled(name).startswith(f"/{_BARS}")


def _family(data: bytes) -> str:
    """A name of a font as it is known, without style; Chinese ones are often written in GBK."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        match = _NAME.fullmatch(text)
        return match[1] if match and _STYLE.fullmatch(match[2] or "") else ""
    return ""
