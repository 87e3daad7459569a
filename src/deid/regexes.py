"""Regexes of the program itself, compiled when they are first used.

There are a thousand, and a class with one Chinese character in it takes a fifth of a millisecond, one of all of them
more: to compile all regexes is a fifth of the start, and a short text needs few. Short classes stand as they are
written, and what `re` works out of others is remembered, for the same ones stand in most of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from importlib import import_module
from threading import Lock
from typing import Any

_compiler: Any = import_module("re._compiler" if sys.version_info >= (3, 11) else "sre_compile")
_worked_out: Any = getattr(_compiler, "_optimize_charset", None)
_NARROW = 0xFF
"""The last of the characters of which a class is worked out at once."""
_FEW = 5
"""Items of a class that is as fast to look through as it stands."""
_classes: dict[tuple[Any, ...], Any] = {}
_COMPILING = Lock()


def compile_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, in half the time."""
    if _worked_out is None:  # a version of Python that does it otherwise
        return re.compile(pattern, flags)
    with _COMPILING:
        _compiler._optimize_charset = _remembered
        try:
            return re.compile(pattern, flags)
        finally:
            _compiler._optimize_charset = _worked_out


def _remembered(charset: Sequence[Any], *of_case: Any) -> Any:
    """What `re` makes of a class; one of Latin letters, and those of regexes that ignore case, it works out each time."""
    lasts = [last[1] if isinstance(last, tuple) else last for _, last in charset]
    if any(of_case) or not any(isinstance(last, int) and last > _NARROW for last in lasts):
        return _worked_out(charset, *of_case)
    if len(charset) <= _FEW:
        return charset, False
    key = tuple(charset)
    if key not in _classes:
        _classes[key] = _worked_out(charset)
    return _classes[key]


class Regex:
    """What `re.compile` gives, as far as it is used here."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return compile_regex(self.pattern, self.flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        return self._compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        return self._compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        return self._compiled.sub
