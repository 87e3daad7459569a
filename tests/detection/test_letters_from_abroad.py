"""People in Japanese letters, and names in letters beside Chinese."""

from __future__ import annotations

from collections.abc import Callable

Persons = Callable[[str], set[str]]


def test_who_is_honoured_in_japanese(persons: Persons) -> None:
    assert persons("护士长大和田さん交代：入院带室内鞋。") == {"大和田"}
    assert persons("主题: 答复\n水様　いつもお世話になっております。") == {"水"}


def test_nobody_is_honoured_by_a_role(persons: Persons) -> None:
    assert persons("皆様、患者様、お客様、お母さん、看護師さん") == set()


def test_a_name_in_letters_is_found_again_beside_chinese(found) -> None:
    text = "到场：阿珍、老裘、Sunny、米拉·哈布力。\n米拉哭了。Sunny递纸，说没事。"
    assert found(text).count(("Sunny", "PERSON")) == 2


def test_a_japanese_title_is_no_part_of_a_name(persons: Persons) -> None:
    assert persons("庞様、高橋様 ご来院ありがとうございます") == {"庞", "高橋"}
    assert persons("这样、那様、同様处理") == set()
