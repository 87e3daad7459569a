"""How databases write strings: with backslashes (MySQL) or without (all others), and what a row of values looks like.

MySQL 8.0 Reference Manual, 11.1.1; PostgreSQL 16, 4.1.2; a dump says in its first lines whose it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TextIO

_SAMPLE = 1 << 20
_SERVER = re.compile(r"Source Server Type\s*:\s*(\w+)|(PostgreSQL|MySQL|MariaDB) (?:database )?dump")
_MYSQL = re.compile(r"`\w+`|/\*!\d{5}|\bENGINE\s*=", re.IGNORECASE)
_MICROSOFT = re.compile(r"\[dbo\]|^SET (?:ANSI_NULLS|IDENTITY_INSERT|QUOTED_IDENTIFIER)\b|\(N'", re.MULTILINE)
_STANDARD = re.compile(
    r"standard_conforming_strings|FROM stdin;|\bVARCHAR2\b|\bTO_DATE\(|^PRAGMA |\bE'|::\w", re.MULTILINE
)
_ESCAPED = re.compile(r"\\['\"]")
_HEX = r"0[xX][0-9A-Fa-f]+(?!\w)|[xX]'[0-9A-Fa-f]*'"
_NUMBER = r"[0-9][0-9.]*(?:[eE][+\-]?[0-9]+)?(?!\w)"


@dataclass(frozen=True, slots=True)
class Dialect:
    """`token` matches whatever stands at a place, `row` what is within brackets, `value` one value up to the next comma.

    `row` and `value` know what is usual; where they do not match, `token` is asked step by step.
    `national`: strings that are not ASCII need an N.
    """

    backslash: bool
    national: bool
    token: re.Pattern[str]
    row: re.Pattern[str]
    value: re.Pattern[str]


def _string(quote: str, *, backslash: bool) -> str:
    escape, more = (r"\\.|", r"\\") if backslash else ("", "")
    return rf"{quote}[^{quote}{more}]*(?:(?:{escape}{quote}{quote})[^{quote}{more}]*)*{quote}"


def _row(strings: str, stops: str) -> str:
    """Two levels of brackets: CAST(N'2020-01-01' AS DateTime2(7)). What is repeated begins differently each time."""
    some = rf"[^'\"()/\-`{stops}]*"
    one = rf"(?:{strings}|-(?!-)|/(?!\*)|`[^`]*`)"
    innermost = rf"\({some}(?:{one}{some})*\)"
    inner = rf"\({some}(?:(?:{one}|{innermost}){some})*\)"
    return rf"\({some}(?:(?:{one}|{inner}){some})*\)"


def _dialect(*, backslash: bool, national: bool = False) -> Dialect:
    plain, double = (_string(quote, backslash=backslash) for quote in ("'", '"'))
    extended = _string("'", backslash=True)
    comment = r"--[^\r\n]*|/\*.*?\*/" + (r"|\#[^\r\n]*" if backslash else "")
    tag = r"(?!)" if backslash else r"\$(?:[^\W\d]\w*)?\$"
    token = rf"""(?P<comment>{comment})
        |(?P<hex>{_HEX})
        |(?P<string>[eE]{extended}|(?:[nNbB]|[uU]&|_\w+\ *)?{plain}|{double})
        |(?P<dollar>(?P<tag>{tag}).*?(?P=tag))
        |(?P<name>`(?:[^`]|``)*`|\[[^\]'"\r\n]*\])
        |(?P<open>['"]|/\*|{tag})
        |(?P<number>{_NUMBER})
        |(?P<word>\w[\w$]*)
        |(?P<end>;)
        |(?P<line>\r\n|\n|\r)
        |(?P<space>[^\S\r\n]+)
        |(?P<other>.)"""
    if backslash:
        strings, quoted, stops = f"{plain}|{double}", rf"(?:[nN]|_\w+\s*)?{plain}|{double}", r"\#"
    else:
        strings = rf"(?<=\b[eE]){extended}|(?<!\b[eE]){plain}|{double}"
        quoted, stops = rf"[eE]{extended}|[nN]?{plain}", r"$"
    return Dialect(
        backslash,
        national,
        re.compile(token, re.VERBOSE | re.DOTALL),
        re.compile(_row(strings, stops), re.DOTALL),
        re.compile(rf"\s*(?:NULL|(?P<value>{_HEX}|-?{_NUMBER}|{quoted}))\s*[,)]", re.DOTALL | re.IGNORECASE),
    )


MYSQL = _dialect(backslash=True)
STANDARD = _dialect(backslash=False)
MICROSOFT = _dialect(backslash=False, national=True)


def dialect_of(handle: TextIO) -> Dialect:
    """By what a dump says of itself, else by its statements, else by whether a quote has a backslash before it anywhere."""
    is_first = True
    while sample := handle.read(_SAMPLE):
        if is_first and (server := _SERVER.search(sample)):
            name = (server[1] or server[2]).casefold()
            if name in ("mysql", "mariadb"):
                return MYSQL
            return MICROSOFT if name in ("sql", "sqlserver", "mssql") else STANDARD
        for marks, dialect in (
            (_MICROSOFT, MICROSOFT),
            (_STANDARD, STANDARD),
            (_MYSQL, MYSQL),
            (_ESCAPED, MYSQL),
        ):
            if marks.search(sample):
                return dialect
        is_first = False
    return STANDARD
