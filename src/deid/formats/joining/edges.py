"""What a character at the border of a cell may be: most borders are passed by after a look at it."""

from __future__ import annotations

from functools import lru_cache

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
"""With one of them a number plate begins."""
_FIRST_OF_PIECE = frozenset(
    "0123456789０１２３４５６７８９*＊×ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
_FIRST_OF_PAIR = frozenset("0" + PROVINCES)
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_LAST = _DIGITS | {"-"}
PIECE_BEGINS, PAIR_BEGINS, CUT_BEGINS, CUT_ENDS = 1, 2, 4, 8
"""What a character at the border of a cell may be: the beginning of a piece, of a pair, of the rest of a number, or its end."""


@lru_cache(maxsize=1 << 16)
def edge_of(character: str) -> int:
    """What a character (or none) at the border of a cell may be."""
    space = character.isspace()
    return (
        (PIECE_BEGINS if space or character in _FIRST_OF_PIECE else 0)
        | (PAIR_BEGINS if space or character in _FIRST_OF_PAIR else 0)
        | (CUT_BEGINS if space or character in _DIGITS else 0)
        | (CUT_ENDS if space or character in _LAST else 0)
    )
