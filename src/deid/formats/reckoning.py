"""What a formula of constants gives, for those that a program wrote without their result.

Whoever opens the file sees 13800138000 where `=138*10^8+138000` or `="138"&TEXT(138000,"00000000")` stands. Operators of
Excel and OpenFormula, and functions that put texts and numbers together; a formula that asks for more, or reads a cell,
is not worked out.

>>> reckoned('="138"&TEXT(138000,"00000000")'), reckoned("=138*10^8+138000"), reckoned("=A1+1")
('13800138000', '13800138000', '')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Context, Decimal, DecimalException, getcontext, localcontext

from deid.formats.numbers import plain_number
from deid.formats.ooxml.numberformats import shown

Value = str | Decimal

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+\-]?[0-9]+)?|\.[0-9]+)|(?P<truth>(?i:TRUE|FALSE)\b(?!\s*\())"""
    r"""|(?P<call>[A-Za-z_][A-Za-z0-9_.]*)\s*\(|(?P<mark><>|[-+*/^&(){},;%]))"""
)
_PREFIX = re.compile(r"(?:_xlfn|_xlws|com\.(?:microsoft|sun\.star)[A-Za-z.]*?)\.", re.IGNORECASE)
_LONGEST, _LONGEST_RESULT, _DEEPEST, _MOST_FIGURES = 2_000, 1_000, 50, 40
_SEPARATORS = (",", ";")


def reckoned(formula: str) -> str:
    """The result as a program shows it, '' where it is not worked out."""
    text = formula.removeprefix("of:").removeprefix("=")
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return ""
    try:
        with localcontext(Context(prec=_MOST_FIGURES, Emax=_MOST_FIGURES, Emin=-_MOST_FIGURES)):
            values = _Reckoning(_tokens(text)).whole()
            return plain_number(_text(values[0])) if len(values) == 1 else ""
    except (ValueError, TypeError, LookupError, OverflowError, DecimalException):  # arguments too few as well
        return ""


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match or not match.lastgroup:
            raise ValueError("a cell, a name or a comparison")
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


class _Reckoning:
    """Reads tokens from left to right; each step gives the values of an operand, several for those in braces."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self._tokens = [*tokens, ("end", "")]
        self._place = self._depth = 0

    def whole(self) -> list[Value]:
        values = self._joined()
        if self._tokens[self._place][0] != "end":
            raise ValueError("more than one formula")
        return values

    def _takes(self, *marks: str) -> str:
        kind, text = self._tokens[self._place]
        if kind != "mark" or text not in marks:
            return ""
        self._place += 1
        return text

    def _joined(self) -> list[Value]:
        values = self._sum()
        while self._takes("&"):
            values = [_bounded(_text(_one(values)) + _text(_one(self._sum())))]
        return values

    def _sum(self) -> list[Value]:
        values = self._product()
        while mark := self._takes("+", "-"):
            one, other = _number(_one(values)), _number(_one(self._product()))
            values = [one + other if mark == "+" else one - other]
        return values

    def _product(self) -> list[Value]:
        values = self._power()
        while mark := self._takes("*", "/"):
            one, other = _number(_one(values)), _number(_one(self._power()))
            values = [one * other if mark == "*" else one / other]
        return values

    def _power(self) -> list[Value]:
        values = self._signed()
        while self._takes("^"):
            values = [_powered(_number(_one(values)), _number(_one(self._signed())))]
        return values

    def _signed(self) -> list[Value]:
        if mark := self._takes("+", "-"):
            values = self._nested(self._signed)
            return [-_number(_one(values))] if mark == "-" else values
        values = self._operand()
        while self._takes("%"):
            values = [_number(_one(values)) / 100]
        return values

    def _operand(self) -> list[Value]:
        kind, text = self._tokens[self._place]
        self._place += 1
        if kind == "text":
            return [text[1:-1].replace('""', '"')]
        if kind == "number":
            return [_decimal(text)]
        if kind == "truth":
            return [Decimal(text.upper() == "TRUE")]
        if kind == "call":
            function = FUNCTIONS[_PREFIX.sub("", text).upper()]
            return [_bounded(function(*self._arguments(")")))]
        if text == "(":
            values = self._nested(self._joined)
            if not self._takes(")"):
                raise ValueError("a bracket is open")
            return values
        if text == "{":
            return [value for values in self._arguments("}") for value in values]
        raise ValueError("no operand")

    def _arguments(self, end: str) -> list[list[Value]]:
        found: list[list[Value]] = []
        if self._takes(end):
            return found
        while True:
            found.append(self._nested(self._joined))
            if self._takes(end):
                return found
            if not self._takes(*_SEPARATORS):
                raise ValueError("a bracket is open")

    def _nested(self, step: Callable[[], list[Value]]) -> list[Value]:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("nested too deeply")
        values = step()
        self._depth -= 1
        return values


def _one(values: Sequence[Value]) -> Value:
    return values[0]


def _number(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else _decimal(value.strip().replace(",", ""))


def _decimal(text: str) -> Decimal:
    """What it says, within what is worked out: figures of 9e999999 take half a minute."""
    return getcontext().create_decimal(text)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else plain_number(format(value, "f"))


def _bounded(value: Value) -> Value:
    if isinstance(value, str) and len(value) > _LONGEST_RESULT:
        raise ValueError("too long")
    return value


def _powered(base: Decimal, exponent: Decimal) -> Decimal:
    if abs(exponent) > _MOST_FIGURES:
        raise ValueError("too large")
    return base**exponent


def _size(values: Sequence[Value]) -> int:
    return max(0, min(int(_number(_one(values))), _LONGEST_RESULT))


def _flat(arguments: Sequence[Sequence[Value]]) -> list[Value]:
    return [value for values in arguments for value in values]


def _replaced(text: list[Value], start: list[Value], count: list[Value], new: list[Value]) -> str:
    whole, first = _text(text[0]), _size(start) - 1
    return whole[:first] + _text(new[0]) + whole[first + _size(count) :]


def _product(*arguments: list[Value]) -> Decimal:
    result = Decimal(1)
    for value in _flat(arguments):
        result *= _number(value)
    return result


def _formatted(value: list[Value], code: list[Value]) -> str:
    number, form = _number(value[0]), _text(code[0])
    if form in ("@", "General", "0", "#"):
        return _text(number.to_integral_value() if form in "0#" else number)
    if not (text := shown(form, format(number, "f"))):
        raise ValueError("a format that is not known")
    return text


def _based(base: int) -> Callable[[list[Value]], Value]:
    return lambda values: Decimal(int(_text(values[0]), base))


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "SUM": lambda *values: sum(map(_number, _flat(values)), Decimal(0)),
    "PRODUCT": _product,
    "POWER": lambda base, exponent: _powered(_number(base[0]), _number(exponent[0])),
    **dict.fromkeys(("INT", "TRUNC"), lambda value: _number(value[0]).to_integral_value("ROUND_DOWN")),
    "ROUND": lambda value, places: round(_number(value[0]), int(_number(places[0]))),
    "ABS": lambda value: abs(_number(value[0])),
    **dict.fromkeys(("VALUE", "N"), lambda value: _number(value[0])),
    "NUMBERVALUE": lambda value, *_: _number(value[0]),
    **dict.fromkeys(("CONCATENATE", "CONCAT"), lambda *values: "".join(map(_text, _flat(values)))),
    "TEXTJOIN": lambda between, _, *values: _text(between[0]).join(map(_text, _flat(values))),
    "TEXT": _formatted,
    "FIXED": lambda value, *_: _text(_number(value[0]).to_integral_value()),
    "T": lambda value: _text(value[0]),
    **dict.fromkeys(("TRIM", "CLEAN"), lambda value: _text(value[0]).strip()),
    "MID": lambda text, start, count: _text(text[0])[max(0, _size(start) - 1) :][: _size(count)],
    "LEFT": lambda text, count: _text(text[0])[: _size(count)],
    "RIGHT": lambda text, count: _text(text[0])[-_size(count) :],
    "SUBSTITUTE": lambda text, old, new: _text(text[0]).replace(_text(old[0]), _text(new[0])),
    "REPLACE": _replaced,
    "REPT": lambda text, count: _text(text[0])[:_LONGEST_RESULT] * min(_size(count), _LONGEST_RESULT),
    **dict.fromkeys(("CHAR", "UNICHAR", "_XLFN.UNICHAR"), lambda code: chr(_size(code))),
    "CHOOSE": lambda number, *values: values[_size(number) - 1][0],
    "HEX2DEC": _based(16),
    "OCT2DEC": _based(8),
    "BIN2DEC": _based(2),
    "DECIMAL": lambda text, base: Decimal(int(_text(text[0]), _size(base))),
}
"""By name; each takes the values of every argument."""
