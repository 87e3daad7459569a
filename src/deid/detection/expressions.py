"""The regexes of recognizer files, compiled. Those of users get a time limit; it costs more
than most matches take, and the shipped ones are held to linear time by `recognizers check`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TypeAlias, cast

import regex

from deid.catalog import RecognizerSpec, shipped_catalog
from deid.errors import CatalogError, DetectionFailed
from deid.regexprograms import compile_regex

TIMEOUT = 5.0
"""Seconds that one regex may take on one text; longer is an error, never a skip."""

_BEFORE = 24
"""So many characters before a value are looked at."""

Match: TypeAlias = regex.Match[str]


class Expression:
    """The methods of a regex. Behind a limit each raises DetectionFailed when it takes too long.

    CatalogError names the place when the source is no regex: at once for those of users. Shipped ones
    are compiled when they are first needed; most texts need few, and all take a tenth of the start.
    """

    def __init__(self, source: str, place: str, *, limited: bool) -> None:
        self._source = source
        self._place = place
        self._limited = limited
        if limited:
            _ = self._pattern

    @cached_property
    def finditer(self) -> Callable[..., Iterator[Match]]:
        return self._each_within_limit if self._limited else self._pattern.finditer

    @cached_property
    def search(self) -> Callable[..., Match | None]:
        return self._within_limit(self._pattern.search)

    @cached_property
    def match(self) -> Callable[..., Match | None]:
        return self._within_limit(self._pattern.match)

    @cached_property
    def fullmatch(self) -> Callable[..., Match | None]:
        return self._within_limit(self._pattern.fullmatch)

    @cached_property
    def _pattern(self) -> regex.Pattern[str]:
        """Without a limit a regex of the standard library, which compiles and matches twice as fast,
        unless it needs more, as a lookbehind of no fixed width.
        """
        if not self._limited:
            try:
                return cast("regex.Pattern[str]", compile_regex(self._source))
            except re.error:
                pass
        try:
            return regex.compile(self._source)
        except regex.error as error:
            raise CatalogError(f"{self._place}: not a regex: {error.msg} at {error.pos}") from None

    def _each_within_limit(self, *args: object) -> Iterator[Match]:
        try:
            yield from self._pattern.finditer(*args, timeout=TIMEOUT)
        except TimeoutError:
            raise self._late() from None

    def _within_limit(self, method: Callable[..., Match | None]) -> Callable[..., Match | None]:
        if not self._limited:
            return method

        def limited(*args: object) -> Match | None:
            try:
                return method(*args, timeout=TIMEOUT)
            except TimeoutError:
                raise self._late() from None

        return limited

    def _late(self) -> DetectionFailed:
        return DetectionFailed(f"{self._place}: the regex took longer than {TIMEOUT:g} s on one text")


def compiled(spec: RecognizerSpec, name: str, source: str) -> Expression:
    """A regex of `spec`; CatalogError names the place when it is none."""
    shipped = spec == shipped_catalog().by_type.get(spec.entity)
    return Expression(source, f"{spec.entity}: {name}", limited=not shipped)


class Surroundings:
    """What must not stand before, after or in a value of a type: `not_before`, `not_after`, `reject`."""

    def __init__(self, spec: RecognizerSpec) -> None:
        self._before = compiled(spec, "not_before", f"(?:{spec.not_before})$") if spec.not_before else None
        self._after = compiled(spec, "not_after", spec.not_after) if spec.not_after else None
        self._value = compiled(spec, "reject", spec.reject) if spec.reject else None

    def allow(self, text: str, start: int, end: int) -> bool:
        """Whether the stretch may be a value there."""
        return not (
            (self._before and self._before.search(text, max(0, start - _BEFORE), start))
            or (self._after and self._after.match(text, end))
            or (self._value and self._value.fullmatch(text, start, end))
        )
