"""Markup that shows text otherwise than it stands in the file: backwards, with parts hidden, letter by letter, cloaked."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import quote

import pytest
from planting import replaced

from deid.formats import read, write
from deid.formats.markup.cutting import Cutter
from deid.formats.proofreading.markup import strings_of

PHONE = "13912345028"


def output(path: Path, text: str, value: str = PHONE) -> tuple[dict[str, int], str]:
    path.write_text(text, "utf-8")
    document = read(path, ref="#1")
    out = path.with_name(f"out{path.suffix}")
    write(document, replaced(document, [value]), out)
    return document.details["removed"], out.read_text("utf-8")


@pytest.mark.parametrize(
    "page",
    [
        "<p>电话 <bdo dir='rtl'>{}</bdo></p>",
        "<style>.r{{unicode-bidi:bidi-override;direction:rtl}}</style><p>电话 <span class=r>{}</span></p>",
        '<p>电话 <span style="direction: rtl; unicode-bidi: bidi-override">{}</span></p>',
    ],
)
def test_text_set_backwards_goes(tmp_path, page):
    removed, text = output(tmp_path / "a.html", page.format(PHONE[::-1]))

    assert removed == {"text set backwards": 1}
    assert PHONE[::-1] not in text
    assert "电话" in text


@pytest.mark.parametrize(
    "inner",
    [
        '<i style="display:none">77</i>',
        "<b hidden>77</b>",
        "<u class='no'>77</u>",
        '<i style="color: #fff">77</i>',
        '<i style="position:absolute;left:-9999px">77</i>',
        '<i style="font-size:1px">77</i>',
        '<i style="font-size: .1pt">77</i>',
        '<i style="font:0/0 a">77</i>',
        '<i style="color:rgba(0, 0, 0, 0)">77</i>',
        '<i style="color:rgb(0 0 0 / 0%)">77</i>',
        '<i style="color:rgb(255,255,255)">77</i>',
        '<i style="display:inline-block;width:0;overflow:hidden">77</i>',
        '<i style="max-height:0px;overflow-y:clip">77</i>',
        '<i style="transform: rotate(3deg) scale(0)">77</i>',
        '<i style="mso-hide:all">77</i>',
        "<font color=white>77</font>",
        "<template>77</template>",
        "<select hidden><option>77</select>",
        "<div hidden><p>77</p><p>1</p></div>",
        "<span hidden><div>77</div></span>",
    ],
)
def test_a_number_is_read_without_what_is_hidden_in_it(tmp_path, inner):
    page = f"<style>.no{{font-size:0}}</style><div>电话 {PHONE[:3]}{inner}{PHONE[3:]} 转</div>"

    _, text = output(tmp_path / "a.html", page)

    assert PHONE[3:] not in text
    assert "〔替〕" in text
    assert "77" in text


def test_a_number_of_a_drawing_is_read_without_the_title_in_it(tmp_path):
    page = f"<p><svg><text>电话 {PHONE[:3]}<title>77</title>{PHONE[3:]}</text></svg></p>"

    assert PHONE[3:] not in output(tmp_path / "a.html", page)[1]


@pytest.mark.parametrize(
    "style",
    [
        "font-size:.9em",
        "font: 14px/1.2 a",
        "font-size:100%",
        "color:rgb(0,0,0)",
        "color:rgba(0,0,0,.8)",
        "background-color:white",
        "opacity:0.5",
        "width:0",
        "width:auto;overflow:hidden",
        "border-width:0;overflow:hidden",
        "transform:scale(0.5)",
    ],
)
def test_what_is_seen_is_not_left_out(tmp_path, style):
    path = tmp_path / "a.html"
    path.write_text(f'<b hidden>x</b><p>电话<i style="{style}">77</i>转</p>', "utf-8")

    assert [block.text for block in read(path, ref="#1").blocks() if "转" in block.text] == ["电话77转"]


def test_cloaked_addresses_of_mail_go(tmp_path):
    cloaked = "5a36333d2f352b333b343d1a3f223b372a363f74393537"
    page = (
        f'<a href="/cdn-cgi/l/email-protection" data-cfemail="{cloaked}">[email&#160;protected]</a>'
        f'<a href="/cdn-cgi/l/email-protection#{cloaked}">联系</a>'
    )

    removed, text = output(tmp_path / "a.html", page)

    assert removed == {"cloaked address": 2}
    assert cloaked not in text
    assert "联系" in text


@pytest.mark.parametrize("position", ['x="{x}" y="30"', 'transform="matrix(1 0 0 1 {x} 30)" x="0"'])
def test_letters_of_a_drawing_are_read_together(tmp_path, position):
    def texts(said: str, left: int = 0) -> str:
        return "".join(
            f"<text {position.format(x=left + 12 * n)}><tspan>{one}</tspan></text>\n"
            for n, one in enumerate(said)
        )

    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{texts("电话" + PHONE)}{texts("完", 900)}</svg>'
    path = tmp_path / "a.svg"
    path.write_text(drawing)

    assert [block.text for block in read(path, ref="#1").blocks() if "电" in block.text] == [
        "\n".join("电话" + PHONE).replace("\n", "") + "\n完"
    ]
    for suffix in ("svg", "html"):
        _, text = output(tmp_path / f"b.{suffix}", drawing)
        assert "〔替〕" in text
        assert "<tspan>9</tspan>" not in text


def test_numbers_along_an_axis_are_no_number(tmp_path):
    ticks = "".join(f'<text x="{40 * n}" y="30">{n}</text>' for n in range(10))
    path = tmp_path / "a.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{ticks}</svg>')

    assert "\n".join(map(str, range(10))) in [block.text for block in read(path, ref="#1").blocks()]


def test_letters_of_a_formula_are_read_together(tmp_path):
    page = f"<math><mtext>电话</mtext><mrow>{''.join(f'<mn>{one}</mn>' for one in PHONE)}</mrow></math>"

    assert "<mn>9</mn>" not in output(tmp_path / "a.html", page)[1]


def test_words_of_links_that_touch_are_read_apart_too(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p><a href='/'>Home</a><a href='/u'>Ouyang Jia</a></p>", "utf-8")

    blocks = list(read(path, ref="#1").blocks())

    assert "Home Ouyang Jia" in [block.text for block in blocks]


def test_a_page_in_utf_8_is_not_searched_as_gb18030(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(f"<a href='/{quote('落羽松')}'>{'落羽松與玉峰道路' * 4}</a>", "utf-8")

    strings = list(strings_of(str(path)))

    assert [text for text in strings if "落羽松" in text]
    assert not [text for text in strings if "钀" in text]


@pytest.mark.parametrize(
    "page",
    [
        f"<style>{'a' * 100_000}{{display:none}}</style><b hidden>x</b>",
        f"<style>{'[a' * 50_000}{{display:none}}</style>",
        f"<style>{'(' * 50_000}{')' * 50_000}{{display:none}}</style>",
        f"<i hidden>{'<b>' * 10_000}{'</u>' * 10_000}",
        f"<b hidden style='font:{' ' * 50_000}x;color:rgb(1{' ' * 50_000}x'>x</b>",
        f"<b hidden color={' ' * 50_000}x>{'<svg >' * 10_000}</b>",
        f"<style>{''.join(f'.a.b{n}{{display:none}}' for n in range(5_000))}</style>{'<b class=a>x</b>' * 1_000}",
    ],
    ids=["letters", "attributes", "brackets", "open elements", "blanks", "drawings", "rules"],
)
def test_styles_of_any_length_are_read_in_no_time(page):
    start = time.process_time()

    Cutter(xml=False).cut(page)

    assert time.process_time() - start < 5


def test_a_name_in_gb18030_that_could_be_utf_8_is_searched_in_links(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        f"<a href='/?q={quote('薛志强'.encode('gb18030'))}'>{'落羽松與玉峰道路' * 4}</a>", "utf-8"
    )

    assert [text for text in strings_of(str(path)) if "薛志强" in text]
