"""Letters that are drawn with level and upright strokes, and lines of tables that are not."""

from __future__ import annotations

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from test_pdf import done, seen
from test_pdf_drawn import DRAWN, PRINTED, no_ocr, with_drawing

from deid.formats import read, write
from deid.formats.lettering import chinese_font
from deid.formats.outlines import MANY_PIECES
from deid.formats.pdf.content import Interpreter

pytestmark = pytest.mark.slow

__all__ = ["no_ocr"]  # a fixture
SEGMENTS = {
    "a": (0, 2, 1, 2), "b": (1, 2, 1, 1), "c": (1, 1, 1, 0), "d": (0, 0, 1, 0), "e": (0, 1, 0, 0), "f": (0, 2, 0, 1),
    "g": (0, 1, 1, 1),
}  # fmt: skip
FIGURES = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")


def rows(text):
    """Of letters, the runs of ink in each row of pixels."""
    file = chinese_font()
    font = ImageFont.truetype(file.path, 24, index=file.number)
    picture = Image.new("L", (int(font.getlength(text)) + 4, 32), 0)
    ImageDraw.Draw(picture).text((2, 0), text, font=font, fill=255)
    for y, row in enumerate(np.asarray(picture) > 110):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(int)))
        yield y, list(zip(edges[::2], edges[1::2], strict=True))


def in_rows(text):
    lines = ["0 G 1 w"]
    for y, runs in rows(text):
        height = 500 - 0.9 * y
        lines += [f"{50 + 0.9 * a:.2f} {height:.2f} m {50 + 0.9 * b:.2f} {height:.2f} l S" for a, b in runs]
    return "\n".join(lines).encode()


def in_dashes(text):
    lines = ["0 G 1 w"]
    for y, runs in rows(text):
        sizes = [0, *np.diff([0, *(edge for run in runs for edge in run)])] if runs else []
        pattern = " ".join(f"{0.9 * size:.2f}" for size in sizes)
        lines.append(f"[{pattern}] 0 d 50 {500 - 0.9 * y:.2f} m 400 {500 - 0.9 * y:.2f} l S")
    return "\n".join(lines).encode()


def segments(digits):
    for number, digit in enumerate(digits):
        for name in FIGURES[int(digit)]:
            a, b, c, d = SEGMENTS[name]
            yield 120 + 14 * number + 9 * a, 500 + 9 * b, 120 + 14 * number + 9 * c, 500 + 9 * d


def in_segments(digits):
    lines = [f"{a} {b} m {c} {d} l S" for a, b, c, d in segments(digits)]
    return "\n".join(["0 G 1.5 w", *lines]).encode()


def in_bars(digits):
    """The same as thin rectangles."""
    lines = [
        f"{min(a, c) - 0.7} {min(b, d) - 0.7} {abs(a - c) + 1.4} {abs(b - d) + 1.4} re f"
        for a, b, c, d in segments(digits)
    ]
    return "\n".join(["0 g", *lines]).encode()


@pytest.mark.parametrize("drawing", [in_rows(DRAWN), in_segments("13800138000"), in_bars("13800138000")])
def test_letters_in_level_and_upright_strokes_are_read(tmp_path, drawing):
    path = with_drawing(tmp_path / "a.pdf", drawing)
    assert "13800138000" in seen(path)

    after = seen(done(path))

    assert "13800138000" not in after
    assert "张三丰" not in after
    assert "消化内科门诊" in after


@pytest.mark.parametrize("drawing", [in_rows(DRAWN), in_segments("13800138000"), in_bars("13800138000")])
def test_without_ocr_such_strokes_are_left_out(tmp_path, no_ocr, drawing):
    path = with_drawing(tmp_path / "a.pdf", drawing)

    document, out = read(str(path), ref="#1"), tmp_path / "out.pdf"
    write(document, {}, str(out))

    assert document.details["removed"]["drawing"] > 40
    assert "1380" not in seen(out)
    assert "消化内科门诊" in seen(out)


def patterns(path):
    with pikepdf.open(path) as pdf:
        operations = pikepdf.parse_content_stream(pdf.pages[0])
        return {len(operands[0]) for operands, operator in operations if str(operator) == "d"}


def test_dashes_of_many_sizes_which_may_be_letters_become_solid(tmp_path):
    path = with_drawing(tmp_path / "a.pdf", in_dashes(DRAWN) + b"\n[3 2 1 2] 0 d 50 90 m 400 90 l S")

    document, out = read(path, ref="#0001"), done(path)
    write(document, {}, str(tmp_path / "out.pdf"))

    assert {0, 4} <= patterns(out)
    assert max(patterns(out)) <= 6 < max(patterns(path))
    assert document.details["removed"]["drawing"] > 10


def lines(*points):
    return "\n".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l S" for a, b, c, d in points)


def cells(width, height, rows, columns):
    """A table of which each cell draws its own four borders."""
    for row in range(rows):
        for column in range(columns):
            left, low = 40 + width * column, 60 + height * row
            right, high = left + width, low + height
            yield from (
                (left, low, right, low), (left, high, right, high), (left, low, left, high), (right, low, right, high),
            )  # fmt: skip


def dotted():
    """Borders as a word processor draws them: specks, of which each cell begins anew."""
    for x0, y0, x1, y1 in cells(28, 14, 20, 18):
        count = int(max(x1 - x0, y1 - y0) / 1)
        for step in range(count):
            share = step / count
            yield f"{x0 + (x1 - x0) * share:.2f} {y0 + (y1 - y0) * share:.2f} 0.48 0.48 re f"


ORDINARY = {
    "cells": lines(*cells(25, 12, 40, 20)),
    "small cells": lines(*cells(6, 6, 60, 60)),
    "dashed cells": "[3 2] 0 d\n" + lines(*cells(25, 12, 40, 20)),
    "dotted cells": "\n".join(dotted()),
    "corners": "\n".join(
        f"{40 + 20.48 * column} {60 + 12 * row} 20 0.48 re f {40 + 20.48 * column - 0.48} {60 + 12 * row} 0.48 0.48 re f"
        for row in range(40)
        for column in range(25)
    ),
    "scale": lines(*((60 + 3 * tick, 100, 60 + 3 * tick, 104 + 4 * (tick % 5 == 0)) for tick in range(150))),
    "boxes": "\n".join(f"{60 + 80 * (box % 5)} {90 + 20 * box} 9 9 re S" for box in range(30)),
    "bars": "\n".join(f"{60 + 2 * bar + bar * bar % 3 / 2} 100 {1 + bar % 2} 25 re f" for bar in range(60)),
    "hatching": lines(*((60, 100 + 2 * line, 85, 100 + 2 * line) for line in range(90))),
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_lines_of_tables_and_charts_are_no_letters(tmp_path, kind):
    path = with_drawing(tmp_path / "a.pdf", ORDINARY[kind].encode())

    with pikepdf.open(path) as pdf:
        page = pdf.pages[0].obj
        surface = Interpreter("#1").run("p1", page, page.Resources)

    assert surface.pieces + surface.strokes.pieces() < MANY_PIECES
    assert len(PRINTED) == len(surface.shows)
