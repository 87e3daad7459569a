"""What can stand instead of a value. One module per operator; names after GB/T 37964-2019 annex A.

An operator is stateless: `operate(value, request)` depends on its arguments alone, so it can
run in any thread, process or order. Operators are applied to disjoint entities.

>>> OPERATORS["label"].operate("张三", Request("PERSON", label="姓名", number=1))
'〔姓名1〕'
>>> OPERATORS["mask"].operate("13800138000", Request("PHONE_NUMBER"))
'138****8000'
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from deid.operators import (
    encrypt,
    generalize,
    hash,
    keep,
    label,
    mask,
    pseudonym,
    redact,
    relative_day,
    replace,
    shift_date,
    surrogate,
)
from deid.operators.request import FunctionOperator, Operator, Request

__all__ = ["OPERATORS", "Operator", "Request"]

OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        module.NAME: FunctionOperator(module.NAME, module.TITLE, module.check, module.operate)
        for module in (
            *(label, redact, replace, mask, hash, pseudonym, surrogate, generalize),
            *(shift_date, relative_day, encrypt, keep),
        )
    }
)
"""Operators by name."""
