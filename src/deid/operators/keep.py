"""The value stays. Only a policy that names the entity type says so; it is never a default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deid.operators.request import Request, check_names

NAME = "keep"
TITLE = "保留"


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params)


def operate(value: str, request: Request) -> str:
    return value
