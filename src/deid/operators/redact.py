"""Suppression: nothing stands instead of the value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deid.operators.request import Request, check_names

NAME = "redact"
TITLE = "抑制（删除）"


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params)


def operate(value: str, request: Request) -> str:
    return ""
