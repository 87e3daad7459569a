"""Chinese numerals are read, and written back in the style in which they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.grammar.numerals import NumeralStyle, read, write

WRITTEN = [
    ("5", 5),
    ("05", 5),
    ("12", 12),
    ("2023", 2023),
    ("〇", 0),
    ("五", 5),
    ("十", 10),
    ("十二", 12),
    ("一十二", 12),
    ("二十", 20),
    ("二十三", 23),
    ("廿", 20),
    ("廿三", 23),
    ("卅", 30),
    ("卅一", 31),
    ("五十八", 58),
    ("一百零二", 102),
    ("一百〇二", 102),
    ("一百一十", 110),
    ("两", 2),
    ("两百零五", 205),
    ("一千零五十", 1050),
    ("三万二千", 32000),
    ("一亿零五", 100_000_005),
    ("〇五", 5),
    ("二〇二三", 2023),
    ("二零二三", 2023),
    ("二○二三", 2023),
    ("二0二三", 2023),
    ("一九八三", 1983),
    ("贰零贰叁", 2023),
    ("零伍", 5),
    ("拾贰", 12),
    ("壹拾伍", 15),
    ("叁拾壹", 31),
]


@pytest.mark.parametrize(("surface", "value"), WRITTEN)
def test_reads_a_numeral_and_writes_it_back_as_it_was(surface: str, value: int) -> None:
    numeral = read(surface)

    assert numeral is not None
    assert numeral.value == value
    assert write(numeral.value, numeral.style) == surface


@pytest.mark.parametrize(("surface", "value"), [("一百二", 120), ("一千五", 1500), ("一百二十", 120)])
def test_reads_shortened_hundreds(surface: str, value: int) -> None:
    numeral = read(surface)

    assert numeral is not None
    assert numeral.value == value


@pytest.mark.parametrize(
    "surface", ["", "百", "三四十", "五十三百", "十五十", "二十3", "5十", "岁", "廿廿", "一二a", "-5"]
)
def test_what_is_no_numeral_reads_as_none(surface: str) -> None:
    assert read(surface) is None


@pytest.mark.parametrize(
    ("like", "number", "written"),
    [
        ("廿三", 31, "卅一"),
        ("廿三", 15, "十五"),
        ("二〇二三", 1999, "一九九九"),
        ("二零二三", 2008, "二零零八"),
        ("〇五", 12, "一二"),
        ("05", 12, "12"),
        ("05", 7, "07"),
        ("5", 12, "12"),
        ("两", 3, "三"),
        ("五十八", 100, "一百"),
        ("贰拾", 9, "玖"),
    ],
)
def test_another_number_takes_over_the_style(like: str, number: int, written: str) -> None:
    numeral = read(like)

    assert numeral is not None
    assert write(number, numeral.style) == written


STYLES = st.one_of(
    st.builds(NumeralStyle, st.just("ascii"), st.integers(1, 4)),
    st.builds(NumeralStyle, st.just("digits"), st.integers(2, 4), st.sampled_from("〇零○"), st.booleans()),
    st.builds(
        NumeralStyle,
        st.just("positional"),
        zero=st.sampled_from("〇零"),
        capital=st.booleans(),
        contracted=st.booleans(),
        pair=st.sampled_from(["二", "两"]),
        full_ten=st.booleans(),
    ),
)


@given(number=st.integers(0, 10**9), style=STYLES)
def test_every_number_is_read_back_in_every_style(number: int, style: NumeralStyle) -> None:
    written = write(number, style)

    numeral = read(written)

    assert numeral is not None
    assert numeral.value == number
    assert write(number, numeral.style) == written


@pytest.mark.parametrize("number", [-1, 10**12])
def test_numbers_out_of_range_are_refused_without_naming_them(number: int) -> None:
    with pytest.raises(ValueError, match="from 0") as caught:
        write(number, NumeralStyle())

    assert str(number) not in str(caught.value)
