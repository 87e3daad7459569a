"""Regexes of the program itself, compiled when they are first used.

There are a thousand, and a class of all Chinese characters alone takes a millisecond: to compile all of
them is a fifth of the start, and a short text needs few. What `re` works out of a class is remembered,
for the same classes stand in most of them.
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
_WIDE = 1000
"""Characters of a range that takes long."""
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
    """What `re` makes of a class; small ones, and those of regexes that ignore case, it works out each time."""
    if any(of_case) or not any(
        isinstance(item[1], tuple) and item[1][1] - item[1][0] > _WIDE for item in charset
    ):
        return _worked_out(charset, *of_case)
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
