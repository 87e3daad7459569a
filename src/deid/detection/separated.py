"""Numbers whose figures marks keep apart that belong to no such number: 13,800,138,000 as a format of numbers shows
a telephone, 1\t3\t8 as tabs set it.

Lists and tables hold figures in a row as well, so such a number is whole, in groups as people or programs make
them, and has a right check digit or a cue; who asks for these sees to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_GAP = rf"[^0-9A-Za-z{HAN}\n]{{1,4}}"
"""Four blanks stand between the boxes of a printed form."""
_SLASH = "/"
_SEPARATED = Screened(
    rf"(?<![0-9A-Za-z*])[0-9]{{1,8}}(?P<gap>{_GAP})[0-9]{{1,8}}(?:(?P=gap)[0-9]{{1,8}}){{0,17}}(?:(?P=gap)?[Xx])?"
    r"(?![0-9A-Za-z*]|-[0-9]{2}-[0-9])"  # 1371882,2024-03-06
)
_FIGURES = Regex("[0-9]+|[Xx]")
_FEWEST = 11


class Separated(NamedTuple):
    """`text[start:end]` without what stands between its figures; `doubtful` where that may as well be between several.

    `single` where each figure stands for itself, as answers of a questionnaire do as well.
    """

    start: int
    end: int
    value: str
    doubtful: bool
    single: bool


def separated(reading: Reading) -> Iterator[Separated]:
    """The numbers of a text that are written so."""
    for match in reading.finditer(_SEPARATED):
        groups = _FIGURES.findall(match[0])
        value = "".join(groups)
        if len(value) >= _FEWEST and _is_usual([len(group) for group in groups]):
            yield Separated(*match.span(), value, _SLASH in match["gap"], len(groups) == len(value))


def _is_usual(sizes: list[int]) -> bool:
    """Whether all groups have one figure, or all but the first and the last three and more."""
    return max(sizes) == 1 or min(sizes[1:-1] or sizes[:1]) > 2
