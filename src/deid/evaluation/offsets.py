"""Offsets of labelled files made code points, half-open, and checked against what the file says is there.

Tools count differently: in UTF-16 units (whatever runs in a browser: an emoji counts twice),
without the `\\r` of Windows line ends, and with ends inclusive or exclusive. Where a file
gives the surface of each stretch, the way of counting under which most samples agree is
taken for the file, and a sample that fits only another one is read in that one; both are
counted as repaired. Without surfaces only an offset beyond the text can tell.

What fits in no way of counting is an error that names sample and stretch, never its text.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Units = Callable[[str], "array[int] | None"]


class Stretch(NamedTuple):
    """A labelled stretch as a file gives it, in units of the file; `surface` is None where it has none."""

    start: int
    end: int
    surface: str | None = None


@dataclass(frozen=True, slots=True)
class Counting:
    """A way of counting. `units` maps a text to its code point for each offset, or None when they agree."""

    name: str
    units: Units
    inclusive: bool = False


def countings(*, inclusive: bool = False) -> tuple[Counting, ...]:
    """The ways to try; the first is that of the format. Only inclusive formats are tried both ways."""
    ways = tuple(
        Counting(name, units, inclusive)
        for name, units in (("", _code_points), ("utf16", _utf16), ("line_ends", _line_ends))
    )
    if not inclusive:
        return ways
    other = tuple(Counting("_".join(filter(None, (way.name, "ends"))), way.units) for way in ways)
    return (*ways, *other)


def _code_points(text: str) -> array[int] | None:
    return None


def _utf16(text: str) -> array[int] | None:
    """-1 for an offset between the halves of a character."""
    if not text or max(text) < "\U00010000":
        return None
    places = array("l")
    for index, character in enumerate(text):
        places.append(index)
        if character >= "\U00010000":
            places.append(-1)
    places.append(len(text))
    return places


def _line_ends(text: str) -> array[int] | None:
    """`\\r\\n` counted as one."""
    if "\r\n" not in text:
        return None
    places = array("l", (i for i in range(len(text)) if text[i : i + 2] != "\r\n"))
    places.append(len(text))
    return places


def settle(
    texts: Sequence[str],
    stretches: Sequence[Sequence[Stretch]],
    *,
    inclusive: bool = False,
    usual: str = "",
) -> tuple[list[list[tuple[int, int]] | None], Counter[str]]:
    """Code points of every stretch, None for a sample that fits in no way of counting; and what was repaired.

    Repairs are counted in samples, by the name of the way of counting. `usual` is how the tool
    counts: where several ways fit as well, that one counts.
    """
    ways = countings(inclusive=inclusive)
    repairs: Counter[str] = Counter()
    settled: list[list[tuple[int, int]] | None] = []
    fits = [[_fit(text, given, way) for way in ways] for text, given in zip(texts, stretches, strict=True)]
    agreeing = [sum(fit[i].quality for fit in fits) for i in range(len(ways))]
    best = max(range(len(ways)), key=lambda i: (agreeing[i], ways[i].name == usual, -i))
    for fit in fits:
        chosen = max(range(len(ways)), key=lambda i: (fit[i].quality, i == best, -i))
        settled.append(fit[chosen].places if fit[chosen].quality else None)
        if fit[chosen].quality and fit[chosen].places != fit[0].places:
            repairs[ways[chosen].name] += 1
    return settled, repairs


class _Fit(NamedTuple):
    """Code points of the stretches of a sample. `quality`: 0 they do not fit, 1 but for white space, 2 they do."""

    places: list[tuple[int, int]]
    quality: int


def _fit(text: str, stretches: Sequence[Stretch], way: Counting) -> _Fit:
    units = way.units(text)
    places = []
    quality = 2
    for start, end, surface in stretches:
        end += way.inclusive
        if units is not None:
            if not 0 <= start < end < len(units):
                return _Fit([], 0)
            start, end = units[start], units[end]
        if not 0 <= start < end <= len(text) or not same(text[start:end], surface):
            return _Fit([], 0)
        quality = min(quality, 1 + (surface in (None, "", text[start:end])))
        places.append((start, end))
    return _Fit(places, quality)


def same(found: str, surface: str | None) -> bool:
    """Whether a stretch is what the file says; white space, which tools write in many ways, aside."""
    return not surface or found == surface or _bare(found) == _bare(surface)


def _bare(text: str) -> str:
    return "".join(text.replace("\\n", "").replace("\\r", "").split())


def faults(text: str, stretches: Sequence[Stretch], *, inclusive: bool = False) -> Iterator[tuple[int, str]]:
    """`(number of the stretch from 0, what is wrong)`, counted as the format does."""
    for number, (start, end, surface) in enumerate(stretches):
        end += inclusive
        if start == end:
            yield number, "is empty"
        elif start > end:
            yield number, "ends before it begins"
        elif start < 0 or end > len(text):
            yield number, f"reaches beyond the text of {len(text)} characters"
        elif not same(text[start:end], surface):
            yield number, _difference(text, start, surface or "")


def _difference(text: str, start: int, surface: str) -> str:
    shifts = [place - start for place in _places(text, surface)]
    if not shifts:
        return "is not what the file says: that stands nowhere in the text"
    shift = min(shifts, key=abs)
    return f"is not what the file says: that stands {abs(shift)} characters {'later' if shift > 0 else 'earlier'}"


def _places(text: str, surface: str) -> Iterator[int]:
    place = text.find(surface)
    while place >= 0:
        yield place
        place = text.find(surface, place + 1)
