"""Borders that a label can hardly have: inside a number or a Latin word, on a blank or a sign."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]")
_EDGE = re.compile(r"[\s:：,，;；。、=【】\[\]（(<《\"“”]")
_OPENING = "(（[【《<"
_CLOSING = ")）]】》>"


def border(text: str, start: int, end: int) -> str:
    """What is odd about the stretch, which is not empty and lies in the text; nothing where it is fine."""
    first, last = text[start], text[end - 1]
    if same_run(text[start - 1 : start], first):
        return "begins inside a number or word"
    if same_run(last, text[end : end + 1]):
        return "ends inside a number or word"
    inside = text[start:end]
    if _EDGE.match(first) and not _paired(first, inside):
        return "begins with a blank or a sign"
    if (_EDGE.match(last) or last in _CLOSING) and not _paired(last, inside):
        return "ends with a blank or a sign"
    return ""


def _paired(sign: str, inside: str) -> bool:
    """Whether a bracket has its other half inside: 中信(集团)."""
    if sign in _OPENING:
        return _CLOSING[_OPENING.index(sign)] in inside
    return sign in _CLOSING and _OPENING[_CLOSING.index(sign)] in inside


def same_run(one: str, other: str) -> bool:
    """Whether two characters are both digits or both Latin letters."""
    return (one.isdigit() and other.isdigit()) or bool(_WORD.match(one) and _WORD.match(other))
