"""Regexes of modules are compiled when they are first used, and then are as those of `re`."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

import pytest

import deid.pipeline  # noqa: F401 - and so all that detection needs
from deid.regexes import Regex


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
