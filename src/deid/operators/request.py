"""What an operator is, what it is told about a value, and how it checks its parameters."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Protocol

from deid.errors import PolicyError
from deid.types import Form, Subject

if TYPE_CHECKING:
    from deid.grammar.divisions import Divisions


@dataclass(frozen=True, slots=True)
class Request:
    """What an operator may know about a value besides the value. Picklable.

    `label` is the word of the recognizer file (姓名), `number` the value's number among those
    of its type, `key` a derived key. `subject` is the person whom a name means or to whom a value
    belongs, where that is known: from `subject.name` an operator can tell in which form a name is
    written (老王, 建国, 王**). `attempt` counts the stand-ins chosen before that were taken
    (`StandIns`), `origin` is the day of the subject's first event, `near` a day written in full before a date
    that has no year, `divisions` are the places that `generalize` and `surrogate` need.
    """

    entity_type: str
    label: str = ""
    number: int | None = None
    key: bytes = field(default=b"", repr=False)
    params: Mapping[str, Any] = field(default_factory=dict)
    form: Form = "plain"
    divisions: Divisions | None = field(default=None, repr=False)
    subject: Subject | None = None
    attempt: int = 0
    origin: datetime.date | None = field(default=None, repr=False)
    near: datetime.date | None = field(default=None, repr=False)


def subject_id(request: Request) -> str | None:
    """Whose the value is, where that is known."""
    return request.subject.id if request.subject is not None else None


class Operator(Protocol):
    """Changes a value. Stateless: everything it needs stands in the request."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str:
        """What GB/T 37964-2019 calls the technique."""

    def check(self, params: Mapping[str, Any], *, entity_type: str = "") -> None:
        """PolicyError when the operator cannot work with these parameters (for this type, if given)."""

    def operate(self, value: str, request: Request) -> str:
        """What stands instead of the value. Params have been checked."""


@dataclass(frozen=True, slots=True)
class FunctionOperator:
    """An Operator made of the functions of a module."""

    name: str
    title: str
    checks: Callable[[Mapping[str, Any], str], None]
    operates: Callable[[str, Request], str]

    def check(self, params: Mapping[str, Any], *, entity_type: str = "") -> None:
        self.checks(params, entity_type)

    def operate(self, value: str, request: Request) -> str:
        return self.operates(value, request)


def check_names(operator: str, params: Mapping[str, Any], *known: str) -> None:
    """PolicyError when a parameter is none of `known`."""
    for name in params:
        if name not in known:
            near = get_close_matches(str(name), known, n=3)
            there = f"there are: {', '.join(known)}" if known else "it has none"
            hint = f"did you mean {' or '.join(near)}? {there}" if near else there
            raise PolicyError(f"{operator}: no parameter called {name!r}", hint=hint)


def type_hint(entity_type: str, types: Iterable[str], otherwise: str = "") -> str:
    """For a type that an operator does not work for: the one that was meant, or for which it works."""
    known = tuple(types)
    near = get_close_matches(entity_type, known, n=1, cutoff=0.8)
    there = f"it works for: {', '.join(known)}"
    return f"did you mean {near[0]}?" if near else "; ".join(filter(None, (otherwise, there)))


def check_whole(operator: str, params: Mapping[str, Any], name: str, least: int, most: int) -> None:
    """PolicyError unless the parameter is absent or a whole number from `least` to `most`."""
    value = params.get(name, least)
    if type(value) is not int or not least <= value <= most:  # bool is an int: not wanted here
        raise PolicyError(f"{operator}: {name} is a whole number from {least} to {most}")


def check_choice(operator: str, params: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> None:
    """PolicyError unless the parameter is absent or one of `choices`."""
    if name in params and params[name] not in choices:
        near = get_close_matches(str(params[name]), choices, n=1)
        hint = f"did you mean {near[0]}?" if near else ""
        raise PolicyError(f"{operator}: {name} is one of {', '.join(choices)}", hint=hint)
