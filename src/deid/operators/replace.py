"""Replacement by a fixed text, the same for every value: `{with: "（已删除）"}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deid.errors import PolicyError
from deid.operators.request import Request, check_names

NAME = "replace"
TITLE = "置换（固定文本）"


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params, "with")
    text = params.get("with")
    if not isinstance(text, str) or not text:
        raise PolicyError(f"{NAME}: with is the text to put there", hint="to leave nothing, use redact")


def operate(value: str, request: Request) -> str:
    return str(request.params["with"])
