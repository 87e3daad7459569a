"""Replacement by a typed label: 〔姓名1〕 says what stood there, and the number that it was the same.

The tortoise-shell brackets can be written in GBK, are rare in records, and no part of a
regex, file name, CSV or formula syntax. Masked and partial forms are replaced whole like
any other: what is left of `138****5678` still points to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deid.errors import PolicyError
from deid.operators.request import Request, check_names
from deid.regexes import Regex

NAME = "label"
OPENS = "〔"
TITLE = "置换（标签）"
_WORD = Regex(r"[^\s〔〕0-9]{1,16}")


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params, "word", "numbered")
    word = params.get("word", "姓名")
    # A digit at the end of the word would run into the number: 〔家属11〕 is 家属1 no. 1 or 家属 no. 11.
    if not isinstance(word, str) or not _WORD.fullmatch(word):
        raise PolicyError(f"{NAME}: word is 1 to 16 characters without digits, spaces and 〔〕")
    if type(params.get("numbered", True)) is not bool:
        raise PolicyError(f"{NAME}: numbered is true or false")


def operate(value: str, request: Request) -> str:
    return written(request.label or request.entity_type, request.number, request.params)


def written(word: str, number: int | None, params: Mapping[str, Any]) -> str:
    """The label of a type that is called `word`, for the value with that number."""
    word = params.get("word") or word
    return f"〔{word}{number}〕" if params.get("numbered", True) and number is not None else f"〔{word}〕"
