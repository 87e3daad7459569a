"""Regexes of modules are compiled when they are first used, and then are as those of `re`."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

import pytest

import deid.pipeline  # noqa: F401 - and so all that detection needs
from deid import regexprograms
from deid.regexes import Regex
from deid.regexprograms import compile_regex, key_of, written


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


TEXT = "患者王建国（男，58岁）2024-03-05来诊，电话13800138000，邮箱 Kevin.Wang@example.com，住长沙市岳麓区麓山南路932号。 ſKx 𠀀·1"


def _is_ahead(pattern: str, flags: int) -> bool:
    return key_of(pattern, flags) in regexprograms._programs()


def test_what_is_compiled_ahead_is_what_re_makes():
    for each in regexes():
        pattern, ahead = each._compiled.pattern, each._compiled
        here = re.compile(pattern, each.flags)

        assert (ahead.flags, ahead.groups, ahead.groupindex) == (here.flags, here.groups, here.groupindex)
        found = [match.regs for match in ahead.finditer(TEXT)]
        assert found == [match.regs for match in here.finditer(TEXT)], pattern


def test_nearly_all_are_compiled_ahead():
    if sys.implementation.name != "cpython" or not (3, 10) <= sys.version_info[:2] <= (3, 13):
        pytest.skip("no file for this version")

    ahead = [_is_ahead(each._compiled.pattern, each.flags) for each in regexes()]

    assert sum(ahead) > 0.9 * len(ahead), "run `make regexes`"


def test_programs_come_back_from_their_file(tmp_path, monkeypatch):
    keys = [("(?P<day>[0-9]+)日", 0), ("[一-鿿]{2}", 0), ("[a-c]x", int(re.IGNORECASE)), ("(?<=a+)b", 0)]
    file = tmp_path / "programs"
    file.write_bytes(written(keys))
    monkeypatch.setattr(regexprograms, "_FILE", file)
    regexprograms._programs.cache_clear()

    assert [_is_ahead(*key) for key in keys] == [True, True, True, False]
    assert compile_regex("(?P<day>[0-9]+)日").search("3月15日")["day"] == "15"
    assert compile_regex("[a-c]x", re.IGNORECASE).findall("axBX") == ["ax", "BX"]
    assert compile_regex("[d-f]").findall("def") == ["d", "e", "f"]
    monkeypatch.undo()
    regexprograms._programs.cache_clear()


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
def test_classes_match_from_a_program_as_they_do_from_re(pattern):
    text = "王先生 Kevin，ſKy kx Sy 𠀀一Àb·1"
    program = regexprograms._made(pattern, 0)

    assert program.compiled(pattern).findall(text) == re.compile(pattern).findall(text)


def test_what_is_no_regex_is_an_error():
    with pytest.raises(re.error):
        compile_regex("[一-鿿](")
