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

TIMEOUT = 5.0
"""Seconds that one regex may take on one text; longer is an error, never a skip."""

Match: TypeAlias = regex.Match[str]


class Expression:
    """The methods of a regex, which is compiled when one of them is first asked for: most never are.

    Behind a limit each raises DetectionFailed when it takes too long.
    """

    def __init__(self, source: str, place: str, *, limited: bool) -> None:
        self._source = source
        self._place = place
        self._is_limited = limited

    @cached_property
    def search(self) -> Callable[..., Match | None]:
        return self._within_limit(self.pattern.search)

    @cached_property
    def match(self) -> Callable[..., Match | None]:
        return self._within_limit(self.pattern.match)

    @cached_property
    def fullmatch(self) -> Callable[..., Match | None]:
        return self._within_limit(self.pattern.fullmatch)

    @cached_property
    def finditer(self) -> Callable[..., Iterator[Match]]:
        if not self._is_limited:
            find: Callable[..., Iterator[Match]] = self.pattern.finditer
            return find

        def limited(*args: object) -> Iterator[Match]:
            try:
                yield from self.pattern.finditer(*args, timeout=TIMEOUT)
            except TimeoutError:
                raise self._late() from None

        return limited

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """The compiled regex. CatalogError names the place when it is none.

        Without a limit it is one of the standard library, which compiles and matches twice as fast,
        unless it needs more, as a lookbehind of no fixed width.
        """
        if not self._is_limited:
            try:
                return cast("regex.Pattern[str]", re.compile(self._source))
            except re.error:
                pass
        try:
            return regex.compile(self._source)
        except regex.error as error:
            raise CatalogError(f"{self._place}: not a regex: {error.msg} at {error.pos}") from None

    def _within_limit(self, method: Callable[..., Match | None]) -> Callable[..., Match | None]:
        if not self._is_limited:
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
    """A regex of `spec`; CatalogError names the place when a user's is none."""
    shipped = spec == shipped_catalog().by_type.get(spec.entity)
    expression = Expression(source, f"{spec.entity}: {name}", limited=not shipped)
    if not shipped:
        _ = expression.pattern
    return expression
