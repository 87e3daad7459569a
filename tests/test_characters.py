import pytest

from deid.characters import LONG, Translation
from deid.detection.joined import SKIPPED, without_gaps

TABLE = {ord("，"): ",", ord("張"): "张", ord(" "): None, 0xD800: "\ufffd"}


@pytest.mark.parametrize(
    "text", ["張三， 李四", "a\U0001f600 ，", "\ud800，\udfff 張", "\U000e0100，", "plain"]
)
def test_a_long_text_is_translated_as_a_short_one_is(text):
    whole = text * LONG

    assert Translation(TABLE)(whole) == whole.translate(TABLE)


def test_a_long_text_loses_the_same_gaps_as_a_short_one():
    every = "".join(f"x{chr(code)}" for code in range(0x11000) if not 0xD800 <= code < 0xE000)

    assert without_gaps(every) == SKIPPED.sub("", every)
