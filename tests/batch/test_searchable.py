from random import Random

import pytest

from deid.batch import checking
from deid.batch.checking import is_searchable, tight


@pytest.mark.parametrize(
    ("value", "searched"),
    [("王丽", True), ("王五", True), ("五", False), ("一二三四五六七", False), ("2叉", True), ("·", False)],
)
def test_short_values_are_not_searched(value, searched):
    assert is_searchable(value) is searched


def test_what_is_told_by_two_characters_is_told_by_the_whole_value(monkeypatch):
    draw = Random(1)
    characters = "王丽長莊号室路叉×〇零一二三四五六七八九两壹0123456789Xx -.,&#;%u5f20"
    values = ["".join(draw.choices(characters, k=draw.randint(1, 9))) for _ in range(3000)]
    monkeypatch.setattr(
        checking, "tight", lambda value: pytest.fail("read") if value == "王丽路3号" else tight(value)
    )

    found = [is_searchable(value) for value in [*values, "王丽路3号"]]

    monkeypatch.setattr(checking, "_WORDS", checking.re.compile(r"(?!)"))
    monkeypatch.setattr(checking, "tight", tight)
    assert found == [is_searchable(value) for value in [*values, "王丽路3号"]]
