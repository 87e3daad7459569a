"""Which stand-in is whose where stand-ins are chosen: no two people share one, none is a real name of the input.

A choice is made under the key for each subject or value. Where two meet, or one is a name that
really stands in the input, the later in keyed order chooses again; how often is all that has to be
remembered. The order is that of MACs, so it does not depend on files, workers or the alphabet, and
what was decided before stays. Holds MACs and counts, never values.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from deid.errors import KeyFileError, OperatorError, ProjectError
from deid.keys import mac
from deid.operators import pseudonym, surrogate
from deid.operators.request import Request

_MAC_HEX = 32
_MOST = 1000


class Choice(NamedTuple):
    """A value for which a stand-in has to be chosen, and by which operator."""

    operator: str
    value: str
    request: Request


@dataclass(frozen=True)
class StandIns:
    """Identity → attempt and MAC of the stand-in. Picklable; `key` is a derived key, not stored by `to_dict`."""

    key: bytes = field(repr=False)
    decided: Mapping[str, tuple[int, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def assign(
        cls,
        wanted: Iterable[Choice],
        *,
        key: bytes,
        avoid: Collection[str] = (),
        previous: StandIns | None = None,
    ) -> StandIns:
        """Decide for the values of a run. `avoid` are real names, in canonical form.

        KeyFileError when `previous` has another key.
        """
        if previous is not None and not hmac.compare_digest(previous.key, key):
            raise KeyFileError("the stand-ins of this project belong to another key")
        decided = dict(previous.decided) if previous else {}
        fresh: dict[str, Choice] = {}
        for choice in wanted:
            code = _code(key, choice.operator, choice.value, choice.request)
            if code and code not in decided:
                # a person under several names: the longest, whichever file came first
                fresh[code] = min((fresh.get(code, choice), choice), key=_rank)
        taken = {stand_in for _, stand_in in decided.values()}
        for code in sorted(fresh):
            decided[code] = _choose(fresh[code], key, avoid, taken)
            taken.add(decided[code][1])
        return cls(key, decided)

    def attempt(self, operator: str, value: str, request: Request) -> int:
        """The attempt to be made for a value; 0 where nothing was decided."""
        code = _code(self.key, operator, value, request)
        return self.decided.get(code, (0, ""))[0] if code else 0

    def repeated(self) -> StandIns:
        """Those that are not the first choice, which are few: enough to ask for attempts."""
        return StandIns(self.key, {code: choice for code, choice in self.decided.items() if choice[0]})

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        rows = {code: list(choice) for code, choice in sorted(self.decided.items())}
        return {"schema": 1, "key": _check(self.key), "decided": rows}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any], *, key: bytes) -> StandIns:
        """The inverse of `to_dict`. KeyFileError when the key is another, ProjectError when it is damaged."""
        try:
            decided = {str(code): (int(row[0]), str(row[1])) for code, row in content["decided"].items()}
            check = str(content["key"])
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise ProjectError("the record of stand-ins is damaged") from None
        if not hmac.compare_digest(check.encode(), _check(key).encode()):
            raise KeyFileError("the stand-ins of this project belong to another key")
        return cls(key, decided)


def chooses(operator: str, entity_type: str) -> bool:
    """Whether what the operator puts there is chosen, so that two choices could meet."""
    return operator == pseudonym.NAME or (operator == surrogate.NAME and entity_type in surrogate.CHOSEN)


def _code(key: bytes, operator: str, value: str, request: Request) -> str:
    if not chooses(operator, request.entity_type):
        return ""
    identity = surrogate.identity if operator == surrogate.NAME else pseudonym.identity
    return mac(key, "stand-in of", operator, *identity(value, request)).hex()[:_MAC_HEX]


def _rank(choice: Choice) -> tuple[int, str]:
    return -len(choice.value), choice.value


def _choose(choice: Choice, key: bytes, avoid: Collection[str], taken: Collection[str]) -> tuple[int, str]:
    operator, value, request = choice
    for attempt in range(_MOST):
        asked = replace(request, attempt=attempt)
        new = (
            surrogate.stand_in(value, asked)
            if operator == surrogate.NAME
            else pseudonym.operate(value, asked)
        )
        code = mac(key, "stand-in", new).hex()[:_MAC_HEX]
        if code not in taken and new not in avoid:
            return attempt, code
    raise OperatorError(f"{request.entity_type}: no stand-in is left that nobody has")


def _check(key: bytes) -> str:
    return mac(key, "stand-ins key").hex()[:16]
