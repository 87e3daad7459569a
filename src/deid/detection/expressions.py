"""The regexes of recognizer files, compiled. Those of users get a time limit; it costs more
than most matches take, and the shipped ones are held to linear time by `recognizers check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import regex

from deid.catalog import RecognizerSpec, shipped_catalog
from deid.errors import CatalogError, DetectionFailed

TIMEOUT = 5.0
"""Seconds that one regex may take on one text; longer is an error, never a skip."""

Match: TypeAlias = regex.Match[str]


@dataclass(frozen=True)
class Expression:
    """The methods of a compiled regex. Behind a limit each raises DetectionFailed when it takes too long."""

    search: Callable[..., Match | None]
    match: Callable[..., Match | None]
    fullmatch: Callable[..., Match | None]
    finditer: Callable[..., Iterator[Match]]


def compiled(spec: RecognizerSpec, name: str, source: str) -> Expression:
    """A regex of `spec`; CatalogError names the place when it is none."""
    place = f"{spec.entity}: {name}"
    try:
        pattern = regex.compile(source)
    except regex.error as error:
        raise CatalogError(f"{place}: not a regex: {error.msg} at {error.pos}") from None
    if spec == shipped_catalog().by_type.get(spec.entity):
        return Expression(pattern.search, pattern.match, pattern.fullmatch, pattern.finditer)
    return _limited(pattern, place)


def _limited(pattern: regex.Pattern[str], place: str) -> Expression:
    def late() -> DetectionFailed:
        return DetectionFailed(f"{place}: the regex took longer than {TIMEOUT:g} s on one text")

    def once(method: Callable[..., Match | None]) -> Callable[..., Match | None]:
        def call(*args: object) -> Match | None:
            try:
                return method(*args, timeout=TIMEOUT)
            except TimeoutError:
                raise late() from None

        return call

    def finditer(*args: object) -> Iterator[Match]:
        try:
            yield from pattern.finditer(*args, timeout=TIMEOUT)
        except TimeoutError:
            raise late() from None

    return Expression(once(pattern.search), once(pattern.match), once(pattern.fullmatch), finditer)
