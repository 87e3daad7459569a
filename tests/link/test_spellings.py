"""Readings of characters come from the table of pypinyin, without what it loads beside it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pypinyin import Style, pinyin

from deid.grammar.pinyin import readings as readings_of
from deid.grammar.pinyin import spellings
from deid.link.names import initials_of


@pytest.mark.parametrize("character", [*"吕绿乐单曾解仇欣嗯女略国〇建ü1A，", chr(0x20000)])
def test_a_character_has_the_readings_that_pypinyin_gives_it(character):
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    given = {reading.replace("ü", "v").upper() for syllable in found for reading in syllable}

    readings = readings_of(character)

    assert {word.replace("YU", "V").replace("U", "V") for word in readings} == {
        word.replace("YU", "V").replace("U", "V") for word in given if word.isascii() and word.isalpha()
    }


def test_names_are_spelt_without_importing_what_takes_long():
    told = (
        "import sys; from deid.grammar.pinyin import spellings; from deid.link.names import initials_of; "
        "assert 'LVWEI' in spellings('吕', '伟'); assert 'WJG' in initials_of('王', '建国'); "
        "assert 'pypinyin' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", told], check=True)

    assert "LUWEI" in spellings("吕", "伟")
    assert "WJG" in initials_of("王", "建国")
