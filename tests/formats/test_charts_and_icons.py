"""Drawings that say nothing stay: icons, curves and heat maps; codes and letters among them go all the same."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from pathlib import Path

import pytest

from deid.formats import read, write
from deid.formats.codes import Box, in_codes
from deid.formats.shapes import is_graph

MAIL = "M20 4H4c-1.1 0-1.99.9-1.99 2L2 18c0 1.1.9 2 2 2h16c1.1 0 2-.9 2-2V6c0-1.1-.9-2-2-2zm0 4l-8 5-8-5V6l8 5 8-5v2z"
CIRCLE = "M12 2C6.5 2 2 6.5 2 12s4.5 10 10 10 10-4.5 10-10S17.5 2 12 2zm0 3c1.7 0 3 1.3 3 3s-1.3 3-3 3-3-1.3-3-3 1.3-3 3-3z"
WRITTEN = "M5 5L9 5 3 9 9 9 5 14 2 11 8 13 4 2 7 8 1 3 6 6 2 2 9 4"


def output(path: Path, text: str) -> tuple[dict[str, int], str]:
    path.write_text(text, "utf-8")
    document = read(path, ref="#1")
    out = path.with_name(f"out{path.suffix}")
    write(document, {}, out)
    return document.details["removed"], out.read_text("utf-8")


def svg(drawn: str, box: str = "0 0 24 24") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{drawn}</svg>'


def curve(points: int = 90, back: float = 0.0) -> str:
    chosen = random.Random(7)
    return "M" + "L".join(
        f"{60 + 5.2 * n - back * (n % 2):.2f} {200 + 60 * math.sin(n / 7) + chosen.uniform(-9, 9):.2f}"
        for n in range(points)
    )


@pytest.mark.parametrize("page", ["<li>{}邮箱</li>", "<button>{}</button>", "<span><i>{}</i>邮箱</span>"])
def test_icons_of_a_page_stay(tmp_path, page):
    text = "".join(page.format(svg(f'<path d="{one}"/>')) for one in [MAIL, CIRCLE] * 4)

    assert output(tmp_path / "a.html", text) == ({}, text)


@pytest.mark.parametrize(
    "page", ["{}", "<span>{}</span>", "{} \n", "{}&nbsp;", "<td>{}</td>", "<div>{}</div>"]
)
def test_pictures_side_by_side_may_be_letters(tmp_path, page):
    text = "<html><body>" + "".join(
        page.format(svg(f'<path d="{one}"/>')) for one in [MAIL, CIRCLE, WRITTEN] * 3
    )

    removed, written = output(tmp_path / "a.html", text)

    assert removed == {"drawing": 9}
    assert MAIL not in written


def test_what_draws_enough_for_a_name_is_no_icon(tmp_path):
    text = f'<html><body><p>{svg("".join(f"""<path d="{WRITTEN}"/>""" for _ in range(5)))}</p></body></html>'

    assert output(tmp_path / "a.html", text)[0] == {"drawing": 5}


def symbols(box: str = ' viewBox="0 0 1024 1024"') -> str:
    return "".join(
        f'<symbol id="icon-{number}"{box}><path d="{one}"/></symbol>'
        for number, one in enumerate([MAIL, CIRCLE, WRITTEN] * 4)
    )


def test_a_collection_of_icons_stays(tmp_path):
    text = svg(symbols())

    assert output(tmp_path / "a.svg", text) == ({}, text)


@pytest.mark.parametrize(
    "text",
    [
        svg(symbols("")),
        svg(symbols(' viewBox="0 0 700 1000"')),
        svg(symbols() + "".join(f'<use x="{n}" href="#icon-{n}"/>' for n in range(4))),
        svg(f'<symbol viewBox="0 0 9 9">{"".join(f"""<path d="{WRITTEN}"/>""" for _ in range(5))}</symbol>'),
        svg(symbols() + '<symbol viewBox="0 0 9 9"><use href="#icon-1"/><use href="#icon-2"/></symbol>'),
    ],
)
def test_symbols_that_may_be_letters_go(tmp_path, text):
    assert output(tmp_path / "a.svg", text)[0]["drawing"] >= 5


@pytest.mark.parametrize(
    ("used", "stays"),
    [
        ("<li>{}邮箱</li>", True),
        ("<button>{}</button>", True),
        ("<span>{}</span>", False),
        ("<li>{0}{0}</li>", False),
    ],
)
def test_icons_of_a_page_that_come_from_a_collection(tmp_path, used, stays):
    uses = "".join(used.format(f'<svg class="icon"><use xlink:href="#icon-{n}"/></svg>') for n in range(6))
    text = f"<html><body>{svg(symbols())}<p>首页</p>{uses}</body></html>"

    removed, written = output(tmp_path / "a.html", text)

    assert (not removed, written == text) == (stays, stays)


def test_letters_go_and_the_curve_beside_them_stays(tmp_path):
    area = f"{curve()}L522.8 320L60 320Z"
    letters = f'<path d="{WRITTEN}"/>' * 5
    text = svg(f'<path d="{curve()}"/><polyline points="{curve()[1:].replace("L", " ")}"/><path d="{area}"/>')

    assert output(tmp_path / "a.svg", text) == ({}, text)
    removed, written = output(tmp_path / "b.svg", text.replace("</svg>", f"{letters}</svg>"))
    assert removed == {"drawing": 5}
    assert written.count(curve()) == 2


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (curve(), True),
        (curve(6), True),
        (curve(back=5.25), True),  # thinned by a program: some steps back
        (curve(12, back=6.0), False),
        ("M0 5C1 6 2 6 3 5C4 4 5 4 6 5", True),
        ("M0 5C1 6 4 6 3 5C4 4 5 4 6 5", False),
        (f"{curve()}L522.8 320L60 320Z", True),
        (WRITTEN, False),
        (CIRCLE, False),
        ("M" + "L".join(f"{math.cos(n / 9):.3f} {math.sin(n / 9):.3f}" for n in range(57)) + "Z", False),
        (f"{curve()}M0 0A9 9 0 0 1 9 9", False),
        (f"{curve()}M0 0X9 9", False),
        ("M0 0h1v1h-1z", False),
        ("M0 0A9 9 0 0 1 9 9", False),
        ("", False),
    ],
)
def test_curves_of_charts(data, expected):
    assert is_graph(data) == expected


def test_a_signature_of_many_short_strokes_goes(tmp_path):
    ends = [(10 + 9 * math.cos(n / 3), 10 + 9 * math.sin(n / 2)) for n in range(60)]
    strokes = "".join(
        f'<path d="M {a:.1f},{b:.1f} C {a + 1:.1f},{b:.1f} {c:.1f},{d + 1:.1f} {c:.1f},{d:.1f}" fill="none"/>'
        for (a, b), (c, d) in pairwise(ends)
    )

    removed, written = output(tmp_path / "a.svg", svg(strokes))

    assert removed == {"drawing": 59}
    assert " C " not in written


def test_bars_with_round_corners_stay(tmp_path):
    bars = "".join(
        f'<path d="M{n}5 205A5 5 0 0 1 {n}7 200L{n}8 200A5 5 0 0 1 {n}9 205L{n}9 320L{n}5 320Z"/>'
        for n in range(1, 30)
    )

    assert output(tmp_path / "a.svg", svg(bars)) == ({}, svg(bars))


def code(side: int, kind: str) -> list[tuple[int, int]]:
    """Squares of a code: with finders in the corners, with a border of Data Matrix, or at random."""
    chosen = random.Random(side)
    squares = {(y, x) for y in range(side) for x in range(side) if chosen.random() < 0.5}
    if kind == "border":
        squares = {(y, x) for y, x in squares if 0 < y < side - 1 and 0 < x < side - 1}
        squares |= {(n, 0) for n in range(side)} | {(side - 1, n) for n in range(side)}
        squares |= {(0, n) for n in range(0, side, 2)} | {(n, side - 1) for n in range(1, side, 2)}
    corners = {"finder": [(0, 0)], "finders": [(0, 0), (0, side - 7), (side - 7, 0)]}.get(kind, [])
    for top, left in corners:
        for y in range(-1, 8):
            for x in range(-1, 8):
                squares.discard((top + y, left + x))
        ring = [(y, x) for y in range(7) for x in range(7) if max(abs(y - 3), abs(x - 3)) != 2]
        squares |= {(top + y, left + x) for y, x in ring}
    return sorted((y, x) for y, x in squares if 0 <= y < side and 0 <= x < side)


def test_a_box_of_any_width_is_looked_at_in_no_time():
    assert in_codes(Box(n, 0.0, float(n), 10.0**12, 1.0) for n in range(90)) == set()


def boxes(squares: list[tuple[int, int]], colours: int = 1) -> list[Box]:
    return [Box(n, 4.0 * x, 4.0 * y, 4.0, 4.0, str(n % colours)) for n, (y, x) in enumerate(squares)]


GRID = [(y, x) for y in range(20) for x in range(24)]
TRIANGLE = [(y, x) for y, x in GRID if x <= y]


@pytest.mark.parametrize(
    ("squares", "colours", "found"),
    [
        (code(21, "finders"), 1, True),
        (code(21, "finders"), 9, True),
        (code(21, "random"), 9, True),
        (code(21, "random"), 2, True),  # of another kind
        (code(13, "finder"), 1, True),  # Micro QR
        (code(12, "border"), 1, True),  # Data Matrix
        (code(10, "border"), 1, True),
        (code(12, "random"), 1, False),
        ([(y, x) for y, x in GRID if y < 14 and x < 14], 2, False),
        (GRID, 3, True),  # whoever knows which colour is dark reads it
        (GRID, 40, False),
        (TRIANGLE, 40, False),
        (
            [
                *((y, x) for y in range(200) for x in range(30)),
                *((y, 40 + x) for y, x in code(21, "finders")),
            ],
            40,
            True,
        ),
    ],
)
def test_codes_are_told_from_heat_maps(squares, colours, found):
    assert in_codes(boxes(squares, colours)) == (set(range(len(squares))) if found else set())


@pytest.mark.parametrize(
    "square", ['<rect x="{x}" y="{y}" width="9" height="9" {c}/>', '<path d="M{x} {y}l9 0l0 9l-9 0Z" {c}/>']
)
@pytest.mark.parametrize("colour", ['fill="#{:06x}"', 'style="fill: #{:06x}"'])
def test_heat_maps_of_svg_stay_and_codes_of_squares_go(tmp_path, square, colour):
    def drawn(squares: list[tuple[int, int]], colours: int) -> str:
        return svg(
            "".join(
                square.format(x=9 * x, y=9 * y, c=colour.format(n % colours))
                for n, (y, x) in enumerate(squares)
            )
        )

    assert output(tmp_path / "a.svg", drawn(GRID, 40)) == ({}, drawn(GRID, 40))
    qr = code(21, "finders")
    assert output(tmp_path / "b.svg", drawn(qr, 1))[0] == {"code": len(qr)}
