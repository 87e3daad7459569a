"""Regexes of the program, compiled ahead of time: `re` takes a millisecond for each of a thousand, a quarter of a short run.

What it makes of a pattern depends on the version of its engine alone (`_sre.MAGIC`), and for each version there is a file
in `programs`. A regex that is not in it, or a version without one, costs the time and nothing else. The module needs
the standard library only: as a script it is run by each version of Python, which writes what it makes of the patterns
on its input (`make regexes`).
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

_IN_PACKAGE = sys.version_info >= (3, 11)
parser: Any = import_module("re._parser" if _IN_PACKAGE else "sre_parse")
"""Reads regexes, whatever the version of Python calls it."""
_compiler: Any = import_module("re._compiler" if _IN_PACKAGE else "sre_compile")
_sre: Any = import_module("_sre")
_FILE = Path(__file__).with_name("programs") / f"{_sre.MAGIC}.xz"
_CODE = "I"


class _Program(NamedTuple):
    """What the engine takes beside a pattern: flags, code, the number of groups and by name which it is."""

    flags: int
    code: array[int]
    groups: int
    named: dict[str, int]

    def compiled(self, pattern: str) -> re.Pattern[str]:
        names: list[str | None] = [None] * (self.groups + 1)
        for name, number in self.named.items():
            names[number] = name
        made: re.Pattern[str] = _sre.compile(
            pattern, self.flags, self.code.tolist(), self.groups, self.named, tuple(names)
        )
        return made


def compile_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives."""
    program = _programs().get(key_of(pattern, flags))
    return program.compiled(pattern) if program else re.compile(pattern, flags)


@cache
def _programs() -> dict[str, _Program]:
    """By `key_of`: first a line that says how each is called and how long its code is, then the code of all."""
    if (sys.implementation.name, sys.byteorder) != ("cpython", "little") or not _FILE.exists():
        return {}
    heads, _, codes = lzma.decompress(_FILE.read_bytes()).partition(b"\n")
    code, position = array(_CODE, codes), 0
    found = {}
    for key, flags, size, groups, named in json.loads(heads):
        found[key] = _Program(flags, code[position : position + size], groups, named)
        position += size
    return found


def key_of(pattern: str, flags: int) -> str:
    """By what a regex is found in files that tell of many."""
    return blake2b(f"{int(flags)} {pattern}".encode(), digest_size=8).hexdigest()


def _made(pattern: str, flags: int) -> _Program:
    """As `re` does it. Raises re.error where the pattern is none."""
    parsed = parser.parse(pattern, flags)
    code = array(_CODE, _compiler._code(parsed, flags))
    return _Program(int(flags | parsed.state.flags), code, parsed.state.groups - 1, parsed.state.groupdict)


def written(patterns: Iterable[tuple[str, int]]) -> bytes:
    """What a file of programs holds."""
    heads, codes = [], array(_CODE)
    for pattern, flags in patterns:
        try:
            flags_made, code, groups, named = _made(pattern, flags)
        except re.error:  # it needs a library that knows more
            continue
        heads.append((key_of(pattern, flags), flags_made, len(code), groups, named))
        codes += code
    return lzma.compress(json.dumps(heads).encode() + b"\n" + codes.tobytes(), preset=9)


if __name__ == "__main__":
    _FILE.parent.mkdir(exist_ok=True)
    _FILE.write_bytes(written((pattern, flags) for pattern, flags in json.load(sys.stdin)))
