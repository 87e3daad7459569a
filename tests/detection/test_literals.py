"""A regex is searched for wherever it may match: what it needs is read off it, and never too much."""

from __future__ import annotations

import pytest

from deid.catalog import shipped_catalog
from deid.catalog.marked import parse_marked
from deid.detection.literals import Screened, Sieve, screens
from deid.detection.needs import kept, needs, read_off
from deid.detection.patterns import PatternFinder
from deid.detection.reading import Reading
from deid.normalize import shadow


def ways(source):
    return [set(map(" ".join, map(sorted, way.clauses))) for way in needs(source).ways]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("病案号", [["案号", "病案"]]),
        ("(?:病案|住院)号?", [["住院 病案"]]),
        ("(?:病案|住院)号", [["住院", "院号"], ["案号", "病案"]]),
        ("病案?号", [["病", "案号 病号"]]),
        ("病(?:[案历]|号)院", [["病历 病号 病案", "历院 号院 案院"]]),
        ("(?:病案){2}", [["病案", "案病"]]),
        ("(?:病案)*", [[]]),
        ("病(?=案)历", [["案", "病历"]]),
        ("(?<=拨打[ ]?)119", [["拨打", "1", "9"]]),
        ("号1", [["号1"]]),
        ("(?<!拨打)癌(?!症)", [["癌"]]),
        ("癌(?=症)", [["癌", "症"]]),
        ("(?P<value>甲)|(?P<value>乙)", [["乙 甲"]]),
        ("甲|", [[]]),
        ("[^甲]乙?", [[]]),
        ("[一-鿿]丙", [["丙"]]),
        ("丙[一-鿿]?丁", [["丁", "丙"]]),
        ("甲.乙|甲.丙|丁", [["丁"], ["丙 乙", "甲"]]),
        ("(?:甲|乙.丙)(?=丁)", [["甲", "丁"], ["丙", "乙", "丁"]]),
        ("(?i:ab)丁", [["丁"]]),
        ("(?i)a[bc]", [[]]),
        (r"\d戊", [["戊"]]),
        (r"(?<value>己)", [[]]),
        ("庚(", [[]]),
        ("甲\U00020000", [["甲"]]),
    ],
)
def test_a_match_holds_a_character_or_pair_of_every_clause_of_a_way(source, expected):
    clauses = [sorted(" ".join(sorted(clause.split())) for clause in way) for way in expected]
    assert sorted(map(sorted, ways(source))) == sorted(clauses)


@pytest.mark.parametrize(("alternatives", "expected"), [(4, 4), (80, 1)])
def test_alternatives_are_followed_as_long_as_they_are_few(alternatives, expected):
    source = "|".join(f"{chr(0x4E00 + number)}.{chr(0x5000 + number)}" for number in range(alternatives))

    assert len(needs(source).ways) == expected


@pytest.mark.parametrize(
    ("source", "digits", "row"),
    [
        ("1[3-9][0-9]{9}", 11, 11),
        ("[A-Z]?[0-9]{3}-[0-9]{4}", 7, 4),
        ("[0-9]{2}|[0-9]{5}x", 2, 2),
        ("0?[0-9]{5}", 5, 5),
        ("(?:[0-9]{2}){3}", 6, 6),
        ("(?:[0-9][:]){5}[0-9]{2}", 7, 2),
        ("(?=[0-9]{4})[0-9A-Z]+", 4, 4),
        ("(?:(?<=[0-9]{2}:)|x)[0-9]{3}", 3, 3),
        ("(?:(?=[0-9]{4})|x)[0-9]{3}x", 3, 3),
        ("[0-9〇一二]{4}", 0, 0),
    ],
)
def test_digits_are_counted(source, digits, row):
    found = needs(source).ways

    assert (min(way.digits for way in found), min(way.row for way in found)) == (digits, row)


def test_only_what_may_match_passes():
    sieve = Sieve([(source, 0) for source in ("病案号[0-9]{6}", "1[3-9][0-9]{9}", "[^a]")])

    texts = [
        "病案号 12345",
        "病案的号123456",
        "",
        "此病案号123456",
        "电话13800138000",
        "病案",
        "号123456",
        "\U00020000",
    ]
    expected = [0b100, 0b100, 0b100, 0b101, 0b110, 0b100, 0b100, 0b100]
    assert sieve.passing(texts) == expected
    assert [sieve.passing([text]) for text in texts] == [[passing] for passing in expected]
    assert sieve.passing(texts * 20) == expected * 20
    assert sieve.passing([]) == []
    assert Sieve([]).passing(texts) == [0] * len(texts)


def test_no_pattern_is_passed_over_in_its_examples():
    specs = shipped_catalog().specs
    patterns = PatternFinder(specs)
    sieve = Sieve(patterns.regexes)
    texts = [shadow(parse_marked(example)[0]).text for spec in specs for example in spec.examples.match]
    matched = set()
    for text, passing in zip(texts, sieve.passing(texts), strict=True):
        for number, pattern in enumerate(patterns._patterns):
            if pattern.search.search(text):
                matched.add(number)
                assert passing >> number & 1, (pattern.spec.entity, pattern.name)

    assert len(matched) > 100


def test_a_reading_searches_only_for_what_may_match():
    screened = Screened("己巳[0-9]")
    sieve = Sieve(screens())
    texts = ["己1", "己巳1"]
    hopeless, hopeful = (
        Reading(text, screens=passing) for text, passing in zip(texts, sieve.passing(texts), strict=True)
    )

    assert not hopeless.may_match(screened)
    assert list(hopeless.finditer(screened)) == []
    assert [match[0] for match in hopeful.finditer(screened)] == ["己巳1"]
    assert [match[0] for match in Reading("己巳2").finditer(screened)] == ["己巳2"]


def test_what_the_patterns_need_is_kept_as_it_is_read_off():
    regexes = PatternFinder(shipped_catalog().specs).regexes

    assert len(regexes) > 100
    for regex in regexes:
        assert kept(*regex) == read_off(*regex)


def test_a_regex_that_is_not_kept_is_read_off():
    assert kept("己巳[0-9]") is None
    assert needs("己巳[0-9]") == read_off("己巳[0-9]")
