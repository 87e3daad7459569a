"""What is said of a person besides names and numbers: work, faith, family, schooling.

Words of the lexicons where there is a lexicon, otherwise lists written for deid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from deid.surrogates.words import chance, lexicon

_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(words.split())
    for name, words in {
        "MARITAL_STATUS": "已婚 已婚 已婚 未婚 离异 丧偶 再婚 离婚",
        "EDUCATION": "小学 初中 高中 中专 大专 本科 硕士 文盲 博士 职高",
        "LANGUAGE": "普通话 粤语 客家话 闽南语 维吾尔语 藏语 英语 四川话 温州话 蒙古语 上海话",
        "POLITICAL_AFFILIATION": "中共党员 群众 共青团员 民盟盟员 无党派人士 预备党员 九三学社社员",
        "SEXUAL_ORIENTATION": "同性恋 双性恋 异性恋 无性恋",
        "CRIMINAL_RECORD": "故意伤害 盗窃罪 诈骗罪 危险驾驶 寻衅滋事",
        "DISABILITY": "肢体残疾二级 精神残疾二级 听力残疾一级 视力残疾三级 智力残疾二级 言语残疾四级 肢体残疾三级",
        "FAMILY": "独生子女 单亲家庭 一子一女 三胞胎 重组家庭",
        "BIOMETRIC": "FP20240311007 a1f09b77c3e24d58 VP883201 FP20231109126 c77b20e9d1f34a06",
        "NATIVE_PLACE": "胶东 苏北 关中 陇南 皖南 赣南 闽西 湘西 川北",
    }.items()
}


def attribute(random: Random, entity_type: str) -> str:
    """A value of one of `ATTRIBUTES`."""
    if entity_type in _LISTS:
        return random.choice(_LISTS[entity_type])
    return _CHOSEN[entity_type](random)


def _ethnicity(random: Random) -> str:
    return "汉族" if chance(random, 60) else random.choice(lexicon("ethnicities.txt")[:56])


def _income(random: Random) -> str:
    amount = random.randint(3, 30)
    return random.choice((f"{amount}万元", f"{amount * 500}元/月", f"{amount * 1000}元", f"{amount}万"))


def _occupation(random: Random) -> str:
    return random.choice([word for word in lexicon("occupations.txt") if word not in ("其他", "不详")])


def _religion(random: Random) -> str:
    return random.choice(lexicon("religions.txt")[:12])


def _nationality(random: Random) -> str:
    return "中国" if chance(random, 50) else random.choice(lexicon("nationalities.txt")[5:80])


_CHOSEN: Final[Mapping[str, Callable[[Random], str]]] = {
    "ETHNICITY": _ethnicity,
    "INCOME": _income,
    "OCCUPATION": _occupation,
    "RELIGION": _religion,
    "NATIONALITY": _nationality,
}
ATTRIBUTES: Final = (*_LISTS, *_CHOSEN)
