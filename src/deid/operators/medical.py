"""Ladders of diseases and drugs: names and codes of ICD-10, names and classes of ATC.

Codes and Chinese names are generalised alike: E11.900x001, E11.9 and 2型糖尿病 all become 2型糖尿病（E11）
or, coarser, 糖尿病（E10-E14）. The tables in `ladders/` were written for deid: structure and codes are
facts, no title list of a ministry or of the WHO is shipped.

>>> disease("2型糖尿病伴肾病", "category"), disease("E11.900x001", "block"), disease("胃癌", "chapter")
('2型糖尿病', 'E10-E14', '肿瘤')
>>> drug("苯磺酸氨氯地平片", "atc3"), drug("奥氮平", "atc3"), drug("拜新同", "atc3") is None
('选择性钙通道阻滞药', '精神安定药', True)
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from deid.regexes import Regex

DISEASE_LEVELS: Final = ("code4", "category", "block", "chapter")
DRUG_LEVELS: Final = ("atc3", "atc2", "atc1")
_CODE = Regex(r"([A-Z][0-9]{2})(?:\.?([0-9xX])[0-9A-Za-z]{0,8})?[+*†]?")
# The mere class harms: HIV, sexually transmitted and mental diseases, self-harm, assault, abortion, infertility.
_SPECIAL: Final = (
    ("B20", "B24"), ("A50", "A64"), ("F00", "F99"), ("X60", "X84"), ("Y04", "Y09"), ("O03", "O08"), ("N46", "N46"),
    ("N97", "N97"), ("Z21", "Z21"), ("T74", "T74"),
)  # fmt: skip
_MALIGNANT = Regex("癌|恶性肿瘤")
_ORGANS: Final = tuple(
    (word.removesuffix("癌"), word)
    for word in "肺癌 胃癌 肝癌 食管癌 结肠癌 直肠癌 胰腺癌 乳腺癌 宫颈癌 子宫内膜癌 卵巢癌 前列腺癌 膀胱癌 肾癌 甲状腺癌 鼻咽癌 喉癌".split()
)  # 右肺上叶腺癌, 乳腺浸润性导管癌
_COARSE_DRUGS: Final = ("J05", "N05", "N07")
"""Groups in which the third level would tell the disease: antivirals, antipsychotics, methadone."""


class Code(NamedTuple):
    """A category of ICD-10, and whether a code was written (then a code is written back)."""

    category: str
    title: str
    written: str = ""


def is_rare(text: str) -> bool:
    """Whether a disease of which there are few is named."""
    return any(name in text for name in _rare())


def is_special(text: str) -> bool:
    """Whether a disease is named that GB/T 39725-2020 sets on the highest level: HIV, mental, sexual, self-harm."""
    code = code_of(text)
    return code is not None and any(first <= code.category <= last for first, last in _SPECIAL)


def disease(text: str, level: str) -> str | None:
    """A disease (name or code, in shadow text) as coarse as `level`; None where it is not known.

    A code becomes a code where the level has one, a name a name.
    """
    code = code_of(text)
    if code is None:
        return None
    if level == "code4" and code.written:
        match = _CODE.fullmatch(code.written)
        return f"{code.category}.{match[2]}" if match and match[2] and match[2] not in "xX" else code.category
    if level in ("code4", "category"):
        return code.category if code.written else code.title
    found = _place(code.category)
    if found is None:
        return None
    chapter, block = found
    if level == "block":
        return block[0] if code.written else block[1]
    return chapter[0] if code.written else chapter[1]


def code_of(text: str) -> Code | None:
    """The category of a code, or of the longest known name in the text."""
    plain = "".join(text.split())
    match = _CODE.fullmatch(plain.upper())
    if match:
        found = _place(match[1])
        return Code(match[1], "", plain.upper()) if found else None
    names = _diseases()
    known = max(_words_in(plain, names), key=len, default="")
    if not known and _MALIGNANT.search(plain):
        known = next((word for organ, word in _ORGANS if organ in plain), "")
    return Code(*names[known]) if known else None


def drug(text: str, level: str) -> str | None:
    """The class of a drug at `level`; None where it is not known."""
    plain = "".join(text.split())
    known = max(_words_in(plain, _drugs()), key=len, default="")
    if not known:
        return None
    code, title = _drugs()[known]
    if level == "atc3" and code[:3] not in _COARSE_DRUGS:
        return title
    return _groups()[code[:1] if level == "atc1" else code[:3]]


def _words_in(text: str, words: Mapping[str, object]) -> list[str]:
    return [
        text[i:j]
        for i in range(len(text))
        for j in range(i + 1, min(len(text), i + 12) + 1)
        if text[i:j] in words
    ]


def _place(category: str) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Chapter and block of a category: range and label of each."""
    return next(
        (
            (chapter, block)
            for chapter, block in _blocks()
            if block[0][:3] <= category <= block[0][4:]
        ),
        None,
    )  # fmt: skip


@cache
def _blocks() -> tuple[tuple[tuple[str, str], tuple[str, str]], ...]:
    found, chapter = [], ("", "")
    for number, range_, label in _rows("icd10.tsv", 3):
        if number:
            chapter = (range_, label)
        else:
            found.append((chapter, (range_, label)))
    return tuple(found)


@cache
def _diseases() -> Mapping[str, tuple[str, str]]:
    return {
        word: (code, title)
        for code, title, words in _rows("diseases.tsv", 3)
        for word in (title, *words.split())
    }


@cache
def _drugs() -> Mapping[str, tuple[str, str]]:
    return {word: (code, title) for code, title, words in _rows("drugs.tsv", 3) for word in words.split()}


@cache
def _groups() -> Mapping[str, str]:
    return {code: title for code, title in _rows("atc.tsv", 2)}  # noqa: C416


@cache
def _rare() -> tuple[str, ...]:
    return tuple(name for (name,) in _rows("rare.txt", 1))


def _rows(name: str, columns: int) -> list[tuple[str, ...]]:
    text = (files("deid.operators") / "ladders" / name).read_text("utf-8")
    lines = (line.rstrip("\n") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [tuple(line.split("\t", columns - 1)) for line in lines]
