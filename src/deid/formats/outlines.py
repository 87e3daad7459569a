"""Outlines of drawings, as far as they may be letters: text that was converted to paths, which nobody reads.

As of pages of PDF files (`pdf.content`): a part that draws enough for a name loses its outlines.
"""

from __future__ import annotations

import re

NO_RECTANGLE = 5  # pieces of an outline
MANY_PIECES = 40
"""Outlines of so many may be letters: a name of three characters has more."""
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
COMMAND = re.compile(r"([A-Za-z])([^A-DF-Za-df-z]*)")
_CURVE, _BEGUN = re.compile("[CcSsQqTtAa]"), re.compile("[Mm][^A-DF-Za-df-z]*[A-LN-Ya-ln-y]")
OPERANDS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


def pieces_of_path(data: str) -> int:
    """What the outlines of a path (SVG 2, 9.3) are made of, but for lines and rectangles.

    >>> pieces_of_path("M0 0H9V9H0Z"), pieces_of_path("m 1,1 c 1 1 2 2 3 3 1 1 2 2 3 3 1 1 2 2 3 3 1 1 2 2 3 3 1 1 2 2 3 3 z")
    (0, 5)
    """
    outlines = [0]
    for command, operands in COMMAND.findall(data):
        count = len(NUMBER.findall(operands)) // OPERANDS.get(command.upper(), 2)
        if command in "Mm":
            outlines.append(max(count - 1, 0))
        elif command not in "Zz":
            outlines[-1] += count
    is_code = len(outlines) > MANY_PIECES  # of squares
    return sum(outlines) if is_code else sum(map(_counted, outlines))


def pieces_of_points(data: str) -> int:
    """The same of a list of points."""
    return _counted(len(NUMBER.findall(data)) // 2 - 1)


def is_line(data: str) -> bool:
    """Whether a path or list of points is nothing but a line or a frame; in drawn text even 三 and ： are none.

    >>> is_line("M0 0H9V9H0Z M"), is_line("M0 0H9V9H0Z M0 20H9V29H0Z")
    (True, False)
    """
    numbers = len(NUMBER.findall(data))
    return numbers < 2 * NO_RECTANGLE + 2 and not _CURVE.search(data) and len(_BEGUN.findall(data)) < 2


def _counted(pieces: int) -> int:
    return pieces if pieces >= NO_RECTANGLE else 0
