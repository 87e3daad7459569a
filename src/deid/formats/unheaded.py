"""Lists of persons without a header: 茯苓, 13800138000, 女, 45. Which columns have names and ages is told by what stands beside.

A label is believed whatever stands below it, so it is given to few: in a list of numbers of telephones or identity cards,
or of sexes and ages, to short words that differ, most of them with a surname, none of them a disease, a ward or a trade.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from deid.formats.parting import surnames_and_words
from deid.grammar.divisions import short_forms
from deid.grammar.fieldnames import is_label

_NAME = re.compile(r"[一-鿿]{2,3}|[一-鿿]{1,8}·[一-鿿]{1,8}")
_NUMBER = re.compile(
    r"(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}"
    r"|[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)
_SEX = re.compile("[男女](?:性|士|孩)?")
_YEARS = re.compile("(?:1[01]|[1-9])?[0-9](?:周?岁)?")
_AGE = re.compile(
    rf"{_YEARS.pattern}|(?:19|20)[0-9]{{2}}[-/.年][01]?[0-9][-/.月][0-3]?[0-9]日?|(?:19|20)[0-9]{{6}}"
)
_OF_AGE = re.compile("[年月]龄|岁|出生|生日")
_MOST, _WITH_SURNAME, _DIFFERENT, _WORDS, _SOME, _MORE = 0.8, 0.6, 0.7, 0.2, 0.4, 0.3
"""Shares of the cells of a column; the last one is of words, more than in the column that has the fewest."""
_OTHERS = (
    *("diseases", "symptoms", "procedures", "departments"),
    *("occupations", "kinship", "ethnicities", "religions", "nationalities"),
)
_DRUGS = ("drugs", "herbs")
_ENDS = re.compile("[病症炎癌瘤痛热伤术科室部院区县市省路镇村卡组款版例率值]$|(?:医[生师]|护士|顾问|客服)$")
"""Of words that no name ends with, nearly."""


def labels_of_persons(rows: Sequence[Sequence[tuple[int, str]]]) -> dict[int, str]:
    """What the columns of a list without a header hold: whom it tells of, and how old they are.

    >>> labels_of_persons([[(0, "高兴"), (1, "女"), (2, "45"), (3, "哮喘")], [(0, "茯苓"), (1, "男"), (2, "33"), (3, "肺炎")]])
    {0: '姓名', 2: '年龄'}
    >>> labels_of_persons([[(0, "高兴"), (1, "15")], [(0, "茯苓"), (1, "30")]])
    {}
    """
    columns = _columns(rows)
    sexes = [column for column, texts in columns.items() if _are(_SEX, texts)]
    names = _columns_of_names(columns, len(rows), sexes)
    beside = _beside(sexes) if names else ()
    ages = sorted(column for column in beside if _are(_YEARS, columns.get(column, ["-"])))
    return {**dict.fromkeys(sorted(names), "姓名"), **dict.fromkeys(ages, "年龄")}


def names_beside_numbers(rows: Sequence[Sequence[tuple[int, str]]], among: Collection[int]) -> list[int]:
    """Columns of names right beside those of numbers, whatever a header calls them: 白班 | 电话 over 平安 | 138….

    >>> names_beside_numbers([[(0, "平安"), (1, "13800138000")], [(0, "黄芪"), (1, "13900139000")]], [0, 1])
    [0]
    """
    columns = _columns(rows)
    numbers = [column for column in among if columns.get(column) and _are(_NUMBER, columns[column])]
    beside = _beside(numbers).intersection(among).intersection(columns) if numbers else ()
    return sorted(c for c in beside if _may_be_names(columns[c], others=_SOME) and _have_surnames(columns[c]))


def _columns(rows: Sequence[Sequence[tuple[int, str]]]) -> Mapping[int, list[str]]:
    """What stands in each, in rows of several cells."""
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        for column, text in row if len(row) > 1 else ():
            columns[column].append(text.strip())
    return columns


def are_persons(words: Sequence[str], fields: Iterable[tuple[str, Sequence[str]]]) -> bool:
    """Whether words over columns are those whom the columns tell of, by fields of theirs and what these say of each.

    >>> are_persons(["平安", "茯苓"], [("性别", ["男", "女"])]), are_persons(["茯苓", "白术"], [("用量", ["15", "10"])])
    (True, False)
    """
    if not _may_be_names(words):
        return False
    told = [(name, texts) for name, texts in fields if len(texts) >= _MOST * len(words)]
    if any(_are(_NUMBER, texts) or _are(_SEX, texts) for _, texts in told):
        return True
    return _drugs(words) < 1 and any(_OF_AGE.search(name) and _are(_AGE, texts) for name, texts in told)


def _columns_of_names(
    columns: Mapping[int, Sequence[str]], rows: int, sexes: Sequence[int]
) -> Collection[int]:
    numbers = [column for column, texts in columns.items() if _are(_NUMBER, texts)]
    have_sex_and_age = bool(sexes) and any(_are(_AGE, texts) for texts in columns.values())
    if not numbers and not have_sex_and_age:
        return ()
    words = {column: texts for column, texts in columns.items() if _may_be_names(texts)}
    if not numbers:
        words = {column: texts for column, texts in words.items() if _drugs(texts) < 1}
    if named := {column: _words_among(texts) for column, texts in words.items() if _have_surnames(texts)}:
        return [column for column in named if named[column] <= min(named.values()) + _MORE]
    left = _beside([*numbers, *sexes]).intersection(words)
    return left if len(left) == 1 and (have_sex_and_age or rows > 1) else ()


def _beside(columns: Sequence[int]) -> set[int]:
    return {one for column in columns for one in (column - 1, column + 1)}


def _may_be_names(texts: Sequence[str], *, others: float = _WORDS) -> bool:
    """Whether they are short words that differ, and hardly any of them says something else."""
    if not _are(_NAME, texts) or len(set(texts)) < _DIFFERENT * len(texts):
        return False
    return sum(map(_is_other, texts)) <= others * len(texts)


def _is_other(text: str) -> bool:
    return text in _words(_OTHERS) or text in _cities() or is_label(text) or _ENDS.search(text) is not None


def _have_surnames(texts: Sequence[str]) -> bool:
    surnames = surnames_and_words()[0]
    named = sum(text[:1] in surnames or text[:2] in surnames or "·" in text for text in texts)
    return named >= _WITH_SURNAME * len(texts)


def _words_among(texts: Sequence[str]) -> float:
    words, drugs = surnames_and_words()[1], _words(_DRUGS)
    return sum(text in words or text in drugs for text in texts) / len(texts)


def _drugs(texts: Sequence[str]) -> float:
    return sum(text in _words(_DRUGS) for text in texts) / len(texts)


@cache
def _words(lexicons: tuple[str, ...]) -> frozenset[str]:
    from deid.surrogates.words import lexicon

    return frozenset(word for name in lexicons for word in lexicon(f"{name}.txt"))


def _are(form: re.Pattern[str], texts: Collection[str]) -> bool:
    return sum(bool(form.fullmatch(text)) for text in texts) >= _MOST * len(texts)


@cache
def _cities() -> frozenset[str]:
    """Provinces and cities in short; many a county is called as people are."""
    from deid.surrogates.words import lexicon

    parts = (line.split("\t") for line in lexicon("divisions.tsv"))
    wide = (name for name, level, *_ in parts if level in ("province", "prefecture"))
    return frozenset(short for name in wide for short in short_forms(name))
