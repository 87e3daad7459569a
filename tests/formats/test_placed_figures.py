"""Figures of a page that have an element each, or stand in styles: they are read as the page shows them."""

from __future__ import annotations

import pytest
from planting import replaced

import deid
from deid.formats import read, write
from deid.formats.numbers import plain_number

PHONE = "13912345028"
GROUPS = (PHONE[:3], PHONE[3:7], PHONE[7:])


def spans(texts, style="", name="span"):
    return "".join(f'<{name} style="{style.format(n)}">{text}</{name}>' for n, text in enumerate(texts))


def reads(path, page):
    """Whether the telephone is found in a page and nothing is left of it."""
    path.write_text(page, "utf-8")
    document, out = read(path, ref="#1"), path.with_name(f"out{path.suffix}")
    found = any(
        plain_number(block.text[one.start : one.end]) == PHONE
        for block in document.blocks()
        for one in deid.detect(block.text, labels=block.labels)
        if one.entity_type == "PHONE_NUMBER" and not block.search_only
    )
    write(document, replaced(document, [PHONE]), out)
    return found and PHONE[4:7] not in out.read_text("utf-8") and ">9<" not in out.read_text("utf-8")


@pytest.mark.parametrize(
    "page",
    [
        f'<div style="display:flex">{spans(PHONE[::-1], "order:-{}")}</div>',
        f'<div style="display:flex;flex-direction:row-reverse">{spans(GROUPS[::-1])}</div>',
        f"<p>{spans(PHONE[::-1], 'float: right')}</p>",
        f"<p>{spans(GROUPS[1:] + GROUPS[:1], 'position:absolute; left:{}px').replace('left:2', 'left:-1')}</p>",
        "<style>.a{order:3}.b{order:1}#c{order:2}</style><div><i class='a'>5028</i><i class='b'>139</i><i id='c'>1234</i></div>",
        f"<div>{spans(PHONE, name='div')}</div>",
        f"<ul>{spans(GROUPS, name='li')}</ul>",
        "".join(f"<input value='{text}'>" for text in GROUPS),
        "<style>.p::before{content:'1391'}.p:after { content : \"5028\" }</style><b class='p'>234</b>",
        f"<style>i:before{{content:'{GROUPS[0]}' '{GROUPS[1]}' '{GROUPS[2]}'}}</style><i></i>",
        f"<p>{''.join(f'<ruby>{one}<rp>(</rp><rt>yī</rt><rp>)</rp></ruby>' for one in PHONE)}</p>",
        f"<p>{''.join(f'<ruby>字<rt>{one}</rt></ruby>' for one in PHONE)}</p>",
        f"<p>{PHONE[:5]}<i style='position:absolute;clip:rect(0 0 0 0)'>的</i>{PHONE[5:]}</p>",
    ],
)
def test_figures_are_read_in_the_order_in_which_a_page_shows_them(tmp_path, page):
    assert reads(tmp_path / "a.html", f"<h1>病历</h1>{page}<p>完</p>")


@pytest.mark.parametrize(
    "drawing",
    [
        "".join(f'<text x="{10 * (9 - n)}" y="9">{one}</text>' for n, one in enumerate(PHONE[::-1])),
        "".join(f'<text x="5" y="{12 * n}">{one}</text>' for n, one in enumerate(PHONE)),
        "".join(f'<text x="{30 * n}" y="9">{text}</text>' for n, text in enumerate(GROUPS)),
        f'<text x="{" ".join(str(110 - 10 * n) for n in range(11))}">{PHONE[::-1]}</text>',
    ],
)
def test_figures_of_a_drawing_are_read_where_they_stand(tmp_path, drawing):
    assert reads(
        tmp_path / "a.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><text>图</text>{drawing}</svg>'
    )


@pytest.mark.parametrize(
    "xml",
    [
        f"<n>{''.join(f'<d>{one}</d>' for one in PHONE)}</n>",
        "<n>" + "".join(f'<d v="{one}"/>' for one in PHONE) + "</n>",
        '<n a="{}" b="{}" c="{}"/>'.format(*GROUPS),
        "<n>1.3912345028E10</n>",
    ],
)
def test_figures_of_a_list_in_xml_are_read_together(tmp_path, xml):
    assert reads(tmp_path / "a.xml", f"<r><t>病历</t>{xml}</r>")


@pytest.mark.parametrize(
    "page",
    [
        f"<div>{spans(map(str, range(1, 32)))}</div>",
        f"<p style='float:right'>{spans(('150', '2023', '4'))}</p>",
        "<div><b>139</b></div><h2>阅读</h2><div><b>1234</b><b>5028</b></div>",
        "<div><b>139</b><b>1234</b></div><div><b>5028</b><b>7</b></div>",
        "<svg>"
        + "".join(f"<text x={40 * n} y={20 * n}>{text}</text>" for n, text in enumerate(GROUPS))
        + "</svg>",
        '<svg><rect x="139" y="12345" width="028"/></svg>',
    ],
)
def test_other_figures_stay_apart(tmp_path, page):
    assert not together(tmp_path / "a.html", page)


def together(path, text):
    """What is found in figures that are read together."""
    path.write_text(text, "utf-8")
    return [
        one
        for block in read(path, ref="#1").blocks()
        if not block.search_only
        for one in deid.detect(block.text)
        if one.entity_type == "PHONE_NUMBER"
    ]


@pytest.mark.parametrize(
    "xml",
    [
        "<height>165</height><date>20190304</date>",
        "<HGB>139</HGB><WBC>1234</WBC><PLT>5028</PLT>",
        "<出生年>1987</出生年><收入>1200000</收入>",
        '<height v="139"/><year v="1987"/><income v="5028"/>',
        '<field name="height" value="139"/><field name="income" value="12345028"/>',
        '<mxGeometry x="1360" y="1240" width="120"/>',
        "".join(f"<score>{one}</score>" for one in PHONE),
    ],
)
def test_figures_of_fields_with_names_of_their_own_stay_apart(tmp_path, xml):
    assert not together(tmp_path / "a.xml", f"<r>{xml}</r>")


def test_fields_of_a_form_are_one_number_where_their_names_say_no_other(tmp_path):
    own = zip(("height", "birth", "income"), GROUPS, strict=True)
    forms = "<form>{}</form>完<form>{}</form>".format(
        *(
            "".join(f'<input name="{name}" value="{text}">' for name, text in fields)
            for fields in (own, zip(("tel_a", "tel_b", "tel_c"), GROUPS, strict=True))
        )
    )

    assert len(together(tmp_path / "a.html", forms)) == 1
