"""What a glyph shows of which the file says that it is a blank, a sign, a letter of another script or several letters.

A digit that is said to be a bullet is read by nobody but those who look at the page; a word in one glyph as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import cache
from typing import Any

import numpy as np

from deid.formats.pdf.features import INK, SIZE, inked_part, reference, references
from deid.formats.pdf.fonts import UNKNOWN, UNKNOWN_HAN

DIGITS = "0123456789"
_NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文伟芳娜秀敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英华兰红"
    "玉萍鹏辉玲宇浩欣怡梓涵雨轩思佳嘉俊博子晨若琪婷雪建国志海波斌莉琳颖晓东春梅燕飞凤云清永庆福贵祥荣德"
)
_LEAST, _HAN, _APART = 0.65, 0.5, 0.15
"""How like a digit or a Chinese character a glyph is at least that shows one, and how much less like what it is said to be."""
_OWN = 0.5
"""What is so like what it is said to be, is it."""
_STROKES = 1.5
"""Through a Chinese character goes a line, level or upright, that meets so many strokes of it on the average."""
_LONGEST = 4  # characters in one glyph that are compared
_TALL, _LONG, _HIGH = 1.9, 1.7, 0.3 * SIZE
"""A word is so many times as tall as it is wide, or so many times as long as it is high; its characters are no dots."""
_PARTS, _MANY_PARTS = 3, 5
"""Of a word, with gaps between them; of one in very small print."""
_HAIR = 0.1
"""Of ink: what joins the strokes of a letter may be as thin."""


def shown_as(drawn: Any, cell: Any, text: str, known: Collection[str]) -> tuple[str, int]:
    """`digit`, `han` or `word`, and which one; nothing where the glyph may be what it is said to be. `known` are the
    characters of our own font, `cell` what is drawn and `drawn` its features, if it has any."""
    own, is_known = _likeness(drawn, text, known)
    if own < _OWN and is_word(cell, text):
        return "word", 0
    if drawn is None or set(text) & {UNKNOWN, UNKNOWN_HAN}:
        return "", 0
    digits = references(DIGITS) @ drawn
    if digits.max() >= max(_LEAST, own + _APART):
        return ("digit" if is_known else "foreign digit"), int(np.argmax(digits))
    if (references(_NAMES) @ drawn).max() >= max(_HAN, own + _APART) and _strokes(cell) > _STROKES:
        return ("han" if is_known else "foreign han"), hash(drawn.tobytes())
    return "", 0


def _likeness(drawn: Any, text: str, known: Collection[str]) -> tuple[float, bool]:
    """How like a glyph is what it is said to be, and whether that is known: how blanks look, and all that our font has."""
    if is_blank(text):
        return 0.0, True
    if drawn is None or len(text) > _LONGEST or not known or not set(text.replace(" ", "")) <= set(known):
        return 0.0, len(text) > _LONGEST
    own = reference(text)
    return (0.0 if own is None else float(own @ drawn)), True


@cache
def is_blank(text: str) -> bool:
    """Whether a text shows nothing; control characters are often what a font has that says nothing of its signs."""
    return all(one.isspace() or unicodedata.category(one) in ("Cf", "Zs") for one in text)


def is_word(cell: Any, text: str) -> bool:
    """Whether a glyph shows several characters in a row that its text does not have."""
    if (inked := inked_part(cell)) is None:
        return False
    said = max(1, len(text.strip()))
    height, width = inked.shape
    if width >= _LONG * said * height:
        return _parts(inked, axis=0) >= (_PARTS if height >= _HIGH else _MANY_PARTS)
    return bool(height >= _TALL * said * width and width >= _HIGH and _parts(inked, axis=1) > _PARTS)


def _parts(inked: Any, *, axis: int) -> int:
    """How many there are with gaps between them."""
    dark = inked.max(axis=axis) > _HAIR
    return int((np.diff(dark.astype(int), prepend=0) == 1).sum())


def _strokes(cell: Any) -> float:
    ink = (inked_part(cell) > INK).astype(int)
    begun = ((np.diff(ink, axis=axis, prepend=0) == 1).sum() / ink.shape[1 - axis] for axis in (0, 1))
    return float(max(begun))
