"""Regexes of modules are compiled when they are first used, and then are as those of `re`."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from importlib import import_module

import pytest

import deid.pipeline  # noqa: F401 - and so all that detection needs
from deid.regexes import Regex, compile_regex


def regexes():
    modules = [module for name, module in sys.modules.items() if name.startswith("deid.")]
    values = [value for module in modules for value in vars(module).values()]
    values += [each for value in values if isinstance(value, Mapping) for each in value.values()]
    return [value for value in values if isinstance(value, Regex)]


def test_every_regex_of_the_program_compiles():
    assert len(regexes()) > 400
    assert all(re.compile(each.pattern, each.flags).groups >= 0 for each in regexes())


def test_a_regex_gives_what_re_gives():
    regex, compiled = Regex("[a-c]", re.IGNORECASE), re.compile("[a-c]", re.IGNORECASE)

    assert [match.span() for match in regex.finditer("xAyb")] == [(1, 2), (3, 4)]
    assert regex.search("xAyb")[0] == "A"
    assert regex.match("xAyb", 1)[0] == "A"
    assert regex.fullmatch("xAyb", 1, 2)[0] == "A"
    for method, *arguments in (("findall", "xAyb"), ("split", "xAyb", 1), ("sub", "-", "xAyb")):
        assert getattr(regex, method)(*arguments) == getattr(compiled, method)(*arguments)


def test_a_regex_is_not_compiled_before_it_is_needed():
    wrong = Regex("(")

    with pytest.raises(re.error):
        wrong.search("")


@pytest.mark.parametrize(
    "pattern",
    [
        "[一-鿿]{2}",
        "[^一-鿿a-z]+",
        r"[\w·]+",
        "(?i)[a-cÀ-ÿ]+",
        "(?i:[k-s])x|[k-s]y",
        "[\U00020000-\U0002ffff一]",
        "[王先]",
        "[^王先]+",
        "[先-生、]",
        "(?:王|[先生])[^生 ]",
    ],
)
def test_what_is_remembered_of_classes_changes_no_match(pattern):
    text = "王先生 Kevin，ſKy kx Sy 𠀀一Àb·1"

    for _ in range(2):
        assert compile_regex(pattern).findall(text) == re.compile(pattern).findall(text)


def test_re_itself_is_as_it_was():
    compiler = import_module("re._compiler" if sys.version_info >= (3, 11) else "sre_compile")
    before = compiler._optimize_charset

    with pytest.raises(re.error):
        compile_regex("[一-鿿](")

    assert compiler._optimize_charset is before
